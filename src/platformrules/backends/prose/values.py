# SPDX-License-Identifier: MIT
"""Values: operators and functions that give one, and what depends on conditions."""

from __future__ import annotations

from decimal import Decimal

from attrs import evolve

from platformrules.backends.prose import phrases
from platformrules.backends.prose.phrases import say
from platformrules.backends.prose.pieces import NOBODY, Bond, Said, first_unit
from platformrules.backends.prose.speaker import Speaker
from platformrules.backends.prose.units import MONTHS_EN, PLAIN, UNITS, Unit, say_number
from platformrules.criteria.datatypes import Kind
from platformrules.criteria.typed import Apply, Branch, Part, TypedNode
from platformrules.languages import Bilingual


def computed(speaker: Speaker, node: Apply) -> Said:
    """An operator or function that gives a value; those without a case of their own are lengths of something."""
    function, operands = node.function, node.operands
    match function:
        case "add" | "subtract" if node.datatype.kind is Kind.MONTH:
            return _shifted(speaker, node)
        case "add_days" | "add_months" | "add_years":
            return _shifted(speaker, node)
        case "add_working_days":
            return _worded(speaker, node)
        case "add" | "subtract" | "multiply" | "divide":
            return _arithmetic(speaker, node)
        case "negate":
            number = speaker.given(node)
            return _worded(speaker, node, Bond.PRODUCT) if number is None else speaker.constant(number)
        case "min" | "max":
            values = [speaker.speak(operand) for operand in operands]
            words = (phrases.OF_DATES if node.datatype.kind is Kind.DATE else phrases.VALUES)[function]
            text = say(words, phrases.listed([one.at_least(Bond.SUM) for one in values]))
            return Said(text, Bond.SERIES, unit=first_unit(values))
        case "round" | "floor" | "ceil":
            return _rounded(speaker, node)
        case "date":
            return _day_of_year(speaker, node)
        case "shared":
            return evolve(_worded(speaker.reading(*operands), node), plural=True)
        case "size":
            return _size(speaker, operands[0])
        case _:
            said = _worded(speaker, node)
            return evolve(said, unit=UNITS[phrases.UNIT_OF[function]], counted=said.text.zh)


def choice(speaker: Speaker, node: TypedNode, unit: Unit = PLAIN) -> Said:
    """A value that depends on conditions, read from the first to the last; bare numbers are said in a unit."""
    texts: list[Bilingual] = []
    while isinstance(node, Branch):
        known = speaker.known(node.test)
        if known is None:
            test, then = speaker.speak(node.test).at_least(Bond.OPEN), _in_unit(speaker, node.then, unit)
            texts.append(say(phrases.VALUE_IF, test, then.at_least(Bond.SUM)))
        node = node.then if known else node.otherwise
    last = _in_unit(speaker, node, unit)
    if not texts:
        return last
    texts.append(say(phrases.VALUE_ELSE, last.at_least(Bond.SUM)))
    text = Bilingual("，".join(one.zh for one in texts), ", ".join(one.en for one in texts))
    return Said(text, Bond.BRANCH, unit=last.unit)


def _in_unit(speaker: Speaker, node: TypedNode, unit: Unit) -> Said:
    """A value; a number that is written without a unit in the one of what it is compared with."""
    said, value = speaker.speak(node), speaker.given(node)
    if said.unit != PLAIN or not isinstance(value, int | Decimal):
        return said
    return evolve(said, text=say_number(value, unit), unit=unit)


def _worded(speaker: Speaker, node: Apply, bond: Bond = Bond.ATOM) -> Said:
    """The phrase of a function with its operands."""
    said, phrase = [speaker.speak(operand) for operand in node.operands], phrases.VALUES[node.function]
    text = say(phrase, *(one.at_least(Bond.ATOM) for one in said))
    owner = said[0].owner_within(Bond.ATOM) if phrase.zh.startswith("{0}") else NOBODY
    return Said(text, bond, owner=owner, unit=first_unit(said))


def _arithmetic(speaker: Speaker, node: Apply) -> Said:
    """Sums and products; a product has the unit of its one factor that has one."""
    left, right = (speaker.speak(operand) for operand in node.operands)
    bond, unit = Bond.SUM, first_unit([left, right])
    if node.function in {"multiply", "divide"}:
        bond = Bond.PRODUCT
        turned = node.function == "multiply" and left.unit == PLAIN
        unit = left.unit if right.unit == PLAIN else right.unit if turned else PLAIN
    text = say(phrases.VALUES[node.function], left.at_least(bond), right.at_least(Bond(bond + 1)))
    return Said(text, bond, owner=left.owner if left.bond >= bond else NOBODY, unit=unit)


def _rounded(speaker: Speaker, node: Apply) -> Said:
    """A rounded number, with how many decimals."""
    said = speaker.speak(node.operands[0])
    decimals = speaker.given(node.operands[1]) if len(node.operands) > 1 else 0
    places = phrases.WHOLE_NUMBER
    if isinstance(decimals, int) and decimals > 0:
        places = say_number(decimals, phrases.DECIMALS)
    text = say(phrases.VALUES[node.function], said.at_least(Bond.ATOM), places)
    return Said(text, owner=said.owner_within(Bond.ATOM), unit=said.unit, flavour=said.flavour)


def _day_of_year(speaker: Speaker, node: Apply) -> Said:
    """A day of a year that is given, of the year of another day, or of a computed year."""
    year, month, day = node.operands
    match speaker.given(year), year:
        case ((int() | Decimal() as number), _):
            start = say(phrases.YEAR_GIVEN, say_number(number))
        case _, Part(owner=owner, name="year"):
            start = say(phrases.YEAR_OF, speaker.speak(owner).at_least(Bond.ATOM))
        case _:
            start = say(phrases.YEAR_COMPUTED, phrases.bracketed(speaker.speak(year).text))
    months, days = speaker.speak(month).text, speaker.speak(day).text
    named = Bilingual(months.zh, MONTHS_EN[int(months.en) - 1])
    return Said(say(phrases.VALUES["date"], start, named, days))


def _shifted(speaker: Speaker, node: Apply) -> Said:
    """A day or month so long after another, or before it."""
    start, amount = speaker.speak(node.operands[0]), speaker.given(node.operands[1])
    unit = UNITS[phrases.UNIT_OF.get(node.function, "months")]
    back = node.function == "subtract"
    if isinstance(amount, int):
        back = back is not (amount < 0)
        length = say_number(abs(amount), unit)
    else:
        said = phrases.bracketed(speaker.speak(node.operands[1]).text)
        length = Bilingual(unit.zh.format(said.zh), unit.many.format(said.en))
    words = phrases.BEFORE if back else phrases.VALUES["add_days"]
    if node.datatype.kind is Kind.MONTH:
        words = phrases.MONTH_BEFORE if back else phrases.MONTH_AFTER
    return Said(say(words, start.at_least(Bond.ATOM), length))


def _size(speaker: Speaker, group: TypedNode) -> Said:
    """How many members a set has."""
    said = speaker.speak(group)
    words = phrases.VALUES["size"] if said.plural else phrases.SIZE_OF_ONE
    members = said.at_least(Bond.ATOM)
    unit = UNITS["items"] if said.unit == PLAIN else said.unit
    return Said(say(words, members), owner=said.owner, unit=unit, counted=members.zh)

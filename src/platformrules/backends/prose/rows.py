# SPDX-License-Identifier: MIT
"""Rows gone through: conditions on all of them or any, numbers from them, which of them, and where they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import assert_never

from attrs import evolve

from platformrules.backends.prose import phrases
from platformrules.backends.prose.phrases import say
from platformrules.backends.prose.pieces import NOTHING, Bond, Group, Loop, Said
from platformrules.backends.prose.speaker import Speaker
from platformrules.backends.prose.units import UNITS, say_number
from platformrules.criteria.datatypes import MONTH
from platformrules.criteria.typed import (
    Apply,
    Distinct,
    Gather,
    Items,
    MonthOf,
    MonthRows,
    Part,
    RelationRows,
    Rows,
    RuleRows,
    TypedNode,
    Variable,
)
from platformrules.criteria.walk import walk
from platformrules.languages import Bilingual


def quantified(speaker: Speaker, node: Gather, *, denied: bool) -> Said:
    """A condition on all rows or any: 每次活动的参与人数不少于20人."""
    inner, group = _enter(speaker, node, silent=True)
    loop, said = group.loop, inner.speak(_element(node))
    words = phrases.QUANTIFIERS[node.function][denied]
    verb = said.verb if said.owner.name == loop.variable.name else NOTHING
    before = "" if verb.en else loop.noun.preposition or (phrases.DENIED_BEFORE if denied else "")
    start = say(words, group.one, Bilingual("", before))
    rest = f"{phrases.TOO_ZH[node.function]}{verb.zh}" if verb.zh else _of_each(group, said, phrases.COLON.zh)
    zh = f"{group.place.zh}{start.zh}{rest}"
    if verb.en:
        return Said(Bilingual(zh, f"{start.en} {verb.en}"), Bond.CLAUSE)
    is_short = loop.noun.preposition and said.bond is Bond.CLAUSE and not group.which.en and not denied
    return Said(Bilingual(zh, f"{start.en}{' ' if is_short else phrases.COLON.en}{said.text.en}"), Bond.OPEN)


def gathered(speaker: Speaker, node: Gather) -> Said:
    """A number from rows, and what no rows give."""
    counts = node.function == "count"
    inner, group = _enter(speaker, node, silent=counts)
    rows, words = group.text, phrases.GATHERINGS[node.function]
    if counts:
        text = Bilingual(words.zh.format(rows=rows.zh), words.en.format(rows=rows.en))
        return Said(text, unit=group.loop.noun.unit, counted=rows.zh)
    if node.function in {"share", "longest_run"}:
        is_share = node.function == "share"
        words = phrases.SHARE_AMONG if group.which.en and is_share else words
        which = _which(inner, [_element(node)], group.loop)
        zh, en = words.zh.format(rows=rows.zh, which=which.zh), words.en.format(rows=rows.en, which=which.en)
        said = Said(Bilingual(zh, en), flavour="rate") if is_share else Said(Bilingual(zh, en), unit=UNITS["months"])
        return _or_default(speaker, node, said)
    said = inner.speak(_element(node))
    element = said if said.bond is Bond.ATOM else Said(phrases.bracketed(said.text))
    zh = words.zh.format(each=group.each_zh, element=_of_each(group, element, phrases.LINK_ZH))
    text = Bilingual(zh, words.en.format(rows=rows.en, element=element.text.en))
    return _or_default(speaker, node, Said(text, unit=said.unit, flavour=said.flavour))


def distinct(speaker: Speaker, node: Distinct) -> Said:
    """The set of what rows have."""
    inner, group = _enter(speaker, node)
    element = inner.speak(node.element).at_least(Bond.ATOM)
    zh = phrases.DISTINCT.zh.format(each=group.each_zh, element=element.zh)
    en = phrases.DISTINCT.en.format(rows=group.text.en, element=element.en)
    return Said(Bilingual(zh, en), unit=phrases.VALUES_COUNTED, plural=True)


def _of_each(group: Group, said: Said, otherwise: str) -> str:
    """What is said of a row, in Chinese, so that it can follow the noun: 的参与人数, or 该月 left out."""
    loop, zh = group.loop, said.text.zh
    if said.owner.name == loop.variable.name:
        return f"{said.owner.link_zh}{zh}"
    mention = loop.mention.zh
    if loop.is_plain and not group.which.zh and said.bond >= Bond.CLAUSE and zh.startswith(mention):
        return zh.removeprefix(mention)
    return f"{otherwise}{zh}"


def _or_default(speaker: Speaker, node: Gather, said: Said) -> Said:
    """What is said of rows, and what there is without any."""
    if node.default is None:
        return said
    value = speaker.given(node.default)
    if isinstance(value, int | Decimal):
        default = say_number(value, said.unit, percent=said.flavour == "rate")
    else:
        default = speaker.speak(node.default).at_least(Bond.SUM)
    return evolve(said, text=say(phrases.DEFAULT, said.text, default))


def _enter(speaker: Speaker, node: Gather | Distinct, *, silent: bool = False) -> tuple[Speaker, Group]:
    """A speaker inside of a loop, and the rows that the loop goes over."""
    variable, noun = node.variable, speaker.noun(node.variable)
    inside = [part for one in (node.element, node.condition) if one is not None for part in walk(one)]
    marked = any(
        isinstance(part, Gather | Distinct) and speaker.noun(part.variable) == noun and _reads(part, variable)
        for part in inside
    )
    silent = silent and not marked and sum(isinstance(part, RelationRows) for part in inside) == 1
    loop = Loop(variable, noun, marked, silent)
    inner = evolve(speaker, loops=(*speaker.loops, loop))
    conditions = [one for one in _conjuncts(node.condition) if speaker.known(one) is not True]
    place, link = _place(speaker, node.rows, variable, inside)
    months = [(one, month) for one in conditions if (month := _month_of_rows(one, variable)) is not None]
    if months and place == NOTHING:
        condition, month = months[0]
        conditions.remove(condition)
        place, link = _in_month(speaker, month)
    which = _which(inner, conditions, loop)
    return inner, Group(loop, place, "" if loop.is_plain and which.zh else link, which)


def _place(
    speaker: Speaker, rows: Rows, variable: Variable, inside: Sequence[TypedNode | Rows]
) -> tuple[Bilingual, str]:
    """Where rows are, if it is not simply the period, and what links that to a Chinese noun."""
    match rows:
        case RelationRows(first=Part(owner=first, name="start"), last=Part(owner=last, name="end")) if (
            first.datatype == last.datatype == MONTH
        ):
            return _in_month(speaker, first) if first == last else _from_to(speaker, first, last)
        case RelationRows(first=first, last=last):
            return (NOTHING, "") if first is None or last is None else _from_to(speaker, first, last)
        case MonthRows() | RuleRows():
            return NOTHING, ""
        case Items(group=group):
            compared = [part for part in inside if isinstance(part, Apply) and variable in part.operands]
            beside = [operand for part in compared for operand in part.operands]
            said = speaker.reading(group, *beside).speak(group)
            return say(phrases.MEMBERS, said.at_least(Bond.ATOM)), phrases.LINK_ZH
        case _:
            assert_never(rows)


def _from_to(speaker: Speaker, first: TypedNode, last: TypedNode) -> tuple[Bilingual, str]:
    """The place of rows from one day or month to another."""
    return say(
        phrases.FROM_TO, speaker.speak(first).at_least(Bond.SUM), speaker.speak(last).at_least(Bond.SUM)
    ), phrases.LINK_ZH


def _in_month(speaker: Speaker, month: TypedNode) -> tuple[Bilingual, str]:
    """The place of rows in a month; after 该月 nothing links it."""
    said = say(phrases.IN_MONTH, speaker.speak(month).at_least(Bond.ATOM))
    if not isinstance(month, Variable):
        return said, phrases.LINK_ZH
    loops = [loop for loop in speaker.loops if loop.variable.name == month.name]
    said = Bilingual(said.zh, "") if any(loop.silent for loop in loops) else said
    return said, phrases.LINK_ZH if any(loop.marked for loop in loops) else ""


def _which(speaker: Speaker, conditions: Sequence[TypedNode], loop: Loop) -> Bilingual:
    """Which rows: 主题是学习社的, "whose theme is Study Club"."""
    if not conditions:
        return NOTHING
    texts = [_holds_of(speaker, condition, loop) for condition in conditions]
    return Bilingual("且".join(one.zh for one in texts) + phrases.LINK_ZH, " and ".join(one.en for one in texts))


def _holds_of(speaker: Speaker, condition: TypedNode, loop: Loop) -> Bilingual:
    """One condition of rows, before 的 and after an English noun."""
    said = speaker.speak(condition)
    zh, en = said.text.zh, said.at_least(Bond.CLAUSE).en
    if said.owner.name == loop.variable.name:
        verb = said.verb.en.removeprefix("is ")
        return Bilingual(zh, verb or say(phrases.WHOSE, Bilingual("", en.removeprefix("the "))).en)
    which = say(phrases.IN_WHICH if loop.noun.preposition else phrases.FOR_WHICH, Bilingual(zh, en))
    if loop.is_plain and said.bond >= Bond.CLAUSE:
        return Bilingual(zh.removeprefix(loop.mention.zh), which.en)
    return which


def _element(node: Gather) -> TypedNode:
    """What a loop gathers; a count of rows gathers the rows themselves."""
    return node.variable if node.element is None else node.element


def _conjuncts(condition: TypedNode | None) -> Iterator[TypedNode]:
    """The conditions that are joined by ``and``."""
    match condition:
        case None:
            return
        case Apply(function="and", operands=operands):
            for operand in operands:
                yield from _conjuncts(operand)
        case _:
            yield condition


def _month_of_rows(condition: TypedNode, variable: Variable) -> TypedNode | None:
    """The month in which a condition says that a row lies: ``a.month == m``."""
    match condition:
        case Apply(function="equal", operands=(MonthOf(owner=owner), month) | (month, MonthOf(owner=owner))):
            return month if owner == variable and not _reads(month, variable) else None
        case _:
            return None


def _reads(node: TypedNode | Rows, variable: Variable) -> bool:
    return any(isinstance(part, Variable) and part.name == variable.name for part in walk(node))

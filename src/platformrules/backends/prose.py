# SPDX-License-Identifier: MIT
"""Checked expressions as sentences and phrases, Chinese and English at once, with the values of parameters put in.

What can be misread stands in parentheses. The words are in ``phrases``; knows no engine, no dossier and no standard.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Protocol, assert_never

from attrs import evolve, field, frozen

from platformrules.backends import phrases
from platformrules.backends.phrases import Noun, Unit, Vocabulary, say
from platformrules.criteria.datatypes import SET, TRUTH, WHOLE, Kind
from platformrules.criteria.typed import (
    Apply,
    Branch,
    Constant,
    ConstantValue,
    Distinct,
    Gather,
    Items,
    MonthOf,
    MonthRows,
    Parameter,
    Part,
    Read,
    RelationRows,
    Rows,
    RulePart,
    RuleRows,
    Today,
    TypedExpr,
    TypedNode,
    Variable,
)
from platformrules.criteria.walk import walk
from platformrules.languages import Bilingual
from platformrules.models import RELATIONS
from platformrules.schema import FactType, Relation


class Given(Protocol):
    """What is read of a parameter; ``standards.model.Parameter`` is one."""

    @property
    def value(self) -> ConstantValue:
        """Its value."""

    @property
    def unit(self) -> str:
        """The unit of a number; empty if it has none."""

    @property
    def title(self) -> Bilingual | None:
        """How a report calls it."""


@frozen
class Names:
    """What expressions only give the id of: relations of plugins, and the criteria and blocks of verdict rows."""

    relations: Mapping[str, Relation] = field(factory=lambda: {one.id: one for one in RELATIONS})
    criteria: Mapping[str, Bilingual] = field(factory=dict)
    blocks: Mapping[str, Bilingual] = field(factory=dict)


def to_prose(expression: TypedExpr, parameters: Mapping[str, Given], names: Names | None = None) -> Bilingual:
    """What a condition demands, as a sentence of each language without a full stop; a value as a phrase."""
    return _Speaker(parameters, names or Names()).speak(expression.root).text


def to_phrase(node: TypedNode, parameters: Mapping[str, Given], names: Names | None = None) -> Bilingual:
    """A part of an expression as a noun phrase: the label of what is observed."""
    match node:
        case Read(fact=fact):
            return fact.label
        case Parameter(name=name) if (title := parameters[name].title) is not None:
            return title
        case _:
            said = _Speaker(parameters, names or Names()).speak(node).text
            return Bilingual(said.zh, said.en.removeprefix("the "))


class _Bond(enum.IntEnum):
    """How firmly words hold together; what holds less than its place asks stands in parentheses."""

    BRANCH = enum.auto()  # if …, then …
    LIST = enum.auto()  # …, and …
    OPEN = enum.auto()  # every …: …, which goes on to the end
    CLAUSE = enum.auto()  # … is …
    SUM = enum.auto()
    PRODUCT = enum.auto()
    ATOM = enum.auto()


_NOTHING = Bilingual("", "")


@frozen
class _Said:
    """Words for a node, and what its surroundings have to know of them.

    Attributes:
        text: the words.
        bond: how firmly they hold together.
        owner: the variable with whose fact they begin, so that "every activity" or "whose" can go before them.
        subject, predicate: the two parts of a clause that is made of these.
        verb: what can follow directly upon the noun of the owner instead.
        unit: of a number.
        counted: of a count: the Chinese words for what is counted, as they are said before 不少于.
        plural: English verbs agree with it.
        flavour: which words compare it; empty for those of its kind.
    """

    text: Bilingual
    bond: _Bond = _Bond.ATOM
    owner: str = ""
    subject: Bilingual = _NOTHING
    predicate: Bilingual = _NOTHING
    verb: Bilingual = _NOTHING
    unit: Unit = phrases.PLAIN
    counted: str = ""
    plural: bool = False
    flavour: str = ""

    def at_least(self, bond: _Bond) -> Bilingual:
        """The words, in parentheses if they hold less firmly."""
        return self.text if self.bond >= bond else Bilingual(f"（{self.text.zh}）", f"({self.text.en})")


@frozen
class _Loop:
    """A loop around what is said: its variable, what that is, and how it is mentioned."""

    variable: Variable
    noun: Noun
    mention: Bilingual
    marked: bool
    silent: bool = False

    @property
    def mark(self) -> Bilingual:
        """What names the variable where the loop begins."""
        return say(phrases.MARKED, self.mention) if self.marked else _NOTHING


@frozen
class _Group:
    """The rows of a loop: where they are, what they are, which of them."""

    loop: _Loop
    place: Bilingual
    which: Bilingual

    @property
    def text(self) -> Bilingual:
        """All of them: 该月主题是学习社的活动."""
        noun = self.loop.noun
        zh = f"{self.place.zh}{self.which.zh}{noun.zh}{self.loop.mark.zh}"
        return Bilingual(zh, f"{noun.many}{self._tail}")

    @property
    def one(self) -> Bilingual:
        """One of them after 每 or "every"; its place comes before 每."""
        noun = self.loop.noun
        zh = f"{noun.measure}{self.which.zh}{noun.after_measure}{self.loop.mark.zh}"
        return Bilingual(zh, f"{noun.one}{self._tail}")

    @property
    def each_zh(self) -> str:
        """Each of them: 该月各次活动."""
        return f"{self.place.zh}各{self.one.zh}"

    @property
    def _tail(self) -> str:
        return f"{self.place.en}{' ' if self.which.en else ''}{self.which.en}{self.loop.mark.en}"


@frozen
class _Speaker:
    """Says nodes; knows the loops around them and the labels of the codes that they may hold."""

    parameters: Mapping[str, Given]
    names: Names
    vocabulary: Vocabulary = field(factory=dict)
    loops: tuple[_Loop, ...] = ()

    def speak(self, node: TypedNode, *, denied: bool = False) -> _Said:
        """Words for a node, or for the denial of a condition."""
        known = self.known(node)
        if known is not None:
            return _Said(phrases.SETTLED[known is denied], _Bond.CLAUSE)
        match node:
            case Constant(value=value):
                return self.constant(value)
            case Parameter(name=name):
                return self.constant(self.parameters[name].value, self.parameters[name].unit)
            case Today(name="as_of"):
                return _Said(phrases.AS_OF)
            case Today(name=name):
                return _Said(phrases.PARTS["period", name.removeprefix("period.")])
            case Variable():
                return self.variable(node)
            case Read():
                return self.fact(node, denied=denied)
            case MonthOf(owner=owner, fact=fact, datatype=datatype):
                day = self.fact(Read(owner, fact, datatype))
                return _Said(say(phrases.MONTH_OF, day.text), owner=day.owner)
            case Part(owner=owner, name=name):
                words = phrases.PARTS[owner.datatype.kind.value, name]
                said = self.speak(owner)
                unit = phrases.CALENDAR_UNITS.get(name, phrases.PLAIN)
                text = say(words, said.at_least(_Bond.ATOM))
                return _Said(text, owner=said.owner, unit=unit, flavour="" if unit is phrases.PLAIN else "month")
            case RulePart():
                return self.rule_part(node, denied=denied)
            case Apply():
                return self.apply(node, denied=denied)
            case Branch():
                return self.branch(node, denied=denied)
            case Gather(function="all" | "any"):
                return self.quantified(node, denied=denied)
            case Gather():
                return self.gathered(node)
            case Distinct(rows=rows, variable=variable, element=element, condition=condition):
                inner, group = self.enter(rows, variable, element, condition)
                said = inner.speak(element)
                words = phrases.DISTINCT
                zh = words.zh.format(each=group.each_zh, element=said.at_least(_Bond.ATOM).zh)
                en = words.en.format(element=said.at_least(_Bond.ATOM).en, rows=group.text.en)
                return _Said(Bilingual(zh, en), plural=True)
            case _:
                assert_never(node)

    # What is given

    def known(self, node: TypedNode) -> bool | None:
        """The truth of a condition that no fact can change; ``None`` if one can."""
        match node:
            case Constant(value=bool() as value):
                return value
            case Parameter(name=name):
                value = self.parameters[name].value
                return value if isinstance(value, bool) else None
            case Apply(function="not", operands=(operand,)):
                known = self.known(operand)
                return None if known is None else not known
            case Apply(function="and" | "or" as function, operands=operands):
                found, settling = [self.known(operand) for operand in operands], function == "or"
                if settling in found:
                    return settling
                return None if None in found else not settling
            case Branch(test=test, then=then, otherwise=otherwise) if (known := self.known(test)) is not None:
                return self.known(then if known else otherwise)
            case _:
                return None

    def given(self, node: TypedNode) -> ConstantValue | None:
        """The value of what does not depend on facts; ``None`` if it does."""
        match node:
            case Constant(value=value):
                return value
            case Parameter(name=name):
                return self.parameters[name].value
            case Apply(function="negate", operands=(operand,)):
                match self.given(operand):
                    case int() as value:
                        return -value
                    case Decimal() as value:
                        return value.copy_negate()
            case _:
                pass
        return None

    def constant(self, value: ConstantValue, unit: str = "") -> _Said:
        """A value as it is written; choices by their labels."""
        match value:
            case int() | Decimal():
                measure = phrases.unit_named(unit)
                text = phrases.say_number(value, measure, percent=unit == phrases.RATIO)
                return _Said(text, unit=measure)
            case str():
                return _Said(phrases.say_choice(value, self.vocabulary))
            case date():
                return _Said(phrases.say_date(value))
            case frozenset():
                return _Said(phrases.listed(self.items(value)))
            case _:
                assert_never(value)

    def items(self, codes: frozenset[str]) -> list[Bilingual]:
        """The labels of the codes of a set, in the order of the vocabulary."""
        return [phrases.say_choice(code, self.vocabulary) for code in phrases.in_order(codes, self.vocabulary)]

    def reading(self, *nodes: TypedNode) -> _Speaker:
        """With the labels of the first vocabulary that one of the nodes has."""
        found = (vocabulary for node in nodes if (vocabulary := self.labels(node)))
        return evolve(self, vocabulary=next(found, {}))

    def labels(self, node: TypedNode) -> Vocabulary:
        """The labels of the codes that a node may give."""
        if isinstance(node, RulePart):
            titles = {one: say(phrases.NAMED, _NOTHING, title) for one, title in self.names.blocks.items()}
            stripped = {one: Bilingual(title.zh, title.en.strip()) for one, title in titles.items()}
            return {**phrases.RULE_VOCABULARIES, "block": stripped}.get(node.name, {})
        choices = node.datatype.choices
        return {} if choices is None else {choice.id: choice.label for choice in choices.values}

    # What is read

    def loop(self, name: str) -> _Loop | None:
        """The loop of a variable; ``None`` of the subject, and where only a part of an expression is said."""
        return next((loop for loop in self.loops if loop.variable.name == name), None)

    def is_near(self, variable: Variable) -> bool:
        """Whether facts are this variable's if nothing else is said: the innermost one's."""
        rows = [loop.variable.name for loop in self.loops if loop.variable.datatype.kind is not Kind.MONTH]
        return not rows or rows[-1] == variable.name

    def mention(self, variable: Variable) -> Bilingual:
        """A variable by itself: this center, the activity, the month."""
        loop = self.loop(variable.name)
        if loop is not None:
            return loop.mention
        noun = self.noun(variable)
        if variable.name == variable.datatype.model:
            return say(phrases.THIS, Bilingual(noun.zh, noun.one))
        return noun.reference

    def noun(self, variable: Variable) -> Noun:
        """What a variable is."""
        model = variable.datatype.model
        known = phrases.NOUNS.get(model or variable.datatype.kind.value)
        if known is not None:
            return known
        relation = next((one for one in self.names.relations.values() if one.model == model), None)
        label = phrases.quoted(model) if relation is None else relation.label
        row = phrases.ROW
        return Noun(
            row.zh.format(label.zh), row.measure, row.one.format(label.en.strip("“”")), row.many.format(label.en.strip("“”"))
        )

    def variable(self, node: Variable) -> _Said:
        """A variable as a value: a month, a member of a set."""
        if node.datatype.kind is not Kind.TEXT:
            return _Said(self.mention(node))
        return self.owned(node, phrases.ITSELF)

    def owned(self, owner: Variable, label: Bilingual, *, plural: bool = False) -> _Said:
        """Something of a variable: by its label, with its owner if it is not the one that is spoken of."""
        if self.is_near(owner):
            return _Said(label, owner=owner.name, plural=plural)
        return _Said(say(phrases.FACT_OF, self.mention(owner), Bilingual(label.zh, label.en)), plural=plural)

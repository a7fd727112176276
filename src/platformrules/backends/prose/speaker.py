# SPDX-License-Identifier: MIT
"""What whoever says a node has to know: parameters, names, the loops around it and the labels of its codes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from typing import Protocol, assert_never

from attrs import evolve, field, frozen

from platformrules.backends.prose import phrases
from platformrules.backends.prose.labels import RULE_VOCABULARIES, Vocabulary, in_quotes, say_codes
from platformrules.backends.prose.nouns import NOUNS, Noun, noun_of_rows
from platformrules.backends.prose.phrases import say
from platformrules.backends.prose.pieces import Loop, Owner, Said
from platformrules.backends.prose.units import RATIO, say_date, say_number, unit_named
from platformrules.criteria.datatypes import Kind
from platformrules.criteria.typed import (
    Apply,
    Branch,
    Constant,
    ConstantValue,
    Parameter,
    RulePart,
    TypedNode,
    Variable,
)
from platformrules.languages import Bilingual
from platformrules.models import RELATIONS
from platformrules.schema import Relation


class Given(Protocol):
    """What is read of a parameter; ``standards.model.Parameter`` is one."""

    @property
    def value(self) -> ConstantValue | None:
        """Its value; ``None`` of what is no constant."""

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


@frozen
class Speaker(ABC):
    """Knows what is around a node.

    How nodes of a kind are said, a module for each says in functions of a speaker; to say what is inside of a node they
    ask it to ``speak``, so that they need not know one another.
    """

    parameters: Mapping[str, Given]
    names: Names
    vocabulary: Vocabulary = field(factory=dict)
    loops: tuple[Loop, ...] = ()

    @abstractmethod
    def speak(self, node: TypedNode, *, denied: bool = False) -> Said:
        """Words for a node, or for the denial of a condition."""

    # What is given

    def known(self, node: TypedNode) -> bool | None:
        """The truth of a condition that no fact can change; ``None`` if one can."""
        match node:
            case Constant(value=bool() as value):
                return value
            case Parameter(name=name):
                given = self.parameters[name].value
                return given if isinstance(given, bool) else None
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
                number = self.given(operand)
                return number.copy_negate() if isinstance(number, Decimal) else _opposite(number)
            case _:
                return None

    def constant(self, value: ConstantValue | None, unit: str = "") -> Said:
        """A value as it is written; choices by their labels."""
        match value:
            case int() | Decimal():
                measure = unit_named(unit)
                return Said(say_number(value, measure, percent=unit == RATIO), unit=measure)
            case str():
                return Said(phrases.listed(self.items({value})))
            case date():
                return Said(say_date(value))
            case frozenset():
                return Said(phrases.listed(self.items(value)))
            case None:
                return Said(phrases.NOT_GIVEN)
            case _:
                assert_never(value)

    def items(self, codes: AbstractSet[str]) -> list[Bilingual]:
        """The labels of codes, in the order of the vocabulary."""
        return say_codes(codes, self.vocabulary)

    def reading(self, *nodes: TypedNode) -> Speaker:
        """With the labels of the first of the nodes whose values have any."""
        found = (labels for node in nodes if (labels := self.labels(node)))
        return evolve(self, vocabulary=next(found, {}))

    def labels(self, node: TypedNode) -> Vocabulary:
        """The labels of the codes that a node may give."""
        if isinstance(node, RulePart):
            blocks = {one: in_quotes(title) for one, title in self.names.blocks.items()}
            criteria = {one: in_quotes(title) for one, title in self.names.criteria.items()}
            ids = criteria if node.owner.datatype.kind is Kind.CRITERION else blocks
            grades = node.datatype.choices
            known = {} if grades is None else {one.id: one.label for one in grades.values}
            spoken = {**RULE_VOCABULARIES, "id": ids, "block": blocks, "grade": known, "verdict": known}
            return spoken.get(node.name, {})
        choices = node.datatype.choices
        return {} if choices is None else {choice.id: choice.label for choice in choices.values}

    # What is mentioned

    def is_near(self, variable: Variable) -> bool:
        """Whether a fact is this variable's if nothing else is said: it is the innermost one."""
        rows = [loop.variable.name for loop in self.loops if not loop.is_plain]
        return not rows or rows[-1] == variable.name

    def mention(self, variable: Variable) -> Bilingual:
        """A variable by itself: this center, the activity, the month."""
        for loop in self.loops:
            if loop.variable.name == variable.name:
                return loop.mention
        noun = self.noun(variable)
        if variable.name == variable.datatype.model:
            return say(phrases.THIS, Bilingual(noun.zh, noun.one))
        return noun.reference

    def noun(self, variable: Variable) -> Noun:
        """What a variable is."""
        model = variable.datatype.model
        known = NOUNS.get(model or variable.datatype.kind.value)
        if known is not None:
            return known
        relation = next((one for one in self.names.relations.values() if one.model == model), None)
        return noun_of_rows(Bilingual(model, model) if relation is None else relation.label)

    def owned(self, owner: Variable, label: Bilingual, *, plural: bool = False) -> Said:
        """Something of a variable by its label; with its owner if that is not the one spoken of."""
        if self.is_near(owner):
            return Said(label, owner=Owner(owner.name, phrases.link_before(label.zh)), plural=plural)
        return Said(phrases.fact_of(self.mention(owner), label), plural=plural)


def _opposite(number: ConstantValue | None) -> int | None:
    return -number if isinstance(number, int) else None

# SPDX-License-Identifier: MIT
"""The walk over all kinds of nodes, and the two ways in: sentences and phrases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from attrs import frozen

from platformrules.backends.prose import conditions, phrases, reads, rows, values
from platformrules.backends.prose.pieces import Bond, Said
from platformrules.backends.prose.speaker import Given, Names, Speaker
from platformrules.criteria.datatypes import TRUTH
from platformrules.criteria.typed import (
    Apply,
    Branch,
    Constant,
    Distinct,
    Gather,
    Lookup,
    MonthOf,
    Named,
    Parameter,
    Part,
    Read,
    RulePart,
    Today,
    TypedExpr,
    TypedNode,
    Variable,
    VerdictOf,
)
from platformrules.languages import Bilingual


def to_prose(expression: TypedExpr, parameters: Mapping[str, Given], names: Names | None = None) -> Bilingual:
    """What a condition demands, as a sentence of each language without a full stop; a value as a phrase."""
    return _Speaker(parameters, names or Names()).speak(expression.root).text


def to_phrase(node: TypedNode, parameters: Mapping[str, Given], names: Names | None = None) -> Bilingual:
    """A part of an expression as a noun phrase: the label of what is observed."""
    match node:
        case Read(fact=fact):
            return fact.label
        case Named(title=Bilingual() as named):
            return named
        case Parameter(name=name) if (title := parameters[name].title) is not None:
            return title
        case _:
            said = _Speaker(parameters, names or Names()).speak(node).text
            return Bilingual(said.zh, said.en.removeprefix("the "))


@frozen
class _Speaker(Speaker):
    """Says every kind of node."""

    def speak(self, node: TypedNode, *, denied: bool = False) -> Said:
        """Words for a node, or for the denial of a condition."""
        known = self.known(node)
        if known is not None:
            return Said(phrases.SETTLED[known is denied], Bond.CLAUSE)
        match node:
            case Constant(value=value):
                return self.constant(value)
            case Parameter(name=name):
                return self.constant(self.given(node), self.parameters[name].unit)
            case Today(name="as_of"):
                return Said(phrases.AS_OF)
            case Today(name=name):
                return Said(phrases.PARTS["period", name.removeprefix("period.")])
            case Variable():
                return Said(self.mention(node))
            case Read(datatype=datatype) if datatype == TRUTH:
                return reads.truth_fact(self, node, denied=denied)
            case Read():
                return reads.fact(self, node)
            case MonthOf():
                return reads.month_of(self, node)
            case Part():
                return reads.part(self, node)
            case RulePart():
                return reads.rule_part(self, node, denied=denied)
            case Apply():
                return conditions.apply(self, node, denied=denied)
            case Branch(datatype=datatype) if datatype == TRUTH:
                return conditions.branch(self, node, denied=denied)
            case Branch():
                return values.choice(self, node)
            case Gather(function="all" | "any"):
                return rows.quantified(self, node, denied=denied)
            case Gather():
                return rows.gathered(self, node)
            case Distinct():
                return rows.distinct(self, node)
            case Named():
                return reads.named(self, node, denied=denied)
            case Lookup():
                return reads.lookup(self, node, denied=denied)
            case VerdictOf():
                return reads.verdict_of(self, node)
            case _:
                assert_never(node)

# SPDX-License-Identifier: MIT
"""A checked expression of one standard inside of another: what it names of its own rules is named with its standard."""

from __future__ import annotations

from typing import assert_never

from attrs import evolve

from platformrules.criteria.datatypes import UNWRITTEN
from platformrules.criteria.typed import (
    Apply,
    Branch,
    Constant,
    Distinct,
    Gather,
    Items,
    Lookup,
    MonthOf,
    MonthRows,
    Named,
    Parameter,
    Part,
    Read,
    RelationRows,
    Rows,
    RulePart,
    RuleRows,
    Today,
    TypedNode,
    Variable,
    VerdictOf,
)
from platformrules.schema import Fact

#: Between a standard and what is its own.
MARK = "#"


def qualified_id(name: str, standard: str) -> str:
    """The id of something of a standard, wherever it stands; one that is qualified already stays."""
    return name if MARK in name or name == standard else f"{standard}{MARK}{name}"


def qualified_fact(one: Fact, standard: str) -> Fact:
    """What a run has yet to give, by its qualified name."""
    return evolve(one, id=qualified_id(one.id, standard)) if one.on in UNWRITTEN else one


def qualify(node: TypedNode, standard: str) -> TypedNode:
    """The expression with parameters, values, criteria and blocks of its standard by their qualified ids."""
    match node:
        case Constant() | Today() | Variable() | MonthOf() | VerdictOf():
            return node
        case Parameter(name=name):
            return evolve(node, name=qualified_id(name, standard))
        case Named(name=name, expression=expression):
            return evolve(node, name=qualified_id(name, standard), expression=qualify(expression, standard))
        case Read(fact=fact):
            return evolve(node, fact=qualified_fact(fact, standard))
        case RulePart(owner=Constant(value=str() as name) as owner) if name:
            named = evolve(owner, value=qualified_id(name, standard))
            return evolve(node, owner=named, within=node.within or standard)
        case RulePart():
            return evolve(node, within=node.within or standard)
        case Part(owner=owner):
            return evolve(node, owner=qualify(owner, standard))
        case Apply(operands=operands):
            return evolve(node, operands=tuple(qualify(one, standard) for one in operands))
        case Lookup(keys=keys):
            return evolve(node, keys=tuple(qualify(one, standard) for one in keys))
        case Branch(test=test, then=then, otherwise=otherwise):
            parts = [qualify(one, standard) for one in (test, then, otherwise)]
            return evolve(node, test=parts[0], then=parts[1], otherwise=parts[2])
        case Gather(element=element, condition=condition, default=default):
            return evolve(
                node,
                rows=_qualify_rows(node.rows, standard),
                element=None if element is None else qualify(element, standard),
                condition=None if condition is None else qualify(condition, standard),
                default=None if default is None else qualify(default, standard),
            )
        case Distinct(element=element, condition=condition):
            return evolve(
                node,
                rows=_qualify_rows(node.rows, standard),
                element=qualify(element, standard),
                condition=None if condition is None else qualify(condition, standard),
            )
        case _:
            assert_never(node)


def _qualify_rows(rows: Rows, standard: str) -> Rows:
    match rows:
        case RelationRows(first=first, last=last):
            ends = [None if end is None else qualify(end, standard) for end in (first, last)]
            return evolve(rows, first=ends[0], last=ends[1])
        case Items(group=group):
            return evolve(rows, group=qualify(group, standard))
        case RuleRows(within=within):
            return evolve(rows, within=within or standard)
        case MonthRows():
            return rows
        case _:
            assert_never(rows)

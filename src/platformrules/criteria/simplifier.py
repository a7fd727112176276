# SPDX-License-Identifier: MIT
"""A checked expression with the values of its parameters put in, and without what they switch off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from attrs import evolve

from platformrules.criteria.datatypes import TRUTH
from platformrules.criteria.tables import looked_up
from platformrules.criteria.typed import (
    Apply,
    Branch,
    Constant,
    ConstantValue,
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


def simplify(node: TypedNode, values: Mapping[str, ConstantValue]) -> TypedNode:
    """The expression with parameters as constants, and without what they switch off."""
    match node:
        case Constant() | Today() | Variable() | Read() | MonthOf() | RulePart() | VerdictOf():
            return node
        case Parameter(name=name, datatype=datatype, span=span):
            return Constant(values[name], datatype, span)
        case Named(expression=expression, span=span):
            settled = simplify(expression, values)
            return evolve(settled, span=span) if isinstance(settled, Constant) else evolve(node, expression=settled)
        case Lookup(table=table, keys=keys):
            found = tuple(simplify(key, values) for key in keys)
            settled_keys = [key.value for key in found if isinstance(key, Constant)]
            if len(settled_keys) < len(found):
                return evolve(node, keys=found)
            return Constant(looked_up(table, *settled_keys), node.datatype, node.span)
        case Part(owner=owner):
            return evolve(node, owner=simplify(owner, values))
        case Apply():
            return _simplify_apply(node, values)
        case Branch(test=test, then=then, otherwise=otherwise):
            settled = simplify(test, values)
            if isinstance(settled, Constant):
                return simplify(then if settled.value else otherwise, values)
            return evolve(node, test=settled, then=simplify(then, values), otherwise=simplify(otherwise, values))
        case Gather(element=element, condition=condition, default=default):
            return evolve(
                node,
                rows=_simplify_rows(node.rows, values),
                element=None if element is None else simplify(element, values),
                condition=None if condition is None else simplify(condition, values),
                default=None if default is None else simplify(default, values),
            )
        case Distinct(element=element, condition=condition):
            return evolve(
                node,
                rows=_simplify_rows(node.rows, values),
                element=simplify(element, values),
                condition=None if condition is None else simplify(condition, values),
            )
        case _:
            assert_never(node)


def _simplify_rows(rows: Rows, values: Mapping[str, ConstantValue]) -> Rows:
    match rows:
        case RelationRows(first=first, last=last):
            ends = [None if end is None else simplify(end, values) for end in (first, last)]
            return evolve(rows, first=ends[0], last=ends[1])
        case Items(group=group):
            return evolve(rows, group=simplify(group, values))
        case MonthRows() | RuleRows():
            return rows
        case _:
            assert_never(rows)


def _simplify_apply(node: Apply, values: Mapping[str, ConstantValue]) -> TypedNode:
    operands = tuple(simplify(operand, values) for operand in node.operands)
    if node.function in {"and", "or"}:
        absorbing = node.function == "or"
        kept = [one for one in operands if not isinstance(one, Constant)]
        if any(isinstance(one, Constant) and one.value is absorbing for one in operands):
            return Constant(absorbing, TRUTH, node.span)
        if len(kept) < 2:
            return kept[0] if kept else Constant(not absorbing, TRUTH, node.span)
        operands = tuple(kept)
    if node.function == "not" and isinstance(operands[0], Constant):
        return Constant(not operands[0].value, TRUTH, node.span)
    return evolve(node, operands=operands)

# SPDX-License-Identifier: MIT
"""Going through a checked expression: its parts in source order, and the facts it reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

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


def children(node: TypedNode | Rows) -> tuple[TypedNode | Rows, ...]:
    """The direct parts of a node."""
    match node:
        case Constant() | Parameter() | Today() | Variable() | MonthRows() | RuleRows():
            return ()
        case Read(owner=one) | MonthOf(owner=one) | Part(owner=one) | RulePart(owner=one) | VerdictOf(owner=one):
            return (one,)
        case Apply(operands=operands):
            return operands
        case Branch(test=test, then=then, otherwise=otherwise):
            return (then, test, otherwise)
        case RelationRows(first=first, last=last):
            return tuple(end for end in (first, last) if end is not None)
        case Items(group=group):
            return (group,)
        case Named(expression=expression):
            return (expression,)
        case Lookup(keys=keys):
            return keys
        case Gather(rows=rows, element=element, condition=condition, default=default):
            return (*(part for part in (element, rows, condition, default) if part is not None),)
        case Distinct(rows=rows, element=element, condition=condition):
            return (element, rows) if condition is None else (element, rows, condition)
        case _:
            assert_never(node)


def measure(node: TypedNode, most: int) -> tuple[int, int]:
    """How many parts a node has, and how deep they nest; counting ends where there are more than ``most``."""
    parts = deepest = 0
    waiting: list[tuple[TypedNode | Rows, int]] = [(node, 1)]
    while waiting and parts <= most:
        one, depth = waiting.pop()
        parts, deepest = parts + 1, max(deepest, depth)
        waiting.extend((child, depth + 1) for child in children(one))
    return parts, deepest


def walk(node: TypedNode | Rows) -> Iterator[TypedNode | Rows]:
    """The node and all of its parts, from the outside in."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(children(one)))


def walk_all(nodes: Iterable[TypedNode | Rows]) -> Iterator[TypedNode | Rows]:
    """The nodes and all of their parts, from the outside in; what has a name is entered once."""
    entered: set[str] = set()
    for node in nodes:
        waiting: list[TypedNode | Rows] = [node]
        while waiting:
            one = waiting.pop()
            yield one
            if isinstance(one, Named):
                if one.name in entered:
                    continue
                entered.add(one.name)
            waiting.extend(reversed(children(one)))


def verdicts_read(nodes: Iterable[TypedNode | Rows]) -> tuple[str, ...]:
    """The standards whose verdicts expressions read, as they are named there, each once."""
    return tuple(dict.fromkeys(one.reference for one in walk_all(nodes) if isinstance(one, VerdictOf)))

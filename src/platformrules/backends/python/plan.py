# SPDX-License-Identifier: MIT
"""Which functions over rows can share one loop a relation, and expressions cut down by what is constant.

A count, sum, ``any`` or ``all`` whose condition reads only its own row is counted while the rows are gone through
once; with ``row.month == m`` for a month of the period it is counted by month.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from platformrules.criteria.datatypes import MONTH, TRUTH, Kind
from platformrules.criteria.typed import (
    Apply,
    Constant,
    Distinct,
    Gather,
    MonthOf,
    Read,
    RelationRows,
    Rows,
    RulePart,
    TypedNode,
    Variable,
    VerdictOf,
)
from platformrules.criteria.walk import children, walk, walk_all
from platformrules.schema import Fact


@frozen
class Accumulator:
    """What one loop over a relation counts or sums.

    Attributes:
        index: its place in the result.
        relation: the relation gone through.
        variable: the name of the row in the conditions.
        tests: conditions of a row, all of which must hold; of ``all``, the last is the negated element.
        addend: what is summed, or whose extreme is kept; ``None`` counts.
        monthly: counted by month.
        extreme: ``min`` or ``max`` keeps the extreme of the addend and its row, the earliest on ties.
    """

    index: int
    relation: str
    variable: str
    tests: tuple[TypedNode, ...]
    addend: TypedNode | None
    monthly: bool
    extreme: str = ""


@frozen
class Plan:
    """The accumulators of a standard, and which expression reads which; ``month`` is the variable that picks one."""

    accumulators: tuple[Accumulator, ...] = ()
    readers: Mapping[Gather, tuple[Accumulator, TypedNode | None]] = field(factory=dict)

    def of_relation(self, relation: str) -> list[Accumulator]:
        """The accumulators of one relation."""
        return [one for one in self.accumulators if one.relation == relation]


def make_plan(expressions: Iterable[TypedNode]) -> Plan:
    """Find what can be counted in one loop a relation."""
    found: dict[tuple[object, ...], Accumulator] = {}
    readers: dict[Gather, tuple[Accumulator, TypedNode | None]] = {}
    for node in walk_all(expressions):
        if isinstance(node, Gather) and node not in readers:
            shape = _shape(node)
            if shape is not None:
                key, month = shape
                one = found.setdefault(key, Accumulator(len(found), *key))  # type: ignore[arg-type]
                readers[node] = (one, month)
    return Plan(tuple(found.values()), readers)


def _shape(node: Gather) -> tuple[tuple[object, ...], TypedNode | None] | None:
    """What an accumulator would count, and the month it is read for; ``None`` if it needs a loop of its own."""
    rows = node.rows
    if (
        not isinstance(rows, RelationRows)
        or rows.first is not None
        or node.function not in {"count", "any", "all", "sum"}
    ):
        return None
    tests = list(_conjuncts(node.condition))
    kept_extreme = _extreme(node)
    if kept_extreme is not None:
        extreme, compared = kept_extreme
        if all(_reads_own_row(part, node.variable.name) for part in (*tests, compared)):
            return (rows.relation, node.variable.name, tuple(tests), compared, False, extreme), None
    if node.function == "any":
        tests += _conjuncts(node.element)
    elif node.function == "all" and node.element is not None:
        tests.append(Apply("not", (node.element,), TRUTH))
    variable, month = node.variable.name, None
    kept = []
    for test in tests:
        key = _month_key(test, variable)
        if key is not None and month is None:
            month = key
        else:
            kept.append(test)
    addend = node.element if node.function == "sum" else None
    parts = [*kept, *([] if addend is None else [addend])]
    if not all(_reads_own_row(part, variable) for part in parts):
        return None
    return (rows.relation, variable, tuple(kept), addend, month is not None, ""), month


def _extreme(node: Gather) -> tuple[str, TypedNode] | None:
    """``all(x >= k)`` asks for the least x, ``any(x >= k)`` for the greatest: which, and x."""
    match node:
        case Gather(
            function="all" | "any" as function,
            element=Apply(function="less" | "at_most", operands=(left, right)),
        ) if left.datatype.kind is Kind.NUMBER and isinstance(left, Constant) is not isinstance(right, Constant):
            from_below = isinstance(left, Constant)
            return ("min" if from_below is (function == "all") else "max"), (right if from_below else left)
    return None


def _conjuncts(node: TypedNode | None) -> tuple[TypedNode, ...]:
    if node is None:
        return ()
    return node.operands if isinstance(node, Apply) and node.function == "and" else (node,)


def _month_key(test: TypedNode, variable: str) -> TypedNode | None:
    """The month variable of ``row.month == m``; only ``months`` have variables that are months."""
    match test:
        case Apply(function="equal", operands=(MonthOf(owner=owner), Variable(datatype=datatype) as key)) | (
            Apply(function="equal", operands=(Variable(datatype=datatype) as key, MonthOf(owner=owner)))
        ) if owner.name == variable and datatype == MONTH:
            return key
    return None


def _reads_own_row(node: TypedNode, variable: str) -> bool:
    for part in walk(node):
        if isinstance(part, Gather | Distinct | RulePart | VerdictOf):
            return False
        if isinstance(part, Variable) and part.name != variable:
            return False
    return True


def facts_of_rows(expressions: Iterable[TypedNode]) -> dict[str, dict[str, Fact]]:
    """Which facts are read of the rows of each relation, by any expression; keys are never unknown and left out."""
    found: dict[str, dict[str, Fact]] = {}
    for expression in expressions:
        _gather_facts(expression, {}, found)
    return found


def _gather_facts(node: TypedNode | Rows, scope: Mapping[str, str], found: dict[str, dict[str, Fact]]) -> None:
    if isinstance(node, Read | MonthOf) and node.owner.name in scope and not node.fact.key:
        found[scope[node.owner.name]][node.fact.id] = node.fact
    if isinstance(node, Gather | Distinct) and isinstance(node.rows, RelationRows):
        found.setdefault(node.rows.relation, {})
        scope = {**scope, node.variable.name: node.rows.relation}
    for child in children(node):
        _gather_facts(child, scope, found)


def facts_to_test(expressions: Iterable[TypedNode]) -> set[tuple[str, str]]:
    """The facts of which the exact path must ask whether they are recorded, as (model, fact).

    Elsewhere an order, a set operation or a length of ``None`` raises by itself and sends it to the bounds.
    """
    found: set[tuple[str, str]] = set()
    roots = list(expressions)
    for node in walk_all(roots):
        for position, child in enumerate(children(node)):
            if isinstance(child, Read) and not _raises_on_none(node, position):
                found.add((child.fact.on, child.fact.id))
    return found | {(root.fact.on, root.fact.id) for root in roots if isinstance(root, Read)}


def _raises_on_none(node: TypedNode | Rows, position: int) -> bool:
    if not isinstance(node, Apply):
        return False
    return node.function in {"less", "at_most", "contained", "size", "shared"} or (
        node.function == "member" and position == 1
    )


def facts_of_subject(expressions: Iterable[TypedNode], subject: str) -> dict[str, Fact]:
    """Which facts of the subject are read, in the order of the expressions."""
    return {
        node.fact.id: node.fact
        for node in walk_all(expressions)
        if isinstance(node, Read) and node.owner.name == subject and node.owner.datatype.kind is Kind.ROW
    }

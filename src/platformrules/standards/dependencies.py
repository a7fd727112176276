# SPDX-License-Identifier: MIT
"""Which criteria an expression reads, and the order in which criteria that read others are judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from platformrules.bounds import Number
from platformrules.criteria.datatypes import Kind
from platformrules.criteria.qualifying import MARK
from platformrules.criteria.typed import (
    Apply,
    Constant,
    Distinct,
    Gather,
    Rows,
    RulePart,
    RuleRows,
    TypedNode,
    Variable,
)
from platformrules.criteria.walk import children

#: Parts of a criterion or block that are the same for every subject.
STATIC_PARTS = frozenset({"id", "block", "strength"})


@frozen
class Branching:
    """What the points of a block are made of: criteria by index, blocks below it by id, and where they are cut."""

    criteria: tuple[int, ...] = ()
    blocks: tuple[str, ...] = ()
    cap: Number | None = None


@frozen
class RuleTable:
    """What expressions read of criteria and blocks that no subject changes.

    Attributes:
        criteria: id, block and strength of each criterion.
        blocks: the indexes of the criteria in each block and in the blocks below it.
        tree: what the points of each block are made of.
        maxima: the most points of each criterion that has any; ``None`` where there is no limit.
    """

    criteria: tuple[tuple[str, str | None, str], ...] = ()
    blocks: Mapping[str, tuple[int, ...]] = field(factory=dict)
    tree: Mapping[str, Branching] = field(factory=dict)
    maxima: Mapping[int, Number | None] = field(factory=dict)

    def ids(self, rows: RuleRows) -> list[str]:
        """The ids that rows of rules stand for."""
        known = [one[0] for one in self.criteria] if rows.kind == "criteria" else list(self.blocks)
        return [one for one in known if one.startswith(f"{rows.within}{MARK}")] if rows.within else known

    def index(self, criterion: str) -> int:
        """The place of a criterion."""
        return next(at for at, one in enumerate(self.criteria) if one[0] == criterion)

    def static_part(self, found: str, name: str, within: str = "") -> str:
        """The id, block or strength of a criterion, or the id of a block, as the standard it is within writes them."""
        row = next((one for one in self.criteria if one[0] == found), (found, found, ""))
        text = {"id": row[0], "block": row[1] or "", "strength": row[2]}[name]
        return "" if within and text == within else text.removeprefix(f"{within}{MARK}")

    def settled(self, node: TypedNode, rows: Mapping[str, str]) -> Any:  # noqa: ANN401 - a value of any type
        """The value of a condition on ids, blocks and strengths; ``None`` if subjects can differ in it.

        ``rows`` are the criteria and blocks that variables stand for.
        """
        match node:
            case Constant(value=value):
                return value
            case RulePart(owner=owner, name=name, within=within) if name in STATIC_PARTS:
                return self.static_part(rule_id(owner, rows), name, within)
            case Apply(function=function, operands=operands) if function in _STATIC:
                values = [self.settled(operand, rows) for operand in operands]
                deciding = function == "or"
                if function in {"and", "or"} and deciding in values:
                    return deciding
                return None if None in values else _STATIC[function](*values)
            case _:
                return None


_STATIC: Mapping[str, Callable[..., Any]] = {
    "equal": lambda left, right: left == right,
    "member": lambda item, group: item in group,
    "not": lambda value: not value,
    "and": lambda *values: all(values),
    "or": lambda *values: any(values),
}


def rule_id(owner: Variable | Constant, rows: Mapping[str, str]) -> str:
    """The id of the criterion or block that is read."""
    return str(owner.value) if isinstance(owner, Constant) else rows[owner.name]


def criteria_read(node: TypedNode, table: RuleTable) -> Iterator[tuple[int, str]]:
    """The criteria that an expression reads, by index, and what it reads of them; parts that never change left out."""
    yield from _read(node, table, {})


def _read(node: TypedNode | Rows, table: RuleTable, rows: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    match node:
        case RulePart(owner=owner, name=name):
            if name not in STATIC_PARTS and name != "verdict":
                found = rule_id(owner, rows)
                is_block = owner.datatype.kind is Kind.BLOCK
                yield from ((index, name) for index in (table.blocks[found] if is_block else (table.index(found),)))
        case Gather(rows=RuleRows() as group) | Distinct(rows=RuleRows() as group):
            for one in table.ids(group):
                inside = {**rows, node.variable.name: one}
                if node.condition is None or table.settled(node.condition, inside) is not False:
                    for part in (node.element, node.condition):
                        if part is not None:
                            yield from _read(part, table, inside)
            if isinstance(node, Gather) and node.default is not None:
                yield from _read(node.default, table, rows)
        case _:
            for child in children(node):
                yield from _read(child, table, rows)


def reads_rules(node: TypedNode | Rows) -> bool:
    """Whether an expression reads criteria or blocks at all."""
    return isinstance(node, RulePart | RuleRows) or any(reads_rules(child) for child in children(node))


@frozen
class Circle(Exception):  # noqa: N818 - says what was found, and is no error of the caller
    """Criteria that read one another: their indexes, the first once more at the end."""

    path: tuple[int, ...]


def reading_order(needs: Mapping[int, Sequence[int]]) -> tuple[int, ...]:
    """The criteria that read others, each after those that it reads; in file order where that is free.

    Raises:
        Circle: criteria read one another.
    """
    order: dict[int, None] = {}
    for first in needs:
        path: dict[int, Iterator[int]] = {} if first in order else {first: iter(needs[first])}
        while path:
            index, others = next(reversed(path.items()))
            other = next((one for one in others if one in needs and one not in order), None)
            if other is None:
                order[index] = None
                path.popitem()
            elif other in path:
                found = tuple(path)
                raise Circle((*found[found.index(other) :], other))
            else:
                path[other] = iter(needs[other])
    return tuple(order)

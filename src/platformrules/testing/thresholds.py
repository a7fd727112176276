# SPDX-License-Identifier: MIT
"""Which sides of a threshold worked cases show: just met, and just not.

What was observed is read from evidence. A loop inside a loop shows one row of all, so thresholds there are left out;
as far as they are parameters, another value of the parameter tells whether cases show both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from attrs import frozen

from platformrules import bounds
from platformrules.backends.python.emit import PARAMETERS
from platformrules.backends.python.evidence import looks, number_looks
from platformrules.criteria.datatypes import Kind
from platformrules.criteria.domains import domain
from platformrules.criteria.typed import (
    Constant,
    Distinct,
    Gather,
    Lookup,
    Parameter,
    Read,
    Rows,
    RulePart,
    TypedExpr,
    TypedNode,
)
from platformrules.criteria.walk import walk
from platformrules.results import Evidence, Report, to_json
from platformrules.standards.model import Criterion, Standard

_SIDES = {True: "just meets it", False: "just does not"}
# By how many steps what just meets a limit, and what just does not, lies above it.
_NEAREST = {">=": (0, -1), ">": (1, 0), "<=": (0, 1), "<": (-1, 0), "==": (0, 1), "!=": (1, 0)}


@frozen
class Threshold:
    """A comparison of a criterion with what the rule file sets.

    Attributes:
        quantity: what is observed, as it is written in the rule file; likewise ``required``.
        limits: the values it is compared with, of a table all that it has; none where only a run knows it.
        low, high: what is observed lies between them, whatever is recorded.
    """

    criterion: str
    quantity: str
    operator: str
    required: str
    limits: tuple[Any, ...]
    low: Any = None
    high: Any = None

    def rows(self, reports: Iterable[Report]) -> Iterator[Evidence]:
        """What reports say of it, where observed and required are known."""
        for report in reports:
            for row in report[self.criterion].evidence:
                alike = (row.quantity, row.operator) == (self.quantity, self.operator)
                if alike and _is_plain(row.found, row.required):
                    yield row

    def is_possible(self, value: Any) -> bool:  # noqa: ANN401 - a number or a day
        """Whether something that is observed can be that."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def unseen(self, rows: Iterable[Evidence]) -> Iterator[str]:
        """The sides that no row shows: of each limit that something can lie on either side of."""
        near = [row for row in rows if abs(row.found - row.required) <= step(row.required)]
        for limit in self.limits:
            shown = {row.met for row in near if row.required == limit}
            values = {met: nearest(limit, self.operator, met=met) for met in (True, False)}
            if all(self.is_possible(one) for one in values.values()):
                said = f"`{self.quantity} {self.operator} {to_json(limit)}`"
                lacking = (met for met in values if met not in shown)
                yield from (f"{said}: no case {_SIDES[met]}, such as {to_json(values[met])}" for met in lacking)
        if not self.limits:
            shown = {row.met for row in near}
            said = f"`{self.quantity} {self.operator} {self.required}`"
            yield from (f"{said}: no case {_SIDES[met]}" for met in (True, False) if met not in shown)


def one_sided(standard: Standard, reports: Iterable[Report]) -> Iterator[str]:
    """The thresholds of a standard's own criteria of which its cases do not show both sides, with what to write."""
    judged = list(reports)
    for criterion in standard.own_criteria:
        for threshold in dict.fromkeys(_thresholds(standard, criterion)):
            found = threshold.unseen(threshold.rows(judged))
            yield from (f"{standard.reference} {criterion.id}: {one}" for one in found)


def nearest(limit: Any, operator: str, *, met: bool) -> Any:  # noqa: ANN401 - a number or a day
    """The value next to a limit that just meets it, or just does not."""
    return limit + _NEAREST[operator][0 if met else 1] * step(limit)


def step(value: Any) -> Any:  # noqa: ANN401 - a number, or days
    """The smallest difference in the last digit that a number is written with; of a date a day."""
    if isinstance(value, date):
        return timedelta(1)
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return 1 if not isinstance(exponent, int) or exponent >= 0 else Decimal((0, (1,), exponent))


def _thresholds(standard: Standard, criterion: Criterion) -> Iterator[Threshold]:
    """The thresholds of a criterion."""
    conditions = [criterion.require, *(row.when for row in criterion.grades)]
    looked_at = [(one, looks(one.root)) for one in conditions if one is not None]
    looked_at += [] if criterion.points is None else [(criterion.points, number_looks(criterion.points.root))]
    for expression, found in looked_at:
        for look in found:
            if (
                look.required is None
                or look.operator not in _NEAREST
                or not _is_threshold(look.observed, look.required)
            ):
                continue
            if len(look.loops) < 2:
                written = [_written(expression, one) for one in (look.observed, look.required)]
                ends = _domain(standard, look.observed)
                limits = _limits(standard, look.required)
                yield Threshold(criterion.id, written[0], look.operator, written[1], limits, *ends)


def _is_threshold(observed: TypedNode, required: TypedNode) -> bool:
    """Whether a number or a day is compared with one that no subject changes, or that a table gives."""
    settled = isinstance(required, Lookup) or not any(map(_varies, walk(required)))
    return settled and observed.datatype.kind in {Kind.NUMBER, Kind.DATE}


def _varies(node: TypedNode | Rows) -> bool:
    """Whether subjects differ in it; what the run gives is read like a fact and is the same for all."""
    return isinstance(node, Gather | Distinct | RulePart) or (isinstance(node, Read) and node.fact.on != PARAMETERS)


def _limits(standard: Standard, required: TypedNode) -> tuple[Any, ...]:
    """The values that may be required, as far as the rule file says them."""
    match required:
        case Lookup(table=table):
            return tuple(dict.fromkeys(table.values))
        case Constant(value=value):
            return (value,)
        case Parameter(name=name):
            return (standard.constants[name],) if name in standard.constants else ()
        case _:
            low, high = _domain(standard, required)
            return (low,) if low is not None and low == high else ()


def _domain(standard: Standard, node: TypedNode) -> tuple[Any, Any]:
    """Between what a number lies, whatever is recorded; of a day, or with a parameter of the run, anything."""
    if node.datatype.kind is not Kind.NUMBER:
        return (None, None)
    try:
        return bounds.ends(domain(node, standard.constants))
    except KeyError:
        return (None, None)


def _written(expression: TypedExpr, node: TypedNode) -> str:
    return " ".join(expression.text[node.span.start : node.span.end].split())


def _is_plain(*values: object) -> bool:
    return all(isinstance(one, int | Decimal | date) and not isinstance(one, bool) for one in values)

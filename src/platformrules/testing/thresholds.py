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
from platformrules.backends.python.evidence import Look, looks
from platformrules.criteria.datatypes import Kind
from platformrules.criteria.domains import domain
from platformrules.criteria.typed import Distinct, Gather, Read, RulePart, TypedExpr, TypedNode
from platformrules.criteria.walk import walk
from platformrules.results import Evidence, Report, to_json
from platformrules.standards.model import Criterion, Standard

# By how many steps what just meets a limit, and what just does not, lies above it.
_NEAREST = {">=": (0, -1), ">": (1, 0), "<=": (0, 1), "<": (-1, 0), "==": (0, 1), "!=": (1, 0)}


@frozen
class Threshold:
    """A comparison of a criterion with what no subject changes."""

    criterion: str
    quantity: str
    operator: str
    required: str

    def rows(self, reports: Iterable[Report]) -> Iterator[Evidence]:
        """What reports say of it, where what is required is known."""
        for report in reports:
            for row in report[self.criterion].evidence:
                if (row.quantity, row.operator) == (self.quantity, self.operator) and _is_plain(row.required):
                    yield row


def one_sided(standard: Standard, reports: Iterable[Report]) -> Iterator[str]:
    """The thresholds of a standard's own criteria of which its cases do not show both sides, with what to write."""
    judged = list(reports)
    for criterion in standard.criteria:
        for threshold, sides in () if criterion.origin else _thresholds(standard, criterion):
            rows = list(threshold.rows(judged))
            shown = {row.met for row in rows if _is_plain(row.found) and _is_near(row.found, row.required)}
            limit = next((row.required for row in rows), None)
            for side in (one for one in sides if one not in shown):
                example = "" if limit is None else f", such as {to_json(_nearest(limit, threshold.operator, met=side))}"
                what = "just meets it" if side else "just does not"
                required = threshold.required if limit is None else to_json(limit)
                said = f"`{threshold.quantity} {threshold.operator} {required}`"
                yield f"{standard.reference} {criterion.id}: {said}: no case {what}{example}"


def step(value: Any) -> Any:  # noqa: ANN401 - a number, or days
    """The smallest difference in the last digit that a number is written with; of a date a day."""
    if isinstance(value, date):
        return timedelta(1)
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return 1 if not isinstance(exponent, int) or exponent >= 0 else Decimal((0, (1,), exponent))


def _thresholds(standard: Standard, criterion: Criterion) -> Iterator[tuple[Threshold, tuple[bool, ...]]]:
    """The thresholds of a criterion, each with the sides that what is recorded can lie on."""
    conditions = [criterion.require, *(row.when for row in criterion.grades)]
    found: dict[Threshold, tuple[bool, ...]] = {}
    for expression in (one for one in conditions if one is not None):
        for look in looks(expression.root):
            if look.required is not None and look.operator in _NEAREST and _is_threshold(look):
                sides = [_written(expression, one) for one in (look.observed, look.required)]
                found[Threshold(criterion.id, sides[0], look.operator, sides[1])] = _possible(standard, look)
    yield from found.items()


def _is_threshold(look: Look) -> bool:
    """Whether a number or a day is compared with one that no subject changes."""
    assert look.required is not None  # noqa: S101 - INVARIANT: the caller saw it
    varying = Read | Gather | Distinct | RulePart
    return (
        len(look.loops) < 2
        and look.observed.datatype.kind in {Kind.NUMBER, Kind.DATE}
        and not any(isinstance(part, varying) for part in walk(look.required))
    )


def _possible(standard: Standard, look: Look) -> tuple[bool, ...]:
    """The sides that an observed number can lie on, whatever is recorded."""
    assert look.required is not None  # noqa: S101 - INVARIANT: the caller saw it
    if look.observed.datatype.kind is not Kind.NUMBER:
        return (True, False)
    try:
        observed, required = (domain(one, standard.constants) for one in (look.observed, look.required))
    except KeyError:  # of a parameter that the run gives
        return (True, False)
    (low, high), limits = bounds.ends(observed), bounds.ends(required)
    if limits[0] is None or limits[0] != limits[1]:
        return (True, False)

    def reached(*, met: bool) -> bool:
        value: Any = _nearest(limits[0], look.operator, met=met)
        return (low is None or low <= value) and (high is None or value <= high)

    return tuple(one for one in (True, False) if reached(met=one))


def _written(expression: TypedExpr, node: TypedNode) -> str:
    span = node.span
    return " ".join(expression.text[span.start : span.end].split())


def _nearest(limit: Any, operator: str, *, met: bool) -> Any:  # noqa: ANN401 - a number or a day
    steps = _NEAREST[operator][0 if met else 1]
    return limit + steps * step(limit)


def _is_near(found: Any, limit: Any) -> bool:  # noqa: ANN401 - numbers, or days
    return bool(abs(found - limit) <= step(limit))


def _is_plain(*values: object) -> bool:
    return all(isinstance(one, int | Decimal | date) and not isinstance(one, bool) for one in values)

# SPDX-License-Identifier: MIT
"""What generated code calls on plain values in bounds, and to read judgements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import reduce
from math import prod
from typing import Any, NamedTuple

from platformrules import bounds, calendars, periods
from platformrules.bounds import Bounds, Condition, Members, Possible, Value
from platformrules.criteria.tables import step_at
from platformrules.criteria.typed import Table
from platformrules.dossiers import deciding
from platformrules.errors import UnknownYearError


def branch(test: Condition, make_then: Callable[[], Any], make_otherwise: Callable[[], Any]) -> Any:  # noqa: ANN401 - values of any type
    """``then if test else otherwise``: the hull of both if the test is unknown.

    The sides are made only when they are reached, since the test may keep a divisor from being 0.
    """
    if test is not None:
        return make_then() if test else make_otherwise()
    return hull_of(make_then(), make_otherwise())


def hull_of(then: Any, otherwise: Any) -> Any:  # noqa: ANN401 - values of any type
    """What holds two values of one type."""
    if then is None or otherwise is None or isinstance(then, bool):
        return then if then is otherwise else None
    if isinstance(then, str | Possible):
        return _hull_of_texts(then, otherwise)
    if isinstance(then, frozenset | Members):
        return _hull_of_sets(then, otherwise)
    return bounds.hull(then, otherwise)


def _hull_of_texts(then: Any, otherwise: Any) -> Any:  # noqa: ANN401 - texts in bounds
    if then == otherwise:
        return then
    sides = [one.values if type(one) is Possible else frozenset((one,)) for one in (then, otherwise)]
    return Possible(None if None in sides else frozenset().union(*sides))  # type: ignore[arg-type]


def _hull_of_sets(then: Any, otherwise: Any) -> Any:  # noqa: ANN401 - sets in bounds
    (one_surely, one_possibly), (other_surely, other_possibly) = bounds.members(then), bounds.members(otherwise)
    possibly = None if one_possibly is None or other_possibly is None else one_possibly | other_possibly
    surely = one_surely & other_surely
    return surely if surely == possibly else Members(surely, possibly)


def same_truth(left: Condition, right: Condition) -> Condition:
    """``left == right`` for conditions."""
    return None if left is None or right is None else left is right


def same_key(left: Any, right: Any) -> Condition:  # noqa: ANN401 - texts in bounds
    """``left == right`` where a key is compared: an empty key matches nothing."""
    return False if not left or not right else bounds.same_text(left, right)


def key_in(key: str, group: Any) -> Condition:  # noqa: ANN401 - a set in bounds
    """``key in group``: an empty key matches nothing."""
    return bounds.member(key, group) if key else False


def text_test(kind: str, text: Any, part: Any) -> Condition:  # noqa: ANN401 - texts in bounds
    """``starts_with``, ``ends_with`` and ``contains``; unknown if a text is."""
    if not isinstance(text, str) or not isinstance(part, str):
        return None
    return TEXT_TESTS[kind](text, part)


TEXT_TESTS: Mapping[str, Callable[[str, str], bool]] = {
    "starts_with": str.startswith,
    "ends_with": str.endswith,
    "contains": str.__contains__,
}


def length(text: Any) -> Value:  # noqa: ANN401 - a text in bounds
    """How many characters a text has."""
    return len(text) if isinstance(text, str) else Bounds(0, None)


def both_rise(function: Callable[..., Any], first: Value, second: Value) -> Value:
    """The image of two bounds under what rises with both: ``add_days`` and the like, and ``date``."""
    (first_low, first_high), (second_low, second_high) = bounds.ends(first), bounds.ends(second)
    low = date.min if first_low is None or second_low is None else function(first_low, second_low)
    high = date.max if first_high is None or second_high is None else function(first_high, second_high)
    return bounds.between(low, high)


def difference(function: Callable[[date, date], int], first: Value, second: Value) -> Value:
    """``days_between`` and ``years_between``: falls with the first day, rises with the second."""
    (first_low, first_high), (second_low, second_high) = bounds.ends(first), bounds.ends(second)
    return bounds.between(function(first_high, second_low), function(first_low, second_high))  # type: ignore[arg-type]


def working_day_after(day: Value, days: Value) -> Value:
    """``add_working_days``: rises with both. An end beyond the years of the calendar is open; a settled day is not."""
    if type(day) is not Bounds and type(days) is not Bounds:
        return calendars.add_working_days(day, days)  # type: ignore[arg-type]
    (day_low, day_high), (days_low, days_high) = bounds.ends(day), bounds.ends(days)
    ends = []
    for one, count, open_end in ((day_low, days_low, date.min), (day_high, days_high, date.max)):
        try:
            ends.append(open_end if count is None else calendars.add_working_days(one, count))  # type: ignore[arg-type]
        except UnknownYearError:
            ends.append(open_end)
    return bounds.between(*ends)


def working_days(first: Value, last: Value) -> Value:
    """``working_days``: falls with the first day, rises with the last; an end beyond the calendar is open."""
    if type(first) is not Bounds and type(last) is not Bounds:
        return calendars.working_days(first, last)  # type: ignore[arg-type]
    (first_low, first_high), (last_low, last_high) = bounds.ends(first), bounds.ends(last)
    ends: list[int | None] = []
    for one, other, open_end in ((first_high, last_low, 0), (first_low, last_high, None)):
        try:
            ends.append(calendars.working_days(one, other))  # type: ignore[arg-type]
        except UnknownYearError:
            ends.append(open_end)
    return bounds.between(*ends)


def year_of(day: Value) -> Value:
    """The year of a day."""
    return bounds.rising(_year, day)


def _year(day: date) -> int:
    return day.year


def month_number(day: Value) -> Value:
    """The month of a day, 1 to 12: known between two days of one year."""
    low, high = bounds.ends(day)
    same_year = low.year == high.year  # type: ignore[union-attr]
    return bounds.between(low.month, high.month) if same_year else Bounds(1, 12)  # type: ignore[union-attr]


def month_of(day: Value) -> Value:
    """The month in which a day lies."""
    return bounds.rising(periods.month_of, day)


def month_start(month: Value) -> Value:
    """The first day of a month."""
    return _within_calendar(bounds.rising(periods.month_start, month))


def month_end(month: Value) -> Value:
    """The last day of a month."""
    return _within_calendar(bounds.rising(periods.month_end, month))


def _within_calendar(day: Value) -> Value:
    """A day has both ends, though a month plus an unknown number has not: the calendar has them."""
    low, high = bounds.ends(day)
    return bounds.between(date.min if low is None else low, date.max if high is None else high)


def make_date(year: Value, month: int, day: int) -> Value:
    """The day of a year; month and day are literals."""
    low, high = bounds.ends(year)
    return bounds.between(
        date.min if low is None else periods.make_date(low, month, day),  # type: ignore[arg-type]
        date.max if high is None else periods.make_date(high, month, day),  # type: ignore[arg-type]
    )


def settled(truths: tuple[Condition, ...]) -> Condition:
    """Kleene's conjunction of a tuple, at the speed of ``in``."""
    if False in truths:
        return False
    return None if None in truths else True


def satisfied(applies: Condition, truth: Condition) -> Condition:
    """Whether a criterion that may not apply is satisfied: where its requirement is met anyway, it is."""
    if applies is False or truth is True:
        return True
    return truth if applies is True else None


def lookup(table: Table, *keys: Any) -> Any:  # noqa: ANN401 - values in bounds
    """What a table gives: the hull of all that the keys may reach."""
    if table.steps:
        low, high = bounds.ends(keys[0])
        first = 0 if low is None else step_at(table.steps, low)
        last = len(table.steps) - 1 if high is None else step_at(table.steps, high)
        return reduce(hull_of, (step.value for step in table.steps[first : last + 1]))
    possible = [_possible_keys(key) for key in keys]
    reached = [
        value
        for key, value in table.entries.items()
        if all(values is None or part in values for part, values in zip(key, possible, strict=True))
    ]
    if table.otherwise is not None and (None in possible or len(reached) < prod(map(len, possible))):  # type: ignore[arg-type]
        reached.append(table.otherwise)
    return reduce(hull_of, reached)


def _possible_keys(key: Any) -> frozenset[str | bool] | None:  # noqa: ANN401 - a text or truth in bounds
    """The keys that a value may be; ``None`` is any text."""
    if key is None:
        return frozenset((True, False))
    return key.values if type(key) is Possible else frozenset((key,))


# Judgements and waivers


class Keys(NamedTuple):
    """Where the judgements on a criterion stand: its plain key, the qualified one, which goes first, and the assessors.

    The last assessor of that order who judged decides.
    """

    plain: str
    qualified: str
    order: tuple[str, ...] = ()

    def judgement(self, judgements: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a judgement, or none
        """The judgement that counts."""
        return deciding(judgements.get(self.qualified, judgements.get(self.plain)), self.order)


def judged(judgements: Mapping[str, Any], keys: Keys, fails: Mapping[Any, bool]) -> Condition:
    """Whether a criterion that a person judges is met; the last assessor decides."""
    decisive = keys.judgement(judgements)
    if decisive is None:
        return None
    failed = fails.get(decisive.value)
    return None if failed is None else not failed


def rows_judged(judgements: Mapping[str, Any], keys: Keys, rows: Mapping[str, int]) -> tuple[int, ...]:
    """The row that a person chose, by its place; all rows until somebody has."""
    decisive = keys.judgement(judgements)
    chosen = None if decisive is None else rows.get(decisive.value)
    return tuple(rows.values()) if chosen is None else (chosen,)


def rows_reached(conditions: tuple[Condition, ...]) -> tuple[int, ...]:
    """The rows that may be the first to hold; the last has no condition."""
    reached = []
    for index, condition in enumerate(conditions):
        if condition is not False:
            reached.append(index)
        if condition is True:
            return tuple(reached)
    return (*reached, len(conditions))


def row_truth(rows: tuple[int, ...], passes: tuple[bool, ...]) -> Condition:
    """Whether a grade passes."""
    found = {passes[index] for index in rows}
    return found.pop() if len(found) == 1 else None


def row_points(rows: tuple[int, ...], points: tuple[Any, ...]) -> Value:
    """The points of a grade."""
    return bounds.hull(*(points[index] for index in rows))


def row_grade(rows: tuple[int, ...], ids: tuple[str, ...]) -> Any:  # noqa: ANN401 - a text in bounds
    """The id of a grade."""
    return ids[rows[0]] if len(rows) == 1 else Possible(frozenset(ids[index] for index in rows))


def points_given(judgements: Mapping[str, Any], keys: Keys, limits: Bounds) -> Value:
    """The points that a person gave; anything within the limits until somebody has, or where they lie outside."""
    decisive = keys.judgement(judgements)
    if decisive is None or isinstance(decisive.value, str):
        return limits
    inside = bounds.contains(limits, decisive.value)
    return decisive.value if inside else limits


def given_truth(points: Value, limit: Any) -> Condition:  # noqa: ANN401 - a number
    """Whether points that a person gave reach a limit; open until they are given."""
    return None if type(points) is Bounds else bounds.at_most(limit, points)


def points_counting(points: Value, applies: Condition, waived: bool) -> Value:  # noqa: FBT001 - generated calls are positional
    """The points, or the most, that count: 0 of what does not apply or is waived."""
    if waived or applies is False:
        return 0
    return points if applies is True else bounds.hull(points, 0)


def verdict_text(reachable: tuple[int, ...], ids: tuple[str, ...]) -> Any:  # noqa: ANN401 - a text in bounds
    """The verdict as values and notes read it."""
    return row_grade(reachable, ids)


def grade_counting(grade: Any, applies: Condition, waived: bool) -> Any:  # noqa: ANN401, FBT001 - a text in bounds
    """The grade that counts: none, an empty text, of what does not apply or is waived."""
    if waived or applies is False:
        return ""
    return grade if applies is True else _hull_of_texts(grade, "")


#: What a date that is not recorded may be.
ANY_DATE = Bounds(date.min, date.max)

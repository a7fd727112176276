# SPDX-License-Identifier: MIT
"""Working days of China: counted, added, and refused where the calendar knows nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platformrules import calendars
from platformrules.backends.python import runtime
from platformrules.bounds import Bounds
from platformrules.errors import PlatformRulesError, UnknownYearError

FIRST, LAST = calendars.years()
DAYS = st.dates(date(FIRST, 6, 1), date(LAST - 1, 6, 1))
COUNTS = st.integers(-60, 60)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2020, 1, 23), True),  # Thursday before the Spring Festival
        (date(2020, 1, 24), False),  # its eve
        (date(2020, 1, 19), True),  # a Sunday worked for it
        (date(2020, 10, 8), False),  # National Day and Mid-Autumn fell on one day: eight days off
        (date(2020, 10, 10), True),  # a Saturday worked for it
        (date(2020, 10, 11), False),
    ],
)
def test_days_are_worked_as_the_notices_say(day: date, worked: bool) -> None:  # noqa: FBT001
    """Holidays, weekends, and weekends that are worked for a holiday."""
    assert calendars.is_working_day(day) is worked


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2020, 9, 30), 1, date(2020, 10, 9)),
        (date(2020, 9, 30), 2, date(2020, 10, 10)),
        (date(2020, 10, 3), 0, date(2020, 10, 3)),
        (date(2020, 10, 9), -1, date(2020, 9, 30)),
    ],
)
def test_working_days_are_added(day: date, count: int, expected: date) -> None:
    """The n-th working day after a day; 0 is the day itself, below 0 counts back."""
    assert calendars.add_working_days(day, count) == expected


@given(DAYS, st.integers(1, 60))
def test_adding_is_undone_by_counting(day: date, count: int) -> None:
    """From the day after to the n-th working day there are n of them, and that day is one."""
    reached = calendars.add_working_days(day, count)
    assert calendars.is_working_day(reached)
    assert calendars.working_days(day + timedelta(1), reached) == count


@given(DAYS, DAYS, COUNTS, COUNTS)
def test_both_rise(day: date, other: date, count: int, more: int) -> None:
    """Later days and greater numbers never lead to an earlier day; a longer span never has fewer working days."""
    early, late = sorted((day, other))
    few, many = sorted((count, more))
    assert calendars.add_working_days(early, few) <= calendars.add_working_days(late, many)
    assert calendars.working_days(early, late) >= 0
    assert calendars.working_days(late + timedelta(1), early) == 0


@pytest.mark.parametrize("day", [date(FIRST - 1, 12, 31), date(LAST + 1, 1, 1)])
def test_a_year_that_is_not_known_is_an_error(day: date) -> None:
    """Never a guess: the message names the year and those that are known."""
    known = date(LAST, 1, 1)
    for call in (
        lambda: calendars.is_working_day(day),
        lambda: calendars.add_working_days(day, 0),
        lambda: calendars.working_days(day, known),
        lambda: calendars.working_days(known, day),
    ):
        with pytest.raises(UnknownYearError, match=f"working days of {day.year} .*{FIRST} to {LAST}") as error:
            call()
        assert isinstance(error.value, PlatformRulesError)
        assert (error.value.year, error.value.first, error.value.last) == (day.year, FIRST, LAST)
    with pytest.raises(UnknownYearError, match=f"of {LAST + 1} "):
        calendars.add_working_days(date(LAST, 12, 31), 1)


@given(DAYS, st.integers(0, 40), st.integers(0, 30), st.integers(0, 9), st.integers(0, 1000), st.integers(0, 1000))
def test_bounds_hold_what_is_inside(day: date, span: int, least: int, more: int, at: int, number: int) -> None:
    """Whatever the day and the number are within their bounds, the result is within its own."""
    days, counts = Bounds(day, day + timedelta(span)), Bounds(least, least + more)
    inside, count = day + timedelta(at % (span + 1)), least + number % (more + 1)
    low, high = _ends(runtime.working_day_after(days, counts))
    assert low <= calendars.add_working_days(inside, count) <= high
    low, high = _ends(runtime.working_days(days, Bounds(day, day + timedelta(60))))
    assert low <= calendars.working_days(inside, day + timedelta(number % 61)) <= high


def _ends(value: object) -> tuple[object, object]:
    return (value.low, value.high) if isinstance(value, Bounds) else (value, value)


def test_bounds_beyond_the_calendar_are_open_and_settled_days_are_not() -> None:
    """An unrecorded day may be any; a recorded one of a year that is not known is an error."""
    anywhere = Bounds(date.min, date.max)
    assert runtime.working_day_after(anywhere, 5) == anywhere
    assert runtime.working_day_after(date(2020, 9, 30), Bounds(1, None)) == Bounds(date(2020, 10, 9), date.max)
    assert runtime.working_days(anywhere, date(2020, 9, 30)) == Bounds(0, None)
    assert runtime.working_day_after(date(2020, 9, 30), 1) == date(2020, 10, 9)
    assert runtime.working_days(date(2020, 9, 30), date(2020, 10, 9)) == 2
    with pytest.raises(UnknownYearError):
        runtime.working_day_after(date(LAST + 1, 1, 1), 5)

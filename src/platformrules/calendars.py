# SPDX-License-Identifier: MIT
"""Working days of China, by the yearly notices of the State Council; nothing here reads the clock.

The holidays and the weekends that are worked for them are those of the library ``chinesecalendar``. A year that it does
not know is an error and never a guess: the notice of a year comes out at the end of the one before.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from platformrules.errors import UnknownYearError

_DAY = timedelta(days=1)


def add_working_days(day: date, days: int) -> date:
    """The so many-th working day after a day; 0 is the day itself, a negative number counts back from it.

    Raises:
        UnknownYearError: a day on the way lies in a year that the calendar does not know.
    """
    step, left = (_DAY, days) if days >= 0 else (-_DAY, -days)
    _known(day)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days(first: date, last: date) -> int:
    """How many working days there are from one day to another, both included; 0 if the second lies before the first.

    Raises:
        UnknownYearError: one of the days lies in a year that the calendar does not know.
    """
    _known(first)
    _known(last)
    return sum(is_working_day(first + _DAY * index) for index in range((last - first).days + 1))


def is_working_day(day: date) -> bool:
    """Whether a day is worked in China: no holiday and no weekend, or a weekend that is worked for a holiday.

    Raises:
        UnknownYearError: the calendar does not know the year.
    """
    from chinese_calendar import is_workday  # noqa: PLC0415 - procedures alone need it

    _known(day)
    return bool(is_workday(day))


@lru_cache(maxsize=1)
def years() -> tuple[int, int]:
    """The first and the last year that the calendar knows."""
    from chinese_calendar.constants import holidays  # noqa: PLC0415 - procedures alone need it

    return min(holidays).year, max(holidays).year


def _known(day: date) -> None:
    first, last = years()
    if not first <= day.year <= last:
        raise UnknownYearError(day.year, first, last)

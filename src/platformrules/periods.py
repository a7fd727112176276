# SPDX-License-Identifier: MIT
"""Days, months and periods, and the calendar arithmetic of format.md section 2; knows no facts.

A month is a whole number here, ``year * 12 + month - 1``, so that a period may cross a year and counting is cheap.
Every result stays within the years 1 to 9999.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from attrs import Attribute, field, frozen

_FIRST_MONTH = 12  # January of the year 1
_LAST_MONTH = 9999 * 12 + 11


def month_of(day: date) -> int:
    """The month in which a day lies."""
    return day.year * 12 + day.month - 1


def month_start(month: int) -> date:
    """The first day of a month."""
    year, index = divmod(_clamp_month(month), 12)
    return date(year, index + 1, 1)


def month_end(month: int) -> date:
    """The last day of a month."""
    year, index = divmod(_clamp_month(month), 12)
    return date(year, index + 1, calendar.monthrange(year, index + 1)[1])


def month_text(month: int) -> str:
    """A month as ISO text: 2020-03."""
    year, index = divmod(month, 12)
    return f"{year:04d}-{index + 1:02d}"


def _clamp_month(month: int) -> int:
    return min(max(month, _FIRST_MONTH), _LAST_MONTH)


def add_days(day: date, days: int) -> date:
    """The day so many days later."""
    ordinal = min(max(day.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(ordinal)


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months later, or the last day of a shorter month."""
    month = month_of(day) + months
    if month < _FIRST_MONTH:
        return date.min
    if month > _LAST_MONTH:
        return date.max
    last = month_end(month)
    return last.replace(day=min(day.day, last.day))


def add_years(day: date, years: int) -> date:
    """The corresponding day so many years later: 29 February plus one year is 28 February."""
    return add_months(day, years * 12)


def make_date(year: int, month: int, day: int) -> date:
    """The day of that year and month, or the last one of a shorter month."""
    last = month_end(year * 12 + month - 1)
    return last.replace(day=min(day, last.day))


def days_between(first: date, second: date) -> int:
    """Days from the first day to the second; negative if it lies before."""
    return second.toordinal() - first.toordinal()


def years_between(first: date, second: date) -> int:
    """The greatest n with ``add_years(first, n) <= second``: whole years completed."""
    years = second.year - first.year
    month, day = second.month, second.day
    if (first.month, first.day) <= (month, day):
        return years
    # Born on 29 February: a year is complete on 28 February unless that year has a 29th.
    if first.month == month == 2 and first.day == 29 and day == 28 and not calendar.isleap(second.year):
        return years
    return years - 1


@frozen
class Period:
    """The days from ``start`` to ``end``, both included."""

    start: date = field()
    end: date = field()

    @start.validator
    @end.validator
    def _is_day(self, attribute: Attribute[date], day: object) -> None:
        if type(day) is not date:
            message = f"the {attribute.name} of a period must be a date (got {day!r})"
            raise TypeError(message)

    @end.validator
    def _in_order(self, _attribute: object, end: date) -> None:
        if end < self.start:
            message = f"a period must not end ({end}) before it starts ({self.start})"
            raise ValueError(message)

    @classmethod
    def year(cls, year: int) -> Period:
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """A calendar month."""
        start = date(year, month, 1)
        return cls(start, month_end(month_of(start)))

    @classmethod
    def parse(cls, text: str) -> Period:
        """A period from ``2020``, ``2020-03`` or ``2019-11-01..2020-10-31``.

        Raises:
            ValueError: the text has none of these forms, or names days that do not exist.
        """
        text = text.strip()
        why = "write 2020, 2020-03 or 2019-11-01..2020-10-31"
        try:
            if re.fullmatch(r"\d{4}", text, re.ASCII):
                return cls.year(int(text))
            if found := re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII):
                return cls.month(int(found[1]), int(found[2]))
            if found := re.fullmatch(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", text, re.ASCII):
                return cls(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
        except ValueError as error:
            why = str(error)
        message = f"`{text}` is no period: {why}"
        raise ValueError(message)

    def __str__(self) -> str:
        """The shortest of the forms that ``parse`` reads."""
        if self == Period.year(self.start.year):
            return f"{self.start.year:04d}"
        if self == Period.month(self.start.year, self.start.month):
            return month_text(month_of(self.start))
        return f"{self.start}..{self.end}"


@frozen
class Window:
    """The days that one evaluation reads: a period as it stands on a day.

    ``months`` are the calendar months wholly inside the period and over by ``as_of``; ``first_month`` is the month
    of the first day. A row lies inside if ``start <= its day <= last``.
    """

    start: date
    last: date
    end: date
    as_of: date
    records_from: date
    first_month: int
    month_count: int
    months: tuple[int, ...]
    #: Where ``months`` lie among all months that the period touches.
    whole: slice
    #: Whether all days lie in one year: then ``day.month - month_base`` is the index of a month, else
    #: ``day.year * 12 + day.month - month_base``.
    one_year: bool
    month_base: int


@lru_cache(maxsize=4096)
def window(period: Period, as_of: date, records_from: date | None = None) -> Window:
    """The window of a period as of a day; months are cut, rows later than ``as_of`` are left out."""
    last = min(period.end, as_of)
    first_month = month_of(period.start)
    touched = range(first_month, month_of(period.end) + 1)
    whole = tuple(m for m in touched if month_start(m) >= period.start and month_end(m) <= last)
    one_year = period.start.year == period.end.year
    begin = whole[0] - first_month if whole else 0
    return Window(
        start=period.start,
        last=last,
        end=period.end,
        as_of=as_of,
        records_from=period.start if records_from is None else records_from,
        first_month=first_month,
        month_count=len(touched),
        months=whole,
        whole=slice(begin, begin + len(whole)),
        one_year=one_year,
        month_base=period.start.month if one_year else first_month + 1,
    )


def excel_day(serial: int) -> date:
    """The day of an Excel serial number; 60 is Excel's 29 February 1900, which there was not: the day before it."""
    return date(1899, 12, 30 if serial >= 60 else 31) + timedelta(days=serial)

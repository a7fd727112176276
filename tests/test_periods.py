# SPDX-License-Identifier: MIT
"""Days, months and periods."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platformrules import periods
from platformrules.periods import Period, window

DAYS = st.dates()
FIRST, LAST = date.min, date.max
LEAP_DAY = date(2020, 2, 29)


def month(text: str) -> int:
    """The month that is written 2020-03."""
    year, number = text.split("-")
    return int(year) * 12 + int(number) - 1


# Months


@given(DAYS)
def test_a_day_lies_in_its_month(day: date) -> None:
    """A month begins on a first, ends the day before the next, and holds its days."""
    number = periods.month_of(day)
    assert periods.month_start(number) == day.replace(day=1)
    assert periods.month_start(number) <= day <= periods.month_end(number)
    assert day.strftime("%Y-%m").rjust(7, "0") == periods.month_text(number)
    if periods.month_end(number) != LAST:
        assert periods.add_days(periods.month_end(number), 1) == periods.month_start(number + 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-02", date(2019, 2, 28)),
        ("2020-02", LEAP_DAY),
        ("2100-02", date(2100, 2, 28)),
        ("2020-12", date(2020, 12, 31)),
    ],
)
def test_months_end_as_the_calendar_says(text: str, expected: date) -> None:
    """February has 29 days in leap years alone, and December ends the year."""
    assert expected == periods.month_end(month(text))
    assert text == periods.month_text(month(text))


@pytest.mark.parametrize(
    ("number", "start", "end"),
    [
        (11, date(1, 1, 1), date(1, 1, 31)),
        (12, date(1, 1, 1), date(1, 1, 31)),
        (9999 * 12 + 11, date(9999, 12, 1), LAST),
        (9999 * 12 + 12, date(9999, 12, 1), LAST),
    ],
)
def test_months_stay_within_the_years_there_are(number: int, start: date, end: date) -> None:
    """A month before the year 1 or after the year 9999 is the nearest one there is."""
    assert start == periods.month_start(number)
    assert end == periods.month_end(number)


# Days


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (date(2020, 2, 28), 1, LEAP_DAY),
        (date(2019, 2, 28), 1, date(2019, 3, 1)),
        (date(2020, 1, 1), -1, date(2019, 12, 31)),
        (LAST, 0, LAST),
        (LAST, 1, LAST),
        (FIRST, -1, FIRST),
        (date(2020, 1, 1), 10**12, LAST),
        (date(2020, 1, 1), -(10**12), FIRST),
    ],
)
def test_days_are_added_within_the_years_there_are(day: date, days: int, expected: date) -> None:
    """Adding days crosses months and years and stops at the first and last day there is."""
    assert expected == periods.add_days(day, days)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2020, 1, 31), 1, LEAP_DAY),
        (date(2019, 1, 31), 1, date(2019, 2, 28)),
        (date(2020, 5, 31), 3, date(2020, 8, 31)),
        (date(2020, 5, 31), 4, date(2020, 9, 30)),
        (date(2020, 11, 30), 3, date(2021, 2, 28)),
        (date(2020, 1, 15), -1, date(2019, 12, 15)),
        (date(2020, 3, 31), -1, LEAP_DAY),
        (date(9999, 11, 30), 1, date(9999, 12, 30)),
        (date(9999, 12, 1), 1, LAST),
        (date(1, 2, 3), -1, date(1, 1, 3)),
        (date(1, 1, 31), -1, FIRST),
    ],
)
def test_months_are_added_to_the_corresponding_day(day: date, months: int, expected: date) -> None:
    """The corresponding day, or the last of a shorter month, within the years there are."""
    assert expected == periods.add_months(day, months)


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (LEAP_DAY, 1, date(2021, 2, 28)),
        (LEAP_DAY, 4, date(2024, 2, 29)),
        (LEAP_DAY, -1, date(2019, 2, 28)),
        (date(2019, 2, 28), 1, date(2020, 2, 28)),
        (date(2020, 6, 30), 9999, LAST),
    ],
)
def test_years_are_added_to_the_corresponding_day(day: date, years: int, expected: date) -> None:
    """29 February plus one year is 28 February."""
    assert expected == periods.add_years(day, years)


@given(DAYS, DAYS, st.integers(-200_000, 200_000))
def test_adding_keeps_the_order_of_days(one: date, other: date, number: int) -> None:
    """A later day stays later or becomes equal, so that bounds map ends to ends."""
    low, high = sorted((one, other))
    for add in (periods.add_days, periods.add_months, periods.add_years):
        assert add(low, number) <= add(high, number)
        assert add(low, number) <= add(low, number + 1)


@pytest.mark.parametrize(
    ("year", "number", "day", "expected"),
    [
        (2020, 2, 31, LEAP_DAY),
        (2019, 2, 29, date(2019, 2, 28)),
        (2020, 6, 30, date(2020, 6, 30)),
        (2020, 6, 31, date(2020, 6, 30)),
        (10_000, 6, 30, date(9999, 12, 30)),
        (0, 6, 30, date(1, 1, 30)),
    ],
)
def test_a_day_is_made_of_year_month_and_day(year: int, number: int, day: int, expected: date) -> None:
    """A day that the month does not have is its last one; the year is brought among those there are."""
    assert expected == periods.make_date(year, number, day)


@given(st.integers(-5, 10_005), st.integers(1, 12), st.integers(1, 31))
def test_a_later_year_makes_no_earlier_day(year: int, number: int, day: int) -> None:
    """`date(e, 6, 30)` rises with e, so that bounds map ends to ends."""
    assert periods.make_date(year, number, day) <= periods.make_date(year + 1, number, day)


@given(DAYS, DAYS)
def test_days_between_is_undone_by_adding(first: date, second: date) -> None:
    """The number of days from one day to another leads there, forwards and backwards."""
    assert second == periods.add_days(first, periods.days_between(first, second))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (date(2019, 5, 1), date(2020, 4, 30), 0),
        (date(2019, 5, 1), date(2020, 5, 1), 1),
        (LEAP_DAY, date(2021, 2, 27), 0),
        (LEAP_DAY, date(2021, 2, 28), 1),
        (LEAP_DAY, date(2021, 3, 1), 1),
        (LEAP_DAY, date(2024, 2, 28), 3),
        (LEAP_DAY, date(2024, 2, 29), 4),
        (date(2019, 2, 28), date(2020, 2, 28), 1),
        (date(2020, 2, 28), date(2021, 2, 28), 1),
        (date(2020, 6, 1), date(2020, 6, 1), 0),
        (date(2020, 6, 1), date(2020, 5, 31), -1),
        (date(2020, 6, 1), date(2019, 6, 1), -1),
        (date(2020, 6, 1), date(2019, 5, 31), -2),
        (LEAP_DAY, date(2019, 2, 28), -1),
        (LEAP_DAY, date(2019, 2, 27), -2),
    ],
)
def test_years_are_complete_on_the_corresponding_day(first: date, second: date, expected: int) -> None:
    """A year is complete on its anniversary, that of 29 February on the last day of February."""
    assert expected == periods.years_between(first, second)


@given(DAYS.filter(lambda day: day < LAST), DAYS.filter(lambda day: day < LAST))
def test_years_between_is_the_greatest_number_that_does_not_pass_the_second_day(first: date, second: date) -> None:
    """`n = years_between(a, b)` is the greatest n with `add_years(a, n) <= b` (format.md section 2)."""
    years = periods.years_between(first, second)
    assert periods.add_years(first, years) <= second
    assert periods.add_years(first, years + 1) > second


@given(st.integers(1900, 2100).flatmap(lambda year: st.tuples(st.just(date(year, 2, 28)), st.integers(0, 2))), DAYS)
def test_years_between_holds_around_the_end_of_february(near: tuple[date, int], first: date) -> None:
    """The definition holds where leap days make it hard, on either side."""
    day = periods.add_days(*near)
    for one, other in ((first, day), (day, first), (day, periods.add_days(day, 366)), (LEAP_DAY, day)):
        years = periods.years_between(one, other)
        assert periods.add_years(one, years) <= other
        assert periods.add_years(one, years + 1) > other or other == LAST


# Periods


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        (" 2020 ", date(2020, 1, 1), date(2020, 12, 31)),
        ("0001", FIRST, date(1, 12, 31)),
        ("9999", date(9999, 1, 1), LAST),
        ("2020-02", date(2020, 2, 1), LEAP_DAY),
        ("9999-12", date(9999, 12, 1), LAST),
        ("2019-11-01..2020-10-31", date(2019, 11, 1), date(2020, 10, 31)),
        ("2020-03-01..2020-03-01", date(2020, 3, 1), date(2020, 3, 1)),
    ],
)
def test_a_period_is_read_from_text(text: str, start: date, end: date) -> None:
    """A year, a month, or two days with both included."""
    assert Period(start, end) == Period.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20",
        "２０２０",
        "2020-3",
        "2020-00",
        "2020-13",
        "0000",
        "0000-01",
        "2020-01-01",
        "2020-02-30..2020-03-01",
        "2020-03-02..2020-03-01",
        "2020..2021",
        "2020-01-01..2020-12-31..2021-01-01",
        "20201",
    ],
)
def test_what_is_no_period_is_refused_with_its_text(text: str) -> None:
    """A text of another form, or one that names days that do not exist, is quoted in the message."""
    with pytest.raises(ValueError, match=f"^`{text}` is no period: "):
        Period.parse(text)


def test_the_refusal_shows_the_forms_there_are() -> None:
    """Who writes a period in another form learns all three."""
    with pytest.raises(ValueError, match=r"write 2020, 2020-03 or 2019-11-01\.\.2020-10-31$"):
        Period.parse("next year")


@given(DAYS, DAYS)
def test_a_period_prints_as_it_is_read(one: date, other: date) -> None:
    """The text of a period reads back as that period."""
    period = Period(*sorted((one, other)))
    assert period == Period.parse(str(period))


@pytest.mark.parametrize("text", ["2020", "0999", "2020-03", "0001-01", "2019-11-01..2020-10-31"])
def test_a_period_prints_in_its_shortest_form(text: str) -> None:
    """A whole year prints as a year and a whole month as a month."""
    assert text == str(Period.parse(text))


def test_a_period_does_not_end_before_it_starts() -> None:
    """One day is a period, one day less is none."""
    day = date(2020, 3, 1)
    assert (day, day) == (Period(day, day).start, Period(day, day).end)
    with pytest.raises(ValueError, match=r"must not end \(2020-02-29\) before it starts \(2020-03-01\)"):
        Period(day, LEAP_DAY)


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        (datetime(2020, 1, 1), date(2020, 12, 31), "start"),
        (date(2020, 1, 1), datetime(2020, 12, 31), "end"),
        ("2020-01-01", date(2020, 12, 31), "start"),
        (date(2020, 1, 1), None, "end"),
    ],
)
def test_a_period_is_made_of_dates(start: object, end: object, name: str) -> None:
    """A datetime is no date, nor is a text: days are compared later, and would fail there."""
    with pytest.raises(TypeError, match=f"the {name} of a period must be a date"):
        Period(start, end)


@pytest.mark.parametrize(("year", "number"), [(2020, 0), (2020, 13), (0, 1), (10_000, 1)])
def test_a_month_that_does_not_exist_is_no_period(year: int, number: int) -> None:
    """No month is taken for another one."""
    with pytest.raises(ValueError, match=r"must be in|out of range"):
        Period.month(year, number)


# Windows


@pytest.mark.parametrize(
    ("period", "as_of", "first", "last", "count"),
    [
        ("2020", date(2020, 12, 31), "2020-01", "2020-12", 12),
        ("2020", date(2021, 6, 30), "2020-01", "2020-12", 12),
        ("2020", date(2020, 12, 30), "2020-01", "2020-11", 11),
        ("2020", date(2020, 3, 31), "2020-01", "2020-03", 3),
        ("2020", date(2020, 3, 30), "2020-01", "2020-02", 2),
        ("2020-01-02..2020-12-31", date(2020, 12, 31), "2020-02", "2020-12", 11),
        ("2020-01-01..2020-12-30", date(2020, 12, 31), "2020-01", "2020-11", 11),
        ("2019-11-01..2020-10-31", date(2020, 10, 31), "2019-11", "2020-10", 12),
        ("2019-12-15..2020-01-31", date(2020, 1, 31), "2020-01", "2020-01", 1),
    ],
)
def test_months_are_those_wholly_inside_and_over(period: str, as_of: date, first: str, last: str, count: int) -> None:
    """A month that an end of the period cuts, or that is not over as of the day, is none of `months`."""
    months = window(Period.parse(period), as_of).months
    assert (month(first), month(last), count) == (months[0], months[-1], len(months))
    assert list(range(month(first), month(last) + 1)) == list(months)


@pytest.mark.parametrize(
    ("period", "as_of"),
    [
        ("2020", date(2020, 1, 30)),
        ("2020", date(2019, 12, 31)),
        ("2020-01-02..2020-02-28", date(2020, 12, 31)),
        ("2020-03-01..2020-03-30", date(2020, 12, 31)),
    ],
)
def test_a_window_may_hold_no_month(period: str, as_of: date) -> None:
    """Before its first month is over, or where both ends cut, a period has no months."""
    assert window(Period.parse(period), as_of).months == ()


def test_rows_after_the_day_judged_are_left_out() -> None:
    """If `as_of` lies inside the period, the last day that is read is `as_of`; if after it, the end."""
    period = Period.year(2020)
    assert window(period, date(2020, 6, 30)).last == date(2020, 6, 30)
    assert window(period, date(2021, 6, 30)).last == period.end


def test_records_begin_with_the_period_unless_said_otherwise() -> None:
    """`records_from` is the first day of the period if it is left out."""
    period = Period.year(2020)
    assert window(period, period.end).records_from == period.start
    assert window(period, period.end, date(2018, 1, 1)).records_from == date(2018, 1, 1)


def test_a_window_keeps_what_the_engine_counts_by() -> None:
    """The days, and the months that the period touches from its first on."""
    span = window(Period.parse("2019-11-15..2020-02-10"), date(2020, 6, 30))
    assert (span.start, span.end, span.as_of) == (date(2019, 11, 15), date(2020, 2, 10), date(2020, 6, 30))
    assert (span.first_month, span.month_count) == (month("2019-11"), 4)
    assert span.months == (month("2019-12"), month("2020-01"))


@given(DAYS, DAYS, DAYS, DAYS)
def test_a_window_numbers_the_months_that_its_period_touches(one: date, other: date, as_of: date, day: date) -> None:
    """The number of a day's month among those touched is one subtraction, and `whole` cuts out `months`."""
    span = window(Period(*sorted((one, other))), as_of)
    touched = range(span.first_month, span.first_month + span.month_count)
    assert list(touched[span.whole]) == list(span.months)
    inside = min(max(day, span.start), span.end)
    number = (0 if span.one_year else inside.year * 12) + inside.month - span.month_base
    assert touched[number] == periods.month_of(inside)


# Excel


@pytest.mark.parametrize(
    ("serial", "expected"),
    [
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (60, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        (43_831, date(2020, 1, 1)),
        (2_958_465, LAST),
    ],
)
def test_a_serial_number_is_the_day_that_excel_shows(serial: int, expected: date) -> None:
    """Excel counts from 1 January 1900 and has a 29 February 1900, number 60, which there was not."""
    assert expected == periods.excel_day(serial)

# SPDX-License-Identifier: MIT
"""The functions of procedures in each engine: values, exact and in bounds, and sentences."""

from datetime import date

import pytest

from platformrules.backends.prose import to_prose
from platformrules.backends.python import to_functions
from platformrules.backends.python.emit import EXACT
from platformrules.bounds import Bounds
from platformrules.criteria.checker import Scope, check
from platformrules.criteria.datatypes import DATE, TRUTH, WHOLE, Datatype
from platformrules.criteria.domains import domain
from platformrules.models import CORE, Center

SCOPE = Scope(CORE, "center", has_period=False, procedure=True, parameters={"first": (DATE, date(2020, 9, 30))})


@pytest.mark.parametrize(
    ("text", "expected", "opened_on", "value"),
    [
        ("add_working_days(first, 1)", DATE, None, date(2020, 10, 9)),
        ("add_working_days(center.opened_on, 1)", DATE, date(2020, 9, 30), date(2020, 10, 9)),
        ("add_working_days(center.opened_on, 1)", DATE, None, Bounds(date.min, date.max)),
        ("working_days(first, center.opened_on)", WHOLE, date(2020, 10, 10), 3),
        ("working_days(first, center.opened_on)", WHOLE, None, Bounds(0, None)),
    ],
)
def test_values_in_bounds(text: str, expected: Datatype, opened_on: date | None, value: object) -> None:
    """An unrecorded day is any day; what is settled is exact."""
    expression = check(text, SCOPE, expected)
    values = {"first": date(2020, 9, 30)}
    (function,) = to_functions([expression], values, records=("center",), relations=(), file="<test>")
    assert function(Center(opened_on=opened_on)) == value
    if expected == WHOLE:
        assert domain(expression.root, values) == Bounds(0, None)


def test_the_exact_functions_are_those_of_the_calendar() -> None:
    """The engine for complete data has both."""
    assert EXACT["add_working_days"](date(2020, 9, 30), 2) == date(2020, 10, 10)
    assert EXACT["working_days"](date(2020, 9, 30), date(2020, 10, 9)) == 2


def test_sentences() -> None:
    """Both can be said in both languages."""
    said = to_prose(check("add_working_days(center.opened_on, 5) <= as_of", SCOPE, TRUTH), {})
    assert "之后第5个工作日" in said.zh
    assert "working day 5 after" in said.en
    said = to_prose(check("working_days(center.opened_on, as_of) >= 5", SCOPE, TRUTH), {})
    assert "工作日数" in said.zh
    assert "the number of working days from" in said.en

# SPDX-License-Identifier: MIT
"""The tables of functions and operators agree with the format and with one another."""

import pytest

from platformrules.criteria.datatypes import Kind
from platformrules.criteria.signatures import FUNCTIONS, GATHERINGS, OPERATORS, ORDERED, PARTS


def test_the_functions_are_those_of_the_format() -> None:
    """Each row of format.md section 2 that there is so far."""
    assert set(FUNCTIONS) == {
        *("min", "max", "round", "floor", "ceil", "date", "add_days", "add_months", "add_years"),
        *("add_working_days", "working_days"),
        *("days_between", "years_between", "starts_with", "ends_with", "contains", "length"),
    }
    assert set(GATHERINGS) == {"count", "any", "all", "sum", "min", "max", "mean", "median", "share", "longest_run"}
    assert set(FUNCTIONS).isdisjoint(OPERATORS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_signature_is_consistent(name: str) -> None:
    """Operands that may be left out come last, and literals are operands with limits in order."""
    signature = FUNCTIONS[name]
    assert 0 <= signature.optional < len(signature.operands)
    assert all(index < len(signature.operands) for index, _, _ in signature.literal)
    assert all(signature.operands[index].whole and least <= most for index, least, most in signature.literal)


def test_functions_that_may_have_no_rows_say_so() -> None:
    """min, max, mean, median and share need `default=`; count, any, all and sum have a value of their own."""
    assert {name for name, one in GATHERINGS.items() if one.default} == {"min", "max", "mean", "median", "share"}


def test_parts_and_ordered_types_are_kinds() -> None:
    """Every kind that the tables name exists."""
    kinds = {kind.value for kind in Kind}
    assert {kind for kind, _ in PARTS} <= kinds
    assert {kind.value for kind in ORDERED} == {"number", "date", "month"}

# SPDX-License-Identifier: MIT
"""Bounds are sound: whatever the missing facts are, the exact result lies within the bounds of the result.

Exact arithmetic is held against `fractions.Fraction` and does not depend on the caller's decimal context.
"""

import decimal
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from platformrules import bounds, periods
from platformrules.bounds import Bounds, Members, Possible

WHOLE = st.integers(-(10**14) + 1, 10**14 - 1)
NUMBERS = st.one_of(
    st.integers(-5, 5),
    WHOLE,
    st.integers(-300, 300).map(lambda hundredths: Decimal(hundredths).scaleb(-2)),
    st.decimals(-(10**14) + 1, 10**14 - 1, places=4),
    st.decimals(-2, 2, places=12),
)
DAYS = st.dates()
LETTERS = st.frozensets(st.sampled_from("abcd"))
DECIMALS = st.integers(0, 12)


@st.composite
def known(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> tuple[bounds.Value, Any]:
    """What is known of a value, and one that it may be."""
    value = draw(values)
    low, high = draw(st.none() | values), draw(st.none() | values)
    if draw(st.booleans()):
        return value, value
    low = None if low is None else min(low, value)
    high = None if high is None else max(high, value)
    return bounds.between(low, high), value


@st.composite
def known_texts(draw: st.DrawFn) -> tuple[bounds.TextValue, str]:
    """What is known of a text, and one that it may be."""
    value = draw(st.sampled_from("abcd"))
    return draw(st.sampled_from([value, Possible(None), Possible(draw(LETTERS) | {value})])), value


@st.composite
def known_sets(draw: st.DrawFn) -> tuple[bounds.SetValue, frozenset[str]]:
    """What is known of a set, and one that it may be."""
    value = draw(LETTERS)
    surely, possibly = value & draw(LETTERS), draw(st.sampled_from([None, value | draw(LETTERS)]))
    return draw(st.sampled_from([value, Members(surely, possibly)])), value


@pytest.fixture(params=[3, 28], ids=["narrow", "usual"], scope="module", autouse=True)
def _context(request: pytest.FixtureRequest) -> Iterator[None]:
    """A caller whose decimal context keeps three digits and traps whatever can be trapped, and a usual one."""
    with decimal.localcontext() as context:
        context.prec = request.param
        if request.param == 3:
            context.traps = dict.fromkeys(context.traps, True)
            context.rounding = decimal.ROUND_UP
        yield


def within(result: bounds.Value, value: Any) -> bool:
    """Whether a value lies within bounds."""
    low, high = bounds.ends(result)
    return (low is None or low <= value) and (high is None or value <= high)


def agrees(result: bounds.Condition, value: bool) -> bool:  # noqa: FBT001 - a truth
    """Whether a condition, if it is settled, is that truth."""
    return result is None or result is value


def half_up(value: Fraction, decimals: int) -> Fraction:
    """A number rounded half away from zero: another way to say it."""
    scaled = abs(value) * 10**decimals
    whole = scaled.numerator // scaled.denominator
    whole += scaled - whole >= Fraction(1, 2)
    return Fraction(whole if value > 0 else -whole, 10**decimals)


# Exact arithmetic


@given(NUMBERS, NUMBERS)
def test_sums_differences_and_products_are_exact(left: bounds.Number, right: bounds.Number) -> None:
    """They are the same as with fractions, whatever decimal context the caller has set."""
    assert Fraction(left) + Fraction(right) == Fraction(bounds.plus(left, right))
    assert Fraction(left) - Fraction(right) == Fraction(bounds.minus(left, right))
    assert Fraction(left) * Fraction(right) == Fraction(bounds.times(left, right))


@given(st.lists(NUMBERS, min_size=30, max_size=60))
def test_long_sums_and_products_are_exact(numbers: list[bounds.Number]) -> None:
    """Not even the product of all numbers of an expression is rounded."""
    total, product = bounds.plus(0, 0), bounds.times(1, 1)
    exact_total, exact_product = Fraction(0), Fraction(1)
    for number in numbers:
        total, exact_total = bounds.plus(total, number), exact_total + Fraction(number)
        product, exact_product = bounds.times(product, number), exact_product * Fraction(number)
    assert exact_total == Fraction(total)
    assert exact_product == Fraction(product)


@given(NUMBERS, NUMBERS.filter(bool))
def test_a_quotient_is_rounded_half_away_from_zero_at_12_decimals(left: bounds.Number, right: bounds.Number) -> None:
    """It is the fraction rounded once, and an int if it is whole."""
    result = bounds.over(left, right)
    assert half_up(Fraction(left) / Fraction(right), 12) == Fraction(result)
    assert (Fraction(result).denominator == 1) is (type(result) is int)


@given(st.integers(-(10**6), 10**6), st.integers(1, 12))
def test_halves_of_the_last_decimal_go_away_from_zero(number: int, decimals: int) -> None:
    """A number whose last decimal is a 5 is rounded up above zero and down below it."""
    half = Decimal(number * 10 + 5).scaleb(-decimals, decimal.Context(prec=50))
    expected = Fraction(number + 1 if number >= 0 else number, 10 ** (decimals - 1))
    assert expected == Fraction(bounds.rounded(half, decimals - 1))


@given(NUMBERS, DECIMALS)
def test_rounding_is_exact(value: bounds.Number, decimals: int) -> None:
    """`round` goes to the nearest, `floor` down and `ceil` up, each to the decimals that are asked for."""
    exact, step = Fraction(value), Fraction(1, 10**decimals)
    low, high = Fraction(bounds.floored(value, decimals)), Fraction(bounds.ceiled(value, decimals))
    assert half_up(exact, decimals) == Fraction(bounds.rounded(value, decimals))
    assert (low / step).denominator == (high / step).denominator == 1
    assert low <= exact < low + step
    assert high - step < exact <= high


# Arithmetic in bounds


@pytest.mark.parametrize(
    ("operation", "exact"),
    [
        (bounds.add, bounds.plus),
        (bounds.subtract, bounds.minus),
        (bounds.multiply, bounds.times),
        (bounds.smallest, min),
        (bounds.greatest, max),
        (bounds.hull, min),
        (bounds.hull, max),
    ],
)
@given(left=known(NUMBERS), right=known(NUMBERS))
def test_the_exact_result_lies_within_the_bounds(
    operation: Callable[..., bounds.Value], exact: Callable[..., Any], left: tuple[Any, Any], right: tuple[Any, Any]
) -> None:
    """Of any numbers within the bounds of the operands."""
    (left_bounds, left_value), (right_bounds, right_value) = left, right
    assert within(operation(left_bounds, right_bounds), exact(left_value, right_value))


@given(known(NUMBERS), known(NUMBERS))
def test_the_exact_quotient_lies_within_the_bounds(left: tuple[Any, Any], right: tuple[Any, Any]) -> None:
    """Of any dividend and any divisor but 0, also where the bounds of the divisor touch or hold 0."""
    (left_bounds, left_value), (right_bounds, right_value) = left, right
    assume(right_value != 0)
    assert within(bounds.divide(left_bounds, right_bounds), bounds.over(left_value, right_value))


@given(known(NUMBERS), st.sampled_from([0, Decimal("0.00")]))
def test_a_divisor_that_may_be_zero_never_raises(left: tuple[Any, Any], zero: bounds.Number) -> None:
    """A divisor of 0, alone or as an end, stands in a branch that is not taken: it must not stop the evaluation."""
    dividend, value = left
    assert all(bounds.divide(dividend, divisor) == bounds.ANYTHING for divisor in (zero, Bounds(zero, zero)))
    assert all(within(bounds.divide(dividend, Bounds(zero, high)), bounds.over(value, 1)) for high in (1, None))
    assert all(within(bounds.divide(dividend, Bounds(low, zero)), bounds.over(value, -1)) for low in (-1, None))


@given(known(NUMBERS))
def test_the_exact_negation_lies_within_the_bounds(number: tuple[Any, Any]) -> None:
    """Of any number within the bounds."""
    assert within(bounds.negate(number[0]), bounds.minus(0, number[1]))


@pytest.mark.parametrize("rounding", [bounds.rounded, bounds.floored, bounds.ceiled])
@given(number=known(NUMBERS), decimals=DECIMALS)
def test_rounding_lies_within_the_bounds(
    rounding: Callable[..., bounds.Number], number: tuple[Any, Any], decimals: int
) -> None:
    """Of any number within the bounds, whatever the way of rounding."""
    assert within(bounds.rising(rounding, number[0], decimals), rounding(number[1], decimals))


@given(known(DAYS), st.integers(-500, 500))
def test_days_added_lie_within_the_bounds(day: tuple[Any, Any], number: int) -> None:
    """`add_days`, `add_months` and `add_years` rise, so that ends go to ends."""
    for add in (periods.add_days, periods.add_months, periods.add_years):
        assert within(bounds.rising(add, day[0], number), add(day[1], number))


@given(st.lists(known(NUMBERS), min_size=1, max_size=5))
def test_least_and_greatest_of_several_lie_within_the_bounds(numbers: list[tuple[Any, Any]]) -> None:
    """Of any numbers within the bounds, and within their hull."""
    given_bounds, values = zip(*numbers, strict=True)
    assert within(bounds.smallest(*given_bounds), min(values))
    assert within(bounds.greatest(*given_bounds), max(values))
    assert all(within(bounds.hull(*given_bounds), value) for value in values)


@given(NUMBERS, NUMBERS)
def test_settled_operands_give_settled_results(left: bounds.Number, right: bounds.Number) -> None:
    """With nothing missing, arithmetic in bounds is exact arithmetic."""
    assert bounds.plus(left, right) == bounds.add(left, right)
    assert bounds.minus(left, right) == bounds.subtract(left, right)
    assert bounds.times(left, right) == bounds.multiply(left, right)
    assert min(left, right) == bounds.smallest(left, right)
    assert max(left, right) == bounds.greatest(left, right)
    assert right == 0 or bounds.over(left, right) == bounds.divide(left, right)


# Comparisons


@given(st.one_of(st.tuples(known(NUMBERS), known(NUMBERS)), st.tuples(known(DAYS), known(DAYS))))
def test_a_settled_comparison_is_that_of_the_values(pair: tuple[tuple[Any, Any], tuple[Any, Any]]) -> None:
    """`<`, `<=` and `==` of bounds are unknown or what they are for any values within."""
    (left, left_value), (right, right_value) = pair
    assert agrees(bounds.less(left, right), left_value < right_value)
    assert agrees(bounds.at_most(left, right), left_value <= right_value)
    assert agrees(bounds.equal(left, right), left_value == right_value)


@given(NUMBERS, NUMBERS)
def test_a_comparison_of_settled_values_is_settled(left: bounds.Number, right: bounds.Number) -> None:
    """With nothing missing, no comparison is unknown."""
    assert (left < right) is bounds.less(left, right)
    assert (left <= right) is bounds.at_most(left, right)
    assert (left == right) is bounds.equal(left, right)


# Texts and sets


@given(known_texts(), known_texts(), known_sets())
def test_settled_texts_are_those_of_the_values(left: tuple[Any, str], right: tuple[Any, str], items: Any) -> None:
    """Equality and membership of texts are unknown or what they are for any texts that may be."""
    assert agrees(bounds.same_text(left[0], right[0]), left[1] == right[1])
    assert agrees(bounds.member(left[0], items[0]), left[1] in items[1])


@given(known_sets(), known_sets())
def test_settled_sets_are_those_of_the_values(left: tuple[Any, Any], right: tuple[Any, Any]) -> None:
    """Equality, containment, size and what two sets share hold any sets that may be."""
    assert agrees(bounds.same_set(left[0], right[0]), left[1] == right[1])
    assert agrees(bounds.contained(left[0], right[0]), left[1] <= right[1])
    assert within(bounds.size(left[0]), len(left[1]))
    surely, possibly = bounds.members(bounds.shared(left[0], right[0]))
    assert surely <= left[1] & right[1]
    assert possibly is None or left[1] & right[1] <= possibly


@given(LETTERS, LETTERS, st.sampled_from("abcd"), st.sampled_from("abcd"))
def test_settled_operands_of_texts_and_sets_give_settled_results(
    left: frozenset[str], right: frozenset[str], one: str, other: str
) -> None:
    """With nothing missing, they are Python's."""
    assert (left == right) is bounds.same_set(left, right)
    assert (left <= right) is bounds.contained(left, right)
    assert left & right == bounds.shared(left, right)
    assert len(left) == bounds.size(left)
    assert (one in left) is bounds.member(one, left)
    assert (one == other) is bounds.same_text(one, other)


# Conditions


@given(st.lists(st.sampled_from([True, False, None])), st.data())
def test_settled_conditions_are_those_of_the_values(conditions: list[bounds.Condition], data: st.DataObject) -> None:
    """`all`, `any` and `not` are unknown or what they are whatever the unknown ones turn out to be."""
    values = [data.draw(st.booleans()) if one is None else one for one in conditions]
    assert agrees(bounds.all_of(conditions), all(values))
    assert agrees(bounds.any_of(conditions), any(values))
    assert all(agrees(bounds.negated(one), not value) for one, value in zip(conditions, values, strict=True))


def test_the_callers_context_would_round() -> None:
    """What these properties guard against: in both contexts Python's own operators round or raise."""
    number = Decimal("12345678901234.567890123456")
    try:
        rounded = number * number
    except decimal.DecimalException:
        rounded = None
    assert rounded != bounds.times(number, number)
    assert Fraction(number) ** 2 == Fraction(bounds.times(number, number))

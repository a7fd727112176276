# SPDX-License-Identifier: MIT
"""Values in bounds: the rules of format.md section 2 one by one; that they are sound, tests/properties says."""

from datetime import date
from decimal import Decimal

import pytest

from platformrules import bounds
from platformrules.bounds import ANYTHING, Bounds, Members, Possible

HALF = Decimal("0.5")
ANY_TEXT = Possible(None)
NOTHING: frozenset[str] = frozenset()


def some(*values: str) -> Possible:
    """A text that is one of these."""
    return Possible(frozenset(values))


def group(*values: str) -> frozenset[str]:
    """A settled set."""
    return frozenset(values)


def partly(surely: str, possibly: str | None) -> Members:
    """A set of letters that are surely in it, and letters that may be."""
    return Members(frozenset(surely), None if possibly is None else frozenset(possibly))


# Ends


@pytest.mark.parametrize(
    ("value", "low", "high"), [(3, 3, 3), (Bounds(1, 2), 1, 2), (Bounds(None, 2), None, 2), (ANYTHING, None, None)]
)
def test_a_value_has_two_ends(value: bounds.Value, low: int | None, high: int | None) -> None:
    """A settled value is both of its ends; an open end is None."""
    assert (low, high) == bounds.ends(value)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(2, 2, 2), (1, 2, Bounds(1, 2)), (None, None, ANYTHING), (None, 2, Bounds(None, 2)), (2, None, Bounds(2, None))],
)
def test_ends_that_meet_are_a_settled_value(low: int | None, high: int | None, expected: bounds.Value) -> None:
    """Bounds of one value are that value, and two open ends do not meet."""
    assert expected == bounds.between(low, high)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((3,), 3),
        ((3, 3), 3),
        ((3, 1, 2), Bounds(1, 3)),
        ((Bounds(1, 5), 3), Bounds(1, 5)),
        ((Bounds(None, 2), 5), Bounds(None, 5)),
        ((5, Bounds(2, None)), Bounds(2, None)),
        ((date(2020, 1, 2), date(2020, 1, 1)), Bounds(date(2020, 1, 1), date(2020, 1, 2))),
    ],
)
def test_a_hull_holds_all_its_values(values: tuple[bounds.Value, ...], expected: bounds.Value) -> None:
    """The smallest bounds in which all lie."""
    assert expected == bounds.hull(*values)


# Comparisons


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (1, 2, True),
        (2, 2, False),
        (3, 2, False),
        (Bounds(0, 1), 2, True),
        (Bounds(0, 2), 2, None),
        (Bounds(2, 3), 2, False),
        (Bounds(1, 3), 2, None),
        (Bounds(None, 1), 2, True),
        (Bounds(None, 2), 2, None),
        (Bounds(2, None), 2, False),
        (Bounds(1, None), 2, None),
        (2, Bounds(3, None), True),
        (2, Bounds(2, None), None),
        (2, Bounds(None, 2), False),
        (2, Bounds(None, 3), None),
        (Bounds(1, 2), Bounds(3, 4), True),
        (Bounds(1, 3), Bounds(3, 4), None),
        (ANYTHING, ANYTHING, None),
        (date(2020, 1, 1), date(2020, 1, 2), True),
    ],
)
def test_less_is_settled_if_it_holds_for_all_values(
    left: bounds.Value, right: bounds.Value, expected: bounds.Condition
) -> None:
    """`<` is true or false if it is so for all values in the bounds; `>=` is its negation."""
    assert expected is bounds.less(left, right)
    assert bounds.negated(expected) is bounds.at_most(right, left)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (2, 2, True),
        (2, Decimal("2.00"), True),
        (2, 3, False),
        (Bounds(1, 2), 2, None),
        (Bounds(1, 2), 3, False),
        (Bounds(1, 2), 0, False),
        (3, Bounds(1, 2), False),
        (Bounds(1, 2), Bounds(2, 3), None),
        (Bounds(1, 2), Bounds(3, None), False),
        (ANYTHING, 5, None),
        (date(2020, 1, 1), date(2020, 1, 1), True),
    ],
)
def test_numbers_are_unequal_if_their_bounds_do_not_meet(
    left: bounds.Value, right: bounds.Value, expected: bounds.Condition
) -> None:
    """Two settled values are compared; bounds that touch leave it open, bounds apart settle it."""
    assert expected is bounds.equal(left, right)
    assert expected is bounds.equal(right, left)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("a", "a", True),
        ("a", "b", False),
        (some("a", "b"), "a", None),
        (some("a", "b"), "c", False),
        (some("a"), "a", True),
        (some("a", "b"), some("c", "d"), False),
        (some("a", "b"), some("b", "c"), None),
        (ANY_TEXT, "a", None),
        (ANY_TEXT, ANY_TEXT, None),
    ],
)
def test_texts_are_unequal_if_they_have_no_value_in_common(
    left: bounds.TextValue, right: bounds.TextValue, expected: bounds.Condition
) -> None:
    """Equality of choices is settled by what each may be."""
    assert expected is bounds.same_text(left, right)
    assert expected is bounds.same_text(right, left)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (group("a"), group("a", "b"), True),
        (group("a", "b"), group("a", "b"), True),
        (group("a", "c"), group("a", "b"), False),
        (NOTHING, partly("", None), True),
        (group("a"), partly("a", None), True),
        (group("a"), partly("", None), None),
        (group("a"), partly("", "ab"), None),
        (group("c"), partly("", "ab"), False),
        (partly("", "ab"), group("a", "b"), True),
        (partly("", "abc"), group("a", "b"), None),
        (partly("c", "abc"), group("a", "b"), False),
        (partly("c", None), group("a", "b"), False),
        (partly("a", None), group("a", "b"), None),
        (partly("", None), partly("", None), None),
    ],
)
def test_containment_is_settled_by_sure_and_possible_members(
    left: bounds.SetValue, right: bounds.SetValue, expected: bounds.Condition
) -> None:
    """True if all that may be in the one is surely in the other, false if a sure member cannot be in it."""
    assert expected is bounds.contained(left, right)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (group("a"), group("a"), True),
        (group("a"), group("a", "b"), False),
        (group("a"), partly("a", "ab"), None),
        (group("c"), partly("", "ab"), False),
    ],
)
def test_sets_are_equal_if_each_contains_the_other(
    left: bounds.SetValue, right: bounds.SetValue, expected: bounds.Condition
) -> None:
    """Equality is containment both ways."""
    assert expected is bounds.same_set(left, right)
    assert expected is bounds.same_set(right, left)


@pytest.mark.parametrize(
    ("item", "items", "expected"),
    [
        ("a", group("a", "b"), True),
        ("c", group("a", "b"), False),
        ("a", NOTHING, False),
        (ANY_TEXT, NOTHING, False),
        (ANY_TEXT, group("a"), None),
        (some("a", "b"), group("a", "b"), True),
        (some("a", "c"), group("a", "b"), None),
        (some("c", "d"), group("a", "b"), False),
        ("a", partly("a", None), True),
        ("b", partly("a", None), None),
        ("b", partly("a", "ab"), None),
        ("c", partly("a", "ab"), False),
        (some("c", "d"), partly("a", None), None),
    ],
)
def test_membership_is_settled_by_sure_and_possible_members(
    item: bounds.TextValue, items: bounds.SetValue, expected: bounds.Condition
) -> None:
    """True if all that the item may be is surely inside, false if none of it can be."""
    assert expected is bounds.member(item, items)


# Conditions


@pytest.mark.parametrize(("condition", "expected"), [(True, False), (False, True), (None, None)])
def test_negation_leaves_unknown_unknown(condition: bounds.Condition, expected: bounds.Condition) -> None:
    """`not` of what is unknown is unknown."""
    assert expected is bounds.negated(condition)


@pytest.mark.parametrize(
    ("conditions", "every", "some_of_them"),
    [
        ((), True, False),
        ((True, True), True, True),
        ((True, None), None, True),
        ((None, True), None, True),
        ((None, False), False, None),
        ((False, None), False, None),
        ((False, False), False, False),
        ((True, False, None), False, True),
        ((None, None), None, None),
    ],
)
def test_all_and_any_are_kleenes(
    conditions: tuple[bounds.Condition, ...], every: bounds.Condition, some_of_them: bounds.Condition
) -> None:
    """`all` is true and `any` false of none; one false or one true condition settles them, whatever the order."""
    for given in (conditions, conditions[::-1]):
        assert every is bounds.all_of(iter(given))
        assert some_of_them is bounds.any_of(iter(given))


# Sets


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (group("a", "b"), group("b", "c"), group("b")),
        (group("a"), partly("a", "ab"), group("a")),
        (group("b"), partly("a", "ab"), partly("", "b")),
        (partly("a", None), group("a", "b"), partly("a", "ab")),
        (group("a", "b"), partly("a", None), partly("a", "ab")),
        (partly("a", None), partly("a", None), partly("a", None)),
        (NOTHING, partly("a", None), NOTHING),
    ],
)
def test_what_two_sets_share_is_sure_if_sure_in_both(
    left: bounds.SetValue, right: bounds.SetValue, expected: bounds.SetValue
) -> None:
    """`&` keeps sure members of both, and as possible ones what both may hold."""
    assert expected == bounds.shared(left, right)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (NOTHING, 0),
        (group("a", "b"), 2),
        (partly("a", "abc"), Bounds(1, 3)),
        (partly("a", None), Bounds(1, None)),
        (partly("a", "a"), 1),
    ],
)
def test_a_set_has_as_many_members_as_sure_and_possible_ones(items: bounds.SetValue, expected: bounds.Value) -> None:
    """`count` of a set lies between its sure and its possible members."""
    assert expected == bounds.size(items)


# Exact arithmetic


@pytest.mark.parametrize(
    ("value", "expected", "kind"),
    [(Decimal("2.00"), 2, int), (Decimal("2E+3"), 2000, int), (Decimal("2.50"), Decimal("2.5"), Decimal), (7, 7, int)],
)
def test_a_whole_number_is_an_int(value: bounds.Number, expected: bounds.Number, kind: type) -> None:
    """Equal numbers print alike: a Decimal without decimals becomes an int."""
    assert expected == bounds.exact(value)
    assert kind is type(bounds.exact(value))


@pytest.mark.parametrize(
    ("left", "right", "total", "difference", "product"),
    [
        (2, 3, 5, -1, 6),
        (HALF, 3, Decimal("3.5"), Decimal("-2.5"), Decimal("1.5")),
        (3, HALF, Decimal("3.5"), Decimal("2.5"), Decimal("1.5")),
        (Decimal("0.1"), Decimal("0.2"), Decimal("0.3"), Decimal("-0.1"), Decimal("0.02")),
    ],
)
def test_arithmetic_is_exact(
    left: bounds.Number, right: bounds.Number, total: bounds.Number, difference: bounds.Number, product: bounds.Number
) -> None:
    """Sums, differences and products of ints and Decimals are not rounded."""
    assert total == bounds.plus(left, right)
    assert difference == bounds.minus(left, right)
    assert product == bounds.times(left, right)


@pytest.mark.parametrize("value", [0, 3, -3, Decimal("0.5"), Decimal("-0.5")])
def test_the_opposite_is_exact(value: bounds.Number) -> None:
    """A number and its opposite add up to 0, and the opposite of 0 is 0 without a sign."""
    assert bounds.plus(value, bounds.opposite(value)) == 0
    assert str(bounds.opposite(0)) == "0"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (1, 3, "0.333333333333"),
        (2, 3, "0.666666666667"),
        (-2, 3, "-0.666666666667"),
        (2, -3, "-0.666666666667"),
        (-2, -3, "0.666666666667"),
        (6, 3, "2"),
        (1, 2_000_000_000_000, "0.000000000001"),
        (-1, 2_000_000_000_000, "-0.000000000001"),
        (1, 2_000_000_000_001, "0"),
        (-1, 2_000_000_000_001, "0"),
        (Decimal("0.3"), Decimal("0.2"), "1.5"),
        (0, 7, "0"),
    ],
)
def test_a_quotient_is_rounded_half_away_from_zero_at_12_decimals(
    left: bounds.Number, right: bounds.Number, expected: str
) -> None:
    """The only rounding that no rule asks for."""
    assert Decimal(expected) == bounds.over(left, right)


@pytest.mark.parametrize(
    ("value", "decimals", "rounded", "floored", "ceiled"),
    [
        ("2.5", 0, "3", "2", "3"),
        ("-2.5", 0, "-3", "-3", "-2"),
        ("2.49", 0, "2", "2", "3"),
        ("-2.49", 0, "-2", "-3", "-2"),
        ("2.51", 0, "3", "2", "3"),
        ("0.125", 2, "0.13", "0.12", "0.13"),
        ("-0.125", 2, "-0.13", "-0.13", "-0.12"),
        ("7", 2, "7", "7", "7"),
        ("0.005", 2, "0.01", "0", "0.01"),
        ("-0.004", 2, "0", "-0.01", "0"),
        ("1.999", 2, "2", "1.99", "2"),
    ],
)
def test_rounding_takes_halves_away_from_zero(
    value: str, decimals: int, rounded: str, floored: str, ceiled: str
) -> None:
    """四舍五入: 2.5 becomes 3 and -2.5 becomes -3; `floor` goes down and `ceil` up, also below zero."""
    number = Decimal(value)
    assert Decimal(rounded) == bounds.rounded(number, decimals)
    assert Decimal(floored) == bounds.floored(number, decimals)
    assert Decimal(ceiled) == bounds.ceiled(number, decimals)


@pytest.mark.parametrize("operation", [bounds.rounded, bounds.floored, bounds.ceiled])
def test_rounding_without_decimals_gives_whole_numbers(operation: object) -> None:
    """Left out, the number of decimals is 0 and the result an int."""
    assert type(operation(Decimal("2.5"))) is int  # type: ignore[operator]
    assert operation(7) == 7  # type: ignore[operator]


# Arithmetic in bounds


@pytest.mark.parametrize(
    ("left", "right", "total", "difference"),
    [
        (1, 2, 3, -1),
        (Bounds(1, 2), 3, Bounds(4, 5), Bounds(-2, -1)),
        (3, Bounds(1, 2), Bounds(4, 5), Bounds(1, 2)),
        (Bounds(1, 2), Bounds(10, 20), Bounds(11, 22), Bounds(-19, -8)),
        (Bounds(1, None), 2, Bounds(3, None), Bounds(-1, None)),
        (Bounds(None, 1), Bounds(2, None), ANYTHING, Bounds(None, -1)),
        (Bounds(1, None), Bounds(2, None), Bounds(3, None), ANYTHING),
    ],
)
def test_sums_map_ends_to_ends_and_differences_cross_them(
    left: bounds.Value, right: bounds.Value, total: bounds.Value, difference: bounds.Value
) -> None:
    """`+` adds low to low, `-` takes high from low."""
    assert total == bounds.add(left, right)
    assert difference == bounds.subtract(left, right)


@pytest.mark.parametrize(
    ("value", "expected"), [(3, -3), (Bounds(1, 2), Bounds(-2, -1)), (Bounds(None, 2), Bounds(-2, None))]
)
def test_negation_swaps_the_ends(value: bounds.Value, expected: bounds.Value) -> None:
    """The highest becomes the lowest."""
    assert expected == bounds.negate(value)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (2, 3, 6),
        (Bounds(1, 2), -3, Bounds(-6, -3)),
        (Bounds(-1, 2), Bounds(-3, 4), Bounds(-6, 8)),
        (Bounds(0, None), Bounds(2, 3), Bounds(0, None)),
        (Bounds(1, None), Bounds(2, 3), Bounds(2, None)),
        (Bounds(1, None), -1, Bounds(None, -1)),
        (Bounds(None, -1), -1, Bounds(1, None)),
        (Bounds(-1, None), 2, Bounds(-2, None)),
        (ANYTHING, 0, 0),
        (Bounds(0, None), Bounds(0, None), Bounds(0, None)),
        (ANYTHING, 2, ANYTHING),
        (ANYTHING, Bounds(0, 1), ANYTHING),
    ],
)
def test_products_take_the_extremes_of_four_corners(
    left: bounds.Value, right: bounds.Value, expected: bounds.Value
) -> None:
    """A negative factor swaps the ends, and 0 times what is open is 0."""
    assert expected == bounds.multiply(left, right)
    assert expected == bounds.multiply(right, left)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (6, 3, 2),
        (Bounds(3, 6), 3, Bounds(1, 2)),
        (Bounds(3, 6), -3, Bounds(-2, -1)),
        (6, Bounds(2, 3), Bounds(2, 3)),
        (6, Bounds(-3, -2), Bounds(-3, -2)),
        (Bounds(-6, 6), Bounds(2, 3), Bounds(-3, 3)),
        (6, Bounds(2, None), Bounds(0, 3)),
        (Bounds(6, None), Bounds(2, None), Bounds(0, None)),
        (Bounds(None, -6), Bounds(2, 3), Bounds(None, -2)),
        (Bounds(None, -6), Bounds(-3, -2), Bounds(2, None)),
        (Bounds(6, None), Bounds(-3, -2), Bounds(None, -2)),
        (Bounds(6, None), Bounds(None, -2), Bounds(None, 0)),
        (Bounds(0, 0), Bounds(2, 3), 0),
    ],
)
def test_quotients_take_the_extremes_of_four_corners(
    left: bounds.Value, right: bounds.Value, expected: bounds.Value
) -> None:
    """Away from 0 a quotient is bounded by those of the ends; an open divisor brings it near 0."""
    assert expected == bounds.divide(left, right)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (6, Bounds(0, 3), Bounds(2, None)),
        (6, Bounds(0, None), Bounds(0, None)),
        (Bounds(3, 6), Bounds(0, 3), Bounds(1, None)),
        (0, Bounds(0, 3), 0),
        (0, Bounds(-3, 3), 0),
        (Bounds(0, 0), Bounds(0, None), 0),
        (-6, Bounds(0, 3), ANYTHING),
        (Bounds(-1, 6), Bounds(0, 3), ANYTHING),
        (Bounds(None, 6), Bounds(0, 3), ANYTHING),
        (6, Bounds(-3, 0), ANYTHING),
        (6, Bounds(-3, 3), ANYTHING),
        (6, ANYTHING, ANYTHING),
        (6, 0, ANYTHING),
        (Bounds(3, 6), 0, ANYTHING),
        (Bounds(3, 6), Decimal("0.00"), ANYTHING),
    ],
)
def test_a_quotient_is_open_near_a_divisor_of_zero(
    left: bounds.Value, right: bounds.Value, expected: bounds.Value
) -> None:
    """A guarded divisor leaves out 0 itself, near which the quotient has no end; a settled 0 is not reached."""
    assert expected == bounds.divide(left, right)


@pytest.mark.parametrize(
    ("values", "least", "most"),
    [
        ((3, 1, 2), 1, 3),
        ((Bounds(1, 5), 3), Bounds(1, 3), Bounds(3, 5)),
        ((Bounds(1, 5), Bounds(2, 3)), Bounds(1, 3), Bounds(2, 5)),
        ((Bounds(None, 5), 3), Bounds(None, 3), Bounds(3, 5)),
        ((3, Bounds(None, 5)), Bounds(None, 3), Bounds(3, 5)),
        ((Bounds(1, None), 3), Bounds(1, 3), Bounds(3, None)),
        ((3, Bounds(1, None)), Bounds(1, 3), Bounds(3, None)),
        ((Bounds(5, None), 3), 3, Bounds(5, None)),
        ((ANYTHING, ANYTHING), ANYTHING, ANYTHING),
        ((date(2020, 1, 1), date(2020, 1, 2)), date(2020, 1, 1), date(2020, 1, 2)),
    ],
)
def test_least_and_greatest_map_ends_to_ends(
    values: tuple[bounds.Value, ...], least: bounds.Value, most: bounds.Value
) -> None:
    """`min(cap, x)` and `max(floor, x)` of numbers or dates: an open end is capped by what is settled."""
    assert least == bounds.smallest(*values)
    assert most == bounds.greatest(*values)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("2.5"), 3),
        (Bounds(Decimal("1.2"), Decimal("2.5")), Bounds(1, 3)),
        (Bounds(Decimal("2.6"), Decimal("3.4")), 3),
        (Bounds(None, Decimal("2.5")), Bounds(None, 3)),
        (Bounds(Decimal("2.5"), None), Bounds(3, None)),
    ],
)
def test_what_rises_maps_ends_to_ends(value: bounds.Value, expected: bounds.Value) -> None:
    """The image of bounds are the images of their ends, and an open end stays open."""
    assert expected == bounds.rising(bounds.rounded, value)


def test_what_rises_takes_more_arguments() -> None:
    """`round(x, 1)` passes the number of decimals on."""
    assert bounds.rising(bounds.rounded, Bounds(Decimal("0.12"), Decimal("0.25")), 1) == Bounds(
        Decimal("0.1"), Decimal("0.3")
    )

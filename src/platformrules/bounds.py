# SPDX-License-Identifier: MIT
"""What is known of a value when some facts are not recorded, and exact arithmetic on it.

A number, date or month that is settled stands for itself; one that is not is ``Bounds``. Likewise a text and
``Possible``, a set and ``Members``. A condition is ``True``, ``False`` or ``None`` (unknown). Every operation is
sound: the true value, whatever the missing facts are, lies within the result. Knows nothing of facts or rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from typing import TypeAlias

from attrs import frozen

#: A settled number. Months are whole numbers too: year * 12 + month - 1.
Number: TypeAlias = int | Decimal
#: A settled value that has an order.
Ordered: TypeAlias = Number | date

#: How many decimals a quotient keeps (format.md section 2).
QUOTIENT_DECIMALS = 12
# Exact for every sum and product that the length of an expression allows (250 factors of 26 digits), whatever context
# the caller has set.
_CONTEXT = Context(prec=8192, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])


@frozen
class Bounds:
    """A value that lies between ``low`` and ``high``, both included; ``None`` is an open end."""

    low: Ordered | None
    high: Ordered | None


@frozen
class Possible:
    """A text or choice that is one of ``values``; ``None`` means any text."""

    values: frozenset[str] | None


@frozen
class Members:
    """A set that surely holds ``surely`` and nothing outside ``possibly``; ``None`` means anything."""

    surely: frozenset[str]
    possibly: frozenset[str] | None


#: A value in bounds.
Value: TypeAlias = Ordered | Bounds
#: A condition: ``None`` is unknown.
Condition: TypeAlias = bool | None
#: A text in bounds.
TextValue: TypeAlias = str | Possible
#: A set in bounds.
SetValue: TypeAlias = frozenset[str] | Members

ANYTHING = Bounds(None, None)


def ends(value: Value) -> tuple[Ordered | None, Ordered | None]:
    """The lowest and the highest that ``value`` can be."""
    return (value.low, value.high) if type(value) is Bounds else (value, value)  # type: ignore[return-value]


def between(low: Ordered | None, high: Ordered | None) -> Value:
    """The value between two ends: itself if they meet."""
    return low if low is not None and low == high else Bounds(low, high)


def hull(first: Value, *others: Value) -> Value:
    """The smallest bounds that hold all of these."""
    low, high = ends(first)
    for other in others:
        other_low, other_high = ends(other)
        low = None if low is None or other_low is None else min(low, other_low)
        high = None if high is None or other_high is None else max(high, other_high)
    return between(low, high)


# Comparisons


def contains(value: Bounds, settled: Ordered) -> bool:
    """Whether a settled value lies within bounds."""
    low, high = value.low, value.high
    return (low is None or low <= settled) and (high is None or settled <= high)  # type: ignore[operator]


def less(left: Value, right: Value) -> Condition:
    """``left < right``."""
    left_low, left_high = ends(left)
    right_low, right_high = ends(right)
    if left_high is not None and right_low is not None and left_high < right_low:  # type: ignore[operator]
        return True
    if left_low is not None and right_high is not None and left_low >= right_high:  # type: ignore[operator]
        return False
    return None


def at_most(left: Value, right: Value) -> Condition:
    """``left <= right``."""
    return negated(less(right, left))


def equal(left: Value, right: Value) -> Condition:
    """``left == right``."""
    if type(left) is not Bounds and type(right) is not Bounds:
        return left == right
    if less(left, right) is True or less(right, left) is True:
        return False
    return None


def same_text(left: TextValue, right: TextValue) -> Condition:
    """``left == right`` for texts and choices."""
    left_values = left.values if type(left) is Possible else frozenset((left,))
    right_values = right.values if type(right) is Possible else frozenset((right,))
    if left_values is None or right_values is None:
        return None
    if left_values.isdisjoint(right_values):
        return False
    return True if len(left_values) == len(right_values) == 1 else None


def same_set(left: SetValue, right: SetValue) -> Condition:
    """``left == right`` for sets."""
    return all_of((contained(left, right), contained(right, left)))


def contained(left: SetValue, right: SetValue) -> Condition:
    """``left <= right``: every member of the one is a member of the other."""
    left_surely, left_possibly = members(left)
    right_surely, right_possibly = members(right)
    if left_possibly is not None and left_possibly <= right_surely:
        return True
    if right_possibly is not None and not left_surely <= right_possibly:
        return False
    return None


def member(item: TextValue, group: SetValue) -> Condition:
    """``item in group``."""
    surely, possibly = members(group)
    items = item.values if type(item) is Possible else frozenset((item,))
    if items is not None and items <= surely:
        return True
    if possibly is not None and items is not None and items.isdisjoint(possibly):
        return False
    return False if possibly is not None and not possibly else None


# Conditions


def negated(condition: Condition) -> Condition:
    """``not condition``."""
    return None if condition is None else not condition


def all_of(conditions: Iterable[Condition]) -> Condition:
    """Kleene's conjunction: true for none."""
    result: Condition = True
    for condition in conditions:
        if condition is False:
            return False
        if condition is None:
            result = None
    return result


def any_of(conditions: Iterable[Condition]) -> Condition:
    """Kleene's disjunction: false for none."""
    result: Condition = False
    for condition in conditions:
        if condition is True:
            return True
        if condition is None:
            result = None
    return result


# Sets


def members(group: SetValue) -> tuple[frozenset[str], frozenset[str] | None]:
    """What is surely in a set and what is possibly in it."""
    return (group.surely, group.possibly) if type(group) is Members else (group, group)  # type: ignore[return-value]


def shared(left: SetValue, right: SetValue) -> SetValue:
    """``left & right``."""
    left_surely, left_possibly = members(left)
    right_surely, right_possibly = members(right)
    surely = left_surely & right_surely
    if left_possibly is None or right_possibly is None:
        possibly = right_possibly if left_possibly is None else left_possibly
    else:
        possibly = left_possibly & right_possibly
    return surely if surely == possibly else Members(surely, possibly)


def size(group: SetValue) -> Value:
    """How many members a set has."""
    surely, possibly = members(group)
    return between(len(surely), None if possibly is None else len(possibly))


# Exact arithmetic on settled numbers


def exact(value: Number) -> Number:
    """The same number as an int if it is whole: so that equal numbers print alike."""
    if type(value) is Decimal and value == value.to_integral_value():
        return int(value)
    return value


def plus(left: Number, right: Number) -> Number:
    """``left + right``, exact in any caller's decimal context."""
    if type(left) is int and type(right) is int:
        return left + right
    return _CONTEXT.add(left, right)


def minus(left: Number, right: Number) -> Number:
    """``left - right``, exact in any caller's decimal context."""
    if type(left) is int and type(right) is int:
        return left - right
    return _CONTEXT.subtract(left, right)


def opposite(value: Number) -> Number:
    """``-value``, exact in any caller's decimal context."""
    return minus(0, value)


def times(left: Number, right: Number) -> Number:
    """``left * right``, exact in any caller's decimal context."""
    if type(left) is int and type(right) is int:
        return left * right
    return _CONTEXT.multiply(left, right)


def over(left: Number, right: Number) -> Number:
    """``left / right``, rounded half away from zero at 12 decimals."""
    top, top_scale = left.as_integer_ratio()
    bottom, bottom_scale = right.as_integer_ratio()
    return _ratio(top * bottom_scale, top_scale * bottom, QUOTIENT_DECIMALS)


def rounded(value: Number, decimals: int = 0) -> Number:
    """``value`` to so many decimals, halves away from zero (四舍五入)."""
    return _ratio(*value.as_integer_ratio(), decimals)


def _ratio(top: int, bottom: int, decimals: int) -> Number:
    scaled, divisor = abs(top) * 10**decimals, abs(bottom)
    quotient = (2 * scaled + divisor) // (2 * divisor)
    return _scaled(-quotient if (top < 0) is not (bottom < 0) else quotient, decimals)


def floored(value: Number, decimals: int = 0) -> Number:
    """The greatest number of so many decimals that is not above ``value``."""
    top, bottom = value.as_integer_ratio()
    return _scaled(top * 10**decimals // bottom, decimals)


def ceiled(value: Number, decimals: int = 0) -> Number:
    """The least number of so many decimals that is not below ``value``."""
    top, bottom = value.as_integer_ratio()
    return _scaled(-(-top * 10**decimals // bottom), decimals)


def _scaled(whole: int, decimals: int) -> Number:
    return exact(_CONTEXT.scaleb(_CONTEXT.create_decimal(whole), -decimals)) if decimals else whole


# Arithmetic on values in bounds


def add(left: Value, right: Value) -> Value:
    """``left + right``."""
    left_low, left_high = ends(left)
    right_low, right_high = ends(right)
    return between(_open(plus, left_low, right_low), _open(plus, left_high, right_high))


def subtract(left: Value, right: Value) -> Value:
    """``left - right``: the ends cross."""
    left_low, left_high = ends(left)
    right_low, right_high = ends(right)
    return between(_open(minus, left_low, right_high), _open(minus, left_high, right_low))


def negate(value: Value) -> Value:
    """``-value``."""
    return subtract(0, value)


def multiply(left: Value, right: Value) -> Value:
    """``left * right``: the extremes of four corners, 0 times an open end being 0."""
    corners = [_corner(one, other) for one in _signed(left) for other in _signed(right)]
    return _from_signed(corners)


def divide(left: Value, right: Value) -> Value:
    """``left / right``: a divisor whose bounds touch 0 leaves out 0 itself, so near it the quotient is open.

    A settled divisor of 0 stands in a branch that is not taken: the quotient is anything.
    """
    low, high = ends(right)
    if low == high == 0:
        return ANYTHING
    if type(left) is not Bounds and type(right) is not Bounds:
        return over(left, right)  # type: ignore[arg-type]
    if (low is None or low <= 0) and (high is None or high >= 0):  # type: ignore[operator]
        return _divide_near_zero(left, low, high)
    corners = [_quotient(one, other) for one in _signed(left) for other in _signed(right)]
    return _from_signed(corners)


def _divide_near_zero(left: Value, low: Ordered | None, high: Ordered | None) -> Value:
    left_low, left_high = ends(left)
    if left_low == left_high == 0:
        return 0
    if low == 0 and left_low is not None and left_low >= 0:  # type: ignore[operator]
        return Bounds(0 if high is None else over(left_low, high), None)  # type: ignore[arg-type]
    return ANYTHING


# Open ends as infinities, only inside this module; no floats, whose comparison the caller's context may forbid.
_LEAST, _MOST = Decimal("-Infinity"), Decimal("Infinity")


def _signed(value: Value) -> tuple[Number, Number]:
    low, high = ends(value)
    return (_LEAST if low is None else low, _MOST if high is None else high)  # type: ignore[return-value]


def _endless(number: Number) -> bool:
    return number is _LEAST or number is _MOST


def _corner(left: Number, right: Number) -> Number:
    if left == 0 or right == 0:
        return 0
    if _endless(left) or _endless(right):
        return _MOST if (left > 0) is (right > 0) else _LEAST
    return times(left, right)


def _quotient(left: Number, right: Number) -> Number:
    if _endless(right):
        return 0
    if _endless(left):
        return _MOST if (left > 0) is (right > 0) else _LEAST
    return over(left, right)


def _from_signed(corners: Iterable[Number]) -> Value:
    ordered = sorted(corners)
    low, high = ordered[0], ordered[-1]
    return between(None if low is _LEAST else low, None if high is _MOST else high)


def _open(operation: object, left: Ordered | None, right: Ordered | None) -> Ordered | None:
    return None if left is None or right is None else operation(left, right)  # type: ignore[operator]


def smallest(first: Value, *others: Value) -> Value:
    """The least of these values: of numbers or dates."""
    low, high = ends(first)
    for other in others:
        other_low, other_high = ends(other)
        low = None if low is None or other_low is None else min(low, other_low)
        if high is None or (other_high is not None and other_high < high):  # type: ignore[operator]
            high = other_high
    return between(low, high)


def greatest(first: Value, *others: Value) -> Value:
    """The greatest of these values: of numbers or dates."""
    low, high = ends(first)
    for other in others:
        other_low, other_high = ends(other)
        high = None if high is None or other_high is None else max(high, other_high)
        if low is None or (other_low is not None and other_low > low):  # type: ignore[operator]
            low = other_low
    return between(low, high)


def rising(operation: object, value: Value, *arguments: object) -> Value:
    """The image of bounds under what rises with its first operand: ends go to ends."""
    low, high = ends(value)
    return between(
        None if low is None else operation(low, *arguments),  # type: ignore[operator]
        None if high is None else operation(high, *arguments),  # type: ignore[operator]
    )

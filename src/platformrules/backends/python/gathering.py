# SPDX-License-Identifier: MIT
"""What generated code calls on rows: the rows of a window, and the functions over them.

Rows in bounds are a pair: a list of (row, presence) and whether there may be more rows that were not recorded.
A presence is ``True`` or ``None``: possibly among them. An unrecorded relation is ``([], True)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

from platformrules import bounds, periods
from platformrules.bounds import Bounds, Condition, Members, Number, Possible, TextValue, Value
from platformrules.periods import Period, Window

Rows: TypeAlias = tuple[list[tuple[Any, Condition]], bool]
Pairs: TypeAlias = Iterable[tuple[Condition, Any]]

NO_ROWS_KNOWN: Rows = ([], True)


def dated_rows(rows: Iterable[Any] | None, read: Callable[[Any], date | None], span: Window) -> Rows:
    """The rows of the period: an undated one is possibly inside."""
    return list(dated_pairs(rows, read, span)), rows is None or span.start < span.records_from


def dated_pairs(
    rows: Iterable[Any] | None, read: Callable[[Any], date | None], span: Window
) -> Iterator[tuple[Any, Condition]]:
    """The rows of the period with their presence, one by one."""
    start, last = span.start, span.last
    for row in rows or ():
        day = read(row)
        if day is None:
            yield row, None
        elif start <= day <= last:
            yield row, True


def all_pairs(rows: Iterable[Any] | None) -> Iterator[tuple[Any, Condition]]:
    """The rows of a register with their presence, one by one."""
    return ((row, True) for row in rows or ())


def window_of_day(dossier: Any) -> Window:  # noqa: ANN401 - a dossier
    """The window of a standard that judges a day: without a period nothing before that day is known to be complete."""
    if dossier.window is not None:
        return dossier.window  # type: ignore[no-any-return]
    return periods.window(Period(dossier.day, dossier.day), dossier.day, dossier.records_from)


def rows_between(
    rows: Iterable[Any] | None, read: Callable[[Any], date | None], first: Value, last: Value, span: Window | None
) -> Rows:
    """The rows from one day to another, both included; there may be more outside the days that are recorded.

    Without a span all days are.
    """
    if rows is None:
        return NO_ROWS_KNOWN
    found: list[tuple[Any, Condition]] = []
    for row in rows:
        day = read(row)
        inside = None if day is None else bounds.all_of((bounds.at_most(first, day), bounds.at_most(day, last)))
        if inside is not False:
            found.append((row, inside))
    if span is None:
        return found, False
    # A day in bounds has both ends: the calendar has.
    low: Any = bounds.ends(first)[0]
    high: Any = bounds.ends(last)[1]
    return found, bool(low < span.records_from or high > span.as_of)


def all_rows(rows: Iterable[Any] | None) -> Rows:
    """The rows of a register."""
    return NO_ROWS_KNOWN if rows is None else ([(row, True) for row in rows], False)


def month_rows(months: Sequence[int]) -> Rows:
    """The months of the period."""
    return [(month, True) for month in months], False


def item_rows(group: frozenset[str] | Members) -> Rows:
    """The members of a set, sorted: what is not sure is possibly there."""
    surely, possibly = bounds.members(group)
    return [(one, True if one in surely else None) for one in sorted(possibly or surely)], possibly is None


# Functions over rows: pairs are (presence, value); ``more`` says that rows may be missing.


def count(pairs: Pairs, more: bool) -> Value:  # noqa: FBT001 - generated calls are positional
    """How many rows there are."""
    sure = maybe = 0
    for presence, _ in pairs:
        if presence is True:
            sure += 1
        elif presence is None:
            maybe += 1
    return tally(sure, maybe, more)


def tally(sure: int, maybe: int, more: bool) -> Value:  # noqa: FBT001 - generated calls are positional
    """A count of sure and possible rows."""
    if more:
        return Bounds(sure, None)
    return Bounds(sure, sure + maybe) if maybe else sure


def longest_run(pairs: Pairs, more: bool) -> Value:  # noqa: FBT001 - generated calls are positional
    """The longest unbroken series of trues among months, in their order; none of them is missing.

    A month that is only possibly there breaks the low run; in the high one it counts if it may be true, and is passed
    over if not.
    """
    assert not more  # noqa: S101 - INVARIANT: months are always known
    low = high = low_run = high_run = 0
    for presence, value in pairs:
        if presence is False:
            continue
        low_run = low_run + 1 if presence is True and value is True else 0
        if value is not False:
            high_run += 1
        elif presence is True:
            high_run = 0
        low, high = max(low, low_run), max(high, high_run)
    return bounds.between(low, high)


def gather_all(pairs: Pairs, more: bool) -> Condition:  # noqa: FBT001 - generated calls are positional
    """Whether all rows that are there are true."""
    result: Condition = None if more else True
    for presence, value in pairs:
        if value is False and presence is True:
            return False
        if presence is not False and value is not True:
            result = None
    return result


def gather_any(pairs: Pairs, more: bool) -> Condition:  # noqa: FBT001 - generated calls are positional
    """Whether any row that is there is true."""
    return bounds.negated(gather_all(((presence, bounds.negated(value)) for presence, value in pairs), more))


def total(pairs: Pairs, more: bool, element: Value) -> Value:  # noqa: FBT001 - generated calls are positional
    """The sum: a possible row adds min(0, low) and max(0, high); ``element`` is what one more row could add."""
    low: Any = 0
    high: Any = 0
    if more:
        element_low, element_high = bounds.ends(element)
        low = 0 if element_low is not None and element_low >= 0 else None  # type: ignore[operator]
        high = 0 if element_high is not None and element_high <= 0 else None  # type: ignore[operator]
    for presence, value in pairs:
        if presence is False:
            continue
        one_low, one_high = bounds.ends(value)
        if presence is None:
            one_low = None if one_low is None else min(0, one_low)
            one_high = None if one_high is None else max(0, one_high)
        low = None if low is None or one_low is None else bounds.plus(low, one_low)  # type: ignore[arg-type]
        high = None if high is None or one_high is None else bounds.plus(high, one_high)  # type: ignore[arg-type]
    return bounds.between(low, high)


def statistic(
    kind: str,
    pairs: Pairs,
    more: bool,  # noqa: FBT001 - generated calls are positional
    default: Value,
    whole: Value,
) -> Value:
    """``min max mean median share``: least and greatest over every choice of possible rows.

    ``whole`` is what the value can be over all dossiers: all that is known if rows may be missing.
    """
    if more:
        return whole
    sure: list[Value] = []
    maybe: list[Value] = []
    for presence, value in pairs:
        if presence is not False:
            (sure if presence is True else maybe).append(_as_share(value) if kind == "share" else value)
    low = _extreme(kind, sure, maybe, default, 0)
    high = _extreme(kind, sure, maybe, default, 1)
    return bounds.between(low, high)


def _as_share(value: Condition) -> Value:
    return Bounds(0, 1) if value is None else int(value)


def _extreme(kind: str, sure: list[Value], maybe: list[Value], default: Value, side: int) -> Any:  # noqa: ANN401 - a number or an open end
    """The least (side 0) or greatest (side 1) value of a statistic; ``None`` if it has no end."""
    certain = [bounds.ends(value)[side] for value in sure]
    possible = [bounds.ends(value)[side] for value in maybe]
    open_end = None in certain or None in possible
    if open_end and kind in {"mean", "median", "share"}:
        return None
    if kind in {"min", "max"}:
        return _extreme_of_ends(kind, certain, possible, bounds.ends(default)[side], side)
    ordered: list[Any] = sorted(possible, reverse=side == 1)
    candidates: list[Any] = []
    if not certain:
        candidates.append(bounds.ends(default)[side])
    for taken in range(len(ordered) + 1):
        chosen = certain + ordered[:taken]
        if chosen:
            candidates.append(_median(chosen) if kind == "median" else _mean(chosen))
    if None in candidates:
        return None
    return max(candidates) if side else min(candidates)


def _extreme_of_ends(kind: str, certain: list[Any], possible: list[Any], default: Any, side: int) -> Any:  # noqa: ANN401 - numbers or open ends
    """``min`` and ``max``: rows that pull towards this side are taken, the others only if there is no sure row."""
    pulls = (kind == "max") is (side == 1)
    best = max if side else min
    inner = max if kind == "max" else min
    if pulls or not certain:
        values = certain + possible + ([] if certain else [default])
        return None if None in values else best(values)
    known = [value for value in certain if value is not None]
    # An open end on this side never decides: another sure row is nearer.
    return inner(known) if known else None


def _mean(values: Sequence[Any]) -> Number:
    exact = sum((Fraction(value) for value in values), Fraction(0)) / len(values)
    return bounds.over(exact.numerator, exact.denominator)


def _median(values: Sequence[Any]) -> Number:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else _mean(ordered[middle - 1 : middle + 1])


def distinct(pairs: Pairs, more: bool, codes: frozenset[str] | None) -> frozenset[str] | Members:  # noqa: FBT001 - generated calls are positional
    """The set of the values, as far as they are among the codes: other texts count for nothing.

    ``codes`` is ``None`` for free texts, which all count.
    """
    surely: set[str] = set()
    possibly: set[str] = set(codes or ()) if more else set()
    anything = more and codes is None
    for presence, value in pairs:
        if presence is False:
            continue
        values = value.values if type(value) is Possible else frozenset((value,))
        if values is None:
            anything = anything or codes is None
            possibly |= codes or frozenset()
            continue
        found = values if codes is None else values & codes
        possibly |= found
        if presence is True and len(values) == 1:
            surely |= found
    if anything:
        return Members(frozenset(surely), None)
    return frozenset(surely) if surely == possibly else Members(frozenset(surely), frozenset(possibly))


# The fused loop: what complete rows gave, and what each incomplete row may add.

#: What an incomplete row may add: the index of its month (``None``: any), its presence (never ``False``), its value.
Contribution: TypeAlias = tuple[int | None, Condition, Any]


def finish_tally(sure: int, added: Sequence[Contribution], more: bool) -> Value:  # noqa: FBT001 - generated calls are positional
    """A count of complete rows, and of incomplete ones."""
    maybe = 0
    for _, presence, _value in added:
        if presence is True:
            sure += 1
        else:
            maybe += 1
    return tally(sure, maybe, more)


def finish_tallies(sure: list[int], added: Sequence[Contribution], more: bool) -> list[Value]:  # noqa: FBT001 - generated calls are positional
    """The same for each month; an undated row is possibly in any."""
    sure, maybe = list(sure), [0] * len(sure)
    anywhere = 0
    for month, presence, _ in added:
        if month is None:
            anywhere += 1
        elif presence is True:
            sure[month] += 1
        else:
            maybe[month] += 1
    return [tally(one, maybe[index] + anywhere, more) for index, one in enumerate(sure)]


def finish_total(sure: Number, added: Sequence[Contribution], more: bool, element: Value) -> Value:  # noqa: FBT001 - generated calls are positional
    """A sum over complete rows, and over incomplete ones."""
    pairs = [(presence, value) for _, presence, value in added]
    return bounds.add(sure, total(pairs, more, element))


def finish_totals(sure: list[Number], added: Sequence[Contribution], more: bool, element: Value) -> list[Value]:  # noqa: FBT001 - generated calls are positional
    """The same for each month."""
    return [finish_total(one, _of_month(added, index), more, element) for index, one in enumerate(sure)]


def _of_month(added: Sequence[Contribution], month: int) -> list[Contribution]:
    """The contributions to one month: a row without a date is possibly in it, however sure it is otherwise."""
    found: list[Contribution] = []
    for index, presence, value in added:
        if index is None:
            found.append((month, None, value))
        elif index == month:
            found.append((month, presence, value))
    return found


#: A kept extreme: value and row of the complete rows (``None``: there are none), what each incomplete row may be,
#: and whether rows may be missing.
Extreme: TypeAlias = tuple[Any, Any, Sequence[tuple[Any, Condition, Any]], bool]


def extreme_truth(kind: str, total: Extreme, test: Callable[[Any], Condition]) -> Condition:
    """``all`` or ``any`` of a comparison: of complete rows the extreme decides, incomplete ones are asked singly."""
    value, row, added, more = total
    pairs = []
    seen, found = None, None
    for _, presence, one in added:
        # Most rows that lack a fact lack the same one: its domain is asked once.
        if one is not seen:
            seen, found = one, test(one)
        pairs.append((presence, found))
    if row is not None:
        pairs.append((True, test(value)))
    return gather_all(pairs, more) if kind == "all" else gather_any(pairs, more)


def each_month(totals: Sequence[Value], limit: Number, strict: bool) -> Condition:  # noqa: FBT001 - generated calls are positional
    """Whether every month has at least, or more than, a number."""
    result: Condition = True
    for total in totals:
        low, high = bounds.ends(total)
        if high is not None and (high <= limit if strict else high < limit):  # type: ignore[operator]
            return False
        if low is None or (low <= limit if strict else low < limit):  # type: ignore[operator]
            result = None
    return result


# Complete data


class Incomplete(Exception):  # noqa: N818 - a signal between generated functions, no error
    """The exact path met something that is not recorded."""


def only_settled(text: TextValue) -> str:
    """A text that is settled; one that is not sends the exact path to the bounds."""
    if type(text) is not str:
        raise Incomplete
    return text


def exact_between(
    rows: Iterable[Any],
    read: Callable[[Any], date | None],
    needed: Callable[[Any], tuple[Any, ...]],
    first: date,
    last: date,
    span: Window | None,
) -> list[Any]:
    """The rows from one day to another; raises ``Incomplete`` if that is not settled. Without a span all days are."""
    if span is not None and (first < span.records_from or last > span.as_of):
        raise Incomplete
    found = []
    for row in rows:
        day = read(row)
        if day is None:
            raise Incomplete
        if first <= day <= last:
            if None in needed(row):
                raise Incomplete
            found.append(row)
    return found


def exact_sum(values: Iterable[Number]) -> Number:
    """The sum of settled numbers."""
    result: Number = 0
    for value in values:
        result = bounds.plus(result, value)
    return result


def exact_statistic(kind: str, values: Sequence[Any], default: Number) -> Number:
    """``min max mean median share`` of settled numbers or truths."""
    if not values:
        return default
    if kind == "median":
        return _median(values)
    if kind in {"mean", "share"}:
        return _mean(values)
    return min(values) if kind == "min" else max(values)  # type: ignore[no-any-return]

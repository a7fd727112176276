# SPDX-License-Identifier: MIT
"""Counts as stacked bars and shares, in percent. Knows no markup."""

from __future__ import annotations

from attrs import frozen

from platformrules.languages import Language
from platformrules.reporting.tally import Counts
from platformrules.reporting.wording import COMMA, WORDS
from platformrules.results import Outcome

#: What is satisfied first, what fails last: the order of stacked bars.
FROM_GOOD_TO_BAD = (
    Outcome.PASSED,
    Outcome.WAIVED,
    Outcome.INAPPLICABLE,
    Outcome.UNTESTED,
    Outcome.UNDETERMINED,
    Outcome.FAILED,
)


@frozen
class Segment:
    """A part of a stacked bar: its outcome, where it begins and how long it is, in percent with two decimals."""

    outcome: Outcome
    start: str
    length: str
    number: int


@frozen
class BarView:
    """A stacked bar with its label."""

    label: str
    segments: tuple[Segment, ...]
    total: int


def stacked_bar(label: str, counts: Counts) -> BarView:
    """A bar whose parts are as long as their counts; those of nothing are left out."""
    total = sum(counts.values())
    segments, before = [], 0
    for outcome in FROM_GOOD_TO_BAD:
        number = counts[outcome]
        if number:
            segments.append(Segment(outcome, _hundredths(before, total), _hundredths(number, total), number))
        before += number
    return BarView(label, tuple(segments), total)


def alternative(bar: BarView, language: Language) -> str:
    """What a bar shows, in words."""
    parts = COMMA[language].join(f"{one.outcome.label[language]} {one.number}" for one in bar.segments)
    return WORDS["chart"][language].format(bar.total, parts)


def percent(part: int, whole: int) -> str:
    """A share in whole percent, halves rounded up; neither none nor all if it is not; empty without a whole."""
    if not whole:
        return ""
    rounded = (200 * part + whole) // (2 * whole)
    if rounded == 0 and part:
        return "<1%"
    return ">99%" if rounded == 100 and part != whole else f"{rounded}%"


def _hundredths(part: int, whole: int) -> str:
    hundredths = 10_000 * part // whole
    return f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")

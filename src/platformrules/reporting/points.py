# SPDX-License-Identifier: MIT
"""How scores and points are said, and of what parts a score is made. Knows results and standards, and no format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from platformrules import bounds
from platformrules.backends.prose import number_text
from platformrules.bounds import Bounds
from platformrules.languages import Language
from platformrules.reporting.wording import UNKNOWN, WORDS
from platformrules.results import Report
from platformrules.standards.model import Block, Standard

#: A quotient is known to 12 decimals; four are read.
_DECIMALS = 4


@frozen
class Part:
    """A block as a part of the score; without a block, the criteria that stand in none.

    Attributes:
        block: the block; ``None`` of criteria without one.
        depth: in how many blocks it lies.
        points, maximum: what counts of it, in bounds; ``maximum`` is ``None`` where there is no limit.
    """

    block: Block | None
    depth: int
    points: Any
    maximum: Any


def is_scored(standard: Standard) -> bool:
    """Whether a standard has a score."""
    return standard.score is not None


def gives_points(standard: Standard, block: str) -> bool:
    """Whether a criterion in a block, or in one inside it, has points."""
    return any(standard.criteria[index].has_points for index in standard.rules.blocks[block])


def scored_blocks(standard: Standard) -> Iterator[tuple[Block, int]]:
    """The blocks that give points, each followed by those inside it, with the number of blocks around it."""
    blocks = {one.id: one for one in standard.blocks}

    def below(parent: str | None, depth: int) -> Iterator[tuple[Block, int]]:
        for one in blocks.values():
            if one.parent == parent and gives_points(standard, one.id):
                yield one, depth
                yield from below(one.id, depth + 1)

    return below(None, 0)


def scores_outside(standard: Standard) -> bool:
    """Whether a criterion that stands in no block gives points."""
    return any(one.block is None and one.has_points for one in standard.criteria)


def parts_of(standard: Standard, report: Report) -> tuple[Part, ...]:
    """The parts of a score: blocks that give points, each before those inside it, then criteria without a block."""
    found = {one.id: one for one in report.blocks}
    parts = [Part(one, depth, found[one.id].points, found[one.id].maximum) for one, depth in scored_blocks(standard)]
    if not scores_outside(standard):
        return tuple(parts)
    points: Any = 0
    most: Any = 0
    for one in report.findings:
        if one.info.block is None and one.points is not None:
            points = bounds.add(points, one.points)
            most = None if most is None or one.maximum is None else bounds.add(most, one.maximum)
    return (*parts, Part(None, 0, points, most))


def points_text(value: Any, language: Language) -> str:  # noqa: ANN401 - a number in bounds
    """Points as a number, or from least to most: 23–31; empty if there are none."""
    if value is None:
        return ""
    low, high = bounds.ends(value)
    if not isinstance(value, Bounds):
        return _number(value)
    if low is None and high is None:
        return UNKNOWN[language]
    if high is None:
        return f"≥ {_number(low)}"
    if low is None:
        return f"≤ {_number(high)}"
    return f"{_number(low)}–{_number(high)}"


def points_of(points: Any, maximum: Any, language: Language) -> str:  # noqa: ANN401 - numbers in bounds
    """Points with the most that there are: 6 / 8; of deductions, which have no most, the points alone."""
    text = points_text(points, language)
    most = None if maximum is None else bounds.ends(maximum)[1]
    if not text or most is None or not most > 0:  # type: ignore[operator]
        return text
    return f"{text} / {points_text(maximum, language)}"


def cap_text(block: Block | None, language: Language) -> str:
    """Where the points of a block are cut; empty if they are not."""
    if block is None or block.cap is None:
        return ""
    return WORDS["capped"][language].format(_number(block.cap))


def _number(value: Any) -> str:  # noqa: ANN401 - a number
    short = bounds.rounded(value, _DECIMALS)
    return number_text(short) if short == value else f"≈ {number_text(short)}"

# SPDX-License-Identifier: MIT
"""Limits of points, what rows are worth, maxima of blocks, and assessors: what holds and what is told."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from platformrules.errors import RuleFileError
from platformrules.testing.drafts import draft


def rows(first: Any = None, second: Any = None) -> list[dict[str, Any]]:
    """Two rows, the second of which fails, with further keys."""
    good = {"id": "a", "title": {"zh": "甲", "en": "A"}, **(first or {})}
    return [good, {"id": "b", "title": {"zh": "乙", "en": "B"}, "fails": True, **(second or {})}]


def told(*criteria: Any, **others: Any) -> list[tuple[str, str, str]]:
    """Code, place and message of each fault of a draft."""
    with pytest.raises(RuleFileError) as refused:
        draft(*criteria, **others)
    return [(one.code, one.path, one.message) for one in refused.value.diagnostics]


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("p", 3),
        ("p * 2 - 1", 5),
        ("min(p, 2) + max(p, 4)", 6),
        ("-p + 5", 2),
        ("p / 2", Decimal("1.5")),
        ("round(p / 2)", 2),
        ("floor(p / 2) + ceil(p / 4, 1)", Decimal("1.8")),
        (4, 4),
    ],
)
def test_a_limit_is_a_number_or_an_expression_over_parameters(text: Any, most: Any) -> None:
    """It is exact."""
    (one,) = draft({"points": "1", "max": text}, parameters={"p": 3}).criteria
    assert (one.maximum, one.pass_at, type(one.maximum)) == (most, most, type(most))


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("q", "PR301", "unknown name `q`"),
        ("p +", "PR", ""),
        ("p + center.floor_area_m2", "PR303", "a limit of points may depend on parameters only"),
        ("1 if center.has_flag else 2", "PR303", "a limit of points may depend on parameters only"),
    ],
)
def test_a_limit_that_is_none_is_told(text: str, code: str, message: str) -> None:
    """With the key that holds it, and nothing besides."""
    (found,) = told({"points": "1", "max": text}, parameters={"p": 3})
    assert found[0].startswith(code)
    assert found[1] == "$.criteria[0].max"
    assert found[2].startswith(message)


@pytest.mark.parametrize(
    ("criterion", "fault"),
    [
        (
            {"judge": rows({"share": 1}, {"share": 0})},
            ("PR402", "$.criteria[0]", "a `share` is one of `max`, and there is none"),
        ),
        (
            {"judge": rows({"points": 1})},
            ("PR402", "$.criteria[0].judge", "either every row has points (or a share of `max`), or none"),
        ),
        (
            {"judge": rows({"points": 9}, {"points": 0}), "max": 5},
            ("PR406", "$.criteria[0].judge[0]", "`a` is worth 9, more than `max`, 5"),
        ),
        (
            {"judge": rows(), "max": 5},
            ("PR402", "$.criteria[0].max", "`max` is a limit of points, and no row gives any"),
        ),
        (
            {"points": "1", "max": 5, "pass_at": 7},
            ("PR403", "$.criteria[0].pass_at", "`pass_at` must be at most `max`, 5"),
        ),
    ],
)
def test_what_cannot_be_is_told(criterion: dict[str, Any], fault: tuple[str, str, str]) -> None:
    """Shares of nothing, rows that are worth too much or nothing, a limit that nobody reaches."""
    assert told(criterion) == [fault]


def test_a_share_in_a_scale_counts_only_where_there_is_a_most() -> None:
    """A scale may be shared by criteria that give points and by one that does not."""
    scales = {"s": rows({"share": 1}, {"share": Decimal("0.5")})}
    first, second = draft({"judge": "s", "max": 4}, {"judge": "s"}, scales=scales).criteria
    assert [row.points for row in first.judge] == [4, 2]
    assert (second.has_points, second.maximum) == (False, None)


def test_rows_have_a_most_of_their_own() -> None:
    """The points of the best row, also of deductions."""
    best, deducted = draft(
        {"judge": rows({"points": 3}, {"points": 1})}, {"judge": rows({"points": 0}, {"points": -3})}
    ).criteria
    assert (best.maximum, deducted.maximum) == (3, 0)


@pytest.mark.parametrize(
    ("most", "cap", "total"),
    [(1, 2, 4), (5, 2, 5), (None, 2, 5)],
)
def test_blocks_inside_a_block_add_up(most: int | None, cap: int, total: int) -> None:
    """A block without `max` counts with what is in it, one with a `cap` with no more than that."""
    inner = {"points": "1", "block": "c", **({} if most is None else {"max": most})}
    blocks: list[dict[str, Any]] = [
        {"id": "a", "max": total},
        {"id": "b", "parent": "a"},
        {"id": "c", "parent": "a", "cap": cap},
    ]
    outer = {"points": "1", "max": 3, "block": "b"}
    assert draft(outer, inner, blocks=blocks).blocks[0].maximum == total
    blocks[0]["max"] = total + 1
    message = f"the maxima in `a` add up to {total}, not to {total + 1}"
    assert told(outer, inner, blocks=blocks) == [("PR406", "$.blocks[0].max", message)]


def test_a_block_without_limit_inside_one_with_a_most() -> None:
    """It could be anything."""
    blocks = [{"id": "a", "max": 5}, {"id": "b", "parent": "a"}]
    message = "`a` has a `max`, so each of its parts must have one"
    assert told({"points": "1", "block": "b"}, blocks=blocks) == [("PR406", "$.blocks[0].max", message)]


def test_an_assessor_stands_once() -> None:
    """Their order decides, so it must be one."""
    assert told("true", assessors=("x", "y", "x")) == [
        ("PR404", "$.standard.assessors[2].id", "the assessor `x` stands twice")
    ]
    assert [one.id for one in draft("true", assessors=("x", "y")).assessors] == ["x", "y"]

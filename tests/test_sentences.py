# SPDX-License-Identifier: MIT
"""What criteria ask, how they give points and what limits them, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from platformrules.sentences import block_limits, limits_said, phrase, points_said, row_said, sentence
from platformrules.testing.drafts import draft

TIERS = "8 if center.floor_area_m2 >= 150 else 6 if center.floor_area_m2 >= 100 else 0"
GOOD = {"id": "a", "title": {"zh": "好", "en": "good"}, "when": "center.full_time_staff >= 2", "points": 1}
POOR = {"id": "b", "title": {"zh": "差", "en": "poor"}, "points": 0, "fails": True}


@pytest.mark.parametrize(
    ("criterion", "zh", "en"),
    [
        (
            {"points": TIERS, "max": 8, "pass_at": 6},
            "得分：面积不少于150平方米时为8，面积不少于100平方米时为6，否则为0（满分8分，6分以上达标）",
            (
                "points: 8 if floor area is at least 150 m², 6 if floor area is at least 100 m², otherwise 0"
                " (out of 8, passes from 6)"
            ),
        ),
        ({"points": "2 * count(activities)"}, "得分：2×活动的数量", "points: 2 times the number of activities"),
        (
            {"points": "-count(activities)", "min": -6, "max": 0, "pass_at": -2},
            "得分：负的活动的数量（最高0分，最低-6分，-2分以上达标）",
            "points: minus the number of activities (at most 0, at least -6, passes from -2)",
        ),
        (
            {"judge": "points", "max": 4, "pass_at": 2},
            "由人评分（满分4分，2分以上达标）",
            "a person gives points (out of 4, passes from 2)",
        ),
        (
            {"grades": [GOOD, POOR], "max": 3},
            "等次：专职工作人员不少于2人时为好（1分）；否则为差（0分，不达标）（满分3分）",
            (
                "grade: good (1 point) if full-time staff is at least 2 persons;"
                " otherwise poor (0 points, fails) (out of 3)"
            ),
        ),
        (
            {"grades": [{**GOOD, "points": None}, {**POOR, "points": None}]},
            "等次：专职工作人员不少于2人时为好；否则为差（不达标）",
            "grade: good if full-time staff is at least 2 persons; otherwise poor (fails)",
        ),
        (
            {"judge": [{**GOOD, "when": None}, POOR]},
            "由人认定：好（1分）／差（0分，不达标）（满分1分）",
            "a person finds: good (1 point) / poor (0 points, fails) (out of 1)",
        ),
        ({"judge": []}, "由人认定：是／否", "a person finds: yes / no"),
        (
            {"judge": [], "applies_when": "center.has_flag"},
            "适用于有团旗的情形：由人认定：是／否",
            "where “League flag” is yes: a person finds: yes / no",
        ),
    ],
)
def test_sentences(criterion: Mapping[str, Any], zh: str, en: str) -> None:
    """Of each form of criterion, with limits and with what it applies to."""
    rows = {
        key: [{name: part for name, part in row.items() if part is not None} for row in value]
        if isinstance(value, list)
        else value
        for key, value in criterion.items()
    }
    standard = draft(rows)
    said = sentence(standard, standard.criteria[0])
    assert (said.zh, said.en) == (zh, en)


def test_criteria_and_blocks_are_named_by_their_titles() -> None:
    """Points may be read of other criteria and of blocks."""
    other = {"points": 'criteria["k0"].points + blocks["b"].points'}
    standard = draft({"points": "1", "block": "b"}, other, blocks=[{"id": "b"}])
    assert standard.criteria[1].points is not None
    said = phrase(standard, standard.criteria[1].points)
    assert (said.zh, said.en) == (
        "条件“条件”的得分＋板块“组”的得分",
        "the points of criterion “criterion” plus the points of block “block”",
    )


def test_limits_of_criteria_rows_and_blocks() -> None:
    """Nothing is said where nothing limits; one point is one."""
    standard = draft(
        {"points": "1"},
        {"judge": [{**GOOD}, POOR], "block": "c"},
        {"points": "1", "max": 2, "block": "a"},
        blocks=[{"id": "a", "max": 2}, {"id": "b"}, {"id": "c", "cap": 1}],
    )
    assert limits_said(standard.criteria[0]) is None
    assert [None if (said := block_limits(one)) is None else said.zh for one in standard.blocks] == [
        "满分2分",
        None,
        "封顶1分",
    ]
    assert [row_said(row).en for row in standard.criteria[1].judge] == ["good (1 point)", "poor (0 points, fails)"]
    assert points_said(2).en == "2 points"

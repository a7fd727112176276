# SPDX-License-Identifier: MIT
"""The worked example of a star standard, from its folder."""

from __future__ import annotations

from pathlib import Path

from platformrules.plugins import load
from platformrules.testing import check_plugin

STARS = Path(__file__).parents[2] / "docs" / "examples" / "stars"

TestPlugin = check_plugin("stars", STARS)


def test_the_example_shows_every_form_of_criterion() -> None:
    """Tiers and numbers per unit, grades by conditions, choices, a person's points, a condition, caps, a deduction."""
    book = load([STARS])
    assert book.faults == ()
    standard = book["stars/rooms"]
    forms = {
        "points": [one.id for one in standard.criteria if one.points is not None],
        "grades": [one.id for one in standard.criteria if one.grades],
        "judge": [one.id for one in standard.criteria if one.judge],
        "judges_points": [one.id for one in standard.criteria if one.judges_points],
        "require": [one.id for one in standard.criteria if one.require is not None],
    }
    assert forms == {
        "points": ["area", "training", "regular", "hours", "awards", "wifi", "complaints"],
        "grades": ["staff"],
        "judge": ["upkeep", "records"],
        "judges_points": ["style"],
        "require": ["public"],
    }
    assert [(one.id, one.maximum, one.cap) for one in standard.blocks if one.maximum or one.cap] == [
        ("basics", 40, None),
        ("rooms", 20, None),
        ("people", 20, None),
        ("service", 40, None),
        ("bonus", None, 10),
    ]
    assert [one.id for one in standard.assessors] == ["own", "county"]

# SPDX-License-Identifier: MIT
"""A standard as the engines read it."""

from datetime import date
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2015, 9, 1), False),
        (date(2015, 9, 2), True),
        (date(2025, 9, 1), True),
        (date(2025, 9, 2), False),
    ],
)
def test_a_standard_is_in_force_from_its_first_to_its_last_day(rules: Any, day: date, expected: bool) -> None:  # noqa: FBT001
    """Both are included."""
    assert rules.standard().is_in_force(day) is expected


def test_a_standard_without_a_last_day_stays_in_force(rules: Any) -> None:
    """Until another takes its place, and never by the clock."""
    rules.edit("standard", ("until = 2025-09-01, ", ""))
    assert rules.standard().is_in_force(date.max)


def test_a_criterion_is_found_by_its_id(rules: Any) -> None:
    """And only by its id."""
    standard = rules.standard()
    assert standard["style"] is standard.criteria[2]
    with pytest.raises(KeyError, match="stlye"):
        standard["stlye"]


def test_a_standard_knows_all_of_its_expressions(rules: Any) -> None:
    """Of values, of criteria, of rows that a person picks from, of notes and of verdicts."""
    assert [one.text.strip().partition(" ")[0] for one in rules.standard().expressions] == [
        "center.p_rooms",
        "center.floor_area_m2",
        "center.opened_on",
        "all(count(a",
        "center.style_practical",
        "center.p_rooms",
        "all(c.satisfied",
    ]


def test_a_standard_knows_the_facts_that_it_reads(rules: Any) -> None:
    """By model and name, in whatever expression."""
    assert rules.standard().facts == {
        ("center", "floor_area_m2"),
        ("center", "p_house"),
        ("center", "opened_on"),
        ("center", "style_practical"),
        ("center", "p_rooms"),
        ("center", "delisted"),
        ("activity", "theme"),
        ("activity", "attendance"),
    }


def test_a_standard_cannot_be_changed(rules: Any) -> None:
    """Neither its parameters nor the hashes of its files."""
    standard = rules.standard()
    with pytest.raises(TypeError):
        standard.parameters["strict"] = None
    with pytest.raises(TypeError):
        standard.hashes["x"] = ""
    with pytest.raises(AttributeError):
        standard.criteria = ()

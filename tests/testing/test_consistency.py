# SPDX-License-Identifier: MIT
"""Consistency properties find what there is to find, print it as a case, and hold for the shipped plugins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from platformrules.evaluation import evaluate
from platformrules.plugins import load
from platformrules.standards.rulebook import Rulebook, RuleSource
from platformrules.testing import (
    Checked,
    disjoint,
    implies,
    monotone,
    no_redundant_criterion,
    satisfiable,
    versions_differ_only_in,
)
from platformrules.testing.cases import read_cases
from platformrules.testing.drafts import draft

BOOK = load()
DEMONSTRATION, CONSTRUCTION = BOOK["hubei/demonstration"], BOOK["hubei/construction"]
SEVEN = BOOK["handan/seven-ones"]


def read_back(found: Checked, folder: Path, book: Rulebook = BOOK) -> int:
    """Read the cases that a search printed, and see that each comes out as it says; how many there are."""
    (folder / "cases").mkdir(exist_ok=True)
    (folder / "cases" / "found.toml").write_text(f"format = 1\n{found.toml}", "utf-8")
    cases = read_cases(RuleSource("found", folder), book)
    for case in cases:
        assert list(case.differences(evaluate(case.standard, case.dossier))) == []
    return len(cases)


# What is true of the shipped rules, and what is not


def test_demonstration_asks_for_a_location_as_construction_does() -> None:
    """Whoever has the location of a demonstration platform has that of any platform, and the other way round."""
    assert implies((DEMONSTRATION, "location"), (CONSTRUCTION, "location"))
    assert implies((CONSTRUCTION, "location"), (DEMONSTRATION, "location"))
    assert implies((DEMONSTRATION, "partner-organizations"), (CONSTRUCTION, "hub"))
    assert implies(DEMONSTRATION, (CONSTRUCTION, "local-needs"))


def test_demonstration_does_not_imply_construction(tmp_path: Path) -> None:
    """Conflict U1: two part-timers make a demonstration platform, and no platform."""
    found = implies(DEMONSTRATION, (CONSTRUCTION, "full-time-minimum"))
    assert not found
    assert "\nfull_time_staff = 0\n" in found.toml
    assert "part_time_main_staff = 2  # does not matter" in found.toml
    assert read_back(found, tmp_path) == 2
    with pytest.raises(AssertionError, match="does not hold"):
        found.check()
    assert repr(found) == str(found)


def test_more_staff_leave_the_planning_range(tmp_path: Path) -> None:
    """The fourth full-timer is beyond the range of 1 to 3, and the counterexample says no more than that."""
    found = monotone(CONSTRUCTION, "center.full_time_staff")
    assert not found
    assert found.why == "with more, full-time-maximum fails"
    assert found.toml.count("full_time_staff") == 2
    assert read_back(found, tmp_path) == 2


@pytest.mark.parametrize("fact", ["center.equipment", "center.has_flag", "center.stable_served_youth"])
def test_more_never_worsens(fact: str) -> None:
    """More equipment, a flag, more young people: nothing gets worse."""
    monotone(DEMONSTRATION, fact, examples=30).check()


def test_more_activities_may_worsen(tmp_path: Path) -> None:
    """An activity that hardly anybody attends breaks `at least 20 each time`."""
    found = monotone(DEMONSTRATION, "activities", examples=60)
    assert not found
    assert "attendance fails" in found.why
    assert read_back(found, tmp_path) == 2


def test_more_of_every_row() -> None:
    """More people at each activity never worsen anything."""
    assert monotone(DEMONSTRATION, "activities.attendance", examples=30)


@pytest.mark.parametrize("standard", [DEMONSTRATION, CONSTRUCTION, SEVEN], ids=lambda one: one.id)
def test_standards_can_be_met(standard: Any, tmp_path: Path) -> None:
    """There is a center that meets all of it, and it is told."""
    found = satisfiable(standard)
    assert found
    assert read_back(found, tmp_path) == 1


def test_a_redundant_criterion_is_named() -> None:
    """Construction asks for volunteers among the team, so the criterion of volunteers says nothing of its own."""
    found = no_redundant_criterion(CONSTRUCTION)
    assert found.why == "never the only one that fails: volunteers"
    assert implies((CONSTRUCTION, "team-form"), (CONSTRUCTION, "volunteers"))
    assert no_redundant_criterion(DEMONSTRATION)


def test_versions(tmp_path: Path) -> None:
    """Another minimum area changes the floor area and nothing else."""
    stricter = DEMONSTRATION.with_parameters(minimum_area=120)
    assert versions_differ_only_in(DEMONSTRATION, stricter, {"floor-area"}, examples=40)
    found = versions_differ_only_in(DEMONSTRATION, stricter, {"tenure"})
    assert not found
    assert found.why == "they differ in floor-area"
    assert read_back(found, tmp_path) == 2


# On drafts


def test_disjoint() -> None:
    """Two criteria that shut each other out, and two that do not."""
    standard = draft("center.full_time_staff >= 5", "center.full_time_staff < 5", "center.full_time_staff < 6")
    assert disjoint((standard, "k0"), (standard, "k1"))
    assert "full_time_staff = 5" in disjoint((standard, "k0"), (standard, "k2")).toml


def test_unsatisfiable() -> None:
    """What nobody can meet is said to be so."""
    found = satisfiable(draft("center.full_time_staff >= 5", "center.full_time_staff < 5"), examples=10)
    assert not found
    assert found.toml == ""


def test_versions_with_other_criteria() -> None:
    """A criterion that one version lacks is a difference, unless it is allowed."""
    old, new = draft("center.has_flag"), draft("center.has_flag", "center.has_emblem")
    assert versions_differ_only_in(old, new, set()).why == "only one of them has k1"
    assert versions_differ_only_in(old, new, {"k1"}, examples=20)


def test_versions_with_another_verdict() -> None:
    """The verdict may differ only where a criterion does."""
    rows: list[Any] = [{"id": "met", "conforms": True, "when": "false"}, {"id": "not-met", "conforms": False}]
    found = versions_differ_only_in(draft("center.has_flag"), draft("center.has_flag", verdict=rows), set())
    assert found.why == "they differ in verdict"


@pytest.mark.parametrize("fact", ["center.name", "center.grade", "center.flag", "area.level", "rows"])
def test_more_of_what(fact: str) -> None:
    """There is no more of a text or choice, nor of what there is not."""
    with pytest.raises(ValueError, match=r"more and less|no fact or relation|judges a center"):
        monotone(draft("center.has_flag"), fact)


def test_the_same_counterexample_each_time() -> None:
    """A search depends on nothing but the rules."""
    claim = ((DEMONSTRATION, "staff"), (CONSTRUCTION, "full-time-minimum"))
    assert implies(*claim).toml == implies(*claim).toml

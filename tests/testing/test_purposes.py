# SPDX-License-Identifier: MIT
"""Dossiers made for a purpose serve it, on the shipped standards and on every shape that can be turned round."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from platformrules.evaluation import evaluate
from platformrules.models import Activity, Area, Center, Organization
from platformrules.plugins import load
from platformrules.results import Outcome
from platformrules.standards.model import Standard
from platformrules.testing import (
    activities,
    areas,
    centers,
    dossiers,
    near_thresholds,
    organizations,
    passing,
    registration,
)
from platformrules.testing.construction import FAILED, INAPPLICABLE, MET, Plan, construct
from platformrules.testing.drafts import draft
from platformrules.testing.purposes import satisfied

BOOK = load()
PERIOD_STANDARDS = ["hubei/demonstration", "hubei/construction", "handan/seven-ones", "handan/center-goals"]
DETERMINISTIC = settings(max_examples=200, derandomize=True, database=None, deadline=None)


@pytest.mark.parametrize("reference", PERIOD_STANDARDS)
@given(data=st.data())
@settings(max_examples=15)
def test_passing_dossiers_pass(reference: str, data: st.DataObject) -> None:
    """Whatever is drawn meets every criterion, and the verdict conforms."""
    report = evaluate(BOOK[reference], data.draw(passing(BOOK[reference])))
    assert satisfied(report)
    assert report.verdict.conforms is True


@pytest.mark.parametrize("reference", PERIOD_STANDARDS)
def test_each_criterion_can_be_made_to_fail(reference: str) -> None:
    """The named criterion fails; but for those that another one implies, nothing else does."""
    standard = BOOK[reference]
    plan, random = Plan.of([standard]), Random(1)
    implied = {"volunteers", "has-projects", "has-rules", "regional-unit", "emblem-plaque", "league-elements"}
    for criterion in standard.criteria:
        others = [(0, one.id, MET) for one in standard.criteria if one is not criterion]
        for _ in range(3):
            made = construct(plan, random.randrange, [*others, (0, criterion.id, FAILED)])
            report = evaluate(standard, made.dossier())
            assert report[criterion.id].outcome is Outcome.FAILED
            failed = [one.criterion for one in report if one.outcome is Outcome.FAILED]
            assert failed == [criterion.id] or criterion.id in implied, failed


@given(dossiers(BOOK["hubei/demonstration"], failing="floor-area"))
@settings(max_examples=10)
def test_failing_by_name(dossier: Any) -> None:
    """`dossiers(standard, failing=…)`: the floor area is too small, and nothing else is wrong."""
    report = evaluate(BOOK["hubei/demonstration"], dossier)
    assert [one.criterion for one in report if one.outcome is not Outcome.PASSED] == ["floor-area"]
    assert dossier.center.floor_area_m2 < 100


def test_a_criterion_that_there_is_not() -> None:
    """A misspelt criterion is an error, not an empty strategy."""
    with pytest.raises(KeyError):
        dossiers(BOOK["hubei/demonstration"], failing="flor-area")


def seen_sides(standard: Standard) -> dict[tuple[Any, ...], set[Any]]:
    """Of each comparison of a standard the distances from the limit that occur in 200 examples."""
    seen: dict[tuple[Any, ...], set[Any]] = defaultdict(set)

    @DETERMINISTIC
    @given(near_thresholds(standard))
    def gather(dossier: Any) -> None:
        for finding in evaluate(standard, dossier):
            for row in finding.evidence:
                key = (finding.criterion, row.quantity, row.operator)
                numbers = all(type(one) in {int, Decimal} for one in (row.observed, row.required))
                seen[key].add(row.observed - row.required if numbers else finding.outcome)

    gather()
    return seen


@pytest.mark.parametrize("reference", ["hubei/demonstration", "handan/seven-ones"])
def test_both_sides_of_every_boundary(reference: str) -> None:
    """Each number is drawn on the limit and one step beyond it; every other comparison comes out true and false."""
    seen = seen_sides(BOOK[reference])
    assert {key[0] for key in seen} == {one.id for one in BOOK[reference].criteria if one.require is not None}
    for (criterion, _, operator), found in seen.items():
        if found <= set(Outcome):
            assert {Outcome.PASSED, Outcome.FAILED} <= found, (criterion, found)
            continue
        beyond = {">=": -1, "<": 0, ">": 0, "<=": 1}[operator]
        inside = {">=": 0, "<": -1, ">": 1, "<=": 0}[operator]
        assert {inside, beyond} <= found, (criterion, operator, sorted(found))


SHAPES: list[Any] = [
    "center.floor_area_m2 > 60",
    "center.floor_area_m2 + center.right_of_use_years * 2 >= 80",
    "80 - center.floor_area_m2 <= 7",
    "center.floor_area_m2 / 4 == 25",
    "-center.floor_area_m2 <= -30",
    "min(center.floor_area_m2, 500) >= 60",
    "floor(center.floor_area_m2) == 61",
    "center.full_time_staff != 3",
    "center.full_time_staff < center.part_time_main_staff",
    "20 <= center.floor_area_m2 <= 90",
    'center.grade == "poor"',
    'center.grade != "poor"',
    'center.grade in {"poor", "average"}',
    'center.grade not in {"poor", "average"}',
    '"tv" in center.equipment and "wifi" not in center.equipment',
    '{"tv", "wifi"} <= center.equipment',
    'center.equipment <= {"tv", "wifi"}',
    'center.equipment == {"tv"}',
    'count(center.equipment & {"tv", "wifi", "audio"}) >= 2',
    "count(center.services) == 3",
    'starts_with(center.name, "青年") and length(center.name) >= 1',
    'ends_with(center.name, "中心") and length(center.name) > 6',
    'contains(center.name, "之家")',
    "length(center.name) == 5",
    "center.has_flag if center.has_emblem else center.on_cloud",
    "(center.has_flag and not center.has_emblem) or center.on_cloud",
    "center.has_flag == center.has_emblem",
    "years_between(center.opened_on, as_of) >= 2",
    "days_between(as_of, center.opened_on) < 3",
    "add_months(center.opened_on, 6) <= as_of",
    "center.opened_on.year == 2018",
    "center.opened_on < period.start",
    "count(activities) >= 7",
    "count(a for a in activities if a.attendance >= 20) == 3",
    "sum(a.attendance for a in activities) >= 140",
    "all(a.attendance >= 20 for a in activities)",
    "any(a.published_on_cloud for a in activities)",
    "max((a.attendance for a in activities), default=0) >= 50",
    "mean((a.attendance for a in activities), default=0) >= 50",
    'share((a.theme == "study_club" for a in activities), default=0) >= 0.3',
    "all(count(a for a in activities if a.month == m) >= 2 for m in months)",
    "count(m for m in months if any(a.month == m for a in activities)) >= 9",
    "count({a.theme for a in activities}) >= 1",
    "count(during(activities, m_first, period.end)) >= 2",
    'count(o for o in organizations if "partner" in o.relations and o.relation_regular) >= 2',
    {"require": "center.has_flag", "applies_when": "center.on_cloud"},
    {"judge": []},
    "round(center.floor_area_m2 * center.right_of_use_years) == 12",
]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_every_shape_can_be_turned_round(shape: Any) -> None:
    """A condition of each shape is met and failed, by the simplest choices and by others."""
    standard = draft(shape, parameters={"m_first": date(2020, 3, 1)})
    plan, random = Plan.of([standard]), Random(5)
    for wanted, outcome in ((MET, Outcome.PASSED), (FAILED, Outcome.FAILED)):
        for pick in (lambda _: 0, *[random.randrange] * 8):
            report = evaluate(standard, construct(plan, pick, [(0, "k0", wanted)]).dossier())
            assert report["k0"].outcome is outcome, (wanted, report["k0"].evidence)


def test_what_need_not_apply() -> None:
    """A criterion may be made not to apply."""
    standard = draft({"require": "center.has_flag", "applies_when": 'center.grade == "poor"'})
    made = construct(Plan.of([standard]), lambda _: 0, [(0, "k0", INAPPLICABLE)])
    assert evaluate(standard, made.dossier())["k0"].outcome is Outcome.INAPPLICABLE


def test_what_cannot_be_turned_round_is_searched_for() -> None:
    """A table is not read backwards: the choice for which it has the number is searched for."""
    grades = {"by": "center.grade", "values": {"better": 1, "average": 5, "poor": 3}}
    standard = draft("points_of[center.grade] >= 5", parameters={"points_of": grades})
    made = construct(Plan.of([standard]), lambda _: 0, [(0, "k0", MET)])
    assert made.subject["grade"] == "average"
    assert evaluate(standard, made.dossier())["k0"].outcome is Outcome.PASSED


def test_the_period_is_one_in_which_it_can_be() -> None:
    """A criterion of later years is tried in these."""
    standard = draft({"require": "center.has_flag", "applies_when": "period.end.year >= 2024"})
    made = construct(Plan.of([standard]), lambda _: 0, [(0, "k0", FAILED)])
    assert evaluate(standard, made.dossier())["k0"].outcome is Outcome.FAILED
    assert made.period is not None
    assert made.period.end.year >= 2024


def test_standards_of_one_kind_only() -> None:
    """Standards that judge different kinds of subject have no dossier in common."""
    with pytest.raises(ValueError, match="same kind of subject"):
        Plan.of([draft("true"), draft("true", subject="area")])


# Models, and the entry point of Hypothesis


@pytest.mark.parametrize(
    ("strategy", "model"),
    [(centers, Center), (activities, Activity), (organizations, Organization), (areas, Area)],
    ids=["centers", "activities", "organizations", "areas"],
)
@given(data=st.data())
@settings(max_examples=5)
def test_records(strategy: Any, model: type, data: st.DataObject) -> None:
    """Each strategy makes records of its model; registered, so does the type itself."""
    registration.register()
    assert type(data.draw(strategy())) is model
    assert type(data.draw(st.from_type(model))) is model


def test_the_entry_point(tmp_path: Path) -> None:
    """Installed, `st.from_type(Center)` works by itself, and importing Hypothesis loads the models only."""
    info = tmp_path / "found-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: found\nVersion: 1\n", "utf-8")
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    line = next(one for one in text.splitlines() if "testing.registration" in one)
    (info / "entry_points.txt").write_text(f"[hypothesis]\n{line.replace(chr(34), '')}\n", "utf-8")
    code = (
        "import sys; import hypothesis.strategies as st; "
        "assert not any(one.startswith('platformrules.testing.strat') or 'standards' in one "
        "for one in sys.modules if one.startswith('platformrules')); "
        "from platformrules.models import Center; print(type(st.from_type(Center).example()).__name__)"
    )
    path = [str(tmp_path), *(one for one in sys.path if one)]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env={"PYTHONPATH": ":".join(path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.returncode) == ("Center", 0), done.stderr

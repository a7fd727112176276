# SPDX-License-Identifier: MIT
"""What the testing kit draws, expects and asks of standards with points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platformrules.dossiers import Dossier, Judgement
from platformrules.errors import RuleFileError
from platformrules.evaluation import evaluate
from platformrules.plugins import load, rule_folder
from platformrules.testing import check_plugin
from platformrules.testing.cases import Case, read_cases
from platformrules.testing.casewriter import case_toml, expected
from platformrules.testing.drafts import draft
from platformrules.testing.strategies import Reading, dossiers, limits_of

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "stars" / "src" / "platformrules_stars"
JUDGED = draft({"judge": "points", "min": -1, "max": 8, "pass_at": Decimal("4.5")}, assessors=("own", "county"))


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """A copy of the example with one text of its cases changed."""

    def make(old: str, new: str) -> Path:
        folder = tmp_path / "platformrules_stars"
        for path in sorted(EXAMPLE.rglob("*.toml")):
            text = path.read_text("utf-8")
            if path.name == "rooms.toml":
                assert text.count(old) == 1, old
                text = text.replace(old, new)
            target = folder / path.relative_to(EXAMPLE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        return folder

    return make


def test_landmarks_lie_on_the_limits_of_points() -> None:
    """And next to them: where points are cut, what rows are worth, from how many on a criterion passes."""
    rows = [
        {"id": "a", "title": {"zh": "甲", "en": "A"}, "when": "center.has_flag", "share": 1},
        {"id": "b", "title": {"zh": "乙", "en": "B"}, "share": Decimal("0.25")},
    ]
    points = {"points": "2 * count(activities)", "min": -3, "max": 20, "pass_at": 7, "block": "b"}
    standard = draft(points, {"grades": rows, "max": 6}, "true", blocks=[{"id": "b", "cap": 11}])
    assert limits_of(standard) == (-3, 20, 7, 0, 6, Decimal("1.5"), 11)
    assert {6, 7, 8, 11, 12, 20} <= set(Reading.of(standard).near.numbers)


def judgements(dossier: Dossier) -> Iterator[Judgement]:
    """Every judgement of a dossier."""
    for one in dossier.judgements.values():
        yield from (one,) if isinstance(one, Judgement) else one


@given(st.data())
def test_complete_judgements_fit(data: st.DataObject) -> None:
    """Points within the limits, on them or next to them, by assessors of the standard or nobody's."""
    for one in judgements(data.draw(dossiers(JUDGED, complete=True))):
        assert isinstance(one.value, int | Decimal)
        assert -1 <= one.value <= 8
        assert one.role in {None, "own", "county"}


def example_cases(folder: Path) -> dict[str, Case]:
    """The worked cases of a folder by id."""
    return {one.id: one for one in read_cases(rule_folder(folder), load([folder]))}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("score = 85.5", "score = 85", "the score: expected `85`, found `85.5`"),
        ("points = { regular = 8 }", "points = { regular = 9 }", "the points of regular: expected `9`, found `8`"),
        (
            "score = { low = 48, high = 90 }",
            "score = { low = 48 }",
            "the score: expected `{'low': 48}`, found `{'low': 48, 'high': 90}`",
        ),
        (
            'grades = { staff = "fair" }',
            'grades = { staff = "good" }',
            "the grade of staff: expected `good`, found `fair`",
        ),
        (
            'staff = ["fair", "good", "poor"]',
            'staff = ["fair", "good"]',
            "the grade of staff: expected `['fair', 'good']`, found `['fair', 'good', 'poor']`",
        ),
        (
            'records = "nothing"',
            'records = "good"',
            "the grade of records: expected `good`, found `nothing`",
        ),
    ],
)
def test_cases_that_expect_otherwise_are_told(changed: Callable[..., Path], old: str, new: str, told: str) -> None:
    """Score, points and grades, settled and open."""
    cases = example_cases(changed(old, new)).values()
    assert [line for one in cases for line in one.differences(evaluate(one.standard, one.dossier))] == [told]


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ('grades = { staff = "fare" }', "`staff` has no grade `fare`"),
        ('grades = { staff = ["fair", "god"] }', "`staff` has no grade `god`"),
        ('grades = { area = "fair" }', "no criterion `area` has grades"),
        ('grades = { staff = "fair" }, data_say = { style = "good" }', "the data cannot say `good` of `style`"),
    ],
)
def test_what_a_case_cannot_expect_is_told(changed: Callable[..., Path], new: str, message: str) -> None:
    """Grades and points are those of criteria that have them."""
    with pytest.raises(RuleFileError, match=message):
        example_cases(changed('grades = { staff = "fair" }', new))


def test_the_suite_asks_for_both_sides_of_a_tier(changed: Callable[..., Path]) -> None:
    """Without the case that just misses the tier of 150 the suite says so."""
    folder = changed("floor_area_m2 = 149, stars_training_days", "floor_area_m2 = 140, stars_training_days")
    with pytest.raises(pytest.fail.Exception, match=r"floor_area_m2 >= 150`: no case just does not, such as 149"):
        check_plugin("stars", folder)().test_every_threshold_has_cases_on_both_sides()


def test_a_written_case_keeps_the_assessor_and_the_score() -> None:
    """The judgement that counts with its role, and the score settled or in bounds."""
    cases = example_cases(EXAMPLE)
    twice, unknown = cases["assessed-twice"], cases["hardly-recorded"]
    report = evaluate(twice.standard, twice.dossier)
    assert expected(report)["score"] == Decimal("85.5")
    text = case_toml("again", twice.standard, twice.dossier, {"verdict": "five"})
    assert '"style" = { "value" = 2.5, "role" = "county" }' in text
    assert expected(evaluate(unknown.standard, unknown.dossier))["score"] == {"low": 48, "high": 90}

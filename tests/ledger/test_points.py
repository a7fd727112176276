# SPDX-License-Identifier: MIT
"""Judgements of a standard with points: numbers within limits, rows by label, and assessors."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from platformrules.dossiers import Judgement
from platformrules.evaluation import evaluate
from platformrules.ledger import Ledger, read_ledger, sample_ledger, write_ledger, write_template
from platformrules.ledger.problems import Problem
from platformrules.periods import Period
from platformrules.plugins import load
from platformrules.standards.model import Standard

STARS = Path(__file__).parents[2] / "docs" / "examples" / "stars"
HEADINGS = ["对象编号", "条件", "认定结果", "认定人", "认定日期", "理由", "认定角色"]


@pytest.fixture(scope="module")
def stars() -> Standard:
    """The standard of the worked example."""
    return load([STARS])["stars/rooms"]


@pytest.fixture
def judged(tmp_path: Path, stars: Standard) -> Callable[..., Ledger]:
    """Read a workbook with one center and these judgements."""

    def read(*rows: list[Any]) -> Ledger:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "青年中心"
        for row in (["编号", "名称"], ["c1", "甲"]):
            sheet.append(row)
        said = book.create_sheet("认定")
        for row in (HEADINGS, *rows):
            said.append(row)
        book.save(tmp_path / "l.xlsx")
        return read_ledger(tmp_path / "l.xlsx", stars, period=Period.year(2024))

    return read


def place(one: Problem) -> tuple[str, str]:
    """Code and cell of a problem."""
    return one.code, one.cell


@pytest.mark.parametrize(
    ("typed", "points"),
    [(3, 3), (2.5, Decimal("2.5")), ("2.5", Decimal("2.5")), ("３分", 3), (0, 0), (4, 4), (0.1, Decimal("0.1"))],
)
def test_points_are_read_exactly(judged: Callable[..., Ledger], typed: Any, points: Any) -> None:
    """As a number or a text, with its unit or without, ends of the limits included."""
    ledger = judged(["c1", "陈设", typed])
    assert ledger.problems == ()
    value = ledger.dossiers[0].judgements["style"].value  # type: ignore[union-attr]
    assert (value, type(value)) == (points, type(points))


@pytest.mark.parametrize(
    ("typed", "code", "message"),
    [
        (4.5, "PR503", "大于 4"),
        (-1, "PR503", "小于 0"),
        ("很好", "PR501", "读不出数字"),
        ("2.00001", "PR503", "小数多于 4 位"),
    ],
)
def test_points_outside_of_the_limits_are_listed(
    judged: Callable[..., Ledger], stars: Standard, typed: Any, code: str, message: str
) -> None:
    """With the cell and what may stand there; the other judgements are used."""
    ledger = judged(["c1", "style", typed], ["c1", "环境维护", "中"])
    (problem,) = ledger.problems
    assert place(problem) == (code, "C2")
    assert message in problem.message.zh
    assert problem.expected is not None
    assert problem.expected.zh == "数字（分），不小于 0，不大于 4"
    assert dict(ledger.dossiers[0].judgements) == {"upkeep": Judgement(value="fair")}
    assert evaluate(stars, ledger.dossiers[0])["upkeep"].points == 3


def test_a_blank_sign_is_no_number(judged: Callable[..., Ledger], tmp_path: Path, stars: Standard) -> None:
    """In a workbook it is a blank cell; in JSON, where nobody fills in blanks, it is listed."""
    assert judged(["c1", "style", "/"]).problems == ()
    path = tmp_path / "l.json"
    path.write_text('{"dossiers": [{"center": {"id": "c1"}, "judgements": {"style": {"value": "/"}}}]}', "utf-8")
    (problem,) = read_ledger(path, stars, period=Period.year(2024)).problems
    assert (problem.code, problem.message.en) == ("PR512", "`/` is no number of points, so not used")


def test_json_keeps_points_exactly(tmp_path: Path, stars: Standard) -> None:
    """Numbers with a point are exact, true and texts are none."""
    path = tmp_path / "l.json"
    given = '{"style": {"value": 2.1, "role": "县里评定"}}'
    path.write_text('{"dossiers": [{"center": {"id": "c1"}, "judgements": ' + given + "}]}", "utf-8")
    ledger = read_ledger(path, stars, period=Period.year(2024))
    assert ledger.problems == ()
    assert ledger.dossiers[0].judgements["style"] == Judgement(value=Decimal("2.1"), role="county")
    path.write_text(path.read_text("utf-8").replace("2.1", "true"), "utf-8")
    assert [place(one) for one in read_ledger(path, stars, period=Period.year(2024)).problems] == [
        ("PR501", "$.dossiers[0].judgements.style.value")
    ]


def test_assessors_are_named_by_id_or_title(judged: Callable[..., Ledger], stars: Standard) -> None:
    """The county decides, wherever its row stands; an unknown assessor is listed and the others count."""
    rows = [
        ["c1", "style", 2.5, None, None, None, "县里评定"],
        ["c1", "style", 4, None, None, None, "own"],
        ["c1", "style", 1, None, None, None, "邻县"],
        ["c1", "style", 3, None, None, None, "County"],
    ]
    ledger = judged(*rows)
    assert sorted(map(place, ledger.problems)) == [("PR506", "B5"), ("PR512", "G4")]
    unknown = next(one for one in ledger.problems if one.code == "PR512")
    assert unknown.expected is not None
    assert unknown.expected.en == "one of: own (self-assessment); county (county)"
    finding = evaluate(stars, ledger.dossiers[0])["style"]
    assert finding.judgement == Judgement(value=Decimal("2.5"), role="county")
    assert finding.other_judgements == (Judgement(value=4, role="own"),)
    assert finding.points == Decimal("2.5")


def test_an_unknown_assessor_in_json(tmp_path: Path, stars: Standard) -> None:
    """Listed with its path; the judgement is not used."""
    path = tmp_path / "l.json"
    given = '{"style": {"value": 2, "role": "邻县"}}'
    path.write_text('{"dossiers": [{"center": {"id": "c1"}, "judgements": ' + given + "}]}", "utf-8")
    ledger = read_ledger(path, stars, period=Period.year(2024))
    assert [(one.code, one.cell, one.value) for one in ledger.problems] == [
        ("PR512", "$.dossiers[0].judgements.style.role", "邻县")
    ]
    assert dict(ledger.dossiers[0].judgements) == {}


@pytest.mark.parametrize("suffix", ["xlsx", "json"])
def test_a_sample_is_read_back(tmp_path: Path, stars: Standard, suffix: str) -> None:
    """Made-up judgements fit: points within the limits, rows of scales, by the county; some meet everything."""
    made = sample_ledger(stars, centers=8, seed=3)
    given = [one for dossier in made.dossiers for one in dossier.judgements.values()]
    assert {one.role for one in given if isinstance(one, Judgement)} == {"county"}
    path = tmp_path / f"l.{suffix}"
    write_ledger(made, path, stars, internal=True)
    read = read_ledger(path, stars)
    assert read.problems == ()
    assert [dict(one.judgements) for one in read.dossiers] == [dict(one.judgements) for one in made.dossiers]
    scores = {evaluate(stars, one).score for one in made.dossiers}
    assert len(scores) > 1
    best = evaluate(stars, made.dossiers[0])
    assert {one.criterion: one.points for one in best if one.info.block == "rooms"} == {
        "area": 10,
        "upkeep": 6,
        "style": 4,
    }


def test_a_template_says_what_may_be_given(tmp_path: Path, stars: Standard) -> None:
    """Limits of points beside choices, and the assessors to choose from."""
    write_template(stars, tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["认定"]
    note = next(cell.comment.text for cell in sheet[1] if cell.value == "认定结果")
    assert "· 环境维护：好／中／差（附表 2）" in note
    assert "· 陈设：0至4分（附表 3）" in note
    lists = [one.formula1 for one in sheet.data_validations.dataValidation]
    assert '"自评,县里评定"' in lists

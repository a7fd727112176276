# SPDX-License-Identifier: MIT
"""Scores, points and grades in every format, of the worked example and of a small standard."""

from __future__ import annotations

import csv
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

import platformrules as pr
from platformrules.bounds import Bounds, Possible
from platformrules.languages import Language
from platformrules.plugins import load, rule_folder
from platformrules.reporting import (
    Publication,
    publish,
    render_html,
    report_schema,
    summary_lines,
    to_document,
    write_csv,
    write_workbook,
)
from platformrules.reporting.findings import awaited_text, grade_text
from platformrules.reporting.points import cap_text, is_scored, parts_of, points_of, points_text, scored_blocks
from platformrules.standards.model import Standard
from platformrules.testing.cases import read_cases
from platformrules.testing.drafts import draft

STARS = Path(__file__).parents[2] / "docs" / "examples" / "stars"
TAGS = re.compile(r"<(?:style|script|title).*?</(?:style|script|title)>|<[^>]*>", re.DOTALL)
SHOWN = ("everything", "just-three", "assessed-twice", "hardly-recorded", "no-staff")


@pytest.fixture(scope="module")
def reports() -> dict[str, pr.Report]:
    """What the worked cases come to, by the id of the case."""
    cases = read_cases(rule_folder(STARS), load([STARS]))
    return {one.id: pr.evaluate(one.standard, one.dossier) for one in cases if one.id in SHOWN}


@pytest.fixture(scope="module")
def stars() -> Standard:
    """The standard of the worked example."""
    return load([STARS])["stars/rooms"]


def published(stars: Standard, reports: dict[str, pr.Report], *names: str, **settings: Any) -> Publication:
    """Some of the reports."""
    return publish(stars, [pr.evaluate(stars, reports[name].dossier) for name in names or SHOWN], **settings)


def text_of(publication: Publication) -> str:
    """What a reader of the page sees, blanks put together."""
    return " ".join(TAGS.sub(" ", "".join(render_html(publication))).split())


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    """The rows of a sheet by their headings."""
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (6, "6"),
        (-3, "-3"),
        (Bounds(23, 31), "23–31"),
        (Bounds(3, None), "≥ 3"),
        (Bounds(None, 3), "≤ 3"),
        (Bounds(None, None), "unknown"),
    ],
)
def test_points_are_said(value: Any, text: str) -> None:
    """A number, from least to most, or what is known of it."""
    assert points_text(value, Language.EN) == text


def test_a_quotient_is_cut() -> None:
    """Four decimals, with a sign that says so."""
    third = pr.evaluate(draft({"points": "10 / 3"}), pr.Dossier(center=pr.Center(id="c"), period=pr.Period.year(2020)))
    assert points_text(third.score, Language.ZH) == "≈ 3.3333"


@pytest.mark.parametrize(
    ("points", "most", "text"),
    [(6, 8, "6 / 8"), (3, None, "3"), (-3, 0, "-3"), (0, 0, "0"), (None, None, ""), (2, Bounds(0, 6), "2 / 0–6")],
)
def test_points_stand_before_the_most_there_are(points: Any, most: Any, text: str) -> None:
    """Of deductions and of what is waived the points alone."""
    assert points_of(points, most, Language.ZH) == text


def test_parts_of_a_score(stars: Standard, reports: dict[str, pr.Report]) -> None:
    """Blocks with what is inside them, then criteria without a block; a veto gives no points and is no part."""
    found = [
        (None if one.block is None else one.block.id, one.depth, one.points, one.maximum)
        for one in parts_of(stars, reports["no-staff"])
    ]
    assert found == [
        ("basics", 0, 28, 40),
        ("rooms", 1, 20, 20),
        ("people", 1, 8, 20),
        ("service", 0, 34, 34),
        ("bonus", 0, 10, 10),
        (None, 0, 0, 0),
    ]
    assert [cap_text(one, Language.EN) for one, _ in scored_blocks(stars)] == ["", "", "", "", "capped at 10"]


def test_criteria_without_limit_outside_of_blocks() -> None:
    """Their part has no most; without blocks and points a standard has no score."""
    standard = draft({"points": "2"}, {"points": "1", "max": 3})
    (part,) = parts_of(standard, pr.evaluate(standard, EMPTY))
    assert (part.block, part.points, part.maximum) == (None, 3, None)
    within = draft({"points": "2", "block": "b"}, blocks=[{"id": "b"}])
    assert [one.block and one.block.id for one in parts_of(within, pr.evaluate(within, EMPTY))] == ["b"]
    assert (is_scored(standard), is_scored(draft("true"))) == (True, False)


EMPTY = pr.Dossier(center=pr.Center(id="c"), period=pr.Period.year(2020))


def test_documents_are_as_the_schema_says(stars: Standard, reports: dict[str, pr.Report]) -> None:
    """Grades and points of findings, settled and open, and points of blocks."""
    data = to_document(published(stars, reports))
    assert [str(one) for one in jsonschema.Draft202012Validator(report_schema()).iter_errors(data)] == []
    by_id = {one["subject"]: one for one in data["reports"]}
    unknown = {one["criterion"]: one for one in by_id["hardly-recorded"]["findings"]}
    assert by_id["hardly-recorded"]["score"] == {"low": 48, "high": 90}
    assert (unknown["area"]["points"], unknown["area"]["max"], unknown["area"]["grade"]) == (
        {"low": 0, "high": 10},
        10,
        None,
    )
    assert unknown["staff"]["grade"] == {"possibly": ["fair", "good", "poor"]}
    assert unknown["records"]["grade"] == {"possibly": ["", "good"]}
    assert unknown["records"]["max"] == {"low": 0, "high": 6}
    assert (unknown["awards"]["max"], unknown["public"]["points"]) == (None, None)
    absent = {one["criterion"]: one for one in by_id["no-staff"]["findings"]}
    assert (absent["records"]["grade"], absent["records"]["follows"]) == (None, None)
    assert absent["staff"]["follows"] == {"zh": "限期整改", "en": "put it right"}
    blocks = {one["id"]: (one["points"], one["max"]) for one in by_id["no-staff"]["blocks"]}
    assert (blocks["service"], blocks["veto"]) == ((34, 34), (0, 0))
    twice = {one["criterion"]: one for one in by_id["assessed-twice"]["findings"]}
    assert (twice["upkeep"]["judgement"]["role"], twice["upkeep"]["grade"]) == ("county", "fair")
    assert [(one["role"], one["value"]) for one in twice["upkeep"]["other_judgements"]] == [("own", "good")]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "zh",
            [
                "得分： 48–90",
                "得分构成 板块 得分 基础 14–40 / 40 场地 6–20 / 20 人员 8–20 / 20 服务 34–40 / 34–40",
                "加分 封顶10分 10 / 10 其他 -10–0",
                "场地 待定 6–20 / 20",
                "待人工认定：0–4分",
                "好或中或差",
                "得分：面积不少于150平方米时为10，面积不少于100平方米时为6，否则为0（满分10分，6分以上达标）",
            ],
        ),
        ("en", ["Score: 48–90", "What the score is made of", "capped at 10", "0–4 points", "good or fair or poor"]),
    ],
)
def test_a_page_says_the_score(
    stars: Standard, reports: dict[str, pr.Report], language: str, expected: list[str]
) -> None:
    """In the head of the subject, of what it is made, and points beside findings and blocks."""
    text = text_of(published(stars, reports, "hardly-recorded", language=language))
    assert [one for one in expected if one not in text] == []


def test_a_page_shows_who_else_judged(stars: Standard, reports: dict[str, pr.Report]) -> None:
    """The assessor that decides, by title, and the other beside it; grades with points and what follows."""
    text = text_of(published(stars, reports, "assessed-twice"))
    assert "认定： 中，县里评定" in text
    assert "其他认定： 好，自评" in text
    assert "达标 中 3 / 6" in text
    assert "后果： 次年提高" in text
    assert "达标 2.5 / 4" in text


def test_the_overview_has_a_column(stars: Standard, reports: dict[str, pr.Report]) -> None:
    """Of a standard with a score; others have none."""
    assert "总结论 得分 达到的板块" in text_of(published(stars, reports))
    plain = draft("true")
    assert "得分" not in text_of(publish(plain, [pr.evaluate(plain, EMPTY)]))


def test_what_is_counted_has_no_sign(stars: Standard, reports: dict[str, pr.Report]) -> None:
    """Conditions of tiers are met or not; what points are counted from is neither."""
    page = "".join(render_html(published(stars, reports, "just-three", language="en")))
    assert "days of training in the year: </i><b>2 days" in page
    assert "<strong>✗</strong> <i>floor area: </i><b>99 m²" in page


def test_a_workbook_has_the_points(stars: Standard, reports: dict[str, pr.Report]) -> None:
    """The score and a column for each part; points, most and grade of each finding; numbers are numbers."""
    stream = BytesIO()
    write_workbook(published(stars, reports), stream)
    stream.seek(0)
    book = openpyxl.load_workbook(stream)
    summary = {row["编号"]: row for row in rows_of(book["汇总"])}
    parts = ("得分", "基础得分", "场地得分", "人员得分", "服务得分", "加分得分", "其他得分")
    assert [summary["assessed-twice"][one] for one in parts] == [85.5, 35.5, 15.5, 20, 40, 10, 0]
    assert [summary["hardly-recorded"][one] for one in parts[:2]] == ["48–90", "14–40"]
    found = {(row["编号"], row["条件编号"]): row for row in rows_of(book["结论明细"])}
    staff = found["no-staff", "staff"]
    assert (staff["认定或等次"], staff["得分"], staff["满分"], staff["后果"]) == ("差", 0, 12, "限期整改")
    assert (found["no-staff", "public"]["得分"], found["everything", "awards"]["满分"]) == (None, None)
    assert "其他认定：4，自评" in found["assessed-twice", "style"]["备注"]
    plain = draft("true")
    stream = BytesIO()
    write_workbook(publish(plain, [pr.evaluate(plain, EMPTY)]), stream)
    assert "得分" not in [cell.value for cell in openpyxl.load_workbook(stream)["结论明细"][1]]


def test_csv_has_the_points(stars: Standard, reports: dict[str, pr.Report], tmp_path: Path) -> None:
    """Beside the grade."""
    write_csv(published(stars, reports, "everything", language="en"), tmp_path / "r.csv")
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as stream:
        row = next(row for row in csv.DictReader(stream) if row["Criterion id"] == "upkeep")
    assert (row["Judged or graded"], row["Points"], row["Out of"]) == ("good", "6", "6")


def test_the_terminal_says_the_score(stars: Standard, reports: dict[str, pr.Report]) -> None:
    """A column for all, and of a single subject what the score is made of, blocks inside others in brackets."""
    lines = summary_lines(published(stars, reports, language="en"), 120)
    assert [line.split()[-6] for line in lines if line.startswith(("Id", "everything"))] == ["Blocks", "4/4"]
    assert any("  90  " in line for line in lines if line.startswith("everything"))
    single = "\n".join(summary_lines(published(stars, reports, "no-staff", language="en"), 200))
    assert "Score: 72\n" in single
    made_of = "Basics 28 / 40 (Rooms 20 / 20, People 8 / 20), Service 34 / 34, Bonus 10 / 10 capped at 10, Other 0"
    assert f"What the score is made of: {made_of}" in single
    plain = draft("true")
    assert "Score" not in "\n".join(summary_lines(publish(plain, [pr.evaluate(plain, EMPTY)], language="en"), 100))


def test_grades_by_conditions_are_said_by_title(stars: Standard, reports: dict[str, pr.Report]) -> None:
    """Settled, open, and none; what a person has to give is said with its limits."""
    said = {name: grade_text(reports[name]["staff"], stars, Language.EN) for name in ("everything", "hardly-recorded")}
    assert said == {"everything": "good", "hardly-recorded": "good or fair or poor"}
    assert grade_text(reports["everything"]["area"], stars, Language.EN) == ""
    graded = draft(
        {
            "applies_when": "center.has_flag",
            "grades": [
                {"id": "a", "title": {"zh": "甲", "en": "A"}, "when": "center.has_emblem"},
                {"id": "b", "title": {"zh": "乙", "en": "B"}, "fails": True},
            ],
        }
    )
    finding = pr.evaluate(graded, EMPTY)["k0"]
    assert finding.grade == Possible(frozenset({"", "a", "b"}))
    assert grade_text(finding, graded, Language.ZH) == "不评等次或甲或乙"
    assert awaited_text(reports["hardly-recorded"]["style"], stars, Language.EN) == "Awaits a judgement: 0–4 points"
    assert awaited_text(reports["everything"]["style"], stars, Language.EN) == ""

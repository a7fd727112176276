# SPDX-License-Identifier: MIT
"""Blocks, figures, grades, what follows from them, and parameters of every form, in every format."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from attrs import evolve

import platformrules as pr
from platformrules.bounds import Bounds, Members, Possible
from platformrules.languages import Bilingual, Language
from platformrules.reporting import (
    Publication,
    publish,
    render_html,
    report_schema,
    summary_lines,
    to_document,
    views,
    write_csv,
    write_workbook,
)
from platformrules.reporting.findings import met_short, met_text, missing_label, state_text, state_tone
from platformrules.reporting.parameters import parameter_text, table_head, table_rows
from platformrules.reporting.tally import Met, blocks_met, by_block, tally
from platformrules.reporting.values import named_text, range_text
from platformrules.results import MASK, Missing
from platformrules.schema import Choice, Fact, FactType
from platformrules.standards.model import Block, Standard
from platformrules.standards.rulebook import RuleSource, load_rulebook

RULES = Path(__file__).parents[1] / "rules" / "harbour"
GIVEN = {"quota": 3, "strict": False}
TAGS = re.compile(r"<(?:style|script|title).*?</(?:style|script|title)>|<[^>]*>", re.DOTALL)


@pytest.fixture(scope="module")
def berth() -> Standard:
    """A made-up standard with every form of parameter, value, block and grade."""
    book = load_rulebook([RuleSource("harbour", RULES)])
    assert [str(one) for one in book.faults] == []
    return book["harbour/berth"]


def centers() -> list[pr.Dossier]:
    """One that was judged unlike the data, one of which little is known, one that meets everything."""
    facts: dict[str, Any] = {"floor_area_m2": 120, "construction_kind": "new", "phone": "13800000000"}
    facts |= {"full_time_staff": 2, "part_time_main_staff": 1, "has_flag": True}
    good, poor = pr.Judgement(value="good", by="某人"), pr.Judgement(value="poor", by="某人")
    given = [
        (pr.Center(id="c1", name="甲", **facts), {"order": poor, "spirit": good}),
        (pr.Center(id="c2", name="乙", full_time_staff=1), {}),
        (pr.Center(id="c3", name="丙", **facts), {"order": good, "spirit": good}),
    ]
    return [pr.Dossier(center=center, judgements=judged, as_of=date(2020, 12, 31)) for center, judged in given]


def published(standard: Standard, given: list[pr.Dossier] | None = None, **settings: Any) -> Publication:
    """The centers judged by the standard."""
    chosen = centers() if given is None else given
    return publish(standard, [pr.evaluate(standard, one) for one in chosen], **settings)


def page_of(publication: Publication) -> str:
    """What a reader of the page sees."""
    return TAGS.sub("", "".join(render_html(publication)))


def book_of(publication: Publication) -> Any:
    """The workbook as another library reads it."""
    stream = BytesIO()
    write_workbook(publication, stream)
    stream.seek(0)
    return openpyxl.load_workbook(stream)


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    """The rows of a sheet by their headings."""
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


# Counting


def test_blocks_at_the_top_are_counted(berth: Standard) -> None:
    """Those that are open count for the most; a standard without blocks has nothing to count."""
    found = [blocks_met(report) for report in published(berth.with_parameters(**GIVEN)).reports]
    assert found == [Met(1, 1, 2), Met(0, 2, 2), Met(2, 2, 2)]
    assert blocks_met(published(berth.with_parameters(quota=1)).reports[2]) == Met(2, 2, 2)
    plain = evolve(berth, blocks=(), criteria=tuple(evolve(one, block=None) for one in berth.criteria))
    assert blocks_met(pr.evaluate(plain, centers()[0])) is None


@pytest.mark.parametrize(
    ("met", "zh", "en", "short"),
    [
        (Met(5, 5, 7), "达到 5 项，共 7 项", "5 of 7", "5/7"),
        (Met(5, 6, 7), "达到 5 至 6 项，共 7 项", "5 to 6 of 7", "5–6/7"),
        (Met(0, 7, 7), "达到 0 至 7 项，共 7 项", "0 to 7 of 7", "0–7/7"),
    ],
)
def test_counts_of_blocks_are_said(met: Met, zh: str, en: str, short: str) -> None:
    """In words, and short for a column."""
    assert (met_text(met, Language.ZH), met_text(met, Language.EN), met_short(met)) == (zh, en, short)


def test_a_block_is_met_not_met_or_open() -> None:
    """Each with a word and what it means."""
    assert [state_text(one, Language.EN) for one in (True, False, None)] == ["met", "not met", "open"]
    assert [state_tone(one) for one in (True, False, None)] == ["conforms", "denies", "open"]


def test_a_block_of_blocks_stands_before_them(berth: Standard) -> None:
    """With no finding of its own if it has none; empty blocks are left out."""
    publication = published(berth)
    report = publication.reports[0]
    assert [None if block is None else block.id for block, _ in by_block(publication, report.findings)] == [
        "place",
        "size",
        "crew",
        None,
    ]
    areas = [finding for finding in report.findings if finding.info.block == "size"]
    assert [(block.id, len(found)) for block, found in by_block(publication, areas) if block] == [
        ("place", 0),
        ("size", 1),
    ]
    outer = Block("outer", Bilingual("外", "outer"))
    blocks = (outer, *(evolve(one, parent=one.parent or "outer") for one in berth.blocks))
    nested = evolve(publication, standard=evolve(berth, blocks=blocks))
    assert [block.id for block, _ in by_block(nested, areas) if block] == ["outer", "place", "size"]


def test_disagreements_are_counted(berth: Standard) -> None:
    """Where the data settle no row, or nobody judged, nothing differs."""
    publication = published(berth)
    assert [(one.id, number) for one, number in tally(publication).differing] == [("order", 1)]
    assert [report["order"].differs for report in publication.reports] == [True, False, False]
    assert [report["spirit"].differs for report in publication.reports] == [False, False, False]
    assert publication.reports[0]["area"].differs is False


def test_what_follows_is_that_of_the_row(berth: Standard) -> None:
    """Of the grade that a person gave and of the verdict that holds."""
    first, second, third = published(berth.with_parameters(**GIVEN)).reports
    assert first["order"].follows == Bilingual("整顿", "rectify")
    assert first["area"].follows is None
    assert second["order"].follows is None
    assert (first.verdict.follows, third.verdict.follows) == (None, Bilingual("授牌", "a plaque is given"))


# JSON


def test_documents_are_as_the_schema_says(berth: Standard) -> None:
    """Values settled, in bounds, unknown and masked; blocks with their parents."""
    for internal in (False, True):
        data = to_document(published(berth, internal=internal))
        assert [str(one) for one in jsonschema.Draft202012Validator(report_schema()).iter_errors(data)] == []
        values = {one["id"]: one for one in data["reports"][0]["values"]}
        assert list(values) == ["staff", "spacious", "kind", "contact", "hidden"]
        assert values["staff"]["value"] == 3
        assert values["contact"]["value"] == ("13800000000" if internal else MASK)
        assert values["hidden"]["title"] is None
        other = {one["id"]: one["value"] for one in data["reports"][1]["values"]}
        assert other["spacious"] is None
        assert other["staff"] == {"low": 1, "high": None}
        assert data["reports"][0]["blocks"][1] == {
            "id": "size",
            "title": {"zh": "大小", "en": "Size"},
            "parent": "place",
            "satisfied": True,
            "points": None,
            "max": None,
        }


# The page


def test_a_page_shows_blocks_figures_and_consequences(berth: Standard) -> None:
    """Each block with its state, how many are met, figures with unit and clause, and nothing that has no title."""
    text = page_of(published(berth.with_parameters(**GIVEN)))
    assert "板块：达到 1 项，共 2 项" in text
    assert "板块：达到 0 至 2 项，共 2 项" in text
    assert "一个场所 未达到" in text
    assert "一支队伍 达到" in text
    assert "一支队伍 待定" in text
    assert "人员合计3人" in text
    assert "人员合计至少1人" in text
    assert "宽敞是" in text
    assert "宽敞未知" in text
    assert "类别新建" in text
    assert f"联系方式{MASK}" in text
    assert "13800000000" not in text
    assert "hidden" not in text
    assert "后果：整顿" in text
    assert "后果：授牌" in text
    assert "13800000000" in page_of(published(berth, internal=True))


def test_a_page_counts_blocks_in_the_overview(berth: Standard, make: Callable[..., Publication]) -> None:
    """In a column, where the standard has blocks."""
    text = "".join(render_html(published(berth.with_parameters(**GIVEN), language="en")))
    assert '<th scope="col" class="n">Blocks met</th>' in text
    assert re.findall(r'<td class="n">([\d–]+/\d)</td>', text) == ["1/2", "0–2/2", "2/2"]
    plain = evolve(berth, blocks=(), criteria=tuple(evolve(one, block=None) for one in berth.criteria))
    assert "Blocks met" not in "".join(render_html(published(plain, language="en")))
    assert "Figures" not in page_of(make(language="en"))


def test_a_page_flags_a_disagreement(berth: Standard) -> None:
    """The grade beside the outcome, what the data say beside it, marked, and in the list of what to look at."""
    text = "".join(render_html(published(berth, language="en")))
    assert text.count('<p class="differs">') == 1
    assert '<p class="differs"><i>The data say: </i>good, unlike the judgement</p>' in text
    assert "<small>poor</small>" in text
    assert "Unlike the data 1" in TAGS.sub("", text)


def test_a_page_says_parameters_of_every_form(berth: Standard) -> None:
    """Every row of a table, steps, what was not given, and what was."""
    text = page_of(published(berth, language="en"))
    assert "newly built: 3 persons" in text
    assert "others: 1 person" in text
    assert "above 500: 3 persons" in text
    assert "to be given: whole number, persons, at least 1 not given for this run" in text
    assert "the parameter “quota” (not printed, to be given: whole number, persons, at least 1)" in text
    given = page_of(published(berth.with_parameters(quota=3, minimum_area=50), language="en"))
    assert "Parameters of the standard were changed for this assessment: minimum_area = 50 m²" in given
    assert "Parameters that the document does not print, as given: quota = 3 persons" in given
    assert "the parameter “quota”" not in given


def test_many_clauses_are_said_once(berth: Standard, monkeypatch: pytest.MonkeyPatch) -> None:
    """A criterion that rests on many says for every subject from where to where, and all of them in the annex."""
    area = berth["area"]
    many = evolve(
        area,
        cites=tuple(
            evolve(area.cites[0], clause=f"k{at}", locator=Bilingual(f"第{at}行", f"row {at}")) for at in range(1, 24)
        ),
    )
    standard = evolve(berth, criteria=tuple(many if one is area else one for one in berth.criteria))
    text = "".join(render_html(published(standard, language="en")))
    assert text.count('<a href="#c-area">made up no. 2 row 1 to made up no. 2 row 23, 23 clauses</a>') == len(centers())
    assert text.count("<b>row 7</b>") == 1
    monkeypatch.setattr(views, "MOST_CLAUSES", 23)
    assert "23 clauses" not in page_of(published(standard, language="en"))


def test_inner_blocks_are_told_apart(berth: Standard) -> None:
    """A block inside another stands below it, set in."""
    text = "".join(render_html(published(berth)))
    assert text.count('<tr class="block inner">') == len(centers())


# Workbook, CSV, terminal


def test_a_workbook_has_blocks_and_figures(berth: Standard) -> None:
    """How many blocks are met is a number where it is settled; each block at the top has a column; so have figures."""
    book = book_of(published(berth.with_parameters(**GIVEN)))
    assert book.sheetnames == ["汇总", "各项数值", "结论明细", "缺项", "问题", "来源"]
    summary = rows_of(book["汇总"])
    found = [[row[name] for name in ("达到的板块", "板块数", "一个场所", "一支队伍")] for row in summary]
    assert found == [[1, 2, "未达到", "达到"], ["0至2", 2, "待定", "待定"], [2, 2, "达到", "达到"]]
    values = rows_of(book["各项数值"])
    assert {row["数值编号"] for row in values} == {"staff", "spacious", "kind", "contact"}
    assert [(row["数值"], row["单位"]) for row in values if row["数值编号"] == "staff"] == [
        (3, "人"),
        ("至少1人", None),
        (3, "人"),
    ]
    assert values[0]["依据"] == "made up no. 2 第二条"
    order = [row for row in rows_of(book["结论明细"]) if row["条件编号"] == "order"]
    assert [(row["认定或等次"], row["资料显示"], row["后果"], row["板块达到"]) for row in order] == [
        ("差", "好，与认定不同", "整顿", "未达到"),
        (None, None, None, "待定"),
        ("好", "好", "巩固", "达到"),
    ]


def test_a_workbook_without_figures_has_no_sheet_of_them(make: Callable[..., Publication]) -> None:
    """Nor has one of a standard without blocks columns of them."""
    assert "各项数值" not in book_of(make()).sheetnames


def test_a_workbook_without_blocks_counts_none(berth: Standard) -> None:
    """The summary has no column of blocks then, and findings stand in none."""
    plain = evolve(berth, blocks=(), criteria=tuple(evolve(one, block=None) for one in berth.criteria))
    book = book_of(published(plain))
    assert {"达到的板块", "板块数"}.isdisjoint(rows_of(book["汇总"])[0])
    assert {row["板块达到"] for row in rows_of(book["结论明细"])} == {None}


def test_gaps_name_parameters_to_be_given(berth: Standard) -> None:
    """In words, with what they may be."""
    gaps = rows_of(book_of(published(berth, language="en"))["Gaps"])
    named = {row["Fact"]: row["Item"] for row in gaps}
    assert named["parameters.quota"] == (
        "the parameter “quota” (not printed, to be given: whole number, persons, at least 1)"
    )


def test_csv_has_grades_and_blocks(berth: Standard, tmp_path: Path) -> None:
    """One column each: the state of the block, the grade, what the data say, what follows."""
    write_csv(published(berth, language="en"), tmp_path / "r.csv")
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as stream:
        row = next(row for row in csv.DictReader(stream) if row["Criterion id"] == "order")
    assert (row["Block"], row["Block met"], row["Judged or graded"]) == ("One place", "not met", "poor")
    assert (row["The data say"], row["What follows"]) == ("good, unlike the judgement", "rectify")


def test_the_terminal_tells_blocks_and_disagreements(berth: Standard) -> None:
    """Of one subject also its figures and what follows."""
    standard = berth.with_parameters(**GIVEN)
    lines = summary_lines(published(standard), 100)
    assert any(line.split()[:4] == ["编号", "名称", "总结论", "板块"] for line in lines)
    assert "认定与资料不同：整洁（1）" in lines
    assert not any("人员合计" in line for line in lines)
    (*_, last) = centers()
    lines = summary_lines(published(standard, [last]), 100, "en")
    assert "What follows: a plaque is given" in lines
    assert "Blocks met: 2 of 2" in lines
    assert f"Figures: staff in all 3 persons, spacious yes, kind newly built, contact {MASK}" in lines
    plain = evolve(berth, blocks=(), values=(), criteria=tuple(evolve(one, block=None) for one in berth.criteria))
    assert not any("Blocks" in line for line in summary_lines(published(plain, [last]), 100, "en"))


# Words


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (None, "", "未知", "unknown"),
        (True, "", "是", "yes"),
        (Bounds(2, 4), "persons", "2至4人", "2 to 4 persons"),
        (Bounds(2, None), "persons", "至少2人", "at least 2 persons"),
        (Bounds(None, 4), "persons", "至多4人", "at most 4 persons"),
        (Bounds(None, None), "persons", "未知", "unknown"),
        (Bounds(-400_000, 3), "days", "未知", "unknown"),
        (Decimal("0.25"), "ratio", "25%", "25%"),
        (date(2020, 5, 4), "", "2020-05-04", "2020-05-04"),
        (Members(frozenset(), None), "", "未知", "unknown"),
        (Possible(None), "", "未知", "unknown"),
        ("a", "", "甲", "first"),
        (Possible(frozenset("ab")), "", "甲或乙", "first or second"),
        (frozenset(), "", "无", "none"),
    ],
)
def test_figures_are_said(value: object, unit: str, zh: str, en: str) -> None:
    """A computed value that is not known is unknown; choices go by their labels."""
    choices = (Choice("a", "甲", "first"), Choice("b", "乙", "second"))
    fact = Fact("k", "center", FactType.CHOICE, Bilingual("类", "kind"), values=choices)
    assert (named_text(value, fact, unit, Language.ZH), named_text(value, fact, unit, Language.EN)) == (zh, en)


@pytest.mark.parametrize(
    ("kind", "limits", "zh", "en"),
    [
        ("integer", (1, None), "整数，至少1", "whole number, at least 1"),
        ("integer", (0, None), "整数，至少0", "whole number, at least 0"),
        ("decimal", (0, 1), "数字，0至1", "number, 0 to 1"),
        ("decimal", (None, 5), "数字，至多5", "number, at most 5"),
        ("date", (None, None), "日期", "date"),
        ("boolean", (None, None), "是或否", "yes or no"),
        ("text", (None, None), "文字", "text"),
    ],
)
def test_what_may_be_given_is_said(kind: str, limits: tuple[int | None, int | None], zh: str, en: str) -> None:
    """Kind and limits."""
    one = Fact("p", "parameters", FactType(kind), Bilingual("", ""), minimum=limits[0], maximum=limits[1])
    assert (range_text(one, Language.ZH), range_text(one, Language.EN)) == (zh, en)


def test_parameters_are_said_row_by_row(berth: Standard) -> None:
    """Steps of numbers and dates, and truths and several facts as keys."""
    by_area, by_day = berth.parameters["staff_by_area"].table, berth.parameters["staff_by_day"].table
    assert by_area is not None
    assert by_day is not None
    assert list(table_rows(by_area, Language.ZH)) == [("不足100", "1人"), ("100及以上", "2人"), ("超过500", "3人")]
    assert list(table_rows(by_day, Language.ZH)) == [("2021-01-01 之前", "1"), ("自 2021-01-01 起", "2")]
    assert table_head(by_area, Language.ZH) == ""
    first, second, third = by_area.steps
    ends_within = evolve(by_area, steps=(first, evolve(second, above=True), third))
    assert [row for row, _ in table_rows(ends_within, Language.EN)] == ["up to 100", "above 100", "above 500"]
    single = evolve(by_area, steps=(first,))
    assert list(table_rows(single, Language.EN)) == [("others", "1 person")]
    flag = berth.schema.facts["center"]["has_flag"]
    kind = berth.schema.facts["center"]["construction_kind"]
    keys = {(True, "new"): 1, (False, "rebuilt"): 2}
    several = evolve(by_area, steps=(), by=(flag, kind), entries=keys)
    assert table_head(several, Language.EN) == "League flag, kind of construction"
    assert list(table_rows(several, Language.EN)) == [("yes, newly built", "1 person"), ("no, rebuilt", "2 persons")]
    assert parameter_text(berth.parameters["staff_by_area"], Language.EN) == ""
    assert parameter_text(berth.parameters["minimum_area"], Language.EN) == "60 m²"
    assert parameter_text(berth.with_parameters(quota=1).parameters["quota"], Language.EN) == "1 person"


def test_missing_facts_are_labelled(berth: Standard) -> None:
    """A parameter as such; anything else by its label."""
    label = Bilingual("名额", "quota")
    assert missing_label(Missing("parameters.quota", label), berth, Language.ZH) == (
        "参数“名额”（文件没有印出，须给定：整数，人，至少1）"
    )
    assert missing_label(Missing("center.quota", label), berth, Language.ZH) == "名额"
    assert missing_label(Missing("parameters.other", label), berth, Language.EN) == "quota"

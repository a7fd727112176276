# SPDX-License-Identifier: MIT
"""The workbook to fill in: what it asks for, what helps to fill it in, and that nothing is lost on the way back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from platformrules.errors import LedgerError
from platformrules.ledger import read_ledger, write_template
from platformrules.ledger.guidance import uses
from platformrules.ledger.template import template_facts
from platformrules.periods import Period
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import RuleSource, load_rulebook


@pytest.fixture
def template(tmp_path: Path, standard: Standard) -> Callable[[str], Any]:
    """The template of the demonstration standard, as another library reads it."""

    def make(language: str) -> Any:
        write_template(standard, tmp_path / "template.xlsx", language)
        return openpyxl.load_workbook(tmp_path / "template.xlsx")

    return make


def test_sheets_and_headings(template: Callable[[str], Any], standard: Standard) -> None:
    """Each sheet that the standard reads, with its facts as headings in the language, and nothing else."""
    names = {
        "zh": ["说明", "青年中心", "活动", "组织", "认定", "豁免", "设置"],
        "en": ["notes", "centers", "activities", "organizations", "judgements", "waivers", "settings"],
    }
    for language, sheets in names.items():
        book = template(language)
        assert book.sheetnames == sheets
        for relation, name in zip(("centers", "activities", "organizations"), sheets[1:], strict=False):
            labels = [one.label[language] for one in template_facts(standard, relation)]
            assert [cell.value for cell in book[name][1]] == labels
            assert book[name].freeze_panes == "B2"
    asked = {one.id for one in template_facts(standard, "centers")}
    assert {name for on, name in standard.facts if on == "center"} | {"id", "name"} < asked
    assert asked > {"activities_recorded", "organizations_recorded"}
    assert [one.id for one in template_facts(standard, "organizations")] == ["id", "center_id", "name", "relations"]


def test_a_template_as_of_a_day(tmp_path: Path, construction: Standard) -> None:
    """A standard that judges a day asks for no period, and for no sheet that it does not read."""
    write_template(construction, tmp_path / "template.xlsx")
    book = openpyxl.load_workbook(tmp_path / "template.xlsx")
    assert "活动" not in book.sheetnames
    assert [row[0].value for row in book["设置"].iter_rows(min_row=2)] == [
        "适用标准",
        "评价日",
        "记录起始日",
        "数据说明",
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_names_what_has_to_be_given(tmp_path: Path, language: str) -> None:
    """Each parameter that the document does not print, with what it may be and how to give it; no other."""
    book = load_rulebook([RuleSource("harbour", Path(__file__).parents[1] / "rules" / "harbour")])
    write_template(book["harbour/berth"], tmp_path / "template.xlsx", language)
    sheet = openpyxl.load_workbook(tmp_path / "template.xlsx").worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if "--set" in str(cell.value)]
    assert len(texts) == 4
    assert {"zh": "名额", "en": "quota"}[language] in texts[0]
    assert "--set quota=" in texts[0]


def test_a_template_with_a_printed_period(tmp_path: Path, lakeside: Callable[..., Standard]) -> None:
    """A period that the document prints stands in the settings."""
    printed = lakeside("center", "count(activities) >= 2", period="{ from = 2020-01-01, to = 2020-12-31 }")
    write_template(printed, tmp_path / "template.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "template.xlsx")
    assert [[cell.value for cell in row][:2] for row in book["settings"].iter_rows(min_row=3, max_row=3)] == [
        ["period", "2020"]
    ]
    assert "judgements" not in book.sheetnames


def choices(book: Any, sheet: str, heading: str) -> list[str]:
    """What the drop-down list below a heading offers."""
    column = next(cell.column_letter for cell in book[sheet][1] if cell.value == heading)
    for rule in book[sheet].data_validations.dataValidation:
        if f"{column}2" in rule.sqref:
            if rule.formula1.startswith('"'):
                return rule.formula1.strip('"').split(",")
            notes, _, where = rule.formula1.partition("!")
            return [row[0].value for row in book[notes.strip("'")][where.replace("$", "")]]
    return []


def test_choices(template: Callable[[str], Any], standard: Standard) -> None:
    """Truths, choices, criteria and judgements are chosen from lists; long lists stand on the sheet of notes."""
    book = template("zh")
    assert choices(book, "青年中心", "有团旗") == ["是", "否"]
    assert choices(book, "青年中心", "活动已登记") == ["是", "否"]
    assert choices(book, "青年中心", "编号") == []
    assert choices(book, "认定", "条件") == ["装修风格", "对青少年有吸引力"]
    assert len(choices(book, "豁免", "条件")) == len(standard.criteria)
    book = template("en")
    assert choices(book, "centers", "League flag") == ["yes", "no"]
    assert choices(book, "judgements", "value")[0] == "practical, fashionable, distinct in theme"
    assert len(choices(book, "waivers", "criterion")) == len(standard.criteria)


def test_choices_of_facts(tmp_path: Path, lakeside: Callable[..., Standard]) -> None:
    """A closed choice refuses other values, an open one only offers its own."""
    both = lakeside("center", "center.construction_kind == 'new' and any(a.theme == 'study_club' for a in activities)")
    write_template(both, tmp_path / "template.xlsx")
    book = openpyxl.load_workbook(tmp_path / "template.xlsx")
    assert choices(book, "青年中心", "建设方式") == ["新建", "改建", "开放", "已建"]
    assert choices(book, "活动", "主题") == ["学习社"]
    rules = {rule.formula1: rule for sheet in book for rule in sheet.data_validations.dataValidation}
    assert rules['"新建,改建,开放,已建"'].showErrorMessage
    assert not rules['"学习社"'].showErrorMessage


def test_notes(template: Callable[[str], Any], standard: Standard) -> None:
    """The comment on a heading gives name, unit, choices and the clauses of the criteria that need the fact."""
    book = template("zh")
    by_heading = {cell.value: cell.comment.text for cell in book["青年中心"][1]}
    area = standard.schema.facts["center"]["floor_area_m2"].label.zh
    assert by_heading[area].split("\n")[:2] == [f"{area}（floor_area_m2）", "填写：数字（平方米），不小于 0"]
    assert "· 面积：附件2 第四条第1项" in by_heading[area]
    assert "无线网络；可另加其他项" in by_heading["设备"]
    dated = next(cell.comment.text for cell in book["活动"][1] if cell.value == "开展日期")
    assert all(title in dated for title in ("每月活动次数", "全年活动次数", "每次活动人数"))
    judged = next(cell.comment.text for cell in book["认定"][1] if cell.value == "认定结果")
    assert "装修风格：体现实用和时尚元素，主题鲜明／未体现（附件2 第四条第1项）" in judged
    prose = [row[0].value for row in book["说明"].iter_rows()]
    assert prose[1] == "适用标准：hubei/demonstration@2015"
    assert book.properties.description == "platformrules template of hubei/demonstration@2015"


def test_every_fact_of_a_standard_has_its_clauses(standard: Standard, construction: Standard) -> None:
    """No fact is asked for without a criterion that needs it."""
    for one in (standard, construction):
        needed = uses(one)
        noted = {("center", "full_time_staff"), ("center", "part_time_main_staff")}
        assert set(one.facts) <= set(needed) | noted
        assert all(criteria and all(criterion.cites for criterion in criteria) for criteria in needed.values())


def test_an_empty_template_is_no_ledger_yet(tmp_path: Path, standard: Standard) -> None:
    """Before a period is given nothing is judged; without a row there is nothing to judge."""
    path = tmp_path / "template.xlsx"
    for language in ("zh", "en"):
        write_template(standard, path, language)
        with pytest.raises(LedgerError, match="no period"):
            read_ledger(path, standard)
        ledger = read_ledger(path, standard, period=Period.year(2020))
        assert [one.code for one in ledger.problems] == ["PR511"]


def test_templates_are_deterministic(tmp_path: Path, standard: Standard) -> None:
    """The same standard and language give the same bytes."""
    for name in ("one.xlsx", "two.xlsx"):
        write_template(standard, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    with pytest.raises(LedgerError, match="cannot write"):
        write_template(standard, tmp_path / "no" / "template.xlsx")

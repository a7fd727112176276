# SPDX-License-Identifier: MIT
"""Official forms: written in their layout, and read back as people fill them in."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import openpyxl
import pytest
from openpyxl.styles import PatternFill
from python_calamine import CalamineWorkbook

from platformrules.dossiers import Dossier
from platformrules.errors import LedgerError
from platformrules.ledger import Ledger, read_ledger, write_form
from platformrules.ledger.form_layout import form_sheet
from platformrules.ledger.form_rows import RowReader
from platformrules.ledger.looks import Looks, read_looks
from platformrules.ledger.tables import Table
from platformrules.models import Area, Center
from platformrules.periods import Period
from platformrules.standards.forms import Form, FormColumn, recording
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import Rulebook, RuleSource, load_rulebook
from platformrules.testing.forms import form_dossiers, lost_on

ROOT = Path(__file__).parents[2]
HANDAN = ROOT / "plugins" / "handan" / "src" / "platformrules_handan"
EXAMPLES = ROOT / "docs" / "examples"
HEADINGS = ["序号", "青年中心名称", "负责人", "联系电话", "地址", "成立时间", "是否入驻云平台", "隶属关系", "评价等级"]
GRADES = ["较好", "一般", "较差"]
FACTS = ("name", "head_name", "phone", "address", "opened_on", "on_cloud", "affiliation", "grade", "reporting_unit")
FILL = PatternFill("solid", fgColor="FFFF00")


@pytest.fixture(scope="module")
def handan() -> Rulebook:
    """The rules of Handan."""
    found = load_rulebook([RuleSource("handan", HANDAN)])
    assert not found.faults
    return found


@pytest.fixture(scope="module")
def form(handan: Rulebook) -> Form:
    """Annex 2."""
    return handan.form("handan/annex-2")


@pytest.fixture(scope="module")
def reference(handan: Rulebook) -> Standard:
    """The reference standard, which judges a calendar year."""
    return handan["handan/operation-reference"]


def values(ledger: Ledger) -> list[tuple[Any, ...]]:
    """What was read of each center, in the order of the columns."""
    return [tuple(one.subject[name] for name in FACTS) for one in ledger.dossiers]


def told(ledger: Ledger) -> list[tuple[str, str, str]]:
    """Code, place and value of each problem."""
    return [(one.code, one.place, one.value) for one in ledger.problems]


# Writing


def centers(*units: str | None) -> list[Dossier]:
    """A made-up center of each of these reporting units."""
    return [
        Dossier(
            center=Center(
                id=f"c{number}",
                name=f"第{number}青年中心（虚构）",
                head_name="甲某（虚构）",
                phone="000-0001",
                address="=1+1",
                reporting_unit=unit,
                opened_on=date(2019, 5, number),
                on_cloud=bool(number % 2),
                affiliation="village_organization",
                grade=["better", "average", "poor", None][(number - 1) % 4],
            )
        )
        for number, unit in enumerate(units, 1)
    ]


def test_a_form_is_written_as_it_is_printed(form: Form, tmp_path: Path) -> None:
    """Title, state, reporting unit, a heading of two rows, ticks, remarks; text stays text."""
    path = tmp_path / "annex-2.xlsx"
    write_form(form, centers(*["虚构县团委"] * 4), path, internal=True)
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    nothing = [None] * 10
    assert rows[:3] == [
        ["邯郸市各地青年中心台账统计表", *nothing],
        ["（截至2020年5月31日）", *nothing],
        ["填报单位：虚构县团委", *nothing],
    ]
    assert rows[3:5] == [[*HEADINGS, None, None], [*[None] * 8, *GRADES]]
    same = ["甲某（虚构）", "000-0001", "=1+1"]
    league = "村团组织"
    assert rows[5:9] == [
        [1, "第1青年中心（虚构）", *same, datetime(2019, 5, 1), "是", league, "√", None, None],
        [2, "第2青年中心（虚构）", *same, datetime(2019, 5, 2), "否", league, None, "√", None],
        [3, "第3青年中心（虚构）", *same, datetime(2019, 5, 3), "是", league, None, None, "√"],
        [4, "第4青年中心（虚构）", *same, datetime(2019, 5, 4), "否", league, None, None, None],
    ]
    assert [str(row[0])[:6] for row in rows[9:]] == ["备注：1. ", "2. 评价等", "3. 本表反"]
    merged = {str(one) for one in sheet.merged_cells.ranges}
    lines = {f"A{row}:K{row}" for row in (1, 2, 3, 10, 11, 12)}
    assert merged == lines | {f"{letter}4:{letter}5" for letter in "ABCDEFGH"} | {"I4:K4"}
    assert sheet["E6"].data_type == "s"
    assert (sheet.title, sheet.print_title_rows) == ("台账统计表", "$4:$5")
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth or 1, setup.fitToHeight) == ("landscape", 9, 1, 0)
    assert {sheet.cell(row, column).border.left.style for row in range(6, 10) for column in range(1, 12)} == {"thin"}


def test_persons_stay_blank_unless_asked_for(form: Form, tmp_path: Path) -> None:
    """No mask either: a form goes to an office that would take it for a name."""
    path = tmp_path / "annex-2.xlsx"
    write_form(form, centers("甲"), path)
    sheet = openpyxl.load_workbook(path).active
    assert [sheet["C6"].value, sheet["D6"].value, sheet["E6"].value] == [None, None, "=1+1"]


def test_the_same_data_make_the_same_bytes(form: Form, tmp_path: Path) -> None:
    """Nothing depends on the clock."""
    for name in ("a.xlsx", "b.xlsx"):
        write_form(form, centers("甲", "乙"), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_each_reporting_unit_has_its_sheet(form: Form, tmp_path: Path, reference: Standard) -> None:
    """With names that Excel takes, rows numbered anew; all of them are read back."""
    long = "一个名称很长很长很长很长很长很长很长很长很长很长的团委"
    units = ["[甲]团委", long + "甲", long + "乙", None, "[甲]团委"]
    path = tmp_path / "annex-2.xlsx"
    write_form(form, centers(*units), path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["甲 团委", (long + "甲")[:31], f"{(long + '乙')[:31]}", "台账统计表"]
    assert [book["甲 团委"].cell(row, 1).value for row in (6, 7)] == [1, 2]
    ledger = read_ledger(path, reference, form=form)
    assert sorted(str(one.subject["reporting_unit"]) for one in ledger.dossiers) == sorted(map(str, units))


def test_sheets_of_one_name_are_told_apart(form: Form, tmp_path: Path) -> None:
    """Two units may begin alike."""
    path = tmp_path / "annex-2.xlsx"
    write_form(form, centers("甲" * 40 + "一", "甲" * 40 + "二"), path)
    assert openpyxl.load_workbook(path).sheetnames == ["甲" * 31, "甲" * 26 + " 2"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_written_is_read_back(form: Form, tmp_path: Path, language: str) -> None:
    """Every fact, also those that are not recorded."""
    made = form_dossiers(form)
    assert {one.subject["grade"] for one in made} == {"better", "average", "poor", None}
    assert list(lost_on(form, language, tmp_path)) == []


def test_a_blank_form_is_read_as_an_empty_ledger(form: Form, tmp_path: Path, reference: Standard) -> None:
    """Rows with a number alone are no centers."""
    path = tmp_path / "blank.xlsx"
    write_form(form, (), path)
    assert openpyxl.load_workbook(path).active["A20"].value == 15
    ledger = read_ledger(path, reference, forms=[form])
    assert (ledger.dossiers, [one.code for one in ledger.problems]) == ((), ["PR511"])


def test_what_is_no_workbook_or_no_center_is_refused(form: Form, tmp_path: Path) -> None:
    """Before anything is written."""
    with pytest.raises(LedgerError, match=r"a form is written as \.xlsx only \(x\.csv\)"):
        write_form(form, (), tmp_path / "x.csv")
    with pytest.raises(LedgerError, match="handan/annex-2 records a center, which the dossier a is not"):
        write_form(form, [Dossier(area=Area(id="a"))], tmp_path / "x.xlsx")
    with pytest.raises(LedgerError, match="cannot write"):
        write_form(form, (), tmp_path / "nowhere" / "x.xlsx")
    long = attrs.evolve(centers("甲")[0].subject, address="长" * 40_000)
    with pytest.raises(LedgerError, match="longer than a cell can hold"):
        write_form(form, [Dossier(center=long)], tmp_path / "x.xlsx")
    assert not (tmp_path / "x.csv").exists()


# A ledger as people fill it in


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that makes the example."""
    spec = importlib.util.spec_from_file_location("make_handan_annex_2", EXAMPLES / "make_handan_annex_2.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_shipped_ledger_is_what_its_script_makes(
    tmp_path: Path, script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cell by cell, with merged cells."""
    monkeypatch.setattr("sys.argv", ["make", str(tmp_path / "made.xlsx")])
    script.main()
    made, shipped = (
        {
            name: (book.get_sheet_by_name(name).to_python(), book.get_sheet_by_name(name).merged_cell_ranges)
            for name in book.sheet_names
        }
        for book in map(
            CalamineWorkbook.from_path, map(str, (tmp_path / "made.xlsx", EXAMPLES / "handan-annex-2.xlsx"))
        )
    )
    assert made == shipped


def test_a_ledger_as_people_fill_it_in(form: Form, reference: Standard) -> None:
    """Two townships with tables of their own: every value that can be read is, every other one is listed."""
    ledger = read_ledger(EXAMPLES / "handan-annex-2.xlsx", reference, forms=[form])
    assert (ledger.period, ledger.as_of, ledger.rows) == (Period.year(2020), date(2020, 5, 31), {"centers": 11})
    town, village = "城关镇团委（虚构）", "河东乡团委（虚构）"
    name = "{}青年中心（虚构）".format
    shared = "community_organization"
    assert values(ledger) == [
        (name("朝阳"), "甲某", "000-0001", "朝阳路1号（虚构）", date(2019, 5, 1), True, shared, "better", town),
        (
            name("晨光"),
            "乙某",
            "０００－０００２",
            "晨光路2号（虚构）",
            date(2019, 5, 2),
            False,
            shared,
            "average",
            town,
        ),
        (name("星火"), "丙某", "13", "星火村（虚构）", None, True, "village_organization", "poor", town),
        (name("远航"), None, None, "远航村（虚构）", date(2019, 6, 1), False, "village_organization", None, town),
        (name("麦田"), None, None, "麦田村（虚构）", None, True, "village_organization", None, town),
        (name("橡树"), None, None, None, date(2017, 9, 1), True, None, "better", town),
        (name("春芽"), None, None, "春芽小学（虚构）", None, None, "school_organization", None, town),
        (name("清泉"), None, None, "清泉厂（虚构）", date(2018, 9, 1), True, "enterprise_organization", "poor", town),
        (name("百川"), "丁某", "130000", None, date(2019, 3, 4), True, "other", "better", village),
        (name("千帆"), "戊某", None, None, date(2019, 3, 5), None, "township_committee", "average", village),
    ]
    assert ledger.dossiers[0].subject.id == f"{town}/{name('朝阳')}"
    assert {one.activities for one in ledger.dossiers} == {None}
    assert told(ledger) == [
        ("PR510", "填表要求", ""),
        ("PR504", "城关镇!L4", "备注"),
        ("PR517", "城关镇!F8", "2019年5月"),
        ("PR516", "城关镇!I9, J9", "√、√"),
        ("PR517", "城关镇!F10", "2018.1"),
        ("PR502", "城关镇!H11", "村委会"),
        ("PR517", "城关镇!F12", "2018年9月"),
        ("PR516", "城关镇!K12", "待定"),
        ("PR504", "河东乡!E3", "负责人职务"),
        ("PR511", "河东乡", ""),
        ("PR501", "河东乡!H5", "不清楚"),
        ("PR506", "河东乡!C6", f"{village}/{name('百川')}"),
        ("PR507", "河东乡!C7", ""),
    ]
    ticks = ledger.problems[3]
    assert ticks.message.zh == "“评价等级”勾了不止一项（较好、一般），按未填报处理"
    assert ticks.expected is not None
    assert ticks.expected.zh == "较好、一般、较差中的一格打√"
    assert "2019-05-01" in ledger.problems[2].text("zh")


# One thing at a time

Sheet = Any


@pytest.fixture
def filled(tmp_path: Path, form: Form, reference: Standard) -> Callable[..., Ledger]:
    """A workbook with these rows below the headings of the form, changed by hand, and read."""

    def reading(
        rows: Iterable[Iterable[Any]],
        change: Callable[[Sheet], None] = lambda _: None,
        above: Iterable[Iterable[Any]] = (),
        **given: Any,
    ) -> Ledger:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "表"
        for row in (*above, [*HEADINGS, "", ""], [*[""] * 8, *GRADES], *rows):
            sheet.append([None if cell == "" else cell for cell in row])
        change(sheet)
        book.save(tmp_path / "filled.xlsx")
        return read_ledger(tmp_path / "filled.xlsx", reference, **{"forms": [form], **given})

    return reading


def center(name: str = "甲中心", *grades: Any, opened: Any = "", cloud: Any = "") -> list[Any]:
    """A row of the form."""
    return [1, name, "", "", "", opened, cloud, "", *grades]


@pytest.mark.parametrize(
    "mark", ["√", "✓", "✔", "V", "v", "Ｖ", "●", "○", 1, "1", "是", "Y", "yes", " √ ", "一般", True], ids=repr
)
def test_each_mark_is_a_tick(filled: Callable, mark: Any) -> None:
    """In whatever way people make it."""
    ledger = filled([center("甲中心", "", mark, "")])
    assert (ledger.dossiers[0].subject["grade"], told(ledger)) == ("average", [])


@pytest.mark.parametrize("mark", ["×", "0", "否", 0, "", "-", False], ids=repr)
def test_no_tick_is_not_recorded(filled: Callable, mark: Any) -> None:
    """A cross in all three says no more than nothing in them."""
    ledger = filled([center("甲中心", mark, mark, mark)])
    assert (ledger.dossiers[0].subject["grade"], told(ledger)) == (None, [])


def test_a_mark_among_crosses_is_a_tick(filled: Callable) -> None:
    """The others say no."""
    assert filled([center("甲中心", "×", "√", "×")]).dossiers[0].subject["grade"] == "average"


@pytest.mark.parametrize("marks", [("√", "", "1"), ("●", "", "V")])
def test_two_ticks_are_told_with_both_cells(filled: Callable, marks: tuple[str, ...]) -> None:
    """And the grade is not recorded, while the row is read."""
    ledger = filled([center("甲中心", *marks), center("乙中心", "√")])
    assert [one.subject["grade"] for one in ledger.dossiers] == [None, "better"]
    assert told(ledger) == [("PR516", "表!I3, K3", "、".join(mark for mark in marks if mark))]


def test_a_tick_merged_over_two_choices_is_two(filled: Callable) -> None:
    """Whoever merged the cells knew not which."""
    ledger = filled([center("甲中心", "√")], lambda sheet: sheet.merge_cells("I3:J3"))
    assert (ledger.dossiers[0].subject["grade"], ledger.problems[0].cell) == (None, "I3, J3")


def test_a_filled_cell_is_a_tick(filled: Callable) -> None:
    """Also where nothing was ever written in it; but white is no fill."""

    def paint(sheet: Sheet) -> None:
        sheet["K3"].fill = FILL
        sheet["I4"].fill = PatternFill("solid", fgColor="FFFFFF")
        sheet["I5"].fill = sheet["J5"].fill = FILL

    ledger = filled([center("甲中心"), center("乙中心"), center("丙中心")], paint)
    assert [one.subject["grade"] for one in ledger.dossiers] == ["poor", None, None]
    assert told(ledger) == [("PR516", "表!I5, J5", "、")]


def test_a_painted_row_or_column_is_no_tick(filled: Callable) -> None:
    """A row painted all over says nothing; a column filled in every row is told."""

    def paint(sheet: Sheet) -> None:
        for cell in sheet[3]:
            cell.fill = FILL
        for row in (3, 4, 5):
            sheet.cell(row, 11).fill = FILL

    ledger = filled([center("甲中心", "", "", ""), center("乙中心"), center("丙中心", "√")], paint)
    assert [one.subject["grade"] for one in ledger.dossiers] == [None, None, "better"]
    assert told(ledger) == [("PR516", "表!K", "")]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (datetime(2019, 5, 1), date(2019, 5, 1)),
        (43586, date(2019, 5, 1)),
        ("2019-05-01", date(2019, 5, 1)),
        ("2019.5.1", date(2019, 5, 1)),
        ("2019/5/1", date(2019, 5, 1)),
        ("2019年5月1日", date(2019, 5, 1)),
        ("２０１９年５月１号", date(2019, 5, 1)),
        ("2019 年 5 月 1 日", date(2019, 5, 1)),
    ],
)
def test_a_day_is_read(filled: Callable, written: Any, read: date) -> None:
    """In each way that names one."""
    ledger = filled([center(opened=written)])
    assert (ledger.dossiers[0].subject["opened_on"], told(ledger)) == (read, [])


@pytest.mark.parametrize("written", ["2019年5月", "2019年5月份", "2019.5", "2019-05", 2019.5, 2019, "2019年"], ids=repr)
def test_a_month_or_year_is_no_day(filled: Callable, written: Any) -> None:
    """No day is guessed; the way out is told."""
    ledger = filled([center(opened=written)])
    assert ledger.dossiers[0].subject["opened_on"] is None
    assert told(ledger) == [("PR517", "表!F3", str(written))]
    assert "such as 2019-05-01" in str(ledger.problems[0])


@pytest.mark.parametrize("code", ['yyyy"年"m"月"', "yyyy年m月;@", "mmm-yy", "[$-804]yyyy/mm"])
def test_a_month_that_a_spreadsheet_turned_into_a_day_is_none(filled: Callable, code: str) -> None:
    """The first of the month is its guess: the cell shows no day."""

    def show(sheet: Sheet) -> None:
        sheet["F3"].number_format = code

    ledger = filled([center(opened=datetime(2019, 5, 1))], show)
    assert (ledger.dossiers[0].subject["opened_on"], told(ledger)) == (None, [("PR517", "表!F3", "2019年5月")])


def test_what_is_no_date_at_all_is_told_as_that(filled: Callable) -> None:
    """As in every ledger."""
    assert told(filled([center(opened="去年"), center("乙中心", opened=True)])) == [
        ("PR501", "表!F3", "去年"),
        ("PR501", "表!F4", "True"),
    ]


def test_a_merged_cell_counts_for_all_that_it_covers(filled: Callable) -> None:
    """A bad one is told once."""

    def merge(sheet: Sheet) -> None:
        sheet.merge_cells("G3:G5")
        sheet.merge_cells("H4:H5")
        sheet.merge_cells("J3:J4")

    rows = [center("甲中心", "", "√", cloud="是"), center("乙中心"), center("丙中心")]
    rows[1][7] = "村支部"
    ledger = filled(rows, merge)
    assert [one.subject["on_cloud"] for one in ledger.dossiers] == [True, True, True]
    assert [one.subject["grade"] for one in ledger.dossiers] == ["average", "average", None]
    assert told(ledger) == [("PR502", "表!H4", "村支部")]


def test_a_merged_name_is_one_center(filled: Callable) -> None:
    """Its second row is told: what stands in it is not read."""
    ledger = filled([center("甲中心"), center("")], lambda sheet: sheet.merge_cells("B3:B4"))
    assert ([one.subject["name"] for one in ledger.dossiers], told(ledger)) == (
        ["甲中心"],
        [("PR506", "表!B4", "甲中心")],
    )


@pytest.mark.parametrize(
    "row",
    [
        [],
        ["合计", "", 3],
        ["", "合 计：", 3],
        ["备注：填写说明"],
        ["", "说明：一览"],
        ["填表人：某", "", "审核人：某"],
        HEADINGS,
        ["", "", "", "", "", "", "", "", *GRADES],
        [2],
        ["注：本表所填内容均为虚构，请各乡镇于规定的期限以前报送县里"],
        ["以上是本乡全部青年中心的情况，共一处，特此报告，请予审核备案"],
    ],
)
def test_what_is_no_center_is_passed_over(filled: Callable, row: list[Any]) -> None:
    """Totals, remarks, headings that are printed again, numbers without a name."""
    ledger = filled([row, center("甲中心")])
    assert ([one.subject["name"] for one in ledger.dossiers], told(ledger)) == (["甲中心"], [])


def test_lines_over_the_table_and_below_the_remarks_are_passed_over(filled: Callable) -> None:
    """A line over many columns is no name; below the remarks neither is a text that stands alone."""
    rows = [center("甲中心"), ["", "以下各行空着"], ["", "备注：无"], ["", "2.见附件"], center("乙中心")]
    ledger = filled(rows, lambda sheet: sheet.merge_cells("B4:K4"))
    assert [one.subject["name"] for one in ledger.dossiers] == ["甲中心", "乙中心"]


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        (["填报单位：甲团委"], "甲团委"),
        (["填报单位:", "", "乙团委"], "乙团委"),
        (["填 报 单 位", "丙团委"], "丙团委"),
        (["填报单位（盖章）：丁团委        填报时间：2020年6月1日"], "丁团委"),
        (["填报单位：____"], None),
        (["填报单位：", "填报时间：6月"], None),
        (["", "填报单位："], None),
        (["Reporting unit: E"], "E"),
    ],
)
def test_the_line_above_the_table(filled: Callable, line: list[str], unit: str | None) -> None:
    """With its value behind it or in another cell."""
    ledger = filled([center("甲中心")], above=[["台账"], line])
    assert ledger.dossiers[0].subject["reporting_unit"] == unit
    assert ledger.dossiers[0].subject.id == (f"{unit}/甲中心" if unit else "甲中心")


def test_the_day_of_the_form_is_judged(filled: Callable) -> None:
    """As its line says, else as the form does; one that is given stands before both."""
    rows = [center("甲中心")]
    assert filled(rows).as_of == date(2020, 5, 31)
    above = [["台账（截至 2021 年 6 月 30 日）"]]
    ledger = filled(rows, above=above)
    assert (ledger.as_of, ledger.period) == (date(2021, 6, 30), Period.year(2021))
    given = filled(rows, above=above, as_of=date(2020, 1, 1), period=Period.year(2020))
    assert (given.as_of, given.period) == (date(2020, 1, 1), Period.year(2020))
    unread = filled(rows, above=[["截至2020年5月"]])
    assert (unread.as_of, told(unread)) == (date(2020, 5, 31), [("PR515", "表!A1", "截至2020年5月")])
    assert told(filled(rows, above=[["截至2020年13月31日"]])) == [("PR515", "表!A1", "截至2020年13月31日")]


def test_headings_are_found_by_their_words(workbook: Callable, form: Form, reference: Standard) -> None:
    """In any order, in one row, with spaces, remarks and other names; the grade may be one column of words."""
    heads = [
        "评价等级（填一项）",
        "是否入驻 云平台",
        "地 址",
        "*青年中心名称",
        "隶属关系：",
        "成立时间",
        "成立时间",
        "联系电话",
    ]
    rows = [heads, ["较差", "否", "甲路（虚构）", "甲中心", "其他", "2019-05-01", "x", 5]]
    ledger = read_ledger(workbook({"一": [[], *rows]}), reference, form=form)
    expected = ("甲中心", None, "5", "甲路（虚构）", date(2019, 5, 1), False, "other", "poor", None)
    assert values(ledger) == [expected]
    assert told(ledger) == [("PR505", "一!G2", "成立时间"), ("PR511", "一", "")]


def test_several_sheets_of_one_form(workbook: Callable, form: Form, reference: Standard) -> None:
    """Centers of the same name in two of them are two; days that differ are told."""
    one = [["截至2020年5月31日"], [*HEADINGS[:8], *GRADES], center("甲中心", "√")]
    two = [["截至2020年6月30日"], *one[1:]]
    path = workbook({"东乡": one, "西乡": two, "说明": [["请填写"]], "空": []})
    ledger = read_ledger(path, reference, forms=[form])
    assert [one.subject.id for one in ledger.dossiers] == ["东乡/甲中心", "西乡/甲中心"]
    assert told(ledger) == [("PR515", "东乡", "2020-05-31、2020-06-30")]
    assert ledger.as_of == date(2020, 5, 31)


def test_an_ordinary_ledger_stays_one(workbook: Callable, form: Form, reference: Standard) -> None:
    """Forms are looked for only where there is no sheet of the subjects."""
    path = workbook({"青年中心": [["编号", "名称"], ["c1", "甲"]], "表": [[*HEADINGS[:8], *GRADES], center("乙")]})
    given = {"period": Period.year(2020)}
    assert [one.subject.id for one in read_ledger(path, reference, forms=[form], **given).dossiers] == ["c1"]
    assert [one.subject.id for one in read_ledger(path, reference, form=form, **given).dossiers] == ["乙"]


def test_what_is_in_no_layout_of_the_form_is_refused(
    workbook: Callable, form: Form, reference: Standard, handan: Rulebook, tmp_path: Path
) -> None:
    """The headings are told; so is a standard of another subject, and JSON."""
    path = workbook({"甲": [["x", "y"], [1, 2]]})
    with pytest.raises(LedgerError, match=r"no sheet in the layout of handan/annex-2; its headings are: no\., name of"):
        read_ledger(path, reference, form=form)
    with pytest.raises(LedgerError, match="has no sheet centers"):
        read_ledger(path, reference, forms=[form])
    with pytest.raises(LedgerError, match="a ledger in JSON is not in the layout of handan/annex-2"):
        read_ledger(tmp_path / "x.json", reference, form=form)
    areas = next(one for one in handan if one.subject == "area")
    with pytest.raises(LedgerError, match=r"handan/annex-2 records a center, .* judges a area"):
        read_ledger(path, areas, form=form)


def test_a_folder_of_csv_is_read_as_a_form(tmp_path: Path, form: Form, reference: Standard) -> None:
    """It has no merged cells and no fills."""
    folder = tmp_path / "ledger"
    folder.mkdir()
    text = ",".join([*HEADINGS[:8], *GRADES]) + "\n1,甲中心,,,,2019-05-01,是,其他,,√,\n"
    (folder / "表.csv").write_text(text, "utf-8")
    ledger = read_ledger(folder, reference, forms=[form])
    assert [(one.subject.id, one.subject["grade"]) for one in ledger.dossiers] == [("甲中心", "average")]


def test_a_standard_of_a_day_has_no_period(form: Form, filled: Callable, tmp_path: Path) -> None:
    """A month has one, too."""
    filled([center("甲中心")])
    standard = recording(form)
    ledger = read_ledger(tmp_path / "filled.xlsx", standard, forms=[form])
    assert (ledger.period, ledger.as_of) == (None, date(2020, 5, 31))
    monthly = attrs.evolve(standard, period=attrs.evolve(standard.period, kind="calendar-month"), rebuild=recording)
    assert read_ledger(tmp_path / "filled.xlsx", monthly, forms=[form]).period == Period.month(2020, 5)


def test_a_column_of_ids_is_the_id(form: Form, tmp_path: Path) -> None:
    """A form may have one, unlike that of Handan; a plugin's fact is read into its own place."""
    facts = form.schema.facts["center"]
    more = [FormColumn(id=name, heading=facts[name].label, fact=facts[name]) for name in ("id", "handan_map_located")]
    longer = attrs.evolve(form, columns=(*form.columns, *more))
    made = Center(id="c7", name="甲中心", facts={"handan_map_located": True})
    path = tmp_path / "x.xlsx"
    write_form(longer, [Dossier(center=made), Dossier(center=Center(id="c8", name="甲中心"))], path, "en")
    ledger = read_ledger(path, recording(longer), form=longer)
    assert [(one.subject.id, dict(one.subject.facts)) for one in ledger.dossiers] == [
        ("c7", {"handan_map_located": True}),
        ("c8", {}),
    ]


# Workbooks that other programs write


def repacked(path: Path, changes: dict[str, bytes | None]) -> Path:
    """A workbook with other parts; ``None`` leaves one out."""
    other = path.with_name("other.xlsx")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(other, "w") as out:
        for name in archive.namelist():
            content = changes.get(name, archive.read(name))
            if content is not None:
                out.writestr(name, content)
    return other


def looks(path: Path) -> dict[str, Looks]:
    """What its sheets show."""
    return dict(read_looks(io.BytesIO(path.read_bytes())))


@pytest.fixture
def painted(tmp_path: Path) -> Path:
    """A workbook with a merged range, a filled cell and a month."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = datetime(2019, 5, 1)
    sheet["A1"].number_format = "yyyy年m月"
    sheet["B2"].fill = FILL
    sheet["C3"].fill = PatternFill("solid", fgColor="FFFFFF")
    sheet["D4"].fill = PatternFill("gray125")
    sheet.merge_cells("A3:B4")
    book.save(tmp_path / "painted.xlsx")
    return tmp_path / "painted.xlsx"


def test_what_a_sheet_shows(painted: Path) -> None:
    """Merged ranges, fills, months; white is none."""
    assert looks(painted) == {
        "Sheet": Looks((((2, 0), (3, 1)),), filled=frozenset({(1, 1)}), months=frozenset({(0, 0)}))
    }


def test_a_workbook_may_lack_styles(painted: Path) -> None:
    """Then no cell has any."""
    for styles in (None, b"<broken"):
        assert looks(repacked(painted, {"xl/styles.xml": styles})) == {"Sheet": Looks((((2, 0), (3, 1)),))}


def test_cells_may_stand_where_their_row_says(painted: Path) -> None:
    """Without a place of their own."""
    sheet = b'<worksheet><sheetData><row r="2"><c s="0"/><c s="1"/></row><row><c r="?" s="1"/></row></sheetData>'
    sheet += b'<mergeCells><mergeCell ref="A1"/><mergeCell ref="A1:?"/></mergeCells></worksheet>'
    changed = repacked(painted, {"xl/worksheets/sheet1.xml": sheet})
    found = looks(changed)["Sheet"]
    assert (found.merged, found.months) == ((), frozenset({(1, 1), (2, 0)}))


def test_what_cannot_be_followed_shows_nothing(painted: Path) -> None:
    """The reader of cells says what is wrong with it."""
    assert looks(repacked(painted, {"xl/worksheets/sheet1.xml": None})) == {"Sheet": Looks()}
    assert looks(repacked(painted, {"xl/worksheets/sheet1.xml": b"<worksheet>"})) == {"Sheet": Looks()}
    assert looks(repacked(painted, {"xl/_rels/workbook.xml.rels": None})) == {}


def test_ranges_that_overlap_take_no_more_memory(form: Form) -> None:
    """No cell lies in two ranges: after as many cells as there are, the rest is passed over."""
    table = Table("表", [[*HEADINGS[:8], *GRADES], center("甲中心")])
    sheet = form_sheet(table, form)
    assert sheet is not None
    reader = RowReader(sheet, Looks(tuple(((0, 0), (10**6, 10**4)) for _ in range(1000))), [])
    assert len(reader.anchors) == 22

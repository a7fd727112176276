# SPDX-License-Identifier: MIT
"""The workbook, read by a library that did not write it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import attrs
import openpyxl
import pytest

import platformrules as pr
from platformrules.reporting import Publication, write_workbook, xlsx
from platformrules.reporting.tables import TABLES, provenance_rows
from platformrules.reporting.wording import one_line
from platformrules.results import Outcome
from platformrules.standards.model import Standard


def workbook_of(publication: Publication) -> Any:
    """A workbook as openpyxl reads it."""
    stream = BytesIO()
    write_workbook(publication, stream)
    stream.seek(0)
    return openpyxl.load_workbook(stream)


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    """The rows of a sheet by their headings."""
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_the_sheets_are_the_tables(publication: Publication) -> None:
    """Headings stay in view, columns can be filtered and are wide enough for their headings."""
    book = workbook_of(publication)
    tables = [table for table in TABLES if table.is_there(publication)]
    assert book.sheetnames == [table.name[publication.language] for table in tables]
    for sheet, table in zip(book, tables, strict=True):
        headings = [cell.value for cell in sheet[1]]
        assert headings == [column.heading[publication.language] for column in table.columns(publication)]
        assert sheet.freeze_panes in {"A2", "C2"}
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(sheet.column_dimensions[cell.column_letter].width >= len(cell.value) for cell in sheet[1])
        assert sheet.page_setup.paperSize == 9


def test_numbers_are_numbers(make: Callable[..., Publication]) -> None:
    """Counts, what was observed, required and wanting: all can be summed; units stand beside them."""
    book = workbook_of(make())
    summary = rows_of(book["汇总"])
    assert [row["编号"] for row in summary] == ["c1", "c2", "c10"]
    assert all(isinstance(row[outcome.label.zh], int) for row in summary for outcome in Outcome)
    area = next(row for row in rows_of(book["结论明细"]) if row["条件编号"] == "floor-area" and row["编号"] == "c10")
    assert (area["实际"], area["关系"], area["要求"], area["差距"], area["单位"]) == (85.5, "≥", 100, 14.5, "m²")
    assert area["结论"] == "未达标"
    assert area["依据"] == "鄂青办发[2015]42号 附件2 第四条第1项"
    assert area["整改"].startswith("扩大场所面积")


def test_a_number_that_a_workbook_would_round_is_text(
    make: Callable[..., Publication], one: Callable[..., pr.Dossier]
) -> None:
    """Fourteen digits and four decimals are more than a cell keeps as a number."""
    exact = Decimal("12345678901234.5678")
    for value in (exact, 12345678901234):
        book = workbook_of(make([one(local_fiscal_funding=value)]))
        funds = next(row for row in rows_of(book["结论明细"]) if row["条件编号"] == "fiscal-funding")
        assert funds["实际"] == (str(exact) if value is exact else value)


def test_outcomes_are_coloured_and_worded(publication: Publication) -> None:
    """Each outcome has a colour of its own, and every coloured cell a word."""
    book = workbook_of(publication)
    sheet = book.worksheets[1]
    column = next(cell.column_letter for cell in sheet[1] if cell.value in {"结论", "Outcome"})
    colours = {cell.value: cell.fill.fgColor.rgb for cell in sheet[column][1:]}
    assert set(colours) <= {one.label[publication.language] for one in Outcome}
    assert len(set(colours.values())) == len(colours)


def test_gaps_say_what_to_fill_in(make: Callable[..., Publication]) -> None:
    """One row a missing fact, with its rows and what it is needed for; awaited judgements too."""
    gaps = [row for row in rows_of(workbook_of(make())["缺项"]) if row["编号"] == "c2"]
    attendance = next(row for row in gaps if row["数据项"] == "activity.attendance")
    assert attendance["项目"] == "参与人数"
    assert attendance["行数"] == 60
    assert attendance["行编号"].startswith("c2-1-0、")
    assert attendance["涉及条件"] == "每次活动人数"
    assert [row["涉及条件"] for row in gaps if row["项目"] == "需人工认定"] == ["对青少年有吸引力"]


def test_problems_and_provenance_have_sheets(make: Callable[..., Publication]) -> None:
    """What the ledger's reader found, and where all comes from."""
    book = workbook_of(make(chosen="pinned", note="随机生成"))
    first, second = rows_of(book["问题"])
    assert (first["代码"], first["工作表"], first["单元格"], first["内容"]) == ("PR501", "青年中心", "F7", "约一百多平")
    assert second["应为"] is None
    provenance = [tuple(row.values()) for row in rows_of(book["来源"])]
    assert ("版本选择", "指定的版本") in provenance
    assert ("输入文件哈希", "9f2c") in provenance
    assert ("说明", "随机生成") in provenance
    assert ("评价期", "2020") in provenance


def test_provenance_says_only_what_is_known(make: Callable[..., Publication], standard: Standard) -> None:
    """Until when a standard is in force, a reason in other words, a changed list; nothing where nothing is known."""
    ended = attrs.evolve(standard, in_force=attrs.evolve(standard.in_force, until=date(2030, 1, 1)))
    changed = ended.with_parameters(minimum_area=120)
    by_name = dict(provenance_rows(make([], by=ended, chosen="", input_digest="")))
    assert "版本选择" not in by_name
    assert by_name["施行"] == "2015-09-02至2030-01-01"
    assert [by_name[name] for name in ("输入文件哈希", "评价期", "改动或给定的参数")] == ["无", "无", "无"]
    by_name = dict(provenance_rows(make([], by=changed, chosen="因故\x1b采用旧版")))
    assert by_name["版本选择"] == "因故\ufffd采用旧版"
    assert by_name["改动或给定的参数"] == "minimum_area = 120"


def test_nothing_of_a_ledger_is_a_formula_or_markup(hostile: Publication) -> None:
    """Every text is a text cell that stays one when it is typed anew, and no part of the file is its markup."""
    stream = BytesIO()
    write_workbook(hostile, stream)
    with ZipFile(stream) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    assert not any("<f>" in text or "<hyperlink" in text for text in parts.values())
    assert not any("<t>raw</t>" in text for text in parts.values())
    book = openpyxl.load_workbook(stream)
    cells = [cell for sheet in book for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    starts = [cell for cell in cells if cell.data_type == "s" and cell.value.startswith(("=", "+", "-", "@"))]
    assert len(starts) > 10
    assert all(cell.quotePrefix for cell in starts)
    ids = [row[0].value.strip().replace("_x005F_", "_") for row in book.worksheets[0].iter_rows(min_row=2)]
    assert {one_line(report.subject) for report in hostile.reports} - set(ids) == {"\ufffe\uffff"}


def test_a_cell_holds_no_more_than_it_can(make: Callable[..., Publication], one: Callable[..., pr.Dossier]) -> None:
    """A text longer than a cell is cut and says so."""
    book = workbook_of(make([one(name="长" * 40_000)]))
    name = rows_of(book["汇总"])[0]["名称"]
    assert len(name) == 32_001
    assert name.endswith("…")


def test_rows_beyond_a_sheet_go_to_another(make: Callable[..., Publication], monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet of the same name with a number, under the same headings."""
    monkeypatch.setattr(xlsx, "MAXIMUM_ROWS", 40)
    book = workbook_of(make())
    assert book.sheetnames[:4] == ["汇总", "结论明细", "结论明细 2", "结论明细 3"]
    names = [name for name in book.sheetnames if name.startswith("结论明细")]
    found = [row for name in names for row in rows_of(book[name])]
    monkeypatch.undo()
    assert found == rows_of(workbook_of(make())["结论明细"])


def test_an_empty_ledger_gives_a_workbook(make: Callable[..., Publication]) -> None:
    """All sheets are there."""
    book = workbook_of(make([], problems=()))
    assert len(book.sheetnames) == 5
    assert rows_of(book["汇总"]) == []

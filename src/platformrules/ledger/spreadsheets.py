# SPDX-License-Identifier: MIT
"""Writes sheets to an .xlsx file. With ``form_sheets`` alone here to import XlsxWriter; knows no facts.

Text is only ever written as text: what begins with ``=`` is no formula and what looks like one is no link.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from platformrules.diagnostics import cells
from platformrules.ledger.plans import Heading, SheetPlan
from platformrules.ledger.problems import refusal
from platformrules.ledger.tables import Cell, letters

#: The same data make the same bytes.
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook holds naive times
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a day that never was
_MAX_ROWS, _MAX_TEXT, _MAX_LIST = 1_048_576, 32_767, 255
_VALIDATED = 20_000
_NOTE_WIDTH, _LINE = 380, 16
_PRINTABLE = 12  # columns that one page can hold
#: With these no text becomes a formula, number or link.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_workbook(path: Path, sheets: Sequence[SheetPlan], title: str, comments: str) -> None:
    """Write sheets to a file; the same sheets give the same bytes.

    Raises:
        LedgerError: the file cannot be written, or a sheet does not fit into a workbook.
    """
    try:
        with xlsxwriter.Workbook(str(path), OPTIONS) as book:
            book.set_properties({"title": title, "comments": comments, "created": CREATED})
            writer = _Writer(book)
            for plan in sheets:
                writer.add(plan)
    except (XlsxWriterException, OSError) as error:
        raise refusal(f"无法写入 {path}：{error}", f"cannot write {path}: {error}") from None


def _lines(text: str, heading: Heading) -> int:
    """How many lines a text takes in a column."""
    return sum(1 + cells(line) // heading.width for line in text.split("\n"))


class _Writer:
    def __init__(self, book: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
        self.book = book
        border = {"border": 1, "border_color": "#9AA5B1"}
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "bg_color": "#E4EBF3", **border}
        )
        self.styles = {
            "": None,
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            "prose": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        self.lists: Any = None
        self.listed: dict[tuple[str, ...], str] = {}

    def add(self, plan: SheetPlan) -> None:
        if len(plan.rows) >= _MAX_ROWS:
            raise refusal(
                f"工作表“{plan.name}”有 {len(plan.rows)} 行，超过 Excel 的上限；请写成 CSV 文件夹",
                f"the sheet {plan.name} has {len(plan.rows)} rows, more than Excel takes: write a folder of CSV",
            )
        sheet = self.book.add_worksheet(plan.name)
        if plan.prose:
            self.lists = sheet
        for index, heading in enumerate(plan.headings):
            style = self.styles["prose" if plan.prose else heading.style]
            sheet.set_column(index, index, heading.width, style)
            if heading.text:
                sheet.write_string(0, index, plain(heading.text), self.head)
            self._help(sheet, index, heading)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        if len(plan.headings) <= _PRINTABLE:
            sheet.fit_to_pages(1, 0)
        if plan.prose:
            self._prose(sheet, plan)
            return
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_row(0, 32)
        for number, row in enumerate(plan.rows, 1):
            for index, value in enumerate(row):
                if value != "":
                    write_value(sheet, number, index, value, None, self.styles["date"])

    def _prose(self, sheet: Any, plan: SheetPlan) -> None:  # noqa: ANN401 - XlsxWriter has no types
        """Paragraphs, and below a blank line a table with its headings."""
        headed = False
        for number, row in enumerate(plan.rows):
            if len(row) == 1:
                self._paragraph(sheet, number, str(row[0]), plan.headings)
                continue
            for index, value in enumerate(row):
                sheet.write_string(number, index, plain(str(value)), self.styles["prose"] if headed else self.head)
            sheet.set_row(number, _LINE * max(map(_lines, map(str, row), plan.headings), default=1))
            headed = headed or bool(row)

    def _paragraph(self, sheet: Any, row: int, text: str, headings: Sequence[Heading]) -> None:  # noqa: ANN401
        """A line of prose over all columns, as high as it needs: a merged cell does not grow by itself."""
        sheet.merge_range(row, 0, row, len(headings) - 1, "", self.styles["prose"])
        sheet.write_string(row, 0, plain(text), self.styles["prose"])
        sheet.set_row(row, _LINE * _lines(text, Heading("", width=sum(one.width for one in headings))))

    def _help(self, sheet: Any, index: int, heading: Heading) -> None:  # noqa: ANN401 - XlsxWriter has no types
        if heading.note:
            lines = sum(1 + len(line) // 28 for line in heading.note.split("\n"))
            size = {"width": _NOTE_WIDTH, "height": _LINE * (lines + 1), "font_size": 9, "author": "platformrules"}
            sheet.write_comment(0, index, heading.note, size)
        if heading.choices:
            sheet.data_validation(
                1,
                index,
                _VALIDATED,
                index,
                {
                    "validate": "list",
                    "source": self._source(heading.choices),
                    "error_type": "stop" if heading.closed else "information",
                    "show_error": heading.closed,
                },
            )

    def _source(self, choices: tuple[str, ...]) -> list[str] | str:
        """Choices in the validation itself, or, where those do not fit, a range of the sheet of notes."""
        if len(",".join(choices)) <= _MAX_LIST and not any("," in one for one in choices):
            return list(choices)
        if choices not in self.listed:
            column = 10 + len(self.listed)
            for row, one in enumerate(choices):
                self.lists.write_string(row, column, plain(one))
            name = self.lists.get_name().replace("'", "''")
            where = letters(column)
            self.listed[choices] = f"='{name}'!${where}$1:${where}${len(choices)}"
        return self.listed[choices]


def write_value(sheet: Any, row: int, column: int, value: Cell, style: Any, date_style: Any) -> None:  # noqa: ANN401
    """Write a value into a cell: text only ever as text, a day or number as what it is where Excel can hold it.

    Raises:
        LedgerError: a text is longer than a cell can hold.
    """
    if isinstance(value, str):
        if len(value) > _MAX_TEXT:
            raise refusal(
                f"{sheet.get_name()}!{letters(column)}{row + 1} 的文字超过 {_MAX_TEXT} 字，放不进单元格",
                f"the text of {sheet.get_name()}!{letters(column)}{row + 1} is longer than a cell can hold",
            )
        sheet.write_string(row, column, plain(value.encode("utf-8", "replace").decode()), style)
    elif isinstance(value, date):
        if value < _FIRST_DAY:
            sheet.write_string(row, column, value.isoformat(), style)
        else:
            sheet.write_datetime(row, column, value, date_style)
    elif Decimal(f"{float(value):.15g}") == value:
        sheet.write_number(row, column, float(value), style)
    else:  # a spreadsheet keeps 15 digits
        sheet.write_string(row, column, f"{value:f}", style)


def plain(text: str) -> str:
    """A text as XlsxWriter must get it: it writes ``<r>…</r>`` into the file unescaped, for texts of several formats.

    The reader takes the blank away again.
    """
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text

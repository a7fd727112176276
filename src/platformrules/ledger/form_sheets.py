# SPDX-License-Identifier: MIT
"""Draws sheets in an official layout into an .xlsx file, ready to print. Knows no facts and no forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from platformrules.diagnostics import cells
from platformrules.ledger.plans import FormHeading, FormPlan
from platformrules.ledger.problems import refusal
from platformrules.ledger.spreadsheets import CREATED, OPTIONS, plain, write_value

_LINE = 17
_MAX_ROWS = 1_048_000


def write_form_sheets(path: Path, sheets: Sequence[FormPlan], title: str, comments: str) -> None:
    """Write sheets to a file; the same sheets give the same bytes.

    Raises:
        LedgerError: the file cannot be written, or a sheet does not fit into a workbook.
    """
    try:
        with xlsxwriter.Workbook(str(path), OPTIONS) as book:
            book.set_properties({"title": title, "comments": comments, "created": CREATED})
            drawer = _Drawer(book)
            for plan in sheets:
                drawer.draw(plan)
    except (XlsxWriterException, OSError) as error:
        raise refusal(f"无法写入 {path}：{error}", f"cannot write {path}: {error}") from None


class _Drawer:
    def __init__(self, book: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
        self.book = book
        box = {"border": 1, "valign": "vcenter", "text_wrap": True}
        self.title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self.middle = book.add_format({"align": "center", "valign": "vcenter"})
        self.line = book.add_format({"align": "left", "valign": "vcenter", "text_wrap": True})
        self.head = book.add_format({"bold": True, "align": "center", **box})
        self.styles = {
            "": book.add_format({"align": "center", **box}),
            "middle": book.add_format({"align": "center", "num_format": "@", **box}),
            "text": book.add_format({"align": "left", "num_format": "@", **box}),
            "date": book.add_format({"align": "center", "num_format": "yyyy-mm-dd", **box}),
        }

    def draw(self, plan: FormPlan) -> None:
        """One sheet: title, lines, headings, rows, remarks."""
        if len(plan.rows) >= _MAX_ROWS:
            raise refusal(
                f"工作表“{plan.name}”有 {len(plan.rows)} 行，超过 Excel 的上限",
                f"the sheet {plan.name} has {len(plan.rows)} rows, more than Excel takes",
            )
        sheet = self.book.add_worksheet(plan.name)
        columns = list(_columns(plan))
        for index, (heading, _) in enumerate(columns):
            sheet.set_column(index, index, heading.width)
        last = len(columns) - 1
        self._across(sheet, 0, last, plan.title, self.title)
        sheet.set_row(0, 30)
        for row, text in enumerate(plan.lines, 1):
            self._across(sheet, row, last, text, self.middle if row == 1 else self.line)
        top = 1 + len(plan.lines)
        first = self._headings(sheet, top, plan)
        for number, cells_of_row in enumerate(plan.rows, first):
            for index, value in enumerate(cells_of_row):
                style = self.styles[columns[index][0].style]
                if value == "":
                    sheet.write_blank(number, index, None, style)
                else:
                    write_value(sheet, number, index, value, style, self.styles["date"])
        below = first + len(plan.rows)
        self._choices(sheet, first, below - 1, columns)
        width = sum(heading.width for heading, _ in columns)
        for row, text in enumerate(plan.remarks, below):
            self._across(sheet, row, last, text, self.line)
            sheet.set_row(row, _LINE * (1 + cells(text) // width))
        _print(sheet, top, first)

    def _headings(self, sheet: Any, top: int, plan: FormPlan) -> int:  # noqa: ANN401 - XlsxWriter has no types
        """The heading, of two rows if one of them is spread; the first row below it is returned."""
        rows = 2 if any(one.below for one in plan.headings) else 1
        at = 0
        for one in plan.headings:
            last = at + max(len(one.below), 1) - 1
            bottom = top if one.below else top + rows - 1
            if (bottom, last) == (top, at):
                sheet.write_string(top, at, plain(one.text), self.head)
            else:
                sheet.merge_range(top, at, bottom, last, "", self.head)
                sheet.write_string(top, at, plain(one.text), self.head)
            for index, text in enumerate(one.below, at):
                sheet.write_string(top + 1, index, plain(text), self.head)
            at = last + 1
        for row in range(top, top + rows):
            sheet.set_row(row, 24)
        return top + rows

    def _across(self, sheet: Any, row: int, last: int, text: str, style: Any) -> None:  # noqa: ANN401
        if last:
            sheet.merge_range(row, 0, row, last, "", style)
        sheet.write_string(row, 0, plain(text), style)

    def _choices(self, sheet: Any, first: int, last: int, columns: Sequence[tuple[FormHeading, str]]) -> None:  # noqa: ANN401
        for index, (heading, _) in enumerate(columns):
            if heading.choices and first <= last and len(",".join(heading.choices)) <= 255:
                settings = {"validate": "list", "source": list(heading.choices), "show_error": False}
                sheet.data_validation(first, index, last, index, settings)


def _columns(plan: FormPlan) -> Iterator[tuple[FormHeading, str]]:
    """Every column with its heading: of a spread one, one a choice."""
    for one in plan.headings:
        for text in one.below or (one.text,):
            yield one, text


def _print(sheet: Any, top: int, first: int) -> None:  # noqa: ANN401 - XlsxWriter has no types
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.repeat_rows(top, first - 1)
    sheet.freeze_panes(first, 0)
    sheet.set_footer("&C&P / &N")

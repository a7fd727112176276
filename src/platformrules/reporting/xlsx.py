# SPDX-License-Identifier: MIT
"""A publication as a workbook: its tables as sheets. The only module of reports that knows XlsxWriter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import IO, Any

from attrs import evolve

from platformrules.backends.prose import number_text
from platformrules.diagnostics import cells
from platformrules.errors import PlatformRulesError
from platformrules.languages import Bilingual, Language
from platformrules.reporting.findings import Tone
from platformrules.reporting.matrix import Matrix
from platformrules.reporting.publication import Publication
from platformrules.reporting.tables import FINDINGS, TABLES, Cell, Column, Marked, Table
from platformrules.results import Outcome

try:
    import xlsxwriter
except ImportError as error:  # pragma: no cover - held by a test in a process of its own
    raise PlatformRulesError('an .xlsx report needs XlsxWriter: pip install "platformrules[excel]"') from error

#: The day that every workbook says it was made on, so that the same input gives the same bytes.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
#: Rows a sheet can hold beside its heading; further ones go to a sheet of the same name with a number.
MAXIMUM_ROWS = 1_048_575
#: Characters a cell can hold, less what is added to them.
_LONGEST = 32_000
#: Digits that a number of a workbook keeps; one with more is written as text.
_DIGITS = 15
#: What a spreadsheet program takes for the beginning of a formula when a cell is typed or pasted anew.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

#: The height of a line, and the greatest of a row, in points.
_LINE, _TALLEST = 15, 400
_FONTS = {Language.ZH: "Microsoft YaHei", Language.EN: "Calibri"}
_PLAIN: dict[str, Any] = {"valign": "top", "text_wrap": True}
_HEADING = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#2B4058", "valign": "vcenter", "text_wrap": True}
#: Background and text of what outcomes and verdicts mean.
_COLOURS: dict[str, tuple[str, str]] = {
    Outcome.PASSED: ("#E3F1E6", "#1B5E34"),
    Outcome.FAILED: ("#F8DEDB", "#8E1F16"),
    Outcome.UNDETERMINED: ("#FBEFCF", "#6B4A00"),
    Outcome.UNTESTED: ("#E3E8F7", "#2F3F86"),
    Outcome.INAPPLICABLE: ("#ECEEF0", "#4A545E"),
    Outcome.WAIVED: ("#DFF0F1", "#145A60"),
    Tone.CONFORMS: ("#E3F1E6", "#1B5E34"),
    Tone.DENIES: ("#F8DEDB", "#8E1F16"),
    Tone.OPEN: ("#FBEFCF", "#6B4A00"),
    Tone.INFORMS: ("#ECEEF0", "#4A545E"),
}


def write_workbook(publication: Publication, stream: IO[bytes]) -> None:
    """Write the workbook; rows go to temporary files at once, so that memory does not grow with them."""
    with xlsxwriter.Workbook(stream, _options(publication)) as workbook:
        workbook.set_properties({"title": publication.standard.title[publication.language], "created": _CREATED})
        formats = _Formats(workbook)
        for table in TABLES:
            if not table.is_there(publication):
                continue
            _Sheets(workbook, formats, publication, table).write(table.rows(publication))


def write_matrix_workbook(matrix: Matrix, stream: IO[bytes]) -> None:
    """Write a workbook of several standards: the matrix, and a sheet of findings for each standard."""
    first = matrix.publications[0]
    with xlsxwriter.Workbook(stream, _options(first)) as workbook:
        workbook.set_properties({"title": matrix.title, "created": _CREATED})
        formats = _Formats(workbook)
        table = matrix.table()
        _Sheets(workbook, formats, first, table).write(table.rows(first))
        for number, one in enumerate(matrix.publications, start=1):
            named = Bilingual(f"{number} {FINDINGS.name.zh}", f"{number} {FINDINGS.name.en}")
            _Sheets(workbook, formats, one, evolve(FINDINGS, name=named)).write(FINDINGS.rows(one))


def _options(publication: Publication) -> dict[str, Any]:
    return {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": _FONTS[publication.language], "font_size": 10},
    }


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: Any) -> None:  # noqa: ANN401 - XlsxWriter ships no types
        self.heading = workbook.add_format(_HEADING)
        self.plain = workbook.add_format(_PLAIN)
        self.number = workbook.add_format({**_PLAIN, "align": "right", "indent": 1})
        self.quoted = workbook.add_format({**_PLAIN, "quote_prefix": True})
        self.marked = {
            meaning: workbook.add_format({**_PLAIN, "bg_color": background, "font_color": text, "bold": True})
            for meaning, (background, text) in _COLOURS.items()
        }


class _Sheets:
    """One table on one sheet, or on several if one cannot hold its rows."""

    def __init__(self, workbook: Any, formats: _Formats, publication: Publication, table: Table) -> None:  # noqa: ANN401
        self.workbook, self.formats, self.table = workbook, formats, table
        self.language = publication.language
        self.columns = table.columns(publication)
        self.number, self.row = 0, 0
        self.sheet: Any = None

    def write(self, rows: Iterable[tuple[Cell, ...]]) -> None:
        self.begin()
        for row in rows:
            if self.row == MAXIMUM_ROWS:
                self.end()
                self.begin()
            self.row += 1
            height = max(map(self.lines, row, self.columns))
            if height > 1:
                self.sheet.set_row(self.row, min(height * _LINE, _TALLEST))
            for column, cell in enumerate(row):
                self.cell(column, cell)
        self.end()

    def begin(self) -> None:
        self.number += 1
        self.row = 0
        name = self.table.name[self.language]
        sheet = self.sheet = self.workbook.add_worksheet(name if self.number == 1 else f"{name} {self.number}")
        for index, column in enumerate(self.columns):
            heading = column.heading[self.language]
            sheet.set_column(index, index, max(column.width, cells(heading) + 4))
        sheet.set_row(0, 24)
        for index, column in enumerate(self.columns):
            sheet.write_string(0, index, column.heading[self.language], self.formats.heading)
        sheet.freeze_panes(1, 2 if len(self.columns) > 6 else 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&R&P / &N")

    def end(self) -> None:
        self.sheet.autofilter(0, 0, max(self.row, 1), len(self.columns) - 1)

    def lines(self, cell: Cell, column: Column) -> int:
        """How many lines a cell needs in its column: programs that open a workbook do not all find out."""
        text = cell.text if isinstance(cell, Marked) else cell
        if not isinstance(text, str) or (2 * len(text) <= column.width and "\n" not in text):
            return 1
        return sum(max(1, -(-cells(line) // (column.width - 1))) for line in text.split("\n"))

    def cell(self, column: int, cell: Cell) -> None:
        sheet = self.sheet
        match cell:
            case None | "":
                return
            case Marked(text=text, meaning=meaning):
                sheet.write_string(self.row, column, safe(text), self.formats.marked[meaning])
            case int() | Decimal():
                if _fits(cell):
                    sheet.write_number(self.row, column, cell, self.formats.number)
                else:
                    sheet.write_string(self.row, column, number_text(cell), self.formats.plain)
            case str():
                chosen = self.formats.quoted if cell.startswith(FORMULA_STARTS) else self.formats.plain
                sheet.write_string(self.row, column, safe(cell), chosen)


def _fits(number: int | Decimal) -> bool:
    return len("".join(map(str, Decimal(number).as_tuple().digits)).strip("0")) <= _DIGITS


def safe(text: str) -> str:
    """A text as XlsxWriter must get it: no longer than a cell, and never taken for markup of its own."""
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    text = text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    # XlsxWriter writes <r>…</r> into the file unescaped, for texts with several formats.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text

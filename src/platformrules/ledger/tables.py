# SPDX-License-Identifier: MIT
"""From the bare cells of a table to rows of facts: finds the headings, reads cells, lists what cannot be read.

Knows no file format: workbooks and CSV files come here as tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import field, frozen

from platformrules.languages import Bilingual
from platformrules.ledger.cells import CellReader, UnreadableError, as_text, cell_reader, folded, is_blank
from platformrules.ledger.columns import LEDGER, NOTES, Heading, SheetKind
from platformrules.ledger.problems import HINTED, Problem, nearest

#: Called with the rows that have been read and the rows there are.
Progress: TypeAlias = Callable[[int, int], None]
#: What a cell holds that is written; an empty text is a blank one.
Cell: TypeAlias = str | int | Decimal | date

#: Title rows that may stand above the headings.
_TITLES = 10
#: After so many rows those who wait are told.
STEP = 1000


@frozen
class Table:
    """The cells of a sheet or file.

    Attributes:
        name: how the ledger calls it.
        rows: its cells from the first row and column on, so that places are those that people see.
        serials: see ``cells.cell_reader``.
    """

    name: str
    rows: Sequence[Sequence[Any]] = field(repr=False)
    serials: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return all(cell is None or cell == "" for row in self.rows for cell in row)


@frozen
class Row:
    """One row of a sheet: its facts of the core, of plugins and of the ledger itself, as far as they are recorded."""

    number: int
    core: Mapping[str, Any]
    plugin: Mapping[str, Any]
    ledger: Mapping[str, Any]


@frozen
class _Column:
    index: int
    name: str
    group: int
    read: CellReader


@frozen
class Sheet:
    """A table whose headings are understood.

    Attributes:
        kind: which sheet it is.
        name: how the ledger calls it.
        first: index of the first row below the headings.
    """

    kind: SheetKind
    name: str
    first: int
    columns: tuple[_Column, ...] = field(repr=False)
    rows: Sequence[Sequence[Any]] = field(repr=False)

    def __contains__(self, fact: str) -> bool:
        """Whether it has a column of that fact."""
        return any(column.name == fact for column in self.columns)

    def cell(self, number: int, fact: str) -> str:
        """The place of a fact in a row: ``B7``; the row alone if there is no such column."""
        index = next((column.index for column in self.columns if column.name == fact), None)
        return str(number) if index is None else f"{letters(index)}{number}"

    def read(self, problems: list[Problem], tick: Callable[[], None]) -> Iterator[Row]:
        """Every row that is not blank; ``tick`` is called once a thousand rows."""
        columns = [(column.index, column.name, column.group, column.read) for column in self.columns]
        for index in range(self.first, len(self.rows)):
            cells = self.rows[index]
            groups: tuple[dict[str, Any], ...] = ({}, {}, {})
            unreadable = False
            width = len(cells)
            for at, name, group, read in columns:
                if at < width and (cell := cells[at]) != "":
                    try:
                        value = read(cell)
                    except UnreadableError as error:
                        unreadable = True
                        problems.append(self._problem(error, f"{letters(at)}{index + 1}", cell))
                    else:
                        if value is not None:
                            groups[group][name] = value
            if unreadable or any(groups):
                yield Row(index + 1, *groups)
            if index % STEP == 0:
                tick()

    def _problem(self, error: UnreadableError, place: str, cell: object) -> Problem:
        return Problem(error.code, error.message, self.name, place, as_text(cell), error.expected)


def letters(index: int) -> str:
    """The letters of a column, counted from 0: A, B … Z, AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def sheet_of(name: str, kinds: Mapping[str, SheetKind]) -> SheetKind | None:
    """The kind of sheet that a name stands for, in either language."""
    word = folded(name)
    return next(
        (kind for kind in kinds.values() if word in {kind.id, folded(kind.label.zh), folded(kind.label.en)}), None
    )


def understand_all(
    tables: Sequence[Table], kinds: Mapping[str, SheetKind], problems: list[Problem]
) -> dict[str, Sheet]:
    """The sheets of a ledger by kind; what is not read is listed, notes and empty sheets are passed over."""
    sheets: dict[str, Sheet] = {}
    for table in tables:
        kind = sheet_of(table.name, kinds)
        if kind is None:
            if not table.is_empty and folded(table.name) not in {NOTES.zh, NOTES.en}:
                names = [name for one in kinds.values() for name in (one.label.zh, one.id)]
                hint = nearest(table.name, names)
                message = Bilingual(
                    f"不认识的工作表，没有读取{hint.zh}", f"an unknown sheet, which was not read{hint.en}"
                )
                problems.append(Problem("PR510", message, table.name))
        elif kind.id in sheets:
            other = sheets[kind.id].name
            message = Bilingual(f"与工作表“{other}”同类，没有读取", f"the same kind of sheet as `{other}`, so not read")
            problems.append(Problem("PR510", message, table.name))
        else:
            sheets[kind.id] = understand(table, kind, problems)
    return sheets


def understand(table: Table, kind: SheetKind, problems: list[Problem]) -> Sheet:
    """A table as a sheet of a kind: the row of its headings, and what each of them means."""
    at = _heading_row(table, kind)
    headings = [] if at is None else [_heading_text(cell) for cell in table.rows[at]]
    columns: list[_Column] = []
    taken: dict[str, str] = {}
    for index, text in enumerate(headings):
        heading = kind.find(text) if text else None
        place = f"{letters(index)}{(at or 0) + 1}"
        if heading is None:
            if text:
                known = kind.headings if len(problems) < HINTED else []
                problems.append(_unknown(table, known, place, text))
        elif heading.fact.id in taken:
            first = taken[heading.fact.id]
            message = Bilingual(f"与 {first} 列是同一项，没有读取", f"the same fact as {first}, so not read")
            problems.append(Problem("PR505", message, table.name, place, text))
        else:
            taken[heading.fact.id] = place
            columns.append(_column(index, heading, table.serials))
    problems += _nameless(table, headings, at)
    return Sheet(kind, table.name, len(table.rows) if at is None else at + 1, tuple(columns), table.rows)


def _heading_row(table: Table, kind: SheetKind) -> int | None:
    """The row with most headings among the first that are not empty: titles may stand above them."""
    best, most, seen = None, 0, 0
    for index, row in enumerate(table.rows):
        texts = [text for text in map(_heading_text, row) if text]
        if texts:
            known = sum(kind.find(text) is not None for text in texts)
            if known > most:
                best, most = index, known
            seen += 1
            if seen == _TITLES:
                break
    return best


def _heading_text(cell: object) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _column(index: int, heading: Heading, serials: int | None) -> _Column:
    fact = heading.fact
    group = 2 if fact.on == LEDGER else 1 if fact.plugin else 0
    return _Column(index, fact.id, group, cell_reader(fact, serials, heading.factor))


def _unknown(table: Table, known: Sequence[str], place: str, text: str) -> Problem:
    hint = nearest(text, known)
    message = Bilingual(f"不认识的列，没有读取{hint.zh}", f"an unknown column, which was not read{hint.en}")
    return Problem("PR504", message, table.name, place, text)


def _nameless(table: Table, headings: list[str], at: int | None) -> Iterator[Problem]:
    """Columns with cells but without a heading."""
    if at is None:
        return
    width = max(map(len, table.rows))
    nameless = [index for index in range(width) if index >= len(headings) or not headings[index]]
    for index in nameless:
        if any(index < len(row) and not is_blank(row[index]) for row in table.rows[at + 1 :]):
            message = Bilingual("该列没有表头，没有读取", "the column has no heading and was not read")
            yield Problem("PR504", message, table.name, f"{letters(index)}{at + 1}")

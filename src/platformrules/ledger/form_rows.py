# SPDX-License-Identifier: MIT
"""Reads the rows of a sheet in the layout of an official form: merged cells, ticks, dates as people write them.

Titles, totals, remarks and blank rows are passed over; what cannot be read is listed. Knows no file format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from attrs import define, field, frozen

from platformrules.languages import Bilingual
from platformrules.ledger.cells import (
    CellReader,
    UnreadableError,
    as_text,
    cell_reader,
    folded,
    half_width,
    is_blank,
)
from platformrules.ledger.form_layout import FormSheet, headings_of
from platformrules.ledger.looks import Looks, Place
from platformrules.ledger.problems import Problem
from platformrules.ledger.tables import letters
from platformrules.schema import Fact, FactType
from platformrules.standards.forms import FormColumn

_TOTALS = frozenset({"合计", "总计", "小计", "共计", "total", "subtotal"})
_REMARKS = re.compile(
    r"备注|附注|注[:：]|注\d|说明|填表|制表|审核|填报人|负责人[:：]|领导签|\(?以下空白|note|remark", re.IGNORECASE
)
_MONTH = re.compile(r"\d{4}[-./年]\d{1,2}月?份?|\d{4}年?", re.ASCII)
_NOT_TICKED = frozenset({"×", "✗", "✘", "0", "否", "n", "no", "false"})
_DAY = Bilingual(
    "哪一天，如 2019-05-01；只知道年月的，查明后填写，查不到就留空",
    "the day, such as 2019-05-01; leave it blank if only the month is known",
)
_LINE_WIDTH = 3  # a cell merged over so many columns is a line of text, no name


@frozen
class FormRow:
    """A row of the ledger: its number, the place of its name, and its facts by id."""

    number: int
    place: str
    values: Mapping[str, Any]


@define
class RowReader:
    """Reads the rows of one sheet; ``problems`` grows as it does."""

    sheet: FormSheet
    looks: Looks
    problems: list[Problem]
    _told: set[tuple[Place, str]] = field(factory=set, init=False)
    _readers: dict[str, CellReader] = field(factory=dict, init=False)

    @cached_property
    def cells(self) -> list[list[Any]]:
        """The cells from the first row on, what is merged standing in every cell that it covers."""
        given = self.sheet.table.rows
        width = max(map(len, given), default=0)
        rows = [[*row, *[""] * (width - len(row))] for row in given]
        for place, anchor in self.anchors.items():
            if place[0] < len(rows) and place[1] < width:
                rows[place[0]][place[1]] = rows[anchor[0]][anchor[1]]
        return rows

    @cached_property
    def anchors(self) -> Mapping[Place, Place]:
        """For each cell that a merged range covers, the first cell of the range, which holds its value."""
        rows = self.sheet.table.rows
        height, width = len(rows), max(map(len, rows), default=0)
        # No cell lies in two ranges; a file that says so gets no more memory than one that does not.
        left = height * width
        found: dict[Place, Place] = {}
        for (top, first), (bottom, last) in self.looks.merged:
            down, across = range(top, min(bottom + 1, height)), range(first, min(last + 1, width))
            left -= len(down) * len(across)
            if left < 0:
                break
            found.update({(row, column): (top, first) for row in down for column in across})
        return found

    def rows(self) -> Iterator[FormRow]:
        """Every row that is one of the ledger."""
        required = next(one for one in self.sheet.form.columns if one.required)
        at = self.sheet.columns[required.id]
        remarked = False
        data = []
        for index in range(self.sheet.first, len(self.cells)):
            kind = self._kind(index, at, remarked=remarked)
            remarked = remarked or kind == "remark"
            if kind == "row":
                data.append(index)
        decorated = self._decorated(data)
        for index in data:
            values = dict(self._values(index))
            for one in self.sheet.form.columns:
                if one.id in self.sheet.ticks and one.fact is not None:
                    code = self._ticked(index, one, decorated)
                    if code is not None:
                        values[one.fact.id] = code
            place = f"{letters(at)}{index + 1}"
            if required.fact is None or required.fact.id not in values:
                label = required.heading
                message = Bilingual(f"这一行没有“{label.zh}”，没有采用", f"the row has no `{label.en}` and is not used")
                self.problems.append(Problem("PR507", message, self.sheet.table.name, place))
            else:
                yield FormRow(index + 1, place, values)

    def _kind(self, index: int, at: int, *, remarked: bool) -> str:
        """What a row is: ``row``, ``remark``, or nothing."""
        texts = [("" if is_blank(cell) else as_text(cell)) for cell in self.cells[index]]
        own = {self.anchors.get((index, column), (index, column)): text for column, text in enumerate(texts) if text}
        own = {place: text for place, text in own.items() if place[0] == index or place[1] == at}
        serial = next((self.sheet.columns.get(one.id) for one in self.sheet.form.columns if one.fact is None), None)
        if not own:
            return ""
        first = next(iter(own.values()))
        if any(folded(text).strip(":") in _TOTALS for text in (first, texts[at])):
            return ""
        if _REMARKS.match(half_width(first)):
            return "remark"
        if all(place[1] == serial for place in own):
            return "remark" if len(first) > 20 else ""
        name = texts[at]
        if self._is_line(index, at) or (remarked and len(own) == 1) or self._repeats_heading(index, name):
            return ""
        return "row"

    def _is_line(self, index: int, at: int) -> bool:
        """Whether the name is a line of text over several columns."""
        anchor = self.anchors.get((index, at))
        return (
            anchor is not None
            and sum(self.anchors.get((index, column)) == anchor for column in range(len(self.cells[index])))
            >= _LINE_WIDTH
        )

    def _repeats_heading(self, index: int, name: str) -> bool:
        required = next(one for one in self.sheet.form.columns if one.required)
        if folded(name) in headings_of(required):
            return True
        words = {folded(as_text(cell)) for cell in self.cells[index] if not is_blank(cell)}
        choices = {
            folded(text) for one in self.sheet.form.columns for choice in one.choices for text in (choice.zh, choice.en)
        }
        return words <= choices

    def _values(self, index: int) -> Iterator[tuple[str, Any]]:
        form = self.sheet.form
        columns = [(one.fact, self.sheet.columns[one.id], one) for one in form.columns if one.id in self.sheet.columns]
        for fact, at, column in columns:
            if fact is not None and (value := self._value(index, at, fact, column)) is not None:
                yield fact.id, value
        for head in form.head:
            if head.id in self.sheet.heads:
                value = self._value(index, self.sheet.heads[head.id], head.fact, None)
                if value is not None:
                    yield head.fact.id, value

    def _value(self, index: int, at: int, fact: Fact, column: FormColumn | None) -> Any:  # noqa: ANN401 - of any fact
        cell = self.cells[index][at]
        place = self.anchors.get((index, at), (index, at))
        if is_blank(cell):
            return None
        if column is not None and column.written is not None:
            said = [
                value
                for value, text in column.written.items()
                if folded(as_text(cell)) in {folded(text.zh), folded(text.en)}
            ]
            if said:
                return said[0]
        if fact.id not in self._readers:
            self._readers[fact.id] = cell_reader(fact, self.sheet.table.serials)
        try:
            if fact.type is FactType.DATE:
                _check_day(cell, shown_as_month=place in self.looks.months)
            return self._readers[fact.id](cell)
        except UnreadableError as error:
            shown = f"{cell.year}年{cell.month}月" if isinstance(cell, date) else as_text(cell)
            self._tell(place, Problem(error.code, error.message, value=shown, expected=error.expected))
            return None

    def _tell(self, place: Place, problem: Problem) -> None:
        """List a problem of a cell, once however many rows it is merged over."""
        if (place, problem.code) not in self._told:
            self._told.add((place, problem.code))
            where = f"{letters(place[1])}{place[0] + 1}"
            self.problems.append(
                Problem(problem.code, problem.message, self.sheet.table.name, where, problem.value, problem.expected)
            )

    # Ticks

    def _decorated(self, data: list[int]) -> frozenset[int]:
        """Columns of choices that are filled in every row: that is how the sheet is painted, no tick."""
        found = set()
        for choices in self.sheet.ticks.values():
            for at in choices.values():
                if len(data) > 1 and all((index, at) in self.looks.filled for index in data):
                    found.add(at)
                    message = Bilingual(
                        "整列涂色，不作为勾选", "the whole column is filled, which is not taken for ticks"
                    )
                    self.problems.append(Problem("PR516", message, self.sheet.table.name, letters(at)))
        return frozenset(found)

    def _ticked(self, index: int, column: FormColumn, decorated: frozenset[int]) -> str | None:
        """The choice that is ticked in a row; ``None`` if none is, or it is uncertain which."""
        choices = self.sheet.ticks[column.id]
        marks = {folded(mark) for mark in column.ticks}
        own = {choice.id: {folded(choice.zh), folded(choice.en), folded(choice.id)} for choice in column.choices}
        ticked, strange = [], False
        for code, at in choices.items():
            cell = self.cells[index][at]
            if is_blank(cell):
                continue
            word = folded(as_text(cell))
            if word in marks or word in own[code] or cell is True:
                ticked.append(code)
            elif word not in _NOT_TICKED and cell is not False:
                strange = True
                place = self.anchors.get((index, at), (index, at))
                message = Bilingual("不是勾选的记号，按未填报处理", "is no tick; counts as not recorded")
                self._tell(place, Problem("PR516", message, value=as_text(cell), expected=_expected(column)))
        if not ticked and not strange:
            filled = [code for code, at in choices.items() if (index, at) in self.looks.filled]
            # All of them: the row is painted.
            if len(filled) < len(choices):
                ticked = [code for code in filled if choices[code] not in decorated]
        if len(ticked) > 1:
            self._two(index, column, ticked)
        return ticked[0] if len(ticked) == 1 and not strange else None

    def _two(self, index: int, column: FormColumn, ticked: list[str]) -> None:
        choices = self.sheet.ticks[column.id]
        places = "、".join(f"{letters(choices[code])}{index + 1}" for code in ticked)
        labels = [one for one in column.choices if one.id in ticked]
        zh, en = "、".join(one.zh for one in labels), ", ".join(one.en for one in labels)
        message = Bilingual(
            f"“{column.heading.zh}”勾了不止一项（{zh}），按未填报处理",
            f"more than one of `{column.heading.en}` is ticked ({en}); counts as not recorded",
        )
        values = "、".join(as_text(self.cells[index][choices[code]]) for code in ticked)
        problem = Problem(
            "PR516", message, self.sheet.table.name, places.replace("、", ", "), values, _expected(column)
        )
        self.problems.append(problem)


def _expected(column: FormColumn) -> Bilingual:
    zh, en = "、".join(one.zh for one in column.choices), ", ".join(one.en for one in column.choices)
    return Bilingual(f"{zh}中的一格打{column.ticks[0]}", f"{column.ticks[0]} in one of {en}")


def _check_day(cell: object, *, shown_as_month: bool) -> None:
    """Refuse a date that is known to the month or year only: no day is guessed.

    Raises:
        UnreadableError: it is.
    """
    message = Bilingual("只写到年或月，按未填报处理", "names no day; counts as not recorded")
    if shown_as_month and not isinstance(cell, str):
        raise UnreadableError("PR517", message, _DAY)
    if isinstance(cell, date | bool):
        return
    if _MONTH.fullmatch("".join(half_width(as_text(cell)).split())):
        raise UnreadableError("PR517", message, _DAY)

# SPDX-License-Identifier: MIT
"""Finds the layout of an official form in a table: by the words of headings and lines, never by position.

Knows forms and cells, no file format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from attrs import field, frozen

from platformrules.languages import Bilingual
from platformrules.ledger.cells import as_text, folded, half_width, is_blank, typed_date
from platformrules.ledger.problems import HINTED, Problem, nearest
from platformrules.ledger.tables import Table, letters
from platformrules.standards.forms import DAY, Form, FormColumn, FormHead

#: Lines and blank rows that may stand above the headings.
_ABOVE = 40
_REMARK = re.compile(r"(.+?)\([^()]*\)")
_DAY_IN_TEXT = re.compile(r"\d{4}(?:年\d{1,2}月\d{1,2}[日号]?|[-./]\d{1,2}[-./]\d{1,2})", re.ASCII)
_GAP = re.compile(r"\s{2,}|\t")


@frozen
class FormSheet:
    """A table in the layout of a form.

    Attributes:
        header: index of the row of headings.
        first: index of the first row below all headings.
        columns: index of each column, by id; of a spread one only where people wrote the choice itself.
        ticks: indexes of the choices of a spread column, by the id of the column and the code of the choice.
        heads: indexes of columns that hold what the form has in a line above the table, by its id.
    """

    form: Form
    table: Table
    header: int
    first: int
    columns: Mapping[str, int]
    ticks: Mapping[str, Mapping[str, int]]
    heads: Mapping[str, int] = field(factory=dict)

    def row(self, index: int) -> list[str]:
        """The texts of a row."""
        return [_text(cell) for cell in self.table.rows[index]]


def form_sheet(table: Table, form: Form) -> FormSheet | None:
    """The table as a sheet of a form; ``None`` if it has not the heading of its rows and half of all others."""
    best: FormSheet | None = None
    most = 0
    for index in range(min(len(table.rows), _ABOVE)):
        found = _at(table, form, index)
        if found is not None and (score := len(found.columns) + len(found.ticks)) > most:
            best, most = found, score
    return best


def _text(cell: object) -> str:
    return "" if is_blank(cell) else as_text(cell)


def _key(text: str) -> str:
    """A heading as it is compared: without spaces, marks and a remark in brackets behind it."""
    word = folded(text).strip("*:")
    found = _REMARK.fullmatch(word)
    return word if found is None else found[1]


def headings_of(column: FormColumn) -> frozenset[str]:
    """Every word for a column; that of its fact too."""
    labels = () if column.fact is None else (column.fact.label.zh, column.fact.label.en)
    return frozenset(map(_key, (*column.headings, *labels)))


def _at(table: Table, form: Form, index: int) -> FormSheet | None:
    """The layout if the headings stand in this row."""
    words = [_key(text) for text in map(_text, table.rows[index])]
    known = [(one, headings_of(one)) for one in form.columns]
    columns = {
        one.id: words.index(found)
        for one, names in known
        if (found := next((word for word in words if word in names), None)) is not None
    }
    below = [_key(text) for text in map(_text, table.rows[index + 1])] if index + 1 < len(table.rows) else []
    ticks: dict[str, Mapping[str, int]] = {}
    first = index + 1
    for one in form.columns:
        for row in (below, words):
            if choices := _choices(row, one):
                ticks[one.id] = choices
                columns.pop(one.id, None)
                first = index + 2 if row is below else first
                break
    row_columns = [one.id for one in form.columns if one.required]
    recording = [one.id for one in form.columns if one.fact is not None]
    found_ids = set(columns) | set(ticks)
    enough = 2 * sum(one in found_ids for one in recording) >= len(recording)
    if not enough or any(one not in columns for one in row_columns):
        return None
    heads = {
        one.id: words.index(found)
        for one in form.head
        if (found := next((word for word in words if word in _head_names(one)), None)) is not None
    }
    return FormSheet(form, table, index, first, columns, ticks, heads)


def _choices(words: list[str], column: FormColumn) -> dict[str, int]:
    """The columns of the choices in a row of headings; of one choice alone it would be no row of them."""
    names = {folded(text): one.id for one in column.choices for text in (one.zh, one.en)}
    found: dict[str, int] = {}
    for index, word in enumerate(words):
        if word in names:
            found.setdefault(names[word], index)
    return found if len(found) > 1 else {}


def _head_names(head: FormHead) -> set[str]:
    return {_key(text) for text in (head.text.zh, head.text.en, *head.aliases, head.fact.label.zh, head.fact.label.en)}


def unread_headings(sheet: FormSheet) -> Iterator[Problem]:
    """Headings that are none of the form, and those that stand twice."""
    used = {
        *sheet.columns.values(),
        *sheet.heads.values(),
        *(at for one in sheet.ticks.values() for at in one.values()),
    }
    spread = {key for one in sheet.form.columns if one.id in sheet.ticks for key in headings_of(one)}
    known = {key: one.heading.zh for one in sheet.form.columns for key in headings_of(one)}
    for index, text in enumerate(sheet.row(sheet.header)):
        word = _key(text)
        if not word or index in used or word in spread:
            continue
        place = f"{letters(index)}{sheet.header + 1}"
        if word in known:
            message = Bilingual(
                f"与“{known[word]}”列重复，没有读取", "the same heading as an earlier column, so not read"
            )
            yield Problem("PR505", message, sheet.table.name, place, text)
        else:
            hint = nearest(text, sorted(set(known.values())))
            message = Bilingual(f"表式没有这一列，没有读取{hint.zh}", f"no column of the form, so not read{hint.en}")
            yield Problem("PR504", message, sheet.table.name, place, text)
    lacking = [
        one for one in sheet.form.columns if one.fact is not None and one.id not in {*sheet.columns, *sheet.ticks}
    ]
    for one in lacking[:HINTED]:
        message = Bilingual(
            f"没有“{one.heading.zh}”这一列，各行按未填报处理",
            f"has no column `{one.heading.en}`; it counts as not recorded in all rows",
        )
        yield Problem("PR511", message, sheet.table.name)


# What stands above the table


def head_values(sheet: FormSheet) -> dict[str, tuple[str, str]]:
    """The place and value of each line above the table, by its id, as far as something is written there."""
    found: dict[str, tuple[str, str]] = {}
    for index in range(sheet.header):
        texts = sheet.row(index)
        for at, text in enumerate(texts):
            for head in sheet.form.head:
                value = _after(text, head)
                if value is None or head.id in found:
                    continue
                place = at
                if not value:
                    place, value = _to_the_right(texts, at)
                if value:
                    found[head.id] = (f"{letters(place)}{index + 1}", value)
    return found


def _after(text: str, head: FormHead) -> str | None:
    """What a line says behind its words; ``None`` if it is another line."""
    for name in (head.text.zh, head.text.en, *head.aliases, head.fact.label.zh, head.fact.label.en):
        word = "".join(name.split()).rstrip(":：")
        pattern = r"\s*".join(map(re.escape, word)) + r"\s*(?:[(（][^()（）]*[)）])?\s*(?:[:：](.*))?"
        found = re.fullmatch(pattern, text, re.IGNORECASE | re.DOTALL)
        if found is not None:
            value = (found[1] or "").replace("\u3000", "  ").strip().strip("_").strip()
            return _GAP.split(value)[0]
    return None


def _to_the_right(texts: list[str], at: int) -> tuple[int, str]:
    """The next cell with something in it; another label is no value."""
    for index in range(at + 1, len(texts)):
        if texts[index]:
            return (at, "") if re.search(r"[:：]", texts[index]) else (index, texts[index].strip("_"))
    return at, ""


def said_state(sheet: FormSheet, problems: list[Problem]) -> date | None:
    """The day of the line below the title; ``None`` if there is no such line, or no day can be read in it."""
    words = [
        folded(part).strip("()")
        for text in (sheet.form.state.text.zh, sheet.form.state.text.en)
        for part in [text.partition(DAY)[0]]
    ]
    for index in range(sheet.header):
        for at, text in enumerate(sheet.row(index)):
            word = folded(text)
            if not any(one and one in word for one in words):
                continue
            found = _DAY_IN_TEXT.search("".join(half_width(text).split()))
            day = None if found is None else typed_date(found[0])
            if day is None:
                on = sheet.form.state.on
                message = Bilingual(f"读不出截至日期，按 {on} 处理", f"has no day that can be read; {on} is taken")
                place = f"{letters(at)}{index + 1}"
                problems.append(
                    Problem(
                        "PR515",
                        message,
                        sheet.table.name,
                        place,
                        text,
                        Bilingual("如 2020年5月31日", "such as 2020-05-31"),
                    )
                )
            return day
    return None

# SPDX-License-Identifier: MIT
"""Fills in an official form from dossiers, or writes it blank. What is not recorded stays blank; nothing is derived."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen

from platformrules.diagnostics import cells
from platformrules.dossiers import Dossier
from platformrules.languages import Bilingual, Language
from platformrules.ledger.excel import write_form_plans
from platformrules.ledger.model import Ledger
from platformrules.ledger.pages import PageWriter
from platformrules.ledger.plans import FormHeading, FormPlan
from platformrules.ledger.problems import refusal
from platformrules.ledger.tables import Cell
from platformrules.models import Record
from platformrules.schema import FactType
from platformrules.standards.forms import DAY, Form, FormColumn, recording

#: Rows of a blank form.
BLANK_ROWS = 15

_WIDTHS = {FactType.TEXT: 14, FactType.DATE: 12, FactType.CHOICE: 14, FactType.SET: 20}
_WIDEST, _TICK_WIDTH, _NUMBER_WIDTH, _OTHER_WIDTH = 34, 8, 6, 11
_STYLES = {FactType.TEXT: "text", FactType.DATE: "date", FactType.CHOICE: "middle", FactType.BOOLEAN: "middle"}
_NO_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NAME_LENGTH = 31
_REMARKS = Bilingual("备注：", "Remarks: ")
_WORDS = {True: Bilingual("是", "yes"), False: Bilingual("否", "no")}


def write_form(
    form: Form,
    ledger: Ledger | Iterable[Dossier],
    path: str | Path,
    language: Language | str = Language.ZH,
    *,
    internal: bool = False,
) -> None:
    """Write dossiers as an .xlsx workbook in the layout of a form, one sheet for each value of its lines above.

    Args:
        form: the layout.
        ledger: a ledger, or dossiers of the form's subject; none of them gives a blank form.
        path: ``.xlsx``.
        language: of headings, words and remarks.
        internal: write personal facts too; else they stay blank.

    Raises:
        LedgerError: the file cannot be written, or a dossier has another subject.
    """
    place = Path(path)
    if place.suffix.lower() != ".xlsx":
        raise refusal(f"表式只能写成 .xlsx（{place.name}）", f"a form is written as .xlsx only ({place.name})")
    dossiers = tuple(ledger.dossiers if isinstance(ledger, Ledger) else ledger)
    for one in dossiers:
        if one.kind != form.subject:
            raise refusal(
                f"{form.id} 登记的是 {form.subject}，档案 {one.subject.id} 与之不符",
                f"{form.id} records a {form.subject}, which the dossier {one.subject.id} is not",
            )
    writer = _FormWriter(form, Language(language), PageWriter(recording(form), Language(language), internal))
    title = form.title[Language(language)]
    write_form_plans(place, writer.plans([one.subject for one in dossiers]), title, form.reference)


@frozen
class _FormWriter:
    form: Form
    language: Language
    values: PageWriter

    def plans(self, records: Sequence[Record]) -> list[FormPlan]:
        """A sheet for each value of the lines above the table, in the order in which they first come."""
        groups: dict[tuple[Any, ...], list[Record]] = {} if records else {(None,) * len(self.form.head): []}
        for one in records:
            groups.setdefault(tuple(_recorded(one, head.fact.id) for head in self.form.head), []).append(one)
        names: list[str] = []
        for said in groups:
            names.append(self._name(said if len(groups) > 1 else (), names))
        return [self._plan(name, said, rows) for name, (said, rows) in zip(names, groups.items(), strict=True)]

    def _name(self, said: tuple[Any, ...], taken: Sequence[str]) -> str:
        """A name that Excel takes and no other sheet has."""
        text = _NO_NAME.sub(" ", "".join(str(one) for one in said if one)).strip().strip("'")
        text = text or self.form.sheet[self.language]
        known = {one.casefold() for one in taken}
        number, name = 1, text[:_NAME_LENGTH]
        while name.casefold() in known:
            number += 1
            name = f"{text[: _NAME_LENGTH - 5]} {number}"
        return name

    def _plan(self, name: str, said: tuple[Any, ...], records: Sequence[Record]) -> FormPlan:
        form, language = self.form, self.language
        rows = [self._row(number, one) for number, one in enumerate(records, 1)]
        if not records:
            blank = sum(max(len(one.choices), 1) for one in form.columns)
            rows = [self._blank(number, blank) for number in range(1, BLANK_ROWS + 1)]
        lines = [form.state.text[language].replace(DAY, self._day(form.state.on))]
        lines += [
            head.text[language] + ("" if value is None else str(self.values.cell(head.fact, value)))
            for head, value in zip(form.head, said, strict=True)
        ]
        notes = [f"{number}. {one.text[language]}" for number, one in enumerate(form.notes, 1)]
        if notes:
            notes[0] = _REMARKS[language] + notes[0]
        return FormPlan(name, form.title[language], lines, list(self._headings(rows)), rows, notes)

    def _day(self, day: date) -> str:
        return f"{day.year}年{day.month}月{day.day}日" if self.language is Language.ZH else day.isoformat()

    def _blank(self, number: int, width: int) -> list[Cell]:
        row: list[Cell] = [""] * width
        at = 0
        for one in self.form.columns:
            if one.fact is None:
                row[at] = number
            at += max(len(one.choices), 1)
        return row

    def _row(self, number: int, record: Record) -> list[Cell]:
        row: list[Cell] = []
        for column in self.form.columns:
            if column.fact is None:
                row.append(number)
                continue
            value = _recorded(record, column.fact.id)
            if column.ticks:
                row += [column.ticks[0] if one.id == value else "" for one in column.choices]
            else:
                row.append(self._cell(column, value))
        return row

    def _cell(self, column: FormColumn, value: Any) -> Cell:  # noqa: ANN401 - the value of any fact
        fact = column.fact
        if fact is None or value is None or (fact.personal and not self.values.internal):
            return ""
        if column.written is not None:
            return column.written[bool(value)][self.language]
        return self.values.cell(fact, value)

    def _headings(self, rows: Sequence[Sequence[Cell]]) -> Iterable[FormHeading]:
        at = 0
        for column in self.form.columns:
            fact, text = column.fact, column.heading[self.language]
            if column.ticks:
                below = tuple(one.label[self.language] for one in column.choices)
                width = max(_TICK_WIDTH, *(cells(one) + 2 for one in below))
                yield FormHeading(text, below, (column.ticks[0],), "middle", width)
            else:
                choices: tuple[str, ...] = ()
                if fact is not None and fact.type is FactType.CHOICE:
                    choices = tuple(one.label[self.language] for one in fact.values)
                elif fact is not None and fact.type is FactType.BOOLEAN:
                    words: Mapping[bool, Bilingual] = column.written or _WORDS
                    choices = (words[True][self.language], words[False][self.language])
                style = "" if fact is None else _STYLES.get(fact.type, "")
                widest = max((cells(str(row[at])) for row in rows), default=0)
                least = _NUMBER_WIDTH if fact is None else _WIDTHS.get(fact.type, _OTHER_WIDTH)
                width = min(max(least, widest + 2, min(cells(text) + 2, 16)), _WIDEST)
                yield FormHeading(text, (), choices, style, width)
            at += max(len(column.choices), 1)


def _recorded(record: Record, name: str) -> Any:  # noqa: ANN401 - the value of any fact
    """The value of a fact; a plugin's that the record does not hold is not recorded."""
    try:
        return record[name]
    except KeyError:
        return None

# SPDX-License-Identifier: MIT
"""Reads a ledger that is filled in on an official form, in any of several sheets. Knows no file format.

A form has no ids: the id of a row is its reporting unit (or, without one, the sheet where there are several) and its
name, so that it stays the same when rows are added or put in another order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import define, field

from platformrules.belonging import SUBJECT_SHEETS
from platformrules.diagnostics import printable
from platformrules.dossiers import Dossier
from platformrules.languages import Bilingual
from platformrules.ledger.cells import folded
from platformrules.ledger.columns import NOTES
from platformrules.ledger.form_layout import FormSheet, form_sheet, head_values, said_state, unread_headings
from platformrules.ledger.form_rows import FormRow, RowReader
from platformrules.ledger.looks import Looks
from platformrules.ledger.model import Ledger
from platformrules.ledger.problems import Problem, refusal
from platformrules.ledger.settings import Settings, settle_times
from platformrules.ledger.tables import Table
from platformrules.models import MODELS
from platformrules.periods import Period
from platformrules.standards.forms import Form
from platformrules.standards.model import Standard


def recognized(tables: Iterable[Table], forms: Iterable[Form]) -> Form | None:
    """The first of the forms in whose layout a table is; ``None`` if there is none."""
    tables = list(tables)
    return next((form for form in forms if any(form_sheet(table, form) is not None for table in tables)), None)


def read_form(
    tables: Sequence[Table],
    name: str,
    form: Form,
    standard: Standard,
    *,
    looks: Mapping[str, Looks] | None = None,
    digest: str = "",
    period: Period | None = None,
    as_of: date | None = None,
) -> Ledger:
    """The dossiers of a ledger on an official form, and all that could not be read in it.

    Args:
        tables: the sheets.
        name: of the file, for messages.
        form: in whose layout they are.
        standard: what the dossiers are for; it judges the subject of the form.
        looks: merged cells and fills of the sheets, by name.
        digest: of the bytes that were read.
        period: the period to judge; if left out, the one in which the day of the form lies.
        as_of: the day to judge on; the day whose state the form shows if left out.

    Raises:
        LedgerError: no sheet is in the layout of the form, or the standard judges another subject.
    """
    if standard.subject != form.subject:
        raise refusal(
            f"{form.id} 登记的是 {form.subject}，{standard.reference} 评价的是 {standard.subject}",
            f"{form.id} records a {form.subject}, {standard.reference} judges a {standard.subject}",
        )
    reader = _Reader(form, standard, looks or {})
    sheets = reader.sheets(tables, name)
    days = [day for sheet in sheets if (day := said_state(sheet, reader.problems)) is not None]
    reader.one_day(sheets, days)
    day = as_of or (days[0] if days else form.state.on)
    period, as_of = settle_times(standard, Settings(period=_period_of(standard, day)), period, day)
    records = [record for sheet in sheets for record in reader.records(sheet, several=len(sheets) > 1)]
    if not records:
        message = Bilingual("没有可评价的行", "no row that can be evaluated")
        reader.problems.append(Problem("PR511", message, sheets[0].table.name))
    return Ledger(
        dossiers=tuple(
            Dossier(**{form.subject: one}, period=period, as_of=as_of, checked=standard.schema) for one in records
        ),
        problems=tuple(reader.problems),
        period=period,
        as_of=as_of,
        digest=digest,
        rows={SUBJECT_SHEETS[form.subject]: reader.rows},
    )


def _period_of(standard: Standard, day: date) -> Period | None:
    """The calendar period in which a day lies; ``None`` where a standard has no such period."""
    match standard.period.kind:
        case "calendar-year":
            return Period.year(day.year)
        case "calendar-month":
            return Period.month(day.year, day.month)
        case _:
            return None


@define
class _Reader:
    form: Form
    standard: Standard
    looks: Mapping[str, Looks]
    problems: list[Problem] = field(factory=list, init=False)
    rows: int = field(default=0, init=False)
    _places: dict[str, str] = field(factory=dict, init=False)

    def sheets(self, tables: Sequence[Table], name: str) -> list[FormSheet]:
        """The sheets in the layout of the form; the others are listed."""
        found = []
        for table in tables:
            sheet = form_sheet(table, self.form)
            if sheet is not None:
                found.append(sheet)
            elif not table.is_empty and folded(table.name) not in {NOTES.zh, NOTES.en}:
                message = Bilingual(
                    f"不是“{self.form.title.zh}”的表式，没有读取", f"not in the layout of {self.form.id}, so not read"
                )
                self.problems.append(Problem("PR510", message, table.name))
        if not found:
            zh = "、".join(one.heading.zh for one in self.form.columns)
            en = ", ".join(one.heading.en for one in self.form.columns)
            raise refusal(
                f"{name} 中没有“{self.form.title.zh}”表式的工作表；表头应为：{zh}",
                f"{name} has no sheet in the layout of {self.form.id}; its headings are: {en}",
            )
        return found

    def one_day(self, sheets: Sequence[FormSheet], days: Sequence[date]) -> None:
        """List that sheets show the state of different days: the first counts."""
        if len(set(days)) > 1:
            listed = "、".join(map(str, sorted(set(days))))
            message = Bilingual(
                f"各表的截至日期不同，按 {days[0]} 处理", f"sheets show different days; {days[0]} is taken"
            )
            self.problems.append(Problem("PR515", message, sheets[0].table.name, value=listed))

    def records(self, sheet: FormSheet, *, several: bool) -> Iterable[Any]:
        """The records of a sheet."""
        self.problems += unread_headings(sheet)
        heads = {one.id: one.fact for one in self.form.head}
        said = {heads[line].id: value for line, (_, value) in head_values(sheet).items()}
        reader = RowReader(sheet, self.looks.get(sheet.table.name, Looks()), self.problems)
        for row in reader.rows():
            self.rows += 1
            values = said | dict(row.values)
            name = self._id(values, sheet, several=several)
            place = f"{sheet.table.name}!{row.place}"
            first = self._places.setdefault(name, place)
            if first != place:
                self._twice(sheet, row, first, name)
                continue
            facts = self.form.schema.facts[self.form.subject]
            core = {key: value for key, value in values.items() if not facts[key].plugin}
            plugin = {key: value for key, value in values.items() if facts[key].plugin}
            yield MODELS[self.form.subject](**{"id": name, **core}, facts=plugin)  # type: ignore[call-arg]

    def _id(self, values: Mapping[str, Any], sheet: FormSheet, *, several: bool) -> str:
        if "id" in values:
            return str(values["id"])
        required = next(one.fact for one in self.form.columns if one.required)
        parts = [values.get(one.fact.id) for one in self.form.head]
        if several and not any(parts):
            parts = [sheet.table.name]
        own = values[required.id] if required is not None else ""
        return printable("/".join(str(part) for part in (*parts, own) if part))

    def _twice(self, sheet: FormSheet, row: FormRow, first: str, name: str) -> None:
        message = Bilingual(
            f"与 {first} 同名，没有采用；确是两处的，请把名称写出区别",
            f"the same name as {first}, so not used; if they are two, tell their names apart",
        )
        self.problems.append(Problem("PR506", message, sheet.table.name, row.place, name))

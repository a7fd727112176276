# SPDX-License-Identifier: MIT
"""What happened in one case, as a file: JSON or TOML, or a table with a row for each event (CSV or a workbook)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import field, frozen

from platformrules.cases import as_fact_value
from platformrules.errors import RuleFileError
from platformrules.languages import Bilingual
from platformrules.ledger.cells import UnreadableError, as_text, cell_reader, folded, is_blank
from platformrules.ledger.excel import read_tables
from platformrules.ledger.problems import refusal
from platformrules.ledger.tables import Table
from platformrules.ledger.text_tables import read_file
from platformrules.models import MODELS, Record
from platformrules.procedures.model import EVENTS, Procedure
from platformrules.procedures.report import Problem
from platformrules.schema import Fact, FactType, Schema
from platformrules.serialization import MAX_FILE, read_toml, shown

#: The suffixes of files that are read.
SUFFIXES = (".json", ".toml", ".csv", ".xlsx")
_KEYS = ("subject", "events", "as_of", "parameters", "note")
_ID = frozenset({"id", "event", "事件"})
_ON = frozenset({"on", "date", "日期"})
_DAY = Fact("on", EVENTS, FactType.DATE, Bilingual("日期", "day"))


@frozen
class CaseFile:
    """What a file says of a case.

    Attributes:
        subject: the record of the subject; ``None`` if there is none.
        events: what happened, in the order of the file; ``evaluate_case`` checks and sorts it.
        as_of: the day for which the case is to be told; ``None`` if the file does not say.
        parameters: values that the file gives to parameters.
        problems: what could not be read.
    """

    subject: Record | None = None
    events: tuple[Any, ...] = ()
    as_of: date | None = None
    parameters: Mapping[str, Any] = field(factory=dict)
    problems: tuple[Problem, ...] = ()


def read_case(path: Path, procedure: Procedure, schema: Schema) -> CaseFile:
    """The case of a file.

    Raises:
        LedgerError: the file cannot be read at all.
        OSError: there is no such file.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        known = " ".join(SUFFIXES)
        raise refusal(f"读不了 {path.name}：后缀要是 {known}", f"cannot read {path.name}: its suffix must be {known}")
    if suffix == ".csv":
        return _of_table(read_file(path), procedure)
    with path.open("rb") as file:
        data = file.read(MAX_FILE + 1)
    if suffix == ".xlsx":
        tables = [one for one in read_tables(data, path.name) if not one.is_empty]
        return _of_table(tables[0] if tables else Table(path.stem, []), procedure)
    return _of_data(_parsed(data, path.name, suffix), procedure, schema, path.name)


def _parsed(data: bytes, name: str, suffix: str) -> object:
    try:
        text = data.decode("utf-8-sig")
        return read_toml(text, name) if suffix == ".toml" else json.loads(text, parse_float=Decimal)
    except (RuleFileError, ValueError, RecursionError) as error:
        kind = suffix[1:].upper()
        raise refusal(f"{name} 不是 {kind}：{error}", f"{name} is no {kind}: {error}") from None


def _of_data(data: object, procedure: Procedure, schema: Schema, name: str) -> CaseFile:
    events = data.get("events") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(events, list):
        raise refusal(f"{name} 应为含有 events 列表的对象", f"{name} must be an object with a list `events`")
    problems = [
        _problem(str(key), "没有这个键，没有读取", "there is no such key, so not read", data[key])
        for key in data
        if key not in _KEYS
    ]
    as_of = as_fact_value(_DAY, data.get("as_of"))
    if as_of is not None and type(as_of) is not date:
        problems.append(_problem("as_of", "应为日期，没有读取", "must be a day, so not read", as_of))
        as_of = None
    given: dict[str, Mapping[str, Any]] = {}
    for key in ("parameters", "subject"):
        value = data.get(key)
        if value is not None and not isinstance(value, Mapping):
            problems.append(_problem(key, "应为对象，没有读取", "must be an object, so not read", value))
        elif value is not None:
            given[key] = value
    subject = given.get("subject")
    record = None if subject is None else _record(subject, procedure.subject, schema, problems)
    return CaseFile(record, tuple(events), as_of, given.get("parameters", {}), tuple(problems))


def _record(given: Mapping[str, Any], model: str, schema: Schema, problems: list[Problem]) -> Record:
    known = schema.facts[model]
    own: dict[str, Any] = {}
    plugin: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            problems.append(_problem(f"subject.{name}", "没有这个项目，没有读取", "no such fact, so not read", value))
        elif value is not None:
            (plugin if known[name].plugin else own)[name] = as_fact_value(known[name], value)
    return MODELS[model](**own, facts=plugin)  # type: ignore[call-arg]


# Tables


def _of_table(table: Table, procedure: Procedure) -> CaseFile:
    """One row an event; headings are ids or labels of fields, and what they name depends on the event of the row."""
    rows = [list(row) for row in table.rows]
    headings = [folded(as_text(cell)) for cell in rows[0]] if rows else []
    places = [next((at for at, one in enumerate(headings) if one in known), None) for known in (_ID, _ON)]
    named, dated = places
    if named is None or dated is None:
        raise refusal(
            f"{table.name} 的第一行要有“事件”和“日期”两列",
            f"the first row of {table.name} must have the columns `event` and `date`",
        )
    events: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows[1:], start=2):
        if not all(is_blank(cell) for cell in row):
            events.append(_of_row(row, number, headings, (named, dated), procedure, table.serials, problems))
    return CaseFile(events=tuple(events), problems=tuple(problems))


def _of_row(
    row: Sequence[Any],
    number: int,
    headings: Sequence[str],
    places: tuple[int, int],
    procedure: Procedure,
    serials: int | None,
    problems: list[Problem],
) -> dict[str, Any]:
    cells = {at: cell for at, cell in enumerate(row) if at < len(headings) and not is_blank(cell)}
    named = as_text(cells.pop(places[0], ""))
    titles = {folded(text): one.id for one in procedure.events for text in (one.title.en, one.title.zh, one.id)}
    found: dict[str, Any] = {"id": titles.get(folded(named), named)}
    day = cells.pop(places[1], None)
    found["on"] = None if day is None else _cell(_DAY, day, serials, f"{number}", problems)
    event = procedure.event_of.get(found["id"])
    fields = {
        folded(text): one
        for one in (event.fields if event is not None else ())
        for text in (one.label.en, one.label.zh, one.id)
    }
    for at, cell in cells.items():
        one = fields.get(headings[at])
        if one is None:
            where = f"{number}:{headings[at] or at + 1}"
            zh, en = "这一事件没有这个项目，没有读取", "the event has no such field, so not read"
            problems.append(_problem(where, zh, en, cell))
        else:
            found[one.id] = _cell(one, cell, serials, f"{number}:{headings[at]}", problems)
    return found


def _cell(one: Fact, cell: object, serials: int | None, place: str, problems: list[Problem]) -> Any:  # noqa: ANN401 - a value of the field's type
    try:
        return cell_reader(one, serials)(cell)
    except UnreadableError as error:
        problems.append(Problem(place, error.message, as_text(cell)))
        return None


def _problem(path: str, zh: str, en: str, found: object) -> Problem:
    return Problem(path, Bilingual(zh, en), shown(found))

# SPDX-License-Identifier: MIT
"""Reads a ledger, whatever its format: a workbook, a folder of CSV files, JSON, or data already parsed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from attrs import define

from platformrules.belonging import SUBJECT_SHEETS
from platformrules.errors import LedgerError, why_not_read
from platformrules.ledger.archives import MAX_FILE, unpacked_workbook
from platformrules.ledger.assembly import Assembly
from platformrules.ledger.columns import sheet_kinds
from platformrules.ledger.documents import DocumentReader, document_settings, parse_json
from platformrules.ledger.excel import read_tables
from platformrules.ledger.form_reading import read_form, recognized
from platformrules.ledger.looks import read_looks
from platformrules.ledger.model import Ledger
from platformrules.ledger.problems import Problem, refusal
from platformrules.ledger.settings import Settings, read_settings, settle_times
from platformrules.ledger.tables import STEP, Progress, Sheet, Table, sheet_of, understand_all
from platformrules.ledger.text_tables import read_folder
from platformrules.periods import Period
from platformrules.standards.forms import Form
from platformrules.standards.model import Standard


def read_ledger(
    path: str | Path | Mapping[str, Any],
    standard: Standard,
    *,
    period: Period | None = None,
    as_of: date | None = None,
    progress: Progress | None = None,
    form: Form | None = None,
    forms: Iterable[Form] = (),
) -> Ledger:
    """The dossiers of a ledger, and all that could not be read in it.

    Args:
        path: an .xlsx workbook, a folder of CSV files, a .json file, or the data of one already parsed.
        standard: what the dossiers are for: its subject, its facts and those of all plugins at hand.
        period: the period to judge; the ledger's own if left out.
        as_of: the day to judge on; the ledger's own, else the last day of the period.
        progress: called now and then with the rows that are read and those there are.
        form: the official form on which it is filled in; then it is read as that and as nothing else.
        forms: official forms that are recognized if there is no sheet of the subjects.

    Raises:
        LedgerError: it cannot be read at all: no such file, no workbook, too large, no sheet of the subjects, or
            no period given.
    """
    if form is not None and (isinstance(path, Mapping) or Path(path).suffix.lower() == ".json"):
        raise refusal(f"JSON 台账不是 {form.id} 的表式", f"a ledger in JSON is not in the layout of {form.id}")
    if isinstance(path, Mapping):
        return _read_document(path, "JSON", "", standard, period, as_of, progress)
    place = Path(path)
    if place.is_dir():
        tables, digest = _folder(place)
        filled = form or _form(tables, standard, forms)
        if filled is not None:
            return read_form(tables, place.name, filled, standard, digest=digest, period=period, as_of=as_of)
        return _read_tables(tables, place.name, digest, standard, period, as_of, progress)
    data = _bytes(place)
    digest = hashlib.sha256(data).hexdigest()
    if place.suffix.lower() == ".json":
        return _read_document(parse_json(data, place.name), place.name, digest, standard, period, as_of, progress)
    if place.suffix.lower() == ".csv":
        raise refusal(
            f"CSV 台账是一个文件夹，每张表一个文件；请给出 {place.name} 所在的文件夹",
            f"a ledger in CSV is a folder with a file a sheet: give the folder of {place.name}",
        )
    tables = read_tables(data, place.name)
    filled = form or _form(tables, standard, forms)
    if filled is not None:
        looks = read_looks(unpacked_workbook(data, place.name)[0])
        return read_form(tables, place.name, filled, standard, looks=looks, digest=digest, period=period, as_of=as_of)
    return _read_tables(tables, place.name, digest, standard, period, as_of, progress)


def _form(tables: Sequence[Table], standard: Standard, forms: Iterable[Form]) -> Form | None:
    """The form in whose layout a ledger is that has no sheet of the subjects; ``None`` if there is none."""
    kinds = sheet_kinds(standard.schema, standard.subject)
    own = kinds[SUBJECT_SHEETS[standard.subject]]
    if any(sheet_of(table.name, kinds) is own for table in tables):
        return None
    fitting = [one for one in forms if one.subject == standard.subject]
    return recognized(tables, sorted(fitting, key=lambda one: one.state.on, reverse=True))


def _folder(path: Path) -> tuple[list[Table], str]:
    try:
        return read_folder(path)
    except OSError as error:
        raise _unreadable(path, error) from None


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise refusal(
                f"{path.name} 超过 {MAX_FILE // 1_000_000} MB", f"{path.name} is larger than {MAX_FILE // 1_000_000} MB"
            )
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> LedgerError:
    why = why_not_read(error)
    return refusal(f"无法读取 {path}：{why.zh}", f"cannot read {path}: {why.en}")


def _read_tables(
    tables: Sequence[Table],
    name: str,
    digest: str,
    standard: Standard,
    period: Period | None,
    as_of: date | None,
    progress: Progress | None,
) -> Ledger:
    if all(table.is_empty for table in tables):
        raise refusal(f"{name} 是空的", f"{name} is empty")
    problems: list[Problem] = []
    kinds = sheet_kinds(standard.schema, standard.subject)
    sheets = understand_all(tables, kinds, problems)
    subjects = kinds[SUBJECT_SHEETS[standard.subject]]
    if subjects.id not in sheets:
        found = "、".join(table.name for table in tables)
        raise refusal(
            f"{name} 中没有工作表“{subjects.label.zh}”（{subjects.id}）；现有：{found}",
            f"{name} has no sheet {subjects.id} ({subjects.label.zh}); it has: {found}",
        )
    settings = _settings(sheets.get("settings"), problems)
    period, as_of = settle_times(standard, settings, period, as_of)
    ticker = _Ticker(sum(len(sheet.rows) for sheet in sheets.values()), progress)
    assembly = Assembly(standard, sheets, problems, ticker.step)
    dossiers = assembly.dossiers(settings, period, as_of)
    ticker.finish()
    return _ledger(dossiers, problems, period, as_of, digest, assembly.rows, settings)


@define
class _Ticker:
    """Tells whoever waits how many rows are read."""

    total: int
    progress: Progress | None
    done: int = 0

    def step(self) -> None:
        """A thousand rows more."""
        self.done = min(self.done + STEP, self.total)
        if self.progress is not None:
            self.progress(self.done, self.total)

    def finish(self) -> None:
        """All of them."""
        if self.progress is not None:
            self.progress(self.total, self.total)


def _settings(sheet: Sheet | None, problems: list[Problem]) -> Settings:
    if sheet is None:
        return Settings()
    given: dict[str, tuple[str, Any]] = {}
    for row in sheet.read(problems, lambda: None):
        if "item" in row.ledger and "content" in row.ledger:
            given.setdefault(row.ledger["item"], (sheet.cell(row.number, "content"), row.ledger["content"]))
    return read_settings(given, sheet.name, problems)


def _read_document(
    data: Mapping[str, Any],
    name: str,
    digest: str,
    standard: Standard,
    period: Period | None,
    as_of: date | None,
    progress: Progress | None,
) -> Ledger:
    problems: list[Problem] = []
    settings = document_settings(data, name, problems)
    period, as_of = settle_times(standard, settings, period, as_of)
    reader = DocumentReader(standard, settings, period, as_of, problems)
    dossiers = reader.dossiers(data["dossiers"], progress)
    return _ledger(dossiers, problems, period, as_of, digest, reader.rows, settings)


def _ledger(
    dossiers: tuple[Any, ...],
    problems: list[Problem],
    period: Period | None,
    as_of: date | None,
    digest: str,
    rows: Mapping[str, int],
    settings: Settings,
) -> Ledger:
    if as_of is None and period is not None:
        as_of = period.end
    return Ledger(
        dossiers=dossiers,
        problems=tuple(problems),
        period=period,
        as_of=as_of,
        digest=digest,
        rows=dict(rows),
        note=settings.note,
        parameters=settings.parameters,
    )

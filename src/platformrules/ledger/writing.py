# SPDX-License-Identifier: MIT
"""Writes a ledger as a workbook, a folder of CSV files or JSON, so that reading it gives the same dossiers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs

from platformrules.belonging import related
from platformrules.dossiers import Dossier, Judgement, SubUnit, Waiver
from platformrules.languages import Language
from platformrules.ledger.cells import MASK
from platformrules.ledger.excel import write_plans
from platformrules.ledger.model import Ledger
from platformrules.ledger.pages import Page, PageWriter, common_times
from platformrules.ledger.plans import Heading, SheetPlan
from platformrules.ledger.problems import refusal
from platformrules.ledger.text_tables import csv_text
from platformrules.models import Record
from platformrules.schema import FactType, Schema
from platformrules.standards.model import Standard


def write_ledger(
    ledger: Ledger | Iterable[Dossier],
    path: str | Path,
    standard: Standard,
    language: Language | str = Language.ZH,
    *,
    internal: bool = False,
) -> None:
    """Write dossiers as a ledger: the suffix says whether a workbook or JSON; without one, a folder of CSV files.

    Text that begins like a formula stays text in every format.

    Args:
        ledger: a ledger, or dossiers of one period and day.
        path: ``.xlsx``, ``.json``, or a folder.
        standard: what they are for.
        language: of headings, sheets and choices; JSON has codes.
        internal: write personal facts as they are; else they are masked.

    Raises:
        LedgerError: the file cannot be written, or the dossiers do not make one ledger.
    """
    place, language = Path(path), Language(language)
    dossiers = tuple(ledger.dossiers if isinstance(ledger, Ledger) else ledger)
    note, parameters = (ledger.note, ledger.parameters) if isinstance(ledger, Ledger) else ("", {})
    writer = PageWriter(standard, language, internal)
    suffix = place.suffix.lower()
    if suffix == ".json":
        data = to_document(dossiers, standard, internal=internal)
        data |= {"note": note or None, "parameters": _plain(dict(parameters))}
        _write_file(place, json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n")
        return
    pages = writer.pages(dossiers, note)
    if suffix == ".xlsx":
        write_sheets(place, pages, language, standard)
    elif suffix and not place.is_dir():
        raise refusal(
            f"不认识的格式 {suffix}：请用 .xlsx、.json，或写成 CSV 文件夹",
            f"an unknown format {suffix}: use .xlsx, .json, or a folder for CSV",
        )
    else:
        _write_folder(place, pages, language)


def _write_file(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise refusal(f"无法写入 {path}：{error.strerror}", f"cannot write {path}: {error.strerror}") from None


def _write_folder(folder: Path, pages: Sequence[Page], language: Language) -> None:
    """Write a file a page; a file that an earlier ledger left there would be read along, so it is refused."""
    names = {f"{page.name}.csv" for page in pages}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = sorted(one.name for one in folder.iterdir() if one.suffix.lower() == ".csv" and one.name not in names)
    except OSError as error:
        raise refusal(f"无法写入 {folder}：{error.strerror}", f"cannot write {folder}: {error.strerror}") from None
    if others:
        listed = ", ".join(others)
        raise refusal(
            f"文件夹 {folder} 中还有别的 CSV 文件：{listed}", f"the folder {folder} holds other CSV files: {listed}"
        )
    for page in pages:
        headings = [one.label[language] for one in page.facts]
        data = csv_text([headings, *page.rows]).encode("utf-8", "replace")
        _write_file(folder / f"{page.name}.csv", data)


def write_sheets(path: Path, pages: Sequence[Page], language: Language, standard: Standard) -> None:
    """Write pages as the sheets of a workbook.

    Raises:
        LedgerError: the file cannot be written, or the libraries for workbooks are not installed.
    """
    plans = [
        SheetPlan(
            page.name,
            [
                Heading(
                    one.label[language],
                    style="text" if one.type is FactType.TEXT else "date" if one.type is FactType.DATE else "",
                    width=30 if one.type is FactType.SET else 14,
                )
                for one in page.facts
            ],
            page.rows,
        )
        for page in pages
    ]
    write_plans(path, plans, standard.title[language], standard.reference)


def to_document(dossiers: Sequence[Dossier], standard: Standard, *, internal: bool = False) -> dict[str, Any]:
    """Dossiers as the data of a JSON ledger."""
    writer = _DocumentWriter(standard.schema, internal)
    times = common_times(dossiers, standard)
    return {
        "period": None if times["period"] is None else str(times["period"]),
        "as_of": _plain(times["as_of"]),
        "records_from": _plain(times["records_from"]),
        "parameters": {},
        "dossiers": [writer.dossier(one) for one in dossiers],
    }


@attrs.frozen
class _DocumentWriter:
    schema: Schema
    internal: bool

    def dossier(self, dossier: Dossier) -> dict[str, Any]:
        """A dossier in the shape of design.md: a relation that is not recorded is null."""
        kind = dossier.kind
        data: dict[str, Any] = {kind: self._record(kind, dossier.subject)}
        for relation in related(kind, self.schema):
            rows = dossier.rows_of(relation)
            if rows is None and self.schema.relations[relation].plugin:
                continue  # what a plugin records is left out where nothing is recorded
            model = self.schema.relations[relation].model
            data[relation] = None if rows is None else [self._record(model, row) for row in rows]
        if dossier.judgements:
            data["judgements"] = {key: self._judgements(said) for key, said in dossier.judgements.items()}
        if dossier.waivers:
            data["waivers"] = {key: self._said(one) for key, one in dossier.waivers.items()}
        if dossier.sub_units:
            data["sub_units"] = {name: self._sub_unit(one) for name, one in dossier.sub_units.items()}
        return data

    def _sub_unit(self, one: SubUnit) -> dict[str, Any]:
        parts = {
            "judgements": {key: self._judgements(said) for key, said in one.judgements.items()},
            "waivers": {key: self._said(said) for key, said in one.waivers.items()},
        }
        return {name: said for name, said in parts.items() if said}

    def _record(self, model: str, record: Record) -> dict[str, Any]:
        facts = self.schema.facts[model]
        values = {name: record[name] for name, one in facts.items() if not one.plugin} | dict(record.facts)
        return {
            name: MASK if facts[name].personal and not self.internal else _plain(value)
            for name, value in values.items()
            if value is not None
        }

    def _judgements(self, said: Judgement | Sequence[Judgement]) -> Any:  # noqa: ANN401 - one, or a list of them
        return self._said(said) if isinstance(said, Judgement) else [self._said(one) for one in said]

    def _said(self, said: Judgement | Waiver) -> dict[str, Any]:
        parts = {name: _plain(value) for name, value in attrs.asdict(said).items() if value not in {None, ""}}
        return parts if self.internal or "by" not in parts else parts | {"by": MASK}


def _plain(value: Any) -> Any:  # noqa: ANN401 - a value of any fact, as JSON holds it
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        return float(value) if Decimal(repr(float(value))) == value else f"{value:f}"
    return value

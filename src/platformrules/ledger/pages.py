# SPDX-License-Identifier: MIT
"""From dossiers to the pages of a ledger: headings and cells in one language. Knows no file format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs
from attrs import field, frozen

from platformrules.belonging import SUBJECT_SHEETS, links, related
from platformrules.dossiers import Dossier, Judgement, SubUnit, Waiver
from platformrules.languages import Bilingual, Language
from platformrules.ledger.cells import MASK
from platformrules.ledger.columns import JUDGEMENTS, SETTINGS, WAIVERS, facts_needed, recorded_flag
from platformrules.ledger.judging import Judges
from platformrules.ledger.problems import refusal
from platformrules.ledger.settings import LABELS, REMARKS
from platformrules.ledger.tables import Cell
from platformrules.models import Record
from platformrules.schema import Fact, FactType
from platformrules.standards.model import Standard

_WORDS = {True: Bilingual("是", "yes"), False: Bilingual("否", "no"), "none": Bilingual("无", "none")}
_KEYS = ("id", "center_id", "org_id", "organization_id", "area_id", "parent_id")
_JOINT = {Language.ZH: "、", Language.EN: "; "}


@frozen
class Page:
    """One sheet or file of a ledger that is written."""

    id: str
    name: str
    facts: tuple[Fact, ...]
    rows: Sequence[Sequence[Cell]] = field(repr=False)


@frozen
class PageWriter:
    """Writes dossiers in one language; personal facts are masked unless the ledger stays in the house."""

    standard: Standard
    language: Language
    internal: bool = False

    def cell(self, fact: Fact, value: Any) -> Cell:  # noqa: ANN401 - the value of any fact
        """A value as people read it in a table; an empty text if it is not recorded."""
        if value is None:
            return ""
        if fact.personal and not self.internal:
            return MASK
        match fact.type:
            case FactType.BOOLEAN:
                return _WORDS[bool(value)][self.language]
            case FactType.CHOICE:
                return self._label(fact, value)
            case FactType.SET:
                return self._list(fact, value)
            case _:
                return value  # type: ignore[no-any-return]

    def _label(self, fact: Fact, code: str) -> str:
        return next((one.label[self.language] for one in fact.values if one.id == code), code)

    def _list(self, fact: Fact, items: frozenset[str]) -> str:
        if not items:
            return _WORDS["none"][self.language]
        codes = [one.id for one in fact.values if one.id in items]
        others = sorted(items - fact.codes)
        return _JOINT[self.language].join([*(self._label(fact, code) for code in codes), *others])

    def page(self, name: str, label: Bilingual, facts: Iterable[Fact], rows: Iterable[Mapping[str, Any]]) -> Page:
        """A page with a column a fact and a row a mapping."""
        columns = tuple(facts)
        cells = [[self.cell(one, row.get(one.id)) for one in columns] for row in rows]
        return Page(name, label[self.language], columns, cells)

    def pages(self, dossiers: Sequence[Dossier], note: str = "") -> list[Page]:
        """Every page of a ledger: subjects, what is recorded of their relations, what is said of them, settings.

        Raises:
            LedgerError: a dossier has another subject than the standard, or they differ in period or day.
        """
        kind = self.standard.subject
        times = common_times(dossiers, self.standard)
        relations = self.standard.schema.relations
        own = SUBJECT_SHEETS[kind]
        rows: dict[str, list[dict[str, Any]]] = {own: self._subjects(dossiers)}
        for relation in related(kind, self.standard.schema):
            if any(one.rows_of(relation) is not None for one in dossiers):
                wanted = links(kind, relation, self.standard.schema)
                found = [row for one in dossiers for row in _linked(one, relation, wanted)]
                rows[relation] = _distinct([*rows.get(relation, []), *found])
        found_pages = []
        for name, records in rows.items():
            label, model = relations[name].label, relations[name].model
            facts = self._facts(model, name, records)
            found_pages.append(self.page(name, label, facts, records))
        for name, zh, columns, said in (
            ("judgements", "认定", JUDGEMENTS, list(self._judgements(dossiers))),
            ("waivers", "豁免", WAIVERS, list(_waivers(dossiers))),
        ):
            if said:
                found_pages.append(self.page(name, Bilingual(zh, name), columns, said))
        return [
            *found_pages,
            self.settings({key: str(value) for key, value in (*times.items(), ("note", note)) if value}),
        ]

    def _facts(self, model: str, name: str, records: Sequence[Mapping[str, Any]]) -> Iterator[Fact]:
        kind = self.standard.subject
        wanted = links(kind, name, self.standard.schema)
        needed = {one.id for one in facts_needed(self.standard, model)} | set(wanted[:1])
        used = {key for record in records for key, value in record.items() if value is not None}
        for one in self.standard.schema.facts[model].values():
            if one.id in needed or one.id in used:
                yield one
        if name == SUBJECT_SHEETS[kind]:
            schema = self.standard.schema
            flags = (recorded_flag(relation, schema) for relation in related(kind, schema))
            yield from (flag for flag in flags if flag.id in used)

    def _subjects(self, dossiers: Sequence[Dossier]) -> list[dict[str, Any]]:
        """The subjects, and which relations are recorded where that differs from one to another."""
        rows = [_values(one.subject) for one in dossiers]
        for relation in related(self.standard.subject, self.standard.schema):
            recorded = [one.rows_of(relation) is not None for one in dossiers]
            own = relation == SUBJECT_SHEETS[self.standard.subject]  # whose sheet is there whatever is recorded
            if len(set(recorded)) > 1 or (own and not all(recorded)):
                for row, flag in zip(rows, recorded, strict=True):
                    row[f"{relation}_recorded"] = flag
        return rows

    def settings(self, said: Mapping[str, str]) -> Page:
        """The page of settings, the standard first."""
        rows: list[list[Cell]] = [[REMARKS["standard"][self.language], self.standard.reference]]
        rows += [[LABELS[key][self.language], value] for key, value in said.items()]
        return Page("settings", Bilingual("设置", "settings")[self.language], SETTINGS, rows)

    def _judgements(self, dossiers: Iterable[Dossier]) -> Iterator[dict[str, Any]]:
        judges = Judges(self.standard)
        assessors = {one.id: one.title[self.language] for one in self.standard.assessors}
        every = [(one.subject.id, key, said) for one in dossiers for key, said in one.judgements.items()]
        every += [(name, key, said) for name, one in _sub_units(dossiers) for key, said in one.judgements.items()]
        told = set()
        for name, key, several in every:
            criterion = judges.find(key)[1]
            titles = {} if criterion is None else {row.id: row.title[self.language] for row in criterion.judge}
            for one in (several,) if isinstance(several, Judgement) else several:
                if (name, key, one.role) in told:  # an area is told of under itself, and under the one above it
                    continue
                told.add((name, key, one.role))
                said_by = assessors.get(one.role or "", one.role)
                value = titles.get(str(one.value), one.value)
                row = attrs.asdict(one) | {"subject": name, "criterion": key}
                yield row | {"value": value, "role": said_by, "reason": one.reason or None}


def common_times(dossiers: Iterable[Dossier], standard: Standard) -> dict[str, Any]:
    """The period, day judged and beginning of the records that all dossiers share.

    Raises:
        LedgerError: a dossier has another subject than the standard, or they differ in period or day.
    """
    times: dict[tuple[Any, ...], None] = {}
    for one in dossiers:
        if one.kind != standard.subject:
            raise refusal(
                f"{standard.reference} 评价的是 {standard.subject}，档案 {one.subject.id} 与之不符",
                f"{standard.reference} judges a {standard.subject}, which the dossier {one.subject.id} is not",
            )
        times[one.period, one.as_of, one.records_from] = None
    if len(times) > 1:
        raise refusal(
            "各档案的评价期、评价日或记录起始日不同，不能写入一个台账",
            "dossiers of different periods or days make no ledger",
        )
    return dict(zip(("period", "as_of", "records_from"), next(iter(times), (None, None, None)), strict=True))


def _sub_units(dossiers: Iterable[Dossier]) -> Iterator[tuple[str, SubUnit]]:
    """What is said of sub-units, by their id."""
    return ((name, said) for one in dossiers for name, said in one.sub_units.items())


def _waivers(dossiers: Sequence[Dossier]) -> Iterator[dict[str, Any]]:
    every = [(one.subject.id, one.waivers) for one in dossiers]
    every += [(name, one.waivers) for name, one in _sub_units(dossiers)]
    told: dict[tuple[str, str], Waiver] = {}  # an area is told of under itself, and under the one above it
    for name, waivers in every:
        for key, said in waivers.items():
            told.setdefault((name, key), said)
    for (name, key), said in told.items():
        yield attrs.asdict(said) | {"subject": name, "criterion": key, "reason": said.reason or None}


def _values(record: Record) -> dict[str, Any]:
    """The facts of a record, those of plugins beside the others."""
    values = attrs.asdict(record, recurse=False)  # type: ignore[arg-type]
    return values | dict(values.pop("facts"))


def _linked(dossier: Dossier, relation: str, wanted: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rows of a relation, with the key of their subject where they carry none."""
    for record in dossier.rows_of(relation) or ():
        values = _values(record)
        if not any(values.get(link) for link in wanted):
            values[wanted[0]] = dossier.subject.id
        yield values


def _distinct(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows without those that stand under an area and under the one above it."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        found.setdefault(tuple(row.get(key) for key in _KEYS), row)
    return list(found.values())

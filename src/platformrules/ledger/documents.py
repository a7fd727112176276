# SPDX-License-Identifier: MIT
"""From the parsed JSON of a ledger to dossiers, in the shape that design.md shows. Knows no tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

import attrs
from attrs import define, field

from platformrules.belonging import related
from platformrules.dossiers import Dossier, Judgement, Judgements, SubUnit, Waiver
from platformrules.languages import Bilingual
from platformrules.ledger.cells import MASK, UnreadableError
from platformrules.ledger.judging import Judges, gathered
from platformrules.ledger.model import Span
from platformrules.ledger.problems import Problem, refusal
from platformrules.ledger.records import Path, RecordReader, json_path, unknown_key
from platformrules.ledger.settings import LABELS, Settings, read_settings
from platformrules.models import Record
from platformrules.periods import Period
from platformrules.standards.model import Standard

_SUBJECTS = ("center", "organization", "area")
_ROW_KEYS = ("id", "center_id", "organization_id", "area_id")
_KEYS = (*LABELS, "parameters", "dossiers")
_STEP = 100
#: Finds the key of a criterion, and the criterion, by what it is called.
Finder = Callable[[str], tuple[str, Any]]


def parse_json(data: bytes, name: str) -> Mapping[str, Any]:
    """The data of a JSON text; numbers with a point are Decimals.

    Raises:
        LedgerError: the text is no JSON in UTF-8, or not an object.
    """
    try:
        parsed = json.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise refusal(f"{name} 不是 JSON：{error}", f"{name} is no JSON: {error}") from None
    return _object(parsed, name)


def _object(parsed: object, name: str) -> Mapping[str, Any]:
    if not isinstance(parsed, Mapping) or not isinstance(parsed.get("dossiers"), Sequence):
        raise refusal(
            f"{name} 应为含有 dossiers 列表的 JSON 对象", f"{name} must be a JSON object with a list `dossiers`"
        )
    return parsed


def document_settings(data: Mapping[str, Any], name: str, problems: list[Problem]) -> Settings:
    """What a JSON ledger says about itself.

    Raises:
        LedgerError: it has no list of dossiers.
    """
    _object(data, name)
    problems += [unknown_key(key, _KEYS, ()) for key in data if key not in _KEYS]
    times = {key: (json_path((key,)), data.get(key)) for key in LABELS}
    settings = read_settings(times, "", problems)
    parameters = data.get("parameters") or {}
    if not isinstance(parameters, Mapping):
        message = Bilingual("应为对象，没有读取", "must be an object, so not read")
        problems.append(Problem("PR515", message, "", "$.parameters", str(parameters)))
        parameters = {}
    return attrs.evolve(settings, parameters=dict(parameters))


def readers_of(standard: Standard) -> Mapping[str, RecordReader]:
    """The readers of all models, made once a standard."""
    if "ledger.readers" not in standard.compiled:
        schema = standard.schema
        standard.compiled["ledger.readers"] = {name: RecordReader.of(schema, name) for name in schema.facts}
    return standard.compiled["ledger.readers"]  # type: ignore[no-any-return]


@define
class DocumentReader:
    """Reads the dossiers of one JSON ledger; ``problems`` and ``rows`` grow meanwhile."""

    standard: Standard
    settings: Settings
    period: Period | None
    as_of: date | None
    problems: list[Problem]
    rows: dict[str, int] = field(factory=dict)
    _readers: Mapping[str, RecordReader] = field(init=False)
    _judges: Judges = field(init=False)
    _span: Span | None = field(init=False)
    _known: tuple[str, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Take the readers of the standard."""
        self._readers = readers_of(self.standard)
        self._judges = Judges(self.standard)
        self._span = Span.of(self.period, self.as_of)
        self._known = related(self.standard.subject, self.standard.schema)

    def dossiers(self, given: Sequence[Any], progress: Callable[[int, int], None] | None) -> tuple[Dossier, ...]:
        """The dossiers of the list, in its order; those that cannot be evaluated are listed and left out."""
        found: dict[str, Dossier] = {}
        for index, data in enumerate(given):
            dossier = self._dossier(data, ("dossiers", index), found)
            if dossier is not None:
                found[dossier.subject.id] = dossier
            if progress is not None and (index + 1) % _STEP == 0:
                progress(index + 1, len(given))
        if progress is not None:
            progress(len(given), len(given))
        return tuple(found.values())

    def _add(self, code: str, zh: str, en: str, path: Path, value: object = "") -> None:
        self.problems.append(Problem(code, Bilingual(zh, en), "", json_path(path), str(value)))

    def _dossier(self, data: Any, path: Path, known: Mapping[str, Dossier]) -> Dossier | None:  # noqa: ANN401
        subject = self._subject(data, path, known)
        if subject is None:
            return None
        schema = self.standard.schema
        parts: dict[str, Any] = {self.standard.subject: subject}
        for key, value in data.items():
            if value is None or key == self.standard.subject:
                continue
            if key in self._known:
                into = parts.setdefault("relations", {}) if schema.relations[key].plugin else parts
                into[key] = self._related(key, value, (*path, key))
            elif key == "judgements":
                parts[key] = dict(self._judgements(value, (*path, key)))
            elif key == "waivers":
                parts[key] = dict(self._waivers(value, (*path, key)))
            elif key == "sub_units":
                parts[key] = dict(self._sub_units(value, (*path, key)))
            else:
                names = (*_SUBJECTS, *schema.relations, "judgements", "waivers", "sub_units")
                self.problems.append(unknown_key(key, names, path))
        return Dossier(
            **parts,
            period=self.period,
            as_of=self.as_of,
            records_from=self.settings.records_from,
            checked=self.standard.schema,
        )

    def _subject(self, data: Any, path: Path, known: Mapping[str, Dossier]) -> Record | None:  # noqa: ANN401
        if not isinstance(data, dict):
            self._add("PR501", "应为对象，没有读取", "must be an object, so not read", path, data)
            return None
        kind = self.standard.subject
        given = [name for name in _SUBJECTS if data.get(name) is not None]
        if given != [kind]:
            self._add(
                "PR511",
                f"评价对象应为 {kind}（现有：{'、'.join(given) or '无'}），没有评价",
                f"must have {kind} as its subject (got {', '.join(given) or 'none'}), so not evaluated",
                path,
            )
            return None
        record = self._readers[kind].read(data[kind], (*path, kind), self.problems)
        if record is None:
            return None
        self._count(f"{kind}s")
        if not data[kind].get("id"):
            zh, en = f"没有编号，暂称 {record.id}", f"has no id and is called {record.id} here"
            self._add("PR507", zh, en, (*path, kind))
        if record.id in known:
            self._add("PR506", "编号重复，没有采用", "its id stands twice, so not used", (*path, kind, "id"), record.id)
            return None
        return record

    def _count(self, sheet: str, rows: int = 1) -> None:
        self.rows[sheet] = self.rows.get(sheet, 0) + rows

    def _related(self, relation: str, rows: Any, path: Path) -> list[Record] | None:  # noqa: ANN401 - what JSON holds
        if not isinstance(rows, list):
            self._add("PR501", "应为列表，按未登记处理", "must be a list; counts as not recorded", path, rows)
            return None
        reader, problems = self._readers[self.standard.schema.relations[relation].model], self.problems
        read = [reader.read(row, (*path, index), problems) for index, row in enumerate(rows)]
        self._outside(relation, read, path)
        records = self._distinct(read, path)
        self._count(relation, len(records))
        return records

    def _outside(self, relation: str, records: Sequence[Record | None], path: Path) -> None:
        """List the rows that are dated outside the period."""
        dated_by = self.standard.schema.relations[relation].picked_by
        if self._span is None or dated_by is None:
            return
        first, last = self._span.first, self._span.last
        plugin = bool(self.standard.schema.relations[relation].plugin)
        read_day: Callable[[Any], Any] = (lambda row: row.facts.get(dated_by)) if plugin else attrgetter(dated_by)
        places = [
            f"[{index}]"
            for index, record in enumerate(records)
            if record is not None and (day := read_day(record)) is not None and not first <= day <= last
        ]
        problem = self._span.problem(json_path(path), places) if places else None
        self.problems += [] if problem is None else [problem]

    def _distinct(self, records: Sequence[Record | None], path: Path) -> list[Record]:
        """The records that are there, each id of an owner once."""
        present = [record for record in records if record is not None]
        if len({record.id for record in present}) == len(records):
            return present
        found: dict[tuple[str | None, ...], Record] = {}
        for index, record in enumerate(records):
            if record is None:
                continue
            key = tuple(getattr(record, name, None) for name in _ROW_KEYS)
            if key in found:
                place = (*path, index, "id")
                self._add("PR506", "编号重复，没有采用", "its id stands twice, so not used", place, record.id)
            else:
                found[key] = record
        return list(found.values())

    def _sub_units(self, given: Any, path: Path) -> Iterator[tuple[str, SubUnit]]:  # noqa: ANN401 - what JSON holds
        """What is said of related centers, organizations and areas, by their id."""
        if not isinstance(given, dict):
            self._add("PR501", "应为对象，没有读取", "must be an object, so not read", path, given)
            return
        find = self._judges.find_below
        for name, data in given.items():
            here = (*path, name)
            if not isinstance(data, dict):
                self._add("PR501", "应为对象，没有读取", "must be an object, so not read", here, data)
                continue
            known = ("judgements", "waivers")
            self.problems += [unknown_key(key, known, here) for key in data if key not in known]
            judgements = dict(self._judgements(data.get("judgements") or {}, (*here, "judgements"), find))
            waivers = dict(self._waivers(data.get("waivers") or {}, (*here, "waivers"), find))
            yield name, SubUnit(judgements=judgements, waivers=waivers)

    def _said(
        self,
        given: Any,  # noqa: ANN401 - what JSON holds
        path: Path,
        find: Finder,
    ) -> Iterator[tuple[str, Any, Any, Path]]:
        """What is said of each criterion that the standard has: its key, the criterion, the data, the path."""
        if not isinstance(given, dict):
            self._add("PR501", "应为对象，没有读取", "must be an object, so not read", path, given)
            return
        for name, data in given.items():
            here = (*path, name)
            try:
                key, criterion = find(name)
            except UnreadableError as error:
                self._add(error.code, error.message.zh, error.message.en, here, name)
                continue
            yield key, criterion, data, here

    def _judgements(
        self,
        given: Any,  # noqa: ANN401 - what JSON holds
        path: Path,
        find: Finder | None = None,
    ) -> Iterator[tuple[str, Judgements]]:
        for key, criterion, data, here in self._said(given, path, find or self._judges.find):
            several = data if isinstance(data, list) else [data]
            by_role: dict[str | None, Judgement] = {}
            for index, one in enumerate(several):
                place = (*here, index) if isinstance(data, list) else here
                judgement = self._judgement(key, criterion, one, place)
                if judgement is not None and judgement.role in by_role:
                    self._add(
                        "PR506", "同一条件、同一角色已有认定，没有采用", "a second one of its role, so not used", place
                    )
                elif judgement is not None:
                    by_role[judgement.role] = judgement
            self._count("judgements", len(by_role))
            if by_role:
                yield key, gathered(by_role.values())

    def _judgement(self, name: str, criterion: Any, data: Any, path: Path) -> Judgement | None:  # noqa: ANN401
        parts = self._parts(data, ("value", "by", "on", "reason", "role"), path)
        value = parts.pop("value", None)
        if value is None:
            return None
        key, told = "value", value
        try:
            value = self._judges.value(criterion, value)
            key, told = "role", parts.get("role")
            parts["role"] = self._judges.role(told, name)
        except UnreadableError as error:
            place = json_path((*path, key))
            self.problems.append(Problem(error.code, error.message, "", place, str(told), error.expected))
            return None
        return Judgement(value=value, **parts)

    def _waivers(
        self,
        given: Any,  # noqa: ANN401 - what JSON holds
        path: Path,
        find: Finder | None = None,
    ) -> Iterator[tuple[str, Waiver]]:
        for key, _, data, here in self._said(given, path, find or self._judges.find):
            parts = self._parts(data, ("reason", "by", "until"), here)
            if isinstance(data, dict):
                self._count("waivers")
                yield key, Waiver(**{"reason": "", **parts})

    def _parts(self, data: Any, known: tuple[str, ...], path: Path) -> dict[str, Any]:  # noqa: ANN401
        """The parts of a judgement or waiver that can be read: days as dates, the rest as text."""
        if not isinstance(data, dict):
            self._add("PR501", "应为对象，没有读取", "must be an object, so not read", path, data)
            return {}
        parts: dict[str, Any] = {}
        for name, value in data.items():
            if name not in known:
                self.problems.append(unknown_key(name, known, path))
            elif name in {"on", "until"} and value is not None:
                settings = read_settings({"as_of": ("", value)}, "", [])
                if settings.as_of is None:
                    self._add("PR501", "读不出日期，按未填报处理", "cannot be read as a date", (*path, name), value)
                parts[name] = settings.as_of
            elif value is not None and not (name == "by" and value == MASK):
                parts[name] = value if name == "value" and type(value) in {int, Decimal} else str(value)
        return parts

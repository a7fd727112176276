# SPDX-License-Identifier: MIT
"""Joins the sheets of a ledger into dossiers: rows find their subject by its key. Knows no file format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from attrs import define, field, frozen

from platformrules.belonging import SUBJECT_SHEETS, Links, links, related
from platformrules.criteria.qualifying import MARK
from platformrules.diagnostics import printable
from platformrules.dossiers import Dossier, Judgement, Judgements, SubUnit, Waiver
from platformrules.languages import Bilingual
from platformrules.ledger.cells import UnreadableError, folded
from platformrules.ledger.judging import Judges, gathered
from platformrules.ledger.model import Span
from platformrules.ledger.problems import HINTED, Problem, nearest, refusal
from platformrules.ledger.settings import Settings
from platformrules.ledger.tables import Row, Sheet
from platformrules.models import Record, make
from platformrules.periods import Period
from platformrules.standards.model import Criterion, Standard

_TOTALS = frozenset({"合计", "总计", "小计", "total", "subtotal"})


@frozen
class _Subject:
    """A subject with the number of its row, and which relations are said to be recorded or not."""

    record: Record
    number: int
    flags: Mapping[str, bool]


@define
class _Unknown:
    """Rows that name a subject which is not there, by the name they give."""

    places: dict[str, list[str]] = field(factory=dict)

    def add(self, name: str, place: str) -> None:
        self.places.setdefault(name, []).append(place)

    def problems(self, sheet: str, label: Bilingual, known: Iterable[str]) -> Iterator[Problem]:
        for index, (name, places) in enumerate(self.places.items()):
            hint = nearest(name, known if index < HINTED else ())
            message = Bilingual(
                f"台账中没有编号为“{name}”的{label.zh}，{len(places)} 行没有采用{hint.zh}",
                f"no `{name}` among the {label.en}; rows that name it and are not used: {len(places)}{hint.en}",
            )
            yield Problem("PR508", message, sheet, places[0], name)


@define
class Assembly:
    """The sheets of one ledger on the way to dossiers; ``problems`` grows as they are read."""

    standard: Standard
    sheets: Mapping[str, Sheet]
    problems: list[Problem]
    tick: Callable[[], None]
    rows: dict[str, int] = field(factory=dict)
    _subjects: dict[str, _Subject] = field(factory=dict, init=False)
    #: The related records of which a standard reads the verdict, by id: the subjects to which each belongs.
    _sub: dict[str, tuple[str, ...]] = field(factory=dict, init=False)

    def dossiers(self, settings: Settings, period: Period | None, as_of: date | None) -> tuple[Dossier, ...]:
        """One dossier a subject, in the order of their rows.

        Raises:
            LedgerError: the sheet of the subjects has no column of ids.
        """
        kind = self.standard.subject
        self._read_subjects()
        parents = {name: getattr(one.record, "parent_id", None) for name, one in self._subjects.items()}
        self.problems += self._odd_parents(parents)
        schema = self.standard.schema
        relations = related(kind, schema)
        own = {one: links(kind, one, schema) for one in relations if schema.relations[one].plugin}
        joints = Links(kind, parents, own)
        joined = {
            relation: self._related(relation, joints, Span.of(period, as_of))
            for relation in relations
            if relation in self.sheets
        }
        self._sub = self._owners_of_sub_units(joined)
        judgements, waivers = self._judgements(), self._waivers()
        sub_units = self._sub_units(judgements, waivers)
        return tuple(
            Dossier(
                **{kind: one.record},  # type: ignore[arg-type]
                **self._rows_of(name, one, joined),
                judgements=judgements.get(name, {}),
                waivers=waivers.get(name, {}),
                sub_units=sub_units.get(name, {}),
                period=period,
                as_of=as_of,
                records_from=settings.records_from,
                checked=self.standard.schema,
            )
            for name, one in self._subjects.items()
        )

    def _owners_of_sub_units(
        self, joined: Mapping[str, Mapping[str, list[Record]] | None]
    ) -> dict[str, tuple[str, ...]]:
        """The records whose verdict may be read, by id, with the subjects that have them."""
        found: dict[str, dict[str, None]] = {}
        for relation in {SUBJECT_SHEETS[one.subject]: None for one in self.standard.readings[1:]}:
            for owner, rows in (joined.get(relation) or {}).items():
                for row in rows:
                    found.setdefault(row.id, {})[owner] = None
        return {name: tuple(owners) for name, owners in found.items()}

    def _sub_units(
        self, judgements: Mapping[str, Mapping[str, Judgements]], waivers: Mapping[str, Mapping[str, Waiver]]
    ) -> Mapping[str, Mapping[str, SubUnit]]:
        """What is said of related records by the subjects that have them; of a subject what names another standard."""
        found: dict[str, dict[str, SubUnit]] = {}
        for name, owners in self._sub.items():
            unit = SubUnit(
                judgements={key: one for key, one in judgements.get(name, {}).items() if MARK in key},
                waivers={key: one for key, one in waivers.get(name, {}).items() if MARK in key},
            )
            for owner in owners if unit.judgements or unit.waivers else ():
                found.setdefault(owner, {})[name] = unit
        return found

    def _find(self, judges: Judges, subject: str, name: str) -> tuple[str, Criterion | None]:
        """The criterion of a subject or of a sub-unit."""
        return judges.find(name) if subject in self._subjects else judges.find_below(name)

    def _read(self, sheet: Sheet) -> Iterator[Row]:
        self.rows.setdefault(sheet.kind.id, 0)
        for row in sheet.read(self.problems, self.tick):
            self.rows[sheet.kind.id] += 1
            yield row

    def _lacks(self, sheet: Sheet, number: int, zh: str, en: str, code: str = "PR507", value: str = "") -> None:
        self.problems.append(Problem(code, Bilingual(zh, en), sheet.name, sheet.cell(number, "id"), value))

    def _read_subjects(self) -> None:
        sheet = self.sheets[SUBJECT_SHEETS[self.standard.subject]]
        if "id" not in sheet:
            labels = " ".join(one.name for one in sheet.columns) or "-"
            raise refusal(
                f"工作表“{sheet.name}”没有“编号”列（认出的列：{labels}）",
                f"the sheet {sheet.name} has no column `id` (columns found: {labels})",
            )
        for row in self._read(sheet):
            name = row.core.get("id")
            if name is None:
                self._lacks(sheet, row.number, "这一行没有编号，没有评价", "the row has no id and is not evaluated")
            elif folded(name) in _TOTALS:
                self._lacks(sheet, row.number, "合计行，没有读取", "a row of totals, which was not read", value=name)
            elif name in self._subjects:
                first = self._subjects[name].number
                zh, en = f"编号与第 {first} 行相同，没有采用", f"the same id as row {first}, so not used"
                self._lacks(sheet, row.number, zh, en, "PR506", name)
            else:
                self._subjects[name] = _Subject(_record(sheet, row), row.number, row.ledger)
        if not self._subjects:
            message = Bilingual("没有可评价的行", "no row that can be evaluated")
            self.problems.append(Problem("PR511", message, sheet.name))

    def _odd_parents(self, parents: Mapping[str, str | None]) -> Iterator[Problem]:
        """Areas above an area that are not there, and areas that lie in themselves; all are evaluated."""
        sheet = self.sheets[SUBJECT_SHEETS[self.standard.subject]]
        seen: set[str] = set()
        for name, parent in parents.items():
            place = sheet.cell(self._subjects[name].number, "parent_id")
            if parent is None:
                continue
            if parent not in parents:
                hint = nearest(parent, parents)
                zh = f"台账中没有编号为“{parent}”的上级区域，按没有上级处理{hint.zh}"
                en = f"no area `{parent}` for it to lie in; counts as lying in none{hint.en}"
                yield Problem("PR508", Bilingual(zh, en), sheet.name, place, parent)
                continue
            circle = _circle(name, parents)
            if circle and not seen.intersection(circle):
                seen.update(circle)
                told = " → ".join((*circle, name))
                message = Bilingual(f"上级区域循环：{told}", f"areas that lie in themselves: {told}")
                yield Problem("PR518", message, sheet.name, place, parent)

    def _related(self, relation: str, joints: Links, span: Span | None) -> Mapping[str, list[Record]] | None:
        """The rows of a relation by subject; ``None`` if none of them can be joined to one."""
        if relation == SUBJECT_SHEETS[self.standard.subject]:
            return self._below(joints)
        sheet = self.sheets[relation]
        schema, kind = self.standard.schema, self.standard.subject
        wanted = links(kind, relation, schema)
        if not any(link in sheet for link in wanted):
            label = sheet.kind.facts[wanted[0]].label
            zh, en = f"没有“{label.zh}”列，无法对应到评价对象", f"no column `{label.en}` joins its rows to a subject"
            self._not_recorded(sheet, zh, en)
            return None
        joined: dict[str, list[Record]] = {}
        unknown: dict[str, _Unknown] = {}
        outside = []
        dated_by = schema.relations[relation].picked_by
        of_plugin = bool(schema.relations[relation].plugin)
        for row, keys in self._linked(sheet, joints):
            owners = joints.owners(keys)
            if not owners:
                link, key = keys[0]
                unknown.setdefault(link, _Unknown()).add(key, sheet.cell(row.number, link))
                continue
            record = _record(sheet, row)
            joints.remember(relation, record.id, owners)
            for owner in owners:
                joined.setdefault(owner, []).append(record)
            day: Any = None
            if dated_by:  # a fact of a plugin that is blank is not in its record
                day = record.facts.get(dated_by) if of_plugin else record[dated_by]
            if span is not None and day is not None and not span.first <= day <= span.last:
                outside.append(sheet.cell(row.number, dated_by or ""))
        for link, lost in unknown.items():
            label = schema.relations[joints.label(link)].label
            self.problems += lost.problems(sheet.name, label, joints.known(link))
        problem = None if span is None else span.problem(sheet.name, outside)
        self.problems += [] if problem is None else [problem]
        if not joined and self.rows[sheet.kind.id]:
            self._not_recorded(sheet, "没有一行能对应到评价对象", "none of its rows can be joined to a subject")
            return None
        return joined

    def _not_recorded(self, sheet: Sheet, zh: str, en: str) -> None:
        """List why a sheet says nothing about any subject: that must not count as none held."""
        message = Bilingual(f"{zh}，按未登记处理", f"{en}; counts as not recorded")
        self.problems.append(Problem("PR511", message, sheet.name))

    def _below(self, joints: Links) -> Mapping[str, list[Record]]:
        """The areas below each area: its sheet was read for the subjects already."""
        joined: dict[str, list[Record]] = {}
        for name, one in self._subjects.items():
            for owner in joints.above(name)[1:]:
                joined.setdefault(owner, []).append(one.record)
        return joined

    @property
    def _label(self) -> Bilingual:
        return self.standard.schema.relations[SUBJECT_SHEETS[self.standard.subject]].label

    def _linked(self, sheet: Sheet, joints: Links) -> Iterator[tuple[Row, list[tuple[str, str]]]]:
        """The rows of a relation that name an owner, with the names; each id of an owner once."""
        seen: dict[Any, int] = {}
        for row in self._read(sheet):
            keys, name = joints.keys(sheet.kind.id, row.core), row.core.get("id")
            if not keys:
                label = sheet.kind.facts[links(joints.kind, sheet.kind.id, self.standard.schema)[0]].label
                zh, en = f"没有“{label.zh}”，没有采用", f"the row has no `{label.en}` and is not used"
                self._lacks(sheet, row.number, zh, en)
                continue
            if name is not None:
                first = seen.setdefault((name, *keys), row.number)
                if first != row.number:
                    zh, en = f"编号与第 {first} 行相同，没有采用", f"the same id as row {first}, so not used"
                    self._lacks(sheet, row.number, zh, en, "PR506", name)
                    continue
            yield row, keys

    def _rows_of(
        self, name: str, subject: _Subject, joined: Mapping[str, Mapping[str, list[Record]] | None]
    ) -> dict[str, Any]:
        """The relations of one subject: recorded where there is a sheet, unless the subject says otherwise."""
        found: dict[str, Any] = {}
        schema = self.standard.schema
        for relation in related(self.standard.subject, schema):
            rows = joined.get(relation)
            flag = subject.flags.get(f"{relation}_recorded")
            if rows is not None and flag is not False:
                into = found.setdefault("relations", {}) if schema.relations[relation].plugin else found
                into[relation] = rows.get(name, [])
            if (flag is True and rows is None) or (flag is False and rows and name in rows):
                self._contradiction(relation, subject, flag=flag)
        return found

    def _contradiction(self, relation: str, subject: _Subject, *, flag: bool) -> None:
        sheet = self.sheets[SUBJECT_SHEETS[self.standard.subject]]
        label = self.standard.schema.relations[relation].label
        message = (
            Bilingual(
                f"写明已登记{label.zh}，却没有这张工作表",
                f"says that {label.en} are recorded, yet has no sheet of them",
            )
            if flag
            else Bilingual(
                f"写明未登记{label.zh}，有关的行没有采用",
                f"says that {label.en} are not recorded, so its rows are not used",
            )
        )
        place = sheet.cell(subject.number, f"{relation}_recorded")
        self.problems.append(Problem("PR513", message, sheet.name, place, subject.record.id))

    def _said(self, name: str) -> Iterator[tuple[Sheet, Row, str, str]]:
        """The rows of judgements or waivers that have a known subject and a criterion."""
        sheet = self.sheets.get(name)
        if sheet is None:
            return
        lacking = [sheet.kind.facts[one].label for one in ("subject", "criterion") if one not in sheet]
        if lacking:
            zh, en = "、".join(one.zh for one in lacking), ", ".join(one.en for one in lacking)
            message = Bilingual(f"缺少列：{zh}，没有读取", f"lacks columns: {en}; so not read")
            self.problems.append(Problem("PR511", message, sheet.name))
            return
        unknown = _Unknown()
        for row in self._read(sheet):
            subject, criterion = row.ledger.get("subject"), row.ledger.get("criterion")
            if subject is None or criterion is None:
                message = Bilingual("缺对象编号或条件，没有采用", "lacks its subject or criterion and is not used")
                self.problems.append(Problem("PR507", message, sheet.name, str(row.number)))
            elif subject not in self._subjects and subject not in self._sub:
                unknown.add(subject, sheet.cell(row.number, "subject"))
            else:
                yield sheet, row, subject, criterion
        self.problems += unknown.problems(sheet.name, self._label, self._subjects)

    def _twice(self, sheet: Sheet, row: Row) -> None:
        message = Bilingual("同一对象、同一条件已有一行，没有采用", "a second row on the same criterion, so not used")
        self.problems.append(Problem("PR506", message, sheet.name, sheet.cell(row.number, "criterion")))

    def _unfit(self, sheet: Sheet, row: Row, fact: str, error: UnreadableError) -> None:
        place, value = sheet.cell(row.number, fact), row.ledger.get(fact, "")
        self.problems.append(Problem(error.code, error.message, sheet.name, place, value, error.expected))

    def _judgements(self) -> Mapping[str, Mapping[str, Judgements]]:
        judges = Judges(self.standard)
        found: dict[str, dict[str, dict[str | None, Judgement]]] = {}
        for sheet, row, subject, name in self._said("judgements"):
            said = row.ledger
            fact = "criterion"
            try:
                key, criterion = self._find(judges, subject, name)
                fact = "value"
                if "value" not in said:
                    continue
                value = judges.value(criterion, said["value"])
                fact = "role"
                role = judges.role(said.get("role"), key)
            except UnreadableError as error:
                self._unfit(sheet, row, fact, error)
                continue
            by_role = found.setdefault(subject, {}).setdefault(key, {})
            if role in by_role:
                self._twice(sheet, row)
            else:
                by_role[role] = Judgement(
                    value=value, by=said.get("by"), on=said.get("on"), reason=said.get("reason", ""), role=role
                )
        return {
            subject: {key: gathered(by_role.values()) for key, by_role in keys.items()}
            for subject, keys in found.items()
        }

    def _waivers(self) -> Mapping[str, Mapping[str, Waiver]]:
        judges = Judges(self.standard)
        found: dict[str, dict[str, Waiver]] = {}
        for sheet, row, subject, name in self._said("waivers"):
            said = row.ledger
            try:
                key, _ = self._find(judges, subject, name)
            except UnreadableError as error:
                self._unfit(sheet, row, "criterion", error)
                continue
            if key in found.setdefault(subject, {}):
                self._twice(sheet, row)
            else:
                found[subject][key] = Waiver(reason=said.get("reason", ""), by=said.get("by"), until=said.get("until"))
        return found


def _circle(name: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """The areas from one up to itself; none if it does not lie in itself."""
    chain = [name]
    at = parents[name]
    while at is not None and at in parents and at not in chain:
        chain.append(at)
        at = parents[at]
    return tuple(chain) if at == name else ()


def _record(sheet: Sheet, row: Row) -> Record:
    core = row.core
    if "id" not in core:
        core = {"id": printable(f"{sheet.name}!{row.number}"), **core}
    return make(sheet.kind.model, core, row.plugin)  # type: ignore[no-any-return]

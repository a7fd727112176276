# SPDX-License-Identifier: MIT
"""What one evaluation reads: a subject, its related records, the period, judgements and waivers.

A dossier checks its records once, when it is made, and names every fault; evaluation never checks. Knows no rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeAlias

import attrs
from attrs import field, frozen

from platformrules.belonging import SUBJECT_SHEETS, joined
from platformrules.diagnostics import did_you_mean
from platformrules.errors import DossierError
from platformrules.models import CORE, MODELS, OWNERS, Activity, Area, Center, FactValue, Organization, Record, Row
from platformrules.periods import Period, Window, window
from platformrules.schema import Fact, FactType, Relation, Schema, number_fault


@frozen(kw_only=True)
class Judgement:
    """What a person found on a criterion that only a person can judge."""

    value: str | int | Decimal
    by: str | None = None
    on: date | None = None
    reason: str = ""
    role: str | None = None


@frozen(kw_only=True)
class Waiver:
    """An exemption that the authority granted from one criterion, until a day (included) if it ends."""

    reason: str
    by: str | None = None
    until: date | None = None


#: Judgements on one criterion: one, or one of each role.
Judgements: TypeAlias = Judgement | Sequence[Judgement]


def deciding(found: Any, order: Sequence[str]) -> Any:  # noqa: ANN401 - judgements, or whatever a dossier holds
    """Of the judgements on one criterion the one that counts; ``None`` if there is none.

    It is that of the last assessor of an order who judged; of several of one role, of roles that are not in the order,
    and without an order, the last one.
    """
    if not isinstance(found, list | tuple):
        return found
    place = {role: index for index, role in enumerate(order)}
    return max(enumerate(found), key=lambda one: (place.get(one[1].role, -1), one[0]))[1]


_SUBJECTS = ("center", "organization", "area")
_RELATIONS = {"activities": "activity", "organizations": "organization", "centers": "center", "areas": "area"}
_ROW_KEYS = ("id", *(f"{owner}_id" for owner in OWNERS))
_NONE: Mapping[str, Any] = MappingProxyType({})


def _rows(rows: Any) -> Any:  # noqa: ANN401 - what are no rows is a fault of the dossier
    return tuple(rows) if isinstance(rows, Iterable) and not isinstance(rows, str) else rows


def _mapping(given: Any) -> Any:  # noqa: ANN401 - what is no table is a fault of the dossier
    if not isinstance(given, Mapping) or not given:
        return given or _NONE
    return MappingProxyType({key: tuple(one) if isinstance(one, list) else one for key, one in given.items()})


def _relations(given: Any) -> Any:  # noqa: ANN401 - what is no table is a fault of the dossier
    if not isinstance(given, Mapping) or not given:
        return given or _NONE
    return MappingProxyType({key: _rows(rows) for key, rows in given.items()})


@frozen(kw_only=True)
class SubUnit:
    """What was said of a row whose verdict under another standard is read: judgements and waivers, as of a subject."""

    judgements: Mapping[str, Judgements] = field(default=_NONE, converter=_mapping)
    waivers: Mapping[str, Waiver] = field(default=_NONE, converter=_mapping)


@frozen(kw_only=True, eq=False)
class Dossier:
    """One subject with all that its evaluation reads.

    Attributes:
        center, organization, area: the subject; exactly one of them.
        activities, organizations, centers, areas: related rows; ``None`` is not recorded, ``()`` is none at all.
            They are kept by day and id, so that nothing depends on the order in which they came.
        relations: likewise the rows of relations that plugins declare, by relation; one left out is not recorded.
        judgements: by criterion id, or ``plugin/standard#criterion``.
        waivers: likewise.
        sub_units: judgements and waivers of related centers, organizations and areas, by their id: they count where a
            standard reads the verdict of these.
        period: the period that is judged.
        as_of: the day on which it is judged; the last day of the period if left out.
        records_from: since when dated rows are complete; the first day of the period if left out.
        checked: for readers of ledgers: the schema against which they have held every value already, so that nothing
            is checked again.

    Raises:
        DossierError: some values have the wrong type, are no choice of their fact or lie outside its domain, or
            there is not exactly one subject. All faults are named at once.
    """

    center: Center | None = None
    organization: Organization | None = None
    area: Area | None = None
    activities: tuple[Activity, ...] | None = field(default=None, converter=_rows)
    organizations: tuple[Organization, ...] | None = field(default=None, converter=_rows)
    centers: tuple[Center, ...] | None = field(default=None, converter=_rows)
    areas: tuple[Area, ...] | None = field(default=None, converter=_rows)
    relations: Mapping[str, tuple[Row, ...] | None] = field(default=_NONE, converter=_relations)
    judgements: Mapping[str, Judgements] = field(default=_NONE, converter=_mapping)
    waivers: Mapping[str, Waiver] = field(default=_NONE, converter=_mapping)
    sub_units: Mapping[str, SubUnit] = field(default=_NONE, converter=_mapping)
    period: Period | None = None
    as_of: date | None = None
    records_from: date | None = None
    checked: Schema | None = field(default=None, repr=False)
    _window: Window | None = field(init=False, default=None, repr=False)
    _day: date | None = field(init=False, default=None, repr=False)
    _schema: Schema | None = field(init=False, default=None, repr=False)
    _kept: dict[Any, Any] | None = field(init=False, default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check every record once and put choices given by their label into codes."""
        if self.checked is None:
            self._check(CORE, _core_checks, [*self._structure_faults(), *self._judgement_faults()])
        else:
            object.__setattr__(self, "_schema", self.checked)
        self._put_in_order()
        object.__setattr__(self, "_day", self.as_of)
        if self.period is not None:
            as_of = self.period.end if self.as_of is None else self.as_of
            object.__setattr__(self, "_day", as_of)
            object.__setattr__(self, "_window", window(self.period, as_of, self.records_from))

    @property
    def kind(self) -> str:
        """Which kind of thing is judged: center, organization or area."""
        return next(name for name in _SUBJECTS if getattr(self, name) is not None)

    @property
    def subject(self) -> Record:
        """The record that is judged."""
        return getattr(self, self.kind)  # type: ignore[no-any-return]

    @property
    def day(self) -> date | None:
        """The day that is judged: ``as_of``, or the last day of the period."""
        return self._day

    @property
    def window(self) -> Window | None:
        """The days that are read; ``None`` without a period."""
        return self._window

    def rows_of(self, relation: str) -> tuple[Any, ...] | None:
        """The rows of a relation of the core or of a plugin; ``None`` if they are not recorded."""
        return getattr(self, relation) if relation in _RELATIONS else self.relations.get(relation)

    @property
    def kept(self) -> dict[Any, Any]:
        """A place for the evaluation to keep what it worked out; nothing that a caller sees depends on it."""
        if self._kept is None:
            object.__setattr__(self, "_kept", {})
        return self._kept  # type: ignore[return-value]

    def below(self, kind: str, row: Record) -> Dossier:
        """The dossier of a related center, organization or area, once the schema is bound.

        It has the rows of this one that carry its key, and of what it contains; the same period, day and beginning of
        records, and what was said of it as a sub-unit. What is not recorded here is not recorded there. Of the subject
        it is this one, for another standard.
        """
        if row is self.subject:
            return self.of_another()
        schema: Any = self._schema
        name = ("rows below", kind)
        if name not in self.kept:
            rows = self.rows_of(SUBJECT_SHEETS[kind]) or ()
            parents = {one.id: getattr(one, "parent_id", None) for one in rows}
            self.kept[name] = joined(kind, schema, parents, self.rows_of)
        found: dict[str, Any] = {"relations": {}}
        for relation, rows in self.kept[name].items():
            into = found["relations"] if schema.relations[relation].plugin else found
            into[relation] = None if rows is None else rows.get(row.id, ())
        said = self.sub_units.get(row.id, _UNSAID)
        return Dossier(
            **{kind: row},  # type: ignore[arg-type]
            **found,
            judgements=said.judgements,
            waivers=said.waivers,
            sub_units=self.sub_units,
            period=self.period,
            as_of=self.as_of,
            records_from=self.records_from,
            checked=schema,
        )

    def of_another(self) -> Dossier:
        """The same for another standard than the one that is evaluated: without what is said by plain ids."""
        judgements = {key: one for key, one in self.judgements.items() if "#" in key}
        waivers = {key: one for key, one in self.waivers.items() if "#" in key}
        if len(judgements) == len(self.judgements) and len(waivers) == len(self.waivers):
            return self
        return attrs.evolve(self, checked=self._schema, judgements=judgements, waivers=waivers)

    def bind(self, schema: Schema) -> None:
        """Check plugin facts and relations of all records against a schema, once; does nothing the second time.

        Raises:
            DossierError: a plugin fact or relation is unknown or has a wrong value.
        """
        if self._schema is not schema:
            self._check(schema, _bound_checks, [])
            object.__setattr__(self, "_schema", schema)
            object.__setattr__(self, "_kept", None)
            self._put_in_order()

    def _structure_faults(self) -> list[str]:
        faults = []
        given = [name for name in _SUBJECTS if getattr(self, name) is not None]
        if len(given) != 1:
            faults.append(f"a dossier must have exactly one of center, organization, area (got {given or 'none'})")
        for name in given:
            record = getattr(self, name)
            if type(record) is not MODELS[name]:
                faults.append(f"{name} must be {_a(MODELS[name])} (got {type(record).__name__})")
        for name, model in _RELATIONS.items():
            rows = getattr(self, name)
            if rows is not None and type(rows) is not tuple:
                faults.append(f"{name} must be a list of {MODELS[model].__name__} (got {type(rows).__name__})")
                continue
            for index, row in enumerate(rows or ()):
                if type(row) is not MODELS[model]:
                    faults.append(f"{name}[{index}] must be {_a(MODELS[model])} (got {type(row).__name__})")
        related: Any = self.relations
        if isinstance(related, Mapping):
            for key, rows in related.items():
                faults += _relation_faults(f"relations[{key!r}]", rows)
        else:
            faults.append(f"relations must be a table of rows by relation (got {related!r})")
        for name, kind in (("period", Period), ("as_of", date), ("records_from", date)):
            value = getattr(self, name)
            if value is not None and type(value) is not kind:
                faults.append(f"{name} must be a {kind.__name__} (got {value!r})")
        return faults

    def _judgement_faults(self) -> list[str]:
        faults = _faults_said(self, "")
        units: Any = self.sub_units
        if not isinstance(units, Mapping):
            return [*faults, f"sub_units must be a table by id (got {units!r})"]
        for key, one in units.items():
            place = f"sub_units[{key!r}]"
            if type(one) is SubUnit:
                faults += _faults_said(one, f"{place}.")
            else:
                faults.append(f"{place} must be a SubUnit (got {one!r})")
        return faults

    def _check(self, schema: Schema, checks: _Checks, faults: list[str]) -> None:
        """Check all records, and keep what they are settled to only if there is no fault."""
        changed: dict[str, Any] = {}
        for name in _SUBJECTS:
            record = getattr(self, name)
            if type(record) in _NAMES:
                checked = checks(schema, record, name, faults)
                if checked is not record:
                    changed[name] = checked
        for name in _RELATIONS:
            rows = getattr(self, name)
            if rows and type(rows) is tuple:
                new = [
                    checks(schema, row, f"{name}[{index}]", faults) if type(row) in _NAMES else row
                    for index, row in enumerate(rows)
                ]
                if any(one is not row for one, row in zip(new, rows, strict=True)):
                    changed[name] = tuple(new)
        if schema is not CORE or checks is _bound_checks:
            changed["relations"] = MappingProxyType(dict(self._bound_relations(schema, faults)))
        if faults:
            raise DossierError(faults)
        for name, value in changed.items():
            object.__setattr__(self, name, value)

    def _bound_relations(self, schema: Schema, faults: list[str]) -> Iterator[tuple[str, tuple[Row, ...] | None]]:
        """The relations of plugins, each of them declared by the schema, with their values settled."""
        declared = {name: one for name, one in schema.relations.items() if one.plugin}
        for name, rows in self.relations.items():
            if name not in declared:
                faults.append(f"there is no relation `{name}` of a plugin; {did_you_mean(name, declared)}".rstrip("; "))
                continue
            place = f"relations[{name!r}]"
            checked = (
                _row_checks(schema, declared[name], row, f"{place}[{index}]", faults)
                for index, row in enumerate(rows or ())
            )
            yield name, None if rows is None else tuple(checked)

    def _put_in_order(self) -> None:
        for name in _RELATIONS:
            rows = getattr(self, name)
            if rows:
                object.__setattr__(self, name, tuple(sorted(rows, key=_day_and_id)))
        if self.relations:
            known = {} if self._schema is None else self._schema.relations
            ordered = {}
            for name in sorted(self.relations):
                given = self.relations[name]
                by = _row_order(known[name].dated_by if name in known else None)
                ordered[name] = None if given is None else tuple(sorted(given, key=by))
            object.__setattr__(self, "relations", MappingProxyType(ordered))


def _faults_said(one: Any, place: str) -> list[str]:  # noqa: ANN401 - a dossier or a sub-unit
    """What is wrong with the judgements and waivers of one."""
    faults = []
    for name, kind, parts in (("judgements", Judgement, _JUDGEMENT), ("waivers", Waiver, _WAIVER)):
        given = getattr(one, name)
        if not isinstance(given, Mapping):
            faults.append(f"{place}{name} must be a table by criterion id (got {given!r})")
            continue
        for key, value in given.items():
            for said in value if kind is Judgement and value and type(value) is tuple else (value,):
                if type(said) is not kind:
                    faults.append(f"{place}{name}[{key!r}] must be a {kind.__name__} (got {said!r})")
                    continue
                for part, (types, expected) in parts.items():
                    found = getattr(said, part)
                    if type(found) not in types:
                        faults.append(f"{place}{name}[{key!r}].{part} must be {expected} (got {found!r})")
    return faults


def _relation_faults(place: str, rows: object) -> Iterator[str]:
    """What is wrong with the shape of the rows of a plugin's relation."""
    if rows is not None and type(rows) is not tuple:
        yield f"{place} must be a list of Row (got {type(rows).__name__})"
        return
    for index, row in enumerate(rows or ()):
        if type(row) is not Row:
            yield f"{place}[{index}] must be a Row (got {type(row).__name__})"
            continue
        for key in _ROW_KEYS:
            value = getattr(row, key)
            if value is not None and type(value) is not str:
                yield f"{place}[{index}].{key} must be a text (got {value!r})"


def _row_order(dated_by: str | None) -> Callable[[Row], tuple[Any, str]]:
    """By day, rows without one last, and then by id."""
    return lambda row: ((dated_by and row.facts.get(dated_by)) or date.max, row.id or "")


def _day_and_id(row: Any) -> tuple[date, str]:  # noqa: ANN401 - one of the models
    day = row.held_on if type(row) is Activity else None
    return day or date.max, row.id or ""


_UNSAID = SubUnit()

#: Checks one record at a place, notes its faults, and gives it with its values settled.
_Checks: TypeAlias = Callable[[Schema, Any, str, list[str]], Any]
_NAMES: Mapping[type, str] = {model: name for name, model in MODELS.items()}
_JUDGEMENT: Mapping[str, tuple[tuple[type, ...], str]] = {
    "value": ((str, int, Decimal), "a text or a number"),
    "on": ((date, type(None)), "a date"),
}
_WAIVER: Mapping[str, tuple[tuple[type, ...], str]] = {"until": ((date, type(None)), "a date")}


@lru_cache(maxsize=64)
def _reader(schema: Schema, name: str) -> tuple[tuple[Fact, ...], Callable[[Any], Any]]:
    """The core facts of a model that a schema has otherwise than the core (for ``CORE``: all), and what reads them."""
    core = CORE.facts[name]
    facts = tuple(
        one for one in schema.facts[name].values() if one.id in core and (schema is CORE or one is not core[one.id])
    )
    ids = [one.id for one in facts]
    return facts, attrgetter(*ids) if len(ids) > 1 else lambda record: [getattr(record, one) for one in ids]


def _core_checks(schema: Schema, record: Any, place: str, faults: list[str]) -> Any:  # noqa: ANN401 - one of the models
    facts, read = _reader(schema, _NAMES[type(record)])
    changed: dict[str, FactValue] = {}
    for one, value in zip(facts, read(record), strict=True):
        if value is not None:
            settled, fault = settle(one, value)
            if fault:
                faults.append(f"{place}.{one.id} {fault} (got {_shown(value)})")
            elif settled is not value:
                changed[one.id] = settled
    return attrs.evolve(record, **changed) if changed else record


def _bound_checks(schema: Schema, record: Any, place: str, faults: list[str]) -> Any:  # noqa: ANN401 - one of the models
    """Plugin facts, and core facts to whose open list of choices a plugin has added."""
    record = _core_checks(schema, record, place, faults)
    return _settled_facts(schema.facts[_NAMES[type(record)]], record, place, faults)


def _row_checks(schema: Schema, relation: Relation, row: Row, place: str, faults: list[str]) -> Row:
    """The key of a row is that of its relation, and its facts are those of it."""
    known = schema.facts[relation.model]
    faults += (
        f"{place}.{key} is no key of `{relation.id}`, whose rows have `{relation.of}_id`"
        for key in _ROW_KEYS
        if key not in known and getattr(row, key) is not None
    )
    return _settled_facts(known, row, place, faults)  # type: ignore[no-any-return]


def _settled_facts(known: Mapping[str, Fact], record: Any, place: str, faults: list[str]) -> Any:  # noqa: ANN401 - a record
    if not record.facts:
        return record
    settled: dict[str, FactValue] = {}
    for name, value in record.facts.items():
        one = known.get(name)
        if one is None or not one.plugin:
            names = [other for other, declared in known.items() if declared.plugin]
            faults.append(f"{place}.facts has no fact `{name}`; {did_you_mean(name, names)}".rstrip("; "))
        elif value is not None:
            found, fault = settle(one, value)
            if fault:
                faults.append(f"{place}.facts[{name!r}] {fault} (got {_shown(value)})")
            elif found is not value:
                settled[name] = found
    return attrs.evolve(record, facts={**record.facts, **settled}) if settled else record


def _a(model: type) -> str:
    return f"{'an' if model.__name__[0] in 'AO' else 'a'} {model.__name__}"


def _shown(value: object) -> str:
    """A value as a message shows it: a set in one order, whatever the hash seed."""
    return "{" + ", ".join(sorted(map(repr, value))) + "}" if isinstance(value, frozenset | set) else repr(value)


_TYPES: Mapping[FactType, tuple[tuple[type, ...], str]] = {
    FactType.BOOLEAN: ((bool,), "must be True or False"),
    FactType.INTEGER: ((int,), "must be a whole number (int)"),
    FactType.DECIMAL: ((int, Decimal), "must be an int or a Decimal, never a float"),
    FactType.TEXT: ((str,), "must be a text"),
    FactType.DATE: ((date,), "must be a date (no datetime)"),
    FactType.CHOICE: ((str,), "must be a text"),
    FactType.SET: ((frozenset, set), "must be a set of texts"),
}


def settle(one: Fact, value: Any) -> tuple[FactValue, str]:  # noqa: ANN401 - anything may have been given
    """The value as the engines read it, choices as codes, and a fault (empty if there is none)."""
    types, expected = _TYPES[one.type]
    if type(value) not in types:
        return None, expected
    if one.type is FactType.INTEGER or one.type is FactType.DECIMAL:
        return value, number_fault(value, one)
    if one.type is FactType.CHOICE:
        return _settle_item(one, value)
    if one.type is FactType.SET:
        return _settle_set(one, value)
    return value, ""


def _settle_set(one: Fact, value: set[str] | frozenset[str]) -> tuple[FactValue, str]:
    if type(value) is frozenset and value <= one.codes:
        return value, ""
    if any(type(item) is not str for item in value):
        return None, "must hold texts only"
    items = set()
    for item in sorted(value):
        settled, fault = _settle_item(one, item)
        if fault:
            return None, fault
        items.add(settled)
    return frozenset(items), ""


def _settle_item(one: Fact, item: str) -> tuple[str, str]:
    if item in one.codes:
        return item, ""
    code = one.code(item)
    if code is not None:
        return code, ""
    if one.open:
        return item, ""
    hint = did_you_mean(item, one.codes)
    return item, f"must be one of its choices{'; ' + hint if hint else ''}"

# SPDX-License-Identifier: MIT
"""What one evaluation reads: a subject, its related records, the period, judgements and waivers.

A dossier checks its records once, when it is made, and names every fault; evaluation never checks. Knows no rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeAlias

import attrs
from attrs import field, frozen

from platformrules.diagnostics import did_you_mean
from platformrules.errors import DossierError
from platformrules.models import CORE, MODELS, Activity, Area, Center, FactValue, Organization, Record
from platformrules.periods import Period, Window, window
from platformrules.schema import Fact, FactType, Schema, number_fault


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

_SUBJECTS = ("center", "organization", "area")
_RELATIONS = {"activities": "activity", "organizations": "organization", "centers": "center", "areas": "area"}
_NONE: Mapping[str, Any] = MappingProxyType({})


def _rows(rows: Iterable[Any] | None) -> tuple[Any, ...] | None:
    return None if rows is None else tuple(rows)


def _mapping(given: Mapping[str, Any] | None) -> Mapping[str, Any]:
    return MappingProxyType(dict(given)) if given else _NONE


@frozen(kw_only=True, eq=False)
class Dossier:
    """One subject with all that its evaluation reads.

    Attributes:
        center, organization, area: the subject; exactly one of them.
        activities, organizations, centers, areas: related rows; ``None`` is not recorded, ``()`` is none at all.
        judgements: by criterion id, or ``plugin/standard#criterion``.
        waivers: likewise.
        period: the period that is judged.
        as_of: the day on which it is judged; the last day of the period if left out.
        records_from: since when dated rows are complete; the first day of the period if left out.

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
    judgements: Mapping[str, Judgements] = field(default=_NONE, converter=_mapping)
    waivers: Mapping[str, Waiver] = field(default=_NONE, converter=_mapping)
    period: Period | None = None
    as_of: date | None = None
    records_from: date | None = None
    _window: Window | None = field(init=False, default=None, repr=False)
    _day: date | None = field(init=False, default=None, repr=False)
    _schema: Schema | None = field(init=False, default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check every record once and put choices given by their label into codes."""
        faults = self._structure_faults()
        if faults:
            raise DossierError(faults)
        self._check(CORE, _core_checks)
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

    def bind(self, schema: Schema) -> None:
        """Check the plugin facts of all records against a schema, once; does nothing the second time.

        Raises:
            DossierError: a plugin fact is unknown or has a wrong value.
        """
        if self._schema is not schema:
            self._check(schema, _plugin_checks)
            object.__setattr__(self, "_schema", schema)

    def _structure_faults(self) -> list[str]:
        faults = []
        given = [name for name in _SUBJECTS if getattr(self, name) is not None]
        if len(given) != 1:
            faults.append(f"a dossier must have exactly one of center, organization, area (got {given or 'none'})")
        for name, model in {**{one: one for one in given}, **_RELATIONS}.items():
            rows = getattr(self, name)
            for index, row in enumerate((rows,) if name in given else rows or ()):
                if type(row) is not MODELS[model]:
                    place = name if name in given else f"{name}[{index}]"
                    faults.append(f"{place} must be a {MODELS[model].__name__} (got {type(row).__name__})")
        for name, kind in (("period", Period), ("as_of", date), ("records_from", date)):
            value = getattr(self, name)
            if value is not None and type(value) is not kind:
                faults.append(f"{name} must be a {kind.__name__} (got {value!r})")
        return faults

    def _check(self, schema: Schema, checks: _Checks) -> None:
        faults: list[str] = []
        for name in _SUBJECTS:
            record = getattr(self, name)
            if record is not None:
                checked = checks(schema, record, name, faults)
                if checked is not record:
                    object.__setattr__(self, name, checked)
        for name in _RELATIONS:
            rows = getattr(self, name)
            if rows:
                new = [checks(schema, row, f"{name}[{index}]", faults) for index, row in enumerate(rows)]
                if any(one is not row for one, row in zip(new, rows, strict=True)):
                    object.__setattr__(self, name, tuple(new))
        if faults:
            raise DossierError(faults)


_Checks: TypeAlias = Any  # a function (schema, record, place, faults) -> record


@lru_cache(maxsize=64)
def _core_reader(model: type[Record]) -> tuple[tuple[Fact, ...], attrgetter[Any]]:
    facts = tuple(CORE.facts[next(name for name, one in MODELS.items() if one is model)].values())
    return facts, attrgetter(*(one.id for one in facts))


def _core_checks(_schema: Schema, record: Record, place: str, faults: list[str]) -> Record:
    facts, read = _core_reader(type(record))
    changed: dict[str, FactValue] = {}
    for one, value in zip(facts, read(record), strict=True):
        if value is not None:
            settled, fault = settle(one, value)
            if fault:
                faults.append(f"{place}.{one.id} {fault} (got {value!r})")
            elif settled is not value:
                changed[one.id] = settled
    return attrs.evolve(record, **changed) if changed else record  # type: ignore[misc]


def _plugin_checks(schema: Schema, record: Record, place: str, faults: list[str]) -> Record:
    if not record.facts:
        return record
    known = schema.facts[next(name for name, one in MODELS.items() if one is type(record))]
    settled: dict[str, FactValue] = {}
    for name, value in record.facts.items():
        one = known.get(name)
        if one is None or not one.plugin:
            names = [other for other, declared in known.items() if declared.plugin]
            faults.append(f"{place}.facts has no fact `{name}`; {did_you_mean(name, names)}".rstrip("; "))
        elif value is not None:
            settled[name], fault = settle(one, value)
            if fault:
                faults.append(f"{place}.facts[{name!r}] {fault} (got {value!r})")
    return attrs.evolve(record, facts=settled)  # type: ignore[call-arg]


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
    items = set()
    for item in value:
        if type(item) is not str:
            return None, "must hold texts only"
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

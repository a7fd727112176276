# SPDX-License-Identifier: MIT
"""Hypothesis strategies of records and dossiers, made from a schema and from what a standard compares with.

Values crowd around the numbers, words and days of the standard's expressions, since faults of rules and engines lie
there. Knows no engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from attrs import evolve, field, frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from platformrules import bounds
from platformrules.belonging import SUBJECT_SHEETS, links
from platformrules.belonging import related as related_to
from platformrules.bounds import Bounds, Number
from platformrules.criteria.qualifying import qualified_id
from platformrules.criteria.typed import Constant, Lookup, MonthOf, Parameter, Read, RelationRows, TypedExpr
from platformrules.criteria.walk import walk
from platformrules.dossiers import Dossier, Judgement, SubUnit, Waiver
from platformrules.models import CORE, Activity, Area, Center, Organization, Record
from platformrules.periods import Period
from platformrules.schema import Fact, FactType, Schema, number_fault
from platformrules.standards.model import Criterion, Standard
from platformrules.testing.construction import is_judged_on
from platformrules.testing.purposes import failing as failing_on
from platformrules.testing.rows import make_record

_YEAR = Period.year(2020)
_PERIODS = (_YEAR, Period(date(2020, 2, 10), date(2020, 5, 20)), Period(date(2019, 12, 1), date(2020, 1, 31)))
_STEPS = (Decimal("-0.0001"), Decimal("0.0001"), -1, 1)
_WORDS = ("", "b", "青年", "青少年之家")
_DAYS = (date(2020, 2, 29), date(2019, 2, 28), date(2019, 12, 31), date(2021, 1, 1), date.min, date.max)


@frozen
class Landmarks:
    """The values that expressions compare with: what is drawn lies on them or next to them."""

    numbers: tuple[Number, ...] = (0,)
    words: tuple[str, ...] = _WORDS
    days: tuple[date, ...] = _DAYS

    @classmethod
    def of(
        cls, expressions: Iterable[TypedExpr], parameters: Mapping[str, Any], others: Iterable[Number] = ()
    ) -> Landmarks:
        """The constants and parameters of expressions, where steps begin and what tables hold, and their neighbours.

        ``others`` are further numbers, such as the limits of points.
        """
        found: list[Any] = [0, *others]
        for expression in expressions:
            for node in walk(expression.root):
                if isinstance(node, Constant):
                    found.append(node.value)
                elif isinstance(node, Parameter):
                    found.append(parameters[node.name])
                elif isinstance(node, Lookup):
                    found += [*node.table.values, *(step.start for step in node.table.steps)]
        numbers = [one for one in found if type(one) in {int, Decimal} and abs(one) < 10**9]
        around = [*numbers, *(one + step for one in numbers for step in _STEPS)]
        words = [one for one in found if isinstance(one, str)]
        days = [one for one in found if isinstance(one, date)]
        return cls(tuple(dict.fromkeys(around)), tuple(dict.fromkeys((*words, *_WORDS))), (*days, *_DAYS))


NOWHERE = Landmarks()


def facts(one: Fact, near: Landmarks = NOWHERE) -> SearchStrategy[Any]:
    """Recorded values of a fact."""
    match one.type:
        case FactType.BOOLEAN:
            return st.booleans()
        case FactType.INTEGER | FactType.DECIMAL:
            return _numbers(one, near)
        case FactType.TEXT:
            return st.sampled_from(near.words) | st.text("ab青年之家 ", max_size=6)
        case FactType.DATE:
            return st.sampled_from(near.days) | st.dates(date(2015, 1, 1), date(2022, 12, 31))
        case FactType.CHOICE:
            return st.sampled_from(_codes(one))
        case FactType.SET:
            return st.frozensets(st.sampled_from(_codes(one)))


def _codes(one: Fact) -> list[str]:
    """The choices of a fact, and another text where the list is open."""
    return [choice.id for choice in one.values] + (["另一项"] if one.open else [])


def _numbers(one: Fact, near: Landmarks) -> SearchStrategy[Number]:
    whole = one.type is FactType.INTEGER
    marks = [number for number in near.numbers if not (whole and isinstance(number, Decimal))]
    marks += [end for end in (one.minimum, one.maximum) if end is not None]
    marks = [number for number in marks if not number_fault(number, one)]
    low = -1000 if one.minimum is None else int(one.minimum)
    high = low + 2000 if one.maximum is None else int(one.maximum)
    spread: SearchStrategy[Number] = st.integers(low, high)
    if not whole:
        spread |= st.decimals(low, high, places=4)
    return st.sampled_from(marks) | spread if marks else spread


def limits_of(standard: Standard) -> tuple[Number, ...]:
    """Where the points of criteria and blocks are cut, and from how many on a criterion passes."""
    found = [
        limit
        for one in standard.criteria
        if one.has_points
        for limit in (one.minimum, one.maximum, one.pass_at, *(row.points for row in one.rows))
    ]
    found += [block.cap for block in standard.blocks]
    return tuple(dict.fromkeys(limit for limit in found if limit is not None))


@frozen(eq=False)
class Reading:
    """What a standard reads: facts by model, relations, and the landmarks of its expressions."""

    schema: Schema
    subject: str
    facts: Mapping[str, tuple[str, ...]]
    relations: tuple[str, ...]
    near: Landmarks

    @classmethod
    def of(cls, standard: Standard) -> Reading:
        """Look through all expressions of a standard, those of its verdicts too."""
        read: dict[str, dict[str, None]] = {}
        relations: dict[str, None] = {}
        for node in (node for expression in standard.expressions_read for node in walk(expression.root)):
            if isinstance(node, Read | MonthOf):
                read.setdefault(node.fact.on, {})[node.fact.id] = None
            if isinstance(node, RelationRows):
                relations[node.relation] = None
                relation = standard.schema.relations[node.relation]
                if relation.dated_by is not None:
                    read.setdefault(relation.model, {})[relation.dated_by] = None
        return cls(
            standard.schema,
            standard.subject,
            {model: tuple(names) for model, names in read.items()},
            tuple(relations),
            Landmarks.of(
                standard.expressions_read,
                {name: value for one in reversed(standard.readings) for name, value in one.constants.items()},
                [limit for one in standard.readings for limit in limits_of(one)],
            ),
        )


def records(
    model: str,
    schema: Schema = CORE,
    *,
    only: Iterable[str] | None = None,
    near: Landmarks = NOWHERE,
    complete: bool = False,
    fixed: Mapping[str, SearchStrategy[Any]] | None = None,
) -> SearchStrategy[Any]:
    """Records of a model: all facts or ``only`` some, with holes unless ``complete``; some drawn as ``fixed`` says."""
    known = schema.facts[model]
    names = list(known) if only is None else [name for name in known if name in set(only)]
    drawn: dict[str, SearchStrategy[Any]] = {}
    for name in names:
        one = known[name]
        if one.key:
            drawn[name] = st.sampled_from(["", "k1", "k2"] if name == "id" else ["k1", "k2", None])
        else:
            drawn[name] = facts(one, near) if complete else st.none() | facts(one, near)
    return st.fixed_dictionaries({**drawn, **(fixed or {})}).map(lambda values: make_record(schema, model, values))


def centers(schema: Schema = CORE, *, complete: bool = False) -> SearchStrategy[Center]:
    """Centers with facts of all kinds, some of them not recorded."""
    return records("center", schema, complete=complete)


def activities(schema: Schema = CORE, *, complete: bool = False) -> SearchStrategy[Activity]:
    """Activities with facts of all kinds, some of them not recorded."""
    return records("activity", schema, complete=complete)


def organizations(schema: Schema = CORE, *, complete: bool = False) -> SearchStrategy[Organization]:
    """Organizations with facts of all kinds, some of them not recorded."""
    return records("organization", schema, complete=complete)


def areas(schema: Schema = CORE, *, complete: bool = False) -> SearchStrategy[Area]:
    """Areas with facts of all kinds, some of them not recorded."""
    return records("area", schema, complete=complete)


def _rows(reading: Reading, relation: str, period: Period, *, complete: bool) -> SearchStrategy[tuple[Any, ...]]:
    """The rows of a relation: few, their ids different, their days in and around the period."""
    declared = reading.schema.relations[relation]
    fixed: dict[str, SearchStrategy[Any]] = {}
    if declared.dated_by is not None:
        days = _days_around(period)
        fixed[declared.dated_by] = days if complete else days | st.none()
    row = records(
        declared.model,
        reading.schema,
        only=reading.facts.get(declared.model, ()),
        near=reading.near,
        complete=complete,
        fixed=fixed,
    )
    return st.lists(row, max_size=5).map(lambda rows: _named(relation, rows))


def _named(relation: str, rows: Iterable[Any], first: int = 0) -> tuple[Any, ...]:
    return tuple(evolve(row, id=f"{relation[:3]}{index}") for index, row in enumerate(rows, first))


def _days_around(period: Period) -> SearchStrategy[date]:
    near = (period.start, period.end, period.start - timedelta(1), period.end + timedelta(1))
    inside = st.dates(period.start, min(period.end, period.start + timedelta(70)))
    return inside | inside | st.sampled_from(near)


def dossiers(standard: Standard, *, complete: bool = False, failing: str | None = None) -> SearchStrategy[Dossier]:
    """Dossiers that a standard can judge.

    Args:
        standard: what they are for.
        complete: nothing that it reads is missing; else there are holes.
        failing: this criterion fails, nothing is missing, and the others are met wherever the rules allow both.

    Raises:
        KeyError: the standard has no such criterion.
    """
    return _dossiers(standard, complete=complete) if failing is None else failing_on(standard, failing)


@st.composite
def _dossiers(draw: DrawFn, standard: Standard, *, complete: bool) -> Dossier:
    reading = Reading.of(standard)
    around = draw(st.sampled_from(_PERIODS))
    period: Period | None = around
    as_of = draw(st.sampled_from((None, None, around.start + timedelta(40), around.end + timedelta(9))))
    records_from = date.min if complete else draw(st.sampled_from((None, None, date.min, around.start + timedelta(9))))
    if standard.referred and not is_judged_on([standard], as_of or around.end):
        as_of = max(one.in_force.from_ for one in standard.readings)
    if standard.period.kind == "as-of":
        as_of = as_of or around.end
        period = draw(st.sampled_from((None, around)))
    given: dict[str, Any] = {
        reading.subject: draw(
            records(
                reading.subject,
                reading.schema,
                only=reading.facts.get(reading.subject, ()),
                near=reading.near,
                complete=complete,
                fixed={"id": st.just("c1")},
            )
        )
    }
    related: dict[str, Any] = {}
    for relation in reading.relations:
        rows = _rows(reading, relation, around, complete=complete)
        related[relation] = draw(rows if complete else rows | st.none())
    related = _linked(standard, related, related)
    return Dossier(
        **given,
        **_related(reading.schema, related),
        period=period,
        as_of=as_of,
        records_from=records_from,
        judgements=draw(_judgements(standard, complete=complete)),
        waivers=draw(_waivers(standard, around)),
        sub_units=draw(_sub_units(standard, related, complete=complete)),
    )


def _linked(
    standard: Standard, rows: Mapping[str, Sequence[Any] | None], all_rows: Mapping[str, Sequence[Any] | None]
) -> dict[str, Any]:
    """Rows with the keys of those rows whose verdict is read: of each of them some, and some of none."""
    made: dict[str, Any] = dict(rows)
    for other in standard.readings[1:]:
        names = [one.id for one in all_rows.get(SUBJECT_SHEETS[other.subject]) or ()]
        for relation in related_to(other.subject, standard.schema):
            key = links(other.subject, relation, standard.schema)[0]
            if names and made.get(relation):
                ids = [*names, None]
                made[relation] = tuple(
                    evolve(one, **{key: ids[at % len(ids)]}) for at, one in enumerate(made[relation])
                )
    return made


@st.composite
def _sub_units(
    draw: DrawFn, standard: Standard, rows: Mapping[str, Sequence[Any] | None], *, complete: bool
) -> dict[str, SubUnit]:
    """What a person found on the rows whose verdict is read."""
    found: dict[str, dict[str, Any]] = {}
    for other in standard.readings[1:]:
        for row in rows.get(SUBJECT_SHEETS[other.subject]) or ():
            said = draw(_judgements(other, complete=complete))
            found.setdefault(row.id, {}).update({qualified_id(key, other.id): one for key, one in said.items()})
    return {name: SubUnit(judgements=said) for name, said in found.items()}


def _related(schema: Schema, rows: Mapping[str, Any]) -> dict[str, Any]:
    """Rows by relation as a dossier takes them: those of plugins' relations in a table."""
    core = {name: one for name, one in rows.items() if not schema.relations[name].plugin}
    return core | {"relations": {name: one for name, one in rows.items() if name not in core}}


def _judgements(standard: Standard, *, complete: bool) -> SearchStrategy[dict[str, Any]]:
    """Judgements, plain or by role, under the plain or the qualified key; some missing, some that do not fit."""
    keys: dict[str, SearchStrategy[Any]] = {}
    roles = st.sampled_from([None, *(assessor.id for assessor in standard.assessors)])
    for criterion in standard.criteria:
        if criterion.is_judged:
            one = st.builds(Judgement, value=_judged(criterion, complete=complete), role=roles)
            key = _key(standard, criterion.id)
            keys[key] = one | st.lists(one, min_size=1, max_size=2)
    return st.fixed_dictionaries(keys) if complete else st.fixed_dictionaries({}, optional=keys)


def _judged(criterion: Criterion, *, complete: bool) -> SearchStrategy[Any]:
    """What a person may find: a row, or points on their limits, next to them and between; some that do not fit."""
    if not criterion.judges_points:
        return st.sampled_from([row.id for row in criterion.judge] + ([] if complete else ["none-of-these"]))
    limits = [one for one in (criterion.minimum, criterion.maximum, criterion.pass_at) if one is not None]
    near = [*limits, *(bounds.plus(one, step) for one in limits for step in _STEPS)]
    inside = [one for one in near if bounds.contains(Bounds(criterion.minimum, criterion.maximum), one)]
    return st.sampled_from(inside if complete else [*near, "none-of-these"])


def _key(standard: Standard, criterion: str) -> str:
    """How a judgement of a criterion is keyed: every other one is qualified by the standard."""
    index = [one.id for one in standard.criteria].index(criterion)
    return f"{standard.id}#{criterion}" if index % 2 else criterion


def _waivers(standard: Standard, period: Period) -> SearchStrategy[dict[str, Waiver]]:
    until = st.sampled_from((None, None, period.start, date.max))
    one = st.builds(Waiver, reason=st.just("r"), until=until)
    waived = {_key(standard, criterion.id): one for criterion in standard.criteria}
    return st.just({}) | st.fixed_dictionaries({}, optional=waived)


@st.composite
def fillings(draw: DrawFn, dossier: Dossier, standard: Standard, *, everything: bool = False) -> Dossier:
    """A dossier with some of its holes filled in, or ``everything``; nothing that is recorded changes."""
    reading = Reading.of(standard)
    period = dossier.period or _YEAR
    fill = _Filling(reading, draw, everything=everything)
    changed: dict[str, Any] = {reading.subject: fill.record(dossier.subject, reading.subject, {})}
    window = dossier.window
    start = window.records_from if window is not None else dossier.records_from or dossier.day
    related: dict[str, Any] = {name: dossier.rows_of(name) for name in reading.relations}
    new: dict[str, Any] = {}
    for relation in reading.relations:
        declared = reading.schema.relations[relation]
        rows = dossier.rows_of(relation)
        dating: dict[str, SearchStrategy[Any]] = {}
        if declared.dated_by is not None:
            dating[declared.dated_by] = _days_around(period)
        if rows is None:
            if fill.wants():
                new[relation] = draw(_rows(reading, relation, period, complete=everything))
            continue
        filled = [fill.record(row, declared.model, dating) for row in rows]
        if declared.picked_by is not None:  # there may have been rows on days of which nothing is recorded
            added = draw(_rows(reading, relation, period, complete=True))
            days = [row[declared.picked_by] for row in added]
            unseen = [row for row, day in zip(added, days, strict=True) if day < start or day > dossier.day]
            new[relation] = _named(relation, unseen, first=len(filled))
        related[relation] = filled
    known = {name: [*(related[name] or ()), *new.get(name, ())] for name in related}
    for relation, rows in _linked(standard, new, known).items():
        related[relation] = [*(related[relation] or ()), *rows]
    changed |= _related(reading.schema, {**dossier.relations, **related})
    if everything:
        changed["records_from"] = date.min
        changed["judgements"] = {**draw(_judgements(standard, complete=True)), **dossier.judgements}
        if standard.referred:
            units = draw(_sub_units(standard, related, complete=True))
            changed["sub_units"] = {name: _said(one, dossier.sub_units.get(name)) for name, one in units.items()}
    elif window is not None and window.records_from > period.start and fill.wants():
        changed["records_from"] = period.start
    return evolve(dossier, **changed)


def _said(drawn: SubUnit, recorded: SubUnit | None) -> SubUnit:
    """What was found on a row already, and what was drawn besides."""
    if recorded is None:
        return drawn
    return evolve(recorded, judgements={**drawn.judgements, **recorded.judgements})


@frozen
class _Filling:
    reading: Reading
    draw: DrawFn
    everything: bool = field(kw_only=True)

    def wants(self) -> bool:
        return self.everything or self.draw(st.booleans())

    def record(self, record: Record, model: str, special: Mapping[str, SearchStrategy[Any]]) -> Record:
        """A record with some of the facts that the standard reads of it filled in."""
        known = self.reading.schema.facts[model]
        values = {}
        for name in self.reading.facts.get(model, ()):
            one = known[name]
            value = record.facts.get(name) if one.plugin else getattr(record, name)
            if value is None and not one.key and self.wants():
                value = self.draw(special.get(name, facts(one, self.reading.near)))
            values[name] = value
        core = {name: value for name, value in values.items() if not known[name].plugin}
        added = {name: value for name, value in values.items() if known[name].plugin}
        changed: Any = evolve(record, **core, facts={**record.facts, **added})  # type: ignore[misc]
        return changed  # type: ignore[no-any-return]

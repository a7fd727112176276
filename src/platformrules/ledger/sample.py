# SPDX-License-Identifier: MIT
"""Made-up ledgers for a standard: seeded, marked as made up, some subjects good on everything, most not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import ceil, floor
from random import Random
from types import MappingProxyType
from typing import Any

from attrs import define, evolve, field

from platformrules.belonging import NAMED, SUBJECT_SHEETS, links, related
from platformrules.bounds import Number
from platformrules.criteria.qualifying import qualified_id
from platformrules.dossiers import Dossier, Judgement, SubUnit, Waiver
from platformrules.ledger.columns import facts_needed, sheets_needed
from platformrules.ledger.model import Ledger
from platformrules.ledger.wishes import Wish, wishes
from platformrules.models import Area, Record, make
from platformrules.periods import Period, month_end, month_start
from platformrules.schema import Fact, FactType
from platformrules.standards.model import Criterion, Standard

#: What a made-up ledger says about itself.
MADE_UP = "虚构样例数据 / made-up sample data"

_BLANK = 0.05  # of the facts of a subject that is not good on everything
_MET = 0.88  # how often such a subject has what is asked for
_GOOD_EVERY = 8
_TREE = 4  # areas of a tree
_SPARSE = 0.02  # of the facts of a row that are blank, and as many that are not as asked for
_NAMES = {"center": "样例青年中心", "organization": "样例青年社团", "area": "样例区域"}
_NO_ROWS: Mapping[str, int] = MappingProxyType({})
_WORDS = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛")


def sample_ledger(standard: Standard, centers: int = 25, seed: int = 1, period: Period | None = None) -> Ledger:
    """A made-up ledger: the same standard, number and seed give the same dossiers.

    Args:
        standard: what the ledger is for; its subjects need not be centers.
        centers: how many subjects.
        seed: of the random numbers.
        period: whose activities are made up; if left out, what the standard prints, or 2020, or the
            first year of a standard that came into force later.
    """
    period = period or standard.period.printed or Period.year(max(2020, standard.in_force.from_.year))
    maker = Maker(standard, Random(seed), period)  # noqa: S311 - made-up data, no secrets
    if standard.subject == "area":
        dossiers = _trees(maker, centers)
    else:
        dossiers = tuple(maker.dossier(number, good=number % _GOOD_EVERY == 1) for number in range(1, centers + 1))
    rows = {SUBJECT_SHEETS[standard.subject]: centers}
    for relation in related(standard.subject, standard.schema):
        if relation not in rows:
            rows[relation] = len({row.id for one in dossiers for row in one.rows_of(relation) or ()})
    judged = None if standard.period.kind == "as-of" else period
    return Ledger(dossiers=dossiers, period=judged, as_of=period.end, rows=rows, note=MADE_UP)


def _trees(maker: Maker, number: int) -> tuple[Dossier, ...]:
    """Areas in small trees, one above three: it has their rows besides its own; every fourth tree is all good."""
    read = sheets_needed(maker.standard)
    made: list[Dossier] = []
    for first in range(1, number + 1, _TREE):
        good = first // _TREE % _TREE == 0
        numbers = range(first, min(first + _TREE, number + 1))
        top, *below = (maker.dossier(one, good=good) for one in numbers)
        below = [evolve(one, area=_inside(one, top), areas=()) for one in below]
        whole: dict[str, Any] = {"areas": [one.subject for one in below]}
        for relation in read:
            if relation != "areas":
                rows = [row for one in (top, *below) for row in one.rows_of(relation) or ()]
                into = whole.setdefault("relations", {}) if maker.standard.schema.relations[relation].plugin else whole
                into[relation] = rows
        whole["sub_units"] = {name: said for one in (top, *below) for name, said in one.sub_units.items()}
        made += [evolve(top, **whole), *below]
    return tuple(made)


def _inside(one: Dossier, top: Dossier) -> Area:
    """The area of a dossier, as one that lies in another."""
    known: Any = one.subject
    return evolve(known, parent_id=top.subject.id)  # type: ignore[no-any-return]


@define
class Maker:
    """Makes the dossiers of one ledger, one after another."""

    standard: Standard
    random: Random
    period: Period
    _wishes: Mapping[tuple[str, str], Wish] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Read off the standard what it asks for."""
        self._wishes = wishes(self.standard)

    def dossier(self, number: int, *, good: bool, rows: Mapping[str, int] = _NO_ROWS) -> Dossier:
        """A subject with its rows; a good one has all that is asked for and every fact recorded.

        Args:
            number: which one it is, from 1 on.
            good: whether it has all that is asked for.
            rows: how many rows a relation has, where that is not left to chance.
        """
        kind = self.standard.subject
        name = f"{kind[0]}{number:03d}"
        read = sheets_needed(self.standard)
        made: dict[str, list[Record]] = {}
        for relation in related(kind, self.standard.schema):
            if relation in read and relation != SUBJECT_SHEETS[kind]:
                made[relation] = self._rows(relation, name, rows.get(relation), made, good=good)
        plugin = {one: held for one, held in made.items() if self.standard.schema.relations[one].plugin}
        core = {one: held for one, held in made.items() if one not in plugin}
        judgements = {one.id: said for one in self.standard.criteria if (said := self._judgement(one, good=good))}
        waivers = {}
        if not good and number % 11 == 0:
            waived = self.random.choice(self.standard.criteria).id
            waivers[waived] = Waiver(reason="样例：由上级团委批准", by="样例审批人（虚构）", until=self.period.end)
        as_of = self.period.end if self.standard.period.kind == "as-of" else None
        sub_units = {
            row.id: SubUnit(judgements=found)
            for each in self.standard.readings[1:]
            for row in made.get(SUBJECT_SHEETS[each.subject], ())
            if (found := self._judgements(each, good=good))
        }
        return Dossier(
            **{kind: self._subject(number, name, good=good)},  # type: ignore[arg-type]
            **core,  # type: ignore[arg-type]
            relations=plugin,
            judgements=judgements,
            waivers=waivers,
            sub_units=sub_units,
            period=None if as_of else self.period,
            as_of=as_of,
        )

    def _subject(self, number: int, name: str, *, good: bool) -> Record:
        kind = self.standard.subject
        given: dict[str, Any] = {"id": name, "name": f"{number:02d}号{_NAMES[kind]}（虚构）"}
        if kind == "center":
            given |= {"head_name": f"{number:02d}号样例负责人（虚构）", "phone": f"000-0000-{number:04d}"}
        return self._record(kind, given, good=good, blank=_BLANK, met=_MET)

    def _record(self, model: str, given: dict[str, Any], *, good: bool, blank: float, met: float) -> Record:
        """A record with the facts that the standard reads: some are blank or not as asked for, unless it is good."""
        known = self.standard.schema.facts[model]
        values: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
        for name, value in given.items():
            values[bool(known[name].plugin)][name] = value
        for fact in facts_needed(self.standard, model):
            if fact.key or fact.id in given or (not good and self.random.random() < blank):
                continue
            is_met = good or self.random.random() < met
            wish = self._wishes.get((model, fact.id), Wish())
            values[bool(fact.plugin)][fact.id] = self.value(fact, wish, met=is_met)
        core, plugin = values
        return make(model, core, plugin)  # type: ignore[no-any-return]

    def value(self, fact: Fact, wish: Wish, *, met: bool) -> Any:  # noqa: ANN401 - the value of any fact
        """A value of a fact that is as asked for, or is not."""
        match fact.type:
            case FactType.BOOLEAN:
                return wish.truth if met else not wish.truth
            case FactType.INTEGER | FactType.DECIMAL:
                return self._number(fact, wish, met=met)
            case FactType.DATE:
                return self._day(fact, met=met)
            case FactType.TEXT:
                return wish.equal if met and wish.equal else f"样例{self.random.choice(_WORDS)}（虚构）"
            case FactType.CHOICE:
                codes = [one.id for one in fact.values if met or one.id != wish.equal]
                return wish.equal if met and wish.equal else self.random.choice(codes or ["其他"])
            case FactType.SET:
                return self._items(fact, wish, met=met)

    def _number(self, fact: Fact, wish: Wish, *, met: bool) -> int | Decimal:
        floor = int(fact.minimum or 0)
        least = floor if wish.least is None else ceil(wish.least)
        most = 2 * abs(least) + 3 if wish.most is None else max(least, int(wish.most))
        if not met and least > floor:
            least, most = max(floor, least // 2), least - 1
        elif not met and wish.most is not None:
            least, most = most + 1, 2 * most + 2
        number = self.random.randint(least, most)
        if fact.maximum is not None:
            number = min(number, int(fact.maximum))
        if fact.type is FactType.DECIMAL and fact.unit == "m²" and met:
            return number + Decimal(self.random.randrange(4)) / 4
        return number

    def _day(self, fact: Fact, *, met: bool) -> date:
        if fact.id.startswith("application"):
            return self.period.end - timedelta(days=self.random.randint(20, 80))
        days = self.random.randint(500, 2500) if met else self.random.randint(30, 330)
        return self.period.end - timedelta(days=days)

    def _items(self, fact: Fact, wish: Wish, *, met: bool) -> frozenset[str]:
        codes = [one.id for one in fact.values]
        wanted = sorted(wish.items) or codes
        if met:
            return frozenset(wanted)
        return frozenset(self.random.sample(wanted, max(0, len(wanted) - self.random.randint(1, 2))))

    def _rows(
        self, relation: str, subject: str, number: int | None, made: Mapping[str, Sequence[Record]], *, good: bool
    ) -> list[Record]:
        declared = self.standard.schema.relations[relation]
        dated, model, kind = declared.dated_by, declared.model, self.standard.subject
        owners = [one.id for one in made[SUBJECT_SHEETS[declared.of]]] if declared.of not in {"", kind} else [subject]
        if number is None:
            few = dated is None or bool(declared.plugin)
            number = self.random.randint(*((3, 5) if few else (62, 66)) if good else ((1, 4) if few else (24, 58)))
        days: list[date | None] = [None] * number if dated is None else [*self._days(number)]
        link = links(kind, relation, self.standard.schema)[0]
        # The keys of sub-units whose verdict is read.
        below = [links(one.subject, relation, self.standard.schema)[:1] for one in self.standard.readings[1:]]
        keys = [key for some in below for key in some if key != link and made.get(NAMED.get(key, ""))]
        letter = relation.removeprefix(f"{declared.plugin}_")[0]
        rows = []
        for index, day in enumerate(days, 1):
            given: dict[str, Any] = {"id": f"{subject}-{letter}{index:02d}", link: owners[index % len(owners)]}
            for key in keys:
                given[key] = made[NAMED[key]][index % len(made[NAMED[key]])].id
            if dated is not None:
                given[dated] = day
            if "name" in self.standard.schema.facts[model]:
                given["name"] = f"{_NAMES[model]}{self.random.choice(_WORDS)} {subject}-{index}（虚构）"
            rows.append(self._record(model, given, good=good, blank=_SPARSE, met=1 - _SPARSE))
        return rows

    def _days(self, number: int) -> list[date]:
        """Days spread over the months of the period, in order."""
        first, last = self.period.start, self.period.end
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        days = []
        for index in range(number):
            month = months[index % len(months)]
            start, end = max(month_start(month), first), min(month_end(month), last)
            days.append(start + timedelta(days=self.random.randrange((end - start).days + 1)))
        return sorted(days)

    def _judgements(self, standard: Standard, *, good: bool) -> dict[str, Judgement]:
        """What a person found on a sub-unit, by qualified keys."""
        found = {one.id: said for one in standard.criteria if (said := self._judgement(one, good=good))}
        return {qualified_id(name, standard.id): said for name, said in found.items()}

    def _judgement(self, criterion: Criterion, *, good: bool) -> Judgement | None:
        if not criterion.is_judged or (not good and self.random.random() < 0.2):
            return None
        value = self._points(criterion, good=good) if criterion.judges_points else self._row(criterion, good=good)
        return Judgement(
            value=value,
            by="样例评估人（虚构）",
            on=self.period.end - timedelta(days=15),
            reason="样例：实地查看",
            role=self.standard.assessors[-1].id if self.standard.assessors else None,
        )

    def _points(self, criterion: Criterion, *, good: bool) -> Number:
        """Points that a person gives: all there are, or any whole number within the limits."""
        least = criterion.minimum
        most = least if criterion.maximum is None else criterion.maximum
        return most if good else self.random.choice([least, *range(ceil(least), floor(most) + 1), most])

    def _row(self, criterion: Criterion, *, good: bool) -> str:
        passing = [row.id for row in criterion.judge if not row.fails] or [criterion.judge[0].id]
        failing = [row.id for row in criterion.judge if row.fails] or passing
        return passing[0] if good or self.random.random() < 0.8 else self.random.choice(failing)

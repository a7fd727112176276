# SPDX-License-Identifier: MIT
"""The laws of the reference semantics (design.md section 4), over generated standards and dossiers.

The oracle below reads checked expressions a second time, in fractions and by brute force, and shares no arithmetic with
the engine.
"""

import calendar
import contextlib
import decimal
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from platformrules import bounds
from platformrules.bounds import Bounds, Possible
from platformrules.criteria import typed
from platformrules.criteria.checker import Scope, check
from platformrules.criteria.datatypes import DATE, NUMBER, SET, TRUTH
from platformrules.dossiers import Dossier
from platformrules.evaluation import compile_standard, evaluate
from platformrules.languages import Bilingual
from platformrules.models import CORE, Activity, Center
from platformrules.periods import Period
from platformrules.results import Outcome, Report, Source
from platformrules.schema import Choice, Fact, FactType, number_fault
from platformrules.standards.model import Standard
from platformrules.standards.parameters import names_of
from platformrules.testing.drafts import draft
from platformrules.testing.expressions import expressions
from platformrules.testing.rows import make_record
from platformrules.testing.strategies import Reading, dossiers, fillings

YES, NO = (Choice(one, one, one) for one in ("yes", "no"))
_CHOICES = (Choice("one", "一", "one"), Choice("two", "二", "two"), Choice("three", "三", "three"))


def _plugin_fact(on: str, name: str, kind: FactType, **parts: Any) -> Fact:
    return Fact(f"draft_{name}", on, kind, Bilingual(name, name), plugin="draft", **parts)


#: The core and a plugin's facts: numbers without a least, open lists, and every type on activities.
SCHEMA = CORE.with_facts(
    [
        _plugin_fact("center", "balance", FactType.DECIMAL),
        _plugin_fact("center", "kind", FactType.CHOICE, values=_CHOICES, open=True),
        _plugin_fact("center", "kinds", FactType.SET, values=_CHOICES, open=True),
        _plugin_fact("activity", "balance", FactType.DECIMAL, maximum=50),
        _plugin_fact("activity", "kind", FactType.CHOICE, values=_CHOICES),
        _plugin_fact("activity", "kinds", FactType.SET, values=_CHOICES, open=True),
        _plugin_fact("activity", "name", FactType.TEXT),
    ]
)
_GRADES = {"better": 3, "average": 2, "poor": 0}
#: Constants, tables by each kind of key, steps that begin at and above numbers and days, and what a run gives.
PARAMETERS: dict[str, Any] = {
    "p": 3,
    "q": Decimal("0.25"),
    "on": True,
    "off": False,
    "day": date(2020, 2, 29),
    "by_kind": {"by": "center.draft_kind", "values": {"one": 1, "two": Decimal("2.5")}, "otherwise": 20},
    "by_both": {
        "by": ["center.grade", "center.has_flag"],
        "values": {grade: {"true": value, "false": 1} for grade, value in _GRADES.items()},
    },
    "by_row": {"by": "activity.draft_kind", "values": {"one": True, "two": False, "three": True}},
    "by_flag": {"by": "center.has_flag", "values": {"true": date(2020, 3, 1), "false": date(2019, 12, 31)}},
    "by_number": {
        "steps": [{"value": 0}, {"from": 3, "value": 3}, {"above": 3, "value": 4}, {"above": 20, "value": 1}]
    },
    "by_day": {"steps": [{"value": True}, {"above": date(2020, 2, 29), "value": False}]},
    "days": {"type": "integer", "minimum": 1},
    "asked": {"type": "boolean"},
}
NAMES_OF_PARAMETERS = names_of(draft("true", parameters=PARAMETERS, schema=SCHEMA).parameters)
#: What judges and the data may find in a generated standard.
DEGREES = tuple(Choice(one, one, one) for one in ("high", "middle", "low"))
GRADES = Fact("grade", "criterion", FactType.CHOICE, Bilingual("等次", "grade"), values=(YES, NO, *DEGREES))


def scope(period: str) -> Scope:
    """The names that a value of a generated standard may use."""
    return Scope(SCHEMA, "center", has_period=period != "as-of", **NAMES_OF_PARAMETERS)


def valued(draw: st.DrawFn, names: Scope, values: dict[str, str]) -> Scope:
    """The same with named values, each of which may read those before it."""
    for datatype in draw(st.lists(st.sampled_from((TRUTH, NUMBER, DATE, SET)), max_size=4)):
        name = f"v{len(values)}"
        values[name] = draw(expressions(names, datatype, depth=draw(st.integers(1, 2))))
        names = with_value(names, name, values[name])
    return names


def with_value(names: Scope, name: str, text: str) -> Scope:
    """A scope that knows one more value."""
    root = check(text, names, None).root
    return attrs.evolve(names, values={**names.values, name: typed.Named(name, root, root.datatype)})


#: Criteria that read others: not in the order of the file, and with what values read.
READERS = (
    'criteria["{last}"].satisfied or {more}',
    'criteria["{judged}"].grade == "yes" and (criteria["k0"].outcome != "failed" or {more})',
    'count(c for c in criteria if c.block == "b0" and c.satisfied) >= 1 and {more}',
    'blocks["b0"].satisfied and not ({more})',
    "unmet >= 1 or {more}",
)


def graded(draw: st.DrawFn, names: Scope) -> dict[str, Any]:
    """Grades by two conditions and a rest, worth a share of the most or points of their own."""
    worth = draw(st.sampled_from((("share", (1, Decimal("0.5"), 0)), ("points", (4, Decimal("0.25"), -1)), ("", ()))))
    rows: list[dict[str, Any]] = [
        {"id": one.id, "title": {"zh": one.id, "en": one.id}, "fails": one.id == "low"} for one in DEGREES
    ]
    for row, points in zip(rows, worth[1], strict=False):
        row[worth[0]] = points
    for row in rows[:2]:
        row["when"] = draw(expressions(names, depth=1))
    return {"grades": rows} | ({"max": 6} if worth[0] == "share" else {})


def pointed(draw: st.DrawFn, names: Scope) -> dict[str, Any]:
    """A number of points with any limits that fit together."""
    limits = draw(st.sampled_from(({}, {"max": 20}, {"min": -5, "max": 8, "pass_at": Decimal("2.5")}, {"min": -9})))
    return {"points": draw(expressions(names, NUMBER, depth=draw(st.integers(0, 2)))), **limits}


def scored(draw: st.DrawFn, names: Scope) -> list[dict[str, Any]]:
    """Points, grades and a person's points, in blocks, outside of them, and where they may not apply."""
    flag = draw(expressions(names, depth=0))
    return [
        {**pointed(draw, names), "block": "b0"},
        {**graded(draw, names), "block": draw(st.sampled_from(("b0", "b1"))), "applies_when": flag},
        {"judge": "points", "min": -1, "max": 8, "pass_at": Decimal("4.5"), "block": "b1"},
        {**pointed(draw, names), "applies_when": draw(expressions(names, depth=0))},
    ]


@st.composite
def drafts(draw: st.DrawFn, criteria: int = 1, depth: int = 3) -> dict[str, Any]:
    """What makes a standard of generated criteria; of several, one is judged, and a verdict and a note read them."""
    period = draw(st.sampled_from(("calendar-year", "calendar-year", "calendar-year", "as-of")))
    values: dict[str, str] = {}
    names = valued(draw, scope(period), values)
    rows: list[dict[str, Any]] = [{"require": draw(expressions(names, depth=depth))} for _ in range(criteria)]
    made: dict[str, Any] = {"criteria": rows, "period": period, "values": values}
    if criteria > 1:
        rows[0] |= {"applies_when": draw(expressions(names, depth=1)), "block": "b0"}
        rows[1] |= {"block": "b1", "strength": "generally"}
        rows.append({"judge": [], "applies_when": draw(expressions(names, depth=0))})
        places = {"judged": f"k{criteria}", "last": f"k{criteria + 2}"}
        for at in (0, 1):
            more = draw(expressions(names, depth=1))
            rows.append({"require": draw(st.sampled_from(READERS[at:])).format(**places, more=more)})
        values["unmet"] = 'count(c for c in criteria if c.block == "b1" and not c.satisfied)'
        first = len(rows)
        if draw(st.booleans()):
            rows += scored(draw, names)
            read = f'criteria["k{first}"].points + blocks["b1"].points'
            more = draw(expressions(names, depth=0))
            rows.append({"points": f"{read} if {more} else 2", "max": 12})
        if len(rows) > first:
            made["assessors"] = draw(st.sampled_from(((), ("near", "far"))))
        ids = tuple(f"k{index}" for index in range(len(rows)))
        rules = attrs.evolve(names, criteria=ids, blocks=("b0", "b1"), grades=GRADES)
        rules = with_value(rules, "unmet", values["unmet"])
        if len(rows) > first:
            if draw(st.booleans()):
                made["score"] = f"round(unmet * 2 + {draw(expressions(rules, NUMBER, depth=1))}, 2)"
            rules = with_value(rules, "score", "0")
        made["verdict"] = [
            {"id": "all", "when": "all(c.satisfied for c in criteria)"},
            {"id": "some", "when": draw(expressions(rules, depth=2))},
            {"id": "none"},
        ]
        made["blocks"] = [{"id": "b0"}, {"id": "b1", "parent": "b0"}]
        made["blocks"][draw(st.integers(0, 1))] |= draw(st.sampled_from(({}, {"cap": 5})))
        made["notes"] = {"n": draw(expressions(names, depth=1))}
    return made


def made_of(parts: dict[str, Any]) -> Standard:
    """The standard that a draft describes."""
    criteria = parts["criteria"]
    others = {name: value for name, value in parts.items() if name != "criteria"}
    return draft(*criteria, **others, parameters=PARAMETERS, schema=SCHEMA)


def settled(data: st.DataObject, standard: Standard) -> Standard:
    """The standard with the parameters that a run gives."""
    return standard.with_parameters(days=data.draw(st.integers(1, 30)), asked=data.draw(st.booleans()))


# The oracle


class BeyondRecordsError(Exception):
    """A named window reads days of which a dossier records nothing."""


class Oracle:
    """Reads a checked expression on a dossier in which nothing is missing: a walk, fractions, no bounds."""

    def __init__(self, standard: Standard, dossier: Dossier) -> None:
        """Look at one dossier."""
        self.dossier = dossier
        self.values = {name: one.value for name, one in standard.parameters.items()}
        self.rows: dict[str, Any] = {standard.subject: dossier.subject}
        self.as_of = dossier.as_of or (dossier.period.end if dossier.period else None)

    def value(self, node: Any) -> Any:
        """The value of a node: numbers are fractions, months counted from the year 0."""
        match node:
            case typed.Constant(value=value):
                return _plain(value)
            case typed.Parameter(name=name):
                return _plain(self.values[name])
            case typed.Today(name="as_of"):
                return self.as_of
            case typed.Today(name=name):
                return self.dossier.period.start if name == "period.start" else self.dossier.period.end
            case typed.Variable(name=name):
                return self.rows[name]
            case typed.Named(expression=expression):
                return self.value(expression)
            case typed.Lookup(table=table, keys=keys):
                return self.look_up(table, *map(self.value, keys))
            case typed.Read(owner=owner, fact=one):
                return self.read(self.rows[owner.name], one)
            case typed.MonthOf(owner=owner, fact=one):
                return _month(self.read(self.rows[owner.name], one))
            case typed.Part(owner=owner, name=name):
                return _PARTS[name](self.value(owner))
            case typed.Branch(test=test, then=then, otherwise=otherwise):
                return self.value(then) if self.value(test) else self.value(otherwise)
            case typed.Apply(function="equal", operands=operands) if any(
                isinstance(one, typed.Read) and one.fact.key for one in operands
            ):
                left, right = map(self.value, operands)
                return left == right != ""
            case typed.Apply(function="member", operands=(typed.Read(fact=Fact(key=True)) as key, group)):
                return self.value(key) != "" and self.value(key) in self.value(group)
            case typed.Apply(function="and", operands=operands):
                return all(self.value(one) for one in operands)
            case typed.Apply(function="or", operands=operands):
                return any(self.value(one) for one in operands)
            case typed.Apply(function=function, operands=operands):
                return _FUNCTIONS[function](*map(self.value, operands))
            case typed.Distinct(datatype=datatype):
                found = frozenset(value for value in self.elements(node, node.element))
                return found if datatype.choices is None else found & datatype.choices.codes
            case typed.Gather(function="count"):
                return Fraction(sum(1 for _ in self.elements(node, None)))
            case typed.Gather(function=function, default=default):
                values = list(self.elements(node, node.element))
                if not values and default is not None:
                    return self.value(default)
                return _GATHERINGS[function](values)
        raise AssertionError(node)

    def look_up(self, table: typed.Table, *keys: Any) -> Any:
        """The last step that the key has reached, or the entry of the keys."""
        if table.steps:
            reached = [step for step in table.steps if step.start is None or _reaches(keys[0], step)]
            return _plain(reached[-1].value)
        return _plain(table.entries.get(keys, table.otherwise))

    def read(self, row: Any, one: Fact) -> Any:
        """The value of a fact; an empty key is an empty text, other items of an open set count for nothing."""
        value = row.facts.get(one.id) if one.plugin else getattr(row, one.id)
        if one.key:
            return value or ""
        assert value is not None, f"{one.id} is not recorded"
        return _plain(value & one.codes if one.type is FactType.SET else value)

    def elements(self, node: Any, element: Any) -> Iterator[Any]:
        """The value of an element for each row for which the condition holds."""
        around = self.rows  # a named value may use the variable of a loop around it
        for row in list(self.gone_through(node.rows)):
            self.rows = {**around, node.variable.name: row}
            if node.condition is None or self.value(node.condition):
                yield None if element is None else self.value(element)
        self.rows = around

    def gone_through(self, rows: Any) -> Iterator[Any]:
        """The rows themselves."""
        match rows:
            case typed.MonthRows():
                period = self.dossier.period
                for month in range(int(_month(period.start)), int(_month(period.end)) + 1):
                    first, last = _first_day(month), _last_day(month)
                    if period.start <= first and last <= min(period.end, self.as_of):
                        yield Fraction(month)
            case typed.Items(group=group):
                yield from sorted(self.value(group))
            case typed.RelationRows(relation=relation, dated_by=None):
                yield from getattr(self.dossier, relation)
            case typed.RelationRows(relation=relation, dated_by=dated_by, first=first, last=last):
                if first is None:
                    first, last = self.dossier.period.start, min(self.dossier.period.end, self.as_of)
                else:
                    first, last = self.value(first), self.value(last)
                    if last > self.as_of or first < self.recorded_from():
                        raise BeyondRecordsError
                for row in getattr(self.dossier, relation):
                    if first <= getattr(row, dated_by) <= last:
                        yield row
            case _:
                raise AssertionError(rows)

    def recorded_from(self) -> date:
        """The day from which dated rows are complete."""
        if self.dossier.records_from is not None:
            return self.dossier.records_from
        return self.as_of if self.dossier.period is None else self.dossier.period.start


def _reaches(key: Any, step: typed.Step) -> bool:
    start = _plain(step.start)
    return key > start if step.above else key >= start


def _plain(value: Any) -> Any:
    return Fraction(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _month(day: date) -> Fraction:
    return Fraction(12 * day.year + day.month - 1)


def _first_day(month: Any) -> date:
    month = min(max(int(month), 12), 12 * 9999 + 11)
    return date(month // 12, month % 12 + 1, 1)


def _last_day(month: Any) -> date:
    first = _first_day(month)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _add_days(day: date, days: Fraction) -> date:
    if days > 0:
        return date.max if days > (date.max - day).days else day + timedelta(int(days))
    return date.min if -days > (day - date.min).days else day + timedelta(int(days))


def _add_months(day: date, months: Fraction) -> date:
    month = _month(day) + months
    if month < 12:
        return date.min
    if month > 12 * 9999 + 11:
        return date.max
    return _first_day(month).replace(day=min(day.day, _last_day(month).day))


def _years_between(first: date, second: date) -> Fraction:
    tried = range(second.year - first.year - 1, second.year - first.year + 1)
    return Fraction(max(n for n in tried if _add_months(first, Fraction(12 * n)) <= second))


def _make_date(year: Fraction, month: Fraction, day: Fraction) -> date:
    last = _last_day(12 * year + month - 1)
    return last.replace(day=min(int(day), last.day))


def _half_away(value: Fraction, decimals: Any = 0) -> Fraction:
    scaled = abs(value) * 10 ** int(decimals)
    nearest = (scaled + Fraction(1, 2)) // 1
    return (nearest if value >= 0 else -nearest) / Fraction(10) ** int(decimals)


def _quotient(left: Fraction, right: Fraction) -> Fraction:
    return _half_away(left / right, 12)


def _floor(value: Fraction, decimals: Any = 0) -> Fraction:
    return Fraction(value * 10 ** int(decimals) // 1) / 10 ** int(decimals)


def _median(values: list[Fraction]) -> Fraction:
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else _quotient(ordered[half - 1] + ordered[half], Fraction(2))


_PARTS: Mapping[str, Callable[[Any], Any]] = {
    "year": lambda day: Fraction(day.year),
    "month": lambda day: Fraction(day.month),
    "start": _first_day,
    "end": _last_day,
}
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "not": lambda value: not value,
    "negate": lambda value: -value,
    "add": lambda left, right: left + right,
    "subtract": lambda left, right: left - right,
    "multiply": lambda left, right: left * right,
    "divide": _quotient,
    "shared": lambda left, right: left & right,
    "size": lambda group: Fraction(len(group)),
    "equal": lambda left, right: left == right,
    "less": lambda left, right: left < right,
    "at_most": lambda left, right: left <= right,
    "contained": lambda left, right: left <= right,
    "member": lambda item, group: item in group,
    "min": min,
    "max": max,
    "round": _half_away,
    "floor": _floor,
    "ceil": lambda value, decimals=0: -_floor(-value, decimals),
    "date": _make_date,
    "add_days": _add_days,
    "add_months": _add_months,
    "add_years": lambda day, years: _add_months(day, 12 * years),
    "days_between": lambda first, second: Fraction((second - first).days),
    "years_between": _years_between,
    "starts_with": lambda text, part: text[: len(part)] == part,
    "ends_with": lambda text, part: text[len(text) - len(part) :] == part if len(part) <= len(text) else False,
    "contains": lambda text, part: part in text,
    "length": lambda text: Fraction(len(text)),
}
_GATHERINGS: Mapping[str, Callable[[list[Any]], Any]] = {
    "any": any,
    "all": all,
    "sum": lambda values: sum(values, Fraction(0)),
    "min": min,
    "max": max,
    "mean": lambda values: _quotient(sum(values), Fraction(len(values))),
    "median": _median,
    "share": lambda values: _quotient(Fraction(sum(values)), Fraction(len(values))),
    "longest_run": lambda values: Fraction(
        max((sum(1 for _ in run) for one, run in itertools.groupby(values) if one), default=0)
    ),
}


def truth_of(standard: Standard, dossier: Dossier) -> bool:
    """Whether the one criterion of a standard holds; dossiers whose records do not reach far enough are passed over."""
    try:
        return Oracle(standard, dossier).value(standard.criteria[0].require.root)
    except BeyondRecordsError:
        assume(False)
        raise


def points_of(standard: Standard, dossier: Dossier) -> list[Fraction]:
    """What the oracle says of the points of each criterion, by its grade, judgement or expression, and cut."""
    oracle = Oracle(standard, dossier)
    found = []
    for one in standard.criteria:
        if one.grades:
            row = next(row for row in one.grades if row.when is None or oracle.value(row.when.root))
            points = _plain(row.points)
        elif one.judges_points:
            points = _plain(decided(dossier, one.id).value)
        else:
            points = max(oracle.value(one.points.root), _plain(one.minimum))
            points = points if one.maximum is None else min(points, _plain(one.maximum))
        counts = one.applies_when is None or oracle.value(one.applies_when.root)
        found.append(points if counts else Fraction(0))
    return found


def decided(dossier: Dossier, criterion: str) -> Any:
    """The judgement on a criterion that counts; of several that of `far`, of those the last, else of `near`."""
    given_ones = dossier.judgements.get(f"draft/trial#{criterion}", dossier.judgements.get(criterion))
    several = list(given_ones) if isinstance(given_ones, tuple) else [given_ones]
    for role in ("far", "near", None):
        if any(one.role == role for one in several):
            return [one for one in several if one.role == role][-1]
    raise AssertionError(several)


@st.composite
def scored_drafts(draw: st.DrawFn) -> Standard:
    """A standard of points, grades with points and a person's points, with a cap in one of its two blocks."""
    period = draw(st.sampled_from(("calendar-year", "calendar-year", "as-of")))
    values: dict[str, str] = {}
    names = valued(draw, scope(period), values)
    graded_rows = draw(_graded_with_points(names))
    rows = [
        {**pointed(draw, names), "block": "b0"},
        {**graded_rows, "block": "b1", "applies_when": draw(expressions(names, depth=0))},
        {"judge": "points", "min": -1, "max": 8, "pass_at": Decimal("4.5"), "block": "b1"},
        pointed(draw, names),
    ]
    blocks: list[dict[str, Any]] = [{"id": "b0"}, {"id": "b1", "parent": "b0"}]
    blocks[draw(st.integers(0, 1))]["cap"] = 5
    parts = {"criteria": rows, "period": period, "values": values, "blocks": blocks, "assessors": ("near", "far")}
    return made_of(parts)


@st.composite
def _graded_with_points(draw: st.DrawFn, names: Scope) -> dict[str, Any]:
    made = graded(draw, names)
    assume("points" in made["grades"][0] or "share" in made["grades"][0])
    return made


def summed(standard: Standard, points: list[Fraction]) -> Fraction:
    """The score of these points: of the inner block, then of the outer, each cut, and of the criterion outside."""
    first, second, third, outside = points
    caps = [one.cap for one in standard.blocks]
    inner = second + third if caps[1] is None else min(second + third, _plain(caps[1]))
    outer = first + inner if caps[0] is None else min(first + inner, _plain(caps[0]))
    return outer + outside


# Properties


@given(st.data())
def test_points_agree_with_the_oracle(data: st.DataObject) -> None:
    """On complete data points and score are exactly those of the oracle, whoever judged."""
    standard = settled(data, data.draw(scored_drafts()))
    dossier = data.draw(dossiers(standard, complete=True))
    assume(not dossier.waivers)
    try:
        expected = points_of(standard, dossier)
    except BeyondRecordsError:
        assume(False)
        raise
    report = evaluate(standard, dossier)
    assert [Fraction(one.points) for one in report] == expected
    assert Fraction(report.score) == summed(standard, expected)
    assert len(report.verdict.reachable) == 1


@given(st.data())
def test_bounds_of_points_hold_every_filling(data: st.DataObject) -> None:
    """What the oracle says of points and score of any completion lies between the engine's bounds."""
    standard = data.draw(scored_drafts())
    dossier = data.draw(dossiers(standard))
    assume(not dossier.waivers and not fits_not(dossier))
    report = evaluate(standard, dossier)
    for _ in range(3):
        given_all, filled = settled(data, standard), data.draw(fillings(dossier, standard, everything=True))
        try:
            expected = points_of(given_all, filled)
        except BeyondRecordsError:
            continue
        for one, points in zip(report, expected, strict=True):
            assert holds(one.points, exact(points)), one.criterion
        assert holds(report.score, exact(summed(given_all, expected)))


def fits_not(dossier: Dossier) -> bool:
    """Whether a person's points are no number or lie outside of the limits: they count for none."""
    several: list[Any] = []
    for one in dossier.judgements.values():
        several += one if isinstance(one, tuple) else (one,)
    return any(isinstance(one.value, str) or not -1 <= one.value <= 8 for one in several)


def exact(number: Fraction) -> Any:
    """A fraction as the engine's exact number."""
    whole = number.denominator == 1
    return int(number) if whole else Decimal(number.numerator) / Decimal(number.denominator)


@given(st.data())
def test_checked_never_raises(data: st.DataObject) -> None:
    """Whatever passes the checker is evaluated, explained and printed on any dossier without raising."""
    standard = made_of(data.draw(drafts(3)))
    report = evaluate(standard, data.draw(dossiers(standard)))
    assert {one.outcome for one in report} <= set(Outcome)
    assert json.dumps(report.to_dict(), ensure_ascii=False)


SETTLED = {Outcome.PASSED, Outcome.FAILED}


def numbers_of(before: Report, after: Report) -> Iterator[tuple[str, Any, Any]]:
    """The score, the points and the most of criteria and blocks, of two reports by one standard."""
    yield "score", before.score, after.score
    for one, other in [*zip(before.blocks, after.blocks, strict=True), *zip(before, after, strict=True)]:
        name = getattr(one, "id", "") or one.criterion
        yield f"points of {name}", one.points, other.points
        yield f"max of {name}", one.maximum, other.maximum


def holds(outer: Any, inner: Any) -> bool:
    """Whether bounds hold all of other bounds; ``None``, no limit or no points, is only held by itself."""
    return inner is outer if outer is None or inner is None else bounds.hull(outer, inner) == outer


def possible(grade: Any) -> set[str]:
    """The grades that a criterion may have; no grade is one of them."""
    return set(grade.values) if isinstance(grade, Possible) else {grade or ""}


@given(st.data())
def test_more_facts_never_flip(data: st.DataObject) -> None:
    """Recording what was missing never turns passed into failed or back, and verdicts only drop out."""
    standard = made_of(data.draw(drafts(3)))
    dossier = data.draw(dossiers(standard))
    before = evaluate(standard, dossier)
    later = settled(data, standard) if data.draw(st.booleans()) else standard
    after = evaluate(later, data.draw(fillings(dossier, standard)))
    for one, other in zip(before, after, strict=True):
        assert one.outcome not in SETTLED or one.outcome is other.outcome, one.criterion
    assert set(after.verdict.reachable) <= set(before.verdict.reachable)
    assert [one for one, held, found in numbers_of(before, after) if not holds(held, found)] == []
    for one, other in zip(before, after, strict=True):
        assert possible(other.grade) <= possible(one.grade), one.criterion
    assert {note.id for note in before.notes} <= {note.id for note in after.notes}


@given(st.data())
def test_complete_data_are_exact(data: st.DataObject) -> None:
    """With nothing missing no outcome is undetermined and one verdict is reachable."""
    standard = settled(data, made_of(data.draw(drafts())))
    dossier = data.draw(dossiers(standard, complete=True))
    truth_of(standard, dossier)
    report = evaluate(standard, dossier)
    assert [one.outcome for one in report if one.outcome is Outcome.UNDETERMINED] == []
    assert len(report.verdict.reachable) == 1


@given(st.data())
def test_exact_agrees_with_bounds(data: st.DataObject) -> None:
    """The fast way for complete data and the way in bounds come to the same outcomes, verdicts and evidence."""
    standard = made_of(data.draw(drafts(3)))
    standard = settled(data, standard) if data.draw(st.booleans()) else standard
    dossier = data.draw(dossiers(standard, complete=data.draw(st.booleans())))
    compiled = compile_standard(standard)
    dossier.bind(SCHEMA)
    ways = (compiled.run, compiled.program.run_in_bounds)
    fast, slow = (Report(Source(compiled, dossier, run(dossier))) for run in ways)
    assert fast.to_dict() == slow.to_dict()


@given(st.data())
def test_agrees_with_the_oracle(data: st.DataObject) -> None:
    """On complete data a criterion passes exactly if the oracle says so."""
    standard = settled(data, made_of(data.draw(drafts())))
    dossier = data.draw(dossiers(standard, complete=True))
    expected = truth_of(standard, dossier)
    assume(not dossier.waivers)
    assert evaluate(standard, dossier)["k0"].outcome is (Outcome.PASSED if expected else Outcome.FAILED)


@given(st.data())
def test_bounds_hold_every_filling(data: st.DataObject) -> None:
    """What the oracle says of any completion of a dossier is among what the engine holds possible."""
    standard = made_of(data.draw(drafts()))
    dossier = data.draw(dossiers(standard))
    assume(not dossier.waivers)
    outcome = evaluate(standard, dossier)["k0"].outcome
    for _ in range(3):
        expected = truth_of(settled(data, standard), data.draw(fillings(dossier, standard, everything=True)))
        assert outcome in {Outcome.UNDETERMINED, Outcome.PASSED if expected else Outcome.FAILED}


MOST_COMPLETIONS = 60


@given(st.data())
def test_bounds_hold_by_brute_force(data: st.DataObject) -> None:
    """With few holes and few values for each, no combination of values comes to what the engine rules out."""
    standard = made_of(data.draw(drafts(depth=2)))
    dossier = data.draw(dossiers(standard))
    assume(not dossier.waivers)
    outcome = evaluate(standard, dossier)["k0"].outcome
    given_all = settled(data, standard)
    found = set()
    for completed in itertools.islice(completions(dossier, standard), MOST_COMPLETIONS):
        with contextlib.suppress(BeyondRecordsError):
            found.add(Oracle(given_all, completed).value(given_all.criteria[0].require.root))
    if outcome is Outcome.PASSED:
        assert False not in found
    if outcome is Outcome.FAILED:
        assert True not in found


def completions(dossier: Dossier, standard: Standard) -> Iterator[Dossier]:
    """The dossier with each combination of a few values in its holes: truths, ends of domains, choices, days."""
    reading = Reading.of(standard)
    schema, window = standard.schema, dossier.window
    first = date(2020, 1, 1) if window is None else window.start
    days = (first, first + timedelta(35), first - timedelta(1))
    spots: list[tuple[tuple[str, int, str], list[Any]]] = []
    rows = {standard.subject: [dossier.subject]}
    for relation in reading.relations:
        model = schema.relations[relation].model
        given_rows = getattr(dossier, relation)
        if given_rows is None:
            rows[relation] = [make_record(schema, model, {"id": "new"})]
            spots.append(((relation, -1, ""), [False, True]))
        else:
            rows[relation] = list(given_rows)
    for name, records in rows.items():
        model = name if name == standard.subject else schema.relations[name].model
        for index, record in enumerate(records):
            for fact_id in reading.facts.get(model, ()):
                one = schema.facts[model][fact_id]
                value = record.facts.get(fact_id) if one.plugin else getattr(record, fact_id)
                if value is None and not one.key:
                    spots.append(((name, index, fact_id), values_of(one, days)))
    for values in itertools.product(*(values for _, values in spots)):
        filled = {name: list(records) for name, records in rows.items()}
        for ((name, index, fact_id), _), value in zip(spots, values, strict=True):
            if index < 0:
                filled[name] = filled[name] if value else []
            elif filled[name]:
                record = filled[name][index]
                plugin = schema.facts[name if name == standard.subject else schema.relations[name].model][
                    fact_id
                ].plugin
                changed = {"facts": {**record.facts, fact_id: value}} if plugin else {fact_id: value}
                filled[name][index] = attrs.evolve(record, **changed)
        subject = filled.pop(standard.subject)[0]
        yield attrs.evolve(dossier, **{standard.subject: subject}, **filled, records_from=date.min)


def values_of(one: Fact, days: tuple[date, ...]) -> list[Any]:
    """A few values of a fact, on either side of what is compared."""
    match one.type:
        case FactType.BOOLEAN:
            return [True, False]
        case FactType.INTEGER:
            return [number for number in (0, 3, 4, 200) if one.maximum is None or number <= one.maximum]
        case FactType.DECIMAL:
            return [number for number in (0, Decimal("3.5"), -7) if not number_fault(number, one)]
        case FactType.TEXT:
            return ["", "青年"]
        case FactType.DATE:
            return list(days)
        case FactType.CHOICE:
            return sorted(one.codes)[:2] + (["another"] if one.open else [])
        case FactType.SET:
            return [frozenset(), one.codes]


def shows_what_decides(node: Any, quantifier: str = "") -> bool:
    """Whether evidence has a row for all that can decide: not for constants and branches, nor for loops in loops."""
    match node:
        case typed.Apply(function="and" | "or" | "not", operands=operands):
            return all(shows_what_decides(one, quantifier) for one in operands)
        case typed.Gather(function="any" | "all" as function, element=element):
            return not quantifier and shows_what_decides(element, function)
        case typed.Apply(operands=(typed.Read(fact=Fact(key=True)), *_) | (_, typed.Read(fact=Fact(key=True)))):
            return False  # two empty keys look alike and match nothing
        case typed.Constant() | typed.Parameter() | typed.Branch():
            return False
    return True


@given(st.data())
def test_failures_show_why(data: st.DataObject) -> None:
    """A criterion that fails has a row of evidence that is not met, or one that is not recorded; no gap is negative."""
    standard = made_of(data.draw(drafts()))
    finding = evaluate(standard, data.draw(dossiers(standard)))["k0"]
    for row in finding.evidence:
        low = row.gap.low if isinstance(row.gap, Bounds) else row.gap
        assert low is None or low >= 0
        assert row.gap is None or row.met is False
    if finding.outcome is Outcome.FAILED and shows_what_decides(standard.criteria[0].require.root):
        assert [row for row in finding.evidence if row.met is False or row.found is None]


@given(st.data())
def test_undetermined_names_what_is_missing(data: st.DataObject) -> None:
    """An outcome is undetermined only if something is missing, and the finding says what."""
    standard = made_of(data.draw(drafts()))
    dossier = data.draw(dossiers(standard))
    finding = evaluate(standard, dossier)["k0"]
    if finding.outcome is Outcome.UNDETERMINED:
        assert finding.missing


@given(st.data())
def test_the_callers_decimal_context_does_not_matter(data: st.DataObject) -> None:
    """Three digits of precision, another rounding and every trap change nothing in a report."""
    parts = data.draw(drafts(3))
    standard = made_of(parts)
    dossier = data.draw(dossiers(standard))
    plain = evaluate(standard, dossier).to_dict()
    harsh = decimal.Context(
        prec=3, rounding=decimal.ROUND_DOWN, Emax=9, Emin=-9, traps=list(decimal.getcontext().traps)
    )
    with decimal.localcontext(harsh):
        assert evaluate(made_of(parts), attrs.evolve(dossier)).to_dict() == plain


@given(st.data())
def test_one_comparison_is_met_as_it_passes(data: st.DataObject) -> None:
    """Where a criterion is a single comparison, its evidence is met exactly if it passes."""
    standard = made_of(data.draw(drafts()))
    root = standard.criteria[0].require.root
    assume(isinstance(root, typed.Apply) and root.function not in {"and", "or", "not"} and shows_what_decides(root))
    finding = evaluate(standard, data.draw(dossiers(standard)))["k0"]
    (row,) = finding.evidence
    if finding.outcome in SETTLED and row.found is not None:
        assert row.met is (finding.outcome is Outcome.PASSED)


REPORTER = """
import json, sys
from datetime import date
from platformrules import Activity, Center, Dossier, Organization, Period, evaluate
from platformrules.testing.drafts import draft

standard = draft(
    '{"computer", "tv", "wifi"} <= center.equipment',
    'count({o.kind for o in organizations if o.league_led}) >= 2',
    'any(x in {"tv", "audio"} for x in center.equipment & {"computer", "tv", "audio"})',
    'all(a.attendance >= 20 and "study_club" == a.theme for a in activities)',
    'all(count(a for a in activities if a.month == m) >= 1 for m in months)',
    'center.name in {o.name for o in organizations}',
    {"judge": []},
)
dossier = Dossier(
    center=Center(id="c1", name="x", equipment={"audio", "computer", "投影仪", "书架", "tv"}),
    activities=[Activity(id=f"a{i}", held_on=date(2020, i, 3), attendance=None if i % 4 else 20) for i in range(1, 12)],
    organizations=[Organization(id=f"o{i}", name=f"n{i}", kind="volunteer" if i else None, league_led=True)
                   for i in range(4)],
    period=Period.year(2020),
)
sys.stdout.write(json.dumps(evaluate(standard, dossier).to_dict(), ensure_ascii=True))
"""


def test_reports_are_deterministic() -> None:
    """A report is the same, byte for byte, under any hash seed."""
    reports = set()
    for seed in ("0", "1", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", REPORTER], capture_output=True, check=True, env=environment)
        reports.add(done.stdout)
    assert len(reports) == 1
    assert json.loads(reports.pop())["findings"]


@given(st.data())
def test_the_order_of_rows_does_not_matter(data: st.DataObject) -> None:
    """A report is the same in whatever order the rows of a dossier are given."""
    standard = made_of(data.draw(drafts(2)))
    dossier = data.draw(dossiers(standard))
    rows = {name: getattr(dossier, name) for name in standard.schema.relations if getattr(dossier, name)}
    turned = {name: data.draw(st.permutations(given_rows)) for name, given_rows in rows.items()}
    assert evaluate(standard, attrs.evolve(dossier, **turned)).to_dict() == evaluate(standard, dossier).to_dict()


def test_of_rows_that_are_level_the_earliest_decides() -> None:
    """Evidence names the same one of several equally bad rows, whichever was given first."""
    standard = draft("all(a.attendance >= 20 for a in activities)", 'all(a.theme == "study_club" for a in activities)')
    rows = [Activity(id=f"a{day}", held_on=date(2020, 1, day), attendance=15, theme="其他") for day in (9, 3, 5)]
    for given_rows in itertools.permutations(rows):
        dossier = Dossier(center=Center(id="c1"), activities=given_rows, period=Period.year(2020))
        assert [row.at for finding in evaluate(standard, dossier) for row in finding.evidence] == ["a3", "a3"]

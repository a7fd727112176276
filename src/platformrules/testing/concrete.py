# SPDX-License-Identifier: MIT
"""A dossier while it is made, nothing missing in it, and the value of an expression on it.

What is drawn on the way can still be changed, which a ``Dossier`` cannot. The value is a plain walk, for deciding what
to change next; what a dossier comes to in the end is for the engine to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import count
from typing import Any

from attrs import define, evolve, field

from platformrules import bounds, periods
from platformrules.belonging import links, related
from platformrules.criteria.datatypes import Kind
from platformrules.criteria.tables import looked_up
from platformrules.criteria.typed import (
    Apply,
    Branch,
    Constant,
    Distinct,
    Gather,
    Items,
    Lookup,
    MonthOf,
    MonthRows,
    Named,
    Part,
    Read,
    RelationRows,
    Rows,
    Today,
    TypedNode,
    Variable,
    VerdictOf,
)
from platformrules.dossiers import Dossier, Judgement, SubUnit
from platformrules.evaluation import evaluate
from platformrules.models import make
from platformrules.periods import Period, month_end, month_of, month_start, window
from platformrules.schema import FactType, Schema
from platformrules.standards.model import Standard

#: A record while it is made: its facts, those of plugins among them.
Facts = dict[str, Any]
#: What the variables of an expression stand for.
Names = Mapping[str, Any]


class CannotSayError(Exception):
    """The walk does not know this kind of expression, or reads what is not there."""


@define
class Draft:
    """A dossier while it is made.

    Attributes:
        subject_kind: center, organization or area.
        subject: its facts.
        rows: the rows of each relation that is read.
        period: what is judged; ``None`` of a standard that judges a day.
        as_of: the day on which it is judged.
        judgements: what a person found, by criterion.
        sub_units: the same of rows whose verdict is read, by their id.
        readers: of the standards whose verdicts are read, as they are named, one that reads it.
    """

    schema: Schema
    subject_kind: str
    subject: Facts
    rows: dict[str, list[Facts]]
    period: Period | None
    as_of: date
    judgements: dict[str, str] = field(factory=dict)
    sub_units: dict[str, dict[str, str]] = field(factory=dict)
    readers: Mapping[str, Standard] = field(factory=dict)
    _numbers: Iterator[int] = field(factory=lambda: count(1))

    @property
    def last(self) -> date:
        """The last day whose rows count."""
        return self.as_of if self.period is None else min(self.period.end, self.as_of)

    @property
    def months(self) -> tuple[int, ...]:
        """The whole months of the period that are over."""
        return () if self.period is None else window(self.period, self.as_of).months

    def dossier(self) -> Dossier:
        """The dossier as it stands; rows are numbered in the order of their days."""
        core: dict[str, Any] = {}
        plugin: dict[str, Any] = {}
        for name, rows in self.rows.items():
            relation = self.schema.relations[name]
            into = plugin if relation.plugin else core
            into[name] = [self._record(relation.model, row, f"{name[:3]}{at:03d}") for at, row in enumerate(rows, 1)]
        return Dossier(
            **{self.subject_kind: self._record(self.subject_kind, self.subject, "c1")},
            **core,
            relations=plugin,
            period=self.period,
            as_of=self.as_of,
            records_from=date.min,
            judgements=_judgements(self.judgements),
            sub_units={name: SubUnit(judgements=_judgements(said)) for name, said in self.sub_units.items()},
        )

    # Rows whose verdict is read

    def standard_of(self, node: VerdictOf) -> Standard:
        """The standard whose verdict is read on the day that is judged."""
        return self.readers[node.reference].version_on(node.reference, self.as_of)

    def below(self, kind: str, row: Facts) -> Draft:
        """The draft of a row: what is changed in it, ``take`` takes over. Of the subject it is this one."""
        if row is self.subject:
            return self
        name = row.setdefault("id", f"{kind}{next(self._numbers)}")
        rows = {
            relation: [one for one in self.rows[relation] if one.get(links(kind, relation, self.schema)[0]) == name]
            for relation in related(kind, self.schema)
            if relation in self.rows
        }
        said = self.sub_units.setdefault(name, {})
        return evolve(self, subject_kind=kind, subject=row, rows=rows, judgements=said, numbers=self._numbers)

    def take(self, below: Draft) -> None:
        """Take over the rows of the draft of a row."""
        if below is self:
            return
        name = below.subject["id"]
        for relation, rows in below.rows.items():
            key = links(below.subject_kind, relation, self.schema)[0]
            for one in rows:
                one[key] = name
            others = [one for one in self.rows[relation] if one.get(key) != name]
            self.rows[relation][:] = [*others, *rows]

    def verdict(self, node: VerdictOf, names: Names) -> str:
        """The verdict of another standard for a row or the subject."""
        other = self.standard_of(node)
        found = evaluate(other, self.below(other.subject, names[node.owner.name]).dossier()).verdict.id
        if found is None:
            raise CannotSayError
        return found

    def _record(self, model: str, facts: Facts, name: str) -> Any:  # noqa: ANN401 - of any model
        known = self.schema.facts[model]
        core = {one: value for one, value in facts.items() if not known[one].plugin}
        added = {one: value for one, value in facts.items() if known[one].plugin}
        return make(model, {"id": name, **core}, added)

    # The value of an expression

    def value(self, node: TypedNode, names: Names) -> Any:  # noqa: ANN401 - a value of any type
        """The value of an expression whose parameters are put in already.

        Raises:
            CannotSayError: it reads what this walk does not know, such as other criteria.
        """
        match node:
            case Constant(value=value):
                return value
            case Today(name="as_of"):
                return self.as_of
            case Today(name=name) if self.period is not None:
                return self.period.start if name == "period.start" else self.period.end
            case Variable(name=name):
                return names[name]
            case Named(expression=expression):
                return self.value(expression, self.outermost())
            case Read():
                return self.read(node, names)
            case MonthOf(owner=owner, fact=fact):
                return month_of(_there(names[owner.name].get(fact.id)))
            case Part(owner=owner, name=name):
                return _PARTS[name](self.value(owner, names))
            case Branch(test=test, then=then, otherwise=otherwise):
                return self.value(then if self.value(test, names) else otherwise, names)
            case VerdictOf():
                return self.verdict(node, names)
            case Lookup(table=table, keys=keys):
                return looked_up(table, *(self.value(key, names) for key in keys))
            case Apply(function="and", operands=operands):
                return all(self.value(one, names) for one in operands)
            case Apply(function="or", operands=operands):
                return any(self.value(one, names) for one in operands)
            case Apply(function=function, operands=operands) if function in _FUNCTIONS:
                values = [self.value(one, names) for one in operands]
                if function in {"equal", "member"} and values[0] == "" and _is_key(operands[0]):
                    return False
                return _FUNCTIONS[function](*values)
            case Distinct():
                return frozenset(self.elements(node, names))
            case Gather():
                return self._gathered(node, names)
            case _:
                raise CannotSayError

    def outermost(self) -> Names:
        """The names outside of every comprehension."""
        return {self.subject_kind: self.subject}

    def read(self, node: Read, names: Names) -> Any:  # noqa: ANN401 - the value of any fact
        """The value of a fact; other items of an open set count for nothing."""
        value = names[node.owner.name].get(node.fact.id)
        if node.fact.key:
            return value or ""
        value = _there(value)
        return value & node.fact.codes if node.fact.type is FactType.SET else value

    def elements(self, node: Gather | Distinct, names: Names) -> Iterator[Any]:
        """The element for each row for which the condition holds."""
        for row in self.chosen(node, names):
            yield row if node.element is None else self.value(node.element, {**names, node.variable.name: row})

    def chosen(self, node: Gather | Distinct, names: Names) -> list[Any]:
        """The rows for which the condition holds."""
        rows = self.gone_through(node.rows, names)
        if node.condition is None:
            return rows
        return [row for row in rows if self.value(node.condition, {**names, node.variable.name: row})]

    def gone_through(self, rows: Rows, names: Names) -> list[Any]:
        """The rows themselves, whether or not a condition holds."""
        match rows:
            case MonthRows():
                return list(self.months)
            case Items(group=group):
                return sorted(self.value(group, names))
            case RelationRows(relation=relation, dated_by=by, first=first, last=last):
                held = self.rows.get(relation, [])
                if by is None or (first is None and rows.register):
                    return list(held)
                begin, end = self.span(first, last, names)
                return [row for row in held if row.get(by) is not None and begin <= row[by] <= end]
            case _:
                raise CannotSayError

    def span(self, first: TypedNode | None, last: TypedNode | None, names: Names) -> tuple[date, date]:
        """The days whose rows are meant."""
        if first is None or last is None:
            return (date.min if self.period is None else self.period.start), self.last
        begin, end = self.value(first, names), self.value(last, names)
        if first.datatype.kind is Kind.MONTH:
            begin = month_start(begin)
        return begin, month_end(end) if last.datatype.kind is Kind.MONTH else end

    def _gathered(self, node: Gather, names: Names) -> Any:  # noqa: ANN401 - a value of any type
        if node.function == "count":
            return len(self.chosen(node, names))
        values = list(self.elements(node, names))
        if not values and node.default is not None:
            return self.value(node.default, names)
        if node.function not in _GATHERINGS:
            raise CannotSayError
        return _GATHERINGS[node.function](values)


def _judgements(given: Mapping[str, str]) -> dict[str, Judgement]:
    return {name: Judgement(value=value) for name, value in given.items()}


def _there(value: Any) -> Any:  # noqa: ANN401 - the value of any fact
    if value is None:
        raise CannotSayError
    return value


def _is_key(node: TypedNode) -> bool:
    return isinstance(node, Read) and node.fact.key


def _total(values: list[Any]) -> Any:  # noqa: ANN401 - a number
    total: Any = 0
    for one in values:
        total = bounds.plus(total, one)
    return total


def _median(values: list[Any]) -> Any:  # noqa: ANN401 - a number
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else bounds.over(bounds.plus(ordered[half - 1], ordered[half]), 2)


_PARTS: Mapping[str, Callable[[Any], Any]] = {
    "year": lambda day: day.year,
    "month": lambda day: day.month,
    "start": month_start,
    "end": month_end,
}
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "not": lambda value: not value,
    "negate": bounds.opposite,
    "add": bounds.plus,
    "subtract": bounds.minus,
    "multiply": bounds.times,
    "divide": bounds.over,
    "shared": lambda left, right: left & right,
    "size": len,
    "equal": lambda left, right: left == right,
    "less": lambda left, right: left < right,
    "at_most": lambda left, right: left <= right,
    "contained": lambda left, right: left <= right,
    "member": lambda item, group: item in group,
    "min": min,
    "max": max,
    "round": bounds.rounded,
    "floor": bounds.floored,
    "ceil": bounds.ceiled,
    "date": periods.make_date,
    "add_days": periods.add_days,
    "add_months": periods.add_months,
    "add_years": periods.add_years,
    "days_between": periods.days_between,
    "years_between": periods.years_between,
    "starts_with": str.startswith,
    "ends_with": str.endswith,
    "contains": lambda text, part: part in text,
    "length": len,
}
_GATHERINGS: Mapping[str, Callable[[list[Any]], Any]] = {
    "any": any,
    "all": all,
    "sum": _total,
    "min": min,
    "max": max,
    "mean": lambda values: bounds.over(_total(values), len(values)),
    "median": _median,
    "share": lambda values: bounds.over(sum(values), len(values)),
}

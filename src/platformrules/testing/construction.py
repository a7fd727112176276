# SPDX-License-Identifier: MIT
"""Dossiers made for a purpose: this criterion met, that one not, each just so. No engine is asked on the way.

Conditions are turned round (``steering``), one after another and again where one undid another. What cannot be turned
round is searched for: the facts that the condition reads take values at the limits of the standard until it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import Any

from attrs import frozen

from platformrules.criteria.simplifier import simplify
from platformrules.criteria.typed import Constant, MonthOf, Read, RelationRows, TypedExpr, TypedNode
from platformrules.criteria.walk import walk
from platformrules.errors import EvaluationError
from platformrules.periods import Period, add_days, add_months
from platformrules.schema import Fact, FactType, Schema
from platformrules.standards.model import Criterion, Standard
from platformrules.testing.concrete import CannotSayError, Draft, Facts
from platformrules.testing.steering import OTHER, Pick, Steering, base_value

_ROUNDS = 5
_TRIES = 40
#: What is wanted of a criterion: it is met, it is not, or it does not apply.
MET, FAILED, INAPPLICABLE = "met", "failed", "inapplicable"


@frozen
class Goal:
    """A criterion, its parameters put in, and what it shall come to."""

    wanted: str
    applies: TypedNode | None
    require: TypedNode | None

    def steer(self, steering: Steering, *, once_more: bool) -> None:
        """Go for it; once more, what is met need not apply, and what should not apply may be met instead."""
        names = steering.draft.outermost()
        if self.applies is not None and not (once_more and self.wanted != FAILED):
            steering.make(self.applies, names, wanted=self.wanted != INAPPLICABLE)
        if self.require is not None and (self.wanted != INAPPLICABLE or once_more):
            steering.make(self.require, names, wanted=self.wanted != FAILED)

    def holds(self, draft: Draft) -> bool:
        """Whether it is reached; what does not apply is met."""
        names = draft.outermost()
        with suppress(CannotSayError, KeyError, TypeError):
            if self.applies is not None and not draft.value(self.applies, names):
                return self.wanted != FAILED
            if self.require is None:
                return True
            return bool(draft.value(self.require, names)) is (self.wanted != FAILED)
        return False


@frozen(eq=False, repr=False)
class Plan:
    """What some standards read, and the periods in which their conditions are worth trying.

    Attributes:
        standards: they judge the same kind of subject, with the same facts.
        facts: what is read, by model.
        relations: whose rows are read.
        periods: the period and the day judged; the plainest first.
    """

    standards: tuple[Standard, ...]
    facts: Mapping[str, tuple[Fact, ...]]
    relations: tuple[str, ...]
    periods: tuple[tuple[Period | None, date], ...]

    @classmethod
    def of(cls, standards: Sequence[Standard]) -> Plan:
        """Look through all expressions.

        Raises:
            ValueError: the standards do not judge the same kind of subject, or are not of one rulebook.
        """
        first = standards[0]
        if any(one.subject != first.subject or one.schema is not first.schema for one in standards):
            message = "the standards must judge the same kind of subject, and come from one rulebook"
            raise ValueError(message)
        read: dict[str, dict[str, Fact]] = {}
        relations: dict[str, None] = {}
        for node in (node for one in standards for each in one.expressions_read for node in walk(each.root)):
            if isinstance(node, Read | MonthOf):
                read.setdefault(node.fact.on, {})[node.fact.id] = node.fact
            elif isinstance(node, RelationRows):
                relations[node.relation] = None
                relation = first.schema.relations[node.relation]
                if relation.dated_by is not None:
                    known = first.schema.facts[relation.model]
                    read.setdefault(relation.model, {})[relation.dated_by] = known[relation.dated_by]
        facts = {model: tuple(names.values()) for model, names in read.items()}
        return cls(tuple(standards), facts, tuple(relations), _in_force(standards, _periods(standards)))

    def __repr__(self) -> str:
        """The standards; Hypothesis prints it with every strategy."""
        return f"<Plan of {', '.join(one.reference for one in self.standards)}>"

    @property
    def schema(self) -> Schema:
        """The facts there are."""
        return self.standards[0].schema

    @property
    def subject(self) -> str:
        """What is judged."""
        return self.standards[0].subject

    def draft(self, index: int) -> Draft:
        """An empty draft for one of the periods."""
        period, as_of = self.periods[index]
        day = add_days(as_of if period is None else period.start, 14)
        facts = {one.id: base_value(one, day) for one in self.facts.get(self.subject, ()) if not one.key}
        readers = {name: other for one in self.standards for other in one.readings for name in other.referred}
        rows: dict[str, list[Facts]] = {name: [] for name in self.relations}
        return Draft(self.schema, self.subject, facts, rows, period, as_of, readers=readers)


def _periods(standards: Sequence[Standard]) -> tuple[tuple[Period | None, date], ...]:
    rule = next((one.period for one in standards if one.period.kind != "as-of"), None)
    constants = _constants(standards)
    begins = max(one.in_force.from_ for one in standards)
    if rule is None:
        days = sorted(
            {day for one in constants if isinstance(one, date) for day in (one, add_days(one, 1), add_days(one, -1))}
        )
        return tuple((None, day) for day in (date(max(begins.year, 2020), 12, 31), *days))
    if rule.printed is not None:
        return ((rule.printed, rule.printed.end),)
    years = {one for one in constants if type(one) is int and 1990 <= one <= 2100}
    years |= {one.year for one in constants if isinstance(one, date)}
    near = sorted({year + step for year in years for step in (-1, 0, 1)})
    usual = max(begins.year, 2020)
    found = []
    for year in dict.fromkeys((usual, *near)):
        start = date(year, *rule.start)
        length = {"calendar-month": 1, "recurring": rule.months}.get(rule.kind, 12)
        period = Period(start, add_days(add_months(start, length), -1))
        found.append((period, period.end))
    return tuple(found)


def _in_force(
    standards: Sequence[Standard], found: Sequence[tuple[Period | None, date]]
) -> tuple[tuple[Period | None, date], ...]:
    """Those on whose day every standard is in force whose verdict is read; if there is none, all on such a day."""
    fitting = tuple(one for one in found if is_judged_on(standards, one[1]))
    begins = max(other.in_force.from_ for one in standards for other in one.readings)
    return fitting or tuple((period, begins) for period, _ in found)


def is_judged_on(standards: Iterable[Standard], day: date) -> bool:
    """Whether every standard whose verdict is read is in force on a day."""
    try:
        for one in standards:
            one.check_day(day)
    except EvaluationError:
        return False
    return True


def _constants(standards: Iterable[Standard]) -> list[Any]:
    """Every constant of the expressions and parameters."""
    found: list[Any] = []
    for standard in standards:
        nodes = (node for one in standard.expressions for node in walk(one.root))
        found += [node.value for node in nodes if isinstance(node, Constant)]
        found += standard.constants.values()
        for table in (one.table for one in standard.parameters.values() if one.table is not None):
            found += [*table.values, *(step.start for step in table.steps if step.start is not None)]
    return found


#: What is wanted: a criterion of a standard, by the place of the standard in the plan.
Aims = Sequence[tuple[int, str, str]]


def construct(plan: Plan, pick: Pick, aims: Aims) -> Draft:
    """A draft in which criteria come to what is wanted, as far as the rules allow it and it can be found.

    Of two aims that do not go together the later one is kept. ``pick`` chooses where there is a choice; the period is
    the first in which all aims are reached, from the one that is picked on.
    """
    goals = [_goal(plan.standards[at][name], plan.standards[at], wanted) for at, name, wanted in aims]
    first, best, fewest = pick(len(plan.periods)), None, len(aims) + 1
    for turn in range(len(plan.periods)):
        draft = plan.draft((first + turn) % len(plan.periods))
        _judge(draft, plan, aims, pick)
        steering = Steering(draft, pick, dict(plan.facts))
        _loosen(plan, steering)
        open_aims = _reach(steering, plan, goals)
        if open_aims < fewest:
            best, fewest = draft, open_aims
        if not open_aims:
            break
    assert best is not None  # noqa: S101 - INVARIANT: there is a period
    return best


def _goal(criterion: Criterion, standard: Standard, wanted: str) -> Goal:
    def plain(expression: TypedExpr | None) -> TypedNode | None:
        return None if expression is None else simplify(expression.root, standard.constants)

    return Goal(wanted, plain(criterion.applies_when), plain(criterion.require))


def _judge(draft: Draft, plan: Plan, aims: Aims, pick: Pick) -> None:
    """What a person finds on criteria that only a person can judge."""
    for at, name, wanted in aims:
        standard = plan.standards[at]
        rows = [row.id for row in standard[name].judge if row.fails is (wanted == FAILED)]
        if rows:
            draft.judgements[f"{standard.id}#{name}"] = rows[pick(len(rows))]


def _loosen(plan: Plan, steering: Steering) -> None:
    """Conditions that no criterion is met by: what the data say of a judgement, and notes, hold or do not."""
    for standard in plan.standards:
        loose = [row.when for criterion in standard.criteria for row in criterion.judge]
        loose += [row.when for row in standard.notes]
        for expression in loose:
            if expression is not None and steering.pick(2):
                node = simplify(expression.root, standard.constants)
                steering.make(node, steering.draft.outermost(), wanted=bool(steering.pick(2)))


def _reach(steering: Steering, plan: Plan, goals: Sequence[Goal]) -> int:
    """Go for all goals, again for those that others undid; how many are not reached."""
    waiting: Sequence[Goal] = goals
    for turn in range(_ROUNDS):
        for goal in waiting:
            with steering.simply(after=turn > 1):
                goal.steer(steering, once_more=turn > 0)
        waiting = [goal for goal in goals if not goal.holds(steering.draft)]
        if not waiting:
            return 0
    for goal in waiting:
        if not goal.holds(steering.draft):
            _search(steering, plan, goals, goal)
    for goal in goals:
        if goal.wanted == FAILED and not goal.holds(steering.draft):  # rather than that others are met
            goal.steer(steering, once_more=False)
    return sum(not goal.holds(steering.draft) for goal in goals)


def _search(steering: Steering, plan: Plan, goals: Sequence[Goal], goal: Goal) -> None:
    """Try values at the limits for the facts that a condition reads, until it is as wanted and no other is worse."""
    draft = steering.draft
    random = Random(steering.pick(1 << 16))  # noqa: S311 - made-up data, no secrets
    marks = _constants(plan.standards)
    roots = [one for one in (goal.applies, goal.require) if one is not None]
    read = [one for root in roots for one in walk(root) if isinstance(one, Read) and one.fact.on != "parameters"]
    read = [one for one in read if not one.fact.key]
    kept = sum(one.holds(draft) for one in goals)
    for _ in range(_TRIES if read else 0):
        node = random.choice(read)
        records = [draft.subject] if node.fact.on == plan.subject else _rows(draft, node.fact.on)
        if not records:
            continue
        record = random.choice(records)
        before = record.get(node.fact.id)
        record[node.fact.id] = _value(node.fact, random, marks, draft)
        if sum(one.holds(draft) for one in goals) < kept:
            record[node.fact.id] = before
        elif goal.holds(draft):
            return


def _rows(draft: Draft, model: str) -> list[Facts]:
    return [row for name, rows in draft.rows.items() if draft.schema.relations[name].model == model for row in rows]


def _value(fact: Fact, random: Random, marks: Sequence[Any], draft: Draft) -> Any:  # noqa: ANN401 - of any fact
    match fact.type:
        case FactType.BOOLEAN:
            return random.random() < 0.5
        case FactType.INTEGER | FactType.DECIMAL:
            numbers = [int(one) + step for one in marks if type(one) is int for step in (-1, 0, 1)]
            low = fact.minimum or 0
            return random.choice([one for one in numbers if one >= low] or [int(low)])
        case FactType.DATE:
            days = [one for one in marks if isinstance(one, date)] or [draft.as_of]
            return random.choice(days) + timedelta(random.choice((-400, -1, 0, 1)))
        case FactType.TEXT:
            return random.choice([OTHER, *(one for one in marks if isinstance(one, str))])
        case FactType.CHOICE:
            return random.choice([one.id for one in fact.values] or [OTHER])
        case FactType.SET:
            return frozenset(one.id for one in fact.values if random.random() < 0.5)

# SPDX-License-Identifier: MIT
"""Following a case through a procedure: events in, an answer for a day out. Knows no file and no plugin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from attrs import evolve, field, frozen

from platformrules.backends.python import to_functions
from platformrules.bounds import Possible
from platformrules.criteria.typed import Distinct, Gather, Read, RelationRows, TypedExpr, VerdictOf
from platformrules.criteria.walk import walk
from platformrules.diagnostics import did_you_mean
from platformrules.dossiers import Dossier, settle
from platformrules.errors import EvaluationError
from platformrules.evaluation import evaluate
from platformrules.languages import Bilingual
from platformrules.models import MODELS
from platformrules.models import Record as Model
from platformrules.procedures.machine import VERDICTS, Functions, Happened, Machine, Record, Way
from platformrules.procedures.model import EVENT, EVENTS, MEMORY, Event, Procedure, Transition
from platformrules.procedures.report import Ask, Breach, CaseReport, Limit, Permitted, Problem
from platformrules.release import library_version
from platformrules.results import to_json
from platformrules.schema import Fact, FactType
from platformrules.serialization import shown
from platformrules.standards.missing import missing_facts
from platformrules.standards.model import Standard, version_meant


def evaluate_case(
    procedure: Procedure,
    events: Iterable[Mapping[str, Any]],
    as_of: date,
    *,
    subject: Model | Dossier | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> CaseReport:
    """Follow a case through a procedure and say how it stands on a day.

    Args:
        procedure: the procedure.
        events: what happened, each ``{"id": …, "on": day, field: value, …}``; sorted by day, those of one day in the
            order in which they come. A blank field is left out or ``None``. Days and decimals may be texts.
        as_of: the day; its events are read, and it is not over. Later events are listed and not read.
        subject: the record whose facts the procedure reads, or its dossier, where the procedure reads the verdict of a
            standard; left out, none of them is recorded.
        parameters: other values of parameters, and those that the procedure leaves to the case.

    Raises:
        EvaluationError: the subject is of another kind, or the case can stand in too many ways.
        DossierError: a fact of the subject is unknown or has a wrong value.
        UnknownNameError: there is no such parameter.
        RuleFileError: a parameter has a wrong value.
        UnknownYearError: a limit in working days lies in a year that the calendar does not know.
    """
    if parameters:
        procedure = procedure.with_parameters(**parameters)
    if type(as_of) is not date:
        raise EvaluationError(f"as_of must be a date (got {as_of!r})")
    dossier = _bound(procedure, subject)
    record, verdicts = dossier.subject, _Verdicts(procedure, dossier)
    problems: list[Problem] = []
    happened = _happened(procedure, events, problems)
    read = [one for one in happened if one.on <= as_of]
    machine = Machine(procedure, _functions(procedure), record, read, verdicts.on)
    ways = machine.run(as_of)
    return _Answer(machine, ways, as_of, verdicts).report(
        subject=record.id,
        not_read=tuple((one.id, one.on) for one in happened if one.on > as_of),
        problems=tuple(problems),
    )


def _bound(procedure: Procedure, subject: Model | Dossier | None) -> Dossier:
    """The dossier of the subject with its facts checked; one of an empty record if there is none."""
    model = MODELS[procedure.subject]
    record = model() if subject is None else subject.subject if isinstance(subject, Dossier) else subject
    if type(record) is not model:
        message = f"{procedure.reference} is about a {procedure.subject}, and this is a {type(record).__name__}"
        raise EvaluationError(message)
    given: dict[str, Any] = {procedure.subject: record}
    dossier = subject if isinstance(subject, Dossier) else Dossier(**given)
    dossier.bind(procedure.schema)
    return dossier


@frozen(eq=False)
class _Verdicts:
    """The verdicts of standards for the subject of a case, each worked out once a day."""

    procedure: Procedure
    dossier: Dossier
    _known: dict[tuple[str, date], Any] = field(factory=dict)

    def on(self, reference: str, day: date | None) -> Any:  # noqa: ANN401 - a text in bounds
        """The verdict on a day; any, if no version is in force on it, it lies before the period, or is not known."""
        found = None if day is None else self._known.get((reference, day)) or self.worked_out(reference, day)
        if found is None:
            versions = self.procedure.referred[reference]
            return Possible(frozenset(row.id for one in versions for row in one.verdicts))
        self._known[reference, day] = found  # type: ignore[index]
        return found

    def worked_out(self, reference: str, day: date) -> Any:  # noqa: ANN401 - a text in bounds
        """The verdict on a day; ``None`` if the standard cannot be judged by on it."""
        judged = self.judged(reference, day)
        if judged is None:
            return None
        reachable = evaluate(*judged).own_verdict.reachable
        return reachable[0] if len(reachable) == 1 else Possible(frozenset(reachable))

    def judged(self, reference: str, day: date) -> tuple[Standard, Dossier] | None:
        """The standard that is meant, and the dossier on a day; ``None`` if they do not go together."""
        found = version_meant(reference, self.procedure.referred[reference], day)
        period = self.dossier.period
        if found is None or (period is None and found.period.kind != "as-of") or (period and day < period.start):
            return None
        with suppress(EvaluationError):
            found.check_day(day)
            return found, evolve(self.dossier.of_another(), as_of=day)
        return None


def _verdict_of(memory: Record, reference: str, _: Model) -> Any:  # noqa: ANN401 - a text in bounds
    """What compiled expressions read as a verdict: of the subject, the only record that a procedure has."""
    return memory.facts[VERDICTS](reference, memory.facts["today"])


def _functions(procedure: Procedure) -> Functions:
    """The expressions of a procedure as functions, compiled on first use."""
    if "python" not in procedure.compiled:
        values = {name: one.value for name, one in procedure.parameters.items() if one.value is not None}
        made = iter(
            to_functions(
                procedure.expressions,
                values,
                records=(procedure.subject, EVENT, MEMORY),
                relations=(EVENTS,),
                file=f"<{procedure.reference}>",
                verdict_of=_verdict_of,
                dossier=MEMORY,
            )
        )
        at: dict[int, Callable[..., Any]] = {}
        when: dict[int, Callable[..., Any]] = {}
        new: dict[int, Mapping[str, Callable[..., Any]]] = {}
        for row in procedure.transitions:  # in the order of Transition.expressions
            if row.at is not None:
                at[row.index] = next(made)
            if row.when is not None:
                when[row.index] = next(made)
            new[row.index] = {name: next(made) for name in row.set}
        reads_events = any(map(_reads_events, procedure.expressions))
        procedure.compiled["python"] = Functions(at, when, new, reads_events)
    return procedure.compiled["python"]  # type: ignore[no-any-return]


def _reads_events(expression: TypedExpr) -> bool:
    rows = (node.rows for node in walk(expression.root) if isinstance(node, Gather | Distinct))
    return any(isinstance(one, RelationRows) for one in rows)


# Events as they are given


def _happened(procedure: Procedure, events: Iterable[Mapping[str, Any]], problems: list[Problem]) -> list[Happened]:
    """The events by day; what cannot be read is listed."""
    found = []
    for index, given in enumerate(events):
        one = _one_event(procedure, given, f"events[{index}]", problems)
        if one is not None:
            found.append(one)
    return sorted(found, key=lambda one: one.on)


def _one_event(procedure: Procedure, given: object, path: str, problems: list[Problem]) -> Happened | None:
    if not isinstance(given, Mapping):
        problems.append(_problem(path, "应为对象，没有读取", "must be an object, so not read", given))
        return None
    named = given.get("id")
    event = procedure.event_of.get(named) if isinstance(named, str) else None
    if event is None:
        hint = did_you_mean(str(named or ""), procedure.event_of)
        en = f"the procedure has no such event, so not read; {hint}".rstrip("; ")
        zh = f"程序中没有这一事件，没有读取；现有：{'、'.join(procedure.event_of)}"
        problems.append(_problem(f"{path}.id", zh, en, named))
        return None
    day = as_fact_value(_ON, given.get("on"))
    if type(day) is not date:
        zh, en = "应为日期，例如2020-05-31；这一事件没有读取", "must be a day such as 2020-05-31; the event is not read"
        problems.append(_problem(f"{path}.on", zh, en, given.get("on")))
        return None
    fields = {one.id: one for one in event.fields}
    facts: dict[str, Any] = {}
    for name, raw in given.items():
        if name in {"id", "on"} or raw is None:
            continue
        if name not in fields:
            hint = did_you_mean(str(name), fields)
            en = f"the event has no such field, so not read; {hint}".rstrip("; ")
            problems.append(_problem(f"{path}.{name}", "这一事件没有这个项目，没有读取", en, raw))
            continue
        value, fault = settle(fields[name], as_fact_value(fields[name], raw))
        if fault:
            zh = f"不是“{fields[name].label.zh}”的值，按没有填写处理"
            problems.append(_problem(f"{path}.{name}", zh, f"{fault}; taken as not recorded", raw))
            continue
        facts[name] = value
    return Happened(event.id, day, facts)


_ON = Fact("on", EVENTS, FactType.DATE, Bilingual("日期", "day"))


def _problem(path: str, zh: str, en: str, found: object) -> Problem:
    return Problem(path, Bilingual(zh, en), "" if found is None else shown(found))


def as_fact_value(one: Fact, value: Any) -> Any:  # noqa: ANN401 - a value of JSON, TOML or Python
    """A value as its fact holds it, where JSON has no such type: days and decimals are texts, sets lists."""
    try:
        match one.type, value:
            case FactType.DATE, str():
                return date.fromisoformat(value)
            case FactType.DECIMAL, str():
                return Decimal(value)
            case FactType.SET, list() | tuple():
                return frozenset(value)
            case _:
                return value
    except (ValueError, TypeError, InvalidOperation):
        return value


# The answer


class _Answer:
    """Makes the answer of the ways in which a case can stand."""

    def __init__(self, machine: Machine, ways: Sequence[Way], as_of: date, verdicts: _Verdicts) -> None:
        self.machine, self.ways, self.as_of, self.verdicts = machine, ways, as_of, verdicts
        self.procedure = machine.procedure

    def report(
        self, *, subject: str, not_read: tuple[tuple[str, date], ...], problems: tuple[Problem, ...]
    ) -> CaseReport:
        procedure = self.procedure
        reached = {one.state for one in self.ways}
        since = {one.since for one in self.ways}
        return CaseReport(
            procedure=procedure.reference,
            title=procedure.title,
            subject=subject,
            as_of=self.as_of,
            states=tuple(one.id for one in procedure.states if one.id in reached),
            titles=procedure.state_titles,
            since=since.pop() if len(since) == 1 else None,
            variables=self.variables(),
            labels={one.id: one.fact.label for one in procedure.variables},
            permitted=tuple(one for one in map(self.permitted, procedure.events) if one is not None),
            ahead=self.ahead(),
            overdue=self.overdue(),
            breaches=self.breaches(),
            asks_for=self.asks_for(),
            not_read=not_read,
            problems=problems,
            provenance=self.provenance(),
        )

    def variables(self) -> dict[str, Any]:
        found = {}
        for index, one in enumerate(self.procedure.variables):
            values = {way.values[index] for way in self.ways}
            found[one.id] = values.pop() if len(values) == 1 else None
        return found

    def permitted(self, event: Event) -> Permitted | None:
        """What may come next, whatever is recorded of it and on whatever day."""
        taken: dict[int, Transition] = {}
        to: set[str] = set()
        certain = True
        for way in self.ways:
            sure = False
            for row in self.procedure.transitions:
                if row.on != event.id or way.state not in row.from_:
                    continue
                holds = self.machine.guard(row, way, None)
                if holds is not False:
                    taken[row.index] = row
                    to.add(row.to or way.state)
                if holds is True:
                    sure = True
                    break
            certain = certain and sure
        if not taken:
            return None
        return Permitted(
            event=event.id,
            title=event.title,
            by=event.by,
            fields=event.fields,
            required=event.required,
            to=tuple(one.id for one in self.procedure.states if one.id in to),
            certain=certain,
            citations=_cited(taken[index] for index in sorted(taken)),
        )

    def ahead(self) -> tuple[Limit, ...]:
        """The days to come as things stand, and those that wait for a parameter or a fact."""
        found: dict[tuple[int, date | None], list[bool]] = {}
        for way in self.ways:
            known = set()
            for row, day in self.machine.timed(way):
                known.add(row.index)
                holds = self.machine.guard(row, way, max(day, self.as_of))
                if holds is not False:
                    found.setdefault((row.index, day), []).append(holds is True)
            for row in self.procedure.transitions:
                looked_at = row.index in known or any(index == row.index for index, _ in way.done)
                if row.at is not None and way.state in row.from_ and not looked_at and self.missing(row.at):
                    found.setdefault((row.index, None), []).append(False)
        return self.limits(found)

    def overdue(self) -> tuple[Limit, ...]:
        found: dict[tuple[int, date | None], list[bool]] = {}
        for way in self.ways:
            for index, day in way.waiting:
                holds = self.machine.guard(self.procedure.transitions[index], way, self.as_of)
                found.setdefault((index, day), []).append(holds is True)
        return self.limits(found)

    def limits(self, found: Mapping[tuple[int, date | None], Sequence[bool]]) -> tuple[Limit, ...]:
        """Limits by day, those without one last; certain if they are so on every way."""
        made = []
        for index, day in sorted(found, key=lambda one: (one[1] or date.max, one[0])):
            row, holds = self.procedure.transitions[index], found[index, day]
            certain = all(holds) and len(holds) == len(self.ways)
            made.append(Limit(day, row.to, row.breach, index, certain, row.cites))
        return tuple(made)

    def breaches(self) -> tuple[Breach, ...]:
        """Those of all ways; certain if they are so on every way."""
        found = dict.fromkeys(wrong for way in self.ways for wrong in way.wrong)
        return tuple(
            Breach(
                day=one.day,
                text=one.text,
                limit=one.limit,
                event=one.event,
                certain=all(way.wrong.get(one, False) for way in self.ways),
                citations=one.citations,
            )
            for one in sorted(found, key=lambda one: one.day)
        )

    # What must be known

    def asks_for(self) -> tuple[Ask, ...]:
        procedure = self.procedure
        found = [
            Ask(name, one.title or Bilingual(name, name))
            for name, one in procedure.parameters.items()
            if one.value is None
        ]
        for happened in self.machine.events:
            event = procedure.event_of[happened.id]
            for one in event.fields:
                if one.id in event.required and one.id not in happened.facts:
                    label = Bilingual(f"{event.title.zh}：{one.label.zh}", f"{event.title.en}: {one.label.en}")
                    found.append(Ask(f"{event.id}.{one.id}", label))
        for index in sorted(self.machine.unknown):
            when = procedure.transitions[index].when
            found += [] if when is None else self.facts_missing(when)
        return tuple(dict.fromkeys(found))

    def missing_for(self, reference: str) -> list[Ask]:
        """What is not recorded of what a standard reads whose verdict is open."""
        judged = self.verdicts.judged(reference, self.as_of)
        if judged is None:
            return []
        found = [one for criterion in judged[0].criteria for one in missing_facts(judged[0], criterion, judged[1])]
        return [Ask(one.fact, one.label) for one in found]

    def facts_missing(self, expression: TypedExpr) -> list[Ask]:
        """The facts of the subject that an expression reads and that are not recorded."""
        found = []
        for node in walk(expression.root):
            if isinstance(node, VerdictOf):
                found += self.missing_for(node.reference)
            if isinstance(node, Read) and node.fact.on == self.procedure.subject and not node.fact.key:
                one, record = node.fact, self.machine.subject
                if (record.facts.get(one.id) if one.plugin else getattr(record, one.id)) is None:
                    found.append(Ask(f"{one.on}.{one.id}", one.label))
        return found

    def missing(self, expression: TypedExpr) -> bool:
        """Whether an expression waits for a parameter of the case or a fact of the subject."""
        given = {name for name, one in self.procedure.parameters.items() if one.value is None}
        names = {node.fact.id for node in walk(expression.root) if isinstance(node, Read) and node.fact.on == MEMORY}
        return bool(given & names) or bool(self.facts_missing(expression))

    def provenance(self) -> Mapping[str, Any]:
        procedure = self.procedure
        return {
            "platformrules": library_version(),
            "plugin": {"name": procedure.plugin, "version": procedure.plugin_version},
            "procedure": procedure.reference,
            "in_force": {
                "from": to_json(procedure.in_force.from_),
                "until": to_json(procedure.in_force.until),
                "on_the_day": procedure.is_in_force(self.as_of),
            },
            "rules": dict(sorted(procedure.hashes.items())),
            "parameters": {name: to_json(value) for name, value in sorted(procedure.overrides.items())},
        }


def _cited(rows: Iterable[Transition]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(cited for row in rows for cited in row.cites))

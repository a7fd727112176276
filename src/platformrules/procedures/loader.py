# SPDX-License-Identifier: MIT
"""From ``procedures/*.toml`` to procedures: check every row, expression and citation, tell all faults at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from types import MappingProxyType
from typing import Any

from attrs import evolve

from platformrules.citations import Citation, Document
from platformrules.criteria.checker import Referred, Scope, check
from platformrules.criteria.datatypes import DATE, MISTAKE, TRUTH, Datatype, datatype_of
from platformrules.criteria.typed import Constant, Today, TypedExpr
from platformrules.criteria.walk import verdicts_read, walk
from platformrules.diagnostics import Diagnostic, did_you_mean
from platformrules.dossiers import settle
from platformrules.errors import RuleFileError
from platformrules.languages import Bilingual
from platformrules.procedures.files import EventRow, FieldRow, ProcedureFile, TransitionRow
from platformrules.procedures.model import (
    EVENT,
    EVENTS,
    MEMORY,
    Event,
    Procedure,
    State,
    Transition,
    Variable,
)
from platformrules.procedures.parameters import given_fact, load_parameters
from platformrules.rulefiles import KEBAB, RULE_ID, SNAKE, Faults, SourceFile, structured
from platformrules.schema import Choice, Fact, FactType, Relation, Schema
from platformrules.serialization import shown

#: What a procedure can be about.
SUBJECTS = ("center", "organization", "area")
#: Names that no parameter and no variable may take.
RESERVED = ("today", "since", EVENT, EVENTS, "as_of", "period", "months", "criteria", "blocks", "score", "verdict")
_EMPTY = Bilingual("", "")
NO_STANDARDS: Mapping[str, Referred] = MappingProxyType({})


def load_procedure(
    source: SourceFile,
    plugin: str,
    schema: Schema,
    documents: Mapping[str, Document],
    hashes: Mapping[str, str],
    *,
    plugin_version: str = "",
    standards: Mapping[str, Referred] = NO_STANDARDS,
) -> Procedure:
    """A procedure from its file; ``standards`` are those whose verdicts it may read.

    Raises:
        RuleFileError: with all faults of the file.
    """
    file, faults = structured(source, ProcedureFile)
    builder = _Builder(source, file, plugin, schema, documents, hashes, plugin_version)
    builder.standards = standards
    return builder.build({}, faults)


class _Builder:
    """Checks one structured file; kept by the procedure, to check it again with other parameters."""

    def __init__(
        self,
        source: SourceFile,
        file: ProcedureFile,
        plugin: str,
        schema: Schema,
        documents: Mapping[str, Document],
        hashes: Mapping[str, str],
        plugin_version: str,
    ) -> None:
        self.source, self.file, self.plugin, self.schema = source, file, plugin, schema
        self.documents, self.plugin_version = documents, plugin_version
        self.standards: Mapping[str, Referred] = NO_STANDARDS
        self.hashes = MappingProxyType({**hashes, source.name: source.digest})

    def again(self, overrides: Mapping[str, Any]) -> Procedure:
        """The procedure with other parameters: of a copy, since two threads may ask for one at the same time."""
        return copy(self).build(overrides, Faults(self.source.name))

    def build(self, overrides: Mapping[str, Any], faults: Faults) -> Procedure:
        file, header = self.file, self.file.procedure
        self.faults = faults
        self.check_header()
        self.document = self.documents.get(header.document) or Document("", "", None, _EMPTY, _EMPTY, _EMPTY, {})
        self.check_ids()
        cites = {name: self.cite(row.cites, f"$.parameters.{name}") for name, row in file.parameters.items()}
        parameters = load_parameters(file.parameters, overrides, cites, header.id, faults)
        self.variables = tuple(self.variable(index) for index in range(len(file.variables)))
        events = tuple(self.event(row, index) for index, row in enumerate(file.events))
        self.scope = Scope(
            schema=self.extended(events),
            subject=header.subject if header.subject in SUBJECTS else SUBJECTS[0],
            parameters={name: (one.datatype, one.value) for name, one in parameters.items() if one.value is not None},
            has_period=False,
            given={
                "today": _memory("today", FactType.DATE),
                "since": _memory("since", FactType.DATE),
                **{one.id: one.fact for one in self.variables},
                **{
                    name: given_fact(name, file.parameters[name])
                    for name, one in parameters.items()
                    if one.value is None and one.datatype is not MISTAKE
                },
            },
            procedure=True,
            standards=self.standards,
        )
        transitions = tuple(self.transition(row, index) for index, row in enumerate(file.transitions))
        self.check_reach()
        faults.stop()
        referred = verdicts_read(one.root for row in transitions for one in row.expressions)
        return Procedure(
            id=header.id,
            version=header.version,
            subject=header.subject,
            title=header.title,
            document=self.document,
            in_force=header.in_force,
            parameters=MappingProxyType(parameters),
            variables=self.variables,
            states=tuple(State(row.id, row.title or Bilingual(row.id, row.id)) for row in file.states),
            events=events,
            transitions=transitions,
            schema=self.schema,
            plugin=self.plugin,
            plugin_version=self.plugin_version,
            file=self.source.name,
            hashes=self.hashes,
            referred={name: self.standards[name].versions for name in referred},
            rebuild=self.again,
        )

    # Header and ids

    def check_header(self) -> None:
        header, faults = self.file.procedure, self.faults
        if not RULE_ID.fullmatch(header.id) or not header.id.startswith(f"{self.plugin}/"):
            hint = f"`{self.plugin}/` and a name in lower case"
            faults.add("PR404", f"`{header.id}` is no id of this plugin's procedure", "$.procedure.id", hint)
        if not KEBAB.fullmatch(header.version):
            faults.add("PR404", f"`{header.version}` is no version", "$.procedure.version", "the year, as a rule")
        if header.subject not in SUBJECTS:
            hint = "one of " + ", ".join(SUBJECTS)
            faults.add("PR403", f"`{header.subject}` is no subject", "$.procedure.subject", hint)
        if header.document not in self.documents:
            hint = did_you_mean(header.document, self.documents)
            faults.add("PR405", f"there is no document `{header.document}`", "$.procedure.document", hint)
        if header.in_force.until is not None and header.in_force.until < header.in_force.from_:
            faults.add("PR403", "`until` lies before `from`", "$.procedure.in_force.until")

    def check_ids(self) -> None:
        file, faults = self.file, self.faults
        faults.unique(((name, f"$.parameters.{name}") for name in file.parameters), SNAKE, "parameter")
        faults.unique(_ids("variables", file.variables), SNAKE, "variable", taken=file.parameters)
        faults.unique(_ids("states", file.states), KEBAB, "state")
        faults.unique(_ids("events", file.events), KEBAB, "event")
        if not file.states:
            faults.add("PR406", "a procedure has at least one state", "$.states", "the first is initial")
        taken = {file.procedure.subject, *RESERVED}
        named = [(name, f"$.parameters.{name}") for name in file.parameters]
        for name, path in (*named, *_ids("variables", file.variables)):
            if name in taken:
                faults.add("PR404", f"`{name}` means something else already", path)

    def cite(self, clauses: Sequence[str], path: str) -> tuple[Citation, ...]:
        known = self.document.clauses
        if not clauses:
            self.faults.add("PR408", "it must cite a clause", f"{path}.cites")
        for index, clause in enumerate(clauses):
            if clause not in known and self.document.id:
                hint = did_you_mean(clause, known)
                message = f"`{self.document.id}` has no clause `{clause}`"
                self.faults.add("PR405", message, f"{path}.cites[{index}]", hint)
        return tuple(self.document.cite(clause) for clause in clauses if clause in known)

    # What is remembered and recorded

    def variable(self, index: int) -> Variable:
        row, path = self.file.variables[index], f"$.variables[{index}]"
        title = row.title or Bilingual(row.id, row.id)
        one = Fact(row.id, MEMORY, row.type, title, row.unit, row.values, plugin=MEMORY)
        self.check_values(one, path)
        initial = frozenset(row.initial) if _is_texts(row.initial) else row.initial
        if initial is not None:
            initial, fault = settle(one, initial)
            if fault:
                self.faults.add("PR403", f"`initial` {fault} (got {shown(row.initial)})", f"{path}.initial")
        return Variable(one, initial)

    def check_values(self, one: Fact, path: str) -> None:
        """A choice or set lists its values, each once; other types have none."""
        chosen = one.type in {FactType.CHOICE, FactType.SET}
        if chosen is not bool(one.values):
            message = "a choice or set lists its `values`" if chosen else f"a {one.type} has no `values`"
            self.faults.add("PR403", message, f"{path}.values")
        self.faults.unique(((row.id, f"{path}.values[{at}].id") for at, row in enumerate(one.values)), SNAKE, "choice")

    def event(self, row: EventRow, index: int) -> Event:
        path = f"$.events[{index}]"
        rows = [(field.id, f"{path}.fields[{at}].id") for at, field in enumerate(row.fields)]
        self.faults.unique(rows, SNAKE, "field", taken=("id", "on"))
        fields = tuple(_field(one, row.id) for one in row.fields)
        for at, one in enumerate(fields):
            self.check_values(one, f"{path}.fields[{at}]")
            if one.minimum is not None and one.maximum is not None and one.minimum > one.maximum:
                message = f"`maximum` must be at least `minimum`, {one.minimum}"
                self.faults.add("PR403", message, f"{path}.fields[{at}].maximum")
        required = frozenset(one.id for one in row.fields if one.required)
        return Event(row.id, row.title or Bilingual(row.id, row.id), row.by, fields, required)

    def extended(self, events: Sequence[Event]) -> Schema:
        """The facts of the subject, a model an event, and the events so far as rows of all their fields."""
        ids = tuple(Choice(one.id, one.title.zh, one.title.en) for one in events)
        rows: dict[str, Fact] = {
            "id": Fact("id", EVENTS, FactType.CHOICE, Bilingual("事件", "event"), values=ids, plugin=MEMORY),
            "on": Fact("on", EVENTS, FactType.DATE, Bilingual("日期", "day"), plugin=MEMORY),
        }
        for at, event in enumerate(events):
            for place, one in enumerate(event.fields):
                known = rows.setdefault(one.id, evolve(one, on=EVENTS))
                if (known.type, known.values) != (one.type, one.values):
                    message = f"the field `{one.id}` has another type in another event"
                    hint = "`events` reads the fields of all events: give it another id"
                    self.faults.add("PR404", message, f"$.events[{at}].fields[{place}].id", hint)
                else:
                    rows[one.id] = evolve(known, minimum=_hull(min, known.minimum, one.minimum))
                    rows[one.id] = evolve(rows[one.id], maximum=_hull(max, known.maximum, one.maximum))
        models = {_model(event.id): {one.id: one for one in event.fields} for event in events}
        facts = MappingProxyType({**self.schema.facts, **models, EVENTS: rows})
        return Schema(facts, {EVENTS: Relation(EVENTS, EVENTS, Bilingual("事件", "events"))})

    # Transitions

    def transition(self, row: TransitionRow, index: int) -> Transition:
        path = f"$.transitions[{index}]"
        cites = self.cite(row.cites, path)
        triggers = [name for name in ("on", "at", "every") if getattr(row, name) is not None]
        if len(triggers) != 1:
            found = " and ".join(f"`{one}`" for one in triggers) or "none"
            message = f"a transition has exactly one of `on`, `at` and `every` (got {found})"
            self.faults.add("PR402", message, path, "an event, a date, or a day of each year", cites, keys=triggers)
        self.check_states(row, path)
        scope = self.scope
        if row.on is not None:
            known = [one.id for one in self.file.events]
            if row.on in known:
                scope = evolve(scope, records={EVENT: _model(row.on)})
            else:
                hint = did_you_mean(row.on, known)
                self.faults.add("PR405", f"there is no event `{row.on}`", f"{path}.on", hint)
                scope = evolve(scope, records={EVENT: MEMORY}, schema=_anything(scope.schema))
        elif triggers and row.to is None and not row.set and row.breach is None:
            hint = "say `to`, `set` or `breach`"
            self.faults.add("PR406", "nothing follows when the day is over", path, hint, cites)
        return Transition(
            index=index,
            from_=row.from_,
            on=row.on,
            at=self.expression(row.at, scope, DATE, f"{path}.at", cites),
            every=self.every(row.every, f"{path}.every"),
            when=self.expression(row.when, scope, TRUTH, f"{path}.when", cites),
            to=row.to,
            set=MappingProxyType(self.new_values(row, scope, path, cites)),
            breach=row.breach,
            cites=cites,
            note=row.note,
        )

    def check_states(self, row: TransitionRow, path: str) -> None:
        known = [one.id for one in self.file.states]
        if not row.from_:
            self.faults.add("PR406", "`from` names no state", f"{path}.from")
        named = [(name, f"{path}.from[{at}]") for at, name in enumerate(row.from_)]
        if row.to is not None:
            named.append((row.to, f"{path}.to"))
        for name, place in named:
            if name not in known:
                self.faults.add("PR405", f"there is no state `{name}`", place, did_you_mean(name, known))

    def every(self, text: str | None, path: str) -> tuple[int, int] | None:
        if text is None:
            return None
        try:
            day = date.fromisoformat(f"2000-{text}" if re.fullmatch(r"\d\d-\d\d", text, re.ASCII) else "")
        except ValueError:
            self.faults.add("PR403", f"`{text}` is no day of a year", path, '"12-15", month and day')
            return None
        return day.month, day.day

    def new_values(
        self, row: TransitionRow, scope: Scope, path: str, cites: Sequence[Citation]
    ) -> dict[str, TypedExpr]:
        facts = {one.id: one.fact for one in self.variables}
        found = {}
        for name, text in row.set.items():
            if name not in facts:
                hint = did_you_mean(name, facts)
                self.faults.add("PR405", f"there is no variable `{name}`", f"{path}.set.{name}", hint)
                continue
            value = self.expression(text, scope, datatype_of(facts[name]), f"{path}.set.{name}", cites)
            if value is not None:
                self.check_choices(value, facts[name], f"{path}.set.{name}", cites)
                found[name] = value
        return found

    def check_choices(self, value: TypedExpr, into: Fact, path: str, cites: Sequence[Citation]) -> None:
        """What is put into a choice or set is among its values."""
        if not into.values:
            return
        root = value.root
        codes = root.datatype.choices.codes if root.datatype.choices is not None else None
        if isinstance(root, Constant):
            held = root.value
            codes = held if isinstance(held, frozenset) else frozenset((str(held),))
        strange = sorted((codes or frozenset()) - into.codes)
        if codes is None or strange:
            what = f"`{strange[0]}` is no choice" if strange else "a free text is no choice"
            hint = did_you_mean(strange[0] if strange else "", into.codes)
            self.faults.add("PR304", f"{what} of `{into.id}`", path, hint, cites)

    def expression(
        self, text: str | None, scope: Scope, expected: Datatype, path: str, cites: Sequence[Citation]
    ) -> TypedExpr | None:
        if text is None:
            return None
        try:
            checked = check(text, scope, expected)
        except RuleFileError as error:
            self.faults.take(error, path, cites)
            return None
        days = [one for one in walk(checked.root) if isinstance(one, Today)]
        if days:
            hint = "`today` is the day of the step"
            fault = Diagnostic("PR301", "`as_of` is no name of a procedure", text=text, span=days[0].span, help=hint)
            self.faults.take(RuleFileError([fault]), path, cites)
            return None
        return checked

    def check_reach(self) -> None:
        """Every state can be reached, every event does something, and no row stands behind one that always holds."""
        file = self.file
        reached = {file.states[0].id} if file.states else set()
        for _ in file.states:
            reached |= {row.to for row in file.transitions if row.to is not None and reached.intersection(row.from_)}
        for index, state in enumerate(file.states):
            if state.id not in reached:
                self.faults.add("PR406", f"the state `{state.id}` cannot be reached", f"$.states[{index}].id")
        brought = {row.on for row in file.transitions}
        for index, event in enumerate(file.events):
            if event.id not in brought:
                message = f"no transition is brought by the event `{event.id}`"
                self.faults.add("PR406", message, f"$.events[{index}].id", f'say `on = "{event.id}"` in one')
        always: set[tuple[str, str]] = set()
        for index, row in enumerate(file.transitions):
            if row.on is None:
                continue
            read = {(row.on, state) for state in row.from_}
            if read and read <= always:
                message = "the row cannot be reached: a row above it has no `when`"
                self.faults.add("PR406", message, f"$.transitions[{index}]", "the first row that holds is taken")
            if row.when is None:
                always |= read


def _ids(section: str, rows: Iterable[Any]) -> list[tuple[str, str]]:
    return [(row.id, f"$.{section}[{index}].id") for index, row in enumerate(rows)]


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(type(item) is str for item in value)


def _memory(name: str, kind: FactType) -> Fact:
    label = {
        "today": Bilingual("当日", "the day of the step"),
        "since": Bilingual("进入现状态之日", "the day of entry"),
    }
    return Fact(name, MEMORY, kind, label[name], plugin=MEMORY)


def _model(event: str) -> str:
    return f"{EVENT}:{event}"


def _field(row: FieldRow, event: str) -> Fact:
    return Fact(
        id=row.id,
        on=_model(event),
        type=row.type,
        label=row.label or Bilingual(row.id, row.id),
        unit=row.unit,
        values=row.values,
        open=row.open,
        minimum=row.minimum,
        maximum=row.maximum,
        plugin=MEMORY,
    )


def _hull(choose: Any, one: Any, other: Any) -> Any:  # noqa: ANN401 - min or max, of numbers that may be open
    return None if one is None or other is None else choose(one, other)


def _anything(schema: Schema) -> Schema:
    """A schema in which an event that there is not has the fields of all events."""
    return Schema({**schema.facts, MEMORY: schema.facts[EVENTS]}, schema.relations)

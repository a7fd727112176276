# SPDX-License-Identifier: MIT
"""A procedure as the step machine reads it: every expression checked, every citation resolved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from attrs import field, frozen

from platformrules.citations import Citation, Document, InForce
from platformrules.criteria.datatypes import Datatype
from platformrules.criteria.typed import ConstantValue, Read, TypedExpr
from platformrules.criteria.walk import walk
from platformrules.languages import Bilingual
from platformrules.models import FactValue
from platformrules.schema import Fact, Schema

#: The record of what a case itself knows: today, since, variables, parameters that are not given. A keyword, so that
#: no variable of a comprehension can have its name.
MEMORY = "as"
#: The relation of the events so far, and the record of the event that is being read.
EVENTS, EVENT = "events", "event"


@frozen
class Parameter:
    """A value of law, or one that is given with the case: ``value`` is ``None`` as long as it is not."""

    id: str
    value: ConstantValue | None
    datatype: Datatype
    cites: tuple[Citation, ...]
    unit: str = ""
    title: Bilingual | None = None
    reading: Bilingual | None = None
    note: Bilingual | None = None
    overridden: bool = False


@frozen
class State:
    """A state that a case can be in."""

    id: str
    title: Bilingual


@frozen
class Variable:
    """What a case remembers; ``initial`` is ``None`` if it is not set at first."""

    fact: Fact
    initial: FactValue

    @property
    def id(self) -> str:
        """Its name in expressions."""
        return self.fact.id


@frozen
class Event:
    """What can happen: who acts, and what is recorded of it.

    Attributes:
        fields: what is recorded, typed like facts.
        required: the ids of those fields that must not be blank.
    """

    id: str
    title: Bilingual
    by: Bilingual
    fields: tuple[Fact, ...] = ()
    required: frozenset[str] = frozenset()


@frozen
class Transition:
    """A row of the procedure: from which states, what brings it, and what follows.

    Attributes:
        index: its place in the file, counted from 0.
        from_: the states in which it is read.
        on: the event that brings it.
        at: the date at whose end it acts.
        every: month and day of each year at whose end it acts.
        when: its guard.
        to: the state that follows; ``None`` leaves the state as it is.
        set: new values of variables.
        breach: what is wrong when it acts; ``None`` if nothing is.
        cites: its clauses.
        note: what a reader should know of it.
    """

    index: int
    from_: tuple[str, ...]
    on: str | None
    at: TypedExpr | None
    every: tuple[int, int] | None
    when: TypedExpr | None
    to: str | None
    set: Mapping[str, TypedExpr]
    breach: Bilingual | None
    cites: tuple[Citation, ...]
    note: Bilingual | None

    @property
    def is_timed(self) -> bool:
        """Whether a day brings it and no event."""
        return self.on is None

    @property
    def expressions(self) -> tuple[TypedExpr, ...]:
        """Its date, its guard and its new values, as far as there are any."""
        return (*(one for one in (self.at, self.when) if one is not None), *self.set.values())


@frozen(eq=False)
class Procedure:
    """One version of a procedure; equality is identity."""

    id: str
    version: str
    subject: str
    title: Bilingual
    document: Document
    in_force: InForce
    parameters: Mapping[str, Parameter]
    variables: tuple[Variable, ...]
    states: tuple[State, ...]
    events: tuple[Event, ...]
    transitions: tuple[Transition, ...]
    schema: Schema
    plugin: str
    plugin_version: str
    file: str
    hashes: Mapping[str, str]
    _rebuild: Callable[[Mapping[str, Any]], Procedure] = field(repr=False)
    #: The standards whose verdicts it reads, as they are named, with the versions that may be meant, the newest last.
    referred: Mapping[str, tuple[Any, ...]] = field(factory=dict, repr=False)
    #: A place to keep what was compiled; nothing that a caller sees depends on it.
    compiled: dict[str, Any] = field(factory=dict, init=False, repr=False)

    @property
    def reference(self) -> str:
        """``plugin/procedure@version``."""
        return f"{self.id}@{self.version}"

    @property
    def overrides(self) -> Mapping[str, ConstantValue]:
        """The parameters that have another value than the document's, or a value that it does not give."""
        return {name: one.value for name, one in self.parameters.items() if one.overridden and one.value is not None}

    def with_parameters(self, **values: Any) -> Procedure:  # noqa: ANN401 - values of any type a parameter may have
        """The same procedure with other values of parameters; what depends on them is checked again.

        Raises:
            UnknownNameError: there is no such parameter.
            RuleFileError: a value has the wrong type, or an expression is no longer sound with it.
        """
        return self._rebuild({**self.overrides, **values})

    def is_in_force(self, day: date) -> bool:
        """Whether the procedure is in force on a day."""
        return self.in_force.from_ <= day and (self.in_force.until is None or day <= self.in_force.until)

    @cached_property
    def state_titles(self) -> Mapping[str, Bilingual]:
        """The title of each state, by id, in file order."""
        return {one.id: one.title for one in self.states}

    @cached_property
    def event_of(self) -> Mapping[str, Event]:
        """The events by id."""
        return {one.id: one for one in self.events}

    @cached_property
    def expressions(self) -> tuple[TypedExpr, ...]:
        """Every expression, in file order."""
        return tuple(one for row in self.transitions for one in row.expressions)

    @cached_property
    def facts(self) -> frozenset[tuple[str, str]]:
        """The facts of the subject that it reads, as (model, fact)."""
        return frozenset(
            (node.fact.on, node.fact.id)
            for expression in self.expressions
            for node in walk(expression.root)
            if isinstance(node, Read) and node.fact.on == self.subject
        )

    @property
    def cited(self) -> tuple[Citation, ...]:
        """The citations of its rows and parameters."""
        cites = [row.cites for row in self.transitions] + [one.cites for one in self.parameters.values()]
        return tuple(dict.fromkeys(one for row in cites for one in row))

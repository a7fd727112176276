# SPDX-License-Identifier: MIT
"""What a procedure says of a case on a day: state, what may follow, limits, breaches, questions. Immutable."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen

from platformrules.citations import Citation
from platformrules.languages import Bilingual
from platformrules.models import FactValue
from platformrules.results import to_json
from platformrules.schema import Fact


@frozen
class Permitted:
    """An event that may come next: who acts, and what is to be recorded of it.

    Attributes:
        event: its id.
        title: what it is called.
        by: who acts.
        fields: what is recorded.
        required: the ids of the fields that must not be blank.
        to: the states that may follow; one that stays is among them.
        certain: whatever is recorded, it is permitted in every state that can be reached.
        citations: the clauses of the rows that it may take.
    """

    event: str
    title: Bilingual
    by: Bilingual
    fields: tuple[Fact, ...]
    required: frozenset[str]
    to: tuple[str, ...]
    certain: bool
    citations: tuple[Citation, ...]


@frozen
class Limit:
    """A day that something depends on.

    Attributes:
        day: the day; what follows does so when it is over. ``None`` if it is not known yet.
        to: the state that follows; ``None`` if the state stays.
        breach: what is wrong once the day is over; ``None`` if nothing is.
        transition: the row of the file, counted from 0.
        certain: whether it is so in every state that can be reached.
        citations: the clauses.
    """

    day: date | None
    to: str | None
    breach: Bilingual | None
    transition: int
    certain: bool
    citations: tuple[Citation, ...]


@frozen
class Breach:
    """Something that was done against a clause, or later than it says.

    Attributes:
        day: when it happened; of a limit that was met late, the day on which it was met.
        text: what is wrong.
        limit: the day by which it should have been done; ``None`` where no limit was missed.
        event: the event that did it; empty if a day did.
        certain: whether it is so in every state that can be reached.
        citations: the clauses.
    """

    day: date
    text: Bilingual
    limit: date | None
    event: str
    certain: bool
    citations: tuple[Citation, ...]


@frozen
class Ask:
    """What must be known and is not: a parameter, a field of an event (``event.field``), or a fact."""

    name: str
    label: Bilingual


@frozen
class Problem:
    """Something of the events that could not be read, and was left out."""

    path: str
    message: Bilingual
    found: str = ""


@frozen(eq=False)
class CaseReport:
    """What a procedure says of a case on a day.

    Attributes:
        procedure: the procedure with its version.
        title: what it is called.
        subject: the id of the subject; empty if none was given.
        as_of: the day on which it is said; that day is not over.
        states: every state that can be reached, in the order of the file; more than one where something is unknown.
        titles: the titles of all states of the procedure, by id.
        since: the day on which the state was entered; ``None`` if it is the first one or not known.
        variables: what the case remembers; ``None`` if it is not set, or not known.
        labels: the titles of the variables, by id.
        permitted: the events that may come next.
        ahead: the limits to come, by day.
        overdue: the limits that were missed and are still waited for.
        breaches: what was done against a clause, by day.
        asks_for: what must be known and is not.
        not_read: the ids and days of the events after ``as_of``.
        problems: what could not be read.
        provenance: versions, hashes of rule files, parameters.
    """

    procedure: str
    title: Bilingual
    subject: str
    as_of: date
    states: tuple[str, ...]
    titles: Mapping[str, Bilingual]
    since: date | None
    variables: Mapping[str, FactValue]
    labels: Mapping[str, Bilingual]
    permitted: tuple[Permitted, ...]
    ahead: tuple[Limit, ...]
    overdue: tuple[Limit, ...]
    breaches: tuple[Breach, ...]
    asks_for: tuple[Ask, ...]
    not_read: tuple[tuple[str, date], ...]
    problems: tuple[Problem, ...]
    provenance: Mapping[str, Any]

    @property
    def state(self) -> str | None:
        """The state; ``None`` while several can be reached."""
        return self.states[0] if len(self.states) == 1 else None

    def to_dict(self) -> dict[str, Any]:
        """The answer as JSON data."""
        return {
            "procedure": self.procedure,
            "subject": self.subject,
            "as_of": to_json(self.as_of),
            "state": self.state,
            "states": [{"id": one, "title": _both(self.titles[one])} for one in self.states],
            "since": to_json(self.since),
            "variables": {name: to_json(value) for name, value in self.variables.items()},
            "permitted": [_permitted(one) for one in self.permitted],
            "ahead": [_limit(one) for one in self.ahead],
            "overdue": [_limit(one) for one in self.overdue],
            "breaches": [
                {
                    "day": to_json(one.day),
                    "limit": to_json(one.limit),
                    "event": one.event or None,
                    "text": _both(one.text),
                    "certain": one.certain,
                    "citations": [_citation(cited) for cited in one.citations],
                }
                for one in self.breaches
            ],
            "asks_for": [{"name": one.name, "label": _both(one.label)} for one in self.asks_for],
            "not_read": [{"id": name, "on": to_json(day)} for name, day in self.not_read],
            "problems": [
                {"path": one.path, "message": _both(one.message), "found": one.found} for one in self.problems
            ],
            "provenance": dict(self.provenance),
        }


def _both(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _citation(one: Citation) -> dict[str, Any]:
    return {
        "document": one.document,
        "number": one.number,
        "clause": one.clause,
        "locator": _both(one.locator),
        "says": _both(one.says),
    }


def _permitted(one: Permitted) -> dict[str, Any]:
    return {
        "event": one.event,
        "title": _both(one.title),
        "by": _both(one.by),
        "fields": [
            {
                "id": field.id,
                "type": field.type.value,
                "label": _both(field.label),
                "required": field.id in one.required,
                "values": [{"id": value.id, **_both(value.label)} for value in field.values],
            }
            for field in one.fields
        ],
        "to": list(one.to),
        "certain": one.certain,
        "citations": [_citation(cited) for cited in one.citations],
    }


def _limit(one: Limit) -> dict[str, Any]:
    return {
        "day": to_json(one.day),
        "to": one.to,
        "breach": None if one.breach is None else _both(one.breach),
        "certain": one.certain,
        "citations": [_citation(cited) for cited in one.citations],
    }

# SPDX-License-Identifier: MIT
"""All that one procedure says: states, events, transitions with their clauses; for the command `show`."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from platformrules.citations import Citation
from platformrules.cli import words
from platformrules.cli.console import Console, both
from platformrules.cli.exits import ExitCode
from platformrules.cli.layout import paragraph
from platformrules.cli.rules import times_of
from platformrules.criteria.formatter import to_text
from platformrules.criteria.typed import TypedExpr
from platformrules.languages import Bilingual
from platformrules.models import FactValue
from platformrules.procedures.diagram import to_mermaid
from platformrules.procedures.model import Event, Procedure, Transition
from platformrules.reporting.values import unit_text
from platformrules.results import to_json


def show_procedure(procedure: Procedure, console: Console, *, diagram: bool) -> ExitCode:
    """Print a procedure, or its diagram."""
    if console.json:
        console.data(_document(procedure))
    elif diagram:
        console.lines(to_mermaid(procedure, console.language).splitlines())
    else:
        page = _Page(procedure, console)
        for part in (page.header(), page.parameters(), page.states(), page.events(), page.transitions()):
            console.lines(part)
    return ExitCode.CONFORMS


def field_names(event: Event, console: Console) -> str:
    """What is recorded of an event, in words."""
    names = [
        console.words(words.REQUIRED_FIELD, label=one.label[console.language])
        if one.id in event.required
        else one.label[console.language]
        for one in event.fields
    ]
    return console.words(words.COMMA).join(names)


def value_text(value: FactValue, console: Console) -> str:
    """A value of a variable, in words."""
    if isinstance(value, bool):
        return console.words(words.YES if value else words.NO)
    if isinstance(value, AbstractSet):
        return console.words(words.COMMA).join(sorted(value))
    return str(to_json(value))


class _Page:
    def __init__(self, procedure: Procedure, console: Console) -> None:
        self.procedure, self.console, self.language = procedure, console, console.language

    def header(self) -> Iterator[str]:
        procedure, document = self.procedure, self.procedure.document
        title = f"《{document.title.zh}》" if self.language == "zh" else document.title.en
        name = self.console.words(words.CASE_HEAD, title=procedure.title[self.language], name=procedure.reference)
        yield from paragraph(name, self.console.width)
        yield ""
        rows = (
            (words.ABOUT, self.console.words(words.SUBJECTS[procedure.subject])),
            (words.DOCUMENT, f"{document.number} {title}".strip()),
            (words.ISSUER, document.issuer[self.language]),
            (words.IN_FORCE, times_of(procedure, self.console)),
            (words.PLUGIN, f"{procedure.plugin} {procedure.plugin_version}".strip()),
        )
        for label, value in rows:
            yield from self.line(label, value, "")
        if procedure.in_force.status is not None:
            yield from paragraph(procedure.in_force.status[self.language], self.console.width)

    def parameters(self) -> Iterator[str]:
        given = self.procedure.parameters.values()
        if given:
            yield from self.heading(words.PARAMETERS, len(given))
        for one in given:
            value = self.console.words(words.GIVEN_WITH_CASE)
            if one.value is not None:
                value = value_text(one.value, self.console)
            unit = unit_text(one.unit, self.language)
            yield f"  {one.id} = {value} {unit}".rstrip() + f"  [{_clauses(one.cites)}]"
            yield from self.text(words.READING, one.reading)
            yield from self.text(words.NOTE, one.note)

    def states(self) -> Iterator[str]:
        yield from self.heading(words.STATES, len(self.procedure.states))
        for one in self.procedure.states:
            yield from paragraph(f"{one.title[self.language]} ({one.id})", self.console.width, "  ")
        if self.procedure.variables:
            yield from self.heading(words.VARIABLES, len(self.procedure.variables))
        for variable in self.procedure.variables:
            kind = self.console.words(words.FACT_TYPES[variable.fact.type])
            start = "" if variable.initial is None else f" = {value_text(variable.initial, self.console)}"
            yield f"  {variable.id}{start}  [{kind}] {variable.fact.label[self.language]}"

    def events(self) -> Iterator[str]:
        yield from self.heading(words.EVENTS, len(self.procedure.events))
        for one in self.procedure.events:
            yield from paragraph(f"{one.title[self.language]} ({one.id})", self.console.width, "  ")
            yield from self.line(words.BY, one.by[self.language])
            if one.fields:
                yield from self.line(words.FIELDS, field_names(one, self.console))

    def transitions(self) -> Iterator[str]:
        yield from self.heading(words.TRANSITIONS, len(self.procedure.transitions))
        titles = self.procedure.state_titles
        for row in self.procedure.transitions:
            yield from paragraph(f"{row.index + 1}. {self.trigger(row)}", self.console.width, "  ")
            from_ = self.console.words(words.COMMA).join(titles[one][self.language] for one in row.from_)
            yield from self.line(words.FROM_STATE, from_)
            to = self.console.words(words.STAYS) if row.to is None else titles[row.to][self.language]
            yield from self.line(words.TO_STATE, to)
            if row.when is not None:
                yield from self.line(words.WHEN, to_text(row.when.source))
            for name, value in row.set.items():
                yield from self.line(words.SETS, f"{name} = {to_text(value.source)}")
            yield from self.text(words.BREACH, row.breach)
            cited = [f"{one.clause} {one.locator[self.language]}" for one in row.cites]
            yield from self.line(words.CITES, self.console.words(words.COMMA).join(cited))
            yield from self.text(words.NOTE, row.note)

    def trigger(self, row: Transition) -> str:
        """What brings a row about."""
        if row.on is not None:
            title = self.procedure.event_of[row.on].title[self.language]
            return self.console.words(words.ON_EVENT, name=title)
        if row.every is not None:
            return self.console.words(words.EVERY_YEAR, day=f"{row.every[0]:02d}-{row.every[1]:02d}")
        return self.console.words(words.AT_DAY, day=_text(row.at))

    def heading(self, text: Bilingual, count: int) -> Iterator[str]:
        yield ""
        yield self.console.words(text, count=count)

    def line(self, name: Bilingual, value: str, indent: str = "      ") -> Iterator[str]:
        text = self.console.words(words.COLON, name=self.console.words(name), value=value)
        yield from paragraph(text, self.console.width, indent, hanging="  ")

    def text(self, name: Bilingual, text: Bilingual | None) -> Iterator[str]:
        if text is not None:
            yield from self.line(name, text[self.language])


def _clauses(cites: tuple[Citation, ...]) -> str:
    return " ".join(one.clause for one in cites)


def _text(expression: TypedExpr | None) -> str | None:
    return None if expression is None else to_text(expression.source)


def _document(one: Procedure) -> dict[str, Any]:
    return {
        "id": one.id,
        "version": one.version,
        "reference": one.reference,
        "subject": one.subject,
        "title": both(one.title),
        "document": {"id": one.document.id, "number": one.document.number, "title": both(one.document.title)},
        "in_force": {"from": to_json(one.in_force.from_), "until": to_json(one.in_force.until)},
        "plugin": one.plugin,
        "parameters": [
            {
                "id": given.id,
                "value": to_json(given.value),
                "unit": given.unit,
                "reading": both(given.reading),
                "note": both(given.note),
                "cites": [cited.clause for cited in given.cites],
            }
            for given in one.parameters.values()
        ],
        "variables": [
            {"id": row.id, "type": row.fact.type.value, "initial": to_json(row.initial), "title": both(row.fact.label)}
            for row in one.variables
        ],
        "states": [{"id": row.id, "title": both(row.title)} for row in one.states],
        "events": [
            {
                "id": row.id,
                "title": both(row.title),
                "by": both(row.by),
                "fields": [
                    {
                        "id": part.id,
                        "type": part.type.value,
                        "label": both(part.label),
                        "required": part.id in row.required,
                        "values": [{"id": value.id, "zh": value.zh, "en": value.en} for value in part.values],
                    }
                    for part in row.fields
                ],
            }
            for row in one.events
        ],
        "transitions": [
            {
                "from": list(row.from_),
                "on": row.on,
                "at": _text(row.at),
                "every": None if row.every is None else f"{row.every[0]:02d}-{row.every[1]:02d}",
                "when": _text(row.when),
                "to": row.to,
                "set": {name: _text(value) for name, value in row.set.items()},
                "breach": both(row.breach),
                "cites": [{"clause": cited.clause, "locator": both(cited.locator)} for cited in row.cites],
                "note": both(row.note),
            }
            for row in one.transitions
        ],
        "diagram": to_mermaid(one, "zh"),
    }

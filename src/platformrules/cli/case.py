# SPDX-License-Identifier: MIT
"""The command `case`: what happened in; state, next steps, limits, what is overdue and breaches out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from platformrules.cases import evaluate_case
from platformrules.citations import Citation
from platformrules.cli import given, words
from platformrules.cli.console import Console
from platformrules.cli.exits import CommandError, ExitCode
from platformrules.cli.layout import paragraph
from platformrules.cli.procedures import field_names, value_text
from platformrules.cli.rules import named_procedure, rulebook
from platformrules.cli.settings import with_settings
from platformrules.languages import Bilingual
from platformrules.ledger.histories import read_case
from platformrules.procedures.model import Procedure
from platformrules.procedures.report import Breach, CaseReport, Limit, Problem
from platformrules.results import to_json


def case(arguments: Namespace, console: Console) -> ExitCode:
    """Follow a case and print how it stands."""
    book = rulebook(arguments)
    procedure = named_procedure(book, arguments.procedure, console)
    as_of = given.day(arguments.as_of, console)
    read = read_case(Path(arguments.events), procedure, book.schema)
    as_of = as_of or read.as_of
    if as_of is None:
        raise CommandError(console.words(words.NO_DAY))
    procedure = with_settings(procedure, arguments.set, read.parameters, console)
    report = evaluate_case(procedure, read.events, as_of, subject=read.subject)
    problems = (*read.problems, *report.problems)
    if console.json:
        found = report.to_dict()
        found["problems"] = [
            {"path": one.path, "message": {"zh": one.message.zh, "en": one.message.en}, "found": one.found}
            for one in problems
        ]
        console.data(found)
    else:
        console.lines(_Page(procedure, report, console).lines())
    if procedure.overrides:
        listed = console.words(words.COMMA).join(
            f"{name} = {to_json(value)}" for name, value in procedure.overrides.items()
        )
        console.note(words.CHANGED, listed=listed)
    _show_problems(problems, console)
    return exit_code(report)


def exit_code(report: CaseReport) -> ExitCode:
    """What the answer means for whoever runs the program: what surely is wrong comes before what is open."""
    if any(one.certain for one in report.breaches) or any(one.certain for one in report.overdue):
        return ExitCode.DOES_NOT_CONFORM
    if report.state is None or report.asks_for or report.breaches or report.overdue:
        return ExitCode.UNDETERMINED
    return ExitCode.CONFORMS


def _show_problems(problems: tuple[Problem, ...], console: Console) -> None:
    if problems:
        console.warn(console.words(words.CASE_PROBLEMS, count=len(problems)))
    for one in problems:
        message = one.message[console.language]
        found = one.found or console.words(words.NONE)
        console.warn(f"  {console.words(words.CASE_PROBLEM, path=one.path, message=message, found=found)}")


class _Page:
    def __init__(self, procedure: Procedure, report: CaseReport, console: Console) -> None:
        self.procedure, self.report, self.console, self.language = procedure, report, console, console.language

    def lines(self) -> Iterator[str]:
        report = self.report
        title = self.console.words(words.CASE_HEAD, title=report.title[self.language], name=report.procedure)
        yield from paragraph(f"{title} {report.subject}".rstrip(), self.console.width)
        states = self.console.words(words.OR).join(report.titles[one][self.language] for one in report.states)
        since = "" if report.since is None else self.console.words(words.SINCE, day=report.since)
        text = self.console.words(words.CASE_STATE, day=report.as_of, states=states, since=since)
        yield from paragraph(text, self.console.width)
        yield from self.remembered()
        yield from self.part(words.OVERDUE, [self.limit(one) for one in report.overdue])
        yield from self.part(words.BREACHES, [self.breach(one) for one in report.breaches])
        yield from self.part(words.NEXT, [*self.permitted()] or [self.console.words(words.NOTHING_NEXT)])
        yield from self.part(words.AHEAD, [self.limit(one) for one in report.ahead])
        asked = [self.colon(one.label[self.language], one.name) for one in report.asks_for]
        yield from self.part(words.ASKS_FOR, asked)
        later = [f"{day} {self.procedure.event_of[name].title[self.language]}" for name, day in report.not_read]
        yield from self.part(words.NOT_READ, later, day=report.as_of)

    def part(self, heading: Bilingual, items: list[str], **values: object) -> Iterator[str]:
        """A heading with lines below it; nothing if there are none."""
        if items:
            yield ""
            yield self.console.words(heading, **values)
        for item in items:
            yield from paragraph(item, self.console.width, "  ", hanging="  ")

    def colon(self, name: str, value: str) -> str:
        return self.console.words(words.COLON, name=name, value=value)

    def remembered(self) -> Iterator[str]:
        known = {
            self.report.labels[name][self.language]: value
            for name, value in self.report.variables.items()
            if value is not None
        }
        said = [f"{label} = {value_text(value, self.console)}" for label, value in known.items()]
        if said:
            text = self.colon(self.console.words(words.REMEMBERED), self.console.words(words.COMMA).join(said))
            yield from paragraph(text, self.console.width)

    def maybe(self, certain: bool) -> str:  # noqa: FBT001 - a part of a row
        return "" if certain else self.console.words(words.MAYBE)

    def permitted(self) -> Iterator[str]:
        for one in self.report.permitted:
            event = self.procedure.event_of[one.event]
            text = self.colon(one.title[self.language], one.by[self.language])
            if event.fields:
                fields = self.colon(self.console.words(words.FIELDS), field_names(event, self.console))
                text += f" | {fields}"
            yield f"{text}{self.maybe(one.certain)} {_cited(one.citations)}"

    def limit(self, one: Limit) -> str:
        day = self.console.words(words.UNKNOWN_DAY) if one.day is None else str(one.day)
        parts = [] if one.breach is None else [one.breach[self.language]]
        if one.to is not None:
            state = self.report.titles[one.to][self.language]
            parts.append(self.console.words(words.BECOMES, state=state))
        follows = self.console.words(words.COMMA).join(parts)
        return f"{day} {follows}{self.maybe(one.certain)} {_cited(one.citations)}"

    def breach(self, one: Breach) -> str:
        text = one.text[self.language]
        if one.limit is not None:
            text = self.console.words(words.LATE, what=text, limit=one.limit, day=one.day)
        return f"{one.day} {text}{self.maybe(one.certain)} {_cited(one.citations)}"


def _cited(citations: tuple[Citation, ...]) -> str:
    return f"[{' '.join(one.clause for one in citations)}]"

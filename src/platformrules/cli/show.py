# SPDX-License-Identifier: MIT
"""The command `show`: all that one standard says."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import Any

from platformrules.citations import Citation
from platformrules.cli import words
from platformrules.cli.console import Console, both
from platformrules.cli.exits import CommandError, ExitCode
from platformrules.cli.layout import paragraph
from platformrules.cli.rules import named, rulebook, times_of
from platformrules.cli.standards import header_data
from platformrules.criteria.formatter import to_text
from platformrules.criteria.typed import Table, TypedExpr
from platformrules.evaluation import sentence
from platformrules.languages import Bilingual
from platformrules.reporting.values import unit_text
from platformrules.reporting.wording import STRENGTHS
from platformrules.results import to_json
from platformrules.standards.model import Criterion, JudgeRow, Parameter, Standard, VerdictRow


def show(arguments: Namespace, console: Console) -> ExitCode:
    """One standard with its parameters, criteria, verdicts and notes; or one procedure with its rows."""
    book = rulebook(arguments)
    if any(arguments.id in {one.id, one.reference} for one in book.procedures.values()):
        from platformrules.cli.procedures import show_procedure

        return show_procedure(book.procedure(arguments.id), console, diagram=arguments.diagram)
    standard = named(book, arguments.id, console)
    if arguments.diagram:
        raise CommandError(console.words(words.NO_DIAGRAM, name=standard.reference))
    if console.json:
        console.data(_document(standard))
        return ExitCode.CONFORMS
    page = _Page(standard, console)
    for part in (page.header(), page.parameters(), page.criteria(), page.verdicts(), page.notes()):
        console.lines(part)
    return ExitCode.CONFORMS


class _Page:
    """The lines of `show`."""

    def __init__(self, standard: Standard, console: Console) -> None:
        self.standard, self.console, self.language = standard, console, console.language

    def header(self) -> Iterator[str]:
        standard, document = self.standard, self.standard.document
        title = f"《{document.title.zh}》" if self.language == "zh" else document.title.en
        yield from paragraph(standard.title[self.language], self.console.width)
        yield ""
        rows = (
            (words.STANDARDS_HEAD[0], standard.reference),
            (words.SUBJECT, self.console.words(words.SUBJECTS[standard.subject])),
            (words.DOCUMENT, f"{document.number} {title}".strip()),
            (words.ISSUER, document.issuer[self.language]),
            (words.IN_FORCE, times_of(standard, self.console)),
            (words.PERIOD, self.period()),
            (words.PLUGIN, f"{standard.plugin} {standard.plugin_version}".strip()),
        )
        for name, value in rows:
            yield from self.line(name, value, "")
        if standard.in_force.status is not None:
            yield from paragraph(standard.in_force.status[self.language], self.console.width)

    def period(self) -> str:
        rule = self.standard.period
        start = f"{rule.start[0]:02d}-{rule.start[1]:02d}"
        return self.console.words(words.PERIODS[rule.kind], start=start, months=rule.months, period=rule.printed)

    def parameters(self) -> Iterator[str]:
        given = self.standard.parameters.values()
        if given:
            yield from self.heading(words.PARAMETERS, len(given))
        for one in given:
            cited = " ".join(citation.clause for citation in one.cites)
            unit = unit_text(one.unit, self.language)
            value = f"  {one.id} = {said(one)} {unit}".rstrip() + f"  [{cited}]"
            yield from [value] if one.table is None else paragraph(value.strip(), self.console.width, "  ")
            for name, text in ((words.READING, one.reading), (words.NOTE, one.note)):
                yield from self.text(name, text)

    def criteria(self) -> Iterator[str]:
        yield from self.heading(words.CRITERIA, len(self.standard.criteria))
        blocks = {block.id: block.title[self.language] for block in self.standard.blocks}
        for block in [*blocks, None]:
            members = [one for one in self.standard.criteria if one.block == block]
            if members and block is not None:
                yield f"  -- {blocks[block]} ({block})"
            for one in members:
                yield from self.criterion(one)

    def criterion(self, one: Criterion) -> Iterator[str]:
        strength = self.console.words(STRENGTHS[one.strength])
        yield from paragraph(f"{one.title[self.language]} ({one.id}) [{strength}]", self.console.width, "  ")
        if one.require is not None:
            yield from self.line(words.ASKS, sentence(self.standard, one)[self.language])
        else:
            yield from self.line(words.JUDGED, "")
        for row in one.judge:
            yield from self.judge_row(row)
        for name, expression in ((words.EXPRESSION, one.require), (words.APPLIES, one.applies_when)):
            yield from self.expression(name, expression)
        yield from self.line(words.CITES, self.cited(one.cites))
        for name, text in ((words.PROOF, one.proof), (words.REMEDY, one.remedy), (words.NOTE, one.note)):
            yield from self.text(name, text)

    def judge_row(self, row: JudgeRow) -> Iterator[str]:
        fails = f" [{self.console.words(words.FAILS)}]" if row.fails else ""
        yield from paragraph(f"{row.id} = {row.title[self.language]}{fails}", self.console.width, " " * 8)
        if row.when is not None:
            yield from self.line(words.DATA_SAY, to_text(row.when.source), " " * 12)
        yield from self.text(words.FOLLOWS, row.follows)

    def verdicts(self) -> Iterator[str]:
        yield from self.heading(words.VERDICTS, len(self.standard.verdicts))
        for row in self.standard.verdicts:
            meaning = self.console.words(conformity(row))
            yield from paragraph(f"{row.title[self.language]} ({row.id}) [{meaning}]", self.console.width, "  ")
            if row.when is None:
                yield from self.line(words.WHEN, self.console.words(words.OTHERWISE))
            yield from self.expression(words.WHEN, row.when)
            yield from self.text(words.FOLLOWS, row.follows)

    def notes(self) -> Iterator[str]:
        if self.standard.notes:
            yield from self.heading(words.NOTES, len(self.standard.notes))
        for note in self.standard.notes:
            yield f"  {note.id}"
            yield from paragraph(note.text[self.language], self.console.width, "      ")
            yield from self.expression(words.WHEN, note.when)
            yield from self.line(words.CITES, self.cited(note.cites))

    def heading(self, text: Bilingual, count: int) -> Iterator[str]:
        yield ""
        yield self.console.words(text, count=count)

    def line(self, name: Bilingual, value: str, indent: str = "      ") -> Iterator[str]:
        text = self.console.words(words.COLON, name=self.console.words(name), value=value)
        yield from paragraph(text, self.console.width, indent, hanging="  ")

    def text(self, name: Bilingual, text: Bilingual | None) -> Iterator[str]:
        if text is not None:
            yield from self.line(name, text[self.language])

    def expression(self, name: Bilingual, expression: TypedExpr | None) -> Iterator[str]:
        if expression is not None:
            yield from self.line(name, to_text(expression.source))

    def cited(self, citations: Iterable[Citation]) -> str:
        comma = self.console.words(words.COMMA)
        return comma.join(f"{one.locator[self.language]} [{one.clause}]" for one in citations)


def said(parameter: Parameter) -> str:
    """The value of a parameter as `--set` takes it; of a table all its entries, of what a run gives `?`."""
    if parameter.table is not None:
        return ", ".join(_entries(parameter.table))
    return "?" if parameter.value is None else _plain(parameter.value)


def _entries(table: Table) -> Iterator[str]:
    for step in table.steps:
        start = "" if step.start is None else f"{'>' if step.above else '>='} {_plain(step.start)}: "
        yield start + _plain(step.value)
    for keys, value in table.entries.items():
        yield f"{' × '.join(map(_plain, keys))}: {_plain(value)}"
    if table.otherwise is not None:
        yield f"*: {_plain(table.otherwise)}"


def _plain(given: object) -> str:
    value = to_json(given)
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return ",".join(value)
        case _:
            return str(value)


def conformity(row: VerdictRow) -> Bilingual:
    """What a verdict means for the exit code."""
    if row.conforms is None:
        return words.INFORMS
    return words.CONFORMS if row.conforms else words.CONFORMS_NOT


def _document(one: Standard) -> dict[str, Any]:
    document = one.document
    return {
        **header_data(one),
        "document": {"id": document.id, "number": document.number, "title": both(document.title)},
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
        "blocks": [{"id": block.id, "title": both(block.title), "parent": block.parent} for block in one.blocks],
        "criteria": [_criterion(one, criterion) for criterion in one.criteria],
        "verdicts": [
            {"id": row.id, "title": both(row.title), "conforms": row.conforms, "when": _text(row.when)}
            for row in one.verdicts
        ],
        "notes": [
            {
                "id": note.id,
                "text": both(note.text),
                "when": _text(note.when),
                "cites": [cited.clause for cited in note.cites],
            }
            for note in one.notes
        ],
    }


def _criterion(standard: Standard, one: Criterion) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": both(one.title),
        "block": one.block,
        "strength": one.strength.value,
        "sentence": both(sentence(standard, one)),
        "require": _text(one.require),
        "applies_when": _text(one.applies_when),
        "judge": [
            {"id": row.id, "title": both(row.title), "fails": row.fails, "when": _text(row.when)} for row in one.judge
        ],
        "cites": [{"clause": cited.clause, "locator": both(cited.locator)} for cited in one.cites],
        "proof": both(one.proof),
        "remedy": both(one.remedy),
        "note": both(one.note),
    }


def _text(expression: TypedExpr | None) -> str | None:
    return None if expression is None else to_text(expression.source)

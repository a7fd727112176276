# SPDX-License-Identifier: MIT
"""The command `show`: all that one standard says, or one document."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from platformrules.citations import Citation, Document
from platformrules.cli import words
from platformrules.cli.console import Console
from platformrules.cli.exits import CommandError, ExitCode
from platformrules.cli.layout import paragraph, table
from platformrules.cli.rules import named, rulebook, times_of
from platformrules.cli.show_data import clauses_cited, document_data, is_summed, standard_data
from platformrules.criteria.formatter import to_text
from platformrules.criteria.typed import TypedExpr
from platformrules.languages import Bilingual, Language
from platformrules.reporting.parameters import parameter_text, table_head, table_rows
from platformrules.reporting.values import unit_text
from platformrules.reporting.wording import DISPOSITIONS, STRENGTHS
from platformrules.results import to_json
from platformrules.sentences import block_limits, limits_said, phrase, points_said, sentence
from platformrules.standards.model import Criterion, JudgeRow, Parameter, Standard, VerdictRow


def show(arguments: Namespace, console: Console) -> ExitCode:
    """One standard with its parameters, values, criteria, verdicts and notes; or one procedure, or one document."""
    book = rulebook(arguments)
    if any(arguments.id in {one.id, one.reference} for one in book.procedures.values()):
        from platformrules.cli.procedures import show_procedure

        return show_procedure(book.procedure(arguments.id), console, diagram=arguments.diagram)
    document = book.documents.get(arguments.id)
    if arguments.diagram:
        reference = arguments.id if document is not None else named(book, arguments.id, console).reference
        raise CommandError(console.words(words.NO_DIAGRAM, name=reference))
    if document is not None:
        if console.json:
            console.data(document_data(document))
        else:
            console.lines(document_lines(document, console))
        return ExitCode.CONFORMS
    standard = named(book, arguments.id, console)
    if console.json:
        console.data(standard_data(standard, book.documents))
        return ExitCode.CONFORMS
    page = _Page(standard, console)
    parts = (page.header(), page.parameters(), page.values(), page.score(), page.assessors(), page.blocks())
    for part in (*parts, page.scales(), page.criteria(), page.verdicts(), page.notes(), page.clauses(book.documents)):
        console.lines(part)
    return ExitCode.CONFORMS


class _Page:
    """The lines of `show`."""

    def __init__(self, standard: Standard, console: Console) -> None:
        self.standard, self.console, self.language = standard, console, console.language
        self.shared = _shared_scales(standard)

    def header(self) -> Iterator[str]:
        standard, document = self.standard, self.standard.document
        title = titled(document, self.language)
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
        yield from self.text(words.NOTE, document.note, "")

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
            yield from paragraph(f"{one.id} = {self.value_of(one)}  [{cited}]", self.console.width, "  ", hanging="  ")
            yield from self.text(words.NAME, one.title)
            if one.table is not None:
                yield from table(list(table_rows(one.table, self.language)), self.console.width, indent=" " * 6)
            for name, text in ((words.READING, one.reading), (words.NOTE, one.note)):
                yield from self.text(name, text)

    def value_of(self, one: Parameter) -> str:
        """The value as `--set` takes it; what may be given; or by what a table is looked up."""
        if one.table is not None:
            head = table_head(one.table, self.language)
            return self.console.words(words.TABLE_BY if head else words.IN_STEPS, by=head)
        if one.given is not None and one.value is None:
            return parameter_text(one, self.language)
        return f"{said(one)} {unit_text(one.unit, self.language)}".rstrip()

    def values(self) -> Iterator[str]:
        """The named values."""
        if self.standard.values:
            yield from self.heading(words.VALUES, len(self.standard.values))
        for one in self.standard.values:
            title = one.id if one.title is None else f"{one.title[self.language]} ({one.id})"
            unit = f" [{unit_text(one.unit, self.language)}]" if one.unit else ""
            yield from paragraph(f"{title}{unit}", self.console.width, "  ")
            yield from self.line(words.IN_WORDS, phrase(self.standard, one.expression)[self.language])
            yield from self.expression(words.EXPRESSION, one.expression)
            if one.cites:
                yield from self.line(words.CITES, self.cited(one.cites))
            yield from self.text(words.NOTE, one.note)

    def score(self) -> Iterator[str]:
        """How the score is made, if there is one."""
        one = self.standard.score
        if one is None:
            return
        yield ""
        if is_summed(one):
            yield from self.line(words.SCORE, self.console.words(words.SCORE_SUM), "")
            return
        yield from self.line(words.SCORE, phrase(self.standard, one.expression)[self.language], "")
        yield from self.expression(words.EXPRESSION, one.expression)

    def assessors(self) -> Iterator[str]:
        """Who judges, in the order in which a later one overrules."""
        if self.standard.assessors:
            yield from self.heading(words.ASSESSORS, len(self.standard.assessors))
        for one in self.standard.assessors:
            yield from paragraph(f"{one.title[self.language]} ({one.id})", self.console.width, "  ")

    def blocks(self) -> Iterator[str]:
        """The blocks with what limits their points; criteria stand under them below."""
        blocks = self.standard.blocks
        if not any(one.maximum is not None or one.cap is not None for one in blocks):
            return
        yield from self.heading(words.BLOCKS, len(blocks))
        depths: dict[str | None, int] = {None: 0}
        for _ in blocks:
            depths |= {one.id: depths[one.parent] + 1 for one in blocks if one.parent in depths}
        for one in blocks:
            limits = block_limits(one)
            said = "" if limits is None else f" [{limits[self.language]}]"
            title = f"{one.title[self.language]} ({one.id}){said}"
            yield from paragraph(title, self.console.width, "  " * depths[one.id])

    def scales(self) -> Iterator[str]:
        """What persons may find, where several criteria have the same."""
        if self.shared:
            yield from self.heading(words.SCALES, len(self.shared))
        for number, (scale, members) in enumerate(self.shared.items(), start=1):
            named = self.console.words(words.COMMA).join(members)
            yield from paragraph(f"{number}: {named}", self.console.width, "  ", hanging="  ")
            for row in scale:
                yield from self.judge_row(row)

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
        yield from self.asked(one)
        for name, expression in ((words.EXPRESSION, one.require or one.points), (words.APPLIES, one.applies_when)):
            yield from self.expression(name, expression)
        yield from self.line(words.CITES, self.cited(one.cites))
        for name, text in ((words.PROOF, one.proof), (words.REMEDY, one.remedy), (words.NOTE, one.note)):
            yield from self.text(name, text)

    def asked(self, one: Criterion) -> Iterator[str]:
        """What it asks, how it gives points, and what limits them."""
        limits = limits_said(one)
        if one.require is not None:
            yield from self.line(words.ASKS, sentence(self.standard, one)[self.language])
        elif one.points is not None:
            yield from self.line(words.POINTS, phrase(self.standard, one.points)[self.language])
        elif one.judges_points:
            yield from self.line(words.GIVES_POINTS, "" if limits is None else limits[self.language])
        else:
            yield from self.judged(one)
        if limits is not None and not one.judges_points:
            yield from self.line(words.LIMITS, limits[self.language])

    def judged(self, one: Criterion) -> Iterator[str]:
        """What a person may find, or grades by conditions; of a scale that is said above only what the data say."""
        if one.grades:
            yield from self.line(words.GRADED, "")
            for row in one.grades:
                yield from self.judge_row(row, words.WHEN)
            return
        shared = _scale(one) in self.shared
        choices = self.console.words(words.CHOICE).join(row.title[self.language] for row in one.judge)
        yield from self.line(words.JUDGED, choices if shared else "")
        for row in one.judge:
            if row.when is not None or not shared:
                yield from self.judge_row(evolve(row, follows=None) if shared else row)

    def judge_row(self, row: JudgeRow, when: Bilingual = words.DATA_SAY) -> Iterator[str]:
        said = [] if row.points is None else [points_said(row.points)[self.language]]
        said += [self.console.words(words.FAILS)] if row.fails else []
        meaning = f" [{self.console.words(words.COMMA).join(said)}]" if said else ""
        yield from paragraph(f"{row.id} = {row.title[self.language]}{meaning}", self.console.width, " " * 8)
        if row.when is None and when is words.WHEN:
            yield from self.line(when, self.console.words(words.OTHERWISE), " " * 12)
        if row.when is not None:
            yield from self.line(when, phrase(self.standard, row.when)[self.language], " " * 12)
            yield from self.line(words.EXPRESSION, to_text(row.when.source), " " * 12)
        yield from self.text(words.FOLLOWS, row.follows, " " * 12)

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

    def clauses(self, documents: Mapping[str, Document]) -> Iterator[str]:
        """What is damaged, silent or in conflict about the clauses that are cited."""
        noted = [one for _, one in clauses_cited(self.standard, documents) if one.note is not None]
        if noted:
            yield from self.heading(words.CLAUSE_NOTES, len(noted))
        for one in noted:
            yield from paragraph(f"{one.locator[self.language]} [{one.id}]", self.console.width, "  ")
            yield from self.text(words.NOTE, one.note)

    def heading(self, text: Bilingual, count: int) -> Iterator[str]:
        yield ""
        yield self.console.words(text, count=count)

    def line(self, name: Bilingual, value: str, indent: str = "      ") -> Iterator[str]:
        text = self.console.words(words.COLON, name=self.console.words(name), value=value)
        yield from paragraph(text, self.console.width, indent, hanging="  ")

    def text(self, name: Bilingual, text: Bilingual | None, indent: str = "      ") -> Iterator[str]:
        if text is not None:
            yield from self.line(name, text[self.language], indent)

    def expression(self, name: Bilingual, expression: TypedExpr | None) -> Iterator[str]:
        if expression is not None:
            yield from self.line(name, to_text(expression.source))

    def cited(self, citations: Iterable[Citation]) -> str:
        comma = self.console.words(words.COMMA)
        return comma.join(f"{one.locator[self.language]} [{one.clause}]" for one in citations)


def document_lines(document: Document, console: Console) -> Iterator[str]:
    """A document with every clause, and what is damaged, silent or in conflict about it."""
    language = console.language

    def line(name: Bilingual, value: str, indent: str = "      ") -> list[str]:
        text = console.words(words.COLON, name=console.words(name), value=value)
        return paragraph(text, console.width, indent, hanging="  ")

    yield from paragraph(f"{document.id}  {document.number} {titled(document, language)}", console.width)
    yield from line(words.ISSUER, document.issuer[language], "")
    if document.date is not None:
        yield from line(words.DATED, document.date.isoformat(), "")
    if document.note is not None:
        yield from line(words.NOTE, document.note[language], "")
    yield ""
    yield console.words(words.CLAUSES, count=len(document.clauses))
    for one in document.clauses.values():
        strength = console.words(STRENGTHS[one.strength])
        yield from paragraph(f"{one.locator[language]} [{one.id}] [{strength}]", console.width, "  ")
        yield from paragraph(one.says[language], console.width, "      ")
        if one.note is not None:
            yield from line(words.NOTE, one.note[language])
        if one.reason is not None:
            yield from line(DISPOSITIONS[one.disposition or ""], one.reason[language])


def titled(document: Document, language: Language) -> str:
    """The title of a document, in Chinese between its marks."""
    return f"《{document.title.zh}》" if language == "zh" else document.title.en


def _scale(one: Criterion) -> tuple[JudgeRow, ...]:
    """What a person may find, whatever the data say."""
    return tuple(evolve(row, when=None) for row in one.judge)


def _shared_scales(standard: Standard) -> dict[tuple[JudgeRow, ...], list[str]]:
    """What persons may find on several criteria alike, with the ids of those."""
    found: dict[tuple[JudgeRow, ...], list[str]] = {}
    for one in standard.criteria:
        if one.judge:
            found.setdefault(_scale(one), []).append(one.id)
    return {scale: members for scale, members in found.items() if len(members) > 1}


def said(parameter: Parameter) -> str:
    """The value of a parameter as `--set` takes it."""
    value = to_json(parameter.value)
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

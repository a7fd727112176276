# SPDX-License-Identifier: MIT
"""`evaluate` by several standards: one ledger is read once for each kind of subject, and a matrix comes out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from attrs import frozen

from platformrules.cli import given, words
from platformrules.cli.console import Console
from platformrules.cli.exits import CommandError, ExitCode
from platformrules.cli.forms import named_form
from platformrules.cli.problems import show_problems
from platformrules.cli.rules import in_force, named, rulebook, tell_validity
from platformrules.cli.settings import with_settings
from platformrules.cli.verdicts import exit_code, written
from platformrules.errors import LedgerError
from platformrules.evaluation import evaluate_many
from platformrules.ledger import Ledger, Problem, read_ledger
from platformrules.periods import Period
from platformrules.reporting import Matrix, Publication, matrix_lines, publish, write_matrix
from platformrules.results import Report
from platformrules.standards.forms import Form
from platformrules.standards.including import together
from platformrules.standards.loader import SUBJECTS
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import Rulebook

#: All standards that fit the ledger.
ALL = "*"


def evaluate_several(arguments: Namespace, console: Console) -> ExitCode:
    """Evaluate a ledger by several standards, facts entered once."""
    path = Path(arguments.ledger)
    outputs = given.reports(arguments.output, path, console)
    engine = given.engine(arguments.engine, console)
    book = rulebook(arguments)
    run = _Run(
        book,
        tuple(arguments.standard),
        given.period(arguments.period, console),
        given.day(arguments.as_of, console),
        None if arguments.form is None else named_form(book, arguments.form, console),
    )
    publications: list[Publication] = []
    problems: dict[tuple[str, ...], Problem] = {}
    reports: list[Report] = []
    for ledger, standards in run.ledgers(path, console):
        problems |= {(one.code, one.sheet, one.cell, one.value, one.message.en): one for one in ledger.problems}
        for standard, why in standards:
            judged = with_settings(standard, run.settings(standard, arguments.set), {}, console)
            found = tuple(evaluate_many(judged, ledger.dossiers, engine))
            reports += found
            publications.append(
                publish(
                    judged,
                    found,
                    problems=ledger.problems,
                    input_digest=ledger.digest,
                    chosen=why,
                    note=ledger.note,
                    language=console.language,
                    internal=arguments.internal,
                )
            )
    if not publications:
        raise CommandError(console.words(words.NONE_FITS, ledger=path))
    matrix = Matrix(tuple(publications))
    if console.json:
        console.json_text([matrix.to_json()])
    else:
        console.lines(matrix_lines(matrix, console.width))
    show_problems(tuple(problems.values()), console)
    for output in outputs:
        for place in written(lambda output=output: write_matrix(matrix, output), output, console):  # type: ignore[misc]
            console.say(words.WRITTEN, path=place)
    return exit_code(reports)


@frozen
class _Run:
    """What the command line says of standards and times."""

    book: Rulebook
    references: tuple[str, ...]
    period: Period | None
    as_of: date | None
    form: Form | None

    def ledgers(self, path: Path, console: Console) -> Iterable[tuple[Ledger, Sequence[tuple[Standard, str]]]]:
        """The ledger as each kind of subject reads it, with the standards that judge it and why they were taken."""
        wanted = self.wanted(console)
        refused: LedgerError | None = None
        any_read = False
        for subject in SUBJECTS:
            standards = [one for one in wanted if one.subject == subject]
            if not standards:
                continue
            try:
                ledger = self.read(path, together(standards), console)
            except LedgerError as error:
                if not self.takes_all:
                    raise
                refused = refused or error
                continue
            if not ledger.dossiers and self.takes_all:
                continue
            any_read = True
            yield ledger, self.fitting(standards, ledger, console)
        if refused is not None and not any_read:
            raise refused

    @property
    def takes_all(self) -> bool:
        return self.references == (ALL,)

    def wanted(self, console: Console) -> list[Standard]:
        """The standards that are named, or the newest of all."""
        if self.takes_all:
            return [self.book[name] for name in sorted({one.id for one in self.book})]
        found = [named(self.book, one, console) for one in self.references]
        twice = [one.reference for at, one in enumerate(found) if one in found[:at]]
        if twice:
            raise CommandError(console.words(words.STANDARD_TWICE, name=twice[0]))
        return found

    def fitting(self, standards: Sequence[Standard], ledger: Ledger, console: Console) -> list[tuple[Standard, str]]:
        """The versions in force on the day judged; of all standards, those that have one."""
        day = ledger.as_of or (ledger.period.end if ledger.period is not None else None)
        if day is None:
            return [(one, "") for one in standards]
        found = []
        for one in standards:
            if f"{one.id}@{one.version}" in self.references:
                found.append((one, "pinned"))
            elif not self.takes_all or any(other.is_in_force(day) for other in self.book if other.id == one.id):
                found.append(in_force(self.book, one.id, day, console, asked=self.as_of is not None))
        for one, _ in found:
            tell_validity(one, day, console)
        return found

    def settings(self, standard: Standard, texts: Iterable[str]) -> list[str]:
        """The settings of one standard: those of its qualified names, and plain ones that it has."""
        found = []
        for text in texts:
            name, mark, value = text.partition("=")
            owner, _, plain = name.strip().rpartition("#")
            if owner in {standard.id, standard.reference} or (not owner and plain in standard.parameters) or not mark:
                found.append(f"{plain}={value}" if mark else text)
        return found

    def read(self, path: Path, standard: Standard, console: Console) -> Ledger:
        with console.progress(words.READING_LEDGER) as progress:
            return read_ledger(
                path,
                standard,
                period=self.period,
                as_of=self.as_of,
                progress=progress,
                form=self.form,
                forms=self.book.forms.values(),
            )

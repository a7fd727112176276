# SPDX-License-Identifier: MIT
"""The command `evaluate`: a ledger in; a summary, problems and reports out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from attrs import frozen

from platformrules.cli import given, words
from platformrules.cli.console import Console, Progress
from platformrules.cli.exits import ExitCode
from platformrules.cli.forms import named_form
from platformrules.cli.problems import show_problems
from platformrules.cli.rules import in_force, named, rulebook, tell_validity
from platformrules.cli.settings import with_settings
from platformrules.cli.several import ALL, evaluate_several
from platformrules.cli.verdicts import exit_code, written
from platformrules.evaluation import evaluate_many
from platformrules.ledger import Ledger, read_ledger
from platformrules.periods import Period
from platformrules.reporting import Publication, publish, render_json, summary_lines, write_report
from platformrules.results import Report, to_json
from platformrules.standards.forms import Form
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import Rulebook


def evaluate(arguments: Namespace, console: Console) -> ExitCode:
    """Evaluate a ledger by one standard or several, and write the reports asked for."""
    if len(arguments.standard) > 1 or arguments.standard == [ALL]:
        return evaluate_several(arguments, console)
    path = Path(arguments.ledger)
    outputs = given.reports(arguments.output, path, console)
    engine = given.engine(arguments.engine, console)
    book = rulebook(arguments)
    choice = _Choice(
        book,
        arguments.standard[0],
        given.period(arguments.period, console),
        given.day(arguments.as_of, console),
        None if arguments.form is None else named_form(book, arguments.form, console),
    )
    standard, ledger, why = choice.read(path, console)
    standard = with_settings(standard, arguments.set, ledger.parameters, console)
    with console.progress(words.EVALUATING) as progress:
        reports = tuple(_counted(evaluate_many(standard, ledger.dossiers, engine), len(ledger.dossiers), progress))
    publication = publish(
        standard,
        reports,
        problems=ledger.problems,
        input_digest=ledger.digest,
        chosen=why,
        note=ledger.note,
        language=console.language,
        internal=arguments.internal,
    )
    _show(publication, console)
    for text, is_given in ((words.CHANGED, False), (words.GIVEN, True)):
        chosen = [
            f"{name} = {to_json(value)}"
            for name, value in standard.overrides.items()
            if (standard.parameters[name].given is not None) is is_given
        ]
        if chosen:
            console.note(text, listed=console.words(words.COMMA).join(chosen))
    show_problems(ledger.problems, console)
    for output in outputs:
        _write(publication, output, console)
    return exit_code(reports)


@frozen
class _Choice:
    """Which version of which standard is to judge, as far as the command line says so."""

    book: Rulebook
    reference: str
    period: Period | None
    as_of: date | None
    form: Form | None = None

    def read(self, path: Path, console: Console) -> tuple[Standard, Ledger, str]:
        """The standard, the ledger read for it, and why this version was taken.

        Which version is in force depends on the day, which the ledger may have to say, and how a ledger is read
        depends on the standard: it is read anew in the rare case that the day asks for another version.
        """
        standard = named(self.book, self.reference, console)
        pinned, asked = "@" in self.reference, self.as_of is not None
        day = self.as_of or (self.period.end if self.period is not None else None)
        if day is not None and not pinned:
            standard, _ = in_force(self.book, self.reference, day, console, asked=asked)
        ledger = self._read(path, standard, console)
        day = ledger.as_of or (ledger.period.end if ledger.period is not None else None)
        if day is None:
            return standard, ledger, ""
        why = "pinned"
        if not pinned:
            fitting, why = in_force(self.book, self.reference, day, console, asked=asked)
            if fitting.reference != standard.reference:
                standard = fitting
                ledger = self._read(path, standard, console)
        tell_validity(standard, day, console)
        return standard, ledger, why

    def _read(self, path: Path, standard: Standard, console: Console) -> Ledger:
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


def _counted(reports: Iterator[Report], total: int, progress: Progress) -> Iterator[Report]:
    for number, report in enumerate(reports, start=1):
        yield report
        progress(number, total)


def _write(publication: Publication, path: Path, console: Console) -> None:
    written(lambda: write_report(publication, path), path, console)
    console.say(words.WRITTEN, path=path)


def _show(publication: Publication, console: Console) -> None:
    if console.json:
        console.json_text(render_json(publication))
    else:
        console.lines(summary_lines(publication, console.width, console.language))

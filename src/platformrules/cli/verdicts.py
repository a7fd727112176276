# SPDX-License-Identifier: MIT
"""What every evaluation ends with: the exit code, the problems of the ledger, and files that cannot be written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from platformrules.cli import words
from platformrules.cli.console import Console
from platformrules.cli.exits import CommandError, ExitCode
from platformrules.cli.layout import paragraph
from platformrules.errors import PlatformRulesError
from platformrules.ledger import Problem
from platformrules.results import Report

T = TypeVar("T")
#: So many problems are printed; the reports hold all of them.
PROBLEMS_SHOWN = 20


def exit_code(reports: Iterable[Report]) -> ExitCode:
    """What the verdicts together mean for whoever runs the program."""
    verdicts = [report.verdict for report in reports]
    if any(one.conforms is False for one in verdicts):
        return ExitCode.DOES_NOT_CONFORM
    if any(one.id is None and one.conforms is None for one in verdicts):
        return ExitCode.UNDETERMINED
    return ExitCode.CONFORMS


def written(write: Callable[[], T], path: Path, console: Console) -> T:
    """Do what writes a file.

    Raises:
        CommandError: it cannot be written; the message says why in words of the user.
    """
    try:
        return write()
    except PlatformRulesError as error:
        if isinstance(error.__cause__, OSError):
            why = error.__cause__.strerror or str(error.__cause__)
            hint = console.words(words.OPEN_ELSEWHERE) if isinstance(error.__cause__, PermissionError) else ""
            raise CommandError(console.words(words.CANNOT_WRITE, path=path, why=why, hint=hint)) from None
        raise


def show_problems(problems: Sequence[Problem], console: Console) -> None:
    """The first problems of a ledger."""
    if not problems:
        return
    console.warn(console.words(words.PROBLEMS, count=len(problems)))
    for one in problems[:PROBLEMS_SHOWN]:
        text = f"  {one.text(console.language)}"
        # a person reads lines that fit; a program takes a line a problem
        lines = paragraph(text, console.width, "  ", hanging="    ") if console.is_terminal else [text]
        for line in lines:
            console.warn(line)
    if len(problems) > PROBLEMS_SHOWN:
        console.warn(f"  {console.words(words.MORE_PROBLEMS, count=len(problems) - PROBLEMS_SHOWN)}")

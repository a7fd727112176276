# SPDX-License-Identifier: MIT
"""What every evaluation ends with: the exit code, and what is said of a file that cannot be written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from platformrules.cli import words
from platformrules.cli.console import Console
from platformrules.cli.exits import CommandError, ExitCode
from platformrules.errors import PlatformRulesError
from platformrules.results import Report

T = TypeVar("T")


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

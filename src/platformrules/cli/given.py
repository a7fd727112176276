# SPDX-License-Identifier: MIT
"""What is written on a command line besides names: numbers, days, periods, files; each refused with the right form."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from platformrules.cli import words
from platformrules.cli.arguments import ENGINES, SUFFIXES
from platformrules.cli.console import Console
from platformrules.cli.exits import CommandError
from platformrules.cli.spelling import suggestion
from platformrules.periods import Period


def whole_number(name: str, text: str, least: int, console: Console) -> int:
    """A whole number.

    Raises:
        CommandError: it is none, or too small.
    """
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or int(text) < least:
        raise CommandError(console.words(words.BAD_NUMBER, name=name, least=least, value=text))
    return int(text)


def period(text: str | None, console: Console) -> Period | None:
    """A period, if one is given.

    Raises:
        CommandError: the text is none.
    """
    try:
        return None if text is None else Period.parse(text)
    except ValueError:
        raise CommandError(console.words(words.BAD_PERIOD, value=text)) from None


def day(text: str | None, console: Console) -> date | None:
    """A day, if one is given.

    Raises:
        CommandError: the text is none.
    """
    try:
        if text is None or re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return None if text is None else date.fromisoformat(text)
    except ValueError:
        pass
    raise CommandError(console.words(words.BAD_DATE, value=text))


def engine(text: str, console: Console) -> str:
    """An engine by its name; `auto` is the one that fits.

    Raises:
        CommandError: there is none of that name.
    """
    if text not in ENGINES:
        hint = suggestion(text, ENGINES, console.language)
        raise CommandError(console.words(words.NO_ENGINE, value=text, known=" ".join(ENGINES), hint=hint))
    return "python" if text == "auto" else text


def reports(given: list[str], ledger: Path, console: Console) -> list[Path]:
    """Where reports are to be written: told before any work is done if that cannot be.

    Raises:
        CommandError: a suffix is no format of reports, a folder is not there, a file is the ledger or given twice.
    """
    paths: list[Path] = []
    for text in given:
        path = Path(text)
        if path.suffix.lower() not in SUFFIXES:
            raise CommandError(console.words(words.NO_FORMAT, path=text, known=" ".join(SUFFIXES)))
        check_folder(path, console)
        if path.resolve() == ledger.resolve():
            raise CommandError(console.words(words.IS_THE_LEDGER, path=text))
        if path in paths:
            raise CommandError(console.words(words.SAME_TWICE, path=text))
        paths.append(path)
    return paths


def check_folder(path: Path, console: Console) -> None:
    """See that there is a folder to write into.

    Raises:
        CommandError: there is none.
    """
    if not path.parent.is_dir():
        raise CommandError(console.words(words.NO_FOLDER, path=path, folder=path.parent))


def free(arguments: Namespace, suffixes: Sequence[str], console: Console) -> Path:
    """Where to write: nothing is there yet, for what is there may be a ledger that somebody filled in."""
    path = Path(arguments.output)
    if path.suffix.lower() not in suffixes:
        known = " ".join(filter(None, suffixes))
        raise CommandError(console.words(words.NO_FORMAT, path=path, known=known))
    check_folder(path, console)
    if path.exists() and not arguments.force:
        raise CommandError(console.words(words.IS_THERE, path=path))
    return path

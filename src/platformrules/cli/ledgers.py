# SPDX-License-Identifier: MIT
"""The commands `template` and `sample`: ledgers to fill in, and ledgers of made-up data."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from platformrules.cli import words
from platformrules.cli.console import Console
from platformrules.cli.exits import CommandError, ExitCode
from platformrules.cli.given import check_folder, whole_number
from platformrules.cli.rules import named, rulebook
from platformrules.ledger import sample_ledger, write_ledger, write_template

#: What a ledger may be written as; without a suffix it is a folder of CSV files.
LEDGER_SUFFIXES = (".xlsx", ".json")


def template(arguments: Namespace, console: Console) -> ExitCode:
    """Write an empty ledger to fill in."""
    path = _free(arguments, (".xlsx",), console)
    standard = named(rulebook(arguments), arguments.id, console)
    write_template(standard, path, console.language)
    console.say(words.WRITTEN, path=path)
    return ExitCode.CONFORMS


def sample(arguments: Namespace, console: Console) -> ExitCode:
    """Write a ledger of made-up data."""
    path = _free(arguments, (*LEDGER_SUFFIXES, ""), console)
    centers = whole_number("--centers", arguments.centers, 1, console)
    seed = whole_number("--seed", arguments.seed, 0, console)
    standard = named(rulebook(arguments), arguments.id, console)
    write_ledger(sample_ledger(standard, centers, seed), path, standard, console.language)
    console.say(words.WRITTEN, path=path)
    console.say(words.MADE_UP)
    return ExitCode.CONFORMS


def _free(arguments: Namespace, suffixes: tuple[str, ...], console: Console) -> Path:
    """Where to write: nothing is there yet, for what is there may be a ledger that somebody filled in."""
    path = Path(arguments.output)
    if path.suffix.lower() not in suffixes:
        known = " ".join(filter(None, suffixes))
        raise CommandError(console.words(words.NO_FORMAT, path=path, known=known))
    check_folder(path, console)
    if path.exists() and not arguments.force:
        raise CommandError(console.words(words.IS_THERE, path=path))
    return path

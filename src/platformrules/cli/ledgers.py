# SPDX-License-Identifier: MIT
"""The commands `template` and `sample`: ledgers to fill in, and ledgers of made-up data."""

from __future__ import annotations

from argparse import Namespace

from platformrules.cli import words
from platformrules.cli.console import Console
from platformrules.cli.exits import ExitCode, UsageError
from platformrules.cli.forms import write_blank
from platformrules.cli.given import free, whole_number
from platformrules.cli.rules import named, rulebook
from platformrules.ledger import sample_ledger, write_ledger, write_template

#: What a ledger may be written as; without a suffix it is a folder of CSV files.
LEDGER_SUFFIXES = (".xlsx", ".json")


def template(arguments: Namespace, console: Console) -> ExitCode:
    """Write an empty ledger to fill in."""
    if (arguments.id is None) is (arguments.form is None):
        raise UsageError(
            console.words(words.ID_OR_FORM), console.words(words.SEE_HELP, program="platformrules template")
        )
    path = free(arguments, (".xlsx",), console)
    if arguments.form is not None:
        write_blank(arguments, path, console)
        return ExitCode.CONFORMS
    standard = named(rulebook(arguments), arguments.id, console)
    write_template(standard, path, console.language)
    console.say(words.WRITTEN, path=path)
    return ExitCode.CONFORMS


def sample(arguments: Namespace, console: Console) -> ExitCode:
    """Write a ledger of made-up data."""
    path = free(arguments, (*LEDGER_SUFFIXES, ""), console)
    centers = whole_number("--centers", arguments.centers, 1, console)
    seed = whole_number("--seed", arguments.seed, 0, console)
    standard = named(rulebook(arguments), arguments.id, console)
    write_ledger(sample_ledger(standard, centers, seed), path, standard, console.language)
    console.say(words.WRITTEN, path=path)
    console.say(words.MADE_UP)
    return ExitCode.CONFORMS

# SPDX-License-Identifier: MIT
"""The command `form`: official forms, filled in from a ledger or blank."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from platformrules.cli import words
from platformrules.cli.console import Console
from platformrules.cli.exits import CommandError, ExitCode
from platformrules.cli.given import free
from platformrules.cli.problems import show_problems
from platformrules.cli.rules import refuse_broken, rulebook
from platformrules.cli.spelling import suggestion
from platformrules.errors import UnknownNameError
from platformrules.ledger import read_ledger, write_form
from platformrules.standards.forms import Form, recording
from platformrules.standards.rulebook import Rulebook

_NO_CRITERION = "PR512"  # a form asks for no judgement


def fill_in(arguments: Namespace, console: Console) -> ExitCode:
    """Fill in a form from a ledger; what is wrong with the ledger is listed."""
    path = free(arguments, (".xlsx",), console)
    given = Path(arguments.ledger)
    if path.resolve() == given.resolve():
        raise CommandError(console.words(words.IS_THE_LEDGER, path=path))
    book = rulebook(arguments)
    form = named_form(book, arguments.form, console)
    with console.progress(words.READING_LEDGER) as progress:
        ledger = read_ledger(given, recording(form), as_of=form.state.on, progress=progress, forms=(form,))
    write_form(form, ledger, path, console.language, internal=arguments.internal)
    console.say(words.WRITTEN, path=path)
    console.say(words.STATE_OF_FORM, on=form.state.on)
    if not arguments.internal:
        console.say(words.PERSONS_LEFT_OUT)
    _due(form, console)
    show_problems([one for one in ledger.problems if one.code != _NO_CRITERION], console)
    return ExitCode.CONFORMS


def write_blank(arguments: Namespace, path: Path, console: Console) -> None:
    """Write a form to fill in."""
    form = named_form(rulebook(arguments), arguments.form, console)
    write_form(form, (), path, console.language)
    console.say(words.WRITTEN, path=path)
    _due(form, console)


def _due(form: Form, console: Console) -> None:
    if form.due is not None:
        console.say(words.DUE_OF_FORM, on=form.due.on, to=form.due.to[console.language])


def named_form(book: Rulebook, reference: str, console: Console) -> Form:
    """The form of that id, its newest version if none is pinned.

    Raises:
        CommandError: there is none.
        RuleFileError: the rule files of its plugin are wrong.
    """
    try:
        return book.form(reference)
    except UnknownNameError:
        refuse_broken(book, reference, console)
        known = sorted({one.id for one in book.forms.values()})
        hint = suggestion(reference, known, console.language)
        listed = " ".join(known) or "-"
        raise CommandError(console.words(words.NO_FORM, name=reference, known=listed, hint=hint)) from None

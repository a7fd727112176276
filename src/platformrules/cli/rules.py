# SPDX-License-Identifier: MIT
"""Which rules a command works with: installed plugins, folders of `--rules`, and the standard it names."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from attrs import evolve

from platformrules.cli import words
from platformrules.cli.console import Console
from platformrules.cli.exits import CommandError
from platformrules.cli.spelling import suggestion
from platformrules.diagnostics import Diagnostic
from platformrules.errors import RuleFileError
from platformrules.plugins import load, rule_folder
from platformrules.procedures.model import Procedure
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import PluginInfo, Rulebook, RuleSource


def rulebook(arguments: Namespace) -> Rulebook:
    """The rules of all plugins and of the folders that were named.

    Raises:
        RuleFileError: the rules of a folder that was named are wrong.
    """
    sources = [rules_in(path) for path in arguments.rules]
    book = load(str(source.root) for source in sources)
    if faults := faults_in(book.faults, [source.folder for source in sources]):
        raise RuleFileError(faults)
    return book


def rules_in(path: str) -> RuleSource:
    """The rule files below a path, which may be relative to where the program runs.

    Raises:
        RuleFileError: there are none.
    """
    try:
        return rule_folder(Path(path).resolve())
    except RuleFileError as error:
        raise RuleFileError(evolve(one, file=path) for one in error.diagnostics) from None


def faults_in(faults: Iterable[Diagnostic], folders: Iterable[str]) -> list[Diagnostic]:
    """Those of the faults that lie in files of these folders."""
    within = tuple(f"{folder}/" for folder in folders)
    return [one for one in faults if one.file.startswith(within)]


def named(book: Rulebook, reference: str, console: Console) -> Standard:
    """The standard of that id, its newest version if none is pinned.

    Raises:
        CommandError: there is none.
        RuleFileError: the rule files of its plugin are wrong.
    """
    if reference in book:
        return book[reference]
    refuse_broken(book, reference, console)
    if not book.standards:
        raise CommandError(console.words(words.NO_STANDARD_AT_ALL))
    known = {one.id for one in book} | set(book.standards)
    hint = suggestion(reference, known, console.language)
    raise CommandError(console.words(words.NO_STANDARD, name=reference, hint=hint))


def named_procedure(book: Rulebook, reference: str, console: Console) -> Procedure:
    """The procedure of that id, its newest version if none is pinned.

    Raises:
        CommandError: there is none.
        RuleFileError: the rule files of its plugin are wrong.
    """
    known = {name for one in book.procedures.values() for name in (one.id, one.reference)}
    if reference in known:
        return book.procedure(reference)
    refuse_broken(book, reference, console)
    hint = suggestion(reference, known, console.language)
    listed = " ".join(book.procedures) or console.words(words.NONE)
    raise CommandError(console.words(words.NO_PROCEDURE, name=reference, known=listed, hint=hint))


def in_force(
    book: Rulebook, reference: str, day: date, console: Console, *, asked: bool = False
) -> tuple[Standard, str]:
    """The version of a standard that is in force on a day, and why it is the one.

    Args:
        book: the rules.
        reference: the id of the standard, without a version.
        day: the day judged.
        console: in whose language a refusal is.
        asked: the command line names that day, so that where no version is in force then, the nearest one is taken.

    Raises:
        CommandError: there is no such standard, or no version of it is in force then and nobody asked for that day; the
            message gives the dates.
    """
    newest = named(book, reference, console)
    versions = [one for one in book if one.id == newest.id]
    if any(one.is_in_force(day) for one in versions):
        return book.get(newest.id, on=day), f"in force on {day}"
    if asked:
        return nearest(versions, day), f"not in force on {day}"
    each = [console.words(words.IN_FORCE_TIMES, name=one.reference, times=times_of(one, console)) for one in versions]
    times = console.words(words.COMMA).join(each)
    raise CommandError(console.words(words.NOT_IN_FORCE, name=newest.id, day=day, times=times))


def nearest(versions: Iterable[Standard], day: date) -> Standard:
    """Of versions that are not in force on a day, the last that was before, or the first that came after."""
    ordered = sorted(versions, key=lambda one: (one.in_force.from_, one.version))
    before = [one for one in ordered if one.in_force.from_ <= day]
    return before[-1] if before else ordered[0]


def tell_validity(standard: Standard, day: date | None, console: Console) -> None:
    """Say on standard error that a standard is applied outside of its time, which the command line asked for."""
    if day is not None and not standard.is_in_force(day):
        times = times_of(standard, console)
        console.note(words.APPLIED_OUTSIDE, name=standard.reference, day=day, times=times)


def times_of(standard: Standard | Procedure, console: Console) -> str:
    """From when to when a standard is in force."""
    first, last = standard.in_force.from_, standard.in_force.until
    if last is None:
        return console.words(words.IN_FORCE_FROM, first=first)
    return console.words(words.IN_FORCE_UNTIL, first=first, last=last)


def refuse_broken(book: Rulebook, reference: str, console: Console) -> None:
    """Stop if the plugin of a standard, or the plugin itself, is broken.

    Raises:
        RuleFileError: its rule files are wrong.
        CommandError: it cannot be imported.
    """
    name = reference.partition("/")[0]
    for plugin in book.plugins:
        if plugin.name == name and plugin.error:
            if faults := faults_of(book, plugin):
                raise RuleFileError(faults)
            raise CommandError(console.words(words.BROKEN_PLUGIN, name=name, error=plugin.error))


def faults_of(book: Rulebook, plugin: PluginInfo) -> list[Diagnostic]:
    """What is wrong with the rule files of a plugin; empty if it is sound or cannot even be imported."""
    return faults_in(book.faults, [f"platformrules_{plugin.name}", plugin.name]) if plugin.error else []

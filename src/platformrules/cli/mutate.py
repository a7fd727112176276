# SPDX-License-Identifier: MIT
"""The command `mutate`: which small mistakes in the rules of a plugin its worked cases would let pass."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from platformrules.cli import words
from platformrules.cli.console import Console
from platformrules.cli.exits import CommandError, ExitCode
from platformrules.cli.given import check_folder
from platformrules.cli.layout import paragraph
from platformrules.cli.rules import faults_in, refuse_broken, rules_in
from platformrules.cli.spelling import suggestion
from platformrules.errors import RuleFileError
from platformrules.plugins import installed, load
from platformrules.standards.rulebook import Rulebook, RuleSource

if TYPE_CHECKING:
    from platformrules.testing.mutation import Mutation


def mutate(arguments: Namespace, console: Console) -> ExitCode:
    """Make every mutant, try each on the worked cases, and list those that no case notices."""
    from platformrules.testing import mutation  # what tests are made with is not loaded by other commands

    book, source = _rules(arguments, console)
    own = sorted(one.reference for one in book if one.plugin == source.plugin)
    wanted = list(arguments.standard)
    for reference in wanted:
        if not any(reference in {one, one.partition("@")[0]} for one in own):
            hint = suggestion(reference, [*own, *(one.partition("@")[0] for one in own)], console.language)
            raise CommandError(console.words(words.NO_STANDARD, name=reference, hint=hint))
    path = None if arguments.cases is None else Path(arguments.cases)
    if path is not None:
        check_folder(path, console)
    if path is not None and path.exists() and not arguments.force:
        raise CommandError(console.words(words.IS_THERE, path=path))
    found = mutation.mutate(source, book, wanted, suggest=path is not None)
    if console.json:
        console.data(found.to_dict())
    else:
        _tell(found, console)
    if path is not None:
        path.write_text("\n".join(("format = 1\n", *found.cases)), "utf-8")
        console.say(words.WRITTEN, path=path)
    if found.stale:
        console.blocks(found.stale, wrong=True)
        return ExitCode.WRONG_RULES
    return ExitCode.DOES_NOT_CONFORM if found.missed else ExitCode.CONFORMS


def _rules(arguments: Namespace, console: Console) -> tuple[Rulebook, RuleSource]:
    """All rules, and the rule files of the plugin that was named, by its name or its folder."""
    folders = [rules_in(path) for path in arguments.rules]
    name = arguments.plugin
    known = {one.plugin: one for one in (*installed()[0], *folders)}
    if name not in known and Path(name).is_dir():
        folders.append(rules_in(name))
        name = folders[-1].plugin
        known[name] = folders[-1]
    book = load(str(one.root) for one in folders)
    if faults := faults_in(book.faults, [one.folder for one in folders]):
        raise RuleFileError(faults)
    refuse_broken(book, name, console)
    if name not in known:
        hint = suggestion(name, known, console.language)
        raise CommandError(console.words(words.NO_PLUGIN, name=name, known=" ".join(known), hint=hint))
    return book, known[name]


def _tell(found: Mutation, console: Console) -> None:
    for title, rows in (
        (words.MUTANTS_MISSED, [str(one) for one in found.missed]),
        (words.MUTANTS_EQUIVALENT, [f"{one} ({reason})" for one, reason in found.equivalent]),
    ):
        if rows:
            console.line(console.words(title, count=len(rows)))
            for row in rows:
                console.lines(paragraph(row, console.width, "  "))
            console.line()
    share = 100 if not found.tellable else 100 * found.noticed // found.tellable
    console.line(
        console.words(
            words.MUTANTS,
            name=found.plugin,
            noticed=found.noticed,
            tellable=found.tellable,
            share=share,
            made=found.made,
            refused=found.refused,
        )
    )

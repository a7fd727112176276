# SPDX-License-Identifier: MIT
"""The command `plugins`: what is installed."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from platformrules.cli import words
from platformrules.cli.console import Console
from platformrules.cli.exits import ExitCode
from platformrules.cli.layout import paragraph, table
from platformrules.cli.rules import faults_of
from platformrules.diagnostics import Diagnostic
from platformrules.plugins import load
from platformrules.standards.rulebook import PluginInfo


def list_plugins(arguments: Namespace, console: Console) -> ExitCode:
    """Every plugin that was found; one that cannot be used is told why, and that is no failure of the command."""
    book = load(arguments.rules)
    if console.json:
        console.data([_plugin(one, faults_of(book, one)) for one in book.plugins])
        return ExitCode.CONFORMS
    if not book.plugins:
        console.line(console.words(words.NO_PLUGINS))
        return ExitCode.CONFORMS
    broken = console.words(words.BROKEN)
    rows = [
        (
            one.name,
            one.version,
            broken if one.error else " ".join((*one.standards, *one.procedures)),
            " ".join(one.documents),
        )
        for one in book.plugins
    ]
    head = [console.words(one) for one in words.PLUGINS_HEAD]
    console.lines(table(rows, console.width, head=head))
    for one in book.plugins:
        if one.error:
            console.line()
            console.line(console.words(words.COLON, name=one.name, value=""))
            faults = faults_of(book, one)
            if faults:
                console.blocks(faults)
            else:
                console.lines(paragraph(one.error, console.width, "  "))
    return ExitCode.CONFORMS


def _plugin(one: PluginInfo, faults: list[Diagnostic]) -> dict[str, Any]:
    return {
        "name": one.name,
        "version": one.version,
        "standards": list(one.standards),
        "procedures": list(one.procedures),
        "documents": list(one.documents),
        "forms": list(one.forms),
        "error": "\n".join(map(str, faults)) or one.error or None,
    }

# SPDX-License-Identifier: MIT
"""The command `standards`: which standards there are."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from platformrules.cli import words
from platformrules.cli.console import Console, both
from platformrules.cli.exits import ExitCode
from platformrules.cli.layout import table
from platformrules.cli.rules import rulebook, times_of
from platformrules.results import to_json
from platformrules.standards.model import Standard


def list_standards(arguments: Namespace, console: Console) -> ExitCode:
    """Every version of every standard."""
    book = rulebook(arguments)
    if console.json:
        console.data([header_data(one) for one in book])
        return ExitCode.CONFORMS
    rows = [
        (
            f"{one.reference}\n{one.title[console.language]}",
            console.words(words.SUBJECTS[one.subject]),
            times_of(one, console),
            str(len(one.criteria)),
            one.plugin,
        )
        for one in book
    ]
    if rows:
        head = [console.words(one) for one in words.STANDARDS_HEAD]
        console.lines(table(rows, console.width, head=head))
    else:
        console.line(console.words(words.NO_STANDARDS))
    if broken := [one.name for one in book.plugins if one.error]:
        console.warn(console.words(words.BROKEN_PLUGINS, names=" ".join(broken)))
    return ExitCode.CONFORMS


def header_data(one: Standard) -> dict[str, Any]:
    """What identifies a standard, as JSON data."""
    return {
        "id": one.id,
        "version": one.version,
        "reference": one.reference,
        "subject": one.subject,
        "title": both(one.title),
        "document": one.document.id,
        "in_force": {
            "from": to_json(one.in_force.from_),
            "until": to_json(one.in_force.until),
            "status": both(one.in_force.status),
        },
        "period": str(one.period.printed or one.period.kind),
        "criteria": len(one.criteria),
        "plugin": one.plugin,
    }

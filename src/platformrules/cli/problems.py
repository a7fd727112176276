# SPDX-License-Identifier: MIT
"""What is wrong with a ledger, as commands print it."""

from __future__ import annotations

from collections.abc import Sequence

from platformrules.cli import words
from platformrules.cli.console import Console
from platformrules.cli.layout import paragraph
from platformrules.ledger import Problem

#: So many problems are printed; the reports hold all of them.
PROBLEMS_SHOWN = 20


def show_problems(problems: Sequence[Problem], console: Console) -> None:
    """List the first problems, and say how many more there are."""
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

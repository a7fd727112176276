# SPDX-License-Identifier: MIT
"""Texts as Markdown that shows them as they are: nothing of a text is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

# What Markdown, or HTML inside of it, may take for markup wherever it stands in a line.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~&])")
# What it takes for a heading, a list or a line only where a line begins.
_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")


def plain(text: str) -> str:
    """A text of one line, as part of a line or of a cell."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def line(text: str) -> str:
    """A text that is a line by itself."""
    return _START.sub(lambda found: f"{found[1]}{_escaped(found[2])}", plain(text))


def _escaped(start: str) -> str:
    return f"{start[:-1]}&#{ord(start[-1])};" if start.isdigit() else f"\\{start}"


def code(text: str) -> str:
    """A text as code; an id, so without any backtick."""
    return f"`{text}`"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; the cells are Markdown already."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)

# SPDX-License-Identifier: MIT
"""Text for a terminal: lines and tables that fit its width, counted in display cells; knows no rules."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from platformrules.diagnostics import cells, printable

#: Between two columns.
GAP = "  "
#: No column of text is made narrower than this for the sake of the others.
NARROWEST = 12

# A word, or one wide character with the marks that may not be parted from it: nothing begins with ， or ends with （.
_WIDE = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_OPENING, _CLOSING = "（《“‘【「", "，。；：、）》”’】」！？"
_PIECE = re.compile(
    rf"[{_OPENING}]*(?:[^\s{_WIDE}{_OPENING}{_CLOSING}]+|[{_WIDE}])[{_CLOSING}]*|[{_OPENING}{_CLOSING}]+"
)


def wrap(text: str, width: int) -> list[str]:
    """The lines of a text, broken at spaces and between Chinese characters; inside a word only if it is too long."""
    lines: list[str] = []
    line, filled = "", 0
    for space, piece in _pieces(text):
        for number, part in enumerate(_cut(piece, width)):
            lead = space if line and number == 0 else ""
            size = cells(part)
            if line and filled + len(lead) + size > width:
                lines.append(line)
                line, filled, lead = "", 0, ""
            line += lead + part
            filled += len(lead) + size
    return [*lines, line]


def _pieces(text: str) -> Iterable[tuple[str, str]]:
    """The pieces of a text in order, each with the space that stands before it."""
    end = 0
    text = printable(" ".join(text.split()))
    for found in _PIECE.finditer(text):
        yield " " if found.start() > end else "", found[0]
        end = found.end()


def _cut(piece: str, width: int) -> list[str]:
    """A piece, in parts if it is longer than a line."""
    parts, part = [], ""
    for character in piece:
        if part and cells(part + character) > width:
            parts.append(part)
            part = ""
        part += character
    return [*parts, part]


def paragraph(text: str, width: int, indent: str = "", *, hanging: str = "") -> list[str]:
    """The lines of a text behind an indent; lines after the first behind ``hanging`` besides."""
    lines = wrap(text, width - len(indent) - len(hanging))
    return [indent + (hanging if index else "") + line for index, line in enumerate(lines)]


def pad(text: str, width: int) -> str:
    """A text filled up with spaces to so many cells."""
    return text + " " * max(0, width - cells(text))


def table(rows: Sequence[Sequence[str]], width: int, *, head: Sequence[str] = (), indent: str = "") -> list[str]:
    """The lines of a table; columns that are too wide wrap, the widest first, and words are kept whole if they can be.

    ``head`` stands on top, with a rule below it. A line break inside a cell is kept.
    """
    everything = [head, *rows] if head else list(rows)
    if not everything:
        return []
    columns = [[printable(row[at]) for row in everything] for at in range(len(everything[0]))]
    widths = _widths(columns, width - len(indent))
    lines = []
    for number, row in enumerate(everything):
        wrapped = [_wrapped(cell, size) for cell, size in zip(row, widths, strict=True)]
        for parts in itertools.zip_longest(*wrapped, fillvalue=""):
            cells_of = (pad(part, size) for part, size in zip(parts, widths, strict=True))
            lines.append((indent + GAP.join(cells_of)).rstrip())
        if head and number == 0:
            lines.append(indent + GAP.join("-" * size for size in widths))
    return lines


def _wrapped(cell: str, width: int) -> list[str]:
    return [line for part in cell.split("\n") for line in wrap(part, width)]


def _widths(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """How wide each column is: as its text asks, less what all together are too wide."""
    wished = [max(cells(line) for cell in column for line in cell.split("\n")) for column in columns]
    least = [min(size, max(NARROWEST, _longest(column))) for size, column in zip(wished, columns, strict=True)]
    over = sum(wished) + len(GAP) * (len(columns) - 1) - width
    while over > 0:
        slack = [size - floor for size, floor in zip(wished, least, strict=True)]
        if max(slack) <= 0:
            least = [min(size, NARROWEST) for size in wished]
            if wished == least:
                break
            continue
        at = max(range(len(wished)), key=lambda index: (slack[index] > 0, wished[index]))
        wished[at] -= 1
        over -= 1
    return wished


def _longest(column: Sequence[str]) -> int:
    """The longest piece of a column: narrower, it would be cut."""
    return max((cells(piece) for text in column for _, piece in _pieces(text)), default=0)

# SPDX-License-Identifier: MIT
"""Messages about rule files: code, place, caret, way out and citation; knows no file format."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

from attrs import frozen

#: Code of each diagnostic and what it says in general. 1xx lexing, 2xx parsing, 3xx names and types,
#: 4xx rule files, 5xx ledgers, 6xx plugins.
CODES = {
    "PR101": "the expression is too long or too deep",
    "PR102": "a character that the language does not have",
    "PR103": "a number with too many digits",
    "PR201": "the expression is no Python expression",
    "PR202": "this kind of expression is not part of the language",
    "PR203": "the form of a call or a comprehension is wrong",
    "PR301": "unknown name or fact",
    "PR302": "unknown function",
    "PR303": "a value of another type was expected",
    "PR304": "a text is not among the choices of what it is compared with",
    "PR305": "a divisor may be zero",
    "PR306": "`default=` is missing or not allowed here",
    "PR307": "names depend on one another in a circle",
    "PR401": "the file is no TOML",
    "PR402": "a key is unknown, missing or given twice",
    "PR403": "a value has the wrong type or is not among those allowed",
    "PR404": "an id is malformed or stands twice",
    "PR405": "a clause, document, fact or row that is named does not exist",
    "PR406": "rows are incomplete or cannot be reached",
    "PR407": "a clause has no disposition, or two",
    "PR408": "a criterion cites nothing",
    "PR601": "a plugin cannot be loaded",
    "PR602": "two plugins declare the same id",
}


@frozen
class Span:
    """Characters ``start`` up to but not including ``end`` of an expression, counted from 0."""

    start: int
    end: int


@frozen
class Diagnostic:
    """One fault of a rule file: what, where, how to mend it, and which clause is concerned."""

    code: str
    message: str
    file: str = ""
    path: str = ""
    text: str | None = None
    span: Span | None = None
    help: str = ""
    cites: str = ""

    def __str__(self) -> str:
        """Several lines, the place underlined as it stands on the screen."""
        lines = [f"error[{self.code}]: {self.message}"]
        place = "  ".join(part for part in (self.file, self.path, self._position()) if part)
        if place:
            lines.append(f"  {place}")
        if self.text is not None and self.span is not None:
            lines.extend(underline(self.text, self.span))
        if self.help:
            lines.append(f"  help: {self.help}")
        if self.cites:
            lines.append(f"  cites: {self.cites}")
        return _plain("\n".join(lines))

    def _position(self) -> str:
        if self.text is None or self.span is None:
            return ""
        before = self.text[: self.span.start].split("\n")
        return f"{len(before)}:{len(before[-1]) + 1}"


def underline(text: str, span: Span) -> list[str]:
    """The line of ``text`` on which ``span`` begins, and a line of carets below it, in display cells."""
    text = _plain(text)
    begin = text.rfind("\n", 0, span.start) + 1
    stop = text.find("\n", span.start)
    line = text[begin:] if stop < 0 else text[begin:stop]
    lead = "".join("\t" if character == "\t" else " " * cells(character) for character in text[begin : span.start])
    marked = text[span.start : min(span.end, begin + len(line))].replace("\t", " ")
    return [f"    {line}", f"    {lead}{'^' * max(1, cells(marked))}"]


def cells(text: str) -> int:
    """How many cells of a terminal ``text`` takes: wide characters take two, combining marks none."""
    total = 0
    for character in text:
        if unicodedata.category(character) not in {"Mn", "Me", "Cf", "Cc"}:
            total += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return total


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or lists what there is when that is short; else empty."""
    words = sorted(known)
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    if 0 < len(words) <= 12:  # a longer list helps nobody
        return "there are " + ", ".join(f"`{known_word}`" for known_word in words)
    return ""


def printable(text: str) -> str:
    """``text`` without control characters, which could rewrite a terminal or a log."""
    return "".join(
        character if character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs"} else "\ufffd"
        for character in text
    )


def _plain(text: str) -> str:
    """``text`` as it is printed; tabs stay, since carets are placed below them."""
    return "\t".join(map(printable, text.split("\t")))

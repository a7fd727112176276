# SPDX-License-Identifier: MIT
"""Where a command speaks: two streams that never fail on a character, JSON, and progress; knows no rules."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
import sys
import time
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from attrs import define, field, frozen

from platformrules.cli import words
from platformrules.diagnostics import cells, printable
from platformrules.languages import Bilingual, Language

#: Work that is over sooner shows no progress, in seconds.
PATIENCE = 1.0
#: Progress is written anew at most so often, in seconds.
RHYTHM = 0.2


class PipeClosedError(Exception):
    """Whoever read the output has stopped reading."""


@frozen
class Console:
    """The streams of one run, its language and the width of its lines."""

    language: Language
    json: bool = False
    out: TextIO = field(factory=lambda: sys.stdout)
    err: TextIO = field(factory=lambda: sys.stderr)
    width: int = field(factory=lambda: max(40, shutil.get_terminal_size().columns))

    def words(self, text: Bilingual, **values: object) -> str:
        """A text in the language of the run, with values put in."""
        return text[self.language].format(**values)

    def line(self, text: str = "") -> None:
        """Print a line; control characters of a ledger or a file are not printed."""
        self._write(self.out, printable(text) + "\n")

    def lines(self, texts: Iterable[str]) -> None:
        """Print several lines."""
        for text in texts:
            self.line(text)

    def say(self, text: Bilingual, **values: object) -> None:
        """Print a sentence about what was done; where JSON is asked for, not among the JSON."""
        self._write(self.err if self.json else self.out, printable(self.words(text, **values)) + "\n")

    def blocks(self, texts: Iterable[object], *, wrong: bool = False) -> None:
        """Print diagnostics with blank lines between them; they are safe already, and a caret stands below a tab.

        Args:
            texts: the diagnostics.
            wrong: they are why the program cannot go on, not what was asked for.
        """
        self._write(self.err if wrong else self.out, "\n\n".join(map(str, texts)) + "\n")

    def warn(self, text: str = "") -> None:
        """Print a line for the person at the terminal, not for the pipe."""
        self._write(self.err, printable(text) + "\n")

    def note(self, text: Bilingual, **values: object) -> None:
        """Print a sentence that the person at the terminal should not miss."""
        self.warn(self.words(words.NOTICE, message=self.words(text, **values)))

    def error(self, message: object) -> None:
        """Print why the program cannot go on."""
        self.warn(self.words(words.ERROR, message=message))

    def data(self, value: Any) -> None:  # noqa: ANN401 - any JSON data
        """Print data as JSON."""
        self.json_text([json.dumps(value, ensure_ascii=False, indent=2), "\n"])

    def json_text(self, pieces: Iterable[str]) -> None:
        """Print JSON text so that every console can print it and every program can read it."""
        pattern = _UNSAFE if _takes_everything(self.out) else _NOT_ASCII
        for piece in pieces:
            self._write(self.out, piece if piece.isascii() and piece.isprintable() else pattern.sub(_escape, piece))

    def _write(self, stream: TextIO, text: str) -> None:
        try:
            stream.write(text)
            if stream is self.err:
                stream.flush()
        except OSError as error:
            if error.errno in {errno.EPIPE, errno.EINVAL}:  # the latter on Windows
                raise PipeClosedError from None
            raise

    def progress(self, what: Bilingual) -> Progress:
        """A line that tells how far long work is; only on a terminal."""
        return Progress(self, self.words(what), visible=self.is_terminal)

    @property
    def is_terminal(self) -> bool:
        """Whether a person looks at standard error."""
        return self.err.isatty()


def both(text: Bilingual | None) -> dict[str, str] | None:
    """A text in both languages as JSON data."""
    return None if text is None else {"zh": text.zh, "en": text.en}


def _takes_everything(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().replace("-", "").replace("_", "").startswith("utf8")


_NOT_ASCII = re.compile(r"[^\n -~]")
#: What may control a terminal or cannot be encoded; most of what it finds is harmless and stays.
_UNSAFE = re.compile(r"[^\n -~\u2010-\u2027\u3000-\ud7ff\uff01-\uffe6]")


def _escape(found: re.Match[str]) -> str:
    """A character of a JSON text as its escape, if it is asked for or unsafe."""
    one = found[0]
    if found.re is _UNSAFE and unicodedata.category(one) not in {"Cc", "Cf", "Co", "Cs"}:
        return one
    return json.dumps(one)[1:-1] if ord(one) > 0x7F else f"\\u{ord(one):04x}"


def now() -> float:
    """Seconds of a clock that only goes forward."""
    return time.monotonic()


@define
class Progress:
    """One line of progress that is taken away when the work is over."""

    console: Console
    what: str
    visible: bool
    _began: float = field(init=False, default=0.0)
    _shown: float = field(init=False, default=0.0)

    def __attrs_post_init__(self) -> None:
        """Look at the clock, which nothing but progress does."""
        self._began = now()

    def __call__(self, done: int, total: int | None = None) -> None:
        """Tell how much is done."""
        at = now()
        if not self.visible or at - self._began < PATIENCE or at - self._shown < RHYTHM:
            return
        self._shown = at
        count = f"{done:,}" if total is None else f"{done:,}/{total:,}"
        self._line(f"{self.what} {count}")

    def _line(self, text: str) -> None:
        self.console.err.write(f"\r{text}{' ' * max(0, self.console.width - 1 - cells(text))}")
        self.console.err.flush()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Take the line away."""
        if self._shown:
            self._line("")
            self.console.err.write("\r")
            self.console.err.flush()


def open_streams() -> None:
    """Let standard output and error write what their encoding has, and ``?`` for the rest, instead of failing."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started the program
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open until the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")

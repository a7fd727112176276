# SPDX-License-Identifier: MIT
"""A rule file as text, its keys, and the faults found in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from keyword import iskeyword
from typing import Any, TypeVar

from attrs import evolve, frozen

from platformrules.citations import Citation
from platformrules.criteria.parser import LITERALS
from platformrules.diagnostics import Diagnostic
from platformrules.errors import RuleFileError
from platformrules.serialization import MAX_FILE, read_toml, structure_mended

T = TypeVar("T")

#: The version of the rule format that this library reads.
FORMAT = 1
# Ids that expressions read, and ids that are text only (format.md section 1).
SNAKE = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
KEBAB = re.compile(r"[a-z0-9][a-z0-9_-]*", re.ASCII)
RULE_ID = re.compile(r"[a-z][a-z0-9_]*/[a-z0-9][a-z0-9-]*", re.ASCII)
#: Those that expressions read as names, so that a word of the language cannot be one.
_READ = {"fact", "parameter", "relation", "variable", "field", "value"}


@frozen
class SourceFile:
    """A rule file as it was found: its name in messages, its text and the hash of its bytes."""

    name: str
    text: str
    digest: str

    @classmethod
    def read(cls, path: Traversable, name: str) -> SourceFile:
        """Read a file.

        Raises:
            RuleFileError: the file cannot be read, is not UTF-8 or is too large.
        """
        try:
            with path.open("rb") as file:
                data = file.read(MAX_FILE + 1)
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise RuleFileError([Diagnostic("PR401", f"not UTF-8: {error.reason}", name)]) from None
        except OSError as error:
            raise RuleFileError([Diagnostic("PR401", f"cannot be read: {error.strerror}", name)]) from None
        if len(data) > MAX_FILE:
            raise RuleFileError([Diagnostic("PR401", f"the file is larger than {MAX_FILE:,} bytes", name)])
        return cls(name, text, hashlib.sha256(data).hexdigest())


class Faults:
    """The diagnostics of one file, gathered while it is loaded.

    It begins with what is wrong with the keys. Where a neutral value took the place of a wrong one, nothing else is
    said, so that one fault is told once.
    """

    def __init__(self, file: str, found: Iterable[Diagnostic] = ()) -> None:
        """Begin with what is known already."""
        self.file = file
        self.found = list(found)
        self._mended = {one.path for one in self.found}
        self._above = {above for path in self._mended for above in _steps(path)}
        self._misspelt = {one.path.rpartition(".")[0] for one in self.found if one.message.startswith("unknown key")}

    def is_mended(self, path: str) -> bool:
        """Whether what stands at a path, or above or below it, is not what the file says."""
        return path in self._above or not self._mended.isdisjoint(_steps(path))

    def is_row_mended(self, path: str, keys: Iterable[str]) -> bool:
        """Whether one of these keys of a row is not what the file says; an unknown key may stand for any of them."""
        return path in self._misspelt or any(self.is_mended(f"{path}.{key}") for key in keys)

    def add(
        self,
        code: str,
        message: str,
        path: str,
        hint: str = "",
        cites: Iterable[Citation] = (),
        *,
        keys: Sequence[str] = (),
    ) -> None:
        """Note a fault at a path of the file; ``keys`` are those of a row that it is about."""
        if not (self.is_row_mended(path, keys) if keys else self.is_mended(path)):
            cited = "; ".join(map(str, cites))
            self.found.append(Diagnostic(code, message, self.file, path, help=hint, cites=cited))

    def take(self, error: RuleFileError, path: str, cites: Iterable[Citation] = ()) -> None:
        """Note the faults of an expression at a path of the file."""
        cited = "; ".join(map(str, cites))
        self.found += [evolve(one, file=self.file, path=path, cites=cited) for one in error.diagnostics]

    def unique(
        self, rows: Iterable[tuple[str, str]], pattern: re.Pattern[str], what: str, *, taken: Iterable[str] = ()
    ) -> None:
        """Note ids that are malformed or stand twice; rows are (id, path)."""
        seen = set(taken)
        for name, path in rows:
            if not pattern.fullmatch(name) or (what in _READ and (iskeyword(name) or name in LITERALS)):
                self.add("PR404", f"`{name}` is no {what} id", path, "lower case letters, digits and a separator")
            if name in seen:
                self.add("PR404", f"the {what} id `{name}` stands twice", path)
            seen.add(name)

    def stop(self) -> None:
        """Raise what was found, if anything was.

        Raises:
            RuleFileError: with all faults.
        """
        if self.found:
            raise RuleFileError(self.found)


def _steps(path: str) -> Iterator[str]:
    """The path and all that lie above it."""
    yield path
    yield from (path[:index] for index, character in enumerate(path) if character in ".[")


def data_of(source: SourceFile) -> Mapping[str, Any]:
    """The data of a file.

    Raises:
        RuleFileError: it is no TOML, or of another format.
    """
    data = read_toml(source.text, source.name)
    if data.get("format") != FORMAT:
        message = f"`format` must be {FORMAT} (got {data.get('format')!r})"
        raise RuleFileError([Diagnostic("PR403", message, source.name, "$.format")])
    return data


def structured(source: SourceFile, into: type[T]) -> tuple[T, Faults]:
    """The file, and what is wrong with its keys."""
    return structured_data(data_of(source), into, source.name)


def structured_data(data: Mapping[str, Any], into: type[T], name: str) -> tuple[T, Faults]:
    """The data of a file of that name as its rows, and what is wrong with its keys."""
    file, found = structure_mended(data, into, name)
    return file, Faults(name, found)

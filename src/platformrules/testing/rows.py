# SPDX-License-Identifier: MIT
"""What the readers of worked cases share: files, their rows in two kinds, and records from plain values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from attrs import evolve

from platformrules.diagnostics import Diagnostic
from platformrules.errors import RuleFileError
from platformrules.models import make
from platformrules.rulefiles import FORMAT, SourceFile
from platformrules.schema import Fact, FactType, Schema
from platformrules.serialization import read_toml, structure_mended
from platformrules.standards.rulebook import RuleSource

T = TypeVar("T")
#: The key of a case whose subjects are evaluated together.
SUBJECTS_OF_ROUND = "subjects"


def case_files(source: RuleSource) -> Iterator[tuple[Traversable, str]]:
    """The files of worked cases of a plugin, with their names in messages."""
    folder = source.root.joinpath("cases")
    paths = sorted(folder.iterdir(), key=lambda one: one.name) if folder.is_dir() else []
    for path in paths:
        if path.name.endswith(".toml"):
            yield path, f"{source.folder or 'platformrules_' + source.plugin}/cases/{path.name}"


def case_data(source: SourceFile) -> Mapping[str, Any]:
    """The data of a file of worked cases.

    Raises:
        RuleFileError: it is no TOML, or of another format.
    """
    data = read_toml(source.text, source.name)
    if data.get("format") != FORMAT:
        message = f"`format` must be {FORMAT} (got {data.get('format')!r})"
        raise RuleFileError([Diagnostic("PR403", message, source.name, "$.format")])
    return data


def parted(data: Mapping[str, Any]) -> tuple[list[int], list[int]]:
    """The indexes of the cases of standards and of those of procedures, which are like such a case or name one.

    Those of rounds are neither.
    """
    rows = data.get("cases")
    listed = rows if isinstance(rows, list) else []
    named: dict[str, object] = {}
    for one in listed:
        if isinstance(one, dict) and isinstance(one.get("id"), str):
            named.setdefault(one["id"], one)

    def is_history(row: object) -> bool:
        seen: list[object] = []
        while isinstance(row, dict) and "procedure" not in row and row not in seen:
            seen.append(row)
            like = row.get("like")
            row = named.get(like) if isinstance(like, str) else None
        return isinstance(row, dict) and "procedure" in row

    histories = [index for index, row in enumerate(listed) if is_history(row)]
    rounds = [index for index, row in enumerate(listed) if isinstance(row, dict) and SUBJECTS_OF_ROUND in row]
    return [index for index in range(len(listed)) if index not in (*histories, *rounds)], histories


def structured_rows(
    data: Mapping[str, Any], indexes: Sequence[int], into: type[T], file: str
) -> tuple[T, list[Diagnostic]]:
    """Some of the cases of a file, and what is wrong with their keys at the place where they stand."""
    rows = data.get("cases")
    if isinstance(rows, list):
        data = {**data, "cases": [rows[index] for index in indexes]}
    found, faults = structure_mended(data, into, file)

    def placed(one: Diagnostic) -> Diagnostic:
        path = re.sub(r"^\$\.cases\[(\d+)\]", lambda at: f"$.cases[{indexes[int(at[1])]}]", one.path)
        return evolve(one, path=path)

    return found, [placed(one) for one in faults]


def make_record(schema: Schema, model: str, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - one of the models
    """A record from plain values: lists as sets, the facts of plugins where they belong."""
    known = schema.facts[model]
    settled = {name: _settled(known[name], value) for name, value in values.items()}
    own: dict[str, Any] = {name: value for name, value in settled.items() if not known[name].plugin}
    added = {name: value for name, value in settled.items() if known[name].plugin}
    return make(model, own, added)


def _settled(one: Fact, value: object) -> Any:  # noqa: ANN401 - what is no value of the fact is a fault of the dossier
    if one.type is FactType.SET and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return frozenset(value)
    return value

# SPDX-License-Identifier: MIT
"""JSON Schemas of rule files, made from the attrs classes that read them, for editors that complete and validate TOML.

They say what keys a file has and what each holds; what names mean, ``platformrules check`` says. Written in draft 7
for what language servers of TOML know: references within the file, and no other keywords beside them.
"""

from __future__ import annotations

import enum
import inspect
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs

from platformrules.bounds import Number
from platformrules.procedures.files import ProcedureFile
from platformrules.procedures.files import VariableRow as ProcedureVariable
from platformrules.rulefiles import FORMAT
from platformrules.serialization import Scalar, key_of
from platformrules.standards.files import ClausesFile, FactsFile, Header, ParameterRow, StandardFile
from platformrules.standards.form_files import LedgerFile
from platformrules.testing.cases import CaseRow, CasesFile, Expected, JudgementRow, SubUnitRow
from platformrules.testing.histories import HistoryRow
from platformrules.testing.rounds import SHARED
from platformrules.testing.rows import SUBJECTS_OF_ROUND

#: Where the schemas lie that are shipped, one a kind.
SHIPPED = Path(__file__).parents[1] / "cli" / "schemas"

#: The class of each kind of rule file; a kind is called as its folder, or as its file.
KINDS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "facts": FactsFile,
        "clauses": ClausesFile,
        "standards": StandardFile,
        "procedures": ProcedureFile,
        "ledgers": LedgerFile,
        "cases": CasesFile,
    }
)

_TEXT = {"type": "string"}
_DATE = {"type": "string", "format": "date"}
_LIST_OF_TEXTS = {"type": "array", "items": _TEXT}
_SCALAR = {"anyOf": [{"type": "boolean"}, {"type": "number"}, _TEXT, _LIST_OF_TEXTS]}
_PLAIN: Mapping[Any, dict[str, Any]] = MappingProxyType(
    {str: _TEXT, int: {"type": "integer"}, bool: {"type": "boolean"}, date: _DATE, Any: {}}
)
_PERIOD = {
    "anyOf": [
        {"enum": ["calendar-year", "calendar-month", "as-of"]},
        {
            "type": "object",
            "description": "A recurring period: so many months from a day of the year on.",
            "properties": {"months": {"type": "integer", "minimum": 1}, "start": _TEXT},
            "required": ["months", "start"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "description": "The period that the document prints.",
            "properties": {"from": _DATE, "to": _DATE},
            "required": ["from", "to"],
            "additionalProperties": False,
        },
    ]
}
_ROWS = {"type": "array", "items": {"type": "object"}}
#: The keys of a header that each version of a standard gives itself.
_OWN_KEYS = {"id", "version", "document", "in_force"}
_RELATIONS = ("activities", "organizations", "centers", "areas")


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind of rule file.

    Raises:
        KeyError: there is no such kind.
    """
    made = _Maker()
    top = made.table(KINDS[kind])
    if kind == "standards":
        top |= _unless_it_extends(top, made.definitions)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"platformrules {kind}, format {FORMAT}",
        **top,
        "definitions": dict(sorted(made.definitions.items())),
    }


def write_schemas(folder: Path = SHIPPED) -> None:
    """Write the schema of each kind of rule file, as it is shipped."""
    for kind in KINDS:
        text = json.dumps(schema_of(kind), ensure_ascii=False, indent=2)
        folder.joinpath(f"{kind}.schema.json").write_text(f"{text}\n", "utf-8", newline="\n")


def _unless_it_extends(top: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """What a standard must say unless it extends another, of which it says only what differs.

    The tables themselves then require no more than what every file gives: ids, and the keys of its own header.
    """
    strict: dict[str, Any] = {}
    for section, shape in top["properties"].items():
        within = shape.get("items", shape.get("additionalProperties", shape))
        name = within.get("$ref", "").rpartition("/")[2] if isinstance(within, dict) else ""
        if not name:
            continue
        needed = definitions[name]["required"]
        kept = [key for key in needed if key in (_OWN_KEYS if section == "standard" else {"id"})]
        definitions[name]["required"] = kept
        if kept != needed:
            inner = {"required": needed}
            key = next((one for one in ("items", "additionalProperties") if one in shape), None)
            strict[section] = inner if key is None else {key: inner}
    needed, top["required"] = top["required"], ["format", "standard"]
    extends = {"properties": {"standard": {"required": ["extends"]}}}
    return {"if": extends, "then": {}, "else": {"required": needed, "properties": strict}}


class _Maker:
    """Makes one schema; classes that are met on the way become its definitions."""

    def __init__(self) -> None:
        self.definitions: dict[str, Any] = {}

    def table(self, kind: type[Any]) -> dict[str, Any]:
        """What the table of a class holds."""
        said, parts = _documentation(kind)
        properties: dict[str, Any] = {}
        for one in attrs.fields(attrs.resolve_types(kind)):
            key = key_of(one.name)
            shape = self.special(kind, key) or self.shape(one.type)
            if one.name in parts and "$ref" not in shape:  # beside a reference nothing else is read
                shape = {"description": parts[one.name], **shape}
            properties[key] = shape
        required = [key_of(one.name) for one in attrs.fields(kind) if one.default is attrs.NOTHING]
        # A case holds the rows of plugins' relations under names that no class knows.
        others = {"additionalProperties": {"type": "array"} if kind is CaseRow else False}
        return {"description": said, "type": "object", "properties": properties, "required": required, **others}

    def round(self) -> dict[str, Any]:
        """A case of a round: what its subjects share, and each of them as a case of its own without an id."""
        case = self.table(CaseRow)
        shared = {key: shape for key, shape in case["properties"].items() if key in {"id", *SHARED}}
        subject = {key: shape for key, shape in case["properties"].items() if key not in {"id", *SHARED}}
        subject = {**subject, "times": {"type": "integer", "minimum": 1}}
        row = {"type": "object", "properties": subject, "additionalProperties": case["additionalProperties"]}
        expect = {"type": "object", "additionalProperties": self.shape(Expected)}
        self.definitions["RoundRow"] = {
            "description": "`[[cases]]` of a round: subjects evaluated together, what is expected by subject id.",
            "type": "object",
            "properties": {**shared, SUBJECTS_OF_ROUND: {"type": "array", "items": row}, "expect": expect},
            "required": ["id", "standard", SUBJECTS_OF_ROUND],
            "additionalProperties": False,
        }
        return {"$ref": "#/definitions/RoundRow"}

    def special(self, kind: type[Any], key: str) -> dict[str, Any] | None:
        """The shape of what a class takes as it comes, because it is checked later."""
        match kind, key:
            case _, "format":
                return {"description": "The version of the rule format.", "enum": [FORMAT]}
            case (type() as owner, "period") if owner is Header:
                return _PERIOD
            case (type() as owner, "by") if owner is ParameterRow:
                return {"anyOf": [_TEXT, _LIST_OF_TEXTS]}
            case (type() as owner, "values") if owner is ParameterRow:
                return {"type": "object"}
            case (type() as owner, "initial") if owner is ProcedureVariable:
                return _SCALAR
            case (type() as owner, "cases") if owner is CasesFile:
                rows = [self.shape(CaseRow), self.shape(HistoryRow), self.round()]
                return {"type": "array", "items": {"anyOf": rows}}
            case (type() as owner, "judgements") if owner in {CaseRow, SubUnitRow}:
                one = self.shape(JudgementRow)
                return {"type": "object", "additionalProperties": {"anyOf": [one, {"type": "array", "items": one}]}}
            case (type() as owner, name) if owner in {CaseRow, HistoryRow} and name in {*_RELATIONS, "events"}:
                return _ROWS
            case _:
                return None

    def shape(self, kind: Any) -> dict[str, Any]:  # noqa: ANN401 - any annotation of a field
        """What a value of a type may be in a file."""
        if kind in {Scalar, Scalar | None}:
            return _SCALAR
        if kind in {Number, Number | None}:
            return {"type": "number"}
        if get_origin(kind) in {Union, UnionType}:
            return self.union([one for one in get_args(kind) if one is not NoneType])
        if get_origin(kind) is tuple:
            return {"type": "array", "items": self.shape(get_args(kind)[0])}
        if get_origin(kind) is dict:
            return {"type": "object", "additionalProperties": self.shape(get_args(kind)[1])}
        if attrs.has(kind):
            return self.reference(kind)
        if isinstance(kind, type) and issubclass(kind, enum.StrEnum):
            return {"enum": [one.value for one in kind]}
        return dict(_PLAIN[kind])

    def union(self, kinds: list[Any]) -> dict[str, Any]:
        """One of several; whole and decimal numbers are numbers."""
        numbers = set(get_args(Number))
        shapes = [self.shape(one) for one in kinds if one not in numbers]
        if numbers & set(kinds):
            shapes.append({"type": "number"})
        return shapes[0] if len(shapes) == 1 else {"anyOf": shapes}

    def reference(self, kind: type[Any]) -> dict[str, Any]:
        name = kind.__name__
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self.table(kind)
        return {"$ref": f"#/definitions/{name}"}


def _documentation(kind: type[Any]) -> tuple[str, dict[str, str]]:
    """What the docstring of a class says of it, and of each of its attributes."""
    text = (inspect.getdoc(kind) or "").replace("``", "`")
    said, _, rest = text.partition("\nAttributes:\n")
    parts: dict[str, str] = {}
    names: list[str] = []
    for line in rest.splitlines():
        found = re.match(r"    (\w+(?:, \w+)*): (.*)", line)
        names = found[1].split(", ") if found else names if line.startswith("     ") else []
        for name in names:
            parts[name] = f"{parts[name]} {line.strip()}" if found is None else found[2]
    return " ".join(said.split()), parts

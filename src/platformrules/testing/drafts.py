# SPDX-License-Identifier: MIT
"""A standard drafted in memory out of expressions, to try an engine on; knows no file and no case."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from platformrules.citations import Clause, Document, Strength
from platformrules.languages import Bilingual
from platformrules.models import CORE
from platformrules.schema import Schema
from platformrules.standards.loader import load_standard
from platformrules.standards.model import Standard
from platformrules.standards.sources import SourceFile

#: What every part of a draft cites.
CLAUSE = "c1"
_TEXT = Bilingual("草案", "draft")
_DOCUMENT = Document(
    id="draft",
    number="",
    date=None,
    title=_TEXT,
    issuer=_TEXT,
    jurisdiction=_TEXT,
    clauses=MappingProxyType({CLAUSE: Clause(CLAUSE, _TEXT, Strength.SHOULD, _TEXT)}),
)
_JUDGE = (
    {"id": "yes", "title": {"zh": "是", "en": "yes"}},
    {"id": "no", "title": {"zh": "否", "en": "no"}, "fails": True},
)
_ALL_SATISFIED = (
    {"id": "met", "conforms": True, "when": "all(c.satisfied for c in criteria)"},
    {"id": "not-met", "conforms": False},
)


def draft(
    *criteria: str | Mapping[str, Any],
    subject: str = "center",
    period: str = "calendar-year",
    parameters: Mapping[str, Any] = MappingProxyType({}),
    verdict: Iterable[Mapping[str, Any]] = _ALL_SATISFIED,
    blocks: Iterable[Mapping[str, Any]] = (),
    notes: Mapping[str, str] = MappingProxyType({}),
    values: Mapping[str, str] | Iterable[Mapping[str, Any]] = (),
    scales: Mapping[str, Any] = MappingProxyType({}),
    score: str | None = None,
    assessors: Iterable[str] = (),
    schema: Schema = CORE,
) -> Standard:
    """A standard with the criteria ``k0``, ``k1`` and so on.

    A criterion is a condition, or the keys of its table in a rule file: ``{"judge": []}`` is one that a person judges
    with ``yes`` or ``no``. Assessors are ids, the last of which decides. A parameter is a value or its table; a value
    an expression or its table. What a rule file must say and a test need not is filled in.

    Raises:
        RuleFileError: an expression is wrong, or anything else.
    """
    tables: dict[str, Any] = {
        "format": 1,
        "standard": {
            "id": "draft/trial",
            "version": "1",
            "subject": subject,
            "document": "draft",
            "in_force": {"from": date(1949, 10, 1)},
            "period": period,
            "title": {"zh": "草案", "en": "draft"},
            "assessors": [{"id": one, "title": {"zh": "评定人", "en": "assessor"}} for one in assessors],
            **({} if score is None else {"score": score}),
        },
        "parameters": {name: _parameter(value) for name, value in parameters.items()},
        "values": [dict(row) for row in _values(values)],
        "scales": scales,
        "blocks": [{"title": {"zh": "组", "en": "block"}, **row} for row in blocks],
        "criteria": [_criterion(index, one) for index, one in enumerate(criteria)],
        "verdict": list(verdict),
        "notes": [
            {"id": name, "cites": [CLAUSE], "text": {"zh": "注", "en": "note"}, "when": when}
            for name, when in notes.items()
        ],
    }
    text = "\n".join(f"{name} = {to_toml(value)}" for name, value in tables.items())
    source = SourceFile("draft.toml", text, "")
    return load_standard(source, "draft", schema, documents={"draft": _DOCUMENT}, hashes={})


def _parameter(given: object) -> Mapping[str, Any]:
    return {"cites": [CLAUSE], **(given if isinstance(given, Mapping) else {"value": given})}


def _values(given: Mapping[str, str] | Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    if isinstance(given, Mapping):
        return [{"id": name, "value": value} for name, value in given.items()]
    return given


def _criterion(index: int, given: str | Mapping[str, Any]) -> Mapping[str, Any]:
    keys: dict[str, Any] = {"require": given} if isinstance(given, str) else dict(given)
    if keys.get("judge") == []:
        keys["judge"] = list(_JUDGE)
    filled = {"id": f"k{index}", "cites": [CLAUSE], "strength": "should", "title": {"zh": "条件", "en": "criterion"}}
    return filled | keys


def to_toml(value: Any) -> str:  # noqa: ANN401 - a value of any type that TOML has
    """A value on one line, as TOML writes it."""
    match value:
        case bool() | str():
            return json.dumps(value, ensure_ascii=False)
        case int():
            return str(value)
        case Decimal():
            text = format(value, "f")
            return text if "." in text else f"{text}.0"
        case date():
            return value.isoformat()
        case Mapping():
            return "{ " + ", ".join(f"{json.dumps(key)} = {to_toml(one)}" for key, one in value.items()) + " }"
        case frozenset() | set():
            return to_toml(sorted(value))
        case _:
            return "[" + ", ".join(map(to_toml, value)) + "]"

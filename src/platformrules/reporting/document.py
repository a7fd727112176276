# SPDX-License-Identifier: MIT
"""Reports as a JSON document, after the schema published beside this module."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from platformrules.languages import Bilingual
from platformrules.reporting.publication import Problem, Publication
from platformrules.reporting.values import hides
from platformrules.results import MASK, Report

#: The version of the shape; it changes when a reader of the old one would be wrong.
FORMAT = 2


@lru_cache(maxsize=1)
def report_schema() -> Mapping[str, Any]:
    """The JSON Schema of ``to_document``; ``$defs/report`` is that of a single ``Report.to_dict()``."""
    return json.loads(files(__package__).joinpath("report.schema.json").read_text("utf-8"))  # type: ignore[no-any-return]


def to_document(publication: Publication) -> dict[str, Any]:
    """All of a publication as JSON data; keys stand in the order of the schema, reports in that of their subjects."""
    return {
        "format": FORMAT,
        "reports": [_report(publication, one) for one in publication.reports],
        "problems": [_problem(one) for one in publication.problems],
        "provenance": dict(publication.provenance),
    }


def render_json(publication: Publication) -> Iterator[str]:
    """The text of ``to_document`` with an indent of 2, one report at a time, so that not all must be in memory."""
    yield f'{{\n  "format": {FORMAT},\n'
    yield from _list("reports", (_report(publication, one) for one in publication.reports))
    yield from _list("problems", map(_problem, publication.problems))
    yield f'  "provenance": {_text(dict(publication.provenance), 2)}\n}}\n'


def _list(name: str, items: Iterator[dict[str, Any]]) -> Iterator[str]:
    before = f'  "{name}": [\n    '
    empty = True
    for item in items:
        yield before + _text(item, 4)
        before, empty = ",\n    ", False
    yield f'  "{name}": [],\n' if empty else "\n  ],\n"


def _text(data: Mapping[str, Any], indent: int) -> str:
    """JSON of some depth: a text in JSON holds no line end, so each that there is ends a line of the layout."""
    return json.dumps(data, ensure_ascii=False, indent=2).replace("\n", "\n" + " " * indent)


def _problem(one: Problem) -> dict[str, Any]:
    return {
        "code": one.code,
        "message": _both(one.message),
        "sheet": one.sheet,
        "cell": one.cell,
        "value": one.value,
        "expected": None if one.expected is None else _both(one.expected),
    }


def _both(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _report(publication: Publication, report: Report) -> dict[str, Any]:
    data = report.to_dict(internal=publication.internal)
    if not publication.internal:
        for finding in data["findings"]:
            facts = publication.facts[finding["criterion"]]
            if hides(facts.values()):
                finding["evidence"] = [_masked(row) for row in finding["evidence"]]
    return data


def _masked(row: dict[str, Any]) -> dict[str, Any]:
    """A row of evidence of a criterion that reads personal facts: texts and sets of texts are not shown."""
    return {**row, "observed": _mask(row["observed"]), "required": _mask(row["required"])}


def _mask(value: Any) -> Any:  # noqa: ANN401 - JSON data
    if isinstance(value, str | list) or (isinstance(value, Mapping) and "possibly" in value):
        return MASK
    return value

# SPDX-License-Identifier: MIT
"""The JSON document and its schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jsonschema
import pytest

import platformrules as pr
from platformrules.reporting import Publication, render_json, report_schema, to_document
from platformrules.results import COMPARISONS, MASK, Outcome
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import RuleSource, load_rulebook

PHONE_FIRST = """\
format = 1
[standard]
id = "phones/reachable"
version = "1"
subject = "center"
document = "phones"
in_force = { from = 2000-01-01 }
period = "as-of"
title = { zh = "电话", en = "telephone" }
[[criteria]]
id = "reachable"
cites = ["one"]
strength = "must"
title = { zh = "可联系", en = "reachable" }
require = 'center.phone != "" and center.name != "13900000000"'
[[verdict]]
id = "seen"
title = { zh = "已看", en = "seen" }
"""
PHONE_CLAUSES = """\
format = 1
[document]
id = "phones"
number = "1号"
date = 2000-01-01
title = { zh = "电话", en = "telephone" }
issuer = { zh = "某", en = "someone" }
jurisdiction = { zh = "某", en = "somewhere" }
[[clauses]]
id = "one"
locator = { zh = "第一条", en = "article 1" }
strength = "must"
says = { zh = "有电话", en = "has a telephone" }
"""


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    """The published schema, itself held against its metaschema."""
    jsonschema.Draft202012Validator.check_schema(report_schema())
    return jsonschema.Draft202012Validator(report_schema())


def assert_valid(validator: Any, data: Any) -> None:
    """No part of the data is refused."""
    assert [f"{error.json_path}: {error.message}"[:200] for error in validator.iter_errors(data)] == []


def test_documents_are_as_the_schema_says(publication: Publication, validator: Any) -> None:
    """Every key that is written is in the schema, and every one of the schema is written."""
    data = to_document(publication)
    assert_valid(validator, data)
    assert list(data) == ["format", "reports", "problems", "provenance"]
    assert data["format"] == report_schema()["properties"]["format"]["const"] == 2


def test_a_single_report_is_as_the_schema_says(publication: Publication, validator: Any) -> None:
    """`Report.to_dict()` is `$defs/report`."""
    single = validator.evolve(schema={"$ref": f"{report_schema()['$id']}#/$defs/report", **report_schema_store()})
    for report in publication.reports:
        assert_valid(single, json.loads(json.dumps(report.to_dict())))
        assert_valid(single, json.loads(json.dumps(report.to_dict(internal=True))))


def report_schema_store() -> dict[str, Any]:
    """The published definitions, so that a part of them can be asked for."""
    return {"$id": report_schema()["$id"], "$defs": report_schema()["$defs"]}


def test_hostile_texts_are_data(hostile: Publication, validator: Any) -> None:
    """What a ledger holds stands in the document to the letter, half surrogate pairs included."""
    text = "".join(render_json(hostile))
    data = json.loads(text.encode("utf-8", "backslashreplace"))
    assert_valid(validator, data)
    assert data == json.loads(json.dumps(to_document(hostile)))


def test_the_text_is_that_of_the_data(publication: Publication, make: Callable[..., Publication]) -> None:
    """Written one report at a time, it is what json writes of the whole, with an indent of 2 and no sorting."""
    for one in (publication, make([], problems=())):
        expected = json.dumps(to_document(one), ensure_ascii=False, indent=2, sort_keys=False) + "\n"
        assert "".join(render_json(one)) == expected


def test_the_schema_knows_what_the_program_knows() -> None:
    """Outcomes and operators are all listed, each object says which keys it has, and no host is named."""
    definitions = report_schema()["$defs"]
    assert definitions["outcome"]["enum"] == [one.value for one in Outcome]
    assert set(definitions["evidence"]["properties"]["operator"]["enum"]) == set(COMPARISONS)
    assert "//" not in report_schema()["$id"]
    for one in objects(report_schema()):
        if "properties" in one:
            assert one["additionalProperties"] is False
            assert set(one["required"]) <= set(one["properties"])
    assert all("description" in one for one in definitions.values())


def objects(node: Any) -> Iterator[Mapping[str, Any]]:
    """All objects of a schema that describe objects."""
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value)


def test_people_are_masked(make: Callable[..., Publication]) -> None:
    """Who judged or granted is `***` unless the publication is internal."""
    assert "王小明" not in "".join(render_json(make()))
    assert "李主任" not in "".join(render_json(make()))
    inside = "".join(render_json(make(internal=True)))
    assert "王小明" in inside
    assert "李主任" in inside


@pytest.fixture
def phones(tmp_path: Any) -> Standard:
    """A standard that reads a personal fact."""
    for folder, text in (("standards", PHONE_FIRST), ("clauses", PHONE_CLAUSES)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "phones.toml").write_text(text, "utf-8")
    book = load_rulebook([RuleSource("phones", tmp_path)])
    assert [str(one) for one in book.faults] == []
    return book["phones/reachable"]


def test_evidence_of_personal_facts_is_masked(
    phones: Standard, make: Callable[..., Publication], validator: Any
) -> None:
    """A telephone number that is evidence is shown inside alone; so is what it may be compared with."""
    center = pr.Center(id="c1", name="甲", phone="13800000000")
    given = [pr.Dossier(center=center, as_of=pr.Period.year(2020).end)]
    outside, inside = make(given, by=phones), make(given, by=phones, internal=True)
    assert "139" not in "".join(render_json(outside)).replace(phones["reachable"].require.text, "")
    assert "138" not in "".join(render_json(outside))
    assert_valid(validator, to_document(outside))
    first = to_document(outside)["reports"][0]["findings"][0]["evidence"][0]
    assert (first["observed"], first["required"]) == (MASK, MASK)
    assert to_document(inside)["reports"][0]["findings"][0]["evidence"][0]["observed"] == "13800000000"

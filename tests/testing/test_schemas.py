# SPDX-License-Identifier: MIT
"""The published schemas of rule files: as the classes are, true of every file that is shipped, and strict."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest

from platformrules.testing.schemas import KINDS, SHIPPED, schema_of, write_schemas

ROOT = Path(__file__).parents[2]
FILES = sorted(path for path in ROOT.glob("plugins/*/src/platformrules_*/**/*.toml"))


def name(path: Path) -> str:
    """A file as the report of tests calls it."""
    return path.relative_to(ROOT / "plugins").as_posix()


def kind_of(path: Path) -> str:
    """The kind of a rule file: its own name, or that of its folder."""
    return "facts" if path.name == "facts.toml" else path.parent.name


def data_of(text: str) -> Any:
    """The data of a TOML text as JSON has them: days are texts."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items()}
        if isinstance(value, list):
            return [plain(one) for one in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(tomllib.loads(text))


def faults(kind: str, text: str) -> list[str]:
    """What a schema says against a file, innermost first."""
    validator = jsonschema.Draft7Validator(schema_of(kind))
    return [jsonschema.exceptions.best_match([one]).message for one in validator.iter_errors(data_of(text))]


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_schemas_are_as_the_classes_are(kind: str, tmp_path: Path) -> None:
    """If this fails: python -c 'from platformrules.testing.schemas import write_schemas; write_schemas()'."""
    write_schemas(tmp_path)
    shipped, made = (folder / f"{kind}.schema.json" for folder in (SHIPPED, tmp_path))
    assert shipped.read_text("utf-8") == made.read_text("utf-8")
    jsonschema.Draft7Validator.check_schema(json.loads(shipped.read_text("utf-8")))


def test_there_is_a_schema_for_each_kind_and_no_other() -> None:
    """Each folder of rule files has one, and so has facts.toml."""
    assert {path.name for path in SHIPPED.iterdir()} == {f"{kind}.schema.json" for kind in KINDS}
    assert {kind_of(path) for path in FILES} == set(KINDS)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_shipped_rule_file_fits_its_schema(path: Path) -> None:
    """What the plugins ship is what editors are told."""
    assert faults(kind_of(path), path.read_text("utf-8")) == []


FACTS = """
format = 1
[[facts]]
id = "tiny_seats"
on = "center"
type = "integer"
label = { zh = "座位", en = "seats" }
minimum = 0
"""


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("facts", FACTS, ""),
        ("facts", FACTS.replace("format = 1", "format = 2"), "2 is not one of [1]"),
        ("facts", FACTS.replace("minimum", "minimun"), "'minimun' was unexpected"),
        ("facts", FACTS.replace('"integer"', '"int"'), "'int' is not one of"),
        ("facts", FACTS.replace("minimum = 0", 'minimum = "0"'), "'0' is not of type 'number'"),
        ("facts", FACTS.replace(', en = "seats"', ""), "'en' is a required property"),
        ("cases", 'format = 1\n[[cases]]\nid = "a"\nlike = "b"\nexpect = { verdict = "c" }', ""),
        ("cases", 'format = 1\n[[cases]]\nid = "a"\ntiny_rows = [{ kind = "x" }]\nexpect = {}', ""),
        ("cases", 'format = 1\n[[cases]]\nid = "a"\ntiny_rows = "x"\nexpect = {}', "not valid under any"),
        ("cases", 'format = 1\n[[cases]]\nid = "a"\nexpect = {}\njudgements = { s = { value = "x" } }', ""),
        ("cases", 'format = 1\n[[cases]]\nid = "a"\nexpect = {}\njudgements = { s = { by = "x" } }', "not valid"),
    ],
)
def test_what_a_file_holds_is_told(kind: str, text: str, says: str) -> None:
    """Unknown, missing and wrong keys are, each in its place."""
    found = faults(kind, text)
    assert bool(found) is bool(says)
    assert not says or says in str(
        list(map(str, jsonschema.Draft7Validator(schema_of(kind)).iter_errors(data_of(text))))
    )


HEADER = """
format = 1
[standard]
id = "tiny/rules"
version = "2"
document = "tiny"
in_force = { from = 2021-01-01 }
"""
WHOLE = """
subject = "center"
period = { months = 12, start = "12-01" }
title = { zh = "标准", en = "standard" }
[parameters]
least = { value = 2.5, cites = ["a"] }
[[criteria]]
id = "area"
cites = ["a"]
strength = "must"
title = { zh = "面积", en = "area" }
require = "center.floor_area_m2 >= least"
[[verdict]]
id = "good"
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEADER + WHOLE, ""),
        (HEADER, "'criteria' is a required property"),
        (HEADER + WHOLE.replace('subject = "center"', ""), "'subject' is a required property"),
        (HEADER + WHOLE.replace('cites = ["a"]\n', ""), "'cites' is a required property"),
        (HEADER + WHOLE.replace(', cites = ["a"]', ""), "'cites' is a required property"),
        (HEADER + WHOLE.replace("require", "requires"), "'requires' was unexpected"),
        (HEADER + 'extends = "tiny/rules@1"', ""),
        (HEADER + 'extends = "tiny/rules@1"\n[parameters]\nleast = { value = 3 }\n[[criteria]]\nid = "area"', ""),
        (HEADER + 'extends = "tiny/rules@1"\n[[criteria]]\nnote = { zh = "注", en = "note" }', "'id' is a required"),
        (HEADER.replace('version = "2"', 'extends = "tiny/rules@1"'), "'version' is a required property"),
    ],
)
def test_a_standard_that_extends_another_gives_what_differs(text: str, says: str) -> None:
    """And any other one all that a standard has."""
    found = [one.message for one in jsonschema.Draft7Validator(schema_of("standards")).iter_errors(data_of(text))]
    assert bool(found) is bool(says)
    assert says in " ".join(found)


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_says_what_it_is(kind: str) -> None:
    """The docstrings of the classes are what an editor shows; references lead somewhere."""
    schema = schema_of(kind)
    tables = [schema, *schema["definitions"].values()]
    assert [one for one in tables if not one.get("description")] == []
    text = json.dumps(schema)
    used = {part.split('"')[0] for part in text.split("#/definitions/")[1:]}
    assert used == set(schema["definitions"])


def test_each_key_of_a_standard_is_there() -> None:
    """A key is called as in the file: `from`, not `from_`."""
    schema = schema_of("standards")
    assert set(schema["properties"]) == {one.name for one in attrs.fields(KINDS["standards"])}
    assert {"from", "until"} <= set(schema["definitions"]["InForce"]["properties"])
    assert schema["definitions"]["InForce"]["required"] == ["from"]
    assert "`None` if criteria or forms cite it" in str(schema_of("clauses")["definitions"]["Clause"])

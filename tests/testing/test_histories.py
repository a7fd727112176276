# SPDX-License-Identifier: MIT
"""Worked cases of procedures: what a file may say, every fault of it, and what the conformance suite makes of them."""

from pathlib import Path

import pytest

from platformrules.errors import RuleFileError
from platformrules.plugins import load, rule_folder
from platformrules.testing.cases import read_cases
from platformrules.testing.histories import History, read_histories

TEXT = '{ zh = "虚构", en = "made up" }'
CLAUSES = f"""
format = 1
[document]
id = "d"
title = {TEXT}
issuer = {TEXT}
jurisdiction = {TEXT}
[[clauses]]
id = "c"
locator = {TEXT}
strength = "must"
says = {TEXT}
"""
PROCEDURE = f"""
format = 1
[procedure]
id = "sample/p"
version = "1"
subject = "center"
document = "d"
in_force = {{ from = 2020-01-01 }}
title = {TEXT}
[parameters.least]
value = 2
cites = ["c"]
[[variables]]
id = "size"
type = "integer"
[[states]]
id = "one"
[[states]]
id = "two"
[[events]]
id = "go"
by = {TEXT}
fields = [{{ id = "size", type = "integer", required = true }}]
[[transitions]]
from = ["one"]
on = "go"
when = "event.size >= least and center.owned_by_league"
to = "two"
set = {{ size = "event.size" }}
cites = ["c"]
"""
GOOD = """
format = 1
[[cases]]
id = "taken"
procedure = "sample/p"
as_of = 2020-06-01
center = { owned_by_league = true }
events = [{ id = "go", on = 2020-05-01, size = 2 }]
expect = { state = "two", variables = { size = 2 }, breaches = [], overdue = [], asks_for = [] }
[[cases]]
id = "refused"
like = "taken"
parameters = { least = 3 }
expect = { state = "one", breaches = ["c"] }
[[cases]]
id = "another"
like = "refused"
center = { name = "x" }
events = []
expect = { state = "one" }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plugin with one procedure."""
    root = tmp_path / "sample"
    for name, text in (("clauses/d.toml", CLAUSES), ("procedures/p.toml", PROCEDURE), ("cases/c.toml", GOOD)):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def histories(folder: Path, text: str = GOOD) -> dict[str, History]:
    """The cases of a file by id."""
    (folder / "cases" / "c.toml").write_text(text, "utf-8")
    return {one.id: one for one in read_histories(rule_folder(folder), load([folder]))}


def test_cases_hold_and_take_over(folder: Path) -> None:
    """Facts and parameters one by one, events as a whole; cases of standards are others."""
    found = histories(folder)
    assert [list(one.differences(one.report())) for one in found.values()] == [[], [], []]
    assert found["another"].events == ()
    assert dict(found["another"].procedure.overrides) == {"least": 3}
    assert found["another"].subject is not None
    assert found["another"].subject["owned_by_league"] is True
    assert read_cases(rule_folder(folder), load([folder])) == ()


def test_differences_are_told(folder: Path) -> None:
    """Each thing that is otherwise than expected, and what of the events could not be read."""
    wrong = GOOD.replace(
        'state = "two", variables = { size = 2 }, breaches = []',
        'state = "one", variables = { size = 3 }, breaches = ["c"]',
    )
    (one, *_) = histories(folder, wrong.replace("size = 2 }]", 'size = 2, colour = "red" }]')).values()
    assert list(one.differences(one.report())) == [
        "events[0].colour: the event has no such field, so not read; there are `size` (got 'red')",
        "state: expected `one`, found `two`",
        "size: expected 3, found 2",
        "breaches: expected ['c'], found []",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'procedure = "sample/p"',
            'procedure = "sample/q"',
            ["PR405 $.cases[0].procedure", "PR405 $.cases[1].procedure", "PR405 $.cases[2].procedure"],
        ),
        ("as_of = 2020-06-01\n", "", ["PR402 $.cases[0].as_of", "PR402 $.cases[1].as_of", "PR402 $.cases[2].as_of"]),
        ('expect = { state = "one" }', "expect = { }", ["PR402 $.cases[2].expect"]),
        (
            'expect = { state = "one" }',
            'expect = { state = "onn", breaches = ["d"] }',
            ["PR405 $.cases[2].expect.state", "PR405 $.cases[2].expect.breaches"],
        ),
        ("variables = { size = 2 }", "variables = { sise = 2 }", ["PR405 $.cases[0].expect.variables"]),
        ("least = 3", "leest = 3", ["PR405 $.cases[1].parameters", "PR405 $.cases[2].parameters"]),
        (
            "least = 3",
            'least = "3"',
            ["PR403 $.cases[1].parameters.least.value", "PR403 $.cases[2].parameters.least.value"],
        ),
        ('like = "refused"', 'like = "another"', ["PR307 $.cases[2].like"]),
        ('like = "taken"', 'like = "token"', []),
        ('center = { name = "x" }', "area = { name = 'x' }", ["PR405 $.cases[2].area"]),
        ('center = { name = "x" }', "center = { nome = 'x' }", ["PR301 $.cases[2].center.nome"]),
        ('center = { name = "x" }', "center = { name = 3 }", ["PR403 $.cases[2].center"]),
        ('center = { name = "x" }', "centre = { name = 'x' }", ["PR402 $.cases[2].centre"]),
        ('id = "another"', 'id = "refused"', ["PR404 $.cases"]),
    ],
)
def test_what_is_wrong_is_told_with_its_place(folder: Path, old: str, new: str, expected: list[str]) -> None:
    """One change of a sound file and the faults it makes, in the place where they stand."""
    assert old in GOOD
    text = GOOD.replace(old, new)
    faults: list[str] = []
    for read in (read_histories, read_cases):
        (folder / "cases" / "c.toml").write_text(text, "utf-8")
        try:
            read(rule_folder(folder), load([folder]))
        except RuleFileError as error:
            faults += [f"{one.code} {one.path}" for one in error.diagnostics]
    assert faults
    assert [one for one in expected if one not in faults] == []

# SPDX-License-Identifier: MIT
"""Mutants are made of what a rule file says, and noticed by cases that say what the rule says."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from platformrules.criteria.parser import parse
from platformrules.errors import RuleFileError
from platformrules.standards.rulebook import RuleSource, load_rulebook
from platformrules.standards.sources import SourceFile
from platformrules.testing.cases import read_cases
from platformrules.testing.edits import edits, step_of
from platformrules.testing.mutants import mutants_of
from platformrules.testing.mutation import LIST, Mutation, mutate

CLAUSES = """
format = 1
[document]
id = "tiny-1"
title = { zh = "文", en = "text" }
issuer = { zh = "机关", en = "body" }
jurisdiction = { zh = "某地", en = "somewhere" }
[[clauses]]
id = "area"
locator = { zh = "第一条", en = "article 1" }
strength = "should"
says = { zh = "面积", en = "area" }
"""
STANDARD = """
format = 1
[standard]
id = "tiny/rules"
version = "1"
subject = "center"
document = "tiny-1"
in_force = { from = 2015-01-01 }
period = "calendar-year"
title = { zh = "标准", en = "standard" }
[parameters]
least = { value = 100, cites = ["area"] }
strict = { value = false, cites = ["area"] }
late = { steps = [{ value = 1 }, { from = 2020-01-01, value = 2 }], cites = ["area"] }
[[criteria]]
id = "area"
cites = ["area"]
strength = "should"
title = { zh = "面积", en = "area" }
applies_when = "center.has_flag"
require = "center.floor_area_m2 >= least and count(activities) > 0"
[[verdict]]
id = "good"
conforms = true
when = "all(c.satisfied for c in criteria)"
[[verdict]]
id = "bad"
conforms = false
"""
GOOD = """
format = 1
[[cases]]
id = "good"
standard = "tiny/rules"
period = "2020"
center = { floor_area_m2 = 100, has_flag = true }
activities = [{ held_on = 2020-05-04 }]
expect = { verdict = "good", conforms = true }
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Callable[..., Mutation]:
    """The mutants of a small plugin with these cases and this list."""

    def make(cases: str = GOOD, listed: str = "", **settings: Any) -> Mutation:
        root = tmp_path / "tiny"
        for name, text in (("clauses/a", CLAUSES), ("standards/a", STANDARD), ("cases/a", cases)):
            path = root / f"{name}.toml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        if listed:
            (root / LIST).write_text(listed, "utf-8")
        source = RuleSource("tiny", root)
        return mutate(source, load_rulebook([source]), **settings)

    return make


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b >= 5", ["a.b > 5", "a.b >= 6", "a.b >= 4"]),
        ("0.30 < a.b", ["0.30 <= a.b", "0.31 < a.b", "0.29 < a.b"]),
        ("a.b", ["not a.b"]),
        ("not a.b", ["a.b"]),
        ("a.b and a.c", ["a.b or a.c", "a.c", "a.b", "not a.b and a.c", "a.b and not a.c"]),
        ('"x" in a.b', ['"x" not in a.b']),
        ('{"x", "y"} <= a.b', ['{"x", "y"} < a.b', '{"y"} <= a.b', '{"x"} <= a.b']),
        ('contains(a.b, "x")', ['not contains(a.b, "x")']),
        (
            "all(r.x for r in rows if r.y)",
            [
                "any(r.x for r in rows if r.y)",
                "all(not r.x for r in rows if r.y)",
                "all(r.x for r in rows)",
                "all(r.x for r in rows if not r.y)",
            ],
        ),
        ("a.b if true else a.c", ["a.b if false else a.c", "not a.b if true else a.c", "a.b if true else not a.c"]),
    ],
)
def test_edits(text: str, expected: list[str]) -> None:
    """Every small mistake of an expression, each of which is an expression."""
    found = [one.text for one in edits(text)]
    assert sorted(found) == sorted(expected)
    assert all(parse(one) for one in found)


def test_a_number_is_no_truth() -> None:
    """A fact that stands for a number is not turned round."""
    assert [one.text for one in edits("a.b", condition=False)] == []
    assert step_of(Decimal("0.30")) == Decimal("0.01")
    assert step_of(Decimal(30)) == step_of(7) == 1


def test_mutants_of_a_file() -> None:
    """Numbers, days, truths, starts of steps, conditions and rows; not the header, nor what cites and names."""
    found = mutants_of(SourceFile("a.toml", STANDARD, ""))
    said = [(one.at, one.change) for one in found]
    assert len(set(said)) == len(said)
    assert {
        ("parameters.least.value", "`100` -> `101`"),
        ("parameters.strict.value", "`false` -> `true`"),
        ("parameters.late.steps[1].from", "`from` -> `above`"),
        ("parameters.late.steps[1].from", "`2020-01-01` -> `2020-01-02`"),
        ("criteria.area.applies_when", "left out"),
        ("criteria.area.require", "`center.floor_area_m2 >= least` -> `center.floor_area_m2 > least`"),
        ("verdict.good", "left out"),
        ("verdict.bad.conforms", "`false` -> `true`"),
    } <= set(said)
    assert not [one for one in said if one[0].startswith("standard")]
    assert str(found[0]).startswith("tiny/rules@1 parameters.least.value: ")


def test_cases_notice_what_they_say(tiny: Callable[..., Mutation]) -> None:
    """One case notices the shifted number; the other direction needs another case."""
    found = tiny()
    missed = {(one.at, one.change) for one in found.missed}
    assert ("parameters.least.value", "`100` -> `101`") not in missed
    assert ("parameters.least.value", "`100` -> `99`") in missed
    assert found.noticed + len(found.missed) == found.made == found.tellable
    assert found.refused > 0
    told = found.to_dict()
    assert told["missed"][0].keys() == {"standard", "at", "change"}


def test_cases_are_suggested_until_nothing_is_missed(tiny: Callable[..., Mutation], tmp_path: Path) -> None:
    """The cases that are suggested hold, and with them only what no dossier can tell is missed."""
    first = tiny(suggest=True)
    assert first.cases
    again = tiny(cases="\n".join((GOOD, *first.cases)))
    assert [(one.at, one.change) for one in again.missed] == [
        (one.at, one.change)
        for one in again.missed
        if (one.at.startswith("parameters.") and "least" not in one.at)
        or one.change.endswith("`any(c.satisfied for c in criteria)`")
    ]  # `strict` and `late` are read by nothing, and all of one criterion are any of it
    assert len(again.missed) < len(first.missed)
    source = RuleSource("tiny", tmp_path / "tiny")
    assert len(read_cases(source, load_rulebook([source]))) == 1 + len(first.cases)


LISTED = """
format = 1
[[equivalent]]
standard = "tiny/rules@1"
at = "parameters.strict.value"
changes = ["`false` -> `true`"]
reason = "nothing reads it"
"""


def test_a_plugin_lists_what_nothing_can_tell(tiny: Callable[..., Mutation]) -> None:
    """What is listed with a reason is not missed."""
    found = tiny(listed=LISTED)
    assert [(one.at, reason) for one, reason in found.equivalent] == [("parameters.strict.value", "nothing reads it")]
    assert not [one for one in found.missed if one.at == "parameters.strict.value"]
    assert found.stale == ()
    assert found.to_dict()["equivalent"][0]["reason"] == "nothing reads it"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("strict.value", "least.value", "there is no mutant"),
        ("`false` -> `true`", "`true` -> `false`", "there is no mutant"),
        (
            'parameters.strict.value"\nchanges = ["`false` -> `true`"]',
            'parameters.least.value"\nchanges = ["`100` -> `101`"]',
            "a worked case tells",
        ),
    ],
)
def test_a_stale_list_is_told(tiny: Callable[..., Mutation], old: str, new: str, message: str) -> None:
    """A row of a mutant that there is not, or that a case notices, is a fault of the list."""
    found = tiny(listed=LISTED.replace(old, new))
    assert len(found.stale) == 1
    assert message in found.stale[0].message


def test_a_list_of_another_format_is_refused(tiny: Callable[..., Mutation]) -> None:
    """The list says which format it has, as every file does."""
    with pytest.raises(RuleFileError, match="format"):
        tiny(listed=LISTED.replace("format = 1", "format = 2"))


def test_one_standard_of_several(tiny: Callable[..., Mutation]) -> None:
    """Another standard than the one that is named is left alone."""
    assert tiny(standards=["tiny/other"]).made == 0
    assert tiny(standards=["tiny/rules@1"]).made == tiny(standards=["tiny/rules"]).made > 0

# SPDX-License-Identifier: MIT
"""Worked cases of a round: subjects together, what each is expected to come to, and what is wrong with a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from platformrules.errors import RuleFileError
from platformrules.plugins import load, rule_folder
from platformrules.standards.rulebook import RuleSource
from platformrules.testing.rounds import RoundCase, read_rounds

PLUGINS = Path(__file__).parents[2] / "plugins"
HEAD = """
format = 1
[[cases]]
id = "one"
standard = "hubei/demonstration"
period = "2020"
center = { id = "c", floor_area_m2 = 100 }
expect = { verdict = "not-eligible" }
[[cases]]
id = "together"
standard = "hubei/demonstration-round"
period = "2020"
"""


def rounds(tmp_path: Path, text: str) -> tuple[RoundCase, ...]:
    """The rounds of a file of cases, by the rules of Hubei."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "rounds.toml").write_text(HEAD + text, "utf-8")
    return read_rounds(RuleSource("hubei", tmp_path), load([PLUGINS / "hubei"]))


def test_the_rounds_of_hubei_hold() -> None:
    """Fifty fit, fifty-one wait for a choice, and a person's choice counts."""
    found = read_rounds(rule_folder(PLUGINS / "hubei"), load([PLUGINS / "hubei"]))
    assert [(one.id, len(one.cases), list(one.differences())) for one in found] == [
        ("fifty-candidates-fit", 50, []),
        ("fifty-one-candidates-wait-for-a-choice", 51, []),
        ("a-person-chooses", 3, []),
    ]
    assert [one.tells_apart("places_a_round", 49) for one in found[:2]] == [True, False]


def test_what_comes_out_otherwise_is_told_by_subject(tmp_path: Path) -> None:
    """With the id of the subject; one of which nothing is expected is passed over."""
    text = """
subjects = [{ like = "one" }, { like = "one", center = { id = "other" }, times = 2 }]
expect = { c = { verdict = "eligible" } }
"""
    (found,) = rounds(tmp_path, text)
    assert [case.dossier.subject.id for case in found.cases] == ["c", "other-1", "other-2"]
    assert list(found.differences()) == ["c: verdict: expected `eligible`, found `None`"]
    text = 'subjects = [{ like = "one", center = { id = "d" } }]\nexpect = { d = { verdict = "eligible" } }\n'
    (tmp_path / "again").mkdir()
    (found,) = rounds(tmp_path / "again", text)
    assert list(found.differences()) == ["d: verdict: expected `eligible`, found `None`"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("subjects = []", "a round has subjects"),
        ('subjects = [{ like = "two" }]', "there is no case `two`"),
        ('subjects = [{ like = "one" }]\nexpect = { nobody = { verdict = "eligible" } }', "no subject `nobody`"),
    ],
)
def test_what_is_wrong_with_a_round_is_told(tmp_path: Path, text: str, message: str) -> None:
    """No subjects, a case that is not there, expectations of nobody."""
    with pytest.raises(RuleFileError, match=message):
        rounds(tmp_path, text)

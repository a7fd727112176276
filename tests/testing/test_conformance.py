# SPDX-License-Identifier: MIT
"""The conformance suite fails for what it is there for, and says what to do."""

import inspect
from pathlib import Path
from typing import Any

import pytest

from platformrules.languages import Bilingual
from platformrules.results import Outcome
from platformrules.testing import check_plugin, conformance

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
part = { value = 0.50, cites = ["area"] }
whole = { value = 1, cites = ["area"] }
[[criteria]]
id = "area"
cites = ["area"]
strength = "should"
title = { zh = "面积", en = "area" }
require = "center.floor_area_m2 >= least and center.right_of_use_years / whole >= part"
[[verdict]]
id = "good"
conforms = true
when = "all(c.satisfied for c in criteria)"
[[verdict]]
id = "bad"
conforms = false
"""
CASES = """
format = 1
[[cases]]
id = "good"
standard = "tiny/rules"
period = "2020"
center = { floor_area_m2 = 100, right_of_use_years = 0.5 }
activities = [{ held_on = "each-month", attendance = 5 }]
expect = { verdict = "good" }
[[cases]]
id = "small"
like = "good"
center = { floor_area_m2 = 99 }
expect = { verdict = "bad", criteria = { area = "failed" } }
[[cases]]
id = "short"
like = "good"
center = { right_of_use_years = 0.49 }
expect = { verdict = "bad" }
"""
REQUIRE = "center.floor_area_m2 >= least and center.right_of_use_years / whole >= part"
FILES = {"clauses/tiny.toml": CLAUSES, "standards/rules.toml": STANDARD, "cases/rules.toml": CASES}
TESTS = [name for name in dir(check_plugin("tiny")) if name.startswith("test_")]


@pytest.fixture
def failures_of(tmp_path: Path) -> Any:
    """What each test of the suite says of a tiny plugin with some files replaced; those that pass are left out."""

    def run(**changed: str) -> dict[str, str]:
        folder = tmp_path / "platformrules_tiny"
        for name, text in {
            **FILES,
            **{key.replace("__", "/") + ".toml": text for key, text in changed.items()},
        }.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        return failures(check_plugin("tiny", folder))

    return run


def failures(suite: Any) -> dict[str, str]:
    """The message of each test that fails."""
    found = {}
    for name in TESTS:
        try:
            getattr(suite(), name)()
        except pytest.fail.Exception as failure:
            found[name] = str(failure)
    return found


def test_a_sound_plugin_passes(failures_of: Any) -> None:
    """A plugin whose cases show both sides of everything passes all tests."""
    assert failures_of() == {}


def test_the_tests_have_names_that_tell_them() -> None:
    """The suite is a class that pytest collects, each test with a sentence."""
    suite = check_plugin("tiny")
    assert suite.__name__ == "TestPlugin"
    assert len(TESTS) >= 9
    assert all(inspect.getdoc(getattr(suite, name)) for name in TESTS)


def test_a_plugin_that_is_not_installed_fails() -> None:
    """Without the plugin the suite says to install it, and does not pass for want of anything to look at."""
    found = failures(check_plugin("nowhere"))
    assert found["test_loads"].startswith("install the plugin `nowhere`")
    assert found["test_worked_cases_hold"].startswith("install the plugin `nowhere`")


def test_wrong_rule_files_fail(failures_of: Any) -> None:
    """The diagnostics of a broken plugin are told."""
    found = failures_of(standards__rules=STANDARD.replace("floor_area_m2", "flor_area_m2"))["test_loads"]
    assert found.startswith("mend the rule files")
    assert "did you mean `floor_area_m2`?" in found


def test_a_plugin_without_standards_fails(failures_of: Any, tmp_path: Path) -> None:
    """A plugin that judges nothing is none."""
    folder = tmp_path / "platformrules_bare"
    folder.mkdir()
    (folder / "facts.toml").write_text("format = 1", "utf-8")
    assert "give the plugin a standard" in failures(check_plugin("bare", folder))["test_loads"]
    assert failures_of() == {}


@pytest.mark.parametrize(
    ("test", "file", "text", "says"),
    [
        (
            "test_every_clause_is_disposed_of",
            "clauses__tiny",
            CLAUSES + CLAUSES[CLAUSES.index("[[clauses]]") :].replace('"area"', '"plaque"'),
            ["dispose of each clause", "the clause `plaque` has no disposition"],
        ),
        (
            "test_texts_are_in_both_languages",
            "standards__rules",
            STANDARD.replace('en = "area"', 'en = " "'),
            ["write the text in the language that lacks it", "tiny/rules@1.criteria[area].title: '面积' / ' '"],
        ),
        (
            "test_texts_are_in_both_languages",
            "clauses__tiny",
            CLAUSES.replace('en = "somewhere"', 'en = "某地"'),
            ["tiny-1.jurisdiction: '某地' / '某地'"],
        ),
        (
            "test_worked_cases_hold",
            "cases__rules",
            CASES.replace('expect = { verdict = "good" }', 'expect = { verdict = "bad" }'),
            ["mend the rule or what the case expects", "cases/rules.toml good: verdict: expected `bad`, found `good`"],
        ),
        ("test_worked_cases_hold", "cases__rules", "format = 1\ncases = []", ["tiny/rules@1 has no worked case"]),
        ("test_worked_cases_hold", "cases__rules", "format = 1\ncases = 5", ["mend the worked cases", "error[PR403]"]),
        (
            "test_every_criterion_passes_and_fails",
            "cases__rules",
            CASES[: CASES.index('[[cases]]\nid = "small"')],
            ["add a case to `cases/`", "tiny/rules@1 area: never failed"],
        ),
        (
            "test_every_number_has_cases_on_both_sides",
            "cases__rules",
            CASES.replace("99", "50").replace("0.49", "0.4"),
            ["least: no case tells 100 from 99", "part: no case tells 0.50 from 0.49"],
        ),
    ],
)
def test_each_lack_is_told(failures_of: Any, test: str, file: str, text: str, says: list[str]) -> None:
    """What a plugin lacks fails the test that is there for it, with what to do and where."""
    message = failures_of(**{file: text})[test]
    assert [part for part in says if part not in message] == [], message


def test_parts_of_an_included_standard_have_their_cases_there(failures_of: Any) -> None:
    """A standard that includes another shows both sides of what is its own only."""
    whole = STANDARD[: STANDARD.index("[parameters]")] + STANDARD[STANDARD.index("[[criteria]]") :]
    whole = whole.replace('"tiny/rules"', '"tiny/whole"').replace(
        "[[criteria]]", 'includes = ["tiny/rules"]\n[[criteria]]', 1
    )
    whole = whole.replace(REQUIRE, "blocks['tiny/rules'].satisfied")
    cases = CASES.replace('"tiny/rules"', '"tiny/whole"')
    assert failures_of(standards__whole=whole, cases__whole=cases[: cases.index('[[cases]]\nid = "short"')]) == {}
    never = failures_of(standards__whole=whole, cases__whole=cases[: cases.index('[[cases]]\nid = "small"')])
    assert "tiny/whole@1 area: never failed" in never["test_every_criterion_passes_and_fails"]
    assert "tiny/rules#area" not in never["test_every_criterion_passes_and_fails"]


@pytest.mark.parametrize("test", ["test_citations_resolve", "test_sentences_render", "test_recording_less_never_flips"])
def test_what_the_core_must_keep_is_looked_at(
    failures_of: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, test: str
) -> None:
    """Faults that no rule file can have fail as well, should the core let them through."""
    assert failures_of() == {}
    suite = check_plugin("tiny", tmp_path / "platformrules_tiny")
    (standard,) = suite.plugin.standards
    if test == "test_citations_resolve":
        object.__setattr__(standard.criteria[0], "cites", ())
    monkeypatch.setattr(conformance, "sentence", lambda *_: Bilingual("", ""))
    plain, asked = conformance.evaluate, []

    def flipped(standard: Any, dossier: Any) -> Any:
        asked.append(dossier)
        report = plain(standard, dossier)
        if len(asked) > 3:  # the three cases themselves are judged first
            return _Flipped(report, {Outcome.PASSED: Outcome.FAILED}.get(report["area"].outcome, Outcome.PASSED))
        return report

    monkeypatch.setattr(conformance, "evaluate", flipped)
    with pytest.raises(pytest.fail.Exception, match=r"cites nothing|has no sentence|what flips"):
        getattr(suite(), test)()


class _Flipped:
    """A report in which the one criterion has another outcome and another verdict."""

    def __init__(self, report: Any, outcome: Any) -> None:
        self.finding = report["area"]._replace(outcome=outcome)
        self.verdict = report.verdict.__class__("other", ("other",), None, None)
        self.score, self.blocks = report.score, report.blocks

    def __iter__(self) -> Any:
        return iter([self.finding])

# SPDX-License-Identifier: MIT
"""The conformance suite fails for what it is there for, and says what to do."""

import inspect
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from platformrules.criteria.typed import Step
from platformrules.dossiers import Dossier
from platformrules.evaluation import compile_standard
from platformrules.languages import Bilingual
from platformrules.models import Center
from platformrules.periods import Period
from platformrules.results import Outcome
from platformrules.testing import check_plugin, conformance, trials
from platformrules.testing.cases import Case, Expected
from platformrules.testing.drafts import draft
from platformrules.testing.thresholds import one_sided

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
GRADES = """grades = [
  { id = "large", when = "center.floor_area_m2 >= least", title = { zh = "大", en = "large" } },
  { id = "small", title = { zh = "小", en = "small" } },
]"""
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
        (
            "test_every_threshold_has_cases_on_both_sides",
            "cases__rules",
            CASES.replace("99", "50").replace("0.49", "0.4"),
            [
                "add a case to `cases/` with the value that is named",
                "tiny/rules@1 area: `center.floor_area_m2 >= 100`: no case just does not, such as 99",
                "tiny/rules@1 area: `center.right_of_use_years / whole >= 0.5`: no case just does not, such as 0.49",
            ],
        ),
        (
            "test_every_threshold_has_cases_on_both_sides",
            "cases__rules",
            CASES.replace("= 100", "= 120").replace("0.5 }", "5 }"),
            ["`center.floor_area_m2 >= 100`: no case just meets it, such as 100", "just meets it, such as 0.5"],
        ),
        (
            "test_every_threshold_has_cases_on_both_sides",
            "cases__rules",
            "format = 1\ncases = []",
            ["`center.floor_area_m2 >= 100`: no case just meets it", "such as 100", "just does not, such as 99"],
        ),
        (
            "test_every_number_has_cases_on_both_sides",
            "standards__rules",
            STANDARD.replace("[[criteria]]", "last = { value = 2020-12-31, cites = ['area'] }\n[[criteria]]").replace(
                REQUIRE, f"{REQUIRE} and period.end <= last"
            ),
            ["last: no case tells 2020-12-31 from 2021-01-01"],
        ),
        (
            "test_every_criterion_passes_and_fails",
            "standards__rules",
            STANDARD.replace(
                f'require = "{REQUIRE}"',
                GRADES.replace(">= least", ">= 200"),
            ),
            ["tiny/rules@1 area: never `large`"],
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
    plain = conformance.evaluate

    def flipped(standard: Any, dossier: Any) -> Any:
        report = plain(standard, dossier)
        return _Flipped(report, {Outcome.PASSED: Outcome.FAILED}.get(report["area"].outcome, Outcome.PASSED))

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


def test_a_criterion_that_cannot_fail_need_not(failures_of: Any) -> None:
    """Of one that only gives grades each grade has a case, and none fails."""
    standard = STANDARD.replace(f'require = "{REQUIRE}"', GRADES)
    standard = standard.replace('"all(c.satisfied for c in criteria)"', '\'criteria["area"].grade == "large"\'')
    standard = "\n".join(line for line in standard.splitlines() if not line.startswith(("part", "whole")))
    cases = CASES.replace(
        'verdict = "bad", criteria = { area = "failed" }', 'verdict = "bad", criteria = { area = "passed" }'
    )
    cases = cases[: cases.index('[[cases]]\nid = "short"')]
    assert failures_of(standards__rules=standard, cases__rules=cases) == {}


FACTS = """
format = 1
[[relations]]
id = "tiny_awards"
of = "center"
label = { zh = "表彰", en = "awards that other bodies have given it" }
[[facts]]
id = "level"
on = "tiny_awards"
type = "text"
label = { zh = "级别", en = "level" }
"""


def test_what_no_workbook_can_hold_is_told(failures_of: Any) -> None:
    """The name of a sheet has at most 31 characters: the template could not be written."""
    found = failures_of(
        facts=FACTS, standards__rules=STANDARD.replace(REQUIRE, f"{REQUIRE} and count(tiny_awards) >= 0")
    )
    assert "must be <= 31 chars" in found["test_templates_are_read_back"]
    assert "of at most 31 characters for a relation" in found["test_templates_are_read_back"]


def test_what_is_lost_in_a_ledger_is_told(failures_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a ledger lose a fact or a subject, the case is named."""
    assert failures_of() == {}
    read = trials.read_ledger

    def losing(*given: Any, **named: Any) -> Any:
        ledger = read(*given, **named)
        less = [evolve(one, center=evolve(one.center, floor_area_m2=None)) for one in ledger.dossiers]
        return evolve(ledger, dossiers=tuple(less))

    monkeypatch.setattr(trials, "read_ledger", losing)
    found = failures_of()["test_templates_are_read_back"]
    assert "good, zh: the verdict was `good` and is `good` or `bad`" in found
    assert "good, zh: area was passed and is undetermined" in found
    monkeypatch.setattr(trials, "read_ledger", lambda *given, **named: evolve(read(*given, **named), dossiers=()))
    assert "its subject is there 0 times" in failures_of()["test_templates_are_read_back"]


def test_engines_that_differ_are_told() -> None:
    """Should one way say otherwise than the other, what differs is named."""
    standard = draft("center.floor_area_m2 >= 10")
    dossier = Dossier(center=Center(id="c1", floor_area_m2=20), period=Period.year(2020))
    case = Case("c", "cases/c.toml", "$.cases[0]", standard, dossier, Expected())
    assert [*trials.disagreements(case)] == []
    compiled = compile_standard(standard)

    def flipped(dossier: Any) -> tuple[Any, ...]:
        truths, *others = compiled.program.run(dossier)
        return (tuple(not one for one in truths), *others)

    standard.compiled["python"] = evolve(compiled, program=evolve(compiled.program, run_in_bounds=flipped))
    (told,) = trials.disagreements(case)
    assert told.startswith("k0: (<Outcome.PASSED")


def test_waivers_that_do_not_count_are_told(failures_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a waiver change nothing, the criterion is named; one that has ended changes nothing rightly."""
    plain = trials.evaluate
    monkeypatch.setattr(trials, "evaluate", lambda standard, dossier: plain(standard, evolve(dossier, waivers={})))
    found = failures_of()["test_waivers_count_until_their_day"]
    assert "small: area with a waiver is failed, not waived" in found
    assert "small: area with a waiver until 2020-12-31 is failed, not waived" in found
    assert "2020-12-30" not in found


GOOD_STEPS = [{"value": 3}, {"from": date(2016, 1, 1), "value": 5}]


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ((Step(1), Step(2, 10), Step(3, 20, above=True)), []),
        ((Step(1), Step(2, 20), Step(3, 10)), ["the band from 20 is never reached"]),
        ((Step(1), Step(2, date(2016, 1, 1)), Step(3, date(2017, 1, 1))), []),
        ((Step(1), Step(2, 10), Step(3, 10)), ["the band from 10 is never reached"]),
    ],
)
def test_bands_that_do_not_cover_everything_are_told(steps: tuple[Step, ...], says: list[str]) -> None:
    """The loader refuses them; should it let them through, the suite does not."""
    standard = draft("center.floor_area_m2 >= least[as_of]", parameters={"least": {"steps": GOOD_STEPS}})
    object.__setattr__(standard.parameters["least"].table, "steps", steps)
    assert [one for one in trials.holes(standard) if "least" in one] == [f"least: {one}" for one in says]


def test_tables_and_rows_that_leave_holes_are_told() -> None:
    """A key of which a table says nothing, a row that hides those below it, none that holds otherwise."""
    table = {"by": "center.is_physical", "values": {"true": 1, "false": 2}}
    standard = draft("center.floor_area_m2 >= least[center.is_physical]", parameters={"least": table})
    assert [*trials.holes(standard)] == []
    object.__setattr__(standard.parameters["least"].table, "entries", {(True,): 1})
    first, last = standard.verdicts
    object.__setattr__(standard, "verdicts", (last, first, first))
    assert [*trials.holes(standard)] == [
        "least: nothing is said of False",
        "verdict: nothing holds where `met` does not: leave out its `when`",
        "verdict: `not-met` hides the rows below it: give it a `when`",
        "verdict: `met` stands twice",
    ]


def test_a_limit_with_one_side_needs_no_case() -> None:
    """No count is below nothing, and no share above one."""
    within = "share((a.attendance > 4 for a in activities), default=0) <= 1"
    standard = draft("count(activities) >= 0", within, "count(activities) > 0", "center.floor_area_m2 < 10")
    assert [line.partition(": ")[2] for line in one_sided(standard, [])] == [
        "`count(activities) > 0`: no case just meets it, such as 1",
        "`count(activities) > 0`: no case just does not, such as 0",
        "`center.floor_area_m2 < 10`: no case just meets it, such as 9",
        "`center.floor_area_m2 < 10`: no case just does not, such as 10",
    ]


def test_limits_come_from_wherever_a_rule_file_sets_them() -> None:
    """From a table each of its values, from a sum of constants that; what a run gives has both sides of whatever."""
    parameters = {
        "least": {"by": "center.is_physical", "values": {"true": 2, "false": 1}},
        "given": {"type": "integer", "minimum": 1},
        "first": date(2020, 3, 1),
        "base": 5,
    }
    standard = draft(
        "count(activities) >= least[center.is_physical]",
        "count(activities) >= given",
        "center.opened_on >= first",
        "count(activities) == base + 1",
        parameters=parameters,
    )
    assert [line.split(": ", 1)[1] for line in one_sided(standard, [])] == [
        "`count(activities) >= 2`: no case just meets it, such as 2",
        "`count(activities) >= 2`: no case just does not, such as 1",
        "`count(activities) >= 1`: no case just meets it, such as 1",
        "`count(activities) >= 1`: no case just does not, such as 0",
        "`count(activities) >= given`: no case just meets it",
        "`count(activities) >= given`: no case just does not",
        "`center.opened_on >= 2020-03-01`: no case just meets it, such as 2020-03-01",
        "`center.opened_on >= 2020-03-01`: no case just does not, such as 2020-02-29",
        "`count(activities) == 6`: no case just meets it, such as 6",
        "`count(activities) == 6`: no case just does not, such as 7",
    ]


def test_what_subjects_change_is_no_threshold() -> None:
    """A comparison of two facts, a text, a truth and what is read of a loop inside a loop are left out."""
    nested = "all(any(a.center_id == c.id and a.attendance >= 5 for a in activities) for c in centers)"
    standard = draft("count(centers) >= count(areas)", 'area.level == "city"', nested, subject="area")
    assert [*one_sided(standard, [])] == []

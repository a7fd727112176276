# SPDX-License-Identifier: MIT
"""Worked cases: what a file may say, what it takes over, and every fault of it at once."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from platformrules.dossiers import Judgement, Waiver
from platformrules.errors import RuleFileError
from platformrules.evaluation import evaluate
from platformrules.plugins import load, rule_folder
from platformrules.testing.cases import Case, read_cases

FACTS = """
format = 1
[[facts]]
id = "tiny_kinds"
on = "center"
type = "set"
open = true
label = { zh = "种类", en = "kinds" }
values = [{ id = "one", zh = "甲", en = "one" }]
[[facts]]
id = "tiny_note"
on = "activity"
type = "text"
label = { zh = "备注", en = "note" }
"""
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
[[criteria]]
id = "area"
cites = ["area"]
strength = "should"
title = { zh = "面积", en = "area" }
require = "center.floor_area_m2 >= least"
[[criteria]]
id = "often"
cites = ["area"]
strength = "should"
title = { zh = "次数", en = "how often" }
require = 'count(activities) >= 3 and "one" in center.tiny_kinds'
[[criteria]]
id = "style"
cites = ["area"]
strength = "should"
title = { zh = "风格", en = "style" }
judge = [
    { id = "yes", title = { zh = "是", en = "yes" } },
    { id = "no", title = { zh = "否", en = "no" }, fails = true },
]
[[verdict]]
id = "good"
conforms = true
when = "all(c.satisfied for c in criteria)"
[[verdict]]
id = "bad"
conforms = false
[[notes]]
id = "large"
cites = ["area"]
when = "center.floor_area_m2 >= 1000"
text = { zh = "大", en = "large" }
"""
BASE = """
format = 1
[[cases]]
id = "base"
standard = "tiny/rules"
period = "2020"
center = { floor_area_m2 = 100.5, tiny_kinds = ["甲", "别的"], opened_on = 2019-05-04, has_flag = true }
activities = [{ held_on = "each-month", attendance = 20, tiny_note = "x" }]
judgements = { style = { value = "yes", by = "a", on = 2020-12-01, reason = "r" } }
expect = { verdict = "good", criteria = { area = "passed" } }
"""


@pytest.fixture
def cases_of(tmp_path: Path) -> Any:
    """Write a tiny plugin with a text of cases, and read them."""
    folder = tmp_path / "platformrules_tiny"
    for name, text in (("facts.toml", FACTS), ("clauses/tiny.toml", CLAUSES), ("standards/rules.toml", STANDARD)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "cases").mkdir()
    (folder / "cases" / "notes.txt").write_text("no cases", "utf-8")

    def read(text: str) -> dict[str, Case]:
        (folder / "cases" / "rules.toml").write_text(text, "utf-8")
        return {case.id: case for case in read_cases(rule_folder(folder), load([folder]))}

    return read


def like_base(keys: str, expect: str = 'verdict = "good"') -> str:
    """A case like the base with some keys."""
    return f'{BASE}\n[[cases]]\nid = "other"\nlike = "base"\n{keys}\nexpect = {{ {expect} }}\n'


def test_a_case_holds_a_dossier_and_what_is_expected(cases_of: Any) -> None:
    """Plain ids become facts of the core and of plugins, lists sets, labels codes, and each month its own row."""
    case = cases_of(BASE)["base"]
    center, rows = case.dossier.center, case.dossier.activities
    assert (center.id, center.floor_area_m2, center.opened_on) == ("base", Decimal("100.5"), date(2019, 5, 4))
    assert dict(center.facts) == {"tiny_kinds": frozenset({"one", "别的"})}
    assert [row.held_on for row in rows] == [date(2020, month, 15) for month in range(1, 13)]
    assert {row.facts["tiny_note"] for row in rows} == {"x"}
    assert len({row.id for row in rows}) == 12
    assert case.dossier.judgements["style"] == Judgement(value="yes", by="a", on=date(2020, 12, 1), reason="r")
    assert (case.dossier.organizations, str(case.dossier.period)) == (None, "2020")
    assert list(case.differences(evaluate(case.standard, case.dossier))) == []


@pytest.mark.parametrize(
    ("row", "days", "ids"),
    [
        ("{ held_on = 2020-03-01 }", [(3, 1)], ["activities-1"]),
        ('{ id = "a", held_on = 2020-03-01 }', [(3, 1)], ["a"]),
        ("{ held_on = 2020-03-01, times = 2 }", [(3, 1), (3, 1)], ["activities-1", "activities-2"]),
        ('{ id = "a", held_on = [2020-03-01, 2020-03-05] }', [(3, 1), (3, 5)], ["a-1", "a-2"]),
        ("{ held_on = [2020-03-01, 2020-04-05], times = 2 }", [(3, 1), (3, 1), (4, 5), (4, 5)], None),
        ("{ attendance = 3, times = 2 }", [None, None], None),
    ],
)
def test_rows_are_repeated(cases_of: Any, row: str, days: list[Any], ids: list[str] | None) -> None:
    """``times`` repeats a row, a list of dates makes one for each, and each has an id of its own."""
    rows = cases_of(like_base(f"activities = [{row}]"))["other"].dossier.activities
    assert [one.held_on and (one.held_on.month, one.held_on.day) for one in rows] == days
    assert ids is None or [one.id for one in rows] == ids
    assert len({one.id for one in rows}) == len(rows)


def test_each_month_ends_with_the_day_judged(cases_of: Any) -> None:
    """``each-month`` means the months that are whole and over."""
    case = cases_of(like_base("as_of = 2020-03-30"))["other"]
    assert [row.held_on.month for row in case.dossier.activities] == [1, 2]


def test_a_case_like_another_replaces_what_it_names(cases_of: Any) -> None:
    """Facts, judgements and parameters are replaced one by one, relations as a whole; the rest is taken over."""
    keys = """
records_from = 2020-02-01
center = { floor_area_m2 = 90 }
activities = []
parameters = { least = 80 }
judgements = { style = [{ value = "no", role = "self" }, { value = "yes", role = "city" }] }
waivers = { often = { reason = "r", by = "b", until = 2020-12-31 } }
"""
    case = cases_of(like_base(keys))["other"]
    assert (case.dossier.center.floor_area_m2, case.dossier.center.has_flag) == (90, True)
    assert (case.dossier.activities, case.dossier.records_from) == ((), date(2020, 2, 1))
    assert [one.role for one in case.dossier.judgements["style"]] == ["self", "city"]
    assert case.dossier.waivers["often"] == Waiver(reason="r", by="b", until=date(2020, 12, 31))
    assert dict(case.standard.overrides) == {"least": 80}
    assert list(case.differences(evaluate(case.standard, case.dossier))) == []


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("center.floor_area_m2", lambda dossier: dossier.center.floor_area_m2 is None),
        ("center.tiny_kinds", lambda dossier: "tiny_kinds" not in dossier.center.facts),
        ("activities", lambda dossier: dossier.activities is None),
        ("activities.attendance", lambda dossier: {row.attendance for row in dossier.activities} == {None}),
        ("judgements.style", lambda dossier: dossier.judgements == {}),
        ("judgements", lambda dossier: dossier.judgements == {}),
    ],
)
def test_what_is_unrecorded_is_taken_out(cases_of: Any, entry: str, expected: Any) -> None:
    """A fact, a whole relation, a fact of all its rows or a judgement can be taken out again."""
    other = cases_of(like_base(f'unrecorded = ["{entry}"]'))["other"]
    assert expected(other.dossier)


def test_what_was_taken_out_stays_out_in_the_next(cases_of: Any) -> None:
    """A case like one in which something is not recorded does not have it either."""
    more = '[[cases]]\nid = "third"\nlike = "other"\nexpect = { verdict = "bad" }\n'
    cases = cases_of(like_base('unrecorded = ["center.floor_area_m2"]') + more)
    assert cases["third"].dossier.center.floor_area_m2 is None
    assert cases["third"].expected.verdict == "bad"


def test_differences_say_expected_and_found(cases_of: Any) -> None:
    """Each thing that comes out otherwise is told with what was looked at."""
    expect = """verdict = "bad", reachable = ["good", "bad"], conforms = false, notes = ["large"],
        criteria = { area = "failed", style = "passed", often = "inapplicable" }"""
    case = cases_of(like_base("", expect.replace("\n", " ")))["other"]
    assert list(case.differences(evaluate(case.standard, case.dossier))) == [
        "verdict: expected `bad`, found `good`",
        "reachable: expected `good` or `bad`, found `good`",
        "conforms: expected `False`, found `True`",
        "notes: expected `large`, found none",
        "area: expected failed, found passed (center.floor_area_m2: 100.5 >= 100)",
        (
            "often: expected inapplicable, found passed (count(activities): 12 >= 3; "
            "center.tiny_kinds: ['one', '别的'] contains one)"
        ),
    ]


@pytest.mark.parametrize(
    ("keys", "code", "path", "message"),
    [
        ("center = { flor_area_m2 = 1 }", "PR301", "center.flor_area_m2", "unknown fact `flor_area_m2`"),
        ("activities = [{ held = 1 }]", "PR301", "activities[0].held", "unknown fact `held`"),
        ("activities = [5]", "PR403", "activities[0]", "must be a table"),
        ("activities = [{ times = 0 }]", "PR403", "activities[0].times", "must be a whole number above 0 (got 0)"),
        ("centre = {}", "PR402", "centre", "unknown key `centre`"),
        ("center = { has_flag = 1 }", "PR403", "", "center.has_flag must be True or False (got 1)"),
        ('center = { grade = "best" }', "PR403", "", "center.grade must be one of its choices"),
        ("center = { tiny_kinds = 1 }", "PR403", "", "center.facts['tiny_kinds'] must be a set of texts (got 1)"),
        ('period = "2020-13"', "PR403", "period", "`2020-13` is no period"),
        ("as_of = 5", "PR403", "as_of", "must be a date"),
        ('standard = "tiny/other"', "PR405", "standard", "there is no standard `tiny/other`"),
        ("parameters = { most = 1 }", "PR405", "parameters", "tiny/rules has no parameter `most`"),
        ('parameters = { least = "x" }', "PR403", "parameters.least.value", "`least` must be a number"),
        ('unrecorded = ["center.has_emblem"]', "PR405", "unrecorded[0]", "`center.has_emblem` is not recorded anyway"),
        ('unrecorded = ["organizations"]', "PR405", "unrecorded[0]", "`organizations` is not recorded anyway"),
        ('unrecorded = ["period"]', "PR405", "unrecorded[0]", "`period` is not recorded anyway"),
        (
            "judgements = { styl = { value = 'no' } }",
            "PR405",
            "judgements.styl",
            "tiny/rules@1 has no criterion `styl`",
        ),
        ("judgements = { style = { value = [1] } }", "PR403", "judgements.style.value", "must be a number, a truth"),
        ("judgements = { style = [{ vale = 'no' }] }", "PR402", "judgements.style[0].vale", "unknown key `vale`"),
        ("waivers = { area = { } }", "PR402", "waivers.area.reason", "the key `reason` is missing"),
        ("organization = { name = 'o' }", "PR403", "", "a dossier must have exactly one of center, organization, area"),
    ],
)
def test_faults_of_a_case(cases_of: Any, keys: str, code: str, path: str, message: str) -> None:
    """A fault is told with code, file and path, as those of other rule files."""
    with pytest.raises(RuleFileError) as refused:
        cases_of(like_base(keys))
    found = [(one.code, one.path, one.message) for one in refused.value.diagnostics]
    wanted = ".".join(part for part in ("$.cases[1]", path) if part)
    assert [one for one in found if one[:2] == (code, wanted) and one[2].startswith(message)], found
    assert {one.file for one in refused.value.diagnostics} == {"platformrules_tiny/cases/rules.toml"}


@pytest.mark.parametrize(
    ("expect", "path", "message"),
    [
        ("", "expect", "`expect` says nothing"),
        ('verdict = "goood"', "expect.verdict", "there is no verdict `goood`"),
        ('reachable = ["worse"]', "expect.reachable", "there is no verdict `worse`"),
        ('criteria = { aria = "passed" }', "expect.criteria.aria", "there is no criterion `aria`"),
        ('criteria = { area = "ok" }', "expect.criteria.area", "must be one of `passed`"),
        ('notes = ["small"]', "expect.notes", "there is no note `small`"),
        ("scores = 5", "expect.scores", "unknown key `scores`"),
        ("score = 5", "expect.score", "tiny/rules@1 has no score"),
        ("points = { area = 5 }", "expect.points.area", "no criterion `area` gives points"),
        ('grades = { area = "good" }', "expect.grades.area", "no criterion `area` has grades"),
    ],
)
def test_faults_of_what_is_expected(cases_of: Any, expect: str, path: str, message: str) -> None:
    """What is expected names verdicts, criteria and notes that there are."""
    with pytest.raises(RuleFileError) as refused:
        cases_of(like_base("", expect))
    found = [(one.path, one.message) for one in refused.value.diagnostics]
    assert [one for one in found if one[0] == f"$.cases[1].{path}" and one[1].startswith(message)], found


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("format = 2\ncases = []", "PR403", "`format` must be 1 (got 2)"),
        ("[[cases", "PR401", "not TOML"),
        (BASE + BASE.replace("format = 1", ""), "PR404", "the case id `base` stands twice"),
        (BASE + '[[cases]]\nid = "x"\nlike = "bas"\nexpect = { verdict = "bad" }', "PR405", "there is no case `bas`"),
        (BASE + '[[cases]]\nid = "x"\nexpect = { verdict = "bad" }', "PR402", "the key `standard` is missing"),
        (
            BASE.replace('standard = "tiny/rules"', 'like = "base"'),
            "PR307",
            "cases are like one another in a circle: base -> base",
        ),
        (BASE.replace('period = "2020"', ""), "PR403", '"each-month" needs a period'),
        (BASE.replace("center = {", "area = {").replace("floor_area_m2 = 100.5, ", ""), "PR301", "unknown fact"),
    ],
)
def test_faults_of_a_file(cases_of: Any, text: str, code: str, message: str) -> None:
    """Format, ids, circles and what a case cannot do without are checked."""
    with pytest.raises(RuleFileError) as refused:
        cases_of(text)
    found = [(one.code, one.message) for one in refused.value.diagnostics]
    assert [one for one in found if one[0] == code and one[1].startswith(message)], found


def test_a_case_of_another_subject_is_refused(cases_of: Any) -> None:
    """A dossier of an area cannot be judged by a standard of centers."""
    text = BASE[: BASE.index("center = {")] + 'area = { name = "x" }\nexpect = { verdict = "bad" }\n'
    with pytest.raises(RuleFileError, match="tiny/rules@1 judges a center"):
        cases_of(text)


def test_all_faults_are_told_at_once(cases_of: Any) -> None:
    """Several cases with faults make one list, in the order of the file."""
    text = like_base("center = { flag = true, emblem = true }") + '[[cases]]\nid = "z"\nlike = "y"\nexpect = {}\n'
    with pytest.raises(RuleFileError) as refused:
        cases_of(text)
    assert [one.path for one in refused.value.diagnostics] == [
        "$.cases[1].center.flag",
        "$.cases[1].center.emblem",
        "$.cases[2].like",
    ]


def test_a_plugin_without_cases_has_none(tmp_path: Path) -> None:
    """A folder without cases gives none."""
    (tmp_path / "facts.toml").write_text("format = 1", "utf-8")
    assert read_cases(rule_folder(tmp_path), load()) == ()

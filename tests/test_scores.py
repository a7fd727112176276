# SPDX-License-Identifier: MIT
"""Scored standards: points, caps, bonus, deductions, grades, vetoes and bands, with facts missing or not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

import platformrules as pr
from platformrules.backends.python.gathering import longest_run
from platformrules.bounds import Bounds, Possible
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import Rulebook, RuleSource, load_rulebook

CLAUSES = """
format = 1
[document]
id = "stars"
number = "made up no. 2"
title = { zh = "星级办法（虚构）", en = "Star measures (made up)" }
issuer = { zh = "湖畔县（虚构）", en = "Lakeside County (made up)" }
jurisdiction = { zh = "湖畔县（虚构）", en = "Lakeside County (made up)" }
[[clauses]]
id = "all"
locator = { zh = "附表", en = "table" }
strength = "should"
says = { zh = "按表计分。", en = "Points by the table." }
"""

STARS = """
format = 1
[standard]
id = "p/stars"
version = "1"
subject = "center"
document = "stars"
in_force = { from = 2020-01-01 }
period = "calendar-year"
title = { zh = "星级标准（虚构）", en = "Star standard (made up)" }
[parameters]
most_activities = { value = 10, cites = ["all"] }
[scales]
degrees = [
  { id = "good", title = { zh = "好", en = "good" }, share = 1 },
  { id = "fair", title = { zh = "中", en = "fair" }, share = 0.5, follows = { zh = "提高", en = "improve" } },
  { id = "poor", title = { zh = "差", en = "poor" }, share = 0, fails = true },
]
[[blocks]]
id = "hard"
title = { zh = "条件", en = "Conditions" }
max = 30
[[blocks]]
id = "rooms"
title = { zh = "场地", en = "Rooms" }
parent = "hard"
max = 20
[[blocks]]
id = "bonus"
title = { zh = "加分", en = "Bonus" }
cap = 5
[[blocks]]
id = "veto"
title = { zh = "否决", en = "Veto" }
[[values]]
id = "points_of_rooms"
value = 'blocks["rooms"].points'
title = { zh = "场地得分", en = "points of rooms" }
[[criteria]]
id = "area"
block = "rooms"
cites = ["all"]
strength = "should"
title = { zh = "面积", en = "area" }
points = "8 if center.floor_area_m2 >= 150 else 6 if center.floor_area_m2 >= 100 else 0"
max = 8
pass_at = 6
[[criteria]]
id = "upkeep"
block = "rooms"
cites = ["all"]
strength = "should"
title = { zh = "维护", en = "upkeep" }
judge = "degrees"
max = 4
[[criteria]]
id = "style"
block = "rooms"
cites = ["all"]
strength = "should"
title = { zh = "风格", en = "style" }
judge = "points"
max = 8
pass_at = 5
[[criteria]]
id = "activities"
block = "hard"
cites = ["all"]
strength = "should"
title = { zh = "活动", en = "activities" }
points = "count(activities) * 2"
max = "most_activities"
[[criteria]]
id = "regular"
block = "bonus"
cites = ["all"]
strength = "encouraged"
title = { zh = "连续", en = "unbroken" }
points = "longest_run(any(a.month == m for a in activities) for m in months)"
[[criteria]]
id = "staff"
block = "bonus"
cites = ["all"]
strength = "encouraged"
title = { zh = "人员", en = "staff" }
scale = "degrees"
max = 3
applies_when = "center.is_physical"
grades = [
  { id = "good", when = "center.full_time_staff >= 2" },
  { id = "fair", when = "center.full_time_staff >= 1" },
  { id = "poor" },
]
[[criteria]]
id = "accidents"
cites = ["all"]
strength = "must"
title = { zh = "扣分", en = "deductions" }
points = "0 - 3 * count(a for a in activities if a.attendance == 0)"
min = -6
max = 0
[[criteria]]
id = "public"
block = "veto"
cites = ["all"]
strength = "must"
title = { zh = "公益", en = "public benefit" }
require = "center.is_public_benefit"
[[verdict]]
id = "vetoed"
conforms = false
when = 'not blocks["veto"].satisfied'
[[verdict]]
id = "five"
conforms = true
when = 'score >= 30 and all(b.points >= 0.6 * b.max for b in blocks if b.id != "veto" and b.id != "bonus")'
[[verdict]]
id = "four"
conforms = true
when = "score >= 15"
[[verdict]]
id = "none"
conforms = false
[[notes]]
id = "nearly"
cites = ["all"]
when = 'verdict == "four" and score >= 25'
text = { zh = "差一点", en = "nearly" }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plugin with a scored standard."""
    for name, text in (("clauses/stars.toml", CLAUSES), ("standards/stars.toml", STARS)):
        (tmp_path / "p" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "p" / name).write_text(text, "utf-8")
    return tmp_path / "p"


def load(folder: Path, *changes: tuple[str, str]) -> Rulebook:
    """The rulebook of the folder, with changes of the standard."""
    path = folder / "standards" / "stars.toml"
    text = path.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return load_rulebook([RuleSource("p", folder, version="1.0")])


@pytest.fixture
def stars(folder: Path) -> Standard:
    """The scored standard."""
    book = load(folder)
    assert book.faults == ()
    return book["p/stars"]


FULL: dict[str, Any] = {
    "floor_area_m2": 150,
    "is_physical": True,
    "full_time_staff": 2,
    "is_public_benefit": True,
}
JUDGED = {"upkeep": "good", "style": 8}


def dossier(months: Any = range(1, 6), attendance: int | None = 10, judged: Any = None, **facts: Any) -> pr.Dossier:
    """A center with an activity in each of these months."""
    given = JUDGED if judged is None else judged
    return pr.Dossier(
        center=pr.Center(id="c1", **{**FULL, **facts}),
        activities=[pr.Activity(id=f"a{at}", held_on=date(2020, at, 3), attendance=attendance) for at in months],
        judgements={name: pr.Judgement(value=value) for name, value in given.items()},
        period=pr.Period.year(2020),
    )


def test_points_add_up_by_blocks(stars: Standard) -> None:
    """8 + 4 + 8 of the rooms, 10 of activities, the bonus cut to 5, no deduction."""
    report = pr.evaluate(stars, dossier())
    assert {one.id: (one.points, one.maximum) for one in report.blocks} == {
        "hard": (30, 30),
        "rooms": (20, 20),
        "bonus": (5, 5),
        "veto": (0, 0),
    }
    assert [(one.criterion, one.points, one.maximum) for one in report] == [
        ("area", 8, 8),
        ("upkeep", 4, 4),
        ("style", 8, 8),
        ("activities", 10, 10),
        ("regular", 5, None),
        ("staff", 3, 3),
        ("accidents", 0, 0),
        ("public", None, None),
    ]
    assert (report.score, report.verdict.id) == (35, "five")
    assert report["staff"].grade == "good"
    assert {one.id: one.value for one in report.values} == {"points_of_rooms": 20}
    assert report.notes == ()


@pytest.mark.parametrize(
    ("facts", "criterion", "points", "outcome"),
    [
        ({"floor_area_m2": Decimal("149.9")}, "area", 6, "passed"),
        ({"floor_area_m2": 100}, "area", 6, "passed"),
        ({"floor_area_m2": 99}, "area", 0, "failed"),
        ({"judged": {"upkeep": "fair", "style": 5}}, "upkeep", 2, "passed"),
        ({"judged": {"upkeep": "poor", "style": 5}}, "upkeep", 0, "failed"),
        ({"judged": {"upkeep": "poor", "style": 5}}, "style", 5, "passed"),
        ({"judged": {"style": Decimal("4.5")}}, "style", Decimal("4.5"), "failed"),
        ({"months": range(1, 5)}, "activities", 8, "failed"),
        ({"months": range(1, 9)}, "activities", 10, "passed"),
        ({"months": (1, 2, 4, 5, 6, 9)}, "regular", 3, "passed"),
        ({"full_time_staff": 1}, "staff", Decimal("1.5"), "passed"),
        ({"full_time_staff": 0}, "staff", 0, "failed"),
        ({"attendance": 0, "months": (1,)}, "accidents", -3, "failed"),
        ({"attendance": 0}, "accidents", -6, "failed"),
    ],
)
def test_points_of_a_criterion(stars: Standard, facts: dict, criterion: str, points: Any, outcome: str) -> None:
    """Tiers, shares, a person's number, a number per unit up to a cap, a run of months, a deduction with a floor."""
    finding = pr.evaluate(stars, dossier(**facts))[criterion]
    assert (finding.points, finding.outcome) == (points, outcome)


@pytest.mark.parametrize(
    ("facts", "criterion", "points", "outcome"),
    [
        ({"floor_area_m2": None}, "area", Bounds(0, 8), "undetermined"),
        ({"judged": {}}, "upkeep", Bounds(0, 4), "untested"),
        ({"judged": {}}, "style", Bounds(0, 8), "untested"),
        ({"judged": {"style": 9}}, "style", Bounds(0, 8), "untested"),
        ({"judged": {"style": "good"}}, "style", Bounds(0, 8), "untested"),
        ({"full_time_staff": None}, "staff", Bounds(0, 3), "undetermined"),
        ({"is_physical": None}, "staff", Bounds(0, 3), "undetermined"),
        ({"is_physical": False}, "staff", 0, "inapplicable"),
        ({"attendance": None, "months": (1, 2)}, "accidents", Bounds(-6, 0), "undetermined"),
    ],
)
def test_what_is_missing_leaves_bounds(stars: Standard, facts: dict, criterion: str, points: Any, outcome: str) -> None:
    """Points in bounds; a person's number that is outside the limits is none."""
    finding = pr.evaluate(stars, dossier(**facts))[criterion]
    assert (finding.points, finding.outcome) == (points, outcome)


def test_a_grade_may_be_open(stars: Standard) -> None:
    """Every row that may be the first to hold."""
    report = pr.evaluate(stars, dossier(full_time_staff=None))
    assert report["staff"].grade == Possible(frozenset({"good", "fair", "poor"}))
    assert report.score == 35  # the bonus is cut to 5 whatever it is


def test_the_score_decides_between_bands(stars: Standard) -> None:
    """A veto before the score, a floor in each block, bands from the top."""
    assert pr.evaluate(stars, dossier(is_public_benefit=False)).verdict.id == "vetoed"
    weak = pr.evaluate(stars, dossier(floor_area_m2=0, judged={"upkeep": "poor", "style": 8}))
    assert ({one.id: one.points for one in weak.blocks}["rooms"], weak.verdict.id) == (8, "four")
    few = pr.evaluate(stars, dossier(months=(), judged={"upkeep": "poor", "style": 0}, floor_area_m2=150))
    assert (few.score, few.verdict.id) == (11, "none")
    unknown = pr.evaluate(stars, dossier(floor_area_m2=None, months=range(1, 4)))
    assert (unknown.score, unknown.verdict.reachable) == (Bounds(23, 31), ("five", "four"))


def test_a_note_reads_verdict_and_score(stars: Standard) -> None:
    """A weak block keeps a good score from five stars."""
    report = pr.evaluate(stars, dossier(floor_area_m2=0, judged={"upkeep": "poor", "style": 8}))
    assert (report.score, [one.id for one in report.notes]) == (23, [])
    report = pr.evaluate(stars, dossier(floor_area_m2=100, judged={"upkeep": "poor", "style": 5}))
    assert (report.score, report.verdict.id, [one.id for one in report.notes]) == (26, "four", ["nearly"])


def test_a_waived_criterion_gives_nothing_of_nothing(stars: Standard) -> None:
    """0 points of 0, and its block's most is less by as much."""
    one = dossier(floor_area_m2=0)
    waived = pr.Dossier(
        center=one.center,
        activities=one.activities,
        judgements=one.judgements,
        waivers={"area": pr.Waiver(reason="old building")},
        period=one.period,
    )
    report = pr.evaluate(stars, waived)
    assert (report["area"].outcome, report["area"].points, report["area"].maximum) == ("waived", 0, 0)
    assert {one.id: (one.points, one.maximum) for one in report.blocks}["rooms"] == (12, 12)


def test_evidence_of_points_is_what_they_count(stars: Standard) -> None:
    """The tiers' conditions, and the quantities that are multiplied."""
    report = pr.evaluate(stars, dossier(floor_area_m2=120))
    assert [(one.quantity, one.observed, one.operator, one.required) for one in report["area"].evidence] == [
        ("center.floor_area_m2", 120, ">=", 150),
        ("center.floor_area_m2", 120, ">=", 100),
    ]
    counted = report["activities"].evidence[0]
    assert (counted.quantity, counted.observed, counted.operator, counted.met) == (
        "count(activities)",
        5,
        "counts",
        None,
    )
    assert [one.required for one in report["staff"].evidence] == [2, 1]


def test_a_score_of_its_own(folder: Path) -> None:
    """An expression over blocks, values and criteria, rounded as it says."""
    change = (
        'period = "calendar-year"',
        'period = "calendar-year"\nscore = \'round(points_of_rooms / 3, 1) + criteria["activities"].max\'',
    )
    book = load(folder, change)
    assert book.faults == ()
    assert pr.evaluate(book["p/stars"], dossier()).score == Decimal("16.7")


@pytest.mark.parametrize(
    ("change", "code", "path", "message"),
    [
        (("max = 30", "max = 31"), "PR406", "$.blocks[0].max", "the maxima in `hard` add up to 30, not to 31"),
        (("cap = 5", "max = 5"), "PR406", "$.blocks[2].max", "`bonus` has a `max`, so each of its parts must have one"),
        (("cap = 5", "cap = 5\nmax = 6"), "PR402", "$.blocks[2]", "a block has `max` or `cap`, not both"),
        (
            ('judge = "points"\nmax = 8\npass_at = 5', 'judge = "points"'),
            "PR402",
            "$.criteria[2].judge",
            "a person who gives points needs a limit: `max = …`",
        ),
        (("min = -6\nmax = 0", "min = 1\nmax = 0"), "PR403", "$.criteria[6].max", "`max` must be at least `min`, 1"),
        (
            ('max = "most_activities"', 'max = "center.floor_area_m2"'),
            "PR303",
            "$.criteria[3].max",
            "a limit of points may depend on parameters only",
        ),
        (
            ('require = "center.is_public_benefit"', 'require = "center.is_public_benefit"\nmax = 3'),
            "PR402",
            "$.criteria[7].max",
            "`max` is a limit of points",
        ),
        (
            ('  { id = "poor" },\n]\n[[criteria]]', '  { id = "poor", when = "true" },\n]\n[[criteria]]'),
            "PR406",
            "$.criteria[5].grades[2]",
            "only the last row, and always the last, has no `when`",
        ),
        (
            ("share = 1 }", "share = 1, points = 2 }"),
            "PR402",
            "$.criteria[1].judge[0]",
            "a row has `share` or `points`, not both",
        ),
        (
            ('when = "score >= 15"', "when = \"score >= criteria['regular'].max\""),
            "PR303",
            "$.criteria[4].max",
            "`max` is read of `regular`, which has no limit",
        ),
        (
            ('when = "score >= 15"', "when = \"verdict == 'five'\""),
            "PR301",
            "$.verdict[2].when",
            "unknown name `verdict`",
        ),
    ],
)
def test_wrong_tables_are_told(folder: Path, change: tuple[str, str], code: str, path: str, message: str) -> None:
    """Maxima that do not add up, limits that cannot hold, rows that say two things."""
    told = [(one.code, one.path, one.message) for one in load(folder, change).faults]
    assert (code, path, message) in told


def test_values_and_score_may_not_read_one_another_in_a_circle(folder: Path) -> None:
    """The score is a name like any other."""
    book = load(
        folder,
        ("value = 'blocks[\"rooms\"].points'", 'value = "score"'),
        ('period = "calendar-year"', 'period = "calendar-year"\nscore = "points_of_rooms"'),
    )
    assert any(one.code == "PR307" and "score" in one.message for one in book.faults)


ASSESSORS = (
    'period = "calendar-year"',
    (
        'period = "calendar-year"\nassessors = [{ id = "own", title = { zh = "自评", en = "own" } }, '
        '{ id = "county", title = { zh = "县", en = "county" } }]'
    ),
)


@pytest.mark.parametrize(
    ("roles", "decides"),
    [
        (("own", "county"), "county"),
        (("county", "own"), "county"),
        (("own",), "own"),
        (("county", None), "county"),
        (("county", "neighbour"), "county"),
        ((None, "own"), "own"),
        (("neighbour", None), None),
    ],
)
def test_the_last_assessor_of_the_order_decides(folder: Path, roles: tuple[str | None, ...], decides: Any) -> None:
    """Wherever its judgement stands; one without a role of the order only where nobody of it judged."""
    standard = load(folder, ASSESSORS)["p/stars"]
    worth = {"own": ("good", 8), "county": ("fair", 5), "neighbour": ("poor", 1), None: ("poor", 2)}
    for criterion, at in (("upkeep", 0), ("style", 1)):
        given = tuple(pr.Judgement(value=worth[role][at], role=role) for role in roles)
        one = pr.evaluate(standard, attrs.evolve(dossier(), judgements={criterion: given}))[criterion]
        assert one.judgement is not None
        assert one.judgement.role == decides
        assert [other.role for other in one.other_judgements] == [role for role in roles if role != decides]
        assert one.points == {"good": 4, "fair": 2, "poor": 0, 8: 8, 5: 5, 2: 2, 1: 1}[one.judgement.value]


def test_without_assessors_the_last_of_the_list_decides(stars: Standard) -> None:
    """And who alone judged decides, with none beside."""
    two = (pr.Judgement(value=3, role="b"), pr.Judgement(value=6, role="a"))
    assert pr.evaluate(stars, attrs.evolve(dossier(), judgements={"style": two}))["style"].points == 6
    alone = pr.evaluate(stars, dossier())["style"]
    assert (alone.points, alone.other_judgements) == (8, ())
    nobody = pr.evaluate(stars, dossier(judged={}))["style"]
    assert (nobody.judgement, nobody.other_judgements) == (None, ())


@pytest.mark.parametrize(
    ("facts", "criterion", "grade", "follows"),
    [
        ({}, "upkeep", "good", None),
        ({"judged": {"upkeep": "fair"}}, "upkeep", "fair", "improve"),
        ({"judged": {}}, "upkeep", Possible(frozenset({"good", "fair", "poor"})), None),
        ({"judged": {"upkeep": "splendid"}}, "upkeep", Possible(frozenset({"good", "fair", "poor"})), None),
        ({"full_time_staff": 1}, "staff", "fair", "improve"),
        ({"is_physical": False}, "staff", None, None),
        ({"is_physical": None}, "staff", Possible(frozenset({"good", ""})), None),
        ({}, "area", None, None),
        ({}, "style", None, None),
    ],
)
def test_grades_and_what_follows(stars: Standard, facts: dict, criterion: str, grade: Any, follows: str | None) -> None:
    """By persons and by data; open while nobody judged, none where the criterion does not count or has no grades."""
    finding = pr.evaluate(stars, dossier(**facts))[criterion]
    assert finding.grade == grade
    assert (finding.follows and finding.follows.en) == follows


def test_a_waived_grade_is_none(stars: Standard) -> None:
    """Of a person's choice as of one by conditions."""
    waivers = {name: pr.Waiver(reason="old") for name in ("upkeep", "staff")}
    report = pr.evaluate(stars, attrs.evolve(dossier(), waivers=waivers))
    assert [(report[name].grade, report[name].points) for name in waivers] == [(None, 0), (None, 0)]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], 0),
        ([(True, True), (True, True), (True, False), (True, True)], 2),
        ([(True, True), (False, False), (True, True)], 2),  # a month that is left out breaks nothing
        ([(True, True), (None, True), (True, True)], Bounds(1, 3)),
        ([(True, True), (None, False), (True, True)], Bounds(1, 2)),
        ([(True, True), (True, None), (True, True)], Bounds(1, 3)),
    ],
)
def test_the_longest_run_in_bounds(pairs: list, expected: Any) -> None:
    """A month possibly there breaks the low run; in the high one it counts if it may be true."""
    assert longest_run(pairs, more=False) == expected


def test_only_months_have_runs(folder: Path) -> None:
    """Activities have no order of their own."""
    change = (
        "longest_run(any(a.month == m for a in activities) for m in months)",
        "longest_run(a.attendance > 0 for a in activities)",
    )
    told = [(one.code, one.message) for one in load(folder, change).faults]
    assert ("PR303", "`longest_run` goes through `months`") in told


def test_the_size_of_a_set_is_counted_as_a_whole(folder: Path) -> None:
    """Evidence of points shows how many members there are."""
    book = load(folder, ("count(activities) * 2", "count(center.services) * 2"))
    report = pr.evaluate(book["p/stars"], dossier(services={"basic_league_affairs", "venue_function"}))
    assert [(one.quantity, one.observed) for one in report["activities"].evidence] == [("count(center.services)", 2)]

# SPDX-License-Identifier: MIT
"""The reference semantics by hand: every operator on both sides of a boundary, exactly and in bounds, with evidence."""

import itertools
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from platformrules.bounds import ANYTHING, Bounds
from platformrules.dossiers import Dossier
from platformrules.evaluation import compile_standard
from platformrules.languages import Bilingual
from platformrules.models import CORE, Activity, Center, Organization
from platformrules.periods import Period
from platformrules.results import Finding, Outcome, Report, Source
from platformrules.schema import Choice, Fact, FactType
from platformrules.standards.model import Standard
from platformrules.testing.drafts import draft

PASSED, FAILED, UNDETERMINED = Outcome.PASSED, Outcome.FAILED, Outcome.UNDETERMINED
ANY_DAY = Bounds(date.min, date.max)
YEAR = Period.year(2020)
_CHOICES = (Choice("one", "一", "one"), Choice("two", "二", "two"))


def _fact(on: str, name: str, kind: FactType, **parts: Any) -> Fact:
    return Fact(f"draft_{name}", on, kind, Bilingual(name, name), plugin="draft", **parts)


#: The core and a plugin's facts: a number that may be below 0, a small one, open lists.
SCHEMA = CORE.with_facts(
    [
        _fact("center", "balance", FactType.DECIMAL, unit="CNY"),
        _fact("center", "kinds", FactType.SET, values=_CHOICES, open=True),
        _fact("center", "kind", FactType.CHOICE, values=_CHOICES, open=True),
        _fact("activity", "balance", FactType.DECIMAL),
        _fact("activity", "debt", FactType.DECIMAL, maximum=0),
        _fact("activity", "score", FactType.INTEGER, minimum=0, maximum=3),
        _fact("activity", "kinds", FactType.SET, values=_CHOICES, open=True),
        _fact("activity", "name", FactType.TEXT),
    ]
)
_OF_PLUGIN = {"balance", "kinds", "kind", "debt", "score", "name"}


def _split(facts: dict[str, Any], core: Iterable[str]) -> dict[str, Any]:
    own = {f"draft_{name}": facts.pop(name) for name in list(facts) if name in _OF_PLUGIN and name not in core}
    return facts | {"facts": own}


def center(**facts: Any) -> Center:
    """A center; `balance`, `kinds` and `kind` are the plugin's facts."""
    return Center(id="c1", **_split(facts, {"name"}))


def held(key: str, day: str | None = None, **facts: Any) -> Activity:
    """An activity of 2020, on a day like `03-15`."""
    when = None if day is None else date.fromisoformat(day if len(day) > 5 else f"2020-{day}")
    return Activity(id=key, held_on=when, **_split(facts, ()))


def dossier(*activities: Activity, subject: Center | None = None, **parts: Any) -> Dossier:
    """A dossier of the year 2020 in which all relations are recorded."""
    parts = {"period": YEAR, "organizations": (), "activities": activities} | parts
    return Dossier(center=subject or center(), **parts)


def standard(*criteria: Any, **parts: Any) -> Standard:
    """A standard that may read the plugin's facts."""
    return draft(*criteria, schema=SCHEMA, **parts)


def reports(judged_by: Standard, one: Dossier) -> tuple[Report, Report]:
    """What the program says, and what it says in bounds: the same in all respects."""
    compiled = compile_standard(judged_by)
    one.bind(judged_by.schema)
    ways = (compiled.run, compiled.program.run_in_bounds)
    fast, slow = (Report(Source(compiled, one, run(one))) for run in ways)
    assert fast.to_dict() == slow.to_dict()
    return fast, slow


def finding(require: Any, one: Dossier, **parts: Any) -> Finding:
    """The finding on one criterion, the same from both ways."""
    return reports(standard(require, **parts), one)[0]["k0"]


def is_exact(report: Report) -> bool:
    """Whether the exact path settled it all."""
    return bool(report.source.state[5])


def rows(found: Finding) -> list[tuple[Any, ...]]:
    """The evidence: what was observed, operator, required, gap, at."""
    return [(one.observed, one.operator, one.required, one.gap, one.at) for one in found.evidence]


def observed(number: str, one: Dossier, **parts: Any) -> Any:
    """The value of an expression that gives a number, as evidence shows it, the same from both ways."""
    (row,) = finding(f"{number} >= -99999", one, **parts).evidence
    return row.observed


# Operators and functions on the subject's facts, on both sides of a boundary

OPENED = {"opened_on": date(2019, 2, 28)}
TABLE: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("center.floor_area_m2 >= 100", {"floor_area_m2": 100}, {"floor_area_m2": Decimal("99.9999")}),
    ("center.floor_area_m2 > 100", {"floor_area_m2": Decimal("100.0001")}, {"floor_area_m2": 100}),
    ("center.floor_area_m2 <= 100", {"floor_area_m2": 100}, {"floor_area_m2": Decimal("100.0001")}),
    ("center.floor_area_m2 < 100", {"floor_area_m2": Decimal("99.9999")}, {"floor_area_m2": 100}),
    ("100 <= center.floor_area_m2 < 200", {"floor_area_m2": 100}, {"floor_area_m2": 200}),
    ("center.floor_area_m2 == 100", {"floor_area_m2": Decimal("100.0")}, {"floor_area_m2": Decimal("100.1")}),
    ("center.floor_area_m2 != 100", {"floor_area_m2": 101}, {"floor_area_m2": Decimal("100.00")}),
    ("-center.floor_area_m2 >= -100", {"floor_area_m2": 100}, {"floor_area_m2": Decimal("100.1")}),
    ("center.full_time_staff + 2 >= 5", {"full_time_staff": 3}, {"full_time_staff": 2}),
    ("center.full_time_staff - 2 >= 1", {"full_time_staff": 3}, {"full_time_staff": 2}),
    ("2 * center.full_time_staff >= 6", {"full_time_staff": 3}, {"full_time_staff": 2}),
    ("center.floor_area_m2 + 0.5 >= 100", {"floor_area_m2": Decimal("99.5")}, {"floor_area_m2": Decimal("99.4999")}),
    ("center.floor_area_m2 - 0.5 >= 100", {"floor_area_m2": Decimal("100.5")}, {"floor_area_m2": Decimal("100.4999")}),
    ("1.5 * center.floor_area_m2 >= 150", {"floor_area_m2": 100}, {"floor_area_m2": Decimal("99.9999")}),
    ("center.floor_area_m2 / 3 >= 33.3333", {"floor_area_m2": 100}, {"floor_area_m2": Decimal("99.9998")}),
    ("round(center.floor_area_m2) == 100", {"floor_area_m2": Decimal("99.5")}, {"floor_area_m2": Decimal("99.4999")}),
    ("round(center.floor_area_m2, 1) >= 0.3", {"floor_area_m2": Decimal("0.25")}, {"floor_area_m2": Decimal("0.2499")}),
    ("round(center.draft_balance) <= -1", {"balance": Decimal("-0.5")}, {"balance": Decimal("-0.4999")}),
    ("floor(center.floor_area_m2) >= 100", {"floor_area_m2": Decimal(100)}, {"floor_area_m2": Decimal("99.9999")}),
    ("ceil(center.floor_area_m2, 2) <= 0.01", {"floor_area_m2": Decimal("0.01")}, {"floor_area_m2": Decimal("0.0101")}),
    ("min(5, center.full_time_staff, 4) >= 4", {"full_time_staff": 9}, {"full_time_staff": 3}),
    ("max(center.full_time_staff, 2) >= 3", {"full_time_staff": 3}, {"full_time_staff": 1}),
    ("max(center.opened_on, as_of) == as_of", {"opened_on": date(2020, 12, 31)}, {"opened_on": date(2021, 1, 1)}),
    ("center.is_physical", {"is_physical": True}, {"is_physical": False}),
    ("not center.is_physical", {"is_physical": False}, {"is_physical": True}),
    (
        "center.is_physical == center.on_cloud",
        {"is_physical": False, "on_cloud": False},
        {"is_physical": False, "on_cloud": True},
    ),
    (
        "center.is_physical and center.on_cloud",
        {"is_physical": True, "on_cloud": True},
        {"is_physical": True, "on_cloud": False},
    ),
    (
        "center.is_physical or center.on_cloud",
        {"is_physical": False, "on_cloud": True},
        {"is_physical": False, "on_cloud": False},
    ),
    ('center.grade == "better"', {"grade": "较好"}, {"grade": "average"}),
    ('center.grade in {"better", "average"}', {"grade": "average"}, {"grade": "poor"}),
    ('center.grade not in {"better", "average"}', {"grade": "poor"}, {"grade": "better"}),
    ('center.draft_kind == "one"', {"kind": "一"}, {"kind": "another"}),
    ('"tv" in center.equipment', {"equipment": {"tv", "a rug"}}, {"equipment": {"a rug"}}),
    ('{"tv", "wifi"} <= center.equipment', {"equipment": {"tv", "wifi", "a rug"}}, {"equipment": {"tv", "a rug"}}),
    ('center.services <= {"consulting"}', {"services": set()}, {"services": {"consulting", "venue_function"}}),
    ('center.equipment <= {"tv"}', {"equipment": {"tv", "a rug"}}, {"equipment": {"tv", "wifi"}}),
    ('center.equipment == {"tv"}', {"equipment": {"tv", "a rug"}}, {"equipment": {"tv", "wifi"}}),
    ('center.draft_kinds == {"one"}', {"kinds": {"一", "three"}}, {"kinds": {"three"}}),
    ('count(center.equipment & {"tv", "audio"}) >= 2', {"equipment": {"tv", "audio"}}, {"equipment": {"tv", "wifi"}}),
    ("count(center.equipment) >= 2", {"equipment": {"tv", "wifi"}}, {"equipment": {"tv", "a rug", "a chair"}}),
    ('any(x in {"tv"} for x in center.equipment)', {"equipment": {"tv", "wifi"}}, {"equipment": {"wifi"}}),
    ('all(x != "tv" for x in center.equipment)', {"equipment": {"wifi"}}, {"equipment": {"tv", "wifi"}}),
    ('count(x for x in center.equipment if x != "tv") >= 1', {"equipment": {"tv", "wifi"}}, {"equipment": {"tv"}}),
    ("count(x for x in center.services) >= 1", {"services": {"consulting"}}, {"services": set()}),
    ('starts_with(center.name, "青年")', {"name": "青年之家"}, {"name": "之家青年"}),
    ('ends_with(center.name, "青年")', {"name": "之家青年"}, {"name": "青年之家"}),
    ('contains(center.name, "年之")', {"name": "青年之家"}, {"name": "之家青年"}),
    ('center.name == "青年"', {"name": "青年"}, {"name": "青年 "}),
    ("length(center.name) >= 4", {"name": "青年之家"}, {"name": "青年家"}),
    ("center.opened_on <= date(2019, 2, 28)", {"opened_on": date(2019, 2, 28)}, {"opened_on": date(2019, 3, 1)}),
    ("center.opened_on < as_of", {"opened_on": date(2020, 12, 30)}, {"opened_on": date(2020, 12, 31)}),
    ("center.opened_on >= period.start", {"opened_on": date(2020, 1, 1)}, {"opened_on": date(2019, 12, 31)}),
    ("center.opened_on > period.end", {"opened_on": date(2021, 1, 1)}, {"opened_on": date(2020, 12, 31)}),
    ("center.opened_on.year == 2019", {"opened_on": date(2019, 12, 31)}, {"opened_on": date(2020, 1, 1)}),
    ("center.opened_on.month >= 3", {"opened_on": date(2019, 3, 1)}, {"opened_on": date(2019, 2, 28)}),
    ("add_days(center.opened_on, 1) == date(2019, 3, 1)", OPENED, {"opened_on": date(2019, 3, 1)}),
    ("add_months(center.opened_on, 1) <= date(2019, 2, 28)", {"opened_on": date(2019, 1, 31)}, OPENED),
    ("add_years(center.opened_on, 1) == date(2021, 2, 28)", {"opened_on": date(2020, 2, 29)}, OPENED),
    (
        "days_between(center.opened_on, as_of) >= 366",
        {"opened_on": date(2019, 12, 31)},
        {"opened_on": date(2020, 1, 1)},
    ),
    ("years_between(center.opened_on, as_of) >= 1", {"opened_on": date(2019, 12, 31)}, {"opened_on": date(2020, 1, 1)}),
    (
        "date(2000 + center.full_time_staff, 2, 30) == date(2020, 2, 29)",
        {"full_time_staff": 20},
        {"full_time_staff": 19},
    ),
    (
        "(100 if center.is_physical else 200) <= center.floor_area_m2",
        {"is_physical": True, "floor_area_m2": 100},
        {"is_physical": False, "floor_area_m2": 199},
    ),
    (
        "(60 / center.full_time_staff if center.full_time_staff > 0 else 0) >= 30",
        {"full_time_staff": 2},
        {"full_time_staff": 0},
    ),
]


@pytest.mark.parametrize(("require", "met", "unmet"), TABLE)
def test_operators_and_functions_on_both_sides(require: str, met: dict[str, Any], unmet: dict[str, Any]) -> None:
    """With what just suffices a condition holds, with what just does not it fails: exactly and in bounds."""
    judged_by = standard(require)
    for facts, outcome in ((met, PASSED), (unmet, FAILED)):
        fast, slow = reports(judged_by, dossier(subject=center(**facts)))
        assert fast["k0"].outcome is slow["k0"].outcome is outcome
        assert (is_exact(fast), is_exact(slow)) == (True, False)


@pytest.mark.parametrize("require", [require for require, _, _ in TABLE if "max(center.opened_on" not in require])
def test_nothing_recorded_settles_nothing(require: str) -> None:
    """With no fact recorded, each of these conditions is undetermined."""
    assert finding(require, dossier()).outcome is UNDETERMINED


@pytest.mark.parametrize(
    ("require", "outcome"),
    [
        ("center.floor_area_m2 >= 0", PASSED),
        ("center.floor_area_m2 < 0", FAILED),
        ("center.right_of_use_years <= 999", PASSED),
        ("center.right_of_use_years > 999", FAILED),
        ("center.right_of_use_years <= 998", UNDETERMINED),
        ("center.draft_balance >= 0", UNDETERMINED),
        ("center.floor_area_m2 + 1 > 0", PASSED),
        ("center.floor_area_m2 - center.floor_area_m2 == 0", UNDETERMINED),
        ("0 * center.draft_balance == 0", PASSED),
        ("min(5, center.full_time_staff) <= 5", PASSED),
        ("max(5, center.full_time_staff) >= 5", PASSED),
        ("length(center.name) >= 0", PASSED),
        ("center.is_physical or not center.is_physical", UNDETERMINED),
        ("center.is_physical or true", PASSED),
        ("center.is_physical and false", FAILED),
        ('center.grade in {"better", "average", "poor"}', PASSED),
        ('center.draft_kind in {"one", "two"}', UNDETERMINED),
        ("count(center.services) <= 5", PASSED),
        ("count(center.services) <= 4", UNDETERMINED),
        ("count(center.draft_kinds) <= 2", PASSED),
        ('center.equipment <= {"computer", "tv", "audio", "wifi"}', PASSED),
        ("center.opened_on >= date(1, 1, 1)", PASSED),
        ("center.opened_on.month <= 12", PASSED),
        ("center.opened_on.month <= 11", UNDETERMINED),
        ("center.opened_on.year >= 1", PASSED),
        ("add_days(center.opened_on, 1) >= date(1, 1, 2)", PASSED),
        ("years_between(center.opened_on, as_of) <= 2019", PASSED),
        ("date(center.full_time_staff, 1, 1) >= date(1, 1, 1)", PASSED),
        ("add_days(as_of, center.full_time_staff) >= as_of", PASSED),
        ("add_days(as_of, floor(center.draft_balance)) <= as_of", UNDETERMINED),
        ("date(floor(center.draft_balance), 1, 31) <= as_of", UNDETERMINED),
        ("(7 if center.is_physical else 9) >= 7", PASSED),
        ("(7 if center.is_physical else 9) >= 8", UNDETERMINED),
        ("(7 if center.is_physical else 9) >= 10", FAILED),
        ("center.on_cloud if center.is_physical else center.on_cloud", UNDETERMINED),
        ("true if center.is_physical else true", PASSED),
        ("(as_of if center.is_physical else period.start) >= period.start", PASSED),
        ('("better" if center.is_physical else "poor") == "average"', FAILED),
        ('("better" if center.is_physical else "poor") == "better"', UNDETERMINED),
        ('("better" if center.is_physical else "better") == "better"', PASSED),
        ('(center.grade if center.is_physical else "poor") in {"better", "average", "poor"}', PASSED),
        ('(center.name if center.is_physical else "x") == "x"', UNDETERMINED),
        ('"tv" in ({"tv"} if center.is_physical else {"tv", "audio"})', PASSED),
        ('"audio" in ({"tv"} if center.is_physical else {"tv", "audio"})', UNDETERMINED),
        ('"wifi" in ({"tv"} if center.is_physical else {"tv", "audio"})', FAILED),
        ('count({"tv"} if center.is_physical else {"tv"}) == 1', PASSED),
    ],
)
def test_what_is_not_recorded_may_be_anything_of_its_domain(require: str, outcome: Outcome) -> None:
    """A condition holds, or fails, on nothing recorded only if it does so for every value there can be."""
    assert finding(require, dossier()).outcome is outcome


def test_open_ended_texts_of_a_branch_are_any_text() -> None:
    """A branch of which one side is not recorded may be any text, though the other side is known."""
    require = 'center.name in ({o.name for o in organizations} if center.is_physical else {"x"})'
    found = finding(require, dossier(subject=center(name="y"), organizations=[Organization(id="o")]))
    assert found.outcome is UNDETERMINED


@pytest.mark.parametrize(
    ("staff", "outcome"), [(0, PASSED), (1, PASSED), (10, PASSED), (11, FAILED), (None, UNDETERMINED)]
)
def test_a_guarded_divisor_may_be_zero(staff: int | None, outcome: Outcome) -> None:
    """The branch keeps it from dividing by 0, in the outcome and in the evidence of both sides."""
    require = "60 / center.full_time_staff >= 6 if center.full_time_staff != 0 else center.full_time_staff == 0"
    found = finding(require, dossier(subject=center(full_time_staff=staff)))
    assert found.outcome is outcome
    quotient = found.evidence[0]
    if staff:
        assert quotient.observed == (Fraction(60, staff) if 60 % staff == 0 else Decimal("5.454545454545"))
    elif staff == 0:
        assert (quotient.observed, quotient.met, quotient.gap) == (ANYTHING, None, None)
    else:
        assert quotient.observed == Bounds(0, None)


# Keys and texts


@pytest.mark.parametrize(
    ("require", "keys", "outcome"),
    [
        ("center.area_id == center.community_id", {"area_id": "a", "community_id": "a"}, PASSED),
        ("center.area_id == center.community_id", {"area_id": "a", "community_id": "b"}, FAILED),
        ("center.area_id == center.community_id", {}, FAILED),
        ("center.area_id == center.community_id", {"area_id": "", "community_id": ""}, FAILED),
        ("center.area_id != center.community_id", {}, PASSED),
        ('center.area_id == ""', {"area_id": ""}, FAILED),
        ('center.area_id in {"", "a"}', {"area_id": "a"}, PASSED),
        ('center.area_id in {"", "a"}', {"area_id": "b"}, FAILED),
        ('center.area_id in {"", "a"}', {}, FAILED),
        ('center.area_id not in {"", "a"}', {"area_id": ""}, PASSED),
        ("any(o.area_id == center.area_id for o in organizations)", {}, FAILED),
        ("any(o.area_id == center.area_id for o in organizations)", {"area_id": "z"}, PASSED),
        ("center.area_id in {o.area_id for o in organizations}", {}, FAILED),
        ("center.area_id in {o.area_id for o in organizations}", {"area_id": "z"}, PASSED),
        ('starts_with(center.area_id, "z")', {}, FAILED),
        ('count(o for o in organizations if o.area_id == "z") == 1', {}, PASSED),
        ('count(o for o in organizations if o.center_id == "z") == 0', {}, PASSED),
    ],
)
def test_an_empty_key_matches_nothing_and_is_never_unknown(
    require: str, keys: dict[str, str], outcome: Outcome
) -> None:
    """Two keys are the same only if there is one, whether it is compared or looked for in a set."""
    organizations = [Organization(id="o1"), Organization(id="o2", area_id="z")]
    found = finding(require, dossier(subject=Center(id="c1", **keys), organizations=organizations))
    assert found.outcome is outcome


def test_an_unrecorded_key_of_a_possible_set_is_still_no_member() -> None:
    """The set may be unknown: an empty key is in none."""
    require = "center.area_id in {o.name for o in organizations}"
    assert finding(require, dossier(organizations=None)).outcome is FAILED
    with_key = dossier(subject=Center(id="c1", area_id="a"), organizations=None)
    assert finding(require, with_key).outcome is UNDETERMINED


@pytest.mark.parametrize(
    ("require", "name", "outcome"),
    [
        ('starts_with(center.name, "")', "x", PASSED),
        ('contains("青年之家", center.name)', "之", PASSED),
        ('contains("青年之家", center.name)', "家之", FAILED),
        ("ends_with(center.name, center.address)", "x", UNDETERMINED),
        ("length(center.name) == 0", "", PASSED),
        ("center.name == center.address", "x", UNDETERMINED),
    ],
)
def test_texts(require: str, name: str, outcome: Outcome) -> None:
    """Text functions take any two texts; one that is not recorded leaves them open."""
    assert finding(require, dossier(subject=center(name=name))).outcome is outcome


# Rows of the period


@pytest.mark.parametrize(
    ("day", "counted"),
    [("2019-12-31", 0), ("2020-01-01", 1), ("2020-12-31", 1), ("2021-01-01", 0)],
)
def test_the_bare_name_means_the_rows_of_the_period(day: str, counted: int) -> None:
    """Both ends of the period are included, what lies outside is not read."""
    assert observed("count(activities)", dossier(held("a", day))) == counted
    assert observed("sum(a.attendance for a in activities)", dossier(held("a", day, attendance=4))) == 4 * counted


@pytest.mark.parametrize(("day", "counted"), [("06-15", 1), ("06-16", 0)])
def test_rows_after_as_of_are_left_out(day: str, counted: int) -> None:
    """A day of judgement inside the period cuts it, that day included."""
    one = dossier(held("a", day), as_of=date(2020, 6, 15))
    assert observed("count(activities)", one) == counted
    assert observed("count(a for a in activities if a.published_on_cloud)", one) == (Bounds(0, 1) if counted else 0)


@pytest.mark.parametrize(
    ("require", "outcome"),
    [
        ("count(activities) >= 2", UNDETERMINED),
        ("count(activities) >= 1", PASSED),
        ("count(activities) <= 2", PASSED),
        ("count(activities) >= 3", FAILED),
        ("count(activities) < 1", FAILED),
    ],
)
def test_an_undated_row_is_possibly_inside(require: str, outcome: Outcome) -> None:
    """It may lie in the period or not, so a count is between with and without it."""
    assert finding(require, dossier(held("a", "01-01"), held("b"))).outcome is outcome


UNKNOWN_ROWS: list[tuple[str, Outcome, Outcome]] = [
    ("count(activities) >= 1", UNDETERMINED, FAILED),
    ("count(activities) >= 0", PASSED, PASSED),
    ("count(organizations) >= 1", UNDETERMINED, FAILED),
    ("any(a.attendance >= 20 for a in activities)", UNDETERMINED, FAILED),
    ("all(a.attendance >= 20 for a in activities)", UNDETERMINED, PASSED),
    ('all(a.theme == "study_club" for a in activities)', UNDETERMINED, PASSED),
    ("all(o.relation_regular for o in organizations)", UNDETERMINED, PASSED),
    ("sum(a.attendance for a in activities) >= 0", PASSED, PASSED),
    ("sum(a.attendance for a in activities) <= 0", UNDETERMINED, PASSED),
    ("sum(a.draft_debt for a in activities) <= 0", PASSED, PASSED),
    ("sum(a.draft_balance for a in activities) <= 0", UNDETERMINED, PASSED),
    ("sum(a.attendance for a in activities if center.is_physical) >= 0", PASSED, PASSED),
    ("mean((a.draft_score for a in activities), default=7) <= 7", PASSED, PASSED),
    ("mean((a.draft_score for a in activities), default=7) >= 7", UNDETERMINED, PASSED),
    ("share((a.published_on_cloud for a in activities), default=0.5) <= 1", PASSED, PASSED),
    ("share((a.published_on_cloud for a in activities), default=0.5) == 0.5", UNDETERMINED, PASSED),
    ('"x" in {o.name for o in organizations}', UNDETERMINED, FAILED),
    ("count({a.theme for a in activities}) <= 1", PASSED, PASSED),
    ("count({o.name for o in organizations}) <= 1", UNDETERMINED, PASSED),
    ("all(count(a for a in activities if a.month == m) == 0 for m in months)", UNDETERMINED, PASSED),
    ("all(count(a for a in activities if a.month == m) >= 1 for m in months)", UNDETERMINED, FAILED),
    ("any(any(a.attendance > 3 for a in activities if a.month == m) for m in months)", UNDETERMINED, FAILED),
    ("count(during(activities, as_of, as_of)) == 0", UNDETERMINED, PASSED),
]


@pytest.mark.parametrize(("require", "unrecorded", "empty"), UNKNOWN_ROWS)
def test_a_relation_that_is_not_recorded_is_not_empty(require: str, unrecorded: Outcome, empty: Outcome) -> None:
    """An unrecorded one may hold any rows, an empty one holds none."""
    assert finding(require, dossier(activities=None, organizations=None)).outcome is unrecorded
    assert finding(require, dossier()).outcome is empty


@pytest.mark.parametrize(
    ("records_from", "count"),
    [(None, 1), (date(2019, 6, 1), 1), (date(2020, 1, 1), 1), (date(2020, 1, 2), Bounds(1, None))],
)
def test_rows_of_the_period_are_complete_from_records_from(records_from: date | None, count: Any) -> None:
    """If rows are complete only from a day within the period on, there may be more of them."""
    one = dossier(held("a", "05-01", theme="x", name="y"), records_from=records_from)
    assert observed("count(activities)", one) == count
    assert is_exact(reports(standard("count(activities) >= 1"), one)[0]) is (count == 1)
    assert observed("count({a.theme for a in activities})", one) == (0 if count == 1 else Bounds(0, 1))
    assert observed("count({a.draft_name for a in activities})", one) == (1 if count == 1 else Bounds(1, None))


# during(): a named window

DURING = "count(during(activities, center.opened_on, center.application_date))"


def window(first: str, last: str, *activities: Activity, **parts: Any) -> Any:
    """How many rows a window from one day to another has."""
    days = {"opened_on": date.fromisoformat(first), "application_date": date.fromisoformat(last)}
    return observed(DURING, dossier(*activities, subject=center(**days), **parts))


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2020-03-01", "2020-03-31", 2),
        ("2020-03-02", "2020-03-31", 1),
        ("2020-03-01", "2020-03-30", 1),
        ("2020-03-02", "2020-03-30", 0),
        ("2020-04-01", "2020-03-01", 0),
        ("2020-01-01", "2020-12-31", 2),
        ("2019-12-31", "2020-12-31", Bounds(2, None)),
        ("2020-01-01", "2021-01-01", Bounds(2, None)),
    ],
)
def test_a_window_reads_its_days(first: str, last: str, found: Any) -> None:
    """Both ends are included; beyond the recorded days there may be more rows."""
    assert window(first, last, held("a", "03-01"), held("b", "03-31")) == found


@pytest.mark.parametrize(
    ("records_from", "as_of", "found"),
    [
        (date(2019, 3, 1), None, 2),
        (date(2019, 3, 2), None, Bounds(2, None)),
        (None, None, Bounds(2, None)),
        (date(2019, 3, 1), date(2020, 3, 31), 2),
        (date(2019, 3, 1), date(2020, 3, 30), Bounds(2, None)),
    ],
)
def test_a_window_may_reach_outside_the_period(records_from: date | None, as_of: date | None, found: Any) -> None:
    """As far as rows are recorded: from `records_from` to `as_of`."""
    rows_ = (held("a", "2019-03-01"), held("b", "03-31"))
    assert window("2019-03-01", "2020-03-31", *rows_, records_from=records_from, as_of=as_of) == found


def test_a_window_of_months() -> None:
    """From the first day of one month to the last of another, both included."""
    require = "all(count(during(activities, m - 1, m)) == 1 for m in months if m.start > period.start)"
    every_other = [held(f"a{month}", f"{month:02d}-{day}") for month, day in ((1, 31), (3, 31), (5, "01"))]
    one = dossier(*every_other, period=Period(date(2020, 1, 1), date(2020, 5, 31)))
    assert finding(require, one).outcome is PASSED
    assert finding(require, dossier(*every_other, held("b", "05-31"), period=one.period)).outcome is FAILED


def test_an_unsettled_window_possibly_holds_a_row() -> None:
    """A row is surely inside if it is so wherever the ends lie, and surely outside likewise."""
    require = "count(during(activities, center.opened_on, center.application_date))"
    subject = center(opened_on=date(2020, 3, 1))
    one = dossier(held("a", "02-29"), held("b", "03-01"), held("c"), subject=subject)
    assert observed(require, one) == Bounds(0, None)
    both = center(opened_on=date(2020, 3, 1), application_date=date(2020, 3, 2))
    undated = dossier(held("a", "02-29"), held("b", "03-01"), held("c"), subject=both)
    assert observed(require, undated) == Bounds(1, 2)


def test_a_window_looks_at_the_facts_of_its_rows_only() -> None:
    """A row outside it may lack anything; one inside sends the exact way to the bounds."""
    require = "all(a.attendance >= 3 for a in during(activities, date(2020, 3, 1), as_of))"
    judged_by = standard(require)
    outside = dossier(held("a", "02-29"), held("b", "03-01", attendance=3), period=YEAR)
    fast, _ = reports(judged_by, outside)
    assert fast["k0"].outcome is PASSED
    inside = dossier(held("a", "03-02"), held("b", "03-01", attendance=3))
    fast, _ = reports(judged_by, inside)
    assert (fast["k0"].outcome, is_exact(fast)) == (UNDETERMINED, False)


@pytest.mark.parametrize(
    ("records_from", "day", "found"),
    [
        (None, "2020-05-31", Bounds(1, None)),
        (date(2020, 5, 1), "2020-05-01", 1),
        (date(2020, 5, 2), "2020-05-02", Bounds(1, None)),
        (date(2020, 5, 1), "2020-04-30", 0),
        (date(2020, 5, 1), "2020-06-01", 0),
    ],
)
def test_a_standard_of_a_day_reads_windows_only(records_from: date | None, day: str, found: Any) -> None:
    """Without a period nothing before that day is known to be complete, unless the dossier says from when on."""
    one = dossier(held("a", day), period=None, as_of=date(2020, 5, 31), records_from=records_from)
    require = "count(during(activities, date(2020, 5, 1), as_of))"
    assert observed(require, one, period="as-of") == found


def test_a_standard_of_a_day_takes_the_window_of_a_period_that_is_given() -> None:
    """Then rows are complete from its first day on."""
    require = "count(during(activities, date(2020, 1, 1), as_of))"
    assert observed(require, dossier(held("a", "05-01")), period="as-of") == 1


def test_a_standard_of_a_day_reads_registers() -> None:
    """They have no dates, so no window either."""
    one = dossier(period=None, as_of=date(2020, 5, 31), organizations=[Organization(id="o", relation_regular=True)])
    assert finding("all(o.relation_regular for o in organizations)", one, period="as-of").outcome is PASSED
    assert observed("count(organizations)", one, period="as-of") == 1


# Months


def monthly(*counts: int) -> list[Activity]:
    """So many activities in January, February and so on, of 10 persons each."""
    months = enumerate(counts, start=1)
    return [held(f"a{month}{index}", f"{month:02d}-03", attendance=10) for month, n in months for index in range(n)]


def part_of_2020(last: str) -> Period:
    """The year up to a day."""
    return Period(date(2020, 1, 1), date.fromisoformat(f"2020-{last}"))


EACH = "all(count(a for a in activities if a.month == m) >= 2 for m in months)"


@pytest.mark.parametrize(
    ("require", "counts", "outcome"),
    [
        (EACH, (2, 2, 2), PASSED),
        (EACH, (2, 1, 2), FAILED),
        ("all(count(a for a in activities if m == a.month) > 1 for m in months)", (2, 2, 2), PASSED),
        ("all(count(a for a in activities if m == a.month) > 1 for m in months)", (2, 1, 3), FAILED),
        ("all(2 <= count(a for a in activities if a.month == m) <= 3 for m in months)", (2, 3, 2), PASSED),
        ("all(2 <= count(a for a in activities if a.month == m) <= 3 for m in months)", (2, 4, 2), FAILED),
        ("any(count(a for a in activities if a.month == m) >= 3 for m in months)", (0, 3, 0), PASSED),
        ("any(count(a for a in activities if a.month == m) >= 3 for m in months)", (2, 2, 2), FAILED),
        ("count(m for m in months if any(a.month == m for a in activities)) >= 2", (1, 0, 1), PASSED),
        ("count(m for m in months if any(a.month == m for a in activities)) >= 3", (1, 0, 1), FAILED),
        ("all(sum(a.attendance for a in activities if a.month == m) >= 20 for m in months)", (2, 2, 2), PASSED),
        ("all(sum(a.attendance for a in activities if a.month == m) >= 20 for m in months)", (2, 2, 1), FAILED),
        ("all(sum(a.attendance for a in activities if a.month == m) > 20 for m in months)", (3, 2, 3), FAILED),
        ("all(sum(a.attendance + 0.5 for a in activities if a.month == m) >= 21 for m in months)", (2, 2, 2), PASSED),
        ("all(sum(a.attendance - 0.5 for a in activities if a.month == m) >= 20 for m in months)", (2, 2, 2), FAILED),
        ("all(all(a.attendance >= 10 for a in activities if a.month == m) for m in months)", (1, 0, 1), PASSED),
        ("all(all(a.attendance > 10 for a in activities if a.month == m) for m in months)", (1, 0, 1), FAILED),
        (
            "all(count(a for a in activities if a.month == m + 1) >= 2 for m in months if m.start.month < 3)",
            (0, 2, 2),
            PASSED,
        ),
        (
            "all(count(a for a in activities if a.month == m + 1) >= 2 for m in months if m.end.month < 3)",
            (2, 2, 1),
            FAILED,
        ),
        ("sum((count(a for a in activities if a.month == m) for m in months)) == 5", (2, 2, 1), PASSED),
        ("min((count(a for a in activities if a.month == m) for m in months), default=9) == 1", (2, 2, 1), PASSED),
        ("all(count(a for a in activities if a.month < m) <= 2 for m in months)", (1, 1, 5), PASSED),
        ("all(count(a for a in activities if a.month < m) <= 2 for m in months)", (1, 2, 5), FAILED),
    ],
)
def test_months_are_counted_one_by_one(require: str, counts: tuple[int, ...], outcome: Outcome) -> None:
    """A condition on each month, of counts and sums by month and of loops of their own."""
    fast, _ = reports(standard(require), dossier(*monthly(*counts), period=part_of_2020("03-31")))
    assert fast["k0"].outcome is outcome
    assert is_exact(fast)


@pytest.mark.parametrize(
    ("last", "as_of", "outcome"),
    [
        ("03-31", None, FAILED),
        ("03-30", None, PASSED),
        ("12-31", date(2020, 3, 30), PASSED),
        ("12-31", date(2020, 3, 31), FAILED),
    ],
)
def test_a_month_that_is_cut_is_not_asked(last: str, as_of: date | None, outcome: Outcome) -> None:
    """Months are those wholly inside the period and over by the day of judgement."""
    assert finding(EACH, dossier(*monthly(2, 2, 1), period=part_of_2020(last), as_of=as_of)).outcome is outcome


@pytest.mark.parametrize(
    ("total", "expected"),
    [("count(a for a in activities)", 2), ("sum(a.attendance for a in activities)", 20)],
)
def test_a_month_that_is_cut_counts_in_totals(total: str, expected: int) -> None:
    """Its rows are rows of the period."""
    period = Period(date(2020, 1, 2), date(2020, 1, 30))
    one = dossier(*monthly(2), period=period)
    assert observed(total, one) == expected
    assert finding(EACH, one).outcome is PASSED
    assert rows(finding(EACH, one)) == [(None, ">=", 2, None, None)]


def test_a_period_may_cross_a_year() -> None:
    """Months of two years are told apart."""
    period = Period(date(2019, 12, 1), date(2020, 1, 31))
    months = [held("a", "2019-12-31"), held("b", "2019-12-01"), held("c", "2020-01-01"), held("d", "2020-01-31")]
    assert finding(EACH, dossier(*months, period=period)).outcome is PASSED
    assert rows(finding(EACH, dossier(*months[:3], period=period))) == [(1, ">=", 2, 1, "2020-01")]


@pytest.mark.parametrize(
    ("require", "activities", "outcome"),
    [
        (EACH, [*monthly(2, 2), held("x")], PASSED),
        (EACH, [*monthly(2, 1), held("x")], UNDETERMINED),
        (EACH, [*monthly(2, 0), held("x")], FAILED),
        (EACH.replace(">= 2", "> 2"), [*monthly(3, 2), held("x")], UNDETERMINED),
        (EACH.replace(">= 2", "> 2"), [*monthly(3, 1), held("x")], FAILED),
        (EACH.replace(">= 2", "<= 2"), [*monthly(1, 1), held("x")], PASSED),
        (EACH.replace(">= 2", "<= 2"), [*monthly(2, 1), held("x")], UNDETERMINED),
    ],
)
def test_an_undated_row_is_possibly_in_any_month(require: str, activities: list[Activity], outcome: Outcome) -> None:
    """It may settle one month's count, and no month's for sure."""
    assert finding(require, dossier(*activities, period=part_of_2020("02-29"))).outcome is outcome


BIG = "all(count(a for a in activities if a.attendance >= 20 and a.month == m) >= 1 for m in months)"
SUM = "all(sum(a.draft_balance for a in activities if a.month == m) >= 3 for m in months)"
SCORES = "all(sum(a.draft_score for a in activities if a.month == m) >= 3 for m in months)"


@pytest.mark.parametrize(
    ("require", "activities", "outcome"),
    [
        (BIG, [held("a", "01-01", attendance=20)], PASSED),
        (BIG, [held("a", "01-01", attendance=19)], FAILED),
        (BIG, [held("a", "01-01")], UNDETERMINED),
        (BIG, [held("a", attendance=20)], UNDETERMINED),
        (BIG, [held("a", attendance=19)], FAILED),
        (BIG, [held("a", "01-01", attendance=20), held("b", "01-01")], PASSED),
        (SUM, [held("a", "01-01", balance=Decimal("3.0"))], PASSED),
        (SUM, [held("a", "01-01", balance=Decimal("2.9"))], FAILED),
        (SUM, [held("a", "01-01", balance=9), held("b", "01-02")], UNDETERMINED),
        (SUM.replace(">=", ">"), [held("a", "01-01", balance=9), held("b", "01-02")], UNDETERMINED),
        (SUM, [held("a", "01-01", balance=9), held("b", balance=-6)], PASSED),
        (SUM, [held("a", "01-01", balance=9), held("b", balance=-7)], UNDETERMINED),
        (SUM, [held("a", "01-01", balance=-9), held("b", balance=11)], FAILED),
        (SUM, [held("a", "01-01", balance=-9), held("b", balance=12)], UNDETERMINED),
        (SCORES, [held("a", "01-01", score=3), held("b")], PASSED),
        (SCORES, [held("a", "01-01", score=0), held("b")], UNDETERMINED),
        (SCORES, [held("a", "01-01", score=0), held("b", score=2)], FAILED),
        (SCORES, [held("a", "01-01", score=0), held("b", "01-02")], UNDETERMINED),
        (SCORES, [held("a", "01-01", score=2), held("b", "02-02", score=3)], FAILED),
    ],
)
def test_incomplete_rows_of_a_month(require: str, activities: list[Activity], outcome: Outcome) -> None:
    """A row that lacks its date or its number adds to the month's total what it may."""
    assert finding(require, dossier(*activities, period=part_of_2020("01-31"))).outcome is outcome


@pytest.mark.parametrize(
    ("require", "outcome"),
    [
        ("all(any(a.month == m + center.full_time_staff for a in activities) for m in months)", UNDETERMINED),
        ("any(days_between(as_of, (m + center.full_time_staff).end) >= 0 for m in months)", PASSED),
        ("any(days_between((m - center.full_time_staff).start, as_of) >= 30 for m in months)", PASSED),
        ("all((m + center.full_time_staff).end.month >= 1 for m in months)", PASSED),
        ("all((m - center.full_time_staff).start >= date(1, 1, 1) for m in months)", PASSED),
        ("any(count(during(activities, m, m + center.full_time_staff)) >= 1 for m in months)", PASSED),
        ("any(count(during(activities, m - center.full_time_staff, m)) == 0 for m in months)", FAILED),
    ],
)
def test_a_month_moved_by_an_unknown_number_stays_in_the_calendar(require: str, outcome: Outcome) -> None:
    """Its days have a first and a last one, in outcomes and in evidence."""
    one = dossier(held("a", "01-01"), held("b", "01-31"), period=part_of_2020("01-31"))
    found = finding(require, one)
    assert found.outcome is outcome
    assert len(found.evidence) == 1


# Functions over rows: against brute force over all that missing facts may be

PRESENT = ("01-01", None)


def fillings(activities: list[Activity], scores: Iterable[int] = range(4)) -> Iterator[list[Activity]]:
    """Each combination of inside or outside the period, of scores and of truths, where they are not recorded."""
    ways = []
    for one in activities:
        days = [date(2020, 1, 1), date(2019, 1, 1)] if one.held_on is None else [one.held_on]
        known = one.facts.get("draft_score")
        numbers = list(scores) if known is None else [known]
        truths = [True, False] if one.published_on_cloud is None else [one.published_on_cloud]
        ways.append(
            [
                Activity(id=one.id, held_on=day, published_on_cloud=truth, facts={"draft_score": number})
                for day, number, truth in itertools.product(days, numbers, truths)
            ]
        )
    return map(list, itertools.product(*ways))


def to_twelve(value: Fraction) -> Decimal:
    """Rounded half up at 12 decimals."""
    return Decimal(int(value * 10**12 + Fraction(1, 2))) / 10**12


def statistic(kind: str, values: list[Fraction], default: int) -> Decimal:
    """By the book."""
    if not values:
        return Decimal(default)
    ordered, half = sorted(values), len(values) // 2
    middle = ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2
    found = {"min": ordered[0], "max": ordered[-1], "mean": sum(values) / len(values), "median": middle}
    return to_twelve(Fraction(found[kind]))


SAMPLES = [
    [],
    [held("a", score=2, published_on_cloud=True)],
    [held("a", "01-01", score=2, published_on_cloud=True)],
    [held("a", "01-01", score=3, published_on_cloud=None), held("b", "01-02", score=1, published_on_cloud=True)],
    [held("a", "01-01", score=1, published_on_cloud=True), held("b", score=3, published_on_cloud=True)],
    [held("a", "01-01", score=1, published_on_cloud=True), held("b", score=0, published_on_cloud=None)],
    [
        held("a", "01-01", score=1, published_on_cloud=True),
        held("b", "01-02", published_on_cloud=True),
        held("d", score=2, published_on_cloud=True),
        held("e", score=0, published_on_cloud=None),
    ],
    [
        held("a", "01-01", score=3, published_on_cloud=True),
        held("b", "01-01", score=0, published_on_cloud=True),
        held("d", "01-01", score=2, published_on_cloud=False),
        held("e", published_on_cloud=True),
    ],
    [held("a", score=1, published_on_cloud=True), held("b", score=2, published_on_cloud=None)],
    [held("a", "01-01", score=1, published_on_cloud=False), held("b", "01-01", published_on_cloud=False)],
]


@pytest.mark.parametrize("kind", ["min", "max", "mean", "median"])
@pytest.mark.parametrize("activities", SAMPLES)
@pytest.mark.parametrize("default", [2, 9])
def test_statistics_reach_what_fillings_reach(kind: str, activities: list[Activity], default: int) -> None:
    """The bounds of a statistic over sure and possible rows are the least and greatest over all fillings."""
    expression = f"{kind}((a.draft_score for a in activities if a.published_on_cloud), default={default})"
    values = {
        statistic(kind, [Fraction(a.facts["draft_score"]) for a in inside(filled) if a.published_on_cloud], default)
        for filled in fillings(activities)
    }
    assert hull(observed(expression, dossier(*activities))) == (min(values), max(values))


@pytest.mark.parametrize("activities", SAMPLES)
@pytest.mark.parametrize("default", [0, 1])
def test_shares_reach_what_fillings_reach(activities: list[Activity], default: int) -> None:
    """The bounds of a share are the least and greatest over all fillings."""
    expression = f"share((a.draft_score >= 2 for a in activities if a.published_on_cloud), default={default})"
    values = set()
    for filled in fillings(activities):
        truths = [Fraction(a.facts["draft_score"] >= 2) for a in inside(filled) if a.published_on_cloud]
        values.add(to_twelve(sum(truths) / len(truths)) if truths else Decimal(default))
    assert hull(observed(expression, dossier(*activities))) == (min(values), max(values))


@pytest.mark.parametrize("activities", SAMPLES)
@pytest.mark.parametrize(
    "expression",
    [
        "sum(a.draft_score for a in activities if a.published_on_cloud)",
        "sum(a.draft_score * 1.0 for a in activities if a.published_on_cloud)",
        "sum(min(a.draft_score, center.full_time_staff) for a in activities if a.published_on_cloud)",
    ],
)
def test_sums_reach_what_fillings_reach(activities: list[Activity], expression: str) -> None:
    """A possible row adds from the least to the most of 0 and what it may be, shared loop or not."""
    values = {
        sum(a.facts["draft_score"] for a in inside(filled) if a.published_on_cloud) for filled in fillings(activities)
    }
    one = dossier(*activities, subject=center(full_time_staff=3))
    assert hull(observed(expression, one)) == (min(values), max(values))


@pytest.mark.parametrize("activities", SAMPLES)
@pytest.mark.parametrize(
    "expression",
    [
        "count(a for a in activities if a.published_on_cloud)",
        "count(a for a in activities if a.published_on_cloud and center.on_cloud)",
        "count(a for a in during(activities, period.start, period.end) if a.published_on_cloud)",
    ],
)
def test_counts_reach_what_fillings_reach(activities: list[Activity], expression: str) -> None:
    """A count lies between the rows that are surely meant and those that may be."""
    values = {sum(1 for a in inside(filled) if a.published_on_cloud) for filled in fillings(activities, (0,))}
    one = dossier(*activities, subject=center(on_cloud=True))
    assert hull(observed(expression, one)) == (min(values), max(values))


@pytest.mark.parametrize("activities", SAMPLES)
@pytest.mark.parametrize("quantifier", ["any", "all"])
@pytest.mark.parametrize("condition", ["a.draft_score >= 2", "2 <= a.draft_score", "not a.draft_score < 2"])
def test_quantifiers_are_settled_as_fillings_are(activities: list[Activity], quantifier: str, condition: str) -> None:
    """`any` and `all` are undetermined exactly if fillings differ, whether an extreme is kept for them or not."""
    function = {"any": any, "all": all}[quantifier]
    values = {
        function(a.facts["draft_score"] >= 2 for a in inside(filled) if a.published_on_cloud)
        for filled in fillings(activities)
    }
    expected = UNDETERMINED if len(values) == 2 else PASSED if True in values else FAILED
    require = f"{quantifier}({condition} for a in activities if a.published_on_cloud)"
    assert finding(require, dossier(*activities)).outcome is expected
    own_loop = f"{quantifier}({condition} for a in during(activities, period.start, as_of) if a.published_on_cloud)"
    assert finding(own_loop, dossier(*activities)).outcome is expected


def inside(activities: list[Activity]) -> list[Activity]:
    """Those of the period."""
    return [one for one in activities if one.held_on.year == 2020]


def hull(value: Any) -> tuple[Decimal, Decimal]:
    """The two ends of a value."""
    low, high = (value.low, value.high) if isinstance(value, Bounds) else (value, value)
    return Decimal(low), Decimal(high)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("min((a.draft_balance for a in activities), default=0)", Bounds(None, 6)),
        ("max((a.draft_balance for a in activities), default=0)", Bounds(7, None)),
        ("mean((a.draft_balance for a in activities), default=0)", ANYTHING),
        ("median((a.draft_balance for a in activities), default=0)", ANYTHING),
        ("max((a.draft_debt for a in activities), default=0)", Bounds(None, 0)),
        ("min((a.draft_debt for a in activities), default=0)", Bounds(None, 0)),
        ("min((a.draft_debt for a in activities if a.published_on_cloud), default=-1)", Bounds(None, 0)),
        ("sum(a.draft_debt for a in activities)", Bounds(None, 0)),
        ("sum(a.draft_balance for a in activities)", ANYTHING),
        ("sum(a.draft_balance + center.draft_balance for a in activities if a.draft_balance >= 7)", ANYTHING),
    ],
)
def test_numbers_without_an_end_leave_statistics_open(expression: str, expected: Bounds) -> None:
    """An unrecorded number that has no least or no greatest leaves that end open where it counts."""
    one = dossier(held("a", "01-01", balance=6), held("b", "01-02", balance=7), held("d", "01-03"))
    assert observed(expression, one) == expected


def test_statistics_of_complete_rows() -> None:
    """With all recorded they are what the book says, decimals rounded at the twelfth."""
    rows_ = [held(f"a{index}", f"01-0{index}", score=score) for index, score in enumerate((3, 0, 1, 1), start=1)]
    expected = {"min": 0, "max": 3, "mean": Decimal("1.25"), "median": 1}
    for kind, value in expected.items():
        assert observed(f"{kind}((a.draft_score for a in activities), default=9)", dossier(*rows_)) == value
    assert observed("median((a.draft_score for a in activities), default=9)", dossier(*rows_[:3])) == 1
    assert observed("mean((a.draft_score for a in activities), default=9)", dossier(*rows_[:3])) == Decimal(
        "1.333333333333"
    )
    assert observed("share((a.draft_score >= 1 for a in activities), default=9)", dossier(*rows_)) == Decimal("0.75")
    assert observed("mean((a.draft_score for a in activities), default=9)", dossier()) == 9


# Sets made of rows


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("count({a.theme for a in activities})", 1),
        ("count({a.draft_name for a in activities})", 2),
        ("count({a.draft_name for a in activities if a.attendance >= 20})", 1),
        ('count({"x" for a in activities if a.attendance >= 99})', 0),
        ("count({x for x in center.equipment})", 2),
        ('count({x for x in center.equipment if x != "tv"})', 1),
    ],
)
def test_a_set_of_rows_holds_each_value_once(expression: str, expected: int) -> None:
    """Items of an open vocabulary count for nothing, free texts all count."""
    one = dossier(
        held("a", "01-01", theme="study_club", name="x", attendance=20),
        held("b", "01-02", theme="study_club", name="x", attendance=19),
        held("d", "01-03", theme="烹饪", name="y", attendance=1),
        subject=center(equipment={"tv", "wifi", "a rug"}),
    )
    assert observed(expression, one) == expected


@pytest.mark.parametrize(
    ("require", "outcome"),
    [
        ('"study_club" in {a.theme for a in activities}', UNDETERMINED),
        ('"volunteer" in {o.kind for o in organizations}', PASSED),
        ('"employment" in {o.kind for o in organizations}', UNDETERMINED),
        ('"volunteer" in {o.kind for o in organizations if o.league_led}', UNDETERMINED),
        ('"x" in {o.name for o in organizations}', UNDETERMINED),
        ("count({o.kind for o in organizations}) >= 1", PASSED),
        ("count({o.kind for o in organizations}) <= 4", UNDETERMINED),
        ("count({o.name for o in organizations}) <= 99", UNDETERMINED),
        ('{o.kind for o in organizations if o.kind == "volunteer"} <= {"volunteer"}', UNDETERMINED),
        ('{o.kind for o in organizations if o.id == "o1"} == {"volunteer"}', PASSED),
        ('{o.kind for o in organizations if o.id == "o9"} == {"volunteer"}', FAILED),
        ('"volunteer" in {(o.kind if center.is_physical else o.kind) for o in organizations}', PASSED),
        ('"volunteer" in {(o.kind if center.is_physical else "arts_sports") for o in organizations}', UNDETERMINED),
    ],
)
def test_a_set_of_rows_that_lack_something(require: str, outcome: Outcome) -> None:
    """A value is surely in it if its row is, and possibly if a row may be there or may have it."""
    organizations = [Organization(id="o1", kind="volunteer"), Organization(id="o2")]
    one = dossier(held("a", "01-01"), organizations=organizations)
    assert finding(require, one).outcome is outcome


def test_other_items_of_an_open_set_count_for_nothing() -> None:
    """In sizes, in equality, in loops and in rows; a plugin's open list likewise."""
    subject = center(equipment={"tv", "a rug"}, kinds={"three"}, kind="three")
    one = dossier(held("a", "01-01", kinds={"one", "three"}), subject=subject)
    assert observed("count(center.equipment)", one) == 1
    assert observed("count(center.draft_kinds)", one) == 0
    assert observed("count(a for a in activities if count(a.draft_kinds) == 1)", one) == 1
    assert finding('any(x in {"one", "two"} for x in center.draft_kinds)', one).outcome is FAILED
    assert finding('center.draft_kinds == {"one"} & {"two"}', one).outcome is PASSED
    assert finding('all("one" in a.draft_kinds for a in activities)', one).outcome is PASSED


# Loops in loops


HELD_BY_IN = "any(a.org_id == o.id and a.month == m for a in activities)"
IN_BOTH = "any(a.month == m and a.month == n for a in activities)"


@pytest.mark.parametrize(
    ("require", "outcome"),
    [
        ("all(any(a.org_id == o.id for a in activities) for o in organizations)", PASSED),
        ("all(count(a for a in activities if a.org_id == o.id) >= 2 for o in organizations)", FAILED),
        ("count(o for o in organizations if count(a for a in activities if a.org_id == o.id) >= 2) == 1", PASSED),
        (f"any(all({HELD_BY_IN} for m in months) for o in organizations)", FAILED),
        (f"any(any({HELD_BY_IN} for m in months) for o in organizations)", PASSED),
        (f"all(any({HELD_BY_IN} for m in months) for o in organizations)", PASSED),
        ("max((count(a for a in activities if a.org_id == o.id) for o in organizations), default=0) == 2", PASSED),
        ("sum(sum(a.attendance for a in activities if a.org_id == o.id) for o in organizations) == 60", PASSED),
        ("any(any(b.org_id == a.org_id and b.id != a.id for b in activities) for a in activities)", PASSED),
        ("all(any(b.org_id == a.org_id and b.id != a.id for b in activities) for a in activities)", FAILED),
        (f"any(any({IN_BOTH} for n in months if n > m) for m in months)", FAILED),
        (f"any(any({IN_BOTH} for n in months if n <= m) for m in months)", PASSED),
        ("all(any(a.attendance == 10 * m.start.month for a in activities) for m in months)", FAILED),
        (
            "all(any(a.attendance == 10 * m.start.month for a in activities) for m in months if m.start.month <= 3)",
            PASSED,
        ),
    ],
)
def test_comprehensions_nest(require: str, outcome: Outcome) -> None:
    """An inner loop reads the variables of the outer ones."""
    activities = [
        held("a1", "01-01", org_id="o1", attendance=10),
        held("a2", "02-01", org_id="o1", attendance=20),
        held("a3", "03-01", org_id="o2", attendance=30),
    ]
    one = dossier(*activities, organizations=[Organization(id="o1"), Organization(id="o2")])
    assert finding(require, one).outcome is outcome

# SPDX-License-Identifier: MIT
"""The reference semantics by hand: every operator on both sides of a boundary, exactly and in bounds, with evidence."""

import itertools
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from platformrules.backends.python.emit import Emitter, Globals
from platformrules.backends.python.exact import ExactEmitter
from platformrules.backends.python.in_bounds import BoundsEmitter
from platformrules.backends.python.plan import Plan
from platformrules.bounds import ANYTHING, Bounds, Members, Possible
from platformrules.criteria import typed
from platformrules.criteria.datatypes import SET, TEXT, TRUTH, WHOLE, Datatype, Kind
from platformrules.dossiers import Dossier, Judgement, Waiver
from platformrules.evaluation import compile_standard
from platformrules.languages import Bilingual
from platformrules.models import CORE, Activity, Area, Center, Organization
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


RULE_ROWS = typed.RuleRows("criteria", Datatype(Kind.ROWS))

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
    ("center.is_physical == true", {"is_physical": True}, {"is_physical": False}),
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


@pytest.mark.parametrize(
    ("first", "last", "exact"),
    [
        ("period.start", "as_of", True),
        ("add_days(period.start, -1)", "as_of", False),
        ("period.start", "add_days(as_of, 1)", False),
    ],
)
def test_a_window_inside_the_records_is_settled_exactly(first: str, last: str, exact: bool) -> None:  # noqa: FBT001
    """From the first recorded day to the day judged, both included."""
    judged_by = standard(f"count(during(activities, {first}, {last})) >= 1")
    fast, _ = reports(judged_by, dossier(held("a", "01-01")))
    assert (is_exact(fast), fast["k0"].outcome) == (exact, PASSED)


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


def test_an_undated_row_is_possibly_in_a_window_of_a_standard_of_a_day() -> None:
    """Also where the days of the window are recorded."""
    one = dossier(held("a"), period=None, as_of=date(2020, 5, 31), records_from=date(2020, 5, 1))
    assert observed("count(during(activities, date(2020, 5, 1), as_of))", one, period="as-of") == Bounds(0, 1)


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


IN_OUTER = "count(a for a in activities if a.month == n)"
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
        ("all(count(a for a in activities) >= 5 for m in months)", (2, 2, 1), PASSED),
        ("all(count(a for a in activities) >= 6 for m in months)", (2, 2, 1), FAILED),
        (f"any(all({IN_OUTER} >= 2 for m in months) for n in months)", (0, 2, 0), PASSED),
        (f"any(all({IN_OUTER} >= 3 for m in months) for n in months)", (0, 2, 0), FAILED),
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


@pytest.mark.parametrize("kind", ["min", "max", "mean", "median"])
def test_a_default_that_is_not_recorded_leaves_a_statistic_open(kind: str) -> None:
    """If there may be no row, the value may be that of the default."""
    expression = f"{kind}((a.draft_score for a in activities if a.published_on_cloud), default=center.draft_balance)"
    possible = held("a", "01-01", score=2)
    assert observed(expression, dossier(possible)) == ANYTHING
    assert observed(expression, dossier(possible, held("b", "01-01", score=2, published_on_cloud=True))) == 2
    assert observed(expression, dossier(possible, subject=center(balance=1))) == Bounds(1, 2)


@pytest.mark.parametrize(
    ("require", "expected"),
    [
        ("count(a for a in activities if a.attendance >= 20) >= 9", Bounds(2, 3)),
        ("all(count(a for a in activities if a.attendance >= 20 and a.month == m) >= 9 for m in months)", Bounds(0, 1)),
        ("all(sum(a.attendance for a in activities if a.month == m) >= 99 for m in months)", Bounds(0, 20)),
        ("sum(a.attendance for a in activities if a.attendance >= 20) >= 99", Bounds(40, 60)),
    ],
)
def test_a_row_that_lacks_what_is_not_asked_is_sure(require: str, expected: Bounds) -> None:
    """A fact that another criterion reads may be missing; only the undated row is but possibly there."""
    one = dossier(
        held("a", "01-01", attendance=20, published_on_cloud=True),
        held("b", "01-02", attendance=20),
        held("d", attendance=20),
        held("e", "02-01", attendance=0),
        period=part_of_2020("02-29"),
    )
    fast, _ = reports(standard(require, "any(a.published_on_cloud for a in activities)"), one)
    (row,) = fast["k0"].evidence
    assert row.observed == expected


UNKNOWN_IN_A_ROW = [
    "a.attendance == 20",
    "20 == a.attendance",
    "a.attendance != 20",
    "a.attendance + 1 >= 20",
    "min(a.attendance, 30) >= 20",
    'a.theme == "study_club"',
    'a.theme in {"study_club"}',
    '"one" in a.draft_kinds',
    'a.draft_kinds <= {"one"}',
    '{"one"} <= a.draft_kinds',
    "count(a.draft_kinds) >= 1",
    'count(a.draft_kinds & {"one"}) >= 1',
    'a.draft_name == "x"',
    '"x" == a.draft_name',
    'a.draft_name in {"x"}',
    'starts_with("x", a.draft_name)',
    "length(a.draft_name) >= 1",
    "a.published_on_cloud",
    "not a.published_on_cloud",
    "a.published_on_cloud == true",
    "(a.published_on_cloud if center.is_physical else false)",
    "(true if a.published_on_cloud else false)",
]


@pytest.mark.parametrize("condition", UNKNOWN_IN_A_ROW)
@pytest.mark.parametrize("rows_", ["activities", "during(activities, period.start, as_of)"])
def test_what_one_row_lacks_is_unknown_whatever_reads_it(condition: str, rows_: str) -> None:
    """In the shared loop, in a loop of its own, as a condition and as an element: never taken for a value."""
    one = dossier(held("a", "01-01"), subject=center(is_physical=True))
    assert finding(f"any({condition} for a in {rows_})", one).outcome is UNDETERMINED
    assert observed(f"count(a for a in {rows_} if {condition})", one) == Bounds(0, 1)
    assert observed(f"share(({condition} for a in {rows_}), default=9)", one) == Bounds(0, 1)


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
FROM_OUTSIDE = "count(b for b in activities if a.month == m and b.attendance >= 20)"
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
        (f"any(any({FROM_OUTSIDE} >= 2 for a in activities) for m in months)", PASSED),
        (f"any(any({FROM_OUTSIDE} >= 3 for a in activities) for m in months)", FAILED),
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


# Evidence: one row a comparison, membership or truth, in source order

SHOWN: list[tuple[str, dict[str, Any], tuple[Any, ...]]] = [
    ("center.floor_area_m2 >= 100", {"floor_area_m2": 85}, (85, ">=", 100, 15, False)),
    ("center.floor_area_m2 >= 100", {"floor_area_m2": 100}, (100, ">=", 100, None, True)),
    ("center.floor_area_m2 >= 100", {}, (Bounds(0, None), ">=", 100, None, None)),
    ("center.floor_area_m2 > 100", {"floor_area_m2": 100}, (100, ">", 100, 0, False)),
    ("center.floor_area_m2 <= 100", {"floor_area_m2": Decimal("120.5")}, (Decimal("120.5"), "<=", 100, 20.5, False)),
    ("center.floor_area_m2 < 100", {"floor_area_m2": 100}, (100, "<", 100, 0, False)),
    ("center.floor_area_m2 == 100", {"floor_area_m2": 97}, (97, "==", 100, 3, False)),
    ("center.floor_area_m2 == 100", {"floor_area_m2": 103}, (103, "==", 100, 3, False)),
    ("center.floor_area_m2 != 100", {"floor_area_m2": 100}, (100, "!=", 100, None, False)),
    ("not center.floor_area_m2 == 100", {"floor_area_m2": 99}, (99, "!=", 100, None, True)),
    ("not center.floor_area_m2 >= 100", {"floor_area_m2": 120}, (120, "<", 100, 20, False)),
    ("not center.floor_area_m2 > 100", {"floor_area_m2": 120}, (120, "<=", 100, 20, False)),
    ("not center.floor_area_m2 <= 100", {"floor_area_m2": 90}, (90, ">", 100, 10, False)),
    ("not center.floor_area_m2 < 100", {"floor_area_m2": 90}, (90, ">=", 100, 10, False)),
    ("not not center.floor_area_m2 < 100", {"floor_area_m2": 90}, (90, "<", 100, None, True)),
    ("100 <= center.floor_area_m2", {"floor_area_m2": 85}, (85, ">=", 100, 15, False)),
    ("100 < center.floor_area_m2", {"floor_area_m2": 85}, (85, ">", 100, 15, False)),
    ("100 >= center.floor_area_m2", {"floor_area_m2": 185}, (185, "<=", 100, 85, False)),
    ("not 100 <= center.floor_area_m2", {"floor_area_m2": 185}, (185, "<", 100, 85, False)),
    ("not 100 < center.floor_area_m2", {"floor_area_m2": 185}, (185, "<=", 100, 85, False)),
    ("100 == center.floor_area_m2", {"floor_area_m2": 99}, (99, "==", 100, 1, False)),
    (
        "center.full_time_staff >= center.part_time_main_staff",
        {"full_time_staff": 1, "part_time_main_staff": 3},
        (1, ">=", 3, 2, False),
    ),
    (
        "center.full_time_staff >= center.part_time_main_staff",
        {"full_time_staff": 1},
        (1, ">=", Bounds(0, None), None, None),
    ),
    ("count(center.services) >= 2", {"services": {"consulting"}}, (1, ">=", 2, 1, False)),
    ("count(center.services) >= 6", {}, (Bounds(0, 5), ">=", 6, Bounds(1, 6), False)),
    ("-count(center.services) >= 1", {}, (Bounds(-5, 0), ">=", 1, Bounds(1, 6), False)),
    ("count(center.services) <= -1", {}, (Bounds(0, 5), "<=", -1, Bounds(1, 6), False)),
    ("length(center.name) < 0", {}, (Bounds(0, None), "<", 0, Bounds(0, None), False)),
    ('{"tv"} <= center.equipment', {"equipment": {"wifi", "x"}}, ({"wifi", "x"}, "includes", {"tv"}, None, False)),
    ('not {"tv"} <= center.equipment', {"equipment": {"tv"}}, ({"tv"}, "includes not all of", {"tv"}, None, False)),
    ('center.services <= {"consulting"}', {"services": set()}, (set(), "within", {"consulting"}, None, True)),
    ('center.equipment <= {"tv"}', {"equipment": {"tv", "x"}}, ({"tv"}, "within", {"tv"}, None, True)),
    ('not center.services <= {"consulting"}', {"services": set()}, (set(), "not within", {"consulting"}, None, False)),
    ('"tv" in center.equipment', {"equipment": {"wifi"}}, ({"wifi"}, "contains", "tv", None, False)),
    ('"tv" not in center.equipment', {"equipment": {"wifi"}}, ({"wifi"}, "lacks", "tv", None, True)),
    ('center.grade in {"poor"}', {"grade": "poor"}, ("poor", "in", {"poor"}, None, True)),
    ('center.grade not in {"poor"}', {"grade": "poor"}, ("poor", "not in", {"poor"}, None, False)),
    ('center.grade == "poor"', {}, (None, "==", "poor", None, None)),
    ('center.grade != "poor"', {"grade": "better"}, ("better", "!=", "poor", None, True)),
    ('center.equipment == {"tv"}', {"equipment": {"tv"}}, ({"tv"}, "==", {"tv"}, None, True)),
    ('center.equipment & {"tv"} == {"tv"}', {}, (Members(frozenset(), frozenset({"tv"})), "==", {"tv"}, None, None)),
    ('starts_with(center.name, "青")', {"name": "青年"}, ("青年", "starts with", "青", None, True)),
    ('not starts_with(center.name, "青")', {"name": "青年"}, ("青年", "does not start with", "青", None, False)),
    ('ends_with(center.name, "青")', {"name": "青年"}, ("青年", "ends with", "青", None, False)),
    ('not ends_with(center.name, "青")', {"name": "青年"}, ("青年", "does not end with", "青", None, True)),
    ('contains(center.name, "年")', {"name": "青年"}, ("青年", "has the text", "年", None, True)),
    ('not contains(center.name, "年")', {}, (None, "has not the text", "年", None, None)),
    ('contains("青年", center.name)', {"name": "年"}, ("青年", "has the text", "年", None, True)),
    ("center.is_physical", {"is_physical": False}, (False, "==", True, None, False)),
    ("center.is_physical", {}, (None, "==", True, None, None)),
    ("not center.is_physical", {"is_physical": False}, (False, "==", False, None, True)),
    ("center.is_physical == center.on_cloud", {"is_physical": True}, (True, "==", None, None, None)),
    (
        "center.opened_on <= date(2020, 5, 1)",
        {"opened_on": date(2020, 5, 2)},
        (date(2020, 5, 2), "<=", date(2020, 5, 1), None, False),
    ),
    ("as_of >= date(2021, 1, 1)", {}, (date(2020, 12, 31), ">=", date(2021, 1, 1), None, False)),
    ("date(2021, 1, 1) <= as_of", {}, (date(2021, 1, 1), "<=", date(2020, 12, 31), None, False)),
    (
        'center.name == (center.address if center.is_physical else "x")',
        {"name": "y"},
        ("y", "==", Possible(None), None, None),
    ),
]


@pytest.mark.parametrize(("require", "facts", "expected"), SHOWN)
def test_evidence_of_one_comparison(require: str, facts: dict[str, Any], expected: tuple[Any, ...]) -> None:
    """What was observed stands before the operator that must hold, a negated one turned round, with the gap."""
    (row,) = finding(require, dossier(subject=center(**facts))).evidence
    value, operator, required, gap, met = expected
    assert (row.observed, row.operator, row.required, row.gap, row.met) == (value, operator, required, gap, met)
    assert (row.at, row.is_of_no_rows) == (None, False)


@pytest.mark.parametrize(
    ("require", "expected"),
    [
        ("center.is_physical and center.on_cloud", [("center.is_physical", True), ("center.on_cloud", True)]),
        ("center.is_physical or not center.on_cloud", [("center.is_physical", True), ("center.on_cloud", False)]),
        ("not (center.is_physical or center.on_cloud)", [("center.is_physical", False), ("center.on_cloud", False)]),
        (
            "center.is_physical if center.on_cloud else center.delisted",
            [("center.is_physical", True), ("center.on_cloud", True), ("center.delisted", True)],
        ),
        ("center.is_physical and true", [("center.is_physical", True)]),
        ("true", []),
        (
            "1  <  center.full_time_staff\n   < 5",
            [("center.full_time_staff", 1), ("center.full_time_staff", 5)],
        ),
        ("min(center.full_time_staff,\n 2) >= 1", [("min(center.full_time_staff, 2)", 1)]),
    ],
)
def test_evidence_has_a_row_for_each_part(require: str, expected: list[tuple[str, Any]]) -> None:
    """In source order, named as it is written but for spaces, with words for it in both languages."""
    found = finding(require, dossier()).evidence
    assert [(row.quantity, row.required) for row in found] == expected
    assert all(row.label.zh and row.label.en for row in found)


def test_evidence_leaves_out_what_parameters_switch_off() -> None:
    """Of the branch that is taken, named as it is written: by the parameter, not by its value."""
    require = "center.floor_area_m2 >= least if strict else center.is_physical"
    parts = {"parameters": {"least": 100, "strict": True}}
    (row,) = finding(require, dossier(subject=center(floor_area_m2=85)), **parts).evidence
    assert (row.quantity, row.required, row.unit) == ("center.floor_area_m2", 100, "m²")
    turned = finding("least * 2 <= center.floor_area_m2", dossier(subject=center(floor_area_m2=150)), **parts)
    assert rows(turned) == [(150, ">=", 200, 50, None)]
    other = finding(require, dossier(subject=center(is_physical=True)), parameters={"least": 100, "strict": False})
    assert [row.quantity for row in other.evidence] == ["center.is_physical"]


@pytest.mark.parametrize(
    ("require", "unit"),
    [
        ("center.floor_area_m2 >= 1", "m²"),
        ("1 <= 2 * center.floor_area_m2", "m²"),
        ("min((a.attendance for a in activities), default=0) >= 1", "persons"),
        ("count(activities) >= center.full_time_staff", "persons"),
        ("count(activities) >= 1", ""),
        ("center.draft_balance >= 1", "CNY"),
        ('center.name == "x"', ""),
    ],
)
def test_evidence_has_the_unit_of_its_number(require: str, unit: str) -> None:
    """The unit of the fact that is compared, or of what it is compared with."""
    assert [row.unit for row in finding(require, dossier()).evidence] == [unit]


@pytest.mark.parametrize(
    ("require", "masked"),
    [
        ('center.head_name == "x"', True),
        ("length(center.phone) >= 11", True),
        ('center.name == "x"', False),
    ],
)
def test_a_personal_fact_is_marked(require: str, masked: bool) -> None:  # noqa: FBT001 - expected
    """Whatever is made of it, so that outputs can mask it."""
    (row,) = finding(require, dossier()).evidence
    assert (row.of.personal, row.of.personal_required) == (masked, False)


@pytest.mark.parametrize(
    ("require", "marked"),
    [
        ("center.reporting_unit == center.head_name", (False, True)),
        ("center.phone == center.head_name", (True, True)),
        ('contains("张三", center.head_name)', (False, True)),
        ("any(o.name == center.head_name for o in organizations)", (False, True)),
        ("center.is_physical", (False, False)),
    ],
)
def test_a_personal_fact_is_marked_on_either_side(require: str, marked: tuple[bool, bool]) -> None:
    """What is required may be read of a person too, and is no literal of the rule then."""
    (row,) = finding(require, dossier()).evidence
    assert (row.of.personal, row.of.personal_required) == marked


# Evidence of rows

ANY_MONTH = Bounds("0001-01", "9999-12")

ATTENDED = [
    held("late", "03-01", attendance=15, theme="x", published_on_cloud=False),
    held("best", "02-01", attendance=30, theme="study_club", published_on_cloud=True),
    held("early", "01-02", attendance=15, theme="x", published_on_cloud=False),
]


@pytest.mark.parametrize(
    ("require", "expected"),
    [
        ("all(a.attendance >= 20 for a in activities)", (15, ">=", 20, 5, "early")),
        ("all(20 <= a.attendance for a in activities)", (15, ">=", 20, 5, "early")),
        ("all(a.attendance <= 20 for a in activities)", (30, "<=", 20, 10, "best")),
        ("any(a.attendance >= 40 for a in activities)", (30, ">=", 40, 10, "best")),
        ("any(a.attendance <= 10 for a in activities)", (15, "<=", 10, 5, "early")),
        ("not all(a.attendance >= 10 for a in activities)", (15, "<", 10, 5, "early")),
        ("not any(a.attendance >= 20 for a in activities)", (30, "<", 20, 10, "best")),
        ("all(a.attendance >= 10 for a in activities)", (15, ">=", 10, None, "early")),
        ('all(a.attendance >= 20 for a in activities if a.theme == "study_club")', (30, ">=", 20, None, "best")),
        ("all(a.attendance == 15 for a in activities)", (30, "==", 15, 15, "best")),
        ("any(a.attendance == 15 for a in activities)", (15, "==", 15, None, "early")),
        ("all(a.attendance >= center.full_time_staff for a in activities)", (15, ">=", 20, 5, "early")),
        ("all(a.attendance < center.full_time_staff for a in activities)", (30, "<", 20, 10, "best")),
        ("all(center.full_time_staff >= a.attendance for a in activities)", (20, ">=", 30, 10, "best")),
        ("any(center.full_time_staff < a.attendance for a in activities)", (20, "<", 30, None, "best")),
        ('all(a.theme == "study_club" for a in activities)', ("x", "==", "study_club", None, "early")),
        ('any(a.theme == "study_club" for a in activities)', ("study_club", "==", "study_club", None, "best")),
        ('any(a.theme != "study_club" for a in activities)', ("x", "!=", "study_club", None, "early")),
        ("all(a.published_on_cloud for a in activities)", (False, "==", True, None, "early")),
        ("any(a.published_on_cloud for a in activities)", (True, "==", True, None, "best")),
        ("all(not a.published_on_cloud for a in activities)", (True, "==", False, None, "best")),
        (
            "all(a.held_on >= date(2020, 2, 1) for a in activities)",
            (date(2020, 1, 2), ">=", date(2020, 2, 1), None, "early"),
        ),
        ("all(o.relation_regular for o in organizations)", (False, "==", True, None, "o2")),
        ('all(x == "tv" for x in center.equipment)', ("wifi", "==", "tv", None, "wifi")),
        ('any(starts_with(x, "t") for x in center.equipment)', ("tv", "starts with", "t", None, "tv")),
        (
            "all(a.attendance >= 20 for a in during(activities, date(2020, 2, 1), as_of))",
            (15, ">=", 20, 5, "late"),
        ),
    ],
)
def test_evidence_names_the_row_that_decides(require: str, expected: tuple[Any, ...]) -> None:
    """The worst where all must be as wanted, the best where one suffices; of equal ones the earliest."""
    organizations = [Organization(id="o2", relation_regular=False), Organization(id="o1", relation_regular=True)]
    subject = center(full_time_staff=20, equipment={"tv", "wifi"})
    assert rows(finding(require, dossier(*ATTENDED, subject=subject, organizations=organizations))) == [expected]


ALTERNATIVES: list[tuple[str, Outcome, list[tuple[Any, ...]]]] = [
    (
        'all(a.draft_name == "y" or a.attendance < 20 for a in activities)',
        PASSED,
        [("x", "==", "y", None, "early"), (30, "<", 20, 10, "best")],
    ),
    (
        'all(a.draft_name == "x" for a in activities) or center.on_cloud',
        PASSED,
        [("y", "==", "x", None, "best"), (True, "==", True, None, None)],
    ),
    (
        'not any(a.draft_name == "y" for a in activities) or center.on_cloud',
        PASSED,
        [("y", "!=", "y", None, "best"), (True, "==", True, None, None)],
    ),
    (
        'not (any(a.draft_name == "y" for a in activities) and not center.on_cloud)',
        PASSED,
        [("y", "!=", "y", None, "best"), (True, "==", True, None, None)],
    ),
    (
        'center.is_physical if all(a.draft_name == "x" for a in activities) else true',
        PASSED,
        [(None, "==", True, None, None), ("y", "==", "x", None, "best")],
    ),
    (
        'any(all(a.draft_name == "x" for a in activities if a.month == m) for m in months)',
        PASSED,
        [("y", "==", "x", None, "best")],
    ),
    (
        'all(a.draft_name in {"x", "y"} for a in activities) and not any(a.draft_name == "z" for a in activities)',
        PASSED,
        [("x", "in", {"x", "y"}, None, "early"), ("x", "!=", "z", None, "early")],
    ),
    (
        'all(a.draft_name in {"x"} for a in activities) and not any(a.draft_name == "x" for a in activities)',
        FAILED,
        [("y", "in", {"x"}, None, "best"), ("x", "!=", "x", None, "early")],
    ),
]


@pytest.mark.parametrize(("require", "outcome", "expected"), ALTERNATIVES)
def test_evidence_names_the_worst_row_of_a_part(require: str, outcome: Outcome, expected: list[Any]) -> None:
    """Though the criterion passes without it; only where all parts must hold and do, the first row stands for all."""
    names = {"early": "x", "best": "y", "late": "x"}
    activities = [held(one.id, str(one.held_on), attendance=one.attendance, name=names[one.id]) for one in ATTENDED]
    found = finding(require, dossier(*activities, subject=center(on_cloud=True)))
    assert found.outcome is outcome
    assert rows(found) == expected


@pytest.mark.parametrize(
    ("quantifier", "activities", "expected"),
    [
        (
            "all",
            [held("a", "01-01", attendance=15), held("b", "01-02", attendance=15, published_on_cloud=True)],
            (15, "a"),
        ),
        (
            "all",
            [held("a", "01-01", attendance=15, published_on_cloud=True), held("b", "01-02", attendance=15)],
            (15, "a"),
        ),
        (
            "all",
            [held("a", "01-01", attendance=25, published_on_cloud=True), held("b", "01-02")],
            (Bounds(0, None), "b"),
        ),
        ("all", [held("a", "01-01", attendance=15, published_on_cloud=True), held("b", "01-02")], (15, "a")),
        ("all", [held("a", "01-02"), held("b", "01-01")], (Bounds(0, None), "b")),
        ("all", [held("a", "01-02", attendance=21), held("b", attendance=20)], (20, "b")),
        (
            "any",
            [held("a", "01-01", attendance=25), held("b", "01-02", attendance=25, published_on_cloud=True)],
            (25, "a"),
        ),
        (
            "any",
            [held("a", "01-01", attendance=15, published_on_cloud=True), held("b", "01-02")],
            (Bounds(0, None), "b"),
        ),
        ("any", [held("a", "01-01", attendance=25, published_on_cloud=True), held("b", "01-02")], (25, "a")),
        (
            "any",
            [held("a", "01-01", attendance=15, published_on_cloud=True), held("b", "01-02", attendance=16)],
            (16, "b"),
        ),
    ],
)
def test_incomplete_rows_are_among_those_that_decide(
    quantifier: str, activities: list[Activity], expected: tuple[Any, str]
) -> None:
    """Before rows that are as wanted come those that may not be; the earliest on ties, whatever else it lacks."""
    require = f"{quantifier}(a.attendance >= 20 for a in activities) or any(a.published_on_cloud for a in activities)"
    (row, _) = finding(require, dossier(*activities)).evidence
    assert (row.observed, row.at) == expected


@pytest.mark.parametrize(
    ("require", "expected"),
    [
        (EACH, (1, ">=", 2, 1, "2020-02")),
        (EACH.replace(">= 2", "> 2"), (1, ">", 2, 1, "2020-02")),
        (EACH.replace(">= 2", "<= 2"), (3, "<=", 2, 1, "2020-04")),
        (EACH.replace(">= 2", "== 2"), (1, "==", 2, 1, "2020-02")),
        (f"not {EACH}", (1, "<", 2, None, "2020-02")),
        ("not any(count(a for a in activities if a.month == m) < 2 for m in months)", (1, ">=", 2, 1, "2020-02")),
        ("not all(not count(a for a in activities if a.month == m) >= 4 for m in months)", (3, ">=", 4, 1, "2020-04")),
        ("any(count(a for a in activities if a.month == m) >= 4 for m in months)", (3, ">=", 4, 1, "2020-04")),
        (
            "all(count(a for a in activities if a.month == m) >= 2 for m in months if m.start.month > 2)",
            (1, ">=", 2, 1, "2020-03"),
        ),
        (
            "all(sum(a.attendance for a in activities if a.month == m) >= 20 for m in months)",
            (10, ">=", 20, 10, "2020-02"),
        ),
        ("all(any(a.month == m for a in activities) for m in months)", ("2020-01", "==", "2020-01", None, "a10")),
        (
            "any(m.start == date(2020, 3, 1) for m in months)",
            (date(2020, 3, 1), "==", date(2020, 3, 1), None, "2020-03"),
        ),
        ("all(all(a.month != m for a in activities) for m in months)", ("2020-01", "!=", "2020-01", None, "a10")),
        ("any(all(a.month <= m for a in activities) for m in months)", ("2020-02", "<=", "2020-01", None, "a20")),
    ],
)
def test_evidence_names_the_month_that_decides(require: str, expected: tuple[Any, ...]) -> None:
    """The one that falls short most where all must do, the best where one suffices; the earliest on ties."""
    one = dossier(*monthly(2, 1, 1, 3), period=part_of_2020("04-30"))
    assert rows(finding(require, one)) == [expected]


@pytest.mark.parametrize(
    ("require", "expected"),
    [
        ("any(any(a.month == m for a in activities) for m in months)", (ANY_MONTH, "==", "2020-01", None, "a")),
        ("all(all(m <= a.month for a in activities) for m in months)", ("2020-01", "<=", ANY_MONTH, None, "a")),
        (
            "all(any(a.month == m + center.full_time_staff for a in activities) for m in months)",
            (ANY_MONTH, "==", Bounds("2020-01", None), None, "a"),
        ),
        (
            "all(any(a.month > m - center.full_time_staff for a in activities) for m in months)",
            (ANY_MONTH, ">", Bounds(None, "2020-01"), None, "a"),
        ),
    ],
)
def test_an_unknown_month_is_shown_as_bounds(require: str, expected: tuple[Any, ...]) -> None:
    """From the first to the last month there is, or open where a number moves it; whether it is met is unknown."""
    found = finding(require, dossier(held("a"), period=part_of_2020("01-31")))
    assert rows(found) == [expected]
    assert (found.evidence[0].met, found.outcome) == (None, UNDETERMINED)


def test_a_month_that_cannot_be_the_other_is_not_met() -> None:
    """Bounds of months are compared as months."""
    require = "any(any(a.month == m + 1 + center.full_time_staff for a in activities) for m in months)"
    (row,) = finding(require, dossier(held("a", "01-01"), period=part_of_2020("01-31"))).evidence
    assert (row.observed, row.required, row.met) == ("2020-01", Bounds("2020-02", None), False)


NO_ROWS: list[tuple[str, Any, bool]] = [
    ("all(a.attendance >= 20 for a in activities)", 20, True),
    ("any(a.attendance >= 20 for a in activities)", 20, False),
    ("not all(a.attendance >= 20 for a in activities)", 20, False),
    ("not any(a.attendance >= 20 for a in activities)", 20, True),
    ('all(a.theme == "study_club" for a in activities)', None, True),
    ('any(a.theme == "study_club" for a in activities)', None, False),
    ("all(o.relation_regular for o in organizations)", None, True),
    ("any(o.relation_regular for o in organizations)", None, False),
    ("all(all(a.attendance >= 20 for a in activities if a.month == m) for m in months)", None, True),
    ("any(any(a.attendance >= 20 for a in activities if a.month == m) for m in months)", None, False),
    ("all(a.attendance >= 20 for a in during(activities, period.start, as_of))", None, True),
]


@pytest.mark.parametrize(("require", "required", "met"), NO_ROWS)
def test_evidence_of_no_rows_says_so(require: str, required: Any, met: bool) -> None:  # noqa: FBT001 - expected
    """With none to look at nothing was observed, nothing is missing, and the quantifier tells whether that will do."""
    found = finding(require, dossier())
    (row,) = found.evidence
    assert rows(found) == [(None, row.operator, required, None, None)]
    assert (row.is_of_no_rows, row.met) == (True, met)
    assert found.outcome is (PASSED if met else FAILED)


@pytest.mark.parametrize(("require", "required", "met"), NO_ROWS)
def test_evidence_of_rows_that_are_not_recorded_is_not_settled(
    require: str,
    required: Any,
    met: bool,  # noqa: FBT001 - of no rows
) -> None:
    """An unrecorded relation is not one without rows: whether it is met is unknown, and the relation is missing."""
    found = finding(require, dossier(activities=None, organizations=None))
    (row,) = found.evidence
    assert rows(found) == [(None, row.operator, required, None, None)]
    assert (row.is_of_no_rows, row.met) == (False, None)
    assert found.outcome is UNDETERMINED
    assert [one.fact for one in found.missing] == ["organizations" if "organizations" in require else "activities"]
    late = finding(require, dossier(records_from=date(2020, 2, 1)))
    if "organizations" not in require:
        assert [one.met for one in late.evidence] == [None]
    assert late.outcome is (UNDETERMINED if "organizations" not in require else PASSED if met else FAILED)


def test_evidence_of_no_months_says_so() -> None:
    """A period without a whole month has nothing to ask."""
    for require in (EACH, EACH.replace(">= 2", "<= 2")):
        (row,) = finding(require, dossier(*monthly(1), period=part_of_2020("01-30"))).evidence
        assert (row.observed, row.at, row.is_of_no_rows, row.met) == (None, None, True, True)


# Rules: what verdicts read

BLOCKS = [{"id": "b0"}, {"id": "b1", "parent": "b0"}, {"id": "b2"}]
RULES: list[dict[str, Any]] = [
    {"require": "center.is_physical", "block": "b0"},
    {"require": "center.on_cloud", "block": "b1", "strength": "generally"},
    {"require": "center.delisted", "block": "b2", "applies_when": "center.has_flag"},
    {"judge": []},
]


def reached(when: str, one: Dossier) -> str:
    """`yes`, `no` or `open`: whether a verdict row with this condition holds."""
    rows_ = ({"id": "yes", "when": when}, {"id": "no"})
    fast, _ = reports(standard(*RULES, verdict=rows_, blocks=BLOCKS), one)
    return "/".join(fast.verdict.reachable)


FULL = {"is_physical": True, "on_cloud": True, "delisted": True, "has_flag": True}
VERDICTS: list[tuple[str, dict[str, Any], str]] = [
    ("all(c.satisfied for c in criteria)", {}, "yes"),
    ("all(c.satisfied for c in criteria)", {"on_cloud": False}, "no"),
    ("all(c.satisfied for c in criteria)", {"on_cloud": None}, "yes/no"),
    ("all(c.satisfied for c in criteria)", {"on_cloud": None, "is_physical": False}, "no"),
    ("all(c.satisfied for c in criteria if c.strength != 'generally')", {"on_cloud": False}, "yes"),
    ("all(c.satisfied for c in criteria if not c.strength == 'should')", {"is_physical": False}, "yes"),
    ("any(c.failed for c in criteria)", {}, "no"),
    ("any(c.failed for c in criteria)", {"on_cloud": False}, "yes"),
    ("any(c.failed for c in criteria)", {"on_cloud": None}, "yes/no"),
    ("any(c.failed for c in criteria if c.strength == 'generally')", {"is_physical": False}, "no"),
    ("count(c for c in criteria if c.satisfied) >= 4", {}, "yes"),
    ("count(c for c in criteria if c.satisfied) >= 4", {"on_cloud": False}, "no"),
    ("count(criteria) == 4 and count(blocks) == 3", {}, "yes"),
    ("count(c for c in criteria if c.outcome == 'passed') == 3", {"on_cloud": False}, "yes"),
    ("count(c for c in criteria if c.outcome == 'failed') == 1", {"on_cloud": False}, "yes"),
    ("criteria['k2'].outcome == 'inapplicable'", {"has_flag": False}, "yes"),
    ("criteria['k2'].outcome == 'inapplicable'", {"has_flag": None}, "yes/no"),
    ("criteria['k2'].outcome == 'waived'", {"has_flag": None}, "no"),
    ("criteria['k1'].outcome in {'passed', 'failed'}", {"on_cloud": None}, "yes"),
    ("criteria['k1'].outcome == 'undetermined'", {"on_cloud": None}, "no"),
    ("criteria['k1'].outcome == 'passed'", {"on_cloud": None}, "yes/no"),
    ("criteria['k1'].satisfied", {}, "yes"),
    ("criteria['k1'].failed", {}, "no"),
    ("criteria['k1'].id == 'k1' and criteria['k1'].block == 'b1'", {}, "yes"),
    ("criteria['k3'].block == ''", {}, "yes"),
    ("criteria['k1'].strength in {'generally', 'must'}", {}, "yes"),
    ("blocks['b0'].satisfied", {}, "yes"),
    ("blocks['b0'].satisfied", {"on_cloud": False}, "no"),
    ("blocks['b1'].satisfied", {"is_physical": False}, "yes"),
    ("blocks['b2'].satisfied", {"on_cloud": False, "is_physical": False}, "yes"),
    ("blocks['b2'].satisfied", {"delisted": False, "has_flag": False}, "yes"),
    ("blocks['b2'].satisfied", {"delisted": False, "has_flag": None}, "yes/no"),
    ("blocks['b2'].satisfied", {"delisted": True, "has_flag": None}, "yes"),
    ("blocks['b2'].satisfied", {"delisted": None, "has_flag": True}, "yes/no"),
    ("blocks['b0'].id == 'b0'", {}, "yes"),
    ("all(b.satisfied for b in blocks if b.id != 'b2')", {"delisted": False}, "yes"),
    ("any(b.satisfied for b in blocks)", {"on_cloud": False}, "yes"),
    ("all(c.satisfied for c in criteria if c.block in {'b0', 'b1'})", {"delisted": False}, "yes"),
    ("all(c.satisfied for c in criteria if c.block == 'b2' or c.id == 'k3')", {"on_cloud": False}, "yes"),
    ("all(c.satisfied for c in criteria if c.block == 'b2' and c.id == 'k2')", {"delisted": False}, "no"),
    ("all(c.satisfied for c in criteria if starts_with(c.id, 'k1'))", {"on_cloud": False}, "no"),
    ("all(c.satisfied for c in criteria if starts_with(c.id, 'z'))", {"on_cloud": False}, "yes"),
    ("all(c.satisfied for c in criteria if true)", {"on_cloud": False}, "no"),
    ("all(c.id == 'z' for c in criteria if c.failed)", {}, "yes"),
    ("all(c.id == 'z' for c in criteria if c.failed)", {"on_cloud": None}, "yes/no"),
    ("any(c.satisfied for c in criteria if c.failed)", {"on_cloud": False}, "no"),
    ("{c.block for c in criteria if c.failed} == {'b0'}", {"is_physical": False}, "yes"),
    ("{c.block for c in criteria if c.failed} == {'b0'}", {"is_physical": None}, "yes/no"),
    ("{c.strength for c in criteria if c.id != 'k1'} == {'should'}", {}, "yes"),
    ("count({c.outcome for c in criteria}) == 2", {"on_cloud": False}, "yes"),
    ("all(all(c.id != d.id or c.satisfied == d.satisfied for d in criteria) for c in criteria)", {}, "yes"),
    ("center.is_physical and all(c.satisfied for c in criteria)", {}, "yes"),
    ("share((c.satisfied for c in criteria), default=0) >= 0.75", {"on_cloud": False}, "yes"),
    ("share((c.satisfied for c in criteria), default=0) > 0.75", {"on_cloud": False}, "no"),
]


@pytest.mark.parametrize(("when", "facts", "expected"), VERDICTS)
def test_verdicts_read_criteria_and_blocks(when: str, facts: dict[str, Any], expected: str) -> None:
    """Ids, blocks, strengths and outcomes, satisfied or failed; what is open may still come to any outcome."""
    judgements = {"k3": Judgement(value="yes")}
    assert reached(when, dossier(subject=center(**(FULL | facts)), judgements=judgements)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({"has_flag": True}, "yes"), ({"has_flag": None}, "yes/no"), ({"has_flag": False}, "no")],
)
def test_a_waiver_of_what_may_not_apply_is_open(facts: dict[str, Any], expected: str) -> None:
    """What is recorded later may still make it inapplicable, so a verdict that asks for `waived` stays open."""
    one = dossier(subject=center(**(FULL | facts)), waivers={"k2": Waiver(reason="x")})
    assert reached("criteria['k2'].outcome == 'waived'", one) == expected
    assert reached("criteria['k2'].outcome in {'waived', 'inapplicable'}", one) == "yes"
    assert reached("criteria['k2'].satisfied", one) == "yes"


def test_an_untested_criterion_may_come_to_be_passed_or_failed() -> None:
    """Until a person has judged, a verdict holds both open."""
    one = dossier(subject=center(**FULL))
    assert reached("criteria['k3'].outcome == 'passed'", one) == "yes/no"
    assert reached("criteria['k3'].outcome == 'inapplicable'", one) == "no"
    assert reached("all(c.satisfied for c in criteria)", one) == "yes/no"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("all(a.attendance >= 20 for a in activities)", "no"),
        ("any(a.attendance >= 20 for a in activities)", "yes"),
        ("count({a.org_id for a in activities}) == 2", "yes"),
        ("count(a for a in activities if any(b.org_id == a.org_id and b.id != a.id for b in activities)) == 0", "yes"),
        ("all(count(a for a in activities if a.month == m) >= 1 for m in months)", "no"),
        ("all(o.relation_regular for o in organizations)", "yes"),
        ("any(o.relation_regular for o in organizations)", "yes"),
        ("count({o.name for o in organizations}) == 1", "yes"),
    ],
)
def test_verdicts_read_rows_too(when: str, expected: str) -> None:
    """Functions over rows mean the same in a verdict as in a criterion."""
    activities = [held("a", "01-01", attendance=20, org_id="x"), held("b", "02-01", attendance=19, org_id="y")]
    organizations = [Organization(id="o", relation_regular=True, name="x")]
    one = dossier(*activities, subject=center(**FULL), organizations=organizations)
    assert reached(when, one) == expected
    unrecorded = dossier(subject=center(**FULL), activities=None, organizations=None)
    assert reached(when, unrecorded) == "yes/no"


# Other subjects


def test_organizations_and_areas_are_judged_alike() -> None:
    """Their facts are read under their own name, their relations as a center's."""
    of_organization = draft("organization.league_led and count(activities) >= 1", subject="organization")
    of_area = draft(
        'area.level == "county" and count(c for c in centers if c.is_physical) >= 1',
        "count(areas) >= 1",
        subject="area",
    )
    first = Dossier(organization=Organization(id="o", league_led=True), activities=[held("a", "01-01")], period=YEAR)
    second = Dossier(
        area=Area(id="r", level="county"), centers=[Center(is_physical=True)], areas=[Area(id="s")], period=YEAR
    )
    assert [one.outcome for one in reports(of_organization, first)[0]] == [PASSED]
    assert [one.outcome for one in reports(of_area, second)[0]] == [PASSED, PASSED]
    lacking = Dossier(area=Area(id="r", level="county"), centers=[Center()], period=YEAR)
    assert [one.outcome for one in reports(of_area, lacking)[0]] == [UNDETERMINED, UNDETERMINED]


# What the checker and the simplifier rule out


@pytest.mark.parametrize("emitter", [ExactEmitter, BoundsEmitter])
@pytest.mark.parametrize(
    "node",
    [
        typed.Parameter("least", WHOLE),
        typed.RulePart(typed.Constant("k0", TEXT), "satisfied", TRUTH),
        typed.Gather("count", RULE_ROWS, typed.Variable("c", TEXT), None, None, None, WHOLE),
        typed.Distinct(RULE_ROWS, typed.Variable("c", TEXT), typed.Constant("x", TEXT), None, SET),
    ],
)
def test_emitters_refuse_what_cannot_reach_them(emitter: type[Emitter], node: typed.TypedNode) -> None:
    """Parameters that were not put in, and rules outside verdicts: a broken invariant, not a wrong result."""
    with pytest.raises(AssertionError, match=r"^INVARIANT: "):
        emitter(Globals(), Plan()).expression(node)

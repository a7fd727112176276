# SPDX-License-Identifier: MIT
"""What expressions mean, a table row each: outcome and evidence, on complete data and where something is missing."""

from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

import pytest

from platformrules.backends.python import syntax
from platformrules.backends.python.emit import Globals, whole_domain
from platformrules.bounds import Bounds, Members, Possible
from platformrules.dossiers import Dossier, Judgement, Waiver
from platformrules.errors import EvaluationError
from platformrules.evaluation import compile_standard, evaluate
from platformrules.languages import Bilingual
from platformrules.models import CORE, Activity, Area, Center, Organization
from platformrules.periods import Period
from platformrules.results import Outcome, Report
from platformrules.schema import Choice, Fact, FactType
from platformrules.testing.drafts import draft

PASSED, FAILED, OPEN = Outcome.PASSED, Outcome.FAILED, Outcome.UNDETERMINED
_KINDS = (Choice("one", "一", "one"), Choice("two", "二", "two"))
SCHEMA = CORE.with_facts(
    [
        Fact("draft_kind", "center", FactType.CHOICE, Bilingual("类", "kind"), values=_KINDS, plugin="draft"),
        Fact("draft_money", "activity", FactType.DECIMAL, Bilingual("钱", "money"), plugin="draft"),
        Fact("draft_name", "activity", FactType.TEXT, Bilingual("名", "name"), plugin="draft"),
    ]
)
YEAR = Period.year(2020)
#: A truth fact, or whether a row of a verdict table holds: ``None`` is not known.
Truth: TypeAlias = bool | None


def held(month: int, day: int = 5, **facts: Any) -> Activity:
    """An activity of 2020."""
    return Activity(id=f"a{month}-{day}", held_on=date(2020, month, day), **facts)


def undated(**facts: Any) -> Activity:
    """An activity without a date."""
    return Activity(id="undated", **facts)


def judge(*criteria: Any, standard: dict[str, Any] | None = None, **dossier: Any) -> Report:
    """The report on a drafted standard: ``standard`` are its other parts, ``dossier`` those of the dossier."""
    made = draft(*criteria, schema=SCHEMA, **(standard or {}))
    dossier = {"period": YEAR, **dossier}
    if not {"center", "organization", "area"} & set(dossier):
        dossier["center"] = Center(id="c1")
    return evaluate(made, Dossier(**dossier))


def outcome(expression: str, parameters: dict[str, Any] | None = None, **dossier: Any) -> Outcome:
    """The outcome of one condition."""
    return judge(expression, standard={"parameters": parameters or {}}, **dossier)["k0"].outcome


# One fact at a time

FACTS: list[tuple[str, dict[str, Any], Outcome]] = [
    # truths
    ("center.has_flag", {"has_flag": True}, PASSED),
    ("center.has_flag", {"has_flag": False}, FAILED),
    ("center.has_flag", {}, OPEN),
    ("not center.has_flag", {"has_flag": False}, PASSED),
    ("not center.has_flag", {}, OPEN),
    ("center.has_flag or center.has_emblem", {"has_flag": True}, PASSED),
    ("center.has_flag or center.has_emblem", {"has_flag": False}, OPEN),
    ("center.has_flag and center.has_emblem", {"has_flag": False}, FAILED),
    ("center.has_flag and center.has_emblem", {"has_flag": True}, OPEN),
    ("center.has_flag == center.has_emblem", {"has_flag": True, "has_emblem": True}, PASSED),
    ("center.has_flag != center.has_emblem", {"has_flag": True, "has_emblem": True}, FAILED),
    ("center.has_flag == center.has_emblem", {"has_flag": True}, OPEN),
    ("center.has_flag == true", {}, OPEN),
    ('sum(1 for x in {"tv", "audio"} if x in center.equipment and x != "audio") <= 1', {}, PASSED),
    ("center.has_flag or true", {}, PASSED),
    ("center.has_flag and false", {}, FAILED),
    ("center.has_flag and true", {}, OPEN),
    ("not true", {}, FAILED),
    ("true and true", {}, PASSED),
    # numbers
    ("center.floor_area_m2 >= 100", {"floor_area_m2": 100}, PASSED),
    ("center.floor_area_m2 >= 100", {"floor_area_m2": Decimal("99.9999")}, FAILED),
    ("center.floor_area_m2 >= 100", {}, OPEN),
    ("center.floor_area_m2 >= 0", {}, PASSED),  # whatever it is: the domain begins at 0
    ("center.floor_area_m2 < 0", {}, FAILED),
    ("center.right_of_use_years <= 999", {}, PASSED),
    ("0 <= center.full_time_staff <= 3", {"full_time_staff": 3}, PASSED),
    ("0 <= center.full_time_staff <= 3", {"full_time_staff": 4}, FAILED),
    ("center.full_time_staff == 3", {"full_time_staff": 3}, PASSED),
    ("center.full_time_staff != 3", {"full_time_staff": 3}, FAILED),
    ("center.full_time_staff == -1", {}, FAILED),
    ("center.full_time_staff + center.part_time_main_staff >= 3", {"full_time_staff": 3}, PASSED),
    ("center.full_time_staff - 1 >= 2", {"full_time_staff": 3}, PASSED),
    ("-center.full_time_staff <= 0", {}, PASSED),
    ("center.floor_area_m2 * 2 >= 200", {"floor_area_m2": Decimal("99.9999")}, FAILED),
    ("center.floor_area_m2 * 2 - 0.5 >= 0", {"floor_area_m2": Decimal("0.25")}, PASSED),
    ("center.floor_area_m2 / 3 == 0.333333333333", {"floor_area_m2": 1}, PASSED),
    ("center.floor_area_m2 / 3 >= 0", {}, PASSED),
    ("(6 / center.full_time_staff if center.full_time_staff > 0 else 0) >= 2", {"full_time_staff": 3}, PASSED),
    ("(6 / center.full_time_staff if center.full_time_staff > 0 else 0) >= 2", {"full_time_staff": 0}, FAILED),
    ("(6 / center.full_time_staff if center.full_time_staff != 0 else 7) > 0", {}, OPEN),  # 0 at the far end
    ("round(center.floor_area_m2) == 100", {"floor_area_m2": Decimal("99.5")}, PASSED),
    ("round(center.floor_area_m2, 1) == 99.6", {"floor_area_m2": Decimal("99.55")}, PASSED),
    ("floor(center.floor_area_m2) == 99", {"floor_area_m2": Decimal("99.9999")}, PASSED),
    ("ceil(center.floor_area_m2) >= 0", {}, PASSED),
    ("ceil(center.floor_area_m2) == 100", {"floor_area_m2": Decimal("99.0001")}, PASSED),
    ("min(center.full_time_staff, 5) <= 5", {}, PASSED),
    ("max(center.full_time_staff, 5) == 7", {"full_time_staff": 7}, PASSED),
    ("(3 if center.has_flag else 1) >= 1", {}, PASSED),
    ("(3 if center.has_flag else 1) >= 2", {}, OPEN),
    ("(3 if center.has_flag else 1) >= 2", {"has_flag": False}, FAILED),
    # choices and texts
    ('center.grade == "better"', {"grade": "better"}, PASSED),
    ('center.grade == "better"', {"grade": "poor"}, FAILED),
    ('center.grade == "better"', {}, OPEN),
    ('center.grade != "better"', {"grade": "poor"}, PASSED),
    ('center.grade in {"better", "average"}', {"grade": "average"}, PASSED),
    ('center.grade not in {"better", "average"}', {}, OPEN),
    ('center.grade in {"better", "average", "poor"}', {}, PASSED),
    ('center.draft_kind == "one"', {"facts": {"draft_kind": "one"}}, PASSED),
    ('center.draft_kind == "one"', {}, OPEN),
    ('("better" if center.has_flag else "average") == center.grade', {"grade": "poor"}, FAILED),
    ('("better" if center.has_flag else "average") == center.grade', {"grade": "better"}, OPEN),
    ('("better" if center.has_flag else "better") == center.grade', {"grade": "better"}, PASSED),
    ('(center.grade if center.has_flag else center.grade) == "poor"', {"grade": "poor"}, PASSED),
    ('(center.name if center.has_flag else "b") == "b"', {"has_flag": False}, PASSED),
    ('(center.name if center.has_flag else "b") == "b"', {}, OPEN),
    ('center.name == "青年之家"', {"name": "青年之家"}, PASSED),
    ('center.name == "青年之家"', {}, OPEN),
    ('starts_with(center.name, "青年")', {"name": "青年之家"}, PASSED),
    ('ends_with(center.name, "青年")', {"name": "青年之家"}, FAILED),
    ('contains(center.name, "年之")', {"name": "青年之家"}, PASSED),
    ('contains(center.name, "年之")', {}, OPEN),
    ("length(center.name) == 4", {"name": "青年之家"}, PASSED),
    ("length(center.name) >= 0", {}, PASSED),
    # keys: an empty one matches nothing and is never unknown
    ('center.area_id == "k"', {"area_id": "k"}, PASSED),
    ('center.area_id == "k"', {}, FAILED),
    ('center.area_id != "k"', {}, PASSED),
    ("center.area_id == center.community_id", {}, FAILED),
    ('center.area_id in {"k"}', {"area_id": "k"}, PASSED),
    # sets
    ('{"computer", "tv"} <= center.equipment', {"equipment": {"tv", "computer", "投影仪"}}, PASSED),
    ('{"computer", "tv"} <= center.equipment', {"equipment": {"tv", "投影仪"}}, FAILED),
    ('{"computer", "tv"} <= center.equipment', {}, OPEN),
    ('center.equipment <= {"computer", "tv"}', {"equipment": {"tv", "投影仪"}}, PASSED),  # others count for nothing
    ('center.equipment == {"tv"}', {"equipment": {"tv", "投影仪"}}, PASSED),
    ('"tv" in center.equipment', {"equipment": {"tv"}}, PASSED),
    ('"tv" not in center.equipment', {"equipment": {"投影仪"}}, PASSED),
    ('"tv" in center.equipment', {}, OPEN),
    ("count(center.equipment) == 1", {"equipment": {"tv", "投影仪"}}, PASSED),
    ("count(center.equipment) <= 4", {}, PASSED),
    ('count(center.services & {"consulting"}) <= 1', {}, PASSED),
    ('count(center.services & {"consulting"}) >= 1', {"services": {"consulting", "venue_function"}}, PASSED),
    ('center.services == {"consulting"}', {"services": {"consulting"}}, PASSED),
    ('"tv" in (center.equipment if center.has_flag else {"tv"})', {"equipment": {"tv", "audio"}}, PASSED),
    ('"audio" in (center.equipment if center.has_flag else {"tv"})', {"equipment": {"tv", "audio"}}, OPEN),
    ('({"tv"} if center.has_flag else {"tv"}) == {"tv"}', {}, PASSED),
    ('all(x in {"tv", "audio"} for x in center.equipment)', {"equipment": {"tv", "投影仪"}}, PASSED),
    ('all(x in {"tv", "audio"} for x in center.equipment)', {"equipment": {"computer"}}, FAILED),
    ('any(x == "tv" for x in center.equipment if x != "audio")', {}, OPEN),
    ('count(x for x in center.equipment if x != "audio") <= 3', {}, PASSED),
    ('count({x for x in center.equipment if x != "audio"}) == 1', {"equipment": {"tv", "audio"}}, PASSED),
    # dates
    ("center.opened_on <= as_of", {"opened_on": date(2020, 12, 31)}, PASSED),
    ("center.opened_on > as_of", {"opened_on": date(2020, 12, 31)}, FAILED),
    ("center.opened_on <= as_of", {}, OPEN),
    ("center.opened_on.year == 2019", {"opened_on": date(2019, 2, 3)}, PASSED),
    ("center.opened_on.month <= 12", {}, PASSED),
    ("max(center.opened_on, date(2019, 3, 1)).month >= 3", {"opened_on": date(2019, 5, 3)}, PASSED),
    ("min(center.opened_on, period.end) <= period.end", {}, PASSED),
    ("years_between(center.opened_on, as_of) >= 1", {"opened_on": date(2019, 12, 31)}, PASSED),
    ("years_between(center.opened_on, as_of) >= 1", {"opened_on": date(2020, 1, 1)}, FAILED),
    ("years_between(center.opened_on, as_of) >= 1", {}, OPEN),
    ("days_between(period.start, center.opened_on) == 30", {"opened_on": date(2020, 1, 31)}, PASSED),
    ("add_days(center.opened_on, 30) > period.start", {"opened_on": date(2019, 12, 5)}, PASSED),
    ("add_months(center.opened_on, 1) == date(2020, 2, 31)", {"opened_on": date(2020, 1, 31)}, PASSED),
    (
        "add_years(center.opened_on, center.full_time_staff) >= center.opened_on",
        {"opened_on": date(2020, 2, 29)},
        PASSED,
    ),
    ("date(center.full_time_staff, 1, 1) <= as_of", {"full_time_staff": 2020}, PASSED),
    ("date(center.full_time_staff, 1, 1) <= as_of", {}, OPEN),
    ("date(-center.full_time_staff, 1, 1) <= as_of", {}, PASSED),
    ("(center.opened_on if center.has_flag else as_of) <= period.end", {"has_flag": False}, PASSED),
    ("(center.opened_on if center.has_flag else as_of) <= period.end", {"opened_on": date(2020, 3, 3)}, PASSED),
]


@pytest.mark.parametrize(("expression", "facts", "expected"), FACTS)
def test_facts_of_the_subject(expression: str, facts: dict[str, Any], expected: Outcome) -> None:
    """A condition on the subject's facts comes out as it must, recorded or not."""
    assert outcome(expression, center=Center(id="c1", **facts)) is expected


# Rows

ACTIVITIES: list[tuple[str, list[Activity] | None, Outcome]] = [
    ("count(activities) >= 2", [held(1), held(2)], PASSED),
    ("count(activities) >= 2", [held(1)], FAILED),
    ("count(activities) >= 2", None, OPEN),
    ("count(activities) >= 0", None, PASSED),
    ("count(activities) >= 2", [held(1), undated()], OPEN),
    ("count(activities) <= 2", [held(1), undated()], PASSED),
    ("count(a for a in activities if a.attendance >= 20) >= 2", [held(1, attendance=20), held(2)], OPEN),
    ("count(a for a in activities if a.attendance >= 20) >= 1", [held(1, attendance=20), held(2)], PASSED),
    (
        "count(a for a in activities if a.attendance >= 20) >= 2",
        [held(1, attendance=20), held(2, attendance=3)],
        FAILED,
    ),
    ("count(a for a in activities if a.attendance >= 0) >= 1", [held(1)], PASSED),  # it surely counts all the same
    ("all(a.attendance >= 20 for a in activities)", [], PASSED),
    ("all(a.attendance >= 20 for a in activities)", [held(1, attendance=19), undated()], FAILED),
    ("all(a.attendance >= 20 for a in activities)", [held(1, attendance=20), undated(attendance=19)], OPEN),
    ("all(a.attendance >= 20 for a in activities)", [held(1, attendance=20), undated(attendance=20)], PASSED),
    (
        "all(20 <= a.attendance for a in activities if a.published_on_cloud)",
        [held(1, published_on_cloud=False)],
        PASSED,
    ),
    ("all(a.attendance < 20 for a in activities)", [held(1, attendance=19), held(2, attendance=3)], PASSED),
    ("any(a.attendance >= 20 for a in activities)", [], FAILED),
    ("any(a.attendance >= 20 for a in activities)", [held(1), held(2, attendance=20)], PASSED),
    ("any(a.attendance >= 20 for a in activities)", [held(1)], OPEN),
    ("any(a.attendance <= 20 for a in activities)", [held(1, attendance=20)], PASSED),
    ("any(a.published_on_cloud for a in activities)", [held(1), held(2, published_on_cloud=True)], PASSED),
    ("any(a.published_on_cloud for a in activities)", None, OPEN),
    ("all(a.published_on_cloud for a in activities)", [held(1), held(2, published_on_cloud=False)], FAILED),
    ("sum(a.attendance for a in activities) >= 40", [held(1, attendance=20), held(2, attendance=20)], PASSED),
    ("sum(a.attendance for a in activities) >= 40", [held(1, attendance=20), held(2)], OPEN),
    ("sum(a.attendance for a in activities) >= 20", [held(1, attendance=20), held(2)], PASSED),
    ("sum(a.attendance for a in activities) <= 20", [held(1, attendance=20), undated(attendance=0)], PASSED),
    ("sum(a.attendance for a in activities) >= 0", None, PASSED),
    ("sum(-a.attendance for a in activities) <= 0", None, PASSED),
    ("sum(a.draft_money for a in activities) >= 1.5", [held(1, facts={"draft_money": Decimal("1.5")})], PASSED),
    ("sum(a.draft_money for a in activities) >= 1.5", [held(1)], OPEN),
    ("sum(a.draft_money * 2 for a in activities if a.attendance > 0) >= 1", [held(1, attendance=0)], FAILED),
    ("min((a.attendance for a in activities), default=0) >= 5", [], FAILED),
    ("min((a.attendance for a in activities), default=0) >= 5", [held(1, attendance=5), held(2, attendance=9)], PASSED),
    ("min((a.attendance for a in activities), default=9) <= 9", [undated(attendance=3)], PASSED),
    ("min((a.attendance for a in activities), default=9) >= 4", [undated(attendance=3)], OPEN),
    ("min((a.attendance for a in activities), default=9) <= 5", [held(1, attendance=5), held(2)], PASSED),
    ("max((a.attendance for a in activities), default=0) >= 5", [held(1, attendance=5), held(2)], PASSED),
    ("max((a.attendance for a in activities), default=0) <= 5", [held(1, attendance=5), undated(attendance=4)], PASSED),
    ("max((a.attendance for a in activities), default=0) <= 5", [held(1)], OPEN),
    ("min((a.draft_money for a in activities), default=0) >= 5", [held(1)], OPEN),
    ("max((a.draft_money for a in activities), default=0) >= 5", [held(1), held(2)], OPEN),
    (
        "mean((a.attendance for a in activities), default=0) == 1.666666666667",
        [held(1, attendance=n) for n in (1, 1, 3)],
        PASSED,
    ),
    ("mean((a.attendance for a in activities), default=7) == 7", [], PASSED),
    ("mean((a.attendance for a in activities), default=9) >= 3", [undated(attendance=3)], PASSED),
    (
        "mean((a.attendance for a in activities), default=9) >= 4",
        [held(1, attendance=9), undated(attendance=1)],
        PASSED,
    ),
    ("mean((a.attendance for a in activities), default=9) >= 4", [held(1, attendance=4), held(2)], OPEN),
    ("mean((a.draft_money for a in activities), default=0) >= 4", [held(1)], OPEN),
    ("mean((a.attendance for a in activities), default=center.full_time_staff) >= 0", [], PASSED),
    ("median((a.attendance for a in activities), default=0) == 2", [held(1, attendance=n) for n in (9, 2, 1)], PASSED),
    ("median((a.attendance for a in activities), default=0) == 1.5", [held(1, attendance=n) for n in (2, 1)], PASSED),
    (
        "median((a.attendance for a in activities), default=0) >= 1",
        [held(1, attendance=3), undated(attendance=1)],
        PASSED,
    ),
    (
        "share((a.published_on_cloud for a in activities), default=0) >= 0.5",
        [held(1, published_on_cloud=True), held(2)],
        PASSED,
    ),
    (
        "share((a.published_on_cloud for a in activities), default=0) >= 0.6",
        [held(1, published_on_cloud=True), held(2)],
        OPEN,
    ),
    (
        "share((a.published_on_cloud for a in activities), default=0) == 0.666666666667",
        [held(1, published_on_cloud=n) for n in (True, True, False)],
        PASSED,
    ),
    ("0 <= share((a.published_on_cloud for a in activities), default=0) <= 1", None, PASSED),
    ("mean((a.attendance for a in activities), default=0) >= 0", None, PASSED),
    ("count({a.theme for a in activities}) >= 1", [held(1, theme="其他")], FAILED),  # other items count for nothing
    ("count({a.theme for a in activities}) >= 1", [held(1, theme="study_club")], PASSED),
    ("count({a.theme for a in activities}) <= 1", None, PASSED),
    ("count({a.theme for a in activities}) >= 1", [held(1)], OPEN),
    (
        "count({a.draft_name for a in activities}) == 2",
        [held(n, facts={"draft_name": str(n % 2)}) for n in (1, 2, 3)],
        PASSED,
    ),
    ("count({a.draft_name for a in activities}) >= 2", [held(1)], OPEN),
    ("count({a.draft_name for a in activities}) >= 2", None, OPEN),
    ('"x" in {a.draft_name for a in activities if a.attendance > 3}', [held(1, attendance=1)], FAILED),
    ('"x" in {a.draft_name for a in activities if a.attendance > 3}', [held(1, facts={"draft_name": "x"})], OPEN),
    (
        '{a.theme for a in activities} == {"study_club"}',
        [held(1, theme="study_club"), undated(theme="study_club")],
        PASSED,
    ),
    ('all(x == "a" for x in {a.draft_name for a in activities})', [held(1, facts={"draft_name": "a"})], PASSED),
    ('any(x == "b" for x in {a.draft_name for a in activities})', [held(1)], OPEN),
    ("count(a for a in activities if a.center_id == center.id) == 1", [held(1, center_id="c1"), held(2)], PASSED),
    ('count(a for a in activities if a.org_id == "o") == 1', [held(1, org_id="o"), held(2)], PASSED),
    ("sum(1 for a in activities if a.held_on >= date(2020, 6, 1)) == 1", [held(1), held(7)], PASSED),
    ("count(a for a in activities if a.held_on.month == 7) >= 1", [undated()], OPEN),
    (
        "count(a for a in activities if all(b.attendance <= a.attendance for b in activities)) == 1",
        [held(1, attendance=3), held(2, attendance=4)],
        PASSED,
    ),
    (
        "any(all(a.attendance >= b.attendance for b in activities if b.held_on < a.held_on) for a in activities)",
        [held(1, attendance=3), held(2, attendance=2)],
        PASSED,
    ),
    ("any(a.attendance > center.full_time_staff for a in activities)", [held(1, attendance=3)], OPEN),
]


@pytest.mark.parametrize(("expression", "activities", "expected"), ACTIVITIES)
def test_rows(expression: str, activities: list[Activity] | None, expected: Outcome) -> None:
    """A function over the rows of the period comes out as it must, all of them complete or not."""
    assert outcome(expression, activities=activities) is expected


FOUR_A_MONTH = "all(count(a for a in activities if a.month == m) >= 1 for m in months)"
MONTHS: list[tuple[str, list[Activity] | None, Outcome]] = [
    (FOUR_A_MONTH, [held(n) for n in range(1, 13)], PASSED),
    (FOUR_A_MONTH, [held(n) for n in range(1, 12)], FAILED),
    (FOUR_A_MONTH, [held(n) for n in range(1, 12)] + [undated()], OPEN),
    (FOUR_A_MONTH, [held(n) for n in range(1, 11)] + [undated()], OPEN),  # each month for itself
    (FOUR_A_MONTH, None, OPEN),
    (
        "all(count(a for a in activities if a.month == m and a.attendance > 9) > 0 for m in months)",
        [held(n, attendance=10) for n in range(1, 13)],
        PASSED,
    ),
    (
        "all(count(a for a in activities if a.month == m and a.attendance >= 0) >= 1 for m in months)",
        [held(n) for n in range(1, 13)],
        PASSED,  # each surely counts, whatever its attendance
    ),
    (
        "all(count(a for a in activities if m == a.month and a.attendance > 9) > 0 for m in months)",
        [held(n) for n in range(1, 13)],
        OPEN,
    ),
    (
        "all(sum(a.attendance for a in activities if a.month == m) >= 5 for m in months)",
        [held(n, attendance=5) for n in range(1, 13)],
        PASSED,
    ),
    (
        "all(sum(a.attendance for a in activities if a.month == m) >= 5 for m in months)",
        [held(n, attendance=5) for n in range(2, 13)] + [held(1)],
        OPEN,
    ),
    (
        "all(sum(a.attendance for a in activities if a.month == m) <= 5 for m in months)",
        [held(1, attendance=5), undated(attendance=6)],
        OPEN,
    ),
    (
        "all(sum(50 - a.attendance for a in activities if a.month == m) >= 5 for m in months)",
        [held(n) for n in range(1, 13)],
        OPEN,
    ),
    (
        "all(sum(a.draft_money for a in activities if a.month == m) > 0 for m in months)",
        [held(n, facts={"draft_money": Decimal("0.5")}) for n in range(1, 13)],
        PASSED,
    ),
    ("any(count(a for a in activities if a.month == m) >= 2 for m in months)", [held(3), held(3, 9)], PASSED),
    (
        "any(any(a.month == m and a.attendance >= 5 for a in activities) for m in months)",
        [held(3, attendance=5)],
        PASSED,
    ),
    ("all(any(a.month == m for a in activities) for m in months)", [held(n) for n in range(1, 13)], PASSED),
    (
        "all(any(a.attendance >= 5 for a in activities if a.month == m) for m in months)",
        [held(n, attendance=5) for n in range(1, 13)],
        PASSED,
    ),
    ("all(any(a.attendance >= 5 for a in activities if a.month == m) for m in months)", [], FAILED),
    (
        "all(all(a.attendance >= 5 for a in activities if a.month == m) for m in months)",
        [held(3, attendance=4)],
        FAILED,
    ),
    (
        "all(all(1 <= count(a for a in activities if a.month == m) for n in months) for m in months)",
        [held(n) for n in range(1, 13)],
        PASSED,
    ),
    ("all(count(a for a in activities if a.month == m) >= center.full_time_staff for m in months)", [], OPEN),
    (
        "count(m for m in months if count(a for a in activities if a.month == m) == 0) <= 2",
        [held(n) for n in range(1, 11)],
        PASSED,
    ),
    ("count(months) == 12", [], PASSED),
    ("count(m for m in months if center.opened_on <= m.start) <= 12", [], PASSED),
    ("all(count(a for a in activities if a.month >= m) >= 1 for m in months)", [held(12)], PASSED),
    ("count(a for a in activities if a.month.start == date(2020, 3, 1)) == 1", [held(3)], PASSED),
    ("count(a for a in activities if a.month.end == date(2020, 3, 31)) >= 1", [undated()], OPEN),
    (
        "all(count(a for a in during(activities, m - 2, m)) >= 1 for m in months if m.start >= date(2020, 3, 1))",
        [held(2), held(6), held(8), held(11)],
        FAILED,
    ),
    (
        "all(count(a for a in during(activities, m - 2, m)) >= 1 for m in months if m.start >= date(2020, 3, 1))",
        [held(n) for n in (1, 4, 7, 10)],
        PASSED,
    ),
    (
        "count(a for a in during(activities, date(2020, 3, 1), date(2020, 3, 31)) if a.attendance > 3) == 1",
        [held(3, attendance=4), held(3, 9, attendance=1)],
        PASSED,
    ),
    (
        "count(a for a in during(activities, date(2020, 3, 1), date(2020, 3, 31)) if a.attendance > 3) == 0",
        [held(3)],
        OPEN,
    ),
    ("count(a for a in during(activities, date(2020, 3, 1), date(2020, 3, 31))) == 0", [held(4, attendance=4)], PASSED),
    ("count(a for a in during(activities, date(2020, 3, 1), date(2020, 3, 31))) == 0", [undated()], OPEN),
    ("count(a for a in during(activities, date(2020, 3, 1), date(2020, 3, 31))) == 0", None, OPEN),
    ("count(a for a in during(activities, date(2019, 3, 1), as_of)) == 0", [], OPEN),  # nothing is recorded of 2019
    ("count(a for a in during(activities, as_of, add_days(as_of, 1))) == 0", [], OPEN),  # nor of the day after
    ("count(a for a in during(activities, center.opened_on, as_of)) == 0", [], OPEN),
]


@pytest.mark.parametrize(("expression", "activities", "expected"), MONTHS)
def test_months_and_windows(expression: str, activities: list[Activity] | None, expected: Outcome) -> None:
    """Rows are counted by month and in named windows, complete or not."""
    assert outcome(expression, activities=activities) is expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"period": Period(date(2019, 11, 15), date(2020, 2, 20))}, 2),  # the months cut by the ends do not count
        ({"period": Period(date(2019, 12, 1), date(2020, 1, 31))}, 2),
        ({"as_of": date(2020, 2, 28)}, 1),
        ({"as_of": date(2021, 2, 28)}, 12),
        ({"period": Period(date(2020, 1, 2), date(2020, 1, 31))}, 0),
    ],
)
def test_months_are_whole_and_over(parts: dict[str, Any], expected: int) -> None:
    """``months`` are the calendar months inside the period and over by the day judged."""
    assert outcome(f"count(months) == {expected}", **parts) is PASSED
    assert outcome("all(false for m in months)", **parts) is (FAILED if expected else PASSED)


def test_months_without_rows_are_there() -> None:
    """No month counts vacuously: with no months at all, a rule of each month is met, and its evidence says so."""
    report = judge(FOUR_A_MONTH, period=Period(date(2020, 1, 2), date(2020, 1, 31)), activities=[])
    (row,) = report["k0"].evidence
    assert (report["k0"].outcome, row.found, row.at, row.met) == (PASSED, None, None, True)


def test_a_period_across_years_counts_by_month() -> None:
    """December and January are different months of one period."""
    rows = [Activity(id="a", held_on=date(2019, 12, 31)), Activity(id="b", held_on=date(2020, 1, 1))]
    period = Period(date(2019, 12, 1), date(2020, 1, 31))
    assert outcome(FOUR_A_MONTH, activities=rows, period=period) is PASSED
    assert outcome(FOUR_A_MONTH, activities=rows[:1], period=period) is FAILED


def test_rows_after_the_day_judged_are_left_out() -> None:
    """What happened later than ``as_of`` takes no part."""
    assert outcome("count(activities) == 1", activities=[held(1), held(3)], as_of=date(2020, 2, 1)) is PASSED


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("count(activities) >= 2", OPEN),
        ("count(activities) >= 1", PASSED),
        ("all(a.attendance >= 5 for a in activities)", OPEN),
        ("all(a.attendance >= 6 for a in activities)", FAILED),
        ("sum(a.attendance for a in activities) <= 5", OPEN),
        ("mean((a.attendance for a in activities), default=0) >= 0", PASSED),
        ("median((a.attendance for a in activities), default=0) >= 5", OPEN),
        ("all(count(a for a in activities if a.month == m) >= 0 for m in months)", PASSED),
        ("count({a.theme for a in activities}) <= 1", PASSED),
    ],
)
def test_records_that_begin_late(expression: str, expected: Outcome) -> None:
    """Before ``records_from`` there may have been other rows."""
    rows = [held(3, attendance=5, theme="study_club")]
    assert outcome(expression, activities=rows, records_from=date(2020, 2, 1)) is expected


def test_registers_are_read_whole() -> None:
    """Organizations, centers and areas have no dates: the bare name means all rows."""
    rows = [Organization(id="o1", relations={"partner"}), Organization(id="o2", relations={"resident"})]
    assert outcome('count(o for o in organizations if "partner" in o.relations) == 1', organizations=rows) is PASSED
    assert outcome("all(o.league_led for o in organizations)", organizations=rows) is OPEN
    assert outcome("all(o.league_led for o in organizations)", organizations=[]) is PASSED
    assert (
        outcome(
            "count(c for c in centers if any(a.level == 'county' for a in areas)) == 1",
            centers=[Center(id="c2")],
            areas=[Area(id="x", level="county")],
        )
        is PASSED
    )
    assert outcome("mean((c.floor_area_m2 for c in centers), default=0) >= 1", centers=None) is OPEN


def test_loops_side_by_side_may_share_a_variable() -> None:
    """The same variable means a row of another relation, or of another loop, each time."""
    rows = [held(1, attendance=20), held(2, attendance=70)]
    both = judge(
        "all(a.attendance >= 20 for a in activities)",
        "mean((a.attendance for a in activities), default=0) >= 46",
        "count(a for a in organizations if a.league_led) == 1",
        activities=rows,
        organizations=[Organization(id="o", league_led=True)],
    )
    assert [finding.outcome for finding in both] == [PASSED, FAILED, PASSED]


@pytest.mark.parametrize(
    ("expression", "parameters", "expected"),
    [
        ("center.floor_area_m2 >= p", {"p": 85}, PASSED),
        ("center.floor_area_m2 >= p", {"p": Decimal("85.5")}, FAILED),
        ("center.opened_on if on else as_of) >= as_of", {"on": False}, PASSED),
        ("center.floor_area_m2 >= 100 or on", {"on": True}, PASSED),
        ("center.floor_area_m2 >= 85 and on", {"on": True}, PASSED),
        ("center.floor_area_m2 >= 85 and not off", {"off": False}, PASSED),
        ("center.services <= known", {"known": ["consulting"]}, PASSED),
        ("center.opened_on <= day", {"day": date(2020, 3, 1)}, OPEN),
    ],
)
def test_parameters(expression: str, parameters: dict[str, Any], expected: Outcome) -> None:
    """Parameters stand for their values, and what they switch off is not read."""
    text = f"({expression}" if expression.count(")") > expression.count("(") else expression
    center = Center(id="c1", floor_area_m2=85, services={"consulting"})
    assert outcome(text, parameters, center=center) is expected


# What may not apply, is judged by a person, or is waived


@pytest.mark.parametrize(
    ("flag", "area", "expected", "verdicts"),
    [
        (True, 5, Outcome.PASSED, ("met",)),
        (True, 4, Outcome.FAILED, ("not-met",)),
        (False, 4, Outcome.INAPPLICABLE, ("met",)),
        (None, 5, Outcome.UNDETERMINED, ("met",)),  # where the requirement is met anyway, it counts as satisfied
        (None, 4, Outcome.UNDETERMINED, ("met", "not-met")),
        (True, None, Outcome.UNDETERMINED, ("met", "not-met")),
        (False, None, Outcome.INAPPLICABLE, ("met",)),
    ],
)
def test_applicability(flag: Truth, area: int | None, expected: Outcome, verdicts: tuple[str, ...]) -> None:
    """A criterion that does not apply counts as satisfied; where that is open, so is the outcome."""
    criterion = {"require": "center.floor_area_m2 >= 5", "applies_when": "center.has_flag"}
    report = judge(criterion, "true", center=Center(id="c1", has_flag=flag, floor_area_m2=area))
    assert (report["k0"].outcome, report.verdict.reachable) == (expected, verdicts)


YES, NO = Judgement(value="yes"), Judgement(value="no")


@pytest.mark.parametrize(
    ("judgements", "expected"),
    [
        ({}, Outcome.UNTESTED),
        ({"other": YES}, Outcome.UNTESTED),
        ({"k0": YES}, Outcome.PASSED),
        ({"k0": NO}, Outcome.FAILED),
        ({"k0": Judgement(value="perhaps")}, Outcome.UNTESTED),
        ({"k0": Judgement(value=5)}, Outcome.UNTESTED),
        ({"k0": [Judgement(value="no", role="self"), Judgement(value="yes", role="city")]}, Outcome.PASSED),
        ({"draft/trial#k0": YES}, Outcome.PASSED),
        ({"draft/trial#k0": YES, "k0": NO}, Outcome.PASSED),  # the qualified key is meant for this standard
        ({"other/trial#k0": YES}, Outcome.UNTESTED),
    ],
)
def test_judgements(judgements: dict[str, Any], expected: Outcome) -> None:
    """A person's choice decides, the last of several; without one the outcome is untested."""
    report = judge({"judge": []}, judgements=judgements)
    assert report["k0"].outcome is expected
    assert report.verdict.reachable == {"passed": ("met",), "failed": ("not-met",)}.get(expected, ("met", "not-met"))


@pytest.mark.parametrize(
    ("waivers", "as_of", "expected"),
    [
        ({"k0": Waiver(reason="r")}, None, Outcome.WAIVED),
        ({"k0": Waiver(reason="r", until=date(2020, 12, 31))}, None, Outcome.WAIVED),
        ({"k0": Waiver(reason="r", until=date(2020, 12, 30))}, None, Outcome.FAILED),
        ({"k0": Waiver(reason="r", until=date(2020, 12, 30))}, date(2020, 12, 30), Outcome.WAIVED),
        ({"draft/trial#k0": Waiver(reason="r")}, None, Outcome.WAIVED),
        ({"draft/trial#k0": Waiver(reason="r", until=date.min), "k0": Waiver(reason="r")}, None, Outcome.FAILED),
        ({"other": Waiver(reason="r")}, None, Outcome.FAILED),
    ],
)
def test_waivers(waivers: dict[str, Waiver], as_of: date | None, expected: Outcome) -> None:
    """A waiver counts until its day, and stands for the criterion being satisfied."""
    report = judge("center.has_flag", "true", center=Center(id="c1", has_flag=False), waivers=waivers, as_of=as_of)
    assert report["k0"].outcome is expected
    assert report.verdict.id == ("met" if expected is Outcome.WAIVED else "not-met")


def test_what_does_not_apply_is_not_waived() -> None:
    """A waiver of a criterion that does not apply changes nothing."""
    criterion = {"require": "false", "applies_when": "false"}
    assert judge(criterion, waivers={"k0": Waiver(reason="r")})["k0"].outcome is Outcome.INAPPLICABLE


# Verdicts

CRITERIA = (
    {"require": "center.has_flag", "block": "b0"},
    {"require": "center.has_emblem", "block": "b1", "strength": "generally"},
    {"judge": [], "strength": "encouraged"},
)
BLOCKS = ({"id": "b0"}, {"id": "b1", "parent": "b0"}, {"id": "empty"})
# flag and emblem -> whether the row holds: `None` is unknown, and the person has not judged
VERDICTS: list[tuple[str, Truth, Truth, Truth]] = [
    ("all(c.satisfied for c in criteria)", True, True, None),
    ("all(c.satisfied for c in criteria)", False, True, False),
    ('all(c.satisfied for c in criteria if c.strength != "encouraged")', True, True, True),
    ('all(c.satisfied for c in criteria if c.strength == "should" and c.block == "b0")', True, False, True),
    ('all(c.satisfied for c in criteria if c.strength in {"must"} or not c.id != "k1")', False, True, True),
    ('any(c.failed for c in criteria if c.strength == "generally")', True, False, True),
    ("any(c.failed for c in criteria if c.satisfied)", True, True, None),
    ("all(c.satisfied for c in criteria if c.failed)", False, True, False),
    ("count(c for c in criteria if c.failed) >= 1", False, None, True),
    ("count(c for c in criteria if c.failed) >= 2", False, True, None),
    ("count(criteria) == 3", None, None, True),
    ("count(blocks) == 3", None, None, True),
    ('criteria["k0"].satisfied', True, None, True),
    ('criteria["k0"].failed', None, None, None),
    ('criteria["k0"].id == "k0"', None, None, True),
    ('criteria["k2"].block == ""', None, None, True),
    ('criteria["k0"].outcome == "passed"', True, None, True),
    ('criteria["k0"].outcome == "failed"', None, None, None),
    ('criteria["k0"].outcome == "undetermined"', None, None, False),  # it will be one of the others
    ('criteria["k2"].outcome in {"passed", "failed"}', None, None, True),
    ('blocks["b0"].satisfied', True, False, False),  # with all blocks below it
    ('blocks["b1"].satisfied', False, True, True),
    ('blocks["empty"].satisfied', False, False, True),
    ("all(b.satisfied for b in blocks)", True, True, True),
    ('any(b.satisfied for b in blocks if b.id == "b1")', True, None, None),
    ("count({c.block for c in criteria if c.failed}) == 2", False, False, None),
    ('"b1" in {c.block for c in criteria if c.failed}', False, True, False),
    ("share((c.satisfied for c in criteria), default=0) >= 0.6", True, True, True),
    ("min((1 if c.satisfied else 0 for c in criteria), default=0) >= 1", True, False, False),
    ("center.floor_area_m2 >= 5", None, None, None),
    ("mean((a.attendance for a in activities), default=0) >= 5", None, None, True),
    ("count(a for a in activities if a.attendance >= 5) == 1 and criteria['k0'].satisfied", True, None, True),
    ("all(criteria['k0'].satisfied for a in activities)", False, None, False),
    ("count({center.grade for c in criteria}) <= 3", None, None, True),
    ("count({a.theme for a in activities}) == 0", None, None, True),
    ("all(count(c for c in criteria if c.failed) <= count(b for b in blocks) for m in months)", True, True, True),
]


@pytest.mark.parametrize(("when", "flag", "emblem", "expected"), VERDICTS)
def test_verdict_rows(when: str, flag: Truth, emblem: Truth, expected: Truth) -> None:
    """A row of the verdict table holds, does not, or is reachable, on complete data and on others."""
    for records_from in (None, date(2020, 12, 1)):  # the second way has no complete data
        report = judge(
            *CRITERIA,
            standard={"verdict": [{"id": "yes", "when": when}, {"id": "no"}], "blocks": BLOCKS},
            center=Center(id="c1", has_flag=flag, has_emblem=emblem),
            activities=[held(12, attendance=5, theme="其他")],
            records_from=records_from,
        )
        if records_from is None or "activities" not in when:
            assert report.verdict.reachable == {True: ("yes",), False: ("no",), None: ("yes", "no")}[expected]


@pytest.mark.parametrize(
    ("when", "waived", "expected"),
    [
        ('criteria["k0"].outcome == "inapplicable"', False, ("yes", "no")),
        ('criteria["k0"].outcome in {"passed", "failed", "inapplicable"}', False, ("yes",)),
        ('criteria["k0"].outcome == "waived"', False, ("no",)),
        ('criteria["k0"].outcome in {"waived", "inapplicable"}', True, ("yes",)),
        ('criteria["k0"].outcome == "waived"', True, ("yes", "no")),  # it may not even apply
    ],
)
def test_an_open_outcome_is_all_that_it_may_come_to(when: str, waived: Truth, expected: tuple[str, ...]) -> None:
    """A verdict that reads an outcome while applicability is unknown rules out nothing that it may become."""
    report = judge(
        {"require": "center.has_flag", "applies_when": "center.has_emblem"},
        standard={"verdict": [{"id": "yes", "when": when}, {"id": "no"}]},
        waivers={"k0": Waiver(reason="r")} if waived else {},
    )
    assert report.verdict.reachable == expected


def test_verdicts_of_complete_data_may_go_through_rows() -> None:
    """A verdict may read rows on its own, also where all is recorded."""
    verdict = [{"id": "yes", "when": "mean((a.attendance for a in activities), default=0) >= 5"}, {"id": "no"}]
    parts = {"center": Center(id="c1", has_flag=True), "activities": [held(1, attendance=5)]}
    assert judge("center.has_flag", standard={"verdict": verdict}, **parts).verdict.id == "yes"


def test_the_first_row_that_holds_ends_it() -> None:
    """Rows are read from the top; what lies below a TRUE one is not reachable."""
    verdict = [{"id": one, "when": when} for one, when in (("a", "false"), ("b", "center.has_flag"), ("c", "true"))]
    report = judge("true", standard={"verdict": [*verdict, {"id": "d"}]})
    assert (report.verdict.id, report.verdict.reachable) == (None, ("b", "c"))


# Standards that judge a day

AS_OF = {"period": "as-of"}


def test_a_day_is_judged_without_a_period() -> None:
    """An as-of standard reads the day, and no period."""
    report = judge(
        "center.opened_on <= as_of",
        standard=AS_OF,
        period=None,
        as_of=date(2020, 5, 4),
        center=Center(id="c1", opened_on=date(2020, 5, 4)),
    )
    assert (report["k0"].outcome, report.period, report.as_of) == (PASSED, None, date(2020, 5, 4))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"period": None, "as_of": date(2020, 5, 4), "records_from": date(2020, 1, 1)}, PASSED),
        ({"period": None, "as_of": date(2020, 5, 4), "records_from": date(2020, 5, 1)}, OPEN),
        ({"period": None, "as_of": date(2020, 5, 4)}, OPEN),  # nothing says since when rows are complete
        ({"period": YEAR, "as_of": date(2020, 5, 4)}, PASSED),
        ({"period": YEAR, "as_of": date(2020, 5, 4), "activities": [held(5, 4)]}, FAILED),
        ({"period": YEAR, "as_of": date(2020, 5, 4), "activities": [held(5, 4), undated()]}, FAILED),
        ({"period": YEAR, "as_of": date(2020, 5, 4), "activities": [undated(attendance=9)]}, OPEN),
        ({"period": YEAR, "as_of": date(2020, 5, 4), "activities": None}, OPEN),
    ],
)
def test_windows_of_a_standard_without_a_period(parts: dict[str, Any], expected: Outcome) -> None:
    """A named window reads dated rows as far as they are known to be complete."""
    window = "during(activities, add_days(as_of, -30), as_of)"
    text = f"all(a.attendance >= 5 for a in {window}) and count(a for a in {window}) == 0"
    assert judge(text, standard=AS_OF, **{"activities": [], **parts})["k0"].outcome is expected


@pytest.mark.parametrize(
    ("parts", "dossier", "message"),
    [
        (AS_OF, {"period": None}, "draft/trial@1 judges a day, and the dossier of `c1` has none: give it as_of="),
        ({}, {"period": None}, "draft/trial@1 judges a period, and the dossier of `c1` has none: give it period="),
        (
            {"subject": "area"},
            {},
            "draft/trial@1 judges a area, this dossier holds the center `c1`",
        ),
    ],
)
def test_what_does_not_fit_is_refused(parts: dict[str, Any], dossier: dict[str, Any], message: str) -> None:
    """A dossier without the time that is judged, or of another subject, is an error with a way out."""
    with pytest.raises(EvaluationError) as refused:
        judge("true", standard=parts, **dossier)
    assert str(refused.value) == message


def test_organizations_and_areas_are_judged_too() -> None:
    """The subject may be an organization or an area, with facts of its own name."""
    kind = judge(
        'organization.kind == "volunteer"',
        standard={"subject": "organization"},
        organization=Organization(id="o1", kind="volunteer"),
    )
    level = judge('area.level == "city"', standard={"subject": "area"}, area=Area(id="x", level="county"))
    assert (kind["k0"].outcome, level["k0"].outcome) == (PASSED, FAILED)


# Evidence


def rows_of(expression: str, **dossier: Any) -> list[tuple[Any, ...]]:
    """The evidence of one condition: quantity, observed, operator, required, gap, at, met."""
    return [
        (row.quantity, row.observed, row.operator, row.required, row.gap, row.at, row.met)
        for row in judge(expression, **dossier)["k0"].evidence
    ]


EVIDENCE: list[tuple[str, dict[str, Any], tuple[Any, ...]]] = [
    ("center.floor_area_m2 >= 100", {"floor_area_m2": 85}, ("center.floor_area_m2", 85, ">=", 100, 15, None, False)),
    ("100 <= center.floor_area_m2", {"floor_area_m2": 85}, ("center.floor_area_m2", 85, ">=", 100, 15, None, False)),
    ("center.full_time_staff <= 3", {"full_time_staff": 4}, ("center.full_time_staff", 4, "<=", 3, 1, None, False)),
    ("center.full_time_staff < 3", {"full_time_staff": 2}, ("center.full_time_staff", 2, "<", 3, None, None, True)),
    ("3 > center.full_time_staff", {"full_time_staff": 3}, ("center.full_time_staff", 3, "<", 3, 0, None, False)),
    ("not center.full_time_staff > 3", {"full_time_staff": 4}, ("center.full_time_staff", 4, "<=", 3, 1, None, False)),
    ("center.full_time_staff == 3", {"full_time_staff": 5}, ("center.full_time_staff", 5, "==", 3, 2, None, False)),
    ("center.full_time_staff != 3", {"full_time_staff": 3}, ("center.full_time_staff", 3, "!=", 3, None, None, False)),
    ("center.floor_area_m2 >= 100", {}, ("center.floor_area_m2", Bounds(0, None), ">=", 100, None, None, None)),
    ("center.floor_area_m2 >= 0", {}, ("center.floor_area_m2", Bounds(0, None), ">=", 0, None, None, True)),
    ("center.has_flag", {"has_flag": False}, ("center.has_flag", False, "==", True, None, None, False)),
    ("not center.has_flag", {"has_flag": False}, ("center.has_flag", False, "==", False, None, None, True)),
    ("center.has_flag", {}, ("center.has_flag", None, "==", True, None, None, None)),
    ('center.grade == "better"', {"grade": "poor"}, ("center.grade", "poor", "==", "better", None, None, False)),
    ('center.grade in {"poor"}', {"grade": "poor"}, ("center.grade", "poor", "in", {"poor"}, None, None, True)),
    (
        'center.grade not in {"poor"}',
        {"grade": "poor"},
        ("center.grade", "poor", "not in", {"poor"}, None, None, False),
    ),
    (
        '"tv" in center.equipment',
        {"equipment": {"书"}},
        ("center.equipment", {"书"}, "contains", "tv", None, None, False),
    ),
    (
        '"tv" not in center.equipment',
        {"equipment": {"tv"}},
        ("center.equipment", {"tv"}, "lacks", "tv", None, None, False),
    ),
    (
        '{"tv"} <= center.equipment',
        {"equipment": {"书"}},
        ("center.equipment", {"书"}, "includes", {"tv"}, None, None, False),
    ),
    (
        'not {"tv"} <= center.equipment',
        {"equipment": {"tv"}},
        ("center.equipment", {"tv"}, "includes not all of", {"tv"}, None, None, False),
    ),
    (
        'center.services <= {"consulting"}',
        {"services": {"consulting"}},
        ("center.services", {"consulting"}, "within", {"consulting"}, None, None, True),
    ),
    (
        'not center.services <= {"consulting"}',
        {"services": {"consulting"}},
        ("center.services", {"consulting"}, "not within", {"consulting"}, None, None, False),
    ),
    (
        'center.equipment == {"tv"}',
        {"equipment": {"tv", "书"}},
        ("center.equipment", {"tv"}, "==", {"tv"}, None, None, True),
    ),
    (
        'center.services != {"consulting"}',
        {"services": {"consulting"}},
        ("center.services", {"consulting"}, "!=", {"consulting"}, None, None, False),
    ),
    ('center.area_id == "k"', {}, ("center.area_id", "", "==", "k", None, None, False)),
    ('starts_with(center.name, "青")', {"name": "年"}, ("center.name", "年", "starts with", "青", None, None, False)),
    (
        'not starts_with(center.name, "青")',
        {"name": "年"},
        ("center.name", "年", "does not start with", "青", None, None, True),
    ),
    ('ends_with(center.name, "青")', {"name": "年"}, ("center.name", "年", "ends with", "青", None, None, False)),
    (
        'not ends_with(center.name, "青")',
        {"name": "年"},
        ("center.name", "年", "does not end with", "青", None, None, True),
    ),
    ('contains(center.name, "青")', {"name": "年"}, ("center.name", "年", "has the text", "青", None, None, False)),
    ('not contains(center.name, "青")', {}, ("center.name", None, "has not the text", "青", None, None, None)),
    (
        "center.opened_on <= as_of",
        {"opened_on": date(2021, 1, 1)},
        ("center.opened_on", date(2021, 1, 1), "<=", date(2020, 12, 31), None, None, False),
    ),
    (
        "years_between(center.opened_on, as_of) >= 1",
        {"opened_on": date(2020, 1, 1)},
        ("years_between(center.opened_on, as_of)", 0, ">=", 1, 1, None, False),
    ),
    (
        "center.full_time_staff + center.part_time_main_staff >= 3",
        {"full_time_staff": 1},
        ("center.full_time_staff + center.part_time_main_staff", Bounds(1, None), ">=", 3, None, None, None),
    ),
    (
        "center.full_time_staff <= center.part_time_main_staff",
        {"full_time_staff": 3, "part_time_main_staff": 1},
        ("center.full_time_staff", 3, "<=", 1, 2, None, False),
    ),
    ("1 < 2", {}, ("1", 1, "<", 2, None, None, True)),
]


@pytest.mark.parametrize(("expression", "facts", "expected"), EVIDENCE)
def test_evidence_of_one_comparison(expression: str, facts: dict[str, Any], expected: tuple[Any, ...]) -> None:
    """A comparison is shown from what was observed to what is required, with the gap in between."""
    assert rows_of(expression, center=Center(id="c1", **facts)) == [expected]


def test_evidence_stands_in_source_order() -> None:
    """One row a comparison or truth, from the left to the right, whatever joins them."""
    text = (
        "center.has_flag and (center.floor_area_m2 >= 5 or not center.has_emblem) and 0 <= center.full_time_staff <= 3"
    )
    assert [row[0] for row in rows_of(text)] == [
        "center.has_flag",
        "center.floor_area_m2",
        "center.has_emblem",
        "center.full_time_staff",
        "center.full_time_staff",
    ]
    assert [row[0] for row in rows_of("center.has_flag if center.has_emblem else center.on_cloud")] == [
        "center.has_flag",
        "center.has_emblem",
        "center.on_cloud",
    ]
    assert rows_of("true") == []


LOOPS: list[tuple[str, list[Activity] | None, tuple[Any, ...]]] = [
    # observed, required, gap, at, met
    (
        "all(a.attendance >= 20 for a in activities)",
        [held(1, attendance=25), held(2, attendance=15)],
        (15, 20, 5, "a2-5", False),
    ),
    (
        "all(a.attendance >= 20 for a in activities)",
        [held(1, attendance=25), held(2, attendance=21)],
        (21, 20, None, "a2-5", True),
    ),
    (
        "all(a.attendance >= 20 for a in activities)",
        [held(1, attendance=25), held(2)],
        (Bounds(0, None), 20, None, "a2-5", None),
    ),
    ("all(a.attendance >= 20 for a in activities)", [held(1, attendance=15), held(2)], (15, 20, 5, "a1-5", False)),
    ("all(a.attendance >= 20 for a in activities)", [], (None, 20, None, None, True)),
    ("any(a.attendance >= 20 for a in activities)", [], (None, 20, None, None, False)),
    (
        "any(a.attendance >= 20 for a in activities)",
        [held(1, attendance=15), held(2, attendance=19)],
        (19, 20, 1, "a2-5", False),
    ),
    ("any(a.attendance >= 20 for a in activities)", [held(1), held(2, attendance=30)], (30, 20, None, "a2-5", True)),
    (
        "all(a.attendance <= 20 for a in activities)",
        [held(1, attendance=25), held(2, attendance=30)],
        (30, 20, 10, "a2-5", False),
    ),
    ("all(a.attendance <= 20 for a in activities)", [undated()], (Bounds(0, None), 20, None, "undated", None)),
    (
        "all(a.attendance == 20 for a in activities)",
        [held(1, attendance=20), held(2, attendance=22)],
        (22, 20, 2, "a2-5", False),
    ),
    (
        "all(a.published_on_cloud for a in activities)",
        [held(1, published_on_cloud=True), held(2, published_on_cloud=False)],
        (False, True, None, "a2-5", False),
    ),
    (
        "all(a.published_on_cloud for a in activities)",
        [held(1, published_on_cloud=True), held(2, published_on_cloud=True)],
        (True, True, None, "a1-5", True),
    ),
    ("all(a.published_on_cloud for a in activities)", [], (None, None, None, None, True)),
    (
        "all(not a.published_on_cloud for a in activities)",
        [held(1, published_on_cloud=False), held(2, published_on_cloud=True)],
        (True, False, None, "a2-5", False),
    ),
    (
        "not any(a.published_on_cloud for a in activities)",
        [held(1, published_on_cloud=False), held(2, published_on_cloud=True)],
        (True, False, None, "a2-5", False),
    ),
    (
        "any(not a.published_on_cloud for a in activities)",
        [held(1, published_on_cloud=True)],
        (True, False, None, "a1-5", False),
    ),
    (
        'all(a.theme == "study_club" for a in activities if a.attendance > 5)',
        [held(1, theme="x", attendance=5), held(2, theme="y", attendance=6)],
        ("y", "study_club", None, "a2-5", False),
    ),
    (FOUR_A_MONTH, [held(n) for n in range(2, 13)], (0, 1, 1, "2020-01", False)),
    (FOUR_A_MONTH, [held(n) for n in range(1, 13)], (1, 1, None, "2020-01", True)),
    (FOUR_A_MONTH, [held(n) for n in range(2, 13)] + [undated()], (Bounds(0, 1), 1, None, "2020-01", None)),
    (FOUR_A_MONTH, None, (Bounds(0, None), 1, None, "2020-01", None)),
    (
        "all(sum(50 - a.attendance for a in activities if a.month == m) >= 0 for m in months)",
        [held(3)],
        (Bounds(None, 50), 0, None, "2020-03", None),
    ),
    (
        "all(count(a for a in activities if a.month == m) >= 1 for m in months if m.start >= date(2020, 3, 1))",
        [held(1)],
        (0, 1, 1, "2020-03", False),
    ),
    (
        "all(count(a for a in activities if a.month == m) <= 1 for m in months)",
        [held(4), held(4, 9)],
        (2, 1, 1, "2020-04", False),
    ),
    (
        "any(count(a for a in activities if a.month == m) >= 3 for m in months)",
        [held(4), held(4, 9)],
        (2, 3, 1, "2020-04", False),
    ),
    (
        "all(count(a for a in activities if a.month == m) >= center.full_time_staff for m in months)",
        [],
        (0, Bounds(0, None), None, "2020-01", None),
    ),
    (
        "all(all(a.month <= m for a in activities) for m in months)",
        [held(3)],
        ("2020-03", "2020-01", None, "a3-5", False),
    ),
    (
        "any(a.month.start <= period.start for a in activities)",
        [undated()],
        (Bounds(date.min, date(9999, 12, 1)), date(2020, 1, 1), None, "undated", None),
    ),
    (
        "all(a.attendance >= 5 for a in during(activities, date(2020, 3, 1), as_of))",
        [held(1, attendance=1), held(3, attendance=4)],
        (4, 5, 1, "a3-5", False),
    ),
]


@pytest.mark.parametrize(("expression", "activities", "expected"), LOOPS)
def test_evidence_of_rows(expression: str, activities: list[Activity] | None, expected: tuple[Any, ...]) -> None:
    """Inside ``all`` and ``any`` the row or month that decides is shown; where there is none, nothing is."""
    (row,) = rows_of(expression, activities=activities)
    assert (row[1], *row[3:]) == expected


def test_evidence_of_members_and_of_unmet_branches() -> None:
    """Members of a set are named by themselves; a branch that was not taken may divide by zero in evidence alone."""
    (member,) = rows_of('all(x in {"tv"} for x in center.equipment)', center=Center(id="c1", equipment={"audio", "tv"}))
    assert (member[1], member[5], member[6]) == ("audio", "audio", False)
    text = "6 / center.full_time_staff >= 2 if center.full_time_staff > 0 else center.has_flag"
    (quotient, test, flag) = rows_of(text, center=Center(id="c1", full_time_staff=0, has_flag=True))
    assert (quotient[1], test[1], flag[1]) == (Bounds(None, None), 0, True)


def test_evidence_of_what_short_cuts_left_unread() -> None:
    """A row that an exact evaluation never looked at is shown in bounds."""
    center = Center(id="c1", has_flag=False)
    found = rows_of("center.has_flag and (all(a.attendance >= 3 for a in activities))", center=center, activities=None)
    assert [row[6] for row in found] == [False, None]


def test_units_are_those_of_facts_and_parameters() -> None:
    """A quantity has the unit of its fact, else that of the parameter it is compared with."""
    standard = draft(
        "center.floor_area_m2 >= p",
        "count(activities) >= p",
        "count(activities) + p >= 1",
        "center.has_flag",
        parameters={"p": {"value": 4, "unit": "activities"}},
    )
    report = evaluate(standard, Dossier(center=Center(id="c1"), activities=[], period=YEAR))
    assert [row.unit for finding in report for row in finding.evidence] == ["m²", "activities", "activities", ""]


def test_an_unsettled_value_is_shown_in_bounds() -> None:
    """Sets, texts and months that are not settled are shown as far as they are known."""
    (group,) = rows_of(
        '"study_club" in {a.theme for a in activities}', activities=[held(1), undated(theme="study_club")]
    )
    assert group[1] == Members(frozenset(), frozenset({"study_club"}))
    (text,) = rows_of(
        '(center.grade if center.has_flag else "poor") == "better"', center=Center(id="c1", grade="average")
    )
    assert text[1] == Possible(frozenset({"average", "poor"}))
    (month,) = rows_of("all(all(m <= a.month for m in months) for a in activities)", activities=[undated()])
    assert month[6] is None


# Generated code


def test_a_standard_is_compiled_once() -> None:
    """The program of a standard is kept with it."""
    standard = draft("true")
    dossier = Dossier(center=Center(id="c1"), period=YEAR)
    evaluate(standard, dossier)
    compiled = standard.compiled["python"]
    evaluate(standard, dossier)
    assert standard.compiled["python"] is compiled
    assert compile_standard(standard) is not compiled


def test_the_domain_of_a_fact_is_what_it_may_be() -> None:
    """What is not recorded is its fact's whole domain; a truth has none, being unknown by itself."""
    facts = SCHEMA.facts["center"]
    found = {name: whole_domain(facts[name]) for name in ("full_time_staff", "name", "grade", "services")}
    assert found == {
        "full_time_staff": Bounds(0, None),
        "name": Possible(None),
        "grade": Possible(frozenset({"better", "average", "poor"})),
        "services": Members(frozenset(), facts["services"].codes),
    }
    assert whole_domain(SCHEMA.facts["activity"]["theme"]) == Possible(None)
    assert whole_domain(facts["opened_on"]) == Bounds(date.min, date.max)


def test_a_broken_invariant_says_so() -> None:
    """What cannot happen is told apart from what a rule or a record got wrong."""
    assert str(syntax.broken("rows are rows")) == "INVARIANT: rows are rows"


def test_constants_of_one_value_are_one_global() -> None:
    """A value without a literal is passed to the generated code once; one of another value is another."""
    names = Globals()
    first, second, other = (names.constant(one) for one in (Decimal("0.5"), Decimal("0.50"), frozenset({"x"})))
    assert (first.id, other.id) == (second.id, "K1")
    assert names.constant(5).value == 5

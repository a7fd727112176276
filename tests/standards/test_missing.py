# SPDX-License-Identifier: MIT
"""What a criterion reads and a dossier does not record."""

from datetime import date
from typing import Any

import pytest

from platformrules.dossiers import Dossier
from platformrules.models import Activity, Center, Organization
from platformrules.periods import Period
from platformrules.results import Missing
from platformrules.standards.missing import missing_facts

YEAR = Period.year(2020)
FULL = {
    "floor_area_m2": 1,
    "is_physical": True,
    "opened_on": date(2019, 1, 1),
    "facts": {"p_house": "new", "p_rooms": 3},
}


def lacking(
    rules: Any, require: str, dossier: Dossier, applies_when: str = "strict"
) -> list[tuple[str, tuple[str, ...]]]:
    """Facts, and the rows that lack them, of a criterion with this condition."""
    rules.edit(
        "standard",
        ("center.floor_area_m2 >= minimum_area and center.p_house == house_wanted", require.replace('"', "'")),
        ("center.opened_on > opened_after", applies_when),
    )
    standard = rules.standard()
    dossier.bind(standard.schema)
    found = missing_facts(standard, standard["floor-area"], dossier)
    assert all(one.label.zh and one.label.en for one in found)
    return [(one.fact, one.rows) for one in found]


def dossier(*activities: Activity, organizations: Any = None, center: Center | None = None, **parts: Any) -> Dossier:
    """A dossier of the year 2020; without activities, none are recorded."""
    parts.setdefault("period", YEAR)
    return Dossier(center=center or Center(), activities=activities or None, organizations=organizations, **parts)


@pytest.mark.parametrize(
    ("require", "expected"),
    [
        ("center.is_physical", ["center.is_physical"]),
        ("center.is_physical and center.p_house == 'new'", ["center.is_physical", "center.p_house"]),
        ("center.p_rooms > 3 or center.is_physical or center.p_rooms > 4", ["center.p_rooms", "center.is_physical"]),
        ("center.area_id == 'x'", []),
        ("as_of > opened_after", []),
    ],
)
def test_facts_of_the_subject_are_missing_in_source_order(rules: Any, require: str, expected: list[str]) -> None:
    """Each once, of core and plugin alike; a key is structure and never missing."""
    assert lacking(rules, require, dossier()) == [(name, ()) for name in expected]


def test_what_is_recorded_is_not_missing(rules: Any) -> None:
    """With everything there, nothing is lacking; False and 0 are recorded."""
    center = Center(**{**FULL, "is_physical": False, "facts": {"p_house": "new", "p_rooms": 0}})
    assert (
        lacking(rules, "center.is_physical and center.p_rooms > 0 and center.p_house == 'new'", dossier(center=center))
        == []
    )


def test_when_it_applies_is_looked_into_too(rules: Any) -> None:
    """After the condition itself."""
    found = lacking(rules, "center.is_physical", dossier(), "center.opened_on > opened_after")
    assert found == [("center.is_physical", ()), ("center.opened_on", ())]


def test_what_a_parameter_switches_off_is_not_missing(rules: Any) -> None:
    """A branch that is not taken asks for nothing."""
    assert lacking(rules, "center.is_physical if strict else center.on_cloud", dossier()) == [
        ("center.is_physical", ())
    ]


def test_an_unrecorded_relation_is_missing_as_a_whole(rules: Any) -> None:
    """Of a register and of a dated relation; one with no rows is recorded."""
    require = "count(activities) + count(organizations) > 3"
    assert lacking(rules, require, dossier()) == [("activities", ()), ("organizations", ())]
    empty = Dossier(center=Center(), activities=[], organizations=[], period=YEAR)
    standard = rules.standard()
    assert missing_facts(standard, standard["floor-area"], empty) == ()


def test_rows_that_lack_a_fact_are_named(rules: Any) -> None:
    """Those that may lie inside the period, in order of their ids; an undated one may."""
    rows = (
        Activity(id="c", held_on=date(2020, 12, 31)),
        Activity(id="b"),
        Activity(id="a", held_on=date(2020, 1, 1)),
        Activity(id="before", held_on=date(2019, 12, 31)),
        Activity(id="after", held_on=date(2021, 1, 1)),
        Activity(id="full", held_on=date(2020, 5, 1), attendance=3),
    )
    found = lacking(rules, "all(x.attendance > 3 for x in activities)", dossier(*rows))
    assert found == [("activity.held_on", ("b",)), ("activity.attendance", ("a", "b", "c"))]


def test_rows_of_a_register_lack_facts_whenever_they_are(rules: Any) -> None:
    """An organization has no date."""
    rows = [Organization(id="o1"), Organization(id="o2", relation_regular=True)]
    found = lacking(rules, "any(o.relation_regular for o in organizations)", dossier(organizations=rows))
    assert found == [("organization.relation_regular", ("o1",))]


def test_distinct_values_read_their_rows(rules: Any) -> None:
    """A set made of rows lacks what they lack."""
    found = lacking(
        rules, "count({a.theme for a in activities}) > 3", dossier(Activity(id="a1", held_on=date(2020, 1, 1)))
    )
    assert found == [("activity.theme", ("a1",))]


def test_a_month_lacks_the_day_it_is_taken_from(rules: Any) -> None:
    """`a.month` reads the dating fact; it is told once."""
    found = lacking(rules, "all(any(a.month == m for a in activities) for m in months)", dossier(Activity(id="a1")))
    assert found == [("activity.held_on", ("a1",))]


def test_a_named_window_may_reach_what_is_not_recorded(rules: Any) -> None:
    """If nothing else is missing, all that can be is the relation; its rows count wherever they lie."""
    require = "all(a.attendance > 3 for a in during(activities, opened_after, as_of))"
    old = Activity(id="a1", held_on=date(2001, 1, 1))
    assert lacking(rules, require, dossier(old)) == [("activity.attendance", ("a1",))]
    full = dossier(Activity(id="a1", held_on=date(2001, 1, 1), attendance=3))
    assert missing_facts(rules.standard(), rules.standard()["floor-area"], full) == (
        Missing("activities", rules.standard().schema.relations["activities"].label),
    )


@pytest.mark.parametrize(
    ("records_from", "expected"),
    [(None, []), (date(2019, 6, 1), []), (date(2020, 1, 1), []), (date(2020, 1, 2), [("activities", ())])],
)
def test_records_that_begin_late_leave_rows_missing(
    rules: Any, records_from: date | None, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    """If rows are complete only from a day within the period on, those before may be missing."""
    one = Activity(id="a1", held_on=date(2020, 5, 1))
    assert expected == lacking(rules, "count(activities) > 3", dossier(one, records_from=records_from))


def test_without_a_period_all_rows_are_looked_at(rules: Any) -> None:
    """A standard that is judged on a day reads windows, and a dossier may have no period."""
    one = Activity(id="a1", held_on=date(1990, 1, 1))
    found = lacking(
        rules, "any(a.attendance > 3 for a in activities)", dossier(one, period=None, as_of=date(2020, 1, 1))
    )
    assert found == [("activity.attendance", ("a1",))]

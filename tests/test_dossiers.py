# SPDX-License-Identifier: MIT
"""What one evaluation reads is checked once, and every fault is named."""

import contextlib
import enum
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from platformrules.dossiers import Dossier, Judgement, Waiver, settle
from platformrules.errors import DossierError
from platformrules.languages import Bilingual
from platformrules.models import CORE, Activity, Area, Center, Organization
from platformrules.periods import Period
from platformrules.schema import Choice, Fact, FactType

LABEL = Bilingual("标签", "label")
CHOICES = (Choice("new_house", "新房", "new house"), Choice("old_house", "旧房", "old house"))
SCHEMA = CORE.with_facts(
    [
        Fact("p_house", "center", FactType.CHOICE, LABEL, values=CHOICES, plugin="p"),
        Fact("p_rooms", "center", FactType.INTEGER, LABEL, minimum=1, plugin="p"),
        Fact("p_words", "activity", FactType.SET, LABEL, values=CHOICES, open=True, plugin="p"),
        attrs.evolve(
            CORE.facts["activity"]["theme"],
            values=(*CORE.facts["activity"]["theme"].values, Choice("music", "音乐", "music")),
        ),
    ]
)
CENTER = Center(id="c1", floor_area_m2=85)


class Code(enum.StrEnum):
    """A text that is more than a text."""

    BETTER = "better"


def faults(**parts: Any) -> list[str]:
    """The faults of a dossier with these parts, of a center if they name no subject."""
    if not {"center", "organization", "area"} & set(parts):
        parts["center"] = CENTER
    with pytest.raises(DossierError) as caught:
        Dossier(**parts)
    return list(caught.value.faults)


# A good dossier


def test_a_dossier_holds_what_was_given() -> None:
    """The subject, its rows as tuples, and the window of the period."""
    activity = Activity(id="a1", held_on=date(2020, 3, 1), attendance=25)
    dossier = Dossier(center=CENTER, activities=[activity], organizations=None, period=Period.year(2020))
    assert (dossier.kind, dossier.subject) == ("center", CENTER)
    assert dossier.activities == (activity,)
    assert dossier.organizations is None
    assert dossier.window is not None
    assert (dossier.window.start, dossier.window.last) == (date(2020, 1, 1), date(2020, 12, 31))


@pytest.mark.parametrize(
    ("name", "record"), [("center", Center()), ("organization", Organization()), ("area", Area(level="county"))]
)
def test_a_subject_is_a_center_an_organization_or_an_area(name: str, record: Any) -> None:
    """Which one it is has a name, and no rows are recorded unless given."""
    dossier = Dossier(**{name: record})
    assert (dossier.kind, dossier.subject) == (name, record)
    assert (dossier.activities, dossier.centers, dossier.areas, dossier.window) == (None, None, None, None)


@pytest.mark.parametrize(
    ("period", "as_of", "day"),
    [
        (Period.year(2020), None, date(2020, 12, 31)),
        (Period.year(2020), date(2021, 3, 1), date(2021, 3, 1)),
        (None, date(2021, 3, 1), date(2021, 3, 1)),
        (None, None, None),
    ],
)
def test_the_day_judged_is_the_last_of_the_period_unless_given(
    period: Period | None, as_of: date | None, day: date | None
) -> None:
    """Never today's."""
    dossier = Dossier(center=CENTER, period=period, as_of=as_of)
    assert day == dossier.day
    assert (dossier.window is None) is (period is None)
    assert dossier.window is None or dossier.window.as_of == day


def test_records_may_begin_before_the_period() -> None:
    """`records_from` reaches the window."""
    dossier = Dossier(center=CENTER, period=Period.year(2020), records_from=date(2019, 1, 1))
    assert dossier.window is not None
    assert dossier.window.records_from == date(2019, 1, 1)


def test_choices_given_by_label_become_codes() -> None:
    """In either language, alone or in a set; what was a code stays the same record."""
    dossier = Dossier(
        center=Center(grade="较好", equipment={"电脑", "Television", "tv", "wifi"}),
        activities=[Activity(theme="学习社"), Activity(theme="study_club"), Activity(theme="书法")],
    )
    assert dossier.center is not None
    assert dossier.activities is not None
    assert dossier.center.grade == "better"
    assert dossier.center.equipment == frozenset({"computer", "tv", "wifi"})
    assert [one.theme for one in dossier.activities] == ["study_club", "study_club", "书法"]
    assert Dossier(center=CENTER).center is CENTER


def test_a_set_becomes_one_that_nobody_changes() -> None:
    """A set that is changed later changes no dossier."""
    given = {"tv"}
    dossier = Dossier(center=Center(equipment=given))
    given.add("wifi")
    assert dossier.center is not None
    assert dossier.center.equipment == frozenset({"tv"})


def test_a_dossier_cannot_be_changed() -> None:
    """Neither its parts, nor its rows, nor its tables."""
    judgements = {"siting": [Judgement(value="good"), Judgement(value="poor", role="city")]}
    activities = [Activity(id="a1")]
    dossier = Dossier(center=CENTER, activities=activities, judgements=judgements)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        dossier.center = None
    judgements["siting"].clear()
    judgements.clear()
    activities.clear()
    assert dossier.activities == (Activity(id="a1"),)
    assert dossier.judgements == {"siting": (Judgement(value="good"), Judgement(value="poor", role="city"))}
    with pytest.raises(TypeError):
        dossier.judgements["another"] = Judgement(value="good")
    with pytest.raises(TypeError):
        dossier.waivers["another"] = Waiver(reason="")


def test_tables_that_are_left_out_are_empty() -> None:
    """None is no judgements and no waivers."""
    dossier = Dossier(center=CENTER, judgements=None, waivers={})
    assert (dict(dossier.judgements), dict(dossier.waivers)) == ({}, {})


def test_rows_have_one_order_whatever_the_order_given() -> None:
    """Activities by day and id, undated ones last; other rows by id, those without one first."""
    days = [("b", date(2020, 2, 1)), ("a", date(2020, 3, 1)), ("a", date(2020, 2, 1)), ("c", None)]
    activities = [Activity(id=name, held_on=day) for name, day in days]
    organizations = [Organization(id="b"), Organization(), Organization(id="a")]
    for rows, others in ((activities, organizations), (activities[::-1], organizations[::-1])):
        dossier = Dossier(center=CENTER, activities=rows, organizations=others)
        assert dossier.activities is not None
        assert dossier.organizations is not None
        assert [(one.id, one.held_on) for one in dossier.activities] == [days[2], days[0], days[1], days[3]]
        assert [one.id for one in dossier.organizations] == ["", "a", "b"]


def test_a_place_in_a_fault_is_that_of_the_rows_as_given() -> None:
    """Faults number rows as the caller gave them, not as they are put in order."""
    given = [Activity(id="z", held_on=date(2020, 2, 1)), Activity(id="a", held_on=date(2020, 1, 1), attendance=-1)]
    assert faults(activities=given) == ["activities[1].attendance must be at least 0 (got -1)"]


def test_what_a_reader_has_checked_is_not_checked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader of ledgers says against which schema it held every value; another schema is checked all the same."""
    monkeypatch.setattr("platformrules.dossiers.settle", lambda *_: pytest.fail("checked twice"))
    activities = [Activity(id="a2"), Activity(id="a1")]
    dossier = Dossier(
        center=Center(facts={"p_rooms": 2}), activities=activities, period=Period.year(2020), checked=SCHEMA
    )
    dossier.bind(SCHEMA)
    assert dossier.activities == (activities[1], activities[0])
    assert dossier.day == date(2020, 12, 31)
    with pytest.raises(pytest.fail.Exception):
        dossier.bind(SCHEMA.with_facts([]))


# Structure


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"center": None}, ["a dossier must have exactly one of center, organization, area (got none)"]),
        (
            {"center": CENTER, "area": Area()},
            ["a dossier must have exactly one of center, organization, area (got ['center', 'area'])"],
        ),
        ({"center": "c1"}, ["center must be a Center (got str)"]),
        ({"center": Activity()}, ["center must be a Center (got Activity)"]),
        ({"activities": 5}, ["activities must be a list of Activity (got int)"]),
        ({"activities": "abc"}, ["activities must be a list of Activity (got str)"]),
        (
            {"activities": [Activity(), None, Center()]},
            ["activities[1] must be an Activity (got NoneType)", "activities[2] must be an Activity (got Center)"],
        ),
        ({"organizations": [{}]}, ["organizations[0] must be an Organization (got dict)"]),
        ({"period": "2020"}, ["period must be a Period (got '2020')"]),
        (
            {"as_of": datetime(2020, 1, 1), "records_from": "x"},
            ["as_of must be a date (got datetime.datetime(2020, 1, 1, 0, 0))", "records_from must be a date (got 'x')"],
        ),
        ({"judgements": "good"}, ["judgements must be a table by criterion id (got 'good')"]),
        ({"judgements": {"x": "good"}}, ["judgements['x'] must be a Judgement (got 'good')"]),
        ({"judgements": {"x": []}}, ["judgements['x'] must be a Judgement (got ())"]),
        ({"judgements": {"x": [Judgement(value="a"), 5]}}, ["judgements['x'] must be a Judgement (got 5)"]),
        (
            {"judgements": {"x": Judgement(value=0.5, on=datetime(2020, 1, 1))}},
            [
                "judgements['x'].value must be a text or a number (got 0.5)",
                "judgements['x'].on must be a date (got datetime.datetime(2020, 1, 1, 0, 0))",
            ],
        ),
        ({"judgements": {"x": Judgement(value=True)}}, ["judgements['x'].value must be a text or a number (got True)"]),
        ({"waivers": [1]}, ["waivers must be a table by criterion id (got [1])"]),
        ({"waivers": {"x": (Waiver(reason=""),)}}, [f"waivers['x'] must be a Waiver (got {(Waiver(reason=''),)!r})"]),
        ({"waivers": {"x": Waiver(reason="", until="2021")}}, ["waivers['x'].until must be a date (got '2021')"]),
    ],
)
def test_what_is_no_dossier_is_told_in_full(parts: dict[str, Any], expected: list[str]) -> None:
    """The parts must be records of their models, dates, and tables of judgements and waivers."""
    assert expected == faults(**parts)


def test_faults_of_structure_and_of_values_are_told_at_once() -> None:
    """One wrong part does not hide the next."""
    found = faults(
        center=Center(floor_area_m2=-1, is_physical="yes"),
        activities=[Activity(attendance=1.5), 5, Activity(held_on=datetime(2020, 1, 1))],
        organizations=7,
        as_of="2020",
        waivers={"x": None},
    )
    assert found == [
        "activities[1] must be an Activity (got int)",
        "organizations must be a list of Organization (got int)",
        "as_of must be a date (got '2020')",
        "waivers['x'] must be a Waiver (got None)",
        "center.is_physical must be True or False (got 'yes')",
        "center.floor_area_m2 must be at least 0 (got -1)",
        "activities[0].attendance must be a whole number (int) (got 1.5)",
        "activities[2].held_on must be a date (no datetime) (got datetime.datetime(2020, 1, 1, 0, 0))",
    ]


# Values


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"is_physical": 1}, "center.is_physical must be True or False (got 1)"),
        ({"is_physical": "true"}, "center.is_physical must be True or False (got 'true')"),
        ({"full_time_staff": True}, "center.full_time_staff must be a whole number (int) (got True)"),
        ({"full_time_staff": Decimal(2)}, "center.full_time_staff must be a whole number (int) (got Decimal('2'))"),
        ({"full_time_staff": "2"}, "center.full_time_staff must be a whole number (int) (got '2')"),
        ({"full_time_staff": -1}, "center.full_time_staff must be at least 0 (got -1)"),
        (
            {"full_time_staff": 10**14},
            "center.full_time_staff must have at most 14 digits before the point (got 100000000000000)",
        ),
        ({"floor_area_m2": 0.5}, "center.floor_area_m2 must be an int or a Decimal, never a float (got 0.5)"),
        ({"floor_area_m2": False}, "center.floor_area_m2 must be an int or a Decimal, never a float (got False)"),
        ({"floor_area_m2": Decimal("NaN")}, "center.floor_area_m2 must be a finite number (got Decimal('NaN'))"),
        (
            {"floor_area_m2": Decimal("0.00001")},
            "center.floor_area_m2 must have at most 4 decimals (got Decimal('0.00001'))",
        ),
        ({"right_of_use_years": 1000}, "center.right_of_use_years must be at most 999 (got 1000)"),
        ({"name": 5}, "center.name must be a text (got 5)"),
        ({"name": b"x"}, "center.name must be a text (got b'x')"),
        ({"opened_on": "2020-01-01"}, "center.opened_on must be a date (no datetime) (got '2020-01-01')"),
        ({"grade": 5}, "center.grade must be a text (got 5)"),
        ({"grade": Code.BETTER}, "center.grade must be a text (got <Code.BETTER: 'better'>)"),
        ({"grade": "bettr"}, "center.grade must be one of its choices; did you mean `better`? (got 'bettr')"),
        (
            {"services": {"consultings"}},
            "center.services must be one of its choices; did you mean `consulting`? (got {'consultings'})",
        ),
        ({"equipment": ["tv"]}, "center.equipment must be a set of texts (got ['tv'])"),
        ({"equipment": "tv"}, "center.equipment must be a set of texts (got 'tv')"),
        ({"equipment": {"tv", 5}}, "center.equipment must hold texts only (got {'tv', 5})"),
        ({"equipment": {None}}, "center.equipment must hold texts only (got {None})"),
        ({"equipment": frozenset({5})}, "center.equipment must hold texts only (got {5})"),
    ],
)
def test_a_wrong_value_is_told_with_what_it_must_be(parts: dict[str, Any], expected: str) -> None:
    """A truth is no number, a datetime no date, a float no Decimal, a list no set; choices and domains are kept."""
    assert faults(center=Center(**parts)) == [expected]


@pytest.mark.parametrize(
    "parts",
    [
        {"floor_area_m2": 0},
        {"floor_area_m2": Decimal("99999999999999.9999")},
        {"right_of_use_years": 999},
        {"full_time_staff": 0},
        {"opened_on": date.min},
        {"name": ""},
        {"equipment": frozenset()},
        {"equipment": {"投影仪"}},
        {"functions": {"anything"}},
        {"grade": "poor"},
        {"is_physical": False},
    ],
    ids=str,
)
def test_values_at_the_ends_of_their_domains_are_kept(parts: dict[str, Any]) -> None:
    """Least and most, empty texts and sets, and what an open list does not name."""
    dossier = Dossier(center=Center(**parts))
    assert dossier.center is not None
    assert parts == {name: dossier.center[name] for name in parts}


def test_every_fault_of_every_record_has_its_place() -> None:
    """The subject and the rows of each relation, each row by its number."""
    found = faults(
        center=Center(name=1, grade="x"),
        activities=[Activity(), Activity(attendance=-1)],
        organizations=[Organization(kind=1)],
        centers=[Center(name=2)],
        areas=[Area(level="moon")],
    )
    assert [fault.partition(" ")[0] for fault in found] == [
        "center.name",
        "center.grade",
        "activities[1].attendance",
        "organizations[0].kind",
        "centers[0].name",
        "areas[0].level",
    ]


def test_a_message_does_not_depend_on_the_hash_seed() -> None:
    """The items of a set are shown in one order, and the first of them that is wrong is the same one."""
    program = (
        "from platformrules.dossiers import Dossier; from platformrules.models import Center\n"
        "try: Dossier(center=Center(services=set('edcbafgh'), equipment={'a', 1, None, 'b'}))\n"
        "except TypeError as error: print(error)"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
    assert "(got {'a', 'b', 1, None})" in told.pop()


# Plugin facts


def test_plugin_facts_are_checked_when_the_schema_is_known() -> None:
    """Labels become codes, and what is not recorded stays None."""
    dossier = Dossier(center=Center(facts={"p_house": "新房", "p_rooms": None}))
    dossier.bind(SCHEMA)
    assert dossier.center is not None
    assert dossier.center["p_house"] == "new_house"
    assert dossier.center["p_rooms"] is None


def test_a_record_without_plugin_facts_stays_as_it_is() -> None:
    """Binding changes only what has to be settled."""
    activity = Activity(theme="study_club")
    dossier = Dossier(center=CENTER, activities=[activity])
    dossier.bind(SCHEMA)
    assert dossier.center is CENTER
    assert dossier.activities is not None
    assert dossier.activities[0] is activity


def test_choices_that_a_plugin_adds_to_the_core_become_codes() -> None:
    """The label of an added choice is settled as soon as the plugin's schema is known."""
    dossier = Dossier(
        center=CENTER, activities=[Activity(theme="音乐", facts={"p_words": {"新房", "其他"}}), Activity()]
    )
    assert dossier.activities is not None
    assert dossier.activities[0].theme == "音乐"
    dossier.bind(SCHEMA)
    assert dossier.activities[0].theme == "music"
    assert dossier.activities[0]["p_words"] == frozenset({"new_house", "其他"})


def test_a_dossier_is_bound_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time with the same schema nothing is checked; with another schema it is."""
    dossier = Dossier(center=Center(facts={"p_rooms": 2}))
    dossier.bind(SCHEMA)
    bound = dossier.center
    monkeypatch.setattr("platformrules.dossiers.settle", lambda *_: pytest.fail("checked twice"))
    dossier.bind(SCHEMA)
    assert dossier.center is bound
    with pytest.raises(pytest.fail.Exception):
        dossier.bind(SCHEMA.with_facts([]))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"p_hose": "x"}, "center.facts has no fact `p_hose`; did you mean `p_house`?"),
        ({"zzzzz": 1}, "center.facts has no fact `zzzzz`; there are `p_house`, `p_rooms`"),
        ({"floor_area_m2": 3}, "center.facts has no fact `floor_area_m2`; there are `p_house`, `p_rooms`"),
        ({"p_rooms": 0}, "center.facts['p_rooms'] must be at least 1 (got 0)"),
        ({"p_rooms": True}, "center.facts['p_rooms'] must be a whole number (int) (got True)"),
        (
            {"p_house": "tent"},
            "center.facts['p_house'] must be one of its choices; there are `new_house`, `old_house` (got 'tent')",
        ),
    ],
)
def test_a_wrong_plugin_fact_is_told_each_time(facts: dict[str, Any], expected: str) -> None:
    """An unknown one with the nearest known; and a dossier that was refused once is not taken the next time."""
    dossier = Dossier(center=Center(facts={**facts, "p_house": facts.get("p_house", "新房")}))
    for _ in range(2):
        with pytest.raises(DossierError) as caught:
            dossier.bind(SCHEMA)
        assert caught.value.faults == (expected,)


def test_a_plugin_fact_of_another_model_is_unknown() -> None:
    """And where a model has no plugin facts at all there is nothing to suggest."""
    dossier = Dossier(center=CENTER, areas=[Area(facts={"p_rooms": 2})])
    with pytest.raises(DossierError, match=r"^areas\[0\]\.facts has no fact `p_rooms`$"):
        dossier.bind(SCHEMA)


# Any values

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(max_size=5),
    st.dates(),
    st.datetimes(),
    st.frozensets(st.sampled_from(["tv", "better", "电脑", 1, None])),
    st.binary(max_size=2),
    st.lists(st.integers(), max_size=2),
)


@given(st.sampled_from([one for facts in SCHEMA.facts.values() for one in facts.values()]), VALUES)
def test_any_value_is_settled_or_told(one: Fact, value: Any) -> None:
    """A value comes out with the exact type of its fact, and settling it again changes nothing."""
    settled, fault = settle(one, value)
    kinds = {"boolean": bool, "integer": int, "text": str, "date": date, "choice": str, "set": frozenset}
    if not fault:
        assert type(settled) is kinds.get(one.type, type(settled))
        assert type(settled) in {bool, int, Decimal, str, date, frozenset}
        assert settle(one, settled) == (settled, "")
    else:
        assert fault.startswith("must ")


@given(st.dictionaries(st.sampled_from(sorted(CORE.facts["center"])), VALUES, max_size=4), VALUES, VALUES)
def test_any_dossier_is_made_or_refused(parts: dict[str, Any], rows: Any, table: Any) -> None:
    """Never another exception, whatever was given."""
    with contextlib.suppress(DossierError):
        dossier = Dossier(center=Center(**parts), activities=rows, judgements=table, waivers=table, as_of=rows)
        assert type(dossier.activities) in {tuple, type(None)}
        assert dossier.as_of is rows

# SPDX-License-Identifier: MIT
"""Following a case: events, days, limits, breaches, and what is not known."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import platformrules as pr
from platformrules import cases
from platformrules.errors import DossierError, EvaluationError, UnknownYearError
from platformrules.procedures import machine
from platformrules.procedures.model import Procedure

Made = Callable[..., Procedure]
SHOWN = {"id": "show", "on": "2020-09-01", "pages": 2, "mark": "好"}


def stands(procedure: Procedure, events: list[Any], as_of: date, **more: Any) -> pr.cases.CaseReport:  # type: ignore[name-defined]
    """How a case stands, with the parameter that the document leaves open unless it is asked for."""
    return pr.evaluate_case(procedure, events, as_of, parameters={"days": 5} | more.pop("parameters", {}), **more)


def rows(made: Made, *texts: str) -> Procedure:
    """The usual procedure with further transitions, first in the file."""
    return made(rows="".join(f"[[transitions]]\n{text}\ncites = ['c-3']\n" for text in texts) + made.__defaults__[0])


def test_an_event_takes_the_first_row_that_holds(made: Made) -> None:
    """All new values from the old ones; later events are listed and not read."""
    later = {"id": "close", "on": date(2020, 9, 9)}
    report = stands(made(), [later, SHOWN], date(2020, 9, 8))
    assert (report.state, report.since, report.states) == ("shown", date(2020, 9, 1), ("shown",))
    assert report.variables == {"count_of": 2, "mark": "good"}
    assert report.not_read == (("close", date(2020, 9, 9)),)
    assert [(one.event, one.certain, one.to) for one in report.permitted] == [("close", True, ("closed",))]
    assert [(one.day, one.breach.en, one.certain) for one in report.ahead] == [(date(2020, 9, 8), "not closed", True)]
    assert (report.overdue, report.breaches, report.asks_for, report.problems) == ((), (), (), ())


def test_a_limit_is_over_when_its_day_is(made: Made) -> None:
    """On the day it is ahead, the day after overdue, and met late it is a breach."""
    report = stands(made(), [SHOWN], date(2020, 9, 9))
    assert [(one.day, one.certain) for one in report.overdue] == [(date(2020, 9, 8), True)]
    assert (report.ahead, report.breaches) == ((), ())
    report = stands(made(), [SHOWN, {"id": "close", "on": date(2020, 9, 9)}], date(2020, 9, 9))
    assert report.state == "closed"
    assert [(one.day, one.limit, one.certain) for one in report.breaches] == [
        (date(2020, 9, 9), date(2020, 9, 8), True)
    ]
    report = stands(made(), [SHOWN, {"id": "close", "on": date(2020, 9, 8)}], date(2020, 9, 30))
    assert (report.breaches, report.overdue, report.permitted) == ((), (), ())


def test_a_refused_event_changes_nothing_and_is_a_breach(made: Made) -> None:
    """Of the rows of its state, or of its rows elsewhere."""
    empty = {"id": "show", "on": date(2020, 9, 1), "pages": 0}
    report = stands(made(), [empty, {"id": "close", "on": date(2020, 9, 2)}], date(2020, 9, 3))
    assert (report.state, report.since, dict(report.variables)) == ("open", None, {"count_of": 0, "mark": None})
    assert [(one.event, [cited.clause for cited in one.citations]) for one in report.breaches] == [
        ("show", ["c-1"]),
        ("close", ["c-2"]),
    ]


def test_a_row_with_a_breach_takes_effect_and_is_one(made: Made) -> None:
    """Also where an event brings it."""
    procedure = rows(made, "from = ['open']\non = 'close'\nto = 'closed'\nbreach = { zh = '未公示', en = 'not shown' }")
    report = stands(procedure, [{"id": "close", "on": date(2020, 9, 2)}], date(2020, 9, 3))
    assert (report.state, [one.text.en for one in report.breaches]) == ("closed", ["not shown"])


def test_an_unknown_guard_leaves_both_ways_open(made: Made) -> None:
    """All states that can be reached; what is on some ways only is not certain; the blank is asked for."""
    blank = {"id": "show", "on": date(2020, 9, 1), "mark": "bad"}
    report = stands(made(), [blank], date(2020, 9, 20))
    assert (report.state, report.states, report.since) == (None, ("open", "shown"), None)
    assert report.variables == {"count_of": None, "mark": None}
    assert [one.name for one in report.asks_for] == ["show.pages"]
    assert [one.certain for one in (*report.breaches, *report.overdue)] == [False, False]
    assert {one.event: one.certain for one in report.permitted} == {"show": False, "close": False}
    both = rows(made, "from = ['open']\non = 'show'\nwhen = 'event.pages >= 3'\nto = 'shown'\nset = { count_of = '1' }")
    report = stands(both, [blank, {**blank, "on": date(2020, 9, 2)}], date(2020, 9, 3))
    assert report.states == ("open", "shown")


def test_facts_of_the_subject_are_read_and_asked_for(made: Made) -> None:
    """Not recorded is neither true nor false; of another kind the subject is refused, and wrong facts as ever."""
    procedure = rows(made, "from = ['open']\non = 'show'\nwhen = 'center.owned_by_league'\nto = 'closed'")
    event = {"id": "show", "on": date(2020, 9, 1), "pages": 0}
    report = stands(procedure, [event], date(2020, 9, 3))
    assert (report.states, [one.name for one in report.asks_for]) == (("open", "closed"), ["center.owned_by_league"])
    report = stands(procedure, [event], date(2020, 9, 3), subject=pr.Center(id="c1", owned_by_league=True))
    assert (report.state, report.subject, report.asks_for) == ("closed", "c1", ())
    with pytest.raises(EvaluationError, match="about a center, and this is a Area"):
        stands(procedure, [], date(2020, 9, 3), subject=pr.Area(id="a1"))
    with pytest.raises(DossierError):
        stands(procedure, [], date(2020, 9, 3), subject=pr.Center(id="c1", owned_by_league=1))


def test_a_parameter_of_the_case_is_asked_for_until_it_is_given(made: Made) -> None:
    """A limit that waits for it stands ahead without a day; `asks_for` names it whether it is reached or not."""
    procedure = rows(made, "from = ['shown']\nat = 'add_days(since, days)'\nto = 'closed'")
    report = pr.evaluate_case(procedure, [SHOWN], date(2020, 9, 20))
    assert [one.name for one in report.asks_for] == ["days"]
    assert [one.day for one in report.ahead] == [None]
    report = stands(procedure, [SHOWN], date(2020, 9, 4))
    assert [(one.day, one.to) for one in report.ahead] == [(date(2020, 9, 6), "closed"), (date(2020, 9, 8), None)]
    assert report.provenance["parameters"] == {"days": 5}
    assert stands(procedure, [SHOWN], date(2020, 9, 20)).state == "closed"


def test_days_of_each_year_count_from_the_day_of_entry(made: Made) -> None:
    """Each acts once; the day itself is inside; after the year 9999 there is none."""
    procedure = rows(made, "from = ['shown']\nevery = '09-01'\nset = { count_of = 'count_of + 1' }")
    counts = [
        stands(procedure, [SHOWN], day).variables["count_of"]
        for day in (date(2020, 9, 1), date(2020, 9, 2), date(2021, 9, 2), date(2023, 9, 2))
    ]
    assert counts == [2, 3, 4, 6]
    last = {**SHOWN, "on": date(9999, 12, 31)}
    assert stands(rows(made, "from = ['open']\nevery = '02-29'\nto = 'closed'"), [], date(2020, 3, 1)).state == "closed"
    with pytest.raises(UnknownYearError):
        stands(procedure, [last], date(9999, 12, 31))


def test_the_end_of_a_day_comes_after_its_events_in_file_order(made: Made) -> None:
    """What it brings is computed anew after each row; a limit that lies before the entry is over at the day's end."""
    procedure = rows(
        made,
        "from = ['shown']\nat = 'since'\nwhen = 'count_of == 2'\nset = { count_of = '10' }",
        "from = ['shown']\nat = 'date(2020, 1, 1)'\nwhen = 'count_of == 10'\nto = 'closed'",
        "from = ['closed']\nat = 'since'\nset = { count_of = '11' }",
    )
    report = stands(procedure, [SHOWN], date(2020, 9, 1))
    assert (report.state, report.variables["count_of"]) == ("shown", 2)
    report = stands(procedure, [SHOWN], date(2020, 9, 2))
    assert (report.state, report.variables["count_of"], report.since) == ("closed", 11, date(2020, 9, 1))


def test_a_timed_row_with_a_breach_that_leaves_its_states_is_a_breach_at_once(made: Made) -> None:
    """And one whose guard no longer holds was met late."""
    procedure = rows(made, "from = ['shown']\nat = 'since'\nto = 'closed'\nbreach = { zh = '过期', en = 'expired' }")
    report = stands(procedure, [SHOWN], date(2020, 9, 2))
    assert (report.state, [one.text.en for one in report.breaches], report.overdue) == ("closed", ["expired"], ())
    procedure = rows(
        made,
        "from = ['open']\nat = 'date(2020, 3, 1)'\nwhen = 'count_of < 1'\nbreach = { zh = '迟', en = 'late' }",
        "from = ['open']\non = 'close'\nset = { count_of = '1' }",
    )
    assert [one.day for one in stands(procedure, [], date(2020, 3, 2)).overdue] == [date(2020, 3, 1)]
    report = stands(procedure, [{"id": "close", "on": date(2020, 3, 5)}], date(2020, 3, 6))
    assert [(one.day, one.limit) for one in report.breaches] == [(date(2020, 3, 5), date(2020, 3, 1))]


def test_the_events_so_far_are_rows(made: Made) -> None:
    """Those that took effect before; a blank field of one is unknown, as everywhere."""
    twice = 'count(e for e in events if e.id == "show" and e.on < today and e.pages >= 1) >= 1'
    procedure = rows(
        made, f"from = ['shown']\non = 'show'\nwhen = '{twice}'\nto = 'closed'", "from = ['shown']\non = 'show'"
    )
    again = {**SHOWN, "on": date(2020, 9, 2)}
    assert stands(procedure, [SHOWN, again], date(2020, 9, 3)).state == "closed"
    assert stands(procedure, [SHOWN, SHOWN], date(2020, 9, 3)).state == "shown"


def test_a_guard_of_a_day_that_is_unknown_leaves_both_ways_open(made: Made) -> None:
    """The row may act or not; overdue is then not certain."""
    procedure = rows(
        made,
        "from = ['shown']\nat = 'since'\nwhen = 'center.owned_by_league'\nto = 'closed'",
        "from = ['shown']\nat = 'since'\nwhen = 'center.is_physical'\nbreach = { zh = '迟', en = 'late' }",
    )
    assert [(one.day, one.certain) for one in stands(procedure, [SHOWN], date(2020, 9, 1)).ahead][:2] == [
        (date(2020, 9, 1), False),
        (date(2020, 9, 1), False),
    ]
    report = stands(procedure, [SHOWN], date(2020, 9, 3))
    assert report.states == ("shown", "closed")
    assert [one.certain for one in report.overdue] == [False]
    assert [one.name for one in report.asks_for] == ["center.owned_by_league", "center.is_physical"]


def test_what_cannot_be_read_is_listed_and_the_rest_is_followed(made: Made) -> None:
    """Events that there are not, days that are none, fields that are unknown or wrong."""
    events = [
        "no event",
        {"id": "shaw", "on": "2020-09-01"},
        {"id": "show", "on": "1 September"},
        {"id": "show"},
        {"id": "show", "on": "2020-09-01", "pages": "two", "mark": "ugly", "colour": 1},
        {"id": ["show"], "on": "2020-09-01"},
    ]
    report = stands(made(), events, date(2020, 9, 3))
    assert [one.path for one in report.problems] == [
        "events[0]",
        "events[1].id",
        "events[2].on",
        "events[3].on",
        "events[4].pages",
        "events[4].mark",
        "events[4].colour",
        "events[5].id",
    ]
    assert "did you mean `show`" in report.problems[1].message.en
    assert report.states == ("open", "shown")
    with pytest.raises(EvaluationError, match="as_of must be a date"):
        pr.evaluate_case(made(), [], "2020-09-03")  # type: ignore[arg-type]


def test_values_of_json_become_values_of_facts() -> None:
    """Days and decimals may be texts, sets lists; what is none is left for the check of types."""
    facts = pr.models.CORE.facts["center"]  # type: ignore[attr-defined]
    assert cases.as_fact_value(facts["opened_on"], "2020-02-30") == "2020-02-30"
    assert str(cases.as_fact_value(facts["floor_area_m2"], "85.5")) == "85.5"
    assert cases.as_fact_value(facts["floor_area_m2"], "many") == "many"
    assert cases.as_fact_value(facts["equipment"], ["tv"]) == frozenset({"tv"})
    assert cases.as_fact_value(facts["equipment"], [["tv"]]) == [["tv"]]
    assert cases.as_fact_value(facts["name"], "x") == "x"


def test_the_answer_is_json_and_does_not_depend_on_the_order_of_days(made: Made) -> None:
    """Events are sorted by day; the answer is the same whatever the order of the list."""
    close = {"id": "close", "on": date(2020, 9, 9)}
    one, other = (stands(made(), events, date(2020, 9, 30)).to_dict() for events in ([SHOWN, close], [close, SHOWN]))
    assert one == other
    assert json.loads(json.dumps(one))["state"] == "closed"
    waiting = stands(made(), [SHOWN], date(2020, 9, 1)).to_dict()
    assert waiting["permitted"][0]["fields"][0]["id"] == "pages"
    assert waiting["ahead"][0]["day"] == "2020-09-08"
    assert stands(made(), ["?"], date(2020, 9, 1)).to_dict()["problems"][0]["path"] == "events[0]"
    blank = pr.evaluate_case(
        made(), [{"id": "show", "on": "2020-09-01"}, {"id": "close", "on": "2020-12-01"}], date(2020, 9, 2)
    )
    assert [one["name"] for one in blank.to_dict()["asks_for"]] == ["days", "show.pages"]
    assert blank.to_dict()["not_read"] == [{"id": "close", "on": "2020-12-01"}]


def test_too_many_ways_are_an_error(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a wait: the message says what to do."""
    monkeypatch.setattr(machine, "MAX_WAYS", 3)
    procedure = rows(
        made,
        "from = ['open']\non = 'close'\nwhen = 'event.pages >= 3'\nset = { count_of = 'count_of * 2 + 1' }",
        "from = ['open']\non = 'close'\nset = { count_of = 'count_of * 2' }",
    )
    blank = [{"id": "close", "on": date(2020, 9, day)} for day in range(1, 6)]
    with pytest.raises(EvaluationError, match="more than 3 ways"):
        stands(procedure, blank, date(2020, 9, 9))


def test_days_that_follow_one_another_without_end_are_an_error(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row may act once a day; over a long time that is too often."""
    monkeypatch.setattr(machine, "MAX_STEPS", 20)
    procedure = rows(made, "from = ['shown']\nat = 'since'\nto = 'shown'")
    assert stands(procedure, [SHOWN], date(2020, 9, 5)).since == date(2020, 9, 4)
    with pytest.raises(EvaluationError, match="without end from 2020-09-01 on, state shown"):
        stands(procedure, [SHOWN], date(2020, 12, 1))


def test_a_breach_on_some_ways_only_is_not_certain(made: Made) -> None:
    """Where ways meet again, what was wrong on one of them is kept as possible."""
    procedure = rows(
        made,
        "from = ['open']\non = 'close'\nwhen = 'event.pages >= 3'\nbreach = { zh = '多', en = 'many' }",
        "from = ['open']\non = 'close'",
    )
    report = stands(procedure, [{"id": "close", "on": date(2020, 9, 1)}], date(2020, 9, 9))
    assert (report.state, [one.certain for one in report.breaches]) == ("open", [False])


def test_what_cannot_come_as_things_stand_is_not_foreseen(made: Made) -> None:
    """A guard that is false closes an event and a day; a fact that is recorded is not asked for."""
    procedure = rows(
        made,
        "from = ['shown']\non = 'show'\nwhen = 'count_of == 99'",
        "from = ['shown']\nat = 'since'\nwhen = 'count_of == 99'\nto = 'closed'",
        "from = ['shown']\non = 'close'\nwhen = 'center.owned_by_league and event.pages >= 3'\nto = 'open'",
    )
    center = pr.Center(id="c1", owned_by_league=True)
    report = stands(procedure, [SHOWN], date(2020, 9, 1), subject=center)
    assert [one.event for one in report.permitted] == ["close"]
    assert [one.day for one in report.ahead] == [date(2020, 9, 8)]
    report = stands(procedure, [SHOWN, {"id": "close", "on": "2020-09-02"}], date(2020, 9, 3), subject=center)
    assert (report.states, report.asks_for) == (("open", "closed"), ())


def test_the_same_procedure_is_compiled_once(made: Made) -> None:
    """The second case of a procedure finds its functions."""
    procedure = made().with_parameters(days=5)
    first = pr.evaluate_case(procedure, [SHOWN], date(2020, 9, 3))
    functions = procedure.compiled["python"]
    second = pr.evaluate_case(procedure, [SHOWN], date(2020, 9, 3))
    assert procedure.compiled["python"] is functions
    assert first.to_dict() == second.to_dict()

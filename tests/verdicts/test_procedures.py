# SPDX-License-Identifier: MIT
"""Verdicts of standards in the guards of procedures: of the subject, as known on the day of the step."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import platformrules as pr
from platformrules.dossiers import Dossier
from platformrules.errors import EvaluationError

PROCEDURE = """
format = 1
[procedure]
id = "reef/naming"
version = "2020"
subject = "center"
document = "reef"
in_force = { from = 2019-01-01 }
title = { zh = "命名", en = "naming" }
[[states]]
id = "applied"
[[states]]
id = "named"
[[states]]
id = "refused"
[[events]]
id = "review"
title = { zh = "评审", en = "review" }
by = { zh = "县", en = "county" }
[[transitions]]
from = ["applied"]
on = "review"
when = 'verdict(center, "NAME") == "eligible"'
to = "named"
cites = ["one"]
[[transitions]]
from = ["applied"]
on = "review"
to = "refused"
cites = ["one"]
"""


def naming(name: str = "reef/center") -> tuple[str, str]:
    """A procedure that names a center which reaches a standard."""
    return "reef/procedures/naming.toml", PROCEDURE.replace("NAME", name)


def given(**parts: Any) -> Dossier:
    """A center that meets all but what a person finds."""
    whole: dict[str, Any] = {
        "center": pr.Center(id="c1", floor_area_m2=120),
        "activities": [pr.Activity(id=f"a{at}", center_id="c1", held_on=date(2020, 3, at)) for at in (1, 9)],
        "judgements": {"reef/center#siting": pr.Judgement(value="good")},
        "period": pr.Period.year(2020),
    }
    return pr.Dossier(**{**whole, **parts})


def states(procedure: Any, subject: Any, on: date = date(2020, 12, 1), as_of: date | None = None) -> tuple[str, ...]:
    """In which states a case may be after a review."""
    return pr.evaluate_case(procedure, [{"id": "review", "on": on}], as_of or on, subject=subject).states


def test_of_the_subject_on_the_day_of_the_step(reef: Any) -> None:
    """With the rows of its dossier; what lies after that day is not known on it."""
    procedure = reef.good(reef.center, naming()).procedure("reef/naming")
    assert list(procedure.referred) == ["reef/center"]
    assert states(procedure, given()) == ("named",)
    assert states(procedure, given(), date(2020, 3, 5)) == ("refused",)
    assert states(procedure, given(center=pr.Center(id="c1", floor_area_m2=1))) == ("refused",)
    assert states(procedure, given(judgements={"siting": pr.Judgement(value="good")})) == ("named", "refused")


def test_what_is_not_known_leaves_both_ways(reef: Any) -> None:
    """No dossier, no period, a day before the period, and a day on which no version is in force."""
    early = reef.standard(
        "reef/deep@1", criteria={"x": 'verdict(center, "reef/center") == "eligible"'}, from_="2019-01-01"
    )
    procedure = reef.good(reef.center, naming(), early).procedure("reef/naming")
    both = ("named", "refused")
    assert states(procedure, None) == both
    assert states(procedure, pr.Center(id="c1", floor_area_m2=120)) == both
    assert states(procedure, given(period=None)) == both
    assert states(procedure, given(period=pr.Period.year(2021))) == both
    assert states(procedure, given(period=pr.Period.year(2019)), date(2019, 12, 31)) == both
    deep = reef.good(naming("reef/deep")).procedure("reef/naming")
    assert states(deep, given(period=pr.Period.year(2019)), date(2019, 12, 31)) == both
    pinned = reef.good(naming("reef/center@2020")).procedure("reef/naming")
    assert states(pinned, given(period=pr.Period.year(2019)), date(2019, 12, 31)) == ("refused",)


def test_a_standard_of_a_day_needs_no_period(reef: Any) -> None:
    """A record is enough for one that reads nothing else."""
    day = reef.standard("reef/center@2020", criteria={"size": "center.floor_area_m2 >= 100"}, period="as-of")
    procedure = reef.good(day, naming()).procedure("reef/naming")
    assert states(procedure, pr.Center(id="c1", floor_area_m2=120)) == ("named",)


def test_asks_for_what_the_standard_lacks(reef: Any) -> None:
    """The facts and relations that are not recorded; nothing where the standard could not be judged by at all."""
    procedure = reef.good(reef.center, naming()).procedure("reef/naming")
    event = [{"id": "review", "on": date(2020, 12, 1)}]
    open_ = given(center=pr.Center(id="c1"), activities=None)
    report = pr.evaluate_case(procedure, event, date(2020, 12, 1), subject=open_)
    assert [one.name for one in report.asks_for] == ["center.floor_area_m2", "activities"]
    assert pr.evaluate_case(procedure, event, date(2020, 12, 1)).asks_for == ()
    before = pr.evaluate_case(procedure, [], date(2020, 12, 1), subject=given())
    assert [(one.to, one.certain) for one in before.permitted] == [(("named", "refused"), True)]


def test_other_parameters_keep_it(reef: Any) -> None:
    """A procedure that is checked again reads the same standards."""
    path, text = naming()
    text += "[parameters]\nlimit = { value = 3, cites = ['one'] }\n"
    procedure = reef.good(reef.center, (path, text)).procedure("reef/naming").with_parameters(limit=4)
    assert states(procedure, given()) == ("named",)


def test_another_subject(reef: Any) -> None:
    """A dossier of another kind is refused like a record of one."""
    procedure = reef.good(reef.center, naming()).procedure("reef/naming")
    with pytest.raises(EvaluationError, match="is about a center, and this is a Area"):
        states(procedure, pr.Dossier(area=pr.Area(id="x")))


def test_refusals(reef: Any) -> None:
    """A procedure is told of what is not there like a standard, and breaks its plugin like one."""
    ((code, path, message),) = reef.told(reef.center, naming("reef/centers"))
    assert (code, path) == ("PR405", "$.transitions[0].when")
    assert message == "there is no standard `reef/centers`; did you mean `reef/center`?"
    book = reef.load()
    assert list(book.standards) == []
    assert list(book.documents) == []
    assert list(book.procedures) == []


def test_dossiers_are_left_as_they_are(reef: Any) -> None:
    """A case does not change what it is given."""
    procedure = reef.good(reef.center, naming()).procedure("reef/naming")
    dossier = given()
    copy = evolve(dossier)
    states(procedure, dossier)
    assert (dossier.as_of, dossier.day) == (copy.as_of, copy.day)

# SPDX-License-Identifier: MIT
"""The testing kit with a standard that reads the verdicts of sub-units, and the two laws of bounds on it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import platformrules as pr
from platformrules.errors import RuleFileError
from platformrules.results import Outcome
from platformrules.standards.rulebook import load_rulebook
from platformrules.testing.cases import read_cases
from platformrules.testing.casewriter import case_toml
from platformrules.testing.construction import Plan, construct
from platformrules.testing.strategies import dossiers, fillings

READS = 'verdict(c, "reef/center")'
CONDITIONS = {
    "share": f'share(({READS} == "eligible" for c in centers), default=0) >= 0.5',
    "kinds": f"count({{{READS} for c in centers}}) == 2",
    "some": f'any({READS} in {{"not-eligible"}} for c in centers)',
    "own": 'verdict(area, "reef/name") == "eligible"',
}


@pytest.fixture
def standard(reef: Any) -> Any:
    """Every way of reading a verdict."""
    name = reef.standard("reef/name@1", subject="area", criteria={"named": 'area.level == "county"'})
    asks = reef.standard("reef/area@2020", subject="area", criteria=CONDITIONS)
    return reef.good(reef.center, name, asks)["reef/area"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_filling_in_never_flips(standard: Any, data: Any) -> None:
    """What is settled stays; with nothing missing all is."""
    holes = data.draw(dossiers(standard))
    filled = data.draw(fillings(holes, standard))
    whole = data.draw(fillings(holes, standard, everything=True))
    before = pr.evaluate(standard, holes)
    for one in (filled, whole):
        after = pr.evaluate(standard, one)
        assert set(after.verdict.reachable) <= set(before.verdict.reachable)
        for old, new in zip(before.findings, after.findings, strict=True):
            assert old.outcome in {Outcome.UNDETERMINED, new.outcome}
    assert Outcome.UNDETERMINED not in {one.outcome for one in pr.evaluate(standard, whole)}


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_both_paths_agree(standard: Any, data: Any) -> None:
    """The exact one is held to the bounds; sub-units get rows of their own."""
    one = data.draw(dossiers(standard, complete=True))
    state = pr.evaluate(standard, one).source.state
    fresh = pr.Dossier(
        area=one.area,
        centers=one.centers,
        activities=one.activities,
        sub_units=one.sub_units,
        judgements=one.judgements,
        waivers=one.waivers,
        period=one.period,
        as_of=one.as_of,
        records_from=one.records_from,
    )
    fresh.bind(standard.schema)
    assert standard.compiled["python"].program.run_in_bounds(fresh)[:4] == state[:4]


@pytest.mark.parametrize("name", list(CONDITIONS))
@pytest.mark.parametrize("wanted", ["passed", "failed"])
def test_dossiers_for_a_purpose(standard: Any, name: str, wanted: str) -> None:
    """Sub-units are brought to a verdict, or kept from it."""
    made = construct(Plan.of([standard]), lambda _: 0, [(0, name, wanted)]).dossier()
    assert pr.evaluate(standard, made)[name].outcome.value == wanted


def test_days_on_which_the_other_standard_is_in_force(reef: Any) -> None:
    """Others would be refused."""
    late = reef.standard("reef/center@2020", criteria={"size": "center.floor_area_m2 >= 100"}, from_="2023-05-01")
    standard = reef.good(late, reef.area)["reef/area"]
    assert {day for _, day in Plan.of([standard]).periods} == {date(2023, 5, 1)}
    made = construct(Plan.of([standard]), lambda _: 0, [(0, "half", "passed")]).dossier()
    assert pr.evaluate(standard, made).verdict.id == "eligible"


CASES = """
format = 1
[[cases]]
id = "half"
standard = "reef/area@2020"
period = "2020"
centers = [{ id = "c1", area_id = "x", floor_area_m2 = 120 }, { id = "c2", area_id = "x" }]
activities = [{ center_id = "c1", times = 2, held_on = 2020-03-01 }]
[cases.area]
id = "x"
[cases.sub_units.c1]
judgements = { "reef/center#siting" = { value = "good" } }
waivers = { "reef/center#size" = { reason = "made up" } }
[cases.expect]
verdict = "eligible"
[[cases]]
id = "poor"
like = "half"
[cases.sub_units.c1]
judgements = { "reef/center#siting" = { value = "poor" } }
[cases.expect]
verdict = "not-eligible"
"""


def test_worked_cases(reef: Any) -> None:
    """What is said of sub-units stands in a case, and a written case keeps it."""
    (source,) = reef.sources(reef.center, reef.area, ("reef/cases/area.toml", CASES))
    book = load_rulebook([source])
    cases = read_cases(source, book)
    assert [list(one.differences(pr.evaluate(one.standard, one.dossier))) for one in cases] == [[], []]
    text = case_toml("again", cases[1].standard, cases[1].dossier, {"verdict": "not-eligible"})
    (source,) = reef.sources(("reef/cases/area.toml", f"format = 1\n{text}"))
    (again,) = read_cases(source, book)
    assert again.dossier.sub_units["c1"].judgements == cases[1].dossier.sub_units["c1"].judgements
    assert list(again.differences(pr.evaluate(again.standard, again.dossier))) == []


def test_cases_name_criteria_that_are_read(reef: Any) -> None:
    """Of the standards whose verdicts are read, by qualified keys."""
    wrong = CASES.replace("reef/center#size", "size").replace(
        '"poor" }', '"poor" }, "reef/center#no" = { value = "x" }'
    )
    (source,) = reef.sources(reef.center, reef.area, ("reef/cases/area.toml", wrong))
    with pytest.raises(RuleFileError) as raised:
        read_cases(source, load_rulebook([source]))
    assert [(one.code, one.path) for one in raised.value.diagnostics] == [
        ("PR405", "$.cases[0].sub_units.c1.waivers.size"),
        ("PR405", "$.cases[1].sub_units.c1.judgements.reef/center#no"),
    ]
    assert "reads no verdict that `size` counts for" in raised.value.diagnostics[0].message

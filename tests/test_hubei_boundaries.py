# SPDX-License-Identifier: MIT
"""Both sides of every number of Hubei's two standards, exactly: the last value that fails, the first that passes.

The worked cases of the plugin tell the same as documents; here each number is moved by the smallest step there is.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from platformrules.criteria.typed import Parameter
from platformrules.criteria.walk import walk
from platformrules.dossiers import Dossier
from platformrules.evaluation import evaluate
from platformrules.models import Activity, Organization
from platformrules.plugins import load, rule_folder
from platformrules.results import Outcome
from platformrules.standards.rulebook import Rulebook
from platformrules.testing.cases import Case, read_cases

FOLDER = Path(__file__).parents[1] / "plugins" / "hubei"
BASES = {"hubei/demonstration": "eligible", "hubei/construction": "new-and-complete"}
STEP = Decimal("0.0001")


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    """Hubei's rules, from the source tree."""
    return load([FOLDER])


@pytest.fixture(scope="module")
def bases(rulebook: Rulebook) -> dict[str, Case]:
    """The worked case of each standard in which every criterion passes."""
    cases = {case.id: case for case in read_cases(rule_folder(FOLDER), rulebook)}
    return {standard: cases[base] for standard, base in BASES.items()}


def with_center(**facts: Any) -> Callable[[Dossier], Dossier]:
    """The dossier with other facts of its center; those of the plugin by their name too."""

    def change(dossier: Dossier) -> Dossier:
        center = dossier.center
        own = {name: value for name, value in facts.items() if not name.startswith("hubei_")}
        added = {name: value for name, value in facts.items() if name.startswith("hubei_")}
        return attrs.evolve(dossier, center=attrs.evolve(center, **own, facts={**center.facts, **added}))

    return change


def with_activities(*counts: int, **facts: Any) -> Callable[[Dossier], Dossier]:
    """The dossier with so many activities in each month, from January on."""
    days = [date(2020, month, 1 + number) for month, count in enumerate(counts, 1) for number in range(count)]

    def change(dossier: Dossier) -> Dossier:
        pattern = dossier.activities[0]
        rows = [attrs.evolve(pattern, id=f"x{index}", held_on=day, **facts) for index, day in enumerate(days)]
        return attrs.evolve(dossier, activities=rows)

    return change


def with_partners(count: int) -> Callable[[Dossier], Dossier]:
    """The dossier with so many partner organizations, and one that only lives there."""
    rows = [Organization(id=f"o{index}", relations={"partner"}) for index in range(count)]
    return lambda dossier: attrs.evolve(dossier, organizations=[*rows, Organization(id="r", relations={"resident"})])


def with_one_of(attendance: int) -> Callable[[Dossier], Dossier]:
    """The dossier with one more activity, of so many people."""

    def change(dossier: Dossier) -> Dossier:
        odd = attrs.evolve(dossier.activities[0], id="odd", attendance=attendance)
        return attrs.evolve(dossier, activities=(*dossier.activities, odd))

    return change


def kinds(*codes: str) -> frozenset[str]:
    """Some kinds of workforce, the last of which the demonstration clause does not name."""
    return frozenset((*codes, "full_time_social_worker"))


FIVE = (5,) * 12
# standard, criterion, parameter, what fails by the smallest step, what just passes
NUMBERS: list[tuple[str, str, str, Callable[[Dossier], Dossier], Callable[[Dossier], Dossier]]] = [
    (
        "hubei/demonstration",
        "operating-year",
        "minimum_years_open",
        with_center(opened_on=date(2020, 1, 1)),
        with_center(opened_on=date(2019, 12, 31)),
    ),
    (
        "hubei/demonstration",
        "floor-area",
        "minimum_area",
        with_center(floor_area_m2=100 - STEP),
        with_center(floor_area_m2=100),
    ),
    (
        "hubei/demonstration",
        "tenure",
        "minimum_right_of_use",
        with_center(owned_by_league=False, right_of_use_years=5 - STEP),
        with_center(owned_by_league=False, right_of_use_years=5),
    ),
    (
        "hubei/demonstration",
        "fiscal-funding",
        "minimum_fiscal_funding",
        with_center(local_fiscal_funding=30_000 - STEP),
        with_center(local_fiscal_funding=30_000),
    ),
    (
        "hubei/demonstration",
        "service-categories",
        "minimum_service_categories",
        with_center(services={"consulting"}),
        with_center(services={"consulting", "venue_function"}),
    ),
    (
        "hubei/demonstration",
        "staff",
        "minimum_full_time",
        with_center(full_time_staff=0, part_time_main_staff=0),
        with_center(full_time_staff=1, part_time_main_staff=0),
    ),
    (
        "hubei/demonstration",
        "staff",
        "minimum_part_time",
        with_center(full_time_staff=0, part_time_main_staff=1),
        with_center(full_time_staff=0, part_time_main_staff=2),
    ),
    (
        "hubei/demonstration",
        "workforce",
        "minimum_workforce_kinds",
        with_center(workforce_kinds=kinds()),
        with_center(workforce_kinds=kinds("volunteer")),
    ),
    (
        "hubei/demonstration",
        "stable-youth",
        "minimum_stable_youth",
        with_center(stable_served_youth=499),
        with_center(stable_served_youth=500),
    ),
    ("hubei/demonstration", "partner-organizations", "minimum_partners", with_partners(2), with_partners(3)),
    (
        "hubei/demonstration",
        "monthly-activities",
        "minimum_monthly_activities",
        with_activities(*FIVE[1:], 3),
        with_activities(*FIVE[1:], 4),
    ),
    (
        "hubei/demonstration",
        "yearly-activities",
        "minimum_yearly_activities",
        with_activities(*FIVE[1:], 4),
        with_activities(*FIVE),
    ),
    ("hubei/demonstration", "attendance", "minimum_attendance", with_one_of(19), with_one_of(20)),
    (
        "hubei/construction",
        "full-time-minimum",
        "minimum_full_time",
        with_center(full_time_staff=0),
        with_center(full_time_staff=1),
    ),
    (
        "hubei/construction",
        "full-time-maximum",
        "maximum_full_time",
        with_center(full_time_staff=4),
        with_center(full_time_staff=3),
    ),
    ("hubei/construction", "hub", "minimum_partners", with_partners(0), with_partners(1)),
    (
        "hubei/construction",
        "resource-guarantee",
        "minimum_funding_sources",
        with_center(hubei_funding_sources=frozenset()),
        with_center(hubei_funding_sources=frozenset({"government_purchase"})),
    ),
]


@pytest.mark.parametrize(("standard", "criterion", "parameter", "short", "enough"), NUMBERS)
def test_both_sides_of_a_number(
    bases: dict[str, Case],
    standard: str,
    criterion: str,
    parameter: str,
    short: Callable[[Dossier], Dossier],
    enough: Callable[[Dossier], Dossier],
) -> None:
    """One step short of a number the criterion fails and no other does; on the number it passes."""
    base = bases[standard]
    failing, passing = (evaluate(base.standard, change(base.dossier)) for change in (short, enough))
    assert [one.criterion for one in failing if one.outcome is Outcome.FAILED] in ([criterion], *also(criterion))
    assert passing[criterion].outcome is Outcome.PASSED
    assert parameter in base.standard.parameters


def also(criterion: str) -> list[list[str]]:
    """What cannot fail alone: three in a month are, of five in all others, too few for the year as well."""
    return [["monthly-activities", "yearly-activities"]] if criterion == "monthly-activities" else []


def test_every_number_of_a_criterion_is_looked_at(bases: dict[str, Case]) -> None:
    """No number that a criterion compares with is left out above, and none is named that no criterion reads."""
    read = {
        (standard, criterion.id, node.name)
        for standard, base in bases.items()
        for criterion in base.standard.criteria
        for expression in criterion.expressions
        for node in walk(expression.root)
        if isinstance(node, Parameter) and type(base.standard.parameters[node.name].value) is not bool
    }
    assert {(standard, criterion, parameter) for standard, criterion, parameter, _, _ in NUMBERS} == read


@pytest.mark.parametrize("standard", BASES)
def test_the_bases_pass_in_all(bases: dict[str, Case], standard: str) -> None:
    """From where the numbers are moved, everything passes."""
    report = evaluate(bases[standard].standard, bases[standard].dossier)
    assert {one.outcome for one in report} == {Outcome.PASSED}


def test_monthly_and_yearly_are_two_demands(bases: dict[str, Case]) -> None:
    """Four a month make 48 and not 60; sixty in eleven months leave one without."""
    base = bases["hubei/demonstration"]
    few = evaluate(base.standard, with_activities(*(4,) * 12)(base.dossier))
    uneven = evaluate(base.standard, with_activities(*(6,) * 11, 0)(base.dossier))
    wanted = ("monthly-activities", "yearly-activities")
    assert [few[one].outcome for one in wanted] == [Outcome.PASSED, Outcome.FAILED]
    assert [uneven[one].outcome for one in wanted] == [Outcome.FAILED, Outcome.PASSED]


@pytest.mark.parametrize(
    ("opened_on", "as_of", "passes"),
    [
        (date(2020, 2, 29), date(2021, 2, 28), True),  # the corresponding day of a year without a 29th
        (date(2020, 2, 29), date(2021, 2, 27), False),
        (date(2020, 3, 1), date(2021, 2, 28), False),
        (date(2020, 3, 1), date(2021, 3, 1), True),
        (date(2019, 2, 28), date(2020, 2, 28), True),
        (date(2021, 1, 1), date(2020, 12, 31), False),  # not open yet
    ],
)
def test_a_year_in_operation(bases: dict[str, Case], opened_on: date, as_of: date, passes: bool) -> None:  # noqa: FBT001
    """A year is complete on the corresponding day; the day of opening is not counted."""
    base = bases["hubei/demonstration"]
    dossier = attrs.evolve(with_center(opened_on=opened_on)(base.dossier), as_of=as_of)
    expected = Outcome.PASSED if passes else Outcome.FAILED
    assert evaluate(base.standard, dossier)["operating-year"].outcome is expected


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2019, 12, 31), False),
        (date(2020, 1, 1), True),
        (date(2020, 12, 31), True),
        (date(2021, 1, 1), False),
    ],
)
def test_the_year_has_both_its_ends(bases: dict[str, Case], day: date, counts: bool) -> None:  # noqa: FBT001
    """An activity of the first or last day counts, one of the day before or after does not."""
    base = bases["hubei/demonstration"]
    small = Activity(id="odd", held_on=day, attendance=1, facts=dict(base.dossier.activities[0].facts))
    dossier = attrs.evolve(base.dossier, activities=(*base.dossier.activities, small))
    expected = Outcome.FAILED if counts else Outcome.PASSED
    assert evaluate(base.standard, dossier)["attendance"].outcome is expected

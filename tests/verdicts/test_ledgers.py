# SPDX-License-Identifier: MIT
"""Ledgers for a standard that reads the verdicts of sub-units: what they ask for, and what is said of sub-units."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import platformrules as pr
from platformrules.cli.facts import facts_read
from platformrules.dossiers import Dossier
from platformrules.ledger import read_ledger, sample_ledger, write_ledger, write_template
from platformrules.ledger.columns import sheets_needed
from platformrules.ledger.guidance import uses
from platformrules.ledger.template import template_facts

GOOD = pr.Judgement(value="good", reason="made up")


@pytest.fixture
def standard(reef: Any) -> Any:
    """Areas whose centers reach a standard."""
    return reef.good(reef.center, reef.area)["reef/area"]


def dossiers() -> list[Dossier]:
    """An area above another, which has a center."""
    said = {
        "c1": pr.SubUnit(
            judgements={"reef/center#siting": GOOD},
            waivers={"reef/center#size": pr.Waiver(reason="made up", until=date(2021, 1, 1))},
        )
    }
    shared: dict[str, Any] = {
        "centers": [pr.Center(id="c1", area_id="y", floor_area_m2=90)],
        "activities": [pr.Activity(id=f"a{at}", center_id="c1", held_on=date(2020, 4, at)) for at in (1, 2)],
        "organizations": [],
        "sub_units": said,
        "period": pr.Period.year(2020),
    }
    return [
        pr.Dossier(area=pr.Area(id="x"), areas=[pr.Area(id="y", parent_id="x")], **shared),
        pr.Dossier(area=pr.Area(id="y", parent_id="x"), areas=[], **shared),
    ]


@pytest.mark.parametrize("name", ["ledger.json", "ledger.xlsx", "tables"])
def test_round_trip(standard: Any, tmp_path: Path, name: str) -> None:
    """What is said of a sub-unit comes back to every subject that has it."""
    write_ledger(dossiers(), tmp_path / name, standard)
    ledger = read_ledger(tmp_path / name, standard)
    assert list(ledger.problems) == []
    for one, given in zip(ledger.dossiers, dossiers(), strict=True):
        assert dict(one.sub_units) == dict(given.sub_units)
        assert pr.evaluate(standard, one).verdict.id == "eligible"


def test_json_without_marks(standard: Any) -> None:
    """A plain name is of the standard whose verdict is read; what cannot be read is listed, and the rest counts."""
    data: dict[str, Any] = {
        "period": "2020",
        "dossiers": [
            {
                "area": {"id": "x"},
                "centers": [{"id": "c1", "area_id": "x", "floor_area_m2": 120}],
                "activities": [{"id": f"a{at}", "center_id": "c1", "held_on": f"2020-04-0{at}"} for at in (1, 2)],
                "sub_units": {
                    "c1": {"judgements": {"siting": {"value": "好"}, "style": {"value": "good"}}, "note": 1},
                    "c2": 3,
                },
            },
            {"area": {"id": "y"}, "sub_units": []},
        ],
    }
    ledger = read_ledger(data, standard)
    assert [(one.code, one.cell) for one in ledger.problems] == [
        ("PR504", "$.dossiers[0].sub_units.c1.note"),
        ("PR512", "$.dossiers[0].sub_units.c1.judgements.style"),
        ("PR501", "$.dossiers[0].sub_units.c2"),
        ("PR501", "$.dossiers[1].sub_units"),
    ]
    assert pr.evaluate(standard, ledger.dossiers[0]).verdict.id == "eligible"


def test_names_of_criteria(reef: Any) -> None:
    """Where two standards that are read have a criterion, it must be qualified; one that neither has is told."""
    other = reef.standard("reef/star@1", criteria={"siting": reef.judged})
    asks = reef.standard(
        "reef/area@2020",
        subject="area",
        criteria={
            "a": 'all(verdict(c, "reef/center") == "eligible" for c in centers)',
            "b": 'all(verdict(c, "reef/star") == "eligible" for c in centers)',
        },
    )
    standard = reef.good(reef.center, other, asks)["reef/area"]
    said = {"siting": {"value": "good"}, "reef/star#siting": {"value": "差"}, "reef/star#no": {"value": "x"}}
    ledger = read_ledger(
        {"period": "2020", "dossiers": [{"area": {"id": "x"}, "sub_units": {"c1": {"judgements": said}}}]}, standard
    )
    assert [one.message.en for one in ledger.problems] == [
        "reef/center, reef/star have a criterion `siting`, so not used; write `standard#criterion`",
        "reef/star@1 has no criterion `no`, so not used",
    ]
    (found,) = ledger.dossiers[0].sub_units["c1"].judgements.items()
    assert (found[0], found[1].value) == ("reef/star#siting", "poor")  # type: ignore[union-attr]


def test_roles_are_those_of_the_standard_that_is_read(reef: Any) -> None:
    """The assessors of sub-units, by their title; the last decides."""
    assessors = "assessors = [{ id = 'self', title = { zh = '自评', en = 'own' } }, "
    assessors += "{ id = 'county', title = { zh = '县评', en = 'county' } }]"
    judged = reef.standard("reef/center@2020", criteria={"siting": reef.judged}, more=assessors)
    standard = reef.good(judged, reef.area)["reef/area"]
    said = [{"value": "good", "role": "县评"}, {"value": "poor", "role": "自评"}, {"value": "poor", "role": "省评"}]
    data = {
        "period": "2020",
        "dossiers": [
            {
                "area": {"id": "x"},
                "centers": [{"id": "c1", "area_id": "x"}],
                "sub_units": {"c1": {"judgements": {"siting": said}}},
            }
        ],
    }
    ledger = read_ledger(data, standard)
    assert [one.cell for one in ledger.problems] == ["$.dossiers[0].sub_units.c1.judgements.siting[2].role"]
    assert pr.evaluate(standard, ledger.dossiers[0]).verdict.id == "eligible"


def test_template_asks_for_what_the_other_standard_reads(standard: Any, tmp_path: Path) -> None:
    """The sheets, columns and keys of sub-units, and the criteria that a person judges on them."""
    assert sheets_needed(standard) == ("areas", "activities", "centers")
    columns = {name: [one.id for one in template_facts(standard, name)] for name in ("centers", "activities")}
    assert columns == {
        "centers": ["id", "area_id", "name", "floor_area_m2"],
        "activities": ["id", "center_id", "community_id", "held_on"],
    }
    assert [one.id for one in uses(standard)["center", "floor_area_m2"]] == ["half"]
    assert [one.id for one in facts_read(standard)] == ["floor_area_m2", "held_on"]
    write_template(standard, tmp_path / "template.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "template.xlsx")
    heading = book["judgements"].cell(1, 2)
    assert "condition siting: good / poor" in heading.comment.text
    assert read_ledger(tmp_path / "template.xlsx", standard, period=pr.Period.year(2020)).dossiers == ()


def test_samples_have_what_is_read(standard: Any) -> None:
    """Centers with their own activities and judgements: the good ones reach the standard."""
    ledger = sample_ledger(standard, 4, seed=1)
    verdicts = [one.verdict.id for one in pr.evaluate_many(standard, ledger)]
    assert verdicts[0] == "eligible"
    assert all(one.sub_units for one in ledger.dossiers)

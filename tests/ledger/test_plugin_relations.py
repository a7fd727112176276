# SPDX-License-Identifier: MIT
"""Ledgers with rows that a plugin records: a sheet, a CSV file or a JSON key a relation, joined to subjects by keys."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from platformrules.dossiers import Dossier
from platformrules.evaluation import evaluate
from platformrules.ledger import read_ledger, sample_ledger, write_ledger, write_template
from platformrules.models import Activity, Area, Center, Organization, Row
from platformrules.periods import Period
from platformrules.standards.rulebook import Rulebook

YEAR = Period.year(2020)
Lagoon = Callable[..., Rulebook]
Workbook = Callable[..., Path]
AWARDS = [
    ["编号", "青年中心编号", "表彰日期", "级别"],
    ["w1", "c1", "2020-05-01", "市级"],
    ["w2", "c2", "2020-06-01", "县级"],
    ["w3", "c9", "2020-06-01", "县级"],
    [None, "c1", "2019-06-01", None],
]
ALL = "count(lagoon_awards) + count(lagoon_visits) + count(lagoon_members) >= 3"


def ids(dossier: Dossier, relation: str) -> list[str] | None:
    """The ids of the rows of a relation."""
    rows = dossier.rows_of(relation)
    return None if rows is None else [one.id for one in rows]


def test_rows_of_centers(workbook: Workbook, lagoon: Lagoon) -> None:
    """A row belongs to the center whose key it carries; a cell may say that none are recorded."""
    standard = lagoon("count(lagoon_awards) >= 1")["lagoon/rows"]
    centers = [["编号", "表彰已登记"], ["c1", None], ["c2", None], ["c3", None], ["c4", "否"]]
    ledger = read_ledger(workbook({"青年中心": centers, "表彰": AWARDS}), standard, period=YEAR)
    assert [ids(one, "lagoon_awards") for one in ledger.dossiers] == [["表彰!5", "w1"], ["w2"], [], None]
    assert [(one.code, one.sheet, one.place) for one in ledger.problems] == [
        ("PR508", "表彰", "表彰!B4"),
        ("PR509", "表彰", "表彰!C5"),
    ]
    assert [evaluate(standard, one).verdict.id for one in ledger.dossiers][:3] == ["yes", "yes", "no"]
    assert ledger.rows["lagoon_awards"] == 4


def test_a_row_without_its_day_is_read(workbook: Workbook, lagoon: Lagoon) -> None:
    """The day by which rows lie in a period may be blank; that is not outside."""
    standard = lagoon("count(lagoon_awards) >= 1")["lagoon/rows"]
    sheets = {"青年中心": [["编号"], ["c1"]], "表彰": [["编号", "青年中心编号", "表彰日期"], ["w1", "c1", None]]}
    ledger = read_ledger(workbook(sheets), standard, period=YEAR)
    assert ledger.problems == ()
    assert [(one.id, dict(one.facts)) for one in ledger.dossiers[0].rows_of("lagoon_awards") or ()] == [("w1", {})]
    assert evaluate(standard, ledger.dossiers[0]).verdict.reachable == ("yes", "no")


def test_rows_of_organizations_belong_to_their_center(workbook: Workbook, lagoon: Lagoon) -> None:
    """A center has the rows of its organizations; those of an area are unknown to it."""
    standard = lagoon("count(lagoon_members) >= 2")["lagoon/rows"]
    sheets = {
        "青年中心": [["编号"], ["c1"], ["c2"]],
        "组织": [["编号", "青年中心编号"], ["o1", "c1"], ["o1", "c2"], ["o2", "c2"]],
        "成员": [["编号", "组织编号", "成年"], ["m1", "o1", "是"], ["m2", "o2", "否"], ["m3", "o3", "否"]],
        "走访": [["编号"], ["v1"]],
    }
    ledger = read_ledger(workbook(sheets), standard, period=YEAR)
    assert [ids(one, "lagoon_members") for one in ledger.dossiers] == [["m1"], ["m1", "m2"]]
    assert [one.rows_of("lagoon_visits") for one in ledger.dossiers] == [None, None]
    assert [(one.code, one.sheet, one.place) for one in ledger.problems] == [
        ("PR510", "走访", "走访"),
        ("PR508", "成员", "成员!B4"),
    ]
    assert "组织" in ledger.problems[1].message.zh


def test_rows_of_areas(workbook: Workbook, lagoon: Lagoon) -> None:
    """An area has the rows of all areas, centers and organizations below it, of whatever day in a register."""
    standard = lagoon(ALL, "area")["lagoon/rows"]
    sheets = {
        "区域": [["编号", "上级区域编号"], ["county", None], ["town", "county"], ["village", "town"], ["other", None]],
        "青年中心": [["编号", "所属区域编号"], ["c1", "village"], ["c2", "county"]],
        "组织": [["编号", "区域编号"], ["o1", "town"]],
        "表彰": AWARDS,
        "走访": [["编号", "区域编号", "走访日期"], ["v1", "village", "2015-05-01"], ["v2", "other", "2020-05-01"]],
        "成员": [["编号", "组织编号"], ["m1", "o1"]],
    }
    ledger = read_ledger(workbook(sheets), standard, period=YEAR)
    found = {one.subject.id: one for one in ledger.dossiers}
    assert {name: ids(one, "lagoon_awards") for name, one in found.items()} == {
        "county": ["表彰!5", "w1", "w2"],
        "town": ["表彰!5", "w1"],
        "village": ["表彰!5", "w1"],
        "other": [],
    }
    assert {name: ids(one, "lagoon_visits") for name, one in found.items()} == {
        "county": ["v1"],
        "town": ["v1"],
        "village": ["v1"],
        "other": ["v2"],
    }
    assert [ids(found[name], "lagoon_members") for name in ("county", "village")] == [["m1"], []]
    assert [(one.code, one.sheet) for one in ledger.problems] == [("PR508", "表彰"), ("PR509", "表彰")]
    assert "青年中心" in ledger.problems[0].message.zh


def held() -> dict[str, list[Row]]:
    """Rows of an area, of a center in it, and of an organization."""
    return {
        "lagoon_awards": [Row(id="w1", center_id="c1", facts={"given_on": date(2020, 3, 1), "level": "city"})],
        "lagoon_visits": [Row(id="v1", area_id="town", facts={"made_on": date(2011, 3, 1), "people": 3})],
        "lagoon_members": [Row(id="m1", organization_id="o1", facts={"grown_up": False})],
    }


@pytest.mark.parametrize("name", ["ledger.xlsx", "ledger.json", "folder"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_written_is_read_alike(tmp_path: Path, lagoon: Lagoon, name: str, language: str) -> None:
    """Rows come back as they were; what is not recorded of one subject stays so."""
    standard = lagoon(ALL, "area")["lagoon/rows"]
    core: dict[str, Any] = {
        "centers": [Center(id="c1", area_id="town")],
        "organizations": [Organization(id="o1", area_id="town")],
        "activities": [Activity(id="a1", center_id="c1", held_on=date(2020, 1, 1))],
    }
    county, town = Area(id="county"), Area(id="town", parent_id="county")
    fewer = {**held(), "lagoon_visits": None}
    made = [
        Dossier(area=county, areas=[town], relations=held(), period=YEAR, **core),
        Dossier(area=town, areas=[], relations=fewer, period=YEAR, **core),
    ]
    write_ledger(made, tmp_path / name, standard, language)
    ledger = read_ledger(tmp_path / name, standard)
    assert ledger.problems == () if name == "ledger.json" else [one.code for one in ledger.problems] == ["PR513"]
    for one, other in zip(ledger.dossiers, made, strict=True):
        assert (one.area, one.areas, one.centers) == (other.area, other.areas, other.centers)
        for relation in standard.schema.relations:
            assert one.rows_of(relation) == other.rows_of(relation)


def test_json(tmp_path: Path, lagoon: Lagoon) -> None:
    """A relation is a key of a dossier; null is not recorded, an unknown key and a wrong cell are listed."""
    standard = lagoon("count(lagoon_awards) >= 1")["lagoon/rows"]
    awards = [
        {"id": "w1", "given_on": "2020-05-01", "level": "市级"},
        {"id": "w1", "given_on": "2020-05-01"},
        {"id": "w2", "given_on": "2019-05-01", "level": "none"},
        {"id": "w3"},
    ]
    data = {
        "period": "2020",
        "dossiers": [
            {"center": {"id": "c1"}, "lagoon_awards": awards, "lagoon_members": [{"grown_up": True}]},
            {"center": {"id": "c2"}, "lagoon_awards": None, "lagoon_visits": [], "lagoon_members": 3},
        ],
    }
    (tmp_path / "ledger.json").write_text(json.dumps(data), "utf-8")
    ledger = read_ledger(tmp_path / "ledger.json", standard)
    assert [ids(one, "lagoon_awards") for one in ledger.dossiers] == [["w2", "w1", "w3"], None]
    assert [ids(one, "lagoon_members") for one in ledger.dossiers] == [["dossiers[0].lagoon_members[0]"], None]
    assert [(one.code, one.place) for one in ledger.problems] == [
        ("PR502", "$.dossiers[0].lagoon_awards[2].level"),
        ("PR509", "$.dossiers[0].lagoon_awards![2]"),
        ("PR506", "$.dossiers[0].lagoon_awards[1].id"),
        ("PR504", "$.dossiers[1].lagoon_visits"),
        ("PR501", "$.dossiers[1].lagoon_members"),
    ]


@pytest.mark.parametrize(
    ("subject", "require", "sheets"),
    [
        ("center", "count(lagoon_members) >= 1", {"centers": [], "organizations": ["center id"], "members": []}),
        (
            "area",
            "count(lagoon_awards) >= 1",
            {"areas": ["parent area id"], "centers": ["area id"], "awards": ["center id", "given on"]},
        ),
        ("organization", "any(m.grown_up for m in lagoon_members)", {"organizations": [], "members": ["grown up"]}),
    ],
)
def test_templates_and_samples(
    tmp_path: Path, lagoon: Lagoon, subject: str, require: str, sheets: dict[str, list[str]]
) -> None:
    """A template has a sheet a relation and one of what its rows belong to; made-up data fill all of them."""
    standard = lagoon(require, subject)["lagoon/rows"]
    write_template(standard, tmp_path / "template.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "template.xlsx")
    assert book.sheetnames == ["notes", *sheets, "waivers", "settings"]
    for sheet, headings in sheets.items():
        assert set(headings) <= {cell.value for cell in book[sheet][1]}
    last = list(sheets)[-1]
    assert f"{last} recorded" in {cell.value for cell in book[next(iter(sheets))][1]}
    made = sample_ledger(standard, 6, seed=3)
    assert evaluate(standard, made.dossiers[0]).verdict.id == "yes"
    write_ledger(made, tmp_path / "sample.xlsx", standard)
    again = read_ledger(tmp_path / "sample.xlsx", standard)
    assert again.problems == ()
    for one, other in zip(again.dossiers, made.dossiers, strict=True):
        assert one.subject.id == other.subject.id
        assert one.relations == other.relations


def test_a_made_up_tree(lagoon: Lagoon) -> None:
    """Made-up areas lie in one another, and the upper one has the rows of those below it."""
    standard = lagoon("count(areas) >= 1 and count(lagoon_visits) >= 4", "area")["lagoon/rows"]
    made = sample_ledger(standard, 5, seed=1).dossiers
    assert [one.subject["parent_id"] for one in made] == [None, "a001", "a001", "a001", None]
    assert [ids(one, "areas") for one in made] == [["a002", "a003", "a004"], [], [], [], []]
    below = {name for one in made[1:4] for name in ids(one, "lagoon_visits") or ()}
    assert below
    assert below < set(ids(made[0], "lagoon_visits") or ())

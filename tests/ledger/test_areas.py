# SPDX-License-Identifier: MIT
"""Ledgers whose subjects are areas or organizations: rows belong to all areas above them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from platformrules.belonging import Links
from platformrules.dossiers import Dossier
from platformrules.evaluation import evaluate
from platformrules.ledger import read_ledger, sample_ledger, write_ledger, write_template
from platformrules.models import Activity, Area, Center, Organization
from platformrules.periods import Period
from platformrules.standards.model import Standard

YEAR = Period.year(2020)
SHEETS = {
    "区域": [
        ["编号", "上级区域编号", "名称", "区域级别", "组织已登记"],
        ["county", None, "湖畔县", "县（市、区）", None],
        ["town", "county", "东镇", "乡镇", None],
        ["village", "town", "一社区", "社区", "否"],
        ["loop1", "loop2", "环一", "乡镇", None],
        ["loop2", "loop1", "环二", "乡镇", None],
        ["lost", "nowhere", "飞地", "乡镇", None],
    ],
    "青年中心": [
        ["编号", "所属区域编号", "所在社区编号"],
        ["c1", "town", None],
        ["c2", "county", "village"],
        ["c3", "atlantis", None],
        ["c4", None, None],
    ],
    "组织": [["编号", "青年中心编号", "区域编号"], ["o1", "c1", None], ["o2", None, "lost"], ["o3", "c3", None]],
    "活动": [
        ["编号", "社区编号", "青年中心编号", "组织编号", "开展日期"],
        ["a1", "village", None, None, "2020-05-01"],
        ["a2", None, "c1", None, "2020-05-02"],
        ["a3", None, None, "o2", "2021-05-03"],
        ["a4", None, "c9", None, None],
    ],
}


def ids(rows: tuple[Activity | Organization | Center | Area, ...] | None) -> list[str] | None:
    """The ids of some rows."""
    return None if rows is None else [one.id for one in rows]


def test_areas(workbook: Callable[..., Path], lakeside: Callable[..., Standard]) -> None:
    """Everything below an area belongs to it, by whatever key; a circle ends, unknown keys are listed."""
    standard = lakeside("area", "count(centers) >= 2")
    ledger = read_ledger(workbook(SHEETS), standard, period=YEAR)
    found = {one.subject.id: one for one in ledger.dossiers}
    assert list(found) == ["county", "town", "village", "loop1", "loop2", "lost"]
    county = found["county"]
    assert (ids(county.areas), ids(county.centers)) == (["town", "village"], ["c1", "c2"])
    assert (ids(county.organizations), ids(county.activities)) == (["o1"], ["a1", "a2"])
    assert (ids(found["town"].areas), ids(found["town"].centers)) == (["village"], ["c1", "c2"])
    village = found["village"]
    assert (ids(village.areas), ids(village.centers), ids(village.organizations)) == ([], ["c2"], None)
    assert ids(found["loop1"].areas) == ["loop2"]
    assert (ids(found["lost"].organizations), ids(found["lost"].activities)) == (["o2"], ["a3"])
    assert [(one.code, one.place) for one in ledger.problems] == [
        ("PR518", "区域!B5"),
        ("PR508", "区域!B7"),
        ("PR507", "青年中心!A5"),
        ("PR508", "青年中心!B4"),
        ("PR508", "组织!B4"),
        ("PR508", "活动!C5"),
        ("PR509", "活动!E4"),
    ]
    assert [evaluate(standard, one).verdict.id for one in ledger.dossiers] == ["yes", "yes", "no", "no", "no", "no"]


@pytest.mark.parametrize("name", ["ledger.xlsx", "ledger.json", "folder"])
def test_areas_are_written_once(tmp_path: Path, lakeside: Callable[..., Standard], name: str) -> None:
    """A row that stands in the dossier of an area and of the one above it is one row of a table."""
    standard = lakeside("area", "count(areas) >= 1 and count(centers) >= 1")
    county, town = Area(id="county"), Area(id="town", parent_id="county")
    center = Center(id="c1", area_id="town")
    rows = {"centers": [center], "organizations": [], "activities": [Activity(id="a1", center_id="c1")]}
    made = [Dossier(area=county, areas=[town], **rows, period=YEAR), Dossier(area=town, areas=[], **rows, period=YEAR)]
    write_ledger(made, tmp_path / name, standard)
    ledger = read_ledger(tmp_path / name, standard)
    assert ledger.problems == ()
    assert [(one.area, one.areas, one.centers, one.activities) for one in ledger.dossiers] == [
        (one.area, one.areas, one.centers, one.activities) for one in made
    ]


def test_organizations(workbook: Callable[..., Path], lakeside: Callable[..., Standard]) -> None:
    """Activities find their organization by its id."""
    standard = lakeside("organization", "count(activities) >= 1")
    sheets = {"组织": [["组织编号", "名称"], ["o1", "甲"], ["o2", "乙"]], "活动": SHEETS["活动"]}
    ledger = read_ledger(workbook(sheets), standard, period=YEAR)
    assert [ids(one.activities) for one in ledger.dossiers] == [[], ["a3"]]
    assert [one.code for one in ledger.problems] == ["PR507", "PR507", "PR507", "PR509"]


@pytest.mark.parametrize(
    ("subject", "require", "sheets"),
    [
        (
            "area",
            "count(centers) >= 2 and area.level == 'county'",
            ["notes", "areas", "centers", "waivers", "settings"],
        ),
        ("organization", "count(activities) >= 1", ["notes", "organizations", "activities", "waivers", "settings"]),
    ],
)
def test_templates_and_samples(
    tmp_path: Path, lakeside: Callable[..., Standard], subject: str, require: str, sheets: list[str]
) -> None:
    """Templates and made-up data fit every kind of subject."""
    standard = lakeside(subject, require)
    write_template(standard, tmp_path / "template.xlsx", "en")
    assert openpyxl.load_workbook(tmp_path / "template.xlsx").sheetnames == sheets
    assert read_ledger(tmp_path / "template.xlsx", standard, period=YEAR).dossiers == ()
    made = sample_ledger(standard, 5, seed=1)
    assert evaluate(standard, made.dossiers[0]).verdict.id == "yes"
    write_ledger(made, tmp_path / "sample.xlsx", standard, "en")
    again = read_ledger(tmp_path / "sample.xlsx", standard)
    assert [one.subject for one in again.dossiers] == [one.subject for one in made.dossiers]


def test_links() -> None:
    """A subject that is no area has nothing above it, and only its own key."""
    links = Links("center", {"c1": None})
    assert links.keys("activities", {"center_id": "c1", "org_id": "o1"}) == [("center_id", "c1")]
    links.remember("organizations", "o1", ("c1",))
    assert links.owners([("center_id", "c1")]) == ("c1",)
    assert links.owners([("center_id", "c2")]) == ()


def test_areas_that_are_not_recorded_come_back_so(tmp_path: Path, lakeside: Callable[..., Standard]) -> None:
    """The sheet of areas is there in any case: the subject's own row says that those below it are not recorded."""
    standard = lakeside("area", "count(areas) >= 1")
    made = Dossier(area=Area(id="county"), period=YEAR)
    write_ledger([made], tmp_path / "ledger.xlsx", standard)
    (read,) = read_ledger(tmp_path / "ledger.xlsx", standard).dossiers
    assert read.areas is None
    assert evaluate(standard, read).verdict.reachable == ("yes", "no")

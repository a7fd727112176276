# SPDX-License-Identifier: MIT
"""Sheets and headings as people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from platformrules.ledger import Ledger
from platformrules.ledger.columns import facts_needed, relations_read, sheet_kinds
from platformrules.ledger.tables import letters
from platformrules.models import CORE
from platformrules.standards.model import Standard

Read = Callable[..., Ledger]


def codes(ledger: Ledger) -> list[tuple[str, str]]:
    """Code and place of every problem."""
    return [(one.code, one.place) for one in ledger.problems]


@pytest.mark.parametrize(("index", "text"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters(index: int, text: str) -> None:
    """Columns are named as spreadsheets name them."""
    assert letters(index) == text


@pytest.mark.parametrize(
    ("sheet", "headings"),
    [
        ("青年中心", ["编号", "成立时间", "有团旗", "具有一定辐射面"]),
        ("centers", ["id", "opened on", "League flag", "site reaches the surroundings"]),
        ("Centers ", ["id", "opened_on", "has_flag", "hubei_site_has_reach"]),
        ("ＣＥＮＴＥＲＳ", ["ID*", " OPENED ON ", "有 团 旗：", "Hubei_Site_Has_Reach"]),
        ("青年中心", ["青年中心编号", "成立时间（年月日）", "有团旗(是/否)", "具有一定辐射面"]),
    ],
)
def test_headings_in_either_language(read: Read, sheet: str, headings: list[str]) -> None:
    """Names of facts and labels of either language are the same heading; case, width, spaces, remarks do not matter."""
    ledger = read({sheet: [headings, ["c1", "2018.5.1", "√", "否"]]})
    center = ledger.dossiers[0].center
    assert ledger.problems == ()
    assert center is not None
    assert (center.id, center.opened_on, center.has_flag) == ("c1", date(2018, 5, 1), True)
    assert center["hubei_site_has_reach"] is False


def test_headings_in_any_order_below_titles(read: Read) -> None:
    """Titles and blank lines may stand above the headings, and rows keep the numbers that people see."""
    rows = [["某县青年中心台账（2020年）"], [], ["名称", "", "编号"], ["甲", "", "c1"], [], ["乙", "", "c2"], ["丙"]]
    ledger = read({"青年中心": rows})
    assert [one.subject.id for one in ledger.dossiers] == ["c1", "c2"]
    assert codes(ledger) == [("PR507", "青年中心!C7")]
    assert ledger.rows == {"centers": 3}


def test_a_heading_with_a_unit(read: Read, standard: Standard) -> None:
    """The unit of the fact may stand in a heading; ten thousands multiply; another unit makes another column."""
    area = standard.schema.facts["center"]["floor_area_m2"].label.zh
    sheet = [["编号", f"{area}（㎡）", "当地财政配套经费（万元）", "使用权年限（月）"], ["c1", 120, 3.5, 60]]
    ledger = read({"青年中心": sheet})
    center = ledger.dossiers[0].center
    assert center is not None
    assert (center.floor_area_m2, center.local_fiscal_funding, center.right_of_use_years) == (120, 35000, None)
    assert codes(ledger) == [("PR504", "青年中心!D1")]


def test_unknown_double_and_missing_headings(read: Read) -> None:
    """An unknown column, a second column of a fact and cells without a heading are listed once each."""
    rows = [
        ["编号", "名稱", "有团旗", "has_flag", None, "有固定场地", None],
        ["c1", "甲", "是", "否", "备注", None, None],
        ["c2", "乙", "是", "否", "备注", "是", None],
    ]
    ledger = read({"青年中心": rows})
    assert codes(ledger) == [
        ("PR504", "青年中心!B1"),
        ("PR505", "青年中心!D1"),
        ("PR504", "青年中心!F1"),
        ("PR504", "青年中心!E1"),
    ]
    assert ledger.problems[2].text("zh").endswith("是不是“有固定场所”？")
    assert "did you mean" in str(ledger.problems[2])
    assert all(one.center is not None and one.center.has_flag for one in ledger.dossiers)


def test_unknown_and_double_sheets(read: Read) -> None:
    """A sheet that is not known is listed with the nearest one; notes and empty sheets are passed over."""
    ledger = read(
        {
            "说明": [["随便写"]],
            "青年中心": [["编号"], ["c1"]],
            "centers": [["id"], ["c9"]],
            "活动表": [["x"]],
            "Sheet2": [],
            "Sheet3": [[None, ""]],
        }
    )
    assert [one.subject.id for one in ledger.dossiers] == ["c1"]
    assert codes(ledger) == [("PR510", "centers"), ("PR510", "活动表")]
    assert ledger.problems[1].text("zh").endswith("是不是“活动”？")


@pytest.mark.parametrize("model", ["center", "activity", "organization", "area"])
def test_every_heading_finds_its_fact(standard: Standard, model: str) -> None:
    """No label of a sheet is taken for another fact of it."""
    for subject in ("center", "organization", "area"):
        for kind in sheet_kinds(standard.schema, subject).values():
            if kind.model == model:
                for name, fact in kind.facts.items():
                    for heading in (name, fact.label.zh, fact.label.en):
                        found = kind.find(heading)
                        assert found is not None
                        assert found.fact is fact


def test_what_a_standard_needs(standard: Standard, construction: Standard) -> None:
    """A template asks for what a standard reads, the keys, the name and the dates, and for nothing else."""
    assert relations_read(standard) == ("activities", "organizations")
    assert relations_read(construction) == ("organizations",)
    needed: Any = [one.id for one in facts_needed(standard, "activity", ("center_id",))]
    assert needed == ["id", "center_id", "held_on", "attendance", "hubei_records"]
    assert {name for on, name in standard.facts if on == "center"} < {
        one.id for one in facts_needed(standard, "center")
    }
    assert "org_id" in CORE.facts["activity"]

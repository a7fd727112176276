# SPDX-License-Identifier: MIT
"""Makes county-ledger.xlsx: the ledger of a made-up county as people keep one, good cells and bad ones.

Run it from the root of the repository: `.venv/bin/python docs/examples/make_county_ledger.py`. The same code makes
the same ledger. Nothing in it is real: no center, no person, no activity.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import attrs

from platformrules.dossiers import Dossier, Waiver
from platformrules.languages import Language
from platformrules.ledger.pages import Page, PageWriter
from platformrules.ledger.sample import MADE_UP, Maker
from platformrules.ledger.writing import write_sheets
from platformrules.periods import Period
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import RuleSource, load_rulebook

HERE = Path(__file__).parent
HUBEI = HERE.parents[1] / "plugins" / "hubei" / "src" / "platformrules_hubei"

CENTERS, ACTIVITIES, ORGANIZATIONS = 25, 600, 60
GOOD = {3: 64, 7: 62, 11: 66, 16: 63}  # the centers that hold enough activities, and how many
SMALL = 7  # good on everything but its floor area, so that it needs an exception
UNCERTAIN = 16  # good as far as recorded, with two facts left blank
UNRECORDED = 22  # nobody has entered its activities yet
WAIVED = 13


def standard() -> Standard:
    """Hubei's demonstration standard, from the files of this repository."""
    return load_rulebook([RuleSource("hubei", HUBEI)])["hubei/demonstration"]


def dossiers(of: Standard) -> list[Dossier]:
    """The county as it is, before anybody typed it into a table."""
    random = Random(2020)
    maker = Maker(of, random, Period.year(2020))
    others = [number for number in range(1, CENTERS + 1) if number not in GOOD and number != UNRECORDED]
    activities = _shares(ACTIVITIES - sum(GOOD.values()), others, (8, 25), random)
    organizations = _shares(ORGANIZATIONS, list(range(1, CENTERS + 1)), (1, 4), random, least=dict.fromkeys(GOOD, 3))
    made = []
    for number in range(1, CENTERS + 1):
        rows = {"activities": GOOD.get(number) or activities.get(number, 0), "organizations": organizations[number]}
        made.append(_told(maker.dossier(number, good=number in GOOD, rows=rows), number))
    return made


def _shares(
    total: int, among: list[int], limits: tuple[int, int], random: Random, least: Mapping[int, int] | None = None
) -> dict[int, int]:
    """So many rows spread over the centers, each within the limits."""
    shares = {number: (least or {}).get(number, limits[0]) for number in among}
    while sum(shares.values()) < total:
        number = random.choice(among)
        if shares[number] < limits[1]:
            shares[number] += 1
    return shares


def _told(one: Dossier, number: int) -> Dossier:
    """The dossiers with a story."""
    center: Any = one.center
    waivers: dict[str, Waiver] = {}
    if number == SMALL:
        center = attrs.evolve(center, floor_area_m2=85)
    if number == UNCERTAIN:
        center = attrs.evolve(center, stable_served_youth=None, part_time_main_staff=None, full_time_staff=None)
    if number == WAIVED:
        until = date(2021, 12, 31)
        waivers["stable-youth"] = Waiver(reason="样例：地处山区，由上级团委批准", by="样例审批人（虚构）", until=until)
    activities = None if number == UNRECORDED else one.activities
    return attrs.evolve(one, center=center, activities=activities, waivers=waivers)


class Sheet:
    """One page on which single cells are typed over."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.columns = {fact.id: index for index, fact in enumerate(page.facts)}
        self.rows = [list(row) for row in page.rows]

    def type(self, row: int, fact: str, cell: object) -> None:
        """Type a cell over; rows are counted from 1, below the headings."""
        self.rows[row - 1][self.columns[fact]] = cell

    def add(self, **cells: object) -> None:
        """Type another row at the end."""
        row: list[Any] = [""] * len(self.page.facts)
        for fact, cell in cells.items():
            row[self.columns[fact]] = cell
        self.rows.append(row)

    def done(self) -> Page:
        """The page with what was typed."""
        return attrs.evolve(self.page, rows=self.rows)


def type_centers(sheet: Sheet) -> None:
    """What people type into the sheet of centers; the last row repeats an id."""
    sheet.type(1, "floor_area_m2", "约120")
    sheet.type(2, "floor_area_m2", "120㎡")
    sheet.type(3, "local_fiscal_funding", "3万元")
    sheet.type(4, "stable_served_youth", "５２０")
    sheet.type(5, "stable_served_youth", "四百多")
    sheet.type(6, "opened_on", "2018.5.1")
    sheet.type(8, "opened_on", "2017年9月")
    sheet.type(9, "equipment", "电脑，音响;无线网络/投影仪")
    sheet.type(10, "full_time_staff", "2名")
    sheet.type(12, "local_fiscal_funding", "1.5万元")
    sheet.type(14, "right_of_use_years", "5年")
    for fact, cell in (("has_flag", "√"), ("has_emblem", "×"), ("plaque_displayed", "有"), ("plaque_prominent", "无")):
        sheet.type(15, fact, cell)
    sheet.type(17, "services", "咨询服务类、棋牌类")
    sheet.type(18, "attractive_to_youth", "较好")
    sheet.add(id="c012", name="12号样例青年中心（虚构，重复录入）", floor_area_m2=300)


def type_activities(sheet: Sheet) -> None:
    """What people type into the sheet of activities; one row names no center of the county."""
    sheet.type(2, "held_on", "2020.13.1")
    sheet.type(3, "held_on", "2020.3.15")
    sheet.type(4, "held_on", "2020年4月2日")
    sheet.type(5, "attendance", "多人")
    sheet.type(6, "attendance", "３０人")
    sheet.type(7, "attendance", "")
    sheet.type(8, "held_on", date(2021, 1, 5))
    sheet.type(9, "hubei_records", "活动计划 活动图片")
    sheet.type(ACTIVITIES, "center_id", "c099")


def remark(page: Page) -> Page:
    """The sheet of centers with a column that no standard knows."""
    unknown = attrs.evolve(page.facts[0], id="remark", label=attrs.evolve(page.facts[0].label, zh="检查组意见"))
    remarks = {1: "面积待复测", 12: "已整改"}
    rows = [[*row, remarks.get(index, "")] for index, row in enumerate(page.rows, 1)]
    return attrs.evolve(page, facts=(*page.facts, unknown), rows=rows)


def make(path: Path) -> None:
    """Write the workbook."""
    of = standard()
    pages = {page.id: page for page in PageWriter(of, Language.ZH, internal=True).pages(dossiers(of), MADE_UP)}
    for name, typed in (("centers", type_centers), ("activities", type_activities)):
        sheet = Sheet(pages[name])
        typed(sheet)
        pages[name] = sheet.done()
    pages["centers"] = remark(pages["centers"])
    write_sheets(path, list(pages.values()), Language.ZH, of)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "county-ledger.xlsx")

# SPDX-License-Identifier: MIT
"""Makes handan-annex-2.xlsx: the ledger of Handan's annex 2 as people fill it in, good cells and bad ones.

Run it from the root of the repository: `.venv/bin/python docs/examples/make_handan_annex_2.py`. The same code makes the
same file. Nothing in it is real: no county, no center, no person.
"""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import PatternFill

HERE = Path(__file__).parent
MADE = datetime(2020, 6, 1)  # noqa: DTZ001 - a workbook holds naive times
GREEN = PatternFill("solid", fgColor="92D050")

# One row a center: number, name, person, telephone, address, founded, cloud, affiliation, three grades, remark.
TOWN: list[list[Any]] = [
    [1, "朝阳青年中心（虚构）", "甲某", "000-0001", "朝阳路1号（虚构）", date(2019, 5, 1), "是", "社区团组织", "√"],
    [2, "晨光青年中心（虚构）", "乙某", "０００－０００２", "晨光路2号（虚构）", "2019.5.2", "否", None, None, "✔"],
    [3, "星火青年中心（虚构）", "丙某", 13, "星火村（虚构）", "2019年5月", "是", "村团组织", None, None, "V"],
    [4, "远航青年中心（虚构）", None, None, "远航村（虚构）", "２０１９－０６－０１", "×", "村团组织", "√", "√"],
    [5, "麦田青年中心（虚构）", None, None, "麦田村（虚构）", 2018.1, "√", "村团组织", "×", "×", "×", "新建"],
    [6, "橡树青年中心（虚构）", None, None, "-", "2017年9月1日", "是", "村委会"],
    [7, "春芽青年中心（虚构）", None, None, "春芽小学（虚构）", date(2018, 9, 1), "/", "学校团组织", None, "●", "待定"],
    [8, "清泉青年中心（虚构）", None, None, "清泉厂（虚构）", "20180901", "有", "企业团组织", None, None, "较差"],
    [9],
]
BELOW = [
    "备注：1.隶属关系一栏中填写县级团委、城市街道团委、乡镇团委、社区团组织、村团组织等。",
    "2.评价等级打√。",
    "填表人：甲某（虚构）        联系电话：000-0001",
]
# The other township typed its own table: no title, one row of headings, a column of its own for the reporting unit.
VILLAGE: list[list[Any]] = [
    [
        "填报单位",
        "青年中心名称",
        "负责人",
        "负责人职务",
        "联系电话",
        "成立时间",
        "是否入驻云平台",
        "隶属关系",
        "较好",
        "一般",
        "较差",
    ],
    ["河东乡团委（虚构）", "百川青年中心（虚构）", "丁某", "书记", 130000, date(2019, 3, 4), "是", "其他", 1],
    [None, "千帆青年中心（虚构）", "戊某", "干事", None, "2019/3/5", "不清楚", "乡镇团委", None, "是"],
    [None, "百川青年中心（虚构）", None, None, None, None, "否", "其他", None, None, "Y"],
    [None, None, "己某", "干事", None, "2019/3/6", "否", "其他", None, None, "○"],
    [None, "合计", None, None, None, None, 2],
]


def build() -> openpyxl.Workbook:
    """The workbook."""
    book = openpyxl.Workbook()
    _town(book.active)
    _village(book.create_sheet("河东乡"))
    book.create_sheet("填表要求").append(["请各乡镇6月5日前报送（虚构）"])
    book.create_sheet("Sheet4")
    book.properties.created = book.properties.modified = MADE
    return book


def _town(sheet: Any) -> None:
    sheet.title = "城关镇"
    sheet["A1"] = "邯郸市各地青年中心台账统计表（截至2020年5月31日）"
    sheet.merge_cells("A1:L1")
    sheet["A2"] = "填报单位（盖章）：城关镇团委（虚构）        填报时间：2020年6月3日"
    sheet.merge_cells("A2:L2")
    heads = [
        "序号",
        "青年中心名称",
        "负责人",
        "联系电话",
        "地 址",
        "成立时间",
        "是否入驻\n云平台",
        "隶属关系",
        "评价等级",
    ]
    for column, text in enumerate(heads, 1):
        sheet.cell(4, column, text)
    for column, text in enumerate(("较好", "一般", "较差"), 9):
        sheet.cell(5, column, text)
    sheet["L4"] = "备注"
    for letter in "ABCDEFGHL":
        sheet.merge_cells(f"{letter}4:{letter}5")
    sheet.merge_cells("I4:K4")
    for row, cells in enumerate(TOWN, 6):
        for column, value in enumerate(cells, 1):
            sheet.cell(row, column, value)
    sheet.merge_cells("H6:H7")  # one affiliation for two centers
    sheet["I11"].fill = GREEN  # a filled cell in place of a tick
    sheet["F12"].number_format = 'yyyy"年"m"月"'  # what a spreadsheet makes of 2018年9月
    sheet["A15"], sheet["G15"] = "合 计", 5
    sheet.merge_cells("A15:B15")
    for row, text in enumerate(BELOW, 16):
        sheet.cell(row, 1, text)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=12)


def _village(sheet: Any) -> None:
    for row, cells in enumerate(VILLAGE, 3):
        for column, value in enumerate(cells, 2):
            sheet.cell(row, column, value)
    sheet.merge_cells("B4:B7")


def main() -> None:
    """Write the workbook, with one time for all its parts."""
    written, path = io.BytesIO(), Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "handan-annex-2.xlsx"
    build().save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts.namelist():
            archive.writestr(zipfile.ZipInfo(part, MADE.timetuple()[:6]), parts.read(part), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()

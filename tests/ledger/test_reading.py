# SPDX-License-Identifier: MIT
"""From tables to dossiers: what is joined, what is recorded, what is listed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from platformrules.dossiers import Judgement, Waiver
from platformrules.errors import LedgerError
from platformrules.evaluation import evaluate
from platformrules.ledger import Ledger, read_ledger
from platformrules.periods import Period
from platformrules.standards.model import Standard

Read = Callable[..., Ledger]
CENTERS = [["编号", "名称"], ["c1", "甲"], ["c2", "乙"]]


def found(ledger: Ledger, *codes: str) -> list[tuple[str, str]]:
    """Code and place of the problems with these codes, or of all."""
    return [(one.code, one.place) for one in ledger.problems if not codes or one.code in codes]


def test_a_ledger(read: Read) -> None:
    """Rows find their center by its id; an organization of two centers is two rows."""
    ledger = read(
        {
            "组织": [
                ["编号", "青年中心编号", "名称", "与中心的关系"],
                ["o1", "c1", "社", "合作"],
                ["o1", "c2", "社", "自有"],
            ],
            "青年中心": CENTERS,
            "活动": [
                ["编号", "青年中心编号", "开展日期", "参与人数"],
                ["a1", "c2", "2020-05-01", 20],
                ["a2", "c1", "2020年5月2日", "30人"],
                ["a3", "c2", date(2020, 5, 3), None],
            ],
        }
    )
    assert ledger.problems == ()
    assert ledger.rows == {"centers": 2, "activities": 3, "organizations": 2}
    assert (ledger.period, ledger.as_of, len(ledger.digest)) == (Period.year(2020), date(2020, 12, 31), 64)
    first, second = ledger.dossiers
    assert [one.id for one in first.activities or ()] == ["a2"]
    assert [(one.id, one.attendance, one.held_on) for one in second.activities or ()] == [
        ("a1", 20, date(2020, 5, 1)),
        ("a3", None, date(2020, 5, 3)),
    ]
    assert [one.relations for dossier in ledger.dossiers for one in dossier.organizations or ()] == [
        frozenset({"partner"}),
        frozenset({"own"}),
    ]


def test_numbers_as_ids(read: Read) -> None:
    """An id that a spreadsheet made a number of is the same id as text."""
    ledger = read({"青年中心": [["编号"], [7]], "活动": [["编号", "青年中心编号"], [1, "7"], ["2", 7.0]]})
    assert ledger.problems == ()
    assert [one.id for one in ledger.dossiers[0].activities or ()] == ["1", "2"]


def test_a_sheet_says_that_a_relation_is_recorded(read: Read) -> None:
    """With a sheet, no rows are none held; without it, nothing is known."""
    with_sheet = read({"青年中心": CENTERS, "活动": [["编号", "青年中心编号"], ["a1", "c1"]]})
    assert [one.activities and len(one.activities) for one in with_sheet.dossiers] == [1, ()]
    assert [one.organizations for one in with_sheet.dossiers] == [None, None]
    empty = read({"青年中心": CENTERS, "活动": [["编号", "青年中心编号"]]})
    assert [one.activities for one in empty.dossiers] == [(), ()]


def test_a_subject_says_that_its_relation_is_not_recorded(read: Read) -> None:
    """The column of a subject overrules the sheet; what contradicts it is listed."""
    centers = [
        ["编号", "活动已登记", "organizations_recorded"],
        ["c1", "否", "否"],
        ["c2", "是", "是"],
        ["c3", None, None],
    ]
    activities = [["编号", "青年中心编号"], ["a1", "c1"], ["a2", "c2"]]
    ledger = read({"青年中心": centers, "活动": activities})
    assert [one.activities and [row.id for row in one.activities] for one in ledger.dossiers] == [None, ["a2"], ()]
    assert found(ledger) == [("PR513", "青年中心!B2"), ("PR513", "青年中心!C3")]


def test_a_sheet_without_its_key_is_not_recorded(read: Read) -> None:
    """Rows that cannot be joined to any subject must not count as none held."""
    ledger = read({"青年中心": CENTERS, "活动": [["编号", "开展日期"], ["a1", "2020-05-01"]]})
    assert [one.activities for one in ledger.dossiers] == [None, None]
    assert found(ledger) == [("PR511", "活动")]


def test_a_sheet_of_which_no_row_is_joined_is_not_recorded(read: Read) -> None:
    """Rows that all name something else than an id must not count as none held either."""
    ledger = read({"青年中心": CENTERS, "活动": [["编号", "青年中心编号"], ["a1", "甲中心"], ["a2", "乙中心"]]})
    assert [one.activities for one in ledger.dossiers] == [None, None]
    assert found(ledger) == [("PR508", "活动!B2"), ("PR508", "活动!B3"), ("PR511", "活动")]


def test_bad_cells_count_as_not_recorded(read: Read) -> None:
    """A cell that cannot be read is listed with sheet, cell, value and what was expected; the rest is read."""
    ledger = read(
        {
            "青年中心": CENTERS,
            "活动": [
                ["编号", "青年中心编号", "开展日期", "参与人数"],
                ["a1", "c1", "2020.13.1", "多人"],
                ["a2", "c1", "2020.12.1", "=1/0"],
            ],
        }
    )
    first, second = ledger.problems
    assert (first.code, first.sheet, first.cell, first.value) == ("PR501", "活动", "C2", "2020.13.1")
    assert first.expected is not None
    assert first.expected.zh == "日期，如 2020-05-01"
    assert second.text("zh") == "PR501 活动!D2 “多人”：读不出数字，按未填报处理；应为整数（人），不小于 0"
    rows = [(one.held_on, one.attendance) for one in ledger.dossiers[0].activities or ()]
    assert rows == [(date(2020, 12, 1), None), (None, None)]


def test_double_ids(read: Read) -> None:
    """The first row of an id is kept, the others are listed; another center may use the same number."""
    ledger = read(
        {
            "青年中心": [*CENTERS, ["c1", "丙"]],
            "活动": [["编号", "青年中心编号"], ["1", "c1"], ["1", "c2"], ["1", "c1"]],
            "组织": [["编号", "青年中心编号"], ["o", "c1"], ["o", "c1"]],
        }
    )
    assert [one.center and one.center.name for one in ledger.dossiers] == ["甲", "乙"]
    assert found(ledger) == [("PR506", "青年中心!A4"), ("PR506", "活动!A4"), ("PR506", "组织!A3")]
    assert ledger.problems[0].text("zh").endswith("编号与第 2 行相同，没有采用")


def test_rows_without_ids(read: Read) -> None:
    """A row of a relation without an id is called after its place; a subject without one is not evaluated."""
    ledger = read(
        {
            "青年中心": [*CENTERS, [None, "丙"], ["合计", "2 个"], ["Total", None]],
            "活动": [["编号", "青年中心编号"], [None, "c1"], ["a2", None], ["", "c1"]],
        }
    )
    assert [one.subject.id for one in ledger.dossiers] == ["c1", "c2"]
    assert [one.id for one in ledger.dossiers[0].activities or ()] == ["活动!2", "活动!4"]
    assert found(ledger) == [
        ("PR507", "青年中心!A4"),
        ("PR507", "青年中心!A5"),
        ("PR507", "青年中心!A6"),
        ("PR507", "活动!A3"),
    ]


def test_rows_of_unknown_subjects(read: Read) -> None:
    """Rows of a center that is not there are listed once a center, with their number and the nearest id."""
    rows = [["a1", "c9"], ["a2", "c1"], ["a3", "c9"], ["a4", "Q-7"]]
    ledger = read({"青年中心": CENTERS, "活动": [["编号", "青年中心编号"], *rows]})
    assert found(ledger) == [("PR508", "活动!B2"), ("PR508", "活动!B5")]
    assert "2 行没有采用" in ledger.problems[0].message.zh
    assert [one.id for one in ledger.dossiers[0].activities or ()] == ["a2"]


def test_rows_outside_the_period(read: Read) -> None:
    """Rows outside the days judged stay in the dossier and are listed once a sheet; a missing date may be inside."""
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 6, 30), date(2020, 7, 1), None]
    rows = [[f"a{number}", "c1", day] for number, day in enumerate(days)]
    sheets = {"青年中心": CENTERS, "活动": [["编号", "青年中心编号", "开展日期"], *rows]}
    ledger = read(sheets)
    assert found(ledger) == [("PR509", "活动!C2")]
    assert len(ledger.dossiers[0].activities or ()) == 5
    assert found(read(sheets, as_of=date(2020, 6, 30))) == [("PR509", "活动!C2, C5")]
    many = [[f"b{number}", "c1", date(2019, 1, 1)] for number in range(9)]
    ledger = read({**sheets, "活动": [*sheets["活动"][:1], *many]})
    assert found(ledger) == [("PR509", "活动!C2, C3, C4, C5, C6…")]


def test_blank_rows(read: Read) -> None:
    """A row with nothing but blanks and dashes is no row; one that only holds an unreadable cell is listed."""
    ledger = read({"青年中心": [["编号", "有团旗"], ["c1", "是"], [None, "-"], ["-", "—"], [" ", "大概"]]})
    assert ledger.rows == {"centers": 2}
    assert found(ledger) == [("PR501", "青年中心!B5"), ("PR507", "青年中心!A5")]


def test_no_subjects(read: Read) -> None:
    """A sheet of subjects without rows gives no dossiers and says so."""
    ledger = read({"青年中心": [["编号", "名称"]]})
    assert (ledger.dossiers, found(ledger)) == ((), [("PR511", "青年中心")])


SAID = ["青年中心编号", "条件", "认定结果", "认定人", "认定日期", "理由", "认定角色"]


def test_judgements(read: Read) -> None:
    """Criteria and choices are named by id or title, in either language, qualified or not."""
    rows = [
        ["c1", "style", "yes", "某人", "2020.5.20", "实地查看", None],
        ["c1", "对青少年有吸引力", "缺乏吸引力", None, None, None, None],
        ["c2", "hubei/demonstration#style", "not so", None, None, None, "市级"],
        ["c2", "hubei/demonstration#style", "yes", None, None, None, "省级"],
        ["c2", "other/standard#x", "好", None, None, None, None],
    ]
    ledger = read({"青年中心": CENTERS, "认定": [SAID, *rows]})
    assert ledger.problems == ()
    assert dict(ledger.dossiers[0].judgements) == {
        "style": Judgement(value="yes", by="某人", on=date(2020, 5, 20), reason="实地查看"),
        "attractiveness": Judgement(value="no"),
    }
    assert dict(ledger.dossiers[1].judgements) == {
        "hubei/demonstration#style": (Judgement(value="no", role="市级"), Judgement(value="yes", role="省级")),
        "other/standard#x": Judgement(value="好"),
    }


def test_judgements_that_do_not_fit(read: Read, standard: Standard) -> None:
    """Unknown subjects, criteria and choices, doubles, and criteria that data settle: listed, not used."""
    rows = [
        ["c9", "style", "yes"],
        ["c1", "styl", "yes"],
        ["c1", "style", "maybe"],
        ["c1", "floor-area", "yes"],
        ["c1", None, "yes"],
        ["c1", "attractiveness", "yes"],
        ["c1", "attractiveness", "no"],
        ["c2", "style", None],
    ]
    ledger = read({"青年中心": CENTERS, "judgements": [SAID, *rows]})
    assert sorted(found(ledger)) == [
        ("PR506", "judgements!B8"),
        ("PR507", "judgements!6"),
        ("PR508", "judgements!A2"),
        ("PR512", "judgements!B3"),
        ("PR512", "judgements!C4"),
        ("PR512", "judgements!C5"),
    ]
    assert any("did you mean `style`?" in str(one) for one in ledger.problems)
    assert dict(ledger.dossiers[0].judgements) == {"attractiveness": Judgement(value="yes")}
    assert evaluate(standard, ledger.dossiers[0])["attractiveness"].outcome == "passed"


def test_judgements_without_their_columns(read: Read) -> None:
    """A sheet that says nothing of subject or criterion is listed once, however many rows it has."""
    ledger = read({"青年中心": CENTERS, "认定": [["认定结果"], ["yes"], ["no"]], "豁免": [["编号"], ["c1"]]})
    assert found(ledger) == [("PR511", "认定"), ("PR511", "豁免")]
    assert ledger.problems[0].text("zh") == "PR511 认定：缺少列：对象编号、条件，没有读取"


def test_waivers(read: Read, standard: Standard) -> None:
    """A waiver stands until its day; doubles and unknown criteria are listed."""
    rows = [
        ["c1", "面积", "已批准", "某人", "2021-12-31"],
        ["c1", "floor-area", "再批准", None, None],
        ["c1", "nothing", "x", None, None],
        ["c2", "hubei/demonstration@2015#floor-area", None, None, None],
    ]
    ledger = read({"青年中心": CENTERS, "豁免": [["对象编号", "条件", "理由", "认定人", "有效期至"], *rows]})
    assert sorted(found(ledger)) == [("PR506", "豁免!B3"), ("PR512", "豁免!B4")]
    assert dict(ledger.dossiers[0].waivers) == {
        "floor-area": Waiver(reason="已批准", by="某人", until=date(2021, 12, 31))
    }
    assert dict(ledger.dossiers[1].waivers) == {"hubei/demonstration@2015#floor-area": Waiver(reason="")}
    assert evaluate(standard, ledger.dossiers[0])["floor-area"].outcome == "waived"


SETTINGS = ["设置项", "内容"]


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2020", "2020"),
        (2020, "2020"),
        ("2020年", "2020"),
        ("2020年度", "2020"),
        ("２０２０", "2020"),
        ("2020-03", "2020-03"),
        ("2020年3月", "2020-03"),
        ("2019-11-01..2020-10-31", "2019-11-01..2020-10-31"),
        ("2019.11.1至2020.10.31", "2019-11-01..2020-10-31"),
        ("2019年11月1日—2020年10月31日", "2019-11-01..2020-10-31"),
    ],
    ids=repr,
)
def test_the_period_of_a_ledger(read: Read, written: object, period: str) -> None:
    """The sheet of settings gives the period in any of the usual spellings."""
    ledger = read({"青年中心": CENTERS, "设置": [SETTINGS, ["评价期", written]]}, period=None)
    assert (str(ledger.period), ledger.problems) == (period, ())
    assert {one.period for one in ledger.dossiers} == {ledger.period}


def test_settings(read: Read) -> None:
    """Period, day, beginning of the records and note are read; what is given with the call comes first."""
    rows = [
        ["评价期", "2020"],
        ["as_of", "2020.11.30"],
        ["Records from", date(2019, 1, 1)],
        ["数据说明", "虚构"],
        ["适用标准", "hubei/demonstration@2015"],
        ["备注", "随便写"],
        ["评价日期：", None],
    ]
    sheets = {"青年中心": CENTERS, "设置": [SETTINGS, *rows]}
    ledger = read(sheets, period=None)
    assert ledger.problems == ()
    assert (str(ledger.period), ledger.as_of, ledger.note) == ("2020", date(2020, 11, 30), "虚构")
    assert ledger.dossiers[0].records_from == date(2019, 1, 1)
    given = read(sheets, period=Period.year(2021), as_of=date(2021, 6, 1))
    assert (str(given.period), given.as_of, given.dossiers[0].as_of) == ("2021", date(2021, 6, 1), date(2021, 6, 1))


def test_settings_that_cannot_be_read(read: Read) -> None:
    """An unknown setting, a period that is none and a day that is none are listed and count as not given."""
    rows = [
        ["评价期", "去年"],
        ["评价日", "2020-13-01"],
        ["records_from", True],
        ["评价其", "2020"],
        ["period", "2020-13"],
    ]
    ledger = read({"青年中心": CENTERS, "设置": [SETTINGS, *rows]})
    assert found(ledger) == [("PR515", f"设置!{cell}") for cell in ("B2", "B3", "B4", "B5", "B6")]
    assert ledger.problems[0].expected is not None
    assert ledger.problems[3].text("zh").endswith("是不是“评价期”？")
    assert ledger.as_of == date(2020, 12, 31)


def test_no_period(workbook: Callable[..., Path], standard: Standard, construction: Standard) -> None:
    """A standard that judges a period, or a day, is never judged today."""
    path = workbook({"青年中心": CENTERS})
    with pytest.raises(LedgerError, match=r"没有评价期.*no period"):
        read_ledger(path, standard)
    with pytest.raises(LedgerError, match=r"没有评价日.*no day"):
        read_ledger(path, construction)
    with pytest.raises(LedgerError, match="period must be a Period"):
        read_ledger(path, standard, period="2020")  # type: ignore[arg-type]
    with pytest.raises(LedgerError, match="as_of must be a date"):
        read_ledger(path, standard, as_of=datetime(2020, 1, 1))
    assert read_ledger(path, construction, as_of=date(2016, 6, 30)).as_of == date(2016, 6, 30)
    ledger = read_ledger(path, construction, period=Period.year(2016))
    assert (ledger.as_of, ledger.dossiers[0].period) == (date(2016, 12, 31), Period.year(2016))


def test_a_printed_period(workbook: Callable[..., Path], lakeside: Callable[..., Standard]) -> None:
    """A period that the document prints is taken if none is given."""
    printed = lakeside("center", "center.has_flag", period="{ from = 2020-01-01, to = 2020-06-30 }")
    ledger = read_ledger(workbook({"青年中心": CENTERS}), printed)
    assert str(ledger.period) == "2020-01-01..2020-06-30"


def test_progress(workbook: Callable[..., Path], standard: Standard) -> None:
    """Whoever waits is told how many rows are read and how many there are."""
    rows = [[f"a{number}", "c1"] for number in range(2500)]
    path = workbook({"青年中心": CENTERS, "活动": [["编号", "青年中心编号"], *rows]})
    told: list[Any] = []
    read_ledger(path, standard, period=Period.year(2020), progress=lambda *given: told.append(given))
    assert told == [(1000, 2504), (2000, 2504), (2504, 2504)]


def test_100_000_rows(tmp_path: Path, standard: Standard) -> None:
    """A hundred thousand activities are read, none is lost."""
    centers = "编号\r\n" + "".join(f"c{number}\r\n" for number in range(200))
    rows = (f"a{n},c{n % 200},2020-{n % 12 + 1:02d}-{n % 28 + 1:02d},{n % 60}\r\n" for n in range(100_000))
    (tmp_path / "centers.csv").write_text(centers, "utf-8")
    (tmp_path / "activities.csv").write_text("编号,青年中心编号,开展日期,参与人数\r\n" + "".join(rows), "utf-8")
    ledger = read_ledger(tmp_path, standard, period=Period.year(2020))
    assert (ledger.rows, ledger.problems) == ({"centers": 200, "activities": 100_000}, ())
    assert {len(one.activities or ()) for one in ledger.dossiers} == {500}

# SPDX-License-Identifier: MIT
"""What people type into cells."""

from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, localcontext

import pytest

from platformrules.languages import Bilingual
from platformrules.ledger.cells import UnreadableError, cell_reader, expectation
from platformrules.models import CORE
from platformrules.schema import Choice, Fact, FactType

CENTER = CORE.facts["center"]
FLAG, AREA, STAFF, MONEY = (
    CENTER[one] for one in ("has_flag", "floor_area_m2", "full_time_staff", "local_fiscal_funding")
)
OPENED, NAME, PHONE = CENTER["opened_on"], CENTER["name"], CENTER["phone"]
KIND, EQUIPMENT, SERVICES = CENTER["construction_kind"], CENTER["equipment"], CENTER["services"]
THEME, LEVEL = CORE.facts["activity"]["theme"], CORE.facts["area"]["level"]
YEARS = CENTER["right_of_use_years"]


def unreadable(fact: Fact, cell: object, **how: object) -> UnreadableError:
    """The fault of a cell that cannot be read."""
    with pytest.raises(UnreadableError) as caught:
        cell_reader(fact, **how)(cell)
    return caught.value


@pytest.mark.parametrize(
    "cell", ["是", "有", "√", "✓", "✔", "1", "１", 1, 1.0, True, "true", "TRUE", "Yes", "对", " 是 ", "Y"], ids=repr
)
def test_yes(cell: object) -> None:
    """Whatever people write for yes is true."""
    assert cell_reader(FLAG)(cell) is True


@pytest.mark.parametrize(
    "cell", ["否", "无", "没有", "×", "✗", "✘", "0", "０", 0, 0.0, False, "false", "No", "错", "N"], ids=repr
)
def test_no(cell: object) -> None:
    """Whatever people write for no is false."""
    assert cell_reader(FLAG)(cell) is False


@pytest.mark.parametrize("cell", ["大概", "x", "2", 2.0, "是/否", "一般"], ids=repr)
def test_neither_yes_nor_no(cell: object) -> None:
    """What is neither is not guessed."""
    assert unreadable(FLAG, cell).code == "PR501"


@pytest.mark.parametrize("fact", [FLAG, AREA, STAFF, OPENED, NAME, KIND, EQUIPMENT, THEME], ids=lambda fact: fact.id)
@pytest.mark.parametrize("cell", [None, "", "  ", "-", "—", "——", "/", "－", "\u3000", "\u200b"], ids=repr)
def test_blank(fact: Fact, cell: object) -> None:
    """A blank cell, a dash or a stroke is not recorded, whatever the fact."""
    assert cell_reader(fact)(cell) is None


@pytest.mark.parametrize(
    ("cell", "area"),
    [
        ("120", 120),
        (120.0, 120),
        (120, 120),
        ("120.50", Decimal("120.5")),
        (0.1 + 0.2, Decimal("0.3")),
        ("１２０", 120),
        ("１２０．５", Decimal("120.5")),
        ("1,200", 1200),
        ("1，200", 1200),
        ("12,345,678.25", Decimal("12345678.25")),
        ("120㎡", 120),
        ("120 m²", 120),
        ("120m2", 120),
        ("120M2", 120),
        ("120平方米", 120),
        ("120 平米", 120),
        ("+5", 5),
        (0, 0),
        ("99999999999999.9999", Decimal("99999999999999.9999")),
        (Decimal("85.50"), Decimal("85.5")),
    ],
    ids=repr,
)
def test_numbers(cell: object, area: object) -> None:
    """Digits of any width, thousands and the unit of the fact are read; whole numbers are int."""
    read = cell_reader(AREA)(cell)
    assert read == area
    assert type(read) is type(area)


@pytest.mark.parametrize(
    "cell",
    [
        "约120",
        "120左右",
        "100-120",
        "100~120",
        "120+",
        ">100",
        "12²",
        "120亩",
        "120人",
        "12万",
        "1,20",
        "一百",
        "无",
        "1e3",
        "120.",
        ".5",
        "٣",
        True,
        date(2020, 1, 1),
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        "1 2",
    ],
    ids=repr,
)
def test_no_numbers(cell: object) -> None:
    """A range, an estimate, another unit or another kind of value is no number."""
    assert unreadable(AREA, cell).code == "PR501"


@pytest.mark.parametrize(
    "cell",
    [-1, "-0.5", 10**14, "100000000000000", 1e20, Decimal("1E+999999"), "33.33333", Decimal("1E-999999"), "9" * 5000],
    ids=repr,
)
def test_numbers_outside(cell: object) -> None:
    """A number outside the domain of its fact, or with too many digits, is no value of it."""
    assert unreadable(AREA, cell).code == "PR503"


def test_numbers_above_the_most() -> None:
    """A number above what its fact can be is refused as well."""
    assert cell_reader(YEARS)("5年") == 5
    assert unreadable(YEARS, 1000).message.en.startswith("is more than 999")


@pytest.mark.parametrize(
    ("cell", "money"), [("3万元", 30000), ("3万", 30000), ("1.25 万元", 12500), ("¥30,000", 30000)], ids=repr
)
def test_money(cell: str, money: int) -> None:
    """Ten thousands are multiplied where the fact is money."""
    assert cell_reader(MONEY)(cell) == money


def test_money_below_a_heading_of_ten_thousands() -> None:
    """A number without a unit is multiplied as its heading says; one with a unit is not."""
    read = cell_reader(MONEY, factor=10_000)
    assert (read(3), read("2.5"), read("30000元"), read("3万")) == (30000, 25000, 30000, 30000)


@pytest.mark.parametrize("fact", [AREA, STAFF, YEARS], ids=lambda fact: fact.id)
def test_ten_thousands_of_other_units(fact: Fact) -> None:
    """Ten thousands of anything but money are not guessed."""
    assert unreadable(fact, "3万").code == "PR501"


def test_whole_numbers() -> None:
    """A whole number has no decimals, and may have the measure words of its unit."""
    read = cell_reader(STAFF)
    assert [read(cell) for cell in ("500人", "2名", "３", 4.0, "1,200")] == [500, 2, 3, 4, 1200]
    assert all(type(read(cell)) is int for cell in ("500人", 4.0, Decimal("4.0")))
    assert unreadable(STAFF, "1.5").message.en.startswith("cannot be read as a whole number")
    assert unreadable(STAFF, 1.5).message.zh.startswith("读不出整数")


def test_numbers_do_not_depend_on_the_decimal_context() -> None:
    """The caller's precision changes nothing."""
    with localcontext(Context(prec=3)):
        assert cell_reader(MONEY)("1.23456789万") == Decimal("12345.6789")
        assert cell_reader(AREA)("123456.7891") == Decimal("123456.7891")


@pytest.mark.parametrize(
    "cell",
    [
        "2020.5.1",
        "2020/5/1",
        "2020-5-1",
        "2020-05-01",
        "2020年5月1日",
        "2020年05月01号",
        "２０２０．５．１",
        "20200501",
        "2020 年 5 月 1 日",
        "2020-05-01 14:30",
        "2020-05-01T00:00:00",
        20200501.0,
        date(2020, 5, 1),
        datetime(2020, 5, 1),
        datetime(2020, 5, 1, 14, 30),
    ],
    ids=repr,
)
def test_days(cell: object) -> None:
    """Days in any of the usual spellings, and cells that are days."""
    read = cell_reader(OPENED)(cell)
    assert read == date(2020, 5, 1)
    assert type(read) is date


@pytest.mark.parametrize(
    "cell",
    [
        "2020.13.1",
        "2020-02-30",
        "2020年5月",
        "2020",
        "五月一日",
        "20.5.1",
        "1/5/2020",
        "约2020-05-01",
        True,
        time(9),
        2020.5,
    ],
    ids=repr,
)
def test_no_days(cell: object) -> None:
    """A day that does not exist, or is only half given, is not guessed."""
    assert unreadable(OPENED, cell, serials=0).code == "PR501"


def test_serial_days() -> None:
    """A number is a day in a workbook only, and only where it cannot be a year."""
    assert cell_reader(OPENED, serials=0)(43952.0) == date(2020, 5, 1)
    assert cell_reader(OPENED, serials=1462)(42490.0) == date(2020, 5, 1)
    for cell, how in ((43952.0, {}), (2020.0, {"serials": 0}), (43952.5, {"serials": 0}), ("43952", {"serials": 0})):
        assert unreadable(OPENED, cell, **how).code == "PR501"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" 甲 ", "甲"),
        (13800000000.0, "13800000000"),
        (12.5, "12.5"),
        ("无", "无"),
        ("=1+1", "=1+1"),
        (True, "True"),
        (date(2020, 5, 1), "2020-05-01"),
        (timedelta(hours=1), "1:00:00"),
        ("***", "***"),
    ],
    ids=repr,
)
def test_texts(cell: object, text: str) -> None:
    """A text is what people see in the cell."""
    assert cell_reader(NAME)(cell) == text


def test_masked_texts_are_not_recorded() -> None:
    """What was masked when a ledger was written is not recorded when it is read again."""
    assert cell_reader(PHONE)("***") is None
    assert cell_reader(PHONE)("123") == "123"


@pytest.mark.parametrize("cell", ["new", "新建", "NEW", "Newly Built", " 新 建 "], ids=repr)
def test_choices(cell: str) -> None:
    """A choice is given by its code or by its label in either language, whatever the case and width."""
    assert cell_reader(KIND)(cell) == "new"


def test_no_choice() -> None:
    """Another text is no choice of a closed list, and the nearest one is named; an open list keeps it."""
    fault = unreadable(KIND, "新 健")
    assert fault.code == "PR502"
    assert unreadable(KIND, "newly bilt").message.en.endswith("did you mean `newly built`?")
    assert fault.expected is not None
    assert "新建" in fault.expected.zh
    assert cell_reader(THEME)(" 读书会 ") == "读书会"


@pytest.mark.parametrize(
    "cell",
    [
        "电脑、音响",
        "电脑，音响",
        "电脑,音响",
        "电脑;音响",
        "电脑；音响",
        "电脑/音响",
        "电脑\n音响",
        "computer; 音响、、",
        "电脑 音响",
        "audio equipment、COMPUTER",
        "电脑、音响、电脑",
    ],
    ids=repr,
)
def test_lists(cell: str) -> None:
    """A list is split by whatever people put between its items."""
    assert cell_reader(EQUIPMENT)(cell) == {"computer", "audio"}


def test_labels_with_separators_stay_whole() -> None:
    """A label that holds commas itself is one item, alone or among others."""
    label = next(one.en for one in SERVICES.values if one.id == "culture_sports_leisure")
    assert "," in label
    read = cell_reader(SERVICES)
    assert read(label) == {"culture_sports_leisure"}
    assert read(f"consulting, {label}; venue functions") == {"consulting", "culture_sports_leisure", "venue_function"}
    assert cell_reader(LEVEL)("县（市、区）") == "county"


def test_open_lists_keep_other_items() -> None:
    """Other items of an open list are kept as text; a closed list with another item is not read at all."""
    assert cell_reader(EQUIPMENT)("电脑、 3D 打印机") == {"computer", "3D 打印机"}
    assert unreadable(SERVICES, "咨询服务类、棋牌类").code == "PR502"


@pytest.mark.parametrize("cell", ["无", "none", "None", " 无 "], ids=repr)
def test_the_empty_list(cell: str) -> None:
    """The word for none is the empty list, unless it is one of the choices."""
    assert cell_reader(EQUIPMENT)(cell) == frozenset()
    named = Fact("k", "center", FactType.SET, Bilingual("类", "kinds"), values=(Choice("none", "无", "none"),))
    assert cell_reader(named)(cell) == {"none"}


@pytest.mark.parametrize("fact", [FLAG, AREA, OPENED, NAME, KIND, EQUIPMENT, THEME], ids=lambda fact: fact.id)
@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#DIV/0!"], ids=repr)
def test_formula_errors(fact: Fact, cell: str) -> None:
    """An error of a formula is listed as such, whatever the fact."""
    assert unreadable(fact, cell).code == "PR514"


def test_numbers_and_truths_are_kept_apart() -> None:
    """1, 1.0 and True are one key of a cache and three cells."""
    read = cell_reader(THEME)
    assert [read(cell) for cell in (1, 1.0, True, "1")] == ["1", "1", "True", "1"]


def test_what_is_expected_is_said_in_both_languages() -> None:
    """Unit and domain are part of what is expected."""
    assert expectation(STAFF) == Bilingual("整数（人），不小于 0", "a whole number (persons), at least 0")
    assert expectation(YEARS).en == "a number (years), at least 0, at most 999"
    assert all(
        expectation(fact).zh and expectation(fact).en for facts in CORE.facts.values() for fact in facts.values()
    )

# SPDX-License-Identifier: MIT
"""What people type into a cell, read as the value of a fact; what is not certain is not guessed.

Knows facts and values, no sheet and no file format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Context, Decimal
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TypeAlias

from platformrules.backends.prose import unit_named
from platformrules.languages import Bilingual
from platformrules.ledger.problems import nearest
from platformrules.models import FactValue
from platformrules.periods import excel_day
from platformrules.schema import DECIMALS, WHOLE_DIGITS, Fact, FactType

#: Reads a cell; ``None`` is a blank one. Raises ``UnreadableError``.
CellReader: TypeAlias = Callable[[object], FactValue]

#: What stands for a personal fact that was masked when the ledger was written.
MASK = "***"

_HALF_WIDTH = MappingProxyType({0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: " ", 0x2212: "-", 0xFFE5: "¥"})
_AROUND = " \t\r\n\v\f\u00a0\u2007\u202f\u200b\u2060\u3000\ufeff"
_BLANK = frozenset({"", "-", "--", "—", "——", "–", "－", "/", "／"})
_ERRORS = frozenset(
    {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!"}
)
_TRUE = frozenset(["是", "有", "对", "√", "✓", "✔", "☑", "1", "true", "yes", "y", "t"])
_FALSE = frozenset(["否", "无", "没有", "错", "×", "✗", "✘", "0", "false", "no", "n", "f"])
_NONE = frozenset({"无", "none"})
_DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?", re.ASCII)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_NUMBER = re.compile(
    r"(?:¥|cny|rmb)?\s*([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(\D*|m2)", re.ASCII | re.IGNORECASE
)
_SEPARATORS = re.compile(r"[、，,;；/\n]")
#: Serial numbers that are surely days (1927 to 2199), not a year or a day of a month typed as a number.
_SERIALS = range(10_000, 109_575)
_EXACT = Context(prec=60)
_TEN_THOUSAND = 10_000
#: How people write units besides the words in which reports give them.
_UNITS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "m²": frozenset({"m2", "㎡", "平米", "平方"}),
        "CNY": frozenset({"rmb"}),
        "persons": frozenset({"名", "位"}),
        "hours": frozenset({"h"}),
        "activities": frozenset({"场"}),
        "organizations": frozenset({"家"}),
    }
)
_MYRIADS = frozenset({"万", "万元"})


class UnreadableError(Exception):
    """A cell holds no value of its fact; the parts are those of a ``Problem``."""

    def __init__(self, code: str, message: Bilingual, expected: Bilingual | None) -> None:
        """Keep the parts."""
        self.code, self.message, self.expected = code, message, expected
        super().__init__(message.en)


def half_width(text: str) -> str:
    """The text with full-width forms of ASCII as ASCII, so that ``１２０`` is ``120``."""
    return text.translate(_HALF_WIDTH)


def folded(text: str) -> str:
    """The text as headings and choices are compared: case, spaces and full width make no difference."""
    return "".join(half_width(text).casefold().split())


def as_text(cell: object) -> str:
    """A cell as the text that a reader of the sheet sees, without what stands around it."""
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return str(cell).strip(_AROUND)


def is_blank(cell: object) -> bool:
    """Whether nothing is recorded in a cell: empty, or only a dash or a stroke."""
    return cell is None or (isinstance(cell, str) and cell.strip(_AROUND) in _BLANK)


def unit_factor(unit: str, fact: Fact) -> int | None:
    """By what a number with this unit is to be multiplied to be a value of the fact; ``None`` for another unit."""
    word = folded(unit)
    if word in {"", folded(fact.unit)} or word in _UNITS.get(fact.unit, ()) or word in _unit_words(fact.unit):
        return 1
    return _TEN_THOUSAND if fact.unit == "CNY" and word in _MYRIADS else None


@lru_cache(maxsize=64)
def _unit_words(unit: str) -> frozenset[str]:
    known = unit_named(unit)
    return frozenset(folded(form.replace("{}", "")) for form in (known.zh, known.one, known.many))


def cell_reader(fact: Fact, serials: int | None = None, factor: int = 1) -> CellReader:
    """What reads the cells of one fact.

    Args:
        fact: whose value the cell is.
        serials: what is to be added to a number to make an Excel serial day of it; ``None`` if numbers are no days.
        factor: by what a number without a unit is multiplied, as its heading says (万元).
    """
    expected = expectation(fact)
    match fact.type:
        case FactType.INTEGER | FactType.DECIMAL:
            return partial(_number, fact, factor, expected)
        case FactType.TEXT:
            return _personal if fact.personal else _text
        case FactType.BOOLEAN:
            reader: CellReader = partial(_boolean, expected)
        case FactType.DATE:
            reader = partial(_date, serials, expected)
        case FactType.CHOICE:
            reader = partial(_choice, fact, spellings(fact), expected)
        case FactType.SET:
            table = spellings(fact)
            joined = max((len(_SEPARATORS.findall(text)) for text in table), default=0)
            reader = partial(_set, fact, table, joined, expected)
    # Few different cells fill such a column; `typed`, because 1 and 1.0 and True are one key of a cache.
    return lru_cache(maxsize=1024, typed=True)(reader)


def spellings(fact: Fact) -> Mapping[str, str]:
    """The code of each choice by its code and its labels, folded; where two are alike, codes come first."""
    table: dict[str, str] = {}
    for spelling in ("en", "zh", "id"):
        table.update({folded(getattr(choice, spelling)): choice.id for choice in fact.values})
    return table


def expectation(fact: Fact) -> Bilingual:
    """What a cell of a fact should hold, in words."""
    match fact.type:
        case FactType.BOOLEAN:
            return Bilingual("是或否（也可写 有/无、√/×、1/0）", "yes or no (also 是/否, √/×, 1/0)")
        case FactType.INTEGER | FactType.DECIMAL:
            return _expected_number(fact)
        case FactType.DATE:
            return Bilingual("日期，如 2020-05-01", "a date such as 2020-05-01")
        case FactType.TEXT:
            return Bilingual("文字", "a text")
        case FactType.CHOICE:
            return Bilingual(
                "下列之一：" + "、".join(one.zh for one in fact.values),
                "one of: " + "; ".join(one.en for one in fact.values),
            )
        case FactType.SET:
            return Bilingual(
                "下列各项，用“、”隔开，一项也没有写“无”：" + "、".join(one.zh for one in fact.values),
                "items separated by `;`, or `none`: " + "; ".join(one.en for one in fact.values),
            )


def _expected_number(fact: Fact) -> Bilingual:
    whole = fact.type is FactType.INTEGER
    zh = "整数" if whole else "数字"
    en = "a whole number" if whole else "a number"
    if fact.unit:
        zh, en = f"{zh}（{unit_named(fact.unit).zh.replace('{}', '')}）", f"{en} ({fact.unit})"
    if fact.minimum is not None:
        zh, en = f"{zh}，不小于 {fact.minimum}", f"{en}, at least {fact.minimum}"
    if fact.maximum is not None:
        zh, en = f"{zh}，不大于 {fact.maximum}", f"{en}, at most {fact.maximum}"
    return Bilingual(zh, en)


def _check_error(text: str, expected: Bilingual | None) -> None:
    if text in _ERRORS:
        message = Bilingual("公式出错，按未填报处理", "a formula gave an error; counts as not recorded")
        raise UnreadableError("PR514", message, expected)


def _unreadable(expected: Bilingual, zh: str, en: str) -> UnreadableError:
    message = Bilingual(f"读不出{zh}，按未填报处理", f"cannot be read as {en}; counts as not recorded")
    return UnreadableError("PR501", message, expected)


def _text(cell: object) -> str | None:
    if isinstance(cell, str):
        text = cell.strip(_AROUND)
        if text[:1] == "#":
            _check_error(text, None)
        return None if text in _BLANK else text
    return None if cell is None else as_text(cell)


def _personal(cell: object) -> str | None:
    text = _text(cell)
    return None if text == MASK else text


def _boolean(expected: Bilingual, cell: object) -> bool | None:
    if cell is None or isinstance(cell, bool):
        return cell
    if is_blank(cell):
        return None
    text = as_text(cell)
    word = folded(text)
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    _check_error(text, expected)
    raise _unreadable(expected, "是或否", "yes or no")


def _number(fact: Fact, factor: int, expected: Bilingual, cell: object) -> int | Decimal | None:
    if is_blank(cell):
        return None
    number = _plain_number(cell, expected)
    if number is None:
        text = half_width(as_text(cell))
        _check_error(text, expected)
        found = _NUMBER.fullmatch(text)
        own = None if found is None else unit_factor(found[2], fact)
        if found is None or own is None:
            raise _unreadable(expected, "数字", "a number")
        number = Decimal(found[1].replace(",", ""))
        factor = own if found[2] else factor
    return checked_number(number if factor == 1 else _EXACT.multiply(number, Decimal(factor)), fact, expected)


def _plain_number(cell: object, expected: Bilingual) -> int | Decimal | None:
    """The number that a cell is; ``None`` if it is a text that may hold one."""
    if isinstance(cell, str):
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        raise _unreadable(expected, "数字", "a number")
    if isinstance(cell, float):
        # A float of a workbook has 15 digits that somebody typed and some that nobody did.
        return int(cell) if cell.is_integer() and abs(cell) < 10**15 else Decimal(f"{cell:.15g}")
    return cell


def checked_number(number: int | Decimal, fact: Fact, expected: Bilingual) -> int | Decimal:
    """The number as a value of a fact: whole ones as int.

    Raises:
        UnreadableError: it has too many digits or lies outside the fact's domain.
    """
    if isinstance(number, Decimal):
        if not number.is_finite():
            raise _unreadable(expected, "数字", "a number")
        if number.adjusted() < WHOLE_DIGITS:
            number = _shortened(number, fact, expected)
    if number <= -(10**WHOLE_DIGITS) or number >= 10**WHOLE_DIGITS:
        raise _outside(
            expected, f"小数点前多于 {WHOLE_DIGITS} 位", f"has more than {WHOLE_DIGITS} digits before the point"
        )
    if fact.minimum is not None and number < fact.minimum:
        raise _outside(expected, f"小于 {fact.minimum}", f"is less than {fact.minimum}")
    if fact.maximum is not None and number > fact.maximum:
        raise _outside(expected, f"大于 {fact.maximum}", f"is more than {fact.maximum}")
    return number


def _shortened(number: Decimal, fact: Fact, expected: Bilingual) -> int | Decimal:
    """A number of few digits before the point, as int if it is whole."""
    whole = number.to_integral_value(context=_EXACT)
    if whole == number:
        return int(whole)
    if fact.type is FactType.INTEGER:
        raise _unreadable(expected, "整数", "a whole number")
    if number.quantize(Decimal(1).scaleb(-DECIMALS), context=_EXACT) != number:
        raise _outside(expected, f"小数多于 {DECIMALS} 位", f"has more than {DECIMALS} decimals")
    return number


def _outside(expected: Bilingual, zh: str, en: str) -> UnreadableError:
    return UnreadableError("PR503", Bilingual(f"{zh}，按未填报处理", f"{en}; counts as not recorded"), expected)


def _date(serials: int | None, expected: Bilingual, cell: object) -> date | None:
    if is_blank(cell):
        return None
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    if isinstance(cell, float) and serials is not None and cell.is_integer() and int(cell) in _SERIALS:
        return excel_day(int(cell) + serials)
    if not isinstance(cell, bool):
        found = typed_date(as_text(cell))
        if found is not None:
            return found
    if isinstance(cell, str):
        _check_error(as_text(cell), expected)
    raise _unreadable(expected, "日期", "a date")


def typed_date(text: str) -> date | None:
    """The day that a text names; ``None`` if it names none."""
    text = half_width(text)
    found = _DATE.fullmatch(text) or _DATE.fullmatch(text.replace(" ", "")) or _COMPACT_DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _choice(fact: Fact, table: Mapping[str, str], expected: Bilingual, cell: object) -> str | None:
    if is_blank(cell):
        return None
    text = as_text(cell)
    _check_error(text, expected)
    code = table.get(folded(text))
    if code is not None:
        return code
    if fact.open:
        return text
    raise _no_choice(fact, text, expected)


def _no_choice(fact: Fact, text: str, expected: Bilingual) -> UnreadableError:
    hint = nearest(text, [one.zh for one in fact.values] + [one.en for one in fact.values])
    message = Bilingual(
        f"“{text}”不是选项，按未填报处理{hint.zh}", f"`{text}` is no choice; counts as not recorded{hint.en}"
    )
    return UnreadableError("PR502", message, expected)


def _set(fact: Fact, table: Mapping[str, str], joined: int, expected: Bilingual, cell: object) -> frozenset[str] | None:
    if is_blank(cell):
        return None
    text = as_text(cell)
    _check_error(text, expected)
    if folded(text) in _NONE and folded(text) not in table:
        return frozenset()
    return read_items(_split(text, table, joined), fact, table, expected)


def read_items(items: list[str], fact: Fact, table: Mapping[str, str], expected: Bilingual) -> frozenset[str]:
    """The items of a set, choices as codes.

    Raises:
        UnreadableError: an item is no choice, and the list is not open.
    """
    found = set()
    for item in items:
        code = table.get(folded(item))
        if code is None and not fact.open:
            raise _no_choice(fact, item, expected)
        found.add(code or item)
    return frozenset(found)


def _split(text: str, table: Mapping[str, str], joined: int) -> list[str]:
    """The items of a list; a label that holds separators itself stays whole."""
    pieces = _SEPARATORS.split(text)
    ends = [found.start() for found in _SEPARATORS.finditer(text)] + [len(text)]
    starts = [0] + [end + 1 for end in ends[:-1]]
    items, at = [], 0
    while at < len(pieces):
        last = at
        for candidate in range(min(at + joined, len(pieces) - 1), at, -1):
            if folded(text[starts[at] : ends[candidate]]) in table:
                last = candidate
                break
        item = text[starts[at] : ends[last]].strip(_AROUND)
        if item not in _BLANK:
            items += _spaced(item, table)
        at = last + 1
    return items


def _spaced(item: str, table: Mapping[str, str]) -> list[str]:
    """An item, or those that stand in it with only spaces between, if all of them are choices."""
    words = item.split()
    is_list = len(words) > 1 and folded(item) not in table and all(folded(word) in table for word in words)
    return words if is_list else [item]

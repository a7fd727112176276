# SPDX-License-Identifier: MIT
"""What a ledger says about itself: the period, the day judged, since when its records are complete, parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from platformrules.languages import Bilingual
from platformrules.ledger.cells import folded, half_width, is_blank, typed_date
from platformrules.ledger.problems import Problem, nearest, refusal
from platformrules.periods import Period
from platformrules.standards.model import Standard

#: The settings that are read, by their key in JSON.
LABELS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "period": Bilingual("评价期", "period"),
        "as_of": Bilingual("评价日", "as of"),
        "records_from": Bilingual("记录起始日", "records from"),
        "note": Bilingual("数据说明", "note"),
    }
)
#: Settings for people, which change nothing.
REMARKS: Mapping[str, Bilingual] = MappingProxyType(
    {"standard": Bilingual("适用标准", "standard"), "remark": Bilingual("备注", "remark")}
)
_EXPECTED = {
    "period": Bilingual(
        "评价期，如 2020、2020-03 或 2019-11-01..2020-10-31", "2020, 2020-03 or 2019-11-01..2020-10-31"
    ),
    "as_of": Bilingual("日期，如 2020-12-31", "a date such as 2020-12-31"),
    "records_from": Bilingual("日期，如 2020-01-01", "a date such as 2020-01-01"),
}
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:年|年度)?", re.ASCII)
_UNTIL = re.compile(r"\.\.|至|到|~|—+|–")


@frozen
class Settings:
    """What a ledger says about itself, as far as it can be read."""

    period: Period | None = None
    as_of: date | None = None
    records_from: date | None = None
    note: str = ""
    parameters: Mapping[str, Any] = field(factory=dict)


def read_settings(given: Mapping[str, tuple[str, Any]], sheet: str, problems: list[Problem]) -> Settings:
    """The settings of a ledger; ``given`` has for each name the place where it stands and its value."""
    read: dict[str, Any] = {}
    readers: Mapping[str, Callable[[Any], Any]] = {
        "period": _period,
        "as_of": _day,
        "records_from": _day,
        "note": str,
    }
    for name, (place, value) in given.items():
        key = _key(name)
        if key in REMARKS or is_blank(value):
            continue
        if key is None:
            hint = nearest(name, [spelled for label in LABELS.values() for spelled in (label.zh, label.en)])
            message = Bilingual(f"不认识的设置项{hint.zh}", f"an unknown setting{hint.en}")
            problems.append(Problem("PR515", message, sheet, place, name))
            continue
        found = readers[key](value)
        if found is None:
            label = LABELS[key]
            message = Bilingual(
                f"“{label.zh}”读不出来，按未给出处理", f"`{label.en}` cannot be read and counts as not given"
            )
            problems.append(Problem("PR515", message, sheet, place, str(value), _EXPECTED[key]))
        else:
            read[key] = found
    return Settings(**read)


def _key(name: str) -> str | None:
    word = folded(name).strip(":")
    for key, label in {**LABELS, **REMARKS}.items():
        if word in {key, folded(label.zh), folded(label.en)}:
            return key
    return None


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    return None if isinstance(value, bool) else typed_date(_text(value))


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return half_width(str(value)).strip()


def _period(value: object) -> Period | None:
    if isinstance(value, Period):
        return value
    text = "" if isinstance(value, bool) else "".join(_text(value).split())
    if found := _YEAR.fullmatch(text):
        text = found[1]
    elif found := _MONTH.fullmatch(text):
        text = f"{found[1]}-{int(found[2]):02d}"
    elif len(ends := _UNTIL.split(text)) == 2:
        text = "..".join(str(typed_date(end)) for end in ends)
    try:
        return Period.parse(text)
    except ValueError:
        return None


def settle_times(
    standard: Standard, settings: Settings, period: Period | None, as_of: date | None
) -> tuple[Period | None, date | None]:
    """The period and the day judged: those given, else the ledger's, else what the standard prints; never today.

    Raises:
        LedgerError: the standard judges a period, or a day, and none is given; or what is given is none.
    """
    for name, given, kind in (("period", period, Period), ("as_of", as_of, date)):
        if given is not None and type(given) is not kind:
            raise refusal(f"{name} 应为 {kind.__name__}", f"{name} must be a {kind.__name__} (got {given!r})")
    period = period or settings.period or standard.period.printed
    as_of = as_of or settings.as_of
    if period is None and standard.period.kind != "as-of":
        raise refusal(
            f"没有评价期：{standard.reference} 按期评价；请写在“设置”表或 JSON 的 period 中，或用 --period 2020 给出",
            f"no period: {standard.reference} judges one; say it in the sheet settings, as period in JSON, "
            "or with --period 2020",
        )
    if period is None and as_of is None:
        raise refusal(
            f"没有评价日：{standard.reference} 按日评价；请写在“设置”表或 JSON 的 as_of，或用 --as-of 2020-12-31",
            f"no day: {standard.reference} judges a day; say it in the sheet settings, as as_of in JSON, "
            "or with --as-of 2020-12-31",
        )
    return period, as_of

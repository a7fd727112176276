# SPDX-License-Identifier: MIT
"""Units, numbers and days as both languages write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from attrs import frozen

from platformrules.languages import Bilingual


@frozen
class Unit:
    """How a number is written with its unit: in Chinese, and in English for one and for many."""

    zh: str
    one: str
    many: str


PLAIN = Unit("{}", "{}", "{}")
#: The unit of a number between 0 and 1 that is written in percent.
RATIO = "ratio"
#: Units by the name that facts and parameters give them; an unknown one is written as it is.
UNITS: Mapping[str, Unit] = MappingProxyType(
    {
        "": PLAIN,
        "count": PLAIN,
        RATIO: PLAIN,
        "%": Unit("{}%", "{}%", "{}%"),
        "CNY": Unit("{}元", "CNY {}", "CNY {}"),
        "m²": Unit("{}平方米", "{} m²", "{} m²"),
        "persons": Unit("{}人", "{} person", "{} persons"),
        "person-times": Unit("{}人次", "{} person-time", "{} person-times"),
        "households": Unit("{}户", "{} household", "{} households"),
        "years": Unit("{}年", "{} year", "{} years"),
        "months": Unit("{}个月", "{} month", "{} months"),
        "weeks": Unit("{}周", "{} week", "{} weeks"),
        "days": Unit("{}天", "{} day", "{} days"),
        "working days": Unit("{}个工作日", "{} working day", "{} working days"),
        "hours": Unit("{}小时", "{} hour", "{} hours"),
        "minutes": Unit("{}分钟", "{} minute", "{} minutes"),
        "times": Unit("{}次", "{} time", "{} times"),
        "activities": Unit("{}次", "{} activity", "{} activities"),
        "meetings": Unit("{}次", "{} meeting", "{} meetings"),
        "organizations": Unit("{}个", "{} organization", "{} organizations"),
        "centers": Unit("{}个", "{} center", "{} centers"),
        "areas": Unit("{}个", "{} area", "{} areas"),
        "units": Unit("{}个", "{} unit", "{} units"),
        "projects": Unit("{}个", "{} project", "{} projects"),
        "items": Unit("{}项", "{} item", "{} items"),
        "kinds": Unit("{}类", "{} kind", "{} kinds"),
        "categories": Unit("{}类", "{} category", "{} categories"),
        "sources": Unit("{}种", "{} source", "{} sources"),
        "points": Unit("{}分", "{} point", "{} points"),
        "score": Unit("{}分", "{} point", "{} points"),
        "characters": Unit("{}字", "{} character", "{} characters"),
    }
)
MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def unit_named(name: str) -> Unit:
    """The unit of that name; one that is not in the table is written as it is."""
    plain = name.replace("{", "").replace("}", "")
    return UNITS.get(name) or Unit(f"{{}}{plain}", f"{{}} {plain}", f"{{}} {plain}")


def number_text(value: int | Decimal, *, percent: bool = False, grouped: bool = False) -> str:
    """A number in digits, without zeros at its end; exact, whatever the caller's decimal context."""
    digits = format(value, ("," if grouped else "") + ("f" if isinstance(value, Decimal) else "d"))
    if percent:
        whole, _, decimals = digits.removeprefix("-").partition(".")
        decimals = decimals.ljust(2, "0")
        digits = f"{'-' if value < 0 else ''}{int(whole + decimals[:2])}.{decimals[2:]}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def say_number(value: int | Decimal, zh: Unit = PLAIN, en: Unit | None = None, *, percent: bool = False) -> Bilingual:
    """A number with its unit, which may differ between the languages; English readers want commas from 10,000 on."""
    en = zh if en is None else en
    if percent:
        text = number_text(value, percent=True) + "%"
        return Bilingual(text, text)
    grouped = number_text(value, grouped=not -10_000 < value < 10_000)
    return Bilingual(zh.zh.format(number_text(value)), (en.one if value == 1 else en.many).format(grouped))


def say_date(day: date) -> Bilingual:
    """A day in words."""
    return Bilingual(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}")

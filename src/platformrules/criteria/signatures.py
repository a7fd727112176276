# SPDX-License-Identifier: MIT
"""The functions and operators of the language, as data: every backend has an entry for each, and a test says so."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from platformrules.criteria.datatypes import DATE, MONTH, NUMBER, TEXT, TRUTH, WHOLE, Datatype


@frozen
class Signature:
    """A scalar function: the types of its operands and of its value.

    Attributes:
        operands: the types; the last repeats if ``variadic``.
        value: the type of the result.
        optional: how many operands at the end may be left out.
        variadic: two or more operands of the last type.
        literal: operands that must be whole literals: index, least and most of each.
        procedures: only procedures may use it: a standard judges facts, and what it says must not need a calendar.
    """

    operands: tuple[Datatype, ...]
    value: Datatype
    optional: int = 0
    variadic: bool = False
    literal: tuple[tuple[int, int, int], ...] = ()
    procedures: bool = False


#: Functions of plain values. ``min`` and ``max`` take numbers or dates and give the same.
FUNCTIONS: Mapping[str, Signature] = MappingProxyType(
    {
        "min": Signature((NUMBER, NUMBER), NUMBER, variadic=True),
        "max": Signature((NUMBER, NUMBER), NUMBER, variadic=True),
        "round": Signature((NUMBER, WHOLE), NUMBER, optional=1, literal=((1, 0, 12),)),
        "floor": Signature((NUMBER, WHOLE), NUMBER, optional=1, literal=((1, 0, 12),)),
        "ceil": Signature((NUMBER, WHOLE), NUMBER, optional=1, literal=((1, 0, 12),)),
        "date": Signature((WHOLE, WHOLE, WHOLE), DATE, literal=((1, 1, 12), (2, 1, 31))),
        "add_days": Signature((DATE, WHOLE), DATE),
        "add_months": Signature((DATE, WHOLE), DATE),
        "add_years": Signature((DATE, WHOLE), DATE),
        "add_working_days": Signature((DATE, WHOLE), DATE, procedures=True),
        "working_days": Signature((DATE, DATE), WHOLE, procedures=True),
        "days_between": Signature((DATE, DATE), WHOLE),
        "years_between": Signature((DATE, DATE), WHOLE),
        "starts_with": Signature((TEXT, TEXT), TRUTH),
        "ends_with": Signature((TEXT, TEXT), TRUTH),
        "contains": Signature((TEXT, TEXT), TRUTH),
        "length": Signature((TEXT,), WHOLE),
    }
)


@frozen
class Gathering:
    """A function over rows: the type of its element and of its value.

    Attributes:
        element: ``None`` takes elements of any type.
        value: the type of the result; ``None`` means that of the element.
        default: ``default=`` must say what no rows give.
    """

    element: Datatype | None
    value: Datatype | None
    default: bool = False


#: Functions of rows.
GATHERINGS: Mapping[str, Gathering] = MappingProxyType(
    {
        "count": Gathering(None, WHOLE),
        "any": Gathering(TRUTH, TRUTH),
        "all": Gathering(TRUTH, TRUTH),
        "sum": Gathering(NUMBER, None),
        "min": Gathering(NUMBER, None, default=True),
        "max": Gathering(NUMBER, None, default=True),
        "mean": Gathering(NUMBER, NUMBER, default=True),
        "median": Gathering(NUMBER, NUMBER, default=True),
        "share": Gathering(TRUTH, NUMBER, default=True),
        "longest_run": Gathering(TRUTH, WHOLE),
    }
)

#: Operators by the name that checked nodes carry: what a reader calls them in a message.
OPERATORS: Mapping[str, str] = MappingProxyType(
    {
        "not": "not",
        "and": "and",
        "or": "or",
        "negate": "-",
        "add": "+",
        "subtract": "-",
        "multiply": "*",
        "divide": "/",
        "shared": "&",
        "size": "count",
        "equal": "==",
        "less": "<",
        "at_most": "<=",
        "contained": "<=",
        "member": "in",
    }
)

#: What can be read of a value after a dot, besides facts: the type of the part.
PARTS: Mapping[tuple[str, str], Datatype] = MappingProxyType(
    {
        ("date", "year"): WHOLE,
        ("date", "month"): WHOLE,
        ("month", "start"): DATE,
        ("month", "end"): DATE,
        ("period", "start"): DATE,
        ("period", "end"): DATE,
        ("criterion", "id"): TEXT,
        ("criterion", "block"): TEXT,
        ("criterion", "strength"): TEXT,
        ("criterion", "outcome"): TEXT,
        ("criterion", "grade"): TEXT,
        ("criterion", "points"): NUMBER,
        ("criterion", "max"): NUMBER,
        ("criterion", "satisfied"): TRUTH,
        ("criterion", "failed"): TRUTH,
        ("block", "id"): TEXT,
        ("block", "satisfied"): TRUTH,
        ("block", "points"): NUMBER,
        ("block", "max"): NUMBER,
    }
)

#: Types that have an order.
ORDERED = (NUMBER.kind, DATE.kind, MONTH.kind)

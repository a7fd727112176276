# SPDX-License-Identifier: MIT
"""How parameters are said: constants, every row of a table, and what a run has yet to give. Knows no format."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from typing import TypeAlias

from platformrules.criteria.typed import ConstantValue, Step, Table
from platformrules.languages import Language
from platformrules.reporting.values import range_text, value_text
from platformrules.reporting.wording import COMMA, NO, STEPS, STEPS_OF_DATES, WORDS, YES
from platformrules.schema import Fact
from platformrules.standards.model import Parameter

#: What is looked up, in words, and its value.
Row: TypeAlias = tuple[str, str]


def parameter_text(one: Parameter, language: Language) -> str:
    """The value of a parameter; of a table nothing, as its rows say it; of what is to be given what it may be."""
    if one.table is not None:
        return ""
    if one.given is not None and one.value is None:
        return WORDS["to_be_given"][language].format(range_text(one.given, language))
    return value_text(one.value, None, one.unit, language)


def table_head(table: Table, language: Language) -> str:
    """By what a table is looked up; empty of steps, whose rows say it."""
    return COMMA[language].join(fact.label[language] for fact in table.by)


def table_rows(table: Table, language: Language) -> Iterator[Row]:
    """Every row of a table or of steps, in its order."""
    for key, value in table.entries.items():
        named = (_key(fact, code, language) for fact, code in zip(table.by, key, strict=True))
        yield COMMA[language].join(named), _value(table, value, language)
    if table.otherwise is not None:
        yield WORDS["otherwise"][language], _value(table, table.otherwise, language)
    for step, following in zip_longest(table.steps, table.steps[1:]):
        yield _step(step, following, language), _value(table, step.value, language)


def _value(table: Table, value: ConstantValue, language: Language) -> str:
    return value_text(value, table.datatype.choices, table.unit, language)


def _key(fact: Fact, code: str | bool, language: Language) -> str:  # noqa: FBT001 - a key of a table
    if isinstance(code, bool):
        return (YES if code else NO)[language]
    return next(choice.label[language] for choice in fact.values if choice.id == code)


def _step(step: Step, following: Step | None, language: Language) -> str:
    """From where a step holds; of the first, up to where."""
    first = step.start is None
    border = following if first else step
    if border is None or border.start is None:  # a table with faults: steps are two or more
        return WORDS["otherwise"][language]
    words = STEPS_OF_DATES if isinstance(border.start, date) else STEPS
    return words[first, border.above][language].format(value_text(border.start, None, "", language))

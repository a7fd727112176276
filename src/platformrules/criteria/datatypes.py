# SPDX-License-Identifier: MIT
"""The types of the language: what kind of value an expression gives. Knows facts, not expressions."""

from __future__ import annotations

import enum

from attrs import frozen

from platformrules.schema import Fact, FactType


class Kind(enum.StrEnum):
    """The kinds of values; the words stand in messages."""

    TRUTH = "truth"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    MONTH = "month"
    SET = "set"
    ROW = "row"
    ROWS = "rows"
    PERIOD = "period"
    CRITERION = "criterion"
    BLOCK = "block"
    MISTAKE = "mistake"


@frozen
class Datatype:
    """The type of an expression.

    Attributes:
        kind: truth, number, text, …
        whole: of a number: it has no decimals.
        choices: of a text or set: the fact whose codes it takes; ``None`` for free text.
        model: of a row or rows: their model.
    """

    kind: Kind
    whole: bool = False
    choices: Fact | None = None
    model: str = ""

    def __str__(self) -> str:
        """The words of a message."""
        if self.choices is not None:
            return "a choice" if self.kind is Kind.TEXT else "a set of choices"
        return _WORDS[self.kind]


_WORDS = {
    Kind.TRUTH: "a truth",
    Kind.NUMBER: "a number",
    Kind.TEXT: "a text",
    Kind.DATE: "a date",
    Kind.MONTH: "a month",
    Kind.SET: "a set",
    Kind.ROW: "a row",
    Kind.ROWS: "rows",
    Kind.PERIOD: "a period",
    Kind.CRITERION: "a criterion",
    Kind.BLOCK: "a block",
    Kind.MISTAKE: "a mistake",
}

TRUTH = Datatype(Kind.TRUTH)
NUMBER = Datatype(Kind.NUMBER)
WHOLE = Datatype(Kind.NUMBER, whole=True)
TEXT = Datatype(Kind.TEXT)
DATE = Datatype(Kind.DATE)
MONTH = Datatype(Kind.MONTH, whole=True)
SET = Datatype(Kind.SET)
#: The type of an expression that has a fault already: it fits everywhere, so that one fault is told once.
MISTAKE = Datatype(Kind.MISTAKE)

#: The vocabulary of `c.grade` is this one: it may be empty, too, of what does not apply, is waived or is not graded.
GRADE = ("criterion", "grade")

#: Records that no expression names: their facts are read by bare names.
UNWRITTEN = frozenset({"parameters", "case"})

_OF_FACT = {
    FactType.BOOLEAN: TRUTH,
    FactType.INTEGER: WHOLE,
    FactType.DECIMAL: NUMBER,
    FactType.TEXT: TEXT,
    FactType.DATE: DATE,
}


def datatype_of(one: Fact) -> Datatype:
    """The type of an expression that reads a fact."""
    if one.type is FactType.CHOICE:
        return Datatype(Kind.TEXT, choices=one)
    if one.type is FactType.SET:
        return Datatype(Kind.SET, choices=one)
    return _OF_FACT[one.type]

# SPDX-License-Identifier: MIT
"""What the tests of the criteria language share: a schema, a scope, and what a refusal says."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from platformrules.bounds import Number
from platformrules.criteria.checker import Scope, check
from platformrules.criteria.datatypes import DATE, NUMBER, SET, TEXT, TRUTH, WHOLE, Datatype
from platformrules.criteria.typed import ConstantValue, TypedExpr
from platformrules.diagnostics import Diagnostic
from platformrules.errors import RuleFileError
from platformrules.languages import Bilingual
from platformrules.models import CORE
from platformrules.schema import Choice, Fact, FactType

LABEL = Bilingual("标签", "label")
GRADES = (Choice("better", "较好", "better"), Choice("poor", "较差", "poor"))


def fact(
    name: str, kind: FactType, *, on: str = "center", minimum: Number | None = None, values: tuple[Choice, ...] = ()
) -> Fact:
    """A fact of a plugin named p."""
    return Fact(f"p_{name}", on, kind, LABEL, minimum=minimum, values=values, plugin="p")


SCHEMA = CORE.with_facts(
    [
        fact("rooms", FactType.INTEGER, minimum=1),
        fact("loss", FactType.DECIMAL),
        fact("judged", FactType.CHOICE, values=GRADES),
        fact("moods", FactType.SET, on="activity", values=GRADES),
    ]
)
#: What a criterion of a standard with a period may read.
SCOPE = Scope(
    SCHEMA,
    "center",
    {
        "least": (WHOLE, 20),
        "part": (NUMBER, Decimal("0.3")),
        "nought": (WHOLE, 0),
        "strict": (TRUTH, True),
        "word": (TEXT, "better"),
        "since": (DATE, date(2019, 1, 1)),
        "needed": (SET, frozenset({"computer", "tv"})),
    },
)


@pytest.fixture
def scope() -> Scope:
    """The names that a criterion may use."""
    return SCOPE


@pytest.fixture
def verdict_scope() -> Scope:
    """The names that a verdict may use: the criteria and blocks as well."""
    return Scope(SCHEMA, "center", SCOPE.parameters, criteria=("floor-area", "staff"), blocks=("rooms",))


@pytest.fixture
def faults_of() -> Callable[..., list[tuple[str, str]]]:
    """The code and the underlined text of each fault of an expression; its spans lie inside the text."""

    def faults(text: str, given: Scope = SCOPE, expected: Datatype = TRUTH) -> list[tuple[str, str]]:
        found = refused(text, given, expected)
        return [(one.code, text[one.span.start : one.span.end]) for one in found if one.span is not None]

    return faults


@pytest.fixture
def refusal() -> Callable[..., tuple[Diagnostic, ...]]:
    """The diagnostics of an expression that is refused."""
    return refused


def refused(text: str, given: Scope = SCOPE, expected: Datatype = TRUTH) -> tuple[Diagnostic, ...]:
    """The diagnostics of an expression, each with its text and a span inside it."""
    with pytest.raises(RuleFileError) as caught:
        check(text, given, expected)
    for one in caught.value.diagnostics:
        assert one.text == text
        assert one.span is not None
        assert 0 <= one.span.start <= one.span.end <= len(text)
    return caught.value.diagnostics


@pytest.fixture
def checked() -> Callable[..., TypedExpr]:
    """An expression, checked in the scope of a criterion."""

    def checked(text: str, given: Scope = SCOPE, expected: Datatype = TRUTH) -> TypedExpr:
        return check(text, given, expected)

    return checked


@pytest.fixture
def parameters() -> dict[str, ConstantValue]:
    """The values of all parameters."""
    return {name: value for name, (_, value) in SCOPE.parameters.items()}

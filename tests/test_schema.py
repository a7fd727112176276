# SPDX-License-Identifier: MIT
"""Which facts exist, and which values a fact may have."""

import decimal
from decimal import Decimal

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from platformrules.bounds import ANYTHING, Bounds
from platformrules.languages import Bilingual
from platformrules.schema import (
    Choice,
    Fact,
    FactType,
    Relation,
    Schema,
    digits_fault,
    fact,
    number_fault,
)

LABEL = Bilingual("评价", "grade")
BETTER, POOR = Choice("better", "较好", "Better"), Choice("poor", "较差", "worst")


@frozen
class Place:
    """A model made for these tests."""

    area: Decimal | None = fact("decimal", "面积", "area", unit="m²", minimum=0)
    grade: str | None = fact("choice", "评价", "grade", values=(("better", "较好", "better"),))
    secret: str = ""


RELATION = Relation("places", "place", Bilingual("地点", "places"))
SCHEMA = Schema.from_models({"place": Place}, [RELATION])


def number(minimum: int | Decimal | None = None, maximum: int | Decimal | None = None) -> Fact:
    """A number with a domain."""
    return Fact("size", "place", FactType.DECIMAL, LABEL, minimum=minimum, maximum=maximum)


# Choices


def test_a_choice_has_a_label_in_each_language() -> None:
    """The label of a choice is its two names."""
    assert BETTER.label == Bilingual("较好", "Better")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("better", "better"),
        ("较好", "better"),
        ("Better", "better"),
        (" BETTER ", "better"),
        ("worst", "poor"),
        ("一般", None),
        ("", None),
    ],
)
def test_a_choice_is_given_by_code_or_label(text: str, expected: str | None) -> None:
    """In either language, and neither case nor blanks around it matter."""
    assert expected == Fact("grade", "place", FactType.CHOICE, LABEL, values=(BETTER, POOR)).code(text)


def test_a_code_goes_before_the_label_of_another() -> None:
    """A text that is the code of one choice and the label of another is the code."""
    values = (Choice("other", "其他", "misc"), Choice("misc", "杂项", "other"))
    assert Fact("kind", "place", FactType.CHOICE, LABEL, values=values).code("other") == "other"


def test_a_fact_knows_its_codes_and_domain() -> None:
    """Codes are those of its choices; the domain lies between least and most, each open if there is none."""
    assert Fact("grade", "place", FactType.CHOICE, LABEL, values=(BETTER, POOR)).codes == {"better", "poor"}
    assert number(0, 999).domain == Bounds(0, 999)
    assert number().domain == ANYTHING


# Schemas


def test_facts_are_read_from_models() -> None:
    """Every field that declares a fact is one, with its parts; other fields are none."""
    assert list(SCHEMA.facts["place"]) == ["area", "grade"]
    assert SCHEMA.facts["place"]["area"] == Fact(
        "area", "place", FactType.DECIMAL, Bilingual("面积", "area"), unit="m²", minimum=0
    )
    assert SCHEMA.facts["place"]["grade"].values == (Choice("better", "较好", "better"),)
    assert SCHEMA.relations == {"places": RELATION}


def test_a_schema_with_more_facts_is_another_schema() -> None:
    """Facts are added, or take the place of one with their model and id; the first schema stays as it was."""
    wider = Fact("grade", "place", FactType.CHOICE, LABEL, values=(BETTER, POOR))
    more = SCHEMA.with_facts([wider, number()])
    assert list(more.facts["place"]) == ["area", "grade", "size"]
    assert more.facts["place"]["grade"] is wider
    assert SCHEMA.facts["place"]["grade"].codes == {"better"}
    assert more != SCHEMA
    assert more.relations == SCHEMA.relations


def test_a_schema_cannot_be_changed() -> None:
    """Neither models, nor facts, nor relations can be set from outside."""
    with pytest.raises(TypeError):
        SCHEMA.facts["place"]["area"] = number()
    with pytest.raises(TypeError):
        SCHEMA.with_facts([]).facts["place"] = {}
    with pytest.raises(TypeError):
        SCHEMA.relations["places"] = RELATION


# Numbers


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, ""),
        (10**14 - 1, ""),
        (10**14, "must have at most 14 digits before the point"),
        (1 - 10**14, ""),
        (-(10**14), "must have at most 14 digits before the point"),
        (Decimal("99999999999999.9999"), ""),
        (Decimal("100000000000000.0"), "must have at most 14 digits before the point"),
        (Decimal("1E+999999"), "must have at most 14 digits before the point"),
        (Decimal("0.1234"), ""),
        (Decimal("0.12340000"), ""),
        (Decimal("0.12345"), "must have at most 4 decimals"),
        (Decimal("1." + "0" * 40 + "1"), "must have at most 4 decimals"),
        (Decimal("1E-999999"), "must have at most 4 decimals"),
        (Decimal("0E-30"), ""),
        (Decimal("1.5E+3"), ""),
        (Decimal("NaN"), "must be a finite number"),
        (Decimal("sNaN"), "must be a finite number"),
        (Decimal("-Infinity"), "must be a finite number"),
    ],
)
@pytest.mark.parametrize("precision", [3, 28])
def test_numbers_have_the_digits_that_every_engine_keeps(value: int | Decimal, expected: str, precision: int) -> None:
    """At most 14 digits before and 4 after the point, zeros at the end aside, in any caller's decimal context."""
    with decimal.localcontext() as context:
        context.prec = precision
        assert expected == number_fault(value, number())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, ""),
        (-1, "must be at least 0"),
        (Decimal("-0.01"), "must be at least 0"),
        (5, ""),
        (Decimal("5.01"), "must be at most 5"),
    ],
)
def test_numbers_lie_in_the_domain_of_their_fact(value: int | Decimal, expected: str) -> None:
    """Least and most are included."""
    assert expected == number_fault(value, number(0, 5))


@given(st.integers(-(10**16), 10**16), st.integers(0, 20))
def test_digits_are_counted_as_they_are_written(digits: int, exponent: int) -> None:
    """A Decimal is refused just if its shortest text has too many digits before or after the point."""
    value = Decimal((int(digits < 0), tuple(map(int, str(abs(digits)))), -exponent))
    whole, _, rest = format(value, "f").lstrip("-").partition(".")
    fits = len(whole.lstrip("0")) <= 14 and len(rest.rstrip("0")) <= 12
    assert fits is (digits_fault(value, 12) == "")

# SPDX-License-Identifier: MIT
"""Kleene's three truth values."""

import itertools

import pytest

from platformrules.truth import Truth

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
# What a truth may turn out to be when all is recorded.
MEANINGS = {TRUE: {True}, FALSE: {False}, UNKNOWN: {True, False}}
PAIRS = list(itertools.product(Truth, Truth))


def settled(meanings: set[bool]) -> Truth:
    """The truth that stands for these meanings."""
    return next(truth for truth, known in MEANINGS.items() if known == meanings)


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_conjunction_is_what_all_meanings_of_its_operands_say(left: Truth, right: Truth) -> None:
    """`&` is UNKNOWN only if its operands can still make it TRUE and FALSE, whatever their order."""
    expected = settled({one and other for one in MEANINGS[left] for other in MEANINGS[right]})
    assert expected is left & right
    assert expected is right & left


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_disjunction_is_what_all_meanings_of_its_operands_say(left: Truth, right: Truth) -> None:
    """`|` is UNKNOWN only if its operands can still make it TRUE and FALSE, whatever their order."""
    expected = settled({one or other for one in MEANINGS[left] for other in MEANINGS[right]})
    assert expected is left | right
    assert expected is right | left


@pytest.mark.parametrize(("truth", "expected"), [(TRUE, FALSE), (FALSE, TRUE), (UNKNOWN, UNKNOWN)])
def test_negation_leaves_unknown_unknown(truth: Truth, expected: Truth) -> None:
    """`~` swaps TRUE and FALSE and leaves UNKNOWN."""
    assert expected is ~truth


@pytest.mark.parametrize("truth", list(Truth))
def test_a_truth_is_no_condition_of_python(truth: Truth) -> None:
    """`if truth:` is refused for all three, and the message says what to write instead."""
    with pytest.raises(TypeError, match=r"write `truth is Truth\.TRUE`"):
        bool(truth)


@pytest.mark.parametrize(("value", "expected"), [(True, TRUE), (False, FALSE), (None, UNKNOWN)])
def test_of_reads_what_engines_write(value: bool | None, expected: Truth) -> None:  # noqa: FBT001 - a case
    """True, False and None become the three truths."""
    assert expected is Truth.of(value)

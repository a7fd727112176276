# SPDX-License-Identifier: MIT
"""Problems as people read them."""

import pytest

from platformrules.errors import LedgerError
from platformrules.languages import Bilingual
from platformrules.ledger import CODES, Problem
from platformrules.ledger.problems import nearest, refusal


def test_a_problem_in_both_languages() -> None:
    """Code, place, value, message and what was expected, on one line."""
    one = Problem("PR501", Bilingual("读不出", "cannot be read"), "活动", "B7", "多人", Bilingual("整数", "a number"))
    assert one.text("zh") == "PR501 活动!B7 “多人”：读不出；应为整数"
    assert str(one) == 'PR501 活动!B7 "多人": cannot be read; expected a number'
    assert one.place == "活动!B7"


def test_a_problem_without_parts() -> None:
    """What a problem does not have is left out."""
    one = Problem("PR511", Bilingual("缺", "lacks it"))
    assert (str(one), one.text("zh")) == ("PR511: lacks it", "PR511：缺")


def test_long_values_are_cut() -> None:
    """A cell of a page of text does not fill the screen."""
    assert len(Problem("PR501", Bilingual("x", "x"), value="x" * 5000).value) == 100


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_says_something(code: str) -> None:
    """Codes of ledgers begin with PR5 and are explained in both languages."""
    assert code.startswith("PR5")
    assert CODES[code].zh
    assert CODES[code].en


def test_refusals_are_safe_to_print() -> None:
    """A refusal is in both languages and holds no control character."""
    error = refusal("坏\x1b[2J", "bad\x1b[2J")
    assert isinstance(error, LedgerError)
    assert "\x1b" not in str(error)


def test_hints() -> None:
    """The nearest word is named, or none."""
    assert nearest("有团旗帜", ["有团旗", "名称"]).zh == "；是不是“有团旗”？"
    assert nearest("xyz", ["有团旗"]) == Bilingual("", "")

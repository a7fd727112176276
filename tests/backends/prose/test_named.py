# SPDX-License-Identifier: MIT
"""Named values, tables and what is given with a run, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from platformrules.backends.prose import to_prose
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import RuleSource, load_rulebook

HARBOUR = Path(__file__).parents[2] / "rules" / "harbour"


@pytest.fixture(scope="module")
def berth() -> Standard:
    """A made-up standard that reads all of them."""
    return load_rulebook([RuleSource("harbour", HARBOUR)])["harbour/berth"]


def test_tables_go_by_their_title_or_by_their_name(berth: Standard) -> None:
    """A name is no word with an underline in a sentence."""
    asked = berth["staff-of-kind"].require
    assert asked is not None
    said = to_prose(asked, berth.parameters)
    assert "the “staff” for kind of construction" in said.en
    assert "the “staff by area” for floor area" in said.en
    assert "the “staff by day” for the day judged" in said.en
    assert "“人员数”中建设方式对应的值" in said.zh
    assert "_" not in said.en


def test_figures_go_by_their_title(berth: Standard) -> None:
    """And what the run gives by its own."""
    asked = berth["quota"].require
    assert asked is not None
    assert to_prose(asked, berth.parameters).en == "“staff in all” is at least quota"
    assert to_prose(asked, berth.parameters).zh == "“人员合计”不少于名额"

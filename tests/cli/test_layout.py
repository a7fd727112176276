# SPDX-License-Identifier: MIT
"""Lines and tables that fit a terminal, counted in cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from platformrules.cli.layout import pad, paragraph, table, wrap
from platformrules.diagnostics import cells

TEXTS = st.text(st.sampled_from("ab 青年，。（）“”-²\t\n"), max_size=60)


@given(TEXTS, st.integers(4, 30))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    """No line is wider than asked for, and put together the lines are the text but for its spaces."""
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_chinese_breaks_between_characters() -> None:
    """A line without spaces breaks where it is full, and none begins with a comma or ends with an opening bracket."""
    assert wrap("面积不少于，一百平方米", 8) == ["面积不少", "于，一百", "平方米"]
    assert wrap("面积不少，于", 8) == ["面积不", "少，于"]
    assert wrap("面积不（少）", 8) == ["面积不", "（少）"]


def test_words_stay_whole_if_they_fit() -> None:
    """English breaks at spaces; only a word longer than a line is cut."""
    assert wrap("at least five words", 10) == ["at least", "five words"]
    assert wrap("incomprehensible x", 8) == ["incompre", "hensible", "x"]


def test_a_paragraph_hangs() -> None:
    """The lines after the first stand further in."""
    assert paragraph("aa bb cc", 7, "  ", hanging=" ") == ["  aa", "   bb", "   cc"]
    assert pad("青", 4) == "青  "


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5), st.integers(60, 100))
def test_a_table_fits(rows: list[tuple[str, str, str]], width: int) -> None:
    """With three columns of any text no line is wider than the terminal."""
    assert all(cells(line) <= width for line in table(rows, width, head=("a", "b", "c")))


def test_columns_stand_below_one_another() -> None:
    """Also behind wide characters; line breaks in a cell are kept, and blanks at the end are not."""
    assert table([("青年", "x\ny"), ("a", "")], 40, head=("id", "n")) == [
        "id    n",
        "----  -",
        "青年  x",
        "      y",
        "a",
    ]
    assert table([], 40) == []


def test_control_characters_are_not_laid_out() -> None:
    """Text that could rewrite the terminal is made harmless."""
    assert table([("a\x1b[31m", "b")], 40) == ["a\ufffd[31m  b"]


def test_columns_too_many_for_the_width_are_cut_all_the_same() -> None:
    """Where even the narrowest columns do not fit, the table is wider rather than unreadable."""
    rows = [("x" * 30, "y" * 30, "z" * 30)]
    assert max(map(cells, table(rows, 20))) == 40

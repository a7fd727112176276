# SPDX-License-Identifier: MIT
"""Messages about rule files, and carets that stand below what they mean."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platformrules import diagnostics
from platformrules.diagnostics import CODES, Diagnostic, Span, cells, did_you_mean, printable, underline


def test_codes_say_where_they_come_from() -> None:
    """A code is PR and three digits, and the first digit is one of seven stages; none says nothing."""
    assert all(re.fullmatch(r"PR[1-7]\d\d", code) for code in CODES)
    assert all(CODES.values())


# The whole message


def test_a_diagnostic_says_what_where_and_how_to_mend_it() -> None:
    """Code and message; file, path and position; the line with its carets; help; citation."""
    text = "all(a.attendence >= 20 for a in activities)"
    found = Diagnostic(
        "PR301",
        "unknown fact `attendence`",
        file="platformrules_hubei/standards/demonstration-2015.toml",
        path="$.criteria[21].require",
        text=text,
        span=Span(4, 16),
        help="did you mean `attendance`?",
        cites="hubei-2015 d4-6-attendance, annex 2 article 4(6)",
    )
    assert str(found).split("\n") == [
        "error[PR301]: unknown fact `attendence`",
        "  platformrules_hubei/standards/demonstration-2015.toml  $.criteria[21].require  1:5",
        "    all(a.attendence >= 20 for a in activities)",
        "        ^^^^^^^^^^^^",
        "  help: did you mean `attendance`?",
        "  cites: hubei-2015 d4-6-attendance, annex 2 article 4(6)",
    ]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, ["error[PR401]: not TOML"]),
        ({"file": "a.toml"}, ["error[PR401]: not TOML", "  a.toml"]),
        ({"path": "$.format"}, ["error[PR401]: not TOML", "  $.format"]),
        ({"text": "a"}, ["error[PR401]: not TOML"]),
        ({"span": Span(0, 1)}, ["error[PR401]: not TOML"]),
        ({"text": "a", "span": Span(0, 1)}, ["error[PR401]: not TOML", "  1:1", "    a", "    ^"]),
        ({"help": "mend it"}, ["error[PR401]: not TOML", "  help: mend it"]),
        ({"cites": "clause"}, ["error[PR401]: not TOML", "  cites: clause"]),
    ],
)
def test_what_is_not_known_is_left_out(parts: dict[str, object], expected: list[str]) -> None:
    """No empty lines and no empty labels."""
    assert expected == str(Diagnostic("PR401", "not TOML", **parts)).split("\n")


@pytest.mark.parametrize(
    ("start", "position"), [(0, "1:1"), (4, "1:5"), (5, "1:6"), (6, "2:1"), (12, "2:7"), (13, "3:1"), (14, "3:2")]
)
def test_a_position_is_line_and_column(start: int, position: str) -> None:
    """Both are counted from 1, and a line break belongs to the line it ends."""
    found = Diagnostic("PR201", "", text="a and\nb and \nc", span=Span(start, start + 1))
    assert position == str(found).split("\n")[1].strip()


def test_a_message_cannot_rewrite_a_terminal() -> None:
    """Control characters of a rule file are shown as replacement characters, and carets count them."""
    found = str(Diagnostic("PR102", "no \x1b[2J", text="a\x1b\x07 + \ud800b", span=Span(7, 8), help="\u202e"))
    assert found.split("\n")[2:4] == ["    a\ufffd\ufffd + \ufffdb", "           ^"]
    assert not set("\x1b\x07\u202e\ud800") & set(found)


# Carets


@pytest.mark.parametrize(
    ("text", "start", "end", "line", "carets"),
    [
        ("a + b", 4, 5, "a + b", "    ^"),
        ("a + b", 0, 5, "a + b", "^^^^^"),
        ("活动次数 >= 4", 0, 4, "活动次数 >= 4", "^^^^^^^^"),
        ("活动次数 >= 4", 5, 7, "活动次数 >= 4", "         ^^"),
        ('contains(x, "青年") or y', 20, 21, 'contains(x, "青年") or y', " " * 22 + "^"),
        ("（a）", 1, 2, "（a）", "  ^"),
        ("e\u0301 + b", 5, 6, "e\u0301 + b", "    ^"),
        ("\ta + b", 5, 6, "\ta + b", "\t    ^"),
        ("a\t+\tb", 0, 5, "a\t+\tb", "^^^^^"),
        ("a and\nb or c", 6, 7, "b or c", "^"),
        ("a and\nb or c", 11, 12, "b or c", "     ^"),
        ("a and\nb or c", 2, 12, "a and", "  ^^^"),
        ("a and\nb or c", 5, 6, "a and", "     ^"),
        ("a and\nb\nor c", 6, 9, "b", "^"),
        ("a +", 3, 3, "a +", "   ^"),
        ("", 0, 0, "", "^"),
    ],
)
def test_carets_stand_below_what_they_mean(text: str, start: int, end: int, line: str, carets: str) -> None:
    """Wide characters take two cells, combining marks none, a tab stays a tab; a span ends with its line."""
    assert [f"    {line}", f"    {carets}"] == underline(text, Span(start, end))


@given(st.text(), st.data())
def test_carets_end_within_their_line(text: str, data: st.DataObject) -> None:
    """Whatever the text and the span in it, there is a caret, and none beyond the line."""
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    line, carets = underline(text, span)
    lead = carets.rstrip("^")
    assert set(lead) <= {" ", "\t"}
    assert carets.endswith("^")
    assert cells(carets) + carets.count("\t") <= cells(line) + line.count("\t") + 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("abc", 3),
        ("²√m", 3),
        ("活动", 4),
        ("（＞", 4),
        ("ｱ", 1),
        ("e\u0301", 1),
        ("\u2764\ufe0f", 1),
        ("a\u200db", 2),
        ("\t\n", 0),
        ("a\u20dd", 1),
    ],
)
def test_text_is_measured_in_cells(text: str, expected: int) -> None:
    """East Asian wide and full-width characters take two cells; marks and control characters take none."""
    assert expected == cells(text)


# Hints


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("attendence", ["theme", "attendance"], "did you mean `attendance`?"),
        ("zzz", ["b", "a"], "there are `a`, `b`"),
        ("zzz", [], ""),
        ("zzz", [f"a{n:02}" for n in range(12)], "there are " + ", ".join(f"`a{n:02}`" for n in range(12))),
        ("zzz", [f"a{n:02}" for n in range(13)], ""),
    ],
)
def test_a_hint_names_what_is_near_or_all_of_a_few(word: str, known: list[str], expected: str) -> None:
    """The nearest known word; without one, the words there are if they are at most twelve."""
    assert expected == did_you_mean(word, known)


@given(st.lists(st.text("abc", max_size=3), max_size=5), st.text("abc", max_size=3))
def test_a_hint_does_not_depend_on_the_order_of_words(known: list[str], word: str) -> None:
    """Known words come from sets and tables: their order must not reach the message."""
    assert did_you_mean(word, known) == did_you_mean(word, reversed(known))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青年 m²", "青年 m²"),
        ("a\nb", "a\nb"),
        ("a\tb", "a\ufffdb"),
        ("a\rb", "a\ufffdb"),
        ("\x1b[31m", "\ufffd[31m"),
        ("a\u202eb", "a\ufffdb"),
        ("\ud800", "\ufffd"),
        ("\ue000", "\ufffd"),
    ],
)
def test_control_characters_are_not_printed(text: str, expected: str) -> None:
    """Escape sequences, direction marks, lone surrogates and private characters become U+FFFD; a line break stays."""
    assert expected == printable(text)
    assert len(text) == len(printable(text))


def test_the_parts_of_a_diagnostic_are_data() -> None:
    """Equal parts make equal diagnostics, which can be kept in sets."""
    one, other = (diagnostics.Diagnostic("PR201", "x", text="a", span=Span(0, 1)) for _ in range(2))
    assert {one} == {other}

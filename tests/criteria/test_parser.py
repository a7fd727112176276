# SPDX-License-Identifier: MIT
"""From text to syntax: every form of the language, and hostile text refused before it costs anything."""

import time
import warnings
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platformrules.criteria.nodes import (
    Attribute,
    Binary,
    Boolean,
    Call,
    Comparison,
    Comprehension,
    Conditional,
    Connective,
    Expr,
    Name,
    Number,
    SetLiteral,
    Subscript,
    Text,
    Unary,
)
from platformrules.criteria.parser import MAX_DEPTH, MAX_LENGTH, parse
from platformrules.diagnostics import CODES, Diagnostic, Span
from platformrules.errors import RuleFileError

A, B, C = Name("a"), Name("b"), Name("c")
LOOP = Comprehension(A, "a", B, None)


def refused(text: str) -> Diagnostic:
    """The one diagnostic of a text that is not in the language."""
    with pytest.raises(RuleFileError) as caught:
        parse(text)
    (found,) = caught.value.diagnostics
    assert found.code in CODES
    assert found.text is not None
    assert found.span is not None
    assert 0 <= found.span.start <= found.span.end <= len(found.text)
    assert str(found)
    return found


def marked(text: str) -> tuple[str, str]:
    """The code of a refusal and the text that it underlines."""
    found = refused(text)
    assert found.span is not None
    return found.code, text[found.span.start : found.span.end]


# Forms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", Number(12)),
        ("0", Number(0)),
        ("0.30", Number(Decimal("0.30"))),
        ("99999999999999.999999999999", Number(Decimal("99999999999999.999999999999"))),
        ('"text"', Text("text")),
        ("'青年之家'", Text("青年之家")),
        ("'it is \"so\"'", Text('it is "so"')),
        ('""', Text("")),
        ("true", Boolean(True)),
        ("false", Boolean(False)),
        ("a", A),
        ("a.b", Attribute(A, "b")),
        ("a.b.c", Attribute(Attribute(A, "b"), "c")),
        ("a[b]", Subscript(A, (B,))),
        ("a[b, c]", Subscript(A, (B, C))),
        ("not a", Unary("not", A)),
        ("-a", Unary("-", A)),
        ("--1", Unary("-", Unary("-", Number(1)))),
        ("a + b - c", Binary("-", Binary("+", A, B), C)),
        ("a - (b - c)", Binary("-", A, Binary("-", B, C))),
        ("a + b * c / a", Binary("+", A, Binary("/", Binary("*", B, C), A))),
        ("a & b", Binary("&", A, B)),
        ("a == b", Comparison(("==",), (A, B))),
        ("a != b", Comparison(("!=",), (A, B))),
        ("1 < a <= b", Comparison(("<", "<="), (Number(1), A, B))),
        ("a > b >= c", Comparison((">", ">="), (A, B, C))),
        ("a in b", Comparison(("in",), (A, B))),
        ("a not in b", Comparison(("not in",), (A, B))),
        ("a and b and c", Connective("and", (A, B, C))),
        ("a or b and c", Connective("or", (A, Connective("and", (B, C))))),
        ("a if b else c", Conditional(B, A, C)),
        ('{"x", "y"}', SetLiteral((Text("x"), Text("y")))),
        ("{a for a in b}", Comprehension(A, "a", B, None, distinct=True)),
        ("f(a)", Call("f", (A,))),
        ("f(a, b)", Call("f", (A, B))),
        ("f(a for a in b)", Call("f", (LOOP,))),
        ("f(a for a in b if c)", Call("f", (Comprehension(A, "a", B, C),))),
        ("f((a for a in b), default=0)", Call("f", (LOOP,), Number(0))),
        ("f(a, default=b)", Call("f", (A,), B)),
    ],
)
def test_every_form_is_read(text: str, expected: Expr) -> None:
    """Each form of format.md section 2 becomes its node, with Python's precedence."""
    assert expected == parse(text)


def test_a_literal_keeps_its_kind() -> None:
    """Equal values of different kinds are different nodes: 1 is not true, and 1.0 is no whole number."""
    assert parse("1") != parse("true")
    assert type(parse("1").value) is int
    assert type(parse("1.0").value) is Decimal


def test_an_expression_may_span_lines() -> None:
    """Breaks, tabs and ideographic blanks are blanks, and spans still count the characters of the text."""
    text = "\n  a\tand\r\n　b\n"
    found = parse(text)
    assert found == Connective("and", (A, B))
    assert [text[operand.span.start : operand.span.end] for operand in found.operands] == ["a", "b"]
    assert text[found.span.start : found.span.end] == "a\tand\r\n　b"


def test_a_text_keeps_its_blanks() -> None:
    """An ideographic blank in quotes belongs to the text."""
    assert parse('"青年　之家 "') == Text("青年　之家 ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"青年" == a', ["青年", "a"]),
        ("a + b", ["a", "b"]),
        ("( a )+b", ["a", "b"]),
        ("a.b >= 20", ["a.b", "20"]),
    ],
)
def test_spans_count_characters_and_not_bytes(text: str, expected: list[str]) -> None:
    """`ast` counts bytes of UTF-8; a span counts characters."""
    found = parse(text)
    parts = found.operands if isinstance(found, Comparison) else (found.left, found.right)
    assert expected == [text[part.span.start : part.span.end].strip('"') for part in parts]


# Limits


def test_an_expression_is_read_up_to_its_length() -> None:
    """At the limit it is read; one character more is refused, and the message does not print all of it."""
    text = "a" * MAX_LENGTH
    assert parse(text) == Name(text)
    found = refused(text + "a")
    assert (found.code, found.message) == ("PR101", "the expression has 1001 characters, at most 1000 are read")
    assert found.text == "a" * 60 + "…"


@pytest.mark.parametrize(("head", "tail"), [("not ", ""), ("-", ""), ("f(", ")"), ("{", "}"), ("a[", "]")])
def test_an_expression_is_read_up_to_its_depth(head: str, tail: str) -> None:
    """At the limit it is read; one form deeper is refused."""
    parse(head * MAX_DEPTH + "b" + tail * MAX_DEPTH)
    deeper = MAX_DEPTH + 1
    assert refused(head * deeper + "b" + tail * deeper).code == "PR101"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a" * 100_000, "PR101"),
        ("(" * 100_000, "PR101"),
        ("(" * 999, "PR201"),
        ("(" * 400 + "1" + ")" * 400, "PR201"),
        ("(" * 150 + "1" + ")" * 150, None),
        ("[" * 150 + "1" + "]" * 150, "PR202"),
        ("not " * 249 + "a", "PR101"),
        ("-" * 999 + "1", "PR101"),
        ("~" * 999 + "1", "PR202"),
        ("a" + ".b" * 499, "PR101"),
        ("a" + "[0]" * 300, "PR101"),
        ("a" + "(b)" * 300, "PR203"),
        ("f(" * 300 + "a" + ")" * 300, "PR201"),
        ("a" + "<a" * 499, None),
        ("a" + "+a" * 499, "PR101"),
        ("a" + " and a" * 160, None),
        ("a" + " if a else a" * 80, "PR101"),
        ("f(" * 20 + "a" + " for a in b)" * 20, None),
        ("f(" * 21 + "a" + " for a in b)" * 21, "PR101"),
        ("{" * 60 + "a" + " for a in b}" * 60, "PR101"),
        ("lambda:" * 140 + "1", "PR202"),
        ("9**9**9", "PR202"),
        ("9**9**9**9**9**9", "PR202"),
        ("9" * 999, "PR103"),
        ("1" + "0" * 14, "PR103"),
        ("0." + "0" * 12 + "1", "PR103"),
    ],
    ids=lambda value: value if value is None or len(value) < 30 else f"{value[:12]} ({len(value)})",
)
def test_hostile_text_is_settled_in_milliseconds(text: str, code: str | None) -> None:
    """Long, deep or large: read if it is in the language, else refused, and soon; nothing is ever computed."""
    begin = time.process_time()
    if code is None:
        parse(text)
    else:
        assert code == refused(text).code
    assert time.process_time() - begin < 0.25


@pytest.mark.parametrize("error", [RecursionError, MemoryError])
def test_what_python_cannot_hold_is_too_deep(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    """Called deep in a program, `ast` itself may give up: that is a refusal too."""

    def give_up(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("platformrules.criteria.parser.ast.parse", give_up)
    assert marked(" a") == ("PR101", "a")


# What the language does not have


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("PR201", "")),
        (" \n ", ("PR201", " \n ")),
        ("1 +", ("PR201", "+")),
        ("a b", ("PR201", "b")),
        ("a\nb", ("PR201", "b")),
        ("1) or (2", ("PR201", ")")),
        ("(a", ("PR201", "(")),
        ("a = b", ("PR201", "=")),
        ("a; b", ("PR201", ";")),
        ("a ? b", ("PR201", "?")),
        ("a <> b", ("PR201", "<")),
        ("007", ("PR201", "0")),
        ("class", ("PR201", "c")),
        ("import os", ("PR201", "i")),
        ('"青年" + + ', ("PR201", "+")),
        ("f(x=1 for x in y)", ("PR201", "x")),
        ('"no end', ("PR201", '"no end')),
        ("'", ("PR201", "'")),
        ('a + "', ("PR201", '"')),
        ("a ** b", ("PR202", "a ** b")),
        ("a // b", ("PR202", "a // b")),
        ("a % b", ("PR202", "a % b")),
        ("a | b", ("PR202", "a | b")),
        ("a @ b", ("PR202", "a @ b")),
        ("a << b", ("PR202", "a << b")),
        ("+a", ("PR202", "+a")),
        ("~a", ("PR202", "~a")),
        ("a is b", ("PR202", "a is b")),
        ("a < b is not c", ("PR202", "a < b is not c")),
        ("lambda: a", ("PR202", "lambda: a")),
        ("(a := b)", ("PR202", "a := b")),
        ("[a]", ("PR202", "[a]")),
        ("(a, b)", ("PR202", "(a, b)")),
        ("a, b", ("PR202", "a, b")),
        ("()", ("PR202", "()")),
        ("{}", ("PR202", "{}")),
        ("{a: b}", ("PR202", "{a: b}")),
        ("[a for a in b]", ("PR202", "[a for a in b]")),
        ("{a: a for a in b}", ("PR202", "{a: a for a in b}")),
        ("a[1:2]", ("PR202", "1:2")),
        ("a[b, 1:2]", ("PR202", "1:2")),
        ("a[*b]", ("PR202", "*b")),
        ("f(*a)", ("PR202", "*a")),
        ("await a", ("PR202", "await a")),
        ("(yield)", ("PR202", "yield")),
        ("(yield from a)", ("PR202", "yield from a")),
        ("...", ("PR202", "...")),
        ("a.__class__", ("PR202", "a.__class__")),
        ("().__class__.__bases__", ("PR202", "().__class__.__bases__")),
        ("a._private", ("PR202", "a._private")),
        ("True", ("PR202", "True")),
        ("a and False", ("PR202", "False")),
        ("a == None", ("PR202", "None")),
        ('"a" "b"', ("PR202", '"a" "b"')),
        ("'''a'''", ("PR202", "'''a'''")),
        ('f"{a}"', ("PR202", "f")),
        ('a + rb"x"', ("PR202", "rb")),
        ("b'x'", ("PR202", "b")),
        ("U'x'", ("PR202", "U")),
        ("a.b()", ("PR203", "a.b")),
        ("f(a)(b)", ("PR203", "f(a)")),
        ('"x"()', ("PR203", '"x"')),
        ("true(a)", ("PR203", "true")),
        ("f()", ("PR203", "f()")),
        ("f(default=1)", ("PR203", "f(default=1)")),
        ("f(a, key=1)", ("PR203", "key=1")),
        ("f(a, **b)", ("PR203", "**b")),
        ("f(a, default=1, default=2)", ("PR203", "default=2")),
        ("f(a for a in b for c in d)", ("PR203", "(a for a in b for c in d)")),
        ("f(a for a in b if c if d)", ("PR203", "(a for a in b if c if d)")),
        ("f(a async for a in b)", ("PR203", "(a async for a in b)")),
        ("f(a for a, b in c)", ("PR203", "a, b")),
        ("f(a for a.b in c)", ("PR203", "a.b")),
        ("{a for true in b}", ("PR203", "true")),
        ("a[()]", ("PR203", "a[()]")),
        ("1_000", ("PR103", "1_000")),
        ("0x10", ("PR103", "0x10")),
        ("0b1", ("PR103", "0b1")),
        ("1e400", ("PR103", "1e400")),
        ("1j", ("PR103", "1j")),
        ("1.", ("PR103", "1.")),
        ("a + .5", ("PR103", ".5")),
        ("1.2.3", ("PR103", "1.2.3")),
        ("5.real", ("PR103", "5.real")),
        ("1if a else b", ("PR103", "1if")),
        (".5if a else b", ("PR103", ".5if")),
        ("a.5if b else c", ("PR103", ".5if")),
        ("123456789012345", ("PR103", "123456789012345")),
        ("0.1234567890123", ("PR103", "0.1234567890123")),
        ("a # note", ("PR102", "#")),
        ("a \\\n + b", ("PR102", "\\")),
        ("a\x00b", ("PR102", "\x00")),
        ("a\x1b", ("PR102", "\x1b")),
        ("a \ud800", ("PR102", "\ud800")),
        ("a \u200b+ b", ("PR102", "\u200b")),
        ("a \ufeff", ("PR102", "\ufeff")),
        ('"a\\n"', ("PR102", "\\")),
        ('"a\x00"', ("PR102", "\x00")),
        ('"a\ud800"', ("PR102", "\ud800")),
        ('"a\nb"', ("PR102", "\n")),
        ('"a\tb"', ("PR102", "\t")),
        ('"a\u202eb"', ("PR102", "\u202e")),
        ("ｃｅｎｔｅｒ.name", ("PR102", "ｃｅｎｔｅｒ")),
        ("center.ﬂoor", ("PR102", "ﬂoor")),
        ("center.n\u00aame", ("PR102", "n\u00aame")),
        ("活动", ("PR102", "活动")),
        ("ｆ(a)", ("PR102", "ｆ")),
        ("f(a for ｘ in b)", ("PR102", "ｘ")),
        ("１２", ("PR102", "１２")),
        ("1２", ("PR102", "1２")),
        ("\u0661", ("PR102", "\u0661")),
        ("（a）", ("PR102", "（")),
        ("a ＞ b", ("PR102", "＞")),
        ("100㎡", ("PR102", "㎡")),
    ],
)
def test_what_is_not_in_the_language_is_refused_at_its_place(text: str, expected: tuple[str, str]) -> None:
    """With a code, and the part of the text that it is about."""
    assert expected == marked(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a ≥ b", "write `>=`"),
        ("a ≤ b", "write `<=`"),
        ("a ≠ b", "write `!=`"),
        ("a × b", "write `*`"),
        ("a ÷ b", "write `/`"),
        ("a ＋ b", "write `+`"),
        ("a，b", "write `,`"),
        ("a、b", "write `,`"),
        ("a．b", "write `.`"),
        ("a。b", "write `.`"),
        ("“a”", 'write `"`'),
        ("‘a’", "write `'`"),
        ("｛a｝", "write `{`"),
        ("a［b］", "write `[`"),
        ("f（a）", "write `(`"),
        ("１２", "write `12`"),
        ("ｃenter", "write `center`"),
        ("活动", "ids are ASCII, and a text stands in quotes"),
        ("100㎡", ""),
        ("a § b", ""),
        ("a # b", "use `note`"),
        ("1_000", "numbers are written 12 or 0.30"),
        ("123456789012345", "at most 14 before and 12 after the point"),
        ('f"a"', "leave out `f`"),
        ("True", "write `true`"),
        ("None", "what is not recorded is unknown by itself; there is no test for it"),
        ("f(a, key=1)", "the only one is `default=`, once"),
        ("f(a for a in b for c in d)", "nest them, or use `and`"),
    ],
)
def test_a_refusal_says_what_to_write(text: str, expected: str) -> None:
    """Look-alikes of full width are the usual ones: the hint gives the ASCII form where there is one."""
    assert expected == refused(text).help


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9**9", "the language has no powers"),
        ("lambda: a", "the language has no functions of your own"),
        ("[a]", "the language has no lists; write a set `{…}`"),
        ("(a, b)", "the language has no tuples"),
        ("{a: b}", "the language has no dictionaries"),
        ("(a := b)", "the language has no assignments"),
        ("[a for a in b]", "the language has no lists; write `f(… for …)`"),
        ("a[1:2]", "the language has no slices"),
        ("f(*a)", "the language has no `*`"),
        ("a // b", "the language has no `a // b`"),
        ("a is b", "the language has no `a is b`"),
        ("a % " + "b" * 60, "the language has no `a % " + "b" * 36 + "`"),
        ("...", "the language has no `...`"),
        ('f(a)["b"](c)', "only the functions of the language can be called, by their name"),
    ],
)
def test_a_refusal_names_what_the_language_lacks(text: str, expected: str) -> None:
    """In words where there are some, else by its text, cut where that is long."""
    assert expected == refused(text).message


def test_the_caret_stands_below_wide_characters() -> None:
    """Display cells are counted, so that the caret is below the fault in Chinese text."""
    assert str(refused('"青年" == a ＞ b')).split("\n")[2:4] == ['    "青年" == a ＞ b', "                ^^"]


# Any text

ALPHABET = st.sampled_from(list("abx_.01259 \t\n\"'\\#()[]{},:;=<>!&+-*/%~^|@$?é活（＞１ｆ\x00\ud800\u3000"))
WORDS = st.sampled_from(
    [
        "and ",
        "or ",
        "not ",
        "in ",
        "is ",
        "if ",
        "else ",
        "for ",
        "lambda ",
        "async ",
        "await ",
        "yield ",
        "True",
        "None",
        "center",
        "f(",
        "default=",
        ":=",
        "**",
        "...",
        "0x",
        "1e",
        "1_0",
        'f"',
        "b'",
        '"""',
        "__class__",
        "true",
    ]
)


@given(st.one_of(st.text(), st.lists(ALPHABET | WORDS).map("".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Never another exception, and never a warning of Python's own; a refusal has a code and a place in the text."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            parse(text)
        except RuleFileError:
            refused(text)
        else:
            assert Span(0, 0) != parse(text).span

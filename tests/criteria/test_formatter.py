# SPDX-License-Identifier: MIT
"""The one normal form of an expression; that it reads back, tests/properties says."""

import pytest

from platformrules.criteria.formatter import to_text
from platformrules.criteria.parser import parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("((a))", "a"),
        ("a+b*c", "a + b * c"),
        ("(a+b)*c", "(a + b) * c"),
        ("a-(b-c)", "a - (b - c)"),
        ("(a-b)-c", "a - b - c"),
        ("a/(b*c)", "a / (b * c)"),
        ("a&(b&c)", "a & (b & c)"),
        ("a & b + c", "a & b + c"),
        ("- a", "-a"),
        ("-(a*b)", "-(a * b)"),
        ("a * -b", "a * -b"),
        ("not(a)", "not a"),
        ("not (a or b)", "not (a or b)"),
        ("not a == b", "not a == b"),
        ("(not a) == b", "(not a) == b"),
        ("(a < b) == c", "(a < b) == c"),
        ("a<b<=c", "a < b <= c"),
        ("a  not   in b", "a not in b"),
        ("a and (b and c)", "a and (b and c)"),
        ("(a and b) or c", "a and b or c"),
        ("a and (b or c)", "a and (b or c)"),
        ("a if b else (c if d else e)", "a if b else c if d else e"),
        ("(a if b else c) if d else e", "(a if b else c) if d else e"),
        ("a if (b if c else d) else e", "a if (b if c else d) else e"),
        ("(a if b else c) + 1", "(a if b else c) + 1"),
        ("(a + b).c", "(a + b).c"),
        ("(5).c", "(5).c"),
        ("(0.50).c", "(0.50).c"),
        ('"x".c', '"x".c'),
        ("true.c", "true.c"),
        ("(-a)[b]", "(-a)[b]"),
        ("a[b,c]", "a[b, c]"),
        ("a[(b, c)]", "a[b, c]"),
        ("'a'", '"a"'),
        ("'\"'", "'\"'"),
        ("0.30", "0.30"),
        ("0.000000000001", "0.000000000001"),
        ("00.5", "0.5"),
        ("true or false", "true or false"),
        ("{'b','a'}", '{"b", "a"}'),
        ("{a for a in b if c}", "{a for a in b if c}"),
        ("f((a for a in b))", "f(a for a in b)"),
        ("f((a for a in b),default=0)", "f((a for a in b), default=0)"),
        ("f((a for a in b), c)", "f((a for a in b), c)"),
        ("f({a for a in b})", "f({a for a in b})"),
        ("(a for a in b)", "(a for a in b)"),
        ("f(a for a in (b if c else d) if (e if f else g))", "f(a for a in (b if c else d) if (e if f else g))"),
        ("f(a if b else c for a in d)", "f(a if b else c for a in d)"),
        ("f(a,b,default=c if d else e)", "f(a, b, default=c if d else e)"),
        ("a\n  and\n  b", "a and b"),
    ],
)
def test_an_expression_is_printed_with_no_more_parentheses_than_it_needs(text: str, expected: str) -> None:
    """Blanks, quotes and parentheses become those of the normal form."""
    assert expected == to_text(parse(text))

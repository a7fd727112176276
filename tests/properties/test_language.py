# SPDX-License-Identifier: MIT
"""The criteria language over any syntax tree: it reads back from its text, and spans and refusals stand in the text."""

import keyword
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

import attrs
import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from platformrules import bounds
from platformrules.criteria import nodes
from platformrules.criteria.checker import Scope, check
from platformrules.criteria.datatypes import DATE, NUMBER, SET, TEXT, TRUTH, WHOLE, Datatype
from platformrules.criteria.domains import domain
from platformrules.criteria.formatter import to_text
from platformrules.criteria.nodes import Expr
from platformrules.criteria.parser import LITERALS, MAX_LENGTH, parse
from platformrules.criteria.signatures import FUNCTIONS, GATHERINGS
from platformrules.criteria.typed import Apply
from platformrules.criteria.walk import children, walk
from platformrules.diagnostics import CODES
from platformrules.errors import RuleFileError
from platformrules.models import CORE

WORDS = st.from_regex("[a-z_][a-z0-9_]{0,5}", fullmatch=True)
NAMES = WORDS.filter(lambda name: not keyword.iskeyword(name) and name not in LITERALS)
FACTS = NAMES.filter(lambda name: not name.startswith("_"))
NUMBERS = st.one_of(
    st.integers(0, 10**14 - 1),
    st.integers(1, 12).flatmap(lambda places: st.decimals(0, 10**14 - 1, places=places)),
)
QUOTED = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="\\"), max_size=6)
TEXTS = QUOTED.filter(lambda text: not ('"' in text and "'" in text))


def trees(
    names: st.SearchStrategy[str],
    facts: st.SearchStrategy[str],
    functions: st.SearchStrategy[str],
    texts: st.SearchStrategy[str],
) -> st.SearchStrategy[Expr]:
    """Syntax trees of every kind of node."""
    leaves = st.one_of(
        st.builds(nodes.Number, NUMBERS),
        st.builds(nodes.Text, texts),
        st.builds(nodes.Boolean, st.booleans()),
        st.builds(nodes.Name, names),
        st.builds(nodes.Attribute, st.builds(nodes.Name, names), facts),
    )

    def larger(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        def several(least: int, most: int = 3) -> st.SearchStrategy[tuple[Expr, ...]]:
            return st.lists(inner, min_size=least, max_size=most).map(tuple)

        signs = st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in", "not in"])
        chains = several(2).flatmap(
            lambda operands: st.tuples(*([signs] * (len(operands) - 1))).map(
                lambda operators: nodes.Comparison(operators, operands)
            )
        )
        loops = st.builds(nodes.Comprehension, inner, names, inner, st.none() | inner, st.booleans())
        calls = st.one_of(
            st.builds(nodes.Call, functions, several(1), st.none() | inner),
            st.builds(nodes.Call, functions, st.tuples(loops), st.none() | inner),
        )
        return st.one_of(
            st.builds(nodes.Attribute, inner, facts),
            st.builds(nodes.Subscript, inner, several(1, 2)),
            st.builds(nodes.Unary, st.sampled_from(["not", "-"]), inner),
            st.builds(nodes.Binary, st.sampled_from("+-*/&"), inner, inner),
            chains,
            st.builds(nodes.Connective, st.sampled_from(["and", "or"]), several(2)),
            st.builds(nodes.Conditional, inner, inner, inner),
            st.builds(nodes.SetLiteral, several(1)),
            loops,
            calls,
        )

    return st.recursive(leaves, larger, max_leaves=12)


TREES = trees(NAMES, FACTS, NAMES, TEXTS)


def parts(node: Expr) -> Iterator[Expr]:
    """The node and all nodes below it."""
    yield node
    for field in attrs.fields(type(node)):
        value = getattr(node, field.name)
        for one in value if isinstance(value, tuple) else (value,):
            if attrs.has(type(one)) and field.name != "span":
                yield from parts(one)


# Texts


@given(TREES)
def test_roundtrip(tree: Expr) -> None:
    """`parse(to_text(e)) == e`, and `to_text` of that is the same text; kinds and zeros of numbers are kept too."""
    text = to_text(tree)
    assume(len(text) <= MAX_LENGTH)
    event(type(tree).__name__)
    found = parse(text)
    assert tree == found
    assert repr(tree) == repr(found)
    assert text == to_text(found)


@given(TREES)
def test_each_span_is_the_text_of_its_node(tree: Expr) -> None:
    """Cut out of the text, the span of each node reads as that node."""
    text = to_text(tree)
    assume(len(text) <= MAX_LENGTH)
    for node in parts(parse(text)):
        assert node == parse(text[node.span.start : node.span.end])


@given(TREES, st.text(" \t\n\u3000", max_size=3))
def test_blanks_do_not_matter(tree: Expr, blank: str) -> None:
    """Any blanks around the text, and in place of a blank outside of quotes, leave the tree and its spans right."""
    text = to_text(tree)
    lines = text if set(text) & set("\"'") else text.replace(" ", f" {blank}")
    lines = f"{blank}{lines}{blank}"
    assume(len(lines) <= MAX_LENGTH)
    found = parse(lines)
    assert tree == found
    for node in parts(found):
        assert node == parse(lines[node.span.start : node.span.end])


@given(TREES)
def test_parentheses_do_not_matter(tree: Expr) -> None:
    """In parentheses an expression is the same, and it is printed without them."""
    text = to_text(tree)
    assume(len(text) <= MAX_LENGTH - 4)
    assert tree == parse(f"(({text}))")


# Checking

SCOPE = Scope(
    CORE,
    "center",
    {
        "least": (WHOLE, 20),
        "nought": (WHOLE, 0),
        "part": (NUMBER, Decimal("0.3")),
        "strict": (TRUTH, True),
        "word": (TEXT, "better"),
        "since": (DATE, date(2019, 1, 1)),
        "needed": (SET, frozenset({"tv"})),
    },
    criteria=("floor-area",),
    blocks=("rooms",),
)
KNOWN = st.sampled_from([*sorted(SCOPE.names), "a", "m", "c"])
READ = st.sampled_from(
    [
        "floor_area_m2",
        "full_time_staff",
        "equipment",
        "grade",
        "name",
        "opened_on",
        "is_physical",
        "attendance",
        "theme",
        "held_on",
        "relations",
        "month",
        "year",
        "start",
        "end",
        "satisfied",
        "strength",
        "id",
    ]
)
CALLED = st.sampled_from([*FUNCTIONS, *GATHERINGS, "during"])
SAID = st.sampled_from(["tv", "better", "study_club", "floor-area", "rooms", "must", "青年"])
SENSIBLE = trees(KNOWN, READ, CALLED, SAID)
DATATYPES: st.SearchStrategy[Datatype] = st.sampled_from([TRUTH, NUMBER, WHOLE, TEXT, DATE, SET])


def settle(tree: Expr, expected: Datatype) -> Any:
    """The checked expression, or the refusal."""
    text = to_text(tree)
    assume(len(text) <= MAX_LENGTH)
    try:
        return check(text, SCOPE, expected)
    except RuleFileError as error:
        return error


@given(SENSIBLE, DATATYPES)
def test_any_tree_is_checked_or_refused(tree: Expr, expected: Datatype) -> None:
    """Never another exception; each fault has a code, and a span that lies inside the text."""
    found = settle(tree, expected)
    event(type(found).__name__)
    if isinstance(found, RuleFileError):
        assert found.diagnostics
        for one in found.diagnostics:
            assert one.code in CODES
            assert one.span is not None
            assert one.text == to_text(tree)
            assert 0 <= one.span.start <= one.span.end <= len(one.text)
            assert str(one)
    else:
        assert tree == found.source
        assert found.root.datatype.kind is expected.kind


CHECKED = [
    ("center.floor_area_m2 >= 100 and not center.is_physical", TRUTH),
    ("1 < center.full_time_staff <= least < 99", TRUTH),
    ('{"tv"} <= center.equipment and needed <= center.equipment', TRUTH),
    ('"tv" in center.equipment or center.grade == word', TRUTH),
    ("all(count(a for a in activities if a.month == m) >= 4 for m in months)", TRUTH),
    ('share((a.theme == "study_club" for a in activities), default=0) >= 0.30', TRUTH),
    ("count({a.theme for a in activities if a.attendance > 3}) + count(center.services & center.services)", NUMBER),
    ("8 if center.floor_area_m2 >= 150 else 6.5 if strict else -part", NUMBER),
    ("years_between(center.opened_on, as_of) + as_of.year - period.start.month", NUMBER),
    ("sum(a.attendance / max(1, count(activities)) for a in during(activities, as_of, add_days(as_of, 3)))", NUMBER),
    ("any(m.start <= since for m in months) and all(c.satisfied for c in criteria if c.strength != word)", TRUTH),
    ('criteria["floor-area"].satisfied and blocks["rooms"].satisfied', TRUTH),
]


@pytest.mark.parametrize(("text", "expected"), CHECKED)
def test_parts_of_checked_expressions_stand_in_source_order(text: str, expected: Datatype) -> None:
    """The parts of each checked node begin where those before them end or earlier parts began, inside their node."""
    root = check(text, SCOPE, expected).root
    for node in walk(root):
        below = children(node)
        assert all(0 <= one.span.start < one.span.end <= len(text) for one in (node, *below))
        if not (isinstance(node, Apply) and node.function in {"less", "at_most", "contained"}):
            starts = [one.span.start for one in below]
            assert sorted(starts) == starts


# Divisors

#: A number as text, and what gives its value for given facts.
Formula: TypeAlias = tuple[str, Callable[[Mapping[str, bounds.Number]], bounds.Number]]
PLACES = {"center.full_time_staff": 0, "center.right_of_use_years": 0, "least": 20, "part": Decimal("0.3")}
ATOMS: st.SearchStrategy[Formula] = st.one_of(
    st.sampled_from([0, 1, 2, Decimal("0.5"), Decimal("0.000001")]).map(lambda one: (str(one), lambda _: one)),
    st.sampled_from(sorted(PLACES)).map(lambda name: (name, lambda values: values[name])),
)
OPERATIONS: dict[str, Callable[..., bounds.Number]] = {
    "({} + {})": bounds.plus,
    "({} - {})": bounds.minus,
    "({} * {})": bounds.times,
    "min({}, {})": min,
    "max({}, {})": max,
    "({} / {})": bounds.over,
}


def formulas(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    """Numbers made of numbers; a quotient stands bare, or in a branch that keeps its divisor from 0."""

    def pair(form: str, left: Formula, right: Formula) -> Formula:
        return form.format(left[0], right[0]), lambda values: OPERATIONS[form](left[1](values), right[1](values))

    def guarded(sign: str, left: Formula, right: Formula) -> Formula:
        def value(values: Mapping[str, bounds.Number]) -> bounds.Number:
            divisor = right[1](values)
            taken = divisor > 0 if sign == ">" else divisor != 0
            return bounds.over(left[1](values), divisor) if taken else 1

        return f"({left[0]} / {right[0]} if {right[0]} {sign} 0 else 1)", value

    def rounding(name: str, decimals: int, one: Formula) -> Formula:
        operation = {"round": bounds.rounded, "floor": bounds.floored, "ceil": bounds.ceiled}[name]
        return f"{name}({one[0]}, {decimals})", lambda values: operation(one[1](values), decimals)

    def mean(name: str, one: Formula) -> Formula:
        text = f"{name}(({one[0]} for a{len(one[0])} in activities), default=1)"  # a variable for each loop
        return text, lambda values: bounds.rounded(one[1](values), bounds.QUOTIENT_DECIMALS)

    return st.one_of(
        st.builds(pair, st.sampled_from(sorted(OPERATIONS)), inner, inner),
        st.builds(guarded, st.sampled_from([">", "!="]), inner, inner),
        st.builds(rounding, st.sampled_from(["round", "floor", "ceil"]), st.integers(0, 3), inner),
        st.builds(mean, st.sampled_from(["mean", "median"]), inner),
        inner.map(lambda one: (f"-{one[0]}", lambda values: bounds.opposite(one[1](values)))),
    )


@given(
    st.recursive(ATOMS, formulas, max_leaves=6),
    st.integers(0, 3),
    st.sampled_from([0, 1, Decimal("0.5"), 999]),
)
def test_no_divisor_of_a_checked_expression_is_zero(formula: Formula, staff: int, years: bounds.Number) -> None:
    """What passes the checker divides by 0 for no facts of their domains, and its value lies in its domain."""
    text, value = formula
    values = {**PLACES, "center.full_time_staff": staff, "center.right_of_use_years": years}
    assume(len(text) <= MAX_LENGTH)
    try:
        found = check(text, SCOPE, NUMBER)
    except RuleFileError as error:
        event("refused")
        assert {one.code for one in error.diagnostics} == {"PR305"}  # noqa: PT017 - a refusal is one of two results
        return
    low, high = bounds.ends(domain(found.root, {name: given for name, (_, given) in SCOPE.parameters.items()}))
    result = value(values)
    assert low is None or low <= result
    assert high is None or result <= high

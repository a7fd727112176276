# SPDX-License-Identifier: MIT
"""From syntax to checked expressions: what each form becomes, and its type. What is refused stands in `bad/`."""

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from platformrules.criteria.checker import MAX_LOOPS, Scope
from platformrules.criteria.datatypes import DATE, MONTH, NUMBER, SET, TEXT, TRUTH, WHOLE, Datatype, Kind
from platformrules.criteria.typed import (
    Apply,
    Branch,
    Constant,
    Distinct,
    Gather,
    Items,
    MonthOf,
    MonthRows,
    Parameter,
    Part,
    Read,
    RelationRows,
    RulePart,
    RuleRows,
    Today,
    TypedExpr,
    Variable,
)
from platformrules.criteria.walk import children, walk
from platformrules.diagnostics import Diagnostic

Checked = Callable[..., TypedExpr]
CENTER = Variable("center", Datatype(Kind.ROW, model="center"))
ACTIVITY = Variable("a", Datatype(Kind.ROW, model="activity"))
M = Variable("m", MONTH)
AS_OF = Today("as_of", DATE)
LEAST = Parameter("least", WHOLE)


def read(scope: Scope, name: str, datatype: Datatype, owner: Variable = CENTER) -> Read:
    """The node that reads a fact."""
    return Read(owner, scope.schema.facts[owner.datatype.model][name], datatype)


def activities(**parts: Any) -> RelationRows:
    """The node of the activities of the period."""
    return RelationRows("activities", "held_on", Datatype(Kind.ROWS, model="activity"), **parts)


# Values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", WHOLE),
        ("0.30", NUMBER),
        ('"x"', TEXT),
        ("true", TRUTH),
        ('{"x"}', SET),
        ("center.is_physical", TRUTH),
        ("center.full_time_staff", WHOLE),
        ("center.floor_area_m2", NUMBER),
        ("center.name", TEXT),
        ("center.opened_on", DATE),
        ("as_of", DATE),
        ("period.start", DATE),
        ("period.end", DATE),
        ("as_of.year", WHOLE),
        ("center.opened_on.month", WHOLE),
        ("least", WHOLE),
        ("part", NUMBER),
        ("strict", TRUTH),
        ("word", TEXT),
        ("since", DATE),
        ("needed", SET),
        ("not strict", TRUTH),
        ("-least", WHOLE),
        ("-part", NUMBER),
        ("least + 1", WHOLE),
        ("least - part", NUMBER),
        ("least * 2", WHOLE),
        ("part * 2", NUMBER),
        ("4 / 2", NUMBER),
        ("needed & center.equipment", SET),
        ("1 < 2 < 3", TRUTH),
        ("strict and strict or strict", TRUTH),
        ("1 if strict else 2", WHOLE),
        ("1 if strict else 0.5", NUMBER),
        ("0.5 if strict else 1", NUMBER),
        ("as_of if strict else since", DATE),
        ("needed if strict else center.equipment", SET),
        ("min(1, 2)", WHOLE),
        ("max(1, part, 3)", NUMBER),
        ("min(as_of, since)", DATE),
        ("round(part)", WHOLE),
        ("floor(part, 1)", NUMBER),
        ("ceil(part, 0)", NUMBER),
        ("date(as_of.year, 2, 31)", DATE),
        ("add_days(as_of, 1)", DATE),
        ("add_months(as_of, -1)", DATE),
        ("add_years(as_of, least)", DATE),
        ("days_between(since, as_of)", WHOLE),
        ("years_between(since, as_of)", WHOLE),
        ('starts_with(center.name, "x")', TRUTH),
        ("ends_with(center.name, word)", TRUTH),
        ("contains(center.name, center.address)", TRUTH),
        ("length(center.name)", WHOLE),
        ("count(activities)", WHOLE),
        ("count(organizations)", WHOLE),
        ("count(months)", WHOLE),
        ("count(center.equipment)", WHOLE),
        ("count({a.theme for a in activities})", WHOLE),
        ("count(a for a in activities)", WHOLE),
        ("count(a.attendance for a in activities)", WHOLE),
        ("any(a.attendance > 3 for a in activities)", TRUTH),
        ("all(s in needed for s in center.equipment)", TRUTH),
        ("sum(a.attendance for a in activities)", WHOLE),
        ("sum(part for a in activities)", NUMBER),
        ("min((a.attendance for a in activities), default=0)", WHOLE),
        ("max((a.attendance for a in activities), default=0.5)", NUMBER),
        ("mean((a.attendance for a in activities), default=0)", NUMBER),
        ("median((a.attendance for a in activities), default=0)", NUMBER),
        ("share((a.published_on_cloud for a in activities), default=1)", NUMBER),
    ],
)
def test_each_form_has_its_type(text: str, expected: Datatype, checked: Checked) -> None:
    """Whether a number is whole is known too; a function over rows says what no rows give where it must."""
    found = checked(text, expected=evolve(expected, whole=False)).root.datatype
    assert (expected.kind, expected.whole) == (found.kind, found.whole)


def test_a_truth_knows_that_it_is_a_condition(checked: Checked) -> None:
    """A checked expression says whether it is one."""
    assert checked("strict").is_truth
    assert not checked("least", expected=NUMBER).is_truth


def test_a_checked_expression_keeps_its_source_and_text(checked: Checked) -> None:
    """Two texts of one expression are equal once checked."""
    one, other = checked("strict  and true"), checked("strict and true")
    assert (one.text, other.text) == ("strict  and true", "strict and true")
    assert one == other


# What becomes of operators


def test_comparisons_are_brought_to_few(checked: Checked, scope: Scope) -> None:
    """`>` is `<` the other way round, `!=` and `not in` are negations."""
    staff = read(scope, "full_time_staff", WHOLE)
    forms = {
        "center.full_time_staff < least": Apply("less", (staff, LEAST), TRUTH),
        "center.full_time_staff > least": Apply("less", (LEAST, staff), TRUTH),
        "center.full_time_staff <= least": Apply("at_most", (staff, LEAST), TRUTH),
        "center.full_time_staff >= least": Apply("at_most", (LEAST, staff), TRUTH),
        "center.full_time_staff == least": Apply("equal", (staff, LEAST), TRUTH),
        "center.full_time_staff != least": Apply("not", (Apply("equal", (staff, LEAST), TRUTH),), TRUTH),
    }
    assert forms == {text: checked(text).root for text in forms}


def test_sets_and_texts_are_compared_by_their_own(checked: Checked, scope: Scope) -> None:
    """`<=` of sets is containment, `>=` the other way round; `==` of sets, texts and truths is equality."""
    services = scope.schema.facts["center"]["services"]
    read_services = Read(CENTER, services, Datatype(Kind.SET, choices=services))
    one = Constant(frozenset({"consulting"}), SET)
    word = Constant("consulting", TEXT)
    forms = {
        '{"consulting"} <= center.services': Apply("contained", (one, read_services), TRUTH),
        'center.services >= {"consulting"}': Apply("contained", (one, read_services), TRUTH),
        'center.services == {"consulting"}': Apply("equal", (read_services, one), TRUTH),
        '"consulting" in center.services': Apply("member", (word, read_services), TRUTH),
        '"consulting" not in center.services': Apply("not", (Apply("member", (word, read_services), TRUTH),), TRUTH),
        "strict == true": Apply("equal", (Parameter("strict", TRUTH), Constant(True, TRUTH)), TRUTH),
    }
    assert forms == {text: checked(text).root for text in forms}


def test_a_chain_holds_if_each_link_holds(checked: Checked) -> None:
    """`1 < a <= b` is `1 < a and a <= b`, and each link spans its own text."""
    text = "1 < least <= (9)"
    root = checked(text).root
    assert root == Apply(
        "and",
        (
            Apply("less", (Constant(1, WHOLE), LEAST), TRUTH),
            Apply("at_most", (LEAST, Constant(9, WHOLE)), TRUTH),
        ),
        TRUTH,
    )
    assert [text[one.span.start : one.span.end] for one in root.operands] == ["1 < least", "least <= (9"]


def test_a_single_comparison_spans_all_of_its_text(checked: Checked) -> None:
    """Also where an operand stands in parentheses."""
    text = "(least) > (3)"
    span = checked(text).root.span
    assert text[span.start : span.end] == text


@pytest.mark.parametrize(
    ("text", "function"),
    [("-least", "negate"), ("1 + 2", "add"), ("1 - 2", "subtract"), ("1 * 2", "multiply"), ("1 / 2", "divide")],
)
def test_arithmetic_has_names(text: str, function: str, checked: Checked) -> None:
    """Operators carry the names of the table of signatures."""
    assert function == checked(text, expected=NUMBER).root.function


def test_texts_of_one_vocabulary_meet(checked: Checked) -> None:
    """Literals and parameters take the choices of what they meet, in branches too, and remember them."""
    for text in (
        "center.grade == word",
        'center.grade in {"better", "poor"}',
        '(center.grade if strict else "poor") == "better"',
        '("better" if strict else center.grade) == word',
        '("better" if strict else "poor") == center.grade',
        '("x" if strict else "y") == center.name',
        "needed <= center.equipment",
        'count(center.equipment & {"tv"}) > 0',
        '"study_club" in {a.theme for a in activities}',
        'any(s == "consulting" for s in center.services)',
        '"better" in ({"better"} if strict else {"poor"})',
        "center.grade == center.grade",
    ):
        assert checked(text).is_truth


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('center.grade if strict else "poor"', "grade"),
        ('"poor" if strict else center.grade', "grade"),
        ("center.grade if strict else center.grade", "grade"),
        ('"poor" if strict else word', None),
        ("center.name if strict else center.grade", None),
        ("center.grade if strict else center.name", None),
        ('("poor" if strict else word) if strict else center.grade', "grade"),
        ('("poor" if strict else center.name) if strict else center.grade', None),
    ],
)
def test_a_branch_has_choices_if_both_of_its_ends_do(text: str, expected: str | None, checked: Checked) -> None:
    """A free text stays free beside a choice: it may be none of the choices."""
    choices = checked(text, expected=TEXT).root.datatype.choices
    assert expected == (None if choices is None else choices.id)


def test_types_are_called_by_words() -> None:
    """A message says what was found in the words of format.md."""
    assert [str(Datatype(kind)) for kind in Kind] == [
        "a truth",
        "a number",
        "a text",
        "a date",
        "a month",
        "a set",
        "a row",
        "rows",
        "a period",
        "a criterion",
        "a block",
        "a mistake",
    ]


def test_choices_are_called_so(checked: Checked) -> None:
    """A text or set that takes choices says so."""
    assert str(checked("center.grade", expected=TEXT).root.datatype) == "a choice"
    assert str(checked("center.services", expected=SET).root.datatype) == "a set of choices"


# Rows


def test_relations_are_the_rows_of_the_period_or_of_a_window(checked: Checked) -> None:
    """The bare name of a dated relation, a register, and a window of dates or months."""
    first, last = Part(M, "start", DATE), Part(Apply("add", (M, Constant(1, WHOLE)), MONTH), "end", DATE)
    window = activities(first=first, last=last)
    register = RelationRows("organizations", None, Datatype(Kind.ROWS, model="organization"))

    def counted(rows: RelationRows) -> Gather:
        return Gather("count", rows, Variable("row", evolve(rows.datatype, kind=Kind.ROW)), None, None, None, WHOLE)

    assert checked("count(activities)", expected=NUMBER).root == counted(activities())
    assert checked("count(organizations)", expected=NUMBER).root == counted(register)
    assert checked("count(during(activities, as_of, as_of))", expected=NUMBER).root == counted(
        activities(first=AS_OF, last=AS_OF)
    )
    found = checked("all(count(during(activities, m, m + 1)) > 3 for m in months)").root
    assert isinstance(found, Gather)
    assert found.element == Apply("less", (Constant(3, WHOLE), counted(window)), TRUTH)


def test_a_variable_has_the_type_of_its_rows(checked: Checked, verdict_scope: Scope) -> None:
    """Rows of a relation, months, members of a set, criteria and blocks."""
    services = verdict_scope.schema.facts["center"]["services"]
    for text, rows, datatype in (
        ("any(a.attendance > 3 for a in activities)", activities(), ACTIVITY.datatype),
        ("any(a.start < as_of for a in months)", MonthRows(Datatype(Kind.ROWS)), MONTH),
        (
            'any(a == "consulting" for a in center.services)',
            Items(Read(CENTER, services, Datatype(Kind.SET, choices=services)), Datatype(Kind.ROWS)),
            Datatype(Kind.TEXT, choices=services),
        ),
        ("any(a.failed for a in criteria)", RuleRows("criteria", Datatype(Kind.ROWS)), Datatype(Kind.CRITERION)),
        ("any(a.satisfied for a in blocks)", RuleRows("blocks", Datatype(Kind.ROWS)), Datatype(Kind.BLOCK)),
    ):
        found = checked(text, verdict_scope).root
        assert isinstance(found, Gather)
        assert (rows, Variable("a", datatype)) == (found.rows, found.variable)


def test_rows_are_counted_whatever_their_element(checked: Checked) -> None:
    """`count(x for …)` has no element: how many rows there are does not depend on it."""
    for text in ("count(a for a in activities)", "count(a.attendance for a in activities)"):
        found = checked(text, expected=NUMBER).root
        assert found == Gather("count", activities(), ACTIVITY, None, None, None, WHOLE)


def test_a_row_of_a_dated_relation_has_a_month(checked: Checked, scope: Scope) -> None:
    """`a.month` is the month of the dating fact."""
    held_on = scope.schema.facts["activity"]["held_on"]
    found = checked("all(any(a.month == m for a in activities) for m in months)").root
    month = next(node for node in walk(found) if isinstance(node, MonthOf))
    assert month == MonthOf(ACTIVITY, held_on, MONTH)


def test_distinct_values_are_a_set_of_their_choices(checked: Checked, scope: Scope) -> None:
    """`{a.theme for a in activities if …}` has the vocabulary of the theme."""
    theme = scope.schema.facts["activity"]["theme"]
    found = checked("{a.theme for a in activities if a.attendance > 3}", expected=SET).root
    assert isinstance(found, Distinct)
    assert found.datatype == Datatype(Kind.SET, choices=theme)
    assert found.condition is not None
    counted = checked("count({a.theme for a in activities if a.attendance > 3})", expected=NUMBER).root
    assert counted == Apply("size", (found,), WHOLE)


def test_criteria_and_blocks_are_read_by_verdicts(checked: Checked, verdict_scope: Scope) -> None:
    """By their id or as rows."""
    found = checked('criteria["staff"].satisfied and blocks["rooms"].satisfied', verdict_scope).root
    assert found == Apply(
        "and",
        (
            RulePart(Constant("staff", Datatype(Kind.CRITERION)), "satisfied", TRUTH),
            RulePart(Constant("rooms", Datatype(Kind.BLOCK)), "satisfied", TRUTH),
        ),
        TRUTH,
    )
    strength = checked('all(c.satisfied for c in criteria if c.strength != "generally")', verdict_scope).root
    assert any(isinstance(node, RulePart) and node.name == "strength" for node in walk(strength))


def test_days_of_the_dossier_are_named(checked: Checked) -> None:
    """`as_of`, `period.start`, `period.end`."""
    assert checked("as_of", expected=DATE).root == AS_OF
    assert checked("period.start", expected=DATE).root == Today("period.start", DATE)


def test_a_standard_judged_on_a_day_reads_windows_and_registers(checked: Checked, scope: Scope) -> None:
    """Without a period, a named window of activities and all organizations still mean something."""
    on_a_day = evolve(scope, has_period=False)
    assert checked("count(during(activities, since, as_of)) + count(organizations) > 3", on_a_day).is_truth
    assert {"period", "months"} == scope.names - on_a_day.names


# Divisors


@pytest.mark.parametrize(
    "text",
    [
        "1 / 2",
        "1 / -2",
        "1 / least",
        "1 / part",
        "1 / center.p_rooms",
        "1 / as_of.year",
        "1 / as_of.month",
        "1 / (count(activities) + 1)",
        "1 / (center.full_time_staff + 0.5)",
        "1 / (0 - center.full_time_staff - 1)",
        "1 / max(1, center.full_time_staff)",
        "1 / max(1, center.p_loss)",
        "1 / min(-1, center.p_loss)",
        "1 / (center.p_rooms * 2)",
        "1 / round(center.p_rooms / 2 + 0.5)",
        "1 / (1 if strict else 2)",
        "1 / (sum(a.attendance for a in activities) + 1)",
        "1 / (sum(-a.attendance for a in activities) - 1)",
        "1 / (share((a.published_on_cloud for a in activities), default=0) + 1)",
        "1 / mean((a.attendance + 1 for a in activities), default=1)",
        "1 / min((a.attendance + 1 for a in activities), default=1)",
        "1 / (length(center.name) + 1)",
        "1 / (count(center.equipment) + 1)",
        "1 / center.full_time_staff if center.full_time_staff > 0 else 0",
        "1 / center.p_loss if center.p_loss != 0 else 0",
        "1 / center.p_loss if (center.p_loss) > 0.0 else 0",
        "1 / nought if nought > 0 else 0",
        "1 / max(2 / nought if nought > 0 else 1, 1)",
        "(1 / center.p_loss + 2 / center.p_loss if center.p_loss > 0 else 0)",
        "sum(1 / a.attendance if a.attendance > 0 else 0 for a in activities)",
        "(1 / center.p_loss if center.full_time_staff > 0 else 0) if center.p_loss > 0 else 0",
    ],
)
def test_a_divisor_that_is_proved_not_to_be_zero_divides(text: str, checked: Checked) -> None:
    """By its domain over all dossiers, or by the branch in which it stands."""
    assert any(
        isinstance(node, Apply) and node.function == "divide" for node in walk(checked(text, expected=NUMBER).root)
    )


# Limits and walks


def test_loops_nest_up_to_their_limit(checked: Checked, refusal: Callable[..., tuple[Diagnostic, ...]]) -> None:
    """At the limit they are checked; one more is refused."""
    names = "abcdefghijk"

    def nested(depth: int) -> str:
        return "all(" * depth + "true" + "".join(f" for {name} in months)" for name in names[:depth])

    assert checked(nested(MAX_LOOPS)).is_truth
    assert [one.code for one in refusal(nested(MAX_LOOPS + 1))] == ["PR101"]


def test_a_walk_meets_every_part_once_in_source_order(checked: Checked, verdict_scope: Scope) -> None:
    """From the outside in, whatever the kind of node."""
    text = (
        "(1 if strict else 2)"
        " + share((a.attendance > 3 for a in during(activities, since, as_of) if a.month == a.month), default=part)"
        " + count({s for s in center.services}) + count({o.kind for o in organizations if strict})"
        " + count(m for m in months) + count(c for c in criteria if c.failed) + as_of.year > 3"
    )
    root = checked(text, verdict_scope).root
    nodes = list(walk(root))
    kinds = {type(node) for node in nodes}
    assert kinds == {
        *(Apply, Branch, Constant, Distinct, Gather, Items, MonthOf, MonthRows),
        *(Parameter, Part, Read, RelationRows, RulePart, RuleRows, Today, Variable),
    }
    assert nodes[0] is root
    assert len(nodes) == 1 + sum(len(children(node)) for node in nodes)
    branch = next(node for node in nodes if isinstance(node, Branch))
    assert children(branch) == (branch.then, branch.test, branch.otherwise)


def test_a_name_may_stand_for_a_further_record(checked: Checked, scope: Scope) -> None:
    """Its facts are those of its model."""
    scope = evolve(scope, records={"home": "area"})
    read = checked('home.id == "k"', scope).root.operands[0]
    assert (read.owner.name, read.fact.on) == ("home", "area")

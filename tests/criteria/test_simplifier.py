# SPDX-License-Identifier: MIT
"""Parameters as constants, and nothing that they switch off."""

from collections.abc import Callable
from datetime import date

import pytest

from platformrules.criteria.checker import Scope
from platformrules.criteria.datatypes import DATE, NUMBER, TRUTH, Datatype
from platformrules.criteria.simplifier import simplify
from platformrules.criteria.typed import Constant, ConstantValue, Parameter, TypedExpr
from platformrules.criteria.walk import walk

Checked = Callable[..., TypedExpr]
ONE, OTHER = "center.is_physical", "center.on_cloud"
LOOP = "a for a in activities"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ONE, ONE),
        ("center.full_time_staff >= least", "center.full_time_staff >= 20"),
        ("center.grade == word", 'center.grade == "better"'),
        ("needed <= center.equipment", '{"computer", "tv"} <= center.equipment'),
        ("strict", "true"),
        ("not strict", "false"),
        (f"not {ONE}", f"not {ONE}"),
        (f"strict and {ONE}", ONE),
        (f"{ONE} and strict and {OTHER}", f"{ONE} and {OTHER}"),
        (f"not strict and {ONE}", "false"),
        (f"{ONE} or strict", "true"),
        (f"{ONE} or not strict", ONE),
        (f"{ONE} or not strict or {OTHER}", f"{ONE} or {OTHER}"),
        ("strict and strict", "true"),
        ("not strict or not strict", "false"),
        (f"not (strict and not {ONE})", f"not not {ONE}"),
        (f"{ONE} if strict else {OTHER}", ONE),
        (f"{ONE} if not strict else {OTHER}", OTHER),
        (f"{ONE} if {OTHER} else strict", f"{ONE} if {OTHER} else true"),
        (f"{ONE} if strict and {OTHER} else strict", f"{ONE} if {OTHER} else true"),
        ("add_days(as_of, least).year > least", "add_days(as_of, 20).year > 20"),
        (f"count({LOOP} if strict) > least", "count(a for a in activities if true) > 20"),
        (f"count({LOOP}) > 3", f"count({LOOP}) > 3"),
        ("any(a.attendance > least for a in activities)", "any(a.attendance > 20 for a in activities)"),
        (
            "share((a.attendance > 3 for a in activities), default=least) > 3",
            "share((a.attendance > 3 for a in activities), default=20) > 3",
        ),
        (
            "count({a.theme for a in activities if a.attendance > least}) > 3",
            "count({a.theme for a in activities if a.attendance > 20}) > 3",
        ),
        ("count({word for a in activities}) > 3", 'count({"better" for a in activities}) > 3'),
        ("any(s == word for s in needed)", 'any(s == "better" for s in {"computer", "tv"})'),
        (
            "count(during(activities, add_days(as_of, least), as_of)) > 3",
            "count(during(activities, add_days(as_of, 20), as_of)) > 3",
        ),
        (
            "all(any(a.month == m for a in activities) for m in months)",
            "all(any(a.month == m for a in activities) for m in months)",
        ),
    ],
)
def test_an_expression_is_what_it_is_with_the_values_put_in(
    text: str, expected: str, checked: Checked, parameters: dict[str, ConstantValue]
) -> None:
    """Whatever its form, it equals the expression written with literals and without what they switch off."""
    found = simplify(checked(text).root, parameters)
    assert checked(expected).root == found
    assert not any(isinstance(node, Parameter) for node in walk(found))


@pytest.mark.parametrize(("text", "datatype"), [("since", DATE), ("part", NUMBER), ("strict", TRUTH)])
def test_a_parameter_becomes_a_constant_of_its_type(
    text: str, datatype: Datatype, checked: Checked, parameters: dict[str, ConstantValue]
) -> None:
    """With the span at which it stood."""
    root = checked(text, expected=datatype).root
    found = simplify(root, parameters)
    assert found == Constant(parameters[text], datatype)
    assert found.span == root.span


def test_rules_are_left_alone(checked: Checked, verdict_scope: Scope, parameters: dict[str, ConstantValue]) -> None:
    """Criteria and blocks have no parameters in them."""
    for text in (
        'criteria["staff"].satisfied',
        "all(c.satisfied for c in criteria) and all(b.satisfied for b in blocks)",
    ):
        root = checked(text, verdict_scope).root
        assert root == simplify(root, parameters)


def test_the_values_are_those_that_are_given(checked: Checked) -> None:
    """Not those that the expression was checked with."""
    root = checked("center.opened_on > since").root
    found = simplify(root, {"since": date(2021, 1, 1)})
    assert any(isinstance(node, Constant) and node.value == date(2021, 1, 1) for node in walk(found))

# SPDX-License-Identifier: MIT
"""What a standard asks of each fact, as far as its plain comparisons say: good and bad values for made-up data.

A heuristic: what it cannot read off an expression it leaves to chance. Knows no file format.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from attrs import define, field

from platformrules.criteria.typed import Apply, Constant, Parameter, Read, TypedNode
from platformrules.criteria.walk import children
from platformrules.standards.model import Standard


@define
class Wish:
    """What is asked of one fact.

    Attributes:
        truth: which truth is asked for.
        least, most: the numbers between which it should lie.
        items: the items of a set that are asked for.
        equal: the choice or text that is asked for.
    """

    truth: bool = True
    least: int | Decimal | None = None
    most: int | Decimal | None = None
    items: set[str] = field(factory=set)
    equal: str | None = None


def wishes(whole: Standard) -> Mapping[tuple[str, str], Wish]:
    """What the conditions of a standard ask of each fact, by model and fact; those too of standards that it reads."""
    found: dict[tuple[str, str], Wish] = {}
    for standard, criterion in ((each, one) for each in reversed(whole.readings) for one in each.criteria):
        judged = [row.when for row in criterion.judge if row.when is not None and not row.fails]
        best = [row.when for row in criterion.grades[:1]]
        for expression in [criterion.require, criterion.points, *best, *judged]:
            if expression is not None:  # nobody wishes for what is deducted
                deducted = expression is criterion.points and criterion.maximum == 0
                _visit(expression.root, standard, found, wanted=not deducted)
    others: dict[tuple[str, str], Wish] = {}
    standard = whole
    addressing = [row.when for row in standard.verdicts]
    if standard.subject == "area":  # most of its criteria are for areas of one level
        addressing += [criterion.applies_when for criterion in standard.criteria]
    for expression in addressing:
        if expression is not None:
            _visit(expression.root, standard, others, wanted=True)
    return {**others, **found}  # what only these read decides whom the standard addresses


def _visit(node: Any, standard: Standard, found: dict[tuple[str, str], Wish], *, wanted: bool) -> None:  # noqa: ANN401
    if isinstance(node, Read):
        found.setdefault((node.fact.on, node.fact.id), Wish()).truth = wanted
        return
    if isinstance(node, Apply):
        if node.function == "not":
            wanted = not wanted
        elif len(node.operands) == 2:
            _compare(node.function, node.operands[0], node.operands[1], standard, found)
    for child in children(node):
        _visit(child, standard, found, wanted=wanted)


def _compare(
    function: str, left: TypedNode, right: TypedNode, standard: Standard, found: dict[tuple[str, str], Wish]
) -> None:
    for one, other, is_left in ((left, right, True), (right, left, False)):
        if isinstance(one, Read) and isinstance(other, Constant | Parameter):
            value = other.value if isinstance(other, Constant) else standard.parameters[other.name].value
            wish = found.setdefault((one.fact.on, one.fact.id), Wish())
            _note(wish, function, value, is_left=is_left)


def _note(wish: Wish, function: str, value: Any, *, is_left: bool) -> None:  # noqa: ANN401 - a constant of any type
    if isinstance(value, frozenset):
        wish.items |= value
    elif isinstance(value, str):
        if function == "member":
            wish.items.add(value)
        elif function == "equal":
            wish.equal = value
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        if function == "equal" or (function in {"at_most", "less"} and not is_left):
            wish.least = value if wish.least is None else max(wish.least, value)
        if function == "equal" or (function in {"at_most", "less"} and is_left):
            wish.most = value if wish.most is None else min(wish.most, value)

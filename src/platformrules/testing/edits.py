# SPDX-License-Identifier: MIT
"""Small mistakes in one expression, each as a rule author might make it. Knows syntax, and no type and no rule file.

A flipped comparison, a number next to the one that is written, a member or operand left out, `and` for `or`, a truth
turned round. Whether the outcome is still a sound expression is for the checker to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from attrs import evolve, fields, frozen

from platformrules.bounds import Number
from platformrules.criteria import nodes
from platformrules.criteria.formatter import to_text
from platformrules.criteria.nodes import Expr
from platformrules.criteria.parser import parse

_FLIPPED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "in": "not in", "not in": "in"}
_SWAPPED = {"and": "or", "or": "and"}
_QUANTIFIERS = {"all": "any", "any": "all"}
_OF_TRUTHS = {"all", "any", "share"}


@frozen
class Edit:
    """A mistake: what stood there, what stands there now, and the whole expression with it."""

    was: str
    now: str
    text: str


def edits(text: str, *, condition: bool = True) -> Iterator[Edit]:
    """Every small mistake in an expression, in source order; ``condition`` says that the whole of it is a truth.

    Raises:
        RuleFileError: the text is no expression.
    """
    for part, other, whole in _variants(parse(text), truth=condition):
        yield Edit(to_text(part), to_text(other), to_text(whole))


def step_of(value: Number) -> Number:
    """The smallest difference in the last digit that a number is written with."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return 1 if not isinstance(exponent, int) or exponent >= 0 else Decimal((0, (1,), exponent))


def _variants(node: Expr, *, truth: bool) -> Iterator[tuple[Expr, Expr, Expr]]:
    """What a node may be mistaken for: the part, the mistake, and the node with it."""
    for other in _mistakes(node, truth=truth):
        yield node, other, other
    for name, index, child in _parts(node):
        below = (truth and isinstance(node, nodes.Conditional)) or _asks_truth(node, name)
        for part, other, changed in _variants(child, truth=below):
            if index is None:
                yield part, other, _with(node, name, changed)
            else:
                held = getattr(node, name)
                yield part, other, _with(node, name, (*held[:index], changed, *held[index + 1 :]))


def _with(node: Any, name: str, value: object) -> Any:  # noqa: ANN401 - a node of the kind that was given
    return evolve(node, **{name: value})


def _parts(node: Expr) -> Iterator[tuple[str, int | None, Any]]:
    """The parts of a node that are expressions: field, place in it, expression."""
    for one in fields(type(node)):
        held = getattr(node, one.name)
        if isinstance(held, tuple):
            yield from ((one.name, index, part) for index, part in enumerate(held) if isinstance(part, Expr))
        elif isinstance(held, Expr):
            yield one.name, None, held


def _asks_truth(node: Expr, name: str) -> bool:
    """Whether what stands in this place of a node is a truth."""
    match node:
        case nodes.Comprehension():
            return name == "condition"
        case nodes.Conditional():
            return name == "test"
        case _:
            return isinstance(node, nodes.Connective)


def _mistakes(node: Expr, *, truth: bool) -> Iterator[Expr]:
    match node:
        case nodes.Number(value=value):
            step = step_of(value)
            yield from (nodes.Number(_plain(value + other)) for other in (step, -step))
        case nodes.Boolean(value=value):
            yield nodes.Boolean(not value)
        case nodes.Comparison(operators=operators):
            for index, operator in enumerate(operators):
                yield evolve(node, operators=(*operators[:index], _FLIPPED[operator], *operators[index + 1 :]))
        case nodes.Connective(operator=operator, operands=operands):
            yield evolve(node, operator=_SWAPPED[operator])
            for kept in _with_one_less(operands):
                yield evolve(node, operands=kept) if len(kept) > 1 else kept[0]
        case nodes.SetLiteral(items=items) if len(items) > 1:
            yield from (nodes.SetLiteral(kept) for kept in _with_one_less(items))
        case nodes.Unary(operator="not", operand=operand):
            yield operand
        case nodes.Attribute() | nodes.Name() if truth:
            yield nodes.Unary("not", node)
        case nodes.Call(function=function, arguments=arguments):
            if function in _QUANTIFIERS:
                yield evolve(node, function=_QUANTIFIERS[function])
            elif truth:
                yield nodes.Unary("not", node)
            first = arguments[0]
            if function in _OF_TRUTHS and isinstance(first, nodes.Comprehension):
                bare = isinstance(first.element, nodes.Attribute | nodes.Name)
                if bare:
                    turned = evolve(first, element=nodes.Unary("not", first.element))
                    yield evolve(node, arguments=(turned, *arguments[1:]))
        case nodes.Comprehension(condition=condition) if condition is not None:
            yield evolve(node, condition=None)
        case _:
            return


def _with_one_less(items: tuple[Expr, ...]) -> Iterator[tuple[Expr, ...]]:
    for index in range(len(items)):
        yield (*items[:index], *items[index + 1 :])


def _plain(value: Any) -> int | Decimal:  # noqa: ANN401 - the sum of two numbers
    return value  # type: ignore[no-any-return]

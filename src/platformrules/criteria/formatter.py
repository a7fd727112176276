# SPDX-License-Identifier: MIT
"""Print an expression in its one normal form: ``parse(to_text(e)) == e``."""

from __future__ import annotations

from typing import assert_never

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

# How tightly each form binds, as in Python; an operand that binds less is put in parentheses.
_CONDITIONAL, _OR, _AND, _NOT, _COMPARISON, _SHARED, _SUM, _PRODUCT, _NEGATIVE, _ATOM = range(10)
_BINARY = {"&": _SHARED, "+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}
_CONNECTIVE = {"or": _OR, "and": _AND}
_UNARY = {"not": _NOT, "-": _NEGATIVE}


def to_text(expression: Expr) -> str:
    """The expression as text, with no more parentheses than it needs."""
    return _print(expression)[0]


def _print(expression: Expr) -> tuple[str, int]:
    match expression:
        case Number(value=value):
            return str(value) if isinstance(value, int) else format(value, "f"), _ATOM
        case Text(value=value):
            return (f"'{value}'" if '"' in value else f'"{value}"'), _ATOM
        case Boolean(value=value):
            return ("true" if value else "false"), _ATOM
        case Name(id=name):
            return name, _ATOM
        case Attribute(owner=owner, name=name):
            text = _at_least(owner, _ATOM)
            return f"({text}).{name}" if isinstance(owner, Number) else f"{text}.{name}", _ATOM
        case Subscript(owner=owner, keys=keys):
            return f"{_at_least(owner, _ATOM)}[{', '.join(map(to_text, keys))}]", _ATOM
        case Unary(operator=operator, operand=operand):
            binding = _UNARY[operator]
            return f"{operator}{' ' if operator == 'not' else ''}{_at_least(operand, binding)}", binding
        case Binary(operator=operator, left=left, right=right):
            binding = _BINARY[operator]
            return f"{_at_least(left, binding)} {operator} {_at_least(right, binding + 1)}", binding
        case Comparison(operators=operators, operands=operands):
            words = [_at_least(operands[0], _COMPARISON + 1)]
            for operator, operand in zip(operators, operands[1:], strict=True):
                words += [operator, _at_least(operand, _COMPARISON + 1)]
            return " ".join(words), _COMPARISON
        case Connective(operator=operator, operands=operands):
            binding = _CONNECTIVE[operator]
            return f" {operator} ".join(_at_least(operand, binding + 1) for operand in operands), binding
        case Conditional(test=test, then=then, otherwise=otherwise):
            text = f"{_at_least(then, _OR)} if {_at_least(test, _OR)} else {_at_least(otherwise, _CONDITIONAL)}"
            return text, _CONDITIONAL
        case SetLiteral(items=items):
            return "{" + ", ".join(map(to_text, items)) + "}", _ATOM
        case Comprehension():
            return _comprehension(expression), _ATOM
        case Call():
            return _call(expression), _ATOM
        case _:
            assert_never(expression)


def _at_least(expression: Expr, binding: int) -> str:
    text, own = _print(expression)
    return text if own >= binding else f"({text})"


def _comprehension(expression: Comprehension) -> str:
    return f"{{{_loop(expression)}}}" if expression.distinct else f"({_loop(expression)})"


def _loop(expression: Comprehension) -> str:
    text = f"{to_text(expression.element)} for {expression.variable} in {_at_least(expression.rows, _OR)}"
    if expression.condition is not None:
        text += f" if {_at_least(expression.condition, _OR)}"
    return text


def _call(expression: Call) -> str:
    first = expression.arguments[0]
    alone = len(expression.arguments) == 1 and expression.default is None
    if alone and isinstance(first, Comprehension) and not first.distinct:
        return f"{expression.function}({_loop(first)})"
    arguments = [to_text(argument) for argument in expression.arguments]
    if expression.default is not None:
        arguments.append(f"default={to_text(expression.default)}")
    return f"{expression.function}({', '.join(arguments)})"

# SPDX-License-Identifier: MIT
"""Syntax of the criteria language: what an expression says, before anything is known of its names.

Nodes only declare fields. A span is where the node stands in the text; it takes no part in equality.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen

from platformrules.diagnostics import Span


def _span() -> Span:
    return field(eq=False, repr=False, default=Span(0, 0))


@frozen
class Number:
    """A literal number; a whole one is an int."""

    value: int | Decimal
    span: Span = _span()


@frozen
class Text:
    """A literal text: a choice's code, as a rule."""

    value: str
    span: Span = _span()


@frozen
class Boolean:
    """``true`` or ``false``."""

    value: bool
    span: Span = _span()


@frozen
class Name:
    """A name: the subject, a relation, a parameter, a variable."""

    id: str
    span: Span = _span()


@frozen
class Attribute:
    """``owner.name``."""

    owner: Expr
    name: str
    span: Span = _span()


@frozen
class Subscript:
    """``owner[key]`` or ``owner[key, key]``."""

    owner: Expr
    keys: tuple[Expr, ...]
    span: Span = _span()


@frozen
class Unary:
    """``not e`` or ``-e``."""

    operator: str
    operand: Expr
    span: Span = _span()


@frozen
class Binary:
    """``left operator right`` with one of ``+ - * / &``."""

    operator: str
    left: Expr
    right: Expr
    span: Span = _span()


@frozen
class Comparison:
    """``operands[0] operators[0] operands[1] operators[1] …``: a chain holds if each link holds."""

    operators: tuple[str, ...]
    operands: tuple[Expr, ...]
    span: Span = _span()


@frozen
class Connective:
    """Operands joined by ``and``, or by ``or``."""

    operator: str
    operands: tuple[Expr, ...]
    span: Span = _span()


@frozen
class Conditional:
    """``then if test else otherwise``."""

    test: Expr
    then: Expr
    otherwise: Expr
    span: Span = _span()


@frozen
class SetLiteral:
    """``{literal, …}``."""

    items: tuple[Expr, ...]
    span: Span = _span()


@frozen
class Comprehension:
    """``element for variable in rows if condition``; in braces (``distinct``) the set of its elements."""

    element: Expr
    variable: str
    rows: Expr
    condition: Expr | None
    distinct: bool = False
    span: Span = _span()


@frozen
class Call:
    """``function(argument, …, default=e)``."""

    function: str
    arguments: tuple[Expr, ...]
    default: Expr | None = None
    span: Span = _span()


Expr: TypeAlias = (
    Number
    | Text
    | Boolean
    | Name
    | Attribute
    | Subscript
    | Unary
    | Binary
    | Comparison
    | Connective
    | Conditional
    | SetLiteral
    | Comprehension
    | Call
)

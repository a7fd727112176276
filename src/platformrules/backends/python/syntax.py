# SPDX-License-Identifier: MIT
"""Small builders of Python syntax trees: generated code is made of these nodes, never of text."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import Any

_COMPARISONS = {
    "==": ast.Eq,
    "!=": ast.NotEq,
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
    "in": ast.In,
    "is": ast.Is,
    "is not": ast.IsNot,
}
_OPERATORS = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult, "&": ast.BitAnd}
# Nodes are placed as they are made: to place them all afterwards takes as long as all the rest.
_AT: Any = {"lineno": 1, "col_offset": 0, "end_lineno": 1, "end_col_offset": 0}
_LOAD, _STORE = ast.Load(), ast.Store()


def name(identifier: str) -> ast.Name:
    """A name that is read."""
    return ast.Name(identifier, _LOAD, **_AT)


def constant(value: bool | int | str | None) -> ast.Constant:  # noqa: FBT001 - a literal of any kind
    """A literal; other values are passed to the generated code as globals."""
    return ast.Constant(value, **_AT)


def attribute(owner: ast.expr, member: str) -> ast.expr:
    """``owner.member``."""
    return ast.Attribute(owner, member, _LOAD, **_AT)


def item(owner: ast.expr, key: ast.expr) -> ast.expr:
    """``owner[key]``."""
    return ast.Subscript(owner, key, _LOAD, **_AT)


def call(function: str | ast.expr, *arguments: ast.expr) -> ast.expr:
    """``function(arguments)``."""
    return ast.Call(name(function) if isinstance(function, str) else function, list(arguments), [], **_AT)


def compare(left: ast.expr, *links: str | ast.expr) -> ast.expr:
    """``left operator right operator right …``."""
    operators = [_COMPARISONS[link]() for link in links[::2]]  # type: ignore[index]
    return ast.Compare(left, operators, list(links[1::2]), **_AT)  # type: ignore[arg-type]


def binary(left: ast.expr, operator: str, right: ast.expr) -> ast.expr:
    """``left operator right``."""
    return ast.BinOp(left, _OPERATORS[operator](), right, **_AT)


def negation(operand: ast.expr) -> ast.expr:
    """``not operand``."""
    return ast.UnaryOp(ast.Not(), operand, **_AT)


def junction(word: str, operands: Sequence[ast.expr]) -> ast.expr:
    """Operands joined by ``and`` or ``or``; a single one stands for itself."""
    if len(operands) == 1:
        return operands[0]
    return ast.BoolOp(ast.And() if word == "and" else ast.Or(), list(operands), **_AT)


def choose(test: ast.expr, then: ast.expr, otherwise: ast.expr) -> ast.expr:
    """``then if test else otherwise``."""
    return ast.IfExp(test, then, otherwise, **_AT)


def row(items: Iterable[ast.expr]) -> ast.expr:
    """A tuple."""
    return ast.Tuple(list(items), _LOAD, **_AT)


def generator(element: ast.expr, target: str | tuple[str, ...], rows: ast.expr, *tests: ast.expr) -> ast.expr:
    """``(element for target in rows if test)``."""
    return ast.GeneratorExp(element, [_loop(target, rows, tests)], **_AT)


def listing(element: ast.expr, target: str | tuple[str, ...], rows: ast.expr, *tests: ast.expr) -> ast.expr:
    """``[element for target in rows if test]``."""
    return ast.ListComp(element, [_loop(target, rows, tests)], **_AT)


def nested(element: ast.expr, loops: Iterable[ast.comprehension]) -> ast.expr:
    """A generator over several loops, the outermost first."""
    return ast.GeneratorExp(element, list(loops), **_AT)


def loop_of(target: str | tuple[str, ...], rows: ast.expr, *tests: ast.expr) -> ast.comprehension:
    """``for target in rows if test``: a loop of ``nested``."""
    return _loop(target, rows, tests)


def no_items() -> ast.expr:
    """``[]``."""
    return ast.List([], _LOAD, **_AT)


def repeated(element: ast.expr, times: ast.expr) -> ast.expr:
    """``[element] * times``."""
    return binary(ast.List([element], _LOAD, **_AT), "*", times)


def unnamed(parameters: Sequence[str], value: ast.expr) -> ast.expr:
    """``lambda parameters: value``."""
    return ast.Lambda(_parameters(parameters), value, **_AT)


def _parameters(names: Sequence[str]) -> ast.arguments:
    arguments = [ast.arg(one, **_AT) for one in names]
    return ast.arguments(posonlyargs=[], args=arguments, kwonlyargs=[], kw_defaults=[], defaults=[])


def _loop(target: str | tuple[str, ...], rows: ast.expr, tests: Sequence[ast.expr]) -> ast.comprehension:
    return ast.comprehension(_target(target), rows, list(tests), 0)


def _target(target: str | tuple[str, ...]) -> ast.expr:
    if isinstance(target, str):
        return ast.Name(target, _STORE, **_AT)
    return ast.Tuple([ast.Name(one, _STORE, **_AT) for one in target], _STORE, **_AT)


def assign(target: str | tuple[str, ...], value: ast.expr) -> ast.stmt:
    """``target = value``."""
    return ast.Assign([_target(target)], value, **_AT)


def increase(target: ast.expr | str, by: ast.expr) -> ast.stmt:
    """``target += by``."""
    if isinstance(target, str):
        return ast.AugAssign(ast.Name(target, _STORE, **_AT), ast.Add(), by, **_AT)
    assert isinstance(target, ast.Subscript)  # noqa: S101 - INVARIANT: only names and items are counted in
    return ast.AugAssign(ast.Subscript(target.value, target.slice, _STORE, **_AT), ast.Add(), by, **_AT)


def set_to(target: ast.expr | str, value: ast.expr) -> ast.stmt:
    """``target = value`` where the target is a name or an item."""
    if isinstance(target, str):
        return assign(target, value)
    assert isinstance(target, ast.Subscript)  # noqa: S101 - INVARIANT: only names and items are counted in
    return ast.Assign([ast.Subscript(target.value, target.slice, _STORE, **_AT)], value, **_AT)


def when(test: ast.expr, then: Sequence[ast.stmt], otherwise: Sequence[ast.stmt] = ()) -> ast.stmt:
    """``if test: then else: otherwise``."""
    return ast.If(test, list(then), list(otherwise), **_AT)


def loop(target: str, rows: ast.expr, body: Sequence[ast.stmt]) -> ast.stmt:
    """``for target in rows: body``."""
    return ast.For(ast.Name(target, _STORE, **_AT), rows, list(body), [], **_AT)


def give(value: ast.expr) -> ast.stmt:
    """``return value``."""
    return ast.Return(value, **_AT)


def do(value: ast.expr) -> ast.stmt:
    """An expression for its effect."""
    return ast.Expr(value, **_AT)


def skip() -> ast.stmt:
    """``continue``."""
    return ast.Continue(**_AT)


def function(identifier: str, parameters: Sequence[str], body: Sequence[ast.stmt]) -> ast.stmt:
    """``def identifier(parameters): body``."""
    made = ast.FunctionDef(identifier, _parameters(parameters), list(body), [], **_AT)
    # Python 3.12 added a field that has no default there.
    setattr(made, "type_params", [])  # noqa: B010 - not an attribute that 3.11 knows
    return made


def broken(invariant: str) -> AssertionError:
    """What is raised where an invariant of this package does not hold; coverage leaves such lines out."""
    return AssertionError(f"INVARIANT: {invariant}")


def compile_functions(functions: Sequence[ast.stmt], names: dict[str, object], file: str) -> dict[str, object]:
    """Compile generated functions and give the names they define; the one ``exec`` of the library."""
    module = ast.Module(list(functions), [])
    defined = dict(names)
    exec(compile(module, file, "exec"), defined)  # noqa: S102 - INVARIANT: only nodes made by this package
    return defined

# SPDX-License-Identifier: MIT
"""Small builders of Python syntax trees: generated code is made of these nodes, never of text."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

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


def name(identifier: str) -> ast.Name:
    """A name that is read."""
    return ast.Name(identifier, ast.Load())


def constant(value: bool | int | str | None) -> ast.Constant:  # noqa: FBT001 - a literal of any kind
    """A literal; other values are passed to the generated code as globals."""
    return ast.Constant(value)


def attribute(owner: ast.expr, member: str) -> ast.expr:
    """``owner.member``."""
    return ast.Attribute(owner, member, ast.Load())


def item(owner: ast.expr, key: ast.expr) -> ast.expr:
    """``owner[key]``."""
    return ast.Subscript(owner, key, ast.Load())


def call(function: str | ast.expr, *arguments: ast.expr) -> ast.expr:
    """``function(arguments)``."""
    return ast.Call(name(function) if isinstance(function, str) else function, list(arguments), [])


def compare(left: ast.expr, *links: str | ast.expr) -> ast.expr:
    """``left operator right operator right …``."""
    operators = [_COMPARISONS[link]() for link in links[::2]]  # type: ignore[index]
    return ast.Compare(left, operators, list(links[1::2]))  # type: ignore[arg-type]


def binary(left: ast.expr, operator: str, right: ast.expr) -> ast.expr:
    """``left operator right``."""
    return ast.BinOp(left, _OPERATORS[operator](), right)


def negation(operand: ast.expr) -> ast.expr:
    """``not operand``."""
    return ast.UnaryOp(ast.Not(), operand)


def junction(word: str, operands: Sequence[ast.expr]) -> ast.expr:
    """Operands joined by ``and`` or ``or``; a single one stands for itself."""
    if len(operands) == 1:
        return operands[0]
    return ast.BoolOp(ast.And() if word == "and" else ast.Or(), list(operands))


def choose(test: ast.expr, then: ast.expr, otherwise: ast.expr) -> ast.expr:
    """``then if test else otherwise``."""
    return ast.IfExp(test, then, otherwise)


def row(items: Iterable[ast.expr]) -> ast.expr:
    """A tuple."""
    return ast.Tuple(list(items), ast.Load())


def generator(element: ast.expr, target: str | tuple[str, ...], rows: ast.expr, *tests: ast.expr) -> ast.expr:
    """``(element for target in rows if test)``."""
    return ast.GeneratorExp(element, [_loop(target, rows, tests)])


def listing(element: ast.expr, target: str | tuple[str, ...], rows: ast.expr, *tests: ast.expr) -> ast.expr:
    """``[element for target in rows if test]``."""
    return ast.ListComp(element, [_loop(target, rows, tests)])


def _loop(target: str | tuple[str, ...], rows: ast.expr, tests: Sequence[ast.expr]) -> ast.comprehension:
    return ast.comprehension(_target(target), rows, list(tests), 0)


def _target(target: str | tuple[str, ...]) -> ast.expr:
    if isinstance(target, str):
        return ast.Name(target, ast.Store())
    return ast.Tuple([ast.Name(one, ast.Store()) for one in target], ast.Store())


def assign(target: str | tuple[str, ...], value: ast.expr) -> ast.stmt:
    """``target = value``."""
    return ast.Assign([_target(target)], value)


def increase(target: ast.expr | str, by: ast.expr) -> ast.stmt:
    """``target += by``."""
    if isinstance(target, str):
        return ast.AugAssign(ast.Name(target, ast.Store()), ast.Add(), by)
    assert isinstance(target, ast.Subscript)  # noqa: S101 - INVARIANT: only names and items are counted in
    return ast.AugAssign(ast.Subscript(target.value, target.slice, ast.Store()), ast.Add(), by)


def set_to(target: ast.expr | str, value: ast.expr) -> ast.stmt:
    """``target = value`` where the target is a name or an item."""
    if isinstance(target, str):
        return assign(target, value)
    assert isinstance(target, ast.Subscript)  # noqa: S101 - INVARIANT: only names and items are counted in
    return ast.Assign([ast.Subscript(target.value, target.slice, ast.Store())], value)


def when(test: ast.expr, then: Sequence[ast.stmt], otherwise: Sequence[ast.stmt] = ()) -> ast.stmt:
    """``if test: then else: otherwise``."""
    return ast.If(test, list(then), list(otherwise))


def loop(target: str, rows: ast.expr, body: Sequence[ast.stmt]) -> ast.stmt:
    """``for target in rows: body``."""
    return ast.For(ast.Name(target, ast.Store()), rows, list(body), [])


def give(value: ast.expr) -> ast.stmt:
    """``return value``."""
    return ast.Return(value)


def do(value: ast.expr) -> ast.stmt:
    """An expression for its effect."""
    return ast.Expr(value)


def skip() -> ast.stmt:
    """``continue``."""
    return ast.Continue()


def function(identifier: str, parameters: Sequence[str], body: Sequence[ast.stmt]) -> ast.stmt:
    """``def identifier(parameters): body``."""
    arguments = ast.arguments(
        posonlyargs=[], args=[ast.arg(one) for one in parameters], kwonlyargs=[], kw_defaults=[], defaults=[]
    )
    made = ast.FunctionDef(identifier, arguments, list(body), [])
    if hasattr(ast, "TypeAlias"):  # pragma: no cover - Python 3.12 added a field
        made.type_params = []
    return made


def compile_functions(functions: Sequence[ast.stmt], names: dict[str, object], file: str) -> dict[str, object]:
    """Compile generated functions and give the names they define; the one ``exec`` of the library."""
    module = ast.fix_missing_locations(ast.Module(list(functions), []))
    defined = dict(names)
    exec(compile(module, file, "exec"), defined)  # noqa: S102 - INVARIANT: only nodes made by this package
    return defined

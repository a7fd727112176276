# SPDX-License-Identifier: MIT
"""From text to syntax: Python's grammar through ``ast``, cut down to the closed list of node kinds.

Nothing is executed here. Hostile text (too long, too deep, attribute tricks, powers) is refused before it costs
anything. Knows the nodes and nothing else of the language.
"""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from typing import NoReturn

from platformrules.criteria import nodes
from platformrules.criteria.nodes import Expr
from platformrules.diagnostics import Diagnostic, Span
from platformrules.errors import RuleFileError

#: The longest expression, in characters, and the deepest, in nested forms.
MAX_LENGTH, MAX_DEPTH = 1_000, 40
#: The names that are literals, not names.
LITERALS = {"true": True, "false": False}

_WIDE = str.maketrans("（）＞＜≥≤．，：；“”‘’＝＋－＊／｛｝［］！、。", "()><≥≤.,:;\"\"''=+-*/{}[]!,.")
_HINTS = {"≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/"}
_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
_DIGIT_THEN_WORD = re.compile(r"(?<![A-Za-z_0-9.])[0-9][0-9.]*[A-Za-z_]")
_UNARY = {ast.Not: "not", ast.USub: "-"}
_BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.BitAnd: "&"}
_CONNECTIVE = {ast.And: "and", ast.Or: "or"}
_COMPARISON = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
_WORDS = {
    ast.Pow: "powers",
    ast.Lambda: "functions of your own",
    ast.List: "lists; write a set `{…}`",
    ast.Tuple: "tuples",
    ast.Dict: "dictionaries",
    ast.JoinedStr: "formatted texts",
    ast.NamedExpr: "assignments",
    ast.ListComp: "lists; write `f(… for …)`",
    ast.Slice: "slices",
    ast.Starred: "`*`",
}


def parse(text: str) -> Expr:
    """The syntax of an expression.

    Raises:
        RuleFileError: the text is not in the language; its one diagnostic says where and why.
    """
    source = re.sub(r"\s", " ", text)
    offset = len(source) - len(source.lstrip())
    if len(source) > MAX_LENGTH:
        _refuse("PR101", f"the expression has {len(source)} characters, at most {MAX_LENGTH} are read", text, Span(0, 1))
    _refuse_characters(text)
    body = source[offset:].rstrip()
    if not body:
        _refuse("PR201", "the expression is empty", text, Span(0, 0))
    try:
        tree = ast.parse(body, mode="eval")
    except SyntaxError as error:
        at = offset + max(0, (error.offset or 1) - 1)
        _refuse("PR201", f"cannot be read as an expression: {error.msg}", text, Span(at, at + 1))
    except (RecursionError, MemoryError, ValueError):
        _refuse("PR101", f"the expression is nested deeper than {MAX_DEPTH} forms", text, Span(0, 1))
    return _Converter(text, body, offset).convert(tree.body, 0)


def _refuse(code: str, message: str, text: str, span: Span, hint: str = "") -> NoReturn:
    raise RuleFileError([Diagnostic(code, message, text=text, span=span, help=hint)])


def _refuse_characters(text: str) -> None:
    """Comments, escapes and characters that only look like operators, outside of quotes."""
    quote = ""
    plain = list(text)
    for index, character in enumerate(text):
        if quote:
            plain[index] = " "
            if character == quote:
                quote = ""
        elif character in "\"'":
            quote = character
            plain[index] = " "
        elif character in _HINTS or (not character.isascii() and character.translate(_WIDE) != character):
            ascii_form = _HINTS.get(character, character.translate(_WIDE))
            hint = f"write `{ascii_form}`"
            _refuse("PR102", f"`{character}` is not part of the language", text, Span(index, index + 1), hint)
        elif character == "#":
            _refuse("PR102", "an expression has no comments", text, Span(index, index + 1), "use `note`")
        if character == "\\" or (not character.isprintable() and not character.isspace()):
            _refuse("PR102", f"{character!r} is not part of the language", text, Span(index, index + 1))
    if found := _DIGIT_THEN_WORD.search("".join(plain)):
        _refuse("PR103", f"`{found[0]}` is no number", text, Span(*found.span()), "numbers are written 12 or 0.30")


class _Converter:
    def __init__(self, text: str, body: str, offset: int) -> None:
        self.text = text
        self.encoded = body.encode()
        self.body = body
        self.offset = offset

    def span(self, node: ast.expr | ast.keyword) -> Span:
        """Where a node stands, in characters: ``ast`` counts UTF-8 bytes."""
        start = len(self.encoded[: node.col_offset].decode())
        end = len(self.encoded[: node.end_col_offset].decode())
        return Span(self.offset + start, self.offset + end)

    def source(self, node: ast.expr) -> str:
        span = self.span(node)
        return self.body[span.start - self.offset : span.end - self.offset]

    def refuse(self, node: ast.expr | ast.keyword, code: str, message: str, hint: str = "") -> NoReturn:
        _refuse(code, message, self.text, self.span(node), hint)

    def convert(self, node: ast.expr, depth: int) -> Expr:  # noqa: C901, PLR0911 - one case a form
        if depth > MAX_DEPTH:
            self.refuse(node, "PR101", f"the expression is nested deeper than {MAX_DEPTH} forms")
        span, below = self.span(node), depth + 1
        match node:
            case ast.Constant():
                return self.constant(node, span)
            case ast.Name(id=name):
                return self.name(node, name, span)
            case ast.Attribute(value=owner, attr=name):
                if not name.isascii() or name.startswith("_"):
                    self.refuse(node, "PR202", f"`{name}` is no name of a fact")
                return nodes.Attribute(self.convert(owner, below), name, span)
            case ast.Subscript(value=owner, slice=key):
                keys = key.elts if isinstance(key, ast.Tuple) else [key]
                return nodes.Subscript(
                    self.convert(owner, below), tuple(self.convert(one, below) for one in keys), span
                )
            case ast.UnaryOp(op=operator, operand=operand) if type(operator) in _UNARY:
                return nodes.Unary(_UNARY[type(operator)], self.convert(operand, below), span)
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _BINARY:
                return nodes.Binary(
                    _BINARY[type(operator)], self.convert(left, below), self.convert(right, below), span
                )
            case ast.BoolOp(op=operator, values=operands):
                parts = tuple(self.convert(operand, below) for operand in operands)
                return nodes.Connective(_CONNECTIVE[type(operator)], parts, span)
            case ast.Compare(left=left, ops=operators, comparators=others) if all(
                type(operator) in _COMPARISON for operator in operators
            ):
                signs = tuple(_COMPARISON[type(operator)] for operator in operators)
                return nodes.Comparison(signs, tuple(self.convert(one, below) for one in (left, *others)), span)
            case ast.IfExp(test=test, body=then, orelse=otherwise):
                return nodes.Conditional(*(self.convert(one, below) for one in (test, then, otherwise)), span)
            case ast.Set(elts=items):
                return nodes.SetLiteral(tuple(self.convert(item, below) for item in items), span)
            case ast.SetComp() | ast.GeneratorExp():
                return self.comprehension(node, span, below)
            case ast.Call():
                return self.call(node, span, below)
            case _:
                self.refuse(node, "PR202", f"the language has no {self._word(node)}")

    def _word(self, node: ast.expr) -> str:
        operator = getattr(node, "op", None) or next(iter(getattr(node, "ops", ())), node)
        return _WORDS.get(type(operator), f"`{self.source(node)[:40]}`")

    def constant(self, node: ast.Constant, span: Span) -> Expr:
        source = self.source(node)
        value = node.value
        if isinstance(value, str):
            if len(source) != len(value) + 2 or source[0] not in "\"'":
                self.refuse(node, "PR202", "a text is written once, in plain quotes")
            return nodes.Text(value, span)
        if isinstance(value, bool):
            self.refuse(node, "PR202", f"`{value}` is not part of the language", f"write `{str(value).lower()}`")
        if value is None:
            hint = "what is not recorded is unknown by itself; there is no test for it"
            self.refuse(node, "PR202", "`None` is not part of the language", hint)
        if not isinstance(value, int | float) or not _NUMBER.fullmatch(source):
            self.refuse(node, "PR103", f"`{source}` is no number", "numbers are written 12 or 0.30")
        number = Decimal(source)
        if len(source.partition(".")[0]) > 14 or -number.as_tuple().exponent > 12:  # type: ignore[operator]  # noqa: PLR2004
            self.refuse(node, "PR103", f"`{source}` has too many digits", "at most 14 before and 12 after the point")
        return nodes.Number(int(source) if "." not in source else number, span)

    def name(self, node: ast.expr, name: str, span: Span) -> Expr:
        if not name.isascii() or self.source(node) != name:
            self.refuse(node, "PR202", f"`{self.source(node)}` is no name: ids are ASCII")
        return nodes.Boolean(LITERALS[name], span) if name in LITERALS else nodes.Name(name, span)

    def comprehension(self, node: ast.SetComp | ast.GeneratorExp, span: Span, below: int) -> Expr:
        if len(node.generators) != 1 or len(node.generators[0].ifs) > 1 or node.generators[0].is_async:
            self.refuse(node, "PR203", "a comprehension has one `for` and at most one `if`", "nest them, or use `and`")
        generator = node.generators[0]
        if not isinstance(generator.target, ast.Name):
            self.refuse(generator.target, "PR203", "the variable of a comprehension is a single name")
        variable = self.name(generator.target, generator.target.id, span)
        if not isinstance(variable, nodes.Name):
            self.refuse(generator.target, "PR203", f"`{self.source(generator.target)}` cannot be a variable")
        return nodes.Comprehension(
            element=self.convert(node.elt, below),
            variable=variable.id,
            rows=self.convert(generator.iter, below),
            condition=self.convert(generator.ifs[0], below) if generator.ifs else None,
            distinct=isinstance(node, ast.SetComp),
            span=span,
        )

    def call(self, node: ast.Call, span: Span, below: int) -> Expr:
        if not isinstance(node.func, ast.Name):
            self.refuse(node.func, "PR203", "only the functions of the language can be called, by their name")
        function = self.name(node.func, node.func.id, span)
        if not isinstance(function, nodes.Name):
            self.refuse(node.func, "PR203", f"`{self.source(node.func)}` is no function")
        default = None
        for keyword in node.keywords:
            if keyword.arg != "default" or default is not None:
                self.refuse(keyword, "PR203", f"`{keyword.arg or '**'}` is no argument", "the only one is `default=`")
            default = self.convert(keyword.value, below)
        if not node.args:
            self.refuse(node, "PR203", f"`{function.id}` needs an argument")
        arguments = tuple(self.convert(argument, below) for argument in node.args)
        return nodes.Call(function.id, arguments, default, span)

# SPDX-License-Identifier: MIT
"""From text to syntax: Python's grammar through ``ast``, cut down to the closed list of node kinds.

Nothing is executed here. Hostile text (too long, too deep, attribute tricks, powers) is refused before it costs
anything. Knows the nodes and nothing else of the language.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from attrs import fields

from platformrules.criteria import nodes
from platformrules.criteria.nodes import Expr
from platformrules.diagnostics import Diagnostic, Span
from platformrules.errors import RuleFileError

#: The longest expression, in characters, and the deepest, in nested forms.
MAX_LENGTH, MAX_DEPTH = 1_000, 40
#: The most digits of a literal number, before and after the point.
MAX_WHOLE_DIGITS, MAX_DECIMALS = 14, 12
#: The names that are literals, not names.
LITERALS = {"true": True, "false": False}

_TOKEN = re.compile(
    r"""(?P<text>"[^"]*"?|'[^']*'?)|(?P<word>[^\W\d]\w*)|(?P<number>\.?\d[\w.]*)|.""",
    re.DOTALL,
)
_NUMBER = re.compile(r"(\d+)(?:\.(\d+))?", re.ASCII)
_PREFIXES = {"r", "b", "u", "f", "t", "br", "rb", "fr", "rf", "tr", "rt"}
# What NFKC does not bring to ASCII by itself, as it does （ ＞ ． １.
_LOOKALIKES = str.maketrans(
    {"≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/", "“": '"', "”": '"', "‘": "'", "’": "'", "、": ",", "。": "."}
)
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
    if len(text) > MAX_LENGTH:
        message = f"the expression has {len(text)} characters, at most {MAX_LENGTH} are read"
        raise _refusal("PR101", message, f"{text[:60]}…", Span(60, 61))
    source = _plain(text)
    body = source.strip()
    offset = len(source) - len(source.lstrip())
    if not body:
        raise _refusal("PR201", "the expression is empty", text, Span(0, len(text)))
    try:
        tree = ast.parse(body, mode="eval")
    except SyntaxError as error:
        at = offset + min(error.offset or len(body), len(body)) - 1  # 0 means the end
        raise _refusal("PR201", f"cannot be read as an expression: {error.msg}", text, Span(at, at + 1)) from None
    except (RecursionError, MemoryError):
        message = f"the expression is nested deeper than {MAX_DEPTH} forms"
        raise _refusal("PR101", message, text, Span(offset, offset + 1)) from None
    return _Converter(text, body, offset).convert(tree.body, 0)


def _refusal(code: str, message: str, text: str, span: Span, hint: str = "") -> RuleFileError:
    return RuleFileError([Diagnostic(code, message, text=text, span=span, help=hint)])


def _plain(text: str) -> str:
    """The text with a plain space for each blank; what only looks like the language is refused here.

    What is left outside of quotes is ASCII, so that ``ast`` folds nothing; numbers are digits and a point.
    """
    parts = []
    for token in _TOKEN.finditer(text):
        found, span = token[0], Span(*token.span())
        if token.lastgroup == "text":
            _check_text(text, found, span)
        elif found.isspace():
            found = " "
        elif not found.isascii():
            hint = "ids are ASCII, and a text stands in quotes" if token.lastgroup == "word" else ""
            form = unicodedata.normalize("NFKC", found.translate(_LOOKALIKES))
            if form.isascii() and (token.lastgroup is not None or not form.isalnum()):
                hint = f"write `{form}`"
            raise _refusal("PR102", f"`{found}` is not part of the language", text, span, hint)
        elif token.lastgroup == "number":
            _check_number(text, found, span)
        elif found == "#":
            raise _refusal("PR102", "an expression has no comments", text, span, "use `note`")
        elif found == "\\" or not found.isprintable():
            raise _refusal("PR102", f"{found!r} is not part of the language", text, span)
        elif found.lower() in _PREFIXES and text[span.end : span.end + 1] in {'"', "'"}:
            raise _refusal("PR202", "a text is written once, in plain quotes", text, span, f"leave out `{found}`")
        parts.append(found)
    return "".join(parts)


def _check_text(text: str, found: str, span: Span) -> None:
    """A quoted text ends, on its line, and holds no escapes and no control characters."""
    for index, character in enumerate(found, span.start):
        if character == "\\" or not (character.isprintable() or unicodedata.category(character) == "Zs"):
            raise _refusal("PR102", f"a text holds no {character!r}", text, Span(index, index + 1))
    if len(found) == 1 or found[-1] != found[0]:
        raise _refusal("PR201", "the text has no closing quote", text, span)


def _check_number(text: str, found: str, span: Span) -> None:
    digits = _NUMBER.fullmatch(found)
    if digits is None:
        raise _refusal("PR103", f"`{found}` is no number", text, span, "numbers are written 12 or 0.30")
    if len(digits[1]) > MAX_WHOLE_DIGITS or len(digits[2] or "") > MAX_DECIMALS:
        hint = f"at most {MAX_WHOLE_DIGITS} before and {MAX_DECIMALS} after the point"
        raise _refusal("PR103", f"`{found}` has too many digits", text, span, hint)


class _Converter:
    def __init__(self, text: str, body: str, offset: int) -> None:
        self.text = text
        self.body = body
        self.encoded = body.encode()
        self.offset = offset

    def span(self, node: ast.expr | ast.keyword) -> Span:
        """Where a node stands, in characters: ``ast`` counts UTF-8 bytes."""
        start = len(self.encoded[: node.col_offset].decode())
        end = len(self.encoded[: node.end_col_offset].decode())
        return Span(self.offset + start, self.offset + end)

    def source(self, node: ast.expr) -> str:
        span = self.span(node)
        return self.body[span.start - self.offset : span.end - self.offset]

    def refusal(self, node: ast.expr | ast.keyword, code: str, message: str, hint: str = "") -> RuleFileError:
        return _refusal(code, message, self.text, self.span(node), hint)

    def convert(self, node: ast.expr, depth: int) -> Expr:
        if depth > MAX_DEPTH:
            raise self.refusal(node, "PR101", f"the expression is nested deeper than {MAX_DEPTH} forms")
        span, below = self.span(node), depth + 1
        match node:
            case ast.Constant():
                return self.constant(node, span)
            case ast.Name(id=name):
                return nodes.Boolean(LITERALS[name], span) if name in LITERALS else nodes.Name(name, span)
            case ast.Attribute(value=owner, attr=name):
                if name.startswith("_"):
                    raise self.refusal(node, "PR202", f"`{name}` is no name of a fact")
                return nodes.Attribute(self.convert(owner, below), name, span)
            case ast.Subscript(value=owner, slice=key):
                keys = key.elts if isinstance(key, ast.Tuple) else [key]
                if not keys:
                    raise self.refusal(node, "PR203", "there is no key between `[` and `]`")
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
                checked = self.convert(test, below), self.convert(then, below), self.convert(otherwise, below)
                return nodes.Conditional(*checked, span=span)
            case ast.Set(elts=items):
                return nodes.SetLiteral(tuple(self.convert(item, below) for item in items), span)
            case ast.SetComp() | ast.GeneratorExp():
                return self.comprehension(node, span, below)
            case ast.Call():
                return self.call(node, span, below)
            case _:
                raise self.refusal(node, "PR202", f"the language has no {self._word(node)}")

    def _word(self, node: ast.expr) -> str:
        operator = getattr(node, "op", None) or next(iter(getattr(node, "ops", ())), node)
        return _WORDS.get(type(operator), f"`{self.source(node)[:40]}`")

    def constant(self, node: ast.Constant, span: Span) -> Expr:
        source = self.source(node)
        match node.value:
            case str() as value:
                if len(source) != len(value) + 2:
                    raise self.refusal(node, "PR202", "a text is written once, in plain quotes")
                return nodes.Text(value, span)
            case bool() as value:
                hint = f"write `{str(value).lower()}`"
                raise self.refusal(node, "PR202", f"`{value}` is not part of the language", hint)
            case int():
                return nodes.Number(int(source), span)
            case float():
                return nodes.Number(Decimal(source), span)
            case None:
                hint = "what is not recorded is unknown by itself; there is no test for it"
                raise self.refusal(node, "PR202", "`None` is not part of the language", hint)
            case _:
                raise self.refusal(node, "PR202", f"the language has no `{source}`")

    def variable(self, node: ast.expr) -> str:
        if not isinstance(node, ast.Name):
            raise self.refusal(node, "PR203", "the variable of a comprehension is a single name")
        if node.id in LITERALS:
            raise self.refusal(node, "PR203", f"`{node.id}` cannot be a variable")
        return node.id

    def comprehension(self, node: ast.SetComp | ast.GeneratorExp, span: Span, below: int) -> Expr:
        if len(node.generators) != 1 or len(node.generators[0].ifs) > 1 or node.generators[0].is_async:
            hint = "nest them, or use `and`"
            raise self.refusal(node, "PR203", "a comprehension has one `for` and at most one `if`", hint)
        generator = node.generators[0]
        return nodes.Comprehension(
            element=self.convert(node.elt, below),
            variable=self.variable(generator.target),
            rows=self.convert(generator.iter, below),
            condition=self.convert(generator.ifs[0], below) if generator.ifs else None,
            distinct=isinstance(node, ast.SetComp),
            span=span,
        )

    def call(self, node: ast.Call, span: Span, below: int) -> Expr:
        if not isinstance(node.func, ast.Name) or node.func.id in LITERALS:
            raise self.refusal(node.func, "PR203", "only the functions of the language can be called, by their name")
        default = None
        for keyword in node.keywords:
            if keyword.arg != "default" or default is not None:
                message = f"`{keyword.arg or '**'}` is no argument"
                raise self.refusal(keyword, "PR203", message, "the only one is `default=`, once")
            default = self.convert(keyword.value, below)
        if not node.args:
            raise self.refusal(node, "PR203", f"`{node.func.id}` needs an argument")
        arguments = tuple(self.convert(argument, below) for argument in node.args)
        return nodes.Call(node.func.id, arguments, default, span)


def names_in(text: str) -> tuple[str, ...]:
    """The names that an expression uses, each once, as they stand; none if it is no expression.

    Those of its variables are left out.
    """
    parts = list(_parts(text))
    variables = {one.variable for one in parts if isinstance(one, nodes.Comprehension)}
    found = dict.fromkeys(one.id for one in parts if isinstance(one, nodes.Name))
    return tuple(name for name in found if name not in variables)


def calls_in(text: str, function: str) -> tuple[nodes.Call, ...]:
    """The calls of a function in an expression, as they stand; none if it is no expression."""
    return tuple(one for one in _parts(text) if isinstance(one, nodes.Call) and one.function == function)


def _parts(text: str) -> Iterator[Expr]:
    """The forms of an expression, from the outside in; none if it is no expression."""
    try:
        waiting: list[object] = [parse(text)]
    except RuleFileError:
        return
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            waiting.extend(reversed(one))
        elif isinstance(one, nodes.Expr):
            yield one
            waiting.extend(getattr(one, part.name) for part in reversed(fields(type(one))))

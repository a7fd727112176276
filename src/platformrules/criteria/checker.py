# SPDX-License-Identifier: MIT
"""From syntax to checked expressions: resolves names, types and vocabularies, and tells every fault at once.

Only this module makes a ``TypedExpr``. Knows facts, no rule file and no backend.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from attrs import evolve, field, frozen

from platformrules import bounds
from platformrules.criteria import nodes
from platformrules.criteria.datatypes import (
    DATE,
    GRADE,
    MISTAKE,
    MONTH,
    NUMBER,
    SET,
    TEXT,
    TRUTH,
    WHOLE,
    Datatype,
    Kind,
)
from platformrules.criteria.datatypes import datatype_of as datatype_of_fact
from platformrules.criteria.domains import domain
from platformrules.criteria.parser import parse
from platformrules.criteria.signatures import FUNCTIONS, GATHERINGS, ORDERED, PARTS, Gathering, Signature
from platformrules.criteria.typed import (
    Apply,
    Branch,
    Constant,
    ConstantValue,
    Distinct,
    Gather,
    Items,
    Lookup,
    MonthOf,
    MonthRows,
    Named,
    Parameter,
    Part,
    Read,
    RelationRows,
    Rows,
    RulePart,
    RuleRows,
    Table,
    Today,
    TypedExpr,
    TypedNode,
    Variable,
    VerdictOf,
)
from platformrules.diagnostics import Diagnostic, Span, did_you_mean
from platformrules.errors import RuleFileError
from platformrules.languages import Bilingual
from platformrules.schema import Fact, Schema

_VALUES = {Kind.TRUTH, Kind.NUMBER, Kind.TEXT, Kind.DATE, Kind.MONTH, Kind.SET}
_OF_RULES = {Kind.CRITERION, Kind.BLOCK}
#: Comprehensions nest at most this deep: Python compiles 20 nested loops.
MAX_LOOPS = 8


@frozen
class Referred:
    """A standard as others name it, by its id or with a version: what is known of every version that may be meant.

    Attributes:
        reference: its id, or ``plugin/standard@version``.
        title: that of its newest version.
        subject: what it judges.
        verdicts: the vocabulary of its verdicts.
        needs_period: it judges a period.
        versions: the standards themselves, the newest last, for whoever compiles what reads them.
    """

    reference: str
    title: Bilingual
    subject: str
    verdicts: Fact
    needs_period: bool
    versions: tuple[Any, ...] = field(default=(), eq=False, repr=False)


@frozen
class Scope:
    """The names that an expression may use.

    Attributes:
        schema: the facts and relations there are.
        subject: the model that is judged; its record has that name.
        parameters: type and value of each parameter.
        has_period: whether the standard has a period, so that ``period``, ``months`` and dated rows mean something.
        criteria: the ids of the criteria that a verdict reads; ``None`` where no criteria can be read.
        blocks: the ids of the blocks.
        grades: the vocabulary of ``c.grade``: every row that a grade or judgement of the standard may be.
        records: further records that a name stands for, by name: their model.
        verdicts: the vocabulary of ``verdict``, where it can be read.
        values: the named values, checked: each stands for its own node.
        tables: the parameters that are looked up.
        given: names that stand for a fact of a record which is not written, the one that ``Fact.on`` names.
        procedure: whether functions of procedures may be used.
        standards: the standards whose verdicts can be read, by what they are named; ``None`` where none can be.
    """

    schema: Schema
    subject: str
    parameters: Mapping[str, tuple[Datatype, ConstantValue]] = field(factory=dict)
    has_period: bool = True
    criteria: tuple[str, ...] | None = None
    blocks: tuple[str, ...] = ()
    grades: Fact | None = None
    verdicts: Fact | None = None
    records: Mapping[str, str] = field(factory=dict)
    given: Mapping[str, Fact] = field(factory=dict)
    values: Mapping[str, Named] = field(factory=dict)
    tables: Mapping[str, Table] = field(factory=dict)
    procedure: bool = False
    standards: Mapping[str, Referred] | None = None

    @property
    def names(self) -> set[str]:
        """Every name, for a hint."""
        known = {self.subject, *self.schema.relations, *self.parameters, *self.records, *self.given, "as_of"}
        known |= {*self.values, *self.tables, *(() if self.verdicts is None else ("verdict",))}
        if self.has_period:
            known |= {"period", "months"}
        return known | ({"criteria", "blocks"} if self.criteria is not None else set())


def check(text: str, scope: Scope, expected: Datatype | None) -> TypedExpr:
    """Parse and check an expression that must have a given type; ``None`` takes a value of any.

    Raises:
        RuleFileError: with every fault of the expression.
    """
    source = parse(text)
    checker = _Checker(scope)
    root = checker.check(source)
    if expected is not None:
        checker.expect(root, expected)
    elif root.datatype.kind not in _VALUES | {Kind.MISTAKE}:
        checker.fault("PR303", f"expected a value, found {root.datatype}", root.span)
    if checker.faults:
        raise RuleFileError(evolve(fault, text=text) for fault in checker.faults)
    return TypedExpr(root, source, text)


class _Checker:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.faults: list[Diagnostic] = []
        self.variables: dict[str, tuple[Variable, Rows | None]] = {}
        self.guarded: list[nodes.Expr] = []
        self.values = {name: value for name, (_, value) in scope.parameters.items()}

    # Faults

    def fault(self, code: str, message: str, span: Span, hint: str = "") -> TypedNode:
        """Note a fault; the node in its place fits everywhere."""
        self.faults.append(Diagnostic(code, message, span=span, help=hint))
        return Constant(False, MISTAKE, span)

    def expect(self, node: TypedNode, expected: Datatype) -> bool:
        """Whether a node has a type; a fault is noted if it has not."""
        found = node.datatype
        if found.kind is Kind.MISTAKE:
            return False
        if found.kind is not expected.kind:
            self.fault("PR303", f"expected {expected}, found {found}", node.span, _hint(expected, node))
            return False
        if expected.whole and not found.whole:
            self.fault("PR303", "expected a whole number, found one with decimals", node.span, "use `floor` or `round`")
            return False
        return True

    # Expressions

    def check(self, node: nodes.Expr) -> TypedNode:
        """The checked form of a node."""
        span = node.span
        match node:
            case nodes.Number(value=value):
                return Constant(value, WHOLE if isinstance(value, int) else NUMBER, span)
            case nodes.Text(value=value):
                return Constant(value, TEXT, span)
            case nodes.Boolean(value=value):
                return Constant(value, TRUTH, span)
            case nodes.SetLiteral():
                return self.set_literal(node)
            case nodes.Name(id=name):
                return self.name(name, span)
            case nodes.Attribute():
                return self.attribute(node)
            case nodes.Subscript():
                return self.subscript(node)
            case nodes.Unary():
                return self.unary(node)
            case nodes.Binary():
                return self.binary(node)
            case nodes.Comparison():
                return self.comparison(node)
            case nodes.Connective(operator=operator, operands=operands):
                checked = tuple(self.check(operand) for operand in operands)
                sound = [self.expect(operand, TRUTH) for operand in checked]
                return Apply(operator, checked, TRUTH if all(sound) else MISTAKE, span)
            case nodes.Conditional():
                return self.conditional(node)
            case nodes.Comprehension():
                return self.comprehension(node)
            case nodes.Call():
                return self.call(node)
            case _:
                assert_never(node)

    def set_literal(self, node: nodes.SetLiteral) -> TypedNode:
        items: list[str] = []
        for item in node.items:
            if not isinstance(item, nodes.Text):
                return self.fault("PR303", "a set literal holds texts only", item.span)
            if item.value in items:
                self.fault("PR303", f"`{item.value}` stands twice in the set", item.span)
            items.append(item.value)
        return Constant(frozenset(items), SET, node.span)

    def name(self, name: str, span: Span) -> TypedNode:
        scope = self.scope
        if name in self.variables:
            return evolve(self.variables[name][0], span=span)
        if name == scope.subject:
            return Variable(name, Datatype(Kind.ROW, model=name), span)
        if name in scope.values:
            return evolve(scope.values[name], span=span)
        if name == "verdict" and scope.verdicts is not None:
            datatype = Datatype(Kind.TEXT, choices=scope.verdicts)
            return RulePart(Constant("", Datatype(Kind.CRITERION), span), name, datatype, span=span)
        if name in scope.tables:
            hint = f"look it up: `{name}[…]`"
            return self.fault("PR303", f"`{name}` is a table, not a value", span, hint)
        if name in scope.records:
            return Variable(name, Datatype(Kind.ROW, model=scope.records[name]), span)
        if name in scope.given:
            one = scope.given[name]
            return Read(Variable(one.on, Datatype(Kind.ROW, model=one.on), span), one, datatype_of_fact(one), span)
        if name in scope.parameters:
            return Parameter(name, scope.parameters[name][0], span)
        if name == "as_of":
            return Today(name, DATE, span)
        if name == "period" and scope.has_period:
            return Variable(name, Datatype(Kind.PERIOD), span)
        if name in scope.names:
            hint = f"count it, or go through it: `count({name})`, `all(… for x in {name})`"
            return self.fault("PR303", f"`{name}` is rows, not a value", span, hint)
        if name in {"period", "months"}:
            return self.fault("PR301", f"`{name}` needs a standard with a period", span, "this one is judged on a day")
        return self.fault(
            "PR301", f"unknown name `{name}`", span, did_you_mean(name, scope.names | set(self.variables))
        )

    def attribute(self, node: nodes.Attribute) -> TypedNode:
        owner = self.check(node.owner)
        kind, name, span = owner.datatype.kind, node.name, node.span
        if kind is Kind.MISTAKE:
            return owner
        if kind is Kind.ROW and isinstance(owner, Variable):
            return self.fact(owner, name, span)
        part = PARTS.get((kind.value, name))
        if part is None:
            known = [part for owner_kind, part in PARTS if owner_kind == kind.value]
            return self.fault("PR301", f"{owner.datatype} has no `{name}`", span, did_you_mean(name, known))
        if kind is Kind.PERIOD:
            return Today(f"period.{name}", part, span)
        if isinstance(owner, Variable | Constant) and kind in _OF_RULES:
            if name == "grade":
                part = Datatype(Kind.TEXT, choices=self.scope.grades)
            return RulePart(owner, name, part, span=span)
        return Part(owner, name, part, span)

    def fact(self, owner: Variable, name: str, span: Span) -> TypedNode:
        known = self.scope.schema.facts[owner.datatype.model]
        rows = self.variables.get(owner.name, (owner, None))[1]
        if name == "month" and isinstance(rows, RelationRows) and rows.dated_by is not None:
            return MonthOf(owner, known[rows.dated_by], MONTH, span)
        if name not in known:
            return self.fault("PR301", f"unknown fact `{name}`", span, did_you_mean(name, known))
        return Read(owner, known[name], datatype_of_fact(known[name]), span)

    def subscript(self, node: nodes.Subscript) -> TypedNode:
        match node.owner, node.keys:
            case nodes.Name(id="criteria" | "blocks" as owner), (nodes.Text(value=key, span=span),) if (
                self.scope.criteria is not None
            ):
                known = self.scope.criteria if owner == "criteria" else self.scope.blocks
                if key not in known:
                    return self.fault("PR301", f"there is no `{key}` in `{owner}`", span, did_you_mean(key, known))
                return Constant(key, Datatype(Kind.CRITERION if owner == "criteria" else Kind.BLOCK), node.span)
            case nodes.Name(id=name), keys if name in self.scope.tables:
                return self.lookup(self.scope.tables[name], keys, node.span)
            case nodes.Name(id=name), _ if self.scope.parameters.get(name, (TRUTH, False))[0].kind is Kind.MISTAKE:
                return Constant(False, MISTAKE, node.span)
            case _:
                hint = "what is read by `[…]` are tables, `criteria` and `blocks`"
                return self.fault("PR303", "nothing is read by `[…]` here", node.span, hint)

    def lookup(self, table: Table, keys: tuple[nodes.Expr, ...], span: Span) -> TypedNode:
        """``table[key]``: each key has the type of what the table is by."""
        wanted = [datatype_of_fact(one) for one in table.by] or [table.of or MISTAKE]
        if table.datatype.kind is Kind.MISTAKE:
            return Constant(False, MISTAKE, span)
        if len(keys) != len(wanted):
            message = (
                f"`{table.name}` is looked up by {'one key' if len(wanted) == 1 else 'two keys'}, found {len(keys)}"
            )
            return self.fault("PR203", message, span)
        found = tuple(self.check(key) for key in keys)
        sound = [self.expect(key, one) for key, one in zip(found, wanted, strict=True)]
        if not all(sound):
            return Constant(False, MISTAKE, span)
        for key, one in zip(found, wanted, strict=True):
            self.meet(key, Variable(table.name, one, key.span))
            if one.kind is Kind.TEXT and table.otherwise is None and not _has_entry(key):
                hint = "give the table `otherwise`"
                self.fault("PR303", f"`{table.name}` may have no entry for this", key.span, hint)
        return Lookup(table, found, table.datatype, span)

    def unary(self, node: nodes.Unary) -> TypedNode:
        operand = self.check(node.operand)
        if node.operator == "not":
            sound = self.expect(operand, TRUTH)
            return Apply("not", (operand,), TRUTH if sound else MISTAKE, node.span)
        sound = self.expect(operand, NUMBER)
        return Apply("negate", (operand,), operand.datatype if sound else MISTAKE, node.span)

    def binary(self, node: nodes.Binary) -> TypedNode:
        left, right = self.check(node.left), self.check(node.right)
        if node.operator == "&":
            return self.shared(left, right, node.span)
        function = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}[node.operator]
        if left.datatype.kind is Kind.MONTH and function in {"add", "subtract"}:
            sound = self.expect(right, WHOLE)
            return Apply(function, (left, right), MONTH if sound else MISTAKE, node.span)
        sound = all([self.expect(left, NUMBER), self.expect(right, NUMBER)])
        if not sound:
            return Constant(False, MISTAKE, node.span)
        if function == "divide":
            self.divisor(node.right, right)
        whole = function != "divide" and left.datatype.whole and right.datatype.whole
        return Apply(function, (left, right), WHOLE if whole else NUMBER, node.span)

    def divisor(self, source: nodes.Expr, divisor: TypedNode) -> None:
        """Note a fault unless the divisor is proved not to be 0."""
        low, high = bounds.ends(domain(divisor, self.values))
        above = low is not None and low > 0  # type: ignore[operator]
        below = high is not None and high < 0  # type: ignore[operator]
        if not above and not below and source not in self.guarded:
            hint = "divide in a branch whose test is the same divisor `> 0`: `a / b if b > 0 else 0`"
            self.fault("PR305", "the divisor may be 0", divisor.span, hint)

    def shared(self, left: TypedNode, right: TypedNode, span: Span) -> TypedNode:
        if not all([self.expect(left, SET), self.expect(right, SET)]):
            return Constant(False, MISTAKE, span)
        self.meet(left, right)
        choices = left.datatype.choices or right.datatype.choices
        return Apply("shared", (left, right), Datatype(Kind.SET, choices=choices), span)

    def comparison(self, node: nodes.Comparison) -> TypedNode:
        operands = [self.check(operand) for operand in node.operands]
        links = tuple(
            self.link(operator, left, right, Span(left.span.start, right.span.end))
            for operator, left, right in zip(node.operators, operands, operands[1:], strict=False)
        )
        if len(links) == 1:
            return evolve(links[0], span=node.span)
        mistake = any(link.datatype.kind is Kind.MISTAKE for link in links)
        return Apply("and", links, MISTAKE if mistake else TRUTH, node.span)

    def link(self, operator: str, left: TypedNode, right: TypedNode, span: Span) -> TypedNode:
        """One comparison, brought to `equal`, `less`, `at_most`, `contained` or `member`."""
        kinds = left.datatype.kind, right.datatype.kind
        if Kind.MISTAKE in kinds:
            return Constant(False, MISTAKE, span)
        if operator in {"in", "not in"}:
            if not all([self.expect(left, TEXT), self.expect(right, SET)]):
                return Constant(False, MISTAKE, span)
            function = "member"
        elif kinds[0] is not kinds[1]:
            message = f"`{operator}` compares like with like: {left.datatype} is not {right.datatype}"
            return self.fault("PR303", message, span, _hint(left.datatype, right))
        elif operator in {"==", "!="} and kinds[0] not in {Kind.ROW, Kind.PERIOD, Kind.CRITERION, Kind.BLOCK}:
            function = "equal"
        elif kinds[0] in ORDERED:
            function = "less" if operator in {"<", ">"} else "at_most"
        elif kinds[0] is Kind.SET and operator in {"<=", ">="}:
            function = "contained"
        else:
            return self.fault("PR303", f"`{operator}` does not compare {left.datatype}", span)
        self.meet(left, right)
        pair = (right, left) if operator in {">", ">="} else (left, right)
        checked = Apply(function, pair, TRUTH, span)
        return Apply("not", (checked,), TRUTH, span) if operator in {"!=", "not in"} else checked

    def meet(self, left: TypedNode, right: TypedNode) -> None:
        """Literals must be among the choices of what they meet, and two vocabularies must be the same."""
        for literal, other in ((left, right), (right, left)):
            if (choices := other.datatype.choices) is None:
                continue
            for word, span in self.words(literal):
                if word not in choices.codes:
                    hint = did_you_mean(choices.code(word) or word, choices.codes)
                    self.fault("PR304", f"`{word}` is no choice of `{choices.id}`", span, hint)
        one, another = left.datatype.choices, right.datatype.choices
        if one is not None and another is not None and one.codes != another.codes:
            message = f"`{one.id}` and `{another.id}` have different choices"
            self.fault("PR303", message, Span(left.span.start, right.span.end))

    def words(self, node: TypedNode) -> Iterator[tuple[str, Span]]:
        """The texts of a literal or parameter that has no vocabulary yet, and where each stands."""
        match node:
            case Constant(value=value, span=span):
                given: Any = value
            case Parameter(name=name, span=span):
                given = self.values[name]
            case Named(expression=expression, span=span):
                yield from ((word, span) for word, _ in self.words(expression))
                return
            case Lookup(table=table, datatype=Datatype(kind=Kind.TEXT | Kind.SET), span=span):
                found = [{value} if isinstance(value, str) else value for value in table.values]
                given = frozenset().union(*found)  # type: ignore[arg-type]
            case Branch(then=then, otherwise=otherwise):
                yield from (*self.words(then), *self.words(otherwise))
                return
            case _:
                return
        words = (given,) if isinstance(given, str) else sorted(given)
        yield from ((word, span) for word in words)

    def conditional(self, node: nodes.Conditional) -> TypedNode:
        test = self.check(node.test)
        sound = self.expect(test, TRUTH)
        guard = _guard(node.test)
        self.guarded += guard
        then = self.check(node.then)
        del self.guarded[len(self.guarded) - len(guard) :]
        otherwise = self.check(node.otherwise)
        if Kind.MISTAKE in (then.datatype.kind, otherwise.datatype.kind) or not sound:
            return Constant(False, MISTAKE, node.span)
        if then.datatype.kind not in _VALUES:
            return self.fault("PR303", f"a branch gives a value, found {then.datatype}", then.span)
        if not self.expect(otherwise, evolve(then.datatype, whole=False)):
            return Constant(False, MISTAKE, node.span)
        self.meet(then, otherwise)
        whole = then.datatype.whole and otherwise.datatype.whole
        one, another = then.datatype.choices, otherwise.datatype.choices
        choices = another if _is_literal(then) else one if another is not None or _is_literal(otherwise) else None
        return Branch(test, then, otherwise, evolve(then.datatype, whole=whole, choices=choices), node.span)

    # Rows

    def rows(self, node: nodes.Expr) -> Rows | None:
        """What is gone through; ``None`` with a fault if it is no rows."""
        scope, span = self.scope, node.span
        match node:
            case nodes.Name(id=name) if name in scope.schema.relations:
                relation = scope.schema.relations[name]
                if relation.picked_by is not None and not scope.has_period:
                    hint = f"name a window: `during({name}, first, last)`"
                    self.fault("PR301", f"`{name}` by itself needs a standard with a period", span, hint)
                    return None
                of = Datatype(Kind.ROWS, model=relation.model)
                return RelationRows(name, relation.picked_by, of, span=span, register=relation.register)
            case nodes.Name(id="months") if scope.has_period:
                return MonthRows(Datatype(Kind.ROWS), span)
            case nodes.Name(id="criteria" | "blocks" as name) if scope.criteria is not None:
                return RuleRows(name, Datatype(Kind.ROWS), span=span)
            case nodes.Call(function="during"):
                return self.during(node)
            case _:
                return self.items(node)

    def items(self, node: nodes.Expr) -> Rows | None:
        """The members of a set."""
        group = self.check(node)
        if group.datatype.kind is Kind.SET:
            return Items(group, Datatype(Kind.ROWS), node.span)
        if group.datatype.kind is not Kind.MISTAKE:
            self.fault("PR303", f"expected rows or a set, found {group.datatype}", node.span)
        return None

    def during(self, node: nodes.Call) -> Rows | None:
        """``during(relation, from, to)``: both ends are dates, or both months."""
        relations, arguments = self.scope.schema.relations, node.arguments
        if node.default is not None:
            self.fault("PR306", "`during` takes no `default=`", node.default.span)
        named = arguments[0].id if isinstance(arguments[0], nodes.Name) else ""
        relation = relations.get(named)
        if len(arguments) != 3 or relation is None or relation.dated_by is None:
            hint = "write `during(relation, first, last)` with two dates or two months"
            self.fault("PR203", "`during` takes a dated relation, a first and a last day or month", node.span, hint)
            return None
        first, last = self.check(arguments[1]), self.check(arguments[2])
        if first.datatype.kind not in {Kind.DATE, Kind.MONTH, Kind.MISTAKE}:
            self.expect(first, DATE)
        elif first.datatype.kind is not Kind.MISTAKE:
            self.expect(last, first.datatype)
        if first.datatype.kind is Kind.MONTH:
            first, last = (Part(end, name, DATE, end.span) for end, name in ((first, "start"), (last, "end")))
        of = Datatype(Kind.ROWS, model=relation.model)
        return RelationRows(named, relation.dated_by, of, first, last, node.span, register=relation.register)

    def variable(self, node: nodes.Comprehension, rows: Rows) -> Variable:
        match rows:
            case RelationRows(datatype=datatype):
                kind = Datatype(Kind.ROW, model=datatype.model)
            case MonthRows():
                kind = MONTH
            case Items(group=group):
                kind = Datatype(Kind.TEXT, choices=group.datatype.choices)
            case RuleRows(kind="criteria"):
                kind = Datatype(Kind.CRITERION)
            case RuleRows():
                kind = Datatype(Kind.BLOCK)
            case _:
                assert_never(rows)
        return Variable(node.variable, kind, node.span)

    def body(self, node: nodes.Comprehension) -> tuple[Rows, Variable, TypedNode | None, TypedNode | None] | None:
        """Rows, variable, element (``None``: the row itself) and condition of a comprehension."""
        rows = self.rows(node.rows)
        if rows is None:
            return None
        if node.variable in self.scope.names or node.variable in self.variables:
            self.fault("PR301", f"`{node.variable}` means something else already", node.span, "choose another variable")
            return None
        if len(self.variables) >= MAX_LOOPS:
            self.fault("PR101", f"comprehensions nest deeper than {MAX_LOOPS}", node.span)
            return None
        variable = self.variable(node, rows)
        self.variables[node.variable] = (variable, rows)
        itself = node.element == nodes.Name(node.variable) and variable.datatype.kind is not Kind.TEXT
        element = None if itself else self.check(node.element)
        condition = None if node.condition is None else self.check(node.condition)
        del self.variables[node.variable]
        sound = condition is None or self.expect(condition, TRUTH)
        if not sound or (element is not None and element.datatype.kind is Kind.MISTAKE):
            return None
        return rows, variable, element, condition

    def comprehension(self, node: nodes.Comprehension) -> TypedNode:
        if not node.distinct:
            return self.fault("PR203", "a comprehension stands inside a function", node.span, "`count(… for …)`")
        body = self.body(node)
        if body is None:
            return Constant(False, MISTAKE, node.span)
        rows, variable, element, condition = body
        if element is None:
            return self.fault("PR303", "a set is made of texts or choices", node.span)
        if not self.expect(element, TEXT):
            return Constant(False, MISTAKE, node.span)
        datatype = Datatype(Kind.SET, choices=element.datatype.choices)
        return Distinct(rows, variable, element, condition, datatype, node.span)

    # Calls

    def call(self, node: nodes.Call) -> TypedNode:
        first = node.arguments[0]
        over_rows = isinstance(first, nodes.Comprehension) and not first.distinct
        if node.function in GATHERINGS and over_rows and len(node.arguments) == 1:
            return self.gather(node, first, GATHERINGS[node.function])  # type: ignore[arg-type]
        if node.function == "count" and len(node.arguments) == 1:
            return self.count(node, first)
        if node.function == "verdict":
            return self.verdict_of(node)
        if node.function in FUNCTIONS:
            if FUNCTIONS[node.function].procedures and not self.scope.procedure:
                hint = "count days with `add_days` or `days_between`"
                return self.fault("PR302", f"`{node.function}` is a function of procedures only", node.span, hint)
            return self.function(node, FUNCTIONS[node.function])
        if node.function in GATHERINGS:
            hint = f"write `{node.function}(… for x in …)`"
            return self.fault("PR203", f"`{node.function}` goes through rows", node.span, hint)
        if node.function == "during":
            hint = "go through it: `count(a for a in during(…))`"
            return self.fault("PR303", "`during` is rows, not a value", node.span, hint)
        here = {name for name, one in FUNCTIONS.items() if self.scope.procedure or not one.procedures}
        known = {*here, *GATHERINGS, "during", *(() if self.scope.standards is None else ("verdict",))}
        return self.fault("PR302", f"unknown function `{node.function}`", node.span, did_you_mean(node.function, known))

    def verdict_of(self, node: nodes.Call) -> TypedNode:
        """``verdict(row, "plugin/standard")``: a row of what that standard judges, or the subject."""
        known, span = self.scope.standards, node.span
        if known is None:
            hint = "criteria, values, verdicts, notes and transitions can"
            return self.fault("PR302", "the verdict of another standard cannot be read here", span, hint)
        if node.default is not None:
            self.fault("PR306", "`verdict` takes no `default=`", node.default.span)
        if len(node.arguments) != 2 or not isinstance(node.arguments[1], nodes.Text):
            hint = 'write `verdict(row, "plugin/standard")`, or with a version `"plugin/standard@version"`'
            return self.fault("PR203", "`verdict` takes a row, and a standard as it is written", span, hint)
        row, named = self.check(node.arguments[0]), node.arguments[1]
        if named.value not in known:
            of_id = [one for one in known if one.startswith(f"{named.value.partition('@')[0]}@")]
            hint = f"its versions: {', '.join(sorted(of_id))}" if of_id else did_you_mean(named.value, known)
            return self.fault("PR405", f"there is no standard `{named.value}`", named.span, hint)
        one = known[named.value]
        if not self.expect(row, Datatype(Kind.ROW)):
            return Constant(False, MISTAKE, span)
        if not isinstance(row, Variable) or row.datatype.model != one.subject:
            message = f"`{one.reference}` judges a {one.subject}, and this is a row of another kind"
            return self.fault("PR303", message, row.span, f"here it is a row of `{row.datatype.model}`")
        if one.needs_period and not (self.scope.has_period or self.scope.procedure):
            message = f"`{one.reference}` judges a period, and this standard a day"
            return self.fault("PR303", message, named.span)
        return VerdictOf(row, one.reference, Datatype(Kind.TEXT, choices=one.verdicts), one.title, span)

    def count(self, node: nodes.Call, first: nodes.Expr) -> TypedNode:
        """``count(rows)`` and ``count(set)``."""
        if node.default is not None:
            self.fault("PR306", "`count` gives 0 for no rows and takes no `default=`", node.default.span)
        rows = self.rows(first)
        if rows is None:
            return Constant(False, MISTAKE, node.span)
        if isinstance(rows, Items):
            return Apply("size", (rows.group,), WHOLE, node.span)
        variable = self.variable(nodes.Comprehension(first, "row", first, None, span=first.span), rows)
        return Gather("count", rows, variable, None, None, None, WHOLE, node.span)

    def gather(self, node: nodes.Call, comprehension: nodes.Comprehension, gathering: Gathering) -> TypedNode:
        default = self.default(node, gathering)
        body = self.body(comprehension)
        if body is None or (default is not None and default.datatype.kind is Kind.MISTAKE):
            return Constant(False, MISTAKE, node.span)
        rows, variable, element, condition = body
        if node.function == "longest_run" and not isinstance(rows, MonthRows):
            return self.fault("PR303", "`longest_run` goes through `months`", rows.span)
        datatype = gathering.value
        if gathering.element is not None:
            if element is None:
                return self.fault("PR303", f"`{node.function}` takes {gathering.element}, found a row", node.span)
            if not self.expect(element, gathering.element):
                return Constant(False, MISTAKE, node.span)
            whole = element.datatype.whole and (default is None or default.datatype.whole)
            datatype = datatype or (WHOLE if whole else NUMBER)
        if node.function == "count":
            element = None
        return Gather(node.function, rows, variable, element, condition, default, datatype or NUMBER, node.span)

    def default(self, node: nodes.Call, gathering: Gathering) -> TypedNode | None:
        if node.default is None:
            if gathering.default:
                hint = f"`{node.function}((… for …), default=0)`, say"
                return self.fault("PR306", f"`{node.function}` must say what no rows give", node.span, hint)
            return None
        if not gathering.default:
            self.fault("PR306", f"`{node.function}` takes no `default=`", node.default.span)
            return None
        checked = self.check(node.default)
        return checked if self.expect(checked, NUMBER) else Constant(False, MISTAKE, node.default.span)

    def function(self, node: nodes.Call, signature: Signature) -> TypedNode:
        if node.default is not None:
            self.fault("PR306", f"`{node.function}` of plain values takes no `default=`", node.default.span)
        given, most = len(node.arguments), len(signature.operands)
        if given < most - signature.optional or (given > most and not signature.variadic):
            least = most - signature.optional
            count = f"{least} or more" if signature.variadic else f"{least}" if least == most else f"{least} or {most}"
            return self.fault("PR203", f"`{node.function}` takes {count} arguments, found {given}", node.span)
        operands = tuple(self.check(argument) for argument in node.arguments)
        kinds = {operand.datatype.kind for operand in operands}
        if node.function in {"min", "max"} and Kind.DATE in kinds and Kind.NUMBER not in kinds:
            signature = Signature((DATE, DATE), DATE, variadic=True)
        expected = signature.operands + (signature.operands[-1],) * (given - most)
        sound = [self.expect(operand, one) for operand, one in zip(operands, expected, strict=False)]
        for index, least, most_of_all in signature.literal:
            if index < given and sound[index] and not _is_between(operands[index], least, most_of_all):
                message = f"expected a whole number from {least} to {most_of_all} as it is written"
                self.fault("PR303", message, operands[index].span)
                sound[index] = False
        whole = node.function in {"min", "max"} and all(operand.datatype.whole for operand in operands)
        rounded = node.function in {"round", "floor", "ceil"} and given == 1
        value = WHOLE if whole or rounded else signature.value
        return Apply(node.function, operands, value if all(sound) else MISTAKE, node.span)


def _is_between(node: TypedNode, least: int, most: int) -> bool:
    return isinstance(node, Constant) and isinstance(node.value, int) and least <= node.value <= most


def _is_literal(node: TypedNode) -> bool:
    """Whether a text or set takes the vocabulary of what it meets."""
    match node:
        case Constant() | Parameter() | Lookup():
            return True
        case Named(expression=expression):
            return _is_literal(expression)
        case Branch(then=then, otherwise=otherwise):
            return _is_literal(then) and _is_literal(otherwise)
        case _:
            return False


def _has_entry(key: TypedNode) -> bool:
    """Whether a text is one of the choices that it was found to share with a table: not empty, not any other."""
    choices = key.datatype.choices
    if isinstance(key, Branch):
        return _has_entry(key.then) and _has_entry(key.otherwise)
    return _is_literal(key) if choices is None else not choices.open and (choices.on, choices.id) != GRADE


def _guard(test: nodes.Expr) -> list[nodes.Expr]:
    """The divisor that a branch's test keeps from being 0."""
    match test:
        case nodes.Comparison(operators=(">" | "!=",), operands=(divisor, nodes.Number(value=0))):
            return [divisor]
        case _:
            return []


def _hint(expected: Datatype, found: TypedNode) -> str:
    if expected.kind is Kind.TRUTH and found.datatype.kind is Kind.SET:
        return 'ask for a member: `"…" in set`, or `count(set) > 0`'
    if found.datatype.kind is Kind.ROW:
        return "name one of its facts: `row.fact`"
    return ""

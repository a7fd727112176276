# SPDX-License-Identifier: MIT
"""From checked expressions to Python expressions: exact where all is recorded, in bounds where something is missing."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any, assert_never

from attrs import frozen

from platformrules import bounds, periods
from platformrules.backends.python import code, runtime
from platformrules.backends.python.plan import Accumulator, Plan
from platformrules.bounds import Members, Possible
from platformrules.criteria.datatypes import Kind
from platformrules.criteria.domains import domain
from platformrules.criteria.typed import (
    Apply,
    Branch,
    Constant,
    Distinct,
    Gather,
    Items,
    MonthOf,
    MonthRows,
    Parameter,
    Part,
    Read,
    RelationRows,
    Rows,
    RulePart,
    RuleRows,
    Today,
    TypedNode,
    Variable,
)
from platformrules.schema import Fact, FactType

_NATIVE = (bool, int, str)
_DAYS = {"as_of": "as_of", "period.start": "start", "period.end": "end"}
_TEXT_METHODS = {"starts_with": "startswith", "ends_with": "endswith"}
_SYMBOLS = {"less": "<", "at_most": "<=", "contained": "<=", "member": "in", "equal": "=="}


class Globals:
    """The values that generated code reads as globals: constants that have no literal, and functions."""

    def __init__(self) -> None:
        """Start with none."""
        self.values: dict[str, object] = {}

    def constant(self, value: object) -> ast.expr:
        """A literal, or the name of a global that holds the value."""
        if value is None or type(value) in _NATIVE:
            return code.constant(value)  # type: ignore[arg-type]
        for known, other in self.values.items():
            if known.startswith("K") and type(other) is type(value) and other == value:
                return code.name(known)
        name = f"K{len(self.values)}"
        self.values[name] = value
        return code.name(name)

    def function(self, called: Callable[..., Any]) -> str:
        """The name under which a function is called."""
        name = f"{called.__module__.rpartition('.')[2]}_{called.__name__}"
        self.values[name] = called
        return name


@frozen
class RuleTable:
    """What verdict expressions read: ids, blocks and strengths of the criteria, and the criteria of each block."""

    criteria: tuple[tuple[str, str | None, str], ...] = ()
    blocks: Mapping[str, tuple[int, ...]] = {}


def read_fact(row: ast.expr, one: Fact, names: Globals, *, exact: bool) -> ast.expr:
    """The value of a fact of a row, ``None`` if it is not recorded; the exact path may raise KeyError instead."""
    if not one.plugin:
        return code.attribute(row, one.id)
    facts = code.attribute(row, "facts")
    if exact:
        return code.item(facts, names.constant(one.id))
    return code.call(code.attribute(facts, "get"), names.constant(one.id))


class Emitter:
    """What both ways of evaluating have in common: names, days, parts of rules, and the total walk."""

    exact = False

    def __init__(self, names: Globals, plan: Plan, subject: str, rules: RuleTable) -> None:
        """Write code that reads globals ``names`` and accumulators of ``plan``."""
        self.names, self.plan, self.subject, self.rules = names, plan, subject, rules
        #: Local names of facts that were read before, by variable and fact.
        self.locals: dict[tuple[str, str], str] = {}
        #: Criteria and blocks that a variable of an unrolled comprehension stands for.
        self.rows_of_rules: dict[str, str] = {}

    def call(self, function: Callable[..., Any], *arguments: ast.expr) -> ast.expr:
        """A call of a function that the generated code has as a global."""
        return code.call(self.names.function(function), *arguments)

    def expression(self, node: TypedNode) -> ast.expr:
        """The Python expression of a checked expression."""
        match node:
            case Constant(value=value):
                return self.names.constant(value)
            case Parameter(name=name):
                message = f"INVARIANT: the parameter `{name}` was replaced by its value"
                raise AssertionError(message)
            case Today(name=name):
                return code.name(_DAYS[name])
            case Variable(name=name):
                return code.name(f"v_{name}")
            case Read():
                return self.read(node)
            case MonthOf():
                return self.month_of(node)
            case Part():
                return self.part(node)
            case RulePart():
                return self.rule_part(node)
            case Apply():
                return self.apply(node)
            case Branch():
                return self.branch(node)
            case Gather():
                return self.gather(node)
            case Distinct():
                return self.distinct(node)
            case _:
                assert_never(node)

    def raw(self, owner: Variable, one: Fact) -> ast.expr:
        """The value of a fact as it is recorded."""
        local = self.locals.get((owner.name, one.id))
        if local is not None:
            return code.name(local)
        return read_fact(code.name(f"v_{owner.name}"), one, self.names, exact=self.exact)

    def day(self, node: MonthOf) -> ast.expr:
        """The day by which a row is dated."""
        return self.raw(node.owner, node.fact)

    def gather(self, node: Gather) -> ast.expr:
        """An accumulator that the loops have filled, or a comprehension of its own."""
        if isinstance(node.rows, RuleRows):
            return self.gather_rules(node, node.rows)
        if node in self.plan.readers:
            accumulator, month = self.plan.readers[node]
            total = self.total(accumulator, month)
            return self.of_extreme(node, total) if accumulator.extreme else self.accumulated(node, total)
        return self.gather_rows(node)

    def total(self, accumulator: Accumulator, month: TypedNode | None) -> ast.expr:
        """What an accumulator holds, of a month if it counts by month."""
        total: ast.expr = code.name(f"n{accumulator.index}")
        if month is not None:
            total = code.item(total, code.binary(self.expression(month), "-", code.name("first_month")))
        return total

    # Rules: comprehensions over criteria and blocks are unrolled, since their rows are known.

    def rule_ids(self, rows: RuleRows) -> list[str]:
        """The ids that rows of rules stand for."""
        return [one[0] for one in self.rules.criteria] if rows.kind == "criteria" else list(self.rules.blocks)

    def gather_rules(self, node: Gather, rows: RuleRows) -> ast.expr:
        """A function over criteria or blocks."""
        pairs = []
        for name in self.rule_ids(rows):
            self.rows_of_rules[node.variable.name] = name
            present = True if node.condition is None else self.settled(node.condition)
            if present is not False:
                dynamic = present is None and node.condition is not None
                presence = self.in_bounds(node.condition) if dynamic else code.constant(True)  # type: ignore[arg-type]  # noqa: FBT003
                value = code.constant(None) if node.element is None else self.in_bounds(node.element)
                pairs.append((presence, value))
        self.rows_of_rules.pop(node.variable.name, None)
        if node.function == "all" and all(isinstance(one, ast.Constant) for one, _ in pairs):
            return self.call(runtime.settled, code.row(value for _, value in pairs))
        return self.function_of_pairs(node, code.row(code.row(pair) for pair in pairs), code.constant(False))  # noqa: FBT003

    def settled(self, node: TypedNode) -> Any:  # noqa: ANN401 - the value of a part that no subject changes
        """The value of a condition on ids, blocks and strengths; ``None`` if subjects can differ in it."""
        match node:
            case Constant(value=value):
                return value
            case RulePart(owner=owner, name="id" | "block" | "strength" as name):
                return self.static_part(owner, name)
            case Apply(function=function, operands=operands):
                values = [self.settled(operand) for operand in operands]
                return None if None in values else _STATIC[function](*values) if function in _STATIC else None
            case _:
                return None

    def static_part(self, owner: Variable | Constant, name: str) -> str:
        """The id, block or strength of a criterion, or the id of a block."""
        found = self.rule_id(owner)
        row = next((one for one in self.rules.criteria if one[0] == found), (found, found, ""))
        return {"id": row[0], "block": row[1] or "", "strength": row[2]}[name]

    def rule_id(self, owner: Variable | Constant) -> str:
        """The id of the criterion or block that is read."""
        return str(owner.value) if isinstance(owner, Constant) else self.rows_of_rules[owner.name]

    def rule_part(self, node: RulePart) -> ast.expr:
        """``c.satisfied`` and the like: of a criterion a local of the generated code, of a block all in it."""
        if node.name in {"id", "block", "strength"}:
            return self.names.constant(self.static_part(node.owner, node.name))
        found = self.rule_id(node.owner)
        if node.owner.datatype.kind is Kind.BLOCK:
            return self.call(runtime.settled, code.row(code.name(f"t{index}") for index in self.rules.blocks[found]))
        index = next(at for at, one in enumerate(self.rules.criteria) if one[0] == found)
        if node.name == "outcome":
            return code.call("outcome_of", code.constant(index), code.name("truths"), code.name("applies"), code.name("waived"))
        satisfied = code.name(f"t{index}")
        return self.call(bounds.negated, satisfied) if node.name == "failed" else satisfied

    # What the two ways differ in

    def in_bounds(self, node: TypedNode) -> ast.expr:
        """The expression in bounds, whatever this emitter makes otherwise: verdicts are never exact."""
        raise NotImplementedError

    def read(self, node: Read) -> ast.expr:
        """The value of a fact."""
        raise NotImplementedError

    def month_of(self, node: MonthOf) -> ast.expr:
        """The month of a row."""
        raise NotImplementedError

    def part(self, node: Part) -> ast.expr:
        """A part of a date or month."""
        raise NotImplementedError

    def apply(self, node: Apply) -> ast.expr:
        """An operator or function."""
        raise NotImplementedError

    def branch(self, node: Branch) -> ast.expr:
        """A conditional."""
        raise NotImplementedError

    def accumulated(self, node: Gather, total: ast.expr) -> ast.expr:
        """What a function over rows reads from an accumulator."""
        raise NotImplementedError

    def of_extreme(self, node: Gather, total: ast.expr) -> ast.expr:
        """Whether the extreme that an accumulator keeps is as its reader wants it."""
        raise NotImplementedError

    def gather_rows(self, node: Gather) -> ast.expr:
        """A function over rows with a loop of its own."""
        raise NotImplementedError

    def function_of_pairs(self, node: Gather, pairs: ast.expr, more: ast.expr) -> ast.expr:
        """A function over pairs of presence and value."""
        raise NotImplementedError

    def distinct(self, node: Distinct) -> ast.expr:
        """A set of values."""
        raise NotImplementedError


_STATIC: Mapping[str, Callable[..., Any]] = {
    "equal": lambda left, right: left == right,
    "member": lambda item, group: item in group,
    "not": lambda value: not value,
    "and": lambda *values: all(values),
    "or": lambda *values: any(values),
}


def _is_key(node: TypedNode) -> bool:
    return isinstance(node, Read) and node.fact.key


def _reads_literal_members(node: Apply) -> bool:
    """``{…} <= fact`` and ``"…" in fact``: other items of an open set cannot matter."""
    return node.function in {"contained", "member"} and isinstance(node.operands[0], Constant)


class ExactEmitter(Emitter):
    """Plain Python values: all that is read is recorded."""

    exact = True

    def read(self, node: Read) -> ast.expr:
        raw = self.raw(node.owner, node.fact)
        if node.fact.key:
            return code.junction("or", (raw, code.constant("")))
        if node.fact.type is FactType.SET and node.fact.open:
            return code.binary(raw, "&", self.names.constant(node.fact.codes))
        return raw

    def month_of(self, node: MonthOf) -> ast.expr:
        return self.call(periods.month_of, self.day(node))

    def part(self, node: Part) -> ast.expr:
        owner = self.expression(node.owner)
        if node.owner.datatype.kind is Kind.DATE:
            return code.attribute(owner, node.name)
        return self.call(periods.month_start if node.name == "start" else periods.month_end, owner)

    def apply(self, node: Apply) -> ast.expr:
        if _reads_literal_members(node) and isinstance(node.operands[1], Read):
            right = self.raw(node.operands[1].owner, node.operands[1].fact)
            return code.compare(self.expression(node.operands[0]), _SYMBOLS[node.function], right)
        operands = [self.expression(operand) for operand in node.operands]
        match node.function:
            case "not":
                return code.negation(operands[0])
            case "and" | "or":
                return code.junction(node.function, operands)
            case "equal" if any(map(_is_key, node.operands)):
                return self.call(runtime.same_key, *operands)
            case "less" | "at_most" | "equal" | "contained" | "member":
                return code.compare(operands[0], _SYMBOLS[node.function], operands[1])
            case "add" | "subtract" | "multiply" if node.datatype.whole:
                return code.binary(operands[0], {"add": "+", "subtract": "-", "multiply": "*"}[node.function], operands[1])
            case "shared":
                return code.binary(operands[0], "&", operands[1])
            case "size" | "length":
                return code.call("len", operands[0])
            case "starts_with" | "ends_with":
                return code.call(code.attribute(operands[0], _TEXT_METHODS[node.function]), operands[1])
            case "contains":
                return code.compare(operands[1], "in", operands[0])
            case "min" | "max":
                return code.call(node.function, *operands)
            case _:
                return self.call(EXACT[node.function], *operands)

    def branch(self, node: Branch) -> ast.expr:
        return code.choose(self.expression(node.test), self.expression(node.then), self.expression(node.otherwise))

    def in_bounds(self, node: TypedNode) -> ast.expr:
        message = "INVARIANT: rules are read in bounds only"
        raise AssertionError(message)

    def accumulated(self, node: Gather, total: ast.expr) -> ast.expr:
        if node.function == "any":
            return code.compare(total, ">", code.constant(0))
        if node.function == "all":
            return code.compare(total, "==", code.constant(0))
        return total

    def of_extreme(self, node: Gather, total: ast.expr) -> ast.expr:
        left, right, symbol = _extreme_sides(node, total, self)
        return code.compare(left, symbol, right)

    def rows(self, rows: Rows) -> ast.expr:
        """What is gone through, all of it recorded."""
        match rows:
            case RelationRows(first=None, relation=relation, dated_by=None):
                return code.name(f"r_{relation}")
            case RelationRows(first=None, relation=relation):
                return code.name(f"i_{relation}")
            case RelationRows(first=first, last=last, relation=relation):
                ends = (self.expression(end) for end in (first, last) if end is not None)
                reader, needed = code.name(f"day_{relation}"), code.name(f"needed_{relation}")
                return self.call(
                    runtime.exact_between, code.name(f"r_{relation}"), reader, needed, *ends, code.name("span")
                )
            case MonthRows():
                return code.name("months")
            case Items(group=group):
                return self.expression(group)
            case RuleRows():
                message = "INVARIANT: rules are read in bounds only"
                raise AssertionError(message)
            case _:
                assert_never(rows)

    def gather_rows(self, node: Gather) -> ast.expr:
        least = least_of_months(node, self.plan)
        if least is not None:
            limit, symbol, index = least
            whole = code.item(code.name(f"n{index}"), code.attribute(code.name("span"), "whole"))
            holds = code.compare(self.expression(limit), symbol, code.call("min", whole))
            return code.junction("or", (code.negation(code.name("months")), holds))
        rows, target = self.rows(node.rows), f"v_{node.variable.name}"
        tests = () if node.condition is None else (self.expression(node.condition),)
        if node.function == "count":
            if not tests and not isinstance(node.rows, Items):
                return code.call("len", rows)
            return code.call("sum", code.generator(code.constant(1), target, rows, *tests))
        element = self.expression(node.element)  # type: ignore[arg-type]
        if node.function in {"any", "all"}:
            return code.call(node.function, code.generator(element, target, rows, *tests))
        if node.function == "sum":
            return self.call(runtime.exact_sum, code.generator(element, target, rows, *tests))
        default = self.expression(node.default)  # type: ignore[arg-type]
        values = code.listing(element, target, rows, *tests)
        return self.call(runtime.exact_statistic, code.constant(node.function), values, default)

    def function_of_pairs(self, node: Gather, pairs: ast.expr, more: ast.expr) -> ast.expr:
        message = "INVARIANT: rules are read in bounds only"
        raise AssertionError(message)

    def distinct(self, node: Distinct) -> ast.expr:
        element = self.expression(node.element)
        tests = [] if node.condition is None else [self.expression(node.condition)]
        if node.datatype.choices is not None:
            tests.append(code.compare(element, "in", self.names.constant(node.datatype.choices.codes)))
        return code.call("frozenset", code.generator(element, f"v_{node.variable.name}", self.rows(node.rows), *tests))


class BoundsEmitter(Emitter):
    """Values in bounds: what is not recorded is its whole domain."""

    def in_bounds(self, node: TypedNode) -> ast.expr:
        return self.expression(node)

    def read(self, node: Read) -> ast.expr:
        raw, one = self.raw(node.owner, node.fact), node.fact
        if one.key:
            return code.junction("or", (raw, code.constant("")))
        if one.type is FactType.BOOLEAN:
            return raw
        value = raw
        if one.type is FactType.SET and one.open:
            value = code.binary(raw, "&", self.names.constant(one.codes))
        unrecorded = self.names.constant(whole_domain(one))
        return code.choose(code.compare(raw, "is", code.constant(None)), unrecorded, value)

    def month_of(self, node: MonthOf) -> ast.expr:
        day = self.day(node)
        unknown = code.compare(day, "is", code.constant(None))
        return self.call(runtime.month_of, code.choose(unknown, self.names.constant(runtime.ANY_DATE), day))

    def part(self, node: Part) -> ast.expr:
        owner = self.expression(node.owner)
        if node.owner.datatype.kind is Kind.DATE:
            return self.call(runtime.year_of if node.name == "year" else runtime.month_number, owner)
        return self.call(runtime.month_start if node.name == "start" else runtime.month_end, owner)

    def apply(self, node: Apply) -> ast.expr:
        plain = self.plain_comparison(node)
        if plain is not None:
            return plain
        operands = [self.expression(operand) for operand in node.operands]
        match node.function:
            case "and" | "or":
                return self.call(bounds.all_of if node.function == "and" else bounds.any_of, code.row(operands))
            case "equal":
                return self.call(self.equality(node), *operands)
            case "round" | "floor" | "ceil":
                function = code.name(self.names.function(EXACT[node.function]))
                return self.call(bounds.rising, function, *operands)
            case "add_days" | "add_months" | "add_years":
                return self.call(runtime.both_rise, code.name(self.names.function(EXACT[node.function])), *operands)
            case "days_between" | "years_between":
                return self.call(runtime.difference, code.name(self.names.function(EXACT[node.function])), *operands)
            case "starts_with" | "ends_with" | "contains":
                return self.call(runtime.text_test, code.constant(node.function), *operands)
            case _:
                return self.call(IN_BOUNDS[node.function], *operands)

    def equality(self, node: Apply) -> Callable[..., Any]:
        """The equality of the operands' type."""
        if any(map(_is_key, node.operands)):
            return runtime.same_key
        return {
            Kind.TEXT: bounds.same_text,
            Kind.SET: bounds.same_set,
            Kind.TRUTH: runtime.same_truth,
        }.get(node.operands[0].datatype.kind, bounds.equal)

    def plain_comparison(self, node: Apply) -> ast.expr | None:
        """A fact compared with a constant, written out: what an unrecorded one gives is known beforehand."""
        if node.function not in _SYMBOLS or len(node.operands) != 2:  # noqa: PLR2004 - two operands
            return None
        left, right = node.operands
        read, other = (left, right) if isinstance(left, Read) else (right, left)
        if not isinstance(read, Read) or not isinstance(other, Constant) or read.fact.key:
            return None
        if read.fact.type is FactType.BOOLEAN:
            return None
        if read.fact.type is FactType.SET and read.fact.open and not _reads_literal_members(node):
            return None
        unrecorded = whole_domain(read.fact)
        sides = (unrecorded, other.value) if read is left else (other.value, unrecorded)
        function = self.equality(node) if node.function == "equal" else IN_BOUNDS[node.function]
        raw, value = self.raw(read.owner, read.fact), self.names.constant(other.value)
        first, second = (raw, value) if read is left else (value, raw)
        return code.choose(
            code.compare(raw, "is", code.constant(None)),
            self.names.constant(function(*sides)),
            code.compare(first, _SYMBOLS[node.function], second),
        )

    def branch(self, node: Branch) -> ast.expr:
        sides = (_thunk(self.expression(side)) for side in (node.then, node.otherwise))
        return self.call(runtime.branch, self.expression(node.test), *sides)

    def accumulated(self, node: Gather, total: ast.expr) -> ast.expr:
        if node.function == "any":
            return self.call(bounds.less, code.constant(0), total)
        if node.function == "all":
            return self.call(bounds.equal, total, code.constant(0))
        return total

    def of_extreme(self, node: Gather, total: ast.expr) -> ast.expr:
        left, right, symbol = _extreme_sides(node, code.name("one"), self)
        compare = bounds.less if symbol == "<" else bounds.at_most
        test = _function_of("one", self.call(compare, left, right))
        return self.call(runtime.extreme_truth, code.constant(node.function), total, test)

    def rows(self, rows: Rows) -> ast.expr:
        """What is gone through: a list of rows with their presence, and whether there may be more."""
        match rows:
            case RelationRows(first=None, relation=relation):
                return code.name(f"l_{relation}")
            case RelationRows(first=first, last=last, relation=relation):
                ends = (self.expression(end) for end in (first, last) if end is not None)
                reader = code.name(f"day_{relation}")
                return self.call(
                    runtime.rows_between, code.name(f"r_{relation}"), reader, *ends, code.name("span")
                )
            case MonthRows():
                return self.call(runtime.month_rows, code.name("months"))
            case Items(group=group):
                return self.call(runtime.item_rows, self.expression(group))
            case RuleRows():
                message = "INVARIANT: comprehensions over rules are unrolled"
                raise AssertionError(message)
            case _:
                assert_never(rows)

    def gather_rows(self, node: Gather) -> ast.expr:
        least = least_of_months(node, self.plan)
        if least is not None:
            limit, symbol, index = least
            whole = code.item(code.name(f"n{index}"), code.attribute(code.name("span"), "whole"))
            return self.call(runtime.each_month, whole, self.expression(limit), code.constant(symbol == "<"))
        value = code.constant(None) if node.element is None else self.expression(node.element)
        return self.over_rows(node, lambda pairs, more: self.function_of_pairs(node, pairs, more), value)

    def over_rows(
        self, node: Gather | Distinct, finish: Callable[[ast.expr, ast.expr], ast.expr], value: ast.expr
    ) -> ast.expr:
        """A function of the pairs of presence and value; the rows are made once and passed on by a lambda."""
        variable, presence = f"v_{node.variable.name}", f"p_{node.variable.name}"
        present: ast.expr = code.name(presence)
        if node.condition is not None:
            present = self.call(bounds.all_of, code.row((present, self.expression(node.condition))))
        rows = "w_" + node.variable.name
        pairs = code.generator(
            code.row((present, value)), (variable, presence), code.item(code.name(rows), code.constant(0))
        )
        more = code.item(code.name(rows), code.constant(1))
        return code.call(_function_of(rows, finish(pairs, more)), self.rows(node.rows))

    def function_of_pairs(self, node: Gather, pairs: ast.expr, more: ast.expr) -> ast.expr:
        match node.function:
            case "count":
                return self.call(runtime.count, pairs, more)
            case "any":
                return self.call(runtime.gather_any, pairs, more)
            case "all":
                return self.call(runtime.gather_all, pairs, more)
            case "sum":
                element = self.names.constant(domain(node.element, {}))  # type: ignore[arg-type]
                return self.call(runtime.total, pairs, more, element)
            case _:
                default = self.expression(node.default)  # type: ignore[arg-type]
                whole = self.names.constant(domain(node, {}))
                return self.call(runtime.statistic, code.constant(node.function), pairs, more, default, whole)

    def distinct(self, node: Distinct) -> ast.expr:
        choices = node.datatype.choices
        codes = self.names.constant(None if choices is None else choices.codes)
        element = self.expression(node.element)
        return self.over_rows(node, lambda pairs, more: self.call(runtime.distinct, pairs, more, codes), element)


def least_of_months(node: Gather, plan: Plan) -> tuple[Constant, str, int] | None:
    """``all(k <= count of month m for m in months)``: the limit, ``<=`` or ``<``, and which accumulator counts."""
    match node:
        case Gather(
            function="all",
            rows=MonthRows(),
            condition=None,
            variable=Variable(name=name),
            element=Apply(function="less" | "at_most" as function, operands=(Constant() as limit, Gather() as counted)),
        ) if counted in plan.readers:
            accumulator, month = plan.readers[counted]
            if isinstance(month, Variable) and month.name == name:
                return limit, _SYMBOLS[function], accumulator.index
    return None


def _extreme_sides(node: Gather, total: ast.expr, emitter: Emitter) -> tuple[ast.expr, ast.expr, str]:
    """The two sides of the comparison of a kept extreme, and its symbol."""
    assert isinstance(node.element, Apply)  # noqa: S101 - INVARIANT: the plan keeps extremes of comparisons only
    left, right = node.element.operands
    symbol = _SYMBOLS[node.element.function]
    if isinstance(left, Constant):
        return emitter.expression(left), total, symbol
    return total, emitter.expression(right), symbol


def _thunk(value: ast.expr) -> ast.expr:
    return _function_of(None, value)


def _function_of(parameter: str | None, value: ast.expr) -> ast.expr:
    return code.unnamed([] if parameter is None else [parameter], value)


def whole_domain(one: Fact) -> Any:  # noqa: ANN401 - a value in bounds of the fact's type
    """What a fact that is not recorded may be; ``None`` for a truth."""
    match one.type:
        case FactType.BOOLEAN:
            return None
        case FactType.INTEGER | FactType.DECIMAL:
            return one.domain
        case FactType.DATE:
            return runtime.ANY_DATE
        case FactType.TEXT:
            return Possible(None)
        case FactType.CHOICE:
            return Possible(None if one.open else one.codes)
        case FactType.SET:
            return Members(frozenset(), one.codes)
        case _:
            assert_never(one.type)


#: Functions on settled values that have no operator of their own.
EXACT: Mapping[str, Callable[..., Any]] = {
    "negate": bounds.opposite,
    "add": bounds.plus,
    "subtract": bounds.minus,
    "multiply": bounds.times,
    "divide": bounds.over,
    "round": bounds.rounded,
    "floor": bounds.floored,
    "ceil": bounds.ceiled,
    "date": periods.make_date,
    "add_days": periods.add_days,
    "add_months": periods.add_months,
    "add_years": periods.add_years,
    "days_between": periods.days_between,
    "years_between": periods.years_between,
}
#: Functions on values in bounds.
IN_BOUNDS: Mapping[str, Callable[..., Any]] = {
    "not": bounds.negated,
    "negate": bounds.negate,
    "add": bounds.add,
    "subtract": bounds.subtract,
    "multiply": bounds.multiply,
    "divide": bounds.divide,
    "shared": bounds.shared,
    "size": bounds.size,
    "less": bounds.less,
    "at_most": bounds.at_most,
    "contained": bounds.contained,
    "member": bounds.member,
    "min": bounds.smallest,
    "max": bounds.greatest,
    "date": runtime.make_date,
    "length": runtime.length,
}

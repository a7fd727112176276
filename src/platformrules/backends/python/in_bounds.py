# SPDX-License-Identifier: MIT
"""Expressions where something may be missing: every value in bounds, what is not recorded its whole domain."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any, assert_never

from platformrules import bounds
from platformrules.backends.python import gathering, runtime, syntax
from platformrules.backends.python.emit import (
    EXACT,
    SYMBOLS,
    Emitter,
    extreme_sides,
    function_of,
    is_key,
    least_of_months,
    reads_literal_members,
    thunk,
    whole_domain,
)
from platformrules.criteria.datatypes import Kind
from platformrules.criteria.domains import domain
from platformrules.criteria.typed import (
    Apply,
    Branch,
    Constant,
    Distinct,
    Gather,
    Items,
    Lookup,
    MonthOf,
    MonthRows,
    Part,
    Read,
    RelationRows,
    Rows,
    RuleRows,
)
from platformrules.schema import FactType

_EQUALITIES: Mapping[Kind, Callable[..., Any]] = {
    Kind.TEXT: bounds.same_text,
    Kind.SET: bounds.same_set,
    Kind.TRUTH: runtime.same_truth,
}


class BoundsEmitter(Emitter):
    """Values in bounds: what is not recorded is its whole domain."""

    def read(self, node: Read) -> ast.expr:
        raw, one = self.raw(node.owner, node.fact), node.fact
        if one.key:
            return syntax.junction("or", (raw, syntax.constant("")))
        if one.type is FactType.BOOLEAN:
            return raw
        value = raw
        if one.type is FactType.SET and one.open:
            value = syntax.binary(raw, "&", self.names.constant(one.codes))
        unrecorded = self.names.constant(whole_domain(one))
        return syntax.choose(syntax.compare(raw, "is", syntax.constant(None)), unrecorded, value)

    def month_of(self, node: MonthOf) -> ast.expr:
        day = self.day(node)
        unknown = syntax.compare(day, "is", syntax.constant(None))
        return self.call(runtime.month_of, syntax.choose(unknown, self.names.constant(runtime.ANY_DATE), day))

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
                return self.call(bounds.all_of if node.function == "and" else bounds.any_of, syntax.row(operands))
            case "equal":
                return self.call(self.equality(node), *operands)
            case "member" if is_key(node.operands[0]):
                return self.call(runtime.key_in, *operands)
            case "round" | "floor" | "ceil":
                function = syntax.name(self.names.function(EXACT[node.function]))
                return self.call(bounds.rising, function, *operands)
            case "add_days" | "add_months" | "add_years":
                return self.call(runtime.both_rise, syntax.name(self.names.function(EXACT[node.function])), *operands)
            case "add_working_days":
                return self.call(runtime.working_day_after, *operands)
            case "working_days":
                return self.call(runtime.working_days, *operands)
            case "days_between" | "years_between":
                return self.call(runtime.difference, syntax.name(self.names.function(EXACT[node.function])), *operands)
            case "starts_with" | "ends_with" | "contains":
                return self.call(runtime.text_test, syntax.constant(node.function), *operands)
            case _:
                return self.call(IN_BOUNDS[node.function], *operands)

    def equality(self, node: Apply) -> Callable[..., Any]:
        """The equality of the operands' type."""
        if any(map(is_key, node.operands)):
            return runtime.same_key
        return _EQUALITIES.get(node.operands[0].datatype.kind, bounds.equal)

    def plain_comparison(self, node: Apply) -> ast.expr | None:
        """A fact compared with a constant, written out: what an unrecorded one gives is known beforehand."""
        if node.function not in SYMBOLS or len(node.operands) != 2:
            return None
        left, right = node.operands
        read, other = (left, right) if isinstance(left, Read) else (right, left)
        if not isinstance(read, Read) or not isinstance(other, Constant) or read.fact.key:
            return None
        if read.fact.type is FactType.BOOLEAN:
            return None
        if read.fact.type is FactType.SET and read.fact.open and not reads_literal_members(node):
            return None
        unrecorded = whole_domain(read.fact)
        sides = (unrecorded, other.value) if read is left else (other.value, unrecorded)
        function = self.equality(node) if node.function == "equal" else IN_BOUNDS[node.function]
        raw, value = self.raw(read.owner, read.fact), self.names.constant(other.value)
        first, second = (raw, value) if read is left else (value, raw)
        return syntax.choose(
            syntax.compare(raw, "is", syntax.constant(None)),
            self.names.constant(function(*sides)),
            syntax.compare(first, SYMBOLS[node.function], second),
        )

    def branch(self, node: Branch) -> ast.expr:
        sides = (thunk(self.expression(side)) for side in (node.then, node.otherwise))
        return self.call(runtime.branch, self.expression(node.test), *sides)

    def lookup(self, node: Lookup) -> ast.expr:
        return self.call(runtime.lookup, self.names.constant(node.table), *map(self.expression, node.keys))

    def accumulated(self, node: Gather, total: ast.expr) -> ast.expr:
        if node.function == "any":
            return self.call(bounds.less, syntax.constant(0), total)
        if node.function == "all":
            return self.call(bounds.equal, total, syntax.constant(0))
        return total

    def of_extreme(self, node: Gather, total: ast.expr) -> ast.expr:
        left, right, symbol = extreme_sides(node, syntax.name("one"), self)
        compare = bounds.less if symbol == "<" else bounds.at_most
        test = function_of("one", self.call(compare, left, right))
        return self.call(gathering.extreme_truth, syntax.constant(node.function), total, test)

    def rows(self, rows: Rows) -> ast.expr:
        """What is gone through: a list of rows with their presence, and whether there may be more."""
        if isinstance(rows, RuleRows):
            raise syntax.broken("comprehensions over rules are unrolled")
        match rows:
            case RelationRows(first=None, relation=relation):
                return syntax.name(f"l_{relation}")
            case RelationRows(first=first, last=last, relation=relation):
                ends = (self.expression(end) for end in (first, last) if end is not None)
                recorded = (syntax.name(f"r_{relation}"), syntax.name(f"day_{relation}"))
                # A register is complete for all time: no days of it lie outside of what is recorded.
                span = syntax.constant(None) if rows.register else syntax.name("span")
                return self.call(gathering.rows_between, *recorded, *ends, span)
            case MonthRows():
                return self.call(gathering.month_rows, syntax.name("months"))
            case Items(group=group):
                return self.call(gathering.item_rows, self.expression(group))
            case _:
                assert_never(rows)

    def gather_rows(self, node: Gather) -> ast.expr:
        least = least_of_months(node, self.plan)
        if least is not None:
            limit, symbol, index = least
            whole = syntax.item(syntax.name(f"n{index}"), syntax.attribute(syntax.name("span"), "whole"))
            return self.call(gathering.each_month, whole, self.expression(limit), syntax.constant(symbol == "<"))
        value = syntax.constant(None) if node.element is None else self.expression(node.element)
        return self.over_rows(node, lambda pairs, more: self.function_of_pairs(node, pairs, more), value)

    def over_rows(
        self, node: Gather | Distinct, finish: Callable[[ast.expr, ast.expr], ast.expr], value: ast.expr
    ) -> ast.expr:
        """A function of the pairs of presence and value; the rows are made once and passed on by a lambda."""
        variable, presence = f"v_{node.variable.name}", f"p_{node.variable.name}"
        present: ast.expr = syntax.name(presence)
        if node.condition is not None:
            present = self.call(bounds.all_of, syntax.row((present, self.expression(node.condition))))
        rows = "w_" + node.variable.name
        pairs = syntax.generator(
            syntax.row((present, value)), (variable, presence), syntax.item(syntax.name(rows), syntax.constant(0))
        )
        more = syntax.item(syntax.name(rows), syntax.constant(1))
        return syntax.call(function_of(rows, finish(pairs, more)), self.rows(node.rows))

    def function_of_pairs(self, node: Gather, pairs: ast.expr, more: ast.expr) -> ast.expr:
        match node.function:
            case "count":
                return self.call(gathering.count, pairs, more)
            case "any":
                return self.call(gathering.gather_any, pairs, more)
            case "all":
                return self.call(gathering.gather_all, pairs, more)
            case "longest_run":
                return self.call(gathering.longest_run, pairs, more)
            case "sum":
                element = self.names.constant(domain(node.element, {}))  # type: ignore[arg-type]
                return self.call(gathering.total, pairs, more, element)
            case _:
                default = self.expression(node.default)  # type: ignore[arg-type]
                whole = self.names.constant(domain(node, {}))
                return self.call(gathering.statistic, syntax.constant(node.function), pairs, more, default, whole)

    def distinct(self, node: Distinct) -> ast.expr:
        choices = node.datatype.choices
        codes = self.names.constant(None if choices is None else choices.codes)
        element = self.expression(node.element)
        return self.over_rows(node, lambda pairs, more: self.call(gathering.distinct, pairs, more, codes), element)


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

# SPDX-License-Identifier: MIT
"""Expressions where all is recorded: plain Python on plain values."""

from __future__ import annotations

import ast
from typing import assert_never

from platformrules import periods
from platformrules.backends.python import gathering, runtime, syntax
from platformrules.backends.python.emit import (
    EXACT,
    SYMBOLS,
    Emitter,
    extreme_sides,
    is_key,
    least_of_months,
    reads_literal_members,
)
from platformrules.criteria.datatypes import Kind
from platformrules.criteria.tables import looked_up
from platformrules.criteria.typed import (
    Apply,
    Branch,
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
    VerdictOf,
)
from platformrules.schema import FactType

_TEXT_METHODS = {"starts_with": "startswith", "ends_with": "endswith"}


class ExactEmitter(Emitter):
    """Plain Python values: all that is read is recorded."""

    exact = True
    #: Whether extremes are read from a state, which keeps their rows beside them.
    looks_back = False

    def read(self, node: Read) -> ast.expr:
        raw = self.raw(node.owner, node.fact)
        if node.fact.key:
            return syntax.junction("or", (raw, syntax.constant("")))
        if node.fact.type is FactType.SET and node.fact.open:
            return syntax.binary(raw, "&", self.names.constant(node.fact.codes))
        return raw

    def month_of(self, node: MonthOf) -> ast.expr:
        return self.call(periods.month_of, self.day(node))

    def part(self, node: Part) -> ast.expr:
        owner = self.expression(node.owner)
        if node.owner.datatype.kind is Kind.DATE:
            return syntax.attribute(owner, node.name)
        return self.call(periods.month_start if node.name == "start" else periods.month_end, owner)

    def apply(self, node: Apply) -> ast.expr:
        if reads_literal_members(node) and isinstance(node.operands[1], Read):
            right = self.raw(node.operands[1].owner, node.operands[1].fact)
            return syntax.compare(self.expression(node.operands[0]), SYMBOLS[node.function], right)
        operands = [self.expression(operand) for operand in node.operands]
        match node.function:
            case "not":
                return syntax.negation(operands[0])
            case "and" | "or":
                return syntax.junction(node.function, operands)
            case "equal" if any(map(is_key, node.operands)):
                return self.call(runtime.same_key, *operands)
            case "member" if is_key(node.operands[0]):
                return self.call(runtime.key_in, *operands)
            case "less" | "at_most" | "equal" | "contained" | "member":
                return syntax.compare(operands[0], SYMBOLS[node.function], operands[1])
            case "add" | "subtract" | "multiply" if node.datatype.whole:
                return syntax.binary(
                    operands[0], {"add": "+", "subtract": "-", "multiply": "*"}[node.function], operands[1]
                )
            case "shared":
                return syntax.binary(operands[0], "&", operands[1])
            case "size" | "length":
                return syntax.call("len", operands[0])
            case "starts_with" | "ends_with":
                return syntax.call(syntax.attribute(operands[0], _TEXT_METHODS[node.function]), operands[1])
            case "contains":
                return syntax.compare(operands[1], "in", operands[0])
            case "min" | "max":
                return syntax.call(node.function, *operands)
            case _:
                return self.call(EXACT[node.function], *operands)

    def verdict_of(self, node: VerdictOf) -> ast.expr:
        return self.call(gathering.only_settled, super().verdict_of(node))

    def branch(self, node: Branch) -> ast.expr:
        return syntax.choose(self.expression(node.test), self.expression(node.then), self.expression(node.otherwise))

    def lookup(self, node: Lookup) -> ast.expr:
        return self.call(looked_up, self.names.constant(node.table), *map(self.expression, node.keys))

    def accumulated(self, node: Gather, total: ast.expr) -> ast.expr:
        if node.function == "any":
            return syntax.compare(total, ">", syntax.constant(0))
        if node.function == "all":
            return syntax.compare(total, "==", syntax.constant(0))
        return total

    def of_extreme(self, node: Gather, total: ast.expr) -> ast.expr:
        value = syntax.item(total, syntax.constant(0)) if self.looks_back else total
        left, right, symbol = extreme_sides(node, value, self)
        return syntax.compare(left, symbol, right)

    def rows(self, rows: Rows) -> ast.expr:
        """What is gone through, all of it recorded."""
        if isinstance(rows, RuleRows):
            raise syntax.broken("rules are read by their own emitter only")
        match rows:
            case RelationRows(first=None, relation=relation, dated_by=None):
                return syntax.name(f"r_{relation}")
            case RelationRows(first=None, relation=relation):
                return syntax.name(f"i_{relation}")
            case RelationRows(first=first, last=last, relation=relation):
                ends = (self.expression(end) for end in (first, last) if end is not None)
                reader, needed = syntax.name(f"day_{relation}"), syntax.name(f"needed_{relation}")
                span = syntax.constant(None) if rows.register else syntax.name("span")
                return self.call(gathering.exact_between, syntax.name(f"r_{relation}"), reader, needed, *ends, span)
            case MonthRows():
                return syntax.name("months")
            case Items(group=group):
                return self.expression(group)
            case _:
                assert_never(rows)

    def gather_rows(self, node: Gather) -> ast.expr:
        least = least_of_months(node, self.plan)
        if least is not None:
            limit, symbol, index = least
            whole = syntax.item(syntax.name(f"n{index}"), syntax.attribute(syntax.name("span"), "whole"))
            holds = syntax.compare(self.expression(limit), symbol, syntax.call("min", whole))
            return syntax.junction("or", (syntax.negation(syntax.name("months")), holds))
        rows, target = self.rows(node.rows), f"v_{node.variable.name}"
        tests = () if node.condition is None else (self.expression(node.condition),)
        if node.function == "count":
            if not tests and not isinstance(node.rows, Items):
                return syntax.call("len", rows)
            return syntax.call("sum", syntax.generator(syntax.constant(1), target, rows, *tests))
        element = self.expression(node.element)  # type: ignore[arg-type]
        if node.function in {"any", "all"}:
            return syntax.call(node.function, syntax.generator(element, target, rows, *tests))
        if node.function == "longest_run":
            pairs = syntax.generator(syntax.row((syntax.constant(True), element)), target, rows, *tests)
            return self.call(gathering.longest_run, pairs, syntax.constant(False))
        if node.function == "sum":
            return self.call(gathering.exact_sum, syntax.generator(element, target, rows, *tests))
        default = self.expression(node.default)  # type: ignore[arg-type]
        values = syntax.listing(element, target, rows, *tests)
        return self.call(gathering.exact_statistic, syntax.constant(node.function), values, default)

    def distinct(self, node: Distinct) -> ast.expr:
        element = self.expression(node.element)
        tests = [] if node.condition is None else [self.expression(node.condition)]
        if node.datatype.choices is not None:
            tests.append(syntax.compare(element, "in", self.names.constant(node.datatype.choices.codes)))
        return syntax.call(
            "frozenset", syntax.generator(element, f"v_{node.variable.name}", self.rows(node.rows), *tests)
        )

# SPDX-License-Identifier: MIT
"""What expressions read of criteria and blocks: these rows are known, so comprehensions over them are unrolled."""

from __future__ import annotations

import ast

from platformrules import bounds
from platformrules.backends.python import gathering, runtime, syntax
from platformrules.backends.python.emit import Globals, extreme_sides
from platformrules.backends.python.in_bounds import BoundsEmitter
from platformrules.backends.python.plan import Plan
from platformrules.criteria.datatypes import Kind
from platformrules.criteria.typed import Distinct, Gather, RulePart, RuleRows
from platformrules.standards.dependencies import STATIC_PARTS, RuleTable, rule_id


class RuleEmitter(BoundsEmitter):
    """Expressions that may read criteria: in bounds, since a judgement may be open though all is recorded."""

    def __init__(self, names: Globals, plan: Plan, rules: RuleTable, *, totals_exact: bool = False) -> None:
        """Write code that also reads criteria and blocks.

        ``totals_exact`` says that the loops kept bare extremes, as those over complete rows do.
        """
        super().__init__(names, plan)
        self.rules, self.totals_exact = rules, totals_exact
        #: Criteria and blocks that a variable of an unrolled comprehension stands for.
        self.rows_of_rules: dict[str, str] = {}

    def gather_rules(self, node: Gather, rows: RuleRows) -> ast.expr:
        """A function over criteria or blocks."""
        pairs = self.unrolled(node, rows)
        if node.function == "all" and all(isinstance(one, ast.Constant) for one, _ in pairs):
            return self.call(runtime.settled, syntax.row(value for _, value in pairs))
        return self.function_of_pairs(node, syntax.row(map(syntax.row, pairs)), syntax.constant(False))

    def distinct(self, node: Distinct) -> ast.expr:
        """The set of parts of criteria or blocks, or of what rows hold."""
        if not isinstance(node.rows, RuleRows):
            return super().distinct(node)
        pairs = syntax.row(map(syntax.row, self.unrolled(node, node.rows)))
        codes = None if node.datatype.choices is None else node.datatype.choices.codes
        return self.call(gathering.distinct, pairs, syntax.constant(False), self.names.constant(codes))

    def unrolled(self, node: Gather | Distinct, rows: RuleRows) -> list[tuple[ast.expr, ast.expr]]:
        """Presence and value of each criterion or block; those that are surely left out are left out here."""
        pairs = []
        around = dict(self.rows_of_rules)  # a named value inside may use the same variable
        for name in self.rules.ids(rows):
            self.rows_of_rules = {**around, node.variable.name: name}
            present = True if node.condition is None else self.rules.settled(node.condition, self.rows_of_rules)
            if present is not False:
                dynamic = present is None and node.condition is not None
                presence = self.expression(node.condition) if dynamic else syntax.constant(True)  # type: ignore[arg-type]
                value = syntax.constant(None) if node.element is None else self.expression(node.element)
                pairs.append((presence, value))
        self.rows_of_rules = around
        return pairs

    def rule_part(self, node: RulePart) -> ast.expr:
        """``c.satisfied`` and the like: of a criterion a local of the generated code, of a block all in it."""
        if node.name == "verdict":
            return syntax.name("verdict")
        found = rule_id(node.owner, self.rows_of_rules)
        if node.name in STATIC_PARTS:
            return self.names.constant(self.rules.static_part(found, node.name, node.within))
        if node.owner.datatype.kind is Kind.BLOCK and node.name in {"points", "max"}:
            return self.of_block(found, "p" if node.name == "points" else "m")
        if node.owner.datatype.kind is Kind.BLOCK:
            every = (syntax.name(f"t{index}") for index in self.rules.blocks[found])
            return self.call(runtime.settled, syntax.row(every))
        index = self.rules.index(found)
        match node.name:
            case "outcome":
                parts = (syntax.constant(index), syntax.name(f"o{index}"), syntax.name(f"a{index}"))
                return syntax.call("outcome_of", *parts, syntax.name("waived"))
            case "grade":
                return syntax.name(f"g{index}")
            case "points" | "max":
                letter = "p" if node.name == "points" else "m"
                return syntax.name(f"{letter}{index}") if index in self.rules.maxima else syntax.constant(0)
            case "failed":
                return self.call(bounds.negated, syntax.name(f"t{index}"))
            case _:
                return syntax.name(f"t{index}")

    def of_block(self, block: str, letter: str) -> ast.expr:
        """The points of a block, or the most it can have: the sum of its parts, cut where it has a cap."""
        branching = self.rules.tree[block]
        parts: list[ast.expr] = [syntax.name(f"{letter}{index}") for index in branching.criteria]
        parts += [self.of_block(one, letter) for one in branching.blocks]
        total: ast.expr = syntax.constant(0)
        for part in parts:
            total = self.call(bounds.add, total, part)
        if branching.cap is None:
            return total
        return self.call(bounds.smallest, total, self.names.constant(branching.cap))

    def of_extreme(self, node: Gather, total: ast.expr) -> ast.expr:
        """Whether an extreme is as it must be; the loops over complete rows kept its bare value."""
        if not self.totals_exact:
            return super().of_extreme(node, total)
        left, right, symbol = extreme_sides(node, total, self)
        return self.call(bounds.less if symbol == "<" else bounds.at_most, left, right)

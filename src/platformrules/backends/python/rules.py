# SPDX-License-Identifier: MIT
"""What verdicts read of criteria and blocks: their rows are known, so comprehensions over them are unrolled."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from platformrules import bounds
from platformrules.backends.python import gathering, runtime, syntax
from platformrules.backends.python.emit import Globals
from platformrules.backends.python.in_bounds import BoundsEmitter
from platformrules.backends.python.plan import Plan
from platformrules.criteria.datatypes import Kind
from platformrules.criteria.typed import Apply, Constant, Distinct, Gather, RulePart, RuleRows, TypedNode, Variable


@frozen
class RuleTable:
    """What verdict expressions read: ids, blocks and strengths of the criteria, and the criteria of each block."""

    criteria: tuple[tuple[str, str | None, str], ...] = ()
    blocks: Mapping[str, tuple[int, ...]] = {}


class RuleEmitter(BoundsEmitter):
    """Expressions of verdicts: in bounds, and with the parts of rules."""

    def __init__(self, names: Globals, plan: Plan, rules: RuleTable) -> None:
        """Write code that also reads criteria and blocks."""
        super().__init__(names, plan)
        self.rules = rules
        #: Criteria and blocks that a variable of an unrolled comprehension stands for.
        self.rows_of_rules: dict[str, str] = {}

    def rule_ids(self, rows: RuleRows) -> list[str]:
        """The ids that rows of rules stand for."""
        return [one[0] for one in self.rules.criteria] if rows.kind == "criteria" else list(self.rules.blocks)

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
        for name in self.rule_ids(rows):
            self.rows_of_rules[node.variable.name] = name
            present = True if node.condition is None else self.settled(node.condition)
            if present is not False:
                dynamic = present is None and node.condition is not None
                presence = self.expression(node.condition) if dynamic else syntax.constant(True)  # type: ignore[arg-type]
                value = syntax.constant(None) if node.element is None else self.expression(node.element)
                pairs.append((presence, value))
        self.rows_of_rules.pop(node.variable.name, None)
        return pairs

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
            return self.call(
                runtime.settled, syntax.row(syntax.name(f"t{index}") for index in self.rules.blocks[found])
            )
        index = next(at for at, one in enumerate(self.rules.criteria) if one[0] == found)
        if node.name == "outcome":
            return syntax.call(
                "outcome_of",
                syntax.constant(index),
                syntax.name("truths"),
                syntax.name("applies"),
                syntax.name("waived"),
            )
        satisfied = syntax.name(f"t{index}")
        return self.call(bounds.negated, satisfied) if node.name == "failed" else satisfied


_STATIC: Mapping[str, Callable[..., Any]] = {
    "equal": lambda left, right: left == right,
    "member": lambda item, group: item in group,
    "not": lambda value: not value,
    "and": lambda *values: all(values),
    "or": lambda *values: any(values),
}

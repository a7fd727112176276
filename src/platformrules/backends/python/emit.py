# SPDX-License-Identifier: MIT
"""From checked expressions to Python expressions: exact where all is recorded, in bounds where something is missing."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any, assert_never

from platformrules import bounds, calendars, periods
from platformrules.backends.python import runtime, syntax
from platformrules.backends.python.plan import Accumulator, Plan
from platformrules.bounds import Members, Possible
from platformrules.criteria.typed import (
    Apply,
    Branch,
    Constant,
    Distinct,
    Gather,
    Lookup,
    MonthOf,
    MonthRows,
    Named,
    Parameter,
    Part,
    Read,
    RulePart,
    RuleRows,
    Today,
    TypedNode,
    Variable,
    VerdictOf,
)
from platformrules.schema import Fact, FactType

_NATIVE = (bool, int, str)
#: The record of what a run has yet to give: never written, so never recorded.
PARAMETERS = "parameters"
_DAYS = {"as_of": "as_of", "period.start": "start", "period.end": "end"}
#: The global that gives the verdict of another standard.
VERDICT_OF = "verdict_of"
#: Comparisons as Python writes them.
SYMBOLS = {"less": "<", "at_most": "<=", "contained": "<=", "member": "in", "equal": "=="}


class Globals:
    """The values that generated code reads as globals: constants that have no literal, and functions."""

    def __init__(self) -> None:
        """Start with none."""
        self.values: dict[str, object] = {}

    def constant(self, value: object) -> ast.expr:
        """A literal, or the name of a global that holds the value."""
        if value is None or type(value) in _NATIVE:
            return syntax.constant(value)  # type: ignore[arg-type]
        for known, other in self.values.items():
            if known.startswith("K") and _is_same(other, value):
                return syntax.name(known)
        name = f"K{len(self.values)}"
        self.values[name] = value
        return syntax.name(name)

    def function(self, called: Callable[..., Any]) -> str:
        """The name under which a function is called."""
        name = f"{called.__module__.rpartition('.')[2]}_{called.__name__}"
        self.values[name] = called
        return name


def _is_same(one: object, other: object) -> bool:
    """Whether two constants are the same also in their types: (True, False) is not (1, 0)."""
    if type(one) is not type(other) or one != other:
        return False
    match one, other:
        case tuple(), tuple():
            return all(map(_is_same, one, other))
        case dict(), dict():
            return all(_is_same(value, other[key]) for key, value in one.items())
        case _:
            return True


def read_fact(row: ast.expr, one: Fact, names: Globals, *, exact: bool) -> ast.expr:
    """The value of a fact of a row, ``None`` if it is not recorded; the exact path may raise KeyError instead."""
    if not one.plugin:
        return syntax.attribute(row, one.id)
    facts = syntax.attribute(row, "facts")
    if exact:
        return syntax.item(facts, names.constant(one.id))
    return syntax.call(syntax.attribute(facts, "get"), names.constant(one.id))


class Emitter:
    """What both ways of evaluating have in common: names, days, accumulators, and the total walk."""

    exact = False
    #: The local that holds what the verdicts of other standards are read from.
    dossier = "d"

    def __init__(self, names: Globals, plan: Plan) -> None:
        """Write code that reads globals ``names`` and accumulators of ``plan``."""
        self.names, self.plan = names, plan
        #: Local names of facts that were read before, by variable and fact.
        self.locals: dict[tuple[str, str], str] = {}
        #: Local names of named values that were worked out before.
        self.named: dict[str, str] = {}

    def call(self, function: Callable[..., Any], *arguments: ast.expr) -> ast.expr:
        """A call of a function that the generated code has as a global."""
        return syntax.call(self.names.function(function), *arguments)

    def expression(self, node: TypedNode) -> ast.expr:
        """The Python expression of a checked expression."""
        match node:
            case Constant(value=value):
                return self.names.constant(value)
            case Parameter():
                raise syntax.broken("parameters were replaced by their values")
            case Today(name=name):
                return syntax.name(_DAYS[name])
            case Variable(name=name):
                return syntax.name(f"v_{name}")
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
            case Named(name=name, expression=expression):
                return syntax.name(self.named[name]) if name in self.named else self.expression(expression)
            case Lookup():
                return self.lookup(node)
            case VerdictOf():
                return self.verdict_of(node)
            case _:
                assert_never(node)

    def raw(self, owner: Variable, one: Fact) -> ast.expr:
        """The value of a fact as it is recorded."""
        if owner.name == PARAMETERS:
            return syntax.constant(None)  # a run that gave it put in its value
        local = self.locals.get((owner.name, one.id))
        if local is not None:
            return syntax.name(local)
        return read_fact(syntax.name(f"v_{owner.name}"), one, self.names, exact=self.exact)

    def verdict_of(self, node: VerdictOf) -> ast.expr:
        """The verdict of another standard, in bounds."""
        reference = syntax.constant(node.reference)
        return syntax.call(VERDICT_OF, syntax.name(self.dossier), reference, self.expression(node.owner))

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
        total: ast.expr = syntax.name(f"n{accumulator.index}")
        if month is not None:
            total = syntax.item(total, syntax.binary(self.expression(month), "-", syntax.name("first_month")))
        return total

    # Rules: what reads them is always evaluated in bounds

    def rule_part(self, node: RulePart) -> ast.expr:
        """A part of a criterion or block."""
        raise syntax.broken(f"`{node.name}` is read by the emitter of rules only")

    def gather_rules(self, node: Gather, rows: RuleRows) -> ast.expr:
        """A function over criteria or blocks."""
        raise syntax.broken(f"`{node.function}` over {rows.kind} is read by the emitter of rules only")

    # What the two ways differ in: what each must write

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

    def lookup(self, node: Lookup) -> ast.expr:
        """What a table gives."""
        raise NotImplementedError

    def gather_rows(self, node: Gather) -> ast.expr:
        """A function over rows with a loop of its own."""
        raise NotImplementedError

    def distinct(self, node: Distinct) -> ast.expr:
        """A set of values."""
        raise NotImplementedError


def is_key(node: TypedNode) -> bool:
    """Whether a node reads a key, which is never unknown and matches nothing if it is empty."""
    return isinstance(node, Read) and node.fact.key


def reads_literal_members(node: Apply) -> bool:
    """``{…} <= fact`` and ``"…" in fact``: other items of an open set cannot matter."""
    return node.function in {"contained", "member"} and isinstance(node.operands[0], Constant)


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
                return limit, SYMBOLS[function], accumulator.index
    return None


def extreme_sides(node: Gather, total: ast.expr, emitter: Emitter) -> tuple[ast.expr, ast.expr, str]:
    """The two sides of the comparison of a kept extreme, and its symbol."""
    assert isinstance(node.element, Apply)  # noqa: S101 - INVARIANT: the plan keeps extremes of comparisons only
    left, right = node.element.operands
    symbol = SYMBOLS[node.element.function]
    if isinstance(left, Constant):
        return emitter.expression(left), total, symbol
    return total, emitter.expression(right), symbol


def thunk(value: ast.expr) -> ast.expr:
    """``lambda: value``: made only when it is asked for."""
    return function_of(None, value)


def function_of(parameter: str | None, value: ast.expr) -> ast.expr:
    """``lambda parameter: value``."""
    return syntax.unnamed([] if parameter is None else [parameter], value)


def whole_domain(one: Fact) -> Any:  # noqa: ANN401 - a value in bounds of the fact's type
    """What a fact that is not recorded may be; a truth is unknown, which is no value."""
    match one.type:
        case FactType.BOOLEAN:
            raise syntax.broken("a truth that is not recorded has no domain")
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
    "add_working_days": calendars.add_working_days,
    "working_days": calendars.working_days,
    "days_between": periods.days_between,
    "years_between": periods.years_between,
}

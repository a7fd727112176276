# SPDX-License-Identifier: MIT
"""What a number can be over all dossiers: the proof that a divisor is not zero."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from platformrules import bounds
from platformrules.bounds import ANYTHING, Bounds, Value
from platformrules.criteria.typed import (
    Apply,
    Branch,
    Constant,
    ConstantValue,
    Gather,
    Lookup,
    Named,
    Parameter,
    Part,
    Read,
    TypedNode,
)

_COUNTS = Bounds(0, None)
_ARITHMETIC: Mapping[str, Callable[..., Value]] = {
    "add": bounds.add,
    "subtract": bounds.subtract,
    "multiply": bounds.multiply,
    "divide": bounds.divide,
    "negate": bounds.negate,
    "min": bounds.smallest,
    "max": bounds.greatest,
}
_ROUNDING: Mapping[str, Callable[..., object]] = {
    "round": bounds.rounded,
    "floor": bounds.floored,
    "ceil": bounds.ceiled,
}
_PARTS = {"year": Bounds(1, 9999), "month": Bounds(1, 12)}


def domain(node: TypedNode, parameters: Mapping[str, ConstantValue]) -> Value:
    """Bounds of a number that hold for every dossier; open where nothing better is known."""
    match node:
        case Constant(value=int() | Decimal() as value):
            return value
        case Parameter(name=name):
            return parameters[name]  # type: ignore[return-value]
        case Read(fact=fact):
            return fact.domain
        case Part(name=name):
            return _PARTS[name]
        case Named(expression=expression):
            return domain(expression, parameters)
        case Lookup(table=table):
            return bounds.hull(*table.values)  # type: ignore[arg-type]
        case Branch(then=then, otherwise=otherwise):
            return bounds.hull(domain(then, parameters), domain(otherwise, parameters))
        case Apply(function="size" | "length" | "working_days"):
            return _COUNTS
        case Apply(function=function, operands=operands) if function in _ARITHMETIC:
            return _ARITHMETIC[function](*(domain(operand, parameters) for operand in operands))
        case Apply(function=function, operands=(number, *more)) if function in _ROUNDING:
            decimals = [domain(operand, parameters) for operand in more]
            return bounds.rising(_ROUNDING[function], domain(number, parameters), *decimals)
        case Gather():
            return _of_rows(node, parameters)
        case _:
            return ANYTHING


def _of_rows(node: Gather, parameters: Mapping[str, ConstantValue]) -> Value:
    if node.function in {"count", "longest_run"}:
        return _COUNTS
    if node.function == "share":
        return bounds.hull(Bounds(0, 1), domain(node.default, parameters))  # type: ignore[arg-type]
    element = domain(node.element, parameters)  # type: ignore[arg-type]
    if node.function == "sum":
        low, high = bounds.ends(element)
        return Bounds(0 if low is not None and low >= 0 else None, 0 if high is not None and high <= 0 else None)  # type: ignore[operator]
    default = domain(node.default, parameters)  # type: ignore[arg-type]
    if node.function in {"mean", "median"}:  # a quotient is rounded, perhaps to 0
        return bounds.hull(element, bounds.rising(bounds.rounded, element, bounds.QUOTIENT_DECIMALS), default)
    return bounds.hull(element, default)

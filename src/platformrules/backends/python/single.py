# SPDX-License-Identifier: MIT
"""Expressions compiled one by one: each a function of plain records, for those who step through days and events.

The same meaning as in a program, in bounds: what is not recorded is its whole domain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from platformrules.backends.python import syntax
from platformrules.backends.python.emit import VERDICT_OF, Globals
from platformrules.backends.python.in_bounds import BoundsEmitter
from platformrules.backends.python.plan import Plan
from platformrules.criteria.simplifier import simplify
from platformrules.criteria.typed import ConstantValue, TypedExpr


def to_functions(
    expressions: Sequence[TypedExpr],
    values: Mapping[str, ConstantValue],
    *,
    records: Sequence[str],
    relations: Sequence[str],
    file: str,
    verdict_of: Callable[[Any, str, Any], Any] | None = None,
    dossier: str = "",
) -> list[Callable[..., Any]]:
    """A function for each expression, which gives its value in bounds.

    Args:
        expressions: what is compiled.
        values: the values of parameters.
        records: the names of the records that the functions take, in this order.
        relations: the names of the registers that they take after these: rows in bounds, as ``gathering`` says.
        file: how a traceback calls the code.
        verdict_of: what gives the verdict of a standard, from the record named ``dossier``, its reference and a row.
        dossier: one of the records.
    """
    emitter = BoundsEmitter(Globals(), Plan())
    emitter.dossier = f"v_{dossier}"
    emitter.names.values[VERDICT_OF] = verdict_of
    parameters = [*(f"v_{name}" for name in records), *(f"l_{name}" for name in relations)]
    functions = []
    for index, expression in enumerate(expressions):
        value = emitter.expression(simplify(expression.root, values))
        functions.append(syntax.function(f"value_{index}", parameters, [syntax.give(value)]))
    made: dict[str, Any] = syntax.compile_functions(functions, emitter.names.values, file)
    return [made[f"value_{index}"] for index in range(len(expressions))]

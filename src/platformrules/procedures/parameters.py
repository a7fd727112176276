# SPDX-License-Identifier: MIT
"""The parameters of a procedure: constants of the document, and numbers that it leaves to the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from platformrules.citations import Citation
from platformrules.criteria.datatypes import DATE, MISTAKE, NUMBER, SET, TEXT, TRUTH, WHOLE, Datatype, Kind, datatype_of
from platformrules.criteria.parser import MAX_DECIMALS
from platformrules.diagnostics import did_you_mean
from platformrules.dossiers import settle
from platformrules.errors import UnknownNameError
from platformrules.languages import Bilingual
from platformrules.procedures.files import ParameterRow
from platformrules.procedures.model import MEMORY, Parameter
from platformrules.rulefiles import Faults
from platformrules.schema import Fact, FactType, digits_fault
from platformrules.serialization import shown

_DATATYPES: Mapping[type, Datatype] = {bool: TRUTH, int: WHOLE, Decimal: NUMBER, str: TEXT, date: DATE, frozenset: SET}
_GIVEN = (FactType.BOOLEAN, FactType.INTEGER, FactType.DECIMAL, FactType.TEXT, FactType.DATE)


def load_parameters(
    rows: Mapping[str, ParameterRow],
    overrides: Mapping[str, Any],
    cites: Mapping[str, Sequence[Citation]],
    procedure: str,
    faults: Faults,
) -> dict[str, Parameter]:
    """The parameters of a file, some with another value.

    Raises:
        UnknownNameError: another value is given to a parameter that there is not.
    """
    for name in overrides:
        if name not in rows:
            message = f"{procedure} has no parameter `{name}`; {did_you_mean(name, rows)}"
            raise UnknownNameError(message.rstrip("; "))
    return {name: _parameter(name, row, overrides, tuple(cites[name]), faults) for name, row in rows.items()}


def _parameter(
    name: str, row: ParameterRow, overrides: Mapping[str, Any], cites: tuple[Citation, ...], faults: Faults
) -> Parameter:
    path = f"$.parameters.{name}"
    if (row.value is None) is (row.type is None):
        message = f"`{name}` has exactly one of `value` and `type`"
        hint = "a `value` of the document, or the `type` of what is given with the case"
        faults.add("PR402", message, path, hint, cites, keys=("value", "type"))
    value = _as_set(overrides.get(name, row.value))
    if row.type is not None:
        datatype = _check_given(name, row, value, path, faults)
    else:
        datatype = _check_constant(name, value, _as_set(row.value), path, faults)
    overridden = name in overrides and value != _as_set(row.value)
    return Parameter(name, value, datatype, cites, row.unit, row.title, row.reading, row.note, overridden=overridden)


def _as_set(value: Any) -> Any:  # noqa: ANN401 - a value of a file or of a caller
    listed = isinstance(value, set | list | tuple) and all(type(item) is str for item in value)
    return frozenset(value) if listed else value


def _check_constant(name: str, value: object, printed: object, path: str, faults: Faults) -> Datatype:
    """The type of a constant, which another value must have too."""
    expected = _DATATYPES.get(type(printed), MISTAKE)
    datatype = _DATATYPES.get(type(value), MISTAKE)
    fault = "" if datatype.kind is expected.kind else f"must be {expected}"
    if expected is MISTAKE and printed is not None:
        fault = "must be a number, a truth, a text, a date or a list of texts"
    elif datatype.kind is Kind.NUMBER and not fault:
        fault = digits_fault(value, MAX_DECIMALS)  # type: ignore[arg-type]
    if fault:
        faults.add("PR403", f"`{name}` {fault} (got {shown(value)})", f"{path}.value")
    return MISTAKE if fault or faults.is_mended(f"{path}.value") else datatype


def _check_given(name: str, row: ParameterRow, value: object, path: str, faults: Faults) -> Datatype:
    """The type of what is given with the case."""
    one = given_fact(name, row)
    if one.type not in _GIVEN:
        hint = "one of " + ", ".join(_GIVEN)
        faults.add("PR403", f"a {one.type} is not given with a case", f"{path}.type", hint)
        return MISTAKE
    if value is not None:
        fault = settle(one, value)[1]
        if fault:
            faults.add("PR403", f"`{name}` {fault} (got {shown(value)})", f"{path}.value")
            return MISTAKE
        return _DATATYPES[type(value)]
    return datatype_of(one)


def given_fact(name: str, row: ParameterRow) -> Fact:
    """What is not known of a parameter as long as it is not given: any value of its domain."""
    return Fact(
        id=name,
        on=MEMORY,
        type=row.type or FactType.TEXT,
        label=row.title or Bilingual(name, name),
        unit=row.unit,
        minimum=row.minimum,
        maximum=row.maximum,
        plugin=MEMORY,
    )

# SPDX-License-Identifier: MIT
"""From ``[parameters]`` to constants, tables and what a run has to give; standards and procedures have them alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise, product
from typing import Any

from attrs import frozen

from platformrules.citations import Citation
from platformrules.criteria.datatypes import (
    DATE,
    MISTAKE,
    NUMBER,
    SET,
    TEXT,
    TRUTH,
    WHOLE,
    Datatype,
    Kind,
    datatype_of,
)
from platformrules.criteria.parser import MAX_DECIMALS
from platformrules.criteria.typed import ConstantValue, Step, Table
from platformrules.diagnostics import did_you_mean
from platformrules.dossiers import settle
from platformrules.errors import UnknownNameError
from platformrules.languages import Bilingual
from platformrules.schema import Fact, FactType, Schema, digits_fault
from platformrules.serialization import Scalar, shown
from platformrules.standards.files import ParameterRow, StepRow
from platformrules.standards.model import Parameter
from platformrules.standards.sources import Faults

_DATATYPES: Mapping[type, Datatype] = {bool: TRUTH, int: WHOLE, Decimal: NUMBER, str: TEXT, date: DATE, frozenset: SET}
_FORMS = ("value", "type", "values", "steps")
_KEYS = {"values": {"by", "otherwise"}, "type": {"minimum", "maximum"}}
_TRUTHS = {"true": True, "false": False}
#: Resolves the clauses that something cites, at a path of the file.
Citer = Callable[[Sequence[str], str], tuple[Citation, ...]]


def read_parameters(
    rows: Mapping[str, ParameterRow],
    overrides: Mapping[str, Any],
    owner: str,
    *,
    faults: Faults,
    cite: Citer,
    schema: Schema,
) -> dict[str, Parameter]:
    """The parameters of a file, with the values that a run gives instead of, or in addition to, the document's.

    Raises:
        UnknownNameError: the run gives a value for a parameter that there is not.
    """
    for name in overrides:
        if name not in rows:
            message = f"{owner} has no parameter `{name}`; "
            raise UnknownNameError((message + did_you_mean(name, rows)).rstrip("; "))
    reader = _Reader(faults, schema)
    found = {}
    for name, row in rows.items():
        parts = reader.read(name, row, overrides)
        found[name] = Parameter(
            id=name,
            cites=cite(row.cites, f"$.parameters.{name}"),
            unit=row.unit,
            title=row.title,
            reading=row.reading,
            note=row.note,
            **parts,
        )
    return found


def names_of(parameters: Mapping[str, Parameter]) -> Mapping[str, Any]:
    """What a scope is told of parameters: constants, tables, and what is not known until the run gives it."""
    return {
        "parameters": {name: (one.datatype, one.value) for name, one in parameters.items() if one.value is not None},
        "tables": {name: one.table for name, one in parameters.items() if one.table is not None},
        "given": {name: one.given for name, one in parameters.items() if one.given is not None and one.value is None},
    }


@frozen
class _Reader:
    faults: Faults
    schema: Schema

    def read(self, name: str, row: ParameterRow, overrides: Mapping[str, Any]) -> dict[str, Any]:
        """The parts of a parameter that its form decides."""
        path = f"$.parameters.{name}"
        forms = [form for form in _FORMS if getattr(row, form) is not None]
        if len(forms) != 1:
            hint = "`value` is a constant, `type` what the run gives, `by` and `values` a table, `steps` bands"
            message = "a parameter has exactly one of `value`, `type`, `values`, `steps`"
            self.faults.add("PR402", message, path, hint, keys=_FORMS)
            return {"value": False, "datatype": MISTAKE}
        for form, keys in _KEYS.items():
            for key in sorted(keys):
                if form != forms[0] and getattr(row, key) is not None:
                    self.faults.add("PR402", f"`{key}` belongs to a parameter with `{form}`", f"{path}.{key}")
        if forms[0] in {"values", "steps"}:
            if name in overrides:
                message = f"`{name}` is a table: a run gives values to constants only"
                self.faults.add("PR403", message, path)
            table = self.table(name, row, path) if forms[0] == "values" else self.steps(name, row, path)
            return {"value": None, "datatype": table.datatype, "table": table}
        return self.constant(name, row, overrides) if forms[0] == "value" else self.given(name, row, overrides)

    def constant(self, name: str, row: ParameterRow, overrides: Mapping[str, Any]) -> dict[str, Any]:
        path = f"$.parameters.{name}.value"
        value, datatype = self.value(name, overrides.get(name, row.value), _DATATYPES[type(row.value)], path)
        overridden = name in overrides and value != row.value
        return {"value": False if datatype is MISTAKE else value, "datatype": datatype, "overridden": overridden}

    def value(self, name: str, value: Any, expected: Datatype, path: str) -> tuple[Any, Datatype]:  # noqa: ANN401 - anything may be given
        """A constant and its type; a fault is noted if it is not of the type that is expected."""
        if isinstance(value, set | list | tuple) and all(type(item) is str for item in value):
            value = frozenset(value)
        datatype = _DATATYPES.get(type(value), MISTAKE)
        fault = "" if datatype.kind is expected.kind else f"must be {expected}"
        if datatype.kind is Kind.NUMBER and not fault:
            fault = digits_fault(value, MAX_DECIMALS)
        if fault:
            self.faults.add("PR403", f"`{name}` {fault} (got {shown(value)})", path)
        return value, MISTAKE if fault or self.faults.is_mended(path) else datatype

    def given(self, name: str, row: ParameterRow, overrides: Mapping[str, Any]) -> dict[str, Any]:
        """What the document does not print."""
        path = f"$.parameters.{name}"
        kind = row.type or FactType.TEXT
        if kind in {FactType.CHOICE, FactType.SET}:
            hint = "boolean, integer, decimal, text or date"
            self.faults.add("PR403", f"a parameter that is given with the run is no {kind}", f"{path}.type", hint)
            kind = FactType.TEXT
        elif kind not in {FactType.INTEGER, FactType.DECIMAL}:
            for key in ("minimum", "maximum"):
                if getattr(row, key) is not None:
                    self.faults.add("PR403", f"a {kind} has no `{key}`", f"{path}.{key}")
        label = row.title or Bilingual(name, name.replace("_", " "))
        one = Fact(name, "parameters", kind, label, row.unit, minimum=row.minimum, maximum=row.maximum)
        value = overrides.get(name)
        if value is not None:
            value, fault = settle(one, value)
            if fault:
                self.faults.add("PR403", f"`{name}` {fault} (got {shown(overrides[name])})", path)
                value = None
        return {"value": value, "datatype": datatype_of(one), "given": one, "overridden": value is not None}

    # Tables

    def steps(self, name: str, row: ParameterRow, path: str) -> Table:
        """Bands of a number or a date."""
        rows = row.steps or ()
        datatype = self.datatype([(one.value, f"{path}.steps[{at}].value") for at, one in enumerate(rows)], name)
        starts = [self.start(one, at, f"{path}.steps[{at}]") for at, one in enumerate(rows)]
        kinds = {type(start) is date for start, _ in starts[1:] if start is not None}
        if len(rows) < 2:
            message = "`steps` are two or more, the first without `from` and `above`"
            self.faults.add("PR406", message, f"{path}.steps", "a single value is a constant: `value = …`")
        elif len(kinds) > 1:
            self.faults.add("PR403", "steps begin all at numbers, or all at dates", f"{path}.steps")
        elif None not in (start for start, _ in starts[1:]):
            for at, (one, other) in enumerate(pairwise(starts[1:]), start=2):
                if one >= other:  # one that holds its number comes before one that begins above it
                    message = "steps ascend: each begins beyond the one before"
                    self.faults.add("PR406", message, f"{path}.steps[{at}]")
        sound = len(kinds) == 1 and None not in (start for start, _ in starts[1:])
        return Table(
            name,
            datatype if sound else MISTAKE,
            steps=tuple(Step(one.value, start, above) for one, (start, above) in zip(rows, starts, strict=True)),
            of=DATE if True in kinds else NUMBER,
            title=row.title,
            unit=row.unit,
        )

    def start(self, row: StepRow, index: int, path: str) -> tuple[Any, bool]:
        """Where a step begins, and whether only above that."""
        start = row.from_ if row.above is None else row.above
        if (start is None) is not (index == 0) or None not in (row.from_, row.above):
            message = "the first step has neither `from` nor `above`, each other one of them"
            self.faults.add("PR402", message, path, keys=("from", "above"))
            return None, False
        if start is not None and type(start) not in {int, Decimal, date}:
            self.faults.add("PR403", f"a step begins at a number or a date (got {shown(start)})", path)
            return None, False
        if isinstance(start, int | Decimal) and (fault := digits_fault(start, MAX_DECIMALS)):
            self.faults.add("PR403", f"the start of a step {fault} (got {shown(start)})", path)
            return None, False
        return start, row.above is not None

    def table(self, name: str, row: ParameterRow, path: str) -> Table:
        """Values by the choices or truths of one fact, or of two."""
        by = self.keys_of(row.by, f"{path}.by")
        entries: dict[tuple[str | bool, ...], ConstantValue] = {}
        places: list[tuple[Scalar, str]] = []
        known = len(self.faults.found)
        for keys, value, place in self.leaves(row.values, len(by), f"{path}.values"):
            key = tuple(self.key(one, text, place) for one, text in zip(by, keys, strict=True))
            if isinstance(value, list) and all(type(item) is str for item in value):
                value = frozenset(value)  # noqa: PLW2901 - a list is a set
            if type(value) not in _DATATYPES:
                self.faults.add("PR403", f"a table holds constants (got {shown(value)})", place)
                continue
            places.append((value, place))
            if None not in key:
                entries[key] = value  # type: ignore[index]
        if row.otherwise is not None:
            places.append((row.otherwise, f"{path}.otherwise"))
        elif by and len(self.faults.found) == known:  # an entry that is wrong may be the one that lacks
            self.check_whole(by, entries, path)
        datatype = self.datatype(places, name) if by else MISTAKE
        return Table(name, datatype, by, entries, row.otherwise, title=row.title, unit=row.unit)

    def keys_of(self, by: object, path: str) -> tuple[Fact, ...]:
        """The facts whose values are the keys."""
        names = [by] if isinstance(by, str) else by
        if not isinstance(names, list) or len(names) not in {1, 2} or any(type(one) is not str for one in names):
            hint = '`by = "area.level"`, or a list of two'
            self.faults.add("PR402", "a table says by which fact it is looked up", path, hint)
            return ()
        found = []
        for name in names:
            model, _, fact = name.partition(".")
            one = self.schema.facts.get(model, {}).get(fact)
            if one is None:
                known = [f"{model}.{other}" for other in self.schema.facts.get(model, {})]
                self.faults.add("PR405", f"there is no fact `{name}`", path, did_you_mean(name, known))
            elif one.type not in {FactType.CHOICE, FactType.BOOLEAN}:
                self.faults.add("PR403", f"`{name}` is neither a choice nor a truth", path, "bands are `steps`")
            else:
                found.append(one)
        return tuple(found) if len(found) == len(names) else ()

    def leaves(self, values: object, depth: int, path: str) -> list[tuple[tuple[str, ...], Any, str]]:
        """Keys and value of each entry, and where it stands."""
        if not isinstance(values, Mapping) or not values:
            self.faults.add("PR403", f"expected a table of keys and values (got {shown(values)})", path)
            return []
        if depth < 2:
            return [((key,), value, f"{path}.{key}") for key, value in values.items()] if depth else []
        return [
            ((key, *keys), value, place)
            for key, inner in values.items()
            for keys, value, place in self.leaves(inner, depth - 1, f"{path}.{key}")
        ]

    def key(self, one: Fact, text: str, path: str) -> str | bool | None:
        """The choice or truth that a key stands for."""
        known: Mapping[str, str | bool] = (
            _TRUTHS if one.type is FactType.BOOLEAN else {code: code for code in sorted(one.codes)}
        )
        if text not in known:
            hint = did_you_mean(one.code(text) or text, known)
            self.faults.add("PR304", f"`{text}` is no choice of `{one.id}`", path, hint)
        return known.get(text)

    def check_whole(self, by: Sequence[Fact], entries: Mapping[tuple[str | bool, ...], Any], path: str) -> None:
        """Every key has an entry."""
        opened = [one.id for one in by if one.open]
        if opened:
            message = f"`{opened[0]}` is open: `otherwise` says the value of the rest"
            self.faults.add("PR406", message, path)
            return
        every = product(
            *([choice.id for choice in one.values] if one.type is FactType.CHOICE else (True, False) for one in by)
        )
        lacking = [", ".join(map(shown, key)) for key in every if key not in entries]
        if lacking:
            more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
            message = f"no entry for {'; '.join(lacking[:5])}{more}"
            self.faults.add("PR406", message, f"{path}.values", "`otherwise` says the value of the rest")

    def datatype(self, values: Sequence[tuple[Any, str]], name: str) -> Datatype:
        """The one type of all values of a table."""
        found: Datatype | None = None
        for value, path in values:
            _, one = self.value(name, value, found or _DATATYPES[type(value)], path)
            if one.kind is Kind.MISTAKE:
                return MISTAKE
            found = one if found is None or found.whole else found
        return found or MISTAKE

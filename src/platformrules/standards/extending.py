# SPDX-License-Identifier: MIT
"""A standard made out of another (`extends`): the data of both files merged before anything is checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from attrs import field, frozen

from platformrules.citations import Document
from platformrules.diagnostics import did_you_mean

#: The data of a rule file.
Data: TypeAlias = Mapping[str, Any]
#: A row by its section and id: ``("criteria", "floor-area")``.
Place: TypeAlias = tuple[str, str]

#: Sections whose rows have ids and merge in place; new ones go last.
ROWS = ("values", "blocks", "criteria", "verdict", "notes", "cohort")
#: Sections by name: parameters merge key by key, scales row by row.
TABLES = ("parameters", "scales")
#: Keys of `[standard]` that each file gives itself.
_OWN = ("id", "version", "document", "in_force")
#: Keys of which a row has one: another one takes the place of the base's.
_FORMS: Mapping[str, tuple[str, ...]] = {
    "criteria": ("require", "grades", "points", "judge"),
    "parameters": ("value", "type", "values", "steps"),
}


@frozen
class Merged:
    """The data of a standard and its base together.

    Attributes:
        data: what is checked like any other file.
        owners: rows that stand as in the base: the document that their citations name.
        faults: path, code, message and hint of what cannot be merged.
    """

    data: Data
    owners: Mapping[Place, Document] = field(factory=dict)
    faults: tuple[tuple[str, str, str, str], ...] = ()


def extend(base: Data, base_owners: Mapping[Place, Document], document: Document, own: Data) -> Merged:
    """Merge a file into that of the standard it extends.

    Rows of the base cite its ``document``, unless ``base_owners`` names another one.
    """
    header = own.get("standard")
    given: Mapping[str, Any] = header if isinstance(header, Mapping) else {}
    faults: list[tuple[str, str, str, str]] = []
    kept = _without(base, given.get("remove", ()), faults)
    merged: dict[str, Any] = {**kept, **{key: value for key, value in own.items() if key not in (*ROWS, *TABLES)}}
    inherited = {
        key: value for key, value in kept.get("standard", {}).items() if key not in (*_OWN, "extends", "remove")
    }
    merged["standard"] = {**inherited, **given}
    owners: dict[Place, Document] = {}
    for section in ROWS:
        rows, changed = _merge_rows(section, kept.get(section, []), own.get(section, []), faults)
        if section in own and not isinstance(own[section], list):
            merged[section] = own[section]  # what it is is told where the merged file is checked
        elif rows or section in own:
            merged[section] = rows
        names = _names(kept.get(section, []))
        owners |= {(section, name): base_owners.get((section, name), document) for name in names if name not in changed}
    for section in TABLES:
        tables = dict(kept.get(section, {}))
        for name, value in _mapping(own.get(section)).items():
            tables[name] = _merge_table(section, name, tables.get(name), value, faults)
        if section in own and not isinstance(own[section], Mapping):
            merged[section] = own[section]
        elif tables:
            merged[section] = tables
        owners |= {
            (section, name): base_owners.get((section, name), document)
            for name in _mapping(kept.get(section))
            if name not in _mapping(own.get(section))
        }
    return Merged(merged, owners, tuple(faults))


def _tables(rows: object) -> list[Mapping[str, Any]]:
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _without(base: Data, removed: object, faults: list[tuple[str, str, str, str]]) -> dict[str, Any]:
    """The base without the rows and sections that are taken out first."""
    kept: dict[str, Any] = dict(base)
    for index, entry in enumerate(removed if isinstance(removed, list) else ()):
        section, _, name = str(entry).partition(".")
        path = f"$.standard.remove[{index}]"
        known = [one for one in (*ROWS, *TABLES) if one in kept]
        if section not in known:
            faults.append((path, "PR405", f"the base has no `{section}`", did_you_mean(section, known)))
        elif not name:
            del kept[section]
        else:
            names = _names(kept[section])
            if name not in names:
                faults.append((path, "PR405", f"the base has no `{entry}`", did_you_mean(name, names)))
            kept[section] = (
                {key: value for key, value in kept[section].items() if key != name}
                if isinstance(kept[section], Mapping)
                else [row for row in kept[section] if row.get("id") != name]
            )
    return kept


def _names(section: object) -> list[str]:
    return list(section) if isinstance(section, Mapping) else [str(row.get("id")) for row in _tables(section)]


def _merge_rows(
    section: str, base: object, own: object, faults: list[tuple[str, str, str, str]]
) -> tuple[list[Any], set[object]]:
    """The rows in the order of the base, new ones last, and the ids of those that the new file gives."""
    rows: list[Any] = [dict(row) for row in _tables(base)]
    places = {row.get("id"): at for at, row in enumerate(rows)}
    changed: set[object] = set()
    for row in own if isinstance(own, list) else ():
        name = row.get("id") if isinstance(row, Mapping) else None
        at = places.get(name)
        if at is None:
            rows.append(row)
        else:
            rows[at] = _changed(section, rows[at], row)
            if "cites" in rows[at] and "cites" not in row:
                message = f"`{name}` is changed: it must cite the clause that changes it"
                faults.append((f"$.{section}[{at}].cites", "PR408", message, ""))
        changed.add(name)
    return rows, changed


def _changed(section: str, base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A row with the keys that the new file gives; another form takes the place of the base's."""
    forms = _FORMS.get(section, ())
    dropped = set(forms) if any(form in own for form in forms) else set()
    return {**{key: value for key, value in base.items() if key not in dropped}, **own}


def _merge_table(section: str, name: str, base: object, own: object, faults: list[tuple[str, str, str, str]]) -> object:
    """A parameter key by key and entry by entry, a scale row by row."""
    if section == "scales":
        return _merge_rows("scale", base, own, faults)[0] if isinstance(base, list) else own
    if not isinstance(base, Mapping) or not isinstance(own, Mapping):
        return own
    merged = _changed(section, base, own)
    entries, old = own.get("values"), base.get("values")
    if isinstance(entries, Mapping) and isinstance(old, Mapping):
        merged["values"] = _deep(old, entries)
    if "cites" not in own:
        message = f"`{name}` is changed: it must cite the clause that changes it"
        faults.append((f"$.parameters.{name}.cites", "PR408", message, ""))
    return merged


def _deep(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in own.items():
        old = merged.get(key)
        merged[key] = _deep(old, value) if isinstance(value, Mapping) and isinstance(old, Mapping) else value
    return merged


def references(data: Data) -> Iterable[str]:
    """The standards that a file needs before it can be loaded: its base and those it includes."""
    header = _mapping(data.get("standard"))
    included = header.get("includes")
    found = [one for one in included if isinstance(one, str)] if isinstance(included, list) else []
    base = header.get("extends")
    return [*([base] if isinstance(base, str) else []), *found]

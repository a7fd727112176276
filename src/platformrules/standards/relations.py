# SPDX-License-Identifier: MIT
"""From ``[[relations]]`` of ``facts.toml`` to the schema: what a plugin records in rows (format.md section 3)."""

from __future__ import annotations

from platformrules.criteria.signatures import FUNCTIONS, GATHERINGS
from platformrules.diagnostics import did_you_mean
from platformrules.models import OWNERS, keys_of
from platformrules.schema import FactType, Relation, Schema
from platformrules.standards.files import FactsFile, RelationRow
from platformrules.standards.sources import SNAKE, Faults

#: What a fact of a row cannot be called: words of the language and of worked cases that stand in its place.
ROW_WORDS = ("month", "times")
#: Words of the language and keys of dossiers and cases, which a plugin called by their first part would meet.
_WORDS = frozenset({*FUNCTIONS, *GATHERINGS, "during", "as_of", "records_from"})
#: The names of sheets that every ledger can have besides those of relations.
_SHEETS = ("judgements", "认定", "waivers", "豁免", "settings", "设置", "notes", "说明")


def load_relations(file: FactsFile, plugin: str, schema: Schema, faults: Faults) -> Schema:
    """The schema with the relations of a file and the keys of their rows; what is wrong with them is noted."""
    places = ((row.id, f"$.relations[{index}].id") for index, row in enumerate(file.relations))
    faults.unique(places, SNAKE, "relation")
    added: list[Relation] = []
    sheets = {name.casefold(): name for name in _SHEETS}
    for known in schema.relations.values():
        sheets.update({name.strip().casefold(): known.id for name in (known.label.zh, known.label.en, known.id)})
    for index, row in enumerate(file.relations):
        path = f"$.relations[{index}]"
        _check_relation(row, plugin, schema, faults, path)
        _check_rows(row, file, faults, path)
        for label in (row.label.zh, row.label.en):
            other = sheets.setdefault(label.strip().casefold(), row.id)
            if other != row.id:
                message = f"`{row.id}` and `{other}` share the label `{label}`"
                faults.add("PR404", message, f"{path}.label", "it is the name of a ledger sheet")
        added.append(
            Relation(
                id=row.id,
                model=row.id,
                label=row.label,
                dated_by=row.dated_by,
                of=row.of if row.of in OWNERS else OWNERS[0],
                register=row.register,
                plugin=plugin,
            )
        )
    fresh = [one for one in added if one.id not in schema.facts and one.id not in schema.relations]
    return schema.with_relations(fresh, [key for one in fresh for key in keys_of(one)])


def _check_relation(row: RelationRow, plugin: str, schema: Schema, faults: Faults, path: str) -> None:
    if row.of not in OWNERS:
        faults.add("PR405", f"rows cannot be of `{row.of}`", f"{path}.of", did_you_mean(row.of, OWNERS))
    if not row.id.startswith(f"{plugin}_"):
        faults.add("PR404", f"a relation of this plugin starts with `{plugin}_`", f"{path}.id")
    elif row.id in schema.relations:
        owner = schema.relations[row.id].plugin
        faults.add("PR602", f"`{row.id}` is declared by the plugin `{owner}` too", f"{path}.id")
    elif row.id in _WORDS:
        faults.add("PR404", f"`{row.id}` means something else already", f"{path}.id")


def _check_rows(row: RelationRow, file: FactsFile, faults: Faults, path: str) -> None:
    """A relation has facts, and the one that dates it is a date."""
    own = {one.id: one for one in file.facts if one.on == row.id}
    if not own:
        faults.add("PR402", f"`{row.id}` has no facts", path, f'declare them: `[[facts]]` with `on = "{row.id}"`')
    elif row.dated_by is not None and (row.dated_by not in own or own[row.dated_by].type is not FactType.DATE):
        what = "is no date" if row.dated_by in own else "does not exist"
        dates = [name for name, one in own.items() if one.type is FactType.DATE]
        hint = did_you_mean(row.dated_by, dates)
        faults.add("PR405", f"the fact `{row.dated_by}` of `{row.id}` {what}", f"{path}.dated_by", hint)
    if row.register and row.dated_by is None:
        hint = "without a date it is a register anyway: leave `register` out"
        faults.add("PR402", "`register` needs `dated_by`", f"{path}.register", hint)
    for index, one in enumerate(file.facts):
        if one.on == row.id and one.id in ROW_WORDS:
            faults.add("PR404", f"`{one.id}` means something else already", f"$.facts[{index}].id")

# SPDX-License-Identifier: MIT
"""From ``facts.toml`` to the schema: what a plugin records, and the words it adds to open lists of the core."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, fields

from platformrules.diagnostics import did_you_mean
from platformrules.schema import DECIMALS, Choice, Fact, FactType, Schema, digits_fault
from platformrules.standards.files import FactRow, FactsFile
from platformrules.standards.relations import load_relations
from platformrules.standards.sources import SNAKE, Faults, SourceFile, structured


def load_facts(source: SourceFile, plugin: str, schema: Schema) -> Schema:
    """The schema with the relations, facts and choices that a plugin declares.

    Raises:
        RuleFileError: with all faults of the file.
    """
    file, faults = structured(source, FactsFile)
    schema = load_relations(file, plugin, schema, faults)
    own = [row.id for row in file.relations]
    for on in (None, *dict.fromkeys(own)):  # the facts of a relation are named by themselves
        rows = ((i, row) for i, row in enumerate(file.facts) if (row.on if row.on in own else None) == on)
        faults.unique(((row.id, f"$.facts[{index}].id") for index, row in rows), SNAKE, "fact")
    added: dict[tuple[str, str], Fact] = {}
    for index, row in enumerate(file.facts):
        prefix = "" if row.on in own else f"{plugin}_"
        _check_fact(row, prefix, schema, faults, f"$.facts[{index}]")
        parts = {one.name: getattr(row, one.name) for one in fields(FactRow) if one.name != "note"}
        added[row.on, row.id] = Fact(**parts, plugin=plugin)
    _check_headings(file.facts, schema, faults)
    widened: dict[tuple[str, str], Fact] = {}
    for index, choices in enumerate(file.choices):
        path = f"$.choices[{index}]"
        model, _, name = choices.of.partition(".")
        known = widened.get((model, name)) or schema.facts.get(model, {}).get(name)
        if known is None or not known.open:
            what = "is not open" if known is not None else "does not exist"
            hint = "name it `model.fact`, an open choice or set of the core"
            faults.add("PR405", f"the fact `{choices.of}` {what}", f"{path}.of", hint)
            continue
        # What two plugins say alike is one choice: each of them must be able to stand alone.
        others = tuple(choice for choice in known.values if choice not in choices.values)
        new = tuple(choice for choice in choices.values if choice not in known.values)
        widened[model, name] = evolve(known, values=known.values + new)
        _check_choices(others, choices.values, faults, f"{path}.values")
    faults.stop()
    return schema.with_facts([*added.values(), *widened.values()])


def _check_headings(rows: Sequence[FactRow], schema: Schema, faults: Faults) -> None:
    """No two facts of a model share a label: it is the heading of a ledger column.

    Facts of other plugins are left out: their authors do not know of one another, and a column may name its fact.
    """
    owners = {
        (model, label.strip().casefold()): one.id
        for model, known in schema.facts.items()
        for one in known.values()
        if not one.plugin
        for label in (one.label.zh, one.label.en, one.id)
    }
    for index, row in enumerate(rows):
        for label in (row.label.zh, row.label.en):
            other = owners.setdefault((row.on, label.strip().casefold()), row.id)
            if other != row.id:
                message = f"`{row.id}` and `{other}` share the label `{label}`"
                faults.add("PR404", message, f"$.facts[{index}].label", "it is the heading of a ledger column")


def _check_fact(row: FactRow, prefix: str, schema: Schema, faults: Faults, path: str) -> None:
    if row.on not in schema.facts:
        faults.add("PR405", f"there is no model `{row.on}`", f"{path}.on", did_you_mean(row.on, schema.facts))
    if not row.id.startswith(prefix):
        faults.add("PR404", f"a fact of this plugin starts with `{prefix}`", f"{path}.id")
    elif row.id in schema.facts.get(row.on, {}):
        owner = schema.facts[row.on][row.id].plugin
        whose = f"the plugin `{owner}`" if owner else "the core"
        faults.add("PR602", f"`{row.id}` of {row.on} is declared by {whose} too", f"{path}.id")
    chosen = row.type in {FactType.CHOICE, FactType.SET}
    if chosen is not bool(row.values) and not (chosen and row.open):
        message = "a choice or set lists its `values`" if chosen else f"a {row.type} has no `values`"
        faults.add("PR403", message, f"{path}.values")
    if row.open and not chosen:
        faults.add("PR403", f"a {row.type} is not open", f"{path}.open")
    _check_limits(row, faults, path)
    _check_choices((), row.values, faults, f"{path}.values")


def _check_limits(row: FactRow, faults: Faults, path: str) -> None:
    for key, limit in (("minimum", row.minimum), ("maximum", row.maximum)):
        if limit is None:
            continue
        if row.type not in {FactType.INTEGER, FactType.DECIMAL}:
            faults.add("PR403", f"a {row.type} has no `{key}`", f"{path}.{key}")
        if fault := digits_fault(limit, DECIMALS):
            faults.add("PR403", f"`{key}` {fault}", f"{path}.{key}")
    if row.minimum is not None and row.maximum is not None and row.minimum > row.maximum:
        faults.add("PR403", f"`maximum` must be at least `minimum`, {row.minimum}", f"{path}.maximum")


def _check_choices(known: Sequence[Choice], added: Sequence[Choice], faults: Faults, path: str) -> None:
    """Ids differ, and no text stands for two choices."""
    named = ((choice.id, f"{path}[{index}].id") for index, choice in enumerate(added))
    faults.unique(named, SNAKE, "choice", taken=(choice.id for choice in known))
    owners = {text.strip().casefold(): one.id for one in known for text in (one.id, one.zh, one.en)}
    for index, choice in enumerate(added):
        for text in (choice.id, choice.zh, choice.en):
            other = owners.setdefault(text.strip().casefold(), choice.id)
            if other != choice.id:
                message = f"`{choice.id}` and `{other}` share the label `{text}`"
                faults.add("PR404", message, f"{path}[{index}]")

# SPDX-License-Identifier: MIT
"""The command `facts`: what can be recorded, and what a standard reads of it."""

from __future__ import annotations

from argparse import Namespace
from itertools import groupby
from typing import Any

from platformrules.cli import words
from platformrules.cli.console import Console, both
from platformrules.cli.exits import ExitCode
from platformrules.cli.layout import paragraph, table
from platformrules.cli.rules import named, rulebook
from platformrules.criteria.typed import RelationRows
from platformrules.criteria.walk import walk
from platformrules.reporting.values import unit_text
from platformrules.results import to_json
from platformrules.schema import Fact, Schema
from platformrules.standards.model import Standard


def list_facts(arguments: Namespace, console: Console) -> ExitCode:
    """The facts that a standard reads, or all."""
    book = rulebook(arguments)
    if arguments.id is None:
        facts = every_fact(book.schema)
        title = console.words(words.ALL_FACTS, count=len(facts))
    else:
        standard = named(book, arguments.id, console)
        facts = facts_read(standard)
        title = console.words(words.FACTS_OF, standard=standard.reference, count=len(facts))
    if console.json:
        console.data([_document(one) for one in facts])
        return ExitCode.CONFORMS
    console.line(title)
    for model, members in groupby(facts, key=lambda one: one.on):
        console.line()
        relation = book.schema.relations.get(model)  # the model of the rows of a plugin's relation
        label = relation.label[console.language] if relation is not None else console.words(words.SUBJECTS[model])
        console.line(model if label == model else f"{label} ({model})")
        _list(list(members), console)
    return ExitCode.CONFORMS


def every_fact(schema: Schema) -> list[Fact]:
    """All facts, in the order of the schema."""
    return [one for facts in schema.facts.values() for one in facts.values()]


def facts_read(standard: Standard) -> list[Fact]:
    """What a standard reads, in the order of the schema: facts in its expressions, and the dates of rows."""
    read = set(standard.facts)
    for expression in standard.expressions_read:
        for node in walk(expression.root):
            if isinstance(node, RelationRows) and node.dated_by is not None:
                read.add((standard.schema.relations[node.relation].model, node.dated_by))
    return [one for one in every_fact(standard.schema) if (one.on, one.id) in read]


def _list(facts: list[Fact], console: Console) -> None:
    head = [console.words(one) for one in words.FACTS_HEAD]
    rows = [(one.id, one.label[console.language], _filling(one, console)) for one in facts]
    console.lines(table(rows, console.width, head=head, indent="  "))
    for one in facts:
        if not one.values:
            continue
        labels = [f"{choice.id} = {choice.label[console.language]}" for choice in one.values]
        if one.open:
            labels.append(console.words(words.OPEN_LIST))
        text = console.words(words.COLON, name=one.id, value=" | ".join(labels))
        console.lines(paragraph(text, console.width, "  ", hanging="    "))


def _filling(one: Fact, console: Console) -> str:
    """How a value is filled in: its kind, unit and limits."""
    parts = [console.words(words.FACT_TYPES[one.type])]
    if one.unit:
        parts.append(unit_text(one.unit, console.language))
    if one.minimum is not None and one.maximum is not None:
        parts.append(f"{to_json(one.minimum)}-{to_json(one.maximum)}")
    elif one.minimum is not None:
        parts.append(f">= {to_json(one.minimum)}")
    elif one.maximum is not None:
        parts.append(f"<= {to_json(one.maximum)}")
    return console.words(words.COMMA).join(parts)


def _document(one: Fact) -> dict[str, Any]:
    return {
        "id": one.id,
        "on": one.on,
        "type": one.type.value,
        "unit": one.unit,
        "label": both(one.label),
        "values": [{"id": choice.id, "zh": choice.zh, "en": choice.en} for choice in one.values],
        "open": one.open,
        "minimum": to_json(one.minimum),
        "maximum": to_json(one.maximum),
        "personal": one.personal,
        "key": one.key,
        "plugin": one.plugin,
    }

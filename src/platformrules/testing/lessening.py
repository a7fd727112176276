# SPDX-License-Identifier: MIT
"""Worked cases with less recorded: no outcome that is settled may then be another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from platformrules.dossiers import Dossier
from platformrules.models import Record
from platformrules.schema import Fact, Relation, Schema
from platformrules.testing.histories import History


def with_blanks(history: History) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The events with one field of one of them left blank."""
    for index, event in enumerate(history.events):
        for name in event:
            if name not in {"id", "on"}:
                events = [dict(one) for one in history.events]
                del events[index][name]
                yield f"events[{index}].{name}", events


def with_less(dossier: Dossier, schema: Schema) -> Iterator[tuple[str, Dossier]]:
    """The dossier without one recorded fact or relation; of rows alike but for their day the first stands for all."""

    def changed(**parts: Any) -> Dossier:  # noqa: ANN401 - parts of a dossier
        return evolve(dossier, **parts)

    for name, record in _without_a_fact(dossier.subject, schema.facts[dossier.kind]):
        yield f"{dossier.kind}.{name}", changed(**{dossier.kind: record})
    for relation in schema.relations.values():
        rows = dossier.rows_of(relation.id)
        if rows is None:
            continue

        def with_rows(rows: Any, relation: Relation = relation) -> Dossier:  # noqa: ANN401 - rows, or none recorded
            held = {"relations": {**dossier.relations, relation.id: rows}} if relation.plugin else {relation.id: rows}
            return changed(**held)

        yield relation.id, with_rows(None)
        seen: list[Record] = []
        for index, row in enumerate(rows):
            alike = _without(evolve(row, id=""), relation.dated_by)
            if alike not in seen:
                seen.append(alike)
                for name, less in _without_a_fact(row, schema.facts[relation.model]):
                    yield f"{name} of {row.id}", with_rows((*rows[:index], less, *rows[index + 1 :]))


def _without_a_fact(record: Any, facts: Mapping[str, Fact]) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a record
    for name, one in facts.items():
        if not one.key and not one.plugin and getattr(record, name) is not None:
            yield name, _without(record, name)
    for name in record.facts:
        yield name, _without(record, name)


def _without(record: Any, name: str | None) -> Any:  # noqa: ANN401 - a record
    if name in record.facts or name is None:
        return evolve(record, facts={key: value for key, value in record.facts.items() if key != name})
    return evolve(record, **{name: None}) if hasattr(record, name) else record


def with_nothing(dossier: Dossier, schema: Schema) -> Dossier:
    """The dossier with nothing recorded but keys and times, and nothing judged."""
    bare: Any = dossier.subject
    for name, _ in [*_without_a_fact(dossier.subject, schema.facts[dossier.kind])]:
        bare = _without(bare, name)
    rows = dict.fromkeys(one.id for one in schema.relations.values() if not one.plugin)
    return evolve(dossier, **{dossier.kind: bare, **rows, "relations": {}, "judgements": {}})

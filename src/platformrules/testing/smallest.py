# SPDX-License-Identifier: MIT
"""The smallest dossier of which something is still true: facts, rows and judgements that do not matter are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve

from platformrules.dossiers import Dossier
from platformrules.errors import PlatformRulesError
from platformrules.schema import Schema

Holds = Callable[[Dossier], bool]


def smallest(dossier: Dossier, schema: Schema, holds: Holds) -> Dossier:
    """The dossier without what can be left out while it holds; deterministic."""
    changed = True
    while changed:
        changed = False
        for _, smaller in without(dossier, schema):
            # what was left out already is not tried on an old form of the dossier
            if (found := smaller(dossier)) is not None and _still(found, holds):
                dossier, changed = found, True
    return dossier


def _still(dossier: Dossier, holds: Holds) -> bool:
    try:
        return holds(dossier)
    except PlatformRulesError:  # it needs a period or a day
        return False


_Smaller = Callable[[Dossier], Dossier | None]


def without(dossier: Dossier, schema: Schema) -> Iterator[tuple[str, _Smaller]]:
    """What may be left out: its name as a case writes it, and the dossier without it; ``None`` if it is not there."""
    for key in ("records_from", "as_of"):
        yield key, _plain(key)
    for key in list(dossier.judgements):
        yield f"judgements.{key}", _judgement(key)
    for relation in schema.relations.values():
        if dossier.rows_of(relation.id) is not None:
            yield relation.id, _relation(schema, relation.id, lambda _: None)
            yield relation.id, _relation(schema, relation.id, lambda _: ())
            number = len(dossier.rows_of(relation.id) or ())
            size = number // 2
            while size:
                for first in range(0, number, size):
                    yield relation.id, _relation(schema, relation.id, _cut(first, size))
                size //= 2
    for name in schema.facts[dossier.kind]:
        yield f"{dossier.kind}.{name}", _fact(dossier.kind, name)
    for relation in schema.relations.values():
        for name in schema.facts[relation.model]:
            if dossier.rows_of(relation.id):
                yield f"{relation.id}.{name}", _relation(schema, relation.id, _bare(name))


def _plain(key: str) -> _Smaller:
    return lambda one: None if getattr(one, key) is None else evolve(one, **{key: None})


def _judgement(key: str) -> _Smaller:
    def smaller(one: Dossier) -> Dossier | None:
        left = {name: given for name, given in one.judgements.items() if name != key}
        return evolve(one, judgements=left) if key in one.judgements else None

    return smaller


def _relation(schema: Schema, name: str, change: Callable[[Any], Any]) -> _Smaller:
    def smaller(one: Dossier) -> Dossier | None:
        rows = one.rows_of(name)
        changed = None if rows is None else change(rows)
        if rows is None or changed == rows:
            return None
        parts: dict[str, Any] = {name: changed}
        if schema.relations[name].plugin:
            parts = {"relations": {**one.relations, name: changed}}
        return evolve(one, **parts)

    return smaller


def _cut(first: int, size: int) -> Callable[[Any], Any]:
    return lambda rows: (*rows[:first], *rows[first + size :])


def _bare(name: str) -> Callable[[Any], Any]:
    return lambda rows: tuple(_less(row, name) for row in rows)


def _less(record: Any, name: str) -> Any:  # noqa: ANN401 - a record of any model
    if name in record.facts:
        return evolve(record, facts={key: value for key, value in record.facts.items() if key != name})
    return evolve(record, **{name: None}) if name != "id" and getattr(record, name, None) is not None else record


def _fact(kind: str, name: str) -> _Smaller:
    def smaller(one: Dossier) -> Dossier | None:
        bare = _less(one.subject, name)
        return None if bare is one.subject else evolve(one, **{kind: bare})

    return smaller

# SPDX-License-Identifier: MIT
"""More of a fact or of rows than a dossier has: what `monotone` compares it with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from attrs import evolve, frozen

from platformrules.bounds import plus
from platformrules.dossiers import Dossier
from platformrules.models import make
from platformrules.schema import FactType, Schema, number_fault
from platformrules.standards.model import Standard
from platformrules.testing.steering import OTHER

_STEPS = (1, 1, 1, 10, 100, 1000)


@frozen
class More:
    """How there is more of a fact, or of rows."""

    owner: str
    name: str
    schema: Schema

    @classmethod
    def of(cls, fact: str, schema: Schema) -> More:
        """How there is more of it.

        Raises:
            ValueError: there is no such fact or relation, or there is no more and less of it.
        """
        owner, _, name = fact.partition(".")
        if not name and owner in schema.relations:
            return cls(owner, "", schema)
        model = schema.relations[owner].model if owner in schema.relations else owner
        known = schema.facts.get(model, {}).get(name)
        if known is None:
            raise ValueError(f"there is no fact or relation `{fact}`")
        if known.type in {FactType.TEXT, FactType.CHOICE}:
            raise ValueError(f"there is no more and less of `{fact}`, which is a {known.type}")
        return cls(owner, name, schema)

    def of_dossier(self, dossier: Dossier, size: int) -> Dossier | None:
        """The dossier with more of it; ``None`` if there cannot be more."""
        if self.owner == dossier.kind:
            record = self._record(dossier.subject, self.owner, size)
            return None if record is None else evolve(dossier, **{self.owner: record})
        rows = dossier.rows_of(self.owner)
        if rows is None:
            return None
        relation = self.schema.relations[self.owner]
        if self.name:
            raised = [self._record(row, relation.model, size) for row in rows]
            if None in raised or not raised:
                return None
        else:
            raised = [*rows, self._row(dossier, rows, size)]
        given: dict[str, Any] = {self.owner: raised}
        if relation.plugin:
            given = {"relations": {**dossier.relations, self.owner: raised}}
        return evolve(dossier, **given)

    def _row(self, dossier: Dossier, rows: Any, size: int) -> Any:  # noqa: ANN401 - rows of any relation
        """One row more: like one that is there, or one that has nothing to show."""
        relation = self.schema.relations[self.owner]
        if rows and size % 2:
            return evolve(rows[size % len(rows)], id="more")
        known = self.schema.facts[relation.model]
        empty = {one.id: _least(one.type) for one in known.values() if not one.key and _least(one.type) is not None}
        if relation.dated_by is not None:
            empty[relation.dated_by] = dossier.day
        own = {name: value for name, value in empty.items() if not known[name].plugin}
        return make(relation.model, {"id": "more", **own}, {name: empty[name] for name in empty if name not in own})

    def _record(self, record: Any, model: str, size: int) -> Any:  # noqa: ANN401 - of any model
        fact = self.schema.facts[model][self.name]
        value = record.facts.get(self.name) if fact.plugin else getattr(record, self.name)
        raised = _raised(value, size, [one.id for one in fact.values])
        if raised is None or (fact.type in {FactType.INTEGER, FactType.DECIMAL} and number_fault(raised, fact)):
            return None
        if fact.plugin:
            return evolve(record, facts={**record.facts, self.name: raised})
        return evolve(record, **{self.name: raised})


def _raised(value: Any, size: int, codes: list[str]) -> Any:  # noqa: ANN401 - the value of any fact
    match value:
        case None:
            return None
        case bool():
            return None if value else True
        case frozenset():
            new = [one for one in (*codes, OTHER) if one not in value]
            return value | {new[size % len(new)]} if codes and new[size % len(new)] in codes else None
        case date():
            return None if value > date(9990, 1, 1) else value + timedelta(_STEPS[size % len(_STEPS)])
        case _:
            return plus(value, _STEPS[size % len(_STEPS)])


def _least(kind: FactType) -> Any:  # noqa: ANN401 - the value of any fact
    return {FactType.BOOLEAN: False, FactType.INTEGER: 0, FactType.DECIMAL: 0, FactType.SET: frozenset()}.get(kind)


def refuse_other(more: More, standard: Standard, fact: str) -> None:
    """Refuse what a standard does not judge.

    Raises:
        ValueError: it is a fact of another kind of subject.
    """
    if more.owner not in {standard.subject, *standard.schema.relations}:
        raise ValueError(f"{standard.reference} judges a {standard.subject}, and not `{fact}`")

# SPDX-License-Identifier: MIT
"""Finds the subjects to which a row of a ledger belongs, by the keys that it carries. Knows no file format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import define, field

from platformrules.ledger.columns import LINKS


@define
class Links:
    """The keys of what has been read so far.

    A row below an area belongs to every area above it; a row of a center or organization to the areas of that one.

    Attributes:
        kind: center, organization or area.
        parents: the subjects, each with the key of the area above it if they are areas.
    """

    kind: str
    parents: Mapping[str, str | None]
    _below: dict[str, dict[str, tuple[str, ...]]] = field(factory=dict, init=False)

    def keys(self, relation: str, row: Mapping[str, Any]) -> list[tuple[str, str]]:
        """The keys that a row of a relation carries, by the facts they stand in; none if it belongs nowhere."""
        return [(link, row[link]) for link in LINKS[self.kind][relation] if row.get(link)]

    def owners(self, keys: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """The subjects to which a row with these keys belongs; none if all of them are unknown."""
        found: dict[str, None] = {}
        for link, key in keys:
            found.update(dict.fromkeys(self._of(link, key)))
        return tuple(found)

    def remember(self, relation: str, name: str, owners: tuple[str, ...]) -> None:
        """Keep to which subjects a center or organization belongs: rows that name it belong to them too."""
        if self.kind == "area":
            self._below.setdefault(relation, {}).setdefault(name, owners)

    def _of(self, link: str, key: str) -> Iterable[str]:
        if self.kind == "area" and link in {"center_id", "org_id"}:
            relation = "centers" if link == "center_id" else "organizations"
            return self._below.get(relation, {}).get(key, ())
        return self.above(key) if key in self.parents else ()

    def above(self, key: str) -> list[str]:
        """A subject and, if it is an area, those above it; a circle of areas ends where it closes."""
        chain: list[str] = []
        at: str | None = key
        while at is not None and at in self.parents and at not in chain:
            chain.append(at)
            at = self.parents[at]
        return chain

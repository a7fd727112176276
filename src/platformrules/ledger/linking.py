# SPDX-License-Identifier: MIT
"""Finds the subjects to which a row of a ledger belongs, by the keys that it carries. Knows no file format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from attrs import define, field

from platformrules.ledger.columns import LINKS, NAMED

#: The keys that name a subject itself, if it is no area.
_OWN = MappingProxyType({"center": ("center_id",), "organization": ("org_id", "organization_id"), "area": ()})


@define
class Links:
    """The keys of what has been read so far.

    A row below an area belongs to every area above it; a row of a center or organization to the areas of that one.

    Attributes:
        kind: center, organization or area.
        parents: the subjects, each with the key of the area above it if they are areas.
        keys_of: the keys by which a row of a plugin's relation can name its subject.
    """

    kind: str
    parents: Mapping[str, str | None]
    keys_of: Mapping[str, tuple[str, ...]] = field(factory=dict)
    _below: dict[str, dict[str, tuple[str, ...]]] = field(factory=dict, init=False)

    def keys(self, relation: str, row: Mapping[str, Any]) -> list[tuple[str, str]]:
        """The keys that a row of a relation carries, by the facts they stand in; none if it belongs nowhere."""
        wanted = self.keys_of.get(relation) or LINKS[self.kind][relation]
        return [(link, row[link]) for link in wanted if row.get(link)]

    def known(self, link: str) -> Iterable[str]:
        """The names that a key can have."""
        is_other = link in NAMED and link not in _OWN[self.kind]
        return self._below.get(NAMED[link], {}) if is_other else self.parents

    def label(self, link: str) -> str:
        """The relation of what a key names."""
        return NAMED.get(link, "areas")

    def owners(self, keys: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """The subjects to which a row with these keys belongs; none if all of them are unknown."""
        found: dict[str, None] = {}
        for link, key in keys:
            found.update(dict.fromkeys(self._of(link, key)))
        return tuple(found)

    def remember(self, relation: str, name: str, owners: tuple[str, ...]) -> None:
        """Keep to which subjects a center or organization belongs: rows that name it belong to them too."""
        known = self._below.setdefault(relation, {})
        known[name] = tuple(dict.fromkeys((*known.get(name, ()), *owners)))

    def _of(self, link: str, key: str) -> Iterable[str]:
        if link in NAMED and link not in _OWN[self.kind]:
            return self._below.get(NAMED[link], {}).get(key, ())
        return self.above(key) if key in self.parents else ()

    def above(self, key: str) -> list[str]:
        """A subject and, if it is an area, those above it; a circle of areas ends where it closes."""
        chain: list[str] = []
        at: str | None = key
        while at is not None and at in self.parents and at not in chain:
            chain.append(at)
            at = self.parents[at]
        return chain

# SPDX-License-Identifier: MIT
"""Which rows belong to which subject, by the keys that they carry: of a ledger, and of a dossier's rows.

Knows the schema, no file format and no rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from attrs import define, field

from platformrules.schema import Schema

#: The relation, and so the sheet of a ledger, in which the rows of a subject stand.
SUBJECT_SHEETS: Mapping[str, str] = MappingProxyType(
    {"center": "centers", "organization": "organizations", "area": "areas"}
)
#: The relations that a subject can have, in the order in which they are joined to it.
RELATED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "center": ("activities", "organizations"),
        "organization": ("activities",),
        "area": ("areas", "centers", "organizations", "activities"),
    }
)
#: The relation in which what a key of a row names stands.
NAMED: Mapping[str, str] = MappingProxyType(
    {"center_id": "centers", "org_id": "organizations", "organization_id": "organizations"}
)
#: Of what a plugin's rows can be if a subject is to have them: of itself, or of what it contains.
CONTAINED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "center": ("center", "organization"),
        "organization": ("organization",),
        "area": ("area", "center", "organization"),
    }
)
#: The keys by which a row of a relation can name its subject, the usual one first, by subject.
LINKS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "center": {"activities": ("center_id",), "organizations": ("center_id",)},
        "organization": {"activities": ("org_id",)},
        "area": {
            "areas": ("parent_id",),
            "centers": ("area_id", "community_id"),
            "organizations": ("area_id", "community_id", "center_id"),
            "activities": ("community_id", "center_id", "org_id"),
        },
    }
)


def related(subject: str, schema: Schema) -> tuple[str, ...]:
    """The relations that a subject can have, those of plugins last, in the order in which they are joined to it."""
    plugin = (one.id for one in schema.relations.values() if one.plugin and one.of in CONTAINED[subject])
    return (*RELATED[subject], *plugin)


def links(subject: str, relation: str, schema: Schema) -> tuple[str, ...]:
    """The keys by which a row of a relation can name its subject, the usual one first; none of the subjects' own."""
    declared = schema.relations[relation]
    return (f"{declared.of}_id",) if declared.plugin else LINKS[subject].get(relation, ())


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


def joined(
    kind: str, schema: Schema, parents: Mapping[str, str | None], rows_of: Callable[[str], Iterable[Any] | None]
) -> dict[str, dict[str, list[Any]] | None]:
    """The rows of each relation by the subject to which they belong; ``None`` where a relation is not recorded.

    Args:
        kind: center, organization or area.
        schema: the relations there are.
        parents: the subjects, each with the key of the area above it if they are areas.
        rows_of: the rows of a relation; ``None`` if they are not recorded.
    """
    relations = related(kind, schema)
    own = {one: links(kind, one, schema) for one in relations if schema.relations[one].plugin}
    joints = Links(kind, parents, own)
    found: dict[str, dict[str, list[Any]] | None] = {}
    for relation in relations:
        rows = rows_of(relation)
        if rows is None:
            found[relation] = None
            continue
        into: dict[str, list[Any]] = {}
        wanted = links(kind, relation, schema)
        for row in rows:
            owners = joints.owners(joints.keys(relation, {link: getattr(row, link) for link in wanted}))
            joints.remember(relation, row.id, owners)
            for owner in owners:
                into.setdefault(owner, []).append(row)
        found[relation] = into
    return found

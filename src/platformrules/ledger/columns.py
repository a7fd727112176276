# SPDX-License-Identifier: MIT
"""Which sheets and columns a ledger has, how they may be headed, and which of them a standard needs.

Knows the schema and the standard, no file format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from attrs import field, frozen

from platformrules.belonging import CONTAINED, NAMED, SUBJECT_SHEETS, links, related
from platformrules.criteria.typed import MonthOf, RelationRows
from platformrules.criteria.walk import walk
from platformrules.languages import Bilingual
from platformrules.ledger.cells import folded, unit_factor
from platformrules.schema import Fact, FactType, Schema
from platformrules.standards.model import Standard

#: Model of the facts that only a ledger has: whether a relation is recorded, judgements, waivers, settings.
LEDGER = "ledger"

#: Sheets for people, which are not read.
NOTES = Bilingual("说明", "notes")

_KEY_NAMES = {
    "center": ("center_id", "青年中心编号", "center id", "中心编号"),
    "activity": ("activity_id", "活动编号", "activity id"),
    "organization": ("org_id", "organization_id", "组织编号", "organization id"),
    "area": ("area_id", "区域编号", "area id"),
}
_REMARK = re.compile(r"(.+)\(([^()]*)\)")


def _column(name: str, kind: FactType, zh: str, en: str, *, key: bool = False, personal: bool = False) -> Fact:
    return Fact(id=name, on=LEDGER, type=kind, label=Bilingual(zh, en), key=key, personal=personal)


_SUBJECT = _column("subject", FactType.TEXT, "对象编号", "subject id", key=True)
_CRITERION = _column("criterion", FactType.TEXT, "条件", "criterion", key=True)
_BY = _column("by", FactType.TEXT, "认定人", "by", personal=True)
_REASON = _column("reason", FactType.TEXT, "理由", "reason")
JUDGEMENTS = (
    _SUBJECT,
    _CRITERION,
    _column("value", FactType.TEXT, "认定结果", "value"),
    _BY,
    _column("on", FactType.DATE, "认定日期", "on"),
    _REASON,
    _column("role", FactType.TEXT, "认定角色", "role"),
)
WAIVERS = (_SUBJECT, _CRITERION, _REASON, _BY, _column("until", FactType.DATE, "有效期至", "until"))
SETTINGS = (
    _column("item", FactType.TEXT, "设置项", "setting", key=True),
    _column("content", FactType.TEXT, "内容", "content"),
)


@frozen
class Heading:
    """What a heading of a table says: the fact below it, and by what numbers without a unit are multiplied."""

    fact: Fact
    factor: int = 1


@frozen
class SheetKind:
    """One of the sheets that a ledger may have.

    Attributes:
        id: its English name: a relation, ``judgements``, ``waivers`` or ``settings``.
        label: its names.
        model: the model of its rows; ``ledger`` for the last three.
        facts: what its columns can be, in order, by id.
    """

    id: str
    label: Bilingual
    model: str
    facts: Mapping[str, Fact]
    _names: Mapping[str, Fact] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Make the table of headings; where two are alike the earlier fact has it, and ids come first."""
        names: dict[str, Fact] = {}
        for spelled in (_ids, _labels, self._aliases):
            for one in self.facts.values():
                for name in spelled(one):
                    names.setdefault(folded(name), one)
        object.__setattr__(self, "_names", names)

    def _aliases(self, one: Fact) -> Iterable[str]:
        if one.id == "id":
            return _KEY_NAMES.get(self.model, ())
        return [name for names in _KEY_NAMES.values() for name in ("id", "编号", *names)] if one is _SUBJECT else ()

    def find(self, heading: str) -> Heading | None:
        """What a heading means; remarks behind it in brackets are passed over, but never another unit."""
        text = folded(heading).strip("*:")
        if text in self._names:
            return Heading(self._names[text])
        found = _REMARK.fullmatch(text)
        if found is None or found[1] not in self._names:
            return None
        one = self._names[found[1]]
        if one.type not in {FactType.INTEGER, FactType.DECIMAL}:
            return Heading(one)
        factor = unit_factor(found[2], one)
        return None if factor is None else Heading(one, factor)

    @property
    def headings(self) -> list[str]:
        """Every heading that it knows, as people write it."""
        return [name for one in self.facts.values() for name in (one.label.zh, one.label.en, one.id)]


def _ids(one: Fact) -> tuple[str, ...]:
    return (one.id,)


def _labels(one: Fact) -> tuple[str, ...]:
    return (one.label.zh, one.label.en)


def recorded_flag(relation: str, schema: Schema) -> Fact:
    """The column of a subject that says whether a relation is recorded for it."""
    label = schema.relations[relation].label
    return _column(f"{relation}_recorded", FactType.BOOLEAN, f"{label.zh}已登记", f"{label.en} recorded")


def sheet_kinds(schema: Schema, subject: str) -> Mapping[str, SheetKind]:
    """Every sheet of a ledger of such subjects, by id."""
    kinds = {}
    for relation in schema.relations.values():
        if relation.plugin and relation.of not in CONTAINED[subject]:
            continue
        facts = dict(schema.facts[relation.model])
        if relation.id == SUBJECT_SHEETS[subject]:
            flags = [recorded_flag(one, schema) for one in related(subject, schema)]
            facts.update({flag.id: flag for flag in flags})
        kinds[relation.id] = SheetKind(relation.id, relation.label, relation.model, facts)
    for name, zh, facts_of_it in (
        ("judgements", "认定", JUDGEMENTS),
        ("waivers", "豁免", WAIVERS),
        ("settings", "设置", SETTINGS),
    ):
        kinds[name] = SheetKind(name, Bilingual(zh, name), LEDGER, {one.id: one for one in facts_of_it})
    return MappingProxyType(kinds)


def relations_read(standard: Standard) -> tuple[str, ...]:
    """The relations that a standard reads, also by the verdicts of others, in the order of the schema."""
    read = {
        node.relation
        for expression in standard.expressions_read
        for node in walk(expression.root)
        if isinstance(node, RelationRows)
    }
    return tuple(one for one in standard.schema.relations if one in read)


def sheets_needed(standard: Standard) -> tuple[str, ...]:
    """The sheets of records that a ledger for a standard needs, that of the subjects first.

    They are those of the relations that it reads, and of what a plugin's rows belong to if that is not the subject.
    """
    subject, schema = standard.subject, standard.schema
    read = [one for one in relations_read(standard) if one in related(subject, schema)]
    owners = {SUBJECT_SHEETS[schema.relations[one].of] for one in read if schema.relations[one].plugin}
    own = SUBJECT_SHEETS[subject]
    return (own, *(one for one in schema.relations if one != own and (one in read or one in owners)))


def links_needed(standard: Standard, relation: str) -> tuple[str, ...]:
    """The keys that a sheet asks for: the usual one, and those that name a row of another sheet.

    Of a standard that reads the verdicts of sub-units they are also those that name these.
    """
    sheets = sheets_needed(standard)
    found = links(standard.subject, relation, standard.schema)
    named = (one for one in found[1:] if NAMED.get(one) in sheets and NAMED[one] != relation)
    below = (links(one.subject, relation, standard.schema)[:1] for one in standard.readings[1:])
    return tuple(dict.fromkeys((*found[:1], *named, *(link for some in below for link in some))))


def facts_needed(standard: Standard, model: str, keys: Iterable[str] = ()) -> Iterator[Fact]:
    """The facts of a model that a ledger for a standard asks for, in the order of the schema.

    They are those that it reads, the id, the keys that link a row to its subject, the name, and the date of a row.
    """
    needed = {name for on, name in standard.facts if on == model} | {"id", "name", *keys}
    needed |= {
        node.fact.id
        for expression in standard.expressions_read
        for node in walk(expression.root)
        if isinstance(node, MonthOf) and node.fact.on == model
    }
    dated = (one.dated_by for one in standard.schema.relations.values() if one.model == model)
    needed |= {one for one in dated if one is not None}
    return (one for name, one in standard.schema.facts[model].items() if name in needed)

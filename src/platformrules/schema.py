# SPDX-License-Identifier: MIT
"""Which facts exist: name, type, unit, domain, choices and labels, each said in one place.

Core facts stand in the metadata of the models, plugin facts in ``facts.toml``. The type checker, the ledger, the
template and the data dictionary all read a ``Schema``. Knows neither the models nor the criteria language.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any

import attrs
from attrs import field, frozen

from platformrules.bounds import Bounds, Number
from platformrules.languages import Bilingual

#: Key of a ``Fact`` (without name and model) in the metadata of an attrs field.
FACT = "platformrules.fact"

#: Digits before and after the point that every engine keeps (DECIMAL(18,4)).
WHOLE_DIGITS, DECIMALS = 14, 4
_LIMIT = 10**WHOLE_DIGITS


class FactType(enum.StrEnum):
    """What kind of value a fact has."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    SET = "set"


@frozen
class Choice:
    """One allowed value of a choice or set: its code in expressions and its labels."""

    id: str
    zh: str
    en: str

    @property
    def label(self) -> Bilingual:
        """The labels of both languages."""
        return Bilingual(self.zh, self.en)


@frozen
class Fact:
    """A recorded value of a model: declared once, read by every part.

    Attributes:
        id: the name everywhere: Python attribute or key, expression, JSON key, column.
        on: the model it belongs to: center, activity, organization, area or a plugin's relation.
        type: the kind of value.
        label: how a heading calls it.
        unit: the unit of a number as it is printed: ``m²``, ``CNY``, ``persons``; empty if it has none.
        values: the choices of a choice or set, in order.
        open: other items than ``values`` are kept as text and count for nothing.
        minimum: the least a number can be; ``None`` if there is no least.
        maximum: the most a number can be.
        personal: masked in every output unless asked for.
        key: structure rather than a fact: an empty key matches nothing and is never unknown.
        plugin: the plugin that declares it, in whose records it stands under ``facts``; empty for the core.
    """

    id: str
    on: str
    type: FactType
    label: Bilingual
    unit: str = ""
    values: tuple[Choice, ...] = ()
    open: bool = False
    minimum: Number | None = None
    maximum: Number | None = None
    personal: bool = False
    key: bool = False
    plugin: str = ""

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of all choices."""
        return frozenset(choice.id for choice in self.values)

    @property
    def domain(self) -> Bounds:
        """What a number that is not recorded may be."""
        return Bounds(self.minimum, self.maximum)

    def code(self, text: str) -> str | None:
        """The code of a choice given by its code or its label in either language; ``None`` if there is none."""
        return self._by_text.get(text.strip().casefold())

    @cached_property
    def _by_text(self) -> Mapping[str, str]:
        table: dict[str, str] = {}
        for spelling in ("en", "zh", "id"):
            table.update({getattr(choice, spelling).casefold(): choice.id for choice in self.values})
        return table


@frozen
class Relation:
    """Rows that belong to a subject: activities, organizations, or what a plugin records in rows.

    Attributes:
        id: its name in expressions, its JSON key and sheet.
        model: the model of its rows.
        label: how a sheet calls it.
        dated_by: the fact by which rows lie in a period; ``None`` makes it a register: the bare name means all rows.
        of: whose key a row of a plugin's relation carries: center, organization or area; empty for the core.
        register: dated, yet complete for all time: the bare name means all rows, ``during`` reaches any day.
        plugin: the plugin that declares it; empty for the core.
    """

    id: str
    model: str
    label: Bilingual
    dated_by: str | None = None
    of: str = ""
    register: bool = False
    plugin: str = ""

    @property
    def picked_by(self) -> str | None:
        """The fact by which the bare name picks the rows of the period; ``None`` if it means all rows."""
        return None if self.register else self.dated_by


def fact(
    kind: str,
    zh: str,
    en: str,
    *,
    default: Any = None,  # noqa: ANN401 - attrs fields take any default
    **parts: Any,  # noqa: ANN401 - the fields of Fact
) -> Any:  # noqa: ANN401 - what attrs.field returns is typed by the annotation beside it
    """An attrs field that declares a fact; ``parts`` are further fields of ``Fact``, ``values`` as id, zh, en rows."""
    values = tuple(Choice(*row) for row in parts.pop("values", ()))
    declared = {"type": FactType(kind), "label": Bilingual(zh, en), "values": values, **parts}
    return field(default=default, metadata={FACT: declared})


@frozen(eq=False)
class Schema:
    """All facts by model and id, and all relations by id; equality is identity."""

    facts: Mapping[str, Mapping[str, Fact]]
    relations: Mapping[str, Relation]

    @classmethod
    def from_models(cls, models: Mapping[str, type], relations: Iterable[Relation]) -> Schema:
        """Read the facts out of the attrs metadata of models."""
        facts = {name: MappingProxyType(_facts_of(name, model)) for name, model in models.items()}
        return cls(MappingProxyType(facts), MappingProxyType({relation.id: relation for relation in relations}))

    def with_relations(self, added: Iterable[Relation], keys: Iterable[Fact]) -> Schema:
        """The same schema with more relations; ``keys`` are those of their rows, whose model is the relation."""
        known = {one.id: one for one in added}
        facts = {**self.facts, **{one.model: MappingProxyType({}) for one in known.values()}}
        schema = attrs.evolve(
            self, facts=MappingProxyType(facts), relations=MappingProxyType({**self.relations, **known})
        )
        return schema.with_facts(keys)

    def with_facts(self, added: Iterable[Fact]) -> Schema:
        """The same schema with more facts; a fact of the same model and id takes the place of the earlier one."""
        merged = {name: dict(facts) for name, facts in self.facts.items()}
        for one in added:
            merged[one.on][one.id] = one
        return attrs.evolve(
            self, facts=MappingProxyType({name: MappingProxyType(facts) for name, facts in merged.items()})
        )


def _facts_of(name: str, model: type) -> dict[str, Fact]:
    return {
        attribute.name: Fact(id=attribute.name, on=name, **attribute.metadata[FACT])
        for attribute in attrs.fields(model)
        if FACT in attribute.metadata
    }


def number_fault(value: Number, one: Fact) -> str:
    """Why a number is none of this fact's values, or empty if it is one."""
    if fault := digits_fault(value, DECIMALS):
        return fault
    if one.minimum is not None and value < one.minimum:
        return f"must be at least {one.minimum}"
    if one.maximum is not None and value > one.maximum:
        return f"must be at most {one.maximum}"
    return ""


def digits_fault(value: Number, decimals: int) -> str:
    """Why a number has more digits than are kept, or empty; the caller's decimal context does not matter."""
    if isinstance(value, Decimal) and not value.is_finite():
        return "must be a finite number"
    if not -_LIMIT < value < _LIMIT:
        return f"must have at most {WHOLE_DIGITS} digits before the point"
    if isinstance(value, Decimal):
        _, digits, exponent = value.as_tuple()
        if any(digits[decimals + exponent :] if exponent < -decimals else ()):  # type: ignore[operator]
            return f"must have at most {decimals} decimals"
    return ""

# SPDX-License-Identifier: MIT
"""A standard as the engines read it: every expression checked, every citation resolved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from attrs import field, frozen

from platformrules.citations import Citation, Document, InForce, Strength
from platformrules.criteria.datatypes import Datatype
from platformrules.criteria.typed import ConstantValue, Read, TypedExpr
from platformrules.criteria.walk import walk
from platformrules.languages import Bilingual
from platformrules.periods import Period
from platformrules.schema import Schema


@frozen
class PeriodRule:
    """Which period a standard judges (format.md section 4).

    Attributes:
        kind: ``calendar-year``, ``calendar-month``, ``recurring``, ``printed`` or ``as-of`` (a day, no period).
        printed: the period itself, where the document prints it.
        months, start: length and first day (month, day) of a recurring period.
    """

    kind: str
    printed: Period | None = None
    months: int = 0
    start: tuple[int, int] = (1, 1)


@frozen
class Parameter:
    """A value of law: the 20 of "at least 20 people", with its clause and reading."""

    id: str
    value: ConstantValue
    datatype: Datatype
    cites: tuple[Citation, ...]
    unit: str = ""
    title: Bilingual | None = None
    reading: Bilingual | None = None
    note: Bilingual | None = None
    overridden: bool = False


@frozen
class Block:
    """A group of criteria."""

    id: str
    title: Bilingual
    parent: str | None = None


@frozen
class JudgeRow:
    """What a person may find on a criterion; ``when`` is what the data say."""

    id: str
    title: Bilingual
    fails: bool
    when: TypedExpr | None
    follows: Bilingual | None


@frozen
class Criterion:
    """One testable requirement: either a condition (``require``) or a person's judgement (``judge``)."""

    id: str
    cites: tuple[Citation, ...]
    strength: Strength
    title: Bilingual
    require: TypedExpr | None
    judge: tuple[JudgeRow, ...]
    applies_when: TypedExpr | None
    block: str | None = None
    proof: Bilingual | None = None
    remedy: Bilingual | None = None
    note: Bilingual | None = None

    @property
    def expressions(self) -> tuple[TypedExpr, ...]:
        """Its condition and when it applies, in that order, as far as there are any."""
        return tuple(one for one in (self.require, self.applies_when) if one is not None)


@frozen
class VerdictRow:
    """A row of the verdict table; the first whose condition holds is the verdict."""

    id: str
    title: Bilingual
    conforms: bool | None
    when: TypedExpr | None
    follows: Bilingual | None = None


@frozen
class NoteRow:
    """A text that is printed with the report when its condition is TRUE."""

    id: str
    cites: tuple[Citation, ...]
    text: Bilingual
    when: TypedExpr | None


@frozen(eq=False)
class Standard:
    """One version of a coherent set of criteria, evaluated as one.

    Equality is identity: a standard with other parameters is another standard.
    """

    id: str
    version: str
    subject: str
    title: Bilingual
    document: Document
    in_force: InForce
    period: PeriodRule
    parameters: Mapping[str, Parameter]
    blocks: tuple[Block, ...]
    criteria: tuple[Criterion, ...]
    verdicts: tuple[VerdictRow, ...]
    notes: tuple[NoteRow, ...]
    schema: Schema
    plugin: str
    plugin_version: str
    file: str
    hashes: Mapping[str, str]
    _rebuild: Callable[[Mapping[str, Any]], Standard] = field(repr=False)
    #: A place for the evaluation to keep what it compiled; nothing that a caller sees depends on it.
    compiled: dict[str, Any] = field(factory=dict, init=False, repr=False)

    @property
    def reference(self) -> str:
        """``plugin/standard@version``."""
        return f"{self.id}@{self.version}"

    @property
    def overrides(self) -> Mapping[str, ConstantValue]:
        """The parameters that were given another value than the document's."""
        return {name: one.value for name, one in self.parameters.items() if one.overridden}

    def with_parameters(self, **values: Any) -> Standard:  # noqa: ANN401 - values of any type a parameter may have
        """The same standard with other values of parameters; what depends on them is checked again.

        Raises:
            UnknownNameError: there is no such parameter.
            RuleFileError: a value has the wrong type, or an expression is no longer sound with it.
        """
        return self._rebuild({**self.overrides, **values})

    def is_in_force(self, day: date) -> bool:
        """Whether the standard is in force on a day."""
        return self.in_force.from_ <= day and (self.in_force.until is None or day <= self.in_force.until)

    def __getitem__(self, criterion: str) -> Criterion:
        """The criterion of that id.

        Raises:
            KeyError: there is none.
        """
        return self._by_id[criterion]

    @cached_property
    def _by_id(self) -> Mapping[str, Criterion]:
        return {one.id: one for one in self.criteria}

    @cached_property
    def expressions(self) -> tuple[TypedExpr, ...]:
        """Every expression: of criteria, judge rows, notes and verdicts."""
        found = [one for criterion in self.criteria for one in criterion.expressions]
        found += [row.when for criterion in self.criteria for row in criterion.judge if row.when is not None]
        found += [row.when for row in self.notes if row.when is not None]
        return (*found, *(row.when for row in self.verdicts if row.when is not None))

    @cached_property
    def facts(self) -> frozenset[tuple[str, str]]:
        """The facts it reads, as (model, fact)."""
        return frozenset(
            (node.fact.on, node.fact.id)
            for expression in self.expressions
            for node in walk(expression.root)
            if isinstance(node, Read)
        )

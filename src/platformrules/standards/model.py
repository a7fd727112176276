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
from platformrules.criteria.typed import ConstantValue, Read, Table, TypedExpr
from platformrules.criteria.walk import walk
from platformrules.languages import Bilingual
from platformrules.periods import Period
from platformrules.schema import Fact, Schema
from platformrules.standards.dependencies import RuleTable, criteria_read, reading_order, reads_rules


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
    """A value of law: the 20 of "at least 20 people", with its clause and reading.

    Attributes:
        value: a constant; ``None`` of a table, and of what is given with the run and has not been.
        table: what is looked up by facts, numbers or days.
        given: of what the document does not print: the kind of value that a run gives, and its domain.
        overridden: the run gave another value than the document, or the one that the document does not print.
    """

    id: str
    value: ConstantValue | None
    datatype: Datatype
    cites: tuple[Citation, ...]
    unit: str = ""
    title: Bilingual | None = None
    reading: Bilingual | None = None
    note: Bilingual | None = None
    table: Table | None = None
    given: Fact | None = None
    overridden: bool = False


@frozen
class NamedValue:
    """A named expression that reports show; other expressions may read it."""

    id: str
    expression: TypedExpr
    title: Bilingual | None
    unit: str
    cites: tuple[Citation, ...]
    note: Bilingual | None = None


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
    #: The standard that it comes from, with its version, where that is included.
    origin: str = ""

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
    values: tuple[NamedValue, ...]
    blocks: tuple[Block, ...]
    criteria: tuple[Criterion, ...]
    verdicts: tuple[VerdictRow, ...]
    notes: tuple[NoteRow, ...]
    schema: Schema
    plugin: str
    plugin_version: str
    file: str
    hashes: Mapping[str, str]
    includes: tuple[str, ...]
    _rebuild: Callable[[Mapping[str, Any]], Standard] = field(repr=False)
    #: A place for the evaluation to keep what it compiled; nothing that a caller sees depends on it.
    compiled: dict[str, Any] = field(factory=dict, init=False, repr=False)

    @property
    def reference(self) -> str:
        """``plugin/standard@version``."""
        return f"{self.id}@{self.version}"

    @cached_property
    def constants(self) -> Mapping[str, ConstantValue]:
        """The values of the parameters that have one: neither tables nor what the run has yet to give."""
        return {name: one.value for name, one in self.parameters.items() if one.value is not None}

    @property
    def overrides(self) -> Mapping[str, ConstantValue]:
        """The parameters that were given another value than the document's."""
        return {name: self.constants[name] for name, one in self.parameters.items() if one.overridden}

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
        """Every expression: of values, criteria, judge rows, notes and verdicts."""
        found = [one.expression for one in self.values]
        found += [one for criterion in self.criteria for one in criterion.expressions]
        found += [row.when for criterion in self.criteria for row in criterion.judge if row.when is not None]
        found += [row.when for row in self.notes if row.when is not None]
        return (*found, *(row.when for row in self.verdicts if row.when is not None))

    @cached_property
    def rules(self) -> RuleTable:
        """What expressions read of criteria and blocks that no subject changes."""
        return RuleTable(
            criteria=tuple((one.id, one.block, one.strength.value) for one in self.criteria),
            blocks={block.id: self._members(block.id) for block in self.blocks},
        )

    def _members(self, block: str) -> tuple[int, ...]:
        """The indexes of the criteria in a block and in the blocks below it."""
        inside = {block}
        for _ in self.blocks:
            inside |= {one.id for one in self.blocks if one.parent in inside}
        return tuple(index for index, one in enumerate(self.criteria) if one.block in inside)

    @cached_property
    def readers(self) -> tuple[int, ...]:
        """The criteria that read other criteria, each after those that it reads.

        Raises:
            Circle: criteria read one another.
        """
        needs: dict[int, list[int]] = {}
        for index, criterion in enumerate(self.criteria):
            roots = [one.root for one in criterion.expressions]
            if any(map(reads_rules, roots)):
                read = [found for root in roots for found, _ in criteria_read(root, self.rules)]
                needs[index] = list(dict.fromkeys(read))
        return reading_order(needs)

    @cached_property
    def facts(self) -> frozenset[tuple[str, str]]:
        """The facts it reads, as (model, fact)."""
        return frozenset(
            (node.fact.on, node.fact.id)
            for expression in self.expressions
            for node in walk(expression.root)
            if isinstance(node, Read)
        )

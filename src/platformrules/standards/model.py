# SPDX-License-Identifier: MIT
"""A standard as the engines read it: every expression checked, every citation resolved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from attrs import field, frozen

from platformrules.bounds import Number
from platformrules.citations import Citation, Document, InForce, Strength
from platformrules.criteria.datatypes import Datatype
from platformrules.criteria.typed import ConstantValue, Read, Table, TypedExpr
from platformrules.criteria.walk import walk
from platformrules.errors import EvaluationError
from platformrules.languages import Bilingual
from platformrules.periods import Period
from platformrules.schema import Fact, Schema
from platformrules.standards.dependencies import Branching, RuleTable, criteria_read, reading_order, reads_rules


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
    """A group of criteria.

    Attributes:
        maximum: to what the maxima of its criteria and blocks add up.
        cap: where its points are cut, though they may exceed it.
    """

    id: str
    title: Bilingual
    parent: str | None = None
    maximum: Number | None = None
    cap: Number | None = None


@frozen
class JudgeRow:
    """A row of a criterion that a person picks (``when`` is then what the data say), or the first whose ``when`` holds.

    ``points`` is what it is worth; ``None`` where the criterion has no points.
    """

    id: str
    title: Bilingual
    fails: bool
    when: TypedExpr | None
    follows: Bilingual | None
    points: Number | None = None


@frozen
class Criterion:
    """One testable requirement: a condition, a person's judgement, grades by conditions, or points.

    Attributes:
        judge: the rows of which a person picks one; empty where ``is_judged`` and a person gives points.
        grades: rows of which the first that holds is the grade.
        points: the number of points, before it is cut to ``minimum`` … ``maximum``.
        pass_at: from how many points on it passes; ``None``: always.
    """

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
    grades: tuple[JudgeRow, ...] = ()
    points: TypedExpr | None = None
    judges_points: bool = False
    minimum: Number = 0
    maximum: Number | None = None
    pass_at: Number | None = None
    #: The standard that it comes from, with its version, where that is included.
    origin: str = ""

    @property
    def expressions(self) -> tuple[TypedExpr, ...]:
        """Its condition, points or grades, and when it applies, in that order, as far as there are any."""
        every = (self.require, self.points, *(row.when for row in self.grades), self.applies_when)
        return tuple(one for one in every if one is not None)

    @property
    def is_judged(self) -> bool:
        """Whether a person has to find."""
        return bool(self.judge) or self.judges_points

    @property
    def rows(self) -> tuple[JudgeRow, ...]:
        """Its grades, whoever chooses among them."""
        return self.grades or self.judge

    @property
    def has_points(self) -> bool:
        """Whether it gives points."""
        return self.points is not None or self.judges_points or any(row.points is not None for row in self.rows)


@frozen
class Assessor:
    """One of those who judge; a later one overrules."""

    id: str
    title: Bilingual


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


@frozen
class CohortRow:
    """A row of the round: places shared out over the subjects that are evaluated together.

    Attributes:
        group_by: the facts of the subject by which there are groups; empty: one group.
        among: who is a candidate.
        rank_by: highest first, each settling the ties of the one before; empty: a person chooses.
        places: how many places a group has.
        ties: of those level at the last place ``ask`` leaves all open, ``in`` and ``out`` decide for all.
        inside, outside: the verdict of those with a place, and of candidates without; ``None``: unchanged.
    """

    id: str
    cites: tuple[Citation, ...]
    title: Bilingual
    group_by: tuple[Fact, ...]
    among: TypedExpr
    rank_by: tuple[TypedExpr, ...]
    places: TypedExpr
    ties: str
    inside: VerdictRow | None
    outside: VerdictRow | None


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
    _rebuild: Callable[[Mapping[str, Any]], Standard] = field(repr=False)
    includes: tuple[str, ...] = ()
    #: The standard that it is made out of, with its version.
    extends: str = ""
    #: The data of its file, with those of its base, and which of these rows cite another document.
    data: Mapping[str, Any] = field(factory=dict, repr=False)
    owners: Mapping[tuple[str, str], Document] = field(factory=dict, repr=False)
    cohort: tuple[CohortRow, ...] = ()
    score: NamedValue | None = None
    assessors: tuple[Assessor, ...] = ()
    #: The standards whose verdicts it reads, as they are named, with the versions that may be meant, the newest last.
    referred: Mapping[str, tuple[Standard, ...]] = field(factory=dict, repr=False)
    #: A place for the evaluation to keep what it compiled; nothing that a caller sees depends on it.
    compiled: dict[str, Any] = field(factory=dict, init=False, repr=False)

    @property
    def reference(self) -> str:
        """``plugin/standard@version``."""
        return f"{self.id}@{self.version}"

    @property
    def own_criteria(self) -> tuple[Criterion, ...]:
        """The criteria that its file says: neither included nor inherited as they were."""
        return tuple(one for one in self.criteria if not one.origin and ("criteria", one.id) not in self.owners)

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

    def version_on(self, reference: str, day: date) -> Standard:
        """The standard that is meant where this one reads a verdict: the version pinned, or the one in force on a day.

        Raises:
            EvaluationError: no version is in force on that day.
        """
        versions = self.referred[reference]
        found = version_meant(reference, versions, day)
        if found is not None:
            return found
        times = "; ".join(f"{one.reference} {one.times}" for one in versions)
        raise EvaluationError(
            f"{self.reference} reads the verdict of {reference}, of which no version is in force on {day}: {times}; "
            f'judge another day, or name a version in the rule file: "{versions[-1].reference}"'
        )

    def check_day(self, day: date) -> None:
        """Refuse a day on which a standard whose verdict is read, also by one that is read, is not in force.

        Raises:
            EvaluationError: no version of one is in force on that day.
        """
        for reference in self.referred:
            self.version_on(reference, day).check_day(day)

    @property
    def times(self) -> str:
        """From when to when it is in force, in a message."""
        until = self.in_force.until
        return f"from {self.in_force.from_}" + (f" until {until}" if until else "")

    @cached_property
    def expressions_read(self) -> tuple[TypedExpr, ...]:
        """Its expressions, and those of all standards whose verdicts it reads."""
        return tuple(expression for one in self.readings for expression in one.expressions)

    @cached_property
    def readings(self) -> tuple[Standard, ...]:
        """The standard itself, and every standard whose verdict it reads, also by way of another; each once."""
        found: dict[Standard, None] = {self: None}
        for versions in self.referred.values():
            for version in versions:
                found.update(dict.fromkeys(version.readings))
        return tuple(found)

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
    def outcomes(self) -> tuple[VerdictRow, ...]:
        """Every verdict there is: the rows, and what only the round gives."""
        rows = {row.id: row for row in self.verdicts}
        for one in self.cohort:
            for row in (one.inside, one.outside):
                if row is not None:
                    rows.setdefault(row.id, row)
        return tuple(rows.values())

    @cached_property
    def expressions(self) -> tuple[TypedExpr, ...]:
        """Every expression: of values, criteria, judge rows, notes and verdicts."""
        found = [one.expression for one in self.values]
        found += [] if self.score is None else [self.score.expression]
        found += [one for criterion in self.criteria for one in criterion.expressions]
        found += [row.when for criterion in self.criteria for row in criterion.judge if row.when is not None]
        found += [row.when for row in self.notes if row.when is not None]
        found += [one for row in self.cohort for one in (row.among, *row.rank_by)]
        return (*found, *(row.when for row in self.verdicts if row.when is not None))

    @cached_property
    def rules(self) -> RuleTable:
        """What expressions read of criteria and blocks that no subject changes."""
        return RuleTable(
            criteria=tuple((one.id, one.block, one.strength.value) for one in self.criteria),
            blocks={block.id: self._members(block.id) for block in self.blocks},
            tree={block.id: self._branch(block) for block in self.blocks},
            maxima={index: one.maximum for index, one in enumerate(self.criteria) if one.has_points},
        )

    def _members(self, block: str) -> tuple[int, ...]:
        """The indexes of the criteria in a block and in the blocks below it."""
        inside = {block}
        for _ in self.blocks:
            inside |= {one.id for one in self.blocks if one.parent in inside}
        return tuple(index for index, one in enumerate(self.criteria) if one.block in inside)

    def _branch(self, block: Block) -> Branching:
        own = tuple(index for index, one in enumerate(self.criteria) if one.block == block.id and one.has_points)
        return Branching(own, tuple(one.id for one in self.blocks if one.parent == block.id), block.cap)

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
        """The facts it reads, as (model, fact); those too that the standards read whose verdicts it reads."""
        return frozenset(
            (node.fact.on, node.fact.id)
            for expression in self.expressions_read
            for node in walk(expression.root)
            if isinstance(node, Read)
        )


def version_meant(reference: str, versions: Sequence[Standard], day: date) -> Standard | None:
    """Which of the versions that a reference may mean is meant on a day: the pinned one, or the newest in force."""
    found = [one for one in versions if "@" in reference or one.is_in_force(day)]
    return found[-1] if found else None

# SPDX-License-Identifier: MIT
"""The shapes of rule files: what keys a file has, before anything is checked against anything else.

One class a table of the file, one field a key; ``from_`` is written ``from``. See format.md.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import field, frozen

from platformrules.bounds import Number
from platformrules.citations import Clause, InForce, Strength
from platformrules.languages import Bilingual
from platformrules.schema import Choice, FactType
from platformrules.serialization import Scalar


@frozen
class AssessorRow:
    """A row of ``assessors``: who judges, in the order in which a later one overrules."""

    id: str
    title: Bilingual


@frozen
class Header:
    """``[standard]``."""

    id: str
    version: str
    subject: str
    document: str
    in_force: InForce
    period: Any
    title: Bilingual
    includes: tuple[str, ...] = ()
    extends: str | None = None
    remove: tuple[str, ...] = ()
    score: str | None = None
    assessors: tuple[AssessorRow, ...] = ()


@frozen
class StepRow:
    """A row of ``steps``: the first has neither ``from`` nor ``above``."""

    value: Scalar
    from_: Scalar | None = None
    above: Scalar | None = None


@frozen
class ParameterRow:
    """``[parameters.<id>]``: a constant, a value given with the run, a table or steps."""

    cites: tuple[str, ...]
    value: Scalar | None = None
    type: FactType | None = None
    values: Any = None
    by: Any = None
    otherwise: Scalar | None = None
    steps: tuple[StepRow, ...] | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    unit: str = ""
    title: Bilingual | None = None
    reading: Bilingual | None = None
    note: Bilingual | None = None


@frozen
class ValueRow:
    """``[[values]]``."""

    id: str
    value: str
    title: Bilingual | None = None
    unit: str = ""
    cites: tuple[str, ...] = ()
    note: Bilingual | None = None


@frozen
class BlockRow:
    """``[[blocks]]``."""

    id: str
    title: Bilingual
    parent: str | None = None
    max: Number | None = None
    cap: Number | None = None


@frozen
class JudgeChoice:
    """A row of ``judge``, of ``grades`` or of a scale. What it leaves out the criterion's scale may say."""

    id: str
    title: Bilingual | None = None
    fails: bool | None = None
    when: str | None = None
    share: Number | None = None
    points: Number | None = None
    follows: Bilingual | None = None


@frozen
class CriterionRow:
    """``[[criteria]]``."""

    id: str
    cites: tuple[str, ...]
    strength: Strength
    title: Bilingual
    require: str | None = None
    judge: str | tuple[JudgeChoice, ...] | None = None
    grades: str | tuple[JudgeChoice, ...] | None = None
    points: str | None = None
    scale: str | None = None
    max: str | Number | None = None
    min: str | Number | None = None
    pass_at: str | Number | None = None
    applies_when: str | None = None
    block: str | None = None
    proof: Bilingual | None = None
    remedy: Bilingual | None = None
    note: Bilingual | None = None


@frozen
class VerdictRow:
    """``[[verdict]]``."""

    id: str
    title: Bilingual | None = None
    conforms: bool | None = None
    when: str | None = None
    follows: Bilingual | None = None


@frozen
class NoteRow:
    """``[[notes]]``."""

    id: str
    cites: tuple[str, ...]
    text: Bilingual
    when: str | None = None


@frozen
class CohortPlace:
    """``inside`` and ``outside`` of a round: a new verdict."""

    id: str
    title: Bilingual | None = None
    conforms: bool | None = None
    follows: Bilingual | None = None


@frozen
class CohortFileRow:
    """``[[cohort]]``."""

    id: str
    cites: tuple[str, ...]
    places: str
    among: str = "true"
    title: Bilingual | None = None
    group_by: str | tuple[str, ...] = ()
    rank_by: str | tuple[str, ...] = ()
    ties: str = "ask"
    inside: Any = None
    outside: Any = None
    note: Bilingual | None = None


@frozen
class StandardFile:
    """``standards/*.toml``."""

    format: int
    standard: Header
    criteria: tuple[CriterionRow, ...]
    verdict: tuple[VerdictRow, ...]
    parameters: dict[str, ParameterRow] = field(factory=dict)
    values: tuple[ValueRow, ...] = ()
    scales: dict[str, tuple[JudgeChoice, ...]] = field(factory=dict)
    blocks: tuple[BlockRow, ...] = ()
    notes: tuple[NoteRow, ...] = ()
    cohort: tuple[CohortFileRow, ...] = ()


@frozen
class FactRow:
    """``[[facts]]``."""

    id: str
    on: str
    type: FactType
    label: Bilingual
    unit: str = ""
    values: tuple[Choice, ...] = ()
    open: bool = False
    minimum: Number | None = None
    maximum: Number | None = None
    note: Bilingual | None = None


@frozen
class RelationRow:
    """``[[relations]]``: what a plugin records in rows."""

    id: str
    of: str
    label: Bilingual
    dated_by: str | None = None
    register: bool = False
    note: Bilingual | None = None


@frozen
class ChoicesRow:
    """``[[choices]]``: what a plugin adds to an open choice or set of the core."""

    of: str
    values: tuple[Choice, ...]


@frozen
class FactsFile:
    """``facts.toml``."""

    format: int
    facts: tuple[FactRow, ...] = ()
    relations: tuple[RelationRow, ...] = ()
    choices: tuple[ChoicesRow, ...] = ()


@frozen
class DocumentHeader:
    """``[document]``."""

    id: str
    title: Bilingual
    issuer: Bilingual
    jurisdiction: Bilingual
    number: str = ""
    date: date | None = None
    note: Bilingual | None = None


@frozen
class ClausesFile:
    """``clauses/*.toml``."""

    format: int
    document: DocumentHeader
    clauses: tuple[Clause, ...]

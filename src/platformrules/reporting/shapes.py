# SPDX-License-Identifier: MIT
"""What a page shows, as data: every text in one language and ready to be put into markup."""

from __future__ import annotations

from attrs import frozen

from platformrules.reporting.charts import BarView
from platformrules.reporting.parameters import Row
from platformrules.reporting.values import Parts


@frozen
class ClauseView:
    """A clause: number of the document, place, what it says."""

    number: str
    place: str
    says: str


@frozen
class CriterionView:
    """What is said of a criterion whatever the subject.

    Attributes:
        anchor: where the page says all of it.
        title, strength, sentence, note: in words.
        softer: its strength if that is below should.
        clauses: those that it rests on.
        span: from where to where they stand, if they are too many to be repeated for every subject; else empty.
    """

    anchor: str
    title: str
    strength: str
    softer: str
    sentence: str
    clauses: tuple[ClauseView, ...]
    note: str
    span: str


@frozen
class EvidenceView:
    """A row of evidence; ``met`` is ``met``, ``not_met``, ``unknown``, or ``counted`` of what points are made of."""

    label: str
    at: str
    parts: Parts
    met: str


@frozen
class BlockView:
    """A block of one subject; without a title, criteria that stand in none. ``tone`` is empty for those.

    ``points`` are those that count, with the most there are; ``cap`` says where they are cut.
    """

    title: str
    tone: str
    state: str
    depth: int
    findings: tuple[FindingView, ...]
    points: str = ""
    cap: str = ""


@frozen
class PartView:
    """A part of the score of one subject: its title, in how many blocks it lies, its points, where they are cut."""

    title: str
    depth: int
    points: str
    cap: str


@frozen
class ValueView:
    """A named value of one subject."""

    title: str
    text: str
    cited: str


@frozen
class FindingView:
    """A finding on one subject.

    Attributes:
        criterion: what it is about.
        outcome, label: its outcome, and the word for it.
        sentence: what is required, where the rows of evidence do not say by themselves how they belong together.
        evidence: what was found.
        lines: further words by their name in ``WORDS``.
        says: whether the page has room to repeat what the clauses say.
        grade: what a person found, or the grades that the data come to; empty if there is none.
        points: those that count, with the most there are; empty of a criterion without points.
        differs: whether the data say otherwise.
    """

    criterion: CriterionView
    outcome: str
    label: str
    sentence: str
    evidence: tuple[EvidenceView, ...]
    lines: tuple[tuple[str, str], ...]
    says: bool
    grade: str
    differs: bool
    points: str


@frozen
class ParameterView:
    """A parameter: its value, or by what its table is looked up and the rows of it; ``state`` is a word beside it."""

    name: str
    value: str
    head: str
    table: tuple[Row, ...]
    clauses: tuple[ClauseView, ...]
    reading: str
    state: str


@frozen
class SubjectView:
    """One subject: in the summary, and as a section of its own; ``score`` is empty if the standard has none."""

    anchor: str
    id: str
    name: str
    verdict: str
    tone: str
    counts: tuple[int, ...]
    met: str
    score: str


@frozen
class SectionView:
    """All that is said of one subject."""

    subject: SubjectView
    bar: BarView
    follows: str
    met: str
    top: tuple[BlockView, ...]
    parts: tuple[PartView, ...]
    values: tuple[ValueView, ...]
    to_do: tuple[tuple[str, int, str], ...]
    blocks: tuple[BlockView, ...]
    notes: tuple[tuple[str, str], ...]

# SPDX-License-Identifier: MIT
"""How often what happened: counts over all reports of a publication, in stated orders. Knows no words and no format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import frozen

from platformrules.languages import Bilingual
from platformrules.reporting.publication import Publication
from platformrules.results import Finding, Missing, Outcome, Report, Verdict
from platformrules.standards.model import Block, Criterion

#: How many subjects have each outcome.
Counts = Mapping[Outcome, int]


@frozen
class BlockTally:
    """The outcomes of the criteria of one block; ``title`` is ``None`` for criteria without a block."""

    title: Bilingual | None
    counts: Counts


@frozen
class CriterionTally:
    """The outcomes of one criterion over all subjects."""

    criterion: Criterion
    counts: Counts


@frozen
class Tally:
    """All counts.

    Attributes:
        outcomes: over all findings.
        verdicts: a verdict and how many subjects have it, in the order of the standard, those still open last.
        blocks: in the order of the standard.
        criteria: those that fail anywhere, most often first, the rest by how often they lack data.
        missing: facts that are not recorded and for how many subjects, most often first; ties in the order met.
        differing: criteria that persons judged otherwise than the data say, and of how many subjects, likewise.
    """

    outcomes: Counts
    verdicts: tuple[tuple[Verdict, int], ...]
    blocks: tuple[BlockTally, ...]
    criteria: tuple[CriterionTally, ...]
    missing: tuple[tuple[Bilingual, int], ...]
    differing: tuple[tuple[Criterion, int], ...] = ()


@frozen
class Met:
    """How many of the blocks at the top are satisfied: at least, at most, and how many there are."""

    surely: int
    possibly: int
    total: int


def blocks_met(report: Report) -> Met | None:
    """How many of the top-level blocks a subject satisfies; ``None`` if the standard has no blocks."""
    states = [one.satisfied for one in report.blocks if one.parent is None]
    if not states:
        return None
    surely = states.count(True)
    return Met(surely, surely + states.count(None), len(states))


def tally(publication: Publication) -> Tally:
    """Count all reports of a publication."""
    reports, criteria = publication.reports, publication.standard.criteria
    counted: list[Counter[Outcome]] = [Counter() for _ in criteria]
    facts: Counter[tuple[str, Bilingual]] = Counter()
    differing: Counter[int] = Counter()
    for report in reports:
        for counter, finding in zip(counted, report.findings, strict=True):
            counter[finding.outcome] += 1
        facts.update((one.fact, one.label) for one in missing_of(report))
        differing.update(at for at, one in enumerate(criteria) if one.judge and report.findings[at].differs)
    each = [CriterionTally(one, _in_order(counts)) for one, counts in zip(criteria, counted, strict=True)]
    return Tally(
        outcomes=_sum(one.counts for one in each),
        verdicts=_verdicts(publication),
        blocks=_blocks(publication, each),
        criteria=tuple(sorted(each, key=lambda one: (-one.counts[Outcome.FAILED], -one.counts[Outcome.UNDETERMINED]))),
        missing=tuple((label, number) for (_, label), number in facts.most_common()),
        differing=tuple((criteria[at], number) for at, number in differing.most_common()),
    )


def missing_of(report: Report) -> tuple[Missing, ...]:
    """What a report lacks, each fact once, in the order of the standard; rows of several criteria put together."""
    found: dict[str, dict[str, None]] = {}
    labels: dict[str, Bilingual] = {}
    for finding in report.findings:
        for one in finding.missing:
            labels.setdefault(one.fact, one.label)
            found.setdefault(one.fact, {}).update(dict.fromkeys(one.rows))
    return tuple(Missing(fact, labels[fact], tuple(rows)) for fact, rows in found.items())


def by_block(publication: Publication, findings: Iterable[Finding]) -> list[tuple[Block | None, list[Finding]]]:
    """Findings in their blocks, in the order of the standard; those without a block come last.

    A block that only holds other blocks stands before them, with no finding of its own.
    """
    blocks = {one.id: one for one in publication.standard.blocks}
    groups: dict[str | None, list[Finding]] = {one: [] for one in blocks}
    for finding in findings:
        groups.setdefault(finding.info.block, []).append(finding)
    shown: set[str | None] = set()
    for block, group in groups.items():
        at = block if group else None
        while at is not None and at not in shown:
            shown.add(at)
            at = blocks[at].parent if at in blocks else None
    return [(blocks.get(block or ""), group) for block, group in groups.items() if group or block in shown]


def _in_order(counts: Mapping[Outcome, int]) -> Counts:
    return {outcome: counts.get(outcome, 0) for outcome in Outcome}


def _sum(many: Iterable[Counts]) -> Counts:
    total: Counter[Outcome] = Counter()
    for counts in many:
        total.update(counts)
    return _in_order(total)


def _verdicts(publication: Publication) -> tuple[tuple[Verdict, int], ...]:
    places = {row.id: index for index, row in enumerate(publication.standard.verdicts)}
    numbers = Counter(report.verdict for report in publication.reports)
    ordered = sorted(numbers, key=lambda one: (one.id is None, [places[row] for row in one.reachable]))
    return tuple((verdict, numbers[verdict]) for verdict in ordered)


def _blocks(publication: Publication, each: list[CriterionTally]) -> tuple[BlockTally, ...]:
    groups: dict[str | None, list[Counts]] = {one.id: [] for one in publication.standard.blocks}
    for one in each:
        groups.setdefault(one.criterion.block, []).append(one.counts)
    titles = {one.id: one.title for one in publication.standard.blocks}
    return tuple(BlockTally(titles.get(block or ""), _sum(counts)) for block, counts in groups.items() if counts)

# SPDX-License-Identifier: MIT
"""A publication as five tables: summary, findings, gaps, problems, provenance. Knows no file format.

A number is a number, an outcome or verdict a ``Marked`` text that a workbook may colour; everything else is text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from attrs import frozen

from platformrules.languages import Bilingual, Language
from platformrules.reporting import findings as said
from platformrules.reporting.publication import Publication
from platformrules.reporting.tally import missing_of
from platformrules.reporting.values import Parts, evidence_parts, hides, unit_text, value_text
from platformrules.reporting.wording import RELATIONS, STRENGTHS, WORDS, listed, one_line
from platformrules.results import OUTCOME_LABELS, Evidence, Finding, Outcome, Report

#: As many ids of rows as a cell names.
_NAMED_ROWS = 200


class Marked(NamedTuple):
    """A text with what it means, as ``Outcome`` or ``Tone`` say it."""

    text: str
    meaning: str


Cell: TypeAlias = str | int | Decimal | Marked | None


@frozen
class Column:
    """A column: its heading and its width in digits."""

    heading: Bilingual
    width: int


@frozen
class Table:
    """A table: its name, its columns, and what makes its rows."""

    name: Bilingual
    columns: tuple[Column, ...]
    rows: Callable[[Publication], Iterator[tuple[Cell, ...]]]


def _columns(**widths: int) -> tuple[Column, ...]:
    return tuple(Column(WORDS[name], width) for name, width in widths.items())


# Summary


def _summary(publication: Publication) -> Iterator[tuple[Cell, ...]]:
    language = publication.language
    for report in publication.reports:
        lacking = missing_of(report)
        yield (
            one_line(report.subject),
            _name(report, language),
            _verdict(report, publication),
            *report.counts().values(),
            len(lacking),
            listed((one.label[language] for one in lacking), language),
        )


def _name(report: Report, language: Language) -> str:
    return "" if report.name is None else said.name_text(report.name, language)


def _verdict(report: Report, publication: Publication) -> Marked:
    text = said.verdict_text(report.verdict, publication.standard, publication.language)
    return Marked(text, said.tone(report.verdict))


SUMMARY = Table(
    WORDS["summary"],
    (
        *_columns(id=14, name=30, verdict=30),
        *(Column(OUTCOME_LABELS[outcome], 12) for outcome in Outcome),
        *_columns(missing_count=10, missing_facts=60),
    ),
    _summary,
)


# Findings


def _findings(publication: Publication) -> Iterator[tuple[Cell, ...]]:
    language = publication.language
    blocks = {one.id: one.title[language] for one in publication.standard.blocks}
    for report in publication.reports:
        for finding in report.findings:
            info = finding.info
            first = (
                one_line(report.subject),
                _name(report, language),
                blocks.get(info.block or "", ""),
                info.title[language],
                info.id,
                STRENGTHS[info.strength][language],
                Marked(finding.outcome.label[language], finding.outcome),
            )
            last = (
                "\n".join(said.clause_text(one, language) for one in info.citations),
                "\n".join(one.clause for one in info.citations),
                said.remedy_text(finding, language),
                _remark(finding, publication),
            )
            for row in finding.evidence or (None,):
                yield (*first, *_evidence(row, finding, publication), *last)


def _evidence(row: Evidence | None, finding: Finding, publication: Publication) -> tuple[Cell, ...]:
    if row is None:
        return (None,) * 7
    language, facts = publication.language, publication.facts[finding.criterion]
    parts = evidence_parts(row, facts, language, internal=publication.internal)
    masked = not publication.internal and hides(facts.values())
    return (
        row.label[language],
        _number(row.observed) if _number(row.found) is not None else parts.observed,
        "" if row.required is None else RELATIONS[row.operator][language],
        _required(row, parts, facts_masked=masked, language=language),
        _number(row.gap) if _number(row.gap) is not None else parts.gap,
        unit_text(row.unit, language),
        None if row.at is None else one_line(row.at),
    )


def _number(value: object) -> int | Decimal | None:
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else None



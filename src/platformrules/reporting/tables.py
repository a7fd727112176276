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
from platformrules.reporting.validity import in_force_text, status_text, validity_warning
from platformrules.reporting.values import evidence_parts, unit_text
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
                STRENGTHS[info.strength][language],
                Marked(finding.outcome.label[language], finding.outcome),
            )
            last = (
                _lines(said.clause_text(one, language) for one in info.citations),
                said.remedy_text(finding, language),
                _remark(finding, publication),
                info.id,
                _lines(one.clause for one in info.citations),
            )
            for row in finding.evidence or (None,):
                yield (*first, *_evidence(row, finding, publication), *last)


def _evidence(row: Evidence | None, finding: Finding, publication: Publication) -> tuple[Cell, ...]:
    if row is None:
        return (None,) * 7
    language = publication.language
    parts = evidence_parts(row, publication.facts[finding.criterion], language, internal=publication.internal)
    return (
        row.label[language],
        _number(row.found, parts.observed),
        "" if row.required is None else RELATIONS[row.operator][language],
        _number(row.required, parts.wanted),
        _number(row.gap, parts.gap),
        unit_text(row.unit, language),
        None if row.at is None else one_line(row.at),
    )


def _number(value: object, text: str) -> int | Decimal | str:
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else text


def _remark(finding: Finding, publication: Publication) -> str:
    """Whatever a person added or has to add, and what is missing."""
    language, standard = publication.language, publication.standard
    labelled = (
        ("", said.awaited_text(finding, standard, language)),
        ("missing", listed((said.missing_text(one, language) for one in finding.missing), language)),
        ("judgement", said.judgement_text(finding, publication)),
        ("data_say", said.data_say_text(finding, standard, language)),
        ("waiver", said.waiver_text(finding, publication)),
    )
    return _lines(said.labelled(word, text, language) for word, text in labelled if text)


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


FINDINGS = Table(
    WORDS["findings"],
    _columns(
        id=12,
        name=24,
        block=12,
        criterion=20,
        strength=10,
        outcome=14,
        observed_of=24,
        observed=22,
        relation=9,
        required=22,
        gap=16,
        unit=9,
        at=12,
        clause=40,
        remedy=32,
        remark=36,
        criterion_id=22,
        clause_id=22,
    ),
    _findings,
)


# Gaps


def _gaps(publication: Publication) -> Iterator[tuple[Cell, ...]]:
    """Each fact that a subject does not record, and each judgement that is awaited."""
    language = publication.language
    for report in publication.reports:
        head = (one_line(report.subject), _name(report, language))
        for one in missing_of(report):
            needed = (finding.title[language] for finding in report.findings if _lacks(finding, one.fact))
            rows = listed(map(one_line, one.rows[:_NAMED_ROWS]), language)
            more = WORDS["more_rows"][language] if len(one.rows) > _NAMED_ROWS else ""
            number = len(one.rows) or None
            yield (*head, one.label[language], one.fact, number, rows + more, listed(needed, language))
        for finding in report.findings:
            if finding.outcome is Outcome.UNTESTED:
                yield (*head, WORDS["to_do_untested"][language], None, None, "", finding.title[language])


def _lacks(finding: Finding, fact: str) -> bool:
    return any(one.fact == fact for one in finding.missing)


GAPS = Table(
    WORDS["gaps"],
    _columns(id=14, name=30, what=28, fact=30, row_count=8, row_ids=50, for_criteria=40),
    _gaps,
)


# Problems and provenance


def _problems(publication: Publication) -> Iterator[tuple[Cell, ...]]:
    language = publication.language
    for one in publication.problems:
        expected = "" if one.expected is None else one_line(one.expected[language])
        message = one_line(one.message[language])
        yield (one.code, one_line(one.sheet), one_line(one.cell), one_line(one.value), message, expected)


PROBLEMS = Table(
    WORDS["problem_list"],
    _columns(code=9, sheet=16, cell=10, value=30, message=60, expected=40),
    _problems,
)


def provenance_rows(publication: Publication) -> Iterator[tuple[str, str]]:
    """Where all comes from, as names and texts."""
    language, given = publication.language, publication.provenance
    word = {name: text[language] for name, text in WORDS.items()}
    document = publication.standard.document
    yield word["standard"], f"{publication.standard.title[language]} ({given['standard']})"
    yield word["document"], f"{document.number} {document.title[language]}"
    yield word["in_force"], in_force_text(publication)
    if status := status_text(publication):
        yield word["status"], status
    if warning := validity_warning(publication):
        yield word["warning"], warning
    if given["chosen"]:
        yield word["chosen"], chosen_text(given["chosen"], language)
    period, day = publication.when()
    yield word["period"], period or word["nothing"]
    yield word["as_of"], day or word["nothing"]
    changed = [f"{name} = {_changed(value)}" for name, value in given["parameters"].items()]
    yield word["parameters_changed"], listed(changed, language) or word["nothing"]
    yield word["platformrules"], given["platformrules"]
    yield word["plugin"], " ".join(part for part in given["plugin"].values() if part)
    yield word["input"], one_line(given["input"] or "") or word["nothing"]
    if given["note"]:
        yield word["note"], one_line(given["note"])
    for name, digest in given["rules"].items():
        yield word["rules"], f"{name} {digest}"


def chosen_text(chosen: str, language: Language) -> str:
    """Why a version was taken."""
    if chosen == "pinned":
        return WORDS["pinned"][language]
    if (day := chosen.removeprefix("in force on ")) != chosen:
        return WORDS["in_force_on"][language].format(one_line(day))
    if (day := chosen.removeprefix("not in force on ")) != chosen:
        return WORDS["asked_for"][language].format(one_line(day))
    return one_line(chosen)


def _changed(value: object) -> str:
    return one_line(", ".join(map(str, value)) if isinstance(value, list) else str(value))


PROVENANCE = Table(WORDS["provenance"], _columns(what=24, value=100), provenance_rows)

#: All tables, in the order of the sheets.
TABLES: tuple[Table, ...] = (SUMMARY, FINDINGS, GAPS, PROBLEMS, PROVENANCE)

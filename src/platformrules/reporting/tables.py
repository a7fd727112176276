# SPDX-License-Identifier: MIT
"""A publication as tables: summary, values, findings, gaps, problems, provenance. Knows no file format.

A number is a number, an outcome or verdict a ``Marked`` text that a workbook may colour; everything else is text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from attrs import frozen

from platformrules.backends.prose import RATIO
from platformrules.languages import Bilingual, Language
from platformrules.reporting import findings as said
from platformrules.reporting.points import is_scored, parts_of, points_text, scored_blocks, scores_outside
from platformrules.reporting.publication import Publication
from platformrules.reporting.tally import blocks_met, missing_of
from platformrules.reporting.validity import in_force_text, status_text, validity_warning
from platformrules.reporting.values import evidence_parts, unit_text
from platformrules.reporting.wording import COMMA, FROM_TO, RELATIONS, STRENGTHS, WORDS, listed, one_line
from platformrules.results import OUTCOME_LABELS, Evidence, Finding, Outcome, Report
from platformrules.standards.model import Standard

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
    """A table: its name, its columns, what makes its rows, and whether a publication has it at all."""

    name: Bilingual
    columns: Callable[[Publication], tuple[Column, ...]]
    rows: Callable[[Publication], Iterator[tuple[Cell, ...]]]
    is_there: Callable[[Publication], bool] = lambda _: True


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
            *_score(report, publication),
            *_blocks(report, publication),
            *report.counts().values(),
            len(lacking),
            listed((said.missing_label(one, publication.standard, language) for one in lacking), language),
        )


def _name(report: Report, language: Language) -> str:
    return "" if report.name is None else said.name_text(report.name, language)


def _verdict(report: Report, publication: Publication) -> Marked:
    text = said.verdict_text(report.verdict, publication.standard, publication.language)
    return Marked(text, said.tone(report.verdict))


def _score(report: Report, publication: Publication) -> tuple[Cell, ...]:
    """The score, and the points of each part of it; nothing of a standard without a score."""
    if not is_scored(publication.standard):
        return ()
    parts = (one.points for one in parts_of(publication.standard, report))
    return tuple(_points(one, publication.language) for one in (report.score, *parts))


def _points(value: object, language: Language) -> Cell:
    return None if value is None else _number(value, points_text(value, language))


def _score_columns(standard: Standard) -> Iterator[Column]:
    """The columns of ``_score``."""
    if not is_scored(standard):
        return
    yield Column(WORDS["score"], 9)
    titles = [one.title for one, _ in scored_blocks(standard)]
    if scores_outside(standard):
        titles.append(WORDS["other_criteria"])
    template = WORDS["points_of"]
    for one in titles:
        yield Column(Bilingual(template.zh.format(one.zh), template.en.format(one.en)), 12)


def _blocks(report: Report, publication: Publication) -> tuple[Cell, ...]:
    """How many of the top-level blocks are satisfied, how many there are, and each of them."""
    met = blocks_met(report)
    if met is None:
        return ()
    language = publication.language
    number = met.surely if met.surely == met.possibly else FROM_TO[language].format(met.surely, met.possibly)
    states = (one.satisfied for one in report.blocks if one.parent is None)
    return number, met.total, *(_state(one, language) for one in states)


def _state(satisfied: bool | None, language: Language) -> Marked:  # noqa: FBT001 - the answer itself
    return Marked(said.state_text(satisfied, language), said.state_tone(satisfied))


def _summary_columns(publication: Publication) -> tuple[Column, ...]:
    top = [Column(one.title, 14) for one in publication.standard.blocks if one.parent is None]
    return (
        *_columns(id=14, name=30, verdict=30),
        *_score_columns(publication.standard),
        *(_columns(blocks_met=11, blocks_total=9) if top else ()),
        *top,
        *(Column(OUTCOME_LABELS[outcome], 12) for outcome in Outcome),
        *_columns(missing_count=10, missing_facts=60),
    )


SUMMARY = Table(WORDS["summary"], _summary_columns, _summary)


# Values


def _values(publication: Publication) -> Iterator[tuple[Cell, ...]]:
    """Each named value of each subject that has a title."""
    language = publication.language
    for report in publication.reports:
        head = (one_line(report.subject), _name(report, language))
        for one in report.values:
            if one.title is not None:
                value = None if one.unit == RATIO else one.value  # a share is said in percent
                text = _number(value, said.value_of(one, publication))
                unit = unit_text(one.unit, language) if isinstance(text, int | Decimal) else ""
                clauses = _lines(said.clause_text(cited, language) for cited in one.citations)
                yield (*head, one.title[language], text, unit, clauses, one.id)


VALUES = Table(
    WORDS["values"],
    lambda _: _columns(id=14, name=30, value_title=40, amount=20, unit=10, clause=40, value_id=24),
    _values,
    lambda publication: publication.values_shown,
)


# Findings


def _findings(publication: Publication) -> Iterator[tuple[Cell, ...]]:
    language = publication.language
    blocks = {one.id: one.title[language] for one in publication.standard.blocks}
    for report in publication.reports:
        states: dict[str | None, Cell] = {one.id: _state(one.satisfied, language) for one in report.blocks}
        for finding in report.findings:
            info = finding.info
            first = (
                one_line(report.subject),
                _name(report, language),
                blocks.get(info.block or "", ""),
                states.get(info.block),
                info.title[language],
                STRENGTHS[info.strength][language],
                Marked(finding.outcome.label[language], finding.outcome),
                said.grade_text(finding, publication.standard, language),
                *_finding_points(finding, publication),
                _data_say(finding, publication),
            )
            last = (
                _lines(said.clause_text(one, language) for one in info.citations),
                said.remedy_text(finding, language),
                said.follows_text(finding, language),
                _remark(finding, publication),
                info.id,
                _lines(one.clause for one in info.citations),
            )
            for row in finding.evidence or (None,):
                yield (*first, *_evidence(row, finding, publication), *last)


def _finding_points(finding: Finding, publication: Publication) -> tuple[Cell, ...]:
    """The points of a finding and the most there are; nothing of a standard without a score."""
    if not is_scored(publication.standard):
        return ()
    return _points(finding.points, publication.language), _points(finding.maximum, publication.language)


def _data_say(finding: Finding, publication: Publication) -> Cell:
    """Which row the data speak for; marked where a person judged otherwise."""
    row, language = finding.data_say, publication.language
    if row is None:
        return None
    text = said.judged_title(finding, row, publication.standard, language)
    if not finding.differs:
        return text
    return Marked(COMMA[language].join((text, WORDS["differs"][language])), said.Tone.OPEN)


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
        ("missing", listed((said.missing_text(one, standard, language) for one in finding.missing), language)),
        ("judgement", said.judgement_text(finding, publication)),
        ("other_judgements", said.other_judgements_text(finding, publication)),
        ("data_say", said.data_say_text(finding, standard, language)),
        ("waiver", said.waiver_text(finding, publication)),
    )
    return _lines(said.labelled(word, text, language) for word, text in labelled if text)


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


FINDINGS = Table(
    WORDS["findings"],
    lambda publication: _columns(
        id=12,
        name=24,
        block=12,
        block_state=10,
        criterion=20,
        strength=10,
        outcome=14,
        grade=12,
        **({"points": 9, "maximum": 9} if is_scored(publication.standard) else {}),
        data_say=18,
        observed_of=24,
        observed=22,
        relation=9,
        required=22,
        gap=16,
        unit=9,
        at=12,
        clause=40,
        remedy=32,
        follows=20,
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
            label = said.missing_label(one, publication.standard, language)
            yield (*head, label, one.fact, number, rows + more, listed(needed, language))
        for finding in report.findings:
            if finding.outcome is Outcome.UNTESTED:
                yield (*head, WORDS["to_do_untested"][language], None, None, "", finding.title[language])


def _lacks(finding: Finding, fact: str) -> bool:
    return any(one.fact == fact for one in finding.missing)


GAPS = Table(
    WORDS["gaps"],
    lambda _: _columns(id=14, name=30, what=28, fact=30, row_count=8, row_ids=50, for_criteria=40),
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
    lambda _: _columns(code=9, sheet=16, cell=10, value=30, message=60, expected=40),
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


PROVENANCE = Table(WORDS["provenance"], lambda _: _columns(what=24, value=100), provenance_rows)

#: All tables, in the order of the sheets; a publication has those that are there for it.
TABLES: tuple[Table, ...] = (SUMMARY, VALUES, FINDINGS, GAPS, PROBLEMS, PROVENANCE)

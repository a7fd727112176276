# SPDX-License-Identifier: MIT
"""How verdicts, judgements, waivers, clauses and gaps are said. Knows results and standards, and no format."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from platformrules.bounds import Bounds, Possible
from platformrules.citations import Citation
from platformrules.dossiers import Judgement
from platformrules.languages import Bilingual, Language
from platformrules.reporting.points import points_text
from platformrules.reporting.publication import Publication
from platformrules.reporting.tally import Met
from platformrules.reporting.values import named_text, range_text, value_text
from platformrules.reporting.wording import BETWEEN, COMMA, EITHER, WORDS, listed, one_line
from platformrules.results import MASK, Finding, Missing, NamedResult, Outcome, Verdict
from platformrules.standards.model import Standard

#: As many ids of rows are named where a reader sees them; a workbook has room for more.
NAMED_ROWS = 8


class Tone(enum.StrEnum):
    """What a verdict means, whatever the standard calls it."""

    CONFORMS = "conforms"
    DENIES = "denies"
    OPEN = "open"
    INFORMS = "informs"


def tone(verdict: Verdict) -> Tone:
    """Whether a subject conforms, does not, may do either, or is only informed of something."""
    if verdict.conforms is not None:
        return Tone.CONFORMS if verdict.conforms else Tone.DENIES
    return Tone.INFORMS if verdict.id is not None else Tone.OPEN


def verdict_text(verdict: Verdict, standard: Standard, language: Language) -> str:
    """The title of a verdict, or of all that are still reachable."""
    if verdict.title is not None:
        return verdict.title[language]
    titles = {row.id: row.title[language] for row in standard.verdicts}
    reachable = " / ".join(titles[row] for row in verdict.reachable)
    return WORDS["open_verdict"][language].format(reachable)


def name_text(name: str | None, language: Language) -> str:
    """The name of a subject."""
    return WORDS["unnamed"][language] if name is None or not one_line(name) else one_line(name)


def clause_text(citation: Citation, language: Language) -> str:
    """Where a clause stands: number of the document and place in it."""
    return f"{citation.number} {citation.locator[language]}".strip()


def state_tone(satisfied: bool | None) -> Tone:  # noqa: FBT001 - the answer itself
    """What it means that a block is satisfied, is not, or may be either."""
    return Tone.OPEN if satisfied is None else Tone.CONFORMS if satisfied else Tone.DENIES


def state_text(satisfied: bool | None, language: Language) -> str:  # noqa: FBT001 - the answer itself
    """Whether a block is satisfied, in a word."""
    return WORDS[_STATES[satisfied]][language]


_STATES = {True: "satisfied", False: "unsatisfied", None: "unsettled"}


def met_text(met: Met, language: Language) -> str:
    """How many blocks are satisfied, of how many."""
    if met.surely == met.possibly:
        return WORDS["met_of"][language].format(met.surely, met.total)
    return WORDS["met_some"][language].format(met.surely, met.possibly, met.total)


def met_short(met: Met) -> str:
    """The same in figures: 5/7, 5–6/7."""
    most = "" if met.surely == met.possibly else f"–{met.possibly}"
    return f"{met.surely}{most}/{met.total}"


def value_of(one: NamedResult, publication: Publication) -> str:
    """A named value in words; one of a person is masked."""
    if one.personal and not publication.internal:
        return MASK
    return named_text(one.value, publication.choices.get(one.id), one.unit, publication.language)


def missing_label(one: Missing, standard: Standard, language: Language) -> str:
    """How a fact that is not recorded is called; of a parameter of the run also what it may be."""
    owner, _, name = one.fact.partition(".")
    given = standard.parameters.get(name) if owner == "parameters" else None
    if given is None or given.given is None:
        return one.label[language]
    return WORDS["missing_parameter"][language].format(one.label[language], range_text(given.given, language))


def missing_text(one: Missing, standard: Standard, language: Language, most: int = NAMED_ROWS) -> str:
    """A fact that is not recorded, and the rows that lack it."""
    if not one.rows:
        return missing_label(one, standard, language)
    more = WORDS["more_rows"][language] if len(one.rows) > most else ""
    named = listed(map(one_line, one.rows[:most]), language) + more
    return WORDS["missing_rows"][language].format(one.label[language], len(one.rows), named)


def judged_title(finding: Finding, value: object, standard: Standard, language: Language) -> str:
    """A grade, or what a person found, by its title; a value that is no row of the criterion as it stands."""
    titles = {row.id: row.title for row in standard[finding.criterion].rows}
    title = titles.get(value) if isinstance(value, str) else None
    return value_text(value, None, "", language) if title is None else title[language]


def grade_text(finding: Finding, standard: Standard, language: Language) -> str:
    """What a person found, or the grades that the data may come to; empty if nobody judged, or there is no grade."""
    criterion = standard[finding.criterion]
    if criterion.judge:
        given = finding.judgement
        return "" if given is None else judged_title(finding, given.value, standard, language)
    grade = finding.grade
    if not isinstance(grade, Possible):
        return "" if grade is None else judged_title(finding, grade, standard, language)
    titles = {"": WORDS["no_grade"][language], **{row.id: row.title[language] for row in criterion.grades}}
    reachable = grade.values or ()
    return EITHER[language].join(title for name, title in titles.items() if name in reachable)


def follows_text(finding: Finding, language: Language) -> str:
    """What the document attaches to the grade that counts; empty if nothing."""
    follows = finding.follows
    return "" if follows is None else follows[language]


def awaited_text(finding: Finding, standard: Standard, language: Language) -> str:
    """Between what a person has to choose; empty unless the criterion waits for a judgement."""
    if finding.outcome is not Outcome.UNTESTED:
        return ""
    criterion = standard[finding.criterion]
    if criterion.judges_points:
        limits = Bounds(criterion.minimum, criterion.maximum)
        return WORDS["awaited"][language] + WORDS["some_points"][language].format(points_text(limits, language))
    return WORDS["awaited"][language] + " / ".join(row.title[language] for row in criterion.judge)


def judgement_text(finding: Finding, publication: Publication) -> str:
    """What a person found, who, when and why; empty if nobody judged."""
    given = finding.judgement
    return "" if given is None else _judgement_text(given, finding, publication)


def other_judgements_text(finding: Finding, publication: Publication) -> str:
    """What other assessors found, in the same words; empty if there are none."""
    others = (_judgement_text(one, finding, publication) for one in finding.other_judgements)
    return BETWEEN[publication.language].join(others)


def _judgement_text(given: Judgement, finding: Finding, publication: Publication) -> str:
    language = publication.language
    parts = [judged_title(finding, given.value, publication.standard, language)]
    if given.role:
        titles = {one.id: one.title[language] for one in publication.standard.assessors}
        parts.append(titles.get(given.role, one_line(given.role)))
    parts += _by(given.by, publication)
    if given.on is not None:
        parts.append(given.on.isoformat())
    return _with_reason(parts, given.reason, language)


def waiver_text(finding: Finding, publication: Publication) -> str:
    """Who exempted the subject from a criterion, until when and why; empty if nobody did."""
    given, language = finding.waiver, publication.language
    if given is None:
        return ""
    parts = _by(given.by, publication)
    if given.until is not None:
        parts.append(WORDS["until"][language].format(given.until.isoformat()))
    return _with_reason(parts, given.reason, language)


def data_say_text(finding: Finding, standard: Standard, language: Language) -> str:
    """What the data say where a person judged otherwise or has yet to judge; empty elsewhere."""
    said = finding.data_say
    if said is None or (finding.judgement is not None and finding.judgement.value == said):
        return ""
    if finding.judgement is None and finding.outcome is not Outcome.UNTESTED:
        return ""
    title = judged_title(finding, said, standard, language)
    if finding.judgement is None:
        return title
    return COMMA[language].join((title, WORDS["differs"][language]))


def labelled(word: str, text: str, language: Language) -> str:
    """A text after its label, a name in ``WORDS``; without one if that is empty."""
    return _colon(language).join((WORDS[word][language], text)) if word else text


def remedy_text(finding: Finding, language: Language) -> str:
    """What to do about a criterion that fails; empty elsewhere."""
    remedy: Bilingual | None = finding.info.remedy
    return remedy[language] if remedy is not None and finding.outcome is Outcome.FAILED else ""


def _by(name: str | None, publication: Publication) -> list[str]:
    if not name:
        return []
    shown = one_line(name) if publication.internal else MASK
    return [WORDS["by"][publication.language].format(shown)]


def _with_reason(parts: Iterable[str], reason: str, language: Language) -> str:
    text, why = COMMA[language].join(parts), one_line(reason)
    return _colon(language).join(part for part in (text, why) if part)


def _colon(language: Language) -> str:
    return "：" if language is Language.ZH else ": "

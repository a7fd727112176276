# SPDX-License-Identifier: MIT
"""Writes a workbook to fill in: every sheet and column that a standard needs, with choices and clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from platformrules.belonging import SUBJECT_SHEETS, related
from platformrules.languages import Bilingual, Language
from platformrules.ledger.columns import (
    JUDGEMENTS,
    NOTES,
    WAIVERS,
    facts_needed,
    links_needed,
    recorded_flag,
    relations_read,
    sheets_needed,
)
from platformrules.ledger.excel import write_plans
from platformrules.ledger.guidance import Guidance
from platformrules.ledger.pages import PageWriter
from platformrules.ledger.plans import Heading, SheetPlan
from platformrules.ledger.settings import LABELS
from platformrules.schema import Fact, FactType
from platformrules.standards.model import Standard

_STYLES = {FactType.TEXT: "text", FactType.DATE: "date"}
_WIDTHS = {FactType.SET: 26, FactType.TEXT: 16}


def write_template(standard: Standard, path: str | Path, language: Language | str = Language.ZH) -> None:
    """Write an .xlsx workbook that asks for what a standard reads, and for nothing else.

    Raises:
        LedgerError: the file cannot be written, or the libraries for workbooks are not installed.
    """
    guidance = Guidance.of(standard, Language(language))
    title = guidance.say(f"台账模板：{standard.title.zh}", f"Ledger template: {standard.title.en}")
    write_plans(Path(path), list(_plans(guidance)), title, f"platformrules template of {standard.reference}")


def template_facts(standard: Standard, relation: str) -> tuple[Fact, ...]:
    """The columns of a sheet of a template: what the standard reads, the keys, the name, the date."""
    kind = standard.subject
    model = standard.schema.relations[relation].model
    facts = tuple(facts_needed(standard, model, links_needed(standard, relation)))
    if relation == SUBJECT_SHEETS[kind]:
        read = (*relations_read(standard), *sheets_needed(standard)[1:])
        facts += tuple(recorded_flag(one, standard.schema) for one in related(kind, standard.schema) if one in read)
    return facts


def _plans(guidance: Guidance) -> Iterator[SheetPlan]:
    standard, language = guidance.standard, guidance.language
    schema, sheets = standard.schema, sheets_needed(standard)
    yield _notes(guidance, sheets)
    for relation in sheets:
        facts = template_facts(standard, relation)
        yield SheetPlan(schema.relations[relation].label[language], [_heading(one, guidance) for one in facts], [])
    if any(one.is_judged for each in standard.readings for one in each.criteria):
        yield SheetPlan(guidance.say("认定", "judgements"), list(_judgements(guidance)), [])
    yield SheetPlan(guidance.say("豁免", "waivers"), list(_waivers(guidance)), [])
    period = standard.period.printed
    said = {"period": "" if period is None else str(period), "as_of": "", "records_from": ""}
    if standard.period.kind == "as-of":
        del said["period"]
    page = PageWriter(standard, language).settings(said)
    rows = [*page.rows, [LABELS["note"][language], ""]]
    yield SheetPlan(page.name, [_plain(one, guidance, width=36) for one in page.facts], rows)


def _heading(fact: Fact, guidance: Guidance) -> Heading:
    choices: tuple[str, ...] = ()
    if fact.type is FactType.BOOLEAN:
        choices = (guidance.say("是", "yes"), guidance.say("否", "no"))
    elif fact.type is FactType.CHOICE:
        choices = tuple(one.label[guidance.language] for one in fact.values)
    return Heading(
        fact.label[guidance.language],
        note=guidance.note(fact),
        choices=choices,
        closed=not fact.open,
        style=_STYLES.get(fact.type, ""),
        width=_WIDTHS.get(fact.type, 13),
    )


def _plain(
    fact: Fact, guidance: Guidance, *, width: int = 18, choices: tuple[str, ...] = (), note: str = ""
) -> Heading:
    style = _STYLES.get(fact.type, "")
    return Heading(fact.label[guidance.language], note, choices, closed=False, style=style, width=width)


def _judgements(guidance: Guidance) -> Iterator[Heading]:
    judged = [one for each in guidance.standard.readings for one in each.criteria if one.is_judged]
    language = guidance.language
    titles = tuple(dict.fromkeys(one.title[language] for one in judged))
    values = tuple(dict.fromkeys(row.title[language] for one in judged for row in one.judge))
    lines = []
    for one in judged:
        rows = guidance.say("／", " / ").join(row.title[language] for row in one.judge)
        if one.judges_points:
            rows = guidance.say(f"{one.minimum}至{one.maximum}分", f"{one.minimum} to {one.maximum} points")
        cited = guidance.say("；", "; ").join(cite.locator[language] for cite in one.cites)
        lines.append(
            f"· {one.title[language]}{guidance.say('：', ': ')}{rows}{guidance.say(f'（{cited}）', f' ({cited})')}"
        )
    note = guidance.say("需人工认定的条件及结果：", "criteria that a person judges, and what may be found:")
    for fact in JUDGEMENTS:
        assessors = tuple(one.title[language] for one in guidance.standard.assessors)
        choices = {"criterion": titles, "value": values, "role": assessors}.get(fact.id, ())
        said = "\n".join([note, *lines]) if fact.id in {"criterion", "value"} else _said(fact, guidance)
        yield _plain(fact, guidance, choices=choices, note=said)


def _waivers(guidance: Guidance) -> Iterator[Heading]:
    titles = tuple(dict.fromkeys(one.title[guidance.language] for one in guidance.standard.criteria))
    for fact in WAIVERS:
        yield _plain(fact, guidance, choices=titles if fact.id == "criterion" else (), note=_said(fact, guidance))


def _said(fact: Fact, guidance: Guidance) -> str:
    notes = {
        "subject": Bilingual("评价对象的编号", "the id of the subject"),
        "criterion": Bilingual("条件的名称或编号", "the title or id of a criterion"),
        "by": Bilingual("认定或批准的人或单位；对外输出时遮盖", "who found or granted it; masked in what is given out"),
        "on": Bilingual("认定的日期", "the day of the judgement"),
        "until": Bilingual("豁免的最后一天，长期有效的空着", "the last day of the waiver; blank if it does not end"),
        "role": Bilingual("几方分别认定时，是哪一方", "which of several assessors it is"),
    }
    return notes[fact.id][guidance.language] if fact.id in notes else ""


def _notes(guidance: Guidance, sheets: Iterable[str]) -> SheetPlan:
    """The sheet for people: how to fill in the workbook, and a table of all columns."""
    rows = [[line] for line in guidance.intro()]
    titles = [("工作表", "sheet"), ("列", "column"), ("名称", "name"), ("填写", "fill in"), ("依据", "asked for by")]
    rows += [[], [guidance.say(*one) for one in titles]]
    for relation in sheets:
        label = guidance.standard.schema.relations[relation].label[guidance.language]
        for fact in template_facts(guidance.standard, relation):
            clauses = "\n".join(guidance.clauses(fact))
            rows.append([label, fact.label[guidance.language], fact.id, guidance.how(fact), clauses])
    headings = [Heading("", width=width) for width in (22, 24, 26, 46, 60)]
    return SheetPlan(NOTES[guidance.language], headings, rows, prose=True)

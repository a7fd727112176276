# SPDX-License-Identifier: MIT
"""What `show` knows of a standard or document, as JSON data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from platformrules.citations import Citation, Clause, Document
from platformrules.cli.console import both
from platformrules.cli.standards import header_data
from platformrules.criteria.formatter import to_text
from platformrules.criteria.nodes import Name
from platformrules.criteria.typed import Table, TypedExpr
from platformrules.results import to_json
from platformrules.schema import Fact
from platformrules.sentences import phrase, sentence
from platformrules.standards.model import (
    Block,
    Criterion,
    JudgeRow,
    NamedValue,
    NoteRow,
    Parameter,
    Standard,
    VerdictRow,
)


def standard_data(one: Standard, documents: Mapping[str, Document]) -> dict[str, Any]:
    """All of a standard; ``documents`` are those that its citations may be of."""
    document = one.document
    return {
        **header_data(one),
        "document": {
            "id": document.id,
            "number": document.number,
            "title": both(document.title),
            "note": both(document.note),
        },
        "parameters": [_parameter(given) for given in one.parameters.values()],
        "values": [_value(one, value) for value in one.values],
        "score": None if one.score is None else _score(one, one.score),
        "assessors": [{"id": given.id, "title": both(given.title)} for given in one.assessors],
        "blocks": [_block(block) for block in one.blocks],
        "criteria": [_criterion(one, criterion) for criterion in one.criteria],
        "verdicts": [_verdict(row) for row in one.verdicts],
        "notes": [_note(note) for note in one.notes],
        "clauses": [{"document": name, **clause_data(clause)} for name, clause in clauses_cited(one, documents)],
    }


def document_data(one: Document) -> dict[str, Any]:
    """All of a document."""
    return {
        "id": one.id,
        "number": one.number,
        "date": to_json(one.date),
        "title": both(one.title),
        "issuer": both(one.issuer),
        "jurisdiction": both(one.jurisdiction),
        "note": both(one.note),
        "clauses": [clause_data(clause) for clause in one.clauses.values()],
    }


def clause_data(one: Clause) -> dict[str, Any]:
    """A clause with what is damaged, silent or in conflict about it."""
    return {
        "id": one.id,
        "locator": both(one.locator),
        "strength": one.strength.value,
        "says": both(one.says),
        "note": both(one.note),
        "disposition": None if one.disposition is None else one.disposition.value,
        "reason": both(one.reason),
    }


def clauses_cited(one: Standard, documents: Mapping[str, Document]) -> list[tuple[str, Clause]]:
    """Every clause that a standard cites anywhere, with its document, in the order of the documents."""
    parts = [part.cites for part in one.parameters.values()]
    parts += [part.cites for part in one.values]
    parts += [part.cites for part in one.criteria]
    parts += [part.cites for part in one.notes]
    citations: Iterable[Citation] = chain.from_iterable(parts)
    wanted = {(cited.document, cited.clause) for cited in citations}
    known = {one.document.id: one.document, **documents}
    return [
        (document.id, clause)
        for document in known.values()
        for clause in document.clauses.values()
        if (document.id, clause.id) in wanted
    ]


def _parameter(one: Parameter) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": both(one.title),
        "value": to_json(one.value),
        "table": None if one.table is None else _table(one.table),
        "given": None if one.given is None else _given(one.given),
        "unit": one.unit,
        "reading": both(one.reading),
        "note": both(one.note),
        "cites": [cited.clause for cited in one.cites],
    }


def _given(one: Fact) -> dict[str, Any]:
    """What a run has to give."""
    return {"type": one.type.value, "minimum": to_json(one.minimum), "maximum": to_json(one.maximum)}


def _table(one: Table) -> dict[str, Any]:
    """By what is looked up, and every row; a step begins at ``from`` or only ``above`` it."""
    return {
        "by": [f"{fact.on}.{fact.id}" for fact in one.by],
        "entries": [{"key": list(key), "value": to_json(value)} for key, value in one.entries.items()],
        "otherwise": to_json(one.otherwise),
        "steps": [
            {"above" if step.above else "from": to_json(step.start), "value": to_json(step.value)} for step in one.steps
        ],
    }


def _value(standard: Standard, one: NamedValue) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": both(one.title),
        "value": _text(one.expression),
        "sentence": both(phrase(standard, one.expression)),
        "unit": one.unit,
        "cites": [cited.clause for cited in one.cites],
        "note": both(one.note),
    }


def is_summed(score: NamedValue) -> bool:
    """Whether a score is the sum of all points, as it is where the file says nothing else."""
    return score.expression.source == Name("score")


def _score(standard: Standard, one: NamedValue) -> dict[str, Any]:
    """The expression; ``null`` for the sum of all points."""
    value = None if is_summed(one) else _text(one.expression)
    return {"value": value, "sentence": None if value is None else both(phrase(standard, one.expression))}


def _block(one: Block) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": both(one.title),
        "parent": one.parent,
        "max": to_json(one.maximum),
        "cap": to_json(one.cap),
    }


def _criterion(standard: Standard, one: Criterion) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": both(one.title),
        "block": one.block,
        "strength": one.strength.value,
        "sentence": both(sentence(standard, one)),
        "require": _text(one.require),
        "applies_when": _text(one.applies_when),
        "points": _text(one.points),
        "grades": [_judge_row(row) for row in one.grades],
        "judge": "points" if one.judges_points else [_judge_row(row) for row in one.judge],
        "min": to_json(one.minimum) if one.has_points else None,
        "max": to_json(one.maximum),
        "pass_at": to_json(one.pass_at),
        "cites": [{"clause": cited.clause, "locator": both(cited.locator)} for cited in one.cites],
        "proof": both(one.proof),
        "remedy": both(one.remedy),
        "note": both(one.note),
    }


def _judge_row(one: JudgeRow) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": both(one.title),
        "fails": one.fails,
        "points": to_json(one.points),
        "when": _text(one.when),
        "follows": both(one.follows),
    }


def _verdict(one: VerdictRow) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": both(one.title),
        "conforms": one.conforms,
        "when": _text(one.when),
        "follows": both(one.follows),
    }


def _note(one: NoteRow) -> dict[str, Any]:
    return {
        "id": one.id,
        "text": both(one.text),
        "when": _text(one.when),
        "cites": [cited.clause for cited in one.cites],
    }


def _text(expression: TypedExpr | None) -> str | None:
    return None if expression is None else to_text(expression.source)

# SPDX-License-Identifier: MIT
"""What became of every clause of a document: what cites it (criteria, procedures, forms), or what it declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from attrs import frozen

from platformrules.citations import Clause, Disposition, Document
from platformrules.diagnostics import Diagnostic
from platformrules.procedures.model import Procedure
from platformrules.standards.forms import Form
from platformrules.standards.model import Standard


@frozen
class ClauseCoverage:
    """One clause and what became of it.

    Attributes:
        clause: the clause.
        disposition: what became of it; ``None`` if nothing did.
        criteria: what cites it, as ``plugin/standard#criterion``.
        forms: the ids of the forms that cite it.
        procedures: the ids of the procedures that cite it.
    """

    clause: Clause
    disposition: Disposition | None
    criteria: tuple[str, ...]
    forms: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()


def coverage(
    document: Document,
    standards: Iterable[Standard],
    forms: Iterable[Form] = (),
    procedures: Iterable[Procedure] = (),
) -> tuple[ClauseCoverage, ...]:
    """What became of each clause of a document, in its order; criteria come before procedures.

    What a clause declares stands before the forms that cite it: a form prints remarks that others put into effect.
    """
    citing, printing = _citing(document, standards), _printing(document, forms)
    ruling = _ruling(document, procedures)
    return tuple(
        ClauseCoverage(
            clause,
            _disposition(clause, citing, ruling, printing),
            citing.get(name, ()),
            printing.get(name, ()),
            ruling.get(name, ()),
        )
        for name, clause in document.clauses.items()
    )


_Named: TypeAlias = Mapping[str, tuple[str, ...]]


def _disposition(clause: Clause, citing: _Named, ruling: _Named, printing: _Named) -> Disposition | None:
    if clause.id in citing:
        return Disposition.CRITERIA
    if clause.id in ruling:
        return Disposition.PROCEDURE
    return clause.disposition or (Disposition.FORM if clause.id in printing else None)


def _ruling(document: Document, procedures: Iterable[Procedure]) -> _Named:
    """The procedures that cite each clause, by a row or by a parameter."""
    found: dict[str, set[str]] = {}
    for procedure in procedures:
        for citation in procedure.cited:
            if citation.document == document.id:
                found.setdefault(citation.clause, set()).add(procedure.id)
    return {clause: tuple(sorted(ids)) for clause, ids in found.items()}


def _printing(document: Document, forms: Iterable[Form]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for form in forms:
        for citation in form.citations:
            if citation.document == document.id:
                found.setdefault(citation.clause, set()).add(form.id)
    return {clause: tuple(sorted(ids)) for clause, ids in found.items()}


def _citing(document: Document, standards: Iterable[Standard]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for standard in standards:
        for criterion in standard.own_criteria:
            for citation in criterion.cites:
                if citation.document == document.id:
                    found.setdefault(citation.clause, []).append(f"{standard.id}#{criterion.id}")
    return {clause: tuple(sorted(set(criteria))) for clause, criteria in found.items()}


def undisposed(
    document: Document,
    standards: Iterable[Standard],
    file: str,
    forms: Iterable[Form] = (),
    procedures: Iterable[Procedure] = (),
) -> list[Diagnostic]:
    """Clauses without a citation or disposition, and those with a disposition that a criterion or procedure cites."""
    citing, printing = _citing(document, standards), _printing(document, forms)
    ruling = _ruling(document, procedures)
    faults = []
    for index, (name, clause) in enumerate(document.clauses.items()):
        effective = name in citing or name in ruling
        if not effective and clause.disposition is None and name in printing:
            continue
        if effective is (clause.disposition is not None):
            who = "criteria" if name in citing else "a procedure"
            what = f"is cited by {who} and has a disposition" if effective else "has no disposition"
            hint = "cite it from a criterion or a procedure, or say `disposition = …`, not both"
            faults.append(Diagnostic("PR407", f"the clause `{name}` {what}", file, f"$.clauses[{index}]", help=hint))
    return faults

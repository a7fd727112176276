# SPDX-License-Identifier: MIT
"""What became of every clause of a document: criteria and procedures that cite it, or the disposition it declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from platformrules.citations import Clause, Disposition, Document
from platformrules.diagnostics import Diagnostic
from platformrules.procedures.model import Procedure
from platformrules.standards.model import Standard


@frozen
class ClauseCoverage:
    """One clause and what became of it; ``criteria`` are ``plugin/standard#criterion``, ``procedures`` are ids."""

    clause: Clause
    disposition: Disposition | None
    criteria: tuple[str, ...]
    procedures: tuple[str, ...] = ()


def coverage(
    document: Document, standards: Iterable[Standard], procedures: Iterable[Procedure] = ()
) -> tuple[ClauseCoverage, ...]:
    """What became of each clause of a document, in its order; criteria come before procedures."""
    citing, ruling = _citing(document, standards), _ruling(document, procedures)
    return tuple(
        ClauseCoverage(clause, _disposition(clause, citing, ruling), citing.get(name, ()), ruling.get(name, ()))
        for name, clause in document.clauses.items()
    )


def _disposition(clause: Clause, *citing: Mapping[str, tuple[str, ...]]) -> Disposition | None:
    kinds = (Disposition.CRITERIA, Disposition.PROCEDURE)
    return next((kind for kind, cited in zip(kinds, citing, strict=True) if clause.id in cited), clause.disposition)


def _ruling(document: Document, procedures: Iterable[Procedure]) -> Mapping[str, tuple[str, ...]]:
    """The procedures that cite each clause, by a row or by a parameter."""
    found: dict[str, set[str]] = {}
    for procedure in procedures:
        for citation in procedure.cited:
            if citation.document == document.id:
                found.setdefault(citation.clause, set()).add(procedure.id)
    return {clause: tuple(sorted(ids)) for clause, ids in found.items()}


def _citing(document: Document, standards: Iterable[Standard]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for standard in standards:
        for criterion in standard.criteria:
            for citation in criterion.cites:
                if citation.document == document.id:
                    found.setdefault(citation.clause, []).append(f"{standard.id}#{criterion.id}")
    return {clause: tuple(sorted(set(criteria))) for clause, criteria in found.items()}


def undisposed(
    document: Document, standards: Iterable[Standard], file: str, procedures: Iterable[Procedure] = ()
) -> list[Diagnostic]:
    """Clauses that no criterion and no procedure cites and the file does not dispose of, and those that have both."""
    citing, ruling = _citing(document, standards), _ruling(document, procedures)
    faults = []
    for index, (name, clause) in enumerate(document.clauses.items()):
        if (name in citing or name in ruling) is (clause.disposition is not None):
            who = "criteria" if name in citing else "a procedure" if name in ruling else ""
            what = f"is cited by {who} and has a disposition" if who else "has no disposition"
            hint = "cite it from a criterion or a procedure, or say `disposition = …`, not both"
            faults.append(Diagnostic("PR407", f"the clause `{name}` {what}", file, f"$.clauses[{index}]", help=hint))
    return faults

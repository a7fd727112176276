# SPDX-License-Identifier: MIT
"""What became of every clause of a document: the criteria or forms that cite it, or the disposition it declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from platformrules.citations import Clause, Disposition, Document
from platformrules.diagnostics import Diagnostic
from platformrules.standards.forms import Form
from platformrules.standards.model import Standard


@frozen
class ClauseCoverage:
    """One clause and what became of it; ``criteria`` are ``plugin/standard#criterion``, ``forms`` are ids."""

    clause: Clause
    disposition: Disposition | None
    criteria: tuple[str, ...]
    forms: tuple[str, ...] = ()


def coverage(
    document: Document, standards: Iterable[Standard], forms: Iterable[Form] = ()
) -> tuple[ClauseCoverage, ...]:
    """What became of each clause of a document, in its order.

    What a clause declares stands before the forms that cite it: a form prints remarks that others put into effect.
    """
    citing, printing = _citing(document, standards), _printing(document, forms)
    return tuple(
        ClauseCoverage(
            clause,
            Disposition.CRITERIA
            if name in citing
            else clause.disposition or (Disposition.FORM if name in printing else None),
            citing.get(name, ()),
            printing.get(name, ()),
        )
        for name, clause in document.clauses.items()
    )


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
        for criterion in standard.criteria:
            for citation in criterion.cites:
                if citation.document == document.id:
                    found.setdefault(citation.clause, []).append(f"{standard.id}#{criterion.id}")
    return {clause: tuple(sorted(set(criteria))) for clause, criteria in found.items()}


def undisposed(
    document: Document, standards: Iterable[Standard], file: str, forms: Iterable[Form] = ()
) -> list[Diagnostic]:
    """Clauses that neither a criterion or form cites nor the file disposes of, and those with a criterion and more."""
    citing, printing = _citing(document, standards), _printing(document, forms)
    faults = []
    for index, (name, clause) in enumerate(document.clauses.items()):
        if name not in citing and clause.disposition is None and name in printing:
            continue
        if (name in citing) is (clause.disposition is not None):
            what = "is cited by criteria and has a disposition" if name in citing else "has no disposition"
            hint = "cite it from a criterion, or say `disposition = …`, not both"
            faults.append(Diagnostic("PR407", f"the clause `{name}` {what}", file, f"$.clauses[{index}]", help=hint))
    return faults

# SPDX-License-Identifier: MIT
"""From ``clauses/*.toml`` to documents: every clause of a source text, and what became of it."""

from __future__ import annotations

from types import MappingProxyType

from platformrules.citations import Disposition, Document
from platformrules.standards.files import ClausesFile
from platformrules.standards.sources import KEBAB, SourceFile, structured


def load_document(source: SourceFile) -> Document:
    """A document with all its clauses.

    Raises:
        RuleFileError: with all faults of the file.
    """
    file, faults = structured(source, ClausesFile)
    faults.unique([(file.document.id, "$.document.id")], KEBAB, "document")
    faults.unique(((row.id, f"$.clauses[{index}].id") for index, row in enumerate(file.clauses)), KEBAB, "clause")
    for index, row in enumerate(file.clauses):
        if (row.reason is not None) is not (row.disposition is Disposition.NOT_EVALUABLE):
            message = "`reason` says why a clause is not evaluable, and only that"
            faults.add("PR407", message, f"$.clauses[{index}].reason")
    faults.stop()
    header = file.document
    return Document(
        id=header.id,
        number=header.number,
        date=header.date,
        title=header.title,
        issuer=header.issuer,
        jurisdiction=header.jurisdiction,
        clauses=MappingProxyType({row.id: row for row in file.clauses}),
        note=header.note,
    )

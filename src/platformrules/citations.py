# SPDX-License-Identifier: MIT
"""Source documents, their clauses, and citations of them; knows no rules."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date

from attrs import frozen

from platformrules.languages import Bilingual


class Strength(enum.StrEnum):
    """How strongly a clause demands: it never changes an outcome; verdict rows may read it."""

    MUST = "must"
    SHOULD = "should"
    GENERALLY = "generally"
    ENCOURAGED = "encouraged"
    DESCRIPTIVE = "descriptive"


class Disposition(enum.StrEnum):
    """What became of a clause."""

    CRITERIA = "criteria"
    FORM = "form"
    PROCEDURE = "procedure"
    VOCABULARY = "vocabulary"
    DESCRIPTIVE = "descriptive"
    NOT_EVALUABLE = "not-evaluable"


@frozen
class InForce:
    """From when to when a standard is in force, and what came after it."""

    from_: date
    until: date | None = None
    superseded_by: str | None = None
    status: Bilingual | None = None


@frozen
class Clause:
    """One atomic statement of a document, paraphrased.

    Attributes:
        id: unique in its document.
        locator: where it stands, as a reader would cite it.
        strength: how strongly it demands.
        says: what it says, in our own words.
        note: what is damaged, silent or in conflict.
        disposition: what became of it; ``None`` if criteria or forms cite it.
        reason: why it cannot be evaluated.
    """

    id: str
    locator: Bilingual
    strength: Strength
    says: Bilingual
    note: Bilingual | None = None
    disposition: Disposition | None = None
    reason: Bilingual | None = None


@frozen
class Document:
    """A source text and all of its clauses, in order."""

    id: str
    number: str
    date: date | None
    title: Bilingual
    issuer: Bilingual
    jurisdiction: Bilingual
    clauses: Mapping[str, Clause]
    note: Bilingual | None = None

    def cite(self, clause: str) -> Citation:
        """The citation of one of its clauses."""
        found = self.clauses[clause]
        return Citation(self.id, self.number, found.id, found.locator, found.says)


@frozen
class Citation:
    """A clause as a report cites it: document, number of the document, clause, place, what it says."""

    document: str
    number: str
    clause: str
    locator: Bilingual
    says: Bilingual

    def __str__(self) -> str:
        """Short: for a diagnostic."""
        return f"{self.document} {self.clause}, {self.locator.en}"

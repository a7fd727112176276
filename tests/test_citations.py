# SPDX-License-Identifier: MIT
"""Documents, clauses and citations."""

from types import MappingProxyType

import pytest

from platformrules.citations import Citation, Clause, Disposition, Document, Strength
from platformrules.languages import Bilingual

CLAUSE = Clause(
    id="d4-1-area",
    locator=Bilingual("附件2第四条（一）", "annex 2 article 4(1)"),
    strength=Strength.GENERALLY,
    says=Bilingual("面积一般不小于100平方米", "generally at least 100 square metres"),
)
TITLE = Bilingual("标题", "title")
DOCUMENT = Document(
    "hubei-2015", "鄂青办发[2015]42号", None, TITLE, TITLE, TITLE, MappingProxyType({CLAUSE.id: CLAUSE})
)


def test_a_citation_says_document_number_clause_and_place() -> None:
    """A document cites one of its clauses with all that a report prints."""
    expected = Citation("hubei-2015", "鄂青办发[2015]42号", "d4-1-area", CLAUSE.locator, CLAUSE.says)
    assert expected == DOCUMENT.cite("d4-1-area")


def test_a_citation_is_short_in_a_diagnostic() -> None:
    """Document, clause and place, as the design shows them."""
    assert str(DOCUMENT.cite("d4-1-area")) == "hubei-2015 d4-1-area, annex 2 article 4(1)"


def test_a_clause_that_is_not_there_cannot_be_cited() -> None:
    """A citation is never made up."""
    with pytest.raises(KeyError, match="d9"):
        DOCUMENT.cite("d9")


def test_the_words_of_rule_files_are_the_designs() -> None:
    """Strengths from `must` down, and what may become of a clause."""
    assert [*Strength] == ["must", "should", "generally", "encouraged", "descriptive"]
    assert [*Disposition] == ["criteria", "form", "procedure", "vocabulary", "descriptive", "not-evaluable"]

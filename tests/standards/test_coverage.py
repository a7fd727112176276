# SPDX-License-Identifier: MIT
"""What became of every clause of a document."""

from typing import Any

from platformrules.citations import Disposition
from platformrules.standards.coverage import coverage


def test_each_clause_says_what_became_of_it(rules: Any) -> None:
    """The criteria that cite it, in order, or its disposition; in the order of the document."""
    book = rules.load()
    found = coverage(book.documents["doc-2015"], book)
    assert [(one.clause.id, one.disposition, one.criteria) for one in found] == [
        ("c1-area", Disposition.CRITERIA, ("p/main#activities", "p/main#floor-area")),
        ("c2-activities", Disposition.CRITERIA, ("p/main#activities",)),
        ("c3-style", Disposition.CRITERIA, ("p/main#style",)),
        ("c4-spirit", Disposition.NOT_EVALUABLE, ()),
        ("c5-procedure", Disposition.PROCEDURE, ()),
    ]


def test_versions_of_a_standard_count_once(rules: Any) -> None:
    """A clause that two versions cite has each criterion once."""
    text = rules.text("standard")
    rules.write("standards/later.toml", text.replace('version = "2015"', 'version = "2016"'))
    book = rules.load()
    assert coverage(book.documents["doc-2015"], book)[1].criteria == ("p/main#activities",)


def test_a_clause_that_nobody_disposes_of_is_told(rules: Any) -> None:
    """It has neither criteria nor a disposition: the plugin works, and the clause is told with its place."""
    rules.edit("clauses", ('disposition = "procedure"\n', ""))
    book = rules.load()
    (found,) = book.warnings
    assert (found.code, found.file, found.path) == ("PR407", "platformrules_p/clauses/doc-2015.toml", "$.clauses[4]")
    assert found.message == "the clause `c5-procedure` has no disposition"
    assert "p/main" in book
    assert coverage(book.documents["doc-2015"], book)[4].disposition is None


def test_a_clause_is_not_disposed_of_twice(rules: Any) -> None:
    """A clause that criteria cite has no disposition of its own."""
    rules.edit("standard", ('cites = ["c3-style"]', 'cites = ["c3-style", "c5-procedure"]'))
    (found,) = rules.load().warnings
    assert found.message == "the clause `c5-procedure` is cited by criteria and has a disposition"


def test_criteria_of_another_document_do_not_count(rules: Any) -> None:
    """A clause of the same id in another document is another clause."""
    rules.write("clauses/other.toml", rules.text("clauses").replace('"doc-2015"', '"doc-2016"'))
    book = rules.load()
    assert all(one.criteria == () for one in coverage(book.documents["doc-2016"], book))
    assert [one.path for one in book.warnings] == ["$.clauses[0]", "$.clauses[1]", "$.clauses[2]"]

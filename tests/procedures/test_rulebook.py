# SPDX-License-Identifier: MIT
"""Procedures in a rulebook: found by id, told of with their plugin, and what they cite is disposed of."""

from pathlib import Path

import pytest

from platformrules.citations import Disposition
from platformrules.errors import UnknownNameError
from platformrules.plugins import load
from platformrules.standards.coverage import coverage
from platformrules.standards.rulebook import Rulebook

CLAUSES = """
format = 1
[document]
id = "sample-2020"
title = { zh = "文", en = "text" }
issuer = { zh = "机关", en = "body" }
jurisdiction = { zh = "某地", en = "somewhere" }
"""


def clause(name: str, more: str = "") -> str:
    """A made-up clause."""
    texts = '{ zh = "虚构", en = "made up" }'
    return f'[[clauses]]\nid = "{name}"\nlocator = {texts}\nstrength = "must"\nsays = {texts}\n{more}\n'


@pytest.fixture
def folder(tmp_path: Path, text: str) -> Path:
    """A plugin with a procedure and three clauses, of which the procedure cites two."""
    root = tmp_path / "sample"
    for name in ("clauses", "procedures", "standards"):
        (root / name).mkdir(parents=True)
    clauses = CLAUSES + clause("c-1") + clause("c-2") + clause("c-3", 'disposition = "descriptive"')
    (root / "clauses" / "sample.toml").write_text(clauses, "utf-8")
    (root / "procedures" / "notice.toml").write_text(text, "utf-8")
    return root


def loaded(folder: Path) -> Rulebook:
    """The rules of the folder."""
    return load([folder])


def test_a_procedure_is_found_by_its_id(folder: Path, text: str) -> None:
    """The newest version, or the one that is pinned; what there is not is told with a hint."""
    later = text.replace('version = "2020"', 'version = "2021"').replace("from = 2020-01-01", "from = 2021-01-01")
    (folder / "procedures" / "later.toml").write_text(later, "utf-8")
    book = loaded(folder)
    assert book.faults == ()
    assert book.procedure("sample/notice").version == "2021"
    assert book.procedure("sample/notice@2020").version == "2020"
    assert book.procedures["sample/notice@2020"].plugin == "sample"
    assert next(one for one in book.plugins if one.name == "sample").procedures == (
        "sample/notice@2020",
        "sample/notice@2021",
    )
    with pytest.raises(UnknownNameError, match="there is no procedure `sample/notise`; did you mean `sample/notice`"):
        book.procedure("sample/notise")


def test_what_a_procedure_cites_is_disposed_of(folder: Path) -> None:
    """As `procedure`; a clause that says so itself besides is told, and one that nobody cites as ever."""
    book = loaded(folder)
    found = coverage(book.documents["sample-2020"], book, (), book.procedures.values())
    assert [(one.disposition, one.procedures) for one in found] == [
        (Disposition.PROCEDURE, ("sample/notice",)),
        (Disposition.PROCEDURE, ("sample/notice",)),
        (Disposition.DESCRIPTIVE, ()),
    ]
    assert [one for one in book.warnings if one.file.startswith("sample/")] == []
    text = CLAUSES + clause("c-1", 'disposition = "procedure"') + clause("c-2") + clause("c-3")
    (folder / "clauses" / "sample.toml").write_text(text, "utf-8")
    told = [one.message for one in loaded(folder).warnings if one.file.startswith("sample/")]
    assert told == [
        "the clause `c-1` is cited by a procedure and has a disposition",
        "the clause `c-3` has no disposition",
    ]


def test_citations_of_another_document_do_not_count(folder: Path) -> None:
    """A clause of the same id in another document is another clause."""
    other = CLAUSES.replace("sample-2020", "other-2020") + clause("c-1")
    (folder / "clauses" / "other.toml").write_text(other, "utf-8")
    book = loaded(folder)
    assert [one.procedures for one in coverage(book.documents["other-2020"], book, (), book.procedures.values())] == [
        ()
    ]


def test_two_files_of_one_procedure_are_refused(folder: Path, text: str) -> None:
    """And faults of a procedure are those of its plugin."""
    (folder / "procedures" / "twice.toml").write_text(text, "utf-8")
    (folder / "procedures" / "wrong.toml").write_text(text.replace('to = "shown"', 'to = "shewn"'), "utf-8")
    book = loaded(folder)
    assert "sample/notice@2020" not in book.procedures
    assert [(one.code, one.path) for one in book.faults if one.file.startswith("sample/")] == [
        ("PR404", "$.procedure.id"),
        ("PR405", "$.transitions[0].to"),
        ("PR406", "$.states[1].id"),
        ("PR406", "$.states[2].id"),
    ]

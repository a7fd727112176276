# SPDX-License-Identifier: MIT
"""The pages of documents: every clause, what is done with it, and no text that is taken for markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from platformrules.citations import Disposition
from platformrules.errors import PlatformRulesError
from platformrules.plugins import rule_folder
from platformrules.reporting import clause_pages, write_clause_pages
from platformrules.reporting.clauses import INDEX, covered, totals
from platformrules.reporting.markdown import line, plain
from platformrules.standards.rulebook import Rulebook, load_rulebook

CLAUSES = """
format = 1
[document]
id = "quay"
number = "(made up) 1"
title = { zh = "码头办法（虚构）", en = "Quay *measures* (made up)" }
issuer = { zh = "码头县", en = "Quay | County" }
jurisdiction = { zh = "码头县", en = "Quay County" }
note = { zh = "# 印本有残缺", en = "1. The print is damaged." }
[[clauses]]
id = "area"
locator = { zh = "第一条", en = "article 1" }
strength = "generally"
says = { zh = "面积不少于60平方米。", en = "At least 60 square metres." }
note = { zh = "冲突Q1。", en = "Conflict Q1." }
[[clauses]]
id = "pleasant"
locator = { zh = "第二条", en = "article 2" }
strength = "encouraged"
says = { zh = "***中心。", en = "A <b>pleasant</b> place." }
disposition = "not-evaluable"
reason = { zh = "没有尺度。", en = "There is no measure." }
[[clauses]]
id = "open"
locator = { zh = "第三条", en = "article 3" }
strength = "must"
says = { zh = "没有人管。", en = "Nobody deals with it." }
"""
STANDARD = """
format = 1
[standard]
id = "quay/room"
version = "2020"
subject = "center"
document = "quay"
in_force = { from = 2020-01-01 }
period = "calendar-year"
title = { zh = "标准", en = "Standard" }
[parameters]
minimum = { value = 60, unit = "m²", cites = ["area"], reading = { zh = "按填报", en = "as recorded" } }
[[values]]
id = "flags"
value = "center.has_flag"
title = { zh = "旗", en = "flag" }
cites = ["area"]
[[criteria]]
id = "size"
cites = ["area"]
strength = "generally"
title = { zh = "面积", en = "Area" }
require = "center.floor_area_m2 >= minimum"
[[verdict]]
id = "yes"
conforms = true
title = { zh = "符合", en = "conforms" }
[[notes]]
id = "hint"
cites = ["area"]
text = { zh = "提示", en = "a hint" }
"""


def book_of(folder: Path, clauses: str = CLAUSES, standard: str = STANDARD) -> Rulebook:
    """A rulebook of one rule folder."""
    for name, text in (("clauses", clauses), ("standards", standard)):
        (folder / "quay" / name).mkdir(parents=True, exist_ok=True)
        (folder / "quay" / name / "quay.toml").write_text(text, "utf-8")
    book = load_rulebook([rule_folder(folder / "quay")])
    assert not book.faults, book.faults
    return book


@pytest.fixture
def page(tmp_path: Path) -> str:
    """The page of the document."""
    return clause_pages(book_of(tmp_path))["quay.md"]


def section(page: str, clause: str) -> list[str]:
    """The lines of one clause that hold anything."""
    text = page.split(f"\n### {clause}\n")[1].split("\n### ", maxsplit=1)[0]
    return [one for one in text.splitlines() if one]


def test_the_head_says_which_document_it_is(page: str) -> None:
    """Title, number, issuer, jurisdiction, date and note, in both languages; nothing of it is markup."""
    assert "# 码头办法（虚构）\n\n*Quay \\*measures\\* (made up)*\n" in page
    assert "| 发文单位 issuer | 码头县 | Quay \\| County |\n" in page
    assert "| 日期 date | — | — |\n" in page
    assert "\n\\# 印本有残缺\n\n&#49;. The print is damaged.\n" in page


def test_the_totals_are_counted(page: str) -> None:
    """What became of how many, and the share that is evaluable."""
    assert "3 条中有 2 条写明去向，其中 1 (33%) 可评价。" in page
    assert "| 已列为条件 criteria | 1 | 33% |\n| 不能评价 not evaluable | 1 | 33% |\n" in page


def test_a_clause_says_all_that_is_done_with_it(page: str) -> None:
    """Place, strength, paraphrase, criteria with what they ask, parameters, figures, notes, and its own note."""
    assert section(page, "area") == [
        "第一条 · article 1 · **一般 generally**",
        "> 面积不少于60平方米。",
        ">",
        "> At least 60 square metres.",
        "去向 disposition：**已列为条件 criteria**",
        "- 条件 criterion `quay/room@2020#size` 面积 · Area",
        "  - 面积不少于60平方米",
        "  - floor area is at least 60 m²",
        "- 参数 parameter `quay/room@2020#minimum` = 60 m²",
        "  - 按填报",
        "  - as recorded",
        "- 数值 figure `quay/room@2020#flags` 旗 · flag",
        "- 报告说明 note `quay/room@2020#hint`",
        "  - 提示",
        "  - a hint",
        "说明：冲突Q1。",
        "Note: Conflict Q1.",
    ]


def test_a_clause_that_is_not_evaluable_says_why(page: str) -> None:
    """The disposition with its reason; one that nobody deals with says that."""
    assert section(page, "pleasant") == [
        "第二条 · article 2 · **鼓励 encouraged**",
        "> \\*\\*\\*中心。",
        ">",
        "> A \\<b\\>pleasant\\</b\\> place.",
        "去向 disposition：**不能评价 not evaluable**",
        "没有尺度。",
        "There is no measure.",
    ]
    assert section(page, "open")[-1] == "去向 disposition：**没有去向 not disposed of**"


def test_procedures_and_forms_are_named() -> None:
    """Of a plugin that has both; a criterion that stands in several standards is told with its own."""
    book = load_rulebook([rule_folder(Path(__file__).parents[2] / "plugins" / "handan")])
    page = clause_pages(book)["handan-2020.md"]
    assert "- 表式 form `handan/annex-2@2020` " in page
    assert "- 程序 procedure `handan/rectification@2020` " in page
    assert "- 参数 parameter `handan/rectification@2020#" in page
    found = totals(covered(book, book.documents["handan-2020"]))
    assert (found.clauses, found.disposed) == (214, 214)
    assert page.count("\n### ") == 214
    procedural = [one for one in covered(book, book.documents["handan-2020"]) if one.procedures and not one.criteria]
    assert procedural
    assert found.evaluable == found.by_disposition[Disposition.CRITERIA] + len(procedural)


def test_an_index_lists_all_documents(tmp_path: Path) -> None:
    """With their totals; not where only some pages are asked for."""
    book = book_of(tmp_path)
    pages = clause_pages(book)
    assert list(pages) == [INDEX, "quay.md"]
    assert "| `quay` | [码头办法（虚构）](quay.md)<br>Quay \\*measures\\* (made up) | 3 | 2 | 1 (33%) |" in pages[INDEX]
    assert "|  | 合计 all | 3 | 2 | 1 (33%) |" in pages[INDEX]
    assert list(clause_pages(book, book.documents.values())) == ["quay.md"]


def test_a_document_without_clauses_has_a_page(tmp_path: Path) -> None:
    """It says that none is listed; there is no share of nothing."""
    head = CLAUSES.partition("[[clauses]]")[0].replace("format = 1", "format = 1\nclauses = []")
    folder = tmp_path / "quay" / "clauses"
    folder.mkdir(parents=True)
    (folder / "quay.toml").write_text(head.replace("note = {", "date = 2020-01-02\nnote = {"), "utf-8")
    book = load_rulebook([rule_folder(tmp_path / "quay")])
    assert not book.faults, book.faults
    pages = clause_pages(book)
    assert "No clause of this document is listed." in pages["quay.md"]
    assert "| 日期 date | 2020-01-02 | 2020-01-02 |" in pages["quay.md"]
    assert "| 0 | 0 | 0 |" in pages[INDEX]
    assert totals([]).share is None


def test_pages_are_written_over(tmp_path: Path) -> None:
    """Into a folder that is made; what stands there of another name stays."""
    book, folder = book_of(tmp_path), tmp_path / "pages"
    paths = write_clause_pages(book, folder)
    assert [path.name for path in paths] == [INDEX, "quay.md"]
    (folder / "quay.md").write_text("old", "utf-8")
    (folder / "mine.md").write_text("mine", "utf-8")
    write_clause_pages(book, folder)
    assert (folder / "quay.md").read_text("utf-8") == clause_pages(book)["quay.md"]
    assert (folder / "mine.md").read_text("utf-8") == "mine"
    with pytest.raises(PlatformRulesError, match="cannot write into"):
        write_clause_pages(book, folder / "mine.md")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- a", "\\- a"),
        ("+ a", "\\+ a"),
        ("= a", "\\= a"),
        ("12) a", "1&#50;) a"),
        ("12 a", "12 a"),
        ("a_b `c` [d](e)", "a\\_b \\`c\\` \\[d\\](e)"),
        ("a\n\n# b", "a # b"),
    ],
)
def test_a_text_is_no_markup(text: str, shown: str) -> None:
    """Neither in a line nor at its beginning; a text of several lines becomes one."""
    assert line(text) == shown
    assert plain(f"x {text}") == f"x {plain(text)}"


def test_included_criteria_are_told_once(tmp_path: Path) -> None:
    """With the standard that they come from, not with the one that includes it."""
    book = book_of(tmp_path)
    both = STANDARD.replace('id = "quay/room"', 'id = "quay/both"\nincludes = ["quay/room"]').replace(
        "format = 1", "format = 1\ncriteria = []"
    )
    both = (
        both.partition("[parameters]")[0] + "[[verdict]]" + both.partition("[[verdict]]")[2].partition("[[notes]]")[0]
    )
    (tmp_path / "quay" / "standards" / "both.toml").write_text(both, "utf-8")
    again = load_rulebook([rule_folder(tmp_path / "quay")])
    assert not again.faults, again.faults
    assert clause_pages(again)["quay.md"] == clause_pages(book)["quay.md"]

# SPDX-License-Identifier: MIT
"""The HTML page: whole, self-contained, accessible, and closed to whatever a ledger holds."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from attrs import evolve

import platformrules as pr
from platformrules.languages import Bilingual, Language
from platformrules.ledger.problems import Problem
from platformrules.reporting import Publication, render_html, views
from platformrules.reporting.wording import WORDS
from platformrules.results import MASK, Outcome
from platformrules.standards.model import Standard

VOID = {"meta", "br", "input", "link", "img", "hr"}


class Page(HTMLParser):
    """A page taken apart: every element must be closed in order."""

    def __init__(self, text: str) -> None:
        """Read all of it."""
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element of a drawing."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last, and no other."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Remember a text with the element it stands in."""
        self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of all elements of that name."""
        return [attrs for name, attrs in self.elements if name == tag]

    @property
    def said(self) -> str:
        """All that a reader sees."""
        return "".join(text for tag, text in self.texts if tag not in {"style", "script", "title"})


def page_of(publication: Publication) -> tuple[str, Page]:
    """The text of a page, and the page taken apart."""
    text = "".join(render_html(publication))
    return text, Page(text)


def test_a_page_needs_nothing_else(publication: Publication) -> None:
    """No address of another file, no style or script from outside, and a policy that forbids them."""
    text, page = page_of(publication)
    assert "http://" not in text
    assert "https://" not in text
    assert "@import" not in text
    assert not page.all("link")
    assert not page.all("img")
    assert all("src" not in attrs for _, attrs in page.elements)
    links = [attrs["href"] for tag in ("a", "use") for attrs in page.all(tag)]
    identified = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    assert {link for link in links if link is None or link[0] != "#" or link[1:] not in identified} == set()
    assert all(found in identified for found in re.findall(r"url\(#([\w-]+)\)", text))


def test_ids_are_unique(publication: Publication) -> None:
    """A link leads to one place, and a label names one."""
    _, page = page_of(publication)
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in page.elements:
        if "aria-labelledby" in attrs:
            assert attrs["aria-labelledby"] in ids


def test_only_the_script_of_the_page_may_run(hostile: Publication) -> None:
    """The policy names the hash of the one script, which is there once, whatever the ledger holds."""
    text, page = page_of(hostile)
    assert len(page.all("script")) == text.count("<script") == text.count("</script") == 1
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = next(attrs["content"] or "" for attrs in page.all("meta") if "http-equiv" in attrs)
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "<!--" not in text


def test_hostile_texts_are_shown_and_do_nothing(hostile: Publication) -> None:
    """Markup is text, controls are replaced, templates are not run: the elements are those of any page."""
    text, page = page_of(hostile)
    text.encode("utf-8")
    assert "<script>alert(1)" in page.said
    assert "onerror=alert(1)" in page.said
    assert "{{ 7*7 }}" in page.said
    assert re.search("[\x00-\x08\x0b-\x1f\u202e\u2066\u200f\ud800]", text) is None
    assert not any(name.startswith("on") for _, attrs in page.elements for name in attrs)
    assert {"img", "iframe", "object", "form"}.isdisjoint(tag for tag, _ in page.elements)


def test_a_page_says_its_language(publication: Publication) -> None:
    """In `lang`, in its headings, and with document numbers in Chinese marked as such."""
    text, page = page_of(publication)
    english = publication.language is Language.EN
    assert page.all("html") == [{"lang": "en" if english else "zh-CN"}]
    other = Language.ZH if english else Language.EN
    for name in ("overview", "summary", "criteria", "provenance", "disclaimer"):
        assert WORDS[name][publication.language] in page.said
        assert WORDS[name][other] not in page.said
    assert ('<span lang="zh-CN">鄂青办发[2015]42号</span>' in text) is english


def test_headings_go_down_one_by_one(publication: Publication) -> None:
    """One h1, no level left out, each section under its own."""
    _, page = page_of(publication)
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_and_drawings_can_be_heard(publication: Publication) -> None:
    """Each heading of a table has a scope, each drawing a text or is hidden, each input a label."""
    _, page = page_of(publication)
    assert all(attrs.get("scope") in {"col", "row", "rowgroup"} for attrs in page.all("th"))
    for attrs in page.all("svg"):
        assert attrs.get("aria-hidden") == "true" or attrs.get("aria-label") or attrs.get("aria-labelledby")
    labels = {attrs["for"] for attrs in page.all("label")}
    assert {attrs["id"] for attrs in page.all("input")} <= labels


def test_a_failed_criterion_says_all_of_it(make: Callable[..., Publication]) -> None:
    """Outcome in words, what was found, needed and wanting, the clause with what it says, and the remedy."""
    _, zh = page_of(make())
    assert "面积：85.5 m²，要求 ≥ 100 m²，差 14.5 m²" in zh.said
    assert "鄂青办发[2015]42号 附件2 第四条第1项场所面积一般应在100平方米以上。" in zh.said
    assert "整改：扩大场所面积" in zh.said
    assert "面积一般未达标" in zh.said  # the strength, where it is less than should
    assert "缺音响、无线网络" in zh.said
    _, en = page_of(make(language="en"))
    assert "floor area: 85.5 m², needs ≥ 100 m², short by 14.5 m²" in en.said
    assert "The floor area is in general at least 100 square metres." in en.said
    assert "Remedy: Enlarge the place" in en.said


def test_what_is_missing_awaited_judged_and_waived_is_said(make: Callable[..., Publication]) -> None:
    """With rows that lack a fact, what a person found, unlike the data, and who exempted until when."""
    _, page = page_of(make())
    assert "参与人数（60条：c2-1-0、" in page.said
    assert "…等）" in page.said
    assert f"认定：未体现，县团委，经办人{MASK}，2020-11-03：陈旧" in page.said
    assert "资料显示：体现实用和时尚元素，主题鲜明，与认定不同" in page.said
    assert "待人工认定：有吸引力 / 缺乏吸引力" in page.said
    assert f"豁免：经办人{MASK}，至2021-12-31：贫困县" in page.said
    assert "依靠兼职人员满足示范条件" in page.said
    _, inside = page_of(make(internal=True))
    assert "经办人王小明" in inside.said
    assert "内部使用" in inside.said


def test_outcomes_never_hang_on_colour(publication: Publication) -> None:
    """Each outcome that occurs stands in words beside its sign, in the legend and in every row."""
    text, _ = page_of(publication)
    for report in publication.reports:
        for finding in report.findings:
            word = finding.outcome.label[publication.language]
            assert f'<use href="#{finding.outcome}"/></svg>{word}' in text


def test_the_chart_has_a_text(make: Callable[..., Publication]) -> None:
    """The numbers of the stacked bars, in words."""
    text, _ = page_of(make(language="en"))
    publication = make(language="en")
    passed = sum(one.outcome is Outcome.PASSED for report in publication.reports for one in report.findings)
    assert f"Total: How 75 outcomes are distributed: passed {passed}," in text


def test_problems_are_listed_up_to_a_number(make: Callable[..., Publication], monkeypatch: pytest.MonkeyPatch) -> None:
    """A page tells how many it leaves out; without any it says that there are none."""
    monkeypatch.setattr(views, "MOST_PROBLEMS", 2)
    problems = [Problem("PR510", Bilingual(f"某{number}", f"some {number}"), "s") for number in range(5)]
    _, page = page_of(make(problems=problems, language="en"))
    assert "some 1" in page.said
    assert "some 2" not in page.said
    assert "3 more are not listed here" in page.said
    _, page = page_of(make(problems=(), language="en"))
    assert "None were found." in page.said


def test_a_changed_parameter_and_a_note_stand_on_top(make: Callable[..., Publication], standard: Standard) -> None:
    """Whoever reads the report knows that it is not by the document's own numbers, or on made-up data."""
    changed = standard.with_parameters(minimum_area=120)
    _, page = page_of(make(by=changed, note="随机生成的示例数据"))
    warnings = [attrs for attrs in page.all("p") if attrs.get("class") == "warning"]
    assert len(warnings) == 2
    assert "本次评价改动了标准的参数：minimum_area = 120 m²" in page.said
    assert "随机生成的示例数据" in page.said


def test_a_standard_that_was_not_in_force_is_told(
    make: Callable[..., Publication], one: Callable[..., pr.Dossier]
) -> None:
    """The day judged lies before the document."""
    early = evolve(one(), period=pr.Period.year(2014))
    _, page = page_of(make([early], language="en"))
    assert "Standard not in force on the day judged (in force since 2015-09-02)." in page.said


def test_an_empty_ledger_gives_a_page(make: Callable[..., Publication]) -> None:
    """It says that there is nothing to assess, and what was wrong with the ledger."""
    _, page = page_of(make([]))
    assert "台账中没有可评价的对象。" in page.said
    assert "约一百多平" in page.said


def test_of_many_subjects_clauses_are_said_once_where_they_are_met(
    make: Callable[..., Publication], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What clauses say is repeated only for what is not met; place and number always stand there."""
    full, _ = page_of(make())
    monkeypatch.setattr(views, "MOST_IN_FULL", 2)
    short, page = page_of(make())
    assert len(short) < len(full)
    says = "场所面积一般应在100平方米以上。"  # fails once, is open once, passes once
    assert (full.count(says), short.count(says)) == (4, 3)
    assert page.said.count("附件2 第四条第1项") == Page(full).said.count("附件2 第四条第1项")


def test_a_page_of_one_subject_has_no_rankings(
    make: Callable[..., Publication], one: Callable[..., pr.Dossier]
) -> None:
    """Nothing is most frequent in one."""
    _, page = page_of(make([one()]))
    assert WORDS["most_failed"].zh not in page.said
    _, page = page_of(make([one(key="c1"), one(key="c2")]))
    assert WORDS["none_failed"].zh in page.said


def test_a_page_comes_in_pieces(make: Callable[..., Publication], one: Callable[..., pr.Dossier]) -> None:
    """So that thousands of subjects need not be in memory at once."""
    few, many = (list(render_html(make([one(key=f"c{n}") for n in range(size)]))) for size in (1, 5))
    assert len(many) > len(few) > 1

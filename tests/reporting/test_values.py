# SPDX-License-Identifier: MIT
"""How values and evidence are said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import platformrules as pr
from platformrules.bounds import Bounds, Members, Possible
from platformrules.languages import Bilingual, Language
from platformrules.reporting import Publication, evidence_text, fact_of
from platformrules.reporting.findings import data_say_text, judgement_text, name_text, tone, verdict_text
from platformrules.reporting.values import evidence_parts, unit_text, value_text
from platformrules.reporting.wording import GAPS, RELATIONS, REQUIRED, STRENGTHS, WORDS
from platformrules.results import COMPARISONS, MASK, Evidence, Outcome, Quantity, Verdict
from platformrules.schema import Choice, Fact, FactType
from platformrules.standards.model import Standard

ZH, EN = Language.ZH, Language.EN
LEVELS = Fact(
    "levels",
    "center",
    FactType.SET,
    Bilingual("级别", "levels"),
    values=(
        Choice("county", "县级", "county"),
        Choice("city", "市州级", "city or prefecture"),
        Choice("province", "省级", "province"),
    ),
    open=True,
)
PHONE = Fact("phone", "center", FactType.TEXT, Bilingual("联系电话", "telephone"), personal=True)


def row(operator: str, found: Any, required: Any, unit: str = "", *, numeric: bool = False, **parts: Any) -> Evidence:
    """A row of evidence about `center.x`."""
    at = parts.pop("at", None)
    text = parts.pop("text", "center.x")
    return Evidence(
        Quantity(text, Bilingual("某项", "something"), operator, unit, numeric, **parts), found, required, at
    )


@pytest.mark.parametrize(
    ("evidence", "fact", "zh", "en"),
    [
        (
            row(">=", 85, 100, "m²", numeric=True),
            None,
            "85 m²，要求 ≥ 100 m²，差 15 m²",
            "85 m², needs ≥ 100 m², short by 15 m²",
        ),
        (row(">=", 1, 1, "years", numeric=True), None, "1年，要求 ≥ 1年", "1 year, needs ≥ 1 year"),
        (
            row(">=", 10000, 30000, "CNY", numeric=True),
            None,
            "10000元，要求 ≥ 30000元，差 20000元",
            "CNY 10,000, needs ≥ CNY 30,000, short by CNY 20,000",
        ),
        (
            row(">=", Bounds(3, 5), 4, "activities", numeric=True),
            None,
            "3至5次，要求 ≥ 4次",
            "3 to 5 activities, needs ≥ 4 activities",
        ),
        (
            row(">=", Bounds(0, 2), 4, "activities", numeric=True),
            None,
            "0至2次，要求 ≥ 4次，差 2至4次",
            "0 to 2 activities, needs ≥ 4 activities, short by 2 to 4 activities",
        ),
        (
            row("<=", 12, 10, "days", numeric=True),
            None,
            "12天，要求 ≤ 10天，超出 2天",
            "12 days, needs ≤ 10 days, over by 2 days",
        ),
        (row("==", 3, 5, numeric=True), None, "3，要求为5，相差 2", "3, needs 5, off by 2"),
        (row(">", 5, 5, numeric=True), None, "5，要求 > 5", "5, needs > 5"),
        (
            row(">=", None, 500, "persons", numeric=True),
            None,
            "未填报，要求 ≥ 500人",
            "not recorded, needs ≥ 500 persons",
        ),
        (
            row(">=", None, 5, "years", numeric=True, missing=Bounds(0, 999)),
            None,
            "未填报，要求 ≥ 5年",
            "not recorded, needs ≥ 5 years",
        ),
        (
            row(">=", Bounds(-7979, 2019), 1, "years", numeric=True),
            None,
            "未填报，要求 ≥ 1年",
            "not recorded, needs ≥ 1 year",
        ),
        (
            row(">=", Decimal("0.333333333333"), Decimal("0.3"), "ratio", numeric=True),
            None,
            "≈ 33.33%，要求 ≥ 30%",
            "≈ 33.33%, needs ≥ 30%",
        ),
        (row("==", True, True), None, "是", "yes"),
        (row("==", False, True), None, "否，要求为是", "no, needs yes"),
        (row("==", None, True), None, "未填报，要求为是", "not recorded, needs yes"),
        (row("==", False, False), None, "否", "no"),
        (
            row(">=", date(2020, 1, 2), date(2020, 3, 1)),
            None,
            "2020-01-02，要求不早于 2020-03-01",
            "2020-01-02, needs 2020-03-01 or later",
        ),
        (
            row("contains", frozenset({"city", "county"}), "city"),
            LEVELS,
            "县级、市州级，要求包括市州级",
            "county, “city or prefecture”, must include city or prefecture",
        ),
        (
            row("includes", frozenset({"county", "镇级"}), frozenset({"province", "county"})),
            LEVELS,
            "县级、“镇级”，要求包括县级、省级，缺省级",
            "county, “镇级”, must include county, province, lacks province",
        ),
        (
            row("includes", frozenset(), frozenset({"county"})),
            LEVELS,
            "无，要求包括县级",
            "none, must include county",
        ),
        (
            row("within", frozenset({"county", "city"}), frozenset({"county"})),
            LEVELS,
            "县级、市州级，不得超出县级，多出市州级",
            "county, “city or prefecture”, must not go beyond county, also has city or prefecture",
        ),
        (
            row("in", "city", frozenset({"county"})),
            LEVELS,
            "市州级，要求属于县级",
            "city or prefecture, must be one of county",
        ),
        (row("starts with", "甲乙", "乙"), None, "“甲乙”，要求以“乙”开头", "“甲乙”, must start with “乙”"),
        (row("==", None, None), None, "没有可查的记录", "no rows to look at"),
        (row("!=", "13900000000", ""), PHONE, f"{MASK}，不得为{MASK}", f"{MASK}, must not be {MASK}"),
    ],
)
def test_evidence_is_a_sentence(evidence: Evidence, fact: Fact | None, zh: str, en: str) -> None:
    """What was found, what is required and what is wanting, in each language."""
    assert evidence_text(evidence, fact, ZH) == zh
    assert evidence_text(evidence, fact, EN) == en


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (Bounds(None, None), "persons", "未填报", "not recorded"),
        (Bounds(0, None), "activities", "0次或更多", "0 activities or more"),
        (Bounds(3, None), "activities", "至少3次", "at least 3 activities"),
        (Bounds(None, 7), "m²", "至多7 m²", "at most 7 m²"),
        (Bounds(1, 2), "CNY", "1元至2元", "CNY 1 to CNY 2"),
        (Bounds(Decimal("0.1"), Decimal("0.25")), "ratio", "10%至25%", "10% to 25%"),
        (Bounds(date(2020, 1, 1), date(2020, 2, 1)), "", "2020-01-01至2020-02-01", "2020-01-01 to 2020-02-01"),
        (Members(frozenset(), None), "", "未填报", "not recorded"),
        (Members(frozenset({"city"}), None), "", "市州级，其余未填报", "city or prefecture, the rest not recorded"),
        (Possible(None), "", "未填报", "not recorded"),
        (Possible(frozenset({"county", "province"})), "", "县级或省级", "county or province"),
        (Decimal("85.50"), "m²", "85.5 m²", "85.5 m²"),
        (1, "unheard-of", "1unheard-of", "1 unheard-of"),
    ],
)
def test_what_is_only_known_in_bounds_is_said_so(value: Any, unit: str, zh: str, en: str) -> None:
    """Bounds, sets of which something is known, and texts that are one of several."""
    assert value_text(value, LEVELS, unit, ZH) == zh
    assert value_text(value, LEVELS, unit, EN) == en


@pytest.mark.parametrize("operator", COMPARISONS)
def test_each_operator_has_its_words(operator: str) -> None:
    """Whatever the engines compare by can be said, as a sentence and as a column of a table."""
    assert "{0}" in REQUIRED[operator].zh
    assert "{0}" in REQUIRED[operator].en
    assert RELATIONS[operator].zh
    assert RELATIONS[operator].en


@pytest.mark.parametrize("words", [WORDS, STRENGTHS, REQUIRED, RELATIONS, GAPS], ids=range(5))
def test_all_words_stand_in_both_languages(words: dict[str, Bilingual]) -> None:
    """No word is empty, and both languages have the same places to fill in."""
    for name, text in words.items():
        assert text.zh, name
        assert text.en, name
        assert {text.zh.count(f"{{{i}}}") for i in range(3)} == {text.en.count(f"{{{i}}}") for i in range(3)}, name


def test_units_stand_alone() -> None:
    """A column of units has the bare word."""
    assert [unit_text(one, ZH) for one in ("m²", "persons", "CNY", "", "ratio")] == ["m²", "人", "元", "", "比例"]
    assert [unit_text(one, EN) for one in ("m²", "persons", "CNY", "", "ratio")] == [
        "m²",
        "persons",
        "CNY",
        "",
        "share",
    ]


def test_texts_of_a_ledger_lose_their_controls() -> None:
    """A free item is one line without anything that rewrites a terminal or turns the text around."""
    assert value_text(frozenset({"a\x1b[2J\n b\u202e"}), LEVELS, "", EN) == "“a\ufffd[2J b\ufffd”"


def test_the_fact_of_a_row_is_found(standard: Standard, make: Callable[..., Publication]) -> None:
    """Labels of choices come from the fact that the expression names, in a loop too; of several facts none is taken."""
    facts = make([]).facts
    equipment = row("includes", None, None, text="center.equipment")
    assert fact_of(equipment, facts["equipment"]) is standard.schema.facts["center"]["equipment"]
    records = row("includes", None, None, text="a.hubei_records")
    assert fact_of(records, facts["activity-records"]) is standard.schema.facts["activity"]["hubei_records"]
    both = row("==", None, None, text="center.has_flag or center.has_emblem")
    assert fact_of(both, facts["league-marks"]) is None


def test_personal_texts_are_masked() -> None:
    """Texts of a criterion that reads personal facts show only inside; its numbers and truths show."""
    facts = {"center.phone": PHONE}
    text = row("!=", "13900000000", "1", text="center.phone")
    length = row(">=", 3, 11, "characters", numeric=True, text="length(center.phone)")
    assert evidence_parts(text, facts, ZH, internal=False)[:2] == (MASK, f"不得为{MASK}")
    assert evidence_parts(text, facts, ZH, internal=True)[:2] == ("“13900000000”", "不得为“1”")
    assert evidence_parts(length, facts, ZH, internal=False)[:3] == ("3字", "要求 ≥ 11字", "差 8字")
    assert "139" in evidence_text(text, PHONE, ZH, internal=True)


@pytest.mark.parametrize(
    ("verdict", "meaning", "zh"),
    [
        (Verdict("eligible", ("eligible",), True, Bilingual("符合创建条件", "eligible")), "conforms", "符合创建条件"),
        (Verdict("x", ("x",), None, Bilingual("较好", "better")), "informs", "较好"),
        (
            Verdict(None, ("eligible", "not-eligible"), None, None),
            "open",
            "待定：符合创建条件 / 不符合创建条件",
        ),
        (
            Verdict(None, ("needs-exception", "not-eligible"), False, None),
            "denies",
            "待定：仅“一般”条款未达标，需认可例外 / 不符合创建条件",
        ),
    ],
)
def test_verdicts_have_a_tone_and_a_title(standard: Standard, verdict: Verdict, meaning: str, zh: str) -> None:
    """One that is open names all that are still reachable."""
    assert tone(verdict) == meaning
    assert verdict_text(verdict, standard, ZH) == zh


def test_the_data_are_quoted_only_beside_a_person(
    make: Callable[..., Publication], one: Callable[..., pr.Dossier]
) -> None:
    """What the data say of a judged criterion: where it waits, or was judged otherwise."""
    unlike = {"style": pr.Judgement(value="no"), "attractiveness": pr.Judgement(value="yes")}
    waived = {"attractiveness": pr.Waiver(reason="新建")}
    (judged, awaited, exempt) = make(
        [one(key="1", judgements=unlike), one(key="2", judgements={}), one(key="3", judgements={}, waivers=waived)]
    ).reports

    def said(report: pr.Report) -> list[str]:
        return [data_say_text(report[name], make().standard, EN) for name in ("style", "attractiveness")]

    style = "practical, fashionable, distinct in theme"
    assert said(judged) == [f"{style}, unlike the judgement", ""]
    assert said(awaited) == [style, "attractive"]
    assert said(exempt) == [style, ""]
    nobody = judgement_text(judged["style"], make())
    assert nobody == "未体现"


def test_a_name_that_is_not_recorded_is_said_so() -> None:
    """Blank names as well."""
    assert [name_text(one, EN) for one in (None, " ", "甲")] == ["(no name recorded)", "(no name recorded)", "甲"]


def test_every_outcome_is_found(make: Callable[..., Publication], one: Callable[..., pr.Dossier]) -> None:
    """The centers of these tests have passed, failed, undetermined, untested and waived findings."""
    found = {finding.outcome for report in make().reports for finding in report.findings}
    found |= {finding.outcome for finding in make([one(judgements={})]).reports[0].findings}
    assert found == set(Outcome) - {Outcome.INAPPLICABLE}

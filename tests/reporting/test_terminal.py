# SPDX-License-Identifier: MIT
"""The summary as lines of a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import platformrules as pr
from platformrules.diagnostics import cells
from platformrules.reporting import Publication, summary_lines
from platformrules.reporting.terminal import clipped, filled

_COLOUR = re.compile("\x1b\\[\\d+m")


@pytest.mark.parametrize("width", [0, 1, 20, 40, 80, 100, 200])
@pytest.mark.parametrize("colour", [False, True])
def test_lines_fit(publication: Publication, hostile: Publication, width: int, colour: bool) -> None:  # noqa: FBT001 - a case
    """No line is wider than the terminal, and none holds a character that could rewrite it."""
    for one in (publication, hostile):
        lines = [_COLOUR.sub("", line) for line in summary_lines(one, width, colour=colour)]
        assert all(cells(line) <= width for line in lines)
        assert not any(
            unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl"} for line in lines for character in line
        )


def test_the_summary_says_what_stands_out(make: Callable[..., Publication]) -> None:
    """Standard, period, a row a subject, verdicts, what fails and what is missing most, problems."""
    lines = summary_lines(make(note="随机生成"), 120)
    assert lines[:3] == [
        "湖北省示范性青少年综合服务平台创建条件和标准  hubei/demonstration@2015",
        "评价期 2020，评价日 2020-12-31",
        "随机生成",
    ]
    assert lines[4].split() == ["编号", "名称", "总结论", "板块", "达标", "未达标", "缺数据", "需人工认定", "豁免"]
    assert [line.split()[0] for line in lines[6:9]] == ["c1", "c2", "c10"]
    assert lines[6].split() == ["c1", "达标的中心", "符合创建条件", "7/7", "25", "0", "0", "0", "0"]
    assert lines[-1] == "台账问题：2 处"
    text = "\n".join(lines)
    assert "总结论：符合创建条件（1）、不符合创建条件（2）" in text
    assert "最常未达标的条件：面积（1）、每次活动人数（1）" in text
    assert "最常缺的资料：成立时间（1）" in text


def test_columns_stand_one_below_the_other(make: Callable[..., Publication]) -> None:
    """Whatever the names are made of: wide and narrow characters take the cells they take."""
    lines = summary_lines(make(), 120)[3:8]
    ends = {cells(line) for line in lines if line and line[0] != "-"}
    assert len(ends) == 1


def test_what_does_not_fit_on_a_line_goes_to_the_next(make: Callable[..., Publication]) -> None:
    """Lists are broken between their items, and none of them is lost."""
    wide, narrow = "\n".join(summary_lines(make(), 300)), summary_lines(make(), 40)
    found = [line for line in narrow if line.startswith("  ")]
    assert len(found) > 2
    after = narrow[len(narrow) - narrow[::-1].index("") :]
    assert not any("…" in line for line in after)
    assert all(item in wide for line in found for item in line.strip().strip("、").split("、"))


def test_another_language_may_be_asked_for(make: Callable[..., Publication]) -> None:
    """That of the terminal need not be that of the publication."""
    lines = summary_lines(make(), 120, "en")
    assert lines[1] == "period 2020, as of 2020-12-31"
    assert "Verdicts: eligible (1), not eligible (2)" in lines


def test_of_many_subjects_the_first_are_listed(
    make: Callable[..., Publication], one: Callable[..., pr.Dossier]
) -> None:
    """And how many there are beside them."""
    lines = summary_lines(make([one(key=f"c{number}") for number in range(12)]), 100, most=10)
    assert "（另有 2 个未列出）" in lines
    assert sum(line.startswith("c") for line in lines) == 10


def test_colour_only_where_asked_for(publication: Publication) -> None:
    """Without it there is no escape; with it the words are the same."""
    plain, coloured = summary_lines(publication, 100), summary_lines(publication, 100, colour=True)
    assert not any("\x1b" in line for line in plain)
    assert any("\x1b[31m" in line for line in coloured)
    assert any("\x1b[32m" in line for line in coloured)
    assert [_COLOUR.sub("", line) for line in coloured] == plain


def test_an_empty_ledger_is_said_to_be_empty(make: Callable[..., Publication]) -> None:
    """In one sentence, after its problems."""
    assert summary_lines(make([], problems=()))[-1] == "台账中没有可评价的对象。"


@given(st.text(max_size=30), st.integers(0, 20))
def test_texts_are_cut_by_cells(text: str, width: int) -> None:
    """Never wider than asked for; shorter ones are left as they are, or filled up."""
    assert cells(clipped(text, width)) <= width
    assert cells(filled(text, width)) == width
    assert cells(filled(text, width, right=True)) == width
    if cells(text) <= width:
        assert clipped(text, width) == text

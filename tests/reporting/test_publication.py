# SPDX-License-Identifier: MIT
"""What is published, in which order, and how it is counted."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import platformrules as pr
from platformrules.reporting import Publication, publish
from platformrules.reporting.charts import percent, stacked_bar
from platformrules.reporting.publication import natural
from platformrules.reporting.tally import by_block, missing_of, tally
from platformrules.results import Outcome
from platformrules.standards.model import Standard


def test_reports_are_ordered_by_subject(make: Callable[..., Publication], one: Callable[..., pr.Dossier]) -> None:
    """By the numbers in an id, whatever the order they were given in."""
    keys = ["c1", "c2", "c10", "c010", "d", "", "c"]
    shuffled = random.Random(1).sample(keys, len(keys))
    found = [report.subject for report in make([one(key=key) for key in shuffled]).reports]
    assert found == ["", "c", "c1", "c2", "c010", "c10", "d"]


@given(st.lists(st.text(alphabet="0123456789ab", max_size=8), max_size=20))
def test_the_order_of_ids_is_total(ids: list[str]) -> None:
    """Different ids have different keys, and any two can be compared."""
    assert len({natural(one) for one in ids}) == len(set(ids))
    backwards = ids[::-1]
    assert sorted(ids, key=natural) == sorted(backwards, key=natural)


def test_provenance_says_where_all_comes_from(make: Callable[..., Publication], standard: Standard) -> None:
    """Versions, hashes, period, day, why this version, what was changed."""
    changed = standard.with_parameters(minimum_area=120)
    given = make(by=changed, note="made up").provenance
    assert given == {
        "platformrules": given["platformrules"],
        "plugin": {"name": "hubei", "version": "0.1.0"},
        "standard": "hubei/demonstration@2015",
        "chosen": "in force on 2020-12-31",
        "in_force": {
            "from": "2015-09-02",
            "until": None,
            "on_the_day": True,
            "status": {"zh": standard.in_force.status.zh, "en": standard.in_force.status.en},
        },
        "period": "2020",
        "as_of": "2020-12-31",
        "rules": dict(standard.hashes),
        "parameters": {"minimum_area": 120},
        "input": "9f2c",
        "note": "made up",
    }


def test_reports_may_differ_in_their_period(make: Callable[..., Publication], one: Callable[..., pr.Dossier]) -> None:
    """Then no period is that of all, and the words say so."""
    other = attrs.evolve(one(key="c2"), period=pr.Period.year(2021))
    publication = make([one(), other])
    assert publication.provenance["period"] is None
    assert publication.provenance["in_force"]["on_the_day"] is None
    assert publication.when() == ("各不相同", "各不相同")
    assert make([one()]).when() == ("2020", "2020-12-31")
    assert make([]).when() == ("", "")


def test_what_does_not_belong_together_is_refused(standard: Standard, one: Callable[..., pr.Dossier]) -> None:
    """Reports by another standard, and languages that there are not."""
    report = pr.evaluate(standard, one())
    with pytest.raises(pr.PlatformRulesError, match="no language `fr`; there is zh, en"):
        publish(standard, [report], language="fr")
    other = attrs.evolve(standard, version="2016")
    with pytest.raises(pr.PlatformRulesError, match=r"by hubei/demonstration@2015, not by hubei/demonstration@2016"):
        publish(other, [report])


def test_counts_add_up(make: Callable[..., Publication]) -> None:
    """Over criteria, blocks and subjects there are as many findings, whichever way they are counted."""
    publication = make()
    counted = tally(publication)
    findings = sum(len(report.findings) for report in publication.reports)
    assert sum(counted.outcomes.values()) == findings
    assert sum(sum(one.counts.values()) for one in counted.blocks) == findings
    assert sum(sum(one.counts.values()) for one in counted.criteria) == findings
    assert sum(number for _, number in counted.verdicts) == len(publication.reports)
    failed = [one.counts[Outcome.FAILED] for one in counted.criteria]
    assert failed == sorted(failed, reverse=True)


def test_verdicts_come_in_the_order_of_the_standard(make: Callable[..., Publication]) -> None:
    """Those that are settled first, then those still open."""
    found = [verdict.reachable for verdict, _ in tally(make()).verdicts]
    assert found == [("eligible",), ("not-eligible",)]


def test_a_missing_fact_is_named_once(make: Callable[..., Publication], one: Callable[..., pr.Dossier]) -> None:
    """However many criteria lack it, with all rows that do."""
    (report,) = make([one(attendance=None, floor_area_m2=None)]).reports
    found = {missing.fact: len(missing.rows) for missing in missing_of(report)}
    assert found == {"center.floor_area_m2": 0, "activity.attendance": 60}


def test_findings_stand_in_their_blocks(make: Callable[..., Publication], one: Callable[..., pr.Dossier]) -> None:
    """In the order of the standard, each finding once."""
    publication = make([one()])
    groups = by_block(publication, publication.reports[0].findings)
    assert [block.title.zh for block, _ in groups if block] == [block.title.zh for block in publication.standard.blocks]
    assert [finding for _, group in groups for finding in group] == list(publication.reports[0].findings)


def test_criteria_without_a_block_come_last(make: Callable[..., Publication], standard: Standard) -> None:
    """Findings of no block of the standard stand together."""
    publication = attrs.evolve(make(), standard=attrs.evolve(standard, blocks=standard.blocks[:2]))
    groups = by_block(publication, publication.reports[0].findings)
    assert [None if block is None else block.title.zh for block, _ in groups[:3]] == ["创建对象", "场所", None]


@given(st.dictionaries(st.sampled_from(list(Outcome)), st.integers(0, 10**6)))
def test_bars_are_as_long_as_their_counts(counts: dict[Outcome, int]) -> None:
    """Parts follow one another without overlap and never go beyond the end."""
    bar = stacked_bar("", {one: counts.get(one, 0) for one in Outcome})
    assert bar.total == sum(counts.values())
    assert [one.number for one in bar.segments] == [one.number for one in bar.segments if one.number]
    end = 0.0
    for segment in bar.segments:
        assert float(segment.start) >= end - 0.011
        end = float(segment.start) + float(segment.length)
    assert end <= 100.0


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, ""),
        (0, 3, "0%"),
        (1, 3, "33%"),
        (2, 3, "67%"),
        (1, 200, "1%"),
        (1, 400, "<1%"),
        (399, 400, ">99%"),
        (1, 1, "100%"),
    ],
)
def test_shares_are_rounded_and_never_to_none_or_all(part: int, whole: int, said: str) -> None:
    """A single case is never 0%, and all but one never 100%."""
    assert percent(part, whole) == said


def test_a_standard_that_is_not_in_force_is_told(
    make: Callable[..., Publication], one: Callable[..., pr.Dossier]
) -> None:
    """The day judged lies before the document."""
    early = attrs.evolve(one(), period=pr.Period(date(2014, 1, 1), date(2014, 12, 31)))
    assert make([early]).provenance["in_force"]["on_the_day"] is False

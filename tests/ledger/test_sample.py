# SPDX-License-Identifier: MIT
"""Made-up ledgers: seeded, marked, neither all good nor all bad."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from platformrules.evaluation import evaluate
from platformrules.ledger import read_ledger, sample_ledger, write_ledger
from platformrules.ledger.sample import MADE_UP
from platformrules.ledger.wishes import wishes
from platformrules.periods import Period
from platformrules.standards.model import Standard


@pytest.mark.parametrize("name", ["sample.xlsx", "sample.json", "folder"])
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, standard: Standard, name: str) -> None:
    """Standard, number and seed decide everything; another seed gives other data."""

    def bytes_of(place: str, seed: int) -> list[bytes]:
        (tmp_path / place).mkdir()
        path = tmp_path / place / name
        write_ledger(sample_ledger(standard, 4, seed), path, standard)
        return [one.read_bytes() for one in (sorted(path.iterdir()) if path.is_dir() else [path])]

    first = bytes_of("a", 7)
    assert first == bytes_of("b", 7)
    assert first != bytes_of("c", 8)


def test_samples_are_marked(tmp_path: Path, standard: Standard) -> None:
    """The ledger and every name in it say that they are made up."""
    path = tmp_path / "sample.xlsx"
    write_ledger(sample_ledger(standard, 3), path, standard, internal=True)
    ledger = read_ledger(path, standard)
    assert (ledger.note, ledger.problems) == (MADE_UP, ())
    for dossier in ledger.dossiers:
        assert dossier.center is not None
        named = [dossier.center.name, dossier.center.head_name, *(one.name for one in dossier.organizations or ())]
        assert all(name and "虚构" in name for name in named)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_some_are_good_and_most_are_not(standard: Standard, construction: Standard, seed: int) -> None:
    """Some subjects conform, most fail something, some criteria cannot be decided, judgements among them."""
    for one, good in ((standard, "eligible"), (construction, "conforms")):
        reports = [evaluate(one, dossier) for dossier in sample_ledger(one, 24, seed).dossiers]
        verdicts = Counter(report.verdict.id for report in reports)
        outcomes = Counter(finding.outcome for report in reports for finding in report.findings)
        assert 2 <= verdicts[good] <= 8
        assert verdicts[good] < len(reports) / 2
        assert all(outcomes[outcome] for outcome in ("passed", "failed", "undetermined", "untested"))


def test_activities(standard: Standard) -> None:
    """A center has about 24 to 66 activities in the year, a few of them without attendance, and realistic blanks."""
    ledger = sample_ledger(standard, 30, seed=4)
    counts = [len(one.activities or ()) for one in ledger.dossiers]
    assert (min(counts) >= 24, max(counts) <= 66, max(counts) >= 62) == (True, True, True)
    activities = [row for one in ledger.dossiers for row in one.activities or ()]
    assert all(one.held_on is not None and one.held_on.year == 2020 for one in activities)
    assert 0 < sum(one.attendance is None for one in activities) < len(activities) / 20
    blanks = [
        one.subject[name] is None
        for one in ledger.dossiers
        for on, name in standard.facts
        if on == "center"
        if name in one.subject.facts or hasattr(one.subject, name)
    ]
    assert 0.01 < sum(blanks) / len(blanks) < 0.1
    assert ledger.rows == {
        "centers": 30,
        "activities": len(activities),
        "organizations": sum(len(one.organizations or ()) for one in ledger.dossiers),
    }


@pytest.mark.parametrize(("since", "year"), [(2015, 2020), (2020, 2020), (2021, 2021)])
def test_the_standard_is_in_force(standard: Standard, since: int, year: int) -> None:
    """A sample can be judged by its standard without a word about the time."""
    later = evolve(standard, in_force=evolve(standard.in_force, from_=date(since, 1, 1)))
    ledger = sample_ledger(later, 1)
    assert ledger.as_of == date(year, 12, 31)
    assert later.is_in_force(ledger.as_of)


def test_another_period(standard: Standard) -> None:
    """The activities lie in the period that is asked for, even if it is short."""
    period = Period.parse("2019-12-20..2020-01-10")
    ledger = sample_ledger(standard, 2, period=period)
    days = [row.held_on for one in ledger.dossiers for row in one.activities or ()]
    assert ledger.period == period
    assert all(day is not None and period.start <= day <= period.end for day in days)


def test_wishes(standard: Standard, construction: Standard) -> None:
    """What a standard asks of a fact is read off its comparisons."""
    asked = wishes(standard)
    assert asked["center", "floor_area_m2"].least == 100
    assert asked["center", "equipment"].items == {"computer", "tv", "audio", "wifi"}
    assert asked["center", "demo_levels"].items == {"city"}
    assert asked["center", "has_flag"].truth
    staff = wishes(construction)["center", "full_time_staff"]
    assert (staff.least, staff.most) == (1, 3)
    assert wishes(construction)["center", "hubei_plaque_text"].equal == "青少年综合服务平台"

# SPDX-License-Identifier: MIT
"""The ledgers that ship as examples: made by their script, with the stories that the documentation tells."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from python_calamine import CalamineWorkbook

from platformrules.evaluation import evaluate
from platformrules.ledger import read_ledger
from platformrules.standards.model import Standard

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that makes the ledger of the county."""
    spec = importlib.util.spec_from_file_location("make_county_ledger", EXAMPLES / "make_county_ledger.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cells(path: Path) -> dict[str, list[list[object]]]:
    """All cells of a workbook."""
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_the_shipped_ledger_is_what_its_script_makes(tmp_path: Path, script: ModuleType) -> None:
    """Whoever changes the script or the rules makes the ledger anew."""
    script.make(tmp_path / "county.xlsx")
    assert cells(tmp_path / "county.xlsx") == cells(EXAMPLES / "county-ledger.xlsx")


def test_the_county(standard: Standard) -> None:
    """25 centers, 600 activities, 60 organizations; some eligible, one needs an exception, one is open."""
    ledger = read_ledger(EXAMPLES / "county-ledger.xlsx", standard)
    assert ledger.rows == {
        "centers": 26,
        "activities": 600,
        "organizations": 60,
        "judgements": ledger.rows["judgements"],
        "waivers": 1,
    }
    assert ledger.rows["judgements"] > 20
    reports = {one.subject.id: evaluate(standard, one) for one in ledger.dossiers}
    verdicts = Counter(str(one.verdict.id) for one in reports.values())
    assert verdicts == {"eligible": 2, "needs-exception": 1, "not-eligible": 21, "None": 1}
    assert reports["c007"]["floor-area"].outcome == "failed"
    assert set(reports["c016"].verdict.reachable) >= {"eligible", "not-eligible"}
    assert reports["c022"]["yearly-activities"].outcome == "undetermined"
    assert reports["c013"]["stable-youth"].outcome == "waived"
    outcomes = Counter(finding.outcome for one in reports.values() for finding in one.findings)
    assert all(outcomes[outcome] for outcome in ("passed", "failed", "undetermined", "untested", "waived"))


def test_the_problems_of_the_county(standard: Standard) -> None:
    """Every bad cell is listed, every odd one that is certain is read."""
    ledger = read_ledger(EXAMPLES / "county-ledger.xlsx", standard)
    listed = {(one.code, one.value) for one in ledger.problems}
    assert listed == {
        ("PR504", "检查组意见"),
        ("PR501", "约120"),
        ("PR501", "四百多"),
        ("PR501", "2017年9月"),
        ("PR502", "咨询服务类、棋牌类"),
        ("PR501", "较好"),
        ("PR506", "c012"),
        ("PR501", "2020.13.1"),
        ("PR501", "多人"),
        ("PR508", "c099"),
        ("PR509", ""),
    }
    centers = {one.subject.id: one.subject for one in ledger.dossiers}
    assert centers["c002"]["floor_area_m2"] == 120
    assert centers["c003"]["local_fiscal_funding"] == 30000
    assert centers["c004"]["stable_served_youth"] == 520
    assert [centers["c015"][name] for name in ("has_flag", "has_emblem", "plaque_displayed", "plaque_prominent")] == [
        True,
        False,
        True,
        False,
    ]


def test_one_center(standard: Standard) -> None:
    """The small example in JSON is read without a problem and shows a waiver and an open judgement."""
    ledger = read_ledger(EXAMPLES / "one-center.json", standard)
    assert ledger.problems == ()
    report = evaluate(standard, ledger.dossiers[0])
    assert report.verdict.id == "not-eligible"
    assert (report["floor-area"].outcome, report["attractiveness"].outcome) == ("waived", "untested")

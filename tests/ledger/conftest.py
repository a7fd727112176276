# SPDX-License-Identifier: MIT
"""Hubei's standards from their files, a made-up standard of areas, and workbooks typed cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from platformrules.ledger import Ledger, read_ledger
from platformrules.periods import Period
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import Rulebook, RuleSource, load_rulebook

HUBEI = Path(__file__).parents[2] / "plugins" / "hubei" / "src" / "platformrules_hubei"

Sheets = Mapping[str, Iterable[Iterable[Any]]]

CLAUSES = """
format = 1
[document]
id = "lakeside"
number = "made up no. 1"
title = { zh = "湖畔办法（虚构）", en = "Lakeside measures (made up)" }
issuer = { zh = "湖畔县（虚构）", en = "Lakeside County (made up)" }
jurisdiction = { zh = "湖畔县（虚构）", en = "Lakeside County (made up)" }
[[clauses]]
id = "centers"
locator = { zh = "第一条", en = "article 1" }
strength = "must"
says = { zh = "至少两个青年中心。", en = "At least two centers." }
"""

STANDARD = """
format = 1
[standard]
id = "lakeside/{subject}"
version = "2020"
subject = "{subject}"
document = "lakeside"
in_force = {{ from = 2020-01-01 }}
period = {period}
title = {{ zh = "湖畔标准（虚构）", en = "Lakeside standard (made up)" }}
[[criteria]]
id = "enough"
cites = ["centers"]
strength = "must"
title = {{ zh = "数量", en = "Number" }}
require = "{require}"
[[verdict]]
id = "yes"
conforms = true
title = {{ zh = "是", en = "yes" }}
when = "all(c.satisfied for c in criteria)"
[[verdict]]
id = "no"
conforms = false
title = {{ zh = "否", en = "no" }}
"""


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rules of Hubei, from the files of this repository."""
    found = load_rulebook([RuleSource("hubei", HUBEI)])
    assert not found.faults
    return found


@pytest.fixture(scope="session")
def standard(rulebook: Rulebook) -> Standard:
    """The demonstration standard: it judges centers over a year."""
    return rulebook["hubei/demonstration"]


@pytest.fixture(scope="session")
def construction(rulebook: Rulebook) -> Standard:
    """The construction standard: it judges centers as of a day."""
    return rulebook["hubei/construction"]


@pytest.fixture
def lakeside(tmp_path: Path) -> Callable[..., Standard]:
    """A made-up standard of a subject, with one condition."""

    def make(subject: str, require: str, period: str = '"calendar-year"') -> Standard:
        root = tmp_path / "lakeside"
        (root / "clauses").mkdir(parents=True, exist_ok=True)
        (root / "standards").mkdir(exist_ok=True)
        (root / "clauses" / "lakeside.toml").write_text(CLAUSES, "utf-8")
        text = STANDARD.format(subject=subject, require=require, period=period)
        (root / "standards" / "one.toml").write_text(text, "utf-8")
        found = load_rulebook([RuleSource("lakeside", root)])
        assert not found.faults
        return found[f"lakeside/{subject}"]

    return make


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """A workbook with these sheets, typed by another library than the one that reads it."""

    def make(sheets: Sheets, name: str = "ledger.xlsx") -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return make


@pytest.fixture
def read(workbook: Callable[..., Path], standard: Standard) -> Callable[..., Ledger]:
    """Read these sheets as a ledger of 2020."""

    def reading(sheets: Sheets, of: Standard = standard, **given: Any) -> Ledger:
        return read_ledger(workbook(sheets), of, **{"period": Period.year(2020), **given})

    return reading

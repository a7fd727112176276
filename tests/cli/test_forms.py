# SPDX-License-Identifier: MIT
"""Official forms on the command line: blank, filled in from a ledger, and read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from platformrules.cli.exits import ExitCode

ROOT = Path(__file__).parents[2]
HANDAN = ROOT / "plugins" / "handan" / "src" / "platformrules_handan"
EXAMPLE = ROOT / "docs" / "examples" / "handan-annex-2.xlsx"
FORM = ["--form", "handan/annex-2", "--rules", HANDAN]
CENTER = {"name": "甲中心（虚构）", "head_name": "甲某", "grade": "poor", "no_such_fact": 1}


def cells(path: Path, row: int) -> list[object]:
    """The cells of a row."""
    return [cell.value for cell in openpyxl.load_workbook(path).active[row]]


def test_a_blank_form_is_written(run: Callable, tmp_path: Path) -> None:
    """With the day it is due; `--language` says in which words."""
    done = run("template", *FORM, "-o", "blank.xlsx", "--language", "en")
    assert (done.code, done.err) == (0, "")
    assert done.out == "written: blank.xlsx\ndue by 2020-06-05, that day included: city League committee\n"
    assert cells(tmp_path / "blank.xlsx", 1)[0] == "Ledger of the youth centers in all parts of Handan"
    assert cells(tmp_path / "blank.xlsx", 6) == [1, *[None] * 10]


@pytest.mark.parametrize("argv", [["template", "-o", "x.xlsx"], ["template", "handan/image", *FORM, "-o", "x.xlsx"]])
def test_a_template_is_of_a_standard_or_a_form(run: Callable, argv: list[str], tmp_path: Path) -> None:
    """One of the two, and not both."""
    done = run(*argv, "--language", "en")
    assert (done.code, done.out) == (ExitCode.NOT_RUN, "")
    assert "template takes the id of a standard or --form, and only one of them" in done.err
    assert not (tmp_path / "x.xlsx").exists()


def test_a_form_is_filled_in_from_a_ledger(run: Callable, ledger: Callable, tmp_path: Path) -> None:
    """Persons stay blank, problems of the ledger are listed, judgements are none of its business."""
    path = ledger({**CENTER, "judged": "good"})
    done = run("form", path, *FORM, "-o", "annex-2.xlsx")
    assert done.code == ExitCode.CONFORMS
    assert done.out.splitlines() == [
        "已写入 annex-2.xlsx",
        "表式反映 2020-05-31 的情况；内容按台账所记，没有推算",
        "负责人和电话留空；填写请加 --internal",
        "报送期限：2020-06-05 前（含当日）报团市委",
    ]
    assert "台账问题 1 处" in done.err
    assert "PR504 $.dossiers[0].center.no_such_fact" in done.err
    assert cells(tmp_path / "annex-2.xlsx", 6) == [1, "甲中心（虚构）", *[None] * 8, "√"]
    assert run("form", path, *FORM, "-o", "annex-2.xlsx").code == ExitCode.NOT_RUN
    done = run("form", path, *FORM, "-o", "annex-2.xlsx", "--internal", "--force")
    assert "--internal" not in done.out
    assert cells(tmp_path / "annex-2.xlsx", 6)[2] == "甲某"


def test_a_form_is_filled_in_from_a_form(run: Callable, tmp_path: Path) -> None:
    """What people filled in, put into order."""
    done = run("form", EXAMPLE, *FORM, "-o", "tidy.xlsx", "--internal")
    assert (done.code, "台账问题 13 处" in done.err) == (0, True)
    assert openpyxl.load_workbook(tmp_path / "tidy.xlsx").sheetnames == ["城关镇团委（虚构）", "河东乡团委（虚构）"]
    again = run("form", "tidy.xlsx", *FORM, "-o", "again.xlsx", "--internal")
    assert (again.code, again.err) == (0, "")
    assert (tmp_path / "tidy.xlsx").read_bytes() == (tmp_path / "again.xlsx").read_bytes()


def test_a_form_is_not_written_over_its_ledger(run: Callable, tmp_path: Path) -> None:
    """Not even with --force."""
    (tmp_path / "mine.xlsx").write_bytes(EXAMPLE.read_bytes())
    done = run("form", "mine.xlsx", *FORM, "-o", "mine.xlsx", "--force", "--language", "en")
    assert (done.code, "it is the ledger itself" in done.err) == (ExitCode.NOT_RUN, True)
    assert (tmp_path / "mine.xlsx").read_bytes() == EXAMPLE.read_bytes()


@pytest.mark.parametrize("form", [["--form", "handan/annex-2"], []], ids=["named", "recognized"])
def test_a_form_is_evaluated(run: Callable, form: list[str]) -> None:
    """Of the day that it shows, in the year of that day."""
    argv = ["--standard", "handan/operation-reference", *form, "--rules", HANDAN]
    done = run("evaluate", EXAMPLE, *argv, "--json")
    assert done.code == ExitCode.UNDETERMINED
    assert (len(done.data["reports"]), len(done.data["problems"])) == (10, 13)
    assert {(one["period"], one["as_of"]) for one in done.data["reports"]} == {("2020", "2020-05-31")}


def test_an_unknown_form_is_told(run: Callable, ledger: Callable, lakeside: Path) -> None:
    """With the nearest one there is; so is one of a plugin that is broken."""
    path = ledger({})
    done = run("form", path, "--form", "handan/annex-3", "--rules", HANDAN, "-o", "x.xlsx", "--language", "en")
    assert done.code == ExitCode.NOT_RUN
    assert "there is no form `handan/annex-3`; there are: handan/annex-2; did you mean `handan/annex-2`?" in done.err
    (lakeside / "ledgers").mkdir()
    (lakeside / "ledgers" / "x.toml").write_text("format = 1", "utf-8")
    done = run("evaluate", path, "--standard", "lakeside/room", "--form", "lakeside/x", "--rules", lakeside)
    assert (done.code, "lakeside/ledgers/x.toml" in done.out + done.err) == (ExitCode.WRONG_RULES, True)
    assert run("check", lakeside).code == ExitCode.WRONG_RULES


def test_the_coverage_names_forms(run: Callable) -> None:
    """As what became of a clause that no criterion cites."""
    done = run("coverage", "handan", "--rules", HANDAN, "--json")
    clauses = {one["clause"]: one for one in json.loads(done.out)["documents"][0]["clauses"]}
    assert (clauses["a2-columns"]["disposition"], clauses["a2-columns"]["forms"]) == ("form", ["handan/annex-2"])
    assert (clauses["a2-poor-plaque"]["disposition"], clauses["a2-poor-plaque"]["forms"]) == (
        "procedure",
        ["handan/annex-2"],
    )
    assert done.data["total"] == done.data["disposed"] == 214
    plugins = run("plugins", "--rules", HANDAN, "--json").data
    assert next(one for one in plugins if one["name"] == "handan")["forms"] == ["handan/annex-2@2020"]

# SPDX-License-Identifier: MIT
"""The commands that write ledgers: template and sample."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_is_written(run: Callable, lakeside: Path, tmp_path: Path, language: str) -> None:
    """A workbook that says so, and that evaluates to nothing but an empty ledger."""
    done = run("template", "lakeside/room", "-o", "empty.xlsx", "--rules", lakeside, "--language", language)
    assert (done.code, done.err) == (0, "")
    assert "empty.xlsx" in done.out
    assert (tmp_path / "empty.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("command", ["template", "sample"])
def test_what_is_there_is_not_written_over(run: Callable, lakeside: Path, tmp_path: Path, command: str) -> None:
    """It may be a ledger that somebody filled in; `--force` says that it is not."""
    (tmp_path / "mine.xlsx").write_text("precious", "utf-8")
    argv = [command, "lakeside/room", "-o", "mine.xlsx", "--rules", lakeside, "--language", "en"]
    done = run(*argv)
    assert (done.code, "add --force" in done.err) == (1, True)
    assert (tmp_path / "mine.xlsx").read_text("utf-8") == "precious"
    assert run(*argv, "--force").code == 0
    assert (tmp_path / "mine.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("path", ["made-up.xlsx", "made-up.json", "made-up"])
def test_a_sample_is_made_up_and_reads_back(run: Callable, lakeside: Path, path: str) -> None:
    """In each form a ledger can have; it says that it is made up, and evaluates without a problem."""
    argv = ["sample", "lakeside/room", "--centers", "4", "--seed", "3", "-o", path]
    done = run(*argv, "--rules", lakeside, "--language", "en")
    assert (done.code, done.err) == (0, "")
    assert "made up" in done.out
    judged = run("evaluate", path, "--standard", "lakeside/room", "--period", "2020", "--rules", lakeside, "--json")
    assert judged.code in {0, 2, 4}
    assert (len(judged.data["reports"]), judged.data["problems"]) == (4, [])


def test_the_same_seed_gives_the_same_sample(run: Callable, lakeside: Path, tmp_path: Path) -> None:
    """And another seed another one."""
    for seed, path in ((1, "a.json"), (1, "b.json"), (2, "c.json")):
        run("sample", "lakeside/room", "--seed", seed, "-o", path, "--rules", lakeside)
    first, again, other = (json.loads((tmp_path / name).read_text("utf-8")) for name in ("a.json", "b.json", "c.json"))
    assert first == again != other
    assert len(first["dossiers"]) == 25


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["template", "lakeside/room", "-o", "x.json"], "its suffix must be one of .xlsx"),
        (["sample", "lakeside/room", "-o", "x.doc"], "its suffix must be one of .xlsx .json"),
        (["sample", "lakeside/room", "-o", "x", "--centers", "0"], "--centers takes a whole number of at least 1"),
        (["sample", "lakeside/room", "-o", "x", "--centers", "many"], "(got `many`)"),
        (["sample", "lakeside/room", "-o", "x", "--seed", "-1"], "--seed takes a whole number"),
        (["template", "lakeside/room", "-o", "no/x.xlsx"], "there is no folder `no`"),
        (["template", "lakeside/roof", "-o", "x.xlsx"], "did you mean `lakeside/room`?"),
    ],
)
def test_what_cannot_be_written_is_refused(
    run: Callable, lakeside: Path, tmp_path: Path, argv: list[str], said: str
) -> None:
    """Exit code 1, the reason, and nothing written."""
    done = run(*argv, "--rules", lakeside, "--language", "en")
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert [one.name for one in tmp_path.iterdir()] == ["rules"]

# SPDX-License-Identifier: MIT
"""The command `mutate`: what the worked cases of a plugin miss, and cases that would notice it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

STANDARD = "hubei/construction"


def test_a_plugin_that_notices_everything(run: Callable) -> None:
    """Exit code 0, and a line that says how many there are."""
    done = run("mutate", "hubei", "--standard", STANDARD, "--language", "en")
    assert (done.code, done.err) == (0, "")
    assert "mutants noticed (100 %)" in done.out


def test_a_folder_without_cases_misses_all(run: Callable, lakeside: Path) -> None:
    """Exit code 2; the cases that are written notice what can be noticed."""
    done = run("mutate", lakeside, "--json", "--cases", "found.toml")
    assert done.code == 2
    assert done.data["plugin"] == "lakeside"
    assert len(done.data["missed"]) == done.data["made"] > 0
    (lakeside / "cases").mkdir(exist_ok=True)
    Path("found.toml").rename(lakeside / "cases" / "found.toml")
    again = run("mutate", lakeside, "--json")
    assert len(again.data["missed"]) < len(done.data["missed"])
    assert run("mutate", lakeside, "--language", "en").out.startswith("mutants that no case notices: ")


def test_what_cannot_be_done(run: Callable, lakeside: Path) -> None:
    """A plugin or standard that there is not, a file that is there already; exit code 1."""
    unknown = run("mutate", "hubi", "--language", "en")
    assert unknown.code == 1
    assert "did you mean `hubei`?" in unknown.err
    assert run("mutate", "hubei", "--standard", "hubei/other").code == 1
    Path("there.toml").write_text("", "utf-8")
    assert run("mutate", lakeside, "--cases", "there.toml").code == 1


def test_a_stale_list_is_a_fault_of_the_rules(run: Callable, lakeside: Path) -> None:
    """Exit code 3, and the place in the list."""
    rows = 'standard = "lakeside/room@2020"\nat = "criteria.x.require"\nchanges = ["`a` -> `b`"]\nreason = "none"\n'
    listed = f"format = 1\n[[equivalent]]\n{rows}"
    (lakeside / "equivalent-mutants.toml").write_text(listed, "utf-8")
    done = run("mutate", lakeside)
    assert done.code == 3
    assert "there is no mutant `a` -> `b`" in done.err

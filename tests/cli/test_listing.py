# SPDX-License-Identifier: MIT
"""The commands that show what there is: standards, show, facts, plugins, coverage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from platformrules.diagnostics import cells

LANGUAGES = ["zh", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "argv", [["standards"], ["show", "lakeside/room"], ["facts", "lakeside/room"], ["plugins"], ["coverage"], ["facts"]]
)
def test_every_list_fits_the_terminal(run: Callable, lakeside: Path, argv: list[str], language: str) -> None:
    """No line is wider than 80 cells, nothing goes to standard error, and the exit code is 0."""
    done = run(*argv, "--rules", lakeside, "--language", language)
    assert (done.code, done.err) == (0, "")
    assert [line for line in done.out.splitlines() if cells(line) > 80] == []


def test_standards_are_listed_with_their_dates(run: Callable, lakeside: Path) -> None:
    """Every version, with what it judges, from when to when, how many criteria, and whose it is."""
    lines = run("standards", "--rules", lakeside, "--language", "en").out.splitlines()
    row = next(line for line in lines if line.startswith("lakeside/room@2020"))
    # How wide the columns are depends on the plugins that are installed too.
    assert row.split()[:3] == ["lakeside/room@2020", "center", "2020-01-01"]
    assert row.split()[-2:] == ["3", "lakeside"]
    assert any("Reading room standard" in line for line in lines[lines.index(row) + 1 : lines.index(row) + 3])
    found = {one["reference"]: one for one in run("standards", "--rules", lakeside, "--json").data}
    assert found["lakeside/room@2020"]["in_force"] == {"from": "2020-01-01", "until": "2021-12-31"}
    assert found["lakeside/room@2022"]["in_force"] == {"from": "2022-01-01", "until": None}
    assert found["lakeside/room@2022"]["criteria"] == 3


def test_without_rules_there_are_no_standards(run: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no plugin installed the lists say so, and a command that needs a standard says what is missing."""
    monkeypatch.setattr("platformrules.plugins.entry_points", lambda **_: [])
    assert run("standards", "--language", "en").out == "no standards: no rule plugin is installed\n"
    assert run("plugins", "--language", "en").out == "no rule plugin is installed\n"
    done = run("show", "x/y", "--language", "en")
    assert (done.code, "no rule plugin is installed" in done.err) == (1, True)


def test_show_tells_everything(run: Callable, lakeside: Path) -> None:
    """Document, parameters with reading, criteria by block with sentence and clause, judge rows, verdicts, notes."""
    out = run("show", "lakeside/room@2020", "--rules", lakeside, "--language", "en").out
    for part in (
        "standard: lakeside/room@2020",
        "document: made up no. 1 Lakeside measures (made up)",
        "in force: 2020-01-01 to 2021-12-31",
        "  minimum_area = 60 m²  [area]",
        "reading: as recorded",
        "  strict = true  [area]",
        "  since = 2019-01-01  [area]",
        "  wanted = wifi  [area]",
        "  -- Place (place)",
        "  Area (area) [must]",
        "expression: center.floor_area_m2 >= minimum_area",
        "applies when: strict",
        "remedy: enlarge it",
        "good = good",
        "poor = poor [fails]",
        "what the data say: center.has_flag",
        "  meets it (meets) [conforms]",
        "  misses it (misses) [does not conform]",
        "when: otherwise",
        "no flag",
        "cites: article 1 [area]",
    ):
        assert part in out
    assert "60 m²" in next(line for line in out.splitlines() if "asks: " in line)


def test_show_gives_the_newest_version_unless_one_is_pinned(run: Callable, lakeside: Path) -> None:
    """The newest by the day from which it is in force, never by today."""
    assert run("show", "lakeside/room", "--rules", lakeside, "--json").data["version"] == "2022"
    data = run("show", "lakeside/room@2020", "--rules", lakeside, "--json").data
    assert data["parameters"][0] == {
        "id": "minimum_area",
        "value": 60,
        "unit": "m²",
        "reading": {"zh": "按填报", "en": "as recorded"},
        "note": None,
        "cites": ["area"],
    }
    assert [one["id"] for one in data["criteria"]] == ["area", "style", "recent"]
    assert data["criteria"][1]["judge"][1] == {
        "id": "poor",
        "title": {"zh": "差", "en": "poor"},
        "fails": True,
        "when": None,
    }
    assert data["verdicts"][-1]["when"] is None


@pytest.mark.parametrize(
    ("name", "said"),
    [("lakeside/rom", "did you mean `lakeside/room`?"), ("nowhere/at-all", "there is no standard `nowhere/at-all`")],
)
def test_an_unknown_standard_is_refused_with_a_hint(run: Callable, lakeside: Path, name: str, said: str) -> None:
    """Exit code 1, the nearest id, and how to list them."""
    done = run("show", name, "--rules", lakeside, "--language", "en")
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert "platformrules standards" in done.err


def test_facts_are_those_that_a_standard_reads(run: Callable, lakeside: Path) -> None:
    """In the order of the schema, with all that a program needs to fill them in."""
    data = run("facts", "lakeside/room", "--rules", lakeside, "--json").data
    assert [one["id"] for one in data] == ["opened_on", "floor_area_m2", "equipment", "has_flag"]
    area, equipment = data[1], data[2]
    assert area["on"] == "center"
    assert (area["type"], area["unit"], area["minimum"], area["maximum"]) == ("decimal", "m²", 0, None)
    assert area["label"]["zh"] == "面积"
    assert {"id": "tv", "zh": "电视机", "en": "television"} in equipment["values"]
    text = run("facts", "lakeside/room", "--rules", lakeside, "--language", "en").out
    assert "number, m², >= 0" in text
    assert "wifi = " in text


def test_facts_of_a_dated_relation_include_its_date(run: Callable) -> None:
    """A standard that counts the activities of a period reads their day, also where no expression names it."""
    found = {(one["on"], one["id"]) for one in run("facts", "hubei/demonstration", "--json").data}
    assert ("activity", "held_on") in found


def test_coverage_counts_clauses(run: Callable, lakeside: Path) -> None:
    """What became of each clause, the criteria that cite it or the reason, and the totals."""
    out = run("coverage", "lakeside", "--rules", lakeside, "--language", "en").out
    assert "lakeside/room#area" in out
    assert "There is no measure." in out
    assert out.endswith("lakeside: 2 of 2 clauses disposed of (1 evaluable)\n")
    data = run("coverage", "lakeside", "--rules", lakeside, "--json").data
    assert {name: data[0][name] for name in ("document", "total", "disposed", "evaluable")} == {
        "document": "lakeside",
        "total": 2,
        "disposed": 2,
        "evaluable": 1,
    }
    assert data[0]["clauses"][1]["disposition"] == "not-evaluable"


def test_all_clauses_of_hubei_are_disposed_of(run: Callable) -> None:
    """All 125 clauses, and the number of them that criteria test."""
    done = run("coverage", "hubei", "--language", "en")
    assert "hubei-2015: 125 of 125 clauses disposed of (" in done.out


def test_coverage_of_an_unknown_plugin_is_refused(run: Callable, lakeside: Path) -> None:
    """The message lists the plugins there are."""
    done = run("coverage", "lakside", "--rules", lakeside, "--language", "en")
    assert done.code == 1
    assert "did you mean `lakeside`?" in done.err


@pytest.fixture
def broken(lakeside: Path) -> Path:
    """A rule folder with two faults."""
    path = lakeside / "standards" / "room-2022.toml"
    text = (
        path.read_text("utf-8")
        .replace("floor_area_m2", "floor_aria_m2")
        .replace('cites = ["area"]', 'cites = ["x"]', 1)
    )
    path.write_text(text, "utf-8")
    return lakeside


def test_a_broken_plugin_is_listed_with_its_error(run: Callable, broken: Path) -> None:
    """In full, with carets, and that is no failure of `plugins`."""
    done = run("plugins", "--rules", broken, "--language", "en")
    assert done.code == 0
    assert "error[PR301]" in done.out
    assert "^^^^" in done.out
    data = {one["name"]: one for one in run("plugins", "--rules", broken, "--json").data}
    assert "error[PR301]" in data["lakeside"]["error"]
    assert all(one["error"] is None for name, one in data.items() if name != "lakeside")


class Entry:
    """An entry point of a plugin that cannot be imported."""

    name, value, group = "shaky", "platformrules_shaky", "platformrules"
    dist = None

    def load(self) -> object:
        """Fail as an import does."""
        raise ImportError("no module\x1b[31m of that kind")


def test_an_installed_plugin_that_cannot_be_imported_is_told(run: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other commands go on without it and say so; asking for its standards names the error."""
    monkeypatch.setattr("platformrules.plugins.entry_points", lambda **_: [Entry()])
    listed = run("plugins", "--language", "en")
    assert listed.code == 0
    assert "no module" in listed.out
    assert "\x1b" not in listed.out
    assert "shaky" in run("standards", "--language", "en").err
    asked = run("show", "shaky/standard", "--language", "en")
    assert (asked.code, "no module" in asked.err) == (1, True)
    assert run("coverage", "shaky").code == 1


@pytest.mark.parametrize("argv", [["standards"], ["show", "lakeside/room"], ["facts"], ["coverage"]])
def test_rules_that_were_named_and_are_wrong_stop_a_command(run: Callable, broken: Path, argv: list[str]) -> None:
    """Exit code 3 and every diagnostic on standard error."""
    done = run(*argv, "--rules", broken)
    assert (done.code, done.out) == (3, "")
    assert done.err.count("error[") == 2


def test_a_folder_without_rules_is_refused_by_the_name_it_was_given(run: Callable, tmp_path: Path) -> None:
    """Exit code 3, and no other path than the one that was typed."""
    (tmp_path / "nothing").mkdir()
    done = run("standards", "--rules", "nothing")
    assert done.code == 3
    assert "nothing" in done.err
    assert str(tmp_path) not in done.err


def test_tables_are_shown_with_their_entries(run: Callable, lakeside: Path) -> None:
    """By choice or in bands; what a run has yet to give is open."""
    path = lakeside / "standards" / "room-2022.toml"
    added = (
        'by_kind = { by = "center.has_flag", values = { true = 50, false = 80 }, cites = ["area"] }\n'
        'by_level = { by = "center.build_mode", values = { own = 1 }, otherwise = 0, cites = ["area"] }\n'
        'by_day = { steps = [{ value = 3 }, { from = 2016-01-01, value = 5 }], cites = ["area"] }\n'
        'by_area = { steps = [{ value = 1 }, { above = 100, value = 2 }], cites = ["area"] }\n'
        'given = { type = "integer", minimum = 1, cites = ["area"] }\n[[blocks]]'
    )
    path.write_text(path.read_text("utf-8").replace("[[blocks]]", added), "utf-8")
    out = run("show", "lakeside/room@2022", "--rules", lakeside).out
    assert "  by_kind = true: 50, false: 80 [area]\n" in out
    assert "  by_level = own: 1, *: 0 [area]\n" in out
    assert "  by_day = 3, >= 2016-01-01: 5 [area]\n" in out
    assert "  by_area = 1, > 100: 2 [area]\n" in out
    assert "  given = ?  [area]\n" in out

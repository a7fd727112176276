# SPDX-License-Identifier: MIT
"""The commands that show what there is: standards, show, facts, plugins, coverage."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from platformrules.diagnostics import cells
from platformrules.standards.rulebook import load_rulebook

LANGUAGES = ["zh", "en"]
HARBOUR = Path(__file__).parents[1] / "rules" / "harbour"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "argv",
    [
        ["standards"],
        ["show", "lakeside/room"],
        ["show", "lakeside"],
        ["facts", "lakeside/room"],
        ["plugins"],
        ["coverage"],
        ["facts"],
    ],
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
    assert found["lakeside/room@2020"]["in_force"] == {"from": "2020-01-01", "until": "2021-12-31", "status": None}
    assert found["lakeside/room@2022"]["in_force"] == {"from": "2022-01-01", "until": None, "status": None}
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
        "  minimum_area = 60 m² [area]",
        "reading: as recorded",
        "  strict = true [area]",
        "  since = 2019-01-01 [area]",
        "  wanted = wifi [area]",
        "  -- Place (place)",
        "  Area (area) [must]",
        "expression: center.floor_area_m2 >= minimum_area",
        "applies when: strict",
        "remedy: enlarge it",
        "good = good",
        "poor = poor [fails]",
        "what the data say: “League flag” is yes",
        "expression: center.has_flag",
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
        "title": None,
        "value": 60,
        "table": None,
        "given": None,
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
        "points": None,
        "when": None,
        "follows": None,
    }
    assert data["verdicts"][-1]["when"] is None


def test_show_says_every_form_of_parameter_value_and_grade(run: Callable) -> None:
    """Every row of tables and steps, what is to be given, values in words, shared scales once, consequences."""
    out = run("show", "harbour/berth", "--rules", HARBOUR, "--language", "en").out
    lines = [" ".join(line.split()) for line in out.splitlines()]
    for part in (
        "staff_of = a table, looked up by kind of construction (no --set) [people]",
        "newly built 3 persons",
        "rebuilt 2 persons",
        "others 1 person",
        "staff_by_area = in steps (no --set) [people]",
        "below 100 1 person",
        "100 or more 2 persons",
        "above 500 3 persons",
        "before 2021-01-01 1",
        "from 2021-01-01 2",
        "quota = to be given: whole number, persons, at least 1 [people]",
        "staff in all (staff) [persons]",
        "in words: full-time staff plus part-time staff mainly for the center",
        "expression: center.full_time_staff + center.part_time_main_staff",
        "hidden",
        "in words: “staff in all” plus 1",
        "1: order, spirit",
        "follows: rectify",
        "a person finds: good / poor",
        "what the data say: “League flag” is yes",
        "follows: a plaque is given",
        "reading: as recorded (conflict X1)",
        "note: A page of the print is missing.",
        "note: Contradicts article 2 (conflict X1).",
    ):
        assert part in lines, part
    assert lines.count("follows: rectify") == 1


def test_show_as_data_leaves_nothing_out(run: Callable) -> None:
    """What is shown to people is there for programs, in both languages."""
    data = run("show", "harbour/berth", "--rules", HARBOUR, "--json").data
    parameters = {one["id"]: one for one in data["parameters"]}
    assert parameters["staff_of"]["table"] == {
        "by": ["center.construction_kind"],
        "entries": [{"key": ["new"], "value": 3}, {"key": ["rebuilt"], "value": 2}],
        "otherwise": 1,
        "steps": [],
    }
    assert parameters["staff_by_area"]["table"]["steps"] == [
        {"from": None, "value": 1},
        {"from": 100, "value": 2},
        {"above": 500, "value": 3},
    ]
    assert parameters["staff_by_day"]["table"]["steps"][1] == {"from": "2021-01-01", "value": 2}
    assert parameters["quota"]["given"] == {"type": "integer", "minimum": 1, "maximum": None}
    assert parameters["quota"]["value"] is None
    value = data["values"][4]
    assert (value["id"], value["title"], value["value"], value["cites"]) == ("hidden", None, "staff + 1", ["people"])
    assert value["sentence"] == {"zh": "“人员合计”＋1", "en": "“staff in all” plus 1"}
    assert data["verdicts"][0]["follows"] == {"zh": "授牌", "en": "a plaque is given"}
    order = next(one for one in data["criteria"] if one["id"] == "order")
    assert [row["follows"]["en"] for row in order["judge"]] == ["consolidate", "rectify"]
    assert [(one["document"], one["id"]) for one in data["clauses"]] == [("harbour-1", "room"), ("harbour-1", "people")]
    assert data["clauses"][0]["note"]["en"] == "Contradicts article 2 (conflict X1)."
    assert data["document"]["note"]["zh"] == "印本缺一页。"


def test_show_tells_a_document(run: Callable) -> None:
    """Every clause with what it says, its notes and why it is not evaluated."""
    out = run("show", "harbour-1", "--rules", HARBOUR, "--language", "en").out
    for part in (
        "harbour-1 made up no. 2 Harbour measures (made up)",
        "issued by: Harbour County (made up)",
        "dated: 2020-01-01",
        "note: A page of the print is missing.",
        "Clauses (3)",
        "  article 1 [room] [must]",
        "      The place is fit for use.",
        "      note: Contradicts article 2 (conflict X1).",
        "      not evaluable: There is no measure.",
    ):
        assert part in out
    data = run("show", "harbour-1", "--rules", HARBOUR, "--json").data
    assert [one["id"] for one in data["clauses"]] == ["room", "people", "spirit"]
    assert data["clauses"][2]["disposition"] == "not-evaluable"


def test_a_document_without_date_and_notes_is_shown(run: Callable, lakeside: Path) -> None:
    """Nothing is said of what there is not."""
    out = run("show", "lakeside", "--rules", lakeside, "--language", "en").out
    assert "dated" not in out
    assert "note" not in out


@pytest.mark.parametrize("conflict", [f"H{number}" for number in range(1, 17)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_conflicts_of_handan_are_visible(run: Callable, conflict: str, language: str) -> None:
    """Each of the sixteen stands in the notes of the clauses that it joins, and is found by its number."""
    out = run("show", "handan-2020", "--language", language).out
    assert re.search(rf"{conflict}(?!\d)", out)


@pytest.mark.parametrize(
    ("standard", "conflicts"),
    [
        ("staffing", {1}),
        ("seven-ones", {1, 3, 5, 7, 11}),
        ("area-targets", {2, 16}),
        ("new-center-targets", {2}),
        ("cloud-presence", {3}),
        ("image", {4, 5}),
        ("operation-reference", {1, 4, 6, 7, 8, 9}),
        ("center-goals", {6, 7, 13, 14, 15}),
    ],
)
def test_a_standard_tells_the_conflicts_that_it_decides(run: Callable, standard: str, conflicts: set[int]) -> None:
    """In the readings of its parameters, its notes, and the notes of the clauses that it cites."""
    out = run("show", f"handan/{standard}").out
    assert conflicts <= {int(number) for number in re.findall(r"H(\d+)", out)}


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
    assert out.endswith("lakeside: 2 of 2 clauses with a disposition (1 evaluable, 50%)\n")
    data = run("coverage", "lakeside", "--rules", lakeside, "--json").data
    counts = {
        "total": 2,
        "disposed": 2,
        "evaluable": 1,
        "evaluable_share": "0.5",
        "dispositions": {"criteria": 1, "not-evaluable": 1},
    }
    (document,) = data.pop("documents")
    assert data == counts
    assert {name: document[name] for name in ("document", *counts)} == {"document": "lakeside", **counts}
    assert document["clauses"][1]["disposition"] == "not-evaluable"


def test_coverage_of_all_documents_is_counted(run: Callable, lakeside: Path) -> None:
    """Without a plugin: a row a document, and one line for all of them, which is their sum."""
    out = run("coverage", "--rules", lakeside, "--language", "en").out
    data = run("coverage", "--rules", lakeside, "--json").data
    rows = {one["document"]: one for one in data["documents"]}
    assert {"hubei-2015", "lakeside"} <= set(rows)
    for name, row in rows.items():
        (line,) = [line.split() for line in out.splitlines() if line.startswith(f"{name} ")]
        assert line[:4] == [name, str(row["total"]), str(row["disposed"]), str(row["evaluable"])]
    total, disposed, evaluable = (sum(row[key] for row in rows.values()) for key in ("total", "disposed", "evaluable"))
    assert [data[key] for key in ("total", "disposed", "evaluable")] == [total, disposed, evaluable]
    last = out.splitlines()[-1]
    assert last.startswith(
        f"all documents ({len(rows)}): {disposed} of {total} clauses with a disposition ({evaluable} "
    )
    assert "lakeside#area" not in out


def test_coverage_without_any_rules(run: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """No share of nothing."""
    monkeypatch.setattr("platformrules.cli.coverage.rulebook", lambda _: load_rulebook([]))
    assert run("coverage", "--language", "en").out == (
        "all documents (0): 0 of 0 clauses with a disposition (0 evaluable, —)\n"
    )
    assert run("coverage", "--json").data["evaluable_share"] is None


def test_coverage_writes_pages(run: Callable, lakeside: Path) -> None:
    """A page a document with one that lists them, and the comparison, whose clauses lead to the pages."""
    done = run("coverage", "--rules", lakeside, "--pages", "pages", "--across", "across.md", "--language", "en")
    names = sorted(path.name for path in Path("pages").iterdir())
    assert {"README.md", "hubei-2015.md", "lakeside.md"} <= set(names)
    said = [line.removeprefix("written: ") for line in done.out.splitlines() if line.startswith("written: ")]
    assert sorted(said) == sorted([*(str(Path("pages", name)) for name in names), "across.md"])
    text = Path("across.md").read_text("utf-8")
    assert "[`area`](pages/lakeside.md#area)" in text
    run("coverage", "--rules", lakeside, "--across", "across.md")
    assert "[`area`]" in Path("across.md").read_text("utf-8")
    assert "](" not in Path("across.md").read_text("utf-8")


def test_coverage_writes_the_pages_of_one_plugin(run: Callable, lakeside: Path) -> None:
    """Only its documents, and no list of all; the JSON on standard output stays JSON."""
    done = run("coverage", "lakeside", "--rules", lakeside, "--pages", "pages", "--json", "--language", "en")
    assert [path.name for path in Path("pages").iterdir()] == ["lakeside.md"]
    assert done.err == f"written: {Path('pages', 'lakeside.md')}\n"
    assert done.data["total"] == 2


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["lakeside", "--across", "x.md"], "leave PLUGIN out"),
        (["--pages", "no/pages"], "there is no folder `no`"),
        (["--across", "no/x.md"], "there is no folder `no`"),
        (["--pages", "taken"], "cannot write"),
        (["--pages", "pages"], "cannot write"),
    ],
)
def test_pages_that_cannot_be_written_are_told(run: Callable, lakeside: Path, argv: list[str], message: str) -> None:
    """The place is named; a folder is not made where there is none to make it in."""
    Path("taken").write_text("a file", "utf-8")
    Path("pages", "README.md").mkdir(parents=True)
    done = run("coverage", *argv, "--rules", lakeside, "--language", "en")
    assert (done.code, message in done.err) == (1, True)


def test_all_clauses_of_hubei_are_disposed_of(run: Callable) -> None:
    """All 125 clauses, and the number of them that criteria test."""
    done = run("coverage", "hubei", "--language", "en")
    assert "hubei-2015: 125 of 125 clauses with a disposition (" in done.out


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

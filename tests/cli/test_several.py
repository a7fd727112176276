# SPDX-License-Identifier: MIT
"""`evaluate` by several standards: what fits, which versions, judgements and settings of one, and the matrix."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

GOOD = {"floor_area_m2": 90, "has_flag": True, "opened_on": "2019-05-01"}
SMALL = {**GOOD, "floor_area_m2": 30, "name": "乙中心（虚构）"}
GARDEN = (
    ("lakeside/room", "lakeside/garden"),
    ("阅览室标准（虚构）", "花园标准（虚构）"),
    ("Reading room standard", "Garden standard"),
    ("minimum_area =", "garden_area ="),
    (">= minimum_area", ">= garden_area"),
    ('id = "recent"', 'id = "fresh"'),
)
BOTH = ("--standard", "lakeside/room", "--standard", "lakeside/garden")


@pytest.fixture
def evaluate(run: Callable, lakeside: Path) -> Callable:
    """Evaluate a ledger by a room standard of two versions, a garden standard of one, and one that judges areas."""
    text = (lakeside / "standards" / "room-2022.toml").read_text("utf-8")
    for old, new in GARDEN:
        assert old in text
        text = text.replace(old, new)
    garden = text.replace("value = 80", "value = 20").replace("from = 2022-01-01", "from = 2019-01-01")
    (lakeside / "standards" / "garden.toml").write_text(garden, "utf-8")

    def program(ledger: object, *argv: object, language: str = "en") -> object:
        return run("evaluate", ledger, "--rules", lakeside, "--language", language, *argv)

    return program


def verdicts(document: dict) -> dict[str, list]:
    """What each standard says, by subject, as the matrix has it."""
    return {
        row["subject"]: [None if cell is None else cell["meaning"] for cell in row["verdicts"].values()]
        for row in document["matrix"]
    }


def test_each_standard_gives_its_own_verdict(evaluate: Callable, ledger: Callable) -> None:
    """On facts entered once; the exit code is that of all together."""
    judged = {"judgements": {"lakeside/room#style": {"value": "good"}, "lakeside/garden#style": {"value": "good"}}}
    path = ledger(GOOD, SMALL, period="2020")
    data = json.loads(path.read_text("utf-8"))
    data["dossiers"] = [dossier | judged for dossier in data["dossiers"]]
    path.write_text(json.dumps(data), "utf-8")
    done = evaluate(path, *BOTH, "--json")
    assert verdicts(done.data) == {"c1": ["conforms", "conforms"], "c2": ["denies", "conforms"]}
    assert list(done.data["matrix"][0]["verdicts"]) == ["lakeside/room@2020", "lakeside/garden@2022"]
    assert [len(one["reports"]) for one in done.data["standards"]] == [2, 2]
    assert done.code == 2
    shown = evaluate(path, *BOTH)
    assert "c1" in shown.out
    row = next(line.split() for line in shown.out.splitlines() if line.startswith("c2"))
    assert row[-4:] == ["no", "2/3", "yes", "3/3"]


def test_a_judgement_says_of_which_standard_it_is(evaluate: Callable, ledger: Callable) -> None:
    """One under a plain key that two standards have is not taken by either; one that only one has is."""
    path = ledger({**GOOD, "judged": "good"}, period="2020")
    done = evaluate(path, *BOTH, "--json")
    assert verdicts(done.data) == {"c1": ["open", "open"]}
    assert "style" in done.err


def test_versions_are_those_in_force_on_the_day(evaluate: Callable, ledger: Callable) -> None:
    """A version may be pinned; the matrix says which was taken."""
    path = ledger(GOOD, period="2022")
    assert next(iter(evaluate(path, *BOTH, "--json").data["matrix"][0]["verdicts"])) == "lakeside/room@2022"
    pinned = evaluate(path, "--standard", "lakeside/room@2020", "--standard", "lakeside/garden", "--json")
    assert next(iter(pinned.data["matrix"][0]["verdicts"])) == "lakeside/room@2020"


def test_all_that_fit_are_those_in_force_that_judge_such_subjects(evaluate: Callable, ledger: Callable) -> None:
    """Standards that are not in force on the day are left out of `*`, and refused where they are named."""
    path = ledger(GOOD, period="2019")
    done = evaluate(path, "--standard", "*", "--json")
    ours = [one for one in done.data["matrix"][0]["verdicts"] if one.startswith("lakeside/")]
    assert ours == ["lakeside/garden@2022"]
    refused = evaluate(path, *BOTH)
    assert refused.code == 1
    assert "lakeside/room" in refused.err
    assert "2020-01-01" in refused.err


def test_a_day_out_of_force_is_told_of_each_standard(evaluate: Callable, ledger: Callable) -> None:
    """Asked for on the command line, or by a pinned version: it is judged, and run and matrix say of which standard."""
    path = ledger(GOOD, period="2019")
    asked = evaluate(path, *BOTH, "--as-of", "2019-12-31", "-o", "m.html")
    assert asked.code != 1
    assert "note: lakeside/room@2020 is not in force on 2019-12-31" in asked.err
    warning = "Standard not in force on the day judged"
    lines = [line for line in asked.out.splitlines() if warning in line]
    assert [line[:3] for line in lines] == ["[1]"]
    assert Path("m.html").read_text("utf-8").count(warning) == 1
    pinned = evaluate(path, "--standard", "lakeside/room@2022", "--standard", "lakeside/garden")
    assert "note: lakeside/room@2022 is not in force on 2019-12-31" in pinned.err


def test_settings_go_to_the_standard_that_has_them(evaluate: Callable, ledger: Callable) -> None:
    """By a qualified name, or by a plain one where a standard has it."""
    path = ledger(GOOD, period="2020")
    done = evaluate(path, *BOTH, "--set", "garden_area=100", "--set", "lakeside/room#minimum_area=95", "--json")
    assert [one["provenance"]["parameters"] for one in done.data["standards"]] == [
        {"minimum_area": 95},
        {"garden_area": 100},
    ]


def test_files_hold_the_matrix_and_each_standard(evaluate: Callable, ledger: Callable) -> None:
    """A page with a page a standard beside it, a workbook, JSON and CSV."""
    names = ["m.html", "m.xlsx", "m.json", "m.csv"]
    done = evaluate(ledger(GOOD, SMALL, period="2020"), *BOTH, *(part for one in names for part in ("-o", one)))
    assert [line.removeprefix("written: ") for line in done.out.splitlines() if line.startswith("written: ")] == [
        "m.html",
        "m-lakeside-room.html",
        "m-lakeside-garden.html",
        "m.xlsx",
        "m.json",
        "m.csv",
    ]
    page = Path("m.html").read_text("utf-8")
    assert 'href="m-lakeside-garden.html"' in page
    assert "乙中心（虚构）" in page
    assert "lakeside/room@2020" in Path("m-lakeside-room.html").read_text("utf-8")
    assert len(json.loads(Path("m.json").read_text("utf-8"))["matrix"]) == 2
    with Path("m.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert {row[0] for row in rows[1:]} == {"lakeside/room@2020", "lakeside/garden@2022"}


def test_a_standard_is_named_once(evaluate: Callable, ledger: Callable) -> None:
    """Twice the same is a slip."""
    done = evaluate(ledger(GOOD, period="2020"), "--standard", "lakeside/room", "--standard", "lakeside/room")
    assert done.code == 1
    assert "lakeside/room@2022" in done.err

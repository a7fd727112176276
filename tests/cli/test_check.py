# SPDX-License-Identifier: MIT
"""The command `check`: every fault of rule folders at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def spoil(lakeside: Path) -> Callable[..., Path]:
    """Replace text in a file of the rule folder."""

    def change(file: str, old: str, new: str) -> Path:
        path = lakeside / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return lakeside

    return change


def test_sound_rules_are_said_to_be_sound(run: Callable, lakeside: Path) -> None:
    """One line says what was checked."""
    done = run("check", lakeside, "--language", "en")
    assert (done.code, done.err) == (0, "")
    assert done.out == "checked lakeside, no faults (standards: 2, criteria: 6, clauses: 2)\n"
    assert run("check", lakeside, "--json").data == []


@pytest.mark.parametrize("shape", ["folder", "project", "."])
def test_folders_projects_and_the_current_folder_can_be_checked(
    run: Callable, lakeside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    """The folder of rules itself, a project with `src/platformrules_<name>`, and `.`."""
    if shape == "project":
        package = tmp_path / "project" / "src" / "platformrules_lakeside"
        package.parent.mkdir(parents=True)
        lakeside.rename(package)
    monkeypatch.chdir(lakeside if shape == "." else tmp_path)
    path = {"folder": lakeside, "project": "project", ".": "."}[shape]
    done = run("check", path)
    assert (done.code, done.err) == (0, "")


def test_every_fault_is_told_at_once(run: Callable, spoil: Callable) -> None:
    """Of several files, with caret, hint and clause, and how many there are; exit code 3."""
    spoil("standards/room-2022.toml", "center.floor_area_m2", "center.floor_aria_m2")
    spoil("standards/room-2022.toml", 'strength = "must"', 'strength = "musst"')
    folder = spoil(
        "standards/room-2020.toml", 'cites = ["area"]\nstrength = "should"', 'cites = ["aria"]\nstrength = "should"'
    )
    done = run("check", folder, "--language", "en")
    assert (done.code, done.err) == (3, "")
    assert "error[PR403]" in done.out
    assert "error[PR405]: `lakeside` has no clause `aria`" in done.out
    assert "errors: " in done.out.splitlines()[-1]


def test_a_fault_in_an_expression_is_underlined(run: Callable, spoil: Callable) -> None:
    """Form, place, caret, hint and citation of a diagnostic, as the reference shows them."""
    folder = spoil("standards/room-2022.toml", "center.floor_area_m2", "center.floor_aria_m2")
    out = run("check", folder, "--language", "en").out
    assert out == (
        "error[PR301]: unknown fact `floor_aria_m2`\n"
        "  lakeside/standards/room-2022.toml  $.criteria[0].require  1:1\n"
        "    center.floor_aria_m2 >= minimum_area\n"
        "    ^^^^^^^^^^^^^^^^^^^^\n"
        "  help: did you mean `floor_area_m2`?\n"
        "  cites: lakeside area, article 1\n"
        "\n"
        "errors: 1, warnings: 0\n"
    )


def test_warnings_are_faults_of_a_checked_folder(run: Callable, spoil: Callable) -> None:
    """A clause without a disposition does not keep a plugin from working, and does not pass the check."""
    folder = spoil("clauses/lakeside.toml", 'disposition = "not-evaluable"\n', "")
    text = (folder / "clauses" / "lakeside.toml").read_text("utf-8")
    (folder / "clauses" / "lakeside.toml").write_text(
        text.replace('reason = { zh = "没有尺度。", en = "There is no measure." }', ""), "utf-8"
    )
    done = run("check", folder, "--language", "en")
    assert done.code == 3
    assert done.out.startswith("warning[PR407]: the clause `pleasant` has no disposition\n")
    assert done.out.endswith("errors: 0, warnings: 1\n")
    data = run("check", folder, "--json").data
    assert [(one["severity"], one["code"]) for one in data] == [("warning", "PR407")]
    assert run("show", "lakeside/room", "--rules", folder).code == 0


def test_a_path_without_rules_is_a_fault_beside_the_others(run: Callable, lakeside: Path) -> None:
    """The other paths are checked all the same."""
    done = run("check", "nowhere", lakeside, "--language", "en")
    assert done.code == 3
    assert "error[PR405]: no rule files here" in done.out
    assert "\n  nowhere\n" in done.out
    assert "checked lakeside, no faults" in done.out


def test_diagnostics_as_data(run: Callable, spoil: Callable) -> None:
    """Each has its place in the file and in the expression."""
    folder = spoil("standards/room-2022.toml", "center.floor_area_m2", "center.floor_aria_m2")
    done = run("check", folder, "--json")
    assert done.code == 3
    assert done.data == [
        {
            "severity": "error",
            "code": "PR301",
            "message": "unknown fact `floor_aria_m2`",
            "file": "lakeside/standards/room-2022.toml",
            "path": "$.criteria[0].require",
            "text": "center.floor_aria_m2 >= minimum_area",
            "span": [0, 20],
            "help": "did you mean `floor_area_m2`?",
            "cites": "lakeside area, article 1",
        }
    ]


def test_the_shipped_plugin_is_sound(run: Callable) -> None:
    """The rules of Hubei pass the check that everybody's rules get."""
    folder = Path(__file__).parents[2] / "plugins" / "hubei"
    done = run("check", folder, "--language", "en")
    assert (done.code, "no faults" in done.out) == (0, True)

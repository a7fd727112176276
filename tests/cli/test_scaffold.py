# SPDX-License-Identifier: MIT
"""The commands `new` and `schema`: the plugin that is made can be checked, used, tested and installed as it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from platformrules.cli.arguments import KINDS
from platformrules.testing import schemas

SOURCE = Path(__file__).parents[2] / "src"


def python(*argv: object, path: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run Python elsewhere, with the library and one more folder on its path."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(SOURCE), str(path)]), "PYTHONUTF8": "1"}
    argv = (sys.executable, *map(str, argv))
    return subprocess.run(argv, capture_output=True, text=True, check=False, cwd=cwd, env=environment)


@pytest.fixture
def made(run: Callable, tmp_path: Path) -> Path:
    """The project of a plugin as the command makes it."""
    done = run("new", "north_shore", "--directory", "shore", "--language", "en")
    assert (done.code, done.err) == (0, "")
    assert "made the plugin `north_shore` in shore" in done.out
    assert "platformrules check shore" in done.out
    return tmp_path / "shore"


def test_what_is_made_is_sound_and_evaluates(run: Callable, made: Path, tmp_path: Path) -> None:
    """It is checked, shown and evaluated with before it is installed."""
    assert run("check", "shore", "--language", "en").out == (
        "checked platformrules_north_shore, no faults (standards: 1, criteria: 1, clauses: 1)\n"
    )
    shown = run("show", "north_shore/example", "--rules", "shore", "--language", "en")
    assert "reading seats (example) is at least 10" in shown.out
    case = tomllib.loads((made / "src/platformrules_north_shore/cases/example.toml").read_text("utf-8"))["cases"][1]
    center = {"id": "c1", **case["center"]}
    (tmp_path / "ledger.json").write_text(json.dumps({"dossiers": [{"center": center}]}), "utf-8")
    argv = (
        "evaluate",
        "ledger.json",
        "--standard",
        "north_shore/example",
        "--period",
        "2020",
        "--rules",
        made,
        "--json",
    )
    judged = run(*argv)
    assert (judged.code, judged.data["reports"][0]["verdict"]["id"]) == (2, case["expect"]["verdict"])


def test_its_tests_pass(made: Path) -> None:
    """The conformance suite runs by one line of a test file, on the folder as it is."""
    argv = ("-m", "pytest", "-p", "no:cacheprovider", "-v", "--color=no")
    done = python(*argv, path=made / "src", cwd=made)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "tests/test_plugin.py::TestPlugin::test_loads PASSED" in done.stdout
    assert "tests/test_plugin.py::TestPlugin::test_worked_cases_hold PASSED" in done.stdout


def test_its_tests_fail_where_the_rules_are_wrong(made: Path) -> None:
    """Another number in the standard, and no case is right any more."""
    standard = made / "src/platformrules_north_shore/standards/example.toml"
    standard.write_text(standard.read_text("utf-8").replace("value = 10", "value = 11"), "utf-8")
    done = python("-m", "pytest", "-p", "no:cacheprovider", "-q", "--color=no", path=made / "src", cwd=made)
    assert done.returncode == 1
    assert "just-enough: verdict: expected `meets`, found `misses`" in done.stdout


OWN = """
pytest_plugins = ("platformrules.testing.plugin",)
TestPlugin = None


def test_by_the_fixtures(plugin_rulebook, plugin_cases, plugin_under_test):
    assert plugin_rulebook["north_shore/example"] in plugin_under_test.standards
    assert [case.id for case in plugin_cases] == ["just-enough", "one-too-few"]
"""


def test_tests_of_ones_own_find_the_rules(made: Path) -> None:
    """By fixtures; where the name of the suite is taken, it is not collected."""
    (made / "tests" / "test_own.py").write_text(OWN, "utf-8")
    argv = ("-m", "pytest", "-p", "no:cacheprovider", "-v", "--color=no", "tests/test_own.py")
    done = python(*argv, path=made / "src", cwd=made)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "test_own.py::test_by_the_fixtures PASSED" in done.stdout
    assert "1 passed" in done.stdout


def test_the_line_stands_in_a_project(tmp_path: Path) -> None:
    """Elsewhere there is nothing to test, which is told."""
    (tmp_path / "test_lost.py").write_text('pytest_plugins = ["platformrules.testing.plugin"]', "utf-8")
    done = python("-m", "pytest", "-p", "no:cacheprovider", "-q", "--color=no", path=tmp_path, cwd=tmp_path)
    assert done.returncode != 0
    assert "no folder above test_lost.py has rule files" in done.stdout + done.stderr


def test_it_installs_and_is_found(made: Path, tmp_path: Path) -> None:
    """The distribution holds the rule files and the entry point; nothing else is needed to use it."""
    target = tmp_path / "installed"
    argv = ("-m", "pip", "install", "-q", "--no-build-isolation", "--no-deps", "--no-index", "--target", target, made)
    done = python(*argv, path=made / "nothing", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = python("-m", "platformrules", "plugins", "--json", path=target, cwd=tmp_path)
    (found,) = [one for one in json.loads(done.stdout) if one["name"] == "north_shore"]
    assert (found["version"], found["error"]) == ("0.1.0", None)
    assert [one["id"] if isinstance(one, dict) else one for one in found["standards"]] == ["north_shore/example@1"]
    again = python("-m", "platformrules", "new", "north_shore", "--language", "en", path=target, cwd=tmp_path)
    assert again.returncode == 1
    assert "`north_shore` is installed already (version 0.1.0)" in again.stderr
    assert not (tmp_path / "platformrules-north-shore").exists()


def test_everything_is_marked_as_an_example(made: Path) -> None:
    """In both languages, in each file that is to be replaced."""
    files = [*made.glob("src/*/*/*.toml"), *made.glob("src/*/facts.toml"), made / "README.md"]
    assert len(files) == 5
    for path in files:
        text = path.read_text("utf-8")
        assert "示例" in text, path
        assert "example" in text, path
        assert "$" not in text.replace("$schema", ""), path


def test_what_is_there_is_not_written_over(run: Callable, made: Path) -> None:
    """Neither the same plugin nor another one is made in its place, and nothing is changed."""
    readme = made / "README.md"
    readme.write_text("mine", "utf-8")
    for name in ("north_shore", "south_shore"):
        done = run("new", name, "--directory", "shore", "--language", "en")
        assert (done.code, "holds README.md" in done.err, "nothing was written" in done.err) == (1, True, True)
    assert readme.read_text("utf-8") == "mine"
    assert [one.name for one in made.glob("src/*")] == ["platformrules_north_shore"]


def test_a_folder_with_other_things_is_fine(run: Callable, tmp_path: Path) -> None:
    """A fresh repository, say; a plugin in it is not, nor a file in its place."""
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    assert run("new", "shore", "--directory", "repository").code == 0
    (tmp_path / "other" / "src" / "platformrules_bay").mkdir(parents=True)
    done = run("new", "shore", "--directory", "other", "--language", "en")
    assert (done.code, "src/platformrules_bay" in done.err) == (1, True)
    (tmp_path / "file").write_text("mine", "utf-8")
    done = run("new", "shore", "--directory", "file", "--language", "en")
    assert (done.code, "`file` holds" in done.err) == (1, True)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Shaan-Xi", "did you mean `shaan_xi`?"),
        ("north shore", "did you mean `north_shore`?"),
        ("陕西", ""),
        ("_x", "did you mean `x`?"),
        ("a__b", "did you mean `a_b`?"),
        ("9", ""),
        ("x" * 41, ""),
    ],
)
def test_names_that_no_plugin_can_have(run: Callable, tmp_path: Path, name: str, hint: str) -> None:
    """The message says what a name may be, and a name like it that may."""
    done = run("new", name, "--language", "en")
    assert done.code == 1
    assert "lower case letters, digits and single underscores" in done.err
    assert hint in done.err
    assert ("did you mean" in done.err) is bool(hint)
    assert [*tmp_path.iterdir()] == []


def test_the_default_folder_is_named_as_the_distribution(run: Callable, tmp_path: Path) -> None:
    """In the folder in which the program runs."""
    assert run("new", "north_shore").code == 0
    assert (tmp_path / "platformrules-north-shore" / "pyproject.toml").is_file()


def test_editors_are_told_of_the_schemas(made: Path) -> None:
    """The configuration names a schema that is there for every kind of rule file, and the made files fit."""
    rules = tomllib.loads((made / ".taplo.toml").read_text("utf-8"))["rule"]
    assert [one["schema"]["path"] for one in rules] == [f"schemas/{kind}.schema.json" for kind in KINDS]
    for rule in rules:
        validator = jsonschema.Draft7Validator(json.loads((made / rule["schema"]["path"]).read_text("utf-8")))
        kind = Path(rule["schema"]["path"]).name.partition(".")[0]
        for path in made.glob(rule["include"][0].replace("**/", "src/platformrules_north_shore/")):
            text = json.dumps(tomllib.loads(path.read_text("utf-8")), default=str)
            assert [*validator.iter_errors(json.loads(text))] == [], (kind, path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_printed(run: Callable, kind: str) -> None:
    """As it is shipped."""
    done = run("schema", kind)
    assert (done.code, done.data) == (0, schemas.schema_of(kind))


def test_an_unknown_kind_is_told(run: Callable) -> None:
    """With those there are."""
    done = run("schema", "standard", "--language", "en")
    assert done.code == 1
    assert "there are: facts clauses standards procedures ledgers cases; did you mean `standards`?" in done.err


def test_the_kinds_are_those_with_a_class() -> None:
    """The command knows what the classes know."""
    assert tuple(schemas.KINDS) == KINDS

# SPDX-License-Identifier: MIT
"""The documentation is run: every snippet and every command, and the reference leaves nothing out."""

from __future__ import annotations

import inspect
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from platformrules import diagnostics, hookspecs, ledger
from platformrules.cli import main
from platformrules.cli.arguments import COMMANDS, SUFFIXES
from platformrules.cli.exits import ExitCode
from platformrules.criteria.datatypes import Datatype
from platformrules.criteria.signatures import FUNCTIONS, GATHERINGS, OPERATORS, PARTS, Signature
from platformrules.plugins import rule_folder
from platformrules.reporting import across, clause_pages
from platformrules.standards.rulebook import Rulebook, load_rulebook

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
PAGES = [*READMES, *sorted((ROOT / "docs").rglob("*.md"))]
REFERENCE = ROOT / "docs" / "reference"

_BLOCK = re.compile(
    r"(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)
_COMMAND = re.compile(r"(?:\$ )?platformrules (?P<words>[^#]*)(?:# \D*(?P<code>\d))?")
# In a block with prompts alone: what the readmes do before anything is installed is the gate's own work.
_PYTHON = re.compile(r"\$ (?P<words>python -m (?:pytest|pip install \./)[^#]*)(?:# \D*(?P<code>\d))?")


def blocks(page: Path) -> list[re.Match[str]]:
    """The fenced blocks of a page."""
    return list(_BLOCK.finditer(page.read_text("utf-8")))


def name(page: Path) -> str:
    """A page as the report of tests calls it."""
    return page.relative_to(ROOT).as_posix()


RUN = [page for page in PAGES if any(block["kind"] in {"python", "console", "sh"} for block in blocks(page))]


@pytest.mark.parametrize("page", RUN, ids=name)
def test_each_page_can_be_followed(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From top to bottom in an empty folder: files are written, snippets run, commands end as the page says."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    names: dict[str, object] = {}
    for block in blocks(page):
        if block["file"]:
            path = tmp_path / block["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["body"], "utf-8")
        elif block["kind"] == "python":
            exec(compile(block["body"], name(page), "exec"), names)  # noqa: S102 - our own documentation
        elif block["kind"] in {"console", "sh"}:
            for command, code, shown in commands(block["body"]):
                if command.startswith("python "):
                    printed = run_python(command, code, tmp_path)
                    monkeypatch.syspath_prepend(tmp_path / "site")  # what pip has installed there is found from now on
                else:
                    assert main(shlex.split(command)) == code, command
                    found = capsys.readouterr()
                    printed = found.out + found.err
                assert_shown(shown, printed.splitlines(), command)


def run_python(command: str, code: int, folder: Path) -> str:
    """Run Python on a page's folder, beside the library; pip installs into a folder of the test, from nowhere else."""
    words = shlex.split(command)[1:]
    if words[:3] == ["-m", "pip", "install"]:
        words[3:3] = ["-q", "--no-index", "--no-deps", "--no-build-isolation", "--target", str(folder / "site")]
    else:
        words += ["-p", "no:cacheprovider", "--color=no"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, check=False, cwd=folder, env=environment
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def commands(body: str) -> Iterator[tuple[str, int, list[str]]]:
    """The commands of a block that are ours, each with its exit code and the output that is shown below it."""
    found: tuple[str, int, list[str]] | None = None
    for line in body.splitlines():
        command = _COMMAND.match(line) or _PYTHON.match(line)
        if command or line.startswith("$ "):
            if found:
                yield found
            found = (command["words"].strip(), int(command["code"] or 0), []) if command else None
        elif found and body.startswith("$ "):
            found[2].append(line)
    if found:
        yield found


def assert_shown(shown: list[str], printed: list[str], command: str) -> None:
    """The lines that a page shows are printed in this order; `…` stands for any number of others."""
    at, skipping = 0, False
    for line in shown:
        if line.strip() == "…":
            skipping = True
            continue
        if skipping:
            assert line in printed[at:], f"{command}: not printed: {line}"
            at = printed.index(line, at)
        assert printed[at : at + 1] == [line], command
        at, skipping = at + 1, False


def test_shown_output_is_compared() -> None:
    """A page may leave out lines with `…`, and must not show others than are printed."""
    assert_shown(["a", "…", "d"], ["a", "b", "c", "d", "e"], "")
    with pytest.raises(AssertionError):
        assert_shown(["a", "d"], ["a", "b", "c", "d"], "")
    with pytest.raises(AssertionError):
        assert_shown(["…", "x"], ["a", "b"], "")


def test_commands_are_found_in_blocks() -> None:
    """With and without a prompt, with their exit code in a comment of either language."""
    body = "$ pip install x\n$ platformrules a b   # exit code 2\nout\n$ platformrules c\n"
    assert list(commands(body)) == [("a b", 2, ["out"]), ("c", 0, [])]
    assert list(commands("platformrules a # 退出码 4\nplatformrules b\n")) == [("a", 4, []), ("b", 0, [])]


# What the reference holds


def section(page: Path, heading: str) -> str:
    """The text below a heading, up to the next heading of its level or above."""
    text = page.read_text("utf-8")
    level, _, _ = heading.partition(" ")
    found = re.search(rf"^{re.escape(heading)}$(.*?)(?=^#{{1,{len(level)}}} |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, f"{name(page)} lacks the heading `{heading}`"
    return found[1]


@pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))
def test_each_command_is_in_the_reference(command: object) -> None:
    """Each command has a heading, and each of its arguments a row below it."""
    page = REFERENCE / "cli.md"
    text = section(page, f"## `{command.name}`")
    for argument in command.arguments:
        names = [argument.settings["metavar"]] if argument.names[0].isidentifier() else argument.names
        assert f"| {', '.join(f'`{one}`' for one in names)} |" in text, argument.names


def test_common_options_and_exit_codes_are_in_the_reference() -> None:
    """Every exit code and the options of every command have a row."""
    page = REFERENCE / "cli.md"
    codes = section(page, "## Exit codes")
    assert all(f"| {code.value} |" in codes for code in ExitCode)
    shared = section(page, "## Options of every command")
    for option in ("`--language`", "`--rules`", "`--json`", "`-h`, `--help`", "`--version`"):
        assert f"| {option} |" in shared
    assert all(suffix in section(page, "## `evaluate`") for suffix in SUFFIXES)


@pytest.mark.parametrize("code", diagnostics.CODES)
def test_each_diagnostic_is_in_the_reference(code: str) -> None:
    """Each code has a heading, and what it says in general begins its text."""
    text = section(REFERENCE / "diagnostics.md", f"### {code}").strip()
    said = diagnostics.CODES[code]
    assert " ".join(text.split()).startswith(said[0].upper() + said[1:])


@pytest.mark.parametrize("code", ledger.CODES)
def test_each_problem_of_a_ledger_is_in_the_reference(code: str) -> None:
    """Each code has a row with what it says in general."""
    assert f"| `{code}` | {ledger.CODES[code].en} |" in section(REFERENCE / "diagnostics.md", "## Ledgers")


def hooks() -> list[str]:
    """The names of all hooks."""
    return [one for one in vars(hookspecs) if one.startswith("platformrules_")]


@pytest.mark.parametrize("hook", hooks())
def test_each_hook_is_in_the_reference(hook: str) -> None:
    """Each hook has a heading with its exact signature, and its docstring begins the text below."""
    function = getattr(hookspecs, hook)
    signature = str(inspect.signature(function)).replace("'", "")
    text = section(REFERENCE / "hooks.md", f"## `{hook}{signature}`")
    said = inspect.getdoc(function) or ""
    assert said.replace("``", "`") in " ".join(text.split())


def words(datatype: Datatype) -> str:
    """A type as the reference calls it."""
    return "whole number" if datatype.whole else datatype.kind.value


def operands(signature: Signature) -> str:
    """The column of operands."""
    limits = {index: f" {least} to {most}" for index, least, most in signature.literal}
    said = [words(one) + limits.get(index, "") for index, one in enumerate(signature.operands)]
    first = len(said) - signature.optional
    said = [*said[:first], *(f"[{one}]" for one in said[first:])]
    return ", ".join([*said, "…"] if signature.variadic else said)


def rows(heading: str) -> dict[str, list[str]]:
    """The rows of the table below a heading of the language, by the name in their first cell."""
    lines = [line for line in section(REFERENCE / "language.md", heading).splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return {re.split(r"[(`]", row[0].strip("`"))[0]: row for row in cells}


def test_each_function_is_in_the_reference() -> None:
    """Each function of values has a row with its operands and its value, and no other has."""
    documented = rows("## Functions of values")
    assert set(documented) == set(FUNCTIONS)
    for function, signature in FUNCTIONS.items():
        assert documented[function][1:3] == [operands(signature), words(signature.value)], function


def test_each_gathering_is_in_the_reference() -> None:
    """Each function of rows has a row with its element and its value, and no other has."""
    documented = rows("## Functions of rows")
    assert set(documented) == set(GATHERINGS)
    for function, gathering in GATHERINGS.items():
        element = "anything" if gathering.element is None else words(gathering.element)
        value = "as the element" if gathering.value is None else words(gathering.value)
        assert documented[function][1:3] == [element, value], function
        assert documented[function][3].startswith("`default=`") is gathering.default, function


def test_each_operator_and_part_is_in_the_reference() -> None:
    """Each operator and each part of a value has a row, and no other has."""
    assert set(rows("## Operators")) == set(OPERATORS)
    documented = rows("## Parts of values")
    assert set(documented) - {"row.fact", "row.month"} == {f"{owner}.{part}" for owner, part in PARTS}
    for (owner, part), datatype in PARTS.items():
        assert documented[f"{owner}.{part}"][1] == words(datatype)


# What is made from the rule files


@pytest.fixture(scope="module")
def repository() -> Rulebook:
    """The plugins of this repository, whatever else is installed."""
    folders = sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml"))
    return load_rulebook([rule_folder(folder) for folder in folders])


def test_the_pages_of_documents_are_those_that_are_made(repository: Rulebook) -> None:
    """`make docs` changes nothing: each document has its page, and no page is left over."""
    folder = REFERENCE / "documents"
    pages = clause_pages(repository)
    assert sorted(pages) == sorted(path.name for path in folder.iterdir()), "run `make docs`, and remove what is left"
    stale = [name for name, text in pages.items() if (folder / name).read_text("utf-8") != text]
    assert stale == [], "run `make docs`"


def test_the_comparison_of_jurisdictions_is_the_one_that_is_made(repository: Rulebook) -> None:
    """`make docs` changes nothing."""
    page = ROOT / "docs" / "explanation" / "across-jurisdictions.md"
    assert page.read_text("utf-8") == across(repository, "../reference/documents"), "run `make docs`"


# What the readmes say


@pytest.mark.parametrize("page", READMES, ids=name)
def test_the_two_commands_are_targets_of_the_makefile(page: Path) -> None:
    """Both readmes name `make demo` and `make test`, and the Makefile has them."""
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for target in ("demo", "test"):
        assert f"make {target}" in page.read_text("utf-8")
        assert target in targets


@pytest.mark.parametrize("page", READMES, ids=name)
def test_the_table_of_commands_is_complete(page: Path) -> None:
    """Both readmes have a row for each command."""
    text = page.read_text("utf-8")
    assert all(f"| `{command}" in text for command in COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    """Each link to a file of the repository finds it."""
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []

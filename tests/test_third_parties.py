# SPDX-License-Identifier: MIT
"""Who may import what from outside; what is inside, and in which direction, import-linter says (pyproject.toml)."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "platformrules"

# Third party -> the modules of platformrules that import it, each with all that is under it. A row for each runtime
# dependency of pyproject.toml, and no other.
OWNERS: dict[str, tuple[str, ...]] = {
    "attrs": ("",),  # what everything is made of
    "cattrs": ("serialization",),
    "chinesecalendar": ("calendars",),
    "hypothesis": ("testing",),
    "jinja2": ("reporting",),
    "pluggy": ("hookspecs", "plugins"),
    "pytest": ("testing",),
    "python_calamine": ("ledger",),
    "tomli": ("serialization", "standards"),
    "xlsxwriter": ("ledger", "reporting.xlsx"),
}
# Names under which a third party is imported, where they are not those of its distribution.
OTHER_NAMES = {"attr": "attrs", "chinese_calendar": "chinesecalendar", "_pytest": "pytest"}
# Heavy or effectful members of the standard library that have an owner as well.
STANDARD_LIBRARY_OWNERS: dict[str, tuple[str, ...]] = {"argparse": ("cli",)}
# What a plugin may know of the core.
OPEN_TO_PLUGINS = {"platformrules", "platformrules.hookspecs", "platformrules.testing"}


def modules(source: Path) -> list[Path]:
    """Every module under a source folder, in order."""
    return sorted(source.rglob("*.py"))


def dotted_name(path: Path, source: Path) -> str:
    """`ledger.read` for `<source>/ledger/read.py`, and the empty name for the package itself."""
    parts = path.relative_to(source).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every absolute import of a module, in functions and by `import_module` as well."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield node.lineno, module
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(module)), *_],
            ) if not module.startswith("."):
                yield node.lineno, module


def outside(path: Path) -> Iterator[tuple[int, str]]:
    """Line and top-level name of what a module imports from other people or from an owned part of the library."""
    for line, module in imports(path):
        top = OTHER_NAMES.get(module.partition(".")[0], module.partition(".")[0])
        if top != "platformrules" and (top not in sys.stdlib_module_names or top in STANDARD_LIBRARY_OWNERS):
            yield line, top


def owns(owners: tuple[str, ...], module: str) -> bool:
    """Whether a module is one of the owners or lies under one."""
    return any(not owner or module == owner or module.startswith(f"{owner}.") for owner in owners)


def test_third_parties_are_imported_by_their_owners_alone() -> None:
    """No module imports a third party it does not own, and nobody imports one that is not in the table."""
    table = OWNERS | STANDARD_LIBRARY_OWNERS
    strays = [
        f"{path.relative_to(ROOT)}:{line}: {third_party} belongs to {table.get(third_party, 'nobody')}"
        for path in modules(PACKAGE)
        for line, third_party in outside(path)
        if not owns(table.get(third_party, ()), dotted_name(path, PACKAGE))
    ]
    assert strays == []


def test_each_runtime_dependency_has_an_owner() -> None:
    """The table of owners has a row for each dependency that pyproject.toml declares for users, and no other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    requirements = project["dependencies"] + [
        requirement for extra in extras if extra not in {"all", "dev"} for requirement in extras[extra]
    ]
    names = {re.split(r"[^\w.-]", requirement)[0].lower().replace("-", "_") for requirement in requirements}
    assert names == set(OWNERS)


def test_plugins_know_the_facade_alone() -> None:
    """A plugin imports the facade, the hook marker and the conformance suite; the core imports no plugin."""
    strays = [
        f"{path.relative_to(ROOT)}:{line}: {module}"
        for source in sorted(ROOT.glob("plugins/*/src/platformrules_*"))
        for path in modules(source)
        for line, module in imports(path)
        if module.partition(".")[0] not in sys.stdlib_module_names | {source.name} and module not in OPEN_TO_PLUGINS
    ]
    strays += [
        f"{path.relative_to(ROOT)}:{line}: {module}"
        for path in modules(PACKAGE)
        for line, module in imports(path)
        if module.startswith("platformrules_")
    ]
    assert strays == []


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """Top-level names of what `import platformrules` loads in a fresh process, beyond what was there at its start."""
    program = "import sys; before = set(sys.modules); import platformrules; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("third_party", sorted(set(OWNERS) - {"attrs"} | set(STANDARD_LIBRARY_OWNERS)))
def test_the_facade_loads_no_heavy_library(loaded: set[str], third_party: str) -> None:
    """`import platformrules` leaves every library but attrs for the first use of what needs it."""
    assert "platformrules" in loaded
    assert third_party not in loaded


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("import jinja2.ext", ["jinja2.ext"]),
        ("def f():\n    from cattrs.gen import x", ["cattrs.gen"]),
        ("from . import x", []),
        ("import importlib\nimportlib.import_module('duckdb')", ["importlib", "duckdb"]),
        ("__import__('pytest')", ["pytest"]),
        ("import_module('.ledger', __name__)", []),
    ],
)
def test_imports_are_seen_wherever_they_hide(tmp_path: Path, program: str, expected: list[str]) -> None:
    """The walk finds imports in functions and by name, and passes over relative ones."""
    path = tmp_path / "module.py"
    path.write_text(program, "utf-8")
    assert [name for _, name in imports(path)] == expected

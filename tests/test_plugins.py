# SPDX-License-Identifier: MIT
"""Plugins are found by entry points; one that is broken is listed with its error, and the others work."""

from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from platformrules import plugins
from platformrules.errors import RuleFileError
from platformrules.hookspecs import hookimpl

FACTS = """format = 1
[[facts]]
id = "{name}_garden"
on = "center"
type = "boolean"
label = {{ zh = "{name} 花园", en = "{name} garden" }}
"""


class Entry:
    """An entry point whose module is made up."""

    dist = None

    def __init__(self, name: str, load: Callable[[], Any], value: str = "") -> None:
        """A plugin of that name; `load` gives its module, or raises."""
        self.name, self.value, self.load = name, value or f"platformrules_{name}", load


def module(**members: Any) -> Callable[[], ModuleType]:
    """What loads a module with these members."""
    made = ModuleType("made_up")
    vars(made).update(members)
    return lambda: made


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[str], Path]:
    """Makes the rule folder of a plugin."""

    def make(name: str) -> Path:
        root = tmp_path / name
        root.mkdir()
        root.joinpath("facts.toml").write_text(FACTS.format(name=name), encoding="utf-8")
        return root

    return make


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts these entry points in the place of the installed ones."""

    def put(*entries: Entry) -> None:
        monkeypatch.setattr(plugins, "entry_points", lambda group: entries if group == "platformrules" else ())

    return put


def rules(root: Any) -> Callable[[], ModuleType]:
    """A plugin module whose hook returns a folder."""
    return module(platformrules_rules=hookimpl(lambda: root, specname="platformrules_rules"))


def test_plugins_are_sorted_by_name(install: Callable[..., None], folder: Callable[[str], Path]) -> None:
    """The order of entry points does not matter."""
    install(Entry("beta", rules(folder("beta"))), Entry("alpha", rules(folder("alpha"))))
    rulebook = plugins.load()
    assert [(info.name, info.error) for info in rulebook.plugins] == [("alpha", ""), ("beta", "")]
    assert rulebook.faults == ()


def raising() -> ModuleType:
    """An import that fails."""
    message = "no module named `rooms`"
    raise ImportError(message)


@pytest.mark.parametrize(
    ("load", "error"),
    [
        (raising, "ImportError: no module named `rooms`"),
        (module(platformrules_rule=hookimpl(lambda: None, specname="platformrules_rule")), "unknown hook"),
        (module(), "PlatformRulesError: its hook `platformrules_rules` is missing or returns no folder"),
        (rules("a text"), "PlatformRulesError: its hook `platformrules_rules` is missing or returns no folder"),
    ],
    ids=["import", "misspelt", "no-hook", "no-folder"],
)
def test_a_broken_plugin_is_listed_and_the_others_work(
    install: Callable[..., None], folder: Callable[[str], Path], load: Callable[[], Any], error: str
) -> None:
    """A failed import, a misspelt hook, no hook and a hook without a folder are told; the next plugin loads."""
    install(Entry("alpha", load), Entry("beta", rules(folder("beta"))))
    rulebook = plugins.load()
    alpha, beta = rulebook.plugins
    assert error in alpha.error
    assert beta.error == ""
    assert [(fault.code, fault.file) for fault in rulebook.faults] == [("PR601", "alpha")]
    assert "beta_garden" in rulebook.schema.facts["center"]


def test_two_plugins_of_one_name_are_both_refused(install: Callable[..., None], folder: Callable[[str], Path]) -> None:
    """Which of the two is meant cannot be known: the error names both."""
    one, other = (Entry("alpha", rules(folder(name)), f"module_{name}") for name in ("one", "other"))
    install(one, other, Entry("beta", rules(folder("beta"))))
    alpha, beta = plugins.load().plugins
    assert alpha.error == "two plugins are named `alpha`: module_one and module_other"
    assert beta.error == ""


def test_an_entry_point_seen_twice_is_one_plugin(install: Callable[..., None], folder: Callable[[str], Path]) -> None:
    """An installed distribution may be on the path twice, as an editable install and its metadata."""
    root = folder("alpha")
    install(Entry("alpha", rules(root)), Entry("alpha", rules(root)))
    assert [(info.name, info.error) for info in plugins.load().plugins] == [("alpha", "")]


def test_a_folder_takes_the_place_of_the_installed_plugin(
    install: Callable[..., None], folder: Callable[[str], Path]
) -> None:
    """A rule folder given by its path is loaded with the others, and instead of one of its name."""
    root = folder("alpha")
    install(Entry("alpha", rules(root / "nowhere")), Entry("beta", rules(folder("beta"))))
    rulebook = plugins.load([root])
    assert [info.name for info in rulebook.plugins] == ["alpha", "beta"]
    assert "alpha_garden" in rulebook.schema.facts["center"]


def test_a_folder_is_named_by_where_it_is(
    install: Callable[..., None], folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative path such as `.` names the folder that it leads to."""
    install()
    root = folder("alpha")
    for working, path in ((root, "."), (root.parent, "alpha"), (root.parent, Path("alpha", "..", "alpha"))):
        monkeypatch.chdir(working)
        (info,) = plugins.load([path]).plugins
        assert (info.name, info.version, info.error) == ("alpha", "", "")
        assert plugins.rule_folder(Path(path)).folder == "alpha"


def test_the_project_of_a_plugin_leads_to_its_package(install: Callable[..., None], tmp_path: Path) -> None:
    """The package inside `src` gives the name, with hyphens as the underscores of its ids."""
    install()
    package = tmp_path / "src" / "platformrules_north-bank"
    package.mkdir(parents=True)
    package.joinpath("facts.toml").write_text(FACTS.format(name="north_bank"), encoding="utf-8")
    rulebook = plugins.load([str(tmp_path)])
    assert [(info.name, info.error) for info in rulebook.plugins] == [("north_bank", "")]
    assert "north_bank_garden" in rulebook.schema.facts["center"]


@pytest.mark.parametrize(("name", "is_folder"), [("standards", True), ("clauses", True), ("cases", False)])
def test_a_folder_of_rules_is_known_by_what_is_in_it(tmp_path: Path, name: str, is_folder: bool) -> None:  # noqa: FBT001
    """Standards or clauses will do; cases alone are no rules."""
    tmp_path.joinpath(name).mkdir()
    if is_folder:
        assert plugins.rule_folder(tmp_path).root == tmp_path
    else:
        with pytest.raises(RuleFileError, match="PR405"):
            plugins.rule_folder(tmp_path)


def test_a_plugin_has_the_version_of_its_distribution(
    install: Callable[..., None], folder: Callable[[str], Path]
) -> None:
    """Broken or not; one without a distribution has none."""
    good, bad, bare = Entry("good", rules(folder("good"))), Entry("bad", raising), Entry("bare", rules(folder("bare")))
    good.dist = bad.dist = SimpleNamespace(version="1.2")
    install(good, bad, bare)
    assert [(one.name, one.version) for one in plugins.load().plugins] == [
        ("bad", "1.2"),
        ("bare", ""),
        ("good", "1.2"),
    ]


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    """What is expected is named."""
    with pytest.raises(RuleFileError, match="no rule files here: expected `standards/`"):
        plugins.load([tmp_path])


def test_entry_points_are_read_from_the_metadata() -> None:
    """The plugins of this repository are installed where its tests run."""
    sources, _ = plugins.installed()
    assert {"handan", "hubei"} <= {source.plugin for source in sources}
    assert all(isinstance(entry, EntryPoint) for entry in plugins.entry_points(group="platformrules"))

# SPDX-License-Identifier: MIT
"""Finding the installed plugins and loading what they bring; alone, with hookspecs, imports pluggy."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from importlib.resources.abc import Traversable
from pathlib import Path

import pluggy

from platformrules import hookspecs
from platformrules.diagnostics import Diagnostic, printable
from platformrules.errors import PlatformRulesError, RuleFileError
from platformrules.standards.rulebook import PluginInfo, Rulebook, RuleSource, load_rulebook


def load(folders: Iterable[Path | str] = ()) -> Rulebook:
    """The rules of all installed plugins, and of rule folders that are not installed.

    A plugin that cannot be imported, misspells a hook or has wrong rule files is listed in ``Rulebook.plugins`` with
    its error, and the others work.

    Raises:
        RuleFileError: a folder holds no rule files.
    """
    sources, broken = installed()
    added = [rule_folder(Path(folder)) for folder in folders]
    names = {source.plugin for source in added}
    return load_rulebook([*(source for source in sources if source.plugin not in names), *added], broken)


def installed() -> tuple[list[RuleSource], list[PluginInfo]]:
    """The rule folders of the installed plugins sorted by name, and the plugins that cannot be used."""
    sources: list[RuleSource] = []
    broken: list[PluginInfo] = []
    seen: dict[str, EntryPoint] = {}
    for entry in sorted(entry_points(group=hookspecs.PROJECT), key=lambda one: (one.name, one.value)):
        version = entry.dist.version if entry.dist is not None else ""
        if entry.name in seen and seen[entry.name].value != entry.value:
            error = f"two plugins are named `{entry.name}`: {seen[entry.name].value} and {entry.value}"
            sources = [source for source in sources if source.plugin != entry.name]
            broken.append(PluginInfo(entry.name, version, error=error))
            continue
        if entry.name in seen:
            continue
        seen[entry.name] = entry
        try:
            sources.append(RuleSource(entry.name, _rules(entry), version))
        except Exception as error:  # noqa: BLE001 - whatever a plugin does must not stop the others
            broken.append(PluginInfo(entry.name, version, error=f"{type(error).__name__}: {error}"))
    return sources, broken


def _rules(entry: EntryPoint) -> Traversable:
    """Ask one plugin for its rule folder; each has a manager of its own, so that one cannot disturb another."""
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.register(entry.load(), name=entry.name)
    manager.check_pending()
    folders = manager.hook.platformrules_rules()
    if not folders or not isinstance(folders[0], Traversable):
        message = "its hook `platformrules_rules` is missing or returns no folder (importlib.resources.files(…))"
        raise PlatformRulesError(message)
    return folders[0]


def rule_folder(folder: Path) -> RuleSource:
    """The rule files of a folder that is not installed: a plugin's project, its package, or the folder itself.

    Raises:
        RuleFileError: there are no rule files.
    """
    candidates = [folder, *sorted(folder.glob("src/platformrules_*"))]
    for root in candidates:
        if any(root.joinpath(name).exists() for name in ("standards", "procedures", "clauses", "facts.toml")):
            folder_name = root.resolve().name  # of `.` too
            name = folder_name.removeprefix("platformrules_").replace("-", "_")
            return RuleSource(name, root, folder=printable(folder_name))
    message = "no rule files here: expected `standards/`, `clauses/` or `facts.toml`"
    raise RuleFileError([Diagnostic("PR405", message, str(folder))])

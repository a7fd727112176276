# SPDX-License-Identifier: MIT
"""The pytest plugin of rule plugins.

One line in a test file of a plugin's project is all that it takes:

    pytest_plugins = ["platformrules.testing.plugin"]

Where that line stands, the conformance suite is collected as ``TestPlugin``, for the rule files of the project that
the test file lies in, installed or not. Tests of one's own find the rules by the fixtures below.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from platformrules.errors import RuleFileError
from platformrules.plugins import rule_folder
from platformrules.standards.rulebook import Rulebook, RuleSource
from platformrules.testing.cases import Case, read_cases
from platformrules.testing.conformance import check_plugin
from platformrules.testing.examined import PluginUnderTest

_LINE = "pytest_plugins"
_SUITE = "TestPlugin"


def project_of(path: Path) -> RuleSource:
    """The rule files of the project that a file lies in: of the nearest folder above that has any.

    Raises:
        pytest.UsageError: there are none.
    """
    for folder in path.resolve().parents:
        try:
            return rule_folder(folder)
        except RuleFileError:
            continue
    message = f"no folder above {path.name} has rule files in `src/platformrules_*`: put it into a plugin's project"
    raise pytest.UsageError(message)


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector: Any, name: str, obj: object) -> Any:  # noqa: ANN401 - as pytest has it
    """Collect the suite where the line stands."""
    asked = isinstance(obj, list | tuple) and __name__ in obj
    if name != _LINE or not asked or not isinstance(collector, pytest.Module) or hasattr(collector.obj, _SUITE):
        return None
    source = project_of(collector.path)
    setattr(collector.obj, _SUITE, check_plugin(source.plugin, Path(str(source.root))))
    return pytest.Class.from_parent(collector, name=_SUITE)


@pytest.fixture(scope="module")
def plugin_under_test(request: pytest.FixtureRequest) -> PluginUnderTest:
    """All that the suite looks at of the plugin of this project."""
    source = project_of(request.path)
    return PluginUnderTest(source.plugin, Path(str(source.root)))


@pytest.fixture(scope="module")
def plugin_rulebook(plugin_under_test: PluginUnderTest) -> Rulebook:
    """The rules of this project, and of all installed plugins."""
    return plugin_under_test.rulebook


@pytest.fixture(scope="module")
def plugin_cases(plugin_under_test: PluginUnderTest) -> tuple[Case, ...]:
    """The worked cases of this project's standards."""
    return read_cases(plugin_under_test.source, plugin_under_test.rulebook)

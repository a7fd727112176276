# SPDX-License-Identifier: MIT
"""What a plugin can add: every hook, one docstring each."""

from __future__ import annotations

from importlib.resources.abc import Traversable

import pluggy

#: The entry-point group of plugins, and the name of the project in pluggy.
PROJECT = "platformrules"

hookspec = pluggy.HookspecMarker(PROJECT)
#: Marks the implementations of hooks in a plugin.
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def platformrules_rules() -> Traversable:  # type: ignore[empty-body]
    """Return the folder of the plugin's rule files: ``facts.toml``, ``clauses/``, ``standards/``, ``cases/``."""

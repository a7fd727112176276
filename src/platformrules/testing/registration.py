# SPDX-License-Identifier: MIT
"""What Hypothesis calls when it is imported, by its entry point: ``st.from_type(Center)`` then works everywhere.

Only the models load then; strategies load when one of the types is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_STRATEGIES = {"Center": "centers", "Activity": "activities", "Organization": "organizations", "Area": "areas"}


def register() -> None:
    """Tell Hypothesis how the models are made."""
    from hypothesis.strategies import register_type_strategy  # noqa: PLC0415 - Hypothesis is half imported above

    models = import_module("platformrules.models")
    for name, strategy in _STRATEGIES.items():
        register_type_strategy(getattr(models, name), _resolver(strategy))


def _resolver(name: str) -> Any:  # noqa: ANN401 - a function of a type
    return lambda _: getattr(import_module("platformrules.testing.strategies"), name)()

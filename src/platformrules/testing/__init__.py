# SPDX-License-Identifier: MIT
"""What plugins and engines are tested with; alone imports hypothesis and pytest.

Everything loads on first touch: Hypothesis looks in here when it is imported itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from platformrules.testing.conformance import check_plugin
    from platformrules.testing.consistency import (
        Checked,
        disjoint,
        implies,
        monotone,
        no_redundant_criterion,
        satisfiable,
        versions_differ_only_in,
    )
    from platformrules.testing.purposes import near_thresholds, passing
    from platformrules.testing.strategies import activities, areas, centers, dossiers, organizations

__all__ = [
    "Checked",
    "activities",
    "areas",
    "centers",
    "check_plugin",
    "disjoint",
    "dossiers",
    "implies",
    "monotone",
    "near_thresholds",
    "no_redundant_criterion",
    "organizations",
    "passing",
    "satisfiable",
    "versions_differ_only_in",
]

_HOMES = {
    "conformance": ("check_plugin",),
    "consistency": (
        "Checked",
        "disjoint",
        "implies",
        "monotone",
        "no_redundant_criterion",
        "satisfiable",
        "versions_differ_only_in",
    ),
    "purposes": ("near_thresholds", "passing"),
    "strategies": ("activities", "areas", "centers", "dossiers", "organizations"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - each name has its own type, told to type checkers above
    """Load a public name on first touch."""
    if name not in _HOME_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted({*globals(), *__all__})

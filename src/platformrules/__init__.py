# SPDX-License-Identifier: MIT
"""platformrules: the standards for Chinese youth platforms as cited, typed, testable rules.

    rulebook = platformrules.load()
    report = platformrules.evaluate(rulebook["hubei/demonstration"], dossier)

Everything loads on first touch: ``import platformrules`` imports nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from platformrules.bounds import Bounds
    from platformrules.cases import evaluate_case
    from platformrules.dossiers import Dossier, Judgement, SubUnit, Waiver
    from platformrules.errors import PlatformRulesError
    from platformrules.evaluation import Evaluator, evaluate, evaluate_many
    from platformrules.hookspecs import hookimpl
    from platformrules.ledger import read_ledger
    from platformrules.models import Activity, Area, Center, Organization, Row
    from platformrules.periods import Period
    from platformrules.plugins import load
    from platformrules.results import Outcome, Report
    from platformrules.truth import Truth

__all__ = [
    "Activity",
    "Area",
    "Bounds",
    "Center",
    "Dossier",
    "Evaluator",
    "Judgement",
    "Organization",
    "Outcome",
    "Period",
    "PlatformRulesError",
    "Report",
    "Row",
    "SubUnit",
    "Truth",
    "Waiver",
    "evaluate",
    "evaluate_case",
    "evaluate_many",
    "hookimpl",
    "load",
    "read_ledger",
]

_HOMES = {
    "bounds": ("Bounds",),
    "cases": ("evaluate_case",),
    "dossiers": ("Dossier", "Judgement", "SubUnit", "Waiver"),
    "errors": ("PlatformRulesError",),
    "evaluation": ("Evaluator", "evaluate", "evaluate_many"),
    "hookspecs": ("hookimpl",),
    "ledger": ("read_ledger",),
    "models": ("Activity", "Area", "Center", "Organization", "Row"),
    "periods": ("Period",),
    "plugins": ("load",),
    "results": ("Outcome", "Report"),
    "truth": ("Truth",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - each name has its own type, told to type checkers above
    """Load a public name on first touch."""
    if name == "__version__":
        return import_module("platformrules.release").library_version()
    if name not in _HOME_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted({*globals(), *__all__})

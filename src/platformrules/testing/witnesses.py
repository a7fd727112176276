# SPDX-License-Identifier: MIT
"""A dossier that tells a mistaken standard from the right one, as a worked case: asks no Hypothesis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from random import Random
from typing import Any

from attrs import frozen

from platformrules.dossiers import Dossier
from platformrules.errors import PlatformRulesError, RuleFileError
from platformrules.evaluation import evaluate
from platformrules.results import Report
from platformrules.standards.model import Standard
from platformrules.testing.cases import Case
from platformrules.testing.casewriter import case_toml, plain_value
from platformrules.testing.construction import Plan, construct
from platformrules.testing.smallest import smallest

_TRIES = 60


@frozen(eq=False)
class Witness:
    """A worked case that tells a mistake from the rule.

    Attributes:
        toml: the case.
        right: the standard, with the parameters of the case.
        dossier: what it judges.
        overrides: these parameters.
    """

    toml: str
    right: Standard
    dossier: Dossier
    overrides: Mapping[str, Any]

    def notices(self, mistaken: Standard) -> bool:
        """Whether it tells this mistake, too."""
        if mistaken.reference != self.right.reference:
            return False
        other = _with(mistaken, self.overrides)
        return other is not None and bool(_told(self.right, other, self.dossier))


def witness(name: str, why: str, right: Standard, mistaken: Standard, cases: Iterable[Case]) -> list[Witness]:
    """A case that tells them apart, or none if none is found: from worked cases, or at the limits of both."""
    known = list(cases)
    for overrides in _settings(right, known):
        one, other = _with(right, overrides), _with(mistaken, overrides)
        if one is None or other is None:
            continue
        for dossier in _dossiers(one, other, known):
            if _told(one, other, dossier):
                small = smallest(dossier, right.schema, partial(_tells, one, other))
                expect = _told(one, other, small)
                return [Witness(case_toml(name, one, small, expect, why=why), one, small, overrides)]
    return []


def _tells(right: Standard, mistaken: Standard, dossier: Dossier) -> bool:
    return bool(_told(right, mistaken, dossier))


def _settings(standard: Standard, cases: Iterable[Case]) -> Iterator[Mapping[str, Any]]:
    """Parameters to try: those of the document, those of worked cases, and each truth turned round."""
    seen: list[Mapping[str, Any]] = [{}]
    yield {}
    given = [dict(one.standard.overrides) for one in cases]
    given += [{name: not value} for name, value in standard.constants.items() if type(value) is bool]
    for one in given:
        if one not in seen:
            seen.append(one)
            yield one


def _with(standard: Standard, overrides: Mapping[str, Any]) -> Standard | None:
    try:
        return standard.with_parameters(**overrides) if overrides else standard
    except (RuleFileError, PlatformRulesError):
        return None


def _dossiers(right: Standard, mistaken: Standard, cases: Iterable[Case]) -> Iterator[Dossier]:
    """Those of worked cases, and made ones: the criteria of either version by themselves, at their limits."""
    yield from (one.dossier for one in cases)
    plan = Plan.of([right, mistaken])
    random = Random(1)  # noqa: S311 - made-up data, no secrets
    every = [(at, one.id) for at, standard in enumerate(plan.standards) for one in standard.criteria]
    for _ in range(_TRIES):
        few = random.sample(every, min(len(every), random.choice((1, 2, len(every)))))
        aims = [(at, name, random.choice(("met", "met", "failed", "inapplicable"))) for at, name in few]
        yield construct(plan, random.randrange, aims).dossier()


def _told(right: Standard, mistaken: Standard, dossier: Dossier) -> dict[str, Any]:
    """What the right standard says otherwise than the mistaken one, as the keys of ``expect``."""
    one, other = _said(evaluate(right, dossier)), _said(evaluate(mistaken, dossier))
    told: dict[str, Any] = {}
    for key, value in one.items():
        against = other[key]
        if isinstance(value, dict):
            rows = {name: said for name, said in value.items() if against.get(name) != said}
            if rows:
                told[key] = rows
        elif value is not None and value != against:
            told[key] = value
    return told


def _said(report: Report) -> dict[str, Any]:
    """What a case may expect of a report."""
    verdict = report.verdict
    return {
        "verdict": verdict.id,
        "reachable": None if verdict.id else list(verdict.reachable),
        "conforms": verdict.conforms,
        "notes": [one.id for one in report.notes],
        "criteria": {one.criterion: str(one.outcome) for one in report},
        "values": {one.id: plain_value(one.value) for one in report.values},
        "data_say": {one.criterion: one.data_say or "nothing" for one in report},
    }

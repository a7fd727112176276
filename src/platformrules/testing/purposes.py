# SPDX-License-Identifier: MIT
"""Hypothesis strategies of dossiers with a purpose: passing, failing on one criterion, at the limits of all numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from platformrules.dossiers import Dossier
from platformrules.evaluation import evaluate
from platformrules.results import Outcome, Report
from platformrules.standards.model import Standard
from platformrules.testing.construction import FAILED, INAPPLICABLE, MET, Aims, Plan, construct
from platformrules.testing.steering import Pick

_SATISFIED = {Outcome.PASSED, Outcome.INAPPLICABLE, Outcome.WAIVED}


def satisfied(report: Report) -> bool:
    """Whether every criterion is met or does not apply."""
    return all(one.outcome in _SATISFIED for one in report)


def drawn(made: Callable[[Pick], Dossier]) -> SearchStrategy[Dossier]:
    """What is made by choices that Hypothesis makes, and shrinks towards the first of each."""

    @st.composite
    def dossier(draw: DrawFn) -> Dossier:  # without arguments, since Hypothesis prints them with every failure
        return made(lambda number: draw(st.integers(0, number - 1)) if number > 1 else 0)

    return dossier()


def passing(standard: Standard) -> SearchStrategy[Dossier]:
    """Complete dossiers that meet every criterion of a standard, many of them on the very limit."""
    plan = Plan.of([standard])

    def made(pick: Pick) -> Dossier:
        dossier = construct(plan, pick, [(0, one.id, _met(pick)) for one in standard.criteria]).dossier()
        report = evaluate(standard, dossier)
        assume(satisfied(report) and report.verdict.conforms is not False)
        return dossier

    return drawn(made)


def failing(standard: Standard, criterion: str) -> SearchStrategy[Dossier]:
    """Complete dossiers that fail one criterion, and meet the others wherever the rules allow both.

    Raises:
        KeyError: the standard has no such criterion.
    """
    plan, failed = Plan.of([standard]), standard[criterion].id

    def made(pick: Pick) -> Dossier:
        others = [(0, one.id, _met(pick)) for one in standard.criteria if one.id != failed]
        dossier = construct(plan, pick, [*others, (0, failed, FAILED)]).dossier()
        assume(evaluate(standard, dossier)[failed].outcome is Outcome.FAILED)
        return dossier

    return drawn(made)


def near_thresholds(*standards: Standard) -> SearchStrategy[Dossier]:
    """Complete dossiers at the limits of what standards compare: on the limit, or one step beyond.

    A third of them meet everything, a third miss one criterion, in a third each criterion is met or missed by itself.
    Of several standards the criteria of all are tried.
    """
    plan = Plan.of(standards)
    every = [(at, one.id) for at, standard in enumerate(standards) for one in standard.criteria]
    return drawn(lambda pick: construct(plan, pick, near_aims(every, pick)).dossier())


def near_aims(criteria: Sequence[tuple[int, str]], pick: Pick) -> Aims:
    """What is wanted of each criterion near the limits."""
    kind = pick(3)
    missed = pick(len(criteria)) if kind == 1 and criteria else -1
    aims = []
    for index, (at, name) in enumerate(criteria):
        wanted = FAILED if index == missed or (kind == 2 and pick(2)) else _met(pick)
        aims.append((at, name, wanted))
    return aims


def _met(pick: Pick) -> str:
    return INAPPLICABLE if pick(8) == 7 else MET

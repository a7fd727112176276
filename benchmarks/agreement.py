# SPDX-License-Identifier: MIT
"""Whether everybody in the races means the same: the function by hand and the peers, held against our reports."""

from __future__ import annotations

from random import Random
from typing import Any

import data
import peers
from by_hand import demonstration

import platformrules as pr
from platformrules.results import Outcome
from platformrules.standards.model import Standard

_TRUTHS = {Outcome.PASSED: True, Outcome.FAILED: False, Outcome.UNTESTED: None}
_NUMBERS = (
    "operating-year",
    "floor-area",
    "partner-organizations",
    "monthly-activities",
    "yearly-activities",
    "attendance",
)


def check_agreement(standard: Standard, count: int) -> None:
    """The function by hand and the peers must give our outcomes, on random complete dossiers.

    Raises:
        AssertionError: one of them does not.
    """
    datalogic, prepared, zen = *peers.compile_datalogic(), peers.compile_zen()
    compared = 0
    for seed in range(count):
        ledger = data.varied(Random(seed))
        dossier = data.dossier_by_hand(data.parsed(ledger))
        report = pr.evaluate(standard, dossier)
        verdict, rows = by_hand(dossier)
        truths = {one.criterion: _TRUTHS[one.outcome] for one in report}
        assert verdict == report.verdict.id, f"by hand, dossier {seed}: {verdict}, ours {report.verdict}"
        for (criterion, truth), row in zip(truths.items(), rows, strict=True):
            assert truth is row[0], f"by hand, dossier {seed}: {criterion} is {row[0]}, ours {truth}"
            if criterion in _NUMBERS:
                found = report[criterion].evidence[0]
                assert (found.found, found.required) == row[1:], f"by hand, dossier {seed}: {criterion}: {row}, {found}"
        if None in truths.values() or "as_of" in ledger:
            continue  # what a peer cannot say
        compared += 1
        given = peers.context(ledger)
        for name, outcomes in (
            ("datalogic", datalogic(given)),
            ("datalogic, prepared", prepared(peers.prepare_datalogic(given))),
            ("zen", zen(given)),
        ):
            for criterion, truth in truths.items():
                said = outcomes[criterion]
                assert said is truth, f"{name}, dossier {seed}: {criterion} is {said}, ours {truth}"
    print(
        f"By hand and by us, {count} random dossiers come out the same; by the peers, the {compared} they can express."
    )


def by_hand(dossier: pr.Dossier) -> tuple[str | None, tuple[Any, ...]]:
    """The function that was written by hand, on a dossier."""
    return demonstration(
        dossier.center, dossier.activities, dossier.organizations, dossier.judgements, data.YEAR, dossier.day
    )

# SPDX-License-Identifier: MIT
"""What is tried out on a standard and its worked cases: tables, engines, waivers, ledgers. A line a difference."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import evolve

from platformrules.criteria.tables import step_at
from platformrules.criteria.typed import Step, Table
from platformrules.dossiers import Dossier, Waiver
from platformrules.evaluation import compile_standard, evaluate
from platformrules.languages import Language
from platformrules.ledger import read_ledger, write_ledger, write_template
from platformrules.results import Outcome, Report, Source, to_json
from platformrules.schema import FactType
from platformrules.standards.model import JudgeRow, Standard, VerdictRow
from platformrules.testing.cases import Case

_SMALLEST = Decimal("0.0001")
#: What a blank ledger is told of: it has no row.
_BLANK = "PR511"
#: What a ledger is told of a row whose subject is not there, and of rows of other periods, which it may well hold.
_STRAY, _OUTSIDE = "PR508", "PR509"


# Bands


def holes(standard: Standard) -> Iterator[str]:
    """What of tables, bands and rows does not cover everything exactly once."""
    for name, parameter in standard.parameters.items():
        if parameter.table is not None:
            yield from (f"{name}: {one}" for one in _table_holes(parameter.table))
    yield from (f"verdict: {one}" for one in _row_holes(standard.verdicts))
    for criterion in standard.criteria:
        if criterion.grades:
            yield from (f"{criterion.id}: {one}" for one in _row_holes(criterion.grades))


def _table_holes(table: Table) -> Iterator[str]:
    if table.steps:
        starts = [one.start for one in table.steps[1:] if one.start is not None]
        probes = sorted({around for start in starts for around in _around(start)})
        reached = [step_at(table.steps, probe) for probe in probes]
        yield from (f"the band {_said(table.steps[at])} is never reached" for at in _others(table.steps, reached))
        return
    codes = [(True, False) if one.type is FactType.BOOLEAN else [each.id for each in one.values] for one in table.by]
    if table.otherwise is None:
        missing = [key for key in itertools.product(*codes) if key not in table.entries]
        yield from (f"nothing is said of {' and '.join(map(str, key))}" for key in missing)


def _around(start: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a number or a day
    small: Any = timedelta(1) if isinstance(start, date) else _SMALLEST
    return start - small, start, start + small


def _said(band: Step) -> str:
    return "at the beginning" if band.start is None else f"{'above' if band.above else 'from'} {band.start}"


def _others(steps: Sequence[Step], reached: Sequence[int]) -> Iterator[int]:
    return (at for at in range(len(steps)) if at not in reached)


def _row_holes(rows: Sequence[VerdictRow | JudgeRow]) -> Iterator[str]:
    *first, last = rows
    if last.when is not None:
        yield f"nothing holds where `{last.id}` does not: leave out its `when`"
    yield from (f"`{one.id}` hides the rows below it: give it a `when`" for one in first if one.when is None)
    ids = [one.id for one in rows]
    yield from (f"`{one}` stands twice" for one in dict.fromkeys(ids) if ids.count(one) > 1)


# Engines


def disagreements(case: Case) -> Iterator[str]:
    """What the way for complete data and the way in bounds say otherwise of a case."""
    compiled = case.standard.compiled.get("python") or compile_standard(case.standard)
    case.dossier.bind(case.standard.schema)
    program = compiled.program
    ways = (program.run, program.run_in_bounds)
    exact, in_bounds = (_said_of(Report(Source(compiled, case.dossier, run(case.dossier)))) for run in ways)
    yield from (f"{key}: {exact[key]} and {in_bounds[key]}" for key in exact if exact[key] != in_bounds[key])


def _said_of(report: Report) -> dict[str, Any]:
    """All that a report says of a subject, by what it is about."""
    said = {one.criterion: (one.outcome, one.grade, one.points, one.evidence) for one in report}
    values = {one.id: to_json(one.value) for one in report.values}
    return {"verdict": report.verdict, "score": report.score, "notes": report.notes, **values, **said}


# Waivers


def stubborn(standard: Standard, reports: Sequence[tuple[Case, Report]]) -> Iterator[str]:
    """The criteria that fail in some case and do not follow a waiver, or one that has ended."""
    for at, criterion in enumerate(standard.criteria):
        case = next((one for one, found in reports if found[criterion.id].outcome is Outcome.FAILED), None)
        if case is None:
            continue
        day: Any = case.dossier.day
        until = {None: Outcome.WAIVED, day: Outcome.WAIVED, day - timedelta(1): Outcome.FAILED}
        for last, expected in until.items():
            waived = evaluate(case.standard, _waived(case.dossier, criterion.id, last))
            found = waived.findings[at].outcome
            if found is not expected:
                ends = "" if last is None else f" until {last}"
                yield f"{case.file} {case.id}: {criterion.id} with a waiver{ends} is {found}, not {expected}"


def _waived(dossier: Dossier, criterion: str, until: date | None) -> Dossier:
    return evolve(dossier, waivers={**dossier.waivers, criterion: Waiver(reason="conformance", until=until)})


# Ledgers


def template_faults(case: Case, folder: Path) -> Iterator[str]:
    """What is wrong with the blank ledgers of a case's standard when they are read as they are, for its period."""
    standard, dossier = case.standard, case.dossier
    for language in Language:
        path = folder / f"template-{language}.xlsx"
        write_template(standard, path, language)
        ledger = read_ledger(path, standard, period=dossier.period, as_of=dossier.day)
        told = [str(one) for one in ledger.problems if one.code != _BLANK]
        told += [f"it holds {len(ledger.dossiers)} subjects"] if ledger.dossiers else []
        yield from (f"{standard.reference}, blank, {language}: {one}" for one in told)


def lost_in_ledgers(case: Case, folder: Path, language: Language) -> list[str] | None:
    """What a case comes to otherwise when it is written as a ledger and read back.

    ``None`` of a case that no ledger holds: it has rows of a subject that is not among its rows.
    """
    path = folder / f"{language}.xlsx"
    write_ledger([case.dossier], path, case.standard, language, internal=True)
    ledger = read_ledger(path, case.standard)
    codes = {one.code for one in ledger.problems}
    if _STRAY in codes:
        return None
    lost = [str(one) for one in ledger.problems if one.code != _OUTSIDE]
    found = [one for one in ledger.dossiers if one.subject.id == case.dossier.subject.id]
    if len(found) != 1:
        return [*lost, f"its subject is there {len(found)} times"]
    before, after = evaluate(case.standard, case.dossier), evaluate(case.standard, found[0])
    if before.verdict != after.verdict:
        lost.append(f"the verdict was {_shown(before)} and is {_shown(after)}")
    pairs = zip(before, after, strict=True)
    return lost + [f"{old.criterion} was {old.outcome} and is {new.outcome}" for old, new in pairs if old[1] != new[1]]


def _shown(report: Report) -> str:
    return " or ".join(f"`{one}`" for one in report.verdict.reachable)

# SPDX-License-Identifier: MIT
"""Joining standards and engines: a dossier in, a report out. Knows no file and no plugin."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol

from attrs import frozen

from platformrules.backends.prose import to_phrase, to_prose
from platformrules.backends.python import Program, outcome_of, to_python
from platformrules.dossiers import Dossier, Judgement
from platformrules.errors import EvaluationError
from platformrules.languages import Bilingual
from platformrules.results import CriterionInfo, Finding, Missing, Note, Outcome, Report, Verdict, to_json
from platformrules.standards.missing import missing_facts
from platformrules.standards.model import Criterion, Standard


class Engine(enum.StrEnum):
    """What runs the rules; later versions bring more."""

    PYTHON = "python"


class Evaluator(Protocol):
    """Anything that judges dossiers by a standard."""

    def evaluate(self, standard: Standard, dossiers: Iterable[Dossier]) -> Iterator[Report]:
        """One report a dossier, in the order of the dossiers."""


class PythonEvaluator:
    """The reference engine: one compiled function a standard."""

    def evaluate(self, standard: Standard, dossiers: Iterable[Dossier]) -> Iterator[Report]:
        """One report a dossier, in the order of the dossiers.

        Raises:
            EvaluationError: a dossier has another subject than the standard, or no period where one is needed.
        """
        return (evaluate(standard, dossier) for dossier in dossiers)


def evaluate(standard: Standard, dossier: Dossier) -> Report:
    """Judge one dossier by a standard.

    The standard is compiled on first use; findings and evidence are made when the report is first touched.

    Raises:
        EvaluationError: the dossier has another subject than the standard, or no period where one is needed.
        DossierError: a plugin fact of the dossier is unknown or has a wrong value.
    """
    compiled = standard.compiled.get("python") or compile_standard(standard)
    if dossier._schema is not compiled.standard.schema:  # noqa: SLF001 - bound once, asked on the hot path
        dossier.bind(compiled.standard.schema)
    if getattr(dossier, compiled.subject) is None or (dossier._window is None and compiled.needs_period):  # noqa: SLF001
        raise EvaluationError(_mismatch(standard, dossier))
    return Report(dossier, compiled, compiled.run(dossier))


def evaluate_many(
    standard: Standard, dossiers: Iterable[Dossier], engine: str = Engine.PYTHON
) -> Iterator[Report]:
    """Judge many dossiers, or a ledger's; reports come in the order of the dossiers, as they are read.

    Raises:
        EvaluationError: there is no such engine.
    """
    if engine not in list(Engine):
        known = ", ".join(Engine)
        message = f"there is no engine `{engine}`; there is {known}"
        raise EvaluationError(message)
    return PythonEvaluator().evaluate(standard, getattr(dossiers, "dossiers", dossiers))


def _mismatch(standard: Standard, dossier: Dossier) -> str:
    if dossier.kind != standard.subject:
        return f"{standard.reference} judges a {standard.subject}, this dossier holds the {dossier.kind} `{dossier.subject.id}`"
    return f"{standard.reference} judges a period, and the dossier of `{dossier.subject.id}` has none: give it period="


def compile_standard(standard: Standard) -> CompiledStandard:
    """Compile a standard for the Python engine and keep the result with it."""
    values = standard.parameters
    program = to_python(standard, lambda node: to_phrase(node, values))
    compiled = CompiledStandard(
        standard=standard,
        program=program,
        run=program.run,
        subject=standard.subject,
        needs_period=standard.period.kind != "as-of",
        infos=tuple(_info(standard, criterion) for criterion in standard.criteria),
    )
    standard.compiled["python"] = compiled
    return compiled


def sentence(standard: Standard, criterion: Criterion) -> Bilingual:
    """What a criterion asks, as a sentence of each language."""
    if criterion.require is None:
        zh = "由人认定：" + "／".join(row.title.zh for row in criterion.judge)
        en = "a person finds: " + " / ".join(row.title.en for row in criterion.judge)
        return Bilingual(zh, en)
    said = to_prose(criterion.require, standard.parameters)
    if criterion.applies_when is None:
        return said
    when = to_prose(criterion.applies_when, standard.parameters)
    return Bilingual(f"适用于{when.zh}的情形：{said.zh}", f"where {when.en}: {said.en}")


def _info(standard: Standard, criterion: Criterion) -> CriterionInfo:
    return CriterionInfo(
        id=criterion.id,
        title=criterion.title,
        strength=criterion.strength,
        block=criterion.block,
        citations=criterion.cites,
        sentence=sentence(standard, criterion),
        remedy=criterion.remedy,
        note=criterion.note,
    )


@frozen(eq=False)
class CompiledStandard:
    """A standard with its program: what a report asks when it is touched."""

    standard: Standard
    program: Program
    run: Any
    subject: str
    needs_period: bool
    infos: tuple[CriterionInfo, ...]

    @property
    def reference(self) -> str:
        """The standard with its version."""
        return self.standard.reference

    def make_findings(self, report: Report) -> tuple[Finding, ...]:
        """All findings, in the order of the standard."""
        dossier, state = report.dossier, report.state
        truths, applies, waived = state[:3]
        evidence = self.program.evidence(dossier, state)
        criteria = self.standard.criteria
        judgements, waivers = dossier.judgements, dossier.waivers
        new = tuple.__new__
        made = []
        for index, info in enumerate(self.infos):
            judged = not evidence[index] and bool(criteria[index].judge)
            truth = truths[index]
            if applies is None and not waived and truth is not None:
                outcome = Outcome.PASSED if truth else Outcome.FAILED
            else:
                outcome = outcome_of(index, truths, applies, waived, judged)
            judgement = self._deciding(judgements, info.id) if judged and judgements else None
            waiver = self._named(waivers, info.id) if waivers and index in waived else None
            made.append(new(Finding, (info, outcome, evidence[index], judgement, waiver, report, index)))
        return tuple(made)

    def _named(self, given: Mapping[str, Any], criterion: str) -> Any:  # noqa: ANN401 - a judgement or waiver
        return given.get(f"{self.standard.id}#{criterion}", given.get(criterion))

    def _deciding(self, given: Mapping[str, Any], criterion: str) -> Judgement | None:
        found = self._named(given, criterion)
        return found[-1] if isinstance(found, list | tuple) else found

    def make_verdict(self, state: Any) -> Verdict:  # noqa: ANN401 - only the engine knows its state
        """The verdict of a result."""
        rows = [self.standard.verdicts[index] for index in state[3]]
        if len(rows) == 1:
            return Verdict(rows[0].id, (rows[0].id,), rows[0].conforms, rows[0].title)
        conforms = {row.conforms for row in rows}
        return Verdict(None, tuple(row.id for row in rows), conforms.pop() if len(conforms) == 1 else None, None)

    def make_data_say(self, report: Report, index: int) -> str | None:
        """The row of a judged criterion that the data speak for."""
        rows = self.standard.criteria[index].judge
        if not rows:
            return None
        truths = self.program.data_say(report.dossier, report.state)[index]
        for row, truth in zip(rows, truths, strict=True):
            if row.when is not None and truth is None:
                return None
            if truth is True:
                return row.id
        plain = [row.id for row in rows if row.when is None]
        return plain[0] if len(plain) == 1 and any(row.when is not None for row in rows) else None

    def make_notes(self, report: Report) -> tuple[Note, ...]:
        """The notes that hold."""
        truths = self.program.notes(report.dossier, report.state)
        return tuple(
            Note(note.id, note.text, note.cites)
            for note, truth in zip(self.standard.notes, truths, strict=True)
            if truth is True
        )

    def make_missing(self, report: Report, index: int) -> tuple[Missing, ...]:
        """What is not recorded of what one criterion reads."""
        return missing_facts(self.standard, self.standard.criteria[index], report.dossier)

    def make_provenance(self, report: Report) -> Mapping[str, Any]:
        """Versions, hashes, period and parameters."""
        standard, day = self.standard, report.dossier.day
        in_force = standard.in_force
        return {
            "platformrules": library_version(),
            "plugin": {"name": standard.plugin, "version": standard.plugin_version},
            "standard": standard.reference,
            "in_force": {
                "from": to_json(in_force.from_),
                "until": to_json(in_force.until),
                "on_the_day": None if day is None else standard.is_in_force(day),
            },
            "rules": dict(sorted(standard.hashes.items())),
            "parameters": {name: to_json(value) for name, value in sorted(standard.overrides.items())},
        }


@lru_cache(maxsize=1)
def library_version() -> str:
    """The version of platformrules that runs."""
    try:
        return version("platformrules")
    except PackageNotFoundError:  # pragma: no cover - run from a source tree that was never installed
        return "0"

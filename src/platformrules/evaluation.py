# SPDX-License-Identifier: MIT
"""Joining standards and engines: a dossier in, a report out. Knows no file and no plugin."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import repeat
from types import SimpleNamespace
from typing import Any, Protocol, runtime_checkable

from attrs import field, frozen

from platformrules import bounds
from platformrules.backends.prose import Names, to_phrase
from platformrules.backends.python import (
    Program,
    grade_counting,
    outcome_of,
    satisfied,
    settled,
    to_functions,
    to_python,
)
from platformrules.bounds import Possible
from platformrules.cohort import Asked, Entry, hold_round
from platformrules.criteria.datatypes import Kind
from platformrules.criteria.typed import Read, TypedNode
from platformrules.criteria.walk import walk
from platformrules.dossiers import Dossier, Judgement, Waiver, deciding
from platformrules.errors import EvaluationError
from platformrules.languages import Bilingual
from platformrules.release import library_version
from platformrules.results import (
    BlockResult,
    CriterionInfo,
    Finding,
    Missing,
    NamedResult,
    Note,
    Outcome,
    Report,
    RoundResult,
    Source,
    Verdict,
    to_json,
)
from platformrules.schema import Fact
from platformrules.sentences import sentence
from platformrules.standards.missing import missing_facts
from platformrules.standards.model import Criterion, Standard, VerdictRow

_SETTLED = {True: Outcome.PASSED, False: Outcome.FAILED}


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
        if standard.cohort:
            return _round(standard, dossiers)
        return (evaluate(standard, dossier) for dossier in dossiers)


def evaluate(standard: Standard, dossier: Dossier) -> Report:
    """Judge one dossier by a standard.

    The standard is compiled on first use; findings and evidence are made when the report is first touched.

    Raises:
        EvaluationError: the dossier has another subject than the standard, or no period or day where one is needed.
        DossierError: a plugin fact of the dossier is unknown or has a wrong value.
    """
    compiled = standard.compiled.get("python") or compile_standard(standard)
    if dossier._schema is not compiled.standard.schema:  # noqa: SLF001 - bound once, asked on the hot path
        dossier.bind(compiled.standard.schema)
    timeless = dossier._window is None and (compiled.needs_period or dossier._day is None)  # noqa: SLF001
    if timeless or getattr(dossier, compiled.subject) is None:
        raise EvaluationError(_mismatch(standard, dossier))
    if standard.referred:
        standard.check_day(dossier.day)  # type: ignore[arg-type]
    return Report(Source(compiled, dossier, compiled.run(dossier)))


@runtime_checkable
class Dossiers(Protocol):
    """What holds dossiers: a ledger."""

    @property
    def dossiers(self) -> Iterable[Dossier]:
        """The dossiers, in their order."""


def evaluate_many(
    standard: Standard, dossiers: Iterable[Dossier] | Dossiers, engine: str = Engine.PYTHON
) -> Iterator[Report]:
    """Judge many dossiers, or a ledger's; reports come in the order of the dossiers, as they are read.

    Raises:
        EvaluationError: there is no such engine.
    """
    if engine not in list(Engine):
        known = ", ".join(Engine)
        message = f"there is no engine `{engine}`; there is {known}"
        raise EvaluationError(message)
    return PythonEvaluator().evaluate(standard, dossiers.dossiers if isinstance(dossiers, Dossiers) else dossiers)


def _round(standard: Standard, dossiers: Iterable[Dossier]) -> Iterator[Report]:
    """Judge all dossiers, and let the rows of the round act on their verdicts."""
    reports = [evaluate(standard, dossier) for dossier in dossiers]
    if not reports:
        return
    compiled = standard.compiled["python"]
    entries = [Entry(one.subject, one.verdict.reachable, compiled.chosen_places(one.dossier)) for one in reports]
    hold_round(standard.cohort, entries, compiled.asked(reports, entries))
    places = {row.id: at for at, row in enumerate(standard.outcomes)}
    for report, entry in zip(reports, entries, strict=True):
        state = report.source.state
        final = tuple(sorted(places[one] for one in entry.verdicts))
        yield Report(Source(compiled, report.dossier, (*state[:3], final, *state[4:7], state[3], tuple(entry.results))))


def _mismatch(standard: Standard, dossier: Dossier) -> str:
    if dossier.kind != standard.subject:
        holds = f"this dossier holds the {dossier.kind} `{dossier.subject.id}`"
        return f"{standard.reference} judges a {standard.subject}, {holds}"
    time, key = ("day", "as_of") if standard.period.kind == "as-of" else ("period", "period")
    return f"{standard.reference} judges a {time}, and the dossier of `{dossier.subject.id}` has none: give it {key}="


def program_of(standard: Standard) -> Program:
    """The compiled rules of a standard."""
    return (standard.compiled.get("python") or compile_standard(standard)).program


def compile_standard(standard: Standard) -> CompiledStandard:
    """Compile a standard for the Python engine and keep the result with it."""
    values = standard.parameters
    names = Names(relations=standard.schema.relations)
    program = to_python(standard, lambda node: to_phrase(node, values, names), program_of)
    compiled = CompiledStandard(
        standard=standard,
        program=program,
        run=program.run,
        subject=standard.subject,
        needs_period=standard.period.kind != "as-of",
        indexes=range(len(standard.criteria)),
    )
    standard.compiled["python"] = compiled
    return compiled


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


def _is_personal(node: TypedNode) -> bool:
    """Whether a value may be a text that a person is known by, not only a number or truth that comes of it."""
    texts = node.datatype.kind in {Kind.TEXT, Kind.SET}
    return texts and any(isinstance(part, Read) and part.fact.personal for part in walk(node))


def _fact(record: Any, one: Fact) -> Any:  # noqa: ANN401 - one of the models
    return record.facts.get(one.id) if one.plugin else getattr(record, one.id)


_PLACES = {
    True: Bilingual("入围", "inside"),
    False: Bilingual("未入围", "outside"),
    None: Bilingual("待定", "open"),
}


def _told(one: RoundResult) -> Note:
    """A row of the round as a note of the report."""
    low, high = bounds.ends(one.places)
    places = str(low) if low == high else f"{low}–{'…' if high is None else high}"
    state = _PLACES[one.inside]
    level = Bilingual(f"；同列者 {one.level} 个", f"; level with it: {one.level}") if one.level else Bilingual("", "")
    text = Bilingual(
        f"{one.title.zh}：{state.zh}（候选 {one.candidates} 个，名额 {places} 个{level.zh}）",
        f"{one.title.en}: {state.en} (candidates: {one.candidates}, places: {places}{level.en})",
    )
    return Note(one.id, text, one.citations)


@frozen(eq=False)
class CompiledStandard:
    """A standard with its program: what a report asks when it is touched."""

    standard: Standard
    program: Program
    run: Any
    subject: str
    needs_period: bool
    indexes: range
    verdicts: dict[tuple[int, ...], Verdict] = field(factory=dict, init=False)

    @property
    def reference(self) -> str:
        """The standard with its version."""
        return self.standard.reference

    @cached_property
    def infos(self) -> tuple[CriterionInfo, ...]:
        """What a report says of each criterion whatever the subject."""
        return tuple(_info(self.standard, criterion) for criterion in self.standard.criteria)

    def make_findings(self, source: Source) -> tuple[Finding, ...]:
        """All findings, in the order of the standard."""
        truths, applies, waived = source.state[:3]
        evidence = self.program.evidence(source.dossier, source.state)
        if applies is None and not waived and None not in truths:
            outcomes: Iterable[Outcome] = map(_SETTLED.__getitem__, truths)
        else:
            judged = [one.is_judged for one in self.standard.criteria]
            applicable = applies or repeat(True)
            outcomes = [
                outcome_of(truth, applied, at in waived, one)
                for at, (truth, applied, one) in enumerate(zip(truths, applicable, judged, strict=False))
            ]
        # As fast as C can: all findings of a report cost less than the rules themselves.
        parts = zip(self.infos, outcomes, evidence, repeat(source), self.indexes)
        return tuple(map(tuple.__new__, repeat(Finding), parts))

    def _named(self, given: Mapping[str, Any], index: int) -> Any:  # noqa: ANN401 - a judgement or waiver
        criterion = self.standard.criteria[index].id
        return given.get(f"{self.standard.id}#{criterion}", given.get(criterion))

    def make_judgement(self, source: Source, index: int) -> Judgement | None:
        """What a person found on one criterion; of several persons the last assessor."""
        if not self.standard.criteria[index].is_judged:
            return None
        found: Any = self._named(source.dossier.judgements, index)
        return deciding(found, [one.id for one in self.standard.assessors])  # type: ignore[no-any-return]

    def make_other_judgements(self, source: Source, index: int) -> tuple[Judgement, ...]:
        """What other assessors found on one criterion, in the order of the dossier."""
        decisive = self.make_judgement(source, index)
        found: Any = () if decisive is None else self._named(source.dossier.judgements, index)
        return tuple(one for one in found if one is not decisive) if isinstance(found, list | tuple) else ()

    def make_waiver(self, source: Source, index: int) -> Waiver | None:
        """The waiver of one criterion that counts."""
        return self._named(source.dossier.waivers, index) if index in source.state[2] else None

    def make_verdict(self, source: Source) -> Verdict:
        """What follows from all findings."""
        return self._known_verdict(source.state[3])

    def make_own_verdict(self, source: Source) -> Verdict:
        """The verdict before the round; the same where there was none."""
        return self._known_verdict(source.state[7] if len(source.state) > 7 else source.state[3])

    def make_round(self, source: Source) -> tuple[RoundResult, ...]:
        """What the rows of the round came to."""
        return source.state[8] if len(source.state) > 7 else ()

    def _known_verdict(self, reachable: tuple[int, ...]) -> Verdict:
        known = self.verdicts.get(reachable)
        if known is None:
            known = self.verdicts[reachable] = self._verdict([self.standard.outcomes[index] for index in reachable])
        return known

    # The round

    def chosen_places(self, dossier: Dossier) -> Mapping[str, str]:
        """What a person decided on the rows of the round that rank nothing."""
        found: dict[str, str] = {}
        for row in self.standard.cohort:
            given = dossier.judgements.get(f"{self.standard.id}#{row.id}", dossier.judgements.get(row.id))
            last = given[-1] if isinstance(given, tuple | list) and given else given
            if isinstance(last, Judgement) and last.value in {"inside", "outside"}:
                found[row.id] = str(last.value)
        return found

    def asked(self, reports: Sequence[Report], entries: Sequence[Entry]) -> Asked:
        """What the rows of the round ask of the subjects, as functions of their places in the list."""
        rows, program = self.standard.cohort, self.program
        sources = [one.source for one in reports]
        places = to_functions(
            [row.places for row in rows],
            self.standard.constants,
            records=(self.subject,),
            relations=("subjects",),
            file=f"<round of {self.reference}>",
        )

        def given(at: int) -> Any:  # noqa: ANN401 - a text in bounds
            found = entries[at].verdicts
            return found[0] if len(found) == 1 else Possible(frozenset(found))

        def among(row: int, at: int, verdict: str) -> bool | None:
            return program.cohort(sources[at].dossier, sources[at].state, verdict)[row][0]  # type: ignore[no-any-return]

        def ranks(row: int, at: int) -> tuple[Any, ...]:
            return program.cohort(sources[at].dossier, sources[at].state, given(at))[row][1:]

        def key(row: int, at: int) -> tuple[Any, ...]:
            subject = sources[at].dossier.subject
            return tuple((_fact(subject, one) or "") if one.key else _fact(subject, one) for one in rows[row].group_by)

        def subject_row(at: int) -> SimpleNamespace:
            report, subject = reports[at], sources[at].dossier.subject
            facts = {one.id: _fact(subject, one) for one in self.standard.schema.facts[self.subject].values()}
            values = {one.id: one.value for one in report.values}
            return SimpleNamespace(**{**facts, **values, "score": report.score, "verdict": given(at)})

        def of_group(row: int, members: Sequence[tuple[int, bool | None]]) -> Any:  # noqa: ANN401 - a number in bounds
            found = ([(subject_row(at), here) for at, here in members], False)
            first = sources[members[0][0]].dossier.subject if members else None
            return places[row](first, found)

        return Asked(among, ranks, key, of_group)

    def _verdict(self, rows: Sequence[VerdictRow]) -> Verdict:
        if len(rows) == 1:
            return Verdict(rows[0].id, (rows[0].id,), rows[0].conforms, rows[0].title, rows[0].follows)
        conforms = {row.conforms for row in rows}
        return Verdict(None, tuple(row.id for row in rows), conforms.pop() if len(conforms) == 1 else None, None)

    def make_follows(self, source: Source, index: int) -> Bilingual | None:
        """What the document attaches to the grade that counts."""
        found = self.make_grade(source, index)
        return next((row.follows for row in self.standard.criteria[index].rows if row.id == found), None)

    def make_data_say(self, source: Source, index: int) -> str | None:
        """The row of a judged criterion that the data speak for."""
        rows = self.standard.criteria[index].judge
        if not rows:
            return None
        truths = self.program.data_say(source.dossier, source.state)[index]
        for row, truth in zip(rows, truths, strict=True):
            if row.when is not None and truth is None:
                return None
            if truth is True:
                return row.id
        plain = [row.id for row in rows if row.when is None]
        return plain[0] if len(plain) == 1 and any(row.when is not None for row in rows) else None

    def make_notes(self, source: Source) -> tuple[Note, ...]:
        """The notes that hold."""
        truths = self.program.notes(source.dossier, source.state)
        own = tuple(
            Note(note.id, note.text, note.cites)
            for note, truth in zip(self.standard.notes, truths, strict=True)
            if truth is True
        )
        return (*own, *map(_told, self.make_round(source)))

    def make_values(self, source: Source) -> tuple[NamedResult, ...]:
        """The named values."""
        found = self.program.values(source.dossier, source.state)
        return tuple(
            NamedResult(one.id, one.title, value, one.unit, one.cites, personal)
            for one, value, personal in zip(
                self.standard.values, found, self.personal_values, strict=False
            )  # the score comes after them
        )

    @cached_property
    def personal_values(self) -> tuple[bool, ...]:
        """Of each named value, whether it is a text of a person or a set of them."""
        return tuple(_is_personal(one.expression.root) for one in self.standard.values)

    def make_score(self, source: Source) -> Any:  # noqa: ANN401 - a number in bounds
        """The score; ``None`` of a standard without points."""
        return None if self.standard.score is None else self.program.values(source.dossier, source.state)[-1]

    def _kept(self, source: Source, part: int, index: int) -> Any:  # noqa: ANN401 - a value in bounds
        kept = source.state[6]
        return None if kept is None else kept[part][index]

    def make_grade(self, source: Source, index: int) -> Any:  # noqa: ANN401 - a text in bounds
        """The grade of one criterion: what a person chose, or the row that holds; none where it does not count."""
        criterion, (_, applies, waived) = self.standard.criteria[index], source.state[:3]
        if not criterion.judge:
            return self._kept(source, 1, index) or None if criterion.grades else None
        given = self.make_judgement(source, index)
        rows = frozenset(row.id for row in criterion.judge)
        grade = given.value if given is not None and given.value in rows else Possible(rows)
        return grade_counting(grade, applies is None or applies[index], index in waived) or None

    def make_points(self, source: Source, index: int) -> Any:  # noqa: ANN401 - a number in bounds
        """The points of one criterion."""
        return self._kept(source, 2, index)

    def make_maximum(self, source: Source, index: int) -> Any:  # noqa: ANN401 - a number in bounds
        """The most points of one criterion."""
        return self._kept(source, 3, index)

    def make_blocks(self, source: Source) -> tuple[BlockResult, ...]:
        """The blocks with whether all that is in them is satisfied."""
        truths, applies, waived = source.state[:3]
        found = [
            True if at in waived else satisfied(applied, truth)
            for at, (truth, applied) in enumerate(zip(truths, applies or repeat(True), strict=False))
        ]
        scored = bool(self.standard.rules.maxima)
        return tuple(
            BlockResult(
                block.id,
                block.title,
                block.parent,
                settled(tuple(found[index] for index in members)),
                self._of_block(source, block.id, 2) if scored else None,
                self._of_block(source, block.id, 3) if scored else None,
            )
            for block, members in zip(self.standard.blocks, self.standard.rules.blocks.values(), strict=True)
        )

    def _of_block(self, source: Source, block: str, part: int) -> Any:  # noqa: ANN401 - a number in bounds
        """The points of a block, or the most it can have; ``None`` where there is no limit."""
        branching = self.standard.rules.tree[block]
        parts = [source.state[6][part][index] for index in branching.criteria]
        parts += [self._of_block(source, one, part) for one in branching.blocks]
        if None in parts:
            return branching.cap
        total: Any = 0
        for one in parts:
            total = bounds.add(total, one)
        return total if branching.cap is None else bounds.smallest(total, branching.cap)

    def make_missing(self, source: Source, index: int) -> tuple[Missing, ...]:
        """What is not recorded of what one criterion reads."""
        return missing_facts(self.standard, self.standard.criteria[index], source.dossier)

    def make_provenance(self, source: Source) -> Mapping[str, Any]:
        """Versions, hashes, period and parameters."""
        standard = self.standard
        in_force = standard.in_force
        return {
            "platformrules": library_version(),
            "plugin": {"name": standard.plugin, "version": standard.plugin_version},
            "standard": standard.reference,
            "in_force": {
                "from": to_json(in_force.from_),
                "until": to_json(in_force.until),
                "on_the_day": standard.is_in_force(source.dossier.day),
                "status": None if in_force.status is None else {"zh": in_force.status.zh, "en": in_force.status.en},
            },
            "rules": dict(sorted(standard.hashes.items())),
            "parameters": {name: to_json(value) for name, value in sorted(standard.overrides.items())},
        }

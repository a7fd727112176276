# SPDX-License-Identifier: MIT
"""A standard compiled to Python: one function for complete data, one in bounds, one for evidence.

The reference semantics of the criteria language (format.md section 2). Other engines are held to it by tests.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

from attrs import frozen

from platformrules import bounds
from platformrules.backends.python import gathering, runtime, syntax
from platformrules.backends.python.emit import PARAMETERS, VERDICT_OF, Emitter
from platformrules.backends.python.exact import ExactEmitter
from platformrules.backends.python.frame import Labeller, of_span
from platformrules.backends.python.in_bounds import BoundsEmitter
from platformrules.backends.python.looking_back import LookingBack
from platformrules.backends.python.loops import Loops
from platformrules.backends.python.plan import (
    Accumulator,
)
from platformrules.backends.python.rules import RuleEmitter
from platformrules.bounds import Bounds, Possible, TextValue
from platformrules.criteria.typed import Read
from platformrules.criteria.walk import walk
from platformrules.results import Evidence, Outcome
from platformrules.standards.model import Criterion, Standard

#: What the exact path raises where something is not recorded: that has no order, no members and no key.
_UNSETTLED = (gathering.Incomplete, TypeError, KeyError)

#: Outcomes that what is recorded later may settle.
_OPEN = (Outcome.UNDETERMINED, Outcome.UNTESTED)


@frozen(eq=False)
class Program:
    """A compiled standard.

    Attributes:
        run: the state of a dossier; takes the exact path and falls back to bounds by itself.
        run_in_bounds: the same, always in bounds: what the exact path is held to.
        evidence: the evidence of all criteria, from a dossier and its state.
        notes: whether each note holds.
        data_say: what the data say on each judged criterion: whether each of its rows holds.
        values: the named values, in the order of the standard, and the score after them.
        cohort: of each row of the round whether a subject of the verdict given is a candidate, and its ranks.
    """

    run: Callable[[Any], tuple[Any, ...]]
    run_in_bounds: Callable[[Any], tuple[Any, ...]]
    evidence: Callable[[Any, tuple[Any, ...]], tuple[tuple[Evidence, ...], ...]]
    notes: Callable[[Any, tuple[Any, ...]], tuple[bool | None, ...]]
    data_say: Callable[[Any, tuple[Any, ...]], tuple[tuple[bool | None, ...], ...]]
    values: Callable[[Any, tuple[Any, ...]], tuple[Any, ...]]
    cohort: Callable[[Any, tuple[Any, ...], Any], tuple[tuple[Any, ...], ...]]


def to_python(standard: Standard, label: Labeller, program_of: Callable[[Standard], Program]) -> Program:
    """Compile a standard.

    ``label`` makes the words of a quantity in evidence; ``program_of`` gives the program of a standard whose verdict
    this one reads, once it is read.
    """
    return _Compiler(standard, label, program_of).compile()


class _Compiler(Loops, LookingBack):
    def __init__(self, standard: Standard, label: Labeller, program_of: Callable[[Standard], Program]) -> None:
        super().__init__(standard, label)
        self.program_of = program_of
        self.names.values |= {"waive": self.waive_function(), "outcome_of": self.outcome_function()}
        self.names.values[VERDICT_OF] = self.verdict_function()

    def compile(self) -> Program:
        made = self.made(
            [
                syntax.function("run_exact", ["d"], self.exact_body()),
                syntax.function("run_in_bounds", ["d"], self.bounds_body()),
            ]
        )
        run_exact, run_in_bounds = made["run_exact"], made["run_in_bounds"]
        later: dict[str, Any] = {}
        once = Lock()

        def run(dossier: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a dossier
            try:
                state: tuple[Any, ...] | None = run_exact(dossier)
            except _UNSETTLED:
                state = None
            return run_in_bounds(dossier) if state is None else state

        def looking_back(name: str) -> Callable[..., Any]:
            def look(dossier: Any, state: tuple[Any, ...], *more: Any) -> Any:  # noqa: ANN401 - a dossier
                if not later:
                    with once:
                        later.update(later or self.compile_looking_back())
                if name == "evidence" and state[5]:
                    try:
                        return later["evidence_exact"](dossier, state)
                    except (*_UNSETTLED, ZeroDivisionError):
                        pass  # evidence looks at all parts, those too that the outcome did not depend on
                return later[name](dossier, state, *more)

            return look

        return Program(
            run, run_in_bounds, *(looking_back(name) for name in ("evidence", "notes", "data_say", "values", "cohort"))
        )

    def compile_looking_back(self) -> dict[str, object]:
        """The functions that are asked after the fact; most dossiers of a large run never are."""
        notes = [self.root(one.when) for one in self.standard.notes]
        return self.made(
            [
                syntax.function("evidence_exact", ["d", "state"], self.evidence_body(exact=True)),
                syntax.function("evidence", ["d", "state"], self.evidence_body(exact=False)),
                syntax.function("notes", ["d", "state"], self.extra_body(notes)),
                syntax.function("data_say", ["d", "state"], self.data_say_body()),
                syntax.function("values", ["d", "state"], self.values_body()),
                syntax.function("cohort", ["d", "state", "given"], self.cohort_body()),
            ]
        )

    def made(self, functions: Sequence[ast.stmt]) -> dict[str, Any]:
        return syntax.compile_functions(functions, self.names.values, f"<{self.standard.reference}>")

    def exact_body(self) -> list[ast.stmt]:
        emitter = ExactEmitter(self.names, self.plan)
        give_up = syntax.give(syntax.constant(None))
        if any(isinstance(part, Read) and part.fact.on == PARAMETERS for one in self.decisive for part in walk(one)):
            return [give_up]
        body = self.open_dossier(emitter, self.subject_facts, list(self.row_facts))
        unknown = [
            syntax.compare(syntax.name(emitter.locals[self.standard.subject, name]), "is", syntax.constant(None))
            for name, one in self.subject_facts.items()
            if not one.key
        ]
        unknown += [syntax.compare(syntax.name(f"r_{one}"), "is", syntax.constant(None)) for one in self.row_facts]
        if any(self.picking(one) for one in self.row_facts) and self.standard.period.kind != "as-of":
            unknown.append(syntax.compare(syntax.name("start"), "<", of_span("records_from")))
        if unknown:
            body.append(syntax.when(syntax.junction("or", unknown), [give_up]))
        body += self.name_values(emitter, self.decisive, early=True)
        for relation, facts in self.row_facts.items():
            body += self.exact_loop(emitter, relation, facts, give_up)
        self.leave_rows(emitter)
        in_bounds = [*self.verdicts, *(self.requires[index] for index in self.standard.readers)]
        for index in self.standard.readers:
            in_bounds += [self.conditions[index], self.points[index], *self.grade_rows[index]]
        for relation in sorted(self.relations_gone_through(in_bounds)):  # what reads rules is read in bounds
            body.append(syntax.assign(f"l_{relation}", self.listed_rows(emitter, relation)))
        return body + self.conclude(emitter)

    def bounds_body(self) -> list[ast.stmt]:
        emitter = BoundsEmitter(self.names, self.plan)
        body = self.open_dossier(emitter, self.subject_facts, list(self.row_facts))
        body += self.name_values(emitter, self.decisive, early=True)
        for relation, facts in self.row_facts.items():
            body += self.bounds_loop(emitter, relation, facts)
        return body + self.conclude(emitter)

    # Criteria and verdict

    def conclude(self, emitter: Emitter) -> list[ast.stmt]:
        """Requirements, applicability, what is satisfied, and the verdict.

        First the criteria that read facts, all at once; then those that read other criteria, one after the other.
        """
        rules = RuleEmitter(self.names, self.plan, self.rules, totals_exact=emitter.exact)
        rules.locals, rules.named = emitter.locals, emitter.named
        body = self.name_values(emitter, self.decisive, early=False)
        every, readers = range(len(self.standard.criteria)), self.standard.readers
        plain = tuple(index for index in every if index not in readers)
        for index in plain:
            body += self.raw(index, emitter)
        conditional = [index for index, one in enumerate(self.conditions) if one is not None]
        for index in (one for one in plain if one in conditional):
            body.append(syntax.assign(f"a{index}", emitter.expression(self.conditions[index])))  # type: ignore[arg-type]
        if not readers:
            body.append(syntax.assign("truths", syntax.row(syntax.name(f"t{index}") for index in every)))
        for index in plain if readers else sorted(self.outcomes):
            body.append(syntax.assign(f"o{index}", syntax.name(f"t{index}")))
        for index in (one for one in sorted(self.outcomes) if one not in conditional):
            body.append(syntax.assign(f"a{index}", syntax.constant(True)))
        for index in (one for one in plain if one in conditional):
            satisfied = emitter.call(runtime.satisfied, syntax.name(f"a{index}"), syntax.name(f"t{index}"))
            body.append(syntax.assign(f"t{index}", satisfied))
        body += self.apply_waivers(plain)
        for index in plain:
            body += self.counting(index, conditional)
        for index in readers:
            body += self.judge_reader(index, rules, conditional)
        if readers:
            body.append(syntax.assign("truths", syntax.row(syntax.name(f"o{index}") for index in every)))
        applies: ast.expr = syntax.constant(None)
        if conditional:
            applies = syntax.row(
                syntax.name(f"a{index}") if index in conditional else syntax.constant(True) for index in every
            )
        body += self.rule_values(rules)
        body += self.verdict(rules, 0)
        totals = syntax.row(self.kept(one, emitter) for one in self.plan.accumulators)
        names = (syntax.name("truths"), applies, syntax.name("waived"), syntax.name("reachable"))
        state = (*names, totals, syntax.constant(emitter.exact), self.kept_rules())
        return [*body, syntax.give(syntax.row(state))]

    def raw(self, index: int, emitter: Emitter) -> list[ast.stmt]:
        """What a criterion comes to, whatever its applicability and waivers: its truth, and its points or row."""
        criterion = self.standard.criteria[index]
        truth = f"t{index}"
        if (root := self.requires[index]) is not None:
            return [syntax.assign(truth, emitter.expression(root))]
        if (points := self.points[index]) is not None:
            return [
                syntax.assign(f"p{index}", self.limited(criterion, emitter.expression(points), emitter)),
                syntax.assign(truth, self.reaches(criterion, syntax.name(f"p{index}"), emitter)),
            ]
        if criterion.grades:
            passes = self.names.constant(tuple(not row.fails for row in criterion.grades))
            rows = syntax.name(f"r{index}")
            return [
                syntax.assign(f"r{index}", self.rows_held(index, emitter)),
                syntax.assign(truth, syntax.call(self.names.function(runtime.row_truth), rows, passes)),
            ]
        given = syntax.attribute(syntax.name("d"), "judgements")
        keys = self.names.constant(self.judgement_keys(criterion))
        if criterion.judges_points:
            limits = self.names.constant(Bounds(criterion.minimum, criterion.maximum))
            found = syntax.call(self.names.function(runtime.points_given), given, keys, limits)
            passing = self.names.constant(criterion.pass_at)
            reached = syntax.call(self.names.function(runtime.given_truth), syntax.name(f"p{index}"), passing)
            return [syntax.assign(f"p{index}", found), syntax.assign(truth, reached)]
        body = [syntax.assign(truth, self.judged(criterion))]
        if index in self.graded | self.scored:
            places = self.names.constant({row.id: at for at, row in enumerate(criterion.judge)})
            chosen = syntax.call(self.names.function(runtime.rows_judged), given, keys, places)
            body.append(syntax.assign(f"r{index}", chosen))
        return body

    def limited(self, criterion: Criterion, value: ast.expr, emitter: Emitter) -> ast.expr:
        """Points cut to their limits."""
        least, most = self.names.constant(criterion.minimum), self.names.constant(criterion.maximum)
        if emitter.exact:
            value = syntax.call("max", value, least)
            return value if criterion.maximum is None else syntax.call("min", value, most)
        value = emitter.call(bounds.greatest, value, least)
        return value if criterion.maximum is None else emitter.call(bounds.smallest, value, most)

    def reaches(self, criterion: Criterion, points: ast.expr, emitter: Emitter) -> ast.expr:
        """Whether points suffice; without a limit they always do."""
        if criterion.pass_at is None:
            return syntax.constant(True)
        limit = self.names.constant(criterion.pass_at)
        if emitter.exact:
            return syntax.compare(limit, "<=", points)
        return emitter.call(bounds.at_most, limit, points)

    def rows_held(self, index: int, emitter: Emitter) -> ast.expr:
        """The first row whose condition holds, or all that may be it, by place."""
        conditions = [one for one in self.grade_rows[index] if one is not None]
        if not emitter.exact:
            return emitter.call(runtime.rows_reached, syntax.row(map(emitter.expression, conditions)))
        value = self.names.constant((len(conditions),))
        for at, one in reversed(list(enumerate(conditions))):
            value = syntax.choose(emitter.expression(one), self.names.constant((at,)), value)
        return value

    def judge_reader(self, index: int, rules: RuleEmitter, conditional: Sequence[int]) -> list[ast.stmt]:
        """A criterion that reads others."""
        raw, settled = syntax.name(f"o{index}"), syntax.name(f"t{index}")
        body = [*self.raw(index, rules), syntax.assign(f"o{index}", settled)]
        if index in conditional:
            body.append(syntax.assign(f"a{index}", rules.expression(self.conditions[index])))  # type: ignore[arg-type]
            satisfied = rules.call(runtime.satisfied, syntax.name(f"a{index}"), raw)
            body.append(syntax.assign(f"t{index}", satisfied))
        waived = syntax.compare(syntax.constant(index), "in", syntax.name("waived"))
        body.append(syntax.assign(f"t{index}", syntax.choose(waived, syntax.constant(True), settled)))
        return [*body, *self.counting(index, conditional)]

    def counting(self, index: int, conditional: Sequence[int]) -> list[ast.stmt]:
        """Grade and points as they count: neither of what does not apply or is waived."""
        criterion = self.standard.criteria[index]
        applies = syntax.name(f"a{index}") if index in conditional else syntax.constant(True)
        waived = syntax.compare(syntax.constant(index), "in", syntax.name("waived"))
        rows = syntax.name(f"r{index}")
        body: list[ast.stmt] = []
        if index in self.graded:
            grade: ast.expr = syntax.constant("")
            if criterion.rows:
                ids = self.names.constant(tuple(row.id for row in criterion.rows))
                chosen = syntax.call(self.names.function(runtime.row_grade), rows, ids)
                grade = syntax.call(self.names.function(runtime.grade_counting), chosen, applies, waived)
            body.append(syntax.assign(f"g{index}", grade))
        if index in self.scored:
            points: ast.expr = syntax.name(f"p{index}")
            if criterion.rows:
                worth = self.names.constant(tuple(row.points for row in criterion.rows))
                points = syntax.call(self.names.function(runtime.row_points), rows, worth)
            counted = self.names.function(runtime.points_counting)
            body.append(syntax.assign(f"p{index}", syntax.call(counted, points, applies, waived)))
            most = self.names.constant(criterion.maximum)
            if criterion.maximum is not None:
                most = syntax.call(counted, most, applies, waived)
            body.append(syntax.assign(f"m{index}", most))
        return body

    def rule_values(self, rules: RuleEmitter) -> list[ast.stmt]:
        """Work out once the named values that verdicts read, as far as they read criteria."""
        body: list[ast.stmt] = []
        for one in self.values_read(self.verdicts):
            if one.name not in rules.named:
                local = f"u{len(rules.named)}"
                body.append(syntax.assign(local, rules.expression(one.expression)))
                rules.named[one.name] = local
        return body

    def kept_rules(self) -> ast.expr:
        """What is satisfied, and grades, for what is asked after the fact."""
        if not self.keeps_rules:
            return syntax.constant(None)
        every = range(len(self.standard.criteria))

        def kept(letter: str, those: frozenset[int]) -> ast.expr:
            return syntax.row(syntax.name(f"{letter}{at}") if at in those else syntax.constant(None) for at in every)

        return syntax.row(
            (kept("t", frozenset(every)), kept("g", self.graded), kept("p", self.scored), kept("m", self.scored))
        )

    def kept(self, one: Accumulator, emitter: Emitter) -> ast.expr:
        """What the state keeps of an accumulator: the same form from both functions."""
        total = syntax.name(f"n{one.index}")
        if one.extreme and emitter.exact:
            return syntax.row((total, syntax.name(f"w{one.index}"), syntax.row(()), syntax.constant(False)))
        return total

    def judged(self, criterion: Criterion) -> ast.expr:
        keys = self.judgement_keys(criterion)
        fails = {row.id: row.fails for row in criterion.judge}
        given = syntax.attribute(syntax.name("d"), "judgements")
        found = syntax.call(
            self.names.function(runtime.judged), given, self.names.constant(keys), self.names.constant(fails)
        )
        return syntax.choose(given, found, syntax.constant(None))

    def judgement_keys(self, criterion: Criterion) -> runtime.Keys:
        """Under which keys a person's judgement may stand, and whose counts."""
        order = tuple(one.id for one in self.standard.assessors)
        return runtime.Keys(criterion.id, f"{self.standard.id}#{criterion.id}", order)

    def apply_waivers(self, indexes: tuple[int, ...]) -> list[ast.stmt]:
        waivers = syntax.attribute(syntax.name("d"), "waivers")
        every = tuple(f"t{index}" for index in indexes)
        found = syntax.call("waive", syntax.name("d"), syntax.name("as_of"))
        body = [syntax.assign("waived", found)]
        if every:
            truths = syntax.row(map(syntax.name, every))
            settled = self.names.function(_with_waivers)
            body.append(
                syntax.assign(every, syntax.call(settled, truths, self.names.constant(indexes), syntax.name("waived")))
            )
        none = self.names.constant(frozenset())
        return [syntax.assign("waived", none), syntax.when(waivers, body)]

    def verdict(self, emitter: RuleEmitter, index: int) -> list[ast.stmt]:
        """Rows from the top: a TRUE one ends it, an UNKNOWN one is reachable and reading goes on."""
        reach = syntax.row((syntax.constant(index),))
        start = [syntax.assign("reachable", syntax.row(()))] if index == 0 else []
        condition = self.verdicts[index]
        grow = syntax.assign("reachable", syntax.binary(syntax.name("reachable"), "+", reach))
        if condition is None:
            return [*start, grow]
        holds = syntax.name("holds")
        return [
            *start,
            syntax.assign("holds", emitter.expression(condition)),
            syntax.when(syntax.compare(holds, "is not", syntax.constant(False)), [grow]),
            syntax.when(syntax.compare(holds, "is not", syntax.constant(True)), self.verdict(emitter, index + 1)),
        ]

    def waive_function(self) -> Callable[[Any, Any], frozenset[int]]:
        keys = [(one.id, f"{self.standard.id}#{one.id}") for one in self.standard.criteria]

        def waive(dossier: Any, as_of: Any) -> frozenset[int]:  # noqa: ANN401 - a dossier and a day
            waivers = dossier.waivers
            found = set()
            for index, (plain, qualified) in enumerate(keys):
                waiver = waivers.get(qualified, waivers.get(plain))
                if waiver is not None and (waiver.until is None or as_of <= waiver.until):
                    found.add(index)
            return frozenset(found)

        return waive

    def verdict_function(self) -> Callable[[Any, str, Any], TextValue]:
        """The verdict of another standard for the subject or a row of a dossier, worked out once each."""
        standard, program_of = self.standard, self.program_of

        def verdict_of(dossier: Any, reference: str, row: Any) -> TextValue:  # noqa: ANN401 - a dossier and its record
            other = standard.version_on(reference, dossier.day)
            found = dossier.kept.get((other, id(row)))
            if found is None:
                reachable = program_of(other).run(dossier.below(other.subject, row))[3]
                found = runtime.verdict_text(reachable, tuple(one.id for one in other.outcomes))
                dossier.kept[other, id(row)] = found
            return found  # type: ignore[no-any-return]

        return verdict_of

    def outcome_function(self) -> Callable[..., TextValue]:
        """What a verdict reads as ``c.outcome``: while it is open, any outcome that it may still come to."""
        judged = [one.is_judged for one in self.standard.criteria]

        def outcome(index: int, truth: Any, applies: Any, waived: Any) -> TextValue:  # noqa: ANN401 - parts of a state
            found = outcome_of(truth, applies, index in waived, judged[index])
            if found not in _OPEN and applies is not None:
                return found.value
            settled = {Outcome.WAIVED} if index in waived else {Outcome.PASSED, Outcome.FAILED}
            if applies is None:
                settled.add(Outcome.INAPPLICABLE)
            return Possible(frozenset(one.value for one in settled))

        return outcome


def _with_waivers(
    satisfied: tuple[bool | None, ...], indexes: tuple[int, ...], waived: frozenset[int]
) -> tuple[bool | None, ...]:
    return tuple(True if index in waived else one for index, one in zip(indexes, satisfied, strict=True))


def outcome_of(
    truth: bool | None,  # noqa: FBT001 - parts of a state
    applicable: bool | None,  # noqa: FBT001
    waived: bool,  # noqa: FBT001
    judged: bool,  # noqa: FBT001
) -> Outcome:
    """The outcome of a criterion from its truth, whether it applies, is waived and is for a person to judge."""
    if applicable is False:
        return Outcome.INAPPLICABLE
    if waived:
        return Outcome.WAIVED
    if applicable is None:
        return Outcome.UNDETERMINED
    if truth is None:
        return Outcome.UNTESTED if judged else Outcome.UNDETERMINED
    return Outcome.PASSED if truth else Outcome.FAILED

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

from platformrules.backends.python import gathering, runtime, syntax
from platformrules.backends.python.emit import Emitter
from platformrules.backends.python.exact import ExactEmitter
from platformrules.backends.python.frame import Labeller, of_span
from platformrules.backends.python.in_bounds import BoundsEmitter
from platformrules.backends.python.looking_back import LookingBack
from platformrules.backends.python.loops import Loops
from platformrules.backends.python.plan import (
    Accumulator,
)
from platformrules.backends.python.rules import RuleEmitter
from platformrules.bounds import Possible, TextValue
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
        data_say: what the data say on each judged criterion: the index of a row, or ``None``.
    """

    run: Callable[[Any], tuple[Any, ...]]
    run_in_bounds: Callable[[Any], tuple[Any, ...]]
    evidence: Callable[[Any, tuple[Any, ...]], tuple[tuple[Evidence, ...], ...]]
    notes: Callable[[Any, tuple[Any, ...]], tuple[bool | None, ...]]
    data_say: Callable[[Any, tuple[Any, ...]], tuple[tuple[bool | None, ...], ...]]


def to_python(standard: Standard, label: Labeller) -> Program:
    """Compile a standard.

    ``label`` makes the words of a quantity in evidence.
    """
    return _Compiler(standard, label).compile()


class _Compiler(Loops, LookingBack):
    def __init__(self, standard: Standard, label: Labeller) -> None:
        super().__init__(standard, label)
        self.names.values |= {"waive": self.waive_function(), "outcome_of": self.outcome_function()}

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

        def looking_back(name: str) -> Callable[[Any, tuple[Any, ...]], Any]:
            def look(dossier: Any, state: tuple[Any, ...]) -> Any:  # noqa: ANN401 - a dossier
                if not later:
                    with once:
                        later.update(later or self.compile_looking_back())
                if name == "evidence" and state[5]:
                    try:
                        return later["evidence_exact"](dossier, state)
                    except (*_UNSETTLED, ZeroDivisionError):
                        pass  # evidence looks at all parts, those too that the outcome did not depend on
                return later[name](dossier, state)

            return look

        return Program(run, run_in_bounds, *(looking_back(name) for name in ("evidence", "notes", "data_say")))

    def compile_looking_back(self) -> dict[str, object]:
        """The functions that are asked after the fact; most dossiers of a large run never are."""
        notes = [self.root(one.when) for one in self.standard.notes]
        return self.made(
            [
                syntax.function("evidence_exact", ["d", "state"], self.evidence_body(exact=True)),
                syntax.function("evidence", ["d", "state"], self.evidence_body(exact=False)),
                syntax.function("notes", ["d", "state"], self.extra_body(notes)),
                syntax.function("data_say", ["d", "state"], self.data_say_body()),
            ]
        )

    def made(self, functions: Sequence[ast.stmt]) -> dict[str, Any]:
        return syntax.compile_functions(functions, self.names.values, f"<{self.standard.reference}>")

    def exact_body(self) -> list[ast.stmt]:
        emitter = ExactEmitter(self.names, self.plan)
        body = self.open_dossier(emitter, self.subject_facts, list(self.row_facts))
        give_up = syntax.give(syntax.constant(None))
        unknown = [
            syntax.compare(syntax.name(emitter.locals[self.standard.subject, name]), "is", syntax.constant(None))
            for name, one in self.subject_facts.items()
            if not one.key
        ]
        unknown += [syntax.compare(syntax.name(f"r_{one}"), "is", syntax.constant(None)) for one in self.row_facts]
        if any(self.dating(one) for one in self.row_facts) and self.standard.period.kind != "as-of":
            unknown.append(syntax.compare(syntax.name("start"), "<", of_span("records_from")))
        if unknown:
            body.append(syntax.when(syntax.junction("or", unknown), [give_up]))
        for relation, facts in self.row_facts.items():
            body += self.exact_loop(emitter, relation, facts, give_up)
        self.leave_rows(emitter)
        for relation in sorted(self.relations_gone_through(self.verdicts)):  # verdicts are read in bounds
            body.append(syntax.assign(f"l_{relation}", self.listed_rows(emitter, relation)))
        return body + self.conclude(emitter)

    def bounds_body(self) -> list[ast.stmt]:
        emitter = BoundsEmitter(self.names, self.plan)
        body = self.open_dossier(emitter, self.subject_facts, list(self.row_facts))
        for relation, facts in self.row_facts.items():
            body += self.bounds_loop(emitter, relation, facts)
        return body + self.conclude(emitter)

    # Criteria and verdict

    def conclude(self, emitter: Emitter) -> list[ast.stmt]:
        """Requirements, applicability, what is satisfied, and the verdict."""
        body: list[ast.stmt] = []
        for index, criterion in enumerate(self.standard.criteria):
            root = self.requires[index]
            value = self.judged(criterion) if root is None else emitter.expression(root)
            body.append(syntax.assign(f"t{index}", value))
        conditional = [index for index, one in enumerate(self.conditions) if one is not None]
        for index in conditional:
            body.append(syntax.assign(f"a{index}", emitter.expression(self.conditions[index])))  # type: ignore[arg-type]  # noqa: PERF401
        count = len(self.standard.criteria)
        truths = syntax.row(syntax.name(f"t{index}") for index in range(count))
        applies: ast.expr = syntax.constant(None)
        if conditional:
            applies = syntax.row(
                syntax.name(f"a{index}") if index in conditional else syntax.constant(True) for index in range(count)
            )
        body += [syntax.assign("truths", truths), syntax.assign("applies", applies)]
        for index in conditional:
            satisfied = emitter.call(runtime.satisfied, syntax.name(f"a{index}"), syntax.name(f"t{index}"))
            body.append(syntax.assign(f"t{index}", satisfied))
        body += self.apply_waivers(count)
        rules = RuleEmitter(self.names, self.plan, self.rules)
        rules.locals = emitter.locals
        body += self.verdict(rules, 0)
        totals = syntax.row(self.kept(one, emitter) for one in self.plan.accumulators)
        names = map(syntax.name, ("truths", "applies", "waived", "reachable"))
        state = (*names, totals, syntax.constant(emitter.exact))
        return [*body, syntax.give(syntax.row(state))]

    def kept(self, one: Accumulator, emitter: Emitter) -> ast.expr:
        """What the state keeps of an accumulator: the same form from both functions."""
        total = syntax.name(f"n{one.index}")
        if one.extreme and emitter.exact:
            return syntax.row((total, syntax.name(f"w{one.index}"), syntax.row(()), syntax.constant(False)))
        return total

    def judged(self, criterion: Criterion) -> ast.expr:
        keys = (criterion.id, f"{self.standard.id}#{criterion.id}")
        fails = {row.id: row.fails for row in criterion.judge}
        given = syntax.attribute(syntax.name("d"), "judgements")
        found = syntax.call(
            self.names.function(runtime.judged), given, self.names.constant(keys), self.names.constant(fails)
        )
        return syntax.choose(given, found, syntax.constant(None))

    def apply_waivers(self, count: int) -> list[ast.stmt]:
        waivers = syntax.attribute(syntax.name("d"), "waivers")
        every = tuple(f"t{index}" for index in range(count))
        found = syntax.call("waive", syntax.name("d"), syntax.name("as_of"))
        settle = syntax.call(
            self.names.function(_with_waivers), syntax.row(map(syntax.name, every)), syntax.name("waived")
        )
        none = self.names.constant(frozenset())
        return [
            syntax.assign("waived", none),
            syntax.when(waivers, [syntax.assign("waived", found), syntax.assign(every, settle)]),
        ]

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

    def outcome_function(self) -> Callable[..., TextValue]:
        """What a verdict reads as ``c.outcome``: while it is open, any outcome that it may still come to."""
        judged = [bool(one.judge) for one in self.standard.criteria]

        def outcome(index: int, truths: Any, applies: Any, waived: Any) -> TextValue:  # noqa: ANN401 - parts of a state
            found = outcome_of(index, truths, applies, waived, judged[index])
            may_not_apply = applies is not None and applies[index] is None
            if found not in _OPEN and not may_not_apply:
                return found.value
            settled = {Outcome.WAIVED} if index in waived else {Outcome.PASSED, Outcome.FAILED}
            if may_not_apply:
                settled.add(Outcome.INAPPLICABLE)
            return Possible(frozenset(one.value for one in settled))

        return outcome


def _with_waivers(satisfied: tuple[bool | None, ...], waived: frozenset[int]) -> tuple[bool | None, ...]:
    return tuple(True if index in waived else one for index, one in enumerate(satisfied))


def outcome_of(
    index: int,
    truths: Sequence[bool | None],
    applies: Sequence[bool | None] | None,
    waived: frozenset[int],
    judged: bool,  # noqa: FBT001 - generated calls are positional
) -> Outcome:
    """The outcome of a criterion from its parts in a state."""
    applicable = True if applies is None else applies[index]
    if applicable is False:
        return Outcome.INAPPLICABLE
    if index in waived:
        return Outcome.WAIVED
    truth = truths[index]
    if applicable is None:
        return Outcome.UNDETERMINED
    if truth is None:
        return Outcome.UNTESTED if judged else Outcome.UNDETERMINED
    return Outcome.PASSED if truth else Outcome.FAILED

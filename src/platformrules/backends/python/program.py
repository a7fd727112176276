# SPDX-License-Identifier: MIT
"""A standard compiled to Python: one function for complete data, one in bounds, one for evidence.

The reference semantics of the criteria language (format.md section 2). Other engines are held to it by tests.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from threading import Lock
from typing import Any

from attrs import frozen

from platformrules import bounds
from platformrules.backends.python import runtime, syntax
from platformrules.backends.python.emit import Emitter, Globals, read_fact
from platformrules.backends.python.evidence import EVIDENCE_GLOBALS, EvidenceWriter, Look, looks, unit_of
from platformrules.backends.python.exact import ExactEmitter
from platformrules.backends.python.in_bounds import BoundsEmitter
from platformrules.backends.python.plan import (
    Accumulator,
    Plan,
    facts_of_rows,
    facts_of_subject,
    facts_to_test,
    make_plan,
)
from platformrules.backends.python.rules import RuleEmitter, RuleTable
from platformrules.bounds import Possible, TextValue
from platformrules.criteria.domains import domain
from platformrules.criteria.simplifier import simplify
from platformrules.criteria.typed import Distinct, Gather, RelationRows, TypedExpr, TypedNode
from platformrules.criteria.walk import walk
from platformrules.languages import Bilingual
from platformrules.results import Evidence, Outcome, Quantity
from platformrules.schema import Fact
from platformrules.standards.model import Criterion, Standard

#: What the exact path raises where something is not recorded: that has no order, no members and no key.
_UNSETTLED = (runtime.Incomplete, TypeError, KeyError)

#: Outcomes that what is recorded later may settle.
_OPEN = (Outcome.UNDETERMINED, Outcome.UNTESTED)

#: Makes the words for an expression; another backend, handed in by whoever joins them.
Labeller = Callable[[TypedNode], Bilingual]


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


class _Compiler:
    def __init__(self, standard: Standard, label: Labeller) -> None:
        self.standard, self.label = standard, label
        self.values = {name: one.value for name, one in standard.parameters.items()}
        self.requires = [self.root(criterion.require) for criterion in standard.criteria]
        self.conditions = [self.root(criterion.applies_when) for criterion in standard.criteria]
        self.verdicts = [self.root(row.when) for row in standard.verdicts]
        decisive = [one for one in (*self.requires, *self.conditions, *self.verdicts) if one is not None]
        self.plan = make_plan(decisive)
        self.own_loops = self.relations_gone_through((*self.requires, *self.conditions, *self.verdicts))
        self.names = Globals()
        self.subject_facts = facts_of_subject(decisive, standard.subject)
        self.row_facts = facts_of_rows(decisive)
        self.to_test = facts_to_test(decisive)
        self.rules = RuleTable(
            criteria=tuple((one.id, one.block, one.strength.value) for one in standard.criteria),
            blocks={block.id: self.block_members(block.id) for block in standard.blocks},
        )
        self.names.values |= {
            "waive": self.waive_function(),
            "outcome_of": self.outcome_function(),
            "Incomplete": runtime.Incomplete,
            **EVIDENCE_GLOBALS,
        }

    def root(self, expression: TypedExpr | None) -> TypedNode | None:
        return None if expression is None else simplify(expression.root, self.values)

    def block_members(self, block: str) -> tuple[int, ...]:
        inside = {block}
        for _ in self.standard.blocks:
            inside |= {one.id for one in self.standard.blocks if one.parent in inside}
        return tuple(index for index, one in enumerate(self.standard.criteria) if one.block in inside)

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

    # What every function begins with

    def open_dossier(self, emitter: Emitter, facts: Mapping[str, Fact], relations: Sequence[str]) -> list[ast.stmt]:
        """Read the subject, its facts, the window and the relations into locals."""
        d = syntax.name("d")
        subject = f"v_{self.standard.subject}"
        body = [syntax.assign(subject, syntax.attribute(d, self.standard.subject))]
        for index, (name, one) in enumerate(facts.items()):
            emitter.locals[self.standard.subject, name] = f"f{index}"
            value = read_fact(syntax.name(subject), one, self.names, exact=emitter.exact)
            body.append(syntax.assign(f"f{index}", value))
        span = syntax.name("span")
        windowed = self.standard.period.kind != "as-of" or not any(map(self.dating, relations))
        opened = syntax.attribute(d, "_window") if windowed else emitter.call(runtime.window_of_day, d)
        body.append(syntax.assign("span", opened))
        if self.standard.period.kind == "as-of":
            body.append(syntax.assign("as_of", syntax.attribute(d, "_day")))
        else:
            for local, member in (
                ("as_of", "as_of"),
                ("start", "start"),
                ("last", "last"),
                ("end", "end"),
                ("first_month", "first_month"),
                ("months", "months"),
                ("one_year", "one_year"),
                ("month_base", "month_base"),
            ):
                body.append(syntax.assign(local, syntax.attribute(span, member)))
        for relation in relations:
            body.append(syntax.assign(f"r_{relation}", syntax.attribute(d, relation)))
            dated = self.dating(relation)
            if dated is not None:
                self.names.values[f"day_{relation}"] = attrgetter(dated)
                needed = self.row_facts.get(relation, {})
                self.names.values[f"needed_{relation}"] = _reader(needed.values())
        return body

    def dating(self, relation: str) -> str | None:
        return self.standard.schema.relations[relation].dated_by

    def relations_gone_through(self, roots: Iterable[TypedNode | None]) -> frozenset[str]:
        """The relations whose rows some function goes through in a loop of its own."""
        return frozenset(
            node.rows.relation
            for root in roots
            if root is not None
            for node in walk(root)
            if isinstance(node, Gather | Distinct)
            and isinstance(node.rows, RelationRows)
            and node not in self.plan.readers
        )

    # Complete data

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
            unknown.append(syntax.compare(syntax.name("start"), "<", _of_span("records_from")))
        if unknown:
            body.append(syntax.when(syntax.junction("or", unknown), [give_up]))
        for relation, facts in self.row_facts.items():
            body += self.exact_loop(emitter, relation, facts, give_up)
        self.leave_rows(emitter)
        for relation in sorted(self.relations_gone_through(self.verdicts)):  # verdicts are read in bounds
            body.append(syntax.assign(f"l_{relation}", self.listed_rows(emitter, relation)))
        return body + self.conclude(emitter)

    def start_totals(self, accumulators: Sequence[Accumulator]) -> list[ast.stmt]:
        zero = syntax.constant(0)
        body = []
        for one in accumulators:
            start: ast.expr = zero
            if one.extreme:
                start = self.names.constant(math.inf if one.extreme == "min" else -math.inf)
                body.append(syntax.assign(f"w{one.index}", syntax.constant(None)))
            elif one.monthly:
                start = syntax.repeated(zero, _of_span("month_count"))
            body.append(syntax.assign(f"n{one.index}", start))
        return body

    def exact_loop(
        self, emitter: ExactEmitter, relation: str, facts: Mapping[str, Fact], give_up: ast.stmt
    ) -> list[ast.stmt]:
        accumulators = self.plan.of_relation(relation)
        rows = relation in self.own_loops
        body = self.start_totals(accumulators)
        if rows:
            body.append(syntax.assign(f"i_{relation}", syntax.no_items()))
        reads, tests = self.read_row(emitter, relation, facts, accumulators, exact=True)
        inside: list[ast.stmt] = [*reads]
        if tests:
            inside.append(syntax.when(syntax.junction("or", tests), [give_up]))
        inside += self.count_row(emitter, accumulators)
        if rows:
            append = syntax.attribute(syntax.name(f"i_{relation}"), "append")
            inside.append(syntax.do(syntax.call(append, syntax.name("row"))))
        return [*body, *self.over_relation(relation, inside, ())]

    def over_relation(self, relation: str, inside: list[ast.stmt], undated: Sequence[ast.stmt]) -> list[ast.stmt]:
        """Go through the rows of the period; ``undated`` is done with a row without a date, which else raises."""
        dated = self.dating(relation)
        if not inside or (dated is not None and self.standard.period.kind == "as-of"):
            return []  # without a period dated rows are read by named windows only
        rows = syntax.name(f"r_{relation}")
        if dated is None:
            return [syntax.loop("row", rows, inside)]
        day = syntax.name("day")
        return [
            syntax.loop(
                "row",
                rows,
                [
                    syntax.assign("day", syntax.attribute(syntax.name("row"), dated)),
                    *([syntax.when(syntax.compare(day, "is", syntax.constant(None)), undated)] if undated else []),
                    syntax.when(syntax.compare(syntax.name("start"), "<=", day, "<=", syntax.name("last")), inside),
                ],
            )
        ]

    def leave_rows(self, emitter: Emitter) -> None:
        """Forget the locals of a loop over rows: a variable of that name means another row elsewhere."""
        emitter.locals = {key: local for key, local in emitter.locals.items() if key[0] == self.standard.subject}

    def read_row(
        self,
        emitter: Emitter,
        relation: str,
        facts: Mapping[str, Fact],
        accumulators: Sequence[Accumulator],
        *,
        exact: bool = False,
    ) -> tuple[list[ast.stmt], list[ast.expr]]:
        """Read the facts of a row into locals, and the tests whether one is not recorded."""
        dated = self.dating(relation)
        self.leave_rows(emitter)
        reads, tests = [], []
        for index, (name, one) in enumerate(facts.items()):
            local = "day" if name == dated else f"x{index}"
            for accumulator in accumulators:
                emitter.locals[accumulator.variable, name] = local
            if name != dated:
                reads.append(syntax.assign(local, read_fact(syntax.name("row"), one, self.names, exact=exact)))
                if not exact or (one.on, one.id) in self.to_test:
                    tests.append(syntax.compare(syntax.name(local), "is", syntax.constant(None)))
        for accumulator in accumulators:
            for key in _keys_read(accumulator):
                emitter.locals[accumulator.variable, key] = f"x_{key}"
                reads.append(syntax.assign(f"x_{key}", syntax.attribute(syntax.name("row"), key)))
        return reads, tests

    def count_row(self, emitter: Emitter, accumulators: Sequence[Accumulator]) -> list[ast.stmt]:
        body: list[ast.stmt] = []
        if any(one.monthly for one in accumulators):
            body.append(syntax.assign("month", _month_index()))
        for one in accumulators:
            if one.extreme:
                body.append(self.keep_extreme(emitter, one))
                continue
            target: ast.expr | str = f"n{one.index}"
            if one.monthly:
                target = syntax.item(syntax.name(f"n{one.index}"), syntax.name("month"))
            by = syntax.constant(1) if one.addend is None else emitter.expression(one.addend)
            step: ast.stmt = syntax.increase(target, by)
            if one.addend is not None and not one.addend.datatype.whole:
                step = _assign_sum(emitter, target, by)
            tests = [emitter.expression(test) for test in one.tests]
            body.append(syntax.when(syntax.junction("and", tests), [step]) if tests else step)
        return body

    def keep_extreme(self, emitter: Emitter, one: Accumulator) -> ast.stmt:
        """Keep a row if its value is beyond all before it."""
        best, value = f"n{one.index}", emitter.expression(one.addend)  # type: ignore[arg-type]
        beyond = syntax.compare(value, "<" if one.extreme == "min" else ">", syntax.name(best))
        tests = [*(emitter.expression(test) for test in one.tests), beyond]
        keep = [syntax.assign(best, value), syntax.assign(f"w{one.index}", syntax.name("row"))]
        return syntax.when(syntax.junction("and", tests), keep)

    # Incomplete data

    def bounds_body(self) -> list[ast.stmt]:
        emitter = BoundsEmitter(self.names, self.plan)
        body = self.open_dossier(emitter, self.subject_facts, list(self.row_facts))
        for relation, facts in self.row_facts.items():
            body += self.bounds_loop(emitter, relation, facts)
        return body + self.conclude(emitter)

    def bounds_loop(self, emitter: BoundsEmitter, relation: str, facts: Mapping[str, Fact]) -> list[ast.stmt]:
        accumulators = self.plan.of_relation(relation)
        body = self.start_totals(accumulators)
        body += [syntax.assign(f"q{one.index}", syntax.no_items()) for one in accumulators]
        if accumulators:
            more: ast.expr = syntax.compare(syntax.name(f"r_{relation}"), "is", syntax.constant(None))
            if self.dating(relation) is not None:
                late = syntax.compare(syntax.name("start"), "<", _of_span("records_from"))
                more = syntax.junction("or", (more, late))
            body.append(syntax.assign("more", more))
            body += self.bounds_counting(emitter, relation, facts, accumulators)
            body += [self.finish(one) for one in accumulators]
        if relation in self.own_loops:
            body.append(syntax.assign(f"l_{relation}", self.listed_rows(emitter, relation)))
        self.leave_rows(emitter)
        return body

    def listed_rows(self, emitter: Emitter, relation: str) -> ast.expr:
        rows = syntax.name(f"r_{relation}")
        if self.dating(relation) is None or self.standard.period.kind == "as-of":
            return emitter.call(runtime.all_rows, rows)
        return emitter.call(runtime.dated_rows, rows, syntax.name(f"day_{relation}"), syntax.name("span"))

    def bounds_counting(
        self, emitter: BoundsEmitter, relation: str, facts: Mapping[str, Fact], accumulators: Sequence[Accumulator]
    ) -> list[ast.stmt]:
        exact = ExactEmitter(self.names, self.plan)
        odd = [syntax.do(syntax.call(syntax.attribute(syntax.name("odd"), "append"), syntax.name("row")))]
        reads, tests = self.read_row(exact, relation, facts, accumulators)
        counted = self.count_row(exact, accumulators)
        inside = [*reads, syntax.when(syntax.junction("or", tests), odd, counted)] if tests else [*reads, *counted]
        rows = syntax.junction("or", (syntax.name(f"r_{relation}"), syntax.row(())))
        body = [
            syntax.assign("odd", syntax.no_items()),
            syntax.assign(f"r_{relation}_or_none", rows),
        ]
        walk_rows = self.over_relation(relation, inside, [*odd, syntax.skip()])
        assert isinstance(walk_rows[0], ast.For)  # noqa: S101 - INVARIANT: an accumulator always counts something
        walk_rows[0].iter = syntax.name(f"r_{relation}_or_none")
        body += walk_rows
        body.append(syntax.loop("row", syntax.name("odd"), self.odd_row(emitter, relation, facts, accumulators)))
        return body

    def odd_row(
        self, emitter: BoundsEmitter, relation: str, facts: Mapping[str, Fact], accumulators: Sequence[Accumulator]
    ) -> list[ast.stmt]:
        """What an incomplete row may add to each accumulator."""
        reads, _ = self.read_row(emitter, relation, facts, accumulators)
        dated = self.dating(relation)
        body: list[ast.stmt] = []
        presence: ast.expr = syntax.constant(True)
        month: ast.expr = syntax.constant(None)
        if dated is not None:
            undated = syntax.compare(syntax.name("day"), "is", syntax.constant(None))
            body.append(syntax.assign("day", syntax.attribute(syntax.name("row"), dated)))
            presence = syntax.choose(undated, syntax.constant(None), syntax.constant(True))
            month = syntax.choose(undated, syntax.constant(None), _month_index())
        body += [*reads, syntax.assign("here", presence), syntax.assign("month", month)]
        for one in accumulators:
            body += self.odd_addition(emitter, one)
        return body

    def odd_addition(self, emitter: BoundsEmitter, one: Accumulator) -> list[ast.stmt]:
        """What an incomplete row adds to one accumulator: noted, unless it is settled all the same."""
        where, here = syntax.name("row" if one.extreme else "month"), syntax.name("here")
        value = syntax.constant(None) if one.addend is None else emitter.expression(one.addend)
        append = syntax.attribute(syntax.name(f"q{one.index}"), "append")
        note = syntax.do(syntax.call(append, syntax.row((where, here, value))))
        if not one.tests:
            if one.addend is not None:
                return [note]
            target: ast.expr | str = f"n{one.index}"
            if one.monthly:
                target = syntax.item(syntax.name(f"n{one.index}"), syntax.name("month"))
            return [syntax.when(here, [syntax.increase(target, syntax.constant(1))], [note])]
        tests = (here, *(emitter.expression(test) for test in one.tests))
        presence = syntax.name("presence")
        noted = syntax.do(syntax.call(append, syntax.row((where, presence, value))))
        return [
            syntax.assign("presence", emitter.call(bounds.all_of, syntax.row(tests))),
            syntax.when(syntax.compare(presence, "is not", syntax.constant(False)), [noted]),
        ]

    def finish(self, one: Accumulator) -> ast.stmt:
        total, added, more = syntax.name(f"n{one.index}"), syntax.name(f"q{one.index}"), syntax.name("more")
        if one.extreme:
            return syntax.assign(
                f"n{one.index}",
                syntax.row((total, syntax.name(f"w{one.index}"), syntax.junction("or", (added, syntax.row(()))), more)),
            )
        if one.addend is None:
            function = runtime.finish_tallies if one.monthly else runtime.finish_tally
            arguments: tuple[ast.expr, ...] = (total, added, more)
        else:
            function = runtime.finish_totals if one.monthly else runtime.finish_total  # type: ignore[assignment]
            arguments = (total, added, more, self.names.constant(domain(one.addend, {})))
        value = syntax.call(self.names.function(function), *arguments)
        if one.addend is None:
            # Most dossiers have no incomplete row: what was counted stands.
            settled = syntax.negation(syntax.junction("or", (added, more)))
            value = syntax.choose(settled, total, value)
        return syntax.assign(f"n{one.index}", value)

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
            if found not in _OPEN:
                return found.value
            settled = {Outcome.PASSED.value, Outcome.FAILED.value}
            if applies is not None and applies[index] is None:
                settled.add(Outcome.INAPPLICABLE.value)
            return Possible(frozenset(settled))

        return outcome

    # After the fact

    def reopen(
        self, emitter: Emitter, facts: Mapping[str, Fact], relations: Sequence[str], own_loops: Sequence[str]
    ) -> list[ast.stmt]:
        """What a function that looks back begins with: the record, and what the loops counted."""
        body = self.open_dossier(emitter, facts, relations)
        totals = tuple(f"n{one.index}" for one in self.plan.accumulators)
        state = syntax.name("state")
        body.append(syntax.assign("truths", syntax.item(state, syntax.constant(0))))
        if totals:
            body.append(syntax.assign(totals, syntax.item(state, syntax.constant(4))))
        for relation in own_loops:
            body.append(syntax.assign(f"l_{relation}", self.listed_rows(emitter, relation)))
        return body

    def evidence_body(self, *, exact: bool) -> list[ast.stmt]:
        """The code that makes all evidence; values are exact where the state is."""
        originals = [criterion.require for criterion in self.standard.criteria]
        listed = {
            gather.rows.relation
            for root in self.requires
            if root is not None
            for look in looks(root)
            for gather in look.loops
            if isinstance(gather.rows, RelationRows)
        }
        own_loops = [relation for relation in self.row_facts if relation in self.own_loops]
        relations = [one for one in self.row_facts if one in listed or one in own_loops]
        in_bounds = BoundsEmitter(self.names, self.plan)
        emitter: Emitter = in_bounds
        if exact:
            emitter = ExactEmitter(self.names, self.plan)
            emitter.looks_back = True
        body = self.reopen(emitter, self.subject_facts, relations, own_loops)
        in_bounds.locals = emitter.locals
        if exact:
            body += [syntax.assign(f"i_{one}", self.present_rows(one)) for one in own_loops]
        writer = EvidenceWriter(emitter, in_bounds)
        rows: list[ast.expr] = []
        every = []
        for index, root in enumerate(self.requires):
            original, own = originals[index], []
            if root is not None and original is not None:
                truth = syntax.item(syntax.name("truths"), syntax.constant(index))
                found = list(looks(root))
                for look, source in zip(found, _sources(original.root, found), strict=True):
                    own.append(syntax.name(f"e{len(rows)}"))
                    rows.append(writer.row(look, self.quantity(look, source, original), truth))
            every.append(syntax.row(own))
        if rows:
            made = syntax.call(
                "map", syntax.name("new"), syntax.call("repeat", syntax.name("Evidence")), syntax.row(rows)
            )
            body.append(syntax.assign(tuple(f"e{index}" for index in range(len(rows))), made))
        return [*body, syntax.give(syntax.row(every))]

    def present_rows(self, relation: str) -> ast.expr:
        """The rows of the period of a complete relation."""
        rows = syntax.item(syntax.name(f"l_{relation}"), syntax.constant(0))
        return syntax.listing(syntax.name("one"), ("one", "present"), rows)

    def quantity(self, look: Look, source: Look, original: TypedExpr) -> Quantity:
        span = source.observed.span
        text = " ".join(original.text[span.start : span.end].split())
        units = {name: one.unit for name, one in self.standard.parameters.items()}
        unit = unit_of(source.observed, units)
        if not unit and source.required is not None and look.numeric:
            unit = unit_of(source.required, units)
        return look.quantity(text, self.label(source.observed), unit)

    def extra_body(self, roots: Sequence[TypedNode | None]) -> list[ast.stmt]:
        """Conditions that no outcome depends on: of notes, and of what the data say."""
        known = [one for one in roots if one is not None]
        facts = {**self.subject_facts, **facts_of_subject(known, self.standard.subject)}
        relations = list(facts_of_rows(known))
        emitter = BoundsEmitter(self.names, Plan())
        body = self.reopen(emitter, facts, relations, relations)
        truths = [syntax.constant(True) if one is None else emitter.expression(one) for one in roots]
        return [*body, syntax.give(syntax.row(truths))]

    def data_say_body(self) -> list[ast.stmt]:
        rows = [row for criterion in self.standard.criteria for row in criterion.judge]
        body = self.extra_body([self.root(row.when) for row in rows])
        returned = body.pop()
        assert isinstance(returned, ast.Return)  # noqa: S101 - INVARIANT: extra_body ends by returning
        assert isinstance(returned.value, ast.Tuple)  # noqa: S101
        truths = [
            syntax.constant(None) if row.when is None else truth
            for row, truth in zip(rows, returned.value.elts, strict=True)
        ]
        grouped = []
        for criterion in self.standard.criteria:
            grouped.append(syntax.row(truths[: len(criterion.judge)]))
            truths = truths[len(criterion.judge) :]
        return [*body, syntax.give(syntax.row(grouped))]


def _sources(original: TypedNode, found: Sequence[Look]) -> list[Look]:
    """The looks of an expression as it is written, for those of the simplified one; spans tell them apart."""
    written = {(look.observed.span, look.operator): look for look in looks(original)}
    return [written.get((look.observed.span, look.operator), look) for look in found]


def _of_span(member: str) -> ast.expr:
    return syntax.attribute(syntax.name("span"), member)


def _reader(facts: Any) -> Callable[[Any], tuple[Any, ...]]:  # noqa: ANN401 - facts of a relation
    wanted = tuple(facts)

    def needed(row: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a record
        return tuple(row.facts.get(one.id) if one.plugin else getattr(row, one.id) for one in wanted)

    return needed


def _keys_read(accumulator: Accumulator) -> list[str]:
    parts = [*accumulator.tests, *([] if accumulator.addend is None else [accumulator.addend])]
    found = [node.fact.id for part in parts for node in walk(part) if hasattr(node, "fact") and node.fact.key]
    return sorted(set(found))


def _month_index() -> ast.expr:
    """The index of the month of ``day`` among those of the period; within one year that is cheaper."""
    day, base = syntax.name("day"), syntax.name("month_base")
    within = syntax.binary(syntax.attribute(day, "month"), "-", base)
    months = syntax.binary(
        syntax.binary(syntax.attribute(day, "year"), "*", syntax.constant(12)), "+", syntax.attribute(day, "month")
    )
    return syntax.choose(syntax.name("one_year"), within, syntax.binary(months, "-", base))


def _assign_sum(emitter: Emitter, target: ast.expr | str, by: ast.expr) -> ast.stmt:
    read = syntax.name(target) if isinstance(target, str) else target
    return syntax.set_to(target, emitter.call(bounds.plus, read, by))


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

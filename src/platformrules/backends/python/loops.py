# SPDX-License-Identifier: MIT
"""The code that goes through the rows of each relation once, and counts."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from decimal import Decimal

from platformrules import bounds
from platformrules.backends.python import gathering, syntax
from platformrules.backends.python.emit import Emitter, read_fact
from platformrules.backends.python.exact import ExactEmitter
from platformrules.backends.python.frame import Frame, of_span
from platformrules.backends.python.in_bounds import BoundsEmitter
from platformrules.backends.python.plan import (
    Accumulator,
)
from platformrules.criteria.domains import domain
from platformrules.criteria.walk import walk
from platformrules.schema import Fact

# Beyond every number; no floats, whose comparison with Decimals the caller's context may forbid.
_LEAST, _MOST = Decimal("-Infinity"), Decimal("Infinity")


class Loops(Frame):
    """Writes the two functions' loops: over complete rows, and over those that lack something."""

    # Complete data

    def start_totals(self, accumulators: Sequence[Accumulator]) -> list[ast.stmt]:
        """Nothing counted yet."""
        zero = syntax.constant(0)
        body = []
        for one in accumulators:
            start: ast.expr = zero
            if one.extreme:
                start = self.names.constant(_MOST if one.extreme == "min" else _LEAST)
                body.append(syntax.assign(f"w{one.index}", syntax.constant(None)))
            elif one.monthly:
                start = syntax.repeated(zero, of_span("month_count"))
            body.append(syntax.assign(f"n{one.index}", start))
        return body

    def exact_loop(
        self, emitter: ExactEmitter, relation: str, facts: Mapping[str, Fact], give_up: ast.stmt
    ) -> list[ast.stmt]:
        """One loop over complete rows; ``give_up`` is done with one that is not."""
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
        dated = self.picking(relation)
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
                    syntax.assign("day", self.day_of_row(dated)),
                    *([syntax.when(syntax.compare(day, "is", syntax.constant(None)), undated)] if undated else []),
                    syntax.when(syntax.compare(syntax.name("start"), "<=", day, "<=", syntax.name("last")), inside),
                ],
            )
        ]

    def day_of_row(self, dated: Fact) -> ast.expr:
        """The day of a row; ``None`` if it is not recorded."""
        return read_fact(syntax.name("row"), dated, self.names, exact=False)

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
        picked = self.picking(relation)
        dated = None if picked is None else picked.id
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
        """What a complete row adds to each accumulator."""
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

    def bounds_loop(self, emitter: BoundsEmitter, relation: str, facts: Mapping[str, Fact]) -> list[ast.stmt]:
        """One loop over complete rows, and one over the others."""
        accumulators = self.plan.of_relation(relation)
        body = self.start_totals(accumulators)
        body += [syntax.assign(f"q{one.index}", syntax.no_items()) for one in accumulators]
        if accumulators:
            more: ast.expr = syntax.compare(syntax.name(f"r_{relation}"), "is", syntax.constant(None))
            if self.picking(relation) is not None:
                late = syntax.compare(syntax.name("start"), "<", of_span("records_from"))
                more = syntax.junction("or", (more, late))
            body.append(syntax.assign("more", more))
            body += self.bounds_counting(emitter, relation, facts, accumulators)
            body += [self.finish(one) for one in accumulators]
        if relation in self.own_loops:
            body.append(syntax.assign(f"l_{relation}", self.listed_rows(emitter, relation)))
        self.leave_rows(emitter)
        return body

    def bounds_counting(
        self, emitter: BoundsEmitter, relation: str, facts: Mapping[str, Fact], accumulators: Sequence[Accumulator]
    ) -> list[ast.stmt]:
        """Count complete rows at once and set the others aside; then see what those may add."""
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
        dated = self.picking(relation)
        body: list[ast.stmt] = []
        presence: ast.expr = syntax.constant(True)
        month: ast.expr = syntax.constant(None)
        if dated is not None:
            undated = syntax.compare(syntax.name("day"), "is", syntax.constant(None))
            body.append(syntax.assign("day", self.day_of_row(dated)))
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
        """What an accumulator holds after both loops."""
        total, added, more = syntax.name(f"n{one.index}"), syntax.name(f"q{one.index}"), syntax.name("more")
        if one.extreme:
            return syntax.assign(
                f"n{one.index}",
                syntax.row((total, syntax.name(f"w{one.index}"), syntax.junction("or", (added, syntax.row(()))), more)),
            )
        if one.addend is None:
            function = gathering.finish_tallies if one.monthly else gathering.finish_tally
            arguments: tuple[ast.expr, ...] = (total, added, more)
        else:
            function = gathering.finish_totals if one.monthly else gathering.finish_total  # type: ignore[assignment]
            arguments = (total, added, more, self.names.constant(domain(one.addend, {})))
        value = syntax.call(self.names.function(function), *arguments)
        if one.addend is None:
            # Most dossiers have no incomplete row: what was counted stands.
            settled = syntax.negation(syntax.junction("or", (added, more)))
            value = syntax.choose(settled, total, value)
        return syntax.assign(f"n{one.index}", value)


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

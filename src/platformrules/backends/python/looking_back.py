# SPDX-License-Identifier: MIT
"""The code that looks back: evidence, notes, and what the data say beside a judgement."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from platformrules.backends.python import runtime, syntax
from platformrules.backends.python.emit import Emitter
from platformrules.backends.python.evidence import EvidenceWriter, Look, looks, needs_every_look, number_looks, unit_of
from platformrules.backends.python.exact import ExactEmitter
from platformrules.backends.python.frame import Frame
from platformrules.backends.python.in_bounds import BoundsEmitter
from platformrules.backends.python.plan import (
    Plan,
    facts_of_rows,
    facts_of_subject,
)
from platformrules.backends.python.rules import RuleEmitter
from platformrules.criteria.typed import RelationRows, RulePart, TypedExpr, TypedNode
from platformrules.criteria.walk import walk
from platformrules.results import Quantity
from platformrules.schema import Fact


class LookingBack(Frame):
    """Writes what is asked after the fact."""

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
        return [*body, *self.recall_rules()]

    def cohort_body(self) -> list[ast.stmt]:
        """What the rows of the round ask of a subject whose verdict is given: who is a candidate, and its ranks."""
        rows = self.standard.cohort
        roots = [self.root(one) for row in rows for one in (row.among, *row.rank_by)]
        body = self.extra_body(roots)
        returned = body.pop()
        assert isinstance(returned, ast.Return)  # noqa: S101 - INVARIANT: extra_body ends by returning
        assert isinstance(returned.value, ast.Tuple)  # noqa: S101
        values, grouped = list(returned.value.elts), []
        for row in rows:
            own, values = values[: 1 + len(row.rank_by)], values[1 + len(row.rank_by) :]
            grouped.append(syntax.row(own))
        given = syntax.assign("verdict", syntax.name("given"))
        named = [at for at, one in enumerate(body) if _assigns(one, "verdict")]
        for at in named:
            body[at] = given
        return [*body, syntax.give(syntax.row(grouped))]

    def recall_rules(self) -> list[ast.stmt]:
        """What the state kept of criteria, where something that is asked after the fact reads it."""
        if not self.keeps_rules:
            return []
        count = range(len(self.standard.criteria))
        kept = syntax.item(syntax.name("state"), syntax.constant(6))
        body = [
            syntax.assign("waived", syntax.item(syntax.name("state"), syntax.constant(2))),
            syntax.assign(tuple(f"t{index}" for index in count), syntax.item(kept, syntax.constant(0))),
            syntax.assign(tuple(f"g{index}" for index in count), syntax.item(kept, syntax.constant(1))),
            syntax.assign(tuple(f"p{index}" for index in count), syntax.item(kept, syntax.constant(2))),
            syntax.assign(tuple(f"m{index}" for index in count), syntax.item(kept, syntax.constant(3))),
        ]
        every = (part for one in self.later_roots() for part in walk(one))
        if any(isinstance(part, RulePart) and part.name == "verdict" for part in every):
            reachable = syntax.item(syntax.name("state"), syntax.constant(3))
            ids = self.names.constant(tuple(row.id for row in self.standard.outcomes))
            text = syntax.call(self.names.function(runtime.verdict_text), reachable, ids)
            body.append(syntax.assign("verdict", text))
        if self.outcomes:
            applies = syntax.item(syntax.name("state"), syntax.constant(1))
            always = self.names.constant((True,) * len(self.standard.criteria))
            body.append(syntax.assign(tuple(f"o{index}" for index in count), syntax.name("truths")))
            body.append(syntax.assign(tuple(f"a{index}" for index in count), syntax.junction("or", (applies, always))))
        return body

    def evidence_body(self, *, exact: bool) -> list[ast.stmt]:
        """The code that makes all evidence; values are exact where the state is."""
        every_look = [self.looked_at(index) for index in range(len(self.standard.criteria))]
        listed = {
            gather.rows.relation
            for several in every_look
            for look, _, _ in several
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
        rules = RuleEmitter(self.names, self.plan, self.rules)
        rules.locals = emitter.locals
        body += self.name_values(emitter, self.requires, early=False)
        in_bounds.named = rules.named = emitter.named
        writers = EvidenceWriter(emitter, in_bounds), EvidenceWriter(rules, rules)
        rows: list[ast.expr] = []
        every = []
        for index, several in enumerate(every_look):
            own = []
            root = self.requires[index]
            truth: ast.expr = syntax.constant(None)
            if root is not None and needs_every_look(root):
                truth = syntax.item(syntax.name("truths"), syntax.constant(index))
            for look, source, original in several:
                writer = writers[index in self.standard.readers]
                own.append(syntax.name(f"e{len(rows)}"))
                rows.append(writer.row(look, self.quantity(look, source, original), truth))
            every.append(syntax.row(own))
        if rows:
            made = syntax.call(
                "map", syntax.name("new"), syntax.call("repeat", syntax.name("Evidence")), syntax.row(rows)
            )
            body.append(syntax.assign(tuple(f"e{index}" for index in range(len(rows))), made))
        return [*body, syntax.give(syntax.row(every))]

    def looked_at(self, index: int) -> list[tuple[Look, Look, TypedExpr]]:
        """What the evidence of a criterion looks at, the same as it is written, and in which expression."""
        criterion = self.standard.criteria[index]
        pairs = [(self.requires[index], criterion.require, looks), (self.points[index], criterion.points, number_looks)]
        pairs += [(root, row.when, looks) for root, row in zip(self.grade_rows[index], criterion.grades, strict=True)]
        found = []
        for root, original, look_at in pairs:
            if root is not None and original is not None:
                own = list(look_at(root))
                written = {(one.observed.span, one.operator): one for one in look_at(original.root)}
                found += [(one, written.get((one.observed.span, one.operator), one), original) for one in own]
        return found

    def present_rows(self, relation: str) -> ast.expr:
        """The rows of the period of a complete relation."""
        rows = syntax.item(syntax.name(f"l_{relation}"), syntax.constant(0))
        return syntax.listing(syntax.name("one"), ("one", "present"), rows)

    def quantity(self, look: Look, source: Look, original: TypedExpr) -> Quantity:
        """What a report says of an evidence row whatever the subject."""
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
        emitter = RuleEmitter(self.names, Plan(), self.rules)
        body = self.reopen(emitter, facts, relations, relations)
        body += self.name_values(emitter, known, early=False)
        truths = [syntax.constant(True) if one is None else emitter.expression(one) for one in roots]
        return [*body, syntax.give(syntax.row(truths))]

    def values_body(self) -> list[ast.stmt]:
        """The code that makes all named values."""
        return self.extra_body([self.root(one.expression) for one in self.shown_values()])

    def data_say_body(self) -> list[ast.stmt]:
        """The code that tells, of each judged criterion, which of its rows the data speak for."""
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


def _assigns(one: ast.stmt, name: str) -> bool:
    """Whether a statement gives a local its value."""
    return isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name) and one.targets[0].id == name

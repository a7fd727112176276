# SPDX-License-Identifier: MIT
"""What the functions of a program have in common: the standard, what it reads, and how each of them begins."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from platformrules.backends.python import gathering, syntax
from platformrules.backends.python.emit import Emitter, Globals, read_fact
from platformrules.backends.python.evidence import EVIDENCE_GLOBALS
from platformrules.backends.python.plan import (
    facts_of_rows,
    facts_of_subject,
    facts_to_test,
    make_plan,
)
from platformrules.criteria.simplifier import simplify
from platformrules.criteria.typed import Distinct, Gather, Named, RelationRows, Rows, TypedExpr, TypedNode
from platformrules.criteria.walk import children, walk, walk_all
from platformrules.languages import Bilingual
from platformrules.schema import Fact
from platformrules.standards.dependencies import criteria_read, reads_rules
from platformrules.standards.model import NamedValue, Standard

#: Makes the words for an expression; another backend, handed in by whoever joins them.
Labeller = Callable[[TypedNode], Bilingual]


class Frame:
    """A standard before code is written for it: its expressions, what they read, and the names of globals."""

    def __init__(self, standard: Standard, label: Labeller) -> None:
        self.standard, self.label = standard, label
        self.values = standard.constants
        self.requires = [self.root(criterion.require) for criterion in standard.criteria]
        self.points = [self.root(criterion.points) for criterion in standard.criteria]
        self.grade_rows = [tuple(self.root(row.when) for row in one.grades) for one in standard.criteria]
        self.conditions = [self.root(criterion.applies_when) for criterion in standard.criteria]
        self.verdicts = [self.root(row.when) for row in standard.verdicts]
        decisive = [one for one in (*self.deciding(), *self.conditions, *self.verdicts) if one is not None]
        self.decisive = decisive
        self.plan = make_plan(decisive)
        self.own_loops = self.relations_gone_through(decisive)
        self.names = Globals()
        self.subject_facts = facts_of_subject(decisive, standard.subject)
        self.row_facts = facts_of_rows(decisive)
        self.to_test = facts_to_test(decisive)
        self.rules = standard.rules
        read = {found for root in self.all_roots() for found in criteria_read(root, self.rules)}
        #: The criteria of which somebody reads the outcome, or the grade.
        self.outcomes = frozenset(index for index, part in read if part == "outcome")
        self.graded = frozenset(index for index, part in read if part == "grade")
        self.graded |= {index for index, one in enumerate(standard.criteria) if one.grades}
        #: The criteria that give points.
        self.scored = frozenset(self.rules.maxima)
        #: Whether something that is asked after the fact reads rules.
        self.keeps_rules = bool(self.scored or self.graded) or any(map(reads_rules, self.later_roots()))
        self.names.values |= EVIDENCE_GLOBALS

    def root(self, expression: TypedExpr | None) -> TypedNode | None:
        """An expression with the values of its parameters put in."""
        return None if expression is None else simplify(expression.root, self.values)

    def deciding(self) -> list[TypedNode | None]:
        """What criteria are judged by: conditions, points and rows of grades."""
        return [*self.requires, *self.points, *(one for rows in self.grade_rows for one in rows)]

    def shown_values(self) -> tuple[NamedValue, ...]:
        """The named values, and the score after them."""
        score = self.standard.score
        return self.standard.values if score is None else (*self.standard.values, score)

    def later_roots(self) -> list[TypedNode]:
        """What is asked after the fact: values, notes, what the data say, and evidence of criteria that read others."""
        standard = self.standard
        found = [self.root(one.expression) for one in self.shown_values()]
        found += [self.root(one.when) for one in standard.notes]
        found += [self.root(row.when) for one in standard.criteria for row in one.judge]
        found += [self.root(one) for row in standard.cohort for one in (row.among, *row.rank_by)]
        for index in standard.readers:
            found += [self.requires[index], self.points[index], *self.grade_rows[index]]
        return [one for one in found if one is not None]

    def all_roots(self) -> list[TypedNode]:
        """Every expression that is evaluated."""
        found = [*self.deciding(), *self.conditions, *self.verdicts, *self.later_roots()]
        return [one for one in found if one is not None]

    def name_values(self, emitter: Emitter, roots: Iterable[TypedNode | None], *, early: bool) -> list[ast.stmt]:
        """Work out once the named values that expressions read, as far as they read no rules.

        ``early`` takes those that go through no rows, so that the loops may read them; else all that are left.
        """
        body: list[ast.stmt] = []
        for one in self.values_read(roots):
            over_rows = any(isinstance(part, Gather | Distinct) for part in walk(one.expression))
            if one.name not in emitter.named and not reads_rules(one) and not (early and over_rows):
                local = f"u{len(emitter.named)}"
                body.append(syntax.assign(local, emitter.expression(one.expression)))
                emitter.named[one.name] = local
        return body

    def values_read(self, roots: Iterable[TypedNode | None]) -> list[Named]:
        """The named values in expressions, each once, after those that it reads."""
        found: dict[str, Named] = {}

        def visit(node: TypedNode | Rows) -> None:
            if isinstance(node, Named) and node.name in found:
                return
            for child in children(node):
                visit(child)
            if isinstance(node, Named):
                found[node.name] = node

        for root in roots:
            if root is not None:
                visit(root)
        return list(found.values())

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
        windowed = self.standard.period.kind != "as-of" or not any(map(self.picking, relations))
        opened = syntax.attribute(d, "_window") if windowed else emitter.call(gathering.window_of_day, d)
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
            body.append(syntax.assign(f"r_{relation}", self.recorded_rows(d, relation)))
            dated = self.dating(relation)
            if dated is not None:
                self.names.values[f"day_{relation}"] = day_reader(dated)
                needed = self.row_facts.get(relation, {})
                self.names.values[f"needed_{relation}"] = row_reader(needed.values())
        return body

    def recorded_rows(self, dossier: ast.expr, relation: str) -> ast.expr:
        """The rows of a relation as a dossier holds them."""
        if not self.standard.schema.relations[relation].plugin:
            return syntax.attribute(dossier, relation)
        held = syntax.attribute(dossier, "relations")
        return syntax.call(syntax.attribute(held, "get"), syntax.constant(relation))

    def dating(self, relation: str) -> Fact | None:
        """The fact by which the rows of a relation are dated; ``None`` if they have no date."""
        declared = self.standard.schema.relations[relation]
        return None if declared.dated_by is None else self.standard.schema.facts[declared.model][declared.dated_by]

    def picking(self, relation: str) -> Fact | None:
        """The fact by which the bare name picks the rows of the period; ``None`` of a register: all rows."""
        return None if self.standard.schema.relations[relation].register else self.dating(relation)

    def relations_gone_through(self, roots: Iterable[TypedNode | None]) -> frozenset[str]:
        """The relations whose rows some function goes through in a loop of its own."""
        return frozenset(
            node.rows.relation
            for node in walk_all(root for root in roots if root is not None)
            if isinstance(node, Gather | Distinct)
            and isinstance(node.rows, RelationRows)
            and node not in self.plan.readers
        )

    def listed_rows(self, emitter: Emitter, relation: str) -> ast.expr:
        """The rows of a relation in bounds, for functions that go through them on their own."""
        rows = syntax.name(f"r_{relation}")
        if self.picking(relation) is None or self.standard.period.kind == "as-of":
            return emitter.call(gathering.all_rows, rows)
        return emitter.call(gathering.dated_rows, rows, syntax.name(f"day_{relation}"), syntax.name("span"))


def of_span(member: str) -> ast.expr:
    """A part of the window: which days are read."""
    return syntax.attribute(syntax.name("span"), member)


def day_reader(dated: Fact) -> Callable[[Any], Any]:
    """What reads the day of a row, ``None`` if it is not recorded."""
    name = dated.id
    return (lambda row: row.facts.get(name)) if dated.plugin else attrgetter(name)


def row_reader(facts: Iterable[Fact]) -> Callable[[Any], tuple[Any, ...]]:
    """What reads these facts of a row, ``None`` where one is not recorded."""
    wanted = tuple(facts)

    def needed(row: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a record
        return tuple(row.facts.get(one.id) if one.plugin else getattr(row, one.id) for one in wanted)

    return needed

# SPDX-License-Identifier: MIT
"""What a criterion reads and a dossier does not record: what a county would have to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from platformrules.criteria.datatypes import UNWRITTEN
from platformrules.criteria.simplifier import simplify
from platformrules.criteria.typed import Distinct, Gather, MonthOf, Read, RelationRows, Rows, TypedNode, VerdictOf
from platformrules.criteria.walk import children
from platformrules.dossiers import Dossier
from platformrules.results import Missing
from platformrules.schema import Fact
from platformrules.standards.dependencies import criteria_read
from platformrules.standards.model import Criterion, Standard


def missing_facts(standard: Standard, criterion: Criterion, dossier: Dossier) -> tuple[Missing, ...]:
    """The facts and relations that are not recorded of those that the criterion, or one that it reads, reads."""
    search = _Search(standard, dossier)
    read = [criterion]
    for one in read:  # it grows: what it reads of others is missing where theirs is
        for expression in one.expressions:
            root = simplify(expression.root, standard.constants)
            search.visit(root, {})
            others = (standard.criteria[index] for index, _ in criteria_read(root, standard.rules))
            read += [other for other in dict.fromkeys(others) if other not in read]
    return tuple(search.found.values() or search.windows.values())


class _Search:
    def __init__(self, standard: Standard, dossier: Dossier) -> None:
        self.standard, self.dossier = standard, dossier
        self.found: dict[str, Missing] = {}
        #: Relations read in a named window: all that can be missing of them if nothing else is.
        self.windows: dict[str, Missing] = {}

    def visit(self, node: TypedNode | Rows, scope: Mapping[str, RelationRows]) -> None:
        """Look at a node and its parts; ``scope`` says which relation a variable goes through."""
        if isinstance(node, VerdictOf):
            self.verdict(node, scope.get(node.owner.name))
        if isinstance(node, Read | MonthOf) and not node.fact.key:
            self.fact(node.fact, scope.get(node.owner.name))
        if isinstance(node, Gather | Distinct) and isinstance(node.rows, RelationRows):
            scope = {**scope, node.variable.name: node.rows}
            self.relation(node.rows)
        for child in children(node):
            self.visit(child, scope)

    def verdict(self, node: VerdictOf, rows: RelationRows | None) -> None:
        """What is missing for the verdict of another standard: of the subject, or of every row whose it is."""
        other = self.standard.version_on(node.reference, self.dossier.day)  # type: ignore[arg-type]
        if rows is None:
            self.missed(other, self.dossier.of_another(), "")
            return
        for row in self.rows(rows):
            self.missed(other, self.dossier.below(other.subject, row), row.id)

    def missed(self, other: Standard, dossier: Dossier, row: str) -> None:
        """Note what another standard misses; of what a row itself lacks, that it does."""
        for criterion in other.criteria:
            for one in missing_facts(other, criterion, dossier):
                known = self.found.get(one.fact, Missing(one.fact, one.label))
                own = one.rows or ((row,) if row and "." in one.fact else ())
                self.found[one.fact] = Missing(one.fact, one.label, tuple(sorted({*known.rows, *own})))

    def fact(self, one: Fact, rows: RelationRows | None) -> None:
        if rows is None:
            if one.on in UNWRITTEN or _value(self.dossier.subject, one) is None:
                self.note(one)
            return
        lacking = [row.id for row in self.rows(rows) if self.is_inside(row, rows) and _value(row, one) is None]
        if lacking:
            self.note(one, tuple(sorted(lacking)))

    def relation(self, rows: RelationRows) -> None:
        relation = self.standard.schema.relations[rows.relation]
        missing = Missing(relation.id, relation.label)
        if self.dossier.rows_of(relation.id) is None or self.begins_late(rows):
            self.found.setdefault(relation.id, missing)
        if rows.first is not None and not relation.register:
            self.windows.setdefault(relation.id, missing)
        if rows.dated_by is not None:
            dating = self.standard.schema.facts[relation.model][rows.dated_by]
            undated = sorted(row.id for row in self.rows(rows) if _value(row, dating) is None)
            if undated:
                self.note(dating, tuple(undated))

    def begins_late(self, rows: RelationRows) -> bool:
        """Whether rows are recorded only from a day within the period on."""
        window = self.dossier.window
        bare = rows.dated_by is not None and rows.first is None
        return bare and window is not None and window.start < window.records_from

    def note(self, one: Fact, rows: tuple[str, ...] = ()) -> None:
        name = f"{one.on}.{one.id}"
        self.found.setdefault(name, Missing(name, one.label, rows))

    def rows(self, rows: RelationRows) -> tuple[Any, ...]:
        return self.dossier.rows_of(rows.relation) or ()

    def is_inside(self, row: Any, rows: RelationRows) -> bool:  # noqa: ANN401 - a record
        """Whether a row may lie in the days that are read; a named window is not looked into."""
        if rows.dated_by is None or rows.first is not None or self.dossier.window is None:
            return True
        relation = self.standard.schema.relations[rows.relation]
        day = _value(row, self.standard.schema.facts[relation.model][rows.dated_by])
        return day is None or self.dossier.window.start <= day <= self.dossier.window.last


def _value(row: Any, one: Fact) -> Any:  # noqa: ANN401 - a record
    return row.facts.get(one.id) if one.plugin else getattr(row, one.id)

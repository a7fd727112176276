# SPDX-License-Identifier: MIT
"""From `[[cohort]]` to the rows of a round: who is a candidate, by what they are ranked, how many places there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from platformrules.criteria.checker import Scope, check
from platformrules.criteria.datatypes import NUMBER, TRUTH, WHOLE, Datatype, Kind
from platformrules.criteria.typed import Named, Read, TypedExpr
from platformrules.criteria.walk import walk
from platformrules.diagnostics import did_you_mean
from platformrules.errors import RuleFileError
from platformrules.languages import Bilingual
from platformrules.schema import Fact, FactType, Relation, Schema
from platformrules.serialization import shown, structure_mended
from platformrules.standards.files import CohortFileRow, CohortPlace
from platformrules.standards.model import CohortRow, VerdictRow
from platformrules.standards.parameters import Citer
from platformrules.standards.sources import Faults

#: The relation of all subjects of a group, and the model of its rows.
SUBJECTS = "subjects"
_TIES = ("ask", "in", "out")
_TYPES = {
    Kind.TRUTH: FactType.BOOLEAN,
    Kind.NUMBER: FactType.DECIMAL,
    Kind.DATE: FactType.DATE,
    Kind.TEXT: FactType.TEXT,
}


@frozen
class RoundReader:
    """Reads the rows of one standard; ``scope`` is what its notes may read."""

    faults: Faults
    schema: Schema
    scope: Scope
    verdicts: Sequence[VerdictRow]
    cite: Citer
    values: tuple[Named, ...]

    def read(self, row: CohortFileRow, path: str) -> CohortRow:
        """One row."""
        cites = self.cite(row.cites, path)
        if row.ties not in _TIES:
            self.faults.add("PR403", f"`{row.ties}` is no way with ties", f"{path}.ties", "one of " + ", ".join(_TIES))
        group_by = self.grouped(row.group_by, f"{path}.group_by")
        ranks = [row.rank_by] if isinstance(row.rank_by, str) else list(row.rank_by)
        return CohortRow(
            id=row.id,
            cites=cites,
            title=row.title or Bilingual(row.id, row.id),
            group_by=group_by,
            among=self._checked(row.among, self.scope, TRUTH, f"{path}.among"),
            rank_by=tuple(
                self._checked(one, self.scope, NUMBER, f"{path}.rank_by[{at}]") for at, one in enumerate(ranks)
            ),
            places=self.places(row.places, group_by, f"{path}.places"),
            ties=row.ties,
            inside=self.place(row.inside, f"{path}.inside"),
            outside=self.place(row.outside, f"{path}.outside"),
        )

    def _checked(self, text: str, scope: Scope, expected: Datatype, path: str) -> TypedExpr:
        try:
            return check(text, scope, expected)
        except RuleFileError as error:
            self.faults.take(error, path)
            return check("true", scope, TRUTH)

    def grouped(self, given: str | tuple[str, ...], path: str) -> tuple[Fact, ...]:
        """The facts of the subject by which there are groups."""
        names = [given] if isinstance(given, str) else list(given)
        known = self.schema.facts[self.scope.subject]
        found = []
        for index, name in enumerate(names):
            model, _, fact = name.partition(".")
            if model != self.scope.subject or fact not in known:
                hint = did_you_mean(name, [f"{self.scope.subject}.{one}" for one in known])
                place = path if isinstance(given, str) else f"{path}[{index}]"
                self.faults.add("PR405", f"there is no fact `{name}` of the subject", place, hint)
            else:
                found.append(known[fact])
        return tuple(found)

    def places(self, text: str, group_by: Sequence[Fact], path: str) -> TypedExpr:
        """How many places: over all subjects of the group, and the facts that are the same for all of them."""
        scope = self.of_group()
        found = self._checked(text, scope, WHOLE, path)
        allowed = {one.id for one in group_by}
        for part in walk(found.root):
            if isinstance(part, Read) and part.owner.name == self.scope.subject and part.fact.id not in allowed:
                message = f"`{part.fact.id}` differs within a group"
                self.faults.add("PR301", message, path, "places may read the facts grouped by, and `subjects`")
        return found

    def of_group(self) -> Scope:
        """The names of a number of places: the subjects with their facts and every name of the standard."""
        own = {one.id: evolve(one, on=SUBJECTS, plugin="") for one in self.schema.facts[self.scope.subject].values()}
        label = Bilingual("结论", "verdict")
        choices = () if self.scope.verdicts is None else self.scope.verdicts.values
        own["verdict"] = Fact("verdict", SUBJECTS, FactType.CHOICE, label, values=choices)
        for value in self.values:
            if value.datatype.kind in _TYPES:
                title = value.title or Bilingual(value.name, value.name)
                own[value.name] = Fact(value.name, SUBJECTS, _TYPES[value.datatype.kind], title)
        relation = Relation(SUBJECTS, SUBJECTS, Bilingual("参评对象", "subjects"))
        schema = Schema({**self.schema.facts, SUBJECTS: own}, {**self.schema.relations, SUBJECTS: relation})
        return evolve(
            self.scope,
            schema=schema,
            has_period=False,
            criteria=None,
            blocks=(),
            values={},
            verdicts=None,
            standards=None,
        )

    def place(self, given: object, path: str) -> VerdictRow | None:
        """A verdict by its id, or a new one."""
        rows = {row.id: row for row in self.verdicts}
        if given is None:
            return None
        if isinstance(given, str):
            return rows.get(given) or VerdictRow(given, Bilingual(given, given), None, None)
        if not isinstance(given, Mapping):
            self.faults.add("PR403", f"a verdict is an id or a table (got {shown(given)})", path)
            return None
        made, found = structure_mended(given, CohortPlace, self.faults.file)
        self.faults.found += [evolve(one, path=path + one.path.removeprefix("$")) for one in found]
        return VerdictRow(made.id, made.title or Bilingual(made.id, made.id), made.conforms, None, made.follows)

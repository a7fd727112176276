# SPDX-License-Identifier: MIT
"""From rule files to standards: check every expression and citation, tell all faults of a file at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from types import MappingProxyType
from typing import Any

from attrs import evolve, fields

from platformrules.bounds import Number
from platformrules.citations import Citation, Document
from platformrules.criteria import nodes
from platformrules.criteria.checker import Scope, check
from platformrules.criteria.datatypes import MISTAKE, NUMBER, TRUTH, Datatype, Kind
from platformrules.criteria.parser import names_in
from platformrules.criteria.typed import Apply, Constant, Named, RulePart, TypedExpr, TypedNode
from platformrules.criteria.walk import measure, verdicts_read
from platformrules.diagnostics import Diagnostic, did_you_mean
from platformrules.errors import RuleFileError
from platformrules.languages import Bilingual
from platformrules.periods import Period
from platformrules.rulefiles import data_of, structured_data
from platformrules.schema import Choice, Fact, FactType, Schema
from platformrules.serialization import read_toml, shown
from platformrules.standards.dependencies import Circle, criteria_read, reads_rules
from platformrules.standards.extending import Merged, extend, references
from platformrules.standards.files import CriterionRow, JudgeChoice, StandardFile, ValueRow
from platformrules.standards.including import Included, include, split
from platformrules.standards.model import (
    Block,
    CohortRow,
    Criterion,
    JudgeRow,
    NamedValue,
    NoteRow,
    PeriodRule,
    Standard,
    VerdictRow,
)
from platformrules.standards.parameters import names_of, read_parameters
from platformrules.standards.referring import READS, named_in, referable
from platformrules.standards.rounds import RoundReader
from platformrules.standards.scoring import check_assessors, check_blocks, check_limits, check_rows, limit, worth
from platformrules.standards.sources import KEBAB, RULE_ID, SNAKE, Faults, SourceFile

#: What a standard can judge.
SUBJECTS = ("center", "organization", "area")
# Names of the language that no parameter may take (format.md section 1).
_RESERVED = ("period", "months", "as_of", "criteria", "blocks", "score", "verdict", "subjects")

#: How large a value may be with all the values that it reads.
MAX_PARTS, MAX_DEPTH = 4_000, 100

_EMPTY = Bilingual("", "")
_SCORE = Bilingual("得分", "score")
_FORMS = ("require", "grades", "points", "judge")
_PLACE = re.compile(r"\$\.(\w+)(?:\[(\d+)\]|\.(\w+))")
NO_STANDARDS: Mapping[str, Standard] = MappingProxyType({})


def load_standard(
    source: SourceFile,
    plugin: str,
    schema: Schema,
    documents: Mapping[str, Document],
    hashes: Mapping[str, str],
    *,
    plugin_version: str = "",
    known: Mapping[str, Standard] = NO_STANDARDS,
) -> Standard:
    """A standard from its file; ``known`` are the standards that it may include.

    Raises:
        RuleFileError: with all faults of the file.
    """
    data = data_of(source)
    base = _base(data, known, source.name)
    merged = Merged(data) if base is None else extend(base.data, base.owners, base.document, data)
    file, faults = structured_data(merged.data, StandardFile, source.name)
    for path, code, message, hint in merged.faults:
        faults.add(code, message, path, hint)
    builder = _Builder(source, file, plugin, schema, documents=documents, hashes=hashes, plugin_version=plugin_version)
    builder.known, builder.base, builder.merged = known, base, merged
    return builder.build({}, faults)


def _base(data: Mapping[str, Any], known: Mapping[str, Standard], name: str) -> Standard | None:
    """The standard that a file extends, pinned to a version.

    Raises:
        RuleFileError: there is none; nothing else of the file can be checked.
    """
    header = data.get("standard")
    given = header.get("extends") if isinstance(header, Mapping) else None
    if given is None or given in known:
        return None if given is None else known[given]
    hint = did_you_mean(str(given), known) or "name a version too: `plugin/standard@version`"
    message = f"there is no standard `{given}` to extend"
    raise RuleFileError([Diagnostic("PR405", message, name, "$.standard.extends", help=hint)])


def needs_of(source: SourceFile) -> tuple[str, tuple[str, ...]]:
    """The standard of a file, with its version, and those that it includes, extends or reads the verdict of.

    None of either if it needs none, or cannot be read.
    """
    data = _composed(source)
    header = data.get("standard")
    name = f"{header.get('id')}@{header.get('version')}" if isinstance(header, Mapping) else ""
    return name, tuple(dict.fromkeys((*references(data), *named_in(data))))


def _composed(source: SourceFile) -> Mapping[str, Any]:
    if "includes" not in source.text and "extends" not in source.text and not READS.search(source.text):
        return {}
    try:
        return read_toml(source.text, source.name)
    except RuleFileError:
        return {}


class _Builder:
    """Checks one structured file; kept by the standard, to check it again with other parameters."""

    def __init__(
        self,
        source: SourceFile,
        file: StandardFile,
        plugin: str,
        schema: Schema,
        *,
        documents: Mapping[str, Document],
        hashes: Mapping[str, str],
        plugin_version: str,
    ) -> None:
        """Keep what a standard is made of."""
        self.plugin_version = plugin_version
        self.source, self.file, self.plugin, self.schema = source, file, plugin, schema
        self.documents = documents
        self.known: Mapping[str, Standard] = NO_STANDARDS
        self.base: Standard | None = None
        self.merged = Merged({})
        self.hashes = MappingProxyType({**hashes, source.name: source.digest})

    def again(self, overrides: Mapping[str, Any]) -> Standard:
        """The standard with other parameters: of a copy, since two threads may ask for one at the same time."""
        return copy(self).build(overrides, Faults(self.source.name))

    def build(self, overrides: Mapping[str, Any], faults: Faults) -> Standard:
        file, header = self.file, self.file.standard
        self.faults = faults
        self.check_header()
        document = self.documents.get(header.document)
        self.document = document or Document("", "", None, _EMPTY, _EMPTY, _EMPTY, {})
        period = self.period(header.period)
        self.check_ids()
        own, included = split(overrides, self.included())
        brought = include(included)
        self.check_included(included, period)
        parameters = read_parameters(file.parameters, own, header.id, faults=faults, cite=self.cite, schema=self.schema)
        blank = Scope(
            schema=self.schema,
            subject=header.subject if header.subject in SUBJECTS else SUBJECTS[0],
            has_period=period.kind != "as-of",
            criteria=(*(row.id for row in file.criteria), *(one.id for one in brought.criteria)),
            blocks=(*(row.id for row in file.blocks), *(one.id for one in brought.blocks)),
            grades=self.grades(brought.criteria),
            standards=referable(self.known),
            **names_of(parameters),
        )
        for name, rows in file.scales.items():
            self.check_rows(rows, f"$.scales.{name}", ())
        blocks = tuple(Block(row.id, row.title, row.parent, row.max, row.cap) for row in file.blocks)
        self.constants = blank.parameters
        values, scope = self.values(blank, brought)
        criteria = tuple(self.criterion(row, index, scope) for index, row in enumerate(file.criteria))
        self.check_blocks(blocks)
        check_blocks(blocks, criteria, faults)
        verdicts = self.verdicts(scope)
        later = evolve(scope, verdicts=self.vocabulary())
        notes = tuple(self.note(index, later) for index in range(len(file.notes)))
        cohort = self.cohort(later, verdicts)
        faults.stop()
        inherited = {} if self.base is None else self.base.hashes
        standard = Standard(
            id=header.id,
            version=header.version,
            subject=header.subject,
            title=header.title,
            document=self.document,
            in_force=header.in_force,
            period=period,
            parameters=MappingProxyType({**parameters, **brought.parameters}),
            values=(*values, *brought.values),
            blocks=(*blocks, *brought.blocks),
            criteria=(*criteria, *brought.criteria),
            verdicts=verdicts,
            notes=(*notes, *brought.notes),
            schema=self.schema,
            plugin=self.plugin,
            plugin_version=self.plugin_version,
            file=self.source.name,
            hashes=MappingProxyType({**inherited, **brought.hashes, **self.hashes}),
            includes=tuple(one.reference for one in included),
            extends="" if self.base is None else self.base.reference,
            data=self.merged.data,
            owners=self.merged.owners,
            cohort=cohort,
            score=self.score,
            assessors=check_assessors(header.assessors, self.faults),
            rebuild=self.again,
        )
        if self.known:
            standard = self.referring(standard, included, blank)
        self.check_reading(standard)
        faults.stop()
        return standard

    def referring(self, standard: Standard, included: Iterable[Standard], scope: Scope) -> Standard:
        """The standard with those whose verdicts it reads, and their hashes."""
        referred = {name: versions for one in included for name, versions in one.referred.items()}
        for name in verdicts_read(map(_root, standard.expressions)):
            referred.setdefault(name, scope.standards[name].versions)  # type: ignore[index]
        hashes = {name: digest for some in referred.values() for one in some for name, digest in one.hashes.items()}
        return evolve(standard, referred=referred, hashes=MappingProxyType({**hashes, **standard.hashes}))

    def check_header(self) -> None:
        header, faults = self.file.standard, self.faults
        if not RULE_ID.fullmatch(header.id) or not header.id.startswith(f"{self.plugin}/"):
            hint = f"`{self.plugin}/` and a name in lower case"
            faults.add("PR404", f"`{header.id}` is no id of this plugin's standard", "$.standard.id", hint)
        if not KEBAB.fullmatch(header.version):
            faults.add("PR404", f"`{header.version}` is no version", "$.standard.version", "the year, as a rule")
        if header.subject not in SUBJECTS:
            hint = "one of " + ", ".join(SUBJECTS)
            faults.add("PR403", f"`{header.subject}` is no subject", "$.standard.subject", hint)
        if header.document not in self.documents:
            hint = did_you_mean(header.document, self.documents)
            faults.add("PR405", f"there is no document `{header.document}`", "$.standard.document", hint)
        if header.in_force.until is not None and header.in_force.until < header.in_force.from_:
            faults.add("PR403", "`until` lies before `from`", "$.standard.in_force.until")

    def included(self) -> list[Standard]:
        """The standards that this one includes: the newest version, or the one that is pinned."""
        found = []
        for index, reference in enumerate(self.file.standard.includes):
            name, _, version = reference.partition("@")
            versions = [one for one in self.known.values() if one.id == name and version in {"", one.version}]
            if versions:
                found.append(max(versions, key=lambda one: (one.in_force.from_, one.version)))
            else:
                hint = did_you_mean(reference, [*self.known, *(one.id for one in self.known.values())])
                path = f"$.standard.includes[{index}]"
                self.faults.add("PR405", f"there is no standard `{reference}`", path, hint)
        return found

    def check_included(self, included: Sequence[Standard], period: PeriodRule) -> None:
        """Included standards judge the same subject, and have a period only where the whole has one."""
        for index, one in enumerate(included):
            path = f"$.standard.includes[{index}]"
            if one.subject != self.file.standard.subject:
                self.faults.add("PR403", f"`{one.id}` judges a {one.subject}", path)
            if period.kind == "as-of" != one.period.kind:
                self.faults.add("PR403", f"`{one.id}` judges a period, and this standard a day", path)

    def period(self, given: object) -> PeriodRule:
        match given:
            case "calendar-year" | "calendar-month" | "as-of":
                return PeriodRule(str(given))
            case {"from": date() as first, "to": date() as last, **rest} if (
                not rest and type(first) is type(last) is date and first <= last
            ):
                return PeriodRule("printed", printed=Period(first, last))
            case {"months": int() as months, "start": str() as start, **rest} if (
                not rest and type(months) is int and months > 0 and (day := _day_of_year(start)) is not None
            ):
                return PeriodRule("recurring", months=months, start=day)
            case _:
                hint = '"calendar-year", "calendar-month", "as-of", {months, start = "12-01"} or {from, to}'
                self.faults.add("PR403", f"this is no period (got {shown(given)})", "$.standard.period", hint)
                return PeriodRule("calendar-year")

    def check_ids(self) -> None:
        file, faults = self.file, self.faults
        faults.unique(((name, f"$.parameters.{name}") for name in file.parameters), SNAKE, "parameter")
        named = ((row.id, f"$.values[{index}].id") for index, row in enumerate(file.values))
        faults.unique(named, SNAKE, "value", taken=file.parameters)
        faults.unique(((name, f"$.scales.{name}") for name in file.scales), KEBAB, "scale")
        sections: tuple[tuple[str, str, Sequence[Any]], ...] = (
            ("criterion", "criteria", file.criteria),
            ("block", "blocks", file.blocks),
            ("verdict", "verdict", file.verdict),
            ("note", "notes", file.notes),
            ("cohort row", "cohort", file.cohort),
        )
        for what, key, rows in sections:
            faults.unique(((row.id, f"$.{key}[{index}].id") for index, row in enumerate(rows)), KEBAB, what)
        taken = {self.file.standard.subject, *self.schema.relations, *_RESERVED}
        names = [(name, f"$.parameters.{name}") for name in file.parameters]
        names += [(row.id, f"$.values[{index}].id") for index, row in enumerate(file.values)]
        for name, path in names:
            if name in taken:
                faults.add("PR404", f"`{name}` means something else already", path)

    def cite(self, clauses: Sequence[str], path: str) -> tuple[Citation, ...]:
        document = self.merged.owners.get(self.place_of(path), self.document)
        known = document.clauses
        if not clauses:
            self.faults.add("PR408", "it must cite a clause", f"{path}.cites")
        for index, clause in enumerate(clauses):
            if clause not in known and document.id:
                hint = did_you_mean(clause, known)
                message = f"`{document.id}` has no clause `{clause}`"
                self.faults.add("PR405", message, f"{path}.cites[{index}]", hint)
        return tuple(document.cite(clause) for clause in clauses if clause in known)

    def place_of(self, path: str) -> tuple[str, str]:
        """Section and id of the row at a path: what a row of the base cites is in the base's document."""
        match = _PLACE.fullmatch(path)
        if match is None:
            return "", ""
        section, index, name = match.groups()
        return section, name or str(getattr(self.file, section)[int(index)].id)

    def values(self, scope: Scope, brought: Included) -> tuple[tuple[NamedValue, ...], Scope]:
        """The named values in the order of the file, and the scope that knows them and the score."""
        rows = {row.id: (row, f"$.values[{index}]") for index, row in enumerate(self.file.values)}
        checked = {row.id: _mistaken(row) for row in self.file.values}  # their names are taken from the start
        done: set[str] = set()
        found: dict[str, NamedValue] = {}
        given = self.file.standard.score
        if given is not None:
            rows["score"] = ValueRow("score", given, _SCORE), "$.standard.score"
            checked["score"] = _mistaken(rows["score"][0])
        elif self.scores or any(one.has_points for one in brought.criteria):
            checked["score"] = self.default_score(brought)
            source = TypedExpr(checked["score"].expression, nodes.Name("score"), "score")
            found["score"] = NamedValue("score", source, _SCORE, "", ())

        def visit(name: str, path: tuple[str, ...]) -> None:
            row, place = rows[name]
            if name in path:
                circle = " -> ".join((*path[path.index(name) :], name))
                self.faults.add("PR307", f"values form a circle: {circle}", f"{place}.value")
                done.add(name)
            if name in done:
                return
            for other in names_in(row.value):
                if other in rows:
                    visit(other, (*path, name))
            cites = self.cite(row.cites, place) if row.cites else ()
            inside = evolve(scope, values=checked)
            key, wanted = ("", NUMBER) if name == "score" else (".value", None)
            expression = self.expression(row.value, inside, f"{place}{key}", cites, wanted)
            if name not in done and expression is not None and self.is_small(expression, f"{place}{key}"):
                root = expression.root
                checked[name] = Named(name, root, root.datatype, row.title, row.unit)
                found[name] = NamedValue(name, expression, row.title, row.unit, cites, row.note)
            done.add(name)

        for name in rows:
            visit(name, ())
        self.score = found.pop("score", None)
        return tuple(found[name] for name in rows if name in found), evolve(scope, values=checked)

    @property
    def scores(self) -> bool:
        """Whether a criterion of the file gives points."""
        return any(self.gives_points(row) for row in self.file.criteria)

    def gives_points(self, row: CriterionRow) -> bool:
        rows = [one for given in (row.judge, row.grades) for one in (given if isinstance(given, tuple) else ())]
        named = [given for given in (row.judge, row.grades, row.scale) if isinstance(given, str)]
        rows += [one for name in named for one in self.file.scales.get(name, ())]
        shared = row.max is not None and any(one.share is not None for one in rows)
        return row.points is not None or row.judge == "points" or shared or any(one.points is not None for one in rows)

    def default_score(self, brought: Included) -> Named:
        """The sum of the top blocks, and of the criteria without a block."""
        tops = [row.id for row in self.file.blocks if row.parent is None]
        tops += [block.id for block in brought.blocks if block.parent is None]
        parts: list[TypedNode] = [RulePart(Constant(name, Datatype(Kind.BLOCK)), "points", NUMBER) for name in tops]
        parts += [
            RulePart(Constant(row.id, Datatype(Kind.CRITERION)), "points", NUMBER)
            for row in self.file.criteria
            if row.block is None and self.gives_points(row)
        ]
        total = parts[0]
        for part in parts[1:]:
            total = Apply("add", (total, part), NUMBER)
        return Named("score", total, NUMBER, _SCORE)

    def vocabulary(self) -> Fact:
        """The vocabulary of ``verdict``."""
        rows = {row.id: row.title or Bilingual(row.id, row.id) for row in self.file.verdict}
        for row in (one for round_ in self.file.cohort for one in (round_.inside, round_.outside)):
            if isinstance(row, Mapping) and isinstance(row.get("id"), str):
                rows.setdefault(row["id"], Bilingual(row["id"], row["id"]))
        choices = tuple(Choice(name, title.zh, title.en) for name, title in rows.items())
        return Fact("verdict", "criterion", FactType.CHOICE, Bilingual("结论", "verdict"), values=choices)

    def is_small(self, expression: TypedExpr, path: str) -> bool:
        """Whether a value, with all that it reads, is no larger than any engine can take."""
        parts, depth = measure(expression.root, MAX_PARTS)
        small = parts <= MAX_PARTS and depth <= MAX_DEPTH
        if not small:
            message = "with the values that it reads it has too many parts, or nests too deep"
            self.faults.add("PR101", message, path, "say it with fewer values")
        return small

    def grades(self, included: Sequence[Criterion]) -> Fact:
        """The vocabulary of ``c.grade``: all rows that a person or the data may choose."""
        rows = [row for scale in self.file.scales.values() for row in scale]
        given = [rows_ for one in self.file.criteria for rows_ in (one.judge, one.grades)]
        rows += [row for some in given if isinstance(some, tuple) for row in some]
        known: dict[str, Choice] = {}
        for row in rows:
            if row.title is not None:
                known.setdefault(row.id, Choice(row.id, row.title.zh, row.title.en))
        for one in (row for criterion in included for row in criterion.rows):
            known.setdefault(one.id, Choice(one.id, one.title.zh, one.title.en))
        label = Bilingual("等次", "grade")
        return Fact("grade", "criterion", FactType.CHOICE, label, values=tuple(known.values()))

    def expression(
        self,
        text: str | None,
        scope: Scope,
        path: str,
        cites: Sequence[Citation] = (),
        expected: Datatype | None = TRUTH,
    ) -> TypedExpr | None:
        if text is None:
            return None
        try:
            return check(text, scope, expected)
        except RuleFileError as error:
            self.faults.take(error, path, cites)
            return None

    def criterion(self, row: CriterionRow, index: int, scope: Scope) -> Criterion:
        path = f"$.criteria[{index}]"
        cites = self.cite(row.cites, path)
        forms = [form for form in _FORMS if getattr(row, form) is not None]
        if len(forms) != 1:
            hint = "`require` is a condition, `judge` what a person may find, `grades` rows, `points` a number"
            message = f"a criterion has exactly one of {', '.join(f'`{form}`' for form in _FORMS)}"
            self.faults.add("PR402", message, path, hint, cites, keys=_FORMS)
        judges_points = row.judge == "points" and "points" not in self.file.scales
        limits = {key: self.limit(getattr(row, key), f"{path}.{key}") for key in ("max", "min", "pass_at")}
        counted = row.points is not None or judges_points
        shared = (row.judge is not None or row.grades is not None) and not judges_points
        for key in ("max", "min", "pass_at"):
            if getattr(row, key) is not None and not counted and not (shared and key == "max"):
                self.faults.add("PR402", f"`{key}` is a limit of points", f"{path}.{key}", "it goes with `points`")
        if judges_points and row.max is None:
            self.faults.add("PR402", "a person who gives points needs a limit: `max = …`", f"{path}.judge")
        least = limits["min"] if limits["min"] is not None else 0
        if limits["max"] is not None and limits["max"] < least:
            self.faults.add("PR403", f"`max` must be at least `min`, {least}", f"{path}.max")
        given = None if judges_points else row.judge
        judge = self.rows_of(given, "judge", row, path, scope, cites, limits["max"])
        made = Criterion(
            id=row.id,
            cites=cites,
            strength=row.strength,
            title=row.title,
            require=self.expression(row.require, scope, f"{path}.require", cites),
            judge=judge,
            grades=self.rows_of(row.grades, "grades", row, path, scope, cites, limits["max"]),
            points=self.expression(row.points, scope, f"{path}.points", cites, NUMBER),
            judges_points=judges_points,
            minimum=least,
            maximum=limits["max"] if counted else None,
            pass_at=(limits["max"] if limits["pass_at"] is None else limits["pass_at"]) if counted else None,
            applies_when=self.expression(row.applies_when, scope, f"{path}.applies_when", cites),
            block=row.block,
            proof=row.proof,
            remedy=row.remedy,
            note=row.note,
        )
        if not counted and made.has_points:
            most = max(one.points or 0 for one in made.rows)
            made = evolve(made, maximum=most if limits["max"] is None else limits["max"])
            check_rows(made, self.faults, f"{path}.{forms[0]}" if forms else path)
        check_limits(row, made, limits["max"], self.faults, path)
        return made

    def limit(self, given: str | Number | None, path: str) -> Number | None:
        return limit(given, self.constants, self.schema, self.faults, path)

    def rows_of(
        self,
        given: str | tuple[JudgeChoice, ...] | None,
        key: str,
        row: CriterionRow,
        path: str,
        scope: Scope,
        cites: Sequence[Citation],
        most: Number | None,
    ) -> tuple[JudgeRow, ...]:
        """What a person may find, or grades by conditions: rows of the criterion, of a scale, or both together."""
        if given is None:
            if key == "judge" and row.scale is not None and row.grades is None:
                self.faults.add("PR402", "`scale` fills the rows of `judge` or `grades`", f"{path}.scale")
            return ()
        place = f"{path}.{key}"
        if isinstance(given, str):
            choices = self.scale(given, place)
        else:
            shared = {} if row.scale is None else {one.id: one for one in self.scale(row.scale, f"{path}.scale")}
            choices = tuple(_filled(choice, shared.get(choice.id)) for choice in given)
            if row.scale is None or row.scale in self.file.scales:  # else the scale may say what they leave out
                self.check_rows(choices, place, cites, judged=key == "judge")
        if key == "grades":
            self.check_order(choices, place)
        return tuple(
            JudgeRow(
                choice.id,
                choice.title or Bilingual(choice.id, choice.id),
                bool(choice.fails),
                self.expression(choice.when, scope, f"{place}[{at}].when", cites),
                choice.follows,
                worth(choice, most, self.faults, f"{place}[{at}]"),
            )
            for at, choice in enumerate(choices)
        )

    def check_order(self, rows: Sequence[Any], place: str) -> None:
        """Rows that are read from the top: only the last, and always the last, has no condition."""
        for index, row in enumerate(rows):
            if (row.when is None) is not (index == len(rows) - 1):
                message = "only the last row, and always the last, has no `when`"
                hint = "rows below a row without `when` cannot be reached"
                self.faults.add("PR406", message, f"{place}[{index}]", hint, keys=("when",))

    def scale(self, name: str, path: str) -> tuple[JudgeChoice, ...]:
        known = self.file.scales
        if name not in known:
            self.faults.add("PR405", f"there is no scale `{name}`", path, did_you_mean(name, known))
        return known.get(name, ())

    def check_rows(
        self, choices: Sequence[JudgeChoice], path: str, cites: Sequence[Citation], *, judged: bool = True
    ) -> None:
        named = ((choice.id, f"{path}[{at}].id") for at, choice in enumerate(choices))
        self.faults.unique(named, KEBAB, "row")
        for at, choice in enumerate(choices):
            if choice.title is None:
                self.faults.add("PR402", f"`{choice.id}` has no title", f"{path}[{at}]", keys=("title",))
        worth_points = any(choice.share is not None or choice.points is not None for choice in choices)
        if judged and not worth_points and len({bool(choice.fails) for choice in choices}) < 2:
            message = "a judgement must be able to pass and to fail"
            self.faults.add("PR406", message, path, "`fails = true`", cites)

    def check_reading(self, standard: Standard) -> None:
        """Criteria may read others, but not in a circle."""
        for one in (root for root in map(_root, standard.expressions) if reads_rules(root)):
            for index, part in criteria_read(one, standard.rules):
                criterion = standard.criteria[index]
                if part == "max" and criterion.has_points and criterion.maximum is None:
                    message = f"`max` is read of `{criterion.id}`, which has no limit"
                    self.faults.add("PR303", message, f"$.criteria[{index}].max", "give it a `max`")
        try:
            standard.readers  # noqa: B018 - worked out once, and kept by the standard
        except Circle as circle:
            names = [standard.criteria[index].id for index in circle.path]
            message = f"criteria read one another: {' -> '.join(names)}"
            self.faults.add("PR307", message, f"$.criteria[{circle.path[0]}]")

    def check_blocks(self, blocks: Sequence[Block]) -> None:
        known = {block.id for block in blocks}
        for index, row in enumerate(self.file.criteria):
            if row.block is not None and row.block not in known:
                hint = did_you_mean(row.block, known)
                self.faults.add("PR405", f"there is no block `{row.block}`", f"$.criteria[{index}].block", hint)
        parents = {block.id: block.parent for block in blocks}
        for index, block in enumerate(blocks):
            if block.parent is not None and block.parent not in known:
                self.faults.add("PR405", f"there is no block `{block.parent}`", f"$.blocks[{index}].parent")
            chain, at = [block.id], block.parent
            while at in parents and at not in chain:
                chain.append(at)
                at = parents[at]
            if at == block.id == min(chain):  # told once, at one of its blocks
                circle = " -> ".join((*chain, at))
                self.faults.add("PR307", f"blocks form a circle: {circle}", f"$.blocks[{index}].parent")

    def note(self, index: int, scope: Scope) -> NoteRow:
        row, path = self.file.notes[index], f"$.notes[{index}]"
        cites = self.cite(row.cites, path)
        return NoteRow(row.id, cites, row.text, self.expression(row.when, scope, f"{path}.when", cites))

    def cohort(self, scope: Scope, verdicts: Sequence[VerdictRow]) -> tuple[CohortRow, ...]:
        """The rows of the round."""
        criteria = {row.id for row in self.file.criteria}
        for index, row in enumerate(self.file.cohort):
            if row.id in criteria:
                message = f"`{row.id}` is a criterion already: both take judgements"
                self.faults.add("PR404", message, f"$.cohort[{index}].id")
        reader = RoundReader(self.faults, self.schema, scope, verdicts, self.cite, tuple(scope.values.values()))
        return tuple(reader.read(row, f"$.cohort[{index}]") for index, row in enumerate(self.file.cohort))

    def verdicts(self, scope: Scope) -> tuple[VerdictRow, ...]:
        rows = self.file.verdict
        if not rows:
            self.faults.add("PR406", "a standard has at least one verdict", "$.verdict")
        self.check_order(rows, "$.verdict")
        return tuple(
            VerdictRow(
                row.id,
                row.title or Bilingual(row.id, row.id),
                row.conforms,
                self.expression(row.when, scope, f"$.verdict[{index}].when"),
                row.follows,
            )
            for index, row in enumerate(rows)
        )


def _filled(row: JudgeChoice, shared: JudgeChoice | None) -> JudgeChoice:
    """A row with what it leaves out taken from the row of its id in a scale."""
    if shared is None:
        return row
    parts = {one.name: getattr(row, one.name) for one in fields(JudgeChoice)}
    return JudgeChoice(**{name: getattr(shared, name) if one is None else one for name, one in parts.items()})


def _root(one: TypedExpr) -> TypedNode:
    return one.root


def _mistaken(row: ValueRow) -> Named:
    """In place of a value that has a fault: it fits everywhere, so that one fault is told once."""
    return Named(row.id, Constant(False, MISTAKE), MISTAKE, row.title, row.unit)


def _day_of_year(text: str) -> tuple[int, int] | None:
    """Month and day of ``12-01``; ``None`` if there is no such day in any year."""
    try:
        day = date.fromisoformat(f"2000-{text}" if re.fullmatch(r"\d\d-\d\d", text, re.ASCII) else "")
    except ValueError:
        return None
    return day.month, day.day

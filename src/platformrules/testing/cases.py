# SPDX-License-Identifier: MIT
"""Worked cases of a plugin (format.md section 10): a dossier and what a standard must say of it.

Strict as rule files are: every fault of a file is told at once, with its path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from attrs import evolve, field, fields, frozen

from platformrules.bounds import Possible
from platformrules.criteria.qualifying import qualified_id
from platformrules.diagnostics import Diagnostic, did_you_mean
from platformrules.dossiers import Dossier, Judgement, SubUnit, Waiver
from platformrules.errors import DossierError, RuleFileError, UnknownNameError
from platformrules.periods import Period, month_start, window
from platformrules.results import Outcome, Report, to_json
from platformrules.serialization import Scalar, structure_mended
from platformrules.standards.loader import SUBJECTS
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import Rulebook, RuleSource
from platformrules.standards.sources import Faults, SourceFile
from platformrules.testing.rows import case_data, case_files, make_record, parted, structured_rows

_RELATIONS = ("activities", "organizations", "centers", "areas")
_BY_ID = ("parameters", "judgements", "waivers", "sub_units")
_PLAIN = ("standard", "period", "as_of", "records_from")
_EACH_MONTH = "each-month"
#: The grade of a criterion that does not count, or may not.
NO_GRADE = "nothing"


@frozen
class Expected:
    """What a standard must say; what is left out is not compared.

    A value, score or number of points in bounds is ``{ low = 1, high = 2 }`` without the ends that are open; a truth
    that is unknown is ``"unknown"``. A grade is the id of a row, a list of those that it may be, or ``"nothing"``.
    """

    verdict: str | None = None
    reachable: tuple[str, ...] | None = None
    conforms: bool | None = None
    criteria: dict[str, Outcome] = field(factory=dict)
    score: Any = None
    points: dict[str, Any] = field(factory=dict)
    grades: dict[str, Any] = field(factory=dict)
    values: dict[str, Any] = field(factory=dict)
    data_say: dict[str, str] = field(factory=dict)
    notes: tuple[str, ...] | None = None


@frozen
class JudgementRow:
    """A judgement: what a person found, and who, when and why."""

    value: Scalar
    by: str | None = None
    on: date | None = None
    reason: str = ""
    role: str | None = None


@frozen
class WaiverRow:
    """A waiver: why, by whom, until when."""

    reason: str
    by: str | None = None
    until: date | None = None


@frozen
class SubUnitRow:
    """What was said of a row whose verdict is read, by criterion."""

    judgements: dict[str, Any] = field(factory=dict)
    waivers: dict[str, WaiverRow] = field(factory=dict)


@frozen
class CaseRow:
    """``[[cases]]`` of a standard: facts and rows as they stand in the file."""

    id: str
    expect: Expected
    like: str | None = None
    standard: str | None = None
    unrecorded: tuple[str, ...] = ()
    center: dict[str, Any] | None = None
    organization: dict[str, Any] | None = None
    area: dict[str, Any] | None = None
    activities: tuple[Any, ...] | None = None
    organizations: tuple[Any, ...] | None = None
    centers: tuple[Any, ...] | None = None
    areas: tuple[Any, ...] | None = None
    period: str | None = None
    as_of: date | None = None
    records_from: date | None = None
    parameters: dict[str, Scalar] = field(factory=dict)
    judgements: dict[str, Any] = field(factory=dict)
    waivers: dict[str, WaiverRow] = field(factory=dict)
    sub_units: dict[str, SubUnitRow] = field(factory=dict)


@frozen
class _WholeRow(CaseRow):
    """A case with the rows of relations that plugins declare, each under its own key in the file."""

    relations: dict[str, Any] = field(factory=dict)

    def rows(self, relation: str) -> tuple[Any, ...] | None:
        """The rows of a relation of the core or of a plugin as they stand in the file."""
        return getattr(self, relation) if relation in _RELATIONS else self.relations.get(relation)


@frozen
class CasesFile:
    """``cases/*.toml``: worked cases, each a dossier and what must be said of it."""

    format: int
    cases: tuple[CaseRow, ...]


@frozen(eq=False)
class Case:
    """A worked case: the standard with the case's parameters, the dossier, and what is expected."""

    id: str
    file: str
    path: str
    standard: Standard
    dossier: Dossier
    expected: Expected

    def differences(self, report: Report) -> Iterator[str]:
        """What a report says otherwise than expected, a line each."""
        verdict, expected = report.verdict, self.expected
        pairs: list[tuple[str, object, object]] = [
            ("verdict", expected.verdict, verdict.id),
            ("reachable", expected.reachable, verdict.reachable),
            ("conforms", expected.conforms, verdict.conforms),
            ("notes", expected.notes, tuple(note.id for note in report.notes)),
        ]
        for what, wanted, found in pairs:
            if wanted is not None and wanted != found:
                yield f"{what}: expected {_shown(wanted)}, found {_shown(found)}"
        values = {one.id: _as_expected(one.value) for one in report.values} if expected.values else {}
        for name, wanted in expected.values.items():
            if to_json(wanted) != values[name]:
                yield f"the value {name}: expected {_shown(wanted)}, found {_shown(values[name])}"
        for name, wanted in expected.data_say.items():
            if (said := report[name].data_say or "nothing") != wanted:
                yield f"{name}: expected the data to say {_shown(wanted)}, found {_shown(said)}"
        yield from self.differences_of_points(report)
        for finding in report:
            wanted = expected.criteria.get(finding.criterion, finding.outcome)
            if wanted is not finding.outcome:
                yield f"{finding.criterion}: expected {wanted}, found {finding.outcome}{_looked_at(finding.evidence)}"

    def differences_of_points(self, report: Report) -> Iterator[str]:
        """What it says otherwise of the score, of points and of grades."""
        expected = self.expected
        rows: list[tuple[str, object, object]] = []
        if expected.score is not None:
            rows.append(("the score", to_json(expected.score), _as_expected(report.score)))
        for name, points in expected.points.items():
            rows.append((f"the points of {name}", to_json(points), _as_expected(report[name].points)))
        for name, grade in expected.grades.items():
            wanted = sorted(grade) if isinstance(grade, list) else grade
            rows.append((f"the grade of {name}", wanted, _grade(report[name].grade)))
        for what, wanted, found in rows:
            if wanted != found:
                yield f"{what}: expected {_shown(wanted)}, found {_shown(found)}"


def _grade(found: object) -> object:
    """A grade in the form in which a case expects it."""
    if isinstance(found, Possible):
        return sorted(one or NO_GRADE for one in found.values or ())
    return NO_GRADE if found is None else found


def _as_expected(value: object) -> object:
    """A value of a report in the form in which a case expects it."""
    found = to_json(value)
    if isinstance(found, dict):
        return {key: one for key, one in found.items() if one is not None}
    return "unknown" if found is None else found


def _shown(value: object) -> str:
    return (" or ".join(f"`{one}`" for one in value) or "none") if isinstance(value, tuple) else f"`{value}`"


def _looked_at(evidence: Any) -> str:  # noqa: ANN401 - the evidence of a finding
    seen = [f"{row.quantity}: {to_json(row.observed)} {row.operator} {to_json(row.required)}" for row in evidence]
    return f" ({'; '.join(seen)})" if seen else ""


def read_cases(source: RuleSource, rulebook: Rulebook) -> tuple[Case, ...]:
    """The worked cases of a plugin's standards, in the order of its files.

    Raises:
        RuleFileError: with all faults of all files.
    """
    cases: list[Case] = []
    faults: list[Diagnostic] = []
    for path, name in case_files(source):
        try:
            cases += _Reader(case_data(SourceFile.read(path, name)), name, rulebook).read()
        except RuleFileError as error:
            faults += error.diagnostics
    if faults:
        raise RuleFileError(faults)
    return tuple(cases)


def cases_in(data: Mapping[str, Any], name: str, rulebook: Rulebook) -> list[Case]:
    """The cases of the data of a file, some of which may expect nothing.

    Raises:
        RuleFileError: with all faults.
    """
    return _Reader(data, name, rulebook, may_be_silent=True).read()


class _Reader:
    """Reads one file; what a case takes over from another is checked where it stands."""

    def __init__(self, given: Mapping[str, Any], name: str, rulebook: Rulebook, *, may_be_silent: bool = False) -> None:
        self.may_be_silent = may_be_silent
        data, held = _apart(given, frozenset(one.id for one in rulebook.schema.relations.values() if one.plugin))
        own, _ = parted(data)
        file, found = structured_rows(data, own, CasesFile, name)
        self.faults = Faults(name, found)
        self.rulebook = rulebook
        whole = map(_whole, file.cases, (held[index] for index in own))
        self.rows = {row.id: (row, f"$.cases[{index}]") for index, row in zip(own, whole, strict=False)}
        if len(self.rows) < len(file.cases):
            ids = [row.id for row in file.cases]
            for index, one in enumerate(ids):
                if one in ids[:index]:
                    self.faults.add("PR404", f"the case id `{one}` stands twice", f"$.cases[{own[index]}].id")
        self.resolved: dict[str, _WholeRow] = {}

    def read(self) -> list[Case]:
        for name, (row, path) in self.rows.items():
            self.check_own(row, path)
            self.resolve(name, ())
        self.faults.stop()
        made = [self.case(self.resolved[name], path) for name, (_, path) in self.rows.items()]
        self.faults.stop()
        return [case for case in made if case is not None]

    # What a case says by itself

    def check_own(self, row: _WholeRow, path: str) -> None:
        """Every fact is one of its model, and what cannot be taken over from nowhere is there."""
        for name in SUBJECTS:
            self.check_facts(getattr(row, name) or {}, name, f"{path}.{name}", ())
        for name in (*_RELATIONS, *row.relations):
            relation = self.rulebook.schema.relations[name]
            rows: Any = row.rows(name)
            if not isinstance(rows, tuple | None):
                self.faults.add("PR403", "must be a list of rows", f"{path}.{name}")
                continue
            for index, one in enumerate(rows or ()):
                self.check_facts(one, relation.model, f"{path}.{name}[{index}]", ("times",))
        if row.like is not None and row.like not in self.rows:
            hint = did_you_mean(row.like, self.rows)
            self.faults.add("PR405", f"there is no case `{row.like}`", f"{path}.like", hint)
        if row.like is None and row.standard is None:
            self.faults.add("PR402", "the key `standard` is missing", f"{path}.standard", "or `like` another case")

    def check_facts(self, given: object, model: str, path: str, others: tuple[str, ...]) -> None:
        known = self.rulebook.schema.facts[model]
        if not isinstance(given, Mapping):
            self.faults.add("PR403", "must be a table", path)
            return
        for name in given:
            if name not in known and name not in others:
                self.faults.add("PR301", f"unknown fact `{name}`", f"{path}.{name}", did_you_mean(name, known))

    # What it takes over

    def resolve(self, name: str, chain: tuple[str, ...]) -> _WholeRow:
        """A case with all that it takes over from others, and without what is not recorded."""
        row, path = self.rows[name]
        if name in self.resolved:
            return self.resolved[name]
        if name in chain:
            circle = " -> ".join((*chain[chain.index(name) :], name))
            self.faults.add("PR307", f"cases are like one another in a circle: {circle}", f"{path}.like")
            return row
        if row.like in self.rows:
            row = _merged(row, self.resolve(row.like, (*chain, name)))
        self.resolved[name] = self.without_unrecorded(row, path)
        return self.resolved[name]

    def without_unrecorded(self, row: _WholeRow, path: str) -> _WholeRow:
        for index, entry in enumerate(row.unrecorded):
            owner, _, name = entry.partition(".")
            plain = owner in {*SUBJECTS, *_RELATIONS, *_BY_ID}
            held = getattr(row, owner) if plain else row.relations.get(owner)
            rows = held if isinstance(held, tuple) else (held,)
            if held is None or (name and not any(isinstance(one, dict) and name in one for one in rows)):
                hint = 'write "center.fact", "activities", "activities.fact" or "judgements.criterion"'
                self.faults.add("PR405", f"`{entry}` is not recorded anyway", f"{path}.unrecorded[{index}]", hint)
                continue
            kept = tuple({key: value for key, value in one.items() if key != name} for one in rows)
            without: Any = kept if isinstance(held, tuple) else kept[0]
            left = without if name else {} if owner in _BY_ID else None
            changed: dict[str, Any] = {owner: left} if plain else {"relations": {**row.relations, owner: left}}
            row = evolve(row, **changed)
        return row

    # What it amounts to

    def case(self, row: _WholeRow, path: str) -> Case | None:
        standard = self.standard(row, path)
        dossier = self.dossier(row, path)
        if standard is None or dossier is None:
            return None
        if row.expect == Expected() and not self.may_be_silent:
            self.faults.add(
                "PR402", "`expect` says nothing", f"{path}.expect", "give a `verdict`, or outcomes of criteria"
            )
        self.check_expected(row.expect, standard, f"{path}.expect")
        others = {qualified_id(one.id, other.id) for other in standard.readings[1:] for one in other.criteria}
        keys = {*(one.id for one in standard.criteria), *(one.id for one in standard.cohort)} | others
        said = [(row, path, keys)] + [(one, f"{path}.sub_units.{name}", others) for name, one in row.sub_units.items()]
        for one, place, known in said:
            for section in ("judgements", "waivers"):
                for key in getattr(one, section):
                    if key not in known and (known is others or key.removeprefix(f"{standard.id}#") not in known):
                        message = f"{standard.reference} has no criterion `{key}`"
                        if known is others:
                            message = f"{standard.reference} reads no verdict that `{key}` counts for"
                        self.faults.add("PR405", message, f"{place}.{section}.{key}", did_you_mean(key, known))
        if dossier.kind != standard.subject:
            self.faults.add("PR405", f"{standard.reference} judges a {standard.subject}", f"{path}.{dossier.kind}")
        return Case(row.id, self.faults.file, path, standard, dossier, row.expect)

    def standard(self, row: _WholeRow, path: str) -> Standard | None:
        try:
            standard = self.rulebook[row.standard or ""]
            return standard.with_parameters(**row.parameters) if row.parameters else standard
        except UnknownNameError as error:
            key = "parameters" if row.standard in self.rulebook else "standard"
            self.faults.add("PR405", str(error), f"{path}.{key}")
        except RuleFileError as error:
            self.faults.found += [
                evolve(one, file=self.faults.file, path=path + one.path.removeprefix("$")) for one in error.diagnostics
            ]
        return None

    def check_expected(self, expected: Expected, standard: Standard, path: str) -> None:
        verdicts = [one.id for one in standard.outcomes]
        for key, named in (
            ("verdict", [expected.verdict] if expected.verdict else []),
            ("reachable", expected.reachable),
        ):
            for name in named or ():
                if name not in verdicts:
                    hint = did_you_mean(name, verdicts)
                    self.faults.add("PR405", f"there is no verdict `{name}`", f"{path}.{key}", hint)
        criteria = [one.id for one in standard.criteria]
        for name in expected.criteria:
            if name not in criteria:
                hint = did_you_mean(name, criteria)
                self.faults.add("PR405", f"there is no criterion `{name}`", f"{path}.criteria.{name}", hint)
        judged = {one.id: [*(row.id for row in one.judge), "nothing"] for one in standard.criteria if one.judge}
        for name, said in expected.data_say.items():
            if said not in judged.get(name, ()):
                message = f"the data cannot say `{said}` of `{name}`"
                hint = did_you_mean(said, judged[name]) if name in judged else did_you_mean(name, judged)
                self.faults.add("PR405", message, f"{path}.data_say.{name}", hint)
        self.check_points(expected, standard, path)
        values = [one.id for one in standard.values]
        for name in expected.values:
            if name not in values:
                self.faults.add(
                    "PR405", f"there is no value `{name}`", f"{path}.values.{name}", did_you_mean(name, values)
                )
        notes = [one.id for one in standard.notes]
        for name in expected.notes or ():
            if name not in notes:
                self.faults.add("PR405", f"there is no note `{name}`", f"{path}.notes", did_you_mean(name, notes))

    def check_points(self, expected: Expected, standard: Standard, path: str) -> None:
        """What is said of score, points and grades is of what has them."""
        if expected.score is not None and standard.score is None:
            self.faults.add("PR405", f"{standard.reference} has no score", f"{path}.score")
        scored = [one.id for one in standard.criteria if one.has_points]
        for name in expected.points:
            if name not in scored:
                message = f"no criterion `{name}` gives points"
                self.faults.add("PR405", message, f"{path}.points.{name}", did_you_mean(name, scored))
        graded = {one.id: [*(row.id for row in one.rows), NO_GRADE] for one in standard.criteria if one.rows}
        for name, given in expected.grades.items():
            if name not in graded:
                message = f"no criterion `{name}` has grades"
                self.faults.add("PR405", message, f"{path}.grades.{name}", did_you_mean(name, graded))
                continue
            for one in given if isinstance(given, list) else [given]:
                if one not in graded[name]:
                    hint = did_you_mean(str(one), graded[name])
                    self.faults.add("PR405", f"`{name}` has no grade `{one}`", f"{path}.grades.{name}", hint)

    def dossier(self, row: _WholeRow, path: str) -> Dossier | None:
        schema = self.rulebook.schema
        try:
            period = None if row.period is None else Period.parse(row.period)
        except ValueError as error:
            self.faults.add("PR403", str(error), f"{path}.period")
            return None
        given: dict[str, Any] = {
            name: make_record(schema, name, {"id": row.id, **getattr(row, name)})
            for name in SUBJECTS
            if getattr(row, name) is not None
        }
        for name in _RELATIONS:
            rows = getattr(row, name)
            if rows is not None:
                given[name] = self.rows_of(name, rows, row, period, f"{path}.{name}")
        given["relations"] = {
            name: self.rows_of(name, rows, row, period, f"{path}.{name}")
            for name, rows in row.relations.items()
            if rows is not None
        }
        try:
            made = Dossier(
                **given,
                period=period,
                as_of=row.as_of,
                records_from=row.records_from,
                judgements=self.judgements(row, path),
                waivers=_waivers(row),
                sub_units={
                    name: SubUnit(judgements=self.judgements(one, f"{path}.sub_units.{name}"), waivers=_waivers(one))
                    for name, one in row.sub_units.items()
                },
            )
            made.bind(schema)
        except DossierError as error:
            for fault in error.faults:
                self.faults.add("PR403", fault, path)
            return None
        return made

    def judgements(self, row: CaseRow | SubUnitRow, path: str) -> dict[str, Judgement | tuple[Judgement, ...]]:
        return {key: self.judgement(one, f"{path}.judgements.{key}") for key, one in row.judgements.items()}

    def judgement(self, given: object, path: str) -> Judgement | tuple[Judgement, ...]:
        if isinstance(given, list):
            return tuple(self.one_judgement(one, f"{path}[{index}]") for index, one in enumerate(given))
        return self.one_judgement(given, path)

    def one_judgement(self, given: object, path: str) -> Judgement:
        row, found = structure_mended(given, JudgementRow, self.faults.file)
        self.faults.found += [evolve(one, path=path + one.path.removeprefix("$")) for one in found]
        return Judgement(value=row.value, by=row.by, on=row.on, reason=row.reason, role=row.role)  # type: ignore[arg-type]

    def rows_of(
        self, relation: str, rows: tuple[Any, ...], row: _WholeRow, period: Period | None, path: str
    ) -> list[Any]:
        """The rows of a relation: as many as ``times`` and the list of dates say, each with an id of its own."""
        declared = self.rulebook.schema.relations[relation]
        made: list[Any] = []
        for index, given in enumerate(rows):
            values = {name: value for name, value in given.items() if name != "times"}
            days: list[Any] = [values.pop(declared.dated_by)] if declared.dated_by in values else [None]
            if days == [_EACH_MONTH]:
                days = [] if period is None else [*_each_month(period, row.as_of or period.end)]
                if not days:
                    self.faults.add("PR403", f'"{_EACH_MONTH}" needs a period', f"{path}[{index}].{declared.dated_by}")
            elif isinstance(days[0], list):
                days = days[0]
            times = given.get("times", 1)
            if type(times) is not int or times < 1:
                self.faults.add("PR403", f"must be a whole number above 0 (got {times!r})", f"{path}[{index}].times")
                times = 1
            several = len(days) * times > 1
            for day in (one for one in days for _ in range(times)):
                named = dict(values)
                if day is not None:
                    named[declared.dated_by or ""] = day
                if "id" not in named or several:
                    named["id"] = f"{named.get('id', relation)}-{len(made) + 1}"
                made.append(make_record(self.rulebook.schema, declared.model, named))
        return made


def _apart(data: Mapping[str, Any], declared: frozenset[str]) -> tuple[Mapping[str, Any], list[dict[str, Any]]]:
    """The data of a file without the rows of plugins' relations, and these rows case by case."""
    rows = data.get("cases")
    if not isinstance(rows, list):
        return data, []
    plain = [{k: v for k, v in row.items() if k not in declared} if isinstance(row, dict) else row for row in rows]
    held = [{k: v for k, v in row.items() if k in declared} if isinstance(row, dict) else {} for row in rows]
    return {**data, "cases": plain}, held


def _whole(row: CaseRow, held: Mapping[str, Any]) -> _WholeRow:
    """A case with its rows of plugins' relations; what is no list stays as it is, and is a fault."""
    given = {name: tuple(rows) if isinstance(rows, list) else rows for name, rows in held.items()}
    return _WholeRow(**{one.name: getattr(row, one.name) for one in fields(CaseRow)}, relations=given)


def _merged(row: _WholeRow, other: _WholeRow) -> _WholeRow:
    """A case with what it takes over from another: facts one by one, relations as a whole."""
    taken: dict[str, Any] = {}
    for name in SUBJECTS:
        own, old = getattr(row, name), getattr(other, name)
        taken[name] = own if old is None else {**old, **(own or {})}
    for name in (*_RELATIONS, *_PLAIN):
        own = getattr(row, name)
        taken[name] = getattr(other, name) if own is None else own
    for name in (*_BY_ID, "relations"):
        taken[name] = {**getattr(other, name), **getattr(row, name)}
    return evolve(row, **taken)


def _each_month(period: Period, as_of: date) -> list[date]:
    """The 15th of every month that counts as a whole."""
    return [month_start(month) + timedelta(14) for month in window(period, as_of).months]


def _waivers(row: CaseRow | SubUnitRow) -> dict[str, Waiver]:
    return {key: Waiver(reason=one.reason, by=one.by, until=one.until) for key, one in row.waivers.items()}

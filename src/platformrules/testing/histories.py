# SPDX-License-Identifier: MIT
"""Worked cases of procedures (format.md section 10): events, and how the case must stand afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import evolve, field, frozen

from platformrules.cases import evaluate_case
from platformrules.diagnostics import Diagnostic, did_you_mean
from platformrules.errors import DossierError, RuleFileError, UnknownNameError
from platformrules.models import Record
from platformrules.procedures.model import Procedure
from platformrules.procedures.report import CaseReport
from platformrules.results import to_json
from platformrules.rulefiles import Faults, SourceFile
from platformrules.serialization import Scalar
from platformrules.standards.rulebook import Rulebook, RuleSource
from platformrules.testing.rows import case_data, case_files, make_record, parted, structured_rows

_SUBJECTS = ("center", "organization", "area")
_PLAIN = ("procedure", "as_of", "events")


@frozen
class ExpectedCase:
    """How a case must stand; what is left out is not compared. Breaches and overdue limits are named by clause."""

    state: str | None = None
    variables: dict[str, Scalar] = field(factory=dict)
    breaches: tuple[str, ...] | None = None
    overdue: tuple[str, ...] | None = None
    asks_for: tuple[str, ...] | None = None


@frozen
class HistoryRow:
    """``[[cases]]`` of a procedure: what happened, and how the case must stand."""

    id: str
    expect: ExpectedCase
    like: str | None = None
    procedure: str | None = None
    center: dict[str, Any] | None = None
    organization: dict[str, Any] | None = None
    area: dict[str, Any] | None = None
    as_of: date | None = None
    parameters: dict[str, Scalar] = field(factory=dict)
    events: tuple[Any, ...] | None = None


@frozen
class _HistoriesFile:
    format: int
    cases: tuple[HistoryRow, ...]


@frozen(eq=False)
class History:
    """A worked case of a procedure: with its parameters, the subject, what happened, and what is expected."""

    id: str
    file: str
    path: str
    procedure: Procedure
    subject: Record | None
    events: tuple[Mapping[str, Any], ...]
    as_of: date
    expected: ExpectedCase

    def report(
        self, procedure: Procedure | None = None, events: Sequence[Mapping[str, Any]] | None = None
    ) -> CaseReport:
        """How the case stands; if wanted by another procedure, or with other events."""
        return evaluate_case(
            procedure or self.procedure,
            self.events if events is None else events,
            self.as_of,
            subject=self.subject,
        )

    def differences(self, report: CaseReport) -> Iterator[str]:
        """What a report says otherwise than expected, a line each."""
        expected = self.expected
        found: dict[str, object] = {
            "breaches": sorted({cited.clause for one in report.breaches for cited in one.citations}),
            "overdue": sorted({cited.clause for one in report.overdue for cited in one.citations}),
            "asks_for": sorted(one.name for one in report.asks_for),
        }
        for one in report.problems:
            yield f"{one.path}: {one.message.en} (got {one.found})"
        if expected.state is not None and expected.state != report.state:
            yield f"state: expected `{expected.state}`, found {' or '.join(f'`{one}`' for one in report.states)}"
        for name, wanted in expected.variables.items():
            if report.variables[name] != wanted:
                yield f"{name}: expected {to_json(wanted)}, found {to_json(report.variables[name])}"
        for what, names in found.items():
            listed = getattr(expected, what)
            if listed is not None and sorted(set(listed)) != names:
                yield f"{what}: expected {sorted(set(listed))}, found {names}"


def read_histories(source: RuleSource, rulebook: Rulebook) -> tuple[History, ...]:
    """The worked cases of a plugin's procedures, in the order of its files.

    Raises:
        RuleFileError: with all faults of all files.
    """
    found: list[History] = []
    faults: list[Diagnostic] = []
    for path, name in case_files(source):
        try:
            file = SourceFile.read(path, name)
            data = case_data(file)
            found += _Reader(data, parted(data)[1], name, rulebook).read()
        except RuleFileError as error:
            faults += error.diagnostics
    if faults:
        raise RuleFileError(faults)
    return tuple(found)


class _Reader:
    """Reads the cases of procedures of one file."""

    def __init__(self, data: Mapping[str, Any], indexes: Sequence[int], file: str, rulebook: Rulebook) -> None:
        read, found = structured_rows(data, indexes, _HistoriesFile, file)
        self.faults, self.rulebook = Faults(file, found), rulebook
        self.rows = {row.id: (row, f"$.cases[{index}]") for index, row in zip(indexes, read.cases, strict=True)}
        if len(self.rows) < len(indexes):
            self.faults.add("PR404", "two cases of procedures have the same id", "$.cases")

    def read(self) -> list[History]:
        found = [self.history(self.resolved(name, ()), path) for name, (_, path) in self.rows.items()]
        self.faults.stop()
        return [one for one in found if one is not None]

    def resolved(self, name: str, chain: tuple[str, ...]) -> HistoryRow:
        """A case with all that it takes over from another: facts and parameters one by one, events as a whole."""
        row, path = self.rows[name]
        if name in chain:
            circle = " -> ".join((*chain[chain.index(name) :], name))
            self.faults.add("PR307", f"cases are like one another in a circle: {circle}", f"{path}.like")
            return row
        if row.like is None:
            return row
        if row.like not in self.rows:
            hint = did_you_mean(row.like, self.rows)
            self.faults.add("PR405", f"there is no case of a procedure `{row.like}`", f"{path}.like", hint)
            return row
        other = self.resolved(row.like, (*chain, name))
        taken: dict[str, Any] = {"parameters": {**other.parameters, **row.parameters}}
        for key in _SUBJECTS:
            own, old = getattr(row, key), getattr(other, key)
            taken[key] = own if old is None else {**old, **(own or {})}
        for key in _PLAIN:
            own = getattr(row, key)
            taken[key] = getattr(other, key) if own is None else own
        return evolve(row, **taken)

    def history(self, row: HistoryRow, path: str) -> History | None:
        procedure = self.procedure(row, path)
        if row.as_of is None:
            self.faults.add("PR402", "the key `as_of` is missing", f"{path}.as_of", "or `like` another case")
        if row.expect == ExpectedCase():
            self.faults.add("PR402", "`expect` says nothing", f"{path}.expect", "give a `state`, or `breaches`")
        if procedure is None or row.as_of is None:
            return None
        self.check_expected(row.expect, procedure, f"{path}.expect")
        subject = self.subject(row, procedure, path)
        events = tuple(row.events or ())
        found = History(row.id, self.faults.file, path, procedure, subject, events, row.as_of, row.expect)
        try:
            found.report()
        except DossierError as error:
            for fault in error.faults:
                self.faults.add("PR403", fault, f"{path}.{procedure.subject}")
        return found

    def procedure(self, row: HistoryRow, path: str) -> Procedure | None:
        try:
            procedure = self.rulebook.procedure(row.procedure or "")
        except UnknownNameError as error:
            self.faults.add("PR405", str(error), f"{path}.procedure")
            return None
        try:
            return procedure.with_parameters(**row.parameters) if row.parameters else procedure
        except UnknownNameError as error:
            self.faults.add("PR405", str(error), f"{path}.parameters")
        except RuleFileError as error:
            self.faults.found += [
                evolve(one, file=self.faults.file, path=path + one.path.removeprefix("$")) for one in error.diagnostics
            ]
        return None

    def subject(self, row: HistoryRow, procedure: Procedure, path: str) -> Record | None:
        given = {name: getattr(row, name) for name in _SUBJECTS if getattr(row, name) is not None}
        for name in given:
            if name != procedure.subject:
                self.faults.add("PR405", f"{procedure.reference} is about a {procedure.subject}", f"{path}.{name}")
        facts = given.get(procedure.subject)
        if facts is None:
            return None
        known = self.rulebook.schema.facts[procedure.subject]
        for name in facts:
            if name not in known:
                place = f"{path}.{procedure.subject}.{name}"
                self.faults.add("PR301", f"unknown fact `{name}`", place, did_you_mean(name, known))
        values = {name: value for name, value in {"id": row.id, **facts}.items() if name in known}
        return make_record(self.rulebook.schema, procedure.subject, values)  # type: ignore[no-any-return]

    def check_expected(self, expected: ExpectedCase, procedure: Procedure, path: str) -> None:
        named: list[tuple[str, str, Sequence[str], Sequence[str]]] = [
            ("state", "state", [expected.state] if expected.state else [], [one.id for one in procedure.states]),
            ("variables", "variable", [*expected.variables], [one.id for one in procedure.variables]),
        ]
        clauses = [*procedure.document.clauses]
        named += [(key, "clause", getattr(expected, key) or (), clauses) for key in ("breaches", "overdue")]
        for key, what, names, known in named:
            for name in names:
                if name not in known:
                    self.faults.add("PR405", f"there is no {what} `{name}`", f"{path}.{key}", did_you_mean(name, known))

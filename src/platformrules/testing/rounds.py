# SPDX-License-Identifier: MIT
"""Worked cases of a round: several subjects that are evaluated together, with what is expected of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from platformrules.diagnostics import Diagnostic
from platformrules.errors import RuleFileError
from platformrules.evaluation import evaluate_many
from platformrules.rulefiles import SourceFile
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import Rulebook, RuleSource
from platformrules.testing.cases import Case, cases_in
from platformrules.testing.rows import SUBJECTS_OF_ROUND, case_data, case_files

#: Between the id of a round and the number of a subject of it.
_MARK = "/"
#: What the subjects of a round share.
SHARED = ("standard", "period", "as_of", "records_from", "parameters")


@frozen(eq=False)
class RoundCase:
    """A worked case of a round: a case a subject, some of which expect nothing."""

    id: str
    file: str
    path: str
    standard: Standard
    cases: tuple[Case, ...]

    def differences(self) -> Iterator[str]:
        """What the reports say otherwise than expected, a line each."""
        reports = evaluate_many(self.standard, (one.dossier for one in self.cases))
        for case, report in zip(self.cases, reports, strict=True):
            for line in case.differences(report):
                yield f"{report.subject}: {line}"

    def tells_apart(self, name: str, value: object) -> bool:
        """Whether some verdict is another one with another value of a parameter."""
        other = self.standard.with_parameters(**{name: value})
        return self.verdicts(self.standard) != self.verdicts(other)

    def verdicts(self, standard: Standard) -> list[tuple[str, ...]]:
        """The verdicts that are reachable after the round, subject by subject."""
        return [one.verdict.reachable for one in evaluate_many(standard, (case.dossier for case in self.cases))]


def read_rounds(source: RuleSource, rulebook: Rulebook) -> tuple[RoundCase, ...]:
    """The worked cases of rounds of a plugin, in the order of its files.

    Raises:
        RuleFileError: with all faults of all files.
    """
    found: list[RoundCase] = []
    faults: list[Diagnostic] = []
    for path, name in case_files(source):
        try:
            found += _read(case_data(SourceFile.read(path, name)), name, rulebook)
        except RuleFileError as error:
            faults += error.diagnostics
    if faults:
        raise RuleFileError(faults)
    return tuple(found)


def _read(data: Mapping[str, Any], name: str, rulebook: Rulebook) -> list[RoundCase]:
    rows = data.get("cases")
    listed = [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    rounds = [(at, one) for at, one in enumerate(listed) if SUBJECTS_OF_ROUND in one]
    if not rounds:
        return []
    plain = [one for one in listed if SUBJECTS_OF_ROUND not in one and "procedure" not in one]
    named = {str(one.get("id")): one for one in plain}
    single = [case for _, row in rounds for case in _single(row, named)]
    places = {id(one): at for at, one in enumerate(listed)}
    try:
        cases = {case.id: case for case in cases_in({**data, "cases": [*plain, *single]}, name, rulebook)}
    except RuleFileError as error:
        raise RuleFileError(_placed(one, len(plain)) for one in error.diagnostics) from None
    found = []
    for _, row in rounds:
        own = tuple(cases[one["id"]] for one in _single(row, named))
        path = f"$.cases[{places[id(row)]}]"
        if not own:
            raise RuleFileError([Diagnostic("PR402", "a round has subjects", name, f"{path}.{SUBJECTS_OF_ROUND}")])
        known = {case.dossier.subject.id for case in own}
        for subject in row.get("expect", {}):
            if subject not in known:
                message = f"the round has no subject `{subject}`"
                raise RuleFileError([Diagnostic("PR405", message, name, f"{path}.expect.{subject}")])
        found.append(RoundCase(str(row["id"]), name, path, own[0].standard, own))
    return found


def _single(row: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The subjects of a round as cases of their own."""
    shared = {key: row[key] for key in SHARED if key in row}
    expected = row.get("expect", {})
    made: list[dict[str, Any]] = []
    for subject in row[SUBJECTS_OF_ROUND]:
        times = subject.get("times", 1)
        for number in range(times):
            one = {key: value for key, value in subject.items() if key != "times"}
            kind = next((kind for kind in ("center", "organization", "area") if kind in one), "center")
            record = dict(one.get(kind, {}))
            if times > 1:
                record["id"] = f"{record.get('id', 'subject')}-{number + 1}"
            name = f"{row['id']}{_MARK}{len(made)}"
            subject_id = record.get("id") or _id_of(one.get("like"), kind, named) or name
            made.append({**shared, "id": name, "expect": expected.get(subject_id, {}), **one, kind: record})
    return made


def _id_of(like: object, kind: str, named: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The id of the subject of a case that another is like."""
    seen: list[object] = []
    while isinstance(like, str) and like in named and like not in seen:
        seen.append(like)
        record = named[like].get(kind)
        if isinstance(record, dict) and "id" in record:
            return str(record["id"])
        like = named[like].get("like")
    return None


def _placed(one: Diagnostic, plain: int) -> Diagnostic:
    """A fault of a subject: its place says that it is one of the subjects of rounds."""
    return evolve(one, path=one.path.replace("$.cases[", f"$.cases and {SUBJECTS_OF_ROUND} (from {plain})["))

# SPDX-License-Identifier: MIT
"""The conformance suite that every plugin ships.

A test file in a plugin's project has one line:

    pytest_plugins = ["platformrules.testing.plugin"]

or, for a plugin that is installed and lies elsewhere, three:

    from platformrules.testing import check_plugin

    TestPlugin = check_plugin("hubei")

Each test names all that is wrong at once, and says what to do.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import pytest

from platformrules import bounds
from platformrules.bounds import Number
from platformrules.criteria.qualifying import MARK
from platformrules.errors import LedgerError, RuleFileError
from platformrules.evaluation import evaluate
from platformrules.languages import Bilingual, Language
from platformrules.procedures.model import Procedure
from platformrules.procedures.report import CaseReport
from platformrules.results import Outcome, Report, to_json
from platformrules.sentences import sentence
from platformrules.standards.model import Criterion, NoteRow, Parameter, Standard
from platformrules.testing import trials
from platformrules.testing.cases import Case
from platformrules.testing.examined import PluginUnderTest
from platformrules.testing.forms import lost_on
from platformrules.testing.histories import History
from platformrules.testing.lessening import with_blanks, with_less, with_nothing
from platformrules.testing.thresholds import one_sided, step

#: Attributes that hold no text of their own.
_NO_TEXTS = {
    "referred",
    "schema",
    "document",
    "cites",
    "require",
    "points",
    "expression",
    "when",
    "applies_when",
    "at",
    "set",
}
_BOTH = (Outcome.PASSED, Outcome.FAILED)


def check_plugin(name: str, folder: Path | str | None = None) -> type[PluginConformance]:
    """A test class that holds a plugin to the protocol: an installed one, or the rule files of a folder."""
    return type("TestPlugin", (PluginConformance,), {"plugin": PluginUnderTest(name, folder)})


class PluginConformance:
    """What every plugin must keep to."""

    plugin: PluginUnderTest

    def test_loads(self) -> None:
        """The plugin is found, and nothing is wrong with its rule files."""
        plugin = self.plugin
        info = next((one for one in plugin.rulebook.plugins if one.name == plugin.name), None)
        if info is None:
            known = ", ".join(one.name for one in plugin.rulebook.plugins) or "none"
            _tell(f"install the plugin `{plugin.name}`, or mend its entry point; found: {known}", ["it is not there"])
        else:
            _tell("mend the rule files", [info.error, *map(str, plugin.rulebook.faults)] if info.error else [])
        _tell("give the plugin a standard: a file in `standards/`", [] if plugin.standards else ["it has none"])

    def test_every_clause_is_disposed_of(self) -> None:
        """Each clause of each document is cited by a criterion or says what became of it."""
        named = [one for one in self.plugin.rulebook.warnings if one.file.startswith(self.files())]
        _tell("dispose of each clause", map(str, named))

    def files(self) -> str:
        """How the names of the plugin's files begin."""
        source = self.plugin.source
        return f"{source.folder or 'platformrules_' + source.plugin}/"

    def test_citations_resolve(self) -> None:
        """Criteria, parameters and notes cite clauses that the plugin's document has."""
        documents = self.plugin.rulebook.documents
        strays = []
        for standard in self.plugin.standards:
            rows: list[Criterion | Parameter | NoteRow] = [*standard.criteria, *standard.parameters.values()]
            for row in (*rows, *standard.notes):
                unknown = [one.clause for one in row.cites if one.clause not in documents[one.document].clauses]
                wrong = unknown if row.cites else ["cites nothing"]
                strays += [f"{standard.reference} {row.id}: {one}" for one in wrong]
        for procedure in self.plugin.procedures:
            cited = [(f"transitions[{one.index}]", one.cites) for one in procedure.transitions]
            cited += [(name, one.cites) for name, one in procedure.parameters.items()]
            for place, cites in cited:
                unknown = [one.clause for one in cites if one.clause not in documents[one.document].clauses]
                strays += [f"{procedure.reference} {place}: {one}" for one in (unknown if cites else ["cites nothing"])]
        _tell("cite clauses that are in `clauses/`", strays)

    def test_texts_are_in_both_languages(self) -> None:
        """No text is blank in one language, and Chinese text does not stand for English."""
        plugin = self.plugin
        things: dict[str, Any] = {one.reference: one for one in plugin.standards}
        things |= {one.reference: one for one in plugin.procedures}
        things |= {one.id: one for one in plugin.documents}
        things |= {f"form {one.reference}": one for one in plugin.forms}
        facts = {f"facts.{one.on}.{one.id}": one for one in plugin.facts}
        blank = [
            f"{place}: {text.zh!r} / {text.en!r}"
            for name, thing in {**things, **facts}.items()
            for place, text in _texts(thing, name)
            if not text.zh.strip() or not text.en.strip() or (text.zh == text.en and not text.en.isascii())
        ]
        _tell("write the text in the language that lacks it", blank)

    def test_sentences_render(self) -> None:
        """Each criterion can be said as a sentence of each language."""
        silent = [
            f"{standard.reference} {criterion.id}, {language}"
            for standard in self.plugin.standards
            for criterion in standard.criteria
            for language in Language
            if not sentence(standard, criterion)[language].strip()
        ]
        _tell("nothing is wrong with the plugin: tell the authors of platformrules what has no sentence", silent)

    def test_forms_are_read_back(self) -> None:
        """What is written on an official form is read back as it was, in each language."""
        with TemporaryDirectory() as folder:
            wrong = [
                f"{form.reference}, {language}: {difference}"
                for form in self.plugin.forms
                for language in Language
                for difference in lost_on(form, language, Path(folder))
            ]
        _tell("give the form a column for each thing it asks for, with headings of its own", wrong)

    def test_worked_cases_hold(self) -> None:
        """Each standard has worked cases, and they come out as they say."""
        untold = [
            f"{standard.reference} has no worked case"
            for standard in self.plugin.standards
            if not self.plugin.reports_of(standard) and not self.plugin.rounds_of(standard)
        ]
        untold += [
            f"{procedure.reference} has no worked case"
            for procedure in self.plugin.procedures
            if not self.plugin.histories_of(procedure)
        ]
        wrong = [
            f"{case.file} {case.id}: {difference}"
            for case, report in self.plugin.reports
            for difference in case.differences(report)
        ]
        wrong += [
            f"{history.file} {history.id}: {difference}"
            for history, found in self.plugin.histories
            for difference in history.differences(found)
        ]
        wrong += [
            f"{one.file} {one.id}: {difference}" for one in self.plugin.rounds for difference in one.differences()
        ]
        _tell("mend the rule or what the case expects, whichever is not what the clause says", [*untold, *wrong])

    def test_every_criterion_passes_and_fails(self) -> None:
        """For each criterion a worked case shows that it can pass, and another that it can fail.

        One that is only graded or only gives points, without `max` and `pass_at`, cannot fail: of that each grade has
        a case, or two cases differ in points. Those of an included standard have their cases there.
        """
        never = []
        for standard in self.plugin.standards:
            reports = self.plugin.reports_of(standard)
            for criterion in standard.own_criteria:
                seen = {report[criterion.id].outcome for _, report in reports}
                wanted = _BOTH if _can_fail(criterion) else (Outcome.PASSED,)
                never += [f"{standard.reference} {criterion.id}: never {one}" for one in wanted if one not in seen]
                numbers = {_key(report[criterion.id].points) for _, report in reports}
                if wanted != _BOTH and criterion.has_points and len(numbers) == 1:
                    never.append(f"{standard.reference} {criterion.id}: always as many points")
                grades = {report[criterion.id].grade for _, report in reports} if criterion.grades else set()
                unseen = [row.id for row in criterion.grades if row.id not in grades]
                never += [f"{standard.reference} {criterion.id}: never `{one}`" for one in unseen]
        _tell("add a case to `cases/` in which the criterion has that outcome", never)

    def test_every_threshold_has_cases_on_both_sides(self) -> None:
        """Each comparison with a number or a day has a worked case that just meets it, and one that just does not.

        What is read of a loop inside a loop no evidence shows; there the next test looks. Those of an included
        standard have their cases there.
        """
        blind = [
            line
            for standard in self.plugin.standards
            for line in one_sided(standard, [report for _, report in self.plugin.reports_of(standard)])
        ]
        _tell("add a case to `cases/` with the value that is named", blind)

    def test_every_number_has_cases_on_both_sides(self) -> None:
        """Each number and day of law has a worked case that comes out otherwise if it is a step higher, or lower.

        Those of an included standard have their cases there.
        """
        blind = []
        for standard in self.plugin.standards:
            cases = [case for case, _ in self.plugin.reports_of(standard) if not case.standard.overrides]
            for name, parameter in standard.parameters.items():
                own = MARK not in name and ("parameters", name) not in standard.owners
                if own and _has_neighbours(parameter.value):
                    blind += [
                        f"{standard.reference} {name}: no case tells {parameter.value} from {other}"
                        for other in _neighbours(parameter.value)
                        if not _tells_apart(standard, name, other, cases)
                        and not any(one.tells_apart(name, other) for one in self.plugin.rounds_of(standard))
                    ]
        for procedure in self.plugin.procedures:
            histories = [one for one, _ in self.plugin.histories_of(procedure) if not one.procedure.overrides]
            for name, one in procedure.parameters.items():
                if _has_neighbours(one.value):
                    blind += [
                        f"{procedure.reference} {name}: no case tells {one.value} from {other}"
                        for other in _neighbours(one.value)
                        if not _is_told_apart(procedure, name, other, histories)
                    ]
        _tell("add a case that just meets the number, and one that just does not", blind)

    def test_bands_are_total_and_disjoint(self) -> None:
        """Bands ascend and each is reached, tables say something of every key, the last row of a table holds else."""
        holes = [f"{one.reference} {hole}" for one in self.plugin.standards for hole in trials.holes(one)]
        _tell("let bands and rows cover everything exactly once", holes)

    def test_templates_are_read_back(self) -> None:
        """A blank ledger is read without a fault, and a worked case comes out the same written as a ledger and read."""
        lost: list[str] = []
        languages = itertools.cycle(Language)
        with TemporaryDirectory() as made:
            folder = Path(made)
            for standard in self.plugin.standards:
                reports = self.plugin.reports_of(standard)
                try:
                    lost += trials.template_faults(reports[0][0], folder) if reports else []
                    for (case, _), language in zip(reports, languages, strict=False):
                        differences = trials.lost_in_ledgers(case, folder, language) or ()
                        lost += [f"{case.file} {case.id}, {language}: {one}" for one in differences]
                except LedgerError as error:
                    lost.append(f"{standard.reference}: {error.text.en}")
        _tell("give facts and relations labels that differ, of at most 31 characters for a relation", lost)

    def test_engines_agree(self) -> None:
        """The way for complete data and the way in bounds say the same of each worked case."""
        differences = [
            f"{case.file} {case.id}: {one}" for case, _ in self.plugin.reports for one in trials.disagreements(case)
        ]
        _tell("nothing is wrong with the plugin: tell the authors of platformrules what differs", differences)

    def test_waivers_count_until_their_day(self) -> None:
        """A criterion that fails is waived by a waiver, until the day on which that ends and no longer."""
        stubborn = [
            f"{one.reference} {line}"
            for one in self.plugin.standards
            for line in trials.stubborn(one, self.plugin.reports_of(one))
        ]
        _tell("nothing is wrong with the plugin: tell the authors of platformrules what is not waived", stubborn)

    def test_recording_less_never_flips(self) -> None:
        """Taking a recorded fact out of a worked case, or all, leaves outcomes as they were or undetermined."""
        flips = []
        for case, report in self.plugin.reports:
            schema = case.standard.schema
            lesser = with_less(case.dossier, schema)
            for taken, dossier in (*lesser, ("anything", with_nothing(case.dossier, schema))):
                less = evaluate(case.standard, dossier)
                flips += [
                    f"{case.file} {case.id} without {taken}: {after.criterion} {before.outcome} -> {after.outcome}"
                    for before, after in zip(report, less, strict=True)
                    if after.outcome in _BOTH and after.outcome is not before.outcome
                ]
                flips += [
                    f"{case.file} {case.id} without {taken}: {what} {_key(before)} is ruled out by {_key(after)}"
                    for what, before, after in _numbers(report, less)
                    if not _holds(after, before)
                ]
                flips += [
                    f"{case.file} {case.id} without {taken}: verdict `{reached}` is ruled out"
                    for reached in report.verdict.reachable
                    if reached not in less.verdict.reachable
                ]
        for history, found in self.plugin.histories:
            for taken, events in with_blanks(history):
                reached = history.report(events=events).states
                flips += [
                    f"{history.file} {history.id} without {taken}: state `{one}` is ruled out"
                    for one in found.states
                    if one not in reached
                ]
        _tell("nothing is wrong with the plugin: tell the authors of platformrules what flips", flips)


def _tell(what_to_do: str, wrong: Iterable[str]) -> None:
    """Fail with all that is wrong, if anything is."""
    lines = [line for line in wrong if line]
    if lines:
        pytest.fail("\n  ".join((f"{what_to_do}:", *lines)), pytrace=False)


def _texts(thing: Any, place: str) -> Iterator[tuple[str, Bilingual]]:  # noqa: ANN401 - whatever a rule file holds
    """Every text of a standard, document or fact, with its place; expressions and the shared schema are left out."""
    match thing:
        case Bilingual():
            yield place, thing
        case Mapping():
            for key, value in thing.items():
                yield from _texts(value, f"{place}.{key}")
        case tuple():
            for index, value in enumerate(thing):
                yield from _texts(value, f"{place}[{getattr(value, 'id', index)}]")
        case _ if attrs.has(type(thing)):
            for one in attrs.fields(type(thing)):
                if one.init and one.name not in _NO_TEXTS:
                    yield from _texts(getattr(thing, one.name), f"{place}.{one.name}")
        case _:
            return


def _can_fail(criterion: Criterion) -> bool:
    """Whether a criterion has an outcome that fails; grades and points need not have one."""
    if criterion.rows:
        return any(row.fails for row in criterion.rows)
    return criterion.require is not None or criterion.pass_at is not None


def _has_neighbours(value: object) -> bool:
    return isinstance(value, int | Decimal | date) and not isinstance(value, bool)


def _neighbours(value: Any) -> tuple[Any, Any]:  # noqa: ANN401 - a number or a day
    return value + step(value), value - step(value)


def _tells_apart(standard: Standard, name: str, value: Number | date, cases: Iterable[Case]) -> bool:
    """Whether some case comes out otherwise with another value of a parameter; one that is refused needs no case."""
    try:
        other = standard.with_parameters(**{name: value})
    except RuleFileError:
        return True
    return any(_said(evaluate(standard, case.dossier)) != _said(evaluate(other, case.dossier)) for case in cases)


def _said(report: Report) -> tuple[object, ...]:
    found = [(finding.outcome, finding.grade, finding.points) for finding in report]
    return report.verdict, found, report.score, report.notes


def _key(points: Any) -> str:  # noqa: ANN401 - a number in bounds
    return str(to_json(points))


def _numbers(report: Report, less: Report) -> Iterator[tuple[str, Any, Any]]:
    """The score, and the points of criteria and blocks, of a report and of one on fewer facts."""
    yield "the score", report.score, less.score
    for block, other in zip(report.blocks, less.blocks, strict=True):
        yield f"the points of the block {block.id}", block.points, other.points
    for finding, after in zip(report, less, strict=True):
        yield f"the points of {finding.criterion}", finding.points, after.points


def _holds(outer: Any, inner: Any) -> bool:  # noqa: ANN401 - numbers in bounds, or none
    """Whether bounds hold all of other bounds."""
    return inner is None or bounds.hull(outer, inner) == outer


def _is_told_apart(procedure: Procedure, name: str, value: Number | date, histories: Iterable[History]) -> bool:
    """Whether some case stands otherwise with another value of a parameter; one that is refused needs no case."""
    try:
        other = procedure.with_parameters(**{name: value})
    except RuleFileError:
        return True
    return any(_stands(one.report()) != _stands(one.report(other)) for one in histories)


def _stands(report: CaseReport) -> tuple[object, ...]:
    return report.states, dict(report.variables), report.breaches, report.overdue

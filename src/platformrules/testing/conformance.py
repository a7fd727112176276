# SPDX-License-Identifier: MIT
"""The conformance suite that every plugin ships: its test file is three lines.

    from platformrules.testing import check_plugin

    TestPlugin = check_plugin("hubei")

Each test names all that is wrong at once, and says what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import pytest
from attrs import evolve

from platformrules.bounds import Number
from platformrules.citations import Document
from platformrules.criteria.qualifying import MARK
from platformrules.dossiers import Dossier
from platformrules.errors import RuleFileError
from platformrules.evaluation import evaluate, sentence
from platformrules.languages import Bilingual, Language
from platformrules.models import Record
from platformrules.plugins import installed, load, rule_folder
from platformrules.procedures.model import Procedure
from platformrules.procedures.report import CaseReport
from platformrules.results import Outcome, Report
from platformrules.schema import Fact, Relation, Schema
from platformrules.standards.forms import Form
from platformrules.standards.model import Criterion, NoteRow, Parameter, Standard
from platformrules.standards.rulebook import Rulebook, RuleSource
from platformrules.testing.cases import Case, read_cases
from platformrules.testing.forms import lost_on
from platformrules.testing.histories import History, read_histories

#: Attributes that hold no text of their own.
_NO_TEXTS = {"schema", "document", "cites", "require", "when", "applies_when", "at", "set"}
_BOTH = (Outcome.PASSED, Outcome.FAILED)


def check_plugin(name: str, folder: Path | str | None = None) -> type[PluginConformance]:
    """A test class that holds a plugin to the protocol: an installed one, or the rule files of a folder."""
    return type("TestPlugin", (PluginConformance,), {"plugin": PluginUnderTest(name, folder)})


class PluginUnderTest:
    """What the tests look at: loaded when the first one asks."""

    def __init__(self, name: str, folder: Path | str | None) -> None:
        """Remember where it is; nothing is loaded yet."""
        self.name, self.folder = name, folder

    @cached_property
    def rulebook(self) -> Rulebook:
        return load() if self.folder is None else load([self.folder])

    @cached_property
    def source(self) -> RuleSource:
        if self.folder is not None:
            return rule_folder(Path(self.folder))
        found = [source for source in installed()[0] if source.plugin == self.name]
        return found[0] if found else pytest.fail(f"install the plugin `{self.name}`", pytrace=False)

    @cached_property
    def standards(self) -> tuple[Standard, ...]:
        return tuple(one for one in self.rulebook if one.plugin == self.name)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        known = {name for info in self.rulebook.plugins if info.name == self.name for name in info.documents}
        return tuple(one for name, one in self.rulebook.documents.items() if name in known)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        return tuple(one for one in self.rulebook.forms.values() if one.plugin == self.name)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        models = self.rulebook.schema.facts.values()
        return tuple(one for facts in models for one in facts.values() if one.plugin == self.name)

    @cached_property
    def reports(self) -> tuple[tuple[Case, Report], ...]:
        """Every worked case with its report."""
        try:
            cases = read_cases(self.source, self.rulebook)
        except RuleFileError as error:
            pytest.fail(f"mend the worked cases:\n{error}", pytrace=False)
        return tuple((case, evaluate(case.standard, case.dossier)) for case in cases)

    @cached_property
    def procedures(self) -> tuple[Procedure, ...]:
        return tuple(one for one in self.rulebook.procedures.values() if one.plugin == self.name)

    @cached_property
    def histories(self) -> tuple[tuple[History, CaseReport], ...]:
        """Every worked case of a procedure with its report."""
        try:
            histories = read_histories(self.source, self.rulebook)
        except RuleFileError as error:
            pytest.fail(f"mend the worked cases:\n{error}", pytrace=False)
        return tuple((history, history.report()) for history in histories)

    def histories_of(self, procedure: Procedure) -> list[tuple[History, CaseReport]]:
        return [(one, report) for one, report in self.histories if one.procedure.reference == procedure.reference]

    def reports_of(self, standard: Standard) -> list[tuple[Case, Report]]:
        return [(case, report) for case, report in self.reports if case.standard.reference == standard.reference]


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
            if not self.plugin.reports_of(standard)
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
        _tell("mend the rule or what the case expects, whichever is not what the clause says", [*untold, *wrong])

    def test_every_criterion_passes_and_fails(self) -> None:
        """For each criterion a worked case shows that it can pass, and another that it can fail.

        Those of an included standard have their cases there.
        """
        never = []
        for standard in self.plugin.standards:
            reports = self.plugin.reports_of(standard)
            for criterion in (one for one in standard.criteria if not one.origin):
                seen = {report[criterion.id].outcome for _, report in reports}
                never += [f"{standard.reference} {criterion.id}: never {one}" for one in _BOTH if one not in seen]
        _tell("add a case to `cases/` in which the criterion has that outcome", never)

    def test_every_number_has_cases_on_both_sides(self) -> None:
        """Each number of law has a worked case that just meets it, and one that just does not.

        Those of an included standard have their cases there.
        """
        blind = []
        for standard in self.plugin.standards:
            cases = [case for case, _ in self.plugin.reports_of(standard) if not case.standard.overrides]
            for name, parameter in standard.parameters.items():
                value = parameter.value
                if MARK not in name and isinstance(value, int | Decimal) and not isinstance(value, bool):
                    blind += [
                        f"{standard.reference} {name}: no case tells {value} from {other}"
                        for other in (value + _step(value), value - _step(value))
                        if not _tells_apart(standard, name, other, cases)
                    ]
        for procedure in self.plugin.procedures:
            histories = [one for one, _ in self.plugin.histories_of(procedure) if not one.procedure.overrides]
            for name, one in procedure.parameters.items():
                if isinstance(one.value, int | Decimal) and not isinstance(one.value, bool):
                    blind += [
                        f"{procedure.reference} {name}: no case tells {one.value} from {other}"
                        for other in (one.value + _step(one.value), one.value - _step(one.value))
                        if not _is_told_apart(procedure, name, other, histories)
                    ]
        _tell("add a case that just meets the number, and one that just does not", blind)

    def test_recording_less_never_flips(self) -> None:
        """Taking a recorded fact out of a worked case leaves outcomes as they were or undetermined."""
        flips = []
        for case, report in self.plugin.reports:
            for taken, dossier in _with_less(case.dossier, case.standard.schema):
                less = evaluate(case.standard, dossier)
                flips += [
                    f"{case.file} {case.id} without {taken}: {after.criterion} {before.outcome} -> {after.outcome}"
                    for before, after in zip(report, less, strict=True)
                    if after.outcome in _BOTH and after.outcome is not before.outcome
                ]
                flips += [
                    f"{case.file} {case.id} without {taken}: verdict `{reached}` is ruled out"
                    for reached in report.verdict.reachable
                    if reached not in less.verdict.reachable
                ]
        for history, found in self.plugin.histories:
            for taken, events in _with_blanks(history):
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


def _step(value: Number) -> Number:
    """The smallest difference in the last digit that a number is written with."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return 1 if not isinstance(exponent, int) or exponent >= 0 else Decimal((0, (1,), exponent))


def _tells_apart(standard: Standard, name: str, value: Number, cases: Iterable[Case]) -> bool:
    """Whether some case comes out otherwise with another value of a parameter; one that is refused needs no case."""
    try:
        other = standard.with_parameters(**{name: value})
    except RuleFileError:
        return True
    return any(_said(evaluate(standard, case.dossier)) != _said(evaluate(other, case.dossier)) for case in cases)


def _said(report: Report) -> tuple[object, ...]:
    return report.verdict, [finding.outcome for finding in report], report.notes


def _is_told_apart(procedure: Procedure, name: str, value: Number, histories: Iterable[History]) -> bool:
    """Whether some case stands otherwise with another value of a parameter; one that is refused needs no case."""
    try:
        other = procedure.with_parameters(**{name: value})
    except RuleFileError:
        return True
    return any(_stands(one.report()) != _stands(one.report(other)) for one in histories)


def _stands(report: CaseReport) -> tuple[object, ...]:
    return report.states, dict(report.variables), report.breaches, report.overdue


def _with_blanks(history: History) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The events with one field of one of them left blank."""
    for index, event in enumerate(history.events):
        for name in event:
            if name not in {"id", "on"}:
                events = [dict(one) for one in history.events]
                del events[index][name]
                yield f"events[{index}].{name}", events


def _with_less(dossier: Dossier, schema: Schema) -> Iterator[tuple[str, Dossier]]:
    """The dossier without one recorded fact or relation; of rows alike but for their day the first stands for all."""

    def changed(**parts: Any) -> Dossier:  # noqa: ANN401 - parts of a dossier
        return evolve(dossier, **parts)

    for name, record in _without_a_fact(dossier.subject, schema.facts[dossier.kind]):
        yield f"{dossier.kind}.{name}", changed(**{dossier.kind: record})
    for relation in schema.relations.values():
        rows = dossier.rows_of(relation.id)
        if rows is None:
            continue

        def with_rows(rows: Any, relation: Relation = relation) -> Dossier:  # noqa: ANN401 - rows, or none recorded
            held = {"relations": {**dossier.relations, relation.id: rows}} if relation.plugin else {relation.id: rows}
            return changed(**held)

        yield relation.id, with_rows(None)
        seen: list[Record] = []
        for index, row in enumerate(rows):
            alike = _without(evolve(row, id=""), relation.dated_by)
            if alike not in seen:
                seen.append(alike)
                for name, less in _without_a_fact(row, schema.facts[relation.model]):
                    yield f"{name} of {row.id}", with_rows((*rows[:index], less, *rows[index + 1 :]))


def _without_a_fact(record: Any, facts: Mapping[str, Fact]) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a record
    for name, one in facts.items():
        if not one.key and not one.plugin and getattr(record, name) is not None:
            yield name, _without(record, name)
    for name in record.facts:
        yield name, _without(record, name)


def _without(record: Any, name: str | None) -> Any:  # noqa: ANN401 - a record
    if name in record.facts or name is None:
        return evolve(record, facts={key: value for key, value in record.facts.items() if key != name})
    return evolve(record, **{name: None}) if hasattr(record, name) else record

# SPDX-License-Identifier: MIT
"""A plugin under test: what it brings and what its worked cases come to, each looked up once."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pytest

from platformrules.citations import Document
from platformrules.errors import RuleFileError
from platformrules.evaluation import evaluate
from platformrules.plugins import installed, load, rule_folder
from platformrules.procedures.model import Procedure
from platformrules.procedures.report import CaseReport
from platformrules.results import Report
from platformrules.schema import Fact
from platformrules.standards.forms import Form
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import Rulebook, RuleSource
from platformrules.testing.cases import Case, read_cases
from platformrules.testing.histories import History, read_histories
from platformrules.testing.rounds import RoundCase, read_rounds


class PluginUnderTest:
    """What the tests of a plugin look at: loaded when the first one asks."""

    def __init__(self, name: str, folder: Path | str | None) -> None:
        """Remember where it is; nothing is loaded yet."""
        self.name, self.folder = name, folder

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules of all installed plugins, and of the folder."""
        return load() if self.folder is None else load([self.folder])

    @cached_property
    def source(self) -> RuleSource:
        """Where its rule files are."""
        if self.folder is not None:
            return rule_folder(Path(self.folder))
        found = [source for source in installed()[0] if source.plugin == self.name]
        return found[0] if found else pytest.fail(f"install the plugin `{self.name}`", pytrace=False)

    @cached_property
    def standards(self) -> tuple[Standard, ...]:
        """Its standards."""
        return tuple(one for one in self.rulebook if one.plugin == self.name)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Its documents."""
        known = {name for info in self.rulebook.plugins if info.name == self.name for name in info.documents}
        return tuple(one for name, one in self.rulebook.documents.items() if name in known)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """Its official ledger forms."""
        return tuple(one for one in self.rulebook.forms.values() if one.plugin == self.name)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that it declares."""
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
    def rounds(self) -> tuple[RoundCase, ...]:
        """Every worked case of a round."""
        try:
            return read_rounds(self.source, self.rulebook)
        except RuleFileError as error:
            pytest.fail(f"mend the worked cases:\n{error}", pytrace=False)

    def rounds_of(self, standard: Standard) -> list[RoundCase]:
        """The worked cases of rounds of a standard."""
        return [one for one in self.rounds if one.standard.reference == standard.reference]

    @cached_property
    def procedures(self) -> tuple[Procedure, ...]:
        """Its procedures."""
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
        """The worked cases of a procedure."""
        return [(one, report) for one, report in self.histories if one.procedure.reference == procedure.reference]

    def reports_of(self, standard: Standard) -> list[tuple[Case, Report]]:
        """The worked cases of a standard."""
        return [(case, report) for case, report in self.reports if case.standard.reference == standard.reference]

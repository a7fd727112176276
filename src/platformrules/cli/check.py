# SPDX-License-Identifier: MIT
"""The command `check`: every fault of rule folders at once, installed or not."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from typing import Any

from attrs import frozen

from platformrules.cli import words
from platformrules.cli.console import Console
from platformrules.cli.exits import ExitCode
from platformrules.cli.rules import faults_in, rules_in
from platformrules.diagnostics import Diagnostic
from platformrules.errors import RuleFileError
from platformrules.plugins import load
from platformrules.standards.rulebook import Rulebook, RuleSource

_ERROR, _WARNING = "error", "warning"


@frozen
class _Fault:
    """A diagnostic and how grave it is: a plugin with warnings alone can be used."""

    severity: str
    diagnostic: Diagnostic

    def __str__(self) -> str:
        return self.severity + str(self.diagnostic).removeprefix(_ERROR)

    def to_dict(self) -> dict[str, Any]:
        one = self.diagnostic
        text = (
            {} if one.text is None or one.span is None else {"text": one.text, "span": [one.span.start, one.span.end]}
        )
        return {
            "severity": self.severity,
            "code": one.code,
            "message": one.message,
            "file": one.file,
            "path": one.path,
            **text,
            "help": one.help,
            "cites": one.cites,
        }


def check(arguments: Namespace, console: Console) -> ExitCode:
    """List every fault of the rule files below these paths."""
    sources: list[RuleSource] = []
    faults: list[_Fault] = []
    for path in dict.fromkeys(arguments.paths):
        try:
            sources.append(rules_in(path))
        except RuleFileError as error:
            faults += _graded(_ERROR, error.diagnostics)
    # the rules of installed plugins are there too: one plugin may read another's facts
    book = load([*arguments.rules, *(str(source.root) for source in sources)])
    folders = [source.folder for source in sources]
    faults += _graded(_ERROR, faults_in(book.faults, folders))
    faults += _graded(_WARNING, faults_in(book.warnings, folders))
    if console.json:
        console.data([one.to_dict() for one in faults])
    else:
        _tell(sources, faults, book, console)
    return ExitCode.WRONG_RULES if faults else ExitCode.CONFORMS


def _graded(severity: str, diagnostics: Iterable[Diagnostic]) -> list[_Fault]:
    return [_Fault(severity, one) for one in diagnostics]


def _tell(sources: list[RuleSource], faults: list[_Fault], book: Rulebook, console: Console) -> None:
    if faults:
        console.blocks(faults)
        console.line()
    for source in sources:
        if not faults_in([one.diagnostic for one in faults], [source.folder]):
            standards = [one for one in book if one.plugin == source.plugin]
            documents = [name for plugin in book.plugins if plugin.name == source.plugin for name in plugin.documents]
            console.say(
                words.CHECKED,
                name=source.folder,
                standards=len(standards),
                criteria=sum(len(one.criteria) for one in standards),
                clauses=sum(len(book.documents[name].clauses) for name in documents),
            )
    if faults:
        errors = sum(one.severity == _ERROR for one in faults)
        console.say(words.FAULTS, errors=errors, warnings=len(faults) - errors)

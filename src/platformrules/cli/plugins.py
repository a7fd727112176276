# SPDX-License-Identifier: MIT
"""The commands `plugins` and `coverage`: what is installed, and what became of every clause of its documents."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from platformrules.citations import Document
from platformrules.cli import words
from platformrules.cli.console import Console, both
from platformrules.cli.exits import CommandError, ExitCode
from platformrules.cli.layout import paragraph, table
from platformrules.cli.rules import faults_of, refuse_broken, rulebook
from platformrules.cli.spelling import suggestion
from platformrules.diagnostics import Diagnostic
from platformrules.plugins import load
from platformrules.standards.coverage import ClauseCoverage, coverage
from platformrules.standards.rulebook import PluginInfo, Rulebook


def list_plugins(arguments: Namespace, console: Console) -> ExitCode:
    """Every plugin that was found; one that cannot be used is told why, and that is no failure of the command."""
    book = load(arguments.rules)
    if console.json:
        console.data([_plugin(one, faults_of(book, one)) for one in book.plugins])
        return ExitCode.CONFORMS
    if not book.plugins:
        console.line(console.words(words.NO_PLUGINS))
        return ExitCode.CONFORMS
    broken = console.words(words.BROKEN)
    rows = [
        (
            one.name,
            one.version,
            broken if one.error else " ".join((*one.standards, *one.procedures)),
            " ".join(one.documents),
        )
        for one in book.plugins
    ]
    head = [console.words(one) for one in words.PLUGINS_HEAD]
    console.lines(table(rows, console.width, head=head))
    for one in book.plugins:
        if one.error:
            console.line()
            console.line(console.words(words.COLON, name=one.name, value=""))
            faults = faults_of(book, one)
            if faults:
                console.blocks(faults)
            else:
                console.lines(paragraph(one.error, console.width, "  "))
    return ExitCode.CONFORMS


def _plugin(one: PluginInfo, faults: list[Diagnostic]) -> dict[str, Any]:
    return {
        "name": one.name,
        "version": one.version,
        "standards": list(one.standards),
        "procedures": list(one.procedures),
        "documents": list(one.documents),
        "forms": list(one.forms),
        "error": "\n".join(map(str, faults)) or one.error or None,
    }


def show_coverage(arguments: Namespace, console: Console) -> ExitCode:
    """What became of every clause: the criteria that cite it, or why none does."""
    book = rulebook(arguments)
    documents = _documents(book, arguments.plugin, console)
    found = [
        (document, coverage(document, book.standards.values(), book.forms.values(), book.procedures.values()))
        for document in documents
    ]
    if console.json:
        console.data([_coverage(document, clauses) for document, clauses in found])
        return ExitCode.CONFORMS
    for document, clauses in found:
        _table(document, clauses, console)
    return ExitCode.CONFORMS


def _documents(book: Rulebook, plugin: str | None, console: Console) -> list[Document]:
    if plugin is None:
        return list(book.documents.values())
    refuse_broken(book, plugin, console)
    for one in book.plugins:
        if one.name == plugin:
            return [book.documents[name] for name in one.documents]
    known = [one.name for one in book.plugins]
    hint = suggestion(plugin, known, console.language)
    raise CommandError(console.words(words.NO_PLUGIN, name=plugin, known=" ".join(known), hint=hint))


def _table(document: Document, clauses: tuple[ClauseCoverage, ...], console: Console) -> None:
    language = console.language
    title = f"《{document.title.zh}》" if language == "zh" else document.title.en
    console.lines(paragraph(f"{document.id}  {document.number} {title}", console.width))
    console.line()
    rows = []
    for one in clauses:
        reason = "" if one.clause.reason is None else one.clause.reason[language]
        rows.append(
            (
                one.clause.id,
                console.words(words.DISPOSITIONS[one.disposition or ""]),
                "\n".join(
                    filter(None, (one.clause.locator[language], *one.criteria, *one.procedures, *one.forms, reason))
                ),
            )
        )
    head = [console.words(one) for one in words.COVERAGE_HEAD]
    console.lines(table(rows, console.width, head=head))
    console.line()
    console.line(console.words(words.COVERAGE_TOTAL, document=document.id, **_totals(clauses)))


def _totals(clauses: tuple[ClauseCoverage, ...]) -> dict[str, int]:
    return {
        "total": len(clauses),
        "disposed": sum(one.disposition is not None for one in clauses),
        "evaluable": sum(bool(one.criteria) for one in clauses),
    }


def _coverage(document: Document, clauses: tuple[ClauseCoverage, ...]) -> dict[str, Any]:
    return {
        "document": document.id,
        "number": document.number,
        **_totals(clauses),
        "clauses": [
            {
                "clause": one.clause.id,
                "locator": both(one.clause.locator),
                "says": both(one.clause.says),
                "strength": one.clause.strength.value,
                "disposition": None if one.disposition is None else one.disposition.value,
                "criteria": list(one.criteria),
                "procedures": list(one.procedures),
                "forms": list(one.forms),
                "reason": both(one.clause.reason),
            }
            for one in clauses
        ],
    }

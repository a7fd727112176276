# SPDX-License-Identifier: MIT
"""The command `coverage`: what became of every clause of the documents, and the pages that say so."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

from platformrules.citations import Document
from platformrules.cli import given, words
from platformrules.cli.console import Console, both
from platformrules.cli.exits import CommandError, ExitCode
from platformrules.cli.layout import paragraph, table
from platformrules.cli.rules import refuse_broken, rulebook
from platformrules.cli.spelling import suggestion
from platformrules.cli.verdicts import written
from platformrules.reporting.clauses import Totals, covered, totals, write_clause_pages, write_page
from platformrules.reporting.comparison import across
from platformrules.reporting.wording import DISPOSITIONS
from platformrules.results import to_json
from platformrules.standards.coverage import ClauseCoverage
from platformrules.standards.rulebook import Rulebook


def show_coverage(arguments: Namespace, console: Console) -> ExitCode:
    """What became of every clause of a plugin, or how much of all documents is covered; write the pages asked for."""
    if arguments.across is not None and arguments.plugin is not None:
        raise CommandError(console.words(words.ACROSS_ALL))
    book = rulebook(arguments)
    documents = _documents(book, arguments.plugin, console)
    found = [(document, covered(book, document)) for document in documents]
    if console.json:
        everything = _counts(totals(one for _, clauses in found for one in clauses))
        console.data({"documents": [_coverage(document, clauses) for document, clauses in found], **everything})
    elif arguments.plugin is None:
        _summary(found, console)
    else:
        for document, clauses in found:
            _table(document, clauses, console)
    _write(book, documents, arguments, console)
    return ExitCode.CONFORMS


def _write(book: Rulebook, documents: Sequence[Document], arguments: Namespace, console: Console) -> None:
    """Write the pages into the folder and the comparison into the file that were named."""
    pages = None if arguments.pages is None else Path(arguments.pages)
    chosen = None if arguments.plugin is None else documents
    if pages is not None:
        given.check_folder(pages, console)
        for path in written(lambda: write_clause_pages(book, pages, chosen), pages, console):
            console.say(words.WRITTEN, path=path)
    if arguments.across is not None:
        path = Path(arguments.across)
        given.check_folder(path, console)
        text = across(book, "" if pages is None else _seen_from(path.parent, pages))
        written(lambda: write_page(text, path), path, console)
        console.say(words.WRITTEN, path=path)


def _seen_from(folder: Path, pages: Path) -> str:
    return PurePath(os.path.relpath(pages, folder)).as_posix()


def _summary(found: Sequence[tuple[Document, tuple[ClauseCoverage, ...]]], console: Console) -> None:
    """A line a document and one for all."""
    counted = [(document, totals(clauses)) for document, clauses in found]
    rows = [
        (
            f"{document.id}\n{document.title[console.language]}",
            str(one.clauses),
            str(one.disposed),
            f"{one.evaluable} ({one.percent or '—'})",
        )
        for document, one in counted
    ]
    if rows:
        head = [console.words(one) for one in words.COVERAGE_SUMMARY_HEAD]
        console.lines(table(rows, console.width, head=head))
        console.line()
    everything = totals(one for _, clauses in found for one in clauses)
    _total(console.words(words.ALL_DOCUMENTS, count=len(counted)), everything, console)


def _total(name: str, one: Totals, console: Console) -> None:
    counts = {"total": one.clauses, "disposed": one.disposed, "evaluable": one.evaluable, "percent": one.percent or "—"}
    console.line(console.words(words.COVERAGE_TOTAL, document=name, **counts))


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
                console.words(DISPOSITIONS[one.disposition or ""]),
                "\n".join(
                    filter(None, (one.clause.locator[language], *one.criteria, *one.procedures, *one.forms, reason))
                ),
            )
        )
    head = [console.words(one) for one in words.COVERAGE_HEAD]
    console.lines(table(rows, console.width, head=head))
    console.line()
    _total(document.id, totals(clauses), console)


def _counts(one: Totals) -> dict[str, Any]:
    return {
        "total": one.clauses,
        "disposed": one.disposed,
        "evaluable": one.evaluable,
        "evaluable_share": to_json(one.share),
        "dispositions": {name.value: count for name, count in one.by_disposition.items()},
    }


def _coverage(document: Document, clauses: tuple[ClauseCoverage, ...]) -> dict[str, Any]:
    return {
        "document": document.id,
        "number": document.number,
        **_counts(totals(clauses)),
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

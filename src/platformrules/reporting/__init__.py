# SPDX-License-Identifier: MIT
"""Reports for people and programs: JSON, workbook, HTML page, CSV and lines of a terminal.

    publication = publish(standard, reports, problems=ledger.problems, language="zh")
    write_report(publication, "report.html")

jinja2 and XlsxWriter load when a page or a workbook is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from platformrules.reporting.clauses import clause_pages, write_clause_pages
from platformrules.reporting.comparison import across
from platformrules.reporting.document import render_json, report_schema, to_document
from platformrules.reporting.matrix import Matrix, matrix_lines
from platformrules.reporting.matrix_writing import write_matrix
from platformrules.reporting.publication import Publication, publish
from platformrules.reporting.terminal import summary_lines
from platformrules.reporting.values import evidence_text, fact_of
from platformrules.reporting.writing import WRITERS, write_csv, write_html, write_json, write_report, write_xlsx

if TYPE_CHECKING:
    from platformrules.reporting.pages import render_html
    from platformrules.reporting.xlsx import write_workbook

__all__ = [
    "WRITERS",
    "Matrix",
    "Publication",
    "across",
    "clause_pages",
    "evidence_text",
    "fact_of",
    "matrix_lines",
    "publish",
    "render_html",
    "render_json",
    "report_schema",
    "summary_lines",
    "to_document",
    "write_clause_pages",
    "write_csv",
    "write_html",
    "write_json",
    "write_matrix",
    "write_report",
    "write_workbook",
    "write_xlsx",
]

_HOMES = {"render_html": "pages", "write_workbook": "xlsx"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - each name has its own type, told to type checkers above
    """Load what needs jinja2 or XlsxWriter on first touch."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

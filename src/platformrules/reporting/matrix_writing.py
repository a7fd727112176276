# SPDX-License-Identifier: MIT
"""A matrix as files: a page with a page a standard beside it, a workbook, JSON, or the findings of all as CSV."""

from __future__ import annotations

import csv
import os
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

from platformrules.diagnostics import printable
from platformrules.errors import PlatformRulesError
from platformrules.reporting.matrix import STANDARD, Matrix
from platformrules.reporting.tables import FINDINGS
from platformrules.reporting.writing import WRITERS, plain_cell, replacing, write_html


def write_matrix(matrix: Matrix, path: Path | str | os.PathLike[str]) -> tuple[Path, ...]:
    """Write a matrix in the format that the suffix of the file names, and give all files that were written.

    An .html page links to a full report of each standard, which is written beside it: ``report-handan-image.html``.

    Raises:
        PlatformRulesError: no format has that suffix, an extra is not installed, or a file cannot be written.
    """
    target = Path(path)
    match target.suffix.lower():
        case ".html":
            return _write_pages(matrix, target)
        case ".xlsx":
            write = import_module("platformrules.reporting.xlsx").write_matrix_workbook
            with replacing(target) as stream:
                write(matrix, stream)
        case ".json":
            with replacing(target) as stream:
                stream.write(matrix.to_json().encode("utf-8", "backslashreplace"))
        case ".csv":
            _write_csv(matrix, target)
        case other:
            known = " ".join(WRITERS)
            raise PlatformRulesError(printable(f"`{path}`: a report is written as one of {known}, not as `{other}`"))
    return (target,)


def _write_pages(matrix: Matrix, target: Path) -> tuple[Path, ...]:
    beside = {
        one.standard.reference: target.with_name(f"{target.stem}-{one.standard.id.replace('/', '-')}.html")
        for one in matrix.publications
    }
    for one in matrix.publications:
        write_html(one, beside[one.standard.reference])
    render = import_module("platformrules.reporting.pages").render_matrix
    with replacing(target) as stream:
        stream.write(render(matrix, {name: page.name for name, page in beside.items()}).encode())
    return (target, *beside.values())


def _write_csv(matrix: Matrix, target: Path) -> None:
    language = matrix.language
    with replacing(target) as stream:
        text = TextIOWrapper(stream, "utf-8-sig", newline="")
        writer = csv.writer(text)
        writer.writerow(
            [STANDARD[language], *(column.heading[language] for column in FINDINGS.columns(matrix.publications[0]))]
        )
        for one in matrix.publications:
            writer.writerows(
                [one.standard.reference, *(plain_cell(cell) for cell in row)] for row in FINDINGS.rows(one)
            )
        text.flush()
        text.detach()

# SPDX-License-Identifier: MIT
"""Publications as files: which format a suffix names, and that a file is either whole or not there."""

from __future__ import annotations

import csv
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from platformrules.backends.prose import number_text
from platformrules.diagnostics import printable
from platformrules.errors import PlatformRulesError
from platformrules.reporting.document import render_json
from platformrules.reporting.publication import Publication
from platformrules.reporting.tables import FINDINGS, Cell, Marked

_Path = Path | str | os.PathLike[str]
#: What a spreadsheet program takes for the beginning of a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_report(publication: Publication, path: _Path) -> None:
    """Write a publication in the format that the suffix of the file names: .html, .xlsx, .json or .csv.

    The file is written beside its place and moved there when it is whole.

    Raises:
        PlatformRulesError: no format has that suffix, an extra is not installed, or the file cannot be written.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in WRITERS:
        known = " ".join(WRITERS)
        raise PlatformRulesError(printable(f"`{path}`: a report is written as one of {known}, not as `{suffix}`"))
    WRITERS[suffix](publication, path)


def write_html(publication: Publication, path: _Path) -> None:
    """Write one HTML file that needs nothing else."""
    render = import_module("platformrules.reporting.pages").render_html
    with replacing(path) as stream:
        _write_text(render(publication), stream)


def write_xlsx(publication: Publication, path: _Path) -> None:
    """Write a workbook: summary, findings, gaps, problems, provenance."""
    write = import_module("platformrules.reporting.xlsx").write_workbook
    with replacing(path) as stream:
        write(publication, stream)


def write_json(publication: Publication, path: _Path) -> None:
    """Write the JSON document in both languages."""
    with replacing(path) as stream:
        for text in render_json(publication):
            # Half a surrogate pair, which a JSON ledger may hold, becomes \udxxx: in a JSON text the same character.
            stream.write(text.encode("utf-8", "backslashreplace"))


def write_csv(publication: Publication, path: _Path) -> None:
    """Write the findings as CSV: UTF-8 with a byte order mark, no text that a spreadsheet takes for a formula."""
    language = publication.language
    with replacing(path) as stream:
        text = TextIOWrapper(stream, "utf-8-sig", newline="")
        writer = csv.writer(text)
        writer.writerow([column.heading[language] for column in FINDINGS.columns(publication)])
        writer.writerows([plain_cell(cell) for cell in row] for row in FINDINGS.rows(publication))
        text.flush()
        text.detach()


#: The formats, by the suffix of the file.
WRITERS: Mapping[str, Callable[[Publication, _Path], None]] = {
    ".html": write_html,
    ".xlsx": write_xlsx,
    ".json": write_json,
    ".csv": write_csv,
}


def plain_cell(cell: Cell) -> str:
    """A cell as CSV writes it: no text that a spreadsheet takes for a formula."""
    match cell:
        case None:
            return ""
        case Marked(text=text):
            return text
        case str():
            return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
        case _:
            return number_text(cell)


def _write_text(texts: Iterator[str], stream: IO[bytes]) -> None:
    for text in texts:
        stream.write(text.encode("utf-8"))


@contextmanager
def replacing(path: _Path) -> Iterator[IO[bytes]]:
    """A new file that takes the place of the old one at the end, or of none if anything goes wrong."""
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        if target.exists() and not target.is_file():
            raise IsADirectoryError("it is no file")
        try:
            with beside.open("xb") as stream:
                yield stream
            beside.replace(target)
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
    except OSError as error:
        raise PlatformRulesError(printable(f"cannot write `{path}`: {error.strerror or error}")) from error

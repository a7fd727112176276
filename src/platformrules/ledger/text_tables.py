# SPDX-License-Identifier: MIT
"""Reads and writes a folder of CSV files as tables: UTF-8 with or without BOM, or GB18030. Knows no facts."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from platformrules.ledger.archives import MAX_CELLS, MAX_FILE
from platformrules.ledger.problems import refusal
from platformrules.ledger.tables import Cell, Table

_DELIMITERS = ",;\t"
_BOM = "\ufeff"
# A spreadsheet program takes such a text for a formula; the apostrophe in front tells it otherwise.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def read_folder(folder: Path) -> tuple[list[Table], str]:
    """Every CSV file of a folder by name, and the hash of all their bytes.

    Raises:
        LedgerError: there is no CSV file, or one cannot be decoded or is too large.
    """
    files = sorted(one for one in folder.iterdir() if one.suffix.lower() == ".csv" and one.is_file())
    if not files:
        raise refusal(f"文件夹 {folder.name} 中没有 CSV 文件", f"the folder {folder.name} holds no CSV file")
    if sum(file.stat().st_size for file in files) > MAX_FILE:
        raise refusal(
            f"文件夹 {folder.name} 超过 {MAX_FILE // 1_000_000} MB",
            f"the folder {folder.name} is larger than {MAX_FILE // 1_000_000} MB",
        )
    digest = hashlib.sha256()
    tables = []
    for file in files:
        data = file.read_bytes()
        digest.update(f"{file.name}\0{len(data)}\0".encode())
        digest.update(data)
        tables.append(Table(file.stem, _rows(_decoded(data, file.name), file.name)))
    return tables, digest.hexdigest()


def read_file(path: Path) -> Table:
    """One CSV file.

    Raises:
        LedgerError: it cannot be decoded, is no sound CSV or is too large.
    """
    if path.stat().st_size > MAX_FILE:
        size = MAX_FILE // 1_000_000
        raise refusal(f"文件 {path.name} 超过 {size} MB", f"the file {path.name} is larger than {size} MB")
    return Table(path.stem, _rows(_decoded(path.read_bytes(), path.name), path.name))


def _decoded(data: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refusal(
        f"{name} 的编码既不是 UTF-8 也不是 GBK/GB18030，请另存为 CSV UTF-8",
        f"{name} is neither in UTF-8 nor in GBK/GB18030: save it as CSV UTF-8",
    )


def _rows(text: str, name: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    if text.count(delimiter) + text.count("\n") > MAX_CELLS:
        raise refusal(f"{name} 的单元格过多，不读取", f"{name} has too many cells and is refused")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [[_unguarded(cell) for cell in row] for row in reader]
    except csv.Error as error:
        raise refusal(
            f"{name} 第 {reader.line_num} 行不是规范的 CSV：{error}",
            f"{name}, line {reader.line_num}, is no sound CSV: {error}",
        ) from None


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and _GUARDED.match(cell) else cell


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as the text of a CSV file that a spreadsheet program opens as it is; no text in it is a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return _BOM + stream.getvalue()


def _guarded(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if _FORMULA.match(cell) else cell
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)

# SPDX-License-Identifier: MIT
"""What is to be written into a workbook, and the door to the libraries that read and write one.

They are an extra: python-calamine stands in ``workbooks``, XlsxWriter in ``spreadsheets``, both loaded on first use.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from platformrules.errors import LedgerError
from platformrules.ledger.problems import refusal
from platformrules.ledger.tables import Cell, Table


@frozen
class Heading:
    """The heading of a column, and what helps to fill it in.

    Attributes:
        text: the heading itself.
        note: what a comment on it says.
        choices: what a list to choose from offers; other values are refused if ``closed``.
        style: how cells below are shown: ``text``, ``date`` or nothing.
        width: in characters.
    """

    text: str
    note: str = ""
    choices: tuple[str, ...] = ()
    closed: bool = False
    style: str = ""
    width: int = 14


@frozen
class SheetPlan:
    """A sheet that is to be written; its first row and column stay in view. Prose has no headings."""

    name: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    prose: bool = False


def read_tables(data: bytes, name: str) -> list[Table]:
    """The sheets of a workbook as tables.

    Raises:
        LedgerError: the file is no workbook that can be read, or the library for it is not installed.
    """
    try:
        from platformrules.ledger.workbooks import read_workbook  # noqa: PLC0415 - an extra, loaded on first use
    except ModuleNotFoundError as error:
        raise _missing_extra(error) from None
    return read_workbook(data, name)


def write_plans(path: Path, sheets: Sequence[SheetPlan], title: str, comments: str) -> None:
    """Write sheets to a workbook.

    Raises:
        LedgerError: the file cannot be written, or the library for it is not installed.
    """
    try:
        from platformrules.ledger.spreadsheets import write_workbook  # noqa: PLC0415 - an extra, loaded on first use
    except ModuleNotFoundError as error:
        raise _missing_extra(error) from None
    write_workbook(path, sheets, title, comments)


def _missing_extra(error: ModuleNotFoundError) -> LedgerError:
    return refusal(
        f'读写 Excel 工作簿需要附加组件（缺 {error.name}）：pip install "platformrules[excel]"',
        f'workbooks need an extra ({error.name} is missing): pip install "platformrules[excel]"',
    )

# SPDX-License-Identifier: MIT
"""The door to the libraries that read and write workbooks: an extra, loaded on first use.

python-calamine stands in ``workbooks`` alone, XlsxWriter in ``spreadsheets`` and ``form_sheets`` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from platformrules.errors import LedgerError
from platformrules.ledger.plans import FormPlan, SheetPlan
from platformrules.ledger.problems import refusal
from platformrules.ledger.tables import Table


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


def write_form_plans(path: Path, sheets: Sequence[FormPlan], title: str, comments: str) -> None:
    """Write sheets in an official layout to a workbook.

    Raises:
        LedgerError: the file cannot be written, or the library for it is not installed.
    """
    try:
        from platformrules.ledger.form_sheets import write_form_sheets  # noqa: PLC0415 - an extra, loaded on first use
    except ModuleNotFoundError as error:
        raise _missing_extra(error) from None
    write_form_sheets(path, sheets, title, comments)


def _missing_extra(error: ModuleNotFoundError) -> LedgerError:
    return refusal(
        f'读写 Excel 工作簿需要附加组件（缺 {error.name}）：pip install "platformrules[excel]"',
        f'workbooks need an extra ({error.name} is missing): pip install "platformrules[excel]"',
    )

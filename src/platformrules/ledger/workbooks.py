# SPDX-License-Identifier: MIT
"""Reads the sheets of an .xlsx file as tables. Alone imports python-calamine; knows no facts."""

from __future__ import annotations

from python_calamine import CalamineError, CalamineWorkbook

from platformrules.ledger.archives import unpacked_workbook
from platformrules.ledger.problems import refusal
from platformrules.ledger.tables import Table


def read_workbook(data: bytes, name: str) -> list[Table]:
    """The sheets of a workbook, in its order.

    Raises:
        LedgerError: the file is no workbook, is protected or damaged, or would grow beyond measure.
    """
    packed, serials = unpacked_workbook(data, name)
    try:
        with CalamineWorkbook.from_filelike(packed) as workbook:
            return [
                Table(sheet, workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False), serials)
                for sheet in workbook.sheet_names
            ]
    except CalamineError as error:
        raise refusal(f"{name} 已损坏，无法读取：{error}", f"{name} is damaged and cannot be read: {error}") from None

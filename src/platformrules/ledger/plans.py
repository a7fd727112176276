# SPDX-License-Identifier: MIT
"""What is to be written into a workbook: sheets, their headings, and what helps to fill them in. Knows no library."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from platformrules.ledger.tables import Cell


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

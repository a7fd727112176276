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


@frozen
class FormHeading:
    """The heading of a column of an official form; with ``below`` it stands over the narrow columns named there.

    Attributes:
        text: the heading itself.
        below: the headings of the columns over which it is spread.
        choices: what a list to choose from offers in each cell.
        style: how cells below are shown: ``text``, ``date``, ``middle`` (a short word) or nothing.
        width: in characters, of each column.
    """

    text: str
    below: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    style: str = ""
    width: int = 14


@frozen
class FormPlan:
    """A sheet in an official layout: lines above, a table with a heading of up to two rows, remarks below."""

    name: str
    title: str
    lines: Sequence[str]
    headings: Sequence[FormHeading]
    rows: Sequence[Sequence[Cell]]
    remarks: Sequence[str]

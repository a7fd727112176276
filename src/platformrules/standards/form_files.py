# SPDX-License-Identifier: MIT
"""The shape of ``ledgers/*.toml``: what keys the file of a form has, before anything is checked. See ``files``."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from platformrules.languages import Bilingual


@frozen
class StateRow:
    """``[ledger.state]``."""

    on: date
    text: Bilingual
    cites: tuple[str, ...]


@frozen
class DueRow:
    """``[ledger.due]``."""

    on: date
    to: Bilingual
    cites: tuple[str, ...]


@frozen
class LedgerHeader:
    """``[ledger]``."""

    id: str
    version: str
    document: str
    subject: str
    title: Bilingual
    sheet: Bilingual
    cites: tuple[str, ...]
    state: StateRow
    due: DueRow | None = None


@frozen
class HeadRow:
    """``[[head]]``."""

    id: str
    text: Bilingual
    fact: str
    aliases: tuple[str, ...] = ()
    cites: tuple[str, ...] | None = None


@frozen
class WrittenRow:
    """``written = { yes = …, no = … }``."""

    yes: Bilingual
    no: Bilingual


@frozen
class ColumnRow:
    """``[[columns]]``."""

    id: str
    heading: Bilingual
    number: bool = False
    fact: str | None = None
    required: bool = False
    aliases: tuple[str, ...] = ()
    written: WrittenRow | None = None
    ticks: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    cites: tuple[str, ...] | None = None


@frozen
class RemarkRow:
    """``[[notes]]``."""

    id: str
    text: Bilingual
    cites: tuple[str, ...]


@frozen
class LedgerFile:
    """``ledgers/*.toml``."""

    format: int
    ledger: LedgerHeader
    columns: tuple[ColumnRow, ...]
    head: tuple[HeadRow, ...] = field(default=())
    notes: tuple[RemarkRow, ...] = field(default=())

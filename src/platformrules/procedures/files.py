# SPDX-License-Identifier: MIT
"""The shapes of ``procedures/*.toml``: one class a table, one field a key (``from_`` is ``from``)."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from platformrules.bounds import Number
from platformrules.citations import InForce
from platformrules.languages import Bilingual
from platformrules.schema import Choice, FactType


@frozen
class Header:
    """``[procedure]``."""

    id: str
    version: str
    subject: str
    document: str
    in_force: InForce
    title: Bilingual


@frozen
class ParameterRow:
    """``[parameters.<id>]``: a constant with a ``value``, or a number that the case gives, with a ``type``."""

    cites: tuple[str, ...]
    value: Any = None
    type: FactType | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    unit: str = ""
    title: Bilingual | None = None
    reading: Bilingual | None = None
    note: Bilingual | None = None


@frozen
class VariableRow:
    """``[[variables]]``: what a case remembers."""

    id: str
    type: FactType
    initial: Any = None
    values: tuple[Choice, ...] = ()
    unit: str = ""
    title: Bilingual | None = None


@frozen
class StateRow:
    """``[[states]]``; the first is initial."""

    id: str
    title: Bilingual | None = None


@frozen
class FieldRow:
    """A row of ``fields``: what is recorded of an event."""

    id: str
    type: FactType
    label: Bilingual | None = None
    required: bool = False
    unit: str = ""
    values: tuple[Choice, ...] = ()
    open: bool = False
    minimum: Number | None = None
    maximum: Number | None = None


@frozen
class EventRow:
    """``[[events]]``: what can happen, and who acts."""

    id: str
    by: Bilingual
    title: Bilingual | None = None
    fields: tuple[FieldRow, ...] = ()


@frozen
class TransitionRow:
    """``[[transitions]]``: exactly one of ``on``, ``at``, ``every``."""

    from_: tuple[str, ...]
    cites: tuple[str, ...]
    on: str | None = None
    at: str | None = None
    every: str | None = None
    when: str | None = None
    to: str | None = None
    set: dict[str, str] = field(factory=dict)
    breach: Bilingual | None = None
    note: Bilingual | None = None


@frozen
class ProcedureFile:
    """``procedures/*.toml``."""

    format: int
    procedure: Header
    states: tuple[StateRow, ...]
    events: tuple[EventRow, ...]
    transitions: tuple[TransitionRow, ...]
    parameters: dict[str, ParameterRow] = field(factory=dict)
    variables: tuple[VariableRow, ...] = ()

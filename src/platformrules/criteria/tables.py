# SPDX-License-Identifier: MIT
"""Looking a value up in a table whose key is settled; in bounds, the entries that a key may meet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeAlias

from platformrules.criteria.typed import ConstantValue, Step, Table

#: A settled key of steps.
Place: TypeAlias = int | Decimal | date


def looked_up(table: Table, *keys: ConstantValue) -> ConstantValue:
    """The value of settled keys (format.md section 5)."""
    if table.steps:
        return table.steps[step_at(table.steps, keys[0])].value  # type: ignore[arg-type]
    found = table.entries.get(keys)  # type: ignore[arg-type]
    if found is not None:
        return found
    assert table.otherwise is not None  # noqa: S101 - INVARIANT: the loader saw that every key has an entry
    return table.otherwise


def step_at(steps: tuple[Step, ...], place: Place) -> int:
    """The index of the step that holds a number or day: the last that it has reached."""
    reached = 0
    for index, step in enumerate(steps[1:], start=1):
        start = step.start
        if start < place or (start == place and not step.above):  # type: ignore[operator]
            reached = index
    return reached

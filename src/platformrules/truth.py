# SPDX-License-Identifier: MIT
"""Kleene's strong three-valued logic: what a condition is when some facts are not recorded.

Knows nothing of facts, bounds or rules.
"""

from __future__ import annotations

import enum
from typing import NoReturn


class Truth(enum.Enum):
    """TRUE, FALSE, or UNKNOWN: not settled by what is recorded.

    A truth refuses ``bool()``, so that no branch forgets UNKNOWN: compare with ``is``.
    """

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        """Refuse: ``if truth:`` would take UNKNOWN for one of the other two.

        Raises:
            TypeError: always.
        """
        message = f"{self} is one of three truth values: write `truth is Truth.TRUE`, not `if truth:`"
        raise TypeError(message)

    def __invert__(self) -> Truth:
        """Negation: UNKNOWN stays UNKNOWN."""
        return _NEGATION[self]

    def __and__(self, other: Truth) -> Truth:
        """Conjunction: FALSE if either is FALSE, TRUE if both are TRUE."""
        if self is Truth.FALSE or other is Truth.FALSE:
            return Truth.FALSE
        return Truth.TRUE if self is other is Truth.TRUE else Truth.UNKNOWN

    def __or__(self, other: Truth) -> Truth:
        """Disjunction: TRUE if either is TRUE, FALSE if both are FALSE."""
        return ~(~self & ~other)

    @classmethod
    def of(cls, value: bool | None) -> Truth:  # noqa: FBT001 - the one value there is
        """The truth that generated code writes as ``True``, ``False`` or ``None``."""
        if value is None:
            return cls.UNKNOWN
        return cls.TRUE if value else cls.FALSE


_NEGATION = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}

# SPDX-License-Identifier: MIT
"""The Ledger: many dossiers as they were read, and all that could not be read. Knows no file format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from attrs import field, frozen

from platformrules.dossiers import Dossier
from platformrules.languages import Bilingual
from platformrules.ledger.problems import Problem
from platformrules.periods import Period

_SHOWN = 5


@frozen(kw_only=True)
class Ledger:
    """Many dossiers, and what is wrong with the tables they come from.

    Attributes:
        dossiers: one a subject, in the order in which the subjects stand there.
        problems: what was not read or does not count, in the order in which it was found.
        period: the period that is judged; ``None`` where a standard judges a day.
        as_of: the day judged, the last of the period unless another is given.
        digest: SHA-256 of the bytes that were read; empty if the data were given already parsed.
        rows: how many rows were read, by sheet.
        note: what the ledger says about its data, such as that they are made up.
        parameters: values of parameters that the ledger gives with it, for ``Standard.with_parameters``.
    """

    dossiers: tuple[Dossier, ...]
    problems: tuple[Problem, ...] = ()
    period: Period | None = None
    as_of: date | None = None
    digest: str = ""
    rows: Mapping[str, int] = field(factory=dict)
    note: str = ""
    parameters: Mapping[str, Any] = field(factory=dict)


@frozen
class Span:
    """The days whose rows count, if a period is judged."""

    first: date
    last: date

    @classmethod
    def of(cls, period: Period | None, as_of: date | None) -> Span | None:
        """The days of a period that are over by the day judged."""
        if period is None:
            return None
        return cls(period.start, period.end if as_of is None else min(period.end, as_of))

    def problem(self, sheet: str, places: Iterable[str]) -> Problem | None:
        """One problem for all rows of a sheet that lie outside; ``None`` if there is none."""
        found = list(places)
        if not found:
            return None
        more = "…" if len(found) > _SHOWN else ""
        message = Bilingual(
            f"{len(found)} 行的日期在 {self.first} 至 {self.last} 之外，不计入评价期",
            f"dated outside {self.first}..{self.last}, so not counted in the period: {len(found)} of its rows",
        )
        return Problem("PR509", message, sheet, ", ".join(found[:_SHOWN]) + more)

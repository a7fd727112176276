# SPDX-License-Identifier: MIT
"""What a run finds: tables in Markdown, printed as they come, and the limits of the project."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from timing import BATCH_NS, Contestant, race


@dataclass(frozen=True)
class Limit:
    """A limit of the project and what was measured."""

    what: str
    measured: float
    limit: float
    unit: str = "×"

    @property
    def holds(self) -> bool:
        """Whether the measured value is at most the limit."""
        return self.measured <= self.limit

    def __str__(self) -> str:
        """The limit as a cell of a table."""
        return f"≤ {self.limit:g} {self.unit} {'holds' if self.holds else 'BROKEN'}"


@dataclass
class Paper:
    """What a run has found, printed as it comes.

    Attributes:
        times: least and median seconds of every contestant of every race.
        tables: what was printed.
        limits: all limits, held or broken.
    """

    times: list[dict[str, Any]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)

    def race(self, what: str, contestants: Sequence[Contestant], rounds: int, batch_ns: int = BATCH_NS) -> None:
        """Time contestants against each other."""
        race(contestants, rounds, batch_ns)
        self.times += [
            {"race": what, "name": one.name, "rounds": rounds, "least": one.least, "median": one.middle}
            for one in contestants
        ]

    def limit(self, what: str, measured: float, limit: float, unit: str = "×") -> Limit:
        """Keep a limit."""
        self.limits.append(Limit(what, measured, limit, unit))
        return self.limits[-1]

    def table(self, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print a table, in Markdown."""
        self.tables.append({"title": title, "heads": list(heads), "rows": [list(row) for row in rows]})
        widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
        print(f"\n**{title}**\n")
        for index, row in enumerate((heads, *rows)):
            first, *others = zip(row, widths, strict=True)
            print(f"| {' | '.join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)])} |")
            if index == 0:
                print(f"|{'|'.join('-' * (w + 1) + (':' if at else '-') for at, w in enumerate(widths))}|")
        sys.stdout.flush()

    def compare(
        self, title: str, contestants: Sequence[Contestant], limits: Mapping[str, float], unit: str = "µs"
    ) -> None:
        """A table of contestants against the first of them; a limit is held against the ratio of the least times."""
        scale, base = {"µs": 1e6, "ms": 1e3}[unit], contestants[0]
        rows = []
        for one in contestants:
            ratio = one.least / base.least
            limit = self.limit(one.name, ratio, limits[one.name]) if one.name in limits else ""
            rows.append(
                (
                    one.name,
                    f"{one.least * scale:.1f}",
                    f"{one.middle * scale:.1f}",
                    f"{ratio:.2f} ×",
                    f"{one.middle / base.middle:.2f} ×",
                    str(limit),
                )
            )
        self.table(title, (f"{unit} a call", "least", "median", "of least", "of median", "limit"), rows)

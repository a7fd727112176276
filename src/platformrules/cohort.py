# SPDX-License-Identifier: MIT
"""The round: places shared out over all subjects that are evaluated together (format.md section 8).

Rows act in turn on the verdicts that the one before left. Knows no standard's expressions: what they give is handed in.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import define, field, frozen

from platformrules import bounds
from platformrules.bounds import Condition, Value
from platformrules.results import RoundResult
from platformrules.standards.model import CohortRow

#: The facts that a subject is grouped by; ``None`` is not recorded.
Key = tuple[Any, ...]
#: Where an end is open.
_BEYOND = {0: Decimal("-Infinity"), 1: Decimal("Infinity")}


@define(eq=False)
class Entry:
    """One subject of the round.

    Attributes:
        subject: its id.
        verdicts: the ids that its verdict may be, as the rows so far left it.
        chosen: what a person decided on each row that ranks nothing: ``inside`` or ``outside``.
        results: what each row came to.
    """

    subject: str
    verdicts: tuple[str, ...]
    chosen: Mapping[str, str] = field(factory=dict)
    results: list[RoundResult] = field(factory=list)


@frozen
class Asked:
    """What the rows ask of subjects.

    Attributes:
        among: whether a subject is a candidate, if its verdict is the one given.
        ranks: by what it is ranked, highest first.
        key: its facts by which a row groups.
        places: how many places a group has, of which the members are given with whether they surely belong to it.
    """

    among: Callable[[int, int, str], Condition]
    ranks: Callable[[int, int], tuple[Value, ...]]
    key: Callable[[int, int], Key]
    places: Callable[[int, Sequence[tuple[int, Condition]]], Value]


def hold_round(rows: Sequence[CohortRow], entries: Sequence[Entry], asked: Asked) -> None:
    """Let each row act on the verdicts; the entries are changed."""
    for number, row in enumerate(rows):
        _Row(number, row, entries, asked).act()


class _Row:
    def __init__(self, number: int, row: CohortRow, entries: Sequence[Entry], asked: Asked) -> None:
        self.number, self.row, self.entries, self.asked = number, row, entries, asked
        self.truths = [
            {verdict: asked.among(number, at, verdict) for verdict in entry.verdicts}
            for at, entry in enumerate(entries)
        ]
        self.candidates = [_together(found.values()) for found in self.truths]
        self.places: list[dict[Key, Condition]] = [{} for _ in entries]
        self.told: dict[int, RoundResult] = {}

    def act(self) -> None:
        for key, members in self.groups().items():
            self.share(key, members)
        for at, entry in enumerate(self.entries):
            if self.candidates[at] is not False:
                inside = _together(self.places[at].values())
                entry.verdicts = self.moved(entry.verdicts, self.truths[at], inside)
                entry.results.append(self.told[at])

    def groups(self) -> dict[Key, list[tuple[int, Condition]]]:
        """Who belongs to which group: one whose facts are not recorded possibly to every group that fits."""
        keys = [self.asked.key(self.number, at) for at in range(len(self.entries))]
        known = dict.fromkeys(sorted({key for key in keys if None not in key}, key=repr))
        found: dict[Key, list[tuple[int, Condition]]] = {key: [] for key in known} or {keys[0]: []} if keys else {}
        for at, key in enumerate(keys):
            for group, members in found.items():
                if all(part is None or part == other for part, other in zip(key, group, strict=True)):
                    members.append((at, True if None not in key else None))
        return found

    def share(self, key: Key, members: list[tuple[int, Condition]]) -> None:
        """Give the places of one group."""
        pool = [
            (at, bounds.all_of((here, self.candidates[at])))
            for at, here in members
            if bounds.all_of((here, self.candidates[at])) is not False
        ]
        low, high = bounds.ends(self.asked.places(self.number, members))
        least, most = max(0, low or 0), None if high is None else max(0, high)
        ranking = (
            _Ranking([(self.asked.ranks(self.number, at), sure) for at, sure in pool]) if self.row.rank_by else None
        )
        for position, (at, _) in enumerate(pool):
            if ranking is None:
                inside = self.by_person(at, len(pool), least)
                level = 0
            else:
                ahead, surely = ranking.ahead(position, self.row.ties)
                inside = True if ahead < least else False if most is not None and surely >= most else None  # type: ignore[operator]
                level = ranking.level(position)
            self.places[at][key] = inside
            others = bounds.between(least, most)
            self.told[at] = RoundResult(
                self.row.id, self.row.title, self.row.cites, key, len(pool), others, self.places[at][key], level
            )

    def by_person(self, at: int, candidates: int, places: Any) -> Condition:  # noqa: ANN401 - a number
        """Where nothing is ranked a person chooses, unless there is a place for all."""
        chosen = self.entries[at].chosen.get(self.row.id)
        if chosen is not None:
            return chosen == "inside"
        return True if candidates <= places else None

    def moved(self, verdicts: Sequence[str], truths: Mapping[str, Condition], inside: Condition) -> tuple[str, ...]:
        """The verdicts that are reachable after the row, value by value."""
        found: dict[str, None] = {}
        for verdict in verdicts:
            candidate = truths[verdict]
            if candidate is not False:
                if inside is not False:
                    found[verdict if self.row.inside is None else self.row.inside.id] = None
                if inside is not True:
                    found[verdict if self.row.outside is None else self.row.outside.id] = None
            if candidate is not True:
                found[verdict] = None
        return tuple(found)


class _Ranking:
    """Ranks in bounds: how many are possibly or surely ahead. Ends compare from the first component on."""

    def __init__(self, ranks: Sequence[tuple[tuple[Value, ...], Condition]]) -> None:
        self.lows = [_end(rank, 0) for rank, _ in ranks]
        self.highs = [_end(rank, 1) for rank, _ in ranks]
        self.all_highs = sorted(self.highs)
        self.sure_lows = sorted(low for low, (_, sure) in zip(self.lows, ranks, strict=True) if sure is True)
        self.sure = [sure is True for _, sure in ranks]

    def ahead(self, position: int, ties: str) -> tuple[int, int]:
        """How many others are possibly ahead, and how many surely; who is level counts as the row says of ties."""
        low, high = self.lows[position], self.highs[position]
        find = bisect_right if ties == "in" else bisect_left
        possibly = len(self.all_highs) - find(self.all_highs, low)
        possibly -= high > low or (high == low and ties != "in")  # itself
        find = bisect_left if ties == "out" else bisect_right
        surely = len(self.sure_lows) - find(self.sure_lows, high)
        surely -= self.sure[position] and (low > high or (low == high and ties == "out"))
        return possibly, surely

    def level(self, position: int) -> int:
        """How many others have the very same settled rank."""
        rank = self.lows[position]
        if rank != self.highs[position]:
            return 0
        return sum(low == rank == high for low, high in zip(self.lows, self.highs, strict=True)) - 1


def _end(rank: tuple[Value, ...], side: int) -> tuple[Any, ...]:
    ends = [bounds.ends(one)[side] for one in rank]
    return tuple(_BEYOND[side] if end is None else end for end in ends)


def _together(truths: Any) -> Condition:  # noqa: ANN401 - conditions of any collection
    """One truth of several that may be: settled if they agree."""
    found = set(truths)
    return found.pop() if len(found) == 1 else None

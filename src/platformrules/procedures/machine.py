# SPDX-License-Identifier: MIT
"""The step machine: from events and days to every state that a case can be in (format.md section 9).

Pure: the compiled expressions are handed in, and nothing reads the clock. Where a guard is unknown both ways are gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from attrs import evolve, field, frozen

from platformrules.bounds import Bounds, Members, Possible
from platformrules.citations import Citation
from platformrules.errors import EvaluationError
from platformrules.languages import Bilingual
from platformrules.models import FactValue
from platformrules.periods import make_date
from platformrules.procedures.model import Procedure, Transition

#: How many ways a case may have come are gone at once, and how many steps one way may take between two events.
MAX_WAYS, MAX_STEPS = 512, 20_000
#: Where compiled expressions find what gives verdicts; no variable has that name.
VERDICTS = "verdict"
_DAY = timedelta(days=1)
_BLANK: Mapping[str, FactValue] = MappingProxyType({})
_REFUSED = Bilingual("这时不允许：{title}", "not permitted at this point: {title}")


@frozen
class Record:
    """A record that compiled expressions read: of an event, or of what the case remembers."""

    facts: Mapping[str, Any] = field(default=_BLANK, hash=False)


@frozen
class Happened:
    """An event as it was recorded; ``facts`` leaves out what is blank."""

    id: str
    on: date
    facts: Mapping[str, FactValue] = field(factory=dict, hash=False)


@frozen
class Functions:
    """The compiled expressions of each transition, by its index; each takes subject, event, memory and events."""

    at: Mapping[int, Callable[..., Any]]
    when: Mapping[int, Callable[..., Any]]
    set: Mapping[int, Mapping[str, Callable[..., Any]]]
    reads_events: bool


@frozen
class Wrong:
    """A breach on one way; whether it is one on all ways is known at the end."""

    day: date
    text: Bilingual
    limit: date | None
    event: str
    citations: tuple[Citation, ...]


@frozen
class Way:
    """How a case may stand, and what was wrong on the way there.

    Attributes:
        state: the state.
        since: when it was entered; ``None`` if it is the first.
        entered: from when on yearly days count.
        values: the variables in their order; ``None`` if not set.
        floor: the first day whose end has not been looked at.
        done: the rows and days that were looked at since the state was entered.
        waiting: the rows with a breach whose day is over and that are waited for, with that day.
        history: the events that took effect, by index, if an expression reads them.
        wrong: the breaches; ``False`` if one is on some of the ways only that led here.
    """

    state: str
    since: date | None
    entered: date
    values: tuple[FactValue, ...]
    floor: date
    done: frozenset[tuple[int, date]] = frozenset()
    waiting: tuple[tuple[int, date], ...] = ()
    history: tuple[int, ...] = ()
    wrong: Mapping[Wrong, bool] = field(factory=dict, eq=False)


class Machine:
    """Steps through the events and days of one case."""

    def __init__(
        self,
        procedure: Procedure,
        functions: Functions,
        subject: Any,  # noqa: ANN401 - one of the models
        events: Sequence[Happened],
        verdicts: Callable[[str, date | None], Any] | None = None,
    ) -> None:
        """Take what the expressions read; ``verdicts`` gives the verdict of a standard for the subject on a day."""
        self.procedure, self.functions, self.subject, self.events = procedure, functions, subject, events
        self.verdicts = verdicts
        self.names = tuple(one.id for one in procedure.variables)
        #: The rows whose guard was unknown when it mattered.
        self.unknown: set[int] = set()

    def run(self, as_of: date) -> list[Way]:
        """Every way that the case may stand on a day, all of whose events are read and which is not over.

        Raises:
            EvaluationError: there are too many ways, or rows follow one another without end.
            UnknownYearError: a limit in working days lies in a year that the calendar does not know.
        """
        first = self.procedure.states[0].id
        initial = tuple(one.initial for one in self.procedure.variables)
        ways = [Way(first, None, self.procedure.in_force.from_, initial, date.min)]
        for index, event in enumerate(self.events):
            ways = self.until_before(ways, event.on)
            ways = merged(one for way in ways for one in self.read(way, index, event))
        ways = self.until_before(ways, as_of)
        return merged(self.looked_at_again(way, as_of) for way in ways)

    # Expressions

    def value(self, function: Callable[..., Any], way: Way, today: date | None, event: Record | None = None) -> Any:  # noqa: ANN401 - a value in bounds
        """What an expression gives on a way; ``today`` is ``None`` for any day."""
        memory = {
            "today": today,
            "since": way.since,
            VERDICTS: self.verdicts,
            **dict(zip(self.names, way.values, strict=True)),
        }
        happened = [self.events[index] for index in way.history]
        rows = [(Record({**one.facts, "id": one.id, "on": one.on}), True) for one in happened]
        return function(self.subject, event or Record(), Record(memory), (rows, False))

    def guard(self, row: Transition, way: Way, today: date | None, event: Record | None = None) -> bool | None:
        """Whether the guard of a row holds."""
        function = self.functions.when.get(row.index)
        holds: bool | None = True if function is None else self.value(function, way, today, event)
        return holds

    def due(self, row: Transition, way: Way) -> date | None:
        """The first day of a timed row that has not been looked at; ``None`` if there is none, or it is not set."""
        if row.every is not None:
            for year in range(way.entered.year, date.max.year + 1):
                day = make_date(year, *row.every)
                if day >= way.entered and (row.index, day) not in way.done:
                    return day
            return None
        day = settled(self.value(self.functions.at[row.index], way, None))
        return None if day is None or (row.index, day) in way.done else day

    def timed(self, way: Way) -> Iterator[tuple[Transition, date]]:
        """The timed rows of a state with the day that is next, in file order."""
        for row in self.procedure.transitions:
            if row.is_timed and way.state in row.from_:
                day = self.due(row, way)
                if day is not None:
                    yield row, day

    # Steps

    def read(self, way: Way, index: int, event: Happened) -> Iterator[Way]:
        """The ways after an event: it takes the first row whose guard holds, or is refused."""
        way = evolve(way, floor=max(way.floor, event.on))
        record = Record(event.facts)
        rows = [row for row in self.procedure.transitions if row.on == event.id]
        here = [row for row in rows if way.state in row.from_]
        for row in here:
            holds = self.guard(row, way, event.on, record)
            if holds is None:
                self.unknown.add(row.index)
            if holds is not False:
                taken = self.taken(way, row, event.on, record)
                if row.breach is not None:
                    taken = _with(taken, Wrong(event.on, row.breach, None, event.id, row.cites))
                if self.functions.reads_events:
                    taken = evolve(taken, history=(*taken.history, index))
                yield self.looked_at_again(taken, event.on)
            if holds is True:
                return
        title = self.procedure.event_of[event.id].title
        text = Bilingual(_REFUSED.zh.format(title=title.zh), _REFUSED.en.format(title=title.en))
        cites = tuple(dict.fromkeys(cited for row in here or rows for cited in row.cites))
        yield _with(way, Wrong(event.on, text, None, event.id, cites))

    def taken(self, way: Way, row: Transition, today: date, event: Record | None) -> Way:
        """The way after a row took effect: all new values at once, from the old ones."""
        new = {
            name: settled(self.value(function, way, today, event))
            for name, function in self.functions.set[row.index].items()
        }
        way = evolve(way, values=tuple(new.get(name, old) for name, old in zip(self.names, way.values, strict=True)))
        if row.to is None:
            return way
        return evolve(way, state=row.to, since=today, entered=today, done=frozenset())

    def looked_at_again(self, way: Way, today: date) -> Way:
        """What is no longer waited for was met late: a breach."""
        kept = []
        for index, limit in way.waiting:
            row = self.procedure.transitions[index]
            if way.state in row.from_ and self.guard(row, way, today) is not False:
                kept.append((index, limit))
            else:
                assert row.breach is not None  # noqa: S101 - INVARIANT: only rows with a breach are waited for
                way = _with(way, Wrong(today, row.breach, limit, "", row.cites))
        return evolve(way, waiting=tuple(kept))

    def until_before(self, ways: Iterable[Way], day: date) -> list[Way]:
        """The ways when all days before a day are over."""
        return merged(one for way in ways for one in self.days_of(way, day))

    def days_of(self, way: Way, before: date) -> Iterator[Way]:
        """One way through all ends of days before a day."""
        open_ways, steps = [way], 0
        while open_ways:
            one = open_ways.pop()
            day = min((max(due, one.floor) for _, due in self.timed(one)), default=date.max)
            if day >= before:
                yield one
                continue
            steps += 1
            if steps > MAX_STEPS:
                reference = self.procedure.reference
                message = (
                    f"{reference}: days bring one another about without end from {way.floor} on, state {way.state}"
                )
                raise EvaluationError(f"{message}; change an `at` or `when` of its rows")
            open_ways = merged([*open_ways, *self.end_of(one, day)])

    def end_of(self, way: Way, day: date) -> list[Way]:
        """What the end of a day brings: rows in file order, computed anew after each, each once a day."""
        ended: list[Way] = []
        waiting: list[tuple[Way, frozenset[int]]] = [(way, frozenset())]
        while waiting:
            one, looked = waiting.pop()
            found = next(((row, due) for row, due in self.timed(one) if due <= day and row.index not in looked), None)
            if found is None:
                ended.append(evolve(one, floor=day + _DAY))
                continue
            row, due = found
            looked |= {row.index}
            one = evolve(one, done=one.done | {(row.index, due)})
            holds = self.guard(row, one, day)
            if holds is None:
                self.unknown.add(row.index)
            if holds is not True:
                waiting.append((one, looked))
            if holds is not False:
                waiting.append((self.acted(one, row, due, day), looked))
        return ended

    def acted(self, way: Way, row: Transition, due: date, today: date) -> Way:
        """The way after a timed row acted; one with a breach is waited for as long as the case stays."""
        taken = self.taken(way, row, today, None)
        if row.breach is not None and (row.index, due) not in taken.waiting:
            taken = evolve(taken, waiting=(*taken.waiting, (row.index, due)))
        return self.looked_at_again(taken, today)


def settled(value: Any) -> Any:  # noqa: ANN401 - a value in bounds
    """The value itself if it is known, else ``None``: what is set from a blank is not set."""
    return None if isinstance(value, Bounds | Possible | Members) else value


def merged(ways: Iterable[Way]) -> list[Way]:
    """The ways, each standing once; a breach on some of those that are alike is not certain.

    Raises:
        EvaluationError: there are too many.
    """
    found: dict[Way, Way] = {}
    for way in ways:
        known = found.get(way)
        found[way] = way if known is None else evolve(known, wrong=_on_both(known.wrong, way.wrong))
        if len(found) > MAX_WAYS:
            message = f"more than {MAX_WAYS} ways in which the case may stand: too much is not recorded"
            raise EvaluationError(f"{message}; fill in the fields of its events, the earliest first")
    return list(found.values())


def _on_both(one: Mapping[Wrong, bool], other: Mapping[Wrong, bool]) -> dict[Wrong, bool]:
    return {wrong: one.get(wrong, False) and other.get(wrong, False) for wrong in (*one, *other)}


def _with(way: Way, wrong: Wrong) -> Way:
    return evolve(way, wrong={**way.wrong, wrong: True})

# SPDX-License-Identifier: MIT
"""Races: every contestant in turn, many rounds, the least and the median time of a call. Knows no rules.

Time is that of the processor, of all threads: what others do on the machine meanwhile is not counted.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time_ns
from typing import Any

#: A batch of calls is at least so long, so that the clock is no part of what is measured.
BATCH_NS = 2_000_000


@dataclass
class Contestant:
    """What is timed.

    Attributes:
        name: what it is called in tables.
        run: one call; takes what ``prepare`` made, if there is such.
        prepare: makes the input of one call, outside the clock.
        clock: tells the time spent so far, in nanoseconds.
    """

    name: str
    run: Callable[..., object]
    prepare: Callable[[], Any] | None = None
    clock: Callable[[], int] = process_time_ns
    times: list[float] = field(default_factory=list)

    @property
    def least(self) -> float:
        """The least time of a call, in seconds: what it takes when nothing else is in the way."""
        return min(self.times)

    @property
    def middle(self) -> float:
        """The median time of a call, in seconds."""
        return median(self.times)

    def batch(self, calls: int) -> float:
        """Time so many calls, in seconds a call."""
        run, clock = self.run, self.clock
        if self.prepare is None:
            turns = range(calls)
            start = clock()
            for _ in turns:
                run()
            return (clock() - start) / calls / 1e9
        inputs = [self.prepare() for _ in range(calls)]
        start = clock()
        for given in inputs:
            run(given)
        return (clock() - start) / calls / 1e9


def race(contestants: Sequence[Contestant], rounds: int, batch_ns: int = BATCH_NS) -> None:
    """Run all contestants in turn, so many rounds; who begins changes from round to round.

    The garbage collector runs as it always does.
    """
    sizes = [_size(one, batch_ns) for one in contestants]
    turns = list(zip(contestants, sizes, strict=True))
    for index in range(rounds):
        first = index % len(turns)
        for one, calls in turns[first:] + turns[:first]:
            one.times.append(one.batch(calls))


def _size(one: Contestant, batch_ns: int) -> int:
    """How many calls make a batch; the first call of all, which may load and compile, does not count."""
    one.batch(1)
    calls = 1
    while (elapsed := one.batch(calls) * calls * 1e9) < batch_ns / 2:
        calls = max(calls * 2, int(calls * batch_ns / max(elapsed, 1) / 2))
    return max(1, round(calls * batch_ns / max(elapsed, 1)))


def machine() -> dict[str, object]:
    """Where and when it runs."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
    }


def load_average() -> str:
    """The load of the last minute and of the last five; empty where a system does not tell."""
    return "{:.2f}, {:.2f}".format(*os.getloadavg()[:2]) if hasattr(os, "getloadavg") else ""


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.is_file():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "not told"

# SPDX-License-Identifier: MIT
"""Standards whose verdicts others read: how expressions name them, and what a file names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from platformrules.criteria import nodes
from platformrules.criteria.checker import Referred
from platformrules.criteria.parser import calls_in
from platformrules.languages import Bilingual
from platformrules.schema import Choice, Fact, FactType
from platformrules.standards.model import Standard

#: What the text of an expression has that reads another verdict; a text that has it may be something else.
READS = re.compile(r"\bverdict\s*\(")


def named_in(data: Any) -> Iterator[str]:  # noqa: ANN401 - what TOML holds
    """The standards that expressions somewhere in the data of a rule file name, as they are written."""
    if isinstance(data, str):
        if READS.search(data):
            for call in calls_in(data, "verdict"):
                yield from (one.value for one in call.arguments[1:2] if isinstance(one, nodes.Text))
    elif isinstance(data, Mapping | list):
        for value in data.values() if isinstance(data, Mapping) else data:
            yield from named_in(value)


def _meant(reference: str, known: Iterable[Standard]) -> tuple[Standard, ...]:
    """The versions that a reference may mean, the newest last; one if it has a version."""
    name, _, version = reference.partition("@")
    found = [one for one in known if one.id == name and version in {"", one.version}]
    return tuple(sorted(found, key=lambda one: (one.in_force.from_, one.version)))


def referable(known: Mapping[str, Standard]) -> dict[str, Referred]:
    """What expressions may know of other standards, by id and by id with version."""
    names = dict.fromkeys(name for one in known.values() for name in (one.id, one.reference))
    return {name: _referred(name, _meant(name, known.values())) for name in names}


def _referred(reference: str, versions: tuple[Standard, ...]) -> Referred:
    newest = versions[-1]
    titles: dict[str, Bilingual] = {}
    for one in reversed(versions):
        for row in one.verdicts:
            titles.setdefault(row.id, row.title)
    choices = tuple(Choice(name, title.zh, title.en) for name, title in titles.items())
    return Referred(
        reference=reference,
        title=newest.title,
        subject=" or ".join(dict.fromkeys(one.subject for one in versions)),
        verdicts=Fact(reference, "verdict", FactType.CHOICE, newest.title, values=choices),
        needs_period=any(one.period.kind != "as-of" for one in versions),
        versions=versions,
    )

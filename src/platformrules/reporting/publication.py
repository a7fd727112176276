# SPDX-License-Identifier: MIT
"""What is published: reports on many subjects by one standard, the problems of their ledger, and where all comes from.

Knows no format; each format is one module that takes a ``Publication``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Protocol

from attrs import field, frozen

from platformrules.criteria.typed import Read
from platformrules.criteria.walk import walk
from platformrules.errors import PlatformRulesError
from platformrules.languages import Bilingual, Language
from platformrules.release import library_version
from platformrules.reporting.wording import WORDS
from platformrules.results import Report, to_json
from platformrules.schema import Fact
from platformrules.standards.model import Criterion, Standard


class Problem(Protocol):
    """What is read of a problem of a ledger; ``ledger.problems.Problem`` is one."""

    @property
    def code(self) -> str:
        """Its code, as the reference lists them."""

    @property
    def message(self) -> Bilingual:
        """What is wrong."""

    @property
    def sheet(self) -> str:
        """The sheet or file; empty in JSON."""

    @property
    def cell(self) -> str:
        """The cell, row or path; empty for a whole sheet."""

    @property
    def value(self) -> str:
        """What stands there."""

    @property
    def expected(self) -> Bilingual | None:
        """What should stand there."""


@frozen(eq=False)
class Publication:
    """All that a published report says, in whatever format; ``publish`` makes one.

    Attributes:
        standard: by which all subjects were judged.
        reports: one a subject, ordered by the id of the subject, numbers in it by their value.
        problems: what in the ledger was not read or does not count, in the order of the ledger.
        provenance: versions, hashes, the version chosen and why, period, day, changed parameters; JSON data.
        language: of headings and sentences, where a format has only one.
        internal: whether personal data are shown.
    """

    standard: Standard
    reports: tuple[Report, ...]
    problems: tuple[Problem, ...] = ()
    provenance: Mapping[str, Any] = field(factory=dict)
    language: Language = Language.ZH
    internal: bool = False

    def when(self) -> tuple[str, str]:
        """The period and the day judged, in words: those of all reports, or that they differ."""
        several = WORDS["each_own"][self.language]
        period = _common([report.period for report in self.reports], several)
        return period, _common([report.as_of for report in self.reports], several)

    @cached_property
    def facts(self) -> Mapping[str, Mapping[str, Fact]]:
        """The facts that each criterion reads, by its id and then as expressions write them: ``center.equipment``."""
        return {one.id: _facts_of(one) for one in self.standard.criteria}

    @cached_property
    def choices(self) -> Mapping[str, Fact]:
        """The fact whose labels name the value of each named value that is a choice or a set of them."""
        found = ((one.id, one.expression.root.datatype.choices) for one in self.standard.values)
        return {name: fact for name, fact in found if fact is not None}

    @property
    def values_shown(self) -> bool:
        """Whether the standard has named values for people: those with a title."""
        return any(one.title is not None for one in self.standard.values)


def publish(
    standard: Standard,
    reports: Iterable[Report],
    *,
    problems: Iterable[Problem] = (),
    input_digest: str = "",
    chosen: str = "",
    note: str = "",
    language: Language | str = Language.ZH,
    internal: bool = False,
) -> Publication:
    """Gather what is to be published.

    Args:
        standard: by which all subjects were judged.
        reports: one a subject; their order does not matter.
        problems: those of the ledger.
        input_digest: the hash of the bytes that were read; empty if they came from no file.
        chosen: why this version of the standard was taken: ``pinned``, ``in force on 2020-12-31`` or a sentence.
        note: what the ledger says of its data, such as that they are made up.
        language: ``zh`` or ``en``.
        internal: show personal data.

    Raises:
        PlatformRulesError: there is no such language, or a report is by another standard.
    """
    if language not in list(Language):
        message = f"there is no language `{language}`; there is " + ", ".join(Language)
        raise PlatformRulesError(message)
    ordered = tuple(sorted(reports, key=lambda report: natural(report.subject)))
    for report in ordered:
        if report.standard != standard.reference:
            message = f"the report on `{report.subject}` is by {report.standard}, not by {standard.reference}"
            raise PlatformRulesError(message)
    return Publication(
        standard=standard,
        reports=ordered,
        problems=tuple(problems),
        provenance=_provenance(standard, ordered, chosen) | {"input": input_digest or None, "note": note or None},
        language=Language(language),
        internal=internal,
    )


def _common(values: list[Any], several: str) -> str:
    found = set(values)
    return several if len(found) > 1 else "".join(str(one) for one in found if one is not None)


def natural(text: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """A key that puts c2 before c10; texts that differ have keys that differ."""
    return tuple(map(_part, re.findall(r"[0-9]+|[^0-9]+", text))), text


def _part(part: str) -> tuple[int, int, str]:
    if part[0] not in "0123456789":
        return 1, 0, part
    digits = part.lstrip("0")
    return 0, len(digits), digits  # as text: int() refuses numbers of thousands of digits


def _provenance(standard: Standard, reports: tuple[Report, ...], chosen: str) -> dict[str, Any]:
    periods = {report.period for report in reports}
    days = {report.as_of for report in reports}
    period = periods.pop() if len(periods) == 1 else None
    day = days.pop() if len(days) == 1 else None
    status = standard.in_force.status
    return {
        "platformrules": library_version(),
        "plugin": {"name": standard.plugin, "version": standard.plugin_version},
        "standard": standard.reference,
        "chosen": chosen,
        "in_force": {
            "from": to_json(standard.in_force.from_),
            "until": to_json(standard.in_force.until),
            "on_the_day": None if day is None else standard.is_in_force(day),
            "status": None if status is None else {"zh": status.zh, "en": status.en},
        },
        "period": None if period is None else str(period),
        "as_of": to_json(day),
        "rules": dict(sorted(standard.hashes.items())),
        "parameters": {name: to_json(value) for name, value in sorted(standard.overrides.items())},
    }


def _facts_of(criterion: Criterion) -> Mapping[str, Fact]:
    expressions = [*criterion.expressions, *(row.when for row in criterion.judge if row.when is not None)]
    return {
        f"{node.owner.name}.{node.fact.id}": node.fact
        for expression in expressions
        for node in walk(expression.root)
        if isinstance(node, Read)
    }

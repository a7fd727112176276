# SPDX-License-Identifier: MIT
"""The public names as a program of others uses them: checked by mypy, never run.

What stands in an annotation here is promised: a change that mypy refuses breaks programs of others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import platformrules as pr
from platformrules import hookimpl
from platformrules.citations import Citation
from platformrules.ledger import Ledger, Problem, sample_ledger, write_ledger, write_template
from platformrules.reporting import Publication, publish, summary_lines, to_document, write_report
from platformrules.results import Evidence, Finding, Missing, Note, Verdict
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import PluginInfo, Rulebook


@hookimpl
def platformrules_rules() -> Traversable:
    """The hook of a plugin."""
    return files(__name__)


def rules() -> Standard:
    """Loading, looking up, setting parameters."""
    rulebook: Rulebook = pr.load(["folder"])
    plugins: tuple[PluginInfo, ...] = rulebook.plugins
    for plugin in plugins:
        _name: str = plugin.name
        _error: str = plugin.error
    newest: Standard = rulebook["hubei/demonstration"]
    then: Standard = rulebook.get("hubei/demonstration", on=date(2020, 12, 31))
    milder: Standard = newest.with_parameters(minimum_area=80, share=Decimal("0.3"), strict=False)
    _known: bool = "hubei/demonstration" in rulebook
    _all: list[Standard] = list(rulebook)
    return milder if milder.is_in_force(date(2020, 1, 1)) else then


def records() -> pr.Dossier:
    """Records and dossiers."""
    center = pr.Center(
        id="c1",
        name="a made-up center",
        floor_area_m2=Decimal("85.5"),
        has_flag=True,
        equipment={"computer", "tv"},
        opened_on=date(2019, 5, 1),
        facts={"hubei_theme_distinct": True},
    )
    _area: int | Decimal | None = center.floor_area_m2
    _set: AbstractSet[str] | None = center.equipment
    return pr.Dossier(
        center=center,
        activities=[pr.Activity(id="a1", held_on=date(2020, 3, 1), attendance=25)],
        organizations=None,
        judgements={"style": pr.Judgement(value="yes", by="somebody", on=date(2020, 5, 20), reason="seen")},
        waivers={"floor-area": pr.Waiver(reason="granted", until=date(2021, 12, 31))},
        period=pr.Period.year(2020),
        as_of=date(2020, 12, 31),
        records_from=date(2020, 1, 1),
    )


def other_subjects() -> list[pr.Dossier]:
    """Organizations and areas are judged as well."""
    return [
        pr.Dossier(organization=pr.Organization(id="o1"), activities=(), period=pr.Period.parse("2020-03")),
        pr.Dossier(area=pr.Area(id="a1"), centers=[pr.Center(id="c1")], period=pr.Period.month(2020, 3)),
    ]


def report(standard: Standard, dossier: pr.Dossier) -> Mapping[str, Any]:
    """A report and what is in it."""
    made: pr.Report = pr.evaluate(standard, dossier)
    verdict: Verdict = made.verdict
    _verdict: str | None = verdict.id
    _reachable: tuple[str, ...] = verdict.reachable
    _conforms: bool | None = verdict.conforms
    finding: Finding = made["floor-area"]
    outcome: pr.Outcome = finding.outcome
    if outcome is pr.Outcome.FAILED:
        evidence: tuple[Evidence, ...] = finding.evidence
        _quantity: str = evidence[0].quantity
        _met: bool | None = evidence[0].met
        _at: str | None = evidence[0].at
    citations: tuple[Citation, ...] = finding.citations
    _zh: str = citations[0].locator["zh"]
    missing: tuple[Missing, ...] = finding.missing
    _fact: str = missing[0].fact
    notes: tuple[Note, ...] = made.notes
    _note: str = notes[0].text.en
    _counts: Mapping[pr.Outcome, int] = made.counts()
    _subject: str = made.subject
    return made.to_dict(internal=True)


def truths(observed: pr.Bounds, known: pr.Truth) -> tuple[object, object, bool]:
    """What is known in part."""
    return observed.low, observed.high, known is pr.Truth.UNKNOWN


def ledgers(standard: Standard) -> Iterator[pr.Report]:
    """Reading, writing, evaluating many."""
    write_template(standard, "empty.xlsx", "zh")
    write_ledger(sample_ledger(standard, 25, 1), "ledger.xlsx", standard)
    ledger: Ledger = pr.read_ledger("ledger.xlsx", standard, period=pr.Period.year(2020), as_of=None)
    problems: tuple[Problem, ...] = ledger.problems
    for problem in problems:
        _place: str = problem.place
        _text: str = problem.text("en")
    yield from pr.evaluate_many(standard, ledger)
    yield from pr.evaluate_many(standard, ledger.dossiers, engine="python")


def publications(standard: Standard, ledger: Ledger, reports: Iterable[pr.Report]) -> dict[str, Any]:
    """Files for people and programs."""
    publication: Publication = publish(standard, reports, problems=ledger.problems, language="en")
    write_report(publication, "report.html")
    _lines: list[str] = summary_lines(publication, 80)
    return to_document(publication)


class Remote:
    """Anything with this method is an evaluator."""

    def evaluate(self, standard: Standard, dossiers: Iterable[pr.Dossier]) -> Iterator[pr.Report]:
        """One report a dossier."""
        return (pr.evaluate(standard, one) for one in dossiers)


def evaluators() -> pr.Evaluator:
    """A class of others takes the place of ours."""
    evaluator: pr.Evaluator = Remote()
    return evaluator


def errors(rulebook: Rulebook) -> Standard | None:
    """Every error is of one kind."""
    try:
        return rulebook["nowhere/at-all"]
    except pr.PlatformRulesError as error:
        _said: str = str(error)
        return None

# SPDX-License-Identifier: MIT
"""All measurements in one run: ``python benchmarks/run.py [--quick] [--json FILE]``; README.md says how to read them.

Exit code 1 if a limit is broken or somebody's outcomes differ from ours.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import data
import peers
import starts
from agreement import by_hand, check_agreement
from by_hand import demonstration
from paper import Paper
from timing import Contestant, load_average, machine

import platformrules as pr
from platformrules.evaluation import compile_standard
from platformrules.ledger import read_ledger
from platformrules.results import Outcome, Report
from platformrules.standards.model import Standard

CENTERS = 25


@dataclass(frozen=True)
class Effort:
    """How many rounds of each kind, and how many random dossiers are compared beforehand."""

    calls: int
    compiles: int
    processes: int
    dossiers: int


FULL = Effort(calls=300, compiles=60, processes=40, dossiers=2000)
QUICK = Effort(calls=40, compiles=15, processes=8, dossiers=200)


# 1


def time_evaluate(paper: Paper, standard: Standard, effort: Effort) -> None:
    """``evaluate`` of one center against the function by hand."""
    whole, almost, holes = (
        read_ledger(data.parsed(made()), standard).dossiers[0]
        for made in (data.complete, data.almost_complete, data.incomplete)
    )
    center, activities, organizations = whole.center, whole.activities, whole.organizations
    judgements, year, day = whole.judgements, data.YEAR, date(data.YEAR, 12, 31)
    assert pr.evaluate(standard, whole).verdict.id == by_hand(whole)[0] == "eligible"
    assert len(pr.evaluate(standard, holes).verdict.reachable) > 1
    contestants = [
        Contestant("by hand", lambda: demonstration(center, activities, organizations, judgements, year, day)),
        Contestant("evaluate, verdict", lambda: pr.evaluate(standard, whole).verdict),
        Contestant("evaluate, everything read", lambda: read_all(pr.evaluate(standard, whole))),
        Contestant("evaluate, one fact missing, verdict", lambda: pr.evaluate(standard, almost).verdict),
        Contestant("evaluate incomplete, verdict", lambda: pr.evaluate(standard, holes).verdict),
        Contestant("evaluate incomplete, everything read", lambda: read_all(pr.evaluate(standard, holes))),
    ]
    paper.race("evaluate", contestants, effort.calls)
    limits = {"evaluate, verdict": 1.2, "evaluate, everything read": 2.5, "evaluate incomplete, verdict": 2.5}
    paper.compare(f"1. evaluate: {standard.reference}, one center, {data.ACTIVITIES} activities", contestants, limits)


def read_all(report: Report) -> Any:
    """Touch the verdict, and of each finding the outcome and all evidence."""
    verdict = report.verdict
    for finding in report.findings:
        finding.outcome  # noqa: B018 - to read is what is measured
        for row in finding.evidence:
            row.observed, row.required  # noqa: B018
    return verdict


# 2


def time_peers(paper: Paper, standard: Standard, effort: Effort) -> None:
    """Outcomes of all criteria from the same parsed JSON, here and in other engines."""
    ledger = data.complete()
    ours, theirs = data.parsed(ledger), peers.context(ledger)
    dossier = read_ledger(ours, standard).dossiers[0]
    pr.evaluate(standard, dossier)
    datalogic, datalogic_prepared = peers.compile_datalogic()
    zen, handle = peers.compile_zen(), peers.prepare_datalogic(theirs)
    rules, graph = peers.json_logic(), peers.decision_graph()
    from_json = {
        "ours": lambda: outcomes(pr.evaluate(standard, read_ledger(ours, standard).dossiers[0])),
        "by hand": lambda: by_hand(data.dossier_by_hand(ours)),
        "datalogic-py": lambda: datalogic(theirs),
        "zen-engine": lambda: zen(theirs),
    }
    prepared = {
        "ours": lambda: outcomes(pr.evaluate(standard, dossier)),
        "by hand": lambda: by_hand(dossier),
        "datalogic-py": lambda: datalogic_prepared(handle),
    }
    preparing = {
        "ours": lambda: read_ledger(ours, standard),
        "by hand": lambda: data.dossier_by_hand(ours),
        "datalogic-py": lambda: peers.prepare_datalogic(theirs),
    }
    compiling = {
        "ours": (compile_standard, standard.with_parameters),
        "datalogic-py": (lambda _: peers.compile_datalogic(), rules.copy),
        "zen-engine": (lambda _: peers.compile_zen(), lambda: graph),
    }
    columns = [[Contestant(name, run) for name, run in one.items()] for one in (from_json, prepared, preparing)]
    compiles = [Contestant(name, run, prepare) for name, (run, prepare) in compiling.items()]
    paper.race("peers", [one for column in columns for one in column], effort.calls)
    paper.race("peers", compiles, effort.compiles)
    by_name = [{one.name: one for one in column} for column in (*columns, compiles)]
    rows = []
    for name in from_json:
        cells = []
        for at, column in enumerate(by_name):
            one = column.get(name)
            cells.append("–" if one is None else f"{one.least * 1e6:.1f}")
            if at < 2:
                cells.append("–" if one is None else f"{one.least / column['ours'].least:.2f} ×")
        rows.append((name, *cells))
    heads = ("least µs", "from parsed JSON", "of ours", "from prepared data", "of ours", "preparing", "compiling")
    paper.table(f"2. Outcomes of {len(standard.criteria)} criteria, rules compiled beforehand", heads, rows)


def outcomes(report: Report) -> dict[str, Outcome]:
    """The outcome of each criterion, with the evidence at hand."""
    return {finding.criterion: finding.outcome for finding in report.findings}


# 3


def time_dossiers(paper: Paper, standard: Standard, effort: Effort) -> None:
    """Dossiers from parsed JSON against plain constructor calls."""
    one = data.parsed(data.complete())
    many = {**one, "dossiers": []}
    for index in range(CENTERS):
        another = data.parsed(data.complete())["dossiers"][0]
        another["center"]["id"] = f"c{index + 1}"
        many["dossiers"].append(another)
    apart = [{**one, "dossiers": [given]} for given in many["dossiers"]]
    assert same(read_ledger(one, standard).dossiers[0], data.dossier_by_hand(one))
    assert not read_ledger(many, standard).problems

    def by_calls() -> pr.Dossier:
        return data.dossier_by_hand(one)

    limits = {"read_ledger, one center": 3.0}
    contestants = [
        Contestant("by constructor calls, one center", by_calls),
        Contestant("read_ledger, one center", lambda: read_ledger(one, standard)),
        Contestant("bind: plugin facts, once a dossier", lambda it: it.bind(standard.schema), by_calls),
    ]
    paper.race("dossiers", contestants, effort.calls)
    paper.compare("3. Dossiers from parsed JSON", contestants, limits)
    contestants = [
        Contestant(f"by constructor calls, {CENTERS} centers", lambda: list(map(data.dossier_by_hand, apart))),
        Contestant(f"read_ledger, {CENTERS} centers", lambda: read_ledger(many, standard)),
    ]
    paper.race("dossiers", contestants, effort.compiles)
    paper.compare("3. The same, a county", contestants, {f"read_ledger, {CENTERS} centers": 3.0})


def same(one: pr.Dossier, other: pr.Dossier) -> bool:
    """Whether two dossiers hold the same."""
    parts = ("center", "activities", "organizations", "judgements", "period", "as_of")
    return all(getattr(one, part) == getattr(other, part) for part in parts)


# 4


def time_compile(paper: Paper, standards: Sequence[Standard], effort: Effort) -> None:
    """Compiling each standard afresh, and what the first touch of findings adds."""
    contestants = [Contestant(one.reference, compile_standard, one.with_parameters) for one in standards]
    paper.race("compile", contestants, effort.compiles)
    rows = []
    for contestant, standard in zip(contestants, standards, strict=True):
        share = 20 / len(standard.criteria)
        limit: object = "none: fewer than 20"
        if share <= 1:
            limit = paper.limit(f"compile {standard.reference}", contestant.least * share * 1e3, 5, "ms")
        cells = [f"{time * 1e3:.2f}" for time in (contestant.least, contestant.middle, contestant.least * share)]
        rows.append((contestant.name, str(len(standard.criteria)), *cells, str(limit)))
    paper.table("4. compile_standard", ("ms", "criteria", "least", "median", "least a 20 criteria", "limit"), rows)
    standard = next(one for one in standards if one.id == "hubei/demonstration")
    dossier = data.dossier_by_hand(data.parsed(data.complete()))

    def fresh() -> Any:
        return pr.evaluate(standard.with_parameters(), dossier)

    def touch_evidence(report: Any) -> None:
        report.source.maker.program.evidence(report.source.dossier, report.source.state)

    contestants = [
        Contestant("first touch of findings", lambda report: report.findings, fresh),
        Contestant("of which compiling the evidence", touch_evidence, fresh),
        Contestant("of which titles, citations and sentences", lambda report: report.source.maker.infos, fresh),
        Contestant("with_parameters: checking anew", lambda _: standard.with_parameters(), lambda: None),
    ]
    paper.race("compile", contestants, effort.compiles)
    paper.compare(f"4. Once a standard, when it is first asked for: {standard.reference}", contestants, {}, "ms")


# 5


def time_starts(paper: Paper, effort: Effort) -> None:
    """Whole processes, less that of a bare Python."""
    lines = {
        "bare Python": starts.BARE,
        "import attrs, cattrs, pluggy": starts.PARTS,
        "import platformrules": starts.OURS,
        "… and what evaluation needs": starts.EVALUATE,
        "… and load() of all plugins": starts.LOAD,
        "… and compile of all standards": starts.COMPILE,
        "platformrules standards": starts.STANDARDS,
    }
    contestants = {name: starts.start(code) for name, code in lines.items()}
    paper.race("starts", list(contestants.values()), effort.processes, batch_ns=1)
    bare, parts = contestants["bare Python"], contestants["import attrs, cattrs, pluggy"]
    rows = []
    for name, one in contestants.items():
        more, middle = one.least - bare.least, one.middle - bare.middle
        ratio = more / (parts.least - bare.least)
        limit = paper.limit(name, ratio, 1.5) if name == "import platformrules" else ""
        times = (one.least, one.middle, more, middle)
        rows.append((name, *(f"{time * 1e3:.1f}" for time in times), f"{ratio:.2f} ×", str(limit)))
    heads = ("ms a process", "least", "median", "least less bare", "median less bare", "of the three", "limit")
    paper.table("5. Starts", heads, rows)
    loaded = starts.loaded_after(starts.OURS)
    heavy = [name for name in starts.HEAVY if name in loaded]
    paper.limit("of cattrs, pluggy, tomli, extras, loaded by import platformrules", len(heavy), 0, "modules")
    print(f"\n`import platformrules` loads {' '.join(loaded)};")
    print(f"of {' '.join(starts.HEAVY)}: {' '.join(heavy) or 'none'}.")
    needed = [name for name in starts.HEAVY if name in starts.loaded_after(starts.EVALUATE)]
    print(f"After what evaluation needs, of these: {' '.join(needed) or 'none'}.")
    warm = [Contestant("load(), modules imported", pr.load), Contestant("… and compile of all", load_and_compile)]
    paper.race("starts", warm, effort.compiles)
    paper.compare("5. In a process that runs", warm, {}, "ms")


def load_and_compile() -> None:
    """Load all plugins and compile every standard."""
    for standard in pr.load():
        compile_standard(standard)


def revision() -> str:
    """The commit that is measured, and whether files differ from it."""
    git = shutil.which("git")
    if git is None:
        return "not told"
    command = [git, "-C", str(Path(__file__).parent), "describe", "--always", "--dirty"]
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip() or "not told"


def main() -> int:
    """Measure everything; 1 if a limit is broken."""
    parser = argparse.ArgumentParser(description="the measurements of platformrules")
    parser.add_argument("--quick", action="store_true", help="few rounds: a look, no measurement")
    parser.add_argument("--json", type=Path, help="write all figures to this file too")
    arguments = parser.parse_args()
    effort = QUICK if arguments.quick else FULL
    where = machine() | {name: version(name) for name in ("platformrules", "datalogic-py", "zen-engine", "attrs")}
    where |= {"revision": revision(), "load before": load_average()}
    print("; ".join(f"{name} {value}" for name, value in where.items()) + "\n")
    book = pr.load()
    standard, paper = book["hubei/demonstration"], Paper()
    check_agreement(standard, effort.dossiers)
    measurements: list[Callable[[], None]] = [
        lambda: time_evaluate(paper, standard, effort),
        lambda: time_peers(paper, standard, effort),
        lambda: time_dossiers(paper, standard, effort),
        lambda: time_compile(paper, list(book), effort),
        lambda: time_starts(paper, effort),
    ]
    for measure in measurements:
        measure()
    where["load after"] = load_average()
    rows = [(one.what, f"{one.measured:.2f} {one.unit}", str(one)) for one in paper.limits]
    paper.table("Limits", ("what", "measured", "limit"), rows)
    print(f"\nload average before {where['load before']}, after {where['load after']}")
    if arguments.json is not None:
        limits = [asdict(one) | {"holds": one.holds} for one in paper.limits]
        told = {
            "machine": where,
            "quick": arguments.quick,
            "limits": limits,
            "times": paper.times,
            "tables": paper.tables,
        }
        arguments.json.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0 if all(one.holds for one in paper.limits) else 1


if __name__ == "__main__":
    sys.exit(main())

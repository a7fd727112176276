# SPDX-License-Identifier: MIT
"""Which small mistakes in the rules of a plugin its worked cases notice, and which they would let pass.

A mistake is noticed if the loader refuses it, or if some case of its standard does not come out as it expects. What no
dossier can show is listed by the plugin itself, with the reason, in ``equivalent-mutants.toml`` beside ``facts.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from platformrules.diagnostics import Diagnostic, did_you_mean
from platformrules.errors import RuleFileError, UnknownNameError
from platformrules.evaluation import evaluate
from platformrules.serialization import read_toml, structure
from platformrules.standards.loader import load_standard
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import Rulebook, RuleSource
from platformrules.standards.sources import FORMAT, SourceFile
from platformrules.testing.cases import Case, read_cases
from platformrules.testing.mutants import Mutant, mutants_of
from platformrules.testing.witnesses import Witness, witness

#: Where a plugin lists the mutants that no dossier can tell from the rule.
LIST = "equivalent-mutants.toml"


@frozen
class EquivalentRow:
    """``[[equivalent]]``: mutants that no dossier can tell from the rule, and why."""

    standard: str
    at: str
    changes: tuple[str, ...]
    reason: str


@frozen
class EquivalentFile:
    """``equivalent-mutants.toml``."""

    format: int
    equivalent: tuple[EquivalentRow, ...]


@frozen(eq=False)
class Mutation:
    """What became of the mutants of a plugin.

    Attributes:
        plugin: its name.
        made: how many mutants there are that load.
        refused: how many more the loader refuses.
        missed: those that no case notices.
        equivalent: those that no dossier can tell, with the reason that the plugin gives.
        stale: what is wrong with the plugin's list of these.
        cases: worked cases that would notice the missed ones, as TOML, where they were asked for and found.
    """

    plugin: str
    made: int
    refused: int
    missed: tuple[Mutant, ...]
    equivalent: tuple[tuple[Mutant, str], ...] = ()
    stale: tuple[Diagnostic, ...] = ()
    cases: tuple[str, ...] = ()

    @property
    def noticed(self) -> int:
        """How many mutants a case notices."""
        return self.made - len(self.missed) - len(self.equivalent)

    @property
    def tellable(self) -> int:
        """How many mutants some dossier can tell from the rule."""
        return self.made - len(self.equivalent)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "plugin": self.plugin,
            "made": self.made,
            "refused": self.refused,
            "noticed": self.noticed,
            "missed": [_row(one) for one in self.missed],
            "equivalent": [{**_row(one), "reason": reason} for one, reason in self.equivalent],
        }


def _row(mutant: Mutant) -> dict[str, str]:
    return {"standard": mutant.standard, "at": mutant.at, "change": mutant.change}


@frozen(eq=False)
class Tried:
    """A mutant that loads, and whether a case notices it."""

    mutant: Mutant
    standard: Standard
    noticed: bool


def mutate(source: RuleSource, rulebook: Rulebook, standards: Iterable[str] = (), *, suggest: bool = False) -> Mutation:
    """Make every mutant of the standards of a plugin and try each on its worked cases.

    Args:
        source: the rule files of the plugin.
        rulebook: all rules, those of the plugin among them.
        standards: ids or references of the standards to look at; all if there are none.
        suggest: look for worked cases that would notice what is missed.

    Raises:
        RuleFileError: the worked cases or the list of equivalent mutants are wrong.
    """
    listed, cases = _Listed(source), read_cases(source, rulebook)
    made = refused = 0
    missed: list[Mutant] = []
    equivalent: list[tuple[Mutant, str]] = []
    found: list[Witness] = []
    wanted = set(standards)
    for file in standard_files(source):
        trial = Trial(file, source.plugin, rulebook, cases)
        if wanted and wanted.isdisjoint({trial.standard.id, trial.standard.reference}):
            continue
        listed.looked_at.add(trial.standard.reference)
        for mutant in mutants_of(file):
            tried = trial.tried(mutant)
            if tried is None:
                refused += 1
                continue
            made += 1
            reason = listed.reason(tried)
            if not tried.noticed and reason:
                equivalent.append((mutant, reason))
            elif not tried.noticed:
                missed.append(mutant)
                if suggest and not any(one.notices(tried.standard) for one in found):
                    name = _name(mutant, len(found) + 1)
                    found += witness(name, str(mutant), trial.standard, tried.standard, trial.cases)
    told = tuple(one.toml for one in found)
    return Mutation(source.plugin, made, refused, tuple(missed), tuple(equivalent), tuple(listed.stale()), told)


def _name(mutant: Mutant, number: int) -> str:
    """What a case for a mutant is called: after the row with the mistake."""
    row = [*mutant.at.split("."), "rule"][1].partition("[")[0].replace("_", "-")
    return f"boundary-{number}-{row}"


def standard_files(source: RuleSource) -> Iterator[SourceFile]:
    """The files of a plugin's standards, by name."""
    root = source.root.joinpath("standards")
    for path in sorted(root.iterdir(), key=lambda one: one.name) if root.is_dir() else ():
        if path.name.endswith(".toml"):
            yield SourceFile.read(path, f"{source.folder or 'platformrules_' + source.plugin}/standards/{path.name}")


class Trial:
    """Tries mutants of one standard on its cases: the case that noticed the last one first."""

    def __init__(self, file: SourceFile, plugin: str, rulebook: Rulebook, cases: Iterable[Case]) -> None:
        """Find the standard of a file, and its cases."""
        self.file, self.rulebook, self.plugin = file, rulebook, plugin
        self.standard = next(one for one in rulebook if one.file == file.name)
        self.cases = [one for one in cases if one.standard.reference == self.standard.reference]

    def tried(self, mutant: Mutant) -> Tried | None:
        """What became of a mutant; ``None`` if it does not load."""
        try:
            standard = self.load(mutant)
        except (RuleFileError, UnknownNameError):
            return None
        return Tried(mutant, standard, self.is_noticed(standard))

    def load(self, mutant: Mutant) -> Standard:
        """The standard with the mistake.

        Raises:
            RuleFileError: it is refused.
        """
        known = {name: one for name, one in self.rulebook.standards.items() if one is not self.standard}
        source, documents = mutant.source(self.file.name), self.rulebook.documents
        return load_standard(source, self.plugin, self.rulebook.schema, documents, {}, known=known)

    def is_noticed(self, standard: Standard) -> bool:
        """Whether some case does not come out as it expects."""
        others: dict[tuple[Any, ...], Standard | None] = {}
        for at, case in enumerate(self.cases):
            key = tuple(case.standard.overrides.items())
            if key not in others:
                others[key] = _with(standard, case.standard.overrides)
            if _differs(case, others[key]):
                self.cases.insert(0, self.cases.pop(at))  # mistakes at one place are noticed by the same cases
                return True
        return False


def _with(standard: Standard, overrides: Mapping[str, Any]) -> Standard | None:
    """The mutant with the parameters of a case; ``None`` if it refuses them, which every reader of the case notices."""
    try:
        return standard.with_parameters(**overrides) if overrides else standard
    except (RuleFileError, UnknownNameError):
        return None


def _differs(case: Case, standard: Standard | None) -> bool:
    if standard is None:
        return True
    expected = case.expected
    named = (
        (expected.criteria, standard.criteria),
        (expected.data_say, standard.criteria),
        (expected.values, standard.values),
        (expected.notes or (), standard.notes),
    )
    if any(name not in {row.id for row in rows} for names, rows in named for name in names):
        return True  # the reader of cases refuses what a standard does not have
    return next(case.differences(evaluate(standard, case.dossier)), None) is not None


class _Listed:
    """The mutants that a plugin says no dossier can tell, and whether each of them is there and not noticed."""

    def __init__(self, source: RuleSource) -> None:
        self.name = f"{source.folder or 'platformrules_' + source.plugin}/{LIST}"
        self.rows: tuple[EquivalentRow, ...] = ()
        self.used: set[tuple[str, str, str]] = set()
        self.wrong: list[Diagnostic] = []
        self.looked_at: set[str] = set()
        self.known: dict[tuple[str, str], list[str]] = {}
        path = source.root.joinpath(LIST)
        if path.is_file():
            file = SourceFile.read(path, self.name)
            data = read_toml(file.text, file.name)
            if data.get("format") != FORMAT:
                message = f"`format` must be {FORMAT} (got {data.get('format')!r})"
                raise RuleFileError([Diagnostic("PR403", message, self.name, "$.format")])
            self.rows = structure(data, EquivalentFile, self.name).equivalent

    def reason(self, tried: Tried) -> str:
        """Why no dossier can tell a mutant; empty if the plugin does not say so."""
        mutant = tried.mutant
        self.known.setdefault((mutant.standard, mutant.at), []).append(mutant.change)
        for index, row in enumerate(self.rows):
            if (row.standard, row.at) == (mutant.standard, mutant.at) and mutant.change in row.changes:
                self.used.add((mutant.standard, mutant.at, mutant.change))
                if tried.noticed:
                    message = f"a worked case tells {mutant.change} from the rule"
                    hint = "take it off the list"
                    self.wrong.append(Diagnostic("PR406", message, self.name, f"$.equivalent[{index}]", help=hint))
                return row.reason
        return ""

    def stale(self) -> Iterator[Diagnostic]:
        """What is wrong with the list."""
        yield from self.wrong
        for index, row in enumerate(self.rows):
            if row.standard not in self.looked_at:
                continue
            for change in row.changes:
                if (row.standard, row.at, change) not in self.used:
                    message = f"there is no mutant {change} at `{row.at}`"
                    hint = did_you_mean(change, self.known.get((row.standard, row.at), ()))
                    yield Diagnostic("PR405", message, self.name, f"$.equivalent[{index}]", help=hint)

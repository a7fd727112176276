# SPDX-License-Identifier: MIT
"""What should be true of rules whatever the dossier, searched for counterexamples at the limits of all numbers.

    assert implies(rulebook["hubei/demonstration"], (rulebook["hubei/construction"], "league-leads"))

A search that finds nothing is no proof. What it finds is made as small as it can be and printed as a worked case.
Everything is deterministic: the same rules give the same counterexample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from attrs import frozen
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample, Unsatisfiable
from hypothesis.strategies import SearchStrategy

from platformrules.dossiers import Dossier
from platformrules.evaluation import evaluate
from platformrules.results import Outcome, Report
from platformrules.schema import Schema
from platformrules.standards.model import Standard
from platformrules.testing.casewriter import case_toml, expected
from platformrules.testing.construction import FAILED, MET, Aims, Plan, construct
from platformrules.testing.more import More, refuse_other
from platformrules.testing.purposes import drawn, near_aims, near_thresholds, passing, satisfied
from platformrules.testing.smallest import smallest, without
from platformrules.testing.steering import Pick

#: How many dossiers are looked at, if nothing else is said.
EXAMPLES = 200
#: A standard, or one of its criteria.
Claim: TypeAlias = Standard | tuple[Standard, str]

_SATISFIED = {Outcome.PASSED, Outcome.INAPPLICABLE, Outcome.WAIVED}
_IRRELEVANT = "does not matter / 无关紧要"


@frozen
class Checked:
    """What a search came to; true in a condition if nothing speaks against the claim.

    Attributes:
        claim: what was claimed.
        holds: no counterexample was found, or what was to be found was.
        toml: the counterexample as ``[[cases]]``; or the witness, where one was to be found.
        why: what it shows.
    """

    claim: str
    holds: bool
    toml: str = ""
    why: str = ""

    def __bool__(self) -> bool:
        """Whether it holds."""
        return self.holds

    def __str__(self) -> str:
        """The claim and what came of it: what a failed ``assert`` prints."""
        said = f"{self.claim}: {'holds' if self.holds else 'does not hold'}"
        return "\n".join(part for part in (said + (f"; {self.why}" if self.why else ""), self.toml) if part)

    __repr__ = __str__

    def check(self) -> None:
        """Do nothing if it holds.

        Raises:
            AssertionError: it does not; the message ends with the counterexample.
        """
        if not self.holds:
            raise AssertionError(str(self))


def implies(first: Claim, second: Claim, *, examples: int = EXAMPLES) -> Checked:
    """Whether whoever meets one standard or criterion meets another."""
    claim = f"{_name(first)} implies {_name(second)}"
    plan = Plan.of([_standard(first), _standard(second)])

    def refutes(dossier: Dossier) -> bool:
        return _met(first, dossier) is True and _met(second, dossier) is False

    found = _find(_against(plan, _criteria(first, 0), _criteria(second, 1)), refutes, examples)
    if found is None:
        return Checked(claim, holds=True)
    small = smallest(found, plan.schema, refutes)
    idle = _idle(small, plan.schema, lambda one: _met(second, one) is False)
    why = f"it meets {_name(first)} and not {_name(second)}"
    cases = [_case("meets-the-first", first, small, why, idle), _case("fails-the-second", second, small, "", idle)]
    return Checked(claim, holds=False, toml="\n".join(cases), why=why)


def disjoint(first: Claim, second: Claim, *, examples: int = EXAMPLES) -> Checked:
    """Whether nobody meets both of two standards or criteria."""
    claim = f"{_name(first)} and {_name(second)} are disjoint"
    plan = Plan.of([_standard(first), _standard(second)])

    def refutes(dossier: Dossier) -> bool:
        return _met(first, dossier) is True and _met(second, dossier) is True

    both = [*_criteria(first, 0), *_criteria(second, 1)]
    found = _find(_meeting(plan, both), refutes, examples)
    if found is None:
        return Checked(claim, holds=True)
    small = smallest(found, plan.schema, refutes)
    why = "it meets both"
    cases = [_case("meets-the-first", first, small, why), _case("meets-the-second", second, small, "")]
    return Checked(claim, holds=False, toml="\n".join(cases), why=why)


def satisfiable(standard: Standard, *, examples: int = EXAMPLES) -> Checked:
    """Whether somebody can meet a standard; ``toml`` is one who does."""
    claim = f"{standard.reference} can be met"
    found = _find(passing(standard), lambda _: True, examples, shrink=False)
    if found is None:
        return Checked(claim, holds=False, why=f"none of {examples} dossiers meets all criteria")
    small = smallest(found, standard.schema, lambda one: satisfied(evaluate(standard, one)))
    return Checked(claim, holds=True, toml=_case("meets-it", standard, small, ""))


def no_redundant_criterion(standard: Standard, *, examples: int = 40) -> Checked:
    """Whether each criterion can be the only one that fails: else the others say it already."""
    claim = f"no criterion of {standard.reference} is redundant"
    plan, ids = Plan.of([standard]), [one.id for one in standard.criteria]
    redundant = []
    for name in ids:

        def alone(dossier: Dossier, name: str = name) -> bool:
            report = evaluate(standard, dossier)
            return [one.criterion for one in report if one.outcome not in _SATISFIED] == [name]

        others = [(0, one) for one in ids if one != name]
        if _find(_against(plan, others, [(0, name)]), alone, examples, shrink=False) is None:
            redundant.append(name)
    why = f"never the only one that fails: {', '.join(redundant)}" if redundant else ""
    return Checked(claim, holds=not redundant, why=why)


def monotone(standard: Standard, fact: str, *, examples: int = EXAMPLES) -> Checked:
    """Whether more of a fact never worsens anything: no criterion that passed fails, no verdict is lost.

    Args:
        standard: the rules.
        fact: ``center.floor_area_m2`` (a larger number, a truth for an untruth, an item more, a later day),
            ``activities.attendance`` (of all rows), or ``activities`` (a row more).
        examples: how many dossiers are looked at.

    Raises:
        ValueError: there is no such fact or relation, or there is no more and less of it.
    """
    claim = f"more `{fact}` never worsens {standard.reference}"
    more = More.of(fact, standard.schema)
    refuse_other(more, standard, fact)
    pairs = st.tuples(near_thresholds(standard), st.integers(0, 9))

    def worsens(pair: tuple[Dossier, int]) -> bool:
        other = more.of_dossier(*pair)
        return other is not None and bool(_worse(evaluate(standard, pair[0]), evaluate(standard, other)))

    found = _find(pairs, worsens, examples)
    if found is None:
        return Checked(claim, holds=True)
    size = found[1]
    small = smallest(found[0], standard.schema, lambda one: worsens((one, size)))
    after = more.of_dossier(small, size)
    assert after is not None  # noqa: S101 - INVARIANT: it worsens
    worse = _worse(evaluate(standard, small), evaluate(standard, after))
    why = f"with more, {'; '.join(worse)}"
    before, then = (evaluate(standard, one) for one in (small, after))
    changed = [one.criterion for one, other in zip(before, then, strict=True) if one.outcome is not other.outcome]
    cases = [
        case_toml(name, standard, one, _told(evaluate(standard, one), changed), why=said)
        for name, one, said in (("with-less", small, ""), ("with-more", after, why))
    ]
    return Checked(claim, holds=False, toml="\n".join(cases), why=why)


def versions_differ_only_in(
    old: Standard, new: Standard, criteria: Iterable[str], *, examples: int = EXAMPLES
) -> Checked:
    """Whether two versions say the same of every criterion but these, and of the verdict where these agree."""
    allowed = set(criteria)
    claim = f"{old.reference} and {new.reference} differ only in {', '.join(sorted(allowed)) or 'nothing'}"
    before, after = ({one.id for one in standard.criteria} for standard in (old, new))
    if strays := sorted((before ^ after) - allowed):
        return Checked(claim, holds=False, why=f"only one of them has {', '.join(strays)}")
    plan = Plan.of([old, new])

    def difference(dossier: Dossier) -> list[str]:
        first, second = evaluate(old, dossier), evaluate(new, dossier)
        said = {one.criterion: one.outcome for one in second}
        moved = [one.criterion for one in first if said.get(one.criterion) is not one.outcome]
        strays = [name for name in moved if name not in allowed]
        moved += sorted(after - before)
        return strays if strays or moved or first.verdict.id == second.verdict.id else ["verdict"]

    found = _find(_either(plan), lambda one: bool(difference(one)), examples)
    if found is None:
        return Checked(claim, holds=True)
    strays = difference(found)
    small = smallest(found, plan.schema, lambda one: difference(one) == strays)
    why = f"they differ in {', '.join(strays)}"
    names = [one for one in strays if one != "verdict"]
    cases = [
        case_toml(name, one, small, _told(evaluate(one, small), names), why=said)
        for name, one, said in (("by-the-old", old, why), ("by-the-new", new, ""))
    ]
    return Checked(claim, holds=False, toml="\n".join(cases), why=why)


# Searching


def _find(strategy: SearchStrategy[Any], holds: Callable[[Any], bool], examples: int, *, shrink: bool = True) -> Any:  # noqa: ANN401 - what the strategy draws
    """The smallest that is found; ``None`` if nothing is."""
    options = settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate, *([Phase.shrink] if shrink else [])],
        suppress_health_check=list(HealthCheck),
    )
    try:
        return find(strategy, holds, settings=options)
    except (NoSuchExample, Unsatisfiable):
        return None


def _meeting(plan: Plan, criteria: list[tuple[int, str]]) -> SearchStrategy[Dossier]:
    return drawn(lambda pick: construct(plan, pick, [(at, name, MET) for at, name in criteria]).dossier())


def _against(plan: Plan, met: list[tuple[int, str]], failed: list[tuple[int, str]]) -> SearchStrategy[Dossier]:
    """One criterion fails, others are met: which comes first is drawn, as they may not go together."""

    def made(pick: Pick) -> Dossier:
        at, name = failed[pick(len(failed))]
        aims: list[tuple[int, str, str]] = [(place, one, MET) for place, one in met]
        wanted: Aims = [*aims, (at, name, FAILED)] if pick(4) else [(at, name, FAILED), *aims]
        return construct(plan, pick, wanted).dossier()

    return drawn(made)


def _either(plan: Plan) -> SearchStrategy[Dossier]:
    """At the limits of one or the other version."""

    def made(pick: Pick) -> Dossier:
        at = pick(len(plan.standards))
        return construct(plan, pick, near_aims([(at, one.id) for one in plan.standards[at].criteria], pick)).dossier()

    return drawn(made)


def _standard(claim: Claim) -> Standard:
    return claim[0] if isinstance(claim, tuple) else claim


def _name(claim: Claim) -> str:
    return f"{claim[0].reference}#{claim[1]}" if isinstance(claim, tuple) else claim.reference


def _criteria(claim: Claim, at: int) -> list[tuple[int, str]]:
    if isinstance(claim, tuple):
        return [(at, claim[0][claim[1]].id)]
    return [(at, one.id) for one in claim.criteria]


def _met(claim: Claim, dossier: Dossier) -> bool | None:
    """Whether a claim is met; ``None`` if it is open."""
    report = evaluate(_standard(claim), dossier)
    if not isinstance(claim, tuple):
        return report.verdict.conforms
    outcome = report[claim[1]].outcome
    return outcome in _SATISFIED if outcome in {*_SATISFIED, Outcome.FAILED} else None


# Telling


def _case(name: str, claim: Claim, dossier: Dossier, why: str, idle: frozenset[str] = frozenset()) -> str:
    standard = _standard(claim)
    report = evaluate(standard, dossier)
    names = (
        [claim[1]] if isinstance(claim, tuple) else [one.criterion for one in report if one.outcome is Outcome.FAILED]
    )
    told = (
        _told(report, names) if isinstance(claim, tuple) else {**expected(report, criteria=names), **_verdict(report)}
    )
    return case_toml(name, standard, dossier, told, remark=lambda one: _IRRELEVANT if one in idle else "", why=why)


def _told(report: Report, criteria: list[str]) -> dict[str, Any]:
    return expected(report, criteria=criteria) or _verdict(report)


def _verdict(report: Report) -> dict[str, Any]:
    verdict = report.verdict
    return {"verdict": verdict.id} if verdict.id else {"reachable": list(verdict.reachable)}


def _idle(dossier: Dossier, schema: Schema, holds: Callable[[Dossier], bool]) -> frozenset[str]:
    """The facts that do not matter to what is refuted: it is refuted without them, too."""
    found = set()
    for name, smaller in without(dossier, schema):
        less = smaller(dossier)
        if less is not None and name not in schema.relations and holds(less):
            found.add(name)
    return frozenset(found)


def _worse(before: Report, after: Report) -> list[str]:
    found = [
        f"{one.criterion} fails"
        for one, other in zip(before, after, strict=True)
        if one.outcome is Outcome.PASSED and other.outcome is Outcome.FAILED
    ]
    if before.verdict.conforms is True and after.verdict.conforms is False:
        found.append(f"the verdict is {after.verdict.id}")
    return found

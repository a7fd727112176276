# SPDX-License-Identifier: MIT
"""What an evaluation gives back: outcomes, evidence, findings, verdicts and reports; knows no rules and no engine.

A report keeps the bare result of the engine; findings and evidence are made when they are first touched.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from attrs import frozen

from platformrules import bounds
from platformrules.bounds import Bounds, Members, Possible
from platformrules.citations import Citation, Strength
from platformrules.dossiers import Judgement, Waiver
from platformrules.errors import UnknownNameError
from platformrules.languages import Bilingual
from platformrules.periods import Period


class Outcome(enum.StrEnum):
    """Of a criterion: the words of W3C EARL, and waived."""

    PASSED = "passed"
    FAILED = "failed"
    UNDETERMINED = "undetermined"
    UNTESTED = "untested"
    INAPPLICABLE = "inapplicable"
    WAIVED = "waived"

    @property
    def label(self) -> Bilingual:
        """How a report calls it."""
        return OUTCOME_LABELS[self]


OUTCOME_LABELS: Mapping[Outcome, Bilingual] = {
    Outcome.PASSED: Bilingual("达标", "passed"),
    Outcome.FAILED: Bilingual("未达标", "failed"),
    Outcome.UNDETERMINED: Bilingual("缺数据", "undetermined"),
    Outcome.UNTESTED: Bilingual("需人工认定", "untested"),
    Outcome.INAPPLICABLE: Bilingual("不适用", "inapplicable"),
    Outcome.WAIVED: Bilingual("豁免", "waived"),
}


@frozen
class Quantity:
    """What one evidence row compares: it belongs to the criterion, not to a subject.

    Attributes:
        text: the compared expression, as it is written in the rule file.
        label: the same in words.
        operator: how it must relate to what is required: ``>= > <= < == != in contains includes …``.
        unit: the unit of observed and required; empty if there is none.
        numeric: whether a gap makes sense.
        missing: what an unrecorded value may be; ``None`` where that says nothing.
        of_no_rows: of what is read of rows, whether it is as required if there are none; ``None`` elsewhere.
        personal: whether a personal fact is observed: masked in every output unless asked for.
        personal_required: whether one is read in what is required, which is masked likewise.
    """

    text: str
    label: Bilingual
    operator: str
    unit: str = ""
    numeric: bool = False
    missing: Bounds | None = None
    of_no_rows: bool | None = None
    personal: bool = False
    personal_required: bool = False


class Evidence(NamedTuple):
    """One comparison, membership or boolean fact of a criterion, with what was found and what is required.

    Attributes:
        of: which quantity is compared, how, in which unit.
        found: the value as the engine has it; ``None`` is not recorded.
        required: the value it is compared with.
        at: the month or the id of the row that decides inside ``all`` or ``any``; ``None`` elsewhere.
    """

    of: Quantity
    found: Any
    required: Any
    at: str | None

    @property
    def quantity(self) -> str:
        """The compared expression, as it is written in the rule file."""
        return self.of.text

    @property
    def label(self) -> Bilingual:
        """The compared expression in words."""
        return self.of.label

    @property
    def operator(self) -> str:
        """How the observed value must relate to the required one."""
        return self.of.operator

    @property
    def unit(self) -> str:
        """The unit of observed and required."""
        return self.of.unit

    @property
    def observed(self) -> Any:  # noqa: ANN401 - a value of any type
        """The value that was found, ``Bounds`` if only those are known, ``None`` if nothing is."""
        if self.found is None and not self.is_of_no_rows:
            return self.of.missing
        return self.found

    @property
    def is_of_no_rows(self) -> bool:
        """Whether there was no row to look at: then nothing was observed, though nothing is missing."""
        return self.of.of_no_rows is not None and self.at is None

    @property
    def met(self) -> bool | None:
        """Whether the observed value is as required; ``None`` if that is not settled."""
        return self.of.of_no_rows if self.is_of_no_rows else _met(self.found, self.required, self.of)

    @property
    def gap(self) -> Any:  # noqa: ANN401 - a number or bounds of one
        """By how much a number falls short of or exceeds what is required; ``None`` if met or unknown."""
        if not self.of.numeric or self.found is None or self.required is None or self.met is not False:
            return None
        difference = bounds.subtract(self.required, self.found)
        low, _ = bounds.ends(difference)
        return difference if low is not None and low >= 0 else bounds.negate(difference)  # type: ignore[operator]

    def to_dict(self, *, internal: bool = False) -> dict[str, Any]:
        """The row as JSON data; a personal fact is masked unless ``internal``."""
        masked = self.of.personal and not internal and self.found is not None
        required_masked = self.of.personal_required and not internal and self.required is not None
        return {
            "quantity": self.quantity,
            "label": _both(self.label),
            "observed": MASK if masked else to_json(self.observed),
            "operator": self.operator,
            "required": MASK if required_masked else to_json(self.required),
            "gap": to_json(self.gap),
            "unit": self.unit,
            "at": self.at,
        }


def to_json(value: Any) -> Any:  # noqa: ANN401 - a value of any type
    """A value as JSON data: bounds as low and high, sets sorted, decimals as text unless they are whole."""
    match value:
        case Bounds(low=low, high=high):
            return {"low": to_json(low), "high": to_json(high)}
        case Members(surely=surely, possibly=possibly):
            return {"surely": sorted(surely), "possibly": None if possibly is None else sorted(possibly)}
        case Possible(values=values):
            return {"possibly": None if values is None else sorted(values)}
        case frozenset() | set():
            return sorted(value)
        case Decimal():
            whole = bounds.exact(value)  # no method of Decimal that rounds: the caller's context must not matter
            return whole if isinstance(whole, int) else format(value, "f").rstrip("0")
        case date():
            return value.isoformat()
        case _:
            return value


#: What stands in the place of a personal fact.
MASK = "***"


def _both(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _citation(one: Citation) -> dict[str, Any]:
    return {
        "document": one.document,
        "number": one.number,
        "clause": one.clause,
        "locator": _both(one.locator),
        "says": _both(one.says),
    }


def _judgement(one: Judgement, *, internal: bool) -> dict[str, Any]:
    return {
        "value": to_json(one.value),
        "by": one.by if internal or one.by is None else MASK,
        "on": to_json(one.on),
        "reason": one.reason,
        "role": one.role,
    }


def _waiver(one: Waiver, *, internal: bool) -> dict[str, Any]:
    by = one.by if internal or one.by is None else MASK
    return {"reason": one.reason, "by": by, "until": to_json(one.until)}


def _met(found: Any, required: Any, of: Quantity) -> bool | None:  # noqa: ANN401 - values of any type
    if found is None:
        found = of.missing
    if found is None or required is None:
        return None
    return COMPARISONS[of.operator](found, required)


def _text_test(test: Callable[[str, str], bool], *, wanted: bool) -> Callable[[Any, Any], bool | None]:
    def compare(found: Any, required: Any) -> bool | None:  # noqa: ANN401 - texts in bounds
        if not isinstance(found, str) or not isinstance(required, str):
            return None
        return test(found, required) is wanted

    return compare


def _equal(found: Any, required: Any) -> bool | None:  # noqa: ANN401 - values of any type
    if isinstance(found, Bounds) or isinstance(required, Bounds):
        return bounds.equal(found, required)  # of months too, which are shown as texts
    if isinstance(found, str | Possible) or isinstance(required, str | Possible):
        return bounds.same_text(found, required)
    if isinstance(found, frozenset | Members):
        return bounds.same_set(found, required)
    return bounds.equal(found, required)


#: The operators of evidence, from the observed value to the required one.
COMPARISONS: Mapping[str, Callable[[Any, Any], bool | None]] = {
    "==": _equal,
    "!=": lambda found, required: bounds.negated(_equal(found, required)),
    "<": bounds.less,
    "<=": bounds.at_most,
    ">": lambda found, required: bounds.less(required, found),
    ">=": lambda found, required: bounds.at_most(required, found),
    "in": bounds.member,
    "not in": lambda found, required: bounds.negated(bounds.member(found, required)),
    "contains": lambda found, required: bounds.member(required, found),
    "lacks": lambda found, required: bounds.negated(bounds.member(required, found)),
    "includes": lambda found, required: bounds.contained(required, found),
    "includes not all of": lambda found, required: bounds.negated(bounds.contained(required, found)),
    "within": bounds.contained,
    "not within": lambda found, required: bounds.negated(bounds.contained(found, required)),
    "has the text": _text_test(str.__contains__, wanted=True),
    "has not the text": _text_test(str.__contains__, wanted=False),
    "starts with": _text_test(str.startswith, wanted=True),
    "does not start with": _text_test(str.startswith, wanted=False),
    "ends with": _text_test(str.endswith, wanted=True),
    "does not end with": _text_test(str.endswith, wanted=False),
    "counts": lambda _found, _required: None,  # what points are made of: nothing is required of it
}


@frozen
class Missing:
    """A fact that is not recorded and that a criterion reads.

    Attributes:
        fact: its name, ``model.fact``; of an unrecorded relation, the relation.
        label: how a heading calls it.
        rows: the ids of the rows that lack it; empty for the subject's own fact or a whole relation.
    """

    fact: str
    label: Bilingual
    rows: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON data."""
        return {"fact": self.fact, "label": _both(self.label), "rows": list(self.rows)}


@frozen
class CriterionInfo:
    """What a report says of a criterion whatever the subject."""

    id: str
    title: Bilingual
    strength: Strength
    block: str | None
    citations: tuple[Citation, ...]
    sentence: Bilingual
    remedy: Bilingual | None = None
    note: Bilingual | None = None


class Source(NamedTuple):
    """What a report and its findings are made from: no circle, so that they go as soon as nobody holds them."""

    maker: ReportMaker
    dossier: Any
    state: Any


class Finding(NamedTuple):
    """The outcome of one criterion with its evidence."""

    info: CriterionInfo
    outcome: Outcome
    evidence: tuple[Evidence, ...]
    source: Source
    position: int

    @property
    def criterion(self) -> str:
        """The id of the criterion."""
        return self.info.id

    @property
    def title(self) -> Bilingual:
        """The title of the criterion."""
        return self.info.title

    @property
    def strength(self) -> Strength:
        """How strongly the clause demands it."""
        return self.info.strength

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The clauses that it rests on."""
        return self.info.citations

    @property
    def judgement(self) -> Judgement | None:
        """What a person found, of a criterion that only a person can judge."""
        return self.source.maker.make_judgement(self.source, self.position)

    @property
    def other_judgements(self) -> tuple[Judgement, ...]:
        """What other assessors found, whose judgements stand beside the one that counts."""
        return self.source.maker.make_other_judgements(self.source, self.position)

    @property
    def waiver(self) -> Waiver | None:
        """The waiver that counts, if there is one."""
        return self.source.maker.make_waiver(self.source, self.position)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What is not recorded and would settle it; empty unless the outcome is undetermined."""
        undetermined = self.outcome is Outcome.UNDETERMINED
        return self.source.maker.make_missing(self.source, self.position) if undetermined else ()

    @property
    def follows(self) -> Bilingual | None:
        """What the document attaches to the grade that counts; ``None`` if nothing, or while it is open."""
        return self.source.maker.make_follows(self.source, self.position)

    @property
    def differs(self) -> bool:
        """Whether a person judged otherwise than the data say."""
        judgement, said = self.judgement, self.data_say
        return judgement is not None and said is not None and judgement.value != said

    @property
    def grade(self) -> Any:  # noqa: ANN401 - a text in bounds
        """The grade that counts: the id of a row, ``Possible`` ones while it is open, ``None`` where there is none."""
        return self.source.maker.make_grade(self.source, self.position)

    @property
    def points(self) -> Any:  # noqa: ANN401 - a number in bounds
        """The points that count; ``None`` of a criterion without points."""
        return self.source.maker.make_points(self.source, self.position)

    @property
    def maximum(self) -> Any:  # noqa: ANN401 - a number in bounds
        """The most points that count; ``None`` without points, or where there is no limit."""
        return self.source.maker.make_maximum(self.source, self.position)

    @property
    def data_say(self) -> str | None:
        """Of a judged criterion, the row that the data speak for; ``None`` if they settle none."""
        return self.source.maker.make_data_say(self.source, self.position)

    def to_dict(self, *, internal: bool = False) -> dict[str, Any]:
        """The finding as JSON data; personal facts are masked unless ``internal``."""
        judgement, waiver, follows = self.judgement, self.waiver, self.follows
        return {
            "criterion": self.info.id,
            "title": _both(self.info.title),
            "strength": self.info.strength.value,
            "block": self.info.block,
            "outcome": self.outcome.value,
            "evidence": [one.to_dict(internal=internal) for one in self.evidence],
            "missing": [one.to_dict() for one in self.missing],
            "citations": [_citation(one) for one in self.info.citations],
            "judgement": None if judgement is None else _judgement(judgement, internal=internal),
            "other_judgements": [_judgement(one, internal=internal) for one in self.other_judgements],
            "grade": to_json(self.grade),
            "points": to_json(self.points),
            "max": to_json(self.maximum),
            "follows": None if follows is None else _both(follows),
            "data_say": self.data_say,
            "waiver": None if waiver is None else _waiver(waiver, internal=internal),
        }


@frozen
class Verdict:
    """What follows from all findings.

    Attributes:
        id: the row that holds; ``None`` while several are reachable.
        reachable: every row that may hold, in the order of the standard.
        conforms: ``True`` or ``False``; ``None`` if the row informs only, or while rows that differ are reachable.
        title: how a report calls it; empty while several are reachable.
        follows: what the document attaches to it; ``None`` if nothing, or while several are reachable.
    """

    id: str | None
    reachable: tuple[str, ...]
    conforms: bool | None
    title: Bilingual | None
    follows: Bilingual | None = None


def _verdict(one: Verdict) -> dict[str, Any]:
    return {
        "id": one.id,
        "reachable": list(one.reachable),
        "conforms": one.conforms,
        "title": None if one.title is None else _both(one.title),
        "follows": None if one.follows is None else _both(one.follows),
    }


@frozen
class Note:
    """A note of the standard that holds for this subject."""

    id: str
    text: Bilingual
    citations: tuple[Citation, ...]


@frozen
class NamedResult:
    """A named value of the standard as it is for this subject.

    Attributes:
        id: its name in expressions.
        title: how a report calls it; ``None`` where the standard gives it none.
        value: a settled value, one in bounds, or ``None``: a truth that is unknown.
        unit: the unit of a number.
        citations: the clauses that it rests on.
        personal: whether it is a text of a person, or a set of them: masked in every output unless asked for.
    """

    id: str
    title: Bilingual | None
    value: Any
    unit: str
    citations: tuple[Citation, ...]
    personal: bool = False

    def to_dict(self, *, internal: bool = False) -> dict[str, Any]:
        """The value as JSON data; one of a person is masked unless ``internal``."""
        return {
            "id": self.id,
            "title": None if self.title is None else _both(self.title),
            "value": MASK if self.personal and not internal else to_json(self.value),
            "unit": self.unit,
            "citations": [_citation(one) for one in self.citations],
        }


@frozen
class BlockResult:
    """A group of criteria.

    Attributes:
        satisfied: whether all in it and in the blocks below is satisfied; ``None`` while that is open.
        points, maximum: what counts of them, in bounds; ``None`` of a standard without points.
    """

    id: str
    title: Bilingual
    parent: str | None
    satisfied: bool | None
    points: Any = None
    maximum: Any = None

    def to_dict(self) -> dict[str, Any]:
        """The block as JSON data."""
        return {
            "id": self.id,
            "title": _both(self.title),
            "parent": self.parent,
            "satisfied": self.satisfied,
            "points": to_json(self.points),
            "max": to_json(self.maximum),
        }


@frozen
class RoundResult:
    """What a row of the round came to for one candidate.

    Attributes:
        id, title, citations: the row.
        group: the facts that its group shares.
        candidates: how many are candidates, surely or possibly.
        places: how many places there are, in bounds.
        inside: whether it has one; ``None`` while that is open.
        level: how many others have the very same rank.
    """

    id: str
    title: Bilingual
    citations: tuple[Citation, ...]
    group: tuple[Any, ...]
    candidates: int
    places: Any
    inside: bool | None
    level: int

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON data."""
        return {
            "id": self.id,
            "title": _both(self.title),
            "group": [to_json(one) for one in self.group],
            "candidates": self.candidates,
            "places": to_json(self.places),
            "inside": self.inside,
            "level": self.level,
            "citations": [_citation(one) for one in self.citations],
        }


class ReportMaker(Protocol):
    """What a report asks of the compiled standard when it is first touched."""

    @property
    def reference(self) -> str:
        """The standard with its version."""

    def make_findings(self, source: Source) -> tuple[Finding, ...]:
        """All findings, in the order of the standard."""

    def make_verdict(self, source: Source) -> Verdict:
        """What follows from all findings."""

    def make_own_verdict(self, source: Source) -> Verdict:
        """The verdict before the round."""

    def make_round(self, source: Source) -> tuple[RoundResult, ...]:
        """What the rows of the round came to."""

    def make_judgement(self, source: Source, index: int) -> Judgement | None:
        """What a person found on one criterion."""

    def make_other_judgements(self, source: Source, index: int) -> tuple[Judgement, ...]:
        """What other assessors found on one criterion."""

    def make_waiver(self, source: Source, index: int) -> Waiver | None:
        """The waiver of one criterion that counts."""

    def make_follows(self, source: Source, index: int) -> Bilingual | None:
        """What the document attaches to the grade that counts."""

    def make_data_say(self, source: Source, index: int) -> str | None:
        """The row of a judged criterion that the data speak for."""

    def make_grade(self, source: Source, index: int) -> Any:  # noqa: ANN401 - a text in bounds
        """The grade of one criterion."""

    def make_points(self, source: Source, index: int) -> Any:  # noqa: ANN401 - a number in bounds
        """The points of one criterion."""

    def make_maximum(self, source: Source, index: int) -> Any:  # noqa: ANN401 - a number in bounds
        """The most points of one criterion."""

    def make_score(self, source: Source) -> Any:  # noqa: ANN401 - a number in bounds
        """The score."""

    def make_missing(self, source: Source, index: int) -> tuple[Missing, ...]:
        """What is not recorded of what one criterion reads."""

    def make_notes(self, source: Source) -> tuple[Note, ...]:
        """The notes that hold."""

    def make_values(self, source: Source) -> tuple[NamedResult, ...]:
        """The named values."""

    def make_blocks(self, source: Source) -> tuple[BlockResult, ...]:
        """The groups of criteria."""

    def make_provenance(self, source: Source) -> Mapping[str, Any]:
        """Versions, hashes, period and parameters."""


@frozen(eq=False, repr=False)
class Report:
    """All findings on one subject and the verdict; read only.

    ``report["floor-area"]`` is a finding; ``report.verdict`` what follows from all.
    """

    source: Source

    @property
    def dossier(self) -> Any:  # noqa: ANN401 - a Dossier, which lies beside this module
        """What was judged."""
        return self.source.dossier

    @property
    def standard(self) -> str:
        """The standard with its version: ``hubei/demonstration@2015``."""
        return self.source.maker.reference

    @property
    def subject(self) -> str:
        """The id of the subject."""
        return self.dossier.subject.id  # type: ignore[no-any-return]

    @property
    def name(self) -> str | None:
        """The name of the subject; ``None`` if it is not recorded."""
        return self.dossier.subject.name  # type: ignore[no-any-return]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in the order of the standard."""
        return self.source.maker.make_findings(self.source)

    @property
    def verdict(self) -> Verdict:
        """What follows from all findings."""
        return self.source.maker.make_verdict(self.source)

    @property
    def own_verdict(self) -> Verdict:
        """The verdict before the round; the same where there was none."""
        return self.source.maker.make_own_verdict(self.source)

    @property
    def round(self) -> tuple[RoundResult, ...]:
        """What the rows of the round came to for this subject; empty of what is evaluated alone."""
        return self.source.maker.make_round(self.source)

    @property
    def score(self) -> Any:  # noqa: ANN401 - a number in bounds
        """The score; ``None`` of a standard without points."""
        return self.source.maker.make_score(self.source)

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes of the standard that hold for this subject."""
        return self.source.maker.make_notes(self.source)

    @property
    def values(self) -> tuple[NamedResult, ...]:
        """The named values of the standard, in its order."""
        return self.source.maker.make_values(self.source)

    @property
    def blocks(self) -> tuple[BlockResult, ...]:
        """The groups of criteria, in the order of the standard, each with whether all of it is satisfied."""
        return self.source.maker.make_blocks(self.source)

    @property
    def provenance(self) -> Mapping[str, Any]:
        """Versions and hashes of rules, the version chosen, period and parameters."""
        return self.source.maker.make_provenance(self.source)

    @property
    def period(self) -> Period | None:
        """The period that was judged."""
        return self.dossier.period  # type: ignore[no-any-return]

    @property
    def as_of(self) -> date | None:
        """The day on which it was judged."""
        return self.dossier.day  # type: ignore[no-any-return]

    def to_dict(self, *, internal: bool = False) -> dict[str, Any]:
        """The report as JSON data, after the published schema; personal facts are masked unless ``internal``."""
        return {
            "subject": self.subject,
            "name": self.name,
            "standard": self.standard,
            "period": None if self.period is None else str(self.period),
            "as_of": to_json(self.as_of),
            "verdict": _verdict(self.verdict),
            "own_verdict": _verdict(self.own_verdict) if self.round else None,
            "round": [one.to_dict() for one in self.round],
            "score": to_json(self.score),
            "values": [one.to_dict(internal=internal) for one in self.values],
            "blocks": [one.to_dict() for one in self.blocks],
            "findings": [one.to_dict(internal=internal) for one in self.findings],
            "notes": [
                {"id": one.id, "text": _both(one.text), "citations": [_citation(cited) for cited in one.citations]}
                for one in self.notes
            ],
            "provenance": dict(self.provenance),
        }

    def __getitem__(self, criterion: str) -> Finding:
        """The finding on a criterion.

        Raises:
            UnknownNameError: the standard has no such criterion.
        """
        for finding in self.findings:
            if finding.info.id == criterion:
                return finding
        known = ", ".join(finding.info.id for finding in self.findings)
        message = f"{self.standard} has no criterion `{criterion}`; it has {known}"
        raise UnknownNameError(message)

    def __iter__(self) -> Iterator[Finding]:
        """Go through the findings."""
        return iter(self.findings)

    def __repr__(self) -> str:
        """Subject, standard and verdict."""
        return f"<Report {self.subject}: {self.standard} -> {self.verdict.id or '/'.join(self.verdict.reachable)}>"

    def counts(self) -> Mapping[Outcome, int]:
        """How many findings have each outcome, in the order of ``Outcome``."""
        outcomes: Sequence[Outcome] = [finding.outcome for finding in self.findings]
        return {outcome: outcomes.count(outcome) for outcome in Outcome}

# SPDX-License-Identifier: MIT
"""A publication as a page shows it: every text in one language, made one subject at a time. Knows no markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from platformrules.backends.prose import NOUNS, number_text
from platformrules.citations import Citation, Strength
from platformrules.criteria.typed import Apply, Branch, Gather
from platformrules.criteria.walk import walk
from platformrules.languages import Bilingual, Language
from platformrules.reporting import findings as said
from platformrules.reporting.charts import BarView, alternative, percent, stacked_bar
from platformrules.reporting.parameters import parameter_text, table_head, table_rows
from platformrules.reporting.points import (
    cap_text,
    gives_points,
    is_scored,
    parts_of,
    points_of,
    points_text,
)
from platformrules.reporting.publication import Publication
from platformrules.reporting.shapes import (
    BlockView,
    ClauseView,
    CriterionView,
    EvidenceView,
    FindingView,
    ParameterView,
    PartView,
    SectionView,
    SubjectView,
    ValueView,
)
from platformrules.reporting.tables import provenance_rows
from platformrules.reporting.tally import Met, Tally, blocks_met, by_block, missing_of, tally
from platformrules.reporting.validity import in_force_text, validity_warning
from platformrules.reporting.values import Parts, evidence_parts
from platformrules.reporting.wording import STRENGTHS, WORDS, listed, one_line, shortened, words
from platformrules.results import BlockResult, Evidence, Finding, Outcome, Report
from platformrules.standards.model import Block, Criterion, Parameter

#: More problems of a ledger than anyone reads on a page; a workbook holds all.
MOST_PROBLEMS = 300
#: As many rows as the rankings of the overview have.
MOST_RANKED = 6
#: Characters of an id and of a name that a page shows.
_LONGEST_ID, _LONGEST_NAME = 40, 100
#: Up to so many subjects each finding repeats what its clause says; beyond it only those that are not met do.
MOST_IN_FULL = 200
#: A criterion that rests on more clauses than this says them in the annex of the page alone.
MOST_CLAUSES = 8
_PLAIN_DUTY = (Strength.MUST, Strength.SHOULD)
_UNMET = (Outcome.FAILED, Outcome.UNDETERMINED, Outcome.UNTESTED)


class Views:
    """Makes the views of a publication; what all subjects share is made once."""

    def __init__(self, publication: Publication) -> None:
        """Count once, and say once what does not depend on the subject."""
        self.publication = publication
        self.language = publication.language
        self.standard = publication.standard
        self.tally: Tally = tally(publication)
        self.shown: tuple[Outcome, ...] = tuple(
            one for one in Outcome if self.tally.outcomes[one] or one in {*_UNMET, Outcome.PASSED}
        )
        self.alternatives = {one.id for one in self.standard.criteria if _has_alternatives(one)}
        self._blocks_by_id = {one.id: one for one in self.standard.blocks}
        first = publication.reports[0].findings if publication.reports else ()
        self.criteria: Mapping[str, CriterionView] = {one.criterion: self._criterion(one) for one in first}

    @property
    def has_blocks(self) -> bool:
        """Whether the overview counts blocks."""
        return bool(self.standard.blocks)

    @property
    def has_score(self) -> bool:
        """Whether the overview has a column for the score."""
        return is_scored(self.standard)

    # The page

    def head(self) -> dict[str, Any]:
        """Title, key figures, warnings."""
        given, language = self.publication.provenance, self.language
        word, document = words(language), self.standard.document
        number = len(self.publication.reports)
        noun = NOUNS[self.standard.subject]
        counted = (
            f"{number}{noun.measure}{noun.zh}" if language is Language.ZH else _counted(number, noun.one, noun.many)
        )
        period, day = self.publication.when()
        facts = (
            ("document", document.number),
            ("subjects", counted),
            ("period", period),
            ("as_of", day),
            ("in_force", in_force_text(self.publication)),
        )
        return {
            "title": self.standard.title[language],
            "reference": given["standard"],
            "facts": [(word[name], text) for name, text in facts if text],
            "warnings": self._warnings(),
            "version": given["platformrules"],
        }

    def _warnings(self) -> list[str]:
        given, word = self.publication.provenance, words(self.language)
        warnings = []
        if self.publication.internal:
            warnings.append(word["internal"])
        if given["note"]:
            warnings.append(one_line(given["note"]))
        parameters = [self.standard.parameters[name] for name in given["parameters"]]
        for name, is_given in (("changed", False), ("given", True)):
            chosen = [self._parameter(one) for one in parameters if (one.given is not None) is is_given]
            if chosen:
                warnings.append(word[name] + listed(chosen, self.language))
        if warning := validity_warning(self.publication):
            warnings.append(warning)
        return warnings

    def _parameter(self, one: Parameter) -> str:
        return f"{one.id} = {parameter_text(one, self.language)}"

    def verdicts(self) -> list[tuple[str, str, int, str]]:
        """Tone, title, number and share of each verdict."""
        total = len(self.publication.reports)
        return [
            (said.tone(one), said.verdict_text(one, self.standard, self.language), number, percent(number, total))
            for one, number in self.tally.verdicts
        ]

    def bars(self) -> list[BarView]:
        """The chart: all criteria, then block by block."""
        bars = [stacked_bar(words(self.language)["total"], self.tally.outcomes)]
        if len(self.tally.blocks) > 1:
            bars += [stacked_bar(self._title(one.title), one.counts) for one in self.tally.blocks]
        return bars

    def outcomes(self) -> list[tuple[str, str, int, str]]:
        """The same in numbers: outcome, label, number and share."""
        counts = self.tally.outcomes
        total = sum(counts.values())
        return [(one, one.label[self.language], counts[one], percent(counts[one], total)) for one in self.shown]

    def most_failed(self) -> list[tuple[CriterionView, BarView, int, int]]:
        """The criteria that fail most often."""
        return [
            (
                self.criteria[one.criterion.id],
                stacked_bar(one.criterion.title[self.language], one.counts),
                one.counts[Outcome.FAILED],
                one.counts[Outcome.UNDETERMINED],
            )
            for one in self.tally.criteria[:MOST_RANKED]
            if one.counts[Outcome.FAILED]
        ]

    def most_missing(self) -> list[tuple[str, int, str]]:
        """The facts that are missing most often, with their share of subjects."""
        total = len(self.publication.reports)
        return [
            (label[self.language], number, percent(number, total)) for label, number in self.tally.missing[:MOST_RANKED]
        ]

    def problems(self) -> list[tuple[str, str, str, str, str]]:
        """Code, place, value, message and what is expected, of as many problems as a page lists."""
        rows = []
        for one in self.publication.problems[:MOST_PROBLEMS]:
            place = "!".join(part for part in (one_line(one.sheet), one_line(one.cell)) if part)
            expected = "" if one.expected is None else one_line(one.expected[self.language])
            rows.append((one.code, place, one_line(one.value), one_line(one.message[self.language]), expected))
        return rows

    def parameters(self) -> list[ParameterView]:
        """The parameters, in the order of the standard."""
        rows = []
        for one in self.standard.parameters.values():
            name = one.id if one.title is None else one.title[self.language]
            value = parameter_text(one, self.language)
            read = " ".join(text[self.language] for text in (one.reading, one.note) if text is not None)
            clauses = tuple(self._clause(cited) for cited in one.cites)
            table = () if one.table is None else tuple(table_rows(one.table, self.language))
            head = "" if one.table is None else table_head(one.table, self.language)
            rows.append(ParameterView(name, value, head, table, clauses, read, self._state(one)))
        return rows

    def _state(self, one: Parameter) -> str:
        """The word beside the value of a parameter that is not as printed."""
        if one.given is not None:
            return "" if one.value is not None else words(self.language)["not_given"]
        return words(self.language)["overridden"] if one.overridden else ""

    def provenance(self) -> Iterator[tuple[str, str]]:
        """Names and texts."""
        return provenance_rows(self.publication)

    def columns(self) -> list[tuple[str, str]]:
        """The outcomes that the summary has a column for, with their labels."""
        return [(one.value, one.label[self.language]) for one in self.shown]

    # One subject

    def subjects(self) -> Iterator[SubjectView]:
        """The rows of the summary."""
        for index, report in enumerate(self.publication.reports, 1):
            yield self._subject(index, report)

    def sections(self) -> Iterator[SectionView]:
        """Everything on each subject."""
        for index, report in enumerate(self.publication.reports, 1):
            yield SectionView(
                subject=self._subject(index, report),
                bar=stacked_bar("", report.counts()),
                follows=self._follows(report),
                met=self._met(report, said.met_text),
                top=self._top(report),
                parts=self._parts_of_score(report),
                values=self._values(report),
                to_do=self._to_do(report),
                blocks=self._blocks(report),
                notes=tuple(
                    (
                        note.text[self.language],
                        self._cited(note.citations),
                    )
                    for note in report.notes
                ),
            )

    def _subject(self, index: int, report: Report) -> SubjectView:
        counts = report.counts()
        return SubjectView(
            anchor=f"s{index}",
            id=shortened(one_line(report.subject), _LONGEST_ID),
            name=shortened(said.name_text(report.name, self.language), _LONGEST_NAME),
            verdict=said.verdict_text(report.verdict, self.standard, self.language),
            tone=said.tone(report.verdict),
            counts=tuple(counts[one] for one in self.shown),
            met=self._met(report, lambda met, _: said.met_short(met)),
            score=points_text(report.score, self.language),
        )

    def _met(self, report: Report, say: Callable[[Met, Language], str]) -> str:
        """How many of the top-level blocks are satisfied; empty if the standard has none."""
        met = blocks_met(report)
        return "" if met is None else say(met, self.language)

    def _follows(self, report: Report) -> str:
        follows = report.verdict.follows
        return "" if follows is None else follows[self.language]

    def _top(self, report: Report) -> tuple[BlockView, ...]:
        """The blocks at the top, with whether they are satisfied."""
        return tuple(self._block(one, ()) for one in report.blocks if one.parent is None)

    def _blocks(self, report: Report) -> tuple[BlockView, ...]:
        """The findings in their blocks."""
        states = {one.id: one for one in report.blocks}
        views = []
        for block, group in by_block(self.publication, report.findings):
            found = tuple(map(self._finding, group))
            if block is None:
                views.append(BlockView(self._title(None), "", "", 0, found))
            else:
                views.append(self._block(states[block.id], found, self._depth(block)))
        return tuple(views)

    def _block(self, one: BlockResult, findings: tuple[FindingView, ...], depth: int = 0) -> BlockView:
        tone, state = said.state_tone(one.satisfied), said.state_text(one.satisfied, self.language)
        points = cap = ""
        if gives_points(self.standard, one.id):
            points = points_of(one.points, one.maximum, self.language)
            cap = cap_text(self._blocks_by_id[one.id], self.language)
        return BlockView(one.title[self.language], tone, state, depth, findings, points, cap)

    def _depth(self, block: Block) -> int:
        """How many blocks a block lies in."""
        depth, at = 0, block.parent
        while at is not None:
            depth, at = depth + 1, self._blocks_by_id[at].parent
        return depth

    def _parts_of_score(self, report: Report) -> tuple[PartView, ...]:
        """The parts of the score; nothing of a standard without one."""
        if not self.has_score:
            return ()
        language = self.language
        return tuple(
            PartView(
                words(language)["other_criteria"] if one.block is None else one.block.title[language],
                one.depth,
                points_of(one.points, one.maximum, language),
                cap_text(one.block, language),
            )
            for one in parts_of(self.standard, report)
        )

    def _values(self, report: Report) -> tuple[ValueView, ...]:
        """The named values that have a title."""
        return tuple(
            ValueView(
                one.title[self.language],
                said.value_of(one, self.publication),
                self._cited(one.citations),
            )
            for one in report.values
            if one.title is not None
        )

    def _to_do(self, report: Report) -> tuple[tuple[str, int, str], ...]:
        """In a line each: what fails and by how much, what has to be recorded, what a person has to judge."""
        failed = [self._failure(one) for one in report.findings if one.outcome is Outcome.FAILED]
        missing = [said.missing_label(one, self.standard, self.language) for one in missing_of(report)]
        differing = [one.title[self.language] for one in report.findings if one.differs]
        untested = [one.title[self.language] for one in report.findings if one.outcome is Outcome.UNTESTED]
        rows = (
            ("to_do_failed", failed),
            ("to_do_missing", missing),
            ("to_do_untested", untested),
            ("to_do_differing", differing),
        )
        word = words(self.language)
        return tuple((word[name], len(texts), listed(texts, self.language)) for name, texts in rows if texts)

    def _failure(self, finding: Finding) -> str:
        """A criterion that fails, with its gap if there is just one."""
        gaps = [gap for gap in (self._parts(finding, one).gap for one in finding.evidence) if gap]
        title = finding.title[self.language]
        if len(gaps) != 1:
            return title
        return f"{title}（{gaps[0]}）" if self.language is Language.ZH else f"{title} ({gaps[0]})"

    def _finding(self, finding: Finding) -> FindingView:
        language, standard = self.language, self.standard
        missing = listed((said.missing_text(one, standard, language) for one in finding.missing), language)
        lines = (
            ("remedy", said.remedy_text(finding, language)),
            ("missing", missing),
            ("awaited", said.awaited_text(finding, standard, language)),
            ("judgement", said.judgement_text(finding, self.publication)),
            ("other_judgements", said.other_judgements_text(finding, self.publication)),
            ("follows", said.follows_text(finding, language)),
            ("data_say", said.data_say_text(finding, standard, language)),
            ("waiver", said.waiver_text(finding, self.publication)),
        )
        return FindingView(
            criterion=self.criteria[finding.criterion],
            outcome=finding.outcome,
            label=finding.outcome.label[language],
            sentence=self.criteria[finding.criterion].sentence if self._needs_sentence(finding) else "",
            evidence=tuple(self._evidence(finding, one) for one in finding.evidence),
            says=len(self.publication.reports) <= MOST_IN_FULL or finding.outcome in _UNMET,
            lines=tuple((name, text) for name, text in lines if text),
            grade=said.grade_text(finding, standard, language),
            differs=finding.differs,
            points=points_of(finding.points, finding.maximum, language),
        )

    def _needs_sentence(self, finding: Finding) -> bool:
        """Whether the rows of evidence do not say by themselves what is required."""
        criterion = self.standard[finding.criterion]
        if criterion.points is not None or criterion.grades:
            return True
        if finding.evidence:
            return len(finding.evidence) > 1 and finding.criterion in self.alternatives
        return criterion.require is not None

    def _evidence(self, finding: Finding, row: Evidence) -> EvidenceView:
        state = "counted" if row.operator == "counts" else {True: "met", False: "not_met", None: "unknown"}[row.met]
        at = "" if row.at is None else one_line(row.at)
        return EvidenceView(row.label[self.language], at, self._parts(finding, row), state)

    def _parts(self, finding: Finding, row: Evidence) -> Parts:
        facts = self.publication.facts[finding.criterion]
        return evidence_parts(row, facts, self.language, internal=self.publication.internal)

    # Shared

    def _criterion(self, finding: Finding) -> CriterionView:
        info = finding.info
        return CriterionView(
            anchor=f"c-{info.id}",
            title=info.title[self.language],
            strength=STRENGTHS[info.strength][self.language],
            softer="" if info.strength in _PLAIN_DUTY else STRENGTHS[info.strength][self.language],
            sentence=info.sentence[self.language],
            clauses=tuple(self._clause(one) for one in info.citations),
            note="" if info.note is None else info.note[self.language],
            span=self._span(info.citations),
        )

    def _span(self, citations: tuple[Citation, ...]) -> str:
        if len(citations) <= MOST_CLAUSES:
            return ""
        first, last = (said.clause_text(citations[at], self.language) for at in (0, -1))
        return words(self.language)["clauses_from_to"].format(first, last, len(citations))

    def _cited(self, citations: Iterable[Citation]) -> str:
        """Where clauses stand, each place once."""
        return listed(dict.fromkeys(said.clause_text(one, self.language) for one in citations), self.language)

    def _clause(self, cited: Citation) -> ClauseView:
        return ClauseView(cited.number, cited.locator[self.language], cited.says[self.language])

    def _title(self, title: Bilingual | None) -> str:
        """The title of a block; of criteria without one, that they are others, if any have one."""
        if title is not None:
            return title[self.language]
        return WORDS["other_criteria"][self.language] if self.standard.blocks else ""

    def alternative(self, bar: BarView) -> str:
        """What a bar shows, in words."""
        return alternative(bar, self.language)


def _has_alternatives(criterion: Criterion) -> bool:
    """Whether some rows of evidence need not be met: not all conditions are joined by ``and``."""
    return any(
        isinstance(node, Branch)
        or (isinstance(node, Apply) and node.function in {"or", "not"})
        or (isinstance(node, Gather) and node.function == "any")
        for expression in criterion.expressions
        for node in walk(expression.root)
    )


def _counted(number: int, one: str, many: str) -> str:
    return f"{number_text(number, grouped=True)} {one if number == 1 else many}"

# SPDX-License-Identifier: MIT
"""A publication as lines of a terminal: a table of all subjects, and what stands out. Prints nothing itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from attrs import evolve

from platformrules.diagnostics import cells
from platformrules.languages import Language
from platformrules.reporting.findings import Tone, met_short, met_text, name_text, tone, value_of, verdict_text
from platformrules.reporting.points import Part, cap_text, is_scored, parts_of, points_of, points_text
from platformrules.reporting.publication import Publication
from platformrules.reporting.tally import Tally, blocks_met, tally
from platformrules.reporting.validity import validity_warning
from platformrules.reporting.wording import ITEMS, one_line, words
from platformrules.results import Outcome, Report

#: Subjects that a table lists before it only counts them.
MOST_ROWS = 60
_MOST_RANKED = 5
_WIDEST_ID, _WIDEST_VERDICT, _NARROWEST_VERDICT, _NARROWEST_NAME = 16, 40, 14, 10
_COLOURS: Mapping[str, str] = {Tone.CONFORMS: "32", Tone.DENIES: "31", Tone.OPEN: "33", Tone.INFORMS: "36"}


def summary_lines(
    publication: Publication,
    width: int = 100,
    language: Language | None = None,
    *,
    colour: bool = False,
    most: int = MOST_ROWS,
) -> list[str]:
    """The summary as lines no wider than ``width`` cells, without control characters.

    Args:
        publication: what is summed up.
        width: cells of a line.
        language: another one than that of the publication.
        colour: colour the verdicts by escape sequences.
        most: subjects that are listed; of the others only the number is said.
    """
    spoken = publication.language if language is None else Language(language)
    return _Summary(publication, width, spoken, colour=colour).lines(most)


class _Summary:
    def __init__(self, publication: Publication, width: int, language: Language, *, colour: bool) -> None:
        self.publication, self.width, self.language, self.colour = publication, width, language, colour
        self.words = words(language)
        self.tally: Tally = tally(publication)

    def lines(self, most: int) -> list[str]:
        lines = [*self.head(), "", *self.table(most), *self.after()]
        return [clipped(line, self.width) if "\x1b" not in line else line for line in lines]

    def head(self) -> list[str]:
        given, word = self.publication.provenance, self.words
        period, day = (text or word["nothing"] for text in self.publication.when())
        judged = word["judged"].format(period, day)
        note = [one_line(given["note"])] if given["note"] else []
        warning = [text] if (text := validity_warning(self.publication)) else []
        return [f"{self.publication.standard.title[self.language]}  {given['standard']}", judged, *warning, *note]

    def table(self, most: int) -> list[str]:
        reports = self.publication.reports[: max(most, 0)]
        shown = [one for one in Outcome if self.tally.outcomes[one]]
        headings = [self.words["id"], self.words["name"], self.words["verdict"]]
        headings += [self.words["score"]] if is_scored(self.publication.standard) else []
        headings += [self.words["blocks"]] if self.publication.standard.blocks else []
        headings += [one.label[self.language] for one in shown]
        rows = []
        for report in reports:
            counts = report.counts()
            verdict = verdict_text(report.verdict, self.publication.standard, self.language)
            name = name_text(report.name, self.language)
            met = blocks_met(report)
            blocks = [] if met is None else [met_short(met)]
            score = [points_text(report.score, self.language)] if is_scored(self.publication.standard) else []
            rows.append(
                [one_line(report.subject), name, verdict, *score, *blocks, *(str(counts[one]) for one in shown)]
            )
        if not rows:
            return []
        widths = self.widths([headings, *rows])
        lines = [self.row(headings, widths, ""), "-" * min(self.width, sum(widths) + 2 * (len(widths) - 1))]
        for report, row in zip(reports, rows, strict=True):
            lines.append(self.row(row, widths, _COLOURS[tone(report.verdict)] if self.colour else ""))
        others = len(self.publication.reports) - len(reports)
        return [*lines, self.words["others"].format(others)] if others else lines

    def widths(self, rows: Sequence[Sequence[str]]) -> list[int]:
        """The cells of each column: what it needs, while name and verdict share the rest; counts are not cut."""
        widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
        widths[0] = min(widths[0], _WIDEST_ID)
        widths[2] = min(widths[2], _WIDEST_VERDICT)
        rest = self.width - widths[0] - sum(widths[3:]) - 2 * (len(widths) - 1)
        widths[2] = min(widths[2], max(rest - min(widths[1], _NARROWEST_NAME), _NARROWEST_VERDICT))
        widths[1] = min(widths[1], max(rest - widths[2], _NARROWEST_NAME))
        return widths

    def row(self, row: Sequence[str], widths: Sequence[int], colour: str) -> str:
        texts = [
            filled(text, width, right=index > 2) for index, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        line = clipped("  ".join(texts).rstrip(), self.width)
        verdict = texts[2].rstrip()
        if not colour or not verdict or verdict not in line:
            return line
        before, _, after = line.partition(verdict)
        return f"{before}\x1b[{colour}m{verdict}\x1b[0m{after}"

    def after(self) -> list[str]:
        word, language = self.words, self.language
        verdicts = [
            word["times"].format(verdict_text(one, self.publication.standard, language), number)
            for one, number in self.tally.verdicts
        ]
        failed = [
            word["times"].format(one.criterion.title[language], one.counts[Outcome.FAILED])
            for one in self.tally.criteria[:_MOST_RANKED]
            if one.counts[Outcome.FAILED]
        ]
        differing = [word["times"].format(one.title[language], number) for one, number in self.tally.differing]
        missing = [word["times"].format(label[language], number) for label, number in self.tally.missing[:_MOST_RANKED]]
        rows = (
            ("verdicts", verdicts),
            *self.of_one(),
            ("most_failed", failed),
            ("most_missing", missing),
            ("disagreement", differing),
        )
        colon = "：" if language is Language.ZH else ": "
        lines = [line for name, texts in rows for line in self.wrapped(f"{word[name]}{colon}", texts)]
        if self.publication.problems:
            lines.append(word["problems_found"].format(len(self.publication.problems)))
        return ["", *lines] if lines else [word["empty"]]

    def of_one(self) -> tuple[tuple[str, list[str]], ...]:
        """Of a single subject: what follows from its verdict, its blocks and its figures."""
        if len(self.publication.reports) != 1:
            return ()
        (report,), language = self.publication.reports, self.language
        follows = [] if report.verdict.follows is None else [report.verdict.follows[language]]
        met = blocks_met(report)
        spoken = evolve(self.publication, language=language)
        values = [
            self.words["of"].format(one.title[language], value_of(one, spoken))
            for one in report.values
            if one.title is not None
        ]
        blocks = [] if met is None else [met_text(met, language)]
        return ("follows", follows), *self.score_of(report), ("met", blocks), ("values", values)

    def score_of(self, report: Report) -> tuple[tuple[str, list[str]], ...]:
        """The score and its parts; nothing of a standard without one."""
        standard, language = self.publication.standard, self.language
        if not is_scored(standard):
            return ()
        return ("score", [points_text(report.score, language)]), ("breakdown", self.parts(parts_of(standard, report)))

    def parts(self, parts: Sequence[Part]) -> list[str]:
        """The parts of a score at the top, each with those inside it in brackets."""
        language, said = self.language, []
        tops = [at for at, one in enumerate(parts) if one.depth == parts[0].depth]
        for at, end in pairwise((*tops, len(parts))):
            one, inside = parts[at], self.parts(parts[at + 1 : end])
            title = self.words["other_criteria"] if one.block is None else one.block.title[language]
            texts = (title, points_of(one.points, one.maximum, language), cap_text(one.block, language))
            text = " ".join(text for text in texts if text)
            said.append(self.words["with_parts"].format(text, ITEMS[language].join(inside)) if inside else text)
        return said

    def wrapped(self, head: str, texts: Sequence[str]) -> list[str]:
        """A list after its head, on as many lines as it takes; nothing if there is nothing to list."""
        lines, between = [], ITEMS[self.language]
        line, empty = head, True
        for index, text in enumerate(texts):
            item = text + (between if index + 1 < len(texts) else "")
            if not empty and cells(line + item.rstrip()) > self.width:
                lines.append(line.rstrip())
                line = "  "
            line, empty = line + item, False
        return [*lines, line.rstrip()] if texts else []


def clipped(text: str, width: int) -> str:
    """A text cut to so many cells, with … where something was cut."""
    if cells(text) <= width:
        return text
    kept, taken = [], 0
    for character in text:
        taken += cells(character)
        if taken > width - 1:
            break
        kept.append(character)
    return "".join(kept) + "…" if width > 0 else ""


def filled(text: str, width: int, *, right: bool = False) -> str:
    """A text cut or filled with blanks to just so many cells."""
    text = clipped(text, width)
    blanks = " " * (width - cells(text))
    return blanks + text if right else text + blanks

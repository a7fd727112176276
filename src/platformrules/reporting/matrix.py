# SPDX-License-Identifier: MIT
"""Several standards over one ledger: who stands how by which of them, as a table of subjects and standards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from platformrules.diagnostics import cells
from platformrules.languages import Bilingual, Language
from platformrules.reporting.document import FORMAT, to_document
from platformrules.reporting.findings import Tone, name_text, tone, verdict_text
from platformrules.reporting.publication import Publication, natural
from platformrules.reporting.tables import Cell, Column, Marked, Table
from platformrules.reporting.terminal import clipped, filled
from platformrules.reporting.validity import validity_warning
from platformrules.reporting.wording import WORDS, one_line
from platformrules.results import Outcome, Report

TITLE = Bilingual("各标准对照", "by standard")
STANDARD = Bilingual("标准", "standard")
_NOT_JUDGED = Bilingual("—", "—")
_COUNTS = Bilingual("达标 {0}，未达标 {1}，待定 {2}", "{0} passed, {1} failed, {2} open")
_SHORT: Mapping[Tone, Bilingual] = {
    Tone.CONFORMS: Bilingual("符合", "yes"),
    Tone.DENIES: Bilingual("不符合", "no"),
    Tone.OPEN: Bilingual("待定", "open"),
    Tone.INFORMS: Bilingual("参考", "info"),
}
_LEGEND = Bilingual(
    "结论，达标条数/条件总数（不计不适用和豁免的）",
    "verdict, criteria passed of all (without inapplicable and waived ones)",
)
#: The widest that ids and names are shown in a terminal.
_WIDEST = (16, 24)
_OPEN = (Outcome.UNDETERMINED, Outcome.UNTESTED)


@frozen
class MatrixCell:
    """How one subject stands by one standard.

    Attributes:
        verdict: its title, or the titles of all that are reachable.
        tone: what the verdict means.
        passed, failed, undecided: how many criteria came out so; waived and inapplicable ones are in neither.
    """

    verdict: str
    tone: Tone
    passed: int
    failed: int
    undecided: int

    def meaning(self, language: Language) -> str:
        """What the verdict means, in one word."""
        return _SHORT[self.tone][language]

    def counts(self, language: Language) -> str:
        """The counts in words."""
        return _COUNTS[language].format(self.passed, self.failed, self.undecided)


@frozen
class MatrixRow:
    """One subject: a cell a standard, ``None`` where that standard did not judge it."""

    subject: str
    name: str
    cells: tuple[MatrixCell | None, ...]


@frozen(eq=False)
class Matrix:
    """Publications of several standards over one ledger, in the order in which they were asked for."""

    publications: tuple[Publication, ...]

    @property
    def language(self) -> Language:
        """That of its publications."""
        return self.publications[0].language

    @property
    def title(self) -> str:
        """What it is called."""
        return TITLE[self.language]

    def headings(self) -> tuple[str, ...]:
        """The title of each standard, with its id."""
        return tuple(f"{one.standard.title[self.language]} {one.standard.reference}" for one in self.publications)

    def rows(self) -> Iterator[MatrixRow]:
        """The subjects by id, numbers in it by their value."""
        found: list[dict[str, Report]] = [
            {report.subject: report for report in one.reports} for one in self.publications
        ]
        for subject in sorted({name for reports in found for name in reports}, key=natural):
            reports = [one.get(subject) for one in found]
            name = next((one.name for one in reports if one is not None and one.name), None)
            yield MatrixRow(
                one_line(subject),
                "" if name is None else name_text(name, self.language),
                tuple(
                    None if report is None else _cell(report, publication)
                    for report, publication in zip(reports, self.publications, strict=True)
                ),
            )

    def table(self) -> Table:
        """The matrix as a table of a workbook: a column a standard."""
        columns = (Column(WORDS["id"], 14), Column(WORDS["name"], 30))
        own = tuple(
            Column(
                Bilingual(
                    f"{one.standard.title.zh} {one.standard.reference}",
                    f"{one.standard.title.en} {one.standard.reference}",
                ),
                26,
            )
            for one in self.publications
        )

        def rows(_: Publication) -> Iterator[tuple[Cell, ...]]:
            for row in self.rows():
                marked = (
                    _NOT_JUDGED[self.language] if one is None else Marked(one.verdict, one.tone) for one in row.cells
                )
                yield (row.subject, row.name, *marked)

        return Table(TITLE, lambda _: (*columns, *own), rows)

    def to_document(self) -> dict[str, Any]:
        """The matrix and each publication as JSON data."""
        references = [one.standard.reference for one in self.publications]
        return {
            "format": FORMAT,
            "matrix": [
                {
                    "subject": row.subject,
                    "name": row.name or None,
                    "verdicts": {
                        reference: None
                        if cell is None
                        else {
                            "verdict": cell.verdict,
                            "meaning": cell.tone.value,
                            "passed": cell.passed,
                            "failed": cell.failed,
                            "open": cell.undecided,
                        }
                        for reference, cell in zip(references, row.cells, strict=True)
                    },
                }
                for row in self.rows()
            ],
            "standards": [to_document(one) for one in self.publications],
        }

    def to_json(self) -> str:
        """The text of the document."""
        return json.dumps(self.to_document(), ensure_ascii=False, indent=2) + "\n"


def _cell(report: Report, publication: Publication) -> MatrixCell:
    counts = report.counts()
    return MatrixCell(
        verdict_text(report.verdict, publication.standard, publication.language),
        tone(report.verdict),
        counts[Outcome.PASSED],
        counts[Outcome.FAILED],
        sum(counts[one] for one in _OPEN),
    )


def matrix_lines(matrix: Matrix, width: int = 100, *, most: int = 60) -> list[str]:
    """The matrix as lines of a terminal: standards by number, as many side by side as the width takes."""
    language = matrix.language
    lines = [f"[{number}] {heading}" for number, heading in enumerate(matrix.headings(), start=1)]
    warnings = [validity_warning(one) for one in matrix.publications]
    lines += [f"[{number}] {warning}" for number, warning in enumerate(warnings, start=1) if warning]
    lines.append(_LEGEND[language])
    rows = list(matrix.rows())
    shown = rows[:most]
    first = [[WORDS["id"][language], WORDS["name"][language]], *([row.subject, row.name] for row in shown)]
    each = [
        [f"[{at + 1}]", *(_short(row.cells[at], language) for row in shown)] for at in range(len(matrix.publications))
    ]
    heads = [
        min(max(map(cells, column)), widest) for column, widest in zip(zip(*first, strict=True), (16, 24), strict=True)
    ]
    widest = max(cells(text) for column in each for text in column)
    together = max(1, (width - sum(heads) - 2) // (widest + 2))
    for at in range(0, len(each), together):
        chosen = each[at : at + together]
        widths = [*heads, *(widest for _ in chosen)]
        lines.append("")
        for number, row in enumerate(zip(first, *chosen, strict=True)):
            texts = [*row[0], *row[1:]]
            cut = (filled(text, size) for text, size in zip(texts, widths, strict=True))
            lines.append("  ".join(cut).rstrip())
            if number == 0:
                lines.append("-" * min(width, sum(widths) + 2 * (len(widths) - 1)))
    if len(rows) > len(shown):
        lines.append(WORDS["others"][language].format(len(rows) - len(shown)))
    return [clipped(line, width) for line in lines]


def _short(cell: MatrixCell | None, language: Language) -> str:
    """A cell in few words: what the verdict means, and how many criteria are met of those that are met or not."""
    if cell is None:
        return _NOT_JUDGED[language]
    return f"{cell.meaning(language)} {cell.passed}/{cell.passed + cell.failed + cell.undecided}"

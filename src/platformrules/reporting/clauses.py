# SPDX-License-Identifier: MIT
"""One page a document, in Markdown and in both languages: clause by clause, what is done with it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from attrs import frozen

from platformrules.citations import Citation, Disposition, Document
from platformrules.diagnostics import printable
from platformrules.errors import PlatformRulesError
from platformrules.languages import Bilingual, Language
from platformrules.procedures.model import Procedure
from platformrules.reporting.charts import percent
from platformrules.reporting.markdown import code, line, plain, table
from platformrules.reporting.values import value_text
from platformrules.reporting.wording import DISPOSITIONS, STRENGTHS
from platformrules.reporting.writing import replacing
from platformrules.sentences import sentence
from platformrules.standards.coverage import ClauseCoverage, coverage
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import Rulebook

#: The page that lists all documents, beside their own.
INDEX = "README.md"
_MADE = "<!-- Made from the rule files by `platformrules coverage --pages FOLDER`. Do not edit. -->"


@frozen
class Totals:
    """How many clauses there are and what became of them.

    Attributes:
        clauses: all of them.
        by_disposition: how many came to what, in the order of ``Disposition``; those without one are left out.
        evaluable: how many a criterion or a procedure cites.
    """

    clauses: int
    by_disposition: Mapping[Disposition, int]
    evaluable: int

    @property
    def disposed(self) -> int:
        """How many have a disposition."""
        return sum(self.by_disposition.values())

    @property
    def share(self) -> Decimal | None:
        """The share that is evaluable, to four decimals; ``None`` without any clause."""
        return round(Decimal(self.evaluable) / self.clauses, 4) if self.clauses else None

    @property
    def percent(self) -> str:
        """The same in words, such as 66.4%."""
        return percent(self.evaluable, self.clauses)


def totals(clauses: Iterable[ClauseCoverage]) -> Totals:
    """Count the clauses of one document or of several."""
    found = tuple(clauses)
    counts = {one: sum(clause.disposition is one for clause in found) for one in Disposition}
    return Totals(
        clauses=len(found),
        by_disposition=MappingProxyType({one: count for one, count in counts.items() if count}),
        evaluable=sum(bool(one.criteria or one.procedures) for one in found),
    )


def covered(rulebook: Rulebook, document: Document) -> tuple[ClauseCoverage, ...]:
    """What became of each clause of a document, by all that is in a rulebook."""
    return coverage(document, rulebook.standards.values(), rulebook.forms.values(), rulebook.procedures.values())


def clause_pages(rulebook: Rulebook, documents: Iterable[Document] | None = None) -> Mapping[str, str]:
    """The pages of documents, by the name of their file; of all of a rulebook with one that lists them."""
    chosen = list(rulebook.documents.values() if documents is None else documents)
    pages = {INDEX: _text(_index(rulebook, chosen))} if documents is None else {}
    return MappingProxyType(pages | {f"{one.id}.md": _text(_Page(rulebook, one).lines()) for one in chosen})


def write_clause_pages(
    rulebook: Rulebook, folder: Path | str | os.PathLike[str], documents: Iterable[Document] | None = None
) -> tuple[Path, ...]:
    """Write the pages into a folder, which is made if need be, over those of the same name; their paths.

    Raises:
        PlatformRulesError: a page cannot be written.
    """
    try:
        Path(folder).mkdir(exist_ok=True)
    except OSError as error:
        raise PlatformRulesError(printable(f"cannot write into `{folder}`: {error.strerror or error}")) from error
    paths = []
    for name, text in clause_pages(rulebook, documents).items():
        path = Path(folder, name)
        write_page(text, path)
        paths.append(path)
    return tuple(paths)


def write_page(text: str, path: Path | str | os.PathLike[str]) -> None:
    """Write a page beside its place and move it there when it is whole.

    Raises:
        PlatformRulesError: it cannot be written.
    """
    with replacing(path) as stream:
        stream.write(text.encode("utf-8"))


def _text(lines: Iterable[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines).rstrip() + "\n")


def _index(rulebook: Rulebook, documents: Sequence[Document]) -> Iterator[str]:
    yield _MADE
    yield ""
    yield "# 文件逐条去向 · Documents, clause by clause"
    yield ""
    yield "每份文件一页：每一条说了什么，由哪些条件检查，或者为什么不检查。"
    yield ""
    yield "A page a document: what each clause says, which criteria test it, or why none does."
    yield ""
    found = [(one, covered(rulebook, one)) for one in documents]
    rows = []
    for document, clauses in found:
        name = f"[{plain(document.title.zh)}]({document.id}.md)<br>{plain(document.title.en)}"
        rows.append((code(document.id), name, *_counted(totals(clauses))))
    everything = totals(clause for _, clauses in found for clause in clauses)
    rows.append(("", "合计 all", *_counted(everything)))
    head = ("编号 id", "文件 document", "条款 clauses", "有去向 with a disposition", "可评价 evaluable")
    yield from table(head, rows)


def _counted(one: Totals) -> tuple[str, str, str]:
    return str(one.clauses), str(one.disposed), f"{one.evaluable} ({one.percent})" if one.clauses else "0"


class _Page:
    """The page of one document."""

    def __init__(self, rulebook: Rulebook, document: Document) -> None:
        self.document = document
        self.clauses = covered(rulebook, document)
        self.using = _Using(rulebook, document)

    def lines(self) -> Iterator[str]:
        yield _MADE
        yield ""
        yield from self.head()
        yield from self.totals()
        yield "## 条款 · Clauses"
        for one in self.clauses:
            yield from self.clause(one)

    def head(self) -> Iterator[str]:
        document = self.document
        yield f"# {plain(document.title.zh)}"
        yield ""
        yield f"*{plain(document.title.en)}*"
        yield ""
        date = "—" if document.date is None else document.date.isoformat()
        number = plain(document.number) or "—"
        rows = (
            ("文号 number", number, number),
            ("发文单位 issuer", plain(document.issuer.zh), plain(document.issuer.en)),
            ("适用范围 jurisdiction", plain(document.jurisdiction.zh), plain(document.jurisdiction.en)),
            ("日期 date", date, date),
        )
        yield from table(("", "中文", "English"), rows)
        yield ""
        yield from _both(document.note)

    def totals(self) -> Iterator[str]:
        found = totals(self.clauses)
        yield "## 去向 · What became of the clauses"
        yield ""
        if not found.clauses:
            yield "这份文件没有列出条款。"
            yield ""
            yield "No clause of this document is listed."
            yield ""
            return
        share = f"{found.evaluable} ({found.percent})"
        yield f"{found.clauses} 条中有 {found.disposed} 条写明去向，其中 {share} 可评价。"
        yield ""
        yield f"{found.disposed} of {found.clauses} clauses have a disposition, {share} are evaluable."
        yield ""
        rows = [
            (f"{DISPOSITIONS[one].zh} {DISPOSITIONS[one].en}", str(count), percent(count, found.clauses))
            for one, count in found.by_disposition.items()
        ]
        yield from table(("去向 disposition", "条款 clauses", "占比 share"), rows)
        yield ""

    def clause(self, one: ClauseCoverage) -> Iterator[str]:
        clause = one.clause
        strength = STRENGTHS[clause.strength]
        yield ""
        yield f"### {clause.id}"
        yield ""
        yield f"{line(clause.locator.zh)} · {plain(clause.locator.en)} · **{strength.zh} {strength.en}**"
        yield ""
        yield f"> {line(clause.says.zh)}"
        yield ">"
        yield f"> {line(clause.says.en)}"
        yield ""
        yield f"去向 disposition：**{_disposition(one.disposition)}**"
        yield ""
        if clause.reason is not None:
            yield from _both(clause.reason)
        used = list(self.using.of(clause.id))
        yield from used
        if used:
            yield ""
        if clause.note is not None:
            yield f"说明：{plain(clause.note.zh)}"
            yield ""
            yield f"Note: {plain(clause.note.en)}"


class _Using:
    """What cites the clauses of a document, in the order of the rulebook."""

    def __init__(self, rulebook: Rulebook, document: Document) -> None:
        self.document = document
        self.found: dict[str, list[str]] = {}
        for standard in rulebook:
            self.criteria(standard)
            self.others(standard)
        for procedure in rulebook.procedures.values():
            self.procedure(procedure)
        for form in rulebook.forms.values():
            for clause in sorted({one.clause for one in form.citations if one.document == document.id}):
                self.add(clause, "表式 form", form.reference, "", form.title)

    def criteria(self, standard: Standard) -> None:
        for one in standard.own_criteria:
            asked = sentence(standard, one) if self.cited(one.cites) else None
            self.each(one.cites, "条件 criterion", standard, one.id, one.title, asked)

    def others(self, standard: Standard) -> None:
        for one in standard.parameters.values():
            if "#" not in one.id and ("parameters", one.id) not in standard.owners:
                said = None if one.value is None else _value(one.value, one.unit)
                self.each(one.cites, "参数 parameter", standard, one.id, said or one.title, one.reading)
        for value in standard.values:
            if "#" not in value.id and ("values", value.id) not in standard.owners:
                self.each(value.cites, "数值 figure", standard, value.id, value.title, value.note)
        for note in standard.notes:
            if "#" not in note.id and ("notes", note.id) not in standard.owners:
                self.each(note.cites, "报告说明 note", standard, note.id, None, note.text)
        for row in standard.cohort:
            if ("cohort", row.id) not in standard.owners:
                self.each(row.cites, "择优 round", standard, row.id, row.title, None)

    def procedure(self, one: Procedure) -> None:
        for clause in sorted({cited.clause for cited in one.cited if cited.document == self.document.id}):
            self.add(clause, "程序 procedure", one.reference, "", one.title)
        for parameter in one.parameters.values():
            said = None if parameter.value is None else _value(parameter.value, parameter.unit)
            for clause in self.cited(parameter.cites):
                self.add(
                    clause, "参数 parameter", one.reference, parameter.id, said or parameter.title, parameter.reading
                )

    def cited(self, cites: Iterable[Citation]) -> list[str]:
        return [one.clause for one in cites if one.document == self.document.id]

    def each(
        self,
        cites: Iterable[Citation],
        what: str,
        standard: Standard,
        name: str,
        title: Bilingual | None,
        more: Bilingual | None,
    ) -> None:
        for clause in self.cited(cites):
            self.add(clause, what, standard.reference, name, title, more)

    def add(
        self, clause: str, what: str, reference: str, name: str, title: Bilingual | None, more: Bilingual | None = None
    ) -> None:
        place = code(f"{reference}#{name}" if name else reference)
        said = "" if title is None else f" {plain(title.zh)}"
        said += "" if title is None or title.zh == title.en else f" · {plain(title.en)}"
        lines = self.found.setdefault(clause, [])
        lines.append(f"- {what} {place}{said}")
        if more is not None:
            lines.append(f"  - {line(more.zh)}")
            lines.append(f"  - {line(more.en)}")

    def of(self, clause: str) -> Sequence[str]:
        return self.found.get(clause, ())


def _value(value: object, unit: str) -> Bilingual:
    zh, en = (f"= {value_text(value, None, unit, language)}" for language in (Language.ZH, Language.EN))
    return Bilingual(zh, en)


def _disposition(one: Disposition | None) -> str:
    said = DISPOSITIONS[one or ""]
    return f"{said.zh} {said.en}"


def _both(text: Bilingual | None) -> Iterator[str]:
    if text is not None:
        yield line(text.zh)
        yield ""
        yield line(text.en)
        yield ""

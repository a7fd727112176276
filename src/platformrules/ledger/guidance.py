# SPDX-License-Identifier: MIT
"""Tells people what to write into a column and which clauses ask for it. Knows the standard, no file format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from platformrules.criteria.typed import MonthOf, Read, RelationRows, TypedExpr, VerdictOf
from platformrules.criteria.walk import walk
from platformrules.languages import Bilingual, Language
from platformrules.ledger.cells import expectation
from platformrules.schema import Fact, FactType
from platformrules.standards.model import Criterion, Standard

_SHOWN = 12


def uses(standard: Standard) -> Mapping[tuple[str, str], tuple[Criterion, ...]]:
    """The criteria that need a fact, by model and fact, in the order of the standard."""
    found: dict[tuple[str, str], dict[str, Criterion]] = {}
    for criterion in standard.criteria:
        judged = (row.when for row in criterion.judge if row.when is not None)
        for expression in (*criterion.expressions, *judged):
            for key in _read(expression, standard):
                found.setdefault(key, {})[criterion.id] = criterion
    return {key: tuple(criteria.values()) for key, criteria in found.items()}


def _read(expression: TypedExpr, standard: Standard) -> Iterator[tuple[str, str]]:
    for node in walk(expression.root):
        if isinstance(node, VerdictOf):
            for one in standard.referred[node.reference]:
                for other in one.expressions:
                    yield from _read(other, one)
        if isinstance(node, Read | MonthOf):
            yield node.fact.on, node.fact.id
        elif isinstance(node, RelationRows) and node.dated_by is not None:
            yield standard.schema.relations[node.relation].model, node.dated_by


@frozen
class Guidance:
    """What stands in the notes of a template, in one language."""

    standard: Standard
    language: Language
    used: Mapping[tuple[str, str], tuple[Criterion, ...]]

    @classmethod
    def of(cls, standard: Standard, language: Language) -> Guidance:
        """The guidance for a standard."""
        return cls(standard, language, uses(standard))

    def say(self, zh: str, en: str) -> str:
        """One of two texts, by the language."""
        return Bilingual(zh, en)[self.language]

    def how(self, fact: Fact) -> str:
        """What to write, in words; an open list says that more may be added."""
        text = expectation(fact)[self.language]
        if not fact.values:
            text = {FactType.CHOICE: self.say("文字", "a text"), FactType.SET: self._free_list}.get(fact.type, text)
        elif fact.open:
            text += self.say("；可另加其他项", "; others may be added")
        return text

    @property
    def _free_list(self) -> str:
        return self.say("各项用“、”隔开，一项也没有写“无”", "items separated by `;`, or `none`")

    def clauses(self, fact: Fact) -> list[str]:
        """The criteria that need a fact, each with the clauses it cites."""
        criteria = self.used.get((fact.on, fact.id), ())
        lines = []
        for one in criteria[:_SHOWN]:
            cited = self.say("；", "; ").join(cite.locator[self.language] for cite in one.cites)
            lines.append(f"{one.title[self.language]}{self.say('：', ': ')}{cited}")
        if len(criteria) > _SHOWN:
            lines.append(self.say(f"等 {len(criteria)} 项", f"and {len(criteria) - _SHOWN} more"))
        return lines

    def note(self, fact: Fact) -> str:
        """The comment on a heading: meaning, how to fill it in, the clauses that ask for it."""
        lines = [self.say(f"{fact.label.zh}（{fact.id}）", f"{fact.label.en} ({fact.id})")]
        lines.append(self.say("填写：", "fill in: ") + self.how(fact))
        clauses = self.clauses(fact)
        if clauses:
            lines.append(self.say("依据：", "asked for by:"))
            lines += [f"· {line}" for line in clauses]
        return "\n".join(lines)

    def intro(self) -> list[str]:
        """How to fill in the workbook, a paragraph a line."""
        reference = self.standard.reference
        return [
            self.say(f"台账模板：{self.standard.title.zh}", f"Ledger template: {self.standard.title.en}"),
            self.say(f"适用标准：{reference}", f"standard: {reference}"),
            self.say(
                "空着的单元格表示没有填报，既不是“否”，也不是 0；读不出的单元格会列出，并按没有填报处理。",
                "A blank cell is not recorded: that is neither no nor 0. A cell that cannot be read is listed and "
                "counts as not recorded.",
            ),
            self.say(
                "表头批注写明含义、单位、选项和依据的条款；列的次序不限，不需要的列可以删除。",
                "The comment on a heading gives its meaning, unit, choices and clauses. Columns may stand in any "
                "order; those not needed may be deleted.",
            ),
            self.say(
                "一张表留空，表示一项也没有；没有登记的，请删除整张工作表，或在“…已登记”列写“否”。",
                "An empty sheet says that there is none at all. What is not recorded: delete the sheet, or write no "
                "in the column `… recorded`.",
            ),
            self.say(
                "“编号”在一张表内不得重复；活动和组织用“青年中心编号”等列对应到评价对象。",
                "An id stands once in its sheet; other sheets name the subject by its id, such as `center id`.",
            ),
            self.say(
                "评价期写在“设置”表，如 2020、2020-03 或 2019-11-01..2020-10-31。",
                "The period stands in the sheet settings: 2020, 2020-03 or 2019-11-01..2020-10-31.",
            ),
            *self.to_be_given(),
        ]

    def to_be_given(self) -> list[str]:
        """What the document does not print and a run has to give, a line each; a ledger without it stays open."""
        return [
            self.say(
                f"文件没有印出、评价时须给定的参数：{one.label.zh}（{self.how(one)}），"
                f"用 --set {one.id}=… 给出，或写在 JSON 台账的 parameters 中。",
                f"Not printed and to be given with the assessment: {one.label.en} ({self.how(one)}), "
                f"by --set {one.id}=… or in parameters of a JSON ledger.",
            )
            for one in (given.given for given in self.standard.parameters.values())
            if one is not None
        ]

# SPDX-License-Identifier: MIT
"""What several documents ask of the same thing, side by side, read out of the checked expressions of all standards.

What a criterion asks about is a fact that it reads, or how many rows of a relation there are. What only picks rows,
looks up a table or tells cases apart is not asked about. Nothing is mapped by hand: the same fact is the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from platformrules.citations import Citation, Strength
from platformrules.criteria.datatypes import TRUTH
from platformrules.criteria.typed import (
    Apply,
    Branch,
    Constant,
    Distinct,
    Gather,
    Items,
    Lookup,
    MonthOf,
    MonthRows,
    Named,
    Parameter,
    Part,
    Read,
    RelationRows,
    Rows,
    RulePart,
    RuleRows,
    Today,
    TypedExpr,
    TypedNode,
    Variable,
    VerdictOf,
)
from platformrules.languages import Bilingual, Language
from platformrules.reporting.markdown import code, plain, table
from platformrules.reporting.wording import STRENGTHS
from platformrules.schema import Schema
from platformrules.sentences import sentence
from platformrules.standards.model import Criterion, Standard
from platformrules.standards.rulebook import Rulebook

_MADE = "<!-- Made from the rule files by `platformrules coverage --across FILE`. Do not edit. -->"
#: Of a criterion that rests on every row of a printed table, only the first clauses are named.
_MOST_CLAUSES = 4
_TITLE = "# 各地标准对照 · Across jurisdictions"
_WORDS: Mapping[str, Bilingual] = {
    "language": Bilingual("中文", "English"),
    "intro": Bilingual(
        "下面两张表由规则文件生成。同一个数据项就是同一件事，没有人工对应表：标准的条件读到哪个数据项（或者清点哪一类记录），"
        "就列在哪一行；只用来挑选记录、查表或者分情形的数据项不算。各项标准取最新版本；“—”是这项标准没有问到。"
        "没有注明的为“应当”。",
        "Both tables are made from the rule files. The same fact is the same thing, and nothing is mapped by hand: a "
        "criterion stands in the row of each fact that it reads and of each kind of record that it counts. Facts that "
        "only pick records, look up a table or tell cases apart do not count. The newest version of each standard is "
        "taken; — is what a standard does not ask about. Where nothing else is said, the strength is “should”.",
    ),
    "shared": Bilingual("两份以上文件都有要求的", "What two documents or more ask about"),
    "alone": Bilingual("只有一份文件有要求的", "What only one document asks about"),
    "alone_intro": Bilingual(
        "其他文件对这些没有条件可以检查；程序中的期限不在对照之列。插件自己的数据项必然只在这里：它们本来就是照一份文件的用语设的。",
        "The other documents ask nothing of these that criteria can test; limits of procedures are not compared. A "
        "plugin's own facts are always here: each was made after the words of one document.",
    ),
    "quantity": Bilingual("事项", "quantity"),
    "standard": Bilingual("标准", "standard"),
    "asked": Bilingual("要求", "what is asked"),
    "number": Bilingual("{0}：数量", "{0}: number"),
    "monthly": Bilingual("{0}：每月数量", "{0}: number in a month"),
    "data_say": Bilingual("由人认定；资料显示“{0}”的条件：{1}", "a person finds; the data say “{0}” where {1}"),
    "graded": Bilingual("列为“{0}”的条件：{1}", "graded “{0}” where {1}"),
    "none": Bilingual("没有。", "Nothing."),
}


@frozen
class Quantity:
    """What a criterion asks about.

    Attributes:
        of: the model, or the relation whose rows are counted.
        fact: the fact; empty of a number of rows.
        monthly: rows are counted month by month.
    """

    of: str
    fact: str = ""
    monthly: bool = False

    @property
    def name(self) -> str:
        """As expressions write it."""
        return f"{self.of}.{self.fact}" if self.fact else f"count({self.of})"


@frozen
class Demand:
    """What one criterion asks about one thing: its part that reads it, in words."""

    standard: Standard
    criterion: Criterion
    said: Bilingual


#: What all standards ask, by what they ask about, in the order of the schema.
Comparison: TypeAlias = Mapping[Quantity, tuple[Demand, ...]]


def compare(rulebook: Rulebook) -> Comparison:
    """What the newest versions of all standards ask, by what they ask about."""
    order = _order(rulebook.schema)
    found: dict[Quantity, list[Demand]] = {}
    for name in sorted({one.id for one in rulebook}):
        standard = rulebook[name]
        for criterion in standard.own_criteria:
            for quantity, said in _asked_by(standard, criterion):
                if (quantity.of, quantity.fact) in order:
                    found.setdefault(quantity, []).append(Demand(standard, criterion, said))
    return {one: tuple(found[one]) for one in sorted(found, key=lambda one: order[one.of, one.fact] * 2 + one.monthly)}


def shared(comparison: Comparison) -> Comparison:
    """What the standards of two documents or more ask about."""
    return {one: demands for one, demands in comparison.items() if len(_documents(demands)) > 1}


def across(rulebook: Rulebook, pages: str = "") -> str:
    """The tables in Markdown, Chinese first.

    Args:
        rulebook: the standards that are compared.
        pages: where the pages of ``clause_pages`` are, seen from this one; empty: no clause leads there.
    """
    comparison = compare(rulebook)
    lines = [_MADE, "", _TITLE, ""]
    for language in Language:
        lines += _Tables(rulebook.schema, comparison, language, pages).lines()
    return "\n".join(lines).rstrip() + "\n"


def _asked_by(standard: Standard, criterion: Criterion) -> Iterator[tuple[Quantity, Bilingual]]:
    """What a criterion asks about, each with the parts of it that do, in words; of a judged one, what the data say."""
    if criterion.require is not None:
        for quantity, part in _by_quantity(criterion.require):
            yield quantity, sentence(standard, evolve(criterion, require=part))
    words = _WORDS["graded" if criterion.grades else "data_say"]
    for row in criterion.rows:
        if row.when is not None:
            for quantity, part in _by_quantity(row.when):
                said = sentence(standard, evolve(criterion, require=part, judge=(), grades=(), applies_when=None))
                zh, en = words.zh.format(row.title.zh, said.zh), words.en.format(row.title.en, said.en)
                yield quantity, Bilingual(zh, en)


def _by_quantity(expression: TypedExpr) -> Iterator[tuple[Quantity, TypedExpr]]:
    """What a condition asks about, with those of its parts, joined by ``and``, that do."""
    found: dict[Quantity, list[TypedNode]] = {}
    for part in _conjuncts(expression.root):
        for quantity in dict.fromkeys(_asked(part)):
            found.setdefault(quantity, []).append(part)
    for quantity, parts in found.items():
        root = parts[0] if len(parts) == 1 else Apply("and", tuple(parts), TRUTH)
        yield quantity, evolve(expression, root=root)


def _conjuncts(node: TypedNode) -> Iterator[TypedNode]:
    """The parts that ``and`` joins, also inside of ``all``, where each part holds of all rows."""
    match node:
        case Apply(function="and", operands=operands):
            for operand in operands:
                yield from _conjuncts(operand)
        case Gather(function="all", element=Apply(function="and") as element):
            for part in _conjuncts(element):
                yield evolve(node, element=part)
        case _:
            yield node


def _asked(node: TypedNode, *, monthly: bool = False) -> Iterator[Quantity]:
    """What a condition asks about, in the order in which it is written."""
    match node:
        case Constant() | Parameter() | Today() | Variable() | MonthOf() | RulePart() | Lookup() | VerdictOf():
            return
        case Read(fact=fact):
            yield Quantity(fact.on, fact.id)
        case Part(owner=owner):
            yield from _asked(owner, monthly=monthly)
        case Apply(operands=operands):
            for operand in operands:
                yield from _asked(operand, monthly=monthly)
        case Branch(then=then, otherwise=otherwise):
            yield from _asked(then, monthly=monthly)
            yield from _asked(otherwise, monthly=monthly)
        case Named(expression=expression):
            yield from _asked(expression, monthly=monthly)
        case Gather(rows=rows, element=element, condition=condition):
            yield from _of_rows(rows, element, condition, monthly=monthly)
        case Distinct(rows=rows, element=element, condition=condition):
            yield from _of_rows(rows, element, condition, monthly=monthly)
        case _:
            assert_never(node)


def _of_rows(
    rows: Rows, element: TypedNode | None, condition: TypedNode | None, *, monthly: bool
) -> Iterator[Quantity]:
    """What is asked of rows: how many there are, or what is gathered from them."""
    match rows:
        case RelationRows(relation=relation):
            if element is None:
                yield Quantity(relation, monthly=monthly)
        case Items(group=group):
            yield from _asked(group, monthly=monthly)
        case MonthRows():
            monthly = True
            if condition is not None:  # how many months are such
                yield from _asked(condition, monthly=True)
        case RuleRows():
            return
        case _:
            assert_never(rows)
    if element is not None:
        yield from _asked(element, monthly=monthly)


def _order(schema: Schema) -> Mapping[tuple[str, str], int]:
    """The place of all that can be asked about: no keys, no parameters; the number of rows before what they hold."""
    counted = {one.model: one.id for one in schema.relations.values()}
    names: list[tuple[str, str]] = []
    for model, facts in schema.facts.items():
        if model in counted:
            names.append((counted[model], ""))
        names += [(model, name) for name, fact in facts.items() if not fact.key]
    names += [(one.id, "") for one in schema.relations.values()]
    return {name: at for at, name in reversed(list(enumerate(names)))}


def _documents(demands: Iterable[Demand]) -> set[str]:
    return {one.standard.document.id for one in demands}


@frozen
class _Tables:
    """The tables of one language."""

    schema: Schema
    comparison: Comparison
    language: Language
    pages: str

    def lines(self) -> Iterator[str]:
        together = shared(self.comparison)
        yield f"## {self.word('language')}"
        yield ""
        yield self.word("intro")
        yield ""
        yield f"### {self.word('shared')}"
        yield ""
        yield from self.side_by_side(together)
        yield ""
        yield f"### {self.word('alone')}"
        yield ""
        yield self.word("alone_intro")
        yield ""
        yield from self.one_below_another({one: found for one, found in self.comparison.items() if one not in together})
        yield ""

    def word(self, name: str) -> str:
        return _WORDS[name][self.language]

    def side_by_side(self, chosen: Comparison) -> Iterator[str]:
        standards = {one.standard.reference: one.standard for found in chosen.values() for one in found}
        names = sorted(standards)
        if not names:
            yield self.word("none")
            return
        head = (
            self.word("quantity"),
            *(f"{code(name)} {plain(standards[name].title[self.language])}" for name in names),
        )
        rows = []
        for quantity, found in chosen.items():
            by_name: dict[str, list[Demand]] = {}
            for one in found:
                by_name.setdefault(one.standard.reference, []).append(one)
            cells = (self.demands(by_name[name]) if name in by_name else "—" for name in names)
            rows.append((self.label(quantity), *cells))
        yield from table(head, rows)

    def one_below_another(self, chosen: Comparison) -> Iterator[str]:
        if not chosen:
            yield self.word("none")
            return
        rows = []
        for quantity, found in chosen.items():
            names = dict.fromkeys(one.standard.reference for one in found)
            for name in names:
                asked = self.demands([one for one in found if one.standard.reference == name])
                rows.append((self.label(quantity), code(name), asked))
        yield from table((self.word("quantity"), self.word("standard"), self.word("asked")), rows)

    def label(self, quantity: Quantity) -> str:
        if quantity.fact:
            label = self.schema.facts[quantity.of][quantity.fact].label[self.language]
        else:
            relation = self.schema.relations[quantity.of].label[self.language]
            label = self.word("monthly" if quantity.monthly else "number").format(relation)
        return f"{plain(label)}<br>{code(quantity.name)}"

    def demands(self, found: Iterable[Demand]) -> str:
        """What criteria of one standard ask, each with its clauses; the rows of a judgement stand together."""
        by_criterion: dict[str, list[Demand]] = {}
        for one in found:
            by_criterion.setdefault(one.criterion.id, []).append(one)
        return "<br>".join(self.criterion(parts) for parts in by_criterion.values())

    def criterion(self, parts: Sequence[Demand]) -> str:
        criterion, zh = parts[0].criterion, self.language is Language.ZH
        said = plain(("；" if zh else "; ").join(dict.fromkeys(one.said[self.language] for one in parts)))
        strength = STRENGTHS[criterion.strength][self.language]
        if criterion.strength is not Strength.SHOULD:
            said += f"（{strength}）" if zh else f" ({strength})"
        clauses = [self.clause(one) for one in criterion.cites[:_MOST_CLAUSES]]
        clauses += ["…"] * (len(criterion.cites) > _MOST_CLAUSES)
        return f"{said} [{', '.join(clauses)}]"

    def clause(self, cited: Citation) -> str:
        name = code(cited.clause)
        return f"[{name}]({self.pages}/{cited.document}.md#{cited.clause})" if self.pages else name

# SPDX-License-Identifier: MIT
"""Checked expressions: every name resolved, every operand of the right type. Only the checker makes them.

Nodes only declare fields. Chains of comparisons are split, `>` is `<` the other way round, literals carry their
vocabulary, so a backend has few kinds to treat.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen

from platformrules.criteria.datatypes import TRUTH, Datatype
from platformrules.criteria.nodes import Expr
from platformrules.diagnostics import Span
from platformrules.languages import Bilingual
from platformrules.schema import Fact

ConstantValue: TypeAlias = bool | int | Decimal | str | date | frozenset[str]


def _span() -> Span:
    return field(eq=False, repr=False, default=Span(0, 0))


@frozen
class Constant:
    """A literal."""

    value: ConstantValue
    datatype: Datatype
    span: Span = _span()


@frozen
class Parameter:
    """A parameter of the standard; its value is known when the standard is compiled."""

    name: str
    datatype: Datatype
    span: Span = _span()


@frozen
class Today:
    """``as_of``, ``period.start`` or ``period.end``: a day that the dossier gives."""

    name: str
    datatype: Datatype
    span: Span = _span()


@frozen
class Variable:
    """The subject (named like its model) or the variable of a comprehension."""

    name: str
    datatype: Datatype
    span: Span = _span()


@frozen
class Read:
    """The value of a fact of a row."""

    owner: Variable
    fact: Fact
    datatype: Datatype
    span: Span = _span()


@frozen
class MonthOf:
    """``row.month``: the month of the day by which a row is dated."""

    owner: Variable
    fact: Fact
    datatype: Datatype
    span: Span = _span()


@frozen
class Part:
    """``date.year``, ``month.start`` and the like."""

    owner: TypedNode
    name: str
    datatype: Datatype
    span: Span = _span()


@frozen
class RulePart:
    """``c.satisfied`` and the like of a criterion or block; ``owner`` is a variable or the id itself.

    ``within`` is the standard whose ids and blocks it reads, where that stands inside of another.
    """

    owner: Variable | Constant
    name: str
    datatype: Datatype
    within: str = ""
    span: Span = _span()


@frozen
class Apply:
    """An operator or function of plain values: a key of ``signatures.OPERATORS`` or ``FUNCTIONS``."""

    function: str
    operands: tuple[TypedNode, ...]
    datatype: Datatype
    span: Span = _span()


@frozen
class Branch:
    """``then if test else otherwise``."""

    test: TypedNode
    then: TypedNode
    otherwise: TypedNode
    datatype: Datatype
    span: Span = _span()


@frozen
class RelationRows:
    """The rows of a relation: those of the period, all of a register, or those of the days ``first`` to ``last``."""

    relation: str
    dated_by: str | None
    datatype: Datatype
    first: TypedNode | None = None
    last: TypedNode | None = None
    span: Span = _span()
    #: Whether it is dated and complete for all time.
    register: bool = field(default=False, kw_only=True)


@frozen
class MonthRows:
    """The months of the period."""

    datatype: Datatype
    span: Span = _span()


@frozen
class Items:
    """The members of a set, as rows."""

    group: TypedNode
    datatype: Datatype
    span: Span = _span()


@frozen
class RuleRows:
    """The criteria of a standard, or its blocks: ``kind`` says which; those of a standard ``within`` another."""

    kind: str
    datatype: Datatype
    within: str = ""
    span: Span = _span()


Rows: TypeAlias = RelationRows | MonthRows | Items | RuleRows


@frozen
class Gather:
    """A function over rows; without ``element`` the rows themselves are counted."""

    function: str
    rows: Rows
    variable: Variable
    element: TypedNode | None
    condition: TypedNode | None
    default: TypedNode | None
    datatype: Datatype
    span: Span = _span()


@frozen
class Distinct:
    """``{element for variable in rows if condition}``: the set of the elements."""

    rows: Rows
    variable: Variable
    element: TypedNode
    condition: TypedNode | None
    datatype: Datatype
    span: Span = _span()


@frozen
class Named:
    """A value of the standard that has a name; it reads no variable of the expression around it."""

    name: str
    expression: TypedNode
    datatype: Datatype
    title: Bilingual | None = field(default=None, eq=False)
    unit: str = field(default="", eq=False)
    span: Span = _span()


@frozen
class Step:
    """A row of ``steps``: from ``start`` on, or only above it; the first has no start."""

    value: ConstantValue
    start: int | Decimal | date | None = None
    above: bool = False


@frozen(eq=False)
class Table:
    """A parameter that is looked up: by choices or truths (``entries``), or by a number or date (``steps``).

    Attributes:
        name: the parameter.
        datatype: the type of its values.
        by: the facts whose values are the keys; empty of steps, whose key is of the type ``of``.
        entries: the value of each key; the key of several facts is a tuple of several.
        otherwise: the value of all other keys; ``None`` if every key has an entry.
        steps: in ascending order.
    """

    name: str
    datatype: Datatype
    by: tuple[Fact, ...] = ()
    entries: Mapping[tuple[str | bool, ...], ConstantValue] = field(factory=dict)
    otherwise: ConstantValue | None = None
    steps: tuple[Step, ...] = ()
    of: Datatype | None = None
    title: Bilingual | None = None
    unit: str = ""

    @property
    def values(self) -> tuple[ConstantValue, ...]:
        """Every value that a lookup may give."""
        rest = () if self.otherwise is None else (self.otherwise,)
        return (*self.entries.values(), *rest, *(step.value for step in self.steps))


@frozen
class Lookup:
    """``table[key]`` or ``table[key, key]``."""

    table: Table
    keys: tuple[TypedNode, ...]
    datatype: Datatype
    span: Span = _span()


@frozen
class VerdictOf:
    """The own verdict of another standard for a row, or for the subject: ``verdict(row, "plugin/standard")``.

    ``reference`` is as it is written: with a version, or the one in force on the day. ``title`` is that standard's.
    """

    owner: Variable
    reference: str
    datatype: Datatype
    title: Bilingual = field(eq=False)
    span: Span = _span()


TypedNode: TypeAlias = (
    Constant
    | Parameter
    | Today
    | Variable
    | Read
    | MonthOf
    | Part
    | RulePart
    | Apply
    | Branch
    | Gather
    | Distinct
    | Named
    | Lookup
    | VerdictOf
)


@frozen
class TypedExpr:
    """A checked expression with the text it came from."""

    root: TypedNode
    source: Expr
    text: str = field(eq=False)

    @property
    def is_truth(self) -> bool:
        """Whether it is a condition."""
        return self.root.datatype == TRUTH

# SPDX-License-Identifier: MIT
"""One row a comparison, membership or boolean fact of a criterion: what to look at, and the code that looks.

Evidence is read after the fact: from the record, and from what the loops counted.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any, TypeAlias

from attrs import evolve, frozen

from platformrules import bounds
from platformrules.backends.python import syntax
from platformrules.backends.python.emit import Emitter, thunk, whole_domain
from platformrules.backends.python.gathering import Extreme, all_pairs, dated_pairs
from platformrules.backends.python.in_bounds import BoundsEmitter
from platformrules.bounds import ANYTHING, Bounds
from platformrules.criteria.datatypes import Kind
from platformrules.criteria.typed import (
    Apply,
    Branch,
    Constant,
    Distinct,
    Gather,
    Lookup,
    MonthRows,
    Named,
    Parameter,
    Read,
    RelationRows,
    Rows,
    RuleRows,
    Today,
    TypedNode,
    VerdictOf,
)
from platformrules.criteria.walk import walk
from platformrules.periods import Window, month_text
from platformrules.results import COMPARISONS, Evidence, Quantity
from platformrules.schema import Fact, FactType
from platformrules.standards.dependencies import reads_rules

# The operator from the observed to the required side: as it stands, and in a negation.
_PLAIN = {"equal": ("==", "!="), "less": ("<", ">="), "at_most": ("<=", ">")}
_TURNED = {"equal": ("==", "!="), "less": (">", "<="), "at_most": (">=", "<")}
_SETS = {
    ("contained", False): ("within", "not within"),
    ("contained", True): ("includes", "includes not all of"),
    ("member", False): ("in", "not in"),
    ("member", True): ("contains", "lacks"),
}
_TEXTS = {
    "starts_with": ("starts with", "does not start with"),
    "ends_with": ("ends with", "does not end with"),
    "contains": ("has the text", "has not the text"),
}


#: The operator of what is only counted, such as the quantities that points are made of.
COUNTED = "counts"


@frozen
class Look:
    """One evidence row of a criterion before anything is looked at.

    Attributes:
        observed: what is compared.
        required: with what; ``None`` for a truth.
        operator: how the one must relate to the other.
        loops: the ``any`` and ``all`` around it, from the outside in.
        wanted: whether it must hold, or must not.
        universal: whether all rows of the innermost loop must be as wanted; else one that is suffices.
    """

    observed: TypedNode
    required: TypedNode | None
    operator: str
    loops: tuple[Gather, ...]
    wanted: bool
    universal: bool

    @property
    def numeric(self) -> bool:
        """Whether a gap makes sense."""
        return self.observed.datatype.kind is Kind.NUMBER and self.operator in {">=", ">", "<=", "<", "=="}

    def quantity(self, text: str, label: Any, unit: str) -> Quantity:  # noqa: ANN401 - Bilingual, made by another backend
        """What a report says of it whatever the subject."""
        missing = None
        if isinstance(self.observed, Read) and self.numeric:
            found = whole_domain(self.observed.fact)
            missing = found if isinstance(found, Bounds) and found != ANYTHING else None
        of_no_rows = self.universal if self.loops else None
        personal = [one is not None and _reads_personal(one) for one in (self.observed, self.required)]
        return Quantity(text, label, self.operator, unit, self.numeric, missing, of_no_rows, *personal)


def looks(
    node: TypedNode,
    wanted: bool = True,  # noqa: FBT001, FBT002 - polarity
    loops: tuple[Gather, ...] = (),
    universal: bool = True,  # noqa: FBT001, FBT002 - polarity of the innermost loop, where `wanted` may be another
) -> Iterator[Look]:
    """The evidence rows of a condition, in source order."""
    match node:
        case Apply(function="and" | "or", operands=operands):
            for operand in operands:
                yield from looks(operand, wanted, loops, universal)
        case Apply(function="not", operands=(operand,)):
            yield from looks(operand, not wanted, loops, universal)
        case Branch(test=test, then=then, otherwise=otherwise):
            for part in (then, test, otherwise):
                yield from looks(part, wanted, loops, universal)
        case Gather(function="any" | "all", element=element) if element is not None and not isinstance(
            node.rows, RuleRows
        ):
            yield from looks(element, wanted, (*loops, node), (node.function == "all") is wanted)
        case Apply():
            yield _comparison(node, wanted, loops, universal)
        case Read() | Named() | Lookup():
            yield Look(node, None, "==", loops, wanted, universal)
        case _:
            return


def number_looks(node: TypedNode) -> Iterator[Look]:
    """The evidence rows of points: the conditions that they depend on, and the quantities that they count."""
    match node:
        case Branch(test=test, then=then, otherwise=otherwise):
            yield from looks(test)
            yield from number_looks(then)
            yield from number_looks(otherwise)
        case Apply(function="size" | "length" | "days_between" | "years_between"):
            yield Look(node, None, COUNTED, (), wanted=True, universal=True)
        case Apply(operands=operands):
            for operand in operands:
                yield from number_looks(operand)
        case Read() | Gather() | Named() | Lookup() if not reads_rules(node):
            yield Look(node, None, COUNTED, (), wanted=True, universal=True)
        case _:
            return


def needs_every_look(node: TypedNode, wanted: bool = True) -> bool:  # noqa: FBT001, FBT002 - polarity
    """Whether a condition holds only if each of its looks is as wanted: no part of it is an alternative."""
    match node:
        case Apply(function="and" | "or" as word, operands=operands):
            return (word == "and") is wanted and all(needs_every_look(one, wanted) for one in operands)
        case Apply(function="not", operands=(operand,)):
            return needs_every_look(operand, not wanted)
        case Gather(function="any" | "all" as word, element=element) if element is not None:
            return (word == "all") is wanted and needs_every_look(element, wanted)
        case _:
            return not isinstance(node, Branch)


def _comparison(node: Apply, wanted: bool, loops: tuple[Gather, ...], universal: bool) -> Look:  # noqa: FBT001 - polarity
    left, right = node.operands[0], node.operands[-1]
    # What varies is observed; of two that do, or do not, the one that is written first.
    turned = right.span.start < left.span.start if _varies(left) is _varies(right) else _varies(right)
    side = 0 if wanted else 1
    if node.function in _TEXTS:
        return Look(left, right, _TEXTS[node.function][side], loops, wanted, universal)
    if node.function in {"contained", "member"}:
        operator = _SETS[node.function, turned][side]
    else:
        operator = (_TURNED if turned else _PLAIN)[node.function][side]
    observed, required = (right, left) if turned else (left, right)
    return Look(observed, required, operator, loops, wanted, universal)


def _reads_personal(node: TypedNode) -> bool:
    return any(isinstance(part, Read) and part.fact.personal for part in walk(node))


def _shows_as_recorded(one: Fact, operator: str) -> bool:
    """Whether a comparison comes out the same for what is recorded and for what it means.

    An empty key is an empty text, and other items of an open set count for nothing unless only a member is asked for.
    """
    asks_for_members = operator in {"includes", "includes not all of", "contains", "lacks"}
    return not one.key and (one.type is not FactType.SET or not one.open or asks_for_members)


def _varies(node: TypedNode) -> bool:
    return any(isinstance(part, Read | Gather | Distinct | VerdictOf) for part in walk(node)) or (
        not any(isinstance(part, Constant | Parameter | Today) for part in walk(node))
    )


def unit_of(node: TypedNode, units: Mapping[str, str]) -> str:
    """The unit of a number: its fact's, or its parameter's."""
    for part in walk(node):
        if isinstance(part, Named) and part.unit:
            return part.unit
        if isinstance(part, Lookup) and part.table.unit:
            return part.table.unit
        if isinstance(part, Read) and part.fact.unit and part.datatype.kind is Kind.NUMBER:
            return part.fact.unit
        if isinstance(part, Parameter) and units.get(part.name):
            return units[part.name]
    return ""


class EvidenceWriter:
    """Writes the code that makes the evidence of one criterion; rows of loops are always asked in bounds."""

    def __init__(self, emitter: Emitter, rows: BoundsEmitter) -> None:
        """Write values with one emitter, rows with another."""
        self.emitter, self.rows = emitter, rows

    def row(self, look: Look, quantity: Quantity, truth: ast.expr) -> ast.expr:
        """The code of one evidence row, as a plain tuple of the fields of ``Evidence``."""
        head = self.emitter.names.constant(quantity)
        if not look.loops:
            found, required = self.sides(look)
            return syntax.row((head, found, required, syntax.constant(None)))
        if self.is_kept_extreme(look):
            total = syntax.name(f"n{self.emitter.plan.readers[look.loops[0]][0].index}")
            universal = syntax.constant(look.universal)
            rows = syntax.name(f"r_{look.loops[0].rows.relation}")  # type: ignore[union-attr]
            return self.emitter.call(kept_extreme, head, total, self.sides(look)[1], universal, rows)
        if self.is_plain_month(look):
            total = syntax.name(f"n{self.emitter.plan.readers[look.observed][0].index}")  # type: ignore[index]
            required = self.sides(look)[1]
            return self.emitter.call(worst_month, head, total, required, syntax.name("span"))
        # Where all is recorded, no rows are none; in bounds the loop itself tells whether there may be some.
        loop = syntax.constant(True) if self.emitter.exact else self.rows.expression(look.loops[0])
        universal = syntax.constant(look.universal)
        return self.emitter.call(deciding, head, self.candidates(look), truth, universal, thunk(loop))

    def is_kept_extreme(self, look: Look) -> bool:
        """Whether a loop has kept the value that decides."""
        readers = self.emitter.plan.readers
        return len(look.loops) == 1 and look.loops[0] in readers and bool(readers[look.loops[0]][0].extreme)

    def is_plain_month(self, look: Look) -> bool:
        """Whether it is a count by month against a number that is the same for all months."""
        return (
            len(look.loops) == 1
            and look.universal
            and isinstance(look.loops[0].rows, MonthRows)
            and look.loops[0].condition is None
            and isinstance(look.observed, Gather)
            and look.observed in self.emitter.plan.readers
            and self.emitter.plan.readers[look.observed][1] is not None
            and isinstance(look.required, Constant)
            and look.operator in {">=", ">"}
        )

    def sides(self, look: Look) -> tuple[ast.expr, ast.expr]:
        """The observed value as it is recorded, and the required one."""
        emitter = self.emitter
        observed = (
            emitter.raw(look.observed.owner, look.observed.fact)
            if isinstance(look.observed, Read) and _shows_as_recorded(look.observed.fact, look.operator)
            else emitter.expression(look.observed)
        )
        nothing = syntax.constant(None if look.operator == COUNTED else look.wanted)
        required = nothing if look.required is None else emitter.expression(look.required)
        if look.observed.datatype.kind is Kind.MONTH:
            return emitter.call(month_shown, observed), emitter.call(month_shown, required)
        return observed, required

    def candidates(self, look: Look) -> ast.expr:
        """A generator of (found, required, at) over the rows of all loops around a comparison."""
        emitter = self.emitter
        inner = look.loops[-1]
        loops = []
        for gather in look.loops:
            variable, presence = f"v_{gather.variable.name}", f"p_{gather.variable.name}"
            tests = [syntax.compare(syntax.name(presence), "is not", syntax.constant(False))]
            if gather.condition is not None:
                tests.append(syntax.compare(emitter.expression(gather.condition), "is not", syntax.constant(False)))
            loops.append(syntax.loop_of((variable, presence), self.pairs(gather.rows), *tests))
        found, required = self.sides(look)
        at = self.place(inner)
        return syntax.nested(syntax.row((found, required, at)), loops)

    def pairs(self, rows: Rows) -> ast.expr:
        """The rows of a loop with their presence, as far as possible one by one."""
        match rows:
            case RelationRows(first=None, dated_by=None, relation=relation):
                return self.emitter.call(all_pairs, syntax.name(f"r_{relation}"))
            case RelationRows(first=None, relation=relation):
                arguments = (syntax.name(f"r_{relation}"), syntax.name(f"day_{relation}"), syntax.name("span"))
                return self.emitter.call(dated_pairs, *arguments)
            case _:
                return syntax.item(self.rows.rows(rows), syntax.constant(0))

    def place(self, gather: Gather) -> ast.expr:
        """How the row of a loop is named in evidence."""
        variable = syntax.name(f"v_{gather.variable.name}")
        if isinstance(gather.rows, MonthRows):
            return self.emitter.call(month_text, variable)
        return syntax.attribute(variable, "id") if isinstance(gather.rows, RelationRows) else variable


# What generated code calls

#: The fields of ``Evidence`` before it is made.
EvidenceRow: TypeAlias = tuple[Quantity, Any, Any, str | None]


def month_shown(month: Any) -> Any:  # noqa: ANN401 - a month in bounds
    """A month as a report shows it: months of a calendar year sort alike as texts."""
    low, high = (None if end is None else month_text(end) for end in bounds.ends(month))  # type: ignore[arg-type]
    return bounds.between(low, high)  # type: ignore[arg-type]


def worst_month(quantity: Quantity, totals: Sequence[Any], required: Any, span: Window) -> EvidenceRow:  # noqa: ANN401 - numbers
    """The month that falls short most, the earliest on ties; one that surely does before one that may."""
    if not span.months:
        return quantity, None, required, None
    values = totals[span.whole]
    if Bounds in map(type, values):
        return deciding(quantity, zip(values, repeat(required), map(month_text, span.months)), None, universal=True)
    index = values.index(min(values))
    return quantity, values[index], required, month_text(span.months[index])


def kept_extreme(
    quantity: Quantity,
    total: Extreme,
    required: Any,  # noqa: ANN401 - numbers
    universal: bool,  # noqa: FBT001 - generated calls are positional
    rows: Iterable[Any] | None,
) -> EvidenceRow:
    """The row whose value a loop has kept, unless an incomplete one decides."""
    value, row, added, more = total
    if not added:
        if row is None:
            return _unrecorded(quantity) if more else quantity, None, required, None
        return quantity, value, required, row.id
    known = [] if row is None else [(row, value)]
    known += [(other, one) for other, _, one in added]
    order = {id(one): at for at, one in enumerate(rows or ())}
    known.sort(key=lambda one: order[id(one[0])])
    return deciding(quantity, [(one, required, other.id) for other, one in known], None, universal)


def _unrecorded(quantity: Quantity) -> Quantity:
    """The quantity where there is no row to look at, and one may not be recorded."""
    return evolve(quantity, of_no_rows=None, missing=None)


def deciding(
    quantity: Quantity,
    candidates: Iterable[tuple[Any, Any, str]],
    truth: bool | None,  # noqa: FBT001 - generated calls are positional
    universal: bool,  # noqa: FBT001
    settle: Callable[[], bool | None] = lambda: True,
) -> EvidenceRow:
    """The row that decides, the earliest on ties.

    ``settle`` gives the truth of the loop: if it is unknown though no row is there, some may not be recorded.

    Where all rows must be as wanted: one that is not before one that is unknown, then the one nearest to failing.
    Where one row suffices: the other way round. Where nothing can be nearer (texts, sets, truths) and ``truth``, that
    of a criterion which needs all of them, says that all are as wanted, the first row stands for all.
    """
    if universal and truth is True and not quantity.numeric:
        for first in candidates:
            return quantity, *first
        return quantity, None, None, None
    compared = COMPARISONS[quantity.operator]
    order = {False: 0, None: 1, True: 2} if universal else {True: 0, None: 1, False: 2}
    chosen: tuple[Any, Any, str | None] = (None, None, None)
    best: tuple[int, Any] | None = None
    seen: tuple[Any, Any] | None = None
    for candidate in candidates:
        found, required, _ = candidate
        if seen is not None and found is seen[0] and required is seen[1]:
            # Rows that lack the same fact rank alike: the first of them stands.
            continue
        seen = found, required
        found = quantity.missing if found is None else found
        met = None if found is None or required is None else compared(found, required)
        margin = _margin(quantity, found, required)
        rank = (order[met], margin if universal else bounds.opposite(margin))
        if best is None or rank < best:
            chosen, best = candidate, rank
        if not quantity.numeric and order[met] == 0:
            break
    if best is None and settle() is None:
        quantity = _unrecorded(quantity)
    return quantity, *chosen


def _margin(quantity: Quantity, found: Any, required: Any) -> Any:  # noqa: ANN401 - numbers
    """How far a number is on the right side: smaller is worse."""
    if not quantity.numeric or found is None or required is None:
        return 0
    low, high = bounds.ends(bounds.subtract(found, required))
    if quantity.operator in {">=", ">"}:
        return 0 if low is None else low
    if quantity.operator in {"<=", "<"}:
        return 0 if high is None else bounds.opposite(high)  # type: ignore[arg-type]
    return 0


#: What generated evidence code reads as globals.
EVIDENCE_GLOBALS: Mapping[str, Callable[..., Any] | type] = {
    "new": tuple.__new__,
    "repeat": repeat,
    "Evidence": Evidence,
}

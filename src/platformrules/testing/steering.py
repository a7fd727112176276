# SPDX-License-Identifier: MIT
"""Changing a draft so that a condition holds, or does not: conditions are turned into what facts and rows must be.

What can be turned round: facts compared with anything that is known, members of sets, texts, counts, sums, shares and
extremes of rows with conditions, each of the months, dates by their distance, `and`, `or`, `not`, `if`, and named
values of all these. Numbers come to lie on the limit, or one step beyond. The rest is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from attrs import define, field

from platformrules import bounds
from platformrules.criteria.datatypes import Kind
from platformrules.criteria.qualifying import qualified_id
from platformrules.criteria.simplifier import simplify
from platformrules.criteria.typed import (
    Apply,
    Branch,
    Distinct,
    Gather,
    MonthOf,
    Named,
    Part,
    Read,
    RelationRows,
    TypedNode,
    VerdictOf,
)
from platformrules.criteria.walk import walk
from platformrules.periods import add_days, add_months, add_years, month_of, month_start
from platformrules.schema import Fact, FactType, number_fault
from platformrules.testing.concrete import CannotSayError, Draft, Facts, Names

#: Chooses one of so many: 0 is the simplest.
Pick = Callable[[int], int]

_ORDERED = {Kind.NUMBER, Kind.DATE, Kind.MONTH}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_DENIED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_SIGNS = {"less": "<", "at_most": "<=", "equal": "=="}
_HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}
_FINEST = Decimal("0.0001")
#: Any text, any item of an open list.
OTHER = "另一项"
_MOST_ROWS = 400


def base_value(fact: Fact, day: date) -> Any:  # noqa: ANN401 - the value of any fact
    """The plainest value of a fact."""
    match fact.type:
        case FactType.BOOLEAN:
            return False
        case FactType.INTEGER | FactType.DECIMAL:
            return 0 if fact.minimum is None else int(bounds.ceiled(fact.minimum))
        case FactType.TEXT:
            return OTHER
        case FactType.DATE:
            return day
        case FactType.CHOICE:
            return fact.values[-1].id if fact.values else OTHER
        case FactType.SET:
            return frozenset()


@define
class Steering:
    """Changes a draft; ``pick`` chooses where there is a choice."""

    draft: Draft
    pick: Pick
    #: The facts of a new row, by model.
    read: dict[str, tuple[Fact, ...]]
    #: Months that shall have no more and no fewer rows.
    locked: set[tuple[str, int]] = field(factory=set)

    def make(self, node: TypedNode, names: Names, *, wanted: bool) -> None:
        """Change what a condition reads so that it comes to what is wanted, as far as that can be done."""
        with suppress(CannotSayError, KeyError):  # what a run gives is no fact, and stands in no record
            self._make(node, names, wanted=wanted)

    def _make(self, node: TypedNode, names: Names, *, wanted: bool) -> None:
        match node:
            case Read(fact=fact):
                names[node.owner.name][fact.id] = wanted
            case Named(expression=expression):
                self.make(expression, self.draft.outermost(), wanted=wanted)
            case Branch(test=test, then=then, otherwise=otherwise):
                if self.pick(2):
                    self.make(test, names, wanted=not self.draft.value(test, names))
                self.make(then if self.draft.value(test, names) else otherwise, names, wanted=wanted)
            case Apply(function="not", operands=(operand,)):
                self.make(operand, names, wanted=not wanted)
            case Apply(function="and" | "or" as function, operands=operands):
                self._join(operands, names, wanted=wanted, every=(function == "and") is wanted)
            case Apply(function="equal" | "less" | "at_most" as function, operands=(left, right)):
                self._compare(_SIGNS[function], left, right, names, wanted=wanted)
            case Apply(function="member", operands=(item, group)):
                self._member(item, group, names, wanted=wanted)
            case Apply(function="contained", operands=(left, right)):
                self._contained(left, right, names, wanted=wanted)
            case Apply(function="starts_with" | "ends_with" | "contains", operands=(text, part)):
                if self.draft.value(node, names) is not wanted:
                    self._text(text, self.draft.value(part, names) if wanted else OTHER, names)
            case Gather(function="all" | "any"):
                self._quantify(node, names, wanted=wanted)
            case _:
                raise CannotSayError

    @contextmanager
    def simply(self, *, after: bool) -> Iterator[None]:
        """Choose the simplest: what the first row of many shows need not be drawn for each."""
        pick = self.pick
        self.pick = _simplest if after else pick
        try:
            yield
        finally:
            self.pick = pick

    def _join(self, operands: tuple[TypedNode, ...], names: Names, *, wanted: bool, every: bool) -> None:
        """All operands, or one that decides while the others do not."""
        if every:
            for one in operands:
                self.make(one, names, wanted=wanted)
            return
        chosen = self.pick(len(operands))
        for index, one in enumerate(operands):
            if index != chosen:
                self.make(one, names, wanted=not wanted)
        self.make(operands[chosen], names, wanted=wanted)

    def _quantify(self, node: Gather, names: Names, *, wanted: bool) -> None:
        assert node.element is not None  # noqa: S101 - INVARIANT: all and any have one
        if (node.function == "all") is wanted:
            for index, row in enumerate(self.draft.chosen(node, names)):
                with self.simply(after=index > 0):
                    self.make(node.element, {**names, node.variable.name: row}, wanted=wanted)
            return
        rows = self.draft.chosen(node, names)
        if wanted and any(self.draft.value(node.element, {**names, node.variable.name: row}) for row in rows):
            return
        if wanted and _ties_rows(node.element):  # the rows that are there may be needed where they are
            rows = self._added(node, names)
        rows = rows or self._added(node, names)
        if rows:
            row = rows[self.pick(len(rows))]
            for other in rows:
                with self.simply(after=True):
                    self.make(node.element, {**names, node.variable.name: other}, wanted=not wanted)
            self.make(node.element, {**names, node.variable.name: row}, wanted=wanted)
            if type(row) is int:
                self.locked |= {(relation, row) for relation in self.draft.rows}

    # Comparisons

    def _compare(self, sign: str, left: TypedNode, right: TypedNode, names: Names, *, wanted: bool) -> None:
        sign = sign if wanted else _DENIED[sign]
        sides = [(left, right, sign), (right, left, _TURNED[sign])]
        open_sides = [side for side in sides if self.can_change(side[0])]
        if not open_sides:
            raise CannotSayError
        chosen = self.pick(len(open_sides))
        for one, other, turned in (
            open_sides[chosen],
            *(side for side in open_sides if side is not open_sides[chosen]),
        ):
            self._compare_side(turned, one, other, names)
            if _HOLDS[turned](self.draft.value(one, names), self.draft.value(other, names)):
                return  # else the domain of one fact may forbid what the other allows

    def _compare_side(self, sign: str, one: TypedNode, other: TypedNode, names: Names) -> None:
        kind = one.datatype.kind
        if sign == "!=" and self.draft.value(one, names) != self.draft.value(other, names):
            return
        if kind is Kind.TRUTH:
            self.make(one, names, wanted=self.draft.value(other, names) is (sign == "=="))
        elif kind in _ORDERED:
            self.place(one, sign, self.draft.value(other, names), names)
        elif kind is Kind.TEXT:
            text = self.draft.value(other, names)
            self._text(one, text if sign == "==" else self._other_than({text}, one), names)
        else:
            self._put_set(one, self.draft.value(other, names) if sign == "==" else frozenset(), names)

    @staticmethod
    def can_change(node: TypedNode) -> bool:
        """Whether a value depends on facts."""
        reads = (one for one in walk(node) if isinstance(one, Read | MonthOf | Gather | VerdictOf))
        return any(not (isinstance(one, Read) and _is_fixed(one.fact)) for one in reads)

    def place(self, node: TypedNode, sign: str, limit: Any, names: Names) -> None:  # noqa: ANN401 - a number or day
        """Bring a value to the limit, or beyond it by the smallest step, now and then further."""
        match node:
            case Named(expression=expression):
                return self.place(expression, sign, limit, self.draft.outermost())
            case Gather(function="share"):
                return self._share(node, sign, limit, names)
            case _:
                targets = _targets(node, sign, limit)
                return self.put(node, targets[self.pick(len(targets))], names, upper=sign in {"<", "<=", "!="})

    def put(self, node: TypedNode, target: Any, names: Names, *, upper: bool = False) -> None:  # noqa: ANN401 - of any type
        """Bring a value to a target; ``upper``: as close below the next one as can be."""
        value = self.draft.value
        match node:
            case Read(fact=fact):
                names[node.owner.name][fact.id] = _within(fact, target)
            case Named(expression=expression):
                self.put(expression, target, self.draft.outermost(), upper=upper)
            case MonthOf(owner=owner, fact=fact):
                names[owner.name][fact.id] = month_start(target) + timedelta(14)
            case Part(name="year" | "month" as name, owner=owner):
                day = value(owner, names)
                moved = day.replace(day=1, **{name: int(target)}) if name == "year" or 1 <= target <= 12 else day
                self.put(owner, moved, names)
            case Branch(test=test, then=then, otherwise=otherwise):
                self.put(then if value(test, names) else otherwise, target, names, upper=upper)
            case Gather(function="count"):
                self._count(node, int(target), names)
            case Gather(function="sum", element=element) if element is not None:
                self._sum(node, target, names)
            case Gather(element=element) if element is not None and node.function in {"min", "max", "mean", "median"}:
                for row in self.draft.chosen(node, names) or self._added(node, names):
                    self.put(element, target, {**names, node.variable.name: row})
            case Apply(function="size", operands=(group,)):
                self._size(group, int(target), names)
            case Apply(function="length", operands=(text,)):
                padded = OTHER * int(target) + value(text, names)
                self._text(text, padded[-int(target) :] if target > 0 else "", names)
            case Apply(function="years_between" | "days_between"):
                self._distance(node, int(target), names, upper=upper)
            case Apply():
                self._solve(node, target, names, upper=upper)
            case _:
                raise CannotSayError

    def _solve(self, node: Apply, target: Any, names: Names, *, upper: bool) -> None:  # noqa: ANN401 - a number or day
        """Bring one operand of a sum, product and the like to what makes the whole come to the target."""
        for index, one in enumerate(node.operands):
            if not self.can_change(one):
                continue
            others = [self.draft.value(other, names) for at, other in enumerate(node.operands) if at != index]
            wanted = _SOLVED.get((node.function, index), _SOLVED.get((node.function, None)))
            if wanted is None:
                raise CannotSayError
            if node.function == "multiply" and others == [0]:
                self.put(node.operands[1 - index], 1, names)
                others = [self.draft.value(node.operands[1 - index], names)]
            with suppress(ArithmeticError):  # nothing times 0 is what was asked for
                self.put(one, bounds.exact(wanted(target, *others)), names, upper=upper)
            return
        raise CannotSayError

    def _distance(self, node: Apply, target: int, names: Names, *, upper: bool) -> None:
        first, second = node.operands
        years = node.function == "years_between"
        if self.can_change(first):
            end = self.draft.value(second, names)
            if years and upper:
                day = add_days(add_years(end, -(target + 1)), 1)
            else:
                day = add_years(end, -target) if years else add_days(end, -target)
            self.put(first, day, names)
        else:
            begin = self.draft.value(first, names)
            self.put(second, add_years(begin, target) if years else add_days(begin, target), names)

    # Texts and sets

    def _text(self, node: TypedNode, text: str, names: Names) -> None:
        if isinstance(node, Named):
            return self._text(node.expression, text, self.draft.outermost())
        if isinstance(node, Branch):
            branch = node.then if self.draft.value(node.test, names) else node.otherwise
            return self._text(branch, text, names)
        if isinstance(node, VerdictOf):
            return self._verdict(node, text, names)
        if not isinstance(node, Read) or _is_fixed(node.fact):
            raise CannotSayError
        names[node.owner.name][node.fact.id] = text
        return None

    def _verdict(self, node: VerdictOf, text: str, names: Names) -> None:
        """Bring a row to a verdict of another standard: all its criteria are met, or none is, or all but one are."""
        draft, other = self.draft, self.draft.standard_of(node)
        every = [one.id for one in other.criteria]
        wanted = next((row.conforms for row in other.verdicts if row.id == text), None)
        tries: list[list[str]] = [[], every] if wanted else [every, []]
        for failing in [*tries, *([one] for one in every)]:
            below = draft.below(other.subject, names[node.owner.name])
            steering = Steering(below, self.pick, self.read)
            for criterion in other.criteria:
                fails = criterion.id in failing
                rows = [row.id for row in criterion.judge if row.fails is fails]
                if rows:
                    below.judgements[qualified_id(criterion.id, other.id)] = rows[self.pick(len(rows))]
                for condition, truth in ((criterion.applies_when, True), (criterion.require, not fails)):
                    if condition is not None:
                        root = simplify(condition.root, other.constants)
                        steering.make(root, below.outermost(), wanted=truth)
            draft.take(below)
            if draft.value(node, names) == text:
                return

    def _other_than(self, texts: set[str], node: TypedNode) -> str:
        """A text or choice that is none of these."""
        fact = node.datatype.choices
        codes = [] if fact is None else [one.id for one in fact.values if one.id not in texts]
        if fact is None or fact.open or not codes:
            codes.append(OTHER)
        return codes[self.pick(len(codes))]

    def _member(self, item: TypedNode, group: TypedNode, names: Names, *, wanted: bool) -> None:
        if self.can_change(group):
            text = self.draft.value(item, names)
            held = self.draft.value(group, names)
            self._put_set(group, held | {text} if wanted else held - {text}, names)
            return
        codes = sorted(self.draft.value(group, names))
        if wanted and codes:
            self._text(item, codes[self.pick(len(codes))], names)
        elif not wanted:
            self._text(item, self._other_than(set(codes), item), names)

    def _contained(self, left: TypedNode, right: TypedNode, names: Names, *, wanted: bool) -> None:
        asked, held = self.draft.value(left, names), self.draft.value(right, names)
        if self.can_change(right):
            missing = sorted(asked)[self.pick(len(asked)) :][:1] if asked else []
            self._put_set(right, held | asked if wanted else (held | asked) - set(missing), names)
        elif wanted:
            self._put_set(left, asked & held, names)
        else:
            self._put_set(left, asked | {self._other_than(set(held), left)}, names)

    def _put_set(self, node: TypedNode, members: frozenset[str], names: Names) -> None:
        match node:
            case Read(owner=owner, fact=fact):
                names[owner.name][fact.id] = frozenset(members)
            case Named(expression=expression):
                self._put_set(expression, members, self.draft.outermost())
            case Branch(test=test, then=then, otherwise=otherwise):
                self._put_set(then if self.draft.value(test, names) else otherwise, members, names)
            case Apply(function="shared", operands=(left, right)):
                one, other = (left, right) if self.can_change(left) else (right, left)
                kept = self.draft.value(one, names) - self.draft.value(other, names)
                self._put_set(one, kept | members, names)
            case _:
                raise CannotSayError

    def _size(self, group: TypedNode, target: int, names: Names) -> None:
        """So many members, those that are there first."""
        held = sorted(self.draft.value(group, names))
        match group:
            case Apply(function="shared", operands=(left, right)) if not isinstance(right, Read) or isinstance(
                left, Read
            ):
                known = sorted(self.draft.value(right if self.can_change(left) else left, names))
            case Distinct(element=element):
                return self._distinct(group, element, target, names)
            case _:
                choices = group.datatype.choices
                known = [OTHER] if choices is None else [one.id for one in choices.values]
        members = dict.fromkeys((*held, *known))
        return self._put_set(group, frozenset(list(members)[: max(target, 0)]), names)

    def _distinct(self, node: Distinct, element: TypedNode, target: int, names: Names) -> None:
        """So many different values of rows."""
        choices = element.datatype.choices
        codes = [] if choices is None else [one.id for one in choices.values][:target]
        rows = self.draft.chosen(node, names)
        while codes and len(rows) < target and (added := self._added(node, names)):
            rows = [*rows, *added]
        for index, row in enumerate(rows if codes else ()):
            self._text(element, codes[index % len(codes)], {**names, node.variable.name: row})

    # Rows

    def _added(self, node: Gather | Distinct, names: Names) -> list[Facts]:
        """A new row for which the condition holds, like the last one that is there; none if rows cannot be added."""
        rows = node.rows
        if not isinstance(rows, RelationRows) or len(self.draft.rows[rows.relation]) >= _MOST_ROWS:
            return []
        held = self.draft.rows[rows.relation]
        model = self.draft.schema.relations[rows.relation].model
        day = self.draft.last
        row = (
            {name: value for name, value in held[-1].items() if name != "id" or not self.draft.readers}
            if held
            else {one.id: base_value(one, day) for one in self.read.get(model, ()) if not one.key}
        )
        if rows.dated_by is not None:
            row[rows.dated_by] = self._day(rows, names)
        held.append(row)
        if node.condition is not None:
            self.make(node.condition, {**names, node.variable.name: row}, wanted=True)
        if not self._counts(row, node, names):
            held.pop()
            return []
        return [row]

    def _counts(self, row: Facts, node: Gather | Distinct, names: Names) -> bool:
        """Whether a row of a relation is among those that are meant."""
        rows = node.rows
        assert isinstance(rows, RelationRows)  # noqa: S101 - INVARIANT: only those are added
        if rows.dated_by is not None and not (rows.first is None and rows.register):
            begin, end = self.draft.span(rows.first, rows.last, names)
            if row[rows.dated_by] is None or not begin <= row[rows.dated_by] <= end:
                return False
        return node.condition is None or bool(self.draft.value(node.condition, {**names, node.variable.name: row}))

    def _day(self, rows: RelationRows, names: Names) -> date:
        """A day among those that are meant: in the month with the fewest rows."""
        begin, end = self.draft.span(rows.first, rows.last, names)
        by, held = rows.dated_by or "", self.draft.rows[rows.relation]
        months = [
            one for one in self.draft.months if begin <= month_start(one) and month_start(one) + timedelta(27) <= end
        ]
        free = [one for one in months if (rows.relation, one) not in self.locked] or months
        if not free:
            return end
        taken = [month_of(row[by]) for row in held if row.get(by) is not None]
        return month_start(min(free, key=lambda one: (taken.count(one), one))) + timedelta(14)

    def _count(self, node: Gather, target: int, names: Names) -> None:
        """So many rows for which the condition holds."""
        if isinstance(node.rows, RelationRows):
            with self.simply(after=True):
                for _ in range(target - len(self.draft.chosen(node, names))):
                    if not self._added(node, names):
                        break
            self._drop(node.rows, node, max(target, 0), names)
            return
        rows = self.draft.gone_through(node.rows, names)
        for index, row in enumerate(rows if node.condition is not None else ()):
            self.make(node.condition, {**names, node.variable.name: row}, wanted=index < target)  # type: ignore[arg-type]

    def _drop(self, rows: RelationRows, node: Gather, target: int, names: Names) -> None:
        """Leave so many rows: those of crowded months go first."""
        held, by = self.draft.rows[rows.relation], rows.dated_by
        chosen = self.draft.chosen(node, names)
        for _ in range(len(chosen) - target):
            months = [None if by is None else month_of(row[by]) for row in chosen]
            free = [at for at, month in enumerate(months) if (rows.relation, month) not in self.locked]
            at = max(free or range(len(chosen)), key=lambda one: (months.count(months[one]), one))
            gone = chosen.pop(at)
            held[:] = [row for row in held if row is not gone]

    def _sum(self, node: Gather, target: Any, names: Names) -> None:  # noqa: ANN401 - a number
        """A total: what is missing or too much is put on the last row."""
        rows = self.draft.chosen(node, names) or self._added(node, names)
        if not rows or node.element is None:
            return
        inside = [{**names, node.variable.name: row} for row in rows]
        rest = bounds.minus(target, sum(self.draft.value(node.element, one) for one in inside[:-1]))
        if rest < 0:
            for one in inside[:-1]:
                self.put(node.element, 0, one)
            rest = target
        self.put(node.element, rest, inside[-1])

    def _share(self, node: Gather, sign: str, limit: Any, names: Names) -> None:  # noqa: ANN401 - a number
        """The number of rows for which the element holds that lies nearest to the limit."""
        rows = self.draft.chosen(node, names)
        while len(rows) < 10 and (added := self._added(node, names)):
            rows = [*rows, *added]
        shares = [bounds.over(number, len(rows)) for number in range(len(rows) + 1)] if rows else []
        fitting = [number for number, one in enumerate(shares) if _HOLDS[sign](one, limit)]
        if not fitting or node.element is None:
            return
        distances = [(abs(bounds.minus(shares[number], limit)), number) for number in fitting]
        _, best = min(distances)
        for index, row in enumerate(rows):
            self.make(node.element, {**names, node.variable.name: row}, wanted=index < best)


def _ties_rows(node: TypedNode) -> bool:
    """Whether a condition on a row ties it to a month or to another row."""
    return any(isinstance(one, MonthOf) or (isinstance(one, Read) and one.fact.key) for one in walk(node))


def _is_fixed(fact: Fact) -> bool:
    """What cannot be changed: the id of a record, and what a run gives."""
    return (fact.key and fact.id == "id") or fact.on == "parameters"


def _simplest(_: int) -> int:
    return 0


def _targets(node: TypedNode, sign: str, limit: Any) -> list[Any]:  # noqa: ANN401 - numbers or days
    """Values that stand to a limit as the sign says, the limit or its neighbours first."""
    if node.datatype.kind is Kind.DATE:
        steps: list[Any] = [timedelta(1), timedelta(400)]
    else:
        steps = [1] if node.datatype.whole else [1, _FINEST]
    with suppress(OverflowError):
        above, below = [limit + one for one in steps], [limit - one for one in steps]
        match sign:
            case "<=":
                return [limit, *below]
            case ">=":
                return [limit, *above]
            case "<":
                return below
            case ">":
                return above
            case "!=":
                return [*above, *below]
            case _:
                return [limit]
    return [limit]


def _within(fact: Fact, value: Any) -> Any:  # noqa: ANN401 - the value of any fact
    """The value, or what its fact allows that is nearest."""
    if fact.type is FactType.INTEGER:
        value = int(value)
    if fact.type in {FactType.INTEGER, FactType.DECIMAL} and number_fault(value, fact):
        if fact.minimum is not None and value < fact.minimum:
            return fact.minimum
        if fact.maximum is not None and value > fact.maximum:
            return fact.maximum
        return bounds.rounded(value, 4)
    return value


_SOLVED: dict[tuple[str, int | None], Callable[..., Any]] = {
    ("negate", 0): bounds.opposite,
    ("add", None): bounds.minus,
    ("subtract", 0): bounds.plus,
    ("subtract", 1): lambda target, left: bounds.minus(left, target),
    ("multiply", None): bounds.over,
    ("divide", 0): bounds.times,
    ("divide", 1): lambda target, left: bounds.over(left, target),
    ("round", 0): lambda target, *_: target,
    ("floor", 0): lambda target, *_: target,
    ("ceil", 0): lambda target, *_: target,
    ("min", None): lambda target, *_: target,
    ("max", None): lambda target, *_: target,
    ("add_days", 0): lambda target, days: add_days(target, -days),
    ("add_months", 0): lambda target, months: add_months(target, -months),
    ("add_years", 0): lambda target, years: add_years(target, -years),
}

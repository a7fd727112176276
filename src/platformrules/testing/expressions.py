# SPDX-License-Identifier: MIT
"""Hypothesis strategies of well-typed expressions: every node kind and every function of the language.

What is drawn is syntax; its text passes the checker. Knows no engine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from attrs import evolve, field, frozen
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from platformrules.criteria.checker import Scope
from platformrules.criteria.datatypes import TEXT, TRUTH, Datatype, Kind
from platformrules.criteria.formatter import to_text
from platformrules.criteria.nodes import (
    Attribute,
    Binary,
    Boolean,
    Call,
    Comparison,
    Comprehension,
    Conditional,
    Connective,
    Expr,
    Name,
    Number,
    SetLiteral,
    Subscript,
    Text,
    Unary,
)
from platformrules.criteria.parser import MAX_LENGTH
from platformrules.criteria.typed import Named, Table
from platformrules.schema import Fact, FactType

_VARIABLES = ("a", "b", "x", "y", "z", "u", "v", "w")
_ORDER = ("<", "<=", ">", ">=", "==", "!=")
_NUMBERS = (0, 1, 2, 3, 4, 20, 100, Decimal("0.3"), Decimal("99.9999"))
_WORDS = ("", "青年", "b")
_OUTCOMES = ("passed", "failed", "undetermined", "untested", "inapplicable", "waived")


def expressions(scope: Scope, expected: Datatype = TRUTH, depth: int = 3) -> SearchStrategy[str]:
    """Texts of expressions of a type over the names of a scope, nested up to about ``depth`` forms."""
    return _drawn(scope, expected.kind, depth).map(to_text).filter(lambda text: len(text) <= MAX_LENGTH)


@st.composite
def _drawn(draw: DrawFn, scope: Scope, kind: Kind, depth: int) -> Expr:
    writer = _Writer(draw, scope, _pick_facts(draw, scope))
    making: dict[Kind, Callable[[int], Expr]] = {
        Kind.TRUTH: writer.truth,
        Kind.NUMBER: writer.number,
        Kind.DATE: writer.date,
        Kind.SET: writer.words,
    }
    return making[kind](depth)


def _pick_facts(draw: DrawFn, scope: Scope) -> dict[str, tuple[Fact, ...]]:
    """Two facts of each model and type, so that an expression reads the same ones again and again."""
    shift = draw(st.integers(0, 5))
    picked: dict[str, tuple[Fact, ...]] = {}
    for model in sorted({scope.subject, *(relation.model for relation in scope.schema.relations.values())}):
        found: list[Fact] = []
        for kind in FactType:
            known = [one for one in scope.schema.facts[model].values() if one.type is kind and _is_usable(one)]
            found += (known * 2)[shift % len(known) :][: min(2, len(known))] if known else []
        picked[model] = tuple(found)
    return picked


def _is_of(value: Named, vocabulary: Fact) -> bool:
    """Whether a set takes its words from a vocabulary; one written out has none of its own."""
    choices = value.datatype.choices
    return choices is not None and choices.codes == vocabulary.codes


def _is_usable(one: Fact) -> bool:
    """Whether literals can be written for it: a list of choices may still be empty."""
    return bool(one.values) or one.type not in {FactType.CHOICE, FactType.SET}


@frozen
class _Variable:
    """A name in scope and what it stands for: a row of a model, a month, a word, a criterion or a block."""

    name: str
    kind: Kind
    model: str = ""
    dated: bool = False
    vocabulary: Fact | None = None


@lru_cache
def _upto(last: int) -> SearchStrategy[int]:
    return st.integers(0, last)


@frozen
class _Writer:
    """Draws one expression; ``variables`` are those of the comprehensions around it."""

    draw: DrawFn
    scope: Scope
    facts: dict[str, tuple[Fact, ...]]
    variables: tuple[_Variable, ...] = field(default=())

    def choose(self, options: Sequence[Any]) -> Any:  # noqa: ANN401 - one of the options
        return options[self.draw(_upto(len(options) - 1))]

    def one_of(self, *makers: Callable[[], Expr] | None) -> Expr:
        """What one of these makes; those that do not fit here are ``None``."""
        made: Expr = self.choose([make for make in makers if make is not None])()
        return made

    def rows_in_scope(self) -> list[_Variable]:
        subject = _Variable(self.scope.subject, Kind.ROW, self.scope.subject)
        return [subject, *(one for one in self.variables if one.kind is Kind.ROW)]

    def of_kind(self, kind: Kind) -> list[_Variable]:
        return [one for one in self.variables if one.kind is kind]

    def parameters(self, kind: Kind, *, whole: bool = False) -> list[str]:
        known = self.scope.parameters.items()
        return [name for name, (datatype, _) in known if datatype.kind is kind and datatype.whole >= whole]

    def named(self, kind: Kind, *, whole: bool = False) -> list[Callable[[], Expr]]:
        """Named values of a type, and tables that hold values of it."""
        found: list[Callable[[], Expr]] = [
            partial(Name, one.name)
            for one in self.scope.values.values()
            if one.datatype.kind is kind and one.datatype.whole >= whole
        ]
        return found + [
            partial(self.lookup, one)
            for one in self.scope.tables.values()
            if one.datatype.kind is kind and one.datatype.whole >= whole
        ]

    def lookup(self, table: Table) -> Expr:
        """What a table gives for a key: mostly the fact that it is by, where that can be read."""
        keys = [self.key(one, rest=table.otherwise is not None) for one in table.by]
        if table.of is not None and not table.by:
            keys.append(self.date(0) if table.of.kind is Kind.DATE else self.number(0))
        return Subscript(Name(table.name), tuple(keys))

    def key(self, one: Fact, *, rest: bool) -> Expr:
        """A truth, or a choice of the vocabulary; what may be another text only where the table has a rest."""
        if one.type is FactType.BOOLEAN:
            return self.truth(0)
        known: list[Expr] = [
            Attribute(Name(row.name), other.id)
            for row in self.rows_in_scope()
            for other in self.scope.schema.facts[row.model].values()
            if other.type is FactType.CHOICE and other.codes == one.codes and (rest or not other.open)
        ]
        literal = Text(self.code(one))
        branch = [Conditional(self.truth(0), read, literal) for read in known[:1]]
        return self.choose([*known, *known, *known, *branch, literal])  # type: ignore[no-any-return]

    def readable(self, *types: FactType) -> list[Expr]:
        """The facts of these types that can be read here; a row that is gone through comes first."""
        return [
            Attribute(Name(row.name), one.id)
            for row in reversed(self.rows_in_scope())
            for one in self.facts[row.model]
            if one.type in types
        ]

    # Truths

    def truth(self, depth: int) -> Expr:
        below = depth - 1
        leaves: list[Callable[[], Expr] | None] = [
            lambda: self.choose(self.readable(FactType.BOOLEAN)) if self.readable(FactType.BOOLEAN) else Boolean(True),
            lambda: self.compared(self.number, 0),
            self.compared_choice,
            lambda: self.in_set(0),
            self.rule_truth if self.rules() else None,
            (lambda: Name(self.choose(self.parameters(Kind.TRUTH)))) if self.parameters(Kind.TRUTH) else None,
            *self.named(Kind.TRUTH),
        ]
        if depth <= 0:
            return self.one_of(*leaves)
        return self.one_of(
            lambda: self.compared(self.number, below),
            lambda: self.gathered(self.choose(("any", "all")), below),
            lambda: self.compared(self.number, below),
            lambda: self.one_of(*leaves),
            lambda: self.compared(self.date, below),
            (lambda: self.compared(self.month, below)) if self.has_months() else None,
            lambda: Comparison((self.choose(("==", "!=")),), (self.truth(below), self.truth(below))),
            lambda: Comparison((self.choose(("<=", ">=", "==", "!=")),), self.like_sets(below)),
            lambda: self.in_set(below),
            self.text_test,
            lambda: self.compared_text(below),
            lambda: Boolean(self.draw(st.booleans())),
            lambda: Unary("not", self.truth(below)),
            lambda: self.connective(below),
            lambda: Conditional(self.truth(below), self.truth(below), self.truth(below)),
            lambda: self.guarded(below),
            lambda: self.gathered(self.choose(("any", "all")), below),
            lambda: self.gathered(self.choose(("any", "all")), below),
            (lambda: self.each_month(below)) if self.scope.has_period and not self.of_kind(Kind.MONTH) else None,
        )

    def compared(self, make: Callable[[int], Expr], depth: int) -> Expr:
        operands = [make(depth), make(depth)]
        operators = [self.choose(_ORDER)]
        if self.draw(st.integers(0, 5)) == 0:
            operands.append(make(depth))
            operators.append(self.choose(_ORDER))
        return Comparison(tuple(operators), tuple(operands))

    def guarded(self, depth: int) -> Expr:
        """A comparison of a quotient, in a branch whose test keeps the divisor from being 0."""
        divisor = self.number(depth)
        test = Comparison((self.choose((">", "!=")),), (divisor, Number(0)))
        quotient = Comparison((self.choose(_ORDER),), (Binary("/", self.number(0), divisor), self.number(0)))
        return Conditional(test, self.choose((quotient, Unary("not", quotient))), self.truth(0))

    def compared_choice(self) -> Expr:
        """A choice and one of its codes, or the same choice of another row; or any of some codes."""
        choices = [
            (Attribute(Name(row.name), one.id), one)
            for row in reversed(self.rows_in_scope())
            for one in self.facts[row.model]
            if one.type is FactType.CHOICE
        ] + [(Name(one.name), one.vocabulary) for one in self.of_kind(Kind.TEXT) if one.vocabulary is not None]
        if not choices:
            return Boolean(True)
        left, vocabulary = self.choose(choices)
        literal = Text(self.code(vocabulary))
        other = self.choose([literal, literal, *(one for one, known in choices if known.codes == vocabulary.codes)])
        if self.draw(st.booleans()):
            other = Conditional(self.truth(0), literal, Text(self.code(vocabulary)))
        pair = self.choose(((left, other), (other, left)))
        return self.one_of(
            lambda: Comparison((self.choose(("==", "!=")),), pair),
            lambda: Comparison((self.choose(("in", "not in")),), (left, self.literal_set(vocabulary))),
        )

    def code(self, vocabulary: Fact) -> str:
        return self.choose([choice.id for choice in vocabulary.values])  # type: ignore[no-any-return]

    def literal_set(self, vocabulary: Fact) -> Expr:
        codes = [choice.id for choice in vocabulary.values]
        return SetLiteral(tuple(map(Text, self.draw(st.lists(st.sampled_from(codes), min_size=1, unique=True)))))

    def in_set(self, depth: int) -> Expr:
        group, vocabulary = self.group(depth)
        operator = self.choose(("in", "not in"))
        if vocabulary is None:
            return Comparison((operator,), (self.text(), group))
        word = self.choose([Text(self.code(vocabulary)), *self.words_of(vocabulary)])
        return Comparison((operator,), (word, group))

    def words_of(self, vocabulary: Fact) -> list[Expr]:
        """Variables that go through a set of these choices."""
        return [Name(one.name) for one in self.of_kind(Kind.TEXT) if one.vocabulary is vocabulary]

    def like_sets(self, depth: int) -> tuple[Expr, Expr]:
        """Two sets of one vocabulary."""
        first, vocabulary = self.group(depth)
        if vocabulary is None:
            return first, first
        pair = (first, self.set_of(vocabulary, depth))
        return self.choose((pair, pair[::-1]))  # type: ignore[no-any-return]

    def text(self) -> Expr:
        facts = self.readable(FactType.TEXT)
        free = [Name(one.name) for one in self.of_kind(Kind.TEXT) if one.vocabulary is None]
        free += [Name(one.name) for one in self.scope.values.values() if one.datatype == TEXT]
        return self.choose([*map(Text, _WORDS), *facts, *facts, *free])  # type: ignore[no-any-return]

    def compared_text(self, depth: int) -> Expr:
        right = self.text() if depth <= 0 else Conditional(self.truth(0), self.text(), self.text())
        return Comparison((self.choose(("==", "!=")),), (self.text(), self.choose((right, self.text()))))

    def text_test(self) -> Expr:
        return Call(self.choose(("starts_with", "ends_with", "contains")), (self.text(), self.text()))

    def connective(self, depth: int) -> Expr:
        operator, other = self.choose((("and", "or"), ("or", "and")))
        operands = self.draw(st.integers(2, 3))
        made = [self.truth(depth) for _ in range(operands)]
        kept = [one for one in made if not (isinstance(one, Connective) and one.operator == operator)]
        return Connective(operator, tuple(kept)) if len(kept) > 1 else Connective(other, (made[0], Boolean(False)))

    def each_month(self, depth: int) -> Expr:
        """What most rules of frequency say: enough rows in each month."""
        month = self.fresh()
        dated = [relation.id for relation in self.scope.schema.relations.values() if relation.picked_by is not None]
        inside = self.inside(_Variable(month, Kind.MONTH))
        row = inside.fresh()
        relation = self.choose(dated)
        model = self.scope.schema.relations[relation].model
        within = inside.inside(_Variable(row, Kind.ROW, model, dated=True))
        condition: Expr = Comparison(("==",), (Attribute(Name(row), "month"), Name(month)))
        if self.draw(st.booleans()):
            condition = Connective("and", (condition, within.truth(0)))
        function = self.choose(("count", "count", "sum", "any", "all", "mean"))
        gathered = within.gathering(function, row, Name(relation), condition, depth)
        if function not in {"any", "all"}:
            gathered = Comparison((self.choose(_ORDER),), (gathered, self.number(0)))
        return Call(self.choose(("all", "any")), (Comprehension(gathered, month, Name("months"), None),))

    # Rules

    def rules(self) -> tuple[str, ...]:
        """The criteria that can be read here."""
        return self.scope.criteria or ()

    def rule_truth(self) -> Expr:
        blocks, grades = self.of_kind(Kind.BLOCK), self.scope.grades
        criteria: list[Expr] = [Name(one.name) for one in self.of_kind(Kind.CRITERION)]
        criteria.append(Subscript(Name("criteria"), (Text(self.choose(self.rules())),)))
        one = self.choose(criteria)
        groups: list[Expr] = [Name(block.name) for block in blocks]
        if self.scope.blocks:
            groups.append(Subscript(Name("blocks"), (Text(self.choose(self.scope.blocks)),)))
        return self.one_of(
            lambda: Attribute(one, "satisfied"),
            lambda: Attribute(one, "failed"),
            lambda: Comparison((self.choose(("==", "!=")),), (Attribute(one, "outcome"), Text(self.choose(_OUTCOMES)))),
            lambda: Comparison((self.choose(("==", "!=")),), (Attribute(one, "strength"), Text("should"))),
            (lambda: Comparison((self.choose(("==", "!=")),), (Attribute(one, "grade"), Text(self.code(grades)))))
            if grades is not None and grades.values
            else None,
            lambda: Comparison(("==",), (Attribute(one, "id"), Text(self.choose(self.rules())))),
            lambda: Comparison(("in",), (Attribute(one, "block"), SetLiteral((Text("b0"), Text(""))))),
            (lambda: Attribute(self.choose(groups), "satisfied")) if groups else None,
            (lambda: Comparison(("!=",), (Attribute(self.choose(groups), "id"), Text("b0")))) if groups else None,
        )

    def rule_points(self) -> Expr:
        """The points of a criterion or a block; of one without points they are 0."""
        found: list[Expr] = [Name(one.name) for one in (*self.of_kind(Kind.CRITERION), *self.of_kind(Kind.BLOCK))]
        found.append(Subscript(Name("criteria"), (Text(self.choose(self.rules())),)))
        if self.scope.blocks:
            found.append(Subscript(Name("blocks"), (Text(self.choose(self.scope.blocks)),)))
        return Attribute(self.choose(found), "points")

    # Numbers

    def number(self, depth: int) -> Expr:
        return self.amount(depth, whole=False)

    def whole(self, depth: int) -> Expr:
        return self.amount(depth, whole=True)

    def amount(self, depth: int, *, whole: bool) -> Expr:
        literals = [Number(one) for one in _NUMBERS if not whole or isinstance(one, int)]
        facts = self.readable(FactType.INTEGER, *(() if whole else (FactType.DECIMAL,)))
        parameters = [Name(name) for name in self.parameters(Kind.NUMBER, whole=whole)]
        leaves: list[Callable[[], Expr] | None] = [
            lambda: self.choose(literals),
            (lambda: self.choose(facts)) if facts else None,
            (lambda: self.choose(facts)) if facts else None,
            (lambda: self.choose(parameters)) if parameters else None,
            self.rule_points if self.rules() and not whole else None,
            *self.named(Kind.NUMBER, whole=whole),
        ]
        below = depth - 1
        if depth <= 0:
            return self.one_of(*leaves)
        rounding = ("round", "floor", "ceil")
        return self.one_of(
            lambda: self.one_of(*leaves),
            lambda: self.gathered(self.choose(("count", "sum")), below, whole=whole),
            lambda: self.gathered(self.choose(("count", "sum", "min", "max")), below, whole=whole),
            lambda: self.counted(below),
            (lambda: self.longest_run(below)) if self.scope.has_period else None,
            lambda: Binary(self.choose("+-*"), self.amount(below, whole=whole), self.amount(below, whole=whole)),
            lambda: Unary("-", self.amount(below, whole=whole)),
            lambda: Call(self.choose(("min", "max")), tuple(self.amount(below, whole=whole) for _ in range(2))),
            lambda: Call(self.choose(rounding), (self.number(below),)),
            lambda: Attribute(self.date(below), self.choose(("year", "month"))),
            lambda: Call(self.choose(("days_between", "years_between")), (self.date(below), self.date(below))),
            lambda: Call("length", (self.text(),)),
            lambda: Conditional(self.truth(below), self.amount(below, whole=whole), self.amount(below, whole=whole)),
            None if whole else lambda: self.gathered(self.choose(("mean", "median", "share")), below),
            None if whole else lambda: self.gathered(self.choose(("mean", "median", "share")), below),
            None if whole else lambda: self.quotient(below),
            None
            if whole
            else lambda: Call(self.choose(rounding), (self.number(below), Number(self.draw(st.integers(0, 3))))),
        )

    def quotient(self, depth: int) -> Expr:
        """A division that the checker lets pass."""
        dividend = self.number(depth)
        divisor = self.number(depth)
        return self.one_of(
            lambda: Binary("/", dividend, self.choose((Number(3), Unary("-", Number(2)), Number(Decimal("0.7"))))),
            lambda: Binary("/", dividend, Binary("+", self.counted(0), Number(1))),
            lambda: Conditional(
                Comparison((self.choose((">", "!=")),), (divisor, Number(0))),
                Binary("/", dividend, divisor),
                self.number(0),
            ),
        )

    def counted(self, depth: int) -> Expr:
        """``count(rows)`` or ``count(set)``."""
        rows = [Name(name) for name in self.plain_rows()]
        return Call(
            "count", (self.one_of((lambda: self.choose(rows)) if rows else None, lambda: self.group(depth)[0]),)
        )

    def plain_rows(self) -> list[str]:
        """The names that are rows by themselves."""
        relations = self.scope.schema.relations.values()
        known = [one.id for one in relations if one.picked_by is None or self.scope.has_period]
        return [*known, *(["months"] if self.scope.has_period else []), *(["criteria"] if self.rules() else [])]

    # Dates and months

    def date(self, depth: int) -> Expr:
        named: list[Expr] = [Name("as_of"), *(Name(name) for name in self.parameters(Kind.DATE))]
        if self.scope.has_period:
            named += [Attribute(Name("period"), "start"), Attribute(Name("period"), "end")]
        facts = self.readable(FactType.DATE)
        leaves: list[Callable[[], Expr] | None] = [
            lambda: self.choose(named),
            (lambda: self.choose(facts)) if facts else None,
            (lambda: self.choose(facts)) if facts else None,
            *self.named(Kind.DATE),
        ]
        if depth <= 0:
            return self.one_of(*leaves)
        below = depth - 1
        adding = ("add_days", "add_months", "add_years")
        return self.one_of(
            lambda: self.one_of(*leaves),
            lambda: Call(self.choose(adding), (self.date(below), self.whole(below))),
            lambda: Call(
                "date", (self.whole(below), Number(self.choose((1, 2, 12))), Number(self.choose((1, 28, 31))))
            ),
            lambda: Call(self.choose(("min", "max")), (self.date(below), self.date(below))),
            lambda: Conditional(self.truth(below), self.date(below), self.date(below)),
            (lambda: Attribute(self.month(below), self.choose(("start", "end")))) if self.has_months() else None,
        )

    def has_months(self) -> bool:
        return bool(self.months_in_scope())

    def months_in_scope(self) -> list[Expr]:
        months: list[Expr] = [Name(one.name) for one in self.of_kind(Kind.MONTH)]
        return months + [Attribute(Name(one.name), "month") for one in self.of_kind(Kind.ROW) if one.dated]

    def month(self, depth: int) -> Expr:
        months = self.months_in_scope()
        if depth <= 0:
            return self.choose(months)  # type: ignore[no-any-return]
        return self.one_of(
            lambda: self.choose(months),
            lambda: Binary(self.choose("+-"), self.choose(months), self.whole(depth - 1)),
            lambda: Conditional(self.truth(depth - 1), self.choose(months), self.choose(months)),
        )

    # Sets

    def words(self, depth: int) -> Expr:
        return self.group(depth)[0]

    def group(self, depth: int) -> tuple[Expr, Fact | None]:
        """A set and the choices it takes; ``None`` for free texts."""
        known = [one for row in self.rows_in_scope() for one in self.facts[row.model] if one.type is FactType.SET]
        known += [one for model in sorted(self.facts) for one in self.facts[model] if one.type is FactType.CHOICE]
        if depth > 0 and self.draw(st.integers(0, 4)) == 0:
            return self.free_texts(), None
        vocabulary = self.choose(known)
        return self.set_of(vocabulary, depth), vocabulary

    def set_of(self, vocabulary: Fact, depth: int) -> Expr:
        facts: list[Expr] = [
            Attribute(Name(row.name), one.id)
            for row in self.rows_in_scope()
            for one in self.facts[row.model]
            if one.type is FactType.SET and one.codes == vocabulary.codes
        ]
        facts += [
            Name(one.name)
            for one in self.scope.values.values()
            if one.datatype.kind is Kind.SET and _is_of(one, vocabulary)
        ]
        below = depth - 1
        return self.one_of(
            (lambda: self.choose(facts)) if facts else None,
            (lambda: self.choose(facts)) if facts else None,
            lambda: self.literal_set(vocabulary),
            (lambda: Binary("&", self.set_of(vocabulary, below), self.set_of(vocabulary, below)))
            if depth > 0
            else None,
            (lambda: Conditional(self.truth(below), self.set_of(vocabulary, below), self.set_of(vocabulary, below)))
            if depth > 0
            else None,
            (lambda: self.gone_through(vocabulary, below)) if depth > 0 else None,
        )

    def gone_through(self, vocabulary: Fact, depth: int) -> Expr:
        """The set of the choices of some rows, or of some members of a set."""
        found = [
            (relation.id, relation.picked_by is not None, relation.model, one)
            for relation in self.scope.schema.relations.values()
            if relation.picked_by is None or self.scope.has_period
            for one in self.facts[relation.model]
            if one.type is FactType.CHOICE and one.codes == vocabulary.codes
        ]
        variable = self.fresh()
        if not found:
            inside = self.inside(_Variable(variable, Kind.TEXT, vocabulary=vocabulary))
            condition = self.choose((None, inside.truth(depth)))
            return Comprehension(Name(variable), variable, self.set_of(vocabulary, 0), condition, distinct=True)
        relation, dated, model, one = self.choose(found)
        inside = self.inside(_Variable(variable, Kind.ROW, model, dated))
        condition = self.choose((None, inside.truth(depth)))
        return Comprehension(Attribute(Name(variable), one.id), variable, Name(relation), condition, distinct=True)

    def free_texts(self) -> Expr:
        if self.rules() and self.choose((True, False)):
            variable = self.fresh()
            inside = self.inside(_Variable(variable, Kind.CRITERION))
            part = Attribute(Name(variable), self.choose(("block", "id", "strength", "outcome")))
            return Comprehension(part, variable, Name("criteria"), inside.rule_truth(), distinct=True)
        found = [
            (relation, one)
            for relation in self.scope.schema.relations.values()
            if relation.picked_by is None or self.scope.has_period
            for one in self.facts[relation.model]
            if one.type is FactType.TEXT
        ]
        relation, one = self.choose(found)
        variable = self.fresh()
        return Comprehension(Attribute(Name(variable), one.id), variable, Name(relation.id), None, distinct=True)

    # Functions over rows

    def fresh(self) -> str:
        """A variable that means nothing yet; mostly the first one, so that loops side by side share it."""
        taken = {*self.scope.names, *(one.name for one in self.variables)}
        free = [name for name in _VARIABLES if name not in taken]
        assume(free)
        return self.choose((free[0], free[0], free[-1]))  # type: ignore[no-any-return]

    def inside(self, variable: _Variable) -> _Writer:
        assume(len(self.variables) < 4)
        return evolve(self, variables=(*self.variables, variable))

    def rows(self, depth: int) -> tuple[Expr, _Variable]:
        """What is gone through, and the variable that does."""
        name = self.fresh()
        options: list[Callable[[], tuple[Expr, _Variable]]] = []
        for relation in self.scope.schema.relations.values():
            variable = _Variable(name, Kind.ROW, relation.model, relation.picked_by is not None)
            if not variable.dated or self.scope.has_period:
                options += [partial(self.plainly, relation.id, variable)] * (4 if variable.dated else 1)
            if variable.dated:
                options.append(partial(self.windowed, relation.id, variable, depth))
        if self.scope.has_period and not self.of_kind(Kind.MONTH):
            options.append(lambda: (Name("months"), _Variable(name, Kind.MONTH)))
        if depth > 0:
            options.append(lambda: self.members(name, depth - 1))
        if self.rules():
            options += [lambda: (Name("criteria"), _Variable(name, Kind.CRITERION))] * 4
            options.append(lambda: (Name("blocks"), _Variable(name, Kind.BLOCK)))
        return self.choose(options)()  # type: ignore[no-any-return]

    def plainly(self, relation: str, variable: _Variable) -> tuple[Expr, _Variable]:
        return Name(relation), variable

    def windowed(self, relation: str, variable: _Variable, depth: int) -> tuple[Expr, _Variable]:
        return self.during(relation, depth), variable

    def members(self, name: str, depth: int) -> tuple[Expr, _Variable]:
        group, vocabulary = self.group(depth)
        return group, _Variable(name, Kind.TEXT, vocabulary=vocabulary)

    def during(self, relation: str, depth: int) -> Expr:
        """The rows of a named window: of months if there are any, else of days; some reach beyond the records."""
        if self.has_months() and self.draw(st.booleans()):
            month = self.choose(self.months_in_scope())
            back = Number(self.draw(st.integers(0, 2)))
            return Call("during", (Name(relation), Binary("-", month, back), month))
        first = self.date(min(depth, 1))
        last = self.choose((Name("as_of"), self.date(0)))
        return Call("during", (Name(relation), first, last))

    def gathered(self, function: str, depth: int, *, whole: bool = False) -> Expr:
        rows, variable = self.rows(depth)
        inside = self.inside(variable)
        condition = self.choose((None, inside.truth(min(depth, 1)), inside.truth(0)))
        return inside.gathering(function, variable.name, rows, condition, depth, whole=whole)

    def longest_run(self, depth: int) -> Expr:
        """The longest series of months for which something is true."""
        variable = _Variable(self.fresh(), Kind.MONTH)
        inside = self.inside(variable)
        condition = self.choose((None, inside.truth(0)))
        return inside.gathering("longest_run", variable.name, Name("months"), condition, min(depth, 1))

    def gathering(
        self, function: str, variable: str, rows: Expr, condition: Expr | None, depth: int, *, whole: bool = False
    ) -> Expr:
        """A function over rows; the element is drawn where the variable is known, the default where it is not."""
        outside = evolve(self, variables=self.variables[:-1])
        default: Expr | None = None
        match function:
            case "count":
                element: Expr = Name(variable)
            case "any" | "all" | "share" | "longest_run":
                element = self.truth(depth)
            case _:
                element = self.amount(depth, whole=whole)
        if function in {"min", "max", "mean", "median", "share"}:
            default = outside.amount(0, whole=whole)
        return Call(function, (Comprehension(element, variable, rows, condition),), default)

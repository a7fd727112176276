# SPDX-License-Identifier: MIT
"""Checked expressions as sentences and phrases, Chinese and English at once, with the values of parameters put in.

What can be misread stands in parentheses. The words are in ``phrases``; knows no engine, no dossier and no standard.
One long file, because it is one walk: each way of saying a node calls the others.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Protocol, assert_never

from attrs import evolve, field, frozen

from platformrules.backends import phrases
from platformrules.backends.phrases import Noun, Unit, Vocabulary, say
from platformrules.criteria.datatypes import MONTH, SET, TRUTH, WHOLE, Kind
from platformrules.criteria.typed import (
    Apply,
    Branch,
    Constant,
    ConstantValue,
    Distinct,
    Gather,
    Items,
    MonthOf,
    MonthRows,
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
)
from platformrules.criteria.walk import walk
from platformrules.languages import Bilingual
from platformrules.models import RELATIONS
from platformrules.schema import FactType, Relation


class Given(Protocol):
    """What is read of a parameter; ``standards.model.Parameter`` is one."""

    @property
    def value(self) -> ConstantValue:
        """Its value."""

    @property
    def unit(self) -> str:
        """The unit of a number; empty if it has none."""

    @property
    def title(self) -> Bilingual | None:
        """How a report calls it."""


@frozen
class Names:
    """What expressions only give the id of: relations of plugins, and the criteria and blocks of verdict rows."""

    relations: Mapping[str, Relation] = field(factory=lambda: {one.id: one for one in RELATIONS})
    criteria: Mapping[str, Bilingual] = field(factory=dict)
    blocks: Mapping[str, Bilingual] = field(factory=dict)


def to_prose(expression: TypedExpr, parameters: Mapping[str, Given], names: Names | None = None) -> Bilingual:
    """What a condition demands, as a sentence of each language without a full stop; a value as a phrase."""
    return _Speaker(parameters, names or Names()).speak(expression.root).text


def to_phrase(node: TypedNode, parameters: Mapping[str, Given], names: Names | None = None) -> Bilingual:
    """A part of an expression as a noun phrase: the label of what is observed."""
    match node:
        case Read(fact=fact):
            return fact.label
        case Parameter(name=name) if (title := parameters[name].title) is not None:
            return title
        case _:
            said = _Speaker(parameters, names or Names()).speak(node).text
            return Bilingual(said.zh, said.en.removeprefix("the "))


class _Bond(enum.IntEnum):
    """How firmly words hold together; what holds less than its place asks stands in parentheses."""

    BRANCH = enum.auto()  # if …, then …
    LIST = enum.auto()  # …, and …
    OPEN = enum.auto()  # every …: …, which goes on to the end
    CLAUSE = enum.auto()  # … is …
    SERIES = enum.auto()  # the smallest of … and …
    SUM = enum.auto()
    PRODUCT = enum.auto()
    ATOM = enum.auto()


_NOTHING = Bilingual("", "")


@frozen
class _Said:
    """Words for a node, and what its surroundings have to know of them.

    Attributes:
        text: the words.
        bond: how firmly they hold together.
        owner: the variable with whose fact they begin, so that 每次活动的 or "whose" can go before them.
        subject, predicate: the two parts of a clause that is made of these.
        verb: what can follow directly upon the noun of the owner instead.
        question: of a boolean fact that is to be yes: its English label.
        unit: of a number.
        counted: of a count: the Chinese words for what is counted, as they are said before 不少于.
        plural: English verbs agree with it.
        flavour: which words compare it; empty for those of its kind.
    """

    text: Bilingual
    bond: _Bond = _Bond.ATOM
    owner: str = ""
    subject: Bilingual = _NOTHING
    predicate: Bilingual = _NOTHING
    verb: Bilingual = _NOTHING
    question: str = ""
    unit: Unit = phrases.PLAIN
    counted: str = ""
    plural: bool = False
    flavour: str = ""

    def at_least(self, bond: _Bond) -> Bilingual:
        """The words, in parentheses if they hold less firmly."""
        return self.text if self.bond >= bond else phrases.bracketed(self.text)


@frozen
class _Loop:
    """A loop around what is said: its variable, what that is, and how it is mentioned.

    Attributes:
        marked: it is mentioned by its name, because a loop inside goes over the same things.
        silent: English does not say "in the month" again after "in every month".
    """

    variable: Variable
    noun: Noun
    marked: bool
    silent: bool

    @property
    def is_plain(self) -> bool:
        """Whether its variable is a value and has no facts: a month, a member of a set."""
        return self.variable.datatype.kind in {Kind.MONTH, Kind.TEXT}

    @property
    def mention(self) -> Bilingual:
        """The activity, the month; or its name."""
        name = self.variable.name
        return Bilingual(name, name) if self.marked else self.noun.reference


@frozen
class _Group:
    """The rows of a loop: where they are, what they are, which of them. A Chinese ``link`` comes after the place."""

    loop: _Loop
    place: Bilingual
    link: str
    which: Bilingual

    @property
    def text(self) -> Bilingual:
        """All of them: 该月主题是学习社的活动."""
        noun = self.loop.noun
        zh = f"{self.place.zh}{self.link}{self.which.zh}{noun.zh}{self._mark.zh}"
        return Bilingual(zh, f"{noun.many}{self._tail}")

    @property
    def one(self) -> Bilingual:
        """One of them after 每 or "every"; in Chinese its place comes before that."""
        noun = self.loop.noun
        zh = f"{noun.measure}{self.which.zh}{noun.after_measure}{self._mark.zh}"
        return Bilingual(zh, f"{noun.one}{self._tail}")

    @property
    def each_zh(self) -> str:
        """Each of them: 该月各次活动."""
        return f"{self.place.zh}各{self.one.zh}"

    @property
    def _mark(self) -> Bilingual:
        return say(phrases.MARKED, self.loop.mention) if self.loop.marked else _NOTHING

    @property
    def _tail(self) -> str:
        return f"{self.place.en}{' ' if self.which.en else ''}{self.which.en}{self._mark.en}"


def _clause(subject: _Said, phrase: Bilingual, *operands: Bilingual) -> _Said:
    """What is said of a subject, as a clause."""
    start, predicate = subject.at_least(_Bond.SERIES), say(phrase, *operands, plural=subject.plural)
    text = Bilingual(f"{start.zh}{predicate.zh}", f"{start.en} {predicate.en}")
    return _Said(text, _Bond.CLAUSE, owner=subject.owner, subject=start, predicate=predicate)


def _conjuncts(condition: TypedNode | None) -> Iterator[TypedNode]:
    """The conditions that are joined by ``and``."""
    match condition:
        case None:
            return
        case Apply(function="and", operands=operands):
            for operand in operands:
                yield from _conjuncts(operand)
        case _:
            yield condition


def _reads(node: TypedNode | Rows, variable: Variable) -> bool:
    return any(isinstance(part, Variable) and part.name == variable.name for part in walk(node))


@frozen
class _Speaker:
    """Says nodes; knows the loops around them and the labels of the codes that they may hold."""

    parameters: Mapping[str, Given]
    names: Names
    vocabulary: Vocabulary = field(factory=dict)
    loops: tuple[_Loop, ...] = ()

    def speak(self, node: TypedNode, *, denied: bool = False) -> _Said:
        """Words for a node, or for the denial of a condition."""
        known = self.known(node)
        if known is not None:
            return _Said(phrases.SETTLED[known is denied], _Bond.CLAUSE)
        match node:
            case Constant(value=value):
                return self.constant(value)
            case Parameter(name=name):
                return self.constant(self.parameters[name].value, self.parameters[name].unit)
            case Today(name="as_of"):
                return _Said(phrases.AS_OF)
            case Today(name=name):
                return _Said(phrases.PARTS["period", name.removeprefix("period.")])
            case Variable():
                return _Said(self.mention(node))
            case Read():
                return self.truth_fact(node, denied=denied) if node.datatype == TRUTH else self.fact(node)
            case MonthOf(owner=owner, fact=fact, datatype=datatype):
                day = self.fact(Read(owner, fact, datatype))
                return _Said(say(phrases.MONTH_OF, day.text), owner=day.owner)
            case Part():
                return self.part(node)
            case RulePart():
                return self.rule_part(node, denied=denied)
            case Apply():
                return self.apply(node, denied=denied)
            case Branch():
                return self.branch(node, denied=denied) if node.datatype == TRUTH else self.choice(node)
            case Gather(function="all" | "any"):
                return self.quantified(node, denied=denied)
            case Gather():
                return self.gathered(node)
            case Distinct():
                return self.distinct(node)
            case _:
                assert_never(node)

    # What is given

    def known(self, node: TypedNode) -> bool | None:
        """The truth of a condition that no fact can change; ``None`` if one can."""
        match node:
            case Constant(value=bool() as value):
                return value
            case Parameter(name=name):
                given = self.parameters[name].value
                return given if isinstance(given, bool) else None
            case Apply(function="not", operands=(operand,)):
                known = self.known(operand)
                return None if known is None else not known
            case Apply(function="and" | "or" as function, operands=operands):
                found, settling = [self.known(operand) for operand in operands], function == "or"
                if settling in found:
                    return settling
                return None if None in found else not settling
            case Branch(test=test, then=then, otherwise=otherwise) if (known := self.known(test)) is not None:
                return self.known(then if known else otherwise)
            case _:
                return None

    def given(self, node: TypedNode) -> ConstantValue | None:
        """The value of what does not depend on facts; ``None`` if it does."""
        match node:
            case Constant(value=value):
                return value
            case Parameter(name=name):
                return self.parameters[name].value
            case Apply(function="negate", operands=(operand,)):
                number = self.given(operand)
                return number.copy_negate() if isinstance(number, Decimal) else _opposite(number)
            case _:
                return None

    def constant(self, value: ConstantValue, unit: str = "") -> _Said:
        """A value as it is written; choices by their labels."""
        match value:
            case int() | Decimal():
                measure = phrases.unit_named(unit)
                return _Said(phrases.say_number(value, measure, percent=unit == phrases.RATIO), unit=measure)
            case str():
                return _Said(phrases.listed(self.items({value})))
            case date():
                return _Said(phrases.say_date(value))
            case frozenset():
                return _Said(phrases.listed(self.items(value)))
            case _:
                assert_never(value)

    def items(self, codes: AbstractSet[str]) -> list[Bilingual]:
        """The labels of codes, in the order of the vocabulary."""
        return phrases.say_codes(codes, self.vocabulary)

    def reading(self, *nodes: TypedNode) -> _Speaker:
        """With the labels of the first of the nodes whose values have any."""
        found = (labels for node in nodes if (labels := self.labels(node)))
        return evolve(self, vocabulary=next(found, {}))

    def labels(self, node: TypedNode) -> Vocabulary:
        """The labels of the codes that a node may give."""
        if isinstance(node, RulePart):
            blocks = {one: phrases.in_quotes(title) for one, title in self.names.blocks.items()}
            return {**phrases.RULE_VOCABULARIES, "block": blocks}.get(node.name, {})
        choices = node.datatype.choices
        return {} if choices is None else {choice.id: choice.label for choice in choices.values}

    # What is read

    def is_near(self, variable: Variable) -> bool:
        """Whether a fact is this variable's if nothing else is said: it is the innermost one."""
        rows = [loop.variable.name for loop in self.loops if not loop.is_plain]
        return not rows or rows[-1] == variable.name

    def mention(self, variable: Variable) -> Bilingual:
        """A variable by itself: this center, the activity, the month."""
        for loop in self.loops:
            if loop.variable.name == variable.name:
                return loop.mention
        noun = self.noun(variable)
        if variable.name == variable.datatype.model:
            return say(phrases.THIS, Bilingual(noun.zh, noun.one))
        return noun.reference

    def noun(self, variable: Variable) -> Noun:
        """What a variable is."""
        model = variable.datatype.model
        known = phrases.NOUNS.get(model or variable.datatype.kind.value)
        if known is not None:
            return known
        relation = next((one for one in self.names.relations.values() if one.model == model), None)
        return phrases.noun_of_rows(Bilingual(model, model) if relation is None else relation.label)

    def owned(
        self, owner: Variable, label: Bilingual, phrase: Bilingual = phrases.FACT_OF, *, plural: bool = False
    ) -> _Said:
        """Something of a variable by its label; with its owner if that is not the one spoken of."""
        if self.is_near(owner):
            return _Said(label, owner=owner.name, plural=plural)
        bare = Bilingual(label.zh, label.en.removeprefix("the "))
        return _Said(say(phrase, self.mention(owner), bare), plural=plural)

    def fact(self, node: Read) -> _Said:
        """A fact by its label."""
        fact = node.fact
        label, plural = phrases.label_in_sentence(fact.label.en, is_date=fact.type is FactType.DATE)
        said = self.owned(node.owner, Bilingual(fact.label.zh, label), plural=plural)
        flavour = "rate" if fact.unit == phrases.RATIO else ""
        return evolve(said, unit=phrases.unit_named(fact.unit), flavour=flavour)

    def truth_fact(self, node: Read, *, denied: bool) -> _Said:
        """A boolean fact as a condition."""
        said = self.owned(node.owner, node.fact.label, phrases.TRUTH_OF)
        if denied:
            return _Said(say(phrases.CONNECTIVES["not"], said.text), _Bond.CLAUSE, owner=said.owner)
        verb = Bilingual(phrases.AGREES_ZH.format(said.text.zh), "")
        text = say(phrases.YES, said.text)
        return _Said(text, _Bond.CLAUSE, owner=said.owner, verb=verb, question=said.text.en)

    def part(self, node: Part) -> _Said:
        """A part of a date or month."""
        said = self.speak(node.owner)
        text = say(phrases.PARTS[node.owner.datatype.kind.value, node.name], said.at_least(_Bond.ATOM))
        if node.name not in phrases.CALENDAR_UNITS:
            return _Said(text, owner=said.owner)
        return _Said(text, owner=said.owner, unit=phrases.CALENDAR_UNITS[node.name], flavour="month")

    def rule_part(self, node: RulePart, *, denied: bool) -> _Said:
        """What a verdict row reads of a criterion or block."""
        owner, kind = node.owner, node.owner.datatype.kind.value
        predicate = phrases.PREDICATES.get((node.name, kind))
        if isinstance(owner, Constant):
            return self.named_part(node, str(owner.value), None if predicate is None else predicate[denied])
        if predicate is None:
            return self.owned(owner, phrases.PARTS[kind, node.name])
        if self.is_near(owner):
            it = _Said(phrases.IT, owner=owner.name)
            return evolve(_clause(it, predicate[denied]), subject=_NOTHING, verb=say(predicate[denied]))
        return _clause(_Said(self.mention(owner)), predicate[denied])

    def named_part(self, node: RulePart, key: str, predicate: Bilingual | None) -> _Said:
        """The same of the criterion or block of an id: by its title, or by the id where there is none."""
        kind = node.owner.datatype.kind
        titles = self.names.criteria if kind is Kind.CRITERION else self.names.blocks
        noun, title = phrases.NOUNS[kind.value], phrases.in_quotes(titles.get(key, key))
        named = Bilingual(f"{noun.zh}{title.zh}", f"{noun.one} {title.en}")
        if predicate is not None:
            return _clause(_Said(named), predicate)
        return _Said(say(phrases.FACT_OF, named, phrases.PARTS[kind.value, node.name]))

    # Conditions

    def apply(self, node: Apply, *, denied: bool) -> _Said:
        """An operator or function."""
        match node.function, node.operands:
            case "not", (operand,):
                return self.speak(operand, denied=not denied)
            case "and" | "or", _:
                return self.connective(node, denied=denied)
            case "less" | "at_most" | "equal", (left, right):
                function: str = node.function
                if self.is_turned(left, right):
                    left, right = right, left
                    denied = denied is not (function in phrases.TURNED)
                    function = phrases.TURNED.get(function, function)
                if left.datatype == TRUTH:
                    return self.same_truth(left, right, denied=denied)
                return self.reading(left, right).comparison(function, left, right, denied=denied)
            case "contained", (left, right):
                return self.reading(left, right).contained(left, right, denied=denied)
            case "member", (left, right):
                return self.reading(left, right).member(left, right, denied=denied)
            case "starts_with" | "ends_with" | "contains", (left, right):
                plain = self.reading()
                words = phrases.PREDICATES[node.function, "text"][denied]
                return _clause(plain.speak(left), words, plain.speak(right).at_least(_Bond.SUM))
            case _:
                return self.value(node)

    def connective(self, node: Apply, *, denied: bool) -> _Said:
        """Conditions joined by ``and`` or ``or``; the denial of both is the other one of denials."""
        name = {"and": "or", "or": "and"}[node.function] if denied else node.function
        operands = [operand for operand in node.operands if self.known(operand) is None]
        if not denied:
            operands = self.memberships(name, operands)
        said = [self.speak(operand, denied=denied) for operand in operands]
        clauses = [_of_one_subject(name, list(run)) for _, run in groupby(said, key=_subject)]
        if len(clauses) == 1:
            return clauses[0]
        texts = [*(one.at_least(_Bond.CLAUSE) for one in clauses[:-1]), clauses[-1].at_least(_Bond.OPEN)]
        en: list[str] = []
        for are_questions, run in groupby(range(len(texts)), key=lambda index: clauses[index].question != ""):
            if are_questions:
                en.append(phrases.yes_to(name, [clauses[index].question for index in run]))
            else:
                en += [texts[index].en for index in run]
        return _Said(phrases.joined(name, [text.zh for text in texts], en), _Bond.LIST)

    def memberships(self, name: str, operands: Sequence[TypedNode]) -> list[TypedNode]:
        """Memberships in one set that stand side by side are said as one: it includes a, b and c, or one of them."""
        found: list[TypedNode] = []
        for group, members in groupby(operands, key=self.group_of):
            together = list(members)
            if group is None or len(together) == 1:
                found += together
                continue
            codes = frozenset(str(self.given(one.operands[0])) for one in together if isinstance(one, Apply))
            listed = Constant(codes, SET)
            if name == "and":
                found.append(Apply("contained", (listed, group), TRUTH))
            else:
                size = Apply("size", (Apply("shared", (group, listed), group.datatype),), WHOLE)
                found.append(Apply("at_most", (Constant(1, WHOLE), size), TRUTH))
        return found

    def group_of(self, node: TypedNode) -> TypedNode | None:
        """The set of which a condition asks for one given member."""
        match node:
            case Apply(function="member", operands=(item, group)):
                return group if self.given(item) is not None and self.given(group) is None else None
            case _:
                return None

    def is_turned(self, left: TypedNode, right: TypedNode) -> bool:
        """Whether a comparison is said from right to left: what is given comes last, else as it was written."""
        first, second = self.given(left) is not None, self.given(right) is not None
        return first if first is not second else left.span.start > right.span.start

    def same_truth(self, left: TypedNode, right: TypedNode, *, denied: bool) -> _Said:
        """Two conditions that are compared."""
        for one, other in ((left, right), (right, left)):
            known = self.known(one)
            if known is not None:
                return self.speak(other, denied=denied is known)
        first, second = (self.speak(one).at_least(_Bond.ATOM) for one in (left, right))
        return _clause(_Said(first), phrases.PREDICATES["equal", "truth"][denied], second)

    def comparison(self, function: str, left: TypedNode, right: TypedNode, *, denied: bool) -> _Said:
        """A comparison of two values; of counts Chinese says 活动不少于4次."""
        value = self.given(right)
        if not isinstance(value, int | Decimal):
            subject = self.speak(left)
            words = phrases.PREDICATES[function, subject.flavour or left.datatype.kind.value][denied]
            other = self.choice(right, subject.unit) if isinstance(right, Branch) else self.speak(right)
            return _clause(subject, words, other.at_least(_Bond.SERIES))
        name = self.parameters[right.name].unit if isinstance(right, Parameter) else ""
        own = phrases.unit_named(name)
        match left:
            case Apply(function="size", operands=(Apply(function="shared", operands=(group, codes)),)):
                some = self.some(group, codes) or self.some(codes, group)
                if some is not None:
                    measure = phrases.UNITS["items"] if own == phrases.PLAIN else own
                    number = phrases.say_number(value, measure, phrases.PLAIN)
                    return _clause(some[0], phrases.PREDICATES[function, "some"][denied], number, some[1])
            case _:
                pass
        subject = self.speak(left)
        words = phrases.PREDICATES[function, subject.flavour or left.datatype.kind.value][denied]
        measure = subject.unit if own == phrases.PLAIN else own
        english = phrases.PLAIN if subject.counted else measure
        percent = subject.flavour == "rate" or name == phrases.RATIO
        number = phrases.say_number(value, measure, english, percent=percent)
        if subject.counted:
            subject = evolve(subject, text=Bilingual(subject.counted, subject.text.en))
        return _clause(subject, words, number)

    def some(self, group: TypedNode, codes: TypedNode) -> tuple[_Said, Bilingual] | None:
        """A set and the given items of which it has some."""
        given, speaker = self.given(codes), self.reading(group)
        if not isinstance(given, frozenset) or self.given(group) is not None:
            return None
        return speaker.speak(group), phrases.listed(speaker.items(given))

    def contained(self, left: TypedNode, right: TypedNode, *, denied: bool) -> _Said:
        """A set within another; what is given is what the other includes."""
        codes = self.given(left)
        if isinstance(codes, frozenset) and self.given(right) is None:
            words = phrases.PREDICATES[("member", "set") if len(codes) == 1 else ("contained", "all")]
            return _clause(self.speak(right), words[denied], phrases.listed(self.items(codes)))
        words = phrases.PREDICATES["contained", "set"]
        return _clause(self.speak(left), words[denied], self.speak(right).at_least(_Bond.SUM))

    def member(self, left: TypedNode, right: TypedNode, *, denied: bool) -> _Said:
        """A text in a set: one of what is given, or an item that the set includes."""
        codes = self.given(right)
        if isinstance(codes, frozenset):
            words = phrases.PREDICATES["member", "text"][denied]
            return _clause(self.speak(left), words, phrases.listed(self.items(codes), alternatives=True))
        words = phrases.PREDICATES["member", "set"][denied]
        return _clause(self.speak(right), words, self.speak(left).at_least(_Bond.SUM))

    def branch(self, node: Branch, *, denied: bool) -> _Said:
        """A condition that depends on another."""
        known = self.known(node.test)
        if known is not None:
            return self.speak(node.then if known else node.otherwise, denied=denied)
        test, then = self.speak(node.test), self.speak(node.then, denied=denied)
        otherwise = self.speak(node.otherwise, denied=denied)
        texts = (test.at_least(_Bond.LIST), then.at_least(_Bond.LIST), otherwise.text)
        return _Said(say(phrases.BRANCH, *texts), _Bond.BRANCH)

    # Values

    def choice(self, node: TypedNode, unit: Unit = phrases.PLAIN) -> _Said:
        """A value that depends on conditions, read from the first to the last; bare numbers are said in a unit."""
        texts: list[Bilingual] = []
        while isinstance(node, Branch):
            known = self.known(node.test)
            if known is None:
                test, then = self.speak(node.test).at_least(_Bond.OPEN), self.in_unit(node.then, unit)
                texts.append(say(phrases.VALUE_IF, test, then.at_least(_Bond.SUM)))
            node = node.then if known else node.otherwise
        last = self.in_unit(node, unit)
        if not texts:
            return last
        texts.append(say(phrases.VALUE_ELSE, last.at_least(_Bond.SUM)))
        text = Bilingual("，".join(one.zh for one in texts), ", ".join(one.en for one in texts))
        return _Said(text, _Bond.BRANCH, unit=last.unit)

    def in_unit(self, node: TypedNode, unit: Unit) -> _Said:
        """A value; a number that is written without a unit in the one of what it is compared with."""
        said, value = self.speak(node), self.given(node)
        if said.unit != phrases.PLAIN or not isinstance(value, int | Decimal):
            return said
        return evolve(said, text=phrases.say_number(value, unit), unit=unit)

    def value(self, node: Apply) -> _Said:
        """An operator or function that gives a value; those without a case of their own are lengths of something."""
        function, operands = node.function, node.operands
        match function:
            case "add" | "subtract" if node.datatype.kind is Kind.MONTH:
                return self.shifted(node)
            case "add_days" | "add_months" | "add_years":
                return self.shifted(node)
            case "add" | "subtract" | "multiply" | "divide":
                return self.arithmetic(node)
            case "negate":
                number = self.given(node)
                return self.worded(node, _Bond.PRODUCT) if number is None else self.constant(number)
            case "min" | "max":
                values = [self.speak(operand) for operand in operands]
                words = (phrases.OF_DATES if node.datatype.kind is Kind.DATE else phrases.VALUES)[function]
                text = say(words, phrases.listed([one.at_least(_Bond.SUM) for one in values]))
                return _Said(text, _Bond.SERIES, unit=_first_unit(values))
            case "round" | "floor" | "ceil":
                return self.rounded(node)
            case "date":
                return self.date(node)
            case "shared":
                return evolve(self.reading(*operands).worded(node), plural=True)
            case "size":
                return self.size(operands[0])
            case _:
                said = self.worded(node)
                return evolve(said, unit=phrases.UNITS[phrases.UNIT_OF[function]], counted=said.text.zh)

    def worded(self, node: Apply, bond: _Bond = _Bond.ATOM) -> _Said:
        """The phrase of a function with its operands."""
        said, phrase = [self.speak(operand) for operand in node.operands], phrases.VALUES[node.function]
        text = say(phrase, *(one.at_least(_Bond.ATOM) for one in said))
        return _Said(text, bond, owner=said[0].owner if phrase.zh.startswith("{0}") else "", unit=_first_unit(said))

    def arithmetic(self, node: Apply) -> _Said:
        """Sums and products; a product has the unit of its one factor that has one."""
        left, right = (self.speak(operand) for operand in node.operands)
        bond, unit = _Bond.SUM, _first_unit([left, right])
        if node.function in {"multiply", "divide"}:
            bond = _Bond.PRODUCT
            turned = node.function == "multiply" and left.unit == phrases.PLAIN
            unit = left.unit if right.unit == phrases.PLAIN else right.unit if turned else phrases.PLAIN
        text = say(phrases.VALUES[node.function], left.at_least(bond), right.at_least(_Bond(bond + 1)))
        return _Said(text, bond, owner=left.owner if left.bond >= bond else "", unit=unit)

    def rounded(self, node: Apply) -> _Said:
        """A rounded number, with how many decimals."""
        said = self.speak(node.operands[0])
        decimals = self.given(node.operands[1]) if len(node.operands) > 1 else 0
        places = phrases.WHOLE_NUMBER
        if isinstance(decimals, int) and decimals > 0:
            places = phrases.say_number(decimals, phrases.DECIMALS)
        text = say(phrases.VALUES[node.function], said.at_least(_Bond.ATOM), places)
        return _Said(text, owner=said.owner, unit=said.unit, flavour=said.flavour)

    def date(self, node: Apply) -> _Said:
        """A day of a year that is given, of the year of another day, or of a computed year."""
        year, month, day = node.operands
        match self.given(year), year:
            case ((int() | Decimal() as number), _):
                start = say(phrases.YEAR_GIVEN, phrases.say_number(number))
            case _, Part(owner=owner, name="year"):
                start = say(phrases.YEAR_OF, self.speak(owner).at_least(_Bond.ATOM))
            case _:
                start = say(phrases.YEAR_COMPUTED, phrases.bracketed(self.speak(year).text))
        months, days = self.speak(month).text, self.speak(day).text
        named = Bilingual(months.zh, phrases.MONTHS_EN[int(months.en) - 1])
        return _Said(say(phrases.VALUES["date"], start, named, days))

    def shifted(self, node: Apply) -> _Said:
        """A day or month so long after another, or before it."""
        start, amount = self.speak(node.operands[0]), self.given(node.operands[1])
        unit = phrases.UNITS[phrases.UNIT_OF.get(node.function, "months")]
        back = node.function == "subtract"
        if isinstance(amount, int):
            back = back is not (amount < 0)
            length = phrases.say_number(abs(amount), unit)
        else:
            computed = phrases.bracketed(self.speak(node.operands[1]).text)
            length = Bilingual(unit.zh.format(computed.zh), unit.many.format(computed.en))
        words = phrases.BEFORE if back else phrases.VALUES["add_days"]
        if node.datatype.kind is Kind.MONTH:
            words = phrases.MONTH_BEFORE if back else phrases.MONTH_AFTER
        return _Said(say(words, start.at_least(_Bond.ATOM), length))

    def size(self, group: TypedNode) -> _Said:
        """How many members a set has."""
        said = self.speak(group)
        words = phrases.VALUES["size"] if said.plural else phrases.SIZE_OF_ONE
        members = said.at_least(_Bond.ATOM)
        unit = phrases.UNITS["items"] if said.unit == phrases.PLAIN else said.unit
        return _Said(say(words, members), owner=said.owner, unit=unit, counted=members.zh)

    # Rows

    def quantified(self, node: Gather, *, denied: bool) -> _Said:
        """A condition on all rows or any: 每次活动的参与人数不少于20人."""
        inner, group = self.enter(node, silent=True)
        loop, said = group.loop, inner.speak(_element(node))
        words = phrases.QUANTIFIERS[node.function][denied]
        verb = said.verb if said.owner == loop.variable.name else _NOTHING
        before = "" if verb.en else loop.noun.preposition or (phrases.DENIED_BEFORE if denied else "")
        start = say(words, group.one, Bilingual("", before))
        rest = f"{phrases.TOO_ZH[node.function]}{verb.zh}" if verb.zh else self.of_each(group, said, phrases.COLON.zh)
        zh = f"{group.place.zh}{start.zh}{rest}"
        if verb.en:
            return _Said(Bilingual(zh, f"{start.en} {verb.en}"), _Bond.CLAUSE)
        is_short = loop.noun.preposition and said.bond is _Bond.CLAUSE and not group.which.en and not denied
        return _Said(Bilingual(zh, f"{start.en}{' ' if is_short else phrases.COLON.en}{said.text.en}"), _Bond.OPEN)

    def of_each(self, group: _Group, said: _Said, otherwise: str) -> str:
        """What is said of a row, in Chinese, so that it can follow the noun: 的参与人数, or 该月 left out."""
        loop, zh = group.loop, said.text.zh
        if said.owner == loop.variable.name:
            return f"的{zh}"
        mention = loop.mention.zh
        if loop.is_plain and not group.which.zh and said.bond >= _Bond.CLAUSE and zh.startswith(mention):
            return zh.removeprefix(mention)
        return f"{otherwise}{zh}"

    def gathered(self, node: Gather) -> _Said:
        """A number from rows, and what no rows give."""
        counts = node.function == "count"
        inner, group = self.enter(node, silent=counts)
        rows, words = group.text, phrases.GATHERINGS[node.function]
        if counts:
            text = Bilingual(words.zh.format(rows=rows.zh), words.en.format(rows=rows.en))
            return _Said(text, unit=group.loop.noun.unit, counted=rows.zh)
        if node.function == "share":
            words = phrases.SHARE_AMONG if group.which.en else words
            which = inner.which([_element(node)], group.loop)
            zh, en = words.zh.format(rows=rows.zh, which=which.zh), words.en.format(rows=rows.en, which=which.en)
            return self.or_default(node, _Said(Bilingual(zh, en), flavour="rate"))
        said = inner.speak(_element(node))
        element = said if said.bond is _Bond.ATOM else _Said(phrases.bracketed(said.text))
        zh = words.zh.format(each=group.each_zh, element=self.of_each(group, element, "的"))
        text = Bilingual(zh, words.en.format(rows=rows.en, element=element.text.en))
        return self.or_default(node, _Said(text, unit=said.unit, flavour=said.flavour))

    def or_default(self, node: Gather, said: _Said) -> _Said:
        """What is said of rows, and what there is without any."""
        if node.default is None:
            return said
        value = self.given(node.default)
        if isinstance(value, int | Decimal):
            default = phrases.say_number(value, said.unit, percent=said.flavour == "rate")
        else:
            default = self.speak(node.default).at_least(_Bond.SUM)
        return evolve(said, text=say(phrases.DEFAULT, said.text, default))

    def distinct(self, node: Distinct) -> _Said:
        """The set of what rows have."""
        inner, group = self.enter(node)
        element = inner.speak(node.element).at_least(_Bond.ATOM)
        zh = phrases.DISTINCT.zh.format(each=group.each_zh, element=element.zh)
        en = phrases.DISTINCT.en.format(rows=group.text.en, element=element.en)
        return _Said(Bilingual(zh, en), unit=phrases.VALUES_COUNTED, plural=True)

    def enter(self, node: Gather | Distinct, *, silent: bool = False) -> tuple[_Speaker, _Group]:
        """A speaker inside of a loop, and the rows that the loop goes over."""
        variable, noun = node.variable, self.noun(node.variable)
        inside = [part for one in (node.element, node.condition) if one is not None for part in walk(one)]
        marked = any(
            isinstance(part, Gather | Distinct) and self.noun(part.variable) == noun and _reads(part, variable)
            for part in inside
        )
        silent = silent and not marked and sum(isinstance(part, RelationRows) for part in inside) == 1
        loop = _Loop(variable, noun, marked, silent)
        inner = evolve(self, loops=(*self.loops, loop))
        conditions = [one for one in _conjuncts(node.condition) if self.known(one) is not True]
        place, link = self.place(node.rows, variable, inside)
        months = [(one, month) for one in conditions if (month := _month_of_rows(one, variable)) is not None]
        if months and place == _NOTHING:
            condition, month = months[0]
            conditions.remove(condition)
            place, link = self.in_month(month)
        which = inner.which(conditions, loop)
        return inner, _Group(loop, place, "" if loop.is_plain and which.zh else link, which)

    def place(self, rows: Rows, variable: Variable, inside: Sequence[TypedNode | Rows]) -> tuple[Bilingual, str]:
        """Where rows are, if it is not simply the period, and what links that to a Chinese noun."""
        match rows:
            case RelationRows(first=Part(owner=first, name="start"), last=Part(owner=last, name="end")) if (
                first.datatype == last.datatype == MONTH
            ):
                return self.in_month(first) if first == last else self.from_to(first, last)
            case RelationRows(first=first, last=last):
                return (_NOTHING, "") if first is None or last is None else self.from_to(first, last)
            case MonthRows() | RuleRows():
                return _NOTHING, ""
            case Items(group=group):
                compared = [part for part in inside if isinstance(part, Apply) and variable in part.operands]
                beside = [operand for part in compared for operand in part.operands]
                said = self.reading(group, *beside).speak(group)
                return say(phrases.MEMBERS, said.at_least(_Bond.ATOM)), "的"
            case _:
                assert_never(rows)

    def from_to(self, first: TypedNode, last: TypedNode) -> tuple[Bilingual, str]:
        """The place of rows from one day or month to another."""
        return say(phrases.FROM_TO, self.speak(first).at_least(_Bond.SUM), self.speak(last).at_least(_Bond.SUM)), "的"

    def in_month(self, month: TypedNode) -> tuple[Bilingual, str]:
        """The place of rows in a month; after 该月 nothing links it."""
        said = say(phrases.IN_MONTH, self.speak(month).at_least(_Bond.ATOM))
        if not isinstance(month, Variable):
            return said, "的"
        loops = [loop for loop in self.loops if loop.variable.name == month.name]
        said = Bilingual(said.zh, "") if any(loop.silent for loop in loops) else said
        return said, "的" if any(loop.marked for loop in loops) else ""

    def which(self, conditions: Sequence[TypedNode], loop: _Loop) -> Bilingual:
        """Which rows: 主题是学习社的, "whose theme is Study Club"."""
        if not conditions:
            return _NOTHING
        texts = [self.holds_of(condition, loop) for condition in conditions]
        return Bilingual("且".join(one.zh for one in texts) + "的", " and ".join(one.en for one in texts))

    def holds_of(self, condition: TypedNode, loop: _Loop) -> Bilingual:
        """One condition of rows, before 的 and after an English noun."""
        said = self.speak(condition)
        zh, en = said.text.zh, said.at_least(_Bond.CLAUSE).en
        if said.owner == loop.variable.name:
            verb = said.verb.en.removeprefix("is ")
            return Bilingual(zh, verb or say(phrases.WHOSE, Bilingual("", en.removeprefix("the "))).en)
        which = say(phrases.IN_WHICH if loop.noun.preposition else phrases.FOR_WHICH, Bilingual(zh, en))
        if loop.is_plain and said.bond >= _Bond.CLAUSE:
            return Bilingual(zh.removeprefix(loop.mention.zh), which.en)
        return which


def _element(node: Gather) -> TypedNode:
    """What a loop gathers; a count of rows gathers the rows themselves."""
    return node.variable if node.element is None else node.element


def _month_of_rows(condition: TypedNode, variable: Variable) -> TypedNode | None:
    """The month in which a condition says that a row lies: ``a.month == m``."""
    match condition:
        case Apply(function="equal", operands=(MonthOf(owner=owner), month) | (month, MonthOf(owner=owner))):
            return month if owner == variable and not _reads(month, variable) else None
        case _:
            return None


def _subject(said: _Said) -> tuple[Bilingual, int]:
    """What is the same for clauses that are said of one subject, and of no others."""
    return said.subject, 0 if said.subject != _NOTHING else id(said)


def _of_one_subject(name: str, clauses: Sequence[_Said]) -> _Said:
    """What is said of one subject: 不少于1人且不超过3人; more than two things are a list."""
    first, *others = clauses
    if not others:
        return first
    zh, en = [one.predicate.zh for one in clauses], [one.predicate.en for one in clauses]
    if len(others) > 1:
        said = phrases.joined(name, zh, en)
        return _Said(Bilingual(f"{first.subject.zh}{said.zh}", f"{first.subject.en} {said.en}"), _Bond.LIST)
    word = phrases.INSIDE[name]
    text = Bilingual(f"{first.text.zh}{word.zh}{zh[1]}", f"{first.text.en} {word.en} {en[1]}")
    return _Said(text, _Bond.CLAUSE, owner=first.owner)


def _first_unit(said: Sequence[_Said]) -> Unit:
    return next((one.unit for one in said if one.unit != phrases.PLAIN), phrases.PLAIN)


def _opposite(number: ConstantValue | None) -> int | None:
    return -number if isinstance(number, int) else None

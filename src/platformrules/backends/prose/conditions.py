# SPDX-License-Identifier: MIT
"""Conditions: connectives, comparisons, memberships, and those that depend on others."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from attrs import evolve

from platformrules.backends.prose import phrases
from platformrules.backends.prose.phrases import say
from platformrules.backends.prose.pieces import Bond, Said, clause, of_one_subject, subject_of
from platformrules.backends.prose.speaker import Speaker
from platformrules.backends.prose.units import PLAIN, RATIO, UNITS, say_number, unit_named
from platformrules.backends.prose.values import choice, computed
from platformrules.criteria.datatypes import SET, TRUTH, WHOLE
from platformrules.criteria.typed import Apply, Branch, Constant, Parameter, TypedNode
from platformrules.languages import Bilingual


def apply(speaker: Speaker, node: Apply, *, denied: bool) -> Said:
    """An operator or function."""
    match node.function, node.operands:
        case "not", (operand,):
            return speaker.speak(operand, denied=not denied)
        case "and" | "or", _:
            return _connective(speaker, node, denied=denied)
        case "less" | "at_most" | "equal", (left, right):
            function: str = node.function
            if _is_turned(speaker, left, right):
                left, right = right, left
                denied = denied is not (function in phrases.TURNED)
                function = phrases.TURNED.get(function, function)
            if left.datatype == TRUTH:
                return _same_truth(speaker, left, right, denied=denied)
            return _comparison(speaker.reading(left, right), function, left, right, denied=denied)
        case "contained", (left, right):
            return _contained(speaker.reading(left, right), left, right, denied=denied)
        case "member", (left, right):
            return _member(speaker.reading(left, right), left, right, denied=denied)
        case "starts_with" | "ends_with" | "contains", (left, right):
            plain = speaker.reading()
            words = phrases.PREDICATES[node.function, "text"][denied]
            return clause(plain.speak(left), words, plain.speak(right).at_least(Bond.SUM))
        case _:
            return computed(speaker, node)


def branch(speaker: Speaker, node: Branch, *, denied: bool) -> Said:
    """A condition that depends on another."""
    known = speaker.known(node.test)
    if known is not None:
        return speaker.speak(node.then if known else node.otherwise, denied=denied)
    test, then = speaker.speak(node.test), speaker.speak(node.then, denied=denied)
    otherwise = speaker.speak(node.otherwise, denied=denied)
    texts = (test.at_least(Bond.LIST), then.at_least(Bond.LIST), otherwise.text)
    return Said(say(phrases.BRANCH, *texts), Bond.BRANCH)


def _connective(speaker: Speaker, node: Apply, *, denied: bool) -> Said:
    """Conditions joined by ``and`` or ``or``; the denial of both is the other one of denials."""
    name = {"and": "or", "or": "and"}[node.function] if denied else node.function
    operands = [operand for operand in node.operands if speaker.known(operand) is None]
    if not denied:
        operands = _memberships(speaker, name, operands)
    said = [speaker.speak(operand, denied=denied) for operand in operands]
    clauses = [of_one_subject(name, list(run)) for _, run in groupby(said, key=subject_of)]
    if len(clauses) == 1:
        return clauses[0]
    texts = [*(one.at_least(Bond.CLAUSE) for one in clauses[:-1]), clauses[-1].at_least(Bond.OPEN)]
    en: list[str] = []
    for are_questions, run in groupby(range(len(texts)), key=lambda index: clauses[index].question != ""):
        if are_questions:
            en.append(phrases.yes_to(name, [clauses[index].question for index in run]))
        else:
            en += [texts[index].en for index in run]
    return Said(phrases.joined(name, [text.zh for text in texts], en), Bond.LIST)


def _memberships(speaker: Speaker, name: str, operands: Sequence[TypedNode]) -> list[TypedNode]:
    """Memberships in one set that stand side by side are said as one: it includes a, b and c, or one of them."""
    found: list[TypedNode] = []
    for group, members in groupby(operands, key=lambda operand: _group_of(speaker, operand)):
        together = list(members)
        if group is None or len(together) == 1:
            found += together
            continue
        codes = frozenset(str(speaker.given(one.operands[0])) for one in together if isinstance(one, Apply))
        listed = Constant(codes, SET)
        if name == "and":
            found.append(Apply("contained", (listed, group), TRUTH))
        else:
            size = Apply("size", (Apply("shared", (group, listed), group.datatype),), WHOLE)
            found.append(Apply("at_most", (Constant(1, WHOLE), size), TRUTH))
    return found


def _group_of(speaker: Speaker, node: TypedNode) -> TypedNode | None:
    """The set of which a condition asks for one given member."""
    match node:
        case Apply(function="member", operands=(item, group)):
            return group if speaker.given(item) is not None and speaker.given(group) is None else None
        case _:
            return None


def _is_turned(speaker: Speaker, left: TypedNode, right: TypedNode) -> bool:
    """Whether a comparison is said from right to left: what is given comes last, else as it was written."""
    first, second = speaker.given(left) is not None, speaker.given(right) is not None
    return first if first is not second else left.span.start > right.span.start


def _same_truth(speaker: Speaker, left: TypedNode, right: TypedNode, *, denied: bool) -> Said:
    """Two conditions that are compared."""
    for one, other in ((left, right), (right, left)):
        known = speaker.known(one)
        if known is not None:
            return speaker.speak(other, denied=denied is known)
    first, second = (speaker.speak(one).at_least(Bond.ATOM) for one in (left, right))
    return clause(Said(first), phrases.PREDICATES["equal", "truth"][denied], second)


def _comparison(speaker: Speaker, function: str, left: TypedNode, right: TypedNode, *, denied: bool) -> Said:
    """A comparison of two values; of counts Chinese says 活动不少于4次."""
    value = speaker.given(right)
    if not isinstance(value, int | Decimal):
        subject = speaker.speak(left)
        words = phrases.PREDICATES[function, subject.flavour or left.datatype.kind.value][denied]
        other = choice(speaker, right, subject.unit) if isinstance(right, Branch) else speaker.speak(right)
        return clause(subject, words, other.at_least(Bond.SERIES))
    name = speaker.parameters[right.name].unit if isinstance(right, Parameter) else ""
    own = unit_named(name)
    match left:
        case Apply(function="size", operands=(Apply(function="shared", operands=(group, codes)),)):
            some = _some(speaker, group, codes) or _some(speaker, codes, group)
            if some is not None:
                measure = UNITS["items"] if own == PLAIN else own
                number = say_number(value, measure, PLAIN)
                return clause(some[0], phrases.PREDICATES[function, "some"][denied], number, some[1])
        case _:
            pass
    subject = speaker.speak(left)
    words = phrases.PREDICATES[function, subject.flavour or left.datatype.kind.value][denied]
    measure = subject.unit if own == PLAIN else own
    english = PLAIN if subject.counted else measure
    percent = subject.flavour == "rate" or name == RATIO
    number = say_number(value, measure, english, percent=percent)
    if subject.counted:
        subject = evolve(subject, text=Bilingual(subject.counted, subject.text.en))
    return clause(subject, words, number)


def _some(speaker: Speaker, group: TypedNode, codes: TypedNode) -> tuple[Said, Bilingual] | None:
    """A set and the given items of which it has some."""
    given, reader = speaker.given(codes), speaker.reading(group)
    if not isinstance(given, frozenset) or speaker.given(group) is not None:
        return None
    return reader.speak(group), phrases.listed(reader.items(given))


def _contained(speaker: Speaker, left: TypedNode, right: TypedNode, *, denied: bool) -> Said:
    """A set within another; what is given is what the other includes."""
    codes = speaker.given(left)
    if isinstance(codes, frozenset) and speaker.given(right) is None:
        words = phrases.PREDICATES[("member", "set") if len(codes) == 1 else ("contained", "all")]
        return clause(speaker.speak(right), words[denied], phrases.listed(speaker.items(codes)))
    words = phrases.PREDICATES["contained", "set"]
    return clause(speaker.speak(left), words[denied], speaker.speak(right).at_least(Bond.SUM))


def _member(speaker: Speaker, left: TypedNode, right: TypedNode, *, denied: bool) -> Said:
    """A text in a set: one of what is given, or an item that the set includes."""
    codes = speaker.given(right)
    if isinstance(codes, frozenset):
        words = phrases.PREDICATES["member", "text"][denied]
        return clause(speaker.speak(left), words, phrases.listed(speaker.items(codes), alternatives=True))
    words = phrases.PREDICATES["member", "set"][denied]
    return clause(speaker.speak(right), words, speaker.speak(left).at_least(Bond.SUM))

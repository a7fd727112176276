# SPDX-License-Identifier: MIT
"""What is said of a node, how firmly its words hold together, and the loops around it."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from attrs import frozen

from platformrules.backends.prose import phrases
from platformrules.backends.prose.nouns import Noun
from platformrules.backends.prose.phrases import say
from platformrules.backends.prose.units import PLAIN, Unit
from platformrules.criteria.datatypes import Kind
from platformrules.criteria.typed import Variable
from platformrules.languages import Bilingual


class Bond(enum.IntEnum):
    """How firmly words hold together; what holds less than its place asks stands in parentheses."""

    BRANCH = enum.auto()  # if …, then …
    LIST = enum.auto()  # …, and …
    OPEN = enum.auto()  # every …: …, which goes on to the end
    CLAUSE = enum.auto()  # … is …
    SERIES = enum.auto()  # the smallest of … and …
    SUM = enum.auto()
    PRODUCT = enum.auto()
    ATOM = enum.auto()


NOTHING = Bilingual("", "")


@frozen
class Owner:
    """The variable with whose fact words begin, so that 每次活动的 or "whose" can go before them.

    Attributes:
        name: of the variable.
        link_zh: what links the Chinese words to it.
    """

    name: str
    link_zh: str = phrases.LINK_ZH


NOBODY = Owner("")


@frozen
class Said:
    """Words for a node, and what its surroundings have to know of them.

    Attributes:
        text: the words.
        bond: how firmly they hold together.
        owner: with whose fact they begin.
        subject, predicate: the two parts of a clause that is made of these.
        verb: what can follow directly upon the noun of the owner instead.
        question: of a boolean fact that is to be yes: its English label.
        unit: of a number.
        counted: of a count: the Chinese words for what is counted, as they are said before 不少于.
        plural: English verbs agree with it.
        flavour: which words compare it; empty for those of its kind.
    """

    text: Bilingual
    bond: Bond = Bond.ATOM
    owner: Owner = NOBODY
    subject: Bilingual = NOTHING
    predicate: Bilingual = NOTHING
    verb: Bilingual = NOTHING
    question: str = ""
    unit: Unit = PLAIN
    counted: str = ""
    plural: bool = False
    flavour: str = ""

    def at_least(self, bond: Bond) -> Bilingual:
        """The words, in parentheses if they hold less firmly."""
        return self.text if self.bond >= bond else phrases.bracketed(self.text)

    def owner_within(self, bond: Bond) -> Owner:
        """The owner of these words as ``at_least`` gives them: what stands in parentheses is linked to it by 的."""
        return self.owner if self.bond >= bond else Owner(self.owner.name)


@frozen
class Loop:
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
class Group:
    """The rows of a loop: where they are, what they are, which of them. A Chinese ``link`` comes after the place."""

    loop: Loop
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
        return say(phrases.MARKED, self.loop.mention) if self.loop.marked else NOTHING

    @property
    def _tail(self) -> str:
        return f"{self.place.en}{' ' if self.which.en else ''}{self.which.en}{self._mark.en}"


def clause(subject: Said, phrase: Bilingual, *operands: Bilingual) -> Said:
    """What is said of a subject, as a clause."""
    start, predicate = subject.at_least(Bond.SERIES), say(phrase, *operands, plural=subject.plural)
    text = Bilingual(f"{start.zh}{predicate.zh}", f"{start.en} {predicate.en}")
    return Said(text, Bond.CLAUSE, owner=subject.owner, subject=start, predicate=predicate)


def subject_of(said: Said) -> tuple[Bilingual, int]:
    """What is the same for clauses that are said of one subject, and of no others."""
    return said.subject, 0 if said.subject != NOTHING else id(said)


def of_one_subject(name: str, clauses: Sequence[Said]) -> Said:
    """What is said of one subject: 不少于1人且不超过3人; more than two things are a list."""
    first, *others = clauses
    if not others:
        return first
    zh, en = [one.predicate.zh for one in clauses], [one.predicate.en for one in clauses]
    if len(others) > 1:
        said = phrases.joined(name, zh, en)
        return Said(Bilingual(f"{first.subject.zh}{said.zh}", f"{first.subject.en} {said.en}"), Bond.LIST)
    word = phrases.INSIDE[name]
    text = Bilingual(f"{first.text.zh}{word.zh}{zh[1]}", f"{first.text.en} {word.en} {en[1]}")
    return Said(text, Bond.CLAUSE, owner=first.owner)


def first_unit(said: Sequence[Said]) -> Unit:
    """The unit of the first that has one."""
    return next((one.unit for one in said if one.unit != PLAIN), PLAIN)

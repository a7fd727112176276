# SPDX-License-Identifier: MIT
"""What is read: facts, parts of dates and months, and what verdict rows read of criteria and blocks."""

from __future__ import annotations

from attrs import evolve

from platformrules.backends.prose import phrases
from platformrules.backends.prose.labels import in_quotes, label_in_sentence
from platformrules.backends.prose.nouns import NOUNS
from platformrules.backends.prose.phrases import say
from platformrules.backends.prose.pieces import NOTHING, Bond, Owner, Said, clause
from platformrules.backends.prose.speaker import Speaker
from platformrules.backends.prose.units import RATIO, unit_named
from platformrules.criteria.datatypes import UNWRITTEN, Kind
from platformrules.criteria.typed import Constant, Lookup, MonthOf, Named, Part, Read, RulePart, VerdictOf
from platformrules.languages import Bilingual
from platformrules.schema import FactType


def fact(speaker: Speaker, node: Read) -> Said:
    """A fact by its label."""
    one = node.fact
    label, plural = label_in_sentence(one.label.en, is_date=one.type is FactType.DATE)
    words = Bilingual(one.label.zh, label)
    said = Said(words) if one.on in UNWRITTEN else speaker.owned(node.owner, words, plural=plural)
    return evolve(said, unit=unit_named(one.unit), flavour="rate" if one.unit == RATIO else "")


def named(speaker: Speaker, node: Named, *, denied: bool) -> Said:
    """A named value by its title; one without a title by what it says."""
    if node.title is None:
        return speaker.speak(node.expression, denied=denied)
    if node.datatype.kind is Kind.TRUTH:
        return Said(say(phrases.TITLED_TRUTH[denied], node.title), Bond.CLAUSE)
    return Said(say(phrases.BY_TITLE, node.title), unit=unit_named(node.unit))


def lookup(speaker: Speaker, node: Lookup, *, denied: bool) -> Said:
    """What a table gives for its keys."""
    table = node.table
    title = table.title or Bilingual(table.name, table.name.replace("_", " "))
    keys = phrases.listed([speaker.speak(key).at_least(Bond.SERIES) for key in node.keys])
    if node.datatype.kind is Kind.TRUTH:
        return Said(say(phrases.LOOKED_UP_TRUTH[denied], title, keys), Bond.CLAUSE)
    return Said(say(phrases.LOOKED_UP, title, keys), unit=unit_named(table.unit))


def truth_fact(speaker: Speaker, node: Read, *, denied: bool) -> Said:
    """A boolean fact as a condition."""
    owner, label = node.owner, node.fact.label
    if node.fact.on in UNWRITTEN:
        said = Said(label)
    elif speaker.is_near(owner):
        said = Said(label, owner=Owner(owner.name))
    else:
        bare = Bilingual(label.zh, label.en.removeprefix("the "))
        said = Said(say(phrases.TRUTH_OF, speaker.mention(owner), bare))
    if denied:
        return Said(say(phrases.CONNECTIVES["not"], said.text), Bond.CLAUSE, owner=said.owner)
    verb = Bilingual(phrases.AGREES_ZH.format(said.text.zh), "")
    text = say(phrases.YES, said.text)
    return Said(text, Bond.CLAUSE, owner=said.owner, verb=verb, question=said.text.en)


def month_of(speaker: Speaker, node: MonthOf) -> Said:
    """The month in which a day of a record lies."""
    day = fact(speaker, Read(node.owner, node.fact, node.datatype))
    return Said(say(phrases.MONTH_OF, day.text), owner=day.owner)


def part(speaker: Speaker, node: Part) -> Said:
    """A part of a date or month."""
    said = speaker.speak(node.owner)
    text = say(phrases.PARTS[node.owner.datatype.kind.value, node.name], said.at_least(Bond.ATOM))
    if node.name not in phrases.CALENDAR_UNITS:
        return Said(text, owner=said.owner)
    return Said(text, owner=said.owner, unit=phrases.CALENDAR_UNITS[node.name], flavour="month")


def verdict_of(speaker: Speaker, node: VerdictOf) -> Said:
    """The verdict of another standard."""
    return speaker.owned(node.owner, say(phrases.VERDICT_UNDER, node.title))


def rule_part(speaker: Speaker, node: RulePart, *, denied: bool) -> Said:
    """What a verdict row reads of a criterion or block."""
    owner, kind = node.owner, node.owner.datatype.kind.value
    if node.name == "verdict":
        return Said(phrases.VERDICT)
    predicate = phrases.PREDICATES.get((node.name, kind))
    if isinstance(owner, Constant):
        return _named_part(speaker, node, str(owner.value), None if predicate is None else predicate[denied])
    if predicate is None:
        return speaker.owned(owner, phrases.PARTS[kind, node.name])
    if speaker.is_near(owner):
        it = Said(phrases.IT, owner=Owner(owner.name))
        return evolve(clause(it, predicate[denied]), subject=NOTHING, verb=say(predicate[denied]))
    return clause(Said(speaker.mention(owner)), predicate[denied])


def _named_part(speaker: Speaker, node: RulePart, key: str, predicate: Bilingual | None) -> Said:
    """The same of the criterion or block of an id: by its title, or by the id where there is none."""
    kind = node.owner.datatype.kind
    titles = speaker.names.criteria if kind is Kind.CRITERION else speaker.names.blocks
    noun, title = NOUNS[kind.value], in_quotes(titles.get(key, key))
    named = Bilingual(f"{noun.zh}{title.zh}", f"{noun.one} {title.en}")
    if predicate is not None:
        return clause(Said(named), predicate)
    return Said(phrases.fact_of(named, phrases.PARTS[kind.value, node.name]))

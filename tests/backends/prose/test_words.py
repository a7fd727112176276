# SPDX-License-Identifier: MIT
"""The tables of words: complete, in both languages, and nothing left over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

import pytest

from platformrules.backends.prose import NOUNS, Noun, Unit, labels, nouns, phrases, units
from platformrules.criteria import signatures
from platformrules.languages import Bilingual
from platformrules.models import CORE


def test_tables_have_a_phrase_for_everything():
    """Each operator, function, gathering and part has its words, and no words are left over."""
    predicates = {name for name, _ in phrases.PREDICATES}
    parts = {(kind, name) for name, kind in phrases.PREDICATES} & set(signatures.PARTS)
    operators = {*phrases.CONNECTIVES, *phrases.VALUES, *predicates} - {name for _, name in parts}
    assert operators == {*signatures.OPERATORS, *signatures.FUNCTIONS}
    assert {*phrases.QUANTIFIERS, *phrases.GATHERINGS} == set(signatures.GATHERINGS)
    assert {*phrases.PARTS, *parts} == set(signatures.PARTS)
    assert set(phrases.TOO_ZH) == set(phrases.QUANTIFIERS)


def test_predicates_cover_every_comparison():
    """Each kind that the checker lets be compared has its predicates, and so have numbers in percent."""
    ordered = {*(kind.value for kind in signatures.ORDERED), "rate", "some"}
    assert {(name, kind) for name in ("less", "at_most", "equal") for kind in ordered} <= set(phrases.PREDICATES)
    assert {("equal", kind) for kind in ("text", "set", "truth")} <= set(phrases.PREDICATES)


def _texts() -> Iterator[Bilingual]:
    for table in chain.from_iterable(vars(module).values() for module in (labels, nouns, phrases, units)):
        values = table.values() if isinstance(table, Mapping) else table if isinstance(table, tuple) else (table,)
        for value in values:
            if isinstance(value, phrases.Predicate):
                yield from (value.yes, value.no)
            elif isinstance(value, Bilingual):
                yield value
            elif isinstance(value, Unit):
                yield from (Bilingual(value.zh, value.one), Bilingual(value.zh, value.many))
            elif isinstance(value, Noun):
                yield from (Bilingual(value.zh, value.one), Bilingual(value.measure, value.many))


def test_both_languages_have_words_everywhere():
    """No phrase is empty in one language but for what only the other says, and both have the same blanks."""
    lone = {phrases.IT, phrases.IN_MONTH}
    for text in set(_texts()) - lone:
        assert text.zh.strip(), text
        assert text.en.strip(), text
        assert ("{}" in text.zh) == ("{}" in text.en), text


def test_models_and_relations_have_nouns():
    """Each relation of the core is counted in its own measure word."""
    assert {relation.model for relation in CORE.relations.values()} <= set(NOUNS)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("参与人数", "每次活动的参与人数"),
        ("留存的活动资料", "每次活动留存的活动资料"),
        ("目的", "每次活动的目的"),
    ],
)
def test_a_label_with_a_link_inside_needs_none_before_it(label, said):
    """One 的 is enough; at the end of a label it is a part of its last word."""
    assert phrases.fact_of(Bilingual("每次活动", "every activity"), Bilingual(label, "")).zh == said

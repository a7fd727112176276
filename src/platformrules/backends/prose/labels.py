# SPDX-License-Identifier: MIT
"""Labels of codes and facts as sentences say them: in order, in quotes, as a subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from platformrules.citations import Strength
from platformrules.languages import Bilingual
from platformrules.results import OUTCOME_LABELS

#: The labels of codes, in the order in which they are said.
Vocabulary: TypeAlias = Mapping[str, Bilingual]

#: Strengths and outcomes as verdict rows compare them.
RULE_VOCABULARIES: Mapping[str, Vocabulary] = MappingProxyType(
    {
        "strength": {
            Strength.MUST.value: Bilingual("“必须”", "“must”"),
            Strength.SHOULD.value: Bilingual("“应当”", "“should”"),
            Strength.GENERALLY.value: Bilingual("“一般”", "“generally”"),
            Strength.ENCOURAGED.value: Bilingual("“鼓励”", "“encouraged”"),
            Strength.DESCRIPTIVE.value: Bilingual("“描述”", "“descriptive”"),
        },
        "outcome": {
            outcome.value: Bilingual(f"“{label.zh}”", f"“{label.en}”") for outcome, label in OUTCOME_LABELS.items()
        },
    }
)
_ENUMERATION = re.compile("[、，]")
_LIST_WORDS = re.compile(r",| and | or ")
_QUESTION = re.compile(r"(who|what|where|which|when|how|whether)\b")
# The head of a label ends where it is said in more detail: "young people | in stable contact".
_DETAIL = re.compile(
    r" (?:in|of|for|to|on|at|by|per|from|with|within|a|an|that|which|who|mainly|kept|drawn|held|\w+ed)\b.*"
)
_SINGULAR = re.compile(r"(ss|us|is|ics)$")


def in_quotes(text: Bilingual | str) -> Bilingual:
    """A text to the letter, or a title."""
    zh, en = (text, text) if isinstance(text, str) else (text.zh, text.en)
    return Bilingual(f"“{zh}”", f"“{en}”")


def in_order(codes: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """Codes in the order of the vocabulary, then others in that of their letters."""
    given = set(codes)
    return [*(code for code in vocabulary if code in given), *sorted(given - set(vocabulary))]


def say_codes(codes: Iterable[str], vocabulary: Vocabulary) -> list[Bilingual]:
    """Codes of a vocabulary by their labels, in its order; other texts to the letter.

    Labels that are lists themselves are put in quotes, and then all beside them.
    """
    ordered = in_order(codes, vocabulary)
    labels = [vocabulary[code] for code in ordered if code in vocabulary]
    zh = any(_ENUMERATION.search(label.zh) for label in labels)
    en = any(_LIST_WORDS.search(label.en) for label in labels)
    said = [(label, in_quotes(label)) for label in labels]
    known = [Bilingual(quoted.zh if zh else label.zh, quoted.en if en else label.en) for label, quoted in said]
    return [*known, *(in_quotes(code) for code in ordered[len(known) :])]


def label_in_sentence(label: str, *, is_date: bool = False) -> tuple[str, bool]:
    """An English label as the subject of a sentence, and whether it is plural.

    A label that is a question or a list of things is put in quotes: "where full-time staff come from". "Opened on" is
    a heading: a sentence says "the date opened".
    """
    if is_date:
        return f"the date {label.removesuffix(' on')}" if label.endswith(" on") else f"the {label}", False
    if _QUESTION.match(label) or _LIST_WORDS.search(label):
        return f"“{label}”", False
    head = _DETAIL.sub("", label)
    return label, head.endswith("people") or (head.endswith("s") and not _SINGULAR.search(head))

# SPDX-License-Identifier: MIT
"""The prose backend: checked expressions as sentences and phrases, Chinese and English at once.

The values of parameters are put in, and what can be misread stands in parentheses. Units, numbers, nouns and lists of
labels are written in the same way by others too. Knows no engine, no dossier and no standard.
"""

from platformrules.backends.prose.labels import Vocabulary, in_order, in_quotes
from platformrules.backends.prose.nouns import NOUNS, Noun
from platformrules.backends.prose.sentences import to_phrase, to_prose
from platformrules.backends.prose.speaker import Given, Names
from platformrules.backends.prose.units import RATIO, Unit, number_text, unit_named

__all__ = [
    "NOUNS",
    "RATIO",
    "Given",
    "Names",
    "Noun",
    "Unit",
    "Vocabulary",
    "in_order",
    "in_quotes",
    "number_text",
    "to_phrase",
    "to_prose",
    "unit_named",
]

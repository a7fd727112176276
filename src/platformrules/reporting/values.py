# SPDX-License-Identifier: MIT
"""How a value and a row of evidence are said: choices by their labels, numbers with their units, gaps in words.

Knows results and facts, and no format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from platformrules import bounds
from platformrules.backends.prose import RATIO, Unit, Vocabulary, in_order, in_quotes, number_text, unit_named
from platformrules.bounds import Bounds, Members, Possible
from platformrules.languages import Bilingual, Language
from platformrules.reporting.wording import (
    AND_UNKNOWN,
    AT_LEAST,
    AT_MOST,
    COMMA,
    EITHER,
    EXCESS,
    FROM_TO,
    GAPS,
    ITEMS,
    KINDS,
    LACKING,
    NO,
    NO_ITEMS,
    NO_ROWS,
    NOT_RECORDED,
    OR_MORE,
    REQUIRED,
    REQUIRED_DATES,
    SHARE,
    UNITS,
    UNKNOWN,
    YES,
    one_line,
)
from platformrules.results import MASK, Evidence
from platformrules.schema import Fact

#: A difference of dates over a longer time than this is that of a date which is not recorded.
_MANY_YEARS = {"years": 1_000, "months": 12_000, "days": 365_000}
#: A quotient is known to 12 decimals; four are read, as many as a fact may have.
_DECIMALS = 4
#: What makes a label look like a list.
_LIST_WORDS = {Language.ZH: re.compile("[、，]"), Language.EN: re.compile(",| and | or ")}
_FACT = re.compile(r"[A-Za-z_]\w*\.[A-Za-z_]\w*")


def fact_of(evidence: Evidence, facts: Mapping[str, Fact]) -> Fact | None:
    """The fact that a row of evidence is about, of those that its criterion reads; ``None`` if it is about several.

    Args:
        evidence: a row.
        facts: by ``owner.fact``, as expressions write it: ``center.equipment``, ``a.theme``.
    """
    found = [facts[name] for name in dict.fromkeys(_FACT.findall(evidence.quantity)) if name in facts]
    return found[0] if found and all(one is found[0] for one in found) else None


# Values


def unit_text(unit: str, language: Language) -> str:
    """A unit by itself."""
    if unit == RATIO:
        return SHARE[language]
    found = _unit(unit)
    return (found.zh if language is Language.ZH else found.many).replace("{}", "").strip()


def _unit(name: str) -> Unit:
    return UNITS.get(name) or unit_named(name)


def quantity_text(value: int | Decimal, unit: str, language: Language) -> str:
    """A number with its unit; ``≈`` where more decimals than anyone reads are cut."""
    short = bounds.rounded(value, _DECIMALS)
    about = "" if short == value else "≈ "
    if unit == RATIO:
        return f"{about}{number_text(short, percent=True)}%"
    chosen = _unit(unit)
    if language is Language.ZH:
        return about + chosen.zh.format(number_text(short))
    digits = number_text(short, grouped=not -10_000 < value < 10_000)
    return about + (chosen.one if value == 1 else chosen.many).format(digits)


def value_text(value: Any, fact: Fact | None, unit: str, language: Language) -> str:  # noqa: ANN401 - any value
    """A value of any type in words; texts of the ledger lose what could rewrite the text around them."""
    match value:
        case None:
            return NOT_RECORDED[language]
        case bool():
            return (YES if value else NO)[language]
        case int() | Decimal():
            return quantity_text(value, unit, language)
        case date():
            return value.isoformat()
        case Bounds():
            return _bounds_text(value, unit, language)
        case Members(surely=surely, possibly=possibly):
            if not surely:
                return NOT_RECORDED[language]
            text = _items_text(surely, fact, language)
            return text if surely == possibly else AND_UNKNOWN[language].format(text)
        case Possible(values=values):
            return NOT_RECORDED[language] if values is None else _items_text(values, fact, language, EITHER[language])
        case frozenset() | set():
            return _items_text(value, fact, language)
        case _:
            return _items_text((str(value),), fact, language)


def named_text(value: Any, fact: Fact | None, unit: str, language: Language) -> str:  # noqa: ANN401 - any value
    """A named value in words: computed, so that what is not known is unknown and not something to record."""
    if _is_unknown(value, unit):
        return UNKNOWN[language]
    return value_text(value, fact, unit, language)


def _is_unknown(value: object, unit: str) -> bool:
    match value:
        case None | Possible(values=None):
            return True
        case Bounds(low=low, high=high):
            return (low is None and high is None) or _says_nothing(low, high, unit)
        case Members(surely=surely):
            return not surely
        case _:
            return False


def range_text(fact: Fact, language: Language) -> str:
    """What a value may be: its kind, unit and limits."""
    parts = [KINDS[fact.type][language]]
    if fact.unit:
        parts.append(unit_text(fact.unit, language))
    if fact.minimum is not None or fact.maximum is not None:
        parts.append(_bounds_text(Bounds(fact.minimum, fact.maximum), "", language, least=AT_LEAST))
    return COMMA[language].join(parts)


def _items_text(items: Iterable[str], fact: Fact | None, language: Language, between: str = "") -> str:
    """Items in the order of their vocabulary; in a list, one that looks like a list itself stands in quotes."""
    vocabulary = {} if fact is None else {one.id: one.label for one in fact.values}
    codes = in_order(items, vocabulary)
    if len(codes) == 1 and codes[0] in vocabulary:
        return vocabulary[codes[0]][language]
    return (between or ITEMS[language]).join(_item_text(one, vocabulary, language) for one in codes) or NO_ITEMS[
        language
    ]


def _item_text(code: str, vocabulary: Vocabulary, language: Language) -> str:
    text = vocabulary[code][language] if code in vocabulary else one_line(code)
    return in_quotes(text)[language] if code not in vocabulary or _LIST_WORDS[language].search(text) else text


def _bounds_text(value: Bounds, unit: str, language: Language, least: Bilingual = OR_MORE) -> str:
    """Bounds in words; ``least`` says that a number is 0 or more."""
    low, high = value.low, value.high
    if (low is None and high is None) or _says_nothing(low, high, unit):
        return NOT_RECORDED[language]
    if high is None:
        words = least if low == 0 else AT_LEAST
        return words[language].format(value_text(low, None, unit, language))
    if low is None:
        return AT_MOST[language].format(value_text(high, None, unit, language))
    counted = not isinstance(low, date) and unit != RATIO and _unit(unit).many.startswith("{}")
    first = value_text(low, None, "" if counted else unit, language)
    return FROM_TO[language].format(first, value_text(high, None, unit, language))


def _says_nothing(low: object, high: object, unit: str) -> bool:
    """Whether these are the bounds of a time between dates of which one is not recorded."""
    longest = _MANY_YEARS.get(unit)
    if longest is None:
        return False
    return (isinstance(low, int) and low <= -longest) or (isinstance(high, int) and high >= longest)


# Evidence

#: Values that may be those of a person.
_TEXTS = (str, frozenset, Possible, Members)


class Parts(NamedTuple):
    """A row of evidence in words: each part is empty if there is nothing to say.

    Attributes:
        observed: what was found.
        required: what is required, with its operator.
        gap: what is wanting or too much.
        wanted: the required value by itself.
    """

    observed: str
    required: str
    gap: str
    wanted: str


def hides(facts: Iterable[Fact]) -> bool:
    """Whether texts that come from these facts are shown to nobody outside."""
    return any(one.personal for one in facts)


def observed_text(evidence: Evidence, fact: Fact | None, language: Language, *, masked: bool = False) -> str:
    """What was found; a text is masked if it is that of a person."""
    if evidence.found is None and evidence.required is None:
        return NO_ROWS[language]
    if masked and isinstance(evidence.found, _TEXTS):
        return MASK
    return value_text(evidence.found, fact, evidence.unit, language)


def wanted_text(evidence: Evidence, fact: Fact | None, language: Language, *, masked: bool = False) -> str:
    """The required value by itself; empty if there is none."""
    if evidence.required is None:
        return ""
    if masked and isinstance(evidence.required, _TEXTS):
        return MASK
    return value_text(evidence.required, fact, evidence.unit, language)


def required_text(evidence: Evidence, wanted: str, language: Language) -> str:
    """What is required, with its operator; empty for a truth that is as required, which says so itself."""
    required = evidence.required
    if not wanted or (isinstance(required, bool) and evidence.found is required and evidence.operator == "=="):
        return ""
    dates = isinstance(required, date) or (isinstance(required, Bounds) and isinstance(required.low, date))
    template = REQUIRED_DATES.get(evidence.operator) if dates else None
    return (template or REQUIRED[evidence.operator])[language].format(wanted)


def gap_text(evidence: Evidence, fact: Fact | None, language: Language, *, masked: bool = False) -> str:
    """What is wanting or too much: a number, or items of a set; empty if nothing is, or nothing is known."""
    gap = evidence.gap
    if gap is not None:
        return (
            "" if gap == 0 else GAPS[evidence.operator][language].format(value_text(gap, None, evidence.unit, language))
        )
    found, required = evidence.found, evidence.required
    if masked or evidence.met is not False or not isinstance(found, frozenset) or not isinstance(required, frozenset):
        return ""
    if evidence.operator == "includes" and found:
        return LACKING[language].format(_items_text(required - found, fact, language))
    if evidence.operator == "within":
        return EXCESS[language].format(_items_text(found - required, fact, language))
    return ""


def evidence_parts(evidence: Evidence, facts: Mapping[str, Fact], language: Language, *, internal: bool) -> Parts:
    """A row of evidence in words; ``facts`` are those that its criterion reads (``Publication.facts``)."""
    return _parts(evidence, fact_of(evidence, facts), language, masked=not internal and hides(facts.values()))


def evidence_text(evidence: Evidence, fact: Fact | None, language: Language, *, internal: bool = False) -> str:
    """A row of evidence as a sentence: ``85 m², needs ≥ 100 m², short by 15 m²``.

    Args:
        evidence: the row.
        fact: the fact that it is about, whose labels name its choices (``fact_of``).
        language: the language.
        internal: whether personal facts are shown.
    """
    masked = not internal and fact is not None and fact.personal
    parts = _parts(evidence, fact, language, masked=masked)
    return COMMA[language].join(part for part in (parts.observed, parts.required, parts.gap) if part)


def _parts(evidence: Evidence, fact: Fact | None, language: Language, *, masked: bool) -> Parts:
    wanted = wanted_text(evidence, fact, language, masked=masked)
    return Parts(
        observed=observed_text(evidence, fact, language, masked=masked),
        required=required_text(evidence, wanted, language),
        gap=gap_text(evidence, fact, language, masked=masked),
        wanted=wanted,
    )

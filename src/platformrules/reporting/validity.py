# SPDX-License-Identifier: MIT
"""When a standard is in force, and that it was not when it was applied: in words, for every format."""

from __future__ import annotations

from platformrules.periods import Period
from platformrules.reporting.publication import Publication
from platformrules.reporting.wording import WORDS
from platformrules.standards.model import Standard


def in_force_text(publication: Publication) -> str:
    """From when to when the standard is in force."""
    language, given = publication.language, publication.provenance["in_force"]
    if given["until"] is None:
        return WORDS["since"][language].format(given["from"])
    return WORDS["between"][language].format(given["from"], given["until"])


def status_text(publication: Publication) -> str:
    """What the rule files say of these dates; empty if nothing."""
    status = publication.standard.in_force.status
    return "" if status is None else status[publication.language]


def validity_warning(publication: Publication) -> str:
    """That the standard was not in force on the day judged, of all or of some, or in the period; else empty."""
    standard, reports = publication.standard, publication.reports
    word = {name: text[publication.language] for name, text in WORDS.items()}
    outside = sum(one.as_of is not None and not standard.is_in_force(one.as_of) for one in reports)
    times = in_force_text(publication)
    if outside:
        name = "not_in_force" if outside == len(reports) else "not_in_force_some"
        return word[name].format(times, outside)
    apart = any(one.period is not None and _lies_apart(one.period, standard) for one in reports)
    return word["period_not_in_force"].format(times) if apart else ""


def _lies_apart(period: Period, standard: Standard) -> bool:
    """Whether the standard was in force on no day of a period."""
    last = standard.in_force.until
    return period.end < standard.in_force.from_ or (last is not None and period.start > last)

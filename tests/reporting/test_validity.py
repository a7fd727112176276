# SPDX-License-Identifier: MIT
"""When a standard is in force, said in reports; that it was not when it was applied, too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import attrs
import pytest

import platformrules as pr
from platformrules.languages import Language
from platformrules.plugins import rule_folder
from platformrules.reporting import Publication, summary_lines
from platformrules.reporting.tables import chosen_text, provenance_rows
from platformrules.reporting.validity import status_text, validity_warning
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import load_rulebook

FOLDERS = sorted(path.parent for path in Path(__file__).parents[2].glob("plugins/*/pyproject.toml"))


@pytest.fixture
def ended(standard: Standard) -> Standard:
    """The same standard, in force until the end of 2019."""
    return attrs.evolve(standard, in_force=attrs.evolve(standard.in_force, until=date(2019, 12, 31)))


@pytest.mark.parametrize(
    ("periods", "days", "expected"),
    [
        (["2019"], [None], ""),
        (["2020"], [None], "Standard not in force on the day judged (in force 2015-09-02 to 2019-12-31)."),
        (["2014", "2020"], [None, None], "Standard not in force on the day judged (in force 2015-"),
        (
            ["2019", "2020"],
            [None, None],
            "Standard not in force on the day judged of 1 subjects (in force 2015-",
        ),
        (["2020"], ["2019-12-31"], "Standard not in force in the period judged (in force 2015-"),
        (["2014"], ["2016-01-01"], "Standard not in force in the period judged (in force 2015-"),
        (["2015"], ["2016-01-01"], ""),
        ([], [], ""),
    ],
)
def test_a_standard_applied_outside_of_its_time_is_told(
    make: Callable[..., Publication],
    one: Callable[..., pr.Dossier],
    ended: Standard,
    periods: list[str],
    days: list[str | None],
    expected: str,
) -> None:
    """The day judged counts first: of all subjects, of some; then a period in which it was in force on no day."""
    dossiers = []
    for number, (period, day) in enumerate(zip(periods, days, strict=True)):
        as_of = None if day is None else date.fromisoformat(day)
        dossiers.append(attrs.evolve(one(key=f"c{number}"), period=pr.Period.parse(period), as_of=as_of))
    publication = make(dossiers, by=ended, language="en")
    warning = validity_warning(publication)
    assert warning.startswith(expected)
    assert bool(warning) is bool(expected)
    assert any("not in force" in line for line in summary_lines(publication, 120)) is bool(warning)
    assert ("Warning" in dict(provenance_rows(publication))) is bool(warning)


def test_what_the_rule_files_say_of_the_dates_is_shown(make: Callable[..., Publication], standard: Standard) -> None:
    """In the provenance of every format; nothing where they say nothing."""
    publication = make(by=standard)
    status = standard.in_force.status
    assert status is not None
    assert dict(provenance_rows(publication))["施行日期说明"] == status.zh == status_text(publication)
    assert publication.provenance["in_force"]["status"] == {"zh": status.zh, "en": status.en}
    silent = attrs.evolve(standard, in_force=attrs.evolve(standard.in_force, status=None))
    publication = make([], by=silent)
    assert "施行日期说明" not in dict(provenance_rows(publication))
    assert publication.provenance["in_force"]["status"] is None


def test_that_a_day_was_asked_for_is_said() -> None:
    """As why the version was taken."""
    assert chosen_text("not in force on 2014-12-31", Language.ZH).startswith("2014-12-31 没有施行中的版本")


def test_a_library_user_is_told_too(standard: Standard, one: Callable[..., pr.Dossier]) -> None:
    """A rulebook refuses a day without a version and names the dates; a standard at hand judges, and says so."""
    book = pr.load()
    with pytest.raises(pr.PlatformRulesError, match=r"on 2014-12-31: hubei/demonstration@2015 from 2015-09-02"):
        book.get(standard.id, on=date(2014, 12, 31))
    report = pr.evaluate(standard, attrs.evolve(one(), period=pr.Period.year(2014)))
    assert report.provenance["in_force"]["on_the_day"] is False
    assert report.to_dict()["provenance"]["in_force"]["from"] == "2015-09-02"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: one.name)
def test_each_standard_says_where_its_dates_come_from(folder: Path) -> None:
    """From when to when, and why, in both languages."""
    book = load_rulebook([rule_folder(folder)])
    assert book.standards
    for one in book:
        status = one.in_force.status
        assert status is not None, one.reference
        assert status.zh, one.reference
        assert status.en, one.reference
        assert one.in_force.until is None or one.in_force.from_ <= one.in_force.until

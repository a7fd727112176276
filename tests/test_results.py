# SPDX-License-Identifier: MIT
"""What a report gives back by itself: read only, each thing made when it is asked for, persons masked."""

import json
from datetime import date
from typing import Any

import attrs
import pytest

from platformrules.bounds import ANYTHING, Bounds
from platformrules.dossiers import Dossier
from platformrules.evaluation import compile_standard, evaluate
from platformrules.languages import Bilingual
from platformrules.models import Activity, Center, Organization
from platformrules.periods import Period
from platformrules.results import MASK, OUTCOME_LABELS, Evidence, Outcome, Quantity, Report, Source
from platformrules.testing.drafts import draft

LABEL = Bilingual("量", "quantity")
YEAR = Period.year(2020)


def test_every_outcome_has_a_label_of_its_own() -> None:
    """In both languages, in the order of the outcomes."""
    assert list(OUTCOME_LABELS) == list(Outcome)
    for language in ("zh", "en"):
        assert len({one.label[language] for one in Outcome}) == len(Outcome)


# Evidence


@pytest.mark.parametrize(
    ("operator", "found", "required", "met"),
    [
        ("==", "2020-03", "2020-03", True),
        ("==", Bounds("0001-01", "9999-12"), "2020-03", None),
        ("==", "2020-03", Bounds("2020-03", None), None),
        ("==", "2020-03", Bounds("2020-04", None), False),
        ("==", Bounds(None, "2020-02"), "2020-03", False),
        ("!=", Bounds(None, "2020-02"), "2020-03", True),
        ("<=", Bounds("2020-01", "2020-03"), "2020-03", True),
        ("<", Bounds("2020-01", "2020-03"), "2020-03", None),
        (">", "2020-03", Bounds("2020-03", "2020-12"), False),
    ],
)
def test_months_in_bounds_are_compared_as_months(operator: str, found: Any, required: Any, met: Any) -> None:
    """They are shown as texts, and are no texts: one that is unknown is not another than a known one."""
    row = Evidence(Quantity("a.month", LABEL, operator), found, required, "a1")
    assert (row.met, row.gap) == (met, None)


@pytest.mark.parametrize(
    ("of_no_rows", "at", "observed", "met"),
    [
        (None, None, Bounds(0, 9), None),
        (None, "a1", Bounds(0, 9), None),
        (True, "a1", Bounds(0, 9), None),
        (True, None, None, True),
        (False, None, None, False),
    ],
)
def test_a_row_that_lacks_its_value_is_told_from_no_row(
    of_no_rows: Any, at: str | None, observed: Any, met: Any
) -> None:
    """What is not recorded may be anything of its domain; where there is no row nothing was observed."""
    row = Evidence(Quantity("a.x", LABEL, ">=", numeric=True, missing=Bounds(0, 9), of_no_rows=of_no_rows), None, 5, at)
    assert (row.observed, row.met, row.gap) == (observed, met, None)


def test_the_gap_of_a_value_without_an_end_is_open() -> None:
    """It is at least so much; of anything at all nothing can be said."""
    of = Quantity("x", LABEL, ">=", numeric=True)
    assert Evidence(of, Bounds(None, 3), 5, None).gap == Bounds(2, None)
    assert Evidence(of, ANYTHING, 5, None).gap is None
    assert Evidence(attrs.evolve(of, operator=">"), Bounds(None, 3), 3, None).gap == Bounds(0, None)
    assert Evidence(attrs.evolve(of, operator="<"), Bounds(3, None), 3, None).gap == Bounds(0, None)
    assert Evidence(attrs.evolve(of, numeric=False), 3, 5, None).gap is None


# Persons


@pytest.mark.parametrize(
    ("require", "outside", "inside"),
    [
        ('center.head_name == "张三"', (MASK, "张三"), ("李四", "张三")),
        ("center.name == center.head_name", ("张三", MASK), ("张三", "李四")),
        ('contains("张三", center.head_name)', ("张三", MASK), ("张三", "李四")),
        ("any(o.name == center.head_name for o in organizations)", ("王五", MASK), ("王五", "李四")),
        ("length(center.phone) >= 11", (MASK, 11), ({"low": 0, "high": None}, 11)),
        ("center.name == center.phone", ("张三", MASK), ("张三", {"possibly": None})),
        ('center.phone == "1"', (None, "1"), (None, "1")),
    ],
)
def test_personal_facts_are_masked_on_either_side(
    require: str, outside: tuple[Any, Any], inside: tuple[Any, Any]
) -> None:
    """What a rule file says is shown; what was recorded of a person, or made of it, is not."""
    dossier = Dossier(
        center=Center(id="c1", name="张三", head_name="李四"),
        organizations=[Organization(id="o1", name="王五")],
        period=YEAR,
    )
    report = evaluate(draft(require), dossier)
    for internal, expected in ((False, outside), (True, inside)):
        (row,) = report.to_dict(internal=internal)["findings"][0]["evidence"]
        assert (row["observed"], row["required"]) == expected
    assert "李四" not in json.dumps(report.to_dict()["findings"][0]["evidence"], ensure_ascii=False)


# Reports


def test_a_report_is_read_only() -> None:
    """Neither it, nor its findings, verdict and evidence can be changed."""
    report = evaluate(draft("center.is_physical"), Dossier(center=Center(id="c1", name="中心"), period=YEAR))
    (finding,) = report
    for thing, name in (
        (report, "source"),
        (report, "verdict"),
        (finding, "outcome"),
        (finding.evidence[0], "found"),
        (report.verdict, "id"),
    ):
        with pytest.raises(AttributeError):
            setattr(thing, name, None)
    assert (report.name, report.subject, report.as_of) == ("中心", "c1", date(2020, 12, 31))


def test_nothing_is_made_before_it_is_asked_for() -> None:
    """A verdict needs no findings, and findings are made once."""
    standard = draft("center.is_physical")
    compiled = compile_standard(standard)
    made: list[str] = []

    class Maker:
        def __getattr__(self, name: str) -> Any:
            made.append(name)
            return getattr(compiled, name)

    dossier = Dossier(center=Center(id="c1"), period=YEAR)
    dossier.bind(standard.schema)
    report = Report(Source(Maker(), dossier, compiled.run(dossier)))
    assert report.verdict.reachable == ("met", "not-met")
    assert made == ["make_verdict"]
    assert report["k0"] is report.findings[0]
    assert made == ["make_verdict", "make_findings"]


def test_two_reports_are_never_equal() -> None:
    """Equality is identity, so that a report can stand in a set without being looked through."""
    standard, dossier = draft("true"), Dossier(center=Center(id="c1"), period=YEAR)
    first, second = evaluate(standard, dossier), evaluate(standard, dossier)
    assert first != second
    assert len({first, second, first}) == 2
    assert first.to_dict() == second.to_dict()


def test_counts_name_every_outcome() -> None:
    """In the order of the outcomes, those too that no finding has."""
    dossier = Dossier(center=Center(id="c1"), activities=[Activity(id="a")], period=YEAR)
    report = evaluate(draft("true", "count(activities) >= 1", "center.is_physical", "false"), dossier)
    assert list(report.counts().items()) == [
        (Outcome.PASSED, 1),
        (Outcome.FAILED, 1),
        (Outcome.UNDETERMINED, 2),
        (Outcome.UNTESTED, 0),
        (Outcome.INAPPLICABLE, 0),
        (Outcome.WAIVED, 0),
    ]

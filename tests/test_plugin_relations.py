# SPDX-License-Identifier: MIT
"""Rows that a plugin records: what facts.toml may declare, what a dossier holds, and what conditions find in it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from platformrules.criteria.checker import Scope, check
from platformrules.criteria.datatypes import TRUTH
from platformrules.dossiers import Dossier
from platformrules.errors import DossierError, RuleFileError
from platformrules.evaluation import evaluate
from platformrules.models import CORE, Activity, Area, Center, Organization, Row
from platformrules.periods import Period
from platformrules.results import Outcome
from platformrules.schema import Schema
from platformrules.sentences import sentence
from platformrules.standards.facts import load_facts
from platformrules.standards.missing import missing_facts
from platformrules.standards.rulebook import Rulebook
from platformrules.standards.sources import SourceFile

YEAR = Period.year(2020)
PASSED, FAILED, OPEN = Outcome.PASSED, Outcome.FAILED, Outcome.UNDETERMINED
Lagoon = Callable[..., Rulebook]
ROWS = """
format = 1
[[relations]]
id = "p_days"
of = "area"
dated_by = "spent_on"
register = true
label = { zh = "蹲点", en = "days spent" }
[[facts]]
id = "spent_on"
on = "p_days"
type = "date"
label = { zh = "日期", en = "spent on" }
"""


def load(text: str, schema: Schema = CORE, plugin: str = "p") -> Schema:
    """The schema with what a file declares."""
    return load_facts(SourceFile(f"platformrules_{plugin}/facts.toml", text, ""), plugin, schema)


def faults(text: str, schema: Schema = CORE, plugin: str = "p") -> list[tuple[str, str]]:
    """Code and path of every fault of a file."""
    with pytest.raises(RuleFileError) as caught:
        load(text, schema, plugin)
    return [(one.code, one.path) for one in caught.value.diagnostics]


def award(name: str, day: date | None = date(2020, 5, 1), level: str | None = "city", center: str = "c") -> Row:
    """A row of the awards."""
    return Row(id=name, center_id=center, facts={"given_on": day, "level": level})


def visit(name: str, day: date | None = date(2020, 5, 1), people: int | None = 2) -> Row:
    """A row of the visits."""
    return Row(id=name, area_id="a", facts={"made_on": day, "people": people})


def outcome(book: Rulebook, dossier: Dossier) -> Outcome:
    """What the one condition of the standard finds."""
    return next(iter(evaluate(book["lagoon/rows"], dossier))).outcome


# What facts.toml declares


def test_a_relation_and_its_keys() -> None:
    """A relation is declared with its facts, which need no prefix, and has keys of its own."""
    schema = load(ROWS)
    relation = schema.relations["p_days"]
    assert (relation.of, relation.dated_by, relation.picked_by, relation.plugin) == ("area", "spent_on", None, "p")
    assert [(one.id, one.key, one.plugin) for one in schema.facts["p_days"].values()] == [
        ("id", True, ""),
        ("area_id", True, ""),
        ("spent_on", False, "p"),
    ]
    assert "p_days" not in CORE.relations


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('of = "area"', 'of = "activity"', [("PR405", "$.relations[0].of")]),
        ('dated_by = "spent_on"', 'dated_by = "spent"', [("PR405", "$.relations[0].dated_by")]),
        ('type = "date"', 'type = "text"', [("PR405", "$.relations[0].dated_by")]),
        ('dated_by = "spent_on"\n', "", [("PR402", "$.relations[0].register")]),
        (
            'id = "p_days"',
            'id = "days"',
            [
                ("PR404", "$.relations[0].id"),
                ("PR402", "$.relations[0]"),
                ("PR405", "$.facts[0].on"),
                ("PR404", "$.facts[0].id"),
            ],
        ),
        (
            'on = "p_days"',
            'on = "area"',
            [("PR402", "$.relations[0]"), ("PR404", "$.facts[0].id")],
        ),
        ('id = "spent_on"', 'id = "area_id"', [("PR405", "$.relations[0].dated_by"), ("PR602", "$.facts[0].id")]),
        ('id = "spent_on"', 'id = "month"', [("PR405", "$.relations[0].dated_by"), ("PR404", "$.facts[0].id")]),
        ('en = "days spent"', 'en = "Centers"', [("PR404", "$.relations[0].label")]),
        ('zh = "蹲点"', 'zh = "设置"', [("PR404", "$.relations[0].label")]),
        ('zh = "日期"', 'zh = "区域编号"', [("PR404", "$.facts[0].label")]),
    ],
)
def test_faults_of_a_relation(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    """Every fault is told, at its place."""
    assert faults(ROWS.replace(old, new, 1)) == expected


def test_ids_of_relations() -> None:
    """No two relations have one id, of one plugin or of two, and none that of a function."""
    assert faults(ROWS + ROWS.replace("format = 1", ""))[:1] == [("PR404", "$.relations[1].id")]
    once = load(ROWS)
    assert ("PR602", "$.relations[0].id") in faults(ROWS, once)
    assert faults(ROWS.replace("p_days", "days_between"), plugin="days") == [("PR404", "$.relations[0].id")]


def test_facts_of_two_relations_may_have_one_name() -> None:
    """The facts of a relation are named by themselves; twice in one they are a fault."""
    other = ROWS.replace("p_days", "p_nights").replace("蹲点", "过夜").replace("days spent", "nights")
    text = ROWS + other.replace("format = 1", "")
    assert set(load(text).facts["p_nights"]) == {"id", "area_id", "spent_on"}
    fact = ROWS[ROWS.index("[[facts]]") :]
    assert faults(ROWS + fact) == [("PR404", "$.facts[1].id")]


# What a dossier holds


def test_rows_are_kept_by_day_and_id(lagoon: Lagoon) -> None:
    """Rows of plugins are in order once the schema is known; labels become codes; a mapping of rows is not changed."""
    book = lagoon("count(lagoon_awards) >= 1")
    rows = [award("b", None), award("c", date(2020, 1, 1), "市级"), award("a", date(2020, 3, 1))]
    dossier = Dossier(center=Center(id="c"), relations={"lagoon_awards": rows, "lagoon_members": None}, period=YEAR)
    assert [row.id for row in dossier.rows_of("lagoon_awards") or ()] == ["a", "b", "c"]
    dossier.bind(book.schema)
    found = dossier.rows_of("lagoon_awards") or ()
    assert [(row.id, row["level"], row["center_id"]) for row in found] == [
        ("c", "city", "c"),
        ("a", "city", "c"),
        ("b", "city", "c"),
    ]
    assert dossier.rows_of("lagoon_members") is None
    assert dossier.rows_of("lagoon_visits") is None
    assert dossier.rows_of("activities") is None


@pytest.mark.parametrize(
    ("relations", "fault"),
    [
        (3, "relations must be a table"),
        ({"lagoon_awards": 3}, "relations['lagoon_awards'] must be a list of Row (got int)"),
        ({"lagoon_awards": [Activity()]}, "relations['lagoon_awards'][0] must be a Row (got Activity)"),
        ({"lagoon_awards": [Row(center_id=3)]}, "relations['lagoon_awards'][0].center_id must be a text (got 3)"),
        ({"lagoon_award": []}, "there is no relation `lagoon_award` of a plugin; did you mean `lagoon_awards`?"),
        ({"activities": []}, "there is no relation `activities` of a plugin"),
        ({"lagoon_awards": [Row(area_id="a")]}, "area_id is no key of `lagoon_awards`, whose rows have `center_id`"),
        ({"lagoon_awards": [Row(facts={"level": "x"})]}, "relations['lagoon_awards'][0].facts['level'] must be one of"),
        ({"lagoon_awards": [Row(facts={"given": None})]}, "has no fact `given`; did you mean `given_on`?"),
    ],
)
def test_faults_of_rows(lagoon: Lagoon, relations: Any, fault: str) -> None:
    """What is wrong with rows is told with its place, at once or when the schema is known."""
    book = lagoon("count(lagoon_awards) >= 1")
    with pytest.raises(DossierError) as caught:
        Dossier(center=Center(id="c"), relations=relations).bind(book.schema)
    assert any(fault in one for one in caught.value.faults)


# What conditions find


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([award("a"), award("b")], PASSED),
        ([award("a"), award("b", date(2021, 1, 1))], FAILED),
        ([award("a"), award("b", None)], OPEN),
        ([award("a"), award("b", level=None)], OPEN),
        ([award("a"), Row(id="b", center_id="c", facts={"level": "city"})], OPEN),
        ([award("a"), Row(id="b", facts={"given_on": date(2020, 1, 1)})], OPEN),
        ([award("a"), award("b", level="county")], FAILED),
        ([], FAILED),
        (None, OPEN),
    ],
)
def test_dated_rows(lagoon: Lagoon, rows: list[Row] | None, expected: Outcome) -> None:
    """The bare name of a dated relation means the rows of the period; what is not recorded stays open."""
    book = lagoon('count(a for a in lagoon_awards if a.level == "city") >= 2')
    dossier = Dossier(center=Center(id="c"), relations={"lagoon_awards": rows}, period=YEAR)
    assert outcome(book, dossier) is expected


@pytest.mark.parametrize("require", ['any(a.center_id == center.id and a.level == "city" for a in lagoon_awards)'])
def test_keys_and_months(lagoon: Lagoon, require: str) -> None:
    """Rows are read by their key, and by the month of their date."""
    held = {"lagoon_awards": [award("a", center="d"), award("b", center="c")]}
    dossier = Dossier(center=Center(id="c"), relations=held, period=YEAR)
    assert outcome(lagoon(require), dossier) is PASSED
    months = lagoon("all(count(a for a in lagoon_awards if a.month == m) >= 1 for m in months)")
    assert outcome(months, dossier) is FAILED
    each = [award(f"a{month}", date(2020, month, 3)) for month in range(1, 13)]
    every = Dossier(center=Center(id="c"), relations={"lagoon_awards": each}, period=YEAR)
    assert outcome(months, every) is PASSED


REGISTER = "sum(v.people for v in lagoon_visits) >= 4"
DURING = "count(v for v in during(lagoon_visits, date(2010, 1, 1), date(2030, 1, 1))) >= 2"


@pytest.mark.parametrize("period", ["calendar-year", "as-of"])
@pytest.mark.parametrize("require", [REGISTER, DURING, f"{REGISTER} and {DURING}"])
@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([date(2015, 1, 1), date(2025, 1, 1)], PASSED),
        ([date(2015, 1, 1)], FAILED),
    ],
)
def test_a_register_is_complete_for_all_time(
    lagoon: Lagoon, period: str, require: str, days: list[date], expected: Outcome
) -> None:
    """Its bare name means all rows, of whatever day, and a window reaches any day, whatever the records began."""
    book = lagoon(require, "area", period)
    rows = [visit(f"v{index}", day) for index, day in enumerate(days)]
    times: dict[str, Any] = {"as_of": YEAR.end} | ({"period": YEAR} if period != "as-of" else {})
    given = {"relations": {"lagoon_visits": rows}, "records_from": date(2020, 6, 1)}
    assert outcome(book, Dossier(area=Area(id="a"), **given, **times)) is expected


def test_an_undated_row_of_a_register(lagoon: Lagoon) -> None:
    """It is one of all rows, but only possibly one of a window."""
    rows = [visit("v0"), visit("v1", None)]
    dossier = Dossier(area=Area(id="a"), relations={"lagoon_visits": rows}, period=YEAR)
    assert outcome(lagoon(REGISTER, "area"), dossier) is PASSED
    window = lagoon(DURING, "area")
    assert outcome(window, dossier) is OPEN
    standard = window["lagoon/rows"]
    assert [(one.fact, one.rows) for one in missing_facts(standard, standard["rows"], dossier)] == [
        ("lagoon_visits.made_on", ("v1",))
    ]


def test_the_month_of_a_row_of_a_register_is_unknown(lagoon: Lagoon) -> None:
    """All its rows are meant, and most of them lie in no month of the period."""
    scope = Scope(lagoon(REGISTER, "area").schema, "area")
    with pytest.raises(RuleFileError, match="unknown fact `month`"):
        check("any(any(v.month == m for v in lagoon_visits) for m in months)", scope, TRUTH)


def test_rows_without_their_day_lack_what_they_lack(lagoon: Lagoon) -> None:
    """A row may lie in the period as long as its day is not known: what it lacks is missing."""
    standard = lagoon('any(a.level == "city" for a in lagoon_awards)')["lagoon/rows"]
    rows = {"lagoon_awards": [Row(id="w1", center_id="c1"), Row(id="w2", facts={"given_on": date(2019, 1, 1)})]}
    dossier = Dossier(center=Center(id="c1"), relations=rows, period=YEAR)
    found = {one.fact: one.rows for one in missing_facts(standard, standard["rows"], dossier)}
    assert found == {"lagoon_awards.given_on": ("w1",), "lagoon_awards.level": ("w1",)}


def test_what_is_missing(lagoon: Lagoon) -> None:
    """A relation that is not recorded is named by its label, a fact of its rows with their ids."""
    book = lagoon('count(a for a in lagoon_awards if a.level == "city") >= 2')
    standard = book["lagoon/rows"]
    bare = Dossier(center=Center(id="c"), period=YEAR)
    [missing] = missing_facts(standard, standard["rows"], bare)
    assert (missing.fact, missing.label.zh) == ("lagoon_awards", "表彰")
    held = {"lagoon_awards": [award("a", level=None), award("b", None)]}
    dossier = Dossier(center=Center(id="c"), relations=held, period=YEAR)
    found = {one.fact: one.rows for one in missing_facts(standard, standard["rows"], dossier)}
    assert found == {"lagoon_awards.given_on": ("b",), "lagoon_awards.level": ("a",)}


def test_words_and_evidence(lagoon: Lagoon) -> None:
    """Sentences call rows by the label of the relation, and evidence counts them."""
    book = lagoon("count(m for m in lagoon_members if m.grown_up) >= 2", "organization", "as-of")
    standard = book["lagoon/rows"]
    assert "成员记录" in sentence(standard, standard["rows"]).zh
    assert "“members”" in sentence(standard, standard["rows"]).en
    rows = [Row(id=f"m{index}", organization_id="o", facts={"grown_up": True}) for index in range(3)]
    dossier = Dossier(organization=Organization(id="o"), relations={"lagoon_members": rows}, as_of=YEAR.end)
    [finding] = evaluate(standard, dossier)
    assert finding.outcome is PASSED
    assert [(one.observed, one.required) for one in finding.evidence] == [(3, 2)]

# SPDX-License-Identifier: MIT
"""What is drawn for tests is what it says: well typed, of the schema, on the thresholds, with holes or without."""

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from platformrules.criteria import nodes
from platformrules.criteria.checker import Scope, check
from platformrules.criteria.datatypes import DATE, NUMBER, SET, TRUTH, WHOLE, Datatype
from platformrules.criteria.parser import parse
from platformrules.criteria.signatures import FUNCTIONS, GATHERINGS
from platformrules.criteria.typed import Lookup, Named
from platformrules.criteria.walk import walk
from platformrules.dossiers import Dossier
from platformrules.errors import RuleFileError
from platformrules.languages import Bilingual
from platformrules.models import CORE, MODELS, RELATIONS
from platformrules.schema import Choice, Fact, FactType
from platformrules.standards.parameters import names_of
from platformrules.testing.drafts import draft, to_toml
from platformrules.testing.expressions import expressions
from platformrules.testing.strategies import Landmarks, dossiers, facts, fillings, records

PARAMETERS = {"p": (WHOLE, 3), "q": (NUMBER, Decimal("0.5")), "on": (TRUTH, True), "day": (DATE, date(2020, 2, 29))}
#: Values of every type, and tables by choices, truths, numbers and days that hold every type.
NAMING = draft(
    "true",
    {"judge": []},
    parameters={
        "by_grade": {"by": "center.grade", "values": {"better": 3, "average": 2, "poor": 1}},
        "by_two": {"by": ["center.has_flag", "center.grade"], "values": {"true": {"poor": True}}, "otherwise": False},
        "by_day": {"steps": [{"value": date(2020, 1, 1)}, {"above": date(2019, 2, 28), "value": date(2020, 2, 29)}]},
        "by_number": {"steps": [{"value": 1}, {"from": 70, "value": Decimal("55.5")}]},
        "asked": {"type": "boolean"},
    },
    values={
        "ready": "center.has_flag and center.has_emblem",
        "area": "center.floor_area_m2 * 2",
        "staff": "center.full_time_staff",
        "opened": "center.opened_on",
        "things": "center.equipment",
        "called": "center.name",
        "unmet": "count(c for c in criteria if c.failed)",
    },
)
NAMED = Scope(
    CORE,
    "center",
    criteria=("k0", "k1"),
    grades=Fact(
        "grade", "criterion", FactType.CHOICE, Bilingual("等次", "grade"), values=(Choice("yes", "是", "yes"),)
    ),
    values={one.id: Named(one.id, one.expression.root, one.expression.root.datatype) for one in NAMING.values},
    **names_of(NAMING.parameters),
)
SCOPES = {
    "period": Scope(CORE, "center", PARAMETERS),
    "day": Scope(CORE, "organization", PARAMETERS, has_period=False),
    "verdict": Scope(CORE, "area", PARAMETERS, criteria=("k0", "k1"), blocks=("b0",)),
    "named": NAMED,
}


def parts_of(value: Any) -> Iterator[Any]:
    """An expression and all nodes in it."""
    if isinstance(value, tuple):
        for one in value:
            yield from parts_of(one)
    elif attrs.has(type(value)) and type(value).__module__ == nodes.__name__:
        yield value
        for field in attrs.fields(type(value)):
            yield from parts_of(getattr(value, field.name))


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("expected", [TRUTH, NUMBER, DATE, SET], ids=["truth", "number", "date", "set"])
@given(data=st.data())
@settings(max_examples=40)
def test_expressions_pass_the_checker(scope: str, expected: Datatype, data: st.DataObject) -> None:
    """Whatever is drawn is an expression of the type that was asked for."""
    text = data.draw(expressions(SCOPES[scope], expected))
    assert check(text, SCOPES[scope], expected).root.datatype.kind is expected.kind


def test_expressions_have_every_kind_of_node_and_every_function() -> None:
    """In some hundred expressions every node kind, function, operator and attribute of the language occurs."""
    kinds: set[str] = set()
    functions: set[str] = set()
    operators: set[str] = set()

    @settings(max_examples=500, derandomize=True, database=None)
    @given(expressions(SCOPES["verdict"]) | expressions(SCOPES["period"]) | expressions(NAMED))
    def gather(text: str) -> None:
        for part in parts_of(parse(text)):
            kinds.add(type(part).__name__)
            functions.update([part.function] if isinstance(part, nodes.Call) else [])
            given_here = getattr(part, "operators", (getattr(part, "operator", ""),))
            operators.update(given_here)

    gather()
    assert kinds == {kind.__name__ for kind in nodes.Expr.__args__}
    of_standards = {name for name, one in FUNCTIONS.items() if not one.procedures}
    assert functions == {*of_standards, *GATHERINGS, "during"}
    assert operators >= {"+", "-", "*", "/", "&", "and", "or", "not", "==", "!=", "<", "<=", ">", ">=", "in", "not in"}


@pytest.mark.parametrize("model", MODELS)
@given(data=st.data())
@settings(max_examples=15)
def test_records_are_of_their_model(model: str, data: st.DataObject) -> None:
    """Records hold values of their facts, all of them if they are complete."""
    record = data.draw(records(model))
    subject = model if model != "activity" else None
    parts = {subject: record} if subject else {"center": data.draw(records("center")), "activities": [record]}
    assert Dossier(**parts).subject is not None
    complete = data.draw(records(model, complete=True))
    known = CORE.facts[model]
    assert [name for name, one in known.items() if getattr(complete, name) is None and not one.key] == []


def test_values_lie_on_the_thresholds_and_beside_them() -> None:
    """For a number that is compared, the number itself and its nearest neighbours are drawn."""
    standard = draft("center.floor_area_m2 >= least", parameters={"least": 100})
    near = Landmarks.of(standard.expressions, {"least": 100})
    area = facts(CORE.facts["center"]["floor_area_m2"], near)
    for value in (100, Decimal("99.9999"), Decimal("100.0001"), 99, 101):
        assert find(area, lambda drawn, value=value: drawn == value) == value
    whole = facts(CORE.facts["center"]["full_time_staff"], near)
    assert find(whole, lambda drawn: drawn == 99) == 99


RULES = draft(
    'center.has_flag and center.grade == "poor" and "tv" in center.equipment and center.opened_on <= as_of',
    "all(a.attendance >= 20 for a in activities if a.published_on_cloud)",
    "count(o for o in organizations if o.league_led) >= 3",
    {"judge": []},
    verdict=[{"id": "yes", "when": "all(c.satisfied for c in criteria) and center.has_emblem"}, {"id": "no"}],
)
READ = {
    "center": ("has_flag", "grade", "equipment", "opened_on", "has_emblem"),
    "activity": ("attendance", "published_on_cloud", "held_on"),
    "organization": ("league_led",),
}


def holes(dossier: Dossier) -> list[str]:
    """What RULES reads and a dossier does not record."""
    found = [name for name in READ["center"] if getattr(dossier.center, name) is None]
    for relation in ("activities", "organizations"):
        rows = getattr(dossier, relation)
        model = next(one.model for one in RELATIONS if one.id == relation)
        if rows is None:
            found.append(relation)
        found += [name for row in rows or () for name in READ[model] if getattr(row, name) is None]
    return found


@given(dossiers(RULES), dossiers(RULES, complete=True))
def test_complete_dossiers_have_no_holes(some: Dossier, complete: Dossier) -> None:
    """A complete dossier records all that is read, from the first day on; each fits the standard."""
    assert holes(complete) == []
    assert complete.records_from == date.min
    assert [one for one in complete.judgements if one.endswith("k3")]
    assert some.kind == "center"


#: What dossiers must also be like, now and then.
KINDS: dict[str, Any] = {
    "a hole beside a fact": lambda one: one.center.has_flag is None and one.center.has_emblem is True,
    "an unrecorded relation": lambda one: one.activities is None,
    "an empty relation": lambda one: one.activities == (),
    "a hole in a row": lambda one: one.organizations and one.organizations[0].league_led is None,
    "a row without a date": lambda one: any(row.held_on is None for row in one.activities or ()),
    "a row before the period": lambda one: any(
        row.held_on and row.held_on < one.period.start for row in one.activities or ()
    ),
    "a row after the period": lambda one: any(
        row.held_on and row.held_on > one.period.end for row in one.activities or ()
    ),
    "a day within the period": lambda one: one.as_of is not None and one.as_of < one.period.end,
    "a day after the period": lambda one: one.as_of is not None and one.as_of > one.period.end,
    "records that begin late": lambda one: one.records_from is not None and one.records_from > one.period.start,
    "judgements and waivers": lambda one: one.judgements and one.waivers,
    "judgements by role": lambda one: any(isinstance(given, tuple) for given in one.judgements.values()),
    "qualified keys": lambda one: any("#" in key for key in (*one.judgements, *one.waivers)),
    "a period across years": lambda one: one.period.start.year != one.period.end.year,
}


def test_dossiers_are_of_every_kind() -> None:
    """Holes, empty and unrecorded relations, rows without a date or outside, late records, judgements: all occur."""
    found: set[str] = set()

    @settings(max_examples=200, derandomize=True, database=None)
    @given(dossiers(RULES))
    def gather(dossier: Dossier) -> None:
        found.update(kind for kind, wanted in KINDS.items() if wanted(dossier))

    gather()
    assert found == set(KINDS)


@given(st.data())
def test_fillings_change_nothing_that_is_recorded(data: st.DataObject) -> None:
    """A hole may be filled; what is recorded stays as it is, and rows are added only where nothing was recorded."""
    dossier = data.draw(dossiers(RULES))
    filled = data.draw(fillings(dossier, RULES))
    start, end = dossier.window.records_from, dossier.day
    for name in READ["center"]:
        assert getattr(dossier.center, name) in (None, getattr(filled.center, name))
    for relation, model in (("activities", "activity"), ("organizations", "organization")):
        before, after = getattr(dossier, relation), getattr(filled, relation)
        if before is None:
            continue
        known = {row.id: row for row in after}
        for row in before:
            assert all(getattr(row, name) in (None, getattr(known[row.id], name)) for name in READ[model])
        added = [known[name] for name in known.keys() - {row.id for row in before}]
        assert all(row.held_on < start or row.held_on > end for row in added if model == "activity")
        assert model == "activity" or not added
    assert (filled.period, filled.as_of, filled.waivers) == (dossier.period, dossier.as_of, dossier.waivers)
    assert holes(data.draw(fillings(dossier, RULES, everything=True))) == []


# Drafts


def test_a_draft_is_a_standard() -> None:
    """A draft fills in what a rule file must say."""
    standard = draft(
        "true", {"require": "false", "block": "b"}, {"judge": []}, blocks=[{"id": "b"}], notes={"n": "true"}
    )
    assert [one.id for one in standard.criteria] == ["k0", "k1", "k2"]
    assert (standard.reference, standard.subject, standard.period.kind) == ("draft/trial@1", "center", "calendar-year")
    assert [row.id for row in standard.criteria[2].judge] == ["yes", "no"]
    assert [row.id for row in standard.verdicts] == ["met", "not-met"]


def test_a_wrong_draft_is_refused() -> None:
    """What is wrong with an expression is told as of a rule file."""
    with pytest.raises(RuleFileError, match="unknown fact `flag`"):
        draft("center.flag")


@pytest.mark.parametrize(
    "value",
    [
        True,
        5,
        Decimal("0.30"),
        Decimal(7),
        date(2020, 2, 29),
        '引号" 和 \\ 斜线\n',
        ["a", 5, {"k": "v"}],
        {"a b": {"c": []}},
        ("x", "y"),
    ],
)
def test_values_as_toml(value: Any) -> None:
    """A value reads back from TOML as it was."""
    read = tomllib.loads(f"value = {to_toml(value)}", parse_float=Decimal)["value"]
    assert read == (list(value) if isinstance(value, tuple) else value)
    assert to_toml(frozenset({"b", "a"})) == '["a", "b"]'


def test_expressions_read_every_value_and_table() -> None:
    """By a fact, a literal or a branch as the key."""
    named: set[str] = set()
    tables: dict[str, set[str]] = {}

    @settings(max_examples=400, derandomize=True, database=None)
    @given(st.sampled_from((TRUTH, NUMBER, DATE, SET)).flatmap(lambda one: expressions(NAMED, one)))
    def gather(text: str) -> None:
        for part in walk(check(text, NAMED, None).root):
            if isinstance(part, Named):
                named.add(part.name)
            elif isinstance(part, Lookup):
                tables.setdefault(part.table.name, set()).update(type(key).__name__ for key in part.keys)

    gather()
    assert named == set(NAMED.values)
    assert set(tables) == set(NAMED.tables)
    assert tables["by_grade"] >= {"Read", "Constant", "Branch"}


def test_values_lie_where_steps_begin() -> None:
    """On the number or day at which a step begins, next to it, and on what tables hold."""
    texts = ("by_number[center.full_time_staff] >= 1", "by_day[center.opened_on] >= as_of", 'by_grade["poor"] >= 0')
    near = Landmarks.of([check(text, NAMED, TRUTH) for text in texts], NAMING.constants)
    assert {69, 70, 71, Decimal("55.5"), 3} <= set(near.numbers)
    assert {date(2019, 2, 28), date(2020, 1, 1)} <= set(near.days)
    assert find(facts(CORE.facts["center"]["full_time_staff"], near), lambda value: value == 70) == 70


def test_standards_with_what_a_run_gives_have_dossiers() -> None:
    """What is not given is no fact of any record."""
    standard = draft("center.has_flag or days >= 3", parameters={"days": {"type": "integer"}})
    dossier = find(dossiers(standard, complete=True), lambda _: True)
    assert dossier.center is not None
    assert dossier.center.has_flag is not None

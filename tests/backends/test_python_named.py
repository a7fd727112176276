# SPDX-License-Identifier: MIT
"""What named values, tables, steps, grades and given parameters mean, on complete data and where something is missing.

Every dossier goes both ways, the fast one for complete data and the one in bounds, and both come to the same report.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

import pytest

from platformrules.bounds import Bounds, Members, Possible
from platformrules.dossiers import Dossier, Judgement, Waiver
from platformrules.evaluation import compile_standard
from platformrules.languages import Bilingual
from platformrules.models import CORE, Activity, Center
from platformrules.periods import Period
from platformrules.results import Outcome, Report, Source
from platformrules.schema import Choice, Fact, FactType
from platformrules.standards.model import Standard
from platformrules.testing.drafts import draft

PASSED, FAILED, OPEN = Outcome.PASSED, Outcome.FAILED, Outcome.UNDETERMINED
_KINDS = (Choice("one", "一", "one"), Choice("two", "二", "two"), Choice("three", "三", "three"))
SCHEMA = CORE.with_facts(
    [
        Fact("draft_kind", "center", FactType.CHOICE, Bilingual("类", "kind"), values=_KINDS, plugin="draft"),
        Fact(
            "draft_sort", "center", FactType.CHOICE, Bilingual("种", "sort"), values=_KINDS, open=True, plugin="draft"
        ),
        Fact("draft_kind", "activity", FactType.CHOICE, Bilingual("类", "kind"), values=_KINDS, plugin="draft"),
    ]
)
#: A truth of bounds: ``None`` is not known.
Truth: TypeAlias = bool | None


def center(**facts: Any) -> Center:
    """A center; facts of the draft are written without their prefix."""
    added = {f"draft_{name}": facts.pop(name) for name in ("kind", "sort") if name in facts}
    return Center(id="c1", **facts, facts=added)


def held(month: int, day: int = 5, kind: str | None = None, **facts: Any) -> Activity:
    """An activity of 2020."""
    added = {} if kind is None else {"draft_kind": kind}
    return Activity(id=f"a{month}-{day}", held_on=date(2020, month, day), **facts, facts=added)


def report(standard: Standard, **dossier: Any) -> Report:
    """The report on a dossier: the same by the fast way and in bounds."""
    given = Dossier(**{"center": Center(id="c1"), "period": Period.year(2020), **dossier})
    given.bind(SCHEMA)
    compiled = compile_standard(standard)
    ways = (compiled.run, compiled.program.run_in_bounds)
    fast, slow = (Report(Source(compiled, given, run(given))) for run in ways)
    assert fast.to_dict() == slow.to_dict()
    return fast


def value_of(text: str, **parts: Any) -> Any:
    """What a named value comes to."""
    dossier = {name: parts.pop(name) for name in ("center", "activities", "judgements", "as_of") if name in parts}
    standard = draft("v == v", values={"v": text}, schema=SCHEMA, **parts)
    return report(standard, **dossier).values[0].value


# Tables

STAFF = {"by": "center.draft_kind", "values": {"one": 1, "two": 2, "three": 3}}
REST = {"by": "center.draft_kind", "values": {"one": 1, "two": 2}, "otherwise": 20}
OPENED = {"by": "center.draft_sort", "values": {"one": 1, "two": 2, "three": 3}, "otherwise": Decimal("0.5")}
BOTH = {
    "by": ["center.draft_kind", "center.has_flag"],
    "values": {
        "one": {"true": 10, "false": 1},
        "two": {"true": 20, "false": 2},
        "three": {"true": 30, "false": 3},
    },
}
SOME = {"by": ["center.draft_kind", "center.has_flag"], "values": {"one": {"true": 10}}, "otherwise": 0}
SETS = {"by": "center.draft_kind", "values": {"one": ["x", "y"], "two": ["x"]}, "otherwise": ["x", "z"]}
WORDS = {"by": "center.has_flag", "values": {"true": "甲", "false": "乙"}}
TRUTHS = {"by": "center.draft_kind", "values": {"one": True, "two": False, "three": True}}
DAYS = {"by": "center.has_flag", "values": {"true": date(2020, 1, 1), "false": date(2020, 3, 1)}}

TABLES: list[tuple[dict[str, Any], str, dict[str, Any], Any]] = [
    (STAFF, "t[center.draft_kind]", {"kind": "two"}, 2),
    (STAFF, "t[center.draft_kind]", {}, Bounds(1, 3)),
    (STAFF, 't["three"]', {}, 3),
    (STAFF, 't["three" if center.has_flag else "two"]', {}, Bounds(2, 3)),
    (STAFF, 't["three" if center.has_flag else center.draft_kind]', {"has_flag": False, "kind": "one"}, 1),
    (REST, "t[center.draft_kind]", {}, Bounds(1, 20)),  # `three` has no entry
    (REST, 't["two" if center.has_flag else "one"]', {}, Bounds(1, 2)),  # what is left over cannot be reached
    (REST, "t[center.draft_sort]", {}, Bounds(1, 20)),
    (REST, "t[center.draft_sort]", {"sort": "另"}, 20),
    (REST, "t[center.name]", {"name": "one"}, 1),
    (REST, "t[center.name]", {}, Bounds(1, 20)),
    (OPENED, "t[center.draft_sort]", {}, Bounds(Decimal("0.5"), 3)),
    (OPENED, "t[center.draft_sort]", {"sort": "另"}, Decimal("0.5")),
    (OPENED, "t[center.draft_kind]", {}, Bounds(1, 3)),
    (BOTH, "t[center.draft_kind, center.has_flag]", {"kind": "two", "has_flag": True}, 20),
    (BOTH, "t[center.draft_kind, center.has_flag]", {"kind": "two"}, Bounds(2, 20)),
    (BOTH, "t[center.draft_kind, center.has_flag]", {"has_flag": False}, Bounds(1, 3)),
    (BOTH, "t[center.draft_kind, center.has_flag]", {}, Bounds(1, 30)),
    (BOTH, "t[center.draft_kind, center.floor_area_m2 >= 5]", {"kind": "one", "floor_area_m2": 4}, 1),
    (BOTH, 't["one", true]', {}, 10),
    (SOME, "t[center.draft_kind, center.has_flag]", {"kind": "one"}, Bounds(0, 10)),
    (SOME, "t[center.draft_kind, center.has_flag]", {"has_flag": False}, 0),
    (SOME, 't["one", true]', {}, 10),
    (SETS, "t[center.draft_kind]", {"kind": "three"}, frozenset({"x", "z"})),
    (SETS, "t[center.draft_kind]", {}, Members(frozenset({"x"}), frozenset({"x", "y", "z"}))),
    (WORDS, "t[center.has_flag]", {"has_flag": False}, "乙"),
    (WORDS, "t[center.has_flag]", {}, Possible(frozenset({"甲", "乙"}))),
    (TRUTHS, "t[center.draft_kind]", {"kind": "two"}, False),
    (TRUTHS, "t[center.draft_kind]", {}, None),
    (TRUTHS, 't["one" if center.has_flag else "three"]', {}, True),
    (DAYS, "t[center.has_flag]", {}, Bounds(date(2020, 1, 1), date(2020, 3, 1))),
]


@pytest.mark.parametrize(("table", "text", "facts", "expected"), TABLES)
def test_a_table_gives_what_its_key_may_reach(
    table: dict[str, Any], text: str, facts: dict[str, Any], expected: Any
) -> None:
    """The entry of a known key; of an unknown one the hull of all that it may meet, the rest only if a key is left."""
    found = value_of(text, parameters={"t": table}, center=center(**facts))
    assert (type(found), found) == (type(expected), expected)


NUMBERS = {"steps": [{"value": 0}, {"from": 3, "value": 5}, {"above": 3, "value": 6}, {"above": 10, "value": 2}]}
SPAN = {"steps": [{"value": 3}, {"from": date(2016, 1, 1), "value": 5}, {"above": date(2020, 2, 29), "value": 4}]}

STEPS: list[tuple[dict[str, Any], str, dict[str, Any], Any]] = [
    (NUMBERS, "t[center.full_time_staff]", {"full_time_staff": 2}, 0),
    (NUMBERS, "t[center.full_time_staff]", {"full_time_staff": 3}, 5),  # `from` includes its number
    (NUMBERS, "t[center.full_time_staff]", {"full_time_staff": 4}, 6),
    (NUMBERS, "t[center.floor_area_m2]", {"floor_area_m2": Decimal("3.0001")}, 6),  # all above it
    (NUMBERS, "t[center.floor_area_m2]", {"floor_area_m2": Decimal("2.9999")}, 0),
    (NUMBERS, "t[center.full_time_staff]", {"full_time_staff": 10}, 6),  # `above` does not
    (NUMBERS, "t[center.full_time_staff]", {"full_time_staff": 11}, 2),
    (NUMBERS, "t[center.full_time_staff]", {}, Bounds(0, 6)),
    (NUMBERS, "t[center.full_time_staff + 3]", {}, Bounds(2, 6)),
    (NUMBERS, "t[center.full_time_staff + 11]", {}, 2),
    (NUMBERS, "t[-center.full_time_staff]", {}, 0),
    (NUMBERS, "t[3]", {}, 5),
    (NUMBERS, "t[center.full_time_staff - center.part_time_main_staff]", {}, Bounds(0, 6)),
    (SPAN, "t[center.opened_on]", {"opened_on": date(2015, 12, 31)}, 3),
    (SPAN, "t[center.opened_on]", {"opened_on": date(2016, 1, 1)}, 5),
    (SPAN, "t[center.opened_on]", {"opened_on": date(2020, 2, 29)}, 5),
    (SPAN, "t[center.opened_on]", {"opened_on": date(2020, 3, 1)}, 4),
    (SPAN, "t[center.opened_on]", {}, Bounds(3, 5)),
    (SPAN, "t[max(center.opened_on, date(2017, 1, 1))]", {}, Bounds(4, 5)),
    (SPAN, "t[as_of]", {}, 4),
]


@pytest.mark.parametrize(("table", "text", "facts", "expected"), STEPS)
def test_steps_begin_at_their_number_or_above_it(
    table: dict[str, Any], text: str, facts: dict[str, Any], expected: Any
) -> None:
    """The last step that the key has reached; of an unknown key the hull of all between."""
    assert value_of(text, parameters={"t": table}, center=center(**facts)) == expected


def test_a_table_is_looked_up_by_rows_in_both_kinds_of_loops() -> None:
    """In a loop that is shared, in one of its own, and by month."""
    table = {"by": "activity.draft_kind", "values": {"one": 10, "two": 20, "three": 30}}
    criteria = (
        "count(a for a in activities if a.attendance >= t[a.draft_kind]) >= 1",
        "min((t[a.draft_kind] for a in activities), default=0) >= 20",
        "all(count(a for a in activities if a.month == m and t[a.draft_kind] >= 20) >= 1 for m in months)",
    )
    standard = draft(*criteria, parameters={"t": table}, schema=SCHEMA)
    rows = [held(month, kind="two", attendance=20) for month in range(1, 13)]
    assert [one.outcome for one in report(standard, activities=rows)] == [PASSED, PASSED, PASSED]
    rows[0] = held(1, kind="one", attendance=9)
    assert [one.outcome for one in report(standard, activities=rows)] == [PASSED, FAILED, FAILED]
    rows[0] = held(1, attendance=9)
    assert [one.outcome for one in report(standard, activities=rows)] == [PASSED, OPEN, OPEN]


# Named values

VALUES: list[tuple[str, dict[str, Any], Any]] = [
    ("center.has_flag and center.has_emblem", {"has_flag": False}, False),
    ("center.has_flag and center.has_emblem", {"has_flag": True}, None),
    ("center.floor_area_m2 * 2", {"floor_area_m2": Decimal("50.5")}, Decimal("101.0")),
    ("center.floor_area_m2 * 2", {}, Bounds(0, None)),
    ("center.name", {"name": "青年之家"}, "青年之家"),
    ("center.draft_kind", {}, Possible(frozenset({"one", "two", "three"}))),
    ("center.opened_on", {"opened_on": date(2019, 2, 3)}, date(2019, 2, 3)),
    ("add_days(as_of, 1)", {}, date(2021, 1, 1)),
    ('center.equipment & {"tv", "audio"}', {"equipment": {"tv", "computer"}}, frozenset({"tv"})),
    ('center.equipment & {"tv", "audio"}', {}, Members(frozenset(), frozenset({"tv", "audio"}))),
    ("count(activities)", {}, 2),
    ("3", {}, 3),
]


@pytest.mark.parametrize(("text", "facts", "expected"), VALUES)
def test_a_value_is_of_any_type(text: str, facts: dict[str, Any], expected: Any) -> None:
    """Truth, number, text, choice, date and set, settled or in bounds."""
    assert value_of(text, center=center(**facts), activities=[held(1), held(2)]) == expected


def test_values_read_values_in_any_order_of_the_file() -> None:
    """Each is what its expression is, wherever it stands; the report has them in the order of the file."""
    values = {"all_staff": "full + helpers", "full": "center.full_time_staff", "helpers": "2 * least"}
    standard = draft("all_staff >= 7", values=values, parameters={"least": 2}, schema=SCHEMA)
    found = report(standard, center=center(full_time_staff=3))
    assert found["k0"].outcome is PASSED
    assert [(one.id, one.value) for one in found.values] == [("all_staff", 7), ("full", 3), ("helpers", 4)]
    assert [one.value for one in report(standard).values] == [Bounds(4, None), Bounds(0, None), 4]
    other = standard.with_parameters(least=1)
    assert [one.value for one in report(other, center=center(full_time_staff=3)).values] == [5, 3, 2]


LOOPS = (
    "count(a for a in activities if a.attendance >= wanted) >= 2",
    "max((a.attendance - wanted for a in activities), default=0) >= 5",
    "all(count(a for a in activities if a.month == m) >= busy for m in months if m.end <= until)",
    "count(a for a in activities if a.attendance >= mean_of_all) >= 1",
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"full_time_staff": 2}, [PASSED, PASSED, PASSED, PASSED]),
        ({"full_time_staff": 3}, [FAILED, FAILED, PASSED, PASSED]),
        ({}, [OPEN, OPEN, PASSED, PASSED]),
    ],
)
def test_a_value_is_read_inside_of_loops(facts: dict[str, Any], expected: list[Outcome]) -> None:
    """In the condition of a loop that is shared and in one of its own; one that goes through rows itself, too."""
    values = {
        "wanted": "10 * center.full_time_staff",
        "until": "date(as_of.year, 3, 31)",
        "mean_of_all": "mean((a.attendance for a in activities), default=0)",
        "busy": "min(1, count(activities))",
    }
    standard = draft(*LOOPS, values=values, schema=SCHEMA)
    rows = [held(1, attendance=20), held(2, attendance=25), held(3, attendance=15)]
    assert [one.outcome for one in report(standard, center=center(**facts), activities=rows)] == expected


def test_evidence_shows_a_value_by_its_title_and_unit() -> None:
    """What is observed is the value by name; a truth stands by itself; a table has its unit."""
    values = [
        {
            "id": "all_staff",
            "value": "center.full_time_staff + 1",
            "unit": "persons",
            "title": {"zh": "全体", "en": "staff"},
        },
        {"id": "ready", "value": "center.has_flag and center.has_emblem", "title": {"zh": "就绪", "en": "ready"}},
    ]
    table = {**STAFF, "unit": "rooms", "title": {"zh": "房间", "en": "rooms wanted"}}
    texts = ("all_staff >= 3", "ready", "t[center.draft_kind] <= 2", "not ready", "all_staff >= t[center.draft_kind]")
    standard = draft(*texts, values=values, parameters={"t": table}, schema=SCHEMA)
    found = report(standard, center=center(full_time_staff=1, has_flag=False, kind="three"))
    shown = [
        (row.quantity, row.label.en, row.of.unit, row.found, row.operator, row.required, row.gap, row.met)
        for finding in found
        for row in finding.evidence
    ]
    assert shown == [
        ("all_staff", "staff", "persons", 2, ">=", 3, 1, False),
        ("ready", "ready", "", False, "==", True, None, False),
        ("t[center.draft_kind]", "“rooms wanted” for kind", "rooms", 3, "<=", 2, 1, False),
        ("ready", "ready", "", False, "==", False, None, True),
        ("all_staff", "staff", "persons", 2, ">=", 3, 1, False),
    ]
    assert [row.found for row in report(standard)["k0"].evidence] == [Bounds(1, None)]


def test_evidence_in_loops_reads_values() -> None:
    """The row that decides is found with the value in its condition."""
    standard = draft(
        "all(a.attendance >= wanted for a in activities if a.draft_kind == kind)",
        values={"wanted": "10 * center.full_time_staff", "kind": "center.draft_kind"},
        schema=SCHEMA,
    )
    rows = [held(1, kind="one", attendance=5), held(2, kind="two", attendance=25), held(3, kind="two", attendance=15)]
    found = report(standard, center=center(full_time_staff=2, kind="two"), activities=rows)["k0"]
    assert [(row.found, row.required, row.gap, row.at) for row in found.evidence] == [(15, 20, 5, "a3-5")]
    # of rows that are all open the earliest stands
    open_finding = report(standard, center=center(kind="two"), activities=rows)["k0"]
    assert [(row.found, row.required, row.at) for row in open_finding.evidence] == [(25, Bounds(0, None), "a2-5")]


# What is read of criteria

SCALE = {
    "degrees": [
        {"id": "good", "title": {"zh": "较好", "en": "good"}},
        {"id": "fair", "title": {"zh": "一般", "en": "fair"}},
        {"id": "poor", "title": {"zh": "较差", "en": "poor"}, "fails": True},
    ]
}
POOR = 'count(c for c in criteria if c.grade == "poor")'
ROWS = ({"id": "mend", "when": "poor_items >= 2"}, {"id": "fine"})


def graded(*more: Any, **parts: Any) -> Standard:
    """Three criteria that are judged on a scale, and how many are poor."""
    criteria = [{"judge": "degrees"}, {"judge": "degrees"}, {"judge": "degrees", "applies_when": "center.has_flag"}]
    given: dict[str, Any] = {
        "values": {"poor_items": POOR},
        "scales": SCALE,
        "verdict": ROWS,
        "schema": SCHEMA,
        **parts,
    }
    return draft(*criteria, *more, **given)


def judged(**grades: str) -> dict[str, Judgement]:
    """Judgements by criterion."""
    return {name: Judgement(value=grade) for name, grade in grades.items()}


@pytest.mark.parametrize(
    ("flag", "grades", "poor_items", "reachable"),
    [
        (True, {}, Bounds(0, 3), ("mend", "fine")),
        (True, {"k0": "poor", "k1": "poor"}, Bounds(2, 3), ("mend",)),
        (True, {"k0": "good", "k1": "fair"}, Bounds(0, 1), ("fine",)),
        (True, {"k0": "poor", "k1": "fair"}, Bounds(1, 2), ("mend", "fine")),
        (True, {"k0": "poor", "k1": "fair", "k2": "poor"}, 2, ("mend",)),
        (None, {"k0": "poor", "k1": "fair", "k2": "poor"}, Bounds(1, 2), ("mend", "fine")),
        (False, {"k0": "poor", "k1": "fair", "k2": "poor"}, 1, ("fine",)),  # what does not apply has no grade
        (True, {"k0": "poor", "k1": "none of these", "k2": "good"}, Bounds(1, 2), ("mend", "fine")),
    ],
)
def test_a_verdict_over_how_many_are_poor(
    flag: Truth, grades: dict[str, str], poor_items: Any, reachable: tuple[str, ...]
) -> None:
    """Any grade is possible where nobody has judged; the verdicts that can still come are those of all of them."""
    found = report(graded(), center=center(has_flag=flag), judgements=judged(**grades))
    assert found.values[0].value == poor_items
    assert found.verdict.reachable == reachable


def test_a_waived_item_has_no_grade() -> None:
    """Until the day that the waiver ends."""
    given = {"judgements": judged(k0="poor", k1="poor", k2="poor"), "center": center(has_flag=True)}
    for until, expected in ((None, 2), (date(2020, 12, 31), 2), (date(2020, 12, 30), 3)):
        found = report(graded(), waivers={"k1": Waiver(reason="r", until=until)}, **given)
        assert found.values[0].value == expected


def test_the_last_of_several_judges_gives_the_grade() -> None:
    """As with outcomes; the qualified key goes first."""
    several = {
        "k0": [Judgement(value="good"), Judgement(value="poor")],
        "draft/trial#k1": Judgement(value="poor"),
        "k1": Judgement(value="good"),
    }
    assert report(graded(), center=center(has_flag=False), judgements=several).values[0].value == 2


def test_grades_are_read_in_sets_notes_and_what_the_data_say() -> None:
    """Of the graded only: what has no grade adds none to a set."""
    standard = graded(
        {
            "judge": [
                {"id": "good", "title": {"zh": "好", "en": "good"}, "when": 'criteria["k0"].grade == "good"'},
                {"id": "bad", "title": {"zh": "坏", "en": "bad"}, "fails": True, "when": "poor_items >= 1"},
            ]
        },
        "center.is_physical",
        values={"poor_items": POOR, "found": "{c.grade for c in criteria}"},
        notes={"n": 'criteria["k4"].grade == "poor" or criteria["k0"].grade != "poor"'},
    )
    found = report(standard, center=center(has_flag=False), judgements=judged(k0="good", k1="poor", k3="bad"))
    assert found.values[1].value == frozenset({"good", "poor", "bad"})
    assert [note.id for note in found.notes] == ["n"]
    assert found["k3"].data_say == "good"


# Criteria that read others


def chained() -> Standard:
    """Criteria each of which reads the one below it, a block, or outcomes."""
    return draft(
        'criteria["k1"].satisfied and center.has_flag',
        'criteria["k2"].outcome == "passed"',
        {"require": "center.is_physical", "applies_when": "center.has_emblem", "block": "b"},
        'blocks["b"].satisfied and all(c.satisfied for c in criteria if c.block == "b")',
        {"require": "true", "applies_when": 'criteria["k0"].failed'},
        {"judge": [], "block": "b"},
        blocks=[{"id": "b"}],
        schema=SCHEMA,
    )


@pytest.mark.parametrize(
    ("facts", "judgement", "waived", "expected"),
    [
        (
            {"is_physical": True, "has_emblem": True, "has_flag": True},
            "yes",
            (),
            "passed passed passed passed inapplicable",
        ),
        ({"is_physical": True, "has_emblem": True, "has_flag": False}, "yes", (), "failed passed passed passed passed"),
        ({"is_physical": False, "has_emblem": True, "has_flag": True}, "yes", (), "failed failed failed failed passed"),
        (
            {
                "is_physical": False,
                "has_emblem": False,
                "has_flag": True,
            },  # what does not apply is satisfied, not passed
            "yes",
            (),
            "failed failed inapplicable passed passed",
        ),
        (
            {"is_physical": False, "has_emblem": True, "has_flag": True},
            "yes",
            ("k2",),
            "failed failed waived passed passed",
        ),
        (
            {"is_physical": False, "has_emblem": True, "has_flag": True},
            "yes",
            ("k1",),  # waived itself: what reads it finds it satisfied
            "passed waived failed failed inapplicable",
        ),
        (
            {"has_emblem": True, "has_flag": True},
            "no",
            (),
            "undetermined undetermined undetermined failed undetermined",
        ),
        (
            {"is_physical": True, "has_flag": True},
            "yes",
            (),
            "undetermined undetermined undetermined passed undetermined",
        ),
        (
            {"is_physical": True, "has_emblem": True, "has_flag": True},
            None,
            (),
            "passed passed passed undetermined inapplicable",
        ),
    ],
)
def test_criteria_read_one_another(
    facts: dict[str, Any], judgement: str | None, waived: tuple[str, ...], expected: str
) -> None:
    """Satisfied, outcome and blocks, along a chain, whatever the order of the file; waivers and applicability count."""
    found = report(
        chained(),
        center=center(**facts),
        judgements={} if judgement is None else judged(k5=judgement),
        waivers={name: Waiver(reason="r") for name in waived},
    )
    assert " ".join(one.outcome.value for one in found.findings[:5]) == expected


def test_blocks_say_whether_all_in_them_is_satisfied() -> None:
    """Those below too; what is waived or does not apply is satisfied; open while something is."""
    standard = draft(
        {"require": "center.has_flag", "block": "inner"},
        {"require": "center.has_emblem", "applies_when": "center.is_physical", "block": "outer"},
        blocks=[{"id": "outer"}, {"id": "inner", "parent": "outer"}, {"id": "empty"}],
        schema=SCHEMA,
    )

    def blocks(waived: str = "", **facts: bool) -> dict[str, Truth]:
        found = report(standard, center=center(**facts), waivers={waived: Waiver(reason="r")} if waived else {})
        assert [one.parent for one in found.blocks] == [None, "outer", None]
        return {one.id: one.satisfied for one in found.blocks}

    assert blocks(has_flag=True, is_physical=False) == {"outer": True, "inner": True, "empty": True}
    assert blocks(has_flag=True, is_physical=True) == {"outer": None, "inner": True, "empty": True}
    assert blocks(has_flag=False) == {"outer": False, "inner": False, "empty": True}
    assert blocks("k0", has_flag=False, has_emblem=True) == {"outer": True, "inner": True, "empty": True}
    assert blocks("k0", has_flag=False) == {"outer": None, "inner": True, "empty": True}


def test_a_value_that_reads_criteria_may_use_the_variable_of_the_loop_around_it() -> None:
    """A value stands for itself: its own variable is none of those around it."""
    standard = draft(
        "center.has_flag",
        "center.has_emblem",
        values={"failed": "count(c for c in criteria if c.failed)"},
        verdict=(
            {"id": "two", "when": 'all(failed >= 1 and c.failed for c in criteria if failed >= 1 or c.id == "k0")'},
            {"id": "sets", "when": '"k1" in {c.id for c in criteria if c.failed and failed == 1}'},
            {"id": "none"},
        ),
        schema=SCHEMA,
    )
    for flag, emblem, expected in ((False, False, "two"), (True, False, "sets"), (False, True, "none")):
        found = report(standard, center=center(has_flag=flag, has_emblem=emblem))
        assert found.verdict.reachable == (expected,)


def test_a_criterion_may_read_a_value_over_criteria_and_rows() -> None:
    """Evidence of it names the value; what is missing is what the criteria that it reads lack, too."""
    standard = draft(
        "center.has_flag",
        'open_rows >= 1 or criteria["k2"].failed',
        "missed <= 1",
        values={
            "open_rows": 'count(a for a in activities if a.attendance >= 20 and criteria["k0"].satisfied)',
            "missed": 'count(c for c in criteria if c.id == "k0" and c.failed)',
        },
        schema=SCHEMA,
    )
    found = report(standard, center=center(has_flag=True), activities=[held(1, attendance=25)])
    assert [one.outcome for one in found] == [PASSED, PASSED, PASSED]
    assert [(row.quantity, row.found) for row in found["k1"].evidence] == [("open_rows", 1)]
    lacking = report(standard, activities=[held(1)])
    assert [one.outcome for one in lacking] == [OPEN, OPEN, PASSED]
    assert [one.fact for one in lacking["k1"].missing] == ["activity.attendance", "center.has_flag"]


# What a run gives


def test_what_a_run_has_not_given_stays_open() -> None:
    """Undetermined, and listed as missing; settled once it is given; what its domain settles is settled before."""
    parameters = {
        "days": {"type": "integer", "minimum": 1, "title": {"zh": "天数", "en": "days to mend"}},
        "strict": {"type": "boolean"},
        "until": {"type": "date"},
        "share_wanted": {"type": "decimal"},
        "word": {"type": "text"},
    }
    texts = (
        "days_between(center.opened_on, as_of) <= days",
        "days >= 1",
        "strict or center.has_flag",
        "center.opened_on <= until",
        "center.floor_area_m2 >= share_wanted * 10",
        "center.name == word",
    )
    standard = draft(*texts, parameters=parameters, schema=SCHEMA)
    subject = center(opened_on=date(2020, 12, 1), has_flag=False, floor_area_m2=50, name="青年")
    found = report(standard, center=subject)
    assert [one.outcome for one in found] == [OPEN, PASSED, OPEN, OPEN, OPEN, OPEN]
    assert [[one.fact for one in finding.missing] for finding in found][:3] == [
        ["parameters.days"],
        [],
        ["parameters.strict"],
    ]
    assert found["k0"].missing[0].label == Bilingual("天数", "days to mend")
    given = standard.with_parameters(
        days=30, strict=True, until=date(2020, 12, 1), share_wanted=Decimal("5.1"), word="青年"
    )
    assert [one.outcome for one in report(given, center=subject)] == [PASSED, PASSED, PASSED, PASSED, FAILED, PASSED]
    assert given.overrides == {
        "days": 30,
        "strict": True,
        "until": date(2020, 12, 1),
        "share_wanted": Decimal("5.1"),
        "word": "青年",
    }
    taken_back = given.with_parameters(days=None)
    assert report(taken_back, center=subject)["k0"].outcome is OPEN


def test_evidence_of_what_is_not_given_has_its_domain() -> None:
    """The required side is all that it may be."""
    standard = draft("center.full_time_staff >= least", parameters={"least": {"type": "integer", "minimum": 2}})
    (row,) = report(standard, center=Center(id="c1", full_time_staff=3))["k0"].evidence
    assert (row.found, row.required, row.met) == (3, Bounds(2, None), None)
    (row,) = report(standard, center=Center(id="c1", full_time_staff=1))["k0"].evidence
    assert (row.required, row.met) == (Bounds(2, None), False)


def test_a_day_judged_looks_steps_up() -> None:
    """A standard without a period reads tables, values and grades alike."""
    standard = draft(
        "center.full_time_staff >= wanted", period="as-of", parameters={"t": SPAN}, values={"wanted": "t[as_of]"}
    )
    for days, expected in ((0, PASSED), (-1, FAILED), (1, PASSED)):
        day = date(2020, 3, 1) + timedelta(days)
        found = report(standard, center=Center(id="c1", full_time_staff=4), period=None, as_of=day)
        assert found["k0"].outcome is expected


def test_the_largest_values_are_worked_out() -> None:
    """As deep as a value may nest, with rows and with criteria inside, in every place that reads it."""
    values = {"v0": "count(activities)", "w0": "count(c for c in criteria if c.failed)"}
    values |= {f"{name}{at}": f"{name}{at - 1} + 1" for at in range(1, 48) for name in "vw"}
    verdict = [{"id": "v", "when": "w47 >= 48 and v47 >= 48"}, {"id": "none"}]
    standard = draft("v47 >= 50", "center.has_flag", values=values, verdict=verdict, notes={"n": "w47 >= 49"})
    found = report(standard, activities=[held(1)], center=center(has_flag=False))
    assert [one.outcome for one in found] == [FAILED, FAILED]
    assert found.verdict.reachable == ("v",)
    assert [note.id for note in found.notes] == ["n"]
    assert [one.value for one in found.values][-2:] == [48, 49]


def test_all_criteria_of_a_standard_may_read_others() -> None:
    """There need be none that reads facts; waivers count all the same."""
    standard = draft('blocks["b"].satisfied', 'not criteria["k0"].satisfied', blocks=[{"id": "b"}], schema=SCHEMA)
    assert [one.outcome for one in report(standard)] == [PASSED, FAILED]
    waived = report(standard, waivers={"k1": Waiver(reason="r")})
    assert [one.outcome for one in waived] == [PASSED, Outcome.WAIVED]
    assert waived.verdict.reachable == ("met",)

# SPDX-License-Identifier: MIT
"""The round: places by rank, by group, by a person; ties, what is open, rows in turn; all worlds by brute force."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import platformrules as pr
from platformrules.bounds import Bounds
from platformrules.cohort import Asked, Entry, hold_round
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import Rulebook, RuleSource, load_rulebook

CLAUSES = """
format = 1
[document]
id = "round"
number = "made up no. 4"
title = { zh = "评选办法（虚构）", en = "Round (made up)" }
issuer = { zh = "湖畔县（虚构）", en = "Lakeside County (made up)" }
jurisdiction = { zh = "湖畔县（虚构）", en = "Lakeside County (made up)" }
[[clauses]]
id = "all"
locator = { zh = "全文", en = "all" }
strength = "should"
says = { zh = "择优。", en = "The best." }
"""
ROUND = """
format = 1
[standard]
id = "p/round"
version = "1"
subject = "center"
document = "round"
in_force = { from = 2020-01-01 }
period = "as-of"
title = { zh = "评选（虚构）", en = "round (made up)" }
[parameters]
most = { value = 2, cites = ["all"] }
[[values]]
id = "staff"
value = "center.full_time_staff"
[[values]]
id = "themes"                                     # a set: places cannot read it
value = "center.services"
[[criteria]]
id = "area"
cites = ["all"]
strength = "should"
title = { zh = "面积", en = "area" }
points = "center.floor_area_m2"
max = 1000
pass_at = 100
[[criteria]]
id = "flag"
cites = ["all"]
strength = "should"
title = { zh = "团旗", en = "flag" }
require = "center.has_flag"
[[verdict]]
id = "eligible"
conforms = true
title = { zh = "合格", en = "eligible" }
when = "all(c.satisfied for c in criteria)"
[[verdict]]
id = "not-eligible"
conforms = false
[[cohort]]
id = "best"
cites = ["all"]
title = { zh = "择优", en = "the best" }
among = 'verdict == "eligible"'
rank_by = "score"
places = "most"
inside = { id = "chosen", title = { zh = "入选", en = "chosen" }, conforms = true }
outside = "eligible"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plugin with a standard that has a round."""
    for name, text in (("clauses/round.toml", CLAUSES), ("standards/round.toml", ROUND)):
        (tmp_path / "p" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "p" / name).write_text(text, "utf-8")
    return tmp_path / "p"


def load(folder: Path, *changes: tuple[str, str]) -> Rulebook:
    """The rulebook of the folder, with changes of the standard."""
    path = folder / "standards" / "round.toml"
    text = path.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return load_rulebook([RuleSource("p", folder, version="1.0")])


def standard_of(folder: Path, *changes: tuple[str, str]) -> Standard:
    """The standard, which is good."""
    book = load(folder, *changes)
    assert book.faults == ()
    return book["p/round"]


def dossier(name: str, area: int | None, *, flag: bool | None = True, chosen: str = "", **facts: Any) -> pr.Dossier:
    """A center of that area."""
    return pr.Dossier(
        center=pr.Center(id=name, floor_area_m2=area, has_flag=flag, **facts),
        judgements={"best": pr.Judgement(value=chosen)} if chosen else {},
        as_of=pr.Period.year(2020).end,
    )


def verdicts(standard: Standard, *dossiers: pr.Dossier) -> dict[str, tuple[str, ...]]:
    """The reachable verdicts after the round, by subject."""
    return {one.subject: one.verdict.reachable for one in pr.evaluate_many(standard, dossiers)}


THREE = (dossier("a", 300), dossier("b", 200), dossier("c", 100))


def test_the_best_of_the_candidates_have_the_places(folder: Path) -> None:
    """Whoever is not eligible is no candidate, however large; the own verdict stays in the report."""
    standard = standard_of(folder)
    reports = {one.subject: one for one in pr.evaluate_many(standard, (*THREE, dossier("d", 900, flag=False)))}
    assert {name: one.verdict.id for name, one in reports.items()} == {
        "a": "chosen",
        "b": "chosen",
        "c": "eligible",
        "d": "not-eligible",
    }
    assert reports["a"].verdict.title.en == "chosen"
    assert {name: one.own_verdict.id for name, one in reports.items()} == {
        "a": "eligible",
        "b": "eligible",
        "c": "eligible",
        "d": "not-eligible",
    }
    best = reports["c"].round[0]
    assert (best.id, best.candidates, best.places, best.inside, best.level) == ("best", 3, 2, False, 0)
    assert reports["d"].round == ()
    assert [one.text.zh for one in reports["c"].notes] == ["择优：未入围（候选 3 个，名额 2 个）"]
    assert best.to_dict()["citations"][0]["clause"] == "all"


def test_evaluated_alone_nothing_acts(folder: Path) -> None:
    """That is the own verdict."""
    report = pr.evaluate(standard_of(folder), THREE[2])
    assert (report.verdict.id, report.own_verdict.id, report.round) == ("eligible", "eligible", ())


TIED = (dossier("a", 300), dossier("b", 200), dossier("c", 200), dossier("d", 100))


@pytest.mark.parametrize(
    ("ties", "b", "c"),
    [
        ("ask", ("eligible", "chosen"), ("eligible", "chosen")),
        ("in", ("chosen",), ("chosen",)),
        ("out", ("eligible",), ("eligible",)),
    ],
)
def test_ties_at_the_last_place(folder: Path, ties: str, b: tuple[str, ...], c: tuple[str, ...]) -> None:
    """Left open, all inside, or all outside; nobody else is touched."""
    standard = standard_of(folder, ('rank_by = "score"', f'rank_by = "score"\nties = "{ties}"'))
    assert verdicts(standard, *TIED) == {"a": ("chosen",), "b": b, "c": c, "d": ("eligible",)}
    level = {one.subject: one.round[0].level for one in pr.evaluate_many(standard, TIED)}
    assert level == {"a": 0, "b": 1, "c": 1, "d": 0}


def test_a_second_rank_settles_ties(folder: Path) -> None:
    """By area, then by staff."""
    standard = standard_of(folder, ('rank_by = "score"', 'rank_by = ["score", "staff"]'))
    tied = (
        dossier("a", 300, full_time_staff=0),
        dossier("b", 200, full_time_staff=1),
        dossier("c", 200, full_time_staff=2),
    )
    assert verdicts(standard, *tied) == {"a": ("chosen",), "b": ("eligible",), "c": ("chosen",)}


def test_what_is_not_recorded_leaves_open_whom_it_may_move(folder: Path) -> None:
    """A center whose area is unknown may be ahead of all, and may be no candidate at all."""
    found = verdicts(standard_of(folder), *THREE, dossier("u", None))
    assert found == {
        "a": ("chosen",),
        "b": ("eligible", "chosen"),
        "c": ("eligible",),
        "u": ("eligible", "not-eligible", "chosen"),
    }


def test_places_by_group(folder: Path) -> None:
    """A third of each county, at least one; a subject without a county is a group of its own."""
    standard = standard_of(
        folder,
        ('places = "most"', 'places = "max(1, floor(count(subjects) / 3))"\ngroup_by = "center.area_id"'),
    )
    centers = (
        dossier("a", 300, area_id="x"),
        dossier("b", 200, area_id="x"),
        dossier("c", 150, area_id="y"),
        dossier("d", 120),
    )
    assert verdicts(standard, *centers) == {
        "a": ("chosen",),
        "b": ("eligible",),
        "c": ("chosen",),
        "d": ("chosen",),
    }


def test_a_subject_of_an_unknown_group_may_belong_to_any(folder: Path) -> None:
    """It may take a place of each group, or be behind in it."""
    standard = standard_of(folder, ('places = "most"', 'places = "1"\ngroup_by = "center.construction_kind"'))
    found = verdicts(
        standard,
        dossier("a", 300, construction_kind="new"),
        dossier("b", 200, construction_kind="rebuilt"),
        dossier("u", 250),
    )
    assert found == {"a": ("chosen",), "b": ("eligible", "chosen"), "u": ("eligible", "chosen")}


def test_places_may_count_the_subjects_by_what_they_are(folder: Path) -> None:
    """With facts, values, score and verdict of the standard."""
    text = 'count(s for s in subjects if s.verdict == "eligible" and s.score > 150 and s.staff > 0)'
    standard = standard_of(folder, ('places = "most"', f"places = '{text}'"))
    centers = [dossier(name, area, full_time_staff=1) for name, area in (("a", 300), ("b", 200), ("c", 100))]
    assert verdicts(standard, *centers) == {"a": ("chosen",), "b": ("chosen",), "c": ("eligible",)}
    assert [one.round[0].places for one in pr.evaluate_many(standard, centers)] == [2, 2, 2]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, {"a": ("eligible", "chosen"), "b": ("eligible", "chosen"), "c": ("eligible", "chosen")}),
        ({"a": "inside", "b": "outside"}, {"a": ("chosen",), "b": ("eligible",), "c": ("eligible", "chosen")}),
    ],
)
def test_a_person_chooses_where_nothing_is_ranked(folder: Path, chosen: dict, found: dict) -> None:
    """Open until somebody has; a judgement stands under the id of the row."""
    standard = standard_of(folder, ('rank_by = "score"\n', ""))
    assert verdicts(standard, *(dossier(name, 300, chosen=chosen.get(name, "")) for name in "abc")) == found


def test_where_all_fit_nobody_has_to_choose(folder: Path) -> None:
    """Two candidates for two places."""
    standard = standard_of(folder, ('rank_by = "score"\n', ""))
    assert verdicts(standard, dossier("a", 300), dossier("b", 100)) == {"a": ("chosen",), "b": ("chosen",)}


SECOND = """
[[cohort]]
id = "first"
cites = ["all"]
among = 'verdict == "chosen"'
rank_by = "score"
places = "1"
inside = "gold"
"""


def test_rows_act_in_turn(folder: Path) -> None:
    """The second on the verdicts that the first has left; an id alone makes a verdict too."""
    (folder / "standards" / "round.toml").write_text(ROUND + SECOND, "utf-8")
    standard = standard_of(folder)
    assert verdicts(standard, *THREE) == {"a": ("gold",), "b": ("chosen",), "c": ("eligible",)}
    assert [row.id for row in standard.outcomes] == ["eligible", "not-eligible", "chosen", "gold"]


def test_an_empty_round_is_none(folder: Path) -> None:
    """No subjects, no reports."""
    assert list(pr.evaluate_many(standard_of(folder), ())) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ('rank_by = "score"', 'rank_by = "score"\nties = "any"'),
            ("PR403", "$.cohort[0].ties", "`any` is no way with ties"),
        ),
        (
            ('rank_by = "score"', 'rank_by = "score"\ngroup_by = ["center.areaid"]'),
            ("PR405", "$.cohort[0].group_by[0]", "there is no fact `center.areaid` of the subject"),
        ),
        (
            ('rank_by = "score"', 'rank_by = "center.has_flag"'),
            ("PR303", "$.cohort[0].rank_by[0]", "expected a number, found a truth"),
        ),
        (
            ('places = "most"', 'places = "center.full_time_staff"'),
            ("PR301", "$.cohort[0].places", "`full_time_staff` differs within a group"),
        ),
        (
            ('places = "most"', 'places = "0.3 * count(subjects)"'),
            ("PR303", "$.cohort[0].places", "expected a whole number, found one with decimals"),
        ),
        (
            ('id = "best"', 'id = "flag"'),
            ("PR404", "$.cohort[0].id", "`flag` is a criterion already: both take judgements"),
        ),
        (
            ('outside = "eligible"', "outside = 3"),
            ("PR403", "$.cohort[0].outside", "a verdict is an id or a table (got 3)"),
        ),
        (
            ('inside = { id = "chosen"', 'inside = { name = "x", id = "chosen"'),
            ("PR402", "$.cohort[0].inside.name", "unknown key `name`"),
        ),
    ],
)
def test_wrong_rows_are_told(folder: Path, change: tuple[str, str], told: tuple[str, str, str]) -> None:
    """Each with its place."""
    assert told in [(one.code, one.path, one.message) for one in load(folder, change).faults]


# By brute force


@given(
    ranks=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=5),
    sure=st.lists(st.booleans(), min_size=5, max_size=5),
    places=st.integers(0, 3),
    ties=st.sampled_from(["ask", "in", "out"]),
)
def test_places_are_those_of_every_world(
    ranks: list[tuple[int, int]], sure: list[bool], places: int, ties: str
) -> None:
    """A place is sure if it is had in every world, and none is sure if it is had in no world, as far as told."""
    from itertools import product

    from platformrules.criteria.checker import Scope, check
    from platformrules.criteria.datatypes import NUMBER, TRUTH
    from platformrules.languages import Bilingual
    from platformrules.models import CORE
    from platformrules.standards.model import CohortRow, VerdictRow

    blank = Bilingual("", "")
    scope = Scope(CORE, "center")
    inside = VerdictRow("in", blank, None, None)
    row = CohortRow(
        "r",
        (),
        blank,
        (),
        check("true", scope, TRUTH),
        (check("1", scope, NUMBER),),
        check("1", scope, NUMBER),
        ties,
        inside,
        None,
    )
    entries = [Entry(str(at), ("out",)) for at in range(len(ranks))]
    asked = Asked(
        among=lambda _, at, __: True if sure[at] else None,
        ranks=lambda _, at: (Bounds(ranks[at][0], sum(ranks[at])) if ranks[at][1] else ranks[at][0],),
        key=lambda _, __: (),
        places=lambda _, __: places,
    )
    hold_round([row], entries, asked)
    worlds: list[set[str]] = [set() for _ in ranks]
    here = [(True,) if sure[at] else (True, False) for at in range(len(ranks))]
    values = [range(low, low + more + 1) for low, more in ranks]
    for present, world in product(product(*here), product(*values)):
        pool = [at for at, one in enumerate(present) if one]
        for at, _ in enumerate(ranks):
            if not present[at]:
                worlds[at].add("out")
                continue
            ahead = sum(world[other] > world[at] for other in pool)
            level = sum(world[other] == world[at] for other in pool) - 1
            if ahead + level < places or (ties == "in" and ahead < places):
                worlds[at].add("in")
            elif ties == "ask" and ahead < places:
                worlds[at] |= {"in", "out"}
            else:
                worlds[at].add("out")
    for at, entry in enumerate(entries):
        assert worlds[at] <= set(entry.verdicts), at
        if all(sure) and not any(more for _, more in ranks):
            assert worlds[at] == set(entry.verdicts), at

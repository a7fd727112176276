# SPDX-License-Identifier: MIT
"""Standards made out of others: what is inherited, changed, added and removed, and whose clauses are cited."""

from __future__ import annotations

from typing import Any

import pytest

from platformrules.citations import Strength

CLAUSES = """
format = 1
[document]
id = "doc-2020"
number = "made up no. 3"
title = { zh = "补充办法（虚构）", en = "Supplement (made up)" }
issuer = { zh = "湖畔市（虚构）", en = "Lakeside City (made up)" }
jurisdiction = { zh = "湖畔市（虚构）", en = "Lakeside City (made up)" }
[[clauses]]
id = "n1"
locator = { zh = "第一条", en = "article 1" }
strength = "must"
says = { zh = "面积不少于一百五十平方米。", en = "At least 150 square metres." }
"""
CITY = """
format = 1
[standard]
id = "p/city"
version = "2020"
document = "doc-2020"
in_force = { from = 2020-01-01 }
extends = "p/main@2015"
"""

TABLES = """
[parameters.wanted]
by = ["center.grade", "center.is_physical"]
values = { better = { true = 1, false = 2 }, average = { true = 3, false = 4 } }
otherwise = 9
cites = ["n1"]
[scales]
ours = [
  { id = "a", title = { zh = "甲", en = "a" } },
  { id = "b", title = { zh = "乙", en = "b" }, fails = true },
]
"""
CHANGED_TABLES = """
[parameters]
wanted = { values = { better = { false = 7 } }, cites = ["n1"] }
added = { value = 5, cites = ["n1"] }
[scales]
ours = [{ id = "b", follows = { zh = "整改", en = "mend" } }]
mine = [
  { id = "c", title = { zh = "丙", en = "c" } },
  { id = "d", title = { zh = "丁", en = "d" }, fails = true },
]
"""


def with_city(rules: Any, *more: str, head: str = "") -> Any:
    """The folder with a city's standard made out of the main one; ``head`` stands in its header."""
    rules.write("clauses/doc-2020.toml", CLAUSES)
    rules.write("standards/city-2020.toml", CITY + head + "\n" + "\n".join(more))
    return rules


def test_an_empty_overlay_says_what_its_base_says(rules: Any) -> None:
    """Criteria, parameters, verdicts and notes, with citations of the base's document."""
    book = with_city(rules, head='title = { zh = "市标准", en = "city" }').load()
    assert book.faults == ()
    base, city = book["p/main"], book["p/city"]
    assert (city.extends, city.subject, city.period, city.title.en) == (
        "p/main@2015",
        base.subject,
        base.period,
        "city",
    )
    assert [(one.id, one.cites, one.require, one.strength) for one in city.criteria] == [
        (one.id, one.cites, one.require, one.strength) for one in base.criteria
    ]
    assert {name: (one.value, one.cites) for name, one in city.parameters.items()} == {
        name: (one.value, one.cites) for name, one in base.parameters.items()
    }
    assert [one.id for one in city.verdicts] == [one.id for one in base.verdicts]
    assert [one.cites for one in city.notes] == [one.cites for one in base.notes]
    assert base.hashes.items() <= city.hashes.items()


def test_what_changes_cites_the_new_document(rules: Any) -> None:
    """A parameter key by key, a criterion key by key, a new row at the end; all else as it was."""
    city = with_city(
        rules,
        "[parameters.minimum_area]",
        "value = 150",
        'cites = ["n1"]',
        "[[criteria]]",
        'id = "style"',
        'cites = ["n1"]',
        'strength = "encouraged"',
        "[[criteria]]",
        'id = "flag"',
        'cites = ["n1"]',
        'strength = "must"',
        'title = { zh = "团旗", en = "flag" }',
        'require = "center.has_flag"',
    ).load()["p/city"]
    assert [one.id for one in city.criteria] == ["floor-area", "activities", "style", "flag"]
    area, style = city.parameters["minimum_area"], city["style"]
    assert (area.value, area.unit, [str(one.document) for one in area.cites]) == (150, "m²", ["doc-2020"])
    assert (style.strength, bool(style.judge), style.cites[0].document) == (Strength.ENCOURAGED, True, "doc-2020")
    assert city["floor-area"].cites[0].document == "doc-2015"


def test_another_form_takes_the_place_of_the_old(rules: Any) -> None:
    """A condition in place of a judgement, a table in place of a constant."""
    city = with_city(
        rules,
        "[parameters.minimum_area]",
        "steps = [{ value = 100 }, { from = 2021-01-01, value = 150 }]",
        'cites = ["n1"]',
        "[[criteria]]",
        'id = "floor-area"',
        'cites = ["n1"]',
        'require = "center.floor_area_m2 >= minimum_area[as_of]"',
        "[[criteria]]",
        'id = "style"',
        'cites = ["n1"]',
        'require = "center.has_flag"',
    ).load()
    assert city.faults == ()
    assert not city["p/city"]["style"].judge
    assert city["p/city"].parameters["minimum_area"].table is not None


def test_rows_and_sections_are_taken_out_first(rules: Any) -> None:
    """Verdicts in another order, and a criterion gone."""
    city = with_city(
        rules,
        "[[verdict]]",
        'id = "only"',
        head='remove = ["criteria.activities", "verdict", "notes", "parameters.themes"]',
    ).load()["p/city"]
    assert [one.id for one in city.criteria] == ["floor-area", "style"]
    assert [one.id for one in city.verdicts] == ["only"]
    assert city.notes == ()
    assert "themes" not in city.parameters


def test_an_overlay_of_an_overlay(rules: Any) -> None:
    """Each row cites the document of the file that said it last."""
    with_city(rules, "[parameters.minimum_area]", "value = 150", 'cites = ["n1"]')
    text = CITY.replace("p/city", "p/town").replace('extends = "p/main@2015"', 'extends = "p/city@2020"')
    rules.write("standards/a-town.toml", text)
    book = rules.load()
    assert book.faults == ()
    town = book["p/town"]
    assert (town.parameters["minimum_area"].value, town.parameters["minimum_area"].cites[0].document) == (
        150,
        "doc-2020",
    )
    assert town["floor-area"].cites[0].document == "doc-2015"
    assert town.with_parameters(minimum_area=160).parameters["minimum_area"].value == 160


@pytest.mark.parametrize(
    ("more", "head", "told"),
    [
        (
            ["[parameters.minimum_area]", "value = 150"],
            "",
            (
                "PR408",
                "$.parameters.minimum_area.cites",
                "`minimum_area` is changed: it must cite the clause that changes it",
            ),
        ),
        (
            ["[[criteria]]", 'id = "style"', 'strength = "must"'],
            "",
            ("PR408", "$.criteria[2].cites", "`style` is changed: it must cite the clause that changes it"),
        ),
        ([], 'remove = ["criteria.styel"]', ("PR405", "$.standard.remove[0]", "the base has no `criteria.styel`")),
        ([], 'remove = ["cohort"]', ("PR405", "$.standard.remove[0]", "the base has no `cohort`")),
        (
            ["[[criteria]]", 'id = "style"', 'cites = ["c1-area"]'],
            "",
            ("PR405", "$.criteria[2].cites[0]", "`doc-2020` has no clause `c1-area`"),
        ),
    ],
)
def test_what_cannot_be_merged_is_told(rules: Any, more: list[str], head: str, told: tuple[str, str, str]) -> None:
    """Changes without a clause, and what the base has not."""
    assert told in with_city(rules, *more, head=head).told()


@pytest.mark.parametrize("base", ["p/main", "p/main@2016", "p/mian@2015"])
def test_a_base_is_pinned(rules: Any, base: str) -> None:
    """An overlay of the newest version would change when that does."""
    with_city(rules)
    rules.write("standards/city-2020.toml", CITY.replace("p/main@2015", base))
    assert rules.told() == [("PR405", "$.standard.extends", f"there is no standard `{base}` to extend")]


def test_tables_merge_entry_by_entry_and_scales_row_by_row(rules: Any) -> None:
    """What the new file leaves out stays; a table may have two keys; what is new stands as it is."""
    with_city(rules, TABLES)
    text = CITY.replace("p/city", "p/town").replace('extends = "p/main@2015"', 'extends = "p/city@2020"')
    rules.write("standards/town.toml", text + CHANGED_TABLES)
    book = rules.load()
    assert book.faults == ()
    town = book["p/town"]
    table = town.parameters["wanted"].table
    assert table is not None
    assert dict(table.entries) == {
        ("better", True): 1,
        ("better", False): 7,
        ("average", True): 3,
        ("average", False): 4,
    }
    assert town.parameters["added"].value == 5
    assert [row["id"] for row in town.data["scales"]["ours"]] == ["a", "b"]
    assert town.data["scales"]["ours"][1]["fails"] is True
    assert "follows" in town.data["scales"]["ours"][1]


@pytest.mark.parametrize(
    ("more", "path"),
    [
        (['criteria = "none"'], "$.criteria"),
        (["[parameters]", "minimum_area = 150"], "$.parameters.minimum_area"),
        (['parameters = "none"'], "$.parameters"),
    ],
)
def test_a_section_of_another_type_is_told(rules: Any, more: list[str], path: str) -> None:
    """What is no list of tables, or no table, is no overlay."""
    with_city(rules)
    before, _, header = CITY.partition("[standard]")
    keys = more if more[0].startswith("[") else []
    top = [] if keys else more
    rules.write("standards/city-2020.toml", "\n".join((before, *top, "[standard]" + header, *keys)))
    assert any(place.startswith(path) for _, place, _ in rules.told())


def test_a_file_that_cannot_be_read_needs_nothing(rules: Any) -> None:
    """It is told as it is: no TOML."""
    with_city(rules)
    rules.write("standards/city-2020.toml", CITY + "[")
    assert [code for code, _, _ in rules.told()] == ["PR401"]

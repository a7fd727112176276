# SPDX-License-Identifier: MIT
"""What several documents ask of the same thing, read out of expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from platformrules.plugins import rule_folder
from platformrules.reporting import across
from platformrules.reporting.comparison import compare, shared
from platformrules.standards.rulebook import Rulebook, load_rulebook

CLAUSES = """
format = 1
[document]
id = "{name}"
number = "1"
title = {{ zh = "甲", en = "A" }}
issuer = {{ zh = "甲", en = "A" }}
jurisdiction = {{ zh = "甲", en = "A" }}
[[clauses]]
id = "c1"
locator = {{ zh = "一", en = "1" }}
strength = "must"
says = {{ zh = "甲", en = "a" }}
"""
HEAD = """
format = 1
[standard]
id = "{name}/s"
version = "{version}"
subject = "center"
document = "{name}"
in_force = {{ from = {version}-01-01 }}
period = "calendar-year"
title = {{ zh = "标准{name}", en = "Standard {name}" }}
[parameters]
least = {{ value = 3, cites = ["c1"] }}
"""
TAIL = """
[[verdict]]
id = "yes"
conforms = true
title = {{ zh = "符合", en = "conforms" }}
"""
CRITERION = """
[[criteria]]
id = "k{number}"
cites = ["c1"]
strength = "{strength}"
title = {{ zh = "条件", en = "Criterion" }}
{asks}
"""
EITHER = "full-time staff is at least 1 person, or part-time staff mainly for the center is at least 2 persons"


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Rulebook]:
    """A rulebook of plugins, each with a document and a standard that asks for these conditions."""

    def make(*, strength: str = "should", version: str = "2020", **plugins: list[str]) -> Rulebook:
        for name, conditions in plugins.items():
            for folder in ("clauses", "standards"):
                (tmp_path / name / folder).mkdir(parents=True, exist_ok=True)
            (tmp_path / name / "clauses" / "d.toml").write_text(CLAUSES.format(name=name), "utf-8")
            head = HEAD.format(name=name, version=version)
            rows = (
                CRITERION.format(
                    number=number,
                    strength=strength,
                    asks=one if "\n" in one or one.startswith(("judge", "grades")) else f"require = '''{one}'''",
                )
                for number, one in enumerate(conditions)
            )
            text = head + "".join(rows) + TAIL.format()
            (tmp_path / name / "standards" / f"s-{version}.toml").write_text(text, "utf-8")
        found = load_rulebook([rule_folder(tmp_path / name) for name in sorted(plugins)])
        assert not found.faults, "\n".join(map(str, found.faults))
        return found

    return make


def said(rulebook: Rulebook) -> Mapping[str, list[str]]:
    """What is asked of each thing, in English."""
    return {
        one.name + (" monthly" if one.monthly else ""): [demand.said.en for demand in demands]
        for one, demands in compare(rulebook).items()
    }


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("center.floor_area_m2 >= least", {"center.floor_area_m2": ["floor area is at least 3 m²"]}),
        (
            "center.has_flag and center.has_emblem",
            {"center.has_emblem": ["“League emblem” is yes"], "center.has_flag": ["“League flag” is yes"]},
        ),
        (
            "center.full_time_staff >= 1 or center.part_time_main_staff >= 2",
            {
                "center.full_time_staff": [EITHER],
                "center.part_time_main_staff": [EITHER],
            },
        ),
        ("count(activities) >= 6", {"count(activities)": ["the number of activities is at least 6"]}),
        (
            "all(count(a for a in activities if a.month == m) >= 2 for m in months)",
            {"count(activities) monthly": ["in every month the number of activities is at least 2"]},
        ),
        (
            "count(m for m in months if count(a for a in activities if a.month == m) >= 2) >= 10",
            {"count(activities) monthly": None},
        ),
        (
            'all(a.attendance >= 20 and a.theme == "study_club" for a in activities)',
            {
                "activity.attendance": ["every activity: attendance is at least 20 persons"],
                "activity.theme": ["every activity: theme is Study Club"],
            },
        ),
        ('count(o for o in organizations if "partner" in o.relations) >= 3', {"count(organizations)": None}),
        ("count({a.theme for a in activities}) >= 2", {"activity.theme": None}),
        (
            'all(x in center.equipment for x in center.equipment if x != "tv")',
            {"center.equipment": None},
        ),
        (
            "(center.full_time_staff if center.has_flag else center.part_time_main_staff) >= 1",
            {"center.full_time_staff": None, "center.part_time_main_staff": None},
        ),
        ("center.opened_on.year >= 2019", {"center.opened_on": None}),
        ('center.id == "c1"', {}),
        ("as_of.year >= 2019", {}),
        ('all(c.satisfied for c in criteria if c.id == "k1")', {}),
    ],
)
def test_what_a_condition_asks_about(
    book: Callable[..., Rulebook], condition: str, expected: Mapping[str, list[str] | None]
) -> None:
    """Facts and numbers of rows that it reads; not what picks rows or cases, and no keys."""
    other = "as_of >= period.start" if "criteria" in condition else ""
    found = said(book(p=[condition, other] if other else [condition]))
    assert set(found) == set(expected)
    for name, sentences in expected.items():
        assert sentences is None or found[name] == sentences


def test_two_parts_about_the_same_thing_are_one_demand(book: Callable[..., Rulebook]) -> None:
    """A range is said once; a part about something else is left out of it."""
    found = said(book(p=["center.floor_area_m2 >= 3 and center.has_flag and center.floor_area_m2 <= 9"]))
    (area,) = found["center.floor_area_m2"]
    assert "3 m²" in area
    assert "9 m²" in area
    assert "flag" not in area


def test_of_a_judgement_the_data_are_compared(book: Callable[..., Rulebook]) -> None:
    """A person finds; what the data say of a row is told with the title of the row."""
    judged = """judge = [
  { id = "good", title = { zh = "好", en = "good" }, when = "center.has_flag and center.has_emblem" },
  { id = "poor", title = { zh = "差", en = "poor" }, fails = true },
]"""
    found = said(book(p=[judged]))
    assert found["center.has_flag"] == ["a person finds; the data say “good” where “League flag” is yes"]


def test_grades_by_conditions_are_compared(book: Callable[..., Rulebook]) -> None:
    """Each row that has a condition, with its title."""
    graded = """grades = [
  { id = "good", title = { zh = "好", en = "good" }, when = "center.full_time_staff >= 2" },
  { id = "poor", title = { zh = "差", en = "poor" }, fails = true },
]"""
    found = said(book(p=[graded]))
    assert found["center.full_time_staff"] == ["graded “good” where full-time staff is at least 2 persons"]


def test_what_two_documents_ask_is_shared(book: Callable[..., Rulebook]) -> None:
    """Side by side in both languages; what one document asks twice is not, and stands below."""
    rulebook = book(
        p=["center.floor_area_m2 >= 3", "center.floor_area_m2 <= 9", "center.has_flag", "center.has_flag"],
        q=["center.floor_area_m2 >= 5"],
    )
    assert [one.name for one in shared(compare(rulebook))] == ["center.floor_area_m2"]
    text = across(rulebook, "pages")
    assert "| 事项 | `p/s@2020` 标准p | `q/s@2020` 标准q |\n" in text
    assert (
        "| floor area<br>`center.floor_area_m2` "
        "| floor area is at least 3 m² [[`c1`](pages/p.md#c1)]<br>floor area is at most 9 m² [[`c1`](pages/p.md#c1)] "
        "| floor area is at least 5 m² [[`c1`](pages/q.md#c1)] |"
    ) in text
    assert "| League flag<br>`center.has_flag` | `p/s@2020` | “League flag” is yes [[`c1`](pages/p.md#c1)]<br>" in text
    assert text.index("## 中文") < text.index("## English")
    assert "](" not in across(rulebook)


def test_a_strength_that_is_not_should_is_told(book: Callable[..., Rulebook]) -> None:
    """Generally, encouraged, must."""
    text = across(book(p=["center.has_flag"], strength="generally"))
    assert "有团旗（一般） [`c1`]" in text
    assert "“League flag” is yes (generally) [`c1`]" in text


def test_the_newest_version_is_compared(book: Callable[..., Rulebook]) -> None:
    """An older one is history."""
    book(p=["center.has_flag"], version="2019")
    rulebook = book(p=["center.has_emblem"], version="2020")
    assert len(rulebook.standards) == 2
    assert list(said(rulebook)) == ["center.has_emblem"]


def test_without_standards_there_is_nothing_to_compare() -> None:
    """Both tables say so."""
    text = across(load_rulebook([]))
    assert text.count("\nNothing.\n") == 2


def test_only_the_first_clauses_of_a_printed_table_are_named() -> None:
    """Twenty-three rows of annex 4 are one demand."""
    book = load_rulebook([rule_folder(Path(__file__).parents[2] / "plugins" / "handan")])
    text = across(book)
    assert "`a4-congtai`, `a4-hanshan`, `a4-fuxing`, `a4-wuan`, …]" in text


#: What the catalogue lists as comparable (section 4), as the expressions of the plugins read it.
COMPARABLE = [
    "center.full_time_staff",
    "center.part_time_main_staff",
    "center.handan_dedicated_managers",
    "count(activities)",
    "activity.attendance",
    "activity.theme",
    "center.services",
    "center.handan_elective_project_categories",
    "center.handan_special_projects",
    "center.floor_area_m2",
    "center.hubei_area_sufficient",
    "center.right_of_use_years",
    "center.site_youth_dense",
    "center.site_transport_convenient",
    "center.handan_site_demand_evident",
    "center.has_emblem",
    "center.has_flag",
    "center.plaque_displayed",
    "center.logo_displayed",
    "center.logo_pattern_unchanged",
    "center.has_necessary_facilities",
    "center.equipment",
    "center.handan_utilities",
    "center.name",
    "center.rule_documents",
    "center.handan_charter_sections",
    "count(organizations)",
    "center.handan_regional_units",
    "center.hubei_regional_participants",
    "center.stable_served_youth",
    "center.local_fiscal_funding",
    "center.hubei_funding_sources",
    "center.on_cloud",
    "center.handan_cloud_functions_used",
    "center.has_league_org",
    "count(centers)",
    "center.demo_levels",
]


@pytest.mark.parametrize("name", COMPARABLE)
def test_what_the_catalogue_compares_has_a_row(repository: Rulebook, name: str) -> None:
    """Each comparable quantity of the catalogue that a criterion tests is in one of the tables."""
    assert name in {one.name for one in compare(repository)}


@pytest.fixture(scope="module")
def repository() -> Rulebook:
    """The plugins of this repository, whatever else is installed."""
    folders = sorted(path.parent for path in Path(__file__).parents[2].glob("plugins/*/pyproject.toml"))
    return load_rulebook([rule_folder(folder) for folder in folders])

# SPDX-License-Identifier: MIT
"""Standards inside of others: what they find is what they find alone, under ids that say whose it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import platformrules as pr
from platformrules.errors import UnknownNameError
from platformrules.plugins import rule_folder
from platformrules.standards.including import together
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import Rulebook, RuleSource, load_rulebook
from platformrules.testing.cases import Case, read_cases

PLUGINS = Path(__file__).parents[2] / "plugins"
HANDAN = ("seven-ones", "operation-reference", "image", "cloud-presence", "staffing", "center-goals")
ALL = """
format = 1
[standard]
id = "p/all"
version = "1"
subject = "center"
document = "doc-2015"
in_force = { from = 2020-01-01 }
period = "calendar-year"
title = { zh = "全部", en = "all" }
includes = [INCLUDED]
[[values]]
id = "blocks_met"
value = "count(b for b in blocks if b.satisfied)"
[[criteria]]
id = "everything-else"
cites = ["c1-area"]
strength = "must"
title = { zh = "其余", en = "the rest" }
require = 'all(c.satisfied for c in criteria if c.id != "everything-else")'
[[verdict]]
id = "yes"
conforms = true
when = "all(c.satisfied for c in criteria)"
[[verdict]]
id = "no"
conforms = false
"""


def with_all(rules: Any, *included: str) -> Any:
    """The folder of a plugin with a standard that includes others."""
    rules.write("standards/all-1.toml", ALL.replace("INCLUDED", ", ".join(f'"{one}"' for one in included)))
    return rules


@pytest.fixture
def book(rules: Any) -> Rulebook:
    """The rules of Handan, and a standard that includes those of a center."""
    handan = rule_folder(PLUGINS / "handan")
    found = load_rulebook([handan, with_all(rules, *(f"handan/{one}" for one in HANDAN)).source])
    assert found.faults == ()
    return found


@pytest.fixture
def cases(book: Rulebook) -> tuple[Case, ...]:
    """The worked cases of these standards."""
    return tuple(
        case
        for case in read_cases(RuleSource("handan", rule_folder(PLUGINS / "handan").root), book)
        if case.standard.id.removeprefix("handan/") in HANDAN and case.standard.period.kind == "calendar-year"
    )


def reports(book: Rulebook, cases: tuple[Case, ...]) -> Iterator[tuple[Standard, Any, Any]]:
    """Each case by the whole, and by each part alone, with the parameters of the document."""
    whole = book["p/all"]
    for case in cases:
        given = {
            section: {f"{case.standard.id}#{key}": one for key, one in getattr(case.dossier, section).items()}
            for section in ("judgements", "waivers")  # qualified, as where several standards run they must be
        }
        dossier = evolve(case.dossier, **given)
        together = pr.evaluate(whole, dossier)
        for name in HANDAN:
            part = book[f"handan/{name}"]
            yield part, together, pr.evaluate(part, dossier)


def test_parts_find_what_they_find_alone(book: Rulebook, cases: tuple[Case, ...]) -> None:
    """Outcomes, evidence, values, blocks and notes, whatever lacks."""
    assert len(cases) > 100
    for part, whole, alone in reports(book, cases):
        for finding in alone:
            inside = whole[f"{part.id}#{finding.criterion}"]
            assert inside.outcome is finding.outcome, (whole.subject, finding.criterion)
            assert [one.to_dict() for one in inside.evidence] == [one.to_dict() for one in finding.evidence]
            assert inside.missing == finding.missing
            assert inside.citations == finding.citations
            assert inside.data_say == finding.data_say
        values = {one.id: one.value for one in whole.values}
        assert {f"{part.id}#{one.id}": one.value for one in alone.values}.items() <= values.items()
        notes = {one.id for one in whole.notes}
        assert {f"{part.id}#{one.id}" for one in alone.notes} <= notes
        blocks = {one.id: one.satisfied for one in whole.blocks}
        assert {f"{part.id}#{one.id}": one.satisfied for one in alone.blocks}.items() <= blocks.items()


def test_a_part_stands_as_a_block_of_its_id(book: Rulebook) -> None:
    """Its own blocks lie below, and each criterion says where it comes from."""
    whole = book["p/all"]
    assert whole.includes == tuple(f"handan/{one}@2020" for one in HANDAN)
    parents = {one.id: one.parent for one in whole.blocks}
    assert parents["handan/seven-ones"] is None
    assert parents["handan/seven-ones#venue"] == "handan/seven-ones"
    assert {one.origin for one in whole.criteria} == {"", *whole.includes}
    assert len(whole.criteria) == 1 + sum(len(book[f"handan/{one}"].criteria) for one in HANDAN)


def test_parameters_of_a_part_have_its_name(book: Rulebook) -> None:
    """They are overridden by it, and only there."""
    whole = book["p/all"]
    name = "handan/seven-ones#minimum_electives"
    changed = whole.with_parameters(**{name: 3})
    assert (whole.constants[name], changed.constants[name]) == (2, 3)
    assert changed.overrides == {name: 3}
    with pytest.raises(UnknownNameError, match="minimum_elektives"):
        whole.with_parameters(**{"handan/seven-ones#minimum_elektives": 3})
    with pytest.raises(UnknownNameError, match="minimum_electives"):
        whole.with_parameters(minimum_electives=3)


def test_a_part_of_a_part_comes_once(rules: Any) -> None:
    """A standard that two others include is evaluated once."""
    with_all(rules, "p/main")
    text = ALL.replace("INCLUDED", '"p/all", "p/main"').replace('"p/all"\nversion', '"p/more"\nversion')
    rules.write("standards/more-1.toml", text)
    book = rules.load()
    assert book.faults == ()
    whole = book["p/more"]
    assert [one.id for one in whole.criteria] == [
        "everything-else",
        "p/all#everything-else",
        *(f"p/main#{one.id}" for one in book["p/main"].criteria),
    ]
    assert {one.id: one.parent for one in whole.blocks}["p/main"] == "p/all"


@pytest.mark.parametrize(
    ("included", "said"),
    [
        ("p/mian", ("PR405", "$.standard.includes[0]", "there is no standard `p/mian`")),
        ("p/main@2016", ("PR405", "$.standard.includes[0]", "there is no standard `p/main@2016`")),
        ("p/all", ("PR307", "$.standard", "standards include, extend or read the verdict of ")),
    ],
)
def test_what_cannot_be_included_is_told(rules: Any, included: str, said: tuple[str, str, str]) -> None:
    """Nothing of that name, another version, itself."""
    told = with_all(rules, included).told()
    assert [(code, path, message[: len(said[2])]) for code, path, message in told] == [said]


def test_subject_and_period_must_fit(rules: Any) -> None:
    """A part that judges another subject, or a period where the whole judges a day."""
    with_all(rules, "p/main")
    text = (rules.root / "standards/all-1.toml").read_text("utf-8")
    rules.write("standards/all-1.toml", text.replace('"center"', '"area"').replace('"calendar-year"', '"as-of"'))
    assert [(code, message) for code, _, message in rules.told()] == [
        ("PR403", "`p/main` judges a center"),
        ("PR403", "`p/main` judges a period, and this standard a day"),
    ]


def test_parameters_of_a_part_of_a_part_keep_their_name(rules: Any) -> None:
    """They are overridden by the name of the standard that has them, however deep it lies."""
    with_all(rules, "p/main")
    text = ALL.replace("INCLUDED", '"p/all"').replace('"p/all"\nversion', '"p/more"\nversion')
    rules.write("standards/more-1.toml", text)
    whole = rules.load()["p/more"].with_parameters(**{"p/main#minimum_area": 7})
    assert whole.constants["p/main#minimum_area"] == 7


def test_members_of_sets_are_gone_through_inside_a_part(rules: Any) -> None:
    """A comprehension over a set means the same inside of another standard."""
    condition = "count(one for one in center.equipment) < 1"
    rules.edit("standard", ("center.opened_on > opened_after", condition))
    book = with_all(rules, "p/main").load()
    assert book.faults == ()
    for equipment in ({"tv"}, set()):
        center = pr.Center(id="c", equipment=equipment)
        dossier = pr.Dossier(center=center, period=pr.Period.year(2020))
        outcomes = [
            [one.outcome for one in pr.evaluate(book["p/main"], dossier)],
            [one.outcome for one in pr.evaluate(book["p/all"], dossier)][1:],
        ]
        assert outcomes[0] == outcomes[1]


def test_several_standards_are_one_for_what_reads_a_ledger(book: Rulebook) -> None:
    """One stands for itself; of several the criteria have qualified ids, and no verdict."""
    image, ones = book["handan/image"], book["handan/seven-ones"]
    assert together([image]) is image
    both = together([image, ones])
    assert [one.id for one in both.criteria] == [
        f"{part.id}#{one.id}" for part in (image, ones) for one in part.criteria
    ]
    assert (both.verdicts, both.includes) == ((), (image.reference, ones.reference))

# SPDX-License-Identifier: MIT
"""The verdict of another standard: of rows and of the subject itself, exactly and in bounds."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import platformrules as pr
from platformrules.bounds import Bounds, Possible
from platformrules.errors import EvaluationError

YEAR = pr.Period.year(2020)
GOOD, POOR = pr.Judgement(value="good"), pr.Judgement(value="poor")


def center(name: str, size: int | None = 120, area: str = "x") -> pr.Center:
    """A center, as a rule of 120 m²."""
    return pr.Center(id=name, area_id=area, floor_area_m2=size)


def held(name: str, times: int = 2) -> list[pr.Activity]:
    """Activities of a center."""
    return [pr.Activity(id=f"{name}{at}", center_id=name, held_on=date(2020, 3, 1 + at)) for at in range(times)]


def sited(**found: pr.Judgement) -> dict[str, pr.SubUnit]:
    """What a person found on the siting of centers."""
    return {name: pr.SubUnit(judgements={"siting": one}) for name, one in found.items()}


def area(**parts: Any) -> pr.Dossier:
    """An area with two centers, the first of which is well sited."""
    given: dict[str, Any] = {
        "area": pr.Area(id="x"),
        "centers": [center("c1"), center("c2")],
        "activities": [*held("c1"), *held("c2")],
        "sub_units": sited(c1=GOOD, c2=POOR),
        "period": YEAR,
    }
    return pr.Dossier(**{**given, **parts})


def both(standard: Any, dossier: pr.Dossier) -> tuple[str, ...]:
    """The verdicts that are reachable, the same on the exact path and in bounds."""
    report = pr.evaluate(standard, dossier)
    compiled = standard.compiled["python"]
    fresh = evolve(dossier)
    fresh.bind(standard.schema)
    assert compiled.program.run_in_bounds(fresh)[:4] == report.source.state[:4]
    return report.verdict.reachable


@pytest.mark.parametrize(
    ("changed", "reachable"),
    [
        ({}, ("eligible",)),
        ({"sub_units": sited(c1=POOR, c2=POOR)}, ("not-eligible",)),
        ({"sub_units": sited(c1=GOOD)}, ("eligible",)),
        ({"sub_units": sited(c1=POOR)}, ("eligible", "not-eligible")),
        ({"centers": [center("c1", 90), center("c2")]}, ("not-eligible",)),
        ({"centers": [center("c1", None), center("c2")]}, ("eligible", "not-eligible")),
        ({"centers": None}, ("eligible", "not-eligible")),
        ({"centers": []}, ("not-eligible",)),
        ({"activities": None}, ("eligible", "not-eligible")),
        ({"activities": [*held("c1", 1), *held("c2", 5)]}, ("not-eligible",)),
        ({"activities": []}, ("not-eligible",)),
        ({"records_from": date(2020, 6, 1)}, ("eligible",)),
        ({"activities": [], "records_from": date(2020, 6, 1)}, ("eligible", "not-eligible")),
        ({"as_of": date(2020, 3, 1)}, ("not-eligible",)),
    ],
)
def test_of_rows(reef: Any, changed: dict[str, Any], reachable: tuple[str, ...]) -> None:
    """With their own judgements and the rows that carry their key, in the same period and as known on the same day."""
    standard = reef.good(reef.center, reef.area)["reef/area"]
    assert both(standard, area(**changed)) == reachable


def test_waivers_of_sub_units_count(reef: Any) -> None:
    """Until their day."""
    standard = reef.good(reef.center, reef.area)["reef/area"]
    for until, found in ((None, "eligible"), (date(2020, 12, 31), "eligible"), (date(2020, 12, 30), "not-eligible")):
        waiver = pr.Waiver(reason="made up", until=until)
        said = pr.SubUnit(judgements={"reef/center#siting": POOR}, waivers={"reef/center#siting": waiver})
        assert both(standard, area(sub_units={"c1": said, "c2": said})) == (found,)


def test_of_the_subject(reef: Any) -> None:
    """Under another standard it is judged by what is said of that standard, by qualified keys, and by all its rows."""
    other = reef.standard(
        "reef/star@2020",
        criteria={"base": 'verdict(center, "reef/center") == "eligible"', "siting": reef.judged},
    )
    standard = reef.good(reef.center, other)["reef/star"]
    given = pr.Dossier(center=center("c1"), activities=held("c1"), period=YEAR, judgements={"siting": GOOD})
    assert both(standard, given) == ("eligible", "not-eligible")
    plain, qualified = {"siting": GOOD}, {"reef/center#siting": POOR}
    assert both(standard, evolve(given, judgements={**plain, **qualified})) == ("not-eligible",)
    assert both(standard, evolve(given, judgements={**plain, "reef/center#siting": GOOD})) == ("eligible",)
    named = {"reef/star#siting": GOOD, "reef/center#siting": GOOD}
    assert both(standard, evolve(given, judgements=named)) == ("eligible",)
    waived = {"siting": pr.Waiver(reason="made up")}
    assert both(standard, evolve(given, judgements=named, waivers=waived)) == ("eligible",)


def test_every_use_of_a_verdict(reef: Any) -> None:
    """Compared, a member of a set, counted by kind, as the choice of a branch, in values, notes and verdict rows."""
    read = 'verdict(c, "reef/center")'
    use = reef.standard(
        "reef/area@2020",
        subject="area",
        criteria={
            "member": f'all({read} in {{"eligible", "not-eligible"}} for c in centers)',
            "kinds": f"count({{{read} for c in centers}}) == 2",
            "counted": f'count(c for c in centers if {read} != "eligible") == 1',
            "any": f'any({read} == "eligible" for c in centers if c.floor_area_m2 > 0)',
            "branch": f'sum(1 if {read} == "eligible" else 0 for c in centers) == 1',
        },
        more=f"[[values]]\nid = 'reached'\nvalue = '''count(c for c in centers if {read} == \"eligible\")'''\n"
        f"[[notes]]\nid = 'told'\ncites = ['one']\nwhen = '''any({read} == \"eligible\" for c in centers)'''\n"
        "text = { zh = '有', en = 'some' }",
    )
    standard = reef.good(reef.center, use)["reef/area"]
    report = pr.evaluate(standard, area())
    assert [one.outcome.value for one in report] == ["passed"] * 5
    assert [(one.id, one.value) for one in report.values] == [("reached", 1)]
    assert [one.id for one in report.notes] == ["told"]
    assert both(standard, area()) == ("eligible",)
    open_ = pr.evaluate(standard, area(sub_units=sited(c1=GOOD)))
    assert [one.outcome.value for one in open_] == ["passed", "undetermined", "undetermined", "passed", "undetermined"]
    assert open_.values[0].value == Bounds(1, 2)


def test_two_levels_deep(reef: Any) -> None:
    """A province reads the standard of its counties, which reads that of centers."""
    province = reef.standard(
        "reef/province@2020",
        subject="area",
        criteria={"all": 'all(verdict(a, "reef/area") == "eligible" for a in areas)'},
    )
    standard = reef.good(province, reef.area, reef.center)["reef/province"]
    areas = [pr.Area(id="x", parent_id="p"), pr.Area(id="y", parent_id="p"), pr.Area(id="z", parent_id="y")]
    centers = [center("c1"), center("c2", area="z")]
    given = area(area=pr.Area(id="p"), areas=areas, centers=centers, sub_units=sited(c1=GOOD, c2=GOOD))
    assert both(standard, given) == ("eligible",)
    assert both(standard, evolve(given, sub_units=sited(c1=GOOD, c2=POOR))) == ("not-eligible",)
    assert both(standard, evolve(given, sub_units=sited(c1=GOOD))) == ("eligible", "not-eligible")
    assert both(standard, evolve(given, areas=None)) == ("eligible", "not-eligible")


def test_of_organizations(reef: Any) -> None:
    """The organizations of a center, with their own activities."""
    club = reef.standard("reef/club@1", subject="organization", criteria={"active": "count(activities) >= 1"})
    host = reef.standard(
        "reef/host@1",
        criteria={"active": 'count(o for o in organizations if verdict(o, "reef/club") == "eligible") >= 1'},
    )
    standard = reef.good(club, host)["reef/host"]
    organizations = [pr.Organization(id="o1", center_id="c1"), pr.Organization(id="o2", center_id="c1")]
    for owner, found in (("o2", "eligible"), (None, "not-eligible")):
        activity = pr.Activity(id="a", center_id="c1", org_id=owner, held_on=date(2020, 5, 1))
        given = pr.Dossier(center=center("c1"), organizations=organizations, activities=[activity], period=YEAR)
        assert both(standard, given) == (found,)


def test_relations_of_plugins(reef: Any) -> None:
    """A row's rows of a plugin's relation are those that carry its key; what is not recorded stays so."""
    declared = (
        'format = 1\n[[relations]]\nid = "reef_awards"\nof = "center"\nlabel = { zh = "表彰", en = "awards" }\n'
        '[[facts]]\nid = "given"\non = "reef_awards"\ntype = "boolean"\nlabel = { zh = "授予", en = "given" }\n'
    )
    honoured = reef.standard("reef/center@2020", criteria={"given": "any(w.given for w in reef_awards)"})
    standard = reef.good(("reef/facts.toml", declared), honoured, reef.area)["reef/area"]
    rows = [pr.Row(id="w1", center_id="c2", facts={"given": True}), pr.Row(id="w2", facts={"given": True})]
    assert both(standard, area(relations={"reef_awards": rows})) == ("eligible",)
    assert both(standard, area(relations={"reef_awards": rows[1:]})) == ("not-eligible",)
    assert both(standard, area()) == ("eligible", "not-eligible")


def test_the_version_in_force_counts_unless_one_is_pinned(reef: Any) -> None:
    """By the day judged; a verdict that only one version knows may be asked for."""
    old = reef.standard("reef/center@2020", criteria={"size": "center.floor_area_m2 >= 100"}, until="2020-12-31")
    names = reef.verdict.replace("not-eligible", "weak")
    new = reef.standard(
        "reef/center@2021", criteria={"size": "center.floor_area_m2 >= 200"}, from_="2021-01-01", verdict=names
    )
    asks = {
        "unpinned": 'all(verdict(c, "reef/center") == "eligible" for c in centers)',
        "old": 'all(verdict(c, "reef/center@2020") == "eligible" for c in centers)',
        "weak": 'any(verdict(c, "reef/center") == "weak" for c in centers)',
        "other": 'any(verdict(c, "reef/center") == "not-eligible" for c in centers)',
    }
    standard = reef.good(old, new, reef.standard("reef/area@2020", subject="area", criteria=asks))["reef/area"]
    for year, outcomes in ((2020, "passed passed failed failed"), (2021, "failed passed passed failed")):
        report = pr.evaluate(standard, area(period=pr.Period.year(year)))
        assert [one.outcome.value for one in report] == outcomes.split()
    early = area(period=pr.Period.year(2019))
    with pytest.raises(EvaluationError, match="no version is in force on 2019-12-31: reef/center@2020 from 2020-01-01"):
        pr.evaluate(standard, early)
    pinned = reef.standard("reef/area@2020", subject="area", criteria={"old": asks["old"]})
    assert both(reef.good(pinned)["reef/area"], early) == ("eligible",)


def test_a_day_without_a_version_is_refused_at_any_depth(reef: Any) -> None:
    """Whatever rows there are: no answer may depend on short cuts."""
    inner = reef.standard("reef/inner@1", subject="area", criteria={"x": reef_reads("reef/center")}, from_="2010-01-01")
    outer = reef.standard("reef/outer@1", subject="area", criteria={"x": 'verdict(area, "reef/inner") == "eligible"'})
    standard = reef.good(reef.center, inner, outer)["reef/outer"]
    with pytest.raises(EvaluationError, match="reef/inner@1 reads the verdict of reef/center, of which no version"):
        pr.evaluate(standard, area(period=pr.Period.year(2019), centers=[]))


def reef_reads(name: str) -> str:
    """A condition on the centers of an area."""
    return f'all(verdict(c, "{name}") == "eligible" for c in centers)'


def test_a_standard_that_judges_a_day(reef: Any) -> None:
    """One that judges a period may read it; its own day is the last of the period."""
    day = reef.standard(
        "reef/center@2020", criteria={"old": "years_between(center.opened_on, as_of) >= 1"}, period="as-of"
    )
    standard = reef.good(day, reef.area)["reef/area"]
    for opened, found in ((date(2019, 12, 31), "eligible"), (date(2020, 1, 1), "not-eligible")):
        given = area(centers=[pr.Center(id="c1", area_id="x", opened_on=opened)])
        assert both(standard, given) == (found,)


def test_a_round_does_not_reach_the_verdict_that_is_read(reef: Any) -> None:
    """It is the own verdict: what only places give cannot even be asked for."""
    cohort = '[[cohort]]\nid = "best"\ncites = ["one"]\namong = "true"\nplaces = "1"\ninside = { id = "star" }'
    ranked = reef.standard("reef/center@2020", criteria={"size": "center.floor_area_m2 >= 100"}, more=cohort)
    standard = reef.good(ranked, reef.area)["reef/area"]
    assert both(standard, area()) == ("eligible",)
    asked = reef.standard(
        "reef/area@2020", subject="area", criteria={"x": 'any(verdict(c, "reef/center") == "star" for c in centers)'}
    )
    assert [one[0] for one in reef.told(asked)] == ["PR304"]


def test_included_standards_read_verdicts_too(reef: Any) -> None:
    """And one that is made out of another, whose parameters a run may change."""
    whole = reef.standard("reef/whole@1", subject="area", criteria={"more": "true"}, more='includes = ["reef/area"]')
    path, text = reef.area
    text = text.replace("0.5'", "wanted'") + "\n[parameters]\nwanted = { value = 0.5, cites = ['one'] }\n"
    grown = reef.standard("reef/grown@1", subject="area", criteria={"more": "true"}, more='extends = "reef/area@2020"')
    book = reef.good(reef.center, (path, text), whole, grown)
    for name in ("reef/whole", "reef/grown"):
        assert list(book[name].referred) == ["reef/center"]
        assert book[name].readings[1:] == (book["reef/center"],)
        assert both(book[name], area()) == ("eligible",)
    assert both(book["reef/area"].with_parameters(wanted=1), area()) == ("not-eligible",)


def test_each_verdict_is_worked_out_once(reef: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often it is read, and for evidence as well."""
    twice = reef.standard(
        "reef/area@2020",
        subject="area",
        criteria={"one": reef_reads("reef/center"), "two": reef_reads("reef/center@2020")},
    )
    standard = reef.good(reef.center, twice)["reef/area"]
    made: list[str] = []
    below = pr.Dossier.below
    monkeypatch.setattr(pr.Dossier, "below", lambda self, kind, row: made.append(row.id) or below(self, kind, row))
    report = pr.evaluate(standard, area())
    assert report["one"].evidence
    assert report["two"].evidence
    assert sorted(made) == ["c1", "c2"]


def test_evidence_and_what_is_missing(reef: Any) -> None:
    """The verdict that was found, or all that are reachable, at the row that decides; the share of a gap."""
    standard = reef.good(
        reef.center,
        reef.standard(
            "reef/area@2020",
            subject="area",
            criteria={
                "all": reef_reads("reef/center"),
                "half": 'share((verdict(c, "reef/center") == "eligible" for c in centers), default=0) >= 0.9',
            },
        ),
    )["reef/area"]
    report = pr.evaluate(standard, area())
    (every,), (share,) = report["all"].evidence, report["half"].evidence
    assert (every.observed, every.operator, every.required, every.at) == ("not-eligible", "==", "eligible", "c2")
    assert every.label.zh == "按“标准center”得出的结论"
    assert (share.observed, share.gap) == (pr.evaluate(standard, area()).findings[1].evidence[0].observed, share.gap)
    assert share.gap == share.required - share.observed
    assert report["all"].missing == ()
    open_ = pr.evaluate(
        standard, area(centers=[center("c1", None), center("c2")], activities=None, sub_units=sited(c1=GOOD))
    )
    (every,) = open_["all"].evidence
    assert (every.observed, every.at) == (Possible(frozenset({"eligible", "not-eligible"})), "c1")
    assert every.to_dict()["observed"] == {"possibly": ["eligible", "not-eligible"]}
    missing = [(one.fact, one.rows) for one in open_["all"].missing]
    assert missing == [("center.floor_area_m2", ("c1",)), ("activities", ())]


def test_what_the_subject_lacks_for_another_standard(reef: Any) -> None:
    """Its own facts are its own."""
    star = reef.standard("reef/star@1", criteria={"base": 'verdict(center, "reef/center") == "eligible"'})
    standard = reef.good(reef.center, star)["reef/star"]
    report = pr.evaluate(standard, pr.Dossier(center=center("c1", None), activities=held("c1"), period=YEAR))
    assert [(one.fact, one.rows) for one in report["base"].missing] == [("center.floor_area_m2", ())]
    (row,) = report["base"].evidence
    assert (row.observed, row.at) == (Possible(frozenset({"eligible", "not-eligible"})), None)


def test_facts_and_hashes_are_those_of_both(reef: Any) -> None:
    """What the other standard reads, and the files that it is made of."""
    standard = reef.good(reef.center, reef.area)["reef/area"]
    assert standard.facts == {("center", "floor_area_m2")}
    rules = pr.evaluate(standard, area()).to_dict()["provenance"]["rules"]
    assert [name.rpartition("/")[2] for name in rules] == ["one.toml", "area-2020.toml", "center-2020.toml"]


def test_in_words(reef: Any) -> None:
    """By the titles of the standard and of the verdict, of the row or of the subject."""
    standard = reef.good(
        reef.center,
        reef.standard("reef/area@2020", subject="area", criteria={"all": reef_reads("reef/center")}),
        reef.standard(
            "reef/star@1", criteria={"base": 'verdict(center, "reef/center") in {"eligible", "not-eligible"}'}
        ),
    )
    every = pr.evaluate(standard["reef/area"], area())["all"].info.sentence
    assert every.zh == "每个青年中心按“标准center”得出的结论是合格"
    assert every.en == "every center: the verdict under “standard center” is eligible"
    given = pr.Dossier(center=center("c1"), activities=[], period=YEAR)
    own = pr.evaluate(standard["reef/star"], given)["base"].info.sentence
    assert own.zh == "按“标准center”得出的结论是合格或者不合格"
    assert own.en == "the verdict under “standard center” is eligible or not eligible"


def test_sub_units_are_checked() -> None:
    """All faults at once, each with its place."""
    wrong: Any = {"c1": "x", "c2": pr.SubUnit(judgements={"a": 1}, waivers=[])}  # type: ignore[arg-type,dict-item]
    with pytest.raises(TypeError) as raised:
        area(sub_units=wrong)
    told = str(raised.value)
    assert "sub_units['c1'] must be a SubUnit (got 'x')" in told
    assert "sub_units['c2'].judgements['a'] must be a Judgement (got 1)" in told
    with pytest.raises(TypeError, match="sub_units must be a table by id"):
        area(sub_units=["c1"])

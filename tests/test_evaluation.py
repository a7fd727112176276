# SPDX-License-Identifier: MIT
"""Joining a standard and a dossier: reports, findings, what is missing, what the data say, and where it came from."""

import concurrent.futures
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from platformrules.bounds import Bounds, Members, Possible
from platformrules.citations import Strength
from platformrules.dossiers import Dossier, Judgement, Waiver
from platformrules.errors import EvaluationError, UnknownNameError
from platformrules.evaluation import PythonEvaluator, evaluate, evaluate_many
from platformrules.languages import Bilingual
from platformrules.models import CORE, Activity, Center, Organization
from platformrules.periods import Period
from platformrules.release import library_version
from platformrules.results import MASK, Evidence, Missing, Outcome, Quantity, to_json
from platformrules.schema import Fact, FactType
from platformrules.sentences import sentence
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import RuleSource, load_rulebook
from platformrules.testing.drafts import draft

YEAR = Period.year(2020)
AREA = draft("center.floor_area_m2 >= 100")


def center(name: str = "c1", **facts: Any) -> Dossier:
    """A dossier of the year 2020 that holds nothing but a center."""
    return Dossier(center=Center(id=name, **facts), period=YEAR)


def missing(expression: str, schema: Any = CORE, standard: dict[str, Any] | None = None, **parts: Any) -> list[Any]:
    """What the finding on one condition says is missing: fact and rows."""
    parts = {"center": Center(id="c1"), "period": YEAR, **parts}
    report = evaluate(draft(expression, schema=schema, **(standard or {})), Dossier(**parts))
    return [(one.fact, one.rows) for one in report["k0"].missing]


# Figures, blocks, and what follows

HARBOUR = Path(__file__).parent / "rules" / "harbour"


@pytest.fixture(scope="module")
def berth() -> Standard:
    """A made-up standard with grades, blocks and figures."""
    return load_rulebook([RuleSource("harbour", HARBOUR)])["harbour/berth"]


def test_what_follows_is_that_of_the_row_a_person_found(berth: Standard) -> None:
    """Nothing where nobody judged, where a person found no row, and of a criterion that nobody judges."""
    poor, strange = Judgement(value="poor"), Judgement(value="strange")
    dossier = Dossier(
        center=Center(id="c1", has_flag=True), judgements={"order": poor, "spirit": strange}, as_of=date(2020, 1, 1)
    )
    report = evaluate(berth, dossier)
    assert report["order"].follows == Bilingual("整顿", "rectify")
    assert report["spirit"].follows is None
    assert report["area"].follows is None
    assert report["order"].to_dict()["follows"] == {"zh": "整顿", "en": "rectify"}
    assert evaluate(berth, Dossier(center=Center(id="c1"), as_of=date(2020, 1, 1)))["order"].follows is None
    assert (report["order"].data_say, report["order"].differs) == ("good", True)
    assert (report["spirit"].data_say, report["spirit"].differs) == (None, False)


def test_a_verdict_says_what_follows(berth: Standard) -> None:
    """Of the one that holds; nothing while several are reachable."""
    good = {name: Judgement(value="good") for name in ("order", "spirit")}
    facts: dict[str, Any] = {"floor_area_m2": 120, "construction_kind": "new", "has_flag": True}
    facts |= {"full_time_staff": 3, "part_time_main_staff": 0}
    dossier = Dossier(center=Center(id="c1", **facts), judgements=good, as_of=date(2020, 1, 1))
    settled = evaluate(berth.with_parameters(quota=3, strict=False), dossier)
    assert settled.verdict.follows == Bilingual("授牌", "a plaque is given")
    assert settled.to_dict()["verdict"]["follows"] == {"zh": "授牌", "en": "a plaque is given"}
    assert evaluate(berth, dossier).verdict.follows is None
    assert evaluate(berth, dossier).to_dict()["verdict"]["follows"] is None


def test_a_figure_that_is_a_text_of_a_person_is_masked(berth: Standard) -> None:
    """Unless personal data are asked for; what only counts or compares is shown."""
    report = evaluate(berth, Dossier(center=Center(id="c1", phone="13800000000"), as_of=date(2020, 1, 1)))
    assert [(one.id, one.personal) for one in report.values if one.personal] == [("contact", True)]
    outside, inside = report.to_dict(), report.to_dict(internal=True)
    assert [one["value"] for one in outside["values"] if one["id"] == "contact"] == [MASK]
    assert [one["value"] for one in inside["values"] if one["id"] == "contact"] == ["13800000000"]


# Many dossiers


def test_reports_come_in_the_order_of_the_dossiers() -> None:
    """One report a dossier, each when it is asked for."""
    dossiers = [center("c2", floor_area_m2=99), center("c1", floor_area_m2=100)]
    reports = evaluate_many(AREA, iter(dossiers))
    assert [(one.subject, one["k0"].outcome) for one in reports] == [("c2", Outcome.FAILED), ("c1", Outcome.PASSED)]
    assert [one.subject for one in PythonEvaluator().evaluate(AREA, dossiers)] == ["c2", "c1"]


def test_a_ledger_is_evaluated_by_its_dossiers() -> None:
    """What holds dossiers stands for them."""

    class Ledger:
        dossiers = (center(floor_area_m2=1),)

    assert [one.subject for one in evaluate_many(AREA, Ledger())] == ["c1"]


def test_an_engine_that_is_not_there_is_refused() -> None:
    """Engines that a later version brings are an error now, which names what there is."""
    with pytest.raises(EvaluationError, match=r"there is no engine `spark`; there is python"):
        evaluate_many(AREA, [], engine="spark")
    assert list(evaluate_many(AREA, [], engine="python")) == []


# Reports


def test_a_report_is_read_by_criterion() -> None:
    """A finding is found by its criterion's id, and all of them in order; another name says what there is."""
    report = evaluate(draft("true", "false", {"judge": []}), center())
    assert [one.criterion for one in report] == ["k0", "k1", "k2"]
    assert report["k1"].outcome is Outcome.FAILED
    assert report.findings is report.findings
    with pytest.raises(UnknownNameError, match=r"draft/trial@1 has no criterion `k7`; it has k0, k1, k2"):
        report["k7"]
    assert {outcome.value: count for outcome, count in report.counts().items() if count} == {
        "passed": 1,
        "failed": 1,
        "untested": 1,
    }


def test_a_finding_says_what_its_criterion_is() -> None:
    """Title, strength, citations and the sentence of the criterion stand beside the outcome."""
    remedy = {"zh": "补", "en": "mend"}
    finding = evaluate(draft({"require": "true", "strength": "generally", "remedy": remedy}), center())["k0"]
    assert (finding.title.en, finding.strength, finding.info.remedy) == (
        "criterion",
        Strength.GENERALLY,
        Bilingual("补", "mend"),
    )
    assert [one.clause for one in finding.citations] == ["c1"]
    assert finding.info.sentence["en"]
    assert finding.outcome.label == Bilingual("达标", "passed")


def test_a_report_shows_subject_standard_and_verdict() -> None:
    """The repr names the verdict, or all that are reachable."""
    assert repr(evaluate(AREA, center(floor_area_m2=100))) == "<Report c1: draft/trial@1 -> met>"
    assert repr(evaluate(AREA, center())) == "<Report c1: draft/trial@1 -> met/not-met>"
    report = evaluate(AREA, center(name="c9"))
    assert (report.name, report.standard, report.score, report.period) == (None, "draft/trial@1", None, YEAR)


@pytest.mark.parametrize(
    ("conforms", "area", "expected"),
    [
        ((True, False), None, None),
        ((False, False), None, False),
        ((None, None), None, None),
        ((True, False), 100, True),
    ],
)
def test_a_verdict_conforms_as_far_as_all_reachable_rows_agree(conforms: Any, area: Any, expected: Any) -> None:
    """While several verdicts are reachable, ``conforms`` is what they have in common."""
    rows = [
        {"id": "a", "when": "all(c.satisfied for c in criteria)", "title": {"zh": "甲", "en": "A"}},
        {"id": "b"},
    ]
    for row, value in zip(rows, conforms, strict=True):
        row.update({} if value is None else {"conforms": value})
    verdict = evaluate(draft("center.floor_area_m2 >= 100", verdict=rows), center(floor_area_m2=area)).verdict
    assert verdict.conforms is expected
    assert (verdict.title is None) is (verdict.id is None)


def test_verdicts_are_made_once() -> None:
    """Two reports of the same verdict share it, and a report keeps its own."""
    first, second = (evaluate(AREA, center(floor_area_m2=1)) for _ in range(2))
    assert first.verdict is second.verdict
    assert first.verdict is first.verdict


def test_notes_are_printed_when_they_hold() -> None:
    """A note without a condition always stands; one that is unknown does not."""
    notes = {
        "always": "true",
        "flag": "center.has_flag",
        "emblem": "center.has_emblem",
        "many": "count(activities) > 1",
    }
    report = evaluate(draft("true", notes=notes), center(has_flag=True))
    assert [(one.id, one.text.en, one.citations[0].clause) for one in report.notes] == [
        ("always", "note", "c1"),
        ("flag", "note", "c1"),
    ]


# Judgements and what the data say

STYLE = {
    "judge": [
        {
            "id": "good",
            "title": {"zh": "好", "en": "good"},
            "when": "center.style_practical and center.style_fashionable",
        },
        {"id": "fair", "title": {"zh": "中", "en": "fair"}, "when": "center.style_practical"},
        {"id": "poor", "title": {"zh": "差", "en": "poor"}, "fails": True},
    ]
}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"style_practical": True, "style_fashionable": True}, "good"),
        ({"style_practical": True, "style_fashionable": False}, "fair"),
        ({"style_practical": False}, "poor"),
        ({"style_practical": True}, None),
        ({}, None),
    ],
)
def test_what_the_data_say(facts: dict[str, Any], expected: str | None) -> None:
    """The first row whose condition holds, the last if none does; nothing while that is open."""
    assert evaluate(draft(STYLE), center(**facts))["k0"].data_say == expected


def test_the_data_say_nothing_where_no_row_asks_them() -> None:
    """Of rows without conditions, or two of them, and of a plain condition, the data say nothing."""
    plain = [{key: value for key, value in row.items() if key != "when"} for row in STYLE["judge"]]
    asking = [{**plain[0], "when": "false"}, *plain[1:]]
    report = evaluate(draft({"judge": []}, {"judge": asking}, "true"), center())
    assert [finding.data_say for finding in report] == [None, None, None]


def test_a_finding_keeps_its_judgement_and_waiver() -> None:
    """The deciding judgement and the waiver that counts stand beside the finding, and nowhere else."""
    roles = [Judgement(value="no", role="self"), Judgement(value="yes", role="city")]
    dossier = Dossier(
        center=Center(id="c1"),
        period=YEAR,
        judgements={"k0": roles, "draft/trial#k1": Judgement(value="no"), "k2": Judgement(value="yes")},
        waivers={"k2": Waiver(reason="r"), "k1": Waiver(reason="over", until=date(2020, 1, 1))},
    )
    report = evaluate(draft({"judge": []}, {"judge": []}, "false"), dossier)
    assert [one.judgement and one.judgement.value for one in report] == ["yes", "no", None]
    assert [one.waiver and one.waiver.reason for one in report] == [None, None, "r"]


def test_persons_are_masked_unless_asked_for() -> None:
    """Who judged or waived, and personal facts in evidence, are shown only inside."""
    dossier = Dossier(
        center=Center(id="c1", head_name="张三"),
        period=YEAR,
        judgements={"k0": Judgement(value="yes", by="李四", on=date(2020, 5, 1), reason="看过")},
        waivers={"k1": Waiver(reason="r", by="王五", until=date(2020, 12, 31))},
    )
    report = evaluate(draft({"judge": []}, "false", 'center.head_name == "张三"'), dossier)
    outside, inside = report.to_dict()["findings"], report.to_dict(internal=True)["findings"]
    assert all(name not in json.dumps(outside, ensure_ascii=False) for name in ("李四", "王五"))
    assert inside[0]["judgement"] == {"value": "yes", "by": "李四", "on": "2020-05-01", "reason": "看过", "role": None}
    assert inside[1]["waiver"] == {"reason": "r", "by": "王五", "until": "2020-12-31"}
    assert outside[0]["judgement"]["by"] == MASK
    assert outside[1]["waiver"]["by"] == MASK
    assert outside[2]["evidence"][0]["observed"] == MASK
    assert inside[2]["evidence"][0]["observed"] == "张三"


# What is missing


def test_missing_facts_come_in_source_order() -> None:
    """Each fact that is read and not recorded, once, with its label; nothing where the outcome is settled."""
    assert missing("center.has_emblem and (center.has_flag or center.has_emblem)") == [
        ("center.has_emblem", ()),
        ("center.has_flag", ()),
    ]
    assert missing("center.has_flag or true") == []
    found = evaluate(draft("center.has_flag"), center())["k0"].missing
    assert found == (Missing("center.has_flag", Bilingual("有团旗", "League flag")),)
    assert found[0].to_dict() == {"fact": "center.has_flag", "label": {"zh": "有团旗", "en": "League flag"}, "rows": []}


def test_missing_reads_applicability_too() -> None:
    """What decides whether a criterion applies may be missing as well."""
    criterion = {"require": "center.has_flag", "applies_when": "center.has_emblem"}
    found = evaluate(draft(criterion), center())["k0"].missing
    assert [one.fact for one in found] == ["center.has_flag", "center.has_emblem"]


def test_missing_leaves_out_what_a_parameter_switches_off() -> None:
    """A branch that is not taken is not read."""
    text = "(center.application_date if on else center.opened_on) <= as_of"
    assert missing(text, standard={"parameters": {"on": False}}) == [("center.opened_on", ())]
    assert missing(text, standard={"parameters": {"on": True}}) == [("center.application_date", ())]


def test_keys_are_never_missing() -> None:
    """An empty key matches nothing and is not asked for."""
    assert missing(
        "center.has_flag or count(a for a in activities if a.center_id == center.id) > 1", activities=[]
    ) == [("center.has_flag", ())]


ROWS = [
    Activity(id="b", held_on=date(2020, 3, 1)),
    Activity(id="a", held_on=date(2020, 3, 1)),
    Activity(id="full", held_on=date(2020, 3, 1), attendance=5),
    Activity(id="old", held_on=date(2019, 3, 1)),
]


@pytest.mark.parametrize(
    ("expression", "parts", "expected"),
    [
        ("all(a.attendance >= 5 for a in activities)", {"activities": ROWS}, [("activity.attendance", ("a", "b"))]),
        ("all(a.attendance >= 5 for a in activities)", {}, [("activities", ())]),
        (
            "all(a.attendance >= 5 for a in activities)",
            {"activities": [Activity(id="u", attendance=1)]},
            [("activity.held_on", ("u",))],
        ),
        (
            "count(a for a in activities if a.month.start >= period.start) >= 1",
            {"activities": [Activity(id="u")]},
            [("activity.held_on", ("u",))],
        ),
        ("count(activities) >= 1", {"activities": [], "records_from": date(2020, 3, 1)}, [("activities", ())]),
        (
            "all(a.attendance >= 5 for a in during(activities, date(2019, 1, 1), as_of))",
            {"activities": ROWS[2:]},
            [("activity.attendance", ("old",))],
        ),
        (
            "count(a for a in during(activities, date(2019, 1, 1), as_of)) >= 1",
            {"activities": []},
            [("activities", ())],
        ),
        (
            "all(o.league_led for o in organizations)",
            {"organizations": [Organization(id="o")]},
            [("organization.league_led", ("o",))],
        ),
        ('"x" in {o.name for o in organizations}', {}, [("organizations", ())]),
        (
            "any(a.attendance > center.full_time_staff for a in activities)",
            {"activities": ROWS[2:3]},
            [("center.full_time_staff", ())],
        ),
    ],
)
def test_missing_facts_of_rows(expression: str, parts: dict[str, Any], expected: list[Any]) -> None:
    """Rows that may count and lack a fact are named; of an unrecorded relation, the relation."""
    assert missing(expression, **parts) == expected


def test_missing_plugin_facts_and_windows_without_a_period() -> None:
    """A plugin's facts are looked up where they stand; a standard of a day has windows alone."""
    schema = CORE.with_facts([Fact("draft_ok", "activity", FactType.BOOLEAN, Bilingual("好", "ok"), plugin="draft")])
    rows = [
        Activity(id="a", held_on=date(2020, 3, 1)),
        Activity(id="b", held_on=date(2020, 3, 1), facts={"draft_ok": True}),
    ]
    text = "all(a.draft_ok for a in during(activities, date(2020, 1, 1), as_of))"
    parts = {"activities": rows, "period": None, "as_of": date(2020, 5, 1), "records_from": date(2019, 1, 1)}
    assert missing(text, schema, {"period": "as-of"}, **parts) == [("activity.draft_ok", ("a",))]


# JSON


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Bounds(Decimal("1.50"), None), {"low": "1.5", "high": None}),
        (
            Members(frozenset({"b", "a"}), frozenset({"c", "a", "b"})),
            {"surely": ["a", "b"], "possibly": ["a", "b", "c"]},
        ),
        (Members(frozenset(), None), {"surely": [], "possibly": None}),
        (Possible(frozenset({"b", "a"})), {"possibly": ["a", "b"]}),
        (Possible(None), {"possibly": None}),
        (frozenset({"b", "a"}), ["a", "b"]),
        (Decimal("100.00"), 100),
        (Decimal("0.0001"), "0.0001"),
        (Decimal("-12.50"), "-12.5"),
        (date(2020, 5, 1), "2020-05-01"),
        (True, True),
        ("text", "text"),
        (None, None),
    ],
)
def test_values_as_json(value: object, expected: object) -> None:
    """Bounds, sets, decimals and dates have one form in JSON."""
    assert to_json(value) == expected


def test_a_report_as_json() -> None:
    """A report is JSON data with everything in it, after design.md section 7."""
    dossier = attrs.evolve(center(floor_area_m2=Decimal("85.5")), as_of=date(2021, 1, 31))
    report = evaluate(draft("center.floor_area_m2 >= 100", notes={"n": "true"}), dossier).to_dict()
    citation = report["findings"][0]["citations"][0]
    assert json.loads(json.dumps(report)) == report
    assert {key: report[key] for key in ("subject", "standard", "period", "as_of", "score")} == {
        "subject": "c1",
        "standard": "draft/trial@1",
        "period": "2020",
        "as_of": "2021-01-31",
        "score": None,
    }
    assert report["verdict"] == {
        "id": "not-met",
        "reachable": ["not-met"],
        "conforms": False,
        "title": {"zh": "not-met", "en": "not-met"},
        "follows": None,
    }
    assert citation["document"] == "draft"
    assert report["findings"][0]["evidence"] == [
        {
            "quantity": "center.floor_area_m2",
            "label": report["findings"][0]["evidence"][0]["label"],
            "observed": "85.5",
            "operator": ">=",
            "required": 100,
            "gap": "14.5",
            "unit": "m²",
            "at": None,
        }
    ]
    assert report["notes"][0]["id"] == "n"
    assert evaluate(AREA, center()).to_dict()["verdict"]["title"] is None


def test_provenance_says_where_a_report_comes_from() -> None:
    """Versions, whether the standard was in force, hashes of rules, and parameters that were given."""
    standard = draft("center.floor_area_m2 >= p", parameters={"p": 100}).with_parameters(p=Decimal("120.50"))
    assert evaluate(standard, center()).provenance == {
        "platformrules": library_version(),
        "plugin": {"name": "draft", "version": ""},
        "standard": "draft/trial@1",
        "in_force": {"from": "1949-10-01", "until": None, "on_the_day": True, "status": None},
        "rules": {"draft.toml": ""},
        "parameters": {"p": "120.5"},
    }
    early = Dossier(center=Center(id="c1"), period=Period.year(1949), as_of=date(1949, 9, 30))
    assert evaluate(standard, early).provenance["in_force"]["on_the_day"] is False


# Threads


def test_one_standard_is_used_by_many_threads() -> None:
    """Compiled, asked and explained in eight threads at once, it says of each dossier what it says alone."""
    conditions = (
        "center.floor_area_m2 >= 100",
        "all(a.attendance >= 20 for a in activities)",
        "all(count(a for a in activities if a.month == m) >= 1 for m in months)",
        {"judge": []},
    )
    dossiers = [
        Dossier(
            center=Center(id=f"c{index}", floor_area_m2=95 + index),
            activities=[
                Activity(id="a", held_on=date(2020, 1 + index % 12, 3), attendance=None if index % 3 else 15 + index)
            ],
            period=YEAR,
        )
        for index in range(40)
    ]
    alone = [
        evaluate(draft(*conditions, notes={"n": "center.has_flag"}), attrs.evolve(one)).to_dict() for one in dossiers
    ]
    for _ in range(3):
        standard = draft(*conditions, notes={"n": "center.has_flag"})
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda one, judged_by=standard: evaluate(judged_by, one).to_dict(), dossiers))
        assert together == alone


# Evidence, apart from any engine

NUMBER = Quantity("q", Bilingual("数", "number"), ">=", "m²", numeric=True, missing=Bounds(0, None))


@pytest.mark.parametrize(
    ("operator", "found", "required", "met", "gap"),
    [
        (">=", 85, 100, False, 15),
        (">=", 100, 100, True, None),
        (">=", Bounds(0, 85), 100, False, Bounds(15, 100)),
        (">=", Bounds(0, 185), 100, None, None),
        (">", 100, 100, False, 0),
        ("<=", 5, 3, False, 2),
        ("<=", Bounds(5, None), 3, False, Bounds(2, None)),
        ("<", 3, 3, False, 0),
        ("==", 5, 3, False, 2),
        ("==", 1, 3, False, 2),
        (">=", 85, Bounds(100, 120), False, Bounds(15, 35)),
        (">=", 85, None, None, None),
        (">=", None, 0, True, None),  # whatever it is, it is at least 0
        (">=", None, 5, None, None),
    ],
)
def test_gaps_are_never_negative(operator: str, found: Any, required: Any, met: Any, gap: Any) -> None:
    """A gap is how much a number falls short of, or exceeds, what is required, while that is not met."""
    row = Evidence(attrs.evolve(NUMBER, operator=operator), found, required, None)
    assert (row.met, row.gap) == (met, gap)
    assert (row.quantity, row.label.en, row.operator, row.unit) == ("q", "number", operator, "m²")


@pytest.mark.parametrize(
    ("operator", "found", "required", "expected"),
    [
        ("==", "a", Possible(frozenset({"a", "b"})), None),
        ("==", Possible(frozenset({"a"})), "b", False),
        ("==", frozenset({"a"}), frozenset({"a"}), True),
        ("==", Members(frozenset(), frozenset({"a"})), frozenset({"b"}), False),
        ("==", True, True, True),
        ("!=", "a", "b", True),
        ("in", "a", frozenset({"a"}), True),
        ("not in", "a", frozenset({"a"}), False),
        ("contains", frozenset({"a"}), "a", True),
        ("lacks", frozenset({"a"}), "b", True),
        ("includes", frozenset({"a", "b"}), frozenset({"b"}), True),
        ("includes not all of", frozenset({"a"}), frozenset({"b"}), True),
        ("within", frozenset({"a"}), frozenset({"a", "b"}), True),
        ("not within", frozenset({"c"}), frozenset({"a", "b"}), True),
        ("has the text", "abc", "b", True),
        ("has not the text", "abc", "b", False),
        ("starts with", "abc", "a", True),
        ("does not start with", "abc", "a", False),
        ("ends with", "abc", "c", True),
        ("does not end with", "abc", "c", False),
        ("starts with", Possible(None), "c", None),
        ("starts with", "abc", Possible(None), None),
    ],
)
def test_operators_of_evidence(operator: str, found: Any, required: Any, expected: Any) -> None:
    """Every operator tells whether what was found is as required."""
    row = Evidence(Quantity("q", Bilingual("", ""), operator), found, required, None)
    assert (row.met, row.gap) == (expected, None)


def test_nothing_is_observed_where_there_are_no_rows() -> None:
    """Evidence of no rows has nothing to show, though nothing is missing."""
    row = Evidence(attrs.evolve(NUMBER, of_no_rows=True), None, 20, None)
    assert (row.observed, row.met, row.gap, row.is_of_no_rows) == (None, True, None, True)
    assert row.to_dict()["observed"] is None


# Sentences


def test_a_criterion_is_said_as_a_sentence() -> None:
    """A condition, one that applies sometimes, and a judgement are each said in both languages."""
    standard = draft(
        "center.has_flag", {"require": "center.has_flag", "applies_when": "center.has_emblem"}, {"judge": []}
    )
    plain, sometimes, judged = (sentence(standard, one) for one in standard.criteria)
    assert plain.zh in sometimes.zh
    assert sometimes.zh.startswith("适用于")
    assert sometimes.en.startswith("where ")
    assert judged == Bilingual("由人认定：是／否", "a person finds: yes / no")

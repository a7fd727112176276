# SPDX-License-Identifier: MIT
"""Ledgers in JSON, from a file or already parsed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from platformrules.dossiers import Judgement, Waiver
from platformrules.errors import LedgerError
from platformrules.ledger import Ledger, read_ledger
from platformrules.models import Activity, Center
from platformrules.periods import Period
from platformrules.standards.model import Standard

Reading = Callable[..., Ledger]


@pytest.fixture
def given(standard: Standard) -> Reading:
    """Read dossiers that are already parsed, as of 2020."""

    def reading(*dossiers: Any, **keys: Any) -> Ledger:
        return read_ledger({"period": "2020", **keys, "dossiers": list(dossiers)}, standard)

    return reading


def found(ledger: Ledger) -> list[tuple[str, str]]:
    """Code and place of every problem."""
    return [(one.code, one.place) for one in ledger.problems]


def test_the_shape_of_the_design(given: Reading) -> None:
    """The ledger that design.md shows is read as it stands."""
    ledger = given(
        {
            "center": {"id": "c1", "floor_area_m2": 85},
            "activities": [{"id": "a1", "held_on": "2020-03-01", "attendance": 25}],
            "organizations": None,
            "judgements": {"style": {"value": "yes", "by": "x", "on": "2020-05-20", "reason": "y"}},
            "waivers": {"floor-area": {"reason": "z", "by": "x", "until": "2021-12-31"}},
        },
        as_of=None,
        records_from=None,
        parameters={},
    )
    assert ledger.problems == ()
    dossier = ledger.dossiers[0]
    assert dossier.center == Center(id="c1", floor_area_m2=85)
    assert dossier.activities == (Activity(id="a1", held_on=date(2020, 3, 1), attendance=25),)
    assert dossier.organizations is None
    assert dict(dossier.judgements) == {"style": Judgement(value="yes", by="x", on=date(2020, 5, 20), reason="y")}
    assert dict(dossier.waivers) == {"floor-area": Waiver(reason="z", by="x", until=date(2021, 12, 31))}
    assert (ledger.digest, ledger.as_of) == ("", date(2020, 12, 31))
    assert ledger.rows == {"centers": 1, "activities": 1, "judgements": 1, "waivers": 1}


def test_values_and_texts_that_stand_for_them(given: Reading) -> None:
    """A text that stands for another value is read as in a cell; numbers keep their digits."""
    center = {
        "id": 7,
        "name": "",
        "floor_area_m2": "120.50",
        "right_of_use_years": 5.5,
        "local_fiscal_funding": Decimal("30000.25"),
        "full_time_staff": 2.0,
        "stable_served_youth": "500人",
        "opened_on": "2018年5月1日",
        "application_date": date(2020, 9, 1),
        "has_flag": "是",
        "has_emblem": 1,
        "construction_kind": "新建",
        "equipment": ["电脑", "wifi", "投影仪", ""],
        "services": "consulting; venue functions",
        "phone": "***",
        "delisted": None,
    }
    ledger = given({"center": center})
    assert ledger.problems == ()
    assert ledger.dossiers[0].center == Center(
        id="7",
        floor_area_m2=Decimal("120.5"),
        right_of_use_years=Decimal("5.5"),
        local_fiscal_funding=Decimal("30000.25"),
        full_time_staff=2,
        stable_served_youth=500,
        opened_on=date(2018, 5, 1),
        application_date=date(2020, 9, 1),
        has_flag=True,
        has_emblem=True,
        construction_kind="new",
        equipment=frozenset({"computer", "wifi", "投影仪"}),
        services=frozenset({"consulting", "venue_function"}),
    )


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("floor_area_m2", -1, "PR503"),
        ("floor_area_m2", 10**14, "PR503"),
        ("floor_area_m2", float("nan"), "PR501"),
        ("floor_area_m2", True, "PR501"),
        ("floor_area_m2", [85], "PR501"),
        ("full_time_staff", 1.5, "PR501"),
        ("full_time_staff", {}, "PR501"),
        ("opened_on", Decimal("sNaN"), "PR501"),
        ("opened_on", "2020-13-01", "PR501"),
        ("opened_on", "2020-W18-5", "PR501"),
        ("opened_on", 43952, "PR501"),
        ("has_flag", "perhaps", "PR501"),
        ("has_flag", 2, "PR501"),
        ("name", ["x"], "PR501"),
        ("construction_kind", "castle", "PR502"),
        ("construction_kind", {"id": "new"}, "PR501"),
        ("services", ["castle"], "PR502"),
        ("services", [1], "PR501"),
        ("services", [["consulting"]], "PR501"),
        ("services", [None], "PR501"),
        ("services", {"consulting": True}, "PR501"),
        ("hubei_site_has_reach", "x", "PR501"),
        ("flor_area_m2", 85, "PR504"),
    ],
    ids=repr,
)
def test_bad_values(given: Reading, name: str, value: object, code: str) -> None:
    """A value that cannot be read is listed with its path, and the rest of the record is kept."""
    ledger = given({"center": {"id": "c1", "address": "x", name: value}})
    assert found(ledger) == [(code, f"$.dossiers[0].center.{name}")]
    assert ledger.dossiers[0].center == Center(id="c1", address="x")


def test_unknown_keys(given: Reading) -> None:
    """Keys that nothing reads are listed, wherever they stand."""
    ledger = given(
        {
            "center": {"id": "c1", "面积": 85},
            "activites": [],
            "activities": [{"id": "a1", "centre_id": "c1"}],
            "judgements": {"style": {"value": "yes", "who": "x"}},
            "areas": [],
        },
        perod="2021",
        parameters={"minimum_area": Decimal("90.5")},
        note="made up",
    )
    assert found(ledger) == [
        ("PR504", "$.perod"),
        ("PR504", "$.dossiers[0].center.面积"),
        ("PR504", "$.dossiers[0].activites"),
        ("PR504", "$.dossiers[0].activities[0].centre_id"),
        ("PR504", "$.dossiers[0].judgements.style.who"),
        ("PR504", "$.dossiers[0].areas"),
    ]
    assert "did you mean `period`?" in str(ledger.problems[0])
    assert (dict(ledger.parameters), ledger.note) == ({"minimum_area": Decimal("90.5")}, "made up")


def test_subjects_that_cannot_be_judged(given: Reading) -> None:
    """A dossier without the subject of the standard, or whose id stands twice, is listed and left out."""
    ledger = given(
        {"center": {"id": "c1"}},
        {"center": {"id": "c1", "name": "again"}},
        {"organization": {"id": "o1"}},
        {"center": {"id": "c2"}, "area": {"id": "a"}},
        {},
        "c3",
        {"center": "c4"},
        {"center": {"name": "nameless"}},
    )
    assert [one.subject.id for one in ledger.dossiers] == ["c1", "dossiers[7].center"]
    assert found(ledger) == [
        ("PR506", "$.dossiers[1].center.id"),
        ("PR511", "$.dossiers[2]"),
        ("PR511", "$.dossiers[3]"),
        ("PR511", "$.dossiers[4]"),
        ("PR501", "$.dossiers[5]"),
        ("PR501", "$.dossiers[6].center"),
        ("PR507", "$.dossiers[7].center"),
    ]


def test_relations(given: Reading) -> None:
    """A relation left out or null is not recorded, an empty list is none; doubles and other things are listed."""
    rows = [
        {"id": "a1"},
        {"id": "a1"},
        {},
        None,
        {"id": "a1", "center_id": "c2"},
        {"held_on": "2019-05-01"},
        {"id": None},
    ]
    ledger = given(
        {"center": {"id": "c1"}, "activities": rows, "organizations": []},
        {"center": {"id": "c2"}, "activities": {"id": "a1"}},
    )
    first, second = ledger.dossiers
    assert [(one.id, one.center_id) for one in first.activities or ()] == [
        ("dossiers[0].activities[5]", None),
        ("a1", None),
        ("a1", "c2"),
        ("dossiers[0].activities[2]", None),
        ("dossiers[0].activities[6]", None),
    ]
    assert (first.organizations, second.activities, second.organizations) == ((), None, None)
    assert found(ledger) == [
        ("PR501", "$.dossiers[0].activities[3]"),
        ("PR509", "$.dossiers[0].activities![5]"),
        ("PR506", "$.dossiers[0].activities[1].id"),
        ("PR501", "$.dossiers[1].activities"),
    ]


def test_judgements_and_waivers(given: Reading) -> None:
    """Several judgements of several roles are kept; what does not fit the standard is listed."""
    ledger = given(
        {
            "center": {"id": "c1"},
            "judgements": {
                "style": [
                    {"value": "no", "role": "city"},
                    {"value": "yes", "role": "province", "by": "***"},
                    {"value": "no", "role": "province"},
                    {"value": "perhaps"},
                    {},
                    5,
                ],
                "attractiveness": {"value": "yes", "on": "soon"},
                "other/standard#points": {"value": 7},
                "nothing": {"value": "yes"},
                "floor-area": {"value": "yes"},
            },
            "waivers": {"nothing": {}, "floor-area": {"until": "2021-1-1"}, "style": "x", "other/standard#x": {}},
        },
        {"center": {"id": "c2"}, "judgements": [], "waivers": "x"},
    )
    first, second = ledger.dossiers
    assert dict(first.judgements) == {
        "style": (Judgement(value="no", role="city"), Judgement(value="yes", role="province")),
        "attractiveness": Judgement(value="yes"),
        "other/standard#points": Judgement(value=7),
    }
    assert dict(first.waivers) == {
        "floor-area": Waiver(reason="", until=date(2021, 1, 1)),
        "other/standard#x": Waiver(reason=""),
    }
    assert (dict(second.judgements), dict(second.waivers)) == ({}, {})
    assert sorted(found(ledger)) == [
        ("PR501", "$.dossiers[0].judgements.attractiveness.on"),
        ("PR501", "$.dossiers[0].judgements.style[5]"),
        ("PR501", "$.dossiers[0].waivers.style"),
        ("PR501", "$.dossiers[1].judgements"),
        ("PR501", "$.dossiers[1].waivers"),
        ("PR506", "$.dossiers[0].judgements.style[2]"),
        ("PR512", "$.dossiers[0].judgements.floor-area.value"),
        ("PR512", "$.dossiers[0].judgements.nothing"),
        ("PR512", "$.dossiers[0].judgements.style[3].value"),
        ("PR512", "$.dossiers[0].waivers.nothing"),
    ]


def test_settings(given: Reading, standard: Standard) -> None:
    """Period, day and beginning of the records stand beside the dossiers; what cannot be read is listed."""
    ledger = given({"center": {"id": "c1"}}, period=2020, as_of="2020-06-30", records_from="2019-01-01")
    dossier = ledger.dossiers[0]
    assert (dossier.period, dossier.as_of, dossier.records_from) == (
        Period.year(2020),
        date(2020, 6, 30),
        date(2019, 1, 1),
    )
    period, moment = Period.year(2020), datetime(2020, 6, 30, 12)
    ready = given({"center": {"id": "c1"}}, period=period, as_of=moment, records_from=moment.date())
    assert (ready.period, ready.as_of, ready.dossiers[0].records_from) == (period, moment.date(), moment.date())
    bad = read_ledger(
        {"period": [2020], "as_of": True, "parameters": [], "dossiers": []}, standard, period=Period.year(2020)
    )
    assert found(bad) == [("PR515", "$.period"), ("PR515", "$.as_of")]
    bad = read_ledger({"parameters": "x", "dossiers": []}, standard, period=Period.year(2020))
    assert found(bad) == [("PR515", "$.parameters")]
    with pytest.raises(LedgerError, match="no period"):
        read_ledger({"dossiers": []}, standard)


def test_files(tmp_path: Path, standard: Standard) -> None:
    """A file may begin with a byte order mark; its digits are kept; its hash is told."""
    path = tmp_path / "ledger.json"
    text = '{"period": "2020", "dossiers": [{"center": {"id": "甲", "floor_area_m2": 99999999999999.9999}}]}'
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    ledger = read_ledger(path, standard)
    center = ledger.dossiers[0].center
    assert center is not None
    assert (center.id, center.floor_area_m2) == ("甲", Decimal("99999999999999.9999"))
    assert (ledger.problems, len(ledger.digest)) == ((), 64)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"dossiers": {}}', '{"dossiers": 5}', "{", "[" * 100_000, "9" * 5000, "\xff"],
    ids=["nothing", "list", "no dossiers", "object", "number", "cut", "deep", "digits", "latin"],
)
def test_no_ledger(tmp_path: Path, standard: Standard, text: str) -> None:
    """What is no JSON, or no ledger, is refused in both languages."""
    path = tmp_path / "ledger.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(LedgerError, match=r"ledger\.json .* / .*ledger\.json"):
        read_ledger(path, standard, period=Period.year(2020))
    with pytest.raises(LedgerError, match="list `dossiers`"):
        read_ledger({"dossiers": 5}, standard, period=Period.year(2020))


def test_progress(given: Reading, standard: Standard) -> None:
    """Whoever waits is told how many dossiers are read."""
    told: list[Any] = []
    data = {"period": "2020", "dossiers": [{"center": {"id": f"c{number}"}} for number in range(250)]}
    read_ledger(data, standard, progress=lambda *given: told.append(given))
    assert told == [(100, 250), (200, 250), (250, 250)]
    assert given().dossiers == ()


def test_a_problem_is_one_safe_line(given: Reading) -> None:
    """No control character of a ledger reaches a terminal, and a problem never takes two lines."""
    ledger = given({"center": {"id": "c1", "opened_on": "\x1b[2J\n\u202e2020", "x\x1b\ny": 1}})
    assert len(ledger.problems) == 2
    for one in ledger.problems:
        for text in (str(one), one.text("zh"), one.text("en")):
            assert text.isprintable()
    assert json.dumps(str(ledger.problems[0]))

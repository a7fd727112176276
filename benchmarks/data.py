# SPDX-License-Identifier: MIT
"""The one center of the measurements, as parsed JSON and as records, and random relatives of it.

Everything is complete, except what ``incomplete`` and ``almost_complete`` take away.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from platformrules import Activity, Center, Dossier, Judgement, Organization, Period

YEAR = 2020
ACTIVITIES = 70
RECORDS = ("plan", "pictures", "summary", "participant_list")
DOCUMENTS = ("internal_duties", "operating_rules", "activity_workflow", "management_measures")
PARTICIPANTS = ("school", "enterprise", "agency", "youth_organization")

#: A ledger of one center, as ``json.loads`` gives it.
Ledger = dict[str, Any]


def complete() -> Ledger:
    """One center with 70 activities of the year that meets all 25 criteria; nothing is missing."""
    days = [date(YEAR, 1, 1) + timedelta(index * 365 // (ACTIVITIES - 1)) for index in range(ACTIVITIES)]
    activities = [
        {
            "id": f"a{index + 1}",
            "held_on": day.isoformat(),
            "attendance": 20 + index * 7 % 41,
            "hubei_records": list(RECORDS),
        }
        for index, day in enumerate(days)
    ]
    center = {
        "id": "c1",
        "name": "青年中心",
        "opened_on": "2016-05-04",
        "demo_levels": ["county", "city"],
        "site_youth_dense": True,
        "site_transport_convenient": True,
        "hubei_site_has_reach": True,
        "floor_area_m2": 128.5,
        "owned_by_league": False,
        "right_of_use_years": 8,
        "plaque_displayed": True,
        "plaque_prominent": True,
        "has_flag": True,
        "has_emblem": True,
        "style_practical": True,
        "style_fashionable": True,
        "hubei_theme_distinct": True,
        "attractive_to_youth": True,
        "equipment": ["computer", "tv", "audio", "wifi"],
        "has_necessary_facilities": True,
        "rule_documents": list(DOCUMENTS),
        "resource_kinds": ["party_government", "social", "market"],
        "local_fiscal_funding": 36500.5,
        "hubei_regional_participants": list(PARTICIPANTS),
        "projects_fit_local_needs": True,
        "services": ["basic_league_affairs", "consulting", "culture_sports_leisure"],
        "hubei_project_plans_complete": True,
        "full_time_staff": 1,
        "part_time_main_staff": 3,
        "workforce_kinds": ["league_cadre", "volunteer"],
        "stable_served_youth": 640,
    }
    organizations = [
        {"id": f"o{index + 1}", "name": f"社会组织{index + 1}", "relations": relations}
        for index, relations in enumerate((["partner"], ["resident", "partner"], ["partner"], ["own"], ["partner"]))
    ]
    judgements = {"style": {"value": "yes"}, "attractiveness": {"value": "yes"}}
    return {
        "period": str(YEAR),
        "dossiers": [
            {"center": center, "activities": activities, "organizations": organizations, "judgements": judgements}
        ],
    }


def incomplete() -> Ledger:
    """The same with three facts not recorded, every tenth activity without its attendance, one without its date."""
    ledger = complete()
    dossier = ledger["dossiers"][0]
    for fact in ("floor_area_m2", "has_emblem", "services"):
        dossier["center"][fact] = None
    for activity in dossier["activities"][4::10]:
        activity["attendance"] = None
    dossier["activities"][9]["held_on"] = None
    return ledger


def almost_complete() -> Ledger:
    """The complete one with one fact not recorded, which shows only when the criteria are computed."""
    ledger = complete()
    ledger["dossiers"][0]["center"]["services"] = None
    return ledger


def varied(random: Random) -> Ledger:
    """The complete center with some facts on the other side of their threshold, or on it; still nothing is missing.

    Now and then a judgement is, and the day judged is later than the last of the year.
    """
    ledger = complete()
    if random.random() < 0.3:
        ledger["as_of"] = random.choice(("2021-02-28", "2021-04-30", "2022-01-01"))
    dossier = ledger["dossiers"][0]
    center = dossier["center"]
    doubt = random.choice((0.02, 0.1, 0.4))
    for fact, value in center.items():
        if random.random() < doubt:
            center[fact] = _other(fact, value, random)
    dossier["activities"] = _activities(random, doubt)
    for organization in dossier["organizations"]:
        if random.random() < doubt:
            organization["relations"] = random.sample(("own", "resident", "partner"), random.randrange(3))
    for criterion in list(dossier["judgements"]):
        if random.random() < doubt:
            dossier["judgements"][criterion] = {"value": random.choice(("yes", "no"))}
        if random.random() < doubt / 4:
            del dossier["judgements"][criterion]
    return ledger


_NEAR: Mapping[str, tuple[Any, ...]] = {
    "opened_on": ("2019-12-31", "2020-01-01", "2019-01-01", "2020-02-29", "2020-03-01", "2020-12-31"),
    "floor_area_m2": (99, 99.9999, 100, 100.0001),
    "right_of_use_years": (0, 4.9, 5, 5.5),
    "local_fiscal_funding": (0, 29999.99, 30000),
    "full_time_staff": (0, 1),
    "part_time_main_staff": (0, 1, 2),
    "stable_served_youth": (499, 500, 501),
}


def _other(fact: str, value: Any, random: Random) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, list):
        return random.sample(value, random.randrange(len(value) + 1))
    return random.choice(_NEAR.get(fact, (value,)))


def _activities(random: Random, doubt: float) -> list[dict[str, Any]]:
    """A busy or a lazy year, with activities of the days around it."""
    dense = random.choice((True, True, False))
    count = random.choice((58, 59, 60, 61, 70, 90))
    days = [date(YEAR, index % 12 + 1, random.randint(1, 29)) for index in range(count)]
    if not dense:
        days = [date(YEAR, 1, 1) + timedelta(random.randrange(366)) for _ in range(random.randrange(count))]
    days += [date(YEAR - 1, 12, 31), date(YEAR + 1, 1, 1), date(YEAR - 2, 6, 1)][: random.randrange(4)]
    return [
        {
            "id": f"a{index + 1}",
            "held_on": day.isoformat(),
            "attendance": random.choice((0, 19, 20)) if random.random() < doubt / 20 else random.randint(20, 60),
            "hubei_records": list(RECORDS[1:] if random.random() < doubt / 20 else RECORDS),
        }
        for index, day in enumerate(days)
    ]


def parsed(ledger: Ledger) -> Ledger:
    """The ledger as this library wants JSON to be parsed: numbers with a fraction are decimals."""
    return json.loads(json.dumps(ledger), parse_float=Decimal)  # type: ignore[no-any-return]


def dossier_by_hand(ledger: Ledger) -> Dossier:
    """The dossier of parsed JSON by plain constructor calls, dates and decimals converted by hand."""
    given = ledger["dossiers"][0]
    center = given["center"]
    return Dossier(
        center=Center(
            id=center["id"],
            name=center["name"],
            opened_on=_day(center["opened_on"]),
            demo_levels=frozenset(center["demo_levels"]),
            site_youth_dense=center["site_youth_dense"],
            site_transport_convenient=center["site_transport_convenient"],
            floor_area_m2=_decimal(center["floor_area_m2"]),
            owned_by_league=center["owned_by_league"],
            right_of_use_years=_decimal(center["right_of_use_years"]),
            plaque_displayed=center["plaque_displayed"],
            plaque_prominent=center["plaque_prominent"],
            has_flag=center["has_flag"],
            has_emblem=center["has_emblem"],
            style_practical=center["style_practical"],
            style_fashionable=center["style_fashionable"],
            attractive_to_youth=center["attractive_to_youth"],
            equipment=frozenset(center["equipment"]),
            has_necessary_facilities=center["has_necessary_facilities"],
            rule_documents=frozenset(center["rule_documents"]),
            resource_kinds=frozenset(center["resource_kinds"]),
            local_fiscal_funding=_decimal(center["local_fiscal_funding"]),
            projects_fit_local_needs=center["projects_fit_local_needs"],
            services=_set(center["services"]),
            full_time_staff=center["full_time_staff"],
            part_time_main_staff=center["part_time_main_staff"],
            workforce_kinds=frozenset(center["workforce_kinds"]),
            stable_served_youth=center["stable_served_youth"],
            facts={
                "hubei_site_has_reach": center["hubei_site_has_reach"],
                "hubei_theme_distinct": center["hubei_theme_distinct"],
                "hubei_regional_participants": frozenset(center["hubei_regional_participants"]),
                "hubei_project_plans_complete": center["hubei_project_plans_complete"],
            },
        ),
        activities=[
            Activity(
                id=one["id"],
                held_on=_day(one["held_on"]),
                attendance=one["attendance"],
                facts={"hubei_records": frozenset(one["hubei_records"])},
            )
            for one in given["activities"]
        ],
        organizations=[
            Organization(id=one["id"], name=one["name"], relations=frozenset(one["relations"]))
            for one in given["organizations"]
        ],
        judgements={name: Judgement(value=one["value"]) for name, one in given["judgements"].items()},
        period=Period.year(int(ledger["period"])),
        as_of=_day(ledger.get("as_of")),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _decimal(number: Any) -> Decimal | None:
    return None if number is None else Decimal(number)


def _set(items: list[str] | None) -> frozenset[str] | None:
    return None if items is None else frozenset(items)

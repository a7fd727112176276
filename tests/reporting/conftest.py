# SPDX-License-Identifier: MIT
"""Centers judged by Hubei's demonstration standard: good, bad, with gaps, and with hostile texts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import platformrules as pr
from platformrules.languages import Bilingual
from platformrules.ledger.problems import Problem
from platformrules.reporting import Publication, publish
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import RuleSource, load_rulebook

HUBEI = Path(__file__).parents[2] / "plugins" / "hubei" / "src" / "platformrules_hubei"

#: Markup, formulas, terminal controls and bidi overrides, as a ledger may hold them.
HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!--<script>",
    "{{ 7*7 }}{% raw %}",
    "=cmd|'/c calc'!A1",
    '+HYPERLINK("http://x","y")',
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\x1b[2J\x1b]0;owned\x07",
    "\u202eevil\u2066\u200f",
    "a\nb\r\nc",
    "<r><t>raw</t></r>",
    "_x0041_",
    "\ufffe\uffff",
    "half \ud800 pair",
    "9" * 5000,
)

_CORE: dict[str, Any] = {
    "demo_levels": {"city", "county"},
    "opened_on": date(2017, 5, 4),
    "site_youth_dense": True,
    "site_transport_convenient": True,
    "floor_area_m2": 180,
    "owned_by_league": False,
    "right_of_use_years": 10,
    "plaque_displayed": True,
    "plaque_prominent": True,
    "has_flag": True,
    "has_emblem": True,
    "style_practical": True,
    "style_fashionable": True,
    "attractive_to_youth": True,
    "equipment": {"computer", "tv", "audio", "wifi"},
    "has_necessary_facilities": True,
    "rule_documents": {"internal_duties", "operating_rules", "activity_workflow", "management_measures"},
    "resource_kinds": {"social", "market"},
    "local_fiscal_funding": 50000,
    "projects_fit_local_needs": True,
    "services": {"consulting", "basic_league_affairs"},
    "full_time_staff": 2,
    "part_time_main_staff": 0,
    "workforce_kinds": {"volunteer"},
    "stable_served_youth": 860,
}
_OF_HUBEI: dict[str, Any] = {
    "hubei_site_has_reach": True,
    "hubei_theme_distinct": True,
    "hubei_regional_participants": {"school", "enterprise", "agency", "youth_organization"},
    "hubei_project_plans_complete": True,
}
_RECORDS = frozenset({"plan", "pictures", "summary", "participant_list"})


def dossier(
    name: str | None = "沿江社区青少年空间",
    key: str = "c1",
    *,
    monthly: int = 5,
    attendance: int | None = 25,
    judgements: dict[str, pr.Judgement] | None = None,
    waivers: dict[str, pr.Waiver] | None = None,
    of_hubei: dict[str, Any] | None = None,
    **facts: Any,
) -> pr.Dossier:
    """A center that meets everything, but for what is given otherwise."""
    activities = [
        pr.Activity(
            id=f"{key[:8]}-{month}-{number}",
            held_on=date(2020, month, 3 * number + 1),
            attendance=attendance,
            facts={"hubei_records": _RECORDS},
        )
        for month in range(1, 13)
        for number in range(monthly)
    ]
    center = pr.Center(id=key, name=name, facts={**_OF_HUBEI, **(of_hubei or {})}, **{**_CORE, **facts})
    judged = {one: pr.Judgement(value="yes", by="王小明", on=date(2020, 11, 3)) for one in ("style", "attractiveness")}
    return pr.Dossier(
        center=center,
        activities=activities,
        organizations=[pr.Organization(id=f"o{number}", relations={"partner"}) for number in range(3)],
        judgements=judged if judgements is None else judgements,
        waivers=waivers or {},
        period=pr.Period.year(2020),
    )


def dossiers() -> list[pr.Dossier]:
    """One center of each kind; c10 stands before c2, as the alphabet has them."""
    return [
        dossier("达标的中心", "c1"),
        dossier(
            "未达标的中心",
            "c10",
            floor_area_m2=Decimal("85.5"),
            equipment={"computer", "tv", "投影仪"},
            local_fiscal_funding=10000,
            monthly=3,
            attendance=18,
            plaque_prominent=False,
        ),
        dossier(
            None,
            "c2",
            floor_area_m2=None,
            opened_on=None,
            full_time_staff=0,
            part_time_main_staff=2,
            attendance=None,
            judgements={
                "style": pr.Judgement(value="no", by="王小明", on=date(2020, 11, 3), reason="陈旧", role="县团委")
            },
            waivers={"fiscal-funding": pr.Waiver(reason="贫困县", by="李主任", until=date(2021, 12, 31))},
            local_fiscal_funding=0,
        ),
    ]


PROBLEMS = (
    Problem(
        "PR501",
        Bilingual("“建筑面积”读不出来，按未填报处理", "“floor area” cannot be read and counts as not recorded"),
        "青年中心",
        "F7",
        "约一百多平",
        Bilingual("一个数，例如120", "a number, such as 120"),
    ),
    Problem("PR510", Bilingual("工作表没有读取", "a sheet was not read"), "备注"),
)


@pytest.fixture(scope="session")
def standard() -> Standard:
    """Hubei's demonstration standard, from the source tree."""
    return load_rulebook([RuleSource("hubei", HUBEI, "0.1.0")])["hubei/demonstration"]


@pytest.fixture(scope="session")
def make(standard: Standard) -> Callable[..., Publication]:
    """A function that publishes dossiers: those of every kind unless others are given."""

    def made(given: list[pr.Dossier] | None = None, by: Standard = standard, **settings: Any) -> Publication:
        reports = [pr.evaluate(by, one) for one in (dossiers() if given is None else given)]
        settings = {"problems": PROBLEMS, "input_digest": "9f2c", "chosen": "in force on 2020-12-31", **settings}
        return publish(by, reports, **settings)

    return made


@pytest.fixture(scope="session", params=["zh", "en"])
def publication(request: pytest.FixtureRequest, make: Callable[..., Publication]) -> Publication:
    """Every kind of center, in each language."""
    return make(language=request.param)


@pytest.fixture(scope="session", params=["zh", "en"])
def hostile(request: pytest.FixtureRequest, make: Callable[..., Publication]) -> Publication:
    """Hostile texts wherever a ledger can bring them in, in each language."""
    given = [
        dossier(
            text,
            text,
            equipment={"computer", text},
            judgements={"style": pr.Judgement(value="no", by=text, reason=text, role=text)},
            waivers={"floor-area": pr.Waiver(reason=text, by=text)},
            floor_area_m2=1,
            attendance=None,
        )
        for text in HOSTILE
    ]
    problems = [Problem("PR501", Bilingual(text, text), text, text, text, Bilingual(text, text)) for text in HOSTILE]
    settings = {"problems": problems, "input_digest": HOSTILE[0], "chosen": HOSTILE[0], "note": HOSTILE[0]}
    return make(given, language=request.param, internal=True, **settings)


@pytest.fixture
def one() -> Callable[..., pr.Dossier]:
    """A function that makes a center that meets everything, but for what is given otherwise."""
    return dossier

# SPDX-License-Identifier: MIT
"""The 25 criteria of ``hubei/demonstration`` in two public rule engines, each said as it is quickest there.

What they cannot say is told in README.md. Both take the dossier as plain JSON data and give a truth a criterion.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import datalogic_py
import zen
from data import DOCUMENTS, PARTICIPANTS, RECORDS, YEAR, Ledger

EQUIPMENT = ("computer", "tv", "audio", "wifi")
WORKFORCE = ("league_cadre", "part_time_league_cadre", "youth_social_worker", "volunteer", "village_official")
RESOURCES = ("social", "market")

#: Makes the outcomes of one dossier.
Outcomes = Callable[[Any], Mapping[str, Any]]


def context(ledger: Ledger) -> dict[str, Any]:
    """What a peer reads: the dossier as it is in the ledger, the year and the day."""
    return {"year": f"{YEAR}-", "as_of": ledger.get("as_of", f"{YEAR}-12-31"), **ledger["dossiers"][0]}


# datalogic-py: JSONLogic with the additions of its engine

Rule = Any


def _read(*path: Any) -> Rule:
    return {"val": list(path)}


def _center(fact: str) -> Rule:
    return _read("center", fact)


def _at_least(value: Rule, limit: float) -> Rule:
    return {">=": [value, limit]}


def _includes(items: tuple[str, ...], value: Rule) -> Rule:
    return {"and": [{"in": [item, value]} for item in items]}


def json_logic() -> dict[str, Rule]:
    """One rule a criterion. ``all`` of no rows is false in JSONLogic, so that ``none`` of the contrary is asked."""
    inside = {"filter": [_read("activities"), {"starts_with": [_read("held_on"), _read([1], "year")]}]}
    months = {"group_by": [inside, {"substr": [_read("held_on"), 5, 2]}]}
    partners = {"filter": [_read("organizations"), {"in": ["partner", _read("relations")]}]}
    workforce = {"filter": [list(WORKFORCE), {"in": [_read(), _read([1], "center", "workforce_kinds")]}]}
    opened, as_of = _center("opened_on"), _read("as_of")
    years = {"-": [{"substr": [as_of, 0, 4]}, {"substr": [opened, 0, 4]}]}
    last_is_whole = {">=": [{"substr": [as_of, 5]}, {"substr": [opened, 5]}]}
    return {
        "city-demonstration": {"in": ["city", _center("demo_levels")]},
        "operating-year": _at_least({"-": [years, {"if": [last_is_whole, 0, 1]}]}, 1),
        "location": {
            "and": [_center("site_youth_dense"), _center("site_transport_convenient"), _center("hubei_site_has_reach")]
        },
        "floor-area": _at_least(_center("floor_area_m2"), 100),
        "tenure": {"or": [_center("owned_by_league"), _at_least(_center("right_of_use_years"), 5)]},
        "plaque": {"and": [_center("plaque_displayed"), _center("plaque_prominent")]},
        "league-marks": {"and": [_center("has_flag"), _center("has_emblem")]},
        "style": {"==": [_read("judgements", "style", "value"), "yes"]},
        "attractiveness": {"==": [_read("judgements", "attractiveness", "value"), "yes"]},
        "equipment": {"and": [_includes(EQUIPMENT, _center("equipment")), _center("has_necessary_facilities")]},
        "documents": _includes(DOCUMENTS, _center("rule_documents")),
        "resources": _includes(RESOURCES, _center("resource_kinds")),
        "fiscal-funding": _at_least(_center("local_fiscal_funding"), 30000),
        "regional-participation": _includes(PARTICIPANTS, _center("hubei_regional_participants")),
        "local-needs": _center("projects_fit_local_needs"),
        "service-categories": _at_least({"length": _center("services")}, 2),
        "project-plans": _center("hubei_project_plans_complete"),
        "activity-records": {"none": [inside, {"!": [_includes(RECORDS, _read("hubei_records"))]}]},
        "staff": {"or": [_at_least(_center("full_time_staff"), 1), _at_least(_center("part_time_main_staff"), 2)]},
        "workforce": _at_least({"length": workforce}, 1),
        "stable-youth": _at_least(_center("stable_served_youth"), 500),
        "partner-organizations": _at_least({"length": partners}, 3),
        # A month without activities makes no group: twelve months must be good, not every group.
        "monthly-activities": {"==": [{"length": {"filter": [months, _at_least({"length": _read("items")}, 4)]}}, 12]},
        "yearly-activities": _at_least({"length": inside}, 60),
        "attendance": {"none": [inside, {"<": [_read("attendance"), 20]}]},
    }


def compile_datalogic() -> tuple[Outcomes, Outcomes]:
    """What makes outcomes of parsed JSON, and of a handle that ``prepare_datalogic`` made."""
    engine = datalogic_py.Engine()
    session = engine.session()
    rule = engine.compile_template(json_logic())
    return (
        lambda given: session.evaluate(rule, given),
        lambda handle: session.evaluate_data(rule, handle),
    )


def prepare_datalogic(given: Mapping[str, Any]) -> Any:
    """Data as the engine has it inside."""
    return datalogic_py.DataHandle(given)


# zen-engine: a decision graph of JDM with one expression node


def _each_in(items: tuple[str, ...], value: str) -> str:
    return " and ".join(f'"{item}" in {value}' for item in items)


def zen_expressions() -> dict[str, str]:
    """One expression a criterion, and helpers whose names begin with an underscore."""
    months = ", ".join(f'"{month:02}"' for month in range(1, 13))
    return {
        "_inside": "filter(activities, startsWith(#.held_on, year))",
        "_months": "map($._inside, #.held_on[5:6])",
        "city-demonstration": '"city" in center.demo_levels',
        "operating-year": 'd(as_of).diff(d(center.opened_on), "year") >= 1',
        "location": "center.site_youth_dense and center.site_transport_convenient and center.hubei_site_has_reach",
        "floor-area": "center.floor_area_m2 >= 100",
        "tenure": "center.owned_by_league or center.right_of_use_years >= 5",
        "plaque": "center.plaque_displayed and center.plaque_prominent",
        "league-marks": "center.has_flag and center.has_emblem",
        "style": 'judgements.style.value == "yes"',
        "attractiveness": 'judgements.attractiveness.value == "yes"',
        "equipment": f"{_each_in(EQUIPMENT, 'center.equipment')} and center.has_necessary_facilities",
        "documents": _each_in(DOCUMENTS, "center.rule_documents"),
        "resources": _each_in(RESOURCES, "center.resource_kinds"),
        "fiscal-funding": "center.local_fiscal_funding >= 30000",
        "regional-participation": _each_in(PARTICIPANTS, "center.hubei_regional_participants"),
        "local-needs": "center.projects_fit_local_needs",
        "service-categories": "len(center.services) >= 2",
        "project-plans": "center.hubei_project_plans_complete",
        "activity-records": f"all($._inside as a, {_each_in(RECORDS, 'a.hubei_records')})",
        "staff": "center.full_time_staff >= 1 or center.part_time_main_staff >= 2",
        "workforce": f"some(center.workforce_kinds, # in {json.dumps(WORKFORCE)})",
        "stable-youth": "center.stable_served_youth >= 500",
        "partner-organizations": 'count(organizations as o, "partner" in o.relations) >= 3',
        "monthly-activities": f"all([{months}] as m, count($._months, # == m) >= 4)",
        "yearly-activities": "len($._inside) >= 60",
        "attendance": "all($._inside as a, a.attendance >= 20)",
    }


def decision_graph() -> str:
    """The graph as JSON text: input, expressions, output."""
    expressions = [{"id": name, "key": name, "value": value} for name, value in zen_expressions().items()]
    nodes = [
        {"id": "input", "type": "inputNode", "name": "Request"},
        {
            "id": "criteria",
            "type": "expressionNode",
            "name": "Criteria",
            "content": {"expressions": expressions, "passThrough": False},
        },
        {"id": "output", "type": "outputNode", "name": "Response"},
    ]
    edges = [
        {"id": f"{one}-{other}", "type": "edge", "sourceId": one, "targetId": other}
        for one, other in (("input", "criteria"), ("criteria", "output"))
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def compile_zen() -> Outcomes:
    """What makes outcomes of parsed JSON; zen-engine has no prepared data."""
    decision = zen.ZenEngine().create_decision(decision_graph())
    return lambda given: decision.evaluate(given)["result"]

# SPDX-License-Identifier: MIT
"""``hubei/demonstration`` written by hand: what a careful programmer would write for this one standard.

One tuple (outcome, observed, required) a criterion, and the verdict. Complete data of a calendar year that is over,
the period filter included. An outcome is ``None`` where a person has not judged yet; then the verdict is ``None`` too,
unless it is settled anyway. ``agreement.py`` holds it against the report on many random dossiers.
"""

from __future__ import annotations

from datetime import date
from typing import Any

RECORDS = frozenset({"plan", "pictures", "summary", "participant_list"})
EQUIPMENT = frozenset({"computer", "tv", "audio", "wifi"})
DOCUMENTS = frozenset({"internal_duties", "operating_rules", "activity_workflow", "management_measures"})
RESOURCES = frozenset({"social", "market"})
PARTICIPANTS = frozenset({"school", "enterprise", "agency", "youth_organization"})
WORKFORCE = frozenset(
    {"league_cadre", "part_time_league_cadre", "youth_social_worker", "volunteer", "village_official"}
)

Row = tuple[bool | None, Any, Any]


def demonstration(
    center: Any, activities: Any, organizations: Any, judgements: Any, year: int, as_of: date
) -> tuple[str | None, tuple[Row, ...]]:
    """The verdict and one row a criterion; ``as_of`` is the last day of the year or later."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    months = [0] * 12
    total = 0
    fewest = None
    records_kept = True
    for activity in activities:
        day = activity.held_on
        if first <= day <= last:
            total += 1
            months[day.month - 1] += 1
            attendance = activity.attendance
            if fewest is None or attendance < fewest:
                fewest = attendance
            if not activity.facts["hubei_records"] >= RECORDS:
                records_kept = False
    partners = 0
    for organization in organizations:
        if "partner" in organization.relations:
            partners += 1
    opened = center.opened_on
    years = as_of.year - opened.year
    if (as_of.month, as_of.day) < (opened.month, opened.day) and not _leap_year_is_whole(opened, as_of):
        years -= 1
    location = center.site_youth_dense, center.site_transport_convenient, center.facts["hubei_site_has_reach"]
    area = center.floor_area_m2
    tenure = center.owned_by_league, center.right_of_use_years
    plaque = center.plaque_displayed, center.plaque_prominent
    marks = center.has_flag, center.has_emblem
    style, attractive = judgements.get("style"), judgements.get("attractiveness")
    equipment = center.equipment, center.has_necessary_facilities
    participants = center.facts["hubei_regional_participants"]
    plans = center.facts["hubei_project_plans_complete"]
    categories = len(center.services)
    staff = center.full_time_staff, center.part_time_main_staff
    workforce = len(center.workforce_kinds & WORKFORCE)
    funding, youth, fit = center.local_fiscal_funding, center.stable_served_youth, center.projects_fit_local_needs
    least_month = min(months)
    style_shown = None if style is None else style.value == "yes"
    attractive_found = None if attractive is None else attractive.value == "yes"
    rows: tuple[Row, ...] = (
        ("city" in center.demo_levels, center.demo_levels, "city"),
        (years >= 1, years, 1),
        (location[0] and location[1] and location[2], location, True),
        (area >= 100, area, 100),
        (tenure[0] or tenure[1] >= 5, tenure, (True, 5)),
        (plaque[0] and plaque[1], plaque, True),
        (marks[0] and marks[1], marks, True),
        (style_shown, style, "yes"),
        (attractive_found, attractive, "yes"),
        (equipment[0] >= EQUIPMENT and equipment[1], equipment, (EQUIPMENT, True)),
        (center.rule_documents >= DOCUMENTS, center.rule_documents, DOCUMENTS),
        (center.resource_kinds >= RESOURCES, center.resource_kinds, RESOURCES),
        (funding >= 30000, funding, 30000),
        (participants >= PARTICIPANTS, participants, PARTICIPANTS),
        (fit, fit, True),
        (categories >= 2, categories, 2),
        (plans, plans, True),
        (records_kept, records_kept, RECORDS),
        (staff[0] >= 1 or staff[1] >= 2, staff, (1, 2)),
        (workforce >= 1, workforce, 1),
        (youth >= 500, youth, 500),
        (partners >= 3, partners, 3),
        (least_month >= 4, least_month, 4),
        (total >= 60, total, 60),
        (fewest is None or fewest >= 20, fewest, 20),
    )
    outcomes = [row[0] for row in rows]
    area_suffices = outcomes.pop(3)
    if False in outcomes:
        return "not-eligible", rows
    if None in outcomes:
        return None, rows
    return ("eligible" if area_suffices else "needs-exception"), rows


def _leap_year_is_whole(opened: date, as_of: date) -> bool:
    """Whether a year begun on 29 February is over on 28 February, because there is no 29th."""
    return opened.day == 29 and opened.month == as_of.month == 2 and as_of.day == 28 and bool(as_of.year % 4)

# SPDX-License-Identifier: MIT
"""A dossier and what is expected of it as ``[[cases]]`` of format.md section 10, ready to paste and to read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from platformrules.bounds import ends
from platformrules.criteria.qualifying import qualified_id
from platformrules.dossiers import Dossier, deciding
from platformrules.models import Record
from platformrules.periods import month_start, window
from platformrules.results import Report, to_json
from platformrules.schema import Relation, Schema
from platformrules.standards.model import Standard
from platformrules.testing.drafts import to_toml

#: A comment beside a fact, by ``center.floor_area_m2`` or ``activities.attendance``; empty if it needs none.
Remark = Callable[[str], str]


def _none(_: str) -> str:
    return ""


def case_toml(
    name: str, standard: Standard, dossier: Dossier, expect: Mapping[str, Any], *, remark: Remark = _none, why: str = ""
) -> str:
    """A worked case as TOML.

    Args:
        name: its id.
        standard: what it is a case of; parameters that it was given are written too.
        dossier: facts that are not recorded are left out.
        expect: the keys of ``expect``.
        remark: what is said beside a fact.
        why: a comment above all.
    """
    schema = standard.schema
    lines = [f"# {line}" for line in why.splitlines()]
    lines += ["[[cases]]", f"id = {to_toml(name)}", f"standard = {to_toml(standard.reference)}"]
    if dossier.period is not None:
        lines.append(f"period = {to_toml(str(dossier.period))}")
    for key in ("as_of", "records_from"):
        if getattr(dossier, key) is not None:
            lines.append(f"{key} = {to_toml(getattr(dossier, key))}")
    empty = [one.id for one in schema.relations.values() if dossier.rows_of(one.id) == ()]
    lines += [f"{relation} = []" + _comment(remark(relation)) for relation in empty]
    if standard.overrides:
        lines += ["", "[cases.parameters]", *_keys(standard.overrides)]
    lines += ["", f"[cases.{dossier.kind}]", *_facts(dossier.subject, schema, dossier.kind, dossier.kind, remark)]
    for relation in schema.relations.values():
        lines += _rows(relation, dossier, schema, remark)
    lines += _judgements("cases.judgements", dossier.judgements, standard, remark)
    for unit, about in dossier.sub_units.items():
        lines += _judgements(f"cases.sub_units.{to_toml(unit)}.judgements", about.judgements, standard, remark)
    if plain := {key: one for key, one in expect.items() if not isinstance(one, Mapping)}:
        lines += ["", "[cases.expect]", *_keys(plain)]
    for key, one in expect.items():
        if isinstance(one, Mapping):
            lines += ["", f"[cases.expect.{key}]", *_keys(one)]
    return "\n".join(lines) + "\n"


def expected(report: Report, *, criteria: Iterable[str] | None = None) -> dict[str, Any]:
    """What a report says, as the keys of ``expect``; of the criteria only some, if they are named."""
    verdict = report.verdict
    wanted = None if criteria is None else set(criteria)
    found: dict[str, Any] = {}
    if wanted is None:
        found = {"verdict": verdict.id} if verdict.id else {"reachable": list(verdict.reachable)}
        if verdict.id and verdict.conforms is not None:
            found["conforms"] = verdict.conforms
        if report.score is not None:
            low, high = ends(report.score)
            limits = {"low": low, "high": high}
            found["score"] = low if low == high else {key: one for key, one in limits.items() if one is not None}
    outcomes = {one.criterion: str(one.outcome) for one in report if wanted is None or one.criterion in wanted}
    return {**found, "criteria": outcomes} if outcomes else found


def plain_value(value: object) -> Any:  # noqa: ANN401 - a value of a report as a case expects it
    """A value of a report in the form in which a case expects it."""
    found = to_json(value)
    if isinstance(found, dict):
        return {key: one for key, one in found.items() if one is not None}
    return "unknown" if found is None else found


def _judgements(table: str, judgements: Mapping[str, Any], standard: Standard, remark: Remark) -> Iterator[str]:
    """The judgements on the standard, and on those whose verdicts it reads."""
    known = {key: one for key, one in judgements.items() if _is_of(key, standard)}
    if known:
        yield from ("", f"[{table}]")
    for key, given in known.items():
        said = deciding(given, [one.id for one in standard.assessors])
        row = {"value": said.value} | ({} if said.role is None else {"role": said.role})
        yield f"{to_toml(key)} = {to_toml(row)}" + _comment(remark(f"judgements.{key}"))


def _is_of(key: str, standard: Standard) -> bool:
    """Whether a judgement is one on this standard, or on one whose verdict it reads."""
    others = {qualified_id(one.id, other.id) for other in standard.readings[1:] for one in other.criteria}
    return key in others or key.removeprefix(f"{standard.id}#") in {one.id for one in standard.criteria}


def _keys(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        yield f"{_key(key)} = {to_toml(value)}"


def _key(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() and key.isascii() else to_toml(key)


def _comment(text: str) -> str:
    return f"  # {text}" if text else ""


def _held(record: Record, schema: Schema, model: str) -> dict[str, Any]:
    """The recorded facts of a record but for its id, in the order of the schema."""
    found = {}
    for name, one in schema.facts[model].items():
        value = record.facts.get(name) if one.plugin else getattr(record, name, None)
        if value is not None and name != "id":
            found[name] = value
    return found


def _facts(record: Record, schema: Schema, model: str, owner: str, remark: Remark) -> Iterator[str]:
    for name, value in _held(record, schema, model).items():
        yield f"{name} = {to_toml(value)}" + _comment(remark(f"{owner}.{name}"))


def _rows(relation: Relation, dossier: Dossier, schema: Schema, remark: Remark) -> Iterator[str]:
    """The rows of a relation: those that differ only in their day or not at all are one row of the file."""
    rows = dossier.rows_of(relation.id) or ()
    named = _referenced(dossier, schema)
    groups: dict[str, tuple[Record, list[date | None]]] = {}
    for row in rows:
        facts = _held(row, schema, relation.model)
        day = facts.pop(relation.dated_by, None) if relation.dated_by else None
        key = to_toml({**facts, "id": row.id if row.id in named else ""})
        groups.setdefault(key, (row, []))[1].append(day)
    for row, days in groups.values():
        for times, several in _by_times(days):
            yield from ("", f"[[cases.{relation.id}]]")
            if row.id in named:
                yield f"id = {to_toml(row.id)}"
            if relation.dated_by and several[0] is not None:
                yield f"{relation.dated_by} = {_days(several, dossier)}" + _comment(
                    remark(f"{relation.id}.{relation.dated_by}")
                )
            if times > 1:
                yield f"times = {times}"
            held = _held(row, schema, relation.model)
            for name, value in held.items():
                if name != relation.dated_by:
                    yield f"{name} = {to_toml(value)}" + _comment(remark(f"{relation.id}.{name}"))


def _by_times(days: list[date | None]) -> Iterator[tuple[int, list[Any]]]:
    """Days that are there equally often, with how often."""
    counted = Counter(days)
    for times in sorted(set(counted.values()), reverse=True):
        yield times, sorted(day for day, number in counted.items() if number == times and day is not None) or [None]


def _days(days: list[Any], dossier: Dossier) -> str:
    if dossier.period is not None and len(days) > 1:
        as_of = dossier.as_of or dossier.period.end
        middle = [month_start(month).replace(day=15) for month in window(dossier.period, as_of).months]
        if days == middle:
            return to_toml("each-month")
    return to_toml(days[0] if len(days) == 1 else days)


def _referenced(dossier: Dossier, schema: Schema) -> set[str]:
    """The ids that other rows name."""
    found: set[str] = set()
    for relation in schema.relations.values():
        keys = [name for name, one in schema.facts[relation.model].items() if one.key and name != "id"]
        for row in dossier.rows_of(relation.id) or ():
            found |= {getattr(row, key) for key in keys if getattr(row, key, None)}
    return found

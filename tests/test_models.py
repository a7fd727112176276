# SPDX-License-Identifier: MIT
"""The four models and the facts that they declare."""

import re
from datetime import date

import attrs
import pytest

from platformrules.models import CORE, MODELS, RELATIONS, Activity, Area, Center, Organization, Record
from platformrules.schema import Fact, FactType

FACTS = [one for facts in CORE.facts.values() for one in facts.values()]
NAMED = [pytest.param(one, id=f"{one.on}.{one.id}") for one in FACTS]


@pytest.mark.parametrize("model", MODELS.values())
def test_nothing_is_recorded_unless_given(model: type[Record]) -> None:
    """Every fact is optional and None, which is not recorded; an id is empty."""
    record = model()
    assert record.id == ""
    assert all(record[name] is None for name in CORE.facts[_name(model)] if name != "id")


@pytest.mark.parametrize("model", MODELS.values())
def test_records_are_frozen_and_take_names_only(model: type[Record]) -> None:
    """A record cannot be changed, has no other attributes, and its facts are given by name."""
    record = model(id="x")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        record.id = "y"
    with pytest.raises(AttributeError):
        object.__setattr__(record, "another", 1)
    with pytest.raises(TypeError):
        model("x")


def _name(model: type[Record]) -> str:
    return next(name for name, one in MODELS.items() if one is model)


# Reading facts


def test_core_and_plugin_facts_are_read_alike() -> None:
    """`record["name"]` gives a core fact, a plugin's fact, or None for what is not recorded."""
    center = Center(id="c1", floor_area_m2=85, facts={"hubei_x": True, "hubei_y": None})
    assert center["floor_area_m2"] == 85
    assert center["hubei_x"] is True
    assert center["hubei_y"] is None
    assert center["name"] is None


@pytest.mark.parametrize("name", ["hubei_z", "facts", "attendance", "__class__", ""])
def test_what_is_no_fact_cannot_be_read(name: str) -> None:
    """Attributes that are no facts, and facts of another model, are unknown."""
    with pytest.raises(KeyError, match=re.escape(repr(name))):
        Center(id="c1")[name]


def test_plugin_facts_are_kept_apart_from_what_was_given() -> None:
    """Changing the given table later changes no record, and the record's own table is read-only."""
    given = {"hubei_x": 1}
    center = Center(id="c1", facts=given)
    given["hubei_x"] = 2
    assert center["hubei_x"] == 1
    with pytest.raises(TypeError):
        center.facts["hubei_x"] = 3


# The declarations


@pytest.mark.parametrize("one", NAMED)
def test_each_fact_is_declared_in_full(one: Fact) -> None:
    """A name that expressions can read, two labels, and the parts that its type needs and no others."""
    assert re.fullmatch("[a-z][a-z0-9_]*", one.id)
    assert one.label.zh
    assert one.label.en
    assert bool(one.values) is (one.type in {FactType.CHOICE, FactType.SET}) or one.open
    assert (one.minimum, one.maximum, one.unit) == (None, None, "") or one.type in {FactType.INTEGER, FactType.DECIMAL}
    assert one.plugin == ""


@pytest.mark.parametrize("one", NAMED)
def test_choices_are_told_apart_by_code_and_label(one: Fact) -> None:
    """No code, and no label in either language, stands for two choices of a fact."""
    spellings = [{choice.id, choice.zh.casefold(), choice.en.casefold()} for choice in one.values]
    assert sum(map(len, spellings)) == len(set().union(*spellings))
    assert all(
        one.code(spelling) == choice.id
        for choice, known in zip(one.values, spellings, strict=True)
        for spelling in known
    )


@pytest.mark.parametrize("model", CORE.facts)
def test_labels_are_told_apart_within_a_model(model: str) -> None:
    """A ledger's heading in either language names one fact."""
    for language in ("zh", "en"):
        labels = [one.label[language] for one in CORE.facts[model].values()]
        assert len(labels) == len(set(labels))


def test_keys_and_personal_facts_are_marked() -> None:
    """Keys are structure; the only personal facts of the core are the head's name and telephone."""
    keys = {(one.on, one.id) for one in FACTS if one.key}
    assert keys == {
        ("center", "id"),
        ("center", "area_id"),
        ("center", "community_id"),
        ("activity", "id"),
        ("activity", "center_id"),
        ("activity", "org_id"),
        ("activity", "community_id"),
        ("organization", "id"),
        ("organization", "center_id"),
        ("organization", "community_id"),
        ("organization", "area_id"),
        ("area", "id"),
        ("area", "parent_id"),
    }
    assert {one.id for one in FACTS if one.personal} == {"head_name", "phone"}


def test_relations_lead_to_models_and_dates() -> None:
    """Activities are dated by the day they were held; the others are registers."""
    assert {(one.id, one.model, one.dated_by) for one in RELATIONS} == {
        ("activities", "activity", "held_on"),
        ("organizations", "organization", None),
        ("centers", "center", None),
        ("areas", "area", None),
    }
    assert CORE.facts["activity"]["held_on"].type is FactType.DATE


@pytest.mark.parametrize(
    ("record", "fact", "expected"),
    [
        (Center(opened_on=date(2019, 5, 1)), "opened_on", date(2019, 5, 1)),
        (Activity(attendance=20), "attendance", 20),
        (Organization(relations=frozenset({"own"})), "relations", {"own"}),
        (Area(level="county"), "level", "county"),
    ],
)
def test_each_model_gives_what_was_recorded(record: Record, fact: str, expected: object) -> None:
    """A fact is an attribute and a key."""
    assert expected == record[fact]
    assert expected == getattr(record, fact)

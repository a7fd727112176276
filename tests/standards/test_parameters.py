# SPDX-License-Identifier: MIT
"""Good parameters, values and scales of a standard: what becomes of each form, and what a run may give."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from platformrules.criteria.datatypes import DATE, NUMBER, SET, TEXT, TRUTH, WHOLE, Kind
from platformrules.criteria.typed import Step
from platformrules.errors import RuleFileError
from platformrules.languages import Bilingual
from platformrules.schema import FactType
from platformrules.standards.dependencies import Circle, reading_order
from platformrules.standards.loader import MAX_DEPTH, MAX_PARTS
from platformrules.testing.drafts import draft

ALL = {
    "constant": {"value": 3, "unit": "m²"},
    "given": {"type": "integer", "minimum": 1, "maximum": 9, "unit": "days"},
    "asked": {"type": "boolean", "title": {"zh": "问", "en": "asked"}},
    "whole": {"by": "center.has_flag", "values": {"true": 1, "false": 2}},
    "with_decimals": {"by": "center.has_flag", "values": {"true": 1}, "otherwise": Decimal("0.5")},
    "both": {"by": ["center.grade", "center.has_flag"], "values": {"poor": {"false": ["x", "y"]}}, "otherwise": ["z"]},
    "bands": {"steps": [{"value": "a"}, {"from": 3, "value": "b"}, {"above": 3, "value": "c"}]},
    "days": {"steps": [{"value": 3}, {"from": date(2016, 1, 1), "value": Decimal("0.5")}]},
}


def test_each_form_of_a_parameter() -> None:
    """A constant has a value; what the run gives has a domain; tables have entries or steps, and one type."""
    found = draft("true", parameters=ALL).parameters
    assert {name: one.datatype for name, one in found.items()} == {
        "constant": WHOLE,
        "given": WHOLE,
        "asked": TRUTH,
        "whole": WHOLE,
        "with_decimals": NUMBER,
        "both": SET,
        "bands": TEXT,
        "days": NUMBER,
    }
    assert [name for name, one in found.items() if one.value is not None] == ["constant"]
    given, asked = found["given"].given, found["asked"].given
    assert (given.on, given.type, given.minimum, given.maximum) == ("parameters", FactType.INTEGER, 1, 9)
    assert (given.unit, given.label, asked.label) == ("days", Bilingual("given", "given"), Bilingual("问", "asked"))
    assert found["whole"].table.entries == {(True,): 1, (False,): 2}
    assert found["with_decimals"].table.values == (1, Decimal("0.5"))
    assert found["both"].table.entries == {("poor", False): frozenset({"x", "y"})}
    assert (found["both"].table.otherwise, len(found["both"].table.by)) == (frozenset({"z"}), 2)
    assert found["bands"].table.steps == (Step("a"), Step("b", 3), Step("c", 3, above=True))
    assert (found["bands"].table.of, found["days"].table.of) == (NUMBER, DATE)
    assert found["days"].table.values == (3, Decimal("0.5"))


def test_a_run_gives_what_the_document_does_not_print() -> None:
    """It is then a constant that the run changed; ``None`` leaves it open."""
    standard = draft("true", parameters=ALL)
    assert dict(standard.overrides) == {}
    given = standard.with_parameters(given=5, asked=False)
    assert dict(given.overrides) == {"given": 5, "asked": False}
    assert dict(given.constants) == {"constant": 3, "given": 5, "asked": False}
    assert dict(given.with_parameters(given=None).overrides) == {"asked": False}


@pytest.mark.parametrize(
    ("given", "path", "message"),
    [
        ({"given": 0}, "given", "`given` must be at least 1 (got 0)"),
        ({"given": 10}, "given", "`given` must be at most 9 (got 10)"),
        ({"given": Decimal("1.5")}, "given", "`given` must be a whole number (int) (got 1.5)"),
        ({"asked": "yes"}, "asked", "`asked` must be True or False (got 'yes')"),
        ({"whole": 3}, "whole", "`whole` is a table: a run gives values to constants only"),
        ({"days": 3}, "days", "`days` is a table: a run gives values to constants only"),
    ],
)
def test_what_a_run_may_not_give(given: dict[str, Any], path: str, message: str) -> None:
    """A value outside of the domain, and the value of a table."""
    with pytest.raises(RuleFileError) as caught:
        draft("true", parameters=ALL).with_parameters(**given)
    assert [(one.code, one.path, one.message) for one in caught.value.diagnostics] == [
        ("PR403", f"$.parameters.{path}", message)
    ]


def test_a_wrong_value_of_a_divisor_is_told_once() -> None:
    """Nothing is worked out with it."""
    standard = draft("center.floor_area_m2 / least >= 1 and count(activities) > least", parameters={"least": 3})
    with pytest.raises(RuleFileError) as caught:
        standard.with_parameters(least="3")
    assert [one.message for one in caught.value.diagnostics] == ["`least` must be a number (got '3')"]


def test_tables_keep_divisors_from_being_0() -> None:
    """All that a table may give is known."""
    table = {"by": "center.has_flag", "values": {"true": 1, "false": 2}}
    bands = {"steps": [{"value": 1}, {"from": 3, "value": 5}]}
    text = "6 / t[center.has_flag] + 6 / s[center.full_time_staff] + 6 / v >= 6"
    standard = draft(text, parameters={"t": table, "s": bands}, values={"v": "t[center.has_flag] + 1"})
    assert standard.criteria[0].require is not None
    with pytest.raises(RuleFileError) as caught:
        draft(text, parameters={"t": {**table, "values": {"true": 0, "false": 2}}, "s": bands}, values={"v": "1"})
    assert [(one.code, one.path) for one in caught.value.diagnostics] == [("PR305", "$.criteria[0].require")]


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("center.grade", None),
        ('"poor"', None),
        ("word", None),
        ("named", None),
        ("texts[center.has_flag]", None),
        ('"poor" if center.has_flag else center.grade', None),
        ("center.name", "`t` may have no entry for this"),
        ("named_text", "`t` may have no entry for this"),
        ("center.grade if center.has_flag else center.name", "`t` may have no entry for this"),
        ('criteria["k1"].grade', "`t` may have no entry for this"),
        ("graded", "`t` may have no entry for this"),
    ],
)
def test_a_key_has_an_entry(key: str, hint: str | None) -> None:
    """Choices and what is written out do; a text may be any, and a grade may be none."""
    grades = ("better", "average", "poor")
    parts: dict[str, Any] = {
        "parameters": {
            "t": {"by": "center.grade", "values": dict.fromkeys(grades, 1)},
            "word": "poor",
            "texts": {"by": "center.has_flag", "values": {"true": "poor", "false": "average"}},
        },
        "values": {
            "named": '"poor" if center.has_flag else "average"',
            "named_text": "center.name",
            "graded": 'criteria["k1"].grade',
        },
        "scales": {
            "s": [{"id": grade, "title": {"zh": grade, "en": grade}, "fails": grade == "poor"} for grade in grades]
        },
    }
    criteria = (f"t[{key}] >= 1", {"judge": "s"})
    if hint is None:
        assert draft(*criteria, **parts).criteria[0].require is not None
        return
    with pytest.raises(RuleFileError) as caught:
        draft(*criteria, **parts)
    assert [(one.code, one.message) for one in caught.value.diagnostics] == [("PR303", hint)]
    parts["parameters"]["t"]["otherwise"] = 0
    assert draft(*criteria, **parts).criteria[0].require is not None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("center.grade == named", "bad"),
        ("center.grade == texts[center.has_flag]", "worse"),
        ("center.equipment >= sets[center.has_flag]", "sofa"),
        ("t[named] >= 1", "bad"),
    ],
)
def test_words_of_values_and_tables_meet_a_vocabulary(text: str, word: str) -> None:
    """A word that is no choice is told where it is compared."""
    with pytest.raises(RuleFileError) as caught:
        draft(
            text,
            parameters={
                "t": {"by": "center.grade", "values": {"poor": 1}, "otherwise": 2},
                "texts": {"by": "center.has_flag", "values": {"true": "poor", "false": "worse"}},
                "sets": {"by": "center.has_flag", "values": {"true": ["tv"], "false": ["sofa"]}},
            },
            values={"named": '"poor" if center.has_flag else "bad"'},
        )
    (one,) = caught.value.diagnostics
    assert (one.code, one.path) == ("PR304", "$.criteria[0].require")
    assert one.message.startswith(f"`{word}` is no choice of ")


def test_values_are_told_with_their_parts() -> None:
    """Title, unit, clauses and type; one that is larger than engines can take is refused, however it grows."""
    row = {
        "id": "v",
        "value": "center.floor_area_m2 * 2",
        "unit": "m²",
        "title": {"zh": "面", "en": "area"},
        "cites": ["c1"],
    }
    (value,) = draft("v >= 3", values=[row]).values
    assert (value.id, value.unit, value.title) == ("v", "m²", Bilingual("面", "area"))
    assert [one.clause for one in value.cites] == ["c1"]
    assert value.expression.root.datatype.kind is Kind.NUMBER


@pytest.mark.parametrize("step", ["{} + {}", "{} + 1"])
def test_a_value_that_grows_too_large_is_refused(step: str) -> None:
    """Each reads the one before, twice or deeper and deeper: the first that is too large is told, and those above."""
    values = {"v0": "center.full_time_staff"}
    values |= {f"v{at}": step.format(f"v{at - 1}", f"v{at - 1}") for at in range(1, 200)}
    with pytest.raises(RuleFileError) as caught:
        draft("v199 >= 1", values=values)
    (one,) = caught.value.diagnostics
    assert (one.code, one.help) == ("PR101", "say it with fewer values")
    at = int(one.path.removeprefix("$.values[").removesuffix("].value"))
    assert at == (10 if "{} + {}" in step else 50)
    assert draft(f"v{at - 1} >= 1", values={name: values[name] for name in list(values)[:at]}).values
    assert (MAX_PARTS, MAX_DEPTH) == (4_000, 100)


def test_the_order_in_which_criteria_are_judged() -> None:
    """Each after those that it reads; long chains do not matter; a circle is told from its first."""
    assert reading_order({}) == ()
    assert reading_order({3: [1, 2], 1: [0], 2: [1, 3][:1]}) == (1, 2, 3)
    assert reading_order({at: [at + 1] for at in range(5_000)}) == tuple(range(4_999, -1, -1))
    with pytest.raises(Circle) as caught:
        reading_order({0: [1], 1: [4, 2], 2: [3], 3: [1]})
    assert caught.value.path == (1, 2, 3, 1)


def test_a_scale_fills_what_a_row_leaves_out() -> None:
    """Title, failing and what follows are the scale's unless the row says them."""
    scale = [
        {"id": "good", "title": {"zh": "好", "en": "good"}, "follows": {"zh": "奖", "en": "prize"}},
        {"id": "poor", "title": {"zh": "差", "en": "poor"}, "fails": True, "when": "center.delisted"},
    ]
    own = [
        {"id": "good", "fails": False, "when": "center.has_flag"},
        {"id": "poor", "title": {"zh": "劣", "en": "bad"}},
    ]
    standard = draft({"judge": "s"}, {"judge": own, "scale": "s"}, scales={"s": scale})
    rows = [
        [
            (row.id, row.title.en, row.fails, row.follows and row.follows.en, row.when and row.when.text)
            for row in one.judge
        ]
        for one in standard.criteria
    ]
    assert rows == [
        [("good", "good", False, "prize", None), ("poor", "poor", True, None, "center.delisted")],
        [("good", "good", False, "prize", "center.has_flag"), ("poor", "bad", True, None, "center.delisted")],
    ]


def test_a_static_condition_on_criteria_is_settled_wherever_it_stands() -> None:
    """One that is surely false leaves a criterion out, whatever the other conditions say."""
    standard = draft(
        {"require": "all(c.satisfied for c in criteria if c.satisfied and c.id not in {'k0', 'k3'})", "block": "b"},
        {"require": "any(c.failed for c in criteria if c.block not in {'b', 'c'})", "block": "c"},
        "center.has_flag",
        {"require": "all(c.satisfied for c in criteria if not (c.failed or c.id == 'k3'))", "block": "c"},
        blocks=[{"id": "b"}, {"id": "c"}],
    )
    assert standard.readers == (1, 0, 3)

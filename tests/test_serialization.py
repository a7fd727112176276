# SPDX-License-Identifier: MIT
"""From plain data to attrs classes: strictly, and with every fault and its path."""

import decimal
import enum
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from platformrules import serialization
from platformrules.bounds import Number
from platformrules.errors import RuleFileError
from platformrules.serialization import Scalar, read_toml, structure, structure_mended


class Colour(enum.StrEnum):
    """An enumeration of texts."""

    RED = "red"
    GREEN = "green"


@frozen
class Row:
    """A row of a list."""

    id: str
    from_: date | None = None


@frozen
class File:
    """One field for each kind of value that rule files have."""

    format: int
    title: str
    colour: Colour
    start: date
    value: Scalar
    anything: Any
    rows: tuple[Row, ...]
    flag: bool = False
    least: Number | None = None
    words: tuple[str, ...] = ()
    row: Row | None = None
    table: dict[str, Row] = field(factory=dict)


GOOD: dict[str, Any] = {
    "format": 1,
    "title": "标题",
    "colour": "green",
    "start": date(2020, 1, 1),
    "value": Decimal("0.30"),
    "anything": {"x": [1]},
    "rows": [{"id": "a", "from": date(2020, 1, 1)}, {"id": "b"}],
}


def faults(data: object) -> list[tuple[str, str, str]]:
    """Code, path and message of each fault of the data."""
    with pytest.raises(RuleFileError) as caught:
        structure(data, File, "a.toml")
    assert {one.file for one in caught.value.diagnostics} == {"a.toml"}
    return [(one.code, one.path, one.message) for one in caught.value.diagnostics]


# TOML


def test_numbers_with_a_point_are_decimals() -> None:
    """Binary floats never come into being."""
    data = read_toml("a = 0.30\nb = 3\nc = 2020-01-01\nd = true", "a.toml")
    assert data == {"a": Decimal("0.30"), "b": 3, "c": date(2020, 1, 1), "d": True}
    assert str(data["a"]) == "0.30"


@pytest.mark.parametrize(
    "text", ["a = ", "a = 1\na = 2", "a = 2020-02-30", "a = " + "[" * 2000, "a = 1\x00", "[a", "青 = 1"], ids=len
)
def test_what_is_no_toml_is_one_fault_of_the_file(text: str) -> None:
    """In the words of the parser, which say where."""
    with pytest.raises(RuleFileError, match=r"^error\[PR401\]: not TOML: .*\n  a\.toml$"):
        read_toml(text, "a.toml")


@pytest.mark.parametrize("number", ["9" * 5000, "1e" + "9" * 30, "-1e-" + "9" * 30], ids=["long", "large", "small"])
def test_a_number_that_nobody_can_hold_is_refused(number: str) -> None:
    """It is a fault of the file, not an error of the arithmetic."""
    with decimal.localcontext() as context:
        context.traps[decimal.InvalidOperation] = True
        with pytest.raises(RuleFileError, match=r"^error\[PR401\]: a number has too many digits\n  a\.toml$"):
            read_toml(f"a = {number}", "a.toml")


def test_a_file_is_read_up_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the limit it is read, one character more is refused before it is parsed."""
    monkeypatch.setattr(serialization, "MAX_FILE", 6)
    assert read_toml("a = 12", "a.toml") == {"a": 12}
    with pytest.raises(RuleFileError, match="larger than 6 characters"):
        read_toml("a = 123", "a.toml")


# Good data


def test_good_data_become_an_instance() -> None:
    """Values keep their types, lists become tuples, `from` is `from_`, what is left out takes its default."""
    assert structure(GOOD, File, "a.toml") == File(
        format=1,
        title="标题",
        colour=Colour.GREEN,
        start=date(2020, 1, 1),
        value=Decimal("0.30"),
        anything={"x": [1]},
        rows=(Row("a", date(2020, 1, 1)), Row("b")),
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (True, True),
        (3, 3),
        (Decimal("0.5"), Decimal("0.5")),
        ("text", "text"),
        (date(2020, 1, 1), date(2020, 1, 1)),
        (["a", "b", "a"], frozenset({"a", "b"})),
        ([], frozenset()),
    ],
)
def test_a_scalar_keeps_its_type_and_a_list_is_a_set(given: object, expected: object) -> None:
    """A number, a truth, a text, a date, or texts."""
    value = structure({**GOOD, "value": given}, File, "a.toml").value
    assert expected == value
    assert type(expected) is type(value)


def test_optional_parts_are_read_where_they_are_given() -> None:
    """Truths, numbers, lists of texts, rows and tables of rows."""
    more = {"flag": True, "least": 0, "words": ["a"], "row": {"id": "r"}, "table": {"t": {"id": "x"}}}
    found = structure({**GOOD, **more}, File, "a.toml")
    assert (found.flag, found.least, found.words) == (True, 0, ("a",))
    assert (found.row, found.table) == (Row("r"), {"t": Row("x")})


# Faults


@pytest.mark.parametrize(
    ("part", "path", "message"),
    [
        ({"format": True}, "$.format", "must be a whole number (got true)"),
        ({"format": Decimal("1.0")}, "$.format", "must be a whole number (got 1.0)"),
        ({"format": "1"}, "$.format", "must be a whole number (got '1')"),
        ({"title": 5}, "$.title", "must be a text (got 5)"),
        ({"title": ["x" * 99]}, "$.title", f"must be a text (got ['{'x' * 27}...{'x' * 25}…)"),
        ({"title": [[[[[]]]]]}, "$.title", "must be a text (got [[[[...]]]])"),
        ({"colour": "blue"}, "$.colour", "must be one of `red`, `green` (got 'blue')"),
        ({"colour": ["red"]}, "$.colour", "must be one of `red`, `green` (got ['red'])"),
        ({"start": datetime(2020, 1, 1)}, "$.start", "must be a date (got 2020-01-01T00:00:00)"),
        ({"start": "2020-01-01"}, "$.start", "must be a date (got '2020-01-01')"),
        ({"flag": 1}, "$.flag", "must be true or false (got 1)"),
        ({"least": True}, "$.least", "must be a number (got true)"),
        ({"least": Decimal("NaN")}, "$.least", "must be a number (got NaN)"),
        ({"start": Decimal("1E+999999999")}, "$.start", "must be a date (got 1E+999999999)"),
        ({"value": Decimal("-Infinity")}, "$.value", "must be a number (got -Infinity)"),
        ({"words": "ab"}, "$.words", "must be a list (got 'ab')"),
        ({"words": ["a", 1]}, "$.words[1]", "must be a text (got 1)"),
        ({"rows": {"id": "a"}}, "$.rows", "must be a list (got {'id': 'a'})"),
        ({"rows": [{"id": "a"}, 5]}, "$.rows[1]", "must be a table (got 5)"),
        ({"rows": [{"id": "a", "from": 5}]}, "$.rows[0].from", "must be a date (got 5)"),
        ({"row": "r"}, "$.row", "must be a table (got 'r')"),
        ({"table": [1]}, "$.table", "must be a table (got [1])"),
        ({"table": {"it's": 5}}, "$.table.it's", "must be a table (got 5)"),
        ({"table": {"t": {"id": 5}}}, "$.table.t.id", "must be a text (got 5)"),
    ],
)
def test_a_wrong_value_is_told_with_its_path(part: dict[str, Any], path: str, message: str) -> None:
    """What it must be and what was found, cut where that is long; a truth is no number and a datetime no date."""
    assert faults({**GOOD, **part}) == [("PR403", path, message)]


@pytest.mark.parametrize("value", [None, {"a": 1}, [1], ["a", 1], datetime(2020, 1, 1), time(12), 0.5], ids=str)
def test_what_is_no_scalar_is_refused(value: object) -> None:
    """Tables, times and lists of other things are no value of a parameter."""
    shown = value.isoformat() if isinstance(value, date | time) else repr(value)
    message = f"must be a number, a truth, a text, a date or a list of texts (got {shown})"
    assert faults({**GOOD, "value": value}) == [("PR403", "$.value", message)]


def test_an_unknown_key_is_told_with_the_nearest_known() -> None:
    """In the file's own spelling, also where Python has another."""
    data = {**GOOD, "titel": "x", "rows": [{"id": "a", "from_": date(2020, 1, 1)}]}
    with pytest.raises(RuleFileError) as caught:
        structure(data, File, "a.toml")
    assert {(one.code, one.path, one.message, one.help) for one in caught.value.diagnostics} == {
        ("PR402", "$.titel", "unknown key `titel`", "did you mean `title`?"),
        ("PR402", "$.rows[0].from_", "unknown key `from_`", "did you mean `from`?"),
    }


def test_a_missing_key_is_told_with_the_path_it_would_have() -> None:
    """At the top and in rows."""
    data = {key: value for key, value in GOOD.items() if key != "title"} | {"rows": [{}]}
    assert set(faults(data)) == {
        ("PR402", "$.title", "the key `title` is missing"),
        ("PR402", "$.rows[0].id", "the key `id` is missing"),
    }


def test_all_faults_are_told_at_once() -> None:
    """Of every kind and depth, each once."""
    data = {**GOOD, "format": "1", "b": 1, "a": 2, "rows": [{"id": 1, "x": 2}, 3], "table": {"t": {}}}
    assert sorted(path for _, path, _ in faults(data)) == [
        "$.a",
        "$.b",
        "$.format",
        "$.rows[0].id",
        "$.rows[0].x",
        "$.rows[1]",
        "$.table.t.id",
    ]


def test_data_that_are_nested_without_end_are_told() -> None:
    """A table that is deeper than Python can copy or print is a fault, and no error."""
    deep: dict[str, Any] = {}
    for _ in range(5000):
        deep = {"a": deep}
    shown = "{'a': {'a': {'a': {...}}}}"
    assert sorted(faults({**GOOD, "title": deep, "more": deep})) == [
        ("PR402", "$.more", "unknown key `more`"),
        ("PR403", "$.title", f"must be a text (got {shown})"),
    ]
    assert structure_mended({**GOOD, "title": 5, "anything": deep}, File, "a.toml")[0].anything is deep


@pytest.mark.parametrize("data", [5, [], "text", None])
def test_data_that_are_no_table_are_one_fault(data: object) -> None:
    """The top of a file is a table."""
    assert faults(data) == [("PR403", "$", f"must be a table (got {data!r})")]


# Mending


def test_what_is_right_is_kept_beside_what_is_wrong() -> None:
    """A neutral value takes the place of a wrong one, a default that of an optional one, and the data stay as given."""
    data = {**GOOD, "format": "1", "flag": 1, "extra": 1, "rows": [{"id": "a"}, 5, {"id": "c", "from": 5}]}
    copy = {**data, "rows": list(data["rows"])}
    found, told = structure_mended(data, File, "a.toml")
    assert (found.format, found.flag, found.rows) == (0, False, (Row("a"), Row(""), Row("c")))
    assert (found.title, found.colour, found.value) == (GOOD["title"], Colour.GREEN, GOOD["value"])
    assert sorted(one.path for one in told) == ["$.extra", "$.flag", "$.format", "$.rows[1]", "$.rows[2].from"]
    assert copy == data


def test_nothing_at_all_is_mended_too() -> None:
    """Of an empty file every required key is missing, and each has a neutral value of its type."""
    found, told = structure_mended({}, File, "a.toml")
    assert found == File(0, "", Colour.RED, date.min, False, None, ())
    assert {one.path.removeprefix("$.") for one in told} == set(GOOD)


def test_good_data_need_no_mending() -> None:
    """No fault, and the same instance as from `structure`."""
    assert structure_mended(GOOD, File, "a.toml") == (structure(GOOD, File, "a.toml"), [])


SCALARS = st.none() | st.booleans() | st.integers() | st.decimals() | st.text(max_size=3) | st.dates() | st.datetimes()
JUNK = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*GOOD, "id", "from", "table", "row", "x.y"]) | st.text(max_size=3), inner, max_size=5
        )
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from([*GOOD, "table", "row", "words", "flag", "least", "x"]), JUNK), JUNK)
def test_any_data_are_mended_or_told(parts: dict[str, Any], top: object) -> None:
    """Whatever a file holds, there is an instance, and a fault unless the data are good; never another exception."""
    for data in ({**GOOD, **parts}, parts, top):
        found, told = structure_mended(data, File, "a.toml")
        assert type(found) is File
        assert all(one.code in {"PR402", "PR403"} and one.path.startswith("$") for one in told)
        if told:
            with pytest.raises(RuleFileError):
                structure(data, File, "a.toml")
        else:
            assert found == structure(data, File, "a.toml")

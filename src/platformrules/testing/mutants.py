# SPDX-License-Identifier: MIT
"""Rule files with one small mistake each: what the worked cases of a plugin have to notice.

A mutant is the data of a file with one change, written as TOML again and loaded like any other file; no code of a
rule is ever run. Knows keys of rule files, and no engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from attrs import frozen

from platformrules.criteria.formatter import to_text
from platformrules.criteria.parser import parse
from platformrules.errors import RuleFileError
from platformrules.serialization import read_toml
from platformrules.standards.sources import SourceFile
from platformrules.testing.drafts import to_toml
from platformrules.testing.edits import edits, step_of

# What says no rule: texts, names, and the header, since cases bring their own period and name their standard.
_NO_RULE = {"standard", "format", "id", "title", "cites", "unit", "reading", "note", "text", "remedy", "proof"}
_NO_RULE |= {"follows", "strength", "block", "parent", "by", "scale", "minimum", "maximum", "type", "role"}
#: The keys of conditions, and of other expressions.
_CONDITIONS = {"require", "applies_when", "when", "among"}
_EXPRESSIONS = _CONDITIONS | {"value", "points", "max", "min", "pass_at", "score", "share", "places"}
#: Rows that a file may lose, by the key of their section.
_ROWS = {"criteria", "verdict", "notes", "grades", "judge", "cohort"}
#: Conditions that a row may lose.
_LEFT_OUT = {"applies_when", "when", "among"}
_STARTS = {"from": "above", "above": "from"}


@frozen(eq=False)
class Mutant:
    """A standard's file with one mistake.

    Attributes:
        standard: the reference of the standard.
        at: where the mistake is: ``criteria.floor-area.require``.
        change: what it is: ```x >= 5` -> `x > 5```.
        data: the file with the mistake.
    """

    standard: str
    at: str
    change: str
    data: Mapping[str, Any]

    def __str__(self) -> str:
        """One line."""
        return f"{self.standard} {self.at}: {self.change}"

    def source(self, name: str) -> SourceFile:
        """The mutant as a rule file of a name."""
        text = "\n".join(f"{key} = {to_toml(value)}" for key, value in self.data.items())
        return SourceFile(name, text, "")


def mutants_of(file: SourceFile) -> tuple[Mutant, ...]:
    """Every mutant of the standard in a file, in file order; no two are called alike.

    Raises:
        RuleFileError: the file is no TOML.
    """
    data = read_toml(file.text, file.name)
    header = data["standard"]
    reference = f"{header['id']}@{header['version']}"
    found: list[Mutant] = []
    seen: dict[tuple[str, str], int] = {}
    for at, change, changed in _changed(data, "", ""):
        number = seen[at, change] = seen.get((at, change), 0) + 1
        found.append(Mutant(reference, at, change if number == 1 else f"{change} (no. {number})", changed))
    return tuple(found)


#: Where, what, and the data with it.
_Change = tuple[str, str, Any]


def _changed(value: Any, key: str, at: str) -> Iterator[_Change]:  # noqa: ANN401 - data of a file
    """Every changed form of a value, with the place and the change in words."""
    match value:
        case bool():
            yield at, f"`{_shown(value)}` -> `{_shown(not value)}`", not value
        case int() | Decimal():
            step = step_of(value)
            yield from ((at, f"`{value}` -> `{other}`", other) for other in (value + step, value - step))
        case date():
            for days in (1, -1):
                other = value + timedelta(days)
                yield at, f"`{value}` -> `{other}`", other
        case str() if key in _EXPRESSIONS and not _is_text(key, at):
            yield from _expressions(value, key, at)
        case list():
            yield from _of_list(value, key, at)
        case Mapping():
            yield from _of_table(value, key, at)
        case _:
            return


def _is_text(key: str, at: str) -> bool:
    """Whether a text is a value of law and no expression."""
    return key == "value" and at.startswith("parameters.")


def _expressions(text: str, key: str, at: str) -> Iterator[_Change]:
    try:
        normal = to_text(parse(text))
    except RuleFileError:
        return
    for one in edits(text, condition=key in _CONDITIONS):
        if one.text != normal:
            yield at, f"`{one.was}` -> `{one.now}`", one.text


def _of_list(value: Sequence[Any], key: str, at: str) -> Iterator[_Change]:
    rows = all(isinstance(one, Mapping) for one in value)
    droppable = key in _ROWS if rows else key == "value"  # rows, or members of a set that is a parameter
    for index, one in enumerate(value):
        place = f"{at}.{one['id']}" if rows and "id" in one else f"{at}[{index}]"
        if droppable and len(value) > 1:
            yield place, "left out", [*value[:index], *value[index + 1 :]]
        for where, change, other in _changed(one, key, place) if rows else ():
            yield where, change, [*value[:index], other, *value[index + 1 :]]


def _of_table(value: Mapping[str, Any], key: str, at: str) -> Iterator[_Change]:
    for name, one in value.items():
        if name in _NO_RULE and not (key == "values" and at.startswith("parameters.")):
            continue
        place = f"{at}.{name}" if at else name
        if name in _LEFT_OUT and isinstance(one, str):
            yield place, "left out", {other: held for other, held in value.items() if other != name}
        if name in _STARTS:
            renamed = {_STARTS[name] if other == name else other: held for other, held in value.items()}
            yield place, f"`{name}` -> `{_STARTS[name]}`", renamed
        for where, change, other in _changed(one, name, place):
            yield where, change, {**value, name: other}


def _shown(value: bool) -> str:  # noqa: FBT001 - the value itself
    return "true" if value else "false"

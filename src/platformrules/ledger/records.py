# SPDX-License-Identifier: MIT
"""Reads the records of parsed JSON: one table of converters a model, made once a standard. Knows no file.

A value of its own JSON type takes a short way; a text that stands for one is read as in a cell of a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from attrs import field, frozen

from platformrules.languages import Bilingual
from platformrules.ledger.cells import UnreadableError, cell_reader, expectation, read_items, spellings
from platformrules.ledger.problems import HINTED, Problem, nearest
from platformrules.models import FactValue, Record, make
from platformrules.schema import Fact, FactType, Schema

#: Where a value stands: keys and indexes from the root.
Path: TypeAlias = tuple[str | int, ...]


def json_path(path: Path) -> str:
    """A path as text: ``$.dossiers[0].center``."""
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)


def converter(fact: Fact) -> Callable[[Any], FactValue]:
    """What reads the JSON values of one fact; ``None`` is not recorded. Raises ``UnreadableError``."""
    slow = cell_reader(fact)
    match fact.type:
        case FactType.BOOLEAN:
            return _boolean(fact, slow)
        case FactType.INTEGER | FactType.DECIMAL:
            return _number(fact, slow)
        case FactType.DATE:
            return _date(fact, slow)
        case FactType.TEXT:
            return _text(fact, slow)
        case FactType.CHOICE:
            return _choice(fact, slow)
        case FactType.SET:
            return _set(fact, slow)


def _plain(fact: Fact, slow: Callable[[object], FactValue], value: object) -> FactValue:
    """A value of another type than the fact's own: only texts and numbers can stand for it."""
    is_odd = isinstance(value, Decimal) and value.is_snan()  # it cannot even be a key of a cache
    if isinstance(value, str | int | float | Decimal | date) and not is_odd:
        return slow(value)
    expected = expectation(fact)
    message = Bilingual("类型不符，按未填报处理", "has the wrong type and counts as not recorded")
    raise UnreadableError("PR501", message, expected)


def _boolean(fact: Fact, slow: Callable[[object], FactValue]) -> Callable[[Any], FactValue]:
    def convert(value: object) -> FactValue:
        return value if value is True or value is False else _plain(fact, slow, value)

    return convert


def _number(fact: Fact, slow: Callable[[object], FactValue]) -> Callable[[Any], FactValue]:
    least = -(10**14) + 1 if fact.minimum is None else fact.minimum
    most = 10**14 - 1 if fact.maximum is None else fact.maximum

    def convert(value: object) -> FactValue:
        return value if type(value) is int and least <= value <= most else _plain(fact, slow, value)

    return convert


@lru_cache(maxsize=4096)
def iso_day(text: str) -> date | None:
    """The day of a text like ``2020-05-01``; ``None`` for any other."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _date(fact: Fact, slow: Callable[[object], FactValue]) -> Callable[[Any], FactValue]:
    def convert(value: object) -> FactValue:
        day = iso_day(value) if type(value) is str else None
        return _plain(fact, slow, value) if day is None else day

    return convert


def _text(fact: Fact, slow: Callable[[object], FactValue]) -> Callable[[Any], FactValue]:
    def convert(value: object) -> FactValue:
        if type(value) is str and not fact.personal:
            return value or None
        return _plain(fact, slow, value)

    return convert


def _choice(fact: Fact, slow: Callable[[object], FactValue]) -> Callable[[Any], FactValue]:
    codes = fact.codes

    def convert(value: object) -> FactValue:
        return value if type(value) is str and value in codes else _plain(fact, slow, value)

    return convert


def _set(fact: Fact, slow: Callable[[object], FactValue]) -> Callable[[Any], FactValue]:
    codes, table, expected = fact.codes, spellings(fact), expectation(fact)

    def convert(value: object) -> FactValue:
        if type(value) is not list:
            return _plain(fact, slow, value)
        try:
            items = frozenset(value)
        except TypeError:
            items = frozenset([()])  # a list or table inside: no text
        if items <= codes:
            return items
        if not all(type(item) is str for item in items):
            message = Bilingual("列表中只能有文字，按未填报处理", "may hold texts only; counts as not recorded")
            raise UnreadableError("PR501", message, expected)
        return read_items([item for item in value if item], fact, table, expected)

    return convert


@frozen
class RecordReader:
    """Reads the records of one model."""

    name: str
    facts: Mapping[str, Fact] = field(repr=False)
    converters: Mapping[str, tuple[bool, Callable[[Any], FactValue]]] = field(repr=False)

    @classmethod
    def of(cls, schema: Schema, model: str) -> RecordReader:
        """The reader of a model's records, with the facts of plugins."""
        facts = schema.facts[model]
        converters = {name: (bool(one.plugin), converter(one)) for name, one in facts.items()}
        return cls(model, facts, converters)

    def read(self, data: Any, path: Path, problems: list[Problem]) -> Record | None:  # noqa: ANN401 - what JSON holds
        """A record; ``None`` for what is no table. What cannot be read is listed and counts as not recorded."""
        if type(data) is not dict:
            problems.append(_no_table(data, path))
            return None
        converters = self.converters
        core: dict[str, Any] = {}
        plugin: dict[str, Any] = {}
        for name, value in data.items():
            if value is None:
                continue
            try:
                is_plugin, convert = converters[name]
                read = convert(value)
            except KeyError:
                problems.append(unknown_key(name, converters if len(problems) < HINTED else (), path))
            except UnreadableError as error:
                place = json_path((*path, name))
                problems.append(Problem(error.code, error.message, "", place, str(value), error.expected))
            else:
                if read is not None:
                    if is_plugin:
                        plugin[name] = read
                    else:
                        core[name] = read
        if "id" not in core:
            core["id"] = json_path(path)[2:]
        return make(self.name, core, plugin)  # type: ignore[no-any-return]


def _no_table(data: object, path: Path) -> Problem:
    message = Bilingual("应为对象，没有读取", "must be an object, so not read")
    return Problem("PR501", message, "", json_path(path), str(data))


def unknown_key(name: str, known: Iterable[str], path: Path) -> Problem:
    """The problem of a key that nothing reads."""
    hint = nearest(name, known)
    message = Bilingual(f"不认识的键，没有读取{hint.zh}", f"an unknown key, which was not read{hint.en}")
    return Problem("PR504", message, "", json_path((*path, name)), name)

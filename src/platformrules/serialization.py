# SPDX-License-Identifier: MIT
"""From the plain data of a TOML or JSON file to attrs classes, strictly, with every fault and its path.

Alone imports cattrs. Unknown keys are refused, values keep their types: "1" is no number, 1 is no truth.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar, get_origin

import attrs
import tomli
from cattrs import (
    BaseValidationError,
    ClassValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationError,
)
from cattrs.cols import list_structure_factory
from cattrs.gen import make_dict_structure_fn, override

from platformrules.bounds import Number
from platformrules.diagnostics import Diagnostic, did_you_mean
from platformrules.errors import RuleFileError

T = TypeVar("T")

#: A value of a parameter: a number, a truth, a text, a date; a list is a set of texts.
Scalar = bool | int | Decimal | str | date | frozenset[str]

#: The largest rule file that is read, in bytes.
MAX_FILE = 4_000_000
_SPELLING = {"from_": "from"}


class WrongValueError(ValueError):
    """A value of a file has the wrong type; ``expected`` says what it must be."""

    def __init__(self, expected: str, found: object) -> None:
        """Keep what was expected and found."""
        self.expected = expected
        super().__init__(f"must be {expected} (got {_short(found)})")


def _short(found: object) -> str:
    text = f"{found:f}" if isinstance(found, Decimal) else f"{found!r}"
    return text if len(text) <= 60 else f"{text[:57]}…"


def read_toml(text: str, file: str) -> Mapping[str, Any]:
    """The data of a TOML text; numbers with a point are Decimals.

    Raises:
        RuleFileError: the text is no TOML, or larger than ``MAX_FILE``.
    """
    if len(text) > MAX_FILE:
        raise RuleFileError([Diagnostic("PR401", f"the file is larger than {MAX_FILE:,} characters", file)])
    try:
        return tomli.loads(text, parse_float=Decimal)
    except (tomli.TOMLDecodeError, RecursionError) as error:
        raise RuleFileError([Diagnostic("PR401", f"not TOML: {error}", file)]) from None


def structure(data: object, into: type[T], file: str) -> T:
    """The data of a file as an instance of an attrs class.

    Raises:
        RuleFileError: with one diagnostic a fault: unknown, missing or wrong keys, each with its path.
    """
    try:
        return _converter().structure(data, into)
    except BaseValidationError as error:
        raise RuleFileError(_faults(error, into, "$", file)) from None
    except WrongValueError as error:
        raise RuleFileError([Diagnostic("PR403", str(error), file, "$")]) from None


def _exactly(kind: type, expected: str) -> Any:  # noqa: ANN401 - a structure hook of cattrs
    def hook(value: object, _: type) -> object:
        if type(value) is not kind:
            raise WrongValueError(expected, value)
        return value

    return hook


def _number(value: object, _: type) -> object:
    if type(value) not in {int, Decimal} or (isinstance(value, Decimal) and not value.is_finite()):
        raise WrongValueError("a number", value)
    return value


def _scalar(value: object, _: type) -> object:
    if type(value) is list and all(type(item) is str for item in value):
        return frozenset(value)
    if isinstance(value, datetime) or type(value) not in {bool, int, Decimal, str, date}:
        raise WrongValueError("a number, a truth, a text, a date or a list of texts", value)
    return _number(value, Decimal) if isinstance(value, Decimal) else value


def _text(value: object, kind: type[str]) -> object:
    """A text, or a member of an enumeration of texts: cattrs looks both up as ``str``."""
    if not issubclass(kind, enum.StrEnum):
        return _exactly(str, "a text")(value, kind)
    known = [member.value for member in kind]
    if value not in known:
        raise WrongValueError("one of " + ", ".join(f"`{one}`" for one in known), value)
    return kind(value)


def _attrs(kind: type[Any], converter: Converter) -> Any:  # noqa: ANN401 - a structure hook of cattrs
    renamed = {
        field.name: override(rename=_SPELLING[field.name]) for field in attrs.fields(kind) if field.name in _SPELLING
    }
    make = make_dict_structure_fn(
        kind, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True, **renamed
    )

    def hook(value: object, into: type[Any]) -> object:
        if not isinstance(value, Mapping):
            raise WrongValueError("a table", value)
        return make(value, into)

    return hook


def _tuple(kind: Any, converter: Converter) -> Any:  # noqa: ANN401 - a structure hook of cattrs
    make = list_structure_factory(list[kind.__args__[0]], converter)

    def hook(value: object, _: type[Any]) -> object:
        if type(value) is not list:
            raise WrongValueError("a list", value)
        return tuple(make(value, list))

    return hook


@lru_cache(maxsize=1)
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind, expected in ((int, "a whole number"), (bool, "true or false"), (date, "a date")):
        converter.register_structure_hook(kind, _exactly(kind, expected))
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook_func(lambda kind: kind == Number | None, _number)
    converter.register_structure_hook_func(lambda kind: kind == Scalar, _scalar)
    converter.register_structure_hook_factory(attrs.has, _attrs)
    converter.register_structure_hook_factory(lambda kind: get_origin(kind) is tuple, _tuple)
    return converter


def _faults(error: BaseException, into: object, path: str, file: str) -> list[Diagnostic]:
    """One diagnostic a leaf of the tree of exceptions that cattrs raises."""
    found: list[Diagnostic] = []
    if isinstance(error, IterableValidationError):
        noted, _ = error.group_exceptions()
        for one, note in noted:
            found += _faults(one, note.type, f"{path}[{note.index!r}]".replace("['", ".").replace("']", ""), file)
    elif isinstance(error, ClassValidationError):
        noted, plain = error.group_exceptions()
        for one, note in noted:
            found += _faults(one, note.type, f"{path}.{_SPELLING.get(note.name, note.name)}", file)
        for one in plain:
            found += _faults(one, error.cl, path, file)
    elif isinstance(error, ForbiddenExtraKeysError):
        known = [_SPELLING.get(one.name, one.name) for one in attrs.fields(error.cl)]
        for key in sorted(error.extra_fields):
            hint = did_you_mean(key, known)
            found.append(Diagnostic("PR402", f"unknown key `{key}`", file, f"{path}.{key}", help=hint))
    elif isinstance(error, KeyError):
        name = path.rpartition(".")[2]
        found.append(Diagnostic("PR402", f"the key `{name}` is missing", file, path))
    else:
        found.append(Diagnostic("PR403", str(error) or type(error).__name__, file, path))
    return found

# SPDX-License-Identifier: MIT
"""From the plain data of a TOML or JSON file to attrs classes, strictly, with every fault and its path.

Alone imports cattrs. Unknown keys are refused, values keep their types: "1" is no number, 1 is no truth.
"""

from __future__ import annotations

import enum
import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from decimal import Decimal, DecimalException
from functools import lru_cache, partial
from reprlib import Repr
from typing import Any, TypeAlias, TypeVar, get_args, get_origin

import attrs
import tomli
from attrs import frozen
from cattrs import (
    BaseConverter,
    BaseValidationError,
    ClassValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationError,
)
from cattrs.cols import list_structure_factory, mapping_structure_factory
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
_REPR = Repr()
_REPR.maxlevel, _REPR.maxstring, _REPR.maxother = 3, 60, 60


def key_of(name: str) -> str:
    """The key of a file that a field of a class holds: ``from`` of ``from_``."""
    return _SPELLING.get(name, name)


class WrongValueError(ValueError):
    """A value of a file has the wrong type; ``expected`` says what it must be."""

    def __init__(self, expected: str, found: object) -> None:
        """Keep what was expected and found."""
        self.expected = expected
        super().__init__(f"must be {expected} (got {shown(found)})")


def shown(found: object) -> str:
    """A value of a file as a message shows it: cut where it is long or deep."""
    match found:
        case bool():
            text = str(found).lower()
        case date() | time():
            text = found.isoformat()
        case Decimal():
            text = str(found)
        case frozenset() | set():
            text = "{" + ", ".join(sorted(map(repr, found))) + "}"
        case _:
            text = _REPR.repr(found)
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
    except (ValueError, DecimalException):
        raise RuleFileError([Diagnostic("PR401", "a number has too many digits", file)]) from None


def structure(data: object, into: type[T], file: str) -> T:
    """The data of a file as an instance of an attrs class.

    Raises:
        RuleFileError: with one diagnostic a fault: unknown, missing or wrong keys, each with its path.
    """
    found, faults = structure_mended(data, into, file)
    if faults:
        raise RuleFileError(faults)
    return found


def structure_mended(data: object, into: type[T], file: str) -> tuple[T, list[Diagnostic]]:
    """The data of a file as an instance of an attrs class, and one diagnostic a fault.

    A neutral value takes the place of what is wrong, so that the rest of the file can be checked as well.
    """
    try:
        return _converter().structure(data, into), []
    except (BaseValidationError, WrongValueError) as error:
        faults = list(_faults(error, (), _neutral(into)))
    mended = _copied(data, max(len(fault.steps) for fault in faults))
    for fault in faults:
        mended = _mend(mended, fault.steps, fault.instead)
    return _converter().structure(mended, into), [fault.diagnostic(file) for fault in faults]


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
    if type(value) not in {bool, int, Decimal, str, date}:
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


def _attrs(kind: type[Any], converter: BaseConverter) -> Any:  # noqa: ANN401 - a structure hook of cattrs
    renamed: dict[str, Any] = {
        field.name: override(rename=_SPELLING[field.name]) for field in attrs.fields(kind) if field.name in _SPELLING
    }
    make = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True, **renamed)

    def hook(value: object, into: type[Any]) -> object:
        if not isinstance(value, Mapping):
            raise WrongValueError("a table", value)
        return make(value, into)

    return hook


def _tuple(kind: Any, converter: BaseConverter) -> Any:  # noqa: ANN401 - a structure hook of cattrs
    make = list_structure_factory(list[kind.__args__[0]], converter)

    def hook(value: object, _: type[Any]) -> object:
        if type(value) is not list:
            raise WrongValueError("a list", value)
        return tuple(make(value, list))

    return hook


def _table(kind: Any, converter: BaseConverter) -> Any:  # noqa: ANN401 - a structure hook of cattrs
    make = mapping_structure_factory(kind, converter)

    def hook(value: object, _: type[Any]) -> object:
        if not isinstance(value, Mapping):
            raise WrongValueError("a table", value)
        return make(value, kind)

    return hook


def _is_text_or_rows(kind: Any) -> bool:  # noqa: ANN401 - any annotation
    parts = get_args(kind)
    if set(parts) == {str, int, Decimal, type(None)}:
        return True
    return str in parts and any(get_origin(part) is tuple for part in parts)


def _text_or_rows(kind: Any, converter: BaseConverter) -> Any:  # noqa: ANN401 - a structure hook of cattrs
    """A name, or rows written out; an expression, or a number."""
    if int in get_args(kind):
        return lambda value, _: value if type(value) is str else _number(value, Decimal)
    rows = _tuple(next(part for part in get_args(kind) if get_origin(part) is tuple), converter)

    def hook(value: object, _: type[Any]) -> object:
        return value if type(value) is str else rows(value, tuple)

    return hook


def _is_generic(origin: type) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) is origin


@lru_cache(maxsize=1)
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind, expected in ((int, "a whole number"), (bool, "true or false"), (date, "a date")):
        converter.register_structure_hook(kind, _exactly(kind, expected))
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook_func(lambda kind: kind == Number | None, _number)
    for scalar in (Scalar, Scalar | None):
        converter.register_structure_hook_func(partial(operator.eq, scalar), _scalar)
    converter.register_structure_hook_factory(attrs.has, _attrs)
    converter.register_structure_hook_factory(_is_generic(tuple), _tuple)
    converter.register_structure_hook_factory(_is_text_or_rows, _text_or_rows)
    converter.register_structure_hook_factory(_is_generic(dict), _table)
    return converter


# Faults

#: The way from the top of the data to a value: keys and indexes.
_Steps: TypeAlias = tuple[str | int, ...]
#: In place of what is wrong: nothing, so that the default holds.
_GONE = object()
_NEUTRAL: Mapping[Any, Any] = {str: "", int: 0, date: date.min, Scalar: False}


@frozen
class _Fault:
    """A fault of the data and what takes the place of it."""

    code: str
    message: str
    steps: _Steps
    instead: object
    help: str = ""

    def diagnostic(self, file: str) -> Diagnostic:
        path = "".join(f".{step}" if isinstance(step, str) else f"[{step}]" for step in self.steps)
        return Diagnostic(self.code, self.message, file, f"${path}", help=self.help)


def _faults(error: BaseException, steps: _Steps, instead: object) -> Iterator[_Fault]:
    """One fault a leaf of the tree of exceptions that cattrs raises."""
    match error:
        case IterableValidationError():
            for one, item in error.group_exceptions()[0]:
                yield from _faults(one, (*steps, item.index), _neutral(item.type))
        case ClassValidationError():
            noted, plain = error.group_exceptions()
            optional = {one.name for one in attrs.fields(error.cl) if one.default is not attrs.NOTHING}
            for one, attribute in noted:
                name = key_of(attribute.name)
                yield from _faults(one, (*steps, name), _GONE if name in optional else _neutral(attribute.type))
            for one in plain:
                yield from _faults(one, steps, instead)
        case ForbiddenExtraKeysError():
            known = [key_of(one.name) for one in attrs.fields(error.cl)]
            for key in sorted(error.extra_fields):
                yield _Fault("PR402", f"unknown key `{key}`", (*steps, key), _GONE, did_you_mean(key, known))
        case KeyError():
            yield _Fault("PR402", f"the key `{steps[-1]}` is missing", steps, instead)
        case _:
            yield _Fault("PR403", str(error), steps, instead)


def _neutral(kind: Any) -> Any:  # noqa: ANN401 - data of a file
    """Data of which a value of this type can be made: the least there is."""
    if attrs.has(kind):
        required = (one for one in attrs.fields(attrs.resolve_types(kind)) if one.default is attrs.NOTHING)
        return {key_of(one.name): _neutral(one.type) for one in required}
    if isinstance(kind, type) and issubclass(kind, enum.StrEnum):
        return next(iter(kind)).value
    return [] if get_origin(kind) is tuple else _NEUTRAL.get(kind)


def _copied(data: Any, depth: int) -> Any:  # noqa: ANN401 - data of a file
    """A copy as deep as the faults lie: a file may hold tables that are nested deeper than Python can copy."""
    if depth == 0 or not isinstance(data, dict | list):
        return data
    if isinstance(data, list):
        return [_copied(one, depth - 1) for one in data]
    return {key: _copied(one, depth - 1) for key, one in data.items()}


def _mend(data: Any, steps: _Steps, instead: object) -> Any:  # noqa: ANN401 - data of a file
    if not steps:
        return instead
    *way, last = steps
    holder = data
    for step in way:
        holder = holder[step]
    if instead is _GONE:
        del holder[last]
    else:
        holder[last] = instead
    return data

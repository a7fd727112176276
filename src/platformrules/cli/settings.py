# SPDX-License-Identifier: MIT
"""Other values of parameters for one run: those of `--set` and those that a ledger carries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from platformrules.cli import words
from platformrules.cli.console import Console
from platformrules.cli.exits import CommandError
from platformrules.cli.spelling import suggestion
from platformrules.criteria.datatypes import Kind
from platformrules.errors import RuleFileError
from platformrules.procedures.model import Parameter as CaseParameter
from platformrules.procedures.model import Procedure
from platformrules.standards.model import Parameter, Standard

Rules = TypeVar("Rules", Standard, Procedure)

_TRUTHS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
_NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,12})?", re.ASCII)
_BETWEEN = re.compile(r"[,，、;；]")


def with_settings(standard: Rules, texts: Iterable[str], carried: Mapping[str, Any], console: Console) -> Rules:
    """The standard or procedure with the values that a ledger carries, and with those of the command line over them.

    Raises:
        CommandError: a parameter is not there, or does not take that value.
    """
    values = {name: _value(_parameter(standard, name, console), given, console) for name, given in carried.items()}
    for text in texts:
        name, equals, given = text.partition("=")
        if not equals:
            raise CommandError(console.words(words.BAD_SETTING, value=text))
        values[name.strip()] = _value(_parameter(standard, name.strip(), console), given.strip(), console)
    if not values:
        return standard
    try:
        return standard.with_parameters(**values)
    except RuleFileError as error:  # the rules are sound, this value does not fit them
        raise CommandError(str(error)) from None


def _parameter(standard: Standard | Procedure, name: str, console: Console) -> Parameter | CaseParameter:
    if name not in standard.parameters:
        known = list(standard.parameters)
        hint = suggestion(name, known, console.language)
        message = console.words(
            words.NO_PARAMETER, standard=standard.reference, name=name, known=" ".join(known), hint=hint
        )
        raise CommandError(message)
    return standard.parameters[name]


def _value(parameter: Parameter | CaseParameter, given: Any, console: Console) -> Any:  # noqa: ANN401 - a value of any type
    """The value that a text stands for; what is no text is checked by the standard itself."""
    if not isinstance(given, str):
        return given
    kind = parameter.datatype.kind
    value = _read(kind, given)
    if value is None:
        expected = console.words(words.EXPECTED[kind])
        raise CommandError(console.words(words.BAD_PARAMETER, name=parameter.id, expected=expected, value=given))
    return value


def _read(kind: Kind, text: str) -> Any:  # noqa: ANN401 - a value of any type
    match kind:
        case Kind.TRUTH:
            return _TRUTHS.get(text.lower())
        case Kind.NUMBER:
            if not _NUMBER.fullmatch(text):
                return None
            return Decimal(text) if "." in text else int(text)
        case Kind.DATE:
            try:
                return date.fromisoformat(text)
            except ValueError:
                return None
        case Kind.SET:
            return frozenset(item.strip() for item in _BETWEEN.split(text) if item.strip())
        case _:
            return text

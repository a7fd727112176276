# SPDX-License-Identifier: MIT
"""Made-up rows for an official form, and what gets lost when they are written and read back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from platformrules.dossiers import Dossier
from platformrules.languages import Language
from platformrules.ledger import read_ledger, write_form
from platformrules.models import MODELS
from platformrules.schema import Fact, FactType
from platformrules.standards.forms import Form, recording

_ROWS = 24
_FIRST = date(2019, 1, 31)


def form_dossiers(form: Form) -> tuple[Dossier, ...]:
    """Made-up rows in which each fact of a form takes one value after another, and is not recorded now and then."""
    return tuple(Dossier(**{form.subject: _record(form, number)}) for number in range(_ROWS))


def lost_on(form: Form, language: Language, folder: Path) -> Iterator[str]:
    """What differs when made-up rows are written on a form and read back, a line a difference."""
    path = folder / f"{form.id.replace('/', '-')}-{language}.xlsx"
    made = form_dossiers(form)
    write_form(form, made, path, language, internal=True)
    ledger = read_ledger(path, recording(form), form=form)
    yield from map(str, ledger.problems)
    if len(ledger.dossiers) != len(made):
        yield f"{len(ledger.dossiers)} of {len(made)} rows"
    for before, after in zip(made, ledger.dossiers, strict=False):
        for fact in _facts(form):
            old, new = _recorded(before, fact), _recorded(after, fact)
            if old != new:
                yield f"`{fact.id}` of {after.subject.id} was {old!r} and is {new!r}"


def _recorded(dossier: Dossier, fact: Fact) -> Any:  # noqa: ANN401 - the value of any fact
    return dossier.subject.facts.get(fact.id) if fact.plugin else dossier.subject[fact.id]


def _facts(form: Form) -> tuple[Fact, ...]:
    columns = [one.fact for one in form.columns if one.fact is not None]
    return (*columns, *(one.fact for one in form.head))


def _record(form: Form, number: int) -> Any:  # noqa: ANN401 - of any model
    needed = {one.fact.id for one in form.columns if one.required and one.fact is not None}
    # Rows of one sheet stand together, so that they come back in their order.
    values = {one.fact.id: f"{one.fact.label.zh}{2 * number // _ROWS}（虚构）" for one in form.head}
    for index, fact in enumerate(_facts(form)):
        if fact.id not in values and (fact.id in needed or (number + index) % 5):
            values[fact.id] = _value(fact, number)
    facts = {name: values.pop(name) for name in list(values) if form.schema.facts[form.subject][name].plugin}
    return MODELS[form.subject](**{"id": str(number), **values}, facts=facts)  # type: ignore[call-arg]


def _value(fact: Fact, number: int) -> Any:  # noqa: ANN401 - the value of any fact
    codes = [one.id for one in fact.values]
    match fact.type:
        case FactType.BOOLEAN:
            return number % 2 == 0
        case FactType.INTEGER | FactType.DECIMAL:
            least = int(fact.minimum or 0)
            return least + number if fact.type is FactType.INTEGER else least + number + Decimal("0.5")
        case FactType.TEXT:
            return f"=第{number}号{fact.label.zh}（虚构）"
        case FactType.DATE:
            return _FIRST + timedelta(days=number)
        case FactType.CHOICE:
            return codes[number % len(codes)] if codes else f"{number}"
        case FactType.SET:
            return frozenset(codes[: number % (len(codes) + 1)])

# SPDX-License-Identifier: MIT
"""Standards inside of others (`includes`): each is evaluated once and stands there as a block of its id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from attrs import evolve, field, frozen

from platformrules.criteria.qualifying import MARK, qualified_fact, qualified_id, qualify
from platformrules.criteria.typed import TypedExpr
from platformrules.standards.model import Block, Criterion, JudgeRow, NamedValue, NoteRow, Parameter, Standard


@frozen
class Included:
    """What included standards bring: all of it by qualified ids, what two of them share only once."""

    standards: tuple[Standard, ...] = ()
    parameters: Mapping[str, Parameter] = field(factory=dict)
    values: tuple[NamedValue, ...] = ()
    blocks: tuple[Block, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    notes: tuple[NoteRow, ...] = ()

    @property
    def hashes(self) -> dict[str, str]:
        """The hashes of their files."""
        return {name: digest for one in self.standards for name, digest in one.hashes.items()}


def include(standards: Iterable[Standard]) -> Included:
    """Make the parts of included standards ready to stand in another."""
    chosen = tuple(standards)
    parameters: dict[str, Parameter] = {}
    values: dict[str, NamedValue] = {}
    blocks: dict[str, Block] = {}
    criteria: dict[str, Criterion] = {}
    notes: dict[str, NoteRow] = {}
    for one in chosen:
        blocks.setdefault(one.id, Block(one.id, one.title))
        for block in one.blocks:
            made = _block(block, one)
            blocks.setdefault(made.id, made)
        parameters |= {known.id: known for known in (_parameter(given, one) for given in one.parameters.values())}
        values |= {known.id: known for known in (_value(value, one) for value in one.values)}
        for criterion in one.criteria:
            part = _criterion(criterion, one)
            criteria.setdefault(part.id, part)
        for note in one.notes:
            text = _note(note, one)
            notes.setdefault(text.id, text)
    return Included(
        chosen,
        parameters,
        tuple(values.values()),
        tuple(blocks.values()),
        tuple(criteria.values()),
        tuple(notes.values()),
    )


def together(standards: Iterable[Standard]) -> Standard:
    """Several standards of one subject as one, for what reads a ledger or makes a template for all of them.

    Its criteria have qualified ids. It is never evaluated: each of the standards gives its own verdict.
    """
    chosen = tuple(standards)
    if len(chosen) == 1:
        return chosen[0]
    brought = include(chosen)
    first = next((one for one in chosen if one.period.kind != "as-of"), chosen[0])
    return evolve(
        first,
        parameters=MappingProxyType(dict(brought.parameters)),
        values=brought.values,
        blocks=brought.blocks,
        criteria=brought.criteria,
        notes=brought.notes,
        verdicts=(),
        hashes=MappingProxyType(brought.hashes),
        includes=tuple(one.reference for one in chosen),
        referred={name: versions for one in chosen for name, versions in one.referred.items()},
    )


def split(overrides: Mapping[str, Any], included: Iterable[Standard]) -> tuple[dict[str, Any], list[Standard]]:
    """Own overrides, and the included standards with theirs: of ``plugin/standard#parameter``."""
    own = dict(overrides)
    changed = []
    for one in included:
        given = {}
        for name in list(own):
            owner, _, parameter = name.rpartition(MARK)
            if owner == one.id:
                given[parameter] = own.pop(name)
            elif name in one.parameters and MARK in name:
                given[name] = own.pop(name)
        changed.append(one.with_parameters(**given) if given else one)
    return own, changed


def _expression(one: TypedExpr | None, standard: Standard) -> TypedExpr | None:
    return None if one is None else TypedExpr(qualify(one.root, standard.id), one.source, one.text)


def _parameter(one: Parameter, standard: Standard) -> Parameter:
    given = None if one.given is None else qualified_fact(one.given, standard.id)
    return evolve(one, id=qualified_id(one.id, standard.id), given=given)


def _value(one: NamedValue, standard: Standard) -> NamedValue:
    expression = TypedExpr(qualify(one.expression.root, standard.id), one.expression.source, one.expression.text)
    return evolve(one, id=qualified_id(one.id, standard.id), expression=expression)


def _block(one: Block, standard: Standard) -> Block:
    if MARK in one.id or "/" in one.id:  # of a standard that this one includes itself
        return one if one.parent is not None else evolve(one, parent=standard.id)
    parent = standard.id if one.parent is None else qualified_id(one.parent, standard.id)
    return evolve(one, id=qualified_id(one.id, standard.id), parent=parent)


def _criterion(one: Criterion, standard: Standard) -> Criterion:
    if MARK in one.id:
        return one
    return evolve(
        one,
        id=qualified_id(one.id, standard.id),
        block=standard.id if one.block is None else qualified_id(one.block, standard.id),
        require=_expression(one.require, standard),
        applies_when=_expression(one.applies_when, standard),
        judge=tuple(_judge_row(row, standard) for row in one.judge),
        origin=standard.reference,
    )


def _judge_row(one: JudgeRow, standard: Standard) -> JudgeRow:
    return evolve(one, when=_expression(one.when, standard))


def _note(one: NoteRow, standard: Standard) -> NoteRow:
    if MARK in one.id:
        return one
    return evolve(one, id=qualified_id(one.id, standard.id), when=_expression(one.when, standard))

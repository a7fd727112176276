# SPDX-License-Identifier: MIT
"""Points: what rows are worth, what limits a criterion has, and whether the maxima of blocks add up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from platformrules import bounds
from platformrules.bounds import Number
from platformrules.criteria.checker import Scope, check
from platformrules.criteria.datatypes import NUMBER, Datatype
from platformrules.criteria.simplifier import simplify
from platformrules.criteria.typed import Apply, Constant, ConstantValue, TypedNode
from platformrules.errors import RuleFileError
from platformrules.schema import Schema
from platformrules.standards.files import AssessorRow, CriterionRow, JudgeChoice
from platformrules.standards.model import Assessor, Block, Criterion
from platformrules.standards.sources import Faults


def limit(
    given: str | Number | None,
    constants: Mapping[str, tuple[Datatype, ConstantValue]],
    schema: Schema,
    faults: Faults,
    path: str,
) -> Number | None:
    """A limit of points: a number, or an expression over parameters."""
    if not isinstance(given, str):
        return given
    scope = Scope(schema, "center", constants, has_period=False)
    try:
        root = simplify(check(given, scope, NUMBER).root, {name: value for name, (_, value) in constants.items()})
    except RuleFileError as error:
        faults.take(error, path)
        return None
    found = settled(root)
    if found is None:
        message = "a limit of points may depend on parameters only"
        faults.add("PR303", message, path, "the same for all subjects")
    return found


def settled(node: TypedNode) -> Number | None:
    """The number that a simplified expression of constants comes to."""
    match node:
        case Constant(value=int() | Decimal() as value):
            return value
        case Apply(function=function, operands=operands) if function in _ARITHMETIC:
            values = [settled(one) for one in operands]
            known = [one for one in values if one is not None]
            return None if len(known) < len(values) else _ARITHMETIC[function](*known)
        case _:
            return None


_ARITHMETIC: Mapping[str, Callable[..., Number]] = {
    "add": bounds.plus,
    "subtract": bounds.minus,
    "multiply": bounds.times,
    "negate": bounds.opposite,
    "divide": bounds.over,
    "round": bounds.rounded,
    "floor": bounds.floored,
    "ceil": bounds.ceiled,
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
}


def worth(row: JudgeChoice, maximum: Number | None, faults: Faults, path: str) -> Number | None:
    """The points of a row: those it says, or its share of the most there are."""
    if row.share is None:
        return row.points
    if row.points is not None:
        faults.add("PR402", "a row has `share` or `points`, not both", path, keys=("share", "points"))
        return None
    if maximum is None:
        return None
    return bounds.times(row.share, maximum)


def check_rows(criterion: Criterion, faults: Faults, path: str) -> None:
    """Either all rows of a criterion are worth points, or none is; none is worth more than the criterion."""
    given = [row.points is not None for row in criterion.rows]
    if any(given) and not all(given):
        faults.add("PR402", "either every row has points (or a share of `max`), or none", path)
    most = criterion.maximum
    for index, row in enumerate(criterion.rows):
        if most is not None and row.points is not None and row.points > most:
            faults.add("PR406", f"`{row.id}` is worth {row.points}, more than `max`, {most}", f"{path}[{index}]")


def check_limits(row: CriterionRow, made: Criterion, most: Number | None, faults: Faults, path: str) -> None:
    """A share is one of something, a limit limits something, and the points that pass can be reached."""
    own = [one for given in (row.judge, row.grades) if isinstance(given, tuple) for one in given]
    if row.max is None and any(one.share is not None for one in own):
        faults.add("PR402", "a `share` is one of `max`, and there is none", path, "give the criterion a `max`")
    if most is not None and made.rows and not made.has_points:
        faults.add("PR402", "`max` is a limit of points, and no row gives any", f"{path}.max", "rows have `share`")
    if made.pass_at is not None and made.maximum is not None and made.pass_at > made.maximum:
        faults.add("PR403", f"`pass_at` must be at most `max`, {made.maximum}", f"{path}.pass_at", "nobody passes")


def check_assessors(rows: Sequence[AssessorRow], faults: Faults) -> tuple[Assessor, ...]:
    """Those who judge, each once."""
    for index, row in enumerate(rows):
        if row.id in [one.id for one in rows[:index]]:
            faults.add("PR404", f"the assessor `{row.id}` stands twice", f"$.standard.assessors[{index}].id")
    return tuple(Assessor(row.id, row.title) for row in rows)


def check_blocks(blocks: Sequence[Block], criteria: Sequence[Criterion], faults: Faults) -> None:
    """The maxima of the criteria and blocks in a block add up to its own."""
    for index, block in enumerate(blocks):
        path = f"$.blocks[{index}]"
        if block.maximum is not None and block.cap is not None:
            faults.add("PR402", "a block has `max` or `cap`, not both", path, keys=("max", "cap"))
        if block.maximum is None:
            continue
        parts = [one.maximum for one in criteria if one.block == block.id and one.has_points]
        parts += [most_of(one, blocks, criteria) for one in blocks if one.parent == block.id]
        if None in parts:
            message = f"`{block.id}` has a `max`, so each of its parts must have one"
            faults.add("PR406", message, f"{path}.max", "`cap` cuts the sum instead")
            continue
        total = sum_of(parts)  # type: ignore[arg-type]
        if total != block.maximum:
            message = f"the maxima in `{block.id}` add up to {total}, not to {block.maximum}"
            faults.add("PR406", message, f"{path}.max", "`cap` instead of `max` lets them exceed it")


def most_of(block: Block, blocks: Sequence[Block], criteria: Sequence[Criterion]) -> Number | None:
    """The most points of a block; ``None`` if there is no limit."""
    if block.maximum is not None:
        return block.maximum
    parts = [one.maximum for one in criteria if one.block == block.id and one.has_points]
    parts += [most_of(one, blocks, criteria) for one in blocks if one.parent == block.id]
    known = [one for one in parts if one is not None]
    total = None if len(known) < len(parts) else sum_of(known)
    if block.cap is None or total is None:
        return block.cap if block.cap is not None else total
    return min(block.cap, total)


def sum_of(numbers: Sequence[Number]) -> Number:
    """The exact sum."""
    total: Number = 0
    for one in numbers:
        total = bounds.plus(total, one)
    return total

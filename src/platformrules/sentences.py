# SPDX-License-Identifier: MIT
"""What criteria ask, how they give points and what their limits are, as sentences. Knows no dossier and no report."""

from __future__ import annotations

from collections.abc import Iterable

from platformrules.backends.prose import Names, number_text, to_prose
from platformrules.bounds import Number
from platformrules.criteria.typed import TypedExpr
from platformrules.languages import Bilingual
from platformrules.standards.model import Block, Criterion, JudgeRow, Standard

_FAILS = Bilingual("不达标", "fails")
_OTHERWISE = Bilingual("否则为{0}", "otherwise {0}")
_WHEN = Bilingual("{1}时为{0}", "{0} if {1}")


def sentence(standard: Standard, criterion: Criterion) -> Bilingual:
    """What a criterion asks, as a sentence of each language."""
    said = _asked(standard, criterion)
    if criterion.applies_when is None:
        return said
    when = to_prose(criterion.applies_when, standard.parameters, Names(relations=standard.schema.relations))
    return Bilingual(f"适用于{when.zh}的情形：{said.zh}", f"where {when.en}: {said.en}")


def phrase(standard: Standard, expression: TypedExpr) -> Bilingual:
    """An expression in words, criteria and blocks by their titles."""
    names = Names(
        relations=standard.schema.relations,
        criteria={one.id: one.title for one in standard.criteria},
        blocks={one.id: one.title for one in standard.blocks},
    )
    return to_prose(expression, standard.parameters, names)


def points_said(points: Number) -> Bilingual:
    """A number of points: 8分, 8 points."""
    return Bilingual(f"{number_text(points)}分", f"{number_text(points)} {'point' if points == 1 else 'points'}")


def limits_said(criterion: Criterion) -> Bilingual | None:
    """Between what the points of a criterion lie and from how many on it passes; ``None`` if nothing limits them.

    Points of less than 0 come of a `min`, and where the most is 0 there are deductions only.
    """
    least, most, passing = criterion.minimum, criterion.maximum, criterion.pass_at
    parts = []
    if most is not None:
        full = Bilingual("满分{0}分", "out of {0}") if most > 0 else Bilingual("最高{0}分", "at most {0}")
        parts.append(_put(full, most))
    if least != 0:
        parts.append(_put(Bilingual("最低{0}分", "at least {0}"), least))
    if passing is not None:
        parts.append(_put(Bilingual("{0}分以上达标", "passes from {0}"), passing))
    return _joined("，", ", ", parts) if parts else None


def block_limits(block: Block) -> Bilingual | None:
    """How many points a block can have: the most, or where they are cut; ``None`` if nothing limits them."""
    if block.maximum is not None:
        return _put(Bilingual("满分{0}分", "out of {0}"), block.maximum)
    return None if block.cap is None else _put(Bilingual("封顶{0}分", "capped at {0}"), block.cap)


def row_said(row: JudgeRow) -> Bilingual:
    """A grade with what it is worth and whether it fails."""
    parts = [] if row.points is None else [points_said(row.points)]
    parts += [_FAILS] if row.fails else []
    return _with(row.title, _joined("，", ", ", parts) if parts else None)


def _asked(standard: Standard, criterion: Criterion) -> Bilingual:
    names = Names(relations=standard.schema.relations)
    if criterion.require is not None:
        return to_prose(criterion.require, standard.parameters, names)
    limits = limits_said(criterion)
    if criterion.points is not None:
        value = phrase(standard, criterion.points)
        return _with(Bilingual(f"得分：{value.zh}", f"points: {value.en}"), limits)
    if criterion.judges_points:
        return _with(Bilingual("由人评分", "a person gives points"), limits)
    most = None if criterion.maximum is None else _put(Bilingual("满分{0}分", "out of {0}"), criterion.maximum)
    if criterion.grades:
        rows = [_grade(standard, row) for row in criterion.grades]
        parts = _joined("；", "; ", rows)
        return _with(Bilingual(f"等次：{parts.zh}", f"grade: {parts.en}"), most)
    scored = any(row.points is not None for row in criterion.judge)
    titles = _joined("／", " / ", [row_said(row) if scored else row.title for row in criterion.judge])
    return _with(Bilingual(f"由人认定：{titles.zh}", f"a person finds: {titles.en}"), most)


def _grade(standard: Standard, row: JudgeRow) -> Bilingual:
    said = row_said(row)
    if row.when is None:
        return _put(_OTHERWISE, said)
    return _put(_WHEN, said, phrase(standard, row.when))


def _put(template: Bilingual, *given: Bilingual | Number) -> Bilingual:
    texts = [one if isinstance(one, Bilingual) else Bilingual(*(number_text(one),) * 2) for one in given]
    return Bilingual(template.zh.format(*(one.zh for one in texts)), template.en.format(*(one.en for one in texts)))


def _with(text: Bilingual, added: Bilingual | None) -> Bilingual:
    return text if added is None else Bilingual(f"{text.zh}（{added.zh}）", f"{text.en} ({added.en})")


def _joined(zh: str, en: str, texts: Iterable[Bilingual]) -> Bilingual:
    every = list(texts)
    return Bilingual(zh.join(one.zh for one in every), en.join(one.en for one in every))

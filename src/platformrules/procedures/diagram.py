# SPDX-License-Identifier: MIT
"""A procedure as a diagram of its states, in the text form of Mermaid, which documentation sites draw."""

from __future__ import annotations

from platformrules.criteria.formatter import to_text
from platformrules.languages import Language
from platformrules.procedures.model import Procedure, Transition

_EVERY = {Language.ZH: "每年{month}月{day}日", Language.EN: "each year on {month:02d}-{day:02d}"}
_AT = {Language.ZH: "期限：{day}", Language.EN: "limit: {day}"}
_ELSE = {Language.ZH: "其他情形", Language.EN: "otherwise"}
_BREACH = {Language.ZH: "（违反：{text}）", Language.EN: " (breach: {text})"}


def to_mermaid(procedure: Procedure, language: Language | str) -> str:
    """The diagram: an arrow for each state and row, with what brings it, its guard and its clauses."""
    names = {one.id: f"s{index}" for index, one in enumerate(procedure.states)}
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{_plain(one.title[language])}" as {names[one.id]}' for one in procedure.states]
    lines.append(f"    [*] --> {names[procedure.states[0].id]}")
    for row in procedure.transitions:
        label = _plain(_label(procedure, row, Language(language)))
        lines += [f"    {names[state]} --> {names[row.to or state]}: {label}" for state in row.from_]
    left = {state for row in procedure.transitions if row.to not in {None, *row.from_} for state in row.from_}
    lines += [f"    {names[one.id]} --> [*]" for one in procedure.states if one.id not in left]
    return "\n".join(lines) + "\n"


def _label(procedure: Procedure, row: Transition, language: Language) -> str:
    """What brings a row about, its guard, its breach and its clauses."""
    if row.on is not None:
        text = procedure.event_of[row.on].title[language]
    elif row.every is not None:
        text = _EVERY[language].format(month=row.every[0], day=row.every[1])
    else:
        text = _AT[language].format(day="" if row.at is None else to_text(row.at.source))
    if row.when is not None:
        text += f" [{to_text(row.when.source)}]"
    elif row.on is not None and _is_after_others(procedure, row):
        text += f" [{_ELSE[language]}]"
    if row.breach is not None:
        text += _BREACH[language].format(text=row.breach[language])
    return f"{text} {' '.join(cited.clause for cited in row.cites)}"


def _is_after_others(procedure: Procedure, row: Transition) -> bool:
    """Whether a row above has the same event and a state in common."""
    above = procedure.transitions[: row.index]
    return any(one.on == row.on and set(one.from_).intersection(row.from_) for one in above)


def _plain(text: str) -> str:
    """A text without what has a meaning in the diagram's own language."""
    return " ".join(text.split()).replace('"', "'").replace(":", "：").replace(";", "；").replace("#", "＃")

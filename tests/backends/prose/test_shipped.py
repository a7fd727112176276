# SPDX-License-Identifier: MIT
"""The standards that are shipped, in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from platformrules.backends.prose import Names, to_phrase, to_prose
from platformrules.criteria.typed import Constant, TypedExpr, TypedNode
from platformrules.criteria.walk import walk
from platformrules.plugins import rule_folder
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import load_rulebook

PLUGINS = Path(__file__).parents[3] / "plugins"


def _shipped() -> list[Standard]:
    folders = [folder for folder in sorted(PLUGINS.iterdir()) if list(folder.glob("src/*/standards/*.toml"))]
    return list(load_rulebook(map(rule_folder, folders)))


def _expressions(standard: Standard) -> Iterator[TypedExpr]:
    yield from standard.expressions
    yield from (row.when for row in standard.verdicts if row.when is not None)


def test_shipped_standards_can_be_said():
    """Every expression of every shipped standard has words, and so has every part of it."""
    standards = _shipped()
    assert standards
    for standard in standards:
        for expression in _expressions(standard):
            said = to_prose(expression, standard.parameters)
            assert said.zh
            assert said.en
            assert said.zh.count("（") == said.zh.count("）")
            assert said.en.count("(") == said.en.count(")")
            parts = [part for part in walk(expression.root) if isinstance(part, TypedNode)]
            assert all(to_phrase(part, standard.parameters) for part in parts)


def test_shipped_choices_are_said_by_their_labels():
    """No code of a choice, and no id of a criterion, is seen in a Chinese sentence."""
    for standard in _shipped():
        names = Names(
            relations=standard.schema.relations,
            criteria={one.id: one.title for one in standard.criteria},
            blocks={one.id: one.title for one in standard.blocks},
        )
        for expression in standard.expressions:
            said = to_prose(expression, standard.parameters, names).zh
            literals = [part.value for part in walk(expression.root) if isinstance(part, Constant)]
            codes = {code for value in literals if isinstance(value, frozenset) for code in value}
            assert not [code for code in codes if code in said]

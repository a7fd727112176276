# SPDX-License-Identifier: MIT
"""Two plugins that add to one open list of choices of the core."""

from pathlib import Path

import pytest

from platformrules.standards.rulebook import Rulebook, RuleSource, load_rulebook

FACTS = """format = 1
[[choices]]
of = "center.workforce_kinds"
values = [{{ id = "{id}", zh = "{zh}", en = "{en}" }}]
"""


def load(folder: Path, *choices: dict[str, str]) -> Rulebook:
    """A rulebook of one plugin a choice: alpha, beta."""
    sources = []
    for name, choice in zip(("alpha", "beta"), choices, strict=True):
        root = folder / name
        root.mkdir()
        root.joinpath("facts.toml").write_text(FACTS.format(**choice), encoding="utf-8")
        sources.append(RuleSource(name, root))
    return load_rulebook(sources)


VOLUNTEER = {"id": "volunteer", "zh": "志愿者", "en": "volunteer"}


def test_the_same_choice_of_two_plugins_is_one(tmp_path: Path) -> None:
    """A choice with the same id and labels may be added by several plugins, so that each can stand alone."""
    rulebook = load(tmp_path, VOLUNTEER, VOLUNTEER)
    assert rulebook.faults == ()
    assert [one.id for one in rulebook.schema.facts["center"]["workforce_kinds"].values] == ["volunteer"]


@pytest.mark.parametrize(
    ("other", "code"),
    [({**VOLUNTEER, "zh": "志愿服务者"}, "PR404"), ({**VOLUNTEER, "id": "helper"}, "PR404")],
)
def test_choices_that_differ_in_part_are_refused(tmp_path: Path, other: dict[str, str], code: str) -> None:
    """The same id with another label, or the same label with another id, would give a cell two meanings."""
    rulebook = load(tmp_path, VOLUNTEER, other)
    assert code in [fault.code for fault in rulebook.faults]
    assert [info.name for info in rulebook.plugins if info.error] == ["beta"]

# SPDX-License-Identifier: MIT
"""The labels of facts are the headings of a ledger."""

from pathlib import Path

import pytest

from platformrules.standards.rulebook import RuleSource, load_rulebook

FACT = """format = 1
[[facts]]
id = "alpha_garden"
on = "center"
type = "boolean"
label = {{ zh = "{zh}", en = "{en}" }}
"""


@pytest.mark.parametrize(
    ("zh", "en", "faults"),
    [
        ("花园", "garden", []),
        ("有团旗", "garden", ["`alpha_garden` and `has_flag` share the label `有团旗`"]),
        ("花园", "League Flag ", ["`alpha_garden` and `has_flag` share the label `League Flag `"]),
        ("花园", "has_flag", ["`alpha_garden` and `has_flag` share the label `has_flag`"]),
    ],
)
def test_a_label_belongs_to_one_fact(tmp_path: Path, zh: str, en: str, faults: list[str]) -> None:
    """A plugin's fact with the heading of another of the same model is refused: a column would have two meanings."""
    tmp_path.joinpath("facts.toml").write_text(FACT.format(zh=zh, en=en), encoding="utf-8")
    rulebook = load_rulebook([RuleSource("alpha", tmp_path)])
    assert [fault.message for fault in rulebook.faults] == faults

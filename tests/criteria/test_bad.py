# SPDX-License-Identifier: MIT
"""Bad expressions are refused with the faults that `bad/*.toml` says, all of them at once and in this order."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from platformrules.criteria.checker import Scope
from platformrules.criteria.datatypes import NUMBER, TRUTH, WHOLE
from platformrules.diagnostics import CODES, Diagnostic

DATATYPES = {"truth": TRUTH, "number": NUMBER, "whole": WHOLE}
CASES = [
    pytest.param(case, id=f"{path.stem} {number}")
    for path in sorted(Path(__file__).parent.glob("bad/*.toml"))
    for number, case in enumerate(tomllib.loads(path.read_text("utf-8"))["expressions"], 1)
]


@pytest.mark.parametrize("case", CASES)
def test_each_fault_has_its_code_place_and_hint(
    case: dict[str, Any], scope: Scope, verdict_scope: Scope, refusal: Callable[..., tuple[Diagnostic, ...]]
) -> None:
    """Code, the text that is underlined and, where the case says it, the hint; nothing else is told."""
    scopes = {"criterion": scope, "verdict": verdict_scope, "day": evolve(scope, has_period=False)}
    found = refusal(case["text"], scopes[case.get("scope", "criterion")], DATATYPES[case.get("expected", "truth")])
    told = [(one.code, case["text"][one.span.start : one.span.end]) for one in found if one.span is not None]
    assert [(fault["code"], fault["at"]) for fault in case["faults"]] == told
    assert [fault.get("help", one.help) for fault, one in zip(case["faults"], found, strict=True)] == [
        one.help for one in found
    ]


def test_every_code_of_the_language_has_a_case() -> None:
    """Codes 1xx to 3xx each stand in a bad case, here or among those of the parser; circles are of rule files."""
    told = {fault["code"] for case in CASES for fault in case.values[0]["faults"]}
    parsed = {"PR101", "PR102", "PR103", "PR201", "PR202", "PR203"}
    assert told | parsed | {"PR307"} == {code for code in CODES if code < "PR4"}

# SPDX-License-Identifier: MIT
"""Bad rule files: all faults of a file at once, each told once, with path, place, message and hint."""

from pathlib import Path
from typing import Any

import pytest

from platformrules.diagnostics import Diagnostic

BAD = sorted(Path(__file__).parent.glob("bad/*.toml"))


def line(found: Diagnostic) -> str:
    """A diagnostic as the lines `#!` of a bad file write it."""
    place = ""
    if found.text is not None and found.span is not None:
        before = found.text[: found.span.start].split("\n")
        place = f" {len(before)}:{len(before[-1]) + 1}"
    return f"{found.code} {found.path}{place}: {found.message}" + (f"; {found.help}" if found.help else "")


@pytest.mark.parametrize("path", BAD, ids=[path.stem for path in BAD])
def test_all_faults_of_a_file_are_told_at_once(path: Path, rules: Any) -> None:
    """Just those that the file says, each once, and each with the name of the file."""
    text = path.read_text("utf-8")
    kind = path.stem.partition("-")[0]
    rules.write(kind, text)
    own = {"facts": "facts.toml", "clauses": "clauses/doc-2015.toml", "standard": "standards/main-2015.toml"}[kind]
    expected = [one.removeprefix("#! ") for one in text.splitlines() if one.startswith("#! ")]
    assert sorted(expected) == sorted(line(one) for one in rules.faults() if one.file == f"platformrules_p/{own}")


@pytest.mark.parametrize("path", BAD, ids=[path.stem for path in BAD])
def test_carets_of_a_file_stand_in_their_expressions(path: Path, rules: Any) -> None:
    """Every span lies inside the text of its expression, and every message prints."""
    rules.write(path.stem.partition("-")[0], path.read_text("utf-8"))
    for one in rules.faults():
        assert str(one).startswith(f"error[{one.code}]: ")
        assert one.span is None or (one.text is not None and 0 <= one.span.start <= one.span.end <= len(one.text))

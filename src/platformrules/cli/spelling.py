# SPDX-License-Identifier: MIT
"""Hints to whoever has misspelt a name, in the language of the run; knows no rules."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from platformrules.cli import words
from platformrules.languages import Language


def suggestion(word: str, known: Iterable[str], language: Language) -> str:
    """A sentence that names the known word most like this one, behind a message; empty if none is like it."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return words.DID_YOU_MEAN[language].format(word=near[0]) if near else ""

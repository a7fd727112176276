# SPDX-License-Identifier: MIT
"""Texts in Chinese and in English."""

import pytest

from platformrules.languages import Bilingual, Language


@pytest.mark.parametrize(("language", "expected"), [(Language.ZH, "面积"), (Language.EN, "area")])
def test_a_text_is_read_in_one_language(language: Language, expected: str) -> None:
    """The language may be given as a member or as its code."""
    text = Bilingual("面积", "area")
    assert expected == text[language]
    assert expected == text[language.value]

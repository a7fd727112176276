# SPDX-License-Identifier: MIT
"""The two languages that every text of a rule file has."""

from __future__ import annotations

import enum

from attrs import frozen


class Language(enum.StrEnum):
    """A language of output; chosen by the caller, never by the locale."""

    ZH = "zh"
    EN = "en"


@frozen
class Bilingual:
    """One text in Chinese and in English."""

    zh: str
    en: str

    def __getitem__(self, language: Language | str) -> str:
        """The text in one language."""
        return self.zh if language == Language.ZH else self.en

# SPDX-License-Identifier: MIT
"""Every exception that platformrules raises on purpose; knows only diagnostics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from platformrules.diagnostics import Diagnostic
from platformrules.languages import Bilingual


class PlatformRulesError(Exception):
    """The base of all errors of this library: catch it to catch them all."""


class RuleFileError(PlatformRulesError, ValueError):
    """Rule files are wrong; ``diagnostics`` holds every fault found."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the diagnostics; the message is made of them."""
        self.diagnostics = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        """Give the text of all diagnostics."""
        return "\n".join(map(str, self.diagnostics))


class UnknownNameError(PlatformRulesError, KeyError):
    """A standard, document, plugin, parameter or criterion of that name does not exist."""

    def __str__(self) -> str:
        """Give the message itself: KeyError would print its repr."""
        return str(self.args[0]) if self.args else ""


class DossierError(PlatformRulesError, TypeError):
    """A dossier holds values of the wrong type or outside their domain; ``faults`` lists all of them."""

    def __init__(self, faults: Iterable[str]) -> None:
        """Keep the faults, one line each."""
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        """Give all faults, one line each."""
        return "\n".join(self.faults)


class LedgerError(PlatformRulesError, ValueError):
    """A ledger cannot be read at all: no such file, no workbook, too large, or no period given.

    ``text`` is the message in both languages.
    """

    def __init__(self, text: Bilingual) -> None:
        """Keep both languages."""
        self.text = text
        super().__init__(text)

    def __str__(self) -> str:
        """One language behind the other."""
        return f"{self.text.zh} / {self.text.en}"


class EvaluationError(PlatformRulesError, ValueError):
    """A standard and a dossier do not fit each other: another subject, no period, not in force."""


class UnknownYearError(PlatformRulesError, LookupError):
    """The calendar of working days does not know a year; it knows those from ``first`` to ``last``."""

    def __init__(self, year: int, first: int, last: int) -> None:
        """Keep the years; the message is made of them."""
        self.year, self.first, self.last = year, first, last
        super().__init__(year, first, last)

    def __str__(self) -> str:
        """Say which year, which years are known, and what to do."""
        return (
            f"the working days of {self.year} are not known: the calendar has the years {self.first} to {self.last}; "
            "for a later year install a newer `chinesecalendar`"
        )


def why_not_read(error: OSError) -> Bilingual:
    """Why the system could not read or write a file, in both languages as far as it is a usual reason."""
    for kind, reason in _REASONS.items():
        if isinstance(error, kind):
            return reason
    why = error.strerror or type(error).__name__
    return Bilingual(why, why)


_REASONS: Mapping[type[OSError], Bilingual] = {
    FileNotFoundError: Bilingual("没有这个文件或文件夹", "there is no such file or folder"),
    PermissionError: Bilingual("没有权限", "permission denied"),
    IsADirectoryError: Bilingual("这是一个文件夹", "it is a folder"),
    NotADirectoryError: Bilingual("路径中有一段不是文件夹", "a part of the path is no folder"),
}

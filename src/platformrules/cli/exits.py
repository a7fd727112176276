# SPDX-License-Identifier: MIT
"""How a run ends: the exit codes, and the error of a command that cannot run."""

from __future__ import annotations

import enum

from platformrules.errors import PlatformRulesError


class ExitCode(enum.IntEnum):
    """What the caller of the program is told; scripts rely on these numbers."""

    CONFORMS = 0  # every verdict conforms or informs; or the command did what it was asked
    NOT_RUN = 1  # it could not run: wrong usage, no such file, a ledger that cannot be read
    DOES_NOT_CONFORM = 2  # some verdicts do not conform
    WRONG_RULES = 3  # rule files are wrong
    UNDETERMINED = 4  # no verdict fails, and some are open: facts or judgements are missing


class CommandError(PlatformRulesError):
    """A command cannot do what it was asked; the message is in the language of the run."""


class UsageError(CommandError):
    """The command line is wrong; ``hint`` says where the right form is explained."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep both; without a hint the message is the explanation itself."""
        self.hint = hint
        super().__init__(message)

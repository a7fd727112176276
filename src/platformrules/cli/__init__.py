# SPDX-License-Identifier: MIT
"""The command `platformrules`: words and tables around the library; judges nothing itself."""

from platformrules.cli.program import main

__all__ = ["main"]

# SPDX-License-Identifier: MIT
"""The criteria language: parse text, check expressions, print them again. Knows no rule file and no backend."""

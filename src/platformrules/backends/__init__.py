# SPDX-License-Identifier: MIT
"""Translators of checked expressions, one room each; they do not know one another."""

# SPDX-License-Identifier: MIT
"""Procedures: states, events and time limits as data (format.md section 9). Knows no backend and no plugin."""

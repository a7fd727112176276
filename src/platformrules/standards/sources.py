# SPDX-License-Identifier: MIT
"""What standards share with procedures: rule files as text and their faults (``platformrules.rulefiles``)."""

from platformrules.rulefiles import FORMAT, KEBAB, RULE_ID, SNAKE, Faults, SourceFile, structured

__all__ = ["FORMAT", "KEBAB", "RULE_ID", "SNAKE", "Faults", "SourceFile", "structured"]

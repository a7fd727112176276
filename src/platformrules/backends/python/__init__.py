# SPDX-License-Identifier: MIT
"""The Python backend: the reference semantics of the criteria language."""

from platformrules.backends.python.program import Program, outcome_of, to_python
from platformrules.backends.python.runtime import grade_counting, satisfied, settled
from platformrules.backends.python.single import to_functions

__all__ = ["Program", "grade_counting", "outcome_of", "satisfied", "settled", "to_functions", "to_python"]

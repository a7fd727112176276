# SPDX-License-Identifier: MIT
"""Where ``ledger.cells`` still looks for the name of a unit; ``prose`` is the place."""

from platformrules.backends.prose import unit_named

__all__ = ["unit_named"]

# SPDX-License-Identifier: MIT
"""Stars: made-up measures that rate youth reading rooms by points, as data.

Says where the rule files lie, and nothing else.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable

from platformrules import hookimpl


@hookimpl
def platformrules_rules() -> Traversable:
    """The folder of this plugin's rule files."""
    return files(__name__)

# SPDX-License-Identifier: MIT
"""``python -m platformrules``: the same program as ``platformrules``."""

import sys

from platformrules.cli import main

if __name__ == "__main__":
    sys.exit(main())

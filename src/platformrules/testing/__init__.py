# SPDX-License-Identifier: MIT
"""What plugins and engines are tested with; alone imports hypothesis and pytest."""

from platformrules.testing.conformance import check_plugin

__all__ = ["check_plugin"]

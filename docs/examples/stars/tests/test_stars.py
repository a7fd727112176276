# SPDX-License-Identifier: MIT
"""The worked example keeps to the protocol of plugins."""

from platformrules.testing import check_plugin

TestPlugin = check_plugin("stars")

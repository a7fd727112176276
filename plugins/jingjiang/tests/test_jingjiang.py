# SPDX-License-Identifier: MIT
"""Jingjiang keeps to the protocol of plugins."""

from platformrules.testing import check_plugin

TestPlugin = check_plugin("jingjiang")

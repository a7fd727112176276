# SPDX-License-Identifier: MIT
"""Standards, documents and rulebooks, loaded from rule files; knows no engine and no plugin machinery."""

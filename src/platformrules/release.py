# SPDX-License-Identifier: MIT
"""Which release of the library runs; knows nothing else."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1)
def library_version() -> str:
    """The version of platformrules that runs, from the metadata of its distribution; 0 if it was never installed."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - takes longer than most evaluations

    try:
        return version("platformrules")
    except PackageNotFoundError:
        return "0"

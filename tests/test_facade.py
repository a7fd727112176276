# SPDX-License-Identifier: MIT
"""The door of the library: a dozen names that load on first touch."""

from importlib import metadata

import pytest

import platformrules
from platformrules import release


def test_every_public_name_is_there_and_listed() -> None:
    """What `__all__` promises can be read, `dir` shows it, and the list is sorted."""
    assert sorted(platformrules.__all__) == list(platformrules.__all__)
    assert [name for name in platformrules.__all__ if getattr(platformrules, name, None) is None] == []
    assert set(platformrules.__all__) <= set(dir(platformrules))


def test_a_name_that_is_not_public_is_refused() -> None:
    """A misspelt name is an AttributeError that names it, as with any module."""
    with pytest.raises(AttributeError, match="'platformrules' has no attribute 'evaluates'"):
        platformrules.evaluates  # noqa: B018 - reading it is the test


def test_the_version_is_that_of_the_distribution() -> None:
    """`__version__` comes from the metadata and is written nowhere else."""
    assert platformrules.__version__ == metadata.version("platformrules")


def test_a_source_tree_that_was_never_installed_has_version_0(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without metadata there is no version, and that stops nothing."""

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    release.library_version.cache_clear()
    found = release.library_version()
    release.library_version.cache_clear()
    assert found == "0"

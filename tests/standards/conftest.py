# SPDX-License-Identifier: MIT
"""A plugin's folder of rule files, made in a temporary place out of good ones that a test may spoil."""

from pathlib import Path

import pytest
from attrs import frozen

from platformrules.diagnostics import Diagnostic
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import Rulebook, RuleSource, load_rulebook

GOOD = Path(__file__).parent / "good"
PLACES = {"facts": "facts.toml", "clauses": "clauses/doc-2015.toml", "standard": "standards/main-2015.toml"}


@frozen
class Folder:
    """The rule files of a plugin."""

    root: Path
    plugin: str = "p"

    @property
    def source(self) -> RuleSource:
        """What a rulebook is loaded from."""
        return RuleSource(self.plugin, self.root, version="1.0")

    def text(self, kind: str) -> str:
        """The text of the good facts, clauses or standard."""
        return (self.root / PLACES[kind]).read_text("utf-8")

    def write(self, path: str, text: str | bytes) -> None:
        """Put a file into the folder, in place of one that is there."""
        place = self.root / PLACES.get(path, path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())

    def edit(self, kind: str, *changes: tuple[str, str]) -> None:
        """Change parts of a file, each of which stands in it once."""
        text = self.text(kind)
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        self.write(kind, text)

    def load(self, *others: "Folder") -> Rulebook:
        """The rulebook of this folder, and of others."""
        return load_rulebook([self.source, *(other.source for other in others)])

    def standard(self) -> Standard:
        """The standard of the folder, which is good."""
        book = self.load()
        assert book.faults == ()
        return book["p/main"]

    def faults(self) -> list[Diagnostic]:
        """What is wrong with the folder; something is."""
        book = self.load()
        assert book.faults
        assert not book.standards
        return list(book.faults)

    def told(self) -> list[tuple[str, str, str]]:
        """Code, path and message of each fault."""
        return [(one.code, one.path, one.message) for one in self.faults()]


@pytest.fixture
def rules(tmp_path: Path) -> Folder:
    """The good rule files of a plugin named p."""
    folder = Folder(tmp_path / "p")
    for kind in PLACES:
        folder.write(kind, (GOOD / f"{kind}.toml").read_bytes())
    return folder


@pytest.fixture
def others(tmp_path: Path) -> Folder:
    """The rule files of a plugin named q, with nothing in them yet."""
    (tmp_path / "q").mkdir()
    return Folder(tmp_path / "q", "q")

# SPDX-License-Identifier: MIT
"""Folders of CSV files, in the encodings that people have."""

from __future__ import annotations

from pathlib import Path

import pytest

from platformrules.errors import LedgerError
from platformrules.ledger import Ledger, read_ledger
from platformrules.ledger.text_tables import csv_text
from platformrules.periods import Period
from platformrules.standards.model import Standard

CENTERS = '编号,名称,设备\r\nc1,甲,"电脑、音响"\r\nc2,"乙\n二",无\r\n'


def read(folder: Path, standard: Standard) -> Ledger:
    """Read a folder as a ledger of 2020."""
    return read_ledger(folder, standard, period=Period.year(2020))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("name", ["青年中心.csv", "centers.CSV"])
def test_encodings(tmp_path: Path, standard: Standard, encoding: str, name: str) -> None:
    """UTF-8 with or without a byte order mark, GBK and GB18030 are read alike."""
    (tmp_path / name).write_bytes(CENTERS.encode(encoding))
    (tmp_path / "活动.csv").write_bytes("编号,青年中心编号\r\na1,c1\r\n".encode(encoding))
    (tmp_path / "readme.txt").write_text("not read")
    ledger = read(tmp_path, standard)
    assert ledger.problems == ()
    assert [one.center and one.center.name for one in ledger.dossiers] == ["甲", "乙\n二"]
    assert [one.center and one.center.equipment for one in ledger.dossiers] == [{"computer", "audio"}, frozenset()]
    assert [one.activities and len(one.activities) for one in ledger.dossiers] == [1, ()]


@pytest.mark.parametrize("data", ["编号\nc1\n".encode("utf-16"), b"\xff\xfe\xff"], ids=["utf-16", "rubbish"])
def test_other_encodings(tmp_path: Path, standard: Standard, data: bytes) -> None:
    """What is in neither is refused, and the file is named."""
    (tmp_path / "centers.csv").write_bytes(data)
    with pytest.raises(LedgerError, match=r"centers\.csv .*UTF-8"):
        read(tmp_path, standard)


@pytest.mark.parametrize("text", ["编号;名称\nc1;甲\n", "编号\t名称\nc1\t甲\n"], ids=["semicolon", "tab"])
def test_delimiters(tmp_path: Path, standard: Standard, text: str) -> None:
    """What separates the cells is seen from the first line."""
    (tmp_path / "centers.csv").write_text(text, "utf-8")
    assert [one.center and one.center.name for one in read(tmp_path, standard).dossiers] == ["甲"]


@pytest.mark.parametrize("text", ['编号,名称\nc1,"甲\nc2,乙\n', '编号\n"c1"x\n', "编号\n" + "x" * 200_000 + "\n"])
def test_broken_quotes(tmp_path: Path, standard: Standard, text: str) -> None:
    """A quote that never ends would swallow the rest of the file: refused, with the line."""
    (tmp_path / "centers.csv").write_text(text, "utf-8")
    with pytest.raises(LedgerError, match="line "):
        read(tmp_path, standard)


def test_places(tmp_path: Path, standard: Standard) -> None:
    """A row keeps the number that a spreadsheet program shows, blank lines and lines in quotes counted."""
    (tmp_path / "centers.csv").write_text('编号,有团旗,名称\nc1,是,"a\nb"\n\n,,,\nc2,大概\n', "utf-8")
    assert [(one.code, one.place) for one in read(tmp_path, standard).problems] == [("PR501", "centers!B5")]


def test_text_is_never_a_formula(tmp_path: Path, standard: Standard) -> None:
    """What begins like a formula is written with an apostrophe, which reading takes away, and no other."""
    names = ["=1+1", "+1", "-x", "@sum", "'=1", "''=1", "'quoted'", "\t=1", "a=b"]
    text = csv_text([["编号", "名称"], *([f"c{index}", name] for index, name in enumerate(names))])
    assert all(cell[0] not in "=+-@\t\r" for line in text.split("\r\n")[1:-1] for cell in line.split(",")[1:])
    (tmp_path / "centers.csv").write_bytes(text.encode())
    found = [one.center and one.center.name for one in read(tmp_path, standard).dossiers]
    assert found == [name.strip() for name in names]


def test_the_digest_covers_names_and_bytes(tmp_path: Path, standard: Standard) -> None:
    """The same files give the same hash, a changed byte or name another."""
    digests = set()
    for number, (name, text) in enumerate(
        [("centers.csv", "id\nc1\n"), ("centers.csv", "id\nc2\n"), ("青年中心.csv", "id\nc1\n")]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / name).write_text(text, "utf-8")
        digests |= {read(folder, standard).digest, read(folder, standard).digest}
    assert len(digests) == 3

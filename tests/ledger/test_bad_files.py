# SPDX-License-Identifier: MIT
"""Files that are no ledger, or that mean harm: refused with a clear message, in both languages, at once."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from platformrules.errors import LedgerError
from platformrules.ledger import archives, read_ledger, reading, write_template
from platformrules.periods import Period
from platformrules.standards.model import Standard

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
PARTS: Mapping[str, str] = {
    "[Content_Types].xml": (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    ),
    "_rels/.rels": (
        f"{HEAD}<Relationships {RELATIONS}>"
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'{HEAD}<workbook {MAIN} xmlns:r="{OFFICE}"><sheets><sheet name="centers" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>"
    ),
    "xl/_rels/workbook.xml.rels": (
        f"{HEAD}<Relationships {RELATIONS}>"
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    ),
}
ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row><row r="2"><c r="A2" t="str"><v>c1</v></c></row>'


def sheet(rows: str) -> str:
    """A worksheet with these rows."""
    return f"{HEAD}<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"


@pytest.fixture
def packed(tmp_path: Path) -> Callable[..., Path]:
    """A workbook made of its bare parts."""

    def make(rows: str = ROW, parts: Mapping[str, str | bytes] | None = None) -> Path:
        path = tmp_path / "made.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {**PARTS, "xl/worksheets/sheet1.xml": sheet(rows), **(parts or {})}.items():
                archive.writestr(name, content)
        return path

    return make


def refused(path: Path | str, standard: Standard) -> str:
    """The message with which a ledger is refused; it says the same in Chinese and in English, within seconds."""
    begin = time.process_time()
    with pytest.raises(LedgerError) as caught:
        read_ledger(path, standard, period=Period.year(2020))
    assert time.process_time() - begin < 10
    message = str(caught.value)
    assert " / " in message
    return message


def test_a_workbook_of_bare_parts(packed: Callable[..., Path], standard: Standard) -> None:
    """The parts below are a sound workbook: what is refused is refused for its fault."""
    assert [one.subject.id for one in read_ledger(packed(), standard, period=Period.year(2020)).dossiers] == ["c1"]


def test_no_such_file(tmp_path: Path, standard: Standard) -> None:
    """A file that is not there is named."""
    assert "cannot read" in refused(tmp_path / "nowhere.xlsx", standard)
    assert "nowhere" in refused(str(tmp_path / "nowhere"), standard)


def test_folders_that_cannot_be_read(tmp_path: Path, standard: Standard, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that the system does not show is named, with the reason."""

    def closed(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(reading, "read_folder", closed)
    assert "permission denied" in refused(tmp_path, standard)


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 100, b"id,name\r\nc1,x", b"PK\x03\x04rubbish", b"PK\x05\x06" + b"\x00" * 18], ids=repr
)
def test_no_workbook(tmp_path: Path, standard: Standard, content: bytes) -> None:
    """What is no archive is no workbook."""
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(content)
    assert "不是 Excel 工作簿" in refused(path, standard)


def test_another_archive(tmp_path: Path, standard: Standard) -> None:
    """An archive without a workbook in it is no workbook either."""
    path = tmp_path / "ledger.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "is no Excel workbook" in refused(path, standard)


def test_old_and_protected_workbooks(tmp_path: Path, standard: Standard) -> None:
    """An .xls file and a workbook with a password are told apart, and the way out is named."""
    path = tmp_path / "ledger.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    assert "save it as .xlsx" in refused(path, standard)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert "password" in refused(path, standard)


def test_encrypted_entries(packed: Callable[..., Path], standard: Standard) -> None:
    """An archive with encrypted entries is protected as well."""
    path = packed()
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        flags = struct.unpack_from("<H", data, at + 8)[0]
        struct.pack_into("<H", data, at + 8, flags | 1)
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(bytes(data))
    assert "password" in refused(path, standard)


def test_empty_workbooks(workbook: Callable[..., Path], tmp_path: Path, standard: Standard) -> None:
    """A workbook, a folder or a file with nothing in it says so."""
    assert "is empty" in refused(workbook({"青年中心": [], "Sheet2": []}), standard)
    (tmp_path / "folder").mkdir()
    assert "holds no CSV file" in refused(tmp_path / "folder", standard)
    (tmp_path / "folder" / "centers.csv").write_bytes(b"")
    assert "is empty" in refused(tmp_path / "folder", standard)


def test_a_missing_sheet(workbook: Callable[..., Path], standard: Standard) -> None:
    """Without the sheet of the subjects nothing can be judged: the sheets that are there are named."""
    message = refused(workbook({"Sheet1": [["编号"], ["c1"]], "活动": [["编号"]]}), standard)
    assert "没有工作表“青年中心”" in message
    assert "Sheet1、活动" in message


def test_a_sheet_without_ids(workbook: Callable[..., Path], standard: Standard) -> None:
    """Without a column of ids nothing can be judged either."""
    assert "没有“编号”列" in refused(workbook({"青年中心": [["名称", "有团旗"], ["甲", "是"]]}), standard)
    assert "no column `id`" in refused(workbook({"青年中心": [["a", "b"], ["甲", "是"]]}), standard)


def test_too_large_files(
    packed: Callable[..., Path], tmp_path: Path, standard: Standard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file above the limit is refused before it is read, a folder too."""
    monkeypatch.setattr(reading, "MAX_FILE", 100)
    assert "is larger than" in refused(packed(), standard)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "centers.csv").write_text("id\nc1\n")
    monkeypatch.setattr("platformrules.ledger.text_tables.MAX_FILE", 3)
    assert "is larger than" in refused(folder, standard)
    monkeypatch.setattr("platformrules.ledger.text_tables.MAX_FILE", 10**6)
    monkeypatch.setattr("platformrules.ledger.text_tables.MAX_CELLS", 1)
    assert "too many cells" in refused(folder, standard)


def test_zip_bombs(packed: Callable[..., Path], standard: Standard) -> None:
    """A small file that unpacks to hundreds of megabytes is refused by its directory, before it is unpacked."""
    path = packed(parts={"xl/styles.xml": b"<x>" + b" " * 100_000_000})
    assert path.stat().st_size < 200_000
    assert "too large when unpacked" in refused(path, standard)


def test_zip_bombs_that_lie(packed: Callable[..., Path], standard: Standard) -> None:
    """A directory that understates what it holds is no sound archive."""
    path = packed(parts={"xl/styles.xml": b"<x>" + b" " * 40_000_000})
    data = path.read_bytes().replace(struct.pack("<I", 40_000_003), struct.pack("<I", 1000))
    path.write_bytes(data)
    assert "is no Excel workbook" in refused(path, standard)


def test_many_parts(packed: Callable[..., Path], standard: Standard, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive of thousands of parts is no ledger."""
    monkeypatch.setattr(archives, "_MAX_PARTS", 20)
    parts = {f"xl/part{number}.xml": "<x/>" for number in range(30)}
    assert "too large when unpacked" in refused(packed(parts=parts), standard)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize("padding", ["", f"<!-- {' ' * 70_000} -->"], ids=["plain", "padded"])
def test_entity_bombs(packed: Callable[..., Path], standard: Standard, part: str, padding: str) -> None:
    """A part that declares entities is refused, wherever the declaration hides."""
    content = f"{HEAD}{padding}{LAUGHS}<x>&b;</x>"
    assert "declares XML entities" in refused(packed(parts={part: content}), standard)


def test_entities_in_another_encoding(packed: Callable[..., Path], standard: Standard) -> None:
    """An encoding that hides the declaration is refused as well."""
    content = f'<?xml version="1.0" encoding="UTF-16"?>{LAUGHS}<x/>'
    assert "not in UTF-8" in refused(packed(parts={"xl/styles.xml": content.encode("utf-16")}), standard)
    assert "not in UTF-8" in refused(packed(parts={"xl/styles.xml": content.encode("utf-16-le")}), standard)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c s='1' r = 'XFD1048576'><v>1</v></c></row>",
        '<row r="1"><c r="AAAAAAA1"><v>1</v></c></row><row r="99999"><c r="A99999"><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row><row r="99999999"><c r="zz99999999"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="999999999"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="999999999"><c t="n"><v>1</v></c></row>',
    ],
    ids=["ends", "spaces", "letters", "lower", "bare", "bare-with-type"],
)
def test_far_cells(packed: Callable[..., Path], standard: Standard, rows: str) -> None:
    """Two cells at the ends of a sheet would make a reader hold billions of cells: refused."""
    assert "too large when unpacked" in refused(packed(rows), standard)


def test_far_blank_cells(packed: Callable[..., Path], standard: Standard) -> None:
    """Cells far away that are only coloured are no reason to refuse a ledger."""
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    ledger = read_ledger(packed(ROW + far), standard, period=Period.year(2020))
    assert [one.subject.id for one in ledger.dossiers] == ["c1"]


def test_texts_that_multiply(packed: Callable[..., Path], standard: Standard, monkeypatch: pytest.MonkeyPatch) -> None:
    """One long text in a thousand cells is stored once and read a thousand times: refused by what it comes to."""
    shared = f"{HEAD}<sst {MAIN}><si><t>id</t></si><si><t>{'x' * 10_000}</t></si></sst>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{int(n > 1)}</v></c></row>' for n in range(1, 1001))
    path = packed(cells, {"xl/sharedStrings.xml": shared})
    assert len(read_ledger(path, standard, period=Period.year(2020)).dossiers) == 1
    monkeypatch.setattr(archives, "MAX_UNPACKED", 5_000_000)
    assert "too large when unpacked" in refused(path, standard)
    monkeypatch.setattr(archives, "MAX_UNPACKED", 10_100_000)
    assert len(read_ledger(path, standard, period=Period.year(2020)).dossiers) == 1


def test_damaged_workbooks(packed: Callable[..., Path], standard: Standard) -> None:
    """Parts that are no XML, or point nowhere, are damage and not a crash."""
    assert "is damaged" in refused(packed("<row r='1'><c r='&#65;1'><v>1</v></c></row>"), standard)
    assert "is damaged" in refused(packed(parts={"xl/workbook.xml": "no xml <"}), standard)


def test_formula_errors_are_told_from_blanks(packed: Callable[..., Path], standard: Standard) -> None:
    """The error of a formula is listed with its cell; text that only looks like one in the markup is left alone."""
    rows = (
        '<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>has_flag</v></c><c r="C1" t="str">'
        '<v>name</v></c></row><row r="2"><c r="A2" t="str"><v>c1</v></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="C2" t="inlineStr"><is><t>t="e"</t></is></c></row>'
    )
    ledger = read_ledger(packed(rows), standard, period=Period.year(2020))
    assert [(one.code, one.place, one.value) for one in ledger.problems] == [("PR514", "centers!B2", "#DIV/0!")]
    center = ledger.dossiers[0].center
    assert center is not None
    assert center.name == 't="e"'


def test_days_counted_from_1904(packed: Callable[..., Path], standard: Standard) -> None:
    """A workbook that counts its days from 1904 has other serial numbers."""
    rows = (
        '<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>opened_on</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>c1</v></c><c r="B2"><v>42490</v></c></row>'
    )
    old = PARTS["xl/workbook.xml"].replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    for parts, day in (({}, "2016-04-30"), ({"xl/workbook.xml": old}, "2020-05-01")):
        center = read_ledger(packed(rows, parts), standard, period=Period.year(2020)).dossiers[0].center
        assert center is not None
        assert str(center.opened_on) == day


def test_random_damage(packed: Callable[..., Path], standard: Standard) -> None:
    """Whatever bytes of a workbook change, it is read with problems or refused; nothing else is raised."""
    chance = random.Random(5)
    whole = {**PARTS, "xl/worksheets/sheet1.xml": sheet(ROW)}
    pieces = [b'"', b"<", b">", b"9999999", b"-1", b"<c>", b"</row>", b'r="ZZ9"', b' t="d"', b"\xff", b"1e400", b"NaN"]
    for _ in range(150):
        name = chance.choice(sorted(whole))
        content = bytearray(whole[name].encode())
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(content))
            content[at : at + chance.randint(0, 3)] = chance.choice(pieces)
        path = packed(parts={name: bytes(content)})
        with suppress(LedgerError):
            assert all(map(str, read_ledger(path, standard, period=Period.year(2020)).problems))


def test_a_single_csv_file(tmp_path: Path, standard: Standard) -> None:
    """A ledger in CSV is a folder, and the message says so."""
    path = tmp_path / "centers.csv"
    path.write_text("id\nc1\n")
    assert "is a folder" in refused(path, standard)


def test_names_of_files_cannot_rewrite_a_terminal(tmp_path: Path, standard: Standard) -> None:
    """A control character in a file name is not printed."""
    path = tmp_path / "a\x1b[2Jb.xlsx"
    path.write_bytes(b"x")
    assert "\x1b" not in refused(path, standard)


@pytest.mark.parametrize("library", ["python_calamine", "xlsxwriter"])
def test_without_the_extra(library: str, packed: Callable[..., Path]) -> None:
    """Without the libraries for workbooks the package loads, and says what to install when one is needed."""
    program = f"""
import sys
sys.modules[{library!r}] = None
from pathlib import Path
from platformrules.errors import LedgerError
from platformrules.ledger import read_ledger, write_template
from platformrules.periods import Period
from platformrules.standards.rulebook import RuleSource, load_rulebook
hubei = Path({str(Path(__file__).parents[2])!r}, "plugins", "hubei", "src", "platformrules_hubei")
standard = load_rulebook([RuleSource("hubei", hubei)])["hubei/demonstration"]
print(len(read_ledger({{"dossiers": [{{"center": {{"id": "c1"}}}}]}}, standard, period=Period.year(2020)).dossiers))
for use in (lambda: read_ledger({str(packed())!r}, standard), lambda: write_template(standard, "never.xlsx")):
    try:
        use()
    except LedgerError as error:
        print(str(error).encode("ascii", "replace").decode())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    first, *rest = done.stdout.splitlines()
    assert first == "1"
    assert any(library in line and 'pip install "platformrules[excel]"' in line for line in rest)


def test_the_message_of_the_missing_extra(
    packed: Callable[..., Path], standard: Standard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading and writing name the library that is missing."""
    for module in ("workbooks", "spreadsheets"):
        monkeypatch.setitem(sys.modules, f"platformrules.ledger.{module}", None)
    assert "workbooks is missing" in refused(packed(), standard)
    with pytest.raises(LedgerError, match="spreadsheets is missing"):
        write_template(standard, "never.xlsx")


def test_reading_loads_no_writer() -> None:
    """`import platformrules.ledger` loads no library for workbooks."""
    program = (
        "import sys, platformrules.ledger; print({'python_calamine', 'xlsxwriter', 'openpyxl'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_only_what_was_looked_at_is_read(packed: Callable[..., Path]) -> None:
    """The archive that the reader gets has the parts that were checked and no others."""
    path = packed(parts={"xl/media/photo.png": b"x" * 1000, "xl/vbaProject.bin": b"y"})
    repacked, serials = archives.unpacked_workbook(path.read_bytes(), "made.xlsx")
    assert serials == 0
    names = zipfile.ZipFile(io.BytesIO(repacked.getvalue())).namelist()
    assert sorted(names) == sorted([*PARTS, "xl/worksheets/sheet1.xml"])

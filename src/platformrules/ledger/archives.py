# SPDX-License-Identifier: MIT
"""Opens the archive that an .xlsx file is, and refuses what would exhaust memory before a reader touches it.

What has been looked at is packed anew, so that the reader sees nothing else. Knows no cells and no facts.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from platformrules.ledger.problems import refusal

#: The largest file that is read, in bytes.
MAX_FILE = 200_000_000
#: The most that the parts of a workbook may come to when they are unpacked, in bytes.
MAX_UNPACKED = 600_000_000
#: The most cells between the first and the last one that is used, over a sheet.
MAX_CELLS = 30_000_000

_MAX_PARTS = 5_000
_SUSPICIOUS = 30_000_000  # below that many bytes no ratio matters
_MAX_RATIO = 250
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# `[^<>]` rather than `.`: a tag ends before the next one begins, so no search is quadratic.
_FAR = re.compile(rb"\br\s*=\s*[\"'](?:[A-Za-z]{2,8}[0-9]|[A-Za-z]?[0-9]{7})")
_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br\s*=\s*[\"']([A-Za-z]+)([0-9]+)[\"'][^<>]*(?<!/)>(?!\s*</)")
_BARE_CELL = re.compile(rb"<(?:\w+:)?c(?:\s(?![^<>]*\br\s*=)[^<>]*)?(?<!/)>")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*?\br\s*=\s*[\"']([0-9]+)[\"']")
_ERROR_CELL = re.compile(rb"(<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*)[\"']e[\"']")
_INDEX = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>\s*([0-9]+)\s*<")
_TEXT = re.compile(rb"<(?:\w+:)?si\b")


def unpacked_workbook(data: bytes, name: str) -> tuple[io.BytesIO, int]:
    """A workbook with the checked parts of a file, and what to add to a number to make an Excel serial day of it.

    Raises:
        LedgerError: the file is no workbook, is protected, or would grow beyond measure.
    """
    if data[:8] == _OLE:
        raise _old_or_protected(data, name)
    if data[:4] != _ZIP:
        raise _no_workbook(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = dict(_parts(archive, name))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _no_workbook(name, str(error)) from None
    if "xl/workbook.xml" not in parts:
        raise _no_workbook(name)
    _check_strings(parts, name)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(zipfile.ZipInfo(part), content)
    packed.seek(0)
    return packed, 1462 if re.search(rb"\bdate1904\s*=\s*[\"'](?:1|true)", parts["xl/workbook.xml"]) else 0


def _parts(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, bytes]]:
    """The parts that a reader of cells needs, one after another."""
    entries = [one for one in archive.infolist() if one.filename.lower().endswith((".xml", ".rels"))]
    if len(entries) > _MAX_PARTS:
        raise _too_large(name)
    if any(one.flag_bits & 1 for one in entries):
        raise _protected(name)
    unpacked, packed = sum(one.file_size for one in entries), sum(one.compress_size for one in entries)
    if unpacked > MAX_UNPACKED or (unpacked > _SUSPICIOUS and unpacked > _MAX_RATIO * max(packed, 1)):
        raise _too_large(name)
    for entry in entries:
        with archive.open(entry) as stream:
            content = stream.read()
        _check_markup(content, entry.filename, name)
        _check_extent(content, name)
        # The reader gives errors as blank cells; as texts they can be told from those.
        yield entry.filename, _ERROR_CELL.sub(rb'\1"str"', content)


def _check_markup(content: bytes, part: str, name: str) -> None:
    """INVARIANT: no part declares entities, so none can grow when it is parsed."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in content[:4]:
        raise refusal(f"{name}：部件 {part} 不是 UTF-8 编码", f"{name}: the part {part} is not in UTF-8")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise refusal(
            f"{name}：部件 {part} 声明了 XML 实体，出于安全不读取",
            f"{name}: the part {part} declares XML entities, which is refused",
        )


def _check_extent(content: bytes, name: str) -> None:
    """A reader keeps every cell up to the last one used: two far cells of a tiny file would take all memory."""
    if _FAR.search(content) is None:
        return
    places = _CELL.findall(content)
    columns = max(map(_column, {letters for letters, _ in places}), default=1)
    rows = max((int(digits[:12]) for _, digits in places), default=0)
    if _BARE_CELL.search(content) is not None:  # such a cell stands where its row says
        rows = max([rows, *(int(digits[:12]) for digits in _ROW.findall(content))])
    if rows * columns > MAX_CELLS:
        raise _too_large(name)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + letter - 64
    return number


def _check_strings(parts: dict[str, bytes], name: str) -> None:
    """A text that many cells share is stored once and read for each of them."""
    lengths = [len(text) for content in parts.values() for text in _TEXT.split(content)[1:]]
    if max(lengths, default=0) * sum(content.count(b"v>") for content in parts.values()) <= MAX_UNPACKED:
        return
    total = 0
    for content in parts.values():
        for found in _INDEX.finditer(content):
            index = int(found[1][:12])
            total += lengths[index] if index < len(lengths) else 0
            if total > MAX_UNPACKED:
                raise _too_large(name)


def _no_workbook(name: str, why: str = "") -> Exception:
    return refusal(
        f"{name} 不是 Excel 工作簿（.xlsx）{'：' + why if why else ''}",
        f"{name} is no Excel workbook (.xlsx){': ' + why if why else ''}",
    )


def _old_or_protected(data: bytes, name: str) -> Exception:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _protected(name)
    return refusal(
        f"{name} 是旧格式（.xls）工作簿，请另存为 .xlsx",
        f"{name} is a workbook of the old format (.xls): save it as .xlsx",
    )


def _protected(name: str) -> Exception:
    return refusal(
        f"{name} 设有打开密码，请取消密码后另存为 .xlsx",
        f"{name} is protected by a password: remove it and save as .xlsx",
    )


def _too_large(name: str) -> Exception:
    return refusal(
        f"{name} 解开后过大，不读取；请只保留有数据的单元格",
        f"{name} is too large when unpacked and is refused; keep only cells with data",
    )

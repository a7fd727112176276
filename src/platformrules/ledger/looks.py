# SPDX-License-Identifier: MIT
"""What the sheets of a workbook show besides values: merged cells, fills, dates without a day. Knows no facts.

The reader of cells passes all this over; official forms are filled in with it. Only markup that ``archives`` let pass
is parsed, in which no entity can be declared.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from attrs import field, frozen

#: Row and column of a cell, counted from 0.
Place = tuple[int, int]

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
_WHITE = {"FFFFFF"}
_NO_FILLS = {"none", "gray125", ""}
#: Formats without a number in the file that show year and month alone, as Chinese Excel has them.
_MONTH_FORMATS = frozenset({17, 27, 36, 50, 52, 57})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@frozen
class Looks:
    """What a sheet shows.

    Attributes:
        merged: first and last cell of each merged range.
        filled: cells with a fill that is not white.
        months: cells whose format shows a month and no day.
    """

    merged: tuple[tuple[Place, Place], ...] = ()
    filled: frozenset[Place] = field(default=frozenset(), repr=False)
    months: frozenset[Place] = field(default=frozenset(), repr=False)


@frozen
class _Styles:
    """Which of the numbered styles of cells have a fill, and which show no day."""

    filled: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()


def read_looks(packed: io.BytesIO) -> Mapping[str, Looks]:
    """What each sheet of a workbook shows, by its name; nothing of a sheet whose markup cannot be followed."""
    with zipfile.ZipFile(packed) as archive:
        try:
            styles = _styles(archive)
        except (KeyError, ValueError, ET.ParseError):
            styles = _Styles()  # a workbook need not have any
        found = {}
        for name, part in _sheets(archive):
            try:
                with archive.open(part) as stream:
                    found[name] = _looks(stream, styles)
            except (KeyError, ValueError, ET.ParseError):
                found[name] = Looks()
        return found


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _attribute(element: ET.Element, name: str) -> str:
    """An attribute by its name without namespace; empty if it is not there."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _parsed(archive: zipfile.ZipFile, part: str) -> ET.Element:
    return ET.fromstring(archive.read(part))  # noqa: S314 - no entities, see above


def _children(root: ET.Element, name: str) -> list[ET.Element]:
    """What stands in the first child of that name."""
    return next((list(child) for child in root if _tag(child) == name), [])


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    try:
        targets = {
            _attribute(one, "Id"): _attribute(one, "Target") for one in _parsed(archive, "xl/_rels/workbook.xml.rels")
        }
        sheets = _children(_parsed(archive, "xl/workbook.xml"), "sheets")
    except (KeyError, ET.ParseError):
        return
    for sheet in sheets:
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        yield sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", targets.get(relation, ""))).lstrip("/")


def _styles(archive: zipfile.ZipFile) -> _Styles:
    root = _parsed(archive, "xl/styles.xml")
    own = {int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in _children(root, "numFmts")}
    fills = [_is_fill(one) for one in _children(root, "fills")]
    filled, months = set(), set()
    for index, style in enumerate(_children(root, "cellXfs")):
        fill, number = int(style.get("fillId", "0")), int(style.get("numFmtId", "0"))
        if fill < len(fills) and fills[fill]:
            filled.add(index)
        if _lacks_day(own[number]) if number in own else number in _MONTH_FORMATS:
            months.add(index)
    return _Styles(frozenset(filled), frozenset(months))


def _is_fill(fill: ET.Element) -> bool:
    for pattern in fill:
        if pattern.get("patternType", "") in _NO_FILLS:
            return False
        for color in pattern:
            if _tag(color) == "fgColor":
                white = color.get("theme") == "0" or color.get("indexed") in {"1", "9"}
                return not ((white and not color.get("tint")) or color.get("rgb", "")[-6:].upper() in _WHITE)
        return True
    return False


def _lacks_day(code: str) -> bool:
    """Whether a format shows year and month and no day."""
    letters = _QUOTED.sub("", code.partition(";")[0]).casefold()
    return "y" in letters and "m" in letters and "d" not in letters


def _looks(stream: Any, styles: _Styles) -> Looks:  # noqa: ANN401 - a stream of an archive
    merged, filled, months = [], set(), set()
    row = column = -1
    for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314 - no entities, see above
        tag = _tag(element)
        if event == "start":
            if tag == "row":
                row, column = int(element.get("r", row + 2)) - 1, -1
            continue
        if tag == "c":
            place = _place(element.get("r", "")) or (row, column + 1)
            column = place[1]
            style = int(element.get("s", "0"))
            if style in styles.filled:
                filled.add(place)
            if style in styles.months:
                months.add(place)
        elif tag == "mergeCell":
            ends = [_place(end) for end in element.get("ref", "").split(":")]
            if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
                merged.append((ends[0], ends[1]))
        elif tag == "row":
            element.clear()
    return Looks(tuple(merged), frozenset(filled), frozenset(months))


def _place(text: str) -> Place | None:
    found = _CELL.fullmatch(text)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1

# SPDX-License-Identifier: MIT
"""What is wrong with a ledger: a Problem is listed and the rest is read, a LedgerError stops. Knows no file format."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from attrs import field, frozen

from platformrules.diagnostics import printable
from platformrules.errors import LedgerError
from platformrules.languages import Bilingual, Language

#: Code of each problem and what it says in general.
CODES: Mapping[str, Bilingual] = MappingProxyType(
    {
        "PR501": Bilingual("单元格读不出来，按未填报处理", "a cell cannot be read and counts as not recorded"),
        "PR502": Bilingual("不是该项的选项，按未填报处理", "none of the choices of a fact; counts as not recorded"),
        "PR503": Bilingual("数字超出范围，按未填报处理", "a number outside its domain; counts as not recorded"),
        "PR504": Bilingual("不认识的列或键，没有读取", "an unknown column or key, which was not read"),
        "PR505": Bilingual("表头重复，只读第一列", "a heading stands twice; the first column was read"),
        "PR506": Bilingual("编号重复，只读第一行", "an id stands twice; the first row was read"),
        "PR507": Bilingual("一行缺编号或所属对象，没有读取", "a row without its id or subject, which was not read"),
        "PR508": Bilingual("行所属的对象不在台账中", "rows of a subject that is not in the ledger"),
        "PR509": Bilingual("日期在评价期之外，不计入", "dates outside the period, which do not count in it"),
        "PR510": Bilingual("工作表没有读取", "a sheet was not read"),
        "PR511": Bilingual("工作表缺少需要的列或行", "a sheet lacks a column or rows that are needed"),
        "PR512": Bilingual("认定或豁免与标准不符，没有采用", "a judgement or waiver that does not fit the standard"),
        "PR513": Bilingual("是否登记与实有的行互相矛盾", "what is said to be recorded contradicts the rows there"),
        "PR514": Bilingual("公式出错，按未填报处理", "a formula gave an error; the cell counts as not recorded"),
        "PR515": Bilingual("设置项不认识或读不出来", "a setting is unknown or cannot be read"),
        "PR516": Bilingual("勾选不止一项或无法辨认，按未填报处理", "not exactly one tick; counts as not recorded"),
        "PR517": Bilingual("日期没有写明哪一天，按未填报处理", "a date without its day; counts as not recorded"),
        "PR518": Bilingual("上级区域循环", "areas that lie in themselves"),
    }
)

#: How many problems of a ledger get a hint: to look for the nearest of many words takes its time.
HINTED = 200

_LONGEST, _LONGEST_HINTED = 100, 40


def shown(value: object) -> str:
    """A value as a problem shows it: its text, cut if it is long."""
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


@frozen
class Problem:
    """One thing in a ledger that was not read or does not count, and where it stands.

    Attributes:
        code: a key of ``CODES``.
        message: what is wrong.
        sheet: the sheet or file as it is named in the ledger; empty in JSON.
        cell: ``B7``, ``7`` for a whole row, or the path of a JSON value; empty for a whole sheet.
        value: what stands there, as text.
        expected: what should stand there; ``None`` if that says nothing.
    """

    code: str
    message: Bilingual
    sheet: str = ""
    cell: str = ""
    value: str = field(default="", converter=shown)
    expected: Bilingual | None = None

    @property
    def place(self) -> str:
        """Sheet and cell in one word: ``活动!B7``."""
        return "!".join(part for part in (self.sheet, self.cell) if part)

    def text(self, language: Language | str) -> str:
        """The problem on one line, safe to print: no control character of the ledger is left in it."""
        zh = language == Language.ZH
        line = f"{self.code} {self.place}".rstrip()
        if self.value:
            line += f" “{self.value}”" if zh else f' "{self.value}"'
        line += f"：{self.message.zh}" if zh else f": {self.message.en}"
        if self.expected is not None:
            line += f"；应为{self.expected.zh}" if zh else f"; expected {self.expected.en}"
        return printable(" ".join(line.splitlines()))

    def __str__(self) -> str:
        """The problem in English, on one line."""
        return self.text(Language.EN)


def refusal(zh: str, en: str) -> LedgerError:
    """The error that stops reading or writing, in both languages: whoever catches it may know neither."""
    return LedgerError(Bilingual(printable(zh), printable(en)))


def nearest(word: str, known: Iterable[str]) -> Bilingual:
    """A hint that names the known word most like this one, to stand at the end of a message; else empty."""
    found = _nearest(word, tuple(sorted(set(known)))) if len(word) <= _LONGEST_HINTED else None
    return Bilingual("", "") if found is None else Bilingual(f"；是不是“{found}”？", f"; did you mean `{found}`?")


@lru_cache(maxsize=1024)
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return found[0] if found else None

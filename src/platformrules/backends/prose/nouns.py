# SPDX-License-Identifier: MIT
"""What is counted or gone through, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from platformrules.backends.prose.units import Unit
from platformrules.languages import Bilingual


@frozen
class Noun:
    """What is counted or gone through.

    Attributes:
        zh, measure: the Chinese noun and its measure word: 每 + 次 + 活动.
        one, many: the English noun.
        single: the Chinese noun after a measure word or 该, where it is another one: 每个月, not 每个月份.
        preposition: what stands before "every month", where a sentence goes on without a colon.
    """

    zh: str
    measure: str
    one: str
    many: str
    single: str = ""
    preposition: str = ""

    @property
    def after_measure(self) -> str:
        """The Chinese noun after a measure word."""
        return self.single or self.zh

    @property
    def reference(self) -> Bilingual:
        """How one of them is mentioned again."""
        return Bilingual(f"该{self.after_measure}", f"the {self.one}")

    @property
    def unit(self) -> Unit:
        """The unit of how many there are; an English sentence has said already what is counted."""
        return Unit(f"{{}}{self.measure}", "{}", "{}")


#: What can be gone through, by model or by kind of value.
NOUNS: Mapping[str, Noun] = MappingProxyType(
    {
        "center": Noun("青年中心", "个", "center", "centers"),
        "activity": Noun("活动", "次", "activity", "activities"),
        "organization": Noun("组织", "个", "organization", "organizations"),
        "area": Noun("区域", "个", "area", "areas"),
        "month": Noun("月份", "个", "month", "months", single="月", preposition="in "),
        "criterion": Noun("条件", "项", "criterion", "criteria"),
        "block": Noun("板块", "个", "block", "blocks"),
        "text": Noun("条目", "个", "item", "items"),
        "period": Noun("评价期", "个", "period", "periods"),
    }
)
#: The rows of a plugin's relation, by its label.
ROW = Noun("{0}记录", "条", "row of “{0}”", "rows of “{0}”")


def noun_of_rows(label: Bilingual) -> Noun:
    """What the rows of a plugin's relation are, by its label."""
    zh, en = label.zh, label.en
    return Noun(ROW.zh.format(zh), ROW.measure, ROW.one.format(en), ROW.many.format(en))

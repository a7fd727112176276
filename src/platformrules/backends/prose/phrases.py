# SPDX-License-Identifier: MIT
"""The phrases of both languages as data, one for every operator, function and part, and how they are put together.

Knows no nodes: ``sentences`` and those that it asks say nodes with these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from attrs import frozen

from platformrules.backends.prose.labels import in_quotes
from platformrules.backends.prose.units import Unit
from platformrules.languages import Bilingual


@frozen
class Predicate:
    """What is said of a subject, and the denial of it; ``{0}`` is the other operand."""

    yes: Bilingual
    no: Bilingual

    def __getitem__(self, denied: bool) -> Bilingual:
        """The denial or the statement."""
        return self.no if denied else self.yes


def _predicate(yes_zh: str, yes_en: str, no_zh: str, no_en: str) -> Predicate:
    return Predicate(Bilingual(yes_zh, yes_en), Bilingual(no_zh, no_en))


# ---- conditions

#: Operators and functions that join conditions, or deny one.
CONNECTIVES: Mapping[str, Bilingual] = MappingProxyType(
    {
        "and": Bilingual("并且", "and"),
        "or": Bilingual("或者", "or"),
        "not": Bilingual("“{0}”为否", "“{0}” is no"),
    }
)
#: The same within a clause: two things said of one subject.
INSIDE: Mapping[str, Bilingual] = MappingProxyType({"and": Bilingual("且", "and"), "or": Bilingual("或者", "or")})
#: A boolean fact as a condition; in Chinese its label is one already. English: ``yes_to``.
YES = Bilingual("{0}", "“{0}” is yes")
#: The same after "every activity".
AGREES_ZH = "符合“{0}”"
#: A condition that no fact can change.
SETTLED = _predicate("总是符合", "always holds", "总不符合", "never holds")
#: A condition that depends on another, and a value that does.
BRANCH = Bilingual("如果{0}，则{1}；否则{2}", "if {0}, then {1}; otherwise {2}")
VALUE_IF, VALUE_ELSE = Bilingual("{0}时为{1}", "{1} if {0}"), Bilingual("否则为{0}", "otherwise {0}")

#: What conditions say of their subject, by operator, function or part and by flavour: the kind of what is compared,
#: or ``rate`` (a number in percent), ``some`` (how many of a list a set includes), ``all`` (several items of a set).
#: In English ``{be}``, ``{do}`` and ``{s}`` agree with the subject. ``not less`` is said for `>=`.
PREDICATES: Mapping[tuple[str, str], Predicate] = MappingProxyType(
    {
        ("less", "number"): _predicate("少于{0}", "{be} less than {0}", "不少于{0}", "{be} at least {0}"),
        ("at_most", "number"): _predicate("不超过{0}", "{be} at most {0}", "超过{0}", "{be} more than {0}"),
        ("equal", "number"): _predicate("为{0}", "{be} {0}", "不为{0}", "{be} not {0}"),
        ("less", "rate"): _predicate("低于{0}", "{be} less than {0}", "不低于{0}", "{be} at least {0}"),
        ("at_most", "rate"): _predicate("不高于{0}", "{be} at most {0}", "高于{0}", "{be} more than {0}"),
        ("equal", "rate"): _predicate("为{0}", "{be} {0}", "不为{0}", "{be} not {0}"),
        ("less", "date"): _predicate("早于{0}", "{be} before {0}", "不早于{0}", "{be} on or after {0}"),
        ("at_most", "date"): _predicate("不晚于{0}", "{be} on or before {0}", "晚于{0}", "{be} after {0}"),
        ("equal", "date"): _predicate("是{0}", "{be} {0}", "不是{0}", "{be} not {0}"),
        ("less", "month"): _predicate("早于{0}", "{be} before {0}", "不早于{0}", "{be} not before {0}"),
        ("at_most", "month"): _predicate("不晚于{0}", "{be} not after {0}", "晚于{0}", "{be} after {0}"),
        ("equal", "month"): _predicate("是{0}", "{be} {0}", "不是{0}", "{be} not {0}"),
        ("less", "some"): _predicate(
            "包括{1}中的不到{0}",
            "include{s} fewer than {0} of {1}",
            "包括{1}中的至少{0}",
            "include{s} at least {0} of {1}",
        ),
        ("at_most", "some"): _predicate(
            "包括{1}中的至多{0}",
            "include{s} at most {0} of {1}",
            "包括{1}中的超过{0}",
            "include{s} more than {0} of {1}",
        ),
        ("equal", "some"): _predicate(
            "恰好包括{1}中的{0}",
            "include{s} exactly {0} of {1}",
            "并非恰好包括{1}中的{0}",
            "{do} not include exactly {0} of {1}",
        ),
        ("equal", "text"): _predicate("是{0}", "{be} {0}", "不是{0}", "{be} not {0}"),
        ("equal", "set"): _predicate("恰好是{0}", "{be} exactly {0}", "不恰好是{0}", "{be} not exactly {0}"),
        ("equal", "truth"): _predicate(
            "与{0}同时成立或者同时不成立", "exactly when {0}", "与{0}恰有一项成立", "or {0}, but not both"
        ),
        ("contained", "set"): _predicate("不超出{0}", "{be} limited to {0}", "超出{0}", "{be} not limited to {0}"),
        ("contained", "all"): _predicate("包括{0}", "include{s} {0}", "没有全部包括{0}", "{do} not include all of {0}"),
        ("member", "set"): _predicate("包括{0}", "include{s} {0}", "不包括{0}", "{do} not include {0}"),
        ("member", "text"): _predicate("是{0}", "{be} {0}", "不是{0}", "{be} not {0}"),
        ("starts_with", "text"): _predicate("以{0}开头", "start{s} with {0}", "不以{0}开头", "{do} not start with {0}"),
        ("ends_with", "text"): _predicate("以{0}结尾", "end{s} with {0}", "不以{0}结尾", "{do} not end with {0}"),
        ("contains", "text"): _predicate("含有{0}", "contain{s} {0}", "不含有{0}", "{do} not contain {0}"),
        ("satisfied", "criterion"): _predicate("满足", "{be} satisfied", "未满足", "{be} not satisfied"),
        ("failed", "criterion"): _predicate("未满足", "{be} not satisfied", "满足", "{be} satisfied"),
        ("satisfied", "block"): _predicate("满足", "{be} satisfied", "未满足", "{be} not satisfied"),
    }
)
#: The operator that says the same with operands changed over and denied: not (b <= a) is a < b.
TURNED: Mapping[str, str] = MappingProxyType({"less": "at_most", "at_most": "less"})

#: ``all`` and ``any``, and their denials; ``{1}`` is a preposition. The Chinese word 都 follows only on "every".
QUANTIFIERS: Mapping[str, Predicate] = MappingProxyType(
    {
        "all": _predicate("每{0}", "{1}every {0}", "并非每{0}", "not {1}every {0}"),
        "any": _predicate("至少有一{0}", "{1}at least one {0}", "没有任何一{0}", "{1}no {0}"),
    }
)
#: What goes between "every activity" and a condition that is not simply one of its facts.
COLON = Bilingual("：", ": ")
DENIED_BEFORE = "for "
TOO_ZH: Mapping[str, str] = MappingProxyType({"all": "都", "any": ""})

# ---- values

#: Operators and functions that give a value.
VALUES: Mapping[str, Bilingual] = MappingProxyType(
    {
        "add": Bilingual("{0}＋{1}", "{0} plus {1}"),
        "subtract": Bilingual("{0}－{1}", "{0} minus {1}"),
        "multiply": Bilingual("{0}×{1}", "{0} times {1}"),
        "divide": Bilingual("{0}÷{1}", "{0} divided by {1}"),
        "negate": Bilingual("负的{0}", "minus {0}"),
        "shared": Bilingual("{0}中属于{1}的条目", "items of {0} that are among {1}"),
        "size": Bilingual("{0}的数量", "the number of {0}"),
        "min": Bilingual("{0}中的最小值", "the smallest of {0}"),
        "max": Bilingual("{0}中的最大值", "the largest of {0}"),
        "round": Bilingual("{0}四舍五入到{1}", "{0} rounded to {1}"),
        "floor": Bilingual("{0}向下取到{1}", "{0} rounded down to {1}"),
        "ceil": Bilingual("{0}向上取到{1}", "{0} rounded up to {1}"),
        "date": Bilingual("{0}{1}月{2}日", "{2} {1} {0}"),
        "add_days": Bilingual("{0}之后{1}", "{1} after {0}"),
        "add_months": Bilingual("{0}之后{1}", "{1} after {0}"),
        "add_years": Bilingual("{0}之后{1}", "{1} after {0}"),
        "add_working_days": Bilingual("{0}之后第{1}个工作日", "working day {1} after {0}"),
        "working_days": Bilingual("从{0}到{1}的工作日数", "the number of working days from {0} to {1}"),
        "days_between": Bilingual("从{0}到{1}的天数", "the number of days from {0} to {1}"),
        "years_between": Bilingual("从{0}到{1}的足年数", "the number of full years from {0} to {1}"),
        "length": Bilingual("{0}的字数", "the number of characters in {0}"),
    }
)
#: The size of a set whose English name is singular.
SIZE_OF_ONE = Bilingual("{0}的数量", "the number of items in {0}")
#: ``min`` and ``max`` of dates, and dates and months that are shifted.
OF_DATES: Mapping[str, Bilingual] = MappingProxyType(
    {
        "min": Bilingual("{0}中最早的一天", "the earliest of {0}"),
        "max": Bilingual("{0}中最晚的一天", "the latest of {0}"),
    }
)
BEFORE = Bilingual("{0}之前{1}", "{1} before {0}")
MONTH_AFTER, MONTH_BEFORE = (
    Bilingual("{0}之后第{1}", "the month {1} after {0}"),
    Bilingual("{0}之前第{1}", "the month {1} before {0}"),
)
#: In which unit a function shifts a date, or counts.
UNIT_OF: Mapping[str, str] = MappingProxyType(
    {
        "add_days": "days",
        "add_months": "months",
        "add_years": "years",
        "working_days": "days",
        "days_between": "days",
        "years_between": "years",
        "length": "characters",
        "size": "items",
    }
)
#: How many decimals are kept.
WHOLE_NUMBER = Bilingual("整数", "a whole number")
DECIMALS = Unit("{}位小数", "{} decimal", "{} decimals")
#: A day of a year that is written, of the year of another day, and of a computed year.
YEAR_GIVEN, YEAR_OF, YEAR_COMPUTED = (
    Bilingual("{0}年", "{0}"),
    Bilingual("{0}当年", "of the year of {0}"),
    Bilingual("{0}年", "of the year {0}"),
)

#: Functions over rows: ``rows`` are they all, ``each`` each of them, ``which`` what holds of some: 主题是学习社的.
GATHERINGS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "count": Bilingual("{rows}的数量", "the number of {rows}"),
        "sum": Bilingual("{each}{element}之和", "the sum of {element} over all {rows}"),
        "min": Bilingual("{each}{element}的最小值", "the smallest value of {element} over all {rows}"),
        "max": Bilingual("{each}{element}的最大值", "the largest value of {element} over all {rows}"),
        "mean": Bilingual("{each}{element}的平均值", "the mean of {element} over all {rows}"),
        "median": Bilingual("{each}{element}的中位数", "the median of {element} over all {rows}"),
        "share": Bilingual("{rows}中{which}比例", "the share of {rows} {which}"),
        "longest_run": Bilingual("{rows}中{which}最长连续月数", "the longest unbroken run of {rows} {which}"),
    }
)
#: A share among rows that are themselves chosen by a condition.
SHARE_AMONG = Bilingual("{rows}中{which}比例", "the share of those {which} among {rows}")
#: What no rows give.
DEFAULT = Bilingual("{0}（没有时按{1}计）", "{0} ({1} if there are none)")
DISTINCT = Bilingual("{each}的不同{element}", "different values of {element} among {rows}")
#: What different values are counted in.
VALUES_COUNTED = Unit("{}种", "{} value", "{} values")

#: Which rows: of a month, from one day or month to another, members of a set.
IN_MONTH, FROM_TO, MEMBERS = (
    Bilingual("{0}", " in {0}"),
    Bilingual("从{0}到{1}", " from {0} to {1}"),
    Bilingual("{0}中", " of {0}"),
)
#: Rows for which something holds: of them, of months, of anything.
WHOSE, IN_WHICH, FOR_WHICH = (
    Bilingual("{0}", "whose {0}"),
    Bilingual("符合（{0}）", "in which {0}"),
    Bilingual("符合（{0}）", "for which {0}"),
)
#: A variable that is spoken of inside of another loop over the same things.
MARKED = Bilingual("（记为{0}）", " (call it {0})")
#: A fact of a record that is not the one spoken of; a boolean one is a condition in Chinese: 本青年中心有团旗.
FACT_OF, TRUTH_OF = Bilingual("{0}{1}", "the {1} of {0}"), Bilingual("{0}{1}", "{1} of {0}")
#: What stands between a Chinese noun and what is said of it; ``link_before``.
LINK_ZH = "的"

# ---- parts and days

#: What is read of a value after a dot.
PARTS: Mapping[tuple[str, str], Bilingual] = MappingProxyType(
    {
        ("date", "year"): Bilingual("{0}的年份", "the year of {0}"),
        ("date", "month"): Bilingual("{0}的月份", "the calendar month of {0}"),
        ("month", "start"): Bilingual("{0}第一天", "the first day of {0}"),
        ("month", "end"): Bilingual("{0}最后一天", "the last day of {0}"),
        ("period", "start"): Bilingual("评价期第一天", "the first day of the period"),
        ("period", "end"): Bilingual("评价期最后一天", "the last day of the period"),
        ("criterion", "id"): Bilingual("编号", "id"),
        ("criterion", "block"): Bilingual("所属板块", "block"),
        ("criterion", "strength"): Bilingual("要求程度", "strength"),
        ("criterion", "outcome"): Bilingual("结果", "outcome"),
        ("criterion", "grade"): Bilingual("等次", "grade"),
        ("criterion", "points"): Bilingual("得分", "points"),
        ("criterion", "max"): Bilingual("满分", "full marks"),
        ("block", "points"): Bilingual("得分", "points"),
        ("block", "max"): Bilingual("满分", "full marks"),
        ("block", "id"): Bilingual("编号", "id"),
    }
)
#: Numbers of the calendar are written with these and compared like months.
CALENDAR_UNITS: Mapping[str, Unit] = MappingProxyType(
    {"year": Unit("{}年", "{}", "{}"), "month": Unit("{}月", "{}", "{}")}
)
AS_OF = Bilingual("评价日", "the day judged")
MONTH_OF = Bilingual("{0}所在月份", "the month of {0}")

#: The record that a standard judges.
THIS = Bilingual("本{0}", "this {0}")
#: The subject of what is said by its verb alone: 满足, "it is satisfied".
IT = Bilingual("", "it")
#: A named value or a table by its title, what a table gives for keys, and a truth that has a name.
BY_TITLE = Bilingual("“{0}”", "“{0}”")
LOOKED_UP = Bilingual("“{0}”中{1}对应的值", "the “{0}” for {1}")
LOOKED_UP_TRUTH = _predicate(
    "“{0}”中{1}对应的值为“是”", "the “{0}” for {1} is yes", "“{0}”中{1}对应的值为“否”", "the “{0}” for {1} is no"
)
TITLED_TRUTH = _predicate("“{0}”成立", "“{0}” holds", "“{0}”不成立", "“{0}” does not hold")
#: The verdict, as values and notes read it.
VERDICT = Bilingual("结论", "the verdict")
#: The verdict of another standard, by its title.
VERDICT_UNDER = Bilingual("按“{0}”得出的结论", "the verdict under “{0}”")
#: A parameter that the run has yet to give.
NOT_GIVEN = Bilingual("（未给定的数）", "(a value not given)")
#: A list of nothing.
EMPTY_LIST = Bilingual("无", "nothing")


# ---- putting together


def say(phrase: Bilingual, *operands: Bilingual, plural: bool = False) -> Bilingual:
    """A phrase with its operands put in; English verbs agree with a plural subject."""
    verbs = {"be": "are", "do": "do", "s": ""} if plural else {"be": "is", "do": "does", "s": "s"}
    return Bilingual(
        phrase.zh.format(*(operand.zh for operand in operands)),
        phrase.en.format(*(operand.en for operand in operands), **verbs),
    )


def link_before(label: str) -> str:
    """What links a Chinese label to its owner: nothing if it has a 的 inside, 每次活动 + 留存的活动资料."""
    return "" if LINK_ZH in label.removesuffix(LINK_ZH) else LINK_ZH  # at its end 的 belongs to a word: 目的


def fact_of(owner: Bilingual, label: Bilingual) -> Bilingual:
    """A fact of a record that is not the one spoken of, by its label."""
    linked = Bilingual(f"{link_before(label.zh)}{label.zh}", label.en.removeprefix("the "))
    return say(FACT_OF, owner, linked)


def bracketed(text: Bilingual) -> Bilingual:
    """Words that belong together, in parentheses."""
    return Bilingual(f"（{text.zh}）", f"({text.en})")


def joined(name: str, zh: Sequence[str], en: Sequence[str]) -> Bilingual:
    """Clauses joined by ``and`` or ``or``; of three Chinese ones 或者 stands before each, 并且 before the last."""
    word = CONNECTIVES[name]
    between = f"，{word.zh}" if name == "or" else "，"
    before = between.join(zh[:-1]) + f"，{word.zh}" if zh[:-1] else ""
    before_en = ", ".join(en[:-1]) + f", {word.en} " if en[:-1] else ""
    return Bilingual(f"{before}{zh[-1]}", f"{before_en}{en[-1]}")


def yes_to(name: str, labels: Sequence[str]) -> str:
    """Several boolean facts in English: all of them, or one of them."""
    said = listed([in_quotes(label) for label in labels], alternatives=name == "or").en
    if name == "or" or len(labels) == 1:
        return f"{said} is yes"
    return f"{said} are {'both' if len(labels) == 2 else 'all'} yes"


def listed(items: Sequence[Bilingual], *, alternatives: bool = False) -> Bilingual:
    """A list in words: all of them, or one of them."""
    if not items:
        return EMPTY_LIST
    if len(items) == 1:
        return items[0]
    word = INSIDE["or" if alternatives else "and"]
    zh, en = [item.zh for item in items], [item.en for item in items]
    link = word.zh if alternatives else "、"
    return Bilingual(f"{'、'.join(zh[:-1])}{link}{zh[-1]}", f"{', '.join(en[:-1])} {word.en} {en[-1]}")

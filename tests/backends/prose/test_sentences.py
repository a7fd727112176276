# SPDX-License-Identifier: MIT
"""Checked expressions in words: the sentences and phrases themselves, for the whole language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from attrs import evolve, frozen

from platformrules.backends.prose import Names, to_phrase, to_prose
from platformrules.criteria import datatypes, signatures
from platformrules.criteria.checker import Referred, Scope, check
from platformrules.criteria.datatypes import Datatype, Kind
from platformrules.criteria.typed import (
    Constant,
    Gather,
    Named,
    Parameter,
    Read,
    Rows,
    Step,
    Table,
    TypedExpr,
    TypedNode,
    Variable,
)
from platformrules.criteria.walk import walk
from platformrules.languages import Bilingual
from platformrules.models import CORE
from platformrules.schema import Choice, Fact, FactType, Relation, Schema

# ---- a vocabulary of our own, so that the core may word its labels better


CHOICES = {
    "grade": (("good", "较好", "good"), ("fair", "一般", "fair"), ("poor", "较差", "poor")),
    "equipment": (("pc", "电脑", "computer"), ("tv", "电视机", "television"), ("wifi", "无线网络", "network")),
    "levels": (("city", "市、州", "city or prefecture"), ("province", "省", "province")),
    "workforce": (("cadre", "团干部", "cadre"), ("volunteer", "志愿者", "volunteer")),
    "uses": (("a", "甲", "A"),),
    "theme": (("club", "学习社", "Study Club"), ("sports", "文体", "sports")),
    "records": (("plan", "计划", "plan"), ("list", "名单", "list")),
    "relations": (("own", "自有", "own"), ("partner", "合作", "partner")),
}


def _fact(on: str, name: str, kind: str, zh: str, en: str, unit: str = "") -> Fact:
    choices = tuple(Choice(*row) for row in CHOICES.get(name, ()))
    minimum = 0 if kind in {"integer", "decimal"} else None
    return Fact(name, on, FactType(kind), Bilingual(zh, en), unit=unit, values=choices, minimum=minimum)


FACTS = (
    _fact("center", "id", "text", "编号", "id"),
    _fact("center", "name", "text", "名称", "name"),
    _fact("center", "floor_area", "decimal", "建筑面积", "floor area", "m²"),
    _fact("center", "staff", "integer", "专职工作人员", "full-time staff", "persons"),
    _fact("center", "helpers", "integer", "兼职人员", "part-time helpers", "persons"),
    _fact("center", "funds", "decimal", "配套经费", "local fiscal funds a year", "CNY"),
    _fact("center", "youth", "integer", "稳定联系的青少年", "young people in stable contact", "persons"),
    _fact("center", "online", "decimal", "线上活动占比", "part of activities online", "ratio"),
    _fact("center", "has_flag", "boolean", "有团旗", "League flag"),
    _fact("center", "has_emblem", "boolean", "有团徽", "League emblem"),
    _fact("center", "on_cloud", "boolean", "入驻云平台", "on the cloud platform"),
    _fact("center", "opened_on", "date", "成立时间", "opened on"),
    _fact("center", "applied", "date", "申报日期", "application date"),
    _fact("center", "grade", "choice", "评价等级", "grade"),
    _fact("center", "equipment", "set", "设备", "equipment"),
    _fact("center", "levels", "set", "级别", "demonstration levels"),
    _fact("center", "workforce", "set", "力量", "who joins in running it"),
    _fact("center", "uses", "set", "用途", "sources and uses"),
    _fact("activity", "id", "text", "编号", "id"),
    _fact("activity", "center_id", "text", "青年中心编号", "center id"),
    _fact("activity", "held_on", "date", "开展日期", "held on"),
    _fact("activity", "attendance", "integer", "参与人数", "attendance", "persons"),
    _fact("activity", "theme", "choice", "主题", "theme"),
    _fact("activity", "published", "boolean", "通过云平台发布", "published on the cloud"),
    _fact("activity", "records", "set", "留存的活动资料", "records kept of the activity"),
    _fact("organization", "name", "text", "名称", "name"),
    _fact("organization", "regular", "boolean", "关系稳定", "regular relation"),
    _fact("organization", "relations", "set", "与中心的关系", "relation"),
    _fact("demo_days", "id", "text", "编号", "id"),
    _fact("demo_days", "spent_on", "date", "日期", "spent on"),
    _fact("demo_days", "hours", "decimal", "时长", "duration", "hours"),
    _fact("demo_awards", "id", "text", "编号", "id"),
)
DAYS = Relation("demo_days", "demo_days", Bilingual("驻点", "days on site"), dated_by="spent_on")
RELATIONS = {**CORE.relations, "demo_days": DAYS}
MODELS = ("center", "activity", "organization", "area", "demo_days", "demo_awards")
SCHEMA = Schema(
    {model: {fact.id: fact for fact in FACTS if fact.on == model} for model in MODELS},
    {**RELATIONS, "demo_awards": Relation("demo_awards", "demo_awards", Bilingual("奖项", "awards"))},
)


@frozen
class Given:
    """A parameter."""

    value: object
    datatype: Datatype
    unit: str = ""
    title: Bilingual | None = None


PARAMETERS = {
    "minimum_area": Given(100, datatypes.WHOLE, "m²", Bilingual("最低面积", "minimum area")),
    "minimum_funds": Given(Decimal("30000.50"), datatypes.NUMBER, "CNY"),
    "minimum_kinds": Given(1, datatypes.WHOLE, "kinds"),
    "minimum_activities": Given(4, datatypes.WHOLE, "activities"),
    "seats": Given(3, datatypes.WHOLE, "{台}"),
    "part": Given(Decimal("0.30"), datatypes.NUMBER, "ratio"),
    "back": Given(-2, datatypes.WHOLE),
    "strict": Given(True, datatypes.TRUTH),
    "lenient": Given(False, datatypes.TRUTH),
    "since": Given(date(2016, 1, 1), datatypes.DATE),
    "word": Given("青少年之家", datatypes.TEXT),
    "some_levels": Given(frozenset({"province", "city"}), datatypes.SET),
    "nothing": Given(frozenset(), datatypes.SET),
}
#: Parameters that are looked up, one without a title, and what a run gives.
TABLES = {
    "wanted_staff": Table(
        "wanted_staff",
        datatypes.WHOLE,
        (SCHEMA.facts["center"]["grade"], SCHEMA.facts["center"]["has_flag"]),
        {("good", True): 3},
        otherwise=1,
        title=Bilingual("应配人数", "staff wanted"),
        unit="persons",
    ),
    "must_have_flag": Table(
        "must_have_flag",
        datatypes.TRUTH,
        of=datatypes.DATE,
        steps=(Step(False), Step(True, date(2016, 1, 1))),
        title=Bilingual("应有团旗", "flag wanted"),
    ),
    "bands": Table("bands", datatypes.WHOLE, of=datatypes.NUMBER, steps=(Step(1), Step(2, 100))),
}
SPAN = Bilingual("整改天数", "days to mend")
GIVEN = {
    "days_to_mend": Fact("days_to_mend", "parameters", FactType.INTEGER, SPAN, unit="days"),
    "late": Fact("late", "parameters", FactType.BOOLEAN, Bilingual("逾期", "late")),
}
PARAMETERS |= {name: Given(None, datatypes.WHOLE, "days", one.label) for name, one in GIVEN.items()}
GRADE = SCHEMA.facts["center"]["grade"]
TABLES |= {
    "crew_of": Table(
        "crew_of",
        datatypes.WHOLE,
        (GRADE,),
        {("good",): 3},
        1,
        title=Bilingual("应有人员", "crew asked for"),
        unit="persons",
    ),
    "crew_by_area": Table(
        "crew_by_area", datatypes.WHOLE, steps=(Step(1), Step(2, 100)), of=datatypes.NUMBER, unit="persons"
    ),
    "may_be": Table("may_be", datatypes.TRUTH, (GRADE,), {("good",): True}, False, title=Bilingual("可行", "allowed")),
}
STARS = (Choice("gold", "金星", "gold star"), Choice("none", "未评", "none"))
REFERRED = {"center": Bilingual("星级标准", "Star standard"), "organization": Bilingual("社团标准", "Club standard")}


def _referred(name: str, subject: str) -> Referred:
    title = REFERRED[subject]
    verdicts = Fact(name, "verdict", FactType.CHOICE, title, values=STARS)
    return Referred(name, title, subject, verdicts, needs_period=True)


BLANK = Scope(
    SCHEMA,
    "center",
    {name: (one.datatype, one.value) for name, one in PARAMETERS.items() if one.value is not None},
    criteria=("area", "b"),
    blocks=("venue",),
    grades=Fact("grade", "criterion", FactType.CHOICE, Bilingual("等次", "grade"), values=FACTS[13].values),
    given=GIVEN,
    tables=TABLES,
    standards={one.reference: one for one in (_referred("p/star", "center"), _referred("p/club@1", "organization"))},
)


def _named(name: str, text: str, expected: Datatype, title: Bilingual | None = None, unit: str = "") -> Named:
    return Named(name, check(text, BLANK, expected).root, expected, title, unit)


VALUES = (
    _named(
        "everybody", "center.staff + center.helpers", datatypes.WHOLE, Bilingual("全体人员", "everybody"), "persons"
    ),
    _named("poor_items", 'count(c for c in criteria if c.grade == "poor")', datatypes.WHOLE),
    _named("ready", "center.has_flag and center.on_cloud", datatypes.TRUTH, Bilingual("已准备好", "ready")),
    _named("crew", "center.staff + center.helpers", datatypes.NUMBER, Bilingual("人员合计", "crew"), "persons"),
    _named("crew_unnamed", "center.staff + center.helpers", datatypes.NUMBER),
    _named("roomy", "center.floor_area >= 100", datatypes.TRUTH, Bilingual("宽敞", "roomy")),
    _named("roomy_unnamed", "center.floor_area >= 100", datatypes.TRUTH),
)
SCOPE = evolve(BLANK, values={one.name: one for one in VALUES}, procedure=True)
NAMES = Names(
    relations=RELATIONS,
    criteria={"area": Bilingual("面积", "Floor area")},
    blocks={"venue": Bilingual("场所", "Venue")},
)


def _checked(text: str, expected: Datatype = datatypes.TRUTH) -> TypedExpr:
    return check(text, SCOPE, expected)


# ---- sentences: expression, Chinese, English; what is indented further goes on

SENTENCES = """
verdict(center, "p/star") == "gold"
    按“星级标准”得出的结论是金星
    the verdict under “Star standard” is gold star
any(verdict(o, "p/club@1") not in {"gold", "none"} for o in organizations)
    至少有一个组织按“社团标准”得出的结论不是金星或者未评
    at least one organization: the verdict under “Club standard” is not gold star or none
count(a for a in activities if verdict(center, "p/star") != "none") >= 2
    符合（本青年中心按“星级标准”得出的结论不是未评）的活动不少于2次
    the number of activities for which the verdict under “Star standard” of this center is not none is at least 2
center.floor_area >= minimum_area
    建筑面积不少于100平方米
    floor area is at least 100 m²
minimum_area <= center.floor_area
    建筑面积不少于100平方米
    floor area is at least 100 m²
center.floor_area > 100
    建筑面积超过100平方米
    floor area is more than 100 m²
not center.floor_area >= 100
    建筑面积少于100平方米
    floor area is less than 100 m²
center.floor_area != 100
    建筑面积不为100平方米
    floor area is not 100 m²
center.staff == 1
    专职工作人员为1人
    full-time staff is 1 person
center.helpers < 2
    兼职人员少于2人
    part-time helpers are less than 2 persons
center.youth >= 500
    稳定联系的青少年不少于500人
    young people in stable contact are at least 500 persons
center.funds >= minimum_funds
    配套经费不少于30000.5元
    local fiscal funds a year are at least CNY 30,000.5
center.staff >= seats
    专职工作人员不少于3台
    full-time staff is at least 3 台
center.online >= part
    线上活动占比不低于30%
    part of activities online is at least 30%
center.online < 0.005
    线上活动占比低于0.5%
    part of activities online is less than 0.5%
minimum_area >= 3
    100平方米不少于3平方米
    100 m² is at least 3 m²
1 <= center.staff <= 3
    专职工作人员不少于1人且不超过3人
    full-time staff is at least 1 person and is at most 3 persons
center.staff > center.helpers
    专职工作人员超过兼职人员
    full-time staff is more than part-time helpers
center.helpers < center.staff
    兼职人员少于专职工作人员
    part-time helpers are less than full-time staff

center.has_flag
    有团旗
    “League flag” is yes
not center.has_flag
    “有团旗”为否
    “League flag” is no
center.has_flag != true
    “有团旗”为否
    “League flag” is no
false == center.has_flag
    “有团旗”为否
    “League flag” is no
center.has_flag == center.has_emblem
    （有团旗）与（有团徽）同时成立或者同时不成立
    (“League flag” is yes) exactly when (“League emblem” is yes)
center.has_flag != center.has_emblem
    （有团旗）与（有团徽）恰有一项成立
    (“League flag” is yes) or (“League emblem” is yes), but not both
center.has_flag and center.has_emblem
    有团旗，并且有团徽
    “League flag” and “League emblem” are both yes
center.has_flag and center.has_emblem and center.on_cloud and center.staff >= 1
    有团旗，有团徽，入驻云平台，并且专职工作人员不少于1人
    “League flag”, “League emblem” and “on the cloud platform” are all yes, and full-time staff is at least 1 person
center.has_flag or center.staff >= 1 or center.grade == "good"
    有团旗，或者专职工作人员不少于1人，或者评价等级是较好
    “League flag” is yes, full-time staff is at least 1 person, or grade is good
center.has_flag and (center.has_emblem or center.on_cloud)
    有团旗，并且（有团徽，或者入驻云平台）
    “League flag” is yes, and (“League emblem” or “on the cloud platform” is yes)
center.has_flag and center.has_emblem or center.on_cloud
    （有团旗，并且有团徽），或者入驻云平台
    (“League flag” and “League emblem” are both yes), or “on the cloud platform” is yes
not (center.has_flag or center.floor_area < 100)
    “有团旗”为否，并且建筑面积不少于100平方米
    “League flag” is no, and floor area is at least 100 m²
not (center.has_flag and center.floor_area < 100)
    “有团旗”为否，或者建筑面积不少于100平方米
    “League flag” is no, or floor area is at least 100 m²

strict
    总是符合
    always holds
not strict
    总不符合
    never holds
strict and center.has_flag
    有团旗
    “League flag” is yes
lenient or center.has_flag
    有团旗
    “League flag” is yes
strict or center.has_flag
    总是符合
    always holds
strict and true
    总是符合
    always holds
(strict and lenient) == center.has_flag
    “有团旗”为否
    “League flag” is no
center.has_flag if strict else center.on_cloud
    有团旗
    “League flag” is yes
center.has_flag if lenient else center.on_cloud
    入驻云平台
    “on the cloud platform” is yes
strict if lenient else false
    总不符合
    never holds
center.has_flag if center.on_cloud else center.has_emblem
    如果入驻云平台，则有团旗；否则有团徽
    if “on the cloud platform” is yes, then “League flag” is yes; otherwise “League emblem” is yes
not (center.has_flag if center.on_cloud else center.staff >= 1)
    如果入驻云平台，则“有团旗”为否；否则专职工作人员少于1人
    if “on the cloud platform” is yes, then “League flag” is no; otherwise full-time staff is less than 1 person
center.has_flag and (center.has_flag if center.on_cloud else center.has_emblem)
    有团旗，并且（如果入驻云平台，则有团旗；否则有团徽）
    “League flag” is yes, and (if “on the cloud platform” is yes, then “League flag” is yes; otherwise
        “League emblem” is yes)
center.floor_area >= (150 if center.on_cloud else 100)
    建筑面积不少于（入驻云平台时为150平方米，否则为100平方米）
    floor area is at least (150 m² if “on the cloud platform” is yes, otherwise 100 m²)
(8 if center.has_flag and center.staff > 1 else 6 if strict else 0) >= 6
    （（有团旗，并且专职工作人员超过1人）时为8，否则为6）不少于6
    (8 if (“League flag” is yes, and full-time staff is more than 1 person), otherwise 6) is at least 6
(center.floor_area if strict else 5) >= 6
    建筑面积不少于6平方米
    floor area is at least 6 m²
(minimum_area if center.on_cloud else center.floor_area) >= 6
    （入驻云平台时为100平方米，否则为建筑面积）不少于6平方米
    (100 m² if “on the cloud platform” is yes, otherwise floor area) is at least 6 m²

center.grade == "good"
    评价等级是较好
    grade is good
center.grade != "poor"
    评价等级不是较差
    grade is not poor
center.grade in {"fair", "good"}
    评价等级是较好或者一般
    grade is good or fair
center.grade not in {"poor", "fair", "good"}
    评价等级不是较好、一般或者较差
    grade is not good, fair or poor
center.grade == ("good" if center.on_cloud else "poor")
    评价等级是（入驻云平台时为较好，否则为较差）
    grade is (good if “on the cloud platform” is yes, otherwise poor)
"tv" in center.equipment
    设备包括电视机
    equipment includes television
"tv" not in center.equipment
    设备不包括电视机
    equipment does not include television
{"wifi", "tv", "pc"} <= center.equipment
    设备包括电脑、电视机、无线网络
    equipment includes computer, television and network
not {"tv", "pc"} <= center.equipment
    设备没有全部包括电脑、电视机
    equipment does not include all of computer and television
not {"tv"} <= center.equipment
    设备不包括电视机
    equipment does not include television
center.equipment <= {"tv", "pc"}
    设备不超出电脑、电视机
    equipment is limited to computer and television
center.equipment == {"tv"}
    设备恰好是电视机
    equipment is exactly television
center.levels >= {"city", "province"}
    级别包括“市、州”、“省”
    demonstration levels include “city or prefecture” and “province”
some_levels <= center.levels
    级别包括“市、州”、“省”
    demonstration levels include “city or prefecture” and “province”
nothing <= center.levels
    级别包括无
    demonstration levels include nothing
"a" in center.uses
    用途包括甲
    “sources and uses” includes A
"cadre" in center.workforce
    力量包括团干部
    “who joins in running it” includes cadre
"tv" in center.equipment and "pc" in center.equipment
    设备包括电脑、电视机
    equipment includes computer and television
"tv" in center.equipment or "pc" in center.equipment
    设备包括电脑、电视机中的至少1项
    equipment includes at least 1 of computer and television
not ("tv" in center.equipment or "pc" in center.equipment)
    设备不包括电视机且不包括电脑
    equipment does not include television and does not include computer
"pc" in center.equipment and ("tv" in center.equipment or "wifi" in center.equipment) and "wifi" in center.equipment
    设备包括电脑，包括电视机、无线网络中的至少1项，并且包括无线网络
    equipment includes computer, includes at least 1 of television and network, and includes network
center.grade == "good" or center.grade == "fair"
    评价等级是较好或者是一般
    grade is good or is fair
count(center.equipment) >= 2
    设备不少于2项
    the number of items in equipment is at least 2
count(center.levels) >= minimum_kinds
    级别不少于1类
    the number of demonstration levels is at least 1
count(center.workforce & {"volunteer", "cadre"}) >= minimum_kinds
    力量包括团干部、志愿者中的至少1类
    “who joins in running it” includes at least 1 of cadre and volunteer
count({"tv", "pc"} & center.equipment) < 2
    设备包括电脑、电视机中的不到2项
    equipment includes fewer than 2 of computer and television
count(center.equipment & {"tv", "pc"}) != 1
    设备并非恰好包括电脑、电视机中的1项
    equipment does not include exactly 1 of computer and television
count(center.equipment & {"tv", "pc"}) > center.staff
    设备中属于电脑、电视机的条目的数量超过专职工作人员
    the number of items of equipment that are among computer and television is more than full-time staff
count({"a"} & {"a", "b"}) >= 1
    “a”中属于“a”、“b”的条目不少于1项
    the number of items of “a” that are among “a” and “b” is at least 1

crew >= 3
    “人员合计”不少于3人
    “crew” is at least 3 persons
crew_unnamed >= 3
    专职工作人员＋兼职人员不少于3人
    full-time staff plus part-time helpers is at least 3 persons
roomy and not roomy_unnamed
    “宽敞”成立，并且建筑面积少于100平方米
    “roomy” holds, and floor area is less than 100 m²
not roomy
    “宽敞”不成立
    “roomy” does not hold
crew >= crew_of[center.grade]
    “人员合计”不少于“应有人员”中评价等级对应的值
    “crew” is at least the “crew asked for” for grade
center.staff >= crew_by_area[center.floor_area]
    专职工作人员不少于“crew_by_area”中建筑面积对应的值
    full-time staff is at least the “crew by area” for floor area
may_be[center.grade]
    “可行”中评价等级对应的值为“是”
    the “allowed” for grade is yes
not may_be[center.grade]
    “可行”中评价等级对应的值为“否”
    the “allowed” for grade is no

starts_with(center.name, "武汉")
    名称以“武汉”开头
    name starts with “武汉”
not ends_with(center.name, word)
    名称不以“青少年之家”结尾
    name does not end with “青少年之家”
contains(center.name, word) and not contains(center.name, "空间")
    名称含有“青少年之家”且不含有“空间”
    name contains “青少年之家” and does not contain “空间”
length(center.name) <= 20
    名称的字数不超过20字
    the number of characters in name is at most 20

center.staff + 2 * center.helpers >= 3
    专职工作人员＋2×兼职人员不少于3人
    full-time staff plus 2 times part-time helpers is at least 3 persons
(center.staff + 2) * center.helpers >= 3
    （专职工作人员＋2）×兼职人员不少于3
    (full-time staff plus 2) times part-time helpers is at least 3
center.staff - (center.helpers - 1) >= -1
    专职工作人员－（兼职人员－1）不少于-1人
    full-time staff minus (part-time helpers minus 1) is at least -1 persons
-(center.staff + 1) <= -0.5
    负的（专职工作人员＋1）不超过-0.5人
    minus (full-time staff plus 1) is at most -0.5 persons
-center.staff + -1 >= 0
    负的专职工作人员＋-1不少于0人
    minus full-time staff plus -1 is at least 0 persons
center.funds / 12 >= 2500.50
    配套经费÷12不少于2500.5元
    local fiscal funds a year divided by 12 is at least CNY 2500.5
5 / (center.staff + 1) >= part
    5÷（专职工作人员＋1）不少于30%
    5 divided by (full-time staff plus 1) is at least 30%
min(center.staff, 3, center.helpers) >= 1
    专职工作人员、3、兼职人员中的最小值不少于1人
    the smallest of full-time staff, 3 and part-time helpers is at least 1 person
center.staff / max(center.staff, min(center.helpers, 1), 1) >= 3
    专职工作人员÷（专职工作人员、（兼职人员、1中的最小值）、1中的最大值）不少于3
    full-time staff divided by (the largest of full-time staff, (the smallest of part-time helpers
        and 1) and 1) is at least 3
max(center.opened_on, since) <= as_of
    成立时间、2016年1月1日中最晚的一天不晚于评价日
    the latest of the date opened and 1 January 2016 is on or before the day judged
round(center.floor_area / 3, 2) >= 30
    （建筑面积÷3）四舍五入到2位小数不少于30平方米
    (floor area divided by 3) rounded to 2 decimals is at least 30 m²
floor(center.floor_area) >= 30
    建筑面积向下取到整数不少于30平方米
    floor area rounded down to a whole number is at least 30 m²
ceil(center.floor_area, 1) >= 30
    建筑面积向上取到1位小数不少于30平方米
    floor area rounded up to 1 decimal is at least 30 m²

center.opened_on < date(2020, 6, 30)
    成立时间早于2020年6月30日
    the date opened is before 30 June 2020
center.opened_on >= date(period.end.year, 6, 30)
    成立时间不早于评价期最后一天当年6月30日
    the date opened is on or after 30 June of the year of the last day of the period
center.opened_on > date(period.end.year - 1, 6, 30)
    成立时间晚于（评价期最后一天的年份－1）年6月30日
    the date opened is after 30 June of the year (the year of the last day of the period minus 1)
center.opened_on == center.applied
    成立时间是申报日期
    the date opened is the application date
add_months(center.opened_on, 6) <= as_of
    成立时间之后6个月不晚于评价日
    6 months after the date opened is on or before the day judged
add_days(as_of, -30) <= period.start
    评价日之前30天不晚于评价期第一天
    30 days before the day judged is on or before the first day of the period
add_months(as_of, back) <= center.opened_on
    评价日之前2个月不晚于成立时间
    2 months before the day judged is on or before the date opened
add_years(center.opened_on, center.staff) <= as_of
    成立时间之后（专职工作人员）年不晚于评价日
    (full-time staff) years after the date opened is on or before the day judged
center.opened_on.year >= 2015
    成立时间的年份不早于2015年
    the year of the date opened is not before 2015
center.opened_on.month == 6
    成立时间的月份是6月
    the calendar month of the date opened is 6
years_between(center.opened_on, as_of) >= 1
    从成立时间到评价日的足年数不少于1年
    the number of full years from the date opened to the day judged is at least 1
days_between(center.opened_on, center.applied) <= 30
    从成立时间到申报日期的天数不超过30天
    the number of days from the date opened to the application date is at most 30

count(activities) >= 60
    活动不少于60次
    the number of activities is at least 60
count(activities) >= count(organizations)
    活动的数量不少于组织的数量
    the number of activities is at least the number of organizations
count(a for a in activities if a.attendance >= 20 and a.theme == "club") >= minimum_activities
    参与人数不少于20人且主题是学习社的活动不少于4次
    the number of activities whose attendance is at least 20 persons and whose theme is Study Club is at least 4
count(a for a in activities if a.attendance >= 20 or a.theme == "club") >= 12
    符合（参与人数不少于20人，或者主题是学习社）的活动不少于12次
    the number of activities for which (attendance is at least 20 persons, or theme is Study Club) is at least 12
count(a for a in activities if strict and (a.published and not a.published)) >= 12
    通过云平台发布且“通过云平台发布”为否的活动不少于12次
    the number of activities whose “published on the cloud” is yes and whose “published on the cloud” is
        no is at least 12
count(a for a in activities if center.has_flag) >= 12
    符合（本青年中心有团旗）的活动不少于12次
    the number of activities for which “League flag of this center” is yes is at least 12
count(a for a in activities if length(a.id) >= 3) >= 12
    编号的字数不少于3字的活动不少于12次
    the number of activities whose number of characters in id is at least 3 is at least 12
count(o for o in organizations if "partner" in o.relations) >= 3
    与中心的关系包括合作的组织不少于3个
    the number of organizations whose relation includes partner is at least 3
count(o for o in organizations if o.name == center.name) == 0
    名称是本青年中心的名称的组织为0个
    the number of organizations whose name is the name of this center is 0
count(d for d in demo_days if d.hours >= 2) >= 12
    时长不少于2小时的驻点记录不少于12条
    the number of rows of “days on site” whose duration is at least 2 hours is at least 12
count(demo_awards) >= 1
    demo_awards记录不少于1条
    the number of rows of “demo_awards” is at least 1
count(a for a in during(activities, add_days(as_of, -30), as_of)) >= 1
    从评价日之前30天到评价日的活动不少于1次
    the number of activities from 30 days before the day judged to the day judged is at least 1

all(a.attendance >= 20 for a in activities)
    每次活动的参与人数不少于20人
    every activity: attendance is at least 20 persons
any(a.attendance >= 20 for a in activities)
    至少有一次活动的参与人数不少于20人
    at least one activity: attendance is at least 20 persons
not all(a.attendance >= 20 for a in activities)
    并非每次活动的参与人数不少于20人
    not for every activity: attendance is at least 20 persons
not any(a.attendance >= 20 for a in activities)
    没有任何一次活动的参与人数不少于20人
    for no activity: attendance is at least 20 persons
all(20 <= a.attendance <= 50 for a in activities)
    每次活动的参与人数不少于20人且不超过50人
    every activity: attendance is at least 20 persons and is at most 50 persons
all({"list", "plan"} <= a.records for a in activities)
    每次活动留存的活动资料包括计划、名单
    every activity: records kept of the activity include plan and list
any("partner" in o.relations for o in organizations)
    至少有一个组织与中心的关系包括合作
    at least one organization: relation includes partner
all(c.youth >= 500 and c.youth < 900 for c in centers)
    每个青年中心稳定联系的青少年不少于500人且少于900人
    every center: young people in stable contact are at least 500 persons and are less than 900 persons
all(round(c.youth / 3) >= 100 for c in centers)
    每个青年中心的（稳定联系的青少年÷3）四舍五入到整数不少于100人
    every center: (young people in stable contact divided by 3) rounded to a whole number is at least 100 persons
sum(c.youth for c in centers) >= 500
    各个青年中心稳定联系的青少年之和不少于500人
    the sum of young people in stable contact over all centers is at least 500 persons
all(a.published for a in activities)
    每次活动都符合“通过云平台发布”
    every activity: “published on the cloud” is yes
any(a.published for a in activities)
    至少有一次活动符合“通过云平台发布”
    at least one activity: “published on the cloud” is yes
all(not a.published for a in activities)
    每次活动的“通过云平台发布”为否
    every activity: “published on the cloud” is no
all(a.attendance >= 20 and a.published for a in activities)
    每次活动：参与人数不少于20人，并且通过云平台发布
    every activity: attendance is at least 20 persons, and “published on the cloud” is yes
all(a.attendance <= center.youth for a in activities if a.theme == "club")
    每次主题是学习社的活动的参与人数不超过本青年中心稳定联系的青少年
    every activity whose theme is Study Club: attendance is at most the young people in stable contact of this center
all(a.attendance >= 20 for a in activities) and center.has_flag
    （每次活动的参与人数不少于20人），并且有团旗
    (every activity: attendance is at least 20 persons), and “League flag” is yes
center.has_flag and all(a.attendance >= 20 for a in activities)
    有团旗，并且每次活动的参与人数不少于20人
    “League flag” is yes, and every activity: attendance is at least 20 persons
all(any(b.attendance > a.attendance for b in activities) for a in activities)
    每次活动（记为a）：至少有一次活动的参与人数超过a的参与人数
    every activity (call it a): at least one activity: attendance is more than the attendance of a
all(a.attendance >= mean((b.attendance for b in activities), default=0) for a in activities)
    每次活动的参与人数不少于各次活动的参与人数的平均值（没有时按0人计）
    every activity: attendance is at least the mean of attendance over all activities (0 persons if there are none)
all(any(a.center_id == c.id and c.has_flag for a in activities) for c in centers)
    每个青年中心：至少有一次活动：青年中心编号是该青年中心的编号，并且该青年中心有团旗
    every center: at least one activity: center id is the id of the center, and “League flag of the center” is yes
any(a.attendance >= 20 for a in during(activities, period.start, as_of))
    从评价期第一天到评价日至少有一次活动的参与人数不少于20人
    at least one activity from the first day of the period to the day judged: attendance is at least 20 persons

all(count(a for a in activities if a.month == m) >= minimum_activities for m in months)
    每个月活动不少于4次
    in every month the number of activities is at least 4
all(count(a for a in activities if m == a.month and a.theme == "club") >= 1 for m in months)
    每个月主题是学习社的活动不少于1次
    in every month the number of activities whose theme is Study Club is at least 1
not all(count(a for a in activities if a.month == m) >= 4 for m in months)
    并非每个月活动不少于4次
    not in every month: the number of activities is at least 4
all(count(a for a in activities if a.month == m) <= count(organizations) for m in months)
    每个月活动的数量不超过组织的数量
    in every month the number of activities in the month is at most the number of organizations
all(count(a for a in activities if a.month == m) >= 4 and center.has_flag for m in months)
    每个月：该月活动不少于4次，并且有团旗
    in every month: the number of activities is at least 4, and “League flag” is yes
any(count(a for a in activities if a.month == m + 1) >= 4 for m in months if center.opened_on <= m.start)
    至少有一个成立时间不晚于该月第一天的月：该月之后第1个月的活动不少于4次
    in at least one month in which the date opened is on or before the first day of the month: the number
        of activities in the month 1 month after the month is at least 4
all(count(a for a in activities if a.month == m or a.published) >= 4 for m in months)
    每个月：符合（开展日期所在月份是该月，或者通过云平台发布）的活动不少于4次
    in every month the number of activities for which (the month of the date held is the month, or
        “published on the cloud” is yes) is at least 4
all(count(a for a in during(activities, m - 2, m)) >= 12 for m in months)
    每个月：从该月之前第2个月到该月的活动不少于12次
    in every month the number of activities from the month 2 months before the month to the month is at least 12
all(count(a for a in during(activities, m, m)) >= 4 for m in months)
    每个月活动不少于4次
    in every month the number of activities is at least 4
all(count(a for a in during(activities, m.start, as_of) if a.month == m) >= 4 for m in months)
    每个月：从该月第一天到评价日的开展日期所在月份是该月的活动不少于4次
    in every month the number of activities from the first day of the month to the day judged whose month
        of the date held is the month is at least 4
all(any(count(a for a in activities if a.month == n) >= 4 for n in months if n >= m) for m in months)
    每个月（记为m）：至少有一个不早于m的月：该月活动不少于4次
    in every month (call it m): in at least one month in which the month is not before m: the number of
        activities is at least 4
all(any(count(a for a in activities if a.month == m) >= n.start.month for n in months) for m in months)
    每个月（记为m）：至少有一个月：m的活动的数量不少于该月第一天的月份
    in every month (call it m): in at least one month the number of activities in m is at least the
        calendar month of the first day of the month
count(m for m in months if count(a for a in activities if a.month == m) >= 4) >= 10
    活动不少于4次的月份不少于10个
    the number of months in which the number of activities is at least 4 is at least 10
count(m for m in months if m.start >= center.opened_on and (center.has_flag or m.end >= as_of)) >= 3
    第一天不早于成立时间且符合（有团旗，或者该月最后一天不早于评价日）的月份不少于3个
    the number of months in which the first day of the month is on or after the date opened and in which
        (“League flag” is yes, or the last day of the month is on or after the day judged) is at least 3
sum(count(a for a in activities if a.month == m) for m in months) >= 5
    各个月活动的数量之和不少于5次
    the sum of the number of activities in the month over all months is at least 5

sum(a.attendance for a in activities if a.theme == "club") >= 600
    各次主题是学习社的活动的参与人数之和不少于600人
    the sum of attendance over all activities whose theme is Study Club is at least 600 persons
sum(a.attendance * 2 for a in activities) >= 600
    各次活动的（参与人数×2）之和不少于600人
    the sum of (attendance times 2) over all activities is at least 600 persons
sum(1 if a.attendance >= 20 else 0 for a in activities) >= 3
    各次活动的（参与人数不少于20人时为1，否则为0）之和不少于3
    the sum of (1 if attendance is at least 20 persons, otherwise 0) over all activities is at least 3
min((a.attendance for a in activities), default=center.staff) >= 20
    各次活动的参与人数的最小值（没有时按专职工作人员计）不少于20人
    the smallest value of attendance over all activities (full-time staff if there are none) is at least 20 persons
median((a.attendance for a in activities), default=0) >= 20
    各次活动的参与人数的中位数（没有时按0人计）不少于20人
    the median of attendance over all activities (0 persons if there are none) is at least 20 persons
max((a.attendance for a in activities), default=0) < 99
    各次活动的参与人数的最大值（没有时按0人计）少于99人
    the largest value of attendance over all activities (0 persons if there are none) is less than 99 persons
longest_run(any(a.month == m for a in activities) for m in months) >= 3
    月份中符合（至少有一次活动的开展日期所在月份是该月）的最长连续月数不少于3个月
    the longest unbroken run of months in which
        (at least one activity: the month of the date held is the month) is at least 3 months
share((a.theme == "club" for a in activities), default=0) >= 0.305
    活动中主题是学习社的比例（没有时按0%计）不低于30.5%
    the share of activities whose theme is Study Club (0% if there are none) is at least 30.5%
share((a.theme == "club" or a.published for a in activities if a.attendance >= 20), default=1) > part
    参与人数不少于20人的活动中符合（主题是学习社，或者通过云平台发布）的比例（没有时按100%计）高于30%
    the share of those for which (theme is Study Club, or “published on the cloud” is yes) among
        activities whose attendance is at least 20 persons (100% if there are none) is more than 30%

count({a.theme for a in activities}) >= 2
    各次活动的不同主题不少于2种
    the number of different values of theme among activities is at least 2
"club" in {a.theme for a in activities if a.attendance >= 3}
    各次参与人数不少于3人的活动的不同主题包括学习社
    different values of theme among activities whose attendance is at least 3 persons include Study Club
all(s in center.equipment for s in {"wifi", "tv"})
    电视机、无线网络中每个条目：设备包括该条目
    every item of television and network: equipment includes the item
any(s == "tv" for s in center.equipment)
    设备中至少有一个条目是电视机
    at least one item of equipment: the item is television
count(s for s in center.equipment if s in {"tv", "wifi"}) >= 1
    设备中是电视机或者无线网络的条目不少于1个
    the number of items of equipment for which the item is television or network is at least 1
count(s for s in {"x"}) >= 1
    “x”中的条目不少于1个
    the number of items of “x” is at least 1

all(c.satisfied for c in criteria)
    每项条件都满足
    every criterion is satisfied
any(c.failed for c in criteria if c.strength == "generally")
    至少有一项要求程度是“一般”的条件未满足
    at least one criterion whose strength is “generally” is not satisfied
not all(c.satisfied for c in criteria if c.block == "venue" and c.id != "b")
    并非每项所属板块是“场所”且编号不是“b”的条件都满足
    not every criterion whose block is “Venue” and whose id is not “b” is satisfied
all(c.satisfied or c.strength in {"should", "must"} for c in criteria)
    每项条件：满足，或者要求程度是“必须”或者“应当”
    every criterion: it is satisfied, or strength is “must” or “should”
count(c for c in criteria if not c.satisfied and c.outcome != "undetermined") >= 7
    未满足且结果不是“缺数据”的条件不少于7项
    the number of criteria not satisfied and whose outcome is not “undetermined” is at least 7
all(any(c.satisfied and b.satisfied for c in criteria if c.block == b.id) for b in blocks)
    每个板块：至少有一项所属板块是该板块的编号的条件：满足，并且该板块满足
    every block: at least one criterion whose block is the id of the block: it is satisfied, and the block is satisfied
blocks["venue"].satisfied and not criteria["b"].satisfied
    板块“场所”满足，并且条件“b”未满足
    block “Venue” is satisfied, and criterion “b” is not satisfied
everybody >= 3
    “全体人员”不少于3人
    “everybody” is at least 3 persons
ready
    “已准备好”成立
    “ready” holds
not ready
    “已准备好”不成立
    “ready” does not hold
center.staff >= wanted_staff[center.grade, center.has_flag]
    专职工作人员不少于“应配人数”中评价等级、（有团旗）对应的值
    full-time staff is at least the “staff wanted” for grade and (“League flag” is yes)
must_have_flag[as_of]
    “应有团旗”中评价日对应的值为“是”
    the “flag wanted” for the day judged is yes
not must_have_flag[center.opened_on] or bands[center.floor_area] >= 2
    “应有团旗”中成立时间对应的值为“否”，或者“bands”中建筑面积对应的值不少于2
    the “flag wanted” for the date opened is no, or the “bands” for floor area is at least 2
days_between(center.opened_on, as_of) <= days_to_mend
    从成立时间到评价日的天数不超过整改天数
    the number of days from the date opened to the day judged is at most days to mend
late or not late
    逾期，或者“逾期”为否
    “late” is yes, or “late” is no
poor_items >= 7
    等次是较差的条件不少于7项
    the number of criteria whose grade is poor is at least 7
criteria["area"].grade != "good"
    条件“面积”的等次不是较好
    the grade of criterion “Floor area” is not good
working_days(center.opened_on, as_of) <= 5
    从成立时间到评价日的工作日数不超过5天
    the number of working days from the date opened to the day judged is at most 5
add_working_days(center.opened_on, 5) >= as_of
    成立时间之后第5个工作日不早于评价日
    working day 5 after the date opened is on or after the day judged
all(c.satisfied for c in criteria if c.id in {"area"})
    每项编号是“面积”的条件都满足
    every criterion whose id is “Floor area” is satisfied
criteria["area"].outcome == "passed"
    条件“面积”的结果是“达标”
    the outcome of criterion “Floor area” is “passed”
"""


def _rows(table: str) -> Iterator[tuple[str, str, str]]:
    lines = [line for line in table.replace("\n        ", " ").splitlines() if line]
    for text, zh, en in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        yield text, zh.strip(), en.strip()


@pytest.mark.parametrize(("text", "zh", "en"), [pytest.param(*row, id=row[0]) for row in _rows(SENTENCES)])
def test_sentences(text, zh, en):
    """A condition is said in words that a reader of either language understands without the expression."""
    assert to_prose(_checked(text), PARAMETERS, NAMES) == Bilingual(zh, en)


# ---- phrases: a part of an expression, Chinese, English

PHRASES = """
center.floor_area >= 1
    建筑面积
    floor area
center.opened_on <= as_of
    成立时间
    opened on
count(activities) >= 1
    活动的数量
    number of activities
count(center.equipment) >= 1
    设备的数量
    number of items in equipment
period.start <= as_of
    评价期第一天
    first day of the period
as_of <= period.end
    评价日
    day judged
minimum_area >= 1
    最低面积
    minimum area
center.staff * 2 >= 1
    专职工作人员×2
    full-time staff times 2
"""


@pytest.mark.parametrize(("text", "zh", "en"), [pytest.param(*row, id=row[0]) for row in _rows(PHRASES)])
def test_phrases(text, zh, en):
    """An operand of a comparison is said as the label of what is observed."""
    said = [to_phrase(operand, PARAMETERS) for operand in _checked(text).root.operands]
    assert Bilingual(zh, en) in said


def _part(text: str, kind: type[TypedNode]) -> TypedNode:
    return [node for node in walk(_checked(text).root) if isinstance(node, kind)][-1]


def test_phrase_in_a_month_that_is_not_named():
    """A count by month, taken out of its loop, is said of "the month"."""
    counted = _part("all(count(a for a in activities if a.month == m) >= 4 for m in months)", Gather)
    assert to_phrase(counted, PARAMETERS) == Bilingual("该月活动的数量", "number of activities in the month")


def test_phrase_of_a_fact_is_its_label_wherever_it_stands():
    """A fact of a row, taken out of its loop, is said by its label."""
    read = _part("all(a.attendance >= 20 for a in activities)", Read)
    assert to_phrase(read, PARAMETERS) == Bilingual("参与人数", "attendance")


def test_phrase_that_mentions_a_row_outside_of_it():
    """What is read of a row of an outer loop is said of "the center"."""
    counted = _part("all(count(a for a in activities if a.center_id == c.id) >= 4 for c in centers)", Gather)
    said = to_phrase(counted, PARAMETERS)
    assert said.zh == "青年中心编号是该青年中心的编号的活动的数量"
    assert said.en == "number of activities whose center id is the id of the center"


def test_phrase_of_a_parameter_without_title():
    """A parameter without a title is said by its value."""
    parameter = _part("center.funds >= minimum_funds", Parameter)
    assert to_phrase(parameter, PARAMETERS) == Bilingual("30000.5元", "CNY 30,000.5")


@pytest.mark.parametrize(
    ("node", "zh", "en"),
    [
        (Variable("center", Datatype(Kind.ROW, model="center")), "本青年中心", "this center"),
        (Variable("a", Datatype(Kind.ROW, model="activity")), "该活动", "activity"),
        (Variable("period", Datatype(Kind.PERIOD)), "该评价期", "period"),
        (Constant("floor-area", Datatype(Kind.CRITERION)), "“floor-area”", "“floor-area”"),
        (Constant(date(2020, 2, 29), datatypes.DATE), "2020年2月29日", "29 February 2020"),
    ],
    ids=["subject", "row", "period", "criterion", "date"],
)
def test_phrases_of_bare_nodes(node, zh, en):
    """Nodes that no condition compares have words too."""
    assert to_phrase(node, PARAMETERS) == Bilingual(zh, en)


def test_a_value_is_said_as_a_phrase():
    """An expression that is no condition, such as points, is said as what it gives."""
    points = _checked("8 if center.floor_area >= 150 else 6 if center.floor_area >= 100 else 0", datatypes.WHOLE)
    zh = "建筑面积不少于150平方米时为8，建筑面积不少于100平方米时为6，否则为0"
    en = "8 if floor area is at least 150 m², 6 if floor area is at least 100 m², otherwise 0"
    assert to_prose(points, PARAMETERS) == Bilingual(zh, en)


# ---- everything can be said


def test_sentences_use_the_whole_language():
    """The table above has every kind of node, every function and operator and every part."""
    found = [part for text, _, _ in _rows(SENTENCES) for part in walk(_checked(text).root)]
    assert {type(part) for part in found} == {*get_args(TypedNode), *get_args(Rows)}
    functions = {part.function for part in found if hasattr(part, "function")}
    assert functions == {*signatures.FUNCTIONS, *signatures.GATHERINGS, *signatures.OPERATORS}


def test_words_do_not_depend_on_the_order_of_a_set():
    """A set is said in the order of its vocabulary, however it is written."""
    first = to_prose(_checked('{"pc", "tv", "wifi"} <= center.equipment'), PARAMETERS)
    assert to_prose(_checked('{"wifi", "tv", "pc"} <= center.equipment'), PARAMETERS) == first


def test_braces_in_names_are_words():
    """A unit, label or text with braces is no template."""
    text = to_prose(_checked('center.name == "{0}{be}" and center.staff >= seats'), PARAMETERS)
    assert text.zh == "名称是“{0}{be}”，并且专职工作人员不少于3台"


def test_phrases_of_what_has_a_name():
    """A named value by its title, one without by what it says; a parameter that no run gave says so."""
    everybody, poor_items, *_ = VALUES
    assert to_phrase(everybody, PARAMETERS) == Bilingual("全体人员", "everybody")
    assert to_phrase(poor_items, PARAMETERS) == Bilingual(
        "等次是较差的条件的数量", "number of criteria whose grade is poor"
    )
    unknown = {"x": Given(None, datatypes.WHOLE)}
    assert to_phrase(Parameter("x", datatypes.WHOLE), unknown) == Bilingual("（未给定的数）", "(a value not given)")

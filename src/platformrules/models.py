# SPDX-License-Identifier: MIT
"""The records that rules judge: Center, Activity, Organization, Area and rows of plugins; a Dossier holds them.

Facts are declared here once, in the metadata of their fields; ``None`` means not recorded, which is neither false
nor zero. Constructors check nothing; ``Dossier`` checks all its records once. Knows no rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeAlias

from attrs import field, fields, frozen

from platformrules.languages import Bilingual
from platformrules.schema import FACT, Fact, Relation, Schema, fact

#: What a fact may hold; a set may be given as any set of texts.
FactValue: TypeAlias = bool | int | Decimal | str | date | AbstractSet[str] | None

_NOTHING: Mapping[str, FactValue] = MappingProxyType({})


def _freeze(facts: Mapping[str, FactValue]) -> Mapping[str, FactValue]:
    return MappingProxyType(dict(facts)) if facts else _NOTHING


def _plugin_facts() -> Any:  # noqa: ANN401 - what attrs.field returns is typed by the annotation beside it
    return field(default=_NOTHING, converter=_freeze)


class Record:
    """What all models share: core and plugin facts are both read by ``record["name"]``."""

    __slots__ = ()
    id: str
    facts: Mapping[str, FactValue]

    def __getitem__(self, name: str) -> FactValue:
        """The value of a fact; ``None`` if it is not recorded.

        Raises:
            KeyError: the core has no such fact and the record holds no plugin fact of that name.
        """
        if name in self.facts:
            return self.facts[name]
        if name in _FACT_NAMES[type(self)]:
            return getattr(self, name)  # type: ignore[no-any-return]
        raise KeyError(name)


_LEVELS = (
    ("county", "县级", "county"),
    ("city", "市州级", "city or prefecture"),
    ("province", "省级", "province"),
    ("national", "全国级", "national"),
)


@frozen(kw_only=True)
class Center(Record):
    """A youth center: 青年中心, 青年之家, 青少年综合服务平台."""

    id: str = fact("text", "编号", "id", key=True, default="")
    area_id: str | None = fact("text", "所属区域编号", "area id", key=True)
    community_id: str | None = fact("text", "所在社区编号", "community id", key=True)
    name: str | None = fact("text", "名称", "name")
    address: str | None = fact("text", "地址", "address")
    head_name: str | None = fact("text", "负责人", "person in charge", personal=True)
    phone: str | None = fact("text", "联系电话", "telephone", personal=True)
    reporting_unit: str | None = fact("text", "填报单位", "reporting unit")
    affiliation: str | None = fact(
        "choice",
        "隶属关系",
        "affiliation",
        values=(
            ("county_committee", "县级团委", "county League committee"),
            ("urban_street_committee", "城市街道团委", "urban street League committee"),
            ("township_committee", "乡镇团委", "township League committee"),
            ("community_organization", "社区团组织", "community League organization"),
            ("village_organization", "村团组织", "village League organization"),
            ("enterprise_organization", "企业团组织", "enterprise League organization"),
            ("agency_organization", "机关事业单位团组织", "agency or institution League organization"),
            ("school_organization", "学校团组织", "school League organization"),
            ("other", "其他", "other"),
        ),
    )
    opened_on: date | None = fact("date", "成立时间", "opened on")
    application_date: date | None = fact("date", "申报日期", "application date")
    construction_kind: str | None = fact(
        "choice",
        "建设方式",
        "kind of construction",
        values=(
            ("new", "新建", "newly built"),
            ("rebuilt", "改建", "rebuilt"),
            ("opened", "开放", "opened to youth"),
            ("existing", "已建", "existing"),
        ),
    )
    build_mode: str | None = fact(
        "choice",
        "独建或联建",
        "built alone or jointly",
        values=(("own", "独立建设", "built alone"), ("joint", "联合建设", "built jointly")),
    )
    is_physical: bool | None = fact("boolean", "实体阵地", "physical center")
    is_public_benefit: bool | None = fact("boolean", "公益性", "public benefit")
    led_by_league: bool | None = fact("boolean", "团组织主导", "led by the League")
    functions: AbstractSet[str] | None = fact("set", "功能", "functions", open=True)
    has_fixed_venue: bool | None = fact("boolean", "有固定场所", "fixed venue")
    site_youth_dense: bool | None = fact("boolean", "青少年相对集中", "young people concentrated")
    site_transport_convenient: bool | None = fact("boolean", "交通便利", "convenient traffic")
    floor_area_m2: int | Decimal | None = fact("decimal", "面积", "floor area", unit="m²", minimum=0)
    owned_by_league: bool | None = fact("boolean", "产权归团组织所有", "owned by the League")
    right_of_use_years: int | Decimal | None = fact(
        "decimal", "使用权年限", "right of use", unit="years", minimum=0, maximum=999
    )
    equipment: AbstractSet[str] | None = fact(
        "set",
        "设备",
        "equipment",
        open=True,
        values=(
            ("computer", "电脑", "computer"),
            ("tv", "电视机", "television"),
            ("audio", "音响", "audio equipment"),
            ("wifi", "无线网络", "wireless network"),
        ),
    )
    has_necessary_facilities: bool | None = fact("boolean", "有必要的服务设施", "necessary facilities")
    plaque_displayed: bool | None = fact("boolean", "悬挂牌匾", "plaque displayed")
    plaque_prominent: bool | None = fact("boolean", "牌匾在显著位置", "plaque in a prominent place")
    has_emblem: bool | None = fact("boolean", "有团徽", "League emblem")
    has_flag: bool | None = fact("boolean", "有团旗", "League flag")
    logo_displayed: bool | None = fact("boolean", "悬挂统一标识", "logo displayed")
    logo_prominent: bool | None = fact("boolean", "标识在显著位置", "logo in a prominent place")
    logo_pattern_unchanged: bool | None = fact("boolean", "标识图案未变", "logo pattern unchanged")
    logo_colour_unchanged: bool | None = fact("boolean", "标识色彩未变", "logo colours unchanged")
    logo_text_unchanged: bool | None = fact("boolean", "标识字样未变", "logo wording unchanged")
    unified_decor: bool | None = fact("boolean", "统一装修", "uniform decoration")
    style_practical: bool | None = fact("boolean", "体现实用元素", "practical elements")
    style_fashionable: bool | None = fact("boolean", "体现时尚元素", "fashionable elements")
    attractive_to_youth: bool | None = fact("boolean", "对青少年有吸引力", "attractive to young people")
    full_time_staff: int | None = fact("integer", "专职工作人员", "full-time staff", unit="persons", minimum=0)
    part_time_main_staff: int | None = fact(
        "integer", "以平台工作为主的兼职人员", "part-time staff mainly for the center", unit="persons", minimum=0
    )
    workforce_kinds: AbstractSet[str] | None = fact("set", "参与运营的力量", "who joins in running it", open=True)
    rule_documents: AbstractSet[str] | None = fact("set", "规章制度", "rule documents", open=True)
    projects_fit_local_needs: bool | None = fact("boolean", "项目符合本地需求", "services fit local needs")
    services: AbstractSet[str] | None = fact(
        "set",
        "服务项目类别",
        "service categories",
        values=(
            ("basic_league_affairs", "基础团务类", "basic League affairs"),
            ("venue_function", "阵地功能类", "venue functions"),
            ("resource_integration", "整合资源类", "resource integration"),
            ("consulting", "咨询服务类", "consulting"),
            ("culture_sports_leisure", "文体休闲类", "culture, sports and leisure"),
        ),
    )
    resource_kinds: AbstractSet[str] | None = fact(
        "set",
        "整合的资源",
        "resources drawn on",
        values=(
            ("party_government", "党政资源", "Party and government"),
            ("within_system", "体制内资源", "within the system"),
            ("social", "社会资源", "social"),
            ("market", "市场资源", "market"),
            ("league_internal", "团属资源", "League-internal"),
        ),
    )
    local_fiscal_funding: int | Decimal | None = fact(
        "decimal", "当地财政配套经费", "local fiscal funds a year", unit="CNY", minimum=0
    )
    stable_served_youth: int | None = fact(
        "integer", "稳定联系的青少年", "young people in stable contact", unit="persons", minimum=0
    )
    demo_levels: AbstractSet[str] | None = fact("set", "示范性平台级别", "demonstration levels", values=_LEVELS)
    grade: str | None = fact(
        "choice",
        "评价等级",
        "grade",
        values=(("better", "较好", "better"), ("average", "一般", "average"), ("poor", "较差", "poor")),
    )
    has_league_org: bool | None = fact("boolean", "建有团组织", "League organization set up")
    on_cloud: bool | None = fact("boolean", "入驻云平台", "on the cloud platform")
    delisted: bool | None = fact("boolean", "已摘牌", "plaque removed")
    facts: Mapping[str, FactValue] = _plugin_facts()


@frozen(kw_only=True)
class Activity(Record):
    """One activity of a center, an organization or a community."""

    id: str = fact("text", "编号", "id", key=True, default="")
    center_id: str | None = fact("text", "青年中心编号", "center id", key=True)
    org_id: str | None = fact("text", "组织编号", "organization id", key=True)
    community_id: str | None = fact("text", "社区编号", "community id", key=True)
    held_on: date | None = fact("date", "开展日期", "held on")
    attendance: int | None = fact("integer", "参与人数", "attendance", unit="persons", minimum=0)
    theme: str | None = fact(
        "choice",
        "主题",
        "theme",
        open=True,
        values=(("study_club", "学习社", "Study Club"),),
    )
    published_on_cloud: bool | None = fact("boolean", "通过云平台发布", "published on the cloud platform")
    facts: Mapping[str, FactValue] = _plugin_facts()


@frozen(kw_only=True)
class Organization(Record):
    """A youth social organization, and how it relates to one center or community."""

    id: str = fact("text", "编号", "id", key=True, default="")
    center_id: str | None = fact("text", "青年中心编号", "center id", key=True)
    community_id: str | None = fact("text", "社区编号", "community id", key=True)
    area_id: str | None = fact("text", "区域编号", "area id", key=True)
    name: str | None = fact("text", "名称", "name")
    relations: AbstractSet[str] | None = fact(
        "set",
        "与中心的关系",
        "relation to the center",
        values=(("own", "自有", "own"), ("resident", "入驻", "resident"), ("partner", "合作", "partner")),
    )
    relation_regular: bool | None = fact("boolean", "关系稳定", "regular relation")
    kind: str | None = fact(
        "choice",
        "组织类别",
        "kind of organization",
        values=(
            ("volunteer", "志愿服务类", "volunteer service"),
            ("employment", "就业创业类", "employment and start-ups"),
            ("arts_sports", "文艺体育类", "arts and sports"),
            ("emerging", "新兴青年群体类", "emerging youth groups"),
            ("youth_service", "青年服务类", "youth service"),
        ),
    )
    level: str | None = fact("choice", "组织级别", "level of the organization", values=_LEVELS[:3])
    league_led: bool | None = fact("boolean", "团组织主导或团属", "League-led")
    facts: Mapping[str, FactValue] = _plugin_facts()


@frozen(kw_only=True)
class Area(Record):
    """A territory or system: province, city, county, street, township or community."""

    id: str = fact("text", "编号", "id", key=True, default="")
    parent_id: str | None = fact("text", "上级区域编号", "parent area id", key=True)
    name: str | None = fact("text", "名称", "name")
    level: str | None = fact(
        "choice",
        "区域级别",
        "level of the area",
        values=(
            ("province", "省", "province"),
            ("city", "市州", "city or prefecture"),
            ("county", "县（市、区）", "county"),
            ("zone", "功能区", "zone"),
            ("urban_street", "城区街道", "urban street"),
            ("township", "乡镇", "township"),
            ("community", "社区", "community"),
            ("sector", "系统", "sector"),
        ),
    )
    facts: Mapping[str, FactValue] = _plugin_facts()


@frozen(kw_only=True)
class Row(Record):
    """A row of a plugin's relation: the key of what it belongs to; its facts stand under ``facts``, the date too."""

    id: str = fact("text", "编号", "id", key=True, default="")
    center_id: str | None = fact("text", "青年中心编号", "center id", key=True)
    organization_id: str | None = fact("text", "组织编号", "organization id", key=True)
    area_id: str | None = fact("text", "区域编号", "area id", key=True)
    facts: Mapping[str, FactValue] = _plugin_facts()


#: Of what the rows of a plugin's relation can be: the key of a row is ``<of>_id``.
OWNERS = ("center", "organization", "area")


def keys_of(relation: Relation) -> tuple[Fact, ...]:
    """The keys of the rows of a plugin's relation: their id, and the key of what they belong to."""
    declared = {one.name: one.metadata[FACT] for one in fields(Row) if FACT in one.metadata}
    return tuple(Fact(id=name, on=relation.model, **declared[name]) for name in ("id", f"{relation.of}_id"))


MODELS: Mapping[str, type[Record]] = MappingProxyType(
    {"center": Center, "activity": Activity, "organization": Organization, "area": Area}
)
RELATIONS = (
    Relation("activities", "activity", Bilingual("活动", "activities"), dated_by="held_on"),
    Relation("organizations", "organization", Bilingual("组织", "organizations")),
    Relation("centers", "center", Bilingual("青年中心", "centers")),
    Relation("areas", "area", Bilingual("区域", "areas")),
)
#: The facts and relations of the core, without any plugin.
CORE = Schema.from_models(MODELS, RELATIONS)
_FACT_NAMES: Mapping[type[Record], frozenset[str]] = {
    **{model: frozenset(CORE.facts[name]) for name, model in MODELS.items()},
    Row: frozenset(one.name for one in fields(Row) if FACT in one.metadata),
}


def make(model: str, own: Mapping[str, Any], facts: Mapping[str, FactValue]) -> Any:  # noqa: ANN401 - one of the models
    """A record of a model, or a row of the plugin's relation of that id, from its own and its plugin facts."""
    return MODELS.get(model, Row)(**own, facts=facts)  # type: ignore[call-arg]

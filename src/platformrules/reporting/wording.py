# SPDX-License-Identifier: MIT
"""All words of reports in both languages, as data; ``values`` puts values into them.

Knows no format: pages, workbooks and the terminal all take their words from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from platformrules.backends.prose import Unit
from platformrules.citations import Strength
from platformrules.diagnostics import printable
from platformrules.languages import Bilingual, Language


def _words(**rows: tuple[str, str]) -> Mapping[str, Bilingual]:
    return MappingProxyType({name: Bilingual(*row) for name, row in rows.items()})


#: Headings, labels and sentences, by the name under which templates and tables ask for them.
WORDS = _words(
    # ---- the document
    report=("评价报告", "Assessment report"),
    skip=("跳到汇总表", "Skip to the summary"),
    contents=("目录", "Contents"),
    overview=("总体情况", "Overview"),
    summary=("汇总", "Summary"),
    problems=("台账中的问题", "Problems of the ledger"),
    each=("逐个结果", "Results one by one"),
    criteria=("条件与依据", "Criteria and clauses"),
    parameters=("参数与读法", "Parameters and how the text is read"),
    provenance=("来源", "Provenance"),
    back=("返回汇总", "Back to the summary"),
    disclaimer=(
        "本报告由规则对台账数据逐条推算得出，不是认定决定；是否认定，由有权机关决定。",
        "This report is computed from the ledger by rules. It decides nothing: recognition is for the authority.",
    ),
    internal=("内部使用：含个人信息", "Internal: contains personal data"),
    changed=("本次评价改动了标准的参数：", "Parameters of the standard were changed for this assessment: "),
    given=("本次评价给定的参数（文件没有印出）：", "Parameters that the document does not print, as given: "),
    not_in_force=(
        "评价日不在标准的施行期内（{0}）。",
        "Standard not in force on the day judged (in force {0}).",
    ),
    not_in_force_some=(
        "有 {1} 个对象的评价日不在标准的施行期内（{0}）。",
        "Standard not in force on the day judged of {1} subjects (in force {0}).",
    ),
    period_not_in_force=(
        "评价期不在标准的施行期内（{0}）。",
        "Standard not in force in the period judged (in force {0}).",
    ),
    empty=("台账中没有可评价的对象。", "The ledger holds nothing to assess."),
    # ---- the head
    standard=("标准", "Standard"),
    document=("依据文件", "Document"),
    period=("评价期", "Period"),
    as_of=("评价日", "As of"),
    subjects=("评价对象", "Assessed"),
    in_force=("施行", "In force"),
    status=("施行日期说明", "On these dates"),
    warning=("注意", "Warning"),
    since=("自{0}起", "since {0}"),
    between=("{0}至{1}", "{0} to {1}"),
    each_own=("各不相同", "differs"),
    # ---- charts and tables
    outcomes=("各项条件的结论", "Outcomes of all criteria"),
    outcome=("结论", "Outcome"),
    count=("数量", "Number"),
    share=("占比", "Share"),
    total=("合计", "Total"),
    chart=("{0}个条件结论的分布：{1}。", "How {0} outcomes are distributed: {1}."),
    verdicts=("总结论", "Verdicts"),
    most_failed=("最常未达标的条件", "Criteria that fail most often"),
    none_failed=("没有未达标的条件。", "No criterion fails."),
    most_missing=("最常缺的资料", "Facts that are missing most often"),
    filter=("按编号、名称或结论筛选", "Filter by id, name or verdict"),
    shown=("显示 {0}／{1}", "{0} of {1} shown"),
    only_open=("只看未达标、缺数据和需人工认定的条件", "Show only what fails, lacks data or awaits a judgement"),
    # ---- one subject
    id=("编号", "Id"),
    name=("名称", "Name"),
    unnamed=("（未填名称）", "(no name recorded)"),
    verdict=("总结论", "Verdict"),
    open_verdict=("待定：{0}", "Open: {0}"),
    criterion=("条件", "Criterion"),
    criterion_id=("条件编号", "Criterion id"),
    block=("板块", "Block"),
    blocks=("板块", "Blocks"),
    met=("板块", "Blocks met"),
    blocks_met=("达到的板块", "Blocks met"),
    blocks_total=("板块数", "Blocks"),
    block_state=("板块达到", "Block met"),
    met_of=("达到 {0} 项，共 {1} 项", "{0} of {1}"),
    met_some=("达到 {0} 至 {1} 项，共 {2} 项", "{0} to {1} of {2}"),
    satisfied=("达到", "met"),
    unsatisfied=("未达到", "not met"),
    unsettled=("待定", "open"),
    values=("各项数值", "Figures"),
    amount=("数值", "Value"),
    value_title=("项目", "Figure"),
    value_id=("数值编号", "Figure id"),
    strength=("要求程度", "Strength"),
    evidence=("观察与要求", "Found and required"),
    clause=("依据", "Clause"),
    clauses_from_to=("{0}至{1}，共{2}条", "{0} to {1}, {2} clauses"),
    clause_id=("条款编号", "Clause id"),
    other_criteria=("其他", "Other"),
    remedy=("整改", "Remedy"),
    missing=("缺", "Not recorded"),
    missing_rows=("{0}（{1}条：{2}）", "{0} ({1}: {2})"),
    more_rows=("…等", "…"),
    judgement=("认定", "Judgement"),
    awaited=("待人工认定：", "Awaits a judgement: "),
    data_say=("资料显示", "The data say"),
    differs=("与认定不同", "unlike the judgement"),
    disagreement=("认定与资料不同", "Judged otherwise than the data say"),
    grade=("认定或等次", "Judged or graded"),
    other_judgements=("其他认定", "Other judgements"),
    score=("得分", "Score"),
    points=("得分", "Points"),
    maximum=("满分", "Out of"),
    breakdown=("得分构成", "What the score is made of"),
    no_grade=("不评等次", "no grade"),
    some_points=("{0}分", "{0} points"),
    capped=("封顶{0}分", "capped at {0}"),
    with_parts=("{0}（{1}）", "{0} ({1})"),
    points_of=("{0}得分", "{0}: points"),
    follows=("后果", "What follows"),
    missing_parameter=("参数“{0}”（文件没有印出，须给定：{1}）", "the parameter “{0}” (not printed, to be given: {1})"),
    to_be_given=("须给定：{0}", "to be given: {0}"),
    not_given=("本次没有给定", "not given for this run"),
    waiver=("豁免", "Waiver"),
    by=("经办人{0}", "by {0}"),
    until=("至{0}", "until {0}"),
    notes=("说明", "Notes"),
    to_do_failed=("未达标", "Not met"),
    to_do_missing=("需补填", "To be recorded"),
    to_do_differing=("认定与资料不同", "Unlike the data"),
    to_do_untested=("需人工认定", "To be judged"),
    # ---- columns of tables
    observed_of=("观察项", "What is observed"),
    observed=("实际", "Observed"),
    relation=("关系", "Relation"),
    required=("要求", "Required"),
    gap=("差距", "Gap"),
    unit=("单位", "Unit"),
    at=("月份或行", "Month or row"),
    remark=("备注", "Remark"),
    findings=("结论明细", "Findings"),
    gaps=("缺项", "Gaps"),
    problem_list=("问题", "Problems"),
    missing_facts=("缺项", "Missing facts"),
    missing_count=("缺项数", "Missing"),
    what=("项目", "Item"),
    fact=("数据项", "Fact"),
    row_count=("行数", "Rows"),
    row_ids=("行编号", "Row ids"),
    for_criteria=("涉及条件", "For criteria"),
    code=("代码", "Code"),
    sheet=("工作表", "Sheet"),
    cell=("单元格", "Cell"),
    place=("位置", "Place"),
    value=("内容", "Value"),
    message=("问题", "Problem"),
    expected=("应为", "Expected"),
    more_problems=(
        "另有 {0} 处未列出；全部见 .xlsx 或 .json 报告。",
        "{0} more are not listed here; the .xlsx and .json reports hold all of them.",
    ),
    no_problems=("没有发现问题。", "None were found."),
    reading=("读法", "Reading"),
    parameter=("参数", "Parameter"),
    overridden=("已改动", "changed"),
    note=("说明", "Note"),
    # ---- provenance
    platformrules=("程序版本", "platformrules"),
    plugin=("规则插件", "Plugin"),
    chosen=("版本选择", "Version chosen"),
    pinned=("指定的版本", "the version asked for"),
    in_force_on=("{0} 施行的版本", "the version in force on {0}"),
    asked_for=(
        "{0} 没有施行中的版本，按要求取最近的版本",
        "no version was in force on {0}; the nearest one, as was asked for",
    ),
    input=("输入文件哈希", "Hash of the input"),
    rules=("规则文件哈希", "Hashes of rule files"),
    parameters_changed=("改动或给定的参数", "Parameters changed or given"),
    nothing=("无", "none"),
    # ---- the terminal
    judged=("评价期 {0}，评价日 {1}", "period {0}, as of {1}"),
    problems_found=("台账问题：{0} 处", "Problems of the ledger: {0}"),
    others=("（另有 {0} 个未列出）", "({0} more not listed)"),
    times=("{0}（{1}）", "{0} ({1})"),
    of=("{0} {1}", "{0} {1}"),
    otherwise=("其他", "others"),
)

#: How strongly a clause demands, as a report says it.
STRENGTHS: Mapping[Strength, Bilingual] = MappingProxyType(
    {
        Strength.MUST: Bilingual("必须", "must"),
        Strength.SHOULD: Bilingual("应当", "should"),
        Strength.GENERALLY: Bilingual("一般", "generally"),
        Strength.ENCOURAGED: Bilingual("鼓励", "encouraged"),
        Strength.DESCRIPTIVE: Bilingual("描述", "descriptive"),
    }
)

#: What became of a clause; empty where nothing did.
DISPOSITIONS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "criteria": Bilingual("已列为条件", "criteria"),
        "form": Bilingual("台账表式", "form"),
        "procedure": Bilingual("程序", "procedure"),
        "vocabulary": Bilingual("用语", "vocabulary"),
        "descriptive": Bilingual("描述", "descriptive"),
        "not-evaluable": Bilingual("不能评价", "not evaluable"),
        "": Bilingual("没有去向", "not disposed of"),
    }
)

#: What is required, by operator. Dates have words of their own.
REQUIRED: Mapping[str, Bilingual] = MappingProxyType(
    {
        ">=": Bilingual("要求 ≥ {0}", "needs ≥ {0}"),
        ">": Bilingual("要求 > {0}", "needs > {0}"),
        "<=": Bilingual("要求 ≤ {0}", "needs ≤ {0}"),
        "<": Bilingual("要求 < {0}", "needs < {0}"),
        "==": Bilingual("要求为{0}", "needs {0}"),
        "!=": Bilingual("不得为{0}", "must not be {0}"),
        "in": Bilingual("要求属于{0}", "must be one of {0}"),
        "not in": Bilingual("不得属于{0}", "must be none of {0}"),
        "contains": Bilingual("要求包括{0}", "must include {0}"),
        "lacks": Bilingual("不得包括{0}", "must not include {0}"),
        "includes": Bilingual("要求包括{0}", "must include {0}"),
        "includes not all of": Bilingual("不得全部包括{0}", "must not include all of {0}"),
        "within": Bilingual("不得超出{0}", "must not go beyond {0}"),
        "not within": Bilingual("要求超出{0}", "must go beyond {0}"),
        "starts with": Bilingual("要求以{0}开头", "must start with {0}"),
        "does not start with": Bilingual("不得以{0}开头", "must not start with {0}"),
        "ends with": Bilingual("要求以{0}结尾", "must end with {0}"),
        "does not end with": Bilingual("不得以{0}结尾", "must not end with {0}"),
        "has the text": Bilingual("要求含有{0}", "must contain {0}"),
        "has not the text": Bilingual("不得含有{0}", "must not contain {0}"),
        "counts": Bilingual("计分依据{0}", "counts as {0}"),  # nothing is required of what points are made of
    }
)
REQUIRED_DATES: Mapping[str, Bilingual] = MappingProxyType(
    {
        ">=": Bilingual("要求不早于 {0}", "needs {0} or later"),
        ">": Bilingual("要求晚于 {0}", "needs later than {0}"),
        "<=": Bilingual("要求不晚于 {0}", "needs {0} or earlier"),
        "<": Bilingual("要求早于 {0}", "needs earlier than {0}"),
    }
)
#: The operator alone, as a column of a table shows it.
RELATIONS: Mapping[str, Bilingual] = MappingProxyType(
    {
        ">=": Bilingual("≥", "≥"),
        ">": Bilingual(">", ">"),
        "<=": Bilingual("≤", "≤"),
        "<": Bilingual("<", "<"),
        "==": Bilingual("为", "is"),
        "!=": Bilingual("不为", "is not"),
        "in": Bilingual("属于", "is one of"),
        "not in": Bilingual("不属于", "is none of"),
        "contains": Bilingual("包括", "includes"),
        "lacks": Bilingual("不包括", "does not include"),
        "includes": Bilingual("包括", "includes"),
        "includes not all of": Bilingual("不全包括", "does not include all of"),
        "within": Bilingual("不超出", "does not go beyond"),
        "not within": Bilingual("超出", "goes beyond"),
        "starts with": Bilingual("开头是", "starts with"),
        "does not start with": Bilingual("开头不是", "does not start with"),
        "ends with": Bilingual("结尾是", "ends with"),
        "does not end with": Bilingual("结尾不是", "does not end with"),
        "has the text": Bilingual("含有", "contains"),
        "has not the text": Bilingual("不含", "does not contain"),
        "counts": Bilingual("计分", "counts"),
    }
)
#: How far an observed number is from what is required.
GAPS: Mapping[str, Bilingual] = MappingProxyType(
    {
        ">=": Bilingual("差 {0}", "short by {0}"),
        ">": Bilingual("差 {0}", "short by {0}"),
        "<=": Bilingual("超出 {0}", "over by {0}"),
        "<": Bilingual("超出 {0}", "over by {0}"),
        "==": Bilingual("相差 {0}", "off by {0}"),
    }
)
#: Which items of a set are the trouble.
LACKING, EXCESS = Bilingual("缺{0}", "lacks {0}"), Bilingual("多出{0}", "also has {0}")

YES, NO = Bilingual("是", "yes"), Bilingual("否", "no")
NOT_RECORDED = Bilingual("未填报", "not recorded")
UNKNOWN = Bilingual("未知", "unknown")
#: What kind of value is recorded or given, by the type of its fact.
KINDS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "boolean": Bilingual("是或否", "yes or no"),
        "integer": Bilingual("整数", "whole number"),
        "decimal": Bilingual("数字", "number"),
        "text": Bilingual("文字", "text"),
        "date": Bilingual("日期", "date"),
    }
)
#: Where a step holds: by whether it is the first, and whether what ends it or begins it belongs to the lower one.
STEPS: Mapping[tuple[bool, bool], Bilingual] = MappingProxyType(
    {
        (True, False): Bilingual("不足{0}", "below {0}"),
        (True, True): Bilingual("{0}及以下", "up to {0}"),
        (False, False): Bilingual("{0}及以上", "{0} or more"),
        (False, True): Bilingual("超过{0}", "above {0}"),
    }
)
STEPS_OF_DATES: Mapping[tuple[bool, bool], Bilingual] = MappingProxyType(
    {
        (True, False): Bilingual("{0} 之前", "before {0}"),
        (True, True): Bilingual("至 {0}", "up to {0}"),
        (False, False): Bilingual("自 {0} 起", "from {0}"),
        (False, True): Bilingual("{0} 之后", "after {0}"),
    }
)
NO_ROWS = Bilingual("没有可查的记录", "no rows to look at")
NO_ITEMS = Bilingual("无", "none")
OR_MORE = Bilingual("{0}或更多", "{0} or more")
AT_LEAST, AT_MOST = Bilingual("至少{0}", "at least {0}"), Bilingual("至多{0}", "at most {0}")
FROM_TO = Bilingual("{0}至{1}", "{0} to {1}")
AND_UNKNOWN = Bilingual("{0}，其余未填报", "{0}, the rest not recorded")
EITHER = Bilingual("或", " or ")
COMMA = Bilingual("，", ", ")
ITEMS = Bilingual("、", ", ")
BETWEEN = Bilingual("；", "; ")

#: The unit of a number between 0 and 1.
SHARE = Bilingual("比例", "share")
#: Units that reports write otherwise than sentences do.
UNITS: Mapping[str, Unit] = MappingProxyType({"m²": Unit("{} m²", "{} m²", "{} m²")})


@lru_cache
def words(language: Language) -> Mapping[str, str]:
    """The words of one language."""
    return {name: text[language] for name, text in WORDS.items()}


def one_line(text: str) -> str:
    """A text of the ledger on one line, without any character that could rewrite what stands around it."""
    return " ".join(printable(text).split())


def shortened(text: str, most: int) -> str:
    """A text of so many characters at most, with … where it is cut."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def listed(texts: Iterable[str], language: Language) -> str:
    """Texts in a row."""
    return ITEMS[language].join(texts)

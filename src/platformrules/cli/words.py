# SPDX-License-Identifier: MIT
"""Every sentence and label that commands print, in both languages; `helps` has those of `--help`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from platformrules.languages import Bilingual

# ---- errors

ERROR = Bilingual("错误：{message}", "error: {message}")
NOTICE = Bilingual("注意：{message}", "note: {message}")
INTERRUPTED = Bilingual("已中断", "interrupted")
DID_YOU_MEAN = Bilingual("；是不是“{word}”？", "; did you mean `{word}`?")
SEE_HELP = Bilingual("用法见 {program} --help", "see {program} --help")

NO_SUCH_COMMAND = Bilingual(
    "没有“{value}”这个命令，现有：{known}{hint}", "there is no command `{value}`; there are: {known}{hint}"
)
NO_SUCH_CHOICE = Bilingual(
    "{name} 没有“{value}”，现有：{known}{hint}", "{name} has no `{value}`; there are: {known}{hint}"
)
UNKNOWN_ARGUMENTS = Bilingual("不认识 {given}{hint}", "not understood: {given}{hint}")
NO_DATA = Bilingual("{command} 不输出数据，不能用 --json", "{command} prints no data: it takes no --json")

#: What argparse says, as Chinese; what has no row stays English.
USAGE_FAULTS: Mapping[str, str] = MappingProxyType(
    {
        r"^the following arguments are required: (.*)$": r"命令不完整，缺少 \1",
        r"^argument (\S+): expected one argument$": r"\1 后面要有一个值",
        r"^argument (\S+): expected at least one argument$": r"\1 后面至少要有一个值",
        r"^argument (\S+): ignored explicit argument '?(.*?)'?$": r"\1 后面不带值（写的是 \2）",
    }
)

NO_STANDARD = Bilingual(
    "没有标准“{name}”（用 platformrules standards 列出全部）{hint}",
    "there is no standard `{name}` (`platformrules standards` lists them){hint}",
)
NO_FORM = Bilingual("没有官方表式“{name}”，现有：{known}{hint}", "there is no form `{name}`; there are: {known}{hint}")
ID_OR_FORM = Bilingual(
    "template 要么写标准的编号，要么写 --form 表式",
    "template takes the id of a standard or --form, and only one of them",
)
NO_STANDARD_AT_ALL = Bilingual(
    "没有安装任何规则插件，也没有用 --rules 指定规则文件夹",
    "no rule plugin is installed, and --rules names no folder of rules",
)
NO_PROCEDURE = Bilingual(
    "没有程序“{name}”，现有：{known}{hint}", "there is no procedure `{name}`; there are: {known}{hint}"
)
NO_DIAGRAM = Bilingual("{name} 是标准，只有程序有状态图", "{name} is a standard: only procedures have a diagram")
NO_DAY = Bilingual(
    "没有写明截至哪一天：加 --as-of 2020-12-31，或者在文件中写 as_of",
    "nothing says as of which day: give --as-of 2020-12-31, or `as_of` in the file",
)
BROKEN_PLUGIN = Bilingual("插件“{name}”用不了：{error}", "the plugin `{name}` cannot be used: {error}")
NO_PLUGIN = Bilingual("没有插件“{name}”，现有：{known}{hint}", "there is no plugin `{name}`; there are: {known}{hint}")
NOT_IN_FORCE = Bilingual(
    "{day} 没有施行中的 {name}：{times}；仍要评价，写 --as-of {day}，或者用 {name}@版本 指定版本",
    "no version of {name} is in force on {day}: {times}; to evaluate all the same, say --as-of {day} or {name}@VERSION",
)
APPLIED_OUTSIDE = Bilingual(
    "{name} 在 {day} 不在施行期内（{times}），按要求仍用它评价，报告会注明",
    "{name} is not in force on {day} ({times}); it is judged by all the same, as was asked for, and reports say so",
)
IN_FORCE_TIMES = Bilingual("{name}（{times}）", "{name} ({times})")
IN_FORCE_FROM = Bilingual("{first} 起", "from {first}")
IN_FORCE_UNTIL = Bilingual("{first} 至 {last}", "{first} to {last}")

BAD_PERIOD = Bilingual(
    "“{value}”不是评价期：写 2020、2020-03 或 2019-11-01..2020-10-31",
    "`{value}` is no period: write 2020, 2020-03 or 2019-11-01..2020-10-31",
)
BAD_DATE = Bilingual("“{value}”不是日期：写 2020-12-31", "`{value}` is no date: write 2020-12-31")
BAD_NUMBER = Bilingual(
    "{name} 要一个不小于 {least} 的整数（写的是“{value}”）",
    "{name} takes a whole number of at least {least} (got `{value}`)",
)
BAD_SETTING = Bilingual("--set 要写成 名称=值（写的是“{value}”）", "--set takes NAME=VALUE (got `{value}`)")
NO_PARAMETER = Bilingual(
    "{standard} 没有参数“{name}”，现有：{known}{hint}", "{standard} has no parameter `{name}`; there are: {known}{hint}"
)
BAD_PARAMETER = Bilingual(
    "参数 {name} 要{expected}（写的是“{value}”）", "the parameter {name} takes {expected} (got `{value}`)"
)
NO_ENGINE = Bilingual(
    "没有计算方式“{value}”，现有：{known}{hint}", "there is no engine `{value}`; there are: {known}{hint}"
)
NO_FORMAT = Bilingual("写不了“{path}”：后缀要是 {known}", "cannot write `{path}`: its suffix must be one of {known}")
NO_FOLDER = Bilingual("写不了“{path}”：没有文件夹“{folder}”", "cannot write `{path}`: there is no folder `{folder}`")
IS_THE_LEDGER = Bilingual("写不了“{path}”：它就是台账本身", "cannot write `{path}`: it is the ledger itself")
SAME_TWICE = Bilingual("“{path}”写了两次", "`{path}` is given twice")
IS_THERE = Bilingual(
    "“{path}”已经有了；确定要覆盖，就加 --force", "`{path}` is there already; to write over it, add --force"
)
FOLDER_IS_TAKEN = Bilingual(
    "“{folder}”里已经有 {found}，什么也没有写：请换一个文件夹",
    "`{folder}` holds {found} already, and nothing was written: name another folder",
)
BAD_PLUGIN_NAME = Bilingual(
    "“{name}”不能作插件名：要用小写字母、数字和单个下划线，字母开头，至多 {longest} 个字符{hint}",
    "`{name}` cannot name a plugin: it takes lower case letters, digits and single underscores, a letter first, "
    "at most {longest} characters{hint}",
)
PLUGIN_IS_THERE = Bilingual(
    "插件“{name}”已经安装（版本 {version}）：请换一个名字，或者直接修改那个插件",
    "the plugin `{name}` is installed already (version {version}): take another name, or change that plugin",
)
NO_KIND = Bilingual(
    "没有“{name}”这种规则文件，现有：{known}{hint}",
    "there is no kind of rule file `{name}`; there are: {known}{hint}",
)
CANNOT_WRITE = Bilingual("写不了“{path}”：{why}{hint}", "cannot write `{path}`: {why}{hint}")
OPEN_ELSEWHERE = Bilingual("；是不是正在别的程序里打开着？", "; is it open in another program?")
CANNOT_READ = Bilingual("读不了“{path}”：{why}", "cannot read `{path}`: {why}")

# ---- labels

SUBJECTS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "center": Bilingual("青年中心", "center"),
        "organization": Bilingual("组织", "organization"),
        "area": Bilingual("区域", "area"),
        "activity": Bilingual("活动", "activity"),
    }
)
FACT_TYPES: Mapping[str, Bilingual] = MappingProxyType(
    {
        "boolean": Bilingual("是/否", "yes/no"),
        "integer": Bilingual("整数", "whole number"),
        "decimal": Bilingual("数字", "number"),
        "text": Bilingual("文字", "text"),
        "date": Bilingual("日期", "date"),
        "choice": Bilingual("单选", "one of"),
        "set": Bilingual("多选", "any of"),
    }
)
EXPECTED: Mapping[str, Bilingual] = MappingProxyType(
    {
        "truth": Bilingual("true 或 false", "true or false"),
        "number": Bilingual("一个数字", "a number"),
        "text": Bilingual("一段文字", "a text"),
        "date": Bilingual("一个日期，例如 2020-12-31", "a date such as 2020-12-31"),
        "set": Bilingual("若干项，用逗号隔开", "items with commas between them"),
    }
)
PERIODS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "calendar-year": Bilingual("自然年", "a calendar year"),
        "calendar-month": Bilingual("自然月", "a calendar month"),
        "recurring": Bilingual("从 {start} 起的 {months} 个月", "{months} months from {start}"),
        "printed": Bilingual("{period}", "{period}"),
        "as-of": Bilingual("评价日当天的情况，没有评价期", "a day, no period"),
    }
)
COLON = Bilingual("{name}：{value}", "{name}: {value}")
COMMA = Bilingual("、", ", ")

# ---- standards, show

STANDARDS_HEAD = (
    Bilingual("标准", "standard"),
    Bilingual("评价对象", "subject"),
    Bilingual("施行", "in force"),
    Bilingual("条件", "criteria"),
    Bilingual("插件", "plugin"),
)
NO_STANDARDS = Bilingual("没有标准：没有安装规则插件", "no standards: no rule plugin is installed")
BROKEN_PLUGINS = Bilingual(
    "有插件用不了：{names}。用 platformrules plugins 查看原因",
    "plugins that cannot be used: {names}; `platformrules plugins` says why",
)
SUBJECT = Bilingual("评价对象", "judges")
DOCUMENT = Bilingual("依据文件", "document")
ISSUER = Bilingual("发文单位", "issued by")
IN_FORCE = Bilingual("施行", "in force")
PERIOD = Bilingual("评价期", "period")
PLUGIN = Bilingual("插件", "plugin")
PARAMETERS = Bilingual("参数（{count} 个，可用 --set 另取值）", "Parameters ({count}; --set gives another value)")
NAME = Bilingual("名称", "name")
TABLE_BY = Bilingual("表，按“{by}”查（--set 不能改）", "a table, looked up by {by} (no --set)")
IN_STEPS = Bilingual("分段（--set 不能改）", "in steps (no --set)")
VALUES = Bilingual("数值（{count} 个，有名称的随报告显示）", "Figures ({count}; reports show those that have a title)")
IN_WORDS = Bilingual("即", "in words")
SCALES = Bilingual("共用的等次（{count} 套）", "Scales that criteria share ({count})")
CHOICE = Bilingual("／", " / ")
CLAUSE_NOTES = Bilingual("所引条款的说明（{count} 条）", "Notes on the clauses that are cited ({count})")
CLAUSES = Bilingual("条款（{count} 条）", "Clauses ({count})")
DATED = Bilingual("签发日期", "dated")
CRITERIA = Bilingual("条件（{count} 条）", "Criteria ({count})")
VERDICTS = Bilingual("结论（取第一个成立的）", "Verdicts (the first that holds)")
NOTES = Bilingual("说明（成立时随报告显示）", "Notes (shown with a report where they hold)")
READING = Bilingual("读法", "reading")
CITES = Bilingual("依据", "cites")
ASKS = Bilingual("要求", "asks")
JUDGED = Bilingual("由人认定", "a person finds")
GIVES_POINTS = Bilingual("由人评分", "a person gives points")
GRADED = Bilingual("等次", "grade")
POINTS = Bilingual("得分", "points")
LIMITS = Bilingual("限额", "limits")
SCORE = Bilingual("总分", "Score")
SCORE_SUM = Bilingual("各板块和不在板块内的条件得分之和", "the sum of the blocks and of the criteria without a block")
BLOCKS = Bilingual("板块（{count} 个）", "Blocks ({count})")
ASSESSORS = Bilingual("评定人（{count} 方，以最后一方为准）", "Assessors ({count}; the last one who judged decides)")
EXPRESSION = Bilingual("算式", "expression")
APPLIES = Bilingual("适用于", "applies when")
PROOF = Bilingual("证明", "proof")
REMEDY = Bilingual("怎样达标", "remedy")
NOTE = Bilingual("说明", "note")
WHEN = Bilingual("条件", "when")
FOLLOWS = Bilingual("后果", "follows")
OTHERWISE = Bilingual("其他情形", "otherwise")
CONFORMS = Bilingual("符合", "conforms")
CONFORMS_NOT = Bilingual("不符合", "does not conform")
INFORMS = Bilingual("只作提示", "informs")
FAILS = Bilingual("不达标", "fails")
DATA_SAY = Bilingual("填报数据怎样说", "what the data say")

# ---- facts

FACTS_HEAD = (Bilingual("名称", "name"), Bilingual("含义", "meaning"), Bilingual("填写", "value"))
OPEN_LIST = Bilingual("也可填其他", "others allowed")
FACTS_OF = Bilingual("{standard} 读取的项目：{count} 个", "facts that {standard} reads: {count}")
ALL_FACTS = Bilingual("全部项目：{count} 个", "all facts: {count}")

# ---- plugins, coverage

PLUGINS_HEAD = (
    Bilingual("插件", "plugin"),
    Bilingual("版本", "version"),
    Bilingual("标准", "standards"),
    Bilingual("文件", "documents"),
)
NO_PLUGINS = Bilingual("没有安装规则插件", "no rule plugin is installed")
BROKEN = Bilingual("用不了", "cannot be used")
COVERAGE_HEAD = (
    Bilingual("条款", "clause"),
    Bilingual("去向", "disposition"),
    Bilingual("位置；引用它的条件，或者为什么不评价", "place; criteria that cite it, or why none does"),
)
COVERAGE_SUMMARY_HEAD = (
    Bilingual("文件", "document"),
    Bilingual("条款", "clauses"),
    Bilingual("有去向", "with a disposition"),
    Bilingual("可评价", "evaluable"),
)
ALL_DOCUMENTS = Bilingual("全部文件（{count} 份）", "all documents ({count})")
COVERAGE_TOTAL = Bilingual(
    "{document}：{total} 条中有 {disposed} 条写明去向（可评价 {evaluable} 条，占 {percent}）",
    "{document}: {disposed} of {total} clauses with a disposition ({evaluable} evaluable, {percent})",
)
ACROSS_ALL = Bilingual(
    "--across 对照全部插件的标准，不能只写一个插件", "--across compares the standards of all plugins: leave PLUGIN out"
)

# ---- template, sample, evaluate, check

WRITTEN = Bilingual("已写入 {path}", "written: {path}")
MADE_PLUGIN = Bilingual(
    "已新建插件“{name}”，在 {folder}；里面都是待替换的示例：",
    "made the plugin `{name}` in {folder}; all in it is an example to replace:",
)
NEXT_STEPS = Bilingual(
    "下一步：platformrules check {folder}；platformrules show {name}/example --rules {folder}",
    "next: platformrules check {folder}; platformrules show {name}/example --rules {folder}",
)
STATE_OF_FORM = Bilingual(
    "表式反映 {on} 的情况；内容按台账所记，没有推算",
    "the form shows the state of {on}; it holds what the ledger records",
)
DUE_OF_FORM = Bilingual("报送期限：{on} 前（含当日）报{to}", "due by {on}, that day included: {to}")
PERSONS_LEFT_OUT = Bilingual(
    "负责人和电话留空；填写请加 --internal", "persons and telephone numbers are left blank; --internal fills them in"
)
MADE_UP = Bilingual("其中的内容都是虚构的，只供试用", "what it holds is made up, to try things out with")
CHANGED = Bilingual("本次评价改动了参数：{listed}", "parameters were changed for this run: {listed}")
GIVEN = Bilingual("本次评价给定了参数：{listed}", "parameters were given for this run: {listed}")
NONE_FITS = Bilingual("没有适用于 {ledger} 的标准", "no standard fits {ledger}")
STANDARD_TWICE = Bilingual("标准 {name} 写了两次", "the standard {name} is given twice")
READING_LEDGER = Bilingual("读取台账", "reading the ledger")
EVALUATING = Bilingual("评价", "evaluating")
PROBLEMS = Bilingual("台账问题 {count} 处：", "problems of the ledger: {count}")
MORE_PROBLEMS = Bilingual("……还有 {count} 处，报告（-o）列出全部", "… and {count} more; a report (-o) lists all")
CHECKED = Bilingual(
    "已检查 {name}，没有发现错误（标准 {standards} 项，条件 {criteria} 条，条款 {clauses} 条）",
    "checked {name}, no faults (standards: {standards}, criteria: {criteria}, clauses: {clauses})",
)
FAULTS = Bilingual("错误 {errors} 处，警告 {warnings} 处", "errors: {errors}, warnings: {warnings}")

# ---- mutate

MUTANTS = Bilingual(
    "{name}：{tellable} 处改动中发现 {noticed} 处（{share}%）；共改动 {made} 处，另有 {refused} 处无法读入",
    "{name}: {noticed} of {tellable} mutants noticed ({share} %); {made} made, {refused} more refused by the loader",
)
MUTANTS_MISSED = Bilingual("没有案例发现的改动 {count} 处：", "mutants that no case notices: {count}")
MUTANTS_EQUIVALENT = Bilingual("任何台账都看不出的改动 {count} 处：", "mutants that no dossier can tell: {count}")

# ---- procedures

NONE = Bilingual("无", "none")
STATES = Bilingual("状态（{count} 个，第一个是起点）", "States ({count}; the first is initial)")
VARIABLES = Bilingual("案件记录的变量（{count} 个）", "Variables of a case ({count})")
EVENTS = Bilingual("事件（{count} 种）", "Events ({count})")
TRANSITIONS = Bilingual("转换（{count} 条，从上往下读）", "Transitions ({count}, read from the top)")
ABOUT = Bilingual("对象", "about")
GIVEN_WITH_CASE = Bilingual("（随案件给出）", "(given with the case)")
BY = Bilingual("由谁", "who acts")
FIELDS = Bilingual("记录", "records")
REQUIRED_FIELD = Bilingual("{label}（必填）", "{label} (required)")
FROM_STATE = Bilingual("从", "from")
TO_STATE = Bilingual("到", "to")
STAYS = Bilingual("状态不变", "the state stays")
SETS = Bilingual("记下", "sets")
BREACH = Bilingual("违反", "breach")
ON_EVENT = Bilingual("事件：{name}", "event: {name}")
AT_DAY = Bilingual("这一天过后：{day}", "after the day {day}")
EVERY_YEAR = Bilingual("每年 {day} 过后", "after {day} of each year")

CASE_HEAD = Bilingual("{title}（{name}）", "{title} ({name})")
CASE_STATE = Bilingual("截至 {day}：{states}{since}", "As of {day}: {states}{since}")
SINCE = Bilingual("（自 {day}）", " (since {day})")
OR = Bilingual(" 或 ", " or ")
NEXT = Bilingual("接下来可以", "What may come next")
NOTHING_NEXT = Bilingual("没有后续事件", "nothing more is foreseen")
MAYBE = Bilingual("（视情况）", " (depends)")
AHEAD = Bilingual("今后的期限", "Limits ahead")
OVERDUE = Bilingual("已经超期", "Overdue")
BREACHES = Bilingual("违反规定", "Breaches")
ASKS_FOR = Bilingual("还须知道", "To be known")
NOT_READ = Bilingual("{day} 以后的事件，没有读取", "Events after {day}, not read")
REMEMBERED = Bilingual("记录", "Recorded")
LATE = Bilingual("{what}（期限 {limit}，{day} 才办）", "{what} (limit {limit}, met on {day})")
UNKNOWN_DAY = Bilingual("日期未定", "day not known")
BECOMES = Bilingual("转为“{state}”", "becomes {state}")
YES, NO = Bilingual("是", "yes"), Bilingual("否", "no")
CASE_PROBLEMS = Bilingual("没有读懂的 {count} 处：", "not understood: {count}")
CASE_PROBLEM = Bilingual("{path}：{message}（写的是 {found}）", "{path}: {message} (got {found})")

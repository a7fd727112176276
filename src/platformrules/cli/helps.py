# SPDX-License-Identifier: MIT
"""The words of `--help`, in both languages."""

from platformrules.languages import Bilingual

PROGRAM = Bilingual(
    "用标准评价青年平台：读入台账，得出结论，并说明依据哪一条。",
    "Evaluate youth platforms by cited standards: a ledger in, verdicts and their clauses out.",
)
EPILOG = Bilingual(
    "“platformrules 命令 --help”说明每个命令。退出码：0 全部符合；1 未能运行；2 有不符合的；"
    "3 规则文件有错；4 没有不符合的，但有的还缺数据或认定。",
    "`platformrules COMMAND --help` explains a command. Exit codes: 0 all conform; 1 could not run; "
    "2 some do not conform; 3 rule files are wrong; 4 none fails, some are undetermined.",
)
USAGE = Bilingual("用法：", "usage: ")
COMMANDS = Bilingual("命令", "commands")
ARGUMENTS = Bilingual("参数", "arguments")
OPTIONS = Bilingual("选项", "options")
EXAMPLE = Bilingual("例：", "example:")

STANDARDS = Bilingual("列出现有的标准", "list the standards there are")
SHOW = Bilingual(
    "显示一项标准：参数、数值、条件、依据、结论；或一个文件：全部条款和说明",
    "show a standard: its parameters, figures, criteria, clauses and verdicts; or a document: its clauses and notes",
)
FACTS = Bilingual(
    "列出标准要读取的项目，也就是台账的列", "list the facts that a standard reads: the columns of its ledger"
)
PLUGINS = Bilingual("列出已安装的规则插件", "list the rule plugins that are installed")
COVERAGE = Bilingual(
    "统计文件条款的去向，逐条显示一个插件的", "count what became of all clauses, and show each of a plugin"
)
TEMPLATE = Bilingual("生成一份空白台账，供填写", "write an empty ledger to fill in")
FORM = Bilingual("把台账填进官方表式", "fill in an official form from a ledger")
SAMPLE = Bilingual("生成一份虚构的台账，供试用", "write a ledger of made-up data, to try things out")
EVALUATE = Bilingual("按标准评价一份台账", "evaluate a ledger by a standard")
CASE = Bilingual(
    "按程序查看一件事办到哪一步：状态、下一步由谁办、期限、超期和违反的条款",
    "follow a case through a procedure: its state, who may do what next, limits, what is overdue, breaches",
)
CHECK = Bilingual("检查规则文件，一次列出全部错误", "check rule files and list every fault at once")
NEW = Bilingual(
    "新建一个规则插件：能检查、能测试、能安装，里面是待替换的示例",
    "make a rule plugin that can be checked, tested and installed, of examples to replace",
)
SCHEMA = Bilingual(
    "输出一种规则文件的 JSON Schema，供编辑器使用", "print the JSON Schema of a kind of rule file, for editors"
)

ID = Bilingual(
    "标准的编号，例如 hubei/demonstration；加 @2015 指定版本，不加时取最新版本",
    "the id of a standard, such as hubei/demonstration; @2015 picks a version, otherwise the newest is taken",
)
SHOWN_ID = Bilingual(
    "标准或程序的编号，例如 hubei/demonstration；加 @2015 指定版本，不加时取最新版本；或文件的编号，例如 hubei-2015",
    "the id of a standard or procedure, such as hubei/demonstration; @2015 picks a version, otherwise the newest; "
    "or the id of a document, such as hubei-2015",
)
DIAGRAM = Bilingual("只输出程序的状态图（Mermaid 文本）", "only the diagram of a procedure, as Mermaid text")
EVENTS = Bilingual(
    "经过：.json、.toml，或每行一件事的 .csv、.xlsx（列：事件、日期、各项记录）",
    "what happened: .json, .toml, or a .csv or .xlsx with a row for each event (columns event, date, fields)",
)
PROCEDURE = Bilingual(
    "程序的编号；加 @版本 指定版本，不加时取最新版本",
    "the id of the procedure; @VERSION picks a version, otherwise the newest is taken",
)
CASE_AS_OF = Bilingual(
    "截至哪一天（这一天还没有过完）；不写时用文件中的", "as of which day, which is not over; left out: as the file says"
)
OPTIONAL_ID = Bilingual("标准的编号；不写时列出全部项目", "the id of a standard; left out: all facts")
TEMPLATE_ID = Bilingual(
    "标准的编号，例如 hubei/demonstration；写了 --form 就不写",
    "the id of a standard, such as hubei/demonstration; not with --form",
)
FORM_ID = Bilingual("官方表式的编号，例如 handan/annex-2", "the id of an official form, such as handan/annex-2")
BLANK_FORM = Bilingual(
    "官方表式的编号：生成这种表式的空白表，例如 handan/annex-2",
    "the id of an official form, such as handan/annex-2: write it blank",
)
LEDGER_FORM = Bilingual(
    "台账填在这种官方表式上，例如 handan/annex-2；不写时自动识别",
    "the official form on which the ledger is filled in, such as handan/annex-2; left out: it is recognized",
)
INTERNAL_FORM = Bilingual(
    "填写负责人和电话；不加时留空", "fill in persons and telephone numbers; otherwise they stay blank"
)
PLUGIN = Bilingual(
    "插件名：逐条列出它的条款；不写时只统计全部文件", "a plugin, to list each of its clauses; left out: totals of all"
)
PAGES = Bilingual(
    "每份文件写一页 Markdown，放进这个文件夹：逐条说明去向",
    "write a Markdown page a document into this folder, clause by clause",
)
ACROSS = Bilingual(
    "把各地标准的对照表写到这个 .md 文件", "write what all standards ask of the same thing to this .md file"
)
LEDGER = Bilingual(
    "台账：.xlsx 工作簿、CSV 文件夹或 .json 文件",
    "the ledger: an .xlsx workbook, a folder of CSV files, or a .json file",
)
PATHS = Bilingual(
    "规则文件夹（其中有 standards、clauses 或 facts.toml），或者插件的项目文件夹",
    "a folder of rule files (with standards, clauses or facts.toml), or the project folder of a plugin",
)
NEW_NAME = Bilingual(
    "插件名，例如 shaanxi：小写字母、数字、下划线，字母开头",
    "the name of the plugin, such as shaanxi: lower case letters, digits and underscores, a letter first",
)
NEW_DIRECTORY = Bilingual(
    "插件的文件夹；不写时为当前文件夹里的 platformrules-插件名；已有的文件不会覆盖",
    "the folder of the plugin; left out: platformrules-NAME, here; nothing that is there is written over",
)
KIND = Bilingual("规则文件的种类：{kinds}", "the kind of rule file: {kinds}")
STANDARD = Bilingual(
    "标准的编号；加 @版本 指定版本，不加时取评价日施行的版本；可以写多次，'*' 为全部适用的标准",
    "the id of the standard; @VERSION picks a version, otherwise the one in force on the day judged is taken; "
    "may be given several times, '*' takes all that fit",
)
PERIOD = Bilingual(
    "评价期：2020、2020-03 或 2019-11-01..2020-10-31；不写时用台账中的设置",
    "the period judged: 2020, 2020-03 or 2019-11-01..2020-10-31; left out: as the ledger says",
)
AS_OF = Bilingual(
    "评价日；不写时为评价期的最后一天；那天没有施行中的版本时，取最近的版本，报告会注明",
    "the day judged; left out: the last day of the period; if no version is in force on it, the nearest one is taken, "
    "and reports say so",
)
REPORT = Bilingual(
    "把报告写到文件，可以写多次；后缀决定格式：{suffixes}",
    "write a report to a file; may be given several times; its suffix says the format: {suffixes}",
)
ENGINE = Bilingual("计算方式：{engines}；默认 auto", "what does the computing: {engines}; auto if left out")
SET = Bilingual(
    "另取一个参数值，例如 minimum_area=80，可以写多次；报告会注明",
    "another value of a parameter, such as minimum_area=80; may be given several times; reports say so",
)
INTERNAL = Bilingual(
    "报告中写出负责人、电话、认定人；不加时遮盖",
    "show persons and telephone numbers in reports; otherwise they are masked",
)
LEDGER_OUT = Bilingual("写到这个 .xlsx 文件", "the .xlsx file to write")
SAMPLE_OUT = Bilingual(
    "写到这个 .xlsx 或 .json 文件；没有后缀的是 CSV 文件夹",
    "the .xlsx or .json file to write; without a suffix, a folder of CSV files",
)
FORCE = Bilingual("文件已经有了也照写", "write over a file that is there")
CENTERS = Bilingual("多少个对象；默认 25", "how many subjects; 25 if left out")
SEED = Bilingual(
    "随机种子；同一个数得到同样的内容；默认 1", "the seed: the same number gives the same data; 1 if left out"
)

MUTATE = Bilingual(
    "逐处改动规则，检查案例是否发现",
    "change the rules a little, place by place, and see whether the worked cases notice",
)
MUTATED = Bilingual(
    "插件名，或规则文件夹、插件的项目文件夹", "the name of a plugin, or a folder of rule files or of its project"
)
MUTATED_STANDARD = Bilingual("只改动这项标准，可以写多次", "change this standard only; may be given several times")
MUTANT_CASES = Bilingual(
    "把能发现遗漏改动的案例写到这个 .toml 文件", "write worked cases that notice what is missed to this .toml file"
)

LANGUAGE = Bilingual("输出的语言：zh 中文（默认）、en 英文", "the language of the output: zh (the default) or en")
JSON = Bilingual("输出 JSON 数据，供程序读取", "print JSON data, for programs")
RULES = Bilingual(
    "还使用这个文件夹里没有安装的规则，可以写多次",
    "use the rules of a folder that is not installed, too; may be given several times",
)
HELP = Bilingual("显示这份说明", "show this help")
VERSION = Bilingual("显示版本", "show the version")

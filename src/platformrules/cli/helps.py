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
    "显示一项标准：条件、参数、依据、结论", "show a standard: its criteria, parameters, clauses and verdicts"
)
FACTS = Bilingual(
    "列出标准要读取的项目，也就是台账的列", "list the facts that a standard reads: the columns of its ledger"
)
PLUGINS = Bilingual("列出已安装的规则插件", "list the rule plugins that are installed")
COVERAGE = Bilingual("逐条显示文件的条款去向", "show what became of each clause of the documents")
TEMPLATE = Bilingual("生成一份空白台账，供填写", "write an empty ledger to fill in")
FORM = Bilingual("把台账填进官方表式", "fill in an official form from a ledger")
SAMPLE = Bilingual("生成一份虚构的台账，供试用", "write a ledger of made-up data, to try things out")
EVALUATE = Bilingual("按标准评价一份台账", "evaluate a ledger by a standard")
CHECK = Bilingual("检查规则文件，一次列出全部错误", "check rule files and list every fault at once")

ID = Bilingual(
    "标准的编号，例如 hubei/demonstration；加 @2015 指定版本，不加时取最新版本",
    "the id of a standard, such as hubei/demonstration; @2015 picks a version, otherwise the newest is taken",
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
PLUGIN = Bilingual("插件名；不写时列出全部插件的文件", "the name of a plugin; left out: the documents of all")
LEDGER = Bilingual(
    "台账：.xlsx 工作簿、CSV 文件夹或 .json 文件",
    "the ledger: an .xlsx workbook, a folder of CSV files, or a .json file",
)
PATHS = Bilingual(
    "规则文件夹（其中有 standards、clauses 或 facts.toml），或者插件的项目文件夹",
    "a folder of rule files (with standards, clauses or facts.toml), or the project folder of a plugin",
)
STANDARD = Bilingual(
    "标准的编号；加 @版本 指定版本，不加时取评价日施行的版本；可以写多次，'*' 为全部适用的标准",
    "the id of the standard; @VERSION picks a version, otherwise the one in force on the day judged is taken; "
    "may be given several times, '*' takes all that fit",
)
PERIOD = Bilingual(
    "评价期：2020、2020-03 或 2019-11-01..2020-10-31；不写时用台账中的设置",
    "the period judged: 2020, 2020-03 or 2019-11-01..2020-10-31; left out: as the ledger says",
)
AS_OF = Bilingual("评价日；不写时为评价期的最后一天", "the day judged; left out: the last day of the period")
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

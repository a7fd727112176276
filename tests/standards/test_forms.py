# SPDX-License-Identifier: MIT
"""Official ledger forms: what a file of one becomes, and what is wrong with one, all faults at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from platformrules.citations import Disposition
from platformrules.errors import UnknownNameError
from platformrules.languages import Bilingual
from platformrules.schema import FactType
from platformrules.standards.coverage import coverage
from platformrules.standards.forms import recording
from platformrules.standards.rulebook import RuleSource, load_rulebook

HANDAN = Path(__file__).parents[2] / "plugins" / "handan" / "src" / "platformrules_handan"
PLACE = "ledgers/annex.toml"
FORM = """format = 1
[ledger]
id = "p/annex"
version = "2015"
document = "doc-2015"
subject = "center"
cites = ["c4-spirit"]
title = { zh = "台账", en = "Ledger" }
sheet = { zh = "表", en = "sheet" }
[ledger.state]
on = 2015-05-31
text = { zh = "截至{date}", en = "as of {date}" }
cites = ["c5-procedure"]
[[head]]
id = "unit"
text = { zh = "填报单位：", en = "Reporting unit:" }
fact = "center.reporting_unit"
[[columns]]
id = "serial"
heading = { zh = "序号", en = "no." }
number = true
[[columns]]
id = "name"
heading = { zh = "中心名称", en = "name of the center" }
fact = "center.name"
required = true
[[columns]]
id = "on-cloud"
heading = { zh = "上云", en = "cloud" }
fact = "center.on_cloud"
written = { yes = { zh = "已上", en = "up" }, no = { zh = "未上", en = "down" } }
[[columns]]
id = "grade"
heading = { zh = "等级", en = "grade" }
fact = "center.grade"
ticks = ["√", "V"]
choices = ["poor", "average", "better"]
[[notes]]
id = "one"
text = { zh = "说明", en = "a remark" }
cites = ["c4-spirit"]
"""


def edited(*changes: tuple[str, str]) -> str:
    """The good form with changes, each of a text that stands in it once."""
    text = FORM
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_a_form_is_loaded(rules: Any) -> None:
    """Columns in order with their facts, choices in the order of the form, clauses resolved."""
    rules.write(PLACE, FORM)
    book = rules.load()
    assert book.faults == ()
    form = book.form("p/annex")
    assert form is book.form("p/annex@2015") is book.forms["p/annex@2015"]
    assert book.plugins[0].forms == ("p/annex@2015",)
    assert [(one.id, one.fact and one.fact.id) for one in form.columns] == [
        ("serial", None),
        ("name", "name"),
        ("on-cloud", "on_cloud"),
        ("grade", "grade"),
    ]
    assert [one.id for one in form.columns[3].choices] == ["poor", "average", "better"]
    assert form.columns[2].written == {True: Bilingual("已上", "up"), False: Bilingual("未上", "down")}
    assert form.columns[1].headings == ("中心名称", "name of the center")
    assert (form.head[0].fact.type, form.due, form.state.on) == (FactType.TEXT, None, date(2015, 5, 31))
    assert [one.clause for one in form.citations] == ["c4-spirit", "c5-procedure", "c4-spirit"]


def test_a_form_reads_ledgers_for_a_standard_without_criteria(rules: Any) -> None:
    """It judges nothing, and stays what it is with other parameters."""
    rules.write(PLACE, FORM)
    standard = recording(rules.load().form("p/annex"))
    assert (standard.subject, standard.criteria, standard.period.kind) == ("center", (), "as-of")
    assert standard.with_parameters().reference == "p/annex@2015"


def test_the_newest_form_is_the_one_with_the_latest_state(rules: Any) -> None:
    """A form of another year stands beside it; an unknown one is told with the nearest name."""
    rules.write(PLACE, FORM)
    later = edited(('version = "2015"', 'version = "2016"'), ("on = 2015-05-31", "on = 2016-05-31"))
    rules.write("ledgers/later.toml", later)
    book = rules.load()
    assert book.form("p/annex").version == "2016"
    assert book.form("p/annex@2015").version == "2015"
    with pytest.raises(UnknownNameError, match=r"there is no form `p/anex`; did you mean `p/annex`\?"):
        book.form("p/anex")
    with pytest.raises(UnknownNameError, match=r"there is no form `x`; forms stand in `ledgers/` of a plugin"):
        load_rulebook([]).form("x")


def test_two_files_of_one_form_are_told(rules: Any) -> None:
    """The second file is named, and the first in the message."""
    rules.write(PLACE, FORM)
    rules.write("ledgers/copy.toml", FORM)
    said = "`p/annex@2015` stands in platformrules_p/ledgers/annex.toml too"
    assert rules.told() == [("PR404", "$.ledger.id", said)]


CASES = {
    "unknown keys": (
        [("required = true", "requird = true")],
        [
            ("PR402", "$.columns[1].requird", "unknown key `requird`"),
            ("PR406", "$.columns", "exactly one column is `required`: a row without it is none"),
        ],
    ),
    "header": (
        [('id = "p/annex"', 'id = "q/annex"'), ('"2015"\ndoc', '"no version"\ndoc'), ('"doc-2015"', '"doc"')],
        [
            ("PR404", "$.ledger.id", "`q/annex` is no id of this plugin's form"),
            ("PR404", "$.ledger.version", "`no version` is no version"),
            ("PR405", "$.ledger.document", "there is no document `doc`"),
        ],
    ),
    "subject": (
        [('subject = "center"', 'subject = "centre"')],
        [
            ("PR403", "$.ledger.subject", "`centre` is no subject"),
        ],
    ),
    "state": (
        [("截至{date}", "截至今天")],
        [
            ("PR403", "$.ledger.state.text.zh", "the text of the state lacks `{date}`"),
        ],
    ),
    "dangling clause": (
        [('["c5-procedure"]', '["c9"]'), ('en = "a remark" }\ncites = ["c4-spirit"]', 'en = "a remark" }\ncites = []')],
        [
            ("PR405", "$.ledger.state.cites[0]", "`doc-2015` has no clause `c9`"),
            ("PR408", "$.notes[0].cites", "it must cite a clause"),
        ],
    ),
    "unknown facts": (
        [("center.name", "center.nam"), ("center.reporting_unit", "activity.title")],
        [
            ("PR405", "$.head[0].fact", "there is no fact `activity.title` of a center"),
            ("PR405", "$.columns[1].fact", "there is no fact `center.nam` of a center"),
        ],
    ),
    "neither number nor fact": (
        [("number = true", "")],
        [
            ("PR402", "$.columns[0]", "a column has exactly one of `number` and `fact`"),
        ],
    ),
    "both number and fact": (
        [("number = true", 'number = true\nfact = "center.address"')],
        [
            ("PR402", "$.columns[0]", "a column has exactly one of `number` and `fact`"),
        ],
    ),
    "ticks on no choice": (
        [("center.grade", "center.address")],
        [
            ("PR403", "$.columns[3].ticks", "`center.address` is a text, which has no tick of its own for each value"),
        ],
    ),
    "ticks without choices": (
        [('choices = ["poor", "average", "better"]', "")],
        [
            ("PR402", "$.columns[3]", "a column that is ticked has both `ticks` and `choices`"),
        ],
    ),
    "a choice left out": (
        [('["poor", "average", "better"]', '["poor", "poor", "bad"]')],
        [
            ("PR404", "$.columns[3].choices[1]", "the choice `poor` stands twice"),
            ("PR405", "$.columns[3].choices[2]", "`bad` is no choice of `center.grade`"),
            ("PR406", "$.columns[3].choices", "`choices` leaves out `better`, `average`"),
        ],
    ),
    "one heading twice": (
        [("上云", "中心 名称"), ('en = "cloud"', 'en = "一般"')],
        [
            ("PR404", "$.columns[2].heading.zh", "`on-cloud` and `name` share the heading `中心 名称`"),
            ("PR404", "$.columns[3].choices[1]", "`grade.average` and `on-cloud` share the heading `一般`"),
        ],
    ),
    "an alias of another column": (
        [("required = true", 'required = true\naliases = ["序号"]')],
        [
            ("PR404", "$.columns[1].aliases[0]", "`name` and `serial` share the heading `序号`"),
        ],
    ),
    "one fact twice": (
        [("center.reporting_unit", "center.name")],
        [
            ("PR404", "$.columns[1].fact", "`name` and `unit` record the same fact"),
        ],
    ),
    "ids": (
        [('id = "name"', 'id = "serial"'), ('id = "one"', 'id = "One"')],
        [
            ("PR404", "$.columns[1].id", "the column id `serial` stands twice"),
            ("PR404", "$.notes[0].id", "`One` is no note id"),
        ],
    ),
    "a line that is no text": (
        [("center.reporting_unit", "center.opened_on")],
        [
            ("PR403", "$.head[0].fact", "`center.opened_on` is a date, not a text"),
        ],
    ),
    "written": (
        [("center.on_cloud", "center.address")],
        [
            ("PR403", "$.columns[2].written", "only a column of a boolean is `written` so"),
        ],
    ),
    "required": (
        [
            ("number = true", "number = true\nrequired = true"),
            (
                'en = "name of the center" }\nfact = "center.name"\nrequired = true',
                'en = "name of the center" }\nfact = "center.name"',
            ),
        ],
        [
            ("PR403", "$.columns[0].required", "what makes a row is a text, such as the name"),
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_all_faults_of_a_form_are_told_at_once(rules: Any, name: str) -> None:
    """Each with its code, path and message, and nothing else."""
    changes, expected = CASES[name]
    rules.write(PLACE, edited(*changes))
    assert sorted(rules.told()) == sorted(expected)


def test_an_open_choice_cannot_be_ticked(rules: Any) -> None:
    """A value that somebody adds would have no column."""
    facts = 'format = 1\n[[facts]]\nid = "p_kind"\non = "center"\ntype = "choice"\nopen = true\n'
    facts += 'label = { zh = "类别", en = "kind" }\nvalues = [{ id = "a", zh = "甲", en = "a" }]\n'
    rules.write("facts", rules.text("facts") + facts.removeprefix("format = 1\n"))
    rules.write(PLACE, edited(("center.grade", "center.p_kind")))
    said = "`center.p_kind` is an open choice, which has no tick of its own for each value"
    assert rules.told() == [("PR403", "$.columns[3].ticks", said)]


def test_a_broken_file_is_told(rules: Any) -> None:
    """As of every other rule file."""
    rules.write(PLACE, "format = 2")
    assert [(code, path) for code, path, _ in rules.told()] == [("PR403", "$.format")]


def test_a_form_disposes_of_clauses(rules: Any) -> None:
    """A clause that only a form cites needs no disposition; one that it declares stands before the form."""
    added = '[[clauses]]\nid = "c6"\nstrength = "should"\n'
    added += 'locator = { zh = "六", en = "6" }\nsays = { zh = "台账", en = "a ledger" }\n'
    rules.write("clauses", rules.text("clauses") + added)
    assert [one.message for one in rules.load().warnings] == ["the clause `c6` has no disposition"]
    rules.write(PLACE, edited(('cites = ["c4-spirit"]\ntitle', 'cites = ["c6"]\ntitle')))
    book = rules.load()
    assert book.warnings == ()
    found = {one.clause.id: one for one in coverage(book.documents["doc-2015"], book, book.forms.values())}
    assert (found["c6"].disposition, found["c6"].forms, found["c6"].criteria) == (Disposition.FORM, ("p/annex",), ())
    assert (found["c5-procedure"].disposition, found["c5-procedure"].forms) == (Disposition.PROCEDURE, ("p/annex",))
    assert (found["c1-area"].disposition, found["c1-area"].forms) == (Disposition.CRITERIA, ())


def test_a_form_of_another_document_disposes_of_nothing(rules: Any, others: Any) -> None:
    """Its clauses may have the same names."""
    rules.write(PLACE, FORM)
    others.write("clauses/other.toml", rules.text("clauses").replace('"doc-2015"', '"other"'))
    book = rules.load(others)
    assert all(one.forms == () for one in coverage(book.documents["other"], (), book.forms.values()))


def test_annex_2_is_as_the_document_prints_it() -> None:
    """Nine columns, three grades, three remarks, the day of the state and the day it is due."""
    form = load_rulebook([RuleSource("handan", HANDAN)]).form("handan/annex-2")
    headings = [
        "序号",
        "青年中心名称",
        "负责人",
        "联系电话",
        "地址",
        "成立时间",
        "是否入驻云平台",
        "隶属关系",
        "评价等级",
    ]
    assert [one.heading.zh for one in form.columns] == headings
    assert [one.zh for one in form.columns[-1].choices] == ["较好", "一般", "较差"]
    assert [one.text.zh for one in form.head] == ["填报单位："]
    assert (form.title.zh, form.state.on) == ("邯郸市各地青年中心台账统计表", date(2020, 5, 31))
    assert form.due is not None
    assert (form.due.on, form.due.to.zh, len(form.notes)) == (date(2020, 6, 5), "团市委", 3)

# SPDX-License-Identifier: MIT
"""The commands `case` and `show` of a procedure: what they print, and how they end."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ID = ("--procedure", "handan/rectification")
REVIEW = {"id": "review", "on": "2020-05-20", "poor_items": 8, "on_cloud": True, "grade": "较差"}
ORDER = {"id": "order", "on": "2020-05-31"}
Program = Callable[..., Any]


@pytest.fixture
def case(run: Program, tmp_path: Path) -> Program:
    """Run `case` over a file with this text or these data."""

    def program(given: Any, *argv: str, name: str = "case.json") -> Any:
        text = given if isinstance(given, str) else json.dumps(given)
        (tmp_path / name).write_text(text, "utf-8")
        return run("--rules", ROOT / "plugins" / "handan", "case", name, *ID, *argv)

    return program


def test_a_case_is_told_in_both_languages(case: Program) -> None:
    """State, what is overdue, breaches, what may come next; it ends with 2."""
    data = {
        "subject": {"id": "c1"},
        "as_of": "2020-09-01",
        "events": [REVIEW, ORDER, {"id": "plaque-hung", "on": "2020-06-15"}],
    }
    found = case(data)
    assert found.code == 2
    assert "截至 2020-09-01：整顿中（自 2020-05-31）" in found.out
    assert "  2020-08-31 期满没有验收 [t1-1-acceptance]" in found.out
    assert "  2020-06-15 这时不允许：新挂牌 [a2-poor-plaque]" in found.out
    english = case(data, "--language", "en", "--as-of", "2020-06-01")
    assert english.code == 0
    assert "Limits ahead\n  2020-08-31 no acceptance when the limit ended [t1-1-acceptance]" in english.out
    assert "Events after 2020-06-01, not read\n  2020-06-15 plaque newly hung" in english.out


def test_a_limit_that_was_met_late_names_both_days(case: Program) -> None:
    """And a state that follows from a day is named before it comes."""
    late = case(
        {"as_of": "2020-12-31", "events": [REVIEW, ORDER, {"id": "acceptance", "on": "2020-09-01", "passed": True}]}
    )
    assert "期满没有验收（期限 2020-08-31，2020-09-01 才办）" in late.out
    failed = [REVIEW, ORDER, {"id": "acceptance", "on": "2020-08-20", "passed": False}]
    waiting = case({"as_of": "2020-08-25", "events": failed}, "--language", "en")
    assert "2020-08-31 becomes rectification failed, plaque to be removed" in waiting.out
    assert waiting.code == 0


def test_what_is_not_known_is_asked_for(case: Program) -> None:
    """Several states, and 4 as the end of it."""
    found = case({"events": [{"id": "review", "on": "2020-05-20"}]}, "--as-of", "2020-05-25", "--language", "en")
    assert found.code == 4
    assert "reviewed, no key case or key case, order outstanding" in " ".join(found.out.split())
    assert "To be known\n  review: items graded poor: review.poor_items" in found.out
    assert "(depends)" in found.out


def test_json_and_settings(case: Program) -> None:
    """The answer as data; a changed parameter is noted; a file may carry parameters too."""
    data = {"as_of": "2020-06-30", "parameters": {"key_case_items": 9}, "events": [REVIEW]}
    assert case(data, "--json").data["state"] == "no-key-case"
    changed = case(data, "--set", "key_case_items=8", "--json")
    assert changed.data["state"] == "key-case"
    assert changed.data["provenance"]["parameters"] == {"key_case_items": 8}
    assert "key_case_items = 8" in changed.err
    assert case(data, "--set", "poor=8").code == 1


def test_what_cannot_be_read_is_listed(case: Program) -> None:
    """Unknown keys, events and facts; the rest is followed."""
    data = {
        "as_of": "20 June",
        "colour": 1,
        "parameters": [],
        "subject": {
            "id": "c1",
            "floor": 3,
            "opened_on": "2019-01-01",
            "handan_site_demand_evident": True,
            "name": None,
        },
        "events": [{"id": "revue", "on": "2020-05-20"}, REVIEW],
    }
    found = case(data, "--as-of", "2020-06-30", "--language", "en", "--json")
    assert [one["path"] for one in found.data["problems"]] == [
        "colour",
        "as_of",
        "parameters",
        "subject.floor",
        "events[0].id",
    ]
    assert "not understood: 5" in found.err
    assert found.data["state"] == "key-case"


def test_a_table_has_a_row_for_each_event(case: Program) -> None:
    """Events and fields by id or label; cells as people write them; what does not fit is listed."""
    text = (
        "事件,日期,较差的项目,已入驻云平台,台账评价等级,合格,备注\n"
        "梳理,2020年5月20日,8,是,较差,,\n,,,,,,\norder,2020-05-31,,,,,x\n验收,2020.8.31,,,,也许,\n"
    )
    found = case(text, "--as-of", "2020-12-31", "--json", name="case.csv")
    assert [one["path"] for one in found.data["problems"]] == ["4:备注", "5:合格"]
    assert [one["id"] for one in found.data["states"]] == ["accepted", "failed"]
    assert [one["name"] for one in found.data["asks_for"]] == ["acceptance.passed"]
    unknown = case("id,on,y\nrevue,2020-05-20,1\nreview,,\n", "--as-of", "2020-12-31", "--json", name="case.csv")
    assert [one["path"] for one in unknown.data["problems"]] == ["2:y", "events[0].id", "events[1].on"]


def test_a_workbook_and_toml_are_read(case: Program, run: Program, tmp_path: Path) -> None:
    """The first sheet that is not empty; TOML as JSON."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.create_sheet("events")
    for row in (["event", "date", "items graded poor", "on the cloud platform"], ["review", "2020-05-20", 8, "yes"]):
        sheet.append(row)
    book.save(tmp_path / "case.xlsx")
    rules = ("--rules", ROOT / "plugins" / "handan", "case")
    assert run(*rules, "case.xlsx", *ID, "--as-of", "2020-05-25", "--json").data["state"] == "key-case"
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    assert "“事件”和“日期”" in run(*rules, "empty.xlsx", *ID, "--as-of", "2020-05-25").err
    toml = "as_of = 2020-05-25\n[[events]]\nid = 'review'\non = 2020-05-20\npoor_items = 3\non_cloud = false\n"
    assert case(toml, "--json", name="case.toml").data["state"] == "no-key-case"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("case.json", "{", "不是 JSON"),
        ("case.toml", "a =", "不是 TOML"),
        ("case.json", "[]", "events"),
        ("case.json", '{"events": 1}', "events"),
        ("case.txt", "", ".json .toml .csv .xlsx"),
        ("case.csv", "", "“事件”和“日期”"),
        ("case.csv", "事件,备注\n", "“事件”和“日期”"),
        ("case.json", '{"events": []}', "--as-of"),
    ],
)
def test_a_file_that_is_none_is_refused(case: Program, name: str, text: str, said: str) -> None:
    """With the way out, and 1."""
    found = case(text, name=name)
    assert (found.code, found.out) == (1, "")
    assert said in found.err


def test_a_procedure_that_there_is_not_is_refused(run: Program) -> None:
    """With those that there are; a file that is not there as everywhere."""
    rules = ("--rules", ROOT / "plugins" / "handan")
    found = run(*rules, "case", "x.json", "--procedure", "handan/rectifikation", "--language", "en")
    assert (found.code, "did you mean `handan/rectification`" in found.err) == (1, True)
    assert run(*rules, "case", "none.json", *ID).code == 1
    assert run(*rules, "case", "none.csv", *ID).code == 1


def test_show_prints_a_procedure(run: Program) -> None:
    """States, events with who acts, transitions with clauses; as data, or as a diagram; a standard has none."""
    rules = ("--rules", ROOT / "plugins" / "handan", "show")
    page = run(*rules, "handan/rectification@2020").out
    for said in (
        "待梳理 (reviewing)",
        "由谁：各级团组织",
        "合格（必填）",
        "违反：期满没有验收",
        "这一天过后：review_deadline",
        "状态不变",
    ):
        assert said in page
    data = run(*rules, "handan/rectification", "--json").data
    assert (len(data["states"]), len(data["transitions"]), data["transitions"][2]["at"]) == (10, 20, "review_deadline")
    diagram = run(*rules, "handan/rectification", "--diagram", "--language", "en").out
    assert diagram.startswith("stateDiagram-v2\n")
    assert data["diagram"].startswith("stateDiagram-v2\n")
    refused = run(*rules, "handan/image", "--diagram", "--language", "en")
    assert (refused.code, "only procedures have a diagram" in refused.err) == (1, True)


def test_a_procedure_with_all_that_a_file_may_say_is_shown(run: Program, tmp_path: Path) -> None:
    """Parameters of the case, days of each year, sets, a status, notes."""
    root = tmp_path / "sample"
    (root / "procedures").mkdir(parents=True)
    (root / "clauses").mkdir()
    text = '{ zh = "虚构", en = "made up" }'
    head = f'format = 1\n[document]\nid = "d"\ntitle = {text}\nissuer = {text}\njurisdiction = {text}\n'
    clause = f'[[clauses]]\nid = "c"\nlocator = {text}\nstrength = "must"\nsays = {text}\n'
    (root / "clauses" / "d.toml").write_text(head + clause, "utf-8")
    (root / "procedures" / "p.toml").write_text(
        "format = 1\n[procedure]\nid = 'sample/p'\nversion = '1'\nsubject = 'center'\ndocument = 'd'\n"
        f"in_force = {{ from = 2020-01-01, until = 2020-12-31 }}\ntitle = {text}\n"
        "[parameters.days]\ntype = 'integer'\nminimum = 1\ncites = ['c']\n"
        "[[variables]]\nid = 'kinds'\ntype = 'set'\ninitial = ['b', 'a']\n"
        "values = [{ id = 'a', zh = '甲', en = 'a' }, { id = 'b', zh = '乙', en = 'b' }]\n"
        "[[states]]\nid = 'one'\n[[states]]\nid = 'two'\n"
        f"[[events]]\nid = 'go'\nby = {text}\n"
        "[[transitions]]\nfrom = ['one']\non = 'go'\nto = 'two'\ncites = ['c']\n"
        f"[[transitions]]\nfrom = ['two']\nevery = '12-15'\nto = 'one'\nnote = {text}\ncites = ['c']\n"
        "[[transitions]]\nfrom = ['two']\nat = 'add_days(since, days)'\nto = 'one'\ncites = ['c']\n",
        "utf-8",
    )
    page = run("--rules", root, "show", "sample/p", "--language", "en").out
    for said in ("days = (given with the case)", "after 12-15 of each year", "kinds = a, b", "note: made up"):
        assert said in page
    (tmp_path / "e.json").write_text('{"as_of": "2020-02-10", "events": [{"id": "go", "on": "2020-02-01"}]}', "utf-8")
    told = run("--rules", root, "case", "e.json", "--procedure", "sample/p", "--language", "en")
    assert told.code == 4
    assert "day not known becomes one (depends)" in told.out
    assert "Recorded: kinds = a, b" in told.out
    given = run("--rules", root, "case", "e.json", "--procedure", "sample/p", "--set", "days=3", "--json")
    assert (given.code, given.data["state"]) == (0, "one")
    assert run("--rules", root, "show", "sample/p", "--json").data["transitions"][1]["every"] == "12-15"

# SPDX-License-Identifier: MIT
"""The command `evaluate`: verdicts and exit codes, versions and periods, parameters, reports, problems."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from platformrules.cli.problems import PROBLEMS_SHOWN
from platformrules.diagnostics import cells

GOOD = {"floor_area_m2": 90, "has_flag": True, "opened_on": "2019-05-01", "judged": "good"}
SMALL = {**GOOD, "floor_area_m2": 30}
BLANK = {"has_flag": True, "opened_on": "2019-05-01", "judged": "good"}
UNJUDGED = {"floor_area_m2": 90, "has_flag": True, "opened_on": "2019-05-01"}


HARBOUR = Path(__file__).parents[1] / "rules" / "harbour"


@pytest.fixture
def berth(run: Callable, tmp_path: Path) -> Callable:
    """Evaluate two centers by a standard with parameters that a run has to give; keywords are keys of the ledger."""

    def program(*argv: object, **keys: object) -> object:
        first = {"id": "c1", "name": "甲", "floor_area_m2": 120, "full_time_staff": 2, "part_time_main_staff": 1}
        first |= {"construction_kind": "new", "has_flag": True, "opened_on": "2019-05-01", "phone": "13800000000"}
        judged = {"order": {"value": "poor", "by": "某人"}, "spirit": {"value": "good"}}
        dossiers = [{"center": first, "judgements": judged}, {"center": {"id": "c2", "full_time_staff": 1}}]
        path = tmp_path / "berth.json"
        path.write_text(json.dumps({"as_of": "2020-12-31", "dossiers": dossiers, **keys}), "utf-8")
        shared = ["--standard", "harbour/berth", "--rules", HARBOUR, "--language", "en"]
        return run("evaluate", path, *shared, *argv)

    return program


GIVEN = {"quota": 3, "share": "0.5", "deadline": "2019-12-31", "strict": True}


def test_what_the_document_does_not_print_is_missing_until_it_is_given(berth: Callable) -> None:
    """The finding is open and names the parameter; given, it is settled and provenance holds the value."""
    done = berth("--json")
    finding = next(one for one in done.data["reports"][0]["findings"] if one["criterion"] == "quota")
    assert finding["outcome"] == "undetermined"
    assert finding["missing"] == [{"fact": "parameters.quota", "label": {"zh": "名额", "en": "quota"}, "rows": []}]
    assert done.data["provenance"]["parameters"] == {}
    done = berth("--set", "quota=2", "--json")
    finding = next(one for one in done.data["reports"][0]["findings"] if one["criterion"] == "quota")
    assert finding["outcome"] == "passed"
    assert done.data["provenance"]["parameters"] == {"quota": 2}
    assert done.err == "note: parameters were given for this run: quota = 2\n"


@pytest.mark.parametrize(
    "given",
    [
        GIVEN,
        {"quota": "3", "share": 0.5, "deadline": "2019-12-31", "strict": "true"},
        {"quota": "3", "share": "0.50", "deadline": "2019-12-31", "strict": "是"},
    ],
)
def test_a_ledger_gives_numbers_days_and_truths(berth: Callable, given: dict[str, object]) -> None:
    """As JSON has them or as text: a decimal stays exact, a day is a day, a truth a truth."""
    done = berth("--json", parameters=given)
    assert done.data["provenance"]["parameters"] == GIVEN
    outcomes = {one["criterion"]: one["outcome"] for one in done.data["reports"][0]["findings"]}
    assert (outcomes["quota"], outcomes["early"]) == ("passed", "passed")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("quota=0", "`quota` must be at least 1 (got 0)"),
        ("quota=2.5", "`quota` must be a whole number"),
        ("quota=many", "the parameter quota takes a number (got `many`)"),
        ("share=1.5", "`share` must be at most 1"),
        ("deadline=soon", "takes a date such as 2020-12-31"),
        ("strict=maybe", "takes true or false"),
        ("staff_of=3", "`staff_of` is a table"),
    ],
)
def test_what_cannot_be_given_is_refused(berth: Callable, setting: str, said: str) -> None:
    """With the limits of the parameter, and exit code 1."""
    done = berth("--set", setting)
    assert (done.code, done.out) == (1, "")
    assert said in done.err


def test_the_summary_counts_blocks_and_names_disagreements(berth: Callable) -> None:
    """How many blocks are met, at least and at most, and which criteria were judged unlike the data."""
    lines = berth().out.splitlines()
    head = next(line for line in lines if line.startswith("Id"))
    assert "Blocks" in head
    assert next(line for line in lines if line.startswith("c1")).split()[4] == "0–1/2"
    assert "Judged otherwise than the data say: Order (1)" in lines


@pytest.fixture
def evaluate(run: Callable, lakeside: Path) -> Callable:
    """Evaluate a ledger by the standard of the rule folder, in English."""

    def program(ledger: object, *argv: object, standard: str = "lakeside/room", language: str = "en") -> object:
        shared = ["--standard", standard, "--rules", lakeside, "--language", language]
        return run("evaluate", ledger, *shared, *argv)

    return program


@pytest.mark.parametrize(
    ("centers", "code"),
    [
        ([GOOD], 0),
        ([GOOD, SMALL], 2),
        ([BLANK, SMALL], 2),
        ([GOOD, BLANK], 4),
        ([GOOD, UNJUDGED], 4),
        ([], 0),
    ],
)
def test_the_exit_code_tells_what_the_verdicts_say(
    evaluate: Callable, ledger: Callable, centers: list, code: int
) -> None:
    """0 all conform, 2 some do not, 4 none fails and some are open."""
    assert evaluate(ledger(*centers, period="2020")).code == code


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_summary_has_a_row_a_center(evaluate: Callable, ledger: Callable, language: str) -> None:
    """On standard output, in the language, within 80 cells; nothing on standard error."""
    done = evaluate(ledger({**GOOD, "name": "甲中心"}, SMALL, period="2020"), language=language)
    assert done.err == ""
    assert "甲中心" in done.out
    assert {"zh": "不符合", "en": "misses it"}[language] in done.out
    assert "lakeside/room@2020" in done.out


def test_json_is_all_that_is_printed(evaluate: Callable, ledger: Callable) -> None:
    """The document that `-o x.json` writes, byte for byte, and messages go to standard error."""
    done = evaluate(ledger(GOOD, period="2020"), "--json", "-o", "x.json")
    assert done.out == Path("x.json").read_text("utf-8")
    assert done.err == "written: x.json\n"
    assert done.data["reports"][0]["verdict"]["id"] == "meets"


def test_reports_are_written_in_every_format(evaluate: Callable, ledger: Callable) -> None:
    """Each `-o` is written and named; what is written over is a report."""
    names = ["r.html", "r.xlsx", "r.json", "r.csv"]
    Path("r.csv").write_text("an earlier report", "utf-8")
    done = evaluate(ledger(GOOD, period="2020"), *(part for name in names for part in ("-o", name)))
    assert done.code == 0
    assert [line for line in done.out.splitlines() if line.startswith("written: ")] == [
        f"written: {one}" for one in names
    ]
    assert all(Path(name).stat().st_size > 200 for name in names)


@pytest.mark.parametrize(
    ("argv", "version", "why"),
    [
        (["--period", "2020"], "2020", "in force on 2020-12-31"),
        (["--period", "2023"], "2022", "in force on 2023-12-31"),
        (["--period", "2021-11-01..2022-02-28"], "2022", "in force on 2022-02-28"),
        (["--period", "2022", "--as-of", "2021-06-30"], "2020", "in force on 2021-06-30"),
    ],
)
def test_the_version_in_force_on_the_day_is_taken(
    evaluate: Callable, ledger: Callable, argv: list[str], version: str, why: str
) -> None:
    """The last day of the period, unless another is given; the report says why."""
    provenance = evaluate(ledger(GOOD), *argv, "--json").data["provenance"]
    assert (provenance["standard"], provenance["chosen"]) == (f"lakeside/room@{version}", why)


@pytest.mark.parametrize(("period", "version"), [("2020", "2020"), ("2023", "2022")])
def test_the_period_of_the_ledger_chooses_too(evaluate: Callable, ledger: Callable, period: str, version: str) -> None:
    """Also if it asks for another version than the newest, for which the ledger is read first."""
    provenance = evaluate(ledger(GOOD, period=period), "--json").data["provenance"]
    assert provenance["standard"] == f"lakeside/room@{version}"
    assert provenance["chosen"] == f"in force on {period}-12-31"
    assert provenance["period"] == period


def test_the_command_line_goes_before_the_ledger(evaluate: Callable, ledger: Callable) -> None:
    """Period and day of the command line count, those of the ledger where it says nothing."""
    path = ledger(GOOD, period="2023", as_of="2023-06-30")
    assert (
        evaluate(path, "--period", "2020", "--as-of", "2020-12-31", "--json").data["provenance"]["as_of"]
        == "2020-12-31"
    )
    assert evaluate(path, "--json").data["provenance"]["as_of"] == "2023-06-30"


def test_a_pinned_version_is_taken_and_the_report_says_so(evaluate: Callable, ledger: Callable) -> None:
    """Outside its time with a note on standard error."""
    done = evaluate(ledger(GOOD, period="2020"), "--json", standard="lakeside/room@2022")
    assert done.data["provenance"]["chosen"] == "pinned"
    assert done.data["provenance"]["in_force"]["on_the_day"] is False
    assert "note: lakeside/room@2022 is not in force on 2020-12-31 (from 2022-01-01)" in done.err


@pytest.mark.parametrize(
    ("keys", "argv"),
    [
        ({}, ["--period", "2019"]),
        ({"period": "2019"}, []),
        ({"period": "2020", "as_of": "2019-12-31"}, []),
    ],
)
def test_a_day_on_which_nothing_is_in_force_is_refused(
    evaluate: Callable, ledger: Callable, keys: dict[str, str], argv: list[str]
) -> None:
    """The message names the dates of all versions and the way out; a day in the ledger is nobody's command."""
    done = evaluate(ledger(GOOD, **keys), *argv)
    assert (done.code, done.out) == (1, "")
    assert "lakeside/room@2020 (2020-01-01 to 2021-12-31), lakeside/room@2022 (from 2022-01-01)" in done.err
    assert "--as-of 2019-12-31" in done.err


def test_a_day_on_which_nothing_is_in_force_can_be_asked_for(evaluate: Callable, ledger: Callable) -> None:
    """`--as-of` on the command line takes the nearest version; the run and every report say so, with the dates."""
    names = [f"r.{suffix}" for suffix in ("html", "xlsx", "json")]
    outputs = [part for name in names for part in ("-o", name)]
    done = evaluate(ledger(GOOD, period="2020"), "--as-of", "2019-12-31", *outputs)
    assert done.code == 0
    assert "note: lakeside/room@2020 is not in force on 2019-12-31 (2020-01-01 to 2021-12-31)" in done.err
    warning = "Standard not in force on the day judged (in force 2020-01-01 to 2021-12-31)."
    assert warning.split(" (", maxsplit=1)[0] in done.out
    provenance = json.loads(Path("r.json").read_text("utf-8"))["provenance"]
    assert (provenance["standard"], provenance["chosen"]) == ("lakeside/room@2020", "not in force on 2019-12-31")
    assert provenance["in_force"]["on_the_day"] is False
    assert warning in Path("r.html").read_text("utf-8")
    cells = {cell.value: row[1].value for row in openpyxl.load_workbook("r.xlsx")["Provenance"] for cell in row[:1]}
    assert cells["Warning"] == warning
    assert cells["Version chosen"] == "no version was in force on 2019-12-31; the nearest one, as was asked for"


@pytest.mark.parametrize(
    ("day", "version"), [("2019-06-30", "2020"), ("2021-12-31", "2020"), ("2022-07-01", "2020"), ("2024-01-01", "2024")]
)
def test_the_nearest_version_is_the_last_before_the_day(
    evaluate: Callable, ledger: Callable, lakeside: Path, day: str, version: str
) -> None:
    """In a gap between versions the one that ended, before all of them the first."""
    later = lakeside / "standards" / "room-2022.toml"
    text = later.read_text("utf-8").replace('"2022"', '"2024"').replace("2022-01-01", "2024-01-01")
    later.write_text(text, "utf-8")
    done = evaluate(ledger(GOOD, period="2020"), "--as-of", day, "--json")
    assert done.data["provenance"]["standard"] == f"lakeside/room@{version}"
    assert ("note: " in done.err) is (day in {"2019-06-30", "2022-07-01"})


def test_the_period_may_lie_outside_while_the_day_does_not(evaluate: Callable, ledger: Callable) -> None:
    """The day chooses the version; that the period was over before it came into force is told on the report."""
    done = evaluate(ledger(GOOD), "--period", "2019", "--as-of", "2020-06-30")
    assert done.code == 0
    assert "Standard not in force in the period judged (in force 2020-01-01 to 2021-12-31)." in done.out
    inside = evaluate(ledger(GOOD), "--period", "2019-07-01..2020-06-30", "--as-of", "2020-06-30")
    assert "not in force" not in inside.out


def test_without_a_period_nothing_is_judged(evaluate: Callable, ledger: Callable) -> None:
    """The current year is never assumed."""
    done = evaluate(ledger(GOOD))
    assert (done.code, "--period" in done.err) == (1, True)


def test_parameters_can_be_set_for_a_run(evaluate: Callable, ledger: Callable) -> None:
    """The verdict follows, and the run and the report say so."""
    done = evaluate(ledger(SMALL, period="2020"), "--set", "minimum_area=29.5", "--json")
    assert done.code == 0
    assert done.data["provenance"]["parameters"] == {"minimum_area": "29.5"}
    assert "note: parameters were changed for this run: minimum_area = 29.5" in done.err


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("strict=false", False),
        ("strict=是", None),
        ("since=2018-01-01", "2018-01-01"),
        ("wanted=tv，wifi", ["tv", "wifi"]),
        ("minimum_area=-5", -5),
    ],
)
def test_settings_of_every_type_are_read(evaluate: Callable, ledger: Callable, setting: str, value: object) -> None:
    """Truths in both languages, days, lists and numbers; a value that is the standard's own changes nothing."""
    name = setting.partition("=")[0]
    done = evaluate(ledger(GOOD, period="2020"), "--set", setting, "--json")
    assert done.data["provenance"]["parameters"] == ({} if value is None else {name: value})


def test_a_ledger_can_carry_parameters(evaluate: Callable, ledger: Callable) -> None:
    """The command line goes before them."""
    path = ledger(SMALL, period="2020", parameters={"minimum_area": 20, "since": "2018-01-01"})
    assert evaluate(path).code == 0
    done = evaluate(path, "--set", "minimum_area=40", "--json")
    assert done.code == 2
    assert done.data["provenance"]["parameters"] == {"minimum_area": 40, "since": "2018-01-01"}


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--set", "minimum_aria=1"], "did you mean `minimum_area`?"),
        (["--set", "minimum_area"], "--set takes NAME=VALUE (got `minimum_area`)"),
        (["--set", "minimum_area=big"], "the parameter minimum_area takes a number (got `big`)"),
        (["--set", "strict=maybe"], "takes true or false"),
        (["--set", "since=yesterday"], "takes a date such as 2020-12-31"),
        (["--set", "wanted=wfi"], "error[PR304]"),
        (["--period", "20"], "`20` is no period"),
        (["--as-of", "2020-02-30"], "`2020-02-30` is no date"),
        (["--as-of", "20200201"], "`20200201` is no date"),
        (["--engine", "spark"], "there is no engine `spark`; there are: auto python"),
        (["-o", "r.parquet"], "its suffix must be one of .html .xlsx .json .csv"),
        (["-o", "r.docx"], "its suffix must be one of .html .xlsx .json .csv"),
        (["-o", "no/r.html"], "there is no folder `no`"),
        (["-o", "ledger.json"], "it is the ledger itself"),
        (["-o", "r.html", "-o", "r.html"], "is given twice"),
    ],
)
def test_what_cannot_be_done_is_refused_before_any_work(
    evaluate: Callable, ledger: Callable, argv: list[str], said: str
) -> None:
    """Exit code 1 and what would be right; nothing is printed or written, and the ledger is untouched."""
    path = ledger(GOOD, period="2020")
    before = path.read_bytes()
    done = evaluate("ledger.json", *argv)
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert "Traceback" not in done.err
    assert path.read_bytes() == before
    assert sorted(one.name for one in path.parent.iterdir()) == ["ledger.json", "rules"]


@pytest.mark.parametrize("name", ["ledger.json@", "nothing.xlsx", "text.xlsx", "text.json", "."])
def test_a_ledger_that_is_none_is_refused(evaluate: Callable, tmp_path: Path, name: str) -> None:
    """Exit code 1 and a sentence, whatever it is instead."""
    (tmp_path / "text.xlsx").write_text("hello", "utf-8")
    (tmp_path / "text.json").write_text("[1, 2", "utf-8")
    done = evaluate(name, "--period", "2020")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: ")
    assert "Traceback" not in done.err


def test_a_report_that_cannot_be_written_is_told(evaluate: Callable, ledger: Callable, tmp_path: Path) -> None:
    """Whoever has it open somewhere else is asked to look; the summary has been printed by then."""
    (tmp_path / "r.html").mkdir()
    done = evaluate(ledger(GOOD, period="2020"), "-o", "r.html")
    assert done.code == 1
    assert "cannot write `r.html`: " in done.err
    assert "lakeside/room@2020" in done.out


def test_a_report_that_is_open_elsewhere_is_told(
    evaluate: Callable, ledger: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a workbook that Excel or WPS has open cannot be written: the message asks for that."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    done = evaluate(ledger(GOOD, period="2020"), "-o", "r.html")
    assert (done.code, "is it open in another program?" in done.err) == (1, True)


def test_an_extra_that_is_missing_is_told(
    evaluate: Callable, ledger: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other failures of writing keep the message of the library."""
    from platformrules.errors import PlatformRulesError

    def refuse(*_: object) -> None:
        raise PlatformRulesError("an extra is missing")

    monkeypatch.setattr("platformrules.cli.evaluate.write_report", refuse)
    assert evaluate(ledger(GOOD, period="2020"), "-o", "r.html").err.endswith("error: an extra is missing\n")


def test_problems_of_the_ledger_are_listed_and_the_rest_is_judged(evaluate: Callable, ledger: Callable) -> None:
    """The first twenty on standard error, how many more there are, and all of them in the report."""
    wrong = [{**GOOD, "no_such_fact": "x"} for _ in range(PROBLEMS_SHOWN + 3)]
    done = evaluate(ledger(*wrong, period="2020"), "-o", "r.json")
    assert done.code == 0
    lines = done.err.splitlines()
    assert lines[0] == "problems of the ledger: 23"
    assert len(lines) == PROBLEMS_SHOWN + 2
    assert lines[-1].strip() == "… and 3 more; a report (-o) lists all"
    assert len(json.loads(Path("r.json").read_text("utf-8"))["problems"]) == 23


def test_problems_fit_the_terminal(evaluate: Callable, ledger: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal long ones go on below; in a pipe each is one line."""
    path = ledger({**GOOD, "no_such_fact_with_a_long_name": "much text " * 9}, period="2020")
    assert len(evaluate(path).err.splitlines()) == 2
    monkeypatch.setattr("platformrules.cli.console.Console.is_terminal", True)
    lines = evaluate(path).err.splitlines()
    assert len(lines) > 2
    assert max(map(cells, lines)) <= 80


def test_text_of_a_ledger_cannot_control_the_terminal(evaluate: Callable, ledger: Callable) -> None:
    """Neither in the summary, nor among the problems, nor in JSON."""
    nasty = "\x1b[2Jname\u202e\x9b31m"
    path = ledger({**GOOD, "name": nasty, nasty: 1}, period="2020")
    for argv in ([], ["--json"]):
        done = evaluate(path, *argv)
        printed = done.out + done.err
        assert not any(one in printed for one in "\x1b\u202e\x9b")
    assert evaluate(path, "--json").data["reports"][0]["name"] == nasty


def test_personal_facts_are_masked_unless_asked_for(evaluate: Callable, ledger: Callable) -> None:
    """Who judged is shown with `--internal` alone."""
    path = ledger(GOOD, period="2020")
    assert "somebody" not in evaluate(path, "--json").out
    assert "somebody" in evaluate(path, "--json", "--internal").out


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock on which every look takes two seconds."""
    clock = iter(range(0, 100_000, 2))
    monkeypatch.setattr("platformrules.cli.console.now", lambda: next(clock))


@pytest.mark.usefixtures("ticking")
def test_long_work_shows_progress_on_a_terminal(
    evaluate: Callable, ledger: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On standard error, taken away at the end; never in a pipe."""
    path = ledger(GOOD, GOOD, period="2020")
    assert evaluate(path).err == ""
    monkeypatch.setattr("platformrules.cli.console.Console.is_terminal", True)
    err = evaluate(path).err
    assert "\rreading the ledger 2/2" in err
    assert "\revaluating 1/2" in err
    assert err.endswith("\r" + " " * 79 + "\r")


def test_short_work_shows_none(evaluate: Callable, ledger: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is over within a second does not flicker."""
    monkeypatch.setattr("platformrules.cli.console.Console.is_terminal", True)
    assert evaluate(ledger(GOOD, period="2020")).err == ""

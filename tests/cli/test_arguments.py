# SPDX-License-Identifier: MIT
"""The command line: language, options before and after the command, and what wrong usage gets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import pytest

from platformrules.cli import helps, words
from platformrules.cli.arguments import COMMANDS, ENGINES, SUFFIXES, language_of
from platformrules.evaluation import Engine
from platformrules.languages import Bilingual, Language
from platformrules.reporting import WRITERS


def texts(module: object) -> Iterator[tuple[str, Bilingual]]:
    """Every text of a module of words, also inside tables, with its name."""
    for name, value in vars(module).items():
        found = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else [value]
        yield from ((name, one) for one in found if isinstance(one, Bilingual))


@pytest.mark.parametrize("module", [helps, words])
def test_both_languages_have_the_same_blanks(module: object) -> None:
    """A text names the same values in both languages, and is empty in neither."""
    for name, text in texts(module):
        assert sorted(re.findall(r"{(\w*)}", text.zh)) == sorted(re.findall(r"{(\w*)}", text.en)), name
        assert text.zh, name
        assert text.en, name


@pytest.mark.parametrize(
    ("argv", "language"),
    [
        ([], "zh"),
        (["standards"], "zh"),
        (["--language", "en", "standards"], "en"),
        (["standards", "--language=en"], "en"),
        (["standards", "--language"], "zh"),
        (["--language", "fr"], "zh"),
        (["check", "--", "--language=en"], "zh"),
    ],
)
def test_the_language_is_read_first(argv: list[str], language: str) -> None:
    """Wherever the option stands; an unknown one leaves Chinese, in which it is refused."""
    assert language_of(argv) == language


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_is_in_the_chosen_language(run: Callable, command: str | None, language: Language) -> None:
    """Each command explains itself, on lines that fit the terminal, and only in the language that was asked for."""
    done = run(*filter(None, [command]), "--help", "--language", language)
    assert done.code == 0
    assert done.out.startswith(helps.USAGE[language])
    assert bool(re.search("[\u4e00-\u9fff]", done.out)) is (language == "zh")
    for argument in COMMANDS[command].arguments if command else ():
        assert argument.settings["metavar"] in done.out if "metavar" in argument.settings else argument.names[-1]


def test_the_locale_does_not_matter(run: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chinese is the default on an English system."""
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")
    assert run("nonsense").err.startswith("错误：")


@pytest.mark.parametrize("before", [True, False])
def test_options_stand_before_or_after_the_command(run: Callable, lakeside: object, before: bool) -> None:  # noqa: FBT001
    """Language, rules and JSON mean the same in both places."""
    options = ["--language", "en", "--rules", lakeside, "--json"]
    argv = [*options, "show", "lakeside/room"] if before else ["show", "lakeside/room", *options]
    done = run(*argv)
    assert done.code == 0
    assert done.data["reference"] == "lakeside/room@2022"


def test_rule_folders_of_both_places_add_up(run: Callable, lakeside: object) -> None:
    """A folder named before the command and one named after it are both used."""
    other = lakeside.parent / "seaside"
    (lakeside.parent / "seaside" / "clauses").mkdir(parents=True)
    text = (lakeside / "clauses" / "lakeside.toml").read_text("utf-8").replace('"lakeside"', '"seaside"')
    (other / "clauses" / "seaside.toml").write_text(
        text.replace('id = "area"', 'id = "area"\ndisposition = "procedure"'), "utf-8"
    )
    done = run("--rules", lakeside, "plugins", "--rules", other, "--json")
    assert {"lakeside", "seaside"} <= {one["name"] for one in done.data}


@pytest.mark.parametrize(
    ("argv", "zh", "en"),
    [
        (["evalute"], "没有“evalute”这个命令", "there is no command `evalute`"),
        (["evalute"], "是不是“evaluate”？", "did you mean `evaluate`?"),
        (["compare"], "standards show facts plugins coverage template form sample evaluate case check", "case check"),
        (["evaluate", "x"], "缺少 --standard", "required: --standard"),
        (["evaluate", "x", "--standard"], "--standard 后面要有一个值", "expected one argument"),
        (["check"], "缺少 PATH", "required: PATH"),
        (["standards", "--jsn"], "不认识 --jsn；是不是“--json”？", "not understood: --jsn; did you mean `--json`?"),
        (["standards", "--json=1"], "--json 后面不带值", "ignored explicit argument"),
        (["standards", "x"], "不认识 x", "not understood: x"),
        (["--json", "template", "a", "-o", "b"], "template 不输出数据", "template prints no data"),
        (["template", "a", "-o", "b", "--json"], "不认识 --json", "not understood: --json"),
    ],
)
def test_wrong_usage_says_what_is_right(run: Callable, argv: list[str], zh: str, en: str) -> None:
    """Exit code 1, nothing on standard output, and a message in the language of the run that points to the help."""
    for language, said in (("zh", zh), ("en", en)):
        done = run(*argv, "--language", language) if argv[-1] != "--standard" else run("--language", language, *argv)
        assert done.code == 1
        assert done.out == ""
        assert said in done.err
        assert done.err.rstrip().endswith("--help")
        assert "Traceback" not in done.err


def test_no_command_is_explained(run: Callable) -> None:
    """Without a command all of them are listed, as an error."""
    done = run()
    assert done.code == 1
    assert all(command in done.err for command in COMMANDS)


def test_an_unknown_language_is_refused_in_chinese(run: Callable) -> None:
    """The languages there are stand in the message."""
    done = run("standards", "--language", "fr")
    assert (done.code, "--language 没有“fr”，现有：zh en" in done.err) == (1, True)


def test_the_version_is_told(run: Callable) -> None:
    """Name and version, as other programs do."""
    done = run("--version")
    assert done.code == 0
    assert re.fullmatch(r"platformrules \S+\n", done.out)


def test_what_help_lists_is_what_there_is() -> None:
    """The formats and engines on the command line are those of the library."""
    assert set(SUFFIXES) == set(WRITERS)
    assert set(ENGINES) == {"auto", *Engine}

# SPDX-License-Identifier: MIT
"""The commands and their options as data, and the parser made of them in the language of the run."""

from __future__ import annotations

import argparse
import itertools
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NoReturn

from attrs import frozen

from platformrules.cli import helps, words
from platformrules.cli.exits import UsageError
from platformrules.cli.layout import wrap
from platformrules.cli.spelling import suggestion
from platformrules.languages import Bilingual, Language
from platformrules.release import library_version

#: What can compute; `auto` takes the one that fits.
ENGINES = ("auto", "python")
#: The kinds of rule files that have a schema.
KINDS = ("facts", "clauses", "standards", "procedures", "ledgers", "cases")
#: The formats of reports, by suffix.
SUFFIXES = (".html", ".xlsx", ".json", ".csv")

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@frozen
class Argument:
    """One argument or option; ``settings`` are those of argparse."""

    names: tuple[str, ...]
    help: Bilingual
    settings: Mapping[str, Any] = _NOTHING


def _option(*names: str, help: Bilingual, **settings: Any) -> Argument:  # noqa: A002, ANN401 - the words of argparse
    return Argument(names, help, MappingProxyType(settings))


def _filled(text: Bilingual, **values: Iterable[str]) -> Bilingual:
    listed = {name: " ".join(value) for name, value in values.items()}
    return Bilingual(text.zh.format(**listed), text.en.format(**listed))


@frozen
class Command:
    """A command: the module of this package and the function in it that run it, and what it takes.

    Attributes:
        data: it prints data, so it knows ``--json``.
    """

    name: str
    module: str
    function: str
    help: Bilingual
    arguments: tuple[Argument, ...] = ()
    data: bool = True
    example: str = ""


_ID = _option("id", metavar="ID", help=helps.ID)
_RULES = _option("--rules", metavar="DIR", action="append", help=helps.RULES)
_FORCE = _option("--force", action="store_true", help=helps.FORCE)

COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        one.name: one
        for one in (
            Command("standards", "standards", "list_standards", helps.STANDARDS),
            Command(
                "show",
                "show",
                "show",
                helps.SHOW,
                (
                    _option("id", metavar="ID", help=helps.SHOWN_ID),
                    _option("--diagram", action="store_true", help=helps.DIAGRAM),
                ),
                example="show hubei/demonstration",
            ),
            Command(
                "facts",
                "facts",
                "list_facts",
                helps.FACTS,
                (_option("id", metavar="ID", nargs="?", help=helps.OPTIONAL_ID),),
                example="facts hubei/demonstration --json",
            ),
            Command("plugins", "plugins", "list_plugins", helps.PLUGINS),
            Command(
                "coverage",
                "coverage",
                "show_coverage",
                helps.COVERAGE,
                (
                    _option("plugin", metavar="PLUGIN", nargs="?", help=helps.PLUGIN),
                    _option("--pages", metavar="DIR", help=helps.PAGES),
                    _option("--across", metavar="FILE", help=helps.ACROSS),
                ),
                example="coverage hubei",
            ),
            Command(
                "template",
                "ledgers",
                "template",
                helps.TEMPLATE,
                (
                    _option("id", metavar="ID", nargs="?", help=helps.TEMPLATE_ID),
                    _option("--form", metavar="FORM", help=helps.BLANK_FORM),
                    _option("-o", "--output", metavar="FILE", required=True, help=helps.LEDGER_OUT),
                    _FORCE,
                ),
                data=False,
                example="template hubei/demonstration -o ledger.xlsx",
            ),
            Command(
                "form",
                "forms",
                "fill_in",
                helps.FORM,
                (
                    _option("ledger", metavar="LEDGER", help=helps.LEDGER),
                    _option("--form", metavar="FORM", required=True, help=helps.FORM_ID),
                    _option("-o", "--output", metavar="FILE", required=True, help=helps.LEDGER_OUT),
                    _option("--internal", action="store_true", help=helps.INTERNAL_FORM),
                    _FORCE,
                ),
                data=False,
                example="form ledger.xlsx --form handan/annex-2 -o annex-2.xlsx",
            ),
            Command(
                "sample",
                "ledgers",
                "sample",
                helps.SAMPLE,
                (
                    _ID,
                    _option("-o", "--output", metavar="PATH", required=True, help=helps.SAMPLE_OUT),
                    _option("--centers", metavar="N", default="25", help=helps.CENTERS),
                    _option("--seed", metavar="N", default="1", help=helps.SEED),
                    _FORCE,
                ),
                data=False,
                example="sample hubei/demonstration --centers 25 --seed 1 -o ledger.xlsx",
            ),
            Command(
                "evaluate",
                "evaluate",
                "evaluate",
                helps.EVALUATE,
                (
                    _option("ledger", metavar="LEDGER", help=helps.LEDGER),
                    _option("--standard", metavar="ID", required=True, action="append", help=helps.STANDARD),
                    _option("--form", metavar="FORM", help=helps.LEDGER_FORM),
                    _option("--period", metavar="PERIOD", help=helps.PERIOD),
                    _option("--as-of", metavar="DATE", help=helps.AS_OF),
                    _option(
                        "-o",
                        "--output",
                        metavar="FILE",
                        action="append",
                        default=[],
                        help=_filled(helps.REPORT, suffixes=SUFFIXES),
                    ),
                    _option("--engine", metavar="ENGINE", default="auto", help=_filled(helps.ENGINE, engines=ENGINES)),
                    _option("--set", metavar="NAME=VALUE", action="append", default=[], help=helps.SET),
                    _option("--internal", action="store_true", help=helps.INTERNAL),
                ),
                example="evaluate ledger.xlsx --standard hubei/demonstration --period 2020 -o report.html",
            ),
            Command(
                "case",
                "case",
                "case",
                helps.CASE,
                (
                    _option("events", metavar="EVENTS", help=helps.EVENTS),
                    _option("--procedure", metavar="ID", required=True, help=helps.PROCEDURE),
                    _option("--as-of", metavar="DATE", help=helps.CASE_AS_OF),
                    _option("--set", metavar="NAME=VALUE", action="append", default=[], help=helps.SET),
                ),
                example="case events.json --procedure handan/rectification --as-of 2020-09-01",
            ),
            Command(
                "check",
                "check",
                "check",
                helps.CHECK,
                (_option("paths", metavar="PATH", nargs="+", help=helps.PATHS),),
                example="check plugins/hubei",
            ),
            Command(
                "mutate",
                "mutate",
                "mutate",
                helps.MUTATE,
                (
                    _option("plugin", metavar="PLUGIN", help=helps.MUTATED),
                    _option("--standard", metavar="ID", action="append", default=[], help=helps.MUTATED_STANDARD),
                    _option("--cases", metavar="FILE", help=helps.MUTANT_CASES),
                    _FORCE,
                ),
                example="mutate hubei",
            ),
            Command(
                "new",
                "scaffold",
                "new",
                helps.NEW,
                (
                    _option("name", metavar="NAME", help=helps.NEW_NAME),
                    _option("--directory", metavar="DIR", help=helps.NEW_DIRECTORY),
                ),
                data=False,
                example="new shaanxi --directory shaanxi-rules",
            ),
            Command(
                "schema",
                "scaffold",
                "schema",
                helps.SCHEMA,
                (_option("kind", metavar="KIND", help=_filled(helps.KIND, kinds=KINDS)),),
                example="schema standards",
            ),
        )
    }
)


def language_of(argv: Sequence[str]) -> Language:
    """The language that a command line asks for, read before all else so that errors are in it; else Chinese."""
    found = Language.ZH
    for word, following in itertools.pairwise([*argv, ""]):
        name, equals, value = word.partition("=")
        if word == "--":
            break
        if name == "--language" and (value if equals else following) in list(Language):
            found = Language(value if equals else following)
    return found


def parse(argv: Sequence[str], language: Language) -> argparse.Namespace:
    """The command line as a namespace with ``command``, ``rules``, ``json`` and what the command takes.

    Raises:
        UsageError: the command line is wrong.
    """
    parser = _Parser(prog="platformrules", description=helps.PROGRAM[language], language=language)
    parser.epilog = helps.EPILOG[language]
    parser.add_common(first=True)
    commands = parser.add_subparsers(title=helps.COMMANDS[language], metavar="COMMAND", dest="command")
    for command in COMMANDS.values():
        said = command.help[language]
        sub = commands.add_parser(command.name, help=said, description=said, language=language)
        sub.add_command(command)
    found, unknown = parser.parse_known_args(argv)
    if found.command is None:
        raise UsageError(parser.format_help(), "")
    if unknown:
        commands.choices[found.command].refuse(unknown)
    found.rules = [*(getattr(found, "rules_before", None) or ()), *(getattr(found, "rules", None) or ())]
    found.json = getattr(found, "json", False)
    if found.json and not COMMANDS[found.command].data:
        commands.choices[found.command].error(words.NO_DATA[language].format(command=found.command))
    return found


class _Formatter(argparse.HelpFormatter):
    """Help that breaks Chinese lines where the terminal ends."""

    def __init__(self, prog: str, language: Language) -> None:
        super().__init__(prog, max_help_position=28)
        self.language = language

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, helps.USAGE[self.language] if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        # an example is to be copied: it stays on its line
        kept = ([line] if line.startswith(" ") else wrap(line, width - len(indent)) for line in text.split("\n"))
        return "\n".join(indent + line for lines in kept for line in lines)


class _ShowVersion(argparse.Action):
    """Prints the version, which takes longer to look up than all else here and is looked up only here."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        sys.stdout.write(f"platformrules {library_version()}\n")
        parser.exit()


class _Parser(argparse.ArgumentParser):
    """A parser that speaks the language of the run and raises instead of leaving the program."""

    def __init__(self, *, language: Language, **settings: Any) -> None:  # noqa: ANN401 - those of argparse
        super().__init__(
            **settings,
            add_help=False,
            allow_abbrev=False,
            formatter_class=lambda prog: _Formatter(prog, language),
        )
        self.language = language
        self.shared: argparse._ArgumentGroup | None = None

    def add(self, argument: Argument, group: argparse._ArgumentGroup, **settings: Any) -> None:  # noqa: ANN401 - those of argparse
        """Add an argument to a group."""
        said = argument.help[self.language].replace("%", "%%")
        group.add_argument(*argument.names, help=said, **argument.settings, **settings)

    def add_common(self, *, first: bool = False) -> None:
        """Add the options that stand before or after the command; ``first`` are those before."""
        group = self.shared or self.add_argument_group(helps.OPTIONS[self.language])
        rules = {"dest": "rules_before"} if first else {}
        self.add(_option("--language", choices=list(Language), help=helps.LANGUAGE), group, default=argparse.SUPPRESS)
        self.add(_RULES, group, default=argparse.SUPPRESS, **rules)
        self.add(_option("-h", "--help", action="help", help=helps.HELP), group)
        if first:
            self.add(_option("--json", action="store_true", help=helps.JSON), group, default=argparse.SUPPRESS)
            self.add(_option("--version", action=_ShowVersion, nargs=0, help=helps.VERSION), group)

    def add_command(self, command: Command) -> None:
        """Add what a command takes."""
        positional = [one for one in command.arguments if not one.names[0].startswith("-")]
        if positional:
            group = self.add_argument_group(helps.ARGUMENTS[self.language])
            for argument in positional:
                self.add(argument, group)
        self.shared = self.add_argument_group(helps.OPTIONS[self.language])
        for argument in command.arguments:
            if argument not in positional:
                self.add(argument, self.shared)
        if command.data:
            self.add(_option("--json", action="store_true", help=helps.JSON), self.shared, default=argparse.SUPPRESS)
        self.add_common()
        if command.example:
            self.epilog = f"{helps.EXAMPLE[self.language]}\n  platformrules {command.example}"

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401 - as argparse has it
        if action.choices is None or value in action.choices:
            return
        known = list(action.choices)
        if action.dest == "command":
            fault, hint = words.NO_SUCH_COMMAND, suggestion(value, known, self.language)
        else:
            fault, hint = words.NO_SUCH_CHOICE, ""
        name = "/".join(action.option_strings)
        message = fault[self.language].format(value=value, known=" ".join(known), name=name, hint=hint)
        raise argparse.ArgumentError(None, message)

    def refuse(self, unknown: Sequence[str]) -> NoReturn:
        """Say that these words were not understood."""
        options = {name for action in self._actions for name in action.option_strings}
        hint = suggestion(unknown[0].partition("=")[0], options, self.language)
        self.error(words.UNKNOWN_ARGUMENTS[self.language].format(given=" ".join(unknown), hint=hint))

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the command line."""
        if self.language is Language.ZH:
            for pattern, said in words.USAGE_FAULTS.items():
                message = re.sub(pattern, said, message)
        raise UsageError(message, words.SEE_HELP[self.language].format(program=self.prog))

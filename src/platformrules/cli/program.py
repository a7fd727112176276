# SPDX-License-Identifier: MIT
"""One run of the program: read the command line, run the command, turn what goes wrong into a message and a code."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from platformrules.cli import words
from platformrules.cli.arguments import COMMANDS, language_of, parse
from platformrules.cli.console import Console, PipeClosedError, open_streams
from platformrules.cli.exits import ExitCode, UsageError
from platformrules.errors import LedgerError, PlatformRulesError, RuleFileError, why_not_read


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments, or with those of the process; the result is the exit code."""
    open_streams()
    given = sys.argv[1:] if argv is None else list(argv)
    console = Console(language_of(given))
    try:
        return _run(given, console)
    except (PipeClosedError, BrokenPipeError):
        _forget_output()
        return ExitCode.NOT_RUN


def _run(argv: Sequence[str], console: Console) -> int:
    try:
        arguments = parse(argv, console.language)
        console = Console(console.language, json=arguments.json)
        command = COMMANDS[arguments.command]
        run = getattr(import_module(f"platformrules.cli.{command.module}"), command.function)
        code: int = run(arguments, console)
        sys.stdout.flush()
    except SystemExit as stop:  # --help and --version
        return int(stop.code or 0)
    except UsageError as error:
        if error.hint:
            console.error(error)
        console.warn(error.hint or str(error).rstrip())
        return ExitCode.NOT_RUN
    except RuleFileError as error:
        console.blocks(error.diagnostics, wrong=True)
        return ExitCode.WRONG_RULES
    except LedgerError as error:
        console.error(error.text[console.language])
        return ExitCode.NOT_RUN
    except PlatformRulesError as error:
        console.error(error)
        return ExitCode.NOT_RUN
    except BrokenPipeError:
        raise
    except OSError as error:
        console.error(_about_file(error, console))
        return ExitCode.NOT_RUN
    except KeyboardInterrupt:
        console.warn(console.words(words.INTERRUPTED))
        return ExitCode.NOT_RUN
    return code


def _about_file(error: OSError, console: Console) -> str:
    """What went wrong with a file, said without a traceback."""
    why = why_not_read(error)[console.language]
    if error.filename is None:
        return why
    return console.words(words.CANNOT_READ, path=error.filename, why=why)


def _forget_output() -> None:
    """Nobody reads any more: let the interpreter write what is left to nowhere."""
    with contextlib.suppress(OSError):  # there may be no file descriptor behind it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

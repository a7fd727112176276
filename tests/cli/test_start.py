# SPDX-License-Identifier: MIT
"""The program as a process: encodings, pipes, interrupts, and what it loads."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = "import sys; from platformrules.cli import main; sys.exit(main())"


def process(*argv: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *argv],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "80", **environment},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "gbk:strict", "utf-8"])
def test_a_console_that_lacks_characters_degrades(tmp_path: Path, lakeside: Path, encoding: str) -> None:
    """`²` is not in GBK and nothing of Chinese in ASCII: a question mark stands there, and nothing fails."""
    done = process("show", "lakeside/room", "--rules", str(lakeside), cwd=tmp_path, PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode(encoding.partition(":")[0])
    assert ("80 m²" if encoding == "utf-8" else "80 m?") in text
    assert ("面积" in text) is not encoding.startswith("ascii")


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_json_loses_nothing_on_any_console(tmp_path: Path, lakeside: Path, encoding: str) -> None:
    """What the encoding lacks is written as an escape, so that a program reads what there is."""
    argv = ("facts", "lakeside/room", "--json", "--rules", str(lakeside))
    there = process(*argv, cwd=tmp_path, PYTHONIOENCODING=encoding)
    utf8 = process(*argv, cwd=tmp_path, PYTHONIOENCODING="utf-8")
    assert json.loads(there.stdout.decode(encoding)) == json.loads(utf8.stdout.decode())
    assert "面积" in utf8.stdout.decode()


def test_error_messages_degrade_too(tmp_path: Path) -> None:
    """Chinese errors on an ASCII console are question marks and exit code 1, no traceback."""
    done = process("nonsense", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"standards" in done.stderr


def test_a_reader_that_stops_reading_is_no_error(tmp_path: Path) -> None:
    """`platformrules coverage hubei --json | head -1` ends quietly, though far more is still to come."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "coverage", "hubei", "--json"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 1


@pytest.mark.skipif(os.name == "nt", reason="a shell of another kind closes streams there")
@pytest.mark.parametrize("closed", [1, 2])
def test_closed_streams_are_no_error(tmp_path: Path, closed: int) -> None:
    """Whoever closes standard output or error before the program starts gets its exit code."""
    script = f'exec {closed}>&-; exec "$0" -c "$1" standards'
    argv = ["/bin/sh", "-c", script, sys.executable, PROGRAM]
    done = subprocess.run(argv, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals are of another kind there")
def test_an_interrupt_is_told_in_a_word(tmp_path: Path) -> None:
    """Ctrl-C ends with exit code 1 and one word, not with a traceback."""
    # A gate that runs in the background hands on that interrupts are ignored: the program must hear them here.
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "import sys, time; import platformrules.cli.program as p;"
        "p.parse = lambda *a: (print('ready', flush=True), time.sleep(60));"
        "sys.exit(p.main([]))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=20) == 1
        assert running.stderr.read().decode() == "已中断\n"


def loaded(tmp_path: Path, *argv: str) -> set[str]:
    """The modules that a run of the program loads."""
    program = f"import sys; from platformrules.cli import main; main({argv!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=True, text=True)
    return set(done.stderr.split())


def test_the_version_loads_no_rules(tmp_path: Path) -> None:
    """`--version` and `--help` load neither plugins nor any library but attrs."""
    found = loaded(tmp_path, "--version")
    assert not found & {"cattrs", "pluggy", "tomli", "platformrules.plugins", "platformrules.evaluation"}


def test_listing_standards_loads_no_engine(tmp_path: Path) -> None:
    """`standards` reads rule files and nothing of engines, ledgers and reports."""
    found = loaded(tmp_path, "standards")
    assert not found & {"platformrules.evaluation", "platformrules.ledger", "platformrules.reporting", "jinja2"}

# SPDX-License-Identifier: MIT
"""Whole processes, from start to end: what an import costs, and a command. Knows no tables.

All bytecode lies in a folder of this run, whatever the environment says about it, and is there after the first process.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from tempfile import TemporaryDirectory

from timing import Contestant

#: Not one of them may be in ``sys.modules`` after ``import platformrules``.
HEAVY = ("cattrs", "pluggy", "tomli", "jinja2", "python_calamine", "xlsxwriter", "hypothesis", "pytest")

BARE = "pass"
OURS = "import platformrules"
PARTS = "import attrs, cattrs, pluggy"
EVALUATE = "from platformrules import Activity, Center, Dossier, Organization, Period, evaluate"
LOAD = "import platformrules; platformrules.load()"
COMPILE = (
    "import platformrules; from platformrules.evaluation import compile_standard\n"
    "for standard in platformrules.load(): compile_standard(standard)"
)
STANDARDS = "import sys; from platformrules.cli import main; sys.exit(main(['standards']))"


_BYTECODE = TemporaryDirectory(prefix="platformrules-bench-")
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
    "PYTHONPYCACHEPREFIX": _BYTECODE.name
}


def start(code: str) -> Contestant:
    """A process that runs a line of Python."""
    command = [sys.executable, "-c", code]

    def run() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=_ENVIRONMENT)

    return Contestant(code, run, clock=children_ns)


def children_ns() -> int:
    """The time that the processor has spent on processes which this one started and which are over."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return round((spent.ru_utime + spent.ru_stime) * 1e9)


def loaded_after(code: str) -> list[str]:
    """The modules at the top that a line of Python has loaded, besides those of a bare process."""
    return sorted(_modules(code) - _modules(BARE))


def _modules(code: str) -> set[str]:
    told = f"{code}\nimport json, sys; print(json.dumps([name for name in sys.modules if '.' not in name]))"
    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True, env=_ENVIRONMENT)
    return set(json.loads(done.stdout.splitlines()[-1]))

# SPDX-License-Identifier: MIT
"""Running the program inside the test process, and a small rule folder of a county that does not exist."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from platformrules.cli import main


@frozen
class Run:
    """What one run of the program left: exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed as JSON."""
        return json.loads(self.out)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run the program with these arguments in an empty folder, on a terminal of 80 cells."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def program(*argv: object) -> Run:
        code = main([str(one) for one in argv])
        printed = capsys.readouterr()
        return Run(code, printed.out, printed.err)

    return program


CLAUSES = """
format = 1
[document]
id = "lakeside"
number = "made up no. 1"
title = { zh = "湖畔办法（虚构）", en = "Lakeside measures (made up)" }
issuer = { zh = "湖畔县（虚构）", en = "Lakeside County (made up)" }
jurisdiction = { zh = "湖畔县（虚构）", en = "Lakeside County (made up)" }
[[clauses]]
id = "area"
locator = { zh = "第一条", en = "article 1" }
strength = "must"
says = { zh = "面积不少于60平方米。", en = "At least 60 square metres." }
[[clauses]]
id = "pleasant"
locator = { zh = "第二条", en = "article 2" }
strength = "encouraged"
says = { zh = "环境宜人。", en = "The place is pleasant." }
disposition = "not-evaluable"
reason = { zh = "没有尺度。", en = "There is no measure." }
"""

STANDARD = """
format = 1
[standard]
id = "lakeside/room"
version = "{version}"
subject = "center"
document = "lakeside"
in_force = {{ from = {first}{until} }}
period = "calendar-year"
title = {{ zh = "阅览室标准（虚构）", en = "Reading room standard (made up)" }}
[parameters]
minimum_area = {{ value = {area}, unit = "m²", cites = ["area"], reading = {{ zh = "按填报", en = "as recorded" }} }}
strict = {{ value = true, cites = ["area"] }}
since = {{ value = 2019-01-01, cites = ["area"] }}
wanted = {{ value = ["wifi"], cites = ["area"] }}
[[blocks]]
id = "place"
title = {{ zh = "场所", en = "Place" }}
[[criteria]]
id = "area"
block = "place"
cites = ["area"]
strength = "must"
title = {{ zh = "面积", en = "Area" }}
require = "center.floor_area_m2 >= minimum_area"
applies_when = "strict"
remedy = {{ zh = "扩大", en = "enlarge it" }}
[[criteria]]
id = "style"
cites = ["area"]
strength = "should"
title = {{ zh = "风格", en = "Style" }}
judge = [
  {{ id = "good", title = {{ zh = "好", en = "good" }}, when = "center.has_flag" }},
  {{ id = "poor", title = {{ zh = "差", en = "poor" }}, fails = true }},
]
[[criteria]]
id = "recent"
cites = ["area"]
strength = "encouraged"
title = {{ zh = "新近", en = "Recent" }}
require = "center.opened_on >= since or wanted <= center.equipment"
[[verdict]]
id = "meets"
conforms = true
title = {{ zh = "符合", en = "meets it" }}
when = 'all(c.satisfied for c in criteria if c.strength != "encouraged")'
[[verdict]]
id = "misses"
conforms = false
title = {{ zh = "不符合", en = "misses it" }}
[[notes]]
id = "flagless"
cites = ["area"]
when = "not center.has_flag"
text = {{ zh = "没有团旗", en = "no flag" }}
"""


@pytest.fixture
def lakeside(tmp_path: Path) -> Path:
    """A rule folder with two versions of a standard: 60 m² until 2021, 80 m² from 2022 on."""
    folder = tmp_path / "rules" / "lakeside"
    write(folder / "clauses" / "lakeside.toml", CLAUSES)
    old = STANDARD.format(version="2020", first="2020-01-01", until=", until = 2021-12-31", area=60)
    write(folder / "standards" / "room-2020.toml", old)
    new = STANDARD.format(version="2022", first="2022-01-01", until="", area=80)
    write(folder / "standards" / "room-2022.toml", new)
    return folder


def write(path: Path, text: str) -> Path:
    """Write a file, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[..., Path]:
    """Write a JSON ledger of centers; keywords are further keys of the document."""

    def make(*centers: dict[str, Any], **keys: Any) -> Path:
        dossiers = [{"center": {"id": f"c{number}", **one}} for number, one in enumerate(centers, start=1)]
        for dossier in dossiers:
            if "judged" in dossier["center"]:
                dossier["judgements"] = {"style": {"value": dossier["center"].pop("judged"), "by": "somebody"}}
        return write(tmp_path / "ledger.json", json.dumps({"dossiers": dossiers, **keys}, ensure_ascii=False))

    return make

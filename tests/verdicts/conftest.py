# SPDX-License-Identifier: MIT
"""Made-up plugins whose standards read the verdicts of one another."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from platformrules.standards.rulebook import Rulebook, RuleSource, load_rulebook

CLAUSES = """
format = 1
[document]
id = "PLUGIN"
title = { zh = "礁岛办法（虚构）", en = "Reef measures (made up)" }
issuer = { zh = "礁岛县（虚构）", en = "Reef County (made up)" }
jurisdiction = { zh = "礁岛县（虚构）", en = "Reef County (made up)" }
[[clauses]]
id = "one"
locator = { zh = "第一条", en = "article 1" }
strength = "must"
says = { zh = "达到要求。", en = "It is as it should be." }
"""
HEADER = """
format = 1
[standard]
id = "{id}"
version = "{version}"
subject = "{subject}"
document = "{plugin}"
in_force = {{ from = {from_}{until} }}
period = "{period}"
title = {{ zh = "{zh}", en = "{en}" }}
{more}
"""
REQUIRE = """
[[criteria]]
id = "{id}"
cites = ["one"]
strength = "must"
title = {{ zh = "条件{id}", en = "condition {id}" }}
{body}
"""
VERDICT = """
[[verdict]]
id = "eligible"
title = { zh = "合格", en = "eligible" }
conforms = true
when = "all(c.satisfied for c in criteria)"
[[verdict]]
id = "not-eligible"
title = { zh = "不合格", en = "not eligible" }
conforms = false
"""
JUDGED = """judge = [
{ id = "good", title = { zh = "好", en = "good" } },
{ id = "poor", title = { zh = "差", en = "poor" }, fails = true }]"""


def standard(
    name: str = "reef/center@2020",
    *,
    subject: str = "center",
    criteria: Mapping[str, str],
    period: str = "calendar-year",
    from_: str = "2020-01-01",
    until: str = "",
    verdict: str = VERDICT,
    more: str = "",
) -> tuple[str, str]:
    """The path and text of a rule file; a criterion is a condition, or what its row says."""
    id_, _, version = name.partition("@")
    plugin = id_.partition("/")[0]
    head = HEADER.format(
        id=id_,
        version=version,
        subject=subject,
        plugin=plugin,
        from_=from_,
        until=f", until = {until}" if until else "",
        period=period,
        zh=f"标准{id_.partition('/')[2]}",
        en=f"standard {id_.partition('/')[2]}",
        more=more,
    )
    rows = [
        REQUIRE.format(id=one, body=text if text.startswith("judge") else f"require = '''{text}'''")
        for one, text in criteria.items()
    ]
    return f"{plugin}/standards/{id_.partition('/')[2]}-{version}.toml", "".join((head, *rows, verdict))


#: A center of at least 100 m² that holds two activities and is well sited, as a person finds.
CENTER = standard(
    criteria={
        "size": "center.floor_area_m2 >= 100",
        "activities": "count(activities) >= 2",
        "siting": JUDGED,
    }
)
#: An area half of whose centers reach the standard of centers.
AREA = standard(
    "reef/area@2020",
    subject="area",
    criteria={"half": 'share((verdict(c, "reef/center") == "eligible" for c in centers), default=0) >= 0.5'},
)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write rule files of plugins, each with its clauses."""

    def put(*files: tuple[str, str]) -> Path:
        for path, text in files:
            plugin = path.partition("/")[0]
            place = tmp_path / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")
            clauses = tmp_path / plugin / "clauses" / "one.toml"
            clauses.parent.mkdir(exist_ok=True)
            clauses.write_text(CLAUSES.replace("PLUGIN", plugin), "utf-8")
        return tmp_path

    return put


@pytest.fixture
def load(write: Callable[..., Path]) -> Callable[..., Rulebook]:
    """The rulebook of such files, which may have faults."""

    def book(*files: tuple[str, str]) -> Rulebook:
        root = write(*files)
        return load_rulebook(RuleSource(one.name, one) for one in root.iterdir() if one.is_dir())

    return book


@pytest.fixture
def good(load: Callable[..., Rulebook]) -> Callable[..., Rulebook]:
    """The same where nothing is wrong."""

    def book(*files: tuple[str, str]) -> Any:
        found = load(*files)
        assert not found.faults, [str(one) for one in found.faults]
        return found

    return book

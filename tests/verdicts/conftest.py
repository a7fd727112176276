# SPDX-License-Identifier: MIT
"""Made-up plugins whose standards read the verdicts of one another."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

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


@frozen
class Reefs:
    """A folder in which rule files of plugins are written, each with its clauses."""

    root: Path
    center: tuple[str, str] = CENTER
    area: tuple[str, str] = AREA
    verdict: str = VERDICT
    judged: str = JUDGED

    @staticmethod
    def standard(name: str, **parts: Any) -> tuple[str, str]:
        """The path and text of a rule file."""
        return standard(name, **parts)

    def sources(self, *files: tuple[str, str]) -> list[RuleSource]:
        """Write rule files."""
        for path, text in files:
            plugin = path.partition("/")[0]
            place = self.root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")
            clauses = self.root / plugin / "clauses" / "one.toml"
            clauses.parent.mkdir(exist_ok=True)
            clauses.write_text(CLAUSES.replace("PLUGIN", plugin), "utf-8")
        return [RuleSource(one.name, one) for one in sorted(self.root.iterdir())]

    def load(self, *files: tuple[str, str]) -> Rulebook:
        """The rulebook of such files, which may have faults."""
        return load_rulebook(self.sources(*files))

    def good(self, *files: tuple[str, str]) -> Rulebook:
        """The same where nothing is wrong."""
        found = self.load(*files)
        assert not found.faults, [str(one) for one in found.faults]
        return found

    def told(self, *files: tuple[str, str]) -> list[tuple[str, str, str]]:
        """Code, place and message with its hint of each fault."""
        return [(one.code, one.path, f"{one.message}; {one.help}".rstrip("; ")) for one in self.load(*files).faults]


@pytest.fixture
def reef(tmp_path: Path) -> Reefs:
    """Made-up plugins whose standards read the verdicts of one another."""
    return Reefs(tmp_path)

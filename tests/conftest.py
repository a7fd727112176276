# SPDX-License-Identifier: MIT
"""Hypothesis profiles: the gate is deterministic; `--hypothesis-profile=fuzz` (`make fuzz`) searches for long.

Besides, a made-up plugin whose facts.toml declares relations.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from platformrules.standards.rulebook import Rulebook, RuleSource, load_rulebook

settings.register_profile("default", derandomize=True, deadline=None, max_examples=60)
settings.register_profile(
    "fuzz",
    derandomize=False,
    deadline=None,
    max_examples=3_000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("default")


LAGOON_FACTS = """
format = 1
[[relations]]
id = "lagoon_awards"
of = "center"
dated_by = "given_on"
label = { zh = "表彰", en = "awards" }
[[facts]]
id = "given_on"
on = "lagoon_awards"
type = "date"
label = { zh = "表彰日期", en = "given on" }
[[facts]]
id = "level"
on = "lagoon_awards"
type = "choice"
label = { zh = "级别", en = "level" }
values = [{ id = "city", zh = "市级", en = "city" }, { id = "county", zh = "县级", en = "county" }]
[[relations]]
id = "lagoon_visits"
of = "area"
dated_by = "made_on"
register = true
label = { zh = "走访", en = "visits" }
[[facts]]
id = "made_on"
on = "lagoon_visits"
type = "date"
label = { zh = "走访日期", en = "made on" }
[[facts]]
id = "people"
on = "lagoon_visits"
type = "integer"
minimum = 0
label = { zh = "人数", en = "people" }
[[relations]]
id = "lagoon_members"
of = "organization"
label = { zh = "成员", en = "members" }
[[facts]]
id = "grown_up"
on = "lagoon_members"
type = "boolean"
label = { zh = "成年", en = "grown up" }
"""
LAGOON_CLAUSES = """
format = 1
[document]
id = "lagoon"
title = { zh = "浅湾办法（虚构）", en = "Lagoon measures (made up)" }
issuer = { zh = "浅湾县（虚构）", en = "Lagoon County (made up)" }
jurisdiction = { zh = "浅湾县（虚构）", en = "Lagoon County (made up)" }
[[clauses]]
id = "rows"
locator = { zh = "第一条", en = "article 1" }
strength = "must"
says = { zh = "有记录。", en = "There are rows." }
"""
LAGOON_STANDARD = """
format = 1
[standard]
id = "lagoon/rows"
version = "2020"
subject = "{subject}"
document = "lagoon"
in_force = {{ from = 2020-01-01 }}
period = "{period}"
title = {{ zh = "浅湾标准（虚构）", en = "Lagoon standard (made up)" }}
[[criteria]]
id = "rows"
cites = ["rows"]
strength = "must"
title = {{ zh = "记录", en = "Rows" }}
require = '{require}'
[[verdict]]
id = "yes"
conforms = true
title = {{ zh = "是", en = "yes" }}
when = "all(c.satisfied for c in criteria)"
[[verdict]]
id = "no"
conforms = false
title = {{ zh = "否", en = "no" }}
"""


@pytest.fixture
def lagoon(tmp_path: Path) -> Callable[..., Rulebook]:
    """A made-up plugin with three relations, and a standard of one condition."""

    def make(require: str, subject: str = "center", period: str = "calendar-year") -> Rulebook:
        root = tmp_path / "lagoon"
        (root / "clauses").mkdir(parents=True, exist_ok=True)
        (root / "standards").mkdir(exist_ok=True)
        (root / "facts.toml").write_text(LAGOON_FACTS, "utf-8")
        (root / "clauses" / "lagoon.toml").write_text(LAGOON_CLAUSES, "utf-8")
        text = LAGOON_STANDARD.format(subject=subject, require=require, period=period)
        (root / "standards" / "rows.toml").write_text(text, "utf-8")
        found = load_rulebook([RuleSource("lagoon", root)])
        assert not found.faults
        return found

    return make

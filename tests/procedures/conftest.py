# SPDX-License-Identifier: MIT
"""A made-up procedure, and how tests change it."""

from collections.abc import Callable
from datetime import date
from types import MappingProxyType

import pytest

from platformrules.citations import Clause, Document, Strength
from platformrules.languages import Bilingual
from platformrules.models import CORE
from platformrules.procedures.loader import load_procedure
from platformrules.procedures.model import Procedure
from platformrules.rulefiles import SourceFile

TEXT = Bilingual("虚构", "made up")
HEAD = """
format = 1
[procedure]
id = "sample/notice"
version = "2020"
subject = "center"
document = "sample-2020"
in_force = { from = 2020-01-01 }
title = { zh = "公示", en = "notice" }
"""
BODY = """
[parameters.term]
value = 3
cites = ["c-1"]
[parameters.days]
type = "integer"
minimum = 1
maximum = 30
cites = ["c-2"]
[[variables]]
id = "count_of"
type = "integer"
initial = 0
[[variables]]
id = "mark"
type = "choice"
values = [{ id = "good", zh = "好", en = "good" }, { id = "bad", zh = "差", en = "bad" }]
[[states]]
id = "open"
[[states]]
id = "shown"
title = { zh = "公示中", en = "on display" }
[[states]]
id = "closed"
[[events]]
id = "show"
by = { zh = "县", en = "county" }
fields = [
    { id = "pages", type = "integer", minimum = 0, maximum = 9, required = true },
    { id = "mark", type = "choice", values = [
        { id = "good", zh = "好", en = "good" },
        { id = "bad", zh = "差", en = "bad" },
    ] },
]
[[events]]
id = "close"
by = { zh = "市", en = "city" }
fields = [{ id = "pages", type = "integer", minimum = 2 }]
"""
ROWS = """
[[transitions]]
from = ["open"]
on = "show"
when = "event.pages >= 1"
to = "shown"
set = { count_of = "count_of + event.pages", mark = "event.mark" }
cites = ["c-1"]
[[transitions]]
from = ["shown"]
at = "add_working_days(since, 5)"
breach = { zh = "没有结束", en = "not closed" }
cites = ["c-2"]
[[transitions]]
from = ["shown"]
on = "close"
to = "closed"
cites = ["c-2"]
"""


def clause(name: str) -> Clause:
    """A made-up clause."""
    return Clause(name, TEXT, Strength.MUST, TEXT)


DOCUMENT = Document(
    "sample-2020",
    "1",
    date(2020, 1, 1),
    TEXT,
    TEXT,
    TEXT,
    MappingProxyType({one: clause(one) for one in ("c-1", "c-2", "c-3")}),
)


@pytest.fixture
def text() -> str:
    """The text of the usual file."""
    return HEAD + BODY + ROWS


@pytest.fixture
def made() -> Callable[..., Procedure]:
    """Loads a procedure from its rows, with the usual head and body unless others are given."""

    def load(rows: str = ROWS, body: str = BODY, head: str = HEAD) -> Procedure:
        source = SourceFile("procedures/notice.toml", head + body + rows, "0")
        return load_procedure(source, "sample", CORE, {DOCUMENT.id: DOCUMENT}, {}, plugin_version="1")

    return load

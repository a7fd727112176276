# SPDX-License-Identifier: MIT
"""What is written is read again without loss: every format, both languages, and templates filled in by hand."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from platformrules.dossiers import Dossier, Judgement, Waiver
from platformrules.languages import Language
from platformrules.ledger import read_ledger, reading, write_ledger, write_template
from platformrules.ledger.cells import as_text, folded, is_blank, spellings
from platformrules.ledger.columns import JUDGEMENTS
from platformrules.ledger.pages import PageWriter
from platformrules.ledger.tables import Table
from platformrules.ledger.template import template_facts
from platformrules.models import MODELS, Record
from platformrules.periods import Period
from platformrules.schema import DECIMALS, Fact, FactType
from platformrules.standards.model import Standard
from platformrules.standards.rulebook import RuleSource, load_rulebook

HUBEI = Path(__file__).parents[2] / "plugins" / "hubei" / "src" / "platformrules_hubei"
DEMONSTRATION = load_rulebook([RuleSource("hubei", HUBEI)])["hubei/demonstration"]
TEMPLATE = {
    relation: template_facts(DEMONSTRATION, relation) for relation in ("centers", "activities", "organizations")
}
KEYS = st.text(string.ascii_letters + string.digits + "甲乙-_", min_size=1, max_size=5).filter(
    lambda text: not is_blank(text) and folded(text) not in {"合计", "total"}
)
# What XML can hold, less carriage returns, which every text format takes for line ends.
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"))
TEXTS = st.one_of(
    st.sampled_from(
        [
            "=1+1",
            "+1",
            "@x",
            "<r>x</r>",
            "<r><t>a</t></r>",
            "'=x",
            "''-",
            "无",
            "none",
            "1",
            "2020-05-01",
            "_x0041_",
            "a\nb",
            "甲\t乙",
            "***x",
        ]
    ),
    st.text(CHARACTERS, min_size=1, max_size=12),
).filter(lambda text: as_text(text) == text and not is_blank(text) and not text.startswith("#"))


def values(fact: Fact) -> SearchStrategy[Any]:
    """Recorded values of a fact that a table can tell from blanks."""
    codes = [one.id for one in fact.values]
    table = spellings(fact)
    other = st.text(string.ascii_letters + "青年之家=+", min_size=1, max_size=6).filter(
        lambda text: folded(text) not in table and folded(text) != "none"
    )
    match fact.type:
        case FactType.BOOLEAN:
            return st.booleans()
        case FactType.INTEGER:
            return st.integers(int(fact.minimum or 0), int(fact.maximum or 10**14 - 1))
        case FactType.DECIMAL:
            top = int(fact.maximum or 10**14 - 1)
            return st.integers(int(fact.minimum or 0), top) | st.decimals(fact.minimum or 0, top, places=DECIMALS)
        case FactType.DATE:
            return st.dates()
        case FactType.TEXT:
            return TEXTS
        case FactType.CHOICE:
            return st.sampled_from(codes) | other if fact.open else st.sampled_from(codes)
        case FactType.SET:
            items = st.sampled_from(codes) if codes else st.nothing()
            return st.frozensets(items | other if fact.open else items, max_size=4)


@st.composite
def records(draw: DrawFn, facts: Iterable[Fact], model: str, keys: dict[str, str]) -> Record:
    """A record with some of these facts."""
    core: dict[str, Any] = dict(keys)
    plugin: dict[str, Any] = {}
    for fact in facts:
        if not fact.key and fact.on == model:
            value = draw(st.none() | values(fact))
            if value is not None:
                (plugin if fact.plugin else core)[fact.id] = value
    return MODELS[model](**core, facts=plugin)  # type: ignore[call-arg]


@st.composite
def judgements(draw: DrawFn) -> dict[str, Any]:
    """Judgements on some criteria, by one or several."""
    found = {}
    for criterion in (one for one in DEMONSTRATION.criteria if one.judge):
        roles = draw(st.lists(st.none() | TEXTS, max_size=2, unique=True))
        said = [
            Judgement(
                value=draw(st.sampled_from([row.id for row in criterion.judge])),
                by=draw(st.none() | TEXTS),
                on=draw(st.none() | st.dates()),
                reason=draw(st.just("") | TEXTS),
                role=role,
            )
            for role in roles
        ]
        if said:
            key = draw(st.sampled_from([criterion.id, f"hubei/demonstration#{criterion.id}"]))
            found[key] = said[0] if len(said) == 1 else tuple(said)
    return found


WAIVED = st.dictionaries(
    st.sampled_from([one.id for one in DEMONSTRATION.criteria]),
    st.builds(Waiver, reason=st.just("") | TEXTS, by=st.none() | TEXTS, until=st.none() | st.dates()),
    max_size=3,
)
SCHEMA = DEMONSTRATION.schema.facts
ALL = {
    "centers": SCHEMA["center"].values(),
    "activities": SCHEMA["activity"].values(),
    "organizations": SCHEMA["organization"].values(),
}


@st.composite
def ledgers(draw: DrawFn, facts: dict[str, Any]) -> list[Dossier]:
    """Dossiers of one period, with these facts."""
    times: dict[str, Any] = {
        "period": draw(
            st.sampled_from([Period.year(2020), Period.month(2020, 3), Period.parse("2019-11-01..2020-10-31")])
        ),
        "as_of": draw(st.none() | st.just(date(2020, 9, 30))),
        "records_from": draw(st.none() | st.just(date(2019, 1, 1))),
    }
    made = []
    for name in draw(st.lists(KEYS, min_size=1, max_size=3, unique=True)):
        related: dict[str, Any] = {}
        for relation, model in (("activities", "activity"), ("organizations", "organization")):
            ids = draw(st.none() | st.lists(KEYS, max_size=3, unique=True))
            related[relation] = (
                ids
                if ids is None
                else [draw(records(facts[relation], model, {"id": one, "center_id": name})) for one in ids]
            )
        center: Any = draw(records(facts["centers"], "center", {"id": name}))
        made.append(Dossier(center=center, **related, judgements=draw(judgements()), waivers=draw(WAIVED), **times))
    return made


def told(dossier: Dossier) -> dict[str, Any]:
    """Everything that a dossier holds."""
    names = [one.name for one in attrs.fields(Dossier) if not one.name.startswith("_") and one.name != "checked"]
    return {name: getattr(dossier, name) for name in names}


@pytest.mark.parametrize("name", ["ledger.xlsx", "ledger.json", "folder"])
@pytest.mark.parametrize("language", ["zh", "en"])
@given(made=ledgers(ALL))
def test_every_format_gives_back_what_was_written(name: str, language: str, made: list[Dossier]) -> None:
    """Dossiers written for the house and read again are the same dossiers, and nothing is listed but other days."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write_ledger(made, path, DEMONSTRATION, language, internal=True)
        ledger = read_ledger(path, DEMONSTRATION)
    assert [told(one) for one in ledger.dossiers] == [told(one) for one in made]
    assert {one.code for one in ledger.problems} <= {"PR509"}
    for one in ledger.dossiers:
        attrs.evolve(one, checked=None).bind(DEMONSTRATION.schema)


def fill(path: Path, made: list[Dossier], standard: Standard, language: Language) -> None:
    """Type dossiers into a template as a person would, with another library than ours."""
    writer = PageWriter(standard, language, internal=True)
    pages = {page.id: page for page in writer.pages(made)}
    book = openpyxl.load_workbook(path)
    for kind in ("centers", "activities", "organizations", "judgements", "waivers"):
        page = pages.get(kind)
        label = {"judgements": ("认定", "judgements"), "waivers": ("豁免", "waivers")}.get(kind)
        relation = standard.schema.relations.get(kind)
        name = relation.label[language] if relation else label[language == "en"]  # type: ignore[index]
        sheet = book[name]
        headings = [cell.value for cell in sheet[1]]
        for number, row in enumerate(page.rows if page else (), 2):
            for fact, value in zip(page.facts, row, strict=True):  # type: ignore[union-attr]
                if value != "":
                    cell = sheet.cell(number, headings.index(fact.label[language]) + 1)
                    as_text_only = fact.type is FactType.DECIMAL or (isinstance(value, date) and value.year < 1901)
                    cell.value = str(value) if as_text_only else value
                    if isinstance(cell.value, str):
                        # What a spreadsheet program does, and openpyxl does not, with text that looks like an escape.
                        cell.value = re.sub("_x(?=[0-9A-Fa-f]{4}_)", "_x005F_x", cell.value)
                        cell.data_type = "s"
    settings = {row[0].value: row[1] for row in book.worksheets[-1].iter_rows(min_row=2)}
    for item, content in pages["settings"].rows[1:]:
        settings[item].value = content
    flags = [one for one in template_facts(standard, "centers") if one.id.endswith("_recorded")]
    for flag in flags:
        if all(getattr(one, flag.id.removesuffix("_recorded")) is None for one in made):
            sheet = book.worksheets[1]
            column = [cell.value for cell in sheet[1]].index(flag.label[language]) + 1
            for number in range(2, len(made) + 2):
                sheet.cell(number, column).value = "否"
    book.save(path)


@pytest.mark.parametrize("language", list(Language))
@given(made=ledgers(TEMPLATE))
def test_a_template_filled_in_reads_back_without_loss(language: Language, made: list[Dossier]) -> None:
    """Every column that a dossier for the standard needs is there, and what is typed into it comes back."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(DEMONSTRATION, path, language)
        fill(path, made, DEMONSTRATION, language)
        ledger = read_ledger(path, DEMONSTRATION)
    assert [told(one) for one in ledger.dossiers] == [told(one) for one in made]
    assert {one.code for one in ledger.problems} <= {"PR509"}


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.dates()
    | st.datetimes()
    | st.text(max_size=8)
    | st.sampled_from(["是", "2020.5.1", "3万", "电脑、x", "new", "新建", "***", "无", "-", "1e9", "120㎡", "#N/A"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


def junk(model: str) -> SearchStrategy[dict[str, Any]]:
    """A record whose facts are anything at all."""
    return st.dictionaries(st.sampled_from(list(SCHEMA[model])) | st.text(max_size=3), JUNK, max_size=8)


@given(
    center=junk("center"),
    activities=st.lists(junk("activity") | JUNK, max_size=3),
    said=st.dictionaries(st.sampled_from(["style", "attractiveness", "x/y#z", "floor-area"]), JUNK, max_size=3),
    parts=st.fixed_dictionaries({}, optional=dict.fromkeys(("value", "by", "on", "reason", "role", "until"), JUNK)),
)
def test_what_is_read_needs_no_second_check(center: Any, activities: Any, said: Any, parts: Any) -> None:
    """Whatever stands in a ledger, the values of its dossiers are those that a dossier checked anew would hold."""
    judgements = {**said, "attractiveness": {"value": "yes", **parts}, "other/standard#one": parts}
    given = {
        "center": {"id": "c1", **center},
        "activities": activities,
        "judgements": judgements,
        "waivers": judgements,
    }
    ledger = read_ledger({"dossiers": [given]}, DEMONSTRATION, period=Period.year(2020))
    assert all(map(str, ledger.problems))
    for dossier in ledger.dossiers:
        anew = attrs.evolve(dossier, checked=None)
        anew.bind(DEMONSTRATION.schema)
        assert told(anew) == told(dossier)


CELLS = (
    st.sampled_from(
        ["", "是", "2020.5.1", "3万元", "电脑、x", "无", "-", "120㎡", "#N/A", "约1", "1e9", "c1", "***", "\x00"]
    )
    | st.text(max_size=6)
    | st.floats()
    | st.booleans()
    | st.datetimes()
    | st.dates()
    | st.times()
    | st.timedeltas()
)


@given(
    centers=st.lists(st.lists(CELLS, max_size=80), max_size=4),
    activities=st.lists(st.lists(CELLS, max_size=9), max_size=4),
    judged=st.lists(st.lists(CELLS, max_size=7), max_size=4),
    said=st.lists(st.lists(CELLS, max_size=2), max_size=4),
)
def test_any_cells_are_read_or_listed(centers: Any, activities: Any, judged: Any, said: Any) -> None:
    """Whatever cells a table has, it is read with problems, and its dossiers need no second check."""
    tables = [
        Table("centers", [list(SCHEMA["center"]), ["c1"], *centers], 0),
        Table(
            "activities",
            [
                ["id", "center_id", *list(SCHEMA["activity"])[4:]],
                *([n, "c1", *row] for n, row in enumerate(activities)),
            ],
            0,
        ),
        Table("judgements", [[one.id for one in JUDGEMENTS], *(["c1", "style", *row] for row in judged)], 0),
        Table("settings", [["item", "content"], *said], 0),
    ]
    ledger = reading._read_tables(tables, "x", "", DEMONSTRATION, Period.year(2020), None, None)
    assert all(map(str, ledger.problems))
    assert [one.subject.id for one in ledger.dossiers][:1] == ["c1"]
    for dossier in ledger.dossiers:
        anew = attrs.evolve(dossier, checked=None)
        anew.bind(DEMONSTRATION.schema)
        assert told(anew) == told(dossier)

# SPDX-License-Identifier: MIT
"""From rule files to standards: what good files become, and the limits of each rule. More faults stand in `bad/`."""

import concurrent.futures
import hashlib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from platformrules.bounds import Bounds
from platformrules.citations import Disposition, Strength
from platformrules.criteria.datatypes import DATE, NUMBER, SET, TEXT, TRUTH, WHOLE
from platformrules.errors import RuleFileError, UnknownNameError
from platformrules.languages import Bilingual
from platformrules.models import CORE
from platformrules.periods import Period
from platformrules.schema import FactType
from platformrules.standards.documents import load_document
from platformrules.standards.facts import load_facts
from platformrules.standards.loader import load_standard
from platformrules.standards.model import PeriodRule, Standard
from platformrules.standards.sources import SourceFile

PARAMETERS = ["house_wanted", "minimum_area", "opened_after", "share_wanted", "strict", "themes"]

# Good files


def test_a_standard_is_what_its_file_says(rules: Any) -> None:
    """Header, blocks, criteria, verdicts and notes, with every citation resolved."""
    standard = rules.standard()
    assert (standard.id, standard.version, standard.reference) == ("p/main", "2015", "p/main@2015")
    assert (standard.subject, standard.title) == ("center", Bilingual("标准", "standard"))
    assert (standard.plugin, standard.plugin_version) == ("p", "1.0")
    assert standard.file == "platformrules_p/standards/main-2015.toml"
    assert standard.period == PeriodRule("calendar-year")
    assert (standard.in_force.from_, standard.in_force.until) == (date(2015, 9, 2), date(2025, 9, 1))
    assert [(one.id, one.parent) for one in standard.blocks] == [("hard", None), ("rooms", "hard")]
    assert [one.id for one in standard.criteria] == ["floor-area", "activities", "style"]
    assert [(one.id, one.conforms) for one in standard.verdicts] == [("pass", True), ("fail", False)]
    assert [(one.id, one.when is None) for one in standard.notes] == [("small", False), ("always", True)]


def test_a_criterion_is_what_its_row_says(rules: Any) -> None:
    """Its clauses, strength, checked expressions and texts."""
    area = rules.standard()["floor-area"]
    assert [str(one) for one in area.cites] == ["doc-2015 c1-area, article 1"]
    assert (area.strength, area.block) == (Strength.GENERALLY, "rooms")
    assert area.require.text == "center.floor_area_m2 >= minimum_area and center.p_house == house_wanted"
    assert area.applies_when.text == "center.opened_on > opened_after"
    assert (area.proof, area.remedy) == (Bilingual("房产证", "title deed"), Bilingual("扩大", "enlarge"))
    assert (area.judge, area.expressions) == ((), (area.require, area.applies_when))


def test_a_judged_criterion_has_rows_and_no_condition(rules: Any) -> None:
    """A row says whether it fails, and what the data say."""
    style = rules.standard()["style"]
    assert style.require is None
    assert [(row.id, row.fails, row.when is None) for row in style.judge] == [("yes", False, False), ("no", True, True)]
    assert style.expressions == ()


def test_a_verdict_without_a_title_is_called_by_its_id(rules: Any) -> None:
    """In both languages; a word that Python owns is no trouble for an id that is only text."""
    first, last = rules.standard().verdicts
    assert (first.id, first.title, first.follows) == (
        "pass",
        Bilingual("合格", "passed"),
        Bilingual("授牌", "a plaque"),
    )
    assert last.title == Bilingual("fail", "fail")


@pytest.mark.parametrize(
    ("name", "value", "datatype"),
    [
        ("minimum_area", 100, WHOLE),
        ("share_wanted", Decimal("0.30"), NUMBER),
        ("strict", True, TRUTH),
        ("house_wanted", "new", TEXT),
        ("opened_after", date(2000, 1, 1), DATE),
        ("themes", frozenset({"music", "reading"}), SET),
    ],
)
def test_parameters_keep_value_and_type(rules: Any, name: str, value: object, datatype: object) -> None:
    """A number, a truth, a text, a date; a list is a set."""
    one = rules.standard().parameters[name]
    assert (one.value, one.datatype, one.overridden) == (value, datatype, False)
    assert type(one.value) is type(value)
    assert one.cites


def test_a_standard_knows_its_files_by_their_hashes(rules: Any) -> None:
    """Facts, clauses and the standard itself, each by the hash of its bytes."""
    hashes = rules.standard().hashes
    assert set(hashes) == {
        "platformrules_p/facts.toml",
        "platformrules_p/clauses/doc-2015.toml",
        "platformrules_p/standards/main-2015.toml",
    }
    digest = hashlib.sha256((rules.root / "facts.toml").read_bytes()).hexdigest()
    assert hashes["platformrules_p/facts.toml"] == digest


def test_plugin_facts_join_those_of_the_core(rules: Any) -> None:
    """With all their parts, and marked as the plugin's."""
    facts = rules.load().schema.facts
    rooms, house = facts["center"]["p_rooms"], facts["center"]["p_house"]
    assert (rooms.type, rooms.unit, rooms.domain, rooms.plugin) == (FactType.INTEGER, "rooms", Bounds(0, 100), "p")
    assert house.codes == {"new", "old"}
    assert facts["activity"]["p_words"].open


def test_choices_are_added_to_open_facts_of_the_core(rules: Any) -> None:
    """Two rows for one fact add up; the core itself stays as it was."""
    theme = rules.load().schema.facts["activity"]["theme"]
    assert [choice.id for choice in theme.values] == ["study_club", "music", "reading"]
    assert theme.plugin == ""
    assert CORE.facts["activity"]["theme"].codes == {"study_club"}


def test_a_document_is_what_its_file_says(rules: Any) -> None:
    """Header and clauses in order, with what became of each."""
    document = rules.load().documents["doc-2015"]
    assert (document.number, document.date) == ("号[2015]1", date(2015, 9, 2))
    assert list(document.clauses) == ["c1-area", "c2-activities", "c3-style", "c4-spirit", "c5-procedure"]
    assert document.clauses["c4-spirit"].disposition is Disposition.NOT_EVALUABLE
    assert document.clauses["c1-area"].disposition is None


# Files


def source(tmp_path: Path, data: bytes) -> SourceFile:
    """A file of these bytes, as it is read."""
    (tmp_path / "a.toml").write_bytes(data)
    return SourceFile.read(tmp_path / "a.toml", "a.toml")


def test_a_file_is_read_with_and_without_a_mark(tmp_path: Path) -> None:
    """A byte order mark is no text; the hash is of the bytes as they are."""
    data = "\ufefftitle = '标题'".encode()
    found = source(tmp_path, data)
    assert (found.name, found.text) == ("a.toml", "title = '标题'")
    assert found.digest == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("标题".encode("gbk"), r"not UTF-8: invalid start byte"),
        (b"\xff\xfe", r"not UTF-8: invalid start byte"),
    ],
)
def test_bytes_that_are_no_utf8_are_one_fault(tmp_path: Path, data: bytes, message: str) -> None:
    """It has no place but the file."""
    with pytest.raises(RuleFileError, match=rf"^error\[PR401\]: {message}\n  a\.toml$"):
        source(tmp_path, data)


def test_a_file_is_read_up_to_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the limit it is read, one byte more is refused."""
    monkeypatch.setattr("platformrules.rulefiles.MAX_FILE", 6)
    assert source(tmp_path, b"a = 12").text == "a = 12"
    with pytest.raises(RuleFileError, match="larger than 6 bytes"):
        source(tmp_path, b"a = 123")


def test_what_cannot_be_read_is_a_fault_of_the_plugin(rules: Any) -> None:
    """A folder that is named like a file does not stop the others."""
    (rules.root / "standards" / "folder.toml").mkdir()
    assert rules.told() == [("PR401", "", "cannot be read: Is a directory")]


@pytest.mark.parametrize("kind", ["facts", "clauses", "standard"])
@pytest.mark.parametrize(
    ("version", "shown"), [("format = 2", "2"), ("format = '1'", "'1'"), ("", "None"), ("format = false", "False")]
)
def test_a_file_of_another_format_is_not_looked_into(rules: Any, kind: str, version: str, shown: str) -> None:
    """Its keys may mean something else."""
    rules.edit(kind, ("format = 1", f"{version}\nunknown_key = 1"))
    assert rules.told()[0] == ("PR403", "$.format", f"`format` must be 1 (got {shown})")


@pytest.mark.parametrize("kind", ["facts", "clauses", "standard"])
@pytest.mark.parametrize("version", ["format = true", "format = 1.0"])
def test_a_version_is_a_whole_number(rules: Any, kind: str, version: str) -> None:
    """What only equals 1 is no version."""
    rules.edit(kind, ("format = 1", version))
    assert rules.told()[0][:2] == ("PR403", "$.format")


@pytest.mark.parametrize("kind", ["facts", "clauses", "standard"])
def test_what_is_no_toml_is_one_fault(rules: Any, kind: str) -> None:
    """With the line that the parser gives."""
    rules.write(kind, "format = 1\nformat =")
    code, path, message = rules.told()[0]
    assert (code, path) == ("PR401", "")
    assert message.startswith("not TOML: ")


# Facts


def test_a_fact_starts_with_the_name_of_its_plugin(rules: Any) -> None:
    """Also where another plugin's name would do."""
    rules.edit("facts", ('id = "p_rooms"', 'id = "q_rooms"'))
    assert ("PR404", "$.facts[1].id", "a fact of this plugin starts with `p_`") in rules.told()


@pytest.mark.parametrize(
    ("plugin", "name", "owner"), [("has", "has_flag", "the core"), ("hubei", "hubei_x", "the plugin `hubei`")]
)
def test_a_fact_is_declared_once(tmp_path: Path, plugin: str, name: str, owner: str) -> None:
    """A plugin cannot declare a fact of the core, nor one that another plugin has declared, which is named."""
    text = f"""format = 1
    [[facts]]
    id = "{name}"
    on = "center"
    type = "boolean"
    label = {{ zh = "甲", en = "a" }}"""
    schema = CORE
    if plugin == "hubei":
        schema = load_facts(source(tmp_path, text.encode()), plugin, CORE)
    with pytest.raises(RuleFileError) as caught:
        load_facts(source(tmp_path, text.encode()), plugin, schema)
    (found,) = caught.value.diagnostics
    assert (found.code, found.path) == ("PR602", "$.facts[0].id")
    assert found.message == f"`{name}` of center is declared by {owner} too"


def test_a_choice_may_be_a_word_of_python(rules: Any) -> None:
    """Codes are texts in expressions, so `class` and `true` are fine there."""
    rules.edit("facts", ('{ id = "music", zh', '{ id = "class", zh'))
    rules.edit("standard", ('["music", "reading"]', '["class", "reading"]'))
    assert rules.standard().parameters["themes"].value == {"class", "reading"}


@pytest.mark.parametrize("name", ["p_class", "p_a1"])
def test_names_of_facts_are_snake_case(rules: Any, name: str) -> None:
    """A word with the plugin's prefix is no word of Python any more."""
    rules.edit("facts", ('id = "p_words"', f'id = "{name}"'))
    assert rules.load().faults == ()


# Documents


def test_the_clauses_of_a_document_may_be_none(tmp_path: Path) -> None:
    """A document without clauses is a document; only its parts are required."""
    text = 'format = 1\nclauses = []\n[document]\nid = "d"\n' + "".join(
        f'{name} = {{ zh = "甲", en = "a" }}\n' for name in ("title", "issuer", "jurisdiction")
    )
    found = load_document(source(tmp_path, text.encode()))
    assert (found.id, dict(found.clauses), found.number, found.note) == ("d", {}, "", None)


# Headers


@pytest.mark.parametrize(
    ("old", "new", "code", "path", "message"),
    [
        ('id = "p/main"', 'id = "q/main"', "PR404", "$.standard.id", "`q/main` is no id of this plugin's standard"),
        ('id = "p/main"', 'id = "p/Main"', "PR404", "$.standard.id", "`p/Main` is no id of this plugin's standard"),
        ('id = "p/main"', 'id = "p"', "PR404", "$.standard.id", "`p` is no id of this plugin's standard"),
        ('version = "2015"', 'version = "20 15"', "PR404", "$.standard.version", "`20 15` is no version"),
        (
            'document = "doc-2015"',
            'document = "doc-2016"',
            "PR405",
            "$.standard.document",
            "there is no document `doc-2016`",
        ),
        (
            "until = 2025-09-01",
            "until = 2015-09-01",
            "PR403",
            "$.standard.in_force.until",
            "`until` lies before `from`",
        ),
    ],
)
def test_a_wrong_header_is_told_alone(rules: Any, old: str, new: str, code: str, path: str, message: str) -> None:
    """Nothing follows from it: citations of an unknown document are not told as well."""
    rules.edit("standard", (old, new))
    assert rules.told() == [(code, path, message)]


def test_a_standard_may_be_in_force_for_one_day(rules: Any) -> None:
    """`until` is included, so it may be the first day."""
    rules.edit("standard", ("until = 2025-09-01", "until = 2015-09-02"))
    assert rules.standard().is_in_force(date(2015, 9, 2))


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ('"calendar-year"', PeriodRule("calendar-year")),
        ('"calendar-month"', PeriodRule("calendar-month")),
        ("{ months = 12, start = '12-01' }", PeriodRule("recurring", months=12, start=(12, 1))),
        ("{ months = 1, start = '02-29' }", PeriodRule("recurring", months=1, start=(2, 29))),
        (
            "{ from = 2020-01-01, to = 2020-12-31 }",
            PeriodRule("printed", printed=Period(date(2020, 1, 1), date(2020, 12, 31))),
        ),
        (
            "{ from = 2020-01-01, to = 2020-01-01 }",
            PeriodRule("printed", printed=Period(date(2020, 1, 1), date(2020, 1, 1))),
        ),
    ],
)
def test_a_period_has_five_forms(rules: Any, period: str, expected: PeriodRule) -> None:
    """Calendar year or month, recurring, printed; `as-of` stands below."""
    rules.edit("standard", ('period = "calendar-year"', f"period = {period}"))
    assert expected == rules.standard().period


@pytest.mark.parametrize(
    "period",
    [
        '"yearly"',
        "{ a" + ".a" * 900 + " = 1 }",
        "5",
        "[]",
        "{}",
        "{ months = 0, start = '12-01' }",
        "{ months = -1, start = '12-01' }",
        "{ months = true, start = '12-01' }",
        "{ months = 1.0, start = '12-01' }",
        "{ months = 12, start = '13-01' }",
        "{ months = 12, start = '02-30' }",
        "{ months = 12, start = '2-1' }",
        "{ months = 12, start = 'W01-1' }",
        "{ months = 12, start = '１２-01' }",
        "{ months = 12, start = 2020-12-01 }",
        "{ months = 12 }",
        "{ months = 12, start = '12-01', end = '11-30' }",
        "{ from = 2020-12-31, to = 2020-01-01 }",
        "{ from = 2020-01-01T00:00:00, to = 2020-12-31T00:00:00 }",
        "{ from = 2020-01-01, to = 2020-12-31T00:00:00 }",
        "{ from = 2020-01-01 }",
        "{ from = 2020-01-01, to = 2020-12-31, months = 12 }",
        "{ from = '2020-01-01', to = '2020-12-31' }",
    ],
)
def test_what_is_no_period_is_told(rules: Any, period: str) -> None:
    """Another form, a day that does not exist, a truth for a number, a time for a day."""
    rules.edit("standard", ('period = "calendar-year"', f"period = {period}"))
    ((code, path, message),) = rules.told()
    assert (code, path) == ("PR403", "$.standard.period")
    assert message.startswith("this is no period (got ")


def test_a_standard_judged_on_a_day_has_no_months(rules: Any) -> None:
    """With `as-of`, rows of the period and `months` mean nothing; what reads them is told."""
    rules.edit("standard", ('period = "calendar-year"', 'period = "as-of"'))
    assert {code for code, _, _ in rules.told()} == {"PR301"}
    text = rules.text("standard")
    begin = text.index("require = '''")
    rules.write("standard", text[:begin] + 'require = "strict"' + text[text.index("strict'''") + len("strict'''") :])
    assert rules.standard().period == PeriodRule("as-of")


# Names and citations


@pytest.mark.parametrize(
    "name",
    ["center", "activities", "organizations", "period", "months", "as_of", "criteria", "blocks", "score", "verdict"],
)
def test_a_parameter_takes_no_name_that_means_something(rules: Any, name: str) -> None:
    """The subject, a relation, and what every expression may read."""
    rules.edit(
        "standard",
        ("strict = { value", f"{name} = {{ value"),
        ("default=0) >= share_wanted and strict", "default=0) >= share_wanted"),
    )
    assert ("PR404", f"$.parameters.{name}", f"`{name}` means something else already") in rules.told()


@pytest.mark.parametrize("name", ["true", "false", "class", "from", "Big", "_x", "a-b", "1a", "参数"])
def test_a_parameter_is_read_by_its_name(rules: Any, name: str) -> None:
    """So it is ASCII snake case and neither a word of Python nor a literal."""
    rules.edit(
        "standard",
        ("strict = { value", f'"{name}" = {{ value'),
        ("default=0) >= share_wanted and strict", "default=0) >= share_wanted"),
    )
    assert rules.told() == [("PR404", f"$.parameters.{name}", f"`{name}` is no parameter id")]


def test_a_fault_cites_the_clause_that_its_criterion_cites(rules: Any) -> None:
    """Of an expression and of a row, with the place of the clause."""
    rules.edit(
        "standard",
        ("center.floor_area_m2 >= minimum_area", "center.flor_area_m2 >= minimum_area"),
        (
            '{ id = "no", title = { zh = "没有", en = "not shown" }, fails = true }',
            '{ id = "no", title = { zh = "没有", en = "not shown" } }',
        ),
    )
    area, style = rules.faults()
    assert (area.cites, area.help) == ("doc-2015 c1-area, article 1", "did you mean `floor_area_m2`?")
    assert str(area).split("\n")[:4] == [
        "error[PR301]: unknown fact `flor_area_m2`",
        "  platformrules_p/standards/main-2015.toml  $.criteria[0].require  1:1",
        "    center.flor_area_m2 >= minimum_area and center.p_house == house_wanted",
        "    ^^^^^^^^^^^^^^^^^^^",
    ]
    assert (style.code, style.cites) == ("PR406", "doc-2015 c3-style, article 3")


def test_criteria_may_read_one_another_but_not_in_a_circle(rules: Any) -> None:
    """In any order of the file; of a circle, its path is told."""
    others = "count(c for c in criteria if c.failed and c.id != 'floor-area') <= 1"
    rules.edit("standard", ("center.opened_on > opened_after", others))
    standard = rules.standard()
    assert [standard.criteria[index].id for index in standard.readers] == ["floor-area"]
    rules.edit("standard", (" and c.id != 'floor-area'", ""))
    assert rules.told() == [("PR307", "$.criteria[0]", "criteria read one another: floor-area -> floor-area")]


# Other parameters


def test_parameters_may_be_given_another_value(rules: Any) -> None:
    """The standard with it is another; the first one stays, and what was overridden is known."""
    standard = rules.standard()
    other = standard.with_parameters(minimum_area=120)
    assert (standard.parameters["minimum_area"].value, dict(standard.overrides)) == (100, {})
    assert (other.parameters["minimum_area"].value, dict(other.overrides)) == (120, {"minimum_area": 120})
    assert other is not standard
    assert other != standard


def test_overrides_add_up_and_can_be_taken_back(rules: Any) -> None:
    """A value given again takes the place of the earlier one; that of the document is no override."""
    other = rules.standard().with_parameters(minimum_area=120).with_parameters(strict=False)
    assert dict(other.overrides) == {"minimum_area": 120, "strict": False}
    assert dict(other.with_parameters(minimum_area=100).overrides) == {"strict": False}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"music"}, {"music"}),
        (["music", "music"], {"music"}),
        (("reading",), {"reading"}),
        (frozenset(), frozenset()),
    ],
)
def test_a_set_may_be_given_as_any_collection_of_texts(rules: Any, value: object, expected: object) -> None:
    """It is kept as a set that nobody changes."""
    found = rules.standard().with_parameters(themes=value).parameters["themes"].value
    assert expected == found
    assert type(found) is frozenset


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"minimum_area": "120"}, "`minimum_area` must be a number (got '120')"),
        ({"minimum_area": True}, "`minimum_area` must be a number (got true)"),
        ({"minimum_area": 120.5}, "`minimum_area` must be a number (got 120.5)"),
        ({"minimum_area": None}, "`minimum_area` must be a number (got None)"),
        ({"minimum_area": Decimal("NaN")}, "`minimum_area` must be a finite number (got NaN)"),
        ({"minimum_area": 10**14}, "`minimum_area` must have at most 14 digits before the point (got 100000000000000)"),
        (
            {"share_wanted": Decimal("0.0000000000001")},
            "`share_wanted` must have at most 12 decimals (got 1E-13)",
        ),
        ({"strict": 1}, "`strict` must be a truth (got 1)"),
        (
            {"opened_after": datetime(2020, 1, 1)},
            "`opened_after` must be a date (got 2020-01-01T00:00:00)",
        ),
        ({"themes": "music"}, "`themes` must be a set (got 'music')"),
        ({"themes": ["music", 1]}, "`themes` must be a set (got ['music', 1])"),
        ({"themes": [["music"]]}, "`themes` must be a set (got [['music']])"),
        ({"house_wanted": {"old", "new"}}, "`house_wanted` must be a text (got {'new', 'old'})"),
    ],
)
def test_a_value_of_another_type_is_refused(rules: Any, given: dict[str, object], message: str) -> None:
    """A truth is no number, a float no Decimal, a datetime no date; and nothing else is told of it."""
    with pytest.raises(RuleFileError) as caught:
        rules.standard().with_parameters(**given)
    (name,) = given
    assert [(one.code, one.path, one.message) for one in caught.value.diagnostics] == [
        ("PR403", f"$.parameters.{name}.value", message)
    ]


@pytest.mark.parametrize(
    ("value", "expected"), [(Decimal("99999999999999.123456789012"), NUMBER), (0, WHOLE), (-5, WHOLE)]
)
def test_a_number_may_have_decimals_where_the_document_has_none(rules: Any, value: object, expected: object) -> None:
    """Numbers are numbers; whether one is whole is checked where it is read."""
    found = rules.standard().with_parameters(minimum_area=value).parameters["minimum_area"]
    assert (found.value, found.datatype) == (value, expected)


def test_what_depends_on_a_parameter_is_checked_again(rules: Any) -> None:
    """A divisor that becomes 0, a number that is not whole any more, a text that is no choice."""
    rules.edit(
        "standard",
        ("center.floor_area_m2 >= minimum_area and", "center.floor_area_m2 / minimum_area >= 1 and"),
        ("center.opened_on > opened_after", "add_days(center.opened_on, minimum_area) > opened_after"),
    )
    standard = rules.standard()
    for given, code, path in (
        ({"minimum_area": 0}, "PR305", "$.criteria[0].require"),
        ({"minimum_area": Decimal("0.5")}, "PR303", "$.criteria[0].applies_when"),
        ({"house_wanted": "tent"}, "PR304", "$.criteria[0].require"),
        ({"themes": {"chess"}}, "PR304", "$.criteria[1].require"),
    ):
        with pytest.raises(RuleFileError) as caught:
            standard.with_parameters(**given)
        assert [(one.code, one.path) for one in caught.value.diagnostics] == [(code, path)]
        assert caught.value.diagnostics[0].cites
    assert standard.with_parameters(minimum_area=1).overrides == {"minimum_area": 1}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("minimum_arae", "p/main has no parameter `minimum_arae`; did you mean `minimum_area`?"),
        (
            "zzz",
            "p/main has no parameter `zzz`; there are " + ", ".join(f"`{name}`" for name in PARAMETERS),
        ),
    ],
)
def test_an_unknown_parameter_is_refused_with_a_hint(rules: Any, name: str, hint: str) -> None:
    """The nearest one, or those there are."""
    with pytest.raises(UnknownNameError) as caught:
        rules.standard().with_parameters(**{name: 1})
    assert hint == str(caught.value)


def test_a_standard_without_parameters_says_so(rules: Any) -> None:
    """There is nothing to suggest."""
    text = rules.text("standard")
    begin, end = text.index("[parameters]"), text.index("[[criteria]]")
    verdict = text.index("[[verdict]]")
    rules.write(
        "standard",
        text[:begin]
        + '[[criteria]]\nid = "a"\ncites = ["c1-area"]\nstrength = "must"\ntitle = { zh = "甲", en = "a" }\n'
        + 'require = "center.is_physical"\n'
        + text[verdict:].replace(' and blocks["hard"].satisfied', ""),
    )
    assert end > begin
    with pytest.raises(UnknownNameError) as caught:
        rules.standard().with_parameters(x=1)
    assert str(caught.value) == "p/main has no parameter `x`"


def test_threads_may_ask_for_other_parameters_at_once(rules: Any) -> None:
    """The faults of one are never those of another."""
    standard = rules.standard()

    def ask(number: int) -> object:
        try:
            return standard.with_parameters(minimum_area="x" if number % 2 else number).overrides
        except RuleFileError as error:
            return len(error.diagnostics)

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(60)))
    assert found == [1 if number % 2 else {"minimum_area": number} for number in range(60)]


def test_a_standard_can_be_loaded_without_a_version_of_its_plugin(rules: Any) -> None:
    """A bare folder has none."""
    book = rules.load()
    file = SourceFile.read(rules.root / "standards/main-2015.toml", "main.toml")
    found = load_standard(file, "p", book.schema, book.documents, {})
    assert isinstance(found, Standard)
    assert (found.plugin_version, dict(found.hashes)) == ("", {"main.toml": file.digest})

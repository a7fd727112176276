# SPDX-License-Identifier: MIT
"""The rules of several plugins: versions, pins, and plugins that are broken while the others work."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from platformrules.errors import UnknownNameError
from platformrules.standards.rulebook import PluginInfo, RuleSource, load_rulebook

LATER = [
    ('version = "2015"', 'version = "2016"'),
    ("from = 2015-09-02, until = 2025-09-01", "from = 2016-01-01"),
    ('superseded_by = "p/main@2025", ', ""),
]

SECOND = "p/main@2016 from 2016-01-01"


def add_version(rules: Any, *changes: tuple[str, str]) -> None:
    """A second file of the standard, changed."""
    text = rules.text("standard")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    rules.write("standards/other.toml", text)


# Versions


def test_the_newest_version_is_the_one_in_force_last(rules: Any) -> None:
    """By the day from which it is in force, not by its name and never by the clock."""
    add_version(rules, *LATER[1:], ('version = "2015"', 'version = "1999"'))
    assert rules.load()["p/main"].reference == "p/main@1999"


def test_of_two_versions_of_one_day_the_later_name_is_newer(rules: Any) -> None:
    """So that the choice does not depend on the order of files."""
    add_version(rules, ('version = "2015"', 'version = "2015b"'))
    assert rules.load()["p/main"].version == "2015b"


def test_a_version_can_be_pinned(rules: Any) -> None:
    """By `@version`, also in a question whether there is one."""
    add_version(rules, *LATER)
    book = rules.load()
    assert [book[name].version for name in ("p/main@2015", "p/main@2016", "p/main")] == ["2015", "2016", "2016"]
    assert "p/main" in book
    assert "p/main@2015" in book
    assert "p/main@2017" not in book
    assert [one.reference for one in book] == ["p/main@2015", "p/main@2016"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2015, 9, 2), "2015"),
        (date(2015, 12, 31), "2015"),
        (date(2016, 1, 1), "2016"),
        (date(2025, 9, 1), "2016"),
        (date(2030, 1, 1), "2016"),
    ],
)
def test_the_version_in_force_on_a_day_is_found(rules: Any, day: date, expected: str) -> None:
    """The first and last day are included; of several the newest."""
    add_version(rules, *LATER)
    assert rules.load().get("p/main", on=day).version == expected


@pytest.mark.parametrize("day", [date(2015, 9, 2), date(2025, 9, 1)])
def test_a_pinned_version_must_be_in_force(rules: Any, day: date) -> None:
    """On its first and last day it is."""
    assert rules.load().get("p/main@2015", on=day).version == "2015"


@pytest.mark.parametrize(
    ("reference", "day", "message"),
    [
        (
            "p/main",
            date(2015, 9, 1),
            "no version of p/main is in force on 2015-09-01: p/main@2015 from 2015-09-02 until 2025-09-01; " + SECOND,
        ),
        (
            "p/main@2015",
            date(2025, 9, 2),
            "no version of p/main is in force on 2025-09-02: p/main@2015 from 2015-09-02 until 2025-09-01",
        ),
        (
            "p/main@2016",
            date(2015, 9, 2),
            f"no version of p/main is in force on 2015-09-02: {SECOND}",
        ),
    ],
)
def test_a_day_outside_is_refused_with_the_days_inside(rules: Any, reference: str, day: date, message: str) -> None:
    """Each version with its first and, if it has one, its last day."""
    add_version(rules, *LATER)
    with pytest.raises(UnknownNameError) as caught:
        rules.load().get(reference, on=day)
    assert message == str(caught.value)


@pytest.mark.parametrize(
    ("reference", "hint"),
    [
        ("p/mian", "did you mean `p/main`?"),
        ("p/main@2016", "did you mean `p/main@2015`?"),
        ("xyz", "there are `p/main`, `p/main@2015`"),
    ],
)
def test_an_unknown_standard_is_refused_with_a_hint(rules: Any, reference: str, hint: str) -> None:
    """With a day or without."""
    book = rules.load()
    for ask in (lambda: book[reference], lambda: book.get(reference, on=date(2020, 1, 1))):
        with pytest.raises(UnknownNameError) as caught:
            ask()
        assert str(caught.value) == f"there is no standard `{reference}`; {hint}"


def test_an_empty_rulebook_says_how_to_list_what_there_is() -> None:
    """Without any plugin there is nothing to suggest."""
    book = load_rulebook([])
    assert (list(book), book.plugins, book.faults, book.warnings) == ([], (), (), ())
    with pytest.raises(UnknownNameError, match="list them with `platformrules standards`"):
        book["p/main"]


# Plugins


def test_a_plugin_is_listed_with_what_it_brings(rules: Any, others: Any) -> None:
    """Sorted by name, whatever the order in which they were found; one may bring nothing."""
    expected = (
        PluginInfo("p", "1.0", standards=("p/main@2015",), documents=("doc-2015",)),
        PluginInfo("q", "1.0"),
    )
    assert expected == rules.load(others).plugins
    assert expected == others.load(rules).plugins


def test_files_are_found_by_their_ending(rules: Any) -> None:
    """Other files in a folder of rules are left alone."""
    rules.write("standards/README.md", "x")
    rules.write("clauses/notes.txt", b"\xff")
    assert rules.load().faults == ()


def test_a_folder_may_have_a_name_of_its_own(rules: Any) -> None:
    """Messages name the folder of a plugin that is not installed."""
    rules.write("facts", "x")
    book = load_rulebook([RuleSource("p", rules.root, folder="my-rules")])
    assert [one.file for one in book.faults] == ["my-rules/facts.toml"]


@pytest.mark.parametrize("kind", ["facts", "clauses", "standard"])
def test_a_broken_plugin_is_listed_while_the_others_work(rules: Any, others: Any, kind: str) -> None:
    """None of it can be used, its error is the first of its faults, and asking for it says so."""
    for place in ("facts", "clauses", "standard"):
        text = rules.text(place).replace("p/main", "q/main").replace("doc-2015", "doc-q")
        others.write(place, text.replace("p_", "q_"))
    others.edit(
        "facts",
        ('id = "music", zh = "音乐", en = "music"', 'id = "chess", zh = "棋", en = "chess"'),
        ('id = "reading", zh = "阅读", en = "reading"', 'id = "go", zh = "围棋", en = "go"'),
    )
    others.edit("standard", ('["music", "reading"]', '["chess", "go"]'))
    assert rules.load(others).faults == ()
    rules.write(kind, "format = 1\nx = 1")
    book = rules.load(others)
    assert [one.id for one in book] == ["q/main"]
    broken, works = book.plugins
    assert (broken.name, broken.standards, broken.documents) == ("p", (), ())
    assert broken.error.startswith(f"{book.faults[0].file}: {book.faults[0].message}")
    assert works.error == ""
    with pytest.raises(UnknownNameError) as caught:
        book["p/main"]
    assert str(caught.value) == f"`p/main` cannot be used: the plugin `p` is broken: {broken.error}"


def test_the_error_of_a_plugin_says_how_many_more_there_are(rules: Any) -> None:
    """Of one fault nothing is added."""
    rules.edit("standard", ('version = "2015"', 'version = "20 15"'))
    assert rules.load().plugins[0].error == "platformrules_p/standards/main-2015.toml: `20 15` is no version"
    rules.edit("standard", ('subject = "center"', 'subject = "centre"'))
    assert rules.load().plugins[0].error.endswith("`20 15` is no version (and 1 more)")


def test_plugins_that_were_broken_before_are_listed_too(rules: Any) -> None:
    """One that could not be imported has its error from there."""
    broken = PluginInfo("a", "2", error="ImportError: no module")
    book = load_rulebook([rules.source], [broken])
    assert [one.name for one in book.plugins] == ["a", "p"]
    with pytest.raises(UnknownNameError, match="the plugin `a` is broken: ImportError: no module"):
        book["a/main"]


def test_faults_of_all_files_are_told_at_once(rules: Any) -> None:
    """A wrong clauses file does not hide a wrong standard."""
    rules.edit("clauses", ('id = "c2-activities"', 'id = "C2"'))
    rules.write("standards/another.toml", "format = 1")
    assert {one.file.rpartition("/")[2] for one in rules.faults()} == {
        "doc-2015.toml",
        "main-2015.toml",
        "another.toml",
    }


def test_a_plugin_may_read_the_facts_of_another(rules: Any, others: Any) -> None:
    """Facts are loaded first, of all plugins."""
    for place in ("clauses", "standard"):
        others.write(place, rules.text(place).replace("p/main", "q/main").replace("doc-2015", "doc-q"))
    book = others.load(rules)
    assert book.faults == ()
    assert ("center", "p_house") in book["q/main"].facts


def test_a_plugin_without_facts_brings_rules(rules: Any) -> None:
    """`facts.toml` may be missing."""
    (rules.root / "facts.toml").unlink()
    assert {code for code, _, _ in rules.told()} == {"PR301", "PR304"}


# Duplicates


def test_a_reference_stands_once_in_a_plugin(rules: Any) -> None:
    """Two files with the same id and version are refused, and the message names the other."""
    add_version(rules)
    (found,) = rules.faults()
    assert (found.code, found.file, found.path) == ("PR404", "platformrules_p/standards/other.toml", "$.standard.id")
    assert found.message == "`p/main@2015` stands in platformrules_p/standards/main-2015.toml too"


def test_a_document_stands_once_in_a_plugin(rules: Any) -> None:
    """Two files with the same document are refused, and the message names the other."""
    rules.write("clauses/other.toml", rules.text("clauses"))
    (found,) = rules.faults()
    assert (found.code, found.file, found.path) == ("PR404", "platformrules_p/clauses/other.toml", "$.document.id")
    assert found.message == "the document `doc-2015` stands in platformrules_p/clauses/doc-2015.toml too"


def test_a_document_of_another_plugin_is_refused_naming_it(rules: Any, others: Any) -> None:
    """Both plugins are named: the one by its file, the other by its name."""
    others.write("clauses", rules.text("clauses"))
    book = rules.load(others)
    (found,) = book.faults
    assert (found.code, found.file) == ("PR602", "platformrules_q/clauses")
    assert found.message == "the document `doc-2015` is declared by the plugin `p` too"
    assert [one.error == "" for one in book.plugins] == [True, False]
    assert "p/main" in book


def test_a_standard_of_another_source_is_refused_naming_it(rules: Any, tmp_path: Path) -> None:
    """Two folders that claim one plugin's name cannot both bring its standard."""
    twin = tmp_path / "twin"
    (twin / "standards").mkdir(parents=True)
    (twin / "clauses").mkdir()
    (twin / "standards" / "twin.toml").write_text(rules.text("standard").replace("doc-2015", "doc-t"), "utf-8")
    (twin / "clauses" / "doc-t.toml").write_text(rules.text("clauses").replace("doc-2015", "doc-t"), "utf-8")
    book = load_rulebook([rules.source, RuleSource("p", twin, folder="twin")])
    (found,) = book.faults
    assert (found.code, found.file) == ("PR602", "twin/standards/twin.toml")
    assert found.message == "`p/main@2015` is declared by platformrules_p/standards/main-2015.toml too"


# Immutability


def test_a_rulebook_cannot_be_changed(rules: Any) -> None:
    """Neither its standards nor its documents."""
    book = rules.load()
    with pytest.raises(TypeError):
        book.standards["x"] = book["p/main"]
    with pytest.raises(TypeError):
        del book.documents["doc-2015"]

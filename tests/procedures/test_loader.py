# SPDX-License-Identifier: MIT
"""Procedure files: what is wrong is told, all of a file at once, and what is right is kept."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from platformrules.errors import RuleFileError, UnknownNameError
from platformrules.languages import Language
from platformrules.procedures.diagram import to_mermaid
from platformrules.procedures.model import Procedure

Made = Callable[..., Procedure]


def faults(made: Made, **parts: str) -> list[tuple[str, str, str]]:
    """Code, path and message of each fault."""
    with pytest.raises(RuleFileError) as error:
        made(**parts)
    return [(one.code, one.path, one.message) for one in error.value.diagnostics]


def parts(made: Made) -> tuple[str, str, str]:
    """The usual rows, body and head."""
    defaults = made.__defaults__
    assert defaults is not None
    return defaults


def test_a_procedure_is_read(made: Made) -> None:
    """Header, rows and what they read."""
    found = made()
    assert (found.reference, found.subject, found.hashes["procedures/notice.toml"]) == (
        "sample/notice@2020",
        "center",
        "0",
    )
    assert [one.title.en for one in found.states] == ["open", "on display", "closed"]
    assert found.event_of["show"].required == {"pages"}
    assert [one.clause for one in found.cited] == ["c-1", "c-2"]
    assert found.is_in_force(date(2020, 1, 1))
    assert not found.is_in_force(date(2019, 12, 31))
    assert found.facts == frozenset()
    assert found.parameters["days"].value is None
    assert [row.is_timed for row in found.transitions] == [False, True, False]


def test_a_parameter_that_the_document_leaves_open_is_given_later(made: Made) -> None:
    """Its type and limits are checked; constants can be changed as in a standard; both are told in `overrides`."""
    changed = made().with_parameters(days=7, term=4)
    assert dict(changed.overrides) == {"days": 7, "term": 4}
    assert dict(changed.with_parameters(days=8).overrides) == {"days": 8, "term": 4}
    assert dict(made().with_parameters(term=3).overrides) == {}
    for wrong in ({"days": 0}, {"days": "7"}, {"term": True}, {"term": 10**20}):
        with pytest.raises(RuleFileError):
            made().with_parameters(**wrong)
    with pytest.raises(UnknownNameError, match="did you mean `days`"):
        made().with_parameters(dayz=7)


def row(text: str) -> str:
    """A transition."""
    return f'[[transitions]]\nfrom = ["open"]\ncites = ["c-1"]\n{text}\n'


@pytest.mark.parametrize(
    ("text", "code", "where", "said"),
    [
        ('on = "show"\nat = "today"', "PR402", "", "exactly one of `on`, `at` and `every` (got `on` and `at`)"),
        ("", "PR402", "", "(got none)"),
        ('on = "shaw"\nwhen = "event.pages > 1"', "PR405", ".on", "there is no event `shaw`"),
        ('on = "show"\nto = "shut"', "PR405", ".to", "there is no state `shut`"),
        ('at = "today"', "PR406", "", "nothing follows"),
        ('every = "02-30"\nto = "shown"', "PR403", ".every", "`02-30` is no day of a year"),
        ('every = "2-3"\nto = "shown"', "PR403", ".every", "no day"),
        ('on = "show"\nset = { nothing = "1" }', "PR405", ".set.nothing", "there is no variable `nothing`"),
        ('on = "show"\nset = { count_of = "true" }', "PR303", ".set.count_of", "expected a number"),
        ('on = "show"\nset = { mark = \'"ugly"\' }', "PR304", ".set.mark", "`ugly` is no choice of `mark`"),
        ('on = "show"\nset = { mark = "center.name" }', "PR304", ".set.mark", "a free text is no choice of `mark`"),
        ('on = "show"\nwhen = "as_of > today"', "PR301", ".when", "`as_of` is no name of a procedure"),
        ('on = "show"\nwhen = "count(activities) > 1"', "PR301", ".when", "unknown name `activities`"),
        ('at = "today"\nwhen = "event.pages > 1"\nto = "shown"', "PR301", ".when", "unknown name `event`"),
        ('at = "term"\nto = "shown"', "PR303", ".at", "expected a date"),
    ],
)
def test_a_row_that_is_wrong_is_told(made: Made, text: str, code: str, where: str, said: str) -> None:
    """Each with its place."""
    rows, _, _ = parts(made)
    found = faults(made, rows=rows + row(text))
    assert [(one, path) for one, path, _ in found] == [(code, f"$.transitions[3]{where}")]
    assert said in found[0][2]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('id = "sample/notice"', 'id = "other/notice"', [("PR404", "$.procedure.id")]),
        ('version = "2020"', 'version = "V 1"', [("PR404", "$.procedure.version")]),
        ('subject = "center"', 'subject = "activity"', [("PR403", "$.procedure.subject")]),
        ('document = "sample-2020"', 'document = "sample-2021"', [("PR405", "$.procedure.document")]),
        ("from = 2020-01-01", "from = 2020-01-01, until = 2019-01-01", [("PR403", "$.procedure.in_force.until")]),
        ("value = 3", "", [("PR402", "$.parameters.term")]),
        ("value = 3", "value = 3\ntype = 'integer'", [("PR402", "$.parameters.term")]),
        ("value = 3", "value = { a = 1 }", [("PR403", "$.parameters.term.value")]),
        ("value = 3", "value = 0.12345678901234567890", [("PR403", "$.parameters.term.value")]),
        ('type = "integer"\nminimum = 1\nmaximum = 30', 'type = "set"', [("PR403", "$.parameters.days.type")]),
        ("[parameters.term]", "[parameters.today]", [("PR404", "$.parameters.today")]),
        ('cites = ["c-2"]\n[[variables]]', "cites = []\n[[variables]]", [("PR408", "$.parameters.days.cites")]),
        ('cites = ["c-2"]\n[[variables]]', 'cites = ["d"]\n[[variables]]', [("PR405", "$.parameters.days.cites[0]")]),
        (
            'id = "count_of"',
            'id = "term"',
            [("PR404", "$.variables[0].id"), ("PR405", "$.transitions[0].set.count_of")],
        ),
        ("initial = 0", 'initial = "0"', [("PR403", "$.variables[0].initial")]),
        ("initial = 0", "values = [{ id = 'a', zh = '甲', en = 'a' }]", [("PR403", "$.variables[0].values")]),
        ('id = "closed"', 'id = "shown"', [("PR404", "$.states[2].id"), ("PR405", "$.transitions[2].to")]),
        ('id = "closed"', 'id = "closed"\n[[states]]\nid = "lost"', [("PR406", "$.states[3].id")]),
        ("minimum = 0, maximum = 9", "minimum = 9, maximum = 0", [("PR403", "$.events[0].fields[0].maximum")]),
        (
            "minimum = 2",
            "minimum = 2, maximum = 5, values = [{ id = 'a', zh = '甲', en = 'a' }]",
            [("PR403", "$.events[1].fields[0].values"), ("PR404", "$.events[1].fields[0].id")],
        ),
        (
            'id = "pages", type = "integer", minimum = 2',
            'id = "on", type = "date"',
            [
                ("PR404", "$.events[1].fields[0].id"),
            ],
        ),
        (
            'id = "pages", type = "integer", minimum = 2',
            'id = "pages", type = "date"',
            [("PR404", "$.events[1].fields[0].id")],
        ),
        ('from = ["shown"]\non', "from = []\non", [("PR406", "$.transitions[2].from"), ("PR406", "$.states[2].id")]),
        ('when = "event.pages >= 1"', "", []),
        (
            '[[events]]\nid = "close"',
            '[[events]]\nid = "idle"\nby = { zh = "某", en = "some" }\n[[events]]\nid = "close"',
            [("PR406", "$.events[1].id")],
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(made: Made, old: str, new: str, expected: list[tuple[str, str]]) -> None:
    """One change of a sound file, and the faults it makes."""
    text = dict(zip(("rows", "body", "head"), parts(made), strict=True))
    assert any(old in part for part in text.values())
    changed = {key: part.replace(old, new, 1) if old in part else part for key, part in text.items()}
    if expected:
        found = [(code, path) for code, path, _ in faults(made, **changed)]
        assert [one for one in found if one in expected] == [one for one in found if one in expected]
        assert set(expected) <= set(found)
    else:
        assert made(**changed).transitions[0].when is None


def test_a_row_behind_one_that_always_holds_is_told(made: Made) -> None:
    """The first row that holds is taken, so that none below it can be."""
    rows, _, _ = parts(made)
    found = faults(made, rows=rows + '[[transitions]]\nfrom = ["shown"]\non = "close"\nto = "open"\ncites = ["c-2"]\n')
    assert [(code, path) for code, path, _ in found] == [("PR406", "$.transitions[3]")]


def test_a_file_without_states_is_told(made: Made) -> None:
    """Nothing can begin."""
    _, body, head = parts(made)
    without = re.sub(r"\[\[states\]\]\nid = .*\n(title = .*\n)?", "", body)
    assert ("PR406", "$.states", "a procedure has at least one state") in faults(
        made, body=without, head=head.replace("format = 1", "format = 1\nstates = []")
    )


def test_a_set_is_remembered_and_a_choice_starts_with_its_code(made: Made) -> None:
    """Initial values may be lists of texts, or labels of choices."""
    _, body, _ = parts(made)
    more = (
        body.replace('id = "mark"\ntype = "choice"', 'id = "mark"\ntype = "choice"\ninitial = "好"', 1)
        + "[[variables]]\nid = 'kinds'\ntype = 'set'\ninitial = ['a']\nvalues = [{ id = 'a', zh = '甲', en = 'a' }]\n"
    )
    found = made(body=more, rows=parts(made)[0] + row("on = 'show'\nset = { kinds = '{\"a\"}' }"))
    assert [one.initial for one in found.variables] == [0, "good", frozenset({"a"})]
    wrong = faults(made, body=more, rows=parts(made)[0] + row("on = 'show'\nset = { kinds = '{\"b\"}' }"))
    assert [(code, path) for code, path, _ in wrong] == [("PR304", "$.transitions[3].set.kinds")]


@pytest.mark.parametrize("language", Language)
def test_the_diagram_has_an_arrow_for_each_state_and_row(made: Made, language: Language) -> None:
    """States by their titles, rows with what brings them, guards, breaches and clauses."""
    rows = parts(made)[0] + row('every = "12-15"\nto = "closed"') + row('on = "show"')
    lines = to_mermaid(made(rows=rows), language).splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert "    [*] --> s0" in lines
    assert "    s2 --> [*]" in lines
    assert sum(" --> s" in one for one in lines) == 1 + 5
    text = "\n".join(lines)
    said = (
        ("公示中", "每年12月15日", "其他情形", "违反：没有结束")
        if language == "zh"
        else ("on display", "each year on 12-15", "otherwise", "breach： not closed")
    )
    assert all(one in text for one in said)
    assert "add_working_days(since, 5)" in text

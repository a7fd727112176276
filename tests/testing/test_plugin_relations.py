# SPDX-License-Identifier: MIT
"""Worked cases, drawn dossiers and the conformance suite know the rows that a plugin records."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from platformrules.dossiers import Dossier
from platformrules.errors import RuleFileError
from platformrules.evaluation import evaluate
from platformrules.standards.rulebook import Rulebook, RuleSource
from platformrules.testing.cases import Case, read_cases
from platformrules.testing.lessening import with_less
from platformrules.testing.strategies import dossiers, fillings

Lagoon = Callable[..., Rulebook]
CASES = """
format = 1
[[cases]]
id = "often"
standard = "lagoon/rows"
period = "2020"
lagoon_awards = [
    { given_on = "each-month", level = "city" },
    { given_on = [2020-02-01, 2020-03-01], level = "county", center_id = "x", times = 2 },
]
center = { id = "x" }
expect = { verdict = "yes" }
[[cases]]
id = "less"
like = "often"
lagoon_awards = [{ id = "w", given_on = 2020-03-01, level = "city" }]
expect = { verdict = "no" }
[[cases]]
id = "open"
like = "often"
unrecorded = ["lagoon_awards"]
expect = { reachable = ["yes", "no"] }
[[cases]]
id = "no-levels"
like = "often"
unrecorded = ["lagoon_awards.level"]
expect = { reachable = ["yes", "no"] }
"""
REQUIRE = 'count(a for a in lagoon_awards if a.level == "city") >= 12'


def cases(book: Rulebook, tmp_path: Path, text: str = CASES) -> tuple[Case, ...]:
    """The cases of a file of the made-up plugin."""
    folder = tmp_path / "lagoon" / "cases"
    folder.mkdir(exist_ok=True)
    (folder / "rows.toml").write_text(text, "utf-8")
    return read_cases(RuleSource("lagoon", tmp_path / "lagoon"), book)


def test_cases(lagoon: Lagoon, tmp_path: Path) -> None:
    """Rows are repeated, taken over as a whole and taken away like those of the core; all cases hold."""
    found = cases(lagoon(REQUIRE), tmp_path)
    for case in found:
        assert list(case.differences(evaluate(case.standard, case.dossier))) == []
    rows = {case.id: case.dossier.rows_of("lagoon_awards") for case in found}
    assert [None if one is None else len(one) for one in rows.values()] == [16, 1, None, 16]
    assert [one.id for one in rows["less"] or ()] == ["w"]
    assert {one["center_id"] for one in rows["often"] or ()} == {None, "x"}
    assert not any("level" in one.facts for one in rows["no-levels"] or ())


def test_faults_of_cases(lagoon: Lagoon, tmp_path: Path) -> None:
    """Unknown facts and relations, and what is no list, are told with their path."""
    text = CASES.replace('level = "county"', 'levels = "county"').replace(
        '[{ id = "w", given_on = 2020-03-01, level = "city" }]', "3\nlagoon_medals = []\nrelations = {}"
    )
    with pytest.raises(RuleFileError) as caught:
        cases(lagoon(REQUIRE), tmp_path, text)
    assert [(one.code, one.path) for one in caught.value.diagnostics] == [
        ("PR402", "$.cases[1].lagoon_medals"),
        ("PR402", "$.cases[1].relations"),
        ("PR301", "$.cases[0].lagoon_awards[1].levels"),
        ("PR403", "$.cases[1].lagoon_awards"),
    ]


def test_the_suite_takes_rows_and_facts_away(lagoon: Lagoon, tmp_path: Path) -> None:
    """Every fact of a row is taken out once, and the relation as a whole; what is left is open or as it was."""
    case = cases(lagoon(REQUIRE), tmp_path)[1]
    less = dict(with_less(case.dossier, case.standard.schema))
    assert list(less) == ["lagoon_awards", "level of w", "given_on of w"]
    assert less["lagoon_awards"].rows_of("lagoon_awards") is None
    assert [dict(row.facts) for row in less["level of w"].rows_of("lagoon_awards") or ()] == [
        {"given_on": case.dossier.rows_of("lagoon_awards")[0]["given_on"]}  # type: ignore[index]
    ]


@pytest.mark.parametrize(
    ("require", "subject"),
    [
        ('count(a for a in lagoon_awards if a.level == "city") >= 2', "center"),
        ("sum(v.people for v in lagoon_visits) >= 3", "area"),
        ("count(v for v in during(lagoon_visits, date(2019, 1, 1), as_of) if v.people > 1) >= 2", "area"),
        ("any(m.organization_id == organization.id and m.grown_up for m in lagoon_members)", "organization"),
    ],
)
def test_drawn_dossiers(lagoon: Lagoon, require: str, subject: str) -> None:
    """Drawn rows fit their relation; an outcome that is settled stays so however the holes are filled in."""
    standard = lagoon(require, subject)["lagoon/rows"]
    seen: set[str] = set()

    @given(data=st.data())
    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    def agree(data: st.DataObject) -> None:
        dossier: Dossier = data.draw(dossiers(standard))
        [before] = evaluate(standard, dossier)
        [after] = evaluate(standard, data.draw(fillings(dossier, standard, everything=True)))
        seen.add(before.outcome.value)
        assert before.outcome.value in {"undetermined", "exempt", after.outcome.value}
        assert after.outcome.value != "undetermined"

    agree()
    assert "undetermined" in seen
    assert {"passed", "failed"} & seen

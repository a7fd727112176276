# SPDX-License-Identifier: MIT
"""What a rule file may not say of another standard's verdict, and in which order files are read."""

from typing import Any

import pytest

READ = 'verdict({row}, "{name}") == "eligible"'


def of_area(reef: Any, condition: str, **parts: Any) -> tuple[str, str]:
    """A standard of areas with one condition."""
    return reef.standard("reef/area@2020", subject="area", criteria={"x": condition}, **parts)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (
            'any(verdict(c, "reef/centre") == "eligible" for c in centers)',
            ("PR405", "there is no standard `reef/centre`; did you mean `reef/center`?"),
        ),
        (
            'any(verdict(c, "reef/center@1") == "eligible" for c in centers)',
            ("PR405", "there is no standard `reef/center@1`; its versions: reef/center@2020"),
        ),
        (
            'any(verdict(a, "reef/center") == "eligible" for a in activities)',
            (
                "PR303",
                "`reef/center` judges a center, and this is a row of another kind; here it is a row of `activity`",
            ),
        ),
        (
            'verdict(area, "reef/center") == "eligible"',
            ("PR303", "`reef/center` judges a center, and this is a row of another kind; here it is a row of `area`"),
        ),
        (
            'any(verdict(c, "reef/center") == "eligable" for c in centers)',
            ("PR304", "`eligable` is no choice of `reef/center`; did you mean `eligible`?"),
        ),
        (
            'any(verdict(c, "reef/center") == 3 for c in centers)',
            ("PR303", "`==` compares like with like: a choice is not a number"),
        ),
        ('any(verdict(c, "reef/center") for c in centers)', ("PR303", "expected a truth, found a choice")),
        (
            'any(verdict(c) == "eligible" for c in centers)',
            (
                "PR203",
                "`verdict` takes a row, and a standard as it is written",
            ),
        ),
        (
            'any(verdict(c, c.name) == "eligible" for c in centers)',
            (
                "PR203",
                "`verdict` takes a row, and a standard as it is written",
            ),
        ),
        (
            'any(verdict(c.name, "reef/center") == "eligible" for c in centers)',
            ("PR303", "expected a row, found a text"),
        ),
        ('any(verdict(x, "reef/center") == "eligible" for c in centers)', ("PR301", "unknown name `x`")),
        (
            'any(verdict(c, "reef/center", default=1) == "eligible" for c in centers)',
            ("PR306", "`verdict` takes no `default=`"),
        ),
        (
            'any(verdicts(c, "reef/center") == "eligible" for c in centers)',
            ("PR302", "unknown function `verdicts`; did you mean `verdict`?"),
        ),
    ],
)
def test_refusals(reef: Any, condition: str, told: tuple[str, str]) -> None:
    """Each with its code, where it stands, and a way out."""
    ((code, path, message),) = reef.told(reef.center, of_area(reef, condition))
    assert (code, path) == (told[0], "$.criteria[0].require")
    assert message.startswith(told[1])


def test_a_caret_shows_the_name(reef: Any) -> None:
    """The fault is where the standard is named."""
    fault = reef.load(of_area(reef, 'any(verdict(c, "reef/center") == "x" for c in centers)')).faults[0]
    assert (fault.span.start, fault.span.end) == (15, 28)


def test_a_period_is_not_read_by_a_standard_of_a_day(reef: Any) -> None:
    """It has none to give."""
    asks = of_area(reef, 'any(verdict(c, "reef/center") == "eligible" for c in centers)', period="as-of")
    message = "`reef/center` judges a period, and this standard a day"
    assert reef.told(reef.center, asks) == [("PR303", "$.criteria[0].require", message)]


def test_versions_of_two_subjects_have_to_be_pinned(reef: Any) -> None:
    """What is judged must be known."""
    newer = reef.standard("reef/center@2021", subject="area", criteria={"x": "true"})
    asks = of_area(reef, 'any(verdict(c, "reef/center") == "eligible" for c in centers)')
    ((code, _, message),) = reef.told(reef.center, newer, asks)
    assert (code, message.partition(",")[0]) == ("PR303", "`reef/center` judges a center or area")


def test_places_cannot_read_a_verdict(reef: Any) -> None:
    """They are the same for a whole group."""
    cohort = (
        '[[cohort]]\nid = "best"\ncites = ["one"]\namong = "true"\n'
        """places = '''count(s for s in subjects if verdict(s, "reef/center") == "eligible")'''\n"""
    )
    asks = of_area(reef, "true", more=cohort)
    told = reef.told(reef.center, asks)
    assert [(code, path) for code, path, _ in told] == [("PR302", "$.cohort[0].places")]


def test_circles_are_told_with_their_path(reef: Any) -> None:
    """Within a plugin, and between two; itself too. What is not in one only waits for it."""
    one = reef.standard("reef/one@1", criteria={"x": READ.format(row="center", name="shoal/two")})
    two = reef.standard("shoal/two@1", criteria={"x": READ.format(row="center", name="reef/one@1")})
    three = reef.standard("reef/three@1", criteria={"x": READ.format(row="center", name="reef/one")})
    start = "standards include, extend or read the verdict of one another in a circle: "
    assert reef.told(one, two, three) == [
        ("PR307", "$.standard", f"{start}reef/one@1 -> shoal/two@1 -> reef/one@1"),
        ("PR307", "$.standard", f"{start}reef/one@1 -> shoal/two@1 -> reef/one@1"),
        ("PR307", "$.standard", f"{start}shoal/two@1 -> reef/one@1 -> shoal/two@1"),
    ]


def test_a_standard_does_not_read_itself(reef: Any) -> None:
    """An earlier version it may, if that is named."""
    old = reef.standard("reef/one@1", criteria={"x": "center.on_cloud"})
    new = reef.standard("reef/one@2", criteria={"x": READ.format(row="center", name="reef/one")})
    assert [code for code, _, _ in reef.told(old, new)] == ["PR307"]
    named = reef.standard("reef/one@2", criteria={"x": READ.format(row="center", name="reef/one@1")})
    assert reef.good(old, named)["reef/one"].version == "2"


def test_two_plugins(reef: Any) -> None:
    """In any order of their names, also where each needs the other for another standard."""
    base = reef.standard("shoal/base@1", criteria={"x": "center.on_cloud"})
    first = reef.standard("reef/first@1", criteria={"x": READ.format(row="center", name="shoal/base")})
    second = reef.standard("shoal/second@1", criteria={"x": READ.format(row="center", name="reef/first")})
    third = reef.standard("atoll/third@1", criteria={"x": READ.format(row="center", name="shoal/second")})
    book = reef.good(base, first, second, third)
    assert [one.reference for one in book["atoll/third"].readings] == [
        "atoll/third@1",
        "shoal/second@1",
        "reef/first@1",
        "shoal/base@1",
    ]


def test_what_is_broken_cannot_be_read(reef: Any) -> None:
    """The other plugin is left out like one that includes what is not there; those that need neither work."""
    broken = reef.standard("shoal/base@1", criteria={"x": "center.on_clouds"})
    late = reef.standard("shoal/late@1", criteria={"x": READ.format(row="center", name="atoll/no")})
    asks = reef.standard("reef/asks@1", criteria={"x": READ.format(row="center", name="shoal/base")})
    fine = reef.standard("atoll/fine@1", criteria={"x": "center.on_cloud"})
    told = reef.told(broken, asks, fine)
    assert [(code, message.partition(";")[0]) for code, _, message in told] == [
        ("PR301", "unknown fact `on_clouds`"),
        ("PR405", "there is no standard `shoal/base`"),
    ]
    book = reef.load(late)
    assert {one.name: bool(one.error) for one in book.plugins} == {"atoll": False, "reef": True, "shoal": True}
    assert list(book.standards) == ["atoll/fine@1"]


def test_a_plugin_that_breaks_late_takes_its_standards_with_it(reef: Any) -> None:
    """Those too that loaded well before."""
    base = reef.standard("shoal/base@1", criteria={"x": "center.on_cloud"})
    late = reef.standard("shoal/late@1", criteria={"x": READ.format(row="center", name="atoll/no")})
    above = reef.standard("atoll/above@1", criteria={"x": READ.format(row="center", name="reef/asks")})
    asks = reef.standard("reef/asks@1", criteria={"x": READ.format(row="center", name="shoal/late")})
    told = reef.told(base, late, asks, above)
    assert [message.partition(";")[0] for _, _, message in told] == [
        "there is no standard `reef/asks`",
        "there is no standard `shoal/late`",
        "there is no standard `atoll/no`",
    ]


def test_a_text_that_only_looks_like_it_is_no_need(reef: Any) -> None:
    """A title may speak of verdict(…) as it likes."""
    path, text = reef.standard("reef/one@1", criteria={"x": "center.on_cloud"})
    text = text.replace("standard one", "verdict(center, the second argument").replace("标准one", "verdict(1)")
    assert reef.good((path, text))["reef/one"].referred == {}

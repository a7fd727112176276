# SPDX-License-Identifier: MIT
"""`show` of a standard with points: everything that makes them, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

STARS = Path(__file__).parents[2] / "docs" / "examples" / "stars"


def test_show_says_how_points_come_about(run: Callable) -> None:
    """Points in words, limits, rows of grades with conditions and worth, blocks, score and assessors."""
    out = run("show", "stars/rooms", "--rules", STARS).out
    expected = [
        "总分：各板块和不在板块内的条件得分之和",
        "评定人（2 方，以最后一方为准）",
        "  县里评定 (county)",
        "  基础 (basics) [满分40分]",
        "    场地 (rooms) [满分20分]",
        "  加分 (bonus) [封顶10分]",
        "  否决 (veto)",
        "        fair = 中 [3分]",
        "        poor = 差 [0分、不达标]",
        "      得分：面积不少于150平方米时为10，面积不少于100平方米时为6，否则为0",
        "      限额：满分10分，6分以上达标",
        "      由人评分：满分4分，2分以上达标",
        "      等次：",
        "        good = 好 [12分]",
        "            条件：专职工作人员不少于3人",
        "            条件：其他情形",
        "            后果：限期整改",
        "      限额：最高0分，最低-10分，0分以上达标",
    ]
    lines = out.splitlines()
    assert [one for one in expected if one not in lines] == []


def test_show_as_data_has_the_points(run: Callable) -> None:
    """Points, limits, grades with their worth, blocks, assessors; the score is null where it is the sum."""
    data = run("show", "stars/rooms", "--rules", STARS, "--json").data
    criteria = {one["id"]: one for one in data["criteria"]}
    assert data["score"] == {"value": None, "sentence": None}
    assert [one["id"] for one in data["assessors"]] == ["own", "county"]
    assert [(one["id"], one["max"], one["cap"]) for one in data["blocks"]][:5:4] == [
        ("basics", 40, None),
        ("bonus", None, 10),
    ]
    area, style, staff = (criteria[name] for name in ("area", "style", "staff"))
    assert area["points"].startswith("10 if center.floor_area_m2 >= spacious_area")
    assert (area["min"], area["max"], area["pass_at"]) == (0, 10, 6)
    assert area["sentence"]["en"].endswith("(out of 10, passes from 6)")
    assert (style["judge"], style["max"], style["pass_at"]) == ("points", 4, 2)
    assert [(row["id"], row["points"], row["when"]) for row in staff["grades"]] == [
        ("good", 12, "center.full_time_staff >= many_staff"),
        ("fair", 6, "center.full_time_staff >= 1"),
        ("poor", 0, None),
    ]
    assert criteria["complaints"]["min"] == -10
    assert [criteria["public"][key] for key in ("points", "min", "max", "pass_at")] == [None] * 4


def test_a_score_of_its_own_is_said(run: Callable, tmp_path: Path) -> None:
    """In words and as an expression; without assessors, and without limits of blocks, there is no such list."""
    folder = tmp_path / "own"
    for path in sorted(STARS.rglob("*.toml")):
        if path.parent.name in {"clauses", "standards"} or path.name == "facts.toml":
            target = folder / path.relative_to(STARS / "src" / "platformrules_stars")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(path.read_text("utf-8").replace("stars/rooms", "own/rooms"), "utf-8")
    rooms = folder / "standards" / "rooms-2024.toml"
    text = rooms.read_text("utf-8").replace("assessors = [", "score = \"round(blocks['service'].points, 0)\"\nold = [")
    start, end = text.index("old = ["), text.index("]\n", text.index("old = [")) + 2
    text = text[:start] + text[end:]
    rooms.write_text("\n".join(line for line in text.splitlines() if line not in {"max = 40", "max = 20", "cap = 10"}))
    renamed = folder / "facts.toml"
    for path in (rooms, renamed):
        path.write_text(path.read_text("utf-8").replace("stars_", "own_"), "utf-8")
    done = run("show", "own/rooms", "--rules", folder, "--language", "en")
    assert "Score: the points of block “Service” rounded to a whole number" in done.out, done.out + done.err
    assert 'expression: round(blocks["service"].points, 0)' in done.out
    assert "Assessors" not in done.out
    assert "Blocks (" not in done.out
    data = run("show", "own/rooms", "--rules", folder, "--json").data
    assert data["score"]["value"] == 'round(blocks["service"].points, 0)'

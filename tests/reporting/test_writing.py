# SPDX-License-Identifier: MIT
"""Files: the format by the suffix, whole or not at all, the same bytes each time."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import platformrules as pr
from platformrules import reporting
from platformrules.reporting import WRITERS, Publication, render_json, write_report, writing

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_suffix_names_the_format(publication: Publication, tmp_path: Path, suffix: str) -> None:
    """In upper case too; nothing but the report is left behind, readable as any other new file."""
    path = tmp_path / f"report{suffix.upper()}"
    write_report(publication, path)
    beginnings = {".html": b"<!doctype html>", ".xlsx": b"PK", ".json": b'{\n  "format": 2,', ".csv": b"\xef\xbb\xbf"}
    assert path.read_bytes().startswith(beginnings[suffix])
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    other = tmp_path / "other"
    other.touch()
    assert path.stat().st_mode == other.stat().st_mode


@pytest.mark.parametrize("name", ["report.pdf", "report", "report.html.bak", "r.\x1b[2J"])
def test_an_unknown_suffix_lists_those_there_are(publication: Publication, tmp_path: Path, name: str) -> None:
    """And no file is written."""
    with pytest.raises(pr.PlatformRulesError, match=r"one of \.html \.xlsx \.json \.csv") as caught:
        write_report(publication, tmp_path / name)
    assert "\x1b" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_said(publication: Publication, tmp_path: Path) -> None:
    """A folder that is not there, and a folder in the place of the file."""
    with pytest.raises(pr.PlatformRulesError, match="cannot write") as caught:
        write_report(publication, tmp_path / "nowhere" / "report.json")
    assert isinstance(caught.value.__cause__, OSError)
    (tmp_path / "report.csv").mkdir()
    with pytest.raises(pr.PlatformRulesError, match="it is no file"):
        write_report(publication, tmp_path / "report.csv")


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_report_that_breaks_off_leaves_the_old_one(
    publication: Publication, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error half-way through: the file from before stays as it was, and nothing lies beside it."""
    path = tmp_path / f"report{suffix}"
    path.write_text("old", "utf-8")

    def broken(*_: object) -> Iterator[str]:
        yield "half"
        message = "broken"
        raise RuntimeError(message)

    for place in ("document.render_json", "pages.render_html", "xlsx.write_workbook"):
        module = sys.modules[f"platformrules.reporting.{place.partition('.')[0]}"]
        monkeypatch.setattr(module, place.partition(".")[2], lambda *given: list(broken(*given)))
    monkeypatch.setattr(writing, "render_json", broken)
    monkeypatch.setattr(writing, "csv", None)
    with pytest.raises((RuntimeError, AttributeError)):
        write_report(publication, path)
    assert path.read_text("utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_link_is_followed(publication: Publication, tmp_path: Path) -> None:
    """The file it leads to is replaced, not the link."""
    (tmp_path / "link.json").symlink_to(tmp_path / "report.json")
    (tmp_path / "report.json").write_text("old", "utf-8")
    write_report(publication, tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["format"] == 2


def read_csv(path: Path) -> list[list[str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_csv_holds_the_findings(make: Callable[..., Publication], tmp_path: Path) -> None:
    """One row a row of evidence, under headings in the language; numbers in digits."""
    write_report(make(), tmp_path / "r.csv")
    headings, *rows = read_csv(tmp_path / "r.csv")
    area = next(
        row
        for row in (dict(zip(headings, one, strict=True)) for one in rows)
        if row["编号"] == "c10" and row["条件"] == "面积"
    )
    assert (area["实际"], area["要求"], area["差距"], area["结论"]) == ("85.5", "100", "14.5", "未达标")


def test_csv_holds_no_formula(hostile: Publication, tmp_path: Path) -> None:
    """A text that begins like one has an apostrophe before it, and no control character is left."""
    write_report(hostile, tmp_path / "r.csv")
    cells = [cell for row in read_csv(tmp_path / "r.csv") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'=cmd|'/c calc'!A1" in cells
    assert not any("\x1b" in cell or "\u202e" in cell for cell in cells)


@pytest.mark.parametrize("suffix", WRITERS)
def test_hostile_texts_can_be_written(hostile: Publication, tmp_path: Path, suffix: str) -> None:
    """Half surrogate pairs and numbers of thousands of digits stop no format."""
    write_report(hostile, tmp_path / f"r{suffix}")
    assert (tmp_path / f"r{suffix}").stat().st_size > 1000


_PROGRAM = """
import hashlib, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
import conftest as given
from platformrules import evaluate
from platformrules.reporting import publish, write_report
from platformrules.standards.rulebook import RuleSource, load_rulebook
standard = load_rulebook([RuleSource("hubei", given.HUBEI, "0.1.0")])["hubei/demonstration"]
dossiers = given.dossiers()
if {backwards}:
    dossiers = dossiers[::-1]
for language in ("zh", "en"):
    reports = [evaluate(standard, one) for one in dossiers]
    publication = publish(standard, reports, problems=given.PROBLEMS, language=language)
    for suffix in (".html", ".xlsx", ".json", ".csv"):
        path = Path({folder!r}) / ("r" + suffix)
        write_report(publication, path)
        print(language, suffix, hashlib.sha256(path.read_bytes()).hexdigest())
"""


def hashes(folder: Path, seed: str, *, backwards: bool = False) -> list[str]:
    """The hash of every format in both languages, from a process of its own."""
    program = _PROGRAM.format(tests=str(Path(__file__).parent), folder=str(folder), backwards=backwards)
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Shanghai" if backwards else "UTC"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True, cwd=ROOT
    )
    return done.stdout.splitlines()


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Under any hash seed and time zone, in any order of the dossiers, at any time."""
    first = hashes(tmp_path, "0")
    assert len(first) == 8
    assert hashes(tmp_path, "1") == first
    assert hashes(tmp_path, "2", backwards=True) == first


def test_two_renderings_are_the_same(publication: Publication, tmp_path: Path) -> None:
    """In one process as well."""
    for suffix in WRITERS:
        for name in ("a", "b"):
            write_report(publication, tmp_path / f"{name}{suffix}")
        assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


@pytest.mark.parametrize(("library", "extra", "name"), [("jinja2", "report", "html"), ("xlsxwriter", "excel", "xlsx")])
def test_without_the_extra_it_says_what_to_install(tmp_path: Path, library: str, extra: str, name: str) -> None:
    """JSON, CSV and the summary of the terminal need no extra; importing the package loads neither library."""
    program = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
sys.modules[{library!r}] = None
import conftest as given
from platformrules import PlatformRulesError, evaluate, reporting
from platformrules.standards.rulebook import RuleSource, load_rulebook
assert not {{"jinja2", "xlsxwriter"}} & {{name for name, module in sys.modules.items() if module}}
standard = load_rulebook([RuleSource("hubei", given.HUBEI)])["hubei/demonstration"]
publication = reporting.publish(standard, [evaluate(standard, one) for one in given.dossiers()])
reporting.write_report(publication, {str(tmp_path / "r.json")!r})
reporting.write_report(publication, {str(tmp_path / "r.csv")!r})
assert reporting.summary_lines(publication)
try:
    reporting.write_report(publication, {str(tmp_path / ("r." + name))!r})
except PlatformRulesError as error:
    assert 'pip install "platformrules[{extra}]"' in str(error), error
else:
    raise SystemExit("no error")
"""
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["r.csv", "r.json"]


def test_the_package_has_no_other_names() -> None:
    """What loads late is loaded by name, and nothing else."""
    assert reporting.render_html
    with pytest.raises(AttributeError, match="has no attribute 'render_pdf'"):
        _ = reporting.render_pdf


def test_json_is_written_as_it_is_rendered(publication: Publication, tmp_path: Path) -> None:
    """In UTF-8, without a byte order mark."""
    write_report(publication, tmp_path / "r.json")
    assert (tmp_path / "r.json").read_text("utf-8") == "".join(render_json(publication))

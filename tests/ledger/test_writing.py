# SPDX-License-Identifier: MIT
"""Ledgers that are written: what is masked, what is refused, what other programs see."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import attrs
import openpyxl
import pytest

from platformrules.dossiers import Dossier, Judgement, Waiver
from platformrules.errors import LedgerError
from platformrules.ledger import read_ledger, spreadsheets, write_ledger
from platformrules.models import Activity, Area, Center, Organization
from platformrules.periods import Period
from platformrules.standards.model import Standard

YEAR = Period.year(2020)
PERSONS = ("王某某", "13800000000", "李某某", "赵某某")
DOSSIERS = (
    Dossier(
        center=Center(id="c1", name="=1+1", head_name=PERSONS[0], phone=PERSONS[1], floor_area_m2=Decimal("85.5")),
        activities=[Activity(id="a1", center_id="c1", held_on=date(2020, 3, 1), attendance=25)],
        organizations=[Organization(id="o1", relations={"partner"})],
        judgements={"style": Judgement(value="yes", by=PERSONS[2], on=date(2020, 5, 20), reason="@x")},
        waivers={"floor-area": Waiver(reason="+y", by=PERSONS[3])},
        period=YEAR,
    ),
    Dossier(center=Center(id="c2"), activities=None, organizations=[], period=YEAR),
)


def written(path: Path) -> str:
    """All text that stands in a ledger, whatever its format."""
    if path.suffix == ".xlsx":
        sheets = openpyxl.load_workbook(path)
        return "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return "\n".join(file.read_text("utf-8") for file in files)


@pytest.mark.parametrize("name", ["ledger.xlsx", "ledger.json", "folder"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_persons_are_masked(tmp_path: Path, standard: Standard, name: str, language: str) -> None:
    """Names and telephones are masked unless the ledger stays in the house; reading takes a mask as not recorded."""
    path = tmp_path / name
    write_ledger(DOSSIERS, path, standard, language)
    text = written(path)
    assert not any(person in text for person in PERSONS)
    assert text.count("***") == 4
    ledger = read_ledger(path, standard)
    first = ledger.dossiers[0]
    assert ledger.problems == ()
    assert first.center is not None
    assert (first.center.head_name, first.center.phone) == (None, None)
    assert first.judgements["style"].by is None
    assert first.waivers["floor-area"].by is None
    write_ledger(DOSSIERS, path, standard, language, internal=True)
    assert all(person in written(path) for person in PERSONS)


@pytest.mark.parametrize("name", ["ledger.xlsx", "ledger.json", "folder"])
def test_a_row_without_the_key_of_its_subject_gets_it(tmp_path: Path, standard: Standard, name: str) -> None:
    """In tables a row names its subject; JSON leaves it as it is."""
    path = tmp_path / name
    write_ledger(DOSSIERS, path, standard)
    row = (read_ledger(path, standard).dossiers[0].organizations or ())[0]
    assert (row.id, row.center_id) == ("o1", None if path.suffix == ".json" else "c1")


def test_waivers_stay_in_their_order(tmp_path: Path, standard: Standard) -> None:
    """Rows stand as the dossiers give them, subject by subject."""
    waivers = [{name: Waiver(reason="made up") for name in names} for names in (("style", "floor-area"), ("style",))]
    dossiers = [attrs.evolve(one, waivers=said) for one, said in zip(DOSSIERS, waivers, strict=True)]
    write_ledger(dossiers, tmp_path / "folder", standard, "en")
    rows = (tmp_path / "folder" / "waivers.csv").read_text("utf-8-sig").splitlines()[1:]
    assert [row.split(",")[:2] for row in rows] == [["c1", "style"], ["c1", "floor-area"], ["c2", "style"]]


def test_text_is_no_formula_in_a_workbook(tmp_path: Path, standard: Standard) -> None:
    """Whatever begins with = + - @ is a text cell, and what looks like a link is no link."""
    path = tmp_path / "ledger.xlsx"
    dossier = attrs.evolve(DOSSIERS[0], center=Center(id="http://x.example", name="=HYPERLINK(1)", address="-2"))
    write_ledger([dossier], path, standard)
    book = openpyxl.load_workbook(path)
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_same_data_make_the_same_bytes(tmp_path: Path, standard: Standard) -> None:
    """Nothing in a workbook depends on the clock."""
    for name in ("one.xlsx", "two.xlsx"):
        write_ledger(DOSSIERS, tmp_path / name, standard)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_workbook_for_people(tmp_path: Path, standard: Standard) -> None:
    """Headings are labels of the language, the first row and column stay in view, days are days."""
    path = tmp_path / "ledger.xlsx"
    write_ledger(DOSSIERS, path, standard, "en")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["centers", "activities", "organizations", "judgements", "waivers", "settings"]
    sheet = book["activities"]
    assert sheet.freeze_panes == "B2"
    assert [cell.value for cell in sheet[1]] == [
        "id",
        "center id",
        "held on",
        "attendance",
        "records kept of the activity",
    ]
    assert sheet["C2"].is_date
    assert [cell.value for cell in book["judgements"][2]][:3] == [
        "c1",
        "style",
        "practical, fashionable, distinct in theme",
    ]
    recorded = next(cell.column for cell in book["centers"][1] if cell.value == "activities recorded")
    assert [book["centers"].cell(row, recorded).value for row in (2, 3)] == ["yes", "no"]


def test_json_for_programs(tmp_path: Path, standard: Standard) -> None:
    """JSON has the shape of the design: codes, ISO days, numbers as numbers, null for what is not recorded."""
    path = tmp_path / "ledger.json"
    write_ledger(DOSSIERS, path, standard)
    data = json.loads(path.read_text("utf-8"))
    assert (data["period"], data["as_of"], data["parameters"]) == ("2020", None, {})
    first, second = data["dossiers"]
    assert first["center"]["floor_area_m2"] == 85.5
    assert first["activities"] == [{"id": "a1", "center_id": "c1", "held_on": "2020-03-01", "attendance": 25}]
    assert first["judgements"]["style"] == {"value": "yes", "by": "***", "on": "2020-05-20", "reason": "@x"}
    assert second == {"center": {"id": "c2"}, "activities": None, "organizations": []}


def test_numbers_that_a_spreadsheet_would_cut(tmp_path: Path, standard: Standard) -> None:
    """A number with more digits than a spreadsheet keeps is written as text and comes back whole."""
    path = tmp_path / "ledger.xlsx"
    area = Decimal("12345678901234.5678")
    write_ledger([Dossier(center=Center(id="c1", floor_area_m2=area), period=YEAR)], path, standard)
    center = read_ledger(path, standard).dossiers[0].center
    assert center is not None
    assert center.floor_area_m2 == area


def test_notes_and_parameters_of_a_ledger(tmp_path: Path, standard: Standard) -> None:
    """What a ledger says about its data is written with it; JSON also keeps its parameters."""
    data = {
        "period": "2020",
        "note": "虚构",
        "parameters": {"minimum_area": 90},
        "dossiers": [{"center": {"id": "c1"}}],
    }
    ledger = read_ledger(data, standard)
    for name in ("ledger.xlsx", "ledger.json", "folder"):
        write_ledger(ledger, tmp_path / name, standard)
        assert read_ledger(tmp_path / name, standard).note == "虚构"
    assert dict(read_ledger(tmp_path / "ledger.json", standard).parameters) == {"minimum_area": 90}


def test_lone_surrogates(tmp_path: Path, standard: Standard) -> None:
    """A text that is no Unicode breaks no format."""
    dossier = Dossier(center=Center(id="c1", name="a\ud800b"), period=YEAR)
    for name, expected in (("ledger.xlsx", "a?b"), ("ledger.json", "a\ud800b"), ("folder", "a?b")):
        write_ledger([dossier], tmp_path / name, standard)
        center = read_ledger(tmp_path / name, standard).dossiers[0].center
        assert center is not None
        assert center.name == expected


def refused(dossiers: object, path: Path, standard: Standard) -> str:
    """The message with which writing is refused."""
    with pytest.raises(LedgerError) as caught:
        write_ledger(dossiers, path, standard)  # type: ignore[arg-type]
    return str(caught.value)


@pytest.mark.parametrize("name", ["ledger.xlsx", "ledger.json", "folder"])
def test_dossiers_that_make_no_ledger(tmp_path: Path, standard: Standard, name: str) -> None:
    """Another subject than the standard's, or different periods, are refused."""
    path = tmp_path / name
    assert "judges a center" in refused([Dossier(area=Area(id="x"), period=YEAR)], path, standard)
    other = attrs.evolve(DOSSIERS[1], period=Period.year(2021))
    assert "different periods" in refused([DOSSIERS[0], other], path, standard)
    write_ledger([], path, standard)
    assert path.exists()


def test_places_that_cannot_be_written(tmp_path: Path, standard: Standard) -> None:
    """A folder that is not there, a file in the way, a format that there is not."""
    assert "cannot write" in refused(DOSSIERS, tmp_path / "no" / "ledger.xlsx", standard)
    assert "cannot write" in refused(DOSSIERS, tmp_path / "no" / "ledger.json", standard)
    (tmp_path / "file").write_text("x")
    assert "cannot write" in refused(DOSSIERS, tmp_path / "file", standard)
    assert "unknown format .docx" in refused(DOSSIERS, tmp_path / "ledger.docx", standard)


def test_a_folder_with_other_files(tmp_path: Path, standard: Standard) -> None:
    """Files of an earlier ledger would be read along with the new ones, so they are in the way."""
    write_ledger(DOSSIERS, tmp_path, standard)
    write_ledger(DOSSIERS, tmp_path, standard)
    assert "waivers.csv" in refused(DOSSIERS, tmp_path / "x", standard) if (tmp_path / "x").exists() else True
    assert "豁免.csv" in refused(DOSSIERS[1:], tmp_path, standard)


def test_what_does_not_fit_into_a_workbook(tmp_path: Path, standard: Standard, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text or a sheet that is too long is refused rather than cut."""
    long = Dossier(center=Center(id="c1", name="x" * 32_768), period=YEAR)
    assert "!B2" in refused([long], tmp_path / "ledger.xlsx", standard)
    monkeypatch.setattr(spreadsheets, "_MAX_ROWS", 2)
    assert "more than Excel takes" in refused(DOSSIERS, tmp_path / "ledger.xlsx", standard)

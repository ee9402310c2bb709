"""The illustrative offices are what the door makes of what they handed in, and everything can be made of them."""

import re
import sys
from pathlib import Path

import pytest
from cells import of_year, run_cells
from roots import PROJECT

from iku_analysis import compute_achievements, load_agency
from iku_analysis.intake.door import read_import
from iku_analysis.papers.make import make_report

sys.path.append(str(PROJECT / "scripts"))
from make_offices import OFFICES, make_office

NAMES = sorted(path.stem for path in (PROJECT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("name", OFFICES)
def test_the_data_roots_are_what_the_door_makes(name: str, tmp_path: Path) -> None:
    make_office(name, tmp_path / "office")
    own = PROJECT / "data" / f"example-{name}"
    made = {path.relative_to(tmp_path / "office") for path in (tmp_path / "office").rglob("*") if path.is_file()}
    assert made == {path.relative_to(own) for path in own.rglob("*") if path.is_file()}
    assert [path for path in made if (tmp_path / "office" / path).read_bytes() != (own / path).read_bytes()] == []


def test_every_figure_of_the_health_office_is_what_its_tables_say() -> None:
    agency = load_agency(PROJECT / "data/example-health")
    achieved = compute_achievements(agency).query("year == 2023").set_index("indicator_id")
    assert achieved["realisation"].to_dict() == {
        "harapan_hidup": 70.58,
        "kematian_ibu": 131.0,
        "prevalensi_stunting": 18.3,
        "penduduk_peserta": 94.3,  # the last quarter
        "bor": 81.7,
        "waktu_tanggap": 20.625,  # (21 + 23,5 + 20 + 18) / 4
        "kunjungan_posyandu": 48_518.0,  # 10.874 + 11.960 + 12.733 + 12.951
        "predikat_sakip": 5.0,  # BB, fifth of D C CC B BB A AA
        "ikm": 82.635,  # (82,31 + 82,96) / 2
    }
    assert achieved["state"].to_dict() == dict.fromkeys(achieved.index, "met") | {"kematian_ibu": "missed"}
    assert achieved.loc["bor", ["target", "target_high", "achievement_pct"]].tolist() == [60.0, 85.0, 100.0]
    assert achieved.loc["waktu_tanggap", "sign"] == "<"
    assert achieved["achievement_pct"].isna().to_dict()["predikat_sakip"]
    assert achieved.loc["prevalensi_stunting", "status"] == "sementara"


def test_targets_that_are_no_numbers_stay_those_of_the_decree(tmp_path: Path) -> None:
    """Beside results in an office's table: a grade, a bound, a range are told and left out, the results read."""
    rows = ["Indikator;Target 2023;Realisasi 2023", "Predikat SAKIP Dinas;BB;A", "Waktu Tanggap KLB;< 24;20"]
    rows += ["Keterisian Tempat Tidur (BOR) RSUD;60-85;70"]
    (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    make_office("health", tmp_path / "office")
    for table in (tmp_path / "office/realisations").iterdir():
        table.unlink()
    plan = read_import([tmp_path / "a.csv"], tmp_path / "office", {"basis": "resmi", "status": "final"})
    reading = plan.files[0].reading
    assert (reading.problems, reading.doubts) == ([], {})
    assert {record.cells["indicator"]: record.cells["value"] for record in reading.records} == {
        "predikat_sakip": "A",
        "waktu_tanggap": "20",
        "bor": "70",
    }
    assert [left.what for left in reading.left if "keputusan" in left.why] == ["BB", "< 24", "60-85"]


@pytest.mark.parametrize("name", OFFICES)
def test_every_notebook_runs_for_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    root = PROJECT / "data" / f"example-{name}"
    year = load_agency(root).years[-2]
    for notebook in NAMES:
        assert run_cells(notebook, monkeypatch, data=str(root), **of_year(notebook, year))


@pytest.mark.parametrize("paper", ["report", "agreement", "plan", "evaluation"])
@pytest.mark.parametrize(("name", "year"), [("health", 2023), ("village", 2022)])
def test_every_paper_is_made_for_them(name: str, year: int, paper: str) -> None:
    path = make_report(year, f"data/example-{name}", paper=paper, formats=("html",))
    text = path.read_text(encoding="utf-8")
    assert "DATA CONTOH" in text
    assert not re.search(
        r"\bnan\b", re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL), re.IGNORECASE
    )

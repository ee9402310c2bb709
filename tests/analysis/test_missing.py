"""What a year still lacks: by period and area, as the agency reported last, and who holds it."""

import shutil
from pathlib import Path

import pytest

from iku_analysis import load_agency
from iku_analysis.agency.load import Agency
from iku_analysis.analysis.missing import list_missing

PROJECT = Path(__file__).parents[2]
HEADING = "indikator;periode;wilayah;nilai;pembilang;penyebut;basis;status;sumber"


@pytest.fixture
def agency_with(tmp_path: Path) -> object:
    """Return a function that reads the example with these rows as its only realisations."""

    def make(*rows: str) -> Agency:
        root = tmp_path / "root"
        left_out = shutil.ignore_patterns("realisations", "targets", "budget")
        shutil.copytree(PROJECT / "data" / "example", root, ignore=left_out)
        (root / "realisations").mkdir()
        lines = [HEADING, *(f"{row};final;DATA CONTOH" for row in rows)]
        (root / "realisations" / "satu.csv").write_text("\n".join(lines), encoding="utf-8")
        return load_agency(root)

    return make


def missing_of(agency: Agency, indicator_id: str, year: int = 2021) -> list[str]:
    frame = list_missing(agency, year)
    return list(frame.loc[frame["indicator_id"] == indicator_id, "missing"])


def test_periods_are_grouped_by_the_areas_that_lack_them(agency_with: object, example: Agency) -> None:
    """Pusat has all, Utara and Barat lack TW III and IV, the others have said nothing."""
    rows = [f"uttp;2021-TW{quarter};Jakarta Pusat;;9;10;resmi" for quarter in (1, 2, 3, 4)]
    rows += [f"uttp;2021-TW{q};{area};;9;10;resmi" for q in (1, 2) for area in ("Jakarta Utara", "Jakarta Barat")]
    agency = agency_with(*rows)  # type: ignore[operator]
    assert missing_of(agency, "uttp") == [
        "Triwulan III, IV: Jakarta Utara, Jakarta Barat",
        "Triwulan I, II, III, IV: Jakarta Selatan, Jakarta Timur, Kepulauan Seribu",
    ]
    frame = list_missing(agency, 2021)
    assert list(frame.columns) == ["indicator_id", "label", "missing", "holder", "ask"]
    assert "pasar_sni" not in set(frame["indicator_id"]), "not targeted in 2021"
    assert set(frame.loc[frame["indicator_id"] == "uttp", "holder"]) == {
        "Unit Pengelola Metrologi, laporan tahunan (perkiraan)"
    }


@pytest.mark.parametrize(
    ("rows", "lacking"),
    [
        ([], ["Triwulan I, II, III, IV"]),
        (["nik;2021;;100;;;resmi"], []),
        (["nik;2021;;100;;;publikasi"], []),
        (["nik;2021;;100;;;proksi"], ["Triwulan I, II, III, IV"]),
        (["nik;2020;;100;;;resmi"], ["angka setahun"]),
        (["nik;2021-TW2;;100;;;resmi"], ["Triwulan I, III, IV"]),
        ([f"nik;2021-TW{quarter};;30;;;resmi" for quarter in (1, 2, 3, 4)], []),
        ([f"nik;2021-{month:02d};;3;;;resmi" for month in range(1, 11)], ["November, Desember"]),
        (["nik;2020;Jakarta Utara;3;;;resmi"], ["angka setahun: semua wilayah"]),
        # The province's own figure of TW I stands for every area.
        (
            ["nik;2021-TW1;;9;;;resmi", "nik;2021-TW2;Jakarta Utara;3;;;resmi"],
            [
                "Triwulan II, III, IV: Jakarta Pusat, Jakarta Barat, Jakarta Selatan, Jakarta Timur, Kepulauan Seribu",
                "Triwulan III, IV: Jakarta Utara",
            ],
        ),
    ],
)
def test_what_is_missing_in_words(agency_with: object, rows: list[str], lacking: list[str]) -> None:
    assert missing_of(agency_with(*rows), "nik") == lacking  # type: ignore[operator]


def test_nothing_is_missing_of_a_full_year(example: Agency) -> None:
    assert list_missing(example, 2022).empty

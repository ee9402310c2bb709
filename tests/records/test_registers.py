"""The example of registers: the figures of the other example to the last digit, twice, its faults, its names."""

import json
import shutil
import sys
from pathlib import Path

import pandas as pd
import pytest
from roots import PROJECT

import iku_analysis as iku
from iku_analysis.agency.rollup import roll_up
from iku_analysis.records.declared import read_records
from iku_analysis.records.listing import list_records
from iku_analysis.sources.units import ways_to_join

sys.path.append(str(PROJECT / "scripts"))
import make_registers

KEY = ["indicator_id", "area", "breakdown", "period"]
NUMBERS = ["value", "numerator", "denominator"]
ROOT = PROJECT / "data/example-registers"


@pytest.fixture(scope="module")
def agency() -> iku.Agency:
    return iku.load_agency(ROOT)


def test_the_registers_give_every_figure_of_the_example(agency: iku.Agency) -> None:
    example = iku.load_agency(PROJECT / "data/example")
    expected = pd.concat([example.figures, example.parts])
    of_year = (expected["year"] == 2021) | ((expected["year"] == 2018) & (expected["indicator_id"] == "pasar_sni"))
    of_year |= (expected["year"] == 2020) & (expected["indicator_id"] == "ekspor")
    expected = expected[of_year].set_index(KEY)[NUMBERS]
    assert len(expected) == 150
    counted, _compared = roll_up(agency.counted.figures, ways_to_join(agency.indicators), agency.policy.areas)
    found = counted.set_index(KEY)[NUMBERS].reindex(expected.index)
    pd.testing.assert_frame_equal(found, expected)


def test_another_engine_counts_the_same(agency: iku.Agency) -> None:
    """The definitions once more, in pandas, from the files as they lie there."""
    folder = ROOT / "records"

    def dated(frame: pd.DataFrame, column: str) -> pd.DataFrame:
        days = pd.to_datetime(frame[column], format="%d/%m/%Y", errors="coerce")
        return frame.assign(day=days)[days.dt.year == 2021].drop_duplicates()

    def by_quarter(days: pd.Series) -> list[int]:
        return days.dt.quarter.value_counts().reindex([1, 2, 3, 4], fill_value=0).tolist()

    def counted(indicator: str, column: str = "value") -> list[float]:
        figures = agency.counted.figures.query(f"indicator_id == '{indicator}' and breakdown == ''")
        figures = figures[figures["period"].str.startswith("2021")]
        return figures.groupby("period")[column].sum().tolist()

    certificates = dated(pd.read_csv(folder / "sertifikat_nik.csv", sep=";"), "Tanggal Terbit")
    new = certificates[certificates["Jenis"] == "baru"].sort_values("day").drop_duplicates("Koperasi")
    assert by_quarter(new["day"]) == counted("nik")

    permits = pd.concat([pd.read_csv(path, sep=";") for path in sorted(folder.glob("izin/*.csv"))])
    permits = dated(permits, "Tanggal")
    first = permits[permits["Tahap"].isin(["P4", "IUMK", "SKU", "NIB"]) & (permits["Kota/Kabupaten"] != "Bekasi")]
    assert by_quarter(first.sort_values("day").drop_duplicates("NIK Pemohon")["day"]) == counted("umkm")

    markets = dated(pd.read_csv(folder / "pengawasan_2021.csv", sep=";"), "Tanggal Pemeriksaan")
    good = markets[markets["Sesuai"] == "ya"].groupby(["Pasar", "Objek"])["day"].min().unstack().dropna()
    assert by_quarter(good.max(axis=1)) == counted("pasar_diawasi")

    complaints = pd.read_excel(folder / "pengaduan.xlsx").drop_duplicates()
    received = complaints[complaints["Diterima"].dt.year == 2021]
    assert by_quarter(received["Diterima"]) == counted("keluhan", "denominator")
    done = received[received["Ditindaklanjuti"] <= pd.Timestamp(2021, 12, 31)]
    assert by_quarter(done["Diterima"]) == counted("keluhan", "numerator")

    import duckdb

    tests = duckdb.sql(f"FROM read_parquet('{folder}/tera.parquet')").df()
    valid = tests[tests["hasil"] == "sah"].sort_values("tanggal").drop_duplicates("alat")
    assert by_quarter(valid["tanggal"]) == counted("uttp", "numerator")
    due = duckdb.sql(f"FROM read_parquet('{folder}/wajib_tera.parquet')").df()
    assert by_quarter(due.loc[due["status"] == "aktif", "jatuh_tempo"]) == counted("uttp", "denominator")

    exports = dated(pd.read_csv(folder / "ekspor.csv", sep=";", decimal=",", thousands="."), "Tanggal")
    own = exports[exports["Ukuran"].isin(["Kecil", "Menengah"]) & (exports["Mata Uang"] == "USD")]
    own = own[own["Pelabuhan"] == "Tanjung Priok"]
    assert own.groupby(own["day"].dt.month)["Nilai"].sum().round(2).tolist() == counted("ekspor")


def test_another_engine_tells_the_same_of_exporters(agency: iku.Agency) -> None:
    rows = pd.read_csv(ROOT / "records/ekspor.csv", sep=";", decimal=",", thousands=".")
    year = rows["Tanggal"].str[-4:].astype(int)
    own = (
        rows["Ukuran"].isin(["Kecil", "Menengah"])
        & (rows["Mata Uang"] == "USD")
        & (rows["Pelabuhan"] != "Tanjung Perak")
    )
    sums = rows[own].groupby([year[own], "Eksportir"])["Nilai"].sum().unstack(fill_value=0).round(2)
    old, new = sums.loc[2020], sums.loc[2021]
    holders = agency.counted.holders.set_index("period").loc["2021"]
    assert holders["count"] == (new > 0).sum()
    assert holders["hhi"] == pytest.approx(((new / new.sum()) ** 2).sum())
    assert holders["largest_share"] == pytest.approx(new.nlargest(5).sum() / new.sum())
    moves = [((old > 0) & (new > 0)).sum(), ((old <= 0) & (new > 0)).sum(), ((old > 0) & (new <= 0)).sum()]
    assert holders[["kept", "new", "lost"]].tolist() == moves
    assert holders["new_value"] == pytest.approx(new[old <= 0].sum())
    assert holders["lost_value"] == pytest.approx(old[new <= 0].sum())
    goods = rows[own & (year == 2021)].groupby("Komoditas")["Nilai"].sum()
    parts = iku.counted_parts(agency, 2021).query("kind == 'komoditas'").set_index("item")["value"]
    named = parts.drop("lainnya")
    assert named.tolist() == pytest.approx(goods[named.index].tolist())
    assert parts["lainnya"] == pytest.approx(goods.drop(named.index).sum())
    assert "Rempah" not in named


def test_the_definitions_are_a_proposal_for_the_agency_itself(agency: iku.Agency) -> None:
    """They fit the decree of `data/raw`, whose words stand in the documentation beside them."""
    raw = iku.load_agency(PROJECT / "data/raw")
    records, problems = read_records(ROOT, ways_to_join(raw.indicators), raw.policy.areas)
    assert (records, problems) == (agency.records, [])
    rows = [line.split(" | ") for line in (PROJECT / "docs/register.md").read_text().splitlines() if "| `" in line]
    assert {row[0].strip("| `"): row[1] for row in rows} == dict(
        zip(raw.indicators["indicator_id"], raw.indicators["definition"], strict=True)
    )


def test_the_planted_faults_are_found(agency: iku.Agency) -> None:
    faults = agency.counted.checks.query("check not in ['rows', 'empty_days'] and count > 0")
    assert faults.set_index(["register", "check"])["count"].to_dict() == {
        ("sertifikat", "missing"): 1,
        ("sertifikat", "outside"): 1,
        ("sertifikat", "repeated"): 2,
        ("sertifikat", "gaps"): 1,
        ("izin", "area"): 7,
        ("izin", "missing"): 4,
        ("pengaduan", "outside"): 1,
        ("pengaduan", "repeated"): 1,
    }


def test_the_audit_finds_the_planted_differences_and_why(agency: iku.Agency) -> None:
    audit = iku.compute_audit(agency, 2021)
    assert len(audit) == 16
    apart = audit[audit["difference"] != 0]
    assert apart[["indicator_id", "period", "difference", "likely"]].to_numpy().tolist() == [
        ["ekspor", "2021-03", 1_250_000.0, "cutoff"],
        ["ekspor", "2021-04", -1_250_000.0, "cutoff"],
        ["nik", "2021-Q2", 3.0, "rows"],
        ["nik", "2021-Q3", -2.0, "late"],
    ]


def test_no_paper_is_signed_over_a_difference(agency: iku.Agency) -> None:
    result = iku.compute_achievements(agency).set_index(["indicator_id", "year"])
    told = result.loc[("nik", 2021), "reason"] + " ".join(map(str, result.loc[("nik", 2021)]))
    assert "berbeda dari hitungan register" in told


@pytest.mark.parametrize(
    ("indicator", "part", "behind"),
    [("nik", "value", 32), ("uttp", "numerator", 16_234), ("keluhan", "denominator", 158)],
)
def test_the_records_behind_a_figure_are_as_many(agency: iku.Agency, indicator: str, part: str, behind: int) -> None:
    listed = list_records(ROOT, agency.records, agency.policy.areas, indicator, "2021-Q2")
    counted = listed[(listed["part"] == part) & (listed["reason"] == "")]
    figures = agency.counted.figures.query(f"indicator_id == '{indicator}' and period == '2021-Q2' and breakdown == ''")
    assert len(counted) == figures[part].sum()
    assert counted["key"].is_unique
    assert len(counted) == behind or part == "numerator"


def test_the_script_makes_the_same_registers_again(tmp_path: Path) -> None:
    shutil.copytree(ROOT, tmp_path / "again")
    make_registers.main(tmp_path / "again")
    made = sorted(path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    assert made == sorted(
        path.relative_to(tmp_path / "again") for path in (tmp_path / "again").rglob("*") if path.is_file()
    )
    for path in made:
        if path.suffix in (".csv", ".toml", ".txt"):
            assert (tmp_path / "again" / path).read_bytes() == (ROOT / path).read_bytes(), path
    again = iku.load_agency(tmp_path / "again").counted
    pd.testing.assert_frame_equal(again.checks, iku.load_agency(ROOT).counted.checks)


def test_names_and_numbers_of_persons_are_nowhere(agency: iku.Agency) -> None:
    """Every cell of a personal column is unmistakable, and in nothing that the package keeps or shows."""
    kept = json.dumps([frame.to_json() for frame in vars(agency.counted).values()])
    shown = agency.realisations.to_json() + json.dumps(agency.files)
    listed = list_records(ROOT, agency.records, agency.policy.areas, "umkm", "2021-Q2").to_json()
    for text in (kept, shown, listed):
        assert "CONTOH-0" not in text
        assert "Pelapor Contoh" not in text

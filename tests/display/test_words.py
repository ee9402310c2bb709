"""Sentences and tables carry the numbers of the frames, and text from files stays text."""

import re
from dataclasses import replace
from functools import partial

import pandas as pd
import pytest

import iku_analysis as iku
from iku_analysis import IkuError, summarise
from iku_analysis.agency.load import Agency
from iku_analysis.display import narrative, tables
from iku_analysis.display.markdown import escape
from iku_analysis.display.tables.year import make_table
from iku_analysis.indonesian import format_number, format_percent
from iku_analysis.storage.csv_frames import to_csv


def test_sentence_table_and_frame_agree(achievements: pd.DataFrame, trends: pd.DataFrame) -> None:
    """Every indicator and year: the sentence and the table name the frame's own numbers."""
    checked = 0
    for row in achievements.itertuples():
        sentence = narrative.describe_indicator(achievements, trends, row.indicator_id, row.year)
        table = tables.table_history(achievements, trends, row.indicator_id).data
        cells = " ".join(table[str(row.year)])
        for value, write, in_table in (
            (row.target, format_number, format_number),
            (row.realisation, format_number, format_number),
            (row.achievement_pct, format_percent, partial(format_percent, fixed=True)),
        ):
            if pd.notna(value):
                assert write(value) in sentence
                assert in_table(value) in cells
                checked += 1
    assert checked == 29 + 30 + 29  # targets, realisations (nik 2018 too), achievements


def test_indicator_in_words(achievements: pd.DataFrame, trends: pd.DataFrame) -> None:
    text = narrative.describe_indicator(achievements, trends, "ekspor", 2020).replace("\xa0", " ")
    assert text == (
        "Ekspor UKM 2020 sebesar 4.079.000.000 dari target 4.166.452.963 USD: capaian **97,9%**, "
        "tidak tercapai, predikat Sangat Tinggi. Turun 2,86% dari 2019 (4.199.000.000 USD). "
        "Sejak awal masa target terkumpul 12.411.000.000 dari 12.376.011.297 USD, "
        "yaitu 59,6% dari jumlah target seluruh masa. "
        "Kemajuan menuju target akhir masa: menjauh dari target (rata-rata turun 27.000.000 setahun; yang masih "
        "diperlukan: naik 85.599.334 setahun). "
        "Baru 3 tahun yang dapat dibandingkan: belum cukup untuk menyimpulkan arah."
    )


def test_broken_series_says_so(achievements: pd.DataFrame, trends: pd.DataFrame) -> None:
    text = narrative.describe_indicator(achievements, trends, "umkm", 2021)
    assert "Tidak dibandingkan dengan 2020: definisinya berubah." in text
    assert "Berubah" not in text


def test_result_in_words(example: Agency, achievements: pd.DataFrame) -> None:
    text = narrative.describe_result(example, achievements, summarise(example, achievements, 2021))
    text = text.replace("\xa0", " ")
    assert "menargetkan 6 indikator untuk 2021; 1 lainnya tidak ditargetkan" in text
    assert "**5 dari 6 indikator yang dapat dinilai mencapai target.**" in text
    assert "Rata-rata capaian 102,67%" in text
    assert "n = 6" in text


def test_the_verdict_says_what_rests_on_provisional_figures(example: Agency, achievements: pd.DataFrame) -> None:
    """2022 of the example: five of six met, every one of the six figures provisional; of 2021 none is."""
    text = narrative.describe_verdict(achievements, summarise(example, achievements, 2022))
    assert text.startswith(
        "**Lima dari enam target 2022 tercapai.** Tidak tercapai: Cakupan tera/tera ulang UTTP 99,21%"
    )
    assert text.endswith("Memakai angka sementara: 6 indikator.")
    assert "sementara" not in narrative.describe_verdict(achievements, summarise(example, achievements, 2021))


def test_growth_in_words(example: Agency, achievements: pd.DataFrame) -> None:
    text = narrative.describe_growth(example, achievements, "ekspor", 2020).replace("\xa0", " ")
    assert text.startswith("Target naik 1% setahun, dari 4.084.357.380 USD (2018) ke 4.250.198.668 USD (2022).")
    # (4250198668 / 4079000000) ** (1 / 2) - 1 = 2,077%
    assert "masih harus naik 2,08% setahun sampai 2022" in text


def test_months_in_words(raw: Agency) -> None:
    text = narrative.describe_months(iku.months.context(raw, "ekspor"))
    assert "Ekspor produk DKI Jakarta" in text
    assert "Juli 2020 (819,4 dan 819,44)" in text


def test_coverage_in_words(example: Agency, achievements: pd.DataFrame) -> None:
    areas = iku.coverage.by_area(example, "uttp", 2021)
    text = narrative.describe_coverage(areas, achievements, "uttp", 2021).replace("\xa0", " ")
    assert text == (
        "Cakupan tera/tera ulang UTTP 2021 98,36%, target 99%: selisih −0,64 poin persen. "
        "4 wilayah di bawah target, bersama-sama kurang 464; terbanyak di Jakarta Utara (255)."
    )


def test_report_date_is_strict(example: Agency) -> None:
    cover = narrative.describe_paper(example, 2021, paper="report", report_date="2022-01-31")
    assert "31 Januari 2022" in cover.lines[0]
    with pytest.raises(IkuError, match="tulis tanggal seperti"):
        narrative.describe_paper(example, 2021, paper="report", report_date="31/01/2022")


def test_missing_data_name_their_holder(raw: Agency) -> None:
    from iku_analysis import compute_achievements

    table = tables.table_missing(raw, compute_achievements(raw), 2022).data
    assert len(table) == 7
    assert "2018: Hanya ada angka proksi: tidak dinilai." in table["Yang belum ada"][1]
    assert all(table["Pemegang data"].str.len() > 10)


def test_the_method_says_whether_a_bound_belongs_to_its_class(example: Agency) -> None:
    assert "Sangat Tinggi > 90, Tinggi > 75" in narrative.describe_method(example, 2021)
    by_lower_bounds = example.policy.model_copy(update={"rating": example.policy.scale[0].rating})
    method = narrative.describe_method(example.reworded(lambda each: replace(each, policy=by_lower_bounds)), 2021)
    assert "Sangat Tinggi ≥ 91, Tinggi ≥ 76, Sedang ≥ 66, Rendah ≥ 51, Sangat Rendah" in method


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a & b", "[x](y)", "**b**"]
)
def test_text_from_files_stays_text(text: str) -> None:
    page = make_table(pd.DataFrame({"Sumber": [text]}), "x").to_html()
    assert "<script" not in page
    assert "<img" not in page
    assert not re.search(r"[<>\[\]*]", escape(text))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_formula_becomes_text_in_csv(text: str) -> None:
    assert f"'{text}" in to_csv(pd.DataFrame({"note": [text]}))


def test_csv_numbers_are_exact() -> None:
    frame = pd.DataFrame({"value": [4250198668.0, 98.36195640816, 0.1 + 0.2, float("nan"), -1.5]})
    assert to_csv(frame) == 'value\n4250198668\n98.36195640816\n0.30000000000000004\n""\n-1.5\n'

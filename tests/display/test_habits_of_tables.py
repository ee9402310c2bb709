"""What all tables do: no empty column, the unit once, a sum that is one, no comparison of nothing."""

import pandas as pd
import pytest

import iku_analysis as iku
from iku_analysis.agency.load import Agency
from iku_analysis.display import figures, tables
from iku_analysis.display.narrative.year import describe_row
from iku_analysis.display.tables.cells import make_table
from iku_analysis.display.words import marked_state, with_unit
from iku_analysis.indonesian import unit_of_decree
from iku_analysis.language import in_language


def test_a_column_in_which_nothing_stands_is_left_out() -> None:
    columns = {"Program": ["A", "B"], "Keterangan": ["", ""], "Catatan": ["", "ada"]}
    assert list(make_table(columns, "Judul").data) == ["Program", "Catatan"]
    assert list(make_table(columns, "Judul", form=True).data) == list(columns)
    assert list(make_table({"Program": [], "Keterangan": []}, "Judul").data) == ["Program", "Keterangan"]


@pytest.mark.parametrize(
    ("label", "unit", "shown"),
    [
        ("Ekspor UKM", "USD", "Ekspor UKM (USD)"),
        ("Wirausaha berizin (P4)", "UKM", "Wirausaha berizin (P4), UKM"),
        ("Pasar diawasi (SNI, pangan)", "Pasar", "Pasar diawasi (SNI, pangan)"),
        ("Pasaran dalam negeri", "Pasar", "Pasaran dalam negeri (pasar)"),
        ("Persentase pelunasan", "Persen", "Persentase pelunasan (%)"),
        ("Predikat SAKIP", "Predikat: C < B < A", "Predikat SAKIP"),
    ],
)
def test_the_unit_of_an_indicator_stands_once(label: str, unit: str, shown: str) -> None:
    assert with_unit(label, unit) == shown


def test_a_sentence_says_the_unit_once(achievements: pd.DataFrame) -> None:
    rows = achievements[achievements["year"] == 2021].set_index("indicator_id")
    assert "sebesar 126 dari target 120 koperasi: capaian" in describe_row(rows.loc["nik"]).replace("\xa0", " ")
    assert "sebesar 98,36% dari target 99%: capaian" in describe_row(rows.loc["uttp"])


def test_a_state_carries_its_sign() -> None:
    assert marked_state("missed") == "✗ tidak tercapai"


def test_the_money_of_all_programmes_is_the_last_row(example: Agency) -> None:
    table = tables.table_budget(example, iku.budget.by_programme(example, 2021), 2021)
    assert table is not None
    assert table.total
    assert "Keterangan" not in table.data
    assert list(table.data.iloc[-1]) == ["Jumlah", "", "70.398.000.000", "65.854.286.134", "93,55%"]
    one = iku.budget.by_programme(example, 2021).head(1)
    alone = tables.table_budget(example, one, 2021)
    assert alone is not None
    assert (len(alone.data), alone.total) == (1, False)
    assert tables.table_agreement_budget(example, 2021).total


def test_one_scale_is_compared_with_nothing(example: Agency, achievements: pd.DataFrame) -> None:
    scales = iku.evaluation.compare_scales(example, achievements, 2021)
    both = tables.table_scales(example, scales)
    assert both is not None
    assert "Berbeda" not in both.data  # none does
    assert tables.table_scales(example, scales.assign(achievement_pct=float("nan"))) is None


def test_units_are_translated_where_the_paper_is(example: Agency, achievements: pd.DataFrame) -> None:
    assert unit_of_decree("Koperasi") == "Koperasi"
    with in_language("en"):
        assert unit_of_decree("Koperasi") == "cooperatives"
        assert unit_of_decree("Predikat: C < B < A") == "Predikat: C < B < A"
        assert tables.table_agreement(example, 2021).data["Unit"].iloc[0] == "cooperatives"
        form = iku.forms.e81(example, 2021, 4)
        assert tables.table_e81(form, 2021, part="plan").data["K/Rp"].iloc[0] == "K (cooperatives)"
        plot = figures.plot_indicator(example, achievements, "nik", year=2021)
        texts = [text.get_text() for text in plot.axes.get_figure(root=True).texts]
        assert "Koperasi" not in "\n".join(texts).split("\n")

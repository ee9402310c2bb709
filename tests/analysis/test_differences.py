"""What moved between two results, on agencies small enough to compute by hand."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.differences import Results, compare_results, results_of
from iku_analysis.display.differences import differences_in_report, list_differences, no_differences_in_report
from iku_analysis.display.narrative.differences import describe_differences, describe_rewritten
from iku_analysis.display.tables.differences import moved_pair, table_differences
from iku_analysis.errors import IkuError
from iku_analysis.language import use_language

MakeAgency = Callable[..., Agency]

# Five indicators are targeted in 2018: 10.000, 16, 100%, 96%, 4.084.357.380.
COMPLETE: list[tuple] = [
    ("umkm", 2018, 10000),
    ("pasar_sni", 2018, 16),
    ("keluhan", 2018, (50, 50)),
    ("uttp", 2018, (96, 100)),
    ("ekspor", 2018, 4084357380),
]
NUMBERS, WORDS = ["old", "new"], ["old_word", "new_word"]


def moved(old: Results, new: Results) -> list[tuple]:
    """Return the rows of frame `differences` as indicator, year, what, before, now, kind."""
    changes = compare_results(old, new)
    pairs = [
        tuple(None if pd.isna(row[side]) else row[side] for side in (NUMBERS if row[WORDS].isna().all() else WORDS))
        for _place, row in changes.iterrows()
    ]
    return [
        (row.indicator_id, row.year, row.what, *pair, row.kind)
        for row, pair in zip(changes.itertuples(), pairs, strict=True)
    ]


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def test_one_figure_falls_and_its_rating_flips(make_agency: MakeAgency) -> None:
    """NIK 2019, target 120: 120 is 100%, met; 90 is 75%, and 75 is not above 75."""
    old, new = (results_of(make_agency(("nik", 2019, value))) for value in (120, 90))
    assert moved(old, new) == [
        ("nik", 2019, "realisation", 120, 90, "changed"),
        ("nik", 2019, "achievement_pct", 100, 75, "changed"),
        ("nik", 2019, "state", "met", "missed", "changed"),
        ("nik", 2019, "rating", "Sangat Tinggi", "Sedang", "changed"),
        ("nik", 2019, "verdict", "kept", "not_kept", "changed"),
        ("", 2019, "met", 1, 0, "changed"),  # no mean: five of six have no figure
    ]
    changes = compare_results(old, new)
    assert plain(describe_differences(old, new, changes)) == (
        "Jumlah perubahan: 6 berubah.\n\n"
        "- **Hasil 2019:** indikator yang mencapai target sekarang 0 dari 1 yang dapat dinilai, "
        "sebelumnya 1 dari 1 yang dapat dinilai.\n"
        "- Koperasi bersertifikat NIK 2019: hasil sekarang tidak tercapai, sebelumnya tercapai; "
        "predikat sekarang Sedang, sebelumnya Sangat Tinggi."
    )
    rows = table_differences(changes).data
    assert [plain(cell) for cell in rows.iloc[1]] == [
        "Koperasi bersertifikat NIK",
        "2019",
        "capaian",
        "100%",
        "75%",
        "berubah",
    ]
    assert list(rows.iloc[-1]) == ["Seluruh indikator", "2019", "indikator yang mencapai target", "1", "0", "berubah"]


def test_a_figure_appears_and_vanishes(make_agency: MakeAgency) -> None:
    """NIK 2021: 126 of 120 is 105%. The other way round everything vanishes."""
    without, with_it = results_of(make_agency()), results_of(make_agency(("nik", 2021, 126)))
    appeared = moved(without, with_it)
    assert appeared == [
        ("nik", 2021, "realisation", None, 126, "appeared"),
        ("nik", 2021, "achievement_pct", None, 105, "appeared"),
        ("nik", 2021, "status", None, "final", "appeared"),
        ("nik", 2021, "basis", None, "resmi", "appeared"),
        ("nik", 2021, "state", "no_data", "met", "changed"),
        ("nik", 2021, "rating", None, "Sangat Tinggi", "appeared"),
        ("nik", 2021, "verdict", "cannot_judge", "kept", "changed"),
        ("", 2021, "scored", 0, 1, "changed"),
        ("", 2021, "met", 0, 1, "changed"),
    ]
    kinds = {"appeared": "vanished", "changed": "changed"}
    assert moved(with_it, without) == [(*key, new, old, kinds[kind]) for *key, old, new, kind in appeared]
    changes = compare_results(with_it, without)
    text = describe_differences(with_it, without, changes)
    assert "Jumlah perubahan: 4 berubah, 5 hilang." in text
    assert "hasil sekarang belum ada data, sebelumnya tercapai; predikat sekarang tidak ada, sebelumnya Sangat" in text
    rewritten = describe_rewritten(with_it, without, [2021])
    assert "Sekarang: Koperasi bersertifikat NIK 2021: belum ada data." in rewritten
    assert rewritten.count("Sebelumnya:") == 1


def test_a_provisional_figure_turns_final(make_agency: MakeAgency) -> None:
    provisional, final = (
        results_of(make_agency(("nik", 2021, 126, {"status": status}))) for status in ("sementara", "final")
    )
    assert moved(provisional, final) == [("nik", 2021, "status", "sementara", "final", "finalised")]
    assert moved(final, provisional) == [("nik", 2021, "status", "final", "sementara", "provisional_again")]
    text = describe_differences(provisional, final, compare_results(provisional, final))
    assert text == "Jumlah perubahan: 1 menjadi final."  # no result and no rating is another
    rewritten = describe_rewritten(provisional, final, [2021])
    before, now = (line for line in rewritten.splitlines() if line.startswith("- "))
    assert before.removesuffix(" Angka sementara.").removeprefix("- Sebelumnya: ") == now.removeprefix("- Sekarang: ")


def test_numerator_and_denominator_move_under_the_same_percentage(make_agency: MakeAgency) -> None:
    old, new = (results_of(make_agency(("keluhan", 2018, pair))) for pair in ((50, 50), (80, 80)))
    assert moved(old, new) == [
        ("keluhan", 2018, "numerator", 50, 80, "changed"),
        ("keluhan", 2018, "denominator", 50, 80, "changed"),
    ]


def test_the_figure_told_is_the_one_that_was_judged(make_agency: MakeAgency) -> None:
    """An official figure is taken before a publication: its numerator is told, and that its basis is another."""
    published: tuple = ("keluhan", 2018, (80, 80), {"basis": "publikasi"})
    old, new = results_of(make_agency(published)), results_of(make_agency(published, ("keluhan", 2018, (50, 50))))
    assert moved(old, new) == [
        ("keluhan", 2018, "numerator", 80, 50, "changed"),
        ("keluhan", 2018, "denominator", 80, 50, "changed"),
        ("keluhan", 2018, "basis", "publikasi", "resmi", "changed"),
    ]


def test_the_result_and_both_means(make_agency: MakeAgency) -> None:
    """2018, all five exactly met: mean 100. UMKM at 20.000 is 200%, capped 120: means 120 and 104."""
    old = results_of(make_agency(*COMPLETE))
    new = results_of(make_agency(("umkm", 2018, 20000), *COMPLETE[1:]))
    assert moved(old, new) == [
        ("umkm", 2018, "realisation", 10000, 20000, "changed"),
        ("umkm", 2018, "achievement_pct", 100, 200, "changed"),
        ("", 2018, "mean_capped_pct", 100, 104, "changed"),
        ("", 2018, "mean_pct", 100, 120, "changed"),
    ]
    assert (
        "**Hasil 2018:** indikator yang mencapai target tetap 5 dari 5 yang dapat dinilai. Rata-rata capaian sekarang "
        "104% (setiap indikator paling tinggi 120%), sebelumnya 100% (setiap indikator paling tinggi 120%)."
    ) in plain(describe_differences(old, new, compare_results(old, new)))


def test_another_cap_moves_the_mean_and_is_told(make_agency: MakeAgency) -> None:
    figures: list[tuple] = [("umkm", 2018, 20000), *COMPLETE[1:]]
    edits = {"policy.toml": {"mean_cap_pct = 120": "mean_cap_pct = 110"}}
    old, new = results_of(make_agency(*figures)), results_of(make_agency(*figures, edits=edits))
    assert moved(old, new) == [("", 2018, "mean_capped_pct", 104, 102, "changed")]
    text = plain(describe_differences(old, new, compare_results(old, new)))
    assert (
        "sekarang 102% (setiap indikator paling tinggi 110%), sebelumnya 104% (setiap indikator paling tinggi 120%)."
    ) in text


def test_a_target_changes(make_agency: MakeAgency) -> None:
    """Exports 2022, the last year: 4.300.000.000 against 4.250.198.668 and against 4.400.000.000 (97,727%)."""
    edits = {"decrees/154-2018/decree.txt": {"4.250.198.668": "4.400.000.000"}}
    old, new = (results_of(make_agency(("ekspor", 2022, 4300000000), edits=changed)) for changed in (None, edits))
    found = [row for row in moved(old, new) if row[2] != "achievement_pct"]
    assert found == [
        ("ekspor", 2022, "target", 4250198668, 4400000000, "changed"),
        ("ekspor", 2022, "state", "met", "missed", "changed"),
        ("ekspor", 2022, "verdict", "kept", "not_kept", "changed"),
        ("", 2022, "met", 1, 0, "changed"),
    ]
    shown = table_differences(compare_results(old, new)).data.to_numpy()
    assert "–" not in "".join(cell for pair in shown for cell in pair)


def test_years_that_were_not_judged_before(make_agency: MakeAgency) -> None:
    old, new = results_of(make_agency(("nik", 2019, 120))), results_of(make_agency(("nik", 2019, 120), later=True))
    changes = compare_results(old, new)
    assert set(changes["year"]) == {2023, 2024, 2025, 2026, 2027}
    assert set(changes["kind"]) == {"appeared"}
    assert "**Hasil 2024:** indikator yang mencapai target sekarang belum dapat dinilai, sebelumnya belum ada." in (
        describe_differences(old, new, changes)
    )
    assert "- Sebelumnya: belum ada\n- Sekarang: Koperasi" in describe_rewritten(old, new, [2024])
    assert "- Sekarang: tidak ada lagi" in describe_rewritten(new, old, [2024])
    assert "sekarang tidak ada lagi, sebelumnya belum dapat dinilai" in describe_differences(
        new, old, compare_results(new, old)
    )


def test_numbers_that_print_the_same_are_told_apart(make_agency: MakeAgency) -> None:
    base = results_of(make_agency(("uttp", 2018, (96, 100))))
    for value, shown in ((96.001, ("96%", "96,001%")), (96.00000000000001, ("96%", "96,00000000000001%"))):
        moved_up = base.achievements.assign(realisation=base.achievements["realisation"].replace(96.0, value))
        (row,) = (row for _place, row in compare_results(base, replace(base, achievements=moved_up)).iterrows())
        assert row["new"] == value
        assert tuple(map(plain, moved_pair(row))) == shown


def test_nothing_moves_between_a_result_and_itself(example: Agency, raw: Agency) -> None:
    for results in map(results_of, (example, raw)):
        changes = compare_results(results, results)
        assert changes.empty
        assert differences_in_report(results, results, 2021) == []
        end = "Tidak ada angka yang berubah."
        assert list_differences(results, results, changes).endswith(end)


def test_both_ways_tell_the_same(example: Agency, raw: Agency) -> None:
    one, two = results_of(example), results_of(raw)
    there, back = ({row[:3]: row for row in moved(*pair)} for pair in ((one, two), (two, one)))
    turned = {"appeared": "vanished", "vanished": "appeared", "changed": "changed"}
    assert len(there) > 200
    assert back == {key: (*key, new, old, turned[kind]) for key, (*_key, old, new, kind) in there.items()}


def test_other_languages_and_units_are_not_compared(make_agency: MakeAgency) -> None:
    results = results_of(make_agency(("nik", 2019, 120)))
    with pytest.raises(IkuError, match="Bahasanya berbeda: yang lama en, yang baru id"):
        compare_results(replace(results, language="en"), results)
    rupiah = results.achievements.assign(unit=results.achievements["unit"].replace("USD", "Rp"))
    with pytest.raises(IkuError, match="Ekspor UKM 2018: satuannya USD, kemudian Rp"):
        compare_results(results, replace(results, achievements=rupiah))


def test_the_section_of_a_report(make_agency: MakeAgency) -> None:
    """All numbers, the sentences of the report's year alone, and the date of the report before."""
    old, new = (results_of(make_agency(("nik", 2019, value))) for value in (120, 90))
    head, table, sentences = differences_in_report(replace(old, report_date="2020-01-31"), new, 2019)
    assert isinstance(head, str)
    assert head.startswith(
        "## Yang berubah sejak laporan sebelumnya\n\nLaporan sebelumnya bertanggal 31 Januari 2020. Jumlah perubahan: 6"
    )
    assert len(table.data) == 6  # type: ignore[union-attr]
    assert isinstance(sentences, str)
    assert sentences.count("Sebelumnya:") == 1
    undated, *_rest = differences_in_report(old, new, 2022)
    assert "Laporan sebelumnya tidak bertanggal." in str(undated)
    assert "tidak dapat" not in str(undated)
    (alone,) = no_differences_in_report("Tabel *a*: lain.")
    assert alone == (
        "## Yang berubah sejak laporan sebelumnya\n\n"
        "Tidak dapat dibandingkan dengan laporan sebelumnya. Tabel &#42;a&#42;: lain."
    )


def test_a_caution_alone_is_told_by_its_sentence(make_agency: MakeAgency) -> None:
    """200% is cautioned above 150%, not above 250%: no number moves, the sentence does."""
    edits = {"policy.toml": {"check_above_pct = 150": "check_above_pct = 250"}}
    old, new = (results_of(make_agency(("nik", 2019, 240), edits=changed)) for changed in (None, edits))
    assert compare_results(old, new).empty
    head, sentences = differences_in_report(old, new, 2019)
    assert "Tidak ada angka yang berubah." in str(head)
    assert plain(str(sentences)).count("Capaian di atas 150%: periksa angkanya.") == 1
    assert differences_in_report(old, new, 2020) == []


def test_example_data_are_marked(make_agency: MakeAgency) -> None:
    old, new = (results_of(make_agency(("nik", 2019, value))) for value in (120, 90))
    changes = compare_results(old, new)
    assert "DATA CONTOH" not in list_differences(old, new, changes)
    assert "DATA CONTOH" in list_differences(replace(old, illustrative=True), new, changes)
    assert "DATA CONTOH" in list_differences(old, replace(new, illustrative=True), changes)


def test_plain_lines_hold_no_markup(make_agency: MakeAgency) -> None:
    old, new = (results_of(make_agency(("pasar_diawasi", 2019, value))) for value in (18, 17))
    lines = plain(list_differences(old, new, compare_results(old, new)))
    assert "  Pasar diawasi (SNI, pangan, UTTP) 2019, realisasi: 18 pasar -> 17 pasar (berubah)" in lines.splitlines()
    assert "**" not in lines
    assert "&#" not in lines


def test_english(make_agency: MakeAgency) -> None:
    use_language("en")
    old, new = (results_of(make_agency(("nik", 2019, value))) for value in (120, 90))
    text = list_differences(old, new, compare_results(old, new))
    assert "result now not met, before met; rating now Medium, before Very high" in text
    assert not {"sebelumnya", "sekarang", "berubah", "hasil", "capaian"} & set(text.lower().split())

"""Guards of magnitude and meaning, for an agency of counts, indices, rates, growth and positions."""

import random
from pathlib import Path

import pytest
from forms import columns_of, heading_row, open_form
from hypothesis import HealthCheck, given, settings, strategies as st
from office import KINDS, Kind, figures, make_office, problems_of, write
from openpyxl.utils import get_column_letter

import iku_analysis as iku
from iku_analysis import compute_achievements, load_agency
from iku_analysis.analysis.doubts import find_doubts
from iku_analysis.analysis.missing import list_missing
from iku_analysis.display.tables.year import table_achievements
from iku_analysis.documents.form import write_form

# Rows that are refused: the column, what the message must hold, and what it must not.
REFUSED = {
    "kop | 2021 | 1,045": ("nilai", ["bilangan bulat", "“1.045”", "max_decimals = 3 untuk kop"], []),
    "haji | 2021 | 1,584": ("nilai", ["bilangan bulat", "“1.584”"], []),
    "kop | 2021 | 10,5": ("nilai", ["bilangan bulat: satuannya Koperasi aktif", "max_decimals = 1"], []),
    "spbe | 2021 | 2.899": ("nilai", ["paling banyak 5"], ["Tulis"]),
    "ikm | 2021 | 82.456": ("nilai", ["999 kali lebih besar dari targetnya", "keterangan"], []),
    "pad | 2021 | 1,805": ("nilai", ["997 kali lebih kecil dari targetnya"], []),
    "jkn | 2021 | 0,975": ("nilai", ["“97,5”", "“0,975%”"], []),
    "suap | 2021 | -1": ("nilai", ["0 atau lebih", "lower_bound"], []),
    "kop | 2021 | -5": ("nilai", ["0 atau lebih"], []),
    "lpe | 2021 | -100,5": ("nilai", ["−100 atau lebih"], []),
    "kop | s.d. TW III 2021 | 3": ("periode", ["bukan jumlah sejak awal tahun", 'aggregation = "last"'], ["hapus"]),
    "kop | TW III 2021 | 3 | kumulatif": ("keterangan", ["bukan jumlah sejak awal tahun"], ["hapus"]),
    "kop | TW III 2021 | 3 | s/d TW III": ("keterangan", ["bukan jumlah sejak awal tahun"], []),
    "kop | 2021-08 | 3 | data sampai dengan Agustus": ("keterangan", ["bukan jumlah sejak awal tahun"], []),
    "ikm | TW IV | 82": ("periode", ["triwulan dengan tahunnya", "TW IV 2022"], []),
    "ikm | 2021*) | 82": ("status", ["sementara"], []),
    "pad | 2021 | 123456789012345678901234567890": ("nilai", ["15"], []),
}
READ = {
    "kop | 2021 | 1.045": ("2021", 1045),
    "kop | TW III 2021 | 3 | bukan kumulatif": ("2021-Q3", 3),
    "kop | 2021 | 1.045 | s.d. Desember": ("2021", 1045),
    "haji | s.d. TW III 2021 | 900": ("2021-Q3", 900),
    "spbe | 2021 | 2,899": ("2021", 2.899),
    "ikm | 2021 | 82.456 | skala lama": ("2021", 82456),
    "lpe | 2020 | -14,32": ("2020", -14.32),
    "lpe | 2020 | 0,34": ("2020", 0.34),
    "lpe | 2021 | 0,34": ("2021", 0.34),
    "laju | 2018 | 0,34": ("2018", 0.34),
    "suap | 2021 | 0,26": ("2021", 0.26),
    "pad | 2021 | 1.805,25": ("2021", 1805.25),
    "jkn | 2021 | 39/40": ("2021", 97.5),
    "jkn | Tahun 2021 | 97,5": ("2021", 97.5),
    "ikm | TW.I 2021 | 82": ("2021-Q1", 82),
    "ikm | Triwulan II Tahun 2021 | 82": ("2021-Q2", 82),
    "ikm | Semester II 2021 | 82": ("2021-S2", 82),
    "ikm | 2021.0 | 82": ("2021", 82),
    "aki | 2021 | 120,5": ("2021", 120.5),
}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("row", REFUSED)
def test_refused_at_its_cell_with_both_readings(tmp_path: Path, row: str, kind: str) -> None:
    column, words, never = REFUSED[row]
    write(make_office(tmp_path / "root"), figures(row), kind)
    (problem,) = problems_of(tmp_path / "root")
    assert (problem.row, problem.column) == (2, column)
    told = f"{problem.found} {problem.expected} {problem.mend}"
    assert all(word in told for word in words), told
    assert not any(word in told for word in never), told


def test_a_figure_far_from_the_others_and_from_its_target_is_told_once(tmp_path: Path) -> None:
    rows = ["pad | 2018 | 1.500", "pad | 2019 | 1.600", "pad | 2020 | 1.700", "pad | 2021 | 1.800.000"]
    write(make_office(tmp_path / "root"), figures(*rows))
    (problem,) = problems_of(tmp_path / "root")
    assert (problem.row, problem.expected.partition(",")[0]) == (5, "angka yang sepadan dengan yang lain")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("row", READ)
def test_read_as_meant(tmp_path: Path, row: str, kind: str) -> None:
    write(make_office(tmp_path / "root"), figures(row), kind)
    assert problems_of(tmp_path / "root") == ()
    (figure,) = load_agency(tmp_path / "root").realisations.itertuples()
    assert (figure.period, figure.value) == READ[row]


@pytest.mark.parametrize(
    ("unit", "more", "targets", "lines"),
    [
        ("Indeks", "", "2.655 2.755 2.855 2,955 3,1", ["2021", "2022"]),
        ("Rp", "", "4.084.357.380 4.125.200 4.166.452.963 4.208.117.493 4.250.198.668", ["2019"]),
        ("Koperasi", "", "1,018 1,020 1,030 1,040 1,045", ["2018", "2019", "2020", "2021", "2022"]),
        ("orang", "max_decimals = 0", "27.799 27.799 27,799 27.799 27.799", ["2020"]),
        ("Persen", "", "97 0,975 98 98 99", ["2019"]),
        ("Persen", "", "5 -1 5 5 5", ["2019"]),
        ("Persen", "lower_bound = -5", "5 -1 5 5 5", []),
        ("Indeks", "wide_targets = true", "2.655 2.755 2.855 2,955 3,1", []),
        ("orang", "", "0 5 20 100 900", []),
        ("Persen", "", "0 0 1,5 1,5 1,5", []),
        ("per 1000 penduduk", "", "1 1 1 1 0,5", []),
        ("dokumen", "max_decimals = 1", "1 1,5 1,5 2 2", []),
    ],
)
def test_targets_are_held_against_their_row_and_unit(
    tmp_path: Path, unit: str, more: str, targets: str, lines: list[str]
) -> None:
    root = make_office(tmp_path / "root", {"satu": Kind(unit, targets, more=more)})
    problems = problems_of(root)
    assert [problem.column for problem in problems] == lines
    assert {problem.row for problem in problems} <= {33}


@pytest.mark.parametrize(
    ("unit", "aggregation", "fits"),
    [
        ("Persen", "ratio", True),
        ("Persen", "last", True),
        ("Persen", "sum", False),
        ("Indeks", "last", True),
        ("Indeks", "sum", False),
        ("Koperasi", "sum", True),
        ("Koperasi", "last", True),
        ("Koperasi", "ratio", False),
        ("ton", "sum", True),
    ],
)
def test_how_parts_of_a_unit_may_be_joined(tmp_path: Path, unit: str, aggregation: str, fits: bool) -> None:
    root = make_office(tmp_path / "root", {"satu": Kind(unit, "1 1 1 1 1", aggregation=aggregation)})
    assert [problem.column for problem in problems_of(root)] == ([] if fits else ["satu.aggregation"])


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        (["250", "260", "270.000", "265"], [4]),
        (["250.000", "260", "270.000", "265.000"], [3]),
        (["250.000", "260.000", "0", "265.000"], []),
        (["1", "40", "90", "120"], []),
    ],
)
def test_a_quarter_a_thousand_times_off_its_neighbours(tmp_path: Path, values: list[str], refused: list[int]) -> None:
    root = make_office(tmp_path / "root", {"satu": Kind("orang", "900.000 900.000 900.000 900.000 900.000")})
    write(root, figures(*(f"satu | 2021-TW{number} | {value}" for number, value in enumerate(values, start=1))))
    assert [problem.row for problem in problems_of(root)] == refused


def test_areas_as_offices_write_them(tmp_path: Path) -> None:
    root = make_office(tmp_path / "root", province="Provinsi Percontohan Raya")
    written = [
        "KOTA ADMINISTRASI PERCONTOHAN",
        "Kab. Adm. Percontohan",
        "Kep. Sewu",
        "wonosari_timur",
        "Wonosari  Timur",
        "percontohan raya",
        "Kabupaten Kepulauan Sewu",
    ]
    rows = figures(*(f"ikm | 2021-{number:02d} | 82" for number in range(1, 8)))
    write(root, [row | {"wilayah": area} for row, area in zip(rows, written, strict=True)])
    assert problems_of(root) == ()
    assert list(load_agency(root).realisations["area"]) == [
        "Kota Percontohan",
        "Kabupaten Percontohan",
        "Kepulauan Sewu",
        "Wonosari Timur",
        "Wonosari Timur",
        "",
        "Kepulauan Sewu",
    ]


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("Percontohan", ["Kota Percontohan, Kabupaten Percontohan"]),  # which of the two?
        ("Kota Kepulauan", ["Kepulauan Sewu"]),
        ("Nusantara", ['province = "Nusantara"', "kosongkan selnya"]),
    ],
)
def test_an_area_that_may_be_two_or_none_is_refused(tmp_path: Path, area: str, words: list[str]) -> None:
    root = make_office(tmp_path / "root")
    write(root, [row | {"wilayah": area} for row in figures("ikm | 2021 | 82")])
    (problem,) = problems_of(root)
    assert (problem.row, problem.column) == (2, "wilayah")
    assert all(word in f"{problem.expected} {problem.mend}" for word in words)


@pytest.mark.parametrize(
    ("province", "area", "read"),
    [
        ("Percontohan", "Percontohan", ""),
        ("Percontohan", "PROVINSI PERCONTOHAN", ""),
        ("Percontohan", "Kota Percontohan", "Kota Percontohan"),
        ("Percontohan", "Kab. Percontohan", "Kabupaten Percontohan"),
        ("Provinsi Percontohan", "Percontohan", None),  # or one of its two namesakes?
        ("Kabupaten Raya", "Kab. Raya", ""),
        ("Kabupaten Raya", "Raya", ""),
        ("Kabupaten Raya", "Kota Raya", None),
        ("DKI Raya", "Provinsi DKI  Raya", ""),
    ],
)
def test_a_whole_named_like_one_of_its_areas(tmp_path: Path, province: str, area: str, read: str | None) -> None:
    root = make_office(tmp_path / "root", province=province)
    write(root, [row | {"wilayah": area} for row in figures("ikm | 2021 | 82")])
    problems = problems_of(root)
    assert [problem.column for problem in problems] == (["wilayah"] if read is None else [])
    if not problems:
        assert load_agency(root).realisations["area"].tolist() == [read]


def test_the_whole_by_its_name_and_its_areas_are_held_against_each_other(tmp_path: Path) -> None:
    root = make_office(tmp_path / "root", province="Percontohan Raya")
    areas = ["Kota Percontohan", "Kab. Percontohan", "Kep. Sewu", "Wonosari Timur", "Percontohan Raya"]
    rows = [row | {"wilayah": area} for area, row in zip(areas, figures(*["jkn | 2021 | 97/100"] * 5), strict=True)]
    rows[-1] |= {"pembilang": "388", "penyebut": "400"}
    write(root, rows)
    assert problems_of(root) == ()
    rows[-1] |= {"pembilang": "97", "penyebut": "100"}
    write(root, rows)
    assert {problem.column for problem in problems_of(root)} == {"pembilang", "penyebut"}


def test_a_position_is_its_last_period_and_never_a_sum_of_areas(tmp_path: Path) -> None:
    root = make_office(tmp_path / "root")
    areas = ["Kota Percontohan", "Kabupaten Percontohan", "Kepulauan Sewu", "Wonosari Timur"]
    quarters = [
        f"{name} | TW {roman} 2021 | {value}"
        for name, values in {"pub": "0 0 0 100", "ikm": "81 82 83 82,5"}.items()
        for roman, value in zip(["I", "II", "III", "IV"], values.split(), strict=True)
    ]
    by_area = [row | {"wilayah": area} for area in areas for row in figures("ikm | 2022 | 80")]
    write(root, figures(*quarters) + by_area)
    agency = load_agency(root)
    judged = compute_achievements(agency).set_index(["indicator_id", "year"])
    assert judged.loc[("pub", 2021), ["realisation", "state"]].tolist() == [100, "met"]
    assert judged.loc[("ikm", 2021), ["realisation", "state"]].tolist() == [82.5, "met"]
    assert judged.at[("ikm", 2022), "state"] == "no_data"
    assert judged.at[("ikm", 2022), "reason"] == "Angka wilayah tidak dapat dijumlahkan: satuannya Indeks."


def test_months_of_a_position_make_no_series_to_be_summed(tmp_path: Path) -> None:
    root = make_office(tmp_path / "root")
    write(root, figures(*(f"{name} | 2021-{month:02d} | 82" for name in ("ikm", "kop") for month in range(1, 13))))
    agency = load_agency(root)
    assert len(iku.months.realisation(agency, "kop")) == 12
    assert iku.months.realisation(agency, "ikm").empty


def test_what_is_missing_and_what_has_no_data_are_one_answer(tmp_path: Path) -> None:
    """A percentage without its counts, reported in all four quarters: a year cannot be made of it."""
    kinds = {"pub": KINDS["pub"]._replace(aggregation="ratio")}
    root = make_office(tmp_path / "root", kinds)
    write(root, figures(*(f"pub | 2021-TW{number} | {value}" for number, value in enumerate((0, 0, 0, 100), start=1))))
    agency = load_agency(root)
    judged = compute_achievements(agency).set_index("year").loc[2021]
    (missing,) = list_missing(agency, 2021)["missing"]
    assert judged["state"] == "no_data"
    assert judged["reason"] == f"{missing}."


def test_a_publication_does_not_hide_that_the_official_figure_cannot_be_computed(tmp_path: Path) -> None:
    """The agency says 0 of 0, a publication 92: the agency's own figure is taken, and of it no year comes."""
    root = make_office(tmp_path / "root", {"pub": KINDS["pub"]._replace(aggregation="ratio")})
    official, published = figures("pub | 2021 | 0/0", "pub | 2021 | 92")
    write(root, [official, published | {"basis": "publikasi"}])
    agency = load_agency(root)
    judged = compute_achievements(agency).set_index("year").loc[2021]
    assert judged["state"] == "no_data"
    assert list(list_missing(agency, 2021)["indicator_id"]) == ["pub"]


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ((10, 25, 40, 60), True),
        ((30, 40, 50, 60), True),
        ((30, 35, 20, 60), False),
        ((25, 30, 35, 40), False),
        ((5, 10, 15, 20), False),  # together less than the target
    ],
)
def test_a_running_total_is_never_summed_in_silence(tmp_path: Path, values: tuple[int, ...], asked: bool) -> None:
    kind = Kind("Koperasi", "120 120 120 120 120", aggregation="sum")
    root = make_office(tmp_path / "root", {"kop": kind})
    rows = [f"kop | 2021-TW{number} | {value}" for number, value in enumerate(values, start=1)]
    write(root, figures(*rows))
    agency = load_agency(root)
    judged = compute_achievements(agency).set_index("year").loc[2021]
    assert (("kop", 2021) in find_doubts(agency)) == asked
    assert ("jumlah berjalan" in judged["caution"]) == asked
    write(root, figures(*rows[:3], rows[3] + " | TW IV saja"))
    assert find_doubts(load_agency(root)) == {}


def test_quarters_whose_last_is_the_year_are_asked_about(tmp_path: Path) -> None:
    root = make_office(tmp_path / "root", {"kop": Kind("Koperasi", "120 120 120 120 120", aggregation="sum")})
    quarters = [f"kop | 2021-TW{number} | {value}" for number, value in enumerate((10, 25, 40, 60), start=1)]
    write(root, figures(*quarters, "kop | 2021 | 60"))
    (problem,) = problems_of(root)
    assert (problem.row, problem.found, problem.expected) == (6, "60 untuk 2021", "135, dari bagian-bagiannya")
    assert 'aggregation = "last" untuk kop' in problem.mend


def test_a_running_total_declared_is_its_last_quarter(tmp_path: Path) -> None:
    root = make_office(tmp_path / "root", {"kop": Kind("Koperasi", "120 120 120 120 120")})
    rows = [
        f"kop | TW {roman} 2022 | {value} | s.d. TW {roman}"
        for roman, value in {"I": 10, "II": 25, "III": 40, "IV": 60}.items()
    ]
    write(root, figures(*rows))
    judged = compute_achievements(load_agency(root)).set_index("year").loc[2022]
    assert judged[["realisation", "achievement_pct", "state", "caution"]].tolist() == [60, 50, "missed", ""]


def test_a_year_equal_to_the_one_before_is_asked_about(tmp_path: Path) -> None:
    root = make_office(tmp_path / "root")
    of_years = {"ikm": "81,44 81,44", "pub": "100 100", "suap": "0 0", "jkn": "39/40 78/80", "spbe": "2,7 2,71"}
    rows = [
        f"{name} | {year} | {value}"
        for name, values in of_years.items()
        for year, value in zip((2020, 2021), values.split(), strict=True)
    ]
    write(root, figures(*rows))
    assert find_doubts(load_agency(root)) == {("ikm", 2021): ["Sama persis dengan 2020: periksa apakah tersalin."]}
    write(root, figures(*rows, "kop | 2020 | 1.017", "kop | 2021 | 1.017"))
    doubts = find_doubts(load_agency(root))
    assert set(doubts) == {("ikm", 2021), ("kop", 2021)}
    assert "seperti 1 indikator lain" in doubts["kop", 2021][0]


def test_achievements_below_zero(tmp_path: Path) -> None:
    """Half of the way lost is 50 %, half of it gained beyond the target 150 %, whatever the sign of the target."""
    root = make_office(tmp_path / "root", {"satu": Kind("Persen", "-2 -2 2 2 2", more="lower_bound = -100")})
    write(root, figures("satu | 2018 | -3", "satu | 2019 | -1", "satu | 2020 | -1", "satu | 2021 | 3"))
    judged = compute_achievements(load_agency(root)).set_index("year")
    assert judged["achievement_pct"].dropna().to_dict() == {2018: 50, 2019: 150, 2020: -50, 2021: 150}
    assert judged["state"].tolist() == ["missed", "met", "missed", "met", "no_data"]


# How an office may write a number beside the ways it should: each with the number meant, in hundredths.
def _spellings(cents: int) -> list[str]:
    whole, part = divmod(cents, 100)
    english = f"{whole:,}" + (f".{part:02d}" if part else "")
    exact = english.translate(str.maketrans(",.", ".,"))
    plain = f"{whole},{part:02d}"
    spellings = [exact, english, plain, plain.replace(",", "."), f"{plain}0", f"{plain}00", f"0{exact}", f" {exact} "]
    spellings += [f"{cents / 100!r}", f"{cents / 100:.3e}", english.replace(",", " "), f"{exact}%", f"{exact} %"]
    around = ["Rp {}", "{}*", "±{}", "{} orang", "{}-", "'{}", "{}/100", "={}", "{},-", "({})", "-{}", "{}.", "{};"]
    return spellings + [form.format(exact) for form in around]


def misread(root: Path, seed: int, count: int) -> tuple[int, list[str]]:
    """Write figures in chance spellings; return how many were read, and those that were read as another number."""
    chance = random.Random(seed)  # noqa: S311
    periods = [f"{year}-{month:02d}" for year in range(2018, 2023) for month in range(1, 13)]
    places = [(name, period) for name in KINDS for period in periods]
    read, wrong = 0, []
    for start in range(0, count, len(places)):
        meant, rows = {}, []
        for number, (name, period) in enumerate(places[: count - start], start=2):
            target = float(KINDS[name].targets.split()[int(period[:4]) - 2018].replace(".", "").replace(",", "."))
            cents = chance.choice(
                [round(100 * target * chance.uniform(0.3, 1.2)), chance.randrange(10 ** chance.randint(1, 9))]
            )
            text = chance.choice(_spellings(cents))
            meant[number] = (cents / 100, text, name)
            rows.append(f"{name} | {period} | " + text.replace("/", " per "))
        records = figures(*rows)
        write(root, records)
        while problems := problems_of(root):  # what is left changes its neighbours' middle
            assert all(problem.row for problem in problems), problems
            for problem in problems:
                records[(problem.row or 0) - 2]["nilai"] = ""
            write(root, records)
        for figure in load_agency(root).realisations.dropna(subset=["value"]).itertuples():
            value, text, name = meant[figure.row]
            read += 1
            negative = text.strip().startswith("-")
            if abs(figure.value) != value or (figure.value < 0) != (negative and value > 0):
                wrong.append(f"{name} {text!r}: {figure.value}, not {value}")
    return read, wrong


def test_chance_spellings_are_read_as_meant_or_refused(tmp_path: Path) -> None:
    read, wrong = misread(make_office(tmp_path / "root"), seed=12, count=600)
    assert read > 50
    assert wrong == []


@settings(deadline=None, max_examples=8, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 10**6), st.sampled_from(["Koperasi", "orang", "dokumen", "unit", "Kelurahan"]))
def test_no_count_is_ever_read_a_thousand_times_too_small(tmp_path_factory, count: int, unit: str) -> None:
    """However the thousands of a count are marked, it is read as it is or refused."""
    root = make_office(tmp_path_factory.mktemp("n") / "root", {"satu": Kind(unit, f"{count} " * 4 + str(count))})
    for text in (f"{count:,}", f"{count:,}".replace(",", "."), f"{count}.0", f"{count},0", f"{count},000"):
        write(root, figures(f"satu | 2021 | {text}"))
        if not problems_of(root):
            assert load_agency(root).realisations["value"].tolist() == [count], text


def test_the_form_refuses_what_the_reader_refuses(tmp_path: Path) -> None:
    """A position is filled in as a value, growth may be negative, a count is whole; running totals are told apart."""
    book = open_form(write_form(load_agency(make_office(tmp_path / "root")), 2021))
    rules = {}
    for sheet in book.worksheets[1:]:
        headings = {word: get_column_letter(place) for word, place in columns_of(sheet).items()}
        first = heading_row(sheet) + 1
        for rule in sheet.data_validations.dataValidation:
            for name in ("nilai", "pembilang", "penyebut"):
                if str(rule.sqref).startswith(f"{headings.get(name)}{first}:"):
                    rules[sheet.title.split()[1], name] = (rule.type, rule.formula1)
    assert rules["lpe", "nilai"] == ("decimal", "-100")
    assert rules["pub", "nilai"] == rules["ikm", "nilai"] == ("decimal", "0")
    assert rules["kop", "nilai"] == rules["jkn", "pembilang"] == rules["jkn", "penyebut"] == ("whole", "0")
    assert not {("jkn", "nilai"), ("pub", "pembilang")} & set(rules)
    told = [str(cell.value) for row in book.worksheets[0] for cell in row if cell.value]
    assert any("bukan jumlah sejak awal tahun" in text for text in told)
    assert [text for text in told if text.endswith("angka pada akhir periode")] == [
        "4 triwulan, angka pada akhir periode"
    ] * sum(kind.aggregation == "last" for kind in KINDS.values())


def test_what_missed_by_a_hair_is_not_printed_as_met(tmp_path: Path) -> None:
    kinds = {"satu": Kind("Persen", "0,345 0,345 0,345 0,345 0,345", "lower"), "dua": Kind("Rp", "100.000 " * 5)}
    root = make_office(tmp_path / "root", kinds)
    write(root, figures("satu | 2021 | 0,3489", "dua | 2021 | 99.999"))
    table = table_achievements(compute_achievements(load_agency(root)), 2021).data
    assert table[["Target", "Realisasi", "Capaian"]].to_numpy().tolist() == [
        ["0,345%", "0,349%", "98,87%"],
        ["100.000\xa0Rp", "99.999\xa0Rp", "99,999%"],
    ]

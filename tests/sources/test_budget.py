"""The money of programmes as it is read, and texts that a planner may write in any table."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from openpyxl import Workbook

from iku_analysis import DataError, load_agency
from iku_analysis.agency.load import Agency

MakeRoot = Callable[..., Path]
HEADING = "program;indikator;periode;anggaran;realisasi;sumber;keterangan"
# What a spreadsheet or a typesetter would obey, and what is wide, long or written from the right.
TEXTS = [
    "=1+1",
    "+62 21 555",
    "-5 pasar",
    "@dinas",
    "<script>alert(1)</script> <b>& selesai",
    '#import "x.typ": *',
    r"\input{/etc/passwd} $x_1$ 100 %",
    "Nur'aini \N{WOMAN}\N{ZERO WIDTH JOINER}\N{FACTORY} “rapat”",
    "مرحبا بالعالم \N{RIGHT-TO-LEFT MARK}שלום",
    "a" * 2000,
    'baris satu\nbaris dua; dengan "kutip"',
]


def load(root: Path, *rows: str, heading: str = HEADING) -> Agency:
    (root / "budget").mkdir(exist_ok=True)
    (root / "budget/anggaran.csv").write_text("\n".join([heading, *rows]), encoding="utf-8")
    return load_agency(root)


def test_amounts_periods_and_indicators(make_root: MakeRoot) -> None:
    frame = load(
        make_root(),
        "Pembinaan;umkm;2021;1.250.000.000,50;1.100.000.000,25;DPA;",
        "Pembinaan;2;TW I 2021;1.000;-;DPA;-",
        "Administrasi;;2021-TW2;0;0;DPA;belum",
        "Administrasi;n/a;2022;12.345.678.901.234,56;;DPA;",
    ).budget
    assert frame["budget"].to_list() == [1_250_000_000.5, 1000, 0, 12_345_678_901_234.56]
    assert frame["realised"].to_list()[0] == 1_100_000_000.25
    assert math.isnan(frame["realised"][1])
    assert frame["realised"][2] == 0
    assert math.isnan(frame["realised"][3])
    assert frame["indicator_id"].to_list() == ["umkm", "uttp", "", ""]
    assert frame["period"].to_list() == ["2021", "2021-Q1", "2021-Q2", "2022"]
    assert frame["note"].to_list() == ["", "", "belum", ""]


def test_a_programme_keeps_one_name_over_its_parts(make_root: MakeRoot) -> None:
    frame = load(
        make_root(), "Promosi  Dagang;umkm;2021;1;;DPA;", "PROMOSI DAGANG;ekspor;2021;2;;DPA;", "Tera;uttp;2021;3;;DPA;"
    ).budget
    assert frame["programme"].to_list() == ["Promosi  Dagang", "Promosi  Dagang", "Tera"]


def test_quarters_make_up_the_year_to_the_cent(make_root: MakeRoot) -> None:
    rows = ["Tera;uttp;2021;1,00;0,60;DPA;"] + [
        f"tera;uttp;2021-TW{number};{budget};{spent};DPA;"
        for number, budget, spent in [(1, "0,10", "0,10"), (2, "0,20", "0,20"), (3, "0,30", "0,30"), (4, "0,40", "0")]
    ]
    assert len(load(make_root(), *rows).budget) == 5


@pytest.mark.parametrize(
    "rows",
    [
        # The last quarter is not yet known: neither money nor spending need add up yet.
        ["Tera;uttp;2021;1.000;900;DPA;", *(f"Tera;uttp;2021-TW{number};250;200;DPA;" for number in (1, 2, 3))],
        ["Tera;uttp;2021;1.000;;DPA;", *(f"Tera;uttp;2021-TW{number};250;200;DPA;" for number in (1, 2, 3, 4))],
        ["Tera;uttp;2021;800;700;DPA;"]
        + [f"Tera;uttp;2021-TW{number};200;{spent};DPA;" for number, spent in enumerate(["170", "170", "170", ""], 1)],
        # Another part of the programme, another year: not its quarters.
        ["Tera;uttp;2021;100;;DPA;", "Tera;;2021-TW1;250;;DPA;", "Tera;uttp;2022-TW1;250;;DPA;"],
    ],
)
def test_quarters_that_do_not_contradict_the_year(make_root: MakeRoot, rows: list[str]) -> None:
    assert len(load(make_root(), *rows).budget) == len(rows)


def test_english_headings(make_root: MakeRoot) -> None:
    heading = "programme;indicator;period;budget;realised;source;note"
    assert len(load(make_root(), "Support;umkm;2021;1.000;900;DPA;", heading=heading).budget) == 1


def test_rupiah_sign_in_front_of_a_wrong_number_says_what_is_wrong_with_the_number(make_root: MakeRoot) -> None:
    with pytest.raises(DataError) as caught:
        load(make_root(), "Tera;uttp;2021;Rp 1.000 juta,-;;DPA;")
    assert caught.value.problems[0].mend.startswith("Tulis ulang angkanya")


def write_csv(path: Path, text: str) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    path.write_text(f"{HEADING}\n{quoted};umkm;2021;1.000;900;{quoted};{quoted}\n", encoding="utf-8", newline="")


def write_xlsx(path: Path, text: str) -> None:
    book = Workbook()
    book.active.append(HEADING.split(";"))
    book.active.append([text, "umkm", "2021", "1.000", "900", text, text])
    for cell in book.active[2]:
        cell.data_type = "s"  # openpyxl would make a formula of "=1+1"; a planner's text cell is none
    book.save(path)


@pytest.mark.parametrize("text", TEXTS, ids=[text[:12].encode("ascii", "replace").decode() for text in TEXTS])
@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_text_is_kept_as_written(make_root: MakeRoot, write: Callable[[Path, str], None], text: str) -> None:
    root = make_root()
    (root / "budget").mkdir()
    write(root / f"budget/a.{'csv' if write is write_csv else 'xlsx'}", text)
    row = load_agency(root).budget.iloc[0]
    assert (row["programme"], row["source"], row["note"]) == (text, text, text)


@pytest.mark.whole
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_survives_a_csv(make_root: MakeRoot, tmp_path: Path, text: str) -> None:
    if text.strip().casefold() in ("", "-", "n/a"):
        return
    root = tmp_path / "root"
    if not root.exists():  # one for all examples
        make_root()
        (root / "budget").mkdir()
    write_csv(root / "budget/a.csv", text)
    assert load_agency(root).budget["note"].to_list() == [text.strip()]


def test_text_columns_of_realisations_are_kept_too(make_root: MakeRoot) -> None:
    root = make_root()
    rows = ["indikator;periode;nilai;basis;status;sumber;keterangan", 'umkm;2021;1.000;resmi;final;"=2+2";-']
    (root / "realisations/a.csv").write_text("\n".join(rows), encoding="utf-8")
    row = load_agency(root).realisations.iloc[0]
    assert (row["source"], row["note"]) == ("=2+2", "")

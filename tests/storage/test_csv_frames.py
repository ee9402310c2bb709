"""CSV and back: what a report wrote is read as it was, to the last digit and apostrophe, or refused."""

import struct

import pandas as pd
import pandera.pandas as pa
import pytest
from hypothesis import given, strategies as st

from iku_analysis import IkuError
from iku_analysis.agency.load import Agency
from iku_analysis.analysis.differences import results_of
from iku_analysis.schema import ACHIEVEMENTS, FIGURES, REALISATIONS, TARGETS, TRENDS, make_frame
from iku_analysis.storage.csv_frames import read_csv_frame, to_csv

# Text with much of what CSV and spreadsheets give a meaning to.
WORDS = st.text(
    st.sampled_from("'=+-@\t\r\n\",; x0é") | st.characters(codec="utf-8", exclude_characters="\0"), max_size=9
)
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
ROW = {"indicator_id": "nik", "period": "2021", "area": "", "breakdown": "", "basis": "resmi", "status": "final"}
ROW |= {"origin": ""}


def bits(values: pd.Series) -> list[bytes]:
    return [struct.pack("d", value) for value in values]


@pytest.mark.whole
@given(st.lists(st.tuples(WORDS, NUMBERS, WORDS), max_size=4))
def test_any_text_and_number_comes_back(rows: list[tuple]) -> None:
    frame = make_frame(
        REALISATIONS,
        [
            ROW | {"source": source, "value": value, "note": note, "file": "a.csv", "row": row}
            for row, (source, value, note) in enumerate(rows)
        ],
    )
    back = read_csv_frame(REALISATIONS, to_csv(frame))
    pd.testing.assert_frame_equal(back, frame, check_exact=True)
    assert bits(back["value"].dropna()) == bits(frame["value"].dropna())


def test_the_frames_of_both_agencies_come_back(example: Agency, raw: Agency) -> None:
    for agency in (example, raw):
        results = results_of(agency)
        for schema, frame in (
            (ACHIEVEMENTS, results.achievements),
            (TRENDS, results.trends),
            (FIGURES, agency.figures),
            (TARGETS, agency.targets),
            (REALISATIONS, agency.realisations),
        ):
            pd.testing.assert_frame_equal(read_csv_frame(schema, to_csv(frame)), frame, check_exact=True)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
        ("'biasa", "'biasa"),
        ("\rx", '"\'\rx"'),
        ("−2", "−2"),
        ("a\rb", '"a\rb"'),
    ],
)
def test_an_apostrophe_is_added_only_before_what_would_run(text: str, written: str) -> None:
    assert to_csv(pd.DataFrame({"note": [text], "row": [1]})) == f"note,row\n{written},1\n"


HEAD = "indicator_id,year,target,targeted,decree,target_high,sign,source,file,row\n"
GOOD = f"{HEAD}nik,2019,120,True,154-2018,130,,,a.csv,7\n"


def test_the_text_as_written_is_taken() -> None:
    assert read_csv_frame(TARGETS, GOOD).to_dict("records") == [
        {"indicator_id": "nik", "year": 2019, "target": 120.0, "targeted": True, "decree": "154-2018"}
        | {"target_high": 130.0, "sign": "", "source": "", "file": "a.csv", "row": 7}
    ]
    assert read_csv_frame(TARGETS, HEAD).empty


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "kolomnya lain"),
        (GOOD.replace("target,", "sasaran,"), r"kolomnya lain \(sasaran, target\)"),
        (GOOD.replace("year,target,", "target,year,"), "kolomnya lain"),
        (GOOD.replace(",120,", ",120.0,"), "bukan yang ditulis"),  # read well, but not written by us
        (GOOD.replace(",120,", ",,"), "bukan yang ditulis"),
        (GOOD.replace(",120,", ",banyak,"), "bukan yang ditulis"),
        (GOOD.replace(",120,", ",120,9,"), "bukan yang ditulis"),
        (GOOD.replace(",154-2018", ""), "bukan yang ditulis"),
        (GOOD.replace("2019", "2019.5"), "bukan yang ditulis"),
        (GOOD.replace("True", "ya"), "bukan yang ditulis"),
        (GOOD.replace(",", ";"), "kolomnya lain"),
        (GOOD.replace("\n", "\r\n"), "bukan yang ditulis"),
        (GOOD.replace("nik", "=nik"), "bukan yang ditulis"),
        (GOOD + "nik,2019,121,True,154-2018,,,,a.csv,8\n", "bukan yang ditulis"),  # a key twice
        (GOOD + "\n", "bukan yang ditulis"),
        (GOOD[:-1], "bukan yang ditulis"),
    ],
)
def test_anything_else_is_refused(text: str, told: str) -> None:
    with pytest.raises(IkuError, match=f"Tabel targets: .*{told}"):
        read_csv_frame(TARGETS, text)


def test_a_word_of_another_version_is_refused() -> None:
    schema: pa.DataFrameSchema = FIGURES
    head = ",".join(schema.columns)
    row = "nik,resmi,,,2021,2021,year,1,,,final,False"
    assert len(read_csv_frame(schema, f"{head}\n{row}\n")) == 1
    with pytest.raises(IkuError, match="bukan yang ditulis"):
        read_csv_frame(schema, f"{head}\n{row.replace('final', 'draf')}\n")

"""The frames: what `make_frame` refuses, and a data dictionary without gaps."""

import re
from copy import deepcopy

import pandas as pd
import pandera.pandas as pa
import pytest
from pandera.errors import SchemaError

from iku_analysis.schema import FRAMES, TARGETS, TRENDS, column_type, data_dictionary, make_frame

TARGET = {"indicator_id": "nik", "year": 2019, "target": 120.0, "targeted": True, "decree": "154-2018"}
TARGET |= {"target_high": 130.0, "sign": "", "source": "", "file": "decrees/154-2018/decree.txt", "row": 40}


def test_a_right_row_keeps_its_values_in_the_order_of_the_schema() -> None:
    frame = make_frame(TARGETS, [dict(reversed(TARGET.items()))])
    assert list(frame.columns) == list(TARGET)
    assert frame.to_dict("records") == [TARGET]
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        "indicator_id": "str",
        "year": "int64",
        "target": "float64",
        "targeted": "bool",
        "decree": "str",
        "target_high": "float64",
        "sign": "str",
        "source": "str",
        "file": "str",
        "row": "int64",
    }


@pytest.mark.parametrize("name", FRAMES)
def test_no_rows_make_an_empty_frame_of_the_right_types(name: str) -> None:
    schema = FRAMES[name]
    frame = make_frame(schema, [])
    dictionary = data_dictionary(schema)
    assert frame.empty
    assert list(frame.columns) == list(dictionary["column"])
    assert [str(dtype) for dtype in frame.dtypes] == list(dictionary["type"])


def test_what_may_be_empty_may_be_left_out() -> None:
    row = {"indicator_id": "nik", "number": 1, "label": "NIK", "unit": "Koperasi", "year": 2019, "points": 0}
    frame = make_frame(TRENDS, [row | {"verdict": "cannot_judge", "reason": ""}])
    assert pd.isna(frame.loc[0, "pace"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"targett": 1.0}, "has no column targett"),
        ({"year": 2018.5}, "column year of frame targets is not int64"),
        ({"target": "banyak"}, "target"),
        ({"targeted": "tidak"}, "column targeted of frame targets is not bool"),
        ({"targeted": None}, "column targeted of frame targets is not bool"),
    ],
)
def test_wrong_columns_and_types_are_refused(change: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make_frame(TARGETS, [TARGET | change])


@pytest.mark.parametrize(
    ("change", "message"),
    [({"target": None}, "target"), ({"decree": None}, "decree"), ({"year": 1900}, "year"), ({"year": 2200}, "year")],
)
def test_empty_and_impossible_values_are_refused(change: dict, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        make_frame(TARGETS, [TARGET | change])


@pytest.mark.parametrize("column", ["indicator_id", "target", "decree"])
def test_a_missing_column_is_refused(column: str) -> None:
    without = {name: value for name, value in TARGET.items() if name != column}
    with pytest.raises(SchemaError, match=column):
        make_frame(TARGETS, [without])


def test_a_frame_may_have_columns_to_spare() -> None:
    frame = make_frame(TARGETS, pd.DataFrame([TARGET | {"spare": 7}], index=[5]))
    assert frame.to_dict("records") == [TARGET]
    assert list(frame.index) == [0]


def test_a_key_is_unique() -> None:
    with pytest.raises(SchemaError, match="not unique"):
        make_frame(TARGETS, [TARGET, TARGET | {"target": 121.0}])
    assert len(make_frame(TARGETS, [TARGET, TARGET | {"year": 2020}])) == 2


@pytest.mark.parametrize(
    ("name", "column", "wrong"),
    [
        ("indicators", "direction", "up"),
        ("indicators", "aggregation", "median"),
        ("indicators", "path", "steep"),
        ("realisations", "basis", "kira-kira"),
        ("realisations", "status", "draf"),
        ("realisations", "period", "2021-13"),
        ("realisations", "period", "２０２１"),
        ("figures", "basis", "proksi"),  # a proxy never becomes a figure
        ("figures", "grain", "week"),
        ("achievements", "state", "tercapai"),
        ("trends", "verdict", "good"),
    ],
)
def test_only_the_words_of_the_schema(name: str, column: str, wrong: str) -> None:
    row = {each: sample(schema_column) for each, schema_column in FRAMES[name].columns.items()}
    assert len(make_frame(FRAMES[name], [row])) == 1
    with pytest.raises(SchemaError, match=column):
        make_frame(FRAMES[name], [row | {column: wrong}])


def sample(column: pa.Column) -> object:
    """Return a value that the column allows."""
    kind = str(column.dtype)
    if allowed := [check.statistics["allowed_values"] for check in column.checks if check.name == "isin"]:
        return next(iter(allowed[0]))
    if kind.startswith("str"):
        return "2021"  # a period, and as good as any other text
    return {"float64": 1.0, "int64": 2021, "bool": True}[kind]


def test_twelve_frames() -> None:
    assert list(FRAMES) == [
        "indicators",
        "breaks",
        "targets",
        "quarter_targets",
        "realisations",
        "context",
        "verifications",
        "budget",
        "notes",
        "figures",
        "achievements",
        "trends",
    ]
    assert all(schema.description for schema in FRAMES.values())


@pytest.mark.parametrize("name", FRAMES)
def test_the_data_dictionary_explains_every_column(name: str) -> None:
    schema = FRAMES[name]
    dictionary = data_dictionary(schema)
    assert list(dictionary.columns) == ["column", "type", "key", "may_be_empty", "meaning"]
    assert list(dictionary["column"]) == list(schema.columns)
    assert (dictionary["meaning"].str.strip() != "").all()
    assert (dictionary["meaning"] != dictionary["column"]).all()
    assert set(dictionary["type"]) <= {"str", "float64", "int64", "bool"}
    assert set(dictionary.loc[dictionary["key"], "column"]) == set(schema.unique)
    assert not (dictionary["key"] & dictionary["may_be_empty"]).any()


def test_the_data_dictionary_of_the_targets() -> None:
    rows = data_dictionary(TARGETS).set_index("column")
    assert list(rows["key"]) == [True, True, *[False] * 8]
    assert rows.loc["target", "meaning"].startswith("target, in the unit of the indicator")
    assert rows.loc["targeted", "type"] == "bool"
    assert data_dictionary(TRENDS).set_index("column").loc["pace", "may_be_empty"]


def wrong_values(column: pa.Column) -> list[object]:
    """Return values of the column's type, of which its checks refuse some: what they allow, edges, words of others."""
    kind = str(column.dtype)
    if kind.startswith("str"):
        words = ["", "resmi", "final", "2021", "2021-13", "2021-Q5", "２０２１", "year", "higher", "lain"]
        return [*words, *(word for check in column.checks for word in check.statistics.get("allowed_values", []))]
    numbers = [-1, 0, 1, 1944, 1945, 2100, 2101]
    return {"float64": [*map(float, numbers), float("nan")], "int64": [*numbers], "bool": [True, False]}[kind]


KINDS = {
    (column_type(column), column.nullable, tuple(map(str, column.checks))): column
    for schema in FRAMES.values()
    for column in schema.columns.values()
}


@pytest.mark.parametrize("column", KINDS.values(), ids=[" ".join(map(str, kind)) for kind in KINDS])
def test_what_is_refused_is_what_pandera_refuses(column: pa.Column) -> None:
    """The quick look of `make_frame` and pandera's own `validate` agree about every kind of column."""
    schema = pa.DataFrameSchema({"it": deepcopy(column)}, name="alone", unique=["it"], strict=True, ordered=True)
    for value in wrong_values(column):
        frame = pd.DataFrame({"it": pd.Series([value], dtype=column_type(column))})
        for rows in (frame, pd.concat([frame, frame], ignore_index=True)):
            try:
                schema.validate(rows)
            except SchemaError as error:
                with pytest.raises(SchemaError, match=re.escape(str(error))):
                    make_frame(schema, rows)
            else:
                assert make_frame(schema, rows).equals(rows)

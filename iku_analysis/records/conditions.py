"""Conditions of records.toml: SQL that says yes or no of one row, and can do nothing else."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb

from iku_analysis.language import _
from iku_analysis.problems import DataError, Problem
from iku_analysis.records import sql
from iku_analysis.records.room import lacks_room, no_room
from iku_analysis.records.settings import CountSettings, RecordsFile
from iku_analysis.sources.file_faults import quote_text
from iku_analysis.storage.data_root import RECORDS, RECORDS_FILE

# What a condition may be made of: no query, no table, no window, no function that reads, makes rows or waits.
PARTS = {"CONJUNCTION", "COMPARISON", "CONSTANT", "COLUMN_REF", "OPERATOR", "BETWEEN", "CASE", "CAST", "FUNCTION"}
TYPES = {"DATE", "INTEGER", "BIGINT", "DECIMAL", "VARCHAR", "BOOLEAN"}
FUNCTIONS = {"+", "-", "*", "/", "~~", "!~~", "lower", "upper", "trim", "length", "contains", "starts_with", "abs"}
FUNCTIONS |= {"year", "month", "day", "date_diff", "datediff", "to_days", "to_months", "to_years"}
SAMPLES = {"date": "DATE '2021-12-31'", "number": "1::DECIMAL(18, 4)", "text": "'x'", "area": "'x'"}  # to try it on


def check_conditions(
    connection: duckdb.DuckDBPyConnection, records: RecordsFile, areas: Sequence[str]
) -> list[Problem]:
    """Return what is wrong with any condition: each is parsed and held against the columns before anything runs."""
    problems = []
    mend = _("Tulis syarat SQL atas kolom register, misalnya jenis = 'baru'.")
    for place, asked in records.asked.items():
        columns = records.register_[asked.register_].columns
        added = dict.fromkeys(sql.DAYS, "date") if isinstance(asked, CountSettings) else {}
        kinds = {name: each.type for name, each in columns.items()} | added
        words = {name: list(areas) if each.type == "area" else each.values for name, each in columns.items()}
        for condition in asked.conditions:
            if fault := _fault(connection, condition, kinds, words):
                name = f"{RECORDS}/{RECORDS_FILE}"
                problems.append(Problem(name, None, place, quote_text(condition), fault, mend))
    return problems


@contextmanager
def asking(place: str, found: str) -> Iterator[None]:
    """Turn what the engine says of a condition, which would show cells, into a fault of that place of records.toml.

    Raises
    ------
    DataError
        Where a condition cannot be asked of some row, or there is no room to ask it.
    """
    try:
        yield
    except duckdb.Error as error:
        if lacks_room(error):
            raise DataError([no_room()]) from error
        expected = _("syarat yang dapat dihitung pada setiap baris register")
        mend = _("Bandingkan teks dengan teks di antara tanda kutip, tanggal dengan DATE '2021-12-31'.")
        raise DataError([Problem(f"{RECORDS}/{RECORDS_FILE}", None, place, found, expected, mend)]) from error


def _fault(
    connection: duckdb.DuckDBPyConnection, condition: str, kinds: Mapping[str, str], words: Mapping[str, list[str]]
) -> str:
    """Return what was expected of a condition on columns of these kinds, which may hold these words; or nothing."""
    node, plain = (_parse(connection, each) for each in (condition, "TRUE"))
    if node is None or _around(node) != _around(plain) or len(node["select_list"]) != 1:
        return _("satu syarat SQL yang benar")
    for part in _parts(node["select_list"]):
        fault = _part_fault(part, set(kinds)) or _word_fault(part, words)
        if fault:
            return fault
    columns = ", ".join(f'{SAMPLES[kind]} AS "{name}"' for name, kind in kinds.items())
    try:
        found = connection.execute(
            f"SELECT typeof(c), c FROM (SELECT ({condition}\n) AS c FROM (SELECT {columns}))"
        ).fetchone()
    except duckdb.Error:
        return _("syarat yang jenis kolomnya cocok: teks dengan teks, tanggal dengan tanggal")
    return "" if found and found[0] == "BOOLEAN" else _("syarat yang jawabannya ya atau tidak")


def _part_fault(part: dict[str, Any], columns: set[str]) -> str:
    if part["class"] not in PARTS:
        return _("perbandingan kolom dan nilai saja, tanpa kueri")
    if part["class"] == "COLUMN_REF" and (len(part["column_names"]) > 1 or part["column_names"][0] not in columns):
        return _("kolom register itu, salah satu dari {choices}", choices=", ".join(sorted(columns)))
    if part["class"] == "CAST" and part["type_expr"]["type_name"] not in TYPES:
        return _("jenis {choices}", choices=", ".join(sorted(TYPES)))
    if part["class"] == "FUNCTION" and part["function_name"] not in FUNCTIONS:
        return _("fungsi {choices}", choices=", ".join(sorted(FUNCTIONS)))
    return ""


def _word_fault(part: dict[str, Any], words: Mapping[str, list[str]]) -> str:
    """Return what was expected where a column is compared with a word that it never holds: nothing would count."""
    if part["class"] != "COMPARISON" and part["type"] != "COMPARE_IN":
        return ""
    sides = part.get("children") or [part["left"], part["right"]]
    literals = [side["literal"] for side in sides if side["class"] == "CONSTANT"]
    found = {each["text"] for each in literals if each["kind"] == "STRING"}
    for choices in [words[name] for side in sides for name in side.get("column_names", []) if words.get(name)]:
        if found - set(choices):
            return _("isi yang boleh tertulis di kolom itu, salah satu dari {choices}", choices=", ".join(choices))
    return ""


def _parse(connection: duckdb.DuckDBPyConnection, condition: str) -> Any:
    """Return the query that would ask a condition, or None where it is no one query."""
    found = connection.execute("SELECT json_serialize_sql(?)", [f"SELECT ({condition}\n)"]).fetchone()
    statements = json.loads(found[0]).get("statements", []) if found else []
    return statements[0]["node"] if len(statements) == 1 else None


def _around(node: dict[str, Any]) -> dict[str, Any]:
    """Return a query without what it selects: that of a condition has nothing else."""
    return {word: value for word, value in node.items() if word != "select_list"}


def _parts(value: Any) -> Any:
    """Yield every part of an expression, types of casts aside."""
    if isinstance(value, dict):
        if "class" in value and value["class"] != "TYPE":
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _parts(each)

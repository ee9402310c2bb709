"""The notebooks: prose and calls, stored whole, the same numbers through every door."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat import NotebookNode
from openpyxl import load_workbook
from papermill.execute import execute_notebook
from roots import PROJECT

from iku_analysis.execution.parameters import check_parameters, find_notebook
from iku_analysis.execution.runner import run_notebook

NAMES = sorted(path.stem for path in (PROJECT / "notebooks").glob("*.ipynb"))
BIN = Path(sys.executable).parent


def read(name: str) -> NotebookNode:
    return nbformat.read(find_notebook(name), as_version=4)


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def facts(notebook: NotebookNode) -> dict[str, list[str]]:
    """Return what each cell shows as text; a path of this machine would make two doors differ."""
    return {
        cell.id: [output.get("data", {}).get("text/plain", output.get("text", "")) for output in cell.outputs]
        for cell in code_cells(notebook)
        if cell.outputs
    }


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_is_stored_unrun(name: str) -> None:
    cells = code_cells(read(name))
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert any(cell.outputs for cell in cells)
    for output in (output for cell in cells for output in cell.outputs):
        assert output.output_type in ("display_data", "execute_result")
        words = {kind: text for kind, text in output.data.items() if kind != "image/png"}  # whose letters mean nothing
        assert not re.search(r"0x[0-9a-f]{6,}", str(words))
        assert str(PROJECT) not in str(output)


@pytest.mark.parametrize("name", NAMES)
def test_notebook_is_prose_and_calls(name: str) -> None:
    notebook = read(name)
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in code_cells(notebook):
        assert len(cell.source.splitlines()) <= 12
        tree = ast.parse(cell.source)
        banned = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.Try, ast.If, ast.BinOp)
        assert not [node for node in ast.walk(tree) if isinstance(node, banned)], cell.source
        assert not re.search(r"\bopen\(|read_csv|savefig|filterwarnings|154-2018|\.csv|\.xlsx", cell.source)
        assert "data/" not in cell.source or "parameters" in cell.metadata.tags


@pytest.mark.parametrize("name", NAMES)
def test_parameters_are_literals(name: str) -> None:
    (cell,) = [cell for cell in code_cells(read(name)) if "parameters" in cell.metadata.get("tags", [])]
    for node, line in zip(ast.parse(cell.source).body, cell.source.splitlines(), strict=True):
        assert isinstance(node, ast.Assign)
        assert isinstance(node.value, ast.Constant)
        assert f"# type: {type(node.value.value).__name__}  " in line


@pytest.mark.parametrize("name", NAMES)
def test_three_doors_give_the_same_numbers(name: str, tmp_path: Path) -> None:
    """Stored (what nbval compares with its own run in an ordinary kernel), plain papermill, our runner."""
    path = find_notebook(name)
    ours = run_notebook(path, check_parameters(path, {}), tmp_path / "ours.ipynb")
    plain = execute_notebook(str(path), str(tmp_path / "plain.ipynb"), progress_bar=False)
    stored = facts(read(name))
    assert stored == facts(ours)
    assert stored == facts(plain)


def test_the_command_of_papermill_is_such_a_door(tmp_path: Path) -> None:
    """From the project, its kernel an ordinary one; the notebook is the one that reckons most."""
    plain = tmp_path / "plain.ipynb"
    command = [BIN / "papermill", find_notebook("02_export_growth"), plain, "--no-progress-bar"]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    assert facts(read("02_export_growth")) == facts(nbformat.read(plain, as_version=4))


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("01_overview", {"year": 2018, "data": "data/example"}),
        ("01_overview", {"year": 2022, "data": "data/example", "language": "en"}),
        ("02_export_growth", {"year": 2018}),
        ("02_export_growth", {"year": 2022, "data": "data/raw", "language": "en"}),
        ("03_uttp_coverage", {"year": 2022}),
        ("03_uttp_coverage", {"year": 2020, "data": "data/raw"}),
        *[("04_indicator", {"indicator_id": each}) for each in ("nik", "pasar_sni", "pasar_diawasi", "keluhan")],
        ("04_indicator", {"indicator_id": "umkm", "year": 2018, "data": "data/raw"}),
        ("04_indicator", {"indicator_id": "ekspor", "year": 2022, "through": 7, "provisional": False}),
        ("02_export_growth", {"year": 2022, "through": 6, "language": "en"}),
        ("03_uttp_coverage", {"year": 2022, "through": 6, "language": "en"}),
        ("06_gallery_years", {"data": "data/raw", "year": 2021}),
        ("05_explorer", {"year": 2022, "data": "data/raw", "language": "en"}),
        ("annual_report", {"year": 2018, "data": "data/raw"}),
    ],
)
def test_notebook_runs_with_other_parameters(name: str, given: dict, tmp_path: Path) -> None:
    path = find_notebook(name)
    executed = run_notebook(path, check_parameters(path, given), tmp_path / "run.ipynb")
    streams = [output for cell in code_cells(executed) for output in cell.outputs if output.output_type == "stream"]
    assert not streams, streams
    shown = str(facts(executed))
    assert str(given.get("year", 2021)) in shown
    assert "nan" not in re.findall(r"\w+", shown)


@pytest.mark.parametrize(
    ("names", "file", "old", "new"),
    [
        (["01_overview", "05_explorer"], None, "", ""),
        (["01_overview"], "data/raw/decrees/154-2018/decree.txt", "4.250.198.668", "4.250.198.669"),
        (["02_export_growth"], "data/example/decrees/154-2018/decree.txt", "4.208.117.493", "4.208.117.494"),
        (
            ["04_indicator"],
            "iku_analysis/analysis/achievement.py",
            "float(100 * (abs(wanted)",
            "float(101 * (abs(wanted)",
        ),
        (
            ["02_export_growth", "05_explorer"],
            "iku_analysis/analysis/trend.py",
            "100 * (new - old) / old",
            "100 * (new - old) / new",
        ),
        (["03_uttp_coverage"], "iku_analysis/agency/rollup.py", "100 * whole", "99 * whole"),
    ],
)
def test_nbval_fails_on_a_changed_number_and_on_nothing_else(
    names: list[str], file: str | None, old: str, new: str, tmp_path: Path
) -> None:
    """In a copy of the project, strict nbval passes; with one target or one formula changed each notebook fails."""
    for part in ("iku_analysis", "data"):  # with what is compiled: Python compiles anew what has changed
        shutil.copytree(PROJECT / part, tmp_path / part, ignore=shutil.ignore_patterns("processed"))
    (tmp_path / "notebooks").mkdir()
    for name in names:
        shutil.copy(find_notebook(name), tmp_path / "notebooks")
    if file is not None:
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
    plugins = ["-p", "iku_analysis.storage.notebook_file", "-p", "nbval.plugin"]  # in this order as in pyproject.toml
    command = [sys.executable, "-m", "pytest", *plugins, "--nbval", "--nbval-current-env", "-rf"]
    # No plugin but nbval: the others are loaded for nothing.
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environment["IKU_HOME"] = str(tmp_path)
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", "notebooks"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    failed = set(re.findall(r"^FAILED notebooks/(\w+)\.ipynb::", done.stdout, re.MULTILINE))
    assert failed == (set(names) if file else set()), done.stdout
    assert "passed" in done.stdout


def shown_in(name: str) -> str:
    """Return all text that a stored notebook shows, its spaces plain."""
    return str(facts(read(name))).replace("\\xa0", " ").replace("\xa0", " ")


def raw_rows(file: str) -> pd.DataFrame:
    """Return a file of the example as text, read by nothing of ours."""
    separator = "," if file.startswith("exports") else ";"
    return pd.read_csv(PROJECT / "data/example/realisations" / file, dtype=str, sep=separator)


def indonesian(number: float, decimals: int) -> str:
    text = f"{number:+,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if decimals else text
    return text.translate(str.maketrans(",.-", ".,\N{MINUS SIGN}"))


def test_claims_on_exports_from_the_raw_rows() -> None:
    """02, year 2020 as it stood in September: sums, what is needed, the best month, changes, growth."""
    rows = raw_rows("exports.csv")
    month = rows.set_index("period")["value"].str.replace(",", "").astype(int)
    so_far, target = month["2020-01":"2020-09"].sum(), 4_166_452_963
    text = shown_in("02_export_growth")
    for number in (so_far, round((target - so_far) / 3), month["2020-01":"2020-09"].max()):
        assert indonesian(number, 0)[1:] in text
    assert indonesian(100 * (month["2020-09"] / month["2019-09"] - 1), 2) + "% dari bulan yang sama" in text
    before = month["2019-01":"2019-09"].sum()
    assert "sejak Januari " + indonesian(100 * (so_far / before - 1), 2) in text
    year = {each: month[f"{each}-01" : f"{each}-12"].sum() for each in (2018, 2019)}  # 2019: the last whole year
    assert "2019: naik " + indonesian(100 * (year[2019] / year[2018] - 1), 2)[1:] in text
    grown = [
        month[f"{p.year}-{p.month:02d}"] > month[f"{p.year - 1}-{p.month:02d}"]
        for p in pd.period_range("2019-10", "2020-09", freq="M")
    ]
    assert f"Dari 12 bulan terakhir yang dapat dibandingkan, {sum(grown)} lebih tinggi" in text
    items = raw_rows("exports_destination.csv").assign(
        value=lambda frame: frame["value"].str.replace(",", "").astype(int)
    )
    wide = items.pivot(index="breakdown", columns="period", values="value")
    points = 100 * (wide["2019"] - wide["2018"]) / year[2018]
    first = points.idxmax().removeprefix("tujuan: ")
    assert f"pendorong terbesar {first} ({indonesian(points.max(), 2)} poin)" in text


def test_claims_on_coverage_from_the_raw_rows() -> None:
    """03, year 2021: coverage, and the instruments short by area and by type."""
    text = shown_in("03_uttp_coverage")
    for file, column in (("uttp.csv", "wilayah"), ("uttp_jenis.csv", "rincian")):
        rows = raw_rows(file)
        rows = rows[rows["periode"].str.endswith("2021")]
        counts = rows[["pembilang", "penyebut"]].apply(lambda texts: texts.str.replace(".", "").astype(int))
        sums = counts.groupby(rows[column]).sum()
        short = [max(0, -(-99 * due // 100) - covered) for covered, due in sums.itertuples(index=False)]
        worst = sums.index[short.index(max(short))].removeprefix("jenis: ")
        if column == "wilayah":
            assert f"bersama-sama kurang {sum(short)}; terbanyak di {worst} ({max(short)})" in text
        else:
            assert f"terbanyak {worst}: kurang {max(short)}" in text
        coverage = 100 * counts["pembilang"].sum() / counts["penyebut"].sum()
        assert indonesian(coverage, 2)[1:] + "%" in text


def test_claims_on_one_indicator_from_the_workbook() -> None:
    """04, umkm 2021: the year and its areas from the sheet's own cells."""
    sheet = load_workbook(PROJECT / "data/example/realisations/umkm.xlsx")["2021"]
    rows = pd.DataFrame(list(sheet.values)[1:], columns=[cell.value for cell in sheet[1]])
    text = shown_in("04_indicator")
    assert indonesian(rows["nilai"].sum(), 0)[1:] + " UKM" in text
    areas = rows.groupby("wilayah")["nilai"].sum()
    share = 100 * areas / areas.sum()
    assert f"{areas.idxmax()}: {indonesian(areas.max(), 0)[1:]}  ({indonesian(share.max(), 1)[1:]}%)" in text

"""A paper, a notebook and the explorer end at their period: whatever lies later in the files, they show the same.

Each is made from two copies of a data root that agree up to a month; from there on one is as it was, and in
the other every figure is another, every text holds a mark, and a later decree has come into force.
"""

import csv
import io
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cells import run_without_inputs
from openpyxl import load_workbook

from iku_analysis import as_of, load_agency
from iku_analysis.analysis.differences import results_of
from iku_analysis.documents.document import read_blocks
from iku_analysis.indonesian import parse_period
from iku_analysis.papers import make
from iku_analysis.papers.catalogue import FORMATS

DATA = Path(__file__).parents[1] / "data"
MARK = "LATER-9876"
PERIODS, NUMBERS, PARTS = {"periode", "period"}, {"nilai", "value", "jumlah"}, {"pembilang", "numerator", "realisasi"}
TEXTS = {"sumber", "source", "keterangan", "deret", "program"}
UNTIL_SEPTEMBER = ["02_export_growth", "03_uttp_coverage", "04_indicator", "07_gallery_months"]
UNTIL_DECEMBER = [*UNTIL_SEPTEMBER, "01_overview", "05_explorer", "06_gallery_years"]
CASES = [
    *[
        ("2020-12", name, {"year": 2020} | ({"through": 12} if name in UNTIL_SEPTEMBER else {}))
        for name in UNTIL_DECEMBER
    ],
    *[("2020-09", name, {"year": 2020, "through": 9}) for name in UNTIL_SEPTEMBER],
    *[("2020-12", name, {"year": 2020}) for name in ("annual_report", "evaluation")],
    *[("2020-09", name, {"year": 2020, "quarter": 3}) for name in ("annual_report", "evaluation")],
    *[("2020-12", name, {"year": 2021}) for name in ("work_plan", "performance_agreement")],
]
PAPERS = {"annual_report", "evaluation", "work_plan", "performance_agreement"}


def last_month(period: str) -> str:
    year, _dash, part = period.partition("-")
    return f"{year}-{12 if not part else 3 * int(part[1]) if part[0] == 'Q' else int(part):02d}"


def change_later(root: Path, until: str) -> None:
    """Change all that lies after a month in the files of a data root, and let a decree begin in 2022."""
    for path in root.glob("*/*.csv"):
        if path.parent.name != "targets":
            text = path.read_text(encoding="utf-8")
            separator = ";" if ";" in text.splitlines()[0] else ","
            heads, *rows = csv.reader(io.StringIO(text), delimiter=separator)
            file = io.StringIO()
            csv.writer(file, delimiter=separator).writerows([heads, *(change(heads, row, until) for row in rows)])
            path.write_text(file.getvalue(), encoding="utf-8")
    for path in root.glob("realisations/*.xlsx"):
        book = load_workbook(path)
        for sheet in book:
            heads = [str(cell.value) for cell in sheet[1]]
            for cells in sheet.iter_rows(min_row=2):
                for cell, new in zip(cells, change(heads, [str(cell.value) for cell in cells], until), strict=True):
                    cell.value = int(new) if isinstance(cell.value, int) else new
        book.save(path)
    for path in root.glob("notes/*.md"):
        if path.stem > until[:4]:
            text = re.sub(r"^([^#\n].*)$", rf"\1 {MARK}", path.read_text(), flags=re.MULTILINE)
            # Who signs is known before a year begins.
            signers = re.compile(r"## Pihak (?:pertama|kedua)\n[^#]*")
            text = signers.sub(lambda found: found[0].replace(f" {MARK}", ""), text)
            path.write_text(text)
    decree = root / "decrees/9-2022"
    shutil.copytree(root / "decrees/154-2018", decree)
    text = (decree / "decree.txt").read_text().replace("154 TAHUN 2018", "9 TAHUN 2022").replace("\t99\t", "\t98\t")
    text = text.replace("01 Oktober 2018", "03 Januari 2022").replace("01 OKTOBER 2018", "03 JANUARI 2022")
    text = text.replace("2018-2022", "2022-2026").replace(
        "\t2018\t2019\t2020\t2021\t2022\t", "\t2022\t2023\t2024\t2025\t2026\t"
    )
    (decree / "decree.txt").write_text(text)
    settings = (decree / "indicators.toml").read_text()
    breaks = r"\n\[\[indicator\.break\]\]\n(?:[^\[\n].*\n?)+"
    (decree / "indicators.toml").write_text(re.sub(breaks, "\n", settings))


def change(heads: list[str], row: list[str], until: str) -> list[str]:
    """Return a row with other numbers and texts if its period ends later; a budget is known a year before."""
    period = next(cell for head, cell in zip(heads, row, strict=True) if head in PERIODS)
    when = parse_period(period)
    if last_month(when) <= until:
        return row
    planned = "program" in heads and int(when[:4]) <= int(until[:4]) + 1
    return [_change(head, cell, planned=planned, heads=heads) for head, cell in zip(heads, row, strict=True)]


def _change(head: str, cell: str, *, planned: bool, heads: list[str]) -> str:
    digits = re.sub(r"[.,]", "", cell)
    if head in TEXTS and not planned:
        return f"{cell} {MARK}"
    if not digits.isdigit() or digits == "0":
        return cell
    if head in NUMBERS or (head == "anggaran" and not planned):
        return str(2 * int(digits)) if len(digits) > 4 or digits == cell else cell
    if head not in PARTS:
        return cell
    return str(int(digits) // 2 - (5 if "rincian" in heads else 0))  # items are no more than their whole


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], tuple[Path, Path]]:
    made: dict[tuple[str, str], tuple[Path, Path]] = {}

    def both(data: str, until: str) -> tuple[Path, Path]:
        if (data, until) not in made:
            pair = [tmp_path_factory.mktemp(side) / data for side in ("one", "other")]
            for root in pair:
                shutil.copytree(DATA / data, root)
                for path in root.glob("targets/*.csv"):  # of 2022: the later decree has others
                    lines = path.read_text().splitlines(keepends=True)
                    path.write_text("".join(line for line in lines if "2022" not in line))
            change_later(pair[1], until)
            made[data, until] = (pair[0], pair[1])
        return made[data, until]

    return both


@pytest.mark.parametrize("data", ["example", "raw"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1]} to {case[0]}")
def test_what_lies_later_changes_nothing(
    roots: Callable[[str, str], tuple[Path, Path]],
    data: str,
    case: tuple[str, str, dict],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    until, name, given = case
    pair = roots(data, until)
    rendered = name in PAPERS and data == "example"
    (one, paper), (other, changed) = (
        run_without_inputs(name, monkeypatch, drawn=rendered, data=str(root), **given) for root in pair
    )
    assert_same(one, other, pair)
    assert MARK not in str(other)
    if not rendered:
        return
    quarter = given.get("quarter", 4)
    through = 0 if given["year"] == 2021 else 3 * quarter
    made, tables = [], []
    for root, notebook in zip(pair, (paper, changed), strict=True):
        agency = as_of(load_agency(root), given["year"], through)
        # The colophon's fingerprint tells which files were read, later rows and all: that they are others is true.
        document = replace(make.document(read_blocks(notebook), agency, given), made_with={})
        made.append(make.render(document, FORMATS, agency))
        tables.append(make.report_tables(agency, results_of(agency, quarter)))
    assert tables[0] == tables[1]
    for kind in ("html", "pdf", "docx"):
        assert made[0][kind] == made[1][kind], kind
    assert cells_of(made[0]["xlsx"]) == cells_of(made[1]["xlsx"])


def assert_same(one: list[str], other: list[str], pair: tuple[Path, Path]) -> None:
    """Compare text by text, so that the first that differs is told."""
    for first, second in zip(one, other, strict=False):
        assert first == second.replace(str(pair[1]), str(pair[0]))
    assert len(one) == len(other)


def cells_of(content: bytes) -> list[object]:
    """Return the cells of a workbook but for the SHA-256 of the files, and a decree that a later paper may name."""
    book = load_workbook(io.BytesIO(content))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    return [row for row in rows if "SHA-256" not in str(row)]


def test_the_change_shows_where_the_period_reaches_it(
    roots: Callable[[str, str], tuple[Path, Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same comparison a year later finds differences, so it would find them above."""
    for name in ("annual_report", "evaluation", "04_indicator", "05_explorer", "01_overview"):
        shown = [
            run_without_inputs(name, monkeypatch, data=str(root), year=2021)[0] for root in roots("example", "2020-12")
        ]
        assert shown[0] != shown[1]
        assert MARK in str(shown[1]) or name == "01_overview"

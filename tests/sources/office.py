"""Another agency than the seven indicators' own, written by hand: its decree, its areas, its files."""

import csv
import io
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from roots import HEADINGS

from iku_analysis import DataError, Problem, load_agency

BODY = Path(__file__).parents[1] / "data/good/decrees/7-2018/decree.txt"
AREAS = ["Kota Percontohan", "Kabupaten Percontohan", "Kepulauan Sewu", "Wonosari Timur"]


class Kind(NamedTuple):
    """One indicator of the decree: what is asked of it in the annex and in indicators.toml."""

    unit: str
    targets: str
    direction: str = "higher"
    aggregation: str = "last"
    more: str = ""


KINDS = {
    "kop": Kind("Koperasi aktif", "1.000 1.010 1.018 1.045 1.050", aggregation="sum"),
    "haji": Kind("orang", "1.500 1.500 1.550 1.584 1.600"),
    "ikm": Kind("Indeks", "80,5 81 82 82,5 83"),
    "spbe": Kind("Indeks", "2,5 2,6 2,7 2,855 2,9", more="upper_bound = 5"),
    "aki": Kind("per 100.000 kelahiran hidup", "150 145 140 135 130", "lower"),
    "lpe": Kind("Persen", "5,1 5,2 0,85 5,0 5,3", more="lower_bound = -100"),
    "laju": Kind("%", "0,85 0,8 0,75 0,7 0,6", "lower"),
    "jkn": Kind("Persen (%)", "65,40 65,40 92 97 95", aggregation="ratio", more="upper_bound = 100"),
    "pub": Kind("persen", "100 100 100 100 100", more="upper_bound = 100"),
    "suap": Kind("persen", "0 0 0 0 0", "lower"),
    "pad": Kind("Rp juta", "1.500,5 1.600 1.700 1.800 1.900", aggregation="sum"),
}


def make_office(root: Path, kinds: dict[str, Kind] | None = None, *, province: str = "") -> Path:
    """Write a data root without realisations, and return it."""
    kinds = KINDS if kinds is None else kinds
    head = BODY.read_text(encoding="utf-8").partition("\nNo\t")[0]
    annex = ["No\tSasaran\tIndikator\tSatuan\tTarget\t\t\t\t\tDefinisi", "\t\t\t\t2018\t2019\t2020\t2021\t2022\t"]
    decided = []
    for number, (name, kind) in enumerate(kinds.items(), start=1):
        annex.append(
            "\t".join([str(number), "Sasaran", f"Indikator {name}", kind.unit, *kind.targets.split(), "Definisi"])
        )
        decided.append(
            f'[[indicator]]\nnumber = {number}\nid = "{name}"\nlabel = {{ id = "{name}", en = "{name}" }}\n'
            f'direction = "{kind.direction}"\naggregation = "{kind.aggregation}"\npath = "rising"\n'
            f'zero_target = "target"\nreason = "uji"\nholder = {{ id = "Bidang", en = "Division" }}\n{kind.more}\n'
        )
    folder = root / "decrees/7-2018"
    folder.mkdir(parents=True)
    (folder / "decree.txt").write_text(head + "\n" + "\n".join(annex) + "\n", encoding="utf-8")
    (folder / "indicators.toml").write_text("\n".join(decided), encoding="utf-8")
    (root / "policy.toml").write_text(
        f'agency = "Dinas Percontohan"\nareas = {AREAS!r}\nprovince = "{province}"\n'
        'rating_source = { id = "uji", en = "test" }\n[[rating]]\nlabel = { id = "Baik", en = "Good" }\nabove = 90\n'
        '[[rating]]\nlabel = { id = "Kurang", en = "Poor" }\n',
        encoding="utf-8",
    )
    (root / "realisations").mkdir()
    return root


def figures(*rows: str) -> list[dict[str, str]]:
    """Return rows of `indicator period value [note]`; a value `3/4` is a numerator and a denominator."""
    records = []
    for row in rows:
        indicator, period, value, *note = row.split(" | ")
        numerator, slash, denominator = value.partition("/")
        record = dict.fromkeys(HEADINGS, "") | {"indikator": indicator, "periode": period, "basis": "resmi"}
        record |= {"pembilang": numerator, "penyebut": denominator} if slash else {"nilai": value}
        records.append(record | {"status": "final", "sumber": "uji", "keterangan": " ".join(note)})
    return records


def write(root: Path, records: list[dict[str, str]], kind: str = "csv") -> None:
    """Write the rows as a realisation file of a kind, every cell as text."""
    if kind == "csv":
        text = io.StringIO()
        writer = csv.DictWriter(text, HEADINGS, delimiter=";")
        writer.writeheader()
        writer.writerows(records)
        (root / "realisations/a.csv").write_text(text.getvalue(), encoding="utf-8")
        return
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for record in records:
        sheet.append([record[column] or None for column in HEADINGS])
    book.save(root / "realisations/a.xlsx")


def problems_of(root: Path) -> tuple[Problem, ...]:
    """Return what is wrong with a data root, nothing if it can be read."""
    try:
        load_agency(root)
    except DataError as error:
        return error.problems
    return ()

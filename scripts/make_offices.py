"""Make the data roots of two illustrative offices from what they handed in, through the door: `iku import`.

`data/handed-in/<office>/` holds a decree as issued, tables in the shapes that offices have, and the office's
policy.toml. What the office decided and answered stands below; everything else is read. After a change of the door:

    .venv/bin/python scripts/make_offices.py
"""

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from iku_analysis.intake.deciding import decide, open_proposals
from iku_analysis.intake.decree_door import read_decree, write_decree
from iku_analysis.intake.door import read_import, write_import
from iku_analysis.language import use_language

DATA = Path(__file__).parents[1] / "data"


class Office(NamedTuple):
    """An office: its decree, its tables in the order they came, what it decided against proposals, its answers."""

    decree: str
    tables: list[list[str]]
    decisions: dict[str, str]
    answers: dict[str, str]


OFFICES = {
    "health": Office(
        "KEPUTUSAN IKU DINKES 2020.docx",
        [["capaian_2020_2022.xlsx"], ["pengukuran_tw_2023.xlsx"]],
        {
            "prevalensi_stunting.aggregation": "last",
            "penduduk_peserta.aggregation": "last",
            "bor.aggregation": "last",
            "waktu_tanggap.aggregation": "mean",
            "ikm.aggregation": "mean",
        },
        {"basis": "resmi", "status": "final"},
    ),
    "village": Office(
        "SK KEPALA DESA.txt",
        [["surat.csv", "pbb dan desa siaga.csv"]],
        {},
        {"basis": "resmi", "status": "final", "indikator": "surat_keterangan"},
    ),
}


def make_office(name: str, root: Path) -> None:
    """Make the data root of an office."""
    office, handed_in = OFFICES[name], DATA / "handed-in" / name
    root.mkdir(parents=True)
    shutil.copyfile(handed_in / "policy.toml", root / "policy.toml")
    reading = read_decree(handed_in / office.decree, root)
    if reading is None:
        raise SystemExit(f"{office.decree} is no decree")
    write_decree(reading, root)
    decide(root, {proposal.key: office.decisions.get(proposal.key, "") for proposal in open_proposals(root)})
    _name_holder(root / "decrees" / reading.decree_id / "indicators.toml")
    for tables in office.tables:
        write_import(read_import([handed_in / table for table in tables], root, office.answers))


def _name_holder(path: Path) -> None:
    """Write who decided, and who holds the figures: nothing in the decree says so."""
    words = {"reason": "Diputuskan instansi contoh.", "holder": "Subbagian Program (contoh)"}
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [f'{word} = "{words[word]}"' if (word := line.partition(" = ")[0]) in words else line for line in lines]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")


def main() -> None:
    """Make both data roots anew."""
    use_language("id")
    for name in OFFICES:
        root = DATA / f"example-{name}"
        shutil.rmtree(root, ignore_errors=True)
        make_office(name, root)
        sys.stdout.write(f"{root}\n")


if __name__ == "__main__":
    main()

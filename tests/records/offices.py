"""An office with registers: its data root, written from a few lines of each."""

from pathlib import Path

from roots import AREAS, Kind, write_root

KINDS = [
    Kind("surat", "Surat", "10 10"),
    Kind("aduan", "Persen", "90 90", aggregation="ratio"),
    Kind("nilai", "Rupiah", "1000 1000"),
]
COLUMNS = {  # heading and what records.toml says of it, by meaning
    "nomor": 'heading = "No"',
    "orang": 'heading = "Nama", personal = true',
    "tanggal": 'heading = "Tanggal", type = "date"',
    "selesai": 'heading = "Selesai", type = "date", optional = true',
    "jenis": 'heading = "Jenis", values = ["baru", "lama"]',
    "kota": 'heading = "Kota", type = "area"',
    "rupiah": 'heading = "Rupiah", type = "number", most = 5000',
}
HEADINGS = "No;Nama;Tanggal;Selesai;Jenis;Kota;Rupiah"
REGISTER = """
[register.buku]
files = {files}
each = "satu catatan"
key = "nomor"
from = "2018-01"
until = "2018-12"
dates = "31/12/2021"
{more}
[register.buku.columns]
"""
COUNT = """
[[figure]]
indicator = "surat"
per = "quarter"
reason = "uji"
[figure.count]
register = "buku"
date = "tanggal"
"""


def write_office(
    root: Path, rows: list[str], figures: str = COUNT, *, files: str = '["buku.csv"]', more: str = "", head: str = ""
) -> Path:
    """Write an office whose register `buku` has these rows of `HEADINGS`, in 2018, and counts these figures."""
    columns = "\n".join(f"{name} = {{ {settings} }}" for name, settings in COLUMNS.items())
    settings = head + REGISTER.format(files=files, more=more) + columns + "\n" + figures
    return write_root(
        root,
        {2018: KINDS},
        [],
        areas=AREAS,
        **{"records/records.toml": settings, "records/buku.csv": "\n".join([HEADINGS, *rows]) + "\n"},
    )

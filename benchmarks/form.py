"""How long a form of 500 indicators takes, and one whose indicators were all reported by area.

A decree of 500 indicators is invented in a temporary folder. Prints the seconds of writing the form, reading
the data and the libraries apart. Usage: python benchmarks/form.py
"""

import shutil
import tempfile
import time
from pathlib import Path

import iku_analysis as iku
from iku_analysis.sources.data_root import PROJECT
from iku_analysis.sources.form import write_form

MANY = 500
SETTINGS = """
[[indicator]]
number = {number}
id = "iku_{number}"
label = {{ id = "Indikator {number}", en = "Indicator {number}" }}
direction = "higher"
aggregation = "{aggregation}"
path = "flat"
zero_target = "not_targeted"
max_decimals = 0
reason = "rekaan"
holder = {{ id = "Bidang {number}", en = "Division {number}" }}
"""


def many_indicators(folder: Path, *, by_area: bool) -> Path:
    """Write a data root with 500 indicators, every second one a percentage; `by_area`, all reported in 2020."""
    root = folder / ("wilayah" if by_area else "provinsi")
    shutil.copytree(PROJECT / "data/example/decrees", root / "decrees")
    shutil.copy(PROJECT / "data/example/policy.toml", root)
    decree = root / "decrees/154-2018"
    lines = (decree / "decree.txt").read_text(encoding="utf-8").splitlines()
    first, last = (place for place, line in enumerate(lines) if line[:2] in ("1\t", "7\t"))
    rows, settings, figures = [], [], ["indikator;periode;wilayah;nilai;pembilang;penyebut;basis;status;sumber"]
    for number in range(1, MANY + 1):
        percent = number % 2 == 0
        unit = "Persen" if percent else "UKM"
        rows.append(
            f"{number}\tSasaran\tIndikator {number}\t{unit}\t" + "90\t" * 5 + f"Definisi indikator {number}. " * 8
        )
        settings.append(SETTINGS.format(number=number, aggregation="ratio" if percent else "sum"))
        for area in ("Jakarta Pusat", "Jakarta Utara") if by_area else ():
            numbers = ";9;10" if percent else "9;;"
            figures.append(f"iku_{number};2020-TW1;{area};{numbers};resmi;final;rekaan")
    (decree / "decree.txt").write_text("\n".join(lines[:first] + rows + lines[last + 1 :]), encoding="utf-8")
    (decree / "indicators.toml").write_text("".join(settings), encoding="utf-8")
    (root / "realisations").mkdir()
    (root / "realisations/2020.csv").write_text("\n".join(figures), encoding="utf-8")
    return root


def main() -> None:
    """Print the seconds and the bytes of both forms, each written twice: the second time is the form's own."""
    with tempfile.TemporaryDirectory() as folder:
        for by_area in (False, True):
            agency = iku.load_agency(many_indicators(Path(folder), by_area=by_area))
            for _time in range(2):
                start = time.perf_counter()
                content = write_form(agency, 2021)
                seconds = time.perf_counter() - start
            rows = "4 quarters, 6 areas" if by_area else "4 quarters"
            print(f"{MANY} indicators, {rows}: {seconds:.2f} s, {len(content) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

"""Registers of a million and ten million rows, against the engine's bare scan of the same files in the same run.

    .venv/bin/python benchmarks/registers.py [ROWS ...]

The bare scan looks at every cell of the columns that records.toml names, and keeps none: the engine answers `max` or
`count` of Parquet from its footer, which is no scan. Counting judges and compares every row, and hashes the files.
Each is a process of its own; seconds are those of the processors, which other work on the machine changes least.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SETTINGS = """
[register.ekspor]
files = ["ekspor.{kind}"]
each = "satu surat"
key = "nomor"
from = "2021-01"
until = "2021-12"
dates = "31/12/2021"
[register.ekspor.columns]
nomor = {{ heading = "nomor" }}
ukuran = {{ heading = "ukuran", values = ["Mikro", "Kecil", "Menengah", "Besar"] }}
tujuan = {{ heading = "tujuan" }}
tanggal = {{ heading = "tanggal", type = "date" }}
nilai = {{ heading = "nilai", type = "number" }}
[[figure]]
indicator = "ekspor"
reason = "-"
[figure.count]
register = "ekspor"
sum = "nilai"
date = "tanggal"
where = "ukuran IN ('Kecil', 'Menengah')"
kinds = ["tujuan"]
"""
MADE = """
SELECT 'SKA-' || i AS nomor, ['Mikro', 'Kecil', 'Menengah', 'Besar'][1 + i % 4] AS ukuran,
  ['Tokyo', 'Singapura', 'Beijing'][1 + i % 3] AS tujuan, {day} AS tanggal, {amount} AS nilai FROM range({rows}) t(i)
"""
DAY = "(DATE '2021-01-01' + (i * 7 % 365)::INT)"
CSV = {"day": f"strftime({DAY}, '%d/%m/%Y')", "amount": "replace(printf('%.2f', (i * 37 % 1000000) / 7.0), '.', ',')"}
PARQUET = {"day": DAY, "amount": "((i * 37 % 1000000) / 7.0)::DECIMAL(18, 2)"}
BARE = "SELECT bit_xor(hash(COLUMNS(*))) FROM {reader}"
TIMED = """
import json, resource, sys, time
{before}
start, wall = time.process_time(), time.perf_counter()
{measured}
took = [time.process_time() - start, time.perf_counter() - wall]
print(json.dumps([*took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000]))
"""


def measure(before: str, measured: str, home: Path) -> tuple[float, float, float]:
    """Return seconds of the processors, seconds that pass, and the most memory, in MB, of a process."""
    script = home / "measured.py"  # a file: of a command the engine would print its progress
    script.write_text(TIMED.format(before=before, measured=measured), encoding="utf-8")
    environment = os.environ | {"IKU_HOME": str(home)}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, env=environment)
    seconds, passed, megabytes = json.loads(done.stdout)
    return seconds, passed, megabytes


def compare(root: Path, kind: str, rows: int) -> None:
    """Print one line: counting a register of a kind and size against its bare scan."""
    import duckdb

    path = root / f"records/ekspor.{kind}"
    made = MADE.format(rows=rows, **(CSV if kind == "csv" else PARQUET))
    options = "(HEADER, DELIMITER ';')" if kind == "csv" else "(FORMAT parquet)"
    duckdb.execute(f"COPY ({made}) TO '{path}' {options}")
    (root / "records/records.toml").write_text(SETTINGS.format(kind=kind), encoding="utf-8")
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in ("nomor", "ukuran", "tujuan", "tanggal", "nilai"))
    reader = f"read_parquet('{path}')"
    if kind == "csv":
        reader = f"read_csv('{path}', delim=';', header=true, auto_detect=false, columns={{{columns}}})"
    bare, bare_passed, _memory = measure(
        "import duckdb", f"duckdb.execute({BARE.format(reader=reader)!r}).fetchall()", root
    )
    count = (
        "from pathlib import Path\nfrom iku_analysis.records import counted, engine, quality, counting\n"
        "from iku_analysis.records.declared import read_records\n"
        f"root = Path({str(root)!r})\nrecords, _ = read_records(root, {{'ekspor': 'sum'}}, [])"
    )
    read = "assert not counted.read_counted(root, records, [], [2021])[1]"
    own, passed, memory = measure(count, read, root)
    again = measure(count, read, root)[1]
    print(
        f"{kind:8}{rows:>12,}{bare:>10.2f}{own:>10.2f}{own / bare:>8.2f}{passed / bare_passed:>12.2f}"
        f"{memory:>8.0f}{again:>10.2f}",
        flush=True,
    )


def main(sizes: list[int]) -> None:
    """Print the table."""
    print(f"{'':8}{'rows':>12}{'bare, s':>10}{'count, s':>10}{'ratio':>8}{'of passed':>12}{'MB':>8}{'again, s':>10}")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "records").mkdir()
        for kind in ("csv", "parquet"):
            for rows in sizes:
                compare(Path(folder), kind, rows)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [1_000_000, 10_000_000])

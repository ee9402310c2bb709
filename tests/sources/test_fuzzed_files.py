"""Files that chance has changed: read or refused, never a traceback, never without end."""

import io
import random
import time
import zipfile
from pathlib import Path

import pytest
from roots import PROJECT

from iku_analysis.problems import Problem
from iku_analysis.sources.account import Account
from iku_analysis.sources.folder import read_rows
from iku_analysis.sources.policy import read_policy

TIMES = 40  # a kind of file; run once with 10.000
OFFICE, GOOD = PROJECT / "tests/data/office", PROJECT / "tests/data/good/realisations"
SNIPPETS = [
    b"9" * 30,
    b"<",
    b'"',
    b";",
    b"\n",
    b"1e999",
    b"-1",
    b"\x00",
    b"jumlah",
    b"Total",
    b"2021",
    b"\xff",
    b"&#0;",
    b"1048577",
    b"nan",
    b"",
    b"  ",
    b"Rp",
    b",-",
    b"%",
    b'hidden="1" ',
]


def changed(content: bytes, rng: random.Random) -> bytes:
    found = bytearray(content)
    for _time in range(rng.randint(1, 4)):
        start = rng.randrange(len(found) + 1)
        found[start : start + rng.choice([0, 0, 1, 1, 3, 20])] = rng.choice(SNIPPETS)
    return bytes(found)


def changed_book(content: bytes, rng: random.Random) -> bytes:
    """Return a workbook of which one part has changed, and now and then the whole file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(sorted(parts))
    parts[name] = changed(parts[name], rng)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return changed(file.getvalue(), rng) if rng.random() < 0.2 else file.getvalue()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_chance_makes_no_traceback(tmp_path: Path, suffix: str) -> None:
    rng = random.Random(12)  # noqa: S311
    policy, _faults = read_policy(PROJECT / "data/raw")
    assert policy is not None
    files = [path.read_bytes() for folder in (OFFICE, GOOD) for path in sorted(folder.glob(f"*{suffix}"))]
    refused = 0
    for _time in range(TIMES):
        content = rng.choice(files)
        given = (changed if suffix == ".csv" else changed_book)(content, rng)
        begin = time.perf_counter()
        for folder in ("realisations", "budget"):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / f"a{suffix}").write_bytes(given)
            problems: list[Problem] = []
            for row in read_rows(tmp_path / folder, policy, problems, account=Account()):
                for column in ("value", "numerator", "denominator", "budget", "realised"):
                    row.number_of(column)
                row.period("period", range(2018, 2023))
            assert all(problem.found and problem.expected and problem.mend for problem in problems)
            refused += bool(problems)
        assert time.perf_counter() - begin < 5
    assert refused

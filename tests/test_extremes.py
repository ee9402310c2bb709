"""What `check` passes, every paper can be made from: roots at the edges of what is read, drawn with a seed."""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from roots import Kind, write_root

from iku_analysis import load_agency, use_language
from iku_analysis.papers.make import make_report
from iku_analysis.sources.limits import LARGEST, LONGEST_NAME, LONGEST_TEXT
from iku_analysis.storage.outputs import output_folder

SEEDS = range(int(os.environ.get("IKU_EXTREMES", "1")))
PAPERS = ("report", "agreement", "plan", "evaluation")
FORMATS = ("html", "pdf", "docx", "xlsx")
SCRIPTS = ["Usaha", "مؤشر الأداء", "経済指標", "😀👧🏽", "Ekspor $x_1$ & <b>", "ångström–½", "“kutip”, 'satu'"]
UNITS = ["Unit", "Rp " + "juta" * 60, "وحدة", "🏪🏪", "US$"]
LARGE = LARGEST - 1


def long(rng: random.Random, most: int) -> str:
    """Return a text of the most letters, with or without places to break."""
    word = rng.choice(SCRIPTS) + rng.choice(["", " "])
    return (word * (most // len(word) + 1))[:most].strip()


def extreme_root(root: Path, rng: random.Random) -> Path:
    """Return a root with the largest numbers, most decimals, longest names, letters of many scripts, many areas."""
    targets = [
        " ".join([str(LARGE)] * 5),
        "0,123456789012345 0,2 0,3 0,4 0,5",
        "0 0 0 0 0",
        "1 2 3 4 5",
        "-5 -4 0 4 5",
    ]
    kinds = [
        Kind("besar", rng.choice(UNITS), targets[0], more="wide_targets = true"),
        Kind("halus", "Indeks", targets[1], aggregation="last", more="max_decimals = 15"),
        Kind("nol", "persen", targets[2], "lower", "ratio", "target"),
        Kind("kecil", rng.choice(UNITS[:4]), targets[3], rng.choice(["higher", "lower"])),
        Kind("rugi", "Rp juta", targets[4], "lower", "last", "target", "lower_bound = -1000"),
    ][: rng.choice([1, 5, 5])]
    names = {kind.name for kind in kinds}
    areas = [long(rng, LONGEST_NAME - 3) + f" {place}" for place in range(3)]
    areas += [f"{script} {place}" for place, script in enumerate(SCRIPTS)] + [f"Kota {place}" for place in range(90)]
    rows = [f"besar|{year}|{LARGE - year}" for year in range(2018, 2023)]
    rows += [f"halus|2021|0,{rng.randrange(10**14, 10**15)}", "nol|2021|0/10", "nol|2020|1/10", "rugi|2021|-3"]
    rows += [f"kecil|2020|{place % 7}|wilayah={area}" for place, area in enumerate(areas)]
    rows.append(f"kecil|2021|3|sumber={long(rng, LONGEST_TEXT - 1)}".replace(";", ","))
    rows = [row for row in rows if row.partition("|")[0] in names]
    write_root(root, {2018: kinds}, rows, areas=areas)
    settings = root / "decrees/2018/indicators.toml"
    text = settings.read_text(encoding="utf-8")
    for place, kind in enumerate(kinds):
        label = f"{place} {long(rng, LONGEST_NAME - 5)}".replace('"', "”")
        text = text.replace(f'id = "Indikator {kind.name}"', f'id = "{label}"')
        text = text.replace(f'en = "Indicator {kind.name}"', f'en = "{label[::-1].strip()}"')
    settings.write_text(text, encoding="utf-8")
    decree = root / "decrees/2018/decree.txt"
    decree.write_text(decree.read_text(encoding="utf-8").replace("Sasaran 1", long(rng, 3000)), encoding="utf-8")
    return root


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data"
    yield folder
    shutil.rmtree(output_folder(folder), ignore_errors=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_check_passes_makes_every_paper(seed: int, root: Path) -> None:
    rng = random.Random(seed)  # noqa: S311 - no secret
    load_agency(extreme_root(root, rng))
    for paper in PAPERS:
        page = make_report(2021, str(root), paper=paper, language=rng.choice(["id", "en"]), formats=FORMATS)
        assert {file.suffix[1:] for file in page.parent.iterdir()} >= set(FORMATS)
    use_language("id")

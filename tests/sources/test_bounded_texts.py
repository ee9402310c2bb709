"""Decrees, settings and notes are read within limits: in time that grows with the file, every fault told by place."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from iku_analysis import DataError, Problem, load_agency, use_language
from iku_analysis.agency import worded
from iku_analysis.batch.job import read_job
from iku_analysis.errors import IkuError
from iku_analysis.sources import annex, decree_text, file_faults

MakeRoot = Callable[..., Path]
DECREE, SETTINGS = "decrees/7-2018/decree.txt", "decrees/7-2018/indicators.toml"
MILLION = 950_000  # characters: nearly what is read of a file
MANY = 250_000  # characters, of each of hundreds of decrees: what grows with the square takes hours even so
MOST_SECONDS = 300  # of a process that takes ten, on a busy machine; what grows with the square takes hours


@pytest.fixture
def root(make_root: MakeRoot) -> Path:
    return make_root()


def problems_of(root: Path) -> tuple[Problem, ...]:
    worded._kept.clear()  # what other limits let pass
    with pytest.raises(DataError) as caught:
        load_agency(root)
    return caught.value.problems


def change(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def add(root: Path, name: str, text: str) -> None:
    with (root / name).open("a", encoding="utf-8") as file:
        file.write(text)


def in_time(command: str, *given: str) -> subprocess.CompletedProcess:
    """Run Python in a process of its own, which ends in time."""
    call = [sys.executable, "-c", command, *given]
    return subprocess.run(call, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)


def iku(*words: str) -> subprocess.CompletedProcess:
    """Run the command line in time; it never shows a traceback."""
    done = in_time("from iku_analysis.cli import main; main()", *words)
    assert "Traceback" not in done.stderr
    return done


ENDLESS = {
    "blanks": " ",
    "lines": "\n",
    "blank lines": " \n",
    "dashes": "-",
    "dashes and blanks": "- ",
    "digits": "1",
    "tabs": "\t",
    "items": "1. ",
    "items on lines": "1.\n",
    "titles": "TENTANG \n",
    "points": "- KESATU : Tahun 2018 ",
    "numbers": "NOMOR : ",
    "days": "\nTanggal :",
    "rows": "\n1\tx",
    "headings": "\nNo\t2018",
    "stars": "* ",
}
# Where they stand: each of these words begins a pattern.
BEFORE = ["", "NOMOR", "TENTANG", "KEPUTUSAN KEPALA ", "Mengingat", "KETIGA", "Tembusan", "Pada tanggal", "Tahun 2018"]


def test_a_decree_is_read_in_time_that_grows_with_it(root: Path) -> None:
    """A word that begins a pattern, and then the same without end, with what ends the pattern or without."""
    command = (
        "import sys, pathlib; from iku_analysis.sources.decree import read_decree\n"
        "path = pathlib.Path(sys.argv[1]); good = (path / 'decree.txt').read_text()\n"
        "for name, filling in eval(sys.argv[2]).items():\n"
        "    print(name, flush=True)\n"
        f"    endless = filling * ({MANY} // len(filling))\n"
        "    for before in eval(sys.argv[3]):\n"
        "        for text in (before + endless, good.replace(before, before + endless, 1)):\n"
        "            (path / 'decree.txt').write_text(text)\n"
        "            decree, problems = read_decree(path)\n"
        "            assert (decree is None) == bool(problems)\n"
    )
    done = in_time(command, str((root / DECREE).parent), repr(ENDLESS), repr(BEFORE))
    assert done.returncode == 0, (done.stdout, done.stderr)
    assert done.stdout.splitlines() == list(ENDLESS)


def test_items_stand_as_written_without_the_mark_that_ends_them(root: Path) -> None:
    begin = "- KETIGA : begini :\n"
    change(
        root,
        DECREE,
        "- KETIGA",
        f"{begin} 1.  Rencana  kerja ; \n\n2.\n Butir. \n 3. Ketiga.;\n4. a;b.c\n- KEEMPAT\n- KETIGA",
    )
    agency = load_agency(root)
    assert agency.decrees[0].uses == ("Rencana  kerja", "Butir", "Ketiga.", "a;b.c")


@pytest.mark.parametrize("years", ["0001-9999", "2018-9999", "1944-1945", "2022-2018", "2018-2043", "2099-2101"])
def test_years_are_bounded(root: Path, years: str) -> None:
    change(root, DECREE, "2018-2022", years)
    told = [problem for problem in problems_of(root) if problem.found == years]
    assert told[0].file == DECREE
    assert told[0].row is not None
    assert told[0].expected == "paling banyak 25 tahun, antara 1945 dan 2100"


def test_a_long_plan_is_no_fault(root: Path) -> None:
    change(root, DECREE, "2018-2022", "2018-2042")
    found, _problems = decree_text.read_facts((root / DECREE).read_text(encoding="utf-8").replace("**", ""), "")
    assert (found["first_year"], found["last_year"]) == (2018, 2042)


def test_rows_of_an_annex_are_bounded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annex, "MOST_INDICATORS", 2)
    assert "paling banyak 2 baris" in [problem.expected for problem in problems_of(root)]
    monkeypatch.undo()
    add(root, DECREE, "\nx\ty" * 5000)
    assert len(problems_of(root)) <= 101


@pytest.mark.parametrize("name", ["policy.toml", DECREE, SETTINGS, "notes/2021.md"])
def test_a_text_is_bounded(root: Path, name: str) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    add(root, name, "\n" + "#" * 1_000_000)
    problem = problems_of(root)[0]
    assert (problem.file, problem.expected) == (name, "paling banyak 1000 kB")


def test_a_note_is_bounded_as_a_cell_is(root: Path) -> None:
    (root / "notes").mkdir(exist_ok=True)
    (root / "notes/2021.md").write_text("# umum\n## Simpulan\n" + "x" * 32_767, encoding="utf-8")
    load_agency(root)
    add(root, "notes/2021.md", "x")
    assert problems_of(root)[0].row == 2


@pytest.mark.parametrize("name", ["policy.toml", DECREE, SETTINGS])
def test_a_folder_for_a_file_is_no_file(root: Path, name: str) -> None:
    (root / name).unlink()
    (root / name).mkdir()
    with pytest.raises(IkuError):
        load_agency(root)


DEEP = {
    "lists": "x = " + "[" * 5000 + "]" * 5000,
    "tables": "x = " + "{a=" * 5000 + "1" + "}" * 5000,
    "open": "x = " + "[" * 900_000,
    "keys": "a." * 400_000 + "a = 1",
    "headings": "[" + "a." * 400_000 + "a]",
    "quoted keys": '"a" . ' * 100_000 + "a = 1",
    "keys in a table": "x = { " + "a." * 5000 + "a = 1 }",
    "after a text": "y = '''\n]]''' \n" + "x = " + "[" * 5000,
    "behind a quotation mark": 'y = """a""""\nx = ' + "[" * 5000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
@pytest.mark.parametrize("name", ["policy.toml", SETTINGS])
def test_depth_is_told_by_line(root: Path, name: str, text: str) -> None:
    before = (root / name).read_text(encoding="utf-8")
    (root / name).write_text(text + "\n" + before, encoding="utf-8")
    problem = problems_of(root)[0]
    assert (problem.file, problem.found) == (name, "21 tingkat atau lebih")
    assert problem.row == text.count("\n") + 1


def test_brackets_in_texts_and_comments_are_no_depth(root: Path) -> None:
    signs = "[" * 30 + "{" * 30 + "a." * 30
    texts = [
        f'"{signs}"',
        f"'{signs}'",
        f'"""\n{signs}\\" """',
        f"'''{signs}'''",
        f'"""{signs}""""',
        '"\\"' + signs + '"',
    ]
    change(root, SETTINGS, "[[indicator]]", f"# {signs}\n" + "[[indicator]]")
    change(root, "policy.toml", "agency", f"# {signs}\nagency")
    for text in texts:
        kept = (root / SETTINGS).read_text(encoding="utf-8")
        (root / SETTINGS).write_text("note = [{ id = " + text + ", en = 'x' }]\n" + kept, encoding="utf-8")
        assert load_agency(root).decrees[0].notes[0].strip().strip('"').startswith("[[")
        (root / SETTINGS).write_text(kept, encoding="utf-8")


FILLINGS = [
    '"',
    "'",
    '"""',
    "'''",
    '\\"',
    '"\\',
    "#",
    ".",
    "=",
    "1",
    "_",
    "x = 1\n",
    "[a]\n",
    "a=",
    "\\",
    "[[a]]\n",
    "k.k=1\n",
]


def test_settings_are_read_in_time_that_grows_with_them(tmp_path: Path) -> None:
    command = (
        "import sys, pathlib; from iku_analysis.sources.policy import read_policy\n"
        "for filling in eval(sys.argv[2]):\n"
        "    for before in ('', 'x = \"', 'x = '):\n"
        f"        text = before + filling * ({MILLION} // len(filling))\n"
        "        (pathlib.Path(sys.argv[1]) / 'policy.toml').write_text(text)\n"
        "        assert read_policy(pathlib.Path(sys.argv[1]))[1]\n"
    )
    assert in_time(command, str(tmp_path), repr(FILLINGS)).returncode == 0


NUMBERS = ["inf", "-inf", "nan", "1e400", "9" * 400, "0x" + "f" * 3000, "9" * 5000, "1" * 900_000, "1e300", "-1e16"]
PLACES = [
    *[("policy.toml", "[judging]", word) for word in ("mean_cap_pct", "check_above_pct", "max_missing_pct")],
    *[("policy.toml", "[trend]", word) for word in ("on_track", "lagging")],
    *[(SETTINGS, "[[indicator]]", word) for word in ("lower_bound", "upper_bound", "max_decimals", "number")],
    (SETTINGS, "[[indicator]]", "steady_denominator_pct"),
]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number[:6])
@pytest.mark.parametrize(("name", "table", "word"), PLACES, ids=[word for *_file, word in PLACES])
def test_a_number_that_is_none_is_told_by_place(root: Path, name: str, table: str, word: str, number: str) -> None:
    lines = (root / name).read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if not line.startswith(f"{word} ")]
    if table not in lines:
        lines.append(table)
    lines.insert(lines.index(table) + 1, f"{word} = {number}")
    (root / name).write_text("\n".join(lines), encoding="utf-8")
    told = [problem for problem in problems_of(root) if problem.file == name]
    assert told[0].row is not None or word in str(told[0].column)
    assert "angka" in told[0].found or len(told[0].found) <= 80


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("policy.toml", "agency = ", 'areas = ["Utara", "  utara"]\nagency = ', "areas"),
        ("policy.toml", "agency = ", 'areas = ["Utara", " "]\nagency = ', "areas.2"),
        ("policy.toml", "agency = ", 'areas = ["Utara\\nSelatan"]\nagency = ', "areas.1"),
        ("policy.toml", "agency = ", f"areas = {[str(each) for each in range(601)]}\nagency = ", "areas"),
        ("policy.toml", "agency = ", f'areas = ["{"x" * 301}"]\nagency = ', "areas.1"),
        ("policy.toml", "agency = ", f"{'k' * 900_000} = 1\nagency = ", "kkkkk"),
        ("policy.toml", "agency = ", "".join(f"k{each} = 1\n" for each in range(50_000)) + "agency = ", "k0"),
        (SETTINGS, "max_decimals = 0", "max_decimals = 16", "indicator.1.max_decimals"),
        (SETTINGS, "number = 1", "number = 101", "indicator.1.number"),
        (SETTINGS, 'id = "umkm"', f'id = "{"u" * 61}"', "indicator.1.id"),
        (SETTINGS, 'id = "umkm"', 'id = "u²"', "indicator.1.id"),
    ],
    ids=lambda text: text[-30:],
)
def test_names_and_counts_are_told_by_place(root: Path, name: str, old: str, new: str, place: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    if place.startswith("areas"):
        text = "\n".join(line for line in text.splitlines() if not line.startswith("areas"))
    (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = problems_of(root)
    assert problems[0].file == name
    assert str(problems[0].column).startswith(place)
    assert len(str(problems[0].column)) <= 300
    assert len(problems) <= 101


def test_labels_and_breaks_differ(root: Path) -> None:
    text = (root / SETTINGS).read_text(encoding="utf-8")
    labels = [line for line in text.splitlines() if line.startswith("label")]
    text = text.replace(labels[1], labels[0])
    text += "\n[[indicator.break]]\nyear = 2020\nnote = { id = 'a', en = 'a' }\n" * 2
    (root / SETTINGS).write_text(text, encoding="utf-8")
    assert {"indicator.label"} < {problem.column for problem in problems_of(root)}
    assert [problem.found for problem in problems_of(root) if str(problem.column).endswith(".break")] == ["2020"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_wrong_in_one_language_is_told_in_the_other(root: Path, language: str) -> None:
    """Else `check` passes, and the report in English fails."""
    change(root, "policy.toml", 'en = "Medium"', "en = 5")
    use_language(language)
    try:
        assert problems_of(root)[0].column == "rating.2.label"
    finally:
        use_language("id")


@pytest.mark.parametrize(
    "text",
    [
        *["x = " + "[" * 5000, "jobs = inf", "jobs = 1e400", "retries = " + "9" * 400, "timeout = nan", "jobs = 257"],
        *["retries = 101", "timeout = 604801", 'years = "0001-9999"', 'years = "²018"', 'years = "2018-9999"'],
        *[f"summary = '{'x' * 5000}'", "retries = " + "9" * 5000, "a." * 90_000 + "a = 1"],
    ],
    ids=lambda text: text[:20],
)
def test_a_job_is_bounded(tmp_path: Path, text: str) -> None:
    path = tmp_path / "job.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError):
        read_job(path, {})


def test_a_job_shows_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "job.toml"
    for text in (f"data = ['{'x' * 5000}']", "x = " + "[" * 5000):
        path.write_text(text, encoding="utf-8")
        assert iku("batch", str(path), "--dry-run").returncode in (1, 2)


CELLS = [
    "2021" + " " * 32_000 + "x",
    "2021" + "*" * 32_000 + "x",
    "s" + " " * 32_000 + "x",
    "(" + "1" * 32_000,
    "total" + " " * 32_000 + "x",
    "sub" + " " * 32_000 + "x",
    "-" * 32_000,
    " -" * 16_000,
    "rata" + " " * 30_000,
]


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell[:5])
def test_cells_are_read_in_time_that_grows_with_them(root: Path, cell: str) -> None:
    rows = "".join(f'umkm;"{cell}";"{cell}";"{cell}";resmi;final;"{cell}";"s.d{cell}"\n' for _row in range(10))
    text = "indikator;periode;nilai;rincian;basis;status;sumber;keterangan\n" + rows
    (root / "realisations/a.csv").write_text(text, encoding="utf-8")
    text = "program;indikator;periode;anggaran;realisasi;sumber\n" + f'"{cell}";umkm;2021;"{cell}";1;"{cell}"\n' * 10
    (root / "budget").mkdir(exist_ok=True)
    (root / "budget/a.csv").write_text(text, encoding="utf-8")
    done = iku("check", "--data", str(root))
    assert done.returncode == 2
    assert "a.csv" in done.stderr


def test_reading_stops_at_what_is_written_once() -> None:
    """The limits are one module's, and each says why."""
    from iku_analysis.sources import limits

    lines = Path(limits.__file__).read_text(encoding="utf-8").splitlines()
    assert all("  # " in line for line in lines if " = " in line)
    assert file_faults.MOST_BYTES_OF_TEXT == limits.MOST_BYTES_OF_TEXT

"""Data roots of other agencies than ours, each of a kind that a notebook or a paper may stumble over."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).parents[1]  # the clone
BODY = Path(__file__).parent / "data/good/decrees/7-2018/decree.txt"
AREAS = ["Kota Timur", "Kota Barat", "Kabupaten Laut"]
HEAD = "indikator;periode;nilai;pembilang;penyebut;wilayah;rincian;basis;status;sumber;keterangan"
HEADINGS = [each for each in HEAD.split(";") if each != "rincian"]  # of a file without breakdowns


class Kind(NamedTuple):
    """One indicator of a decree: what the annex and indicators.toml say of it; a target a year."""

    name: str
    unit: str
    targets: str
    direction: str = "higher"
    aggregation: str = "sum"
    zero: str = "not_targeted"
    more: str = ""


def write_root(
    root: Path, decrees: dict[int, list[Kind]], rows: list[str], *, areas: list[str] | None = None, **files: str
) -> Path:
    """Write a data root: its decrees by their first year, its realisations (`indicator|period|value|more`), and files.

    A value `3/4` is a numerator and a denominator; more are cells by their heading, `wilayah=Kota Timur`.
    """
    for first, kinds in decrees.items():
        _write_decree(root / f"decrees/{first}", first, kinds)
    policy = f'agency = "Dinas Percontohan"\nareas = {areas or []!r}\nrating_source = {{ id = "uji", en = "test" }}\n'
    policy += '[[rating]]\nlabel = { id = "Baik", en = "Good" }\nabove = 90\n'
    policy += '[[rating]]\nlabel = { id = "Kurang", en = "Poor" }\n'
    (root / "policy.toml").write_text(policy, encoding="utf-8")
    texts = {"realisations/a.csv": "\n".join([HEAD, *map(_line, rows)])} if rows else {}
    for name, text in (texts | files).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def _write_decree(folder: Path, first: int, kinds: list[Kind]) -> None:
    years = [first + place for place in range(len(kinds[0].targets.split()))]
    head = BODY.read_text(encoding="utf-8").partition("\nNo\t")[0]
    head = head.replace("2018-2022", f"{years[0]}-{years[-1]}").replace("7 TAHUN 2018", f"{first % 100} TAHUN {first}")
    head = head.replace("01 Oktober 2018", f"02 Januari {first}").replace("01 OKTOBER 2018", f"02 JANUARI {first}")
    tabs = "\t" * len(years)
    annex = [f"No\tSasaran\tIndikator\tSatuan\tTarget{tabs}Definisi", "\t\t\t\t" + "\t".join(map(str, years)) + "\t"]
    settings = []
    for number, kind in enumerate(kinds, start=1):
        words = [
            str(number),
            f"Sasaran {number}",
            f"Indikator {kind.name}",
            kind.unit,
            *kind.targets.split(),
            "Definisi",
        ]
        annex.append("\t".join(words))
        settings.append(
            f'[[indicator]]\nnumber = {number}\nid = "{kind.name}"\n'
            f'label = {{ id = "Indikator {kind.name}", en = "Indicator {kind.name}" }}\n'
            f'direction = "{kind.direction}"\naggregation = "{kind.aggregation}"\npath = "rising"\n'
            f'zero_target = "{kind.zero}"\nreason = "uji"\nholder = {{ id = "Bidang", en = "Division" }}\n{kind.more}\n'
        )
    folder.mkdir(parents=True)
    (folder / "decree.txt").write_text(head + "\n" + "\n".join(annex) + "\n", encoding="utf-8")
    (folder / "indicators.toml").write_text("\n".join(settings), encoding="utf-8")


def _line(row: str) -> str:
    indicator, period, value, *more = row.split("|")
    cells = {"indikator": indicator, "periode": period, "basis": "resmi", "status": "final", "sumber": "uji"}
    numerator, slash, denominator = value.partition("/")
    cells |= {"pembilang": numerator, "penyebut": denominator} if slash else {"nilai": value}
    cells |= dict(cell.split("=") for cell in more)
    return ";".join(cells.get(heading, "") for heading in HEAD.split(";"))


def _months(name: str, years: range, value: Callable[[int, int], str]) -> list[str]:
    return [f"{name}|{year}-{month:02d}|{value(year, month)}" for year in years for month in range(1, 13)]


def _quarters(name: str, years: range, values: str, *more: str) -> list[str]:
    return [
        "|".join([name, f"{year}-Q{place}", value, *more])
        for year in years
        for place, value in enumerate(values.split(), start=1)
    ]


COUNT = Kind("usaha", "Usaha", "100 110 120 130 140")
SHARE = Kind("cakupan", "Persen", "90 91 92 93 94", aggregation="ratio", more="upper_bound = 100")
MONEY = Kind("nilai", "Rp juta", "1.000 1.010 1.020 1.030 1.040")
OFFICE = [
    Kind("ahh", "tahun", "62,18 62,38 62,47 62,63 62,97", aggregation="last"),
    Kind("aki", "per 100.000 kelahiran hidup", "150 145 140 135 130", "lower", "last", "target"),
    Kind("hiv", "per 1000 penduduk", "1 1 1 1 0", "lower", "last", "target"),
    Kind("stunting", "persen", "24,16 21,6 20,1 18,6 17,1", "lower", "ratio", "target"),
    Kind("jkn", "persen", "65,40 65,40 92 95 95", aggregation="ratio"),
    Kind("sakip", "Nilai", "65 68 70,01 75 80,01", aggregation="last"),
    Kind("wtp", "Opini", "1 1 1 1 1", aggregation="last"),
    Kind("tumbuh", "Persen", "0 0 1,5 1,5 1,5", aggregation="last", more="lower_bound = -100"),
    Kind("suap", "Persen", "0 0 0 0 0", "lower", "ratio", "target"),
    Kind("batal", "dokumen", "0 0 1 1 1", "lower", "sum", "target"),
]
FIVE = range(2018, 2023)


def nothing(root: Path) -> Path:
    """Targets alone: no realisation, no area, no budget."""
    return write_root(root, {2018: [COUNT, SHARE, MONEY]}, [])


def one_indicator(root: Path) -> Path:
    """One count, by quarters."""
    return write_root(root, {2018: [COUNT]}, _quarters("usaha", FIVE, "20 25 30 40"))


def one_share(root: Path) -> Path:
    """One percentage, each year told once, without numerator and denominator."""
    return write_root(root, {2018: [SHARE]}, [f"cakupan|{year}|{year - 1930}" for year in FIVE])


def one_year(root: Path) -> Path:
    """A decree of one year."""
    kinds = [kind._replace(targets=kind.targets.split()[0]) for kind in (COUNT, SHARE, MONEY)]
    rows = [*_quarters("usaha", range(2021, 2022), "20 25 30 40"), "cakupan|2021|45/50"]
    return write_root(root, {2021: kinds}, rows)


def other_office(root: Path) -> Path:
    """A health office: positions, rates, grades, lower is better, targets of 0 that are meant, negative growth."""
    rows = [
        "ahh|2021|62,4",
        "ahh|2022|62,5",
        "aki|2022|300",
        "hiv|2022|0,62",
        "sakip|2022|70,5",
        "wtp|2022|1",
        "jkn|2022|91,7",
    ]
    rows += _quarters("stunting", range(2022, 2023), "20,9 20,5 20,2 19,8")
    rows += ["tumbuh|2021|-3,5", "tumbuh|2022|-0,02", "suap|2022|0", "suap|2021|1,5", "batal|2021|2", "batal|2022|0"]
    return write_root(root, {2018: OFFICE}, rows)


def thirty(root: Path) -> Path:
    """Thirty indicators, a few of them told."""
    kinds = [COUNT._replace(name=f"k{number}") for number in range(1, 31)]
    return write_root(
        root, {2018: kinds}, [f"k{number}|{year}|{90 + number}" for number in (1, 7, 30) for year in FIVE]
    )


def several_decrees(root: Path) -> Path:
    """Three decrees: indicators come, go and change their unit's order."""
    early = [kind._replace(targets=" ".join(kind.targets.split()[:3])) for kind in (COUNT, SHARE)]
    late = [MONEY._replace(targets="900 950 990"), COUNT._replace(targets="50 60 70")]
    last = [SHARE._replace(targets="80 85")]
    rows = _quarters("usaha", range(2018, 2022), "20 25 30 40")
    rows += ["nilai|2021|900,5", "cakupan|2018|45/50", "cakupan|2023|40/50"]
    budget = ["program;indikator;periode;anggaran;realisasi;sumber", "A;usaha;2018;100;90;uji", "B;nilai;2021;100;;uji"]
    return write_root(root, {2018: early, 2020: late, 2023: last}, rows, **{"budget/a.csv": "\n".join(budget)})


def only_quarters(root: Path) -> Path:
    """Some quarters, never a whole year; targets of quarters that begin with 0."""
    rows = [
        "usaha|2020-Q1|0",
        "usaha|2020-Q2|5",
        "usaha|2021-Q3|7",
        "cakupan|2021-Q1|0/0",
        "cakupan|2021-Q2|3/4",
        "nilai|2022-Q1|0",
    ]
    targets = [
        "indikator;periode;target;sumber",
        *[f"usaha;2022-Q{place};{value};uji" for place, value in enumerate((0, 0, 40, 100), 1)],
    ]
    return write_root(root, {2018: [COUNT, SHARE, MONEY]}, rows, **{"targets/a.csv": "\n".join(targets)})


def only_areas(root: Path) -> Path:
    """Figures of areas alone, one of which never reports in 2021."""
    rows = [f"usaha|{year}|{40 + place}|wilayah={area}" for year in (2020, 2022) for place, area in enumerate(AREAS)]
    rows += [f"cakupan|2021|{9 - place}/10|wilayah={area}" for place, area in enumerate(AREAS[:2])]
    rows += [f"cakupan|2022|{10 * place}/{10 * place}|wilayah={area}" for place, area in enumerate(AREAS)]
    return write_root(root, {2018: [COUNT, SHARE, MONEY]}, rows, areas=AREAS)


def no_targets(root: Path) -> Path:
    """Every target is 0 and means not targeted; realisations all the same."""
    kinds = [kind._replace(targets="0 0 0 0 0") for kind in (COUNT, SHARE)]
    return write_root(root, {2018: kinds}, [*_quarters("usaha", FIVE, "0 0 0 0"), "cakupan|2021|9/10"])


def months_of_nothing(root: Path) -> Path:
    """Months that are all 0, a breakdown that grew from 0, falling amounts where less is better, a running total."""
    kinds = [MONEY, COUNT._replace(direction="lower", zero="target"), COUNT._replace(name="stok", aggregation="last")]
    rows = _months("nilai", range(2018, 2021), lambda _year, _month: "0")
    rows += _months("usaha", FIVE, lambda year, month: str(max(0, 12 - month) if year < 2022 else 0))
    rows += _months("stok", range(2021, 2022), lambda _year, month: str(10 * month))
    rows += ["usaha|2021|0|rincian=jenis: a", "usaha|2022|0|rincian=jenis: a"]
    return write_root(root, {2018: kinds}, rows)


def beside(root: Path) -> Path:
    """No realisation but proxies, publications that disagree, context with one point, of 0 and below 0."""
    rows = [
        "usaha|2021|90|basis=proksi",
        "nilai|2021|990|basis=publikasi",
        "nilai|2021|995|basis=publikasi|sumber=lain",
    ]
    context = ["indikator;deret;periode;nilai;satuan;sumber", "usaha;A;2021;0;Usaha;uji"]
    context += ["nilai;B;2020-01;-5;Rp juta;uji", "nilai;B;2020-02;0;Rp juta;uji"]
    return write_root(root, {2018: [COUNT, SHARE, MONEY]}, rows, **{"context/a.csv": "\n".join(context)})


def signs(root: Path) -> Path:
    """Targets of 0 that are meant, targets and figures below 0, a single target, an area below 0."""
    kinds = [
        Kind("batal", "dokumen", "0 0 1 1 1", "lower", "sum", "target"),
        Kind("nihil", "dokumen", "0 0 0 0 0", "lower", "sum", "target"),
        Kind("rugi", "Rp juta", "-5 -4 -3 -2 1", more="lower_bound = -1000"),
        Kind("sisa", "Rp juta", "5 4 0 -2 -4", "lower", "last", "target", "lower_bound = -1000"),
        Kind("satu", "Usaha", "0 0 10 0 0"),
    ]
    rows = [*_quarters("batal", FIVE, "0 1 0 2")[:-1], *_quarters("nihil", FIVE, "0 0 1 0")]
    rows += [*_quarters("sisa", FIVE, "3 2 -1 0")[:-1], *_quarters("satu", FIVE, "1 2 3 4")[:-1]]
    rows += [f"rugi|{year}|{place - 1}|wilayah={area}" for year in FIVE for place, area in enumerate(AREAS)]
    rows += [f"rugi|{year}|{value}|rincian=jenis: {name}" for year in FIVE for name, value in (("a", -3), ("b", 3))]
    return write_root(root, {2018: kinds}, rows, areas=AREAS)


def seasons(root: Path) -> Path:
    """Five years of months: all sections of the growth notebook; provisional at the end; a breakdown of one item."""
    rows = _months("nilai", range(2018, 2022), lambda year, month: str(70 + month + 3 * (year - 2018)))
    rows += [f"nilai|2022-{month:02d}|{90 + month}|status=sementara" for month in range(1, 8)]
    rows += [f"nilai|{year}|{300 + year - 2018}|rincian=tujuan: Hulu" for year in (2020, 2021)]
    tera = [
        "jenis;periode;jumlah;berlaku_bulan;sumber",
        *[f"alat;2021-{month:02d};{month};6;uji" for month in range(1, 13)],
    ]
    return write_root(root, {2018: [COUNT, SHARE, MONEY]}, rows, **{"verifications/a.csv": "\n".join(tera)})


def kinds(root: Path) -> Path:
    """Grades, a range, bounds, yes and no, a mean, an index, semesters: from a decree as the door writes it."""
    write_root(root, {2018: [COUNT]}, [])
    folder = root / "decrees/2018"
    heads = ["nomor", "sasaran", "indikator", "satuan", *map(str, FIVE), "definisi"]
    rows = [
        heads,
        *([str(number), "Sasaran", *row.split("|"), "Definisi"] for number, row in enumerate(GRADED, start=1)),
    ]
    (folder / "annex.csv").write_text("\n".join(";".join(row) for row in rows) + "\n", encoding="utf-8")
    facts = 'number = "800.1/7/KPTS/2018"\ntitle = "Indikator Kinerja Utama"\nagency = "Dinas Percontohan"\n'
    facts += "date = 2018-01-02\nfirst_year = 2018\nlast_year = 2022\n"
    (folder / "decree.toml").write_text(facts, encoding="utf-8")
    settings = [
        f'[[indicator]]\nnumber = {number}\nid = "{name}"\nlabel = "Indikator {name}"\ndirection = "{direction}"\n'
        f'aggregation = "{aggregation}"\npath = "flat"\nzero_target = "target"\nreason = "uji"\nholder = "Bidang"\n'
        f"{more}\n"
        for number, (name, direction, aggregation, more) in enumerate(DECIDED, start=1)
    ]
    (folder / "indicators.toml").write_text("\n".join(settings), encoding="utf-8")
    figures = [f"sakip|{year}|{grade}" for year, grade in zip(FIVE, ("CC", "B", "B", "bb", "B"), strict=True)]
    figures += [f"opini|{year}|WTP" for year in FIVE] + ["siap|2021|Ya", "siap|2022|Tidak"]
    figures += [f"bor|{year}|{value}" for year, value in zip(FIVE, ("55", "60", "72,5", "85", "90"), strict=True)]
    figures += _quarters("tanggap", FIVE, "23 24 22 23,5") + _quarters("kunjungan", FIVE, "10 20 30 40")
    figures += [f"diklat|{year}-S{half}|{value}" for year in FIVE for half, value in ((1, 40), (2, 70))]
    figures += [f"ikm|{year}-S{half}|{value}" for year in FIVE for half, value in ((1, "80,125"), (2, "82,456"))]
    (root / "realisations").mkdir()
    (root / "realisations/a.csv").write_text(
        "\n".join([HEAD, *map(_line, figures)]).replace("72.5", "72,5"), encoding="utf-8"
    )
    return root


GRADED = [
    "Nilai SAKIP|Predikat|CC|B|B|BB|BB",
    "Opini BPK|Opini|WDP|WTP|WTP|WTP|WTP",
    "Kesiapan|ya/tidak|Ya|Ya|Ya|Ya|Ya",
    "Keterisian tempat tidur|persen|60-85|60-85|60-85|60 s.d. 85|60-85",
    "Waktu tanggap|jam|< 24|< 24|< 24|< 24|< 24",
    "Kunjungan rata-rata|kunjungan|20|22|24|25|26",
    "Peserta diklat|orang|100|110|>= 110|120|120",
    "Indeks kepuasan|Indeks|80|81|82|82,5|83",
]
DECIDED = [
    ("sakip", "higher", "last", 'scale = ["D", "C", "CC", "B", "BB", "A", "AA"]'),
    ("opini", "higher", "last", 'scale = ["TMP", "TW", "WDP", "WTP"]'),
    ("siap", "higher", "last", 'scale = ["Tidak", "Ya"]'),
    ("bor", "range", "last", ""),
    ("tanggap", "lower", "last", ""),
    ("kunjungan", "higher", "mean", ""),
    ("diklat", "higher", "sum", ""),
    ("ikm", "higher", "mean", ""),
]


MATRIX: list[Callable[[Path], Path]] = [
    *(nothing, one_indicator, one_share, one_year, other_office, thirty, several_decrees, only_quarters, only_areas),
    *(no_targets, months_of_nothing, beside, signs, seasons, kinds),
]

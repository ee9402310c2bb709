"""Tables of text -> named rows, with every fault noted where it stands."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from iku_analysis.errors import Problem
from iku_analysis.indonesian import MISSING, parse_number, parse_period
from iku_analysis.language import _
from iku_analysis.sources.cells import Table

HEADINGS = {  # Indonesian, English: the two ways to write a heading
    "indikator": "indicator",
    "periode": "period",
    "nilai": "value",
    "pembilang": "numerator",
    "penyebut": "denominator",
    "wilayah": "area",
    "rincian": "breakdown",
    "basis": "basis",
    "status": "status",
    "sumber": "source",
    "keterangan": "note",
    "deret": "series",
    "satuan": "unit",
    "jenis": "kind",
    "jumlah": "count",
    "berlaku_bulan": "valid_months",
    "target": "target",
    "program": "programme",
    "anggaran": "budget",
    "realisasi": "realised",
    "definisi": "definition",
    "tahun": "year",
    "tahun lalu": "last year",
}
CANONICAL = {word: english for indonesian, english in HEADINGS.items() for word in (indonesian, english)}


INDONESIAN = {english: word for word, english in HEADINGS.items()}


def suggest(word: str, choices: Iterable[str]) -> str:
    """Return ` Maksud Anda X?` for the nearest choice, or nothing.

    Choices that are a mapping stand for its values: near a key, its value is suggested.
    """
    meant = choices if isinstance(choices, Mapping) else {choice: choice for choice in choices}
    by_fold = {choice.casefold(): value for choice, value in meant.items()}
    near = get_close_matches(word.casefold(), by_fold, n=1)
    return " " + _("Maksud Anda {choice}?", choice=f"“{by_fold[near[0]]}”") if near else ""


@dataclass(frozen=True)
class Form:
    """The form of `iku template` that a row stands in: the sheet with its mark, its year and its decree."""

    place: str
    year: int
    decree_id: str


@dataclass(frozen=True)
class Row:
    """One row under its headings. Each reader returns None after noting a problem."""

    file: str
    number: int
    cells: dict[str, str]
    headings: dict[str, str]
    number_format: str
    problems: list[Problem]
    form: Form | None

    def refuse(self, column: str | None, found: str, expected: str, mend: str) -> None:
        """Note a problem in this row."""
        heading = self.headings.get(column, INDONESIAN[column]) if column else None
        self.problems.append(Problem(self.file, self.number, heading, found, expected, mend))

    def text(self, column: str) -> str:
        """Return the text of a cell without the blanks around it."""
        return self.cells.get(column, "").strip()

    def is_missing(self, column: str) -> bool:
        """Tell whether a cell is blank, `-` or `n/a`."""
        return self.text(column).casefold() in MISSING

    def words(self, column: str) -> str:
        """Return the text of a cell as it is written, or nothing if it is missing."""
        return "" if self.is_missing(column) else self.text(column)

    def require(self, *columns: str) -> None:
        """Refuse the columns that are missing."""
        for column in columns:
            if self.is_missing(column):
                mend = _("Isi sel ini, atau hapus barisnya.")
                self.refuse(column, quote(self.text(column)), _("sel yang terisi"), mend)

    def choice(self, column: str, choices: list[str]) -> str | None:
        """Return one of the choices, whatever its case."""
        found = {choice.casefold(): choice for choice in choices}.get(self.text(column).casefold())
        if found is None:
            text = self.text(column)
            self.refuse(
                column,
                quote(text),
                _("salah satu dari {choices}", choices=", ".join(choices)),
                _("Tulis salah satunya.") + suggest(text, choices),
            )
        return found

    def period(self, column: str, years: Sequence[int] | None = None) -> str | None:
        """Return a period; with `years`, it must lie in one of them."""
        text = self.text(column)
        try:
            period = parse_period(text)
        except ValueError:
            self.refuse(
                column,
                quote(text),
                _("tahun, triwulan atau bulan"),
                _("Tulis misalnya 2021, 2021-TW3, 2021-08 atau Agustus 2021."),
            )
            return None
        if years is not None and int(period[:4]) not in years:
            self.refuse(
                column,
                quote(text),
                _("periode dalam masa keputusan, {first}-{last}", first=years[0], last=years[-1]),
                _("Perbaiki tahunnya, atau tambahkan keputusan yang berlaku untuk tahun itu."),
            )
            return None
        return period

    def is_percentage(self, column: str) -> bool:
        """Tell whether a percent sign stands behind the number of a cell."""
        return self.text(column).endswith("%")

    def number_of(self, column: str) -> Decimal | None:
        """Return the number of a cell (a percent sign is the caller's), or None if missing or refused."""
        if self.is_missing(column):
            return None
        text = self.text(column).removesuffix("%").rstrip()
        try:
            return parse_number(text, self.number_format)
        except ValueError:
            self.refuse(column, quote(self.text(column)), *_number_help(text, self.number_format))
            return None


def decimals(number: Decimal) -> int:
    """Return how many decimals are written: `27,000` has three, and is not 27.000 read with the wrong mark."""
    return max(0, -int(number.as_tuple().exponent))


def quote(text: str) -> str:
    """Return a cell's text as it is shown in messages, invisible characters named."""
    if not text:
        return _("sel kosong")
    shown = text.replace("\N{NO-BREAK SPACE}", "[spasi tak-putus]").replace(
        "\N{NARROW NO-BREAK SPACE}", "[spasi sempit]"
    )
    return f"“{shown if len(shown) <= 80 else shown[:79] + '…'}”"


def _number_help(text: str, number_format: str) -> tuple[str, str]:
    expected = {
        "id": _("angka dengan titik ribuan dan koma desimal, misalnya 27.799 atau 97,5"),
        "en": _("angka dengan koma ribuan dan titik desimal, misalnya 27,799 atau 97.5"),
    }[number_format]
    other = "en" if number_format == "id" else "id"
    if any(mark in text for mark in "\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}"):
        return expected, _("Ganti tanda minus atau garis panjang dengan tanda hubung (-) dari papan ketik.")
    if is_number(re.sub(r"^Rp\.?\s*", "", text, flags=re.IGNORECASE), number_format):
        return expected, _("Hapus “Rp”; tulis angkanya saja.")
    if is_number("".join(text.split()), number_format):
        return expected, _("Hapus spasi di dalam angka.")
    if is_number(text, other):
        return expected, _(
            "Tukar titik dan koma; atau, bila seluruh berkas memakai bentuk ini, nyatakan "
            '"{other}" untuk berkas ini di policy.toml, bagian [reading.files].',
            other=other,
        )
    return expected, _("Tulis ulang angkanya; satuan dan kata-kata masuk ke kolom keterangan.")


def is_number(text: str, number_format: str) -> bool:
    """Tell whether a text is a number in the declared format."""
    try:
        parse_number(text, number_format)
    except ValueError:
        return False
    return True


def named_rows(
    table: Table,
    columns: set[str],
    required: set[str],
    number_format: str,
    problems: list[Problem],
    *,
    form: Form | None = None,
) -> Iterator[Row]:
    """Yield the rows below the heading that are not blank.

    Parameters
    ----------
    columns, required : set of str
        Canonical (English) names of the columns the table may and must have.
    number_format : {"id", "en"}
        The declared format of its numbers.
    problems : list of Problem
        Faults of the heading, and later of the rows, are added here.
    form : Form, optional
        The form that the table is a sheet of.
    """
    filled = [(number, cells) for number, cells in table.rows if any(cell.strip() for cell in cells)]
    if not filled:
        return
    heading_row, heading = filled[0]
    written = [cell.strip() for cell in heading]
    while written and not written[-1]:
        written.pop()
    names = [CANONICAL.get(cell.casefold()) for cell in written]
    known = [name for name in names if name in columns]
    before = len(problems)

    def refuse(column: str | None, found: str, expected: str, mend: str) -> None:
        problems.append(Problem(table.name, heading_row, column, found, expected, mend))

    if not any(names):
        needed = ", ".join(word for word, name in HEADINGS.items() if name in required)
        mend = _(
            "Kembalikan baris judul di atas angkanya; untuk realisasi dapat juga dengan formulir baru: iku template."
        )
        refuse(
            None, _("baris judul hilang; yang pertama: {cell}", cell=quote(next(filter(None, written)))), needed, mend
        )
        return
    headings = [word for word, name in CANONICAL.items() if name in columns]
    for place, (cell, name) in enumerate(zip(written, names, strict=True)):
        if name not in columns:
            refuse(
                cell or None,
                _("judul kolom yang tidak dikenal: {heading}", heading=quote(cell)),
                ", ".join(word for word, name in HEADINGS.items() if name in columns),
                _("Perbaiki judul kolom, atau hapus kolomnya.") + suggest(cell, headings),
            )
        elif name in names[:place]:
            refuse(cell, _("judul kolom ganda"), _("setiap judul satu kali"), _("Hapus atau ganti salah satu kolom."))
    for word in (word for word, name in HEADINGS.items() if name in required and name not in known):
        refuse(
            word,
            _("kolom tidak ada"),
            _("kolom {column}", column=word),
            _("Tambahkan kolom {column}.", column=word),
        )
    if len(problems) > before:
        return
    as_written = {str(name): cell for name, cell in zip(names, written, strict=True)}
    for number, cells in filled[1:]:
        cells = cells[: len(written)] + [cell for cell in cells[len(written) :] if cell.strip()]
        if len(cells) != len(written):
            problems.append(
                Problem(
                    table.name,
                    number,
                    None,
                    _("{count} sel", count=len(cells)),
                    _("{count} sel, sebanyak judul kolom", count=len(written)),
                    _("Periksa pemisah kolom; apit teks yang memuat pemisah dengan tanda kutip."),
                )
            )
            continue
        of_row = dict(zip(map(str, names), cells, strict=True))
        yield Row(table.name, number, of_row, as_written, number_format, problems, form)

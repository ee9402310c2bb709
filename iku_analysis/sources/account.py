"""The account of a data root: every file, sheet and row that was read, and all that was left out, with the reason."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from iku_analysis.language import _

# Why something was left out, in the language in use when it is asked. What was understood is no figure of its own.
UNDERSTOOD: dict[str, Callable[..., str]] = {
    "title": lambda **_values: _("di atas judul kolom: bukan angka"),
    "footer": lambda **_values: _("di bawah tabel: bukan angka"),
    "number": lambda **values: _("kolom {column}: nomor urut", **values),
    "total": lambda **values: _("jumlah baris {parts}: cocok, tidak dihitung lagi", **values),
    "mean": lambda **values: _("rata-rata baris {parts}: cocok, tidak dihitung", **values),
    "equal": lambda **values: _(
        "sama dengan jumlah baris {parts}: tidak dihitung lagi. Bila program tersendiri, tulis “bukan jumlah” di kolom "
        "keterangan",
        **values,
    ),
    "within": lambda **values: _("bagian dari baris {parts}: cocok, tidak dihitung lagi", **values),
}
# Content that nobody has read, and that may hold figures.
UNREAD: dict[str, Callable[..., str]] = {
    "type": lambda **_values: _("jenis berkas yang tidak dibaca; simpan sebagai .xlsx atau .csv"),
    "decree": lambda **_values: _(
        "di decrees/NOMOR/ hanya decree.txt, decree.toml, annex.csv dan indicators.toml yang dibaca"
    ),
    "register": lambda **_values: _("tidak disebut di records/records.toml"),
    "no_decree": lambda **_values: _("folder tanpa decree.txt: bukan keputusan"),
    "folder": lambda **values: _(
        "subfolder dengan {count} berkas; yang dibaca hanya berkas langsung di {folder}/", **values
    ),
    "misspelt": lambda **values: _("folder yang tidak dikenal, {count} berkas. Maksud Anda {folder}/?", **values),
    "unknown": lambda **_values: _("bukan bagian dari folder data"),
    "misspelt_file": lambda **values: _("berkas yang tidak dikenal. Maksud Anda {file}?", **values),
    "no_file": lambda **_values: _("bukan berkas biasa, atau tautan yang putus"),
    "hidden_file": lambda **_values: _("berkas tersembunyi (namanya diawali titik)"),
    "lock": lambda **values: _(
        "{file} sedang dibuka dengan program lain: perubahan yang belum disimpan tidak ikut dibaca", **values
    ),
}
# Content that stays out by what the office itself wrote: in policy.toml, or in the decree.
KNOWN: dict[str, Callable[..., str]] = {
    "hidden_sheet": lambda **values: _("lembar tersembunyi, {count} baris; ditinggalkan menurut policy.toml", **values),
    "hidden_rows": lambda **_values: _("tersembunyi atau disaring; ditinggalkan menurut policy.toml"),
    "hidden_columns": lambda **values: _("kolom {columns} tersembunyi; ditinggalkan menurut policy.toml", **values),
    "not_targeted": lambda **values: _("indikator yang tidak ditargetkan {year}: catatannya tidak tampil", **values),
    "signer": lambda **_values: _("penanda tangannya menurut identity.toml"),
}
REASONS = UNDERSTOOD | KNOWN | UNREAD


@dataclass(frozen=True)
class LeftOut:
    """One thing that was left out: the file (and sheet), its rows (`5` or `5-8`) if not all, what it is, and why."""

    place: str
    rows: str
    what: str
    kind: str  # of REASONS
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Why, in the language in use."""
        return REASONS[self.kind](**self.values)

    @property
    def where(self) -> str:
        """The place with its rows, in the language in use."""
        return f"{self.place}, " + _("baris {rows}", rows=self.rows) if self.rows else self.place

    @property
    def is_unread(self) -> bool:
        """Whether it holds something that is in no paper."""
        return self.kind not in UNDERSTOOD


@dataclass
class Account:
    """What was read, `tables` (file and sheet, rows below the heading), and what was `left_out`, in reading order."""

    tables: list[tuple[str, int]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def unread(self) -> list[LeftOut]:
        """What holds something that is in no paper."""
        return [each for each in self.left_out if each.is_unread]

    @property
    def overlooked(self) -> list[LeftOut]:
        """What is unread though the office has not said so: it may hold figures that are missed."""
        return [each for each in self.left_out if each.kind in UNREAD]

    def leave_out(self, place: str, rows: Iterable[int], what: str, kind: str, **values: object) -> None:
        """Note what is left out."""
        self.left_out.append(LeftOut(place, span(rows), what, kind, values))


def figures_by_year(realisations: pd.DataFrame) -> pd.DataFrame:
    """Return how many figures were read: columns `indicator_id`, `year`, `figures`."""
    known = realisations[realisations["value"].notna() | realisations["denominator"].notna()]
    years = known["period"].str[:4].astype(int).rename("year")
    return known.groupby([known["indicator_id"], years], sort=False).size().rename("figures").reset_index()


def span(rows: Iterable[int]) -> str:
    """Return `5-8` for rows from 5 to 8, `5` for one, nothing for none."""
    numbers = sorted(set(rows))
    return "" if not numbers else f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])


def shorten(text: str) -> str:
    """Return the beginning of a text that is told in passing."""
    return text if len(text) <= 120 else text[:119] + "…"

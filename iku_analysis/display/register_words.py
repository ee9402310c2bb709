"""What registers say, in words: their faults, what is counted in them, why a figure differs."""

from iku_analysis.language import _
from iku_analysis.records.settings import CountSettings


def check_word(check: str) -> str:
    """Return what was counted of a register (`check` of frame `register_checks`) in words."""
    return {
        "rows": _("baris"),
        "missing": _("kosong"),
        "impossible": _("tanggal yang tidak ada di kalender"),
        "outside": _("tanggal di luar masa register"),
        "unknown": _("isi yang tidak dikenal"),
        "range": _("angka di luar batasnya"),
        "area": _("wilayah yang tidak dikenal"),
        "repeated": _("catatan yang sama persis dua kali"),
        "gaps": _("nomor yang hilang dari urutan"),
        "empty_days": _("hari kerja tanpa catatan"),
    }[check]


def reason_word(reason: str) -> str:
    """Return why a record does not count in a figure (`reason` of `list_records`) in words."""
    return {
        "": _("dihitung"),
        "condition": _("tidak memenuhi syarat"),
        "incomplete": _("belum memenuhi semua syarat"),
        "again": _("sudah dihitung dengan catatan lain"),
    }.get(reason) or check_word(reason)


def likely_word(likely: str) -> str:
    """Return why a reported figure differs from the counted one (`likely` of frame `audit`) in words."""
    return {
        "rows": _("sama dengan banyaknya baris: yang dua kali ikut dihitung"),
        "late": _("sama dengan yang tercatat sampai batas waktunya: sisanya tercatat kemudian"),
        "cutoff": _("selisihnya kembali pada periode di sebelahnya: batas tanggal yang berbeda"),
        "": _("belum diketahui"),
    }[likely]


def part_word(part: str) -> str:
    """Return which number is meant."""
    return {"value": _("nilai"), "numerator": _("pembilang"), "denominator": _("penyebut")}[part]


def count_words(count: CountSettings) -> str:
    """Return what is counted in a register, as records.toml declares it."""
    facts = {"register": count.register_, "date": count.date}
    if count.sum:
        words = _("jumlah {column} di register {register}, menurut {date}", column=count.sum, **facts)
    elif not count.distinct:
        words = _("banyaknya baris register {register}, menurut {date}", **facts)
    elif count.once == "ever":
        words = _(
            "{column} yang berbeda di register {register}, pada {date} yang pertama", column=count.distinct, **facts
        )
    else:
        words = _(
            "{column} yang berbeda di register {register}, sekali setahun menurut {date}",
            column=count.distinct,
            **facts,
        )
    conditions = [each for each in count.conditions if each != "TRUE"]
    return f"{words}; {_('syarat')}: {_('; dan ').join(conditions)}" if conditions else words

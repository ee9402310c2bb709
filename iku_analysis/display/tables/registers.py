"""Tables of registers: what is counted, how the reported figures agree, what a register is like."""

from datetime import date

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.registers import NO_ROWS, summarise_registers
from iku_analysis.display.register_words import check_word, count_words, likely_word, part_word, reason_word
from iku_analysis.display.tables.cells import DASH, Number, Table, achievement, count, make_table, percent
from iku_analysis.indonesian import format_date, format_number, format_percent, format_period, format_signed
from iku_analysis.language import _
from iku_analysis.schema.columns import MONTH


def table_definitions(agency: Agency, year: int) -> Table:
    """What the decree of a year says is counted, beside what is counted in the registers, and why so."""
    indicators = agency.decree(year).indicators.set_index("indicator_id")
    figures = [each for each in agency.records.figure if each.indicator in indicators.index] if agency.records else []
    rows = [indicators.loc[each.indicator] for each in figures]
    return make_table(
        {
            _("Indikator"): [row["label"] for row in rows],
            _("Definisi dalam keputusan"): [row["definition"] for row in rows],
            _("Yang dihitung"): [" / ".join(map(count_words, each.counts.values())) for each in figures],
            _("Alasan"): [each.reason for each in figures],
        },
        _("Definisi operasional, dan yang dihitung dari register"),
    )


def table_audit(agency: Agency, audit: pd.DataFrame) -> Table:
    """The figures (frame `audit`) that are reported otherwise than registers count them."""
    apart = audit[audit["difference"] != 0]
    labels = dict(zip(agency.indicators["indicator_id"], agency.indicators["label"], strict=True))
    return make_table(
        {
            _("Indikator"): [labels[each] for each in apart["indicator_id"]],
            _("Periode"): [format_period(each) for each in apart["period"]],
            _("Bagian"): [
                ", ".join(filter(None, [row.area, row.breakdown, part_word(row.what) if row.what != "value" else ""]))
                or DASH
                for row in apart.itertuples()
            ],
            _("Dilaporkan"): [Number(format_number(each), each) for each in apart["reported"]],
            _("Register"): [Number(format_number(each), each) for each in apart["counted"]],
            _("Selisih"): [Number(format_signed(each), each) for each in apart["difference"]],
            _("Kemungkinan sebabnya"): [likely_word(each) for each in apart["likely"]],
        },
        _("Angka yang dilaporkan berbeda dari hitungan register"),
    )


def table_registers(agency: Agency) -> Table:
    """Every register of records.toml: what a row is, its months, its rows, and what they lack."""
    found = summarise_registers(agency)
    declared = agency.records.register_ if agency.records else {}
    return make_table(
        {
            _("Register"): list(found["register"]),
            _("Satu baris"): [each.each for each in declared.values()],
            _("Lengkap"): [
                _("{first} – {last}", first=format_period(each.first), last=format_period(each.until))
                for each in declared.values()
            ],
            _("Baris"): [count(each) for each in found["rows"]],
            _("Tidak dihitung"): [count(each) for each in found["left_out"]],
            _("Dua kali"): [count(each) for each in found["repeated"]],
            _("Nomor hilang"): [count(each) for each in found["gaps"]],
            _("Hari kerja kosong"): [count(each) for each in found["empty_days"]],
        },
        _("Mutu semua register"),
    )


def table_gaps(agency: Agency, *, register: str) -> Table | None:
    """The longest gaps in the numbers of a register: between which of them, and when."""
    gaps = agency.counted.gaps[agency.counted.gaps["register"] == register]
    if gaps.empty:
        return None
    return make_table(
        {
            _("Sesudah"): [each or DASH for each in gaps["after"]],
            _("Sebelum"): [each or DASH for each in gaps["before"]],
            _("Tanggal"): [format_date(date.fromisoformat(each)) if each else DASH for each in gaps["day"]],
            _("Nomor hilang"): [count(each) for each in gaps["missing"]],
        },
        _("Nomor yang hilang di register {register}, yang terbanyak", register=register),
    )


def table_register_changes(changes: pd.DataFrame) -> Table:
    """What changed in registers since an earlier reading (frame of `compare_registers`)."""
    months = changes["what"].str.fullmatch(MONTH)
    what = [
        _("catatan {month}", month=format_period(each)) if month else check_word(each)
        for each, month in zip(changes["what"], months, strict=True)
    ]
    moved = changes["now"] - changes["before"]
    return make_table(
        {
            _("Register"): list(changes["register"]),
            _("Yang diperiksa"): what,
            _("Kolom"): [each or DASH for each in changes["column"]],
            _("Sebelumnya"): [count(each) for each in changes["before"]],
            _("Sekarang"): [count(each) for each in changes["now"]],
            _("Selisih"): [Number(format_signed(each), each) for each in moved],
        },
        _("Perubahan register sejak laporan sebelumnya"),
    )


def table_register_checks(agency: Agency, *, register: str) -> Table:
    """What a register is like: its rows, those left out by reason, gaps and days without rows."""
    checks = agency.counted.checks[agency.counted.checks["register"] == register]
    checks = checks[(checks["count"] > 0) | (checks["check"] == "rows")]
    rows = checks.loc[checks["check"] == "rows", "count"].sum()
    of_rows = ~checks["check"].isin(NO_ROWS)
    return make_table(
        {
            _("Yang diperiksa"): [check_word(each) for each in checks["check"]],
            _("Kolom"): [each or DASH for each in checks["column"]],
            _("Banyaknya"): [count(each) for each in checks["count"]],
            _("Dari semua baris"): [
                Number(format_percent(100 * each / rows), 100 * each / rows) if told and rows else DASH
                for each, told in zip(checks["count"], of_rows, strict=True)
            ],
        },
        _("Mutu register {register}", register=register),
    )


def table_waits(agency: Agency) -> Table | None:
    """How long records waited for an answer, and what was open at the end of each quarter (frame `waits`)."""
    waits = agency.counted.waits
    if waits.empty:
        return None
    labels = dict(zip(agency.indicators["indicator_id"], agency.indicators["label"], strict=True))
    days = [
        [DASH if pd.isna(each) else Number(format_number(each), each) for each in waits[name]]
        for name in ("median_days", "p90_days")
    ]
    return make_table(
        {
            _("Indikator"): [labels[each] for each in waits["indicator_id"]],
            _("Periode"): [format_period(each) for each in waits["period"]],
            _("Ditindaklanjuti"): [count(each) for each in waits["answered"]],
            _("Separuhnya dalam, hari"): days[0],
            _("Sembilan dari sepuluh dalam, hari"): days[1],
            _("Belum selesai"): [count(each) for each in waits["open"]],
            _("Lebih dari 30 hari"): [count(each) for each in waits["open_30"]],
            _("Lebih dari 90 hari"): [count(each) for each in waits["open_90"]],
        },
        _("Lama tindak lanjut, dan yang belum selesai pada akhir triwulan"),
    )


def table_coverage_ahead(ahead: pd.DataFrame) -> Table | None:
    """What share of the work ahead the pace of the last year covers, kind by kind (frame of `coverage_ahead`)."""
    if ahead.empty:
        return None
    return make_table(
        {
            _("Jenis"): [each or _("semua jenis") for each in ahead["kind"]],
            _("Lewat masa berlaku"): [count(each) for each in ahead["overdue"]],
            _("Jatuh tempo, 12 bulan"): [count(each) for each in ahead["due"]],
            _("Laju, 12 bulan terakhir"): [count(each) for each in ahead["pace"]],
            _("Cakupan bila laju tetap"): [achievement(each) for each in ahead["coverage"]],
        },
        _("Cakupan dua belas bulan ke depan bila laju setahun terakhir bertahan"),
    )


def table_counted_parts(agency: Agency, parts: pd.DataFrame, year: int) -> Table | None:
    """What the sum of a register is made of in a year, kind by kind, and the year before (frame of `counted_parts`)."""
    if parts.empty:
        return None
    names = dict(zip(agency.indicators["indicator_id"], agency.indicators["label"], strict=True))
    return make_table(
        {
            _("Rincian"): list(parts["item"]),
            str(year - 1): [count(each, 0) for each in parts["previous"]],
            str(year): [count(each, 0) for each in parts["value"]],
            _("Bagian"): [percent(each) for each in parts["share"]],
        },
        _("Rincian menurut register, {year}", year=year),
        groups=tuple(f"{names[each.indicator_id]}: {each.kind}" for each in parts.itertuples()),
    )


def table_holders(agency: Agency) -> Table | None:
    """Between whom a sum is divided, year by year: how concentrated it is, who is new, who lost (frame `holders`)."""
    holders = agency.counted.holders
    if holders.empty or agency.records is None:
        return None
    names = dict(zip(agency.indicators["indicator_id"], agency.indicators["label"], strict=True))
    whose = {each.indicator: each.count.whose for each in agency.records.figure if each.count}
    return make_table(
        {
            _("Indikator"): [names[each] for each in holders["indicator_id"]],
            _("Tahun"): list(holders["period"]),
            _("Milik"): [whose[each] or "" for each in holders["indicator_id"]],
            _("Banyaknya"): [count(each) for each in holders["count"]],
            _("Lima terbesar"): [percent(each) for each in 100 * holders["largest_share"]],
            _("HHI (0–1)"): [count(each, 4) for each in holders["hhi"]],
            _("Tetap"): [count(each) for each in holders["kept"]],
            _("Baru"): [count(each) for each in holders["new"]],
            _("Nilai yang baru"): [count(each, 0) for each in holders["new_value"]],
            _("Hilang"): [count(each) for each in holders["lost"]],
            _("Nilai yang hilang"): [count(each, 0) for each in holders["lost_value"]],
        },
        _("Pemusatan, yang baru dan yang hilang"),
    )


def table_records(listed: pd.DataFrame) -> Table:
    """How many records count in a figure, and how many were left out, by reason (frame of `list_records`)."""
    sizes = listed.groupby(["part", "register", "reason"], sort=False).size().reset_index(name="count")
    sizes = sizes.sort_values(["part", "reason"], ignore_index=True)
    return make_table(
        {
            _("Register"): list(sizes["register"]),
            _("Untuk"): [part_word(each) for each in sizes["part"]],
            _("Alasan"): [reason_word(each) for each in sizes["reason"]],
            _("Catatan"): [count(each) for each in sizes["count"]],
        },
        _("Catatan di balik angka"),
    )

"""Tables of registers: what is counted, how the reported figures agree, what a register is like."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.display.register_words import check_word, count_words, likely_word, part_word, reason_word
from iku_analysis.display.tables.cells import DASH, Number, Table, count, make_table
from iku_analysis.indonesian import format_number, format_percent, format_period, format_signed
from iku_analysis.language import _


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


def table_register_checks(agency: Agency, *, register: str) -> Table:
    """What a register is like: its rows, those left out by reason, gaps and days without rows."""
    checks = agency.counted.checks[agency.counted.checks["register"] == register]
    checks = checks[(checks["count"] > 0) | (checks["check"] == "rows")]
    rows = checks.loc[checks["check"] == "rows", "count"].sum()
    of_rows = ~checks["check"].isin(["rows", "gaps", "empty_days"])
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

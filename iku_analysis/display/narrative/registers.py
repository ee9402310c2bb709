"""Sentences about registers: what is there, what of it cannot count, whether reported figures agree."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.registers import NO_ROWS, summarise_registers
from iku_analysis.display.layout import Head
from iku_analysis.display.markdown import Markdown, bullets, say, sentences
from iku_analysis.display.register_words import check_word
from iku_analysis.indonesian import format_achievement, format_number, format_percent, format_period, format_signed
from iku_analysis.language import _
from iku_analysis.schema.columns import MONTH


def describe_registers(agency: Agency) -> Markdown:
    """Return how many rows each register has, and how many of them cannot count, by reason."""
    if agency.records is None:
        return say("Folder data ini tidak memiliki records/records.toml: belum ada register yang dihitung.")
    checks = agency.counted.checks
    said = []
    for name, register in agency.records.register_.items():
        own = checks[checks["register"] == name]
        left_out = own[~own["check"].isin(NO_ROWS) & (own["count"] > 0)]
        counts = zip(left_out["count"], left_out["check"], strict=True)
        reasons = ", ".join(f"{format_number(count)} {check_word(check)}" for count, check in counts)
        facts = {
            "name": name,
            "each": register.each,
            "rows": format_number(own.loc[own["check"] == "rows", "count"].sum()),
        }
        if reasons:
            said.append(say("{name} ({each}): {rows} baris; tidak dihitung: {reasons}.", reasons=reasons, **facts))
        else:
            said.append(say("{name} ({each}): {rows} baris, semuanya dapat dihitung.", **facts))
    return bullets(said)


def head_of_register(agency: Agency, *, register: str) -> Head:
    """Return the heading of a register's page: its name, what a row is, and how much of it counts."""
    assert agency.records is not None  # else there is no such register
    rows, left_out = _summary(agency, register)[["rows", "left_out"]]
    share = _("{share} dapat dihitung", share=format_achievement(100 * (rows - left_out) / rows)) if rows else ""
    return Head(above=_("Register"), text=register, status=share)


def describe_register(agency: Agency, *, register: str) -> Markdown:
    """Return what a row of a register is, in which months it is complete, and what it lacks."""
    assert agency.records is not None
    declared = agency.records.register_[register]
    found = _summary(agency, register)
    said = [
        say(
            "Satu baris: {each}. Tercatat lengkap {first} sampai {last}.",
            each=declared.each,
            first=format_period(declared.first),
            last=format_period(declared.until),
        )
    ]
    counts = {name: format_number(found[name]) for name in ("rows", "left_out", "repeated")}
    if found["repeated"]:
        said.append(
            say("Dari {rows} baris, {left_out} tidak dapat dihitung; {repeated} di antaranya dua kali.", **counts)
        )
    elif found["left_out"]:
        said.append(say("Dari {rows} baris, {left_out} tidak dapat dihitung.", **counts))
    else:
        said.append(say("{rows} baris, semuanya dapat dihitung.", rows=counts["rows"]))
    if found["gaps"] > 0:
        said.append(say("{count} nomor hilang dari urutannya.", count=format_number(found["gaps"])))
    if found["empty_days"] > 0:
        said.append(say("{count} hari kerja tanpa catatan.", count=format_number(found["empty_days"])))
    return sentences(*said)


def _summary(agency: Agency, register: str) -> pd.Series:
    return summarise_registers(agency).set_index("register").loc[register]


def describe_coverage_ahead(ahead: pd.DataFrame) -> Markdown:
    """Return what share of the work ahead the pace of the last year covers (frame of `coverage_ahead`)."""
    whole = ahead.iloc[-1] if len(ahead) else None
    if whole is None or pd.isna(whole["coverage"]):
        return say(
            "Cakupan ke depan tidak dihitung: perlu register setahun penuh, dan masa berlaku setiap jenis sedikitnya "
            "dua belas bulan."
        )
    return say(
        "Bila laju setahun terakhir bertahan ({pace}), {coverage} dari yang sudah lewat masa berlakunya ({overdue}) "
        "dan yang jatuh tempo dua belas bulan ke depan ({due}) akan tertangani. Yang belum pernah tercatat tidak "
        "termasuk.",
        coverage=format_achievement(whole["coverage"]),
        **{name: format_number(whole[name]) for name in ("pace", "overdue", "due")},
    )


def describe_holders(agency: Agency) -> Markdown | None:
    """Return between whom each sum is divided in the last whole year (frame `holders`); nothing where none says so."""
    figures = agency.records.figure if agency.records else []
    whose = {each.indicator: each.count.whose or "" for each in figures if each.count}
    said = []
    for indicator_id, rows in agency.counted.holders.groupby("indicator_id", sort=False):
        last = rows.iloc[-1]
        label = agency.latest_indicator(str(indicator_id))["label"]
        facts = {"year": last["period"], "count": format_number(last["count"]), "whose": whose[str(indicator_id)]}
        parts = [say("{label} {year}: terbagi atas {count} {whose}.", label=label, **facts)]
        if pd.notna(last["largest_share"]):
            parts.append(say("Lima terbesar memegang {share}.", share=format_percent(100 * last["largest_share"])))
        if pd.notna(last["hhi"]):
            hhi, alike = format_number(last["hhi"], 4), format_number(1 / last["hhi"], 0)
            parts.append(say("Pemusatan (HHI) {hhi}, seperti pada {alike} yang sama besar.", hhi=hhi, alike=alike))
        if pd.notna(last["new"]):
            moves = {name: format_number(last[name]) for name in ("new", "lost", "kept")}
            before = int(last["period"]) - 1
            parts.append(say("Dibanding {before}: {kept} tetap, {new} baru, {lost} hilang.", before=before, **moves))
        said.append(sentences(*parts))
    return bullets(said) if said else None


def describe_register_changes(changes: pd.DataFrame) -> Markdown:
    """Return how many rows came or went since an earlier reading (frame of `compare_registers`), register by register.

    A month that had rows and has more or fewer now has records that came late, or were taken back or altered.
    """
    said = []
    for name, rows in changes.groupby("register", sort=False):
        total = rows[rows["what"] == "rows"]
        more = int((total["now"] - total["before"]).sum())
        months = rows["what"].str.fullmatch(MONTH)
        late = [format_period(each) for each in rows.loc[months & (rows["before"] > 0), "what"]]
        facts = {"name": name, "more": format_signed(more)}
        if late:
            said.append(say("{name}: {more} baris; bulan yang berubah: {months}.", months=", ".join(late), **facts))
        else:
            said.append(say("{name}: {more} baris; bulan yang sudah ada tidak berubah.", **facts))
    return bullets(said)


def describe_audit(audit: pd.DataFrame) -> Markdown | None:
    """Return how many of the reported figures the registers give too (frame `audit`); nothing where none is both."""
    if audit.empty:
        return None
    apart = int((audit["difference"] != 0).sum())
    facts = {"count": format_number(len(audit)), "apart": format_number(apart)}
    if not apart:
        return say("Semua {count} angka yang dilaporkan sama dengan hitungan register.", count=facts["count"])
    return sentences(
        say("Dari {count} angka yang dilaporkan, {apart} berbeda dari hitungan register.", **facts),
        say("Yang dinilai tetap angka yang dilaporkan, sampai perbedaannya dijelaskan atau angkanya diperbaiki."),
    )

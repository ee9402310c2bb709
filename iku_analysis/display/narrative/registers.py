"""Sentences about registers: what is there, what of it cannot count, whether reported figures agree."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.display.markdown import Markdown, bullets, say, sentences
from iku_analysis.display.register_words import check_word
from iku_analysis.indonesian import format_number

NO_ROWS = ("rows", "gaps", "empty_days")  # checks that do not count rows that are left out


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

"""What moved between two results, whole: for the end of a report, and for a terminal."""

import pandas as pd

from iku_analysis.analysis.differences import Results, compare_results
from iku_analysis.display.markdown import Markdown, paragraphs, plain, say
from iku_analysis.display.narrative.differences import describe_differences, describe_rewritten
from iku_analysis.display.narrative.registers import describe_register_changes
from iku_analysis.display.tables.cells import DASH, Table
from iku_analysis.display.tables.differences import table_differences
from iku_analysis.display.tables.registers import table_register_changes
from iku_analysis.indonesian import format_date, parse_report_date
from iku_analysis.language import _


def differences_in_report(old: Results, new: Results, year: int) -> list[Markdown | Table]:
    """Return the last section of a report that replaces another: Markdown and a table, empty if nothing moved.

    The numbers are of all years, the sentences of the report's year. Raises IkuError as `compare_results` does.
    """
    changes = compare_results(old, new)
    rewritten = describe_rewritten(old, new, [year])
    if changes.empty and not rewritten:
        return []
    day = parse_report_date(old.report_date)
    dated = (
        say("Laporan sebelumnya bertanggal {day}.", day=format_date(day))
        if day
        else say("Laporan sebelumnya tidak bertanggal.")
    )
    things: list[Markdown | Table] = [_section(dated + " " + describe_differences(old, new, changes))]
    if not changes.empty:
        things.append(table_differences(changes))
    return [*things, rewritten] if rewritten else things


def no_differences_in_report(reason: str) -> list[Markdown | Table]:
    """Return the last section of a report whose predecessor cannot be compared with it, with the reason."""
    return [_section(say("Tidak dapat dibandingkan dengan laporan sebelumnya. {reason}", reason=reason))]


def register_changes_in_report(changes: pd.DataFrame) -> list[Markdown | Table]:
    """Return the last section of a report on registers that replaces another (frame of `compare_registers`)."""
    if changes.empty:
        return []
    return [_section(describe_register_changes(changes)), table_register_changes(changes)]


def _section(text: Markdown) -> Markdown:
    return paragraphs(Markdown("## ") + say("Yang berubah sejak laporan sebelumnya"), text)


def list_differences(old: Results, new: Results, changes: pd.DataFrame) -> str:
    """Return all that moved (frame `differences`), and what follows from it, as plain lines."""
    years = sorted({*old.achievements["year"], *new.achievements["year"]})
    parts: list[str] = [describe_differences(old, new, changes)]
    if not changes.empty:
        parts.append(
            "\n".join(
                f"  {label} {year}, {what}: {before} -> {now} ({kind})"
                for label, year, what, before, now, kind in table_differences(changes).data.itertuples(index=False)
            )
        )
    parts.append(describe_rewritten(old, new, years))
    return "\n\n".join(plain(part) for part in parts if part)


def list_decree_changes(changes: pd.DataFrame, *, old: str, new: str) -> str:
    """Return what changed from one decree to another, one line each (frame of `compare_decrees`), as plain lines."""
    lines = [_("Perubahan dari {old} ke {new}: {count}", old=old, new=new, count=len(changes))]
    lines += [
        f"  {row.indicator_id}, {row.what}: {row.old or DASH} -> {row.new or DASH}" for row in changes.itertuples()
    ]
    return "\n".join(lines)

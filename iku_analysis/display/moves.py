"""What moved between two results, whole: for the end of a report, and for a terminal."""

from html import unescape

import pandas as pd
from pandas.io.formats.style import Styler

from iku_analysis.analysis.changes import Results, compare_results
from iku_analysis.display.narrative.moves import describe_moves, describe_rewritten
from iku_analysis.display.narrative.year import escape
from iku_analysis.display.tables.moves import table_moves
from iku_analysis.indonesian import format_date, parse_report_date
from iku_analysis.language import _


def moves_in_report(old: Results, new: Results, year: int) -> list[str | Styler]:
    """Return the last section of a report that replaces another: Markdown and a table, empty if nothing moved.

    The numbers are of all years, the sentences of the report's year. Raises IkuError as `compare_results` does.
    """
    changes = compare_results(old, new)
    rewritten = describe_rewritten(old, new, [year])
    if changes.empty and not rewritten:
        return []
    day = parse_report_date(old.report_date)
    dated = (
        _("Laporan sebelumnya bertanggal {day}.", day=format_date(day))
        if day
        else _("Laporan sebelumnya tidak bertanggal.")
    )
    things = [_section(f"{dated} {describe_moves(old, new, changes)}")]
    if not changes.empty:
        things.append(table_moves(changes))
    return [*things, rewritten] if rewritten else things


def no_moves_in_report(reason: str) -> list[str | Styler]:
    """Return the last section of a report whose predecessor cannot be compared with it, with the reason."""
    return [_section(_("Tidak dapat dibandingkan dengan laporan sebelumnya. {reason}", reason=escape(reason)))]


def _section(text: str) -> str:
    return "## " + _("Yang berubah sejak laporan sebelumnya") + f"\n\n{text}"


def list_moves(old: Results, new: Results, changes: pd.DataFrame) -> str:
    """Return all that moved (frame `changes`), and what follows from it, as plain lines."""
    years = sorted({*old.achievements["year"], *new.achievements["year"]})
    parts = [describe_moves(old, new, changes)]
    if not changes.empty:
        parts.append(
            "\n".join(
                f"  {label} {year}, {what}: {before} -> {now} ({kind})"
                for label, year, what, before, now, kind in table_moves(changes).data.itertuples(index=False)
            )
        )
    parts.append(describe_rewritten(old, new, years))
    # Bold is the only markup of our sentences; what a file's words hold of it is escaped.
    return "\n\n".join(unescape(part.replace("**", "")) for part in parts if part)

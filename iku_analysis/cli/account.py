"""What `iku check` says of a folder: what was read of it, and what was not, for people and for programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from iku_analysis.cli.output import tell

if TYPE_CHECKING:
    import pandas as pd

    from iku_analysis.problems import Problem
    from iku_analysis.sources.account import Account


def print_account(account: "Account | None", realisations: "pd.DataFrame | None" = None) -> None:
    """Print what was read and what was left out; without realisations, the latter alone."""
    from iku_analysis.language import _
    from iku_analysis.sources.account import figures_by_year

    if account is None:
        return
    if realisations is not None:
        tell(_("Yang dibaca:"))
        for table, rows in account.tables:
            tell("  " + _("{file}: {count} baris", file=table, count=rows))
        for indicator_id, of_indicator in figures_by_year(realisations).groupby("indicator_id", sort=False):
            counts = ", ".join(
                f"{each.year} ({each.figures})" for each in of_indicator.sort_values("year").itertuples()
            )
            tell("  " + _("{indicator}, banyaknya angka: {counts}", indicator=indicator_id, counts=counts))
    understood = [each for each in account.left_out if not each.is_unread]
    for title, left_out in ((_("Yang tidak dihitung:"), understood), (_("Yang tidak dibaca:"), account.unread)):
        if left_out:
            tell(title)
        for each in left_out:
            tell(
                f"  {each.where}{f' “{each.what}”' if each.what else ''}: {each.reason}"
                + "." * (each.reason[-1] != "?")
            )
    if account.overlooked:
        tell("  -> " + _("Simpan angkanya dalam berkas dan folder yang dibaca, atau pindahkan dari folder data."))
    if realisations is not None and not account.unread:
        tell(_("Semua isi folder terbaca."))


def print_as_json(
    account: "Account | None", realisations: "pd.DataFrame | None" = None, *, problems: Sequence["Problem"] = ()
) -> None:
    """Print one object: `problems`, and `account` with `read`, `figures` and `left_out`."""
    from iku_analysis.sources.account import figures_by_year

    figures = [] if realisations is None else figures_by_year(realisations).to_dict("records")
    left_out = [
        {"place": each.place, "rows": each.rows, "what": each.what, "reason": each.reason, "unread": each.is_unread}
        for each in (account.left_out if account else [])
    ]
    read = [{"file": table, "rows": rows} for table, rows in (account.tables if account else [])]
    found = {
        "problems": [asdict(problem) for problem in problems],
        "account": {"read": read, "figures": figures, "left_out": left_out},
    }
    tell(json.dumps(found, ensure_ascii=False, indent=2))


def print_undecided(undecided: Sequence[tuple[str, str, str]]) -> None:
    """Print the settings that nobody has decided, an indicator a line."""
    from iku_analysis.language import _

    words: dict[tuple[str, str], list[str]] = {}
    for decree_id, indicator_id, word in undecided:
        words.setdefault((decree_id, indicator_id), []).append(word)
    if words:
        tell(_("Belum diputuskan:"))
    for (decree_id, indicator_id), open_words in words.items():
        tell(f"  {indicator_id}: {', '.join(open_words)} (decrees/{decree_id}/indicators.toml)")
    if words:
        tell("  -> " + _("Putuskan dengan iku decide. Naskah baru dibuat sesudah itu."))

"""Tables of the evaluation: what to act on, how results moved, scales, promises: frames -> Table."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.notes import note_text
from iku_analysis.display.tables.cells import (
    DASH,
    Table,
    achievement,
    amount,
    count,
    make_table,
    percent,
    provisional,
    target_cell,
    text,
)
from iku_analysis.display.words import (
    gap_words,
    marked_state,
    move_word,
    result_word,
    state_word,
    through_word,
    where_lost,
    with_unit,
)
from iku_analysis.indonesian import format_number, short_quarter
from iku_analysis.language import _


def table_actions(agency: Agency, achievements: pd.DataFrame, year: int) -> Table:
    """What to act on, the largest gap first: what is lacking, where, what is planned, who holds the data.

    First the missed targets by their achievement, then those that cannot be judged.
    """
    of_year = achievements[(achievements["year"] == year) & achievements["target"].notna()]
    missed = of_year[of_year["state"] == "missed"].sort_values("achievement_pct", na_position="first", kind="stable")
    rows = pd.concat([missed, of_year[of_year["state"] == "no_data"]])
    indicators = agency.decree(year).indicators.set_index("indicator_id")
    columns = {
        _("Urutan"): [count(place) for place in range(1, len(rows) + 1)],
        _("Indikator"): [f"{row.number}. {row.label}" for row in rows.itertuples()],
        _("Yang kurang"): [
            gap_words(row) if row["state"] == "missed" else str(row["reason"]) for _index, row in rows.iterrows()
        ],
        _("Bukti"): [where_lost(agency, each, year) or DASH for each in rows["indicator_id"]],
        _("Langkah berikutnya"): [
            note_text(agency, year, each, "next_steps") or _("perlu diisi") for each in rows["indicator_id"]
        ],
        _("Pemegang data"): [indicators.loc[each, "holder"] for each in rows["indicator_id"]],
    }
    return make_table(columns, _("Yang perlu ditindaklanjuti, kekurangan terbesar lebih dahulu"))


def table_shares(achievements: pd.DataFrame, shares: pd.DataFrame, year: int) -> Table:
    """How many of the targeted indicators met their targets (frame of `shares`)."""
    through = through_word(achievements.loc[achievements["year"] == year, "period"].iloc[0])
    shares = shares[shares["count"] > 0]
    columns = {
        _("Hasil"): [result_word(result) for result in shares["result"]],
        _("Jumlah indikator"): [count(number) for number in shares["count"]],
        _("Bagian dari yang ditargetkan"): [percent(value) for value in shares["pct"]],
    }
    return make_table(columns, _("Bagian yang tercapai, {through}", through=through))


def table_evaluation(achievements: pd.DataFrame, moves: pd.DataFrame, year: int) -> Table:
    """A year against its targets and against the year before (frames `achievements` and of `rating_moves`)."""
    now = achievements[achievements["year"] == year]
    before = achievements[achievements["year"] == year - 1].set_index("indicator_id")
    moves = moves.set_index("indicator_id")
    kept = now[now["indicator_id"].isin(before.index)]
    columns = {
        _("Indikator"): [f"{row.number}. {with_unit(row.label, row.unit)}" for row in kept.itertuples()],
        _("Target"): [target_cell(row, bare=True) for row in kept.itertuples()],
        _("Realisasi"): [provisional(count(row.realisation, unit=row.unit), row.status) for row in kept.itertuples()],
        _("Capaian"): [achievement(value) for value in kept["achievement_pct"]],
        _("Hasil"): [marked_state(state) for state in kept["state"]],
        _("Realisasi {year}", year=year - 1): [
            count(before.loc[row.indicator_id, "realisation"], unit=row.unit) for row in kept.itertuples()
        ],
        _("Capaian {year}", year=year - 1): [
            achievement(before.loc[each, "achievement_pct"]) for each in kept["indicator_id"]
        ],
        _("Predikat"): [_rating(moves.loc[each]) for each in kept["indicator_id"]],
        _("Gerak"): [move_word(moves.loc[each, "move"]) for each in kept["indicator_id"]],
        _("Keterangan"): [moves.loc[each, "reason"] for each in kept["indicator_id"]],
    }
    through = through_word(now["period"].iloc[0])
    return make_table(columns, _("{through} terhadap target dan tahun sebelumnya (* = sementara)", through=through))


def _rating(move: pd.Series) -> str:
    """Return a rating, and the one before it where that was another."""
    before, now = (text(move[name] or None) for name in ("previous_rating", "rating"))
    return now if before == now else f"{before} → {now}"


def table_quarters(frames: list[pd.DataFrame], year: int) -> Table:
    """The achievement of a year at the end of each quarter (frames `achievements`, one a quarter)."""
    rows = [frame[frame["year"] == year].set_index("indicator_id") for frame in frames]
    first = rows[0]
    columns = {_("Indikator"): [f"{row.number}. {row.label}" for row in first.itertuples()]}
    for number, of_quarter in enumerate(rows, start=1):
        columns[_("Sampai {quarter}", quarter=short_quarter(number))] = [
            provisional(achievement(row.achievement_pct), row.status)
            if pd.notna(row.achievement_pct)
            else amount(row.realisation, row.unit)
            for row in of_quarter.loc[first.index].itertuples()
        ]
    caption = _("Capaian {year} sampai akhir setiap triwulan; tanpa target triwulan: realisasinya", year=year)
    return make_table(columns, caption)


def table_scales(agency: Agency, scales: pd.DataFrame) -> Table | None:
    """The rating of each indicator on every scale of the policy (frame of `compare_scales`); ⇄ = they differ.

    None where nothing can be compared: one scale, or no achievement.
    """
    if len(agency.policy.scales) == 1 or scales["achievement_pct"].isna().all():
        return None
    columns = {
        _("Indikator"): [f"{row.number}. {row.label}" for row in scales.itertuples()],
        _("Capaian"): [achievement(value) for value in scales["achievement_pct"]],
    }
    for number, scale in enumerate(agency.policy.scales, start=1):
        columns[scale.name] = [rating or DASH for rating in scales[f"rating_{number}"]]
    columns[_("Berbeda")] = ["⇄" if flips else "" for flips in scales["flips"]]
    return make_table(columns, _("Predikat menurut beberapa skala (⇄ = berbeda)"))


def table_promises(agency: Agency, achievements: pd.DataFrame, year: int) -> Table:
    """What the last report promised for its next steps, and what became of the indicator this year."""
    promised = agency.notes[(agency.notes["year"] == year - 1) & (agency.notes["section"] == "next_steps")]
    now = achievements[achievements["year"] == year].set_index("indicator_id")
    labels = {each: f"{now.loc[each, 'number']}. {now.loc[each, 'label']}" for each in now.index}
    columns = {
        _("Tentang"): [labels.get(each) or _("Seluruh instansi") for each in promised["indicator_id"]],
        _("Langkah yang dijanjikan {year}", year=year - 1): list(promised["text"]),
        _("Hasil {year}", year=year): [
            f"{state_word(now.loc[each, 'state'])} ({_result(now.loc[each])})" if each in now.index else ""
            for each in promised["indicator_id"]
        ],
    }
    return make_table(columns, _("Langkah yang dijanjikan tahun lalu dan hasilnya"))


def _result(row: pd.Series) -> str:
    return format_number(row["achievement_pct"]) + "%" if pd.notna(row["achievement_pct"]) else DASH

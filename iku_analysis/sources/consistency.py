"""Realisations held against each other: repeated, contradicting, too much in parts, a factor lost."""

import pandas as pd

from iku_analysis.errors import Problem
from iku_analysis.indonesian import MISSING, format_number, format_period
from iku_analysis.language import _
from iku_analysis.rollup import KEY, NUMBERS
from iku_analysis.schema import SCORED_BASES
from iku_analysis.sources.rows import INDONESIAN

# Between a factor of 1.000 lost and the largest honest swing of a month or an area.
FACTOR = 200
FEWEST = 4  # other figures that a figure is held against


def find_conflicts(
    frame: pd.DataFrame, figures: pd.DataFrame, compared: pd.DataFrame, aggregation: dict[str, str]
) -> list[Problem]:
    """Return the rows of frame `realisations` that cannot all be true, given what `roll_up` makes of them."""
    known = frame[frame["value"].notna() | frame["denominator"].notna()]
    return [
        *_duplicates(frame),
        *_disagreements(compared, aggregation),
        *_overfull(known[~known.duplicated(KEY) | (known["basis"] == "publikasi")], figures),
        *_lost_factors(known, aggregation),
    ]


def _duplicates(frame: pd.DataFrame) -> list[Problem]:
    """The agency has one figure; publications may contradict each other, but not repeat themselves."""
    key = ["indicator_id", "period", "area", "breakdown", "basis"]
    source = frame["source"].mask(frame["basis"] == "resmi", "")
    note = frame["note"].mask(frame["basis"] != "proksi", "")
    keyed = frame[key].assign(source=source, note=note)[frame["value"].notna() | frame["denominator"].notna()]
    first = (
        frame.loc[keyed.index]
        .groupby([keyed[column] for column in keyed], sort=False)[["file", "row"]]
        .transform("first")
    )
    again = keyed.duplicated()
    return [
        Problem(
            frame.at[index, "file"],
            int(frame.at[index, "row"]),
            "indikator, periode, wilayah, basis",
            _(
                "angka kedua untuk {indicator} {period}",
                indicator=frame.at[index, "indicator_id"],
                period=frame.at[index, "period"],
            ),
            _(
                "satu angka; yang pertama di {file} baris {row}",
                file=first.at[index, "file"],
                row=first.at[index, "row"],
            ),
            _("Hapus salah satunya, atau perbaiki periode, wilayah atau basisnya."),
        )
        for index in keyed.index[again]
    ]


def _disagreements(compared: pd.DataFrame, aggregation: dict[str, str]) -> list[Problem]:
    """Return each stated whole that its complete parts contradict."""
    # Counts must agree to the unit. A percentage without its counts may be written with few decimals.
    ratio = compared["indicator_id"].map(aggregation) == "ratio"
    tolerance = ratio.map({True: 0.05, False: 1e-6})
    problems = []
    for column in NUMBERS:
        stated, parts = compared[column], compared[f"{column}_parts"]
        wrong = (stated - parts).abs() > (tolerance if column == "value" else 1e-6) + 1e-15 * parts.abs()
        if column == "value":
            wrong &= compared["denominator"].isna()
        for place, value, value_parts in zip(compared[wrong].itertuples(), stated[wrong], parts[wrong], strict=True):
            problems.append(
                Problem(
                    place.file,
                    int(place.row),
                    INDONESIAN[column],
                    _("{value} untuk {period}", value=format_number(value, 6), period=format_period(place.period)),
                    _("{value}, dari bagian-bagiannya", value=format_number(value_parts, 6)),
                    _("Periksa angka utuh dan bagiannya (bulan, triwulan, wilayah); keduanya harus sama."),
                )
            )
    return problems


def _overfull(stated: pd.DataFrame, figures: pd.DataFrame) -> list[Problem]:
    """Return each breakdown whose items are together more than the whole."""
    items = stated[(stated["breakdown"] != "") & stated["basis"].isin(SCORED_BASES)]
    items = items.assign(kind=items["breakdown"].str.split(":").str[0])
    place = ["indicator_id", "basis", "area", "period"]
    groups = items.groupby([*place, "kind"], sort=False)
    together = groups[NUMBERS].sum(min_count=1).join(groups[["file", "row"]].first()).reset_index()
    wholes = figures[figures["breakdown"] == ""]
    both = together.merge(wholes[[*place, *NUMBERS]], on=place, suffixes=("", "_whole"))
    problems = []
    for column in NUMBERS:
        counts = both["denominator"].isna() if column == "value" else both[column].notna()
        for row in both[counts & (both[column] > both[f"{column}_whole"] * (1 + 1e-9))].itertuples():
            most = format_number(getattr(row, f"{column}_whole"), 6)
            total = format_number(getattr(row, column), 6)
            problems.append(
                Problem(
                    str(row.file),
                    int(row.row),
                    INDONESIAN[column],
                    _("rincian {kind} berjumlah {total}", kind=row.kind, total=total),
                    _("paling banyak {most}, angka utuh {period}", most=most, period=format_period(str(row.period))),
                    _("Periksa rincian dan angka utuhnya; butir yang dihitung dua kali dihapus."),
                )
            )
    return problems


def _lost_factors(known: pd.DataFrame, aggregation: dict[str, str]) -> list[Problem]:
    """Return figures hundreds of times the others of their series, unless a note explains them."""
    ratio = known["indicator_id"].map(aggregation) == "ratio"
    size = known["value"].mask(ratio, known["denominator"])
    series = known[known["basis"].isin(SCORED_BASES) & (size > 0)].assign(size=size, ratio=ratio)
    grain = series["period"].str.len()
    problems = []
    for _key, rows in series.groupby(["indicator_id", "basis", "area", "breakdown", grain], sort=False):
        if len(rows) <= FEWEST:
            continue
        middle = rows["size"].median()
        far = (rows["size"] > FACTOR * middle) | (rows["size"] < middle / FACTOR)
        for row in rows[far & rows["note"].str.casefold().isin(MISSING)].itertuples():
            times = _("{times} kali", times=format_number(max(row.size, middle) / min(row.size, middle), 0))
            problems.append(
                Problem(
                    row.file,
                    row.row,
                    INDONESIAN["denominator" if row.ratio else "value"],
                    _("{value}, {times} lebih {far} dari angka lain", value=format_number(row.size, 6), times=times,
                      far=_("besar") if row.size > middle else _("kecil")),
                    _("angka yang sepadan dengan yang lain, sekitar {middle}", middle=format_number(middle, 0)),
                    _("Periksa satuannya (ribu, juta); bila benar, jelaskan di kolom keterangan."),
                )
            )  # fmt: skip
    return problems

"""Realisations held against each other: repeated, contradicting, too much in parts, a factor lost."""

from typing import Any

import pandas as pd

from iku_analysis.agency.rollup import KEY, NUMBERS, PROVINCE, add_period_columns
from iku_analysis.indonesian import MISSING, format_number, format_period
from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.schema import SCORED_BASES
from iku_analysis.sources.amounts import FACTOR, far_words
from iku_analysis.sources.input_files import WORDS

MOST_ACHIEVED = 500  # times a year's target
FEWEST = 2  # other figures that a figure is held against
MANY = 4  # of which the middle is known well


def find_conflicts(
    frame: pd.DataFrame,
    figures: pd.DataFrame,
    compared: pd.DataFrame,
    aggregation: dict[str, str],
    targets: pd.DataFrame,
) -> list[Problem]:
    """Return the rows of frame `realisations` that cannot all be true, given what `roll_up` makes of them."""
    known = frame[frame["value"].notna() | frame["denominator"].notna()]
    return [
        *_duplicates(frame),
        *_disagreements(compared, aggregation, figures),
        *_overfull(known[~known.duplicated(KEY) | (known["basis"] == "publikasi")], figures),
        *_lost_factors(known, aggregation, targets),
    ]


def _duplicates(frame: pd.DataFrame) -> list[Problem]:
    """The agency has one figure; publications may contradict each other, but not repeat themselves."""
    key = ["indicator_id", "period", "area", "breakdown", "basis"]
    source = frame["source"].mask(frame["basis"] == "resmi", "")
    note = frame["note"].mask(frame["basis"] != "proksi", "")
    keyed = frame[key].assign(source=source, note=note)[frame["value"].notna() | frame["denominator"].notna()]
    again = keyed.duplicated()
    if not again.any():
        return []
    first = (
        frame.loc[keyed.index]
        .groupby([keyed[column] for column in keyed], sort=False)[["file", "row"]]
        .transform("first")
    )
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


def _disagreements(compared: pd.DataFrame, aggregation: dict[str, str], figures: pd.DataFrame) -> list[Problem]:
    """Return each stated whole that its complete parts contradict."""
    if compared.empty:
        return []
    ends = figures[figures["period"].str.endswith(("-Q4", "-12"))]
    at_end = set(zip(*(ends[column] for column in ["indicator_id", "area", "year", "value"]), strict=True))
    # Counts must agree to the unit. A percentage without its counts, or an index, may be written with few decimals.
    rounded = compared["indicator_id"].map(aggregation).isin(["ratio", "position"])
    tolerance = rounded.map({True: 0.05, False: 1e-6})
    problems = []
    for column in NUMBERS:
        stated, parts = compared[column], compared[f"{column}_parts"]
        wrong = (stated - parts).abs() > (tolerance if column == "value" else 1e-6) + 1e-15 * parts.abs()
        if column == "value":
            wrong &= compared["denominator"].isna()
        for place, value, value_parts in zip(compared[wrong].itertuples(), stated[wrong], parts[wrong], strict=True):
            mend = _("Periksa angka utuh dan bagiannya (bulan, triwulan, wilayah); keduanya harus sama.")
            if (place.indicator_id, place.area, place.year, value) in at_end and place.grain == "year":
                mend = _(
                    "Angka setahun sama dengan bagian terakhirnya. Bila bagian-bagiannya jumlah berjalan (s.d.), tulis "
                    'aggregation = "last" untuk {indicator} di indicators.toml; bila bukan, periksa semuanya.',
                    indicator=place.indicator_id,
                )
            problems.append(
                Problem(
                    place.file,
                    int(place.row),
                    WORDS[column],
                    _("{value} untuk {period}", value=format_number(value, 6), period=format_period(place.period)),
                    _("{value}, dari bagian-bagiannya", value=format_number(value_parts, 6)),
                    mend,
                )
            )
    return problems


def _overfull(stated: pd.DataFrame, figures: pd.DataFrame) -> list[Problem]:
    """Return each breakdown whose items are together more than the whole."""
    items = stated[(stated["breakdown"] != "") & stated["basis"].isin(SCORED_BASES)]
    if items.empty:
        return []
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
                    WORDS[column],
                    _("rincian {kind} berjumlah {total}", kind=row.kind, total=total),
                    _("paling banyak {most}, angka utuh {period}", most=most, period=format_period(str(row.period))),
                    _("Periksa rincian dan angka utuhnya; butir yang dihitung dua kali dihapus."),
                )
            )
    return problems


def _lost_factors(known: pd.DataFrame, aggregation: dict[str, str], targets: pd.DataFrame) -> list[Problem]:
    """Return figures hundreds of times the others of their series, or their target, unless a note explains them."""
    counted = (known["indicator_id"].map(aggregation) == "ratio") & known["denominator"].notna()
    size = known["value"].mask(counted, known["denominator"]).abs()
    sized = known.assign(size=size, counted=counted)
    series = add_period_columns(sized[sized["basis"].isin(SCORED_BASES) & (size > 0)])
    alike = series.groupby(["indicator_id", "basis", "area", "breakdown", "grain"], sort=False)["size"]
    decided = targets[targets["targeted"] & (targets["target"] != 0)].set_index(["indicator_id", "year"])["target"]
    wanted, keys = decided.to_dict(), zip(series["indicator_id"], series["year"], strict=True)
    series = series.assign(
        others=alike.transform("size"),
        middle=alike.transform("median"),
        target=pd.Series([wanted.get(key) for key in keys], index=series.index, dtype=float),
    )
    times = pd.concat([series["size"] / series["middle"], series["size"] / series["target"].abs()], axis=1)
    problems = []
    for row in series[((times > FACTOR) | (times < 1 / FACTOR)).any(axis=1)].itertuples():
        if row.note.casefold() not in MISSING:
            continue
        if row.others > FEWEST and _far_from_others(row.size / row.middle, many=row.others > MANY):
            expected = _("angka yang sepadan dengan yang lain, sekitar {middle}", middle=format_number(row.middle, 3))
            problems.append(_far_problem(row, _("angka lain"), expected, row.middle))
        elif pd.isna(row.denominator) and _far_from_target(row):
            expected = _("angka yang sepadan dengan targetnya, {target}", target=format_number(row.target, 9))
            problems.append(_far_problem(row, _("targetnya"), expected, abs(row.target)))
    return problems


def _far_from_target(row: Any) -> bool:
    """Tell whether a figure is hundreds of times its target, or of the target's own whole a thousandth or millionth.

    Little may have been achieved; a thousandth, or a millionth, of about the target is a mark or a unit lost.
    """
    is_whole = row.grain == "year" and row.area == PROVINCE and not row.breakdown
    target = abs(row.target)
    return row.size > MOST_ACHIEVED * target or (is_whole and _lost(target / row.size))


def _far_from_others(times: float, *, many: bool) -> bool:
    """Tell whether a figure is far from the middle of its series: of few others only what looks like a lost factor."""
    if many:
        return not 1 / FACTOR <= times <= FACTOR
    return _lost(times) or _lost(1 / times)


def _lost(times: float) -> bool:
    """Tell whether a ratio is about a thousand or a million."""
    return 500 <= times <= 2_000 or 500_000 <= times <= 2_000_000


def _far_problem(row: Any, other: str, expected: str, middle: float) -> Problem:
    return Problem(
        row.file,
        row.row,
        WORDS["denominator" if row.counted else "value"],
        _(
            "{value}, {times} lebih {far} dari {other}",
            value=format_number(row.size, 6),
            other=other,
            **far_words(row.size, middle),
        ),
        expected,
        _("Periksa titik dan koma, dan satuannya (ribu, juta); bila benar, jelaskan di kolom keterangan."),
    )

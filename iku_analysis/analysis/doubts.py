"""Figures that may be true but look like a slip: running totals taken for parts, a year copied from the one before."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE, exact_sum
from iku_analysis.analysis.audit import compute_audit
from iku_analysis.indonesian import format_number, format_period, scale_of
from iku_analysis.language import _
from iku_analysis.schema import SCORED_BASES

COMPLETE = {"semester": 2, "quarter": 4, "month": 12}
Doubts = dict[tuple[str, int], list[str]]


def find_doubts(agency: Agency) -> Doubts:
    """Return what to ask about the figures of an indicator and a year, in words."""
    doubts: Doubts = {}
    for each in (_running_totals(agency), _repeated_years(agency), _differing_counts(agency)):
        for key, words in each.items():
            doubts.setdefault(key, []).append(words)
    return doubts


def _differing_counts(agency: Agency) -> dict[tuple[str, int], str]:
    """Find reported figures that the registers do not give: of each year the widest apart."""
    audit = compute_audit(agency)
    apart = audit[audit["difference"] != 0]
    found = {}
    for (indicator_id, year), rows in apart.groupby(["indicator_id", "year"]):
        widest = rows.loc[rows["difference"].abs().idxmax()]
        found[indicator_id, year] = _(
            "{count} angka berbeda dari hitungan register; {period}: dilaporkan {reported}, register {counted}.",
            count=len(rows),
            period=format_period(widest["period"]),
            reported=format_number(widest["reported"]),
            counted=format_number(widest["counted"]),
        )
    return found


def _running_totals(agency: Agency) -> dict[tuple[str, int], str]:
    """Find parts that never fall, are together more than the target, and whose last alone would fit it.

    Honest parts may rise too: those that triple, or that make half as much again as was planned, are asked about.
    """
    summed = set(agency.indicators.loc[agency.indicators["aggregation"] == "sum", "indicator_id"])
    targets = agency.targets[agency.targets["targeted"]].set_index(["indicator_id", "year"])["target"]
    figures = agency.figures
    explained = agency.realisations[agency.realisations["note"] != ""]
    noted = set(zip(explained["indicator_id"], explained["period"].str[:4].astype(int), strict=True))
    parts = figures[figures["indicator_id"].isin(summed) & (figures["area"] == PROVINCE) & (figures["grain"] != "year")]
    found = {}
    for (indicator_id, year, _basis, grain), rows in parts.groupby(["indicator_id", "year", "basis", "grain"]):
        values, target = list(rows.sort_values("period")["value"]), targets.get((indicator_id, year), 0)
        if len(values) < COMPLETE[grain] or target <= 0 or (indicator_id, year) in noted:
            continue
        total, last = exact_sum(values), values[-1]
        rising = values == sorted(values) and 0 < values[0] < last
        if (
            rising
            and total > target
            and 0.4 <= last / target <= 1.5
            and (last >= 3 * values[0] or total >= 1.5 * target)
        ):
            found[indicator_id, year] = _(
                "Angka bagiannya tidak pernah turun, dan yang terakhir saja sudah sepadan dengan target: jumlah "
                'berjalan (s.d.)? Bila ya, aggregation = "last" di indicators.toml; bila bukan, jelaskan di kolom '
                "keterangan."
            )
    return found


def _repeated_years(agency: Agency) -> dict[tuple[str, int], str]:
    """Find yearly figures that equal last year's to the last digit, but for 0, a full share, and a target just met."""
    figures = agency.figures[(agency.figures["grain"] == "year") & (agency.figures["area"] == PROVINCE)]
    graded = set(agency.indicators.loc[agency.indicators["unit"].map(scale_of).map(bool), "indicator_id"])
    figures = figures[figures["value"].notna() & (figures["value"] != 0) & ~figures["indicator_id"].isin(graded)]
    figures = figures.sort_values("basis", key=lambda basis: basis.map(SCORED_BASES.index), kind="stable")
    figures = figures.drop_duplicates(["indicator_id", "year"])
    facts = agency.targets.merge(
        agency.indicators[["decree", "indicator_id", "upper_bound"]], on=["decree", "indicator_id"]
    )
    figures = figures.merge(facts[["indicator_id", "year", "target", "upper_bound"]], on=["indicator_id", "year"])
    numbers = ["value", "numerator", "denominator"]
    before = figures[["indicator_id", "year", *numbers]].assign(year=figures["year"] + 1)
    pairs = figures.merge(before, on=["indicator_id", "year"], suffixes=("", "_before"))
    same = pd.Series(True, index=pairs.index)
    for name in numbers:
        same &= (pairs[name] == pairs[f"{name}_before"]) | (pairs[name].isna() & pairs[f"{name}_before"].isna())
    pairs = pairs[same & (pairs["value"] != pairs["target"]) & (pairs["value"] != pairs["upper_bound"])]
    found: dict[tuple[str, int], str] = {}
    for year, rows in pairs.groupby("year"):
        others = len(rows) - 1
        words = _("Sama persis dengan {year}: periksa apakah tersalin.", year=year - 1)
        if others:
            words = _(
                "Sama persis dengan {year}, seperti {others} indikator lain: periksa apakah angka setahun tersalin.",
                year=year - 1,
                others=others,
            )
        found |= {(indicator_id, year): words for indicator_id in rows["indicator_id"]}
    return found

"""What the cells of an office's forms hold: a plan's targets and realisations, what of them adds up, the outlook.

The plan is the decree in force. Realisations of years are added only for yearly additions (aggregation `sum`) of
targeted years of one definition that are all known; of anything else the last value stands.
"""

import math
from typing import NamedTuple

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import exact_sum
from iku_analysis.analysis import months
from iku_analysis.analysis.achievement import compute_achievement_pct
from iku_analysis.analysis.definition import first_year, same_definition
from iku_analysis.analysis.forecast import forecast_year
from iku_analysis.analysis.monthly import why_not_forecast
from iku_analysis.analysis.notes import note_text
from iku_analysis.errors import IkuError
from iku_analysis.indonesian import format_number, quarter_name, scale_of
from iku_analysis.language import _

Cell = tuple[float, str]  # a number, and why it is empty; NaN and nothing where there is nothing to say


class Plan(NamedTuple):
    """What the decree in force asks of an indicator: `targets` of its targeted years, `realised` of each known year."""

    indicator: dict
    targets: pd.Series
    realised: pd.Series

    @property
    def indicator_id(self) -> str:
        """The indicator's short name."""
        return str(self.indicator["indicator_id"])

    @property
    def adds(self) -> bool:
        """Whether its years are additions."""
        return bool(self.indicator["aggregation"] == "sum")

    @property
    def end_target(self) -> float:
        """The target at the end of the plan: the sum of additions, else the last."""
        if self.targets.empty:
            return math.nan
        return exact_sum(self.targets) if self.adds else float(self.targets.iloc[-1])


def plans_of(agency: Agency, achievements: pd.DataFrame, year: int) -> list[Plan]:
    """Return the plan of each indicator of the decree in force in a year, in the annex's order."""
    decree = agency.decree(year)
    targets = agency.targets[agency.targets["targeted"] & (agency.targets["decree"] == decree.decree_id)]
    plans = []
    for indicator in decree.indicators.sort_values("number").to_dict("records"):
        if scale_of(indicator["unit"]) or indicator["direction"] == "range":
            indicator["direction"] = ""  # of which the forms know no per cent
        own = targets[targets["indicator_id"] == indicator["indicator_id"]].set_index("year")["target"]
        known = achievements[achievements["indicator_id"] == indicator["indicator_id"]]
        known = known[known["decree"] == decree.decree_id].set_index("year")["realisation"].dropna()
        plans.append(Plan(indicator, own.sort_index(), known))
    return plans


def realised_to(agency: Agency, plan: Plan, last: int) -> Cell:
    """Return what the plan has brought to the end of a year: a sum of additions, else the value of that year."""
    if not plan.adds:
        if last in plan.realised.index:
            return float(plan.realised[last]), ""
        return math.nan, _unknown([last]) if last in plan.targets.index else ""
    years = [year for year in plan.targets.index if year <= last]
    if unknown := [year for year in years if year not in plan.realised.index]:
        return math.nan, _unknown(unknown)
    if reason := broken(agency, plan, last):
        return math.nan, reason
    return (exact_sum(plan.realised[years]), "") if years else (math.nan, "")


def broken(agency: Agency, plan: Plan, last: int) -> str:
    """Return why the additions of a plan's years to a year make no sum, or nothing."""
    if plan.targets.empty or last < plan.targets.index[0]:
        return ""
    if same_definition(agency, plan.indicator_id, int(plan.targets.index[0]), last):
        return ""
    return _("Tidak dijumlahkan: definisinya berubah pada {year}.", year=first_year(agency, plan.indicator_id, last))


def added(
    agency: Agency, plan: Plan, last_year: int, parts: dict[str, tuple[list[int], float]]
) -> tuple[float, str, str]:
    """Return what columns of a form make together, the columns it is made from (`6+12`), and the reason for none.

    `parts` is, by column, the years it is about and its number; years that the plan does not target take no part.
    Of what does not add up the last column stands.
    """
    within = {name: value for name, (years, value) in parts.items() if set(years) & set(plan.targets.index)}
    if not within:
        return math.nan, "", ""
    if not plan.adds:
        last = list(within)[-1]
        return within[last], last, _("Bukan angka yang dijumlahkan: nilai terakhir, kolom {column}.", column=last)
    if reason := broken(agency, plan, last_year):
        return math.nan, "", reason
    left = [name for name, (_years, value) in parts.items() if name not in within and not math.isnan(value)]
    reason = _("Kolom {columns} tidak dijumlahkan: tidak ditargetkan.", columns=", ".join(left)) if left else ""
    return exact_sum(within.values()), "+".join(within), reason


def numbered(notes: dict[str, str]) -> str:
    """Return what is said about columns of a form, each with its number before it."""
    return " ".join(f"({column}) {note}" for column, note in notes.items() if note)


def level(value: float, target: float, direction: str) -> float:
    """Return an achievement in per cent, NaN where a number is missing, the target is 0, or no direction is set."""
    if math.isnan(value) or math.isnan(target) or not direction:
        return math.nan
    achieved = compute_achievement_pct(value, target, direction)
    return math.nan if achieved is None else achieved


def level_note(plan: Plan) -> str:
    """Return how the level at the end of the plan is computed where it is not value / target, or why it is not."""
    if plan.end_target == 0:
        return _("Target akhirnya nol: tidak dapat dihitung.")
    if not plan.indicator["direction"]:
        return _("Predikat dan rentang tidak dihitung dalam persen di formulir ini.")
    if plan.indicator["direction"] == "lower":
        return _("Makin rendah makin baik: (2 x target - nilai) / target.")
    return ""


def silent_quarters(values: list[float]) -> str:
    """Return which quarters, from the first one on, have no number, in words, or nothing."""
    silent_ones = [quarter_name(number) for number, value in enumerate(values, start=1) if math.isnan(value)]
    return _("Belum ada angka lengkap untuk {quarters}.", quarters=", ".join(silent_ones)) if silent_ones else ""


def target_of(agency: Agency, plan: Plan, year: int) -> Cell:
    """Return the target of any year, of the decree in force then, where it counts in the same unit."""
    targets = agency.targets
    own = targets[(targets["indicator_id"] == plan.indicator_id) & (targets["year"] == year)]
    if own.empty:
        return math.nan, _("{year}: di luar keputusan.", year=year)
    if not own["targeted"].iloc[0]:
        return math.nan, _("{year}: tidak ditargetkan.", year=year)
    if agency.indicator(plan.indicator_id, year)["unit"] != plan.indicator["unit"]:
        return math.nan, _("{year}: satuannya lain.", year=year)
    return float(own["target"].iloc[0]), ""


def changed(agency: Agency, plan: Plan, first: int, last: int) -> str:
    """Return since when years from a first to a last one do not compare, or nothing."""
    since = first_year(agency, plan.indicator_id, last)
    return _("Definisinya berubah pada {year}.", year=since) if since > first else ""


def value_of(plan: Plan, achievements: pd.DataFrame, year: int) -> Cell:
    """Return the realisation of any year, of the decree in force then, where it counts in the same unit."""
    own = achievements[(achievements["indicator_id"] == plan.indicator_id) & (achievements["year"] == year)]
    if own.empty or own["unit"].iloc[0] != plan.indicator["unit"]:
        return math.nan, ""  # the target of the year has said so
    value = float(own["realisation"].iloc[0])
    untold = math.isnan(value) and own["state"].iloc[0] != "not_targeted"
    return value, f"{year}: {own['reason'].iloc[0]}" if untold else ""


def projection(agency: Agency, plan: Plan, year: int) -> Cell:
    """Return the outlook of a year from the months before it, and its method; or NaN, and why there is none."""
    if not plan.adds:
        return math.nan, _("Tanpa proyeksi: bukan jumlah angka bulanan.")
    seen = months.realisation(agency, plan.indicator_id)
    seen = months.comparable(agency, seen, plan.indicator_id, year)
    if reason := why_not_forecast(seen):
        return math.nan, _("Tanpa proyeksi: {reason}", reason=reason)
    try:
        forecast = forecast_year(seen, year)
    except IkuError as error:
        return math.nan, _("Tanpa proyeksi: {reason}", reason=str(error))
    return forecast.middle, _(
        "Proyeksi {year}: rata-rata metode Theta dan pemulusan eksponensial bermusim dari angka bulanan; empat dari "
        "lima kali di antara {low} dan {high}. Tahun sesudahnya terlalu jauh.",
        year=year,
        low=format_number(forecast.low, 0),
        high=format_number(forecast.high, 0),
    )


def silent(plan: Plan, years: list[int]) -> str:
    """Return which of some years of the plan have no realisation, in words, or nothing."""
    unknown = [each for each in years if each in plan.targets.index and each not in plan.realised.index]
    return _unknown(unknown) if unknown else ""


def standard_of(agency: Agency, plan: Plan, year: int) -> str:
    """Return the national standard of an indicator as people noted it last, up to a year."""
    texts = [note_text(agency, each, plan.indicator_id, "standard") for each in agency.years if each <= year]
    return next(filter(None, reversed(texts)), "")


def fewest_of(agency: Agency, targeted: int) -> int:
    """Return how many of the targeted indicators a mean needs at least (`max_missing_pct` of policy.toml)."""
    return max(1, math.ceil(targeted * (100 - agency.policy.judging.max_missing_pct) / 100))


def _unknown(years: list[int]) -> str:
    return _("Belum ada realisasi {years}.", years=", ".join(map(str, years)))

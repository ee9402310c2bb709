"""What a year of the decree asks for: where it starts, what is left, what each quarter must bring."""

from fractions import Fraction

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import exact_sum
from iku_analysis.analysis.achievement import why_untargeted
from iku_analysis.analysis.definition import first_year, same_definition
from iku_analysis.analysis.quarter import targets_of_quarters
from iku_analysis.analysis.within_year import shares_reached
from iku_analysis.indonesian import is_percent
from iku_analysis.language import _

QUARTERS = ["q1", "q2", "q3", "q4"]
NUMBERS = ["baseline_year", "baseline", "target", "needed", "needed_pct", "so_far", "total_target", "left"]
NUMBERS += ["last_year", "last_target", "distance", *QUARTERS]
COLUMNS = ["indicator_id", "number", "label", "unit", "year", *NUMBERS, "asked", "quarters_from", "reason"]


def compute_plan(agency: Agency, achievements: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return what is planned for a year: one row an indicator of the decree in force, in the annex's order.

    Amounts are in the unit of the indicator, from frame `achievements` of whole years; years are
    numbers, and empty means unknown or not applicable, with a `reason`.

    - `baseline_year`, `baseline`: the latest realisation before the year that has the same definition.
    - `target` of the year (empty: not targeted), `needed` = target - baseline, `needed_pct` of the
      baseline (not for a percentage).
    - `asked`: `rise` or `fall` to the target, or `keep` where the baseline meets it already (empty: unknown).
    - For flows (aggregation `sum`): `so_far`, what the targeted years of the decree before this one
      brought; `total_target`, the sum of all its targets; `left` = total_target - so_far, negative
      where more than that is there already.
    - `last_target` of the decree, its `last_year`, and `distance` = last_target - baseline.
    - `q1` ... `q4`: what each quarter must bring; `quarters_from` says whence: `targets` that the
      agency has set; for flows without them, the target spread by the `shape` of earlier years or
      evenly (`even`), in whole units that sum to it exactly; else the target itself (empty).

    Raises IkuError for a year that no decree has.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> achievements = iku.compute_achievements(agency)
    >>> plan = iku.compute_plan(agency, achievements, 2022)
    >>> plan[["indicator_id", "target", "asked"]].head(2)
      indicator_id   target asked
    0          nik    120.0  keep
    1         umkm  27797.0  keep
    """
    rows = []
    for indicator in agency.decree(year).indicators.sort_values("number").to_dict("records"):
        history = achievements[achievements["indicator_id"] == indicator["indicator_id"]].set_index("year")
        rows.append(_plan(agency, indicator, history, year))
    return pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(NUMBERS, float))


def _plan(agency: Agency, indicator: dict, history: pd.DataFrame, year: int) -> dict:
    indicator_id = indicator["indicator_id"]
    row = {name: indicator[name] for name in ("indicator_id", "number", "label", "unit")}
    row |= {"year": year, "asked": "", "quarters_from": "", "reason": ""}
    targets = agency.targets[(agency.targets["indicator_id"] == indicator_id) & agency.targets["targeted"]]
    of_decree = targets[targets["decree"] == indicator["decree"]].set_index("year")["target"]
    baseline, reason = _baseline(agency, indicator_id, history, year)
    row |= baseline
    if (of_decree.index >= year).any():
        last_year = int(of_decree.index.max())
        last_target = float(of_decree[last_year])
        row |= {"last_year": last_year, "last_target": last_target}
        if baseline:
            row["distance"] = exact_sum([last_target, -baseline["baseline"]])
    if year not in of_decree.index:
        return row | {"reason": why_untargeted(agency, year)}
    target = float(of_decree[year])
    row["target"] = target
    if baseline:
        needed = exact_sum([target, -baseline["baseline"]])
        row["needed"] = needed
        way, wanted = ("rise", needed) if indicator["direction"] == "higher" else ("fall", -needed)
        row["asked"] = way if wanted > 0 else "keep"
        if not is_percent(indicator["unit"]) and baseline["baseline"] > 0:
            row["needed_pct"] = 100 * needed / baseline["baseline"]
    reasons = [reason]
    if indicator["aggregation"] == "sum":
        total, why = _total(agency, indicator_id, of_decree, history, year)
        row |= total
        reasons.append(why)
    quarters, source = _quarters(agency, indicator, target, year)
    row |= dict(zip(QUARTERS, quarters, strict=True))
    return row | {"quarters_from": source, "reason": " ".join(filter(None, reasons))}


def _baseline(agency: Agency, indicator_id: str, history: pd.DataFrame, year: int) -> tuple[dict, str]:
    """Return `baseline_year` and `baseline`, or nothing and the reason."""
    known = history["realisation"].dropna()
    comparable = [
        int(each) for each in known.index if each < year and same_definition(agency, indicator_id, each, year)
    ]
    if comparable:
        return {"baseline_year": comparable[-1], "baseline": float(known[comparable[-1]])}, ""
    since = first_year(agency, indicator_id, year)
    if since > agency.years[0]:
        return {}, _("Belum ada realisasi dengan arti yang berlaku sejak {year}.", year=since)
    return {}, _("Belum ada realisasi sebelum {year}.", year=year)


def _total(
    agency: Agency, indicator_id: str, of_decree: pd.Series, history: pd.DataFrame, year: int
) -> tuple[dict, str]:
    """Return `so_far`, `total_target` and `left` of a flow, and what limits them."""
    total_target = exact_sum(of_decree)
    before = history["realisation"].reindex(of_decree.index[of_decree.index < year])
    if before.isna().any():
        silent = ", ".join(str(each) for each in before.index[before.isna()])
        why = _("Jumlah sejauh ini tidak diketahui: belum ada realisasi {years}.", years=silent)
        return {"total_target": total_target}, why
    so_far = exact_sum(before)
    changed = sum(not same_definition(agency, indicator_id, int(each), year) for each in before.index)
    why = _("Jumlah sejauh ini mencakup tahun sebelum definisinya berubah.") if changed else ""
    return {"so_far": so_far, "total_target": total_target, "left": exact_sum([total_target, -so_far])}, why


def _quarters(agency: Agency, indicator: dict, target: float, year: int) -> tuple[list[float], str]:
    if quarters := targets_of_quarters(agency, indicator["indicator_id"], year):
        return quarters, "targets"
    if indicator["aggregation"] != "sum":
        return [target] * 4, ""
    reached, known = shares_reached(agency, indicator["indicator_id"], year, "quarter")
    shares = [share - before for share, before in zip(reached, [0, *reached[:-1]], strict=True)]
    return spread(target, shares), "shape" if known else "even"


def spread(total: float, shares: list[float]) -> list[float]:
    """Return parts of a total near its shares, in units of its last decimal, that sum to it exactly.

    The units left over by rounding down go to the parts that lost most by it (largest remainder),
    the earlier of two alike.
    """
    exact = Fraction(repr(total))
    unit = Fraction(1)
    while exact % unit:
        unit /= 10
    units, weight = exact / unit, sum(Fraction(share) for share in shares)
    wanted = [units * Fraction(share) / weight for share in shares]
    parts = [int(each // 1) for each in wanted]
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - wanted[place], place))
    for place in order[: int(units) - sum(parts)]:
        parts[place] += 1
    return [float(part * unit) for part in parts]

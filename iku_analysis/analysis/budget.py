"""Money of the programmes and of the indicators they serve, and what an achievement took of it."""

import math

import pandas as pd

from iku_analysis.agency.expected import check_quarter
from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import exact_sum
from iku_analysis.analysis.achievement import targeted_indicators
from iku_analysis.indonesian import quarter_name
from iku_analysis.language import _

MONEY = ["budget", "realised", "realised_known", "absorbed_pct"]


def by_programme(agency: Agency, year: int, quarter: int = 4) -> pd.DataFrame:
    """Return the money of a year to the end of a quarter (1-4), one row a programme, in the order of the files.

    Columns: `programme`, `indicator_ids` (with `, ` between; empty: tied to none), `budget`, `untied` (the
    part of it that is tied to no indicator), `realised`, `realised_known` (rupiah), `absorbed_pct`
    (realised in per cent of the budget) and `reason`.

    Each programme's part for one indicator counts once: its quarters so far where all are there, else its
    row for the whole year, of which the spending is known at the end of quarter 4 only. `realised` is
    empty where any part of it is unknown; `realised_known` sums what is known; the reason says what lacks.
    Raises IkuError for a quarter that no year has.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.budget.by_programme(agency, 2021)[["programme", "budget", "absorbed_pct"]].round(1).head(2)
                                        programme        budget  absorbed_pct
    0  Contoh: Pembinaan dan sertifikasi koperasi  4.702000e+09          91.8
    1          Contoh: Pengembangan kewirausahaan  1.850100e+10          92.6
    """
    parts = by_part(agency, year, quarter)
    rows = []
    for _fold, of_programme in parts.groupby(parts["programme"].str.casefold(), sort=False):
        tied = of_programme[of_programme["indicator_id"] != ""]
        untied = of_programme.loc[of_programme["indicator_id"] == "", "budget"]
        row = {"programme": of_programme["programme"].iloc[0], "indicator_ids": ", ".join(tied["indicator_id"])}
        rows.append(row | {"untied": exact_sum(untied)} | _money(of_programme))
    columns = ["programme", "indicator_ids", "budget", "untied", *MONEY[1:], "reason"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys([*MONEY, "untied"], float))


def by_indicator(agency: Agency, achievements: pd.DataFrame, year: int, quarter: int = 4) -> pd.DataFrame:
    """Return the money beside the achievement, one row an indicator that is targeted or has money.

    `achievements` is that frame for the same quarter. Columns: `indicator_id`, `number`, `label`,
    `budget`, `realised`, `realised_known` (rupiah), `absorbed_pct`, `achievement_pct` (per cent),
    `efficiency` = achievement_pct / absorbed_pct (above 1: more achieved than spent, in shares of
    what was planned) and `reason`, why a number is empty. Money tied to no indicator is in
    `by_programme` only. Raises IkuError for a quarter or a year that there is not.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> achievements = iku.compute_achievements(agency)
    >>> iku.budget.by_indicator(agency, achievements, 2021)[["indicator_id", "efficiency"]].round(2).head(2)
      indicator_id  efficiency
    0          nik        1.14
    1         umkm        1.14
    """
    parts = by_part(agency, year, quarter)
    targeted = set(targeted_indicators(agency, year)["indicator_id"])
    achieved = achievements[achievements["year"] == year].set_index("indicator_id")
    rows = []
    for indicator in agency.decree(year).indicators.sort_values("number").to_dict("records"):
        own = parts[parts["indicator_id"] == indicator["indicator_id"]]
        if own.empty and indicator["indicator_id"] not in targeted:
            continue
        money = _money(own)
        result = achieved.loc[indicator["indicator_id"]]
        row = {name: indicator[name] for name in ("indicator_id", "number", "label")} | money
        row["achievement_pct"] = result["achievement_pct"]
        if pd.isna(result["achievement_pct"]):
            row["reason"] = " ".join(filter(None, [money["reason"], result["reason"]]))
        elif money["realised"] == 0 and money["budget"] > 0:
            row["reason"] = _("Belum ada anggaran yang dibelanjakan.")
        elif pd.notna(money["absorbed_pct"]):
            row["efficiency"] = result["achievement_pct"] / money["absorbed_pct"]
        rows.append(row)
    columns = ["indicator_id", "number", "label", *MONEY, "achievement_pct", "efficiency", "reason"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys([*MONEY, "achievement_pct", "efficiency"], float))


def total(agency: Agency, year: int, quarter: int = 4) -> pd.Series:
    """Return all money of a year to the end of a quarter, whether tied to an indicator or not.

    `budget`, `realised`, `realised_known` (rupiah), `absorbed_pct` and `reason`, as in `by_programme`.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> total = iku.budget.total(agency, 2021)
    >>> int(total["budget"])
    70398000000
    """
    return pd.Series(_money(by_part(agency, year, quarter)))


def without(agency: Agency, year: int) -> pd.DataFrame:
    """Return the indicators that the decree targets in a year and no money serves: `indicator_id`, `number`, `label`.

    Raises IkuError for a year that no decree has.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.budget.without(agency, 2021)["indicator_id"].tolist()
    ['keluhan']
    """
    budget = agency.budget
    funded = budget.loc[(budget["period"].str[:4] == str(year)) & (budget["budget"] > 0), "indicator_id"]
    targeted = targeted_indicators(agency, year)
    return targeted[~targeted["indicator_id"].isin(funded)].reset_index(drop=True)


def by_part(agency: Agency, year: int, quarter: int = 4) -> pd.DataFrame:
    """Return the money of a year to the end of a quarter (1-4), one row a programme and indicator that it serves.

    Columns: `programme`, `indicator_id` (empty: none), `budget`, `realised`, `realised_known` (rupiah) and
    `reason`, as in `by_programme`. Raises IkuError for a quarter that no year has.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.budget.by_part(agency, 2019)[["indicator_id", "budget"]].head(2)
      indicator_id        budget
    0          nik  4.244000e+09
    1         umkm  2.044000e+10
    """
    check_quarter(quarter)
    rows = agency.budget[agency.budget["period"].str[:4] == str(year)]
    parts = []
    for (_fold, indicator_id), own in rows.groupby([rows["programme"].str.casefold(), "indicator_id"], sort=False):
        parts.append({"programme": own["programme"].iloc[0], "indicator_id": indicator_id} | _part(own, quarter))
    return pd.DataFrame(parts, columns=["programme", "indicator_id", "budget", "realised", "realised_known", "reason"])


def _part(own: pd.DataFrame, quarter: int) -> dict:
    """Return what one programme spends on one indicator to the end of a quarter."""
    whole = own[own["period"].str.len() == 4]
    quarters = own[own["period"].isin([f"{own['period'].iloc[0][:4]}-Q{number}" for number in range(1, quarter + 1)])]
    programme = own["programme"].iloc[0]
    if len(quarters) < quarter and not whole.empty:
        if quarter == 4:
            return _sum(whole, programme)
        known = exact_sum(quarters["realised"].dropna())
        reason = _("{programme}: anggaran hanya setahun, belanja triwulan belum diketahui.", programme=programme)
        return {
            "budget": float(whole["budget"].iloc[0]),
            "realised": math.nan,
            "realised_known": known,
            "reason": reason,
        }
    so_far = _sum(quarters, programme)
    if len(quarters) < quarter:
        there = set(quarters["period"].str[-1].astype(int))
        silent = ", ".join(quarter_name(number) for number in range(1, quarter + 1) if number not in there)
        reason = _(
            "{programme}: {quarters} belum ditulis (0 bila tanpa anggaran).", programme=programme, quarters=silent
        )
        return so_far | {"realised": math.nan, "reason": reason}
    if quarter == 4 and math.isnan(so_far["realised"]) and whole["realised"].notna().any():
        return _sum(whole, programme)
    return so_far


def _sum(rows: pd.DataFrame, programme: str) -> dict:
    """Return the sums of rows that do not overlap."""
    known = exact_sum(rows["realised"].dropna())
    unknown = rows["realised"].isna().any()
    reason = _("{programme}: realisasi anggaran belum diisi.", programme=programme) if unknown else ""
    realised = math.nan if unknown else known
    return {"budget": exact_sum(rows["budget"]), "realised": realised, "realised_known": known, "reason": reason}


def _money(parts: pd.DataFrame) -> dict:
    """Return the sums of parts: `budget`, `realised`, `realised_known`, `absorbed_pct`, `reason`."""
    if parts.empty:
        reason = _("Tidak ada anggaran yang tercatat.")
        return dict.fromkeys(MONEY, math.nan) | {"reason": reason}
    money = {"budget": exact_sum(parts["budget"]), "realised_known": exact_sum(parts["realised_known"])}
    realised = math.nan if parts["realised"].isna().any() else exact_sum(parts["realised"])
    reasons = list(dict.fromkeys(filter(None, parts["reason"])))
    absorbed = 100 * realised / money["budget"] if money["budget"] > 0 else math.nan
    if money["budget"] == 0:
        reasons.append(_("Anggarannya nol: serapan tidak dapat dihitung."))
    return money | {"realised": realised, "absorbed_pct": absorbed, "reason": " ".join(reasons)}

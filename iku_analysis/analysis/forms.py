"""The forms that offices hand in beside the papers: E.81, T-C.23, T-C.29 and T-C.30, each as a frame.

Columns are numbered as in the form as it is commonly used (Permendagri 86/2017); its own text was not read. The
plan is the decree in force. What is not known is empty, with a reason in words; nothing is 0 that nobody stated.
"""

import math
from typing import Any

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.analysis.achievement import compute_achievements, rate
from iku_analysis.analysis.form_cells import (
    Plan,
    added,
    changed,
    fewest_of,
    level,
    level_note,
    numbered,
    plans_of,
    projection,
    realised_to,
    silent,
    silent_quarters,
    standard_of,
    target_of,
    value_of,
)
from iku_analysis.analysis.form_money import QUARTERS, money_of
from iku_analysis.analysis.known import as_of
from iku_analysis.analysis.notes import note_text
from iku_analysis.analysis.quarter import compute_achievements_to
from iku_analysis.analysis.scored import scored_figures
from iku_analysis.language import _

NAMES = ["indicator_id", "number", "label", "indicator", "unit", "direction"]
E81 = [f"{kind}{column}" for column in range(5, 15) for kind in ("k", "rp")]
FACTORS = {  # the foot of E.81: which sections of the notes tell it
    "supporting": ["causes"],
    "obstacles": ["causes", "obstacles"],
    "next_quarter": ["solutions"],
    "next_plan": ["next_steps"],
}


def e81(agency: Agency, year: int, quarter: int = 4) -> pd.DataFrame:
    """Return form E.81, the evaluation of a year's plan to the end of a quarter (1-4).

    One row an indicator and programme that serves it; the K columns (in the unit of the indicator) stand in the
    first row of an indicator, the Rp columns (rupiah) in each. Money tied to no indicator comes last.

    - `k5`, `rp5` target at the end of the plan; `k6`, `rp6` realised up to the year before; `k7`, `rp7` target of
      the year; `k8` ... `k11` and `rp8` ... `rp11` realised in each quarter; `k12`, `rp12` in the year so far.
    - `k13`, `rp13` = 6 + 12 where that may be added, else the last value; `k13_from`, `rp13_from` name the columns.
    - `k14`, `rp14` = 13 / 5 x 100 (where less is better twice the target less the value, as everywhere here).
    - `year_pct` = 12 against 7, in per cent, and `state` as in frame `achievements`: beside the form, for its foot.
    - `k_note`, `rp_note` say why a cell is empty or not a sum.

    The money at the end of the plan (`rp5`) is in no file, so it is empty, and what is computed of it.
    Raises IkuError for a year that no decree has, or a quarter that no year has.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> form = iku.forms.e81(agency, 2021)
    >>> form[["indicator_id", "k5", "k6", "k12", "k13", "k14"]].head(1)
      indicator_id     k5     k6    k12    k13     k14
    0          nik  480.0  243.0  126.0  369.0  76.875
    """
    agency = as_of(agency, year, quarter=quarter)
    achievements = compute_achievements(agency)
    so_far = compute_achievements_to(agency, quarter)
    so_far = so_far[so_far["year"] == year].set_index("indicator_id")
    money = money_of(agency, year, quarter)
    rows = []
    for plan in plans_of(agency, achievements, year):
        own = money[money["indicator_id"] == plan.indicator_id].to_dict("records")
        if year in plan.targets.index or own:
            cells = _performance(agency, plan, so_far.loc[plan.indicator_id], year, quarter)
            rows += [names | cells | part for names, cells, part in _rows(plan, cells, own)]
    rows += money[money["indicator_id"] == ""].to_dict("records")
    columns = [*NAMES, "objective", "programme", *E81, "k13_from", "rp13_from", "year_pct"]
    columns += ["state", "k_note", "rp_note"]
    frame = pd.DataFrame(rows, columns=columns)
    words = [name for name in columns if name not in (*E81, "number", "year_pct")]
    return frame.astype(dict.fromkeys([*E81, "number", "year_pct"], float)).assign(
        **frame[words].astype("str").fillna("")
    )


def _rows(plan: Plan, cells: dict, own: list[dict]) -> list[tuple[dict, dict, dict]]:
    """Return the names, performance and money of each row of an indicator: performance in the first alone."""
    names = {name: plan.indicator[name] for name in [*NAMES, "objective"]}
    unserved = {"programme": "", "rp_note": _("Tidak ada anggaran yang tercatat.")}
    return [(names, {} if place else cells, part) for place, part in enumerate(own or [unserved])]


def _performance(agency: Agency, plan: Plan, now: pd.Series, year: int, quarter: int) -> dict[str, Any]:
    """Return the K columns of an indicator."""
    before, why = realised_to(agency, plan, year - 1)
    cells = {"k5": plan.end_target, "k6": before, "k7": float(plan.targets.get(year, math.nan))}
    quarters = scored_figures(agency, plan.indicator_id)
    quarters = quarters[(quarters["grain"] == "quarter") & (quarters["area"] == PROVINCE)].set_index("period")["value"]
    cells |= {f"k{7 + number}": quarters.get(f"{year}-Q{number}", math.nan) for number in QUARTERS}
    cells["k12"] = float(now["realisation"])
    years = [each for each in plan.targets.index if each < year]
    parts = {"6": (years, before), "12": ([year], cells["k12"])}
    together, made_from, reason = added(agency, plan, year, parts)
    direction = plan.indicator["direction"]
    provisional = _("Angka sementara.") if now["status"] == "sementara" else ""
    notes = {
        "6": why,
        "7": "" if year in plan.targets.index else _("Tidak ditargetkan."),
        "8-11": silent_quarters([cells[f"k{7 + each}"] for each in QUARTERS[:quarter]]),
        "12": now["reason"] if math.isnan(cells["k12"]) else provisional,
        "13": reason,
        "14": level_note(plan),
    }
    cells |= {"k13": together, "k14": level(together, plan.end_target, direction), "state": now["state"]}
    cells["year_pct"] = level(cells["k12"], cells["k7"], direction)
    return cells | {"k13_from": made_from, "k_note": numbered(notes)}


def e81_foot(agency: Agency, form: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the foot of form E.81 (a frame of `e81`): its means with their rating, and what people wrote.

    Columns: `item`, `mean_pct` (per cent), `counted` of `targeted` indicators, `rating`, `text` and `reason`. Items:
    `mean_year` (12 against 7) and `mean_plan` (14), each capped as in every mean here and left out where too much is
    missing (policy.toml); then `supporting`, `obstacles`, `next_quarter` and `next_plan` from the notes, an indicator
    a line (empty: nobody wrote it). Causes support what was met, and hindered what was missed. Rupiah get no rating.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> foot = iku.forms.e81_foot(agency, iku.forms.e81(agency, 2021), 2021)
    >>> foot[["item", "mean_pct", "counted", "rating"]].round(2).head(1)
            item  mean_pct  counted         rating
    0  mean_year    102.67      6.0  Sangat Tinggi
    """
    targeted = form[form["k7"].notna()]
    rows: list[dict[str, Any]] = [
        {"item": "mean_year"} | _mean(agency, targeted["year_pct"]),
        {"item": "mean_plan"} | _mean(agency, targeted["k14"]),
    ]
    rows += [{"item": item, "text": _written(agency, form, year, item)} for item in FACTORS]
    frame = pd.DataFrame(rows, columns=["item", "mean_pct", "counted", "targeted", "rating", "text", "reason"])
    words = frame[["rating", "text", "reason"]].astype("str").fillna("")
    return frame.astype(dict.fromkeys(["mean_pct", "counted", "targeted"], float)).assign(**words)


def _mean(agency: Agency, levels: pd.Series) -> dict[str, Any]:
    known, scale = levels.dropna(), agency.policy.scales[0]
    counts = {"counted": len(known), "targeted": len(levels)}
    if len(known) < fewest_of(agency, len(levels)):
        reason = _(
            "Baru {known} dari {all} indikator bertarget yang dapat dihitung.", known=len(known), all=len(levels)
        )
        return counts | {"reason": reason}
    mean = float(known.clip(lower=0, upper=agency.policy.judging.mean_cap_pct).mean())
    return counts | {"mean_pct": mean, "rating": rate(mean, scale)}


def _written(agency: Agency, form: pd.DataFrame, year: int, item: str) -> str:
    """Return what the notes of a year say for an item of the foot, a line each."""
    lines = [note_text(agency, year, "", section) for section in FACTORS[item] if section == "next_steps"]
    states = {"supporting": "met", "obstacles": "missed"}
    for row in form[form["k7"].notna()].itertuples():
        for section in FACTORS[item]:
            if section != "causes" or row.state == states[item]:
                text = note_text(agency, year, row.indicator_id, section)
                lines.append(f"{row.label}: {text}" if text else "")
    return "\n".join(filter(None, lines))


def tc23(agency: Agency, year: int) -> pd.DataFrame:
    """Return form T-C.23, the performance of the service: the plan in force in a year, as known at the year's end.

    One row an indicator with a target, in its unit: `target_2018` ... for each year of the plan, `realised_2018` ...,
    and `ratio_2018` ... in per cent (where less is better twice the target less the value). `nspk` is the national
    standard that people noted last, `ikk` and `other` are in no file, so empty; `note` says what is missing.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.forms.tc23(agency, 2021)[["indicator_id", "target_2021", "realised_2021", "ratio_2021"]].head(1)
      indicator_id  target_2021  realised_2021  ratio_2021
    0          nik        120.0          126.0       105.0
    """
    agency = as_of(agency, year)
    of_plan = agency.targets["decree"] == agency.decree(year).decree_id
    years = sorted({int(each) for each in agency.targets.loc[of_plan, "year"]})
    rows = []
    for plan in plans_of(agency, compute_achievements(agency), year):
        if plan.targets.empty:
            continue
        row = {name: plan.indicator[name] for name in NAMES}
        row |= {"nspk": standard_of(agency, plan, year), "ikk": "", "other": ""}
        for each in years:
            target, value = float(plan.targets.get(each, math.nan)), float(plan.realised.get(each, math.nan))
            row |= {f"target_{each}": target, f"realised_{each}": value}
            row[f"ratio_{each}"] = level(value, target, plan.indicator["direction"])
        known = [each for each in years if each in agency.known_years]
        row["note"] = " ".join(filter(None, [silent(plan, known), changed(agency, plan, years[0], year)]))
        rows.append(row)
    numbers = [f"{name}_{each}" for name in ("target", "realised", "ratio") for each in years]
    frame = pd.DataFrame(rows, columns=[*NAMES, "nspk", "ikk", "other", *numbers, "note"])
    return frame.astype(dict.fromkeys([*numbers, "number"], float))


def tc29(agency: Agency, year: int) -> pd.DataFrame:
    """Return form T-C.29, last year's plan evaluated for that of `year` (n): the plan in force in the year before.

    One row an indicator targeted in n-2 or n-1, in its unit, as known before the year begins: `c4` target at the end
    of the plan, `c5` realised up to n-3, `c6` target and `c7` realisation of n-2, `c8` = 7 / 6 x 100, `c9` target of
    n-1, `c10` = 5 + 7 + 9 where years may be added, else the last value (`c10_from` names the columns), `c11` =
    10 / 4 x 100, `c12` says why a cell is empty or no sum. `programme` are those of n-2 and n-1; `code` is in no file.
    Where less is better a level is twice the target less the value. No row where no decree covers the year before.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.forms.tc29(agency, 2022)[["indicator_id", "c4", "c5", "c7", "c9", "c10", "c11"]].head(1)
      indicator_id     c4     c5     c7     c9    c10     c11
    0          nik  480.0  122.0  121.0  120.0  363.0  75.625
    """
    agency = as_of(agency, year, through=0)
    numbers = [f"c{column}" for column in range(4, 12)]
    plans = plans_of(agency, compute_achievements(agency), year - 1) if year - 1 in agency.years else []
    rows = [_tc29_row(agency, plan, year) for plan in plans if {year - 2, year - 1} & set(plan.targets.index)]
    frame = pd.DataFrame(rows, columns=[*NAMES, "code", "programme", *numbers, "c10_from", "c12"])
    return frame.astype(dict.fromkeys([*numbers, "number"], float))


def _tc29_row(agency: Agency, plan: Plan, year: int) -> dict[str, Any]:
    direction = plan.indicator["direction"]
    before, why = realised_to(agency, plan, year - 3)
    target, value, now = (float(of.get(each, math.nan)) for of, each in _three(plan, year))
    earlier = [each for each in plan.targets.index if each <= year - 3]
    parts = {"5": (earlier, before), "7": ([year - 2], value), "9": ([year - 1], now)}
    together, made_from, reason = added(agency, plan, year - 1, parts)
    notes = {"5": why, "7": silent(plan, [year - 2]), "10": reason, "11": level_note(plan)}
    served = agency.budget[agency.budget["indicator_id"] == plan.indicator_id]
    served = served[served["period"].str[:4].isin([str(year - 2), str(year - 1)])]
    row = {name: plan.indicator[name] for name in NAMES}
    row |= {"code": "", "programme": "; ".join(dict.fromkeys(served["programme"])), "c4": plan.end_target}
    row |= {"c5": before, "c6": target, "c7": value, "c8": level(value, target, direction), "c9": now}
    row |= {"c10": together, "c11": level(together, plan.end_target, direction), "c10_from": made_from}
    return row | {"c12": numbered(notes)}


def _three(plan: Plan, year: int) -> list[tuple[pd.Series, int]]:
    return [(plan.targets, year - 2), (plan.realised, year - 2), (plan.targets, year - 1)]


def tc30(agency: Agency, year: int) -> pd.DataFrame:
    """Return form T-C.30, the performance before a year (n) and after it, as known before the year begins.

    One row an indicator targeted in any of its years, in its unit: `c5` ... `c8` targets of n-2 ... n+1, `c9`, `c10`
    realisations of n-2 and n-1, `c11`, `c12` projections of n and n+1, `c13` the analysis: what people wrote of n-1
    (causes), `method` of the projection or why there is none, and `reason` for other empty cells. `standard` is the
    national standard that people noted last, `ikk` is in no file. The projection is the outlook of the months
    (`iku.months.outlook`); the year after it lies too far ahead.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> iku.forms.tc30(agency, 2022)[["indicator_id", "c5", "c6", "c7", "c9", "c10", "c11"]].head(1)
      indicator_id     c5     c6     c7     c9    c10  c11
    0          nik  120.0  120.0  120.0  121.0  126.0  NaN
    """
    agency = as_of(agency, year, through=0)
    achievements = compute_achievements(agency)
    numbers = [f"c{column}" for column in range(5, 13)]
    rows = []
    for plan in plans_of(agency, achievements, year):
        targets = [target_of(agency, plan, each) for each in range(year - 2, year + 2)]
        if all(math.isnan(value) for value, _why in targets):
            continue
        realised = [value_of(plan, achievements, each) for each in (year - 2, year - 1)]
        ahead, method = projection(agency, plan, year)
        row = {name: plan.indicator[name] for name in NAMES}
        row |= {"standard": standard_of(agency, plan, year), "ikk": ""}
        values = [*(value for value, _why in [*targets, *realised]), ahead, math.nan]
        row |= dict(zip(numbers, values, strict=True))
        row |= {"c13": note_text(agency, year - 1, plan.indicator_id, "causes"), "method": method}
        reasons = [*(why for _value, why in [*targets, *realised]), changed(agency, plan, year - 2, year)]
        rows.append(row | {"reason": " ".join(filter(None, reasons))})
    frame = pd.DataFrame(rows, columns=[*NAMES, "standard", "ikk", *numbers, "c13", "method", "reason"])
    return frame.astype(dict.fromkeys([*numbers, "number"], float))

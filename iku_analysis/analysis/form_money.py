"""The Rp columns of form E.81: what each programme may spend and has spent on each indicator."""

import math

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import exact_sum
from iku_analysis.analysis import budget
from iku_analysis.analysis.form_cells import numbered, silent_quarters
from iku_analysis.language import _

QUARTERS = (1, 2, 3, 4)
RUPIAH = [f"rp{column}" for column in range(5, 15)]


def money_of(agency: Agency, year: int, quarter: int) -> pd.DataFrame:
    """Return the Rp columns of each programme and indicator that has money in the year."""
    earlier = {each: _spent(agency, each) for each in agency.years if agency.decree(year).first_year <= each < year}
    of_year = budget.by_part(agency, year).set_index(["programme", "indicator_id"])["budget"]
    stated = agency.budget.assign(fold=agency.budget["programme"].str.casefold())
    adds = ["6", "12"] if earlier else ["12"]
    rows = []
    for part in budget.by_part(agency, year, quarter).to_dict("records"):
        key = (part["programme"].casefold(), part["indicator_id"])
        own = stated[(stated["fold"] == key[0]) & (stated["indicator_id"] == key[1])].set_index("period")
        whole = str(year) in own.index or all(f"{year}-Q{number}" in own.index for number in QUARTERS)
        before = [spent.get(key, math.nan) for spent in earlier.values()]
        unknown = [str(each) for each, spent in zip(earlier, before, strict=True) if math.isnan(spent)]
        cells = {f"rp{7 + number}": float(own["realised"].get(f"{year}-Q{number}", math.nan)) for number in QUARTERS}
        cells["rp6"] = exact_sum(before) if before else math.nan  # of nothing known no sum follows
        cells["rp7"] = of_year[part["programme"], part["indicator_id"]] if whole else math.nan
        cells["rp12"] = part["realised"]
        cells["rp13"] = exact_sum(cells[f"rp{column}"] for column in adds)
        notes = {
            "5": _("Pagu akhir rencana diisi dari Renstra."),
            "6": _("Belum ada realisasi anggaran {years}.", years=", ".join(unknown)) if unknown else "",
            "8-11": "" if part["reason"] else silent_quarters([cells[f"rp{7 + each}"] for each in QUARTERS[:quarter]]),
            "12": part["reason"].removeprefix(f"{part['programme']}: "),
        }
        names = {"programme": part["programme"], "indicator_id": part["indicator_id"], "rp13_from": "+".join(adds)}
        rows.append(names | cells | {"rp_note": numbered(notes)})
    columns = ["programme", "indicator_id", *RUPIAH, "rp13_from", "rp_note"]
    return pd.DataFrame(rows, columns=columns)


def _spent(agency: Agency, year: int) -> dict[tuple[str, str], float]:
    """Return what each programme spent on each indicator in a whole year."""
    parts = budget.by_part(agency, year)
    return {(row.programme.casefold(), row.indicator_id): row.realised for row in parts.itertuples()}

"""One area over the years: the decree's targets are the province's, so an area is compared, never rated."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.analysis.achievement import compute_achievement_pct, why_untargeted, yearly_figures
from iku_analysis.analysis.missing import explain_missing
from iku_analysis.indonesian import is_percent
from iku_analysis.language import _
from iku_analysis.schema import ACHIEVEMENTS, make_frame


def compute_area_achievements(agency: Agency, achievements: pd.DataFrame, area: str) -> pd.DataFrame:
    """Return frame `achievements` of one area, made from the province's; for the province that frame itself.

    A percentage of an area is compared with the target of the province. A count of an area has
    no target: the decree does not divide it. No area has a rating. The label names the area.
    """
    if area == PROVINCE:
        return achievements
    wholes = yearly_figures(agency, area)
    rows = []
    for row in achievements.to_dict("records"):
        key = (row["indicator_id"], row["year"])
        rows.append(_compare(agency, row, wholes.loc[key] if key in wholes.index else None, area))
    return make_frame(ACHIEVEMENTS, rows)


def _compare(agency: Agency, row: dict, whole: pd.Series | None, area: str) -> dict:
    """Return one row of the province as the area's own."""
    empty = dict.fromkeys(("target", "realisation", "gap", "achievement_pct", "rating", "basis", "status"))
    own = row | empty | {"label": f"{row['label']}, {area}", "caution": "", "reason": _about_target(agency, row)}
    if is_percent(row["unit"]) and pd.notna(row["target"]):
        own["target"] = row["target"]
    if whole is None or pd.isna(whole["value"]):
        missing = explain_missing(agency, row["indicator_id"], row["year"], area)
        untargeted = is_percent(row["unit"]) and own["target"] is None
        return own | {"state": "not_targeted" if untargeted else "no_data", "reason": f"{missing} {own['reason']}"}
    own |= {"realisation": float(whole["value"]), "basis": whole["basis"], "status": whole["status"]}
    own["caution"] = _caution(whole)
    if own["target"] is None:
        return own | {"state": "untargeted_realisation"}
    return own | _against_target(own, str(agency.indicator(row["indicator_id"], row["year"])["direction"]))


def _about_target(agency: Agency, row: dict) -> str:
    if not is_percent(row["unit"]):
        return _("Target hanya untuk seluruh provinsi, tidak dibagi menurut wilayah.")
    if pd.isna(row["target"]):
        return why_untargeted(agency, row["year"])
    return _("Pembandingnya target seluruh provinsi; wilayah tidak diberi predikat.")


def _caution(whole: pd.Series) -> str:
    said = {
        _("Angka sementara."): whole["status"] == "sementara",
        _("Angka dari publikasi, bukan dari instansi."): whole["basis"] == "publikasi",
    }
    return " ".join(sentence for sentence, true in said.items() if true)


def _against_target(own: dict, direction: str) -> dict:
    gap = own["realisation"] - own["target"]
    met = gap >= 0 if direction == "higher" else gap <= 0
    achievement_pct = compute_achievement_pct(own["realisation"], own["target"], direction)
    return {"gap": gap, "achievement_pct": achievement_pct, "state": "met" if met else "missed"}

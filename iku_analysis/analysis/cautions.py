"""What to check before a figure is signed: provisional, published, beyond its bounds, a denominator that moved."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.indonesian import format_amount, format_number, format_percent, format_signed_percent, is_percent
from iku_analysis.language import _


def find_cautions(agency: Agency, target: dict, whole: pd.Series, achievement_pct: float | None) -> list[str]:
    """Return what to check before the figure is signed."""
    cautions = []
    if whole["status"] == "sementara":
        cautions.append(_("Angka sementara."))
    if whole["basis"] == "publikasi":
        cautions.append(_("Angka dari publikasi, bukan dari instansi."))
    limit = agency.policy.judging.check_above_pct
    if achievement_pct is not None and achievement_pct > limit:
        cautions.append(_("Capaian di atas {limit}: periksa angkanya.", limit=format_percent(limit)))
    if pd.notna(target["upper_bound"]) and whole["value"] > target["upper_bound"]:
        upper = format_amount(target["upper_bound"], target["unit"])
        if is_percent(target["unit"]):
            cautions.append(_("Realisasi di atas {upper}: penyebutnya mungkin sudah usang.", upper=upper))
        else:
            cautions.append(_("Realisasi di atas {upper}: periksa angkanya.", upper=upper))
    return cautions


def repeated_denominators(agency: Agency) -> set[tuple[str, int, str]]:
    """Return indicator, year and basis where some area has the same denominator in all four quarters."""
    quarters = agency.figures[(agency.figures["grain"] == "quarter") & (agency.figures["denominator"] > 0)]
    areas = quarters.groupby(["indicator_id", "year", "basis", "area"])["denominator"].agg(["nunique", "size"])
    return set(areas[(areas["nunique"] == 1) & (areas["size"] == 4)].index.droplevel("area"))


def moved_denominator(target: dict, old: float | None, new: float) -> list[str]:
    """Return a caution where a denominator moved far in a year: a share can be met by counting fewer things."""
    if old is None or pd.isna(new):
        return []
    change_pct = 100 * (new - old) / old
    if not abs(change_pct) > target["steady_denominator_pct"]:  # also where the indicator has no such limit
        return []
    return [
        _(
            "Penyebut berubah {change}, dari {old} ke {new}: periksa daftar yang wajib.",
            change=format_signed_percent(change_pct, 1),
            old=format_number(old),
            new=format_number(new),
        ),
    ]

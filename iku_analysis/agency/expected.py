"""The figures that a year needs: its periods and areas, as each indicator was reported last."""

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE, add_period_columns
from iku_analysis.errors import IkuError
from iku_analysis.language import _

GRAINS = ["month", "quarter", "semester", "year"]


def check_quarter(quarter: int) -> None:
    """Raise IkuError for a quarter that no year has."""
    if quarter not in range(1, 5):
        raise IkuError(_("quarter {found}: tulis nomor triwulan, 1 sampai 4.", found=quarter))


def periods_of(year: int, grain: str, quarter: int | None = None) -> list[str]:
    """Return the periods of a grain (`month`, `quarter`, `semester`, `year`) in a year, or in one quarter (1-4) of it.

    Raises IkuError for a quarter that no year has.
    """
    if quarter is not None:
        check_quarter(quarter)
    quarters = [quarter] if quarter else [1, 2, 3, 4]
    if grain == "month":
        return [f"{year}-{month:02d}" for each in quarters for month in range(3 * each - 2, 3 * each + 1)]
    if grain == "semester":
        return [f"{year}-S{each // 2}" for each in quarters if each % 2 == 0]
    if grain == "quarter" or quarter:  # a part of a year that is reported once is still a quarter
        return [f"{year}-Q{each}" for each in quarters]
    return [str(year)]


def expected_cells(agency: Agency, year: int, quarter: int | None = None) -> dict[str, tuple[list[str], list[str]]]:
    """Return the periods and areas of each indicator's figures, by its id.

    They are those of its last official figures, in that year or before: the shortest periods, and the
    areas of the policy if any area was reported. An indicator without any is asked for in quarters
    of the province.
    """
    rows = add_period_columns(agency.realisations)
    known = rows["value"].notna() | rows["denominator"].notna()
    own = rows[known & (rows["basis"] == "resmi") & (rows["breakdown"] == "") & (rows["year"] <= year)]
    last = own[own["year"] == own.groupby("indicator_id")["year"].transform("max")]
    last = last.assign(rank=last["grain"].map(GRAINS.index))
    shortest = last[last["rank"] == last.groupby("indicator_id")["rank"].transform("min")]
    grains = dict(zip(shortest["indicator_id"], shortest["grain"], strict=True))
    by_area = set(shortest.loc[shortest["area"] != PROVINCE, "indicator_id"])
    return {
        indicator_id: (
            periods_of(year, grains.get(indicator_id, "quarter"), quarter),
            agency.policy.areas if indicator_id in by_area else [PROVINCE],
        )
        for indicator_id in agency.decree(year).indicators["indicator_id"]
    }

"""Why a year has no result, in words."""

import pandas as pd

from iku_analysis.agency.expected import expected_cells
from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE, contradictions
from iku_analysis.indonesian import format_number, format_period, is_percent, quarter_name
from iku_analysis.language import _
from iku_analysis.schema import SCORED_BASES

MONTHS = {"month": 1, "quarter": 3, "semester": 6, "year": 12}


def explain_missing(agency: Agency, indicator_id: str, year: int, area: str = PROVINCE, *, quarter: int = 4) -> str:
    """Return why an indicator has no realisation of a year to the end of a quarter, most telling reason first."""
    if (indicator_id, year) not in agency.told:
        return _("Belum ada angka.") if quarter == 4 else _without_quarters(list(range(1, quarter + 1)))
    stated = agency.realisations[agency.realisations["indicator_id"] == indicator_id]
    stated = stated[(stated["period"].str[:4].astype(int) == year) & stated["value"].notna()]
    figures = agency.figures[(agency.figures["indicator_id"] == indicator_id) & (agency.figures["year"] == year)]
    if quarter < 4:
        stated, figures = (frame[_within(frame["period"], quarter)] for frame in (stated, figures))
    areas = agency.policy.areas
    if area != PROVINCE:  # an area has no areas of its own: what it says is the whole
        stated, figures = (frame[frame["area"] == area].assign(area=PROVINCE) for frame in (stated, figures))
        areas = []
    # Bases are never mixed, so the parts of one cannot stand for what the other lacks.
    figures = figures[figures["basis"] == min(figures["basis"], key=SCORED_BASES.index, default="")]
    rivals = contradictions(stated)
    if not rivals.empty:
        values = "; ".join(format_number(value) for value in rivals["value"].unique())
        return _("Publikasi saling bertentangan ({values}): tidak dinilai.", values=values)
    if quarter < 4 and not (figures.empty and (stated["basis"] == "proksi").any()):
        return _explain_quarters(figures, quarter, areas)
    if ((figures["denominator"] == 0) & (figures["grain"] == "year") & (figures["area"] == PROVINCE)).any():
        return _("0 dari 0: persentase tidak dapat dihitung.")
    if not figures.empty:
        return _explain_parts(figures, areas, agency.indicator(indicator_id, year)["unit"])
    proxies = (stated["basis"] == "proksi").any()
    return _("Hanya ada angka proksi: tidak dinilai.") if proxies else _("Belum ada angka.")


def unscored(agency: Agency, year: int) -> pd.DataFrame:
    """Return the realisations up to a year that are known but not judged: proxies, and publications at odds."""
    rows = agency.realisations
    out = (rows["basis"] == "proksi") | rows.index.isin(contradictions(rows).index)
    return rows[out & rows["value"].notna() & (rows["period"].str[:4].astype(int) <= year)]


def preferred(wholes: pd.DataFrame) -> pd.DataFrame:
    """Return the figures (frame `figures`) of the preferred basis, by `indicator_id` and `year`: never mixed."""
    wholes = wholes.sort_values("basis", key=lambda basis: basis.map(SCORED_BASES.index), kind="stable")
    return wholes.drop_duplicates(["indicator_id", "year"]).set_index(["indicator_id", "year"])


def list_missing(agency: Agency, year: int) -> pd.DataFrame:
    """Return what the targeted indicators of a year still lack: `indicator_id`, `label`, `missing`, `holder`, `ask`.

    An indicator without a target lacks it, where the decree leaves targets to performance agreements.
    An indicator with a figure of the whole year and province lacks nothing. Otherwise it lacks the periods and
    areas of `expected_cells` that no figure covers; areas that lack the same periods share a row. Where all are
    covered it lacks what `explain_missing` says. Published figures count, proxies do not.

    Raises
    ------
    IkuError
        If no decree judges the year.
    """
    indicators = agency.decree(year).indicators
    of_year = agency.targets[agency.targets["year"] == year].set_index("indicator_id")
    figures = agency.figures[agency.figures["year"] == year]
    known = set(zip(figures["indicator_id"], figures["area"], figures["period"], strict=True))
    whole = preferred(figures[(figures["area"] == PROVINCE) & (figures["grain"] == "year")])
    judged = set(whole.index[whole["value"].notna()])
    rows = []
    for indicator_id, (periods, areas) in expected_cells(agency, year).items():
        facts = indicators[indicators["indicator_id"] == indicator_id].iloc[0]
        targeted = of_year.at[indicator_id, "targeted"]
        if not targeted and not agency.decree(year).has_targets:
            target = _("target {year}, dari perjanjian kinerja", year=year)
            rows.append((indicator_id, facts["label"], target, facts["holder"], facts["ask"]))
        if not targeted or (indicator_id, year) in judged:
            continue
        silent: dict[tuple[str, ...], list[str]] = {}
        for area in areas:
            lacking = tuple(
                period
                for period in periods
                if not {(indicator_id, area, period), (indicator_id, PROVINCE, period)} & known
            )
            silent.setdefault(lacking, []).append(area)
        words = [_in_words(lacking, of_areas, len(areas)) for lacking, of_areas in silent.items() if lacking]
        # All is there, and yet no year comes of it: the reason that `achievements` gives is what is missing.
        for each in words or [explain_missing(agency, indicator_id, year).removesuffix(".")]:
            rows.append((indicator_id, facts["label"], each, facts["holder"], facts["ask"]))
    return pd.DataFrame(rows, columns=["indicator_id", "label", "missing", "holder", "ask"])


def _in_words(periods: tuple[str, ...], areas: list[str], of_all: int) -> str:
    """Return `Triwulan III, IV` or `Agustus, September: Jakarta Utara`; all areas are not named one by one."""
    year = periods[0][:4]
    names = [format_period(period).removesuffix(f" {year}") for period in periods]
    if "Q" in periods[0] or "S" in periods[0]:
        names[1:] = [name.partition(" ")[2] for name in names[1:]]
    elif len(periods) == 1 and periods[0] == year:
        names = [_("angka setahun")]
    words = ", ".join(names)
    if areas == [PROVINCE]:
        return words
    return f"{words}: " + (_("semua wilayah") if len(areas) == of_all else ", ".join(areas))


def _explain_parts(figures: pd.DataFrame, areas: list[str], unit: str) -> str:
    """Say what is missing of a year that has parts."""
    months = _months(figures[figures["area"] == PROVINCE])
    by_area = {area: _months(figures[figures["area"] == area]) for area in areas}
    reported = [area for area in areas if by_area[area]]
    by_all = set.intersection(*by_area.values()) if by_area else set()
    if 12 in (len(months), len(by_all)):
        if not is_percent(unit):
            return _("Angka wilayah tidak dapat dijumlahkan: satuannya {unit}.", unit=unit)
        return _("Persentase tanpa pembilang dan penyebut tidak dapat digabung.")
    if reported and len(reported) < len(areas):
        silent = ", ".join(area for area in areas if area not in reported)
        return _("Belum ada angka dari: {areas}.", areas=silent)
    return _("Baru {months} dari 12 bulan yang dilaporkan.", months=len(months or by_all))


def _explain_quarters(figures: pd.DataFrame, quarter: int, areas: list[str]) -> str:
    """Name the quarters that are missing up to the end of one, and the areas that have not reported them."""
    quarters = figures[figures["grain"] == "quarter"]
    known = quarters[quarters["area"] == PROVINCE]
    missing = [number for number in range(1, quarter + 1) if not known["period"].str.endswith(f"Q{number}").any()]
    if not missing:
        if known["denominator"].sum(min_count=quarter) == 0:
            return _("0 dari 0: persentase tidak dapat dihitung.")
        return _("Persentase tanpa pembilang dan penyebut tidak dapat digabung.")
    reason = _without_quarters(missing)
    of_missing = quarters[quarters["period"].str[-1].astype(int).isin(missing) & (quarters["area"] != PROVINCE)]
    reported = of_missing["area"].value_counts()
    silent = [area for area in areas if reported.get(area, 0) < len(missing)]
    if reported.empty or not silent:
        return reason
    return f"{reason} " + _("Belum ada angka dari: {areas}.", areas=", ".join(silent))


def _without_quarters(missing: list[int]) -> str:
    return _("Belum ada angka lengkap untuk {quarters}.", quarters=", ".join(map(quarter_name, missing)))


def _within(periods: pd.Series, quarter: int) -> pd.Series:
    """Tell which months and quarters lie in a year up to the end of a quarter; a whole year does not."""
    part = periods.str[5:].str.lstrip("QS").replace("", "99").astype(int)
    return part <= periods.str[5:6].map(lambda kind: {"Q": quarter, "S": quarter // 2}.get(kind, 3 * quarter))


def _months(figures: pd.DataFrame) -> set[int]:
    """Return the months of a year that the figures cover."""
    covered: set[int] = set()
    for period, grain in zip(figures["period"], figures["grain"], strict=True):
        part = int(period[5:].lstrip("QS") or 1)  # of the year: its 1st, 2nd ... month, quarter or semester
        covered |= set(range((part - 1) * MONTHS[grain] + 1, part * MONTHS[grain] + 1))
    return covered

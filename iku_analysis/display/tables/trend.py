"""Tables of a year under way and of what a whole is made of: frames -> Table."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE
from iku_analysis.analysis.scored import scored_figures
from iku_analysis.analysis.within_year import Outlook
from iku_analysis.display.tables.cells import (
    Table,
    amount,
    count,
    make_table,
    percent,
    provisional,
    signed,
    signed_percent,
    year_cell,
)
from iku_analysis.indonesian import (
    format_period,
    is_percent,
)
from iku_analysis.language import _


def table_within_year(agency: Agency, path: pd.DataFrame, outlook: Outlook) -> Table:
    """The year period by period: value, total so far, path to the target, gap (frame of `cumulative_path`)."""
    unit = agency.indicator(outlook.indicator_id, outlook.year)["unit"]
    points = is_percent(unit)
    columns = {
        _("Periode"): [format_period(period) for period in path["period"]],
        _("Nilai"): [
            provisional(_amount(value, unit), status)
            for value, status in zip(path["value"], path["status"], strict=True)
        ],
        _("Sejauh ini"): [_amount(value, unit) for value in path["cumulative"]],
        _("Jalur target"): [_amount(value, unit) for value in path["path"]],
        _("Selisih (poin persen)") if points else _("Selisih"): [
            signed(value, 2 if points else 0) for value in path["cumulative"] - path["path"]
        ],
    }
    caption = _("{year} dari awal tahun, terhadap jalur ke target (* = sementara)", year=outlook.year)
    return make_table(columns, caption)


def _amount(value: float, unit: str) -> str:
    return amount(value, unit, 2 if is_percent(unit) else 0)


def table_shortfalls(rows: pd.DataFrame, year: int) -> Table | None:
    """Coverage and shortfall of each area or item (frame of `coverage.by_area` or `coverage.by_item`)."""
    if rows.empty:
        return None
    by_area = rows.columns[0] == "area"
    columns = {
        _("Wilayah") if by_area else _("Rincian"): list(rows.iloc[:, 0]),
        _("Tercakup"): [count(number) for number in rows["numerator"]],
        _("Wajib"): [count(number) for number in rows["denominator"]],
        _("Cakupan"): [percent(value) for value in rows["value"]],
        _("Selisih (poin persen)"): [signed(gap) for gap in rows["gap"]],
        _("Kurang"): [count(number) for number in rows["shortfall"]],
    }
    caption = (
        _("Cakupan menurut wilayah {year}", year=year) if by_area else _("Cakupan menurut rincian {year}", year=year)
    )
    return make_table(columns, caption)


def table_contributions(frame: pd.DataFrame, year: int, *, unit: str) -> Table | None:
    """What each item added to the change of a year (frame of `contributions`)."""
    if frame.empty:
        return None
    columns = {
        _("Rincian"): [item or _("lainnya, tidak dirinci") for item in frame["item"]],
        str(year - 1): [_amount(value, unit) for value in frame["previous"]],
        str(year): [_amount(value, unit) for value in frame["value"]],
        _("Perubahan"): [signed(value, 0) for value in frame["change"]],
        _("Sumbangan (poin persen)"): [signed(value) for value in frame["points"]],
    }
    caption = _("Sumbangan setiap rincian terhadap perubahan {year}", year=year)
    return make_table(columns, caption)


def table_parts(agency: Agency, indicator_id: str, year: int) -> Table:
    """A year's figures of an indicator by quarter (columns) and area (rows), the province last."""
    unit = agency.indicator(indicator_id, year)["unit"]
    figures = scored_figures(agency, indicator_id)
    quarters = figures[(figures["year"] == year) & (figures["grain"] == "quarter")]
    wide = quarters.pivot(index="area", columns="period", values="value")
    wide = wide.loc[sorted(wide.index, key=lambda area: (area == PROVINCE, area))]
    columns = {_("Wilayah"): [area or _("provinsi") for area in wide.index]}
    columns |= {format_period(period): [_amount(value, unit) for value in wide[period]] for period in wide.columns}
    caption = _("Triwulan dan wilayah, {year}", year=year)
    return make_table(columns, caption)


def table_month_changes(changes: pd.DataFrame, *, unit: str) -> Table | None:
    """The last twelve months of a series and their changes (frame of `months.month_changes`)."""
    if changes.empty:
        return None
    rows = changes.tail(12)
    columns = {
        _("Bulan"): [format_period(period) for period in rows["period"]],
        _("Nilai"): [_amount(value, unit) for value in rows["value"]],
        _("Dari bulan sebelumnya"): [signed_percent(value) for value in rows["change_pct"]],
        _("Dari bulan sama tahun lalu"): [signed_percent(value) for value in rows["year_change_pct"]],
        _("Sejak Januari"): [_amount(value, unit) for value in rows["to_date"]],
        _("Dari masa sama tahun lalu"): [signed_percent(value) for value in rows["to_date_change_pct"]],
    }
    return make_table(columns, _("Dua belas bulan terakhir"))


def table_required_growth(rows: pd.DataFrame, *, unit: str) -> Table | None:
    """The growth still needed to the last target, from each year (frame of `required_growth`)."""
    if rows.empty:
        return None
    columns = {
        _("Dari tahun"): [year_cell(year) for year in rows["year"]],
        _("Realisasi"): [_amount(value, unit) for value in rows["realisation"]],
        _("Tahun tersisa"): [count(years) for years in rows["years"]],
        _("Pertumbuhan yang diperlukan setahun"): [
            _("sudah tercapai") if row.reached else percent(row.required_pct) for row in rows.itertuples()
        ],
    }
    caption = _("Pertumbuhan yang masih diperlukan sampai target terakhir")
    return make_table(columns, caption)

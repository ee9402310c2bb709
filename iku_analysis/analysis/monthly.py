"""A monthly series as it is: its months put in order, and why it cannot carry a forecast.

Nothing is filled: a month without a number, and a month with two different ones, stays unknown.
"""

import re
from importlib.util import find_spec
from typing import TypeAlias

import numpy as np
import pandas as pd

from iku_analysis.errors import IkuError
from iku_analysis.indonesian import format_number, format_period
from iku_analysis.language import _

# Two values of every calendar month are the least from which a season can be told from a change.
LEAST_MONTHS = 24
# A factor of 1.000 lost shows as a month some hundreds of times its neighbours. A peak season does not
# come near: the sharpest found in public series (a souvenir shop's December) is 60 times its low.
LOST_FACTOR = 300
NAMED_MONTHS = 4
MONTH = re.compile("[0-9]{4}-(0[1-9]|1[0-2])")

Months: TypeAlias = pd.Series | pd.DataFrame


def tidy_months(months: Months) -> pd.Series:
    """Return the series by month, in order: one float a month that any row names, NaN where it is unknown.

    Parameters
    ----------
    months : Series or DataFrame
        Values by period text (`2021-08`), or the columns `period` and `value`. Several rows of
        one month count once when they are equal; when they differ, the month is unknown.

    Returns
    -------
    Series
        Index `period`: a pandas PeriodIndex of months, ascending, without repeats.

    Raises
    ------
    IkuError
        If a period is not a month, a value is infinite, or the rows are of several series.
    """
    rows = _rows(months)
    known = rows.dropna(subset="value").groupby("period")["value"].agg(["first", "nunique"])
    values = known["first"].where(known["nunique"] == 1)
    return values.reindex(pd.Index(sorted(set(rows["period"])), name="period")).rename("value")


def contradicting_months(months: Months) -> list[pd.Period]:
    """Return the months for which two rows name different values, in order."""
    counts = _rows(months).groupby("period")["value"].nunique()
    return sorted(counts.index[counts > 1])


def _rows(months: Months) -> pd.DataFrame:
    """Return `period` (pandas.Period) and `value` (float) of every row; refuse what is no monthly series."""
    frame = pd.DataFrame({"period": months.index, "value": months.to_numpy()}) if months.ndim == 1 else months
    for column in {"series", "unit"} & set(frame.columns):
        if frame[column].nunique() > 1:
            raise IkuError(_("Beberapa deret atau satuan dalam satu tabel: pilih satu deret dulu."))
    periods = _periods([str(text) for text in frame["period"]])
    values = frame["value"].to_numpy(dtype=float)
    if np.isinf(values).any():
        raise IkuError(_("Nilai tak hingga pada {month}.", month=format_period(str(periods[np.isinf(values)][0]))))
    return pd.DataFrame({"period": periods, "value": values})


def _periods(texts: list[str]) -> pd.PeriodIndex:
    for text in texts:
        if not MONTH.fullmatch(text):
            raise IkuError(_("Bukan bulan: {period}. Tulis seperti 2021-08.", period=text))
    return pd.PeriodIndex(texts, freq="M")


def last_run(values: pd.Series) -> pd.Series:
    """Return the longest stretch of consecutive known months that ends with the last known one."""
    known = values.dropna()
    if known.empty:
        return known
    run = pd.Series(known.index.astype("int64") - np.arange(len(known)), index=known.index)
    return known[run == run.iloc[-1]]


def why_not_forecast(months: Months, until: str | None = None) -> str:
    """Return why the series cannot carry a forecast, and what it would need; empty when it can.

    Parameters
    ----------
    months : Series or DataFrame
        A monthly series, as `tidy_months` takes it.
    until : str, optional
        The last month that is looked at, `2021-08`; later rows are left out. Without it, all are.

    Returns
    -------
    str
        All that is wrong, in the language in use. The last 24 months with a number must follow
        each other without contradiction; all that follow each other up to the last must be
        positive (a season is a share of the level, so it multiplies), and none may stand a factor
        of some hundreds from the months around it.

    Raises
    ------
    IkuError
        As `tidy_months`.
    """
    return " ".join(why_not_decompose(months, until) or _why_values_will_not_do(last_run(_up_to(months, until))))


def why_not_decompose(months: Months, until: str | None = None) -> list[str]:
    """Return why there are not 24 consecutive months up to the last known one; empty when there are.

    Without statsmodels, which papers do not need, that is the reason.
    """
    if find_spec("statsmodels") is None:
        return [_('Musim dan perkiraan memerlukan: pip install "iku-analysis[lab]".')]
    values = _up_to(months, until)
    if values.dropna().empty:
        return [_("Belum ada angka bulanan. Diperlukan {count} bulan berturut-turut.", count=LEAST_MONTHS)]
    wanted = pd.period_range(end=values.last_valid_index(), periods=LEAST_MONTHS, freq="M")
    # A contradiction after the last known month counts too: it is no month that is still to come.
    rivals = [month for month in contradicting_months(months) if wanted[0] <= month <= values.index[-1]]
    unknown = wanted.difference(values.dropna().index)
    if unknown.empty and not rivals:
        return []
    return [*_why_unknown(values, unknown.difference(rivals), rivals), _need(wanted, last_run(values))]


def _up_to(months: Months, until: str | None) -> pd.Series:
    values = tidy_months(months)
    return values if until is None else values[values.index <= _periods([until])[0]]


def _why_unknown(values: pd.Series, missing: pd.PeriodIndex, rivals: list[pd.Period]) -> list[str]:
    reasons = [_("Publikasi saling bertentangan untuk {months}.", months=_name(rivals))] if rivals else []
    gaps = missing[missing > values.index[0]]
    if len(gaps):
        reasons.append(_("{count} bulan tanpa angka: {months}.", count=len(gaps), months=_name(gaps)))
    if len(gaps) < len(missing):
        reasons.append(_("Deret baru mulai pada {first}.", first=format_period(str(values.index[0]))))
    return reasons


def _need(wanted: pd.PeriodIndex, run: pd.Series) -> str:
    """Say which months to complete, or which month to wait for."""
    return _(
        "Diperlukan {count} bulan berturut-turut, masing-masing satu angka: lengkapi {first} sampai {last}, "
        "atau tunggu {later}.",
        count=len(wanted),
        first=format_period(str(wanted[0])),
        last=format_period(str(wanted[-1])),
        later=format_period(str(run.index[0] + len(wanted) - 1)),
    )


def _name(months: list[pd.Period] | pd.PeriodIndex) -> str:
    """Return the first few months in words, and how many more there are."""
    names = ", ".join(format_period(str(month)) for month in months[:NAMED_MONTHS])
    more = len(months) - NAMED_MONTHS
    return names if more <= 0 else _("{names} dan {more} lainnya", names=names, more=more)


def _why_values_will_not_do(run: pd.Series) -> list[str]:
    """Return why consecutive months cannot be forecast by a season that multiplies; empty when they can."""
    if (run == 0).all():
        return [_("Semua bulan nol: tidak ada yang dapat diperkirakan. Periksa apakah 0 berarti belum ada angka.")]
    low = run.index[run <= 0]
    if len(low):
        advice = _("Pola musim memerlukan angka di atas nol; kosongkan bulan yang belum ada angkanya.")
        return [_("Nol atau negatif pada {months}.", months=_name(low)), advice]
    ratio = _times_its_neighbours(run)
    if ratio.max() < LOST_FACTOR:
        return []
    far = _(
        "{month} ({value}) berbeda {ratio} kali dari bulan-bulan di sekitarnya: faktor seribu atau sejuta hilang?",
        month=format_period(str(ratio.idxmax())),
        value=format_number(run[ratio.idxmax()]),
        ratio=format_number(ratio.max(), 0),
    )
    return [far, _("Semua bulan harus dalam satu satuan.")]


def _times_its_neighbours(run: pd.Series) -> pd.Series:
    """Return by which factor each month is above or below the median of the year before or after it.

    The two sides apart: where a unit changes for good, each month agrees with one of them.
    """
    logs = np.log(run)
    before = logs.shift(1).rolling(12, min_periods=3).median()
    after = logs[::-1].shift(1).rolling(12, min_periods=3).median()[::-1]
    return np.exp(pd.concat([logs - before, logs - after], axis=1).abs().max(axis=1))

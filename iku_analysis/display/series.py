"""What series of periods beside each other say: how each is called, and what the last period tells."""

import pandas as pd

from iku_analysis.display.markdown import Markdown, say, sentences
from iku_analysis.indonesian import decimals_apart, format_amount, format_number, format_period, is_percent
from iku_analysis.language import _


def series_word(name: str) -> str:
    """Return the name of a series: the province is the area without one."""
    return name or _("seluruh provinsi")


def describe_series(series: pd.DataFrame, unit: str) -> Markdown:
    """Return the last period of one, two or more series in words (frame of `analysis.series`)."""
    last = series[series["period"] == series["period"].max()].sort_values("value", ascending=False, kind="stable")
    silent = [series_word(name) for name in dict.fromkeys(series["name"]) if name not in set(last["name"])]
    without = say("Tanpa angka pada periode itu: {names}.", names=", ".join(silent)) if silent else ""
    return sentences(_compare(series, last, unit), without)


def _compare(series: pd.DataFrame, last: pd.DataFrame, unit: str) -> Markdown:
    period = format_period(last["period"].iloc[0])
    high, low = last.iloc[0], last.iloc[-1]
    apart = decimals_apart(high["value"], low["value"])
    if series["name"].nunique() == 1:
        return _alone(series, high, unit)
    values = {
        "period": period,
        "high": series_word(high["name"]),
        "most": format_amount(high["value"], unit, apart),
        "low": series_word(low["name"]),
        "least": format_amount(low["value"], unit, apart),
    }
    if len(last) == 1:
        return say("{period}: {high} {most}.", **values)
    if high["value"] == low["value"]:
        return say("{period}: semuanya {most}.", **values)
    if len(last) == 2:
        gap = high["value"] - low["value"]
        points = _("{points} poin persen", points=format_number(gap, decimals_apart(gap, 0)))
        difference = points if is_percent(unit) else format_amount(gap, unit)
        return say("{period}: {high} {most}, {low} {least}; selisih {difference}.", difference=difference, **values)
    return say("{period}: tertinggi {high} ({most}), terendah {low} ({least}).", **values)


def _alone(series: pd.DataFrame, last: pd.Series, unit: str) -> Markdown:
    """Return the last figure of a single series, and its highest and lowest."""
    text = say("{period}: {value}.", period=format_period(last["period"]), value=format_amount(last["value"], unit))
    high, low = (series.loc[place] for place in (series["value"].idxmax(), series["value"].idxmin()))
    if high["value"] == low["value"]:
        return text
    return (
        text
        + " "
        + say(
            "Tertinggi {most} ({when}), terendah {least} ({then}).",
            most=format_amount(high["value"], unit),
            when=format_period(high["period"]),
            least=format_amount(low["value"], unit),
            then=format_period(low["period"]),
        )
    )

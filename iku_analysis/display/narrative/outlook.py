"""Sentences of a year still under way: what has come in, where it may end, what is needed."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.months import MonthsOutlook
from iku_analysis.analysis.within_year import Outlook
from iku_analysis.display.markdown import Markdown, say, sentences
from iku_analysis.display.words import outlook_word
from iku_analysis.indonesian import (
    format_amount,
    format_number,
    format_percent,
    format_period,
    is_percent,
    short_format,
)
from iku_analysis.language import _


def last_period(outlook: Outlook) -> str:
    """Return the last known period of an outlook in words: `September 2021`, `Triwulan III 2021`."""
    if outlook.grain == "month":
        return format_period(f"{outlook.year}-{outlook.known:02d}")
    return format_period(f"{outlook.year}-Q{outlook.known}")


def outlook_title(agency: Agency, outlook: Outlook) -> str:
    """Return the verdict of an outlook as the title of its figure."""
    label, direction = agency.indicator(outlook.indicator_id, outlook.year)[["label", "direction"]]
    if not outlook.known:
        return _("{label} {year}: perkiraan akhir tahun tidak dibuat", label=label, year=outlook.year)
    when = last_period(outlook)
    return _(
        "{label} sampai {when}: {verdict}", label=label, when=when, verdict=outlook_word(outlook.verdict, direction)
    )


def needed_text(outlook: Outlook, indicator: pd.Series) -> str:
    """Return what every period left must, or may, bring, in a few words for a figure; nothing where that is settled."""
    if outlook.needed is None or outlook.best is None or outlook.verdict in ("reached", "not_reached", "cannot_judge"):
        return ""
    short = short_format(indicator["unit"])
    period = _("bulan") if outlook.grain == "month" else _("triwulan")
    if outlook.verdict == "beyond_reach" and outlook.uncovered is None:
        return _("target terlampaui sekalipun sisanya 0")
    if outlook.verdict == "beyond_reach":
        values = {"count": format_number(outlook.uncovered or 0), "period": period, "best": short(outlook.best)}
        return _("terlewat {count}; {period} terbaik {best}", **values)
    values = {"needed": short(outlook.needed), "period": period, "best": short(outlook.best)}
    if indicator["direction"] == "lower":
        return _("paling banyak {needed} setiap {period};\n{period} terbaik {best}", **values)
    return _("perlu {needed} setiap {period};\n{period} terbaik {best}", **values)


def describe_outlook(agency: Agency, outlook: Outlook) -> Markdown:
    """Return where a year stands, where it may end and what is still needed, in words; no probability."""
    indicator = agency.indicator(outlook.indicator_id, outlook.year)
    if outlook.so_far is None:
        return say(
            "{label} {year}: perkiraan akhir tahun tidak dibuat. {reason}",
            label=indicator["label"],
            year=outlook.year,
            reason=outlook.reason,
        )
    unit = indicator["unit"]
    said: list[str] = [_so_far_sentence(indicator, outlook)]
    if outlook.reason:
        said.append(outlook.reason)
    elif outlook.left and outlook.low is not None and outlook.high is not None:
        said.append(_range_sentence(outlook, unit))
        if outlook.verdict not in ("reached", "not_reached"):
            said.append(_needed_sentence(outlook, indicator))
    if outlook.uncovered:
        said.append(
            say(
                "Dari yang sudah jatuh tempo masih kurang {count} untuk mencapai target.",
                count=format_number(outlook.uncovered),
            )
        )
    if outlook.provisional:
        said.append(say("Memuat angka sementara."))
    return sentences(*said)


def describe_ranges(agency: Agency, outlook: Outlook, ahead: MonthsOutlook) -> Markdown | None:
    """Return how the two ranges of the year's end stand to each other, and which one judges; None without both."""
    forecast = ahead.forecast
    if forecast is None or forecast.known == 12 or outlook.low is None or outlook.high is None:
        return None
    unit = agency.indicator(outlook.indicator_id, outlook.year)["unit"]
    ranges = [(outlook.low, outlook.high), (forecast.low, forecast.high)]
    ends = {"low": min(low for low, _high in ranges), "high": max(high for _low, high in ranges)}
    text = say(
        "Kedua kisaran akhir tahun dihitung dengan cara berbeda: dari laju sejauh ini, dan dari tren dengan musimnya. "
        "Penilaian terhadap target memakai yang pertama; keduanya bersama membentang dari {low} sampai {high}",
        **{name: format_amount(end, unit, 0) for name, end in ends.items()},
    )
    if outlook.target is None:
        return text + "."
    where = (
        say("di atasnya")
        if outlook.target > ends["high"]
        else say("di bawahnya")
        if outlook.target < ends["low"]
        else say("di dalamnya")
        if any(low <= outlook.target <= high for low, high in ranges)
        else say("di antara keduanya")
    )
    return text + say("; target {target} ada {where}.", target=format_amount(outlook.target, unit), where=where)


def _so_far_sentence(indicator: pd.Series, outlook: Outlook) -> Markdown:
    assert outlook.so_far is not None and outlook.target is not None
    values = {
        "label": indicator["label"],
        "when": last_period(outlook),
        "so_far": format_amount(outlook.so_far, indicator["unit"]),
        "target": format_amount(outlook.target, indicator["unit"]),
        "verdict": outlook_word(outlook.verdict, indicator["direction"]),
    }
    if is_percent(indicator["unit"]):
        return say("{label} sampai {when} {so_far} dari yang jatuh tempo, target {target}: **{verdict}**.", **values)
    if outlook.target <= 0:  # of which nothing is a share
        return say("{label} sampai {when} terkumpul {so_far}, target {target}: **{verdict}**.", **values)
    share = format_percent(100 * outlook.so_far / outlook.target, 1)
    return say(
        "{label} sampai {when} terkumpul {so_far}, yaitu {share} dari target {target}: **{verdict}**.",
        share=share,
        **values,
    )


def _range_sentence(outlook: Outlook, unit: str) -> Markdown:
    assert outlook.low is not None and outlook.high is not None
    low, high = (format_amount(end, unit, 2 if is_percent(unit) else 0) for end in (outlook.low, outlook.high))
    if low == high:
        return say("Dengan laju sejauh ini akhir tahun sekitar {low}.", low=low)
    if outlook.shapes:
        return say(
            "Menurut laju sejauh ini dan pola {shapes} tahun sebelumnya, akhir tahun antara {low} dan {high}; "
            "kisaran ini bukan peluang.",
            shapes=outlook.shapes,
            low=low,
            high=high,
        )
    return say(
        "Bila sisanya seperti periode terendah dan tertinggi sejauh ini, akhir tahun antara {low} dan {high}; "
        "kisaran ini bukan peluang.",
        low=low,
        high=high,
    )


def _needed_sentence(outlook: Outlook, indicator: pd.Series) -> Markdown:
    assert outlook.needed is not None and outlook.best is not None
    unit = indicator["unit"]
    period = say("bulan") if outlook.grain == "month" else say("triwulan")
    values = {"period": period, "left": outlook.left, "best": format_amount(outlook.best, unit)}
    if indicator["direction"] == "lower" and outlook.verdict == "beyond_reach":
        return say(
            "Sekalipun {left} {period} lagi semuanya 0, target terlampaui bila yang jatuh tempo seperti "
            "perkiraan; {period} terbaik sejauh ini {best}.",
            **values,
        )
    if indicator["direction"] == "lower":
        values["needed"] = format_amount(outlook.needed, unit)
        return say(
            "Agar target tidak terlampaui, paling banyak {needed} setiap {period} selama {left} {period} lagi; "
            "{period} terbaik sejauh ini {best}.",
            **values,
        )
    if not is_percent(unit):
        return say(
            "Masih diperlukan {needed} setiap {period} selama {left} {period} lagi; {period} terbaik sejauh ini "
            "{best}.",
            needed=format_amount(outlook.needed, unit, 0),
            **values,
        )
    if outlook.verdict == "beyond_reach":
        return say(
            "Sekalipun semua yang jatuh tempo dalam {left} {period} lagi tercakup, target tidak tercapai tanpa "
            "menyusulkan yang terlewat; {period} terbaik sejauh ini {best}.",
            **values,
        )
    return say(
        "Dari yang jatuh tempo dalam {left} {period} lagi harus tercakup {needed}; {period} terbaik sejauh ini {best}.",
        needed=format_percent(outlook.needed),
        **values,
    )


def backlog_title(backlog: pd.DataFrame) -> str:
    """Return what is overdue at the end as the title of the figure."""
    last = backlog.iloc[-1]
    return _(
        "Tunggakan tera ulang {when}: {count} alat",
        when=format_period(last["period"]),
        count=format_number(last["overdue"]),
    )


def describe_backlog(backlog: pd.DataFrame) -> Markdown:
    """Return the overdue instruments in words (frame of `backlog_by_month`)."""
    if backlog.empty:
        return say("Tunggakan tidak dihitung: tidak ada berkas tera menurut bulan (folder verifications).")
    last, peak = backlog.iloc[-1], backlog.loc[backlog["overdue"].idxmax()]
    facts = {
        "when": format_period(last["period"]),
        "span": say("Dalam setahun terakhir")
        if len(backlog) >= 12
        else say("Sejak {first}", first=format_period(backlog["period"].iloc[0])),
        "verified": format_number(backlog["verified"].tail(12).sum()),
        "due": format_number(backlog["due"].tail(12).sum()),
    }
    if not peak["overdue"]:
        return say(
            "Sampai akhir {when} tidak ada alat yang lewat masa teranya. {span} {verified} alat ditera, {due} jatuh "
            "tempo. Alat yang belum pernah ditera tidak termasuk.",
            **facts,
        )
    return say(
        "Pada akhir {when} sekurangnya {count} alat lewat masa teranya dan belum ditera ulang; terbanyak {most}, pada "
        "{peak}. {span} {verified} alat ditera, {due} jatuh tempo. Alat yang belum pernah ditera tidak termasuk.",
        count=format_number(last["overdue"]),
        most=format_number(peak["overdue"]),
        peak=format_period(peak["period"]),
        **facts,
    )

"""How a paper judges, in sentences: formulas and where they come from, classes, what counts and what does not."""

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.display.markdown import Markdown, bullets, say, sentences
from iku_analysis.indonesian import (
    format_number,
    format_percent,
)


def describe_method(agency: Agency, year: int) -> Markdown:
    """Return how every figure was computed: formulas, cap, scale, roll-up, limits, remarks on the decree."""
    policy, decree = agency.policy, agency.decree(year)
    bounds = [
        sentences(rating.label, Markdown(">") if left_out else "≥", format_number(bound))
        for rating in policy.rating[:-1]
        for bound, left_out in [rating.bound]
    ]
    scale = Markdown(", ").join([*bounds, policy.rating[-1].label])
    items = [
        say(
            "Capaian = realisasi / target x 100 (makin tinggi makin baik); (2 x target - realisasi) / target x 100 "
            "(makin rendah makin baik). Sumber rumus: PermenPANRB 8/2021. Capaian ditampilkan tanpa batas atas."
        ),
        say(
            "Dalam rata-rata, setiap capaian dibatasi {cap} dan capaian negatif dihitung 0 "
            "(pilihan kami, policy.toml).",
            cap=format_percent(policy.judging.mean_cap_pct),
        ),
        *_zero_targets(agency, year),
        say(
            "Predikat: {scale}; dibulatkan ke dua desimal sebelum digolongkan. Sumber: {source}.",
            scale=scale,
            source=policy.rating_source,
        ),
        say(
            "Angka setahun dijumlahkan dari bulan, triwulan atau wilayah hanya bila semuanya ada. Persentase = jumlah "
            "pembilang / jumlah penyebut, bukan rata-rata persentase."
        ),
        say(
            "Angka resmi didahulukan dari publikasi; proksi digambar tetapi tidak pernah dinilai; publikasi yang "
            "saling bertentangan tidak dinilai."
        ),
        say(
            "Laju = perubahan rata-rata setahun / perubahan setahun yang masih diperlukan ke target akhir: sesuai "
            "jalur mulai {on_track}, perlu percepatan mulai {lagging}. Indikator bertarget tetap dinilai dari "
            "terpenuhi tidaknya target.",
            on_track=format_number(policy.trend.on_track),
            lagging=format_number(policy.trend.lagging),
        ),
        say("Bila definisi indikator berubah, tahun itu tidak dibandingkan dengan tahun sebelumnya."),
    ]
    breaks = agency.breaks[agency.breaks["decree"] == decree.decree_id]
    items += [say("Definisi berubah: {note}.", note=note) for note in breaks["note"]]
    return bullets([*items, *decree.notes])


def _zero_targets(agency: Agency, year: int) -> list[Markdown]:
    """Return where the targets of the decree of a year come from, if not from it, and what its targets of 0 mean."""
    decree = agency.decree(year)
    untargeted, meant = (decree.targets[decree.targets["targeted"] == flag] for flag in (False, True))
    said = []
    if not decree.has_targets:
        sources = "; ".join(filter(None, dict.fromkeys(decree.targets["source"])))
        said.append(
            say("Keputusan tidak memuat target; target setiap tahun diambil dari: {sources}.", sources=sources)
            if sources
            else say("Keputusan tidak memuat target, dan belum ada perjanjian kinerja yang menetapkannya.")
        )
    elif len(untargeted):
        names = Markdown("; ").join(_labels(decree.indicators, untargeted))
        said.append(
            say(
                "Target 0 berarti tidak ditargetkan ({names}): tanpa capaian, tanpa predikat, di luar semua hitungan.",
                names=names,
            )
        )
    zero = meant[meant["target"] == 0]
    if len(zero):
        entering = {
            "leave_out": say("tidak masuk rata-rata"),
            "all_or_nothing": say("dalam rata-rata 100% bila tercapai dan 0% bila tidak"),
        }[agency.policy.judging.zero_target]
        said.append(
            say(
                "Target 0 yang memang dituju ({names}) dinilai tercapai atau tidak, tanpa persen capaian dan tanpa "
                "predikat; {entering} (pilihan kami, policy.toml).",
                names=Markdown("; ").join(_labels(decree.indicators, zero)),
                entering=entering,
            )
        )
    return said


def _labels(indicators: pd.DataFrame, targets: pd.DataFrame) -> list[str]:
    """Return each indicator with the years of its targets."""
    years = targets.groupby("indicator_id")["year"].agg(lambda years: ", ".join(map(str, years)))
    return [f"{row.label} {years[row.indicator_id]}" for row in indicators.itertuples() if row.indicator_id in years]

"""Sentences and tables cannot disagree: random agencies, every number that is told held against the frames."""

import os
import re
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from roots import AREAS, Kind, write_root

import iku_analysis as iku
from iku_analysis import (
    compute_achievements,
    compute_trends,
    figures,
    load_agency,
    narrative,
    summarise,
    tables,
    use_language,
)
from iku_analysis.agency.load import Agency
from iku_analysis.analysis.achievement import targeted_indicators
from iku_analysis.analysis.area import compute_area_achievements
from iku_analysis.analysis.missing import list_missing
from iku_analysis.display.words import state_word
from iku_analysis.indonesian import round_half_up
from iku_analysis.language import current_language

YEARS = range(2018, 2023)
EXAMPLES = int(os.environ.get("IKU_AGENCIES", "8"))
SETTINGS = 'zero_target = "all_or_nothing"'
NUMBER = {"id": re.compile(r"\d[\d.]*(?:,\d+)?"), "en": re.compile(r"\d[\d,]*(?:\.\d+)?")}
GROUP = {"id": ".", "en": ","}


@st.composite
def kinds(draw: st.DrawFn, name: str) -> tuple[Kind, list[str]]:
    """Return an indicator and its realisations: any unit, direction, roll-up, meaning of 0, with years left out."""
    aggregation = draw(st.sampled_from(["sum", "last", "ratio"]))
    unit = "Persen" if aggregation == "ratio" else draw(st.sampled_from(["Unit", "Nilai", "Rp juta"]))
    direction = draw(st.sampled_from(["higher", "lower"]))
    base = draw(st.integers(20, 70))
    growth = draw(st.integers(-2, 2))
    targets = [0 if draw(st.integers(0, 4)) == 0 else base + growth * place for place in range(len(YEARS))]
    zero = draw(st.sampled_from(["target", "not_targeted"]))
    rows = []
    for year, target in zip(YEARS, targets, strict=True):
        parts = draw(st.sampled_from(["year", "quarters", "areas", "none"]))
        value = draw(st.integers(0, 3) if target == 0 else st.integers(target - 12, target + 15))
        if parts == "none":
            continue
        cell = f"{value}/100" if aggregation == "ratio" else str(value)
        if parts == "year" or aggregation == "last":
            rows.append(f"{name}|{year}|{cell}")
            continue
        split = [(value + place) // 4 for place in range(4)]
        if parts == "quarters":
            wholes = [(f"{name}|{year}-Q{place}|", each, 25) for place, each in enumerate(split, start=1)]
            rows += [f"{head}{each}" + f"/{of}" * (aggregation == "ratio") for head, each, of in wholes]
        else:
            values = zip((split[0], split[1], split[2] + split[3]), (25, 25, 50), AREAS, strict=True)
            rows += [
                f"{name}|{year}|{each}" + f"/{of}" * (aggregation == "ratio") + f"|wilayah={area}"
                for each, of, area in values
            ]
    more = "steady_denominator_pct = 50" if aggregation == "ratio" else ""
    return Kind(name, unit, " ".join(map(str, targets)), direction, aggregation, zero, more), rows


@st.composite
def agencies(draw: st.DrawFn) -> tuple[dict[int, list[Kind]], list[str], bool]:
    """Return decrees by their first year, rows of realisations, and whether targets of 0 enter means."""
    drawn = [draw(kinds(f"k{place}")) for place in range(draw(st.integers(1, 4)))]
    decrees = {2018: [kind for kind, _rows in drawn]}
    if draw(st.booleans()):
        later = [kind._replace(targets=" ".join(kind.targets.split()[3:])) for kind, _rows in drawn]
        decrees = {
            2018: [kind._replace(targets=" ".join(kind.targets.split()[:3])) for kind, _rows in drawn],
            2021: later[::-1],
        }
    return decrees, [row for _kind, rows in drawn for row in rows], draw(st.booleans())


def make(root: Path, drawn: tuple[dict[int, list[Kind]], list[str], bool]) -> Agency:
    decrees, rows, counted = drawn
    write_root(root, decrees, rows, areas=AREAS)
    if counted:
        policy = root / "policy.toml"
        text = policy.read_text(encoding="utf-8").replace("[[rating]]", f"[judging]\n{SETTINGS}\n[[rating]]", 1)
        policy.write_text(text, encoding="utf-8")
    return load_agency(root)


def told(text: str, names: list[str]) -> Iterator[tuple[Decimal, int]]:
    """Yield every number of a text with its decimals; names of indicators and areas are no numbers."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    text = re.sub(r"\bIKU \d+|\bn = ", "", text.replace("\xa0", " "))
    language = current_language()
    for found in NUMBER[language].findall(text):
        plain = found.replace(GROUP[language], "").replace(",", ".").rstrip(".")
        yield Decimal(plain), len(plain.partition(".")[2])


def assert_told(text: str, known: list[float], names: list[str]) -> None:
    """Every number of a text is one of those known, rounded as it is printed."""
    for number, decimals in told(text, names):
        assert any(abs(round_half_up(value, decimals)) == number for value in known), (number, text)


def of(frame: pd.DataFrame) -> list[float]:
    return [float(value) for value in frame.select_dtypes("number").to_numpy().ravel() if pd.notna(value)]


@pytest.mark.parametrize("language", ["id", "en"])
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # a failing agency is small as it is; shrinking takes minutes
    suppress_health_check=list(HealthCheck),
)
@given(drawn=agencies(), pictured=st.sampled_from(YEARS))
def test_what_is_told_stands_in_the_frames(
    language: str, drawn: tuple[dict[int, list[Kind]], list[str], bool], pictured: int
) -> None:
    """The sentences of every year, and the figures of one."""
    use_language(language)
    with tempfile.TemporaryDirectory() as folder:
        agency = make(Path(folder), drawn)
        achievements = compute_achievements(agency)
        trends = compute_trends(agency, achievements)
        limits = [agency.policy.judging.mean_cap_pct, agency.policy.judging.max_missing_pct, 0, 100, 150]
        for year in YEARS:
            hold_result(agency, achievements, year, limits, pictured)
        for indicator_id in agency.indicators["indicator_id"].unique():
            hold_indicator(agency, achievements, trends, str(indicator_id), pictured)
    use_language("id")


def hold_result(agency: Agency, achievements: pd.DataFrame, year: int, limits: list[float], pictured: int) -> None:
    """The counts and the means of a year, from the states and the rule in policy.toml, by hand."""
    of_year = achievements[achievements["year"] == year]
    met, missed = ((of_year["state"] == state).sum() for state in ("met", "missed"))
    targeted, scored = len(targeted_indicators(agency, year)), met + missed
    result = summarise(agency, achievements, year)
    assert (result.met, result.scored, result.targeted) == (met, scored, targeted)
    assert met <= scored <= targeted == of_year["target"].notna().sum()
    for row in of_year[of_year["state"].isin(["met", "missed"])].itertuples():
        direction = agency.indicator(row.indicator_id, year)["direction"]
        reached = row.realisation >= row.target if direction == "higher" else row.realisation <= row.target
        assert (row.state == "met") is bool(reached)
    entering = [
        row.achievement_pct if row.target != 0 else 100.0 * (row.state == "met")
        for row in of_year[of_year["state"].isin(["met", "missed"])].itertuples()
        if row.target != 0 or agency.policy.judging.zero_target == "all_or_nothing"
    ]
    enough = entering and 100 * (targeted - scored) <= agency.policy.judging.max_missing_pct * targeted
    assert set(list_missing(agency, year)["indicator_id"]) == set(
        of_year.loc[of_year["state"] == "no_data", "indicator_id"]
    )
    assert result.averaged == len(entering)
    assert (result.mean_pct is not None) is bool(enough)
    if enough:
        assert result.mean_pct == pytest.approx(sum(entering) / len(entering))
    assert [int(result.objectives[name].sum()) for name in ("targeted", "scored", "met")] == [targeted, scored, met]
    counts = [targeted, scored, met, targeted - scored, len(of_year) - targeted, len(entering), scored - len(entering)]
    means = [mean for mean in (result.mean_pct, result.mean_capped_pct) if mean is not None]
    known = [*counts, *means, *limits, year]
    names = list(agency.indicators["label"]) + [row.label for row in of_year.itertuples()]
    assert_told(str(narrative.describe_result(agency, achievements, result)), known, names)
    for plot in (figures.plot_status_grid, figures.plot_bullets) if year == pictured else ():
        drawn = plot(agency, achievements, year=year)
        if drawn is not None:
            assert_told(drawn.alt, known + of(achievements), names)
            marks = [text.get_text() for text in drawn.axes.texts]
            assert plot is figures.plot_status_grid or marks.count(state_word("no_data")) == targeted - scored
    shown = tables.table_result(result).data
    assert [str(each) for each in shown.iloc[:, 3]] == [str(each) for each in result.objectives["met"]]


def beside(agency: Agency, indicator_id: str, year: int) -> list[float]:
    """Return what may stand beside the years of an indicator: its areas, quarters, and what is lacking where."""
    own = agency.figures[
        (agency.figures["indicator_id"] == indicator_id) & agency.figures["period"].str.startswith(str(year))
    ]
    lacking = iku.coverage.by_area(agency, indicator_id, year)
    total = lacking["shortfall"].sum()
    return [*of(own), *of(lacking), *([100 * lacking["shortfall"].iloc[0] / total] if total else [])]


def hold_indicator(
    agency: Agency, achievements: pd.DataFrame, trends: pd.DataFrame, indicator_id: str, pictured: int
) -> None:
    """Sentences, titles and alt texts of one indicator in every year, and of it in every area."""
    mine = achievements[achievements["indicator_id"] == indicator_id]
    moves = trends[trends["indicator_id"] == indicator_id]
    names = list(mine["label"].unique())
    shares = [100 * row.cumulative / row.total_target for row in moves.itertuples() if row.total_target]
    known = [*of(mine), *of(moves), *shares, 0, 12, 100, 120, 150]
    known += [abs(row.achievement_pct - 100) for row in mine.itertuples()]
    for year in mine["year"]:
        text = narrative.describe_indicator(achievements, trends, indicator_id, int(year))
        state = mine.loc[mine["year"] == year, "state"].iloc[0]
        assert (state_word(state) in str(text)) or state == "untargeted_realisation"
        assert_told(str(text), [*known, *range(1, 13)], names)
        if year == pictured:
            alt = figures.plot_indicator(agency, achievements, indicator_id, year=int(year)).alt
            assert_told(alt, [*known, *beside(agency, indicator_id, int(year))], [*names, *AREAS])
    for area in AREAS:
        own = compute_area_achievements(agency, achievements, area)
        for row in own[(own["indicator_id"] == indicator_id) & own["state"].isin(["met", "missed"])].itertuples():
            direction = agency.indicator(indicator_id, row.year)["direction"]
            reached = row.realisation >= row.target if direction == "higher" else row.realisation <= row.target
            assert (row.state == "met") is bool(reached)

"""The papers' sentences and figures against their frames: random agencies, to the end of any quarter."""

import re
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from roots import Kind
from test_sentences_agree import EXAMPLES, YEARS, agencies, assert_told, make, of, told

import iku_analysis as iku
from iku_analysis import figures, narrative, tables, use_language
from iku_analysis.agency.load import Agency
from iku_analysis.analysis.missing import list_missing
from iku_analysis.display.canvas import Plot
from iku_analysis.display.words import move_word, result_word, state_word
from iku_analysis.indonesian import round_half_up

HEAD = "indikator;periode;target;sumber"
JUDGED = ["met", "missed"]


def quarter_targets(decrees: dict[int, list[Kind]], year: int, shares: list[int]) -> str:
    """Return targets of the quarters of a year: a sum in parts, else the year's own in the last; some begin with 0."""
    first = max(each for each in decrees if each <= year)
    lines = [HEAD]
    for kind in decrees[first]:
        target = int(kind.targets.split()[year - first])
        if (target == 0 and kind.zero == "not_targeted") or kind.name == "k1":  # k1 has none of its own
            continue
        parts = [target * share // 100 for share in shares]
        if kind.aggregation == "sum":
            parts = [now - before for now, before in zip([*parts[:3], target], [0, *parts[:3]], strict=True)]
        parts[3] = parts[3] if kind.aggregation == "sum" else target
        lines += [f"{kind.name};{year}-Q{place};{part};uji" for place, part in enumerate(parts, start=1)]
    return "\n".join(lines)


@pytest.mark.parametrize("language", ["id", "en"])
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    drawn=agencies(),
    year=st.sampled_from(YEARS),
    quarter=st.integers(1, 4),
    shares=st.sampled_from([[25, 50, 75, 100], [0, 0, 40, 100], [90, 95, 99, 100]]),
)
def test_papers_tell_what_their_frames_hold(
    language: str, drawn: tuple[dict[int, list[Kind]], list[str], bool], year: int, quarter: int, shares: list[int]
) -> None:
    use_language(language)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "targets").mkdir()
        (root / "targets/a.csv").write_text(quarter_targets(drawn[0], year, shares), encoding="utf-8")
        whole = make(root, drawn)
        agency = iku.as_of(whole, year, quarter=quarter)
        achievements = iku.compute_achievements_to(agency, quarter)
        hold_year(agency, achievements, year, quarter)
        hold_evaluation(agency, achievements, year)
        hold_plan(iku.as_of(whole, year, through=0), year)
        hold_method(agency, year)
    use_language("id")


def hold_year(agency: Agency, achievements: pd.DataFrame, year: int, quarter: int) -> None:
    """The counts of the report, and its two figures, in their order."""
    of_year = achievements[achievements["year"] == year]
    met, missed = ((of_year["state"] == state).sum() for state in JUDGED)
    targeted = int(of_year["target"].notna().sum())
    result = iku.summarise(agency, achievements, year)
    assert (result.met, result.scored, result.targeted) == (met, met + missed, targeted)
    names = list(of_year["label"])
    first, *rest = str(narrative.describe_result(agency, achievements, result)).split(". ", 1)
    without = [len(of_year) - targeted] if targeted < len(of_year) else []
    assert sorted(numbers(first, names)) == sorted([year, targeted, *without])
    if result.scored:
        assert numbers(" ".join(rest).partition(".**")[0], names) == [met, met + missed]
    if quarter == 4:
        assert set(list_missing(agency, year)["indicator_id"]) == set(
            of_year.loc[of_year["state"] == "no_data", "indicator_id"]
        )
    for draws in (figures.plot_bullets, figures.plot_status_grid):
        plot = draws(agency, achievements, year=year)
        if plot is None:
            assert not targeted
            continue
        counted = [met, met + missed] if met + missed else [targeted]
        left = [targeted - met - missed] if 0 < met + missed < targeted else []
        assert numbers(title_of(plot), names) == [year, *counted, *left], title_of(plot)
        shown = of_year[of_year["target"].notna()] if draws is figures.plot_bullets else achievements
        alt = plot.alt
        for row in shown.itertuples():
            achieved = "" if pd.isna(row.achievement_pct) else r" \((−?[\d.,]+)\s?%\)"
            said = rf"{row.label}: (?:[^.]|\.(?=\d))*?\b{row.year} {state_word(row.state)}{achieved}"
            found = re.search(said, alt)
            assert found, (row.label, row.year, alt)
            if achieved:
                hold_percent(found[1], row.achievement_pct)


def hold_evaluation(agency: Agency, achievements: pd.DataFrame, year: int) -> None:
    """Shares of what the decree targets, and moves of ratings, by hand."""
    of_year = achievements[achievements["year"] == year]
    targets = agency.targets[(agency.targets["year"] == year) & agency.targets["targeted"]]
    counts = [int((of_year["state"] == state).sum()) for state in JUDGED]
    counts.append(len(targets) - sum(counts))
    shares = iku.evaluation.shares(agency, achievements, year)
    assert list(shares["count"])[:3] == counts
    text = str(narrative.describe_shares(achievements, shares, year))
    names = list(of_year["label"])
    if len(targets):
        some = [count for place, count in enumerate(counts) if count or place == 0]  # what there is none of is left out
        shown = [value for count in some for value in (count, float(round_half_up(100 * count / len(targets), 1)))]
        assert numbers(text, names) == [year, len(targets), *shown], text
    cells = tables.table_shares(achievements, shares, year).data
    shown_counts = {word: int(str(count)) for word, count in zip(cells.iloc[:, 0], cells.iloc[:, 1], strict=True)}
    by_hand = {result_word(each): count for each, count in zip(("met", "missed", "not_judged"), counts, strict=True)}
    by_hand = {word: count for word, count in by_hand.items() if count}
    assert {word: count for word, count in shown_counts.items() if word != result_word("not_targeted")} == by_hand
    moves = iku.evaluation.rating_moves(agency, achievements, year)
    plot = figures.plot_rating_moves(agency, achievements, moves, year=year)
    if plot is not None:
        told_moves = {
            word: int(count) for count, word in re.findall(r"(\d+) (\D+?)(?:,|$)", title_of(plot).split(": ")[1])
        }
        by_hand = {move_word(move): int((moves["move"] == move).sum()) for move in ("up", "same", "down")}
        assert told_moves == {word: count for word, count in by_hand.items() if count}
        marks = [text.get_text().replace("\n", " ") for text in plot.axes.texts]
        alt = plot.alt
        rated = moves[moves["achievement_pct"].notna() | moves["previous_achievement_pct"].notna()]
        for row in rated.itertuples():
            pair = [row.previous_achievement_pct, row.achievement_pct]
            found = re.search(rf"{row.label}: (\S+)(?:\s%)? → (\S+?)(?:\s?%)?\.(?!\d)", alt)
            own = [mark for mark in marks if mark.startswith(f"{row.number}. {row.label} ")]
            known = [value for value in pair if pd.notna(value)]
            assert found and len(own) == len(known), (alt, marks)
            for printed, value in zip(own, known, strict=True):
                hold_percent(printed.rpartition(row.label)[2].strip(" %\xa0"), value)
            for printed, value in zip(found.groups(), pair, strict=True):
                assert (printed == "–") if pd.isna(value) else hold_percent(printed.strip("%\xa0"), value)
    tables.table_evaluation(achievements, moves, year)


def hold_plan(agency: Agency, year: int) -> None:
    """What a year asks for: to rise, to fall or to keep, by hand, and the title that counts it."""
    plan = iku.compute_plan(agency, iku.compute_achievements(agency), year)
    rows = plan[plan["target"].notna()]
    names = list(plan["label"])
    lines = str(narrative.describe_plan(plan)).splitlines()
    lines = [line for line in lines if line.startswith("- ")]
    assert len(lines) == len(rows)
    kept = 0
    for row, line in zip(rows.itertuples(), lines, strict=True):
        known = [*of(rows[rows["indicator_id"] == row.indicator_id]), abs(row.needed), *YEARS]
        assert_told(line, [value for value in known if pd.notna(value)], names)
        if pd.notna(row.baseline):
            higher = agency.indicator(row.indicator_id, year)["direction"] == "higher"
            enough = row.baseline >= row.target if higher else row.baseline <= row.target
            assert (row.asked == "keep") is bool(enough)
            kept += enough
    plot = figures.plot_plan(agency, plan, year=year)
    if plot is not None:
        known_start = int(rows["baseline"].notna().sum())
        assert numbers(title_of(plot), names) == ([year, kept, known_start] if known_start else [year])
        shares = 100 * rows["baseline"] / rows["target"].where(rows["target"] > 0)
        assert_told(plot.alt, [*of(rows), *shares.dropna(), year, kept, known_start], names)


def hold_method(agency: Agency, year: int) -> None:
    """A target of 0 is said to be no target only where it is none, with its years."""
    decree = agency.decree(year)
    zero = decree.targets[decree.targets["target"] == 0]
    lines = [
        line
        for line in str(narrative.describe_method(agency, year)).splitlines()
        if re.search(r"0 (berarti|yang|means|that)", line)
    ]
    meanings = zero["targeted"].unique()
    assert len(lines) == len(meanings)
    for line, targeted in zip(lines, sorted(meanings), strict=True):
        for row in decree.indicators.itertuples():
            own = zero[(zero["indicator_id"] == row.indicator_id) & (zero["targeted"] == targeted)]
            assert (row.label in line) is bool(len(own))
            assert not len(own) or f"{row.label} {', '.join(map(str, own['year']))}" in line


def hold_percent(printed: str, value: float) -> bool:
    """A printed percentage is the value rounded, and 100 only where it is met."""
    ((number, decimals),) = told(printed, [])
    assert number == abs(round_half_up(value, decimals)), (printed, value)
    assert number < 100 or value >= 100 or value < 0, (printed, value)
    return True


def numbers(text: str, names: list[str]) -> list[float]:
    return [float(number) for number, _decimals in told(text, names)]


def title_of(plot: Plot) -> str:
    return plot.figure.texts[0].get_text().replace("\n", " ")

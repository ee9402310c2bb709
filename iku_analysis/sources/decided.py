"""What an office decides about the indicators of a decree (`indicators.toml`), held against the decree's annex."""

from typing import Annotated, Literal

from pydantic import Field

from iku_analysis.indonesian import format_number
from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.annex import AnnexRow
from iku_analysis.sources.limits import LARGEST_PER_CENT, LONGEST_ID, LONGEST_TEXT, MOST_CLASSES, MOST_INDICATORS
from iku_analysis.sources.rows import quote
from iku_analysis.sources.targets import check_targets
from iku_analysis.sources.toml import Name, Settings, Words, repeated
from iku_analysis.sources.units import may_join


class Break(Settings):
    """A year from which the indicator measures something else."""

    year: int
    note: Words


Grade = Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]


class IndicatorSettings(Settings):
    """What we decide about one indicator of the decree, with the reason."""

    number: int = Field(ge=1, le=MOST_INDICATORS)
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=LONGEST_ID)
    label: Name
    direction: Literal["higher", "lower", "range"]
    aggregation: Literal["sum", "last", "ratio", "mean"]
    path: Literal["rising", "flat"]
    zero_target: Literal["not_targeted", "target"]
    reason: str = Field(min_length=1)
    holder: Words
    ask: Words = ""
    unit: str = Field("", max_length=LONGEST_TEXT)
    scale: list[Grade] = Field([], max_length=MOST_CLASSES)
    read_as: dict[str, str] = {}
    undecided: list[str] = []
    lower_bound: float = 0
    upper_bound: float | None = None
    max_decimals: int | None = Field(None, ge=0, le=15)
    wide_targets: bool = False
    steady_denominator_pct: float | None = Field(None, gt=0, le=LARGEST_PER_CENT)
    breaks: list[Break] = Field([], alias="break")


class IndicatorsFile(Settings):
    """indicators.toml: remarks on the decree's text, and its indicators."""

    note: list[Words] = []
    indicator: list[IndicatorSettings] = Field(min_length=1, max_length=MOST_INDICATORS)


def check_numbers(annex: list[AnnexRow], settings: IndicatorsFile, toml_name: str) -> list[Problem]:
    """Return whether indicators.toml lacks, repeats or invents a number of the annex."""
    numbers = [each.number for each in settings.indicator]
    if sorted(numbers) == [row.number for row in annex]:
        return []
    found, expected = (", ".join(map(str, each)) for each in (numbers, [row.number for row in annex]))
    mend = _("Tulis satu bagian [[indicator]] untuk setiap nomor di lampiran.")
    return [Problem(toml_name, None, "indicator.number", found, expected, mend)]


def compare_with_annex(
    annex: list[AnnexRow], settings: IndicatorsFile, years: list[int], text_name: str, toml_name: str
) -> list[Problem]:
    """Return where indicators.toml does not fit the rows of the annex."""
    problems = []
    for twice in repeated(each.id for each in settings.indicator):
        mend = _("Beri setiap indikator id sendiri.")
        problems.append(Problem(toml_name, None, "indicator.id", quote(twice), _("id yang berbeda"), mend))
    for twice in repeated(each.label for each in settings.indicator):
        mend = _("Beri setiap indikator sebutan sendiri: hanya itu yang membedakannya di gambar.")
        problems.append(Problem(toml_name, None, "indicator.label", quote(twice), _("sebutan yang berbeda"), mend))
    decided = {each.number: each for each in settings.indicator}
    for row in annex:
        if row.number not in decided:
            continue
        settings_of_row = decided[row.number]
        problems += _grade_faults(row, settings_of_row, toml_name)
        problems += _break_faults(settings_of_row, years, toml_name)
        if settings_of_row.scale:
            continue  # of words there is no bound, and nothing to join
        if not may_join(row.unit, settings_of_row.aggregation):
            ways = [each for each in ("sum", "ratio", "last") if may_join(row.unit, each)]
            mend = _(
                'Satuan di keputusan "{unit}": persentase digabung sebagai ratio, atau last bila posisi pada akhir '
                "periode; hitungan sebagai sum, atau last bila jumlah berjalan; indeks dan skor sebagai last.",
                unit=row.unit,
            )
            place = f"{settings_of_row.id}.aggregation"
            problems.append(Problem(toml_name, None, place, settings_of_row.aggregation, ", ".join(ways), mend))
        upper = settings_of_row.upper_bound
        if upper is not None and upper <= settings_of_row.lower_bound:
            place, least = f"{settings_of_row.id}.upper_bound", format_number(settings_of_row.lower_bound, 9)
            expected = _("lebih besar dari lower_bound, {least}", least=least)
            problems.append(Problem(toml_name, None, place, format_number(upper, 9), expected, _("Perbaiki nilainya.")))
        problems += check_targets(
            row,
            text_name,
            indicator_id=settings_of_row.id,
            lower=settings_of_row.lower_bound,
            upper=settings_of_row.upper_bound,
            max_decimals=settings_of_row.max_decimals,
            wide=settings_of_row.wide_targets,
        )
    return problems


def _break_faults(settings: IndicatorSettings, years: list[int], toml_name: str) -> list[Problem]:
    """Return the breaks of an indicator that stand there twice, or in no year of the decree."""
    place, problems = f"{settings.id}.break", []
    for twice in repeated(each.year for each in settings.breaks):
        mend = _("Gabungkan keduanya menjadi satu bagian break.")
        problems.append(Problem(toml_name, None, place, str(twice), _("satu kali setiap tahun"), mend))
    for each in settings.breaks:
        if each.year not in years:
            mend, expected = _("Perbaiki tahun pada bagian break."), f"{years[0]}-{years[-1]}"
            problems.append(Problem(toml_name, None, place, str(each.year), expected, mend))
    return problems


def _grade_faults(row: AnnexRow, settings: IndicatorSettings, toml_name: str) -> list[Problem]:
    """Return what does not go together: grades that are summed, a range against a direction, a sign against it."""
    problems = []

    def refuse(word: str, found: str, expected: str, mend: str) -> None:
        problems.append(Problem(toml_name, None, f"{settings.id}.{word}", found, expected, mend))

    if settings.scale and settings.aggregation != "last":
        mend = _("Predikat tidak dapat dijumlahkan atau dirata-ratakan: yang terakhir berlaku.")
        refuse("aggregation", settings.aggregation, "last", mend)
    if twice := repeated(each.casefold() for each in settings.scale):
        refuse("scale", quote(twice[0]), _("predikat yang berbeda, dari yang terburuk"), _("Perbaiki skalanya."))
    if (settings.scale or settings.direction == "range") and settings.path != "flat":
        mend = _("Predikat dan rentang tidak punya laju: setiap tahun dinilai tercapai atau tidak.")
        refuse("path", settings.path, "flat", mend)
    ranges = [target for target in row.targets.values() if target.high is not None]
    if (settings.direction == "range") != bool(ranges) and (ranges or row.targets):
        expected = "range" if ranges else "higher, lower"
        refuse(
            "direction", settings.direction, expected, _("Target berupa rentang dinilai sebagai range, dan hanya itu.")
        )
    ways = {target.way for target in row.targets.values() if target.way}
    if not ranges and ways - {settings.direction}:
        found = f"{settings.direction}, {', '.join(sorted(ways))}"
        refuse("direction", found, ", ".join(sorted(ways)), _("Tanda di target (<, >) menyatakan arahnya."))
    return problems

"""policy.toml: how an agency's files are read and how its results are judged."""

from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator
from pydantic_core import PydanticCustomError

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.limits import LARGEST_PER_CENT, LONGEST_NAME, MOST_AREAS, MOST_CLASSES, MOST_PACE
from iku_analysis.sources.toml import Name, Settings, Words, check_name, read_settings, repeated

NumberFormat = Literal["id", "en"]


class Reading(Settings):
    """The number format of all files, and of single files that differ; what to do with cells that do not show."""

    number_format: NumberFormat = "id"
    files: dict[str, NumberFormat] = {}
    hidden: Literal["refuse", "leave_out"] = "refuse"


class Judging(Settings):
    """Limits used in judging a year, in per cent, and how a result against a target of 0 enters a mean."""

    mean_cap_pct: float = Field(default=120, gt=0, le=LARGEST_PER_CENT)
    check_above_pct: float = Field(default=150, gt=100, le=LARGEST_PER_CENT)
    max_missing_pct: float = Field(default=20, ge=0, le=100)
    zero_target: Literal["leave_out", "all_or_nothing"] = "leave_out"


class Rating(Settings):
    """One class of a rating scale, from its lower bound up to that of the class before it.

    The bound itself is left out (`above`, > 90) or belongs to the class (`from`, >= 91).
    """

    label: Name
    above: float | None = None
    at_least: float | None = Field(default=None, alias="from")

    @property
    def bound(self) -> tuple[Decimal, bool]:
        """The lower bound, and whether it is left out: in this order bounds rise."""
        lowest = self.at_least if self.above is None else self.above
        return Decimal(repr(lowest)), self.above is not None

    def holds(self, shown: Decimal) -> bool:
        """Tell whether an achievement, rounded as it is printed, reaches this class."""
        bound, left_out = self.bound
        return shown > bound if left_out else shown >= bound


def _check_ratings(ratings: list[Rating]) -> list[Rating]:
    """Refuse classes whose bounds do not fall, or two of one name."""
    *bounded, last = ratings
    open_ended = [(rating.above is None) == (rating.at_least is None) for rating in bounded]
    falling = not any(open_ended) and last.above is None and last.at_least is None
    if falling:
        bounds = [rating.bound for rating in bounded]
        falling = bounds == sorted(set(bounds), reverse=True)
    if not falling:
        expected = _("batas kelas (above atau from) yang menurun, kelas terakhir tanpa batas")
        raise PydanticCustomError("bounds", expected, {"found": ", ".join(map(_written_bound, ratings))})
    labels = [rating.label for rating in ratings]
    if len(set(labels)) < len(labels):
        raise PydanticCustomError("labels", _("sebutan yang berbeda untuk setiap kelas"), {"found": ", ".join(labels)})
    return ratings


def _written_bound(rating: Rating) -> str:
    bounds = {"above": rating.above, "from": rating.at_least}
    return " ".join(f"{word} {bound:.15g}" for word, bound in bounds.items() if bound is not None) or "-"


Ratings = Annotated[list[Rating], Field(min_length=2, max_length=MOST_CLASSES), AfterValidator(_check_ratings)]


def _check_areas(areas: list[str]) -> list[str]:
    """Refuse two areas of one name, however it is written."""
    if twice := repeated(" ".join(area.casefold().split()) for area in areas):
        raise PydanticCustomError("areas", _("nama wilayah yang berbeda"), {"found": ", ".join(twice)[:80]})
    return areas


OwnName = Annotated[str, AfterValidator(check_name)]
Areas = Annotated[list[OwnName], Field(max_length=MOST_AREAS), AfterValidator(_check_areas)]


class Scale(Settings):
    """A rating scale by its name: classes from the highest to the lowest; only the last has no bound."""

    name: Name
    source: Words
    rating: Ratings


class Trend(Settings):
    """Bounds of the pace (actual change a year / change a year still required)."""

    on_track: float = Field(default=0.95, gt=0, le=MOST_PACE)
    lagging: float = Field(default=0.60, gt=0, le=MOST_PACE)


class Policy(Settings):
    """All settings of a data root.

    `rating` is the scale that judges; `scale` holds others that results are compared with.
    `illustrative` marks every output DATA CONTOH. `province` is the name by which files call all areas together.
    """

    agency: OwnName
    illustrative: bool = False
    areas: Areas = []
    province: str = Field(default="", max_length=LONGEST_NAME)
    reading: Reading = Reading()
    judging: Judging = Judging()
    trend: Trend = Trend()
    rating_source: Words
    rating: Ratings
    scale: list[Scale] = Field(default=[], max_length=MOST_CLASSES)

    @field_validator("scale")
    @classmethod
    def _names_differ(cls, scales: list[Scale]) -> list[Scale]:
        names = [_own_scale(), *(scale.name for scale in scales)]
        if len(set(names)) < len(names):
            raise PydanticCustomError("names", _("nama skala yang berbeda"), {"found": ", ".join(names)})
        return scales

    @property
    def scales(self) -> list[Scale]:
        """The scale that judges, then the others."""
        own = Scale.model_construct(name=_own_scale(), source=self.rating_source, rating=self.rating)
        return [own, *self.scale]

    @cached_property
    def area_by_fold(self) -> dict[str, str]:
        """The areas by their names, whatever their case."""
        return {area.casefold(): area for area in self.areas}

    def number_format(self, file_name: str) -> NumberFormat:
        """Return the declared number format of one file."""
        return self.reading.files.get(file_name, self.reading.number_format)


def _own_scale() -> str:
    return _("Skala laporan ini")


def read_policy(root: Path) -> tuple[Policy | None, list[Problem]]:
    """Return the policy of a data root, or None and what is wrong with policy.toml."""
    return read_settings(root / "policy.toml", "policy.toml", Policy)

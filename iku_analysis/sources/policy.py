"""policy.toml: how an agency's files are read and how its results are judged."""

from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from iku_analysis.errors import Problem
from iku_analysis.language import _
from iku_analysis.sources.toml import Settings, Words, read_settings

NumberFormat = Literal["id", "en"]


class Reading(Settings):
    """The number format of all files, and of single files that differ."""

    number_format: NumberFormat = "id"
    files: dict[str, NumberFormat] = {}


class Judging(Settings):
    """Limits used in judging a year, all in per cent."""

    mean_cap_pct: float = Field(default=120, gt=0)
    check_above_pct: float = Field(default=150, gt=100)
    max_missing_pct: float = Field(default=20, ge=0, le=100)


class Rating(Settings):
    """One class of a rating scale: achievements above the bound, up to the bound of the class before it."""

    label: Words
    above: float | None = None


class Trend(Settings):
    """Bounds of the pace (actual change a year / change a year still required)."""

    on_track: float = Field(default=0.95, gt=0)
    lagging: float = Field(default=0.60, gt=0)


class Policy(Settings):
    """All settings of a data root.

    `ratings` runs from the highest class to the lowest; only the last has no lower bound.
    `illustrative` marks every output DATA CONTOH.
    """

    agency: str = Field(min_length=1)
    illustrative: bool = False
    areas: list[str] = []
    reading: Reading = Reading()
    judging: Judging = Judging()
    trend: Trend = Trend()
    rating_source: Words
    rating: list[Rating] = Field(min_length=2)

    @field_validator("rating")
    @classmethod
    def _bounds_fall(cls, ratings: list[Rating]) -> list[Rating]:
        *bounds, last = (rating.above for rating in ratings)
        falling = None not in bounds and bounds == sorted(set(bounds), reverse=True)  # type: ignore[type-var]
        if not falling or last is not None:
            found = ", ".join("-" if bound is None else f"{bound:g}" for bound in (*bounds, last))
            expected = _("batas kelas (above) yang menurun, kelas terakhir tanpa batas")
            raise PydanticCustomError("bounds", expected, {"found": found})
        return ratings

    def number_format(self, file_name: str) -> NumberFormat:
        """Return the declared number format of one file."""
        return self.reading.files.get(file_name, self.reading.number_format)


def read_policy(root: Path) -> tuple[Policy | None, list[Problem]]:
    """Return the policy of a data root, or None and what is wrong with policy.toml."""
    return read_settings(root / "policy.toml", "policy.toml", Policy)

"""What there is to choose, field by field, and the choice that is nearest to what was asked for.

Each field offers only what has figures, given the fields before it: the one place that knows this, for the
controls of the page and for an address alike.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import pandas as pd

from iku_analysis.agency.load import Agency
from iku_analysis.agency.rollup import PROVINCE, add_period_columns
from iku_analysis.analysis.breakdown import breakdown_kinds
from iku_analysis.analysis.scored import scored_figures
from iku_analysis.language import _

Options: TypeAlias = list[tuple[str, Any]]  # what a control shows, and what it means

GRAINS = {"tahun": "year", "triwulan": "quarter", "bulan": "month"}  # of a choice, and of frame `figures`
ALONE, ALL_AREAS, AREA, KIND = "", "wilayah", "wilayah:", "rincian:"  # what stands beside an area
MOST_LETTERS = 60  # of what an address asks for, when it is told


@dataclass(frozen=True)
class Choice:
    """What to look at.

    `beside` is `ALONE`, `ALL_AREAS`, `AREA` and the name of a second area, or `KIND` and a kind of breakdown.
    """

    indicator_id: str
    to_year: int
    from_year: int
    grain: str = "tahun"
    area: str = PROVINCE
    beside: str = ALONE
    proxies: bool = True


@dataclass(frozen=True)
class Offer:
    """A choice that has figures, what each of its fields could be instead, and the fields that were asked otherwise."""

    choice: Choice
    options: dict[str, Options]
    refused: dict[str, str]


def settle(agency: Agency, wanted: Mapping[str, str], year: int) -> Offer:
    """Return the choice that is asked for, field by field as `text_of` writes them.

    What is not asked for, or has no figures, is the first of what there is; the last year is `year`,
    or else the last before it.
    """
    chosen: dict[str, Any] = {}
    options, refused = dict[str, Options](), dict[str, str]()
    for name, offer in FIELDS.items():
        options[name] = offer(agency, chosen)
        values = {text_of(value): value for _label, value in options[name]}
        if (asked := wanted.get(name)) in values:
            chosen[name] = values[asked]
            continue
        earlier = [value for value in values.values() if name == "to_year" and value <= year]
        chosen[name] = earlier[-1] if earlier else next(iter(values.values()))
        if asked is not None:
            refused[name] = asked
    return Offer(Choice(**chosen), options, refused)


def text_of(value: object) -> str:
    """Return the value of a field as an address has it."""
    return ("ya" if value else "tidak") if isinstance(value, bool) else str(value)


def texts_of(choice: Choice) -> dict[str, str]:
    """Return a choice as `settle` takes it."""
    return {name: text_of(getattr(choice, name)) for name in FIELDS}


def tell_refused(offer: Offer) -> list[str]:
    """Return a sentence for each field that was asked otherwise."""
    names, said = name_fields(), []
    for name, asked in offer.refused.items():
        shown = next(label for label, value in offer.options[name] if value == getattr(offer.choice, name))
        wanted = asked.removeprefix(AREA).removeprefix(KIND)
        wanted = wanted if len(wanted) <= MOST_LETTERS else f"{wanted[:MOST_LETTERS]} …"
        said.append(
            _(
                '{control}: "{wanted}" tidak ada untuk pilihan ini; yang tampil {shown}.',
                control=names[name],
                wanted=wanted,
                shown=shown,
            )
        )
    return said


def name_fields() -> dict[str, str]:
    """Return what each field is called on the page, in the order in which it stands there."""
    return {
        "indicator_id": _("Indikator"),
        "grain": _("Periode"),
        "from_year": _("Dari tahun"),
        "to_year": _("Sampai tahun"),
        "area": _("Wilayah"),
        "beside": _("Bandingkan"),
        "proxies": _("sertakan proksi"),
    }


def place_word(area: str) -> str:
    """Return an area as a reader knows it: the province is the one without a name."""
    return area or _("seluruh provinsi")


def has_proxies(agency: Agency, choice: Choice) -> bool:
    """Tell whether a choice shows proxies, which stand beside the years of their own area alone."""
    return choice.grain == "tahun" and choice.beside == ALONE and choice.area in _areas_of_proxies(agency, vars(choice))


def _indicators(agency: Agency, _chosen: dict[str, Any]) -> Options:
    """Return the indicators by their latest names."""
    latest = agency.indicators.drop_duplicates("indicator_id", keep="last").sort_values("number", kind="stable")
    return [(f"{row.number}. {row.label}", str(row.indicator_id)) for row in latest.itertuples()]


def _to_years(agency: Agency, chosen: dict[str, Any]) -> Options:
    targets = agency.targets
    years = sorted({int(year) for year in targets.loc[targets["indicator_id"] == chosen["indicator_id"], "year"]})
    return [(str(year), year) for year in years]


def _from_years(agency: Agency, chosen: dict[str, Any]) -> Options:
    return [(label, year) for label, year in _to_years(agency, chosen) if year <= chosen["to_year"]]


def _grains(agency: Agency, chosen: dict[str, Any]) -> Options:
    known = {"year", *_figures(agency, chosen)["grain"]}
    words = {"tahun": _("tahun"), "triwulan": _("triwulan"), "bulan": _("bulan")}
    return [(words[word], word) for word, grain in GRAINS.items() if grain in known]


def _areas(agency: Agency, chosen: dict[str, Any]) -> Options:
    """Return the areas that have figures; in years also those of a proxy, and the province for its targets."""
    known = _areas_of_figures(agency, chosen)
    if chosen["grain"] == "tahun":
        known |= {PROVINCE} | _areas_of_proxies(agency, chosen)
    return [(place_word(area), area) for area in (PROVINCE, *agency.policy.areas) if area in known]


def _beside(agency: Agency, chosen: dict[str, Any]) -> Options:
    known = _areas_of_figures(agency, chosen)
    options = [(_("tanpa pembanding"), ALONE)]
    if len(known - {PROVINCE}) > 1:
        options.append((_("semua wilayah, berdampingan"), ALL_AREAS))
    own = _figures(agency, chosen, parts=True)
    own = own[(own["grain"] == GRAINS[chosen["grain"]]) & (own["area"] == chosen["area"])]
    for kind in breakdown_kinds(agency, chosen["indicator_id"]):
        if own["breakdown"].str.startswith(f"{kind}: ").any():
            options.append((_("menurut {kind}, berdampingan", kind=kind), KIND + kind))
    if chosen["area"] in known:
        others = [area for area in (PROVINCE, *agency.policy.areas) if area in known and area != chosen["area"]]
        options += [(place_word(area), AREA + area) for area in others]
    return options


def _proxies(_agency: Agency, _chosen: dict[str, Any]) -> Options:
    return [(_("ya"), True), (_("tidak"), False)]


def _figures(agency: Agency, chosen: dict[str, Any], *, parts: bool = False) -> pd.DataFrame:
    """Return the figures of an indicator in the chosen years."""
    figures = scored_figures(agency, chosen["indicator_id"], parts=parts)
    return figures[figures["year"].between(chosen["from_year"], chosen["to_year"]) & figures["value"].notna()]


def _areas_of_figures(agency: Agency, chosen: dict[str, Any]) -> set[str]:
    figures = _figures(agency, chosen)
    return set(figures.loc[figures["grain"] == GRAINS[chosen["grain"]], "area"])


def _areas_of_proxies(agency: Agency, chosen: dict[str, Any]) -> set[str]:
    rows = agency.realisations
    own = (rows["indicator_id"] == chosen["indicator_id"]) & (rows["basis"] == "proksi") & rows["value"].notna()
    proxies = add_period_columns(rows[own])
    return set(proxies.loc[proxies["year"].between(chosen["from_year"], chosen["to_year"]), "area"])


FIELDS: dict[str, Callable[[Agency, dict[str, Any]], Options]] = {  # each depends on those before it
    "indicator_id": _indicators,
    "to_year": _to_years,
    "from_year": _from_years,
    "grain": _grains,
    "area": _areas,
    "beside": _beside,
    "proxies": _proxies,
}

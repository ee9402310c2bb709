"""The explorer: choose an indicator, a period, an area and what to compare; all parts change together."""

import os
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iku_analysis.agency.load import Agency, latest_year_with_figures, load_agency
from iku_analysis.analysis.achievement import compute_achievements
from iku_analysis.analysis.area import compute_area_achievements
from iku_analysis.analysis.known import as_of
from iku_analysis.analysis.trend import compute_trends
from iku_analysis.display.canvas import draw, to_png
from iku_analysis.display.design import style_of_pages
from iku_analysis.display.markdown import Markdown, paragraphs, say, sentences
from iku_analysis.display.narrative.year import describe_source
from iku_analysis.display.notebook_output import notebook_output, show
from iku_analysis.errors import IkuError
from iku_analysis.explorer.address import read_address, write_address
from iku_analysis.explorer.choice import (
    Choice,
    has_proxies,
    name_fields,
    place_word,
    settle,
    tell_refused,
    text_of,
)
from iku_analysis.explorer.pieces import (
    downloads_html,
    figure_html,
    link_html,
    sentence_html,
    status_html,
    table_html,
)
from iku_analysis.explorer.view import View, look
from iku_analysis.language import _, current_language, in_language
from iku_analysis.storage.csv_frames import to_csv
from iku_analysis.storage.data_root import DEFAULT_ROOT

if TYPE_CHECKING:
    import pandas as pd
    from ipywidgets import Widget

STYLE = Path(__file__).with_suffix(".css")
PARTS = ("figure", "sentence", "table", "rows")  # each is also an attribute of the view
BESIDE = ("message", "link", "files")  # what a page has besides
VIEW = "application/vnd.jupyter.widget-view+json"
EXCEL_READS_UTF8 = b"\xef\xbb\xbf"


def explore(data: str | Path = DEFAULT_ROOT, language: str = "id", year: int | None = None) -> None:
    """Show the explorer in a notebook, with its last year set to `year`.

    Every part is shown both live and as it stands: where nothing can be clicked (a report, a
    stored notebook) a reader sees the figure and the tables of the first choice.

    Parameters
    ----------
    data : str or Path
        The data root.
    language : {"id", "en"}
        The language of all words and numbers.
    year : int, optional
        Without it, the latest year that has any figure.

    Examples
    --------
    >>> iku.explore("data/example", year=2021)  # doctest: +SKIP
    """
    try:
        if find_spec("ipywidgets") is None:
            raise IkuError(
                _(
                    '{program} belum terpasang. Ketik: pip install "iku-analysis[{extra}]"',
                    program="ipywidgets",
                    extra="explorer",
                )
            )
        with in_language(language):
            # Voila tells the kernel of a page what address was asked for.
            Explorer(load_agency(data), year, os.environ.get("QUERY_STRING", "")).show()
    except IkuError as error:
        show(paragraphs(*str(error).splitlines()))


class Explorer:
    """The controls, one for each field of a choice, and the parts that follow them, among them the four `PARTS`."""

    def __init__(self, agency: Agency, year: int | None = None, query: str = ""):
        import ipywidgets as widgets

        self.agency, self.language = agency, current_language()
        self._year = latest_year_with_figures(agency) if year is None else year
        agency.decree(self._year)
        self._frames = cache(self._compute_frames)
        names = name_fields()
        self.controls = {name: widgets.Dropdown(description=word) for name, word in names.items()}
        self.controls["proxies"] = widgets.Checkbox(description=names["proxies"], indent=False)
        self.parts = {name: widgets.HTML() for name in (*PARTS, *BESIDE)}
        wanted, said = read_address(query)
        self._settling = False
        self._settle(wanted, said)
        for control in self.controls.values():
            control.observe(self._follow, names="value")

    def choose(self, **wanted: object) -> None:
        """Choose other values of some fields of the choice."""
        texts = {name: text_of(control.value) for name, control in self.controls.items()}
        self._settle(texts | {name: text_of(value) for name, value in wanted.items()}, [])

    def _follow(self, _change: object) -> None:
        if not self._settling:
            self.choose()

    def _settle(self, wanted: dict[str, str], said: list[str]) -> None:
        """Take the nearest choice that has figures, let the controls offer what there is, and show all parts anew."""
        with in_language(self.language):
            offer = settle(self.agency, wanted, self._year)
            self.choice = offer.choice
            self._settling = True
            for name, control in self.controls.items():
                with control.hold_sync():
                    if name != "proxies" and list(control.options) != offer.options[name]:
                        control.options = offer.options[name]
                    control.value = getattr(self.choice, name)
                shown = has_proxies(self.agency, self.choice) if name == "proxies" else len(offer.options[name]) > 1
                control.layout.display = None if shown else "none"
            self._settling = False
            self.view = look(*self._frames(self.choice.area, self.choice.to_year), self.choice)
            for name, text in self._html([*said, *tell_refused(offer)]).items():
                self.parts[name].value = text

    def _compute_frames(self, area: str, last_year: int) -> tuple[Agency, "pd.DataFrame", "pd.DataFrame"]:
        """Return the agency as it stood at the end of the last chosen year, and its frames of an area."""
        agency = as_of(self.agency, last_year)
        achievements = compute_area_achievements(agency, compute_achievements(agency), area)
        return agency, achievements, compute_trends(agency, achievements)

    def _html(self, said: list[str]) -> dict[str, str]:
        view, svg = self.view, draw(self.view.figure)
        link = link_html(write_address(self.choice)) if _has_address() else ""
        return {
            "figure": figure_html(view.figure, svg, view.points),
            "sentence": sentence_html(view.sentence),
            "table": table_html(view.table),
            "rows": table_html(view.rows),
            "message": status_html(said),
            "files": downloads_html(_files(view, svg, name_choice(self.agency, self.choice))),
            "link": link,
        }

    def show(self) -> None:
        """Show all parts, each a widget that falls back to what it shows now."""
        known = as_of(self.agency, self.choice.to_year)
        _show_part(self._controls(), sentences(describe_source(known), self._describe_choice()))
        for name in PARTS:
            _show_part(self.parts[name], getattr(self.view, name))

    def _controls(self) -> "Widget":
        import ipywidgets as widgets

        style = f"<style>{style_of_pages()}{STYLE.read_text(encoding='utf-8')}</style>"
        head = widgets.HTML(style + sentence_html(describe_source(self.agency)))
        row = widgets.Box(list(self.controls.values()))
        row.add_class("iku-controls")
        head.add_class("iku-part")
        for name, part in self.parts.items():
            part.add_class("iku-part").add_class(f"iku-{name}")
        if self.agency.policy.illustrative:
            head.add_class("iku-example")
        return widgets.VBox([head, row, *(self.parts[name] for name in BESIDE)])

    def _describe_choice(self) -> Markdown:
        choice = self.choice
        place = place_word(choice.area)
        return say("Tahun {first}-{last}, {place}.", first=choice.from_year, last=choice.to_year, place=place)


def name_choice(agency: Agency, choice: Choice) -> str:
    """Return the name of a choice for files: letters, digits and dashes."""
    words = ["data contoh"] if agency.policy.illustrative else []
    words += [choice.indicator_id, str(choice.from_year), str(choice.to_year), choice.area, choice.beside]
    words += [] if choice.grain == "tahun" else [choice.grain]
    words += [] if choice.proxies else ["tanpa proksi"]
    words += [] if current_language() == "id" else [current_language()]
    return re.sub(r"\W+", "-", " ".join(words).casefold()).strip("-")


def _files(view: View, svg: bytes, name: str) -> list[tuple[str, str, str, bytes]]:
    """Return the files of a view: the words of its link, its name, its type, its content."""
    numbers, behind = (EXCEL_READS_UTF8 + to_csv(frame).encode() for frame in (view.numbers, view.behind))
    return [
        (_("Unduh gambar (PNG)"), f"{name}.png", "image/png", to_png(svg)),
        (_("Unduh gambar (SVG)"), f"{name}.svg", "image/svg+xml", svg),
        (_("Unduh angka (CSV)"), f"{name}.csv", "text/csv", numbers),
        (_("Unduh baris sumber (CSV)"), f"{name}-baris.csv", "text/csv", behind),
    ]


def _has_address() -> bool:
    """Tell whether this is a page of Voila, which has an address of its own and is never stored."""
    return "VOILA_REQUEST_URL" in os.environ


def _show_part(widget: "Widget", thing: Any) -> None:
    """Show a widget; where it may be stored, together with what a reader without a kernel sees in its place."""
    from IPython.display import display

    content, metadata = ({}, {}) if _has_address() else notebook_output(thing)
    live = widget._repr_mimebundle_()[VIEW]
    display(content | {VIEW: live}, raw=True, metadata=metadata)

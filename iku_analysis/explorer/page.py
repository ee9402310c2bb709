"""The explorer: choose an indicator, years and an area; figure, sentence, table and rows change together."""

import re
from functools import cache
from html import escape as escape_html
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iku_analysis.agency.load import Agency, latest_year_with_figures, load_agency
from iku_analysis.analysis.achievement import compute_achievements
from iku_analysis.analysis.area import compute_area_achievements
from iku_analysis.analysis.known import as_of
from iku_analysis.analysis.trend import compute_trends
from iku_analysis.display.canvas import draw, to_png
from iku_analysis.display.markdown import Markdown, paragraphs, say, sentences
from iku_analysis.display.narrative.year import describe_source
from iku_analysis.display.notebook_output import notebook_output, show
from iku_analysis.errors import IkuError, RunFailed
from iku_analysis.explorer.choice import Choice, View, look
from iku_analysis.explorer.pieces import figure_html, sentence_html, table_html
from iku_analysis.language import _, current_language, in_language
from iku_analysis.storage.csv_frames import to_csv
from iku_analysis.storage.data_root import DEFAULT_ROOT
from iku_analysis.storage.outputs import output_folder
from iku_analysis.storage.publish import staged

if TYPE_CHECKING:
    import pandas as pd
    from ipywidgets import Widget

STYLE = Path(__file__).with_suffix(".css")
PARTS = ("figure", "sentence", "table", "rows")
VIEW = "application/vnd.jupyter.widget-view+json"


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
            Explorer(load_agency(data), year).show()
    except IkuError as error:
        show(paragraphs(*str(error).splitlines()))


class Explorer:
    """The controls, and the four parts that follow them: `figure`, `sentence`, `table`, `rows`."""

    def __init__(self, agency: Agency, year: int | None = None):
        import ipywidgets as widgets

        self.agency, self.language = agency, current_language()
        self._frames = cache(self._compute_frames)
        self.indicator = widgets.Dropdown(options=_indicators(agency), description=_("Indikator"))
        self.years = _year_slider(agency, year)
        places = [(_("seluruh provinsi"), ""), *((area, area) for area in agency.policy.areas)]
        self.area = widgets.Dropdown(options=places, description=_("Wilayah"))
        self.proxies = widgets.Checkbox(value=True, description=_("sertakan proksi"), indent=False)
        self.button = widgets.Button(description=_("Simpan"), button_style="primary")
        self.saved, self.figure, self.sentence, self.table, self.rows = (widgets.HTML() for _part in range(5))
        self.redraw()
        for control in (self.indicator, self.years, self.area, self.proxies):
            control.observe(self.redraw, names="value")
        self.button.on_click(self._on_save)

    @property
    def choice(self) -> Choice:
        """What the controls say."""
        first, last = self.years.value
        return Choice(self.indicator.value, first, last, self.area.value, self.proxies.value)

    def redraw(self, _change: object = None) -> None:
        """Make all four parts anew; where there is nothing to show, say why in the sentence's place."""
        self.view: View | None = None
        parts = dict.fromkeys(("figure", "table", "rows"), "")
        with in_language(self.language):
            try:
                self.view = self._look()
                parts |= _view_html(self.view)
            except IkuError as error:
                parts["sentence"] = sentence_html(str(error))
        for name, text in parts.items():
            getattr(self, name).value = text
        self.saved.value, self.button.disabled = "", self.view is None

    def _look(self) -> View:
        return look(*self._frames(self.area.value, self.choice.to_year), self.choice)

    def _compute_frames(self, area: str, last_year: int) -> tuple[Agency, "pd.DataFrame", "pd.DataFrame"]:
        """Return the agency as it stood at the end of the last chosen year, and its frames of an area."""
        agency = as_of(self.agency, last_year)
        achievements = compute_area_achievements(agency, compute_achievements(agency), area)
        return agency, achievements, compute_trends(agency, achievements)

    def save(self) -> Path:
        """Write the figure and the frames behind it to `outputs/`, whole or not at all; return the folder."""
        with in_language(self.language):
            # Drawn anew: a figure that was drawn before is laid out a little differently the second time.
            view = self._look()
            name = name_choice(self.agency, self.choice)
            folder = output_folder(self.agency.root) / "jelajah" / name
            with staged(folder) as stage:
                for ending, content in _files(view, self.choice.area).items():
                    (stage / f"{name}{ending}").write_bytes(content)
            return folder

    def _on_save(self, _button: object) -> None:
        with in_language(self.language):
            try:
                line = _("Tersimpan di {folder}: gambar (PNG, SVG) dan angkanya (CSV).", folder=self.save())
            except (IkuError, RunFailed) as error:
                line = _("Tidak tersimpan: {error}", error=error)
        self.saved.value = f'<p role="status">{escape_html(line)}</p>'

    def show(self) -> None:
        """Show all parts, each a widget that falls back to what it shows now."""
        view = self.view
        known = as_of(self.agency, self.choice.to_year)
        _show_part(self._controls(), sentences(describe_source(known), self._describe_choice()))
        if view is None:
            _show_part(self.sentence, self.sentence.value)
            return
        for name in PARTS:
            _show_part(getattr(self, name), getattr(view, name))

    def _controls(self) -> "Widget":
        import ipywidgets as widgets

        style = f"<style>{STYLE.read_text(encoding='utf-8')}</style>"
        head = widgets.HTML(style + sentence_html(describe_source(self.agency)))
        row = widgets.Box([self.indicator, self.years, self.area, self.proxies, self.button])
        row.add_class("iku-controls")
        for part in (head, self.saved, *(getattr(self, name) for name in PARTS)):
            part.add_class("iku-part")
        for name in PARTS:
            getattr(self, name).add_class(f"iku-{name}")
        if self.agency.policy.illustrative:
            head.add_class("iku-example")
        return widgets.VBox([head, row, self.saved])

    def _describe_choice(self) -> Markdown:
        choice = self.choice
        place = choice.area or _("seluruh provinsi")
        return say("Tahun {first}-{last}, {place}.", first=choice.from_year, last=choice.to_year, place=place)


def _indicators(agency: Agency) -> list[tuple[str, str]]:
    """Return the indicators by their latest names, as a dropdown lists them."""
    latest = agency.indicators.drop_duplicates("indicator_id", keep="last").sort_values("number")
    return [(f"{row.number}. {row.label}", str(row.indicator_id)) for row in latest.itertuples()]


def _year_slider(agency: Agency, year: int | None) -> Any:
    """Return the slider over the decrees' years, from the first to `year`. Raises IkuError."""
    import ipywidgets as widgets

    last = latest_year_with_figures(agency) if year is None else year
    agency.decree(last)
    return widgets.SelectionRangeSlider(
        options=[(str(each), each) for each in agency.years],
        index=(0, agency.years.index(last)),
        description=_("Tahun"),
        continuous_update=False,
    )


def name_choice(agency: Agency, choice: Choice) -> str:
    """Return the name of a choice for files: letters, digits and dashes."""
    words = ["data contoh"] if agency.policy.illustrative else []
    words += [choice.indicator_id, str(choice.from_year), str(choice.to_year), choice.area]
    words += [] if choice.proxies else ["tanpa proksi"]
    words += [] if current_language() == "id" else [current_language()]
    return re.sub(r"\W+", "-", " ".join(words).casefold()).strip("-")


def _view_html(view: View) -> dict[str, str]:
    return {
        "figure": figure_html(view.figure),
        "sentence": sentence_html(view.sentence),
        "table": table_html(view.table),
        "rows": table_html(view.rows),
    }


def _files(view: View, area: str) -> dict[str, bytes]:
    """Return the files of a view by the ending of their names; the years' frame gets its area as a column."""
    svg = draw(view.figure)
    years, rows = to_csv(view.history.assign(area=area)), to_csv(view.realisations)
    return {
        ".png": to_png(svg),
        ".svg": svg,
        ".csv": years.encode(),
        "-baris.csv": rows.encode(),
    }


def _show_part(widget: "Widget", thing: Any) -> None:
    """Show a widget together with what a reader without a kernel sees in its place."""
    from IPython.display import display

    content, metadata = notebook_output(thing)
    live = widget._repr_mimebundle_()[VIEW]
    display(content | {VIEW: live}, raw=True, metadata=metadata)

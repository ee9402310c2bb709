"""What all figures share: look, titles, source line, the mark on examples, drawing."""

import io
import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
import pandas as pd
import typst
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.layout_engine import ConstrainedLayoutEngine

from iku_analysis.agency.load import Agency
from iku_analysis.display.design import FONTS, LEAST, MISSED, SOFT, SPARE_FONTS, TEXT_MM
from iku_analysis.display.words import source_words
from iku_analysis.indonesian import format_number, format_period
from iku_analysis.language import _

STYLE = Path(__file__).parent / "iku.mplstyle"
CM = 1 / 2.54
WIDE = TEXT_MM / 10 * CM  # inches: the width of text on paper
LINE = 1.25 / 72  # the height of a line of text, in inches for each point of its size
PNG_DPI = 150.0
LETTERS = typst.Fonts(
    include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS), str(SPARE_FONTS)]
)
# The `gid` of a text that keeps white around it where a line crosses it. matplotlib's own way, a path
# effect, makes outlines of the letters, which nobody can find, copy or hear.
HALO = "halo"
HALO_STYLE = "paint-order:stroke;stroke:#ffffff;stroke-width:2.5;stroke-linejoin:round"
POINT = "titik:"  # begins the `gid` of a mark or a line; what follows is told where a reader points at it, line by line
POINTS = re.compile(f'<g id="{POINT}([^"]*)">(.*?</g>)', re.DOTALL)  # as far as the marks of a line go
POINTED = 'class="point" role="img" aria-label="{0}" tabindex="0"'
MOST_SOURCES = 3  # named under a figure
for letters in sorted(FONTS.glob("*.ttf")):
    fontManager.addfont(letters)


@dataclass(frozen=True)
class Plot:
    """A figure as a paper takes it: its (first) axes, its caption and its alt text."""

    axes: Axes
    caption: str
    alt: str

    @property
    def figure(self) -> Figure:
        """The whole figure, of which `axes` may be a part."""
        figure = self.axes.get_figure(root=True)
        assert isinstance(figure, Figure)
        return figure


Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def styled(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Run a function under the style of the package, leaving the caller's matplotlib settings alone."""

    @wraps(function)
    def inside(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        with mpl.rc_context(_style()):
            return function(*args, **kwargs)

    return inside


@cache
def _style() -> mpl.RcParams:
    return mpl.rc_params_from_file(STYLE, use_default_template=False)


def new_axes(width: float, height_cm: float) -> Axes:
    """Return empty axes of a size in inches and cm; without pyplot, so that nothing shows itself twice."""
    return Figure(figsize=(width, height_cm * CM), layout="constrained").subplots()


def finish(agency: Agency, ax: Axes, *, title: str, unit: str, caption: str, alt: str, sources: list[str]) -> Plot:
    """Give a figure its sentence, unit, source and alt text; mark it if its data are an example.

    The caption tells what is shown, the alt text also what it says. The mark stands above the data, not on them.
    """
    figure = ax.get_figure(root=True)
    assert isinstance(figure, Figure)
    width, height = figure.get_size_inches()
    head: list[tuple[str, float, dict[str, Any]]] = [
        (title, 11, {"weight": "bold"}),
        (unit, 9, {"color": SOFT}),
    ]
    if agency.policy.illustrative:
        head.insert(0, ("DATA CONTOH", LEAST, {"weight": "bold", "color": MISSED}))
        alt = f"DATA CONTOH. {alt}"
    foot = _wrap(source_line(agency, sources), width, LEAST)
    bottom = (foot.count("\n") + 1) * LEAST * LINE + 0.05
    wrapped = [_wrap(text, width, size * (1.06 if "weight" in look else 1)) for text, size, look in head]
    steps = [(text.count("\n") + 1) * each[1] * LINE + 0.04 for text, each in zip(wrapped, head, strict=True)]
    more = sum(text.count("\n") * each[1] * LINE for text, each in zip(wrapped, head, strict=True))
    # Long words take no room from what is drawn.
    height = max(height + more, bottom + sum(steps) + 0.05 + 0.4 * height)
    figure.set_size_inches(width, height)
    top = height - 0.05
    for text, step, (_text, size, look) in zip(wrapped, steps, head, strict=True):
        figure.text(0.0, top / height, text, size=size, va="top", **look)
        top -= step
    figure.text(0.0, 0.03 / height, foot, size=LEAST, va="bottom", color=SOFT)
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine)
    engine.set(rect=(0, bottom / height, 1, (top - bottom) / height))
    return Plot(ax, caption=" ".join(caption.splitlines()), alt=f"{title}. {alt}")


def tell(marks: Sequence[Artist], words: Iterable[str]) -> None:
    """Let marks tell their words where a reader points at them: bars, or the points of one line, each its own."""
    told = [re.sub("[ \n]+", " ", each) for each in words]
    if told and len(marks) == 1:
        told = ["\n".join(told)]
    for mark, each in zip(marks, told, strict=bool(told)):
        mark.set_gid(POINT + each)


def of_periods(rows: pd.DataFrame, column: str, shown: Callable[[float], str] = format_number) -> list[str]:
    """Return what the marks of rows tell: the period of each, and its value."""
    return [
        f"{format_period(period)}: {shown(value)}" for period, value in zip(rows["period"], rows[column], strict=True)
    ]


def fit(name: str, letters: int = 22, lines: int = 4) -> str:
    """Break words to stand beside a bar; what no line has room for is left out, and stands in the table."""
    return "\n".join(textwrap.fill(line, letters, max_lines=lines, placeholder=" …") for line in name.splitlines())


def _wrap(text: str, width: float, size: float) -> str:
    """Break lines so that text of a size in points fits a width in inches; its letters are 0.48 em wide."""
    letters = int(width * 72 / (size * 0.48))
    return "\n".join(textwrap.fill(line, letters) for line in text.splitlines())


def source_line(agency: Agency, sources: list[str]) -> str:
    """Return where the numbers of a figure come from: the decrees, what the rows name, and that we computed it."""
    agreed = _listed(agency.targets["source"])
    numbers = ", ".join(decree.number for decree in agency.decrees if decree.has_targets)
    decreed = [_("Keputusan {numbers}", numbers=numbers)] if numbers else []
    targets = "; ".join(filter(None, [*decreed, agreed])) or _("belum ada")
    names = _listed(sources) or _("sumber realisasi belum disebut")
    return _("Sumber: {targets} (target); {names}. Hitungan internal.", targets=targets, names=names)


def _listed(sources: Iterable[str]) -> str:
    """Return sources in words, each once; of many the first and how many others there are."""
    named = list(dict.fromkeys(source_words(source) for source in sources if source))
    shown = named if len(named) <= MOST_SOURCES else named[: MOST_SOURCES - 1]
    rest = len(named) - len(shown)
    return "; ".join(shown) + (_(" dan {count} sumber lain", count=rest) if rest else "")


@styled
def draw(plot: Plot) -> bytes:
    """Return a figure as SVG, the same bytes each time; its letters stay letters."""
    figure = plot.figure
    buffer = io.StringIO()
    figure.set_dpi(72)  # an SVG's points
    width, height = figure.bbox.size
    renderer = RendererSVG(width, height, buffer, metadata={"Date": None, "Creator": None})
    # Not `savefig`, which draws everything twice to find a layout and measures all texts anew each time.
    _Canvas(figure).renderer = renderer
    figure.draw(renderer)
    renderer.finalize()
    svg = buffer.getvalue().replace(f'id="{HALO}"', f'style="{HALO_STYLE}"')
    return POINTS.sub(_pointed, svg).encode()


def _pointed(group: re.Match[str]) -> str:
    """Return a mark, or each of the marks of a line, with the words that it tells."""
    words, drawn = group[1].split("\n"), group[2]
    if len(words) == 1:
        return f"<g {POINTED.format(words[0])}><title>{words[0]}</title>{drawn}"
    first, *marks = drawn.split("<use ")
    if len(marks) != len(words):  # matplotlib leaves out what lies far beyond the figure
        return f"<g>{drawn}"
    told = [
        f"<use {POINTED.format(each)} " + mark.replace("/>", f"><title>{each}</title></use>")
        for each, mark in zip(words, marks, strict=True)
    ]
    return f"<g>{first}{''.join(told)}"


class _Canvas(FigureCanvasSVG):
    """A canvas whose layout is measured by the renderer that draws, which then knows the size of each text."""

    renderer: RendererSVG

    def get_renderer(self) -> RendererSVG:
        return self.renderer


def to_png(svg: bytes) -> bytes:
    """Return an SVG as PNG on white, the same bytes each time, in a third of the time that matplotlib takes for it."""
    page = b"#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg))"
    return typst.compile(page, sys_inputs={"svg": svg.decode()}, format="png", ppi=PNG_DPI, font_paths=LETTERS)

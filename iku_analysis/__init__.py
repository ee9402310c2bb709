"""Yearly performance (IKU) of Indonesian government agencies: targets of a decree, realisations, reports.

The names below load their modules when they are first used, so that importing the package is cheap.
"""

from importlib import import_module
from importlib.metadata import version
from typing import Any

_HOME = {
    "DataError": "errors",
    "IkuError": "errors",
    "Problem": "errors",
    "use_language": "language",
    "load_agency": "sources.agency",
    "compute_achievements": "analysis.achievement",
    "summarise": "analysis.achievement",
    "compute_trends": "analysis.trend",
    "coverage_by_area": "analysis.coverage",
    "coverage_by_quarter": "analysis.coverage",
    "monthly_context": "analysis.months",
    "monthly_realisation": "analysis.months",
    "month_changes": "analysis.monthly",
    "why_not_forecast": "analysis.monthly",
    "decompose": "analysis.forecast",
    "forecast_year": "analysis.forecast",
    "backtest": "analysis.backtests",
    "summarise_backtest": "analysis.backtests",
    "show": "display.canvas",
    "figures": "display.figures",
    "trend_figures": "display.trend_figures",
    "tables": "display.tables",
    "narrative": "display.narrative",
}

__all__ = list(_HOME)
__version__ = version("iku-analysis")


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(f"{__name__}.{_HOME[name]}")
    return home if _HOME[name].endswith(f".{name}") else getattr(home, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])

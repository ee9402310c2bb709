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
    "compute_achievements_to": "analysis.quarter",
    "achievements_by_quarter": "analysis.quarter",
    "summarise": "analysis.achievement",
    "compare_scales": "analysis.evaluation",
    "rating_moves": "analysis.evaluation",
    "shares": "analysis.evaluation",
    "compute_trends": "analysis.trend",
    "coverage_by_area": "analysis.coverage",
    "coverage_by_item": "analysis.coverage",
    "coverage_by_quarter": "analysis.coverage",
    "contributions": "analysis.breakdown",
    "budget_by_indicator": "analysis.budget",
    "budget_by_programme": "analysis.budget",
    "budget_total": "analysis.budget",
    "without_budget": "analysis.budget",
    "compute_plan": "analysis.plan",
    "open_sections": "analysis.open_points",
    "backlog_by_month": "analysis.expiry",
    "compute_outlook": "analysis.within_year",
    "cumulative_path": "analysis.within_year",
    "comparable_months": "analysis.months",
    "month_changes": "analysis.monthly",
    "monthly_context": "analysis.months",
    "monthly_realisation": "analysis.months",
    "outlook_from_months": "analysis.months",
    "required_growth": "analysis.trend",
    "show": "display.bundle",
    "figures": "display.figures",
    "tables": "display.tables",
    "narrative": "display.narrative",
    "explore": "explorer",
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

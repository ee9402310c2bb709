"""All figures: `plot_*(agency, frame, ...) -> Plot`."""

from iku_analysis.display.figures.context import (
    plot_context,
)
from iku_analysis.display.figures.growth import (
    plot_growth,
)
from iku_analysis.display.figures.indicator import (
    plot_indicator,
)
from iku_analysis.display.figures.months import (
    plot_month_changes,
    plot_months,
    plot_months_outlook,
    plot_season,
)
from iku_analysis.display.figures.outlook import (
    plot_backlog,
    plot_within_year,
)
from iku_analysis.display.figures.overview import (
    plot_bullets,
    plot_status_grid,
)
from iku_analysis.display.figures.papers import (
    plot_plan,
    plot_rating_moves,
)
from iku_analysis.display.figures.parts import (
    plot_areas,
    plot_contributions,
    plot_coverage_by_quarter,
    plot_shortfalls,
)
from iku_analysis.display.figures.register_quality import (
    plot_days,
    plot_left_out,
)
from iku_analysis.display.figures.registers import (
    plot_arrivals,
    plot_audit,
    plot_counted_parts,
    plot_workload,
)

__all__ = [
    "plot_areas",
    "plot_arrivals",
    "plot_audit",
    "plot_backlog",
    "plot_bullets",
    "plot_context",
    "plot_contributions",
    "plot_counted_parts",
    "plot_coverage_by_quarter",
    "plot_days",
    "plot_growth",
    "plot_indicator",
    "plot_left_out",
    "plot_month_changes",
    "plot_months",
    "plot_months_outlook",
    "plot_plan",
    "plot_rating_moves",
    "plot_season",
    "plot_shortfalls",
    "plot_status_grid",
    "plot_within_year",
    "plot_workload",
]

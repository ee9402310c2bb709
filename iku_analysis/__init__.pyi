"""The public names, each with its module: what `__init__.py` loads when first used, and what a type checker reads."""

from .agency.load import Agency as Agency, load_agency as load_agency
from .analysis import (
    budget as budget,
    choosing as choosing,
    coverage as coverage,
    evaluation as evaluation,
    forms as forms,
    months as months,
)
from .analysis.achievement import (
    AgencyResult as AgencyResult,
    compute_achievements as compute_achievements,
    summarise as summarise,
)
from .analysis.audit import compute_audit as compute_audit
from .analysis.breakdown import contributions as contributions
from .analysis.expiry import (
    backlog_by_month as backlog_by_month,
    coverage_ahead as coverage_ahead,
    workload_ahead as workload_ahead,
)
from .analysis.known import as_of as as_of
from .analysis.open_points import open_sections as open_sections
from .analysis.plan import compute_plan as compute_plan
from .analysis.quarter import (
    achievements_by_quarter as achievements_by_quarter,
    compute_achievements_to as compute_achievements_to,
)
from .analysis.registers import (
    counted_parts as counted_parts,
    summarise_registers as summarise_registers,
)
from .analysis.trend import compute_trends as compute_trends, required_growth as required_growth
from .analysis.within_year import (
    Outlook as Outlook,
    compute_outlook as compute_outlook,
    cumulative_path as cumulative_path,
)
from .display import (
    figures as figures,
    narrative as narrative,
    tables as tables,
)
from .display.notebook_output import show as show
from .errors import IkuError as IkuError
from .explorer.page import explore as explore
from .language import use_language as use_language
from .problems import (
    DataError as DataError,
    Problem as Problem,
)

__version__: str
__all__: list[str]

"""Everything of one data root, read and checked at once."""

import hashlib
import pickle
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from iku_analysis.errors import DataError, IkuError
from iku_analysis.language import _, current_language
from iku_analysis.rollup import roll_up
from iku_analysis.sources.budget import read_budget
from iku_analysis.sources.consistency import find_conflicts
from iku_analysis.sources.context import read_context
from iku_analysis.sources.data_root import DEFAULT_ROOT, find_data_root, input_files, name_data_root
from iku_analysis.sources.decree import Decree
from iku_analysis.sources.in_force import covered_years, decree_in_force, read_decrees, targets_in_force
from iku_analysis.sources.notes import read_notes
from iku_analysis.sources.policy import Policy, read_policy
from iku_analysis.sources.quarter_targets import read_quarter_targets
from iku_analysis.sources.realisation import read_realisations
from iku_analysis.sources.verifications import read_verifications

MOST_KEPT = 8  # agencies as they were read, as bytes
_kept: dict[tuple[Any, ...], bytes] = {}


@dataclass(frozen=True)
class Agency:
    """One agency's data: `policy`, `decrees` (oldest first) and the frames of `schema` by their names.

    `figures` are wholes; `parts`, of the same schema, are their breakdowns. `provisional` tells
    whether provisional figures take part.
    """

    root: Path
    policy: Policy
    decrees: list[Decree]
    indicators: pd.DataFrame
    breaks: pd.DataFrame
    targets: pd.DataFrame
    quarter_targets: pd.DataFrame
    realisations: pd.DataFrame
    context: pd.DataFrame
    verifications: pd.DataFrame
    budget: pd.DataFrame
    notes: pd.DataFrame
    figures: pd.DataFrame
    parts: pd.DataFrame
    provisional: bool

    @property
    def years(self) -> list[int]:
        """The years that some decree judges."""
        return covered_years(self.decrees)

    def decree(self, year: int) -> Decree:
        """Return the decree in force in a year. Raises IkuError if there is none."""
        decree = decree_in_force(self.decrees, year)
        if decree is None:
            covered = f"{self.years[0]}-{self.years[-1]}"
            raise IkuError(_("Tahun {year} di luar keputusan; yang ada: {years}.", year=year, years=covered))
        return decree

    def indicator(self, indicator_id: str, year: int) -> pd.Series:
        """Return one indicator as the decree of a year names it (a row of `indicators`). Raises IkuError."""
        indicators = self.decree(year).indicators
        ids = list(indicators["indicator_id"])
        if indicator_id not in ids:
            raise IkuError(
                _("Indikator {indicator} tidak ada; yang ada: {ids}.", indicator=indicator_id, ids=", ".join(ids))
            )
        return indicators.iloc[ids.index(indicator_id)]


def load_agency(data: str | Path = DEFAULT_ROOT, *, provisional: bool = True) -> Agency:
    """Read and check everything in a data root; the same files are read only once.

    Parameters
    ----------
    data : str or Path
        The data root; relative to the current folder, else to the project.
    provisional : bool
        False leaves out every provisional figure, after all files have been checked.

    Raises
    ------
    DataError
        With all problems of all files.
    IkuError
        If the folder is not a data root.
    """
    root = find_data_root(data)
    key = (name_data_root(root), provisional, current_language(), _contents(root))
    if key not in _kept:
        agency = _read_agency(root, provisional=provisional)
        if _contents(root) != key[-1]:  # a file was written meanwhile
            return agency
        if len(_kept) >= MOST_KEPT:
            del _kept[next(iter(_kept))]
        _kept[key] = pickle.dumps(agency)
    # Our own, and never the same object: callers may change their frames. A copy of an address may be elsewhere now.
    return replace(pickle.loads(_kept[key]), root=root)  # noqa: S301


def kept(root: Path) -> bytes:
    """Return what has been read of a data root, for another process to `keep`; empty if nothing has."""
    found = {key: content for key, content in _kept.items() if key[0] == name_data_root(root)}
    return pickle.dumps(found) if found else b""


def keep(content: bytes) -> None:
    """Remember what another process has read; it is used while the files are the same."""
    _kept.update(pickle.loads(content))  # noqa: S301 - from a process of ours


def _contents(root: Path) -> str:
    """Return one SHA-256 over all files of a data root that are read."""
    total = hashlib.sha256()
    for path in input_files(root):
        content = path.read_bytes()
        total.update(f"{path.relative_to(root)} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def _read_agency(root: Path, *, provisional: bool) -> Agency:
    policy, problems = read_policy(root)
    decrees, faults = read_decrees(root)
    problems = problems + faults
    if not policy or not decrees or faults:
        raise DataError(problems)
    quarter_targets, target_faults = read_quarter_targets(root, policy, decrees)
    indicators = pd.concat([decree.indicators for decree in decrees], ignore_index=True)
    aggregation = dict(zip(indicators["indicator_id"], indicators["aggregation"], strict=True))
    realisations, faults = read_realisations(root, policy, decrees)
    figures, compared = roll_up(realisations, aggregation, policy.areas)
    faults += find_conflicts(realisations, figures, compared, aggregation)
    context, context_faults = read_context(root, policy, decrees)
    verifications, verification_faults = read_verifications(root, policy)
    budget, budget_faults = read_budget(root, policy, decrees)
    notes, note_faults = read_notes(root, decrees)
    faults.sort(key=lambda problem: (problem.file, problem.row or 0))
    problems += [*target_faults, *faults, *context_faults, *verification_faults, *budget_faults, *note_faults]
    if problems:
        raise DataError(problems)
    if not provisional:
        realisations = realisations[realisations["status"] == "final"].reset_index(drop=True)
        figures, _compared = roll_up(realisations, aggregation, policy.areas)
    whole = figures["breakdown"] == ""
    return Agency(
        root=root,
        policy=policy,
        decrees=decrees,
        indicators=indicators,
        breaks=pd.concat([decree.breaks for decree in decrees], ignore_index=True),
        targets=targets_in_force(decrees),
        quarter_targets=quarter_targets,
        realisations=realisations,
        context=context,
        verifications=verifications,
        budget=budget,
        notes=notes,
        figures=figures[whole].reset_index(drop=True),
        parts=figures[~whole].reset_index(drop=True),
        provisional=provisional,
    )


def latest_year_with_figures(agency: Agency) -> int:
    """Return the latest year of the decrees that has any realisation, of whatever basis; else the first year."""
    stated = agency.realisations[agency.realisations["value"].notna()]
    years = set(stated["period"].str[:4].astype(int)) & set(agency.years)
    return max(years, default=agency.years[0])

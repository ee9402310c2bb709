"""Everything of one data root, read and checked at once."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from iku_analysis.agency.consistency import find_conflicts
from iku_analysis.agency.inputs import list_inputs
from iku_analysis.agency.registers import read_registers
from iku_analysis.agency.rollup import roll_up
from iku_analysis.agency.worded import Worded, read_worded, remember
from iku_analysis.errors import IkuError
from iku_analysis.language import _, current_language
from iku_analysis.problems import DataError, Problem
from iku_analysis.records.counted import Counted
from iku_analysis.records.settings import RecordsFile
from iku_analysis.sources.account import Account
from iku_analysis.sources.budget import read_budget
from iku_analysis.sources.context import read_context
from iku_analysis.sources.decree import Decree
from iku_analysis.sources.emblem import Emblem
from iku_analysis.sources.identity import Identity, read_looks
from iku_analysis.sources.in_force import covered_years, decree_in_force, targets_in_force
from iku_analysis.sources.notes import read_notes
from iku_analysis.sources.policy import Policy
from iku_analysis.sources.quarter_targets import read_quarter_targets
from iku_analysis.sources.realisation import read_realisations
from iku_analysis.sources.units import ways_to_join
from iku_analysis.sources.unread import unread_files
from iku_analysis.sources.verifications import read_verifications
from iku_analysis.storage.data_root import DEFAULT_ROOT, check_names, find_data_root, name_data_root
from iku_analysis.storage.digest import sha256

_kept: dict[tuple[Any, ...], bytes] = {}  # agencies as they were read


@dataclass(frozen=True)
class Agency:
    """One agency's data: `policy`, `decrees` (oldest first) and the frames of `schema` by their names.

    `policy`, `identity`, `decrees`, `indicators` and `breaks` are those of the language in use when they are asked for.
    `emblem` and `word_template` are the files that `identity` names: none, and no bytes, where it names none.

    `figures` are wholes; `parts`, of the same schema, are their breakdowns. `counted` is what registers say: its
    figures are among the realisations where the agency reports none. `provisional` tells
    whether provisional figures take part. `account` tells what was read and what was left out;
    `files` is the SHA-256 of each file by its path in `root`, empty for one that is not read.
    `until` is the last month that is known, `2021-09`, or `2021-00` before that year began; empty
    where nothing is held back (`as_of` sets it).
    """

    root: Path
    files: dict[str, str]
    worded: dict[str, Worded]
    targets: pd.DataFrame
    quarter_targets: pd.DataFrame
    realisations: pd.DataFrame
    context: pd.DataFrame
    verifications: pd.DataFrame
    budget: pd.DataFrame
    notes: pd.DataFrame
    figures: pd.DataFrame
    parts: pd.DataFrame
    counted: Counted
    provisional: bool
    account: Account
    emblem: Emblem | None = None
    word_template: bytes = b""
    until: str = ""

    @property
    def name(self) -> str:
        """The name of the data root, the same on every machine."""
        return name_data_root(self.root)

    @property
    def policy(self) -> Policy:
        """How files are read and results judged."""
        return self.worded[current_language()].policy

    @property
    def identity(self) -> Identity:
        """Who the agency is on paper: place, letterhead, signers, own sentences."""
        return self.worded[current_language()].identity

    @property
    def decrees(self) -> list[Decree]:
        """The decrees, oldest first."""
        return self.worded[current_language()].decrees

    @property
    def indicators(self) -> pd.DataFrame:
        """Frame `indicators`, of all decrees."""
        return self.worded[current_language()].indicators

    @property
    def breaks(self) -> pd.DataFrame:
        """Frame `breaks`, of all decrees."""
        return self.worded[current_language()].breaks

    def reworded(self, change: Callable[[Worded], Worded], **others: Any) -> "Agency":
        """Return the agency with what each language says changed alike, and with other fields replaced."""
        return replace(self, worded={language: change(each) for language, each in self.worded.items()}, **others)

    @property
    def records(self) -> RecordsFile | None:
        """What records.toml declares, None where registers are not used."""
        return self.worded[current_language()].records

    @property
    def undecided(self) -> list[tuple[str, str, str]]:
        """The settings that are proposed and that nobody has decided: decree, indicator, word of indicators.toml."""
        return [(each.decree_id, *setting) for each in self.decrees for setting in each.undecided]

    @property
    def years(self) -> list[int]:
        """The years that some decree judges."""
        return covered_years(self.decrees)

    @property
    def known_years(self) -> list[int]:
        """The years that have begun, or are planned: none after `until`."""
        return [year for year in self.years if not self.until or year <= int(self.until[:4])]

    @cached_property
    def told(self) -> frozenset[tuple[str, int]]:
        """The indicators and years of which there is any figure, kept: of the others nothing need be looked for."""
        stated = self.realisations[self.realisations["value"].notna()]
        years = stated["period"].str[:4].astype(int)
        keys = zip(self.figures["indicator_id"], self.figures["year"], strict=True)
        return frozenset(zip(stated["indicator_id"], years, strict=True)) | frozenset(keys)

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

    def latest_indicator(self, indicator_id: str) -> pd.Series:
        """Return one indicator as the latest decree that has it names it. Raises IkuError."""
        named = self.indicators[self.indicators["indicator_id"] == indicator_id]
        if named.empty:
            ids = ", ".join(dict.fromkeys(self.indicators["indicator_id"]))
            raise IkuError(_("Indikator {indicator} tidak ada; yang ada: {ids}.", indicator=indicator_id, ids=ids))
        return named.iloc[-1]


def load_agency(data: str | Path = DEFAULT_ROOT, *, provisional: bool = True) -> Agency:
    """Read and check everything in a data root; the same files are read only once.

    Parameters
    ----------
    data : str or Path
        The data root; relative to the current folder, else to the workspace.
    provisional : bool
        False leaves out every provisional figure, after all files have been checked.

    Raises
    ------
    DataError
        With all problems of all files.
    IkuError
        If the folder is not a data root.

    Examples
    --------
    >>> agency = iku.load_agency("data/example")
    >>> agency.years
    [2018, 2019, 2020, 2021, 2022]
    >>> agency.targets.loc[agency.targets["indicator_id"] == "uttp", "target"].tolist()
    [96.0, 97.0, 98.0, 99.0, 100.0]
    """
    root = find_data_root(data)
    check_names(root)
    files = list_inputs(root, sha256)  # by content alone: a file may be written twice within one tick of the clock
    key = (name_data_root(root), provisional, tuple(files.items()))
    if key in _kept:
        # Never the same object: callers may change their frames. A copy of an address may be elsewhere now.
        return replace(pickle.loads(_kept[key]), root=root)  # noqa: S301
    agency = _read_agency(root, files, provisional=provisional)
    if list_inputs(root, sha256) == files:  # none was written meanwhile
        remember(_kept, key, agency)
    return agency


def kept(root: Path) -> bytes:
    """Return what has been read of a data root, for another process to `keep`; empty if nothing has."""
    found = {key: content for key, content in _kept.items() if key[0] == name_data_root(root)}
    return pickle.dumps(found) if found else b""


def keep(content: bytes) -> None:
    """Remember what another process has read; it is used while the files are the same."""
    _kept.update(pickle.loads(content))  # noqa: S301 - from a process of ours


def _read_agency(root: Path, files: dict[str, str], *, provisional: bool) -> Agency:
    account = Account(left_out=unread_files(root))
    worded = read_worded(root, files, account)
    said = worded[current_language()]
    policy, decrees, problems = said.policy, said.decrees, list[Problem]()
    targets = targets_in_force(decrees)
    quarter_targets, target_faults = read_quarter_targets(root, policy, decrees, targets, account)
    aggregation = ways_to_join(said.indicators)
    realisations, faults = read_realisations(root, policy, decrees, targets, account)
    counted, realisations, count_faults = read_registers(root, said, realisations, account)
    figures, compared = roll_up(realisations, aggregation, policy.areas)
    faults += find_conflicts(realisations, figures, compared, aggregation, targets)
    context, context_faults = read_context(root, policy, decrees, account)
    verifications, verification_faults = read_verifications(root, policy, account)
    budget, budget_faults = read_budget(root, policy, decrees, account)
    notes, note_faults = read_notes(root, decrees)
    emblem, word_template, look_faults = read_looks(root, said.identity)
    faults.sort(key=lambda problem: (problem.file, problem.row or 0))
    problems += [
        *target_faults,
        *count_faults,
        *faults,
        *context_faults,
        *verification_faults,
        *budget_faults,
        *note_faults,
        *look_faults,
    ]
    if problems:
        raise DataError(problems, account)
    if not provisional:
        realisations = realisations[realisations["status"] == "final"].reset_index(drop=True)
        figures, _compared = roll_up(realisations, aggregation, policy.areas)
    _account_for_notes(notes, targets, account)
    notes = _without_signers(notes, said.identity, account)
    whole = figures["breakdown"] == ""
    return Agency(
        root=root,
        files=files,
        worded=worded,
        targets=targets,
        quarter_targets=quarter_targets,
        realisations=realisations,
        context=context,
        verifications=verifications,
        budget=budget,
        notes=notes,
        figures=figures[whole].reset_index(drop=True),
        parts=figures[~whole].reset_index(drop=True),
        counted=counted,
        provisional=provisional,
        account=account,
        emblem=emblem,
        word_template=word_template,
    )


def _account_for_notes(notes: pd.DataFrame, targets: pd.DataFrame, account: Account) -> None:
    """Note the texts about an indicator in a year for which it has no target: no paper shows them."""
    targeted = set(targets.loc[targets["targeted"], ["indicator_id", "year"]].itertuples(index=False, name=None))
    for (year, file, indicator_id), of_indicator in notes.groupby(["year", "file", "indicator_id"], sort=False):
        if indicator_id and (indicator_id, year) not in targeted:
            account.leave_out(file, of_indicator["row"], indicator_id, "not_targeted", year=year)


def _without_signers(notes: pd.DataFrame, identity: Identity, account: Account) -> pd.DataFrame:
    """Return the notes without those on a party whose signers identity.toml names, by their days; they are told."""
    named = notes["section"].isin([signer.role for signer in identity.signers])
    for note in notes[named].itertuples():
        account.leave_out(note.file, [note.row], note.text.partition("\n")[0], "signer")
    return notes[~named].reset_index(drop=True)


def latest_year_with_figures(agency: Agency) -> int:
    """Return the latest year of the decrees that has any realisation, of whatever basis; else the first year."""
    stated = agency.realisations[agency.realisations["value"].notna()]
    years = set(stated["period"].str[:4].astype(int)) & set(agency.years)
    return max(years, default=agency.years[0])

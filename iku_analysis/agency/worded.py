"""What people wrote about an agency in each language: policy, identity, decrees."""

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from iku_analysis.agency.inputs import list_inputs
from iku_analysis.language import LANGUAGES, current_language, in_language
from iku_analysis.problems import DataError
from iku_analysis.records.declared import read_records
from iku_analysis.records.settings import RecordsFile
from iku_analysis.sources.account import Account
from iku_analysis.sources.decree import Decree
from iku_analysis.sources.identity import Identity, read_identity
from iku_analysis.sources.in_force import read_decrees
from iku_analysis.sources.policy import Policy, read_policy
from iku_analysis.sources.quarter_targets import read_agreed
from iku_analysis.sources.units import ways_to_join
from iku_analysis.storage.digest import sha256

MOST_KEPT = 8
WITHOUT_WORDS = ("realisations/", "context/", "verifications/", "budget/", "notes/")  # none of `Worded` stands there
_kept: dict[tuple[Any, ...], bytes] = {}


@dataclass(frozen=True)
class Worded:
    """What people wrote in each language: policy, identity, decrees (oldest first), their indicators and breaks.

    `records` is what records.toml declares, None where registers are not used.
    """

    policy: Policy
    identity: Identity
    decrees: list[Decree]
    indicators: pd.DataFrame
    breaks: pd.DataFrame
    records: RecordsFile | None


def read_worded(root: Path, files: dict[str, str], account: Account) -> dict[str, Worded]:
    """Return what people wrote in each language: read again when its files are others, not with every new figure.

    Raises DataError with all that is wrong with it.
    """
    key = tuple(file for file in files.items() if not file[0].startswith(WITHOUT_WORDS))
    if key in _kept:
        return pickle.loads(_kept[key])  # noqa: S301
    worded = {current_language(): _read_words(root, account)}
    for language in set(LANGUAGES) - set(worded):
        with in_language(language):
            worded[language] = _read_words(root, account)
    if list_inputs(root, sha256) == files:  # none was written meanwhile
        remember(_kept, key, worded)
    return worded


def _read_words(root: Path, account: Account) -> Worded:
    """Return what people wrote in the language in use; raises DataError with all that is wrong with it."""
    policy, problems = read_policy(root)
    identity, identity_faults = read_identity(root)
    decrees, faults = read_decrees(root, read_agreed(root, policy) if policy else ())
    if not policy or not decrees or faults or identity_faults:
        raise DataError(problems + identity_faults + faults, account)
    indicators, breaks = (
        pd.concat(frames, ignore_index=True)
        for frames in ([each.indicators for each in decrees], [each.breaks for each in decrees])
    )
    records, record_faults = read_records(root, ways_to_join(indicators), policy.areas)
    if record_faults:
        raise DataError(record_faults, account)
    return Worded(policy, identity, decrees, indicators, breaks, records)


def remember(things: dict[tuple[Any, ...], bytes], key: tuple[Any, ...], thing: object) -> None:
    """Keep a thing as bytes, and no more than a few."""
    if len(things) >= MOST_KEPT:
        del things[next(iter(things))]
    things[key] = pickle.dumps(thing)

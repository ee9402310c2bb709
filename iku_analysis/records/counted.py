"""Everything that the registers of a data root say: figures by the definitions, and the state of each register.

Counted once for each content of the files: the result, which names nobody, is kept beside the outputs.
"""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from iku_analysis.errors import IkuError
from iku_analysis.language import _
from iku_analysis.problems import DataError, Problem
from iku_analysis.records.settings import RecordsFile
from iku_analysis.schema import ARRIVALS, EXPIRY, GAPS, HOLDERS, REALISATIONS, REGISTER_CHECKS, WAITS, make_frame
from iku_analysis.storage.csv_frames import read_csv_frame, to_csv
from iku_analysis.storage.data_root import RECORDS, RECORDS_FILE, register_files
from iku_analysis.storage.digest import digest
from iku_analysis.storage.outputs import output_folder
from iku_analysis.storage.publish import write_whole

VERSION = 8  # of how is counted: what another one has kept is counted anew
NUMBERS = ("value", "numerator", "denominator")
SCHEMAS = {
    "figures": REALISATIONS,
    "of_rows": REALISATIONS,
    "in_time": REALISATIONS,
    "expiry": EXPIRY,
    "waits": WAITS,
    "holders": HOLDERS,
    "checks": REGISTER_CHECKS,
    "arrivals": ARRIVALS,
    "gaps": GAPS,
}


@dataclass(frozen=True)
class Counted:
    """What registers say: `figures` (frame `realisations`), and `checks`, `arrivals` and `gaps` of each register.

    `of_rows` are the figures as they would be if every row counted, also the same record or the same thing again;
    `in_time` those without the records that were written down after the cut-off, where a register tells when.
    `expiry` is what falls due of the things whose validity records.toml declares, `waits` how long records waited,
    `holders` between whom a sum is divided.
    """

    figures: pd.DataFrame
    of_rows: pd.DataFrame
    in_time: pd.DataFrame
    expiry: pd.DataFrame
    waits: pd.DataFrame
    holders: pd.DataFrame
    checks: pd.DataFrame
    arrivals: pd.DataFrame
    gaps: pd.DataFrame


def read_counted(
    root: Path, records: RecordsFile | None, areas: Sequence[str], years: Sequence[int]
) -> tuple[Counted, list[Problem]]:
    """Return what the registers of a data root say (often there are none), and everything that is wrong with them.

    Figures outside `years` are left out.
    """
    nothing = Counted(**{name: make_frame(schema, []) for name, schema in SCHEMAS.items()})
    if records is None:
        return nothing, []
    if not find_spec("duckdb"):
        found, mend = (
            _("register, dan tidak ada mesin penghitungnya"),
            _('Pasang: pip install "iku-analysis[records]".'),
        )
        return nothing, [Problem(f"{RECORDS}/{RECORDS_FILE}", None, None, found, "duckdb", mend)]
    content = _content(root)
    facts = json.dumps([VERSION, content, list(areas), list(years)], sort_keys=True)
    path = output_folder(root) / ".registers" / f"{hashlib.sha256(facts.encode()).hexdigest()}.json"
    if kept := _read_kept(path):
        return kept, []
    try:
        counted = _count(root, records, content, list(areas), years)
    except DataError as error:
        return nothing, list(error.problems)
    if content != _content(root):
        found, mend = _("berkas yang berubah selama dibaca"), _("Ulangi sesudah penulisannya selesai.")
        return nothing, [Problem(RECORDS, None, None, found, _("register yang tidak sedang ditulis"), mend)]
    texts = {each.name: to_csv(getattr(counted, each.name)) for each in fields(Counted)}
    with suppress(OSError, IkuError):  # in a workspace that cannot be written to: counted anew each time
        write_whole(path, json.dumps(texts).encode())
    return counted, []


def _content(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): digest(path) for path in register_files(root)}


def _read_kept(path: Path) -> Counted | None:
    """Return what was kept, or None where nothing was, or another version of this package wrote it."""
    try:
        texts = json.loads(path.read_text(encoding="utf-8"))
        return Counted(**{name: read_csv_frame(schema, texts[name]) for name, schema in SCHEMAS.items()})
    except (OSError, ValueError, KeyError, IkuError):
        return None


def _count(
    root: Path, records: RecordsFile, content: dict[str, str], areas: list[str], years: Sequence[int]
) -> Counted:
    """Count everything; raises DataError with everything that is wrong with conditions and registers."""
    from iku_analysis.records.counting import count_figures  # they need the engine, which an agency may not have
    from iku_analysis.records.engine import loaded
    from iku_analysis.records.expiring import count_expiry
    from iku_analysis.records.holders import count_holders
    from iku_analysis.records.late import without_late
    from iku_analysis.records.quality import check_register
    from iku_analysis.records.waiting import count_waits

    with loaded(records, root, areas) as connection:
        counts = count_figures(connection, records, areas)
        at_cutoff = without_late(records)
        in_time = count_figures(connection, at_cutoff, areas) if at_cutoff else counts.iloc[:0]
        holders = count_holders(connection, records)
        expiry, waits = count_expiry(connection, records), count_waits(connection, records)
        checks, arrivals, gaps = zip(
            *(check_register(connection, *register) for register in records.register_.items()), strict=True
        )
    counts, in_time, holders = (
        frame[frame["period"].str[:4].astype(int).isin(years)].reset_index(drop=True)
        for frame in (counts, in_time, holders)
    )
    return Counted(
        _realisations(counts, records, content, ""),
        _realisations(counts, records, content, "_of_rows"),
        _realisations(in_time, records, content, ""),
        make_frame(EXPIRY, expiry),
        make_frame(WAITS, waits),
        make_frame(HOLDERS, holders),
        make_frame(REGISTER_CHECKS, pd.concat(checks, ignore_index=True)),
        make_frame(ARRIVALS, pd.concat(arrivals, ignore_index=True)),
        make_frame(GAPS, pd.concat(gaps, ignore_index=True)),
    )


def _realisations(counts: pd.DataFrame, records: RecordsFile, content: dict[str, str], suffix: str) -> pd.DataFrame:
    """Return counts as frame `realisations`: their source is the registers, their origin the way to see the records."""
    mark = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]
    registers = {
        figure.indicator: ", ".join(dict.fromkeys(count.register_ for count in figure.counts.values()))
        for figure in records.figure
    }
    numbers = {name: counts.get(name + suffix, pd.Series(float("nan"), counts.index)) for name in NUMBERS}
    share = 100 * numbers["numerator"] / numbers["denominator"].where(numbers["denominator"] > 0)
    rows = counts.assign(
        value=numbers["value"].fillna(share),
        numerator=numbers["numerator"],
        denominator=numbers["denominator"],
        basis="resmi",
        status="final",
        source="Register " + counts["indicator_id"].map(registers),
        note="",
        file=f"{RECORDS}/{RECORDS_FILE}",
        row=range(1, len(counts) + 1),
        origin=[
            f"iku records {each.indicator_id} {each.period}: {each.records:.0f} catatan, SHA-256 {mark}"
            for each in counts.itertuples()
        ],
    )
    return make_frame(REALISATIONS, rows)

"""`iku diff`: two reports, two data roots or two decrees held against each other."""

from pathlib import Path

import pandas as pd

from iku_analysis.agency.load import load_agency
from iku_analysis.analysis.differences import Results, compare_results, results_of
from iku_analysis.display.differences import list_decree_changes, list_differences
from iku_analysis.errors import IkuError
from iku_analysis.language import _, in_language
from iku_analysis.papers.previous import read_report, report_files
from iku_analysis.problems import DataError
from iku_analysis.sources.decree import Decree, read_decree
from iku_analysis.sources.in_force import compare_decrees
from iku_analysis.storage.data_root import places_of
from iku_analysis.storage.publish import MANIFEST

SHOWN = 5  # names of a folder that is none of the three


def compare_folders(old: str, new: str) -> tuple[pd.DataFrame, str]:
    """Return what moved from one folder to the other, as a frame and as plain lines.

    Two reports and two data roots give frame `differences`, two decrees the frame of `compare_decrees`.
    What is told of two reports is told in their language.

    Raises
    ------
    IkuError
        If a folder is none of the three or faulty, or the two are of different kinds or cannot be compared.
    """
    (before, kind), (after, other) = (_recognise(name) for name in (old, new))
    if kind != other:
        raise IkuError(
            _(
                "Hanya dua yang sejenis dapat dibandingkan; {old}: {kind}, {new}: {other}.",
                old=old,
                kind=_kind_word(kind),
                new=new,
                other=_kind_word(other),
            )
        )
    if kind == "decree":
        changes = compare_decrees(_read_decree(before), _read_decree(after))
        return changes, list_decree_changes(changes, old=old, new=new)
    was, became = _read_results(before, kind), _read_results(after, kind)
    with in_language(was.language):
        changes = compare_results(was, became)
        head = _("Perubahan dari {old} ke {new}: {count}", old=old, new=new, count=len(changes))
        return changes, f"{head}\n\n{list_differences(was, became, changes)}"


def _recognise(name: str) -> tuple[Path, str]:
    """Return a folder and what it is, by what it holds: `report`, `data` or `decree`."""
    folder = next((place for place in places_of(name) if place.is_dir()), None)
    if folder is None:
        tried = ", ".join(map(str, places_of(name)))
        raise IkuError(_("Folder {name} tidak ada; dicari di {tried}.", name=name, tried=tried))
    if (folder / MANIFEST).is_file() and (folder / "tabel").is_dir():
        return folder, "report"
    if (folder / "decree.txt").is_file():
        return folder, "decree"
    if any(folder.glob("decrees/*/decree.txt")):
        return folder, "data"
    names = sorted(path.name for path in folder.iterdir())
    found = ", ".join([*names[:SHOWN], *(["…"] if len(names) > SHOWN else [])]) or _("kosong")
    raise IkuError(
        _(
            "{name} tidak dapat dibandingkan; isinya: {found}. Yang dapat: dua folder laporan (manifest.json dan "
            "tabel/), dua folder data (decrees/NOMOR/decree.txt), atau dua folder keputusan (decree.txt dan "
            "indicators.toml).",
            name=name,
            found=found,
        )
    )


def _kind_word(kind: str) -> str:
    return {"report": _("laporan"), "data": _("folder data"), "decree": _("keputusan")}[kind]


def _read_results(folder: Path, kind: str) -> Results:
    try:
        return read_report(report_files(folder)) if kind == "report" else results_of(load_agency(folder))
    except IkuError as error:  # a problem names its file from the data root on, and there are two
        raise IkuError(f"{folder}:\n{error}") from error


def _read_decree(folder: Path) -> Decree:
    decree, problems = read_decree(folder)
    if decree is None:
        raise DataError(problems)
    return decree

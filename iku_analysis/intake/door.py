"""Readings of files -> tidy tables in a data root and the originals beside them: checked whole, written whole."""

import csv
import io
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from iku_analysis.agency.load import Agency, load_agency
from iku_analysis.errors import IkuError
from iku_analysis.intake.evidence import originals
from iku_analysis.intake.file_reader import FileReading, read_file
from iku_analysis.intake.memory import MAPPINGS, with_answers
from iku_analysis.intake.names import know
from iku_analysis.intake.others import settle_with_others, told_before
from iku_analysis.intake.reading import Record
from iku_analysis.intake.settle import FIGURES
from iku_analysis.language import _
from iku_analysis.problems import DataError, Problem
from iku_analysis.sources.amounts import rewrite
from iku_analysis.sources.input_files import INPUT_FILES, WORDS
from iku_analysis.sources.sheet_cells import letters_of
from iku_analysis.storage.data_root import input_files
from iku_analysis.storage.publish import write_together


@dataclass
class Import:
    """What an import would write: texts by their place in the data root, originals, and the records behind each row."""

    agency: Agency
    files: list[FileReading]
    rows: dict[str, list[Record]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    originals: dict[str, Path] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether something has to be answered first."""
        return any(each.reading.doubts for each in self.files)

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong, in the order of the files."""
        return [problem for each in self.files for problem in each.reading.problems]


def read_import(paths: Iterable[Path], root: Path, given: dict[str, str]) -> Import:
    """Read files for a data root; nothing is written.

    Raises
    ------
    DataError
        If the data root itself has problems: they are mended first.
    IkuError
        If two files have one name.
    """
    agency = load_agency(root)
    known = know(agency)
    files = [read_file(path, known, given) for path in paths]
    names = [each.path.name for each in files]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise IkuError(_("Dua berkas bernama {name}: ganti salah satunya.", name=", ".join(twice)))
    plan = Import(agency, files)
    if not plan.is_open:
        others = told_before(known, (f"realisations/{name}.csv" for name in names))
        for each in files:
            settle_with_others(each.reading, known, others)
    for each in files:
        for folder in INPUT_FILES:
            records = [record for record in each.reading.records if record.folder == folder]
            if records:
                place = f"{folder}/{each.path.name}.csv"
                plan.rows[place] = records
                plan.texts[place] = _tidy(records, folder, each, agency)
    if not plan.problems and not plan.is_open:
        _check(plan)
    return plan


def _tidy(records: list[Record], folder: str, file: FileReading, agency: Agency) -> str:
    """Return records as the text of a tidy table: `;`, in the number format that the data root declares."""
    names = [
        name
        for name, column in INPUT_FILES[folder].items()
        if column.required or name == "origin" or any(record.cells.get(name) for record in records)
    ]
    own, wanted = file.reading.number_format, agency.policy.number_format(f"{file.path.name}.csv")
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerow([WORDS[name] for name in names])
    for record in records:
        sheet = f" [{record.sheet}]" if record.sheet else ""
        cells = record.cells | {"origin": f"{file.path.name}{sheet} {record.place}"}
        if own != wanted:
            cells |= {name: rewrite(cells[name], own, wanted) for name in FIGURES if cells.get(name)}
        writer.writerow([cells.get(name, "") for name in names])
    return stream.getvalue()


def _check(plan: Import) -> None:
    """Read the data root as it would be; what is wrong with a row is told where its figure stood."""
    root = plan.agency.root
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / root.name
        for path in input_files(root):
            (copy / path.relative_to(root)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy / path.relative_to(root))
        for place, text in plan.texts.items():
            (copy / place).parent.mkdir(parents=True, exist_ok=True)
            (copy / place).write_text(text, encoding="utf-8")
        try:
            load_agency(copy)
        except DataError as error:
            for problem in error.problems:
                _tell_origin(problem, plan)


def _tell_origin(problem: Problem, plan: Import) -> None:
    """Note a problem of a tidy row with the file that the row came from."""
    for each in plan.files:
        places = [place for place in plan.rows if place.partition("/")[2] == f"{each.path.name}.csv"]
        for place in places:
            if problem.file == place:
                record = plan.rows[place][problem.row - 2] if problem.row and problem.row > 1 else None
                where = each.reading.place(record.sheet) if record else each.path.name
                # The cell of the figure is known; that of its status or its source only by the column's name.
                is_figure = problem.column in {
                    None,
                    *(WORDS[name] for name in (*FIGURES, "indicator", "period", "area")),
                }
                row = record.row if record else None
                column = letters_of(record.column) if record and is_figure else problem.column
                each.reading.problems.append(replace(problem, file=where, row=row, column=column))
                return
    plan.files[0].reading.problems.append(problem)


def write_import(plan: Import) -> list[Path]:
    """Write what was read and accepted into the data root, all or nothing; return the tidy tables.

    Raises
    ------
    DataError
        If anything is wrong.
    IkuError
        If something is still to be answered, a table of the same name was not imported, or a file has changed.
    """
    if plan.problems:
        raise DataError(plan.problems)
    if plan.is_open:
        raise IkuError(_("Masih ada yang perlu dijawab; tidak ada yang ditulis."))
    root = plan.agency.root
    contents = originals(root, [(each.path, each.digest) for each in plan.files])
    for place, text in plan.texts.items():
        if (root / place).is_file() and not is_imported(root / place):
            raise IkuError(_("{file} sudah ada dan bukan hasil impor. Pindahkan dulu.", file=place))
        contents[root / place] = text.encode()
    if answers := with_answers(root, [(each.shape, each.headings, each.reading) for each in plan.files]):
        contents[root / MAPPINGS] = answers.encode()
    write_together(contents)
    return [root / place for place in plan.texts]


def is_imported(path: Path) -> bool:
    """Tell whether a tidy table was written here: by its last column."""
    with path.open(encoding="utf-8-sig") as file:
        return file.readline().rstrip("\n").endswith(f";{WORDS['origin']}")


class Change(NamedTuple):
    """A row of a tidy table that is another than before: what it is about, what it said, what it says now."""

    what: str
    old: str
    new: str


def changes_of(plan: Import, place: str) -> list[Change] | None:
    """Return what moved in a tidy table against the one in the data root; None where there is none yet."""
    path = plan.agency.root / place
    if not path.is_file():
        return None
    old, new = (_by_key(text) for text in (path.read_text(encoding="utf-8-sig"), plan.texts[place]))
    return [
        Change(" ".join(filter(None, key)), old.get(key, ""), new.get(key, ""))
        for key in dict.fromkeys([*old, *new])
        if old.get(key) != new.get(key)
    ]


def _by_key(text: str) -> dict[tuple[str, ...], str]:
    keys = [WORDS[name] for name in ("programme", "series", "indicator", "period", "area", "breakdown")]
    others = [WORDS[name] for name in (*FIGURES, "basis", "status", "source", "note")]
    return {
        tuple(row.get(name) or "" for name in keys): " ".join(filter(None, (row.get(name) or "" for name in others)))
        for row in csv.DictReader(io.StringIO(text), delimiter=";")
    }

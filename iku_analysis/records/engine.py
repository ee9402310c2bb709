"""The engine with the registers of a data root in it: bounded, and closed to files and network once they are loaded."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from iku_analysis.problems import DataError
from iku_analysis.records.conditions import check_conditions
from iku_analysis.records.loading import load_register
from iku_analysis.records.room import lacks_room, no_room
from iku_analysis.records.settings import RecordsFile

MOST_MEMORY = "500MB"  # what is beyond it goes to a folder that is gone afterwards


@contextmanager
def loaded(
    records: RecordsFile, root: Path, areas: Sequence[str], *, keys: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield an engine with one table for each register, as `load_register` makes it: of what is asked, and its `keys`.

    Raises
    ------
    DataError
        With everything that is wrong with conditions and registers; also where there is no room for them.
    """
    with _scratch() as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MOST_MEMORY,
            "temp_directory": folder,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        with closing(duckdb.connect(":memory:", config=settings)) as connection:
            connection.execute("SET enable_progress_bar = false")  # which a notebook would show
            problems = check_conditions(connection, records, areas)
            if not problems:
                for name, register in records.register_.items():
                    kept = [register.key] * keys + records.asked_of(name)
                    problems += load_register(connection, name, register, root, areas, kept=list(dict.fromkeys(kept)))
            if problems:
                raise DataError(problems)
            connection.execute("SET enable_external_access = false; SET lock_configuration = true")
            try:
                yield connection
            except duckdb.Error as error:
                if lacks_room(error):
                    raise DataError([no_room()]) from error
                raise


def _scratch() -> TemporaryDirectory[str]:
    """Return a folder for what memory does not hold."""
    try:
        return TemporaryDirectory(prefix="iku-")
    except OSError as error:
        raise DataError([no_room()]) from error

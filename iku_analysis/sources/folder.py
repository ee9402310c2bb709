"""A folder of a data root -> its named rows, with every fault of its files noted."""

from collections.abc import Iterator
from pathlib import Path

from iku_analysis.problems import Problem
from iku_analysis.sources.account import Account
from iku_analysis.sources.cells import read_tables
from iku_analysis.sources.form_rows import split_form
from iku_analysis.sources.input_files import BESIDE, COMPUTED, INPUT_FILES, required_columns
from iku_analysis.sources.policy import Policy
from iku_analysis.sources.rows import CANONICAL, Row
from iku_analysis.sources.tables import named_rows
from iku_analysis.storage.data_root import table_files


def read_rows(
    folder: Path,
    policy: Policy,
    problems: list[Problem],
    *,
    account: Account,
) -> Iterator[Row]:
    """Yield the rows of all CSV and Excel files of a folder of `INPUT_FILES`, in the order of their names.

    Parameters
    ----------
    problems : list of Problem
        Faults of files and headings are added here, and later those of the rows.
    account : Account
        What was read and what was set aside is added here.
    """
    required = required_columns(folder.name)
    columns = {*INPUT_FILES[folder.name], *(BESIDE if folder.name == "realisations" else ())}
    for path in table_files(folder):
        number_format = policy.number_format(path.name)
        name, known = f"{folder.name}/{path.name}", set(CANONICAL)
        tables, faults = read_tables(path, name, known, number_format, hidden=policy.reading.hidden, account=account)
        problems += faults
        form, tables = split_form(tables, number_format, problems)
        known_here = columns | set(COMPUTED if form else ())
        for table in tables:
            yield from named_rows(table, known_here, required, number_format, problems, account=account, form=form)

"""A folder of a data root -> its named rows, with every fault of its files noted."""

from collections.abc import Iterator
from pathlib import Path

from iku_analysis.errors import Problem
from iku_analysis.sources.cells import read_tables
from iku_analysis.sources.data_root import table_files
from iku_analysis.sources.form_rows import split_form
from iku_analysis.sources.policy import Policy
from iku_analysis.sources.rows import CANONICAL, Row, named_rows


def read_rows(
    folder: Path, policy: Policy, columns: set[str], required: set[str], problems: list[Problem]
) -> Iterator[Row]:
    """Yield the rows of all CSV and Excel files of a folder, in the order of their names.

    Parameters
    ----------
    columns, required : set of str
        Canonical (English) names of the columns a table may and must have.
    problems : list of Problem
        Faults of files and headings are added here, and later those of the rows.
    """
    for path in table_files(folder):
        number_format = policy.number_format(path.name)
        tables, faults = read_tables(path, f"{folder.name}/{path.name}", set(CANONICAL), number_format)
        problems += faults
        form, tables = split_form(tables, number_format, problems)
        for table in tables:
            yield from named_rows(table, columns, required, number_format, problems, form=form)

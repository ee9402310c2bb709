"""Records that were written down after the figure of their period was counted."""

from iku_analysis.records import sql
from iku_analysis.records.settings import CountSettings, RecordsFile, RegisterSettings


def without_late(records: RecordsFile) -> RecordsFile | None:
    """Return the figures as they were to be counted at the cut-off of each period; None where no register tells when.

    A record without a day on which it was written down is taken to be in time.
    """
    figures = []
    for figure in records.figure:
        registers = [records.register_[count.register_] for count in figure.counts.values()]
        if any(register.recorded for register in registers):
            in_time = {
                "count" if column == "value" else column: _in_time(count, register)
                for (column, count), register in zip(figure.counts.items(), registers, strict=True)
            }
            figures.append(figure.model_copy(update=in_time))
    return records.model_copy(update={"figure": figures}) if figures else None


def _in_time(count: CountSettings, register: RegisterSettings) -> CountSettings:
    if register.recorded is None:
        return count
    day = sql.name(register.recorded)
    where = f"({count.where}\n) AND ({day} IS NULL OR {day} <= period_end + {register.cutoff_days})"
    return count.model_copy(update={"where": where})

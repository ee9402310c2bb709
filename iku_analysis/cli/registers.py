"""`iku audit` and `iku records`: reported figures held against registers, and the records behind a figure."""

import sys
from typing import Annotated

import typer

from iku_analysis.cli.options import DEFAULT, Csv, Data, YearOrAll
from iku_analysis.cli.output import print_blocks, print_csv
from iku_analysis.terminal import tell


def audit(
    year: YearOrAll = None,
    data: Data = DEFAULT,
    csv: Csv = False,
) -> None:
    """Bandingkan angka yang dilaporkan dengan hitungan register, sel demi sel; sebutkan yang berbeda."""
    from iku_analysis.agency.load import load_agency
    from iku_analysis.analysis.audit import compute_audit
    from iku_analysis.display.markdown import plain
    from iku_analysis.display.narrative.registers import describe_audit
    from iku_analysis.display.tables.registers import table_audit
    from iku_analysis.language import _

    agency = load_agency(data)
    if year is not None:
        agency.decree(year)
    compared = compute_audit(agency, year)
    apart = compared[compared["difference"] != 0]
    if csv:
        print_csv(compared)
    else:
        tell(
            plain(
                describe_audit(compared) or _("Tidak ada angka yang dilaporkan dan dihitung dari register sekaligus.")
            )
        )
        table = table_audit(agency, compared).data[: len(apart)]
        table.insert(0, "", range(1, len(apart) + 1))
        print_blocks(table)
    sys.exit(2 if len(apart) else 0)


def records(
    indicator: Annotated[str, typer.Argument(metavar="INDIKATOR", help="Nama pendek indikator.")],
    period: Annotated[str, typer.Argument(metavar="PERIODE", help="2021, 2021-Q3 atau 2021-08.")],
    data: Data = DEFAULT,
    csv: Csv = False,
) -> None:
    """Tampilkan catatan di balik satu angka, dan yang tidak dihitung, menurut alasannya; --csv: setiap kunci."""
    from iku_analysis.agency.load import load_agency
    from iku_analysis.display.register_words import count_words
    from iku_analysis.display.tables.registers import table_records
    from iku_analysis.indonesian import format_period, parse_period
    from iku_analysis.records.listing import list_records

    agency = load_agency(data)
    asked = parse_period(period)
    listed = list_records(agency.root, agency.records, agency.policy.areas, indicator, asked)
    if csv:
        print_csv(listed)
        return
    assert agency.records is not None  # else nothing was listed
    figure = next(each for each in agency.records.figure if each.indicator == indicator)
    named = agency.latest_indicator(indicator)
    tell(f"{named['label']}, {format_period(asked)}")
    tell(f"  {named['definition']}")
    for count in figure.counts.values():
        tell(f"  -> {count_words(count)}")
    for row in table_records(listed).data.itertuples(index=False):
        tell("     " + " · ".join(row))

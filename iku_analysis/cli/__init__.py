"""`iku ...`: a thin skin on the package. Exit codes: 0 done, 2 bad input or usage, 1 a run that failed."""

import atexit
import gc
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from iku_analysis.cli.batch import batch
from iku_analysis.cli.decide import decide
from iku_analysis.cli.intake import import_
from iku_analysis.cli.making import process, report, run, template
from iku_analysis.cli.options import DEFAULT, Csv, Data, YearOrAll, parse_year
from iku_analysis.cli.output import print_blocks, print_csv, write_utf8
from iku_analysis.cli.registers import audit, records
from iku_analysis.cli.usage import UsageError, fault_words, translate_help
from iku_analysis.cli.workspace import PASSED_ON, explorer, lab, new, open_
from iku_analysis.terminal import tell

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Kinerja (IKU) dari keputusan dan berkas realisasi: periksa, hitung, laporkan.",
)


def main() -> None:
    """Run the command line; turn the package's errors into messages and exit codes."""
    from iku_analysis.errors import IkuError, RunFailed
    from iku_analysis.language import _, use_language

    write_utf8()
    if ("--lang", "en") in zip(sys.argv, sys.argv[1:], strict=False):
        use_language("en")  # for what is said of the command line itself
    gc.disable()  # this process lives for seconds, and most of what it makes is modules
    atexit.register(gc.freeze)  # else Python looks through all that is loaded before it ends: a third of a second
    try:
        command = typer.main.get_command(app)
        if "--help" in sys.argv or not sys.argv[1:]:
            translate_help(command)
        sys.exit(command(standalone_mode=False))
    except UsageError as error:
        alone = not sys.argv[1:]  # `iku`, of which the error is its help
        tell(error.format_message() if alone else fault_words(error), error=not alone)
        sys.exit(2)
    except typer.Abort:
        tell(_("Dibatalkan."), error=True)
        sys.exit(1)
    except (IkuError, RunFailed) as error:
        tell(str(error), error=True)
        sys.exit(2 if isinstance(error, IkuError) else 1)
    except PermissionError as error:  # a file of the data that is another user's
        tell(f"{error.filename}: {error.strerror}", error=True)
        sys.exit(2)


def check(
    data: Data = DEFAULT,
    as_json: Annotated[bool, typer.Option("--json", help="Masalah, dan apa yang dibaca, sebagai JSON.")] = False,
    year: Annotated[
        int | None,
        typer.Option(parser=parse_year, help="Tahun yang kekurangannya disebut; tanpa ini yang terakhir."),
    ] = None,
) -> None:
    """Periksa folder data; sebutkan setiap masalah, angka yang masih kurang, dan apa yang dibaca atau tidak."""
    from iku_analysis.agency.load import latest_year_with_figures, load_agency
    from iku_analysis.analysis.doubts import find_doubts
    from iku_analysis.analysis.missing import list_missing
    from iku_analysis.cli.account import print_account, print_as_json, print_undecided
    from iku_analysis.display.words import holder_words
    from iku_analysis.language import _
    from iku_analysis.problems import DataError

    try:
        agency = load_agency(data)
    except DataError as error:
        if as_json:
            print_as_json(error.account, problems=error.problems)
        else:
            tell(_("{count} masalah:", count=len(error.problems)) + f"\n{error}", error=True)
            print_account(error.account)
        sys.exit(2)
    code = 2 if agency.account.overlooked or agency.undecided else 0
    if as_json:
        print_as_json(agency.account, agency.realisations)
        sys.exit(code)
    rows = agency.realisations
    empty = int((rows["value"].isna() & rows["denominator"].isna()).sum())
    tell(
        _(
            "Tidak ada masalah pada yang dibaca: {decrees} keputusan, {rows} baris realisasi ({empty} tanpa angka), "
            "{context} baris konteks.",
            decrees=len(agency.decrees),
            rows=len(rows),
            empty=empty,
            context=len(agency.context),
        )
    )
    print_undecided(agency.undecided)
    of_year = latest_year_with_figures(agency) if year is None else year
    missing = list_missing(agency, of_year)
    if missing.empty:
        tell(_("{year}: tidak ada angka yang kurang.", year=of_year))
    else:
        tell(_("{year}, yang masih kurang:", year=of_year))
    for each in missing.itertuples():
        holder = holder_words(each.holder, each.ask)
        tell(f"  {each.label}: {each.missing}. " + _("Pemegang data: {holder}.", holder=holder))
    for (indicator_id, doubted), doubts in find_doubts(agency).items():
        tell(f"{indicator_id} {doubted}: " + " ".join(doubts))
    print_account(agency.account, agency.realisations)
    sys.exit(code)


def decrees(data: Data = DEFAULT) -> None:
    """Tampilkan keputusan yang ada, dan apa yang berubah dari satu ke berikutnya."""
    from iku_analysis.agency.load import load_agency
    from iku_analysis.display.differences import list_decree_changes
    from iku_analysis.indonesian import format_date
    from iku_analysis.language import _
    from iku_analysis.sources.in_force import compare_decrees, decree_in_force

    agency = load_agency(data)
    for decree in agency.decrees:
        years = [str(year) for year in agency.years if decree_in_force(agency.decrees, year) is decree]
        tell(
            _(
                "Keputusan {number}, {date}: menilai {years}",
                number=decree.number,
                date=format_date(decree.date),
                years=", ".join(years) or _("tidak ada tahun"),
            )
        )
        tell(f"  {decree.title}")
    for old, later in zip(agency.decrees, agency.decrees[1:], strict=False):
        tell("\n" + list_decree_changes(compare_decrees(old, later), old=old.number, new=later.number))


def targets(data: Data = DEFAULT, csv: Csv = False) -> None:
    """Tampilkan target setiap indikator dan tahun."""
    from iku_analysis.agency.load import load_agency

    agency = load_agency(data)
    if csv:
        print_csv(agency.targets)
    else:
        from iku_analysis.display.tables.year import table_targets

        print_blocks(table_targets(agency).data)


def achievements(
    year: YearOrAll = None,
    data: Data = DEFAULT,
    csv: Csv = False,
) -> None:
    """Tampilkan target, realisasi, capaian dan predikat."""
    from iku_analysis.agency.load import load_agency
    from iku_analysis.analysis.achievement import compute_achievements

    agency = load_agency(data)
    frame = compute_achievements(agency)
    if year is not None:
        agency.decree(year)
        frame = frame[frame["year"] == year]
    if csv:
        print_csv(frame)
        return
    from iku_analysis.display.tables.year import table_achievements

    for of_year in sorted(set(frame["year"])):
        tell(f"\n{of_year}")
        *columns, remark = (table := table_achievements(frame, of_year).data).columns
        print_blocks(table[columns])
        for number, text in zip(table.iloc[:, 0], table[remark], strict=True):
            if text:
                tell(f"{number}: {text}")


def diff(
    old: Annotated[str, typer.Argument(metavar="LAMA", help="Folder laporan, folder data atau folder keputusan.")],
    new: Annotated[str, typer.Argument(metavar="BARU", help="Folder yang sejenis.")],
    csv: Csv = False,
) -> None:
    """Bandingkan dua laporan, dua folder data atau dua keputusan: angka mana yang berubah, dan akibatnya."""
    from iku_analysis.papers.comparison import compare_folders

    changes, text = compare_folders(old, new)
    if csv:
        print_csv(changes)
    else:
        tell(text)


COMMANDS: list[Callable[..., None]] = [  # in the order of a year's work
    *(new, import_, decide, check, audit, records, template, report, batch, open_, diff, achievements, targets),
    *(decrees, process, run, lab, explorer),
]
for command in COMMANDS:
    name = command.__name__.rstrip("_")  # `import` is a word of Python
    app.command(name, context_settings=PASSED_ON if command in (run, lab, explorer) else None)(command)

"""`iku ...`: a thin skin on the package. Exit codes: 0 done, 2 bad input or usage, 1 a run that failed."""

import atexit
import gc
import sys
from typing import Annotated

import typer

from iku_analysis.cli.batch import batch
from iku_analysis.cli.output import print_blocks, print_csv, write_utf8
from iku_analysis.cli.workspace import PASSED_ON, explorer, lab, new, tell_shadow
from iku_analysis.terminal import tell

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Kinerja (IKU) dari keputusan dan berkas realisasi: periksa, hitung, laporkan.",
)

app.command()(new)
app.command()(batch)
app.command(context_settings=PASSED_ON)(lab)
app.command(context_settings=PASSED_ON)(explorer)

Data = Annotated[str, typer.Option("--data", help="Folder data.", metavar="DIR")]
Csv = Annotated[bool, typer.Option("--csv", help="Bentuk mesin: CSV koma, desimal titik, ketelitian penuh.")]
Language = Annotated[str, typer.Option("--lang", help="Bahasa: id atau en.")]
DEFAULT = "data/raw"


def parse_year(text: str) -> int:
    """Return a year. Raises IkuError for anything but digits (Typer's own message is English)."""
    from iku_analysis.errors import IkuError
    from iku_analysis.language import _

    if not (text.isascii() and text.isdecimal()):
        raise IkuError(_("Tahun {found}: tulis tahun dengan angka, misalnya 2022.", found=repr(text)))
    return int(text)


def main() -> None:
    """Run the command line; turn the package's errors into messages and exit codes."""
    from iku_analysis.errors import IkuError, RunFailed

    write_utf8()
    gc.disable()  # this process lives for seconds, and most of what it makes is modules
    atexit.register(gc.freeze)  # else Python looks through all that is loaded before it ends: a third of a second
    try:
        app()
    except (IkuError, RunFailed) as error:
        tell(str(error), error=True)
        sys.exit(2 if isinstance(error, IkuError) else 1)
    except PermissionError as error:  # a file of the data that is another user's
        tell(f"{error.filename}: {error.strerror}", error=True)
        sys.exit(2)


@app.command()
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
    from iku_analysis.cli.account import print_account, print_as_json
    from iku_analysis.display.words import holder_words
    from iku_analysis.errors import DataError
    from iku_analysis.language import _

    try:
        agency = load_agency(data)
    except DataError as error:
        if as_json:
            print_as_json(error.account, problems=error.problems)
        else:
            tell(_("{count} masalah:", count=len(error.problems)) + f"\n{error}", error=True)
            print_account(error.account)
        sys.exit(2)
    code = 2 if agency.account.overlooked else 0
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


@app.command()
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
        tell(_("Keputusan {number}, {date}: menilai {years}", number=decree.number, date=format_date(decree.date),
                     years=", ".join(years) or _("tidak ada tahun")))  # fmt: skip
        tell(f"  {decree.title}")
    for old, later in zip(agency.decrees, agency.decrees[1:], strict=False):
        tell("\n" + list_decree_changes(compare_decrees(old, later), old=old.number, new=later.number))


@app.command()
def targets(data: Data = DEFAULT, csv: Csv = False) -> None:
    """Tampilkan target setiap indikator dan tahun."""
    from iku_analysis.agency.load import load_agency

    agency = load_agency(data)
    if csv:
        print_csv(agency.targets)
    else:
        from iku_analysis.display.tables.year import table_targets

        print_blocks(table_targets(agency).data)


@app.command()
def achievements(
    year: Annotated[int | None, typer.Argument(parser=parse_year, help="Satu tahun; tanpa ini semua tahun.")] = None,
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


@app.command()
def report(  # noqa: PLR0917 - Typer makes options of arguments
    year: Annotated[
        int | None,
        typer.Argument(parser=parse_year, help="Tahun laporan; tanpa ini tahun terakhir yang ada angkanya."),
    ] = None,
    data: Data = DEFAULT,
    paper: Annotated[
        str, typer.Option(help="report (laporan), agreement (perjanjian), plan (rencana), evaluation (evaluasi).")
    ] = "report",
    quarter: Annotated[int, typer.Option(help="Sampai akhir triwulan ke berapa, 1-4; 4: setahun.")] = 4,
    formats: Annotated[str, typer.Option("--format", help="Bentuknya, dipisah koma.")] = "html,pdf,docx,xlsx",
    language: Language = "id",
    report_date: Annotated[str, typer.Option("--date", help="Tanggal laporan, misalnya 2023-01-31.")] = "",
) -> None:
    """Buat laporan, perjanjian, rencana atau evaluasi kinerja di outputs/."""
    from iku_analysis.kernels.forked_kernel import start_fork_server

    start_fork_server()  # imports what the notebook needs while this process reads and checks the data
    from iku_analysis.agency.load import latest_year_with_figures, load_agency
    from iku_analysis.language import _
    from iku_analysis.papers.catalogue import PAPERS
    from iku_analysis.papers.make import make_report
    from iku_analysis.storage.publish import show_path

    if year is None:
        year = latest_year_with_figures(load_agency(data))
    path = make_report(
        year,
        data,
        paper=paper,
        quarter=quarter,
        formats=tuple(each.strip() for each in formats.split(",")),
        language=language,
        report_date=report_date,
    )
    tell_shadow(PAPERS[paper][0])
    tell(_("Laporan: {path}", path=show_path(path)))


@app.command()
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


@app.command()
def template(
    year: Annotated[int, typer.Argument(parser=parse_year, help="Tahun formulir.")],
    quarter: Annotated[int | None, typer.Option(help="Satu triwulan saja, 1-4.")] = None,
    data: Data = DEFAULT,
    language: Language = "id",
    output: Annotated[str, typer.Option(help="Nama berkas; tanpa ini di outputs/.", metavar="FILE")] = "",
) -> None:
    """Buat formulir Excel untuk mengisi realisasi satu tahun."""
    from pathlib import Path

    from iku_analysis.agency.load import load_agency
    from iku_analysis.documents.form import write_form
    from iku_analysis.language import _, use_language
    from iku_analysis.storage.outputs import form_path
    from iku_analysis.storage.publish import show_path, write_new

    use_language(language)
    agency = load_agency(data)
    content = write_form(agency, year, quarter)
    path = Path(output) if output else form_path(agency.root, year, quarter)
    write_new(path, content)
    tell(_("Formulir: {path}", path=show_path(path)))
    tell(_("Isi sel yang berwarna, taruh berkasnya di {folder}, lalu ketik: iku check",
                 folder=show_path(agency.root / "realisations")))  # fmt: skip


# Typer knows no option of two words, so `run` reads `-p NAME VALUE` from the words left over.
@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def run(
    context: typer.Context,
    notebook: Annotated[str, typer.Argument(help="Nama notebook, misalnya 01_overview.")],
    data: Annotated[str | None, typer.Option("--data", help="Folder data.", metavar="DIR")] = None,
) -> None:
    """Jalankan satu notebook: iku run NOTEBOOK -p NAMA NILAI [-p NAMA NILAI ...]. Hasilnya di outputs/."""
    from iku_analysis.kernels.forked_kernel import start_fork_server

    start_fork_server()  # as in `report`
    from iku_analysis.errors import IkuError
    from iku_analysis.language import _
    from iku_analysis.papers.make import make_run
    from iku_analysis.storage.publish import show_path

    words = context.args
    triples = [words[start : start + 3] for start in range(0, len(words), 3)]
    for triple in triples:
        if len(triple) != 3 or triple[0] != "-p":
            raise IkuError(_("Tulis parameter sebagai -p NAMA NILAI, bukan: {words}", words=" ".join(triple)))
    given = {name: value for _option, name, value in triples}
    if data is not None:
        given["data"] = data
    tell(_("Hasil: {path}", path=show_path(make_run(notebook, given))))
    tell_shadow(notebook)


@app.command()
def process(data: Data = DEFAULT) -> None:
    """Tulis data/processed/: semua bingkai data sebagai CSV rapi dengan datapackage.json."""
    from iku_analysis.agency.load import load_agency
    from iku_analysis.language import _
    from iku_analysis.papers.data_package import write_processed
    from iku_analysis.storage.publish import show_path

    path = write_processed(load_agency(data))
    tell(_("Ditulis: {path}", path=show_path(path)))

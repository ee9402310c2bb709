"""The commands that write: a paper, a form, a notebook's results, the frames."""

from typing import Annotated

import typer

from iku_analysis.cli.options import DEFAULT, Data, Language, parse_year
from iku_analysis.cli.workspace import tell_shadow
from iku_analysis.terminal import tell


def report(  # noqa: PLR0917 - Typer makes options of arguments
    year: Annotated[
        int | None,
        typer.Argument(
            parser=parse_year, metavar="TAHUN", help="Tahun laporan; tanpa ini tahun terakhir yang ada angkanya."
        ),
    ] = None,
    data: Data = DEFAULT,
    paper: Annotated[
        str, typer.Option(help="report (laporan), agreement (perjanjian), plan (rencana), evaluation (evaluasi).")
    ] = "report",
    quarter: Annotated[int, typer.Option(help="Sampai akhir triwulan ke berapa, 1-4; 4: setahun.")] = 4,
    formats: Annotated[str, typer.Option("--format", help="Bentuknya, dipisah koma.")] = "html,pdf,docx,xlsx",
    language: Language = "id",
    report_date: Annotated[str, typer.Option("--date", help="Tanggal laporan, misalnya 2023-01-31.")] = "",
    final: Annotated[bool, typer.Option("--final", help="Tolak bila masih ada yang perlu diisi.")] = False,
) -> None:
    """Buat laporan, perjanjian, rencana atau evaluasi kinerja di outputs/."""
    from iku_analysis.kernels.forked_kernel import start_fork_server

    start_fork_server()  # imports what the notebook needs while this process reads and checks the data
    from iku_analysis.agency.load import latest_year_with_figures, load_agency
    from iku_analysis.language import _
    from iku_analysis.papers.catalogue import PAPERS
    from iku_analysis.papers.make import make_report, still_open
    from iku_analysis.storage.publish import show_path

    if year is None:
        year = latest_year_with_figures(load_agency(data))
    path = make_report(
        year,
        data,
        paper=paper,
        quarter=quarter,
        formats=_words(formats),
        language=language,
        report_date=report_date,
        final=final,
    )
    if missing := still_open(year, data, paper=paper, quarter=quarter, language=language):
        tell("\n".join([_("Masih perlu diisi:"), *missing]), error=True)
    tell_shadow(PAPERS[paper][0])
    tell(_("Laporan: {path}", path=show_path(path)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(","))


def template(
    year: Annotated[int, typer.Argument(parser=parse_year, metavar="TAHUN", help="Tahun formulir.")],
    quarter: Annotated[int | None, typer.Option(help="Satu triwulan saja, 1-4.")] = None,
    data: Data = DEFAULT,
    language: Language = "id",
    output: Annotated[str, typer.Option(help="Nama berkas; tanpa ini di outputs/.", metavar="BERKAS")] = "",
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
    tell(
        _(
            "Isi sel yang berwarna, taruh berkasnya di {folder}, lalu ketik: iku check",
            folder=show_path(agency.root / "realisations"),
        )
    )


# Typer knows no option of two words, so `run` reads `-p NAME VALUE` from the words left over.
def run(
    context: typer.Context,
    notebook: Annotated[str, typer.Argument(metavar="NOTEBOOK", help="Nama notebook, misalnya 01_overview.")],
    data: Annotated[str | None, typer.Option("--data", help="Folder data.", metavar="FOLDER")] = None,
    formats: Annotated[str, typer.Option("--format", help="Bentuknya, dipisah koma: html, pdf, docx, xlsx.")] = "html",
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
    tell(_("Hasil: {path}", path=show_path(make_run(notebook, given, _words(formats)))))
    tell_shadow(notebook)


def process(data: Data = DEFAULT) -> None:
    """Tulis data/processed/: semua bingkai data sebagai CSV rapi dengan datapackage.json."""
    from iku_analysis.agency.load import load_agency
    from iku_analysis.language import _
    from iku_analysis.papers.data_package import write_processed
    from iku_analysis.storage.publish import show_path

    path = write_processed(load_agency(data))
    tell(_("Ditulis: {path}", path=show_path(path)))

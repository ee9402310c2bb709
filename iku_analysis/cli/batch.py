"""`iku batch`: its words, the same on the command line and in a TOML file."""

import gc
from pathlib import Path
from typing import Annotated

import typer


def batch(  # noqa: PLR0917 - Typer makes options of arguments
    job: Annotated[
        Path | None, typer.Argument(metavar="JOB.toml", help="Berkas berisi kata-kata di bawah ini.")
    ] = None,
    data: Annotated[
        list[str] | None, typer.Option(help="Folder atau alamat data; boleh diulang.", metavar="FOLDER")
    ] = None,
    years: Annotated[str | None, typer.Option(help="2018-2022 atau 2019,2021; tanpa ini tahun terakhir.")] = None,
    quarters: Annotated[str | None, typer.Option(help="Sampai akhir triwulan 1,2,3,4: laporan dan evaluasi.")] = None,
    paper: Annotated[str | None, typer.Option(help="report,agreement,plan,evaluation.")] = None,
    formats: Annotated[str | None, typer.Option("--format", help="html,pdf,docx,xlsx.")] = None,
    language: Annotated[str | None, typer.Option("--lang", help="id,en.")] = None,
    report_date: Annotated[str | None, typer.Option("--date", help="Tanggal laporan, misalnya 2023-01-31.")] = None,
    jobs: Annotated[int | None, typer.Option(help="Berapa sekaligus; tanpa ini sebanyak inti prosesor.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Hanya sebutkan yang akan dibuat.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Buat juga yang tidak berubah.")] = False,
    timeout: Annotated[int | None, typer.Option(help="Batas satu dokumen, detik (3600).")] = None,
    retries: Annotated[int | None, typer.Option(help="Ulangan bila kernel mati (1).")] = None,
    on_failure: Annotated[str | None, typer.Option(help="Dijalankan sekali bila ada yang gagal.")] = None,
    summary: Annotated[str | None, typer.Option(help="Ringkasan sebagai JSON.", metavar="BERKAS.json")] = None,
    cluster: Annotated[str | None, typer.Option(help="Alamat penjadwal Dask, misalnya tcp://10.0.0.5:8786.")] = None,
    outputs: Annotated[str | None, typer.Option(help="Folder atau alamat hasil; tanpa ini outputs/.")] = None,
) -> None:
    """Buat banyak dokumen sekaligus; yang masukannya tidak berubah dilewati."""
    from iku_analysis.batch.batch import make_batch
    from iku_analysis.batch.job import read_job

    given = {
        "data": data,
        "years": years,
        "quarters": quarters,
        "paper": paper,
        "format": formats,
        "lang": language,
        "date": report_date,
        "jobs": jobs,
        "dry-run": dry_run or None,
        "force": force or None,
        "timeout": timeout,
        "retries": retries,
        "on-failure": on_failure,
        "summary": summary,
        "cluster": cluster,
        "outputs": outputs,
    }
    gc.freeze()
    gc.enable()  # `main` disables it for processes that end soon
    raise typer.Exit(make_batch(read_job(job, {name: value for name, value in given.items() if value is not None})))

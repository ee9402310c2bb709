"""Names and numbers of persons, planted in every personal cell, are in nothing that is made, kept, told or logged."""

from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest
from offices import COUNT, write_office
from pypdf import PdfReader
from typer.testing import CliRunner

from iku_analysis.cli import app

MARKER = "RAHASIA"


def test_no_personal_cell_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f"{MARKER}-{place};{MARKER} {place};{1 + place % 28:02d}/02/2018;;baru;Kota Timur;1" for place in range(40)]
    rows += [f"{MARKER}-5{place};{MARKER} 4;09/05/2018;;{'x' * place};Kota Timur;1" for place in range(3)]
    figure = COUNT + "distinct = 'orang'\nkinds = ['jenis']\n"
    figure += COUNT.replace('"surat"', '"nilai"') + "sum = 'rupiah'\nwhose = 'orang'\n"
    root = write_office(tmp_path / "dinas", rows, figure, more='numbered = true\nrecorded = "selesai"\n')
    settings = root / "records/records.toml"
    settings.write_text(settings.read_text().replace('heading = "No"', 'heading = "No", personal = true'))
    monkeypatch.setenv("IKU_HOME", str(tmp_path))
    monkeypatch.setattr("iku_analysis.storage.outputs.outputs", lambda: tmp_path / "outputs")
    told = []
    for words in (
        f"check --data {root}",
        f"audit --data {root}",
        f"records surat 2018-Q1 --data {root} --csv",
        f"records surat 2018 --data {root}",
        f"report 2018 --data {root} --format html,xlsx",
        f"run 08_registers --data {root} -p year 2018",
        f"run register_quality --data {root} --format html,pdf,docx,xlsx",
        f"process --data {root}",
        "more",
        f"run register_quality --data {root} --format html,pdf,docx,xlsx",
    ):
        if words == "more":  # for what changed since the report before
            register = root / "records/buku.csv"
            register.write_text(register.read_text() + f"{MARKER}-60;{MARKER} 60;01/02/2018;;baru;Kota Timur;1\n")
            continue
        done = CliRunner().invoke(app, words.split())
        assert done.exit_code in (0, 2), done.output
        told.append(done.output)
    (root / "records/buku.csv").write_text((root / "records/buku.csv").read_text().replace("/02/2018", f"/02/{MARKER}"))
    settings.write_text(
        settings.read_text().replace('type = "date" }\nselesai', 'type = "date", personal = true }\nselesai')
    )
    refused = CliRunner().invoke(app, ["check", "--data", str(root)])
    told.append(refused.output + str(refused.exception))
    assert refused.exit_code == 2
    assert MARKER not in "".join(told)
    made = [path for path in tmp_path.rglob("*") if path.is_file() and root / "records" not in path.parents]
    assert len(made) > 20
    for path in made:
        assert MARKER not in path.name
        contents = [path.read_bytes()]
        if is_zipfile(path):
            with ZipFile(path) as archive:
                contents = [archive.read(name) for name in archive.namelist()]
        if path.suffix == ".pdf":  # whose bytes are compressed
            contents = ["".join(page.extract_text() for page in PdfReader(path).pages).encode()]
        assert all(MARKER.encode() not in content for content in contents), path

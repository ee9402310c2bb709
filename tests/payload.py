"""A data root in which every text that people write holds what would run, be fetched or be set as something else."""

import csv
import io
import json
import re
import shutil
from pathlib import Path

from openpyxl import load_workbook

EXAMPLE = Path(__file__).parents[1] / "data" / "example"
REGISTERS = EXAMPLE.with_name("example-registers") / "records"
LIVE = (
    "<script>document.title='LIVE'</script><img src=http://live.invalid/i>[a](javascript:LIVE)![b](http://live.invalid/m)"
    r" $x$ \(y\) `c` | d | **e** ~~f~~ http://live.invalid/l </p> <!-- {x}"
)
# Headings of the columns that hold text of people; `areas` and the like are rewritten wherever they stand.
TEXTS = {"wilayah", "rincian", "breakdown", "sumber", "source", "keterangan", "deret", "satuan", "program", "jenis"}


def plant(text: str) -> str:
    """Return a text of people with the payload behind it, and a mark before it that begins a heading."""
    return f"# {text} {LIVE}"


def make_live_root(folder: Path) -> Path:
    """Write the example to a folder, texts planted, some figures and money missing, so that reasons name them."""
    shutil.copytree(EXAMPLE, folder)
    for path in [folder / "policy.toml", *folder.glob("decrees/*/indicators.toml")]:
        path.write_text(_plant_toml(path.read_text()))
    for path in folder.glob("decrees/*/decree.txt"):
        path.write_text(_plant_decree(path.read_text()))
    registers = (REGISTERS / "records.toml").read_text().partition("[register.izin]")[0]
    (folder / "records").mkdir()
    (folder / "records/records.toml").write_text(_plant_toml(registers))
    shutil.copyfile(REGISTERS / "sertifikat_nik.csv", folder / "records/sertifikat_nik.csv")
    for path in {*folder.glob("*/*.csv")} - {*folder.glob("records/*")}:
        path.write_text(_plant_csv(path.read_text()))
    for path in folder.glob("notes/*.md"):
        path.write_text(re.sub(r"^([^#\n].*)$", lambda line: f"{line[0]} {LIVE}", path.read_text(), flags=re.M))
    book = load_workbook(folder / "realisations" / "umkm.xlsx")
    for sheet in book:
        heads = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            for head, cell in zip(heads, row, strict=True):
                cell.value = plant(cell.value) if head in TEXTS else cell.value
    for number in range(book["2021"].max_row, 1, -1):
        if "Kepulauan" in str(book["2021"].cell(number, 3).value):
            book["2021"].delete_rows(number)
    book.save(folder / "realisations" / "umkm.xlsx")
    return folder


def _plant_toml(text: str) -> str:
    """Plant each text that is no word of the program: what stands in two languages, the agency, the areas, reasons."""
    quoted = re.compile(r'"((?:[^"\\]|\\.)*)"')
    lines = []
    inside = False  # of the list of areas
    for line in text.splitlines():
        inside = line.startswith("areas") or (inside and not line.startswith("]"))
        ours = re.match(r"(agency|reason|each|label|holder|note|name|source|rating_source) =|(id|en) = .* ", line)
        if (ours or inside) and not line.startswith("#"):
            line = quoted.sub(lambda found: json.dumps(plant(json.loads(found[0])), ensure_ascii=False), line)
        lines.append(line)
    return "\n".join(lines)


def _plant_decree(text: str) -> str:
    """Plant the words of the annex: objective, indicator, unit (but of percentages), definition."""
    lines = []
    for line in text.splitlines():
        if re.match(r"[0-9]+\t", line):
            number, objective, indicator, unit, *targets, definition = line.split("\t")
            words = [objective and plant(objective), plant(indicator), unit if unit == "Persen" else plant(unit)]
            line = "\t".join([number, *words, *targets, plant(definition)])
        lines.append(line.replace("**", ""))
    return "\n".join(lines)


def _plant_csv(text: str) -> str:
    separator = ";" if ";" in text.splitlines()[0] else ","
    heads, *rows = csv.reader(io.StringIO(text), delimiter=separator)
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator)
    writer.writerow(heads)
    for row in rows:
        cells = [_plant_cell(head, cell) for head, cell in zip(heads, row, strict=True)]
        if "anggaran" in heads and "2021" in row[heads.index("periode")] and "Promosi" in row[0]:
            cells[heads.index("realisasi")] = ""
        writer.writerow(cells)
    return file.getvalue()


def _plant_cell(head: str, cell: str) -> str:
    if head not in TEXTS or not cell:
        return cell
    kind, colon, item = cell.partition(": ")
    return f"{kind}{colon}{plant(item)}" if head in ("rincian", "breakdown") else plant(cell)

"""A decree as issued -> its folder in a data root: the text untouched, its facts, its annex, what is to be decided."""

import csv
import io
import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iku_analysis.errors import IkuError
from iku_analysis.indonesian import format_date
from iku_analysis.intake.context import CITED
from iku_analysis.intake.decree_annex import Annex, find_annex
from iku_analysis.intake.decree_facts import Facts, find_facts, is_decree
from iku_analysis.intake.decree_proposals import Proposal, propose
from iku_analysis.intake.documents import read_document
from iku_analysis.intake.evidence import originals
from iku_analysis.intake.names import normal
from iku_analysis.intake.when import take_when
from iku_analysis.language import _
from iku_analysis.problems import DataError, Problem
from iku_analysis.sources.decree import Decree, read_decree as read_decree_folder
from iku_analysis.sources.decree_folder import ANNEX, FACTS
from iku_analysis.sources.file_faults import file_problem
from iku_analysis.sources.in_force import read_decrees
from iku_analysis.sources.sheet_cells import Sheet
from iku_analysis.storage.digest import sha256
from iku_analysis.storage.publish import write_together
from iku_analysis.storage.workspace import PACKAGE

DOCUMENTS = (".txt", ".docx", ".pdf")  # what a decree comes as


@dataclass(frozen=True)
class DecreeReading:
    """What was read of a decree: its text as issued, its facts, its annex, the proposals for each indicator."""

    path: Path
    digest: str
    text: str
    facts: Facts
    annex: Annex
    proposals: list[list[Proposal]]

    @property
    def decree_id(self) -> str:
        """The name of its folder, made of its number."""
        return re.sub(r"[^A-Za-z0-9.]+", "-", self.facts.number).strip("-.") or self.path.stem

    @property
    def values(self) -> dict[str, Any]:
        """Its facts by the words of decree.toml; None where one was not found."""
        facts = self.facts
        of_annex = (self.annex.years[0], self.annex.years[-1]) if self.annex.years else None
        amends = facts.title.upper().startswith("PERUBAHAN")  # whose title names the years of what it amends
        first, last = (of_annex if amends else None) or facts.years or of_annex or (None, None)
        return {
            "number": facts.number or None,
            "title": facts.title or None,
            "agency": facts.agency or None,
            "date": facts.date,
            "first_year": first,
            "last_year": last,
            "legal_bases": list(facts.legal_bases),
            "uses": list(facts.uses),
            "recipients": list(facts.recipients),
        }


def _not_found(word: str) -> str:
    """Return that a fact was not found, and what to write there."""
    wanted = {
        "number": _("nomor keputusan, misalnya 154/2018"),
        "title": _("tentang apa"),
        "agency": _("instansi yang menetapkan"),
        "date": _("tanggal ditetapkan, tanpa tanda kutip: 2018-10-01"),
        "first_year": _("tahun pertama yang dinilai, misalnya 2018"),
        "last_year": _("tahun terakhir yang dinilai"),
        "legal_bases": _("dasar hukum (Mengingat)"),
        "uses": _("untuk apa IKU digunakan"),
        "recipients": _("tembusan"),
    }[word]
    return _("tidak ditemukan; isinya: {wanted}", wanted=wanted)


def read_decree(path: Path, root: Path) -> DecreeReading | None:
    """Return what a document says as a decree for a data root, or None if it is none.

    Indicators that an earlier decree of the data root names in the same words keep their ids.

    Raises
    ------
    DataError
        If the document cannot be read, or is a decree without a table of indicators.
    """
    if path.suffix.lower() not in DOCUMENTS:
        return None
    blocks, problems = read_document(path, path.name)
    lines = [line.replace("**", "") for block in blocks if isinstance(block, str) for line in block.split("\n")]
    if not is_decree(lines):
        return None
    facts = find_facts(lines)
    bare = [block.replace("**", "") if isinstance(block, str) else block for block in blocks]
    title = CITED.sub(" ", facts.title)
    year = take_when(title)[0].year
    since = min(map(int, re.findall(r"\b(?:19|20)[0-9]{2}\b", title)), default=0)
    annex = find_annex(bare, facts.years or ((year, year) if year else None), since)
    if annex is None:
        expected = _("tabel lampiran dengan kolom indikator, satuan dan target")
        mend = _("Periksa lampirannya: judul kolom dan tabnya; bila lampiran berkas lain, gabungkan.")
        problems.append(file_problem(path.name, _("keputusan tanpa tabel indikator"), expected, mend))
    if problems or annex is None:
        raise DataError(problems)
    return DecreeReading(path, sha256(path), _text(blocks), facts, annex, propose(annex, _known_ids(root)))


def _known_ids(root: Path) -> dict[str, str]:
    return {
        normal(each.indicator): each.indicator_id
        for decree in read_decrees(root)[0]
        for each in decree.indicators[["indicator", "indicator_id"]].itertuples(index=False)
    }


def decree_as_proposed(reading: DecreeReading) -> tuple[Decree | None, list[Problem]]:
    """Return the decree as it will be read while every proposal stands, and what is wrong with it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "decrees" / reading.decree_id
        place.mkdir(parents=True)
        for name, text in decree_texts(reading).items():
            (place / name).write_text(text, encoding="utf-8")
        return read_decree_folder(place)


def _text(blocks: Sequence[str | Sheet]) -> str:
    """Return a document as text, its tables with tabs."""
    parts = [
        block if isinstance(block, str) else "\n".join("\t".join(cells) for _number, cells in block.rows)
        for block in blocks
    ]
    return "\n".join(parts).rstrip("\n") + "\n"


def show_decree(reading: DecreeReading) -> str:
    """Return what was read as text: each fact with its line, each indicator with its targets and what is proposed."""
    lines = [_("{file}: keputusan {number}", file=reading.path.name, number=reading.facts.number or "?")]
    for word, value in reading.values.items():
        is_said = not word.endswith("_year") or value in (reading.facts.years or ())
        line = reading.facts.lines.get("years" if word.endswith("_year") else word) if is_said else None
        shown = (
            "; ".join(value) if isinstance(value, list) else format_date(value) if word == "date" and value else value
        )
        where = f" ({_('baris {row}', row=line)})" if line else ""
        lines.append(f"  {word}: {shown}{where}" if shown else f"  {word}: {_not_found(word)}")
    if not reading.annex.years:
        lines.append("  " + _("Keputusan tidak memuat target: target setiap tahun diimpor dari perjanjian kinerja."))
    for each in reading.annex.left:
        of_part = _("Kolom {name} berisi target sebagian tahun: tidak dibaca.", name=each.name)
        lines.append(
            "  " + (of_part if each.when.year else _("Kolom {name} tanpa tahun: tidak dibaca.", name=each.name))
        )
    lines.append("  " + _("Indikator dan usulannya (belum diputuskan):"))
    objective = ""
    for row, place, proposals in zip(reading.annex.rows, reading.annex.places, reading.proposals, strict=True):
        if (own := row.get("sasaran") or objective) != objective:
            objective = own
            lines.append(f"   {objective}")
        targets = ", ".join(f"{year}: {row.get(str(year), '-')}" for year in reading.annex.years)
        unit = f"{row['satuan']}; " if row.get("satuan") else ""
        lines.append(f"    {row['nomor']}. {row['indikator']} ({unit}{place})")
        lines += [f"       {targets}"] if targets else []
        lines += [f"       {each.word} = {_value(each.value)}: {each.why}" for each in proposals if each.open]
    return "\n".join(lines)


def _value(value: Any) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return str(value) if isinstance(value, int | float) else json.dumps(str(value), ensure_ascii=False)


def decree_texts(reading: DecreeReading) -> dict[str, str]:
    """Return the files of the decree's folder by their names."""
    return {
        "decree.txt": reading.text,
        FACTS: _facts_text(reading),
        ANNEX: _annex_text(reading.annex),
        "indicators.toml": _indicators_text(reading),
    }


def _facts_text(reading: DecreeReading) -> str:
    lines = ["# " + _("Yang dikatakan teks keputusan (decree.txt), seperti tertulis. Lengkapi yang kosong.")]
    for word, value in reading.values.items():
        if isinstance(value, list):
            lines.append(f"{word} = [" + "".join(f"\n  {_value(each)}," for each in value) + ("\n]" if value else "]"))
        else:
            written = value.isoformat() if word == "date" and value else '""' if value is None else _value(value)
            lines.append(f"{word} = {written}" + (f"   # {_not_found(word)}" if value is None else ""))
        if value == []:
            lines[-1] += f"   # {_not_found(word)}"
    return "\n".join(lines) + "\n"


def _annex_text(annex: Annex) -> str:
    used = {head for row in annex.rows for head in row}
    heads = ["nomor", "sasaran", "indikator", *(["satuan"] if "satuan" in used else [])]
    heads += [*(["awal"] if "awal" in used else []), *map(str, annex.years)]
    heads += [head for head in ("akhir", "definisi", "pemegang", "sumber") if head in used]
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([row.get(head, "") for head in heads] for row in annex.rows)
    return stream.getvalue()


def _indicators_text(reading: DecreeReading) -> str:
    lines = [
        "# "
        + _("Yang tidak dikatakan keputusan dan diputuskan instansi. Setiap nilai di bawah adalah usulan: periksa,"),
        "# " + _("ubah bila perlu, lalu hapus katanya dari undecided. Naskah baru dibuat setelah semuanya diputuskan."),
        "# direction: higher, lower, range; aggregation: sum, last, ratio, mean; zero_target: not_targeted, target",
    ]
    for row, proposals in zip(reading.annex.rows, reading.proposals, strict=True):
        lines += ["", f"# {row['indikator']}", "[[indicator]]", f"number = {row['nomor']}"]
        lines += [f"{each.word} = {_value(each.value)}" + f"   # {each.why}" * bool(each.why) for each in proposals]
        lines.append(f"undecided = {_value([each.word for each in proposals if each.open])}")
    return "\n".join(lines) + "\n"


def write_decree(reading: DecreeReading, root: Path) -> list[Path]:
    """Write a decree into a data root, all of it or nothing, with the original in `evidence/`; return what is new.

    Where the decree is there already, its files stay as the office has decided them.

    Raises
    ------
    IkuError
        If the folder is there with another text, or the file has changed since it was read.
    """
    folder = root / "decrees" / reading.decree_id
    texts = decree_texts(reading)
    own = folder / "decree.txt"
    if own.is_file() and own.read_text(encoding="utf-8") != reading.text:
        raise IkuError(_("{folder} sudah ada dengan teks lain. Pindahkan dulu, lalu impor lagi.", folder=folder))
    contents = {folder / name: text.encode() for name, text in texts.items() if not (folder / name).is_file()}
    contents |= originals(root, [(reading.path, reading.digest)])
    policy, own_policy = (PACKAGE / "skeleton" / "policy.toml").read_text(encoding="utf-8"), root / "policy.toml"
    if not own_policy.is_file() or own_policy.read_text(encoding="utf-8") == policy:
        agency = json.dumps(reading.facts.agency, ensure_ascii=False)
        contents[own_policy] = policy.replace('agency = "" ', f"agency = {agency} ", 1).encode()
    write_together(contents)
    return [path for path in contents if path.parent == folder]

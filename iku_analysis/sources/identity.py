"""identity.toml: who an agency is on paper. Its place, letterhead, emblem, Word file, signers and own sentences."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from iku_analysis.language import _
from iku_analysis.problems import Problem
from iku_analysis.sources.emblem import Emblem, read_emblem
from iku_analysis.sources.file_faults import quote_text
from iku_analysis.sources.limits import MOST_LINES, MOST_SIGNERS
from iku_analysis.sources.policy import OwnName
from iku_analysis.sources.toml import Settings, Words, read_settings, read_toml
from iku_analysis.sources.word_template import read_word_template
from iku_analysis.storage.data_root import IDENTITY, visible_files

Role = Literal["first_party", "second_party"]
ROLES: tuple[Role, ...] = get_args(Role)
PLACES = ("year", "decree", "agency")  # that an agency's own sentence may name
MOST_TOLD = 5  # pairs of signers of one day


def _check_nip(written: str) -> str:
    """Return a NIP (birth, appointment, sex, serial) as it is printed: 19700131 199503 1 001."""
    digits = written.replace(" ", "")
    expected = _("18 angka: tanggal lahir, tahun dan bulan pengangkatan, jenis kelamin (1 atau 2), nomor urut")
    if len(digits) != 18 or not (digits.isascii() and digits.isdecimal()) or digits[14] not in "12":
        raise ValueError(expected)
    try:
        date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}")
    except ValueError as error:
        raise ValueError(expected) from error
    return " ".join((digits[:8], digits[8:14], digits[14], digits[15:]))


class Signer(Settings):
    """Who holds an office that signs papers, from a day up to and with another; `nip` as it is printed, or empty."""

    role: Role
    name: OwnName
    office: OwnName
    kind: Literal["", "Plt", "Plh", "Pj"] = ""
    nip: Annotated[str, AfterValidator(_check_nip)] = ""
    since: date = Field(alias="from")
    until: date = date.max

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "Signer":
        if self.until < self.since:
            found = f"from {self.since}, until {self.until}"
            raise PydanticCustomError("days", _("until pada atau sesudah from"), {"found": found})
        return self

    @property
    def title(self) -> str:
        """The office as it stands above a signature: `Plt. Kepala Dinas`."""
        return f"{self.kind}. {self.office}" if self.kind else self.office

    def holds(self, day: date) -> bool:
        """Tell whether the office is held on a day."""
        return self.since <= day <= self.until


def _check_sentence(text: str) -> str:
    """Refuse a sentence with a place that no paper fills."""
    expected = _("tempat isian yang dikenal: {places}", places=", ".join(f"{{{place}}}" for place in PLACES))
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:  # a brace alone
        raise ValueError(expected) from error
    if any(place is not None and (place not in PLACES or form or turn) for _text, place, form, turn in parts):
        raise ValueError(expected)
    return text


Sentence = Annotated[Words, AfterValidator(_check_sentence)]


class Sentences(Settings):
    """Standard sentences of the agency in place of ours; empty where ours stay."""

    opening: Sentence = ""
    promise: Sentence = ""


def _file_name(*endings: str) -> Callable[[str], str]:
    def check(name: str) -> str:
        if name.startswith((".", "~$")) or {"/", "\\"} & {*name} or Path(name).suffix.lower() not in endings:
            raise ValueError(_("nama berkas di folder data: {endings}", endings=", ".join(endings)))
        return name

    return check


class Identity(Settings):
    """What identity.toml says; a data root without one has nothing of it.

    `emblem_file` and `template_file` name files of the data root: `Agency.emblem` and `Agency.word_template` hold them.
    """

    place: OwnName = ""
    government: OwnName = ""
    letterhead: list[OwnName] = Field(default=[], max_length=MOST_LINES)
    emblem_file: Annotated[str, AfterValidator(_file_name(".png", ".jpg", ".jpeg", ".svg"))] = Field(
        default="", alias="emblem"
    )
    template_file: Annotated[str, AfterValidator(_file_name(".docx"))] = Field(default="", alias="word_template")
    signers: list[Signer] = Field(default=[], max_length=MOST_SIGNERS, alias="signer")
    sentences: Sentences = Sentences()

    @field_validator("signers")
    @classmethod
    def _one_a_day(cls, signers: list[Signer]) -> list[Signer]:
        """Refuse two signers for a role on one day: nobody but the agency knows who signs."""
        told = []
        for role in ROLES:
            holders = sorted((each for each in signers if each.role == role), key=lambda each: each.since)
            last = None
            for each in holders:
                if last and each.since <= last.until:
                    told.append(_("{one} dan {other} pada {day}", one=last.name, other=each.name, day=each.since))
                last = max(last or each, each, key=lambda holder: holder.until)
        if told:
            expected, mend = (
                _("satu penanda tangan sehari"),
                _("Isi until pada yang lebih dulu, atau hapus salah satu."),
            )
            raise PydanticCustomError("twice", expected, {"found": "; ".join(told[:MOST_TOLD]), "mend": mend})
        return signers

    def signer(self, role: Role, day: date) -> Signer | None:
        """Return who signs for a role on a day, or None where nobody holds the office."""
        return next((each for each in self.signers if each.role == role and each.holds(day)), None)

    def signers_in(self, role: Role, year: int) -> list[Signer]:
        """Return who signs for a role on some day of a year, the earliest first."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        found = [each for each in self.signers if each.role == role and each.since <= last and each.until >= first]
        return sorted(found, key=lambda each: each.since)

    def sentence(self, name: Literal["opening", "promise"], *, year: int, decree: str, agency: str) -> str:
        """Return a sentence of the agency with its places filled, plain text; empty where ours stays."""
        text: str = getattr(self.sentences, name)
        return text.format(year=year, decree=decree, agency=agency)


def read_identity(root: Path) -> tuple[Identity, list[Problem]]:
    """Return what identity.toml says (nothing where there is none), and what is wrong with it."""
    path = root / IDENTITY
    if not (path.exists() or path.is_symlink()):
        return Identity(), []
    identity, problems = read_settings(path, IDENTITY, Identity)
    return identity or Identity(), problems


def read_looks(root: Path, identity: Identity) -> tuple[Emblem | None, bytes, list[Problem]]:
    """Return the emblem and the Word file that an identity names, and what is wrong with either."""
    there, problems = {path.name: path for path in visible_files(root)}, list[Problem]()
    found: dict[str, Any] = {}
    read: dict[str, Callable[[Path, str], tuple[Any, list[Problem]]]]
    read = {"emblem": read_emblem, "word_template": read_word_template}
    for word, name in (("emblem", identity.emblem_file), ("word_template", identity.template_file)):
        if name in there:
            found[word], faults = read[word](there[name], name)
            problems += faults
        elif name:
            expected, mend = _("berkas yang ada di folder data"), _("Taruh berkasnya di samping {file}.", file=IDENTITY)
            problems.append(Problem(IDENTITY, None, word, quote_text(name), expected, mend))
    return found.get("emblem"), found.get("word_template", b""), problems


def named_files(root: Path) -> set[Any]:
    """Return what identity.toml names beside it, right or wrong."""
    values = read_toml(root / IDENTITY, IDENTITY)[0]
    return {name for word in ("emblem", "word_template") if isinstance(name := values.get(word), str)}

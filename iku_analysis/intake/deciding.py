"""What of a decree is only proposed, and what an office decides instead, written into indicators.toml as it stands."""

import re
import shutil
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

from iku_analysis.errors import IkuError
from iku_analysis.language import _
from iku_analysis.problems import DataError
from iku_analysis.sources.agreed import Agreed
from iku_analysis.sources.decided import IndicatorSettings
from iku_analysis.sources.decree import read_decree
from iku_analysis.sources.policy import read_policy
from iku_analysis.sources.quarter_targets import read_agreed
from iku_analysis.storage.data_root import decree_files
from iku_analysis.storage.publish import write_together

SETTINGS = "indicators.toml"
# A setting as `iku import` writes it: its word, its value, and why.
LINE = re.compile(r"(?P<word>\w+) = (?P<value>.*?)(?:   # (?P<why>.*))?")
CHOICES = {
    word: get_args(IndicatorSettings.model_fields[word].annotation)
    for word in ("direction", "aggregation", "path", "zero_target")
}


class Proposal(NamedTuple):
    """A setting that nobody has decided: where, of which indicator, its value as TOML writes it, and why."""

    decree_id: str
    indicator_id: str
    label: str
    word: str
    value: str
    why: str

    @property
    def key(self) -> str:
        """How a decision names it: `koperasi.direction`."""
        return f"{self.indicator_id}.{self.word}"


def open_proposals(root: Path) -> list[Proposal]:
    """Return the settings of all decrees of a data root that nobody has decided."""
    found = []
    for path in _settings_files(root):
        text = path.read_text(encoding="utf-8")
        for indicator in tomllib.loads(text).get("indicator", []):
            lines = _lines_of(text.splitlines(), indicator["id"])
            for word in indicator.get("undecided", []):
                match = next((each for each in lines.values() if each["word"] == word), None)
                value, why = (match["value"], match["why"] or "") if match else ("", "")
                label = indicator["label"]
                name = label if isinstance(label, str) else label["id"]
                found.append(Proposal(path.parent.name, indicator["id"], name, word, value, why))
    return found


def decide(root: Path, decisions: Mapping[str, str]) -> list[Path]:
    """Write decisions into the settings of a data root, all or none; return the files that changed.

    Parameters
    ----------
    decisions : mapping
        By `indicator.setting`: the value, or nothing where the proposal is taken as it is.

    Raises
    ------
    IkuError
        If a decision is about nothing that is open, or stands in a form of its own that is left to its writer.
    DataError
        If a decree cannot be read with the decisions.
    """
    proposals = open_proposals(root)
    keys = list(dict.fromkeys(each.key for each in proposals))
    if unknown := sorted(set(decisions) - set(keys)):
        raise IkuError(
            _("Tidak ada usulan {found}; yang ada: {keys}.", found=", ".join(unknown), keys=", ".join(keys) or "-")
        )
    policy, _faults = read_policy(root)
    agreed = read_agreed(root, policy) if policy else []
    contents: dict[Path, bytes] = {}
    for path in _settings_files(root):
        own = [each for each in proposals if each.decree_id == path.parent.name and each.key in decisions]
        if own:
            contents[path] = _decided(path.read_text(encoding="utf-8"), own, decisions).encode()
            _check(path, contents[path], agreed)
    if contents:
        write_together(contents)
    return list(contents)


def _settings_files(root: Path) -> list[Path]:
    return [path.parent / SETTINGS for path in decree_files(root) if (path.parent / SETTINGS).is_file()]


def _lines_of(lines: list[str], indicator_id: str) -> dict[int, re.Match[str]]:
    """Return the settings of an indicator that stand on a line each, by their place."""
    starts = [place for place, line in enumerate(lines) if line.strip() == "[[indicator]]"]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        found = {place: match for place in range(start, end) if (match := LINE.fullmatch(lines[place]))}
        if any(each["word"] == "id" and each["value"] == f'"{indicator_id}"' for each in found.values()):
            return found
    return {}


def _decided(text: str, proposals: Sequence[Proposal], decisions: Mapping[str, str]) -> str:
    """Return the text of a file of settings with what was decided of its proposals."""
    lines = text.splitlines()
    for proposal in proposals:
        own, value = _lines_of(lines, proposal.indicator_id), decisions[proposal.key]
        places = {match["word"]: place for place, match in own.items()}
        if "undecided" not in places or (value and proposal.word not in places):
            file = f"decrees/{proposal.decree_id}/{SETTINGS}"
            raise IkuError(_("{key}: tulis sendiri di {file}.", key=proposal.key, file=file))
        if value:
            written = f'"{value}"' if proposal.value.startswith('"') else value
            said = _("diputuskan instansi; usulan {proposal}", proposal=proposal.value)
            lines[places[proposal.word]] = f"{proposal.word} = {written}   # {said}"
        left = re.findall(r'"(\w+)"', own[places["undecided"]]["value"])
        kept = ", ".join(f'"{word}"' for word in left if word != proposal.word)
        lines[places["undecided"]] = f"undecided = [{kept}]"
    return "\n".join(lines) + "\n"


def _check(path: Path, content: bytes, agreed: Sequence[Agreed]) -> None:
    """Read the decree as it would be. Raises DataError with what is wrong then, and was not before."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.parent.name
        shutil.copytree(path.parent, copy)
        (copy / SETTINGS).write_bytes(content)
        before = set(read_decree(path.parent, agreed)[1])
        problems = [problem for problem in read_decree(copy, agreed)[1] if problem not in before]
    if problems:
        raise DataError(problems)

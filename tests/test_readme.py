"""The README and the documentation's commands are true, and so is the example."""

import gc
import re
import shlex
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from iku_analysis.cli import main

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
DOCS = {path.stem: path.read_text(encoding="utf-8") for path in (PROJECT / "docs").glob("*.md")}
TEXT = "\n".join([README, *DOCS.values()])
MAKE = sorted({*re.findall(r"^make .*$", TEXT, re.MULTILINE)} - {"make report", "make test"})
COMMANDS = re.findall(r"^\.venv/bin/(\S.*)$", DOCS["commands"], re.MULTILINE)


def test_readme_has_commands() -> None:
    assert len(COMMANDS) >= 10
    assert {"make report", "make test"} <= set(README.splitlines())


@pytest.mark.parametrize("command", COMMANDS)
def test_command_of_the_readme_runs(
    command: str, clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In this process where it is ours, so that all have one fork server: `iku` as a program is tried below."""
    monkeypatch.setenv("IKU_HOME", str(clone))
    monkeypatch.chdir(clone)
    program, *words = shlex.split(command)
    if program != "iku":
        done = subprocess.run([BIN / program, *words], capture_output=True, text=True, check=False)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
        return
    monkeypatch.setattr(sys, "argv", [program, *words])
    with pytest.raises(SystemExit) as ended:
        main()
    gc.enable()
    said = capsys.readouterr()
    assert not ended.value.code, said.err
    assert "Traceback" not in said.err


def test_commands_without_the_clone_run(tmp_path: Path) -> None:
    lines = re.findall(r"^iku .*$", DOCS["commands"], re.MULTILINE)
    assert len(lines) == 2
    for line in lines:
        words = [BIN / "iku", *shlex.split(line)[1:]]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), line


@pytest.mark.parametrize("line", MAKE)
def test_make_target_of_the_readme_exists(line: str) -> None:
    done = subprocess.run(
        ["/usr/bin/env", "make", "--dry-run", *line.split()[1:]],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_cron_line_runs_the_report() -> None:
    (line,) = re.findall(r"^0 6 .*$", DOCS["commands"], re.MULTILINE)
    minute, hour, day, month, weekday, command = line.split(maxsplit=5)
    assert (minute, hour, day, month, weekday) == ("0", "6", "15", "1", "*")
    words = command.split("&&")[1].split(">>")[0].replace(r"\%", "%")  # as cron gives them to the shell
    told = subprocess.run(["/bin/sh", "-c", f"echo {words}"], capture_output=True, text=True, check=True).stdout.split()
    today = datetime.now().astimezone().date()
    assert told == [".venv/bin/iku", "report", str(today.year - 1), "--date", today.isoformat()]


def test_python_example_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

"""The examples of docs/schedule: parsed, and the command of each run as it stands."""

import ast
import configparser
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from papermill.execute import execute_notebook
from roots import PROJECT

from iku_analysis.execution.parameters import check_parameters, find_notebook

SCHEDULE = PROJECT / "docs" / "schedule"
BIN = Path(sys.executable).parent


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(SCHEDULE / name)
    return parser


def commands() -> dict[str, str]:
    (line,) = [line for line in (SCHEDULE / "iku.cron").read_text().splitlines() if not line.startswith("#")]
    minute, hour, *dates, rest = line.split(maxsplit=5)
    assert (minute, hour, dates) == ("30", "1", ["*", "*", "*"])
    return {
        "cron": rest.split("&&")[1].split(">>")[0],
        "systemd": unit("iku-batch.service")["Service"]["ExecStart"].removeprefix("/srv/iku/"),
    }


@pytest.mark.parametrize("name", ["cron", "systemd"])
def test_the_command_is_one_that_runs(name: str, clone: Path) -> None:
    program, *words = shlex.split(commands()[name])
    assert program == ".venv/bin/iku"
    words = ["true" if word == "/usr/local/bin/tell-operator" else word for word in words]
    done = subprocess.run([BIN / "iku", *words, "--dry-run"], cwd=clone, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "data/raw" in done.stdout


def test_the_service_is_fenced_and_the_timer_starts_it() -> None:
    service, timer = unit("iku-batch.service")["Service"], unit("iku-batch.timer")["Timer"]
    assert service["Type"] == "oneshot"
    assert service["KillMode"] == "mixed"  # SIGTERM goes to the batch alone, which decides
    fences = ["ProtectSystem", "PrivateTmp", "PrivateNetwork", "ProtectHome", "NoNewPrivileges"]
    assert all(service[fence] in ("yes", "strict") for fence in fences)
    assert service["ReadWritePaths"] == "/srv/iku/outputs"
    assert timer["OnCalendar"] == "*-*-* 01:30:00"


def test_the_airflow_operator_gives_parameters_that_the_notebook_has() -> None:
    tree = ast.parse((SCHEDULE / "airflow_dag.py").read_text(encoding="utf-8"))
    (call,) = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and "Papermill" in ast.unparse(node.func)]
    given = {word.arg: word.value for word in call.keywords}
    parameters = eval(ast.unparse(given["parameters"]), {"HOME": str(PROJECT)})  # noqa: S307 - our own file
    path = find_notebook("02_export_growth")
    assert ast.unparse(given["input_nb"]).endswith("02_export_growth.ipynb'")
    assert check_parameters(path, parameters)["year"] == 2022


def test_the_kernel_of_the_airflow_example_finds_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As its docstring says: made once by this project's Python, named by another's papermill."""
    text = (SCHEDULE / "airflow_dag.py").read_text(encoding="utf-8")
    (name,) = re.findall(r'kernel_name="(\w+)"', text)
    command = shlex.split(re.search(r"`/srv/iku/(\.venv/bin/python .*)`", text)[1])  # type: ignore[index]
    assert command[-3:] == ["--user", "--name", name]
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share" / "jupyter"))
    monkeypatch.chdir(tmp_path)
    subprocess.run([sys.executable, *command[1:-3], "--prefix", str(tmp_path), "--name", name], check=True)
    words = {"year": 2022, "data": str(PROJECT / "data" / "raw")}
    done = execute_notebook(find_notebook("02_export_growth"), "done.ipynb", words, kernel_name=name, report_mode=True)
    assert sum(len(cell.get("outputs", [])) for cell in done.cells) > 5

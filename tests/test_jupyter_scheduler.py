"""Jobs and schedules of JupyterLab as `make lab` serves it: run for real, by the interface of jupyter-scheduler."""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import nbformat
import pandas as pd
import psutil
import pytest
from servers import served

from iku_analysis.execution.parameters import find_notebook
from iku_analysis.indonesian import format_number, format_percent, is_percent

NOTEBOOK = "annual_report.ipynb"
SECONDS = 300  # how long a slow machine may take
JOBS = {  # the parameters of each, as a planner types them
    "good": {"year": "2021", "data": "data/example"},
    "misspelt": {"year": "2021", "data": '"data/example"', "yaer": "2021"},
    "no such year": {"year": "1900", "data": '"data/example"'},
}


class Lab:
    """JupyterLab on a folder of its own, asked as its page asks it."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address, self.folder = address, folder
        self.kernels = 0  # how many forked ones were seen at once

    def ask(self, method: str, path: str, **body: object) -> dict:
        """Send a request to jupyter-scheduler and return its answer."""
        headers = {"Authorization": "token uji"}
        content = json.dumps(body).encode() if body else None
        request = Request(f"{self.address}scheduler/{path}", content, headers, method=method)  # noqa: S310
        with urlopen(request, timeout=30) as answer:  # noqa: S310  (our own address)
            return json.loads(answer.read() or "{}")

    def wait_for(self, job: str) -> dict:
        """Return a job that has ended; until it has begun it is called stopped."""
        end_of_time = time.monotonic() + SECONDS
        while time.monotonic() < end_of_time:
            found = self.ask("GET", f"jobs/{job}")
            if found["start_time"] and found["status"] != "IN_PROGRESS":
                return found
            self.kernels = max(self.kernels, len([words for words in self.processes() if "fork_server" in words]) - 1)
            time.sleep(0.2)
        raise TimeoutError(str(found))

    def files(self, job: str) -> dict[str, Path]:
        """Return the files of a job, by format, after they were asked for as JupyterLab does; its input comes last."""
        self.ask("GET", f"jobs/{job}/download_files")
        end_of_time = time.monotonic() + SECONDS
        while time.monotonic() < end_of_time:
            found = self.ask("GET", f"jobs/{job}")["job_files"]
            files = {each["file_format"]: self.folder / each["file_path"] for each in found if each["file_path"]}
            if "input" in files:
                return files
            time.sleep(0.2)
        raise TimeoutError(str(found))

    def processes(self) -> list[str]:
        """Return the commands of the server and of all that it started."""
        found = psutil.process_iter(["environ", "cmdline"])
        return [
            " ".join(each.info["cmdline"])
            for each in found
            if (each.info["environ"] or {}).get("PWD") == str(self.folder)
        ]


def job(name: str, **more: object) -> dict:
    return {
        "name": name,
        "input_uri": NOTEBOOK,
        "runtime_environment_name": "python3",
        "output_formats": ["ipynb", "html"],
    } | more


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("lab")
    shutil.copy(find_notebook("annual_report"), folder)
    shutil.copytree("data/example", folder / "data/example")
    options = "--IdentityProvider.token=uji --allow-root"
    with served("lab", "/", home=folder, OPTIONS=options) as address:
        yield Lab(address, folder)


@pytest.fixture(scope="module")
def jobs(lab: Lab) -> dict[str, dict]:
    """Run all jobs at once."""
    begun = {name: lab.ask("POST", "jobs", **job(name, parameters=given))["job_id"] for name, given in JOBS.items()}
    return {name: lab.wait_for(each) for name, each in begun.items()}


def shown(path: Path) -> str:
    """Return what the cells of a notebook show, its spaces plain."""
    notebook = nbformat.read(path, as_version=4)
    texts = [str(output) for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return "".join(texts).replace("\\xa0", " ").replace("\xa0", " ")


def test_a_job_makes_the_report_with_the_numbers_of_the_package(
    lab: Lab, jobs: dict[str, dict], achievements: pd.DataFrame
) -> None:
    good = jobs["good"]
    assert (good["status"], good["status_message"]) == ("COMPLETED", None)
    files = lab.files(good["job_id"])
    known = achievements[(achievements["year"] == 2021) & achievements["realisation"].notna()]
    assert len(known) == 6
    page = files["html"].read_text(encoding="utf-8").replace("\xa0", " ")
    assert 'src="http' not in page
    for text in (shown(files["ipynb"]), page):
        assert "Laporan Kinerja 2021" in text
        assert "DATA CONTOH" in text
        for row in known.itertuples():
            stated = format_number(row.realisation) + "%" * is_percent(row.unit)
            assert f"{row.label} 2021 sebesar {stated} dari target " in text
            assert format_percent(row.achievement_pct).replace("\xa0", " ") in text


def test_a_job_that_fails_says_why_and_shows_no_number(lab: Lab, jobs: dict[str, dict]) -> None:
    failed = jobs["no such year"]
    assert failed["status"] == "FAILED"
    assert failed["status_message"].strip().endswith("Tahun 1900 di luar keputusan; yang ada: 2018-2022.")
    notebook = nbformat.read(lab.files(failed["job_id"])["ipynb"], as_version=4)
    (output,) = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert output.output_type == "error"


def test_a_misspelt_parameter_is_refused_before_anything_is_run(lab: Lab, jobs: dict[str, dict]) -> None:
    failed = jobs["misspelt"]
    assert failed["status"] == "FAILED"
    assert failed["status_message"].endswith("Maksud Anda year?")
    assert list(lab.files(failed["job_id"])) == ["input"]


def test_kernels_are_forked_and_none_outlives_its_job(lab: Lab, jobs: dict[str, dict]) -> None:
    assert lab.kernels >= 1
    end_of_time = time.monotonic() + 10
    while len(left := lab.processes()) > 2 and time.monotonic() < end_of_time:
        time.sleep(0.2)
    # The server, and what multiprocessing keeps beside it as long as it lives.
    assert ["jupyterlab" in words or "resource_tracker" in words for words in left] == [True, True], left


def test_a_schedule_is_kept_and_deleted(lab: Lab) -> None:
    wanted = job("laporan", parameters={"year": "2021"}, schedule="0 6 15 1 *", timezone="Asia/Jakarta")
    name = lab.ask("POST", "job_definitions", **wanted)["job_definition_id"]
    (kept,) = lab.ask("GET", "job_definitions")["job_definitions"]
    assert kept["job_definition_id"] == name
    assert kept["active"]
    assert {each: kept[each] for each in ("name", "parameters", "schedule", "timezone")} == {
        each: wanted[each] for each in ("name", "parameters", "schedule", "timezone")
    }
    lab.ask("DELETE", f"job_definitions/{name}")
    assert lab.ask("GET", "job_definitions") == {"job_definitions": [], "total_count": 0}

"""Where commands stand: the workspace that is found, a new one, and the package as it is installed from a wheel."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from roots import PROJECT

from iku_analysis import IkuError, load_agency
from iku_analysis.errors import RunFailed
from iku_analysis.execution.parameters import describe_shadow, find_notebook
from iku_analysis.papers import new_workspace
from iku_analysis.papers.new_workspace import make_workspace
from iku_analysis.storage.data_root import find_data_root, name_data_root
from iku_analysis.storage.outputs import output_folder
from iku_analysis.storage.workspace import MARK, shipped, workspace

NEEDS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder that is in no workspace; its name as people write them."""
    folder = tmp_path / "Dinas K'UKM é"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("IKU_HOME", raising=False)
    return folder


def test_a_workspace_is_the_nearest_folder_upwards(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert workspace() == place, "where there is none, the current folder"
    outer, inner = place / "luar", place / "luar/a/dalam"
    deep = inner / "b/c"
    deep.mkdir(parents=True)
    (outer / "data/raw/decrees").mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert workspace() == outer
    (inner / MARK).touch()
    assert workspace() == inner
    monkeypatch.setenv("IKU_HOME", str(outer))
    assert workspace() == outer


def test_data_on_another_disk_are_named_as_those_of_the_workspace(place: Path, tmp_path: Path) -> None:
    root = tmp_path / "disk/dinas"
    (root / "decrees").mkdir(parents=True)
    (place / "data").symlink_to(root.parent)
    assert name_data_root(root) == "data/dinas"
    assert output_folder(root) == place / "outputs/dinas"
    assert name_data_root(root.parent) == "data"
    assert name_data_root(tmp_path) == tmp_path.as_posix()


@pytest.mark.parametrize("home", ["/no/such/folder", "x" * 5000, __file__])
def test_a_home_that_is_no_folder_is_refused(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IKU_HOME", home)
    with pytest.raises(IkuError, match="yang bukan folder"):
        workspace()


def test_nothing_is_put_among_libraries(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = place / "lib/site-packages/iku_analysis"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    with pytest.raises(IkuError, match="tempat pustaka Python"):
        workspace()
    with pytest.raises(IkuError, match="tempat pustaka Python"):
        make_workspace(folder / "dinas")
    assert list(folder.iterdir()) == []


def test_a_new_workspace_has_a_place_for_everything_and_a_line_on_each(place: Path) -> None:
    data = make_workspace(place / "dinas")
    assert sorted(each.name for each in (place / "dinas").iterdir()) == ["data", MARK, "notebooks"]
    folders = {each.name for each in data.iterdir() if each.is_dir()}
    assert folders == {"budget", "context", "decrees", "notes", "realisations", "records", "targets", "verifications"}
    told = (data / "BACA.md").read_text(encoding="utf-8")
    assert all(f"\n- `{each}/`: " in told for each in folders)
    assert not re.search("Jakarta|IKU 7|UTTP", told + (data / "policy.toml").read_text(encoding="utf-8"))
    with pytest.raises(IkuError, match="iku new NAMA --example"):
        load_agency(data)


def test_a_skeleton_with_a_decree_names_what_is_still_to_be_filled_in(place: Path) -> None:
    data = make_workspace(place / "dinas")
    shutil.copytree(PROJECT / "tests/data/good/decrees/7-2018", data / "decrees/7-2018")
    with pytest.raises(IkuError) as caught:
        load_agency(data)
    assert {problem.file for problem in caught.value.problems} == {"policy.toml"}  # type: ignore[attr-defined]
    assert {problem.column for problem in caught.value.problems} >= {"agency", "rating"}  # type: ignore[attr-defined]
    text = (data / "policy.toml").read_text(encoding="utf-8")
    text = text.replace('agency = ""', 'agency = "Dinas"')
    text = re.sub(r"^# (?=\[\[|label =|from =|rating_source =)", "", text, flags=re.M)  # the scale that it proposes
    (data / "policy.toml").write_text(text, encoding="utf-8")
    agency = load_agency(data)
    assert agency.account.unread == []
    assert [rating.at_least for rating in agency.policy.rating] == [91, 76, 66, 51, None]


def test_a_new_workspace_takes_nobodys_place(place: Path) -> None:
    full = place / "penuh"
    full.mkdir()
    (full / "surat.txt").write_text("penting", encoding="utf-8")
    with pytest.raises(IkuError, match="sudah ada dan tidak kosong"):
        make_workspace(full)
    assert [each.name for each in full.iterdir()] == ["surat.txt"]
    make_workspace(place / "dinas")
    with pytest.raises(IkuError, match="di dalam folder kerja"):
        make_workspace(place / "dinas/bidang")
    (place / "kosong").mkdir()
    assert make_workspace(place / "kosong").is_dir()


def test_a_workspace_that_cannot_be_written_is_not_begun(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RunFailed):
        make_workspace(Path("/proc/dinas"))

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(new_workspace.shutil, "copyfile", full)
    with pytest.raises(RunFailed, match="No space left"):
        make_workspace(place / "dinas")
    assert list(place.iterdir()) == []


def test_the_only_data_root_is_the_default(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_workspace(place / "dinas", example=True)
    monkeypatch.chdir(place / "dinas/notebooks")
    assert find_data_root() == data
    assert name_data_root(data) == "data/example"
    assert output_folder(data) == place / "dinas/outputs/example"
    shutil.copytree(data, place / "dinas/data/lain")
    with pytest.raises(IkuError, match="Folder data data/raw tidak ada"):
        find_data_root()


def test_notebooks_come_with_the_package_and_a_workspace_may_have_its_own(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_workspace(place / "dinas", example=True)
    monkeypatch.chdir(place / "dinas")
    assert find_notebook("annual_report") == shipped("notebooks") / "annual_report.ipynb"
    own = find_notebook("01_overview")
    assert own == place / "dinas/notebooks/01_overview.ipynb"
    assert describe_shadow(own) == ""
    own.write_text("{}", encoding="utf-8")
    assert describe_shadow(own) == f"Dipakai {own}; isinya lain dari notebook bawaan dengan nama yang sama."


def test_the_package_stands_without_its_clone(place: Path) -> None:
    """A wheel in an environment of its own, which has the libraries of this one and nothing of the clone."""
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-build-isolation", "--no-deps", str(PROJECT)]
    subprocess.run([*build, "-w", str(place)], check=True, capture_output=True, cwd=place)
    (wheel,) = place.glob("*.whl")
    venv.create(place / "env", with_pip=False, symlinks=True)
    site = Path(
        subprocess.run(
            [place / "env/bin/python", "-c", "import site; print(site.getsitepackages()[0])"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
    )
    shutil.unpack_archive(wheel, site, "zip")
    (site / "libraries.pth").write_text(os.path.dirname(pytest.__path__[0]), encoding="utf-8")  # noqa: PTH120

    def iku(*words: str, folder: Path) -> str:
        command = [str(place / "env/bin/python"), "-c", "from iku_analysis.cli import main; main()", *words]
        return subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder).stdout

    told = iku("new", "kerja baru", "--example", folder=place)
    assert told == "Folder kerja: kerja baru\nBerikutnya: cd 'kerja baru', lalu iku report\n"
    own = {path for path in site.rglob("*") if "__pycache__" not in path.parts}
    home = place / "kerja baru"
    report = "outputs/example/2021/laporan-kinerja/laporan-kinerja-2021"
    assert iku("report", "2021", folder=home) == f"Laporan: {report}.html\n"
    assert {path.suffix for path in (home / report).parent.glob("*.*")} >= {".html", ".pdf", ".docx", ".xlsx", ".ipynb"}
    assert iku("template", "2022", folder=home).startswith("Formulir: outputs/example/formulir/formulir-2022.xlsx\n")
    assert iku("process", folder=home) == "Ditulis: data/processed/example\n"
    batch = iku("batch", "--years", "2020", "--format", "html", "--jobs", "1", folder=home / "notebooks")
    assert batch.splitlines()[-1] == "Dibuat: 1."
    assert "01_overview" in iku("run", "01_overview", "--data", "data/example", folder=home)
    assert {path for path in site.rglob("*") if "__pycache__" not in path.parts} == own
    assert sorted(each.name for each in home.iterdir()) == ["data", MARK, "notebooks", "outputs"]


def test_every_import_is_declared_and_every_need_is_used() -> None:
    used = set()
    for path in (PROJECT / "iku_analysis").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            used |= {name.partition(".")[0] for name in names}
    owners = packages_distributions()
    imported = {plain(owners[name][0]) for name in used - set(sys.stdlib_module_names) - {"iku_analysis"}}
    optional = NEEDS["optional-dependencies"]
    declared = {
        plain(each)
        for each in [
            *NEEDS["dependencies"],
            *optional["lab"],
            *optional["explorer"],
            *optional["cluster"],
            *optional["import"],
            *optional["records"],
        ]
    }
    assert imported - declared == set()
    # Started as programs, not imported.
    assert declared - imported == {"jupyterlab", "voila"}


def plain(need: str) -> str:
    return re.split(r"[\[<>=~! ]", need)[0].lower().replace("_", "-").replace(".", "-")

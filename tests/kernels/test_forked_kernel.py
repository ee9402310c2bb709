"""Forked kernels: as fresh as ordinary ones, interrupted and restarted as they are, and gone with their owner."""

import asyncio
import inspect
import json
import logging
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from nbclient import NotebookClient
from roots import PROJECT
from traitlets.config import Config

from iku_analysis import load_agency
from iku_analysis.cli import workspace
from iku_analysis.errors import RunFailed
from iku_analysis.execution import runner
from iku_analysis.execution.runner import run_notebook
from iku_analysis.kernels import forked_kernel, provisioner
from iku_analysis.kernels.fork_server import fork as fork_in_fork_server
from iku_analysis.kernels.provisioner import ForkedKernelManager, ForkedProvisioner

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")

DESCRIBE = """
import json, os, signal, sys, threading, matplotlib
print(json.dumps({
    "env": dict(os.environ), "cwd": os.getcwd(), "path": sys.path, "umask": os.umask(0o022), "flags": str(sys.flags),
    "signals": [str(signal.getsignal(each)) for each in sorted(signal.valid_signals())],
    "leads": [os.getsid(0) == os.getpid(), os.getpgid(0) == os.getpid()], "backend": matplotlib.get_backend(),
    "rc": {name: str(value) for name, value in matplotlib.rcParams.items()}, "stdin": os.readlink("/proc/self/fd/0"),
    "widgets": sorted(get_ipython().kernel.comm_manager.targets) if __import__("ipywidgets") else [],
}))
"""


def notebook(*sources: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])


def client(*sources: str, manager: str = "iku_analysis.kernels.provisioner.ForkedKernelManager") -> NotebookClient:
    config = Config({"KernelManager": runner._sockets()})
    return NotebookClient(notebook(*sources), kernel_name="python3", kernel_manager_class=manager, config=config)


def printed(done: nbformat.NotebookNode) -> list[str]:
    """Return what each cell printed."""
    return ["".join(output.get("text", "") for output in cell.outputs).strip() for cell in done.cells]


def run(*sources: str, **options: Any) -> list[str]:
    return printed(client(*sources).execute(**options))


@contextmanager
def kernel(**options: Any) -> Iterator[tuple[KernelManager, Callable[[str], dict], BlockingKernelClient]]:
    """Give a kernel manager with a forked kernel, a function that runs code in it, and its client."""
    manager = KernelManager(kernel_name="python3", config=Config({"KernelManager": runner._sockets()}))
    manager.provisioner = ForkedProvisioner(kernel_spec=manager.kernel_spec, parent=manager)
    manager.start_kernel(**options)
    talk = manager.client()
    talk.start_channels()
    talk.wait_for_ready(timeout=60)

    def execute(code: str) -> dict:
        texts: list[str] = []

        def hear(message: dict) -> None:
            texts.append(message["content"].get("text", ""))

        reply = talk.execute_interactive(code, timeout=60, output_hook=hear)
        return reply["content"] | {"text": "".join(texts).strip()}

    try:
        yield manager, execute, talk
    finally:
        talk.stop_channels()
        manager.shutdown_kernel(now=True)


def alive(pid: int) -> bool:
    """Tell whether a process runs; a dead one that nobody has waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def gone(*pids: int, seconds: float = 2) -> bool:
    end = time.monotonic() + seconds
    while any(map(alive, pids)) and time.monotonic() < end:
        time.sleep(0.02)
    return not any(map(alive, pids))


def fork_server() -> forked_kernel.ForkServer:
    started = forked_kernel.start_fork_server()
    assert started is not None
    return started


@pytest.fixture
def warmed() -> None:
    """Wait until the fork server has imported all that it imports."""
    last = "'statsmodels.tsa.exponential_smoothing.ets'"
    end = time.monotonic() + 120
    while run(f"import sys; print({last} in sys.modules)") != ["True"]:
        assert time.monotonic() < end
        time.sleep(2)  # it waits for quiet


def descriptors(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def test_a_kernel_is_forked_and_leads_a_group_of_its_own() -> None:
    (facts,) = run("import os; print(os.getppid(), os.getpid() == os.getpgid(0) == os.getsid(0))")
    assert facts == f"{fork_server().process.pid} True"


ONE_THREAD = """
from iku_analysis.kernels.fork_server import imports
for _pause, step in imports():
    step()
import asyncio, os, threading, zmq
from matplotlib._pylab_helpers import Gcf
names = [thread.name for thread in threading.enumerate()]
if os.fork() == 0:
    os._exit(0)
os.wait()
print(names, len(os.listdir("/proc/self/task")), zmq.Context._instance, asyncio._get_running_loop(), dict(Gcf.figs))
"""


def test_the_fork_server_has_one_thread_when_it_forks_and_nothing_open() -> None:
    """OpenBLAS ends its threads before a fork, and starts them again where they are needed."""
    done = subprocess.run([sys.executable, "-c", ONE_THREAD], capture_output=True, text=True, check=True)
    assert done.stdout == "['MainThread'] 1 None None {}\n"


def test_a_forked_kernel_is_as_an_ordinary_one(warmed: None, tmp_path: Path) -> None:
    """Environment, folder, paths, signals, settings: the same, whatever the fork server has been started with."""
    environment = {name: value for name, value in os.environ.items() if name != "USER"} | {"IKU_TEST": "é\udcff\n="}
    told = []
    for manager in (
        "jupyter_client.manager.AsyncKernelManager",
        "iku_analysis.kernels.provisioner.ForkedKernelManager",
    ):
        done = client(DESCRIBE, manager=manager).execute(env=dict(environment), cwd=str(tmp_path))
        told.append(json.loads(printed(done)[0].splitlines()[-1]))
    ordinary, forked = told
    assert forked["cwd"] == str(tmp_path)
    assert forked["env"]["JPY_PARENT_PID"] == str(fork_server().process.pid)
    for facts in told:
        assert facts["env"]["IKU_TEST"] == environment["IKU_TEST"]
        for name in ("JPY_PARENT_PID", "PYDEVD_USE_FRAME_EVAL"):  # the second is read when the debugger is imported
            facts["env"].pop(name, None)
        facts["stdin"] = ""  # a closed pipe, or /dev/null: both are at their end
    assert forked == ordinary


def test_two_runs_do_not_see_each_other(warmed: None) -> None:
    before = run(
        "import iku_analysis, matplotlib.pyplot, os, sys\nfrom iku_analysis.language import current_language",
        "iku_analysis.use_language('en'); matplotlib.rcParams['font.size'] = 99; os.environ['LEFT'] = 'x'\n"
        "os.chdir('/'); sys.path.append('/left'); iku_analysis.left = 1; matplotlib.pyplot.figure()",
        "print(current_language())",
    )
    assert before[-1] == "en"
    after = run(
        "import iku_analysis, matplotlib.pyplot, os, sys\nfrom iku_analysis.language import current_language",
        "print(current_language(), matplotlib.rcParams['font.size'], 'LEFT' in os.environ, os.getcwd() == '/',"
        "'/left' in sys.path, hasattr(iku_analysis, 'left'), matplotlib.pyplot.get_fignums())",
    )
    assert after[-1] == "id 10.0 False False False False []"


def test_a_kernel_has_in_memory_what_was_read_and_sees_what_changed_since(tmp_path: Path) -> None:
    root = Path(shutil.copytree(PROJECT / "tests/data/good", tmp_path / "root"))
    code = (
        "import iku_analysis, pathlib\nfrom iku_analysis.agency import load\n"
        f"root = pathlib.Path({str(root)!r})\nbefore = len(load._kept)\niku_analysis.load_agency(root)\n"
        "same = len(load._kept)\npath = root / 'policy.toml'\npath.write_text(path.read_text() + '# changed')\n"
        "iku_analysis.load_agency(root)\nprint(before, same, len(load._kept))"
    )
    load_agency(root)
    runs = []
    for data in ("", str(root)):
        asked = client(code)
        asked.config["ForkedKernelManager"] = Config({"data": data})
        runs.append(printed(asked.execute())[0].split())
        shutil.copy(PROJECT / "tests/data/good/policy.toml", root)
    assert runs == [["0", "1", "2"], ["1", "1", "2"]]


def test_each_kernel_has_seeds_of_its_own(warmed: None) -> None:
    code = "import random, numpy; print(random.random(), numpy.random.rand(), numpy.random.default_rng().random())"
    one, two = (run(code)[0].split() for _kernel in range(2))
    assert all(first != second for first, second in zip(one, two, strict=True))


def test_pyplot_shows_itself_inline(warmed: None) -> None:
    done = client("import matplotlib.pyplot as plt; plt.plot([1, 2]);").execute()
    assert "image/png" in done.cells[0].outputs[-1].data


def test_the_connection_file_is_private() -> None:
    with kernel() as (manager, _execute, _talk):
        assert stat.S_IMODE(Path(manager.connection_file).stat().st_mode) == 0o600


def test_interrupt_stops_a_cell_and_not_the_kernel() -> None:
    with kernel() as (manager, execute, talk):
        execute("before = 1")
        message = talk.execute("import time\nprint('asleep', flush=True)\ntime.sleep(100)", stop_on_error=False)
        while talk.get_iopub_msg(timeout=60)["content"].get("text", "").strip() != "asleep":
            pass
        manager.interrupt_kernel()
        reply = talk.get_shell_msg(timeout=60)
        assert reply["parent_header"]["msg_id"] == message
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert execute("print(before)")["text"] == "1"


@pytest.mark.parametrize("now", [False, True])
def test_restart_gives_a_fresh_kernel(now: bool) -> None:
    with kernel() as (manager, execute, talk):
        pid = int(execute("import os; left = 1; print(os.getpid())")["text"])
        manager.restart_kernel(now=now)
        talk.wait_for_ready(timeout=60)
        assert gone(pid)
        assert execute("print('left' in globals(), __import__('os').getppid())")["text"] == (
            f"False {fork_server().process.pid}"
        )


@pytest.mark.parametrize(
    ("code", "status"),
    [("os._exit(3)", 3), ("os.kill(os.getpid(), 9)", -9), ("os.kill(os.getpid(), 15)", -15)],
)
def test_the_exit_status_is_told(code: str, status: int) -> None:
    with kernel() as (manager, execute, talk):
        process: Any = manager.provisioner.process  # type: ignore[union-attr]
        execute("import os")
        assert process.poll() is None
        talk.execute(code)
        assert process.wait() == process.poll() == status
        assert not manager.is_alive()


def test_shutdown_ends_a_kernel() -> None:
    with kernel() as (manager, execute, _talk):
        process: Any = manager.provisioner.process  # type: ignore[union-attr]
        execute("pass")
        manager.shutdown_kernel()
        assert process.poll() == 0
        assert not manager.has_kernel


def write(path: Path, *sources: str) -> Path:
    nbformat.write(notebook(*sources), path)
    return path


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("os._exit(1)", "kernel mati atau tidak menjawab"),
        ("__import__('time').sleep(100)", "tidak selesai dalam 2 detik"),
    ],
)
def test_what_ran_before_a_kernel_died_or_hung_is_kept(
    code: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "CELL_TIMEOUT", 2)
    path, output = write(tmp_path / "x.ipynb", "import os; print(os.getpid())", code, "3"), tmp_path / "out.ipynb"
    with pytest.raises(RunFailed, match=words):
        run_notebook(path, {}, output)
    first, second, third = nbformat.read(output, as_version=4).cells
    assert gone(int(first.outputs[0].text))
    assert (second.outputs, third.execution_count) == ([], None)


def test_a_cell_that_fails_is_told_and_kept(tmp_path: Path) -> None:
    path, output = write(tmp_path / "x.ipynb", "print(1)", "1 / 0"), tmp_path / "out.ipynb"
    with pytest.raises(RunFailed, match="ZeroDivisionError"):
        run_notebook(path, {}, output)
    assert "ZeroDivisionError" in output.read_text(encoding="utf-8")


OWNER = """
import sys, time
from iku_analysis.kernels.forked_kernel import fork_kernel, start_fork_server
import json, os
print(start_fork_server().process.pid, flush=True)
if sys.argv[1] == "kernel":
    ports = {f"{name}_port": number for number, name in enumerate(["shell", "iopub", "stdin", "control", "hb"], 1)}
    with open(sys.argv[2], "w") as file:
        json.dump({"transport": "ipc", "ip": f"{sys.argv[2]}.sock", "key": "x", **ports}, file)
    kernel = fork_kernel(["-f", sys.argv[2]], env=dict(os.environ), cwd="/")
    print(kernel.pid, flush=True)
if sys.argv[1] == "child" and os.fork() == 0:
    time.sleep(100)
time.sleep(100)
"""


@pytest.mark.parametrize("kind", ["importing", "kernel", "child"])
def test_kill_9_of_the_owner_leaves_nothing(kind: str, tmp_path: Path) -> None:
    """Also in the middle of an import, and when a child of the owner keeps its sockets open."""
    command = [sys.executable, "-c", OWNER, kind, str(tmp_path / "kernel.json")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as owner:
        assert owner.stdout is not None
        pids = [int(owner.stdout.readline()) for _line in range(2 if kind == "kernel" else 1)]
        time.sleep(0.5)
        assert all(map(alive, pids))
        owner.kill()
        owner.wait()
        assert gone(*pids)
        os.killpg(owner.pid, signal.SIGKILL) if kind == "child" else None


def test_an_owner_that_ends_leaves_nothing() -> None:
    code = "from iku_analysis.kernels.forked_kernel import start_fork_server; print(start_fork_server().process.pid)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert gone(int(done.stdout))
    assert not done.stderr


def test_a_dead_fork_server_takes_its_kernels_along_and_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forked_kernel, "_fork_server", None)
    with kernel() as (manager, execute, _talk):
        old, process = fork_server(), manager.provisioner.process  # type: ignore[union-attr]
        assert process is not None
        execute("pass")
        old.process.kill()
        assert gone(process.pid)
        assert process.wait() == -signal.SIGKILL
        old.process.wait()
        assert fork_server() is not old
    forked_kernel.close(fork_server())


CHILD = """
import os
from iku_analysis.kernels.forked_kernel import start_fork_server
mine = start_fork_server().process.pid
if os.fork() == 0:
    os._exit(start_fork_server().process.pid == mine)
print(os.wait()[1] == 0, start_fork_server().process.pid == mine)
"""


def test_a_forked_owner_has_a_fork_server_of_its_own() -> None:
    done = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=True)
    assert done.stdout == "True True\n"


def patch_fork_server(patch: pytest.MonkeyPatch, start: str) -> None:
    patch.setattr(forked_kernel, "_fork_server", None)
    patch.setattr(forked_kernel, "START", start)


# What is wrong, the reason in the log, how it comes about.
FALLBACKS: list[tuple[str, str, Callable[[pytest.MonkeyPatch], None]]] = [
    (
        "another system",
        "no process to fork from",
        lambda patch: patch.setattr(forked_kernel, "sys", SimpleNamespace(platform="darwin")),
    ),
    ("a fork_server that cannot start", "", lambda patch: patch_fork_server(patch, "1 / 0")),
    ("changed code", "the package has changed", lambda patch: patch.setattr(forked_kernel, "read_code", dict)),
    ("other settings", "other settings", lambda patch: patch.setenv("PYTHONPATH", "/other")),
    (
        "another interpreter",
        "not a command",
        lambda patch: patch.setattr(provisioner, "sys", SimpleNamespace(executable="/other/python")),
    ),
]


@pytest.mark.parametrize(("case", "reason", "prepare"), FALLBACKS)
def test_where_none_can_be_forked_an_ordinary_kernel_starts(
    case: str, reason: str, prepare: Callable, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fork_server()
    prepare(monkeypatch)
    with caplog.at_level("INFO", logger="traitlets"):
        logging.getLogger("traitlets").addHandler(caplog.handler)
        assert run("import os; print(os.getppid())") == [str(os.getpid())]
        logging.getLogger("traitlets").removeHandler(caplog.handler)
    lines = {record.getMessage() for record in caplog.records if "ordinary kernel" in record.getMessage()}
    assert len(lines) == 1
    assert reason in lines.pop()


def test_where_the_fork_server_cannot_fork_the_others_live_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fork() -> int:
        raise BlockingIOError("Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", fork)
    ours, theirs = socket.socketpair()
    with ours:
        assert fork_in_fork_server(theirs) is None
        assert ours.recv(4) == b""  # who asked is hung up on, and starts a kernel by itself


def test_twenty_kernels_leave_no_descriptors(warmed: None) -> None:
    run("1")
    pids = (os.getpid(), fork_server().process.pid)
    before = [descriptors(pid) for pid in pids]
    for _kernel in range(20):
        run("1")
    assert [descriptors(pid) for pid in pids] == before


def test_twenty_kernels_at_once_do_not_mix() -> None:
    """Ten from threads, ten from one event loop."""

    async def together(numbers: list[int]) -> list[list[str]]:
        done = await asyncio.gather(*(client(f"print({number})").async_execute() for number in numbers))
        return [printed(each) for each in done]

    with ThreadPoolExecutor(11) as pool:
        looped = pool.submit(lambda: asyncio.run(together(list(range(10)))))
        threaded = list(pool.map(lambda number: run(f"print({number})"), range(10, 20)))
    assert looped.result() + threaded == [[str(number)] for number in range(20)]


def test_jupyter_finds_the_provisioner_by_name() -> None:
    (entry,) = entry_points(group="jupyter_client.kernel_provisioners", name="iku-forked")
    assert entry.load() is ForkedProvisioner
    manager = ForkedKernelManager(kernel_name="python3")
    factory = KernelProvisionerFactory(default_provisioner_name="iku-forked")
    made = factory.create_provisioner_instance("1", manager.kernel_spec, parent=manager)
    assert isinstance(made, ForkedProvisioner)
    assert f'"{factory.default_provisioner_name}"' in inspect.getsource(workspace)


@pytest.mark.parametrize("default", ["", "not-installed"])
def test_a_default_of_the_environment_that_is_not_there_hides_no_kernel(default: str) -> None:
    code = f"from {provisioner.__name__} import ForkedKernelManager as M; M(kernel_name='python3').kernel_spec"
    env = os.environ | {"JUPYTER_DEFAULT_PROVISIONER_NAME": default}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

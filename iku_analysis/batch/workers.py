"""Processes that make the runs of a batch: forked from one that has imported everything, killed with all they started.

A worker is ended in one way only, whether it is done, hung or in the way: it is killed with its kernels, and what
its run left beside the target is removed as after any run that was killed.
"""

import gc
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import psutil

from iku_analysis.batch.job import Step
from iku_analysis.errors import AddressLost, IkuError, KernelLost, RunFailed
from iku_analysis.kernels.forked_kernel import ForkServer, borrow, lend
from iku_analysis.language import _
from iku_analysis.papers.catalogue import Run
from iku_analysis.problems import DataError
from iku_analysis.storage.publish import PUTTING, clean
from iku_analysis.storage.temporary import private_folder

PATIENCE = 60  # seconds for a worker to finish putting a paper at its address
MOST_MEMORY = 500_000_000  # bytes of a worker: what libraries keep, typst above all, goes with it
OUTPUT = "keluaran.txt"


@dataclass
class Worker:
    """A process, the pipe to it, the folder of its temporary files, its step (None: none) and the data it read last."""

    process: BaseProcess
    pipe: Connection
    folder: Path
    step: Step | None = None
    data: str = ""
    started: float = 0.0


def worker_context() -> Any:
    """Return what starts a batch's workers; the process that they are forked from starts now, if it does not run."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["iku_analysis.batch.preload"])
    resource_tracker.ensure_running()  # here, for before Python 3.12 it unblocks the signals once it has started
    stops = (signal.SIGINT, signal.SIGTERM)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, stops)  # until `preload` ignores them
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


def start_worker() -> Worker:
    """Return a new worker whose temporary files go into a folder of its own."""
    context = worker_context()
    own = Path(tempfile.mkdtemp(prefix="", dir=private_folder()))
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, str(own), lend()), daemon=True)
    process.start()
    theirs.close()
    return Worker(process, ours, own)


def give(worker: Worker, step: Step) -> None:
    """Let a worker make a step; if it is dead, `take` will say so."""
    worker.step, worker.data, worker.started = step, step.label["data"], time.monotonic()
    step.attempts += 1
    with suppress(OSError):
        worker.pipe.send(step.run)


def is_spent(worker: Worker) -> bool:
    """Tell whether a worker is dead, or holds so much memory that a new one shall come in its place."""
    try:
        return psutil.Process(worker.process.pid).memory_info().rss > MOST_MEMORY
    except psutil.NoSuchProcess:
        return True


def take(worker: Worker) -> tuple[str, str]:
    """Return what became of a worker's step, as `attempt` does; `lost` if the worker itself died."""
    try:
        return worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join(10)
        told = ""
        with suppress(OSError):  # it may have died before it had any
            told = (worker.folder / OUTPUT).read_text(encoding="utf-8", errors="replace")[-2000:]
        reason = _("proses yang membuatnya mati (kode {code})", code=worker.process.exitcode)
        return "lost", f"{reason}\n{told}".strip()


def end_worker(worker: Worker) -> None:
    """Kill a worker with everything that it started, and remove what it left; not amid putting a paper in its place."""
    tree = []
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(worker.process.pid)
        process.suspend()  # so that it starts nothing while its children are counted
        until = time.monotonic() + PATIENCE
        while (worker.folder / PUTTING).exists() and process.is_running() and time.monotonic() < until:
            process.resume()
            time.sleep(0.05)
            process.suspend()
        tree = [*process.children(recursive=True), process]
    for each in tree:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    psutil.wait_procs(tree, timeout=10)
    worker.process.join()
    worker.pipe.close()
    shutil.rmtree(worker.folder, ignore_errors=True)
    if worker.step is not None and isinstance(worker.step.target, Path):
        clean(worker.step.target)


def work(pipe: Connection, folder: str, fork_server: ForkServer | None) -> None:
    """Make the runs that come through a pipe, one by one, until it is closed; kernels come from a fork server."""
    gc.enable()  # as `preload` is done
    borrow(fork_server)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the batch decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # which the process that this one is forked from ignores
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    with (Path(folder) / OUTPUT).open("wb") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    with suppress(EOFError, OSError):
        while True:
            pipe.send(attempt(pipe.recv()))
    shutil.rmtree(folder, ignore_errors=True)  # the batch was killed
    with suppress(OSError):
        Path(folder).parent.rmdir()


def attempt(run: Run) -> tuple[str, str]:
    """Make a run; return `made`, `data` (bad files), `lost` (may pass on a second try) or `failed`, and why."""
    from iku_analysis.batch.remote import make_anywhere  # `preload` has imported it for the workers alone

    try:
        make_anywhere(run)
    except DataError as error:
        return "data", str(error)
    except (KernelLost, AddressLost) as error:
        return "lost", str(error)
    except (IkuError, RunFailed) as error:
        return "failed", str(error)
    except Exception:
        return "failed", traceback.format_exc()
    return "made", ""

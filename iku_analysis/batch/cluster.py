"""The runs of a batch on the machines of a Dask cluster.

Dask carries a step to a machine and what became of it back; there a process of `workers.py` makes it, as in a batch
without a cluster, because a run changes what a whole process shares. The batch itself chooses the machine of each
step and sees one that is gone: so `--retries` counts as for a kernel that died, and no machine gets a step whose
program, libraries or notebooks are others than those of the batch.
"""

import multiprocessing
import time
from collections import Counter, deque
from collections.abc import Generator
from concurrent.futures import CancelledError
from contextlib import suppress
from secrets import token_hex
from threading import Lock
from typing import Any

import dask
from distributed import Client, Future, wait

from iku_analysis.batch.job import Job, Step
from iku_analysis.batch.local import LOOK, Ended, make_steps, next_step
from iku_analysis.batch.workers import Worker, end_worker
from iku_analysis.errors import IkuError
from iku_analysis.execution.parameters import find_notebook
from iku_analysis.language import _, current_language, use_language
from iku_analysis.papers.catalogue import notebooks_of
from iku_analysis.papers.fingerprint import library_digest, program_digest, versions
from iku_analysis.storage.digest import digest
from iku_analysis.terminal import tell

CONNECT, PATIENCE = 10, 30  # seconds to wait for the scheduler, and for a machine when there is none
LOADED = {"libraries": library_digest(), "program": program_digest()}  # what this process has imported

# On a machine that has this module as its `--preload`: Dask's own profiler looks at each run a hundred times a second.
dask.config.set({"distributed.worker.profile.enabled": False})

Running = dict[Future, tuple[Step, str, float]]


def make_on_cluster(waiting: deque[Step], job: Job) -> Generator[Ended | None]:
    """Do what `make_local` does, with all threads of a cluster.

    Raises
    ------
    IkuError
        If its scheduler does not answer.
    """
    wanted = describe_program(
        sorted({each for step in waiting if step.run for each in notebooks_of(step.run.notebook)})
    )
    client = _connect(job.cluster) if waiting else None
    batch, running, seen = token_hex(8), Running(), time.monotonic()
    asked: dict[str, str] = {}  # why a machine is not used; empty if it is
    last: dict[str, str] = {}  # the data that a machine was given last
    try:
        while client and (waiting or running):
            yield None
            threads = _threads(client, wanted, asked)
            for future, (step, machine, started) in list(running.items()):
                if future.done() or machine not in threads:
                    del running[future]
                    yield step, *_result(future, machine, asked), time.monotonic() - started
            busy = Counter(machine for _step, machine, _started in running.values())
            free = sorted((place, each) for each, count in threads.items() for place in range(busy[each], count))
            for _place, machine in free[: len(waiting)]:
                step = next_step(waiting, last.get(machine, ""), set(last.values()))
                last[machine] = step.label["data"]
                step.attempts += 1
                words = (step, batch, job.timeout, wanted, current_language())
                future = client.submit(make_step, *words, workers=[machine], pure=False)
                running[future] = step, machine, time.monotonic()
            if running:
                seen = time.monotonic()
                with suppress(TimeoutError, CancelledError):
                    wait(list(running), timeout=LOOK, return_when="FIRST_COMPLETED")
            elif waiting and time.monotonic() - seen > PATIENCE:
                reasons = [_("{cluster}: tidak ada mesin yang dapat dipakai.", cluster=job.cluster), *asked.values()]
                while waiting:
                    yield waiting.popleft(), "failed", "\n".join(filter(None, reasons)), 0.0
            else:
                time.sleep(LOOK)
    finally:
        if client:
            with suppress(OSError, TimeoutError, CancelledError):
                if client.status == "running":
                    client.run(dismiss, batch, on_error="ignore")
                    wait(list(running), timeout=PATIENCE)
            client.close()


def _connect(address: str) -> Client:
    try:
        return Client(address, timeout=CONNECT)
    except (OSError, ValueError) as error:
        raise IkuError(
            _(
                "Penjadwal Dask {address} tidak menjawab ({error}). Jalankan dask scheduler di sana, "
                "atau perbaiki cluster.",
                address=address,
                error=error,
            )
        ) from error


def _threads(client: Client, wanted: dict[str, Any], asked: dict[str, str]) -> dict[str, int]:
    """Return the threads of each machine that is used; who comes new is asked first, and named if it is not used."""
    if client.status != "running":  # the scheduler is gone
        return {}
    try:
        threads: dict[str, int] = client.nthreads()
        new = [machine for machine in threads if machine not in asked]
        told = client.run(other_here, wanted, workers=new, on_error="return") if new else {}
    except (OSError, TimeoutError):  # it goes just now
        return {}
    for machine, other in told.items():
        if isinstance(other, OSError):
            continue  # it is gone
        if isinstance(other, Exception):
            _refuse(machine, f"{type(other).__name__}: {other}", asked)
        elif other:
            text = _(
                "lain daripada di sini: {facts}. Samakan, lalu jalankan ulang dask worker di sana",
                facts=", ".join(other),
            )
            _refuse(machine, _("jalankan dask worker di sana dengan --no-nanny") if other == ["nanny"] else text, asked)
        else:
            asked[machine] = ""
    return {machine: count for machine, count in threads.items() if asked.get(machine) == ""}


def _refuse(machine: str, why: str, asked: dict[str, str]) -> None:
    asked[machine] = _("{machine} tidak dipakai: {why}.", machine=machine, why=why)
    tell(asked[machine], error=True)


def _result(future: Future, machine: str, asked: dict[str, str]) -> tuple[str, str]:
    """Return what became of a step; `lost` with its machine, which is used no more if it is there but cannot work."""
    failed = future.status == "error"  # there; else what it raises is that it cannot be asked any more
    try:
        if future.done():
            return future.result(timeout=CONNECT)
    except Exception as error:
        if failed or not isinstance(error, (OSError, TimeoutError, CancelledError)):
            _refuse(machine, f"{type(error).__name__}: {error}", asked)
            return "lost", asked[machine]
    if future.client.status == "running":
        future.cancel()
    return "lost", _("mesin {machine} tidak menjawab lagi", machine=machine)


# What follows is called on the machines.

_idle: list[Worker] = []  # kept warm
_dismissed: set[str] = set()  # batches that have ended
_lock = Lock()


def describe_program(notebooks: list[str]) -> dict[str, Any]:
    """Return what of the facts of runs (`run_fingerprint`) is of the machine, read anew each time.

    Raises
    ------
    IkuError
        If there is no such notebook.
    """
    return {
        "versions": versions(),
        "libraries": library_digest.__wrapped__(),
        "program": program_digest.__wrapped__(),
        "notebooks": {name: digest(find_notebook(name)) for name in notebooks},
    }


def other_here(wanted: dict[str, Any]) -> list[str]:
    """Return what of a program is another here, on the disk or since it was imported; `nanny` if no run can start."""
    if multiprocessing.current_process().daemon:
        return ["nanny"]
    found = describe_program(list(wanted["notebooks"]))
    return [name for name in wanted if not wanted[name] == found[name] == LOADED.get(name, found[name])]


def make_step(step: Step, batch: str, timeout: int, wanted: dict[str, Any], language: str) -> tuple[str, str]:
    """Make a step and return what became of it, as `attempt` does.

    Raises
    ------
    IkuError
        If the program is another than when this machine was asked.
    """
    use_language(language)
    if other := other_here(wanted):
        raise IkuError(", ".join(other))
    with _lock:
        workers = [_idle.pop()] if _idle else []
    found = "stopped", ""
    try:
        for ended in make_steps(deque([step]), workers, jobs=1, timeout=timeout):
            if ended:
                found = ended[1], ended[2]
            if ended or batch in _dismissed:
                break
        with _lock:
            if batch not in _dismissed:
                _idle.extend(workers)
                workers = []
    finally:
        for worker in workers:
            end_worker(worker)
    return found


def dismiss(batch: str) -> None:
    """End what was started for a batch: workers that wait now, those that are at a run as soon as its task looks."""
    with _lock:
        _dismissed.add(batch)
        workers = _idle.copy()
        _idle.clear()
    for worker in workers:
        end_worker(worker)

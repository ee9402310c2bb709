"""The runs of a batch in processes of this computer (`workers.py`)."""

import time
from collections import deque
from collections.abc import Generator
from itertools import islice
from multiprocessing.connection import wait

from iku_analysis.batch.job import Job, Step
from iku_analysis.batch.workers import Worker, end_worker, give, is_spent, start_worker, take
from iku_analysis.language import _

LOOK = 0.2  # seconds between two looks at time-outs and signals
Ended = tuple[Step, str, str, float]  # what became of it, as `attempt` says, and in how many seconds


def make_local(waiting: deque[Step], job: Job) -> Generator[Ended | None]:
    """Make steps until none is waiting: yield each as it ends, and None at every look. Closed before, it ends them."""
    workers: list[Worker] = []
    try:
        yield from make_steps(waiting, workers, jobs=job.jobs, timeout=job.timeout)
    finally:
        for worker in workers:
            end_worker(worker)


def make_steps(waiting: deque[Step], workers: list[Worker], *, jobs: int, timeout: int) -> Generator[Ended | None]:
    """Do what `make_local` says with at most `jobs` workers, which stay: whoever calls ends them."""
    while True:
        yield None
        try:
            _occupy(workers, waiting, jobs)
        except (OSError, EOFError) as error:  # no process can be started now
            if not any(worker.step for worker in workers):
                step = waiting.popleft()
                step.attempts += 1
                yield step, "lost", f"{type(error).__name__}: {error}", 0.0
                continue
        if not (busy := [worker for worker in workers if worker.step]):
            return
        ready = wait([worker.pipe for worker in busy], LOOK)
        for worker in busy:
            seconds = time.monotonic() - worker.started
            if worker.pipe in ready:
                found = take(worker)
            elif seconds > timeout:
                found = "failed", _("belum selesai setelah {seconds} detik; dihentikan", seconds=timeout)
            else:
                continue
            yield _release(workers, worker, found[0]), *found, seconds


def _occupy(workers: list[Worker], waiting: deque[Step], jobs: int) -> None:
    """Give every worker something to do, new ones included, while there is anything."""
    idle = [worker for worker in workers if worker.step is None]
    while waiting and (idle or len(workers) < jobs):
        if not idle:
            idle.append(start_worker())
            workers.append(idle[0])
        worker = idle.pop()
        give(worker, next_step(waiting, worker.data, {other.data for other in workers}))


def next_step(waiting: deque[Step], mine: str, theirs: set[str]) -> Step:
    """Take a step: of the data root that was read last, else of one that no other reads, else the first.

    Reading takes as long as a third of a run. Only the first hundred are looked at: a batch may have many thousands.
    """

    def choice(step: Step) -> int:
        return 0 if step.label["data"] == mine else 1 + (step.label["data"] in theirs)

    step = min(islice(waiting, 100), key=choice)
    waiting.remove(step)
    return step


def _release(workers: list[Worker], worker: Worker, state: str) -> Step:
    """Return the step that a worker was at; one that failed, or is spent, is ended."""
    step = worker.step
    assert step is not None
    if state == "made":
        worker.step = None
    if state != "made" or is_spent(worker):
        workers.remove(worker)
        end_worker(worker)
    return step

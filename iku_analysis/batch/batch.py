"""`iku batch`: many runs on all cores, those alone whose results do not stand; one failure stops no other."""

import json
import re
import signal
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

from tqdm import tqdm

from iku_analysis.batch.job import Job, Step, list_steps
from iku_analysis.batch.local import Ended, make_local
from iku_analysis.errors import IkuError
from iku_analysis.language import _, in_language
from iku_analysis.papers.index import renew_index
from iku_analysis.storage.publish import show_path, write_whole
from iku_analysis.storage.temporary import private_folder
from iku_analysis.terminal import one_line, tell


def make_batch(job: Job) -> int:
    """Do a job, print one line a run and a summary; return the exit code.

    0: all is well; 1: a run failed; 128 and the number of the signal: stopped by SIGINT (130) or SIGTERM (143).
    """
    with in_language(job.languages[0]), _signals() as caught:
        steps = list_steps(job)
        if job.dry_run:
            for step in steps:
                tell(describe_step(step))
        else:
            run_steps(steps, job, caught)
            renew_index(job.outputs)
        tell(describe_steps(steps))
        unkept = ""
        if job.summary:
            try:
                write_whole(Path(job.summary), summarise(steps))
            except IkuError as error:  # no bad usage: its folder was there when the batch began
                unkept = str(error)
                tell(unkept, error=True)
        failed = bool(unkept) or any(step.state == "failed" for step in steps)
        if failed and job.on_failure and not job.dry_run:
            _tell_failure(steps, job, None if unkept or not job.summary else Path(job.summary))
        return 128 + caught[0] if caught else int(failed)


@contextmanager
def _signals() -> Iterator[list[int]]:
    """Give the signals that came, in their order, instead of being ended by them."""
    caught: list[int] = []

    def catch(number: int, _frame: FrameType | None) -> None:
        caught.append(number)

    before = {number: signal.signal(number, catch) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run_steps(steps: list[Step], job: Job, caught: list[int]) -> None:
    """Make the waiting steps until a signal is `caught`; log every step as it ends."""
    waiting = deque(step for step in steps if step.state == "waiting")
    with (
        tqdm(total=len(steps), disable=None, unit=" run", leave=False) as bar,
        closing(_maker(job)(waiting, job)) as made,
    ):
        _log(bar, *(step for step in steps if step.state != "waiting"))
        for found in made:
            if found and not (caught and found[1] == "lost"):  # a signal to the whole group ends workers too
                step, state, reason, seconds = found
                step.seconds += seconds
                _log(bar, *_settle(step, state, reason, waiting, job))
            elif caught:
                break
        made.close()
        for step in steps:
            if step.state == "waiting":
                step.state = "stopped"
                _log(bar, step)


def _maker(job: Job) -> Callable[[deque[Step], Job], Generator[Ended | None]]:
    """Return what makes the steps: processes of this computer, or a cluster."""
    if not job.cluster:
        return make_local
    try:
        from iku_analysis.batch.cluster import make_on_cluster
    except ImportError as error:
        raise IkuError(
            _(
                'Untuk cluster perlu pustaka distributed ({error}). Ketik: pip install "iku-analysis[cluster]"',
                error=error,
            )
        ) from error
    return make_on_cluster


def _settle(step: Step, state: str, reason: str, waiting: deque[Step], job: Job) -> list[Step]:
    """Note what became of a step; return all steps that ended by it: none if it is tried again."""
    if state == "lost" and step.attempts <= job.retries:
        waiting.append(step)
        return []
    step.state, step.reason = "made" if state == "made" else "failed", reason
    ended = [step]
    if state == "data":  # the other runs of this data root would say the same
        ended += [other for other in waiting if other.label["data"] == step.label["data"]]
        for other in ended[1:]:
            waiting.remove(other)
            other.state, other.reason = "failed", reason
    return ended


def _log(bar: tqdm, *steps: Step) -> None:
    """Print a line a step, the clock first: the clock is in no other output."""
    for step in steps:
        told: dict[str, Any] = {"state": step.state, **step.label}
        told |= {name: value for name in ("because", "attempts") if (value := getattr(step, name))}
        if step.attempts:
            told["seconds"] = f"{step.seconds:.1f}"
        if step.reason:
            told["reason"] = step.reason.splitlines()[0]
        line = " ".join(f"{name}={_quoted(str(value))}" for name, value in told.items())
        with bar.external_write_mode(sys.stdout):
            tell(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {line}")
        bar.update()


def _quoted(value: str) -> str:
    plain = re.fullmatch(r"[^\s\"=]+", value) and one_line(value) == value
    return value if plain else one_line(json.dumps(value, ensure_ascii=False))


def describe_step(step: Step) -> str:
    """Return what is going to be done, as a line."""
    what = {"waiting": _("akan dibuat"), "unchanged": _("tidak berubah"), "failed": _("gagal")}[step.state]
    return f"{what}: {one_line(step.name)}" + (f" ({step.because})" if step.because else "")


def describe_steps(steps: list[Step]) -> str:
    """Return how many steps ended how, and why some failed: each reason once."""
    words = {
        "waiting": _("Akan dibuat"),
        "made": _("Dibuat"),
        "unchanged": _("Tidak berubah"),
        "failed": _("Gagal"),
        "stopped": _("Dihentikan"),
    }
    counts = Counter(step.state for step in steps)
    lines = [". ".join(f"{word}: {counts[state]}" for state, word in words.items() if counts[state]) + "."]
    reasons: dict[str, list[str]] = {}
    for step in steps:
        if step.state == "failed":
            reasons.setdefault(step.reason, []).append(one_line(step.name))
    for reason, names in reasons.items():
        lines += [_("Gagal: {runs}", runs=", ".join(names)), *(f"    {line}" for line in reason.splitlines())]
    return "\n".join(lines)


def summarise(steps: list[Step]) -> bytes:
    """Return the same as JSON: how many in each state, and every run with its target, reason, seconds and attempts."""
    counts = Counter(step.state for step in steps)
    runs = [
        {
            **step.label,
            "folder": show_path(step.target) if isinstance(step.target, Path) else step.target,
            "state": step.state,
            "because": step.because,
            "reason": step.reason,
            "seconds": round(step.seconds, 1),
            "attempts": step.attempts,
        }
        for step in steps
    ]
    states = ("waiting", "made", "unchanged", "failed", "stopped")
    return (
        json.dumps({state: counts[state] for state in states} | {"runs": runs}, indent=2, ensure_ascii=False) + "\n"
    ).encode()


def _tell_failure(steps: list[Step], job: Job, path: Path | None) -> None:
    """Run the command for failures, with the path of the JSON summary as its last word: an own one if none is kept."""
    if path is None:
        path = private_folder() / "summary.json"
        with suppress(IkuError):  # a full disk is what may have to be told
            write_whole(path, summarise(steps))
    done = subprocess.run([*job.on_failure, str(path.resolve())], check=False)  # noqa: S603 - asked for
    if done.returncode:
        tell(_("{command} berakhir dengan kode {code}.", command=job.on_failure[0], code=done.returncode), error=True)

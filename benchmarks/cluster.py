"""Two machines against one: seconds of a batch on a Dask cluster on this computer, and their ratio.

The example as several agencies, 2019-2022, HTML, from and to addresses, on a scheduler and one worker of one thread,
then on two, then on one again; before each, a batch that is not measured lets them import what they need.
Everything is made in a temporary folder and removed. Usage: python benchmarks/cluster.py [AGENCIES]
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

PROJECT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
MODULE = "iku_analysis.batch.cluster"


def measure(folder: Path, machines: int, agencies: int) -> float:
    """Return the seconds of a batch on so many machines."""
    settings = json.dumps({"path": str(folder), "target_protocol": "file"})
    env = os.environ | {"FSSPEC_DIR": settings, "TMPDIR": str(folder)}
    place = ["--scheduler-file", str(folder / "scheduler.json"), "--no-dashboard"]
    (folder / "scheduler.json").unlink(missing_ok=True)
    with ExitStack() as stack:
        started: list[list] = [[BIN / "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", *place]]
        started += [[BIN / "dask", "worker", "--nthreads", "1", "--no-nanny", "--preload", MODULE, *place]] * machines
        for command in started:
            process = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
            stack.callback(process.wait)
            stack.callback(process.terminate)
        while not (folder / "scheduler.json").exists():
            time.sleep(0.1)
        address = json.loads((folder / "scheduler.json").read_bytes())["address"]

        def run(years: str, agencies: int) -> float:
            data = [word for number in range(agencies) for word in ("--data", f"dir://agency-{number:02d}")]
            words = [*data, "--years", years, "--format", "html", "--outputs", "dir://papers", "--cluster", address]
            start = time.perf_counter()
            subprocess.run([BIN / "iku", "batch", "--force", *words], env=env, check=True, capture_output=True)
            return time.perf_counter() - start

        run("2018", machines)
        return run("2019-2022", agencies)


def main() -> None:
    """Print the seconds of one, two and one machines, and how many times faster two are."""
    agencies = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory(prefix="ik") as folder:
        for number in range(agencies):
            shutil.copytree(PROJECT / "data" / "example", Path(folder) / f"agency-{number:02d}")
        seconds = []
        for machines in (1, 2, 1):
            seconds.append(measure(Path(folder), machines, agencies))
            print(f"{machines} machine(s), {4 * agencies} reports: {seconds[-1]:.1f} s")
        print(f"ratio: {(seconds[0] + seconds[2]) / 2 / seconds[1]:.2f}")


if __name__ == "__main__":
    main()

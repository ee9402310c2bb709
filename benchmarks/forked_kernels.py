"""A forked kernel against an ordinary one: seconds from nothing to a kernel that has imported what notebooks use.

One notebook of one cell through nbclient, in turn. Usage: python benchmarks/forked_kernels.py [RUNS]
"""

import statistics
import sys
import time

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from traitlets.config import Config

from iku_analysis.execution import runner
from iku_analysis.kernels.provisioner import ForkedKernelManager

CELL = "import iku_analysis as iku\n[getattr(iku, name) for name in iku.__all__];"


def run(manager: type[AsyncKernelManager]) -> float:
    """Return the seconds of one notebook."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    config = Config({"KernelManager": runner._sockets()})
    start = time.perf_counter()
    NotebookClient(notebook, kernel_name="python3", kernel_manager_class=manager, config=config).execute()
    return time.perf_counter() - start


def main() -> None:
    """Print medians and their ratio; the first forked kernel, which waits for the imports, by itself."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"first forked kernel: {run(ForkedKernelManager):.2f} s")
    pairs = [(run(AsyncKernelManager), run(ForkedKernelManager)) for _run in range(runs)]
    ordinary, forked = (statistics.median(seconds) for seconds in zip(*pairs, strict=True))
    print(f"ordinary: {ordinary:.2f} s; forked: {forked:.2f} s; ratio {forked / ordinary:.2f}")


if __name__ == "__main__":
    main()

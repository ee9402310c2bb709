"""The process that kernels are forked from: it imports what notebooks use, and waits. Started by `warm.py`.

It has one thread, no event loop, no socket of ZeroMQ and no figure, so that a fork leaves nothing of
it behind in a kernel but the imported modules.
"""

import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module

import iku_analysis

# In the order in which a notebook needs them; some are what pandas, matplotlib and IPython import when first used.
LIBRARIES = [
    *("ipykernel.kernelapp", "ipykernel.debugger", "IPython.core.completerlib", "psutil", "sqlite3"),
    *("pandas", "pandas.io.formats.style", "pandera.pandas", "pandera.backends.pandas.container", "openpyxl"),
    *("matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg"),
]
FORECASTS = [
    "statsmodels.tsa.seasonal",
    "statsmodels.tsa.forecasting.theta",
    "statsmodels.tsa.exponential_smoothing.ets",
]
PR_SET_PDEATHSIG = 1  # linux/prctl.h
CHECK = 0.5  # seconds
ENDS = (signal.SIGTERM, signal.SIGALRM)


def main(descriptor: int) -> None:
    """Serve the owner, at the other end of this socket, until it is gone; each fork leaves here as a kernel."""
    zygote = os.getpid()
    forked = serve(socket.socket(fileno=descriptor))
    if forked:
        become_kernel(zygote, *forked)


def imports() -> Iterator[Callable[[], object]]:
    """Yield what is to be imported, piece by piece: between two pieces a kernel can be forked."""
    yield from (partial(import_module, name) for name in LIBRARIES)
    yield from (partial(getattr, iku_analysis, name) for name in iku_analysis.__all__)
    yield from (partial(import_module, name) for name in FORECASTS)
    yield gc.freeze  # the collector would write to every page, and each kernel would get a copy of its own


def serve(owner: socket.socket) -> tuple[socket.socket, int, int] | None:
    """Import and fork on request; return the request, stdout and stderr in a kernel, None when the owner is gone.

    A request is one byte with three descriptors: a socket, stdout and stderr. On the socket the owner
    is told the kernel's process number and, in the end, its exit status, four bytes each.
    """
    kernels: dict[int, tuple[int, socket.socket]] = {}  # a descriptor of the process, its number, who asked for it
    watch(os.getppid(), kernels)
    steps = imports()
    step = next(steps, None)
    while True:
        ready = select.select([owner.fileno(), *kernels], [], [], 0 if step else None)[0]
        for each in ready:
            if each == owner.fileno():
                message, descriptors, _flags, _address = socket.recv_fds(owner, 1, 3)
                if not message:
                    stop(kernels)
                    return None
                request, (stdout, stderr) = socket.socket(fileno=descriptors[0]), descriptors[1:]
                process = os.fork()
                if process == 0:
                    for number in ENDS:
                        signal.signal(number, signal.SIG_DFL)
                    owner.close()
                    for descriptor, (_process, other) in kernels.items():
                        os.close(descriptor)
                        other.close()
                    return request, stdout, stderr
                os.close(stdout)
                os.close(stderr)
                kernels[os.pidfd_open(process)] = process, request
                tell(request, process)
            else:
                os.close(each)
                process, request = kernels.pop(each)
                tell(request, os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
                request.close()
        if step and not ready:
            # What cannot be imported is left to the notebook that imports it, which then says so.
            with contextlib.suppress(Exception):
                step()
            step = next(steps, None)


def watch(parent: int, kernels: dict[int, tuple[int, socket.socket]]) -> None:
    """End when told, and with the parent: also in the middle of a long import, or if a child of it keeps the socket."""

    def end(number: int, _frame: object) -> None:
        if number == signal.SIGTERM or os.getppid() != parent:
            stop(kernels)
            os._exit(0)

    for number in ENDS:
        signal.signal(number, end)
    signal.setitimer(signal.ITIMER_REAL, CHECK, CHECK)  # a fork leaves the timer here


def tell(request: socket.socket, number: int) -> None:
    """Tell a number to who asked for a kernel, if still there."""
    with contextlib.suppress(OSError):
        request.sendall(number.to_bytes(4, "big", signed=True))


def stop(kernels: dict[int, tuple[int, socket.socket]]) -> None:
    """Kill every kernel with what it has started."""
    for process, _request in kernels.values():
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)


def become_kernel(zygote: int, request: socket.socket, stdout: int, stderr: int) -> None:
    """Run a kernel as `python -m ipykernel_launcher` does, in this process, fresh from a fork.

    The request is JSON: `arguments`, `env` (the whole environment) and `cwd`.
    """
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != zygote:
        os._exit(1)
    for descriptor, standard in ((stdout, 1), (stderr, 2)):
        os.dup2(descriptor, standard)
        os.close(descriptor)
    with request, request.makefile() as text:
        content = text.read()
    if not content:
        os._exit(1)  # nobody waits for this kernel any more
    told = json.loads(content)
    os.environ.clear()
    os.environ.update(told["env"], JPY_PARENT_PID=str(zygote))
    os.chdir(told["cwd"])
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # the standard library seeds itself anew after a fork
    if "matplotlib" in sys.modules:  # which has read its backend already; ipykernel chooses this one where none is set
        backend = os.environ.get("MPLBACKEND") or "module://matplotlib_inline.backend_inline"
        sys.modules["matplotlib"].rcParams["backend"] = backend
    import ipykernel_launcher  # type: ignore[import-untyped]
    from ipykernel import kernelapp

    # ipykernel has read JPY_PARENT_PID when it was imported; ipywidgets makes itself known to a kernel then.
    arguments = [*told["arguments"], f"--IPKernelApp.parent_handle={zygote}"]
    if "ipywidgets" in sys.modules:
        arguments.append("--ext=ipywidgets")
    sys.argv = [ipykernel_launcher.__file__, *arguments]
    kernelapp.launch_new_instance()

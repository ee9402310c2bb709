"""The process that kernels are forked from: it imports what notebooks use, and waits. Started by `forked_kernel.py`.

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
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import iku_analysis

# In the order in which a notebook needs them; some are what pandas, matplotlib and IPython import when first used.
LIBRARIES = [
    *("ipykernel.kernelapp", "ipykernel.debugger", "IPython.core.completerlib", "psutil", "sqlite3"),
    *("pandas", "pandas.io.formats.style", "pandera.pandas", "pandera.backends.pandas.container"),
    *("matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg"),
]
LATER = [  # what only some notebooks use: not while others may want the cores
    *("openpyxl", "matplotlib.pyplot", "seaborn"),
    "statsmodels.tsa.seasonal",
    "statsmodels.tsa.forecasting.theta",
    "statsmodels.tsa.exponential_smoothing.ets",
]
PR_SET_PDEATHSIG = 1  # linux/prctl.h
CHECK = 0.5  # seconds
QUIET, PAUSE = 1000, 5000  # milliseconds without a request: before what only some want, and while a kernel runs
ENDS = (signal.SIGTERM, signal.SIGALRM)


def main(descriptor: int) -> None:
    """Serve the owner, at the other end of this socket, until it is gone; each fork leaves here as a kernel."""
    gc.disable()  # nothing that is imported goes again; looking for it is a fifth of the time
    fork_server = os.getpid()
    forked = serve(socket.socket(fileno=descriptor))
    if forked:
        become_kernel(fork_server, *forked)


def imports() -> Iterator[tuple[int, Callable[[], object]]]:
    """Yield what is to be imported, piece by piece, each after a pause: between two pieces a kernel can be forked."""
    yield from ((0, partial(import_module, name)) for name in LIBRARIES)
    yield from ((0, partial(getattr, iku_analysis, name)) for name in iku_analysis.__all__)
    yield from ((QUIET, partial(import_module, name)) for name in LATER if find_spec(name.partition(".")[0]))


@dataclass(frozen=True)
class Kernel:
    """A kernel's process, a descriptor that tells of its end, and the socket of who asked for it."""

    process: int
    ended: int
    sender: socket.socket


def serve(owner: socket.socket) -> tuple[dict[str, Any], int, int] | None:
    """Import and fork on request.

    Returns the request, stdout and stderr in a kernel, None when the owner is gone.

    A request is one byte with three descriptors: a socket, stdout and stderr. On the socket follows a line of
    JSON: `arguments`, `env` (the whole environment), `cwd`, and `kept`, how many bytes follow that the kernel is
    to `keep`. Back go the kernel's process number and, in the end, its exit status, four bytes each. A kernel whose
    sender closes the socket is killed.
    """
    kernels: dict[int, Kernel] = {}  # by both of its descriptors
    watch(os.getppid(), kernels)
    steps = imports()
    pending = next(steps, None)
    poll = select.poll()
    poll.register(owner, select.POLLIN)
    while True:
        # One event at a time: what it closes, the next may not mean.
        patience = (PAUSE if kernels else pending[0]) if pending else None
        for each, _event in (ready := poll.poll(patience))[:1]:
            if each == owner.fileno():
                message, descriptors, _flags, _address = socket.recv_fds(owner, 1, 3)
                if not message:
                    stop(kernels)
                    return None
                sender, (stdout, stderr) = socket.socket(fileno=descriptors[0]), descriptors[1:]
                request = read_request(sender)
                process = fork(sender) if request else None
                if request and process == 0:
                    forget(owner, sender, kernels)
                    return request, stdout, stderr
                os.close(stdout)
                os.close(stderr)
                if process:
                    new = Kernel(process, os.pidfd_open(process), sender)
                    kernels |= {new.ended: new, sender.fileno(): new}
                    poll.register(new.ended, select.POLLIN)
                    poll.register(sender, 0)  # of its end alone
                    tell(sender, process)
            elif kernel := kernels.get(each):
                poll.unregister(each)
                if each == kernel.ended:
                    tell(kernel.sender, os.waitstatus_to_exitcode(os.waitpid(kernel.process, 0)[1]))
                    with contextlib.suppress(KeyError):
                        poll.unregister(kernel.sender)
                    del kernels[each], kernels[kernel.sender.fileno()]
                    os.close(each)
                    kernel.sender.close()
                else:
                    kill(kernel)
        if pending and not ready:
            # What cannot be imported is left to the notebook that imports it, which then says so.
            with contextlib.suppress(Exception):
                pending[1]()
            pending = next(steps, None)


def fork(sender: socket.socket) -> int | None:
    """Return what `os.fork` does, None if there can be no further process: the sender, hung up on, starts its own."""
    try:
        return os.fork()
    except OSError:
        sender.close()
        return None


def forget(owner: socket.socket, sender: socket.socket, kernels: dict[int, Kernel]) -> None:
    """Leave the fork server's signals and descriptors to it: this process is a kernel now."""
    for number in ENDS:
        signal.signal(number, signal.SIG_DFL)
    for ended in {kernel.ended for kernel in kernels.values()}:
        os.close(ended)
    for each in (owner, sender, *(kernel.sender for kernel in kernels.values())):
        each.close()


def read_request(sender: socket.socket) -> dict[str, Any] | None:
    """Return a request, with the bytes to keep as `kept`; None if its sender is gone."""
    with sender.makefile("rb") as stream:
        line = stream.readline()
        if line.endswith(b"\n"):
            request = json.loads(line)
            kept = stream.read(request["kept"])
            if len(kept) == request["kept"]:
                return request | {"kept": kept}
    sender.close()
    return None


def watch(parent: int, kernels: dict[int, Kernel]) -> None:
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


def stop(kernels: dict[int, Kernel]) -> None:
    """Kill every kernel."""
    for kernel in kernels.values():
        kill(kernel)


def kill(kernel: Kernel) -> None:
    """Kill a kernel with what it has started."""
    for end in (os.killpg, os.kill):  # in its first moment it leads no group yet
        with contextlib.suppress(ProcessLookupError):
            end(kernel.process, signal.SIGKILL)


def become_kernel(fork_server: int, request: dict[str, Any], stdout: int, stderr: int) -> None:
    """Run a kernel as `python -m ipykernel_launcher` does, in this process, fresh from a fork."""
    gc.freeze()  # the collector would write to every page of the fork server, and this kernel get a copy of it
    gc.enable()
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != fork_server:
        os._exit(1)
    for descriptor, standard in ((stdout, 1), (stderr, 2)):
        os.dup2(descriptor, standard)
        os.close(descriptor)
    if request["kept"]:
        from iku_analysis.agency.load import keep

        keep(request["kept"])
    os.environ.clear()
    os.environ.update(request["env"], JPY_PARENT_PID=str(fork_server))
    os.chdir(request["cwd"])
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # the standard library seeds itself anew after a fork
    if "matplotlib" in sys.modules:  # which has read its backend already; ipykernel chooses this one where none is set
        backend = os.environ.get("MPLBACKEND") or "module://matplotlib_inline.backend_inline"
        sys.modules["matplotlib"].rcParams["backend"] = backend
    import ipykernel_launcher  # type: ignore[import-untyped]
    from ipykernel import kernelapp

    # ipykernel has read JPY_PARENT_PID when it was imported; ipywidgets makes itself known to a kernel then.
    arguments = [*request["arguments"], f"--IPKernelApp.parent_handle={fork_server}"]
    if "ipywidgets" in sys.modules:
        arguments.append("--ext=ipywidgets")
    sys.argv = [ipykernel_launcher.__file__, *arguments]
    kernelapp.launch_new_instance()

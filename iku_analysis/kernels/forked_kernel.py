"""Ask for kernels that are forked from a process which has imported what notebooks use (`fork_server.py`).

That process belongs to the one that starts it, which may lend it to others, and ends with it; a kernel ends with the
process that asked for it.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

START = "import sys; del sys.path[0]; from iku_analysis.kernels.fork_server import main; main(int(sys.argv[1]))"
PATIENCE = 60  # seconds
# What Python and the libraries read when they start, so that a kernel with another value must start by itself.
READ_AT_START = ("PYTHON", "LC_", "LANG", "TZ", "LD_", "MPL", "MATPLOTLIB", "OMP_", "OPENBLAS_", "MKL_", "NUMEXPR_")
PACKAGE = Path(__file__).parents[1]


@dataclass
class ForkServer:
    """The process that kernels are forked from; in one that was lent it, `process` is None."""

    process: subprocess.Popen | None
    socket: socket.socket
    settings: dict[str, str]
    code: dict[Path, int]


_fork_server: ForkServer | None = None
_lock = threading.Lock()


class ForkedKernel:
    """A kernel's process, with the methods of `subprocess.Popen` that jupyter_client uses; its fork server reaps it."""

    stdin = stdout = stderr = None

    def __init__(self, reply: socket.socket, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._reply = reply
        reply.settimeout(None)

    def poll(self) -> int | None:
        """Return the exit status, negative for a signal as in `subprocess`; None while the kernel runs."""
        return self._read(socket.MSG_DONTWAIT)

    def wait(self) -> int | None:
        """Return the exit status when the kernel has ended."""
        return self._read(socket.MSG_WAITALL)

    def _read(self, flag: int) -> int | None:
        if self.returncode is None:
            with suppress(BlockingIOError):
                status = self._reply.recv(4, flag)
                # No status: the fork server is gone, and its kernels with it.
                self.returncode = int.from_bytes(status, "big", signed=True) if status else -signal.SIGKILL
                self._reply.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)


def start_fork_server() -> ForkServer | None:
    """Start the fork server unless it runs, without waiting for it to import anything; None where there can be none."""
    global _fork_server  # noqa: PLW0603
    if sys.platform != "linux":  # macOS has fork, but its libraries do not outlive one
        return None
    with _lock:
        # Where this process was itself forked, the fork server is no child of it, and `poll` says that it has ended.
        if _fork_server and (_fork_server.process is None or _fork_server.process.poll() is None):
            return _fork_server
        settings, code = read_at_start(os.environ), read_code()
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                process = subprocess.Popen(  # noqa: S603
                    [sys.executable, "-c", START, str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
            except OSError:
                ours.close()
                return None
        _fork_server = ForkServer(process, ours, settings, code)
        atexit.register(close, _fork_server)
        return _fork_server


def lend() -> ForkServer | None:
    """Return the fork server of this process as another may `borrow` it."""
    fork_server = start_fork_server()
    return fork_server and replace(fork_server, process=None)


def borrow(fork_server: ForkServer | None) -> None:
    """Fork this process's kernels from the fork server of the process that started it."""
    global _fork_server  # noqa: PLW0603
    _fork_server = fork_server


def close(fork_server: ForkServer) -> None:
    """End a fork server and its kernels."""
    assert fork_server.process is not None
    fork_server.process.terminate()
    fork_server.process.wait()
    fork_server.socket.close()


def fork_kernel(arguments: list[str], *, env: dict[str, str], cwd: str, kept: bytes = b"") -> ForkedKernel:
    """Return a kernel that was forked with these arguments of `ipykernel_launcher`, environment and folder.

    `kept` is what this process has read (`sources.agency.kept`) and the kernel need not read again.

    Raises
    ------
    OSError
        If none can be: the fork server does not answer, or a kernel that starts by itself would be another.
    """
    fork_server = start_fork_server()
    if fork_server is None:
        raise OSError("no process to fork from")
    if fork_server.code != read_code():
        raise OSError("the package has changed since it was imported")
    if fork_server.settings != read_at_start(env):
        raise OSError("the kernel has other settings")
    ours, theirs = socket.socketpair()
    try:
        ours.settimeout(PATIENCE)
        with theirs:
            socket.send_fds(fork_server.socket, [b"k"], [theirs.fileno(), 1, 2])
        request = {"arguments": arguments, "env": env, "cwd": cwd, "kept": len(kept)}
        ours.sendall(json.dumps(request).encode() + b"\n" + kept)
        pid = ours.recv(4, socket.MSG_WAITALL)
        if not pid:
            raise ConnectionResetError("the fork server has ended")
    except OSError:
        ours.close()
        raise
    return ForkedKernel(ours, int.from_bytes(pid, "big"))


def read_at_start(env: Mapping[str, str]) -> dict[str, str]:
    """Return what of an environment is read only once."""
    return {name: value for name, value in env.items() if name.startswith(READ_AT_START)}


def read_code() -> dict[Path, int]:
    """Return when each module of the package was written."""
    return {path: path.stat().st_mtime_ns for path in PACKAGE.rglob("*.py")}

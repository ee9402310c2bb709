"""Kernels of Jupyter that are forked (`forked_kernel.py`) where that can be, and start as ever where it cannot.

A process in which `JUPYTER_DEFAULT_PROVISIONER_NAME` is `iku-forked` forks the kernels of every kernelspec
that names no provisioner, so JupyterLab and Voila need no kernelspec of ours.
"""

import asyncio
import math
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import Any

import zmq.asyncio
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner
from traitlets import DottedObjectName, Type, Unicode

from iku_analysis.agency.load import kept
from iku_analysis.kernels.forked_kernel import fork_kernel

MOST_BYTES = 200_000_000  # of a notebook's outputs: nobody can open a page of more


class ForkedProvisioner(LocalProvisioner):
    """Forks a kernel; all the rest, from interrupt to restart, is that of the ordinary provisioner."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel with a command, forked where that gives the same kernel."""
        options = self._scrub_kwargs(kwargs)
        env, cwd = options.pop("env"), Path(options.pop("cwd", None) or "").resolve()
        try:
            if options or cmd[:3] != [sys.executable, "-m", "ipykernel_launcher"] or not cwd.is_dir():
                raise OSError("not a command that can be forked")
            read = kept(Path(data)) if (data := getattr(self.parent, "data", "")) else b""
            kernel = await asyncio.to_thread(fork_kernel, cmd[3:], env=env, cwd=str(cwd), kept=read)
        except OSError as error:
            self.log.info("An ordinary kernel starts: %s", error)
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.pid, self.pgid, self.cwd = kernel, kernel.pid, kernel.pid, cwd  # type: ignore[assignment]
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel and see it gone: jupyter_client itself looks for the first time after a tenth of a second."""
        await super().kill(restart)
        for _look in range(100):
            if await self.poll() is not None:
                break
            await asyncio.sleep(0.005)


class BoundedChannel(AsyncZMQSocketChannel):
    """The outputs of a kernel, which is killed when they are too many: they are all kept in memory."""

    size = 0

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:  # type: ignore[override]
        """Return the next message. Raises Empty if none comes in time."""
        message = await super().get_msg(timeout)
        content = message["content"]
        self.size += sum(map(len, [content.get("text", ""), *map(str, content.get("data", {}).values())]))
        if self.size > MOST_BYTES:
            manager: Any = self.session.parent
            await manager.signal_kernel(signal.SIGKILL)
        return message


class BoundedClient(AsyncKernelClient):
    """A client of a kernel with bounded outputs, that knows in milliseconds when the kernel listens."""

    iopub_channel_class = Type(BoundedChannel)

    def _context_default(self) -> zmq.asyncio.Context:
        context = super()._context_default()
        context.setsockopt(zmq.RECONNECT_IVL, 10)  # milliseconds between two tries to connect to a new kernel
        return context

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers. Raises RuntimeError if it is dead, or does not in time (seconds).

        What else it puts out by then, for which jupyter_client waits a fifth of a second more, is of no cell.
        """
        until = time.monotonic() + (timeout or math.inf)
        while time.monotonic() < until:
            self.kernel_info()
            with suppress(Empty):
                await self.shell_channel.get_msg(timeout=1)
                await self.iopub_channel.get_msg(timeout=0.2)  # connected too
                return
            if not await self.is_alive():
                raise RuntimeError("the kernel died before it answered")
        raise RuntimeError(f"the kernel did not answer in {timeout} seconds")


class ForkedKernelManager(AsyncKernelManager):
    """A kernel manager whose kernel is forked, whatever provisioner the process has by default."""

    client_class = DottedObjectName(f"{__name__}.BoundedClient")
    client_factory = Type(BoundedClient)

    data = Unicode(help="The data root that the notebook will read, as an absolute path, if known.").tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # The environment may name a default that is not installed, or none: no kernel would be found at all.
        KernelProvisionerFactory.instance().default_provisioner_name = "iku-forked"
        self.provisioner = ForkedProvisioner(kernel_spec=self.kernel_spec, parent=self)

"""Voila and JupyterLab as the Makefile starts them, for the browser tests and the benchmark; ended whatever happens."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright

PROJECT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
INSIDE = ("http://127.0.0.1:", "ws://127.0.0.1:", "http://localhost:", "data:", "blob:", "file:")


@contextmanager
def served(target: str, url: str, home: Path | None = None, **words: str) -> Iterator[str]:
    """Start `make explorer` or `make lab`, in a workspace if one is given; yield the address once it answers."""
    # A short name: programs of Jupyter keep files in it whose paths may not be long.
    folder = Path(tempfile.mkdtemp(prefix="iku-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"--no-browser --port={port} {words.pop('OPTIONS', '')}"
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            ["/bin/sh", "-ec", recipe(target, OPTIONS=options, **words)],
            cwd=home or PROJECT,
            env=environment(folder) | ({"IKU_HOME": str(home)} if home else {}),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            address = f"http://127.0.0.1:{port}{url}"
            wait_for(address, process, folder / "log")
            yield address
        finally:
            end(process, folder)
            shutil.rmtree(folder, ignore_errors=True)


def recipe(target: str, **words: str) -> str:
    """Return the lines that make would run for a target, without those that would renew `.venv`."""
    given = [f"{name}={value}" for name, value in words.items()]
    command = [
        "make",
        "--dry-run",
        "--no-print-directory",
        "--assume-old=.venv/ready",
        target,
        f"BIN={Path(sys.executable).parent}",
        *given,
    ]
    # Under `make test` this make would be a child of that one, and print more than the recipe.
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(command, cwd=PROJECT, env=alone, capture_output=True, text=True, check=True).stdout


def environment(folder: Path) -> dict[str, str]:
    """Return an environment with nothing of the user's own Jupyter in it, and every temporary file in the folder."""
    names = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "run"}
    names |= {"JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces", "TMPDIR": "tmp"}
    (folder / "tmp").mkdir()
    return os.environ | {name: str(folder / place) for name, place in names.items()}


def wait_for(address: str, process: subprocess.Popen, log: Path, seconds: float = 60) -> None:
    """Wait until a server answers; its log says why if it does not. The answer may cost a Voila page, so ask little."""
    root = "/".join(address.split("/")[:3])
    end_of_time = time.monotonic() + seconds
    while time.monotonic() < end_of_time and process.poll() is None:
        try:
            urlopen(f"{root}/no-such-page", timeout=5)  # noqa: S310  (our own address)
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"no answer from {address}:\n{log.read_text()}")


def end(process: subprocess.Popen, folder: Path, seconds: float = 10) -> None:
    """End a server and its kernels: asked first, then made to."""
    for wish in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, wish)
        end_of_time = time.monotonic() + seconds
        while time.monotonic() < end_of_time and (process.poll() is None or running(folder)):
            time.sleep(0.1)
    for pid in running(folder):
        os.kill(pid, signal.SIGKILL)


def running(folder: Path) -> list[int]:
    """Return the processes that were started with something of a folder: the server and its kernels."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in words:
            found.append(int(entry.name))
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        try:
            yield browser
        finally:
            browser.close()


def open_page(browser: Browser, width: int = 1280) -> tuple[Page, list[str]]:
    """Return a page, and the list of what it asks of other machines: stopped, and written down."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    outside: list[str] = []

    def guard(route: Route) -> None:
        if route.request.url.startswith(INSIDE):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    page.route("**/*", guard)
    page.on("websocket", lambda socket: None if socket.url.startswith(INSIDE) else outside.append(socket.url))
    return page, outside


def found_by_axe(page: Page) -> list[str]:
    """Return what axe finds wrong on a page, without gradients and blending: it tells no contrast on them."""
    page.add_style_tag(content="* { background-image: none !important; mix-blend-mode: normal !important }")
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]

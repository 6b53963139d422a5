"""The serving parent: one web server of several processes and one jobs process, started and stopped together."""

import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from hiringkit.foundation.errors import SetupError

STOP_SECONDS = 25
POLL_SECONDS = 0.2
LEAN_MEMORY = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
}
"""How glibc gives memory back: without it each password hash leaves 19 MB with its worker for good."""


def serve(host: str, port: int, *, workers: int) -> int:
    """Run until SIGTERM or SIGINT, or until one child ends; returns the exit status.

    The web server drains first, so that requests in flight end; the jobs process follows.
    """
    asked = False

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    environment = {**LEAN_MEMORY, **os.environ}
    web = subprocess.Popen(_web_command(host, port, workers), env=environment)  # noqa: S603  # Our own words.
    jobs = subprocess.Popen([sys.executable, "-m", "hiringkit.cli.main", "jobs"])
    while not asked and web.poll() is None and jobs.poll() is None:
        time.sleep(POLL_SECONDS)
    for child in (web, jobs):
        _stop(child)
    return 0 if asked else (web.returncode or jobs.returncode or 1)


def demand_free(host: str, port: int) -> None:
    """Raise SetupError unless the site can be served there."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SetupError(f"Port {port} of {host} cannot be used: {error.strerror}.") from error


def _web_command(host: str, port: int, workers: int) -> list[str]:
    return [sys.executable, "-m", "hiringkit.cli.web", host, str(port), str(workers)]


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.send_signal(signal.SIGTERM)
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()

"""The web server's own process: granian, whose workers share its memory and may be told to stop at any moment."""

import gc
import os
import signal
import sys

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

import hiringkit.app  # noqa: F401  # Loaded once, before the workers are born: they start at once and share it.

DRAIN_SECONDS = 20


def run(host: str, port: int, workers: int) -> None:
    """Serve the app from this many workers until SIGTERM or SIGINT; requests in flight end first."""
    gc.collect()
    gc.freeze()  # What the collector never touches stays shared.
    os.register_at_fork(after_in_child=_die_when_told)
    Granian(
        "hiringkit.app:wsgi",
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        workers=workers,
        blocking_threads=4,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(),
        respawn_failed_workers=True,
        workers_kill_timeout=DRAIN_SECONDS,
        log_level=LogLevels.warning,
    ).serve()


def _die_when_told() -> None:
    """Let a worker that is still starting end at once.

    It comes into the world with its parent's handlers, which in a worker reach nobody; it sets its own
    when it is ready to answer. Between the two a signal would be lost, and the worker killed only
    after the whole time for draining.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))

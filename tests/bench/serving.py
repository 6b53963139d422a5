"""The measured site and its baseline behind the server that `hiringkit serve` uses, one worker, one port."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from hiringkit.app import create_app
from hiringkit.foundation.db import db
from tests.bench.baseline import BARE, QUERY, baseline
from tests.bench.site import SETTINGS

Fetch = Callable[[str], bytes]
HOST = "127.0.0.1"
FOLDER = "HIRINGKIT_BENCH_FOLDER"
STARTING_SECONDS = 60


def wsgi() -> Any:
    """Make the site and, under its own paths, the baseline; called in the worker."""
    folder = Path(os.environ[FOLDER])
    site = create_app(instance=folder, **SETTINGS)
    with site.app_context():
        bodies = {path.stem: path.read_bytes() for path in folder.glob("*.body")}
        plain = baseline(bodies, db.engine)

    def either(environ: Any, start_response: Any) -> Any:
        app = plain if environ["PATH_INFO"].startswith((BARE, QUERY)) else site
        return app(environ, start_response)

    return either


@contextmanager
def served(folder: Path, bodies: dict[str, bytes]) -> Iterator[Fetch]:
    """Serve the site of a folder in a process of its own; yield how its addresses are fetched."""
    for name, body in bodies.items():
        (folder / f"{name}.body").write_bytes(body)
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    words = [sys.executable, "-m", "tests.bench.serving", str(port)]
    with (
        subprocess.Popen(words, env={**os.environ, FOLDER: str(folder)}) as server,
        closing(http.client.HTTPConnection(HOST, port, timeout=STARTING_SECONDS)) as connection,
    ):
        try:
            _wait_for(connection)
            yield partial(_fetched, connection)
        finally:
            server.terminate()


def _wait_for(connection: http.client.HTTPConnection) -> None:
    until = time.monotonic() + STARTING_SECONDS
    while True:
        try:
            _fetched(connection, QUERY)
        except OSError:
            connection.close()
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def _fetched(connection: http.client.HTTPConnection, address: str) -> bytes:
    """Fetch an address over one connection that stays open."""
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    with connection.getresponse() as answer:
        body = answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{address} answers {answer.status}")
    return body


if __name__ == "__main__":
    Granian(
        "tests.bench.serving:wsgi",
        factory=True,
        interface=Interfaces.WSGI,
        address=HOST,
        port=int(sys.argv[1]),
        workers=1,
        blocking_threads=4,
        log_level=LogLevels.warning,
    ).serve()

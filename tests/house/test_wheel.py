"""The built wheel works on its own: in a clean environment, started from another folder."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from tests.house.tree import ROOT, project_files, shown

STARTS_WITHIN = 20.0
STOPS_WITHIN = 15.0
FOLDERS = ("hiringkit", "templates", "migrations")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network."""
    target = tmp_path_factory.mktemp("wheel")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(target)]
    _run([sys.executable, "-m", "pip", "wheel", *options, str(ROOT)], cwd=target)
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new virtual environment with the wheel and what requirements/run.txt pins, and nothing else."""
    venv = tmp_path_factory.mktemp("clean") / "venv"
    _run([sys.executable, "-m", "venv", "--without-pip", str(venv)], cwd=venv.parent)
    python = str(venv / "bin/python")
    options = ["--quiet", "--no-deps", "--no-index", "--no-warn-script-location"]
    _run([sys.executable, "-m", "pip", "--python", python, "install", *options, str(wheel)], cwd=venv.parent)
    (site_packages,) = venv.glob("lib/python3.*/site-packages")
    _link_run_time_packages(site_packages)
    return venv


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    held = set(ZipFile(wheel).namelist())
    wanted = {
        shown(path) if shown(path).startswith("hiringkit/") else f"hiringkit/{shown(path)}"
        for path in project_files(*FOLDERS)
    }
    assert wanted - held == set()
    packed_too = {name for name in held - wanted if not name.startswith("hiringkit-0.1.0.dist-info/")}
    assert packed_too == set()


def test_the_installed_package_is_the_wheels_own(installed: Path, tmp_path: Path) -> None:
    code = "import hiringkit, sys; print(hiringkit.__file__); print(*sys.path, sep='\\n')"
    out = _run([str(installed / "bin/python"), "-c", code], cwd=tmp_path).splitlines()
    assert Path(out[0]).is_relative_to(installed)
    assert not any(
        Path(entry).is_relative_to(ROOT) for entry in out[1:] if entry and not installed.is_relative_to(ROOT)
    )


def test_development_packages_are_not_there(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [installed / "bin/python", "-c", "import pytest"],
        cwd=tmp_path,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "No module named 'pytest'" in done.stderr


def test_serve_without_an_instance_says_what_to_run(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [installed / "bin/hiringkit", "serve", "--port", str(_free_port())],
        cwd=tmp_path,
        env=_environment(HIRINGKIT_INSTANCE=str(tmp_path / "nothing")),
        capture_output=True,
        text=True,
        timeout=STARTS_WITHIN,
        check=False,
    )
    assert done.returncode == 2
    assert "hiringkit init" in done.stderr
    assert "Traceback" not in done.stderr


def test_init_and_serve_work_elsewhere(installed: Path, tmp_path: Path) -> None:
    environment = _environment(HIRINGKIT_INSTANCE=str(tmp_path / "site"))
    _run([str(installed / "bin/hiringkit"), "init"], cwd=tmp_path, env=environment)

    with _served(installed, tmp_path, environment) as address:
        status, page = _get(address)
        assert status == 200
        assert "<!doctype html>" in page[:200].lower()
        sheets = re.findall(r'<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"', page)
        sheets += re.findall(r'<link[^>]+href="([^"]+)"[^>]+rel="stylesheet"', page)
        assert sheets
        for sheet in sheets:
            status, text = _get(urllib.parse.urljoin(address, sheet))
            assert status == 200
            assert "{" in text
        assert _get(f"{address}nowhere-at-all")[0] == 404


@contextlib.contextmanager
def _served(installed: Path, cwd: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """The address of `hiringkit serve`, which must start, and stop with 0 when it is told to."""
    port = _free_port()
    log = cwd / "serve.log"
    with log.open("w") as out:
        command = [str(installed / "bin/hiringkit"), "serve", "--port", str(port)]
        server = subprocess.Popen(command, cwd=cwd, env=environment, stdout=out, stderr=out, start_new_session=True)
        try:
            _await(port, server, log)
            yield f"http://127.0.0.1:{port}/"
            server.terminate()
            assert server.wait(STOPS_WITHIN) == 0, log.read_text()
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _await(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server takes connections; fail with its log when it stops or is too slow."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    pytest.fail(f"hiringkit serve did not start:\n{log.read_text()}")


def _get(address: str) -> tuple[int, str]:
    """The status and the text of a page, redirects followed."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  # The test made this address.
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def _link_run_time_packages(site_packages: Path) -> None:
    """Put the pinned run-time packages there by links to the copies that the tests use; no network is needed."""
    pins = [line.rstrip(" \\") for line in (ROOT / "requirements/run.txt").read_text().splitlines() if "==" in line]
    wanted = [pin for pin in map(Requirement, pins) if pin.marker is None or pin.marker.evaluate()]
    assert wanted
    for pin in wanted:
        files = metadata.files(pin.name)
        assert files, f"{pin.name} is not installed in this environment"
        tops = {file.parts[0] for file in files} - {"..", "__pycache__"}
        for top in tops:
            (site_packages / top).symlink_to(Path(str(metadata.distribution(pin.name).locate_file(top))))


def _run(command: list[str], cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """What a command prints; a failure shows it."""
    given = _environment() if env is None else env
    done = subprocess.run(command, cwd=cwd, env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _environment(**more: str) -> dict[str, str]:
    """The environment of a person who has nothing set up: no hiringkit settings, no Python path."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("HIRINGKIT_", "PYTHON", "FLASK_"))
    }
    return kept | more


def _free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

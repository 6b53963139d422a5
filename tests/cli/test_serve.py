"""`hiringkit serve` starts the web and the jobs, and lets what is in hand finish when it is told to stop."""

import http.client
import re
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run, command, environment
from tests.cli.test_commands import free_port

STARTING_SECONDS = 20
STOPS_WITHIN = 10


class Site:
    """A site that is served by the command, in processes of its own."""

    def __init__(self, instance: Path) -> None:
        """Start it and wait until it answers."""
        self.instance, self.port = instance, free_port()
        words = command("serve", "--port", str(self.port), "--workers", "1")
        self.parent = subprocess.Popen(words, env=environment(instance), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        end = time.monotonic() + STARTING_SECONDS
        while time.monotonic() < end:
            try:
                self.ask("GET", "/sign-in")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError(self.parent.poll())

    def ask(self, method: str, path: str, body: str = "", cookie: str = "") -> tuple[int, dict[str, str], str]:
        """Send one request and return status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, dict(answer.getheaders()), text


def descendants(parent: int) -> list[int]:
    """Return the numbers of the processes that this one started, and of those that these started."""
    found, waiting = list[int](), [parent]
    while waiting:
        own = [
            int(pid)
            for task in Path(f"/proc/{waiting.pop()}/task").glob("*/children")
            for pid in task.read_text().split()
        ]
        found += own
        waiting += own
    return found


def newborn_workers(parent: int) -> list[int]:
    """Return the web's workers by their parent, as soon as they exist: long before they can answer."""
    webs = [pid for pid in descendants(parent) if b"hiringkit.cli.web" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return [pid for web in webs for pid in descendants(web)]


@pytest.fixture
def site(run: Run, tmp_path: Path) -> Iterator[Site]:
    """Yield a site that is up; whatever is left of it is ended."""
    assert run("init").exit_code == 0
    site = Site(tmp_path / "instance")
    yield site
    if site.parent.poll() is None:
        site.parent.kill()
    site.parent.communicate(timeout=30)


def is_running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def slow_request(site: Site) -> tuple[sqlite3.Connection, threading.Thread, list[int]]:
    """Send a form that waits for the database's lock, which the caller lets go of."""
    _, headers, page = site.ask("GET", "/sign-in")
    token = re.findall(r'name="csrf_token" value="([^"]*)"', page)[0]
    body = f"csrf_token={token}&email=nobody%40example.org&password=wrong+wrong+wrong"
    cookie = headers["set-cookie"].split(";")[0]
    lock = sqlite3.connect(site.instance / "hiringkit.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    statuses: list[int] = []
    thread = threading.Thread(target=lambda: statuses.append(site.ask("POST", "/sign-in", body, cookie)[0]))
    thread.start()
    time.sleep(0.7)
    return lock, thread, statuses


def test_sigterm_lets_a_request_in_flight_finish_and_stops_both_children(site: Site) -> None:
    children = descendants(site.parent.pid)
    lock, thread, statuses = slow_request(site)
    assert statuses == []
    site.parent.send_signal(signal.SIGTERM)
    time.sleep(1)
    assert site.parent.poll() is None, "it waits for the request"
    lock.execute("ROLLBACK")
    lock.close()
    thread.join(10)
    assert statuses == [422], "the form was read, checked and answered"
    assert site.parent.wait(20) == 0
    assert len(children) >= 3, "the web's parent and worker, and the jobs"
    assert [pid for pid in children if is_running(pid)] == []
    with pytest.raises(OSError, match="refused"):
        site.ask("GET", "/sign-in")


def test_sigterm_stops_it_at_once_while_its_workers_are_still_starting(run: Run, tmp_path: Path) -> None:
    assert run("init").exit_code == 0
    words = command("serve", "--port", str(free_port()), "--workers", "2")
    with subprocess.Popen(words, env=environment(tmp_path / "instance"), stdout=subprocess.DEVNULL) as parent:
        try:
            until = time.monotonic() + STARTING_SECONDS
            while not newborn_workers(parent.pid) and time.monotonic() < until:
                time.sleep(0.01)
            started = descendants(parent.pid)
            assert len(started) >= 3, "the web, a worker and the jobs"
            parent.send_signal(signal.SIGTERM)
            assert parent.wait(STOPS_WITHIN) == 0
            assert [pid for pid in started if is_running(pid)] == []
        finally:
            parent.kill()


def test_one_jobs_process_runs_beside_the_web_and_when_it_dies_all_stops(site: Site) -> None:
    words = {
        pid: Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0") for pid in descendants(site.parent.pid)
    }
    jobs = [pid for pid, line in words.items() if line[-2:] == ["jobs", ""] or line[-1] == "jobs"]
    assert len(jobs) == 1
    subprocess.run(["kill", "-9", str(jobs[0])], check=True)
    assert site.parent.wait(30) != 0
    assert [pid for pid in words if is_running(pid)] == []

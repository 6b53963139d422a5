"""A Chromium that tests can drive: found, else installed, else a stop that says what to do.

`python -m tests.browser` is what `make test` runs first; nothing is ever skipped for want of a browser.
"""

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "msedge", "chrome")
DEBIAN_PACKAGES = ("chromium", "libatomic1", "fonts-dejavu-core")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def main() -> None:
    """Leave a usable Chromium behind, or stop."""
    if not (_driver_starts() and find()):
        _install()
    if not _driver_starts():
        sys.exit("Playwright's driver does not start. On Debian or Ubuntu, as root: apt install libatomic1")
    found = find()
    if not found:
        sys.exit(
            "No Chromium was found, so the browser tests cannot run. Install it (Debian or Ubuntu, as root: "
            "apt install chromium; elsewhere: python -m playwright install --with-deps chromium), "
            "or set HIRINGKIT_CHROMIUM to its path.",
        )
    print("browser:", found)


@functools.cache
def launch_options() -> dict[str, object]:
    """What Playwright's `launch` needs for the browser that was found; for conftest's launch fixture."""
    found = find()
    if not found:
        message = "no Chromium: run `python -m tests.browser`"
        raise RuntimeError(message)
    # Chromium's own sandbox refuses to run for root.
    sandbox = ("--no-sandbox",) if _is_root() else ()
    return {"executable_path": found, "args": [*QUIET, *sandbox]}


def find() -> str | None:
    """The path of a Chromium: the one named in HIRINGKIT_CHROMIUM, else on PATH, else Playwright's own."""
    named = os.environ.get("HIRINGKIT_CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else sys.exit(f"HIRINGKIT_CHROMIUM={named}: no such program")
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return on_path or _playwrights_own()


def _playwrights_own() -> str | None:
    """The Chromium that `playwright install` put in place, if it did and if the driver starts."""
    try:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Error as error:
        print("Playwright's driver does not start:", error, file=sys.stderr)
        return None
    return path if Path(path).exists() else None


def _driver_starts() -> bool:
    """Whether the Node.js inside Playwright runs on this machine."""
    version = [sys.executable, "-m", "playwright", "--version"]
    return subprocess.run(version, capture_output=True, check=False).returncode == 0


def _install() -> None:
    """Install Chromium by apt where that can work, else by Playwright; what fails is noticed afterwards."""
    if shutil.which("apt-get") and _is_root():
        print("Installing Chromium with apt-get ...", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *DEBIAN_PACKAGES]
        subprocess.run(install, env=quiet, check=False, stdout=subprocess.DEVNULL)
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def _is_root() -> bool:
    """Whether this process runs as root; never so on Windows."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


if __name__ == "__main__":
    main()

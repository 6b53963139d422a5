"""The demo's own instance: made once, marked on every page, served on this machine alone."""

import json
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from flask_migrate import upgrade

from hiringkit.app import create_app
from hiringkit.demo.story import ACCOUNTS, tell
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db, expect_writes
from hiringkit.foundation.errors import SetupError
from hiringkit.foundation.resources import default_instance
from hiringkit.foundation.settings import LOOPBACK

MARK = "demo.json"
WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "inlet", "lunar", "maple", "otter")
Say = Callable[[str], None]


def prepare(*, fresh: bool, port: int, host: str, say: Say) -> None:
    """Leave a ready demo instance in force for this process and its children, and print how to get in."""
    if host not in LOOPBACK:
        raise SetupError("The demo is served on this machine alone; use 127.0.0.1.")
    folder = Path(os.environ.get("HIRINGKIT_INSTANCE") or default_instance() / "demo").resolve()
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise SetupError(f"{folder.name}/ holds something that is no demo; name another folder in HIRINGKIT_INSTANCE.")
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    os.environ.pop("HIRINGKIT_DATABASE_URL", None)
    os.environ.update(HIRINGKIT_INSTANCE=str(folder), HIRINGKIT_DEMO="true", HIRINGKIT_BASE_URL=address)
    if fresh and folder.exists():
        shutil.rmtree(folder)
    if not (folder / MARK).exists():
        _make(folder, say)
    _introduce(folder, address, say)


def refuse_demo(folder: Path) -> None:
    """Raise SetupError when a folder holds a demo: its invented people must not become real ones."""
    if (folder / MARK).exists():
        raise SetupError("This instance holds demo data. Name another folder in HIRINGKIT_INSTANCE.")


def _make(folder: Path, say: Say) -> None:
    """Make the demo beside its place and move it there when it is whole."""
    making = folder.with_name(folder.name + ".making")
    shutil.rmtree(making, ignore_errors=True)
    say("Making the demo; this takes a few seconds.")
    password = "-".join(secrets.choice(WORDS) for _ in range(3)) + f"-{secrets.randbelow(90) + 10}"
    app = create_app(instance=making)
    with app.app_context():
        expect_writes()
        upgrade()
        tell(password, now(), say)
        db.session.remove()
        db.engine.dispose()
    (making / MARK).write_text(json.dumps({"password": password}), encoding="utf-8")
    folder.parent.mkdir(parents=True, exist_ok=True)
    making.rename(folder)


def _introduce(folder: Path, address: str, say: Say) -> None:
    password = json.loads((folder / MARK).read_text(encoding="utf-8"))["password"]
    say("")
    say(f"hiringkit demo: {address}")
    say(f"Public side, without signing in: {address}/careers")
    say(f"Every account has the password  {password}")
    for email, who in ACCOUNTS:
        say(f"  {email:<32} {who}")
    say("Stop it with Ctrl+C. Start again with a new one: hiringkit demo --fresh")
    say("")

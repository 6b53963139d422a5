"""Settings: defaults here, then instance/config.toml, then HIRINGKIT_* variables; no secret has a default."""

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from hiringkit.foundation.errors import SetupError
from hiringkit.foundation.resources import default_instance

DATABASE_FILE = "hiringkit.db"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


CHOICES = {
    "smtp_security": ("starttls", "tls", "none"),
    "log_level": ("DEBUG", "INFO", "WARNING", "ERROR"),
}
AT_LEAST_ONE = ("workers", "session_idle_minutes", "session_hours", "admin_session_hours", "argon2_passes")


def _setting(default: Any, sentence: str) -> Any:
    return field(default=default, metadata={"sentence": sentence})


@dataclass(frozen=True)
class Settings:
    """Everything an operator may set; each field's sentence stands in README's table."""

    instance: Path = _setting(None, "Folder of the database, the secrets and config.toml.")
    database_url: str = _setting("", "PostgreSQL address; empty means SQLite in the instance folder.")
    base_url: str = _setting(
        "http://127.0.0.1:8000", "Address under which people reach the site; links in mail use it."
    )
    trusted_hosts: str = _setting("", "Further host names to answer to, separated by commas.")
    proxy_hops: int = _setting(0, "Number of reverse proxies in front whose forwarded headers are believed.")
    workers: int = _setting(2, "Number of web processes that `hiringkit serve` starts.")
    session_idle_minutes: int = _setting(60, "Minutes without a request after which a sign-in ends.")
    session_hours: int = _setting(12, "Hours after which a sign-in ends in any case.")
    admin_session_hours: int = _setting(8, "The same for administrators.")
    argon2_memory_kib: int = _setting(19456, "Memory in KiB that hashing one password takes.")
    argon2_passes: int = _setting(4, "Passes of argon2id over that memory.")
    smtp_host: str = _setting("", "Mail server; empty means that no mail is sent and links are shown once instead.")
    smtp_port: int = _setting(587, "Port of the mail server.")
    smtp_user: str = _setting("", "User name at the mail server.")
    smtp_password: str = _setting("", "Password at the mail server.")
    smtp_security: str = _setting("starttls", "starttls, tls or none.")
    mail_from: str = _setting("", "Sender address of every mail.")
    log_level: str = _setting("INFO", "DEBUG, INFO, WARNING or ERROR.")
    demo: bool = _setting(
        False, "Marks every page as a demo; set by `hiringkit demo` alone."
    )  # A default, not an argument that a reader must decode.

    @property
    def sqlalchemy_url(self) -> str:
        """Return the SQLAlchemy address of the database."""
        if not self.database_url:
            return f"sqlite:///{self.instance / DATABASE_FILE}"
        scheme, _, rest = self.database_url.partition("://")
        if scheme.split("+")[0] in {"postgres", "postgresql"}:
            return f"postgresql+psycopg://{rest}"
        if scheme == "sqlite":
            return self.database_url
        message = f"HIRINGKIT_DATABASE_URL must start with postgresql://, not {scheme}://."
        raise SetupError(message)

    @property
    def is_postgresql(self) -> bool:
        """Tell whether the database is PostgreSQL."""
        return self.sqlalchemy_url.startswith("postgresql")

    @property
    def hosts(self) -> list[str]:
        """Return the host names that requests may name."""
        names = {urlsplit(self.base_url).hostname or "", *self.trusted_hosts.split(",")}
        if names & LOOPBACK:
            names |= LOOPBACK
        return sorted(name.strip().lower() for name in names if name.strip())

    @property
    def is_https(self) -> bool:
        """Tell whether people reach the site over https."""
        return self.base_url.startswith("https://")


def load_settings(**overrides: Any) -> Settings:
    """Return the settings in force; an unknown key or a value of the wrong kind is a SetupError."""
    known = {f.name: f for f in fields(Settings)}
    instance = Path(overrides.get("instance") or os.environ.get("HIRINGKIT_INSTANCE") or default_instance()).resolve()
    values: dict[str, Any] = {}
    for source, found in (
        ("config.toml", _from_file(instance / "config.toml")),
        ("the environment", _from_environment(set(known))),
        ("the caller", overrides),
    ):
        for name, value in found.items():
            if name not in known:
                message = f"There is no setting called {name} (from {source})."
                raise SetupError(message)
            values[name] = _coerced(name, value, known[name].default)
    values["instance"] = instance
    settings = Settings(**values)
    _check(settings)
    return settings


def _check(settings: Settings) -> None:
    """Refuse what would start and then not work, or work unsafely."""
    for name, choices in CHOICES.items():
        if (value := getattr(settings, name)) not in choices:
            raise SetupError(f"The setting {name} must be one of {', '.join(choices)}, not {value!r}.")
    for name in AT_LEAST_ONE:
        if getattr(settings, name) < 1:
            raise SetupError(f"The setting {name} must be 1 or more.")
    try:
        scheme, host = urlsplit(settings.base_url).scheme, urlsplit(settings.base_url).hostname
        make_url(settings.sqlalchemy_url)
    except ValueError as error:
        raise SetupError(f"An address in the settings cannot be read: {error}.") from error
    except ArgumentError as error:
        raise SetupError("The setting database_url cannot be read as an address.") from error
    if not host or scheme not in {"http", "https"}:
        raise SetupError("The setting base_url must be a whole address such as https://hire.example.org.")
    if scheme == "http" and host not in LOOPBACK:
        raise SetupError("The setting base_url must begin with https://; http:// is for this machine alone.")


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        message = f"{path.name} cannot be read: {error}"
        raise SetupError(message) from error


def _from_environment(known: set[str]) -> dict[str, str]:
    found = {name: os.environ.get(f"HIRINGKIT_{name.upper()}") for name in known}
    return {name: value for name, value in found.items() if value is not None}


def _coerced(name: str, value: Any, default: Any) -> Any:
    try:
        if isinstance(default, bool):
            return (
                value
                if isinstance(value, bool)
                else {"true": True, "1": True, "false": False, "0": False}[str(value).lower()]
            )
        if isinstance(default, int):
            return int(value)
    except (KeyError, ValueError) as error:
        kind = "true or false" if isinstance(default, bool) else "a whole number"
        message = f"The setting {name} must be {kind}, not {value!r}."
        raise SetupError(message) from error
    if isinstance(default, str) and not isinstance(value, str):
        raise SetupError(f"The setting {name} must be text, in quotation marks.")
    return value

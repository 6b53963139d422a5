"""Settings come from defaults, then the file, then the environment; mistakes are named."""

from pathlib import Path

import pytest

from hiringkit.foundation.errors import SetupError
from hiringkit.foundation.settings import load_settings


def test_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.toml").write_text('workers = 3\nbase_url = "https://hire.example.org"\n')
    assert load_settings(instance=tmp_path).workers == 3
    monkeypatch.setenv("HIRINGKIT_WORKERS", "5")
    settings = load_settings(instance=tmp_path)
    assert settings.workers == 5
    assert settings.hosts == ["hire.example.org"]
    assert settings.is_https


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("colour = 1", "no setting called colour"),
        ('workers = "many"', "workers must be a whole number"),
        ("demo = 3", "demo"),
        ("smtp_password = 12345", "smtp_password must be text"),
        ('smtp_security = "ssl"', "smtp_security must be one of starttls, tls, none"),
        ('log_level = "LOUD"', "log_level must be one of"),
        ("workers = 0", "workers must be 1 or more"),
        ("session_idle_minutes = -5", "session_idle_minutes must be 1 or more"),
        ('base_url = "hire.example.org"', "base_url must be a whole address"),
        ('base_url = "ftp://hire.example.org"', "base_url must be a whole address"),
        ('base_url = "http://[::1"', "cannot be read"),
        ('base_url = "http://hire.example.org"', "must begin with https://"),
        ('database_url = "postgresql://h:port/db"', "cannot be read"),
        ("workers = ", "config.toml cannot be read"),
    ],
)
def test_mistake_is_named(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "config.toml").write_text(content)
    with pytest.raises(SetupError, match=words):
        load_settings(instance=tmp_path)


def test_postgresql_addresses_name_the_driver(tmp_path: Path) -> None:
    for given in ("postgresql://u@h/db", "postgres://u@h/db", "postgresql+psycopg://u@h/db"):
        settings = load_settings(instance=tmp_path, database_url=given)
        assert settings.sqlalchemy_url == "postgresql+psycopg://u@h/db"
        assert settings.is_postgresql
    with pytest.raises(SetupError):
        assert load_settings(instance=tmp_path, database_url="mysql://u@h/db").sqlalchemy_url


def test_plain_http_is_for_this_machine_alone(tmp_path: Path) -> None:
    for address in ("http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000"):
        assert not load_settings(instance=tmp_path, base_url=address).is_https


def test_names_of_hosts_have_no_case_and_no_blanks(tmp_path: Path) -> None:
    settings = load_settings(
        instance=tmp_path, base_url="https://Hire.example.org", trusted_hosts=" WORK.example.org ,"
    )
    assert settings.hosts == ["hire.example.org", "work.example.org"]


def test_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    with pytest.raises(SetupError, match=r"config\.toml cannot be read"):
        load_settings(instance=tmp_path)

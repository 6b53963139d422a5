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

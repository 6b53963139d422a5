"""Sealed text opens with its subject's key alone, and is gone with it."""

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.foundation.errors import SetupError
from hiringkit.foundation.sealing import ERASED, Keyring, Sealed, load_or_make_key, seal, subject_of, unwrap, wrap
from tests.faults import at_once

KEY, OTHER = b"k" * 32, b"o" * 32


@given(st.text(max_size=2000), st.integers(min_value=1, max_value=2**40))
def test_what_is_sealed_opens_again(text: str, subject: int) -> None:
    sealed = seal(subject, KEY, text)
    assert subject_of(sealed) == subject
    assert Keyring({subject: KEY}).open(sealed) == text


def test_without_the_key_it_reads_erased() -> None:
    assert Keyring({}).open(seal(7, KEY, "evidence")) == ERASED


def test_moved_to_another_subject_or_altered_it_is_refused() -> None:
    sealed = seal(7, KEY, "evidence")
    moved = sealed[:3] + (8).to_bytes(8, "big") + sealed[11:]
    with pytest.raises(ValueError, match="altered"):
        Keyring({8: KEY}).open(moved)
    with pytest.raises(ValueError, match="altered"):
        Keyring({7: OTHER}).open(sealed)


def test_column_refuses_clear_text() -> None:
    with pytest.raises(ValueError, match="sealed"):
        Sealed().process_bind_param(b"clear", None)  # type: ignore[arg-type]


def test_wrapped_key_comes_back() -> None:
    assert unwrap(OTHER, wrap(OTHER, KEY)) == KEY


def test_secret_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "instance" / "secret.key"
    keys = at_once(*[partial(load_or_make_key, path)] * 8)
    assert len(set(keys)) == 1
    assert len(keys[0]) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_cut_secret_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_bytes(b"short")
    with pytest.raises(SetupError, match=r"secret\.key must hold 32 bytes"):
        load_or_make_key(tmp_path / "secret.key")

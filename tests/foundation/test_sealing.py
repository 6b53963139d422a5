"""Sealed text opens with its subject's key alone, and is gone with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.foundation.sealing import ERASED, Keyring, Sealed, seal, subject_of, unwrap, wrap

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

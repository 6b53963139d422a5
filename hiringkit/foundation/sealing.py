"""Encryption of personal text with the key of the person it is about (AES-256-GCM)."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from hiringkit.foundation.errors import SetupError

MAGIC = b"hk1"
KEY_BYTES = 32
NONCE_BYTES = 12
HEADER_BYTES = len(MAGIC) + 8
ERASED = "(erased)"


class Sealed(TypeDecorator[bytes]):
    """A column that holds only what `seal` made; anything readable is refused."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Refuse clear text."""
        del dialect
        if value is not None and not value.startswith(MAGIC):
            message = "a Sealed column takes only sealed bytes"
            raise ValueError(message)
        return value


def load_or_make_key(path: Path, size: int = KEY_BYTES) -> bytes:
    """Return the secret in the file, making file (mode 0600) and secret when there is none."""
    if not path.exists():
        _make_key(path, size)
    key = path.read_bytes()
    if len(key) != size:
        raise SetupError(f"{path.name} must hold {size} bytes, and it holds {len(key)}.")
    return key


def _make_key(path: Path, size: int) -> None:
    """Put a whole new secret in place at once: of two processes that start together, one makes it for both."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(size))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(made, path)
    finally:
        made.unlink(missing_ok=True)


def wrap(master: bytes, key: bytes) -> bytes:
    """Encrypt a subject's key with the master key."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(master).encrypt(nonce, key, b"subject key")


def unwrap(master: bytes, wrapped: bytes) -> bytes:
    """Decrypt a subject's key."""
    return AESGCM(master).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], b"subject key")


def seal(subject_id: int, key: bytes, text: str) -> bytes:
    """Encrypt text about a subject; the result names the subject, not the person."""
    header = MAGIC + subject_id.to_bytes(8, "big")
    nonce = secrets.token_bytes(NONCE_BYTES)
    return header + nonce + AESGCM(key).encrypt(nonce, text.encode(), header)


def subject_of(sealed: bytes) -> int:
    """Return the number of the subject whose key opens these bytes."""
    return int.from_bytes(sealed[len(MAGIC) : HEADER_BYTES], "big")


@dataclass(frozen=True)
class Keyring:
    """The keys of some subjects, for one request; a missing key means that the person was erased."""

    keys: Mapping[int, bytes] = field(repr=False)

    def open(self, sealed: bytes | None) -> str:
        """Return the text, "" for nothing, or a word that says it was erased."""
        if sealed is None:
            return ""
        key = self.keys.get(subject_of(sealed))
        if key is None:
            return ERASED
        header, rest = sealed[:HEADER_BYTES], sealed[HEADER_BYTES:]
        try:
            return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], header).decode()
        except InvalidTag as error:
            message = "a sealed value was altered or belongs to another subject"
            raise ValueError(message) from error

    def seal(self, subject_id: int, text: str) -> bytes:
        """Encrypt text for a subject of this ring."""
        return seal(subject_id, self.keys[subject_id], text)

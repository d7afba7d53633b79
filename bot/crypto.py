"""Encryption of what is personal, and keyed hashes to look it up by.

Keys are derived with HKDF-SHA256 from WELLBEING_SECRET_KEYS: the first encrypts and hashes, all of them decrypt.
A ciphertext reads "<key id>:<base64>", so a rotated key still reads what it wrote.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Undecryptable(Exception):
    """The text was written with a key that is not among the secrets, or was changed."""


class Keyring:
    """Encrypts, decrypts and hashes with keys derived from `secrets` (newest first)."""

    def __init__(self, secrets: Sequence[str]):
        if not secrets:
            raise ValueError("at least one secret is needed")
        self._ciphers: dict[str, AESGCM] = {}
        self._hash_keys: list[bytes] = []
        for secret in secrets:
            name = hashlib.sha256(b"key id" + secret.encode()).hexdigest()[:8]
            self._ciphers[name] = AESGCM(_derive(secret, b"wellbeing encryption"))
            self._hash_keys.append(_derive(secret, b"wellbeing look-up"))
        self._current = next(iter(self._ciphers))

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(12)
        sealed = self._ciphers[self._current].encrypt(nonce, text.encode("utf-8", "surrogatepass"), None)
        return f"{self._current}:{base64.b64encode(nonce + sealed).decode()}"

    def decrypt(self, ciphertext: str) -> str:
        name, _, body = ciphertext.partition(":")
        cipher = self._ciphers.get(name)
        if cipher is None:
            raise Undecryptable("written with a key that is not among the secrets")
        try:
            raw = base64.b64decode(body, validate=True)
            return cipher.decrypt(raw[:12], raw[12:], None).decode("utf-8", "surrogatepass")
        except Exception as error:
            raise Undecryptable("changed since it was written") from error

    @property
    def current(self) -> str:
        """The id of the key that encrypts."""
        return self._current

    def seal(self, data: bytes, about: bytes) -> bytes:
        """`data` under the newest key; `about` is not stored, but must be the same when it is opened."""
        nonce = os.urandom(12)
        return nonce + self._ciphers[self._current].encrypt(nonce, data, about)

    def unseal(self, key: str, sealed: bytes, about: bytes) -> bytes:
        """What was sealed under the key with the id `key`. Undecryptable if it is not ours or was changed."""
        cipher = self._ciphers.get(key)
        if cipher is None:
            raise Undecryptable("written with a key that is not among the secrets")
        try:
            return cipher.decrypt(sealed[:12], sealed[12:], about)
        except Exception as error:
            raise Undecryptable("changed since it was written") from error

    def needs_rewriting(self, ciphertext: str) -> bool:
        return not ciphertext.startswith(self._current + ":")

    def hash(self, value: str) -> str:
        """Look-up hash of `value` under the newest key: 64 hexadecimal digits."""
        return hmac.new(self._hash_keys[0], value.encode(), hashlib.sha256).hexdigest()

    def hashes(self, value: str) -> list[str]:
        """Look-up hashes under every key, newest first: what to search for while a rotation is under way."""
        return [hmac.new(key, value.encode(), hashlib.sha256).hexdigest() for key in self._hash_keys]


def _derive(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())


_keyring: Keyring | None = None


def use(secrets: Sequence[str]) -> Keyring:
    """Make `secrets` the process's keys. Called once by the composition root (and by tests)."""
    global _keyring
    _keyring = Keyring(secrets)
    return _keyring


def keyring() -> Keyring:
    """The process's keys. RuntimeError before `use` was called."""
    if _keyring is None:
        raise RuntimeError("no keys: bot.crypto.use() was not called")
    return _keyring

"""Passwords of staff: argon2id, and a check that takes as long for nobody as for somebody."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

#: Short enough to be three words, long enough that guessing online is hopeless.
MIN_LENGTH = 12
#: Nobody types more; hashing a megabyte would keep a thread busy.
MAX_LENGTH = 500


class TooWeak(ValueError):
    """The password may not be used; the message is a sentence for the person choosing it."""


class Passwords:
    """Hashes and checks passwords with one `hasher` (tests bring a fast one)."""

    def __init__(self, hasher: PasswordHasher | None = None):
        self._hasher = hasher or PasswordHasher()
        # Made now and not when first needed, or the first unknown address after a start would take twice as long.
        self._nobody = self._hasher.hash("the password of no account at all")

    def hash(self, password: str) -> str:
        """The hash to store. TooWeak, with a sentence, when the password is too short or too long."""
        if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
            raise TooWeak(f"A password has {MIN_LENGTH} to {MAX_LENGTH} characters. Three or four words do well.")
        return self._hasher.hash(password)

    def hash_pin(self, pin: str) -> str:
        """The hash of a PIN, whose strength is not its length: see devices.py."""
        return self._hasher.hash(pin)

    def check(self, stored: str | None, password: str) -> bool:
        """Whether `password` is the one behind `stored`. With None (no such account) it is no, after the same time."""
        try:
            right = self._hasher.verify(stored or self._nobody, password[: MAX_LENGTH + 1])
        except (Argon2Error, InvalidHashError):
            return False
        return right and stored is not None

    def outdated(self, stored: str) -> bool:
        """Whether `stored` was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(stored)

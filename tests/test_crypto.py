"""What is personal is unreadable without the keys, cannot be changed unnoticed, and survives a change of keys."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import crypto
from bot.crypto import Keyring, Undecryptable

OLD, NEW = "an old secret that is long enough..", "a new secret that is long enough..."


@given(st.text())
def test_what_is_encrypted_comes_back(text):
    keys = Keyring([OLD])
    assert keys.decrypt(keys.encrypt(text)) == text


def test_lone_surrogates_survive():
    keys = Keyring([OLD])
    assert keys.decrypt(keys.encrypt("\ud83d oops")) == "\ud83d oops"


def test_the_same_text_never_looks_the_same():
    keys = Keyring([OLD])
    assert keys.encrypt("hiya") != keys.encrypt("hiya")
    assert "hiya" not in keys.encrypt("hiya")


def test_rotation_reads_the_old_and_writes_with_the_new():
    before, after = Keyring([OLD]), Keyring([NEW, OLD])
    stored = before.encrypt("hiya")
    assert after.decrypt(stored) == "hiya"
    assert after.needs_rewriting(stored)
    rewritten = after.encrypt("hiya")
    assert not after.needs_rewriting(rewritten)
    assert Keyring([NEW]).decrypt(rewritten) == "hiya"
    with pytest.raises(Undecryptable):
        Keyring([NEW]).decrypt(stored)


def test_look_up_hashes_survive_rotation():
    before, after = Keyring([OLD]), Keyring([NEW, OLD])
    assert before.hash("sms:+447700900123") in after.hashes("sms:+447700900123")
    assert after.hash("x") == after.hashes("x")[0] == Keyring([NEW]).hash("x")
    assert before.hash("x") != after.hash("x")
    assert len(before.hash("x")) == 64


def test_every_change_of_a_ciphertext_is_noticed():
    keys = Keyring([OLD])
    name, _, body = keys.encrypt("hiya").partition(":")
    raw = base64.b64decode(body)
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 1
        with pytest.raises(Undecryptable):
            keys.decrypt(f"{name}:{base64.b64encode(bytes(changed)).decode()}")
    with pytest.raises(Undecryptable):
        keys.decrypt(f"00000000:{body}")


@pytest.mark.parametrize("torn", ["", "plain text", "{name}:", "{name}:AAAA", "{name}:not base64"])
def test_what_was_never_a_ciphertext_is_undecryptable(torn):
    keys = Keyring([OLD])
    name = keys.encrypt("x").partition(":")[0]
    with pytest.raises(Undecryptable):
        keys.decrypt(torn.format(name=name))


def test_no_secrets_no_keyring():
    with pytest.raises(ValueError, match="at least one"):
        Keyring([])


def test_nothing_is_encrypted_before_the_keys_are_there(monkeypatch):
    monkeypatch.setattr(crypto, "_keyring", None)
    with pytest.raises(RuntimeError, match="no keys"):
        crypto.keyring()

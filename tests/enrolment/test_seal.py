"""The secret of the draw: kept encrypted, sealed to the ministry, bound to its period."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.enrolment import seal

SECRET = bytes(range(32))


def altered(sealed):
    return sealed[:-1] + bytes([sealed[-1] ^ 1])


@given(st.binary(min_size=32, max_size=32))
def test_what_is_sealed_opens_to_the_same_bytes(secret):
    assert seal.unseal(seal.seal(secret, "key", "B2"), "key", "B2") == secret


def test_sealing_twice_gives_different_bytes_and_never_the_secret_itself():
    one, two = seal.seal(SECRET, "key", "B2"), seal.seal(SECRET, "key", "B2")
    assert one != two
    assert SECRET not in one


@pytest.mark.parametrize(
    ("sealed", "key", "about"),
    [
        (seal.seal(SECRET, "key", "B2"), "another", "B2"),
        (seal.seal(SECRET, "key", "B2"), "key", "B1"),
        (altered(seal.seal(SECRET, "key", "B2")), "key", "B2"),
        (b"", "key", "B2"),
    ],
    ids=["another key", "another period", "altered", "empty"],
)
def test_another_key_period_or_byte_does_not_open(sealed, key, about):
    with pytest.raises(seal.SealBrokenError):
        seal.unseal(sealed, key, about)


def test_only_the_ministrys_key_opens_the_escrow():
    private, public = seal.new_escrow_pair()
    sealed = seal.escrow(SECRET, public, "B2")
    assert seal.open_escrow(sealed, private, "B2") == SECRET
    stranger, _ = seal.new_escrow_pair()
    with pytest.raises(seal.SealBrokenError):
        seal.open_escrow(sealed, stranger, "B2")
    with pytest.raises(seal.SealBrokenError):
        seal.open_escrow(sealed, private, "B1")
    with pytest.raises(seal.SealBrokenError):
        seal.open_escrow(b"short", private, "B2")


def test_a_key_of_another_kind_is_refused():
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with pytest.raises(TypeError):
        seal.escrow(SECRET, public, "B2")
    with pytest.raises(TypeError):
        seal.open_escrow(bytes(80), private, "B2")

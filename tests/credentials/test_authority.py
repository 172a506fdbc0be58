from __future__ import annotations

import json
import stat
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

from didaskaleio.credentials.authority import AuthorityError, load, organisation_of
from didaskaleio.credentials.demo_authority import create_demo_authority
from didaskaleio.credentials.signed_content import issue, read

from .samples import BODY, CLAIMS, OTHER_BODY


def test_each_body_has_an_rsa_3072_certificate_that_the_root_signed(authority):
    root = x509.load_der_x509_certificate(authority.published.roots[0])
    for body in authority.bodies.values():
        certificate = body.sealer.certificate
        certificate.verify_directly_issued_by(root)
        assert body.sealer.key.key_size == 3072
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        assert usage.digital_signature
        assert usage.content_commitment
        assert not usage.key_cert_sign
        assert organisation_of(certificate) == body.organisation
    assert {body.organisation for body in authority.bodies.values()} == {BODY, OTHER_BODY}


def test_the_demonstration_keys_cover_the_period_of_the_demonstration(authority):
    key = authority.bodies["A"].content_key.public
    assert key.covers(datetime(2023, 1, 16, tzinfo=UTC))
    assert not key.covers(datetime(2019, 12, 31, tzinfo=UTC))


def test_making_it_again_changes_nothing(authority, folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = create_demo_authority(folder, {"A": BODY, "B": OTHER_BODY})
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert again.published == authority.published


def test_a_new_body_joins_and_old_contents_still_verify(tmp_path):
    first = create_demo_authority(tmp_path, {"A": BODY})
    text = issue(CLAIMS, first.bodies["A"].content_key)
    second = create_demo_authority(tmp_path, {"A": BODY, "B": OTHER_BODY})
    assert set(second.bodies) == {"A", "B"}
    assert read(text, second.published) == CLAIMS
    assert first.published.roots == second.published.roots


def test_a_name_longer_than_a_common_name_stays_whole(tmp_path):
    organisation = "Ινστιτούτο Τεχνολογίας Υπολογιστών και Εκδόσεων «Επινοημένο Δείγμα»"
    body = create_demo_authority(tmp_path, {"ITYE": organisation}).bodies["ITYE"]
    assert organisation_of(body.sealer.certificate) == organisation


def test_only_the_published_keys_are_readable_by_others(authority, folder):
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.glob("*.*")}
    readable = {name for name, mode in modes.items() if mode & 0o077 and name != ".lock"}
    assert readable == {"keys.json"}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert b"PRIVATE" not in (folder / "keys.json").read_bytes()


@pytest.fixture
def own_keys(authority, tmp_path):
    """A ministry's own keys: PKCS#12 with a password, an encrypted content key."""
    body, locked = authority.bodies["A"], serialization.BestAvailableEncryption(b"secret")
    sealer = body.sealer
    bundle = pkcs12.serialize_key_and_certificates(
        b"seal", sealer.key, sealer.certificate, sealer.chain, locked
    )
    (tmp_path / "seal.p12").write_bytes(bundle)
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    key = ec.generate_private_key(ec.SECP256R1())
    (tmp_path / "content.pem").write_bytes(key.private_bytes(pem, pkcs8, locked))
    root = x509.load_der_x509_certificate(authority.published.roots[0])
    (tmp_path / "root.pem").write_bytes(root.public_bytes(pem))
    entry = {
        "code": "A",
        "organisation": BODY,
        "seal": {"pkcs12": "seal.p12"},
        "content_key": "content.pem",
        "password_env": "SEAL_PASSWORD",
        "valid_from": "2023-01-01T00:00:00+02:00",
        "valid_until": "2025-01-01T00:00:00+02:00",
    }
    return {"roots": ["root.pem"], "bodies": [entry]}


def test_a_ministry_plugs_in_its_own_keys(own_keys, authority, tmp_path, monkeypatch):
    retired = json.loads(authority.published.as_json())["keys"]
    (tmp_path / "authority.json").write_text(json.dumps(own_keys | {"retired": retired}))
    monkeypatch.setenv("SEAL_PASSWORD", "secret")
    own = load(tmp_path)
    assert own.bodies["A"].sealer.certificate == authority.bodies["A"].sealer.certificate
    assert len(own.bodies["A"].sealer.chain) == 1
    assert read(issue(CLAIMS, own.bodies["A"].content_key), own.published) == CLAIMS
    old = issue(CLAIMS, authority.bodies["A"].content_key)
    assert read(old, own.published) == CLAIMS


@pytest.mark.parametrize(
    "change",
    [
        {"organisation": OTHER_BODY},
        {"content_key": "none.pem"},
        {"seal": {"pkcs12": "content.pem"}},
        {"seal": {"certificate": "root.pem", "key": "content.pem"}},
        {"valid_from": "yesterday"},
    ],
)
def test_an_incomplete_authority_is_refused(own_keys, tmp_path, monkeypatch, change):
    monkeypatch.setenv("SEAL_PASSWORD", "secret")
    own_keys["bodies"][0] |= change
    (tmp_path / "authority.json").write_text(json.dumps(own_keys))
    with pytest.raises(AuthorityError):
        load(tmp_path)


def test_a_wrong_password_is_refused(own_keys, tmp_path, monkeypatch):
    (tmp_path / "authority.json").write_text(json.dumps(own_keys))
    with pytest.raises(AuthorityError):
        load(tmp_path)
    monkeypatch.setenv("SEAL_PASSWORD", "guess")
    with pytest.raises(AuthorityError):
        load(tmp_path)

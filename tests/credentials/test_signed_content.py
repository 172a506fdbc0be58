from __future__ import annotations

import contextlib
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import cbor2
import pytest
import segno
from hypothesis import example, given
from hypothesis import strategies as st

from didaskaleio.credentials.claims import Claims, pack, unpack
from didaskaleio.credentials.errors import (
    BadSignatureError,
    ContentTooLongError,
    CredentialError,
    ExpiredKeyError,
    UnknownKeyError,
    UnreadableError,
)
from didaskaleio.credentials.keys import KeySet
from didaskaleio.credentials.signed_content import LONGEST, base45, issue, read, unbase45

from .samples import CLAIMS, LONG, OTHER_BODY

words = st.text(st.characters(codec="utf-8"), max_size=40)
claims_of_any_kind = st.builds(
    Claims,
    **dict.fromkeys(
        (
            *("number", "kind", "surname", "given_name", "father_name", "specialty"),
            *("course", "programme", "rules_version", "body", "code"),
        ),
        words,
    ),
    hours=st.integers(0, 10_000),
    starts=st.dates(),
    ends=st.dates(),
    issued_at=st.datetimes(
        datetime(1971, 1, 1),  # noqa: DTZ001
        datetime(2200, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
)


@given(st.binary())
@example(b"")
@example(b"\xff\xff\xff")
def test_base45_returns_the_same_octets(octets):
    assert unbase45(base45(octets)) == octets


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        (b"AB", "BB8"),
        (b"Hello!!", "%69 VD92EX0"),
        (b"base-45", "UJCLQE7W581"),
        (b"ietf!", "QED8WEX0"),
    ],
)
def test_base45_agrees_with_the_examples_of_rfc_9285(octets, text):
    assert base45(octets) == text
    assert unbase45(text) == octets


@pytest.mark.parametrize("text", ["A", "BB8A", "GGW", ":::", "::", "bb8", "Αλφ"])
def test_base45_refuses_what_the_standard_refuses(text):
    with pytest.raises(ValueError, match="not base45"):
        unbase45(text)


@given(claims_of_any_kind)
def test_claims_survive_packing(claims):
    assert unpack(cbor2.loads(cbor2.dumps(pack(claims)))) == claims


@given(st.dictionaries(st.integers(0, 20), st.one_of(words, st.integers(), st.none(), st.binary())))
def test_unpacking_gives_claims_or_a_value_error(wire):
    with contextlib.suppress(ValueError):
        assert isinstance(unpack(wire), Claims)


def test_what_was_issued_is_read_again_exactly(authority):
    text = issue(CLAIMS, authority.bodies["A"].content_key)
    assert text.startswith("DID1:")
    assert read(text, authority.published) == CLAIMS


def test_keys_read_from_their_published_file_verify_too(authority, content):
    published = KeySet.parse(authority.published.as_json())
    assert read(content, published) == CLAIMS
    assert published.as_json() == authority.published.as_json()


def test_the_longest_realistic_content_prints_in_30_mm(authority):
    text = issue(LONG, authority.bodies["A"].content_key)
    code = segno.make(text, error="l", mask=2, boost_error=False)
    assert code.mode == "alphanumeric"
    modules, quiet = code.symbol_size(border=0)[0], 8
    assert 36 * modules / (modules + quiet) >= 30
    assert 30 / modules >= 0.3


def test_content_that_would_not_scan_is_refused(authority):
    course = "".join(sha256(str(number).encode()).hexdigest() for number in range(40))
    with pytest.raises(ContentTooLongError, match=f"επιτρέπονται {LONGEST}"):
        issue(replace(CLAIMS, course=course), authority.bodies["A"].content_key)


def test_a_key_signs_only_for_its_own_body(authority):
    with pytest.raises(ValueError, match="another body"):
        issue(replace(CLAIMS, body=OTHER_BODY), authority.bodies["A"].content_key)


def test_an_unpublished_key_is_named_unknown(stranger, authority):
    text = issue(CLAIMS, stranger.bodies["A"].content_key)
    with pytest.raises(UnknownKeyError, match="δεν περιλαμβάνεται στα δημοσιευμένα κλειδιά"):
        read(text, authority.published)


def test_changed_content_under_the_old_signature_is_refused(authority, content):
    message = cbor2.loads(zlib.decompress(unbase45(content.removeprefix("DID1:"))))
    protected, header, payload, signature = message.value
    forged = cbor2.dumps({**cbor2.loads(payload), 9: 160}, canonical=True)
    octets = cbor2.dumps(cbor2.CBORTag(18, [protected, header, forged, signature]))
    with pytest.raises(BadSignatureError):
        read("DID1:" + base45(zlib.compress(octets)), authority.published)


def test_a_body_cannot_sign_in_the_name_of_another(authority):
    key = authority.bodies["B"].content_key
    text = issue(replace(CLAIMS, body=OTHER_BODY), key)
    renamed = replace(key.public, organisation=CLAIMS.body)
    with pytest.raises(BadSignatureError, match="ανήκει σε άλλον φορέα"):
        read(text, KeySet({renamed.kid: renamed}, ()))


def test_content_issued_outside_the_period_of_the_key_is_refused(authority, content):
    key = authority.bodies["A"].content_key.public
    ended = replace(key, valid_until=CLAIMS.issued_at - timedelta(seconds=1))
    with pytest.raises(ExpiredKeyError, match="δεν ίσχυε τη στιγμή της έκδοσης"):
        read(content, KeySet({key.kid: ended}, ()))
    assert (
        read(content, KeySet({key.kid: replace(key, valid_until=CLAIMS.issued_at)}, ())) == CLAIMS
    )


def test_a_key_outside_its_period_does_not_issue(authority):
    with pytest.raises(ExpiredKeyError):
        issue(
            replace(CLAIMS, issued_at=datetime(2019, 12, 31, tzinfo=UTC)),
            authority.bodies["A"].content_key,
        )


def test_a_bomb_of_zeros_is_unreadable(authority):
    bomb = "DID1:" + base45(zlib.compress(bytes(50_000_000), 9))
    with pytest.raises(UnreadableError):
        read(bomb, authority.published)


@pytest.mark.parametrize(
    "octets", [b"\x81" * 9000, b"\xd2\x84\x1b\xff\xff\xff\xff\xff\xff\xff\xff"]
)
def test_hostile_cbor_is_unreadable(authority, octets):
    with pytest.raises(UnreadableError):
        read("DID1:" + base45(zlib.compress(octets)), authority.published)


@given(st.text())
@example("DID1:")
@example("HC1:6BF")
def test_any_text_is_either_unreadable_or_not_genuine(text):
    keys = KeySet({}, ())
    for attempt in (
        text,
        "DID1:" + text,
        "DID1:" + base45(zlib.compress(text.encode("utf-8", "replace"))),
    ):
        with pytest.raises(CredentialError):
            read(attempt, keys)


@given(st.data())
def test_no_single_changed_letter_passes(authority, content, data):
    place = data.draw(st.integers(5, len(content) - 1))
    letter = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"))
    changed = content[:place] + letter + content[place + 1 :]
    if changed == content:
        assert read(changed, authority.published) == CLAIMS
    else:
        with pytest.raises(CredentialError):
            read(changed, authority.published)


def test_labelled_lines_leave_out_what_is_empty():
    lines = dict(replace(CLAIMS, father_name="").labelled())
    assert "Πατρώνυμο" not in lines
    assert lines["Διάρκεια"] == "6/3/2023 έως 28/6/2023"
    assert lines["Εκδόθηκε"] == "5/7/2023, 11:20"
    assert list(lines)[:3] == ["Είδος", "Αριθμός", "Επώνυμο"]


def test_moments_without_a_zone_are_refused():
    with pytest.raises(ValueError, match="aware"):
        replace(CLAIMS, issued_at=datetime(2023, 7, 5), starts=date(2023, 1, 1))  # noqa: DTZ001


def test_version_zero_of_the_rules_is_said_as_the_defaults():
    lines = dict(replace(CLAIMS, rules_version="0").labelled())
    assert lines["Κανόνες ολοκλήρωσης"] == "προεπιλογές της πλατφόρμας"
    assert dict(CLAIMS.labelled())["Κανόνες ολοκλήρωσης"] == "έκδοση 2023-1"

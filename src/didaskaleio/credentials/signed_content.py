"""Υπογεγραμμένο περιεχόμενο (signed content): an attestation inside a QR code, offline.

As the EU's digital certificates did: claims as CBOR, signed as COSE_Sign1 with ES256
(RFC 9052, 9053), deflated by zlib, written in base45 (RFC 9285) after the prefix ``DID1:``,
so that the whole text stays in the alphanumeric mode of QR codes.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Any, Final

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from didaskaleio.credentials.claims import Claims, pack, unpack
from didaskaleio.credentials.errors import (
    BadSignatureError,
    ContentTooLongError,
    ExpiredKeyError,
    UnknownKeyError,
    UnreadableError,
)
from didaskaleio.credentials.keys import SIZE, KeySet, PublicKey

PREFIX: Final = "DID1:"
# QR version 20 at level L; with its quiet zone in 34 mm a module is 0.32 mm wide.
LONGEST: Final = 1249
ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES: Final = {letter: value for value, letter in enumerate(ALPHABET)}
_BASE: Final = len(ALPHABET)
_SIGN1: Final = 18
_ALG, _KID, _ES256 = 1, 4, -7
_LARGEST: Final = 16_384  # octets after inflation: no attestation comes near
_TEXT: Final = re.compile(rf"{PREFIX}[0-9A-Z $%*+\-./:]+")


@dataclass(frozen=True, slots=True)
class ContentKey:
    """Κλειδί υπογραφής περιεχομένου: the private half of a published key."""

    public: PublicKey
    private: ec.EllipticCurvePrivateKey


def issue(claims: Claims, key: ContentKey) -> str:
    """Έκδοση: the text of the QR code.

    Refuses what would not verify: ExpiredKeyError outside the key's period, ValueError for
    another body's claims, ContentTooLongError when it would not fit a code of 30 mm.
    """
    if claims.body != key.public.organisation:
        raise ValueError("the claims name another body than the key")
    if not key.public.covers(claims.issued_at):
        raise ExpiredKeyError("Το κλειδί του φορέα δεν ισχύει τη στιγμή της έκδοσης· ανανεώστε το.")
    protected = cbor2.dumps({_ALG: _ES256, _KID: key.public.kid}, canonical=True)
    payload = cbor2.dumps(pack(claims), canonical=True)
    signature = _sign(_to_sign(protected, payload), key.private)
    message = cbor2.dumps(cbor2.CBORTag(_SIGN1, [protected, {}, payload, signature]))
    text = PREFIX + base45(zlib.compress(message, 9))
    if len(text) > LONGEST:
        raise ContentTooLongError(
            f"Τα στοιχεία είναι πολύ μεγάλα για τον κωδικό QR ({len(text)} χαρακτήρες, "
            f"επιτρέπονται {LONGEST}): συντομεύστε τον τίτλο."
        )
    return text


def read(text: str, keys: KeySet) -> Claims:
    """Έλεγχος: the claims of a text that a published key signed.

    Raises UnreadableError, UnknownKeyError, BadSignatureError or ExpiredKeyError.
    """
    protected, kid, payload, signature = _open(text)
    key = keys.keys.get(kid)
    if key is None:
        raise UnknownKeyError(
            f"Άγνωστο κλειδί ({kid.hex()}): δεν περιλαμβάνεται στα δημοσιευμένα κλειδιά."
        )
    if not _verified(signature, _to_sign(protected, payload), key.key):
        raise BadSignatureError(
            "Η υπογραφή δεν αντιστοιχεί στο περιεχόμενο: ο κωδικός αλλοιώθηκε ή πλαστογραφήθηκε."
        )
    claims = _claims(payload)
    if claims.body != key.organisation:
        raise BadSignatureError("Το κλειδί ανήκει σε άλλον φορέα από αυτόν που γράφει ο κωδικός.")
    if not key.covers(claims.issued_at):
        raise ExpiredKeyError("Το κλειδί του φορέα δεν ίσχυε τη στιγμή της έκδοσης.")
    return claims


def claims_in(text: str) -> Claims:
    """Τι γράφει: the claims of a text that stands in our own register; nothing is verified."""
    return _claims(_open(text)[2])


def base45(octets: bytes) -> str:
    """Κωδικοποίηση base45 (RFC 9285): two octets become three letters, a last one two."""
    letters: list[str] = []
    for start in range(0, len(octets), 2):
        pair = octets[start : start + 2]
        number = int.from_bytes(pair)
        for _ in range(len(pair) + 1):
            number, value = divmod(number, _BASE)
            letters.append(ALPHABET[value])
    return "".join(letters)


def unbase45(text: str) -> bytes:
    """Αποκωδικοποίηση base45. ValueError for letters, lengths or values outside RFC 9285."""
    octets = bytearray()
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        if len(group) == 1 or not set(group) <= _VALUES.keys():
            raise ValueError("not base45")
        number = sum(_VALUES[letter] * _BASE**place for place, letter in enumerate(group))
        try:
            octets += number.to_bytes(len(group) - 1)
        except OverflowError as error:
            raise ValueError("not base45") from error
    return bytes(octets)


def _open(text: str) -> tuple[bytes, bytes, bytes, bytes]:
    """Protected header, kid, payload and signature of a well-formed text."""
    if not _TEXT.fullmatch(text):
        raise UnreadableError("Δεν είναι κωδικός βεβαίωσης: ο κωδικός αρχίζει με DID1:.")
    try:
        return _parts(_inflate(unbase45(text.removeprefix(PREFIX))))
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise UnreadableError(
            "Ο κωδικός δεν διαβάζεται: λείπει ή άλλαξε κάποιο μέρος του. Σαρώστε τον ξανά."
        ) from error


def _parts(octets: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    message = _decode(octets)
    if not isinstance(message, cbor2.CBORTag) or message.tag != _SIGN1:
        raise ValueError("not COSE_Sign1")
    protected, _, payload, signature = message.value
    header = _decode(protected)
    kid = header[_KID]
    for part in (protected, kid, payload, signature):
        if not isinstance(part, bytes):
            raise ValueError("not a byte string")  # noqa: TRY004 - one kind of refusal
    if header[_ALG] != _ES256 or len(signature) != 2 * SIZE:
        raise ValueError("not ES256")
    return protected, kid, payload, signature


def _claims(payload: bytes) -> Claims:
    try:
        return unpack(_decode(payload))
    except (ValueError, TypeError) as error:
        raise UnreadableError(
            "Το περιεχόμενο έχει άγνωστη μορφή: χρησιμοποιήστε νεότερη έκδοση του ελέγχου."
        ) from error


def _decode(octets: bytes) -> Any:
    try:
        return cbor2.loads(octets)
    except (cbor2.CBORError, RecursionError, MemoryError, OverflowError) as error:
        raise ValueError("not CBOR") from error


def _inflate(octets: bytes) -> bytes:
    machine = zlib.decompressobj()
    inflated = machine.decompress(octets, _LARGEST)
    if not machine.eof or machine.unused_data:
        raise ValueError("too long, cut short or followed by something")
    return inflated


def _to_sign(protected: bytes, payload: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, b"", payload])


def _sign(octets: bytes, key: ec.EllipticCurvePrivateKey) -> bytes:
    r, s = utils.decode_dss_signature(key.sign(octets, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(SIZE) + s.to_bytes(SIZE)


def _verified(signature: bytes, octets: bytes, key: ec.EllipticCurvePublicKey) -> bool:
    r, s = int.from_bytes(signature[:SIZE]), int.from_bytes(signature[SIZE:])
    try:
        key.verify(utils.encode_dss_signature(r, s), octets, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True

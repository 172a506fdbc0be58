"""Έλεγχος γνησιότητας (verification): of a QR text or a sealed PDF, offline.

A PDF is genuine when its only seal covers every byte, is intact, forbids changes, chains to a
published root at the moment of issue, and the signed content inside it is genuine and of the
same body. Whether the attestation was revoked since only the register knows.
"""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from didaskaleio.credentials import signed_content
from didaskaleio.credentials.errors import CredentialError, Flaw, NotGenuineError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    from didaskaleio.credentials.claims import Claims
    from didaskaleio.credentials.keys import KeySet


@dataclass(frozen=True, slots=True)
class SealFacts:
    """Στοιχεία σφραγίδας: whose seal, under which root, and the moment that it states."""

    organisation: str
    issuer: str
    sealed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Genuine:
    """Γνήσιο: the content, and the seal when a PDF was checked."""

    claims: Claims
    seal: SealFacts | None = None


def verify_text(text: str, keys: KeySet) -> Genuine:
    """Έλεγχος κωδικού QR. UnreadableError, or NotGenuineError with the reason."""
    return Genuine(signed_content.read(text.strip("\r\n\t"), keys))


def verify_pdf(pdf: bytes, keys: KeySet) -> Genuine:
    """Έλεγχος αρχείου PDF. UnreadableError, or NotGenuineError with the reason."""
    if b"%PDF-" not in pdf[:1024]:
        raise UnreadableError("Το αρχείο δεν είναι PDF.")
    sealed = b"/ByteRange" in pdf
    claims: Claims | None = None
    try:
        with _unreadable_as(sealed=sealed), quiet():
            reader = _reader(pdf)
            claims = _claims_if_genuine(reader, keys)
            return _check(reader, pdf, keys)
    except NotGenuineError as refusal:
        refusal.claims = claims
        raise


def _check(reader: PdfFileReader, pdf: bytes, keys: KeySet) -> Genuine:
    signature = _only_signature(reader)
    _require_whole(signature, pdf)
    claims = _claims(reader, keys)
    status = _status(signature, keys, claims.issued_at)
    facts = _facts(signature)
    if not (status.intact and status.valid):
        raise NotGenuineError("Το περιεχόμενο του αρχείου άλλαξε μετά τη σφράγιση.", Flaw.ALTERED)
    if not status.trusted:
        raise NotGenuineError(
            f"Η σφραγίδα («{facts.organisation}») δεν εκδόθηκε από δημοσιευμένη αρχή "
            "ή δεν ίσχυε τη στιγμή της έκδοσης.",
            Flaw.UNTRUSTED_SEAL,
        )
    if facts.organisation != claims.body:
        raise NotGenuineError(
            f"Η σφραγίδα είναι του φορέα «{facts.organisation}», "
            f"το περιεχόμενο του φορέα «{claims.body}».",
            Flaw.OTHER_BODY,
        )
    return Genuine(claims, facts)


def _reader(pdf: bytes) -> PdfFileReader:
    from pyhanko.pdf_utils.reader import PdfFileReader

    return PdfFileReader(BytesIO(pdf))


def _only_signature(reader: PdfFileReader) -> EmbeddedPdfSignature:
    signatures: list[EmbeddedPdfSignature] = list(reader.embedded_signatures)
    if not signatures:
        raise NotGenuineError(
            "Το αρχείο δεν φέρει σφραγίδα: δεν είναι το πρωτότυπο ή αποθηκεύτηκε ξανά χωρίς αυτήν.",
            Flaw.UNSEALED,
        )
    if len(signatures) > 1:
        raise NotGenuineError("Στο αρχείο προστέθηκε και άλλη υπογραφή.", Flaw.EXTENDED)
    return signatures[0]


def _require_whole(signature: EmbeddedPdfSignature, pdf: bytes) -> None:
    """The two ranges and the signature between them must be the file, byte for byte."""
    start, length, resume, rest = (int(number) for number in signature.byte_range)
    if resume + rest < len(pdf):
        raise NotGenuineError("Στο αρχείο προστέθηκαν στοιχεία μετά τη σφράγιση.", Flaw.EXTENDED)
    between = pdf[length:resume]
    contents = bytes(signature.pkcs7_content).hex()
    whole = start == 0 and resume + rest == len(pdf)
    if not whole or between.lower() != f"<{contents}>".encode():
        raise NotGenuineError("Η σφραγίδα δεν καλύπτει ολόκληρο το αρχείο.", Flaw.DAMAGED)


def _claims_if_genuine(reader: PdfFileReader, keys: KeySet) -> Claims | None:
    try:
        return _claims(reader, keys)
    except CredentialError:
        return None


def _claims(reader: PdfFileReader, keys: KeySet) -> Claims:
    view = reader.trailer_view
    # Its get() would hand out the reference, its [] the dictionary.
    info = view["/Info"] if "/Info" in view else {}  # noqa: SIM401
    text = str(info.get("/Keywords", ""))
    if not text.startswith(signed_content.PREFIX):
        raise NotGenuineError("Το αρχείο δεν περιέχει υπογεγραμμένα στοιχεία.", Flaw.NO_CONTENT)
    try:
        return signed_content.read(text, keys)
    except UnreadableError as error:
        raise NotGenuineError(
            "Τα υπογεγραμμένα στοιχεία του αρχείου δεν διαβάζονται.", Flaw.NO_CONTENT
        ) from error


def _status(signature: EmbeddedPdfSignature, keys: KeySet, moment: datetime) -> Any:
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation import validate_pdf_signature

    if signature.docmdp_level != MDPPerm.NO_CHANGES:
        raise NotGenuineError("Η σφραγίδα επιτρέπει αλλαγές στο αρχείο.", Flaw.WEAK_SEAL)
    return validate_pdf_signature(signature, _context(keys, moment), skip_diff=True)


def _context(keys: KeySet, moment: datetime) -> Any:
    from asn1crypto.x509 import Certificate
    from pyhanko_certvalidator import ValidationContext

    load: Callable[[bytes], Certificate] = Certificate.load
    return ValidationContext(
        trust_roots=[load(root) for root in keys.roots],
        moment=moment,
        best_signature_time=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


def _facts(signature: EmbeddedPdfSignature) -> SealFacts:
    certificate = signature.signer_cert
    subject, issuer = certificate.subject.native, certificate.issuer.native
    return SealFacts(
        str(subject.get("organization_name") or subject.get("common_name", "")),
        str(issuer.get("organization_name") or issuer.get("common_name", "")),
        signature.self_reported_timestamp,
    )


@contextlib.contextmanager
def _unreadable_as(*, sealed: bool) -> Iterator[None]:
    """What pyHanko cannot follow: a damaged seal where there was one, else no readable PDF."""
    try:
        yield
    except CredentialError:
        raise
    # A hostile file may trip any part of the parser; none of it may pass for genuine.
    except Exception as error:
        if sealed:
            raise NotGenuineError(
                "Το αρχείο άλλαξε μετά τη σφράγιση: η δομή του καταστράφηκε.", Flaw.DAMAGED
            ) from error
        raise UnreadableError("Το αρχείο PDF δεν διαβάζεται: είναι κατεστραμμένο.") from error


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """PyHanko logs a traceback for each certificate that it rejects; the refusal says enough."""
    loggers = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    before = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)

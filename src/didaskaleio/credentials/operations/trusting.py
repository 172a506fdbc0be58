"""Κατάλογος εμπιστοσύνης (trust list): the authorities whose signatures count, by the operator."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from didaskaleio.credentials.lifecycle import ROOT
from didaskaleio.credentials.models import TrustRoot
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.taken import unless_taken

ROOT.model = TrustRoot
MOMENT = timedelta(seconds=1)  # the least that the table takes for a period
PEM = b"-----BEGIN CERTIFICATE-----"


def add_root(content: bytes, *, name: str = "", actor: Actor, at: datetime) -> TrustRoot:
    """Trust an authority (προσθήκη ρίζας): from the beginning of its certificate to its end."""
    access.require(actor, "trust_root.manage")
    found = _certificate(content)
    try:
        authority = found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        authority = False
    if not authority:
        raise Refusal("Το πιστοποιητικό δεν είναι αρχής (CA). Ανεβάστε το πιστοποιητικό ρίζας.")
    root = TrustRoot(
        name=name or _name(found),
        certificate=found.public_bytes(serialization.Encoding.DER),
        fingerprint=found.fingerprint(hashes.SHA256()).hex(),
        valid_from=found.not_valid_before_utc,
        valid_until=found.not_valid_after_utc,
        added_at=at,
    )
    with unless_taken(Refusal("Η αρχή υπάρχει ήδη στον κατάλογο εμπιστοσύνης.")):
        root.save()
        journal.write(root, "Προσθήκη στον κατάλογο εμπιστοσύνης", actor=actor, at=at)
    return root


def _certificate(content: bytes) -> x509.Certificate:
    try:
        if PEM in content:
            return x509.load_pem_x509_certificate(content)
        return x509.load_der_x509_certificate(content)
    except ValueError as error:
        raise Refusal(
            "Το αρχείο δεν είναι πιστοποιητικό. Ανεβάστε ένα πιστοποιητικό X.509, "
            "σε μορφή PEM ή DER."
        ) from error


def _name(found: x509.Certificate) -> str:
    for oid in (x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME):
        for attribute in found.subject.get_attributes_for_oid(oid):
            return str(attribute.value)[:300]
    return found.subject.rfc4514_string()[:300]


@ROOT.performs("end")
def end(root: TrustRoot, *, actor: Actor, at: datetime, reason: str) -> None:
    """End the trust (τέλος εμπιστοσύνης): what is signed from now on does not count."""
    root.valid_until = max(at, root.valid_from + MOMENT)

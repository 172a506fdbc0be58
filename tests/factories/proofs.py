"""What a signed file brings along: lists and answers of revocation, time-stamps, true and false."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp

from didaskaleio.site.demo_certificates import Holder, Issuer
from tests.factories.signing import the_issuer

DER = serialization.Encoding.DER
CLOCK = Holder("Χρονοσφράγισης", "Υπηρεσία")
HOUR = timedelta(hours=1)


@cache
def the_forger():
    """An authority that nobody trusts, by the name of the one that is trusted."""
    return Issuer.new()


@cache
def certificate(holder, issuer=None):
    """One certificate of a holder, that names where its authority answers; made once."""
    asked = x509.AccessDescription(
        x509.AuthorityInformationAccessOID.OCSP,
        x509.UniformResourceIdentifier("http://ocsp.example/"),
    )
    answers = x509.AuthorityInformationAccess([asked])
    return _extended(holder, issuer or the_issuer(), answers, critical=False)


@cache
def stamper(issuer=None):
    """The certificate of a time-stamping service under an authority."""
    purpose = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING])
    return _extended(CLOCK, issuer or the_issuer(), purpose, critical=True)


def _extended(holder, issuer, extension, *, critical):
    """The certificate of a holder with one extension more."""
    plain = issuer.of(holder)
    builder = x509.CertificateBuilder(
        issuer_name=plain.issuer,
        subject_name=plain.subject,
        public_key=plain.public_key(),
        serial_number=plain.serial_number,
        not_valid_before=holder.since,
        not_valid_after=holder.until,
        extensions=list(plain.extensions),
    )
    return builder.add_extension(extension, critical=critical).sign(
        issuer.root_key, hashes.SHA256()
    )


def revocation_list(holder, revoked_at, *, issued_at, issuer=None):
    """A list of revocation (CRL) with this holder on it; signed by ``issuer``."""
    signs = issuer or the_issuer()
    entry = x509.RevokedCertificateBuilder()
    entry = entry.serial_number(certificate(holder).serial_number).revocation_date(revoked_at)
    builder = x509.CertificateRevocationListBuilder().issuer_name(the_issuer().root.subject)
    builder = builder.last_update(issued_at).next_update(issued_at + timedelta(days=30))
    made = builder.add_revoked_certificate(entry.build()).sign(signs.root_key, hashes.SHA256())
    return made.public_bytes(DER)


def answer(holder, *, at, revoked_at=None):
    """The answer of the authority about a certificate (OCSP): good, or revoked at a moment."""
    above = the_issuer()
    status = ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=certificate(holder),
        issuer=above.root,
        algorithm=hashes.SHA1(),
        cert_status=status,
        this_update=at - HOUR,
        next_update=at + timedelta(days=7),
        revocation_time=revoked_at,
        revocation_reason=x509.ReasonFlags.key_compromise if revoked_at else None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, above.root)
    return builder.sign(above.root_key, hashes.SHA256()).public_bytes(DER)


@dataclass(frozen=True)
class Stamp:
    """A time-stamp: the moment that it states, who signs it, whether it is of other bytes."""

    moment: datetime
    issuer: Issuer | None = None
    of_other_bytes: bool = False


def signed_with_proofs(pdf, holder, *, crls=(), answers=(), stamp=None):
    """The document signed by ``holder``, with what the program of signatures took along."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    metadata = PdfSignatureMetadata(
        field_name="Mine", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    signer = PdfSigner(metadata, _signer(holder, crls, answers), timestamper=_timestamper(stamp))
    return signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf))).getvalue()


def stamped_document(pdf, stamp):
    """The document with a time-stamp over all of it, after its signatures."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfTimeStamper

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    return PdfTimeStamper(_timestamper(stamp)).timestamp_pdf(writer, "sha256").getvalue()


def _private(issuer):
    from asn1crypto import keys

    plain = serialization.NoEncryption()
    return keys.PrivateKeyInfo.load(
        issuer.key.private_bytes(DER, serialization.PrivateFormat.PKCS8, plain)
    )


def _loaded(found):
    from asn1crypto import x509 as read

    return read.Certificate.load(found.public_bytes(DER))


def _store(*found):
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()
    store.register_multiple([_loaded(each) for each in found])
    return store


def _signer(holder, crls, answers):
    from asn1crypto import crl
    from asn1crypto import ocsp as replies
    from asn1crypto.pdf import RevocationInfoArchival
    from pyhanko.sign.general import simple_cms_attribute
    from pyhanko.sign.signers import SimpleSigner

    kept = RevocationInfoArchival(
        {
            "crl": [crl.CertificateList.load(each) for each in crls],
            "ocsp": [replies.OCSPResponse.load(each) for each in answers],
        }
    )

    class Archiving(SimpleSigner):
        async def signed_attrs(self, *args, **kwargs):
            attributes = await super().signed_attrs(*args, **kwargs)
            if crls or answers:
                name = "adobe_revocation_info_archival"
                attributes.append(simple_cms_attribute(name, kept))
            return attributes

    own = _loaded(certificate(holder))
    return Archiving(own, _private(the_issuer()), _store(the_issuer().root))


def _timestamper(stamp):
    if stamp is None:
        return None
    from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

    class Careless(DummyTimeStamper):
        """Stamps other bytes than those that were sent."""

        async def async_timestamp(self, message_digest, md_algorithm):
            other = bytes(reversed(message_digest)) if stamp.of_other_bytes else message_digest
            return await super().async_timestamp(other, md_algorithm)

    signs = stamp.issuer or the_issuer()
    store = _store(signs.root)
    return Careless(_loaded(stamper(signs)), _private(signs), store, fixed_dt=stamp.moment)


def old(holder, until):
    """The same holder with a certificate that ended at ``until``."""
    return replace(holder, until=until)

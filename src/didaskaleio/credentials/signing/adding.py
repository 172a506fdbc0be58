"""Προσθήκη υπογραφής (adding): one more signature after everything that the file holds.

An approval signature in an update of its own: what was signed before stays byte for byte, and
others may sign after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

from didaskaleio.credentials.seal import RESERVED, keeping_writer, timed_signer
from didaskaleio.credentials.signing.errors import CannotGrowError

if TYPE_CHECKING:
    from didaskaleio.credentials.authority import Sealer

EXISTS_APPEND_ONLY = 3  # flags of a form: it has signatures, grow only by updates
PLACE = re.compile(rb"/ByteRange\s*\[([\d\s]+)\]")
REMOTE_RESERVED = 16_384  # longer chains than those of our own seals


@dataclass(frozen=True)
class Prepared:
    """Έτοιμο προς υπογραφή: the file with an empty place, and what the signer's key signs."""

    pdf: bytes
    attributes: bytes

    @property
    def digest(self) -> bytes:
        """SHA-256 of the signed attributes: the hash that a remote service is given."""
        return sha256(self.attributes).digest()

    @property
    def place(self) -> tuple[int, int]:
        """From where to where the signature will stand: between the ranges of the newest one."""
        _, start, end, _ = PLACE.findall(self.pdf)[-1].split()
        return int(start), int(end)


def require_growth(pdf: bytes) -> None:
    """CannotGrowError when the document cannot take signatures: locked, encrypted, broken."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import MDPPerm

    try:
        reader = PdfFileReader(BytesIO(pdf))
        closed = any(one.docmdp_level == MDPPerm.NO_CHANGES for one in reader.embedded_signatures)
    except PdfError as error:
        raise CannotGrowError("Το έγγραφο δεν διαβάζεται ως PDF.") from error
    if closed or reader.encrypted:
        raise CannotGrowError(
            "Το έγγραφο έχει κλειδωθεί από την τελική του σφραγίδα και δεν δέχεται υπογραφές. "
            "Εκδώστε το χωρίς σφραγίδα: αυτή μπαίνει με τη σειρά της."
        )


def ready(pdf: bytes) -> bytes:
    """The document with a list of its signatures, still empty.

    With it in place a later signature adds to what stands and replaces nothing, so that nothing
    else can hide in the update that brings it.
    """
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, pdf_name

    writer = keeping_writer()(BytesIO(pdf))
    if "/AcroForm" in writer.root:
        return pdf
    dictionary: Callable[[dict[Any, Any]], Any] = DictionaryObject
    number: Callable[[int], Any] = NumberObject
    fields = {pdf_name("/Fields"): ArrayObject(), pdf_name("/SigFlags"): number(EXISTS_APPEND_ONLY)}
    writer.root["/AcroForm"] = writer.add_object(dictionary(fields))
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def seal_turn(pdf: bytes, sealer: Sealer, *, field: str, reason: str, at: datetime) -> bytes:
    """The document with the seal of a body as one more signature."""
    signer = _pdf_signer(sealer.signer, field, reason, sealer.organisation, at)
    signed = signer.sign_pdf(keeping_writer()(BytesIO(pdf)), bytes_reserved=RESERVED)
    return bytes(signed.getbuffer())


def _pdf_signer(signer: Any, field: str, reason: str, name: str, at: datetime) -> Any:
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata

    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        name=name,
        reason=reason,
        subfilter=SigSeedSubFilter.PADES,
    )
    spec = SigFieldSpec(field, readable_field_name=reason)
    return timed_signer()(metadata, signer, new_field_spec=spec, at=at)


def prepare(
    pdf: bytes, certificates: list[bytes], *, field: str, reason: str, at: datetime
) -> Prepared:
    """The document with a place for a signature that is made elsewhere by the first certificate."""
    from asgiref.sync import async_to_sync

    signer = _external(certificates, b"")
    name = str(signer.signing_cert.subject.native.get("common_name", ""))
    made = _pdf_signer(signer, field, reason, name, at)
    digest, _, output = async_to_sync(made.async_digest_doc_for_signing)(
        keeping_writer()(BytesIO(pdf)), bytes_reserved=REMOTE_RESERVED
    )
    attributes = async_to_sync(signer.signed_attrs)(
        digest.document_digest, "sha256", use_pades=True
    )
    return Prepared(bytes(output.getbuffer()), attributes.dump())


def finish(prepared: Prepared, certificates: list[bytes], signature: bytes) -> bytes:
    """The prepared document with the signature that came back in its place."""
    from asgiref.sync import async_to_sync
    from asn1crypto.cms import CMSAttributes
    from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest

    read: Callable[[bytes], CMSAttributes] = CMSAttributes.load
    signer = _external(certificates, signature)
    cms = async_to_sync(signer.async_sign_prescribed_attributes)(
        "sha256", signed_attrs=read(prepared.attributes)
    )
    output = BytesIO(prepared.pdf)
    PreparedByteRangeDigest(b"", *prepared.place).fill_with_cms(output, cms)
    return output.getvalue()


def _external(certificates: list[bytes], signature: bytes) -> Any:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.signers import ExternalSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    read: Callable[[bytes], Certificate] = Certificate.load
    own, *others = [read(one) for one in certificates]
    store.register_multiple(others)
    return ExternalSigner(own, store, signature or None)

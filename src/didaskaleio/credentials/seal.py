"""Σφράγιση (sealing): a body's PAdES B-B seal over a finished PDF (ETSI EN 319 142-1).

A certification signature that allows no later change (DocMDP 1), RSA with SHA-256, so that the
file stays PDF/A-2. The private key is loaded once, and the room for the signature is reserved
instead of tried out: a fifth of the time that pyHanko needs by itself.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, cast

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pyhanko.sign.signers import PdfSigner, Signer

    from didaskaleio.credentials.authority import Sealer

FIELD: Final = "Seal"
RESERVED: Final = 8192
DER: Final = serialization.Encoding.DER


def seal(pdf: bytes, sealer: Sealer, *, reason: str, location: str, at: datetime) -> bytes:
    """Σφραγισμένο έγγραφο: ``pdf`` with the body's seal as its last bytes.

    ``reason`` and ``location`` show in readers; ``at`` (aware) is the moment that the seal states.
    """
    writer = keeping_writer()(BytesIO(pdf))
    sealed = _pdf_signer(sealer, reason, location, at).sign_pdf(writer, bytes_reserved=RESERVED)
    return bytes(sealed.getbuffer())


def _pdf_signer(sealer: Sealer, reason: str, location: str, at: datetime) -> PdfSigner:
    from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata

    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        name=sealer.organisation,
        reason=reason,
        location=location,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    field = SigFieldSpec(FIELD, readable_field_name="Σφραγίδα του φορέα")
    signer: PdfSigner = timed_signer()(metadata, sealer.signer, new_field_spec=field, at=at)
    return signer


def signer_of(sealer: Sealer) -> Signer:
    """Υπογραφέας του pyHanko that signs with the key already loaded."""
    from asn1crypto.keys import PrivateKeyInfo
    from asn1crypto.x509 import Certificate
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    read_key: Callable[[bytes], PrivateKeyInfo] = PrivateKeyInfo.load
    read: Callable[[bytes], Certificate] = Certificate.load
    new_store: Callable[[], SimpleCertificateStore] = SimpleCertificateStore
    store = new_store()
    store.register_multiple([read(extra.public_bytes(DER)) for extra in sealer.chain])
    key = sealer.key.private_bytes(
        DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = _loaded_signer()(read(sealer.certificate.public_bytes(DER)), read_key(key), store)
    signer.loaded_key = sealer.key
    return cast("Signer", signer)


# The classes below are made at the first seal: at module level they would import pyHanko.


@cache
def _loaded_signer() -> Any:
    from pyhanko.sign.signers import SimpleSigner

    class LoadedSigner(SimpleSigner):
        loaded_key: Any = None

        def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
            if digest_algorithm != "sha256":
                raise ValueError("seals are made with SHA-256")
            signature: bytes = self.loaded_key.sign(data, padding.PKCS1v15(), hashes.SHA256())
            return signature

    return LoadedSigner


@cache
def keeping_writer() -> Any:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class KeepingWriter(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """Keeps the metadata that Typst wrote: conforming, and without the wall clock."""

    return KeepingWriter


@cache
def timed_signer() -> Any:
    from pyhanko.sign.signers import PdfSigner as Base

    class TimedSigner(Base):
        def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
            super().__init__(*args, **options)
            self._at = at

        def init_signing_session(self, *args: Any, **options: Any) -> Any:
            session = super().init_signing_session(*args, **options)
            session.system_time = self._at
            return session

    return TimedSigner

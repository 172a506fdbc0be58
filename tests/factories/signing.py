"""Documents that can be signed, invented certificates, and signing as a program of one's own."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from itertools import count

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from didaskaleio.credentials import operations
from didaskaleio.credentials.models import TrustRoot
from didaskaleio.credentials.operations import By
from didaskaleio.credentials.signing import adding
from didaskaleio.kernel import documents, files
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.site.demo_certificates import SINCE, UNTIL, Holder, Issuer
from tests.factories import people, structures

DER = serialization.Encoding.DER
KIND = documents.Kind("credentials.paper", "Δείγμα εγγράφου", None, "own.pages", "papers", dict)
numbers = count(1)


@cache
def plain_pdf(text="Σύμβαση δείγματος"):
    """A typeset page without any seal."""
    import typst

    source = f'#set document(title: "Δείγμα")\n#set text(lang: "el")\n= {text}\nΑμοιβή 100 ευρώ.'
    return typst.compile(source.encode(), pdf_standards=["a-2a"])


def a_document(at, content=None):
    """An issued document that no seal has closed."""
    files.kinds.setdefault(KIND.name, files.Kind(KIND.name, KIND.title, KIND.permission, ()))
    owner = structures.a_body()
    return documents.keep(
        KIND, content or plain_pdf(), owner, number=f"Δ-{next(numbers)}", actor=SYSTEM, at=at
    )


def a_case(*signers, at, document=None, actor=SYSTEM):
    """A signing case of the body of the fixtures; people by themselves, or ``By``."""
    body = structures.a_body()
    by = [one if isinstance(one, By) else By(person=one) for one in signers]
    return operations.open_case(
        document or a_document(at), subject=body, signers=by, body=body, actor=actor, at=at
    )


@cache
def the_issuer():
    """An invented authority; its keys last as long as the tests."""
    return Issuer.new()


def trust(issuer=None, since=SINCE, until=UNTIL):
    """Put the authority into the list of trust."""
    root = (issuer or the_issuer()).root
    return TrustRoot.objects.create(
        name=(issuer or the_issuer()).name,
        certificate=root.public_bytes(DER),
        fingerprint=root.fingerprint(hashes.SHA256()).hex(),
        valid_from=since,
        valid_until=until,
        added_at=since,
    )


def holder_of(person, **facts):
    """The certificate's facts of a person of ours."""
    return Holder(person.surname, person.given_name, **facts)


def certificates(holder, issuer=None):
    """The chain of a person: the certificate and the root above it."""
    issuer = issuer or the_issuer()
    return [issuer.of(holder).public_bytes(DER), issuer.root.public_bytes(DER)]


def signed(pdf, holder, at, *, issuer=None, field="Mine", signature=None, chain=True):
    """The document as a program of signatures gives it back, with the root or without."""
    certs = certificates(holder, issuer)[: None if chain else 1]
    prepared = adding.prepare(pdf, certs, field=field, reason="Υπογραφή", at=at)
    key = (issuer or the_issuer()).key
    made = signature or key.sign(prepared.attributes, padding.PKCS1v15(), hashes.SHA256())
    return adding.finish(prepared, certs, made)


def sign_with(pdf, holder, *, field="Mine", issuer=None, box=None, page=0, **metadata):
    """The same with every choice that a program offers: locks, pictures, algorithms."""
    from asn1crypto import keys, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    issuer = issuer or the_issuer()
    own, root = (x509.Certificate.load(one) for one in certificates(holder, issuer))
    store = SimpleCertificateStore()
    store.register(root)
    private = issuer.key.private_bytes(
        DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = SimpleSigner(own, keys.PrivateKeyInfo.load(private), store)
    facts = {"md_algorithm": "sha256", "subfilter": SigSeedSubFilter.PADES} | metadata
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    spec = SigFieldSpec(field, on_page=page, box=box)
    out = PdfSigner(
        PdfSignatureMetadata(field_name=field, **facts), signer, new_field_spec=spec
    ).sign_pdf(writer)
    return out.getvalue()


__all__ = [
    "Holder",
    "a_case",
    "a_document",
    "certificates",
    "holder_of",
    "people",
    "plain_pdf",
    "sign_with",
    "signed",
    "the_issuer",
    "trust",
]

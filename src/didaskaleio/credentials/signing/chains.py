"""Αλυσίδες εμπιστοσύνης (chains): from the signer's certificate to a root that was trusted then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from didaskaleio.credentials.signing import names
from didaskaleio.credentials.signing.findings import Flaw, Root, Signature

WEAK = frozenset({"md2", "md5", "sha1"})


def status(signature: Any, roots: tuple[Root, ...], at: datetime) -> tuple[Any, datetime, bool]:
    """What pyHanko finds, at the moment that a trusted time-stamp proves, else at ``at``."""
    found = _validated(signature, roots, at)
    stamp = found.timestamp_validity
    if stamp is None or not (stamp.intact and stamp.valid and stamp.trusted):
        return found, at, False
    moment: datetime = stamp.timestamp
    return _validated(signature, roots, moment), moment, True


def stamp_status(stamp: Any, roots: tuple[Root, ...], at: datetime) -> Any:
    """What pyHanko finds of a time-stamp over the whole document."""
    from pyhanko.sign.validation import validate_pdf_timestamp

    return validate_pdf_timestamp(stamp, _context(stamp, roots, at))


def revoked(signature: Any, roots: tuple[Root, ...], moment: datetime) -> bool:
    """Whether what the file brings along revokes the signer's certificate by ``moment``.

    Asked apart, because the usual check passes over a certificate that names no service to ask.
    """
    from pyhanko_certvalidator.policy_decl import (
        CertRevTrustPolicy,
        RevocationCheckingPolicy,
        RevocationCheckingRule,
    )

    rules = RevocationCheckingPolicy(
        ee_certificate_rule=RevocationCheckingRule.CRL_OR_OCSP_REQUIRED,
        intermediate_ca_cert_rule=RevocationCheckingRule.CHECK_IF_DECLARED_SOFT,
    )
    strict = {
        "revinfo_policy": CertRevTrustPolicy(rules, retroactive_revinfo=True),
        "crls": (),
        "ocsps": (),
    }
    return bool(_validated(signature, roots, moment, **strict).revoked)


def _validated(signature: Any, roots: tuple[Root, ...], moment: datetime, **stricter: Any) -> Any:
    from pyhanko.sign.validation import validate_pdf_signature

    return validate_pdf_signature(
        signature,
        _context(signature, roots, moment, **stricter),
        ts_validation_context=_context(signature, roots, moment),
    )


def _context(signature: Any, roots: tuple[Root, ...], moment: datetime, **stricter: Any) -> Any:
    from asn1crypto.x509 import Certificate

    read: Callable[[bytes], Certificate] = Certificate.load
    trusted = [
        read(root.certificate) for root in roots if root.valid_from <= moment <= root.valid_until
    ]
    return _with_embedded(
        signature,
        trust_roots=trusted,
        moment=moment,
        best_signature_time=moment,
        allow_fetching=False,
        **({"revocation_mode": "soft-fail"} | stricter),
    )


def _with_embedded(signature: Any, **rules: Any) -> Any:
    """With the revocation lists, answers and certificates that the file brings along."""
    from pyhanko.sign.validation import DocumentSecurityStore
    from pyhanko.sign.validation.errors import NoDSSFoundError
    from pyhanko_certvalidator import ValidationContext

    for attribute in signature.signer_info["signed_attrs"]:
        if attribute["type"].native == "adobe_revocation_info_archival":
            kept = attribute["values"][0]
            rules |= {"crls": list(kept["crl"] or ()), "ocsps": list(kept["ocsp"] or ())}
    try:
        store = DocumentSecurityStore.read_dss(signature.reader)
    except NoDSSFoundError:
        return ValidationContext(**rules)
    return store.as_validation_context(rules)


def problem(signature: Any, status: Any, moment: datetime) -> Flaw | None:
    """Why the certificate does not count, None when it does."""
    from pyhanko.sign.ades.report import AdESIndeterminate as Unsure

    if status.revoked:
        return Flaw.REVOKED
    if signature.md_algorithm in WEAK:
        return Flaw.WEAK
    if status.trusted:
        return None
    told = status.trust_problem_indic
    if told in {Unsure.REVOKED_NO_POE, Unsure.REVOKED_CA_NO_POE}:
        return Flaw.REVOKED
    if told in {Unsure.CRYPTO_CONSTRAINTS_FAILURE, Unsure.CRYPTO_CONSTRAINTS_FAILURE_NO_POE}:
        return Flaw.WEAK
    span = signature.signer_cert["tbs_certificate"]["validity"]
    in_force = span["not_before"].native <= moment <= span["not_after"].native
    return Flaw.UNTRUSTED if in_force else Flaw.NOT_IN_FORCE


def facts(signature: Any, *, moment: datetime, stamped: bool) -> Signature:
    """Who signed, under whom, when: the proven moment, else the one that the file states."""
    certificate = signature.signer_cert
    subject = certificate.subject.native
    person = [subject.get("given_name"), subject.get("surname")]
    name = (
        " ".join(map(str, person)) if all(person) else str(subject.get("common_name", "")).strip()
    )
    organisation = subject.get("organization_name")
    seal = bool(organisation) and not any(person)
    return Signature(
        name=str(organisation) if seal else name,
        issuer=issuer_of(certificate),
        afm=names.tax_number(str(subject.get("serial_number", ""))),
        at=moment if stamped else signature.self_reported_timestamp,
        stamped=stamped,
        seal=seal,
    )


def issuer_of(certificate: Any) -> str:
    """The authority that issued a certificate, by the name that it bears."""
    issuer = certificate.issuer.native
    return str(issuer.get("common_name") or issuer.get("organization_name", ""))


def page_area(reader: Any) -> float:
    """The area of the first page."""
    x, y, right, top = (float(edge) for edge in _box(reader.root["/Pages"]))
    return abs((right - x) * (top - y)) or 1.0


def _box(node: Any) -> Any:
    """The first /MediaBox on the way down; trees are shallow, hostile ones end soon."""
    for _ in range(32):
        if "/MediaBox" in node:
            return node["/MediaBox"]
        node = node["/Kids"][0].get_object()
    raise ValueError("no page has a size")

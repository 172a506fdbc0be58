"""Κρίση (judging) of a signed PDF: never raises on what the file holds, never asks a network.

What was given must stand at the head of the file byte for byte; after it only a signature may
have come (and time-stamps upon it). The signature must be intact, cover everything before it,
chain to a trusted root, and name the person whose turn it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

from didaskaleio.credentials.signing import chains, names
from didaskaleio.credentials.signing.findings import Finding, Flaw, Question, Signature, Signer
from didaskaleio.credentials.verification import quiet

WIDEST = 0.15  # of its page, that the picture of a signature may take
UNPROVEN = (
    "Η χρονοσφραγίδα δεν είναι από αρχή του καταλόγου εμπιστοσύνης και δεν αποδεικνύει τη στιγμή."
)
MOST = 40  # signatures and time-stamps in one file


class FlawedError(Exception):
    """A rule is broken; what was read so far stays known."""

    def __init__(self, flaw: Flaw, detail: str = "") -> None:
        super().__init__(detail)
        self.flaw, self.detail = flaw, detail


def judge(question: Question) -> Finding:
    """Πόρισμα about a file; whatever breaks on the way is a flaw of the file."""
    read: list[Signature] = []
    try:
        with quiet():
            _judge(question, read)
    except FlawedError as broken:
        return Finding(broken.flaw, broken.detail, tuple(read))
    except MemoryError:
        return Finding(Flaw.TOO_HEAVY)
    # a hostile file may trip any part of the parser; none of it may pass for valid
    except Exception as error:  # noqa: BLE001
        return Finding(Flaw.UNREADABLE, type(error).__name__, tuple(read))
    return Finding(signatures=tuple(read))


def _judge(question: Question, read: list[Signature]) -> None:
    content, base = question.content, question.base
    if base is not None and not content.startswith(base):
        raise FlawedError(Flaw.NOT_OURS if b"%PDF-" in content[:1024] else Flaw.UNREADABLE)
    if content == base:
        raise FlawedError(Flaw.UNSIGNED)
    reader = _reader(content)
    before = _reader(base).xrefs.total_revisions if base is not None else 0
    regular, stamps = _signatures(reader, before)
    if base is not None:
        _require_one(regular)
        _require_open(regular[0], last=question.last)
        _require_only_signatures(reader, before)
    elif not regular:
        raise FlawedError(Flaw.UNSIGNED)
    for signature in (*regular, *stamps):
        _require_tight(signature, content)
    read.extend(_judge_one(signature, question, reader) for signature in regular)
    for stamp in stamps:
        _require_stamp(chains.stamp_status(stamp, question.roots, question.at))
    _require_whole(regular[-1], stamps, len(content))


def _reader(pdf: bytes) -> Any:
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(BytesIO(pdf), strict=True)
    if reader.encrypted:
        raise FlawedError(Flaw.UNREADABLE, "encrypted")
    return reader


def _signatures(reader: Any, before: int) -> tuple[list[Any], list[Any]]:
    """Those made after the first ``before`` revisions: signatures, and time-stamps."""
    found = [one for one in reader.embedded_signatures if one.signed_revision >= before]
    if len(found) > MOST:
        raise FlawedError(Flaw.TOO_HEAVY)
    regular = [one for one in found if one.sig_object_type == "/Sig"]
    return regular, [one for one in found if one.sig_object_type != "/Sig"]


def _require_one(regular: list[Any]) -> None:
    if not regular:
        raise FlawedError(Flaw.UNSIGNED)
    if len(regular) > 1:
        raise FlawedError(Flaw.MANY)


def _require_only_signatures(reader: Any, before: int) -> None:
    """Between what was given and what came back nothing but signatures changed."""
    from pyhanko.sign.diff_analysis import (
        DEFAULT_DIFF_POLICY,
        ModificationLevel,
        SuspiciousModification,
    )

    found = DEFAULT_DIFF_POLICY.review_file(reader, before - 1)
    if isinstance(found, SuspiciousModification):
        raise FlawedError(Flaw.CHANGED, str(found))
    if found.modification_level > ModificationLevel.FORM_FILLING:
        raise FlawedError(Flaw.CHANGED)


def _require_whole(last: Any, stamps: list[Any], size: int) -> None:
    """Nothing stands after the last signature but time-stamps that cover it."""
    ends = [_end(one) for one in (last, *stamps)]
    if max(ends) != size:
        raise FlawedError(Flaw.PARTIAL)


def _require_tight(signature: Any, content: bytes) -> None:
    """Between the two signed ranges stands the signature and nothing else, not a stray octet."""
    start, length, resume, _ = (int(number) for number in signature.byte_range)
    octets = bytes(signature.pkcs7_content)
    if start or content[length:resume].lower() != f"<{octets.hex()}>".encode():
        raise FlawedError(Flaw.PARTIAL)
    if octets[_length_of(octets) :].strip(b"\0"):
        raise FlawedError(Flaw.PARTIAL)
    named = {one["algorithm"].native for one in signature.signed_data["digest_algorithms"]}
    if signature.md_algorithm not in named:
        raise FlawedError(Flaw.ALTERED)


def _length_of(octets: bytes) -> int:
    """How many octets the signature itself takes of the room that was kept for it."""
    from asn1crypto.parser import peek

    read: Callable[[bytes], int] = peek
    return read(octets)


def _end(signature: Any) -> int:
    return int(signature.byte_range[2]) + int(signature.byte_range[3])


def _judge_one(signature: Any, question: Question, reader: Any) -> Signature:
    status, moment, stamped = chains.status(signature, question.roots, question.at)
    _require_intact(status)
    _require_stamp(status.timestamp_validity)
    cautions = _seen(signature, reader)
    if status.timestamp_validity is not None and not stamped:
        cautions.append(UNPROVEN)
    problem = chains.problem(signature, status, moment)
    if problem is None and chains.revoked(signature, question.roots, moment):
        problem = Flaw.REVOKED
    if problem:
        raise FlawedError(problem, chains.issuer_of(signature.signer_cert))
    found = chains.facts(signature, moment=moment, stamped=stamped)
    by_name = _require_person(found, question.signer) if question.signer else []
    by_afm = question.signer is not None and not by_name
    return replace(found, cautions=(*cautions, *by_name), by_afm=by_afm)


def _require_intact(status: Any) -> None:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel as Coverage

    if not (status.intact and status.valid):
        raise FlawedError(Flaw.ALTERED)
    if status.coverage not in {Coverage.ENTIRE_FILE, Coverage.ENTIRE_REVISION}:
        raise FlawedError(Flaw.PARTIAL)
    level = status.modification_level
    if level is not None and level > ModificationLevel.FORM_FILLING:
        raise FlawedError(Flaw.CHANGED)
    if status.docmdp_ok is False:
        raise FlawedError(Flaw.CHANGED)


def _require_stamp(stamp: Any) -> None:
    """A time-stamp that does not match what it stamps makes the whole file suspect."""
    if stamp is not None and not (stamp.intact and stamp.valid):
        raise FlawedError(Flaw.BAD_STAMP)


def _require_open(signature: Any, *, last: bool) -> None:
    """It approves and does not certify; it locks nothing while others sign after it."""
    if signature.docmdp_level is not None or (signature.fieldmdp is not None and not last):
        raise FlawedError(Flaw.LOCKED)


def _require_person(found: Signature, signer: Signer) -> list[str]:
    if found.afm and signer.afm:
        if found.afm != signer.afm:
            raise FlawedError(Flaw.OTHER_PERSON, found.name)
        return []
    if not names.same(found.name, signer.surname, signer.given_name):
        raise FlawedError(Flaw.OTHER_PERSON, found.name)
    return ["Η ταύτιση έγινε με το ονοματεπώνυμο, όχι με Α.Φ.Μ."]


def _seen(signature: Any, reader: Any) -> list[str]:
    """A picture of the signature on a page: told, and refused where it could hide the text."""
    share = 0.0
    field = signature.sig_field
    for widget in (field, *(kid.get_object() for kid in field.get("/Kids", ()))):
        share = max(share, _share(widget, reader))
    if share > WIDEST:
        raise FlawedError(Flaw.COVERING)
    if not share:
        return []
    return ["Η υπογραφή φαίνεται και ως εικόνα: ελέγξτε ότι δεν σκεπάζει το κείμενο."]


def _share(widget: Any, reader: Any) -> float:
    if "/Rect" not in widget:
        return 0.0
    x, y, right, top = (float(edge) for edge in widget["/Rect"])
    area = abs(right - x) * abs(top - y)
    return area / chains.page_area(reader) if area else 0.0

"""What a signed file proves by itself: revocation that it brings along, time-stamps, true or not.

Shows: R-073.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from didaskaleio.credentials.signing.adding import ready
from didaskaleio.credentials.signing.findings import Flaw, Question, Root, Signer
from didaskaleio.credentials.signing.judging import judge
from didaskaleio.site.demo_certificates import SINCE, UNTIL, Holder
from tests.factories import proofs, signing

AT = datetime(2023, 1, 18, 8, tzinfo=UTC)
DAY = timedelta(days=1)
MARIA = Holder("Επινοημένου", "Μαρία", "123456783")
REVOKED = "Το πιστοποιητικό έχει ανακληθεί. Υπογράψτε με άλλο πιστοποιητικό ή με άλλον τρόπο."
NOT_IN_FORCE = (
    "Το πιστοποιητικό δεν ίσχυε τη στιγμή της υπογραφής. Ανανεώστε το στην αρχή που το εξέδωσε "
    "ή υπογράψτε με άλλον τρόπο αυτής της σελίδας."
)
BAD_STAMP = (
    "Η χρονοσφραγίδα του αρχείου δεν αντιστοιχεί στην υπογραφή ή έχει αλλοιωθεί. Κατεβάστε ξανά "
    "το έγγραφο και υπογράψτε το, με άλλη υπηρεσία χρονοσφραγίδας ή χωρίς χρονοσφραγίδα."
)


@pytest.fixture(scope="module")
def base():
    return ready(signing.plain_pdf())


def judged(content, base):
    root = Root(signing.the_issuer().root.public_bytes(signing.DER), SINCE, UNTIL)
    return judge(Question(content, AT, (root,), base, Signer("Επινοημένου", "Μαρία", MARIA.afm)))


def told(content, base):
    found = judged(content, base)
    assert not found.valid
    assert found.ruling is not None
    return found.ruling.sentence


@pytest.fixture
def revoked_by_list():
    return proofs.revocation_list(MARIA, AT - 3 * DAY, issued_at=AT - DAY)


def test_a_certificate_that_a_list_in_the_file_revokes_is_refused(base, revoked_by_list):
    assert told(proofs.signed_with_proofs(base, MARIA, crls=[revoked_by_list]), base) == REVOKED


def test_a_certificate_that_an_answer_in_the_file_revokes_is_refused(base):
    answer = proofs.answer(MARIA, at=AT, revoked_at=AT - 3 * DAY)
    assert told(proofs.signed_with_proofs(base, MARIA, answers=[answer]), base) == REVOKED


def test_a_good_answer_in_the_file_harms_nothing(base):
    answer = proofs.answer(MARIA, at=AT)
    assert judged(proofs.signed_with_proofs(base, MARIA, answers=[answer]), base).valid


def test_a_list_that_another_authority_signed_revokes_nobody(base):
    forged = proofs.revocation_list(
        MARIA, AT - 3 * DAY, issued_at=AT - DAY, issuer=proofs.the_forger()
    )
    assert judged(proofs.signed_with_proofs(base, MARIA, crls=[forged]), base).valid


def test_what_a_stamp_proves_to_be_before_the_revocation_counts(base, revoked_by_list):
    before = proofs.Stamp(AT - 5 * DAY)
    content = proofs.signed_with_proofs(base, MARIA, crls=[revoked_by_list], stamp=before)
    found = judged(content, base)
    assert (found.flaw, found.detail) == (None, "")
    assert (found.signatures[0].stamped, found.signatures[0].at) == (True, AT - 5 * DAY)
    after = proofs.Stamp(AT - 2 * DAY)
    content = proofs.signed_with_proofs(base, MARIA, crls=[revoked_by_list], stamp=after)
    assert told(content, base) == REVOKED


def test_a_certificate_that_has_ended_counts_only_where_a_stamp_proves_the_moment(base):
    ended = proofs.old(MARIA, AT - DAY)
    assert told(proofs.signed_with_proofs(base, ended), base) == NOT_IN_FORCE
    in_time = proofs.Stamp(AT - 2 * DAY)
    found = judged(proofs.signed_with_proofs(base, ended, stamp=in_time), base)
    assert (found.flaw, found.detail) == (None, "")
    assert found.signatures[0].stamped
    late = proofs.Stamp(AT - DAY / 2)
    assert told(proofs.signed_with_proofs(base, ended, stamp=late), base) == NOT_IN_FORCE


def test_a_stamp_of_an_authority_that_nobody_trusts_proves_no_moment(base):
    untrusted = proofs.Stamp(AT - 2 * DAY, issuer=proofs.the_forger())
    ended = proofs.old(MARIA, AT - DAY)
    assert told(proofs.signed_with_proofs(base, ended, stamp=untrusted), base) == NOT_IN_FORCE
    found = judged(proofs.signed_with_proofs(base, MARIA, stamp=untrusted), base)
    assert found.valid
    assert not found.signatures[0].stamped
    assert found.signatures[0].cautions == (
        "Η χρονοσφραγίδα δεν είναι από αρχή του καταλόγου εμπιστοσύνης και δεν αποδεικνύει τη "
        "στιγμή.",
    )


@pytest.mark.parametrize("holder", [MARIA, proofs.old(MARIA, AT - DAY)])
def test_a_stamp_of_other_bytes_is_never_shown_as_valid(base, holder):
    wrong = proofs.Stamp(AT - 2 * DAY, of_other_bytes=True)
    content = proofs.signed_with_proofs(base, holder, stamp=wrong)
    assert judged(content, base).flaw == Flaw.BAD_STAMP
    assert told(content, base) == BAD_STAMP


def test_a_stamp_over_the_whole_document_is_checked_too(base):
    signed = proofs.signed_with_proofs(base, MARIA)
    good = proofs.stamped_document(signed, proofs.Stamp(AT - DAY))
    assert judged(good, base).valid
    wrong = proofs.stamped_document(signed, proofs.Stamp(AT - DAY, of_other_bytes=True))
    assert told(wrong, base) == BAD_STAMP

"""A file that was signed elsewhere: what counts, and everything that does not.

Shows: R-073
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from didaskaleio.credentials.signing.adding import ready
from didaskaleio.credentials.signing.findings import Flaw, Question, Root, Signer
from didaskaleio.credentials.signing.judging import judge
from didaskaleio.site.demo_certificates import SINCE, UNTIL, Holder, Issuer
from tests.factories import signing

AT = datetime(2023, 1, 18, 8, tzinfo=UTC)
MARIA = Holder("Επινοημένου", "Μαρία", "123456783")
NIKOS = Holder("Δειγματίδης", "Νίκος")


@pytest.fixture(scope="module")
def base():
    return ready(signing.plain_pdf())


def question(content, base, holder=MARIA, **more):
    root = Root(signing.certificates(holder)[1], SINCE, UNTIL)
    signer = Signer(holder.surname, holder.given_name, holder.afm)
    return replace(Question(content, AT, (root,), base, signer), **more)


def flaw_of(content, base, holder=MARIA, **more):
    found = judge(question(content, base, holder, **more))
    assert not found.valid
    return found.flaw


def test_the_same_document_with_one_signature_of_the_right_person_is_valid(base):
    found = judge(question(signing.signed(base, MARIA, AT), base))
    assert (found.flaw, found.detail) == (None, "")
    (one,) = found.signatures
    assert (one.name, one.afm, one.stamped) == ("Μαρία Επινοημένου", "123456783", False)
    assert one.issuer == "Δοκιμαστικός πάροχος υπογραφών"


def test_what_a_common_program_makes_is_valid_too(base):
    assert judge(question(signing.sign_with(base, MARIA), base)).valid


def test_a_second_signature_over_the_first_is_judged_alone(base):
    first = signing.signed(base, MARIA, AT)
    second = signing.signed(first, NIKOS, AT, field="Second")
    found = judge(question(second, first, NIKOS))
    assert found.valid
    assert [one.name for one in found.signatures] == ["Νίκος Δειγματίδης"]
    assert found.signatures[0].cautions == ("Η ταύτιση έγινε με το ονοματεπώνυμο, όχι με Α.Φ.Μ.",)


def test_two_signatures_in_one_turn_are_refused(base):
    twice = signing.signed(signing.signed(base, MARIA, AT), NIKOS, AT, field="Second")
    assert flaw_of(twice, base) == Flaw.MANY


def test_the_document_itself_without_a_signature_is_refused(base):
    assert flaw_of(base, base) == Flaw.UNSIGNED
    assert flaw_of(base + b"\n", base) == Flaw.UNSIGNED


def test_another_document_with_a_good_signature_is_refused(base):
    other = signing.signed(ready(signing.plain_pdf("Άλλη σύμβαση")), MARIA, AT)
    assert flaw_of(other, base) == Flaw.NOT_OURS


def test_no_pdf_at_all_is_refused(base):
    assert flaw_of(b"", base) == Flaw.UNREADABLE
    assert flaw_of(b"PK\x03\x04" + bytes(500), base) == Flaw.UNREADABLE


def test_another_person_is_refused_by_tax_number_and_by_name(base):
    content = signing.signed(base, replace(MARIA, afm="987654321"), AT)
    assert flaw_of(content, base) == Flaw.OTHER_PERSON
    assert flaw_of(signing.signed(base, NIKOS, AT), base) == Flaw.OTHER_PERSON


def test_an_authority_outside_the_list_or_outside_its_time_is_refused(base):
    forger = Issuer.new()
    content = signing.signed(base, MARIA, AT, issuer=forger)
    assert flaw_of(content, base) == Flaw.UNTRUSTED
    good = signing.signed(base, MARIA, AT)
    ended = Root(signing.certificates(MARIA)[1], SINCE, AT - timedelta(days=1))
    assert flaw_of(good, base, roots=(ended,)) == Flaw.UNTRUSTED
    assert flaw_of(good, base, roots=()) == Flaw.UNTRUSTED


def test_an_expired_certificate_is_refused(base):
    old = replace(MARIA, until=AT - timedelta(days=1))
    assert flaw_of(signing.signed(base, old, AT), base) == Flaw.NOT_IN_FORCE
    young = replace(MARIA, since=AT + timedelta(days=1))
    assert flaw_of(signing.signed(base, young, AT), base) == Flaw.NOT_IN_FORCE


def test_a_signature_made_by_another_key_is_refused(base):
    content = signing.signed(base, MARIA, AT, signature=bytes(256))
    assert flaw_of(content, base) == Flaw.ALTERED


def test_a_signature_that_certifies_and_locks_is_refused(base):
    from pyhanko.sign.fields import MDPPerm

    locked = signing.sign_with(base, MARIA, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    assert flaw_of(locked, base, last=False) == Flaw.LOCKED
    assert flaw_of(locked, base) == Flaw.LOCKED


def test_weak_digests_are_refused(base):
    from pyhanko.sign.fields import SigSeedSubFilter

    content = signing.sign_with(
        base, MARIA, md_algorithm="sha1", subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    )
    assert flaw_of(content, base) == Flaw.WEAK


def test_a_picture_of_a_signature_is_told_and_a_huge_one_refused(base):
    small = judge(question(signing.sign_with(base, MARIA, box=(300, 40, 500, 90)), base))
    assert small.valid
    assert small.signatures[0].cautions == (
        "Η υπογραφή φαίνεται και ως εικόνα: ελέγξτε ότι δεν σκεπάζει το κείμενο.",
    )
    huge = signing.sign_with(base, MARIA, box=(0, 0, 595, 842))
    assert flaw_of(huge, base) == Flaw.COVERING


def test_without_a_base_every_signature_of_a_file_is_judged(base):
    first = signing.signed(base, MARIA, AT)
    both = signing.signed(first, NIKOS, AT, field="Second")
    found = judge(question(both, None, signer=None))
    assert found.valid
    assert [one.name for one in found.signatures] == ["Μαρία Επινοημένου", "Νίκος Δειγματίδης"]
    assert judge(question(base, None, signer=None)).flaw == Flaw.UNSIGNED

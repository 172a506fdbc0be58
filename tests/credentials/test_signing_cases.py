"""Signing cases: people and bodies sign in order, by seal or by a file signed elsewhere.

Shows: R-073
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.credentials import operations
from didaskaleio.credentials.events import CaseCompleted, CaseDeclined, SignerSigned
from didaskaleio.credentials.models import SigningCase
from didaskaleio.credentials.operations import By
from didaskaleio.credentials.signing.errors import (
    CannotGrowError,
    NotYourTurnError,
    SignatureRefusedError,
)
from didaskaleio.credentials.signing.findings import Flaw
from didaskaleio.kernel import events, files, journal, lifecycle
from didaskaleio.kernel.errors import Refusal, StepRefusedError
from didaskaleio.kernel.identifiers import synthetic_afm
from didaskaleio.kernel.models import Notice
from didaskaleio.people.enums import Role
from didaskaleio.people.models import Identifier
from tests.factories import completion, people, signing, structures

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys(db, settings, authority_folder):
    settings.AUTHORITY_DIR = authority_folder
    completion.an_authority(authority_folder)


@pytest.fixture
def body():
    return structures.a_body()


@pytest.fixture
def maria():
    return people.a_person(surname="Επινοημένου", given_name="Μαρία")


@pytest.fixture
def heard(monkeypatch):
    """What was published, with the state of the case as the database had it then."""
    told = []

    def hear(event):
        state = SigningCase.objects.values_list("state", flat=True).get(pk=event.case_id)
        told.append((type(event), state))

    for kind in (SignerSigned, CaseCompleted, CaseDeclined):
        kept = events._subscribers[kind]
        monkeypatch.setitem(events._subscribers, kind, [*kept, hear])
    return told


def by_file(case, person, at, actor, **facts):
    """The person signs the document as it stands now, elsewhere, and uploads it."""
    pdf = files.read(case.file)
    content = signing.signed(pdf, signing.holder_of(person, **facts), at, field=f"E{person.pk}")
    return operations.sign_by_upload(case, content, actor=actor, at=at)


def test_a_person_and_then_the_seal_of_the_body_complete_a_case(body, maria, at, actor_for, heard):
    signing.trust()
    head = people.officer(role=Role.BODY_HEAD)
    case = signing.a_case(maria, By(body=body, capacity="Για τον φορέα"), at=at)
    first = files.read(case.file)
    by_file(case, maria, at, actor_for(maria))
    second = files.read(case.file)
    assert (case.state, case.turn.body) == ("open", body)
    operations.sign_by_seal(case, actor=actor_for(head), at=at)
    third = files.read(case.file)
    assert (second.startswith(first), third.startswith(second)) == (True, True)
    case.refresh_from_db()
    assert (case.state, case.turn, case.ended_at) == ("completed", None, at)
    assert [one.method for one in case.signatories.all()] == ["upload", "seal"]
    assert heard == [
        (SignerSigned, "open"),
        (SignerSigned, "open"),
        (CaseCompleted, "completed"),
    ]
    acts = list(journal.of(case).values_list("act", "actor_name"))
    assert acts == [
        ("Υπογράφηκε από όλους", "Σύστημα"),
        ("Υπογράφηκε", actor_for(head).name),
        ("Υπογράφηκε", actor_for(maria).name),
        ("Άνοιγμα φακέλου υπογραφών", "Σύστημα"),
    ]


def test_the_evidence_of_an_upload_stays_with_the_signature(maria, at, actor_for):
    signing.trust()
    case = signing.a_case(maria, at=at)
    row = by_file(case, maria, at, actor_for(maria))
    assert row.facts == [
        ["Πιστοποιητικό", "Μαρία Επινοημένου"],
        ["Αρχή έκδοσης", "Δοκιμαστικός πάροχος υπογραφών"],
        [
            "Στιγμή υπογραφής",
            "Τετάρτη 18 Ιανουαρίου 2023, 10:00 (κατά δήλωση του προγράμματος υπογραφής)",
        ],
        ["Προσοχή", "Η ταύτιση έγινε με το ονοματεπώνυμο, όχι με Α.Φ.Μ."],
    ]


def test_an_upload_that_bears_the_tax_number_says_so_without_it(maria, at, actor_for):
    signing.trust()
    afm = synthetic_afm(9_981_001)
    Identifier.objects.create(person=maria, kind="afm", value=afm)
    case = signing.a_case(maria, at=at)
    row = by_file(case, maria, at, actor_for(maria), afm=afm)
    assert row.facts[-1] == ["Ταύτιση", "Με το Α.Φ.Μ. του πιστοποιητικού"]
    assert afm not in str(row.facts)


def test_whoever_has_no_turn_signs_nothing(body, maria, at, actor_for):
    nikos = people.a_person(surname="Δειγματίδης", given_name="Νίκος")
    case = signing.a_case(maria, nikos, at=at)
    with pytest.raises(PermissionDenied):
        by_file(case, nikos, at, actor_for(nikos))
    with pytest.raises(PermissionDenied):
        operations.sign_by_seal(case, actor=actor_for(people.officer()), at=at)
    with pytest.raises(NotYourTurnError):
        operations.sign_by_seal(case, actor=actor_for(maria), at=at)
    assert not case.signatories.filter(signed_at__isnull=False).exists()


def test_a_file_that_breaks_a_rule_leaves_the_case_at_its_turn(maria, at, actor_for):
    case = signing.a_case(maria, at=at)
    with pytest.raises(SignatureRefusedError) as refusal:
        by_file(case, maria, at, actor_for(maria))
    assert (refusal.value.code, refusal.value.rule) == (Flaw.UNTRUSTED, "Έμπιστη αρχή")
    assert str(refusal.value).endswith("(Δοκιμαστικός πάροχος υπογραφών)")
    case.refresh_from_db()
    assert (case.state, case.turn.person) == ("open", maria)


def test_a_page_that_was_opened_before_the_signature_signs_nothing_more(maria, at, actor_for):
    signing.trust()
    nikos = people.a_person(surname="Δειγματίδης", given_name="Νίκος")
    case = signing.a_case(maria, nikos, at=at)
    old = SigningCase.objects.get(pk=case.pk)
    by_file(case, maria, at, actor_for(maria))
    with pytest.raises(NotYourTurnError):
        by_file(old, maria, at, actor_for(maria))


def test_declining_ends_the_case_and_tells_those_concerned(maria, at, actor_for, heard):
    case = signing.a_case(maria, at=at)
    with pytest.raises(Refusal, match="γράψτε την αιτιολογία"):
        operations.decline(case, actor=actor_for(maria), at=at, reason=" ")
    operations.decline(case, actor=actor_for(maria), at=at, reason="Λάθος ποσό")
    assert (case.state, case.turn, case.ended_at) == ("declined", None, at)
    assert heard == [(CaseDeclined, "declined")]
    news = Notice.objects.get(person=maria, kind="credentials.ended")
    assert news.title == "Αρνήθηκε η υπογραφή: Δείγμα εγγράφου " + case.document.number
    assert news.text.endswith("Λάθος ποσό")
    with pytest.raises((PermissionDenied, StepRefusedError)):
        operations.decline(case, actor=actor_for(maria), at=at, reason="Ξανά")


def test_only_the_body_withdraws(maria, at, actor_for):
    case = signing.a_case(maria, at=at)
    with pytest.raises(PermissionDenied):
        operations.withdraw(case, actor=actor_for(maria), at=at, reason="Λάθος")
    operations.withdraw(case, actor=actor_for(people.officer()), at=at, reason="Λάθος έγγραφο")
    assert (case.state, case.turn) == ("withdrawn", None)


def test_whoever_signs_next_is_told_and_reminded_once(maria, at, actor_for):
    signing.trust()
    nikos = people.a_person(surname="Δειγματίδης", given_name="Νίκος")
    case = signing.a_case(maria, nikos, at=at)

    def told(person):
        return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=1))

    assert (told(maria), told(nikos)) == (["credentials.turn"], [])
    by_file(case, maria, at, actor_for(maria))
    assert told(nikos) == ["credentials.turn"]
    later = at + timedelta(days=5)
    assert lifecycle.fire_due(later - timedelta(minutes=1)) == 0
    assert lifecycle.fire_due(later) == 1
    assert lifecycle.fire_due(later + timedelta(days=30)) == 0
    assert (told(maria), told(nikos)) == (
        ["credentials.turn"],
        ["credentials.turn", "credentials.reminder"],
    )


def test_a_case_needs_each_signer_once_and_a_document_that_takes_signatures(body, maria, at):
    with pytest.raises(Refusal, match="μία φορά"):
        signing.a_case(maria, maria, at=at)
    with pytest.raises(Refusal, match="από ένα έως 12"):
        signing.a_case(at=at)
    sealed = sealed_document(body, at)
    with pytest.raises(CannotGrowError, match="κλειδωθεί"):
        signing.a_case(maria, at=at, document=sealed)


def sealed_document(body, at):
    from didaskaleio.credentials.seal import seal

    sealer = operations.keys_of(body).sealer
    pdf = seal(signing.plain_pdf(), sealer, reason="Έκδοση", location="Πάτρα", at=at)
    return signing.a_document(at, pdf)


def test_a_document_is_in_one_open_case_at_a_time(maria, at, actor_for):
    document = signing.a_document(at)
    case = signing.a_case(maria, at=at, document=document)
    with pytest.raises(Refusal, match="υπογράφεται ήδη"):
        signing.a_case(maria, at=at, document=document)
    operations.decline(case, actor=actor_for(maria), at=at, reason="Λάθος")
    assert signing.a_case(maria, at=at, document=document).state == "open"

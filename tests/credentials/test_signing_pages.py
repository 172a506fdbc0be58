"""The pages of signing: what I sign, one case, the desk of the body, the list of trust.

Shows: R-073
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.credentials import operations
from didaskaleio.credentials.models import SigningCase, TrustRoot
from didaskaleio.credentials.operations import By
from didaskaleio.credentials.signing.errors import SignatureRefusedError
from didaskaleio.kernel import agenda, files
from didaskaleio.site.demo_certificates import UNTIL
from tests.factories import completion, people, signing, structures

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys(db, settings, authority_folder, set_clock, at):
    settings.AUTHORITY_DIR = authority_folder
    completion.an_authority(authority_folder)
    set_clock(at)


@pytest.fixture
def maria():
    return people.a_person(surname="Επινοημένου", given_name="Μαρία")


def pdf(content):
    return SimpleUploadedFile("signed.pdf", content, content_type="application/pdf")


def test_a_person_downloads_signs_and_uploads(client, login, maria, at):
    signing.trust()
    case = signing.a_case(maria, at=at)
    login(client, maria)
    url = reverse("credentials:case", args=[case.pk])
    page = client.get(url)
    assert "Είναι η σειρά σας να υπογράψετε" in page.content.decode()
    given = client.get(reverse("kernel:file", args=[page.context["case"].file.key]))
    content = signing.signed(b"".join(given.streaming_content), signing.holder_of(maria), at)
    done = client.post(reverse("credentials:case-upload", args=[case.pk]), {"file": pdf(content)})
    assert (done.status_code, done.url) == (302, url)
    page = client.get(url).content.decode()
    assert "Υπογράφηκε από όλους" in page
    assert "Πώς το ξέρουμε" in page


def checked(client, content):
    page = client.post(reverse("credentials:verify"), {"file": pdf(content)})
    assert page.status_code == 200
    return page.context["checked"]


def test_anybody_checks_a_document_that_several_signed(client, maria, at, actor_for):
    signing.trust()
    case = signing.a_case(maria, By(body=structures.a_body()), at=at)
    once = signing.signed(files.read(case.file), signing.holder_of(maria), at)
    operations.sign_by_upload(case, once, actor=actor_for(maria), at=at)
    assert checked(client, once).title == "Το έγγραφο δεν έχει όλες τις υπογραφές"
    operations.sign_by_seal(case, actor=actor_for(people.officer()), at=at)
    verdict = checked(client, files.read(case.file))
    assert (verdict.good, verdict.title) == (True, "Το έγγραφο υπογράφηκε από όλους")
    assert [name for name, _ in verdict.evidence] == [str(maria), str(structures.a_body())]


def test_anybody_checks_the_signatures_of_a_file_from_elsewhere(client, at):
    holder = signing.Holder("Δειγματίδης", "Νίκος")
    twice = signing.signed(signing.signed(signing.plain_pdf(), holder, at), holder, at, field="Two")
    refused = checked(client, twice)
    assert (refused.good, "Έμπιστη αρχή" in refused.sentence) == (False, True)
    signing.trust()
    verdict = checked(client, twice)
    assert (verdict.good, verdict.title) == (True, "Οι υπογραφές του αρχείου είναι έγκυρες")
    assert ("Πιστοποιητικό", "Νίκος Δειγματίδης") in verdict.evidence
    harmed = twice.replace(b"/Type/Page/", b"/Type/Pagf/", 1)
    assert not checked(client, harmed).good
    assert not checked(client, twice + b"%").good


def test_a_wrong_file_is_told_beside_the_field(client, login, maria, at):
    case = signing.a_case(maria, at=at)
    login(client, maria)
    url = reverse("credentials:case-upload", args=[case.pk])
    for content, words in (
        (b"%PDF-1.7 nothing", "δεν είναι συνέχεια του εγγράφου"),
        (files.read(case.file) + b"\n", "δεν έχει νέα ψηφιακή υπογραφή"),
        (b"", "Επιλέξτε το αρχείο που υπογράψατε"),
    ):
        page = client.post(url, {"file": pdf(content)} if content else {})
        assert page.status_code == 422
        assert words in page.content.decode()
    assert SigningCase.objects.get(pk=case.pk).turn_id == case.turn_id


def test_an_officer_seals_and_a_stranger_finds_nothing(client, login, at):
    body = structures.a_body()
    case = signing.a_case(By(body=body), at=at)
    address = reverse("credentials:case-seal", args=[case.pk])
    login(client, people.a_person())
    assert client.post(address).status_code == 404
    assert client.get(reverse("credentials:case", args=[case.pk])).status_code == 404
    login(client, people.officer())
    assert client.post(address).status_code == 302
    assert SigningCase.objects.get(pk=case.pk).state == "completed"


@pytest.mark.parametrize("name", ["my-signing", "signing-desk"])
def test_a_list_of_three_asks_as_much_as_a_list_of_one(client, login, at, actor_for, name):
    officer = people.officer()
    login(client, officer)
    url = reverse(f"credentials:{name}")
    counts = []
    for many in (1, 2):
        for _ in range(many):
            signing.a_case(officer, people.a_person(), at=at, actor=actor_for(officer))
        with CaptureQueriesContext(connection) as asked:
            page = client.get(url)
        assert page.status_code == 200
        counts.append(len(asked))
    assert len(page.context["page"].object_list) == 3
    assert counts[0] == counts[1]


def test_the_turn_stands_in_the_agenda_of_whoever_has_it(maria, at, actor_for):
    case = signing.a_case(maria, By(body=structures.a_body()), at=at)

    def todo(person):
        found = agenda.todos_of(actor_for(person), at)
        return [one.title for one in found if one.source == "credentials.sign"]

    officer = people.officer()
    assert (todo(maria), todo(officer)) == ([f"Υπογράψτε: {case.title}"], [])
    signing.trust()
    content = signing.signed(files.read(case.file), signing.holder_of(maria), at)
    operations.sign_by_upload(case, content, actor=actor_for(maria), at=at)
    assert (todo(maria), todo(officer)) == ([], [f"Υπογράψτε: {case.title}"])


def certificate(issuer):
    return issuer.root.public_bytes(serialization.Encoding.PEM)


def test_the_operator_adds_an_authority_and_ends_the_trust_in_it(client, login, maria, at):
    login(client, people.an_operator())
    url = reverse("credentials:roots")
    issuer = signing.the_issuer()
    sent = {"file": SimpleUploadedFile("root.pem", certificate(issuer)), "name": ""}
    assert client.post(url, sent).status_code == 302
    root = TrustRoot.objects.get()
    assert (root.name, root.state, root.valid_until) == (issuer.name, "trusted", UNTIL)
    assert root.fingerprint == issuer.root.fingerprint(hashes.SHA256()).hex()
    again = {"file": SimpleUploadedFile("root.pem", certificate(issuer)), "name": "Άλλη"}
    page = client.post(url, again)
    assert page.status_code == 422
    assert "υπάρχει ήδη" in page.content.decode()
    end = reverse("kernel:step", args=["trust_root", root.pk, "end"])
    assert client.post(end, {"reason": "Ανακλήθηκε η αρχή."}).status_code == 302
    root.refresh_from_db()
    assert (root.state, root.valid_until) == ("ended", at)
    login(client, maria)
    assert client.get(url).status_code == 403


def test_what_was_signed_after_the_end_of_the_trust_does_not_count(maria, at, actor_for):
    root = signing.trust()
    operator = actor_for(people.an_operator())
    operations.end(root, actor=operator, at=at, reason="Ανακλήθηκε η αρχή.")
    later = at + timedelta(minutes=1)
    case = signing.a_case(maria, at=at)
    content = signing.signed(files.read(case.file), signing.holder_of(maria), later)
    with pytest.raises(SignatureRefusedError, match="κατάλογο εμπιστοσύνης"):
        operations.sign_by_upload(case, content, actor=actor_for(maria), at=later)


@pytest.mark.parametrize("content", [b"-----BEGIN CERTIFICATE-----\nAA", b"\x00" * 40, b"x"])
def test_what_is_no_certificate_is_refused_with_a_hint(client, login, content):
    login(client, people.an_operator())
    sent = {"file": SimpleUploadedFile("root.pem", content)}
    page = client.post(reverse("credentials:roots"), sent)
    assert page.status_code == 422
    assert "δεν είναι πιστοποιητικό" in page.content.decode()


def test_the_certificate_of_a_person_is_no_authority(client, login):
    login(client, people.an_operator())
    own = signing.the_issuer().of(signing.Holder("Α", "Β"))
    content = own.public_bytes(serialization.Encoding.DER)
    page = client.post(reverse("credentials:roots"), {"file": SimpleUploadedFile("p.crt", content)})
    assert "δεν είναι αρχής" in page.content.decode()

"""The public check: genuine, edited, revoked, replaced, unknown; any input gets an answer.

Shows: R-066
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import typst  # noqa: TID253 - the scanner of the test
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from didaskaleio.credentials import operations, queries, verification
from didaskaleio.credentials.claims import Claims
from didaskaleio.credentials.models import Credential
from didaskaleio.credentials.sheet import TEMPLATE, Sheet, compose
from didaskaleio.kernel import documents, files
from didaskaleio.people.queries import actor_of
from didaskaleio.structures.models import ImplementingBody
from tests.factories import completion, people, structures
from tests.markup import markup

AT = datetime(2023, 7, 5, 9, 0, tzinfo=UTC)
KIND = documents.Kind(
    "credentials.sample", "Δείγμα", TEMPLATE, "own.pages", "credentials.sample", lambda _: {}
)
PAPER = Sheet(
    authority=("Φορέας",), place="Πάτρα", centre="Κ.Σ.Ε.", address="-", signatory_office="-"
)


@pytest.fixture
def credential(db, settings, authority_folder):
    """An attestation issued by a body of the reference data, to an invented person."""
    settings.AUTHORITY_DIR = authority_folder
    completion.an_authority(authority_folder)
    files.kinds.setdefault(KIND.name, files.Kind(KIND.name, KIND.title, KIND.permission, ()))
    return issue(people.a_person(surname="Επινοημένου", given_name="Ζωή"))


def issue(person, replaces=None):
    body = structures.a_body()
    claims = Claims(
        number="-",
        kind="attendance",
        surname=person.surname,
        given_name=person.given_name,
        specialty="ΠΕ03 Μαθηματικών",
        course="Επιμόρφωση Β2 επιπέδου Τ.Π.Ε.",
        programme="Β2-ΙΙα-0417",
        hours=60,
        starts=date(2023, 3, 6),
        ends=date(2023, 6, 28),
        rules_version="1",
        body="",
        issued_at=AT,
        code="-",
    )
    draft = operations.Draft(KIND, "Βεβαίωση", person, body, claims, PAPER, person, replaces)
    return operations.issue(draft, actor=the_officer(), at=AT)


def the_officer():
    return actor_of(people.officer(), at=AT)


def check(client, code):
    return client.get(reverse("credentials:check", args=[code]))


def upload(client, content, name="vevaiosi.pdf"):
    return client.post(reverse("credentials:verify"), {"file": SimpleUploadedFile(name, content)})


class TestByCode:
    def test_the_page_shows_the_real_content_and_how_it_is_known(self, client, credential):
        response = check(client, credential.code)
        page = markup(response)
        assert response.status_code == 200
        assert "Η βεβαίωση είναι γνήσια και ισχύει" in page
        for line in ("Επινοημένου", "Ζωή", "ΠΕ03 Μαθηματικών", credential.number, "6/3/2023 έως"):
            assert line in page
        assert "Ισχυρή: τα στοιχεία είναι ακριβώς όσα υπέγραψε ο φορέας" in page
        assert "Δεν έχει ανακληθεί ούτε αντικατασταθεί" in page
        assert 'src="data:image/png;base64,' in page

    def test_names_are_kept_from_search_engines_and_shared_caches(self, client, credential):
        response = check(client, credential.code)
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Cache-Control"] == "no-store"

    @pytest.mark.parametrize(
        "typed",
        [
            str.lower,
            lambda code: code.replace("-", ""),
            lambda code: f"  {code.replace('-', ' – ')} ",
            lambda code: code.translate(str.maketrans("ABEZHKMNPTYX", "ΑΒΕΖΗΚΜΝΡΤΥΧ")),
            lambda code: code.translate(str.maketrans("ABEZHKMNPTYX", "ΑΒΕΖΗΚΜΝΡΤΥΧ")).lower(),
        ],
    )
    def test_a_code_is_found_however_it_is_typed(self, client, credential, typed):
        Credential.objects.filter(pk=credential.pk).update(code="ABEZ-HKMN-PTYX")
        sent = client.post(reverse("credentials:verify"), {"code": typed("ABEZ-HKMN-PTYX")})
        assert sent.headers["Location"] == reverse("credentials:check", args=["ABEZ-HKMN-PTYX"])

    def test_an_unknown_code_is_404_and_says_what_it_may_mean(self, client, credential):
        response = check(client, "2222-3333-4444")
        assert response.status_code == 404
        assert "Δεν βρέθηκε βεβαίωση με αυτόν τον κωδικό" in markup(response)

    def test_a_revoked_one_says_so_with_the_moment(self, client, credential):
        operations.revoke(credential, actor=the_officer(), at=AT, reason="Μυστικός λόγος")
        page = markup(check(client, credential.code))
        assert "Η βεβαίωση έχει ανακληθεί" in page
        assert "Τετάρτη 5 Ιουλίου 2023, 12:00" in page
        assert "Μυστικός λόγος" not in page
        assert "ισχύει</h2>" not in page

    def test_a_replaced_one_names_the_number_that_took_its_place(self, client, credential):
        operations.supersede(credential, actor=the_officer(), at=AT, reason="Διόρθωση")
        newer = issue(credential.person, replaces=credential)
        page = markup(check(client, credential.code))
        assert "Η βεβαίωση έχει αντικατασταθεί" in page
        assert newer.number in page
        assert newer.code not in page

    def test_a_row_changed_behind_the_signature_is_caught(self, client, credential):
        content = [[k, "160" if k == "Διδακτικές ώρες" else v] for k, v in credential.content]
        Credential.objects.filter(pk=credential.pk).update(content=content)
        page = markup(check(client, credential.code))
        assert "Το μητρώο δεν συμφωνεί με την υπογραφή" in page
        assert "<del>160</del>" in page
        assert "<ins>60</ins>" in page


class TestByFile:
    def test_the_original_is_genuine(self, client, credential):
        page = markup(upload(client, files.read(credential.document.file)))
        assert "Η βεβαίωση είναι γνήσια και ισχύει" in page
        assert "Ακέραια: «Ινστιτούτο Τεχνολογίας Υπολογιστών" in page

    def test_an_edited_one_shows_what_was_really_issued(self, client, credential):
        pdf = files.read(credential.document.file)
        edited = pdf + b"\n1 0 obj\n<< /Producer (edited) >>\nendobj\n"
        page = markup(upload(client, edited))
        assert "Το αρχείο δεν είναι γνήσιο" in page
        assert "Τι είχε εκδώσει ο φορέας" in page
        assert "Επινοημένου" in page

    def test_another_name_around_the_genuine_code_is_shown_beside_what_was_issued(
        self, client, credential
    ):
        genuine = verification.verify_text(credential.signed_content, queries.published_keys())
        forged = replace(genuine.claims, surname="Πλαστογραφίδης", hours=600)
        page = markup(upload(client, compose(forged, credential.signed_content, PAPER)))
        assert "Το αρχείο δεν φέρει σφραγίδα" in page
        assert "Μην το δεχτείτε: ισχύουν μόνο όσα γράφονται παρακάτω." in page
        assert "Τι είχε εκδώσει ο φορέας" in page
        assert "Επινοημένου" in page
        assert credential.number in page
        assert "Πλαστογραφίδης" not in page
        assert "Δεν έχει ανακληθεί ούτε αντικατασταθεί" in page

    def test_a_scan_without_any_signed_content_leads_to_the_code(
        self, client, credential, tmp_path
    ):
        (tmp_path / "scan.typ").write_text("Βεβαίωση", "utf-8")
        page = markup(upload(client, typst.compile(tmp_path / "scan.typ")))
        assert "Το αρχείο δεν φέρει σφραγίδα" in page
        assert "γράψτε τον παραπάνω: θα δείτε τι λέει η γνήσια βεβαίωση" in page
        assert "Τι είχε εκδώσει ο φορέας" not in page

    def test_the_original_of_a_revoked_one_is_not_accepted(self, client, credential):
        operations.revoke(credential, actor=the_officer(), at=AT, reason="Λάθος")
        page = markup(upload(client, files.read(credential.document.file)))
        assert "Η βεβαίωση έχει ανακληθεί" in page

    def test_a_sealed_one_of_another_platform_is_genuine_but_not_in_the_register(
        self, client, credential
    ):
        pdf = files.read(credential.document.file)
        Credential.objects.filter(pk=credential.pk).delete()
        page = markup(upload(client, pdf))
        assert "δεν ελέγχθηκε αν ανακλήθηκε" in page

    @pytest.mark.parametrize(
        "content",
        [b"x", b"%PDF-1.7", b"%PDF-1.7\0\0/ByteRange [0 0 0 0]", b"\0" * 5_000, b"<html>%PDF-"],
    )
    def test_nothing_hostile_passes_or_breaks(self, client, credential, content):
        response = upload(client, content)
        assert response.status_code == 200
        assert "verdict--bad" in markup(response)

    def test_more_than_ten_megabytes_is_refused(self, client, credential):
        response = upload(client, b"%PDF-" + b"0" * (10 * 1024 * 1024))
        assert response.status_code == 422
        assert "ξεπερνά τα 10 MB" in markup(response)

    def test_an_empty_file_is_refused(self, client, credential):
        assert upload(client, b"").status_code == 422


class TestByText:
    def ask(self, client, qr):
        return client.post(reverse("credentials:verify"), {"qr": qr})

    def test_the_text_of_the_qr_is_enough(self, client, credential):
        page = markup(self.ask(client, f"  {credential.signed_content}\n"))
        assert "Η βεβαίωση είναι γνήσια και ισχύει" in page

    def test_one_letter_changed_is_caught(self, client, credential):
        good = credential.signed_content
        middle = len(good) // 2
        letter = "A" if good[middle] != "A" else "B"
        changed = good[:middle] + letter + good[middle + 1 :]
        assert "verdict--bad" in markup(self.ask(client, changed))

    def test_markup_is_shown_as_text(self, client, credential):
        page = markup(self.ask(client, "DID1:<script>alert(1)</script>"))
        assert "<script>alert" not in page
        assert "verdict--bad" in page

    @pytest.mark.parametrize("qr", ["DID1:\0", "x" * 5_000])
    def test_control_characters_and_length_are_refused(self, client, credential, qr):
        assert self.ask(client, qr).status_code == 422


class TestDoors:
    @pytest.mark.parametrize("given", [{}, {"code": "---"}, {"code": "\0"}, {"code": "A" * 50}])
    def test_an_empty_question_is_refused_with_words(self, client, db, given):
        assert client.post(reverse("credentials:verify"), given).status_code == 422

    @pytest.mark.parametrize("code", ["%00", "a%00b", "<b>", "Ω" * 300, "..", "🂡"])
    def test_any_address_gets_an_answer(self, client, credential, code):
        response = client.get(f"/verify/{code}/")
        assert response.status_code == 404
        assert "<b>" not in markup(response).split("<main")[1]

    def test_without_an_authority_everything_is_refused_and_nothing_breaks(
        self, client, credential, settings, tmp_path
    ):
        pdf = files.read(credential.document.file)
        settings.AUTHORITY_DIR = tmp_path
        assert "verdict--bad" in markup(upload(client, pdf))
        assert "Η βεβαίωση δεν επαληθεύεται τώρα" in markup(check(client, credential.code))

    def test_the_published_keys_hold_public_halves_only(self, client, credential):
        published = json.loads(client.get(reverse("credentials:keys")).content)
        assert {key["organisation"] for key in published["keys"]} == set(
            ImplementingBody.objects.values_list("name", flat=True)
        )
        assert all("d" not in key for key in published["keys"])

    def test_my_credentials_are_mine_alone(self, client, login, credential):
        address = reverse("credentials:mine")
        assert credential.code in markup(login(client, credential.person).get(address))
        assert credential.code not in markup(login(client, people.a_person()).get(address))


@given(st.text(max_size=60))
def test_a_typed_code_is_always_normalised_to_the_same(typed):
    once = operations.normal_code(typed)
    assert operations.normal_code(once) == once
    assert "\0" not in once

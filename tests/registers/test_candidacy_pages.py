"""The wizard of a candidacy, its autosave, the wallet, and what the body sees after the deadline.

Shows: R-015, R-017.
"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from didaskaleio.kernel import lifecycle
from didaskaleio.people.enums import Role
from didaskaleio.registers.models import Call, Candidacy, Evidence, Submission
from tests.factories import people
from tests.markup import markup

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 dokimi"


@pytest.fixture(autouse=True)
def now(set_clock, at):
    set_clock(at)


@pytest.fixture
def person():
    return people.a_teacher()


@pytest.fixture
def browser(client, login, person):
    return login(client, person)


@pytest.fixture
def begun(browser, a_call):
    """The candidacy that the first step of the wizard begins."""
    call = a_call()
    browser.post(f"/calls/{call.pk}/apply/")
    return Candidacy.objects.get()


def page(values=None, **more):
    """What the page of answers posts."""
    return (
        {"whole": "1", "a-hours": "50", "a-note": "", "a-paper-until": ""} | (values or {}) | more
    )


def paper():
    return SimpleUploadedFile("vevaiosi.pdf", PDF)


def answers(row):
    return f"/candidacies/{row.pk}/answers/"


def submit(browser, row, **changes):
    shown = browser.get(f"/candidacies/{row.pk}/review/").context
    sent = {"version": shown["version"], "reviewed": shown["reviewed"], "accepts": "1"} | changes
    return browser.post(f"/candidacies/{row.pk}/review/", sent)


def test_the_whole_way_from_the_call_to_the_receipt(browser, begun):
    sent = page({"a-paper": paper(), "a-paper-until": "2024-05-01", "go": "1"})
    assert browser.post(answers(begun), sent).headers["Location"].endswith("/review/")
    shown = browser.get(f"/candidacies/{begun.pk}/review/")
    assert shown.context["problems"] == []
    assert "vevaiosi.pdf" in markup(shown)
    answer = submit(browser, begun)
    assert answer.headers["Location"] == f"/candidacies/{begun.pk}/receipts/1/"
    begun.refresh_from_db()
    receipt = markup(browser.get(answer.headers["Location"]))
    assert f"{begun.code[:4]}\u00a0{begun.code[4:]}" in receipt
    assert "2023/000001" in receipt
    assert Evidence.objects.get().valid_until.isoformat() == "2024-05-01"


def test_autosave_answers_with_the_points_and_submits_nothing(browser, begun):
    live = browser.post(answers(begun), page({"a-hours": "70"}), HTTP_HX_REQUEST="true")
    assert live.status_code == 200
    assert live.context["tally"].points == "7"
    assert "Αποθηκεύτηκε στις 10:00" in markup(live)
    assert not Submission.objects.exists()


def test_autosave_does_not_take_a_document_back(browser, begun):
    browser.post(answers(begun), page({"a-paper": paper(), "a-paper-until": "2024-05-01"}))
    browser.post(answers(begun), page({"a-paper-kept": ""}), HTTP_HX_REQUEST="true")
    begun.sheet.refresh_from_db()
    assert begun.sheet.values["paper"]["name"] == "vevaiosi.pdf"


def test_a_wrong_answer_comes_back_on_its_field_and_the_rest_is_kept(browser, begun):
    back = browser.post(answers(begun), page({"a-hours": "πολλές", "a-note": "Σημείωση."}))
    assert "d-field--bad" in markup(back)
    assert 'value="πολλές"' in markup(back)
    begun.sheet.refresh_from_db()
    assert begun.sheet.values == {"note": "Σημείωση."}


def test_a_file_that_is_refused_keeps_nothing_of_the_page(browser, begun):
    wrong = SimpleUploadedFile("a.pdf", b"just text")
    back = browser.post(answers(begun), page({"a-paper": wrong, "a-hours": "80"}))
    assert back.status_code == 422
    assert "Δεκτά είναι μόνο αρχεία" in markup(back)
    assert 'value="80"' in markup(back)
    begun.sheet.refresh_from_db()
    assert begun.sheet.values == {}
    assert not Evidence.objects.exists()


def test_a_document_of_the_wallet_is_offered_chosen_and_taken_back(browser, begun):
    browser.post("/evidence/", {"title": "Βεβαίωση", "file": paper(), "until": "2024-05-01"})
    kept = Evidence.objects.get()
    assert "Βεβαίωση (vevaiosi.pdf), ισχύει έως 1/5/2024" in markup(browser.get(answers(begun)))
    key = str(kept.file.key)
    browser.post(answers(begun), page({"a-paper-kept": key}))
    begun.sheet.refresh_from_db()
    assert begun.sheet.values["paper"] == {
        "file": key,
        "name": "vevaiosi.pdf",
        "until": "2024-05-01",
    }
    browser.post(answers(begun), page({"a-paper-kept": ""}))
    begun.sheet.refresh_from_db()
    assert "paper" not in begun.sheet.values


def test_the_key_of_another_persons_document_gives_nothing(browser, begun, client, login, person):
    stranger = people.a_teacher()
    login(client, stranger).post("/evidence/", {"title": "Ξένο", "file": paper()})
    foreign = Evidence.objects.get(person=stranger)
    mine = login(client, person)
    for key in (str(foreign.file.key), "²", "1"):
        back = mine.post(answers(begun), page({"a-paper-kept": key}))
        assert back.status_code == 422
        assert "δεν είναι πια στον φάκελό σας" in markup(back)
    begun.sheet.refresh_from_db()
    assert begun.sheet.values == {}
    assert mine.get(f"/files/{foreign.file.key}/").status_code == 404


def test_what_is_missing_stands_on_the_last_step_without_a_button(browser, begun):
    browser.post(answers(begun), page())
    shown = markup(browser.get(f"/candidacies/{begun.pk}/review/"))
    assert "«Βεβαίωση έργου»: συμπληρώστε την απάντηση." in shown
    assert 'name="accepts"' not in shown
    asked = markup(browser.get(f"{answers(begun)}?check=1"))
    assert "d-field--bad" in asked


def test_my_page_says_that_the_draft_differs_from_what_counts(browser, begun):
    browser.post(answers(begun), page({"a-paper": paper(), "a-paper-until": "2024-05-01"}))
    submit(browser, begun)
    assert not browser.get(f"/candidacies/{begun.pk}/").context["changed"]
    browser.post(answers(begun), page({"a-hours": "90"}))
    shown = browser.get(f"/candidacies/{begun.pk}/")
    assert shown.context["changed"]
    assert "Ισχύει η έκδοση 1" in markup(shown)
    submit(browser, begun)
    first = markup(browser.get(f"/candidacies/{begun.pk}/receipts/1/"))
    assert "Δεν ισχύει αυτή η έκδοση" in first
    assert [
        one.version for one in browser.get(f"/candidacies/{begun.pk}/").context["versions"]
    ] == [
        2,
        1,
    ]


def test_withdrawal_and_return_are_buttons_of_my_page(browser, begun):
    browser.post(f"/steps/candidacy/{begun.pk}/withdraw/")
    assert browser.get(answers(begun)).headers["Location"] == f"/candidacies/{begun.pk}/"
    browser.post(f"/steps/candidacy/{begun.pk}/resume/")
    assert browser.get(answers(begun)).status_code == 200


def test_after_the_deadline_the_steps_lead_to_what_was_submitted(browser, begun, set_clock):
    set_clock(begun.call.closes_at.replace(year=2024))
    for step in ("answers", "review"):
        answer = browser.get(f"/candidacies/{begun.pk}/{step}/")
        assert answer.headers["Location"] == f"/candidacies/{begun.pk}/"
    assert "έληξε χωρίς υποβολή" in markup(browser.get(f"/candidacies/{begun.pk}/"))


def test_the_body_lists_candidacies_after_the_deadline_and_another_body_never(
    browser, begun, client, login, person
):
    browser.post(answers(begun), page({"a-paper": paper(), "a-paper-until": "2024-05-01"}))
    submit(browser, begun)
    file = f"/files/{Evidence.objects.get().file.key}/"
    received, mine = f"/calls/desk/{begun.call_id}/candidacies/", f"/candidacies/{begun.pk}/"
    officer = login(client, people.officer("itye", Role.BODY_HEAD))
    assert "Δεν φαίνονται ακόμη" in markup(officer.get(received))
    assert officer.get(mine).status_code == officer.get(file).status_code == 404
    lifecycle.fire_due(begun.call.closes_at)
    assert str(person) in markup(officer.get(received))
    assert "50 ώρες" in markup(officer.get(mine))
    assert officer.get(file).getvalue() == PDF
    assert officer.get(answers(begun)).status_code == 404
    assert officer.get(f"{mine}receipts/1/").status_code == 404
    rival = login(client, people.officer("iep", Role.BODY_HEAD))
    for address in (received, mine, file, answers(begun)):
        assert rival.get(address).status_code == 404


def test_the_wallet_shows_what_has_expired_and_lets_go(browser, person, at):
    browser.post("/evidence/", {"title": "Παλιό", "file": paper(), "until": "2022-12-31"})
    row = Evidence.objects.get()
    assert "Έληξε" in markup(browser.get("/evidence/"))
    browser.post(f"/evidence/{row.pk}/", {"title": "Νέο όνομα", "until": "2025-01-01"})
    row.refresh_from_db()
    assert (row.title, row.valid_until.isoformat()) == ("Νέο όνομα", "2025-01-01")
    browser.post(f"/evidence/{row.pk}/drop/")
    assert not Evidence.objects.exists()
    wrong = browser.post("/evidence/", {"title": "Λάθος", "file": SimpleUploadedFile("a", b"text")})
    assert wrong.status_code == 422


def test_a_stranger_opens_no_page_of_a_candidacy(begun, client, login):
    stranger = login(client, people.a_teacher())
    for step in ("", "answers/", "review/"):
        assert stranger.get(f"/candidacies/{begun.pk}/{step}").status_code == 404
    assert list(stranger.get("/candidacies/").context["page"]) == []


def test_the_queries_of_lists_do_not_grow_with_their_rows(client, login, a_call, at):
    call, desk = a_call(), people.officer("itye", Role.BODY_HEAD)

    def one_more():
        someone = people.a_teacher()
        mine = login(client, someone)
        mine.post(f"/calls/{call.pk}/apply/")
        row = Candidacy.objects.get(person=someone)
        mine.post(answers(row), page({"a-paper": paper(), "a-paper-until": "2024-05-01"}))
        submit(mine, row)

    def asked(address):
        officer = login(client, desk)
        officer.get(address)
        with CaptureQueriesContext(connection) as found:
            assert officer.get(address).status_code == 200
        return len(found)

    one_more()
    lifecycle.fire_due(call.closes_at)
    address = f"/calls/desk/{call.pk}/candidacies/"
    before = asked(address)
    Call.objects.filter(pk=call.pk).update(state="published")
    one_more()
    one_more()
    lifecycle.fire_due(call.closes_at)
    assert asked(address) == before

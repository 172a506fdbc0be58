"""Pages of questionnaires: a person answers, the officer reads, the ministry receipts.

Shows: R-067, R-068.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from didaskaleio.surveys.enums import Audience, DispatchState, Occasion, RuleState
from didaskaleio.surveys.models import (
    Answer,
    Dispatch,
    Invitation,
    LaunchRule,
    Questionnaire,
    Survey,
    Token,
)
from tests.factories import people
from tests.factories.completion import a_class
from tests.markup import markup
from tests.surveys.asking import (
    CONTENT,
    SUPPORT,
    a_closed,
    a_questionnaire,
    a_survey,
    about,
    answers,
    closed,
    some_people,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(set_clock, at):
    set_clock(at)


@pytest.fixture
def desk(client, login, head):
    return login(client, head)


@pytest.fixture
def survey(questionnaire, officer, at):
    return a_survey(questionnaire, officer, at, some_people(6))


@pytest.fixture
def person(survey):
    return Invitation.objects.filter(survey=survey).order_by("pk")[0].person


def posted(step=4):
    content = {f"a-content-{key}": f"d{step}" for key in CONTENT}
    support = {f"a-support-{key}": f"d{step}" for key in SUPPORT}
    plain = {"a-satisfied": str(step), "a-expected": str(step), "a-recommend": "yes"}
    return plain | content | support | {"a-good": "Όλα καλά.", "whole": "1"}


def test_a_person_answers_and_finds_thanks_then_only_that_it_is_done(client, login, survey, person):
    login(client, person)
    address = f"/surveys/{survey.pk}/answer/"
    assert "Αξιολόγηση της επιμόρφωσης" in client.get("/surveys/mine/").content.decode()
    assert "χωρίς όνομα, ώρα ή σειρά" in markup(client.get(address))
    answer = client.post(address, posted())
    assert answer["Location"] == f"/surveys/{survey.pk}/thanks/"
    assert "Ευχαριστούμε για τις απαντήσεις" in markup(client.get(answer["Location"]))
    assert "Έχετε ήδη απαντήσει" in markup(client.get(address))
    again = client.post(address, posted(1))
    assert "Έχετε ήδη απαντήσει" in markup(again)
    assert Answer.objects.get().values["satisfied"] == "4"
    assert "Κανένα ερωτηματολόγιο" in markup(client.get("/surveys/mine/"))


def test_a_gap_is_told_at_its_question_and_nothing_is_lost(client, login, survey, person):
    login(client, person)
    answer = client.post(f"/surveys/{survey.pk}/answer/", posted() | {"a-expected": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "συμπληρώστε την απάντηση" in page
    assert "Όλα καλά." in page
    assert not Answer.objects.exists()
    assert Token.objects.count() == 6


def test_what_is_typed_is_kept_nowhere_before_it_is_sent(client, login, survey, person):
    login(client, person)
    answer = client.post(f"/surveys/{survey.pk}/answer/", posted(), headers={"HX-Request": "true"})
    assert 'id="form-live"' in answer.content.decode()
    assert not Answer.objects.exists()


def test_strangers_neither_answer_nor_read(client, login, survey):
    login(client, people.a_person())
    for page in ("answer/", "thanks/", "", "results.pdf", "results.xlsx", "words/good/"):
        assert client.get(f"/surveys/{survey.pk}/{page}").status_code == 404
    assert client.get("/surveys/").status_code == 403


def test_the_officer_sees_how_many_and_never_who(desk, survey, person, at):
    answers(survey, person, at)
    page = " ".join(desk.get(f"/surveys/{survey.pk}/").content.decode().split())
    assert "1 από 6" in page
    assert person.surname not in page
    assert "μετά τη λήξη" in page
    assert "1 από 6" in " ".join(desk.get("/surveys/").content.decode().split())


def test_results_are_read_on_the_page_as_sheet_and_as_document(desk, questionnaire, officer, at):
    survey = a_closed(questionnaire, officer, at, [5] * 6 + [4] * 5)
    page = markup(desk.get(f"/surveys/{survey.pk}/"))
    assert "4,55" in page
    assert "54,5 %" in page
    sheet = desk.get(f"/surveys/{survey.pk}/results.xlsx")
    assert sheet.content[:2] == b"PK"
    document = desk.get(f"/surveys/{survey.pk}/results.pdf")
    assert document.content.startswith(b"%PDF")


def test_words_stand_on_a_page_of_their_own(desk, questionnaire, officer, at):
    asked = some_people(5)
    survey = a_survey(questionnaire, officer, at, asked)
    for place, one in enumerate(asked):
        answers(survey, one, at, good=f"κείμενο {place}")
    closed(survey)
    page = desk.get(f"/surveys/{survey.pk}/words/good/").content.decode()
    assert all(f"κείμενο {place}" in page for place in range(5))
    assert "Δεν εμφανίζονται απαντήσεις" in markup(desk.get(f"/surveys/{survey.pk}/words/x/"))


def test_the_head_begins_a_questionnaire_from_the_shipped_one(desk, head, at):
    answer = desk.post(
        "/surveys/questionnaires/new/",
        {"body": desk_body(head), "audience": "trainer", "code": "apo-epimorfotes", "title": ""},
    )
    made = Questionnaire.objects.get()
    assert answer["Location"] == f"/surveys/questionnaires/{made.pk}/"
    assert (made.audience, str(made)) == (
        Audience.TRAINER,
        "Αποτίμηση από επιμορφωτές και επιμορφώτριες",
    )
    assert "Προς δημοσίευση" in markup(desk.get(answer["Location"]))
    again = desk.post(
        "/surveys/questionnaires/new/",
        {"body": desk_body(head), "audience": "staff", "code": "apo-epimorfotes", "title": ""},
    )
    assert again.status_code == 422
    assert "Δώστε άλλον κωδικό" in again.content.decode()


def desk_body(head):
    return head.posts.get().scope_id


def test_a_rule_is_set_changed_stopped_and_set_once(desk, questionnaire):
    page = f"/surveys/questionnaires/{questionnaire.pk}/rule/"
    given = {"occasion": "programme", "days": "10", "remind_days": "3"}
    assert desk.post(page, given).status_code == 302
    assert "Αλλάξτε εκείνον" in desk.post(page, given).content.decode()
    late = desk.post(page, given | {"occasion": "period", "remind_days": "10"})
    assert "Δώστε λιγότερες ημέρες" in late.content.decode()
    rule = LaunchRule.objects.get()
    assert (
        desk.post(f"/surveys/rules/{rule.pk}/", {"days": "7", "remind_days": "0"}).status_code
        == 302
    )
    desk.post(f"/steps/launch_rule/{rule.pk}/stop/")
    rule.refresh_from_db()
    assert (rule.occasion, rule.days, rule.state) == (Occasion.PROGRAMME, 7, RuleState.STOPPED)


def test_one_survey_costs_as_many_queries_as_three(desk, questionnaire, officer, at):
    def queries(address):
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert desk.get(address).status_code == 200
        return len(found)

    compare = f"/surveys/questionnaires/{questionnaire.pk}/compare/"
    pages = (
        "/surveys/",
        "/surveys/questionnaires/",
        compare,
        f"/surveys/questionnaires/{questionnaire.pk}/",
    )
    a_closed(questionnaire, officer, at, [4] * 5)
    a_survey(questionnaire, officer, at, some_people(2))
    first = [queries(page) for page in pages]
    for place in ("LAR", "THS"):
        a_closed(questionnaire, officer, at, [4] * 5, of=about(place))
        a_survey(questionnaire, officer, at, some_people(2))
    a_questionnaire(officer, at, Audience.CENTRE)
    assert [queries(page) for page in pages] == first


def test_the_comparison_shows_groups_beside_the_mean_of_all(desk, questionnaire, officer, at):
    a_closed(questionnaire, officer, at, [5] * 5, of=about("KOZ"))
    a_closed(questionnaire, officer, at, [3] * 5, of=about("LAR"))
    a_closed(questionnaire, officer, at, [1] * 2, of=about("THS"))
    address = f"/surveys/questionnaires/{questionnaire.pk}/compare/"
    page = markup(desk.get(address, {"by": "region", "item": "content.balance"}))
    assert "Δυτική Μακεδονία" in page
    assert "μέση τιμή όλων 4,00 από 5" in page
    assert "Κεντρική Μακεδονία" not in page
    assert "Εκτός 1 διεξαγωγή" in page
    assert desk.get(f"{address[:-1]}.xlsx", {"by": "year"}).content[:2] == b"PK"


def test_the_body_sends_and_the_ministry_receipts(client, desk, login, questionnaire, officer, at):
    a_closed(questionnaire, officer, at, [5] * 6)
    address = f"/surveys/questionnaires/{questionnaire.pk}/dispatch/"
    answer = desk.post(address, {"year": "2022"})
    made = Dispatch.objects.get()
    assert answer["Location"] == f"/surveys/dispatches/{made.pk}/"
    assert "5,00 από 5" in markup(desk.get(answer["Location"]))
    assert (
        "Επιλέξτε σχολικό έτος"
        in desk.post(address, {"year": "1999"}, follow=True).content.decode()
    )
    login(client, people.ministry_officer())
    assert made.number in client.get("/surveys/dispatches/").content.decode()
    client.post(f"/steps/dispatch/{made.pk}/receive/")
    made.refresh_from_db()
    assert made.state == DispatchState.RECEIVED
    assert made.receipt_number in markup(client.get(f"/surveys/dispatches/{made.pk}/"))


def test_a_survey_is_sent_by_hand_about_what_is_offered(desk, questionnaire):
    programme = a_class(6)
    address = f"/surveys/questionnaires/{questionnaire.pk}/launch/"
    given = {"subject": str(programme.pk), "opens_on": "", "days": "10", "remind_days": "2"}
    assert programme.code in desk.get(address, {"q": programme.code}).content.decode()
    assert desk.post(address, given | {"opens_on": "9999-12-31"}).status_code == 422
    assert desk.post(address, given | {"subject": "999999"}).status_code == 422
    answer = desk.post(address, given)
    made = Survey.objects.get()
    assert answer["Location"] == f"/surveys/{made.pk}/"
    assert (made.invited, made.state, (made.closes_at - made.opens_at).days) == (6, "open", 10)
    assert "έχει ήδη σταλεί" in desk.post(address, given).content.decode()
    assert desk.get(address, {"occasion": "session"}).status_code == 404

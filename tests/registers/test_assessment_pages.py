"""Assessment page by page: the officer assigns, the assessor judges, two settle what differs.

Shows: R-018.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from didaskaleio.people.enums import Role
from didaskaleio.registers import assessments, operations
from didaskaleio.registers.errors import AssessmentRefusedError
from didaskaleio.registers.models import (
    Assessment,
    AssessmentPlan,
    Call,
    Conflict,
    Reconciliation,
)
from tests.factories import people
from tests.registers.assessing import (
    an_assessor,
    an_expired_call,
    assigned,
    begun,
    fresh,
    judge,
    less,
    open_ones,
)
from tests.registers.ranked import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(at, set_clock):
    """Three hours after the deadline of the calls; the clock shows it."""
    moment = at + timedelta(days=10, hours=3)
    set_clock(moment)
    return moment


@pytest.fixture
def desk(client, login):
    return login(client, people.officer("itye", Role.BODY_HEAD))


def page(**changes):
    """What the page of an assessment posts: both claims accepted but the changes."""
    return {"v-hours": "accept", "v-paper": "accept"} | changes


def test_the_officer_plans_appoints_assigns_and_starts(a_call, officer, at, later, desk):
    call = an_expired_call(a_call(), officer, at=at, many=2, assessors=0)
    AssessmentPlan.objects.all().delete()
    board = f"/calls/desk/{call.pk}/assessment/"
    assert "Πρώτα το σχέδιο" in desk.get(board).content.decode()
    wrong = desk.post(f"{board}plan/", {"each": "1", "due_at": "2020-01-01T10:00"})
    assert "μετά από τώρα" in wrong.content.decode()
    desk.post(f"{board}plan/", {"each": "1", "due_at": "2023-03-01T15:00"})
    shown = desk.get(board)
    assert [why for _, why in shown.context["proposal"].gaps] == ["λείπει 1 αξιολογητής"] * 2
    person = people.a_person(username="kritis")
    appoint = f"/calls/desk/{call.pk}/assessors/?q=kritis"
    missing = desk.post(appoint, {"person": str(person.pk), "most": "", "reason": ""})
    assert missing.status_code == 422
    desk.post(appoint, {"person": str(person.pk), "most": "5", "reason": "Απόφαση 2."})
    shown = desk.get(board)
    assert [(one.person, one.most, one.after) for one in shown.context["progress"]] == [
        (person, 5, 2)
    ]
    assert shown.context["steps"] == []
    desk.post(f"{board}assign/", {"seen": shown.context["proposal"].seal})
    shown = desk.get(board)
    assert [step.name for step in shown.context["steps"]] == ["start_assessment"]
    desk.post(shown.context["steps"][0].url)
    call.refresh_from_db()
    assert call.state == "assessing"
    assert len(desk.get(f"{board}?show=assessed").context["rows"]) == 0


def test_a_proposal_that_changed_is_shown_again(a_call, officer, at, later, desk):
    call = an_expired_call(a_call(), officer, at=at)
    back = desk.post(f"/calls/desk/{call.pk}/assessment/assign/", {"seen": "παλιά"}, follow=True)
    assert "Δείτε τη νέα πρόταση." in back.content.decode()
    assert not Assessment.objects.exists()


def test_another_body_and_a_stranger_find_nothing(a_call, officer, at, later, client, login):
    call = begun(a_call(), officer, at=at, many=2)
    one, other = open_ones(call)
    rival = login(client, people.officer("iep", Role.BODY_HEAD))
    assert rival.get(f"/calls/desk/{call.pk}/assessment/").status_code == 404
    assert rival.get(f"/candidacies/{one.candidacy_id}/assessors/").status_code == 404
    judge_of_other = login(client, other.person)
    assert judge_of_other.get("/assessments/").status_code == 200
    for url in (
        f"/assessments/{one.pk}/",
        f"/assessments/{one.pk}/recuse/",
        f"/candidacies/{one.candidacy_id}/",
        f"/candidacies/{other.candidacy_id}/",
    ):
        assert judge_of_other.get(url).status_code == 404
    assert judge_of_other.post(f"/assessments/{one.pk}/", page(go="1")).status_code == 404
    assert login(client, people.a_teacher()).get("/assessments/").status_code == 403


def test_the_assessor_judges_beside_the_document(a_call, officer, at, later, client, login):
    call = begun(a_call(), officer, at=at, many=1)
    [one] = open_ones(call)
    me = login(client, one.person)
    assert [row.pk for row in me.get("/assessments/").context["page"]] == [one.pk]
    url = f"/assessments/{one.pk}/"
    shown = me.get(url).content.decode()
    [claim, _] = assessments.claims_of(one.candidacy)
    document = f"/files/{claim.papers[0].file}/"
    assert document in shown
    assert me.get(document).getvalue() == PDF
    silent = page(**{"v-hours": "reduce", "p-hours": "3", "r-hours": "", "go": "1"})
    back = me.post(url, silent)
    assert back.status_code == 422
    assert 'href="#claim-hours"' in back.content.decode()
    assert 'value="3"' in back.content.decode()
    assert me.post(url, silent | {"r-hours": "Μόνο 30."}).headers["Location"] == "/assessments/"
    row = fresh(one.candidacy)
    assert (row.state, row.rulings) == ("assessed", {"hours": less("3", "Μόνο 30.")})
    after = me.get(url).content.decode()
    assert "Μένουν 3." in after
    assert "Υποβολή αξιολόγησης" not in after


def test_typing_saves_and_answers_with_the_points(a_call, officer, at, later, client, login):
    call = begun(a_call(), officer, at=at, many=1)
    [one] = open_ones(call)
    me, url = login(client, one.person), f"/assessments/{one.pk}/"
    typed = page(**{"v-hours": "reduce", "p-hours": "1,5"})
    live = me.post(url, typed, HTTP_HX_REQUEST="true")
    assert (live.status_code, live.context["tally"].points) == (200, "3,5")
    assert "Αποθηκεύτηκε στις 13:00" in live.content.decode()
    wrong = me.post(url, typed | {"p-hours": "8"}, HTTP_HX_REQUEST="true")
    assert "λιγότερα από 5" in wrong.content.decode()
    one.refresh_from_db()
    assert one.verdicts == {"paper": {"allowed": "", "reason": ""}}
    saved = me.post(url, typed)
    assert saved.headers["Location"] == url
    one.refresh_from_db()
    assert one.verdicts["hours"] == {"allowed": "1.5", "reason": ""}
    assert 'value="1,5"' in me.get(url).content.decode()


def test_a_conflict_is_declared_with_a_reason(a_call, officer, at, later, client, login):
    call = begun(a_call(), officer, at=at, many=1)
    [one] = open_ones(call)
    me = login(client, one.person)
    assert me.post(f"/assessments/{one.pk}/recuse/", {"reason": ""}).status_code == 422
    me.post(f"/assessments/{one.pk}/recuse/", {"reason": "Συγγένεια."})
    assert Conflict.objects.get().reason == "Συγγένεια."
    assert me.get(f"/assessments/{one.pk}/").status_code == 404
    assert "Καμία υποψηφιότητα προς αξιολόγηση" in me.get("/assessments/").content.decode()


def test_two_settle_and_each_sees_the_other_only_then(a_call, officer, at, later, client, login):
    call = begun(a_call(), officer, at=at, many=1, each=2)
    one, other = open_ones(call)
    judge(one, at=later, hours=less("2", "Μυστική γνώμη."))
    second = login(client, other.person)
    assert "Μυστική γνώμη." not in second.get(f"/assessments/{other.pk}/").content.decode()
    second.post(f"/assessments/{other.pk}/", page(go="1"))
    url = f"/reconciliations/{Reconciliation.objects.get().pk}/"
    assert "Μυστική γνώμη." in second.get(url).content.decode()
    first = login(client, one.person)
    assert first.post(url, {"v-hours": "accept"}).status_code == 422
    proposal = {"v-hours": "reduce", "p-hours": "4", "r-hours": "Βρέθηκαν 40."}
    first.post(url, proposal)
    assert "Περιμένει τον άλλο αξιολογητή" in first.get(url).content.decode()
    second = login(client, other.person)
    seen = second.get(url).context["reconciliation"].seal
    assert second.post(url, {"act": "agree", "seen": "άλλο"}).status_code == 422
    second.post(url, {"act": "agree", "seen": seen})
    assert fresh(one.candidacy).rulings == {"hours": less("4", "Βρέθηκαν 40.")}


def test_the_officer_changes_a_pair_registers_a_conflict_and_names_a_third(
    a_call, officer, at, later, desk, client, login
):
    call = begun(a_call(), officer, at=at, many=1, each=2, assessors=4)
    one, other = open_ones(call)
    url = f"/candidacies/{one.candidacy_id}/assessors/"
    spare = [p for p in assessments.assessors(call, later) if p not in {one.person, other.person}]
    change = {"act": "replace", "assessment": str(one.pk), "person": str(spare[0].pk)}
    assert desk.post(url, change | {"reason": ""}).status_code == 422
    assert desk.post(url, change | {"assessment": "0", "reason": "Α"}).status_code == 422
    desk.post(url, change | {"reason": "Ασθένεια."})
    assert {row.person for row in open_ones(call)} == {other.person, spare[0]}
    conflict = {"act": "conflict", "person": str(spare[0].pk), "reason": "Συνεργασία."}
    desk.post(url, conflict)
    assert "Συνεργασία." in desk.get(url).content.decode()
    desk.post(url, {"act": "give", "person": str(one.person_id)})
    first, second = open_ones(call)
    judge(first, at=later)
    judge(second, at=later, paper=less("0"))
    assert desk.get(url).context["disputed"]
    desk.post(url, {"act": "arbiter", "person": str(spare[1].pk), "reason": "Δεν συμφωνούν."})
    third = login(client, spare[1])
    dispute = Reconciliation.objects.get()
    decision = {"v-paper": "accept", "r-paper": "Έγκυρη."}
    third.post(f"/reconciliations/{dispute.pk}/", decision)
    assert (fresh(one.candidacy).state, fresh(one.candidacy).rulings) == ("assessed", {})


def test_the_officer_reminds_limits_and_ends_an_appointment(a_call, officer, at, later, desk):
    call = begun(a_call(), officer, at=at, many=2, assessors=1)
    person = open_ones(call)[0].person
    url = f"/calls/desk/{call.pk}/assessors/{person.pk}/"
    assert desk.get(url).context["progress"].left == 2
    desk.post(url, {"act": "limit", "most": "1"})
    assert assessments.limits(call) == {person.pk: 1}
    assert desk.post(url, {"act": "limit", "most": "0"}).status_code == 422
    told = desk.post(url, {"act": "remind"}, follow=True).content.decode()
    assert "Στάλθηκε υπενθύμιση" in told
    desk.post(url, {"act": "dismiss", "reason": "Ασθένεια."})
    assert open_ones(call) == []
    assert not assessments.assessors(call, later + timedelta(seconds=1)).exists()
    stranger = people.a_person()
    assert desk.get(f"/calls/desk/{call.pk}/assessors/{stranger.pk}/").status_code == 404


def test_an_officer_who_is_a_candidate_does_not_assign_the_own_candidacy(
    a_call, officer, at, later, client, login
):
    call = begun(a_call(), officer, at=at, many=1)
    [one] = open_ones(call)
    people.a_post(one.candidacy.person, Role.BODY_OFFICER, "body", call.body)
    own = login(client, one.candidacy.person)
    assert own.get(f"/candidacies/{one.candidacy_id}/assessors/").status_code == 404


def test_the_candidate_does_not_read_who_judges(a_call, officer, at, later, client, login):
    call = begun(a_call(), officer, at=at, many=1)
    [one] = open_ones(call)
    one.person.surname = "Κρυφίδης"
    one.person.save()
    judge(one, at=later)
    shown = login(client, one.candidacy.person).get(f"/candidacies/{one.candidacy_id}/")
    assert "Αξιολογήθηκε" in shown.content.decode()
    assert "Κρυφίδης" not in shown.content.decode()


def test_the_board_asks_the_database_as_often_for_many_as_for_few(a_call, officer, at, later, desk):
    few = an_expired_call(a_call(), officer, at=at, many=2, assessors=2)
    many = an_expired_call(a_call(title="Άλλη"), officer, at=at, many=6, assessors=4)
    counts = []
    for call in (few, many):
        assigned(call, officer, at=later)
        with CaptureQueriesContext(connection) as found:
            desk.get(f"/calls/desk/{call.pk}/assessment/")
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_the_report_shows_points_after_the_judgement_to_the_own_body(
    a_call, officer, at, later, desk, client, login
):
    call = begun(a_call(), officer, at=at, many=2, assessors=2)
    one, _ = open_ones(call)
    judge(one, at=later, hours=less("1.5"))
    sheet = desk.get("/reports/registers.assessments/export.csv")
    lines = b"".join(sheet.streaming_content).decode().splitlines()
    [line] = [text for text in lines if one.candidacy.code in text]
    assert line.endswith(";7;3,5")
    rival = login(client, people.officer("iep", Role.BODY_HEAD))
    other = b"".join(rival.get("/reports/registers.assessments/export.csv").streaming_content)
    assert one.candidacy.code not in other.decode()


def test_assessors_may_be_appointed_while_the_call_is_open(a_call, officer, at, set_clock, desk):
    call = a_call()
    set_clock(at)
    an_assessor(call, officer, at=at)
    shown = desk.get(f"/calls/desk/{call.pk}/assessment/").content.decode()
    assert "Δεν φαίνονται ακόμη" in shown
    with pytest.raises(AssessmentRefusedError, match="μετά τη λήξη"):
        operations.assign(Call.objects.get(), seen="", actor=officer, at=at)

"""The check of completeness: accepted, returned with a deadline, rejected; by somebody else.

Shows: R-018.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from didaskaleio.kernel import access, lifecycle
from didaskaleio.kernel.agenda import todos_of
from didaskaleio.kernel.errors import ReasonMissingError, StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.enums import Role, Scope
from didaskaleio.registers import operations
from didaskaleio.registers.enums import CandidacyState
from didaskaleio.registers.errors import EvidenceError, NotReceivedError
from didaskaleio.registers.models import Candidacy, Evidence
from didaskaleio.registers.web.checking import in_working_days
from tests.factories import people
from tests.factories.structures import a_body

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 dokimi"


@pytest.fixture
def person():
    return people.a_teacher()


@pytest.fixture
def received(a_call, person, actor_for, at):
    """``received(who)``: a submitted candidacy; the deadline of its call has passed."""

    def make(who=person, call=None, hours="50"):
        call, me = call or a_call(), actor_for(who)
        row = operations.start(call, actor=me, at=at)
        operations.save_answers(row, {"hours": hours}, actor=me, at=at)
        paper = SimpleUploadedFile("p.pdf", PDF)
        operations.give_new(row, "paper", paper, until=date(2024, 1, 1), actor=me, at=at)
        row = Candidacy.objects.select_related("sheet", "call").get(pk=row.pk)
        reviewed = row.sheet.saved_at.isoformat()
        operations.send(row, actor=me, at=at, version=0, reviewed=reviewed, accepts=True)
        lifecycle.fire_due(call.closes_at)
        return Candidacy.objects.select_related("call").get(pk=row.pk)

    return make


@pytest.fixture
def later(at):
    """A day after the deadline of the calls."""
    return at + timedelta(days=11)


@pytest.fixture
def returned(received, officer, later):
    row = received()
    until = later + timedelta(days=5)
    operations.ask_completion(
        row, actor=officer, at=later, reason="Δεν διαβάζεται.", asked=["paper"], until=until
    )
    return row


def kept(actor, at, until=date(2024, 6, 1)):
    paper = SimpleUploadedFile("neo.pdf", PDF)
    return operations.keep(paper, title="Καθαρό αντίγραφο", until=until, actor=actor, at=at)


def test_a_complete_file_goes_on_and_the_decision_may_be_taken_back(received, officer, later):
    row = received()
    operations.accept(row, actor=officer, at=later)
    assert row.state == CandidacyState.COMPLETE
    with pytest.raises(ReasonMissingError):
        operations.take_back(row, actor=officer, at=later, reason="")
    operations.take_back(row, actor=officer, at=later, reason="Λάθος πρόσωπο.")
    assert (row.state, row.submission.version) == (CandidacyState.SUBMITTED, 1)


def test_a_rejection_says_why_to_the_person(received, officer, person, later):
    row = received()
    operations.reject(row, actor=officer, at=later, reason="Άλλος κλάδος.")
    assert (row.state, row.verdict) == (CandidacyState.REJECTED, "Άλλος κλάδος.")
    notice = Notice.objects.get(person=person, kind="registers.rejected")
    assert "Άλλος κλάδος." in notice.text


def test_a_return_names_the_documents_and_the_deadline(returned, person, actor_for, later):
    notice = Notice.objects.get(person=person, kind="registers.returned")
    assert notice.text == (
        "Ζητούνται: Βεβαίωση έργου.\nΔεν διαβάζεται.\nΈως Παρασκευή 3 Φεβρουαρίου 2023, 10:00."
    )
    assert notice.url == f"/candidacies/{returned.pk}/complete/"
    [todo] = [one for one in todos_of(actor_for(person), later) if one.url == notice.url]
    assert todo.due == returned.complete_by


def test_a_completion_is_a_new_version_with_the_new_document_and_the_same_answers(
    returned, person, actor_for, later, drain_jobs
):
    me = actor_for(person)
    fresh = kept(me, later)
    operations.complete(returned, actor=me, at=later, papers={"paper": fresh})
    assert returned.state == CandidacyState.SUBMITTED
    made = returned.submission
    assert (made.version, made.values["hours"], made.total) == (2, "50", 7)
    assert made.values["paper"]["name"] == "neo.pdf"
    assert [use.evidence_id for use in made.uses.all()] == [fresh.pk]
    assert (returned.asked, returned.complete_by, returned.verdict) == ([], None, "")
    drain_jobs()
    made.refresh_from_db()
    assert made.receipt.number == made.receipt_number == "2023/000002"


def test_the_body_opens_the_new_document_and_no_longer_that_of_the_old_version(
    returned, person, actor_for, officer, later
):
    me, old = actor_for(person), Evidence.objects.get()
    fresh = kept(me, later)
    operations.complete(returned, actor=me, at=later, papers={"paper": fresh})
    seen = access.visible(officer, "evidence.read", Evidence.objects.all())
    assert list(seen) == [fresh]
    assert not access.allowed(officer, "evidence.read", old)


def test_a_completion_without_the_document_or_with_one_that_expired_is_refused(
    returned, person, actor_for, later
):
    me = actor_for(person)
    with pytest.raises(EvidenceError, match="«Βεβαίωση έργου»: ανεβάστε"):
        operations.complete(returned, actor=me, at=later, papers={})
    old = kept(me, later, until=date(2023, 1, 20))
    with pytest.raises(EvidenceError, match="έληξε 20/1/2023"):
        operations.complete(returned, actor=me, at=later, papers={"paper": old})
    stranger = actor_for(people.a_teacher())
    with pytest.raises(EvidenceError, match="δεν είναι στον φάκελό σας"):
        operations.complete(returned, actor=me, at=later, papers={"paper": kept(stranger, later)})
    assert returned.submissions.count() == 1


def test_only_what_was_asked_for_changes(returned, person, actor_for, later):
    me = actor_for(person)
    good, other = kept(me, later), kept(me, later)
    papers = {"paper": good, "hours": other}
    operations.complete(returned, actor=me, at=later, papers=papers)
    assert returned.submission.values["hours"] == "50"


def test_the_deadline_of_completion_passes_by_the_clock(returned, person, actor_for):
    late = returned.complete_by + timedelta(seconds=1)
    with pytest.raises(StepRefusedError, match="συμπλήρωσης έληξε"):
        operations.complete(returned, actor=actor_for(person), at=late, papers={})
    lifecycle.fire_due(returned.complete_by)
    returned.refresh_from_db()
    assert returned.state == CandidacyState.REJECTED
    assert returned.verdict.startswith("Δεν συμπληρώθηκαν εμπρόθεσμα")
    assert Notice.objects.filter(person=person, kind="registers.rejected").count() == 1


def test_a_return_without_a_document_or_with_a_wrong_deadline_is_refused(received, officer, later):
    row = received()
    good = {"asked": ["paper"], "until": later + timedelta(days=5)}
    for wrong in (
        {"asked": []},
        {"asked": ["hours"]},
        {"until": later},
        {"until": later + timedelta(days=61)},
    ):
        with pytest.raises(NotReceivedError):
            operations.ask_completion(
                row, actor=officer, at=later, reason="Λείπει.", **(good | wrong)
            )
    assert Candidacy.objects.get().state == CandidacyState.SUBMITTED


def test_nobody_decides_before_the_deadline_nor_on_ones_own_nor_for_another_body(
    received, a_call, actor_for, officer, at, later
):
    both = people.a_teacher()
    people.a_post(both, Role.BODY_OFFICER, Scope.BODY, a_body("itye"))
    own = received(both)
    with pytest.raises(PermissionDenied):
        operations.accept(own, actor=actor_for(both), at=later)
    rows = Candidacy.objects.all()
    assert not access.visible(actor_for(both), "candidacy.check", rows).exists()
    rival = actor_for(people.officer("iep"))
    with pytest.raises(PermissionDenied):
        operations.reject(own, actor=rival, at=later, reason="Ξένη.")
    open_call = a_call(closes_at=at + timedelta(days=60))
    Candidacy.objects.filter(pk=own.pk).update(call=open_call)
    with pytest.raises(PermissionDenied):
        operations.accept(Candidacy.objects.get(), actor=officer, at=later)


def test_a_returned_candidacy_may_still_be_withdrawn(returned, person, actor_for, later):
    operations.withdraw(returned, actor=actor_for(person), at=later)
    assert (returned.state, returned.asked) == (CandidacyState.WITHDRAWN, [])


def test_the_officers_agenda_counts_what_waits_by_call(received, officer, later):
    row = received()
    [todo] = [one for one in todos_of(officer, later) if "πληρότητας" in one.title]
    assert todo.detail == "1 υποψηφιότητα, Μητρώο δοκιμών"
    operations.accept(row, actor=officer, at=later)
    assert not [one for one in todos_of(officer, later) if "πληρότητας" in one.title]


def test_five_working_days_leave_out_the_week_end(at):
    assert in_working_days(at).isoformat() == "2023-01-25T15:00:00+02:00"
    assert in_working_days(at + timedelta(days=2)).isoformat() == "2023-01-27T15:00:00+02:00"


# Pages --------------------------------------------------------------------------------------------


def test_the_officer_returns_and_the_person_completes_page_by_page(
    received, client, login, person, set_clock, later
):
    row = received()
    set_clock(later)
    desk = login(client, people.officer("itye", Role.BODY_HEAD))
    page = desk.get(f"/candidacies/{row.pk}/")
    assert [step.name for step in page.context["steps"]] == ["accept", "reject"]
    assert page.context["may_ask"]
    asked = {"asked": ["paper"], "until": "2023-02-10T15:00", "reason": "Δεν διαβάζεται."}
    assert desk.post(f"/candidacies/{row.pk}/ask/", {"reason": "Λείπει."}).status_code == 422
    desk.post(f"/candidacies/{row.pk}/ask/", asked)
    listed = desk.get(f"/calls/desk/{row.call_id}/candidacies/?state=returned")
    assert [one.pk for one in listed.context["page"]] == [row.pk]
    mine = login(client, person)
    assert "Ζητούνται: Βεβαίωση έργου." in mine.get(f"/candidacies/{row.pk}/").content.decode()
    empty = mine.post(f"/candidacies/{row.pk}/complete/", {"whole": "1"})
    assert empty.status_code == 422
    assert "ανεβάστε το έγγραφο" in empty.content.decode()
    wrong = {"whole": "1", "a-paper": SimpleUploadedFile("a.pdf", b"text")}
    assert mine.post(f"/candidacies/{row.pk}/complete/", wrong).status_code == 422
    given = {"whole": "1", "a-paper": SimpleUploadedFile("neo.pdf", PDF)}
    answer = mine.post(f"/candidacies/{row.pk}/complete/", given | {"a-paper-until": "2024-01-01"})
    assert answer.headers["Location"] == f"/candidacies/{row.pk}/"
    row.refresh_from_db()
    assert (row.state, row.submission.version) == ("submitted", 2)
    assert mine.get(f"/candidacies/{row.pk}/complete/").status_code == 302
    assert mine.get(f"/candidacies/{row.pk}/ask/").status_code == 404


def test_a_document_of_the_wallet_completes_too(returned, client, login, person, set_clock, later):
    set_clock(later)
    mine = login(client, person)
    paper = Evidence.objects.get()
    sent = {"whole": "1", "a-paper-kept": str(paper.file.key), "a-paper-until": "2024-01-01"}
    mine.post(f"/candidacies/{returned.pk}/complete/", sent)
    returned.refresh_from_db()
    assert returned.submission.uses.get().evidence_id == paper.pk


def test_the_report_of_what_was_received_is_of_the_own_body_alone(
    received, client, login, person, set_clock, later
):
    row = received(hours="42")
    set_clock(later)
    desk = login(client, people.officer("itye", Role.BODY_HEAD))
    listed = desk.get(f"/calls/desk/{row.call_id}/candidacies/").content.decode()
    assert '<td data-label="Μόρια" class="num">6,2</td>' in listed
    sheet = desk.get("/reports/registers.candidacies/export.csv")
    content = b"".join(sheet.streaming_content).decode()
    assert str(person) in content
    assert ";6,2;" in content
    rival = login(client, people.officer("iep", Role.BODY_HEAD))
    other = rival.get("/reports/registers.candidacies/export.csv")
    assert str(person) not in b"".join(other.streaming_content).decode()

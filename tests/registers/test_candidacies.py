"""A candidacy: draft, submission with receipt, new versions until the deadline, withdrawal.

Shows: R-008, R-015, R-017.
"""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection

from didaskaleio.kernel import access, lifecycle
from didaskaleio.kernel.agenda import todos_of
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.models import AnswerSheet, Notice, StoredFile
from didaskaleio.registers import operations, tasks
from didaskaleio.registers.enums import CandidacyState
from didaskaleio.registers.errors import EvidenceError, NotReceivedError, SeenElsewhereError
from didaskaleio.registers.models import Candidacy, Evidence, EvidenceUse, Submission
from tests.factories import people
from tests.factories.structures import a_body
from tests.registers.forms import a_form

pytestmark = pytest.mark.django_db


def upload(content=b"%PDF-1.7 dokimi", name="vevaiosi.pdf"):
    made = io.BytesIO(content)
    made.name = name
    return made


@pytest.fixture
def person():
    return people.a_teacher(certificates=("B1",))


@pytest.fixture
def me(person, actor_for):
    return actor_for(person)


@pytest.fixture
def begun(a_call, me, at):
    """``begun(hours, **call)``: a complete draft."""

    def make(hours="50", call=None, **changes):
        row = operations.start(call or a_call(**changes), actor=me, at=at)
        operations.save_answers(row, {"hours": hours}, actor=me, at=at)
        operations.give_new(row, "paper", upload(), until=date(2024, 1, 1), actor=me, at=at)
        return Candidacy.objects.select_related("call", "sheet").get(pk=row.pk)

    return make


@pytest.fixture
def send(me, at):
    def act(row, *, when=None, version=None, accepts=True):
        reviewed = AnswerSheet.objects.get(pk=row.sheet_id).saved_at.isoformat()
        last = row.submissions.first()
        number = (last.version if last else 0) if version is None else version
        return operations.send(
            row, actor=me, at=when or at, version=number, reviewed=reviewed, accepts=accepts
        )

    return act


def test_a_draft_is_made_once_and_submits_nothing(a_call, me, at):
    call = a_call()
    rows = {operations.start(call, actor=me, at=at).pk for _ in range(2)}
    assert Candidacy.objects.get().pk in rows
    assert Candidacy.objects.get().state == CandidacyState.DRAFT
    assert not Submission.objects.exists()


def test_a_submission_keeps_answers_points_documents_and_a_number(begun, send, at):
    row = begun("50")
    made = send(row)
    assert (row.state, made.version, made.receipt_number) == ("submitted", 1, "2023/000001")
    assert made.values["hours"] == "50"
    assert made.total == 7  # 50 × 0,1 and 2 for the document
    assert [use.question for use in made.uses.all()] == ["paper"]
    assert len(row.code) == 8


def test_the_receipt_is_typeset_once_and_mailed(begun, send, drain_jobs, person):
    made = send(begun())
    drain_jobs()
    tasks.receipt(made.pk)
    made.refresh_from_db()
    assert made.receipt.number == "2023/000001"
    notice = Notice.objects.get(person=person, kind="registers.submitted")
    assert "Απόδειξη 2023/000001" in notice.text
    assert notice.url == f"/candidacies/{made.candidacy_id}/receipts/1/"


def test_what_is_missing_refuses_the_submission_and_is_all_said(a_call, send, me, at):
    row = operations.start(a_call(), actor=me, at=at)
    with pytest.raises(NotReceivedError) as refused:
        send(row)
    assert str(refused.value) == (
        "«Ώρες διδασκαλίας»: συμπληρώστε την απάντηση. «Βεβαίωση έργου»: συμπληρώστε την απάντηση."
    )


def test_without_the_declaration_nothing_is_received(begun, send):
    with pytest.raises(NotReceivedError, match="υπεύθυνη δήλωση"):
        send(begun(), accepts=False)


def test_whoever_does_not_fulfil_the_terms_is_refused_with_the_reason(
    a_draft, officer, begun, send, at
):
    call = a_draft()
    rules = [{"kind": "service_years", "least": 20}]
    operations.write_audience(call, rules, actor=officer, at=at)
    operations.publish(call, actor=officer, at=at)
    with pytest.raises(NotReceivedError, match="Δεν πληρούνται οι όροι της πρόσκλησης"):
        send(begun(call=call))


def test_an_edit_does_not_lose_the_last_submitted_version(begun, send, me, at):
    row = begun("50")
    first = send(row)
    operations.save_answers(row, {"hours": "90"}, actor=me, at=at + timedelta(hours=1))
    row.refresh_from_db()
    assert (row.submission_id, row.submission.values["hours"]) == (first.pk, "50")
    second = send(row, when=at + timedelta(hours=2))
    assert (second.version, second.values["hours"], second.total) == (2, "90", 11)
    assert [each.values["hours"] for each in row.submissions.all()] == ["90", "50"]


def test_after_the_deadline_nothing_changes_and_the_last_version_stands(begun, send, me):
    row = begun("50")
    send(row)
    late = row.call.closes_at + timedelta(microseconds=1)
    with pytest.raises(NotReceivedError, match="Η προθεσμία έληξε"):
        operations.save_answers(row, {"hours": "90"}, actor=me, at=late)
    with pytest.raises(StepRefusedError, match="Ισχύει η τελευταία έκδοση"):
        send(row, when=late)
    assert row.submissions.count() == 1


def test_the_moment_of_the_deadline_is_in_time_though_the_clock_ran_first(begun, send):
    row = begun()
    lifecycle.fire_due(row.call.closes_at)
    assert send(row, when=row.call.closes_at).version == 1


def test_a_second_click_gets_no_second_receipt(begun, send):
    row = begun()
    send(row)
    with pytest.raises(SeenElsewhereError, match="Υποβλήθηκε ήδη η έκδοση 1"):
        send(row, version=0)


def test_answers_that_another_tab_changed_are_reviewed_again(begun, me, at):
    row = begun()
    reviewed = row.sheet.saved_at.isoformat()
    operations.save_answers(row, {"hours": "60"}, actor=me, at=at + timedelta(minutes=1))
    with pytest.raises(SeenElsewhereError, match="άλλη καρτέλα"):
        operations.send(row, actor=me, at=at, version=0, reviewed=reviewed, accepts=True)


def test_a_withdrawn_candidacy_counts_no_more_and_may_be_taken_up_again(begun, send, me, at):
    row = begun()
    send(row)
    operations.withdraw(row, actor=me, at=at)
    assert (row.state, row.submission_id) == (CandidacyState.WITHDRAWN, None)
    with pytest.raises(NotReceivedError, match="αποσύρει"):
        operations.save_answers(row, {"hours": "1"}, actor=me, at=at)
    operations.resume(row, actor=me, at=at)
    assert send(row).version == 2


def test_a_revoked_call_receives_nothing_and_tells_whoever_began(begun, send, officer, person, at):
    row = begun()
    operations.revoke(row.call, actor=officer, at=at, reason="Λάθος κριτήρια.")
    assert "Λάθος κριτήρια." in Notice.objects.get(person=person).text
    with pytest.raises(StepRefusedError, match="ανακλήθηκε"):
        send(row)


def test_a_call_that_has_not_opened_takes_no_draft(a_call, me, at):
    with pytest.raises(NotReceivedError, match="Η υποβολή ανοίγει"):
        operations.start(a_call(opens_at=at + timedelta(hours=1)), actor=me, at=at)


def test_what_was_submitted_cannot_be_rewritten(begun, send):
    made = send(begun())
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE registers_submission SET version = 9 WHERE id = %s", [made.pk])


# The wallet ---------------------------------------------------------------------------------------


def test_a_document_is_uploaded_once_and_given_to_two_bodies(
    begun, send, content, me, actor_for, at
):
    first = begun()
    send(first)
    paper = Evidence.objects.get()
    officer = actor_for(people.officer("iep"))
    other = operations.prepare(
        a_body("iep"), actor=officer, at=at, **(content | {"form": a_form("iep", at)})
    )
    operations.publish(other, actor=officer, at=at)
    row = operations.start(other, actor=me, at=at)
    operations.save_answers(row, {"hours": "10"}, actor=me, at=at)
    operations.give_kept(row, "paper", paper, actor=me, at=at)
    made = send(row)
    assert made.values["paper"]["until"] == "2024-01-01"
    assert Evidence.objects.count() == 1
    assert EvidenceUse.objects.filter(evidence=paper).count() == 2


def test_an_expired_document_is_refused_by_name(begun, send, me, at):
    row = begun()
    paper = Evidence.objects.get()
    until = date(2023, 1, 17)
    operations.describe(paper, title=paper.title, until=until, actor=me, at=at)
    with pytest.raises(NotReceivedError, match="«Βεβαίωση έργου»: το έγγραφο έληξε 17/1/2023"):
        send(row)


def test_the_document_of_another_person_is_refused(begun, actor_for, at):
    row = begun()
    stranger = actor_for(people.a_teacher())
    foreign = operations.keep(upload(), title="Ξένο", actor=stranger, at=at)
    me = actor_for(row.person)
    with pytest.raises(EvidenceError, match="δεν είναι στον φάκελό σας"):
        operations.give_kept(row, "paper", foreign, actor=me, at=at)
    with pytest.raises(PermissionDenied):
        operations.drop(foreign, actor=me, at=at)


def test_a_document_leaves_the_wallet_and_stays_where_it_was_submitted(begun, send, me, at):
    send(begun())
    unused = operations.keep(upload(), title="Άλλο", actor=me, at=at)
    operations.drop(unused, actor=me, at=at)
    assert not StoredFile.objects.filter(pk=unused.file_id).exists()
    used = Evidence.objects.get()
    operations.drop(used, actor=me, at=at)
    used.refresh_from_db()
    assert (used.dropped_at, used.uses.count()) == (at, 1)


# Privacy ------------------------------------------------------------------------------------------


def readers(row, paper, *actors):
    return [
        (
            access.allowed(actor, "candidacy.read", row),
            access.visible(actor, "candidacy.read", Candidacy.objects.all()).exists(),
            access.allowed(actor, "evidence.read", paper),
            access.visible(actor, "evidence.read", Evidence.objects.all()).exists(),
        )
        for actor in actors
    ]


def test_the_body_reads_after_the_deadline_and_another_body_never(
    begun, send, officer, actor_for, me, at
):
    row = begun()
    send(row)
    paper = Evidence.objects.get()
    rival = actor_for(people.officer("iep"))
    ministry = actor_for(people.ministry_officer())
    everybody = (me, officer, rival, ministry)
    yes, no = (True,) * 4, (False,) * 4
    assert readers(row, paper, *everybody) == [yes, no, no, no]
    lifecycle.fire_due(row.call.closes_at)
    row = Candidacy.objects.get()
    assert readers(row, paper, *everybody) == [yes, yes, no, no]
    operations.withdraw(row, actor=me, at=row.call.closes_at + timedelta(days=1))
    assert readers(row, paper, *everybody) == [yes, no, no, no]


def test_a_document_given_to_two_bodies_opens_to_each_by_its_own_call_alone(
    begun, send, content, me, officer, actor_for, at
):
    """The call of one body has expired, that of the other is open: only the first may read."""
    send(begun())
    paper = Evidence.objects.get()
    rival = actor_for(people.officer("iep"))
    later = content | {"form": a_form("iep", at), "closes_at": at + timedelta(days=60)}
    other = operations.prepare(a_body("iep"), actor=rival, at=at, **later)
    operations.publish(other, actor=rival, at=at)
    row = operations.start(other, actor=me, at=at)
    operations.save_answers(row, {"hours": "10"}, actor=me, at=at)
    operations.give_kept(row, "paper", paper, actor=me, at=at)
    send(row)
    lifecycle.fire_due(at + timedelta(days=11))
    paper = Evidence.objects.get()
    rows = Evidence.objects.all()
    assert access.allowed(officer, "evidence.read", paper)
    assert not access.allowed(rival, "evidence.read", paper)
    assert not access.visible(rival, "evidence.read", rows).exists()


def test_a_document_of_a_draft_opens_to_nobody_else(begun, officer):
    row = begun()
    lifecycle.fire_due(row.call.closes_at)
    paper = Evidence.objects.get()
    assert not access.allowed(officer, "evidence.read", paper)


# Deadlines ----------------------------------------------------------------------------------------


def test_whoever_has_not_submitted_is_reminded_once_each_72_and_24_hours_before(
    begun, send, person, me
):
    row = begun()
    closes = row.call.closes_at
    assert [todo.due for todo in todos_of(me, closes) if "υποψηφιότητας" in todo.title] == [closes]
    moments = (73, 72, 71, 25, 24, 23, 1)
    told = []
    for hours in moments:
        tasks.remind(closes - timedelta(hours=hours))
        told.append(Notice.objects.filter(person=person, kind="registers.reminder").count())
    assert told == [0, 1, 1, 1, 2, 2, 2]


def test_whoever_has_submitted_is_not_reminded(begun, send, person):
    row = begun()
    send(row)
    tasks.remind(row.call.closes_at - timedelta(hours=2))
    assert not Notice.objects.filter(kind="registers.reminder").exists()

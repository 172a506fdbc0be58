"""Assessors are appointed, candidacies assigned without conflicts, judged and reconciled.

Shows: R-018.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.agenda import dates_of, todos_of
from didaskaleio.kernel.errors import ReasonMissingError, StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.models import SchoolService
from didaskaleio.people.queries import actor_of
from didaskaleio.registers import assessments, operations, tasks
from didaskaleio.registers.errors import AssessmentRefusedError
from didaskaleio.registers.models import (
    Assessment,
    Call,
    Candidacy,
    Conflict,
    Evidence,
    Reconciliation,
)
from tests.factories import people
from tests.factories.structures import a_school
from tests.registers.assessing import (
    WHOLE,
    all_whole,
    an_assessor,
    an_expired_call,
    assigned,
    begun,
    fresh,
    judge,
    less,
    open_ones,
)
from tests.registers.ranked import a_candidacy

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(at):
    """Three hours after the deadline of the calls."""
    return at + timedelta(days=10, hours=3)


@pytest.fixture
def by(officer, later):
    return {"actor": officer, "at": later}


def actor(person, at):
    return actor_of(person, at=at)


# Who assesses -------------------------------------------------------------------------------------


def test_whoever_competes_in_the_call_is_not_appointed(a_call, at, officer):
    call, person = a_call(), people.a_teacher()
    a_candidacy(call, at, person=person)
    with pytest.raises(AssessmentRefusedError, match="υποψήφιο στην ίδια πρόσκληση"):
        an_assessor(call, officer, at=at, person=person)


def test_an_assessor_is_appointed_by_the_own_body_alone(a_call, at):
    rival = actor(people.officer("iep"), at)
    with pytest.raises(PermissionDenied):
        an_assessor(a_call(), rival, at=at)


def test_the_plan_is_one_or_two_and_its_deadline_to_come(a_call, by, at, officer):
    call = an_expired_call(a_call(), officer, at=at)
    with pytest.raises(AssessmentRefusedError, match="μετά από τώρα"):
        operations.plan(call, each=1, due_at=by["at"], **by)
    assigned(call, officer, at=by["at"])
    operations.start_assessment(call, **by)
    with pytest.raises(AssessmentRefusedError, match="Η αξιολόγηση άρχισε"):
        operations.plan(call, each=2, due_at=by["at"] + timedelta(days=1), **by)
    operations.plan(call, each=1, due_at=by["at"] + timedelta(days=1), **by)


# The assignment -----------------------------------------------------------------------------------


def test_the_proposal_spreads_the_work_and_is_stored_as_it_was_seen(a_call, by, at, officer):
    call = an_expired_call(a_call(), officer, at=at, many=4, each=2, assessors=3)
    found = assessments.proposed(call, by["at"])
    assert sorted(found.proposal.loads.values()) == [2, 3, 3]
    with pytest.raises(AssessmentRefusedError, match="άλλαξε στο μεταξύ"):
        operations.assign(call, seen="άλλη", **by)
    assert operations.assign(call, seen=found.seal, **by) == 8
    stored = Assessment.objects.values_list("person_id", "candidacy_id")
    assert sorted(stored) == sorted(found.pairs)
    with pytest.raises(AssessmentRefusedError, match="Δεν υπάρχει κάτι"):
        operations.assign(call, seen=found.seal, **by)


def test_a_limit_is_kept_and_the_gap_is_told(a_call, by, at, officer):
    call = an_expired_call(a_call(), officer, at=at, many=3, assessors=1)
    [person] = assessments.assessors(call, by["at"])
    operations.limit(call, person, most=2, **by)
    found = assessments.proposed(call, by["at"])
    assert len(found.pairs) == 2
    assert [why for _, why in found.gaps] == ["λείπει 1 αξιολογητής, 1 στο όριό τους"]


def test_an_assessor_of_the_same_school_gets_another_candidacy(a_call, by, at, officer):
    school, call = a_school("KOZ"), a_call()
    row = a_candidacy(call, at, person=people.a_teacher(school=school))
    call = an_expired_call(call, officer, at=at, many=1, assessors=1)
    operations.accept(fresh(row), **by)
    colleague = people.a_teacher(school=school)
    an_assessor(call, officer, at=by["at"], person=colleague)
    found = assessments.proposed(call, by["at"])
    assert (colleague.pk, row.pk) not in found.pairs
    with pytest.raises(AssessmentRefusedError, match="ίδιο σχολείο"):
        operations.give(fresh(row), colleague, **by)
    SchoolService.objects.filter(teacher__person=colleague).update(valid_until=date(2022, 12, 31))
    operations.give(fresh(row), colleague, **by)


def test_the_assessment_begins_when_everything_is_checked_and_assigned(a_call, by, at, officer):
    call = a_call()
    unchecked = a_candidacy(call, at)
    call = an_expired_call(call, officer, at=at, many=1)
    with pytest.raises(StepRefusedError, match="Εκκρεμεί ο έλεγχος πληρότητας 1 υποψηφιότητας"):
        operations.start_assessment(call, **by)
    operations.accept(fresh(unchecked), **by)
    with pytest.raises(StepRefusedError, match="2 πλήρεις υποψηφιότητες δεν έχουν"):
        operations.start_assessment(call, **by)
    assigned(call, officer, at=by["at"])
    operations.start_assessment(call, **by)
    assert call.state == "assessing"
    assert Notice.objects.filter(kind="registers.assigned").count() == 2


def test_a_pair_is_changed_with_a_reason_and_the_one_who_leaves_is_told(a_call, by, at, officer):
    call = begun(a_call(), officer, at=at, many=1, assessors=1)
    [one] = open_ones(call)
    other = an_assessor(call, officer, at=by["at"])
    with pytest.raises(ReasonMissingError):
        operations.replace(one, other, reason=" ", **by)
    operations.replace(one, other, reason="Ασθένεια.", **by)
    [now] = open_ones(call)
    assert now.person == other
    assert Notice.objects.filter(person=one.person, title__startswith="Ανακλήθηκε").count() == 1
    with pytest.raises(AssessmentRefusedError, match="όσα πρόσωπα χρειάζονται"):
        operations.give(now.candidacy, one.person, **by)


def test_an_assessor_who_falls_ill_leaves_what_was_submitted_and_the_rest_is_free(
    a_call, by, at, officer
):
    call = begun(a_call(), officer, at=at, many=3, assessors=1)
    person = open_ones(call)[0].person
    judge(open_ones(call)[0], at=by["at"])
    assert operations.dismiss(call, person, reason="Ασθένεια.", **by) == 2
    states = sorted(Assessment.objects.values_list("state", flat=True))
    assert states == ["released", "released", "submitted"]
    assert not access.visible(actor(person, by["at"]), "assessment.own", Assessment.objects.all())
    an_assessor(call, officer, at=by["at"])
    assigned(call, officer, at=by["at"])
    assert len(open_ones(call)) == 2


def test_a_conflict_that_the_body_registers_takes_the_candidacy_away(a_call, by, at, officer):
    call = begun(a_call(), officer, at=at, many=1, assessors=2)
    [one] = open_ones(call)
    with pytest.raises(ReasonMissingError):
        operations.register_conflict(one.candidacy, one.person, reason="", **by)
    operations.register_conflict(one.candidacy, one.person, reason="Συγγένεια.", **by)
    assert open_ones(call) == []
    found = assessments.proposed(call, by["at"])
    assert [person for person, _ in found.pairs] != [one.person_id]
    with pytest.raises(AssessmentRefusedError, match="ήδη καταχωριστεί"):
        operations.register_conflict(one.candidacy, one.person, reason="Συγγένεια.", **by)


# The judgement ------------------------------------------------------------------------------------


def test_an_assessor_declares_a_conflict_and_sees_the_candidacy_no_more(a_call, by, at, officer):
    call = begun(a_call(), officer, at=at, many=1)
    [one] = open_ones(call)
    me = actor(one.person, by["at"])
    operations.recuse(one, actor=me, at=by["at"], reason="Συνεργασία.")
    assert Conflict.objects.get().kind == "declared"
    assert not access.allowed(me, "evidence.read", Evidence.objects.get())
    [todo] = [x for x in todos_of(officer, by["at"]) if x.title == "Κενά στην αξιολόγηση"]
    assert todo.detail == call.title


def test_one_assessor_ends_the_assessment_and_what_stands_is_written_down(a_call, by, at, officer):
    call = begun(a_call(), officer, at=at, many=1)
    [one] = open_ones(call)
    judge(one, at=by["at"], hours=less("3.5", "Μόνο 35 ώρες."))
    row = fresh(one.candidacy)
    assert row.state == "assessed"
    assert row.rulings == {"hours": {"allowed": "3.5", "reason": "Μόνο 35 ώρες."}}
    assert journal.of(row).first().actor_name == "Σύστημα"  # the candidate reads this one
    trail = [(entry.act, person) for entry, person in assessments.trail(row)]
    assert trail == [("Υποβλήθηκε η αξιολόγηση", str(one.person)), ("Ανατέθηκε", str(one.person))]


def test_a_judgement_that_is_not_whole_or_beyond_the_claim_is_refused(a_call, by, at, officer):
    call = begun(a_call(), officer, at=at, many=1)
    [one] = open_ones(call)
    me = {"actor": actor(one.person, by["at"]), "at": by["at"]}
    for wrong in (
        {},
        {"hours": WHOLE},
        all_whole(hours=less("3", "")),
        all_whole(hours=less("5.01")),
        all_whole(hours=less("-1")),
    ):
        with pytest.raises(AssessmentRefusedError):
            operations.submit_assessment(one, verdicts=wrong, **me)
    assert fresh(one.candidacy).state == "complete"


def test_a_draft_is_kept_and_judges_nothing(a_call, by, at, officer):
    call = begun(a_call(), officer, at=at, many=1)
    [one] = open_ones(call)
    me = {"actor": actor(one.person, by["at"]), "at": by["at"]}
    operations.save_verdicts(one, verdicts={"hours": less("3", ""), "alien": WHOLE}, **me)
    assert Assessment.objects.get().verdicts == {"hours": less("3", "")}
    assert fresh(one.candidacy).state == "complete"


def test_a_submitted_assessment_does_not_change_not_even_by_hand(a_call, by, at, officer):
    call = begun(a_call(), officer, at=at, many=1)
    [one] = open_ones(call)
    judge(one, at=by["at"])
    me = {"actor": actor(one.person, by["at"]), "at": by["at"]}
    with pytest.raises(StepRefusedError):
        operations.save_verdicts(one, verdicts=all_whole(), **me)
    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment.objects.update(verdicts={})
    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment.objects.all().delete()


def test_an_assessor_reads_the_documents_of_assigned_candidacies_during_the_assessment_alone(
    a_call, by, at, officer
):
    call = an_expired_call(a_call(), officer, at=at, many=2)
    assigned(call, officer, at=by["at"])
    [one, other] = open_ones(call)
    assert one.person != other.person
    me, rows = actor(one.person, by["at"]), Evidence.objects.all()
    assert not access.visible(me, "evidence.read", rows).exists()
    operations.start_assessment(call, **by)
    seen = access.visible(me, "evidence.read", rows)
    assert [paper.person_id for paper in seen] == [one.candidacy.person_id]
    assert [access.allowed(me, "evidence.read", paper) for paper in rows.order_by("pk")].count(
        True
    ) == 1
    assert not access.visible(me, "candidacy.read", Candidacy.objects.all()).exists()
    Call.objects.update(state="provisional")
    assert not access.visible(me, "evidence.read", rows).exists()
    assert not access.visible(me, "assessment.own", Assessment.objects.all()).exists()


def test_a_withdrawn_candidacy_is_judged_no_more(a_call, by, at, officer):
    call = begun(a_call(), officer, at=at, many=1)
    [one] = open_ones(call)
    candidate = actor(one.candidacy.person, by["at"])
    operations.withdraw(fresh(one.candidacy), actor=candidate, at=by["at"])
    with pytest.raises(StepRefusedError, match="αποσύρθηκε"):
        judge(one, at=by["at"])
    assert not assessments.mine(actor(one.person, by["at"])).exists()


# Several assessors --------------------------------------------------------------------------------


@pytest.fixture
def dispute(a_call, by, at, officer):
    """Two judged one candidacy: 5 hours' points against 3; both accept the document."""
    call = begun(a_call(), officer, at=at, many=1, each=2, assessors=3)
    one, other = open_ones(call)
    judge(one, at=by["at"])
    assert fresh(one.candidacy).state == "complete"
    judge(other, at=by["at"], hours=less("3"))
    rows = Reconciliation.objects.select_related("call", "candidacy__call")
    return rows.get(), one.person, other.person


def test_two_who_agree_need_no_reconciliation(a_call, by, at, officer):
    call = begun(a_call(), officer, at=at, many=1, each=2)
    one, other = open_ones(call)
    judge(one, at=by["at"], hours=less("3", "Μόνο 30 ώρες."))
    judge(other, at=by["at"], hours=less("3.0", "Δεν φαίνονται άλλες."))
    row = fresh(one.candidacy)
    assert row.state == "assessed"
    assert row.rulings["hours"]["reason"] == "Μόνο 30 ώρες. · Δεν φαίνονται άλλες."


def test_those_who_differ_are_told_and_settle_by_proposal_and_agreement(dispute, by):
    row, one, other = dispute
    assert fresh(row.candidacy).state == "complete"
    assert Notice.objects.filter(kind="registers.reconcile").count() == 2
    first, second = actor(one, by["at"]), actor(other, by["at"])
    with pytest.raises(AssessmentRefusedError, match="γράψτε την αιτιολογία"):
        operations.propose_settlement(
            row, actor=first, at=by["at"], verdicts={"hours": less("4", "")}
        )
    operations.propose_settlement(
        row, actor=first, at=by["at"], verdicts={"hours": less("4", "Βρέθηκαν 40 ώρες.")}
    )
    seen = row.seal
    with pytest.raises(AssessmentRefusedError, match="ο άλλος αξιολογητής"):
        operations.agree(row, actor=first, at=by["at"], seen=seen)
    with pytest.raises(AssessmentRefusedError, match="άλλαξε στο μεταξύ"):
        operations.agree(row, actor=second, at=by["at"], seen="")
    operations.agree(row, actor=second, at=by["at"], seen=seen)
    now = fresh(row.candidacy)
    assert (now.state, now.rulings) == ("assessed", {"hours": less("4", "Βρέθηκαν 40 ώρες.")})


def test_a_third_person_whom_the_body_names_decides_alone(dispute, by):
    row, one, other = dispute
    call = row.call
    [third] = assessments.assessors(call, by["at"]).exclude(pk__in=[one.pk, other.pk])
    with pytest.raises(AssessmentRefusedError, match="Αξιολογεί ήδη"):
        operations.name_arbiter(row, one, reason="Α", **by)
    judge_of = actor(third, by["at"])
    paper = Evidence.objects.get()
    assert not access.allowed(judge_of, "evidence.read", paper)
    operations.name_arbiter(row, third, reason="Δεν συμφωνούν.", **by)
    assert access.allowed(judge_of, "evidence.read", paper)
    row = Reconciliation.objects.select_related("call", "candidacy__call").get()
    verdicts = {"hours": less("", "Πλήρης βεβαίωση.")}
    with pytest.raises(StepRefusedError, match="τρίτο πρόσωπο"):
        operations.propose_settlement(
            row, actor=actor(one, by["at"]), at=by["at"], verdicts=verdicts
        )
    operations.settle(row, actor=judge_of, at=by["at"], verdicts=verdicts)
    assert (fresh(row.candidacy).state, fresh(row.candidacy).rulings) == ("assessed", {})


def test_a_stranger_to_the_candidacy_settles_nothing(dispute, by, at, officer):
    row, _, _ = dispute
    stranger = an_assessor(row.call, officer, at=by["at"])
    with pytest.raises(PermissionDenied):
        operations.propose_settlement(
            row, actor=actor(stranger, by["at"]), at=by["at"], verdicts={"hours": less("4")}
        )


# Reminders and agenda -----------------------------------------------------------------------------


def test_who_owes_is_reminded_before_the_deadline_once_and_by_the_officer(a_call, by, at, officer):
    call = begun(a_call(), officer, at=at, many=2, assessors=2)
    lazy, quick = open_ones(call)
    judge(quick, at=by["at"])
    due = assessments.plan_of(call).due_at
    tasks.remind_assessors(due - timedelta(days=3))
    assert not Notice.objects.filter(kind="registers.assess_soon").exists()
    tasks.remind_assessors(due - timedelta(days=1))
    tasks.remind_assessors(due - timedelta(hours=1))
    [notice] = Notice.objects.filter(kind="registers.assess_soon")
    assert notice.person_id == lazy.person_id
    operations.remind_assessor(call, lazy.person, **by)
    operations.remind_assessor(call, lazy.person, **by)
    assert Notice.objects.filter(kind="registers.assess_soon").count() == 2
    with pytest.raises(AssessmentRefusedError, match="Δεν οφείλει"):
        operations.remind_assessor(call, quick.person, **by)
    [late] = [p for p in assessments.progress(call, due + timedelta(hours=1)) if p.late]
    assert late.person == lazy.person


def test_the_agenda_leads_the_assessor_to_the_work_and_the_officer_to_the_assignment(
    a_call, by, at, officer
):
    call = an_expired_call(a_call(), officer, at=at, many=2, assessors=1)
    titles = [todo.title for todo in todos_of(officer, by["at"])]
    assert "Ανάθεση και έναρξη αξιολόγησης" in titles
    assigned(call, officer, at=by["at"])
    operations.start_assessment(call, **by)
    me = actor(open_ones(call)[0].person, by["at"])
    [todo] = [x for x in todos_of(me, by["at"]) if x.title == "Αξιολόγηση υποψηφιοτήτων"]
    assert (todo.detail, todo.due) == (
        f"2 υποψηφιότητες, {call.title}",
        assessments.plan_of(call).due_at,
    )
    [date] = [x for x in dates_of(me, by["at"]) if x.title.startswith("Λήξη αξιολόγησης")]
    assert (date.title, date.starts_at) == (f"Λήξη αξιολόγησης: {call.title}", todo.due)

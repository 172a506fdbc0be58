"""On-site visits: decided, assigned, made on the spot, reported, answered, followed, closed.

Shows: R-056, R-057.
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.errors import VisitRefusedError
from didaskaleio.delivery.models import SiteVisit, VisitFinding
from didaskaleio.delivery.rules import Marking
from didaskaleio.kernel import access, files
from didaskaleio.kernel.errors import ReasonMissingError, StepRefusedError
from didaskaleio.kernel.forms.operations import AnswersRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.queries import actor_of
from tests.factories import delivery, people, visits
from tests.factories.visits import JPEG

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("authority")]
DAY = timedelta(days=1)


@pytest.fixture
def manager(programme, first):
    return actor_of(people.a_centre_manager(programme.centre), at=first.ends_at)


@pytest.fixture
def officer(first):
    return visits.the_officer(first.ends_at)


def test_a_visit_waits_for_its_decision_assignment_and_hour(first):
    visit = visits.an_assigned_visit(first)
    inspector = visits.inspector_of(visit)
    early = first.starts_at - timedelta(minutes=31)
    with pytest.raises(StepRefusedError, match="μισή ώρα"):
        operations.begin(visit, actor=inspector, at=early)
    with pytest.raises(StepRefusedError, match="τελείωσε"):
        operations.begin(visit, actor=inspector, at=first.ends_at + timedelta(minutes=1))
    operations.begin(visit, actor=inspector, at=first.starts_at)
    assert (visit.state, visit.started_at) == ("in_progress", first.starts_at)
    assert Notice.objects.filter(person=visit.inspector, kind="delivery.visit").count() == 1


def test_only_an_inspector_free_and_a_stranger_to_the_class_is_given_a_visit(programme, first):
    visit, at = visits.a_decided_visit(first), first.starts_at - 2 * DAY
    officer = visits.the_officer(at)
    for person, words in (
        (people.a_person(), "δεν ασκεί"),
        (programme.trainer, "δεν ασκεί"),
    ):
        with pytest.raises(VisitRefusedError, match=words):
            operations.assign(visit, actor=officer, at=at, inspector=person)
    other = delivery.a_running_programme(1, manager=False)
    same_hour = next(s for s in delivery.sessions_of(other) if s.starts_at == first.starts_at)
    busy = visits.an_inspector()
    visits.an_assigned_visit(same_hour, busy)
    with pytest.raises(VisitRefusedError, match="άλλη επίσκεψη"):
        operations.assign(visit, actor=officer, at=at, inspector=busy)


def test_the_centre_and_the_trainer_know_nothing_of_a_visit_before_its_report(
    programme, first, manager, trainer
):
    visit = visits.a_begun_visit(first)
    for actor in (manager, trainer):
        assert not access.allowed(actor, "visit.read", visit)
        assert not access.visible(actor, "visit.read", SiteVisit.objects.all()).exists()
    told = Notice.objects.filter(kind="delivery.visit").exclude(person=visit.inspector)
    assert not told.exists()


def test_the_report_keeps_what_was_counted_beside_what_the_sheet_shows(first, manager):
    delivery.a_signed_session(first, absent=(0,))
    visit = visits.a_reported_visit(first, counted=2, findings=[("serious", "Λείπει ένα πρόσωπο")])
    assert (visit.counted, visit.recorded, visit.sheet_version) == (2, 3, 1)
    assert (visit.differs, visit.missing) == (True, 1)
    assert visit.report.number.split("-")[1:3] == [f"{first.ends_at:%Y}", "ΕΕ"] or "ΕΕ" in (
        visit.report.number
    )
    assert files.read(visit.report.file).startswith(b"%PDF-")
    assert visit.answer_due == visit.reported_at + 10 * DAY
    assert access.allowed(manager, "visit.read", visit)


def test_an_incomplete_checklist_or_nobody_counted_refuses_the_report(first):
    visit = visits.a_begun_visit(first)
    by = {"actor": visits.inspector_of(visit), "at": first.ends_at}
    with pytest.raises(VisitRefusedError, match="Μετρήστε"):
        operations.report(visit, summary="Έγινε.", **by)
    operations.record_visit(visit, {"on_time": "yes"}, counted=4, **by)
    visit.refresh_from_db()
    with pytest.raises(AnswersRefusedError):
        operations.report(visit, summary="Έγινε.", **by)
    with pytest.raises(ReasonMissingError):
        operations.report(visit, summary=" ", **by)
    visit.refresh_from_db()
    assert (visit.state, visit.report_id) == ("in_progress", None)


def test_a_signed_report_takes_no_further_answer_finding_or_photograph(first):
    visit = visits.a_reported_visit(first, counted=4)
    by = {"actor": visits.inspector_of(visit), "at": first.ends_at + DAY}
    with pytest.raises(VisitRefusedError, match="δεν είναι σε εξέλιξη"):
        operations.record_visit(visit, {}, counted=3, **by)
    with pytest.raises(VisitRefusedError, match="δεν είναι σε εξέλιξη"):
        operations.add_finding(visit, severity="remark", text="Κάτι", asked="", **by)
    with pytest.raises(VisitRefusedError, match="δεν είναι σε εξέλιξη"):
        operations.add_photo(visit, BytesIO(JPEG), caption="Αίθουσα", **by)


def test_a_photograph_is_kept_without_the_notes_of_the_camera(first):
    visit = visits.a_begun_visit(first)
    by = {"actor": visits.inspector_of(visit), "at": first.starts_at}
    exif = b"\xff\xe1\0\x0cExif\0\0GPS!"
    made = operations.add_photo(
        visit, BytesIO(JPEG[:2] + exif + JPEG[2:]), caption="Η αίθουσα", **by
    )
    assert files.read(made.file) == JPEG
    for content, refused in (
        (b"%PDF-1.7\n", files.FileRefusedError),
        (JPEG[:6], VisitRefusedError),
    ):
        with pytest.raises(refused):
            operations.add_photo(visit, BytesIO(content), caption="Άλλο", **by)
    assert visit.photos.count() == 1


def test_a_finding_that_asks_for_something_says_what(first):
    visit = visits.a_begun_visit(first)
    by = {"actor": visits.inspector_of(visit), "at": first.starts_at}
    with pytest.raises(ReasonMissingError, match="ζητείται"):
        operations.add_finding(visit, severity="minor", text="Χωρίς σήμανση", asked=" ", **by)
    made = operations.add_finding(visit, severity="remark", text="Ζέστη", asked="", **by)
    operations.drop_finding(made, **by)
    assert not VisitFinding.objects.exists()


def test_the_centre_answers_in_time_and_once(first, manager):
    visit = visits.a_reported_visit(first, findings=[("minor", "Χωρίς σήμανση")])
    late = visit.answer_due + timedelta(seconds=1)
    with pytest.raises(VisitRefusedError, match="προθεσμία"):
        operations.answer(visit, actor=manager, at=late, text="Αναρτήθηκε")
    visit.refresh_from_db()
    operations.answer(visit, actor=manager, at=visit.answer_due, text="Αναρτήθηκε")
    assert (visit.state, visit.answer) == ("answered", "Αναρτήθηκε")
    with pytest.raises(StepRefusedError):
        operations.answer(visit, actor=manager, at=visit.answer_due, text="Και πάλι")


def test_a_visit_closes_when_its_findings_are_settled(first, manager, officer):
    visit = visits.a_reported_visit(first, findings=[("minor", "Χωρίς σήμανση")])
    at = visit.reported_at + DAY
    with pytest.raises(StepRefusedError, match="δεν τακτοποιήθηκαν"):
        operations.close_visit(visit, actor=officer, at=at, reason="Τέλος")
    with pytest.raises(StepRefusedError, match="Το κέντρο απαντά"):
        operations.follow(visit, actor=officer, at=at, reason="Χωρίς απάντηση")
    operations.answer(visit, actor=manager, at=at, text="Αναρτήθηκε")
    operations.follow(visit, actor=officer, at=at, reason="Να φανεί")
    finding = visit.findings.get()
    operations.settle_finding(finding, text="Φάνηκε στη φωτογραφία", actor=officer, at=at)
    with pytest.raises(VisitRefusedError, match="ήδη"):
        operations.settle_finding(finding, text="Ξανά", actor=officer, at=at)
    operations.close_visit(visit, actor=officer, at=at, reason="Όλα τακτοποιήθηκαν")
    assert visit.state == "closed"


def test_a_visit_without_findings_closes_without_an_answer(first, officer):
    visit = visits.a_reported_visit(first, counted=4)
    assert visit.answer_due is None
    operations.close_visit(visit, actor=officer, at=first.ends_at + DAY, reason="Όλα καλά")
    assert visit.state == "closed"


def test_story_6_nine_are_counted_eleven_are_signed_and_the_hours_follow_the_correction(officer):
    programme = delivery.a_running_programme(12)
    session = delivery.sessions_of(programme)[0]
    delivery.a_signed_session(session, absent=(0,))
    visit = visits.a_reported_visit(session, counted=9, findings=[("serious", "9, όχι 11")])
    assert (visit.counted, visit.recorded) == (9, 11)
    wrong = delivery.trainees_of(session)[1:3]
    marks = {row.pk: Marking("absent") for row in wrong}
    at = session.ends_at + DAY
    by = actor_of(people.officer(), at=at)
    operations.correct_sheet(session, marks, actor=by, at=at, reason="Έκθεση επιτόπιου ελέγχου")
    now, before = queries.visits.versions_shown(session, at)
    assert [(now.version, now.there, now.hours), (before.version, before.there, before.hours)] == [
        (2, 9, 18),
        (1, 11, 22),
    ]
    visit.refresh_from_db()
    assert (visit.recorded, visit.sheet_version) == (11, 1)


def test_a_session_has_one_visit_and_another_only_after_it_was_dropped(first):
    visit = visits.a_decided_visit(first)
    with pytest.raises(VisitRefusedError, match="ήδη"):
        visits.a_decided_visit(first)
    at = first.starts_at - DAY
    operations.drop(visit, actor=visits.the_officer(at), at=at, reason="Απεργία")
    assert visits.a_decided_visit(first).pk != visit.pk


def test_strangers_neither_decide_nor_inspect(first, trainer, manager):
    visit = visits.an_assigned_visit(first)
    stranger = actor_of(visits.an_inspector(), at=first.starts_at)
    for actor in (trainer, manager, stranger):
        with pytest.raises(PermissionDenied):
            operations.begin(visit, actor=actor, at=first.starts_at)
        with pytest.raises(PermissionDenied):
            operations.drop(visit, actor=actor, at=first.starts_at, reason="Όχι")

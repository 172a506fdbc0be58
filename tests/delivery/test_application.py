"""Application in class: plan, evidence, feedback, the support meetings, the rule of completion.

Shows: R-058.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from didaskaleio.completion import rules
from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.errors import ApplicationRefusedError
from didaskaleio.delivery.models import ClassApplication
from didaskaleio.kernel import agenda, files
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.models import Notice
from didaskaleio.people.queries import actor_of
from tests.factories import coordination, delivery, people
from tests.factories.coordination import PLAN

pytestmark = pytest.mark.django_db


def test_a_plan_is_kept_submitted_returned_corrected_and_approved(first, trainer):
    work = coordination.a_plan(first)
    at, trainee = first.ends_at, actor_of(work.application.person, at=first.ends_at)
    operations.submit_plan(work, actor=trainee, at=at)
    with pytest.raises(ApplicationRefusedError, match="δεν αλλάζει"):
        operations.save_plan(work.application, PLAN, actor=trainee, at=at)
    operations.return_plan(work, actor=trainer, at=at, reason="Λείπουν οι χρόνοι.")
    operations.save_plan(work.application, PLAN, actor=trainee, at=at)
    work.refresh_from_db()
    operations.submit_plan(work, actor=trainee, at=at)
    operations.approve_plan(work, actor=trainer, at=at, reason="Πολύ καλό.")
    assert work.state == "approved"
    told = Notice.objects.filter(kind="delivery.application", person=work.application.person)
    assert sorted(told.values_list("text", flat=True)) == ["Λείπουν οι χρόνοι.", "Πολύ καλό."]


def test_an_unfinished_plan_is_kept_and_not_submitted(first):
    row = delivery.trainees_of(first)[0]
    trainee = actor_of(row.person, at=first.ends_at)
    half = operations.Plan("Κλάσματα", "", "", "", "", None)
    work = operations.save_plan(row.application, half, actor=trainee, at=first.ends_at)
    with pytest.raises(ApplicationRefusedError, match="Συμπληρώστε"):
        operations.submit_plan(work, actor=trainee, at=first.ends_at)


def test_evidence_waits_for_the_approval_and_says_nothing_of_pupils(first, trainer):
    at = first.ends_at
    draft = coordination.a_plan(first)
    trainee = actor_of(draft.application.person, at=at)
    upload = coordination.Upload(b"%PDF-1.7\n%%EOF\n")
    with pytest.raises(ApplicationRefusedError, match="αφού εγκριθεί"):
        operations.add_evidence(draft, upload, title="Φύλλο", actor=trainee, at=at)
    operations.submit_plan(draft, actor=trainee, at=at)
    operations.approve_plan(draft, actor=trainer, at=at, reason="Ναι")
    with pytest.raises(ApplicationRefusedError, match="τουλάχιστον ένα"):
        coordination.handed_in(draft, at=at)
    with pytest.raises(files.FileRefusedError):
        text = coordination.Upload(b"text")
        operations.add_evidence(draft, text, title="Φύλλο", actor=trainee, at=at)
    operations.add_evidence(draft, upload, title="Φύλλο", actor=trainee, at=at)
    with pytest.raises(ApplicationRefusedError, match="μαθητών"):
        coordination.handed_in(draft, at=at, no_pupils=False)
    with pytest.raises(ApplicationRefusedError, match="δεν έχει έρθει"):
        coordination.handed_in(draft, at=at, applied_on=at.date() + timedelta(days=1))
    coordination.handed_in(draft, at=at)
    assert draft.state == "applied"


def test_the_trainer_asks_for_more_and_then_accepts(first, trainer):
    at = first.ends_at
    work = coordination.a_plan_in_evidence(first, trainer)
    coordination.handed_in(work, at=at)
    assert queries.application.waiting_for(trainer.user_id).get() == work
    operations.ask_more(work, actor=trainer, at=at, reason="Και ένα δείγμα εργασιών.")
    coordination.handed_in(work, at=at)
    operations.accept_evidence(work, actor=trainer, at=at, reason="Ολοκληρωμένη δουλειά.")
    assert work.state == "accepted"
    with pytest.raises(StepRefusedError):
        operations.ask_more(work, actor=trainer, at=at, reason="Κάτι ακόμη")


def test_only_the_own_trainee_writes_and_only_the_own_trainer_judges(first, trainer):
    at = first.ends_at
    work = coordination.a_plan(first)
    other = actor_of(delivery.trainees_of(first)[1].person, at=at)
    for actor in (other, trainer):
        with pytest.raises(PermissionDenied):
            operations.save_plan(work.application, PLAN, actor=actor, at=at)
    operations.submit_plan(work, actor=actor_of(work.application.person, at=at), at=at)
    stranger = actor_of(people.a_trainer(), at=at)
    with pytest.raises(PermissionDenied):
        operations.approve_plan(work, actor=stranger, at=at, reason="Ναι")


def test_the_rule_of_completion_counts_it_only_where_the_action_says_so():
    facts = rules.Facts(60, Decimal(0), 4, 4, 20, 20)
    plain = rules.Limits(Decimal("0.1"), 1, face_to_face_applies=True, version=0)
    asked = rules.Limits(
        Decimal("0.1"), 1, face_to_face_applies=True, version=1, class_application_applies=True
    )
    assert rules.fulfilled(rules.check(facts, plain))
    *_, last = rules.check(facts, asked)
    assert (last.code, last.fulfilled) == ("CLASS_APPLICATION", False)
    done = rules.Facts(60, Decimal(0), 4, 4, 20, 20, class_application=True)
    assert rules.fulfilled(rules.check(done, asked))


def test_the_trainee_goes_from_plan_to_evidence_on_the_pages(
    first, trainer, client, login, set_clock
):
    at = first.ends_at
    set_clock(at)
    row = delivery.trainees_of(first)[0]
    login(client, row.person)
    assert "Νέο σχέδιο" in client.get("/class-application/").content.decode()
    plan = {**vars(PLAN), "planned_on": "2023-04-03"}
    url = client.post(f"/class-application/{row.application_id}/plan/", plan).url
    work = ClassApplication.objects.get()
    assert url == f"/class-applications/{work.pk}/"
    client.post(f"/steps/class_application/{work.pk}/submit_plan/")
    assert client.get(f"/class-application/{row.application_id}/plan/").url == url
    login(client, work.application.programme.trainer)
    assert "Ανατροφοδότηση" in str(agenda.todos_of(trainer, at))
    listed = client.get("/class-applications/").content.decode()
    assert listed.index(PLAN.title) < listed.index("Δεν άρχισε")
    reason = {"reason": "Πολύ καλό."}
    client.post(f"/steps/class_application/{work.pk}/approve_plan/", reason)
    login(client, row.person)
    sent = SimpleUploadedFile("φύλλο.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    client.post(f"{url}evidence/", {"file": sent, "title": "Φύλλο εργασίας"})
    said = {"applied_on": f"{at.date()}", "reflection": "Ομάδες", "no_pupils": "on"}
    assert client.post(f"{url}hand-in/", said).url == url
    page = client.get(url).content.decode()
    assert "Φύλλο εργασίας" in page
    assert page.count("Υποστηρικτικές συναντήσεις") == 1
    assert client.get(f"{url}evidence/").status_code == 404


def test_more_trainees_cost_no_more_queries(first, client, login, set_clock):
    set_clock(first.ends_at)
    login(client, first.programme.trainer)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/class-applications/").status_code == 200
        counts.append(len(asked))
        delivery.an_enrolled_trainee(first.programme)
        coordination.a_plan(first)
    assert counts[0] == counts[1]

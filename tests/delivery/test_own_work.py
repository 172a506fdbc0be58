"""Own work of the asynchronous hours: a task, evidence, the trainer's guidance, then it counts.

Shows: R-169.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.errors import NotApplicableError, TooLateError
from didaskaleio.delivery.models import OwnWork, WorkTask
from didaskaleio.kernel.models import Notice
from didaskaleio.people.queries import actor_of
from tests.factories import delivery
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(first, trainer):
    return sets(first, trainer)


def sets(session, trainer, *, title="Σενάριο", days=5):
    at = session.starts_at
    return operations.set_task(
        session, title=title, text="Γράψτε ένα σενάριο.", due_at=at + timedelta(days=days),
        actor=trainer, at=at,
    )  # fmt: skip


def hands_in(session, position=0, *, text="Το έγραψα.", days=1, upload=None):
    at = session.starts_at + timedelta(days=days)
    row = delivery.trainees_of(session)[position]
    actor = actor_of(row.person, at=at)
    return operations.hand_in(row, text=text, upload=upload, name="a.pdf", actor=actor, at=at)


def answers(work, trainer, *, accepted=True, days=2):
    at = work.row.session.starts_at + timedelta(days=days)
    return operations.guide(work, accepted=accepted, guidance="Εντάξει.", actor=trainer, at=at)


def test_accepted_work_counts_and_the_rest_is_an_absence(first, task, trainer):
    delivery.a_signed_session(first, asynchronous=False)
    answers(hands_in(first), trainer)
    rows = delivery.trainees_of(first)
    at = first.starts_at + timedelta(days=3)
    with pytest.raises(NotApplicableError, match="δεκτή εργασία για: Βασιλείου"):
        operations.confirm_async(first, [rows[0].pk, rows[1].pk], actor=trainer, at=at)
    operations.confirm_async(first, [rows[0].pk], actor=trainer, at=at)
    assert [row.async_done for row in delivery.trainees_of(first)] == [True, False, False, False]
    absent = [a.standing.absent for a in queries.absences_of(first.programme, at)]
    assert sorted(absent) == [0, 1, 1, 1]


def test_what_was_returned_stays_and_another_is_handed_in(first, task, trainer):
    work = answers(hands_in(first), trainer, accepted=False)
    again = hands_in(first, text="Το συμπλήρωσα.", days=3)
    assert [one.state for one in OwnWork.objects.all()] == ["returned", "submitted"]
    with pytest.raises(NotApplicableError, match="ήδη υποβληθεί"):
        hands_in(first, days=4)
    with pytest.raises(NotApplicableError, match="ήδη απαντηθεί"):
        answers(work, trainer)
    assert answers(again, trainer, days=4).state == "accepted"


def test_the_trainer_vouches_for_work_seen_in_another_way(first, task, trainer):
    row, staff = delivery.trainees_of(first)[0], first.roll.get(attendee="staff")
    said = {"kind": "access", "text": "Άνοιξε όλο το υλικό.", "actor": trainer, "at": first.ends_at}
    operations.vouch(row, **said)
    assert [one.pk for one in queries.without_work(first)] == [
        one.pk for one in delivery.trainees_of(first)[1:]
    ]
    for wrong in ({"row": staff}, {"kind": "task"}):
        with pytest.raises(NotApplicableError):
            operations.vouch(**({"row": delivery.trainees_of(first)[1]} | said | wrong))


def test_after_the_deadline_or_the_confirmation_nothing_is_handed_in(first, task, trainer):
    with pytest.raises(TooLateError, match="Η προθεσμία έληξε"):
        hands_in(first, days=6)
    delivery.a_signed_session(first, asynchronous=False)
    operations.confirm_async(first, [], actor=trainer, at=first.ends_at)
    for act in (lambda: hands_in(first), lambda: sets(first, trainer, title="Άλλο")):
        with pytest.raises(NotApplicableError, match="έχουν κλείσει"):
            act()


def test_without_a_task_nothing_is_handed_in_and_a_past_deadline_is_refused(first, trainer):
    with pytest.raises(NotApplicableError, match="Δεν έχει οριστεί"):
        hands_in(first)
    with pytest.raises(TooLateError):
        sets(first, trainer, days=0)


def test_everybody_concerned_is_told(first, task, trainer, programme):
    answers(hands_in(first), trainer)
    told = Notice.objects.filter(kind="delivery.own_work")
    assert told.filter(title__startswith="Εργασία: 1η").count() == 4
    assert told.get(person=programme.trainer).title == "Υποβλήθηκε εργασία: Ανδρέου Δείγμα"
    assert told.filter(title="Εργασία: έγινε δεκτή").count() == 1


def test_a_colleague_neither_hands_in_for_another_nor_answers(first, task):
    row, other = delivery.trainees_of(first)[:2]
    actor, at = actor_of(other.person, at=first.ends_at), first.ends_at
    with pytest.raises(PermissionDenied):
        operations.hand_in(row, text="x", upload=None, name="", actor=actor, at=at)
    with pytest.raises(PermissionDenied):
        answers(hands_in(first), actor)


def test_whoever_leaves_takes_the_unsigned_rows_and_their_work(first, task):
    work = hands_in(first)
    application = work.row.application
    application.state = "withdrawn"
    type(application).objects.filter(pk=application.pk).update(state="withdrawn")
    operations.complete(first.programme)
    assert not OwnWork.objects.exists()


def url(name, pk):
    return reverse(f"delivery:{name}", args=[pk])


def test_from_the_task_to_the_hour_on_screen(client, login, set_clock, programme, first):
    set_clock(first.starts_at)
    trainer = login(client, programme.trainer)
    assert "Δεν έχει οριστεί εργασία" in markup(trainer.get(url("work", first.pk)))
    due = {"title": "Σενάριο", "text": "Γράψτε.", "due_at": "2040-01-01T10:00"}
    assert "Σενάριο" in markup(trainer.post(url("task", first.pk), due, follow=True))
    row = delivery.trainees_of(first)[0]
    trainee = login(Client(), row.person)
    assert url("hand-in", row.pk) in markup(trainee.get(reverse("delivery:mine")))
    page = ContentFile(b"%PDF-1.4\n%%EOF", name="ergasia.pdf")
    given = {"text": "https://ergasia.example/senario", "file": page}
    assert "Υποβλήθηκε" in markup(trainee.post(url("hand-in", row.pk), given, follow=True))
    work = OwnWork.objects.get()
    text = markup(trainer.get(url("work-answer", work.pk)))
    assert "ergasia.pdf" in text
    said = {"decision": "accept", "guidance": "Πολύ καλό."}
    assert "Έγινε δεκτή" in markup(trainer.post(url("work-answer", work.pk), said, follow=True))
    assert "Πολύ καλό." in markup(trainee.get(url("work-answer", work.pk)))
    delivery.a_signed_session(first, asynchronous=False)
    set_clock(first.ends_at)
    text = markup(trainer.get(url("session", first.pk)))
    assert text.count('name="done"') == 4
    assert text.count("checked") == 1


def test_on_screen_the_trainer_vouches(client, login, set_clock, programme, first, task):
    set_clock(first.starts_at)
    row = delivery.trainees_of(first)[1]
    said = {"row": row.pk, "kind": "guidance", "text": "Στο τηλέφωνο."}
    answer = login(client, programme.trainer).post(url("work", first.pk), said, follow=True)
    assert "Βεβαιώθηκε η εργασία" in markup(answer)
    assert OwnWork.objects.get().kind == "guidance"


def test_a_meeting_without_own_work_has_no_such_page(client, login, programme):
    support = programme.sessions.filter(async_hours=0).first()
    answer = login(client, programme.trainer).get(url("work", support.pk))
    assert answer.status_code == 404
    assert not WorkTask.objects.exists()


def test_the_queries_of_the_list_do_not_grow_with_the_people(client, login, set_clock):
    counted = []
    for trainees in (1, 3):
        programme = delivery.a_running_programme(trainees)
        first = delivery.sessions_of(programme)[0]
        sets(first, actor_of(programme.trainer, at=first.starts_at))
        for position in range(trainees):
            hands_in(first, position)
        set_clock(first.starts_at + timedelta(days=1))
        login(client, programme.trainer)
        with CaptureQueriesContext(connection) as found:
            assert client.get(url("work", first.pk)).status_code == 200
        counted.append(len(found))
    assert counted[0] == counted[1]

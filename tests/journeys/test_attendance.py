"""A meeting on the evening of the story: the code on the screen, then a phone without a line.

Shows: R-050, R-052.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.delivery.models import Attendance, Sign, TrainingSession
from didaskaleio.kernel import clock
from tests.journeys.places import PHONE


@pytest.fixture
def tonight(platform):
    """The trainer's meeting, five minutes after its beginning."""
    found = TrainingSession.objects.filter(
        programme__trainer__username="trainer", state="planned", starts_at__gt=clock.now()
    )
    session = found.order_by("starts_at")[0]
    clock.set_demo(session.starts_at + timedelta(minutes=5))
    return session


def choice(who, row, mark):
    return who.page.locator(f"fieldset[data-row='{row.pk}'] [value={mark}]")


def test_a_trainee_reads_the_code_and_the_trainer_marks_without_a_line(visitor, tonight):
    trainer, trainee = visitor("trainer"), visitor("teacher2", screen=PHONE)
    trainer.goto(f"/sessions/{tonight.pk}/code/")
    trainer.axe()
    letters = trainer.page.locator(".room-code__letters").inner_text()
    trainee.goto(f"/check-in/?code={letters.replace(' ', '')}")
    trainee.axe()
    trainee.send("Είμαι εδώ")
    trainee.reads("Η παρουσία σας δηλώθηκε")
    trainer.reads("1 από")
    rows = Attendance.objects.filter(session=tonight, attendee="trainee", mark="unknown")
    one, two = rows.order_by("pk")[:2]
    trainer.goto(f"/sessions/{tonight.pk}/")
    trainer.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    trainer.page.wait_for_function(
        "caches.open('attendance').then((c) => c.match(location.pathname))"
    )
    without_line(trainer, one, two)
    trainer.page.context.set_offline(False)
    trainer.reads("πρόχειρο, αποθηκεύτηκε στις")
    marks = Attendance.objects.filter(pk__in=[one.pk, two.pk]).order_by("pk")
    assert list(marks.values_list("mark", flat=True)) == ["absent", "present"]
    trainer.page.reload()
    trainer.page.wait_for_timeout(1_500)
    assert Sign.objects.filter(session=tonight, source="list").count() == 3
    trainer.complaints.clear()


def without_line(trainer, one, two):
    """Three marks, and the page is opened again: it is there, and the marks with it."""
    trainer.page.context.set_offline(True)
    choice(trainer, one, "present").check()
    choice(trainer, two, "present").check()
    trainer.page.wait_for_timeout(900)
    choice(trainer, one, "absent").check()
    trainer.reads("χωρίς σύνδεση: 3 σημειώσεις στη συσκευή")
    trainer.page.reload()
    trainer.reads("Παρουσίες", "χωρίς σύνδεση: 3 σημειώσεις στη συσκευή")
    assert choice(trainer, one, "absent").is_checked()
    assert choice(trainer, two, "present").is_checked()

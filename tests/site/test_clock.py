"""The demonstration's clock: only forward, only in a demonstration, and what is due happens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from didaskaleio.enrolment.models import Draw
from didaskaleio.kernel import clock, journal
from didaskaleio.kernel.models import DemoClock, JournalEntry
from didaskaleio.programmes.models import TrainingPeriod
from tests.factories.enrolment import a_draw
from tests.factories.programmes import DATES, a_period

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, at):
    settings.DEMO = True
    clock.set_demo(at)


def move(client, to):
    return client.post("/demo/clock/move/", {"to": to}, follow=True)


def steps_of(period):
    rows = JournalEntry.objects.filter(subject=journal.label(TrainingPeriod), subject_id=period.pk)
    return [(row.step, row.at) for row in rows.exclude(step="").order_by("pk")]


def test_the_clock_shows_the_demonstrations_moment(demo, at):
    assert timedelta() <= clock.now() - at < timedelta(minutes=1)


def test_moving_fires_what_is_due_in_order_at_its_own_moment(demo, client):
    period = a_period("announced")
    assert "Τώρα είναι Τετάρτη 18 Ιανουαρίου 2023, 11:00" in move(client, "hour").content.decode()
    period.refresh_from_db()
    assert period.state == "phase_a"
    assert steps_of(period) == [
        ("open_proposals", DATES["proposals_open"]),
        ("open_phase_a", DATES["phase_a_opens"]),
    ]


def test_a_step_to_come_waits_for_its_moment(demo, client, at):
    period = a_period("phase_a")
    a_draw(period)
    move(client, (DATES["phase_a_closes"] - timedelta(minutes=2)).isoformat())
    assert TrainingPeriod.objects.get(pk=period.pk).state == "phase_a"
    move(client, (DATES["phase_a_closes"] + timedelta(minutes=1)).isoformat())
    assert TrainingPeriod.objects.get(pk=period.pk).state == "frozen"
    assert Draw.objects.get(period=period).frozen_at == DATES["phase_a_closes"]


def test_next_goes_just_past_the_next_deadline(demo, client):
    period = a_period("phase_a")
    a_draw(period)
    page = move(client, "next").content.decode()
    assert "Παρασκευή 20 Ιανουαρίου 2023, 15:00" in page
    assert TrainingPeriod.objects.get(pk=period.pk).state == "frozen"


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("2023-01-17T10:00", "μόνο προς τα εμπρός"),
        ("2025-01-17T10:00", "μέσα στον επόμενο χρόνο"),
        ("αύριο", "Γράψτε ημερομηνία και ώρα"),
        ("2023-02-30T10:00", "Γράψτε ημερομηνία και ώρα"),
        ("next", "Δεν υπάρχει επόμενη προθεσμία"),
    ],
)
def test_what_cannot_be_is_refused_and_the_clock_stays(demo, client, to, words):
    before = DemoClock.objects.get(pk=1).offset
    assert words in move(client, to).content.decode()
    assert DemoClock.objects.get(pk=1).offset == before


@pytest.mark.parametrize("path", ["/demo/clock/", "/demo/clock/move/", "/demo/mail/"])
def test_the_pages_of_the_demonstration_are_there_in_a_demonstration_only(
    demo, client, settings, path
):
    assert client.get(path).status_code == (405 if path.endswith("move/") else 200)
    settings.DEMO = False
    assert client.get(path).status_code == 404
    assert client.post(path, {"to": "day"}).status_code == 404


def test_outside_a_demonstration_there_is_no_clock_to_move(at, settings):
    settings.DEMO = False
    with pytest.raises(RuntimeError):
        clock.set_demo(at)
    assert not DemoClock.objects.exists()


def test_outside_a_demonstration_a_stored_offset_counts_for_nothing(settings, at):
    settings.DEMO = True
    clock.set_demo(at)
    settings.DEMO = False
    assert clock.now() - at > timedelta(days=365)
